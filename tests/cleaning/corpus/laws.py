"""Changes to a sheet that must not change how it is read, and the sheets after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from louxing_analysis.cleaning.locate import Located
from louxing_analysis.cleaning.sheet import Merge, Sheet, holds

NOTE = "注：本表数据由统计部门提供。"
TITLE = "统计资料汇编"


def moved(sheet: Sheet, down: int, right: int) -> Sheet:
    """The sheet with empty rows above it and empty columns to its left."""
    height, width = sheet.values.shape
    values = np.full((height + down, width + right), None, dtype=object)
    values[down:, right:] = sheet.values
    return replace(
        sheet,
        values=values,
        merges=tuple(
            Merge(merge.first_row + down, merge.first_column + right, merge.last_row + down, merge.last_column + right)
            for merge in sheet.merges
        ),
        hidden_rows=frozenset(row + down for row in sheet.hidden_rows),
        hidden_columns=frozenset(column + right for column in sheet.hidden_columns),
        unreadable={(row + down, column + right): said for (row, column), said in sheet.unreadable.items()},
    )


def titled(sheet: Sheet) -> Sheet:
    """The sheet with one more title above it, merged over its columns."""
    below = moved(sheet, 1, 0)
    below.values[0, 0] = TITLE
    width = sheet.values.shape[1]
    return replace(below, merges=(Merge(0, 0, 0, width - 1), *below.merges)) if width > 1 else below


def noted(sheet: Sheet) -> Sheet:
    """The sheet with one more note below it, in the first column that holds something."""
    height, width = sheet.values.shape
    values = np.full((height + 1, width), None, dtype=object)
    values[:height] = sheet.values
    values[height, int(np.flatnonzero(holds(sheet.values).any(axis=0))[0])] = NOTE
    return replace(sheet, values=values)


def scaled(sheet: Sheet, rows: Sequence[int]) -> Sheet:
    """The sheet with the figures of some rows times ten; columns that number the rows or name years stay."""
    values = sheet.values.copy()
    held = np.flatnonzero(holds(sheet.values).any(axis=0))
    for column in held[1:].tolist():
        cells = values[list(rows), column]
        figures = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
        if len(figures) < 2 or _counts(figures):
            continue
        for row in rows:
            cell: Any = values[row, column]
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                values[row, column] = cell * 10
    return replace(sheet, values=values)


def as_text(sheet: Sheet) -> Sheet:
    """The sheet with every number written as text, as a text file or a careless export has it."""
    values = sheet.values.copy()
    for place, cell in np.ndenumerate(values):
        if isinstance(cell, float):
            values[place] = str(int(cell)) if cell.is_integer() else str(cell)
    return replace(sheet, values=values)


def _counts(figures: Sequence[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(figures)]
    return sum(step == 1 for step in steps) * 2 >= len(steps)


def reading(located: Located, down: int = 0, right: int = 0) -> dict[str, Any]:
    """What a sheet was read as, with its rows and columns moved back by so many."""
    return {
        "kinds": located.kinds.tolist()[down:],
        "tables": [
            (
                tuple(row - down for row in table.header_rows),
                [(column.index - right, column.name, column.unit) for column in table.columns],
            )
            for table in located.tables
        ],
    }
