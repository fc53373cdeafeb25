"""Stated totals and subtotals of a ledger against what its typed rows add up to."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import values as reading
from louxing_analysis.cleaning.cells import Array, as_written
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.cleaning.layout import Place
from louxing_analysis.cleaning.workbook import cell_address

EXACT = 1e-6


class Additive(NamedTuple):
    """One column whose cells may be added up: its typed values in the data rows, and how to read a stated total."""

    column: Matched
    kind: str
    options: dict[str, Any]
    values: Array
    counted: Array  # False where a value repeats the one of the household's first row


def compare_totals(
    sheet_values: Any, rows: Array, kinds: Array, additive: list[Additive], place: Place
) -> list[dict[str, Any]]:
    """One line per stated total or subtotal cell: stated, computed, difference, how many cells the sum lacks, verdict.

    A subtotal may stand under its group or over it; whichever agrees is taken. Figures are in the column's base unit.
    """
    out = []
    marks = np.flatnonzero((kinds == "total") | (kinds == "subtotal"))
    for one in additive:
        cells = np.array([sheet_values[at, one.column.index] for at in marks], dtype=object)
        # a sum may be larger than any row may be
        parsed = reading.parse(one.kind, cells, **{**one.options, "minimum": None, "maximum": None})
        stated = pd.to_numeric(pd.Series(parsed.values)).to_numpy(dtype=float, na_value=np.nan)
        for at, value in zip(marks, stated, strict=True):
            if np.isnan(value):
                continue
            computed, lacking = _computed(int(at), value, rows, kinds, one)
            line = _line(
                int(at), value, computed, lacking, one, str(kinds[at]), sheet_values[at, one.column.index], place
            )
            out.append(line)
            if line["verdict"] == "differs":
                place.report(
                    "total_differs",
                    line["cell"],
                    one.column.column,
                    as_written(sheet_values[at, one.column.index]),
                    f"{computed:.10g}" + (f"; {lacking} 个单元格缺失 / cells missing" if lacking else ""),
                )
    return out


def _computed(at: int, stated: float, rows: Array, kinds: Array, one: Additive) -> tuple[float, int]:
    if kinds[at] == "total":
        groups = [np.ones(len(rows), dtype=bool)]
        others = np.flatnonzero(kinds == "total")
        if len(others) > 1:  # several totals: each may be of its own stretch
            groups.append(_stretch(at, rows, others, before=True))
    else:
        marks = np.flatnonzero((kinds == "subtotal") | (kinds == "total") | (kinds == "section"))
        groups = [_stretch(at, rows, marks, before=True), _stretch(at, rows, marks, before=False)]
    sums = [
        (float(np.nansum(one.values[group & one.counted])), int(np.isnan(one.values[group & one.counted]).sum()))
        for group in groups
    ]
    return min(sums, key=lambda pair: abs(pair[0] - stated))


def _stretch(at: int, rows: Array, marks: Array, *, before: bool) -> Array:
    if before:
        earlier = marks[marks < at]
        return (rows < at) & (rows > (earlier[-1] if len(earlier) else -1))
    later = marks[marks > at]
    return (rows > at) & (rows < (later[0] if len(later) else np.iinfo(int).max))


def _line(
    at: int, stated: float, computed: float, lacking: int, one: Additive, kind: str, written: object, place: Place
) -> dict[str, Any]:
    difference = stated - computed
    factor = float(one.options.get("unit_factor", 1.0))
    text = as_written(written)
    decimals = len(text.split(".")[1]) if "." in text and text.replace(".", "").isdigit() else 0
    rounding = 0.5 * 10.0**-decimals * factor if factor > 1 or decimals else 0.0
    scale = max(1.0, abs(stated))
    if abs(difference) <= EXACT * scale:
        verdict = "agrees"
    else:
        verdict = "rounding" if abs(difference) <= rounding + EXACT * scale else "differs"
    return {
        "workbook": place.workbook,
        "sheet": place.sheet,
        "table": place.table,
        "column": one.column.column,
        "cell": cell_address(at, one.column.index),
        "kind": kind,
        "stated": stated,
        "computed": computed,
        "difference": difference,
        "cells_missing": lacking,
        "verdict": verdict,
    }
