"""The ratios of many groups at once agree with the ones of one group that louxing_analysis.measures gives."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.indicators.classes import class_lines
from louxing_analysis.indicators.ratios import clusters_of, ratio_lines, wilson
from louxing_analysis.measures.means import ratio
from louxing_analysis.measures.proportions import interval

NOWHERE = np.zeros(0, dtype=np.intp)


def table(**columns: object) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_a_ratio_is_the_sum_over_the_sum_and_not_the_mean_of_the_rows() -> None:
    lines = ratio_lines(table(g=["a", "a", "b"]), ["g"], [1, 30, 5], [2, 40, 10], np.array([0, 1, 2]))
    assert list(lines["value"]) == [31 / 42, 0.5]
    assert list(lines["numerator"]) == [31, 5]
    assert list(lines["denominator"]) == [42, 10]


def test_a_missing_figure_is_counted_and_stands_in_neither_numerator_nor_denominator() -> None:
    lines = ratio_lines(table(g=["a", "a", "a"]), ["g"], [1, None, 1], [2, 9, None], np.array([0, 1, 2]))
    assert lines.loc[0, ["numerator", "denominator", "missing"]].tolist() == [1, 2, 2]


def test_a_missing_group_is_a_line_of_its_own_so_that_groups_add_up() -> None:
    lines = ratio_lines(table(g=["a", None, None]), ["g"], [1, 1, 0], [1, 1, 1], np.array([0, 1, 2]))
    assert lines["denominator"].sum() == 3
    assert lines["g"].isna().sum() == 1


def test_without_rows_there_is_one_line_of_nothing() -> None:
    lines = ratio_lines(table(g=pd.Series([], dtype="str")), ["g"], [], [], NOWHERE)
    assert len(lines) == 1
    assert lines.loc[0, "denominator"] == 0
    assert np.isnan(lines.loc[0, "value"])


def test_cells_that_nothing_fell_into_count_zero_of_zero() -> None:
    cells = table(g=["a", "b"])
    lines = ratio_lines(table(g=["a"]), ["g"], [1.0], [1.0], np.array([0]), cells=cells).set_index("g")
    assert lines.loc["b", ["numerator", "denominator", "missing"]].tolist() == [0, 0, 0]
    assert np.isnan(lines.loc["b", "value"])


def test_inside_one_village_a_simple_share_has_the_wilson_interval() -> None:
    lines = ratio_lines(table(g=["a"] * 4), ["g"], [1, 1, 1, 0], [1, 1, 1, 1], np.zeros(4, dtype=np.intp))
    told = interval(3, 4)
    assert lines.loc[0, "low"] == pytest.approx(told.low, abs=1e-9)
    assert lines.loc[0, "high"] == pytest.approx(told.high, abs=1e-9)


def test_where_all_have_it_the_interval_is_wilson_over_the_villages() -> None:
    lines = ratio_lines(table(g=["a"] * 6), ["g"], [1] * 6, [1] * 6, np.array([0, 0, 1, 1, 2, 2]))
    assert lines.loc[0, "low"] == pytest.approx(wilson(1.0, 3)[0])
    assert lines.loc[0, "high"] == 1


def test_one_meeting_of_forty_has_the_interval_of_forty_trials() -> None:
    lines = ratio_lines(table(g=["a"]), ["g"], [10], [40], np.array([0]), trials=True)
    assert lines.loc[0, "low"] == pytest.approx(interval(10, 40).low, abs=1e-9)


def test_one_row_of_money_has_no_interval() -> None:
    lines = ratio_lines(table(g=["a"]), ["g"], [10.0], [40.0], np.array([0]), counts=False)
    assert lines[["low", "high"]].isna().all(axis=None)


def test_villages_of_one_name_in_two_townships_are_two_clusters() -> None:
    frame = table(township=["甲", "乙", "甲"], village=["新村", "新村", "新村"])
    assert len(set(clusters_of(frame))) == 2


ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 4), st.integers(0, 3), st.integers(1, 5)), min_size=2, max_size=40
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_grouped_ratios_and_errors_are_those_of_measures(rows: list[tuple[str, int, int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["g", "cluster", "top", "base"]).assign(
        top=lambda f: f[["top", "base"]].min(axis=1)
    )
    lines = ratio_lines(frame, ["g"], frame["top"], frame["base"], frame["cluster"].to_numpy(dtype=np.intp)).set_index(
        "g"
    )
    for name, part in frame.groupby("g"):
        told = ratio(part["top"], part["base"], clusters=part["cluster"])
        assert lines.loc[name, "value"] == pytest.approx(told.value)
        if len(set(part["cluster"])) > 1 and 0 < told.value < 1:
            assert lines.loc[name, ["low", "high"]].tolist() == pytest.approx([told.low, told.high], abs=1e-9)
        assert 0 <= lines.loc[name, "low"] <= lines.loc[name, "value"] + 1e-12 or np.isnan(lines.loc[name, "low"])


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_groups_add_up_to_the_total(rows: list[tuple[str, int, int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["g", "cluster", "top", "base"])
    clusters = frame["cluster"].to_numpy(dtype=np.intp)
    parts = ratio_lines(frame, ["g"], frame["top"], frame["base"], clusters)
    whole = ratio_lines(frame, [], frame["top"], frame["base"], clusters)
    for name in ("numerator", "denominator", "missing"):
        assert parts[name].sum() == whole[name].sum()


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_classes_all_at_once_are_the_classes_one_by_one(rows: list[tuple[str, int, int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["g", "cluster", "own", "base"])
    clusters, base = frame["cluster"].to_numpy(dtype=np.intp), frame["base"].to_numpy(dtype=float)
    together = class_lines(frame, ["g"], "class", frame["own"].to_numpy(), [0, 1, 2, 3], base, clusters)
    for one in range(4):
        alone = ratio_lines(frame, ["g"], np.where(frame["own"] == one, base, 0.0), base, clusters).set_index("g")
        mine = together[together["class"] == one].set_index("g").loc[alone.index]
        for name in ("numerator", "denominator", "value", "low", "high", "missing"):
            np.testing.assert_allclose(mine[name], alone[name], atol=1e-9, err_msg=name)
