"""The cells that one clean row came from: its block of the sheet, each column's cell, and what is personal masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from louxing_analysis.cleaning.accounts import MASKS, column_masks
from louxing_analysis.cleaning.likely_names import LikelyNames, People
from louxing_analysis.cleaning.names import read_name
from louxing_analysis.cleaning.reader import IDENTITY, TELLING_CODE
from louxing_analysis.problems import REASONS
from louxing_analysis.raw_cells import RawFolder, RawSheet, Written
from louxing_analysis.reference import Reference

DERIVED: dict[str, tuple[str, ...]] = {
    "household_id": ("household_code", "head_id_number", "head_name"),
    "person_id": ("person_code", "id_number", "name", "household_code"),
    "cadre_id": ("cadre_id_number", "cadre_name", "unit_name"),
    "member_id": ("id_number", "member_name", "unit_name"),
    "project_id": ("project_code", "project_name", "village", "project_year"),
    "birth_year": ("id_number", "birth_date"),
    "sex_code": ("sex_code", "id_number"),
    "computed_net_income": ("wage_income", "business_income", "business_expense", "property_income", "transfer_income"),
    "computed_per_capita_net_income": (
        "wage_income", "business_income", "business_expense", "property_income", "transfer_income", "net_income",
        "household_size",
    ),
}  # fmt: skip
"""Stored columns that stand in no cell, and the columns they are made of."""

HOW = {
    "column": "",
    "merged": "（合并单元格 / merged cell）",
    "above": "（本格空白，取自上方同户 / blank here, said above for the household）",
    "outside": "（本格空白，取自标题、工作表名或文件名 / blank here, said by title, sheet or file）",
    "header": "（列标题 / header）",
    "title": "（标题 / title）",
    "sheet": "（工作表名 / sheet name）",
    "file": "（文件名 / file name）",
    "correction": "（已按 corrections.csv 更正 / corrected）",
}


MEASURED = {"money", "number", "integer", "share"}
"""Kinds of columns that have a unit."""

OTHERWISE = {"score": "rating_code"}
"""A grid of scores that holds grades is read as grades."""


class Cell(NamedTuple):
    """One cell behind a number; `written` is empty where the raw workbook is not at hand.

    `origin`: column, merged, above, outside, header, title, sheet, file or correction. `factor` is what 1 in the cell was
    taken for in the unit of the clean column; `unit` is the unit's text in the header. `problem` says why a cell was not
    taken as it stands, in one phrase. `workbook` and `sheet` are the stored names; `workbook_now` and `sheet_now` those
    in the raw folder, empty unless personal texts were asked for.
    """

    table: str
    row_id: str
    column: str
    label: str
    workbook: str
    sheet: str
    address: str
    written: str
    value: str
    origin: str
    unit: str = ""
    factor: float = 1.0
    corrected: str = ""
    problem: str = ""
    workbook_now: str = ""
    sheet_now: str = ""

    def line(self) -> str:
        """file › sheet › cell 「text as written」 column × factor → value."""
        names = (self.workbook_now or self.workbook, self.sheet_now or self.sheet, self.address)
        place = " › ".join(part for part in names if part)
        corrected = f" → 「{self.corrected}」" if self.corrected else ""
        factor = f" ×{self.factor:g}" if self.factor != 1 else ""
        unit = f"（{self.unit}）" if self.unit else ""
        problem = f"（{self.problem}）" if self.problem else ""
        return f"{place} 「{self.written}」{corrected}{HOW[self.origin]} {self.label}{factor}{unit} → {self.value}{problem}"


class Accounts(NamedTuple):
    """What a run wrote beside the clean tables: the layouts and the problems."""

    layouts: pd.DataFrame
    problems: pd.DataFrame


class RowReader:
    """Follows the rows of one clean table back to the raw sheets."""

    def __init__(
        self, table: str, facts: Reference, accounts: Accounts, raw: RawFolder, show_personal: bool, language: str
    ) -> None:
        self.table, self.facts, self.raw = table, facts, raw
        self.show_personal, self.language = show_personal, language
        self.masks = column_masks(facts)
        self.likely = LikelyNames(facts)
        self.feeds = dict(zip(facts.ledgers["ledger"], facts.ledgers["also_feeds"], strict=True))
        feeding = {table, *(ledger for ledger, fed in self.feeds.items() if fed == table)}
        self.kinds = facts.columns.set_index(["ledger", "column"])["kind"].to_dict()
        self.own = {column for ledger, column in self.kinds if ledger == table}
        mine = accounts.layouts[accounts.layouts["table"].isin(feeding)]
        self.lines = {key: part.to_dict("records") for key, part in mine.groupby(["workbook", "sheet"], sort=False)}
        # what a corrected cell says is told by its correction
        told = accounts.problems["table"].isin(feeding) & (accounts.problems["reason"] != "corrected")
        found = accounts.problems[told]
        keys = zip(found["workbook"], found["sheet"], found["cell"], strict=True)
        self.problems = dict(zip(keys, zip(found["reason"], found["found"], strict=True), strict=True))
        self.people: dict[tuple[str, str], People] = {}

    def columns(self, record: dict[str, Any]) -> list[str]:
        """The columns that the row's table has, with those that follow from them."""
        there = {line["column"] for line in self._concerning(record)} & self.own
        return sorted(there | {name for name in DERIVED if name in record})

    def cells(self, record: dict[str, Any], column: str = "") -> Iterator[Cell]:
        """The cells of a row, or those behind one of its columns; none where the row has no such column."""
        lines = [line for line in self._concerning(record) if line["column"] in self.own]
        wanted = {column} if any(line["column"] == column for line in lines) else set()
        if column in record:
            wanted |= set(DERIVED.get(column, ()))
        lines = [line for line in lines if not column or line["column"] in wanted]
        if not lines:
            return
        sheet = self.raw.sheet(record["workbook"], record["sheet"], int(lines[0]["sheet_number"]))
        people = People(frozenset(), self.likely) if self.show_personal else self._people(record, sheet)
        for line in lines:
            yield self._cell(line, record, sheet, people)

    def _concerning(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """The lines of the layout for the block that the row stands in, and for its spread column."""
        row, source = int(record["row"]), record["source_column"] or ""
        lines = [
            line
            for line in self.lines.get((record["workbook"], record["sheet"]), ())
            if line["first_row"] <= row <= line["last_row"]
        ]
        blocks = {line["block"] for line in lines}
        block = source if source in blocks else ""
        if source and not block:
            block = next((line["block"] for line in lines if line["letter"] == source and line["spread"]), "")
        lines = [line for line in lines if line["block"] == block]
        lines = [
            line
            for line in lines
            if not line["spread"] or source in ("", block) or self._is_spread(line, source, lines)
        ]
        said = {line["column"] for line in lines if line["origin"] in {"column", "header"}}
        return [line for line in lines if line["origin"] in {"column", "header"} or line["column"] not in said]

    @staticmethod
    def _is_spread(line: dict[str, Any], source: str, lines: list[dict[str, Any]]) -> bool:
        """Whether a spread column belongs to the group that the row came of; a group is named by its first letter."""
        group = next((one["spread"] for one in lines if one["letter"] == source), line["spread"])
        return bool(line["spread"] == group)

    def _people(self, record: dict[str, Any], sheet: RawSheet | None) -> People:
        """Whoever is named in a column of names of the sheet, or has a code in it, wherever else that stands again."""
        key = record["workbook"], record["sheet"]
        if key not in self.people:
            found: set[str] = set()
            for line in self.lines.get(key, ()):
                kind = self.kinds.get((line["table"], line["column"]))
                if sheet and line["origin"] == "column" and (kind == "name" or line["column"] in IDENTITY):
                    texts = sheet.column(_column_index(line["letter"]), int(line["header_row"]))
                    found |= _told_apart(texts, kind == "name")
            self.people[key] = People(frozenset(found), self.likely)
        return self.people[key]

    def _cell(self, line: dict[str, Any], record: dict[str, Any], sheet: RawSheet | None, people: People) -> Cell:
        told = self._written(line, record, sheet)
        column = self._read_as(line, record)
        correction = self._correction(sheet, told.address)
        origin = "correction" if correction is not None else told.how or line["origin"]
        kind = self.kinds.get((self.table, column), "")
        reason, masked = self.problems.get((record["workbook"], record["sheet"], told.address), ("", ""))
        return Cell(
            table=self.table,
            row_id=record["row_id"],
            column=column,
            label=self.facts.label(f"column:{self.table}", column, self.language),
            workbook=record["workbook"],
            sheet=record["sheet"],
            address=told.address,
            written=self._shown(told.text, line, people, masked or _masked_value(record, column)),
            value=_value(record, column),
            origin=origin,
            unit=self.facts.label("unit", line["unit"], self.language) if kind in MEASURED else "",
            factor=float(line["factor"]),
            corrected="" if correction is None else self._shown(correction, line, people),
            problem=getattr(REASONS[reason], self.language) if reason else "",
            workbook_now=sheet.workbook if sheet and self.show_personal else "",
            sheet_now=sheet.sheet.name if sheet and self.show_personal else "",
        )

    def _written(self, line: dict[str, Any], record: dict[str, Any], sheet: RawSheet | None) -> Written:
        """What the sheet says for one line of its layout."""
        row, header = int(record["row"]) - 1, int(line["header_row"]) - 1
        if line["origin"] == "title":
            said = (sheet.saying(one, row) for one in self._wordings(line)) if sheet else ()
            return next((found for found in said if found.text), Written(line["header"], "", ""))
        if line["origin"] in {"sheet", "file"}:
            return Written(record["sheet"] if line["origin"] == "sheet" else record["workbook"], "", "")
        at = _column_index(line["letter"])
        if line["origin"] == "header":
            found = sheet.cell(header, at) if sheet else Written("", f"{line['letter']}{header + 1}", "")
            return found._replace(text=found.text or line["header"], how="")
        if sheet is None:
            return Written("", f"{line['letter']}{record['row']}", "")
        found = sheet.cell(row, at)
        column = self._read_as(line, record)
        if found.text.strip() or (column in record and not _value(record, column)):
            return found
        if (
            self.feeds.get(line["table"], ""),
            line["column"],
        ) in self.kinds:  # each of a household's rows stands for it
            above = sheet.above(row, at, header + 1)
            if above.text:
                return above
        is_place = self.kinds.get((self.table, line["column"])) == "place"
        return found._replace(how="outside") if is_place else found

    def _wordings(self, line: dict[str, Any]) -> list[str]:
        """How a value may be worded in a title: itself, or any spelling of its code, the longest first."""
        vocabulary = self.facts.column_facts(self.table)[line["column"]].vocabulary
        spelled = self.facts.spelling(vocabulary).items() if vocabulary else ()
        words = [written for written, code in spelled if code == line["header"]]
        return [line["header"], *sorted(words, key=len, reverse=True)]

    def _read_as(self, line: dict[str, Any], record: dict[str, Any]) -> str:
        """The stored column that a spreadsheet column became in this row."""
        column = str(line["column"])
        other = OTHERWISE.get(column, "")
        return other if other in record and not _value(record, column) and _value(record, other) else column

    def _correction(self, sheet: RawSheet | None, address: str) -> str | None:
        if sheet is None or not address:
            return None
        rows = self.facts.corrections
        mine = rows[
            (rows["workbook"] == sheet.workbook) & (rows["sheet"] == sheet.sheet.name) & (rows["cell"] == address)
        ]
        return None if mine.empty else str(mine["use"].iloc[0])

    def _shown(self, text: str, line: dict[str, Any], people: People, known: str = "") -> str:
        """A text as it may be shown: hidden by its column, as cleaning masked it (`known`), else by its content."""
        if self.show_personal or not text:
            return text
        kind = self.kinds.get((self.table, line["column"]), "")
        mask = self.masks.get((self.table, line["column"]))
        if mask and line["origin"] == "column":
            return mask
        text = known or text
        is_place = kind == "place" and line["origin"] == "column"
        masked = people.masked_places([text]) if is_place else people.masked_labels([text])
        return str(masked[0])


def _value(record: dict[str, Any], column: str) -> str:
    """The stored value as text: whole amounts without a point, dates no finer than they were written."""
    value = record.get(column)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        shown = {"month": 7, "year": 4}.get(record.get(f"{column}_precision") or "day", 10)
        return value.isoformat()[:shown]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _masked_value(record: dict[str, Any], column: str) -> str:
    """The stored text where cleaning, which knows the names of the whole delivery, masked something in it."""
    value = record.get(column)
    return value if isinstance(value, str) and any(mask in value for mask in MASKS.values()) else ""


def _told_apart(texts: Iterable[str], are_names: bool) -> set[str]:
    """The names in the cells of a column of names, or the codes long enough to tell somebody."""
    if not are_names:
        return {text for text in texts if len(text) >= TELLING_CODE}
    named = (read_name(text)[0] for text in texts)
    return {name for names in named if names for name in (names, *names.split("、")) if len(name) > 1}


def _column_index(letter: str) -> int:
    number = 0
    for character in letter:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1
