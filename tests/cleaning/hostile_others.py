"""Hostile and damaged files that are no packages of XML, or other ones than .xlsx; see hostile.py."""

from __future__ import annotations

import struct

from tests.cleaning import made_files as make
from tests.cleaning.bad_file import Bad, laughs

TEXT = "村,户数\n甲村,3\n"


def _lying_xls(end: bytes) -> bytes:
    """A sheet whose DIMENSIONS record states rows and columns that it has not."""
    return make.xls(make.biff(0x0200, end) + make.biff(0x0203, struct.pack("<HHHd", 0, 0, 0, 5.0)))


def _ring(at: int, value: int) -> bytes:
    """An .xls file with one word of its header or sector table changed."""
    data = bytearray(make.old_xls())
    struct.pack_into("<I", data, at, value)
    return bytes(data)


def _endless_chain() -> bytes:
    data = bytearray(make.old_xls())
    table = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    start = struct.unpack_from("<I", data, 48)[0]
    struct.pack_into("<I", data, table + 4 * start, start)
    return bytes(data)


def _huge_text_xls(cells: int, length: int) -> bytes:
    table = make.biff(
        0x00FC, struct.pack("<II", cells, 1) + struct.pack("<HB", length, 1) + "长".encode("utf-16-le") * 4000
    )
    rest = length - 4000
    while rest > 0:
        table += make.biff(0x003C, b"\1" + "长".encode("utf-16-le") * min(rest, 4000))
        rest -= 4000
    return make.xls(b"".join(make.biff(0x00FD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(cells)), table)


OTHERS = {
    "one huge text, 30,000 times in an .xls": Bad("a.xls", lambda: _huge_text_xls(30_000, 32_000), "hostile_file"),
    "an .xls that states a world": Bad(
        "a.xls", lambda: _lying_xls(struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), {(0, 0): 5.0}
    ),
    "an .xls with a sector table of gigabytes": Bad("a.xls", lambda: _ring(44, 0xFFFFFFF0), {(1, 0): "村"}),
    "an .xls with a table of tables without end": Bad("a.xls", lambda: _ring(68, 0), {(1, 0): "村"}),
    "an .xls whose sectors run in a ring": Bad("a.xls", _endless_chain, "hostile_file"),
    "half an .xls": Bad("a.xls", lambda: make.old_xls()[:3000], "damaged_file"),
    "an .xls whose cell stands in the corner": Bad(
        "a.xls", lambda: make.xls(make.biff(0x0203, struct.pack("<HHHd", 65_535, 255, 0, 5.0))), "hostile_file"
    ),
    "an .xls with a text that is not there": Bad(
        "a.xls", lambda: make.xls(make.biff(0x00FD, struct.pack("<HHHI", 0, 0, 0, 9))), "damaged_file"
    ),
    "an .xls with half a character": Bad(
        "a.xls",
        lambda: make.xls(make.biff(0x0204, struct.pack("<HHH", 0, 0, 0) + b"\2\0\1" + b"\x3d\xd8\x51\x67")),
        {(0, 0): "\ufffd村"},
    ),
    "an .xls with two sheets of one name": Bad(
        "a.xls", lambda: make.xls(b"", names=((make.short_text("甲"), 0), (make.short_text("甲"), 0))), "hostile_file"
    ),
    "an .xlsb whose cell stands in the corner": Bad("a.xlsb", lambda: make.xlsb(1_048_575, 16_383), "hostile_file"),
    "an .xlsb with a text that is not there": Bad(
        "a.xlsb", lambda: make.xlsb(cells=make.record(7, struct.pack("<III", 2, 0, 99))), "damaged_file"
    ),
    "an .xlsb with half a character": Bad(
        "a.xlsb",
        lambda: make.xlsb(cells=make.record(6, struct.pack("<III", 2, 0, 2) + b"\x3d\xd8\x51\x67")),
        {(1, 2): "\ufffd村"},
    ),
    "an .ods of endless rows": Bad(
        "a.ods",
        lambda: make.ods(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1" '
            'table:number-columns-repeated="16384"/></table:table-row>'
        ),
        "hostile_file",
    ),
    "an .ods with one error value repeated over the world": Bad(
        "a.ods",
        lambda: make.ods(
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row><table:table-row>'
            '<table:table-cell table:number-columns-repeated="16383"/><table:table-cell table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
        ),
        "hostile_file",
    ),
    "an .ods with one long text repeated": Bad(
        "a.ods",
        lambda: make.ods(
            '<table:table-row table:number-rows-repeated="30000"><table:table-cell office:value-type="string"><text:p>'
            + "长" * 32_000
            + "</text:p></table:table-cell></table:table-row>"
        ),
        "hostile_file",
    ),
    "an .ods with entities": Bad(
        "a.ods",
        lambda: make.package(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": laughs() + "<a>&j;</a>"}
        ),
        "hostile_file",
    ),
    "an .xml with entities": Bad(
        "a.xls", lambda: make.xml2003("").replace(b"<Workbook", laughs().encode() + b"<Workbook", 1), "hostile_file"
    ),
    "an .xml whose cell stands in the corner": Bad(
        "a.xls",
        lambda: make.xml2003(
            '<Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="Number">1</Data></Cell></Row>'
        ),
        "hostile_file",
    ),
    "half an .xml": Bad(
        "a.xls", lambda: make.xml2003('<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>')[:-30], "damaged_file"
    ),
    "a page with a cell over the world": Bad(
        "a.xls",
        lambda: b"<table>" + b"<tr><td colspan=20000 rowspan=20000>1</td></tr>" * 400 + b"</table>",
        "hostile_file",
    ),
    "a page of tables inside tables": Bad("a.xls", lambda: b"<html>" + b"<table><tr><td>" * 30_000 + b"1", {}),
    "a page that opens and never closes": Bad(
        "a.xls", lambda: b"<html><table><tr><td>1</td></tr>" + b"<!-- <" * 40_000, {(0, 0): "1"}
    ),
    "a page of half tags": Bad(
        "a.xls", lambda: b"<html><table><tr><td>1</td></tr>" + b'<a b="' * 40_000, {(0, 0): "1"}
    ),
    "a page of formulas": Bad(
        "a.xls",
        lambda: "<table><tr><td>=cmd|'/c calc'!A1<td>村</table>".encode(),
        {(0, 0): "=cmd|'/c calc'!A1", (0, 1): "村"},
    ),
    "an archive that breaks off": Bad(
        "a.mht",
        lambda: (
            b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n<table><tr><td>1</table>'
        ),
        "damaged_file",
    ),
    "parts inside parts of an archive": Bad(
        "a.mht",
        lambda: (
            b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
            + b'--x\nContent-Type: multipart/mixed; boundary="x"\n\n' * 30_000
            + b"--x--\n"
        ),
        "damaged_file",
    ),
    "zeros between the letters": Bad("a.csv", lambda: b"a,b\n1,\x002\n", "unknown_file"),
    "zeros at the end": Bad("a.csv", lambda: TEXT.encode() + b"\0" * 512, "unknown_file"),
    "a bell in a text": Bad("a.csv", lambda: "村,户数\n甲\x07村,3\n".encode(), {(1, 0): "甲\x07村", (1, 1): "3"}),
    "two encodings in one file": Bad("a.csv", lambda: TEXT.encode("gb18030") + "乙村子,4\n".encode(), "damaged_file"),
    "UTF-8 with a byte that is none": Bad(
        "a.csv", lambda: TEXT.encode() + b"\xff\xfe,4\n" + "丙村子\n".encode(), "damaged_file"
    ),
    "UTF-8 cut off within a character": Bad("a.csv", lambda: (TEXT * 9 + "乙村").encode()[:-1], "damaged_file"),
    "half a character in UTF-8": Bad(
        "a.csv", lambda: b"\xed\xa0\xbd," + TEXT.encode(), {(0, 0): "\ufffd", (1, 0): "甲村"}
    ),
    "half a character in UTF-16": Bad(
        "a.csv", lambda: TEXT.encode("utf-16") + b"\x3d\xd8", {(1, 0): "甲村", (2, 0): "\ufffd"}
    ),
    "rows of any length": Bad(
        "a.csv", lambda: b"a\nb,1\n\nc,2,3,4\n", {(0, 0): "a", (1, 1): "1", (3, 3): "4", (0, 1): None}
    ),
    "quotes that never close": Bad(
        "a.csv",
        lambda: '村,户数,注\n甲,1,"x\n乙,2,"a,b"\n丙,3,"c\nd"\n丁,4,y\n'.encode(),
        {(1, 2): '"x', (2, 2): "a,b", (3, 2): "c\nd", (4, 0): "丁"},
    ),
    "quotes that close too late": Bad(
        "a.csv",
        lambda: ('村,户数,注\n甲,1,"x\n' + "乙,2,y\n" * 9 + '丙,3,",z\n').encode(),
        {(1, 2): '"x', (5, 0): "乙", (11, 0): "丙"},
    ),
    "quotes on every line of a long file": Bad("a.csv", lambda: ('村,"户\n' * 100_000).encode(), {(99_999, 1): '"户'}),
    "a cell of a million characters in a text": Bad(
        "a.csv", lambda: f'村,"{"长" * 1_000_000},"\n'.encode(), {(0, 0): "村", (0, 1): "长" * 1_000_000 + ","}
    ),
    "a line of a million commas": Bad("a.csv", lambda: b"1" + b"," * 1_000_000 + b"2", "hostile_file"),
    "UTF-16 without a mark": Bad("a.csv", lambda: TEXT.encode("utf-16-le"), {(1, 0): "甲村", (1, 1): "3"}),
    "UTF-16 without a mark, the other way round": Bad(
        "a.csv", lambda: TEXT.encode("utf-16-be"), {(1, 0): "甲村", (1, 1): "3"}
    ),
    "letters of western Europe": Bad(
        "a.csv", lambda: "Région,Année\nIle,2019\n".encode("cp1252"), {(0, 0): "Région", (0, 1): "Année"}
    ),
}
