"""The upper levels of a boxhead: which rows over the lowest row of names are groups of columns, and which are titles or
lines of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from louxing_analysis.cleaning.figure_field import GAP, Field, numbers_all_columns, year_of
from louxing_analysis.cleaning.rowkinds import mark_of
from louxing_analysis.cleaning.shapes import squeezed
from louxing_analysis.cleaning.unit_words import unit_phrase
from louxing_analysis.cleaning.view import View

_IDEOGRAPH = re.compile(r"[\u3040-\u9fff]")
_TITLE_WORD = re.compile(
    r"^.{3,}(?:[统分登申审汇月季年一公报览记批计总]表|名册|台账)(?:[(].{1,12}[)])?$"
)  # 统计表, 花名册
_GROUP = 6  # characters of a group's name over names that begin again; a title has more
SPANNER = 70  # characters of a lone cell that may name a group of columns


def spans_across(view: View, row: int) -> list[tuple[int, int]]:
    """First and last column of the cells of a row that are merged over several columns."""
    return [
        (merge.first_column, merge.last_column) for merge in view.spans(row) if merge.last_column > merge.first_column
    ]


def is_named(view: View, row: int, column: int) -> bool:
    """Whether a cell of a header row, or one merged down into it, names a column."""
    if view.held[row, column]:
        return True
    return any(
        merge.first_row <= row <= merge.last_row and merge.first_column <= column <= merge.last_column
        for above in range(max(0, row - 4), row)
        for merge in view.spans(above)
    )


def belongs_above(view: View, row: int, role: str, rows: list[int], gap: int, first: int, field: Field) -> str:
    """Whether a row over the lowest rows of names is a level of the same head: yes, perhaps (if another follows), or ''."""
    if any(merge.last_row >= rows[0] for merge in view.spans(row)):
        return "yes"
    if role not in ("level", "spanner", "text", "stub") or gap > (GAP if role == "level" else 3):
        return ""
    held = np.flatnonzero(view.held[row]).tolist()
    cells = [view.values[row, column] for column in held]
    titled = first > 0 or any(view.counts[above] for above in range(first, row))
    if len(held) == 1 and role in ("stub", "spanner"):
        return _is_upper_alone(view, row, role, rows, gap, titled, field)
    if len(held) > 2 and _spread_letters(cells, view.values[rows[0], held].tolist()):
        return ""
    if isinstance(cells[0], str) and _TITLE_WORD.search(squeezed(cells[0])):
        return ""
    if _titles_beside(view, row, held, rows[0], field) or _lines_of_form(view, row, rows[0], first, field):
        return ""
    if _names_again(view, row, held, rows, field) and not any(
        _translates(cells, view.values[lower, held].tolist()) for lower in rows
    ):
        latin = titled and not any(isinstance(cell, str) and _IDEOGRAPH.search(cell) for cell in cells)
        if not any(view.spans(level) for level in (row, *rows)) and _groups_unmerged(view, held, rows[0]):
            return "yes"
        full = gap == 0 and len(held) * 5 >= 4 * max(int(view.counts[lower]) for lower in rows)
        return "yes" if full or (latin and (gap == 0 or len(held) > 2)) else ""  # words broken over rows
    return "yes"


def _titles_beside(view: View, row: int, held: Sequence[int], lower: int, field: Field) -> bool:
    """Whether a row's cells are the titles of tables side by side: each over a column that begins the same names again,
    the stub's among them; a word such as 收入 beside 支出 heads its columns."""
    names = view.values[lower].tolist()
    stub = int(np.argmax(view.held[field.start]))
    starts = [column for column, name in enumerate(names) if name == names[stub]]
    if stub >= field.left or len(starts) < 2 or not isinstance(names[stub], str) or list(held) != starts:
        return False
    return all(len(squeezed(cell)) > _GROUP for cell in view.values[row, held].tolist())


def _lines_of_form(view: View, row: int, lower: int, first: int, field: Field) -> bool:
    """Whether a row over the stub is merged just as the row above or under it is, with other words in the same script:
    names and values, line by line (表格名称 | 客户表), where the levels of a head divide further from row to row."""
    across = spans_across(view, row)
    if not across or across[0][0] > int(np.argmax(view.held[field.start])) or field.left <= across[0][0]:
        return False
    for other in (row - 1, row + 1):
        if first <= other < lower and across == spans_across(view, other):
            here, there = view.values[row], view.values[other]
            texts = [(here[left], there[left]) for left, _ in across if here[left] is not None]
            if any(_translates([a], [b]) or _translates([b], [a]) or a == b for a, b in texts):
                continue
            return True
    return False


def _spread_letters(cells: Sequence[Any], lower: Sequence[Any]) -> bool:
    """Whether a row is a title spread over the columns letter by letter, over names of their own."""
    letters = [squeezed(cell) for cell in cells if isinstance(cell, str)]
    if len(set(letters)) < len(cells) or any(len(letter) != 1 for letter in letters):
        return False
    return all(isinstance(name, str) and len(squeezed(name)) > 1 for name in lower)


def _groups_unmerged(view: View, held: list[int], lower: int) -> bool:
    """In a file without merges: whether every cell reaches over several named columns, or names its column alone."""
    width = view.held.shape[1]
    wide = [
        column
        for column in held
        if column + 1 < width and column + 1 not in held and view.held[lower, column] and view.held[lower, column + 1]
    ]
    return len(wide) > 1 and all(column in wide or not view.held[lower, column] for column in held)


def _names_again(view: View, row: int, held: list[int], rows: list[int], field: Field) -> bool:
    """Whether a row has a cell over the stub that the rows below name already: a line of a form, unless it is a group."""
    leftmost = int(np.argmax(view.held[field.start]))
    named = [lower for lower in rows if not numbers_all_columns(view, lower)]
    groups = {left for left, _ in spans_across(view, row)}
    return any(
        column < max(field.left, leftmost + 1) and column not in groups and view.held[named, column].any()
        for column in held
    )


def _is_upper_alone(view: View, row: int, role: str, rows: list[int], gap: int, titled: bool, field: Field) -> str:
    column = int(np.flatnonzero(view.held[row])[0])
    value = view.values[row, column]
    text = str(value)
    if role == "stub":
        free = not any(is_named(view, lower, column) for lower in rows)
        lower_name = view.values[rows[0], column]
        if gap == 0 and titled and isinstance(lower_name, str) and "a" <= lower_name[:1] <= "z":
            return "yes"  # Measures of income | dispersion: a name broken over two rows
        leftmost = column == int(np.argmax(view.held[: field.start + 1].any(axis=0)))
        if not free or not titled or mark_of(text) or len(text) > (30 if leftmost else SPANNER):
            return ""
        if gap == 0 and _names_stub(view, row, column, text):
            return "yes"
        over = next((other for other in range(row - 1, -1, -1) if view.counts[other]), row)
        after_unit = all(
            isinstance(cell, str) and unit_phrase(cell) for cell in view.values[over].tolist() if cell is not None
        )
        return "yes" if gap == 0 and (not leftmost or after_unit or len(squeezed(text)) <= 4) else "perhaps"
    if spans_across(view, row) or year_of(value) is not None:
        return "yes"
    above = next((other for other in range(row - 1, -1, -1) if view.counts[other]), None)
    same = above is not None and view.counts[above] == 1 and bool(view.held[above, column])
    if above is not None and view.counts[above] == 1 and view.held[above, field.left :].any():
        same = same or not view.counts[:above].any()  # the sheet's title and its translation, each set in the middle
    if not titled or same:
        return "perhaps" if titled else ""
    latin = text.isascii() and not text.startswith("(") and not view.held[:row, field.left :].any()
    return "yes" if gap == 0 or (gap < 3 and latin) else "perhaps"


def _names_stub(view: View, row: int, column: int, text: str) -> bool:
    """Whether a few Latin words, apart from the title over them, stand alone on the names: the name of the stub, which the
    printed page sets at the middle height of the head."""
    above = next((other for other in range(row - 1, -1, -1) if view.counts[other]), row)
    title = max(
        (str(cell) for cell in view.values[: above + 1, column].tolist() if cell is not None), default="", key=len
    )
    words = text.split()
    apart = row - above > 1 and len(title) > 2 * len(text)
    return (
        apart and text.isascii() and len(words) < 5 and "by" not in words and not any(sign.isdigit() for sign in text)
    )


def _translates(upper: Sequence[Any], lower: Sequence[Any]) -> bool:
    """Whether names in one script stand over names in another: 年份 over Year."""
    above = "".join(cell for cell in upper if isinstance(cell, str))
    below = "".join(cell for cell in lower if isinstance(cell, str))
    return bool(_IDEOGRAPH.search(above)) and bool(below) and not _IDEOGRAPH.search(below)
