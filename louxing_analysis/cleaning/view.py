"""A sheet as the locator looks at it, and which of its cells the vocabulary knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from louxing_analysis.cleaning.headers import take_apart
from louxing_analysis.cleaning.shapes import shapes_of
from louxing_analysis.cleaning.sheet import Merge

_FEW = 8
LONGEST = 80  # characters of a header; the longest real one seen has 26


@dataclass(frozen=True)
class View:
    """Cells, which of them hold something and how many a row, merges by their first row, known headers."""

    values: np.ndarray
    held: np.ndarray
    counts: np.ndarray
    merges: dict[int, list[Merge]]
    known: frozenset[str]
    names: dict[tuple[tuple[int, ...], int, int], dict[int, str]] = field(default_factory=dict, repr=False)
    headings: dict[int, bool] = field(default_factory=dict, repr=False)
    _shapes: dict[int, list[str]] = field(default_factory=dict, repr=False)

    def shapes(self, row: int) -> list[str]:
        """The shape of every cell of a row (see rowkinds.shape), worked out once."""
        found = self._shapes.get(row)
        if found is None:
            found = self._shapes[row] = shapes_of(self.values[row].tolist())
        return found

    def spans(self, row: int) -> list[Merge]:
        """Merged ranges that begin in a row."""
        return self.merges.get(row, [])

    def tally(self, rows: Sequence[int]) -> dict[str, np.ndarray]:
        """How many cells of each shape every column has in some rows."""
        table = np.array([self.shapes(row) for row in rows], dtype="<U1").reshape(len(rows), self.values.shape[1])
        return {kind: (table == kind).sum(axis=0) for kind in "nmdct"}

    def is_written(self, rows: Sequence[int], column: int) -> bool:
        """Whether most of a column's first cells are text, numbers written as text included."""
        classes = [cell.__class__ for cell in self.values[list(rows[:_FEW]), column].tolist()]
        return classes.count(str) * 4 > len(classes) - classes.count(type(None))


@lru_cache(maxsize=65536)
def _keys(text: str) -> tuple[str, ...]:
    return take_apart(text).keys


def is_known(value: Any, known: frozenset[str]) -> bool:
    """Whether a cell is a header of the vocabulary, with or without unit, year and numbering."""
    return isinstance(value, str) and len(value) <= LONGEST and not known.isdisjoint(_keys("".join(value.split())))


def extent(view: View, rows: Sequence[int]) -> tuple[int, int]:
    """The first and last column that some rows hold or are merged over."""
    columns = np.flatnonzero(view.held[list(rows)].any(axis=0))
    right = max([merge.last_column for row in rows for merge in view.spans(row)], default=0)
    return int(columns[0]), max(int(columns[-1]), right)
