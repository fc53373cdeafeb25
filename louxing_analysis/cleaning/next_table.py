"""Where one table on a sheet ends and the next one's block begins."""

from __future__ import annotations

import re

import numpy as np

from louxing_analysis.cleaning.boxhead import find_boxhead
from louxing_analysis.cleaning.figure_field import heads_by_numbers
from louxing_analysis.cleaning.form_lines import is_heading_word
from louxing_analysis.cleaning.header_like import is_wide_text
from louxing_analysis.cleaning.header_rows import Header, judge, of_boxhead
from louxing_analysis.cleaning.profile import Profile
from louxing_analysis.cleaning.rowkinds import is_meta, is_numbered
from louxing_analysis.cleaning.shapes import shape, squeezed
from louxing_analysis.cleaning.unit_words import unit_phrase
from louxing_analysis.cleaning.view import View, is_known

_CONTINUED = re.compile(r"续|續|contin|cont'd", re.IGNORECASE)
_BLOCK = 1024  # rows looked at together: the cells of a row lie side by side in memory
_NEAR = 8  # rows above a row whose words it may say again
_REACH = 24  # rows in which a new table's first figures must come


def next_table(
    view: View, header: Header, profile: Profile, marks: list[str], rows: list[int], broken: np.ndarray, first: int
) -> tuple[int, Header | None]:
    """Where the next table's block begins and its header, among rows of a stretch that begins at `first`."""
    start = header.rows[-1] + 1
    for row in rows:
        found = _new_header(view, header, row, profile, bool(broken[row - first]))
        if found is not None:
            return _block_start(view, found.rows[0], start, marks), found
    return len(view.counts), None


def breaks(
    view: View,
    start: int,
    end: int,
    marks: list[str],
    texts: list[list[str]],
    repeated: np.ndarray,
    after_repeated: bool,
) -> np.ndarray:
    """Rows after a blank, a line of one cell, a total or a footer; and rows that begin with two known headers."""
    ended = np.array([mark != "" for mark in marks[start - 1 : end - 1]], dtype=bool)
    broken = (view.counts[start - 1 : end - 1] <= 1) | ended | np.concatenate([[after_repeated], repeated[:-1]])
    known = view.known
    if not known:
        return broken
    return broken | np.array(
        [len(cells) > 1 and cells[0] in known and cells[1] in known for cells in texts[start:end]], dtype=bool
    )


def candidates(
    view: View, header: Header, profile: Profile, start: int, end: int, broken: np.ndarray, repeated: np.ndarray
) -> list[int]:
    """Rows that may head another table: after a break, or with text where the table has numbers and dates."""
    counts = view.counts[start:end]
    against = np.zeros(len(counts), dtype=int)
    typed = list(profile.typed)
    for first in range(0, len(counts), _BLOCK) if typed else ():
        cells = view.values[start + first : min(start + first + _BLOCK, end), typed].ravel().tolist()
        text = np.fromiter((cell.__class__ is str for cell in cells), dtype=bool, count=len(cells))
        against[first : first + _BLOCK] = text.reshape(-1, len(typed)).sum(axis=1)
    conflict = (against * 3 >= len(typed)) & (against > 0)
    fresh = ~repeated
    for offset in np.flatnonzero(repeated).tolist():
        fresh[offset] = _retitled(view, header, start + offset)
    return (np.flatnonzero((counts >= 2) & fresh & (broken | conflict)) + start).tolist()


def _retitled(view: View, header: Header, row: int) -> bool:
    """Whether a header printed again has a title of its own: another table with the same columns, no further page."""
    above = _title_over(view, row)
    return bool(above) and not _CONTINUED.search(above) and above != _title_over(view, header.rows[0])


def _title_over(view: View, row: int) -> str:
    """The nearest line above a row that is one cell of text and no unit; '' behind rows of several cells."""
    for above in range(row - 1, max(row - 5, -1), -1):
        cells = [value for value in view.values[above].tolist() if value is not None]
        if len(cells) > 1 or (cells and not isinstance(cells[0], str)):
            return ""
        if cells and not unit_phrase(cells[0]):
            return squeezed(cells[0])
    return ""


def _new_header(view: View, header: Header, row: int, profile: Profile, after_break: bool) -> Header | None:
    """The header of another table that stands in a row, or None; a row of data must never be taken for one."""
    if profile.of_figures and (found := _over_new_figures(view, header, row, profile, after_break)):
        return found
    if profile.of_figures and not after_break:
        return None
    if found := _figures_after_words(view, header, row, after_break):
        return found
    if after_break and not view.counts[row - 1] and _heads_again(view, header, row):
        return judge(view, row, len(view.counts) - 1)
    cells = [value for value in view.values[row].tolist() if value is not None]
    if not all(isinstance(cell, str) for cell in cells[:2]):
        return None
    known = sum(is_known(cell, view.known) for cell in cells)
    by_name = known >= 2 and known * 2 >= len(cells)
    numeric = [column for column, kind in profile.shapes.items() if kind in ("n", "d", "c", "m")]
    against = sum(shape(view.values[row, column]) == "t" for column in numeric)
    by_kind = against >= 1 and against * 3 >= len(numeric)
    titled = _has_title(view, row)
    under_line = _stands_alone(view, row - 1)
    wording = under_line and sum(is_heading_word(str(cell)) for cell in cells) * 5 >= 3 * len(cells)
    last = len(view.counts) - 1
    if not (by_name or by_kind or titled or wording) or not is_wide_text(view, row, last):
        return None
    found = judge(view, row, last)
    if found is None or found.rows[0] <= header.rows[-1]:
        return None
    enough = 0.25 if wording or (by_kind and under_line and profile.of_figures) else 0.4 if titled else 0.5
    return found if by_name or (found.contrast >= enough and found.score >= min(0.45, enough + 0.2)) else None


def _heads_again(view: View, header: Header, row: int) -> bool:
    """Whether a row says after a blank what the header says, with other days: 任务 | 10日 | 11日."""
    here, shapes, above = view.values[row].tolist(), view.shapes(row), view.shapes(header.rows[-1])
    words = [column for column, kind in enumerate(above) if kind == "t"]
    days = sum(kind == "d" == above[column] for column, kind in enumerate(shapes))
    first = next((column for column, kind in enumerate(shapes) if kind), 0)
    again = here[first] == view.values[header.rows[-1], first] and first in words
    return again and days > 1


def _figures_after_words(view: View, header: Header, row: int, after_break: bool) -> Header | None:
    """After a table of words and a line of its own, or a blank row and 序号: names with figures under them."""
    first = view.values[row, int(np.argmax(view.held[row]))]
    listed = not view.counts[row - 1] and isinstance(first, str) and is_heading_word(first)
    if not after_break or not (listed or _under_title(view, row, header.rows[-1])):
        return None
    found = find_boxhead(view, row, min(row + _REACH, len(view.counts) - 1))
    if found is None or found.rows[0] != row or found.covered < 0.8 or found.field.start > found.rows[-1] + 2:
        return None
    if listed and min(found.field.columns) > int(np.argmax(view.held[row])):
        return None
    return of_boxhead(view, found)


def _under_title(view: View, row: int, end: int) -> bool:
    """Whether lines of one cell stand right above a row, or over one blank row, with a blank row over them."""
    line = row - 1 if view.counts[row - 1] else row - 2
    first = line
    while first > end and _stands_alone(view, first):
        first -= 1
    return first < line and not view.counts[first]


def _over_new_figures(view: View, header: Header, row: int, profile: Profile, after_break: bool) -> Header | None:
    """In a table of figures: names where figures stood, with figures under them."""
    shapes = view.shapes(row)
    over = [column for column in profile.figures if shapes[column]]
    numbers = [column for column, kind in enumerate(shapes) if kind == "n"]
    if not over or (numbers and not heads_by_numbers(view, row, numbers)) or len(numbers) == 1 < view.counts[row] < 3:
        return None
    if not after_break and _says_what_data_say(view, header, row, profile):
        return None
    highest = max(header.rows[-1] + 1, row - 2 if after_break else row)
    found = find_boxhead(view, row, min(row + _REACH, len(view.counts) - 1), highest)
    if found is None or row not in found.rows or found.covered < 0.5:
        return None
    if found.field.start - found.rows[-1] > _REACH // 2:
        return None
    named = {column for level in found.rows for column in profile.figures if view.held[level, column]}
    words = {str(view.values[level, column]) for level in found.rows for column in named if view.held[level, column]}
    ended = after_break and row > header.rows[-1] + 1
    titled = ended and _stands_alone(view, row - 1) and (row < 2 or view.counts[row - 2] <= 1)
    below = view.counts[found.rows[-1] + 1 : found.rows[-1] + 4]
    titled = titled or (
        ended and not view.counts[row - 1] and view.counts[row] > 1 and len(below) == 3 and below.min() > 1
    )
    if ended and found.covered >= 0.8 and (titled or (len(named) >= 2 and (len(words) > 1 or numbers))):
        return of_boxhead(view, found)
    if len(named) * 10 < 7 * len(profile.figures) or (len(words) < 0.8 * len(named) and not numbers):
        return None
    first = int(np.argmax(view.held[row]))
    same_stub = any(view.values[level, first] == view.values[row, first] for level in header.rows)
    return of_boxhead(view, found) if ended or same_stub or len(found.rows) > 1 or len(words) > 2 else None


def _says_what_data_say(view: View, header: Header, row: int, profile: Profile) -> bool:
    """Whether a cell beside the figures says what a cell right above it says (乙 in a column of 甲 and 乙)."""
    first = max(header.rows[-1] + 1, row - _NEAR)
    return any(
        isinstance(value, str) and column not in profile.figures and value in view.values[first:row, column].tolist()
        for column, value in enumerate(view.values[row].tolist())
    )


def _stands_alone(view: View, row: int) -> bool:
    """Whether a row is one line of text."""
    return bool(view.counts[row] == 1) and any(isinstance(value, str) for value in view.values[row].tolist())


def _has_title(view: View, row: int) -> bool:
    """Whether a line merged across the sheet, and a blank row before it, stand above a row."""
    if row < 2 or view.counts[row - 1] != 1 or view.counts[row - 2]:
        return False
    column = int(np.flatnonzero(view.held[row - 1])[0])
    value = view.values[row - 1, column]
    wide = any(merge.last_column - merge.first_column + 1 >= 0.6 * view.counts[row] for merge in view.spans(row - 1))
    return wide and isinstance(value, str) and not is_numbered(value)


def _block_start(view: View, header_row: int, start: int, marks: list[str]) -> int:
    """The title and unit rows above a header belong to its block; the footers of the table before do not."""
    row = header_row
    while row - 1 >= start:
        above = row - 1
        cells = [value for value in view.values[above].tolist() if value is not None]
        meta = bool(cells) and sum(isinstance(cell, str) and is_meta(cell) for cell in cells) * 2 >= len(cells)
        units = bool(cells) and all(isinstance(cell, str) and unit_phrase(cell) for cell in cells)
        narrow = (len(cells) == 1 and isinstance(cells[0], str)) or meta or units
        if not cells and _paragraph_over(view, above, start, marks):
            row = above  # a blank between title and header
            continue
        if not narrow or (marks[above] and not unit_phrase("".join(map(str, cells)))):
            break
        row = above
    if row > start and marks[row - 1] == "footer":  # its further notes
        while row < header_row and _is_further_note(view, row):
            row += 1
    return row


def _paragraph_over(view: View, blank: int, start: int, marks: list[str]) -> bool:
    """Whether lines of one cell stand over a blank row, with another blank row above them: a title on its own."""
    row = blank - 1
    while row >= start and _stands_alone(view, row) and not marks[row]:
        row -= 1
    return row < blank - 1 and row > start and not view.counts[row]


def _is_further_note(view: View, row: int) -> bool:
    cells = [value for value in view.values[row].tolist() if value is not None]
    return (
        len(cells) == 1
        and isinstance(cells[0], str)
        and bool(re.match(r"^[(]?\d{1,2}[.、)]|^\s{2,}", cells[0].replace("\u3000", "  ")))
    )
