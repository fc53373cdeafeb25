"""Sheets on which one column of a ledger is spread over many: meetings, months, guarantees or projects across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from louxing_analysis.sample.drafts import (
    Draft,
    Order,
    Written,
    arranged,
    blocks_for,
    list_sheet_defects,
    truth_of,
    villages_of,
)
from louxing_analysis.sample.form import Form
from louxing_analysis.sample.package import Cell, address, column_letter
from louxing_analysis.sample.pages import Desk, RowPlan, fields_of, write_part
from louxing_analysis.sample.sheets import Field, lay_out
from louxing_analysis.sample.spelling import Column, amount
from louxing_analysis.sample.tables import Values


@dataclass
class _Grid:
    """The records of a spread sheet: which row and which column each belongs to."""

    records: Values
    rows: list[int]
    by: list[Any]
    keys: list[Any]
    firsts: Values  # one record for each row


def _grid(desk: Desk, order: Order) -> _Grid:
    """Rows are people in sign-in sheets, households elsewhere; a record without a value stands nowhere."""
    form = order.form
    table = desk.tables[form.ledger]
    there = np.array([value is not None for value in table.take(form.spread_value, order.records)], dtype=bool)
    records = order.records[there]
    owners = table.take("person_key" if form.ledger == "attendance" else "household_key", records)
    by = table.take(form.spread_by, records)
    row_of = {owner: row for row, owner in enumerate(dict.fromkeys(owners))}
    rows = [row_of[owner] for owner in owners]
    firsts: dict[int, int] = {}
    for record, row in zip(records.tolist(), rows, strict=True):
        firsts.setdefault(row, record)
    keys = sorted(set(by), key=lambda key: _rank(desk, form, key))
    return _Grid(records, rows, by, keys, np.array(list(firsts.values()), dtype=np.int64))


def spread_sheet(sheet: Draft) -> Written:
    """One column per meeting, month, guarantee or project."""
    desk, order, form = sheet.desk, sheet.order, sheet.order.form
    grid = _grid(desk, order)
    base = write_part(desk, form, form.ledger, grid.firsts, form.columns)
    value = write_part(desk, form, form.ledger, grid.records, (form.spread_value,))
    count = len(grid.firsts)
    fields = fields_of(desk, form, base, RowPlan(list(range(count))), order.year)
    name_of = {key: f"{form.spread_value}:{number}" for number, key in enumerate(grid.keys)}
    spread = _spread_fields(sheet, grid, value.columns[form.spread_value], name_of)
    fields_in_order = arranged(sheet, fields, count)
    at = len(fields_in_order) - bool(form.remark) - bool(order.unknown_header)
    fields_in_order[at:at] = [*spread.values(), *_row_totals(sheet, list(spread.values()), count)]
    labels = villages_of(desk, form.ledger, base.records)
    laid = lay_out(fields_in_order, order.look, blocks_for(order.look, form, labels), count)
    columns = [laid.positions[name_of[key]] for key in grid.by]
    sheet.list_part(base, lambda name, record: address(laid.rows[record], laid.positions[name]))
    sheet.list_part(value, lambda _, record: address(laid.rows[grid.rows[record]], columns[record]))
    list_sheet_defects(sheet, laid)
    kept = [
        record
        for record in range(len(grid.records))
        if record not in value.dropped and grid.rows[record] not in base.dropped
    ]
    truth = truth_of(
        sheet,
        value,
        kept,
        [laid.rows[grid.rows[record]] + 1 for record in kept],
        [column_letter(columns[record]) for record in kept],
    )
    for name, column in base.columns.items():
        if column.fact.stored and name not in {"township", "village"}:
            truth[name] = [column.truth[grid.rows[record]] for record in kept]
    return Written(laid.page, {form.ledger: truth})


def _spread_fields(sheet: Draft, grid: _Grid, column: Column, name_of: dict[Any, str]) -> dict[Any, Field]:
    """One field for each value of the spread column, its cells where there is a record."""
    form, header_of, count = sheet.order.form, sheet.order.header_of, len(grid.firsts)
    assert header_of is not None
    fields = {}
    for key, name in name_of.items():
        sums: list[float | None] | None = [None] * count if form.spread_value in form.totals else None
        fields[key] = Field(
            name, header_of(key), [None] * count, form.spread_group, "centre", 9.0, sums, column.manner.factor
        )
    for record, (row, key) in enumerate(zip(grid.rows, grid.by, strict=True)):
        one = fields[key]
        one.cells[row] = column.cells[record]
        if one.sums is not None:
            one.sums[row] = column.values[record]
    return fields


def _row_totals(sheet: Draft, spread: list[Field], count: int) -> list[Field]:
    """What a household gets from all projects together, under a header that means the amount."""
    form, desk = sheet.order.form, sheet.desk
    if form.spread_value not in form.totals or not spread:
        return []
    fact, factor = desk.facts.of(form.ledger, form.spread_value), spread[0].factor
    headers = [header for header in desk.facts.ignored.get(form.ledger, ()) if header.startswith("合计")]
    sums: list[float | None] = [
        sum(value for one in spread if one.sums is not None and (value := one.sums[row]) is not None)
        for row in range(count)
    ]
    cells: list[Cell] = [amount(value or 0.0, factor) for value in sums]
    return [
        Field(
            "row_total",
            desk.rng.choice(headers) if headers else fact.label,
            cells,
            style="number",
            width=10.0,
            sums=sums,
            factor=factor,
        )
    ]


def _rank(desk: Desk, form: Form, key: Any) -> Any:
    """The order of spread columns: codes in the order of their vocabulary, all else as it sorts."""
    vocabulary = desk.facts.of(form.ledger, form.spread_by).vocabulary
    return list(desk.facts.labels[vocabulary]).index(key) if vocabulary in desk.facts.labels else key
