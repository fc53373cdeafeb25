"""All that the arithmetic of one table says: its sums and differences, its counts, and what they prove of damaged cells."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.arithmetic import find_relations
from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.figures import Figures, some_columns
from louxing_analysis.cleaning.locate import Table
from louxing_analysis.cleaning.proofs import Break, Proof, settled, suspects
from louxing_analysis.cleaning.quantities import figure_places, is_added, is_rate_row
from louxing_analysis.cleaning.reconcile import reconcile
from louxing_analysis.cleaning.row_sums import check_of_which_columns, check_of_which_rows, check_rows
from louxing_analysis.cleaning.sheet import Sheet
from louxing_analysis.cleaning.verdicts import Check, rounding_unit

_SHORT, _LABELS = 200, 2


class Checked(NamedTuple):
    """Checks of a table in the order of its cells, proofs by cell (row, column), and rows that add up in no reading."""

    checks: list[Check]
    proofs: dict[tuple[int, int], Proof]
    unfitting: list[int]


def check_table(sheet: Sheet, table: Table, read: Figures) -> Checked:
    """Check the sums, differences and parts of a table. Nothing is changed: what a damaged cell must be is only said.

    `read`: what all its cells say as figures (see `read_table`).
    """
    figures = some_columns(read, figure_places(read, table))
    columns = figures.columns
    if not columns:
        return Checked([], {}, [])
    named = {column.index: column for column in table.columns}
    kinds = _kinds(sheet, table)
    exact = _units(figures, kinds, table)
    added = [at for at, index in enumerate(columns) if is_added(named[index].name, named[index].unit or table.unit)]
    parts = some_columns(figures, added)
    down = reconcile(sheet, table, kinds, parts)
    across = check_rows(figures, kinds, find_relations(figures, kinds, table.columns, exact), exact)
    broken = [*down.breaks, *across.breaks] if down.breaks and across.breaks else []
    mended = suspects(broken, _numbers(figures, broken))
    checks = [
        *(mended.get(f"{check.kind} {check.cell}", check) for check in (*down.checks, *across.checks)),
        *check_of_which_rows(parts, kinds, exact[added]),
        *check_of_which_columns(figures, kinds, [named[index].name for index in columns]),
    ]
    proofs = settled([*down.proofs, *across.proofs], _texts(sheet, figures))
    return Checked(sorted(checks, key=_order), proofs, down.unfitting)


def _kinds(sheet: Sheet, table: Table) -> np.ndarray:
    """The kinds of a table's rows; data rows of a short table that hold rates by their labels are `rate`: never added."""
    kinds = table.kinds[table.first_row : table.last_row + 1].copy()
    if len(kinds) > _SHORT:
        return kinds
    left = table.first_column
    for offset in np.flatnonzero(kinds == "data").tolist():
        cells = sheet.values[table.first_row + offset, left : left + _LABELS].tolist()
        if any(isinstance(cell, str) and is_rate_row(cell) for cell in cells):
            kinds[offset] = "rate"
    return kinds


def _units(figures: Figures, kinds: np.ndarray, table: Table) -> np.ndarray:
    """What the columns are rounded to, over all rows that hold figures."""
    named = {column.index: column for column in table.columns}
    rows = np.isin(kinds, ("data", "total", "subtotal", "of_which"))[:, None] & np.isfinite(figures.numbers)
    most = np.where(rows, figures.decimals, 0).max(axis=0, initial=0)
    return np.array(
        [
            rounding_unit(figures.numbers[:, at], int(most[at]), named[index].name, named[index].unit or table.unit)
            for at, index in enumerate(figures.columns)
        ]
    )


def _numbers(figures: Figures, breaks: list[Break]) -> dict[tuple[int, int], float]:
    """The figures of the cells that differences name."""
    places = {column: at for at, column in enumerate(figures.columns)}
    cells = {cell for one in breaks for cell in (one.stated, *one.plus, *one.minus)}
    numbers = {cell: float(figures.numbers[cell[0] - figures.first, places[cell[1]]]) for cell in cells}
    return {cell: number for cell, number in numbers.items() if number == number}


def _texts(sheet: Sheet, figures: Figures) -> dict[tuple[int, int], str]:
    found = {}
    for row, at in zip(*(axis.tolist() for axis in np.nonzero(figures.lacking)), strict=True):
        place = (row + figures.first, figures.columns[at])
        found[place] = as_written(sheet.values[place])  # nothing, for an error value or a formula never calculated
    return found


def _order(check: Check) -> tuple[int, int, str]:
    letters = check.cell.rstrip("0123456789")
    return int(check.cell[len(letters) :] or 0), len(letters), letters
