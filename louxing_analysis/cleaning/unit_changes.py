"""Units that change from sheet to sheet or from year to year, and figures that do not fit the unit they are said to be in."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from louxing_analysis.cleaning.portraits import Portrait, same_kind, without_years, years_in
from louxing_analysis.cleaning.quantities import plain_name
from louxing_analysis.cleaning.resemblance import Note
from louxing_analysis.cleaning.sheet import cell_address

_NEAR = 0.15  # of a power of ten, in powers of ten: 7,079 to 14,125 are near 10,000
_LEAST_POWER = 2  # a figure grows tenfold now and then; most figures of a table never hundredfold
_FEWEST, _MOSTLY = 5, 0.6
_FEWEST_COLUMNS = 2
_PER_HEAD = re.compile(r"人均.{0,10}(?:收入|消费|支出|生产总值|gdp)|percapita")
_YUAN = {"元": 1.0, "百元": 100.0, "千元": 1000.0, "万元": 10_000.0, "亿元": 1e8, "yuan": 1.0}


def unit_notes(sheets: Sequence[Portrait], per_head: tuple[float, float] | None = None) -> list[Note]:
    """All that is odd about the units of the sheets of a file; `per_head`: between which yuan a usual income per head lies."""
    found = [*_between_sheets(sheets)]
    for one in sheets:
        found += _between_years(one)
        found += _implausible(one, per_head) if per_head else []
    return found


def _unit(one: Portrait, column: int) -> str:
    return plain_name(one.columns[column].unit or one.table.unit or "").strip("()")


def _between_sheets(sheets: Sequence[Portrait]) -> list[Note]:
    """Sheets of the same table for different years: their stated units, and jumps of their figures by a power of ten."""
    found = []
    last: dict[frozenset[str], Portrait] = {}
    order = sorted(sheets, key=lambda one: (min(_years(one), default=0), sheets.index(one)))
    for one in order:
        before = next((other for heads, other in last.items() if same_kind(one, other)), None)
        key = one.heads if before is None else before.heads
        if before is not None and _years(before) != _years(one):
            found += _compare(before, one)
        last = {heads: other for heads, other in last.items() if heads != key}
        last[one.heads] = one
    return found


def _years(one: Portrait) -> frozenset[int]:
    return frozenset(years_in(one.name) or years_in(one.title))


def _compare(before: Portrait, one: Portrait) -> list[Note]:
    mine = {without_years(column.name): index for index, column in one.columns.items()}
    pairs = [
        (index, mine[name])
        for index, column in before.columns.items()
        if (name := without_years(column.name)) in mine and name
    ]
    rows = {label: row for row, label in one.labels.items() if label}
    changed = [
        (old, new)
        for old, new in pairs
        if _unit(before, old) and _unit(one, new) and _unit(before, old) != _unit(one, new)
    ]
    figured = [(old, new) for old, new in changed if any(place[1] == new for place in one.figures)]
    if figured:
        old, new = figured[0]
        detail = (
            f"「{before.name}」{_unit(before, old)} → 「{one.name}」{_unit(one, new)} / "
            f"{_unit(before, old)} in {before.name}, {_unit(one, new)} in {one.name}"
        )
        return [Note(one.name, _header_cell(one, new), "unit_changes", detail)]
    ratios: dict[int, list[float]] = defaultdict(list)
    for old, new in pairs:
        for row, label in before.labels.items():
            left, right = before.figures.get((row, old)), one.figures.get((rows.get(label, -1), new))
            if left and right and left * right > 0:
                ratios[new].append(math.log10(right / left))
    power = _power(ratios.values())
    if power is None:
        return []
    detail = f"「{before.name}」→「{one.name}」：各栏约为 10^{power} 倍 / most columns are about 10^{power} times those of {before.name}"
    return [Note(one.name, "", "figures_jump", detail)]


def _power(ratios: Iterable[Sequence[float]]) -> int | None:
    """The power of ten that most columns jump by; None where they do not, or where too few say so."""
    middles = [float(np.median(column)) for column in ratios if len(column) >= _FEWEST]
    if len(middles) < _FEWEST_COLUMNS:
        return None
    powers = [round(middle) for middle in middles]
    power = max(set(powers), key=powers.count)
    near = sum(abs(middle - power) <= _NEAR for middle in middles)
    return power if abs(power) >= _LEAST_POWER and near >= _MOSTLY * len(middles) else None


def _between_years(one: Portrait) -> list[Note]:
    """A series within one table, years as columns or as rows, most of whose figures jump by a power of ten in one year."""
    columns = [(min(years), index) for index, column in one.columns.items() if len(years := years_in(column.name)) == 1]
    rows = [(min(years), row) for row, label in one.labels.items() if len(years := years_in(label)) == 1]
    found = []
    for line, across in ((sorted(columns), True), (sorted(rows), False)):
        if len({year for year, _ in line}) < len(line):
            continue  # several columns of a year hold different things
        for (early, before), (late, after) in pairwise(line):
            if late - early != 1:
                continue
            ratios = _ratios(one, before, after, across)
            powers = [round(ratio) for ratio in ratios]
            if len(powers) < _FEWEST:
                continue
            power = max(set(powers), key=powers.count)
            near = sum(abs(ratio - power) <= _NEAR for ratio in ratios)
            if abs(power) >= _LEAST_POWER and near >= _MOSTLY * len(ratios):
                cell = _header_cell(one, after) if across else ""
                detail = f"{early} → {late}：多数约为 10^{power} 倍 / most figures are about 10^{power} times those of {early}"
                found.append(Note(one.name, cell, "figures_jump", detail))
    return found


def _ratios(one: Portrait, before: int, after: int, across: bool) -> list[float]:
    found = []
    for (row, column), value in one.figures.items():
        if (column if across else row) != after:
            continue
        other = one.figures.get((row, before) if across else (before, column))
        if other and value and other * value > 0 and not (across and _unit(one, before) != _unit(one, after)):
            found.append(math.log10(value / other))
    return found


def _implausible(one: Portrait, per_head: tuple[float, float]) -> list[Note]:
    """Incomes and the like per head that cannot be what their unit makes of them: 人均纯收入 of 12,000 万元."""
    found = []
    for index, column in one.columns.items():
        worth = _YUAN.get(_unit(one, index).split("/")[0])
        if worth is None or not _PER_HEAD.search(plain_name(column.name)):
            continue
        values = [value for (_, at), value in one.figures.items() if at == index and value > 0]
        if len(values) < _FEWEST:
            continue
        middle = float(np.median(values)) * worth
        if not per_head[0] <= middle <= per_head[1]:
            detail = f"{column.name}：中位数合 {middle:.6g} 元 / the median makes {middle:.6g} yuan"
            found.append(Note(one.name, _header_cell(one, index), "unit_doubtful", detail))
    return found


def _header_cell(one: Portrait, column: int) -> str:
    return cell_address(one.table.header_rows[-1], column) if one.table.header_rows else ""
