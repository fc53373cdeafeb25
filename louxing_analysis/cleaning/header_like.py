"""Whether a row could head a table: cells of text, dates, years or running numbers, as wide as what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from louxing_analysis.cleaning.form_lines import is_form_line
from louxing_analysis.cleaning.rowkinds import is_meta, is_numeral, mark_of
from louxing_analysis.cleaning.shapes import numerals_apart, shape, squeezed
from louxing_analysis.cleaning.view import LONGEST, View

BELOW = 30  # rows below a header that show what its columns hold


def is_wide_text(view: View, row: int, last: int) -> bool:
    """Whether a row could be a header: two cells or more, all header-like, as wide as half of what follows."""
    cells = [value for value in view.values[row].tolist() if value is not None]
    if len(cells) < 2 or not _all_header_like(cells):
        return False
    if sum(isinstance(cell, str) and is_meta(cell) for cell in cells) * 2 >= len(cells):
        return False
    if mark_of(str(cells[0])) in ("total", "topmost", "part", "of_which", "footer"):
        return False
    if isinstance(cells[0], str) and is_numeral(cells[0]) and not (isinstance(cells[1], str) and is_numeral(cells[1])):
        return False  # 三 | 公安: a group of a numbered list
    if _is_of_series(view, row, last) or is_form_line(view, row, last):
        return False
    return _cover(view, row, last) * 2 >= _usual_width(view, row + 1, last)


def _is_of_series(view: View, row: int, last: int) -> bool:
    """Whether the rows below, or those above, are as this one: 第一节 | 08:00-8:45 over 第二节 | 08:55-9:40 in every cell;
    such a list has no header."""
    held = np.flatnonzero(view.held[row])
    mine = [numerals_apart(cell) for cell in view.values[row, held].tolist()]
    if "" in mine:
        return False
    return any(
        at >= 0
        and at + 1 <= last
        and all(
            view.counts[other] == held.size
            and [numerals_apart(cell) for cell in view.values[other, held].tolist()] == mine
            for other in (at, at + 1)
        )
        for at in (row + 1, row - 2)
    )


def _cover(view: View, row: int, last: int) -> int:
    """How many columns a row names or groups: its cells, what they are merged over, and where nothing is merged the
    cells below its empty ones, provided that the row below leaves the first column to this one."""
    across = sum(merge.last_column - merge.first_column for merge in view.spans(row))
    if not across and row < last:
        here, below = view.held[row], view.held[row + 1]
        if below.any() and np.argmax(below) > np.argmax(here):
            across = int((below & ~here).sum())
    return int(view.counts[row]) + across


def _usual_width(view: View, first: int, last: int) -> float:
    """How many cells the rows that follow have, up to the next blank row."""
    counts = view.counts[first : min(first + BELOW, last + 1)]
    blank = np.flatnonzero(counts == 0)
    if blank.size and blank[0] > 0:
        counts = counts[: blank[0]]
    counts = counts[counts > 0]
    return float(np.median(counts)) if counts.size else 0.0


def _all_header_like(cells: Sequence[Any]) -> bool:
    """Text, dates, years, and runs of rising numbers (days of a month) may head columns; other numbers may not."""
    numbers = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if any(isinstance(cell, bool) for cell in cells):
        return False
    dates = len(cells) - len(numbers) - len(texts)
    if len(texts) + dates < min(2, len(cells)) and not numbers:
        return False
    if _are_days(cells):
        return True
    if numbers and not (_are_years(numbers) or _rise(numbers)):
        return False
    if not texts:
        return False
    shapes = [shape(text) for text in texts]
    codes = [text for text, kind in zip(texts, shapes, strict=True) if kind in "cmn"]
    if codes and not all(is_year_text(code) for code in codes) and not _rise([_plain(code) for code in codes]):
        return False
    return all(len(text) <= LONGEST and "。" not in text for text in texts) and any(kind == "t" for kind in shapes)


def _plain(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def is_year_text(text: str) -> bool:
    """Whether a text is a year: 2014, 2014年, 2014年度."""
    return bool(re.match(r"^(?:19|20)\d\d(?:年度?)?$", squeezed(text)))


def _are_years(numbers: Sequence[float]) -> bool:
    return all(1990 <= number <= 2050 and number == int(number) for number in numbers) and len(set(numbers)) == len(
        numbers
    )


def _are_days(cells: Sequence[Any]) -> bool:
    """Days of a month that follow each other, over a month's end as well; five or more: a grid whose corner is empty."""
    if len(cells) < 5 or not str(cells[0]).replace(".0", "").isdecimal():
        return False
    days = [_plain(str(cell)) for cell in cells]
    return all(high == low + 1 or (high == 1 and low in (28, 29, 30, 31)) for low, high in pairwise(days))


def _rise(numbers: Sequence[float]) -> bool:
    """At least three steadily rising numbers (days, months, years over a view), or months and days such as 6.5, 6.12."""
    if len(numbers) < 3 or not numbers[-1] <= 2050:
        return False
    if all(low < high for low, high in pairwise(numbers)):
        return True
    dated = [divmod(round(number * 100), 100) for number in numbers if 1 <= number < 13]
    return (
        len(dated) == len(numbers) == len(set(numbers))
        and all(low[0] <= high[0] for low, high in pairwise(dated))
        and not any(number == int(number) for number in numbers)
    )
