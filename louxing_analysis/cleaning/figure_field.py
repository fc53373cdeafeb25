"""The field of a table of figures: where its numbers begin, and which of its columns they stand in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from louxing_analysis.cleaning.header_names import are_counters, is_line_of_numbers
from louxing_analysis.cleaning.rowkinds import mark_of
from louxing_analysis.cleaning.shapes import mended, squeezed
from louxing_analysis.cleaning.view import View

SAMPLE = 16  # rows with cells that show which columns hold figures
_ENOUGH = 3  # rows before a blank one that show it, too: what follows may be another table
GAP = 6  # blank rows that may stand inside a table's head, or between it and the figures
_PLAIN = re.compile(r"^[-+]?(?:[\d,]+|\d{1,3}(?:\s\d{3})+)(?:\.\d+)?%?$")
_DAYS = (32874, 54789)  # serial numbers of 1990 and 2050
_YEAR = re.compile(r"^((?:1[89]|20)\d\d(?:0[1-9]|1[0-2])?)(?:年度?|年末|年底)?(?:[(]?(?:[rpe*†]|\\\d|/\d|\d)[)]?)?$")


@dataclass(frozen=True)
class Field:
    """The figures of a table: their first row, their columns, those whose figures are no text, the first after the stub."""

    start: int
    columns: frozenset[int]
    typed: frozenset[int]
    left: int
    right: int


def next_field(view: View, first: int, last: int) -> Field | None:
    """The first row whose numbers stand in columns of numbers, and those columns."""
    for row in range(first, last + 1):
        if not view.counts[row]:
            continue
        shapes = view.shapes(row)
        numbers = [column for column, kind in enumerate(shapes) if kind == "n"]
        if not numbers or heads_by_numbers(view, row, numbers):
            continue
        columns, typed, serial, right = _columns_of_figures(view, row, last)
        wanted = columns - {serial} or columns
        field = Field(row, frozenset(columns), frozenset(typed), min(wanted, default=0), right)
        numbers = figures_among(view, row, numbers, field)
        inside = [column for column in numbers if column in columns]
        if not inside or len(inside) * 2 < len(numbers) or len(set(inside) & wanted) * 4 < len(wanted):
            continue
        if view.counts[row] == 1 and numbers[0] != serial and len(columns) > 1:
            continue
        return field
    return None


def figures_among(view: View, row: int, numbers: list[int], field: Field) -> list[int]:
    """The numbers of a row without those that are names: written as text where figures are numbers ($10 000, (4)), or
    a few among many words over the figures (0 beside 1～4, 5～9)."""
    values = view.values[row]
    kept = [column for column in numbers if not (column in field.typed and _is_word(values[column]))]
    shapes = view.shapes(row)
    words = sum(shapes[column] in ("t", "d") for column in field.columns if column < len(shapes))
    return [] if words >= 3 * len(kept) and words > 2 else kept


def _is_word(cell: Any) -> bool:
    """Whether a number is written with signs, as in names: $10 000, (4); one of digits alone is a figure typed as text."""
    return isinstance(cell, str) and not _PLAIN.match(cell.strip())


def _columns_of_figures(view: View, start: int, last: int) -> tuple[set[int], set[int], int | None, int]:
    """Columns whose cells are mostly numbers or missing marks, those whose numbers are no text, the one that counts the
    rows, and the last column held."""
    rows: list[int] = []
    blank = 0
    for row in range(start, last + 1):
        if view.counts[row]:
            rows.append(row)
            blank = 0
        else:
            blank += 1
        if len(rows) == SAMPLE or blank > GAP or (blank and len(rows) >= _ENOUGH):
            break
    tally = view.tally(rows)
    numbers, marks, others = tally["n"], tally["m"], tally["t"] + tally["d"] + tally["c"]
    figures = (numbers > 0) & (numbers + marks >= others)
    held = np.flatnonzero(numbers + marks + others)
    columns = set(np.flatnonzero(figures).tolist())
    typed = {column for column in columns if numbers[column] > 2 and not view.is_written(rows, column)}
    serial = int(held[0])
    counted = serial in columns and _counts_up(view, serial, start, last)
    return columns, typed, serial if counted else None, int(held[-1])


def _counts_up(view: View, column: int, start: int, last: int) -> bool:
    values = [
        _whole(value) for value in view.values[start : min(start + 40, last + 1), column].tolist() if value is not None
    ]
    numbers = [value for value in values if value is not None]
    steps = [high - low for low, high in pairwise(numbers)]
    if not numbers or len(numbers) * 2 < len(values):
        return False
    return sum(step == 1 for step in steps) * 2 >= len(steps) and numbers[0] < 1800


def _whole(value: Any) -> int | None:
    if isinstance(value, str):
        text = squeezed(value).strip("()")
        return int(text) if text.isdecimal() and len(text) < 6 else None
    if isinstance(value, (int, float)) and value == value and abs(value) < 1e6 and value == int(value):
        return int(value)
    return None


def year_of(value: Any) -> int | None:
    """The year or month that a cell is nothing but: 2014, 2014年度, 2008 r, 201806; None for anything else."""
    if isinstance(value, str):
        return _year_in(value) if 4 <= len(value) <= 14 else None
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value != value:
        return None
    if (1800 <= value <= 2100 or (180_001 <= value <= 210_012 and 1 <= value % 100 <= 12)) and value == int(value):
        return int(value)
    return None


@lru_cache(maxsize=16384)
def _year_in(text: str) -> int | None:
    plain = squeezed(text)
    match = _YEAR.match(plain) or _YEAR.match(mended(plain))
    return int(match[1]) if match else None


def heads_by_numbers(view: View, row: int, numbers: Sequence[int]) -> bool:
    """Whether the numbers of a row head columns: years, a run such as 1 2 3 4, or numbers of the columns."""
    if row not in view.headings:
        view.headings[row] = _heads_by_numbers(view, row, numbers)
    return view.headings[row]


def _heads_by_numbers(view: View, row: int, numbers: Sequence[int]) -> bool:
    label = view.values[row, int(np.argmax(view.held[row]))]
    if isinstance(label, str) and mark_of(label) in ("total", "topmost", "whole", "part", "named"):
        return False
    cells = [view.values[row, column] for column in numbers]
    years = [year for cell in cells if (year := year_of(cell)) is not None]
    if len(years) == len(cells):
        if len(years) == 2 and (abs(years[1] - years[0]) > 100 or _lacks_figures(view, row)):
            return False
        if len(set(years)) == len(years) > 1 and _said_again(view, row, numbers):
            return True
        headings = _are_headings(years, alone=_is_alone(view, row, numbers[0]))
        return headings and (
            len(years) == 1 or not _like_years(view, row + 1, numbers) or _stand_first(view, row, numbers, years)
        )
    if len(years) > 3 and len(years) * 4 >= 3 * len(cells) and _follow(years):
        return not _like_years(view, row + 1, numbers[:4])  # one of them misread
    if all(isinstance(cell, str) and cell.strip().startswith("(") for cell in cells) and len(set(cells)) == 1 < len(
        cells
    ):
        return True  # a line of units: (1,000) (1,000)
    if numbers_all_columns(view, row) or _are_months(view, row, cells):
        return True
    whole = [_whole(cell) for cell in cells]
    if len(whole) < 4 or any(value is None for value in whole):
        return False
    if any(
        len(whole) % size == 0 and whole == list(range(1, size + 1)) * (len(whole) // size)
        for size in range(2, len(whole) // 2 + 1)
    ):
        return True  # 1 2 3 1 2 3: the columns of each group
    return all(high == low + 1 or (high == 1 and low in (28, 29, 30, 31)) for low, high in pairwise(whole))  # type: ignore[operator]


def _lacks_figures(view: View, row: int) -> bool:
    """Whether a row says of some columns that they have no figure, as rows of data do: na."""
    shapes = view.shapes(row)
    return any(kind == "m" and str(view.values[row, column])[:1] in "nN-—–…" for column, kind in enumerate(shapes))


def _said_again(view: View, row: int, numbers: Sequence[int]) -> bool:
    """Whether the row below has the same years under 项目 in English: Item."""
    if row + 1 >= len(view.counts) or (view.values[row, numbers] != view.values[row + 1, numbers]).any():
        return False
    here, below = (view.values[at, int(np.argmax(view.held[at]))] for at in (row, row + 1))
    return isinstance(here, str) and isinstance(below, str) and below.isascii() and not here.isascii()


def _are_months(view: View, row: int, cells: Sequence[Any]) -> bool:
    """Whether numbers are days that a program wrote as serial numbers: first or last days of a month, two or more, or one
    beside a date."""
    if len(str(cells[0])) not in (5, 7):
        return False
    serials = [_whole(cell) for cell in cells]
    if not all(serial is not None and _DAYS[0] <= serial <= _DAYS[1] for serial in serials):
        return False
    if len(cells) < 2 and "d" not in view.shapes(row):
        return False
    days = [datetime.date(1899, 12, 30) + datetime.timedelta(days=serial) for serial in serials if serial]
    return all(day.day == 1 or (day + datetime.timedelta(days=1)).day == 1 for day in days)


def numbers_all_columns(view: View, row: int) -> bool:
    """Whether a row numbers its columns, behind a word such as 栏次 or 项次."""
    cells = [value for value in view.values[row].tolist() if value is not None]
    counted = [cell for cell in cells if not is_line_of_numbers(cell)]
    if len(counted) < (2 if len(counted) < len(cells) else 3):
        return False
    return are_counters(counted)


def _is_alone(view: View, row: int, column: int) -> bool:
    """Whether the one year of a row can head its column: it has at most a word beside it, and no name above it."""
    if view.counts[row] > 2 or not column:
        return False
    return view.counts[row] == 1 or not view.held[max(0, row - 4) : row, column].any()


def _like_years(view: View, row: int, columns: Sequence[int]) -> bool:
    """Whether a row has numbers that could be years, too, in these columns."""
    if not 0 <= row < len(view.counts):
        return False
    cells = [view.values[row, column] for column in columns]
    return all(year_of(cell) is not None for cell in cells)


def _follow(years: Sequence[int]) -> bool:
    """Whether years rise or fall all the way, by no more than ten at a time."""
    steps = [high - low for low, high in pairwise(years)]
    return all(0 < step <= 10 for step in steps) or all(-10 <= step < 0 for step in steps)


def _stand_first(view: View, row: int, columns: Sequence[int], years: Sequence[int]) -> bool:
    """Among rows that are all like years, the first, where its years follow each other at one distance, is the header."""
    steps = {high - low for low, high in pairwise(years)}
    return len(steps) == 1 and steps <= {1, -1, 2, -2, 5, -5, 10, -10} and not _like_years(view, row - 1, columns)


def _are_headings(years: Sequence[int], alone: bool) -> bool:
    """Whether years stand in an order: rising, falling, or the same few again and again, as under groups of columns."""
    if len(years) == 1:
        return alone
    if len(set(years)) == 1:
        return True
    steps = [high - low for low, high in pairwise(years)]
    rising, falling = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    if max(rising, falling) * 3 >= 2 * len(steps) or not rising or not falling:
        return True
    sizes = [size for size in range(2, len(years) // 2 + 1) if len(years) % size == 0]
    return any(
        len(set(years[:size])) == size and list(years[:size]) * (len(years) // size) == list(years) for size in sizes
    )
