"""The XML of one .xlsx sheet → its size, its hidden rows and columns, and the cells that a reader would blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

import numpy as np

from louxing_analysis.cleaning.packages import Unreadable, check_area, check_counts, walk_xml


@dataclass
class SheetScan:
    """What was found in a sheet before any reader opened it; rows and columns count from 0."""

    unreadable: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] | None = None  # where the reader gives none itself
    hidden: bool = False


_ERROR = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*\bt="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>\s*<f(?:[^>]*/>|[^>]*>([^<]*)</f>)\s*(<v>\s*</v>|<v\s*/>)?\s*</c>'
)
_HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="([0-9]{1,7})"[^>]*\bhidden="(?:1|true)"')
_COLUMN = re.compile(rb"<col ([^>]*)/?>")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


def scan_sheet(data: bytes) -> SheetScan:
    """Size, error cells, uncalculated formulas and hidden rows and columns of a sheet's XML.

    Excel, WPS, LibreOffice and the usual libraries all write `<c r="A1"`; such a sheet is searched as bytes, ten times as
    fast. Anything else (prefixes, other quotes, UTF-16) goes through an XML parser, which misses nothing.
    """
    begin, end = data.find(b"<sheetData>") + 11, data.rfind(b"</sheetData>")
    check_counts(data[end if end >= 0 else 0 :])
    body = data[begin:end] if 11 <= begin <= end else b""
    opened = _Opened.of(body) if body else None
    if opened is None or b"<!" in data[:begin] or b"<!" in data[end:]:
        return _parse(data)
    if opened.may_be_large():
        opened.check_size()
    found = SheetScan()
    if b't="e"' in body:
        for letters, digits, text in _ERROR.findall(body):
            found.unreadable[_place(letters.decode(), digits.decode())] = ("error_cell", _text(text))
    if opened.formulas:
        _uncalculated(body, found)
    if b'hidden="' in data:
        found.hidden_rows = {int(row) - 1 for row in _HIDDEN_ROW.findall(body)}
        _hidden_columns(data[:begin], found)
    return found


def _among(letters: bytes) -> np.ndarray:
    table = np.zeros(256, dtype=bool)
    table[list(letters)] = True
    return table


_INSIDE, _AFTER, _ELSEWHERE = _among(b"vft"), _among(b"> /"), _among(b"cr/")


@dataclass(frozen=True)
class _Opened:
    """The places in a sheet's data where elements open: `cells` are those of `<c r="`."""

    data: np.ndarray
    cells: np.ndarray
    formulas: bool

    @classmethod
    def of(cls, body: bytes) -> _Opened | None:
        """None where anything is written otherwise than the usual programs write it."""
        padded = np.frombuffer(body + b" " * 16, dtype=np.uint8)
        opens = np.flatnonzero(padded == ord("<"))
        first, second = padded[opens + 1], padded[opens + 2]
        cells, rows = opens[first == ord("c")], opens[first == ord("r")]
        if not (_all_read(padded, cells, b'<c r="') and _all_read(padded, rows, b'<row r="')):
            return None
        usual = _INSIDE[first] & _AFTER[second] | _ELSEWHERE[first] | (first == ord("i")) & (second == ord("s"))
        return cls(padded, cells, bool((first == ord("f")).any())) if usual.all() else None

    def may_be_large(self) -> bool:
        """Whether some cell stands beyond column EZ or row 9,999, so that the size must be worked out."""
        at = [self.data[self.cells + offset] for offset in range(6, 13)]
        two, three = at[1] >= 65, at[2] >= 65
        return bool((three | two & (at[0] > 69) | ~two & _digits(at[5]) | two & _digits(at[6])).any())

    def check_size(self) -> None:
        """Raise Unreadable for references that cannot be, or that span more than the cells could fill."""
        row, column = np.zeros(len(self.cells), dtype=np.int64), np.zeros(len(self.cells), dtype=np.int64)
        done = np.zeros(len(self.cells), dtype=bool)
        for offset in range(6, 17):
            at = self.data[np.minimum(self.cells + offset, len(self.data) - 1)]
            done |= at == ord('"')
            letter, digit = (at >= 65) & (at <= 90) & (row == 0), _digits(at)
            if offset == 16 or not (done | letter | digit).all():
                break
            column = np.where(letter & ~done, column * 26 + at - 64, column)
            row = np.where(digit & ~done, row * 10 + at - 48, row)
            if done.all():
                break
        if not done.all() or (row < 1).any() or (column < 1).any():
            raise Unreadable("hostile_file", "单元格地址异常 / cell references that cannot be")
        check_area(int(row.max()), int(column.max()), len(self.cells))


def _digits(at: np.ndarray) -> np.ndarray:
    return (at >= 48) & (at <= 57)


def _all_read(padded: np.ndarray, places: np.ndarray, text: bytes) -> bool:
    return all(bool((padded[places + offset] == letter).all()) for offset, letter in enumerate(text))


def _text(written: bytes) -> str:
    return unescape(written.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})


def _uncalculated(body: bytes, found: SheetScan) -> None:
    """Formulas without a stored result; an empty result of a text formula (t="str") is a result."""
    for letters, digits, attributes, formula, value in _UNCALCULATED.findall(body):
        if not (value and b't="str"' in attributes):
            found.unreadable[_place(letters.decode(), digits.decode())] = ("not_calculated", "=" + _text(formula))


def _hidden_columns(head: bytes, found: SheetScan) -> None:
    for attributes in _COLUMN.findall(head):
        given = dict(re.findall(rb'(\w+)="([^"]*)"', attributes))
        if (
            given.get(b"hidden") in (b"1", b"true")
            and given.get(b"min", b"").isdigit()
            and given.get(b"max", b"").isdigit()
        ):
            found.hidden_columns.update(range(int(given[b"min"]) - 1, min(int(given[b"max"]), _MOST_COLUMNS)))


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _place(letters: str, digits: str) -> tuple[int, int]:
    return int(digits) - 1, column_number(letters)


class _Reader:
    """Follows a sheet's XML element by element, as the specification reads it (a cell without `r` comes next)."""

    def __init__(self) -> None:
        self.found = SheetScan()
        self.row = self.column = -1
        self.rows = self.columns = self.cells = 0
        self.kind = self.formula = self.value = ""
        self.has_formula = self.has_value = False
        self.inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = _number(attributes.get("r"), self.row + 2) - 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.found.hidden_rows.add(self.row)
        elif name == "c":
            self._cell(attributes)
        elif name in ("f", "v"):
            self.inside = name
            self.has_formula |= name == "f"
            self.has_value |= name == "v"
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _number(attributes.get("min"), 1), _number(attributes.get("max"), 1)
            self.found.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))

    def _cell(self, attributes: dict[str, str]) -> None:
        row, column = self.row, self.column + 1
        if "r" in attributes:
            match = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", attributes["r"].strip())
            if match is None:
                raise Unreadable("hostile_file", f"单元格地址异常 / not a cell reference: {attributes['r'][:20]}")
            row, column = _place(match[1].upper(), match[2])
        if row < 0 or row >= _MOST_ROWS or column >= _MOST_COLUMNS:
            raise Unreadable("hostile_file", "单元格地址异常 / cell references that cannot be")
        self.place, self.column, self.kind = (row, column), column, attributes.get("t", "n")
        self.rows, self.columns, self.cells = max(self.rows, row + 1), max(self.columns, column + 1), self.cells + 1
        self.formula = self.value = ""
        self.has_formula = self.has_value = False

    def text(self, text: str) -> None:
        if self.inside == "f":
            self.formula += text
        elif self.inside == "v":
            self.value += text

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""
        if name != "c":
            return
        if self.kind == "e":
            self.found.unreadable[self.place] = ("error_cell", self.value)
        elif self.has_formula and not self.value.strip() and not (self.kind == "str" and self.has_value):
            self.found.unreadable[self.place] = ("not_calculated", "=" + self.formula)


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not text.strip().isdecimal() or not 0 < int(text) <= _MOST_ROWS:
        raise Unreadable("hostile_file", f"行号异常 / a row number that cannot be: {text[:20]}")
    return int(text)


def _parse(data: bytes) -> SheetScan:
    reader = _Reader()
    walk_xml(data, reader.start, reader.end, reader.text)
    check_area(reader.rows, reader.columns, reader.cells)
    return reader.found
