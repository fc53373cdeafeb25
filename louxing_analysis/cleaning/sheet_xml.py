"""The XML of one .xlsx sheet → its size, its hidden rows and columns, and the cells that a reader would blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from louxing_analysis.cleaning.cell_bytes import column_number
from louxing_analysis.cleaning.packages import Unreadable, check_area, check_counts, walk_xml
from louxing_analysis.cleaning.sheet_bytes import search


@dataclass
class SheetScan:
    """What was found in a sheet before any reader opened it; rows and columns count from 0."""

    unreadable: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] | None = None  # where the reader gives none itself
    hidden: bool = False
    ordinary: bool = field(default=False, compare=False)  # written as the usual programs write it

    def hide_columns(self, given: dict[str, str]) -> None:
        """Note the columns of a <col> element that is hidden."""
        if given.get("hidden") in ("1", "true"):
            first, last = _number(given.get("min"), 1), _number(given.get("max"), 1)
            self.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))


_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_OPENS, _CLOSES = b"<sheetData>", b"</sheetData>"


class Rows(NamedTuple):
    """Where the rows of a sheet begin and end in its bytes."""

    begin: int
    end: int


def rows_of(data: bytes) -> Rows | None:
    """What stands between <sheetData> and </sheetData>; None where only a parser can tell."""
    begin, end = data.find(_OPENS) + len(_OPENS), data.rfind(_CLOSES)
    check_counts(data[max(end, 0) :])
    head = data[: max(begin - len(_OPENS), 0)]
    usual = head and begin <= end and b"sheetData" not in head and b"<!" not in head and b"<!" not in data[end:]
    return Rows(begin, end) if usual else None


def scan_sheet(data: bytes) -> SheetScan:
    """Error cells, uncalculated formulas and hidden rows and columns of a sheet's XML; refuses an impossible size."""
    rows = rows_of(data)
    found = search(data, *rows) if rows else None
    if rows is None or found is None:
        return parse_sheet(data)
    check_area(found.rows, found.columns, found.cells)
    head = data[: rows.begin - len(_OPENS)]
    hidden_columns = _hidden_columns(head) if b"hidden" in head else set()
    return SheetScan(found.unreadable, found.hidden_rows, hidden_columns, ordinary=True)


def _hidden_columns(head: bytes) -> set[int]:
    """What stands before the rows, read as a document of its own."""
    root = re.search(rb"<([A-Za-z_][\w.:-]*)", head)
    reader = _Reader()
    walk_xml(head + (b"</" + root[1] + b">" if root else b""), reader.start)
    return reader.found.hidden_columns


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
        elif name == "col":
            self.found.hide_columns(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        row, column = self.row, self.column + 1
        if "r" in attributes:
            match = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", attributes["r"].strip())
            if match is None:
                raise Unreadable("hostile_file", f"单元格地址异常 / not a cell reference: {attributes['r'][:20]}")
            row, column = int(match[2]) - 1, column_number(match[1].upper())
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


def parse_sheet(data: bytes) -> SheetScan:
    """The same by an XML parser: slower, and right however the XML is written."""
    reader = _Reader()
    walk_xml(data, reader.start, reader.end, reader.text)
    check_area(reader.rows, reader.columns, reader.cells)
    return reader.found
