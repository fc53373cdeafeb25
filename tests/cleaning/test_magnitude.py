"""Amounts that cannot be in the unit they are said to be in: named with the evidence, never multiplied."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.magnitude import Bounds, is_two_units, likely_unit, median_outside, slips
from tests.cleaning.offices import cleaned, knowledge, said, typed

WAGES = Bounds(low=100, high=2_000_000, ratio=10_000, spread=5, gap=100, most=0.3)


def amounts(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


@pytest.mark.parametrize(
    ("values", "outside"),
    [
        ((1.2, 0.8, 2, 1.5, 0.9), 1.2),
        ((12_000, 8_000, 20_000, 15_000, 9_000), None),
        ((1.2, 0.8, 2, 1.5), None),  # four say nothing
        ((0, 0, 0, 0, 0, 1.2), None),  # zeros and blanks say nothing either
        ((np.nan, 1.2e8, 0.8e8, 2e8, 1.5e8, 0.9e8), 1.2e8),
        ((), None),
    ],
)
def test_a_median_that_cannot_be_is_found(values: tuple[float, ...], outside: float | None) -> None:
    assert median_outside(amounts(*values), WAGES) == outside


def test_the_likely_unit_is_the_one_that_makes_the_median_possible() -> None:
    assert likely_unit(1.2, 1.0, WAGES) == ("wan_yuan", "万元")
    assert likely_unit(12_000 * 1e4, 1e4, WAGES) == ("yuan", "元")  # 12000 of 万元; 千元 would make 12 million
    assert likely_unit(1e-9, 1.0, WAGES) is None


def test_one_amount_in_ten_thousands_among_yuan_is_sure_where_the_column_cannot_hold_it() -> None:
    values = amounts(12_000, 9_500, 1.2, 8_000, 15_000, 0, np.nan)
    found = slips(values, np.zeros(7, dtype=bool), WAGES)
    assert np.flatnonzero(found.sure).tolist() == [2]
    assert not found.possible.any()
    assert not is_two_units(found, values, WAGES)


def test_it_is_only_possible_where_the_column_could_hold_it() -> None:
    loose = WAGES._replace(low=1)
    found = slips(amounts(12_000, 9_500, 1.2, 8_000, 15_000), np.zeros(5, dtype=bool), loose)
    assert (found.sure.any(), np.flatnonzero(found.possible).tolist()) == (False, [2])


def test_yuan_among_ten_thousands_are_found_from_above() -> None:
    values = amounts(120_000, 95_000, 80_000, 12_000 * 1e5, 150_000)
    assert np.flatnonzero(slips(values, np.zeros(5, dtype=bool), WAGES).sure).tolist() == [3]


def test_a_cell_that_says_its_unit_means_what_it_says() -> None:
    own = np.array([False, False, True, False, False, False])
    found = slips(amounts(12_000, 9_500, 1.2, 8_000, 15_000, 11_000), own, WAGES)
    assert not (found.sure | found.possible).any()


def test_amounts_of_every_size_are_no_slip() -> None:
    # 5,000 for a poster, 50,000,000 for a road, and all that lies between
    spread = amounts(5e3, 2e4, 1e5, 4e5, 2e6, 8e6, 5e7)
    found = slips(spread, np.zeros(7, dtype=bool), WAGES._replace(high=1e9))
    assert not (found.sure | found.possible).any()
    # 5,000 is a 2,100th of the median, but 20,000 stands next to it
    near = slips(amounts(5e3, 2e4, 1e6, 2e7, 3e7, 5e7), np.zeros(6, dtype=bool), WAGES._replace(high=1e9))
    assert not (near.sure | near.possible).any()


def test_a_column_half_of_which_slips_has_two_units() -> None:
    values = amounts(12_000, 9_500, 1.2, 0.8, 15_000, 1.1, 11_000)
    assert is_two_units(slips(values, np.zeros(7, dtype=bool), WAGES), values, WAGES)


@given(st.lists(st.floats(1, 1e7), min_size=5, max_size=30), st.randoms())
@settings(max_examples=200, deadline=None)
def test_which_cells_slip_does_not_depend_on_their_order(values: list[float], luck: object) -> None:
    order = list(range(len(values)))
    luck.shuffle(order)  # type: ignore[attr-defined]
    there = amounts(*values)
    found = slips(there, np.zeros(len(values), dtype=bool), WAGES)
    shuffled = slips(there[order], np.zeros(len(values), dtype=bool), WAGES)
    assert found.sure[order].tolist() == shuffled.sure.tolist()
    assert found.possible[order].tolist() == shuffled.possible.tolist()


def sheet(header: str, cells: list[str]) -> str:
    rows = "\n".join(f"'430{number}' | {cell} | {3000 + number}" for number, cell in enumerate(cells))
    return f"2018年收入核算表 | < | <\n户编号 | {header} | 人均纯收入（元）\n{rows}"


def test_every_column_of_money_has_its_bounds() -> None:
    known = knowledge()
    money = known.reference.columns[known.reference.columns["kind"] == "money"]
    assert len(money) > 20
    for ledger, column in zip(money["ledger"], money["column"], strict=True):
        bounds = known.bounds(ledger, column, 2018)
        assert bounds is not None, (ledger, column)
        assert bounds.low < bounds.high


def test_a_column_whose_unit_cannot_be_stops_alone_and_says_what_to_write() -> None:
    drawing = sheet("工资性收入", ["1.2", "0.8", "2.1", "1.5", "0.9", "1.1"])
    result = cleaned(drawing)
    assert [(cell, reason) for cell, reason, _ in said(result)] == [("B3", "implausible_unit")]
    assert "headers.csv: 工资性收入,incomes,wage_income,wan_yuan,,,台账.xlsx,low" in result.problems[0].detail
    assert "中位数 1.15" in result.problems[0].detail
    rows = typed(drawing, "incomes")
    assert rows["wage_income"].isna().all()
    assert rows["per_capita_net_income"].tolist() == [3000.0, 3001.0, 3002.0, 3003.0, 3004.0, 3005.0]


def test_the_total_of_a_stopped_column_is_not_compared_with_nothing() -> None:
    drawing = sheet("工资性收入", ["1.2", "0.8", "2.1", "1.5", "0.9", "1.1"]) + "\n合计 | 7.6 |"
    assert [reason for _, reason, _ in said(cleaned(drawing))] == ["implausible_unit"]


def test_one_cell_in_another_unit_is_set_aside_and_the_column_read() -> None:
    drawing = sheet("工资性收入（元）", ["12000", "9500", "1.2", "8000", "15000", "1.1万"])
    assert said(cleaned(drawing)) == [("B5", "unit_slip", "1.2")]
    wages = typed(drawing, "incomes")["wage_income"]
    assert wages.isna().tolist() == [False, False, True, False, False, False]
    assert wages[5] == 11000.0


def test_a_column_of_prices_is_no_column_of_amounts() -> None:
    drawing = sheet("工资性收入（元/月）", ["1200", "950", "1300", "800", "1500", "1100"])
    result = cleaned(drawing)
    assert [
        (reason, problem.detail) for (_, reason, _), problem in zip(said(result), result.problems, strict=True)
    ] == [("rate_unit", "元/月")]
    assert "wage_income" not in typed(drawing, "incomes") or typed(drawing, "incomes")["wage_income"].isna().all()
    assert not said(cleaned(sheet("工资性收入（元/年）", ["12000"] * 6)))
    assert not said(cleaned(sheet("工资性收入（元/户）", ["12000"] * 6)))
    assert [reason for _, reason, _ in said(cleaned(sheet("工资性收入（元/人）", ["12000"] * 6)))] == ["rate_unit"]


def test_an_income_per_head_may_be_stated_per_head() -> None:
    drawing = sheet("工资性收入", ["12000"] * 6).replace("人均纯收入（元）", "人均纯收入（元/人）")
    assert not said(cleaned(drawing))
