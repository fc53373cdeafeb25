"""Cells that stand where numbers belong and cannot be read as written, with what arithmetic proves of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.figures import Figures
from louxing_analysis.cleaning.locate import Table
from louxing_analysis.cleaning.proofs import Proof
from louxing_analysis.cleaning.quantities import is_measured
from louxing_analysis.cleaning.rowkinds import mark_of
from louxing_analysis.cleaning.sheet import Sheet, cell_address

_MOSTLY = 0.6  # a column with this share of numbers is one where numbers belong
_NEARLY = re.compile(r"[-+(]?(?=(?:.*\d){2})[\dOoQlI|iSsBZzEgq.,·:;'\s]{2,16}[)]?")  # a figure that a scanner misread
_FEWEST = 3  # and at least this many of them


class Damaged(NamedTuple):
    """One cell (row and column from 0) and the text that stands there."""

    row: int
    column: int
    found: str


def damaged_cells(sheet: Sheet, table: Table, read: Figures) -> list[Damaged]:
    """Cells of a table that are error values or lost digits, and texts that are no number in its columns of numbers.

    What stands for "nothing was stated" (—, …, 无) is no such text, and a figure with a note's sign is a figure.
    `read`: what all the table's cells say as figures.
    """
    found = [cell for cell in unreadable_cells(sheet) if table.kinds[cell.row] != "" and _inside(table, cell.column)]
    seen = {(cell.row, cell.column) for cell in found}
    rows = np.flatnonzero(np.isin(table.kinds, ("data", "total", "subtotal", "of_which"))) - table.first_row
    good = (np.isfinite(read.numbers[rows]) & ~read.coded[rows]).sum(axis=0)
    for position, column in enumerate(table.columns):
        places = rows[read.lacking[rows, position]] + table.first_row
        if not places.size or good[position] < _FEWEST or not is_measured(column.name, column.unit):
            continue
        cells = [
            Damaged(place, column.index, as_written(cell))
            for place, cell in zip(places.tolist(), sheet.values[places, column.index].tolist(), strict=True)
            if (place, column.index) not in seen and not (isinstance(cell, str) and mark_of(cell))
        ]
        belonging = good[position] + sum(_NEARLY.fullmatch(cell.found) is not None for cell in cells)
        if belonging >= _MOSTLY * (good[position] + len(cells)):
            found += cells
    return found


def unreadable_cells(sheet: Sheet) -> list[Damaged]:
    """Cells of which the file itself holds no readable value: error values, formulas never calculated, digits lost."""
    return [Damaged(row, column, text) for (row, column), (_, text) in sorted(sheet.unreadable.items())]


def _inside(table: Table, column: int) -> bool:
    return table.first_column <= column <= table.last_column


def as_entries(sheet: Sheet, cells: list[Damaged], proofs: Mapping[tuple[int, int], Proof]) -> list[dict[str, Any]]:
    """The cells as `louxing inspect` lists them, each once: address, text, and what it must be where that is proved.

    An empty cell that is proved to lack a figure is listed too, with nothing as its text.
    """
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for cell in cells:
        found.setdefault(cell[:2], {"cell": cell_address(cell.row, cell.column), "found": cell.found})
    for place, proof in proofs.items():
        entry = found.setdefault(place, {"cell": cell_address(*place), "found": as_written(sheet.values[place])})
        entry["suggestion"] = int(proof.value) if proof.value == int(proof.value) else proof.value
        entry["because"] = proof.because
    return list(found.values())
