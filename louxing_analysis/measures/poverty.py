"""Poverty against a line: how many, how deep, how unequal. Poor means income < line, strictly; at the line is not poor.

`line` is one number or one per row, above zero. Zero and negative incomes are kept. Without rows the value is nan, n 0.
Every index takes `weights` (persons, say), and `clusters` and `strata` for its linearised error; `standard_error=False`
leaves the error out where only the number is wanted. The line counts as known: its own error is not in that of the
index.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from louxing_analysis.measures.estimate import Estimate, nothing
from louxing_analysis.measures.linearisation import linearised, precision, share_estimate, with_precision
from louxing_analysis.measures.quantiles import quantile, require_rule
from louxing_analysis.measures.ranks import rank_product
from louxing_analysis.measures.rows import Array, Rows, checked, require_positive

NON_NEGATIVE = (0.0, math.inf)


def fgt(
    income: ArrayLike,
    line: ArrayLike,
    alpha: float = 0,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the Foster–Greer–Thorbecke index: mean of ((line − income) / line)^alpha over all, 0 for those not poor.

    alpha 0 is the headcount, 1 the poverty gap, 2 its severity. Raises ValueError for alpha < 0. Where nobody or
    everybody is poor the linearised error of the headcount is 0; its interval is then Wilson's, counting clusters (else
    rows). Source: Foster, Greer, Thorbecke 1984, Econometrica 52(3).
    """
    if not alpha >= 0:
        raise ValueError(f"alpha={alpha} is below zero")
    rows, lines = _rows_and_lines(income, line, weights, clusters, strata)
    words = f"FGT({alpha:g}), poor is income < line"
    if not rows.n:
        return nothing(f"{words}; no rows")
    depth = _depth(rows["income"], lines, alpha)
    if alpha == 0:
        return share_estimate(depth, 1.0, rows, words, standard_error)
    value = rows.mean(depth)
    return linearised(value, (lambda: depth - value) if standard_error else None, rows, words, NON_NEGATIVE)


def watts(
    income: ArrayLike,
    line: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    not_positive: str = "refuse",
    standard_error: bool = True,
) -> Estimate:
    """Give the Watts index: mean of ln(line / income) over all, 0 for those not poor.

    Incomes of zero or less have no logarithm: ValueError, or left out and counted in the convention
    (`not_positive="count_out"`). Source: Watts 1968; Haughton & Khandker 2009, Handbook on Poverty and Inequality, ch.
    4.
    """
    rows, lines = _rows_and_lines(income, line, weights, clusters, strata)
    rows, note = require_positive(rows, "income", "the Watts index", not_positive)
    words = f"Watts index, poor is income < line{note}"
    if not rows.n:
        return nothing(f"{words}; no rows")
    lines = rows["line"] if "line" in rows.columns else lines
    distance = np.log(np.maximum(lines / rows["income"], 1.0))
    value = rows.mean(distance)
    return linearised(value, (lambda: distance - value) if standard_error else None, rows, words, NON_NEGATIVE)


def sen(
    income: ArrayLike,
    line: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the Sen index H·[I + (1 − I)·Gini of the poor], I the mean gap of the poor as a share of the line.

    In the form that does not change when every row is doubled (without Sen's own q/(q+1)); 0 where nobody is poor.
    Written as H − 2M/z + 2B/(zH), M the mean of the poor's incomes over all, B the same weighted by rank. One line
    only. Source: Sen 1976, Econometrica 44(2); Haughton & Khandker 2009, ch. 4.
    """
    rows, line_value = _rows_and_one_line(income, line, weights, clusters, strata)
    words = "Sen index (replication-invariant), poor is income < line"
    if not rows.n:
        return nothing(f"{words}; no rows")
    poor = rows["income"] < line_value
    kept = np.where(poor, rows["income"], 0.0)
    headcount, amount = rows.mean(poor.astype(np.float64)), rows.mean(kept)
    if headcount == 0:
        return linearised(0.0, (lambda: kept) if standard_error else None, rows, words, NON_NEGATIVE)
    product, product_influence = rank_product(kept, rows["income"], rows.share)
    value = headcount - 2 * amount / line_value + 2 * product / (line_value * headcount)

    def influence() -> Array:
        of_headcount = poor - headcount
        of_product = product_influence() - product / headcount * of_headcount
        return of_headcount - 2 * (kept - amount) / line_value + 2 * of_product / (line_value * headcount)

    return linearised(value, influence if standard_error else None, rows, words, NON_NEGATIVE)


def sst(
    income: ArrayLike,
    line: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the Sen–Shorrocks–Thon index: headcount × mean gap of the poor × (1 + Gini of the gaps of all).

    Written as 2·mean of gap × (1 − rank). One line only. Source: Shorrocks 1995, Econometrica 63(5);
    Xu & Osberg 2002; Haughton & Khandker 2009, ch. 4.
    """
    rows, line_value = _rows_and_one_line(income, line, weights, clusters, strata)
    words = "Sen–Shorrocks–Thon index, poor is income < line"
    if not rows.n:
        return nothing(f"{words}; no rows")
    gap = _depth(rows["income"], line_value, 1)
    mean_gap = rows.mean(gap)
    product, product_influence = rank_product(gap, rows["income"], rows.share)
    influence: Callable[[], Array] = lambda: 2 * (gap - mean_gap - product_influence())  # noqa: E731
    return linearised(2 * (mean_gap - product), influence if standard_error else None, rows, words, NON_NEGATIVE)


def poverty_gap_total(
    income: ArrayLike,
    line: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the money that would lift every poor row to its line: Σ w·(line − income), in the unit of income.

    A total, so it does grow with the weights: they must be counts (of persons, where income is per head).
    """
    rows, lines = _rows_and_lines(income, line, weights, clusters, strata)
    words = "total poverty gap, poor is income < line"
    if not rows.n:
        return nothing(f"{words}; no rows")
    scores = rows.weights * np.maximum(lines - rows["income"], 0.0)
    value = float(scores.sum())
    if not standard_error:
        return Estimate(value, n=rows.n, convention=words)
    return with_precision(value, precision(scores, rows.clusters, rows.strata), rows.n, words, NON_NEGATIVE)


def relative_line(
    income: ArrayLike,
    share: float = 0.6,
    quantile: float = 0.5,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    rule: str = "smallest",
    standard_error: bool = True,
) -> Estimate:
    """Give a line set as a share of a quantile, 60 % of the median by default (`rule` as in `quantile`)."""
    if not share > 0:
        raise ValueError(f"share={share} is not above zero")
    base = _quantile_of(income, quantile, weights, clusters, strata, rule, standard_error)
    words = f"{share:g} of: {base.convention}"
    return Estimate(share * base.value, share * base.se, share * base.low, share * base.high, base.n, words)


def relative_median_gap(
    income: ArrayLike,
    line: float,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    rule: str = "smallest",
    standard_error: bool = True,
) -> Estimate:
    """Give how far the median income of the poor lies below the line, as a share of the line; nan where nobody is poor.

    `n` counts the poor. The error is that of the median of the poor. Source: Eurostat, relative median
    at-risk-of-poverty gap; with `rule="midpoint"` as in R's laeken, with "smallest" as in vardpoor.
    """
    require_rule(rule)
    rows, line_value = _rows_and_one_line(income, line, weights, clusters, strata)
    poor = rows.where(rows["income"] < line_value)
    words = "relative median gap of the poor, poor is income < line"
    if not poor.n:
        return nothing(f"{words}; no poor rows")
    middle = _quantile_of(poor["income"], 0.5, poor.weights, poor.clusters, poor.strata, rule, standard_error)
    ends = (1 - middle.high / line_value, 1 - middle.low / line_value)
    words = f"{words}; {middle.convention}"
    return Estimate(1 - middle.value / line_value, middle.se / line_value, *ends, poor.n, words)


# `relative_line` has a parameter of the same name.
_quantile_of = quantile


def _depth(income: Array, line: float | Array, alpha: float) -> Array:
    """Give ((line − income) / line)^alpha for the poor and 0 for the others."""
    if alpha == 0:
        return (income < line).astype(np.float64)
    gap: Array = np.maximum(1.0 - income / line, 0.0)
    if alpha == 1:
        return gap
    return gap * gap if alpha == 2 else gap**alpha


def _rows_and_lines(
    income: ArrayLike, line: ArrayLike, weights: ArrayLike | None, clusters: ArrayLike | None, strata: ArrayLike | None
) -> tuple[Rows, float | Array]:
    if np.ndim(line) == 0:
        return _rows_and_one_line(income, line, weights, clusters, strata)
    rows = checked(weights, clusters, strata, income=income, line=line)
    _require_above_zero(rows["line"])
    return rows, rows["line"]


def _rows_and_one_line(
    income: ArrayLike, line: ArrayLike, weights: ArrayLike | None, clusters: ArrayLike | None, strata: ArrayLike | None
) -> tuple[Rows, float]:
    if np.ndim(line) != 0:
        raise ValueError("this measure takes one line for all rows")
    value = np.asarray(line, dtype=np.float64)
    _require_above_zero(value)
    return checked(weights, clusters, strata, income=income), float(value)


def _require_above_zero(line: NDArray[np.float64]) -> None:
    if not (np.isfinite(line).all() and (line > 0).all()):
        raise ValueError("line must be a number above zero")
