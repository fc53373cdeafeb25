"""What every indicator returns: a frame with the same columns every time, and the way back to the rows behind a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis import reference
from louxing_analysis.indicators.card import Card
from louxing_analysis.indicators.labels import VOCABULARIES

FIGURES = ("numerator", "denominator", "value", "low", "high")
ADDRESS = ("workbook", "sheet", "row", "row_id")
BEHIND = ("table", *ADDRESS)


class NoLine(KeyError):
    """A line was asked for that a Measured does not have: the ledgers do not tell it."""

    def __str__(self) -> str:
        return str(self.args[0])


class Note(NamedTuple):
    """Something a reader must know of the numbers, with how many rows it is about."""

    code: str
    rows: int
    zh: str
    en: str


@dataclass(frozen=True)
class Source:
    """Rows of one clean table that an indicator counted.

    `rows` is the table itself (not a copy), `positions` the counted rows in it, and `keys` gives for group columns and
    `period` the value of each counted row; a group column that is not there stands for all of its values.
    """

    table: str
    rows: pd.DataFrame
    positions: np.ndarray
    keys: Mapping[str, Any]

    def behind(self, group: Mapping[str, Any]) -> pd.DataFrame:
        """The addresses of the rows that count in a line."""
        keep = np.ones(len(self.positions), dtype=bool)
        for name, wanted in group.items():
            if name in self.keys:
                keep &= matches(self.keys[name], wanted)
        taken = self.rows.iloc[self.positions[keep]].reindex(columns=list(ADDRESS))
        taken.insert(0, "table", self.table)
        return taken


def matches(values: Any, wanted: Any) -> np.ndarray:
    """Which values are the wanted one; compared as text, so that 2018 finds "2018"; None or nan finds what is missing."""
    codes, distinct = pd.factorize(pd.Series(values), use_na_sentinel=True)
    if wanted is None or wanted is pd.NA or (isinstance(wanted, float) and np.isnan(wanted)):
        return np.asarray(codes == -1)
    found = [number for number, value in enumerate(distinct) if as_text(value) == as_text(wanted)]
    return np.isin(codes, found)


def as_text(value: Any) -> str:
    """A group value as text: whole numbers without a point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


@dataclass(frozen=True)
class Measured:
    """One indicator, measured.

    `frame` has the columns `indicator, <groups…>, period, numerator, denominator, value, low, high, unit, missing`;
    `missing` counts the units that could not be counted. value = numerator ÷ denominator for shares, means and ratios;
    for quantiles, indices and counts the card says what the two are.
    """

    card: Card
    frame: pd.DataFrame
    groups: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()

    def rows_behind(self, **group: Any) -> pd.DataFrame:
        """The clean rows behind a line: table, workbook, sheet, row, row_id; each row once, found on demand.

        Groups that are not named (and `period`) are not narrowed. Raises KeyError for a name that is no group here.
        """
        self._check(group)
        found = [source.behind(group) for source in self.sources]
        if not found:
            return pd.DataFrame(columns=list(BEHIND))
        return pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True)

    def select(self, **group: Any) -> Measured:
        """The same with the lines of some groups (or period) only; their rows are still found by rows_behind."""
        self._check(group)
        keep = np.ones(len(self.frame), dtype=bool)
        for name, wanted in group.items():
            keep &= matches(self.frame[name], wanted)
        sources = tuple(_narrowed(source, group) for source in self.sources)
        return Measured(self.card, self.frame[keep].reset_index(drop=True), self.groups, sources, self.notes)

    def line(self, **group: Any) -> pd.Series:
        """The one line of a group; raises NoLine where there is none or more than one."""
        found = self.select(**group).frame
        if len(found) != 1:
            raise NoLine(f"{self.card.name}: {group} 对应 {len(found)} 行 / finds {len(found)} lines, not one")
        return found.iloc[0]

    def valued(self) -> pd.DataFrame:
        """The lines that have a value; raises NoLine where none has, as for a change when only one year is there."""
        found = self.frame[self.frame["value"].notna()]
        if found.empty:
            raise NoLine(f"{self.card.name}: 没有可得出的数值 / no value can be told")
        return found

    def to_display(self, language: str = "zh") -> pd.DataFrame:
        """The frame as people read it: codes as labels, columns named in words (columns.csv, codes.csv and the card)."""
        facts = reference.load()
        shown = self.frame.copy()
        shown["indicator"] = self.card.text("name", language)
        for name in self.groups:
            vocabularies = VOCABULARIES.get(name, (name,))
            nothing = facts.label("measured", "not_stated", language)
            shown[name] = [
                nothing if pd.isna(value) else _label(facts, vocabularies, value, language) for value in shown[name]
            ]
        shown["unit"] = [facts.label("unit", unit, language) for unit in shown["unit"]]
        return shown.rename(columns={name: _heading(facts, self.card, name, language) for name in shown.columns})

    def _check(self, group: Mapping[str, Any]) -> None:
        unknown = sorted(set(group) - {*self.groups, "period"})
        if unknown:
            known = "、".join((*self.groups, "period"))
            raise KeyError(f"{self.card.name}: 没有分组 / no such group: {', '.join(unknown)}（{known}）")


def _narrowed(source: Source, group: Mapping[str, Any]) -> Source:
    keep = np.ones(len(source.positions), dtype=bool)
    for name, wanted in group.items():
        if name in source.keys:
            keep &= matches(source.keys[name], wanted)
    if keep.all():
        return source
    keys = {name: pd.Series(values)[keep].reset_index(drop=True) for name, values in source.keys.items()}
    return Source(source.table, source.rows, source.positions[keep], keys)


def _label(facts: reference.Reference, vocabularies: tuple[str, ...], value: Any, language: str) -> str:
    """The label of a code; of several joined by a bar, each with its label."""
    joiner = " + " if language == "en" else "＋"
    found = []
    for part in as_text(value).split("|"):
        labels = (facts.label(vocabulary, part, language) for vocabulary in vocabularies)
        found.append(next((label for label in labels if label != part), part))
    return joiner.join(found)


def _heading(facts: reference.Reference, card: Card, name: str, language: str) -> str:
    for vocabulary in ("measured", *(f"column:{table}" for table in (*card.tables, *card.optional))):
        label = facts.label(vocabulary, name, language)
        if label != name:
            return label
    return name


def assemble(
    card: Card,
    lines: pd.DataFrame,
    groups: Sequence[str],
    sources: Sequence[Source] = (),
    notes: Sequence[Note] = (),
    unit: str | None = None,
) -> Measured:
    """Put computed lines (groups, period, figures, missing) into the columns that every Measured has.

    Lines come out sorted as they were given; notes about nothing are left out.
    """
    frame = pd.DataFrame(index=range(len(lines)))
    frame["indicator"] = pd.Series([card.name] * len(lines), dtype="str")
    for name in groups:
        frame[name] = lines[name].to_numpy()
    frame["period"] = pd.Series([as_text(value) if pd.notna(value) else "" for value in lines["period"]], dtype="str")
    for name in FIGURES:
        figures = lines[name] if name in lines else pd.Series(np.nan, index=lines.index)
        frame[name] = figures.to_numpy(dtype="float64", na_value=np.nan)
    frame["unit"] = (
        lines["unit"].to_numpy() if "unit" in lines else pd.Series([unit or card.unit] * len(lines), dtype="str")
    )
    frame["missing"] = lines["missing"].to_numpy(dtype="int64")
    told = tuple(note for note in notes if note.rows)
    return Measured(card, frame, tuple(groups), tuple(sources), told)
