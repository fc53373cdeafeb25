"""An OpenDocument spreadsheet (.ods) → one grid per sheet, with merges, hidden rows and error cells.

Read here and not by calamine, which gives no merges for this kind and unrolls `number-rows-repeated` without a limit.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from louxing_analysis.cleaning.grids import Grid, as_number
from louxing_analysis.cleaning.packages import Unreadable, open_package, part_bytes, walk_xml

_ERROR = re.compile(r"^(#(REF|DIV/0|N/A|NAME|NULL|NUM|VALUE)[!?]?|Err:\d+)")
_DURATION = re.compile(r"^PT(\d+)H(\d+)M([\d.]+)S$")
_MOST = 1_048_576
_MOST_REPEATED = 1_000_000  # cells that runs of equal ones may unroll to, beyond those written out
_HIDDEN = ("collapse", "filter")


class _Document:
    """Follows content.xml; a run of equal cells or rows is written once with a count."""

    def __init__(self) -> None:
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.grids: list[Grid] = []
        self.row = self.column = self.repeat_row = self.repeat = self.written = 0
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self.paragraphs = self.notes = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "style":
            self.style = given.get("name", "")
        elif name == "table-properties" and given.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table":
            self.grids.append(Grid(given.get("name", "")))
            self.grids[-1].scan.hidden = given.get("style-name") in self.hidden_styles
            self.row = self.column = 0
        elif self.grids:
            self._inside(name, given)

    def _inside(self, name: str, given: dict[str, str]) -> None:
        if name == "table-row":
            self.column, self.repeat_row = 0, _count(given.get("number-rows-repeated"))
            if given.get("visibility") in _HIDDEN and self.repeat_row < 10_000:
                self.grids[-1].scan.hidden_rows.update(range(self.row, self.row + self.repeat_row))
        elif name == "table-column":
            repeated = _count(given.get("number-columns-repeated"))
            if given.get("visibility") in _HIDDEN:
                self.grids[-1].scan.hidden_columns.update(range(self.column, min(self.column + repeated, 16_384)))
            self.column += repeated
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.text, self.paragraphs = given, [], 0
            self.repeat = _count(given.get("number-columns-repeated"))
        elif name == "annotation":
            self.notes += 1
        elif self.cell is not None and not self.notes:
            self._text_mark(name, given)

    def _text_mark(self, name: str, given: dict[str, str]) -> None:
        if name == "p":
            self.text.append("\n" if self.paragraphs else "")
            self.paragraphs += 1
        elif name == "s":
            self.text.append(" " * min(_count(given.get("c")), 1000))
        elif name in ("tab", "line-break"):
            self.text.append("\t" if name == "tab" else "\n")

    def characters(self, text: str) -> None:
        if self.cell is not None and self.paragraphs and not self.notes:
            self.text.append(text)

    def end(self, name: str) -> None:
        if name == "annotation":
            self.notes -= 1
        elif name == "table-row" and self.grids:
            self.row += self.repeat_row
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._put(self.cell, "".join(self.text))
            self.column += self.repeat
            self.cell = None

    def _put(self, given: dict[str, str], text: str) -> None:
        grid = self.grids[-1]
        grid.merge(
            self.row, self.column, _count(given.get("number-rows-spanned")), _count(given.get("number-columns-spanned"))
        )
        kind = given.get("value-type", "")
        uncalculated = "formula" in given and not kind and not self.paragraphs
        if not kind and not text and not uncalculated:
            return
        self.written += self.repeat * self.repeat_row - 1
        if self.written > _MOST_REPEATED or self.row + self.repeat_row > _MOST or self.column + self.repeat > 16_384:
            raise Unreadable("hostile_file", "重复单元格过多 / repeated cells without end")
        bad = None
        if uncalculated:
            bad = ("not_calculated", "=" + given["formula"].partition("=")[2])
        elif "formula" in given and _ERROR.match(text):
            bad = ("error_cell", text)
        value = given.get("string-value", text) if kind == "string" else _typed(kind, given, text)
        for row in range(self.row, self.row + self.repeat_row):
            for column in range(self.column, self.column + self.repeat):
                if bad is not None:
                    grid.scan.unreadable[row, column] = bad
                else:
                    grid.put(row, column, value)


def _count(written: str | None) -> int:
    if written is None:
        return 1
    if not written.isdecimal() or len(written) > 9:
        raise Unreadable("hostile_file", f"重复次数异常 / a count that cannot be: {written[:20]}")
    return max(int(written), 1)


def _typed(kind: str, given: dict[str, str], text: str) -> Any:
    if kind in ("float", "percentage", "currency"):
        return as_number(given.get("value", text))
    if kind == "boolean":
        return given.get("boolean-value") == "true"
    if kind == "date":
        return _date(given.get("date-value", ""), text)
    if kind == "time":
        match = _DURATION.match(given.get("time-value", ""))
        return (int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3])) / 86_400 if match else text
    return text


def _date(written: str, text: str) -> Any:
    try:
        return datetime.datetime.fromisoformat(written) if "T" in written else datetime.date.fromisoformat(written)
    except ValueError:
        return text


def read(data: bytes) -> list[Grid]:
    """The sheets of an OpenDocument spreadsheet; raises Unreadable for one that is damaged, hostile or encrypted."""
    package = open_package(data)
    try:
        content = part_bytes(package, "content.xml")
        reader = _Document()
        walk_xml(content, reader.start, reader.end, reader.characters)
    except Unreadable as error:
        if error.reason == "damaged_file" and b"manifest:encryption-data" in part_bytes(
            package, "META-INF/manifest.xml"
        ):
            raise Unreadable("encrypted_file") from error
        raise
    return reader.grids
