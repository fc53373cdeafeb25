"""Figures of a table that no ledger describes: what its cells say as numbers, and to how many decimals it is printed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.amount_forms import read_amount, units_of
from louxing_analysis.cleaning.cells import normalise
from louxing_analysis.cleaning.locate import Table
from louxing_analysis.cleaning.sheet import Sheet


def _words(text: str) -> list[str]:
    return text.split()


# What a cell may say after its number: 3人, 12.5亩, 1200元. Each is worth one of itself; money is worth its yuan.
_COUNTED = _words(
    "人 户 个 亩 公顷 平方米 平方公里 立方米 公里 米 月 个月 天 日 年 岁 次 人次 户次 分 斤 公斤 吨 头 只 羽 株 棵 "
    "千瓦 度 台 套 处 口 座 所 间 栋 名 件 份 项 家 村 小时 % ‰"
)
_SCALES = {
    "十": 10.0,
    "百": 100.0,
    "千": 1000.0,
    "万": 10_000.0,
    "百万": 1_000_000.0,
    "千万": 10_000_000.0,
    "亿": 100_000_000.0,
}
_SUFFIXES = {
    **dict.fromkeys(_COUNTED, 1.0),
    "元": 1.0,
    "块": 1.0,
    **{f"{scale}元": worth for scale, worth in _SCALES.items()},
}
_UNITS = units_of(tuple(_SUFFIXES.items()))
_SCALED = re.compile(r"^(十|百万|千万|百|千|万|亿)")
# What stands for "nothing was stated" in a column of figures; several dots are too little to be shown.
_NOTHING = frozenset(
    _words(
        "- -- --- — —— ――  – − ― ─ ── / // \\ . .. ... …… … 。 · * ** *** x X × 无 没有 暂无 空 空白 缺 缺失 暂缺 未知 不详 未统计 未填 未报 "
        "不适用 保密 nil none null NULL N/A n/a NA na n.a. #"
    )
)
# A note's sign behind a figure: 123①, 12.3*, 123[1]; and thousands set apart by blanks: 1 234 567
_NOTED = re.compile(
    r"^(\s*[-+−]?\s*[\d,.\s]*\d)\s*(?:[*＊※†‡△▲☆★①-⑳⑴-⒇¹²³⁴-⁹]{1,3}|[\[［【]\s*\d{1,2}\s*[\]］】]|注\d{0,2}|\s[pPrR])\s*$"
)
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?$")
_CODE, _LONGEST_NUMBER = 1e13, 15
_UNREAL = 1e100  # no quantity of anything; sums of such numbers overflow
_LONGEST = 60  # a longer text is a remark
_SPACED = re.compile(r"^\s*[-+−]?\d{1,3}(?:[ \xa0\u2009\u202f]\d{3})+(?:\.\d+)?\s*$")
_MARKED_ONLY = re.compile(r"^[(（]?[-−—]?[*＊]{1,3}[)）]?$|^[.．·…。]+$|^[-−—_]+$")
_EXPONENT = re.compile(r"\d[eE]\d")  # what a scanner makes of a 6 or an 8; a spreadsheet writes 1.2E+08
_POINT = re.compile(r"[.．](\d+)")
_MOST_DECIMALS = 6


class Figures(NamedTuple):
    """Figures of a table's rows, one row a sheet row from `first`, one column for each of `columns` (sheet columns).

    `numbers` is NaN where there is none; `lacking` where a cell holds something that is no number; `coded` where a
    number is written like a code (leading zeros, too many digits); `decimals` as printed.
    """

    first: int
    columns: tuple[int, ...]
    numbers: np.ndarray
    lacking: np.ndarray
    coded: np.ndarray
    decimals: np.ndarray


class _Read(NamedTuple):
    """One text: its number (NaN if none), whether it brought its own unit, whether it is no number, or like a code."""

    number: float
    own_unit: bool = False
    lacking: bool = False
    coded: bool = False
    decimals: int = 0


_NOTHING_STATED = _Read(math.nan)
_NO_NUMBER = _Read(math.nan, lacking=True)


def says_nothing(text: str) -> bool:
    """Whether a cell's text stands for a figure that was not stated: —, …, 无."""
    plain = normalise(text)
    return plain in _NOTHING or bool(_MARKED_ONLY.match(plain))


def read_table(sheet: Sheet, table: Table) -> Figures:
    """What all cells of a table's rows say as figures, each in the unit of its column; unreadable cells are lacking."""
    first, last = table.first_row, table.last_row
    columns = [column.index for column in table.columns]
    shape = (last - first + 1, len(columns))
    found = Figures(first, tuple(columns), np.full(shape, np.nan), *_blanks(shape))
    for position, column in enumerate(table.columns):
        cells = sheet.values[first : last + 1, column.index]
        read = read_column(cells, column.unit or table.unit)
        for whole, part in zip(found[2:], read, strict=True):
            whole[:, position] = part
    places = {column: position for position, column in enumerate(columns)}
    for row, index in sheet.unreadable:
        if first <= row <= last and index in places:
            place = (row - first, places[index])
            found.lacking[place] |= not np.isfinite(found.numbers[place])
    return found


def _blanks(shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.int8)


def some_columns(figures: Figures, places: Sequence[int]) -> Figures:
    """The same rows, fewer columns."""
    kept = list(places)
    return Figures(
        figures.first, tuple(figures.columns[place] for place in kept), *(part[:, kept] for part in figures[2:])
    )


def read_column(cells: np.ndarray, unit: str | None) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Numbers in the unit of their column, where there is none but something else, where it is like a code, decimals.

    A cell that carries its own unit is turned into the column's: 1200元 in a column of 万元 is 0.12. A note's sign
    behind a figure is left out, and what stands for "not stated" is no figure and no text either.
    """
    numbers = np.full(len(cells), np.nan)
    lacking, coded = np.zeros(len(cells), dtype=bool), np.zeros(len(cells), dtype=bool)
    texts: list[tuple[int, _Read]] = []
    for at, cell in enumerate(cells.tolist()):
        if (kind := cell.__class__) is float or kind is int:
            numbers[at] = cell if -_UNREAL < cell < _UNREAL else math.nan
            lacking[at] = math.isnan(numbers[at])
        elif kind is str:
            texts.append((at, _read_text(cell)))
        elif cell is not None:
            lacking[at] = True
    coded |= np.abs(np.nan_to_num(numbers)) >= _CODE
    decimals = needed_decimals(numbers)
    scale = _SCALED.match(unit or "")
    for at, read in texts:
        number = read.number
        if read.own_unit and scale:
            number = round(number / _SCALES[scale[1]], 9)
            read = read._replace(decimals=int(needed_decimals(np.array([number]))[0]))
        numbers[at], lacking[at], coded[at], decimals[at] = number, read.lacking, read.coded, read.decimals
    return numbers, lacking, coded, decimals


def _read_text(text: str) -> _Read:
    if len(text) > _LONGEST:
        return _NO_NUMBER
    return _read_short(text)


@lru_cache(maxsize=65536)
def _read_short(text: str) -> _Read:
    """One text as a figure."""
    if says_nothing(text):
        return _NOTHING_STATED
    noted = _NOTED.match(text)  # before folding, which makes 123① the number 1231
    written = noted[1] if noted else text
    plain = unicodedata.normalize("NFKC", written).strip()
    point = _POINT.search(plain)
    shown = min(len(point[1]), _MOST_DECIMALS) if point else 0
    if _PLAIN.match(plain) and all(not sign.isdigit() or sign.isdecimal() for sign in written):
        return _Read(float(plain), coded=_is_code(plain), decimals=shown)
    if _EXPONENT.search(plain) or not any(sign.isdecimal() for sign in plain):
        return _NO_NUMBER
    written = "".join(written.split()) if _SPACED.match(written) else written
    number, own_unit, reason, _ = read_amount(written, _UNITS)
    if reason or not abs(number) < _UNREAL:
        return _NO_NUMBER
    if own_unit:
        shown = int(needed_decimals(np.array([number]))[0])
    return _Read(float(number), own_unit, coded=_is_code(plain), decimals=shown)


def _is_code(plain: str) -> bool:
    return len(plain) > _LONGEST_NUMBER or (plain.isdecimal() and len(plain) > 1 and plain.startswith("0"))


def needed_decimals(numbers: np.ndarray) -> np.ndarray:
    """Decimals that each number needs, at most 6; binary residue (0.30000000000000004) is none."""
    needed = np.zeros(len(numbers), dtype=np.int8)
    rest = np.flatnonzero(np.isfinite(numbers) & (numbers % 1 != 0))
    for count in range(_MOST_DECIMALS + 1):
        if not rest.size:
            break
        known = numbers[rest]
        needed[rest] = count
        rest = rest[np.abs(known - np.round(known, count)) > 1e-12 * np.maximum(1.0, np.abs(known))]
    return needed


def as_text(number: float, decimals: int = 9) -> str:
    """A number as a person writes it: 2171, 12.5; never with an exponent or binary residue."""
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{number:.0f}"
    return "0" if text in ("-0", "") else text
