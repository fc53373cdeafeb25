"""What `louxing inspect` tells of any workbook."""

from __future__ import annotations

import json

import xlsxwriter

from louxing_analysis.cleaning.inspect import describe, inspect_file

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
    assert "damaged" in describe(found, "en")
    assert "损坏" in describe(found)
    assert len(describe(found).splitlines()) == 2


def test_people_get_the_same_as_lines_of_text(saved):
    text = describe(inspect_file(saved(INCOMES)))
    assert "数据: 5–10" in text
    assert "D  收入/转移性收入（百元） [百元]" in text
    assert "D11 合计 19 ↔ 19  相符" in text
    assert "不可读 D6 「二百」" in text
    assert "data: 5–10" in describe(inspect_file(saved(INCOMES)), "en")


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
