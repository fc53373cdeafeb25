"""Whether the amounts of a column can be in the unit they are said to be in; what cannot be is named, never multiplied."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.reference import normalise_header
from louxing_analysis.safe_text import csv_line

ENOUGH = 5  # fewer amounts say nothing of a unit
_UNITS = (("wan_yuan", "万元", 1e4), ("thousand_yuan", "千元", 1e3), ("yuan", "元", 1.0))


class Bounds(NamedTuple):
    """Between which yuan the median of a column lies, and when one figure of it is taken for a slip of the unit.

    A slip is about `ratio` times the median or a ratio-th of it, `spread` times more or less, with an empty gap of
    `gap` times between it and the rest; where a share of `most` cells or more slip, the column has two units.
    """

    low: float
    high: float
    ratio: float
    spread: float
    gap: float
    most: float


class Slips(NamedTuple):
    """Cells that are a slip of the unit for sure (the column cannot hold such amounts either), and those that may be."""

    sure: Array
    possible: Array


def median_outside(values: Array, bounds: Bounds) -> float | None:
    """The median of the positive amounts where it cannot be; None where it can, or where too few are there."""
    known = values[values > 0]
    if len(known) < ENOUGH:
        return None
    middle = float(np.median(known))
    return None if bounds.low <= middle <= bounds.high else middle


def likely_unit(middle: float, factor: float, bounds: Bounds) -> tuple[str, str] | None:
    """The unit (name, as written) in which the same figures would be possible; None where no usual one makes them so."""
    for name, written, worth in _UNITS:
        if worth != factor and bounds.low <= middle / factor * worth <= bounds.high:
            return name, written
    return None


def slips(values: Array, own_unit: Array, bounds: Bounds) -> Slips:
    """Amounts some ten thousand times above or below the others, with nothing in between: 1.2 among 12000 and 9500.

    Cells that carry their own unit (1.2万) say what they mean and are left alone.
    """
    none = np.zeros(len(values), dtype=bool)
    stated = (values > 0) & ~own_unit
    known = values[stated]
    if len(known) < ENOUGH or known.max() < known.min() * bounds.ratio / bounds.spread:
        return Slips(none, none)
    times = np.where(stated, values, np.nan) / float(np.median(known))
    near, far = bounds.ratio / bounds.spread, bounds.ratio * bounds.spread
    with np.errstate(invalid="ignore"):
        below, above = (times >= 1 / far) & (times <= 1 / near), (times >= near) & (times <= far)
        if below.any() and ((times > times[below].max()) & (times < times[below].max() * bounds.gap)).any():
            below = none
        if above.any() and ((times < times[above].min()) & (times > times[above].min() / bounds.gap)).any():
            above = none
        sure = (below & (values < bounds.low)) | (above & (values > bounds.high))
    return Slips(sure, (below | above) & ~sure)


def is_two_units(found: Slips, values: Array, bounds: Bounds) -> bool:
    """Whether so many cells slip that none can be called the exception."""
    return int(found.sure.sum() + found.possible.sum()) >= bounds.most * max(int((values > 0).sum()), 1)


def evidence(one: Matched, ledger: str, middle: float | None, factor: float, bounds: Bounds, workbook: str) -> str:
    """What speaks against the unit of a column, and the row of headers.csv that would say a likely one (in zh / en)."""
    if middle is None:
        return "同一列中混有相差约一万倍的两类数 / figures of two sizes, some ten thousand times apart"
    told = (
        f"中位数 {middle / factor:.6g}，合 {middle:.6g} 元，应在 {bounds.low:.10g} 至 {bounds.high:.10g} 元之间 / "
        f"the median {middle / factor:.6g} makes {middle:.6g} yuan, not {bounds.low:.10g} to {bounds.high:.10g}"
    )
    unit = likely_unit(middle, factor, bounds)
    if unit is None:
        return told
    row = csv_line([normalise_header(one.written), ledger, one.column, unit[0], "", "", workbook, "low"])
    return f"{told}; {unit[1]}? headers.csv: {row}"
