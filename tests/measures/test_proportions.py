"""Intervals of proportions against Newcombe's printed tables, statsmodels and scipy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, binom
from statsmodels.stats.proportion import proportion_confint

from louxing_analysis.measures.proportions import (
    METHODS,
    difference_interval,
    funnel_limits,
    interval,
    shrunken_rates,
)

# Newcombe 1998, Statistics in Medicine 17, 857–872, table I: 81/263, 15/148, 0/20, 1/29.
SINGLE = {
    "wilson": ([0.2553, 0.0624, 0, 0.0061], [0.3662, 0.1605, 0.1611, 0.1718]),
    "wilson_cc": ([0.2535, 0.0598, 0, 0.0018], [0.3682, 0.1644, 0.2005, 0.1963]),
    "clopper_pearson": ([0.2527, 0.0578, 0, 0.0009], [0.3676, 0.1617, 0.1684, 0.1776]),
}
# Newcombe 1998, Statistics in Medicine 17, 873–890, table II, cases (a) to (h), methods 10 and 11.
DIFFERENCES = [
    ((56, 70, 48, 80), (0.0524, 0.3339), (0.0428, 0.3422)),
    ((9, 10, 3, 10), (0.1705, 0.8090), (0.1013, 0.8387)),
    ((6, 7, 2, 7), (0.0582, 0.8062), (-0.0290, 0.8423)),
    ((5, 56, 0, 29), (-0.0381, 0.1926), (-0.0667, 0.2037)),
    ((0, 10, 0, 20), (-0.1611, 0.2775), (-0.2005, 0.3445)),
    ((0, 10, 0, 10), (-0.2775, 0.2775), (-0.3445, 0.3445)),
    ((10, 10, 0, 20), (0.6791, 1.0), (0.6014, 1.0)),
    ((10, 10, 0, 10), (0.6075, 1.0), (0.5128, 1.0)),
]


@pytest.mark.parametrize("method", SINGLE)
def test_newcombes_table_of_single_proportions(method):
    found = interval([81, 15, 0, 1], [263, 148, 20, 29], method)
    assert found.low == pytest.approx(SINGLE[method][0], abs=5.1e-5)
    assert found.high == pytest.approx(SINGLE[method][1], abs=5.1e-5)


@pytest.mark.parametrize(("groups", "plain", "corrected"), DIFFERENCES)
def test_newcombes_table_of_differences(groups, plain, corrected):
    assert difference_interval(*groups)[1:] == pytest.approx(plain, abs=5.1e-5)
    assert difference_interval(*groups, method="wilson_cc")[1:] == pytest.approx(corrected, abs=5.1e-5)


@pytest.mark.parametrize(("ours", "theirs"), [
    ("wilson", "wilson"), ("clopper_pearson", "beta"), ("agresti_coull", "agresti_coull"), ("jeffreys", "jeffreys"),
])  # fmt: skip
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_statsmodels_says_the_same(ours, theirs, level):
    count, base = np.array([1, 4, 17, 29]), np.array([7, 9, 40, 30])
    found = interval(count, base, ours, level)
    expected = np.array(proportion_confint(count, base, 1 - level, theirs))
    assert np.array(found[1:]) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=30, deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_holds_its_share_and_mirrors(method, yes, no):
    found, mirror = interval(yes, yes + no, method), interval(no, yes + no, method)
    if yes + no == 0:
        assert np.isnan(found).all()
    else:
        assert 0 <= found.low <= found.share <= found.high <= 1
        assert found.low == pytest.approx(1 - mirror.high, abs=1e-9)


def test_numbers_in_numbers_out_and_shapes_kept():
    assert isinstance(float(interval(1, 2).low), float)
    assert interval(np.ones((2, 3)), 5).low.shape == (2, 3)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_a_difference_lies_in_its_interval_and_turns_with_the_groups(first, more, second, other):
    found = difference_interval(first, first + more, second, second + other)
    turned = difference_interval(second, second + other, first, first + more)
    assert -1 <= found.low <= found.share <= found.high <= 1
    assert found.low == pytest.approx(-turned.high)


def test_wrong_counts_are_refused_and_counted():
    with pytest.raises(ValueError, match="1 of 2 counts are negative or larger"):
        interval([3, 1], [2, 2])
    with pytest.raises(ValueError, match="base: 1 of 2 values are missing"):
        interval([1, 1], [2, float("nan")])
    with pytest.raises(ValueError, match="wilson"):
        interval(1, 2, "wald")
    with pytest.raises(ValueError, match="level"):
        interval(1, 2, level=95)


def test_shrunken_rates_are_posterior_means_between_the_rate_and_the_common_one():
    count, base = np.array([0, 9, 40, 3, 70]), np.array([3, 10, 80, 4, 90])
    found = shrunken_rates(count, base)
    expected = (found.mean * found.strength + count) / (found.strength + base)
    assert found.rate == pytest.approx(expected)
    raw = count / base
    assert (np.abs(found.rate - found.mean) <= np.abs(raw - found.mean)).all()
    assert ((found.low < found.rate) & (found.rate < found.high)).all()
    # the smaller the base, the larger the part of the way to the common mean
    way = (raw - found.rate) / (raw - found.mean)
    assert way[np.argsort(base)] == pytest.approx(np.sort(way)[::-1])


def test_the_fit_is_the_maximum_of_the_beta_binomial_likelihood():
    generator = np.random.default_rng(2)
    base = generator.integers(5, 60, 300)
    count = generator.binomial(base, generator.beta(6, 14, 300))
    found = shrunken_rates(count, base)
    assert found.mean == pytest.approx(0.3, abs=0.02)
    assert found.strength == pytest.approx(20, rel=0.35)

    def likelihood(mean, strength):
        return betabinom.logpmf(count, base, mean * strength, (1 - mean) * strength).sum()

    best = likelihood(found.mean, found.strength)
    for mean, strength in ((1.02, 1), (0.98, 1), (1, 1.05), (1, 0.95)):
        assert likelihood(found.mean * mean, found.strength * strength) < best


def test_rates_that_differ_by_no_more_than_chance_become_one():
    found = shrunken_rates([5, 10, 20], [10, 20, 40])
    assert found.rate.tolist() == [0.5] * 3
    assert np.isinf(found.strength)
    assert shrunken_rates([0, 0], [5, 9]).rate.tolist() == [0, 0]


def test_a_village_without_cases_gets_the_common_rate():
    found = shrunken_rates([0, 9, 40, 3, 0], [3, 10, 80, 4, 0])
    assert found.rate[-1] == pytest.approx(found.mean)
    with pytest.raises(ValueError, match="at least two"):
        shrunken_rates([1, 0], [2, 0])


@pytest.mark.parametrize("target", [0.02, 0.4, 0.97])
def test_exact_funnel_limits_read_the_binomial_distribution(target):
    base = np.array([1, 7, 30, 200, 5000])
    found = funnel_limits(base, target)
    for tail, ends in ((0.025, found.low[0]), (0.001, found.low[1]), (0.975, found.high[0]), (0.999, found.high[1])):
        reached = binom.ppf(tail, base, target)
        above, below = binom.cdf(reached, base, target), binom.cdf(reached - 1, base, target)
        expected = np.clip((reached - (above - tail) / (above - below)) / base, 0, 1)
        assert ends == pytest.approx(expected, abs=1e-9)


def test_funnel_limits_narrow_with_the_base_and_meet_the_normal_ones():
    base = np.array([10, 100, 1000, 100_000])
    found, normal = funnel_limits(base, 0.3), funnel_limits(base, 0.3, method="normal")
    assert (np.diff(found.high - found.low) < 0).all()
    assert (found.low[1] <= found.low[0]).all()
    assert (found.high[1] >= found.high[0]).all()
    assert found.low[:, -1] == pytest.approx(normal.low[:, -1], abs=2e-5)
    assert normal.high[0, 1] == pytest.approx(0.3 + 1.959964 * (0.21 / 100) ** 0.5)
    wider = funnel_limits(base, 0.3, method="normal", spread=4)
    assert wider.high[0, 1] == pytest.approx(0.3 + 2 * 1.959964 * (0.21 / 100) ** 0.5)


def test_a_base_of_zero_has_no_limits():
    assert np.isnan(funnel_limits([0, 5], 0.3).low[:, 0]).all()
    assert funnel_limits([5], 0.0).high.tolist() == [[0.0], [0.0]]
    for refused in (lambda: funnel_limits([5], 1.2), lambda: funnel_limits([5], 0.5, spread=2)):
        with pytest.raises(ValueError):
            refused()
