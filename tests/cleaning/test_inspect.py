"""What `louxing inspect` tells of any workbook."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.inspect import inspect_file, inspect_workbook
from louxing_analysis.cleaning.sheet import Merge, Sheet
from louxing_analysis.cleaning.workbook import Workbook

INCOMES = """
    title    | 2018年度收入核算表 | < | < | <
    unit     | 单位：元 |  |  |
    header   | 序号 | 户主姓名 | 收入 | <
    header   | ^ | ^ | 工资性收入 | 转移性收入（百元）
    data     | 1 | 张三 | 12000 | 3
    data     | 2 | 李四 | 8000 | 二百
    data     | 3 | 王五 | 约500 | 4
    data     | 4 | 赵六 | 无 | 5
    data     | 5 | 钱七 | 3000-4000 | 6
    data     | 6 | 孙八 | 7000 | 1
    total    | 合计 | < | 27500 | 19
    footer   | 填表人：张三 |  |  |
"""


def test_the_json_has_what_the_contract_says_with_rows_counted_from_1(saved):
    path = saved(INCOMES)
    found = json.loads(json.dumps(inspect_file(path), ensure_ascii=False))
    assert set(found) == {"file", "problems", "sheets"}
    assert (found["file"], found["problems"]) == (str(path), [])
    (sheet,) = found["sheets"]
    assert set(sheet) == {
        "name",
        "hidden",
        "header_rows",
        "columns",
        "rows",
        "unit",
        "confidence",
        "why",
        "checks",
        "unreadable",
    }
    assert sheet["header_rows"] == [3, 4]
    assert sheet["columns"] == [
        {"letter": "A", "name": "序号", "unit": None},
        {"letter": "B", "name": "户主姓名", "unit": None},
        {"letter": "C", "name": "收入/工资性收入", "unit": None},
        {"letter": "D", "name": "收入/转移性收入（百元）", "unit": "百元"},
    ]
    assert sheet["rows"] == {
        "title": [1],
        "unit": [2],
        "header": [3, 4],
        "data": [5, 6, 7, 8, 9, 10],
        "total": [11],
        "subtotal": [],
        "of_which": [],
        "section": [],
        "footer": [12],
        "blank": [],
    }
    assert sheet["unit"] == "元"
    assert 0 < sheet["confidence"] <= 1
    assert sheet["checks"][1] == {
        "cell": "D11",
        "kind": "total",
        "stated": 19.0,
        "computed": 3.0 + 4 + 5 + 6 + 1,
        "difference": 0.0,
        "verdict": "agrees",
    }
    assert sheet["unreadable"] == [{"cell": "C9", "found": "3000-4000"}, {"cell": "D6", "found": "二百"}]


def test_nothing_stated_is_not_unreadable_and_an_approximate_figure_is_read(saved):
    cells = {cell["cell"] for cell in inspect_file(saved(INCOMES))["sheets"][0]["unreadable"]}
    assert not cells & {"C7", "C8"}


def test_codes_and_dates_are_no_columns_of_numbers(saved):
    (sheet,) = inspect_file(
        saved("""
        header | 证件号码 | 识别时间 | 务工时间（月）
        data   | '431302199001010011' | 2018.6 | 3
        data   | '431302199001010012' | 2018.07 | 4
        data   | '431302199001010013' | 2017.05 | 半年多
        data   | '43130219900101001X' | 2018年6月 | 5
    """)
    )["sheets"]
    assert sheet["unreadable"] == [{"cell": "C4", "found": "半年多"}]


def test_error_cells_and_formulas_never_calculated_are_unreadable(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("甲村")
        sheet.write_row("A1", ["村", "户数"])
        sheet.write_row("A2", ["甲村", 3])
        sheet.write("A3", "乙村")
        sheet.write_formula("B3", "=A9", None, "#REF!")
        sheet.write("A4", "丙村")
        sheet.write_formula("B4", "=1+2", None, "")
    found = inspect_file(path)["sheets"][0]
    assert found["unreadable"] == [{"cell": "B3", "found": "#REF!"}, {"cell": "B4", "found": "=1+2"}]
    assert found["rows"]["data"] == [2, 3, 4]


def test_several_tables_are_listed_in_the_same_form_and_share_the_rows_of_the_sheet(saved):
    (sheet,) = inspect_file(
        saved("""
        title  | 表一 | < | <
        header | 乡镇 | 户数 | 人数
        data   | 杉山镇 | 10 | 30
        total  | 合计 | 11 | 30
        blank  |  |  |
        title  | 表二 | < | <
        unit   | 单位：万元 |  |
        header | 项目类别 | 资金来源 | 金额
        data   | 产业扶贫 | 中央资金 | 100.5
        total  | 合计 |  | 100.5
    """)
    )["sheets"]
    first, second = sheet["tables"]
    assert (first["header_rows"], second["header_rows"]) == ([2], [8])
    assert second["unit"] == "万元"
    assert second["rows"]["data"] == [9]
    assert [check["verdict"] for check in first["checks"]] == ["differs", "agrees"]
    assert sorted(first["rows"]["total"] + second["rows"]["total"]) == sheet["rows"]["total"] == [4, 10]
    assert sheet["header_rows"] == [2]
    assert len(sheet["checks"]) == 3


def test_a_damaged_file_is_told_in_one_line(tmp_path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    found = inspect_file(path)
    assert found["sheets"] == []
    assert found["problems"][0]["reason"] == "damaged_file"


def test_hidden_and_empty_sheets_are_told(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("空")
        book.add_worksheet("旧").hide()
    first, second = inspect_file(path)["sheets"]
    assert (first["hidden"], second["hidden"]) == (False, True)
    assert first["columns"] == []
    assert first["confidence"] == 0
    assert all(rows == [] for rows in first["rows"].values())


KINDS = ["title", "unit", "header", "data", "total", "subtotal", "of_which", "section", "footer", "blank"]
CHECK_KINDS = {"total", "subtotal", "of_which", "sum", "difference", "count"}
OF_CHECK = {"cell": str, "kind": str, "stated": float, "computed": float, "difference": float, "verdict": str}


def holds_the_contract(found: Any) -> None:
    """Every name, type and value that programs which read the JSON rely on."""
    text = json.dumps(found, ensure_ascii=False, allow_nan=False)
    text.encode("utf-8")
    assert json.loads(text) == found
    assert set(found) == {"file", "problems", "sheets"}
    for problem in found["problems"]:
        assert all(isinstance(value, str) for value in problem.values())
        assert {"sheet", "cell", "reason", "severity", "detail", "zh", "en"} == set(problem)
    for sheet in found["sheets"]:
        wanted = {"name", "hidden", "confidence", "why"} | ({"tables"} if "tables" in sheet else set())
        assert set(sheet) == wanted | {"header_rows", "columns", "rows", "unit", "checks", "unreadable"}
        assert isinstance(sheet["hidden"], bool)
        assert 0 <= sheet["confidence"] <= 1
        rows = [row for kind in KINDS for row in sheet["rows"][kind]]
        assert sorted(rows) == list(range(1, len(rows) + 1))
        for part in (sheet, *sheet.get("tables", [])):
            part_holds(part)


def part_holds(part: Any) -> None:
    assert list(part["rows"]) == KINDS
    assert part["unit"] is None or isinstance(part["unit"], str)
    assert all(set(column) == {"letter", "name", "unit"} for column in part["columns"])
    for check in part["checks"]:
        assert set(check) - {"suspect", "suggestion", "because"} == set(OF_CHECK)
        assert all(isinstance(check[name], kind) for name, kind in OF_CHECK.items())
        assert check["kind"] in CHECK_KINDS
        assert check["verdict"] in {"agrees", "rounding", "differs"}
        assert math.isclose(check["stated"] - check["computed"], check["difference"], rel_tol=1e-6, abs_tol=1e-6)
    for cell in part["unreadable"]:
        assert set(cell) - {"suggestion", "because"} == {"cell", "found"}
        assert isinstance(cell["found"], str)
    cells = [cell["cell"] for cell in part["unreadable"]]
    assert len(cells) == len(set(cells))


def of_cells(cells: list[list[Any]], merges: tuple[Merge, ...] = (), name: str = "x") -> Any:
    width = max((len(row) for row in cells), default=0)
    values = np.empty((len(cells), width), dtype=object)
    for row, line in enumerate(cells):
        values[row, : len(line)] = line
    return inspect_workbook(Workbook(Path("甲.xlsx"), "甲.xlsx", "xlsx", (Sheet(name, values, merges),), ()))


CELL = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "合计",
            "小计",
            "其中：女",
            "村",
            "户数",
            "单位：万元",
            "217E",
            "1,2",
            "—",
            "海南省（27所）",
            "2018年",
            "\ud800",
            "#REF!",
        ]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 5000),
    st.text(max_size=4),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=12), st.text(max_size=5))
def test_the_contract_holds_whatever_stands_in_a_sheet(cells, name):
    holds_the_contract(of_cells(cells, name=name))


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [["只有一行字"]],
        [["村", "户数"]],
        [["村", "户数"], *[["甲", 1e308]] * 4, ["合计", 1.7e308]],
        [["村", "户数"], *[["甲", -1e308]] * 3, ["合计", 0.0]],
        [["村", "户数"], ["甲", 1e308], ["乙", 1e308], *[["丙", 3.0 + at] for at in range(9)], ["合计", 1e306]],
        [["a\udfff", "数"], ["乙", 1.0], ["丙", 2.0], ["丁", 3.0], ["戊", "x\ud83d"]],
    ],
)
def test_the_contract_holds_where_there_is_nothing_or_too_much(cells):
    holds_the_contract(of_cells(cells))


def test_the_contract_holds_for_a_file_without_sheets_and_for_one_with_several_tables(saved, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    holds_the_contract(inspect_file(tmp_path / "a.xlsx"))
    found = inspect_file(
        saved("""
        title  | 表一 | < | <
        header | 乡镇 | 户数 | 人数
        data   | 杉山镇 | 10 | 30
        data   | 石井镇 | 12 | 3O
        data   | 万宝镇 | 12 | 31
        data   | 双江乡 | 12 | 32
        total  | 合计 | 46 | 123
        blank  |  |  |
        title  | 表二（共3项） | < | <
        header | 项目类别 | 资金来源 | 金额
        data   | 产业扶贫 | 中央资金 | 100.5
        total  | 合计 |  | 100.5
    """)
    )
    holds_the_contract(found)
    (sheet,) = found["sheets"]
    assert len(sheet["tables"]) == 2
    assert [cell["cell"] for cell in sheet["unreadable"]] == ["C4"]


def test_a_count_in_the_name_of_the_file_or_the_sheet_is_compared(saved):
    rows = "\n".join(f"data | {at} | 张{at} | 男" for at in range(1, 31))
    path = saved(f"header | 序号 | 姓名 | 性别\n{rows}", name="花名册31人.xlsx")
    (check,) = inspect_file(path)["sheets"][0]["checks"]
    assert (check["cell"], check["kind"], check["stated"], check["computed"], check["verdict"]) == (
        "",
        "count",
        31,
        30,
        "differs",
    )


def test_sums_that_fit_in_no_grouping_are_one_note_and_no_differences(saved):
    found = inspect_file(
        saved("""
        header | 地区 | 一 | 二 | 三 | 四
        total  | 全国 | 9111 | 8222 | 9333 | 9444
        data   | 甲省 | 1201 | 1302 | 1403 | 1504
        data   | 乙省 | 1601 | 1702 | 1803 | 1904
        data   | 丙省 | 2001 | 2102 | 2203 | 2304
    """)
    )
    assert [problem["reason"] for problem in found["problems"]] == ["rows_do_not_add_up"]
    assert [check for check in found["sheets"][0]["checks"] if check["verdict"] == "differs"] == []


def test_a_missing_mark_or_a_note_behind_a_figure_is_not_unreadable(saved):
    (sheet,) = inspect_file(
        saved("""
        header | 村 | 户数
        data   | 甲村 | 10
        data   | 乙村 | —
        data   | 丙村 | 12①
        data   | 丁村 | …
        data   | 戊村 | '12 345'
        data   | 己村 | 拆迁中
        data   | 庚村 | 9*
    """)
    )["sheets"]
    assert [cell["cell"] for cell in sheet["unreadable"]] == ["B7"]
