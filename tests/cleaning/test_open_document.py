"""OpenDocument spreadsheets (.ods): types, repeats, merges, what is hidden, formulas without a result."""

from __future__ import annotations

import datetime
from pathlib import Path

from louxing_analysis.cleaning.sheet import Merge
from louxing_analysis.cleaning.workbook import read_workbook
from tests.cleaning import made_files as make

TEXT = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
NUMBER = '<table:table-cell office:value-type="float" office:value="{0}"{1}><text:p>{0}</text:p></table:table-cell>'


def read(folder: Path, data: bytes):
    path = folder / "a.ods"
    path.write_bytes(data)
    return read_workbook(path, path.name)


def cells(folder: Path, row: str) -> tuple[list, dict]:
    (sheet,) = read(folder, make.ods(f"<table:table-row>{row}</table:table-row>")).sheets
    return sheet.values.tolist()[0] if len(sheet.values) else [], dict(sheet.unreadable)


def test_an_open_document_gives_merges_repeats_types_and_hidden_rows(tmp_path):
    rows = (
        "<table:table-row>"
        + TEXT.format(' table:number-columns-spanned="2"', "标题")
        + "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="2">'
        + TEXT.format("", "甲<text:s/>村")
        + NUMBER.format(3, ' table:number-columns-repeated="2"')
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="date" office:date-value="2018-06-05"><text:p>6月</text:p></table:table-cell>'
        '<table:table-cell table:formula="x" office:value-type="string"><text:p>#REF!</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    workbook = read(tmp_path, make.ods(rows))
    (sheet,) = workbook.sheets
    assert (workbook.kind, sheet.name) == ("ods", "甲村")
    assert sheet.values.tolist() == [
        ["标题", None, None],
        ["甲 村", 3.0, 3.0],
        ["甲 村", 3.0, 3.0],
        [datetime.date(2018, 6, 5), None, None],
    ]
    assert sheet.merges == (Merge(0, 0, 0, 1),)
    assert sheet.hidden_rows == {1, 2}
    assert sheet.unreadable == {(3, 1): ("error_cell", "#REF!")}


def test_a_formula_without_any_result_was_never_worked_out(tmp_path):
    never = '<table:table-cell table:formula="of:=SUM([.A1:.A2])"/>'
    empty = '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>'
    shown = '<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>'
    assert cells(tmp_path, never + empty + shown + NUMBER.format(5, "")) == (
        [None, None, None, 5.0],
        {(0, 0): ("not_calculated", "=SUM([.A1:.A2])")},
    )


def test_truth_times_percentages_line_breaks_and_notes(tmp_path):
    row = (
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'
        '<table:table-cell office:value-type="time" office:time-value="PT36H30M00S"><text:p>36:30</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
        "<text:p>甲<text:line-break/>乙</text:p><text:p>丙<text:tab/><text:span>丁</text:span></text:p></table:table-cell>"
    )
    assert cells(tmp_path, row)[0] == [True, 1.520_833_333_333_333_3, 0.125, "甲\n乙\n丙\t丁"]


def test_hidden_sheets_and_columns_are_flagged(tmp_path):
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    rows = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        + "<table:table-row>"
        + NUMBER.format(1, ' table:number-columns-repeated="3"')
        + "</table:table-row>"
    )
    (sheet,) = read(tmp_path, make.ods(rows, before=styles, table='table:style-name="ta2"')).sheets
    assert (sheet.hidden, sheet.hidden_columns) == (True, {2})
