"""Weighted ranks in which ties share one rank, and the rank-weighted means that Gini and Sen are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from louxing_analysis.measures.rows import Array

# Cumulative weights are sums of many floats; a share this close to p has reached p.
TOLERANCE = 1e-10


class Ranking(NamedTuple):
    """The order of the rows by a key, and the ends (exclusive) of the runs of equal keys in that order."""

    order: NDArray[np.intp]
    ends: NDArray[np.intp]

    def middle(self, amounts: Array) -> Array:
        """Cumulate `amounts` (one per row, in row order) up to the middle of each run of ties; result in row order."""
        cumulated = np.cumsum(amounts[self.order])
        at_ends = cumulated[self.ends - 1]
        at_starts = np.concatenate(([0.0], at_ends[:-1]))
        middle = (at_starts + at_ends) / 2
        result = np.empty_like(amounts)
        result[self.order] = np.repeat(middle, np.diff(self.ends, prepend=0))
        return result

    def at_ends(self, amounts: Array) -> Array:
        """Cumulate `amounts` up to the end of each run of ties: one value per run, lowest key first."""
        return np.cumsum(amounts[self.order])[self.ends - 1]


def ranking(key: Array) -> Ranking:
    """Order the rows by `key` and find its ties."""
    order = np.argsort(key)
    changes = np.flatnonzero(np.diff(key[order]) != 0) + 1
    return Ranking(order, np.append(changes, key.size).astype(np.intp))


def rank_product(amounts: Array, key: Array, share: Array) -> tuple[float, Callable[[], Array]]:
    """Give Σ share · amounts · R and its influence function, R the weighted mid-rank (0–1) by `key`.

    The influence value is a·R + (total of the amounts above, ties by half) − 2·Σ: a row counts by its own rank, and by
    pushing up the rank of all above it.
    """
    ranked = ranking(key)
    rank = ranked.middle(share)
    product = float(np.dot(share * amounts, rank))

    def influence() -> Array:
        weighted = share * amounts
        above = float(weighted.sum()) - ranked.middle(weighted)
        return amounts * rank + above - 2 * product

    return product, influence
