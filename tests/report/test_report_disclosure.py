"""Small counts are hidden, and stay hidden from a reader who can add, subtract and solve."""

from __future__ import annotations

import made_up_measured as made_up
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from louxing_analysis.report.disclosure import CannotProtect, protect

CARD = made_up.Card("help_by_kind", "覆盖率", "Coverage", "share", "sensitive")


def township_table(counts: np.ndarray, bases: np.ndarray) -> made_up.Measured:
    """counts[township, kind] of exclusive kinds with all margins, as a Measured."""
    rows = []
    full = np.block([[counts, counts.sum(1, keepdims=True)], [counts.sum(0, keepdims=True), counts.sum(keepdims=True)]])
    for i, line in enumerate(full):
        base = bases[i] if i < len(bases) else bases.sum()
        for j, k in enumerate(line):
            rows.append({"period": "2020", "township": f"t{i}" if i < len(bases) else "total",
                         "kind": f"k{j}" if j < counts.shape[1] else "total", "numerator": int(k), "denominator": int(base)})  # fmt: skip
    return made_up.measured(CARD, rows, "township", "kind")


def attacked(shown: made_up.Measured, shape: tuple[int, int]) -> list[tuple[float, float]]:
    """The range of each hidden count, by a linear programme of the test's own: rows and columns add up, hidden ≥ 1."""
    grid = shown.frame["numerator"].to_numpy().reshape(shape)
    base = shown.frame["denominator"].to_numpy().reshape(shape)
    hidden = np.argwhere(np.isnan(grid))
    place = {tuple(at): number for number, at in enumerate(hidden)}
    equal, fixed = [], []
    for axis in (0, 1):
        for line in range(shape[axis]):
            cells = [(line, other) if axis == 0 else (other, line) for other in range(shape[1 - axis])]
            row, known = np.zeros(len(hidden)), 0.0
            for cell in cells:
                sign = -1.0 if cell[1 - axis] == shape[1 - axis] - 1 else 1.0
                if cell in place:
                    row[place[cell]] += sign
                else:
                    known += sign * grid[cell]
            if row.any():
                equal.append(row)
                fixed.append(-known)
    bounds = [(1, base[tuple(at)] if np.isfinite(base[tuple(at)]) else None) for at in hidden]
    ranges = []
    for number in range(len(hidden)):
        aim = np.zeros(len(hidden))
        aim[number] = 1
        ends = [
            linprog(sign * aim, A_eq=np.array(equal), b_eq=fixed, bounds=bounds, method="highs") for sign in (1, -1)
        ]
        assert all(end.status in (0, 3) for end in ends), "the published table must be possible"
        ranges.append(
            (ends[0].fun if ends[0].status == 0 else -np.inf, -ends[1].fun if ends[1].status == 0 else np.inf)
        )
    return ranges


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), rows=st.integers(2, 7), columns=st.integers(2, 5))
def test_no_hidden_count_can_be_solved_for(seed, rows, columns):
    draw = np.random.default_rng(seed)
    counts = draw.poisson(6, (rows, columns))
    bases = counts.sum(axis=1) + draw.integers(0, 40, rows)
    try:
        shown = protect(township_table(counts, bases))
    except CannotProtect:
        return
    number = shown.frame["numerator"]
    assert not number.between(1, 4).any()
    assert not (shown.frame["denominator"] - number).between(1, 4).any()
    for low, high in attacked(shown, (rows + 1, columns + 1)):
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= 4


def test_thirteen_townships_by_nine_kinds_with_totals_cost_less_than_two_seconds():
    import time

    draw = np.random.default_rng(2)
    counts = draw.poisson(6, (13, 9))
    started = time.perf_counter()
    shown = protect(township_table(counts, counts.sum(1) + 30))
    assert time.perf_counter() - started < 2
    assert all(high - low >= 4 for low, high in attacked(shown, (14, 10)))


def test_counts_of_one_to_four_and_small_rests_are_hidden_with_their_rates_and_zeros_are_shown():
    """
    count  base   shown?
      0     50    0
      3     50    hidden: count of 3
      5     50    5
     47     50    hidden: three are left
     50     50    50
      2      3    hidden, base too
    """
    rows = [(0, 50), (3, 50), (5, 50), (47, 50), (50, 50), (2, 3)]
    lines = [{"period": str(2000 + at), "numerator": k, "denominator": n} for at, (k, n) in enumerate(rows)]
    shown = protect(made_up.measured(CARD, lines)).frame
    assert shown["hidden"].tolist() == [False, True, False, True, False, True]
    assert shown["numerator"].isna().tolist() == shown["value"].isna().tolist() == shown["hidden"].tolist()
    assert shown["denominator"].isna().tolist() == [False] * 5 + [True]
    assert shown[["low", "high"]].isna().all(axis=1)[shown["hidden"]].all()


def test_open_indicators_are_not_hidden():
    measured = made_up.measured(
        made_up.Card("meeting_attendance", "到会率", "Attendance"),
        [{"period": "2020", "numerator": 2, "denominator": 5}],
    )
    shown = protect(measured).frame
    assert shown["numerator"].tolist() == [2]
    assert not shown["hidden"].any()


def test_an_empty_frame_stays_empty():
    measured = made_up.Measured(CARD, made_up.income_per_head().frame.head(0), ())
    assert protect(measured).frame.empty


def test_a_total_published_elsewhere_does_not_give_the_one_hidden_township_away():
    lines = [
        {"period": "2020", "township": name, "numerator": k, "denominator": 60}
        for name, k in (("甲", 3), ("乙", 20), ("丙", 30))
    ]
    parts = made_up.measured(CARD, lines, "township")
    whole = made_up.measured(CARD, [{"period": "2020", "numerator": 53, "denominator": 180}])
    assert protect(parts).frame["hidden"].sum() == 1
    told = protect(parts, totals=[whole]).frame
    assert told.loc[told["township"] == "甲", "hidden"].item()
    assert told["hidden"].sum() == 2  # 53 − 20 − 30 would have been 3


def test_shares_of_one_whole_hide_a_second_part_because_the_base_is_their_total():
    lines = [
        {"period": "2020", "kinds": name, "numerator": k, "denominator": 100}
        for name, k in (("0", 2), ("1", 30), ("2", 68))
    ]
    shown = protect(made_up.measured(CARD, lines, "kinds")).frame
    assert shown["numerator"].isna().sum() == 2


def test_the_flows_of_a_year_do_not_give_away_the_one_that_is_hidden():
    flows = {"opening": 445, "identified": 0, "fallen_back": 0, "entered": 0, "other_in": 0, "exited": 440, "left_register": 3,
             "other_out": 2, "closing": 0, "difference": -2}  # fmt: skip
    card = made_up.Card("stock_and_flow", "存量与流量", "Stock and flow", "household", "sensitive")
    lines = [
        {"period": "2020", "flow": flow, "numerator": k, "denominator": 445, "value": k} for flow, k in flows.items()
    ]
    shown = protect(made_up.measured(card, lines, "flow")).frame.set_index("flow")
    assert shown.loc[["left_register", "other_out"], "hidden"].all()
    # 445 − 440 − 0 + difference would be what left the register: 445 − 440 − 2 = 3
    assert not (
        np.isfinite(shown["value"]["difference"])
        and np.isfinite(shown["value"]["exited"])
        and np.isfinite(shown["value"]["opening"])
    )


def test_a_base_does_not_tell_the_opening_stock_that_is_hidden_and_a_stock_of_nobody_is_still_told():
    years = {
        "2019": {"opening": 2122, "identified": 50, "fallen_back": 2, "entered": 0, "other_in": 0, "exited": 1715,
                 "left_register": 20, "other_out": 3, "closing": 436, "difference": -1},
        "2020": {"opening": 436, "identified": 0, "fallen_back": 0, "entered": 0, "other_in": 0, "exited": 431,
                 "left_register": 3, "other_out": 2, "closing": 0, "difference": -2},
    }  # fmt: skip
    card = made_up.Card("stock_and_flow", "存量与流量", "Stock and flow", "household", "sensitive")
    lines = [
        {"period": year, "flow": flow, "numerator": k, "denominator": flows["opening"], "value": k}
        for year, flows in years.items()
        for flow, k in flows.items()
    ]
    shown = protect(made_up.measured(card, lines, "flow")).frame.set_index(["period", "flow"])
    assert shown.loc[("2020", "opening"), "hidden"] == shown.loc["2020", "denominator"].isna().all()
    assert shown.loc[("2019", "closing"), "hidden"] == shown.loc[("2020", "opening"), "hidden"]
    assert shown.loc[("2020", "closing"), "value"] == 0  # nobody is left: the zero is no secret


def test_money_of_a_handful_of_people_goes_with_their_number():
    card = made_up.Card("income_per_head", "人均纯收入", "Income", "yuan", "sensitive")
    lines = [
        {"period": "2020", "village": name, "numerator": n * 9000.5, "denominator": n, "value": 9000.5}
        for name, n in (("甲", 3), ("乙", 40))
    ]
    shown = protect(made_up.measured(card, lines, "village")).frame.set_index("village")
    assert shown.loc["甲", ["numerator", "denominator", "value"]].isna().all()
    assert shown.loc["乙", "value"] == 9000.5


def test_the_measured_itself_is_not_changed():
    measured = made_up.help_by_kind()
    before = measured.frame.copy()
    protect(measured)
    pd.testing.assert_frame_equal(measured.frame, before)


def test_a_lone_pair_of_ones_hides_its_total_too():
    lines = [
        {"period": "2020", "township": name, "numerator": k, "denominator": 40 if name != "total" else 80}
        for name, k in (("甲", 1), ("乙", 1), ("total", 2))
    ]
    shown = protect(made_up.measured(CARD, lines, "township")).frame
    assert shown["hidden"].all()


@pytest.mark.parametrize("threshold", [3, 10])
def test_the_threshold_is_the_smallest_count_that_may_be_shown(threshold):
    lines = [{"period": str(2000 + k), "numerator": k, "denominator": 100} for k in range(0, 15)]
    shown = protect(made_up.measured(CARD, lines), threshold).frame
    assert (shown["numerator"].isna() == [1 <= k < threshold for k in range(15)]).all()
