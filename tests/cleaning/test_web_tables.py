"""Web pages saved as workbooks: spans, numbers beside their text, dates, what is hidden; and archives of pages (.mht)."""

from __future__ import annotations

import base64
import datetime
import html.parser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis.cleaning.html_tokens import tokens
from louxing_analysis.cleaning.sheet import Merge, Sheet
from louxing_analysis.cleaning.workbook import read_workbook
from tests.cleaning.fuzz_seeds import mht


def read(folder: Path, data: bytes, name: str = "a.xls"):
    path = folder / name
    path.write_bytes(data)
    return read_workbook(path, name)


def sheet_of(folder: Path, page: str) -> Sheet:
    workbook = read(folder, page.encode())
    assert (workbook.kind, workbook.problems) == ("html", ())
    return workbook.sheets[0]


def test_html_saved_as_xls_keeps_spans_numbers_and_the_tables_order(tmp_path):
    page = """<html xmlns:x="urn:x"><head><meta charset="gb2312"><style>td {color: red}</style></head><body>
        <table><tr><th colspan=2>名单</th></tr><tr><td rowspan=2>甲村</td><td>张&nbsp;三<br>(户主)</td></tr>
        <tr><td x:num="1200">1,200</td></tr></table>
        <table><tr><td>乙村<td>5</table></body></html>"""
    workbook = read(tmp_path, page.encode("gbk"))
    (sheet,) = workbook.sheets
    assert workbook.kind == "html"
    assert sheet.values.tolist() == [
        ["名单", None],
        ["甲村", "张\xa0三\n(户主)"],
        [None, 1200.0],
        [None, None],
        ["乙村", "5"],
    ]
    assert sheet.merges == (Merge(0, 0, 0, 1), Merge(1, 0, 2, 0))


def test_a_number_beside_a_text_that_shows_a_date_is_that_date(tmp_path):
    page = (
        '<table><tr><td x:num="43256">2018年6月<td x:num="43256.5">2018/6/5 12:00<td x:num="43256">43,256元<td x:num="12">12月<td x:num>5'
        '<td x:num="0.125">12.5%<td x:num="4.31302199001010011E17">4.31E+17</table>'
    )
    sheet = sheet_of(tmp_path, page)
    assert sheet.values.tolist() == [
        [
            datetime.date(2018, 6, 5),
            datetime.datetime(2018, 6, 5, 12),
            43256.0,
            12.0,
            "5",
            0.125,
            4.3130219900101e17 + 11,
        ]
    ]
    assert next(iter(sheet.unreadable.values()))[0] == "digits_lost"


def test_hidden_rows_and_columns_errors_and_formulas_without_a_result(tmp_path):
    page = (
        "<table><col span=2><col style='width:0; display : none'><tr><td>村<td>户数<td>x</tr><tr style='display:none'><td>甲村"
        '<td x:fmla="=A1"></td><td x:err="#N/A">#N/A</tr><tr><td x:str x:fmla="=A2"></td></tr></table>'
    )
    sheet = sheet_of(tmp_path, page)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {2})
    assert sheet.unreadable == {(1, 1): ("not_calculated", "="), (1, 2): ("error_cell", "#N/A")}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p a=1>x", [("p", ""), ("", "x")]),
        ("<P A='1>2' b=\"&lt;\"/>&amp;</p>", [("p", ""), ("", "&"), ("/p", "")]),
        ("1 < 2<br/>", [("", "1 "), ("", "<"), ("", " 2"), ("br", "")]),
        ("a<!-- <b> --><!x><?y?>c<!-- d", [("", "a"), ("", "c")]),
        ("<style><b></style>x", [("style", ""), ("/style", ""), ("", "x")]),
        ('a<b c="d>e', [("", "a"), ("b", ""), ("", "e")]),
        ("a<b c", [("", "a")]),
    ],
)
def test_a_page_falls_into_tags_and_texts(page, found):
    assert [(token.name, token.text) for token in tokens(page)] == found


@given(
    st.lists(
        st.sampled_from(["<td>", "</td>", "<tr a=1>", "<b c='>'>", "<br/>", "甲", " ", "&nbsp;", "&#20013;", "1"]),
        max_size=30,
    )
)
def test_well_formed_pages_fall_apart_as_the_standard_library_has_it(pieces):
    class Parser(html.parser.HTMLParser):
        found: list[tuple[str, str]]

        def handle_starttag(self, tag, attrs):
            self.found.append((tag, ""))

        def handle_endtag(self, tag):
            self.found.append((f"/{tag}", ""))

        def handle_startendtag(self, tag, attrs):
            self.found.append((tag, ""))

        def handle_data(self, data):
            self.found.append(("", data))

    page = "".join(pieces)
    parser = Parser(convert_charrefs=True)
    parser.found = []
    parser.feed(page)
    parser.close()
    assert [(token.name, token.text) for token in tokens(page)] == parser.found


def test_an_archive_of_pages_has_a_sheet_for_each_with_its_name(tmp_path):
    pages = [
        ("甲村", "<table><tr><td>村<td x:num='3'>3</table>"),
        ("乙&amp;丙", "<x:Visible>SheetHidden</x:Visible><table><tr><td>乙村</table>"),
    ]
    workbook = read(tmp_path, mht(*pages))
    assert (workbook.kind, workbook.problems) == ("mht", ())
    assert [(sheet.name, sheet.hidden, sheet.values.tolist()) for sheet in workbook.sheets] == [
        ("甲村", False, [["村", 3.0]]),
        ("乙&丙", True, [["乙村"]]),
    ]


def test_an_archive_of_one_page_in_base64_and_gbk_is_read(tmp_path):
    body = base64.encodebytes("<html><table><tr><td>甲村<td>5</table></html>".encode("gbk")).decode()
    head = 'From: <Saved by WPS>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n'
    part = f'--b\nContent-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: base64\n\n{body}\n--b--\n'
    assert read(tmp_path, (head + part).encode(), "a.mht").sheets[0].values.tolist() == [["甲村", "5"]]


def test_an_archive_that_lacks_a_sheet_is_damaged(tmp_path):
    data = mht(("甲村", "<table><tr><td>1</table>"), ("乙村", "<table><tr><td>2</table>"))
    start = data.index(b"sheet002.htm", data.index(b"sheet001.htm", data.index(b"Content-Location")))
    lacking = data[:start] + b"sheet009.htm" + data[start + 12 :]
    assert [problem.reason for problem in read(tmp_path, lacking).problems] == ["damaged_file"]
