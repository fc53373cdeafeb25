"""Damaged cells that arithmetic proves: shown, never applied."""

from __future__ import annotations

import copy

import pytest

from louxing_analysis.cleaning.checking import check_table
from louxing_analysis.cleaning.figures import read_table
from louxing_analysis.cleaning.inspect import inspect_file
from louxing_analysis.cleaning.locate import locate
from louxing_analysis.cleaning.proofs import Proof, resembles, settled
from tests.cleaning.offices import cleaned


@pytest.mark.parametrize(
    ("found", "value", "does"),
    [
        ("217E", 2171, True),
        ("1O3", 103, True),
        ("5 63", 5163, True),  # a sign lost
        ("l2", 12, True),
        ("23.4.5", 23.45, True),
        ("二百", 200, False),
        ("Z", 0, False),
        ("2001/02", 0, False),
        ("20.9P", 21.2, False),
        (2577.0, 25773, True),
        (1234.0, 1284, True),
        (12.0, 13, False),  # too short to tell
        (1234.0, 5678, False),
    ],
)
def test_a_damaged_text_resembles_what_it_was(found, value, does):
    assert resembles(found, value) is does


DISTRICTS = """
    title  | 2015年年末总人口 | < | <
    header | 区县 | 总户数 | 总人口
    data   | 东区 | 3301 | 9602
    data   | 西区 | 2900 | 217E
    data   | 南区 | 4100 | 14000
    total  | 全市 | 10301 | 25773
"""


def test_the_total_less_the_other_districts_proves_a_cell_that_cannot_be_read(saved):
    (sheet,) = inspect_file(saved(DISTRICTS))["sheets"]
    (cell,) = sheet["unreadable"]
    assert (cell["cell"], cell["found"], cell["suggestion"]) == ("C4", "217E", 25773 - 9602 - 14000)
    chinese, english = cell["because"].split(" / ")  # one bar between the halves, and the equation in both
    assert chinese.startswith("25773 − 23602 = 2171")
    assert english.startswith("25773 − 23602 = 2171")
    (differs,) = [check for check in sheet["checks"] if check["verdict"] == "differs"]
    assert (differs["cell"], differs["computed"]) == ("C6", 9602 + 14000)
    assert "cells that cannot be read, not in the sum: 1" in differs["because"]


def test_what_is_proved_is_never_applied(drawn):
    sheet, _ = drawn(DISTRICTS)
    before = copy.deepcopy(sheet.values)
    (table,) = locate(sheet).tables
    assert check_table(sheet, table, read_table(sheet, table)).proofs
    assert (sheet.values == before).all()
    assert sheet.values[3, 2] == "217E"


def proofs(sheet):
    (table,) = locate(sheet).tables
    found = check_table(sheet, table, read_table(sheet, table)).proofs
    return {cell: proof.value for cell, proof in found.items()}


def test_two_damaged_cells_of_one_sum_prove_nothing(drawn):
    assert proofs(drawn(DISTRICTS.replace("| 14000", "| 14OOO"))[0]) == {}


def test_a_damaged_total_is_the_sum_of_its_rows(drawn):
    assert proofs(drawn(DISTRICTS.replace("217E", "2171").replace("25773", "2577E"))[0]) == {(5, 2): 25773}


def test_a_text_that_does_not_resemble_the_value_is_not_explained_away(drawn):
    assert proofs(drawn(DISTRICTS.replace("217E", "未报数"))[0]) == {}


def test_an_empty_cell_is_proved_only_where_all_other_columns_agree(drawn):
    drawing = """
        header | 区县 | 户数 | 男 | 女 | 面积
        data   | 东区 | 300 | 900 | 950 | 31
        data   | 西区 | 200 | 800 |  | 22
        data   | 南区 | 100 | 400 | 410 | 17
        data   | 北区 | 150 | 500 | 510 | 19
        total  | 全市 | 750 | 2600 | 2650 | 89
    """
    assert proofs(drawn(drawing)[0]) == {(2, 3): 2650 - 950 - 410 - 510}
    assert proofs(drawn(drawing.replace("| 22", "|"))[0]) == {}  # two are empty in the row: it was left out


def test_the_columns_of_a_row_prove_a_part(drawn):
    sheet, _ = drawn("""
        header | 村 | 合计 | 男 | 女
        data   | 甲村 | 3012 | 1601 | 1411
        data   | 乙村 | 5100 | 2600 | 25O0
        data   | 丙村 | 9000 | 4000 | 5000
        data   | 丁村 | 7700 | 4000 | 3700
        data   | 戊村 | 6200 | 3000 | 3200
    """)
    assert proofs(sheet) == {(2, 3): 5100 - 2600}


def test_a_misread_digit_that_breaks_its_row_and_its_column_is_named(drawn):
    sheet, _ = drawn("""
        header | 村 | 合计 | 男 | 女
        data   | 甲村 | 301 | 160 | 141
        data   | 乙村 | 510 | 260 | 250
        data   | 丙村 | 900 | 400 | 560
        data   | 丁村 | 770 | 400 | 370
        data   | 戊村 | 620 | 300 | 320
        total  | 合计 | 3101 | 1520 | 1581
    """)
    (table,) = locate(sheet).tables
    found = check_table(sheet, table, read_table(sheet, table)).checks
    differing = [(one.cell, one.kind, one.suspect, one.suggestion) for one in found if one.verdict == "differs"]
    assert differing == [("B4", "sum", "D4", 500), ("D7", "total", "D4", 900 - 400)]
    assert sheet.values[3, 3] == 560


def test_proofs_that_contradict_each_other_are_not_shown():
    one = Proof(3, 2, 2171.0, "row", True)
    assert settled([one, one._replace(value=2172.0, because="column")], {(3, 2): "217E"}) == {}
    assert settled([one, one._replace(because="column")], {(3, 2): "217E"})[3, 2].value == 2171


def test_reasons_are_joined_half_by_half():
    one = Proof(3, 2, 2171.0, "行 / row", True)
    both = settled([one, one, one._replace(because="列 / column")], {(3, 2): "217E"})[3, 2]
    assert both.because == "行；列 / row; column"
    near = settled([one._replace(slack=2.6, step=1.0)], {(3, 2): "2171"})[3, 2]
    assert near.because == "行（舍入误差以内） / row (within rounding)"


def test_what_the_columns_of_a_row_prove_says_the_equation_in_both_languages(saved):
    (sheet,) = inspect_file(
        saved("""
        header | 村 | 合计 | 男 | 女
        data   | 甲村 | 3012 | 1601 | 1411
        data   | 乙村 | 5100 | 2600 | 25O0
        data   | 丙村 | 9000 | 4000 | 5000
        data   | 丁村 | 7700 | 4000 | 3700
        data   | 戊村 | 6200 | 3000 | 3200
    """)
    )["sheets"]
    (cell,) = sheet["unreadable"]
    chinese, english = cell["because"].split(" / ")
    assert chinese.startswith("5100 − 2600 = 2500：同行各栏")
    assert english.startswith("5100 − 2600 = 2500: the columns of the row")


LEDGER = """
2018年度收入核算表 | < | < | <
户编号 | 户主姓名 | 工资性收入 | 家庭纯收入
'4301' | 张三 | 12000 | 15000
'4302' | 李四 | 8O00 | 9000
合计 | | 20000 | 24000
"""


def test_in_cleaning_the_problem_of_the_cell_says_what_it_must_be_and_the_cell_stays_missing():
    result = cleaned(LEDGER)
    (problem,) = [one for one in result.problems if one.cell == "C4"]
    assert "20000 − 12000 = 8000" in problem.detail
    (line,) = [one for one in result.totals if one["cell"] == "C5"]
    assert (line["computed"], line["cells_missing"], line["verdict"]) == (12000, 1, "differs")
    (piece,) = result.tables["incomes"]
    assert piece.frame["wage_income"].isna().tolist() == [False, True]


def test_in_cleaning_a_text_that_is_another_number_is_not_explained_away():
    result = cleaned(LEDGER.replace("8O00", "二万"))
    (problem,) = [one for one in result.problems if one.cell == "C4"]
    assert (
        problem.detail == "疑为 / perhaps: 20000元"
    )  # the word itself; the total, which gives 8000, proves nothing of it


def test_within_rounding_the_value_nearest_to_the_text_is_taken_if_there_is_only_one():
    near = Proof(3, 2, 36630968.0, "sum", True, slack=2.6, step=1.0)
    assert settled([near], {(3, 2): "366l0969"})[3, 2].value == 36630969
    assert settled([near], {(3, 2): "36630969x"})[3, 2].value == 36630969
    assert settled([near], {(3, 2): "3663096E"}) == {}  # 66 to 69 are all as likely
    assert settled([near], {}) == {}  # an error value: more than one figure would do
