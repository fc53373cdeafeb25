"""Where one table on a sheet ends and the next one's block begins."""

from __future__ import annotations

import numpy as np

from louxing_analysis.cleaning.header_like import is_wide_text
from louxing_analysis.cleaning.header_rows import Header, judge
from louxing_analysis.cleaning.profile import Profile
from louxing_analysis.cleaning.rowkinds import is_meta, is_numbered, shape, unit_phrase
from louxing_analysis.cleaning.view import View, is_known


def next_table(
    view: View, header: Header, profile: Profile, marks: list[str], rows: list[int]
) -> tuple[int, Header | None]:
    """Where the next table's block begins and its header, or the sheet's end."""
    start = header.rows[-1] + 1
    for row in rows:
        found = _new_header(view, header, row, profile)
        if found is not None:
            return _block_start(view, found.rows[0], start, marks), found
    return len(view.counts), None


def breaks(view: View, start: int, marks: list[str], texts: list[list[str]], repeated: np.ndarray) -> np.ndarray:
    """Rows after a blank, a line of one cell, a total or a footer; and rows that begin with two known headers."""
    counts = view.counts[start:]
    if not counts.size:
        return np.zeros(0, dtype=bool)
    ended = np.array([mark != "" for mark in marks], dtype=bool)
    broken = np.concatenate([[True], (counts[:-1] <= 1) | ended[:-1] | repeated[:-1]])
    known = view.known
    return broken | np.array(
        [len(cells) > 1 and cells[0] in known and cells[1] in known for cells in texts], dtype=bool
    )


def candidates(view: View, start: int, profile: Profile, broken: np.ndarray, repeated: np.ndarray) -> list[int]:
    """Rows that may head another table: after a break, or with text where the table has numbers and dates."""
    counts = view.counts[start:]
    against = np.zeros(len(counts), dtype=int)
    for column in profile.typed:
        against += np.array([cell.__class__ is str for cell in view.values[start:, column].tolist()], dtype=bool)
    conflict = (against * 3 >= len(profile.typed)) & (against > 0)
    return (np.flatnonzero((counts >= 2) & ~repeated & (broken | conflict)) + start).tolist()


def _new_header(view: View, header: Header, row: int, profile: Profile) -> Header | None:
    """The header of another table that stands in a row, or None; a row of data must never be taken for one."""
    cells = [value for value in view.values[row].tolist() if value is not None]
    if not all(isinstance(cell, str) for cell in cells[:2]):
        return None
    known = sum(is_known(cell, view.known) for cell in cells)
    by_name = known >= 2 and known * 2 >= len(cells)
    numeric = [column for column, kind in profile.shapes.items() if kind in ("n", "d", "c", "m")]
    against = sum(shape(view.values[row, column]) == "t" for column in numeric)
    by_kind = against >= 1 and against * 3 >= len(numeric)
    titled = _has_title(view, row)
    last = len(view.counts) - 1
    if not (by_name or by_kind or titled) or not is_wide_text(view, row, last):
        return None
    found = judge(view, row, last)
    if found is None or found.rows[0] <= header.rows[-1]:
        return None
    enough = 0.4 if titled else 0.5
    return found if by_name or (found.contrast >= enough and found.score >= 0.45) else None


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
        narrow = (len(cells) == 1 and isinstance(cells[0], str)) or meta
        if not cells or not narrow or (marks[above - start] and not unit_phrase("".join(map(str, cells)))):
            break
        row = above
    return row
