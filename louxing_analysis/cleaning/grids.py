"""A sheet written cell by cell, for the kinds of file that are read without a spreadsheet library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from louxing_analysis.cleaning.packages import check_area
from louxing_analysis.cleaning.sheet_xml import SheetScan


@dataclass
class Grid:
    """A sheet being written cell by cell; rows and columns count from 0."""

    name: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    scan: SheetScan = field(default_factory=SheetScan)
    table: list[list[Any]] | None = None  # given whole instead of cell by cell

    def rows(self) -> list[list[Any]]:
        """The cells as rows; raises Unreadable where the grid is mostly air."""
        if self.table is not None:
            return self.table
        height = 1 + max((row for row, _ in self.cells), default=-1)
        width = 1 + max((column for _, column in self.cells), default=-1)
        check_area(height, width, len(self.cells))
        rows: list[list[Any]] = [[None] * width for _ in range(height)]
        for (row, column), value in self.cells.items():
            rows[row][column] = value
        return rows

    def merge(self, row: int, column: int, height: int, width: int) -> None:
        """Note a merged range by its top-left cell and its size."""
        if height > 1 or width > 1:
            self.merges.append((row, column, row + height - 1, column + width - 1))


def as_number(written: str) -> Any:
    """A number, or the text where it is none."""
    try:
        return float(written)
    except ValueError:
        return written
