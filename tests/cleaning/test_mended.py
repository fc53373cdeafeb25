"""A workbook that came back mended: what is gone, what remains, what is new, and what nobody can see any more."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis.cleaning.mended import COLUMNS, Run, compare, earlier, lines, pairs
from louxing_analysis.pipeline import clean
from tests.cleaning.offices import Office, office

INCOMES = """
2018年度收入核算表 | < | < | <
户编号 | 工资性收入 | 家庭人口数 | 人均纯收入
'4301' | 八千多块 | 3 | 3000
'4302' | 二万多块 | 2 | 2900
'4303' | 5000 | 见附件 | 2800
"""


def statuses(place: Office) -> list[tuple[str, str, str, str]]:
    table = place.table("mended")
    return sorted(table[["cell", "reason", "found", "status"]].itertuples(index=False, name=None))


def sent_again(folder: Path, drawing: str, name: str = "a.xlsx") -> Office:
    """The office after the first delivery and this one in its place."""
    place = office(folder)
    place.put("a.xlsx", INCOMES)
    place.put("b.xlsx", INCOMES.replace("2018", "2019").replace("430", "431"))
    place.clean()
    place.put(name, drawing)
    return place


def test_a_first_run_has_nothing_to_compare_with(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES)
    outcome = place.clean()
    assert statuses(place) == []
    assert tuple(place.table("mended").columns) == COLUMNS
    assert outcome.lines == ()


def test_what_is_mended_is_gone_what_is_not_remains_and_only_changed_workbooks_are_listed(tmp_path: Path) -> None:
    place = sent_again(tmp_path, INCOMES.replace("八千多块", "8000").replace("5000", "五千多块"))
    outcome = place.clean()
    assert statuses(place) == [
        ("B3", "not_a_number", "八千多块", "gone"),
        ("B4", "not_a_number", "二万多块", "remaining"),
        ("B5", "not_a_number", "五千多块", "new"),
        ("C5", "not_a_number", "见附件", "remaining"),
    ]
    assert set(place.table("mended")["workbook"]) == {"a.xlsx"}
    assert outcome.lines[0].startswith("1 个工作簿有改动 / 1 workbooks changed: 问题消除 1，仍在 2，新增 1")
    assert "1 gone, 2 remain, 1 new" in outcome.lines[1]
    assert place.clean().lines == ()  # nothing changed since


def test_a_row_put_in_above_moves_problems_and_makes_none_new(tmp_path: Path) -> None:
    place = sent_again(tmp_path, INCOMES.replace("'4301'", "'4300' | 9000 | 3 | 3000\n'4301'").replace("见附件", "2"))
    outcome = place.clean()
    assert statuses(place) == [
        ("B4", "not_a_number", "八千多块", "remaining"),
        ("B5", "not_a_number", "二万多块", "remaining"),
        ("C5", "not_a_number", "见附件", "gone"),
    ]
    assert "数据行 / data rows 3 → 4" in outcome.lines[1]


def test_a_cell_that_is_wrong_in_another_way_remains_if_the_reason_is_the_same(tmp_path: Path) -> None:
    place = sent_again(tmp_path, INCOMES.replace("八千多块", "八千来块"))
    place.clean()
    assert ("B3", "not_a_number", "八千来块", "remaining") in statuses(place)


def test_a_column_or_sheet_that_is_not_read_any_more_hides_its_problems_and_mends_none(tmp_path: Path) -> None:
    place = sent_again(tmp_path / "column", INCOMES.replace("家庭人口数", "今后打算"))
    place.clean()
    now = {(cell, status) for cell, _, _, status in statuses(place)}
    assert now == {("B3", "remaining"), ("B4", "remaining"), ("C5", "unseen"), ("C2", "new")}
    place = sent_again(tmp_path / "sheet", "甲 | 乙\n看 | 不\n懂 | 的")
    outcome = place.clean()
    assert {status for *_, status in statuses(place)} == {"unseen", "new"}
    assert "3 处看不到" in outcome.lines[0]


def test_a_sheet_with_another_name_is_the_same_sheet(tmp_path: Path) -> None:
    place = sent_again(tmp_path, INCOMES)
    place.put_sheets("a.xlsx", {"收入": INCOMES.replace("八千多块", "8000")})
    place.clean()
    assert [status for *_, status in statuses(place)] == ["gone", "remaining", "remaining"]


def marked_copy(place: Office, folder: Path) -> openpyxl.Workbook:
    clean(place.paths, jobs=1, marked=folder)
    return openpyxl.load_workbook(folder / "a.xlsx")


def test_a_marked_copy_comes_back_its_list_is_no_sheet_and_its_marks_are_no_matter(tmp_path: Path) -> None:
    place = office(tmp_path)
    (place.paths.raw / "a.csv").write_text(
        "2018年度收入核算表,,\n户编号,工资性收入,人均纯收入\n4301,八千多块,3000\n4302,二万多块,2900\n", encoding="utf-8"
    )
    book = marked_copy(place, tmp_path / "out")
    book["Sheet1"]["B3"].value = 8000
    (place.paths.raw / "a.csv").unlink()
    book.save(place.paths.raw / "sent back.xlsx")
    outcome = place.clean()
    assert outcome.exit_code == 0
    assert place.table("sheets")[["workbook", "sheet"]].values.tolist() == [["sent back.xlsx", "Sheet1"]]
    assert [(cell, status) for cell, _, _, status in statuses(place)] == [("B3", "gone"), ("B4", "remaining")]
    assert place.table("incomes")["wage_income"].fillna(-1).tolist() == [8000.0, -1.0]


def test_a_copy_beside_its_original_is_not_read_and_both_are_named(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES)
    marked_copy(place, tmp_path / "out").save(place.paths.raw / "back.xlsx")
    assert place.clean().exit_code == 1
    found = place.problems("marked_copy_beside")[["workbook", "detail", "severity"]].values.tolist()
    assert found == [["back.xlsx", "a.xlsx", "structural"]]
    assert set(place.table("incomes")["workbook"]) == {"a.xlsx"}
    assert len(place.problems("repeats")) == 0


def test_an_answer_in_the_list_is_named_while_its_cell_says_what_it_said_and_is_never_applied(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES)
    book = marked_copy(place, tmp_path / "out")
    page = book["问题清单"]
    answers = {"B3": "8000", "B4": "20000", "C5": "无误"}
    for row in page.iter_rows(min_row=7):
        row[8].value = answers[row[2].value]
    book["Sheet1"]["B4"].value = 20000  # this one was mended as well
    book.save(place.paths.raw / "a.xlsx")
    place.clean()
    assert place.problems("answer_in_list")[["cell", "column", "found", "severity"]].values.tolist() == [
        ["B3", "wage_income", "八千多块 → 8000", "noted"],
        ["C5", "household_size", "见附件 → 无误", "noted"],
    ]
    first = place.problems("answer_in_list").iloc[0]["detail"]
    assert first == "corrections.csv: a.xlsx,Sheet1,B3,八千多块,8000,,"
    assert place.table("incomes")["wage_income"].fillna(-1).tolist() == [-1.0, 20000.0, 5000.0]


@pytest.mark.parametrize(
    ("before", "now", "copies", "expected"),
    [
        ({"a": "1"}, {"a": "1"}, {}, {}),
        ({"a": "1"}, {"a": "2"}, {}, {"a": "a"}),
        ({"a.xls": "1"}, {"a.xlsx": "2"}, {}, {"a.xlsx": "a.xls"}),
        ({"a.xls": "1", "a.csv": "3"}, {"a.xlsx": "2"}, {}, {}),  # which of the two nobody can tell
        ({"a.xls": "1"}, {"a.xls": "1", "a.xlsx": "2"}, {}, {}),
        ({"a.xls": "1"}, {"b.xlsx": "2"}, {"b.xlsx": "a.xls"}, {"b.xlsx": "a.xls"}),
        ({"a.xls": "1"}, {"b.xlsx": "2"}, {}, {}),
        ({}, {"a": "1"}, {"a": "gone"}, {}),
    ],
)
def test_which_workbook_is_which(
    before: dict[str, str], now: dict[str, str], copies: dict[str, str], expected: dict[str, str]
) -> None:
    assert pairs(before, now, copies) == expected


def a_run(found: list[tuple[int, str]], digest: str) -> Run:
    rows = [("incomes", "a", "S", f"B{row}", "wage_income", text, "not_a_number", "set_aside") for row, text in found]
    names = ["table", "workbook", "sheet", "cell", "column", "found", "reason", "severity"]
    sheets = pd.DataFrame([["a", "S", "incomes", 9]], columns=["workbook", "sheet", "table", "data"])
    layouts = pd.DataFrame([["a", "S", "wage_income"]], columns=["workbook", "sheet", "column"])
    return Run(pd.DataFrame(rows, columns=names), sheets, layouts, {"a": digest})


cells = st.lists(st.tuples(st.integers(3, 12), st.sampled_from("甲乙丙")), unique_by=lambda cell: cell[0], max_size=8)


@given(cells, cells)
def test_every_problem_of_both_runs_is_counted_once(old: list[tuple[int, str]], new: list[tuple[int, str]]) -> None:
    count = compare(a_run(old, "1"), a_run(new, "2"), {})["status"].value_counts().to_dict()
    assert count.get("remaining", 0) + count.get("gone", 0) == len(old)
    assert count.get("remaining", 0) + count.get("new", 0) == len(new)


@given(cells, st.integers(1, 5))
def test_rows_put_in_at_the_top_change_nothing(old: list[tuple[int, str]], rows: int) -> None:
    table = compare(a_run(old, "1"), a_run([(row + rows, text) for row, text in old], "2"), {})
    assert set(table["status"]) <= {"remaining"}
    assert lines(table, None, a_run(old, "2"), {}) == ()


def test_a_folder_without_a_whole_run_cannot_be_compared_with(tmp_path: Path) -> None:
    place = office(tmp_path)
    assert earlier(place.paths.processed) is None
    place.put("a.xlsx", INCOMES)
    place.clean()
    assert earlier(place.paths.processed) is not None
    (place.paths.processed / "run.json").write_text("{", encoding="utf-8")
    assert earlier(place.paths.processed) is None
