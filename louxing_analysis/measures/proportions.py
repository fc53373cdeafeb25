"""Proportions of small bases: intervals, differences, shrunken rates, funnel limits; arrays, one value per base.

A proportion is `count` of `base`, 0 ≤ count ≤ base; over a base of zero everything is nan. NaN, negative or too large
counts raise ValueError (how many). The formulas run on scipy.special's functions, which import in a tenth of the time
of scipy.stats and statsmodels; the tests hold them against statsmodels.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import bdtr, betaincinv, betaln, expit, logit, ndtri

from louxing_analysis.measures.rows import Array, one_of

METHODS = ("wilson", "wilson_cc", "clopper_pearson", "agresti_coull", "jeffreys")


class Interval(NamedTuple):
    """A share (or a difference of shares) with the ends of its interval; numbers where numbers were given."""

    share: Array
    low: Array
    high: Array


class Shrunken(NamedTuple):
    """Rates drawn towards the common mean, the more so the smaller their base.

    `mean` and `strength` are those of the beta distribution of the true rates: it weighs as much as `strength` cases.
    `strength` is infinite where the rates differ no more than chance lets them: all are then the common mean.
    """

    rate: Array
    low: Array
    high: Array
    mean: float
    strength: float


class FunnelLimits(NamedTuple):
    """Limits around `target` for each base (columns) and each level (rows), as shares."""

    target: float
    levels: tuple[float, ...]
    low: Array
    high: Array


def interval(count: ArrayLike, base: ArrayLike, method: str = "wilson", level: float = 0.95) -> Interval:
    """Give the interval of each proportion.

    "wilson" (the default: right for small bases and near 0 and 1), "wilson_cc" with continuity correction,
    "clopper_pearson" (never covers less than `level`), "agresti_coull" (cut at 0 and 1), "jeffreys" (low is 0 at
    count 0, high is 1 at count = base). Source: Newcombe 1998, Statistics in Medicine 17, 857–872; Brown, Cai &
    DasGupta 2001, Statistical Science 16(2).
    """
    one_of(method, "method", METHODS)
    counts, bases = _counts(count, base)
    tail = _tail(level)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(bases > 0, counts / bases, np.nan)
        low, high = _ENDS[method](counts, bases, share, tail)
    # The ends meet the share where rounding lets them pass it.
    low = np.where(counts == 0, 0.0, np.minimum(np.clip(low, 0, 1), share))
    high = np.where(counts == bases, 1.0, np.maximum(np.clip(high, 0, 1), share))
    empty = bases == 0
    return Interval(share[()], np.where(empty, np.nan, low)[()], np.where(empty, np.nan, high)[()])


def difference_interval(
    count_1: ArrayLike,
    base_1: ArrayLike,
    count_2: ArrayLike,
    base_2: ArrayLike,
    method: str = "wilson",
    level: float = 0.95,
) -> Interval:
    """Give p₁ − p₂ of two independent groups with Newcombe's hybrid score interval (his method 10; "wilson_cc": 11).

    Not for the same people before and after. Source: Newcombe 1998, Statistics in Medicine 17, 873–890.
    """
    one_of(method, "method", ("wilson", "wilson_cc"))
    first, second = interval(count_1, base_1, method, level), interval(count_2, base_2, method, level)
    difference = first.share - second.share
    down = np.hypot(first.share - first.low, second.high - second.share)
    up = np.hypot(first.high - first.share, second.share - second.low)
    return Interval(difference, np.maximum(difference - down, -1.0), np.minimum(difference + up, 1.0))


def shrunken_rates(count: ArrayLike, base: ArrayLike, level: float = 0.95) -> Shrunken:
    """Give each rate as an empirical-Bayes mean under a beta-binomial model fitted by maximum likelihood.

    The interval is that of the posterior and takes the fitted distribution as known: with few groups it is too narrow.
    A base of zero gets the common mean. Raises ValueError for fewer than two bases above zero.
    Source: Robbins 1956; Casella 1985, The American Statistician 39(2).
    """
    counts, bases = _counts(count, base)
    used = bases > 0
    if counts.ndim != 1 or used.sum() < 2:
        raise ValueError("shrinking needs at least two bases above zero, in one dimension")
    mean, strength = _beta_of(counts[used], bases[used])
    if math.isinf(strength):
        same = np.full(counts.shape, mean)
        return Shrunken(same, same, same, mean, strength)
    yes, no = mean * strength + counts, (1 - mean) * strength + bases - counts
    tail = _tail(level)
    return Shrunken(yes / (yes + no), betaincinv(yes, no, tail), betaincinv(yes, no, 1 - tail), mean, strength)


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
    _, bases = _counts(np.zeros_like(np.asarray(base, dtype=np.float64)), base)
    tails = np.array([_tail(level) for level in levels])
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


def _beta_of(counts: Array, bases: Array) -> tuple[float, float]:
    """Fit mean and strength of the beta distribution; strength is infinite where more strength always fits better."""
    pooled = float(counts.sum() / bases.sum())
    if pooled in (0.0, 1.0):
        return pooled, math.inf

    def loss(point: Array) -> float:
        mean, strength = float(expit(point[0])), math.exp(point[1])
        yes, no = mean * strength, (1 - mean) * strength
        return -float(np.sum(betaln(counts + yes, bases - counts + no) - betaln(yes, no)))

    start = np.array([float(logit(pooled)), math.log(float(bases.mean()) + 1)])
    fit = minimize(loss, start, method="L-BFGS-B", bounds=[(-30, 30), (math.log(1e-3), math.log(1e7))])
    binomial = -float(np.sum(counts * math.log(pooled) + (bases - counts) * math.log1p(-pooled)))
    if fit.fun >= binomial - 1e-6 or fit.x[1] >= math.log(1e6):
        return pooled, math.inf
    return float(expit(fit.x[0])), math.exp(fit.x[1])


def _wilson(count: Array, base: Array, share: Array, tail: float) -> tuple[Array, Array]:
    z_squared = float(ndtri(tail)) ** 2
    centre = count + z_squared / 2
    reach = math.sqrt(z_squared) * np.sqrt(count * (1 - share) + z_squared / 4)
    return (centre - reach) / (base + z_squared), (centre + reach) / (base + z_squared)


def _wilson_cc(count: Array, base: Array, share: Array, tail: float) -> tuple[Array, Array]:
    z = -float(ndtri(tail))
    ends = []
    for sign in (-1, 1):
        # At count 0 (and count = base) the root of the outer end may be of a number below zero; that end is 0 (or 1).
        inside = z * z + sign * 2 - 1 / base + 4 * share * (base * (1 - share) - sign)
        ends.append((2 * count + z * z + sign + sign * z * np.sqrt(np.maximum(inside, 0))) / (2 * (base + z * z)))
    return ends[0], ends[1]


def _beta_ends(add: tuple[float, float, float, float]) -> Callable[[Array, Array, Array, float], tuple[Array, Array]]:
    def ends(count: Array, base: Array, share: Array, tail: float) -> tuple[Array, Array]:
        missing = base - count
        low = betaincinv(count + add[0], missing + add[1], tail)
        return low, betaincinv(count + add[2], missing + add[3], 1 - tail)

    return ends


def _agresti_coull(count: Array, base: Array, share: Array, tail: float) -> tuple[Array, Array]:
    z = -float(ndtri(tail))
    centre = (count + z * z / 2) / (base + z * z)
    reach = z * np.sqrt(centre * (1 - centre) / (base + z * z))
    return centre - reach, centre + reach


_ENDS: dict[str, Callable[[Array, Array, Array, float], tuple[Array, Array]]] = {
    "wilson": _wilson,
    "wilson_cc": _wilson_cc,
    "clopper_pearson": _beta_ends((0, 1, 1, 0)),
    "agresti_coull": _agresti_coull,
    "jeffreys": _beta_ends((0.5, 0.5, 0.5, 0.5)),
}


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level={level} is not between 0 and 1")
    return (1 - level) / 2


def _counts(count: ArrayLike, base: ArrayLike) -> tuple[Array, Array]:
    given = [np.asarray(values, dtype=np.float64) for values in (count, base)]
    for values, name in zip(given, ("count", "base"), strict=True):
        missing = int((~np.isfinite(values)).sum())
        if missing:
            raise ValueError(f"{name}: {missing} of {values.size} values are missing or infinite")
    counts, bases = np.broadcast_arrays(*given)
    wrong = int(((counts < 0) | (counts > bases)).sum())
    if wrong:
        raise ValueError(f"{wrong} of {counts.size} counts are negative or larger than their base")
    return counts, bases
