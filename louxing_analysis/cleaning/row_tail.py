"""Where a table ends: its last rows of data, the notes and signatures under them, and labels that go on in a second row."""

from __future__ import annotations

import numpy as np

from louxing_analysis.cleaning.row_marks import Part
from louxing_analysis.cleaning.rowkinds import is_meta, is_note_head, is_numbered
from louxing_analysis.cleaning.shapes import numerals_apart, shape

_NEAR = 100  # rows above a row that show how labels are written


def under_the_figures(part: Part, kinds: np.ndarray) -> None:
    """In a table of figures, rows of words after the last row with figures are footers."""
    profile = part.profile
    if not profile.of_figures:
        return
    held = part.view.held[part.start : part.stop][:, list(profile.figures)].any(axis=1)
    for last in np.flatnonzero(held)[::-1].tolist():
        shapes = part.view.shapes(part.start + last)
        if any(shapes[column] in ("n", "m", "c") for column in profile.figures) and kinds[last] != "footer":
            break
    else:
        return
    blank = np.flatnonzero(part.counts[last + 1 :] == 0)
    end = last + 1 + int(blank[0]) if blank.size else len(kinds)
    further = [offset for offset in range(last + 1, end) if _is_row_without_figures(part, kinds, offset)]
    for offset in range(further[-1] + 1 if further else last + 1, len(kinds)):
        if kinds[offset] in ("data", "section") and not _is_row_without_figures(part, kinds, offset):
            kinds[offset] = "footer"


def _is_row_without_figures(part: Part, kinds: np.ndarray, offset: int) -> bool:
    """Whether a row after the last figures is a row of the table all the same: as wide as the others, numbered, a line of
    a form not yet filled in, or the end of a name that goes on."""
    profile, shapes = part.profile, part.view.shapes(part.start + offset)
    cells: list[object] = list(part.texts[offset])
    first = int(np.argmax(part.view.held[part.start + offset]))
    if profile.shapes.get(first) == shapes[first] == "d" or (
        part.within[offset] and not is_meta(str(cells[0] if cells else ""))
    ):
        return True
    held = [column for column, kind in enumerate(shapes) if kind]
    if len(held) > 2 and "d" in shapes and all(shapes[column] == profile.shapes.get(column) for column in held):
        return True
    if profile.serial is not None and shapes[profile.serial] == "n":
        return True
    adjoining = offset > 0 and kinds[offset - 1] == "data" and part.counts[offset] >= 0.8 * profile.usual
    wide = part.counts[offset] > 4 or (part.counts[offset] > 2 and part.counts[offset] * 2 > profile.usual)
    if (wide and not any(is_meta(str(cell)) for cell in cells)) or (
        adjoining and part.counts[offset] > 1 and is_brief(part.texts[offset])
    ):
        return True
    return bool(cells) and goes_on(part, kinds, offset, cells)


def is_brief(labels: list[str]) -> bool:
    """Whether the words of a row are as short as names are, and none is a line of a form."""
    return all(len(label) <= 12 and not is_meta(label) and not is_note_head(label) for label in labels)


def tail(part: Part, kinds: np.ndarray) -> None:
    """After the last row of the table, lines of one cell are its footers, and so is a heading that follows a footer."""
    wide = (kinds == "data") & (part.counts > 1) & ~_notes_in_two_cells(part, kinds)
    body = np.flatnonzero(np.isin(kinds, ("total", "subtotal", "of_which", "header")) | wide)
    last = int(body[-1]) if body.size else _last_line_of_form(part, kinds)
    for offset in range(last + 1, len(kinds)):
        if kinds[offset] in ("section", "data") and _is_further_label(part, kinds, offset):
            kinds[offset] = "data"
        elif kinds[offset] == "section" or (kinds[offset] == "data" and _is_note(part, kinds, offset)):
            kinds[offset] = "footer"
    after = False
    for offset in range(len(kinds)) if "footer" in kinds else ():
        if kinds[offset] == "footer":
            after = True
        elif kinds[offset] == "section" and after:
            kinds[offset] = "footer"
        elif kinds[offset] != "blank":
            after = False


def _last_line_of_form(part: Part, kinds: np.ndarray) -> int:
    """In a form not yet filled in: its last numbered line, or the line before the first that is one of a form."""
    numbered = np.flatnonzero((kinds == "blank") & (part.counts > 0))
    if numbered.size:
        return int(numbered[-1])
    notes = _notes_in_two_cells(part, kinds)
    return next(
        (offset - 1 for offset in np.flatnonzero(part.counts).tolist() if notes[offset] or _ends_form(part, offset)),
        len(kinds),
    )


def _ends_form(part: Part, offset: int) -> bool:
    """Under a header without any data: whether a line of one cell is one of a form (付款信息：), or stands at the right, as
    the office and the day under a form do."""
    row = part.start + offset
    labels = part.texts[offset]
    if part.counts[offset] != 1:
        return False
    column = int(np.argmax(part.view.held[row]))
    if labels and is_meta(labels[0]):
        return True
    if any(merge.last_column > merge.first_column for merge in part.view.spans(row)):
        return False
    value = part.view.values[row, column]
    once = int((part.view.values[part.start : part.stop, column] == value).sum()) == 1
    return column > 1 and once and isinstance(value, str) and shape(value) in "td"


def _notes_in_two_cells(part: Part, kinds: np.ndarray) -> np.ndarray:
    """备注 in one cell and the note in the next; lines of a form such as 经办人： beside 审核人：."""
    few = (part.counts <= 6) & (part.counts > 1) & (kinds == "data")
    for offset in np.flatnonzero(few).tolist():
        labels = part.texts[offset]
        words = {"t"} >= set(part.view.shapes(part.start + offset)) - {"", "d"}
        full = len(labels) == part.counts[offset] or all(label.rstrip().endswith((":", "：")) for label in labels)
        form = words and full and sum(is_meta(label) for label in labels) * 2 >= len(labels)
        few[offset] = bool(labels) and (form or (part.counts[offset] == 2 and is_note_head(labels[0])))
        row = part.start + offset
        if offset and few[offset - 1] and bool((part.view.held[row] == part.view.held[row - 1]).all()):
            few[offset] = True  # the names and days under 经办人： | 审核人：
    return few


def _is_further_label(part: Part, kinds: np.ndarray, offset: int) -> bool:
    """In a table of words: whether a line of one cell right under the last data is a label like those above it, the other
    cells of its row being empty."""
    if part.profile.of_figures or part.counts[offset] != 1 or not offset or kinds[offset - 1] != "data":
        return False
    row = part.start + offset
    column = int(np.argmax(part.view.held[row]))
    value = part.view.values[row, column]
    above = part.view.values[max(part.start, row - _NEAR) : row, column].tolist()
    labels = [cell for cell in above if isinstance(cell, str)]
    if column != min(part.profile.shapes, default=-1) or not isinstance(value, str) or not labels:
        return False
    if is_meta(value) or value.rstrip().endswith((".", "。")):
        return False
    across = any(merge.first_column == column < merge.last_column for merge in part.view.spans(row))
    numbered = value[:1].isdigit() == labels[-1][:1].isdigit() and is_numbered(value) == is_numbered(labels[-1])
    return not across and numbered and len(value) <= max(4, 1.3 * max(map(len, labels)))


def _is_note(part: Part, kinds: np.ndarray, offset: int) -> bool:
    """A cell that does not follow data directly, or that is no cell of its column, is a line under the table."""
    row = part.start + offset
    column = int(np.flatnonzero(part.view.held[row])[0])
    value = part.view.values[row, column]
    if part.counts[offset] > 1:
        return True
    if isinstance(value, str) and (len(value) > 12 or is_meta(value) or is_numbered(value)):
        return True
    if shape(value) == "d" and part.profile.shapes.get(column) == "d":
        return False  # a line of a form not yet filled in
    follows = offset > 0 and kinds[offset - 1] == "data"
    return not follows and shape(value) in ("t", "d")


def goes_on(part: Part, kinds: np.ndarray, offset: int, cells: list[object]) -> bool:
    """Whether words without figures right under a row of data are that row's label gone on, or a place nothing is known of."""
    if not offset or kinds[offset - 1] != "data" or part.counts[offset - 1] <= len(cells):
        return False
    here, above = part.view.values[part.start + offset], part.view.values[part.start + offset - 1]
    first = int(np.argmax(part.view.held[part.start + offset]))
    pairs = [(cell, above[column]) for column, cell in enumerate(here.tolist()) if cell is not None]
    deeper = all(_indent(cell) > _indent(over) for cell, over in pairs if isinstance(over, str))
    if deeper and (len(cells) > 1 or first > 0) and any(isinstance(over, str) for _, over in pairs):
        return True
    return _among_parts(part, offset, first) or like_its_neighbours(str(cells[0]), _column(part, part.start + offset))


def _among_parts(part: Part, offset: int, column: int) -> bool:
    """Whether a label is set in as far as those right above and under it, and farther than others of its column."""
    if offset + 1 >= len(part.counts) or part.counts[offset + 1] <= part.counts[offset]:
        return False
    above, here, below = (_indent(part.view.values[part.start + at, column]) for at in (offset - 1, offset, offset + 1))
    if not above == here == below or not here:
        return False
    cells = part.view.values[max(part.start, part.start + offset - _NEAR) : part.start + offset, column].tolist()
    return any(isinstance(cell, str) and _indent(cell) < here for cell in cells)


def like_its_neighbours(value: str, cells: list[object]) -> bool:
    """Whether a label ends as most labels of its column do (台湾省 among 河北省, 山西省), or is numbered as they are: a row
    without figures, no heading."""
    numbered = numerals_apart(value)
    if numbered and sum(numerals_apart(cell) == numbered for cell in cells[:_NEAR]) * 3 >= len(cells[:_NEAR]):
        return True
    ends = [text[-1] for cell in cells[:200] if isinstance(cell, str) and (text := cell.strip())]
    plain = value.strip()
    return len(plain) > 2 and plain[-1] in "省市区县镇乡村州盟旗" and ends.count(plain[-1]) * 3 >= len(ends) > 0


def _indent(cell: object) -> int:
    return len(cell) - len(cell.lstrip()) if isinstance(cell, str) else 0


def _column(part: Part, row: int) -> list[object]:
    column = int(np.flatnonzero(part.view.held[row])[0])
    cells: list[object] = part.view.values[part.start : part.stop, column].tolist()
    return cells
