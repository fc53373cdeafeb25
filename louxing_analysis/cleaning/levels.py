"""How far in the label of every row stands: by its column, its indent and its numbering."""

from __future__ import annotations

import re

import numpy as np

from louxing_analysis.cleaning.locate import Table

_LABEL_COLUMNS = 4
_MOST_ROWS = 20_000  # a longer table is a list of one level
_NUMBERINGS = (
    re.compile(r"^\s*[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^\s*[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\s*\d{1,3}[、.．](?!\d)"),
    re.compile(r"^\s*[(（]\d{1,3}[)）]"),
    re.compile(r"^\s*[①-⑳]"),
    re.compile(r"^\s*(?:#|其中)"),
)


def level_of(label: str) -> tuple[int, int]:
    """Numbering and indent of a label: 一、 (一) 1. (1) ① # and none at all; a wide blank counts as two."""
    numbering = next((at for at, form in enumerate(_NUMBERINGS, 1) if form.match(label)), 0)
    blanks = label[: len(label) - len(label.lstrip())]
    return numbering, sum(2 if blank == "\u3000" else 1 for blank in blanks)


def levels_of(values: np.ndarray, table: Table) -> np.ndarray:
    """A number for the level of each row of a table, from its first row; 0 is the first level met. Same level, same number."""
    height = table.last_row - table.first_row + 1
    levels = np.zeros(height, dtype=int)
    if height > _MOST_ROWS:
        return levels
    known: dict[tuple[int, int, int], int] = {}
    left = table.first_column
    cells = values[table.first_row : table.last_row + 1, left : left + _LABEL_COLUMNS].tolist()
    for offset, row in enumerate(cells):
        place = next((at for at, cell in enumerate(row) if isinstance(cell, str) and cell.strip()), None)
        if place is not None:
            levels[offset] = known.setdefault((place, *level_of(row[place])), len(known))
    return levels
