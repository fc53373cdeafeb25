"""Columns of a table that are the sum or the difference of others, found by their names and by their figures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.figures import Figures
from louxing_analysis.cleaning.locate import Column
from louxing_analysis.cleaning.quantities import plain_name

_TOTAL = re.compile(
    r"^(?:.*(?:合计|合計|小计|小計|总计|總計|共计|总数|总和|合计数|总量|总额|计)|计|總數|全部|总人口|total|all|sub-?total|grandtotal|sum)(?:\(.*\))?$"
)
_DIFFERENCE = re.compile(
    r"增减|差额|差值|相差|结余|余额|节余|盈亏|净|比上年|较上年|增加|减少|变化|变动|逆差|顺差|结转|未(?:完成|支出|拨付|到)|balance|change|net|difference|increase"
)
_OF_WHICH = re.compile(r"^(?:#|其中)")
_LONGEST = 20  # parts of a sum
_WIDEST = 400  # columns; a wider sheet is no table of sums
_MANY = 60  # columns; beyond this only columns named as sums are tried
_WINDOW = 8  # columns beside a difference in which its two sides are looked for
_SAMPLE = 300
_FEWEST_ROWS, _MOSTLY = 5, 0.8
_NAMED_ROWS, _NAMED_MOSTLY = 3, 0.6  # for a column whose name says that it is a sum
_UNNAMED_MOSTLY = 0.9
_FEWEST_DIGITS = 8.0


class Relation(NamedTuple):
    """The column `target` is the sum of `plus` less the sum of `minus` (positions among the figures' columns)."""

    kind: str
    target: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()


class _Grid(NamedTuple):
    numbers: np.ndarray
    units: np.ndarray
    names: list[str]
    written: list[str]


def find_relations(figures: Figures, kinds: np.ndarray, columns: Sequence[Column], units: np.ndarray) -> list[Relation]:
    """Sums and differences among the columns that clearly most rows keep; `units`: what each is rounded to (0: exact).

    A relation needs at least 5 rows in which two parts are not zero, and 80 % of them; 3 rows and 60 % where the
    header says 合计 or 小计 and its parts stand right beside it; 90 % where no word says it. A column is the target
    of one relation at most, and the parts of a sum are left out when sums over it are looked for.
    """
    width = len(figures.columns)
    rows = np.flatnonzero(np.isin(kinds, ("data", "total", "subtotal")))
    if not 3 <= width <= _WIDEST or rows.size < _NAMED_ROWS:
        return []
    rows = rows[:: max(1, rows.size // _SAMPLE)]
    by_index = {column.index: column for column in columns}
    mine = [by_index[index] for index in figures.columns]
    grid = _Grid(
        figures.numbers[rows],
        units,
        [plain_name(column.name) for column in mine],
        [plain_name(column.unit or "") for column in mine],
    )
    found: dict[int, Relation] = {}
    for relation in _differences(grid):
        found.setdefault(relation.target, relation)
    parts: set[int] = set()
    for _ in range(3):  # sums, sums of sums, and the whole
        before = len(found)
        for relation in _sums(grid, parts, {*found}):
            taken = {frozenset((one.target, *one.plus, *one.minus)) for one in found.values()}
            if relation.target not in found and frozenset((relation.target, *relation.plus)) not in taken:
                found[relation.target] = relation
                parts |= {*relation.plus}
        if len(found) == before:
            break
    for relation in _unnamed_differences(grid, found):
        found.setdefault(relation.target, relation)
    return sorted(found.values(), key=lambda relation: relation.target)


def _sums(grid: _Grid, parts: set[int], known: set[int]) -> Iterator[Relation]:
    """Columns that are the sum of columns beside them, of their group, or of the same column in the other groups."""
    width = len(grid.names)
    total_like = [at for at in range(width) if _is_total(grid.names[at])]
    others = [at for at in range(width) if at not in total_like] if width <= _MANY else []
    for at in (*total_like, *others):
        if at in known:
            continue
        named = at in total_like
        best: tuple[float, Relation] | None = None
        for plus in _candidates(grid, at, parts, named):
            share = _share(grid, at, plus, (), named)
            if share > (best[0] if best else 0.0):
                best = (share, Relation("sum", at, plus))
        if best:
            yield best[1]


def _is_total(name: str) -> bool:
    return any(_TOTAL.match(level) for level in name.split("/"))


def _candidates(grid: _Grid, at: int, parts: set[int], named: bool) -> Iterator[tuple[int, ...]]:
    seen: set[tuple[int, ...]] = set()
    width = len(grid.names)
    whole = [one for one in range(width) if one == at or not _OF_WHICH.match(grid.names[one].split("/")[-1])]
    outer = [one for one in whole if one == at or one not in parts]
    for order in (list(range(width)), whole, outer):
        place = order.index(at)
        for many in range(2, min(_LONGEST, len(order)) + 1):
            for run in (order[place + 1 : place + 1 + many], order[max(0, place - many) : place]):
                if len(run) == many:
                    seen.add(tuple(run))
    if named:
        leaf, _, parent = (part[::-1] for part in grid.names[at][::-1].partition("/"))
        groups = (
            [one for one in whole if one != at and grid.names[one].split("/")[-1] == leaf],
            [one for one in whole if one != at and parent and grid.names[one].startswith(f"{parent}/")],
        )
        seen |= {tuple(group) for group in groups if 2 <= len(group) <= _LONGEST}
        seen |= {tuple(one for one in group if one not in parts) for group in groups}
    return (run for run in sorted(seen, key=lambda run: (len(run), run)) if len(run) >= 2)


def _share(grid: _Grid, target: int, plus: tuple[int, ...], minus: tuple[int, ...], named: bool) -> float:
    """The share of rows that keep a relation, 0 where they are too few or say too little."""
    columns = [target, *plus, *minus]
    if len({grid.written[at] for at in columns if grid.written[at]}) > 1:
        return 0.0
    stated = grid.numbers[:, target]
    added = grid.numbers[:, [*plus, *minus]]
    judged = np.isfinite(stated) & (np.nan_to_num(added) != 0).sum(axis=1).__ge__(2)
    if int(judged.sum()) < _NAMED_ROWS:
        return 0.0
    computed = np.nansum(grid.numbers[:, list(plus)], axis=1)
    computed = computed - np.nansum(grid.numbers[:, list(minus)], axis=1) if minus else computed
    allowed = float(grid.units[columns].sum()) / 2 * (1 + 1e-9)
    fits = judged & (np.abs(stated - computed) <= allowed + 1e-9 * np.maximum(1.0, np.abs(stated)))
    share = float(fits.sum() / judged.sum())
    beside = named and not minus
    exact = fits & (np.abs(stated - computed) <= 1e-9 * np.maximum(1.0, np.abs(stated)))
    if exact.sum() < (0.5 if minus or not named else 0.1) * fits.sum():
        return 0.0  # near by chance
    if share < (_NAMED_MOSTLY if beside else _MOSTLY if named else _UNNAMED_MOSTLY):
        return 0.0
    least = _NAMED_ROWS if beside else _FEWEST_ROWS if named else _FEWEST_ROWS + 1
    if judged.sum() < least or (judged.sum() >= _FEWEST_ROWS and share < _MOSTLY):
        return 0.0
    unit = float(grid.units[target]) or 1.0
    telling = np.abs(stated[fits])
    digits = float(np.log10(1 + telling / unit).sum())
    distinct = np.unique(np.round(telling, 6)).size
    if beside:
        return share if distinct >= 2 else 0.0
    return share if distinct >= 3 and digits >= _FEWEST_DIGITS else 0.0


def _differences(grid: _Grid) -> Iterator[Relation]:
    """Columns named as differences, and the two columns near them whose difference they are."""
    width = len(grid.names)
    for at in range(width):
        if not _DIFFERENCE.search(grid.names[at]):
            continue
        near = [one for one in range(max(0, at - _WINDOW), min(width, at + _WINDOW + 1)) if one != at]
        pairs = [(plus, minus) for plus in near for minus in near if plus != minus]
        pairs.sort(key=lambda pair: abs(pair[0] - at) + abs(pair[1] - at))
        best: tuple[float, Relation] | None = None
        for plus, minus in pairs:
            share = _share(grid, at, (plus,), (minus,), True)
            if share > (best[0] if best else 0.0):
                best = (share, Relation("difference", at, (plus,), (minus,)))
        if best:
            yield best[1]


def _unnamed_differences(grid: _Grid, found: dict[int, Relation]) -> Iterator[Relation]:
    """A, B and A − B side by side (or B, A, A − B), and opening + in − out = closing, though no word says so."""
    taken = {frozenset((one.target, *one.plus, *one.minus)) for one in found.values()}
    for at in range(2, len(grid.names)) if len(grid.names) <= _MANY else ():
        if at in found:
            continue
        forms: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((at - 2,), (at - 1,)), ((at - 1,), (at - 2,))]
        forms += [((at - 3, at - 2), (at - 1,))] if at > 2 else []
        for plus, minus in forms:
            if frozenset((at, *plus, *minus)) not in taken and _share(grid, at, plus, minus, False):
                yield Relation("difference", at, plus, minus)
                break


def of_which_owner(names: Sequence[str], at: int) -> int | None:
    """The column that an of-which column (其中：女) is part of: the nearest one to its left that is none itself."""
    if not _OF_WHICH.match(names[at].split("/")[-1]):
        return None
    return next((one for one in range(at - 1, -1, -1) if not _OF_WHICH.match(names[one].split("/")[-1])), None)


def computed_of(numbers: np.ndarray, relation: Relation) -> float:
    """What a relation makes of one row; NaN where none of its parts is there."""
    plus = [float(numbers[at]) for at in relation.plus if math.isfinite(numbers[at])]
    minus = [float(numbers[at]) for at in relation.minus if math.isfinite(numbers[at])]
    return math.fsum([*plus, *(-number for number in minus)]) if plus or minus else math.nan
