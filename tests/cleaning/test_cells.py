"""The kinds of cell there are, the distinct ones, and plain text out of a cell."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from louxing_analysis.cleaning.cells import (
    BOOLEAN,
    EMPTY,
    MOMENT,
    NUMBER,
    OTHER,
    TEXT,
    distinct,
    kinds_of,
    normalise,
    whole_number_text,
)


def column(*cells: object) -> np.ndarray:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (None, EMPTY),
        (pd.NaT, EMPTY),
        (pd.NA, EMPTY),
        ("", TEXT),
        (np.str_("村"), TEXT),
        (1, NUMBER),
        (np.float64(1.5), NUMBER),
        (np.int64(1), NUMBER),
        (float("nan"), NUMBER),
        (True, BOOLEAN),  # bool is built on int, but is no number here
        (np.True_, BOOLEAN),
        (datetime.date(2018, 6, 12), MOMENT),
        (pd.Timestamp("2018-06-12"), MOMENT),
        (datetime.time(8, 30), OTHER),
        (datetime.timedelta(1), OTHER),
    ],
)
def test_every_cell_is_of_one_kind(cell: object, kind: int) -> None:
    assert kinds_of(column(cell)).tolist() == [kind]


@pytest.mark.parametrize("times", [1, 2000])
def test_the_distinct_cells_and_their_places_give_the_column_back(times: int) -> None:
    cells = column(*["乙", "甲", "乙", "\ud800"] * times)
    found, index = distinct(cells)
    assert found == ["乙", "甲", "\ud800"]
    assert [found[place] for place in index] == cells.tolist()


def test_a_text_is_compared_without_width_space_and_what_excel_needs() -> None:
    assert normalise("（ＡＢ）\u3000１２\u200b ") == "(AB)12"
    assert normalise('="0123"') == "0123"
    assert normalise("'0123") == "0123"


def test_a_number_is_written_as_a_person_would() -> None:
    written = [whole_number_text(number) for number in (3.0, 2018, -0.5, 10**20, float("inf"))]
    assert written == ["3", "2018", "-0.5", "100000000000000000000", "inf"]
