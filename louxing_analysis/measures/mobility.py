"""The same units at two moments: who moved between bands, who left poverty and who fell into it.

`before` and `after` are aligned: one row per unit, in the same order. Who is missing at either moment is not in here;
the caller says how many could not be followed. Poor means income < line, and a band holds its lower edge, not its
upper.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from louxing_analysis.measures.estimate import Estimate, nothing
from louxing_analysis.measures.linearisation import linearised
from louxing_analysis.measures.means import mean, ratio
from louxing_analysis.measures.rows import Array, Rows, checked, numbers


class TransitionMatrix(NamedTuple):
    """Bands before (rows) by bands after (columns); k edges make k + 1 bands, the lowest first.

    `counts` are rows of data, `weights` their weights, `joint` shares of all, `shares` shares of each band before:
    these add up to 1 along a row, and are nan where nobody started in the band.
    """

    edges: Array
    counts: NDArray[np.int64]
    weights: Array
    joint: Array
    shares: Array


class PovertyDynamics(NamedTuple):
    """Shares of all (`stayed` poor, `exited`, `entered`, `never` poor at either moment: they add up to 1) and rates.

    `exit_rate` is of those poor before, `entry_rate` of those not poor before. `counts` are rows, in the same order.
    """

    stayed: Estimate
    exited: Estimate
    entered: Estimate
    never: Estimate
    exit_rate: Estimate
    entry_rate: Estimate
    counts: tuple[int, int, int, int]


class StockAndFlow(NamedTuple):
    """The account of a stock, one value per period: `closing` as the flows make it, and how far the stated one is off.

    `difference` is stated − computed closing; `carried` is each opening − the stated closing before it (first: nan).
    `agrees` is true where both are zero.
    """

    closing: Array
    difference: Array
    carried: Array
    agrees: NDArray[np.bool_]


def transition_matrix(
    before: ArrayLike, after: ArrayLike, bands: ArrayLike, weights: ArrayLike | None = None
) -> TransitionMatrix:
    """Cross the bands before with the bands after; `bands` are the inner edges, rising.

    Raises ValueError for edges that do not rise. Without rows: counts of zero, shares nan.
    """
    rows, edges, start, end = _banded(before, after, bands, weights)
    size = edges.size + 1
    cell = start * size + end
    counts = np.bincount(cell, minlength=size * size).reshape(size, size).astype(np.int64)
    weight = np.zeros((size, size))
    np.add.at(weight, (start, end), rows.weights)
    return TransitionMatrix(edges, counts, weight, _over(weight, weight.sum()), _over(weight, weight.sum(1)[:, None]))


def prais(
    before: ArrayLike,
    after: ArrayLike,
    bands: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the Prais–Bibby index: the share that changed band. Source: Bibby 1975; R's mobilityIndexR."""
    rows, _, start, end = _banded(before, after, bands, weights, clusters, strata)
    moved = (start != end).astype(np.float64)
    return _renamed(_mean_of(rows, moved, standard_error), "Prais–Bibby, share that changed band")


def average_movement(
    before: ArrayLike,
    after: ArrayLike,
    bands: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the mean number of bands moved, up or down alike. Source: R's mobilityIndexR."""
    rows, _, start, end = _banded(before, after, bands, weights, clusters, strata)
    moved = np.abs(start - end).astype(np.float64)
    return _renamed(_mean_of(rows, moved, standard_error), "mean number of bands moved")


def shorrocks(
    before: ArrayLike,
    after: ArrayLike,
    bands: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> Estimate:
    """Give the trace index (k − trace) / (k − 1) of the row shares: 0 nobody moved, 1 where one starts tells nothing.

    It can pass 1, to k/(k − 1), where all move. nan where a band was empty before: its row has no shares.
    Source: Shorrocks 1978, Econometrica 46(5).
    """
    rows, edges, start, end = _banded(before, after, bands, weights, clusters, strata)
    size = edges.size + 1
    words = f"Shorrocks trace index, {size} bands"
    if not rows.n:
        return nothing(f"{words}; no rows")
    if size < 2:
        raise ValueError("bands: at least one edge is needed")
    started = np.bincount(start, weights=rows.share, minlength=size)
    empty = int((started == 0).sum())
    if empty:
        return nothing(f"{words}; {empty} of {size} bands are empty before", rows.n)
    same = (start == end).astype(np.float64)
    stayed = np.bincount(start, weights=rows.share * same, minlength=size) / started
    influence: Callable[[], Array] = lambda: -(same - stayed[start]) / started[start] / (size - 1)  # noqa: E731
    return linearised(float((size - stayed.sum()) / (size - 1)), influence if standard_error else None, rows, words)


def poverty_dynamics(
    before: ArrayLike,
    after: ArrayLike,
    line: float,
    line_after: float | None = None,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    standard_error: bool = True,
) -> PovertyDynamics:
    """Say who stayed poor, exited, entered and was never poor; `line_after` where the line moved in between.

    A rate without a base (nobody poor before) is nan. Empty input: all nan, n 0.
    """
    lines = (float(line), float(line if line_after is None else line_after))
    if not all(np.isfinite(value) and value > 0 for value in lines):
        raise ValueError("line must be a number above zero")
    rows = checked(weights, clusters, strata, before=before, after=after)
    was, is_now = rows["before"] < lines[0], rows["after"] < lines[1]
    groups = [group.astype(np.float64) for group in (was & is_now, was & ~is_now, ~was & is_now, ~was & ~is_now)]
    names = ("stayed poor", "exited", "entered", "never poor")
    shares = [_renamed(_mean_of(rows, group, standard_error), name) for group, name in zip(groups, names, strict=True)]
    exit_rate, entry_rate = (
        ratio(moved, base, rows.weights, rows.clusters, rows.strata, standard_error)
        for moved, base in ((groups[1], was), (groups[2], ~was))
    )
    counts = tuple(int(group.sum()) for group in groups)
    return PovertyDynamics(
        shares[0],
        shares[1],
        shares[2],
        shares[3],
        _renamed(exit_rate, "exited, of those poor before"),
        _renamed(entry_rate, "entered, of those not poor before"),
        (counts[0], counts[1], counts[2], counts[3]),
    )


def stock_and_flow(
    opening: ArrayLike,
    identified: ArrayLike,
    fallen_back: ArrayLike,
    exited: ArrayLike,
    left: ArrayLike,
    closing: ArrayLike,
    tolerance: float = 0.0,
) -> StockAndFlow:
    """Check opening + identified + fallen back − exited − left the register = closing, period by period, in order.

    Also that every opening is the closing before it. Raises ValueError for missing or negative counts.
    """
    given = {"opening": opening, "identified": identified, "fallen_back": fallen_back, "exited": exited, "left": left}
    rows = checked(None, closing=closing, **given)
    for name, column in rows.columns.items():
        if (column < 0).any():
            raise ValueError(f"{name}: {int((column < 0).sum())} of {column.size} counts are negative")
    come, gone = rows["identified"] + rows["fallen_back"], rows["exited"] + rows["left"]
    computed = rows["opening"] + come - gone
    carried = np.full(rows.n, np.nan)
    carried[1:] = rows["opening"][1:] - rows["closing"][:-1]
    difference = rows["closing"] - computed
    agrees = (np.abs(difference) <= tolerance) & (np.isnan(carried) | (np.abs(carried) <= tolerance))
    return StockAndFlow(computed, difference, carried, agrees)


def _banded(
    before: ArrayLike,
    after: ArrayLike,
    bands: ArrayLike,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
) -> tuple[Rows, Array, NDArray[np.intp], NDArray[np.intp]]:
    edges = numbers(bands, "bands")
    if (np.diff(edges) <= 0).any():
        raise ValueError("bands must rise from edge to edge")
    rows = checked(weights, clusters, strata, before=before, after=after)
    start, end = (np.searchsorted(edges, rows[name], side="right") for name in ("before", "after"))
    return rows, edges, start, end


def _mean_of(rows: Rows, values: Array, standard_error: bool) -> Estimate:
    return mean(values, rows.weights, rows.clusters, rows.strata, standard_error)


def _renamed(estimate: Estimate, what: str) -> Estimate:
    """Put what a mean stands for in front of its convention."""
    e = estimate
    return Estimate(e.value, e.se, e.low, e.high, e.n, f"{what}: {e.convention}")


def _over(amounts: Array, base: Array | float) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(amounts / base)
