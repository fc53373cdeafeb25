"""Stated totals and subtotals ↔ what the rows add up to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.figures import read_figures
from louxing_analysis.cleaning.locate import Located, Table
from louxing_analysis.cleaning.sheet import cell_address

AGREES, ROUNDING, DIFFERS = "agrees", "rounding", "differs"
_LARGE = 1000.0  # whole numbers of this size are money that was rounded; smaller ones are counts and must fit exactly
_SPREAD = 3 / math.sqrt(12)  # three standard deviations of the error that rounding to one unit makes
_MOST_STARTS = 40  # earlier subtotals looked back to


class Check(NamedTuple):
    """One stated sum against ours: address, total or subtotal, both numbers, stated − computed, and the verdict.

    `lacking` counts cells of the rows that hold something which is no number: what they say is not in `computed`.
    """

    cell: str
    kind: str
    stated: float
    computed: float
    difference: float
    verdict: str
    lacking: int = 0


def reconcile(values: np.ndarray, located: Located, table: Table, columns: Iterable[int]) -> list[Check]:
    """Compare every stated total and subtotal of a table with the sum of its data rows, in these spreadsheet columns.

    `values`: the sheet's cells (or floats), one row per sheet row. A stated cell that is empty or no number is not
    compared. A total is the sum of all data rows of its table, or of those since the last total where a table has
    several; a subtotal that of the rows since an earlier subtotal, heading or total, or of the rows that follow it
    where it stands above them. Of-which rows are parts of other rows and are never added. Limit: where several
    readings fit, the one that agrees in most columns is taken.
    """
    chosen = list(columns)
    kinds = table.kinds
    stated_rows = np.flatnonzero((kinds == "total") | (kinds == "subtotal")).tolist()
    if not chosen or not stated_rows:
        return []
    first, last = table.first_row, table.last_row + 1
    data = kinds[first:last] == "data"
    units = {column.index: column.unit or table.unit for column in table.columns}
    numbers, lacking = _numbers(values[first:last], chosen, units)
    sums = np.vstack([np.zeros(len(chosen)), np.cumsum(np.where(data[:, None], np.nan_to_num(numbers), 0.0), axis=0)])
    tallies = np.concatenate([[0], np.cumsum(data)])
    checks = []
    for row in stated_rows:
        begin, end = _span(kinds, first, last, row, numbers, sums, tallies)
        if tallies[end] > tallies[begin]:
            checks += _compare(row, str(kinds[row]), first, begin, end, chosen, numbers, lacking, sums, data)
    return checks


def _numbers(
    cells: np.ndarray, columns: Sequence[int], units: Mapping[int, str | None]
) -> tuple[np.ndarray, np.ndarray]:
    """The columns as floats (NaN where empty or no number), and where a cell holds something that is no number."""
    numbers = np.full((len(cells), len(columns)), np.nan)
    lacking = np.zeros(numbers.shape, dtype=bool)
    for position, column in enumerate(columns):
        numbers[:, position], lacking[:, position] = read_figures(cells[:, column], units.get(column))
    return numbers, lacking


def _span(
    kinds: np.ndarray, first: int, last: int, row: int, numbers: np.ndarray, sums: np.ndarray, tallies: np.ndarray
) -> tuple[int, int]:
    """The rows, counted from the table's first, that a stated row adds up."""
    mine = row - first
    choices = _choices(kinds[first:last], mine, tallies)
    stated = numbers[mine]
    asked = np.isfinite(stated)
    best, most = choices[0], -1
    for begin, end in choices:
        computed = sums[end] - sums[begin]
        fitting = int((np.abs(stated - computed)[asked] <= 0.005 + 1e-9 * np.abs(computed[asked])).sum())
        enough = fitting * 2 >= asked.sum() or (begin, end) == choices[0]
        if enough and fitting > most:
            best, most = (begin, end), fitting
    return best


def _choices(kinds: np.ndarray, mine: int, tallies: np.ndarray) -> list[tuple[int, int]]:
    """Spans that a stated row may mean, the likeliest first; spans without data rows are left out where another has some."""
    total = kinds[mine] == "total"
    own = np.flatnonzero(kinds == "total" if total else np.isin(kinds, ("total", "subtotal", "section", "header")))
    before, after = own[own < mine], own[own > mine]
    until = int(after[0]) if after.size else len(kinds)
    above = [(int(start) + 1, mine) for start in before[::-1][:_MOST_STARTS]] + [(0, mine)]
    everything, below = (0, len(kinds)), (mine + 1, until)
    if total:
        several = int((kinds == "total").sum()) > 1
        spans = [*above, below, everything] if several and tallies[mine] else [everything, *above, below]
    else:
        totals = after[kinds[after] == "total"]
        whole = (mine + 1, int(totals[0]) if totals.size else len(kinds))
        heads = tallies[int(np.flatnonzero(kinds == "subtotal")[0])] == 0  # the first one has no rows above it
        spans = [below, whole, *above] if heads else [*above, below, whole]
    filled = [span for span in spans if tallies[span[1]] > tallies[span[0]]]
    return filled or [(0, 0)]


def _compare(
    row: int,
    kind: str,
    first: int,
    begin: int,
    end: int,
    columns: Sequence[int],
    numbers: np.ndarray,
    lacking: np.ndarray,
    sums: np.ndarray,
    data: np.ndarray,
) -> list[Check]:
    checks = []
    rows = np.flatnonzero(data[begin:end]) + begin
    for position, column in enumerate(columns):
        stated = float(numbers[row - first, position])
        parts = numbers[rows, position]
        parts = parts[np.isfinite(parts)]
        if not math.isfinite(stated) or not parts.size:
            continue
        computed = math.fsum(parts.tolist())
        difference = stated - computed
        verdict = _verdict(stated, difference, parts)
        difference = 0.0 if verdict == AGREES else round(difference, 9)
        checks.append(
            Check(
                cell_address(row, column),
                kind,
                stated,
                round(computed, 9),
                difference,
                verdict,
                int(lacking[rows, position].sum()),
            )
        )
    return checks


def _verdict(stated: float, difference: float, parts: np.ndarray) -> str:
    """agrees: the same but for binary residue; rounding: no more apart than rounding the figures can bring about."""
    if abs(difference) <= 1e-9 * max(1.0, abs(stated), float(np.abs(parts).sum())):
        return AGREES
    shown, inside = _decimals([stated]), _decimals(parts.tolist())
    if inside == 0 and shown == 0 and float(np.median(np.abs(parts))) < _LARGE:
        return DIFFERS
    of_total = 0.5 * 10.0**-shown if shown < inside else 0.0
    of_parts = 10.0**-inside * _SPREAD * math.sqrt(len(parts)) if inside or shown else _SPREAD * math.sqrt(len(parts))
    return ROUNDING if abs(difference) <= max(of_total, of_parts) * (1 + 1e-9) else DIFFERS


def _decimals(numbers: Sequence[float]) -> int:
    """The most decimals, up to 6, that any of the numbers was written with."""
    return max((len(f"{number:.6f}".rstrip("0").partition(".")[2]) for number in numbers), default=0)
