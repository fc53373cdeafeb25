"""Excel-2003-XML documents: typed cells, skipped rows and columns, comments, encodings."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from louxing_analysis.cleaning.sheet import Merge, Sheet
from louxing_analysis.cleaning.workbook import read_workbook
from tests.cleaning import made_files as make


def sheet_of(folder: Path, rows: str, **options: str) -> Sheet:
    path = folder / "a.xls"
    path.write_bytes(make.xml2003(rows, **options))
    workbook = read_workbook(path, path.name)
    assert (workbook.kind, workbook.problems) == ("xml2003", ())
    return workbook.sheets[0]


def data(kind: str, text: str) -> str:
    return f'<Data ss:Type="{kind}">{text}</Data>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb2312"])
def test_excel_2003_xml_is_typed_and_skips_rows_and_columns(encoding, tmp_path):
    rows = (
        '<Column ss:Index="2" ss:Hidden="1"/>'
        f'<Row ss:Index="2"><Cell ss:MergeAcross="1">{data("String", "标题")}</Cell><Cell>{data("Number", "3.5")}</Cell></Row>'
        f'<Row ss:Hidden="1"><Cell ss:Index="2">{data("DateTime", "2018-06-05T00:00:00.000")}</Cell><Cell>{data("Error", "#N/A")}</Cell></Row>'
    )
    sheet = sheet_of(tmp_path, rows, encoding=encoding)
    assert sheet.values.tolist() == [[None] * 3, ["标题", None, 3.5], [None, datetime.datetime(2018, 6, 5), None]]
    assert sheet.merges == (Merge(1, 0, 1, 1),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {1})
    assert sheet.unreadable == {(2, 2): ("error_cell", "#N/A")}


def test_a_formula_without_data_was_never_worked_out_and_an_empty_text_is_a_result(tmp_path):
    rows = f'<Row><Cell ss:Formula="=R1C2"/><Cell ss:Formula="=A1">{data("String", "")}</Cell><Cell ss:Formula="=2">{data("Number", "2")}</Cell></Row>'
    sheet = sheet_of(tmp_path, rows)
    assert sheet.values.tolist() == [[None, None, 2.0]]
    assert sheet.unreadable == {(0, 0): ("not_calculated", "=R1C2")}


def test_the_text_of_a_comment_is_not_that_of_its_cell(tmp_path):
    comment = (
        '<Comment ss:Author="甲"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>注：</B>核实</ss:Data></Comment>'
    )
    rich = '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>甲</B>村</ss:Data>'
    assert sheet_of(
        tmp_path, f"<Row><Cell>{data('Number', '7')}{comment}</Cell><Cell>{rich}</Cell></Row>"
    ).values.tolist() == [[7.0, "甲村"]]


def test_a_row_may_stand_for_several_and_hidden_sheets_are_flagged(tmp_path):
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetVeryHidden</Visible></WorksheetOptions>'
    sheet = sheet_of(
        tmp_path, f'<Row ss:Hidden="1" ss:Span="2"/><Row><Cell>{data("String", "村")}</Cell></Row>', options=options
    )
    assert sheet.values.tolist() == [[None], [None], [None], ["村"]]
    assert (sheet.hidden, sheet.hidden_rows) == (True, {0, 1, 2})


def test_times_of_day_and_leading_zeros_and_long_numbers(tmp_path):
    rows = (
        f"<Row><Cell>{data('DateTime', '1899-12-31T08:30:00.000')}</Cell><Cell>{data('String', '007')}</Cell>"
        f"<Cell>{data('Number', '431302199001010011')}</Cell><Cell>{data('Boolean', '1')}</Cell><Cell>{data('Number', '1_0')}</Cell></Row>"
    )
    sheet = sheet_of(tmp_path, rows)
    assert sheet.values.tolist() == [[datetime.time(8, 30), "007", 431302199001010011.0, True, "1_0"]]
    assert sheet.unreadable[0, 2][0] == "digits_lost"
