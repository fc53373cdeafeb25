"""What a sheet is called, how it is headed and which figures stand where: enough to tell it from the sheets beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from louxing_analysis.cleaning.figures import Figures
from louxing_analysis.cleaning.locate import Column, Table
from louxing_analysis.cleaning.quantities import figure_places, plain_name
from louxing_analysis.cleaning.sheet import Sheet

_MOST_ROWS, _MOST_COLUMNS = 400, 60
_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?!\d)")


@dataclass(frozen=True)
class Portrait:
    """The first table of a sheet: figures by (row under the header, column), row labels, and what it calls itself."""

    sheet: Sheet
    table: Table
    title: str
    figures: dict[tuple[int, int], float]
    labels: dict[int, str]

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.sheet.name

    @cached_property
    def columns(self) -> dict[int, Column]:
        """The columns of its table."""
        return {column.index: column for column in self.table.columns}

    @cached_property
    def column_years(self) -> dict[int, set[int]]:
        """The years that its columns name."""
        return {column.index: years_in(column.name) for column in self.table.columns}

    @cached_property
    def label_years(self) -> dict[int, set[int]]:
        """The years that its rows name."""
        return {row: years_in(label) for row, label in self.labels.items()}

    @cached_property
    def heads(self) -> frozenset[str]:
        """The names of its columns, years left out."""
        return frozenset(without_years(column.name) for column in self.table.columns if column.name)


def years_in(text: str) -> set[int]:
    """The calendar years that a text names; of a span 2016-2018 its ends."""
    return {int(year) for year in _YEAR.findall(unicodedata.normalize("NFKC", text))}


_DATE = re.compile(r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}")
_STATED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")


def years_of_title(title: str) -> set[int]:
    """The years that a Chinese title says its table is of: 2018年; not the days on which it was filled in."""
    return {int(year) for year in _STATED_YEAR.findall(_DATE.sub("", title))}


def without_years(text: str) -> str:
    """A text folded, with the years taken out: what is the same from year to year."""
    return re.sub(r"年度?|度", "", _YEAR.sub("", plain_name(text)))


def portrait(sheet: Sheet, table: Table, read: Figures) -> Portrait:
    """What tells a table from others; of a large one its first rows are enough. `read`: its cells as figures."""
    first = (table.header_rows[-1] if table.header_rows else table.first_row) + 1
    chosen = figure_places(read, table)[:_MOST_COLUMNS]
    kinds = table.kinds[table.first_row : table.first_row + _MOST_ROWS]
    rows = np.flatnonzero(np.isin(kinds, ("data", "total", "subtotal")))
    labels, numbers = {}, {}
    for row in rows.tolist():
        place = row + read.first
        cells = sheet.values[place, table.first_column : table.first_column + 4].tolist()
        labels[place - first] = plain_name(str(next((cell for cell in cells if cell is not None), "")))
        for at in chosen:
            value = float(read.numbers[row, at])
            if value == value:
                numbers[place - first, read.columns[at]] = value
    titles = [
        str(cell)
        for row in np.flatnonzero(table.kinds == "title").tolist()
        for cell in sheet.values[row].tolist()
        if isinstance(cell, str)
    ]
    return Portrait(sheet, table, plain_name(" ".join(titles)[:400]), numbers, labels)


def same_kind(left: Portrait, right: Portrait) -> bool:
    """Whether two sheets have the same columns but for the years in their names."""
    both, either = left.heads & right.heads, left.heads | right.heads
    return len(both) >= 2 and len(both) >= 0.7 * len(either)
