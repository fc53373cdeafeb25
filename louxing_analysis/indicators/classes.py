"""Shares of classes that exclude one another (bands, patterns, numbers of kinds), all classes of all groups at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from louxing_analysis.indicators.ratios import Array, Codes, Groups, added, group, nothing, wilson
from louxing_analysis.measures.linearisation import TAIL


def class_lines(
    frame: pd.DataFrame,
    by: Sequence[str],
    name: str,
    own: np.ndarray,
    classes: Sequence[str],
    base: Array,
    clusters: Codes,
) -> pd.DataFrame:
    """One line per group and class: the weight of the class ÷ the weight of the group, as ratio_lines would give it.

    `own` is the class of each row, `base` its weight (nan: missing, counted on every line of its group); every class of
    every group has its line. Same errors as ratio_lines: Σ over clusters of (k − p·n)², taken apart as Σk² − 2pΣkn + p²Σn².
    """
    lines = group(frame, by)
    if not lines.size:
        return pd.concat([nothing(by).assign(**{name: one}) for one in classes], ignore_index=True)
    rank = {one: place for place, one in enumerate(classes)}
    column = np.array([rank.get(one, -1) for one in own], dtype=np.intp)
    known = ~np.isnan(base) & (column >= 0)
    missing = np.bincount(lines.codes[~known], minlength=lines.size)
    figures = _figures(lines, lines.codes[known], column[known], base[known], clusters[known], len(classes))
    keys = lines.keys.loc[np.repeat(np.arange(lines.size), len(classes))].reset_index(drop=True)
    result = keys.assign(**{name: np.tile(np.array(classes, dtype=object), lines.size)})
    result["missing"] = np.repeat(missing, len(classes))
    for figure, values in figures.items():
        result[figure] = values.ravel()
    return result


def _figures(
    lines: Groups, codes: Codes, column: Codes, weight: Array, clusters: Codes, width: int
) -> dict[str, Array]:
    """Totals, shares and intervals, each lines × classes."""
    size, cells = lines.size, lines.size * width
    denominator = np.repeat(added(weight, codes, size)[:, None], width, axis=1)
    numerator = added(weight, codes * width + column, cells).reshape(size, width)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(denominator > 0, numerator / denominator, np.nan)
    alone, unit = _units(codes, clusters, size)
    units = np.bincount(np.unique(np.stack([codes, unit]), axis=1)[0], minlength=size)
    squares = _squares(codes, column, weight, unit, size, width)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = squares[0] - 2 * share * squares[1] + share**2 * squares[2]
        variance = np.maximum(spread, 0) * (units / (units - 1))[:, None]
        reach = np.sqrt(variance) / denominator * stdtrit(np.maximum(units - 1, 1), TAIL)[:, None]
    enough = (units > 1)[:, None]
    low = np.where(enough, np.maximum(share - reach, 0), np.nan)
    high = np.where(enough, np.minimum(share + reach, 1), np.nan)
    simple = (np.bincount(codes, ~np.isin(weight, (0, 1)), size) == 0)[:, None]
    lonely = alone[:, None]
    tried = np.where(simple & lonely, denominator, units[:, None])
    use = (denominator > 0) & ((share == 0) | (share == 1) | (lonely & simple))
    ends = wilson(share, tried)
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": share,
        "low": np.where(use, ends[0], low),
        "high": np.where(use, ends[1], high),
    }


def _units(codes: Codes, clusters: Codes, size: int) -> tuple[np.ndarray, Codes]:
    """Whether each line lies in one cluster, and the cluster of each row (the row itself where it does)."""
    pairs = np.unique(np.stack([codes, clusters]), axis=1)[0] if codes.size else codes
    alone = np.bincount(pairs, minlength=size) < 2
    own = np.arange(codes.size, dtype=np.intp) + (int(clusters.max()) + 1 if clusters.size else 0)
    return np.asarray(alone), np.where(alone[codes], own, clusters).astype(np.intp)


def _squares(
    codes: Codes, column: Codes, weight: Array, unit: Codes, size: int, width: int
) -> tuple[Array, Array, Array]:
    """Σ k², Σ k·n (lines × classes) and Σ n² (lines × 1) over clusters, k the weight of the class in it, n of all."""
    span = int(unit.max()) + 1 if unit.size else 1
    whole, of_row = np.unique(codes.astype(np.int64) * span + unit, return_inverse=True)
    n = added(weight, of_row, whole.size)
    parts, of_part = np.unique(of_row.astype(np.int64) * width + column, return_inverse=True)
    k = added(weight, of_part, parts.size)
    cell = (whole[parts // width] // span * width + parts % width).astype(np.intp)
    owner = (whole // span).astype(np.intp)
    shape = (size, width)
    return (
        added(k * k, cell, size * width).reshape(shape),
        added(k * n[parts // width], cell, size * width).reshape(shape),
        added(n * n, owner, size)[:, None],
    )
