"""Control charts of proportions and of counts with unequal denominators: limits for every point, run rules in words.

A point over a denominator of zero has no rate: it is nan, has no limits, and breaks every run (not recorded is not 0
%).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from louxing_analysis.measures.rows import Array, numbers

Flags = NDArray[np.bool_]
# The mean range of two normal values over their standard deviation (d₂ for n = 2; Montgomery 2009, appendix VI).
MOVING_RANGE = 1.128


class Rule(NamedTuple):
    """A run rule: how many points it looks at, and what it says."""

    points: int
    en: str
    zh: str


RULES: Mapping[str, Rule] = MappingProxyType({
    "beyond_limits": Rule(1, "one point beyond the 3-sigma limits", "1 点超出 3σ 控制限"),
    "two_of_three": Rule(3, "two of three points beyond 2 sigma on one side", "连续 3 点中有 2 点在同侧 2σ 以外"),
    "four_of_five": Rule(5, "four of five points beyond 1 sigma on one side", "连续 5 点中有 4 点在同侧 1σ 以外"),
    "eight_on_one_side": Rule(8, "eight points in a row on one side of the centre", "连续 8 点在中心线同侧"),
    "nine_on_one_side": Rule(9, "nine points in a row on one side of the centre", "连续 9 点在中心线同侧"),
    "six_rising_or_falling": Rule(6, "six points in a row rising, or falling", "连续 6 点递增或递减"),
    "fourteen_alternating": Rule(14, "fourteen points in a row up and down by turns", "连续 14 点上下交替"),
    "fifteen_near_centre": Rule(15, "fifteen points in a row within 1 sigma", "连续 15 点在 1σ 以内"),
    "eight_off_centre": Rule(8, "eight points in a row beyond 1 sigma, both sides", "连续 8 点在 1σ 以外（两侧都有）"),
})  # fmt: skip
WESTERN_ELECTRIC = ("beyond_limits", "two_of_three", "four_of_five", "eight_on_one_side")
NELSON = (
    "beyond_limits", "nine_on_one_side", "six_rising_or_falling", "fourteen_alternating", "two_of_three",
    "four_of_five", "fifteen_near_centre", "eight_off_centre",
)  # fmt: skip


class Signal(NamedTuple):
    """A rule that spoke: the point that completes the pattern (0-based), the point it begins at, and the words."""

    point: int
    first: int
    rule: str
    en: str
    zh: str


class ControlChart(NamedTuple):
    """The points with the centre and the limits of each; `z` is how many sigmas a point lies off the centre.

    `rate` is a share (p-charts), events per unit (u-charts) or events (c-charts). `sigma_z` is 1 in a plain chart; in
    Laney's it is how much wider the points scatter than chance alone.
    """

    rate: Array
    centre: float
    low: Array
    high: Array
    z: Array
    sigma_z: float
    baseline: Flags
    signals: tuple[Signal, ...]


def p_chart(
    count: ArrayLike,
    base: ArrayLike,
    baseline: ArrayLike | None = None,
    target: float | None = None,
    sigmas: float = 3,
    rules: tuple[str, ...] = WESTERN_ELECTRIC,
) -> ControlChart:
    """Draw up a p-chart of shares: how far each is from the common share, in its own binomial sigmas.

    Centre p = Σ count / Σ base; limits p ± sigmas·√(p(1 − p)/base) with each point's own base, cut at 0 and 1.
    `baseline` flags the points the centre is computed from (all by default): limits frozen on them judge the later
    ones. `target` sets the centre instead.

    Units: shares, 0 to 1; `count` and `base` one value per point in time order.
    Raises: ValueError for counts below 0 or above their base, missing values, an unknown rule, a baseline without a
    point, a target outside 0 to 1.
    Limits: the binomial takes cases as independent; where bases are large nearly every point falls out: see
    `laney_p_chart`. Small bases have skewed limits.
    Source: Montgomery 2009, Introduction to Statistical Quality Control, §7.2; NIST/SEMATECH e-Handbook §6.3.3.2.

    >>> # present   6   7   2  of 10 expected each: centre 15/30
    >>> chart = p_chart([6, 7, 2], [10, 10, 10])
    >>> chart.centre
    0.5
    >>> chart.high.round(4).tolist()
    [0.9743, 0.9743, 0.9743]
    """
    return _chart(count, base, baseline, target, sigmas, rules, "binomial")


def laney_p_chart(
    count: ArrayLike,
    base: ArrayLike,
    baseline: ArrayLike | None = None,
    sigmas: float = 3,
    rules: tuple[str, ...] = WESTERN_ELECTRIC,
) -> ControlChart:
    """Draw up Laney's p′-chart: as `p_chart`, with limits widened by the scatter between neighbouring points.

    For large bases, where a plain chart calls nearly every point out of control. `sigma_z` is the mean moving range of
    z over 1.128; the limits are centre ± sigmas·sigma_z·√(p(1 − p)/base). It narrows them where it is below 1.

    Units: shares, 0 to 1.
    Raises: ValueError as `p_chart`, and where the baseline has fewer than two points or no scatter.
    Limits: `sigma_z` of a few points is itself uncertain; a trend counts as scatter only step by step.
    Source: Laney 2002, Quality Engineering 14(4), 531–537.

    >>> # z of the points 2, −2, 2, −2: the mean moving range is 4, sigma_z 4/1.128
    >>> round(laney_p_chart([60, 40, 60, 40], [100] * 4).sigma_z, 4)
    3.5461
    """
    return _chart(count, base, baseline, None, sigmas, rules, "binomial", laney=True)


def u_chart(
    count: ArrayLike,
    base: ArrayLike,
    baseline: ArrayLike | None = None,
    target: float | None = None,
    sigmas: float = 3,
    rules: tuple[str, ...] = WESTERN_ELECTRIC,
    laney: bool = False,
) -> ControlChart:
    """Draw up a u-chart of events per unit: problems found per inspection, visits per pair, where one can have several.

    Centre u = Σ count / Σ base; limits u ± sigmas·√(u/base), cut at 0. `laney` widens them by the scatter between
    neighbours, as `laney_p_chart` does (the u′-chart).

    Units: events per unit of base; a base need not be whole (square metres, household-months).
    Raises: ValueError for negative counts or bases, counts over a base of zero, missing values, an unknown rule, a
    baseline without a point, a negative target.
    Limits: Poisson: events come singly and independently. With u·base below about 5 the lower limit is 0 and the upper
    too near.
    Source: Montgomery 2009, Introduction to Statistical Quality Control, §7.3.2; Laney 2002, Quality Engineering 14(4).

    >>> # problems   4   9   2   in  2  3  1 inspections: centre 15/6
    >>> chart = u_chart([4, 9, 2], [2, 3, 1])
    >>> chart.centre
    2.5
    >>> chart.high.round(3).tolist()
    [5.854, 5.239, 7.243]
    """
    return _chart(count, base, baseline, target, sigmas, rules, "poisson", laney)


def c_chart(
    count: ArrayLike,
    baseline: ArrayLike | None = None,
    target: float | None = None,
    sigmas: float = 3,
    rules: tuple[str, ...] = WESTERN_ELECTRIC,
) -> ControlChart:
    """Draw up a c-chart of events where every point has the same opportunity for them.

    Centre c = mean count; limits c ± sigmas·√c, cut at 0. A u-chart over a base of one.

    Units: events.
    Raises: ValueError as `u_chart`.
    Limits: as `u_chart`; where the opportunity differs from point to point only `u_chart` is right.
    Source: Montgomery 2009, Introduction to Statistical Quality Control, §7.3.1; NIST/SEMATECH e-Handbook §6.3.3.1.

    >>> # complaints a month   3   5   4   4: centre 4, limits 4 ± 3·2
    >>> chart = c_chart([3, 5, 4, 4])
    >>> [float(chart.low[0]), chart.centre, float(chart.high[0])]
    [0.0, 4.0, 10.0]
    """
    return _chart(count, np.ones(np.shape(count)), baseline, target, sigmas, rules, "poisson")


def run_signals(z: ArrayLike, rules: tuple[str, ...] = WESTERN_ELECTRIC, sigmas: float = 3) -> tuple[Signal, ...]:
    """Give every signal of the rules on points already in sigmas, in order of point, then of rule.

    A nan breaks a run. `sigmas` is where "beyond_limits" begins; the other rules count from 1 and 2 sigmas.

    Units: `z` in sigmas off the centre.
    Raises: ValueError for a rule that is not in RULES.
    Limits: rules give false alarms: of charts of 50 points in control some four in ten signal under the Western
    Electric four, five in ten under Nelson's eight (2,000 simulated).
    Source: Western Electric 1956, Statistical Quality Control Handbook; Nelson 1984, Journal of Quality Technology
    16(4), 237–239.

    >>> # z  0  2.1  0  2.2: two of the last three points beyond 2 sigma
    >>> [(signal.point, signal.rule) for signal in run_signals([0, 2.1, 0, 2.2])]
    [(3, 'two_of_three')]
    """
    unknown = [name for name in rules if name not in RULES]
    if unknown:
        raise ValueError(f"unknown rules {', '.join(unknown)}; known are {', '.join(RULES)}")
    points = np.asarray(z, dtype=np.float64)
    found = []
    for place, name in enumerate(rules):
        rule = RULES[name]
        if points.size < rule.points:
            continue
        windows = sliding_window_view(points, rule.points)
        spoken = _spoken(name, windows, sigmas) & ~np.isnan(windows).any(axis=1)
        found += [(int(end) + rule.points - 1, place, name) for end in np.flatnonzero(spoken)]
    return tuple(
        Signal(point, point - RULES[name].points + 1, name, RULES[name].en, RULES[name].zh)
        for point, _, name in sorted(found)
    )


def _chart(
    count: ArrayLike,
    base: ArrayLike,
    baseline: ArrayLike | None,
    target: float | None,
    sigmas: float,
    rules: tuple[str, ...],
    chance: str,
    laney: bool = False,
) -> ControlChart:
    counts, bases = _points(count, base, chance)
    chosen = np.ones(counts.size, bool) if baseline is None else np.asarray(baseline, dtype=bool)
    if chosen.shape != counts.shape:
        raise ValueError("baseline must hold one flag per point")
    frozen = chosen & (bases > 0)
    if target is None and not frozen.any():
        raise ValueError("the baseline holds no point with a denominator")
    centre = float(counts[frozen].sum() / bases[frozen].sum()) if target is None else float(target)
    top = 1.0 if chance == "binomial" else math.inf
    if not 0 <= centre <= top:
        raise ValueError(f"target={target} is not {'between 0 and 1' if chance == 'binomial' else '0 or above'}")
    variance = centre * (1 - centre) if chance == "binomial" else centre
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(bases > 0, counts / bases, np.nan)
        sigma = np.where(bases > 0, np.sqrt(variance / bases), np.nan)
        # A centre of 0 (or a share of 1) leaves no room for chance: whatever is off it is infinitely far off.
        z = np.where(rate == centre, 0.0, (rate - centre) / sigma)
    sigma_z = _scatter(z[frozen]) if laney else 1.0
    z = z / sigma_z
    low, high = (np.clip(centre + side * sigmas * sigma_z * sigma, 0, top) for side in (-1, 1))
    return ControlChart(rate, centre, low, high, z, sigma_z, frozen, run_signals(z, rules, sigmas))


def _points(count: ArrayLike, base: ArrayLike, chance: str) -> tuple[Array, Array]:
    counts, bases = numbers(count, "count"), numbers(base, "base")
    if chance == "binomial":
        if counts.size != bases.size or ((counts < 0) | (counts > bases)).any():
            raise ValueError("count and base must be of one length, with 0 ≤ count ≤ base")
    elif counts.size != bases.size or ((counts < 0) | (bases < 0) | ((bases == 0) & (counts > 0))).any():
        raise ValueError("count and base must be of one length and not negative, with no count over a base of zero")
    return counts, bases


def _scatter(z: Array) -> float:
    if z.size < 2:
        raise ValueError("Laney's chart needs at least two points in its baseline")
    scatter = float(np.abs(np.diff(z)).mean()) / MOVING_RANGE
    if not 0 < scatter < math.inf:
        raise ValueError("the baseline points do not differ, or the centre is 0 or 1: there is no scatter to measure")
    return scatter


def _spoken(name: str, windows: Array, sigmas: float) -> Flags:
    """Say for each window whether the rule holds and its last point takes part in the pattern."""
    if name == "beyond_limits":
        return np.asarray(np.abs(windows[:, 0]) > sigmas)
    if name in ("two_of_three", "four_of_five"):
        limit = 2 if name == "two_of_three" else 1
        needed = windows.shape[1] - 1
        sides = [((side * windows > limit).sum(axis=1) >= needed) & (side * windows[:, -1] > limit) for side in (-1, 1)]
        return np.asarray(sides[0] | sides[1])
    if name in ("eight_on_one_side", "nine_on_one_side"):
        return np.asarray((windows > 0).all(axis=1) | (windows < 0).all(axis=1))
    if name == "fifteen_near_centre":
        return np.asarray((np.abs(windows) < 1).all(axis=1))
    if name == "eight_off_centre":
        off = (np.abs(windows) > 1).all(axis=1)
        return np.asarray(off & (windows > 0).any(axis=1) & (windows < 0).any(axis=1))
    # Rising, falling and alternating are read off the rates' order, which z keeps where denominators are equal.
    steps = np.diff(windows, axis=1)
    if name == "six_rising_or_falling":
        return np.asarray((steps > 0).all(axis=1) | (steps < 0).all(axis=1))
    return np.asarray((steps[:, 1:] * steps[:, :-1] < 0).all(axis=1))
