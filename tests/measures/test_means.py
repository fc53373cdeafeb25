"""Weighted means and pooled rates."""

import math

import pytest

from louxing_analysis.measures.means import mean, ratio


def test_a_pooled_rate_is_not_the_mean_of_rates():
    #  present  expected
    #       1         2    (50 %)
    #      40        40    (100 %)
    assert ratio([1, 40], [2, 40]) == pytest.approx(41 / 42)


def test_the_error_of_a_ratio_by_hand():
    # R = 3/6 = .5; residuals a − R·b: 1 − 1 = 0, 2 − 1 = 1, 0 − 1 = −1; over Σb = 6: 0, 1/6, −1/6; 3/2 · 2/36 = 1/12
    found = ratio([1, 2, 0], [2, 2, 2])
    assert found == 0.5
    assert found.se == pytest.approx(math.sqrt(1 / 12))
    assert (found.low, found.high) == (0, 1)  # a share cannot lie outside


def test_rows_of_no_denominator_do_not_move_the_rate():
    assert ratio([1, 0, 3], [2, 0, 4]) == ratio([1, 3], [2, 4]) == pytest.approx(4 / 6)


def test_a_rate_that_is_full_everywhere_counts_only_rows_with_a_base():
    full = ratio([3, 5, 0], [3, 5, 0])
    assert full == 1
    assert "Wilson interval over 2 rows" in full.convention


def test_weights_multiply_both_totals():
    assert ratio([1, 1], [2, 4], weights=[3, 1]) == pytest.approx((3 + 1) / (6 + 4))


@pytest.mark.parametrize("empty", [mean([]), ratio([], []), mean([5], weights=[0])])
def test_without_rows_there_is_nothing(empty):
    assert math.isnan(empty)
    assert empty.n == 0


def test_a_denominator_of_zero_in_all_is_said():
    found = ratio([0, 0], [0, 0])
    assert math.isnan(found)
    assert found.n == 2
    assert "denominator" in found.convention
