"""Weighted quantiles, the groups they cut, and ratios made of them.

Rules: "smallest" is the smallest value whose cumulative weight share reaches p (R quantile type 1, vardpoor);
"midpoint" is the same, but where the share hits p exactly the mean of that value and the next (R type 2, SAS definition
5, laeken). Errors are Woodruff's: the interval of the share below the quantile, read back as incomes (Woodruff 1952,
JASA 47).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from louxing_analysis.measures.estimate import Estimate, nothing
from louxing_analysis.measures.linearisation import linearised, precision
from louxing_analysis.measures.ranks import TOLERANCE
from louxing_analysis.measures.rows import Array, Rows, checked, numbers, one_of

RULES = ("smallest", "midpoint")


class Cumulated:
    """Sorted values with their cumulated weights, from which any number of quantiles can be read."""

    def __init__(self, values: Array, weights: Array) -> None:
        """Sort once."""
        order = np.argsort(values)
        self.values = values[order]
        reached = np.cumsum(weights[order])
        self.reached = reached / reached[-1]

    def at(self, shares: ArrayLike, rule: str = "smallest") -> Array:
        """Give the quantile at each share (0–1)."""
        wanted = np.asarray(shares, dtype=np.float64)
        last = self.values.size - 1
        place = np.minimum(np.searchsorted(self.reached, wanted - TOLERANCE), last)
        found: Array = self.values[place]
        if rule == "smallest":
            return found
        exact = np.abs(self.reached[place] - wanted) <= TOLERANCE
        return np.where(exact, (found + self.values[np.minimum(place + 1, last)]) / 2, found)


def require_rule(rule: str) -> None:
    """Raise ValueError for a rule that is not known."""
    one_of(rule, "rule", RULES)


def quantile(
    values: ArrayLike,
    p: float,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    rule: str = "smallest",
    standard_error: bool = True,
) -> Estimate:
    """Give the weighted p-quantile (0 ≤ p ≤ 1), with Woodruff's interval; no error at p = 0 and p = 1."""
    _require_share(p)
    require_rule(rule)
    rows = checked(weights, clusters, strata, values=values)
    words = f"quantile {p:g}, rule {rule}"
    if not rows.n:
        return nothing(f"{words}; no rows")
    cumulated = Cumulated(rows["values"], rows.weights)
    value = float(cumulated.at(p, rule))
    if not standard_error or not 0 < p < 1:
        return Estimate(value, n=rows.n, convention=words)
    scores = ((rows["values"] <= value).astype(np.float64) - p) * rows.share
    error = precision(scores, rows.clusters, rows.strata)
    if error.degrees < 1:
        return Estimate(value, n=rows.n, convention=f"{words}; {error.words}")
    low, high = (float(end) for end in cumulated.at(_around(p, error.reach), rule))
    se = error.se * (high - low) / (2 * error.reach) if error.reach > 0 else 0.0
    words = f"{words}; Woodruff interval, 95 %, {error.words}, t({error.degrees})"
    return Estimate(value, se, min(low, value), max(high, value), rows.n, words)


def quantile_influence(rows: Rows, name: str, p: float, cumulated: Cumulated, rule: str = "smallest") -> Array:
    """Give the influence function (p − 1[y ≤ Q]) / f of a quantile; the density f is read off Woodruff's interval."""
    values = rows[name]
    below = (values <= float(cumulated.at(p, rule))).astype(np.float64) - p
    error = precision(below * rows.share, rows.clusters, rows.strata)
    if not error.reach > 0:
        return np.full(rows.n, math.nan if error.degrees < 1 else 0.0)
    around = _around(p, error.reach)
    if around[1] - around[0] <= TOLERANCE:  # an error of rounding only: the clusters are all alike
        return np.zeros(rows.n)
    low, high = cumulated.at(around, rule)
    return -below * ((high - low) / (around[1] - around[0]))


def quantile_ratio(
    values: ArrayLike,
    upper: float = 0.9,
    lower: float = 0.1,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    rule: str = "smallest",
    standard_error: bool = True,
) -> Estimate:
    """Give the upper quantile over the lower one, P90/P10 by default; nan where the lower one is not above zero."""
    _require_share(upper)
    _require_share(lower)
    require_rule(rule)
    rows = checked(weights, clusters, strata, values=values)
    words = f"quantile ratio {upper:g}/{lower:g}, rule {rule}"
    if not rows.n:
        return nothing(f"{words}; no rows")
    cumulated = Cumulated(rows["values"], rows.weights)
    top, bottom = (float(cumulated.at(p, rule)) for p in (upper, lower))
    if not bottom > 0:
        return nothing(f"{words}; the lower quantile is {bottom:g}, not above zero", rows.n)

    def influence() -> Array:
        of_top = quantile_influence(rows, "values", upper, cumulated, rule)
        return of_top / bottom - top / bottom**2 * quantile_influence(rows, "values", lower, cumulated, rule)

    return linearised(top / bottom, influence if standard_error else None, rows, words)


def quintile_share_ratio(
    values: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    share: float = 0.2,
    rule: str = "smallest",
    standard_error: bool = True,
) -> Estimate:
    """Give the total of those above the 80 % quantile over the total of those at or below the 20 % quantile (S80/S20).

    A ratio of totals: with ties at a cut the two groups need not weigh the same. nan where the lower total is not above
    zero. `share` 0.2 cuts quintiles. Source: Eurostat S80/S20; influence function after Langel & Tillé 2011, Journal of
    Statistical Planning and Inference 141; rule "midpoint" agrees with R's laeken, "smallest" with vardpoor.
    """
    require_rule(rule)
    if not 0 < share <= 0.5:
        raise ValueError(f"share={share} is not above 0 and at most 0.5")
    rows = checked(weights, clusters, strata, values=values)
    words = f"share ratio of totals, top {share:g} over bottom {share:g}, rule {rule}"
    if not rows.n:
        return nothing(f"{words}; no rows")
    income = rows["values"]
    low_cut, high_cut = Cumulated(income, rows.weights).at([share, 1 - share], rule)
    bottom = rows.mean(np.where(income <= low_cut, income, 0.0))
    top = rows.mean(np.where(income > high_cut, income, 0.0))
    if not bottom > 0:
        return nothing(f"{words}; the bottom group has {bottom:g} in all, not above zero", rows.n)

    def influence() -> Array:
        # Both totals move with their cut too: ∫ y below Q_p has the influence (y − Q)·1[y ≤ Q] + p·Q − itself.
        of_bottom = np.where(income <= low_cut, income - low_cut, 0.0)
        of_top = np.where(income > high_cut, income - high_cut, 0.0)
        centred = [of - rows.mean(of) for of in (of_bottom, of_top)]
        return centred[1] / bottom - top / bottom**2 * centred[0]

    return linearised(top / bottom, influence if standard_error else None, rows, words, (0.0, math.inf))


def quantile_groups(values: ArrayLike, groups: int = 5, weights: ArrayLike | None = None) -> NDArray[np.int64]:
    """Give each row its group, 1 (lowest) to `groups`, cut at the quantiles k/groups by the rule "smallest".

    Equal values always share a group, so members of one household who carry its income per head do too; with many ties
    groups may be of unequal weight, or empty. Rows of weight zero are placed by the cuts of the others.
    """
    if groups < 1:
        raise ValueError(f"groups={groups} is below 1")
    given = numbers(values, "values")
    rows = checked(weights, values=given)
    if not rows.n:
        if given.size:
            raise ValueError("all weights are zero: there is nothing to cut the groups by")
        return np.zeros(0, np.int64)
    cuts = Cumulated(rows["values"], rows.weights).at(np.arange(1, groups) / groups)
    return np.searchsorted(cuts, given, side="left").astype(np.int64) + 1


def _around(p: float, reach: float) -> Array:
    return np.clip([p - reach, p + reach], 0.0, 1.0)


def _require_share(p: float) -> None:
    if not 0 <= p <= 1:
        raise ValueError(f"p={p} is not between 0 and 1")
