"""Ratios of totals for many groups at once, with the errors of measures.means.ratio; thousands of village-months cost little.

The same formulas as louxing_analysis.measures (a test holds the two together), without a call per group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from louxing_analysis.measures.linearisation import TAIL

Array = NDArray[np.float64]
Codes = NDArray[np.intp]


class Groups(NamedTuple):
    """The lines of a frame: the number of each row's line, and one row of keys per line, sorted."""

    codes: Codes
    keys: pd.DataFrame

    @property
    def size(self) -> int:
        """How many lines there are."""
        return len(self.keys)


def group(frame: pd.DataFrame, by: Sequence[str]) -> Groups:
    """Number the lines; a missing key is a line of its own, so that groups add up to the total."""
    names = list(by)
    if not names:
        return Groups(np.zeros(len(frame), dtype=np.intp), pd.DataFrame(index=range(1 if len(frame) else 0)))
    codes = frame.groupby(names, dropna=False, sort=True, observed=True).ngroup().to_numpy(dtype=np.intp)
    _, first = np.unique(codes, return_index=True)
    return Groups(codes, frame[names].iloc[first].reset_index(drop=True))


def clusters_of(frame: pd.DataFrame, columns: Sequence[str] = ("township", "village")) -> Codes:
    """Number the clusters; villages of one name in two townships are two, rows without a village are one together."""
    present = [name for name in columns if name in frame]
    return group(frame, present).codes if present else np.arange(len(frame), dtype=np.intp)


def ratio_lines(
    frame: pd.DataFrame,
    by: Sequence[str],
    top: Any,
    base: Any,
    clusters: Codes,
    *,
    trials: bool = False,
    counts: bool = True,
    cells: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One line per group of `by`: numerator, denominator, value, low, high, missing.

    `top` and `base` are one number per row; a row where either is nan counts as missing and in nothing else. `trials`
    says that the base counts independent trials, which then carry the interval where there is one row only; `counts=False`
    that the figures are money, for which there is no Wilson interval. `cells` lists lines that must be there even if no row falls into them. Without any row and without cells: one line of nothing.
    """
    upper, lower = as_floats(top), as_floats(base)
    lines = group(frame, by)
    known = ~(np.isnan(upper) | np.isnan(lower))
    result = lines.keys.copy()
    result["missing"] = np.bincount(lines.codes[~known], minlength=lines.size)
    figures = _figures(upper[known], lower[known], lines.codes[known], clusters[known], lines.size, trials, counts)
    for name, values in figures.items():
        result[name] = values
    return completed(result, by, cells)


def as_floats(values: Any) -> Array:
    """Numbers, flags or nullable integers as floats; what is missing becomes nan."""
    series = values if isinstance(values, pd.Series) else pd.Series(values)
    return np.array(series.to_numpy(dtype="float64", na_value=np.nan), dtype=np.float64)


def completed(lines: pd.DataFrame, by: Sequence[str], cells: pd.DataFrame | None) -> pd.DataFrame:
    """Add the lines that no row fell into: they count nothing (0 of 0), their value is nan."""
    names = list(by)
    if cells is None or not names:
        return lines if len(lines) else nothing(names)
    if len(cells) and len(lines) == len(cells):
        return lines  # every line that must be there is there
    if len(cells):
        lines = cells[names].merge(lines, on=names, how="outer", sort=True) if len(lines) else cells[names].copy()
    if not len(lines):
        return nothing(names)
    for name in ("numerator", "denominator", "missing"):
        counted = lines[name] if name in lines else pd.Series(np.nan, index=lines.index)
        lines[name] = counted.where(counted.notna(), 0)  # nothing fell into the line: that is a count of 0, not a gap
    for name in ("value", "low", "high"):
        lines[name] = lines.get(name, np.nan)
    return lines


def nothing(by: Sequence[str]) -> pd.DataFrame:
    """The one line of an empty table: groups missing, 0 of 0, value nan."""
    line: dict[str, Any] = {name: [None] for name in by}
    return pd.DataFrame(
        line
        | {
            "missing": [0],
            "numerator": [0.0],
            "denominator": [0.0],
            "value": [np.nan],
            "low": [np.nan],
            "high": [np.nan],
        }
    )


def _figures(
    top: Array, base: Array, codes: Codes, clusters: Codes, count: int, trials: bool, counts: bool
) -> dict[str, Array]:
    """Totals, ratio and interval of each group."""
    numerator, denominator = added(top, codes, count), added(base, codes, count)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(denominator > 0, numerator / denominator, np.nan)
    low, high = _ends(top, base, codes, clusters, value, denominator, trials, counts)
    return {"numerator": numerator, "denominator": denominator, "value": value, "low": low, "high": high}


def _ends(
    top: Array, base: Array, codes: Codes, clusters: Codes, value: Array, denominator: Array, trials: bool, counts: bool
) -> tuple[Array, Array]:
    """The ends of the 95 % intervals; the rules are those of BY_VILLAGE on the cards."""
    count = value.size
    residual = top - np.nan_to_num(value)[codes] * base  # nan only where nothing is counted
    by_cluster, units = _spread(*_cluster_totals(residual, codes, clusters), count)
    by_row, rows = _spread(residual, codes, count)
    alone = units < 2
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = np.where(alone, by_row, by_cluster)
        error = np.sqrt(variance) / denominator
    degrees = np.where(alone, rows, units) - 1
    reach = error * stdtrit(np.maximum(degrees, 1), TAIL)
    low, high = np.where(degrees > 0, value - reach, np.nan), np.where(degrees > 0, value + reach, np.nan)
    bounded = np.bincount(codes, (top < 0) | (top > base), count) == 0
    low, high = np.where(bounded, np.maximum(low, 0), low), np.where(bounded, np.minimum(high, 1), high)
    simple = np.bincount(codes, ~(np.isin(base, (0, 1)) & np.isin(top, (0, 1))), count) == 0
    tried = np.where(simple | (trials & (rows < 2)), denominator, np.where(alone, rows, units))
    same = (value == 0) | (value == 1)
    use = counts & bounded & (denominator > 0) & (same | (alone & simple) | ((rows < 2) & (simple | trials)))
    wilson_low, wilson_high = wilson(value, np.where(same & ~alone, units, tried))
    return np.where(use, wilson_low, low), np.where(use, wilson_high, high)


def added(values: Any, codes: Codes, count: int) -> Array:
    """The sum of the values of each group."""
    return np.bincount(codes, values, count).astype(np.float64)


def _cluster_totals(residual: Array, codes: Codes, clusters: Codes) -> tuple[Array, Codes]:
    """The residuals added up by group and cluster, and the group of each of these totals."""
    width = int(clusters.max()) + 1 if clusters.size else 1
    pairs, inverse = np.unique(codes.astype(np.int64) * width + clusters, return_inverse=True)
    return added(residual, inverse, pairs.size), (pairs // width).astype(np.intp)


def _spread(totals: Array, owner: Codes, count: int) -> tuple[Array, Codes]:
    """Of each group: m/(m−1) · Σ (total − mean)², and m, how many totals it has."""
    units = np.bincount(owner, minlength=count).astype(np.intp)
    with np.errstate(invalid="ignore", divide="ignore"):
        away = totals - (added(totals, owner, count) / units)[owner]
        return added(away * away, owner, count) * units / (units - 1), units


def wilson(share: Any, n: Any) -> tuple[Array, Array]:
    """Wilson's 95 % interval of many shares of n; nan where n is 0."""
    p, size = np.asarray(share, dtype=np.float64), np.asarray(n, dtype=np.float64)
    z_squared = float(ndtri(TAIL)) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        centre, scale = p + z_squared / (2 * size), 1 + z_squared / size
        reach = np.sqrt(z_squared * p * (1 - p) / size + (z_squared / (2 * size)) ** 2)
        return np.maximum((centre - reach) / scale, 0), np.minimum((centre + reach) / scale, 1)
