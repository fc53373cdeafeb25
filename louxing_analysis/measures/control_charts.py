"""Control charts of proportions with unequal denominators: limits for every point, and run rules in words.

A point over a denominator of zero has no share: it is nan, has no limits, and breaks every run (not recorded is not 0
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

    `sigma_z` is 1 in a plain p-chart; in Laney's it is how much wider the points scatter than chance alone.
    """

    share: Array
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
    """Draw up a p-chart: centre Σ count / Σ base, limits centre ± sigmas·√(centre(1 − centre)/base), cut at 0 and 1.

    `baseline` flags the points the centre is computed from (all by default): limits frozen on them judge the later
    ones. `target` sets the centre instead. Raises ValueError for counts above their base, an unknown rule, an empty
    baseline. Source: Montgomery 2009, Introduction to Statistical Quality Control, §7.2; NIST/SEMATECH e-Handbook
    §6.3.3.2.
    """
    return _chart(count, base, baseline, target, sigmas, rules, laney=False)


def laney_p_chart(
    count: ArrayLike,
    base: ArrayLike,
    baseline: ArrayLike | None = None,
    sigmas: float = 3,
    rules: tuple[str, ...] = WESTERN_ELECTRIC,
) -> ControlChart:
    """Draw up Laney's p′-chart: as `p_chart`, with limits widened by the scatter between neighbouring points.

    For large denominators, where a plain chart calls nearly every point out of control. `sigma_z` is the mean moving
    range of z over 1.128; it narrows the limits where it is below 1. Source: Laney 2002, Quality Engineering 14(4).
    """
    return _chart(count, base, baseline, None, sigmas, rules, laney=True)


def run_signals(z: ArrayLike, rules: tuple[str, ...] = WESTERN_ELECTRIC, sigmas: float = 3) -> tuple[Signal, ...]:
    """Give every signal of the rules on points already in sigmas (nan breaks a run), in order of point, then of rule.

    Source: Western Electric 1956, Statistical Quality Control Handbook; Nelson 1984, Journal of Quality Technology
    16(4).
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
    laney: bool,
) -> ControlChart:
    counts, bases = numbers(count, "count"), numbers(base, "base")
    if counts.size != bases.size or ((counts < 0) | (counts > bases)).any():
        raise ValueError("count and base must be of one length, with 0 ≤ count ≤ base")
    chosen = np.ones(counts.size, bool) if baseline is None else np.asarray(baseline, dtype=bool)
    if chosen.shape != counts.shape:
        raise ValueError("baseline must hold one flag per point")
    frozen = chosen & (bases > 0)
    if target is None and not frozen.any():
        raise ValueError("the baseline holds no point with a denominator")
    centre = float(counts[frozen].sum() / bases[frozen].sum()) if target is None else float(target)
    if not 0 <= centre <= 1:
        raise ValueError(f"target={target} is not between 0 and 1")
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(bases > 0, counts / bases, np.nan)
        sigma = np.where(bases > 0, np.sqrt(centre * (1 - centre) / bases), np.nan)
        # A centre of 0 or 1 leaves no room for chance: whatever is off it is infinitely far off.
        z = np.where(share == centre, 0.0, (share - centre) / sigma)
    sigma_z = _scatter(z[frozen]) if laney else 1.0
    z = z / sigma_z
    low, high = (np.clip(centre + side * sigmas * sigma_z * sigma, 0, 1) for side in (-1, 1))
    return ControlChart(share, centre, low, high, z, sigma_z, frozen, run_signals(z, rules, sigmas))


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
    # Rising, falling and alternating are read off the shares' order, which z keeps where denominators are equal.
    steps = np.diff(windows, axis=1)
    if name == "six_rising_or_falling":
        return np.asarray((steps > 0).all(axis=1) | (steps < 0).all(axis=1))
    return np.asarray((steps[:, 1:] * steps[:, :-1] < 0).all(axis=1))
