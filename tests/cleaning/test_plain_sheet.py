"""Sheets read by whole columns of bytes: the cells that a parser finds, or nothing at all."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.number_formats import DATE, PLAIN, SPAN
from louxing_analysis.cleaning.packages import Unreadable
from louxing_analysis.cleaning.plain_sheet import PlainSheet, Shared, read_plain
from louxing_analysis.cleaning.plain_texts import plain_texts
from louxing_analysis.cleaning.sheet import cell_address
from louxing_analysis.cleaning.sheet_xml import parse_sheet
from louxing_analysis.cleaning.xlsx_cells import cells_of, shared_texts

TABLE = "<sst>" + "".join(f"<si><t>{text}</t></si>" for text in ("甲", "乙", "#N/A", "李 四")) + "</sst>"
KINDS = [PLAIN, DATE, SPAN, *[PLAIN] * 1200]


def shared() -> Shared:
    texts = plain_texts(TABLE.encode())
    assert texts is not None
    return Shared(texts, KINDS, False)


def sheet(rows: str, before: str = "", after: str = "") -> bytes:
    return f'<worksheet xmlns="u">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def by_parser(data: bytes) -> tuple[list[list[object]], dict, set[int], set[int]]:
    """What the slow readers make of the same bytes."""
    grid = cells_of(data, shared_texts(TABLE.encode()), KINDS, False)
    scan = parse_sheet(data)
    return grid.rows(), scan.unreadable, scan.hidden_rows, scan.hidden_columns


def same(found: PlainSheet, data: bytes) -> bool:
    rows, unreadable, hidden_rows, hidden_columns = by_parser(data)
    mine = found.values.tolist()
    filled = {(y, x): value for y, row in enumerate(rows) for x, value in enumerate(row) if value not in (None, "")}
    own = {(y, x): value for y, row in enumerate(mine) for x, value in enumerate(row) if value is not None}
    assert {place: repr(value) for place, value in own.items()} == {at: repr(value) for at, value in filled.items()}
    assert found.scan.unreadable == unreadable
    assert (found.scan.hidden_rows, found.scan.hidden_columns) == (hidden_rows, hidden_columns)
    return True


ATTRIBUTES = ["", ' s="0"', ' s="1"', ' s="2"', ' s="17"', ' s="123"', ' s="1001"', ' cm="1" s="1"']
BODIES = [
    ("", ""),
    ("", "<v>0</v>"),
    ("", "<v>43256.75</v>"),
    ("", "<v>-5.5</v>"),
    ("", "<v>1.0000000000000001E-2</v>"),
    ("", "<v>431302199001010011</v>"),
    (' t="n"', "<v>7</v>"),
    (' t="s"', "<v>0</v>"),
    (' t="s"', "<v>3</v>"),
    (' t="str"', "<f>A1</f><v>A&amp;B </v>"),
    (' t="str"', "<f>A1</f><v></v>"),
    (' t="b"', "<v>1</v>"),
    (' t="e"', "<v>#DIV/0!</v>"),
    ("", '<f t="shared" si="0"/><v>12</v>'),
    ("", "<f>SUM(A1:B2)*&quot;1&quot;</f><v>12.5</v>"),
    ("", "<f>NOW()</f>"),
    ("", "<f>NOW()</f><v/>"),
]


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    rows, last = [], 0
    for _ in range(draw(st.integers(1, 4))):
        last += draw(st.integers(1, 12))
        columns = sorted(draw(st.sets(st.integers(0, 800), max_size=6)))
        cells = []
        for column in columns:
            kind, body = draw(st.sampled_from(BODIES))
            style = draw(st.sampled_from(ATTRIBUTES))
            both = style + kind if draw(st.booleans()) else kind + style
            cells.append(f'<c r="{cell_address(last - 1, column)}"{both}' + (f">{body}</c>" if body else "/>"))
        hidden = draw(st.sampled_from(["", ' hidden="1"', ' spans="1:9" ht="14.25"']))
        rows.append(f'<row r="{last}"{hidden}>{"".join(cells)}</row>' if cells else f'<row r="{last}"{hidden}/>')
    return sheet("".join(rows), '<cols><col min="2" max="3" hidden="1"/></cols>')


@settings(deadline=None)
@given(sheets())
def test_every_cell_is_what_a_parser_finds(data):
    found = read_plain(data, shared())
    assert found is not None
    assert same(found, data)


ROW = '<row r="1"><c r="A1" s="1" t="s"><v>1</v></c><c r="B1"><f>A1</f><v>2.5</v></c></row><row r="2"><c r="A2"/></row>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</c><c", "</c> <c"),
        ("</c><c", "<c"),
        ("</v></c><c", "</c><c"),
        ("</row><row", "<row"),
        ("</v>", "</v >"),
        ("</f>", "</fo>"),
        ("</c>", "</c >"),
        ("</row>", "</rox>"),
        ('<c r="B1"', '<c q="B1"'),
        ('<row r="1"><c', '<row r="3"></row><row r="1"><c'),
        ("<v>1</v>", "<v>4</v>"),
        ("<v>1</v>", "<v>-1</v>"),
        ("<v>1</v>", "<v></v>"),
        ("<v>1</v>", "<v/>"),
        ("<v>1</v>", "<v>1</v><v>1</v>"),
        ("<v>2.5</v>", "<v>2,5</v>"),
        ("<v>2.5</v>", "<v>2.5<!-- --></v>"),
        ("<v>2.5</v>", "<v>&#50;</v>"),
        ("<v>2.5</v>", "<v xml:space='preserve'>2.5</v>"),
        ('r="B1"', 'r="A1"'),
        ('r="B1"', 'r="B2"'),
        ('r="B1"', 'r="b1"'),
        ('r="B1"', 'r="B1" r="C1"'),
        ('r="B1"', 's="1"'),
        ('r="B1"', 'r="B1" t="n" t="s"'),
        ('r="B1"', 'r="B1" t="d"'),
        ('s="1" t="s"', 's="1" s="0" t="s"'),
        ('s="1" t="s"', 't="s" s="x"'),
        ('s="1" t="s"', 's="1"t="s"'),
        ('s="1" t="s"', "s='1' t=\"s\""),
        ('s="1" t="s"', 's="1" t="inlineStr"'),
        ('<row r="2">', '<row r="1">'),
        ('<row r="2">', '<row r="02">'),
        ('<row r="2">', '<row r="2" r="3">'),
        ('<row r="2">', '<row r="2" hidden=1>'),
        ("<f>A1</f>", "<f>A1</f><f>A1</f>"),
        ("<f>A1</f>", "<f t=shared>A1</f>"),
        ("<f>A1</f>", "<f>A1>2</f>"),
        ("<f>A1</f>", "<g>A1</g>"),
    ],
)
def test_a_sheet_in_which_a_byte_is_out_of_place_is_left_to_slower_readers(old, new):
    assert old in ROW
    assert read_plain(sheet(ROW), shared()) is not None
    assert read_plain(sheet(ROW.replace(old, new, 1)), shared()) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<mergeCells><mergeCell ref="A1:$B$2"/></mergeCells>'),
        ("", "<mergeCells>"),
        ('<dimension ref="nowhere"/>', ""),
        ('<cols><col hidden="1" min="-1"/></cols>', ""),
        ("<!-- -->", ""),
    ],
)
def test_what_stands_around_the_rows_must_be_sound_too(before, after):
    assert read_plain(sheet(ROW, before, after), shared()) is None


def test_a_sheet_in_another_encoding_is_left_to_slower_readers():
    rows = '<row r="1"><c r="A1" t="str"><v>甲村</v></c></row>'
    for name in ("GB18030", "UTF-8"):
        data = b'<?xml version="1.0" encoding="%s"?>' % name.encode() + sheet(rows).decode().encode(name)
        assert (read_plain(data, shared()) is not None) == (name == "UTF-8")


def test_a_number_of_a_style_that_nobody_describes_may_be_a_date_and_is_left_to_slower_readers():
    rows = '<row r="1"><c r="A1" s="{}"><v>43256</v></c></row>'
    for kinds, style, is_read in (([PLAIN, DATE], 1, True), ([PLAIN, DATE], 2, False), ([], 1, False), ([], 0, True)):
        told = shared()._replace(kinds=kinds)
        assert (read_plain(sheet(rows.format(style)), told) is not None) == is_read


def test_merges_dates_spans_and_odd_cells_by_hand():
    rows = (
        '<row r="2"><c r="B2" s="1"><v>43256</v></c><c r="C2" s="2"><v>1.5</v></c><c r="D2" t="s"><v>2</v></c></row>'
        '<row r="3"><c r="B3"><v>1e300</v></c></row>'
    )
    found = read_plain(sheet(rows, after='<mergeCells count="1"><mergeCell ref="B2:C2"/></mergeCells>'), shared())
    assert found is not None
    nothing = [None] * 4
    assert found.values.tolist() == [
        nothing,
        [None, datetime.date(2018, 6, 5), datetime.timedelta(days=1.5), "#N/A"],
        [None, 1e300, None, None],
    ]
    assert found.merges == [(1, 1, 1, 2)]
    assert found.odd == [(1, 2), (1, 3), (2, 1)]


def test_a_sheet_of_nothing_and_one_of_mostly_air():
    for data in (sheet(""), sheet("").replace(b"<sheetData></sheetData>", b"<sheetData/>")):
        found = read_plain(data, shared())
        assert found is not None
        assert found.values.shape == (0, 0)
    assert read_plain(sheet(ROW, after="<sheetData/>"), shared()) is None
    with pytest.raises(Unreadable):
        read_plain(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>'), shared())


def test_rows_in_several_stretches_are_one_sheet():
    rows = "".join(
        f'<row r="{at}"><c r="A{at}"><v>{at}.5</v></c><c r="AA{at}" t="s"><v>0</v></c></row>' for at in range(1, 30_001)
    )
    found = read_plain(sheet(rows), shared())
    assert found is not None
    assert (found.values[:, 0] == np.arange(1, 30_001) + 0.5).all()
    assert (found.values[:, 26] == "甲").all()
    assert found.characters >= 30_000
