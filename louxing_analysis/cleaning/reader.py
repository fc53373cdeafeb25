"""Spreadsheet columns of one table, parsed by the kind of their canonical column; each bad cell named with its address."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import values as reading
from louxing_analysis.cleaning.cells import Array, Parsed, as_written
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.cleaning.knowledge import Knowledge
from louxing_analysis.cleaning.layout import Place
from louxing_analysis.cleaning.table import TypedTable
from louxing_analysis.cleaning.totals import Additive
from louxing_analysis.cleaning.workbook import cell_address
from louxing_analysis.reference import ColumnFact, normalise

IDENTITY = {"household_code", "person_code", "project_code"}
"""Texts that are no names and no numbers, but tell a row apart; they are read although they are not stored."""

READ_UNSTORED = {"name", "id_number", "date", "phone", "code"}
"""Kinds that are read although the column may not be stored: by them rows are told apart, or rules are checked."""

TYPE = "household_type_code"


class Reader:
    """Reads the columns of one table; keeps what it read by canonical name."""

    def __init__(
        self, table: TypedTable, place: Place, knowledge: Knowledge, kinds: dict[str, dict[str, ColumnFact]]
    ) -> None:
        self.table, self.place, self.knowledge, self.kinds = table, place, knowledge, kinds
        self.base: dict[str, Any] = {}
        self.filled: dict[int, Array] = {}
        self.first_rows: Array | None = None  # where each household's block begins, in a list of members
        self.year = int(table.context.year.value) if table.context.year.value else None

    def fact(self, column: str) -> ColumnFact:
        """What columns.csv says of it: in this ledger, else in the one it feeds too."""
        for facts in self.kinds.values():
            if column in facts:
                return facts[column]
        raise KeyError(column)

    def fill_blocks(self, base: list[Matched]) -> None:
        """Members listed under their head: blank household cells take the head's, within the head's block only."""
        relation = next((one for one in base if one.column == "relation_code"), None)
        if len(self.kinds) < 2 or relation is None:
            return
        spelling = self.knowledge.spelling("relation")
        heads = np.array(
            [
                spelling.get(normalise(cell)) == "head" if cell is not None else False
                for cell in self.table.cells(relation)
            ]
        )
        code = next((one for one in base if one.column == "household_code"), None)
        if code is not None:
            codes = pd.Series(
                [
                    None if cell is None or not str(cell).strip() else str(cell).strip()
                    for cell in self.table.cells(code)
                ],
                dtype=object,
            )
            changes = codes.notna() & (codes != codes.ffill().shift())
            heads = changes.to_numpy(dtype=bool) | (heads & codes.isna().to_numpy(dtype=bool))
        block = np.cumsum(heads)
        self.first_rows = np.diff(block, prepend=0) > 0
        household = self.kinds[list(self.kinds)[1]]
        own = {"phone", "name", "id_number"}
        for one in base:
            if one.column in household and one.column not in own:
                cells = pd.Series(self.table.cells(one), dtype=object)
                cells = cells.mask(cells.map(lambda cell: isinstance(cell, str) and not cell.strip()))
                first = cells.groupby(block).transform("first")
                self.filled[one.index] = cells.where(cells.notna() | (block == 0), first).to_numpy(dtype=object)

    def cells(self, one: Matched) -> Array:
        """A column's cells, blocks filled."""
        return self.filled.get(one.index, self.table.cells(one))

    def read(self, one: Matched, into: dict[str, Any]) -> None:
        """Parse one spreadsheet column by the kind of its canonical column, and report what could not be read."""
        fact = self.fact(one.column)
        kind, stored = fact.kind, fact.stored
        if not stored and kind not in READ_UNSTORED and one.column not in IDENTITY:
            return
        cells = self.cells(one)
        if kind == "place":
            into[one.column] = cells
            return
        options = self._options(one, fact, kind)
        if options is None:
            return
        parsed = reading.parse(kind, cells, **options)
        parsed = self._unreadable(one, parsed)
        self._report(one, cells, parsed, quiet=not stored and kind == "name")
        into[one.column] = parsed.values
        if fact.additive:
            numbers = pd.to_numeric(pd.Series(parsed.values)).to_numpy(dtype=float, na_value=np.nan)
            own = one.column in self.kinds[self.table.ledger] or self.first_rows is None
            counted = np.ones(len(numbers), dtype=bool) if own else np.asarray(self.first_rows, dtype=bool)
            self.table.additive.append(Additive(one, kind, options, numbers, counted))
        if kind == "date" and "precision" in parsed.extra:
            into[f"{one.column}_precision"] = parsed.extra["precision"]
        if kind == "id_number":
            into[f"{one.column}:birth"] = parsed.extra["birth_date"]
            into[f"{one.column}:sex"] = parsed.extra["sex"]
            if pd.notna(parsed.extra["degree"]).any():
                into[f"{one.column}:degree"] = parsed.extra["degree"]
        if one.column == TYPE:
            said = reading.parse(kind, cells, **{**options, "spellings": self.knowledge.spelling("type_status")})
            into[f"{TYPE}:status"] = said.values
        if kind == "name":
            self.table.names.update(
                name for name in pd.unique(pd.Series(parsed.values, dtype=object)) if isinstance(name, str)
            )

    def _options(self, one: Matched, fact: ColumnFact, kind: str) -> dict[str, Any] | None:
        options: dict[str, Any] = {"missing": self.knowledge.missing}
        if kind == "money":
            stated = one.unit if self.knowledge.units.looks_like_one(one.unit) else ""  # （含打工） is a note
            factor = self.knowledge.units.money_factor(stated, *([] if stated else [self.table.unit, fact.unit]))
            if factor is None:
                self.place.report("unknown_unit", "", one.column, one.written, one.unit)
                return None
            options.update(unit_factor=factor[0], suffixes=self.knowledge.units.suffixes("yuan"))
        if kind in {"integer", "number"}:
            options["suffixes"] = self.knowledge.units.suffixes(fact.unit)
        if kind in {"integer", "number", "money"}:
            options["minimum"] = fact.minimum
            options["maximum"] = fact.maximum
        if kind in {"code", "codes"}:
            options["spellings"] = self.knowledge.spelling(fact.vocabulary)
        if kind == "boolean":
            options["spellings"] = self.knowledge.spelling("boolean")
        if kind == "year" and fact.minimum is not None and fact.maximum is not None:
            # 20106 is a slip of the pen for 2016, not a day in 1955
            options["earliest"] = datetime.date(int(fact.minimum), 1, 1)
            options["latest"] = datetime.date(int(fact.maximum), 12, 31)
        if kind in {"date", "month"}:
            options["year"] = self.year
        if kind == "id_number":
            lost = np.zeros(len(self.table.rows), dtype=bool)
            lost[[at for at, reason, _ in self.table.unreadable.get(one.index, []) if reason == "digits_lost"]] = True
            options["lost_digits"] = lost
        return options

    def _unreadable(self, one: Matched, parsed: Parsed) -> Parsed:
        """Error cells and formulas never calculated are named by what they are, not as blanks."""
        for at, reason, _ in self.table.unreadable.get(one.index, []):
            if reason in {"error_cell", "not_calculated"}:
                parsed.reasons[at] = reason
        return parsed

    def _report(self, one: Matched, cells: Array, parsed: Parsed, quiet: bool) -> None:
        written = {at: text for at, _, text in self.table.unreadable.get(one.index, [])}
        suggestions = parsed.extra.get("suggestion")
        for array, keep in ((parsed.reasons, True), (parsed.notes, not quiet)):
            for at in np.flatnonzero(pd.notna(array)) if keep else ():
                detail = (
                    str(suggestions[at])
                    if suggestions is not None and suggestions[at] and array is parsed.reasons
                    else ""
                )
                self.place.report(
                    str(array[at]),
                    cell_address(int(self.table.rows[at]), one.index),
                    one.column,
                    written.get(int(at), as_written(cells[at])),
                    detail,
                )
