"""Any workbook, known ledger or not → what the locator makes of it, as plain data and as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from louxing_analysis.cleaning.cells import normalise
from louxing_analysis.cleaning.figures import is_measured, numbers_among, numeric_columns, read_figures
from louxing_analysis.cleaning.locate import KINDS, Located, Table, locate
from louxing_analysis.cleaning.reconcile import Check, reconcile
from louxing_analysis.cleaning.rowkinds import mark_of
from louxing_analysis.cleaning.workbook import Sheet, cell_address, column_letter, read_workbook
from louxing_analysis.problems import REASONS, Problem

_MOSTLY = 0.6  # a column with this share of numbers is one where numbers belong
_FEWEST = 3  # and at least this many of them
_NOTHING = frozenset(
    {"-", "--", "—", "——", "–", "/", "\\", "无", "没有", "暂无", "空", "未知", "不详", "·", "null", "NULL", "N/A", "NA"}
)


def inspect_file(path: Path, known: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What stands in a file: problems, and for every sheet its header, columns, rows by kind, unit, checks.

    Rows are numbered from 1, as the spreadsheet numbers them. A sheet with several tables lists them under `tables`;
    its own `header_rows`, `columns` and `unit` are then those of the first. Never raises for bad content.
    """
    workbook = read_workbook(path, path.name)
    return {
        "file": str(path),
        "problems": [_problem(problem) for problem in workbook.problems],
        "sheets": [_sheet(sheet, known) for sheet in workbook.sheets],
    }


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


def _sheet(sheet: Sheet, known: frozenset[str]) -> dict[str, Any]:
    located = locate(sheet, known)
    first = located.tables[0] if located.tables else None
    checks = [_checks(sheet, located, table) for table in located.tables]
    unreadable = [_unreadable(sheet, table) for table in located.tables]
    found: dict[str, Any] = {
        "name": sheet.name,
        "hidden": sheet.hidden,
        **_table(first, located.kinds),
        "unit": located.unit,
        "confidence": located.confidence,
        "why": located.why,
        "checks": [check for part in checks for check in part],
        "unreadable": _merged(_bad_cells(sheet), *unreadable),
    }
    if len(located.tables) > 1:
        found["tables"] = [
            {**_table(table, table.kinds), "unit": table.unit, "checks": mine, "unreadable": bad}
            for table, mine, bad in zip(located.tables, checks, unreadable, strict=True)
        ]
    return found


def _table(table: Table | None, kinds: np.ndarray) -> dict[str, Any]:
    columns = table.columns if table else ()
    return {
        "header_rows": [row + 1 for row in table.header_rows] if table else [],
        "columns": [
            {"letter": column_letter(column.index), "name": column.name, "unit": column.unit} for column in columns
        ],
        "rows": {kind: (np.flatnonzero(kinds == kind) + 1).tolist() for kind in KINDS},
    }


def _checks(sheet: Sheet, located: Located, table: Table) -> list[dict[str, Any]]:
    checks = reconcile(sheet.values, located, table, numeric_columns(sheet.values, table))
    return check_dicts(checks)


def _bad_cells(sheet: Sheet) -> list[tuple[int, int, str]]:
    return [(row, column, text) for (row, column), (_, text) in sheet.unreadable.items()]


def _unreadable(sheet: Sheet, table: Table) -> list[dict[str, str]]:
    """Cells of a table's columns of numbers that cannot be read as numbers as they are written."""
    rows = np.flatnonzero(np.isin(table.kinds, ("data", "total", "subtotal", "of_which")))
    bad: list[tuple[int, int, str]] = [cell for cell in _bad_cells(sheet) if table.kinds[cell[0]] != ""]
    for column in table.columns:
        cells = sheet.values[rows, column.index]
        texts = [
            None if isinstance(cell, str) and (normalise(cell) in _NOTHING or mark_of(cell)) else cell
            for cell in cells.tolist()
        ]
        held = [position for position, cell in enumerate(texts) if cell is not None]
        if len(held) < _FEWEST or not is_measured(column.name, column.unit):
            continue
        column_cells = np.empty(len(texts), dtype=object)
        column_cells[:] = texts
        if numbers_among(column_cells[held]) >= max(_FEWEST, _MOSTLY * len(held)):
            _, lacking = read_figures(column_cells, column.unit)
            bad += [(int(rows[position]), column.index, str(cells[position])) for position in np.flatnonzero(lacking)]
    return _merged(bad)


def _merged(*parts: Sequence[Any]) -> list[dict[str, str]]:
    """Bad cells of several lists, each once, in the order of the sheet."""
    found: dict[str, dict[str, str]] = {}
    for part in parts:
        for one in part:
            cell = one if isinstance(one, dict) else {"cell": cell_address(one[0], one[1]), "found": one[2]}
            found.setdefault(cell["cell"], cell)
    return list(found.values())


def describe(found: dict[str, Any], language: str = "zh") -> str:
    """What `inspect_file` found, as lines of text for people; language zh or en."""
    zh = language == "zh"
    lines = [found["file"]]
    lines += [f"  ! {problem['sheet']} {problem[language]}".replace("!  ", "! ") for problem in found["problems"]]
    if not found["sheets"] and not found["problems"]:
        lines.append("  没有工作表" if zh else "  no sheets")
    for sheet in found["sheets"]:
        hidden = ("（隐藏）" if zh else " (hidden)") if sheet["hidden"] else ""
        lines.append(f"  {'工作表' if zh else 'sheet'} {sheet['name'] or '1'}{hidden}  {sheet['confidence']:.2f}")
        why = sheet["why"].split(" / ")
        lines.append(f"    {why[0] if zh else why[-1]}")
        for table in sheet.get("tables", [sheet]):
            lines += _describe_table(table, zh)
        lines += [
            f"    {'不可读' if zh else 'unreadable'} {cell['cell']} 「{cell['found']}」" for cell in sheet["unreadable"]
        ]
    return "\n".join(lines)


_LABELS = {
    "title": ("标题", "title"),
    "unit": ("单位", "unit"),
    "header": ("表头", "header"),
    "data": ("数据", "data"),
    "total": ("合计", "total"),
    "subtotal": ("小计", "subtotal"),
    "of_which": ("其中", "of which"),
    "section": ("分段", "section"),
    "footer": ("表尾", "footer"),
    "blank": ("空行", "blank"),
}
_VERDICTS = {"agrees": ("相符", "agrees"), "rounding": ("舍入误差", "rounding"), "differs": ("不符", "differs")}


def _describe_table(table: dict[str, Any], zh: bool) -> list[str]:
    pick = 0 if zh else 1
    lines = []
    if table["unit"]:
        lines.append(f"    {'单位' if zh else 'unit'}: {table['unit']}")
    for column in table["columns"]:
        unit = f" [{column['unit']}]" if column["unit"] else ""
        lines.append(f"    {column['letter']:>3}  {column['name'] or '—'}{unit}")
    lines += [f"    {_LABELS[kind][pick]}: {_ranges(rows)}" for kind, rows in table["rows"].items() if rows]
    for check in table["checks"]:
        lines.append(
            f"    {check['cell']} {_LABELS[check['kind']][pick]} {check['stated']:g} ↔ {check['computed']:g}  "
            f"{_VERDICTS[check['verdict']][pick]}"
        )
    return lines


def _ranges(rows: Sequence[int]) -> str:
    """Row numbers with runs drawn together: 4–7, 9."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def check_dicts(checks: Sequence[Check]) -> list[dict[str, Any]]:
    """Checks as plain data, with the six fields that `louxing inspect` promises."""
    return [dict(list(check._asdict().items())[:6]) for check in checks]
