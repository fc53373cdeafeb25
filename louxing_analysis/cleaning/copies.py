"""Sheets of a delivery that hold the figures of another sheet, named for another year or place: copied, not filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.context import Context
from louxing_analysis.cleaning.totals import Additive
from louxing_analysis.problems import Problem, severity_of

_FEWEST_ROWS, _FEWEST_DISTINCT = 10, 8
_TELLING = 20  # different amounts in one column that are enough by themselves
_MOSTLY = 0.8


class Prints(NamedTuple):
    """The money columns of one sheet, each as a fingerprint of its amounts in their order, and how many differ."""

    workbook: str
    sheet: str
    ledger: str
    named: tuple[str, ...]  # year, township and village that the sheet says it is of
    columns: dict[str, tuple[bytes, int]]


def prints_of(workbook: str, sheet: str, ledger: str, context: Context, additive: Sequence[Additive]) -> Prints | None:
    """The fingerprints of a sheet; None where it has no column of amounts that says enough.

    Counts are left out: a village has the same households next year.
    """
    columns = {}
    for one in additive:
        if one.kind != "money" or len(one.values) < _FEWEST_ROWS:
            continue
        distinct = len(np.unique(one.values[np.isfinite(one.values) & (one.values != 0)]))
        if distinct >= _FEWEST_DISTINCT:
            columns[one.column.column] = (_mark(one.values), distinct)
    named = (context.year.value, context.month.value, context.township.value, context.village.value)
    return Prints(workbook, sheet, ledger, named, columns) if columns else None


def _mark(values: np.ndarray) -> bytes:
    return hashlib.blake2b(np.ascontiguousarray(values, dtype=float).tobytes(), digest_size=16).digest()


def copied_in_delivery(prints: Iterable[Prints]) -> list[Problem]:
    """One problem for every sheet with the amounts of an earlier one that is named for another year or place."""
    first: dict[tuple[str, str, bytes], Prints] = {}
    found = []
    for one in sorted(prints, key=lambda one: one[:4]):
        for column, (mark, _) in one.columns.items():
            earlier = first.get((one.ledger, column, mark))
            if earlier is not None and earlier.named != one.named and _same(earlier, one):
                detail = f"{earlier.workbook} › {earlier.sheet}"
                reason = "copied_sheet"
                found.append(
                    Problem(one.ledger, one.workbook, one.sheet, "", "", "", reason, severity_of(reason), detail)
                )
                break
        for column, (mark, _) in one.columns.items():
            first.setdefault((one.ledger, column, mark), one)
    return found


def _same(left: Prints, right: Prints) -> bool:
    equal = [column for column, mark in left.columns.items() if right.columns.get(column) == mark]
    enough = len(equal) > 1 or left.columns[equal[0]][1] >= _TELLING
    return enough and len(equal) >= _MOSTLY * max(len(left.columns), len(right.columns))
