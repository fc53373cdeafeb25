"""What a rule sees of a table: its columns as plain arrays, what is known, the year of each row, and other tables beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.reference import NoThreshold, Reference

Address = tuple[str, str, int]
"""Workbook, sheet and row number."""

NOTHING_UNREADABLE: Mapping[str, Collection[Address]] = {}

FIRST_YEAR, YEARS = 1990, 128  # a household and year is one whole number


class Verdict(NamedTuple):
    """Of each row: could it be checked, and does it break the rule (never without having been checked)."""

    checked: Array
    broken: Array


def verdict(checked: Array, broken: Array) -> Verdict:
    """A verdict whose findings are among the rows that were checked."""
    return Verdict(checked, broken & checked)


class View:
    """The rows of one table that stand, column by column; nothing here changes them.

    `beside` gives the view of another table. `last_year` is the last year that the register tells of, if there is one.
    `unreadable`: column → (workbook, sheet, row) of cells that hold something, which was set aside.
    """

    def __init__(
        self,
        name: str,
        frame: pd.DataFrame,
        reference: Reference,
        beside: Callable[[str], View],
        last_year: int | None = None,
        unreadable: Mapping[str, Collection[Address]] = NOTHING_UNREADABLE,
    ) -> None:
        self.name, self.frame, self.reference, self.beside, self.last_year = name, frame, reference, beside, last_year
        self._unreadable = unreadable
        self._numbers: dict[str, Array] = {}
        self._coded: dict[str, tuple[Array, Array]] = {}
        self._filled: dict[str, Array] = {}
        self._thresholds: dict[str, Array] = {}
        self._slots: dict[str, Array] = {}

    def __len__(self) -> int:
        return len(self.frame)

    def has(self, column: str) -> bool:
        """Does any sheet of the table have the column?"""
        return column in self.frame

    def known(self, column: str) -> Array:
        """Where the cell says something."""
        if column not in self.frame:
            return np.zeros(len(self), dtype=bool)
        return self.frame[column].notna().to_numpy(dtype=bool)

    def numbers(self, column: str) -> Array:
        """float64, missing NaN; truth values are 1 and 0, dates days since 1970."""
        if column not in self._numbers:
            self._numbers[column] = self._as_numbers(column)
        return self._numbers[column]

    def _as_numbers(self, column: str) -> Array:
        if column not in self.frame:
            return np.full(len(self), np.nan)
        values = self.frame[column]
        if values.dtype.kind == "M":
            days = values.to_numpy(dtype="datetime64[D]")
            return np.where(np.isnat(days), np.nan, days.astype("int64").astype("float64"))
        if values.dtype == object:
            return pd.to_numeric(values).to_numpy(dtype="float64", na_value=np.nan)
        return values.to_numpy(dtype="float64", na_value=np.nan)

    def coded(self, column: str) -> tuple[Array, Array]:
        """(place of each row's text among the distinct ones, -1 where missing; the distinct texts)."""
        if column not in self._coded:
            values = self.frame[column] if column in self.frame else np.full(len(self), None, dtype=object)
            places, distinct = pd.factorize(np.asarray(values, dtype=object))
            self._coded[column] = (places, np.asarray(distinct, dtype=object))
        return self._coded[column]

    def where_text(self, column: str, holds: Callable[[str], bool]) -> Array:
        """Rows whose text in the column is such a one; each distinct text is looked at once. Missing: False."""
        places, distinct = self.coded(column)
        good = np.array([*map(holds, distinct.tolist()), False], dtype=bool)  # the last stands for -1
        return good[places]

    def is_one_of(self, column: str, *codes: str) -> Array:
        """Rows whose code is one of these."""
        return self.where_text(column, frozenset(codes).__contains__)

    def has_code(self, column: str, *codes: str) -> Array:
        """Rows one of whose codes, joined by a bar, is one of these."""
        wanted = frozenset(codes)
        return self.where_text(column, lambda text: not wanted.isdisjoint(text.split("|")))

    def on_sheet(self, column: str) -> Array:
        """Rows whose cell is filled in or left empty on purpose: the column says something in some row of the sheet.

        Elsewhere an empty cell says nothing; nor does one whose text could not be read: it is missing, and was not left out.
        """
        if column not in self._filled:
            self._filled[column] = self.where_sheet(self.known(column)) & ~self._was_unreadable(column)
        return self._filled[column]

    def _was_unreadable(self, column: str) -> Array:
        rows = np.zeros(len(self), dtype=bool)
        addresses = frozenset(self._unreadable.get(column, ()))
        if addresses:
            numbers = self.frame["row"].to_numpy(dtype="int64")
            maybe = np.flatnonzero(np.isin(numbers, [row for _, _, row in addresses]))
            some = self.frame.iloc[maybe]
            there = zip(some["workbook"], some["sheet"], numbers[maybe].tolist(), strict=True)
            rows[maybe] = [address in addresses for address in there]
        return rows

    def where_sheet(self, rows: Array) -> Array:
        """Rows of sheets of which at least one row is one of these."""
        return (np.bincount(self._sheets, rows) > 0)[self._sheets] if len(self) else rows

    @cached_property
    def _sheets(self) -> Array:
        books, pages = (self.frame[name].cat.codes.to_numpy(dtype="int64") for name in ("workbook", "sheet"))
        return pd.factorize(books * (pages.max(initial=0) + 1) + pages)[0]

    @cached_property
    def year(self) -> Array:
        """The year each row tells of, as float64: its year column, else its first date that is stated; NaN if none."""
        columns = self.reference.columns_of(self.name)
        for name in columns.index[columns["kind"] == "year"]:
            if columns.loc[name, "required"] == "yes":
                return self.numbers(str(name))
        years = np.full(len(self), np.nan)
        for name in columns.index[columns["kind"] == "date"]:
            if name in self.frame:
                told = self.frame[name].dt.year.to_numpy(dtype="float64", na_value=np.nan)
                years = np.where(np.isnan(years), told, years)
        return years

    def threshold(self, rule: str) -> Array:
        """The value of a threshold in the year of each row; NaN in a year for which no document gives one."""
        if rule not in self._thresholds:
            values = np.full(len(self), np.nan)
            for year in np.unique(self.year[~np.isnan(self.year)]):
                try:
                    values[self.year == year] = self.reference.threshold(rule, int(year))
                except NoThreshold:
                    continue
            self._thresholds[rule] = values
        return self._thresholds[rule]

    @cached_property
    def _households(self) -> pd.Index:
        return pd.Index(self.coded("household_id")[1])

    def slots(self, other: View) -> Array:
        """The household and year of each row as a whole number in the other table's count; -1 where it has none.

        Rows of this very table are counted by `slots(self)`.
        """
        if other.name not in self._slots:
            places, distinct = self.coded("household_id")
            known = np.append(other._households.get_indexer(pd.Index(distinct)), -1)[places]
            year = np.nan_to_num(self.year, nan=-1.0).astype("int64") - FIRST_YEAR
            good = (known >= 0) & (year >= 0) & (year < YEARS)
            self._slots[other.name] = np.where(good, known * YEARS + year, -1)
        return self._slots[other.name]

    def counts(self, rows: Array, of: View) -> Array:
        """For each row of `of`: how many of this table's `rows` are of the same household and year."""
        mine = self.slots(self)
        size = len(self._households) * YEARS + 1
        counted = np.bincount(mine[rows & (mine >= 0)], minlength=size)
        return counted[of.slots(self)]  # the last is 0, and stands for -1

    def counts_until(self, rows: Array, of: View) -> Array:
        """The same of the same household in the same or any earlier year."""
        mine = self.slots(self)
        size = len(self._households) * YEARS
        counted = np.bincount(mine[rows & (mine >= 0)], minlength=size).reshape(-1, YEARS).cumsum(axis=1).ravel()
        return np.append(counted, 0)[of.slots(self)]

    def first_of(self, other: View) -> Array:
        """For each row of this table: the other's first row of the same household and year, -1 where there is none."""
        slots = other.slots(other)
        places = np.full(len(other._households) * YEARS + 1, -1, dtype="int64")
        there = np.flatnonzero(slots >= 0)[::-1]
        places[slots[there]] = there  # backwards, so that the first one stays
        return places[self.slots(other)]


def picked(values: Array, rows: Array, missing: float | bool = np.nan) -> Array:
    """The values at some rows, `missing` where the row is -1."""
    if not len(values):
        return np.full(len(rows), missing, dtype=values.dtype)
    return np.where(rows >= 0, values[rows], missing)
