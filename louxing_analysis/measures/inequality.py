"""How unequally a quantity is spread: Gini, Lorenz curve, Atkinson, generalized entropy, quantile measures.

All take `weights`, `clusters`, `strata` and `standard_error` as everywhere; scale-free, so they need a mean above zero
(else the value is nan and the convention says so). Without rows the value is nan, n 0.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from louxing_analysis.measures.estimate import Estimate, nothing
from louxing_analysis.measures.linearisation import linearised
from louxing_analysis.measures.quantiles import quantile, quantile_groups, quantile_ratio, quintile_share_ratio
from louxing_analysis.measures.ranks import rank_product
from louxing_analysis.measures.rows import Array, Rows, checked, one_of, require_positive

__all__ = [
    "LorenzCurve", "atkinson", "generalized_entropy", "gini", "lorenz_curve", "mean_log_deviation", "quantile",
    "quantile_groups", "quantile_ratio", "quintile_share_ratio", "theil",
]  # fmt: skip
NO_MEAN = "the mean is not above zero"


class LorenzCurve(NamedTuple):
    """Points of a Lorenz curve, from (0, 0) to (1, 1): share of the population, share of the income."""

    population: Array
    income: Array


def gini(
    income: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    definition: str = "trapezoid",
    correction: bool = False,
    standard_error: bool = True,
) -> Estimate:
    """Give the Gini coefficient.

    definition "trapezoid" is one minus twice the area under the Lorenz polygon (laeken, ineq, Eurostat). "half_unit"
    takes the rank of a row as cumulated weight − ½ (R's convey): the weights must then be counts, and this alone does
    change when they are scaled; without weights both agree. `correction` multiplies by n/(n − 1), n the rows.
    Negative incomes are kept, and counted in the convention: the value may then pass 1.
    Source: Lerman & Yitzhaki 1989, Journal of Econometrics 42; influence function Deville 1999.
    """
    one_of(definition, "definition", ("trapezoid", "half_unit"))
    rows = checked(weights, clusters, strata, income=income)
    words = f"Gini, {definition}{', n/(n-1) correction' if correction else ''}{_negatives(rows)}"
    factor = rows.n / (rows.n - 1) if correction and rows.n > 1 else 1.0
    if not rows.n or not rows.mean(rows["income"]) > 0:
        return nothing(f"{words}; {NO_MEAN if rows.n else 'no rows'}", rows.n)
    if correction and rows.n == 1:
        return nothing(f"{words}; one row", 1)
    values = rows["income"]
    value = factor * _gini_value(values, rows.weights, definition)

    def influence() -> Array:
        product, product_influence = rank_product(values, values, rows.share)
        mean = rows.mean(values)
        return factor * 2 * (product_influence() - product / mean * (values - mean)) / mean

    return linearised(value, influence if standard_error else None, rows, words)


def lorenz_curve(income: ArrayLike, weights: ArrayLike | None = None, points: int | None = None) -> LorenzCurve:
    """Give the Lorenz curve: one corner per row, or `points` + 1 evenly spaced points read off its straight pieces.

    Without rows, or with a total that is not above zero, ValueError: such a curve cannot be drawn.
    """
    rows = checked(weights, income=income)
    if not rows.n or not rows.mean(rows["income"]) > 0:
        raise ValueError(f"no Lorenz curve: {NO_MEAN if rows.n else 'no rows'}")
    order = np.argsort(rows["income"])
    weight = rows.weights[order]
    population, money = np.cumsum(weight), np.cumsum(weight * rows["income"][order])
    curve = LorenzCurve(
        np.concatenate(([0.0], population / population[-1])), np.concatenate(([0.0], money / money[-1]))
    )
    if points is None:
        return curve
    grid = np.linspace(0.0, 1.0, points + 1)
    return LorenzCurve(grid, np.interp(grid, *curve))


def atkinson(
    income: ArrayLike,
    epsilon: float = 1,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    not_positive: str = "refuse",
    standard_error: bool = True,
) -> Estimate:
    """Give the Atkinson index: the share of income that could go if the rest were spread evenly at the same welfare.

    epsilon (≥ 0) is the aversion to inequality. Negative incomes, and zeros where epsilon ≥ 1, are refused, or left out
    and counted (`not_positive="count_out"`). Source: Atkinson 1970, Journal of Economic Theory 2.
    """
    if not epsilon >= 0:
        raise ValueError(f"epsilon={epsilon} is below zero")
    rows = checked(weights, clusters, strata, income=income)
    rows, note = require_positive(rows, "income", f"Atkinson({epsilon:g})", not_positive, zero_allowed=epsilon < 1)
    words = f"Atkinson({epsilon:g}){note}"
    relative = _relative(rows)
    if relative is None:
        return nothing(f"{words}; {NO_MEAN if rows.n else 'no rows'}", rows.n)
    if epsilon == 1:
        level = float(np.exp(rows.mean(np.log(relative))))
    else:
        power = rows.mean(relative ** (1 - epsilon))
        level = power ** (1 / (1 - epsilon))

    def influence() -> Array:
        if epsilon == 1:
            return -level * (np.log(relative) - np.log(level) - (relative - 1))
        of_power = level / ((1 - epsilon) * power) * (relative ** (1 - epsilon) - power)
        return level * (relative - 1) - of_power

    return linearised(1 - level, influence if standard_error else None, rows, words, (0.0, 1.0))


def generalized_entropy(
    income: ArrayLike,
    alpha: float = 1,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    not_positive: str = "refuse",
    standard_error: bool = True,
) -> Estimate:
    """Give GE(alpha): 0 the mean log deviation, 1 Theil's index, 2 half the squared coefficient of variation.

    Zeros where alpha ≤ 0, and negative incomes except at alpha = 2, are refused, or left out and counted
    (`not_positive="count_out"`). Source: Shorrocks 1980, Econometrica 48(3).
    """
    rows = checked(weights, clusters, strata, income=income)
    note = ""
    if alpha != 2:
        rows, note = require_positive(rows, "income", f"GE({alpha:g})", not_positive, zero_allowed=alpha > 0)
    words = f"GE({alpha:g}){note}"
    relative = _relative(rows)
    if relative is None:
        return nothing(f"{words}; {NO_MEAN if rows.n else 'no rows'}", rows.n)
    # With r = income / mean, GE is the mean of a function of r; its second part is how r itself moves with the mean.
    if alpha == 0:
        term, slope = -np.log(relative), -1.0
    elif alpha == 1:
        term = relative * np.log(np.where(relative > 0, relative, 1.0))
        slope = rows.mean(term) + 1.0
    else:
        power = relative * relative if alpha == 2 else relative**alpha
        term = (power - 1) / (alpha * (alpha - 1))
        slope = rows.mean(power) / (alpha - 1)
    value = rows.mean(term)
    influence = (lambda: term - value - slope * (relative - 1)) if standard_error else None
    return linearised(max(value, 0.0), influence, rows, words, (0.0, float("inf")))


def theil(
    income: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    not_positive: str = "refuse",
    standard_error: bool = True,
) -> Estimate:
    """Give Theil's index, GE(1): mean of r·ln r, r = income / mean; zero incomes add 0, negative ones are refused."""
    return generalized_entropy(income, 1, weights, clusters, strata, not_positive, standard_error)


def mean_log_deviation(
    income: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    not_positive: str = "refuse",
    standard_error: bool = True,
) -> Estimate:
    """Give the mean log deviation, GE(0): the mean of ln(mean / income); incomes of zero or less are refused."""
    return generalized_entropy(income, 0, weights, clusters, strata, not_positive, standard_error)


def _gini_value(values: Array, weights: Array, definition: str) -> float:
    order = np.argsort(values)
    weight = weights[order]
    money = weight * values[order]
    rank = np.cumsum(weight)
    total = rank[-1]
    rank -= 0.5 if definition == "half_unit" else weight / 2
    return float(2 * np.dot(money, rank) / (total * money.sum()) - 1)


def _relative(rows: Rows) -> Array | None:
    if not rows.n:
        return None
    mean = rows.mean(rows["income"])
    return rows["income"] / mean if mean > 0 else None


def _negatives(rows: Rows) -> str:
    count = int(np.count_nonzero(rows["income"] < 0)) if rows.n and rows["income"].min() < 0 else 0
    return f"; {count} negative values kept" if count else ""
