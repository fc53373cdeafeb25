"""Members listed under their head: where each household's block of rows begins."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array


def written(cells: Array) -> pd.Series:
    """The cells as texts, None where nothing is written."""
    texts = [None if cell is None or not (text := str(cell).strip()) else text for cell in cells]
    return pd.Series(texts, dtype=object)


def block_starts(heads: Array, codes: pd.Series | None, names: pd.Series | None, once: Iterable[pd.Series]) -> Array:
    """Which rows begin a household.

    heads: rows of a head. codes: the household's code or its head's number; names: its head's name; None where no column has
    them. once: other columns of the household. A block begins where a code (without one, a head's name) changes; blank cells
    go on with the one above. A head further down belongs to the block if it is the first there (the register does not always
    put the head first); a second one begins a household of which no code is known, unless its row repeats the code: two
    heads in one household are an error of the register, not two households. Without codes and names a column that is
    written once a household tells where each begins, else the heads do.
    """
    if codes is not None and codes.notna().any():
        return _by_mark(heads, codes, again=codes.isna().to_numpy())
    if names is not None and names.notna().any():
        return _by_mark(heads, names, again=np.ones(len(heads), dtype=bool))
    for column in once:
        there = column.notna().to_numpy()
        if len(there) and there[0] and 0 < there.sum() == heads.sum() < len(heads):
            return there
    return np.asarray(heads, dtype=bool)


def _by_mark(heads: Array, marks: pd.Series, again: Array) -> Array:
    """Starts where the mark changes, and at every head after the first of a stretch where `again` allows it."""
    changes = (marks.notna() & (marks != marks.ffill().shift())).to_numpy(dtype=bool)
    stretch = np.cumsum(changes)
    so_far = np.cumsum(heads)
    before = np.concatenate([[0], so_far])[np.searchsorted(stretch, stretch)]  # heads above the stretch
    further = heads & ((so_far - before > 1) | (stretch == 0)) & again
    return changes | further
