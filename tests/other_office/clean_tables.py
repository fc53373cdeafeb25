"""The processed tables by address: which clean row came of a written one, and what was held back instead."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pandas as pd

from louxing_analysis import store
from other_office.grid import Book, Expected
from other_office.office import expectations

TELL_APART = {
    "incomes": ["income_year"],
    "sanitation": ["rating_month"],
    "attendance": ["meeting_date"],
    "safeguards": ["guarantee_code"],
    "beneficiaries": ["project_name"],
}
Address = tuple[str, str, int]


def record_value(record: dict[str, object], column: str) -> object:
    value = record.get(column)
    if value is None or (not isinstance(value, list) and pd.isna(value)):  # type: ignore[call-overload]
        return None
    if column.endswith(("_date", "_month")):
        return (pd.Timestamp(value).date(), record.get(f"{column}_precision") or "month")  # type: ignore[arg-type]
    if column.endswith("_codes"):
        return frozenset(str(value).split("|"))
    return value


def same(true: object, clean: object) -> bool:
    """Equal as a reader of the table would say."""
    if isinstance(true, bool) or isinstance(clean, bool):
        return bool(true) == bool(clean)
    if isinstance(true, int | float) and isinstance(clean, int | float):
        return abs(float(true) - float(clean)) < 0.005
    return true == clean or str(true) == str(clean)


class Clean:
    """The processed folder, by address."""

    def __init__(self, processed: Path, books: list[Book]) -> None:
        self.single = {book.name for book in books if len(book.sheets) == 1}
        self.tables: dict[str, dict[Address, list[dict[str, object]]]] = {}
        self.used: set[tuple[str, int]] = set()
        for table in {one.table for one in expectations(books)}:
            frame = store.read(table, processed)
            found: dict[Address, list[dict[str, object]]] = defaultdict(list)
            for at, record in enumerate(frame.to_dict("records")):
                record["#"] = at
                found[self.address(record)].append({str(name): value for name, value in record.items()})
            self.tables[table] = found
        self.problems = store.read("problems", processed)
        quarantine = store.read("quarantine", processed)
        self.quarantine: dict[tuple[str, Address], list[str]] = defaultdict(list)
        for record in quarantine.to_dict("records"):
            self.quarantine[record["table"], self.address(record)].append(str(record["reasons"]))

    def address(self, record: dict) -> Address:  # type: ignore[type-arg]
        """A workbook of one sheet is known by the workbook alone: text files have no sheet."""
        name = str(record["workbook"])
        return name, "" if name in self.single else str(record["sheet"]), int(record.get("row") or 0)

    def find(self, one: Expected) -> dict[str, object] | None:
        """The clean row that this expectation is about."""
        sheet = "" if one.workbook in self.single else one.sheet
        found = [
            record
            for row in sorted(one.rows)
            for record in self.tables[one.table].get((one.workbook, sheet, row), [])
            if one.column in (None, record["source_column"])
            if all(_tells(one, record, column) for column in TELL_APART.get(one.table, []))
        ]
        for record in found:
            self.used.add((one.table, int(record["#"])))  # type: ignore[call-overload]
        return found[0] if found else None

    def held(self, one: Expected) -> list[str]:
        """The reasons of the quarantine for these rows and this table."""
        sheet = "" if one.workbook in self.single else one.sheet
        return [
            reason for row in one.rows for reason in self.quarantine.get((one.table, (one.workbook, sheet, row)), [])
        ]


def _tells(one: Expected, record: dict[str, object], column: str) -> bool:
    if column not in one.values or column in one.aside:
        return True
    true, clean = one.values[column], record_value(record, column)
    if isinstance(true, tuple) and isinstance(clean, tuple):
        return bool(true[0] == clean[0])
    return same(true, clean)
