"""An Excel-2003-XML document, often saved as `.xls` → one grid per worksheet."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from louxing_analysis.cleaning.grids import Grid, as_number
from louxing_analysis.cleaning.packages import Unreadable, walk_xml


class _Spreadsheet:
    """Follows an Excel-2003-XML document; `ss:Index` skips rows and columns."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.row = self.column = self.next_column = -1
        self.repeat_column = 0
        self.kind = ""
        self.text: list[str] | None = None
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            "Worksheet": self._sheet,
            "Row": self._row,
            "Cell": self._cell,
            "Data": self._data,
            "Column": self._columns,
        }
        self.visible: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.starts and (self.grids or name == "Worksheet"):
            self.starts[name](attributes)
        elif name == "Visible":
            self.visible = []

    def _sheet(self, attributes: dict[str, str]) -> None:
        self.grids.append(Grid(attributes.get("Name", "")))
        self.row, self.repeat_column = -1, 0

    def _columns(self, attributes: dict[str, str]) -> None:
        first = _index(attributes.get("Index"), self.repeat_column + 1) - 1
        last = first + _index(attributes.get("Span"), 0)
        if attributes.get("Hidden") == "1":
            self.grids[-1].scan.hidden_columns.update(range(first, min(last + 1, 16_384)))
        self.repeat_column = last + 1

    def _row(self, attributes: dict[str, str]) -> None:
        self.row, self.next_column = _index(attributes.get("Index"), self.row + 2) - 1, 0
        if attributes.get("Hidden") == "1":
            self.grids[-1].scan.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column = _index(attributes.get("Index"), self.next_column + 1) - 1
        across, down = _index(attributes.get("MergeAcross"), 0), _index(attributes.get("MergeDown"), 0)
        self.grids[-1].merge(self.row, self.column, down + 1, across + 1)
        self.next_column = self.column + across + 1

    def _data(self, attributes: dict[str, str]) -> None:
        self.kind, self.text = attributes.get("Type", "String"), []

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
        elif self.visible is not None:
            self.visible.append(text)

    def end(self, name: str) -> None:
        if name == "Data" and self.text is not None and self.grids:
            self._put("".join(self.text))
            self.text = None
        elif name == "Visible" and self.visible is not None:
            if self.grids and "Hidden" in "".join(self.visible):
                self.grids[-1].scan.hidden = True
            self.visible = None

    def _put(self, written: str) -> None:
        place = self.row, self.column
        if self.kind == "Error":
            self.grids[-1].scan.unreadable[place] = ("error_cell", written)
            return
        self.grids[-1].cells[place] = _typed(self.kind, written)


def _index(written: str | None, otherwise: int) -> int:
    if written is None:
        return otherwise
    if not written.isdecimal() or len(written) > 7 or int(written) > 1_048_576:
        raise Unreadable("hostile_file", f"行列号异常 / an index that cannot be: {written[:20]}")
    return int(written)


def _typed(kind: str, written: str) -> Any:
    if kind == "Number":
        return as_number(written)
    if kind == "Boolean":
        return written.strip() == "1"
    if kind == "DateTime":
        try:
            return datetime.datetime.fromisoformat(written)
        except ValueError:
            return written
    return written


def read_xml2003(data: bytes) -> list[Grid]:
    """The worksheets of an Excel-2003-XML document, typed as the document types them."""
    reader = _Spreadsheet()
    walk_xml(data, reader.start, reader.end, reader.characters)
    return reader.grids
