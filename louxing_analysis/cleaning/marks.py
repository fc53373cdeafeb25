"""What was wrong with a delivery → what is said to the office that sent it: per workbook, a list and marks on cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from louxing_analysis.cleaning.sheet import cell_address, parse_address
from louxing_analysis.problems import NOTED, QUARANTINED, REASONS, SEVERITIES, STRUCTURAL, Problem
from louxing_analysis.reference import Reference

FOLDED = 20
"""A note that stands in more cells of one column than this is written once, and counted."""

LABELS = {
    STRUCTURAL: ("表有问题", "sheet"),
    QUARANTINED: ("整行未采用", "row not used"),
    "set_aside": ("该格未采用", "cell not used"),
    NOTED: ("请核对", "please check"),
}
"""How a severity is said to an office: what became of what it sent."""

_ROW = re.compile(r"([1-9]\d{0,6}):\1")
_BY_THE_DISTRICT = ("由区里处理", "for the district to settle")
_OURS = (".csv", "louxing", "data/raw")


class Line(NamedTuple):
    """One line of the list: `cell` is B3, 5:5 for a whole row or empty for the sheet; the rest is said as it stands."""

    sheet: str
    cell: str
    column: str
    found: str
    what: tuple[str, str]
    next: tuple[str, str]
    severity: str
    reason: str
    more: int = 0


@dataclass
class Marks:
    """All that is said of one workbook; `rows` has the quarantined rows of each sheet and why."""

    lines: list[Line] = field(default_factory=list)
    rows: dict[str, dict[int, tuple[str, ...]]] = field(default_factory=dict)


def gather(
    problems: Iterable[Problem],
    quarantine: pd.DataFrame,
    sheets: pd.DataFrame,
    layouts: Sequence[Mapping[str, Any]],
    facts: Reference,
) -> dict[str, Marks]:
    """Workbook → marks, for every workbook of which there is something to say about a sheet, a row or a cell.

    What concerns a whole file that could not be read is left out: there is nothing to mark. Texts are unmasked.
    """
    written = {
        (line["workbook"], line["sheet"], line["letter"]): str(line["header"]) for line in layouts if line["letter"]
    }
    found: dict[str, dict[tuple[str, str, str, str], Line]] = {}
    read = set(zip(sheets["workbook"], sheets["sheet"], strict=True))  # the one sheet of a text file has no name
    for problem in problems:
        if problem.sheet or problem.cell or (problem.workbook, "") in read:
            line = _line(problem, written, facts)
            found.setdefault(problem.workbook, {}).setdefault((line.sheet, line.cell, line.reason, line.found), line)
    marks = {workbook: Marks(list(lines.values())) for workbook, lines in found.items()}
    for workbook, sheet, row, reasons in quarantine[["workbook", "sheet", "row", "reasons"]].itertuples(index=False):
        rows = marks.setdefault(str(workbook), Marks()).rows.setdefault(str(sheet), {})
        rows[int(row)] = tuple(dict.fromkeys((*rows.get(int(row), ()), *str(reasons).split(";"))))
    for workbook, one in marks.items():
        order = {str(name): at for at, name in enumerate(sheets.loc[sheets["workbook"] == workbook, "sheet"].unique())}
        one.lines += _unsaid_rows(one)
        one.lines += _unsaid_sheets(one, sheets[sheets["workbook"] == workbook])
        one.lines = folded(sorted(one.lines, key=lambda line: _place(line, order)))
    return marks


def _line(problem: Problem, written: Mapping[tuple[str, str, str], str], facts: Reference) -> Line:
    reason = REASONS[problem.reason]
    letter = problem.cell.rstrip("0123456789")
    whole = _ROW.fullmatch(problem.cell)  # of a row that names no household there is no column to look at
    label = facts.label(f"column:{problem.table}", problem.column) if problem.column and not whole else ""
    header = written.get((problem.workbook, problem.sheet, letter), "") or label
    detail = problem.detail if not any(mark in problem.detail for mark in _OURS) else ""
    more = f"（{detail}）" if detail else ""
    what = (f"{reason.zh}{more}", reason.en)
    return Line(
        problem.sheet,
        problem.cell,
        header.replace("/", " / "),
        problem.found,
        what,
        for_the_office(reason.next_zh, reason.next_en),
        problem.severity,
        problem.reason,
    )


def for_the_office(zh: str, en: str) -> tuple[str, str]:
    """What to do next, without what only the district can do: an office has no reference rows and no command."""
    kept_zh = "，".join(part for part in zh.split("，") if not any(mark in part for mark in _OURS))
    kept_en = ", ".join(part for part in en.split(", ") if not any(mark in part for mark in _OURS))
    return (kept_zh, kept_en or _BY_THE_DISTRICT[1]) if kept_zh else _BY_THE_DISTRICT


def _unsaid_rows(marks: Marks) -> list[Line]:
    """Quarantined rows of which no line speaks yet."""
    said = {(line.sheet, row_of(line.cell), line.reason) for line in marks.lines}
    return [
        Line(sheet, f"{row}:{row}", "", "", (REASONS[why].zh, REASONS[why].en),
             for_the_office(REASONS[why].next_zh, REASONS[why].next_en), QUARANTINED, why)
        for sheet, rows in marks.rows.items()
        for row, reasons in rows.items()
        for why in reasons
        if why in REASONS and (sheet, row, why) not in said
    ]  # fmt: skip


def _unsaid_sheets(marks: Marks, sheets: pd.DataFrame) -> list[Line]:
    """Sheets set aside whole of which no line speaks yet."""
    said = {line.sheet for line in marks.lines if line.severity == STRUCTURAL}
    aside = sheets.loc[(sheets["table"] == "") & (sheets["data"] > 0), "sheet"]
    what = ("整张表未采用", "the whole sheet was set aside")
    return [
        Line(str(sheet), "", "", "", what, _BY_THE_DISTRICT, STRUCTURAL, "")
        for sheet in aside.unique()
        if sheet not in said
    ]


def row_of(cell: str) -> int:
    """The row, from 1, that an address lies in; 0 for a whole sheet."""
    whole = _ROW.fullmatch(cell)
    if whole:
        return int(whole[1])
    try:
        return parse_address(cell.split(":")[0])[0] + 1
    except ValueError:
        return 0


def _place(line: Line, order: Mapping[str, int]) -> tuple[int, int, int, int]:
    column = 0
    if line.cell and not _ROW.fullmatch(line.cell):
        try:
            column = parse_address(line.cell.split(":")[0])[1] + 1
        except ValueError:
            column = 0
    return SEVERITIES.index(line.severity), order.get(line.sheet, len(order)), row_of(line.cell), column


def folded(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a note that stands all down a column kept once; `more` says how often besides."""
    alike: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        if line.severity == NOTED:
            alike.setdefault((line.sheet, line.cell.rstrip("0123456789"), line.reason), []).append(line)
    dropped = {id(line) for group in alike.values() if len(group) > FOLDED for line in group[1:]}
    more = {id(group[0]): len(group) - 1 for group in alike.values() if len(group) > FOLDED}
    return [line._replace(more=more.get(id(line), 0)) for line in lines if id(line) not in dropped]


Corners = Mapping[tuple[int, int], tuple[int, int]]
"""Cells of merged ranges (from 0) → the range's first cell, the only one that is seen."""


def corners_of(merges: Iterable[Any]) -> Corners:
    """Every cell of the merged ranges and the corner that shows for it."""
    return {
        (row, column): (merge.first_row, merge.first_column)
        for merge in merges
        for row in range(merge.first_row, merge.last_row + 1)
        for column in range(merge.first_column, merge.last_column + 1)
    }


def settled(line: Line, values: Any, corners: Corners) -> tuple[int, int] | None:
    """Row and column (from 0) of the cell that shows a line's mark: a row's first cell, a merged range's corner."""
    row = row_of(line.cell) - 1
    if not 0 <= row < values.shape[0]:
        return None
    if _ROW.fullmatch(line.cell):
        place = row, next((at for at, value in enumerate(values[row]) if value is not None), 0)
    else:
        place = row, parse_address(line.cell.split(":")[0])[1]
    return corners.get(place, place)


def comment(lines: Sequence[Line], at: str) -> str:
    """All that is said at one cell, the loudest first, in one text."""
    parts = []
    for line in lines:
        zh, en = LABELS[line.severity]
        where = f"{line.cell}：" if line.cell not in (at, "") and not _ROW.fullmatch(line.cell) else ""
        more = f"（本列另有 {line.more} 处 / and {line.more} more in this column）" if line.more else ""
        found = f"\n所写：{line.found}" if line.found else ""
        parts.append(
            f"【{zh} / {en}】{where}{line.what[0]}{more}{found}\n→ {line.next[0]}\n{line.what[1]}; {line.next[1]}"
        )
    return "\n\n".join(parts)


def comments(marks: Marks, sheet: str, values: Any, merges: Sequence[Any]) -> dict[tuple[int, int], tuple[str, str]]:
    """(row, column) → (severity, text) for one sheet: every marked cell once, quarantined rows at their first cell."""
    at: dict[tuple[int, int], list[Line]] = {}
    corners = corners_of(merges)
    for line in marks.lines:
        place = settled(line, values, corners) if line.sheet == sheet else None
        if place is not None:
            at.setdefault(place, []).append(line)
    for row, reasons in sorted(marks.rows.get(sheet, {}).items()):
        known = [REASONS[why] for why in reasons if why in REASONS]
        what = ("、".join(one.zh for one in known), "; ".join(one.en for one in known))
        whole = Line(sheet, f"{row}:{row}", "", "", what, ("请更正该行", "mend the row"), QUARANTINED, "")
        place = settled(whole, values, corners)
        if place is not None and not any(line.severity == QUARANTINED for line in at.get(place, [])):
            at.setdefault(place, []).append(whole)
    out = {}
    for place, lines in sorted(at.items()):
        loudest = sorted(lines, key=lambda line: SEVERITIES.index(line.severity))
        out[place] = (loudest[0].severity, comment(loudest, cell_address(*place)))
    return out
