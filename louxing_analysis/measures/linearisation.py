"""Standard errors from influence functions, with clusters and strata.

An estimate T of a weighted sample is linearised as the weighted mean of an influence value per row; its variance is
that of a weighted total of those values, between clusters within strata, clusters taken as drawn with replacement:
sum over strata of m/(m−1) · Σ (t − mean t)², t the cluster totals (Deville 1999, Survey Methodology 25; Lumley 2004,
Journal of Statistical Software 9(8)). Without clusters every row is its own cluster. A register is a whole population:
the error then says how far the figure could move if the same process ran again, not how far a sample may miss.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from louxing_analysis.measures.estimate import Estimate
from louxing_analysis.measures.rows import Array, Labels, Rows

Codes = NDArray[np.intp]
TAIL = 0.975  # both ends of a 95 % interval


class Precision(NamedTuple):
    """The standard error of a total, its degrees of freedom (clusters − strata) and how it was had, in words."""

    se: float
    degrees: int
    words: str

    @property
    def reach(self) -> float:
        """Give half the width of the 95 % interval (Student's t)."""
        return self.se * float(stdtrit(self.degrees, TAIL)) if self.degrees > 0 else math.nan


def precision(scores: Array, clusters: Labels | None = None, strata: Labels | None = None) -> Precision:
    """Give the standard error of the sum of `scores` (weight share × influence, one per row).

    nan where it cannot be had: a single cluster, or a stratum with a single cluster.
    """
    totals, stratum_of = _cluster_totals(scores, clusters, strata)
    kind = "rows" if clusters is None else "clusters"
    if strata is None:
        words, strata_count = f"{totals.size} {kind}", 1
        variance = _between(totals)
    else:
        per_stratum = np.bincount(stratum_of)
        strata_count = per_stratum.size
        words = f"{totals.size} {kind} in {strata_count} strata"
        alone = int((per_stratum == 1).sum())
        if alone:
            return Precision(math.nan, 0, f"no standard error: {alone} of {strata_count} strata hold one of the {kind}")
        variance = _between_within(totals, stratum_of, per_stratum)
    if totals.size < 2:
        return Precision(math.nan, 0, f"no standard error: {words}")
    return Precision(math.sqrt(variance), totals.size - strata_count, words)


def linearised(
    value: float,
    influence: Callable[[], Array] | None,
    rows: Rows,
    convention: str,
    bounds: tuple[float, float] = (-math.inf, math.inf),
) -> Estimate:
    """Put a value and its influence function together; `influence` None leaves the error out (it costs time).

    The interval is cut at `bounds`, the range the measure can have.
    """
    if influence is None or not math.isfinite(value):
        return Estimate(value, n=rows.n, convention=convention)
    scores = influence()
    scores = scores * rows.weights
    scores /= rows.total
    return with_precision(value, precision(scores, rows.clusters, rows.strata), rows.n, convention, bounds)


def with_precision(
    value: float, error: Precision, n: int, convention: str, bounds: tuple[float, float] = (-math.inf, math.inf)
) -> Estimate:
    """Put a value and its standard error together; the interval is Student's t, cut at `bounds`."""
    if error.degrees < 1:
        return Estimate(value, n=n, convention=f"{convention}; {error.words}")
    low, high = max(value - error.reach, bounds[0]), min(value + error.reach, bounds[1])
    words = f"{convention}; linearised standard error, {error.words}; 95 % interval, t({error.degrees})"
    return Estimate(value, error.se, min(low, value), max(high, value), n, words)


def share_estimate(
    part: Array, whole: Array | float, rows: Rows, convention: str, standard_error: bool = True
) -> Estimate:
    """Give Σ w·part / Σ w·whole where every part lies between 0 and its whole, so that the answer is a share.

    Where no part, or every part, is whole, the linearised error is 0 and says nothing; the interval is then Wilson's
    over the rows (or clusters) with a whole above zero, each counting as one case.
    """
    based = np.broadcast_to(np.asarray(whole, dtype=np.float64), part.shape)
    none, full = not part.any(), bool((part == based).all())
    if not (none or full):
        base = rows.mean(based)
        value = min(rows.mean(part) / base, 1.0)
        influence = (lambda: (part - value * based) / base) if standard_error else None
        return linearised(value, influence, rows, convention, (0.0, 1.0))
    value = float(full)
    if not standard_error:
        return Estimate(value, n=rows.n, convention=convention)
    counted = based > 0
    units = int(counted.sum()) if rows.clusters is None else encode(rows.clusters[counted], "clusters")[1]
    words = f"{convention}; all alike, Wilson interval over {units} {'rows' if rows.clusters is None else 'clusters'}"
    return Estimate(value, 0.0, *_wilson_ends(value, units), rows.n, words)


def _wilson_ends(share: float, n: float) -> tuple[float, float]:
    z_squared = float(ndtri(TAIL)) ** 2
    centre = share + z_squared / (2 * n)
    reach = math.sqrt(z_squared * share * (1 - share) / n + (z_squared / (2 * n)) ** 2)
    scale = 1 + z_squared / n
    return max((centre - reach) / scale, 0.0), min((centre + reach) / scale, 1.0)


def encode(labels: Labels, name: str) -> tuple[Codes, int]:
    """Give each row the number of its label (0, 1, …), and how many there are. Missing labels: ValueError."""
    if labels.dtype.kind in "iub" and labels.size:
        whole = labels.astype(np.int64)
        lowest = int(whole.min())
        if int(whole.max()) - lowest <= 4 * whole.size + 1000:
            present = np.bincount(whole - lowest) > 0
            return (np.cumsum(present) - 1)[whole - lowest].astype(np.intp), int(present.sum())
        _, codes = np.unique(whole, return_inverse=True)
        return codes.astype(np.intp), int(codes.max()) + 1
    seen: dict[object, int] = {}
    codes = np.fromiter((seen.setdefault(label, len(seen)) for label in labels.tolist()), np.intp, labels.size)
    missing = [code for label, code in seen.items() if _is_missing(label)]
    if missing:
        raise ValueError(f"{name}: {int(np.isin(codes, missing).sum())} of {labels.size} labels are missing")
    return codes, len(seen)


def _is_missing(label: object) -> bool:
    return label is None or (not isinstance(label, str) and str(label) in {"nan", "<NA>", "NaT"})


def _cluster_totals(scores: Array, clusters: Labels | None, strata: Labels | None) -> tuple[Array, Codes]:
    """Add the scores up by cluster; a label that occurs in two strata counts as two clusters."""
    stratum = np.zeros(0, np.intp) if strata is None else encode(strata, "strata")[0]
    if clusters is None:
        return scores, stratum
    cluster, count = encode(clusters, "clusters")
    if strata is None:
        return _totals(cluster, scores, count), stratum
    pair, pairs = encode(stratum * count + cluster, "clusters")
    stratum_of = np.zeros(pairs, np.intp)
    stratum_of[pair] = stratum
    return _totals(pair, scores, pairs), stratum_of


def _totals(codes: Codes, scores: Array, count: int) -> Array:
    return np.asarray(np.bincount(codes, weights=scores, minlength=count), dtype=np.float64)


def _between(totals: Array) -> float:
    if totals.size < 2:
        return math.nan
    away = totals - totals.mean()
    return float(np.dot(away, away)) * totals.size / (totals.size - 1)


def _between_within(totals: Array, stratum_of: Codes, per_stratum: NDArray[np.intp]) -> float:
    away = totals - (np.bincount(stratum_of, weights=totals) / per_stratum)[stratum_of]
    spread = np.bincount(stratum_of, weights=away * away)
    return float(np.sum(spread * per_stratum / (per_stratum - 1)))
