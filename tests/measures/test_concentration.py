"""Who gets it, and whom it misses."""

import math

import numpy as np
import pytest

from louxing_analysis.measures.concentration import (
    concentration_curve,
    concentration_index,
    coverage_by_quantile,
    overlap,
    targeting_errors,
)
from louxing_analysis.measures.inequality import gini
from louxing_analysis.measures.means import ratio

KINDS = ("standard", "generalized", "erreygers", "wagstaff")


def test_an_index_by_hand():
    # poorest first 1 0 0 1: ranks 1/8 3/8 5/8 7/8; 2·(1/8 + 7/8)/4 / ½ − 1 = 0; with 1 1 0 0: 2·(4/8)/4 / ½ − 1 = −½
    assert concentration_index([1, 0, 0, 1], [1, 2, 3, 4]) == pytest.approx(0)
    assert concentration_index([1, 1, 0, 0], [1, 2, 3, 4]) == pytest.approx(-0.5)


def test_the_kinds_are_multiples_of_each_other():
    # mean ¼, all of it with the poorest: standard 2·(1/8)/4/¼ − 1 = −¾
    outcome, income = [1, 0, 0, 0], [1, 2, 3, 4]
    standard = concentration_index(outcome, income)
    assert standard == pytest.approx(-0.75)
    assert concentration_index(outcome, income, "generalized") == pytest.approx(-0.75 / 4)
    assert concentration_index(outcome, income, "erreygers") == pytest.approx(4 * -0.75 / 4)
    assert concentration_index(outcome, income, "wagstaff") == pytest.approx(-0.75 / (1 - 1 / 4))
    score = concentration_index([3, 1, 1, 1], income, "erreygers", bounds=(1, 3))
    assert score == pytest.approx(concentration_index(outcome, income, "erreygers"))


def test_income_ranked_by_itself_is_the_gini():
    generator = np.random.default_rng(4)
    income, weights, village = generator.lognormal(size=90), generator.integers(1, 5, 90), generator.integers(0, 9, 90)
    found, expected = concentration_index(income, income, "standard", weights, village), gini(income, weights, village)
    assert found == pytest.approx(float(expected))
    assert found.se == pytest.approx(expected.se)


def test_it_is_twice_the_covariance_with_the_rank_over_the_mean():
    generator = np.random.default_rng(6)
    outcome, income, weights = generator.uniform(size=50), generator.integers(0, 12, 50), generator.uniform(1, 3, 50)
    share = weights / weights.sum()
    rank = np.array([share[income < value].sum() + share[income == value].sum() / 2 for value in income])
    middle = share @ outcome
    expected = 2 * (share * (outcome - middle)) @ (rank - 0.5) / middle
    assert concentration_index(outcome, income, weights=weights) == pytest.approx(expected)


@pytest.mark.parametrize("kind", KINDS)
def test_the_linearised_error_is_the_jackknife_error(kind):
    generator = np.random.default_rng(8)
    income = generator.integers(1, 60, 300)
    outcome = (generator.uniform(size=300) < 0.2 + income / 120).astype(float)
    without = np.array([
        concentration_index(np.delete(outcome, row), np.delete(income, row), kind, standard_error=False)
        for row in range(300)
    ])  # fmt: skip
    jackknife = math.sqrt(299 / 300 * ((without - without.mean()) ** 2).sum())
    assert concentration_index(outcome, income, kind).se == pytest.approx(jackknife, rel=0.02)


def test_what_leaves_an_index_undefined_is_said():
    assert math.isnan(concentration_index([0, 0], [1, 2]))
    assert math.isnan(concentration_index([1, 1], [1, 2], "wagstaff"))
    assert concentration_index([], []).n == 0
    with pytest.raises(ValueError, match="1 of 2 values lie outside 0 to 1"):
        concentration_index([2, 0], [1, 2], "erreygers")
    with pytest.raises(ValueError, match="do not rise"):
        concentration_index([1, 0], [1, 2], "erreygers", bounds=(1, 1))
    with pytest.raises(ValueError, match="standard"):
        concentration_index([1], [1], "kakwani")


def test_a_curve_has_one_corner_per_distinct_rank():
    curve = concentration_curve([2, 0, 1, 1], [5, 1, 1, 9], weights=[1, 1, 2, 4])
    assert curve.population.tolist() == [0, 3 / 8, 4 / 8, 1]
    assert curve.outcome.tolist() == [0, 2 / 8, 4 / 8, 1]
    with pytest.raises(ValueError, match="no rows"):
        concentration_curve([], [])


def test_coverage_and_incidence_by_group():
    #  income   1 2 | 3 4      receives 1 1 | 0 1
    low, high = coverage_by_quantile([1, 1, 0, 1], [1, 2, 3, 4], groups=2)
    assert (low.group, high.group) == (1, 2)
    assert (low.population, low.coverage, low.incidence) == pytest.approx((0.5, 1, 2 / 3))
    assert (high.population, high.coverage, high.incidence) == pytest.approx((0.5, 0.5, 1 / 3))


def test_a_group_that_ties_left_empty_has_no_coverage():
    found = coverage_by_quantile([1, 0], [3, 3], groups=2)
    assert found[0].coverage == 0.5
    assert math.isnan(found[1].coverage)
    assert found[1].population == 0
    assert math.isnan(coverage_by_quantile([], [])[0].coverage)


def test_the_error_of_a_groups_coverage_counts_all_clusters():
    receives, income, village = [1, 0, 1, 1, 0, 1], [1, 1, 1, 9, 9, 9], ["a", "b", "c", "c", "d", "d"]
    found = coverage_by_quantile(receives, income, 2, clusters=village)[0].coverage
    assert found.se == pytest.approx(ratio([1, 0, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0], clusters=village).se)
    assert "4 clusters" in found.convention


def test_targeting_by_hand():
    #  eligible  receives  amount
    #         1         1     300
    #         1         1     100
    #         1         0       0    missed
    #         0         1     100    leaks
    #         0         0       0
    found = targeting_errors([1, 1, 1, 0, 0], [1, 1, 0, 1, 0], [300, 100, 0, 100, 0])
    assert found.coverage == pytest.approx(2 / 3)
    assert found.under_coverage == pytest.approx(1 / 3)
    assert found.leakage == pytest.approx(100 / 500)
    assert found.exclusion_error == found.inclusion_error == pytest.approx(1 / 5)
    assert found.counts == (2, 1, 1, 1)
    assert targeting_errors([1, 1, 1, 0, 0], [1, 1, 0, 1, 0]).leakage == pytest.approx(1 / 3)


def test_targeting_without_a_base_is_nan():
    found = targeting_errors([0, 0], [0, 0])
    assert math.isnan(found.coverage)
    assert math.isnan(found.leakage)
    assert found.counts == (0, 0, 0, 2)
    with pytest.raises(ValueError, match="does not receive"):
        targeting_errors([1], [0], [5])
    with pytest.raises(ValueError, match="receives: 1 of 1 values are neither 0 nor 1"):
        targeting_errors([1], [2])


def test_every_pattern_of_programmes_and_none():
    #  loan  job  weight
    #     1    0       2
    #     1    1       3
    #     1    0       1
    found = overlap({"loan": [1, 1, 1], "job": [0, 1, 0]}, weights=[2, 3, 1])
    assert [(pattern.programmes, pattern.rows, pattern.weight, pattern.share) for pattern in found] == [
        (("loan",), 2, 3, 0.5), (("loan", "job"), 1, 3, 0.5), ((), 0, 0, 0),
    ]  # fmt: skip


def test_overlap_of_nobody_is_none_of_nothing():
    (only,) = overlap({"loan": []})
    assert (only.programmes, only.rows, only.weight) == ((), 0, 0)
    assert math.isnan(only.share)
    with pytest.raises(ValueError, match="1 to 62"):
        overlap({})
