"""A marked copy that came back: whether its original lies beside it, and answers that were written into the list only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.corrections import report_in_column
from louxing_analysis.cleaning.layout import Place
from louxing_analysis.cleaning.list_sheet import answers
from louxing_analysis.cleaning.sheet import Sheet, filled, parse_address
from louxing_analysis.problems import Problem
from louxing_analysis.safe_text import csv_line


def beside_original(workbook: str, copy_of: str, names: Collection[str]) -> bool:
    """Whether a workbook is the marked copy of another one of the same delivery: its rows would count twice."""
    return bool(copy_of) and copy_of != workbook and copy_of in names


def unheeded(
    lists: Iterable[Sheet],
    sheets: Iterable[Sheet],
    workbook: str,
    layouts: Sequence[Mapping[str, Any]],
    problems: list[Problem],
    unknown: str,
) -> None:
    """Report what the office wrote beside a line of the list while the cell says what it said.

    Nothing is applied: the answer may be a value, 已改 or 无误. The detail is a row for corrections.csv, ready to paste.
    """
    by_name = {sheet.name: (sheet, filled(sheet)) for sheet in sheets}
    for one in (answer for page in lists for answer in answers(page)):
        sheet, values = by_name.get(one.sheet, (None, None))
        try:
            row, column = parse_address(one.cell)
        except ValueError:
            continue
        if sheet is None or values is None or row >= values.shape[0] or column >= values.shape[1]:
            continue
        written = sheet.unreadable.get((row, column), ("", as_written(values[row, column])))[1]
        if written != one.found:
            continue
        place = Place("", workbook, sheet.name, problems)
        proposed = f"corrections.csv: {csv_line([workbook, sheet.name, one.cell, written, one.answer, '', ''])}"
        known = report_in_column(
            "answer_in_list", (row, column), f"{written} → {one.answer}", proposed, layouts, place, unknown
        )
        if not known:
            problems[-1] = problems[-1]._replace(detail="")
