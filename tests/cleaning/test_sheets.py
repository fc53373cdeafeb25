"""One workbook → typed rows, every row of every sheet accounted for, and sheets of no known shape set aside whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from louxing_analysis.cleaning import sheets
from louxing_analysis.cleaning.sheets import ROW_KINDS, Cleaned, clean_workbook
from louxing_analysis.cleaning.workbook import Sheet
from tests.cleaning.offices import cleaned, drawn, identity, knowledge, office, said, write

GOOD = """
2018年度收入核算表 | < | <
户编号 | 工资性收入 | 人均纯收入
'4301' | 8000 | 3000
'4302' | 7000 | 2900
合计 | 15000 |
填表人：某某 | |
"""
TWICE = """
2018年度收入核算表 | < | < | <
户编号 | 工资性收入 | 人均纯收入 | 人均纯收入
'4301' | 8000 | 3000 | 3000
'4302' | 7000 | 2900 | 9900
"""


def reasons(result: Cleaned) -> list[tuple[str, str]]:
    return [(problem.reason, problem.severity) for problem in result.problems]


def test_every_row_of_a_sheet_is_of_one_kind() -> None:
    (line,) = cleaned(GOOD).sheets
    assert {kind: line[kind] for kind in ROW_KINDS if line[kind]} == {
        "title": 1,
        "header": 1,
        "data": 2,
        "total": 1,
        "footer": 1,
    }
    assert line["rows_in_sheet"] == sum(line[kind] for kind in ROW_KINDS) == 6


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        ("2018年度收入核算表 | <\n说明文字 |\n另一行说明 |", "no_table"),
        ("物品 | 数量 | 单价\n铅笔 | 3 | 1.5\n本子 | 4 | 2.5", "unknown_ledger"),
        (GOOD.replace("人均纯收入", "想法"), "required_column_missing"),
        (GOOD.replace("2018年度", ""), "no_year"),
        (GOOD.replace("工资性收入", "工资性收入（美元）"), "unknown_unit"),
        (TWICE, "column_claimed_twice"),
    ],
    ids=["no table", "unknown ledger", "required column missing", "no year", "unknown unit", "claimed twice"],
)
def test_a_sheet_of_no_known_shape_is_set_aside_whole_and_its_rows_are_counted(drawing: str, reason: str) -> None:
    result = cleaned(drawing)
    assert (reason, "structural") in reasons(result)
    assert result.tables == {}
    assert {line["table"] for line in result.sheets} == {""}
    assert all(line["rows_in_sheet"] == sum(line[kind] for kind in ROW_KINDS) for line in result.sheets)


def test_a_missing_required_column_names_the_ledger_and_what_it_lacks() -> None:
    (problem,) = cleaned(GOOD.replace("人均纯收入", "想法")).problems
    assert (problem.table, problem.reason) == ("incomes", "required_column_missing")
    assert "per_capita_net_income" in problem.detail
    assert problem.cell == "A2"


def test_an_unknown_optional_header_leaves_the_rest_to_be_read() -> None:
    result = cleaned(
        GOOD.replace("工资性收入 |", "工资性收入 | 今后打算 |")
        .replace("8000 |", "8000 | 种桃 |")
        .replace("7000 |", "7000 | |")
    )
    (problem,) = [one for one in result.problems if one.reason == "unknown_header"]
    assert (problem.severity, problem.cell, problem.found) == ("structural", "C2", "今后打算")
    assert len(result.tables["incomes"][0].frame) == 2


def test_an_empty_sheet_says_nothing() -> None:
    result = cleaned(Sheet("Sheet2", np.empty((0, 0), dtype=object)))
    assert (result.tables, result.problems, result.sheets) == ({}, [], [])


def test_a_hidden_sheet_and_hidden_rows_are_read_all_the_same_and_noted() -> None:
    page = drawn(GOOD)
    result = cleaned(replace(page, hidden=True, hidden_rows=frozenset({3, 4})))
    assert reasons(result) == [("hidden_sheet", "noted"), ("hidden_row", "noted")]
    assert result.problems[1].detail == "4"  # row 5 is the total, no data
    assert len(result.tables["incomes"][0].frame) == 2


def test_two_tables_under_each_other_are_two_lines_and_no_row_is_counted_twice() -> None:
    drawing = """
    2018年度收入核算表 | < | <
    户编号 | 工资性收入 | 人均纯收入
    '4301' | 8000 | 3000
    合计 | 8000 |
     | |
    2018年走访记录 | < | <
    户编号 | 走访时间 | 走访方式
    '4301' | 2018-06-05 | 入户走访
    '4302' | 2018-06-06 | 电话联系
    """
    result = cleaned(drawing)
    assert set(result.tables) == {"incomes", "visits"}
    assert [(line["table"], line["data"]) for line in result.sheets] == [("incomes", 1), ("visits", 2)]
    assert sum(line["rows_in_sheet"] for line in result.sheets) == 9
    first, second = result.sheets
    assert second["first_row"] == first["first_row"] + first["rows_in_sheet"]


def test_a_folded_list_is_counted_once() -> None:
    drawing = """
    2018年户表 | < | < | < | < | < | <
    户编号 | 户主姓名 | 脱贫属性 | | 户编号 | 户主姓名 | 脱贫属性
    '4301' | 张三 | 已脱贫 | | '4303' | 王五 | 未脱贫
    '4302' | 李四 | 已脱贫 | | '4304' | 赵六 | 未脱贫
    """
    (line,) = cleaned(drawing).sheets
    assert (line["data"], line["rows_in_sheet"]) == (2, 4)


def test_a_row_of_a_grid_under_which_nothing_is_recorded_is_named() -> None:
    drawing = """
    东冲村2019年主题党日签到表 | < | < | <
    序号 | 姓名 | 2019-08-05 | 2019-09-05
    1 | 张三 | √ | √
    2 | 李四 | |
    3 | 王五 | √ | ×
    """
    assert cleaned(drawing).empty_rows == [("attendance", "台账.xlsx", "Sheet1", 4)]


def test_the_layout_says_where_every_column_came_from() -> None:
    lines = cleaned(GOOD, workbook="双江乡.xlsx").layouts
    assert [(line["column"], line["letter"], line["header"], line["origin"]) for line in lines] == [
        ("household_code", "A", "户编号", "column"),
        ("wage_income", "B", "工资性收入", "column"),
        ("per_capita_net_income", "C", "人均纯收入", "column"),
        ("income_year", "", "2018", "title"),
        ("township", "", "双江乡", "file"),
    ]
    assert {(line["first_row"], line["last_row"], line["block"]) for line in lines} == {(1, 6, "")}
    assert {line["header_row"] for line in lines if line["letter"]} == {2}


def test_one_bad_sheet_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    path = write(tmp_path / "台账.xlsx", {"东冲村": GOOD, "想法": "物品 | 数量 | 单价\n铅笔 | 3 | 1.5\n本子 | 4 | 2.5"})
    result = clean_workbook(path, "台账.xlsx", knowledge())
    assert len(result.tables["incomes"][0].frame) == 2
    assert [problem.sheet for problem in result.problems] == ["想法"]


def test_a_file_that_is_no_workbook_is_named_and_nothing_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 this is no zip")
    result = clean_workbook(path, "坏.xlsx", knowledge())
    assert [(problem.workbook, problem.severity) for problem in result.problems] == [("坏.xlsx", "structural")]
    assert (result.tables, result.sheets) == ({}, [])


def test_a_list_of_people_that_states_the_size_of_the_household_is_read_as_a_list_of_people() -> None:
    drawing = f"""
    万宝镇东冲村2018年度贫困人口信息 | < | < | < | <
    户编号 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数
    '4301' | 张三 | {identity("19650312")} | 户主 | 2
    """
    result = cleaned(drawing)
    assert list(result.tables) == ["members"]
    assert said(result) == []


def test_a_sheet_that_the_program_fails_on_is_named_and_counted_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sheets.type_table

    def failing(table: Any, place: Any, knowledge: Any) -> Any:
        if place.sheet == "2018":
            raise KeyError("张三")
        return real(table, place, knowledge)

    monkeypatch.setattr(sheets, "type_table", failing)
    drawing = "收入核算表 | < | <\n户编号 | 工资性收入 | 人均纯收入\n'4301' | 900 | {}\n'4302' | 900 | 2900"
    there = office(tmp_path)
    there.put_sheets("收入.xlsx", {"2018": drawing.format(3000), "2019": drawing.format(3100)})
    assert there.clean().exit_code == 1
    (fault,) = there.problems("program_fault").itertuples()
    assert (fault.sheet, fault.severity) == ("2018", "structural")
    assert "KeyError (test_sheets.py:" in fault.detail
    assert "张三" not in fault.detail
    lines = there.table("sheets").set_index("sheet")
    assert lines.loc["2018", ["data", "kept", "quarantined"]].tolist() == [4, 0, 4]
    assert lines.loc["2019", ["data", "kept", "quarantined"]].tolist() == [2, 2, 0]
    monkeypatch.setenv("LOUXING_DEBUG", "1")
    with pytest.raises(KeyError):
        there.clean(remember=False)
