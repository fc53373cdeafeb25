"""Small counts hidden before anything leaves, with as many more cells as it takes that none can be worked out."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from louxing_analysis import reference
from louxing_analysis.charts.shown import Shown
from louxing_analysis.report import attack
from louxing_analysis.report.relations import Cells, read_cells

SENSITIVE = "sensitive"
SMALLEST_RULE = "smallest_publishable_count"

Measured = TypeVar("Measured", bound=Shown)


class CannotProtect(ValueError):
    """A table so small that hiding all that may be hidden still lets a small count be worked out."""


def smallest(on: str | int) -> int:
    """The smallest count that may be shown, by thresholds.csv, on a day."""
    return int(reference.load().threshold(SMALLEST_RULE, on))


def protect(measured: Measured, threshold: int = 5, totals: Sequence[Shown] = ()) -> Measured:
    """The same Measured with what must not be told blanked and marked in a column `hidden`.

    `totals` are the same indicator with fewer groups (or none) that is published too: it must not help either.
    A line is hidden where its count is 1 to threshold − 1, where its base is, or where base − count is; zeros are
    shown. Further cells are hidden until no hidden count can be narrowed down to fewer than `threshold` whole numbers
    by anybody who knows the table, its totals, and that zeros are shown. Open indicators come back with nothing hidden.
    Knows the relations inside this one frame; two frames on nested populations have to be kept consistent by the card.
    Raises CannotProtect where nothing is left to hide.
    """
    frame = measured.frame.reset_index(drop=True)
    if getattr(measured.card, "disclosure", SENSITIVE) != SENSITIVE or frame.empty:
        return dataclasses.replace(measured, frame=frame.assign(hidden=False))  # type: ignore[type-var]
    stacked = pd.concat([frame, *(_as_totals(total, frame, measured.groups) for total in totals)], ignore_index=True)
    cells = read_cells(stacked, measured.groups, len(frame))
    hidden = _closed(cells, _small(cells, threshold), threshold)
    return dataclasses.replace(measured, frame=blanked(frame, cells, hidden))  # type: ignore[type-var]


def _as_totals(total: Shown, frame: pd.DataFrame, groups: tuple[str, ...]) -> pd.DataFrame:
    """Lines of a coarser table put under the same columns, the groups it lacks marked as totals."""
    lines = total.frame[total.frame["period"].astype("str").isin(set(frame["period"].astype("str")))]
    return lines.assign(**{name: "total" for name in groups if name not in total.groups}).reindex(columns=frame.columns)


def _small(cells: Cells, threshold: int) -> np.ndarray:
    """Which cells are hidden for their own sake: counts, bases, and counts that leave a small rest."""
    number = cells.truth
    hidden = cells.is_count & (number >= 1) & (number < threshold)
    counts, bases = cells.pairs()
    rest = number[bases] - number[counts]
    small_rest = cells.is_count[counts] & (rest >= 1) & (rest < threshold)
    hidden[counts[small_rest]] = True
    return _with_company(cells, hidden, hidden & cells.fixed)


def _with_company(cells: Cells, hidden: np.ndarray, elsewhere: np.ndarray) -> np.ndarray:
    """A hidden base takes along the counts that stand over it (zeros stay), and equal bases of other lines."""
    hidden = hidden.copy()
    while True:
        hidden &= ~cells.fixed | elsewhere
        before = int(hidden.sum())
        for group in np.unique(cells.same[hidden & (cells.same >= 0)]):
            hidden[cells.same == group] = True
        counts, bases = cells.pairs()
        along = hidden[bases] & (cells.truth[counts] != 0)
        hidden[counts[along]] = True
        if int(hidden.sum()) == before:
            return hidden


def _closed(cells: Cells, hidden: np.ndarray, threshold: int) -> np.ndarray:
    """Hide more until the strongest reader of the table can pin nothing down."""
    elsewhere = hidden & cells.fixed
    while hidden.any():
        # the plain sums first, by counting; linear programming then finds what only several sums together betray
        loose = _thin(cells, hidden, threshold) or attack.narrowed(cells, hidden, threshold)
        if not loose:
            return hidden
        more = _also(cells, hidden, loose)
        if not more:
            raise CannotProtect(
                "表太小，无法在公布时保护小数 / the table is too small to publish with its small counts hidden"
            )
        hidden = hidden.copy()
        hidden[more] = True
        hidden = _with_company(cells, hidden, elsewhere)
    return hidden


def _thin(cells: Cells, hidden: np.ndarray, threshold: int) -> list[int]:
    """One hidden cell of each sum whose hidden cells, at least 1 each, leave too few numbers between them."""
    thin = []
    for relation in cells.sums:
        at = np.array(relation.cells)
        mine = at[hidden[at]]
        slack = cells.truth[mine].sum() - len(mine) if cells.is_count[mine].all() else np.inf
        if len(mine) == 1 or (
            len(mine) > 1 and len(set(relation.signs[:-1])) == 1 and not hidden[at[-1]] and slack < threshold - 1
        ):
            thin.append(int(mine[0]))
    return thin


def _also(cells: Cells, hidden: np.ndarray, loose: list[int]) -> list[int]:
    """For each cell that can be worked out, the shown cell of one of its sums that costs least to hide as well."""
    more: list[int] = []
    for cell in loose:
        sums = [relation for relation in cells.sums if cell in relation.cells]
        open_cells = {
            other
            for relation in sums
            for other in relation.cells
            if not (hidden[other] or cells.fixed[other]) and cells.truth[other] != 0
        }
        if open_cells & set(more):
            continue  # an earlier choice of this round already loosens one of its sums; look again next round
        if not open_cells:
            open_cells = {base for base in cells.bases_of(cell) if not hidden[base] and not cells.fixed[base]}
        if open_cells:
            more.append(min(open_cells, key=lambda other: _cost(cells, hidden, other)))
    return more


def _cost(cells: Cells, hidden: np.ndarray, cell: int) -> tuple[bool, int, float, int]:
    """Totals last; then cells whose other sums are already loose; then small numbers; then order."""
    tight = sum(
        1 for relation in cells.sums if cell in relation.cells and not any(hidden[other] for other in relation.cells)
    )
    return bool(cells.is_margin[cell]), tight, float(cells.truth[cell]), cell


def _floats(frame: pd.DataFrame, name: str) -> np.ndarray:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return np.asarray(frame[name].astype("float64").to_numpy(), dtype=float)


def blanked(frame: pd.DataFrame, cells: Cells, hidden: np.ndarray) -> pd.DataFrame:
    """The frame with hidden numbers missing; a line of which anything is hidden loses its rate and interval."""
    count_of, base_of = cells.count_of[: len(frame)], cells.base_of[: len(frame)]
    count_hidden, base_hidden = hidden[count_of] & (count_of >= 0), hidden[base_of] & (base_of >= 0)
    # a value that is the count itself (households, people) tells nothing of its base
    is_count = np.isclose(_floats(frame, "value"), _floats(frame, "numerator"))
    is_count &= (frame["unit"] != "share").to_numpy(dtype=bool) if "unit" in frame else False
    any_hidden = count_hidden | (base_hidden & ~is_count)
    shown = frame.copy()
    for name, where in (("numerator", count_hidden), ("denominator", base_hidden)):
        if name in shown:
            shown[name] = shown[name].astype("float64").mask(where)
    for name in ("value", "low", "high", "missing"):
        if name in shown:
            where = any_hidden if name == "value" else count_hidden | base_hidden
            shown[name] = shown[name].astype("float64").mask(where)
    return shown.assign(hidden=any_hidden)
