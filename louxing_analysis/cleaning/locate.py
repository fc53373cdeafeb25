"""A sheet → what every one of its rows is, and where its tables begin and end; needs no vocabulary, gains from one."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from louxing_analysis.cleaning.confidence import confidence_of
from louxing_analysis.cleaning.form_lines import has_place
from louxing_analysis.cleaning.header_names import column_names, column_units
from louxing_analysis.cleaning.header_rows import Header, find_header
from louxing_analysis.cleaning.row_labels import Labels, label_rows, label_top
from louxing_analysis.cleaning.row_marks import label_texts, row_marks
from louxing_analysis.cleaning.rowkinds import KINDS
from louxing_analysis.cleaning.shapes import shape, squeezed
from louxing_analysis.cleaning.sheet import Merge, Sheet, holds, parse_address
from louxing_analysis.cleaning.unit_words import is_unit, unit_in_brackets, unit_phrase
from louxing_analysis.cleaning.view import View

__all__ = ["KINDS", "Column", "Located", "Table", "locate", "parse_address"]

_SAMPLE = 30  # rows that show whether a column holds labels
_MOST_TABLES = 100
_MOST_CELLS = 1_000_000  # of them, so that a sheet of 16,384 columns is not searched for seconds
_SEARCHED = 400  # rows searched for the first header; what stands above it is titles and notes


@dataclass(frozen=True)
class Column:
    """One spreadsheet column of a table: index from 0, header levels joined by '/', unit as written."""

    index: int
    name: str
    unit: str | None


@dataclass(frozen=True)
class Table:
    """One table: its block of rows runs from its title to its footers (from 0, both ends included).

    `header_rows` are the rows of its header, without repeats; `kinds` is as long as the sheet, '' outside the block.
    """

    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    kinds: np.ndarray
    unit: str | None
    title: str = ""


@dataclass(frozen=True)
class Located:
    """What every row of a sheet is (one of KINDS), its tables, and how sure that is from 0 to 1, in words."""

    kinds: np.ndarray
    tables: tuple[Table, ...]
    title: str
    unit: str | None
    confidence: float
    why: str


def locate(sheet: Sheet, known: frozenset[str] = frozenset()) -> Located:
    """Say what every row is and find the tables; raises nothing. `known`: normalised headers of headers.csv.

    The figures are found first, and the names over them; a table of nothing but words is told by how its first wide row
    differs from the rows under it. Totals, of-which lines and footers are told by their label cell alone. Known limits:
    forms of names and values without columns, lists of one column; a sheet's tables beyond the hundredth count as one.
    """
    view = _view(sheet, known)
    height = len(view.counts)
    kinds = np.full(height, "blank", dtype="<U8")
    tables: list[Table] = []
    headers: list[Header] = []
    first = 0
    texts = label_texts(view)
    marks = row_marks(texts)
    header = (
        find_header(view, 0, min(height, _SEARCHED, 1 + _MOST_CELLS // max(1, view.values.shape[1])) - 1)
        if height
        else None
    )
    while header is not None:
        labels = label_rows(view, header, texts, marks, last=len(headers) + 1 >= _MOST_TABLES)
        _label_above(view, kinds, first, header.rows[0])
        kinds[list(header.rows)] = "header"
        stop = labels.stop
        kinds[header.rows[-1] + 1 : stop] = labels.kinds
        headers.append(header)
        tables.extend(_tables(view, kinds, header, first, stop, labels))
        first, header = stop, labels.following
    if first < height:
        _label_without_table(view, kinds, first)
    tables = [_with_kinds(table, kinds) for table in tables]
    unit = next((table.unit for table in tables if table.unit), None)
    title = tables[0].title if tables else _first_text(view, kinds)
    confidence, why = confidence_of(view, headers, tables, kinds)
    return Located(kinds, tuple(tables), title, unit, confidence, why)


def _view(sheet: Sheet, known: frozenset[str]) -> View:
    held = holds(sheet.values)
    for place in sheet.unreadable:
        if place[0] < held.shape[0] and place[1] < held.shape[1]:
            held[place] = True
    merges: dict[int, list[Merge]] = defaultdict(list)
    for merge in sheet.merges:
        merges[merge.first_row].append(merge)
    values = sheet.values
    if sheet.unreadable:  # a cell that cannot be read is a cell all the same
        values = values.copy()
        for place, (_, text) in sheet.unreadable.items():
            if values[place] is None:
                values[place] = text
    return View(values, held, held.sum(axis=1), dict(merges), known)


def _label_above(view: View, kinds: np.ndarray, first: int, header_row: int) -> None:
    """Rows between the end of the last table and a header: titles, unit rows and blanks."""
    for row in range(first, header_row):
        if view.counts[row]:
            kinds[row] = label_top(view, row)


def _label_without_table(view: View, kinds: np.ndarray, first: int) -> None:
    """Rows that belong to no table: rows of several cells, or of one and a place to fill in, are data without a header,
    lines above them titles, below footers."""
    data = np.array([count > 1 or (count == 1 and has_place(view, row)) for row, count in enumerate(view.counts)])
    last = int(np.flatnonzero(data)[-1]) if data[first:].any() else len(kinds)
    for row in range(first, len(kinds)):
        if view.counts[row]:
            kinds[row] = "data" if data[row] else "footer" if row > last else label_top(view, row)


def _tables(view: View, kinds: np.ndarray, header: Header, first: int, stop: int, labels: Labels) -> list[Table]:
    left, right = labels.first_column, labels.last_column
    names = column_names(view, header.rows, left, right)
    units = column_units(view, header.rows, names)
    texts = [
        (row, str(value))
        for row in range(first, header.rows[0])
        for value in view.values[row].tolist()
        if isinstance(value, str)
    ]
    unit = next((found for _, text in texts if (found := unit_phrase(text))), None)
    title = next(
        (text for row, text in texts if kinds[row] == "title" and not re.match(r".{2,8}[:：]", text.strip())), ""
    )
    used = np.asarray(view.held[header.rows[-1] + 1 : stop].any(axis=0))
    columns = tuple(
        Column(index, names[index], units[index]) for index in range(left, right + 1) if names[index] or used[index]
    )
    unit = unit or _unit_column(view, kinds, header, stop, columns) or (unit_in_brackets(title) if title else None)
    body = view.values[header.rows[-1] + 1 : min(header.rows[-1] + 1 + _SAMPLE, stop)]
    parts = _side_by_side(columns, body)
    return [
        Table(header.rows, part, first, stop - 1, part[0].index, part[-1].index, kinds, unit, "".join(title.split()))
        for part in parts
    ]


def _unit_column(view: View, kinds: np.ndarray, header: Header, stop: int, columns: tuple[Column, ...]) -> str | None:
    """The unit that a column headed 单位 or 计量单位 states, where all its rows state the same."""
    for column in columns:
        if squeezed(column.name) in ("单位", "计量单位", "單位", "計量單位"):
            rows = np.flatnonzero(kinds[header.rows[-1] + 1 : stop] == "data") + header.rows[-1] + 1
            written = {value for value in view.values[rows, column.index].tolist() if value is not None}
            if len(written) == 1 and is_unit(str(only := written.pop())):
                return squeezed(only)
    return None


def _side_by_side(columns: tuple[Column, ...], body: np.ndarray) -> list[tuple[Column, ...]]:
    """One table, or several: where the same header stands twice in one row (a list folded to fit the page), or where an
    empty column parts it and labels of its own begin behind that."""
    names = [column.name for column in columns]
    for width in range(2, len(names) // 2 + 1):
        if (
            len(names) % width == 0
            and len(set(names[:width])) == width
            and names == names[:width] * (len(names) // width)
        ):
            return [columns[start : start + width] for start in range(0, len(names), width)]
    gaps = [at for at in range(1, len(columns)) if columns[at].index > columns[at - 1].index + 1]
    parts = [columns[start:stop] for start, stop in zip([0, *gaps], [*gaps, len(columns)], strict=True)]
    heads = [{column.name for column in part} for part in parts]
    folded = len(parts) > 1 and all(
        len(head & heads[0]) >= 2 and len(head & heads[0]) * 2 >= len(head) for head in heads
    )
    if folded:
        return parts
    own = [[*part] for part in parts[:1]]
    for part in parts[1:]:
        if len(part) > 1 and len(own[-1]) > 1 and part[0].name and _are_labels(body, part[0].index):
            own.append([*part])
        else:
            own[-1] += part
    return [tuple(part) for part in own]


def _are_labels(body: np.ndarray, column: int) -> bool:
    """Whether a column holds words, and nearly no word twice: the labels of a table's rows."""
    cells = [cell for cell in body[:, column].tolist() if cell is not None]
    words = [cell for cell in cells if shape(cell) == "t"]
    return len(words) > 1 and len(words) * 5 >= 4 * len(cells) and len(set(words)) * 5 >= 4 * len(words)


def _with_kinds(table: Table, kinds: np.ndarray) -> Table:
    mine = np.full(len(kinds), "", dtype=kinds.dtype)
    mine[table.first_row : table.last_row + 1] = kinds[table.first_row : table.last_row + 1]
    return Table(
        table.header_rows,
        table.columns,
        table.first_row,
        table.last_row,
        table.first_column,
        table.last_column,
        mine,
        table.unit,
        table.title,
    )


def _first_text(view: View, kinds: np.ndarray) -> str:
    for row in np.flatnonzero(kinds == "title")[:1].tolist():
        return "".join(str(next(value for value in view.values[row].tolist() if value is not None)).split())
    return ""
