"""Which rows a stated sum adds up."""

from __future__ import annotations

import numpy as np
import pytest

from louxing_analysis.cleaning.spans import Body, Scale, choose

LETTERS = {"d": "data", "s": "subtotal", "t": "total", "x": "section", "o": "of_which", ".": "blank"}


def body_of(kinds: str, *columns: list[float], levels: list[int] | None = None) -> Body:
    """A table drawn as one letter a row, and its columns of figures; all of them exact."""
    numbers = np.array(columns, dtype=float).T
    scale = Scale(np.zeros(len(columns)), np.zeros(numbers.shape))
    return Body(np.array([LETTERS[one] for one in kinds]), numbers, np.array(levels or [0] * len(kinds)), scale)


def rows_of(body: Body, place: int, believed: bool = True) -> list[int]:
    choice = choose(body, place)
    assert choice is not None
    assert choice.believed is believed
    return body.rows(choice.reading).tolist()


NOT = float("nan")


def test_a_total_adds_all_data_rows_wherever_it_stands():
    assert rows_of(body_of("tdd", [7, 3, 4]), 0) == [1, 2]
    assert rows_of(body_of("ddt", [3, 4, 7]), 2) == [0, 1]
    assert rows_of(body_of("dtd", [3, 7, 4]), 1) == [0, 2]


def test_a_subtotal_adds_the_rows_above_or_below_whichever_fits():
    assert rows_of(body_of("ddsds", [1, 2, 3, 4, 4]), 2) == [0, 1]
    assert rows_of(body_of("sddsd", [3, 1, 2, 4, 4]), 0) == [1, 2]


def test_the_reading_that_fits_most_columns_is_taken_also_where_one_column_is_wrong():
    body = body_of("ddsddst", [1, 2, 3, 4, 5, 9, 12], [10, 20, 30, 40, 50, 91, 120], [7, 7, 14, 1, 1, 2, 16])
    choice = choose(body, 5)
    assert body.rows(choice.reading).tolist() == [3, 4]
    assert choice.fits.tolist() == [True, False, True]


def test_groups_that_each_divide_the_whole_are_not_added_to_one_another():
    #             whole  by sex        by age
    body = body_of("txddxddd", [1000, NOT, 600, 400, NOT, 200, 500, 300], [2103, NOT, 1100, 1003, NOT, 703, 900, 500])
    assert rows_of(body, 0) == [2, 3]


def test_a_row_that_is_the_sum_of_others_without_a_word_for_it_is_left_out():
    # 全市 = 市区 + 甲县 + 乙县, and 市区 = 东区 + 西区; none of the five is marked
    body = body_of("tddddd", [1500, 900, 400, 500, 350, 250], [3330, 2117, 1002, 1115, 601, 612])
    assert rows_of(body, 0) == [2, 3, 4, 5]


def test_rows_farther_in_are_parts_of_the_rows_above_them():
    body = body_of("tddddd", [5210, 3105, 1001, 1003, 2105, 700], [88, 60, 5, 7, 28, 6], levels=[0, 1, 2, 2, 1, 2])
    assert rows_of(body, 0) == [1, 4]


def test_totals_of_several_pages_add_their_own_rows():
    body = body_of("ddtdt", [10, 20, 30, 5, 5])
    assert rows_of(body, 2) == [0, 1]
    assert rows_of(body, 4) == [3]


def test_a_total_of_subtotals_fits_though_the_subtotals_do_not_fit_their_rows():
    body = body_of("ddsddst", [1, 2, 30, 4, 5, 91, 121], [1, 1, 50, 2, 2, 70, 120], [1, 1, 51, 2, 2, 72, 123])
    assert rows_of(body, 6) == [2, 5]


def test_where_nothing_fits_the_plain_reading_is_given_and_not_believed():
    assert rows_of(body_of("ddt", [1, 2, 50], [3, 4, 60]), 2, believed=False) == [0, 1]


def test_a_run_of_rows_is_not_believed_by_the_chance_of_small_numbers():
    # 3 = 1 + 2 of the rows below, but a wrong total of counts as small as that may be anything
    assert rows_of(body_of("tddd", [3, 1, 2, 9]), 0, believed=False) == [1, 2, 3]


@pytest.mark.parametrize("kinds", ["t", "tx"])
def test_a_stated_row_without_rows_has_no_reading(kinds):
    assert choose(body_of(kinds, [5.0] * len(kinds)), 0) is None


def test_a_total_may_be_of_the_subtotals_and_of_the_rows_that_stand_in_none():
    body = body_of("sdddt", [30, 10, 20, 5, 35], [300, 100, 190, 50, 350], [33, 11, 21, 5, 38])
    body.cover(np.array([1, 2]))
    assert body.mask("outer").tolist() == [True, False, False, True, False]
    assert rows_of(body, 4) == [0, 3]
