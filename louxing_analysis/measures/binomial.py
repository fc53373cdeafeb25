"""Shares of cases: intervals of one and of the difference of two, and the checks that all of them pass."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, ndtri

from louxing_analysis.measures.rows import Array, one_of

METHODS = ("wilson", "wilson_cc", "clopper_pearson", "agresti_coull", "jeffreys")


class Interval(NamedTuple):
    """A share (or a difference of shares) with the ends of its interval; numbers where numbers were given."""

    share: Array
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
    counts, bases = counts_of(count, base)
    tail = tail_of(level)
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


def tail_of(level: float) -> float:
    """Give the probability in each tail of an interval; ValueError for a level that is not between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"level={level} is not between 0 and 1")
    return (1 - level) / 2


def counts_of(count: ArrayLike, base: ArrayLike) -> tuple[Array, Array]:
    """Give counts and bases as floats of one shape; ValueError (how many) for missing, negative or too large counts."""
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
