"""What every reader of cells shares: the result it returns, the kinds of cell there are, and plain text."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis import reference

Array = np.ndarray[Any, np.dtype[Any]]
EMPTY, TEXT, NUMBER, BOOLEAN, MOMENT, OTHER = range(6)
EXACT_DIGITS = 15
"""Excel keeps 15 digits of a number; the rest turns to 0."""
is_scientific = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}").fullmatch
"""Whether a text is what Excel shows of a number that is too long: 4.31302E+17."""
NO_TEXTS: frozenset[str] = frozenset()
NO_EXTRA: Mapping[str, Any] = MappingProxyType({})

# Below this many cells a dict finds the distinct ones faster than pandas does.
_FEW = 2000
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
# Exports write ="4313…" so that Excel leaves the digits alone.
_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)


class Parsed(NamedTuple):
    """One column read: four things aligned to the cells that went in.

    values: numpy or pandas array, missing as NaN, NaT, NA or None.
    reasons: object array; None where the cell is fine or empty, else why it was set aside (its value is then missing).
    notes: object array; None, or what is odd about a value that was kept.
    extra: further arrays that came out of the same cells, by name.
    """

    values: Any
    reasons: Array
    notes: Array
    extra: Mapping[str, Any] = NO_EXTRA


class _KindOfType(dict[type, int]):
    """The kind of cell each Python type is; a type not met before is looked at once."""

    def __missing__(self, cell_type: type) -> int:
        """Subclasses (numpy's numbers, pandas' timestamps) count as what they are built on."""
        if issubclass(cell_type, bool | np.bool_):
            kind = BOOLEAN
        elif issubclass(cell_type, str):
            kind = TEXT
        elif issubclass(cell_type, int | float | np.integer | np.floating):
            kind = NUMBER
        elif issubclass(cell_type, datetime.date) and cell_type is not type(pd.NaT):
            kind = MOMENT
        else:
            kind = EMPTY if cell_type in (type(None), type(pd.NaT), type(pd.NA)) else OTHER
        self[cell_type] = kind
        return kind


_KINDS = _KindOfType()


def kinds_of(cells: Array) -> Array:
    """The kind of each cell: EMPTY, TEXT, NUMBER (NaN too), BOOLEAN, MOMENT (date or date with time), OTHER."""
    return np.fromiter(map(_KINDS.__getitem__, map(type, cells.tolist())), dtype=np.int8, count=len(cells))


def blank(count: int) -> Array:
    """An object array of nothing but None."""
    return np.full(count, None, dtype=object)


def objects(items: Iterable[object]) -> Array:
    """An object array of these, one item a place, whatever they are."""
    listed = list(items)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def distinct(cells: Array) -> tuple[list[Any], Array]:
    """The different cells in order of appearance, and for each cell which of them it is.

    The cells must be of one kind: 1, 1.0 and True would count as the same.
    """
    if len(cells) > _FEW:
        codes, found = pd.factorize(cells, use_na_sentinel=False)
        return found.tolist(), codes
    listed = cells.tolist()
    found = list(dict.fromkeys(listed))
    index = {cell: place for place, cell in enumerate(found)}
    return found, np.fromiter(map(index.__getitem__, listed), dtype=np.intp, count=len(listed))


def keep_plain(
    cells: Array, where: Array, plain: Callable[[str], object], values: Array, missing: frozenset[str] = NO_TEXTS
) -> Array:
    """Copy the texts that need no cleaning, and are none of the missing ones, into `values`; the mask of all others."""
    places = np.flatnonzero(where)
    texts = cells[places]
    listed = texts.tolist()
    fine = np.fromiter(map(bool, map(plain, listed)), dtype=bool, count=len(listed))
    if missing:
        fine &= ~np.fromiter(map(missing.__contains__, listed), dtype=bool, count=len(listed))
    values[places[fine]] = texts[fine]
    rest = np.zeros(len(cells), dtype=bool)
    rest[places[~fine]] = True
    return rest


def read_kind(cells: Array, where: Array, read: Callable[..., tuple[object, ...]], into: tuple[Array, ...]) -> None:
    """Read the cells at `where`, each distinct one once, into the arrays, one field each; changes them in place."""
    if not where.any():
        return
    found, index = distinct(cells[where])
    for array, field in zip(into, zip(*map(read, found), strict=True), strict=True):
        array[where] = objects(field)[index]


def normalise(text: str) -> str:
    """The text in NFKC, without white space, invisible characters, and the ' or =… that keeps Excel from digits."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    text = "".join(text.split())
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped.group(1) if wrapped else text.lstrip("'`")


@lru_cache(maxsize=256)
def normalised_tokens(tokens: frozenset[str]) -> frozenset[str]:
    """Written tokens (those for "missing", say) as `normalise` and case folding leave them."""
    return frozenset(normalise(token).casefold() for token in tokens)


def is_missing(text: str, tokens: frozenset[str]) -> bool:
    """Whether a text is one of the (normalised) tokens for nothing, in traditional characters too: 無 is 无."""
    written = normalise(text).casefold()
    return written in tokens or (not written.isascii() and reference.normalise(written) in tokens)


def whole_number_text(number: float) -> str:
    """A number as a person would type it: 3.0 is 3."""
    if isinstance(number, int | np.integer):
        return str(int(number))
    return str(int(number)) if math.isfinite(number) and number == int(number) else repr(float(number))


def as_written(cell: object) -> str:
    """A cell as the person who typed it sees it: 3.0 is 3, a date at midnight is a date, nothing is empty."""
    if cell is None:
        return ""
    if isinstance(cell, int | float | np.number) and not isinstance(cell, bool):
        return whole_number_text(cell)  # type: ignore[arg-type]
    if isinstance(cell, datetime.datetime):
        return (
            cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ", timespec="seconds")
        )
    return str(cell)


def set_aside(values: Array, reasons: Array, where: Array, reason: str) -> None:
    """Blank the float values at `where` and say why; changes both arrays in place."""
    values[where] = np.nan
    reasons[where] = reason
