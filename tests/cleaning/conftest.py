"""Sheets drawn as text, with the kind that every row should be found to have; see the fixtures `drawn` and `saved`.

One line a row: the kind, then the cells between bars. `<` continues the cell to the left, `^` the cell above (merged
ranges), an empty cell is empty, a cell in single quotes is text whatever it looks like, `@2018-06-05` is a date.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter

from louxing_analysis.cleaning.workbook import Sheet
from tests.cleaning.corpus.notation import cell_of, merges_of


def _cell(text: str) -> Any:
    """As in the corpus, with days as a file gives them back."""
    return datetime.datetime.fromisoformat(text[1:]) if text.startswith("@") else cell_of(text)


def draw(drawing: str) -> tuple[Sheet, list[str]]:
    """The sheet, and the kind of each of its rows."""
    lines = [line.strip() for line in drawing.strip("\n").splitlines() if line.strip()]
    parts = [[part.strip() for part in line.split("|")] for line in lines]
    kinds = [part[0] for part in parts]
    width = max(len(part) for part in parts) - 1
    grid = [part[1:] + [""] * (width - len(part) + 1) for part in parts]
    values = np.empty((len(grid), width), dtype=object)
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            values[row, column] = _cell(text)
    return Sheet("Sheet1", values, tuple(merges_of(grid))), kinds


def save(sheet: Sheet, path: Path) -> Path:
    """The drawn sheet as an .xlsx file, merges and all."""
    with xlsxwriter.Workbook(str(path)) as book:
        written = book.add_worksheet(sheet.name)
        inside = book.add_format({"num_format": "yyyy-mm-dd"})
        for merge in sheet.merges:
            written.merge_range(merge.first_row, merge.first_column, merge.last_row, merge.last_column, "")
        for (row, column), value in np.ndenumerate(sheet.values):
            if isinstance(value, datetime.datetime):
                written.write_datetime(row, column, value, inside)
            elif isinstance(value, str):
                written.write_string(row, column, value)
            elif value is not None:
                written.write(row, column, value)
    return path


@pytest.fixture(name="drawn")
def drawn_fixture() -> Callable[[str], tuple[Sheet, list[str]]]:
    """A function: drawing → sheet and kinds."""
    return draw


@pytest.fixture(name="saved")
def saved_fixture(tmp_path: Path) -> Callable[[str], Path]:
    """A function: drawing → the path of an .xlsx file that holds it."""
    return lambda drawing, name="drawn.xlsx": save(draw(drawing)[0], tmp_path / name)
