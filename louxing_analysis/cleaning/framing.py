"""Parsed columns → typed rows: spread columns made rows, what stands outside the table added, places resolved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import values as reading
from louxing_analysis.cleaning.cells import Array, as_written, blank
from louxing_analysis.cleaning.context import said_outside
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.cleaning.reader import Reader
from louxing_analysis.cleaning.stack import Rows
from louxing_analysis.cleaning.workbook import cell_address, column_letter
from louxing_analysis.reference import ColumnFact, normalise

REGISTER_YEAR = "register_year"
Columns = dict[str, Any]
"""Parsed columns by canonical name, aligned to the data rows."""


class Framer:
    """Builds the frames of one table from what its reader parsed."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.table, self.place = reader, reader.table, reader.place
        self.knowledge, self.kinds, self.year = reader.knowledge, reader.kinds, reader.year
        self.base: Columns = {**reader.base, **self._located()}

    def frame(self, ledger: str) -> Rows | None:
        """All rows of one ledger: base columns, then one set of rows per spread key; None where no year is told."""
        facts = self.kinds[ledger]
        count = len(self.table.rows)
        base = {
            name: data for name, data in self.base.items() if name.split(":")[0].removesuffix("_precision") in facts
        }
        year_column = next((name for name, fact in facts.items() if fact.kind == "year"), "")
        place, spelling = self.place, self.knowledge.spelling
        for name, said in said_outside(facts, base, self.table.context, place.sheet, place.workbook, spelling):
            base[name] = np.full(count, said.value if name != year_column else int(said.value), dtype=object)
        groups: dict[str, list[Matched]] = {}
        for one in self.table.columns:
            if one.spread and one.column in facts:
                groups.setdefault(one.spread, []).append(one)
        if year_column == REGISTER_YEAR:
            groups = self._of_the_register(base, groups)
        told = not year_column or year_column in base or not facts[year_column].required or _years_in(groups)
        if not told:
            self.place.report("no_year", "", year_column)
            return None
        everywhere = np.full(count, "", dtype=object), np.arange(count)
        if not groups:
            return _framed([(base, *everywhere)], self.table.rows)
        shared, dated = self._of_one_year(base, groups, facts)
        if dated and not self.year:
            self.place.report("no_year", "", next(iter(dated)))
            return None
        parts = [
            self._spread(
                members, {**shared, **(dated if _year_of(members) in ("", str(self.year)) else {})}, facts, year_column
            )
            for members in groups.values()
        ]
        if dated and str(self.year) not in {_year_of(members) for members in groups.values()}:
            own = {**shared, **dated, year_column: np.full(count, self.year, dtype=object)}
            parts.append((own, *everywhere))
        return _framed(parts, self.table.rows)

    def _of_the_register(self, base: Columns, groups: dict[str, list[Matched]]) -> dict[str, list[Matched]]:
        """The spread columns that a register has of its own year; of earlier years it holds no rows of its own.

        A register of 2021 with 2019人均纯收入 and 2020人均纯收入 beside it says nothing of who was registered in 2019.
        """
        years = {_year_of(members) for members in groups.values()} - {""}
        if not years or (REGISTER_YEAR not in base and self.year is None and len(years) == 1):
            return groups
        own = "" if self.year is None else str(self.year)
        kept = {}
        for spread, members in groups.items():
            if _year_of(members) in ("", own):
                kept[spread] = members
                continue
            for one in members:
                cell = cell_address(int(self.table.rows[0]), one.index) if len(self.table.rows) else ""
                self.place.report("other_year", cell, one.column, one.written, _year_of(members))
        return kept

    def _of_one_year(
        self, base: Columns, groups: dict[str, list[Matched]], facts: dict[str, ColumnFact]
    ) -> tuple[Columns, Columns]:
        """Columns that hold for every year of the table, and amounts without a year beside amounts of several years.

        工资性收入 beside 2017人均纯收入 and 2018人均纯收入 is of the year of the title, and of no other.
        """
        years = {_year_of(members) for members in groups.values()}
        if "" in years or (len(years) == 1 and self.year in (None, *map(int, years))):
            return base, {}
        dated = {name: data for name, data in base.items() if name in facts and facts[name].kind == "money"}
        return {name: data for name, data in base.items() if name not in dated}, dated

    def _spread(
        self, members: list[Matched], base: Columns, facts: dict[str, ColumnFact], year_column: str
    ) -> tuple[Columns, Array, Array]:
        """Columns, source letters and places of one spread key; a row with nothing written under it is no row of it."""
        data = dict(base)
        count = len(self.table.rows)
        written = np.zeros(count, dtype=bool)
        for one in members:
            self._read_spread(one, data)
            written |= np.array(
                [cell is not None and cell != "" for cell in self.reader.cells(one).tolist()], dtype=bool
            )
            # an error value stands there all the same
            written[[at for at, _, _ in self.table.unreadable.get(one.index, [])]] = True
        for name, value in members[0].fixed:
            target = year_column if name == "year" else name
            data.update(self._fixed(target, facts[target].kind, value, count))
        return data, np.full(count, column_letter(members[0].index), dtype=object), np.flatnonzero(written)

    def _fixed(self, target: str, kind: str, value: str, count: int) -> Columns:
        """A column that says the same in every row: what the spread column's header said."""
        if kind not in {"date", "month", "year"}:
            return {target: np.full(count, value, dtype=object)}
        if kind == "year":
            return {target: np.full(count, int(value), dtype=object)}
        parsed = reading.parse(kind, np.array([value], dtype=object), year=self.year)
        told = {target: np.repeat(np.asarray(parsed.values), count)}
        return {**told, f"{target}_precision": np.repeat(parsed.extra["precision"], count)} if kind == "date" else told

    def _read_spread(self, one: Matched, data: Columns) -> None:
        """A month's grid holds scores or grades; whichever most cells are decides the column."""
        if self.table.ledger == "sanitation" and one.column == "score":
            spelling = self.knowledge.spelling("rating")
            cells = [cell for cell in self.reader.cells(one).tolist() if isinstance(cell, str)]
            if cells and sum(normalise(cell) in spelling for cell in cells) > 0.5 * len(cells):
                one = Matched(one.index, one.written, "rating_code", one.unit, one.spread, one.fixed)
        self.reader.read(one, data)

    def _located(self) -> Columns:
        """Today's township and village, from the row, else from title, sheet or file name."""
        context, gazetteer = self.table.context, self.knowledge.gazetteer
        parsed = self.reader.base
        empty = blank(len(self.table.rows))
        township, village = (
            _clean(parsed.get(name, empty), self.knowledge.missing) for name in ("township", "village")
        )
        told = "" if "village" in parsed else context.village.value
        found = gazetteer.resolve(township, village, context.township.value, told)
        for name, reasons in (("township", found.township_reason), ("village", found.village_reason)):
            source = next((one for one in self.table.columns if one.column == name), None)
            for at in np.flatnonzero(pd.notna(reasons)):
                cell = cell_address(int(self.table.rows[at]), source.index) if source else ""
                written = parsed[name][at] if source else getattr(context, name).value
                self.place.report(str(reasons[at]), cell, name, as_written(written))
        return {"township": found.township, "village": found.village}


def _clean(cells: Array, missing: frozenset[str]) -> Array:
    """Texts normalised, missing tokens gone; each distinct cell once."""
    memory: dict[object, str | None] = {None: None}
    out = []
    for cell in cells.tolist():
        if cell not in memory:
            text = normalise(cell) if cell == cell else ""
            memory[cell] = text if text and text not in missing else None
        out.append(memory[cell])
    return np.array(out, dtype=object) if out else blank(0)


def _year_of(members: list[Matched]) -> str:
    """The year that a spread key's headers say, or nothing."""
    return next((value for name, value in members[0].fixed if name == "year"), "")


def _years_in(groups: dict[str, list[Matched]]) -> bool:
    members = [one for group in groups.values() for one in group]
    return bool(members) and all(any(name == "year" for name, _ in one.fixed) for one in members)


def _framed(parts: list[tuple[Columns, Array, Array]], rows: Array) -> Rows:
    """One set of rows out of columns, source letters and places; every row with its address."""
    names = list(dict.fromkeys(name for data, _, _ in parts for name in data))
    out = {name: _joined([data.get(name) for data, _, _ in parts], [at for _, _, at in parts]) for name in names}
    out["row"] = np.concatenate([rows[at] + 1 for _, _, at in parts]).astype("int64")
    out["source_column"] = np.concatenate([source[at] for _, source, at in parts])
    return out


def _joined(columns: list[Any], places: list[Array]) -> Any:
    """The chosen rows of one column over all parts; missing in a part that does not have it."""
    if len(columns) == 1:
        return columns[0][places[0]]
    if all(isinstance(column, np.ndarray) for column in columns) and len({column.dtype for column in columns}) == 1:
        return np.concatenate([column[at] for column, at in zip(columns, places, strict=True)])
    lists = [
        [None] * len(at) if column is None else pd.array(column[at]).to_numpy(dtype=object, na_value=None).tolist()
        for column, at in zip(columns, places, strict=True)
    ]
    out = blank(sum(map(len, lists)))
    out[:] = [value for part in lists for value in part]
    return out
