"""What the labels of a table's rows say they are: totals, subtotals, of-which lines, footers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.cleaning.profile import Profile
from louxing_analysis.cleaning.rowkinds import is_bare_mark, is_numeral, mark_of
from louxing_analysis.cleaning.shapes import is_number, shape
from louxing_analysis.cleaning.view import View

LABEL_CELLS = 4  # text cells of a row that may hold a total's word
_LABEL_COLUMNS = 10
_BLOCK = 1024  # rows held as lists at once


@dataclass(frozen=True)
class Part:
    """The rows of one table under its header: `start` is the first, and arrays count from it. `within`: rows over which a
    cell of a row above is merged down."""

    view: View
    start: int
    stop: int
    counts: np.ndarray
    profile: Profile
    texts: list[list[str]]
    within: np.ndarray


def label_texts(view: View) -> list[list[str]]:
    """The first text cells of every row, from the left; numbers that are written as text say nothing."""
    texts: list[list[str]] = []
    for first in range(0, len(view.values), _BLOCK):
        rows = view.values[first : first + _BLOCK, :_LABEL_COLUMNS].tolist()
        texts += [
            [
                cell
                for cell in row
                if cell.__class__ is str
                and ("\u4e00" <= cell < "\ua000" or not cell[:1].isdigit() or not is_number(cell))
            ][:LABEL_CELLS]
            for row in rows
        ]
    return texts


def row_marks(texts: list[list[str]]) -> list[str]:
    """What the label cells of every row say; the first text cell may be a longer label, later ones only the bare word."""
    memo: dict[str, str] = {}
    bare: dict[str, bool] = {}
    marks = []
    for labels in texts:
        mark = ""
        for position, text in enumerate(labels):
            if position == 0 or (position == 1 and is_numeral(labels[0])):
                if (found := memo.get(text)) is None:
                    found = memo[text] = mark_of(text)
                if found and (
                    found != "whole" or all(label.isascii() or shape(label) == "m" for label in labels[position + 1 :])
                ):
                    mark = found
                    break
            else:
                if (stands := bare.get(text)) is None:
                    stands = bare[text] = is_bare_mark(text)
                if stands:
                    mark = {"total": "named"}.get(found := mark_of(text), found)  # 杉山镇 | 合计
                    break
        marks.append(mark)
    return marks


def kinds_from_marks(part: Part, marks: list[str]) -> np.ndarray:
    """Kinds from marks: a total is a part of the table where totals of totals stand beside it, or it stands farther in."""
    marks = [
        _settled(part, offset, mark) if mark in ("total", "whole", "footer") else mark
        for offset, mark in enumerate(marks)
    ]
    labels = [
        texts[0] if texts and _is_suffixed(texts[0], mark) else ""
        for texts, mark in zip(part.texts, marks, strict=True)
    ]
    beside = [
        label and label in (before, after)
        for before, label, after in zip(["", *labels], labels, [*labels[1:], ""], strict=False)
    ]
    marks = ["" if name else mark for mark, name in zip(marks, beside, strict=True)]
    topmost, totals, named = (marks.count(name) for name in ("topmost", "total", "named"))
    above = topmost and (totals > 1 or _data_between(marks, "total", "topmost"))
    meaning = {
        "": "data",
        "footer": "footer",
        "of_which": "of_which",
        "part": "subtotal",
        "topmost": "total",
        "total": "subtotal" if above else "total",
        "named": "subtotal" if named > 1 or topmost or totals else "total",
    }
    kinds = np.array([meaning[mark] for mark in marks], dtype="<U8")
    kinds[part.counts == 0] = "blank"
    return kinds


def _is_suffixed(label: str, mark: str) -> bool:
    """Whether an English label only ends in total: Retail total in every row of a kind of shops is a name."""
    return mark == "total" and label.isascii() and not label.strip(" .").lower().startswith("total")


def _data_between(marks: list[str], first: str, last: str) -> bool:
    """Whether ordinary rows stand before the first row of one mark, and again before a later row of another."""
    start = marks.index(first) if first in marks else len(marks)
    return "" in marks[:start] and last in marks[start:] and "" in marks[start : marks.index(last, start)]


def _settled(part: Part, offset: int, mark: str) -> str:
    """A plain 合计 beside a village merged over its rows is that village's; 全区 in a numbered row is a place; All persons
    is a total where it comes first."""
    row = part.start + offset
    if mark == "footer":
        figures = part.profile.figures
        filled = (
            sum(part.view.shapes(row)[column] in ("n", "m") for column in figures) if part.profile.of_figures else 0
        )
        return "" if filled > 1 and filled * 2 >= len(figures) else mark
    if mark == "whole":
        serial = part.profile.serial
        if serial is not None and part.view.held[row, serial]:
            return ""
        if part.profile.of_figures and part.counts[offset] == 1 and part.texts[offset][0].isascii():
            return ""  # ALL RACES over the rows of its years
        if part.texts[offset] and part.texts[offset][0].isascii():
            first = not part.view.held[part.start : row, part.profile.stub_ends :].any()
            return "topmost" if part.profile.of_figures and first else ""
        return "topmost"
    column = int(np.argmax(part.view.held[row]))
    for above in range(max(part.start, row - 500), row + 1) if column else ():
        for merge in part.view.spans(above):
            if merge.first_row < row <= merge.last_row and merge.last_column < column:
                return "named"
    return mark
