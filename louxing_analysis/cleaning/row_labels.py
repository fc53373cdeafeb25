"""The rows under a header: data, totals, of-which lines, sections, footers, blanks, and headers printed again."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from louxing_analysis.cleaning.figure_field import year_of
from louxing_analysis.cleaning.header_rows import Header
from louxing_analysis.cleaning.next_table import breaks, candidates, next_table
from louxing_analysis.cleaning.profile import Profile, profile_of
from louxing_analysis.cleaning.row_marks import Part, kinds_from_marks
from louxing_analysis.cleaning.row_tail import goes_on, is_brief, like_its_neighbours, tail, under_the_figures
from louxing_analysis.cleaning.rowkinds import is_meta, is_numbered, is_numeral, mark_of
from louxing_analysis.cleaning.shapes import shape
from louxing_analysis.cleaning.unit_words import is_period, unit_phrase, without_unit_phrase
from louxing_analysis.cleaning.view import View

_CODE = re.compile(r"^(?=.*[\d.])[A-Z\d][A-Z\d._-]{2,}$")  # AG.CON.FERT.ZS: a row all the same, whatever it lacks
_STRETCH = 512  # rows in which another table is looked for first; each further stretch is four times as long
_BESIDE = 40  # rows below a header that may have cells beside its columns


@dataclass(frozen=True)
class Labels:
    """Kinds of the rows from below a header up to `stop` (not included), the table's columns, and the next header."""

    kinds: np.ndarray
    stop: int
    first_column: int
    last_column: int
    following: Header | None


def label_top(view: View, row: int) -> str:
    """title or unit, for a row above a header: a unit row says 单位：元 and is no title of its own."""
    texts = [str(value) for value in view.values[row].tolist() if value is not None]
    if not any(unit_phrase(text) for text in texts):
        return "title"
    left = [rest for text in texts if (rest := without_unit_phrase(text)) and not is_meta(rest) and not is_period(rest)]
    said = any("位" in text or "nit" in text for text in texts)
    return "title" if any(len(rest) >= 6 for rest in left) or (left and not said) else "unit"


def label_rows(view: View, header: Header, texts: list[list[str]], marks: list[str], last: bool = False) -> Labels:
    """Say what every row under a header is, up to the sheet's end or to where another table's title begins.

    `texts` and `marks`: the labels of every row of the sheet and what they say. `last`: look for no other table.
    """
    start = header.rows[-1] + 1
    left, right = _columns(view, header)
    profile = profile_of(view, start, left, right)
    repeated, stop, following = _until_next_table(view, header, profile, texts, marks, last)
    part = Part(
        view, start, stop, view.counts[start:stop], profile, texts[start:stop], _within_merges(view, start, stop)
    )
    kinds = kinds_from_marks(part, marks[start:stop])
    for offset in np.flatnonzero(repeated[: stop - start]).tolist():
        kinds[offset] = "header"
        _title_of_page(part, kinds, offset)
    _singles(part, kinds)
    _headings_in_stub(part, kinds)
    _headings_with_sums(part, kinds)
    _of_which_below(part, kinds)
    under_the_figures(part, kinds)
    tail(part, kinds)
    return Labels(kinds, stop, left, right, following)


def _within_merges(view: View, start: int, stop: int) -> np.ndarray:
    """Rows over which a cell of a row of several cells above them is merged down: further lines of what it names."""
    within = np.zeros(stop - start, dtype=bool)
    for row in range(start, stop) if stop - start < len(view.merges) else list(view.merges):
        if start <= row < stop and view.counts[row] > 1:
            for merge in view.spans(row):
                if merge.last_row > row and view.held[row, merge.first_column]:
                    within[row + 1 - start : merge.last_row + 1 - start] = True
    return within


def _columns(view: View, header: Header) -> tuple[int, int]:
    """First and last column of a table: its header's, and those of the cells beside its first rows."""
    rows = range(header.rows[0], min(header.rows[-1] + _BESIDE, len(view.counts)))
    head = np.flatnonzero(view.held[list(header.rows)].any(axis=0))
    right = max([int(head[-1]), *(merge.last_column for row in header.rows for merge in view.spans(row))])
    wide = [row for row in rows if view.counts[row] > 1]
    used = np.flatnonzero(view.held[wide].any(axis=0)) if wide else head
    return min(int(head[0]), int(used[0])), min(max(right, int(used[-1])), view.values.shape[1] - 1)


def _until_next_table(
    view: View, header: Header, profile: Profile, texts: list[list[str]], marks: list[str], last: bool
) -> tuple[np.ndarray, int, Header | None]:
    """Which rows repeat the header, where the next table's block begins, and its header; looked for in growing stretches."""
    height = len(view.counts)
    first = header.rows[-1] + 1
    parts: list[np.ndarray] = []
    size = _STRETCH
    while first < height:
        end = min(first + size, height)
        repeated = _repeated(view, header, first, end)
        parts.append(repeated)
        if not last:
            broken = breaks(view, first, end, marks, texts, repeated, bool(len(parts) > 1 and parts[-2][-1:].any()))
            broken |= _says_stub_again(view, header, first, end)
            rows = candidates(view, header, profile, first, end, broken, repeated)
            stop, following = next_table(view, header, profile, marks, rows, broken, first)
            if following is not None:
                return np.concatenate(parts), stop, following
        first, size = end, size * 4
    return np.concatenate(parts) if parts else np.zeros(0, dtype=bool), height, None


def _says_stub_again(view: View, header: Header, start: int, end: int) -> np.ndarray:
    """Rows that begin with the name of the header's first column."""
    row = header.rows[0]
    column = int(np.argmax(view.held[row]))
    name = view.values[row, column]
    if not isinstance(name, str):
        return np.zeros(end - start, dtype=bool)
    return np.asarray(view.values[start:end, column] == name, dtype=bool)


def _repeated(view: View, header: Header, start: int, end: int) -> np.ndarray:
    """Rows that say again what a row of the header says (printed at the top of every page)."""
    same = np.zeros(end - start, dtype=bool)
    for row in header.rows:
        columns = np.flatnonzero(view.held[row])
        if columns.size < 2:
            continue
        likely = np.zeros(len(same), dtype=bool)
        for column in columns[:3].tolist():
            likely |= np.asarray(view.values[start:end, column] == view.values[row, column], dtype=bool)
        rows = np.flatnonzero(likely)
        block = view.values[np.ix_(rows + start, columns)]
        equal = np.asarray(block == view.values[row, columns], dtype=bool).reshape(block.shape).sum(axis=1)
        same[rows] |= (equal >= 2) & (equal >= 0.8 * columns.size) & (view.counts[rows + start] <= columns.size * 1.25)
    for row in np.flatnonzero(same).tolist():
        for merge in view.spans(row + start):
            same[row : merge.last_row - start + 1] = True
    return same


def _title_of_page(part: Part, kinds: np.ndarray, offset: int) -> None:
    """The title and unit row above a repeated header are title and unit again."""
    for above in range(offset - 1, max(offset - 5, -1), -1):
        texts = [value for value in part.view.values[part.start + above].tolist() if value is not None]
        if kinds[above] in ("header", "blank") or not texts:
            continue
        meta = sum(isinstance(text, str) and is_meta(text) for text in texts) * 2 >= len(texts)
        if kinds[above] != "data" or not (len(texts) == 1 or meta) or not isinstance(texts[0], str):
            return
        kinds[above] = label_top(part.view, part.start + above)


def _singles(part: Part, kinds: np.ndarray) -> None:
    """Rows of one cell: a heading, an unused numbered line, or data that says little."""
    for offset in np.flatnonzero((part.counts == 1) & (kinds == "data")).tolist():
        row = part.start + offset
        column = int(np.flatnonzero(part.view.held[row])[0])
        value = part.view.values[row, column]
        if column == part.profile.serial and (shape(value) == "n" or set(str(value)) <= {"…", "."}):
            kinds[offset] = "blank"
        elif part.within[offset] or (
            column > min(part.profile.shapes, default=column)
            and not str(value).rstrip().endswith((":", "："))
            and goes_on(part, kinds, offset, [value])
        ):
            continue
        elif (part.profile.of_figures and column < part.profile.stub_ends and year_of(value) is not None) or (
            isinstance(value, str) and _is_heading(part, row, column, value)
        ):
            kinds[offset] = "section"
    _names_over_total(part, kinds)


def _names_over_total(part: Part, kinds: np.ndarray) -> None:
    """Names alone in their rows, one under the other down to the total or the form's end, are rows not yet filled in: a
    heading heads something."""
    run: list[int] = []
    for offset in np.flatnonzero(part.counts).tolist() if "section" in kinds else ():
        if kinds[offset] == "section" and _is_name_alone(part, offset):
            run.append(offset)
            continue
        if len(run) > 2 and kinds[offset] in ("total", "footer"):
            kinds[run] = "data"
        run = []


def _is_name_alone(part: Part, offset: int) -> bool:
    spans = part.view.spans(part.start + offset)
    return is_brief(part.texts[offset]) and not any(merge.last_column > merge.first_column for merge in spans)


def _is_heading(part: Part, row: int, column: int, value: str) -> bool:
    spans = [merge for merge in part.view.spans(row) if merge.first_column == column]
    if any(merge.last_column > column for merge in spans):
        return True
    if any(merge.last_row > row for merge in spans) or shape(value) != "t":
        return False  # merged down it is the name of a village over its rows
    last = part.profile.stub_ends - 1 if part.profile.of_figures else -1
    if part.profile.usual <= 1.5 or column > max(last, min(part.profile.shapes, default=column)):
        return False
    column_cells = part.view.values[part.start : part.stop, column]
    if bool((np.asarray(column_cells == value, dtype=bool) & (part.counts > 1)).any()):
        return False
    after_data = row > part.start and part.counts[row - part.start - 1] > 1
    return not (after_data and like_its_neighbours(value, column_cells[part.counts > 1].tolist()))


def _headings_in_stub(part: Part, kinds: np.ndarray) -> None:
    """In a table of figures, a row of words without any figure is a heading: 按地区分 | by City; Percent, over the figures."""
    profile = part.profile
    if not profile.of_figures:
        return
    empty = ~part.view.held[part.start : part.stop][:, list(profile.figures)].any(axis=1)
    for offset in np.flatnonzero((kinds == "data") & empty & (part.counts > 1) & (part.counts <= 3)).tolist():
        row = part.start + offset
        held = np.flatnonzero(part.view.held[row]).tolist()
        cells = part.view.values[row, held].tolist()
        words = all(
            isinstance(cell, str) and shape(cell) in ("t" if column > profile.stub_ends else "td")
            for column, cell in zip(held, cells, strict=True)
        )
        if part.within[offset] or any(_CODE.match(str(cell)) for cell in cells[1:]):
            continue
        if words and part.counts[offset] * 2 <= profile.usual and not goes_on(part, kinds, offset, cells):
            kinds[offset] = "section"
    over = part.view.held[part.start : part.stop][:, profile.stub_ends :].any(axis=1)
    for offset in np.flatnonzero((kinds == "data") & over & (part.counts == 1)).tolist():
        row = part.start + offset
        column = int(np.argmax(part.view.held[row]))
        value = part.view.values[row, column]
        if profile.shapes.get(column) == "t" or part.within[offset]:
            continue  # a further line of words
        if isinstance(value, str) and shape(value) in "td" and profile.usual > 2:
            kinds[offset] = "section"


def _headings_with_sums(part: Part, kinds: np.ndarray) -> None:
    """一、产业项目 with an amount and without the words that its rows have is the subtotal of the rows under it."""
    words = [column for column, kind in part.profile.shapes.items() if kind == "t"]
    labels = [texts[0] for texts, kind in zip(part.texts, kinds.tolist(), strict=False) if texts and kind == "data"][
        :100
    ]
    if sum(is_numbered(label) for label in labels) * 2 > len(labels):
        return  # every row is numbered: the number says nothing
    for offset in np.flatnonzero((kinds == "data") & (part.counts < 0.7 * part.profile.usual)).tolist():
        label = part.texts[offset][0] if part.texts[offset] else ""
        first = int(np.argmax(part.view.held[part.start + offset]))
        if label and first <= min(part.profile.shapes, default=0) and (is_numbered(label) or is_numeral(label)):
            said = sum(bool(part.view.held[part.start + offset, column]) for column in words)
            following = kinds[offset + 1 : offset + 2]
            shapes = part.view.shapes(part.start + offset)
            if not any(kind in ("n", "m") for column, kind in enumerate(shapes) if column != part.profile.serial):
                if is_numeral(label) and part.counts[offset] <= 3 and not label.strip().isdigit():
                    kinds[offset] = "section"  # 一 | 外交
            elif said <= 1 and len(words) >= 2 and following.size and following[0] in ("data", "subtotal", "of_which"):
                kinds[offset] = "subtotal"


def _of_which_below(part: Part, kinds: np.ndarray) -> None:
    """Where 其中 is merged down over several rows, all of them are of-which rows."""
    for offset in np.flatnonzero(kinds == "of_which").tolist():
        for merge in part.view.spans(part.start + offset):
            value = part.view.values[merge.first_row, merge.first_column]
            if merge.last_row > merge.first_row and isinstance(value, str) and mark_of(value) == "of_which":
                kinds[offset : min(merge.last_row + 1, part.stop) - part.start] = "of_which"
