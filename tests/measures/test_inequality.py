"""Inequality indices against printed and hand-worked values."""

import math

import numpy as np
import pytest

from louxing_analysis.measures.inequality import (
    atkinson,
    generalized_entropy,
    gini,
    lorenz_curve,
    mean_log_deviation,
    theil,
)

# The example of the R package ineq (Zeileis), manual page of ineq(): Gini 0.4620911, Atkinson(0.5) 0.1796591.
TEN = np.array([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261])


def test_the_example_of_ineq():
    assert gini(TEN) == pytest.approx(0.4620911, abs=5e-8)
    assert gini(TEN, correction=True) == pytest.approx(0.4620911 * 10 / 9, abs=1e-7)
    assert atkinson(TEN, 0.5) == pytest.approx(0.1796591, abs=5e-8)


def test_gini_by_hand():
    # mean absolute difference of 1 2 3 over all pairs: (1+2+1+1+2+1)/9 = 8/9; over twice the mean: 8/9 / 4 = 2/9
    assert gini([1, 2, 3]) == pytest.approx(2 / 9)
    assert gini([1, 2, 3], correction=True) == pytest.approx(1 / 3)
    assert gini([0, 0, 0, 5]) == pytest.approx(0.75)
    assert gini([7, 7, 7]) == pytest.approx(0)


def test_gini_is_half_the_relative_mean_difference():
    generator = np.random.default_rng(3)
    income, weights = generator.normal(5, 3, 40), generator.uniform(0, 4, 40)
    share = weights / weights.sum()
    difference = (share[:, None] * share * np.abs(income[:, None] - income)).sum()
    assert gini(income, weights) == pytest.approx(difference / 2 / (share @ income), abs=1e-12)
    assert "negative values kept" in gini(income, weights).convention


def test_the_half_unit_definition_takes_weights_as_counts():
    # ranks cumulated weight − ½: 1.5 and 4.5 of 5; 2·(2·10·1.5 + 3·20·4.5)/(5·80) − 1
    assert gini([10, 20], weights=[2, 3], definition="half_unit") == pytest.approx(2 * (30 + 270) / 400 - 1)
    # middle ranks 1 and 3.5: 2·(20·1 + 60·3.5)/400 − 1
    assert gini([10, 20], weights=[2, 3]) == pytest.approx(2 * (20 + 210) / 400 - 1)
    assert gini(TEN, definition="half_unit") == pytest.approx(gini(TEN), abs=1e-14)


def test_where_the_mean_is_not_above_zero_gini_is_nan_and_says_so():
    found = gini([-5, 5])
    assert math.isnan(found)
    assert "mean is not above zero" in found.convention
    assert math.isnan(gini([5], correction=True))


def test_lorenz_by_hand():
    curve = lorenz_curve([3, 1], weights=[1, 3])
    assert curve.population.tolist() == [0, 0.75, 1]
    assert curve.income.tolist() == [0, 0.5, 1]
    assert lorenz_curve([3, 1], weights=[1, 3], points=4).income.tolist() == pytest.approx([0, 1 / 6, 1 / 3, 0.5, 1])
    with pytest.raises(ValueError, match="no rows"):
        lorenz_curve([])


def test_entropy_by_hand():
    # incomes 1 and 3, mean 2: r = ½ and 1½
    assert mean_log_deviation([1, 3]) == pytest.approx((math.log(2) + math.log(2 / 3)) / 2)
    assert theil([1, 3]) == pytest.approx((0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2)
    assert generalized_entropy([1, 3], 2) == pytest.approx((1 / 2) ** 2 / 2)  # coefficient of variation ½
    assert generalized_entropy([1, 3], -1) == pytest.approx(((2 + 2 / 3) / 2 - 1) / 2)


def test_atkinson_by_hand():
    # incomes 1 and 4, mean 2.5: geometric mean 2; harmonic 1.6; ((1 + 2)/2)² = 2.25 at epsilon ½
    assert atkinson([1, 4], 1) == pytest.approx(1 - 2 / 2.5)
    assert atkinson([1, 4], 2) == pytest.approx(1 - 1.6 / 2.5)
    assert atkinson([1, 4], 0.5) == pytest.approx(1 - 2.25 / 2.5)
    assert atkinson([1, 4], 0) == pytest.approx(0)


def test_atkinson_of_one_is_one_minus_the_exponential_of_the_mean_log_deviation():
    assert atkinson(TEN, 1) == pytest.approx(1 - math.exp(-mean_log_deviation(TEN)))


def test_zeros_and_negatives_are_refused_where_a_logarithm_or_power_cannot_take_them():
    assert theil([0, 4]) == pytest.approx(math.log(2))  # r = 0 and 2: (0 + 2·ln 2)/2
    for refused in (
        lambda: mean_log_deviation([0, 4]), lambda: atkinson([0, 4], 1), lambda: theil([-1, 4]),
        lambda: generalized_entropy([-1, 4], 3), lambda: atkinson([-1, 4], 0.5), lambda: atkinson([1, 2], -1),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            refused()
    assert generalized_entropy([-1, 5], 2) == pytest.approx(0.5 * (3 / 2) ** 2)
    found = mean_log_deviation([0, 1, 3], not_positive="count_out")
    assert found == pytest.approx(mean_log_deviation([1, 3]))
    assert "1 of 3 rows left out" in found.convention


@pytest.mark.parametrize("index", [gini, theil, mean_log_deviation, atkinson, generalized_entropy])
def test_without_rows_every_index_is_nan_of_none(index):
    assert math.isnan(index([]))
    assert index([]).n == 0


def test_an_unknown_definition_is_refused():
    with pytest.raises(ValueError, match="trapezoid, half_unit"):
        gini([1, 2], definition="fast")
