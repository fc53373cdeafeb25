"""The names and units of a table's columns, out of the rows of its header."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from louxing_analysis.cleaning.shapes import squeezed
from louxing_analysis.cleaning.unit_words import is_unit, unit_in_header, unit_phrase
from louxing_analysis.cleaning.view import View, extent

_COUNTERS = ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_LINE_OF_NUMBERS = re.compile(r"^(?:栏次|项次|行次|列次|栏目|columns?|cols?\.?|no\.?)$", re.IGNORECASE)
_NO_BLANK = re.compile(r"(?<![A-Za-z0-9.,:;)%$'-])\s|\s(?![A-Za-z0-9(%$'-])")
_NUMBERED_CELL = re.compile(r"^[(]?(?:[A-Z](?=0))?(\d{1,3})[)]?(?:=.*)?$")  # also A01 A02 after 甲


def numbers_columns(view: View, row: int, header: Sequence[int]) -> bool:
    """Whether a row numbers the columns of a header: 1 2 3 …, (1) (2) …, A B C …, 甲 乙 1 2 …, with 5=3+4 allowed.

    It does so from the first or second column on; numbers that stand only under a group are days or months.
    """
    left, right = extent(view, header)
    columns = np.flatnonzero(view.held[row])
    cells = [cell for cell in view.values[row, columns].tolist() if not is_line_of_numbers(cell)]
    if not cells or not are_counters(cells):
        return False
    if len(cells) < columns.size:
        return True
    if columns.size < max(3, 0.6 * (right - left + 1)) or columns[0] > left + 1:
        return False
    return columns[0] == left or not _under_one_group(view, row, columns)


def is_line_of_numbers(cell: Any) -> bool:
    """Whether a cell says that its row numbers the columns: 栏次, 项次, column."""
    return isinstance(cell, str) and bool(_LINE_OF_NUMBERS.match(squeezed(cell)))


def _under_one_group(view: View, row: int, columns: np.ndarray) -> bool:
    """Whether all cells of a row stand under one merged cell: then they are its days or months."""
    return any(
        merge.first_column <= columns[0] and merge.last_column >= columns[-1] and merge.last_row < row
        for above in range(max(0, row - 3), row)
        for merge in view.spans(above)
    )


def are_counters(cells: Sequence[Any]) -> bool:
    """Whether cells count up from one: 1 2 3, (1) (2), A B C, 甲 乙 1 2, with 5=3+4 allowed."""
    if all(str(cell).startswith("-") for cell in cells):
        cells = [
            -cell if isinstance(cell, (int, float)) else cell[1:] for cell in cells
        ]  # (1) (2) as a program reads them
    if not _may_count(cells[0]):
        return False
    words = [
        str(int(cell)) if isinstance(cell, float) and cell == int(cell) else squeezed(cell).strip("()").upper()
        for cell in cells
    ]
    letters = 0
    for counters in _COUNTERS:
        run = 0
        while run < min(len(words), len(counters)) and words[run] in (counters[run], squeezed(counters[run])):
            run += 1
        letters = max(letters, run if counters[0] != "①" or not words[0].isdigit() else 0)
    found = [_NUMBERED_CELL.match(word) for word in words[letters:]]
    numbers = [int(match[1]) for match in found if match]
    if len(numbers) < len(found):
        return False
    if letters == 0 and any(isinstance(cell, datetime.date) for cell in cells):
        return False
    return all(high == low + 1 for low, high in pairwise(numbers)) and (
        not numbers or numbers[0] in (0, 1, letters + 1)
    )


def _may_count(cell: Any) -> bool:
    """Whether a cell may be the first of a count: a small whole number, or a text that begins like one or a letter."""
    if isinstance(cell, str):
        return len(cell) < 60
    return isinstance(cell, (int, float)) and 0 <= cell <= 100 and cell == int(cell)


def column_names(view: View, rows: Sequence[int], left: int, right: int) -> dict[int, str]:
    """Column → its full name; worked out once for a header, see `_column_names`."""
    key = (tuple(rows), left, right)
    if key not in view.names:
        view.names[key] = _column_names(view, rows, left, right)
    return view.names[key]


def _column_names(view: View, rows: Sequence[int], left: int, right: int) -> dict[int, str]:
    """Column → its levels joined by '/', white space removed, empty and repeated levels dropped.

    Rows that only number the columns, or only give units, lend no name. A group's name reaches as far as it is merged;
    where nothing is merged (text files), as far as the columns beside it have no name of their own.
    """
    wording = [row for row in rows if not lends_no_name(view, row, rows)]
    merged = any(view.spans(row) for row in wording) or _words_broken(view, wording, left)
    levels = {
        row: _level(view, row, left, right, None if merged or row == wording[-1] else _below(view, row, wording))
        for row in wording
    }
    for row in rows:
        for merge in view.spans(row):
            for under in range(row, merge.last_row + 1):
                if under in levels and isinstance(
                    view.values[row, merge.first_column], (str, int, float, datetime.date)
                ):
                    text = _written(view.values[row, merge.first_column])
                    levels[under].update(
                        dict.fromkeys(range(merge.first_column, min(merge.last_column, right) + 1), text)
                    )
    names = {}
    for column in range(left, right + 1):
        parts: list[str] = []
        for row in wording:
            text = levels[row].get(column, "")
            if text and text not in parts[-1:]:
                parts.append(text)
        names[column] = "/".join(parts)
    return names


def _words_broken(view: View, wording: Sequence[int], left: int) -> bool:
    """Whether names are broken over the rows (Average | size), as where the stub's own name is: then nothing is a group."""
    stub = [str(view.values[row, left]) for row in wording if view.held[row, left]]
    if len(stub) > 1 and all(text.isascii() for text in stub):
        return True
    lower = [cell for row in wording[1:] for cell in view.values[row].tolist() if isinstance(cell, str)]
    return any("a" <= cell[:1] <= "z" for cell in lower)


def lends_no_name(view: View, row: int, rows: Sequence[int]) -> bool:
    """Whether a row of a header only numbers the columns, or only gives their units."""
    cells = [cell for cell in view.values[row].tolist() if cell is not None]
    above = [level for level in rows if level < row]
    return bool(above) and (
        numbers_columns(view, row, above)
        or (bool(cells) and all(isinstance(cell, str) and (is_unit(cell) or unit_phrase(cell)) for cell in cells))
    )


def _below(view: View, row: int, wording: Sequence[int]) -> Callable[[int], bool]:
    under = [level for level in wording if level > row]
    return lambda column: bool(view.held[under, column].any())


def _level(view: View, row: int, left: int, right: int, reaches: Callable[[int], bool] | None) -> dict[int, str]:
    texts: dict[int, str] = {}
    group = ""
    for column in range(left, right + 1):
        value = view.values[row, column] if column < view.values.shape[1] else None
        if value is not None:
            texts[column] = group = _written(value)
            group = group if reaches is not None and reaches(column) else ""
        elif reaches is not None and group and reaches(column):
            texts[column] = group
        else:
            group = ""
    return texts


def _written(value: Any) -> str:
    """A header cell as text: dates as 2018-06-05, whole numbers without a point, blanks only between Latin words."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, float) and value == int(value):
        value = int(value)
    words = str(value).split()
    text = " ".join(words) if len(words) > 1 else "".join(words)
    return _NO_BLANK.sub("", text) if len(words) > 1 else text


def column_units(view: View, rows: Sequence[int], names: dict[int, str]) -> dict[int, str | None]:
    """Column → the unit written into its header, deepest level first, or into the row of units under it."""
    below = [row for row in rows if lends_no_name(view, row, rows)]
    found: dict[int, str | None] = {}
    for column, name in names.items():
        levels = reversed(name.split("/")) if name else iter(())
        unit = next((unit for level in levels if (unit := unit_in_header(level))), None)
        for row in below:
            cell = view.values[row, column] if column < view.values.shape[1] else None
            if unit is None and isinstance(cell, str) and (is_unit(cell) or unit_phrase(cell)):
                unit = squeezed(cell).strip("()") if is_unit(cell) else unit_phrase(cell)
        found[column] = unit
    return found
