"""How sure a place in a league table is: intervals of ranks of rates over unequal, often small, bases."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from louxing_analysis.measures.binomial import interval
from louxing_analysis.measures.rows import Array, one_of
from louxing_analysis.measures.shrinkage import shrunken_rates

METHODS = ("posterior", "joint")
BLOCK = 4_000_000  # draws held at a time: 32 MB of each array that a block needs


class RankIntervals(NamedTuple):
    """The rank of each rate, 1 the highest (or lowest) of all, with the ends of its interval; nan over a base of 0.

    `rank` is the median rank under "posterior", the rank of the rates as they stand under "joint" (equal rates share the
    mean of their places); `mean` is the mean rank, a fraction (under "joint" the same as `rank`).
    """

    rank: Array
    mean: Array
    low: Array
    high: Array
    convention: str


def rank_intervals(
    count: ArrayLike,
    base: ArrayLike,
    level: float = 0.95,
    method: str = "posterior",
    highest_first: bool = True,
    draws: int = 10_000,
    seed: int = 0,
) -> RankIntervals:
    """Give the rank of each of K rates and the interval its true rank lies in.

    "posterior" draws every true rate from its distribution under the beta-binomial model of `shrunken_rates`, ranks
    each draw, and gives median, mean and the (1 ± level)/2 quantiles: right for one place at a time. Where the rates
    differ no more than chance lets them, every rank from 1 to K is as likely. "joint" gives every rate a Wilson
    interval of level^(1/K) and lets i be ranked after j only where their intervals are apart: with probability `level`
    all true ranks lie in their intervals at once; wider, without a model.

    Units: ranks, 1 to K, K the rates with a base above zero.
    Raises: ValueError for counts below 0 or above their base, fewer than two bases above zero, fewer than 100 draws.
    Limits: "posterior" takes the fitted distribution as known, and is drawn (the same `seed` gives the same answer;
    ends of ranks move by about one place between seeds when K is in the hundreds). Ranks are whole, so the intervals cover a little more than `level`.
    Source: Goldstein & Spiegelhalter 1996, Journal of the Royal Statistical Society A 159(3), 385–443; Klein, Wright &
    Wieczorek 2020, Journal of the Royal Statistical Society A 183(2), 589–606.

    >>> # 90 of 100, 50 of 100, 5 of 10: the last two change places freely, the first stays first
    >>> found = rank_intervals([90, 50, 5], [100, 100, 10], method="joint")
    >>> found.low.tolist(), found.high.tolist()
    ([1.0, 2.0, 2.0], [1.0, 3.0, 3.0])
    """
    one_of(method, "method", METHODS)
    counts, bases = (np.asarray(given, dtype=np.float64) for given in (count, base))
    interval(counts, bases)  # refuses what is no count of a base
    used = np.asarray(bases > 0)
    if counts.ndim != 1 or used.sum() < 2:
        raise ValueError("ranks need at least two bases above zero, in one dimension")
    sign = -1.0 if highest_first else 1.0
    words = f"rank 1 is the {'highest' if highest_first else 'lowest'} rate of {int(used.sum())}"
    if method == "joint":
        rates = interval(counts[used], bases[used], level=level ** (1 / int(used.sum())))
        found = _joint(sign * rates.share, *np.sort([sign * rates.low, sign * rates.high], axis=0))
        words = f"{words}; joint {level:g} over all ranks, Wilson intervals"
    else:
        if draws < 100:
            raise ValueError(f"draws={draws} is below 100, too few for the ends of an interval")
        found = _drawn(counts[used], bases[used], sign, level, draws, seed)
        words = f"{words}; {level:g} for each rank, beta-binomial posterior, {draws} draws"
    placed = np.full((4, counts.size), np.nan)
    placed[:, used] = found
    return RankIntervals(placed[0], placed[1], placed[2], placed[3], words)


def _joint(value: Array, low: Array, high: Array) -> Array:
    """Count, in the order of `value`, who is surely before and who is surely after."""
    ordered = np.sort(value)
    first, last = (np.searchsorted(ordered, value, side=side) for side in ("left", "right"))
    before = np.searchsorted(np.sort(high), low, side="left")
    after = value.size - np.searchsorted(np.sort(low), high, side="right")
    rank = (first + last + 1) / 2
    return np.array([rank, rank, before + 1, value.size - after], dtype=np.float64)


def _drawn(counts: Array, bases: Array, sign: float, level: float, draws: int, seed: int) -> Array:
    size = counts.size
    fitted = shrunken_rates(counts, bases)
    if math.isinf(fitted.strength):
        tail = (1 - level) / 2
        alike = ((size + 1) / 2, (size + 1) / 2, max(math.ceil(tail * size), 1), math.ceil((1 - tail) * size))
        return np.tile(np.array(alike, dtype=np.float64)[:, None], size)
    yes = fitted.mean * fitted.strength + counts
    no = (1 - fitted.mean) * fitted.strength + bases - counts
    generator = np.random.default_rng(seed)
    ranks = np.empty((draws, size), np.int32)
    step = max(BLOCK // size, 1)
    for start in range(0, draws, step):
        order = np.argsort(sign * generator.beta(yes, no, (min(step, draws - start), size)), axis=1)
        np.put_along_axis(ranks[start : start + step], order, np.arange(1, size + 1, dtype=np.int32)[None, :], axis=1)
    shares = [0.5, (1 - level) / 2, (1 + level) / 2]
    middle, low, high = np.quantile(ranks, shares, axis=0, method="inverted_cdf").astype(np.float64)
    return np.array([middle, ranks.mean(axis=0), low, high])
