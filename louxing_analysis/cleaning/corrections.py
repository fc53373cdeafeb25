"""corrections.csv: this cell says X, use Y, because. Applied to the very cell, written down, and loud when it cannot be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.layout import Place
from louxing_analysis.cleaning.sheet import Sheet, cell_address, filled, parse_address
from louxing_analysis.problems import REASONS, SET_ASIDE, Problem
from louxing_analysis.safe_text import visible


class Correction(NamedTuple):
    """One row of corrections.csv; `line` is its number in the file, the heading being 1."""

    cell: str
    says: str
    use: str
    because: str = ""
    line: int = 0


class Applied(NamedTuple):
    """A correction that was applied: its cell (row and column from 0), and what stood there."""

    row: int
    column: int
    old: str
    correction: Correction


Homes = dict[tuple[str, str], list[Correction]]
"""(workbook, sheet) → the corrections of its cells."""


def by_sheet(corrections: pd.DataFrame) -> Homes:
    """The rows of corrections.csv by workbook and sheet; a path may be written with either slash."""
    found: Homes = {}
    for line, row in enumerate(corrections.itertuples(index=False), start=2):
        home = str(row.workbook).replace("\\", "/").strip().removeprefix("./"), str(row.sheet)
        found.setdefault(home, []).append(
            Correction(str(row.cell).strip(), str(row.says), str(row.use), str(row.because), line)
        )
    return found


def apply(sheet: Sheet, wanted: Sequence[Correction], place: Place) -> tuple[Sheet, list[Applied]] | None:
    """The sheet with its corrections applied, or None where one of them does not fit: each misfit is reported.

    A cell inside a merged range says what the range says; only the named cell is changed. An error cell, a formula
    never calculated and a number that lost digits say what problems show of them.
    """
    if not wanted:
        return sheet, []
    shown = filled(sheet)
    applied: list[Applied] = []
    fits = True
    first: dict[tuple[int, int], Correction] = {}
    for one in wanted:
        row, column = parse_address(one.cell)
        twin = first.setdefault((row, column), one)
        if twin is not one:
            place.report("correction_twice", cell_address(row, column), "", one.use, _lines(twin, one))
            fits = False
            continue
        inside = row < sheet.values.shape[0] and column < sheet.values.shape[1]
        old = _says(sheet, shown, row, column) if inside else ""
        if not inside or not _same(old, one.says, shown[row, column]):
            place.report("correction_stale", cell_address(row, column), "", old, f"{_lines(one)}: {one.says}")
            fits = False
            continue
        applied.append(Applied(row, column, old, one))
    if not fits:
        return None
    values, unreadable = sheet.values.copy(), dict(sheet.unreadable)
    for done in applied:
        values[done.row, done.column] = done.correction.use if done.correction.use.strip() else None
        unreadable.pop((done.row, done.column), None)
    return replace(sheet, values=values, unreadable=unreadable), applied


def _lines(*corrections: Correction) -> str:
    return "corrections.csv › " + ", ".join(str(one.line) for one in corrections)


def _says(sheet: Sheet, shown: np.ndarray, row: int, column: int) -> str:
    unreadable = sheet.unreadable.get((row, column))
    return unreadable[1] if unreadable else as_written(shown[row, column])


def _same(written: str, says: str, value: Any) -> bool:
    """Whether a cell still says what the correction says it does.

    Spaces at the ends, several in a row, full-width signs and what nobody sees make no other text: they are lost when a
    text is copied out of a spreadsheet. A space more or less inside does (1 2 is not 12). A number may be written as
    the sheet shows it: 3,300.00.
    """
    if _plain(written) == _plain(says):
        return True
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        return False
    try:
        return float(_plain(says).replace(",", "")) == float(value)
    except ValueError:
        return False


def _plain(text: str) -> str:
    return " ".join(visible(unicodedata.normalize("NFKC", text)).split())


def unreadable(applied: Iterable[Applied], found: Iterable[Problem]) -> list[tuple[Applied, Problem]]:
    """Corrections whose own value was set aside when the sheet was read: what they say to use cannot be."""
    at = {cell_address(one.row, one.column): one for one in applied}
    return [(at[problem.cell], problem) for problem in found if problem.cell in at and problem.severity == SET_ASIDE]


def log(applied: Iterable[Applied], layouts: Sequence[Mapping[str, Any]], place: Place, unknown: str) -> None:
    """Write every applied correction down, under the column it lies in, so that what is personal there is masked."""
    for one in applied:
        said = f"{one.old or '空'} → {one.correction.use or '空'}"
        detail = f"{_lines(one.correction)}: {one.correction.because}"
        report_in_column("corrected", (one.row, one.column), said, detail, layouts, place, unknown)


def report_in_column(
    reason: str,
    at: tuple[int, int],
    said: str,
    detail: str,
    layouts: Sequence[Mapping[str, Any]],
    place: Place,
    unknown: str,
) -> bool:
    """Report a problem of the cell `at` (row and column from 0) under the column it lies in; whether that is known.

    A cell below a header that nobody knows, or on a sheet that was not taken for a ledger, may be anything: its texts
    are replaced by `unknown`.
    """
    columns = [line for line in layouts if line["letter"] and line["sheet"] == place.sheet]
    above = [line for line in columns if int(line["header_row"]) <= at[0]]
    address = cell_address(*at)
    home = next((line for line in reversed(above) if line["letter"] == address.rstrip("0123456789")), None)
    anything = home is None and bool(above or not columns)
    there = Place(home["table"] if home else place.table, place.workbook, place.sheet, place.problems)
    there.report(reason, address, home["column"] if home else "", unknown if anything else said, detail)
    return not anything


def without_home(homes: Homes, sheets: Iterable[tuple[str, str]]) -> list[Problem]:
    """Corrections of a workbook or sheet that is not there or was not read: they say what they were looking for."""
    there = set(sheets)
    by_workbook: dict[str, list[str]] = {}
    for workbook, sheet in sorted(there):
        by_workbook.setdefault(workbook, []).append(sheet)
    severity = REASONS["correction_homeless"].severity
    return [
        Problem("", workbook, sheet, one.cell, "", "", "correction_homeless", severity, _whereabouts(one, by_workbook.get(workbook)))
        for (workbook, sheet), wanted in homes.items()
        if (workbook, sheet) not in there
        for one in wanted
    ]  # fmt: skip


def _whereabouts(one: Correction, sheets: list[str] | None) -> str:
    if sheets is None:
        return f"{_lines(one)}: 没有这个工作簿 / no such workbook was read"
    return f"{_lines(one)}: 该工作簿中的表 / its sheets: {'、'.join(sheets[:8])}"
