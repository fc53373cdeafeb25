"""What the columns of a table usually hold, from its first rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from louxing_analysis.cleaning.view import View

_SAMPLE = 24  # rows that show what kind of cells a column holds
_ENOUGH = 3
_MOSTLY = 0.8  # a table of figures has some in this share of its rows


@dataclass(frozen=True)
class Profile:
    """What a table's columns usually hold: column → shape (see rowkinds.shape), those whose cells are no text at all,
    those that hold figures, the serial column, cells in a row, and whether nearly every row has figures."""

    shapes: dict[int, str]
    typed: tuple[int, ...]
    figures: tuple[int, ...]
    serial: int | None
    usual: float
    of_figures: bool

    @property
    def stub_ends(self) -> int:
        """The first column of figures; the labels of the rows stand left of it."""
        return self.figures[0] if self.figures else 0


def profile_of(view: View, start: int, left: int, right: int) -> Profile:
    """The shapes of the columns, from the first rows under a header."""
    rows = _first_rows(view, start)
    sampled = rows.tolist()
    tally = view.tally(sampled)
    numbers = tally["n"]
    total = numbers + tally["m"] + tally["d"] + tally["c"] + tally["t"]
    kinds = np.array(["c", "d", "m", "n", "t"])
    most = kinds[np.argmax(np.vstack([tally[kind] for kind in kinds.tolist()]), axis=0)]
    inside = [column for column in np.flatnonzero(total).tolist() if left <= column <= right]
    shapes = {column: str(most[column]) for column in inside}
    typed = tuple(column for column in inside if most[column] in ("n", "d") and not view.is_written(sampled, column))
    serial = _serial(view, start, left)
    figures = tuple(
        column
        for column in inside
        if column != serial and numbers[column] and (numbers + tally["m"])[column] * 2 >= total[column]
    )
    usual = float(np.median(view.counts[rows])) if rows.size else 0.0
    full = rows[view.counts[rows] * 2 > usual]
    filled = int(view.held[np.ix_(full, list(figures))].any(axis=1).sum()) if figures and full.size else 0
    return Profile(shapes, typed, figures, serial, usual, bool(filled) and filled >= _MOSTLY * full.size)


def _first_rows(view: View, start: int) -> np.ndarray:
    """Rows of several cells that show what the columns hold: up to the first blank row, if those are enough."""
    rows = np.flatnonzero(view.counts[start:] > 1)[:_SAMPLE] + start
    blank = np.flatnonzero(view.counts[start : start + 4 * _SAMPLE] == 0)
    for row in (blank + start).tolist():
        before = rows[rows < row]
        if before.size >= _ENOUGH:
            return before
    return rows


def _serial(view: View, start: int, left: int) -> int | None:
    """The first column, where it counts the rows; a form not yet filled in has nothing but those numbers."""
    rows = np.flatnonzero(view.counts[start:])[:_SAMPLE] + start
    for row in (np.flatnonzero(view.counts[start : start + 4 * _SAMPLE] == 0) + start).tolist():
        if (rows < row).sum() >= _ENOUGH:
            rows = rows[rows < row]
            break
    first = [value for value in view.values[rows, left].tolist() if value is not None]
    whole = [
        int(value) for value in first if isinstance(value, (int, float)) and value == value and value == int(value)
    ]
    whole += [int(value) for value in first if isinstance(value, str) and value.strip().isdecimal() and len(value) < 6]
    return left if whole and len(whole) * 2 > len(first) and _counts_up(whole) else None


def _counts_up(numbers: list[int]) -> bool:
    steps = [high - low for low, high in pairwise(numbers)]
    return not steps or (sum(step == 1 for step in steps) * 2 >= len(steps) and numbers[0] < 1800)
