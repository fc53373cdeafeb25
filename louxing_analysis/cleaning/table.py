"""One table of a sheet on its way to typed rows: its cells, its columns, and what is known of it beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.context import Context
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.cleaning.stack import Rows
from louxing_analysis.cleaning.totals import Additive
from louxing_analysis.cleaning.workbook import Sheet


@dataclass
class TypedTable:
    """One table of a sheet on its way to typed rows."""

    sheet: Sheet
    values: Any
    rows: Array
    ledger: str
    columns: tuple[Matched, ...]
    context: Context
    unit: str
    names: set[str] = field(default_factory=set)
    additive: list[Additive] = field(default_factory=list)

    def cells(self, column: Matched) -> Array:
        """The cells of a column in the data rows, merged ranges filled."""
        rows = self.rows
        if len(rows) and rows[-1] - rows[0] == len(rows) - 1:  # one block of rows, as nearly always
            return np.array(self.values[rows[0] : rows[-1] + 1, column.index], dtype=object)
        return np.asarray(self.values[rows, column.index], dtype=object)

    def rows_without_values(self, frames: dict[str, Rows]) -> Array:
        """Data rows of which no typed row came: in a grid, people or households for whom nothing was recorded."""
        if not frames:
            return np.empty(0, dtype=int)
        there = np.concatenate([np.asarray(rows["row"]) - 1 for rows in frames.values()])
        return self.rows[~np.isin(self.rows, there)]

    @cached_property
    def unreadable(self) -> dict[int, list[tuple[int, str, str]]]:
        """Per spreadsheet column: (place among the data rows, reason, text as written)."""
        places = {int(row): place for place, row in enumerate(self.rows)}
        found: dict[int, list[tuple[int, str, str]]] = {}
        for (row, column), (reason, text) in self.sheet.unreadable.items():
            if row in places:
                found.setdefault(column, []).append((places[row], reason, text))
        return found
