"""Numbers out of cells: what is read, what is set aside and why, and that nothing is lost on the way."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.amounts import parse_numbers, parse_shares
from louxing_analysis.problems import REASONS

MONEY = {"元": 1.0, "元/年": 1.0, "万元": 10000.0}
COUNTS = {"人": 1.0, "户": 1.0, "亩": 1.0, "㎡": 1.0}
MISSING = frozenset({"无", "-", "/", "—", "N/A", "null", "不详"})


def column(*cells: object) -> np.ndarray:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


READ = [
    # cell               header unit  value     note
    (1200, 1.0, 1200.0, None),
    (1200.5, 1.0, 1200.5, None),
    ("1200", 1.0, 1200.0, None),
    ("0", 1.0, 0.0, None),
    (0, 1.0, 0.0, None),
    ("-35.5", 1.0, -35.5, None),
    ("−35.5", 1.0, -35.5, None),  # the minus sign of a word processor
    ("１２００", 1.0, 1200.0, None),
    ("1,200", 1.0, 1200.0, None),
    ("1，200.50", 1.0, 1200.5, None),
    ("12,345,678", 1.0, 12345678.0, None),
    (" 1200\t元\n", 1.0, 1200.0, None),
    ("\u200b1200\ufeff", 1.0, 1200.0, None),
    ('="1200"', 1.0, 1200.0, None),
    ("'1200", 1.0, 1200.0, None),
    ("1200元", 1.0, 1200.0, None),
    ("1200元整", 1.0, 1200.0, None),
    ("1200（元）", 1.0, 1200.0, None),
    ("3000元/年", 1.0, 3000.0, None),
    ("3人", 1.0, 3.0, None),
    ("120㎡", 1.0, 120.0, None),
    ("￥1,200", 1.0, 1200.0, None),
    ("-¥1,200", 1.0, -1200.0, None),
    ("1.2万", 1.0, 12000.0, None),  # 1.2 * 10000 in binary would do; 1.1 and 2.3 would not
    ("1.1万", 1.0, 11000.0, None),
    ("2.3千", 1.0, 2300.0, None),
    ("5百万元", 1.0, 5000000.0, None),
    ("1.5亿", 1.0, 150000000.0, None),
    ("约3000", 1.0, 3000.0, "approximate"),
    ("3000元左右", 1.0, 3000.0, "approximate"),
    ("3000多元", 1.0, 3000.0, "approximate"),
    ("10余万元", 1.0, 100000.0, "approximate"),
    ("(1,200)", 1.0, -1200.0, "negative_in_brackets"),
    ("(-1200)", 1.0, -1200.0, "negative_in_brackets"),
    ("1.2E+05", 1.0, 120000.0, None),
    # the header says 万元
    (1.2, 10000.0, 12000.0, None),
    (1.1, 10000.0, 11000.0, None),
    (2.3456, 10000.0, 23456.0, None),
    (0.123456, 10000.0, 1234.56, None),
    ("1.1", 10000.0, 11000.0, None),
    ("约1.1", 10000.0, 11000.0, "approximate"),
    # a cell that brings its own unit wins over the header
    ("1.2万元", 10000.0, 12000.0, None),
    ("1.2万", 10000.0, 12000.0, None),
    ("3000元", 10000.0, 3000.0, None),
]


@pytest.mark.parametrize(("cell", "factor", "value", "note"), READ)
def test_a_number_is_read_exactly_as_it_is_meant(cell: object, factor: float, value: float, note: str | None) -> None:
    parsed = parse_numbers(column(cell), unit_factor=factor, suffixes=MONEY | COUNTS, missing=MISSING)
    assert (parsed.values[0], parsed.reasons[0], parsed.notes[0]) == (value, None, note)


SET_ASIDE = [
    ("二万", "not_a_number"),
    ("三千五", "not_a_number"),
    ("见附件", "not_a_number"),
    ("12.", "not_a_number"),
    (True, "not_a_number"),
    (datetime.time(8, 30), "not_a_number"),
    (float("inf"), "not_a_number"),
    (10**400, "not_a_number"),
    ("②1200", "not_a_number"),
    ("30²", "not_a_number"),
    ("1" + "0" * 500, "not_a_number"),
    ("1,2", "bad_grouping"),
    ("1,20", "bad_grouping"),
    ("1200,300", "bad_grouping"),
    ("0,123", "bad_grouping"),
    ("1,200,30", "bad_grouping"),
    ("3000-4000", "range"),
    ("3000～4000元", "range"),
    ("3千到4千", "range"),
    ("3000以上", "range"),
    ("不足3000", "range"),
    (">3000", "range"),
    ("2人*2000", "expression"),
    ("2人×12月×2000", "expression"),
    ("1000+200", "expression"),
    ("=A1+B1", "expression"),
    ("种植3000,养殖2000", "several_numbers"),
    ("3万5千", "several_numbers"),
    ("1200\n1500", "several_numbers"),
    ("１２ ３００", "several_numbers"),
    ("300斤", "unknown_cell_unit"),
    ("12%", "unknown_cell_unit"),
    ("2018-06-12", "date_in_number"),
    ("2018年", "date_in_number"),
    ("6月12日", "date_in_number"),
    (datetime.datetime(2018, 6, 12), "date_in_number"),
    (datetime.date(2018, 6, 12), "date_in_number"),
]


@pytest.mark.parametrize(("cell", "reason"), SET_ASIDE)
def test_what_is_not_one_number_is_set_aside_with_its_reason(cell: object, reason: str) -> None:
    parsed = parse_numbers(column(cell), suffixes=MONEY, missing=MISSING)
    assert (math.isnan(parsed.values[0]), parsed.reasons[0], parsed.notes[0]) == (True, reason, None)
    assert reason in REASONS


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "\u3000", float("nan"), "无", "－", "—", "／", "n/a", "NULL", " null "]
)
def test_nothing_stated_is_missing_without_a_reason(cell: object) -> None:
    parsed = parse_numbers(column(cell), missing=MISSING)
    assert math.isnan(parsed.values[0])
    assert parsed.reasons[0] is None


def test_zero_is_missing_only_where_the_reference_lists_it() -> None:
    cells = column(0, "0", -1, "5")
    assert parse_numbers(cells).values.tolist() == [0, 0, -1, 5]
    unset = parse_numbers(cells, missing=frozenset({"0", "-1"}))
    assert np.isnan(unset.values).tolist() == [True, True, True, False]
    assert unset.reasons.tolist() == [None] * 4


def test_whole_numbers_are_int64_and_a_fraction_is_set_aside() -> None:
    parsed = parse_numbers(column(3, "4人", 2.5, "1.5", None, 2**60), integer=True, suffixes=COUNTS)
    assert str(parsed.values.dtype) == "Int64"
    assert parsed.values.isna().tolist() == [False, False, True, True, True, True]
    assert parsed.values[:2].tolist() == [3, 4]
    assert parsed.reasons.tolist() == [None, None, "not_an_integer", "not_an_integer", None, "out_of_range"]


def test_limits_are_inclusive_and_hold_in_the_base_unit() -> None:
    parsed = parse_numbers(column(0, 12, 13, -1, "1.2千"), minimum=0, maximum=12)
    assert parsed.reasons.tolist() == [None, None, "out_of_range", "out_of_range", "out_of_range"]
    assert np.isnan(parsed.values).tolist() == [False, False, True, True, True]


def test_a_column_of_no_cells_is_a_column_of_no_values() -> None:
    assert len(parse_numbers(column()).values) == 0
    assert len(parse_numbers(column(), integer=True).values) == 0


def test_a_share_is_the_same_in_its_three_forms() -> None:
    parsed = parse_shares(column("97.5%", 97.5, 0.975, "９７.５％", "5‰", 88, None))
    assert parsed.values[:6].tolist() == [0.975, 0.975, 0.975, 0.975, 0.005, 0.88]
    assert parsed.reasons.tolist() == [None] * 7


def test_bare_fractions_stay_fractions_where_no_cell_is_above_one() -> None:
    assert parse_shares(column(0.4, "0.975", 1, 0)).values.tolist() == [0.4, 0.975, 1.0, 0.0]


def test_a_percent_header_makes_every_bare_number_a_percentage() -> None:
    # a poverty rate of 0.98 % beside one of 2.3 %
    assert parse_shares(column(0.98, 2.3, "1.5%"), unit_factor=0.01).values.tolist() == [0.0098, 0.023, 0.015]


def test_a_bare_number_that_may_be_fraction_or_percentage_is_set_aside() -> None:
    # without a header unit, 0.98 beside 2.3 and 1.5 may be 98 % or 0.98 %
    parsed = parse_shares(column(0.98, 2.3, 1.5))
    assert parsed.reasons.tolist() == ["ambiguous_share", None, None]
    assert parsed.values[1:].tolist() == [0.023, 0.015]


@given(st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)))
@settings(max_examples=300, deadline=None)
def test_a_number_written_as_text_reads_back_as_itself(number: float) -> None:
    parsed = parse_numbers(column(str(number), number))
    assert parsed.values.tolist() == [float(number)] * 2
    assert parsed.reasons.tolist() == [None, None]


@given(st.decimals(0, 10**7, places=4))
@settings(max_examples=200, deadline=None)
def test_ten_thousands_have_no_binary_residue(number: object) -> None:
    whole = float(int(str(number).replace(".", "")))  # four places, so ten thousand times the number is whole
    assert parse_numbers(column(f"{number}万", float(str(number))), unit_factor=10000.0).values.tolist() == [
        whole,
        whole,
    ]


CELLS = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789０１二三千万亿元人约左右-~—,.，()（）%*×/=+ eE¥②²", max_size=12),
    st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
)  # fmt: skip


@given(st.lists(CELLS, max_size=8))
@settings(max_examples=400, deadline=None)
def test_no_cell_raises_and_each_has_a_value_or_a_reason_but_not_both(cells: list[object]) -> None:
    for parsed in (
        parse_numbers(column(*cells), suffixes=MONEY | COUNTS),
        parse_numbers(column(*cells), integer=True, unit_factor=10000.0),
        parse_shares(column(*cells)),
    ):
        for cell, value, reason in zip(cells, parsed.values, parsed.reasons, strict=True):
            absent = str(value) in {"nan", "<NA>"}
            empty = cell != cell or (isinstance(cell, str) and not _visible(cell))
            assert absent == (reason is not None or empty)
            assert reason is None or reason in REASONS


def _visible(text: str) -> bool:
    """Anything but space, invisible characters, and the quotation mark that keeps digits text in Excel."""
    from louxing_analysis.cleaning.cells import normalise

    return bool(normalise(text))


def test_a_hundred_thousand_usual_cells_take_little_time() -> None:
    from time import perf_counter

    numbers = column(*[float(number) for number in range(50_000)], *[f"{number % 3000}.5" for number in range(50_000)])
    started = perf_counter()
    parse_numbers(numbers, unit_factor=10000.0)
    assert perf_counter() - started < 1.0  # some 30 ms; the bound is for a busy machine
