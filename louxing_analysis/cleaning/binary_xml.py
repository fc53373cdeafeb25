"""A binary workbook (.xlsb) → what its sheets hold that a reader would blank, hide or be killed by, and its merges."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from louxing_analysis.cleaning.packages import Unreadable, check_area, part_bytes, relations
from louxing_analysis.cleaning.sheet_xml import SheetScan

_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
_ROW, _ERROR_CELL, _ERROR_FORMULA, _COLUMN, _MERGE, _SHEET = 0, 3, 11, 60, 176, 156


def scan_sheets(package: zipfile.ZipFile, main: str) -> dict[str, SheetScan]:
    """Sheet name → its size checked, error cells, hidden rows and columns, merges; raises Unreadable."""
    targets = relations(package, main)
    found: dict[str, SheetScan] = {}
    try:
        for record, body in _records(part_bytes(package, main)):
            if record == _SHEET:
                relation, after = _text(body, 8)
                name, _ = _text(body, after)
                if "worksheets" in targets.get(relation, ""):
                    found[name] = _scan(part_bytes(package, targets[relation]))
    except (struct.error, IndexError) as error:
        raise Unreadable("damaged_file", "BIFF12") from error
    return found


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and body of every record; both lengths are written 7 bits to the byte."""
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
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _scan(data: bytes) -> SheetScan:
    found = SheetScan(merges=[])
    row = rows = columns = cells = 0
    for record, body in _records(data):
        if record == _ROW:
            row = struct.unpack_from("<I", body)[0]
            if body[11] & 0x10:
                found.hidden_rows.add(row)
        elif 1 <= record <= 11 or record == 62:
            column = struct.unpack_from("<I", body)[0]
            rows, columns, cells = max(rows, row + 1), max(columns, column + 1), cells + 1
            if record in (_ERROR_CELL, _ERROR_FORMULA):
                found.unreadable[row, column] = ("error_cell", _ERRORS.get(body[8], "#?"))
        elif record == _COLUMN:
            first, last, *_, flags = struct.unpack_from("<IIIIH", body)
            if flags & 1:
                found.hidden_columns.update(range(first, min(last, 16_383) + 1))
        elif record == _MERGE and found.merges is not None:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            found.merges.append((top, left, bottom, right))
    check_area(rows, columns, cells)
    return found
