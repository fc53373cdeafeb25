"""Sheets of a delivery with the amounts of another sheet."""

from __future__ import annotations

import numpy as np
import pytest

from louxing_analysis.cleaning.context import Context, Said
from louxing_analysis.cleaning.copies import copied_in_delivery, prints_of
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.cleaning.totals import Additive


def context(year: str, village: str = "甲村") -> Context:
    nothing = Said("", "")
    return Context(Said(year, "title"), nothing, nothing, Said(village, "sheet"), "")


def additive(column: str, values: list[float], kind: str = "money") -> Additive:
    numbers = np.array(values, dtype=float)
    return Additive(Matched(0, column, column), kind, {}, numbers, np.ones(len(numbers), dtype=bool))


WAGES = [1200.0 + 37 * at for at in range(24)]


def prints(workbook: str, year: str, *columns: Additive, village: str = "甲村"):
    return prints_of(workbook, "Sheet1", "incomes", context(year, village), columns)


def test_a_sheet_with_the_amounts_of_another_year_is_noted_once_on_the_later_file():
    first, second, third = (
        prints("2018.xlsx", "2018", additive("wage_income", WAGES)),
        prints("2019.xlsx", "2019", additive("wage_income", WAGES)),
        prints("2020.xlsx", "2020", additive("wage_income", WAGES[::-1])),
    )
    (problem,) = copied_in_delivery([third, second, first])
    assert (problem.workbook, problem.reason, problem.severity) == ("2019.xlsx", "copied_sheet", "noted")
    assert problem.detail == "2018.xlsx › Sheet1"


def test_the_same_sheet_in_two_files_is_a_matter_of_repeated_rows_not_of_copies():
    assert copied_in_delivery([prints(name, "2018", additive("wage_income", WAGES)) for name in ("a", "b")]) == []


def test_one_column_of_few_different_amounts_is_not_enough():
    few = additive("amount", [500.0 + at % 9 for at in range(24)])
    assert copied_in_delivery([prints("a", "2018", few), prints("b", "2019", few)]) == []


@pytest.mark.parametrize("values", [WAGES[:5], [600.0] * 24])
def test_short_columns_and_columns_of_one_amount_say_nothing(values):
    assert prints("a", "2018", additive("amount", values)) is None


def test_people_are_left_out_for_a_village_has_the_same_households_next_year():
    assert prints("a", "2018", additive("household_size", WAGES, kind="integer")) is None
