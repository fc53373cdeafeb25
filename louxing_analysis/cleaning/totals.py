"""Stated totals and subtotals of a ledger against what its typed rows add up to."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import values as reading
from louxing_analysis.cleaning.cells import Array, as_written
from louxing_analysis.cleaning.figures import as_text
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.cleaning.layout import Place
from louxing_analysis.cleaning.proofs import resembles
from louxing_analysis.cleaning.spans import Body, Choice, Scale, choose
from louxing_analysis.cleaning.verdicts import AGREES, DIFFERS, ROUNDING
from louxing_analysis.cleaning.workbook import cell_address
from louxing_analysis.problems import SET_ASIDE

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

    Which rows a stated one adds up is settled for all its columns together (see spans.py). Figures are in the
    column's base unit. Where a total proves what a cell must be that was set aside, the cell's problem says so.
    """
    marks = np.flatnonzero((kinds == "total") | (kinds == "subtotal"))
    if not marks.size or not additive:
        return []
    stated, units = _stated(sheet_values, marks, additive)
    body = _body(rows, kinds, marks, additive, stated, units)
    choices = _choices(body, marks, kinds)
    added = {mark: np.isin(rows, body.rows(choice.reading)) for mark, choice in choices.items() if choice}
    nothing = np.zeros(len(rows), dtype=bool)
    out = []
    for at, one in enumerate(additive):
        for number, mark in enumerate(marks.tolist()):
            choice = choices[mark]
            if np.isnan(stated[number, at]):
                continue
            inside = added.get(mark, nothing) & one.counted
            parts = one.values[inside]
            computed, lacking = float(np.nansum(parts)), int(np.isnan(parts).sum())
            written = sheet_values[mark, one.column.index]
            line = _line(
                mark, float(stated[number, at]), computed, lacking, units[number, at] / 2, one, str(kinds[mark]), place
            )
            out.append(line)
            if line["verdict"] == DIFFERS:
                missing = f"; {lacking} 个单元格缺失 / cells missing" if lacking else ""
                place.report(
                    "total_differs", line["cell"], one.column.column, as_written(written), f"{computed:.10g}{missing}"
                )
                if lacking and choice:
                    borne_out = choice.believed and bool(np.delete(choice.fits, at).any())
                    _suggest(sheet_values, rows[inside & np.isnan(one.values)], line, borne_out, one, place)
    return out


def _stated(sheet_values: Any, marks: Array, additive: list[Additive]) -> tuple[Array, Array]:
    """The stated figures, one line a stated row, one column for each of `additive`, and what each is rounded to."""
    stated, units = np.full((len(marks), len(additive)), np.nan), np.zeros((len(marks), len(additive)))
    for at, one in enumerate(additive):
        cells = np.array([sheet_values[mark, one.column.index] for mark in marks], dtype=object)
        # a sum may be larger than any row may be
        parsed = reading.parse(one.kind, cells, **{**one.options, "minimum": None, "maximum": None})
        stated[:, at] = pd.to_numeric(pd.Series(parsed.values)).to_numpy(dtype=float, na_value=np.nan)
        factor = float(one.options.get("unit_factor", 1.0))
        for number, cell in enumerate(cells.tolist()):
            text = as_written(cell)
            decimals = len(text.split(".")[1]) if "." in text and text.replace(".", "").isdigit() else 0
            units[number, at] = 10.0**-decimals * factor if factor > 1 or decimals else 0.0
    return stated, units


def _body(rows: Array, kinds: Array, marks: Array, additive: list[Additive], stated: Array, units: Array) -> Body:
    numbers, own = np.full((len(kinds), len(additive)), np.nan), np.zeros((len(kinds), len(additive)))
    for at, one in enumerate(additive):
        numbers[rows, at] = np.where(one.counted, one.values, np.nan)
    numbers[marks], own[marks] = stated, units
    levels = np.zeros(len(kinds), dtype=int)
    return Body(np.where(kinds == "", "blank", kinds), numbers, levels, Scale(np.zeros(len(additive)), own))


def _choices(body: Body, marks: Array, kinds: Array) -> dict[int, Choice | None]:
    """The rows that each stated row adds up; subtotals first, so that totals know which rows they cover."""
    found: dict[int, Choice | None] = {}
    for kind in ("subtotal", "total"):
        for mark in marks[kinds[marks] == kind].tolist():
            choice = found[mark] = choose(body, mark, marked_only=True)
            if choice and choice.believed and kind == "subtotal":
                body.cover(body.rows(choice.reading))
    return found


def _suggest(
    sheet_values: Any, missing: Array, line: dict[str, Any], borne_out: bool, one: Additive, place: Place
) -> None:
    """Say in the problem of the one cell of a sum that was set aside what the sum leaves for it; nothing is changed."""
    cells = {cell_address(int(row), one.column.index): int(row) for row in missing.tolist()}
    found = [
        at
        for at, problem in enumerate(place.problems)
        if problem.cell in cells and problem.sheet == place.sheet and problem.severity == SET_ASIDE
    ]
    if len({place.problems[at].cell for at in found}) != 1:
        return
    factor = float(one.options.get("unit_factor", 1.0))
    stated, rest = line["stated"] / factor, line["computed"] / factor
    value = round(stated - rest, 6)
    problem = place.problems[found[0]]
    written = sheet_values[cells[problem.cell], one.column.index]
    alone = borne_out and len(cells) == 1
    if not (resembles(written, value) if isinstance(written, str) else alone):
        return
    words = f"{as_text(stated, 6)} − {as_text(rest, 6)} = {as_text(value, 6)}：据 {line['cell']} 推得，未采用 / by {line['cell']}, not applied"
    place.problems[found[0]] = problem._replace(detail="; ".join(filter(None, (problem.detail, words))))


def _line(
    at: int, stated: float, computed: float, lacking: int, rounding: float, one: Additive, kind: str, place: Place
) -> dict[str, Any]:
    difference = stated - computed
    scale = max(1.0, abs(stated))
    if abs(difference) <= EXACT * scale:
        verdict = AGREES
    else:
        verdict = ROUNDING if abs(difference) <= rounding + EXACT * scale else DIFFERS
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
