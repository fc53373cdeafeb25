"""A sheet written cell by cell, for the kinds of file that are read without a spreadsheet library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from louxing_analysis.cleaning.packages import Unreadable, check_area
from louxing_analysis.cleaning.sheet_xml import SheetScan

MOST_TEXT = 50_000_000  # characters a sheet may show without more ado
MOST_SWELLING = 100  # beyond that, characters for every byte of the file


@dataclass
class Grid:
    """A sheet being written cell by cell; rows and columns count from 0."""

    name: str
    lines: dict[int, dict[int, Any]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    scan: SheetScan = field(default_factory=SheetScan)
    table: list[list[Any]] | None = None  # given whole instead of cell by cell

    def put(self, row: int, column: int, value: Any) -> None:
        """Write one cell; a later value takes the place of an earlier one."""
        line = self.lines.get(row)
        if line is None:
            line = self.lines[row] = {}
        line[column] = value

    def rows(self) -> list[list[Any]]:
        """The cells as rows; raises Unreadable where the grid is mostly air."""
        if self.table is not None:
            return self.table
        bad = self.scan.unreadable
        height = 1 + max(self.lines, default=-1)
        width = 1 + max((max(line) for line in self.lines.values()), default=-1)
        farthest = max([height, *(1 + row for row, _ in bad)]), max([width, *(1 + column for _, column in bad)])
        check_area(*farthest, sum(map(len, self.lines.values())) + len(bad))
        rows: list[list[Any]] = [[]] * height
        for row, line in self.lines.items():
            cells = rows[row] = [None] * (1 + max(line))
            for column, value in line.items():
                cells[column] = value
        return rows

    def merge(self, row: int, column: int, height: int, width: int) -> None:
        """Note a merged range by its top-left cell and its size."""
        if height > 1 or width > 1:
            self.merges.append((row, column, row + height - 1, column + width - 1))


def check_text(characters: int, size: int) -> None:
    """Refuse a sheet that shows far more text than its file holds: one long text, repeated by reference."""
    if characters > MOST_TEXT and characters > MOST_SWELLING * size:
        raise Unreadable(
            "hostile_file", f"展开后 {characters} 字，文件 {size} 字节 / {characters} characters out of {size} bytes"
        )


def as_number(written: str) -> Any:
    """A number, or the text where it is none (Python alone takes 1_000 for a number)."""
    try:
        return written if "_" in written else float(written)
    except ValueError:
        return written
