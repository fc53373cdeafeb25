"""Intervals of ranks: hand-worked where intervals are apart, against exact probabilities where ranks are drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from louxing_analysis.measures.proportions import shrunken_rates
from louxing_analysis.measures.rank_intervals import rank_intervals

RATES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=2, max_size=12).map(
    lambda pairs: ([min(pair) for pair in pairs], [max(pair) for pair in pairs])
)


def test_places_whose_intervals_are_apart_have_one_rank_each():
    #  count  900  500  100  of 1000 each
    found = rank_intervals([900, 500, 100], [1000] * 3, method="joint")
    assert found.rank.tolist() == found.low.tolist() == found.high.tolist() == [1, 2, 3]
    lowest_first = rank_intervals([900, 500, 100], [1000] * 3, method="joint", highest_first=False)
    assert lowest_first.rank.tolist() == [3, 2, 1]


def test_equal_rates_share_the_mean_of_their_places():
    found = rank_intervals([5, 1, 5, 9], [10] * 4, method="joint")
    assert found.rank.tolist() == [2.5, 4, 2.5, 1]


def test_a_place_without_a_base_has_no_rank_and_takes_none():
    found = rank_intervals([9, 0, 1], [10, 0, 10], method="joint")
    assert found.rank.tolist()[::2] == [1, 2]
    assert np.isnan([found.rank[1], found.low[1], found.high[1]]).all()


def test_mean_ranks_are_one_plus_the_chances_of_being_passed():
    # Of true rates a, b, c the mean rank of a is 1 + P(b > a) + P(c > a), each an integral over two beta densities.
    count, base = np.array([30, 18, 4]), np.array([40, 40, 12])
    fitted = shrunken_rates(count, base)
    yes, no = fitted.mean * fitted.strength + count, (1 - fitted.mean) * fitted.strength + base - count
    grid = (np.arange(20_000) + 0.5) / 20_000
    passed = [
        [np.mean(stats.beta.sf(stats.beta.ppf(grid, yes[i], no[i]), yes[j], no[j])) for j in range(3) if j != i]
        for i in range(3)
    ]
    expected = [1 + sum(chances) for chances in passed]
    assert rank_intervals(count, base, draws=200_000).mean == pytest.approx(expected, abs=0.01)


def test_rates_that_differ_by_chance_only_may_have_any_rank():
    found = rank_intervals([5, 5, 5, 5], [10] * 4)
    assert (found.mean.tolist(), found.low.tolist(), found.high.tolist()) == ([2.5] * 4, [1] * 4, [4] * 4)


def test_drawn_ranks_cover_the_true_ones_as_often_as_they_say():
    generator = np.random.default_rng(7)
    inside = []
    for _ in range(60):
        true, base = generator.beta(6, 4, 40), generator.integers(20, 200, 40)
        found = rank_intervals(generator.binomial(base, true), base, draws=1000)
        rank = (-true).argsort().argsort() + 1
        inside.append(np.mean((found.low <= rank) & (rank <= found.high)))
    assert 0.94 < np.mean(inside) < 0.98


@settings(max_examples=40, deadline=None)
@given(RATES, st.sampled_from(["posterior", "joint"]))
def test_ranks_lie_in_their_intervals_between_one_and_the_number_of_places(rates, method):
    found = rank_intervals(*rates, method=method, draws=200)
    size = len(rates[0])
    assert (found.low >= 1).all()
    assert (found.high <= size).all()
    assert (found.low <= found.rank).all()
    assert (found.rank <= found.high).all()
    assert found.mean.sum() == pytest.approx(size * (size + 1) / 2)


def test_what_is_refused():
    with pytest.raises(ValueError, match="at least two bases"):
        rank_intervals([1], [2])
    with pytest.raises(ValueError, match="larger than their base"):
        rank_intervals([3, 1], [2, 2])
    with pytest.raises(ValueError, match="too few"):
        rank_intervals([1, 2], [2, 2], draws=10)
