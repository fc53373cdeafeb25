"""One sheet of cells, built the same way whatever kind of file it came from; and the addresses of cells."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from louxing_analysis.cleaning.cell_bytes import column_number
from louxing_analysis.cleaning.packages import Unreadable
from louxing_analysis.cleaning.sheet_xml import SheetScan

_BLOCK = 16_384  # cells looked at in one go
_WIDE_MERGE = 10_000  # cells: a range as large that holds values lies over a whole table
SHAKY_FROM = 1e15  # a spreadsheet keeps 15 digits: a longer number has lost its last ones
_BLANKS = frozenset("\u3000\xa0\u200b\x85\u1680\u2028\u2029\u202f\u205f").union(map(chr, range(0x2000, 0x200B)))
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
    which keeps the damaged number. Trimmed to the last row and column that hold something. `typed_text`: texts were typed
    as texts; False for CSV, whose 2018.1 may have been 2018.10. `since_1904`: serial numbers count days from 1904.
    """

    name: str
    values: np.ndarray
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unreadable: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    typed_text: bool = True
    since_1904: bool = False


def build_sheet(
    name: str,
    rows: Sequence[Sequence[Any]] | np.ndarray,
    merges: Iterable[tuple[int, int, int, int]],
    found: SheetScan,
    hidden: bool = False,
    odd: Iterable[tuple[int, int]] | None = None,
) -> Sheet:
    """A Sheet from rows of cells: empty text becomes None, spans of time become days, long numbers are flagged.

    `rows` may be ragged, or an array, which is then changed; `merges` are (first row, first column, last row, last
    column) and may be out of bounds. A reader that knows where the odd cells are, and has no empty text, says so.
    """
    unreadable = dict(found.unreadable)
    values = _with_room_for(rows if isinstance(rows, np.ndarray) else grid_of(rows), unreadable)
    if odd is None:
        values[np.asarray(values == "", dtype=bool)] = None
        odd = _odd_cells(values)
    for place in odd:
        values[place] = _tamed(values[place], place, unreadable)
    for place, (reason, _) in unreadable.items():
        if reason != "digits_lost":
            values[place] = None
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
    kept = _credible(kept, values)
    return Sheet(
        name,
        values,
        tuple(Merge(*merge) for merge in kept if merge[:2] != merge[2:]),
        hidden,
        frozenset(row for row in found.hidden_rows if row <= last_row),
        frozenset(column for column in found.hidden_columns if column <= last_column),
        unreadable,
    )


def _credible(
    merges: tuple[tuple[int, int, int, int], ...], values: np.ndarray
) -> tuple[tuple[int, int, int, int], ...]:
    """Merged ranges without those that lie over a whole table of values; refuses ranges heaped upon each other."""
    area = {merge: (merge[2] - merge[0] + 1) * (merge[3] - merge[1] + 1) for merge in merges}
    if sum(area.values()) > 4 * values.size + _WIDE_MERGE:
        raise Unreadable("hostile_file", "合并区域互相重叠 / merged ranges heaped upon each other")
    return tuple(
        merge
        for merge in merges
        if area[merge] < _WIDE_MERGE or holds(values[merge[0] : merge[2] + 1, merge[1] : merge[3] + 1]).sum() <= 2
    )


def grid_of(rows: Sequence[Sequence[Any]]) -> np.ndarray:
    """Rows of cells, ragged or not, as an array of objects."""
    width = max(map(len, rows), default=0)
    return laid_out(
        (row if len(row) == width else [*row, *[None] * (width - len(row))] for row in rows), len(rows), width
    )


def laid_out(rows: Iterable[Sequence[Any]], height: int, width: int, left: int = 0) -> np.ndarray:
    """Rows of one width as an array of objects, with empty columns left of them; no row is held once it is written.

    Raises ValueError where the rows are not as many or not as wide as said.
    """
    cells = chain.from_iterable(_of_width(rows, width))
    block = np.fromiter(cells, dtype=object, count=height * width).reshape(height, width)
    if next(cells, None) is not None:
        raise ValueError("more rows than said")
    return _placed(block, height, left + width, left)


def _placed(block: np.ndarray, height: int, width: int, left: int = 0) -> np.ndarray:
    """The block as it is, or, where more room is asked for, in the midst of nothing."""
    if block.shape == (height, width):
        return block
    values = np.full((height, width), None, dtype=object)
    values[: block.shape[0], left : left + block.shape[1]] = block
    return values


def _of_width(rows: Iterable[Sequence[Any]], width: int) -> Iterator[Sequence[Any]]:
    for row in rows:
        if len(row) != width:
            raise ValueError("a row of another width than said")
        yield row


def _with_room_for(values: np.ndarray, places: Collection[tuple[int, int]]) -> np.ndarray:
    """The grid, large enough for cells that the reader of values did not come to."""
    height = max([values.shape[0], *(row + 1 for row, _ in places)])
    width = max([values.shape[1], *(column + 1 for _, column in places)])
    return _placed(values, height, width)


def _odd_cells(values: np.ndarray) -> list[tuple[int, int]]:
    """Where blank text, error values, very long numbers and spans of time stand: what is not kept as it comes.

    A few rows at a time, as cells lie in memory; only where there is an odd one is it asked where it stands.
    """
    height, width = values.shape
    step = max(1, _BLOCK // max(width, 1))
    places: list[tuple[int, int]] = []
    for first in range(0, height, step):
        cells = values[first : first + step].ravel().tolist()
        odd = [
            value
            for value in cells
            if (
                value < "\u3001" and not "$" <= value < "\x7f" and (value < "$" or value[0] in _BLANKS)
                if (kind := value.__class__) is str
                else not -SHAKY_FROM < value < SHAKY_FROM
                if kind is float or kind is int
                else kind is datetime.timedelta
            )
        ]
        if odd:
            found = set(map(id, odd))
            at = [divmod(position, width) for position, value in enumerate(cells) if id(value) in found]
            places.extend((first + row, column) for row, column in at)
    return places


def is_odd_text(text: str) -> bool:
    """Whether a text may be blank or an error value; the question of _odd_cells, asked of one text."""
    return text < "\u3001" and not "$" <= text < "\x7f" and (text < "$" or text[0] in _BLANKS)


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
    """The grid up to the last row and column that hold something."""
    height = max([_used(values), *(row + 1 for row, _ in unreadable)])
    width = max([_used(values[:height].T), *(column + 1 for _, column in unreadable)])
    return values[:height, :width]


def _used(values: np.ndarray) -> int:
    """How many rows there are up to the last that holds something; looked for from the end, ever farther back."""
    stop, step = len(values), 1
    while stop:
        rows = np.flatnonzero(holds(values[max(stop - step, 0) : stop]).any(axis=1))
        if rows.size:
            return max(stop - step, 0) + int(rows[-1]) + 1
        stop, step = max(stop - step, 0), step * 2
    return 0


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
