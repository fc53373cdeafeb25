"""A sheet as the locator looks at it, and which of its cells the vocabulary knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from louxing_analysis.cleaning.headers import take_apart
from louxing_analysis.cleaning.sheet import Merge

LONGEST = 80  # characters of a header; the longest real one seen has 26


@dataclass(frozen=True)
class View:
    """Cells, which of them hold something and how many a row, merges by their first row, known headers."""

    values: np.ndarray
    held: np.ndarray
    counts: np.ndarray
    merges: dict[int, list[Merge]]
    known: frozenset[str]

    def spans(self, row: int) -> list[Merge]:
        """Merged ranges that begin in a row."""
        return self.merges.get(row, [])


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
