"""A binary workbook (.xlsb) → one grid per sheet.

Read here and not by calamine, which gives whole-numbered dates as numbers, and no hidden rows, error cells or merges.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from louxing_analysis.cleaning.grids import Grid
from louxing_analysis.cleaning.number_formats import from_serial, kinds_of
from louxing_analysis.cleaning.old_binary import ERRORS, rk_number
from louxing_analysis.cleaning.packages import Unreadable, has_part, main_part, open_package, part_bytes, relations

_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH = 0, 2, 3, 4, 5, 6, 7, 62
_TEXT_FORMULA, _NUMBER_FORMULA, _BOOL_FORMULA, _ERROR_FORMULA = 8, 9, 10, 11
_NEXT_TO = range(12, 19)  # the same seven kinds of cell, each without its column: next to the one before
_COLUMN, _MERGE, _SHEET, _PROPERTIES, _ITEM, _FORMAT, _STYLE = 60, 176, 156, 153, 19, 44, 47
_BEGIN_STYLES, _END_STYLES, _END_DATA = 617, 618, 146
_OTHER_SHEETS = ("chartsheets/", "dialogsheets/", "macrosheets/")
_BEYOND = {43: "#GETTING_DATA"}


@dataclass
class _Book:
    """What the sheets of a workbook share."""

    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    since_1904: bool = False


def read(data: bytes) -> list[Grid]:
    """The worksheets of an .xlsb workbook; raises Unreadable for one that is damaged or hostile."""
    package = open_package(data)
    main = main_part(package)
    targets = relations(package, main)
    book, grids = _Book(), []
    try:
        for kind in ("sharedStrings", "styles"):
            part = next(
                (target for target in sorted(targets.values()) if target.lower().endswith(f"/{kind.lower()}.bin")), ""
            )
            if part and has_part(package, part):
                (_read_texts if kind == "sharedStrings" else _read_styles)(book, part_bytes(package, part))
        for record, body in _records(part_bytes(package, main)):
            if record == _PROPERTIES:
                book.since_1904 = bool(body[0] & 1)
            elif record == _SHEET:
                relation, after = _text(body, 8)
                name, _ = _text(body, after)
                if not any(other in targets.get(relation, "").lower() for other in _OTHER_SHEETS):
                    grids.append(_sheet(package, targets.get(relation, ""), name, book))
                    grids[-1].scan.hidden = struct.unpack_from("<I", body)[0] != 0
    except (struct.error, IndexError) as error:
        raise Unreadable("damaged_file", "BIFF12") from error
    if len({grid.name for grid in grids}) < len(grids):
        raise Unreadable("hostile_file", "工作表重名 / two sheets of one name")
    return grids


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of every record; both lengths are written 7 bits to the byte."""
    at = 0
    while at < len(data):
        record = data[at]
        at += 1
        if record & 0x80:
            record = record & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        for _ in range(4):
            length |= (data[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not data[at - 1] & 0x80:
                break
        if at + length > len(data):
            raise Unreadable("damaged_file", "BIFF12")
        yield record, data[at : at + length]
        at += length


def _text(body: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + 2 * length
    if end > len(body):
        raise Unreadable("damaged_file", "BIFF12 字符串不完整 / a text that is cut off")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _read_texts(book: _Book, data: bytes) -> None:
    book.texts = [_text(body, 1)[0] for record, body in _records(data) if record == _ITEM]


def _read_styles(book: _Book, data: bytes) -> None:
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside = False
    for record, body in _records(data):
        if record == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
        elif record in (_BEGIN_STYLES, _END_STYLES):
            inside = record == _BEGIN_STYLES
        elif record == _STYLE and inside:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    book.kinds = kinds_of(styles, codes)


def _sheet(package: zipfile.ZipFile, part: str, name: str, book: _Book) -> Grid:
    grid, row, column, ended = Grid(name), -1, -1, False
    for record, body in _records(part_bytes(package, part)):
        if record == _ROW:
            row, column = struct.unpack_from("<I", body)[0], -1
            if body[11] & 0x10:
                grid.scan.hidden_rows.add(row)
        elif 1 <= record <= 18 or record == _RICH:
            if record in _NEXT_TO:
                record, column = record - 11, column + 1
                body = b"\0\0\0\0" + body
            else:
                column = struct.unpack_from("<I", body)[0]
            _put(grid, row, column, record, body, book)
        elif record == _COLUMN:
            first, last, flags = struct.unpack_from("<II8xH", body)
            if flags & 1:
                grid.scan.hidden_columns.update(range(first, min(last, 16_383) + 1))
        elif record == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            grid.merge(top, left, bottom - top + 1, right - left + 1)
        ended |= record == _END_DATA
    if not ended:
        raise Unreadable("damaged_file", "BIFF12 记录不完整 / the records break off")
    return grid


def _put(grid: Grid, row: int, column: int, record: int, body: bytes, book: _Book) -> None:
    """One cell: its column and style come first, its value after 8 bytes."""
    if row < 0 or row >= 1_048_576 or column >= 16_384:
        raise Unreadable("hostile_file", "单元格地址异常 / cell references that cannot be")
    if record in (_ERROR, _ERROR_FORMULA):
        grid.scan.unreadable[row, column] = ("error_cell", ERRORS.get(body[8], _BEYOND.get(body[8], "#?")))
    elif record == _RK:
        grid.put(row, column, _dated(book, body, rk_number(struct.unpack_from("<I", body, 8)[0])))
    elif record in (_REAL, _NUMBER_FORMULA):
        grid.put(row, column, _dated(book, body, struct.unpack_from("<d", body, 8)[0]))
    elif record == _SHARED:
        number = struct.unpack_from("<I", body, 8)[0]
        if number >= len(book.texts):
            raise Unreadable("damaged_file", "缺少共享字符串 / a shared text is missing")
        grid.put(row, column, book.texts[number])
    elif record in (_TEXT, _TEXT_FORMULA, _RICH):
        grid.put(row, column, _text(body, 9 if record == _RICH else 8)[0])
    elif record in (_BOOL, _BOOL_FORMULA):
        grid.put(row, column, body[8] != 0)


def _dated(book: _Book, body: bytes, number: float) -> Any:
    style = int.from_bytes(body[4:7], "little")
    kind = book.kinds[style] if style < len(book.kinds) else ""
    return from_serial(number, kind, book.since_1904) if kind else number
