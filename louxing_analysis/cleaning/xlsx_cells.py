"""The XML of an .xlsx sheet that is written unlike the usual programs write it → its cells, by a parser that misses nothing.

A fast reader takes much on trust: of a number in pieces it reads the first, a reference to no text it takes for the first
text, of a cell given twice it keeps one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from louxing_analysis.cleaning.grids import Grid
from louxing_analysis.cleaning.number_formats import from_serial
from louxing_analysis.cleaning.packages import Unreadable, walk_xml
from louxing_analysis.cleaning.sheet_bytes import column_number

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NO_NUMBERS = ("nan", "inf", "-inf")  # as some programs write them; they are named as such later
_BLANK = " \t\r\n"


class Texts:
    """Follows the texts of a cell or of the shared table: runs are joined, what tells the pronunciation is left out."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.run: list[str] | None = None
        self.keeps_space = False
        self.phonetic = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element inside <si> or <is> opens."""
        self.phonetic += name == "rPh"
        if name == "t" and not self.phonetic:
            self.run, self.keeps_space = [], given.get("space") == "preserve"

    def text(self, text: str) -> None:
        """Characters."""
        if self.run is not None:
            self.run.append(text)

    def end(self, name: str) -> None:
        """An element inside <si> or <is> closes."""
        self.phonetic -= name == "rPh"
        if name == "t" and self.run is not None:
            written = "".join(self.run)
            self.parts.append(written if self.keeps_space else written.strip(_BLANK))
            self.run = None

    def taken(self) -> str:
        """The whole text; the next one begins."""
        whole = unescaped("".join(self.parts))
        self.parts, self.run = [], None
        return whole


def unescaped(text: str) -> str:
    """_x000D_ is how Excel writes what XML cannot hold; half a character stays as it is written."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def shared_texts(data: bytes) -> list[str]:
    """The table of texts that cells refer to by number."""
    found: list[str] = []
    reading = Texts()

    def end(name: str) -> None:
        reading.end(name)
        if name == "si":
            found.append(reading.taken())

    walk_xml(data, reading.start, end, reading.text)
    return found


class _Sheet:
    """Follows a sheet's XML; a cell without a reference comes next to the one before."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[str], since_1904: bool) -> None:
        self.shared, self.kinds, self.since_1904 = texts, kinds, since_1904
        self.grid = Grid("")
        self.seen: set[tuple[int, int]] = set()
        self.row = self.column = -1
        self.given: dict[str, str] | None = None
        self.value: list[str] | None = None
        self.inline: Texts | None = None
        self.found: Any = None

    def start(self, name: str, given: dict[str, str]) -> None:
        if self.inline is not None:
            self.inline.start(name, given)
        elif name == "row":
            self.row, self.column = int(given["r"]) - 1 if "r" in given else self.row + 1, -1
        elif name == "c":
            self._place(given.get("r"))
            self.given, self.found = given, None
        elif name in ("v", "is") and self.given is not None:
            if self.found is not None and (name == "is" or self.given.get("t") != "inlineStr"):
                raise Unreadable("damaged_file", "一个单元格有两个值 / a cell with two values")
            self.value, self.inline = ([], None) if name == "v" else (None, Texts())
        elif name == "mergeCell":
            self._merge(given.get("ref", ""))

    def _place(self, reference: str | None) -> None:
        self.column += 1
        if reference is not None:
            match = _RANGE.fullmatch(reference.strip())
            if match is None or match[3]:
                raise Unreadable("hostile_file", f"单元格地址异常 / not a cell reference: {reference[:20]}")
            self.row, self.column = int(match[2]) - 1, column_number(match[1].upper())
        if (self.row, self.column) in self.seen:
            raise Unreadable("damaged_file", "同一单元格出现两次 / one cell is given twice")
        self.seen.add((self.row, self.column))

    def _merge(self, reference: str) -> None:
        match = _RANGE.fullmatch(reference.strip())
        if match is not None and match[3]:
            top, left = int(match[2]) - 1, column_number(match[1].upper())
            bottom, right = int(match[4]) - 1, column_number(match[3].upper())
            self.grid.merge(top, left, bottom - top + 1, right - left + 1)

    def text(self, text: str) -> None:
        if self.inline is not None:
            self.inline.text(text)
        elif self.value is not None:
            self.value.append(text)

    def end(self, name: str) -> None:
        if name == "is" and self.inline is not None:
            self.found, self.inline = self.inline.taken(), None
        elif self.inline is not None:
            self.inline.end(name)
        elif name == "v" and self.value is not None and self.given is not None:
            if self.given.get("t") != "inlineStr":
                self.found = self._typed(self.given, "".join(self.value))
            self.value = None
        elif name == "c":
            if self.found is not None:
                self.grid.put(self.row, self.column, self.found)
            self.given = None

    def _typed(self, given: dict[str, str], written: str) -> Any:
        kind = given.get("t", "")
        if kind == "str":
            return unescaped(written)
        bare = written.strip(_BLANK)
        if not bare or kind == "e":
            return None
        if kind == "s" and bare.isdecimal() and len(bare) < 10 and int(bare) < len(self.shared):
            return self.shared[int(bare)]
        if kind == "b" and bare in ("0", "1", "true", "false"):
            return bare in ("1", "true")
        if kind == "d":
            return _iso_date(bare)
        if kind in ("", "n") and (_NUMBER.fullmatch(bare) or bare.lower() in _NO_NUMBERS):
            style = given.get("s", "0")
            kinds = self.kinds[int(style) : int(style) + 1] if style.isdecimal() and len(style) < 7 else []
            return from_serial(float(bare), kinds[0], self.since_1904) if kinds else float(bare)
        if kind == "":
            return written
        raise Unreadable(
            "damaged_file", f"单元格内容与类型不符 / a value that is none of its type {kind[:9]}: {bare[:20]}"
        )


def _iso_date(written: str) -> Any:
    try:
        return datetime.datetime.fromisoformat(written) if "T" in written else datetime.date.fromisoformat(written)
    except ValueError:
        return written


def cells_of(data: bytes, texts: Sequence[str], kinds: Sequence[str], since_1904: bool) -> Grid:
    """The cells and merged ranges of a sheet; raises Unreadable where a cell says what cannot be."""
    reading = _Sheet(texts, kinds, since_1904)
    walk_xml(data, reading.start, reading.end, reading.text)
    return reading.grid
