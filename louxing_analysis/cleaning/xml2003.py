"""An Excel-2003-XML document, often saved as `.xls` → one grid per worksheet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from louxing_analysis.cleaning.encodings import decode
from louxing_analysis.cleaning.grids import Grid, as_number
from louxing_analysis.cleaning.packages import Unreadable, walk_xml

_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9_-]{2,20})""")
_TIME_OF_DAY = datetime.date(1899, 12, 31)  # the day on which a time stands that has none


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
        self.next_row = self.comments = 0
        self.place: tuple[int, int] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.comments += name == "Comment"
        if self.comments:  # its text stands in a Data of its own
            return
        if name in self.starts and (self.grids or name == "Worksheet"):
            self.starts[name](attributes)
        elif name == "Visible":
            self.visible = []

    def _sheet(self, attributes: dict[str, str]) -> None:
        self.grids.append(Grid(attributes.get("Name", "")))
        self.row, self.next_row, self.repeat_column = -1, 0, 0

    def _columns(self, attributes: dict[str, str]) -> None:
        first = _index(attributes.get("Index"), self.repeat_column + 1) - 1
        last = first + _index(attributes.get("Span"), 0)
        if attributes.get("Hidden") == "1":
            self.grids[-1].scan.hidden_columns.update(range(first, min(last + 1, 16_384)))
        self.repeat_column = last + 1

    def _row(self, attributes: dict[str, str]) -> None:
        self.row, self.next_column = _index(attributes.get("Index"), self.next_row + 1) - 1, 0
        self.next_row = self.row + 1 + _index(attributes.get("Span"), 0)
        if attributes.get("Hidden") == "1" and self.next_row - self.row < 10_000:
            self.grids[-1].scan.hidden_rows.update(range(self.row, self.next_row))

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column = _index(attributes.get("Index"), self.next_column + 1) - 1
        across, down = _index(attributes.get("MergeAcross"), 0), _index(attributes.get("MergeDown"), 0)
        self.grids[-1].merge(self.row, self.column, down + 1, across + 1)
        self.next_column = self.column + across + 1
        if self.row < 0:
            raise Unreadable("damaged_file", "单元格不在行中 / a cell outside a row")
        self.place = self.row, self.column
        if "Formula" in attributes:  # until its result is read
            self.grids[-1].scan.unreadable[self.place] = ("not_calculated", attributes["Formula"])

    def _data(self, attributes: dict[str, str]) -> None:
        self.kind, self.text = attributes.get("Type", "String"), []

    def characters(self, text: str) -> None:
        if self.text is not None and not self.comments:
            self.text.append(text)
        elif self.visible is not None:
            self.visible.append(text)

    def end(self, name: str) -> None:
        if self.comments:
            self.comments -= name == "Comment"
        elif name == "Data" and self.text is not None:
            self._put("".join(self.text))
            self.text = None
        elif name == "Cell":
            self.place = None
        elif name == "Visible" and self.visible is not None:
            if self.grids and "Hidden" in "".join(self.visible):
                self.grids[-1].scan.hidden = True
            self.visible = None

    def _put(self, written: str) -> None:
        if self.place is None:
            raise Unreadable("damaged_file", "数据不在单元格中 / data outside a cell")
        self.grids[-1].scan.unreadable.pop(self.place, None)
        if self.kind == "Error":
            self.grids[-1].scan.unreadable[self.place] = ("error_cell", written)
            return
        self.grids[-1].put(*self.place, _typed(self.kind, written))


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
            moment = datetime.datetime.fromisoformat(written)
        except ValueError:
            return written
        return moment.time() if moment.date() == _TIME_OF_DAY else moment
    return written


def read_xml2003(data: bytes) -> list[Grid]:
    """The worksheets of an Excel-2003-XML document, typed as the document types them."""
    reader = _Spreadsheet()
    stated = _ENCODING.search(data[:200])
    walk_xml(decode(data, named=stated[1].decode() if stated else ""), reader.start, reader.end, reader.characters)
    if len({grid.name for grid in reader.grids}) < len(reader.grids):
        raise Unreadable("hostile_file", "工作表重名 / two sheets of one name")
    return reader.grids
