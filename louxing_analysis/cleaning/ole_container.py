"""An OLE file (.xls .et, and any encrypted workbook) → its streams, every chain of sectors bounded."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from louxing_analysis.cleaning.packages import Unreadable

_END_OF_CHAIN, _MOST_SECTOR = 0xFFFFFFFE, 0xFFFFFFFA
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_WORKBOOK = ("workbook", "book")
_DAMAGED = "OLE 结构损坏 / the OLE structure is damaged"
_NO_WORKBOOK = "OLE 文件中没有工作簿 / an OLE file without a workbook"


def kind_of(data: bytes) -> str:
    """'xls' for an OLE file with a workbook in it; raises Unreadable for an encrypted one and for anything else."""
    container = _Container(data)
    if container.root is None:
        raise Unreadable("damaged_file", "OLE 目录缺失 / the directory is missing")
    names = [entry.name for entry in container.entries]
    if "encryptedpackage" in names:
        raise Unreadable("encrypted_file")
    if not any(name in names for name in _WORKBOOK):
        raise Unreadable("unknown_file", _NO_WORKBOOK)
    return "xls"


def workbook_stream(data: bytes) -> bytes:
    """The bytes of the stream that holds the workbook; raises Unreadable."""
    return _Container(data).stream(_WORKBOOK)


class _Container:
    """The streams of an OLE file, found through its sector table; every chain is bounded by the number of sectors."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise Unreadable("damaged_file", _DAMAGED)
        self.data = data
        self.sector = 1 << _bounded(struct.unpack_from("<H", data, 30)[0], 9, 12)
        self.table = self._sector_table()
        start, self.cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
        directory = b"".join(self._chain(start))
        every = [_entry(directory, at) for at in range(0, len(directory) - 127, 128)]
        self.root = next((entry for entry in every if entry.kind == _ROOT), None)
        self.entries = [every[number] for number in self._below_root(every)] or [
            entry for entry in every if entry.kind in (_STORAGE, _STREAM)
        ]

    def _below_root(self, every: list[_Entry]) -> list[int]:
        """The entries that stand in the root itself, not inside an embedded document."""
        found: list[int] = []
        waiting = [self.root.child] if self.root else []
        while waiting:
            number = waiting.pop()
            if number < len(every) and number not in found and every[number].kind in (_STORAGE, _STREAM):
                found.append(number)
                waiting += [every[number].left, every[number].right]
        return sorted(found)

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
            for entry in self.entries:
                if entry.name == wanted and entry.kind == _STREAM:
                    found = self._read(entry.start, entry.size)
                    if len(found) < entry.size:
                        raise Unreadable("damaged_file", "OLE 流不完整 / a stream that is cut off")
                    return found
        raise Unreadable("unknown_file", _NO_WORKBOOK)

    def _read(self, start: int, size: int) -> bytes:
        if size >= self.cutoff:
            return b"".join(self._chain(start))[:size]
        if self.root is None:
            raise Unreadable("damaged_file", _DAMAGED)
        store = b"".join(self._chain(self.root.start))
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
        raise Unreadable("damaged_file", _DAMAGED)
    return value


class _Entry(NamedTuple):
    """One entry of the directory; the name in lower case."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def _entry(directory: bytes, at: int) -> _Entry:
    length, kind, left, right, child = struct.unpack_from("<HBxIII", directory, at + 64)
    name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
    start, size = struct.unpack_from("<II", directory, at + 116)
    return _Entry(name, kind, left, right, child, start, size)
