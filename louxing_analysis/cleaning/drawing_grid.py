"""A sheet as a grid of cells for a terminal: row numbers, column letters, and every row with its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len, chop_cells, set_cell_size
from rich.text import Text

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.drawing_plan import LABELS, Fold, fold_text, folded
from louxing_analysis.cleaning.sheet import Merge, Sheet, column_letter, holds

STYLES = {
    "title": "bold #af5faf",
    "unit": "#008787",
    "header": "bold #0087d7",
    "data": "",
    "total": "bold #d75f00",
    "subtotal": "#d75f00",
    "of_which": "italic #878700",
    "section": "bold #5f8700",
    "footer": "italic #87875f",
    "blank": "",
}
"""Colours of the 256 that every terminal has, light enough for a black ground and dark enough for a white one."""

_GRID_KINDS = frozenset({"header", "data", "total", "subtotal", "of_which"})  # these say how wide a column is
_WIDEST, _NARROWEST = 40, 8  # columns, where they must be cut
_FEW = 4  # columns that a merged label may run over
_HEADER_LINES = 3  # lines that a long header may take
_MOST_BAD = 12  # rows with unreadable cells that are shown in the middle of a run
_MOST_FREE = 20  # texts shown of a row that is no row of a grid


@dataclass(frozen=True)
class Grid:
    """The lines of a drawing, the columns that did not fit (first and last, from 0), and which marks stand in it."""

    lines: list[Text]
    left_out: tuple[int, int] | None
    marks: frozenset[str]


def draw_grid(
    sheet: Sheet,
    kinds: Sequence[str],
    bad: Mapping[tuple[int, int], str],
    width: int,
    tidy: Callable[[Sequence[str]], list[str]],
    zh: bool = True,
    bar: str = "│",
) -> Grid:
    """Draw a sheet in `width` terminal cells: long runs of data and blanks are folded, all other rows are there.

    `bad`: cells that cannot be read → their text. `tidy` makes the texts of cells safe to show.
    """
    numbered = _numbered(sheet, kinds)
    plan = folded(kinds, sorted({row for row, _ in bad})[:_MOST_BAD])
    rows = [row for row in plan if isinstance(row, int)]
    words = {kind: label[0 if zh else 1] for kind, label in LABELS.items()}
    kind_width = max((cell_len(words[kinds[row]]) for row in rows), default=2)
    number_width = len(str(len(kinds))) + (2 if sheet.hidden_rows else 0)
    room = max(width - number_width - kind_width - 2, 2)
    texts = _texts(sheet, rows, bad, min(sheet.values.shape[1], room // 2), tidy)
    spans = _spans(sheet, rows, texts)
    letters = [_bracketed(column_letter(at), at in sheet.hidden_columns) for at in range(texts.shape[1])]
    widths = _widths(texts, spans, [kinds[row] for row in rows], letters, room)
    gutter = " " * (number_width + kind_width + 2)
    lines = [Text(gutter + bar + bar.join(map(_cut, letters, widths)))]
    marks = {"()"} if sheet.hidden_columns & set(range(len(widths))) else set()
    at = 0
    for one in plan:
        if isinstance(one, Fold):
            said = fold_text(one, kinds, bad, zh, numbered)
            lines.append(Text(f"{gutter}{bar}{_cut(said, min(cell_len(said), room - 1))}", "italic"))
            continue
        kind, hidden = kinds[one], one in sheet.hidden_rows
        broken = {column for column in range(len(widths)) if (one, column) in bad}
        head = f"{_bracketed(str(one + 1), hidden):>{number_width}} {_cut(words[kind], kind_width)} "
        if kind in _GRID_KINDS:
            numbers = [_is_number(sheet.values[one, column]) for column in range(len(widths))]
            drawn = _cells(texts[at], spans[at], widths, bar, numbers, broken, kind)
        else:
            drawn = [_free_line(_free_cells(sheet, one, bad, widths, tidy), room - 1, bar, kind)]
        for number, line in enumerate(drawn):
            lines.append(Text().append(gutter if number else head, STYLES[kind]).append_text(line))
        marks |= ({"()"} if hidden else set()) | ({"!"} if broken else set())
        at += 1
    last = sheet.values.shape[1] - 1
    return Grid(lines, (len(widths), last) if len(widths) <= last else None, frozenset(marks))


def _numbered(sheet: Sheet, kinds: Sequence[str]) -> frozenset[int]:
    """Rows of a form that were never filled in: blank, but for a number in one cell."""
    blank = np.flatnonzero(np.array(kinds, dtype=object) == "blank")
    held = holds(sheet.values[blank])
    alone = np.flatnonzero(held.sum(axis=1) == 1)
    cells = zip(blank[alone].tolist(), held[alone].argmax(axis=1).tolist(), strict=True)
    return frozenset(row for row, at in cells if _is_serial(sheet.values[row, at]))


def _is_serial(cell: object) -> bool:
    return _is_number(cell) or (isinstance(cell, str) and cell.strip().isdecimal())


def _bracketed(text: str, yes: bool) -> str:
    return f"({text})" if yes else text


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _texts(
    sheet: Sheet,
    rows: Sequence[int],
    bad: Mapping[tuple[int, int], str],
    columns: int,
    tidy: Callable[[Sequence[str]], list[str]],
) -> np.ndarray:
    """What the drawn cells say, made safe all at once."""
    written = [bad.get((row, at)) or as_written(sheet.values[row, at]) for row in rows for at in range(columns)]
    texts = np.empty(len(written), dtype=object)
    texts[:] = tidy(written)
    return texts.reshape(len(rows), columns)


def _spans(sheet: Sheet, rows: Sequence[int], texts: np.ndarray) -> list[dict[int, int]]:
    """For each drawn row: column → how many columns a merge makes its text run over."""
    spans: list[dict[int, int]] = [{} for _ in rows]
    merges: dict[int, list[Merge]] = defaultdict(list)
    for merge in sheet.merges:
        merges[merge.first_row].append(merge)
    for at, row in enumerate(rows):
        for merge in merges.get(row, []):
            stop = min(merge.last_column, texts.shape[1] - 1)
            if merge.first_column < stop and not any(texts[at, merge.first_column + 1 : stop + 1]):
                spans[at][merge.first_column] = stop - merge.first_column + 1
    return spans


def _widths(
    texts: np.ndarray, spans: Sequence[dict[int, int]], kinds: Sequence[str], letters: Sequence[str], room: int
) -> list[int]:
    """The widths of the columns that fit: as wide as their cells, the widest cut first."""
    natural: list[int] = []
    for length in (cell_len, _wrapped_len):
        natural = []
        for column, letter in enumerate(letters):
            cells = [
                (length if kind == "header" else cell_len)(str(texts[at, column])) + 1
                for at, kind in enumerate(kinds)
                if kind in _GRID_KINDS and spans[at].get(column, 1) == 1 and texts[at, column]
            ]
            natural.append(max([len(letter), *cells]))
        _widen(natural, texts, spans, kinds)
        if sum(natural) + len(natural) <= room:
            return natural
    most = next(
        (cap for cap in range(_WIDEST, _NARROWEST, -1) if sum(min(one, cap) + 1 for one in natural) <= room), _NARROWEST
    )
    widths: list[int] = []
    for one in natural:
        if widths and sum(widths) + len(widths) + min(one, most) + 1 > room:
            break
        widths.append(max(1, min(one, most, room - 1)))
    return widths


def _widen(natural: list[int], texts: np.ndarray, spans: Sequence[dict[int, int]], kinds: Sequence[str]) -> None:
    """Make room for texts in cells that are merged over a few columns."""
    for at, kind in enumerate(kinds):
        if kind not in _GRID_KINDS or kind == "header":
            continue
        for column, count in spans[at].items():
            lacking = cell_len(str(texts[at, column])) + 2 - count - sum(natural[column : column + count])
            if count <= _FEW and lacking > 0:
                for one in range(column, column + count):
                    natural[one] += -(-lacking // count)


def _wrapped_len(text: str) -> int:
    """How wide a header would like to be where there is little room: it goes on in a second line."""
    return max(min(cell_len(text), 6), -(-cell_len(text) // 2) + 1)


def _cells(
    texts: Sequence[str],
    spans: Mapping[int, int],
    widths: Sequence[int],
    bar: str,
    numbers: Sequence[bool],
    broken: set[int],
    kind: str,
) -> list[Text]:
    """The cells of one row between bars; long headers go on in further lines."""
    style = STYLES[kind]
    boxes: list[tuple[list[str], int, bool, str]] = []
    column = 0
    while column < len(widths):
        stop = min(column + spans.get(column, 1), len(widths))
        size = sum(widths[column:stop]) + stop - column - 1
        text = f"!{texts[column]}" if column in broken else str(texts[column])
        parts = chop_cells(text, size) if kind == "header" and text else [text]
        if len(parts) > _HEADER_LINES:
            parts = [*parts[: _HEADER_LINES - 1], "".join(parts[_HEADER_LINES - 1 :])]
        boxes.append((parts, size, numbers[column], f"{style} reverse" if column in broken else style))
        column = stop
    lines = []
    for number in range(max(len(parts) for parts, *_ in boxes)):
        line = Text()
        for parts, size, right, own_style in boxes:
            line.append(bar)
            line.append(_cut(parts[number] if number < len(parts) else "", size, right), own_style)
        lines.append(line)
    return lines


def _free_cells(
    sheet: Sheet,
    row: int,
    bad: Mapping[tuple[int, int], str],
    widths: Sequence[int],
    tidy: Callable[[Sequence[str]], list[str]],
) -> list[tuple[int, str]]:
    """The first texts of a row that is no row of a grid, wherever they stand, each with the place where it begins."""
    starts = [sum(widths[:column]) + column for column in range(len(widths))]
    held = [at for at, cell in enumerate(sheet.values[row]) if cell is not None or (row, at) in bad][:_MOST_FREE]
    written = tidy([f"!{bad[row, at]}" if (row, at) in bad else as_written(sheet.values[row, at]) for at in held])
    end = sum(widths) + len(widths)
    merged = {merge.first_column: merge.last_column for merge in sheet.merges if merge.first_row == row}
    placed = []
    for at, text in zip(held, written, strict=True):
        start = starts[at] if at < len(starts) else end
        stop = merged.get(at, at) + 1
        across = (starts[stop] if stop < len(starts) else end) - start if at in merged else 0
        placed.append((start + max(0, (across - cell_len(text)) // 2), text))
    return placed


def _free_line(placed: Sequence[tuple[int, str]], width: int, bar: str, kind: str) -> Text:
    """Lines of text where they stand, moved to the left where they would not fit, in `width` cells."""
    limit, starts = width, []
    for start, text in reversed(placed):
        starts.append(max(0, min(start, limit - cell_len(text))))
        limit = starts[-1] - 1
    line = ""
    for (_, text), start in zip(placed, reversed(starts), strict=True):
        used = cell_len(line)
        line += " " * max(start - used, 1 if line else 0) + text
    return Text(bar).append(_cut(line, width), STYLES[kind])


def _cut(text: str, size: int, right: bool = False) -> str:
    """Text in exactly `size` terminal cells; what is cut off ends in …."""
    length = cell_len(text)
    if length > size:
        return set_cell_size(set_cell_size(text, max(size - 1, 0)).rstrip() + "…"[:size], size)
    return " " * (size - length) + text if right else text + " " * (size - length)
