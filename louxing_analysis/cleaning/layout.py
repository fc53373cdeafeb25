"""A matched table made ready to read: unit factors, spread columns, the year and what stands outside the table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from louxing_analysis.cleaning.headers import IGNORED, UNKNOWN, Index, Match, Matched, take_apart
from louxing_analysis.problems import REASONS, Problem
from louxing_analysis.reference import normalise
from louxing_analysis.safe_text import csv_line

Report = Callable[..., None]
SPELLINGS = "spellings.csv: "
"""How the detail of a problem begins that holds a row for spellings.csv."""
_NEAREST = "最接近 / nearest: "


@dataclass(frozen=True)
class Place:
    """Where problems of one sheet are reported to: table, workbook and sheet, and the list they go to."""

    table: str
    workbook: str
    sheet: str
    problems: list[Problem]

    def report(self, reason: str, cell: str = "", column: str = "", found: str = "", detail: str = "") -> None:
        """Write one problem down, with the severity its reason has."""
        severity = REASONS[reason].severity
        self.problems.append(
            Problem(self.table, self.workbook, self.sheet, cell, column, found, reason, severity, detail)
        )


class Units:
    """units.csv made ready: what a written unit is worth in the base unit of its quantity."""

    def __init__(self, index: Index) -> None:
        frame = index.reference.units
        self.factor = {
            normalise(text): float(value) for text, value in zip(frame["written"], frame["factor"], strict=True)
        }
        self.quantity = {normalise(text): kind for text, kind in zip(frame["written"], frame["quantity"], strict=True)}
        self.by_name = dict(zip(frame["unit"], self.factor.values(), strict=True))
        self.money = {text: value for text, value in self.factor.items() if self.quantity[text] == "money"}
        self.unit = {normalise(text): unit for text, unit in zip(frame["written"], frame["unit"], strict=True)}
        self.per = {normalise(text): per for text, per in zip(frame["written"], frame["per"], strict=True)}

    def suffixes(self, unit: str, per: frozenset[str] = frozenset()) -> dict[str, float]:
        """Units that a cell may carry itself in a column of this base unit; of rates such as 元/年 only those `per` names.

        Months are no days and years no months: of time only the column's own unit will do.
        """
        quantity = next((self.quantity[text] for text, name in self.unit.items() if name == unit), "")
        return {
            text: value
            for text, value in self.factor.items()
            if (self.per[text] in per if "/" in text else True)
            and (self.unit[text] == unit or (self.quantity[text] == quantity and quantity != "time"))
        }

    def is_rate(self, text: str, per: frozenset[str]) -> bool:
        """Whether a column's own unit is a rate (元/月, 元/亩) of another kind than those its rows are amounts of."""
        written = normalise(text)
        return "/" in written and written.partition("/")[0] in self.money and self.per.get(written, "?") not in per

    def looks_like_one(self, text: str) -> bool:
        """Whether what stands in a header's brackets is a unit: a known one, or anything with 元, 币 or % in it."""
        written = normalise(text)
        return written in self.factor or any(mark in written for mark in "元币%‰")

    def money_factor(self, *texts: str | None) -> tuple[float, str] | None:
        """The first of the texts (column, sheet, default) that names a unit of money, and what it is worth in yuan."""
        for text in texts:
            for part in normalise(text or "").replace(":", "/").replace("、", "/").replace(",", "/").split("/"):
                if part in self.money:
                    return self.money[part], part
                if part in self.by_name and part.endswith("yuan"):
                    return self.by_name[part], part
        return None

    def of_money_column(self, header_unit: str, sheet_unit: str, usual: str) -> tuple[float, str, str] | None:
        """What one of a column of money is worth in yuan, the unit's text, and who says so: header, sheet or columns.csv.

        A header that names a unit nobody knows is not overruled by the sheet; （含打工） in a header is a note, no unit.
        """
        stated = header_unit if self.looks_like_one(header_unit) else ""
        for text, where in ((stated, "header"), *(() if stated else ((sheet_unit, "sheet"), (usual, "usual")))):
            if found := self.money_factor(text):
                return *found, where
        return None


def settle(
    match: Match, index: Index, cells: Callable[[int], Any], place: Place, address: Callable[[int], str]
) -> list[Matched]:
    """The columns to read: repeated columns settled, unknown ones reported.

    `cells(index)` gives a column's cells, `address(index)` the address of its header.
    """
    kept: list[Matched] = []
    first: dict[tuple[str, str], Matched] = {}
    needed = {name for group in index.needs[match.ledger] for name in group}
    for one in match.columns:
        if one.column == IGNORED:
            continue
        if one.column == UNKNOWN:
            _report_unknown(one, match, index, place, address(one.index))
            continue
        before = first.setdefault((one.column, one.spread), one)
        if before is one:
            kept.append(one)
        elif one.column in needed and not _agree(cells(before.index), cells(one.index)):
            place.report("column_claimed_twice", address(one.index), one.column, one.written, before.written)
        else:
            place.report("repeated_header", address(one.index), one.column, one.written, before.written)
    return kept


def _report_unknown(one: Matched, match: Match, index: Index, place: Place, address: str) -> None:
    written = take_apart(one.written)
    header = written.keys[1] if len(written.keys) > 1 else written.keys[0]
    nearest = index.suggestion(match.ledger, written)
    meaning = index.by_ledger[match.ledger][nearest][0] if nearest else IGNORED
    fields = [written.last or header, match.ledger, meaning, one.unit, "", "", place.workbook, "low"]
    detail = f"headers.csv: {csv_line(fields)}" + (f" [{_NEAREST}{nearest}]" if nearest else "")
    place.report("unknown_header", address, "", one.written, detail)


def spelling_proposal(vocabulary: str, word: str, code: str, workbook: str, nearest: str) -> str:
    """The row of spellings.csv that would make a word known, with the code of the nearest known word as a suggestion."""
    row = csv_line([vocabulary, word, code or "?", workbook, "low"])
    return f"{SPELLINGS}{row}" + (f" [{_NEAREST}{nearest}]" if nearest else "")


def proposal(detail: str) -> tuple[str, str]:
    """Of what was said about an unknown header or word: the row to paste, and the nearest one that is known."""
    bare = detail.removeprefix("headers.csv: ").removeprefix(SPELLINGS)
    row, _, nearest = bare.partition(f" [{_NEAREST}")
    written = next(csv.reader([row]))[1 if detail.startswith(SPELLINGS) else 0]
    return row, f"{written}: {_NEAREST}{nearest.removesuffix(']')}" if nearest else ""


def _agree(left: Any, right: Any) -> bool:
    return bool(np.array_equal(left, right))
