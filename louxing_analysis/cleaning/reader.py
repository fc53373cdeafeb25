"""Spreadsheet columns of one table, parsed by the kind of their canonical column; each bad cell named with its address."""

from __future__ import annotations

import datetime
import operator
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import values as reading
from louxing_analysis.cleaning.blocks import block_starts, written
from louxing_analysis.cleaning.cells import Array, Parsed, as_written
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.cleaning.knowledge import Knowledge
from louxing_analysis.cleaning.layout import Place, spelling_proposal
from louxing_analysis.cleaning.magnitude import evidence, is_two_units, median_outside, slips
from louxing_analysis.cleaning.table import TypedTable
from louxing_analysis.cleaning.totals import Additive
from louxing_analysis.cleaning.workbook import cell_address
from louxing_analysis.reference import ColumnFact

IDENTITY = {"household_code", "person_code", "project_code"}
"""Texts that are no names and no numbers, but tell a row apart; they are read although they are not stored."""
_PERHAPS = "疑为 / perhaps: "
_USUAL_YEAR = 2020  # whose thresholds hold for a table that does not tell its year


def _blank(cells: Array) -> Array:
    """Where nothing is written, or nothing but white space; each different cell is looked at once."""
    listed = cells.tolist()
    empty = {
        cell
        for cell in dict.fromkeys(listed)
        if cell is None or cell != cell or (type(cell) is str and not cell.strip())
    }
    if not empty:
        return np.zeros(len(cells), dtype=bool)
    return np.fromiter(map(empty.__contains__, listed), dtype=bool, count=len(listed))


def _changes(texts: list[str]) -> list[bool]:
    """Which of the texts differ from the one before; the first does."""
    return [True, *map(operator.ne, texts[1:], texts[:-1])][: len(texts)]


def _filled_down(cells: Array, block: Array) -> Array:
    """Blank cells take the first cell of their block that is not; block 0, before any head, stays as it is."""
    blanks = _blank(cells)
    if not blanks.any():
        return cells
    places = np.arange(len(cells))
    starts = np.flatnonzero(np.diff(block, prepend=-1))
    first = np.minimum.reduceat(np.where(blanks, len(cells), places), starts)[
        np.cumsum(np.diff(block, prepend=block[0]) > 0)
    ]
    fill = blanks & (block > 0)
    out = cells.copy()
    out[blanks] = None
    known = fill & (first < len(cells))
    out[known] = cells[first[known]]
    return out


TELLING_CODE = 8
"""Characters of a household's or person's code from which on it is no ordinary number."""

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
        self.stopped: set[str] = set()  # columns of money whose unit cannot be what it is said to be
        self.remarks: dict[str, Array] = {}  # what stood in brackets beside names
        self.heads: Array | None = None  # in a list of members: the lines of the heads themselves,
        self.block: Array | None = None  # the number of each line's household,
        self.first_rows: Array | None = None  # and where each household's block begins
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
        # read as the column itself will be: 01本人或户主 is the head too
        options = {"missing": self.knowledge.missing, "spellings": self.knowledge.spelling("relation")}
        heads = np.asarray(reading.parse("code", self.table.cells(relation), **options).values == "head", dtype=bool)
        household = self.kinds[list(self.kinds)[1]]
        marks = ("household_code", "head_id_number", "head_name")
        texts = {one.column: written(self.table.cells(one)) for one in base if one.column in marks}
        codes = [text for name in marks[:2] if (text := texts.get(name)) is not None and text.notna().any()]
        once = (
            written(self.table.cells(one))
            for one in base
            if one.column in household and one.column not in {*marks, *self.kinds[self.table.ledger]}
        )
        starts = block_starts(heads, codes[0] if codes else None, texts.get("head_name"), once)
        block = np.cumsum(starts)
        self.heads, self.block, self.first_rows = heads, block, starts
        own = {"phone", "name", "id_number"}
        for one in base:
            if one.column in household and one.column not in own:
                self.filled[one.index] = _filled_down(self.table.cells(one), block)

    def name_heads(self) -> None:
        """A list of members without the head's number in a column of its own says it in the head's own line.

        Where no code names the household either, that number is all that tells it; unreadable, it stays missing.
        """
        number = self.base.get("id_number")
        named = {"household_code", "head_id_number"} & {one.column for one in self.table.columns}
        if self.block is None or self.heads is None or number is None or named:
            return
        own = pd.Series(np.where(self.heads, number, None), dtype=object)
        several = pd.Series(self.heads).groupby(self.block).transform("sum").to_numpy() != 1
        told = own.groupby(self.block).transform("first").to_numpy(dtype=object)
        self.base["head_id_number"] = np.where(several | (self.block == 0) | pd.isna(told), None, told)

    def cells(self, one: Matched) -> Array:
        """A column's cells, blocks filled."""
        return self.filled[one.index] if one.index in self.filled else self.table.cells(one)

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
        if kind == "money":
            parsed = self._plausible(one, parsed, float(options["unit_factor"]))
        if kind == "date" and self.year and one.column != "birth_date" and not one.column.endswith("end_date"):
            late = parsed.values >= np.datetime64(f"{self.year + 2}-01-01", "s")
            parsed.notes[late & ~parsed.notes.astype(bool)] = "date_after_year"
        self._report(one, cells, parsed, quiet=not stored and kind == "name" and not fact.required)
        into[one.column] = parsed.values
        if fact.additive and one.column not in self.stopped:
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
            self.remarks[one.column] = parsed.extra["note"]
        if kind == "name" or (fact.personal and one.column in IDENTITY):
            self._remember(parsed.values, kind)

    def _remember(self, values: Array, kind: str) -> None:
        """Names, each of several in one cell too, and codes long enough to tell somebody: masked wherever they stand."""
        found = [text for text in pd.unique(pd.Series(values, dtype=object)) if isinstance(text, str)]
        if kind != "name":
            found = [code for code in found if len(code) >= TELLING_CODE]
        several = [name for text in found if "、" in text for name in text.split("、")]
        self.table.names.update(found, (name for name in several if len(name) > 1))

    def _options(self, one: Matched, fact: ColumnFact, kind: str) -> dict[str, Any] | None:
        options: dict[str, Any] = {"missing": self.knowledge.missing}
        if kind == "money":
            money = self._money_options(one, fact)
            if money is None:
                return None
            options.update(money)
        if kind in {"integer", "number"}:
            options["suffixes"] = self.knowledge.units.suffixes(fact.unit)
        if kind in {"integer", "number", "money"}:
            options["midpoint"] = self.knowledge.takes_midpoints(self.year or _USUAL_YEAR)
            options["minimum"] = fact.minimum
            options["maximum"] = fact.maximum
        if kind in {"code", "codes"}:
            options["spellings"] = self.knowledge.spelling(fact.vocabulary)
        if kind == "name":
            options["surnames"] = self.knowledge.surnames
        if kind == "boolean":
            options["spellings"] = self.knowledge.spelling("boolean")
        if kind in {"year", "date", "month"} and fact.minimum is not None and fact.maximum is not None:
            # 20106 is a slip of the pen for 2016, not a day in 1955; 2081 is one for 2018
            options["earliest"] = datetime.date(int(fact.minimum), 1, 1)
            options["latest"] = datetime.date(int(fact.maximum), 12, 31)
        if kind in {"date", "month"}:
            options["year"] = self.year
        if kind in {"date", "month", "year"}:
            options["typed_text"] = self.table.sheet.typed_text
            options["epoch_1904"] = self.table.sheet.since_1904
        if kind == "id_number":
            lost = np.zeros(len(self.table.rows), dtype=bool)
            lost[[at for at, reason, _ in self.table.unreadable.get(one.index, []) if reason == "digits_lost"]] = True
            options["lost_digits"] = lost
        return options

    def _money_options(self, one: Matched, fact: ColumnFact) -> dict[str, Any] | None:
        """Unit factor and units of cells; None where the unit is not known, or is one of prices and not of amounts."""
        units = self.knowledge.units
        per = frozenset({"year", "person"} if "per_capita" in one.column else {"year", "household"})
        stated = one.unit if units.looks_like_one(one.unit) else ""  # （含打工） is a note
        if units.is_rate(stated, per):
            self._stop(one, "rate_unit", stated)
            return None
        factor = units.money_factor(stated, *([] if stated else [self.table.unit, fact.unit]))
        if factor is None:
            self.place.report("unknown_unit", "", one.column, one.written, one.unit)
            return None
        return {"unit_factor": factor[0], "suffixes": units.suffixes("yuan", per)}

    def _stop(self, one: Matched, reason: str, detail: str) -> None:
        cell = cell_address(int(self.table.rows[0]), one.index) if len(self.table.rows) else ""
        self.place.report(reason, cell, one.column, one.written, detail)
        self.stopped.add(one.column)

    def _plausible(self, one: Matched, parsed: Parsed, factor: float) -> Parsed:
        """Amounts that can be in their unit; a column that cannot be is empty, cells of another unit are named."""
        ledger = next(ledger for ledger, facts in self.kinds.items() if one.column in facts)
        bounds = self.knowledge.bounds(ledger, one.column, self.year or _USUAL_YEAR)
        if bounds is None:
            return parsed
        values = np.where(parsed.extra["own_unit"], np.nan, parsed.values)
        middle = median_outside(values, bounds)
        found = slips(parsed.values, parsed.extra["own_unit"], bounds)
        if middle is None and not is_two_units(found, values, bounds):
            parsed.reasons[found.sure] = "unit_slip"
            parsed.values[found.sure] = np.nan
            parsed.notes[found.sure] = None
            parsed.notes[found.possible] = "unit_slip_possible"
            return parsed
        self._stop(one, "implausible_unit", evidence(one, ledger, middle, factor, bounds, self.place.workbook))
        nothing = np.full(len(parsed.values), None, dtype=object)
        return parsed._replace(values=np.full(len(parsed.values), np.nan), reasons=nothing, notes=nothing)

    def _unreadable(self, one: Matched, parsed: Parsed) -> Parsed:
        """Error cells and formulas never calculated are named by what they are, not as blanks."""
        for at, reason, _ in self.table.unreadable.get(one.index, []):
            if reason in {"error_cell", "not_calculated"}:
                parsed.reasons[at] = reason
        return parsed

    def _report(self, one: Matched, cells: Array, parsed: Parsed, quiet: bool) -> None:
        written = {at: text for at, _, text in self.table.unreadable.get(one.index, [])}
        # a bad cell that holds for a whole block, or a merged one, is one bad cell: it is named where it stands
        own = self.table.sheet.values[self.table.rows, one.index]
        told = np.array([cell is not None for cell in own.tolist()], dtype=bool)
        told[list(written)] = True
        for array, keep in ((parsed.reasons, True), (parsed.notes, not quiet)):
            for at in np.flatnonzero(pd.notna(array) & told) if keep else ():
                self.place.report(
                    str(array[at]),
                    cell_address(int(self.table.rows[at]), one.index),
                    one.column,
                    written.get(int(at), as_written(cells[at])),
                    self._detail(one, parsed, int(at)),
                )

    def _detail(self, one: Matched, parsed: Parsed, at: int) -> str:
        """What may be meant: a row for spellings.csv with the nearest known word, or a text to type instead."""
        nearest, unknown = (
            parsed.extra[name][at] if name in parsed.extra else None for name in ("suggestion", "unknown")
        )
        fact = self.fact(one.column)
        if unknown is None or fact.personal:
            return f"{_PERHAPS}{nearest}" if nearest else ""
        vocabulary = fact.vocabulary or "boolean"
        code = self.knowledge.spelling(vocabulary).get(str(nearest), "")
        return spelling_proposal(vocabulary, str(unknown), code, self.place.workbook, str(nearest or ""))
