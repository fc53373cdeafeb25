"""Proportions of small bases: intervals, differences, shrunken rates, ranks, funnel limits; one value per base.

A proportion is `count` of `base`, 0 ≤ count ≤ base; over a base of zero everything is nan. NaN, negative or too large
counts raise ValueError (how many). The formulas run on scipy.special's functions, which import in a tenth of the time
of scipy.stats and statsmodels; the tests hold them against statsmodels.
"""

from __future__ import annotations

from louxing_analysis.measures.binomial import METHODS, Interval, difference_interval, interval
from louxing_analysis.measures.funnel import FunnelLimits, funnel_limits
from louxing_analysis.measures.rank_intervals import RankIntervals, rank_intervals
from louxing_analysis.measures.shrinkage import Shrunken, shrunken_rates

__all__ = [
    "METHODS", "FunnelLimits", "Interval", "RankIntervals", "Shrunken", "difference_interval", "funnel_limits",
    "interval", "rank_intervals", "shrunken_rates",
]  # fmt: skip
