"""The rows under a header: data, totals, of-which lines, sections, footers, blanks, and headers printed again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.cleaning.header_rows import Header
from louxing_analysis.cleaning.next_table import breaks, candidates, next_table
from louxing_analysis.cleaning.profile import Profile, profile_of
from louxing_analysis.cleaning.rowkinds import (
    is_bare_mark,
    is_meta,
    is_note_head,
    is_numbered,
    mark_of,
    shape,
    unit_phrase,
    without_unit_phrase,
)
from louxing_analysis.cleaning.view import View

_LABEL_CELLS = 4  # text cells of a row that may hold a total's word
_LABEL_COLUMNS = 10
_BESIDE = 40  # rows below a header that may have cells beside its columns


@dataclass(frozen=True)
class Labels:
    """Kinds of the rows from below a header up to `stop` (not included), the table's columns, and the next header."""

    kinds: np.ndarray
    stop: int
    first_column: int
    last_column: int
    following: Header | None


@dataclass(frozen=True)
class _Part:
    """The rows of one table under its header: `start` is the first, and arrays count from it."""

    view: View
    start: int
    stop: int
    counts: np.ndarray
    profile: Profile
    texts: list[list[str]]


def label_top(view: View, row: int) -> str:
    """title or unit, for a row above a header: a unit row says 单位：元 and is no title of its own."""
    texts = [str(value) for value in view.values[row].tolist() if value is not None]
    if not any(unit_phrase(text) for text in texts):
        return "title"
    left = [without_unit_phrase(text) for text in texts]
    return "title" if any(len(rest) >= 6 and not is_meta(rest) for rest in left) else "unit"


def label_rows(view: View, header: Header) -> Labels:
    """Say what every row under a header is, up to the sheet's end or to where another table's title begins."""
    start = header.rows[-1] + 1
    left, right = _columns(view, header)
    profile = profile_of(view, start, left, right)
    texts = _label_texts(view, start)
    marks = _marks(texts)
    repeated = _repeated(view, header, start)
    broken = breaks(view, start, marks, texts, repeated)
    stop, following = next_table(view, header, profile, marks, candidates(view, start, profile, broken, repeated))
    part = _Part(view, start, stop, view.counts[start:stop], profile, texts)
    kinds = _from_marks(part, marks[: stop - start])
    for offset in np.flatnonzero(repeated[: stop - start]).tolist():
        kinds[offset] = "header"
        _title_of_page(part, kinds, offset)
    _singles(part, kinds)
    _headings_with_sums(part, kinds)
    _of_which_below(part, kinds)
    _tail(part, kinds)
    return Labels(kinds, stop, left, right, following)


def _columns(view: View, header: Header) -> tuple[int, int]:
    """First and last column of a table: its header's, and those of the cells beside its first rows."""
    rows = range(header.rows[0], min(header.rows[-1] + _BESIDE, len(view.counts)))
    head = np.flatnonzero(view.held[list(header.rows)].any(axis=0))
    right = max([int(head[-1]), *(merge.last_column for row in header.rows for merge in view.spans(row))])
    used = np.flatnonzero(view.held[[row for row in rows if view.counts[row] > 1]].any(axis=0))
    return min(int(head[0]), int(used[0])), min(max(right, int(used[-1])), view.values.shape[1] - 1)


def _label_texts(view: View, start: int) -> list[list[str]]:
    """The first text cells of every row, from the left."""
    rows = view.values[start:, :_LABEL_COLUMNS].tolist()
    return [[cell for cell in row if cell.__class__ is str][:_LABEL_CELLS] for row in rows]


def _marks(texts: list[list[str]]) -> list[str]:
    """What the label cells of every row say; the first text cell may be a longer label, later ones only the bare word."""
    memo: dict[str, str] = {}
    bare: dict[str, bool] = {}
    marks = []
    for labels in texts:
        mark = ""
        for position, text in enumerate(labels):
            if position == 0:
                if (found := memo.get(text)) is None:
                    found = memo[text] = mark_of(text)
                if found and (found != "whole" or len(labels) == 1):
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


def _from_marks(part: _Part, marks: list[str]) -> np.ndarray:
    """Kinds from marks: a total is a part of the table where totals of totals stand beside it, or it stands farther in."""
    marks = [_settled(part, offset, mark) if mark in ("total", "whole") else mark for offset, mark in enumerate(marks)]
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


def _data_between(marks: list[str], first: str, last: str) -> bool:
    """Whether ordinary rows stand before the first row of one mark, and again before a later row of another."""
    start = marks.index(first) if first in marks else len(marks)
    return "" in marks[:start] and last in marks[start:] and "" in marks[start : marks.index(last, start)]


def _settled(part: _Part, offset: int, mark: str) -> str:
    """A plain 合计 beside a village merged over its rows is that village's; 全区 in a numbered row is a place."""
    row = part.start + offset
    if mark == "whole":
        serial = part.profile.serial
        return "" if serial is not None and part.view.held[row, serial] else "topmost"
    column = int(np.flatnonzero(part.view.held[row])[0])
    for above in range(max(part.start, row - 500), row + 1) if column else ():
        for merge in part.view.spans(above):
            if merge.first_row < row <= merge.last_row and merge.last_column < column:
                return "named"
    return mark


def _repeated(view: View, header: Header, start: int) -> np.ndarray:
    """Rows that say again what a row of the header says (printed at the top of every page)."""
    same = np.zeros(len(view.counts) - start, dtype=bool)
    for row in header.rows:
        columns = np.flatnonzero(view.held[row])
        if columns.size < 2:
            continue
        likely = np.zeros(len(same), dtype=bool)
        for column in columns[:3].tolist():
            likely |= np.asarray(view.values[start:, column] == view.values[row, column], dtype=bool)
        rows = np.flatnonzero(likely)
        block = view.values[np.ix_(rows + start, columns)]
        equal = np.asarray(block == view.values[row, columns], dtype=bool).reshape(block.shape).sum(axis=1)
        same[rows] |= (equal >= 2) & (equal >= 0.8 * columns.size) & (view.counts[rows + start] <= columns.size * 1.25)
    return same


def _title_of_page(part: _Part, kinds: np.ndarray, offset: int) -> None:
    """The title and unit row above a repeated header are title and unit again."""
    for above in range(offset - 1, max(offset - 5, -1), -1):
        texts = [value for value in part.view.values[part.start + above].tolist() if value is not None]
        if kinds[above] in ("header", "blank") or not texts:
            continue
        meta = sum(isinstance(text, str) and is_meta(text) for text in texts) * 2 >= len(texts)
        if kinds[above] != "data" or not (len(texts) == 1 or meta) or not isinstance(texts[0], str):
            return
        kinds[above] = label_top(part.view, part.start + above)


def _singles(part: _Part, kinds: np.ndarray) -> None:
    """Rows of one cell: a heading, an unused numbered line, or data that says little."""
    for offset in np.flatnonzero((part.counts == 1) & (kinds == "data")).tolist():
        row = part.start + offset
        column = int(np.flatnonzero(part.view.held[row])[0])
        value = part.view.values[row, column]
        if column == part.profile.serial and shape(value) == "n":
            kinds[offset] = "blank"
        elif isinstance(value, str) and _is_heading(part, row, column, value):
            kinds[offset] = "section"


def _is_heading(part: _Part, row: int, column: int, value: str) -> bool:
    spans = [merge for merge in part.view.spans(row) if merge.first_column == column]
    if any(merge.last_column > column for merge in spans):
        return True
    if any(merge.last_row > row for merge in spans) or shape(value) != "t":
        return False  # merged down it is the name of a village over its rows
    if part.profile.usual <= 1.5 or column > min(part.profile.shapes, default=column):
        return False
    column_cells = part.view.values[part.start : part.stop, column]
    return not bool((np.asarray(column_cells == value, dtype=bool) & (part.counts > 1)).any())


def _headings_with_sums(part: _Part, kinds: np.ndarray) -> None:
    """一、产业项目 with an amount and without the words that its rows have is the subtotal of the rows under it."""
    words = [column for column, kind in part.profile.shapes.items() if kind == "t"]
    for offset in np.flatnonzero((kinds == "data") & (part.counts < 0.7 * part.profile.usual)).tolist():
        label = part.texts[offset][0] if part.texts[offset] else ""
        if label and is_numbered(label):
            said = sum(bool(part.view.held[part.start + offset, column]) for column in words)
            following = kinds[offset + 1 : offset + 2]
            if said <= 1 and len(words) >= 2 and following.size and following[0] in ("data", "subtotal", "of_which"):
                kinds[offset] = "subtotal"


def _of_which_below(part: _Part, kinds: np.ndarray) -> None:
    """Where 其中 is merged down over several rows, all of them are of-which rows."""
    for offset in np.flatnonzero(kinds == "of_which").tolist():
        for merge in part.view.spans(part.start + offset):
            value = part.view.values[merge.first_row, merge.first_column]
            if merge.last_row > merge.first_row and isinstance(value, str) and mark_of(value) == "of_which":
                kinds[offset : min(merge.last_row + 1, part.stop) - part.start] = "of_which"


def _tail(part: _Part, kinds: np.ndarray) -> None:
    """After the last row of the table, lines of one cell are its footers, and so is a heading that follows a footer."""
    wide = (kinds == "data") & (part.counts > 1) & ~_notes_in_two_cells(part, kinds)
    body = np.flatnonzero(np.isin(kinds, ("total", "subtotal", "of_which", "header")) | wide)
    last = int(body[-1]) if body.size else len(kinds)
    for offset in range(last + 1, len(kinds)):
        if kinds[offset] == "section" or (kinds[offset] == "data" and _is_note(part, kinds, offset)):
            kinds[offset] = "footer"
    after = False
    for offset in range(len(kinds)) if "footer" in kinds else ():
        if kinds[offset] == "footer":
            after = True
        elif kinds[offset] == "section" and after:
            kinds[offset] = "footer"
        elif kinds[offset] != "blank":
            after = False


def _notes_in_two_cells(part: _Part, kinds: np.ndarray) -> np.ndarray:
    """备注 in one cell and the note in the next."""
    two = (part.counts == 2) & (kinds == "data")
    for offset in np.flatnonzero(two).tolist():
        labels = part.texts[offset]
        two[offset] = bool(labels) and is_note_head(labels[0])
    return two


def _is_note(part: _Part, kinds: np.ndarray, offset: int) -> bool:
    """A cell that does not follow data directly, or that is no cell of its column, is a line under the table."""
    row = part.start + offset
    column = int(np.flatnonzero(part.view.held[row])[0])
    value = part.view.values[row, column]
    if part.counts[offset] > 1:
        return True
    if isinstance(value, str) and (len(value) > 12 or is_meta(value) or is_numbered(value)):
        return True
    follows = offset > 0 and kinds[offset - 1] == "data"
    return not follows and shape(value) in ("t", "d")
