"""An OLE file (.xls, WPS .et) → what its sheets hold that a reader would blank, hide or be killed by."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from louxing_analysis.cleaning.packages import Unreadable, check_area
from louxing_analysis.cleaning.sheet_xml import SheetScan

_END_OF_CHAIN, _MOST_SECTOR = 0xFFFFFFFE, 0xFFFFFFFA
_STREAMS = ("workbook", "book")
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MANY = {0x00BD: 6, 0x00BE: 2}  # MULRK and MULBLANK: one record, several cells, bytes for each
_WITH_ERRORS = {0x0205, 0x0006, 0x0206, 0x0406}  # BOOLERR, and FORMULA of three generations
_CELLS = {0x0201, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6, *_MANY, *_WITH_ERRORS}
_START, _END, _ROW, _COLUMN = 0x0809, 0x000A, 0x0208, 0x007D


def kind_of(data: bytes) -> str:
    """'xls' for an OLE file with a workbook in it; raises Unreadable for an encrypted one and for anything else."""
    names = [name for name, *_ in _Container(data).entries]
    if "encryptedpackage" in names:
        raise Unreadable("encrypted_file")
    if not any(name in names for name in _STREAMS):
        raise Unreadable("unknown_file", "OLE")
    return "xls"


class _Container:
    """The streams of an OLE file, found through its sector table; every chain is bounded by the number of sectors."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise Unreadable("damaged_file", "OLE")
        self.data = data
        self.sector = 1 << _bounded(struct.unpack_from("<H", data, 30)[0], 9, 12)
        self.table = self._sector_table()
        self.mini_table: tuple[int, ...] = ()
        start, self.cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
        directory = b"".join(self._chain(start))
        self.entries = [entry for at in range(0, len(directory) - 127, 128) if (entry := _entry(directory, at))]

    def _sector_table(self) -> tuple[int, ...]:
        numbers = list(struct.unpack_from("<109I", self.data, 76))
        following = struct.unpack_from("<I", self.data, 68)[0]
        per_sector = self.sector // 4
        for _ in range(len(self.data) // self.sector):
            if following > _MOST_SECTOR:
                break
            more = self._words(following)
            numbers.extend(more[:-1])
            following = more[-1] if len(more) == per_sector else _END_OF_CHAIN
        used = [number for number in numbers if number <= _MOST_SECTOR][: len(self.data) // self.sector + 1]
        return tuple(word for number in used for word in self._words(number))

    def _at(self, number: int) -> bytes:
        return self.data[(number + 1) * self.sector : (number + 2) * self.sector]

    def _words(self, number: int) -> tuple[int, ...]:
        block = self._at(number)
        return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])

    def _chain(self, number: int) -> Iterator[bytes]:
        for _ in range(len(self.data) // self.sector + 1):
            if number > _MOST_SECTOR or number >= len(self.table):
                return
            yield self._at(number)
            number = self.table[number]
        raise Unreadable("hostile_file", "OLE 扇区链成环 / a chain of sectors without end")

    def stream(self, names: tuple[str, ...]) -> bytes:
        """The bytes of the first stream that bears one of these names."""
        for wanted in names:
            for name, start, size, kind in self.entries:
                if name == wanted and kind == 2:
                    return self._read(start, size)
        raise Unreadable("unknown_file", "OLE")

    def _read(self, start: int, size: int) -> bytes:
        if size >= self.cutoff:
            return b"".join(self._chain(start))[:size]
        root = next((entry for entry in self.entries if entry[3] == 5), None)
        if root is None:
            raise Unreadable("damaged_file", "OLE")
        store = b"".join(self._chain(root[1]))
        table_bytes = b"".join(self._chain(struct.unpack_from("<I", self.data, 60)[0]))
        table = struct.unpack(f"<{len(table_bytes) // 4}I", table_bytes[: len(table_bytes) // 4 * 4])
        parts: list[bytes] = []
        number = start
        for _ in range(len(table) + 1):
            if number > _MOST_SECTOR or number >= len(table):
                return b"".join(parts)[:size]
            parts.append(store[number * 64 : number * 64 + 64])
            number = table[number]
        raise Unreadable("hostile_file", "OLE 扇区链成环 / a chain of sectors without end")


def _bounded(value: int, low: int, high: int) -> int:
    if not low <= value <= high:
        raise Unreadable("damaged_file", "OLE")
    return value


def _entry(directory: bytes, at: int) -> tuple[str, int, int, int] | None:
    """Name (lower case), first sector, size and type of one directory entry."""
    length, kind = struct.unpack_from("<HB", directory, at + 64)
    if kind not in (1, 2, 5) or not 2 <= length <= 64:
        return None
    name = directory[at : at + length - 2].decode("utf-16-le", "replace").lower()
    start, size = struct.unpack_from("<II", directory, at + 116)
    return name, start, size, kind


def scan_sheets(data: bytes) -> dict[str, SheetScan]:
    """Sheet name → its size checked, its error cells, hidden rows and columns; raises Unreadable."""
    stream = _Container(data).stream(_STREAMS)
    found: dict[str, SheetScan] = {}
    try:
        version = struct.unpack_from("<H", stream, 4)[0]
        for position, name in _sheets(stream, version):
            found[name] = _scan(stream, position)
    except (struct.error, IndexError) as error:
        raise Unreadable("damaged_file", "BIFF") from error
    return found


def _sheets(stream: bytes, version: int) -> Iterator[tuple[int, str]]:
    """Where every worksheet starts, and its name."""
    at = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if record == 0x002F:
            raise Unreadable("encrypted_file")
        if record == 0x0085 and body[5] == 0:  # 0 is a worksheet; charts and macro sheets are others
            yield struct.unpack_from("<I", body)[0], _sheet_name(body[6:], version)
        if record == 0x000A:
            return
        at += 4 + length


def _sheet_name(body: bytes, version: int) -> str:
    length = body[0]
    if version < 0x0600:  # Excel 95 and before: bytes in the code page of the machine, here Chinese
        return body[1 : 1 + length].decode("gb18030", "replace")
    return (
        body[2 : 2 + 2 * length].decode("utf-16-le", "replace")
        if body[1] & 1
        else body[2 : 2 + length].decode("latin-1")
    )


def _scan(stream: bytes, at: int) -> SheetScan:
    """Walk the records of one sheet up to its end; charts drawn on the sheet are passed over."""
    found, depth = SheetScan(), 0
    rows = columns = cells = 0
    unpack, last = struct.Struct("<HHHH").unpack_from, len(stream) - 8
    while at <= last:
        record, length, row, column = unpack(stream, at)
        if record in _CELLS:
            if record in _MANY:
                column = max(column, struct.unpack_from("<H", stream, at + 2 + length)[0])
                cells += max((length - 6) // _MANY[record], 0)
            elif record in _WITH_ERRORS:
                _note_error(stream, at, record, found)
            cells += 1
            rows = row + 1 if row >= rows else rows
            columns = column + 1 if column >= columns else columns
        elif record in (_START, _END):
            depth += 1 if record == _START else -1
            if depth <= 0:
                break
        elif record in (_ROW, _COLUMN):
            _note_hidden(stream, at, record, found)
        at += 4 + length
    check_area(rows, columns, cells)
    return found


def _note_hidden(stream: bytes, at: int, record: int, found: SheetScan) -> None:
    first, last = struct.unpack_from("<HH", stream, at + 4)
    if record == _ROW and struct.unpack_from("<H", stream, at + 16)[0] & 0x20:
        found.hidden_rows.add(first)
    elif record == _COLUMN and struct.unpack_from("<H", stream, at + 12)[0] & 1:
        found.hidden_columns.update(range(first, min(last, 256) + 1))


def _note_error(stream: bytes, at: int, record: int, found: SheetScan) -> None:
    """A cell whose value, or whose formula's stored result, is an error value."""
    row, column = struct.unpack_from("<HH", stream, at + 4)
    value = stream[at + 10 : at + 18]
    if record == 0x0205 and value[1:2] == b"\x01":
        found.unreadable[row, column] = ("error_cell", _ERRORS.get(value[0], "#?"))
    elif record != 0x0205 and value[6:8] == b"\xff\xff" and value[0] == 2:
        found.unreadable[row, column] = ("error_cell", _ERRORS.get(value[2], "#?"))
