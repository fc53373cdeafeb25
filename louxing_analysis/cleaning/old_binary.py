"""An old workbook (.xls, and .et that is one inside) → one grid per sheet.

Read here and not by calamine, which sets memory aside for whatever size a sheet states, follows chains of sectors without
end, takes a text that is not there for an empty cell, and knows no Chinese built-in dates.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from louxing_analysis.cleaning.grids import Grid
from louxing_analysis.cleaning.number_formats import from_serial, kinds_of
from louxing_analysis.cleaning.ole_container import workbook_stream
from louxing_analysis.cleaning.packages import Unreadable
from louxing_analysis.cleaning.shared_texts import code_page, shared_texts, text_of

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOF, _EOF, _CONTINUE, _PASSWORD = 0x0809, 0x000A, 0x003C, 0x002F
_CODE_PAGE, _1904, _FORMAT, _STYLE, _SHARED, _SHEET = 0x0042, 0x0022, 0x041E, 0x00E0, 0x00FC, 0x0085
_NUMBER, _RK, _RKS, _TEXT, _RICH, _SHARED_TEXT, _BOOL = 0x0203, 0x027E, 0x00BD, 0x0204, 0x00D6, 0x00FD, 0x0205
_FORMULAS, _RESULT = (0x0006, 0x0206, 0x0406), 0x0207
_ROW, _COLUMN, _MERGES = 0x0208, 0x007D, 0x00E5
_EXCEL_97 = 0x0600
_NO_TEXT = frozenset({3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 19, 20})  # + - * / ^, comparisons, minus and %
_OF_NUMBERS = frozenset({0, 4, 5, 6, 7, 27})  # COUNT SUM AVERAGE MIN MAX ROUND


@dataclass
class _Book:
    """What the sheets of a workbook share."""

    encoding: str = ""  # '' where texts say themselves how wide they are (Excel 97 and after)
    since_1904: bool = False
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    sheets: list[tuple[int, int, str]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def read(data: bytes) -> list[Grid]:
    """The worksheets of an .xls workbook; raises Unreadable for one that is damaged, hostile or encrypted."""
    stream = workbook_stream(data)
    try:
        book = _book(stream)
        names = [name for _, _, name in book.sheets]
        if len(set(names)) < len(names):
            raise Unreadable("hostile_file", "工作表重名 / two sheets of one name")
        return [_sheet(stream, book, *sheet) for sheet in book.sheets]
    except (struct.error, IndexError) as error:
        raise Unreadable("damaged_file", "BIFF") from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    """Kind, place and body of the records from a place on, as far as they are whole."""
    unpack, size = struct.Struct("<HH").unpack_from, len(stream)
    while at + 4 <= size:
        kind, length = unpack(stream, at)
        yield kind, at, stream[at + 4 : at + 4 + length]
        at += 4 + length
    raise Unreadable("damaged_file", "BIFF 记录不完整 / the records break off")


def _continued(stream: bytes, at: int) -> list[bytes]:
    """The body of the record at a place, and those of the records that continue it."""
    pieces: list[bytes] = []
    for kind, place, body in _records(stream, at):
        if place != at and kind != _CONTINUE:
            break
        pieces.append(body)
    return pieces


def _book(stream: bytes) -> _Book:
    book = _Book()
    for kind, at, body in _records(stream, 0):
        if at == 0:
            if kind != _BOF:
                raise Unreadable("damaged_file", "BIFF")
            book.encoding = "" if struct.unpack_from("<H", body)[0] >= _EXCEL_97 else "gb18030"
        elif kind == _PASSWORD:
            raise Unreadable("encrypted_file")
        elif kind == _CODE_PAGE and book.encoding:
            book.encoding = code_page(struct.unpack_from("<H", body)[0])
        elif kind == _1904:
            book.since_1904 = body[:2] == b"\1\0"
        elif kind == _FORMAT:
            book.codes[struct.unpack_from("<H", body)[0]] = _code(body, book.encoding)
        elif kind == _STYLE:
            book.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHARED:
            book.texts = shared_texts(_continued(stream, at))
        elif kind == _SHEET:
            place, state, sort = struct.unpack_from("<IBB", body)
            if sort == 0:  # a worksheet; charts and macro sheets are others
                book.sheets.append((place, state & 3, _short_text(body[6:], book.encoding)))
        elif kind == _EOF:
            break
    book.kinds = kinds_of(book.styles, book.codes)
    return book


def _code(body: bytes, encoding: str) -> str:
    return body[3 : 3 + body[2]].decode(encoding, "replace") if encoding else text_of([body], 2, "")


def _short_text(body: bytes, encoding: str) -> str:
    """A text after its length in one byte."""
    if encoding:
        return body[1 : 1 + body[0]].decode(encoding, "replace")
    wide = body[1] & 1
    return body[2 : 2 + body[0] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _sheet(stream: bytes, book: _Book, start: int, state: int, name: str) -> Grid:
    """Follow the records of one sheet up to its end; charts drawn on the sheet are passed over."""
    grid, depth = Grid(name), 0
    grid.scan.hidden = state != 0
    awaited: tuple[int, int] | None = None  # the formula whose text comes in the next record
    cell = struct.Struct("<HHH").unpack_from
    for kind, at, body in _records(stream, start):
        if at == start and kind != _BOF:
            raise Unreadable("damaged_file", "BIFF 工作表位置不对 / a sheet that is not where it should be")
        if kind in (_BOF, _EOF):
            depth += 1 if kind == _BOF else -1
            if depth == 0:
                break
        elif depth > 1:
            continue
        elif kind == _SHARED_TEXT:
            row, column, _ = cell(body)
            grid.put(row, column, _shared_text(book, body))
        elif kind == _RK:
            row, column, style = cell(body)
            grid.put(row, column, _dated(book, style, rk_number(struct.unpack_from("<I", body, 6)[0])))
        elif kind == _NUMBER:
            row, column, style = cell(body)
            grid.put(row, column, _dated(book, style, struct.unpack_from("<d", body, 6)[0]))
        elif kind == _RKS:
            _put_several(grid, book, body)
        elif kind in _FORMULAS:
            awaited = _put_formula(grid, book, body)
        elif kind == _RESULT:
            text = text_of(_continued(stream, at), 0, book.encoding)
            if awaited is None and text:
                raise Unreadable("damaged_file", "BIFF 公式结果不符 / a formula's text without its formula")
            if awaited is not None:
                grid.put(*awaited, text)
            awaited = None
        elif kind in (_TEXT, _RICH):
            row, column, _ = cell(body)
            grid.put(row, column, text_of(_continued(stream, at), 6, book.encoding))
        elif kind == _BOOL:
            row, column, _ = cell(body)
            if body[7]:
                grid.scan.unreadable[row, column] = ("error_cell", ERRORS.get(body[6], "#?"))
            else:
                grid.put(row, column, body[6] != 0)
        else:
            _note_layout(grid, kind, body)
    return grid


def _note_layout(grid: Grid, kind: int, body: bytes) -> None:
    """What is hidden, and what is merged."""
    if kind == _ROW:
        row, flags = struct.unpack_from("<H10xH", body)
        if flags & 0x20:
            grid.scan.hidden_rows.add(row)
    elif kind == _COLUMN:
        first, last, flags = struct.unpack_from("<HH4xH", body)
        if flags & 1:
            grid.scan.hidden_columns.update(range(first, min(last, 256) + 1))
    elif kind == _MERGES:
        count = struct.unpack_from("<H", body)[0]
        for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + 8 * count]):
            grid.merge(top, left, bottom - top + 1, right - left + 1)


def _shared_text(book: _Book, body: bytes) -> str:
    number = struct.unpack_from("<I", body, 6)[0]
    if number >= len(book.texts):
        raise Unreadable("damaged_file", "缺少共享字符串 / a shared text is missing")
    return book.texts[number]


def rk_number(packed: int) -> float:
    """A number packed into 30 bits, as .xls and .xlsb keep short ones."""
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number


def _dated(book: _Book, style: int, number: float) -> Any:
    kind = book.kinds[style] if style < len(book.kinds) else ""
    return from_serial(number, kind, book.since_1904) if kind else number


def _put_several(grid: Grid, book: _Book, body: bytes) -> None:
    """Numbers side by side in one record."""
    row, column = struct.unpack_from("<HH", body)
    for style, packed in struct.iter_unpack("<HI", body[4 : 4 + (len(body) - 6) // 6 * 6]):
        grid.put(row, column, _dated(book, style, rk_number(packed)))
        column += 1


def _put_formula(grid: Grid, book: _Book, body: bytes) -> tuple[int, int] | None:
    """The stored result of a formula; returns its place where the result is a text, which comes in a record of its own."""
    row, column, style = struct.unpack_from("<HHH", body)
    result, flags = body[6:14], struct.unpack_from("<H", body, 14)[0]
    if result[6:] != b"\xff\xff":
        number = struct.unpack("<d", result)[0]
        if number == 0 and flags & 2:  # to be worked out on opening, as programs write it that cannot do so themselves
            grid.scan.unreadable[row, column] = ("not_calculated", "=")
        else:
            grid.put(row, column, _dated(book, style, number))
    elif result[0] == 0:
        return row, column
    elif result[0] == 1:
        grid.put(row, column, result[2] != 0)
    elif result[0] == 2:
        grid.scan.unreadable[row, column] = ("error_cell", ERRORS.get(result[2], "#?"))
    elif result[0] == 3 and _is_number_formula(body[22 : 22 + struct.unpack_from("<H", body, 20)[0]]):
        grid.scan.unreadable[row, column] = ("not_calculated", "=")
    return None


def _is_number_formula(tokens: bytes) -> bool:
    """Whether the last step of a formula can only give a number, so that an empty text is no result of it."""
    tokens = tokens[:-1] if tokens[-1:] == b"\x15" else tokens  # brackets around the whole
    if tokens[-4:-2] == b"\x19\x10" or (tokens[-1:] and tokens[-1] in _NO_TEXT):  # SUM of one range
        return True
    return (
        len(tokens) >= 4 and tokens[-4] in (0x22, 0x42, 0x62) and int.from_bytes(tokens[-2:], "little") in _OF_NUMBERS
    )
