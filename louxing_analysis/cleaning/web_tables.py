"""An HTML page saved as `.xls`, as old systems export it → one grid."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from louxing_analysis.cleaning.grids import Grid, as_number
from louxing_analysis.cleaning.packages import Unreadable
from louxing_analysis.cleaning.text_tables import decode

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""")


class _Tables(HTMLParser):
    """Every table of a page, one below the other with a blank row between; tables inside tables stand by themselves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grid = Grid("")
        self.next_row = 0
        self.stack: list[_Table] = []
        self.skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("style", "script", "xml", "head"):
            self.skipping = self.skipping or tag
        elif tag == "table":
            self.stack.append(_Table())
        elif self.stack and tag == "tr":
            self.stack[-1].start_row()
        elif self.stack and tag in ("td", "th"):
            self.stack[-1].start_cell(_span(given.get("rowspan")), _span(given.get("colspan")), given.get("x:num"))
        elif self.stack and tag in ("br", "p", "div"):
            self.stack[-1].add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.skipping or tag == "body":
            self.skipping = ""
        elif self.stack and tag in ("td", "th", "tr"):
            self.stack[-1].end_cell()
        elif self.stack and tag == "table":
            self.close_table()

    def handle_data(self, data: str) -> None:
        if self.stack and not self.skipping:
            self.stack[-1].add(re.sub(r"[ \t\r\n]+", " ", data))

    def close_table(self) -> None:
        """Put the innermost table below what is there already."""
        table = self.stack.pop()
        table.end_cell()
        for (row, column), value in table.cells.items():
            self.grid.cells[self.next_row + row, column] = value
        for row, column, height, width in table.spans:
            self.grid.merge(self.next_row + row, column, height, width)
        self.next_row += table.row + 2 if table.cells else 0


class _Table:
    """One HTML table being read."""

    def __init__(self) -> None:
        self.row = self.column = -1
        self.cells: dict[tuple[int, int], Any] = {}
        self.spans: list[tuple[int, int, int, int]] = []
        self.taken: set[tuple[int, int]] = set()
        self.text: list[str] | None = None
        self.number: str | None = None

    def start_row(self) -> None:
        self.end_cell()
        self.row, self.column = self.row + 1, -1

    def start_cell(self, height: int, width: int, number: str | None) -> None:
        self.end_cell()
        self.row = max(self.row, 0)
        self.column += 1
        while (self.row, self.column) in self.taken:
            self.column += 1
        if height > 1 or width > 1:
            self.spans.append((self.row, self.column, height, width))
            if len(self.taken) + height * width > 5_000_000:
                raise Unreadable("hostile_file", "合并区域过大 / merged ranges without end")
            self.taken.update(
                (self.row + down, self.column + right) for down in range(height) for right in range(width)
            )
        self.text, self.number = [], number

    def add(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end_cell(self) -> None:
        if self.text is None:
            return
        value: Any = re.sub(r" *\n+ *", "\n", "".join(self.text)).strip(" \n")
        if self.number:
            value = as_number(self.number)
        if value != "":
            self.cells[self.row, self.column] = value
        self.text = self.number = None


def _span(written: str | None) -> int:
    digits = (written or "").strip()
    return min(max(int(digits), 1), 20_000) if digits.isdecimal() and len(digits) < 7 else 1


def read_html(data: bytes) -> list[Grid]:
    """The tables of an HTML page as one grid; cells are text as written, or the number that Excel left beside it."""
    named = _CHARSET.search(data[:4096])
    text = decode(data, named=named[1].decode() if named else "")
    parser = _Tables()
    parser.feed(text)
    parser.close()
    while parser.stack:
        parser.close_table()
    return [parser.grid]
