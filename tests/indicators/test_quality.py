"""Rows, problems, missing cells and totals."""

import pandas as pd

from louxing_analysis.indicators.quality import missing_by_column, problems_by_reason, rows_by_fate, totals_agreement

SHEETS = pd.DataFrame(
    {
        "table": ["incomes", "incomes", "visits"],
        "workbook": ["a.xlsx", "b.xlsx", "c.xlsx"],
        "sheet": ["1", "1", "1"],
        "data": [10, 20, 5],
        "kept": [9, 20, 5],
        "quarantined": [1, 0, 0],
    }
)
PROBLEMS = pd.DataFrame(
    {
        "table": ["incomes"] * 3 + ["visits"],
        "workbook": ["a.xlsx"] * 4,
        "sheet": ["1"] * 4,
        "cell": ["C12", "C13", "", "D4"],
        "reason": ["range", "range", "no_year", "not_a_date"],
        "severity": ["set_aside", "set_aside", "structural", "set_aside"],
    }
)
TOTALS = pd.DataFrame(
    {
        "table": ["incomes"] * 4,
        "workbook": ["a.xlsx"] * 4,
        "sheet": ["1"] * 4,
        "verdict": ["agrees", "agrees", "differs", None],
    }
)


def test_kept_and_quarantined_are_all_data_rows() -> None:
    measured = rows_by_fate(sheets=SHEETS)
    assert measured.line(table="incomes", fate="quarantined")["value"] == 1 / 30
    assert measured.frame.groupby("table")["value"].sum().tolist() == [1, 1]
    assert rows_by_fate(sheets=SHEETS, by=()).line(fate="kept")["numerator"] == 34


def test_problems_are_counted_by_reason_and_lead_to_their_row() -> None:
    measured = problems_by_reason(problems=PROBLEMS)
    line = measured.line(reason="range")
    assert (line["value"], line["denominator"]) == (2, 4)
    behind = measured.rows_behind(reason="range")
    assert behind["row"].tolist() == [12, 13]
    assert measured.frame["reason"].tolist()[0] == "range"  # the commonest first


def test_problems_by_table_have_the_problems_of_the_table_as_base() -> None:
    measured = problems_by_reason(problems=PROBLEMS, by=("table",))
    assert measured.line(table="visits")["denominator"] == 1
    assert measured.frame["numerator"].sum() == 4


def test_missing_cells_are_counted_for_each_column(draw) -> None:
    incomes = draw("incomes", "household_id income_year wage_income\nh1 2018 .\nh2 2018 5\nh3 2018 .")
    measured = missing_by_column(incomes=incomes, visits=draw("visits"))
    line = measured.line(table="incomes", column="wage_income")
    assert (line["numerator"], line["denominator"], line["value"]) == (2, 3, 2 / 3)
    assert measured.rows_behind(table="incomes", column="wage_income")["row_id"].tolist() == ["incomes-0", "incomes-2"]
    assert pd.isna(measured.line(table="visits", column="visit_date")["value"])
    assert not {"row_id", "workbook", "visit_date_precision"} & set(measured.frame["column"])


def test_totals_without_a_verdict_are_missing() -> None:
    measured = totals_agreement(totals=TOTALS)
    agrees = measured.line(verdict="agrees")
    assert (agrees["numerator"], agrees["denominator"], agrees["missing"]) == (2, 3, 1)


def test_a_run_that_found_nothing_gives_lines_of_nothing() -> None:
    for measured in (
        rows_by_fate(sheets=SHEETS.iloc[:0]),
        problems_by_reason(problems=PROBLEMS.iloc[:0]),
        totals_agreement(totals=TOTALS.iloc[:0]),
        missing_by_column(),
    ):
        assert measured.frame["value"].isna().all()
        assert (measured.frame["denominator"] == 0).all()
