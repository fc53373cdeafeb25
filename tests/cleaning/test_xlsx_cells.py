"""Cells of .xlsx sheets: texts in all their forms, dates by their format, values that no program writes."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from louxing_analysis.cleaning.sheet import Sheet
from louxing_analysis.cleaning.workbook import read_workbook
from tests.cleaning import made_files as make

BOLD = "<r><rPr><b/></rPr><t>{}</t></r>"


def sheet_of(folder: Path, rows: str, **parts) -> Sheet:
    path = folder / "a.xlsx"
    path.write_bytes(make.rows_xlsx(rows, **parts))
    workbook = read_workbook(path, path.name)
    assert (workbook.kind, workbook.problems) == ("xlsx", ())
    return workbook.sheets[0]


def unusual(rows: str) -> str:
    """The same rows, written so that only a parser can read them."""
    return rows.replace("<row", "<!-- --><row", 1)


@pytest.mark.parametrize("way", [str, unusual])
def test_texts_shared_inline_rich_with_pronunciation_and_escaped(way, tmp_path):
    texts = make.shared(
        "村",
        BOLD.format("粗") + "<r><t xml:space='preserve'> 通 </t></r>",
        '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
        "a_x000D_b_x005F_x0041_",
        "<t xml:space='preserve'> 前后 </t>",
        "<t/>",
        "&lt;&amp;&#20013;",
    )
    shared = "".join(f'<c r="{chr(65 + number)}1" t="s"><v>{number}</v></c>' for number in range(7))
    inline = (
        f'<c r="H1" t="inlineStr"><is>{BOLD.format("行")}<r><t>内</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
    )
    result = '<c r="I1" t="str"><f>A1</f><v>果&gt;</v></c>'
    sheet = sheet_of(tmp_path, way(f'<row r="1">{shared}{inline}{result}</row>'), **texts)
    assert sheet.values.tolist() == [["村", "粗 通 ", "東京", "a\rb_x0041_", " 前后 ", None, "<&中", "行内", "果>"]]


@pytest.mark.parametrize("way", [str, unusual])
def test_truth_errors_numbers_and_numbers_as_text(way, tmp_path):
    row = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1"><v>-1.5E3</v></c>'
        '<c r="E1" t="str"><v>007</v></c><c r="F1"><v>431302199001010011</v></c><c r="G1"><f>1+1</f></c><c r="H1" t="n"><v>.5</v></c></row>'
    )
    sheet = sheet_of(tmp_path, way(row))
    assert sheet.values.tolist() == [[True, False, None, -1500.0, "007", 431302199001010011.0, None, 0.5]]
    assert {place[1]: reason for place, (reason, _) in sheet.unreadable.items()} == {
        2: "error_cell",
        5: "digits_lost",
        6: "not_calculated",
    }


DAY, MOMENT = datetime.date(2018, 6, 5), datetime.datetime(2018, 6, 5, 18)


@pytest.mark.parametrize(
    ("number", "code", "value", "shown"),
    [
        (14, "", 43256, DAY),
        (22, "", 43256.75, MOMENT),
        (31, "", 43256, DAY),
        (57, "", 43256, DAY),
        (58, "", 43256, DAY),
        (32, "", 0.75, datetime.time(18)),
        (46, "", 1.5, 1.5),
        (2, "", 43256, 43256.0),
        (31, "General", 43256, 43256.0),
        (176, "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", 43256, DAY),
        (176, "[$-804]yyyy&quot;年&quot;m&quot;月&quot;", 43256, DAY),
        (176, "[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", 43256, DAY),
        (176, "[$-804]aaaa;@", 43256, DAY),
        (176, "e&quot;年&quot;", 43256, DAY),
        (176, "上午/下午h&quot;时&quot;mm&quot;分&quot;;@", 0.75, datetime.time(18)),
        (176, "[h]:mm", 1.5, 1.5),
        (176, "0&quot;元/月&quot;", 43256, 43256.0),
        (176, "G/通用格式", 43256, 43256.0),
        (176, "0!.0,&quot;万&quot;", 43256, 43256.0),
        (176, "[Red]#,##0.00E+00", 43256, 43256.0),
        (176, "&quot;y&quot;0_d;[Red]-0", 43256, 43256.0),
    ],
)
@pytest.mark.parametrize("way", [str, unusual])
def test_a_date_is_one_by_its_format_and_the_built_in_chinese_ones_are_dates(number, code, value, shown, way, tmp_path):
    style = make.styles({number: code} if code else {}, [0, number])
    row = f'<row r="1"><c r="A1" s="1"><v>{value}</v></c><c r="B1" s="0"><v>{value}</v></c></row>'
    assert sheet_of(tmp_path, way(row), **style).values.tolist() == [[shown, value]]


@pytest.mark.parametrize("way", [str, unusual])
def test_a_negative_number_with_the_format_of_a_date_stays_that_number(way, tmp_path):
    row = '<row r="1"><c r="A1" s="1"><v>-5.5</v></c><c r="B1" s="1"><v>43256</v></c></row>'
    assert sheet_of(tmp_path, way(row), **make.styles({}, [0, 14])).values.tolist() == [[-5.5, DAY]]


@pytest.mark.parametrize("number", [14, 57])
@pytest.mark.parametrize("way", [str, unusual])
def test_days_may_be_counted_from_1904(number, way, tmp_path):
    book = make.xlsx_parts("")["xl/workbook.xml"]
    parts = {
        **make.styles({}, [0, number]),
        "xl/workbook.xml": str(book).replace("<sheets>", '<workbookPr date1904="1"/><sheets>'),
    }
    row = f'<row r="1"><c r="A1" s="1"><v>{43256 - 1462}</v></c></row>'
    assert sheet_of(tmp_path, way(row), **parts).values.tolist() == [[DAY]]


def test_merges_and_hidden_things_are_found_however_the_sheet_is_written(tmp_path):
    inside = (
        '<x:sheetData xmlns:x="u"><x:row r="2" hidden="1"><x:c r="A2"><x:v>1</x:v></x:c></x:row><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData>'
        '<x:mergeCells xmlns:x="u"><x:mergeCell ref="A2:$A$3"/></x:mergeCells>'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(make.xlsx(inside))
    (sheet,) = read_workbook(path, "a.xlsx").sheets
    assert (sheet.values.tolist(), sheet.hidden_rows) == ([[None], [1.0], [2.0]], {1})
    assert [(merge.first_row, merge.last_row) for merge in sheet.merges] == [(1, 2)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c r='A1'><v>1<!-- -->0</v></c>", 10.0),
        ("<c r='A1'><v>&#49;0</v></c>", 10.0),
        ("<c r='A1'><v><![CDATA[10]]></v></c>", 10.0),
        ("<c r='A1' t='str'><f>A2</f><v><![CDATA[甲]]>村</v></c>", "甲村"),
        ("<c r='A1' t='b'><v>false</v></c>", False),
        ("<c r='A1' t='d'><v>2018-06-05</v></c>", DAY),
        ("<c r='A1'><v>甲村</v></c>", "甲村"),
    ],
)
def test_a_value_is_read_as_the_standard_has_it(cell, value, tmp_path):
    for written in (cell, cell.replace("'", '"')):
        assert sheet_of(tmp_path, f'<row r="1">{written}</row>').values.tolist() == [[value]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="s"><v>1</v></c>',
        '<c r="A1" t="s"><v>1x</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1" t="s"><v>1.5</v></c>',
        '<c r="A1" t="b"><v>maybe</v></c>',
        '<c r="A1" t="n"><v>x</v></c>',
        '<c r="A1" t="x"><v>1</v></c>',
        '<c r="A1"><v>1</v><v>2</v></c>',
        '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
        '<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c><c><v>2</v></c>',
    ],
)
def test_a_value_that_cannot_be_is_damage_and_never_another_value(cell, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(make.rows_xlsx(f'<row r="1">{cell}</row>', **make.shared("村")))
    workbook = read_workbook(path, "a.xlsx")
    assert (workbook.sheets, [problem.reason for problem in workbook.problems]) == ((), ["damaged_file"])
