"""One sheet of cells, built the same way whatever kind of file it came from; and the addresses of cells."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from louxing_analysis.cleaning.sheet_xml import SheetScan, column_number

_SHAKY_FROM = 1e15  # a spreadsheet keeps 15 digits: a longer number has lost its last ones
_BLANKS = "\u3000\xa0\u2002\u2003\u2009\u200b\x85\u1680\u2028\u2029\u202f\u205f"
_ERRORS = {"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"}


@dataclass(frozen=True)
class Merge:
    """A merged range; rows and columns count from 0 and both ends belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: `values[0, 0]` is A1; cells are None, str, float, int, bool, datetime, date or time.

    `unreadable` maps (row, column) to (reason code, text as written); the value there is None, except for digits_lost,
    which keeps the damaged number. Trimmed to the last row and column that hold something.
    """

    name: str
    values: np.ndarray
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unreadable: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


def build_sheet(
    name: str,
    rows: Sequence[Sequence[Any]],
    merges: Iterable[tuple[int, int, int, int]],
    found: SheetScan,
    hidden: bool = False,
) -> Sheet:
    """A Sheet from rows of cells: empty text becomes None, spans of time become days, long numbers are flagged.

    `rows` may be ragged; `merges` are (first row, first column, last row, last column) and may be out of bounds.
    """
    width = max([len(row) for row in rows], default=0)
    unreadable = dict(found.unreadable)
    height = max(len(rows), 1 + max((row for row, _ in unreadable), default=-1))
    width = max(width, 1 + max((column for _, column in unreadable), default=-1))
    flat: list[Any] = [None] * (height * width)
    for number, cells in enumerate(rows):
        flat[number * width : number * width + len(cells)] = cells
    for position, value in _odd_cells(flat):
        flat[position] = _tamed(value, divmod(position, width), unreadable)
    for (row, column), (reason, _) in unreadable.items():
        if reason != "digits_lost":
            flat[row * width + column] = None
    values = np.empty((height, width), dtype=object)
    values.reshape(-1)[:] = flat
    values = _trimmed(values, unreadable)
    last_row, last_column = values.shape[0] - 1, values.shape[1] - 1
    kept = tuple(
        sorted(
            {
                (top, left, min(bottom, last_row), min(right, last_column))
                for top, left, bottom, right in merges
                if 0 <= top <= min(bottom, last_row) and 0 <= left <= min(right, last_column)
            }
        )
    )
    return Sheet(
        name,
        values,
        tuple(Merge(*merge) for merge in kept if merge[:2] != merge[2:]),
        hidden,
        frozenset(row for row in found.hidden_rows if row <= last_row),
        frozenset(column for column in found.hidden_columns if column <= last_column),
        unreadable,
    )


def _odd_cells(flat: list[Any]) -> list[tuple[int, Any]]:
    """Empty or blank text, error values, very long numbers, spans of time: what is not kept as it comes."""
    return [
        (position, value)
        for position, value in enumerate(flat)
        if (
            value < "$" or value[0] in _BLANKS
            if (kind := value.__class__) is str
            else not -_SHAKY_FROM < value < _SHAKY_FROM
            if kind is float or kind is int
            else kind is datetime.timedelta
        )
    ]


def _tamed(value: Any, place: tuple[int, int], unreadable: dict[tuple[int, int], tuple[str, str]]) -> Any:
    if isinstance(value, str):
        if value in _ERRORS:  # an error value that went through a text file
            unreadable.setdefault(place, ("error_cell", value))
            return None
        return value if value.strip() else None
    if isinstance(value, datetime.timedelta):
        return value.total_seconds() / 86_400  # how the file itself keeps it
    if not math.isfinite(value):
        unreadable.setdefault(place, ("not_a_number", str(value)))
        return None
    unreadable.setdefault(place, ("digits_lost", f"{value:.14E}"))  # as the cell shows it
    return value


def holds(values: np.ndarray) -> np.ndarray:
    """Which cells hold something."""
    nothing: Any = None  # compared cell by cell, as numpy does with an array of objects
    return np.asarray(values != nothing, dtype=bool)


def _trimmed(values: np.ndarray, unreadable: Mapping[tuple[int, int], tuple[str, str]]) -> np.ndarray:
    held = holds(values)
    for place in unreadable:
        held[place] = True
    rows, columns = np.flatnonzero(held.any(axis=1)), np.flatnonzero(held.any(axis=0))
    return values[: rows[-1] + 1 if rows.size else 0, : columns[-1] + 1 if columns.size else 0]


def filled(sheet: Sheet) -> np.ndarray:
    """The sheet's values with every merged range filled from its top-left cell; a new array.

    A range that holds other values besides (files written by programs) keeps them.
    """
    values = sheet.values.copy()
    for merge in sheet.merges:
        block = values[merge.first_row : merge.last_row + 1, merge.first_column : merge.last_column + 1]
        value = block[0, 0]
        if value is not None:
            block[~holds(block)] = value
    return values


def parse_address(address: str) -> tuple[int, int]:
    """C12 → row 11, column 2 (both from 0); raises ValueError for what is no address."""
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", address.strip())
    if match is None:
        raise ValueError(f"不是单元格地址 / not a cell address: {address}")
    return int(match[2]) - 1, column_number(match[1].upper())


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """Row 11, column 2 (both from 0) → C12."""
    return f"{column_letter(column)}{row + 1}"
