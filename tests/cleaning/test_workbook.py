"""A file becomes sheets of cells; what is damaged, locked or no spreadsheet is named, and nothing ever raises."""

from __future__ import annotations

import datetime
import zipfile

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.sheet import Merge
from louxing_analysis.cleaning.workbook import (
    cell_address,
    column_letter,
    filled,
    list_workbooks,
    parse_address,
    read_workbook,
)
from tests.cleaning import fuzz_seeds
from tests.cleaning import made_files as make
from tests.cleaning.made_files import put, read, reasons


@pytest.fixture
def office(tmp_path):
    """A workbook with all that a sheet can hold; its table begins in C4."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("户表")
        sheet.merge_range("C4:E4", "标题")
        sheet.write_row("C5", ["甲村", 12, "1.50"])
        sheet.write_number("F5", 431302199001010011)
        sheet.write_datetime("G5", datetime.datetime(2018, 6, 5), day)
        sheet.write_formula("H5", "=1/0", None, "#DIV/0!")
        sheet.write_formula("I5", '=A1&"<"', None, "")
        sheet.write_string("J5", "　 ")
        sheet.write_boolean("K5", True)
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("D:E", None, None, {"hidden": True})
        book.add_worksheet("空")
        book.add_worksheet("旧").hide()
    return path


def test_row_0_is_the_first_row_of_the_spreadsheet_and_cells_keep_their_types(office):
    sheet = read(office).sheets[0]
    assert sheet.values.shape == (5, 11)
    assert sheet.values[3, 2] == "标题"
    assert sheet.values[4].tolist() == [
        None,
        None,
        "甲村",
        12.0,
        "1.50",
        431302199001010011.0,
        datetime.date(2018, 6, 5),
        None,
        None,
        None,
        True,
    ]
    assert sheet.merges == (Merge(3, 2, 3, 4),)


def test_what_a_reader_would_blank_is_named(office):
    assert read(office).sheets[0].unreadable == {
        (4, 5): ("digits_lost", "4.31302199001010E+17"),
        (4, 7): ("error_cell", "#DIV/0!"),
        (4, 8): ("not_calculated", '=A1&"<"'),
    }


def test_hidden_sheets_rows_and_columns_are_flagged_and_empty_sheets_kept(office):
    first, empty, old = read(office).sheets
    assert (first.hidden, first.hidden_rows, first.hidden_columns) == (False, {4}, {3, 4})
    assert empty.values.shape == (0, 0)
    assert old.hidden


def test_formulas_that_no_program_has_calculated_are_found_and_empty_results_of_text_formulas_are_not(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["=SUM(A2:A3)", 5, "x"])
    book.save(tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx").sheets[0].unreadable == {(0, 0): ("not_calculated", "=SUM(A2:A3)")}
    row = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f t="shared" si="0"/></c><c r="C1"><v>1</v></c></row>'
    assert read(put(tmp_path / "made.xlsx", make.rows_xlsx(row))).sheets[0].unreadable == {
        (0, 1): ("not_calculated", "=")
    }


def test_merged_ranges_are_filled_from_their_first_cell_and_other_values_kept(tmp_path):
    sheet = read(
        put(
            tmp_path / "made.xlsx",
            make.xlsx(
                '<sheetData><row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
                '<row r="3"><c r="A3"><v>9</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A3"/><mergeCell ref="B3:ZZ900"/></mergeCells>',
            ),
        )
    ).sheets[0]
    assert filled(sheet)[:, 0].tolist() == [7.0, 7.0, 9.0]
    assert sheet.values[1, 0] is None
    assert sheet.merges == (Merge(0, 0, 2, 0),)


def test_one_bad_sheet_leaves_the_others_readable(tmp_path):
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("good").write("A1", "x")
        book.add_worksheet("bad").write("A1", "y")
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet2.xml"] = b"<worksheet><sheetData><row r='1'><c r='A1' t='b'><v>x</v>"
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    workbook = read(path)
    assert [sheet.name for sheet in workbook.sheets] == ["good"]
    assert [(problem.reason, problem.sheet) for problem in workbook.problems] == [("damaged_file", "bad")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (b"\0\0\0", "empty_file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unknown_file"),
        (b"%PDF-1.4\n%abc", "unknown_file"),
        (b"PK\x03\x04 and nothing more", "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "damaged_file"),
        (b"<?xml version='1.0'?><svg/>", "unknown_file"),
    ],
)
def test_what_is_no_spreadsheet_is_one_structural_problem(data, reason, tmp_path):
    workbook = read(put(tmp_path / "a.xlsx", data))
    assert workbook.sheets == ()
    assert [(problem.reason, problem.severity, problem.workbook) for problem in workbook.problems] == [
        (reason, "structural", "a.xlsx")
    ]


def test_a_word_document_and_a_missing_file_are_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert reasons(tmp_path / "a.docx") == ["unknown_file"]
    assert reasons(tmp_path / "gone.xlsx") == ["damaged_file"]


def test_only_files_that_may_hold_tables_are_listed(tmp_path):
    for name in (
        "b/甲村.xlsx",
        "a.xls",
        "README.md",
        "MADE-UP.csv",
        "MADE-UP-places.csv",
        "~$a.xls",
        "Thumbs.db",
        ".hidden/x.xls",
        ".x.csv",
        "副本.et",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [path.relative_to(tmp_path).as_posix() for path in list_workbooks(tmp_path)] == [
        "a.xls",
        "b/甲村.xlsx",
        "副本.et",
    ]


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
@example(11, 2)
def test_an_address_leads_back_to_its_row_and_column(row, column):
    assert parse_address(cell_address(row, column)) == (row, column)


def test_columns_have_the_letters_of_the_spreadsheet():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert cell_address(11, 2) == "C12"
    with pytest.raises(ValueError, match="not a cell address"):
        parse_address("C0")


SEEDS = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html><table><tr><td>",
    b"<?xml version='1.0'?><Workbook ",
    b"\xff\xfe",
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.binary(max_size=700))
def test_no_bytes_whatever_raise(tmp_path_factory, seed, rest):
    path = put(tmp_path_factory.getbasetemp() / "garbage.xls", seed + rest)
    workbook = read_workbook(path, "garbage.xls")
    assert workbook.sheets or len(workbook.problems) == 1


_WHOLE = make.rows_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (_WHOLE[:-40], "压缩包不完整 / the zip package is cut off or damaged"),
        (_WHOLE.replace(b"PK\3\4", b"PK\3\5"), "部件 _rels/.rels 损坏 / the part _rels/.rels is damaged"),
        (
            make.xlsx("", **{"xl/workbook.xml": "<workbook>"}),
            "XML 损坏：第 1 行第 11 列 / the XML is damaged: line 1, column 11",
        ),
        (make.package({"a.txt": "x"}), "压缩包中没有工作簿 / a zip package without a workbook"),
        (make.ole({"Other": b"x"}), "OLE 文件中没有工作簿 / an OLE file without a workbook"),
        (make.ole({"Workbook": b"x"})[:400], "OLE 结构损坏 / the OLE structure is damaged"),
        (b"<?xml version='1.0'?><a/>", "XML 不是表格 / XML that is no spreadsheet"),
        (b"\x01\x02\x03\x04\x05" * 9, "控制字符过多 / too many control characters"),
        (b"%PDF-1.4\n", "PDF、RTF 或邮件，不是表格 / PDF, RTF or mail, no spreadsheet"),
        (fuzz_seeds.mht(("甲", "<table>"))[:-30], "MHT 不完整 / the archive breaks off"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_both_languages(data, told, tmp_path):
    (problem,) = read(put(tmp_path / "a", data)).problems
    assert problem.detail == told


def test_a_file_that_cannot_be_opened_says_so_in_both_languages(tmp_path):
    assert read(tmp_path / "none.xlsx").problems[0].detail == "文件不存在 / no such file"
    assert read(tmp_path).problems[0].detail == "是文件夹，不是文件 / a folder, not a file"


def test_a_panic_of_the_reader_is_told_in_both_languages(tmp_path, monkeypatch):
    def panics(*_: object) -> None:
        raise BaseException("index out of bounds: the len is 0")

    monkeypatch.setattr(python_calamine.CalamineWorkbook, "from_filelike", panics)
    inline = make.rows_xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>')
    (problem,) = read(put(tmp_path / "a.xlsx", inline)).problems
    assert problem.detail == "工作簿结构损坏 / the structure of the workbook is damaged"
