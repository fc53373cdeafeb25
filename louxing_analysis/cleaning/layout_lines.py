"""Where every column of a table came from, as lines of the table `layouts`: what `louxing trace` follows back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from louxing_analysis.cleaning.context import said_outside
from louxing_analysis.cleaning.headers import Matched
from louxing_analysis.cleaning.knowledge import Knowledge
from louxing_analysis.cleaning.layout import Place
from louxing_analysis.cleaning.table import TypedTable
from louxing_analysis.cleaning.workbook import column_letter

COLUMNS = [
    "workbook", "sheet", "sheet_number", "table", "column", "letter", "header", "unit", "factor", "unit_from", "spread",
    "header_row", "first_row", "last_row", "block", "origin",
]  # fmt: skip
"""The columns of `layouts`.

`letter`, `header`, `unit`: the spreadsheet column, its header and the unit in it; `factor`: what 1 in it is worth in the
unit of the clean column, and `unit_from` who says so (header, sheet, usual); `spread`: not empty where each such column
makes rows of its own; `first_row` to `last_row`: the table's stretch of the sheet, from 1; `block`: the first letter of a
table beside another one, else empty; `origin`: column, header (a value that the header itself says), title, sheet, file;
`sheet_number`: the place of the sheet among those read, from 0.
"""


def layout_lines(
    table: TypedTable, block: Any, place: Place, knowledge: Knowledge, ledgers: Iterable[str], is_beside: bool
) -> Iterator[dict[str, Any]]:
    """The lines of one table that was read into `ledgers`."""
    always = {
        "workbook": place.workbook,
        "sheet": place.sheet,
        "sheet_number": 0,
        "table": place.table,
        "letter": "",
        "unit": "",
        "factor": 1.0,
        "unit_from": "",
        "spread": "",
        "header_row": 0,
        "first_row": int(block.first_row) + 1,
        "last_row": int(block.last_row) + 1,
        "block": column_letter(block.first_column) if is_beside else "",
    }
    for one in table.columns:
        at = {"letter": column_letter(one.index), "header_row": int(block.header_rows[-1]) + 1, "spread": one.spread}
        told = {"header": one.written, "unit": one.unit}
        yield {**always, **at, **told, **_worth(one, table, knowledge), "column": one.column, "origin": "column"}
        for name, value in one.fixed:
            column = _year_column(place.table, knowledge) if name == "year" else name
            yield {**always, **at, "header": value, "column": column, "origin": "header"}
    for column, value, origin in _said(table, place, knowledge, ledgers):
        yield {**always, "header": value, "column": column, "origin": origin}


def _worth(one: Matched, table: TypedTable, knowledge: Knowledge) -> dict[str, Any]:
    """What the cells of a column of money are multiplied by."""
    fact = next((facts[one.column] for facts in _facts(table.ledger, knowledge) if one.column in facts), None)
    if fact is None or fact.kind != "money":
        return {}
    found = knowledge.units.of_money_column(one.unit, table.unit, fact.unit)
    return {} if found is None else {"factor": found[0], "unit_from": found[2]}


def _facts(ledger: str, knowledge: Knowledge) -> list[dict[str, Any]]:
    """The columns of a ledger, and of the one it feeds too."""
    feeds = knowledge.index.feeds[ledger]
    return [knowledge.reference.column_facts(name) for name in (ledger, feeds) if name]


def _year_column(ledger: str, knowledge: Knowledge) -> str:
    return next(
        (name for name, fact in knowledge.reference.column_facts(ledger).items() if fact.kind == "year"), "year"
    )


def _said(table: TypedTable, place: Place, knowledge: Knowledge, ledgers: Iterable[str]) -> list[tuple[str, str, str]]:
    """Column, value and origin of what stands outside the table."""
    there = {one.column for one in table.columns if not one.spread}
    found: dict[str, tuple[str, str]] = {}
    for ledger in dict.fromkeys([table.ledger, *ledgers]):
        facts = knowledge.reference.column_facts(ledger)
        for name, said in said_outside(facts, there, table.context, place.sheet, place.workbook, knowledge.spelling):
            found.setdefault(name, said)
        for name in ("township", "village"):
            said = getattr(table.context, name)
            if said.value and name in facts and name not in there:
                found.setdefault(name, said)
    return [(name, *said) for name, said in found.items()]
