"""The cells of whole rows of an .xlsx sheet as the usual programs write them: where they stand, of what type and style."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cell_bytes import Unusual
from louxing_analysis.cleaning.number_bytes import LOW_BYTES
from louxing_analysis.cleaning.plain_tags import Tags
from louxing_analysis.cleaning.sheet_bytes import letters_of

NUMBER, SHARED, TEXT, TRUTH, ERROR = range(5)
_TYPES = {b"n": NUMBER, b"s": SHARED, b"str": TEXT, b"b": TRUTH, b"e": ERROR}
_CELL_TAG = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"((?:\s+(?:s|t|cm|vm|ph)="[A-Za-z0-9]*")*)\s*/?')
_ATTRIBUTE = re.compile(rb'\s([a-z]+)="([^"]*)"')
_STYLE, _TYPE_TEXT = (np.uint64(int.from_bytes(word, "little")) for word in (b' s="', b' t="str"'))
_SHORT_TYPES = [
    (np.uint64(int.from_bytes(b' t="%s"' % name, "little")), kind) for name, kind in _TYPES.items() if name != b"str"
]
_BYTE, _QUOTE, _ZERO = np.uint64(0xFF), np.uint64(ord('"')), np.uint64(ord("0"))
_MOST_STYLES = 65_536


class Cells(NamedTuple):
    """Cells in their order: rows and columns from 0, types, and the number of the style."""

    rows: np.ndarray
    columns: np.ndarray
    types: np.ndarray
    styles: np.ndarray


def cells_of(data: bytes, words: np.ndarray, tags: Tags, numbers: list[bytes]) -> Cells:
    """Places, types and styles of all cells; raises Unusual for a cell of another row, out of order, or of an odd kind."""
    opens, closes = tags.opens.take(tags.cells), tags.closes.take(tags.cells)
    if not tags.cells.size:
        return Cells(*(np.empty(0, dtype=np.int32) for _ in range(4)))
    first = np.searchsorted(tags.cells, tags.rows)
    held = np.append(first[1:], tags.cells.size) - first
    address = words[opens + 6]
    letter_codes, letters = letters_of(address)
    digits = np.array([len(number) for number in numbers]).repeat(held)
    mask = LOW_BYTES.take(digits + 1)
    own = words[tags.opens.take(tags.rows) + 8].repeat(held) & mask
    rising = letter_codes[1:] > letter_codes[:-1]
    rising[first[(first > 0) & (first < letters.size)] - 1] = True
    if not rising.all() or (words[opens + (6 + letters)] & mask != own).any():
        raise Unusual
    styles, after = _styles(words, opens + (7 + letters + digits))
    types = _types(data, words, opens, closes, after, styles)
    rows = np.array([int(number) - 1 for number in numbers], dtype=np.int32).repeat(held)
    return Cells(rows, _column_numbers(letter_codes), types, styles)


def _column_numbers(letters: np.ndarray) -> np.ndarray:
    """Letters, one a byte, the last one lowest → columns from 0."""
    ahead = letters >> np.uint64(8)
    numbers = (letters & _BYTE).astype(np.int32) - ord("A")
    if ahead.any():
        numbers += 26 * np.maximum((ahead & _BYTE).astype(np.int32) - 64, 0)
        numbers += 676 * np.maximum((ahead >> np.uint64(8)).astype(np.int32) - 64, 0)
    return numbers


def _styles(words: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Styles of one to three digits that stand next to the address, and where the tag goes on; 0 where none does."""
    begin = words[after]
    given = begin & LOW_BYTES[4] == _STYLE
    if not given.any():
        return np.zeros(after.size, dtype=np.int64), after
    signs = [begin >> np.uint64(32) & _BYTE, begin >> np.uint64(40) & _BYTE]
    digits = [(signs[0] - _ZERO).view(np.int64)]
    given &= (digits[0] >= 0) & (digits[0] < 10)
    one = given & (signs[1] == _QUOTE)
    styles, lengths = digits[0] * one, one * 6
    if not (one == given).all():
        signs += [begin >> np.uint64(48) & _BYTE, begin >> np.uint64(56)]
        digits += [(sign - _ZERO).view(np.int64) for sign in signs[1:3]]
        fit = [(digit >= 0) & (digit < 10) for digit in digits]
        two = given & fit[1] & (signs[2] == _QUOTE)
        three = given & fit[1] & fit[2] & (signs[3] == _QUOTE)
        styles += (digits[0] * 10 + digits[1]) * two + (digits[0] * 100 + digits[1] * 10 + digits[2]) * three
        lengths += 7 * two + 8 * three
    return styles, after + lengths


def _types(
    data: bytes, words: np.ndarray, opens: np.ndarray, closes: np.ndarray, after: np.ndarray, styles: np.ndarray
) -> np.ndarray:
    """What every cell holds, by what stands between its style and the end of its tag; else by all its attributes."""
    left, rest = closes - after, words[after]
    short = rest & LOW_BYTES[6]
    types = np.full(left.size, -1, dtype=np.int8)
    types[left == 0] = NUMBER
    types[(left == 1) & (rest & _BYTE == ord("/"))] = NUMBER
    six = left == 6
    for word, kind in _SHORT_TYPES:
        types[six & (short == word)] = kind
    types[(left == 8) & (rest == _TYPE_TEXT)] = TEXT
    for at in np.flatnonzero(types < 0).tolist():
        types[at], styles[at] = _by_attributes(data, int(opens[at]), int(closes[at]))
    return types


def _by_attributes(data: bytes, begin: int, end: int) -> tuple[int, int]:
    """Type and style of a cell whose attributes stand in another order, or of which there are more."""
    match = _CELL_TAG.fullmatch(data, begin, end)
    if match is None:
        raise Unusual
    found = _ATTRIBUTE.findall(match[1])
    given = dict(found)
    style = given.get(b"s", b"0")
    kind = _TYPES.get(given.get(b"t", b"n"))
    if len(given) < len(found) or kind is None or not style.isdigit() or len(style) > 5:
        raise Unusual
    return kind, min(int(style), _MOST_STYLES - 1)
