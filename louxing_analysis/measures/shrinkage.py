"""Rates of many small bases drawn towards their common mean: empirical Bayes under the beta-binomial model."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, expit, logit

from louxing_analysis.measures.binomial import counts_of, tail_of
from louxing_analysis.measures.rows import Array


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


def shrunken_rates(count: ArrayLike, base: ArrayLike, level: float = 0.95) -> Shrunken:
    """Give each rate as an empirical-Bayes mean under a beta-binomial model fitted by maximum likelihood.

    The interval is that of the posterior and takes the fitted distribution as known: with few groups it is too narrow.
    A base of zero gets the common mean. Raises ValueError for fewer than two bases above zero.
    Source: Robbins 1956; Casella 1985, The American Statistician 39(2).
    """
    counts, bases = counts_of(count, base)
    used = bases > 0
    if counts.ndim != 1 or used.sum() < 2:
        raise ValueError("shrinking needs at least two bases above zero, in one dimension")
    mean, strength = _beta_of(counts[used], bases[used])
    if math.isinf(strength):
        same = np.full(counts.shape, mean)
        return Shrunken(same, same, same, mean, strength)
    yes, no = mean * strength + counts, (1 - mean) * strength + bases - counts
    tail = tail_of(level)
    return Shrunken(yes / (yes + no), betaincinv(yes, no, tail), betaincinv(yes, no, 1 - tail), mean, strength)


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
