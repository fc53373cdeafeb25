"""One workbook → typed rows of its ledgers, with what was wrong, where every column came from and what every row is."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from louxing_analysis.cleaning import corrections
from louxing_analysis.cleaning import locate as locating
from louxing_analysis.cleaning.context import read_context
from louxing_analysis.cleaning.copies import Prints, prints_of
from louxing_analysis.cleaning.headers import Match, match, mostly_numbers
from louxing_analysis.cleaning.knowledge import Knowledge
from louxing_analysis.cleaning.layout import Place, settle
from louxing_analysis.cleaning.layout_lines import layout_lines
from louxing_analysis.cleaning.list_sheet import is_list, original_of
from louxing_analysis.cleaning.returned import unheeded
from louxing_analysis.cleaning.rows import TypedTable, type_table
from louxing_analysis.cleaning.stack import Piece
from louxing_analysis.cleaning.totals import compare_totals
from louxing_analysis.cleaning.workbook import Sheet, cell_address, column_letter, filled, read_workbook
from louxing_analysis.problems import REASONS, Problem

UNREGISTERED = "[未登记列]"
"""Stands in place of the text of a column that headers.csv does not know: personal until a row says otherwise."""

ROW_KINDS = ("title", "unit", "header", "data", "total", "subtotal", "of_which", "section", "footer", "blank")


@dataclass
class Cleaned:
    """What came of one workbook: frames by table, and the accounts beside them."""

    workbook: str
    tables: dict[str, list[Piece]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    sheets: list[dict[str, Any]] = field(default_factory=list)
    layouts: list[dict[str, Any]] = field(default_factory=list)
    totals: list[dict[str, Any]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    empty_rows: list[tuple[str, str, str, int]] = field(default_factory=list)
    prints: list[Prints] = field(default_factory=list)
    written: list[tuple[str, Any, Any]] = field(default_factory=list)  # (sheet, spreadsheet rows, their cells)
    copy_of: str = ""  # the workbook that this one is a marked copy of

    def take(self, other: Cleaned) -> None:
        """Add all that came of another part of the same workbook."""
        for table, pieces in other.tables.items():
            self.tables.setdefault(table, []).extend(pieces)
        for name in ("problems", "sheets", "layouts", "totals", "empty_rows", "prints", "written"):
            getattr(self, name).extend(getattr(other, name))
        self.names |= other.names


def clean_workbook(path: Path, name: str, knowledge: Knowledge) -> Cleaned:
    """Read one workbook; never raises for what stands in it."""
    result = Cleaned(name)
    workbook = read_workbook(path, name)
    result.problems.extend(workbook.problems)
    lists = [sheet for sheet in workbook.sheets if is_list(sheet)]
    for number, sheet in enumerate(workbook.sheets):
        if is_list(sheet):
            continue
        part = Cleaned(name)
        try:
            clean_sheet(sheet, name, knowledge, part)
        except Exception as error:
            if os.environ.get("LOUXING_DEBUG") == "1":
                raise
            part = _fault(sheet, name, error)
        for line in part.layouts:
            line["sheet_number"] = number
        result.take(part)
    if lists:  # a marked copy of ours that came back
        result.copy_of = original_of(lists[0])
        unheeded(lists, workbook.sheets, name, result.layouts, result.problems, UNREGISTERED)
    return result


def _fault(sheet: Sheet, name: str, error: Exception) -> Cleaned:
    """A sheet that this program fails on: set aside and named like any other that cannot be read, its rows counted."""
    part = Cleaned(name)
    place = Place("", name, sheet.name, part.problems)
    where = traceback.extract_tb(error.__traceback__)[-1]
    place.report("program_fault", detail=f"{type(error).__name__} ({Path(where.filename).name}:{where.lineno})")
    _account(part, place, _unlocated(sheet), None, "")
    return part


def clean_sheet(sheet: Sheet, name: str, knowledge: Knowledge, result: Cleaned) -> None:
    """Locate, match and type every table of one sheet, and account for each of its rows."""
    wanted = knowledge.corrections.get((name, sheet.name), [])
    if sheet.values.size == 0:
        return
    if not wanted:
        _read_sheet(sheet, name, knowledge, result)
        return
    place = Place("", name, sheet.name, result.problems)
    corrected = corrections.apply(sheet, wanted, place)
    if corrected is None:
        _account(result, place, _unlocated(sheet), None, "")
        return
    trial = Cleaned(name)
    _read_sheet(corrected[0], name, knowledge, trial)
    useless = corrections.unreadable(corrected[1], trial.problems)
    for one, problem in useless:
        words = f"corrections.csv › {one.correction.line}: {REASONS[problem.reason].zh} / {REASONS[problem.reason].en}"
        Place(problem.table, name, sheet.name, result.problems).report(
            "correction_unreadable", problem.cell, problem.column, problem.found, words
        )
    if useless:
        _account(result, place, _unlocated(sheet), None, "")
        return
    corrections.log(corrected[1], trial.layouts, Place("", name, sheet.name, trial.problems), UNREGISTERED)
    result.take(trial)


def _read_sheet(sheet: Sheet, name: str, knowledge: Knowledge, result: Cleaned) -> None:
    """One sheet whose cells say what they shall say."""
    place = Place("", name, sheet.name, result.problems)
    if sheet.hidden:
        place.report("hidden_sheet")
    located = locating.locate(sheet, knowledge.index.known)
    if not located.tables:
        place.report("no_table", detail=located.why)
        _account(result, place, located.kinds, None, "")
        return
    values = filled(sheet)
    seen: set[int] = set()
    for number, block in enumerate(located.tables):
        kinds = block.kinds.copy()
        if number == len(located.tables) - 1:  # what stands below the last table is accounted with it
            kinds[block.last_row + 1 :] = located.kinds[block.last_row + 1 :]
        accounted = "" if block.first_row not in seen else "beside"
        seen.add(block.first_row)
        _clean_table(sheet, values, block, kinds, accounted, place, knowledge, result)


def _clean_table(
    sheet: Sheet,
    values: Any,
    block: Any,
    kinds: Any,
    accounted: str,
    place: Place,
    knowledge: Knowledge,
    result: Cleaned,
) -> None:
    """One table; `accounted` tells of a table beside another one, whose rows have been counted with it."""
    title = block.title
    rows = np.flatnonzero(kinds == "data")
    context = read_context(title, sheet.name, place.workbook, knowledge.gazetteer.townships, knowledge.villages)
    found = match(
        [(one.index, one.name) for one in block.columns],
        f"{title} {sheet.name} {place.workbook}",
        knowledge.index,
        lambda at: mostly_numbers(values[rows, at]),
        context.outside,
    )
    if not found.ledger:
        _refuse(place, found, block, title)
        if not accounted:
            _account(result, place, kinds, block, "")
        return
    place = Place(found.ledger, place.workbook, place.sheet, place.problems)
    header_row = block.header_rows[-1]
    before = len(place.problems)
    columns = settle(
        found, knowledge.index, lambda at: values[rows, at], place, lambda at: cell_address(header_row, at)
    )
    if any(problem.reason == "column_claimed_twice" for problem in place.problems[before:]):
        if not accounted:
            _account(result, place, kinds, block, "")
        return
    table = TypedTable(sheet, values, rows, found.ledger, tuple(columns), context, block.unit or "")
    frames = type_table(table, place, knowledge)
    result.written.append((place.sheet, rows + 1, values[rows]))
    if any(problem.reason == "unknown_unit" for problem in place.problems[before:]):
        frames = {}
    for ledger, frame in frames.items():
        if accounted:  # the halves of a folded list share their rows: the second is told by the letter it begins with
            source = np.where(frame["source_column"] == "", column_letter(block.first_column), frame["source_column"])
            frame = {**frame, "source_column": source}
        result.tables.setdefault(ledger, []).append(Piece(place.workbook, place.sheet, frame))
    result.names |= table.names
    result.empty_rows.extend(
        (found.ledger, place.workbook, place.sheet, int(row) + 1) for row in table.rows_without_values(frames)
    )
    if sheet.hidden_rows & set(rows.tolist()):
        place.report(
            "hidden_row", detail=", ".join(str(row + 1) for row in sorted(sheet.hidden_rows & set(rows.tolist()))[:20])
        )
    if not accounted:
        _account(result, place, kinds, block, found.ledger if frames else "")
    result.layouts.extend(layout_lines(table, block, place, knowledge, frames, bool(accounted)))
    if frames:
        result.totals.extend(compare_totals(values, rows, kinds, table.additive, place))
        prints = prints_of(place.workbook, place.sheet, place.table, context, table.additive)
        result.prints.extend([prints] if prints else [])


def _refuse(place: Place, found: Match, block: Any, title: str) -> None:
    cell = cell_address(block.header_rows[-1], block.first_column) if len(block.header_rows) else ""
    written = "、".join(one.name for one in block.columns[:8])
    if found.nearest and found.score >= 3:
        near = Place(found.nearest, place.workbook, place.sheet, place.problems)
        near.report("required_column_missing", cell, "", written, "; ".join(found.missing))
    else:
        place.report("unknown_ledger", cell, "", written, title)


def _unlocated(sheet: Sheet) -> Any:
    """Rows of a sheet that was not looked into: data where anything stands, else blank."""
    held = (sheet.values != np.array(None)).any(axis=1)
    return np.where(held, "data", "blank")


def _account(result: Cleaned, place: Place, kinds: Any, block: Any, ledger: str) -> None:
    """One line of the sheets table: how many rows of each kind, over the rows that are this table's."""
    counts = {kind: int((kinds == kind).sum()) for kind in ROW_KINDS}
    first = int(block.first_row) + 1 if block is not None else 1
    result.sheets.append(
        {
            "workbook": place.workbook,
            "sheet": place.sheet,
            "table": ledger,
            "first_row": first,
            "rows_in_sheet": int((kinds != "").sum()),
            **counts,
        }
    )
