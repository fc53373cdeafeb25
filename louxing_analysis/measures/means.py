"""Weighted means and ratios of totals, with errors that know that neighbours are alike."""

from __future__ import annotations

from numpy.typing import ArrayLike

from louxing_analysis.measures.estimate import Estimate, nothing
from louxing_analysis.measures.linearisation import linearised, share_estimate
from louxing_analysis.measures.rows import checked


def mean(
    values: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the weighted mean; flags (0/1, True/False) give a share.

    The error is that of a ratio Σ w·y / Σ w, because the weights are not fixed beforehand either. The interval of a
    share stays within 0 and 1; where all are alike it is Wilson's.
    """
    rows = checked(weights, clusters, strata, values=values)
    if not rows.n:
        return nothing("weighted mean; no rows")
    given = rows["values"]
    if ((given == 0) | (given == 1)).all():
        return share_estimate(given, 1.0, rows, "weighted share", standard_error)
    value = rows.mean(given)
    return linearised(value, (lambda: given - value) if standard_error else None, rows, "weighted mean")


def ratio(
    numerator: ArrayLike,
    denominator: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the ratio of the weighted totals Σ w·a / Σ w·b: the pooled rate, not the mean of the rows' own rates.

    Rows of a zero denominator are fine (they weigh nothing in the rate); where the whole denominator is zero or less
    the value is nan and the convention says so. A rate of 0 or 1 throughout has Wilson's interval.
    Source: Cochran 1977, Sampling Techniques, ch. 6.
    """
    rows = checked(weights, clusters, strata, numerator=numerator, denominator=denominator)
    if not rows.n:
        return nothing("ratio of totals; no rows")
    base = rows.mean(rows["denominator"])
    if not base > 0:
        return nothing("ratio of totals; the denominator adds up to zero or less", rows.n)
    top, bottom = rows["numerator"], rows["denominator"]
    if (top >= 0).all() and (top <= bottom).all():
        return share_estimate(top, bottom, rows, "ratio of totals", standard_error)
    value = rows.mean(top) / base
    influence = (lambda: (top - value * bottom) / base) if standard_error else None
    return linearised(value, influence, rows, "ratio of totals")
