"""The top of a table: which rows are its header, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from louxing_analysis.cleaning.boxhead import Boxhead, find_boxhead
from louxing_analysis.cleaning.form_lines import is_form, is_heading_word
from louxing_analysis.cleaning.header_contrast import contrast
from louxing_analysis.cleaning.header_like import is_wide_text, is_year_text
from louxing_analysis.cleaning.header_names import column_names, numbers_columns
from louxing_analysis.cleaning.rowkinds import is_meta, mark_of
from louxing_analysis.cleaning.shapes import shape, squeezed
from louxing_analysis.cleaning.unit_words import is_unit, unit_phrase
from louxing_analysis.cleaning.view import LONGEST, View, extent, is_known

_MOST_LEVELS = 5
_TRIED = 8  # wide rows of text looked at before the best is taken


@dataclass(frozen=True)
class Header:
    """Rows of a header (from 0), the share of its cells that are known headers, how it differs from what follows (or which
    share of the figures under it it names, `by_figures`), and whether those figures only number the rows."""

    rows: tuple[int, ...]
    vocabulary: float
    contrast: float
    score: float
    by_figures: bool = False
    serial_only: bool = False


def find_header(view: View, first: int, last: int) -> Header | None:
    """The first header between two rows: the boxhead over the first field of figures, unless a table of text comes before."""
    over = find_boxhead(view, first, last)
    if over is not None:
        over = _with_levels_below(view, over)
    figures = of_boxhead(view, over) if over is not None and over.covered >= 0.3 else None
    if figures is not None:
        above = int((view.counts[first : figures.rows[0]] > 1).sum())
        if above < 3:
            return figures
    text = _find_by_words(view, first, last if figures is None else figures.rows[0] - 1)
    if figures is None or text is None:
        return figures or text
    between = view.counts[text.rows[-1] + 1 : figures.rows[0]]
    wide = max(int(view.counts[row]) for row in text.rows)
    heads = [str(value) for value in view.values[text.rows[-1]].tolist() if value is not None]
    wording = sum(is_heading_word(head) for head in heads) * 5 >= 3 * len(heads) > 6
    if not wording and wide * 3 < 2 * max(int(view.counts[row]) for row in figures.rows):
        return figures  # lines of names and values over the table
    if int((between * 2 > wide).sum()) >= 2:
        return text
    first_cells = view.held[text.rows[-1] + 1 : figures.rows[0], int(np.argmax(view.held[text.rows[0]]))]
    own_block = not between.all() and wide > 3 and text.score >= 0.5
    return text if own_block and int(first_cells.sum()) > 3 else figures  # a timetable over a list


def _with_levels_below(view: View, found: Boxhead) -> Boxhead:
    """The boxhead with the rows under it that divide its groups over columns without figures."""
    rows, end = list(found.rows), found.rows[-1]
    down = [merge.last_row for row in rows for merge in view.spans(row) if merge.last_row - rows[0] < _MOST_LEVELS]
    for row in range(end + 1, min(max(down, default=end), found.field.start - 1) + 1):
        end = row
        if view.counts[row]:
            rows.append(row)
    while end + 1 < found.field.start and view.counts[end + 1] and _is_level_below(view, rows[0], end):
        end += 1
        rows.append(end)
    return replace(found, rows=tuple(rows))


def of_boxhead(view: View, found: Boxhead) -> Header:
    """A boxhead as a header: how much of it the vocabulary knows, and how much of the figures it names."""
    leaf = column_names(view, found.rows, *extent(view, found.rows))
    names = [name for name in leaf.values() if name]
    known = (
        sum(is_known(name.rpartition("/")[2], view.known) or is_known(name, view.known) for name in names)
        if view.known
        else 0
    )
    share = known / len(names) if names else 0.0
    serial = found.field.columns <= {int(np.argmax(view.held[found.field.start]))}
    return Header(found.rows, share, found.covered, found.covered, by_figures=True, serial_only=serial)


def _find_by_words(view: View, first: int, last: int) -> Header | None:
    """The best header between two rows: of the first wide rows of text, the one that fits what follows it best."""
    best: Header | None = None
    tried = 0
    if is_form(view, first, last):
        return None
    for row in range(first, last + 1):
        if view.counts[row] == 0:
            continue
        candidate = judge(view, row, last) if is_wide_text(view, row, last) else None
        if candidate and best and row in best.rows and candidate.vocabulary < best.vocabulary + 0.3:
            continue  # a lower level of the header found above
        if candidate is None:
            tried += 1 if tried else 0
        else:
            tried += 1
            handicap = 0.08 * (tried - 1) + (0.4 if _is_form_line(view, candidate, last) else 0.0)
            if best is None or candidate.score - handicap > best.score:
                best = replace(candidate, score=candidate.score - handicap)
        if tried > _TRIED:
            break
    return best if best is not None and best.score >= 0.3 else None


def _is_form_line(view: View, header: Header, last: int) -> bool:
    """Whether a blank row and then a wider row of text follow: a line such as 填报单位, 杉山镇, 填报时间, 2018.6."""
    below = header.rows[-1] + 1
    if below >= last or view.counts[below]:
        return False
    following = next((row for row in range(below, last + 1) if view.counts[row]), last)
    return view.counts[following] > max(view.counts[row] for row in header.rows) and is_wide_text(view, following, last)


def judge(view: View, row: int, last: int) -> Header | None:
    """The header that starts around a row, with its levels above and below, and its score from 0 to 1."""
    rows = _levels(view, row, last)
    leaf = column_names(view, rows, *extent(view, rows))
    names = [name for name in leaf.values() if name]
    if len(names) < 2:
        return None
    known = sum(is_known(name.rpartition("/")[2], view.known) or is_known(name, view.known) for name in names) / len(
        names
    )
    differs = contrast(view, rows, last)
    distinct = len(set(names)) / (1 + sum(left != right for left, right in pairwise(names)))  # merged cells count once
    wording = max(
        _wording([name.rpartition("/")[2] for name in names]), *(_wording(_words(view, level)) for level in rows)
    )
    score = max(
        0.7 * differs + 0.3 * distinct,
        0.55 * known + 0.3 * differs + 0.15 * distinct,
        0.45 * wording + 0.35 * differs + 0.2 * distinct,
    )
    return Header(rows, known, differs, score)


def _wording(names: Sequence[str]) -> float:
    """The share of names that are worded as column names of office tables."""
    return sum(is_heading_word(name) for name in names) / len(names) if len(names) > 2 else 0.0


def _words(view: View, row: int) -> list[str]:
    return [str(value) for value in view.values[row].tolist() if value is not None]


def _levels(view: View, row: int, last: int) -> tuple[int, ...]:
    """The rows of the header that a wide row of text belongs to."""
    first = row
    while first > 0 and row - first < _MOST_LEVELS and _is_level_above(view, first - 1, first):
        first -= 1
    end = row
    for start in range(first, row + 1):
        end = max([end, *(merge.last_row for merge in view.spans(start) if merge.last_row - first < _MOST_LEVELS)])
    end = min(end, last)
    while (
        end < last and end + 1 - first < _MOST_LEVELS + 2 and view.counts[end + 1] and _is_level_below(view, first, end)
    ):
        deeper = [merge.last_row for merge in view.spans(end + 1) if merge.first_column != merge.last_column]
        end = max([end + 1, *(bottom for bottom in deeper if bottom - first < _MOST_LEVELS)])
    while end > row and not view.counts[end] and 2 * _merged_down(view, first, end) < view.counts[row]:
        end -= 1  # the lines under a name that stands beside them, in a form
    return tuple(range(first, end + 1))


def _merged_down(view: View, first: int, end: int) -> int:
    """How many cells of a header's rows are merged down to a row."""
    return sum(merge.last_row >= end for level in range(first, end) for merge in view.spans(level))


def _is_level_above(view: View, above: int, row: int) -> bool:
    """Whether a sparse row over a header groups some of its columns (a title covers all, or stands at the left edge)."""
    columns = np.flatnonzero(view.held[above])
    if not columns.size:
        return False
    cells = view.values[above, columns].tolist()
    if not all(isinstance(cell, str) and len(cell) <= 30 and not is_meta(cell) for cell in cells):
        return False
    if any(mark_of(cell) == "footer" or unit_phrase(cell) for cell in cells):
        return False
    if any(merge.last_row >= row for merge in view.spans(above)):
        return True
    here = np.flatnonzero(view.held[row])
    widest = max([merge.last_column - merge.first_column + 1 for merge in view.spans(above)], default=1)
    if not here.size or widest > 0.8 * (here[-1] - here[0] + 1):
        return False
    grouped = [
        column
        for column in columns
        if any(merge.first_column == column != merge.last_column for merge in view.spans(above))
    ]
    starts_inside = columns[0] > here[0]
    return bool((starts_inside and (grouped or len(cells) >= 2)) or (len(cells) >= 2 and grouped))


def _is_level_below(view: View, first: int, end: int) -> bool:
    """Whether the row under a header's last row still belongs to it."""
    row = end + 1
    columns = np.flatnonzero(view.held[row])
    cells = view.values[row, columns].tolist()
    if numbers_columns(view, row, range(first, end + 1)):
        return True
    texts = [cell for cell in cells if isinstance(cell, str)]
    if texts and len(texts) == len(cells) and all(is_unit(text) for text in texts):
        return True
    if not texts:  # the years under a group, written as numbers
        return _sub_level_like(cells) and len(set(cells)) == len(cells) > 1 and _complements(view, first, end, columns)
    if mark_of(texts[0]) == "footer":
        return False
    if columns[0] == extent(view, [first])[0] and mark_of(texts[0]):  # 合计 or 其中 under a group is a column's name
        return False
    if not _sub_level_like(cells):
        return False
    known = sum(is_known(cell, view.known) for cell in cells)
    if known >= 2 and known * 2 >= len(cells) and not _repeats_header(view, first, end, cells):
        return True
    return _complements(view, first, end, columns)


def _repeats_header(view: View, first: int, end: int, cells: Sequence[Any]) -> bool:
    above = {squeezed(value) for value in view.values[first : end + 1].ravel().tolist() if isinstance(value, str)}
    return sum(squeezed(cell) in above for cell in cells) * 2 > len(cells)


def _sub_level_like(cells: Sequence[Any]) -> bool:
    for cell in cells:
        if isinstance(cell, bool) or (isinstance(cell, (int, float)) and not 1990 <= cell <= 2050):
            return False
        if isinstance(cell, str) and (
            (shape(cell) in "cmn" and not is_year_text(cell)) or len(cell) > LONGEST or "。" in cell
        ):
            return False
    return True


def _complements(view: View, first: int, end: int, columns: np.ndarray) -> bool:
    """Whether a row stands only under the groups of the row above it and leaves that row's single columns empty."""
    if _same_merges(view, end):
        return False
    open_columns: set[int] = set()
    upper = np.flatnonzero(view.held[end])
    wide = [merge for merge in view.spans(end) if merge.first_column != merge.last_column and merge.last_row == end]
    for merge in wide:
        open_columns.update(range(merge.first_column, merge.last_column + 1))
    covered = {
        column
        for row in range(first, end)
        for merge in view.spans(row)
        if merge.last_row >= end
        for column in range(merge.first_column, merge.last_column + 1)
    }
    if not wide and not any(view.spans(row) for row in range(first, end + 1)):
        left, right = extent(view, range(first, end + 1))
        for column in range(
            left, max(right, int(columns[-1])) + 2
        ):  # without merges a group is a name with nothing to its right
            if column not in upper and column not in covered:
                open_columns.add(column)
                if column - 1 in upper:
                    open_columns.add(column - 1)
        open_columns = open_columns if any(column in upper for column in columns) else set()
    if not open_columns or not set(columns.tolist()) <= open_columns:
        return False
    closed = [column for column in upper if column not in open_columns] or covered
    return bool(closed) or bool(wide)


def _same_merges(view: View, row: int) -> bool:
    """Whether the row below is merged across just as this one: then it is a row like this one, not a level under it."""
    here, below = (
        {
            (merge.first_column, merge.last_column)
            for merge in view.spans(level)
            if merge.first_column != merge.last_column
        }
        for level in (row, row + 1)
    )
    return bool(here) and here == below
