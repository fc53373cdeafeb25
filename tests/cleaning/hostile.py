"""Hostile and damaged .xlsx files, each with what must become of it: the right cells, or one message with a reason."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter

from tests.cleaning import made_files as make
from tests.cleaning.bad_file import Bad, laughs
from tests.cleaning.hostile_others import OTHERS, TEXT


def _office() -> bytes:
    """An ordinary workbook of 200 rows."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("户表")
        sheet.write_row(0, 0, ["村", "姓名", "收入", "备注"])
        for row in range(1, 200):
            sheet.write_row(row, 0, [f"{row % 7}村", f"张{row}", row * 100.5, "无"])
    return written.getvalue()


def _corrupt_stream() -> bytes:
    data = bytearray(_office())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        at = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    data[at : at + 40] = bytes(byte ^ 0x5A for byte in data[at : at + 40])
    return bytes(data)


def _twice(name: str, other: str) -> bytes:
    parts = list(make.xlsx_parts('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>').items())
    return make.zipped([*parts, (other, str(dict(parts)[name]).replace("<v>1<", "<v>2<"))])


def _huge_text(cells: int, length: int) -> bytes:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, cells + 1))
    return make.rows_xlsx(rows, **make.shared("长" * length))


def _many_sheets(count: int) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for number in range(count):
            book.add_worksheet(f"{number}村").write_row(0, 0, ["村", number])
    return written.getvalue()


def _wide(columns: int) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("宽")
        for row in range(3):
            sheet.write_row(row, 0, [row * columns + column for column in range(columns)])
    return written.getvalue()


def _strict() -> bytes:
    """ISO 29500 Strict: other namespaces, other relations, dates as text."""
    new, old = (
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    )
    parts = make.xlsx_parts(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>村</t></is></c><c r="B1"><v>2</v></c>'
        '<c r="C1" t="d"><v>2018-06-05</v></c></row></sheetData>'
    )
    relation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    return make.package(
        {name: str(text).replace(old, new).replace(make.RELATION, relation) for name, text in parts.items()}
    )


def _lies(dimension: str) -> bytes:
    return make.xlsx(f'<dimension ref="{dimension}"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')


def _names(*names: str) -> bytes:
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="a{at}"/>' for at, name in enumerate(names, 1))
    rels = "".join(
        f'<Relationship Id="a{at}" Type="{make.RELATION}/worksheet" Target="worksheets/s{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    inside = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    return make.xlsx(
        "",
        **{
            "xl/workbook.xml": f'<workbook {make.NAMESPACE} xmlns:r="{make.RELATION}"><sheets>{sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{rels}</Relationships>",
            **{
                f"xl/worksheets/s{at}.xml": f"<worksheet {make.NAMESPACE}>{inside}</worksheet>"
                for at in range(1, len(names) + 1)
            },
        },
    )


def _sheet_part(text: str | bytes) -> bytes:
    return make.xlsx("", **{"xl/worksheets/s.xml": text})


def _spaces() -> bytes:
    return _sheet_part(f"<worksheet {make.NAMESPACE}><sheetData>" + " " * 60_000_000 + "</sheetData></worksheet>")


def _tiny_cells(count: int) -> bytes:
    return make.rows_xlsx("<row>" + "<c><v>1</v></c>" * count + "</row>")


def _deep(count: int) -> bytes:
    return _sheet_part("<a>" * count)


def _merged(
    ranges: list[str], rows: str = '<row r="1"><c r="A1"><v>7</v></c></row><row r="3"><c r="B3"><v>8</v></c></row>'
) -> bytes:
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return make.xlsx(f"<sheetData>{rows}</sheetData><mergeCells>{cells}</mergeCells>")


def _overlapping(count: int) -> bytes:
    return _merged([f"A{1 + at % 900}:CV{2000 - at % 1000}" for at in range(count)], _TABLE)


_TABLE = "".join(
    f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="CV{row}"><v>2</v></c></row>' for row in range(1, 2001)
)
A1 = '<row r="1"><c r="A1"{}</c></row>'

PACKAGES = {
    "nothing": Bad("a.xlsx", lambda: b"", "empty_file"),
    "only zeros": Bad("a.xlsx", lambda: b"\0" * 5000, "empty_file"),
    "only white space": Bad("a.csv", lambda: b" \r\n\t\n" * 100, "empty_file"),
    "the first half": Bad("a.xlsx", lambda: _office()[: len(_office()) // 2], "damaged_file"),
    "the last half": Bad("a.xlsx", lambda: _office()[len(_office()) // 2 :], "unknown_file"),
    "all but the last byte": Bad("a.xlsx", lambda: _office()[:-1], "damaged_file"),
    "a stream with bytes changed": Bad("a.xlsx", _corrupt_stream, "damaged_file"),
    "a bomb of white space": Bad("a.xlsx", _spaces, "hostile_file"),
    "a bomb of cells": Bad("a.xlsx", lambda: _tiny_cells(8_000_000), "hostile_file"),
    "many cells of nothing": Bad("a.xlsx", lambda: _tiny_cells(16_384), {(0, 0): 1.0, (0, 16_383): 1.0}),
    "more cells in a row than there are columns": Bad("a.xlsx", lambda: _tiny_cells(400_000), "hostile_file"),
    "elements inside elements without end": Bad("a.xlsx", lambda: _deep(300_000), "damaged_file"),
    "two cells, a world apart": Bad("a.xlsx", lambda: make.rows_xlsx(make.CORNER), "hostile_file"),
    "a merge over the whole sheet": Bad("a.xlsx", lambda: _merged(["A1:XFD1048576"]), {(0, 0): 7.0, (2, 1): 8.0}),
    "a merge over a whole table": Bad("a.xlsx", lambda: _merged(["A1:CV2000"], _TABLE), {(0, 0): 1.0, (0, 1): None}),
    "merges over merges": Bad("a.xlsx", lambda: _overlapping(20_000), "hostile_file"),
    "one huge text, 30,000 times": Bad("a.xlsx", lambda: _huge_text(30_000, 32_767), "hostile_file"),
    "one long text, a thousand times": Bad("a.xlsx", lambda: _huge_text(1000, 300), {(999, 0): "长" * 300}),
    "entities inside entities": Bad("a.xlsx", lambda: _sheet_part(laughs() + "<worksheet/>"), "hostile_file"),
    "an entity that reads a file": Bad(
        "a.xlsx",
        lambda: make.rows_xlsx(
            A1.format(' t="s"><v>0</v>'),
            **{
                "xl/sharedStrings.xml": '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'
            },
        ),
        "hostile_file",
    ),
    "a password": Bad(
        "a.xlsx", lambda: make.ole({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"}), "encrypted_file"
    ),
    "a password on an old workbook": Bad(
        "a.xls", lambda: make.xls(b"", make.biff(0x002F, b"\1\0\1\0\1\0" + b"\0" * 48)), "encrypted_file"
    ),
    "an .xlsx that is called .csv": Bad("a.csv", _office, {(0, 0): "村", (199, 2): 199 * 100.5}),
    "a text that is called .xlsx": Bad("a.xlsx", TEXT.encode, {(1, 0): "甲村", (1, 1): "3"}),
    "an old workbook that is called .xlsx": Bad("a.xlsx", make.old_xls, {(1, 0): "村", (2, 1): 3.0}),
    "a picture that is called .xlsx": Bad(
        "a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "unknown_file"
    ),
    "a part twice": Bad("a.xlsx", lambda: _twice("xl/worksheets/s.xml", "xl/worksheets/s.xml"), "hostile_file"),
    "a part twice, in capitals": Bad(
        "a.xlsx", lambda: _twice("xl/worksheets/s.xml", "XL/worksheets/S.xml"), "hostile_file"
    ),
    "a dimension too large": Bad("a.xlsx", lambda: _lies("A1:XFD1048576"), {(0, 0): 1.0}),
    "a dimension too small": Bad(
        "a.xlsx",
        lambda: make.xlsx('<dimension ref="A1"/><sheetData><row r="2"><c r="C2"><v>1</v></c></row></sheetData>'),
        {(1, 2): 1.0},
    ),
    "a dimension that is none": Bad("a.xlsx", lambda: _lies("甲:乙"), "damaged_file"),
    "cells without references": Bad(
        "a.xlsx",
        lambda: make.rows_xlsx(
            '<row><c><v>1</v></c><c t="inlineStr"><is><t>村</t></is></c></row><row r="4"><c r="C4"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>'
        ),
        {(0, 0): 1.0, (0, 1): "村", (3, 2): 2.0, (3, 3): 3.0, (4, 0): 4.0},
    ),
    "300 sheets": Bad("a.xlsx", lambda: _many_sheets(300), {(0, 0): "村", (0, 1): 0.0}),
    "16,384 columns": Bad("a.xlsx", lambda: _wide(16_384), {(0, 0): 0.0, (2, 16_383): 3 * 16_384 - 1.0}),
    "the strict form of the standard": Bad("a.xlsx", _strict, {(0, 0): "村", (0, 1): 2.0}),
    "styles of no bytes": Bad(
        "a.xlsx", lambda: make.rows_xlsx(A1.format(' s="3"><v>5</v>'), **{"xl/styles.xml": ""}), {(0, 0): 5.0}
    ),
    "no styles": Bad("a.xlsx", lambda: make.rows_xlsx(A1.format(' s="3"><v>5</v>')), {(0, 0): 5.0}),
    "a cell of a million characters": Bad(
        "a.xlsx",
        lambda: make.rows_xlsx(A1.format(f' t="inlineStr"><is><t>{"长" * 1_000_000}</t></is>')),
        {(0, 0): "长" * 1_000_000},
    ),
    "a number of a million digits": Bad(
        "a.xlsx", lambda: make.rows_xlsx(A1.format(f"><v>{'1' * 1_000_000}</v>")), {(0, 0): None}
    ),
    "control characters": Bad(
        "a.xlsx",
        lambda: make.rows_xlsx(A1.format(' t="s"><v>0</v>'), **make.shared("甲_x0007_村_x001B_[31m")),
        {(0, 0): "甲\x07村\x1b[31m"},
    ),
    "control characters as they are": Bad(
        "a.xlsx",
        lambda: make.rows_xlsx(A1.format(' t="inlineStr"><is><t>甲\x07村</t></is>')),
        {(0, 0): "甲\x07村"},
    ),
    "half a character": Bad(
        "a.xlsx", lambda: make.rows_xlsx(A1.format(' t="inlineStr"><is><t>甲&#xD83D;村</t></is>')), "damaged_file"
    ),
    "half a character, as Excel writes it": Bad(
        "a.xlsx",
        lambda: make.rows_xlsx(A1.format(' t="s"><v>0</v>'), **make.shared("甲_xD83D_村")),
        {(0, 0): "甲_xD83D_村"},
    ),
    "sheets named like formulas": Bad(
        "a.xlsx", lambda: _names("=cmd|'/c calc'!A1", "+1", "@SUM(A1)", "-2", "&#9;x", "../../x"), {(0, 0): 1.0}
    ),
    "a file named like a formula": Bad("=1+2.xlsx", _office, {(0, 0): "村"}),
    "links to other files": Bad(
        "a.xlsx",
        lambda: make.rows_xlsx(
            A1.format("><f>'[1]表'!A1</f><v>5</v>"),
            **{
                "xl/externalLinks/externalLink1.xml": "<externalLink/>",
                "xl/externalLinks/_rels/externalLink1.xml.rels": "<Relationships/>",
            },
        ),
        {(0, 0): 5.0},
    ),
    "macros": Bad(
        "a.xlsm",
        lambda: make.rows_xlsx(A1.format("><v>5</v>"), **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99}),
        {(0, 0): 5.0},
    ),
    "a text that no table holds": Bad(
        "a.xlsx", lambda: make.rows_xlsx(A1.format(' t="s"><v>7</v>'), **make.shared("村")), "damaged_file"
    ),
    "a text by a number that is none": Bad(
        "a.xlsx", lambda: make.rows_xlsx(A1.format(' t="s"><v>x</v>'), **make.shared("村")), "damaged_file"
    ),
    "a number in pieces": Bad("a.xlsx", lambda: make.rows_xlsx(A1.format("><v>1<!-- -->0</v>")), {(0, 0): 10.0}),
    "a number as an entity": Bad("a.xlsx", lambda: make.rows_xlsx(A1.format("><v>1&#48;</v>")), {(0, 0): 10.0}),
    "a cell with two values": Bad("a.xlsx", lambda: make.rows_xlsx(A1.format("><v>1</v><v>2</v>")), "damaged_file"),
    "a value and a text in one cell": Bad(
        "a.xlsx", lambda: make.rows_xlsx(A1.format("><v>1</v><is><t>x</t></is>")), "damaged_file"
    ),
    "a row twice": Bad("a.xlsx", lambda: make.rows_xlsx(2 * '<row r="1"><c r="A1"><v>1</v></c></row>'), "damaged_file"),
    "one cell twice": Bad(
        "a.xlsx",
        lambda: make.rows_xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        "damaged_file",
    ),
}

ALL = {**PACKAGES, **OTHERS}
