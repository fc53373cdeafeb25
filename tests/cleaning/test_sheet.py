"""Rows of cells become one sheet: blanks are nothing, what cannot be kept is named, the edges are trimmed."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.sheet import build_sheet, grid_of, laid_out
from louxing_analysis.cleaning.sheet_xml import SheetScan

CELLS = [
    None, "", " ", "\u3000", "\u2004x", "\xa0", "村", "√", "é", "#REF!", "#1", "0", "~", "一" * 300, 0.0, -0.0, 1.5, 7, True, False,
    1e15, -1e18, 431302199001010011, float("inf"), datetime.date(2018, 6, 5), datetime.time(8), datetime.timedelta(hours=36),
]  # fmt: skip
GRIDS = st.lists(st.lists(st.sampled_from(CELLS), max_size=4), max_size=5)


def kept(cell):
    """One cell as a sheet keeps it, and why it is named, told the slow way."""
    if isinstance(cell, str):
        return (None, "error_cell") if cell == "#REF!" else (cell if cell.strip() else None, None)
    if isinstance(cell, datetime.timedelta):
        return cell / datetime.timedelta(days=1), None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= 1e15:
        return (cell, "digits_lost") if abs(cell) < float("inf") else (None, "not_a_number")
    return cell, None


@settings(max_examples=300, deadline=None)
@given(GRIDS)
def test_every_cell_is_kept_or_named_whatever_stands_beside_it(rows):
    sheet = build_sheet("S", rows, [], SheetScan())
    told = {(row, column): kept(cell) for row, cells in enumerate(rows) for column, cell in enumerate(cells)}
    held = {place: value for place, (value, reason) in told.items() if value is not None or reason}
    height, width = max([1 + row for row, _ in held], default=0), max([1 + column for _, column in held], default=0)
    assert sheet.values.shape == ((height, width) if held else (0, 0))
    for row in range(height):
        for column in range(width):
            value, reason = told.get((row, column), (None, None))
            assert (sheet.values[row, column], type(sheet.values[row, column])) == (value, type(value))
            assert sheet.unreadable.get((row, column), (None,))[0] == reason


@pytest.mark.parametrize("height", [1, 2, 3, 700, 20_000])
def test_blank_rows_and_columns_at_the_end_are_trimmed_and_others_stay(height):
    rows = [[None, None, "x", None, ""], *[["", None]] * height, [None, 5.0], *[[None, " ", "", None]] * height]
    sheet = build_sheet("S", rows, [(0, 0, height * 9, 99)], SheetScan(hidden_rows={0, height + 1, height + 2}))
    assert sheet.values.shape == (height + 2, 3)
    assert (sheet.values[0, 2], sheet.values[height + 1, 1]) == ("x", 5.0)
    assert sheet.hidden_rows == {0, height + 1}


def test_a_cell_that_no_reader_gave_has_a_place_of_its_own():
    sheet = build_sheet("S", [["a"]], [], SheetScan({(3, 2): ("error_cell", "#N/A")}))
    assert sheet.values.shape == (4, 3)
    assert sheet.values[0, 0] == "a"
    assert sheet.values[3, 2] is None


def test_rows_are_laid_out_with_room_left_of_them():
    assert laid_out(iter([["a", 1.0], ["b", 2.0]]), 2, 2, left=1).tolist() == [[None, "a", 1.0], [None, "b", 2.0]]
    assert grid_of([["a"], [], ["b", "c"]]).tolist() == [["a", None], [None, None], ["b", "c"]]
    assert grid_of([]).shape == (0, 0)


@pytest.mark.parametrize("rows", [[[1]], [[1, 2]] * 3, [[1, 2], [3]], [[1], [2, 3, 4]]])
def test_rows_that_are_not_as_many_or_as_wide_as_said_are_refused(rows):
    with pytest.raises(ValueError, match=r"more rows|another width|iterator too short"):
        laid_out(iter(rows), 2, 2)


def test_an_array_is_built_upon_in_place():
    values = np.array([["a", ""]], dtype=object)
    assert build_sheet("S", values, [], SheetScan()).values.tolist() == [["a"]]
    assert values.tolist() == [["a", None]]
