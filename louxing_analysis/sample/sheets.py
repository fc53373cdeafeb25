"""A sheet laid out as an office would: title, notes, one- or two-row header, rows in blocks, sums, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from louxing_analysis.sample.package import Cell, Formula, Loose, Merge, Page, column_letter
from louxing_analysis.sample.spelling import amount


@dataclass
class Field:
    """One column of a sheet: its header, and a cell for every row."""

    name: str
    header: Cell
    cells: list[Cell]
    group: str = ""
    style: str = "text"
    width: float = 9.0
    sums: list[float | None] | None = None  # what a row adds to the stated totals, in yuan or pieces
    factor: float = 1.0
    runs: bool = False  # equal neighbours are merged (village cells)


class Block(NamedTuple):
    """Neighbouring rows that belong together: rows [first, last) and what they are called."""

    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Look:
    """What stands around the rows of a sheet."""

    name: str
    title: str = ""
    left_note: str = ""
    right_note: str = ""
    total_word: str = ""  # empty: no sums
    subtotal_word: str = ""
    section: bool = False  # a line with the block's name before each block
    column_numbers: bool = False
    header_again_after: int = 0  # rows after which the header is repeated, 0: never
    footers: tuple[str, ...] = ()
    merge_blocks: tuple[Block, ...] = ()  # households whose fields are merged down
    merged_fields: tuple[str, ...] = ()
    hidden: bool = False
    hidden_share: float = 0.0
    page_footer: str = ""
    wrong_total: str = ""  # the field whose stated total is planted wrong
    formulas: bool = True


@dataclass
class Laid:
    """A sheet with the place of everything in it."""

    page: Page
    rows: list[int]  # 0-based sheet row of each data row
    positions: dict[str, int]  # field name → 0-based column
    wrong_total: tuple[int, int, Cell, float] | None = None  # row, column, as written, the right sum
    header_row: int = 0


@dataclass
class _Draft:
    loose: list[Loose] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    next_row: int = 0

    def line(self, text: str, style: str, width: int) -> None:
        """One text across the whole width."""
        self.loose.append(Loose(self.next_row, 0, text, style))
        if width > 1:
            self.merges.append(Merge(self.next_row, 0, self.next_row, width - 1))
        self.next_row += 1


def lay_out(fields: Sequence[Field], look: Look, blocks: Sequence[Block], count: int) -> Laid:
    """Put `count` rows under their headers; `blocks` cover the rows in order (villages, or one block of all)."""
    draft, width = _Draft(), len(fields)
    _head_lines(draft, look, width)
    header_row = draft.next_row
    depth = _headers(draft, fields)
    if look.column_numbers:
        draft.loose += [Loose(draft.next_row, index, index + 1, "header") for index in range(width)]
        draft.next_row += 1
    frozen = draft.next_row
    rows = _place_rows(draft, fields, look, blocks, depth, header_row)
    laid = Laid(_empty(look), rows, {one.name: index for index, one in enumerate(fields)}, header_row=header_row)
    if look.total_word and count:
        _grand_total(draft, fields, look, blocks, rows, laid)
    for text in look.footers:
        draft.loose.append(Loose(draft.next_row, 0, text, "footer"))
        draft.next_row += 1
    draft.merges += _run_merges(fields, blocks, rows) + _block_merges(look, laid)
    hidden = frozenset(rows[:: max(2, int(1 / look.hidden_share))][1:]) if look.hidden_share else frozenset()
    laid.page = Page(
        name=look.name,
        rows=rows,
        columns=[one.cells for one in fields],
        styles=[one.style for one in fields],
        loose=draft.loose,
        merges=draft.merges,
        widths=[one.width for one in fields],
        frozen_rows=frozen,
        hidden=look.hidden,
        hidden_rows=hidden,
        heights=draft.heights,
        footer=look.page_footer,
    )
    return laid


def _empty(look: Look) -> Page:
    return Page(look.name, [], [], [])


def _head_lines(draft: _Draft, look: Look, width: int) -> None:
    if look.title:
        draft.heights[draft.next_row] = 27.0
        draft.line(look.title, "title", width)
    if look.left_note or look.right_note:
        row, edge = draft.next_row, width - 1
        if look.left_note:
            draft.loose.append(Loose(row, 0, look.left_note, "aside"))
        if look.right_note:
            first = max(edge - 2, 1 if look.left_note else 0)
            draft.loose.append(Loose(row, first, look.right_note, "unit"))
            if first < edge:
                draft.merges.append(Merge(row, first, row, edge))
        draft.next_row += 1


def _headers(draft: _Draft, fields: Sequence[Field]) -> int:
    """One header row, or two where columns stand in groups; gives how many."""
    top = draft.next_row
    if not any(one.group for one in fields):
        draft.loose += [Loose(top, index, one.header, "header") for index, one in enumerate(fields)]
        draft.heights[top] = 30.0
        draft.next_row += 1
        return 1
    draft.heights.update({top: 20.0, top + 1: 30.0})
    index = 0
    while index < len(fields):
        group = fields[index].group
        last = index
        while group and last + 1 < len(fields) and fields[last + 1].group == group:
            last += 1
        if group:
            draft.loose.append(Loose(top, index, group, "header"))
            draft.loose += [Loose(top, place, None, "header") for place in range(index + 1, last + 1)]
            draft.loose += [Loose(top + 1, place, fields[place].header, "header") for place in range(index, last + 1)]
            if last > index:
                draft.merges.append(Merge(top, index, top, last))
        else:
            draft.loose.append(Loose(top, index, fields[index].header, "header"))
            draft.loose.append(Loose(top + 1, index, None, "header"))
            draft.merges.append(Merge(top, index, top + 1, index))
        index = last + 1
    draft.next_row += 2
    return 2


def _place_rows(
    draft: _Draft, fields: Sequence[Field], look: Look, blocks: Sequence[Block], depth: int, header_row: int
) -> list[int]:
    """The sheet row of every data row; sections, subtotals and repeated headers are put between them."""
    rows: list[int] = []
    header = [cell for cell in draft.loose if cell.row in range(header_row, header_row + depth)]
    header_merges = [merge for merge in draft.merges if merge.first_row in range(header_row, header_row + depth)]
    for block in blocks:
        if look.section:
            draft.loose.append(Loose(draft.next_row, 0, block.label, "total"))
            draft.next_row += 1
        for number in range(block.first, block.last):
            if look.header_again_after and number and number % look.header_again_after == 0 and number > block.first:
                shift = draft.next_row - header_row
                draft.loose += [cell._replace(row=cell.row + shift) for cell in header]
                draft.merges += [
                    merge._replace(first_row=merge.first_row + shift, last_row=merge.last_row + shift)
                    for merge in header_merges
                ]
                draft.next_row += depth
            rows.append(draft.next_row)
            draft.next_row += 1
        if look.subtotal_word:
            _sum_row(draft, fields, look, block, rows, look.subtotal_word)
    return rows


def _sum(one: Field, first: int, last: int) -> int | float:
    assert one.sums is not None
    return amount(round(sum(value for value in one.sums[first:last] if value is not None), 6), one.factor)


def _sum_row(draft: _Draft, fields: Sequence[Field], look: Look, block: Block, rows: list[int], word: str) -> None:
    """One line of sums under the rows of a block; a formula with its result where the rows stand together."""
    row = draft.next_row
    draft.loose.append(Loose(row, 0, word, "total"))
    for index, one in enumerate(fields):
        if index == 0:
            continue
        if one.sums is None:
            draft.loose.append(Loose(row, index, None, "total"))
            continue
        value = _sum(one, block.first, block.last)
        cell: Cell = value
        numeric = all(type(cell) in (int, float, type(None)) for cell in one.cells[block.first : block.last])
        if look.formulas and numeric and not look.header_again_after:
            letter = column_letter(index)
            cell = Formula(f"SUM({letter}{rows[block.first] + 1}:{letter}{rows[block.last - 1] + 1})", value)
        draft.loose.append(Loose(row, index, cell, "total"))
    draft.next_row += 1


def _grand_total(
    draft: _Draft, fields: Sequence[Field], look: Look, blocks: Sequence[Block], rows: list[int], laid: Laid
) -> None:
    """The last line of sums; where the sheet has subtotals its figures are typed in."""
    plain = look if len(blocks) == 1 and not look.subtotal_word else None
    row = draft.next_row
    _sum_row(draft, fields, look if plain else _typed(look), Block(0, len(rows), ""), rows, look.total_word)
    if not look.wrong_total:
        return
    index = laid.positions[look.wrong_total]
    right = _sum(fields[index], 0, len(rows))
    wrong = round(right + 1000 / fields[index].factor, 6) if fields[index].factor > 1 else right + 1000
    draft.loose[:] = [cell for cell in draft.loose if (cell.row, cell.column) != (row, index)]
    draft.loose.append(Loose(row, index, wrong, "total"))
    laid.wrong_total = (row, index, wrong, right)


def _typed(look: Look) -> Look:
    return Look(look.name, header_again_after=look.header_again_after, formulas=False)


def _run_merges(fields: Sequence[Field], blocks: Sequence[Block], rows: list[int]) -> list[Merge]:
    """Village cells merged down their block; only the first keeps its text."""
    merges = []
    for index, one in enumerate(fields):
        if not one.runs:
            continue
        for block in blocks:
            first, last = rows[block.first], rows[block.last - 1]
            if last - first == block.last - 1 - block.first and last > first:
                one.cells[block.first + 1 : block.last] = [None] * (block.last - block.first - 1)
                merges.append(Merge(first, index, last, index))
    return merges


def _block_merges(look: Look, laid: Laid) -> list[Merge]:
    """The fields of a household merged down the rows of its members."""
    positions = [laid.positions[name] for name in look.merged_fields if name in laid.positions]
    merges = []
    for block in look.merge_blocks:
        first, last = laid.rows[block.first], laid.rows[block.last - 1]
        if last > first:
            merges += [Merge(first, position, last, position) for position in positions]
    return merges
