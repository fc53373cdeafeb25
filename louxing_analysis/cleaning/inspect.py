"""Any workbook, known ledger or not → what the locator makes of it, as plain data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from louxing_analysis.cleaning.checking import Checked, check_table
from louxing_analysis.cleaning.damaged import Damaged, as_entries, damaged_cells, unreadable_cells
from louxing_analysis.cleaning.figures import read_table
from louxing_analysis.cleaning.locate import KINDS, Located, Table, locate
from louxing_analysis.cleaning.portraits import Portrait, portrait
from louxing_analysis.cleaning.resemblance import Note, copied_sheets, wrong_tables
from louxing_analysis.cleaning.stated_counts import check_counts, check_name
from louxing_analysis.cleaning.unit_changes import unit_notes
from louxing_analysis.cleaning.verdicts import AGREES, Check
from louxing_analysis.cleaning.workbook import Sheet, Workbook, cell_address, column_letter, read_workbook
from louxing_analysis.problems import REASONS, Problem, severity_of
from louxing_analysis.safe_text import whole

_LISTED = 12  # rows that a note names

PerHead = tuple[float, float]
"""Between which yuan a usual income per head lies."""


def inspect_file(path: Path, known: frozenset[str] = frozenset(), per_head: PerHead | None = None) -> dict[str, Any]:
    """What stands in a file: problems, and for every sheet its header, columns, rows by kind, unit, checks.

    Rows are numbered from 1, as the spreadsheet numbers them. A sheet with several tables lists them under `tables`;
    its own `header_rows`, `columns` and `unit` are then those of the first. A check or an unreadable cell may carry a
    `suggestion`, what the figure must be, and `because`. Never raises for bad content.
    """
    return inspect_workbook(read_workbook(path, path.name), known, per_head)


def inspect_workbook(
    workbook: Workbook, known: frozenset[str] = frozenset(), per_head: PerHead | None = None
) -> dict[str, Any]:
    """The same for a workbook that has been read already; `sheets` are those of the workbook, in their order."""
    located = [(sheet, locate(sheet, known)) for sheet in workbook.sheets]
    notes: list[Note] = []
    shown: list[Portrait] = []
    sheets = [_sheet(sheet, found, notes, shown) for sheet, found in located]
    notes += [*copied_sheets(shown), *wrong_tables(shown), *unit_notes(shown, per_head)]
    _count_in_names(workbook, located, sheets)
    problems = [*workbook.problems, *(_as_problem(note, workbook.name) for note in notes)]
    found = {
        "file": str(workbook.path),
        "problems": [_problem(problem) for problem in problems],
        "sheets": sheets,
    }
    return {key: _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    """The same with nothing in it that JSON cannot hold: halves of characters, numbers that are not finite."""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return value if value and isinstance(value[0], int) else [_plain(one) for one in value]
    return value


def _as_problem(note: Note, workbook: str) -> Problem:
    return Problem("", workbook, note.sheet, note.cell, "", "", note.reason, severity_of(note.reason), note.detail)


def _problem(problem: Problem) -> dict[str, str]:
    reason = REASONS[problem.reason]
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "reason": problem.reason,
        "severity": problem.severity,
        "detail": problem.detail,
        "zh": f"{reason.zh}；{reason.next_zh}",
        "en": f"{reason.en}; {reason.next_en}",
    }


def _sheet(sheet: Sheet, located: Located, notes: list[Note], shown: list[Portrait]) -> dict[str, Any]:
    """One sheet; rows of it that add up in no reading are noted, and what tells it from others is added to `shown`."""
    first = located.tables[0] if located.tables else None
    checked: list[Checked] = []
    damaged: list[list[Damaged]] = []
    for table in located.tables:
        read = read_table(sheet, table)
        checked.append(check_table(sheet, table, read))
        damaged.append(damaged_cells(sheet, table, read))
        if table is first:
            shown.append(portrait(sheet, table, read))
    counts = check_dicts(check_counts(sheet, located))
    checks = [check_dicts(one.checks) for one in checked]
    notes += _unfitting(sheet, checked, first)
    proofs = {place: proof for one in checked for place, proof in one.proofs.items()}
    found: dict[str, Any] = {
        "name": sheet.name,
        "hidden": sheet.hidden,
        **_table(first, located.kinds),
        "unit": located.unit,
        "confidence": located.confidence,
        "why": located.why,
        "checks": [*counts, *(check for part in checks for check in part)],
        "unreadable": as_entries(
            sheet, [*unreadable_cells(sheet), *(cell for part in damaged for cell in part)], proofs
        ),
    }
    if len(located.tables) > 1:
        found["tables"] = [
            {
                **_table(table, table.kinds),
                "unit": table.unit,
                "checks": mine,
                "unreadable": as_entries(sheet, bad, one.proofs),
            }
            for table, mine, bad, one in zip(located.tables, checks, damaged, checked, strict=True)
        ]
    return found


def _unfitting(sheet: Sheet, checked: list[Checked], first: Table | None) -> list[Note]:
    """One note on the stated sums of a sheet that fit in no reading of its rows."""
    rows = [row for one in checked for row in one.unfitting]
    if not rows or first is None:
        return []
    listed = ", ".join(str(row + 1) for row in rows[:_LISTED]) + (" …" if len(rows) > _LISTED else "")
    cell = cell_address(rows[0], first.first_column)
    return [Note(sheet.name, cell, "rows_do_not_add_up", f"第 {listed} 行 / row {listed}")]


def _count_in_names(workbook: Workbook, located: Sequence[tuple[Sheet, Located]], sheets: list[dict[str, Any]]) -> None:
    """What the names of sheets and file say of how many rows there are (名单608人.xlsx); the file's on its first sheet."""
    rows = [int((found.kinds == "data").sum()) for _, found in located]
    for (sheet, _), listed, entry in zip(located, rows, sheets, strict=True):
        entry["checks"] += check_dicts(check_name(sheet.name, [listed]))
    if any(rows):
        first = next(at for at, count in enumerate(rows) if count)
        of_each = [count for count in rows if count]
        sheets[first]["checks"] += check_dicts(check_name(Path(workbook.name).stem, [*of_each, sum(of_each)]))


def _table(table: Table | None, kinds: np.ndarray) -> dict[str, Any]:
    columns = table.columns if table else ()
    return {
        "header_rows": [row + 1 for row in table.header_rows] if table else [],
        "columns": [
            {"letter": column_letter(column.index), "name": column.name, "unit": column.unit} for column in columns
        ],
        "rows": {kind: (np.flatnonzero(kinds == kind) + 1).tolist() for kind in KINDS},
    }


def check_dicts(checks: Sequence[Check]) -> list[dict[str, Any]]:
    """Checks as plain data: the six fields that `louxing inspect` promises, and what is suggested, where something is."""
    found = []
    for check in checks:
        entry: dict[str, Any] = dict(list(check._asdict().items())[:6])
        if check.suggestion is not None:
            entry |= {"suspect": check.suspect, "suggestion": check.suggestion}
        because = check.because
        if check.lacking and check.verdict != AGREES and not because:
            because = (
                f"另有 {check.lacking} 个单元格不可读 / cells that cannot be read, not in the sum: {check.lacking}"
            )
        if because:
            entry["because"] = because
        found.append(entry)
    return found
