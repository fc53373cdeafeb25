"""What made a mean or a poverty figure change between two moments; every decomposition adds up exactly.

Two moments are either `paired` (the same rows in the same order, as in a balanced panel: weights and clusters given
once serve both) or two sets of rows that share at most their clusters. The error of a change uses the clusters of both
moments together, so that a village that is high in both years does not count as chance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from louxing_analysis.measures.estimate import Estimate
from louxing_analysis.measures.linearisation import Precision, precision, with_precision
from louxing_analysis.measures.means import mean
from louxing_analysis.measures.poverty import fgt
from louxing_analysis.measures.quantiles import Cumulated, quantile_influence
from louxing_analysis.measures.rows import Array, Rows, checked, numbers, one_of


class IncomeBridge(NamedTuple):
    """From the mean before to the mean after: `contributions` in the order of `sources`, in units of income.

    `unexplained` is the part of the change of the stated total that no source accounts for; exactly 0 without a stated
    total. before + contributions + unexplained = after. `shares` are contributions / change (nan where change is 0).
    """

    before: float
    after: float
    change: Estimate
    sources: tuple[str, ...]
    contributions: tuple[Estimate, ...]
    unexplained: Estimate
    shares: Array


class SizeAndIncome(NamedTuple):
    """The mean change of income per head, and its two parts: change = income_effect + size_effect."""

    change: Estimate
    income_effect: Estimate
    size_effect: Estimate


class GrowthIncidence(NamedTuple):
    """Growth of each quantile, per year, with its 95 % interval; nan where a quantile before is not above zero."""

    shares: Array
    before: Array
    after: Array
    growth: Array
    low: Array
    high: Array


class GrowthRedistribution(NamedTuple):
    """change = growth + redistribution + residual, in units of the index; the Shapley form has no residual."""

    before: float
    after: float
    change: float
    growth: float
    redistribution: float
    residual: float


class _Moments(NamedTuple):
    """Two checked sets of rows whose clusters are labelled alike."""

    before: Rows
    after: Rows

    def change(self, value: float, of_before: Array, of_after: Array, words: str) -> Estimate:
        """Give the change of something from its influence values at both moments."""
        n = self.before.n + self.after.n
        return with_precision(value, self.precision(of_before, of_after), n, words)

    def precision(self, of_before: Array, of_after: Array) -> Precision:
        """Give the precision of after − before."""
        scores = np.concatenate((-of_before * self.before.share, of_after * self.after.share))
        clusters = None
        if self.before.clusters is not None and self.after.clusters is not None:
            clusters = np.concatenate((self.before.clusters, self.after.clusters))
        return precision(scores, clusters)


def income_bridge(
    before: Mapping[str, ArrayLike],
    after: Mapping[str, ArrayLike],
    weights: ArrayLike | None = None,
    weights_after: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    clusters_after: ArrayLike | None = None,
    paired: bool = True,
    total_before: ArrayLike | None = None,
    total_after: ArrayLike | None = None,
) -> IncomeBridge:
    """Give each source's contribution to the change of the weighted mean, with its error.

    `before` and `after` hold one array per source, the same names in both; costs are negative, or taken off beforehand.
    With stated totals, what the sources do not account for is its own part. Raises ValueError where the names differ or
    there are no rows. Source: the accounting identity Δȳ = Σ Δȳ_k.
    """
    sources = tuple(before)
    if set(sources) != set(after) or not sources:
        raise ValueError(f"the sources differ: before {sorted(before)}, after {sorted(after)}")
    if (total_before is None) != (total_after is None):
        raise ValueError("give the stated total at both moments or at neither")
    columns = _with_total(before, sources, total_before), _with_total(after, sources, total_after)
    moments = _moments(columns[0], columns[1], weights, weights_after, clusters, clusters_after, paired)
    parts = {name: _change_of_mean(moments, name) for name in columns[0]}
    total, rest = parts.pop("\0total"), parts.pop("\0rest")
    contributions = tuple(parts[name] for name in sources)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.array([float(part) for part in contributions]) / (total.value or math.nan)
    means = [rows.mean(rows["\0total"]) for rows in (moments.before, moments.after)]
    return IncomeBridge(means[0], means[1], total, sources, contributions, rest, shares)


def size_and_income_effect(
    income_before: ArrayLike,
    size_before: ArrayLike,
    income_after: ArrayLike,
    size_after: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
) -> SizeAndIncome:
    """Part the change of income per head into that of the household's income Y and that of its size n.

    Per household Δ(Y/n) = ΔY·½(1/n₀ + 1/n₁) + Δ(1/n)·½(Y₀ + Y₁), exactly; the weighted means of both are given (weights
    1: every household alike). Incomes are those of whole households. Sizes must be above zero (ValueError).
    """
    rows = checked(
        weights, clusters, strata,
        income_before=income_before, size_before=size_before, income_after=income_after, size_after=size_after,
    )  # fmt: skip
    sizes = rows["size_before"], rows["size_after"]
    bad = int(sum((size <= 0).sum() for size in sizes))
    if bad:
        raise ValueError(f"{bad} household sizes are zero or negative")
    heads = 1 / sizes[0], 1 / sizes[1]
    income_part = (rows["income_after"] - rows["income_before"]) * (heads[0] + heads[1]) / 2
    size_part = (heads[1] - heads[0]) * (rows["income_before"] + rows["income_after"]) / 2
    design = (rows.weights, rows.clusters, rows.strata)
    return SizeAndIncome(*(mean(part, *design) for part in (income_part + size_part, income_part, size_part)))


def growth_incidence_curve(
    before: ArrayLike,
    after: ArrayLike,
    shares: ArrayLike | None = None,
    years: float = 1,
    weights: ArrayLike | None = None,
    weights_after: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    clusters_after: ArrayLike | None = None,
    paired: bool = False,
    interval: bool = True,
) -> GrowthIncidence:
    """Give the yearly growth of each quantile, (Q₁/Q₀)^(1/years) − 1, at the shares 0.01 … 0.99 by default.

    Anonymous: the households at a quantile need not be the same in both years. The interval is that of the logarithm of
    Q₁/Q₀. Source: Ravallion & Chen 2003, Economics Letters 78.
    """
    if not years > 0:
        raise ValueError(f"years={years} is not above zero")
    grid = np.arange(1, 100) / 100 if shares is None else numbers(shares, "shares")
    if ((grid <= 0) | (grid >= 1)).any():
        raise ValueError("shares must lie between 0 and 1")
    moments = _moments({"y": before}, {"y": after}, weights, weights_after, clusters, clusters_after, paired)
    sorted_rows = [Cumulated(rows["y"], rows.weights) for rows in (moments.before, moments.after)]
    low, high = (cumulated.at(grid) for cumulated in sorted_rows)
    known = (low > 0) & (high > 0)
    log_growth = np.log(np.where(known, high, np.nan) / np.where(known, low, np.nan))
    reach = np.full(grid.size, np.nan)
    for place in np.flatnonzero(known) if interval else ():
        influences = [
            quantile_influence(rows, "y", float(grid[place]), cumulated) / level[place]
            for rows, cumulated, level in zip(moments, sorted_rows, (low, high), strict=True)
        ]
        reach[place] = moments.precision(*influences).reach
    yearly = [np.expm1(ends / years) for ends in (log_growth, log_growth - reach, log_growth + reach)]
    return GrowthIncidence(grid, low, high, *yearly)


def growth_redistribution(
    before: ArrayLike,
    after: ArrayLike,
    line: float,
    alpha: float = 0,
    weights: ArrayLike | None = None,
    weights_after: ArrayLike | None = None,
    method: str = "shapley",
    reference: str = "before",
) -> GrowthRedistribution:
    """Part the change of FGT(alpha) into growth of the mean and change of the distribution around it.

    "datt_ravallion" moves one of the two from the `reference` moment and leaves a residual; "shapley" averages both
    orders. Incomes at both moments and the line are in the same prices. Needs means above zero (ValueError).
    Source: Datt & Ravallion 1992, Journal of Development Economics 38; Shorrocks 2013, Journal of Economic Inequality
    11.
    """
    one_of(method, "method", ("datt_ravallion", "shapley"))
    one_of(reference, "reference", ("before", "after"))
    moments = _moments({"y": before}, {"y": after}, weights, weights_after, None, None, paired=False)
    means = [rows.mean(rows["y"]) for rows in moments]
    if not min(means) > 0:
        raise ValueError(f"the mean income must be above zero at both moments; it is {means[0]:g} and {means[1]:g}")
    pairs = [(rows, own) for rows, own in zip(moments, means, strict=True)]
    # level[i][j]: the distribution of moment i scaled to the mean of moment j.
    level = [[_poverty_at(rows, target / own, line, alpha) for target in means] for rows, own in pairs]
    change = level[1][1] - level[0][0]
    growths = level[0][1] - level[0][0], level[1][1] - level[1][0]
    spreads = level[1][0] - level[0][0], level[1][1] - level[0][1]
    if method == "shapley":
        return GrowthRedistribution(level[0][0], level[1][1], change, sum(growths) / 2, sum(spreads) / 2, 0.0)
    which = 0 if reference == "before" else 1
    growth, spread = growths[which], spreads[which]
    return GrowthRedistribution(level[0][0], level[1][1], change, growth, spread, change - growth - spread)


def _poverty_at(rows: Rows, scale: float, line: float, alpha: float) -> float:
    # Scaling by exactly 1 keeps an income on the line where it is.
    incomes = rows["y"] if scale == 1 else rows["y"] * scale
    return fgt(incomes, line, alpha, rows.weights, standard_error=False).value


def _moments(
    before: Mapping[str, ArrayLike],
    after: Mapping[str, ArrayLike],
    weights: ArrayLike | None,
    weights_after: ArrayLike | None,
    clusters: ArrayLike | None,
    clusters_after: ArrayLike | None,
    paired: bool,
) -> _Moments:
    if (clusters is None) != (clusters_after is None) and not paired:
        raise ValueError("give clusters at both moments or at neither")
    if paired:
        length = len(np.asarray(next(iter(before.values()))))
        if clusters is None:
            clusters = np.arange(length)
        clusters_after = clusters if clusters_after is None else clusters_after
        weights_after = weights if weights_after is None else weights_after
        if len(np.asarray(next(iter(after.values())))) != length:
            raise ValueError("paired rows must be the same rows: before and after differ in length")
    sets = (checked(weights, clusters, None, **before), checked(weights_after, clusters_after, None, **after))
    if not all(rows.n for rows in sets):
        raise ValueError("there are no rows at one of the moments")
    return _Moments(*sets)


def _with_total(sources: Mapping[str, ArrayLike], names: tuple[str, ...], stated: ArrayLike | None) -> dict[str, Array]:
    """Add the total (stated, else the sum) and what the sources leave over; the names cannot clash with a source's."""
    columns = {name: numbers(sources[name], name) for name in names}
    added = np.sum(list(checked(None, **columns).columns.values()), axis=0)
    total = added if stated is None else numbers(stated, "total")
    return columns | {"\0total": total, "\0rest": total - added}


def _change_of_mean(moments: _Moments, name: str) -> Estimate:
    means = [rows.mean(rows[name]) for rows in moments]
    away = [rows[name] - value for rows, value in zip(moments, means, strict=True)]
    return moments.change(means[1] - means[0], away[0], away[1], "change of the weighted mean")
