"""corrections.csv: applied to the very cell, written down, and loud when it does not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from louxing_analysis import reference
from louxing_analysis.cleaning.corrections import Correction, by_sheet
from louxing_analysis.cleaning.sheet import Sheet
from louxing_analysis.cleaning.sheets import ROW_KINDS, Cleaned, clean_sheet
from tests.cleaning.offices import drawn, knowledge, office

GOOD = """
2018年度收入核算表 | < | <
户编号 | 工资性收入 | 人均纯收入
'4301' | 8000 | 3000
'4302' | 7000 | 2900
合计 | 15000 |
"""
STORED = """
{}年度收入核算表 | < | < | <
户编号 | 户主姓名 | 工资性收入 | 人均纯收入
'4301' | 卢某某 | 8000 | 3000
'4302' | 欧阳某某 | 二万 | 2900
"""


def corrected(sheet: str | Sheet, *rows: tuple[str, str, str]) -> Cleaned:
    result = Cleaned("台账.xlsx")
    wanted = [Correction(*row, "typed wrong", line) for line, row in enumerate(rows, start=2)]
    known = replace(knowledge(), corrections={("台账.xlsx", "Sheet1"): wanted})
    clean_sheet(sheet if isinstance(sheet, Sheet) else drawn(sheet), "台账.xlsx", known, result)
    return result


def said(result: Cleaned) -> list[tuple[str, str, str]]:
    return [(problem.reason, problem.cell, problem.found) for problem in result.problems]


def stopped(result: Cleaned) -> bool:
    """Nothing was read, and every row of the sheet is accounted for all the same."""
    (line,) = result.sheets
    whole = line["rows_in_sheet"] == sum(line[kind] for kind in ROW_KINDS)
    return result.tables == {} and result.layouts == [] and line["table"] == "" and whole


def test_a_correction_is_applied_to_its_cell_and_to_no_other_and_is_written_down() -> None:
    result = corrected(GOOD, ("B3", "8000", "8800"), ("C4", "2900", "2950"))
    rows = result.tables["incomes"][0].frame
    assert rows["wage_income"].tolist() == [8800.0, 7000.0]
    assert rows["per_capita_net_income"].tolist() == [3000.0, 2950.0]
    log = [problem for problem in result.problems if problem.reason == "corrected"]
    assert [(one.table, one.cell, one.column, one.found, one.severity) for one in log] == [
        ("incomes", "B3", "wage_income", "8000 → 8800", "noted"),
        ("incomes", "C4", "per_capita_net_income", "2900 → 2950", "noted"),
    ]
    assert [one.detail for one in log] == ["corrections.csv › 2: typed wrong", "corrections.csv › 3: typed wrong"]
    assert ("total_differs", "B5", "15000") in said(result)  # 8800 + 7000 = 15800


def test_the_sheet_that_was_read_is_left_as_it_is() -> None:
    sheet = drawn(GOOD)
    corrected(sheet, ("B3", "8000", "8800"))
    assert sheet.values[2, 1] == 8000


@pytest.mark.parametrize("row", [("B3", "8001", "8800"), ("Z99", "8000", "8800"), ("A5", "", "小计"), ("Z99", "", "1")])
def test_a_correction_whose_cell_says_something_else_stops_the_sheet(row: tuple[str, str, str]) -> None:
    result = corrected(GOOD, row, ("C4", "2900", "2950"))
    (problem,) = result.problems
    assert (problem.reason, problem.severity, problem.cell) == ("correction_stale", "structural", row[0])
    assert stopped(result)


def test_two_corrections_of_one_cell_stop_the_sheet_however_its_address_is_written() -> None:
    result = corrected(GOOD, ("B3", "8000", "8800"), ("$b$3", "8000", "8900"))
    assert said(result) == [("correction_twice", "B3", "8900")]
    assert result.problems[0].detail == "corrections.csv › 2, 3"
    assert stopped(result)


def test_a_value_that_cannot_be_read_itself_stops_the_sheet_and_what_was_read_of_it_is_dropped() -> None:
    result = corrected(GOOD, ("B3", "8000", "八千多块"), ("C4", "2900", "2950"))
    (problem,) = result.problems
    assert (problem.reason, problem.severity, problem.cell) == ("correction_unreadable", "structural", "B3")
    assert (problem.column, problem.found) == ("wage_income", "八千多块")
    assert stopped(result)


@pytest.mark.parametrize("says", ["8000", " 8000 ", "８０００", "8,000", "8,000.00", "8000\u200b"])
def test_a_number_may_be_written_as_the_sheet_shows_it(says: str) -> None:
    assert ("corrected", "B3", "8000 → 8800") in said(corrected(GOOD, ("B3", says, "8800")))


@pytest.mark.parametrize(
    ("cell", "says", "same"),
    [
        ("二万", "二万 ", True),
        (" 二万", "二万", True),
        ("１２户", "12户", True),
        ("1 2", "1  2", True),
        ("1 2", "12", False),
    ],
)
def test_spaces_at_the_ends_and_full_width_signs_make_no_other_text_and_spaces_inside_do(
    cell: str, says: str, same: bool
) -> None:
    sheet = drawn(GOOD)
    sheet.values[2, 1] = cell
    assert (("correction_stale", "B3", cell) not in said(corrected(sheet, ("B3", says, "8800")))) is same


def test_an_error_cell_is_corrected_by_what_problems_show_of_it() -> None:
    sheet = drawn(GOOD.replace("8000", ""))
    sheet = replace(sheet, unreadable={(2, 1): ("error_cell", "#REF!")})
    result = corrected(sheet, ("B3", "#REF!", "8000"))
    assert said(result) == [("corrected", "B3", "#REF! → 8000")]
    assert result.tables["incomes"][0].frame["wage_income"].tolist() == [8000.0, 7000.0]


def test_a_cell_inside_a_merged_range_says_what_the_range_says_and_is_corrected_alone() -> None:
    sheet = drawn(GOOD.replace("7000", "^"))
    result = corrected(sheet, ("B4", "8000", "7000"))
    assert result.tables["incomes"][0].frame["wage_income"].tolist() == [8000.0, 7000.0]


def test_an_empty_value_empties_the_cell() -> None:
    result = corrected(GOOD, ("B3", "8000", ""))
    assert result.tables["incomes"][0].frame["wage_income"].isna().tolist() == [True, False]
    assert ("corrected", "B3", "8000 → 空") in said(result)


def test_a_header_can_be_corrected_and_a_column_nobody_knows_is_hidden_in_the_log() -> None:
    drawing = GOOD.replace("工资性收入", "工资姓收入")
    header = corrected(drawing, ("B2", "工资姓收入", "工资性收入"))
    assert header.tables["incomes"][0].frame["wage_income"].tolist() == [8000.0, 7000.0]
    assert said(header) == [("corrected", "B2", "工资姓收入 → 工资性收入")]
    unknown = corrected(
        GOOD.replace("工资性收入 |", "工资性收入 | 今后打算 |").replace("8000 |", "8000 | 卢某某 |"),
        ("C3", "卢某某", "卢某"),
    )
    assert unknown.tables
    assert ("corrected", "C3", "[未登记列]") in said(unknown)
    nobodys = drawing.replace("8000", "卢某某").replace("人均纯收入", "人均姓收入")
    refused = corrected(nobodys, ("B3", "卢某某", "卢某"))
    assert refused.tables == {}
    assert ("corrected", "B3", "[未登记列]") in said(refused)


def test_rows_are_filed_under_their_sheet_and_either_slash_will_do() -> None:
    rows = [["2018\\a.xlsx", "Sheet1", "B3", "1", "2", "x", "y"], ["2018/a.xlsx", "Sheet1", "B4", "1", "2", "x", "y"]]
    frame = pd.DataFrame(rows, columns=["workbook", "sheet", "cell", "says", "use", "because", "source"], dtype="str")
    found = by_sheet(frame)
    assert {home: [(one.cell, one.line) for one in mine] for home, mine in found.items()} == {
        ("2018/a.xlsx", "Sheet1"): [("B3", 2), ("B4", 3)]
    }


def test_a_run_applies_its_corrections_and_masks_what_is_personal_in_the_log(tmp_path: Path) -> None:
    place = office(tmp_path, own_reference=True)
    place.own_reference(
        "corrections",
        "a.xlsx,Sheet1,B3,卢某某,卢某,wrong sign,letter of the village",
        "a.xlsx,Sheet1,C4,二万,20000,in words,letter",
    )
    place.put("a.xlsx", STORED.format(2018))
    assert place.clean().exit_code == 0
    assert place.table("incomes")["wage_income"].tolist() == [8000.0, 20000.0]
    log = place.problems("corrected")[["cell", "found", "detail"]].values.tolist()
    assert log == [
        ["B3", "[姓名]", "corrections.csv › 2: wrong sign"],
        ["C4", "二万 → 20000", "corrections.csv › 3: in words"],
    ]
    place.put("a.xlsx", STORED.format(2018).replace("二万", "二万五"))
    place.put("b.xlsx", STORED.format(2019))
    assert place.clean().exit_code == 1
    assert place.problems("correction_stale")[["workbook", "cell", "found"]].values.tolist() == [
        ["a.xlsx", "C4", "二万五"]
    ]
    assert set(place.table("incomes")["workbook"]) == {"b.xlsx"}


def test_a_correction_of_a_workbook_or_sheet_that_is_not_there_is_named_with_what_there_is(tmp_path: Path) -> None:
    place = office(tmp_path, own_reference=True)
    place.own_reference(
        "corrections",
        "a.xlsx,收入,B3,8000,8800,typed wrong,letter of the village",
        "gone.xlsx,Sheet1,B3,8000,8800,typed wrong,letter of the village",
    )
    place.put("a.xlsx", STORED.format(2018))
    outcome = place.clean()
    assert (outcome.exit_code, outcome.facts["blocking"]) == (1, 2)
    assert place.problems("correction_homeless")[["workbook", "sheet", "cell", "detail"]].values.tolist() == [
        ["a.xlsx", "收入", "B3", "corrections.csv › 2: 该工作簿中的表 / its sheets: Sheet1"],
        ["gone.xlsx", "Sheet1", "B3", "corrections.csv › 3: 没有这个工作簿 / no such workbook was read"],
    ]
    assert len(place.table("incomes")) == 2


@pytest.mark.parametrize("cell", ["H", "6", "", "H6:H7", "第6行"])
def test_what_is_no_address_stops_the_run_with_file_and_row(tmp_path: Path, cell: str) -> None:
    place = office(tmp_path, own_reference=True)
    place.own_reference("corrections", f"a.xlsx,Sheet1,{cell},8000,8800,typed wrong,letter")
    with pytest.raises(reference.BadReference, match=r"corrections\.csv › 2"):
        place.clean()
