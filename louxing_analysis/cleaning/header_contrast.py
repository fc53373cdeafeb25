"""How much the cells of a header differ from the cells under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from louxing_analysis.cleaning.header_like import BELOW
from louxing_analysis.cleaning.header_names import lends_no_name
from louxing_analysis.cleaning.shapes import shape
from louxing_analysis.cleaning.view import View


def contrast(view: View, rows: Sequence[int], last: int) -> float:
    """How much the header's cells differ from the cells under them, 0 to 1; 0.3 where nothing stands under them."""
    rows = [row for row in rows if not lends_no_name(view, row, rows)]
    row, start = rows[-1], rows[-1] + 1
    under = np.arange(start, min(start + BELOW, last + 1))
    same = np.asarray(view.values[under] == view.values[row], dtype=bool) & view.held[row]
    below = view.values[under[same.sum(axis=1) < 0.8 * view.counts[row]]]  # a header may be repeated on every page
    points = []
    for column in np.flatnonzero(view.held[list(rows)].any(axis=0)).tolist():
        head = next(view.values[level, column] for level in reversed(rows) if view.held[level, column])
        cells = [cell for cell in below[:, column].tolist() if cell is not None]
        points.append(_difference(head, cells))
    return max(0.0, sum(points) / len(points)) if points and row >= 0 else 0.0


def _difference(head: Any, cells: Sequence[Any]) -> float:
    if not cells:
        return 0.3
    if head in cells[:-1] or cells == [head]:
        return -0.5
    other = sum(shape(cell) != "t" for cell in cells) / len(cells)
    if other >= 0.6:
        return 1.0 if shape(head) == "t" else 0.6
    return 0.7 if len(cells) > 3 and len(set(cells)) <= len(cells) / 2 else 0.3
