"""Rows we keep, and rows set aside with their reasons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from louxing_analysis import reference
from louxing_analysis.cleaning import validate
from louxing_analysis.cleaning.validate import Finding


@pytest.fixture(scope="module")
def facts() -> reference.Reference:
    return reference.load()


def rows(finding: Finding) -> list[int]:
    return np.flatnonzero(finding.rows).tolist()


def incomes(**columns: list[object]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    whole = {
        "household_id": ["h"] * count,
        "income_year": [2018] * count,
        "net_income": [1.0] * count,
        "per_capita_net_income": [1.0] * count,
        **columns,
    }
    frame = pd.DataFrame(whole)
    for name in ("net_income", "per_capita_net_income"):
        frame[name] = frame[name].astype(float)
    frame["income_year"] = frame["income_year"].astype("Int64")
    return frame


def test_a_row_that_lacks_a_required_cell_is_named_with_the_reason_of_its_key(facts: reference.Reference) -> None:
    frame = incomes(household_id=["h", None, "h"], income_year=[2018, 2018, None])
    found = validate.missing_required(frame, facts.columns_of("incomes"))
    assert [(one.reason, one.column, rows(one)) for one in found] == [
        ("no_household", "household_id", [1]),
        ("required_missing", "income_year", [2]),
    ]


def test_a_required_column_that_came_in_no_workbook_is_missing_in_every_row(facts: reference.Reference) -> None:
    frame = incomes(net_income=[1.0]).drop(columns="income_year")
    found = validate.missing_required(frame, facts.columns_of("incomes"))
    assert [(one.reason, rows(one)) for one in found] == [("required_missing", [0])]


def test_an_income_with_neither_net_nor_per_head_is_no_income(facts: reference.Reference) -> None:
    frame = incomes(net_income=[np.nan, np.nan, 5000], per_capita_net_income=[np.nan, 2500, np.nan])
    found = validate.missing_required(frame, facts.columns_of("incomes"))
    assert [(one.reason, rows(one)) for one in found] == [("no_income", [0])]


def test_zero_is_an_income_and_missing_is_not_zero(facts: reference.Reference) -> None:
    frame = incomes(net_income=[0.0], per_capita_net_income=[np.nan])
    assert validate.missing_required(frame, facts.columns_of("incomes")) == []


KEY, CONTENT = ["household_id", "income_year"], ["household_id", "income_year", "net_income", "per_capita_net_income"]


def test_of_agreeing_repeats_the_first_is_kept() -> None:
    found = validate.repeated(incomes(net_income=[5.0, 5.0, 5.0]), KEY, CONTENT, one_row_per_key=True)
    assert [(one.reason, rows(one)) for one in found] == [("repeats", [1, 2])]


def test_of_disagreeing_duplicates_none_is_kept() -> None:
    found = validate.repeated(incomes(net_income=[5.0, 6.0, 5.0]), KEY, CONTENT, one_row_per_key=True)
    assert [(one.reason, rows(one)) for one in found] == [("duplicate_differs", [0, 1, 2])]


def test_a_missing_cell_beside_a_stated_one_is_a_disagreement() -> None:
    found = validate.repeated(incomes(net_income=[5.0, np.nan]), KEY, CONTENT, one_row_per_key=True)
    assert [(one.reason, rows(one)) for one in found] == [("duplicate_differs", [0, 1])]


def test_two_missing_cells_agree() -> None:
    found = validate.repeated(incomes(net_income=[np.nan, np.nan]), KEY, CONTENT, one_row_per_key=True)
    assert [(one.reason, rows(one)) for one in found] == [("repeats", [1])]


def test_other_keys_are_left_alone() -> None:
    frame = incomes(household_id=["a", "b", "a"], income_year=[2018, 2018, 2019])
    assert validate.repeated(frame, KEY, CONTENT, one_row_per_key=True) == []


def test_where_a_key_may_hold_several_rows_only_whole_rows_repeat() -> None:
    visits = pd.DataFrame(
        {"household_id": ["h", "h", "h"], "visit_date": ["d", "d", "d"], "visit_mode_code": ["visit", "visit", "goods"]}
    )
    found = validate.repeated(visits, ["household_id", "visit_date"], list(visits.columns), one_row_per_key=False)
    assert [(one.reason, rows(one)) for one in found] == [("repeats", [1])]


def test_rows_whose_day_is_not_known_only_repeat_if_they_agree_in_everything() -> None:
    meetings = pd.DataFrame(
        {
            "village": ["甲村"] * 4,
            "meeting_date": ["2018-06-01"] * 4,
            "meeting_date_precision": ["month", "month", "day", "day"],
            "present_count": [5, 6, 7, 8],
        }
    )
    found = validate.repeated(
        meetings, ["village", "meeting_date"], ["village", "meeting_date", "present_count"], one_row_per_key=True
    )
    assert [(one.reason, rows(one)) for one in found] == [("duplicate_differs", [2, 3])]


def test_no_row_repeats_nothing() -> None:
    assert validate.repeated(incomes(net_income=[]), KEY, CONTENT, one_row_per_key=True) == []


def test_a_short_list_beside_the_register_repeats_it_and_the_fuller_row_stays() -> None:
    """The list leaves the column out; a blank cell in a column it has would be another statement."""
    frame = incomes(
        household_id=["h", "k", "h", "k"],
        net_income=[np.nan, np.nan, 5.0, 6.0],
        workbook=["list.csv", "list.csv", "register.xlsx", "register.xlsx"],
        sheet=["", "", "2018", "2018"],
    )
    found = validate.repeated(frame, KEY, CONTENT, one_row_per_key=True)
    assert [(one.reason, rows(one)) for one in found] == [("repeats", [0, 1])]
    frame.loc[1, "net_income"] = 7.0  # now the list has the column: one cell differs, one is blank beside a figure
    found = validate.repeated(frame, KEY, CONTENT, one_row_per_key=True)
    assert [(one.reason, rows(one)) for one in found] == [("duplicate_differs", [0, 1, 2, 3])]


def two_lists(**second: object) -> pd.DataFrame:
    """One household in a list of the poor and in a list of the monitored, which has other columns."""
    first = {"household_id": "h", "register_year": 2020, "household_code": "c1", "village": "甲村", "household_size": 3}
    rows = [
        {**first, "cause": None},
        {**first, "household_code": "c9", "household_size": None, "cause": "illness", **second},
    ]
    other = {"household_id": "k", "register_year": 2020, "household_code": "c2", "village": "甲村", "household_size": 2}
    frame = pd.DataFrame([rows[0], other, rows[1]]).assign(
        workbook=["脱贫.xlsx", "脱贫.xlsx", "监测.xlsx"], sheet="S", row=[4, 5, 9]
    )
    return frame.astype({"household_size": "Int64", "register_year": "Int64"})


BOTH = ["household_id", "register_year"], ["household_code", "village", "household_size", "cause"]


def test_a_household_in_two_lists_that_agree_in_what_both_say_is_kept_once_where_more_is_said() -> None:
    found = validate.repeated(two_lists(), *BOTH, one_row_per_key=True)
    assert [(one.reason, rows(one)) for one in found] == [("repeats", [2])]  # 4 cells are filled in row 4, 4 in row 9
    fuller = two_lists().assign(more=[None, None, "x"])
    found = validate.repeated(fuller, BOTH[0], [*BOTH[1], "more"], one_row_per_key=True)
    assert [(one.reason, rows(one)) for one in found] == [("repeats", [0])]
    assert found[0].details is not None
    assert found[0].details[0] == "监测.xlsx › S › 9"


def test_a_household_in_two_lists_that_disagree_is_named_on_both_rows_with_what_differs() -> None:
    found = validate.repeated(
        two_lists(village="乙村"), *BOTH, one_row_per_key=True, labels={"village": "村", "cause": "原因"}
    )
    assert [(one.reason, rows(one)) for one in found] == [("duplicate_differs", [0, 2])]
    assert found[0].details is not None
    assert found[0].details.tolist() == ["监测.xlsx › S › 9：村", "", "脱贫.xlsx › S › 4：村"]


def test_a_blank_cell_in_a_column_that_both_lists_fill_is_a_disagreement() -> None:
    frame = two_lists()
    frame.loc[1, "workbook"] = "监测.xlsx"  # the other list fills the size, only not for this household
    found = validate.repeated(frame, *BOTH, one_row_per_key=True, labels={})
    assert [(one.reason, rows(one)) for one in found] == [("duplicate_differs", [0, 2])]
    assert found[0].details is not None
    assert found[0].details[0].endswith("：household_size")
