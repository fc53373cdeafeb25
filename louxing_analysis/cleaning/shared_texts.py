"""The texts that cells of an .xls workbook share, and the texts that stand in its records."""

from __future__ import annotations

import struct

from louxing_analysis.cleaning.packages import Unreadable

_WIDE, _ASIAN, _RICH = 1, 4, 8
_CODE_PAGES = {
    936: "gb18030",
    950: "big5",
    932: "cp932",
    949: "cp949",
    1252: "cp1252",
    1250: "cp1250",
    1251: "cp1251",
    874: "cp874",
    437: "cp437",
    850: "cp850",
    10008: "gb18030",
    10000: "mac-roman",
    32768: "mac-roman",
    32769: "cp1252",
    65001: "utf-8",
}


def code_page(number: int) -> str:
    """How bytes of text are read in workbooks of Excel 95 and before; without word of it, as Chinese."""
    return _CODE_PAGES.get(number, "gb18030")


class _Pieces:
    """The bodies of a record and of those that continue it, read as one."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.number = self.at = 0

    def ended(self) -> bool:
        """Whether nothing is left."""
        while self.number < len(self.pieces) and self.at >= len(self.pieces[self.number]):
            self.number, self.at = self.number + 1, 0
        return self.number >= len(self.pieces)

    def take(self, count: int) -> bytes:
        """So many bytes, across pieces."""
        taken = b""
        while len(taken) < count:
            if self.ended():
                raise Unreadable("damaged_file", "BIFF 字符串不完整 / texts that are cut off")
            piece = self.pieces[self.number][self.at : self.at + count - len(taken)]
            self.at += len(piece)
            taken += piece
        return taken

    def text(self, length: int, flags: int) -> str:
        """So many characters; where they run into the next piece, its first byte says anew how wide they are."""
        parts: list[str] = []
        while length:
            if self.number < len(self.pieces) and self.at >= len(self.pieces[self.number]):
                self.number, self.at = self.number + 1, 0
                flags = self.take(1)[0]
            if self.number >= len(self.pieces):
                raise Unreadable("damaged_file", "BIFF 字符串不完整 / texts that are cut off")
            width = 2 if flags & _WIDE else 1
            count = min(length, (len(self.pieces[self.number]) - self.at) // width)
            if count == 0:
                raise Unreadable("damaged_file", "BIFF 字符串不完整 / texts that are cut off")
            written = self.pieces[self.number][self.at : self.at + count * width]
            parts.append(written.decode("utf-16-le", "replace") if width == 2 else written.decode("latin-1"))
            self.at += count * width
            length -= count
        return "".join(parts)


def shared_texts(pieces: list[bytes]) -> list[str]:
    """The table of texts, from its record and those that continue it; raises Unreadable where it is cut off."""
    reading = _Pieces(pieces)
    stated = struct.unpack("<I", reading.take(8)[4:])[0]
    found: list[str] = []
    while len(found) < stated and not reading.ended():
        length, flags = struct.unpack("<HB", reading.take(3))
        runs = struct.unpack("<H", reading.take(2))[0] if flags & _RICH else 0
        phonetic = struct.unpack("<I", reading.take(4))[0] if flags & _ASIAN else 0
        found.append(reading.text(length, flags))
        reading.take(4 * runs + phonetic)
    return found


def text_of(pieces: list[bytes], at: int, encoding: str) -> str:
    """A text inside a record, after its length in two bytes; `encoding` is '' where the text says itself how wide it is."""
    reading = _Pieces(pieces)
    length = struct.unpack("<H", reading.take(at + 2)[at:])[0]
    if encoding:
        return reading.take(length).decode(encoding, "replace")
    return reading.text(length, reading.take(1)[0]) if length else ""
