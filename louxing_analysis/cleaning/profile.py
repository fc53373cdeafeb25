"""What the columns of a table usually hold, from its first rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from louxing_analysis.cleaning.rowkinds import shape
from louxing_analysis.cleaning.view import View

_SAMPLE = 40  # rows that show what kind of cells a column holds


@dataclass(frozen=True)
class Profile:
    """What a table's columns usually hold: column → shape (see rowkinds.shape), those whose cells are no text at all,
    the serial column, cells in a row."""

    shapes: dict[int, str]
    typed: tuple[int, ...]
    serial: int | None
    usual: float


def profile_of(view: View, start: int, left: int, right: int) -> Profile:
    """The shapes of the columns, from the first rows under a header."""
    rows = np.flatnonzero(view.counts[start:] > 1)[:_SAMPLE] + start
    shapes: dict[int, str] = {}
    typed = []
    for column in range(left, right + 1):
        cells = [value for value in view.values[rows, column].tolist() if value is not None]
        found = [shape(value) for value in cells]
        if found:
            shapes[column] = max(sorted(set(found)), key=found.count)
            if sum(isinstance(value, str) for value in cells) * 4 < len(cells):
                typed.append(column)
    usual = float(np.median(view.counts[rows])) if rows.size else 0.0
    any_rows = np.flatnonzero(view.counts[start:])[:_SAMPLE] + start  # a form not yet filled in has nothing but numbers
    first = view.values[any_rows, left].tolist()
    whole = [
        int(value) for value in first if isinstance(value, (int, float)) and value == value and value == int(value)
    ]
    whole += [int(value) for value in first if isinstance(value, str) and value.strip().isdecimal() and len(value) < 6]
    serial = (
        left
        if whole and len(whole) * 2 > len([value for value in first if value is not None]) and _counts_up(whole)
        else None
    )
    return Profile(shapes, tuple(typed), serial, usual)


def _counts_up(numbers: list[int]) -> bool:
    steps = [high - low for low, high in pairwise(numbers)]
    return not steps or sum(step == 1 for step in steps) * 2 >= len(steps)
