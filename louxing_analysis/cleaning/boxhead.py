"""The boxhead of a table of figures: the rows of column names that stand over its field of numbers.

Statistical tables have a stub (the labels at the left), a boxhead (the column names) and a field (the figures). The field
is found first, because numbers are easier to tell than words; the boxhead is what stands over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from louxing_analysis.cleaning.boxhead_levels import SPANNER, belongs_above, is_named, spans_across
from louxing_analysis.cleaning.figure_field import (
    GAP,
    SAMPLE,
    Field,
    figures_among,
    heads_by_numbers,
    next_field,
    year_of,
)
from louxing_analysis.cleaning.rowkinds import is_example, is_meta, is_numeral, mark_of
from louxing_analysis.cleaning.unit_words import is_period, is_unit, unit_phrase
from louxing_analysis.cleaning.view import View

_ATTEMPTS = 8  # rows of figures tried one by one before the search goes on behind them
_WALK = 60  # rows looked at above the first figures
_NUMBERED_TITLE = re.compile(
    r"^(?:表|附表|续表|图|table\b|tab\.|附件)?[\s]*[\dA-Za-z一二三四五六七八九十]{0,3}[-－–—.·]\d{1,3}$|^(?:附?表|table|附件)\s?\d{0,3}[:：.]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Boxhead:
    """The header rows over a field (from 0), the field, and the share of its columns that the header names."""

    rows: tuple[int, ...]
    field: Field
    covered: float


def find_boxhead(view: View, first: int, last: int, highest: int | None = None) -> Boxhead | None:
    """The first field of figures between two rows and the header over it, up to a highest row; None where none has one."""
    row, tried = first, 0
    while row <= last:
        field = next_field(view, row, last)
        if field is None:
            return None
        found = _head_over(view, field, first if highest is None else highest)
        if found is not None:
            return found
        tried += 1
        row = field.start + 1 if tried < _ATTEMPTS else _past_figures(view, field, last)
        if row - first > _WALK * 2:
            return None
    return None


def is_sentence(text: str) -> bool:
    """Whether a cell is running text rather than a name: a full stop inside, or too long."""
    return (
        len(text) > 160
        or "。" in text
        or "；" in text
        or (len(text) > 60 and not text.isascii() and not re.search(r"[A-Za-z]{3}", text))
    )


def _past_figures(view: View, field: Field, last: int) -> int:
    """The first row under a field's first that has no figures in its columns: what stands over it may head another."""
    row = field.start + 1
    while row <= min(last, field.start + 2 * _WALK) and any(
        view.shapes(row)[column] == "n" for column in field.columns
    ):
        row += 1
    return row


def _head_over(view: View, field: Field, first: int) -> Boxhead | None:
    """Climb from the figures to the rows of names above them."""
    rows: list[int] = []
    below: list[int] = []  # rows between the figures and the lowest row of names
    waiting: list[int] = []  # lone names over a gap: of the head if more of it stands above them
    gap = 0
    for row in range(field.start - 1, max(first, field.start - _WALK) - 1, -1):
        if not view.counts[row]:
            gap += 1
            if gap > GAP:
                break
            continue
        role = _role(view, row, field)
        if not rows:
            if role in ("body", "text"):
                below = []
            elif role == "line":
                return None
            elif role == "level" and _is_like_rows_below(view, row, field, first):
                below = []
            elif role == "level" or (role == "spanner" and not below and (gap == 0 or len(field.columns) == 1)):
                rows = [row]
            else:
                below.insert(0, row)
        elif (upper := belongs_above(view, row, role, [*waiting, *rows], gap, first, field)) == "":
            break
        elif upper == "perhaps":
            waiting.insert(0, row)
        else:
            rows, waiting = [row, *waiting, *rows], []
        gap = 0
    if waiting and int(np.argmax(view.held[waiting[0]])) == field.left:
        rows = [*waiting, *rows]
    if not rows or not any(
        kind == "t" or kind == "d" or year_of(view.values[row, column]) is not None
        for row in rows
        for column, kind in enumerate(view.shapes(row))
        if kind
    ):
        return None
    rows += _of_head(view, rows, below, field)
    return Boxhead(tuple(rows), field, _coverage(view, rows, field))


def _is_like_rows_below(view: View, row: int, field: Field, first: int) -> bool:
    """Whether a row of words says in its columns of words what the rows of figures under it say, and names stand above it:
    a row of data with a word where a figure belongs."""
    above = next((other for other in range(row - 1, first - 1, -1) if view.counts[other]), None)
    if above is None or view.counts[above] < 2 or _role(view, above, field) != "level":
        return False
    first_column = int(np.argmax(view.held[row]))
    spans = spans_across(view, row)
    if len(spans) > 2 and spans == spans_across(view, above) and above == row - 1 and view.held[above, first_column]:
        return True  # merged as the names are: the row below them, not a level
    if sum(bool(view.held[row, column]) for column in field.columns) > 2 + len(field.columns) // 2:
        return False
    for column in np.flatnonzero(view.held[row]).tolist():
        cell = view.values[row, column]
        if column in field.columns or not isinstance(cell, str) or len(cell) < 2:
            continue
        under = view.values[field.start : field.start + 8, column].tolist()
        if any(
            isinstance(other, str) and (other == cell or (len(cell) > 8 and other[:8] == cell[:8])) for other in under
        ):
            return True
    return False


def _role(view: View, row: int, field: Field) -> str:
    """What a row above the first figures may be: level, spanner, stub, unit, line (form or title), body or text."""
    shapes = view.shapes(row)
    held = [column for column, kind in enumerate(shapes) if kind]
    cells = [view.values[row, column] for column in held]
    numbers = [column for column in held if shapes[column] == "n"]
    heading = bool(numbers) and (
        heads_by_numbers(view, row, numbers) or (len(held) > 1 and not figures_among(view, row, numbers, field))
    )
    if numbers and not heading:
        return "body" if any(column in field.columns for column in numbers) else "line"
    texts = [cell for cell in cells if isinstance(cell, str)]
    if any(is_sentence(text) for text in texts):
        return "line"
    if len(texts) > 2 and is_example(texts[0]):
        return "body"
    across = spans_across(view, row)
    if len(held) == 1:
        return _role_of_single(view, row, held[0], heading, across, field)
    if len(texts) == len(held) and len(texts[0]) > 30 and len(set(texts)) == 1 and "\n" not in texts[0]:
        return "line"  # a title printed over every page of a wide table
    if sum(is_meta(text) and mark_of(text) != "of_which" for text in texts) * 2 >= len(texts) > 0:
        return "unit" if any(unit_phrase(text) for text in texts) and not heading else "line"
    if not heading and all(unit_phrase(text) for text in texts) and not all(is_unit(text) for text in texts):
        return "unit"
    if len(held) <= 3 and any(mark_of(text) == "footer" for text in texts):
        return "line"  # an office's seal and a day
    if len(held) == len(texts) == 2 and across and across[-1][0] < held[1] and is_period(texts[1]) and "月" in texts[1]:
        return "line"  # the office over the stub, the month at the right
    if texts and is_numeral(texts[0]) and len(held) <= 3 and shapes[held[0]] == "t":
        return "stub"
    if not heading and _NUMBERED_TITLE.match(texts[0].strip() if texts else "") and len(held) <= 3:
        return "line"
    over_marks = [shapes[column] == "m" for column in held if column >= field.left]
    if over_marks and all(over_marks) and any(column in field.columns for column in held):
        return "body"
    if max(held) < field.left and not across:
        return "stub"
    over = {column for column in held if column in field.columns and shapes[column] in "tdcn"}
    over |= {column for left, right in across for column in range(left, right + 1) if column in field.columns}
    return "level" if over or heading else "text"


def _role_of_single(
    view: View, row: int, column: int, heading: bool, across: list[tuple[int, int]], field: Field
) -> str:
    value = view.values[row, column]
    text = value if isinstance(value, str) else ""
    if text and unit_phrase(text):
        return "unit"
    if any(left == column for left, _ in across) and column <= int(np.argmax(view.held[field.start])):
        return "wide"
    if text and year_of(value) is None and is_period(text):
        return "line"  # the month of a report
    if text and (is_meta(text) or len(text) > SPANNER or mark_of(text) == "footer"):
        return "line" if column < field.left else "wide"
    if column <= int(np.argmax(view.held[field.start])):
        return "stub"
    return "spanner" if heading or column >= field.left or year_of(value) is not None else "stub"


def _of_head(view: View, rows: list[int], below: list[int], field: Field) -> list[int]:
    """Rows between the lowest row of names and the figures that belong to the head: units, and a stub head at the foot."""
    first = int(np.flatnonzero(view.held[rows].any(axis=0))[0])
    if below and field.left == first and not view.counts[below[0] + 1]:
        stub = int(np.argmax(view.held[below[0]]))
        if str(view.values[below[0], stub]).isascii():
            first = min(first, stub)  # the stub's name alone, between the other names and a blank row
    kept = 0
    for number, row in enumerate(below):
        held = np.flatnonzero(view.held[row]).tolist()
        if any(right > left for left, right in spans_across(view, row)):
            break
        over = min(held) >= max(field.left, first + 1)
        stub_head = (
            number == 0
            and field.left > first
            and len(below) <= 2
            and row == rows[-1] + 1
            and not any(is_named(view, level, held[0]) for level in rows)
            and not _heads_a_group(view, row, held[0], field)
        )
        if not over and not stub_head:
            break
        kept = number + 1
    return below[:kept]


def _heads_a_group(view: View, row: int, column: int, field: Field) -> bool:
    """Whether a lone label over the figures is the heading of a group rather than the name of the stub."""
    text = str(view.values[row, column])
    below = view.values[field.start, column]
    if text.rstrip().endswith(":") or (
        isinstance(below, str) and len(below) - len(below.lstrip()) > len(text) - len(text.lstrip())
    ):
        return True
    further = range(field.start, min(field.start + SAMPLE, len(view.counts)))
    heads = [row for row in further if view.counts[row] == 1 and view.held[row, column]]
    return bool(heads) and bool((view.counts[heads[0] + 1 : heads[0] + 1 + GAP] > 1).any())


def _coverage(view: View, rows: Sequence[int], field: Field) -> float:
    """The share of the field's columns that have a name: their own, a merged one, or one that reaches over them."""
    reached: set[int] = set()
    for row in rows:
        held = np.flatnonzero(view.held[row]).tolist()
        for column, following in zip(held, [*held[1:], field.right + 1], strict=True):
            reached.update(range(column, following if column >= field.left else column + 1))
        for left, right in spans_across(view, row):
            reached.update(range(left, right + 1))
    return len(reached & field.columns) / len(field.columns)
