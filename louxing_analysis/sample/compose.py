"""Records of the true tables become a sheet: a row each, or members under their households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
from louxing_analysis.sample.form import MERGED, PERSON_LAYOUTS, REPEATED, SPREAD
from louxing_analysis.sample.package import Cell, address, column_letter
from louxing_analysis.sample.pages import Desk, RowPlan, fields_of, plan_rows, write_part
from louxing_analysis.sample.sheets import Block, Laid, lay_out
from louxing_analysis.sample.spread import spread_sheet
from louxing_analysis.sample.tables import Values


def write_sheet(desk: Desk, order: Order, workbook: str) -> Written:
    """One sheet in its form's layout."""
    sheet = Draft(desk, order, workbook)
    if order.form.layout in PERSON_LAYOUTS:
        written = _person_sheet(sheet)
    elif order.form.layout == SPREAD:
        written = spread_sheet(sheet)
    else:
        written = _plain_sheet(sheet)
    written.defects = sheet.defects
    return written


def _plain_sheet(sheet: Draft) -> Written:
    desk, order, form = sheet.desk, sheet.order, sheet.order.form
    part = write_part(desk, form, form.ledger, order.records, form.columns)
    plan = plan_rows(desk, form, part, len(order.records))
    fields = fields_of(desk, form, part, plan, order.year)
    count = len(plan.order)
    labels = villages_of(desk, form.ledger, order.records[plan.order])
    laid = lay_out(arranged(sheet, fields, count), order.look, blocks_for(order.look, form, labels), count)
    first: dict[int, int] = {}
    for row, record in enumerate(plan.order):
        first.setdefault(record, laid.rows[row])
    sheet.list_part(part, lambda name, record: address(first[record], laid.positions[name]))
    for row, name, defect in plan.defects:
        sheet.plant(form.ledger, address(laid.rows[row], laid.positions[name]), name, defect)
    list_sheet_defects(sheet, laid)
    kept = [record for record in range(len(order.records)) if record not in part.dropped]
    source = column_letter(laid.positions[_first_of(form.header_year, laid)]) if order.year and form.header_year else ""
    truth = truth_of(sheet, part, kept, [first[record] + 1 for record in kept], [source] * len(kept))
    return Written(laid.page, {form.ledger: truth})


def _first_of(names: Sequence[str], laid: Laid) -> str:
    return min(names, key=lambda name: laid.positions[name])


def _person_sheet(sheet: Draft) -> Written:
    """Members under their household, whose own fields stand on every row, on the head's row, or are merged down."""
    desk, order, form = sheet.desk, sheet.order, sheet.order.form
    blocks, members, households = _households_with_members(desk, order)
    home = write_part(desk, form, "households", households, form.household)
    people = write_part(desk, form, "members", members, form.columns)
    heads = [block.first for block in blocks]
    fields = fields_of(desk, form, people, RowPlan(list(range(len(members)))), order.year)
    for name, one in fields_of(desk, form, home, RowPlan(list(range(len(blocks)))), order.year).items():
        one.cells = _down(one.cells, blocks, every_row=form.layout == REPEATED)
        fields[name] = one
    numbers = None if form.layout == REPEATED else _down(list(range(1, len(blocks) + 1)), blocks, every_row=False)
    look = order.look
    if form.layout == MERGED:
        look = replace(look, merge_blocks=tuple(blocks), merged_fields=("sequence", *form.household))
    laid = lay_out(arranged(sheet, fields, len(members), numbers), look, [Block(0, len(members), "")], len(members))
    sheet.list_part(home, lambda name, record: address(laid.rows[heads[record]], laid.positions[name]))
    sheet.list_part(people, lambda name, record: address(laid.rows[record], laid.positions[name]))
    list_sheet_defects(sheet, laid)
    kept = [record for record in range(len(members)) if record not in people.dropped]
    return Written(
        laid.page,
        {
            "households": truth_of(
                sheet, home, list(range(len(blocks))), [laid.rows[head] + 1 for head in heads], [""] * len(blocks)
            ),
            "members": truth_of(sheet, people, kept, [laid.rows[record] + 1 for record in kept], [""] * len(kept)),
        },
    )


def _down(cells: Sequence[Cell], blocks: Sequence[Block], *, every_row: bool) -> list[Cell]:
    """A cell a household → a cell a member: the same on every row, or on the head's row alone."""
    found: list[Cell] = []
    for cell, block in zip(cells, blocks, strict=True):
        size = block.last - block.first
        found += [cell] * size if every_row else [cell, *[None] * (size - 1)]
    return found


def _households_with_members(desk: Desk, order: Order) -> tuple[list[Block], Values, Values]:
    """Households in order, each with its members, the head first; a household without any member has no row here."""
    assert order.households is not None
    members = desk.tables["members"]
    by_household: dict[str, list[int]] = {}
    relations = members.take("relation_code", order.records)
    for record, key, relation in zip(
        order.records.tolist(), members.take("household_key", order.records), relations, strict=True
    ):
        rows = by_household.setdefault(key, [])
        rows.insert(0, record) if relation == "head" else rows.append(record)
    blocks, rows, households = [], [], []
    for record, key in zip(
        order.households.tolist(), desk.tables["households"].take("household_key", order.households), strict=True
    ):
        mine = by_household.get(key, [])
        if mine:
            blocks.append(Block(len(rows), len(rows) + len(mine), key))
            rows += mine
            households.append(record)
    return blocks, np.array(rows, dtype=np.int64), np.array(households, dtype=np.int64)
