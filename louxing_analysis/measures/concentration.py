"""Who gets it: concentration along a ranking (by income, say), coverage by group, errors of targeting, overlap.

`rank_by` orders the rows from worst to best off; ties share one rank. Weights, clusters, strata and `standard_error` as
everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from louxing_analysis.measures.estimate import Estimate, nothing
from louxing_analysis.measures.linearisation import linearised
from louxing_analysis.measures.means import mean, ratio
from louxing_analysis.measures.quantiles import quantile_groups
from louxing_analysis.measures.ranks import rank_product, ranking
from louxing_analysis.measures.rows import Array, Rows, checked, one_of

KINDS = ("standard", "generalized", "erreygers", "wagstaff")


class ConcentrationCurve(NamedTuple):
    """Points from (0, 0) to (1, 1), worst off first: share of the population, share of the outcome."""

    population: Array
    outcome: Array


class GroupCoverage(NamedTuple):
    """One group of a ranking: its number (1 the lowest), its share of the population, the share of it that receives.

    `incidence` is the group's share of all who receive.
    """

    group: int
    population: float
    coverage: Estimate
    incidence: Estimate


class TargetingErrors(NamedTuple):
    """How receipt and eligibility fit.

    `coverage` received, of the eligible; `under_coverage` = 1 − coverage; `leakage` not eligible, of those who receive
    (of the money, where amounts are given). `exclusion_error` eligible without receipt, and `inclusion_error` receiving
    without eligibility, are shares of all. `counts` are rows: eligible and receiving, eligible not receiving, not
    eligible but receiving, neither.
    """

    coverage: Estimate
    under_coverage: Estimate
    leakage: Estimate
    exclusion_error: Estimate
    inclusion_error: Estimate
    counts: tuple[int, int, int, int]


class Pattern(NamedTuple):
    """One combination of programmes (none: an empty tuple): rows, weight, and share of the total weight."""

    programmes: tuple[str, ...]
    rows: int
    weight: float
    share: float


def concentration_index(
    outcome: ArrayLike,
    rank_by: ArrayLike,
    kind: str = "standard",
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    bounds: tuple[float, float] = (0.0, 1.0),
    standard_error: bool = True,
) -> Estimate:
    """Give the concentration index; below zero the outcome lies with the worse off.

    "standard" 2·cov(outcome, rank)/mean; "generalized" that times the mean; for an outcome between `bounds` (a flag: 0
    and 1) "erreygers" 4·generalized/(b − a), and "wagstaff" (b − a)·generalized/((b − mean)(mean − a)). nan where the
    mean (of Wagstaff's: its distance to either bound) is not above zero. Raises ValueError for outcomes out of bounds.
    Source: Kakwani, Wagstaff & van Doorslaer 1997, Journal of Econometrics 77; Wagstaff 2005, Health Economics 14;
    Erreygers 2009, Journal of Health Economics 28.
    """
    one_of(kind, "kind", KINDS)
    rows = checked(weights, clusters, strata, outcome=outcome, rank_by=rank_by)
    words = f"concentration index, {kind}"
    if not rows.n:
        return nothing(f"{words}; no rows")
    values, middle = rows["outcome"], rows.mean(rows["outcome"])
    if kind in ("erreygers", "wagstaff"):
        _require_within(values, bounds)
    # The index is generalized × scale(mean); `slope` is the derivative of that scale.
    scale, slope = _scale(kind, middle, bounds)
    if not math.isfinite(scale):
        return nothing(f"{words}; the mean, {middle:g}, leaves it undefined", rows.n)
    product, product_influence = rank_product(values, rows["rank_by"], rows.share)
    level = 2 * product - middle

    def influence() -> Array:
        away = values - middle
        return scale * (2 * product_influence() - away) + level * slope * away

    return linearised(level * scale, influence if standard_error else None, rows, words)


def concentration_curve(outcome: ArrayLike, rank_by: ArrayLike, weights: ArrayLike | None = None) -> ConcentrationCurve:
    """Give the cumulated share of the outcome against that of the population, one corner per distinct rank.

    Without rows, or with a total that is not above zero, ValueError: such a curve cannot be drawn.
    """
    rows = checked(weights, outcome=outcome, rank_by=rank_by)
    if not rows.n or not rows.mean(rows["outcome"]) > 0:
        raise ValueError(f"no concentration curve: {'the total is not above zero' if rows.n else 'no rows'}")
    ranked = ranking(rows["rank_by"])
    population, outcomes = (ranked.at_ends(amounts) for amounts in (rows.weights, rows.weights * rows["outcome"]))
    ends = [np.concatenate(([0.0], cumulated / cumulated[-1])) for cumulated in (population, outcomes)]
    return ConcentrationCurve(ends[0], ends[1])


def coverage_by_quantile(
    receives: ArrayLike,
    rank_by: ArrayLike,
    groups: int = 5,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> tuple[GroupCoverage, ...]:
    """Give coverage and incidence for each quantile group of the ranking (groups as in `quantile_groups`).

    Errors are those of a group within the whole: all clusters count. A group that ties left empty has nan.
    """
    rows = checked(weights, clusters, strata, receives=receives, rank_by=rank_by)
    flags = _flags(rows, "receives")
    group_of = quantile_groups(rows["rank_by"], groups, rows.weights)
    design = (rows.weights, rows.clusters, rows.strata, standard_error)
    result = []
    for group in range(1, groups + 1):
        inside = (group_of == group).astype(np.float64)
        population = rows.mean(inside) if rows.n else math.nan
        both = inside * flags
        result.append(GroupCoverage(group, population, ratio(both, inside, *design), ratio(both, flags, *design)))
    return tuple(result)


def targeting_errors(
    eligible: ArrayLike,
    receives: ArrayLike,
    amount: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> TargetingErrors:
    """Cross eligibility with receipt (flags); with `amount` (≥ 0, of those who receive) leakage is of money.

    A rate without a base is nan. Source: Coady, Grosh & Hoddinott 2004, Targeting of Transfers in Developing Countries.
    """
    money = receives if amount is None else amount
    rows = checked(weights, clusters, strata, eligible=eligible, receives=receives, amount=money)
    entitled, served = (_flags(rows, name).astype(bool) for name in ("eligible", "receives"))
    paid = np.where(served, rows["amount"], 0.0)
    if (rows["amount"] < 0).any() or (rows["amount"][~served] > 0).any():
        raise ValueError("amount: negative, or paid to a row that does not receive")
    design = (rows.weights, rows.clusters, rows.strata, standard_error)
    cells = [(a & b).astype(np.float64) for a in (entitled, ~entitled) for b in (served, ~served)]
    counts = tuple(int(cell.sum()) for cell in cells)
    return TargetingErrors(
        ratio(cells[0], entitled, *design),
        ratio(cells[1], entitled, *design),
        ratio(np.where(entitled, 0.0, paid), paid, *design),
        mean(cells[1], *design),
        mean(cells[2], *design),
        (counts[0], counts[1], counts[2], counts[3]),
    )


def overlap(programmes: Mapping[str, ArrayLike], weights: ArrayLike | None = None) -> tuple[Pattern, ...]:
    """Give every combination of programmes that occurs, and none in any case; the largest first, ties by name.

    `programmes` holds one flag per row for each name. The shares add up to 1 (nan without rows). At most 62 programmes.
    """
    names = tuple(programmes)
    if not 1 <= len(names) <= 62:
        raise ValueError(f"{len(names)} programmes given; 1 to 62 can be crossed")
    rows = checked(weights, **programmes)
    code = np.zeros(rows.n, np.int64)
    for place, name in enumerate(names):
        code |= _flags(rows, name).astype(np.int64) << place
    codes, index, count = np.unique(np.append(code, 0), return_inverse=True, return_counts=True)
    weight = np.bincount(index, weights=np.append(rows.weights, 0.0))
    count[0] -= 1  # the row added so that "none" is always there
    total = rows.total if rows.n else math.nan
    patterns = [
        Pattern(_names_of(int(bits), names), int(rows_in), float(heavy), float(heavy) / total)
        for bits, rows_in, heavy in zip(codes, count, weight, strict=True)
    ]
    return tuple(sorted(patterns, key=lambda pattern: (-pattern.weight, pattern.programmes)))


def _names_of(bits: int, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(names) if bits >> place & 1)


def _scale(kind: str, middle: float, bounds: tuple[float, float]) -> tuple[float, float]:
    """Give what the generalized index is multiplied by, and how that changes with the mean."""
    low, high = bounds
    if kind == "generalized":
        return 1.0, 0.0
    if kind == "erreygers":
        return 4 / (high - low), 0.0
    if kind == "standard":
        return (1 / middle, -1 / middle**2) if middle > 0 else (math.nan, math.nan)
    room = (high - middle) * (middle - low)
    if not room > 0:
        return math.nan, math.nan
    return (high - low) / room, -(high - low) * (high + low - 2 * middle) / room**2


def _require_within(values: Array, bounds: tuple[float, float]) -> None:
    if not bounds[0] < bounds[1]:
        raise ValueError(f"bounds {bounds} do not rise")
    outside = int(((values < bounds[0]) | (values > bounds[1])).sum())
    if outside:
        raise ValueError(f"outcome: {outside} of {values.size} values lie outside {bounds[0]:g} to {bounds[1]:g}")


def _flags(rows: Rows, name: str) -> NDArray[np.float64]:
    values = rows[name]
    other = int(((values != 0) & (values != 1)).sum())
    if other:
        raise ValueError(f"{name}: {other} of {values.size} values are neither 0 nor 1")
    return values
