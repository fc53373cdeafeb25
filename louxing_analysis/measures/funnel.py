"""Funnel limits: how far a rate of a small base may stray by chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, ndtri

from louxing_analysis.measures.binomial import counts_of, tail_of
from louxing_analysis.measures.rows import Array, one_of


class FunnelLimits(NamedTuple):
    """Limits around `target` for each base (columns) and each level (rows), as shares."""

    target: float
    levels: tuple[float, ...]
    low: Array
    high: Array


def funnel_limits(
    base: ArrayLike,
    target: float,
    levels: tuple[float, ...] = (0.95, 0.998),
    method: str = "exact",
    spread: float = 1.0,
) -> FunnelLimits:
    """Give the limits within which a rate of true value `target` stays by chance, for each base; nan at a base of 0.

    "exact" reads the binomial distribution, interpolated between counts so that limits are smooth; "normal" is
    target ± z·√(spread·target(1 − target)/base), `spread` ≥ 1 for over-dispersion. Cut at 0 and 1.
    Source: Spiegelhalter 2005, Statistics in Medicine 24, 1185–1202 (appendix A.1).
    """
    one_of(method, "method", ("exact", "normal"))
    if not 0 <= target <= 1:
        raise ValueError(f"target={target} is not between 0 and 1")
    if method == "exact" and spread != 1:
        raise ValueError("over-dispersion (spread) is for method='normal'")
    _, bases = counts_of(np.zeros_like(np.asarray(base, dtype=np.float64)), base)
    tails = np.array([tail_of(level) for level in levels])
    if method == "normal":
        with np.errstate(divide="ignore", invalid="ignore"):
            error = np.sqrt(spread * target * (1 - target) / bases)
        low, high = (target + np.multiply.outer(sign * ndtri(1 - tails), error) for sign in (-1, 1))
    else:
        low, high = (np.array([_binomial_limit(bases, target, end) for end in ends]) for ends in (tails, 1 - tails))
    low, high = (np.where(bases > 0, np.clip(ends, 0, 1), np.nan) for ends in (low, high))
    return FunnelLimits(float(target), tuple(levels), low, high)


def _binomial_limit(base: Array, target: float, p: float) -> Array:
    """Give the count r whose cumulated probability reaches p, less the part of its probability beyond p, over base."""
    if target in (0.0, 1.0):
        return np.full(base.shape, target)
    low, high = np.full(base.shape, -1.0), base.copy()  # the answer lies above `low`, at or below `high`
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        reached = bdtr(middle, base.astype(np.int64), target) >= p
        open_still = high - low > 1
        low, high = np.where(open_still & ~reached, middle, low), np.where(open_still & reached, middle, high)
    below = np.where(high > 0, bdtr(np.maximum(high - 1, 0), base.astype(np.int64), target), 0.0)
    at = bdtr(high, base.astype(np.int64), target)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((high - (at - p) / (at - below)) / base)
