"""Quantiles, groups and their ratios."""

import math

import numpy as np
import pytest

from louxing_analysis.measures.inequality import quantile, quantile_groups, quantile_ratio, quintile_share_ratio


def test_the_smallest_value_that_reaches_the_share():
    assert quantile([10, 20, 30, 40], 0.5) == 20
    assert quantile([10, 20, 30, 40], 0.51) == 30
    assert quantile([10, 20, 30, 40], 0.5, rule="midpoint") == 25
    assert quantile([10, 20, 30, 40], 0.51, rule="midpoint") == 30
    assert [quantile([3, 1, 2], p, rule=rule) for p in (0, 1) for rule in ("smallest", "midpoint")] == [1, 1, 3, 3]


def test_weights_count_as_so_many_rows():
    assert quantile([10, 20, 30], 0.5, weights=[1, 1, 2]) == 20
    assert quantile([10, 20, 30], 0.5, weights=[1, 1, 2], rule="midpoint") == 25
    assert quantile([10, 20, 30], 0.51, weights=[1, 1, 2]) == 30


def test_a_share_reached_but_for_rounding_is_reached():
    # weights of 0.7 cumulate to the share 0.7499… at the third of four, and to 0.0999… at the first of ten
    assert quantile([1, 2, 3, 4], 0.75, weights=[0.7] * 4) == 3
    assert quantile([1, 2, 3, 4], 0.75, weights=[0.7] * 4, rule="midpoint") == 3.5
    assert quantile(np.arange(1, 11), 0.1, weights=[0.7] * 10) == 1


@pytest.mark.parametrize(("rule", "method"), [("smallest", "inverted_cdf"), ("midpoint", "averaged_inverted_cdf")])
def test_numpy_says_the_same_without_weights(rule, method):
    values = np.random.default_rng(0).integers(0, 30, 47)
    for p in np.arange(0, 101) / 100:
        assert quantile(values, p, rule=rule, standard_error=False) == np.quantile(values, p, method=method)


def test_woodruffs_interval_by_hand():
    # 100 values: share below 50 has se √(.25/99) = .05025, t(99) = 1.98422: 0.5 ± 0.09971, so the 41st and 60th value
    found = quantile(np.arange(1, 101), 0.5)
    assert (found, found.low, found.high) == (50, 41, 60)
    assert found.se == pytest.approx((60 - 41) / (2 * 1.98422), rel=1e-5)


def test_groups_share_ties_and_match_the_quantiles():
    assert quantile_groups([5, 1, 3, 2, 4]).tolist() == [5, 1, 3, 2, 4]
    assert quantile_groups([1, 1, 1, 1, 9]).tolist() == [1, 1, 1, 1, 5]
    assert quantile_groups([1, 2, 3, 4], 2, weights=[1, 1, 1, 5]).tolist() == [1, 1, 1, 1]
    assert quantile_groups([1, 2, 3], 1).tolist() == [1, 1, 1]
    assert quantile_groups([]).size == 0


def test_rows_of_weight_zero_are_placed_but_do_not_cut():
    assert quantile_groups([1, 2, 3, 4, 99], 2, weights=[1, 1, 1, 1, 0]).tolist() == [1, 1, 2, 2, 2]


def test_the_ratio_of_deciles_by_hand():
    assert quantile_ratio(np.arange(1, 11)) == 9
    found = quantile_ratio([-3, 0, 5, 5, 5, 5, 5, 5, 5, 9])
    assert math.isnan(found)
    assert "not above zero" in found.convention


def test_the_share_ratio_is_one_of_totals():
    # 1 … 10: below or at the 20 % cut 1 + 2; above the 80 % cut 9 + 10
    assert quintile_share_ratio(np.arange(1, 11)) == pytest.approx(19 / 3)
    # many at the lower cut all count: 1+1+1+1 against 9 (mean of means would say 9)
    assert quintile_share_ratio([1, 1, 1, 1, 9]) == pytest.approx(9 / 4)
    assert math.isnan(quintile_share_ratio([0, 0, 0, 0, 9]))


def test_wrong_uses_are_refused():
    for refused in (
        lambda: quantile([1], 1.1), lambda: quantile([1], 0.5, rule="linear"), lambda: quantile_groups([1], 0),
        lambda: quintile_share_ratio([1], share=0.6), lambda: quantile_groups([1], weights=[0]),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            refused()
    assert quantile([], 0.5).n == quantile_ratio([]).n == quintile_share_ratio([]).n == 0
