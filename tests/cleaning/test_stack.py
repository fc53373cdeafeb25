"""Sheets with different columns become one frame with one type a column."""

from __future__ import annotations

import numpy as np
import pandas as pd

from louxing_analysis import reference
from louxing_analysis.cleaning.stack import Piece, stack


def piece(workbook: str, sheet: str, **columns: object) -> Piece:
    """A sheet's rows; the address is filled in."""
    frame = pd.DataFrame(columns)
    return Piece(workbook, sheet, frame.assign(row=np.arange(3, 3 + len(frame)), source_column=""))


def test_columns_that_only_one_sheet_has_are_missing_in_the_others() -> None:
    columns = reference.load().columns_of("incomes")
    first = piece("a.xlsx", "甲村", household_code=["1", "2"], wage_income=[100.0, np.nan])
    second = piece("b.xlsx", "乙村", household_code=["3"], household_size=[4.0])
    whole = stack([first, second], columns)
    assert whole["household_code"].tolist() == ["1", "2", "3"]
    assert whole["wage_income"].dtype == "float64"
    assert whole["wage_income"].iloc[0] == 100.0
    assert whole["wage_income"].isna().tolist() == [False, True, True]
    assert whole["household_size"].dtype == "Int64"
    assert whole["household_size"].isna().tolist() == [True, True, False]
    assert list(zip(whole["workbook"], whole["sheet"], whole["row"], strict=True)) == [
        ("a.xlsx", "甲村", 3),
        ("a.xlsx", "甲村", 4),
        ("b.xlsx", "乙村", 3),
    ]


def test_a_missing_flag_is_missing_and_not_false() -> None:
    columns = reference.load().columns_of("households")
    first = piece("a.xlsx", "甲", in_cooperative=pd.array([True, None, False], dtype="boolean"))
    second = piece("a.xlsx", "乙", household_code=["9"])
    whole = stack([first, second], columns)["in_cooperative"]
    assert whole.dtype == "boolean"
    assert whole.isna().tolist() == [False, True, False, True]
    assert whole[2] is np.False_ or whole[2] == False  # noqa: E712 - neither missing nor true


def test_dates_keep_their_precision_beside_them() -> None:
    columns = reference.load().columns_of("visits")
    days = np.array(["2018-06-01", "NaT"], dtype="datetime64[s]")
    first = piece("a.xlsx", "甲", visit_date=days, visit_date_precision=np.array(["month", None], dtype=object))
    second = piece("b.xlsx", "乙", household_code=["1"])
    whole = stack([first, second], columns)
    assert whole["visit_date"].dtype == "datetime64[s]"
    assert whole["visit_date"].isna().tolist() == [False, True, True]
    assert whole["visit_date_precision"].iloc[0] == "month"
    assert whole["visit_date_precision"].isna().tolist() == [False, True, True]


def test_missing_texts_are_missing_whatever_they_were() -> None:
    columns = reference.load().columns_of("households")
    texts = pd.Series(["一组", None, np.nan, pd.NA], dtype=object)
    whole = stack([piece("a.xlsx", "甲", village_group=texts)], columns)["village_group"]
    assert whole.isna().tolist() == [False, True, True, True]
    assert whole.iloc[0] == "一组"


def test_no_sheet_gives_no_row_and_still_an_address() -> None:
    whole = stack([], reference.load().columns_of("visits"))
    assert len(whole) == 0
    assert {"workbook", "sheet", "row", "source_column"} <= set(whole.columns)
