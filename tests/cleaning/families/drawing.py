"""A sheet put together row by row with its truth, and the figures that made-up sheets are filled with."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from louxing_analysis.cleaning.sheet import Merge, Sheet
from tests.cleaning.corpus.page import Expected, Page
from tests.cleaning.families import made_up


def figure(rng: random.Random, form: str) -> Any:
    """One figure: a float, a whole number, a share, or text with commas or spaces."""
    if form == "text":
        return f"{rng.randint(1000, 9999999):,}"
    if form == "plain text":
        return str(round(rng.uniform(1, 5000), 1))
    if form == "percent text":
        return f"{rng.uniform(1, 99):.1f}%"
    if form == "share":
        return round(rng.uniform(0, 100), 1)
    if form == "whole":
        return float(rng.randint(10, 99999))
    return round(rng.uniform(1, 9999), rng.choice((1, 2)))


class Drawing:
    """Rows from the top; `header` keeps what its columns should be called."""

    def __init__(self, rng: random.Random, layout: str) -> None:
        self.rng = rng
        self.layout = layout
        self.rows: list[tuple[str, list[Any], frozenset[str]]] = []
        self.merges: list[Merge] = []
        self.tables: list[Expected] = []
        self.loose: set[int] = set()
        self.hidden: set[int] = set()

    def row(self, kind: str, *cells: Any, either: Iterable[str] = (), across: int = 0) -> int:
        """One row; `across` merges its first cell over so many columns. Returns its number from 0."""
        self.rows.append((kind, list(cells), frozenset(either)))
        number = len(self.rows) - 1
        if across > 1:
            first = next(column for column, cell in enumerate(cells) if cell is not None)
            self.merges.append(Merge(number, first, number, first + across - 1))
        return number

    def blank(self, rows: int = 1) -> None:
        """So many empty rows."""
        for _ in range(rows):
            self.row("blank")

    def header(self, *levels: Sequence[Any], names: Sequence[str] | None = None, side_by_side: int = 0) -> None:
        """Header rows without merges of their own; `names` default to a single level's cells."""
        first = len(self.rows)
        for level in levels:
            self.row("header", *level)
        told = names if names is not None else [str(cell or "") for cell in levels[0]] if len(levels) == 1 else ()
        self.tables.append(
            Expected(tuple(range(first, len(self.rows))), dict(enumerate(told)), side_by_side=side_by_side)
        )

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Merge a range, where it is more than a cell."""
        if (first_row, first_column) != (last_row, last_column):
            self.merges.append(Merge(first_row, first_column, last_row, last_column))

    def tree(self, stub: str, groups: Sequence[tuple[str, Sequence[str]]], merged: bool = True) -> int:
        """A header of two rows: a stub merged down, groups over their columns (a group of one is merged down too).
        Returns the table's width."""
        upper: list[Any] = [stub]
        lower: list[Any] = [None]
        names = [stub]
        top = len(self.rows)
        spans = [(top, 0, top + 1, 0)]
        for group, leaves in groups:
            column = len(upper)
            if leaves:
                upper += [group, *[None] * (len(leaves) - 1)]
                lower += leaves
                names += [f"{group}/{leaf}" for leaf in leaves]
                spans.append((top, column, top, column + len(leaves) - 1))
            else:
                upper.append(group)
                lower.append(None)
                names.append(group)
                spans.append((top, column, top + 1, column))
        for span in spans if merged else ():
            self.merge(*span)
        self.header(upper, lower, names=names)
        return len(names)

    def page(self, name: str, right: int = 0) -> Page:
        """The finished page, `right` columns away from the left edge."""
        width = max(len(cells) for _, cells, _ in self.rows)
        width = max([width, *(merge.last_column + 1 for merge in self.merges)]) + right
        values = np.full((len(self.rows), width), None, dtype=object)
        for number, (_, cells, _) in enumerate(self.rows):
            for column, cell in enumerate(cells):
                values[number, column + right] = cell
        used = np.flatnonzero((values != np.array(None)).any(axis=0))
        values = values[:, : used[-1] + 1]
        merges = tuple(
            Merge(m.first_row, m.first_column + right, m.last_row, min(m.last_column + right, values.shape[1] - 1))
            for m in self.merges
        )
        tables = tuple(
            Expected(
                table.header_rows,
                {column + right: told for column, told in table.names.items()},
                {},
                table.unit,
                table.side_by_side,
            )
            for table in self.tables
        )
        return Page(
            self.layout,
            name,
            Sheet(name, values, merges, False, frozenset(self.hidden)),
            tuple(kind for kind, _, _ in self.rows),
            {number: either for number, (_, _, either) in enumerate(self.rows) if either},
            tables,
            frozenset(self.loose),
        )


Family = Callable[[random.Random, str], Page]


def some(rng: random.Random, words: Sequence[str], count: int) -> list[str]:
    """So many different words, in any order."""
    return rng.sample(list(words), min(count, len(words)))


def top(drawing: Drawing, width: int, english: bool = False) -> None:
    """Above a table, or not: blank rows, a title, a second title, a unit."""
    rng = drawing.rng
    if rng.random() < 0.15:
        drawing.blank(rng.randint(1, 4))
    if rng.random() < 0.85:
        title = f"Table {rng.randint(1, 30)}. Summary statistics" if english else _title(rng)
        drawing.row("title", title, across=width if rng.random() < 0.6 else 0)
        if rng.random() < 0.25:
            second = "(Preliminary results)" if english else rng.choice(("（2018年）", "Main Indicators (2018)"))
            drawing.row("title", second, across=width if rng.random() < 0.6 else 0)
    if rng.random() < 0.5:
        unit = rng.choice(("(In thousands)", "[Numbers in thousands]", "Unit: million yuan", "(Percent)"))
        if not english:
            unit = rng.choice(("单位：万元", "单位：人", "单位:公顷", "（万元）", "计量单位：吨", "单位：亿元、%"))
        column = rng.choice((0, width - 1))
        drawing.row("unit", *[None] * column, unit)
    if rng.random() < 0.1:
        drawing.blank()


def _title(rng: random.Random) -> str:
    number = rng.choice(("", f"表{rng.randint(1, 9)} ", f"{rng.randint(1, 20)}-{rng.randint(1, 30)} "))
    return f"{number}{rng.choice(('', '2018年', '2015年度'))}{rng.choice(made_up.TITLES)}"


def bottom(drawing: Drawing, width: int, english: bool = False) -> None:
    """Under a table, or not: a blank row, notes, a source."""
    rng = drawing.rng
    if rng.random() < 0.5:
        if rng.random() < 0.3:
            drawing.blank()
        for _ in range(rng.randint(1, 2)):
            note = (
                rng.choice(("Source: Statistics Office.", "Note: Figures are rounded."))
                if english
                else rng.choice(made_up.FOOTERS)
            )
            drawing.row("footer", note, across=width if rng.random() < 0.4 else 0)
