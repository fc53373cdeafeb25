"""What made a figure change."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from louxing_analysis.measures.decomposition import (
    growth_incidence_curve,
    growth_redistribution,
    income_bridge,
    size_and_income_effect,
)
from louxing_analysis.measures.means import mean
from louxing_analysis.measures.poverty import fgt

MONEY = st.floats(1, 1e5)


def test_a_bridge_by_hand():
    #             wages  business  costs   stated total
    # before  A    1000       500   -100   1400   (weight 1)
    #         B    2000         0      0   2100   (weight 3)   100 more than its parts
    # after   A    1500       600   -200   1900
    #         B    2600         0      0   2600
    found = income_bridge(
        {"wages": [1000, 2000], "business": [500, 0], "costs": [-100, 0]},
        {"wages": [1500, 2600], "business": [600, 0], "costs": [-200, 0]},
        weights=[1, 3], total_before=[1400, 2100], total_after=[1900, 2600],
    )  # fmt: skip
    assert found.before == (1400 + 3 * 2100) / 4
    assert found.after == (1900 + 3 * 2600) / 4
    assert found.sources == ("wages", "business", "costs")
    assert [float(part) for part in found.contributions] == [(500 + 3 * 600) / 4, 100 / 4, -100 / 4]
    assert found.unexplained == 3 * -100 / 4
    assert found.change == 500
    assert found.shares.tolist() == [575 / 500, 25 / 500, -25 / 500]


def test_the_error_of_a_paired_change_is_that_of_the_mean_difference():
    before, after = np.array([1.0, 5, 2, 8]), np.array([2.0, 7, 2, 11])
    found = income_bridge({"wages": before}, {"wages": after})
    assert found.contributions[0].se == pytest.approx(mean(after - before).se)
    village = ["a", "a", "b", "b"]
    clustered = income_bridge({"wages": before}, {"wages": after}, clusters=village)
    assert clustered.change.se == pytest.approx(mean(after - before, clusters=village).se)


def test_two_separate_samples_add_their_variances():
    before, after = np.array([1.0, 5, 2, 8]), np.array([2.0, 7, 2, 11, 4])
    found = income_bridge({"wages": before}, {"wages": after}, paired=False)
    # each Σ(y − ȳ)²/n², and n/(n − 1) of the nine rows together
    variance = sum(((y - y.mean()) ** 2).sum() / y.size**2 for y in (before, after)) * 9 / 8
    assert found.change.se == pytest.approx(math.sqrt(variance))
    assert found.change.n == 9


def test_a_bridge_needs_the_same_sources_and_rows():
    with pytest.raises(ValueError, match="sources differ"):
        income_bridge({"wages": [1]}, {"rent": [1]})
    with pytest.raises(ValueError, match="paired rows"):
        income_bridge({"wages": [1]}, {"wages": [1, 2]})
    with pytest.raises(ValueError, match="both moments"):
        income_bridge({"wages": [1]}, {"wages": [1]}, total_before=[1])
    with pytest.raises(ValueError, match="no rows"):
        income_bridge({"wages": []}, {"wages": []})
    with pytest.raises(ValueError, match="wages: 1 of 1 values are missing"):
        income_bridge({"wages": [float("nan")]}, {"wages": [1]})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(MONEY, MONEY, MONEY, MONEY, MONEY, st.floats(0.1, 9)), min_size=2, max_size=20))
def test_a_bridge_adds_up(rows):
    wages, rent, wages_after, rent_after, total_after, weight = np.array(rows).T
    found = income_bridge(
        {"wages": wages, "rent": rent}, {"wages": wages_after, "rent": rent_after}, weights=weight,
        total_before=wages + rent, total_after=total_after,
    )  # fmt: skip
    parts = sum(found.contributions) + found.unexplained
    assert found.before + parts == pytest.approx(found.after, rel=1e-9)
    assert parts == pytest.approx(float(found.change), abs=1e-6)


def test_size_and_income_apart_by_hand():
    # One household: 6000 for 3 becomes 8000 for 4: 2000 a head both times.
    # income (8000 − 6000)·½(1/3 + 1/4) = 583⅓; size (1/4 − 1/3)·½(14000) = −583⅓
    found = size_and_income_effect([6000, 1000], [3, 1], [8000, 1500], [4, 1])
    assert found.change == pytest.approx((0 + 500) / 2)
    assert found.income_effect == pytest.approx((7000 / 12 + 500) / 2)
    assert found.size_effect == pytest.approx((-7000 / 12 + 0) / 2)
    with pytest.raises(ValueError, match="1 household sizes"):
        size_and_income_effect([1], [0], [1], [1])


def test_growth_of_every_quantile_by_hand():
    before, after = [100, 200, 300, 400], [110, 220, 360, 400]
    found = growth_incidence_curve(before, after, [0.25, 0.5, 0.75])
    assert found.growth == pytest.approx([0.10, 0.10, 0.20])
    assert growth_incidence_curve(before, after, [0.75], years=2).growth == pytest.approx([1.2**0.5 - 1])
    assert np.isnan(growth_incidence_curve([0, 0, 5], [1, 1, 5], [0.5]).growth).all()


def test_the_interval_of_growth_covers_a_known_growth_and_pairing_narrows_it():
    generator = np.random.default_rng(5)
    before = generator.lognormal(8, 0.5, 800)
    after = before * 1.1 * generator.lognormal(0, 0.05, 800)
    apart = growth_incidence_curve(before, after, [0.25, 0.5, 0.75])
    paired = growth_incidence_curve(before, after, [0.25, 0.5, 0.75], paired=True)
    assert (paired.low < 0.1).all()
    assert (paired.high > 0.1).all()
    assert (paired.high - paired.low < apart.high - apart.low).all()
    village = np.arange(800) % 40
    clustered = growth_incidence_curve(before, after, [0.5], clusters=village, clusters_after=village)
    assert clustered.low[0] < clustered.growth[0] < clustered.high[0]


def test_when_every_paired_income_grows_alike_there_is_no_doubt_about_the_growth():
    before = np.random.default_rng(9).lognormal(8, 0.5, 300)
    found = growth_incidence_curve(before, before * 1.25, [0.2, 0.5, 0.8], paired=True)
    assert found.low == pytest.approx([0.25] * 3)
    assert found.high == pytest.approx([0.25] * 3)


def test_growth_and_redistribution_by_hand():
    # line 10.  before 5 10 15 (mean 10): one of three poor.  after 9 12 39 (mean 20): one of three poor.
    # before at the mean of 20: 10 20 30, none poor      → growth        0 − 1/3
    # after at the mean of 10: 4.5 6 19.5, two poor      → redistribution 2/3 − 1/3; residual 0 − (−1/3 + 1/3) = 0
    found = growth_redistribution([5, 10, 15], [9, 12, 39], 10, method="datt_ravallion")
    assert found[:2] == pytest.approx((1 / 3, 1 / 3))
    assert (found.growth, found.redistribution, found.residual) == pytest.approx((-1 / 3, 1 / 3, 0))
    # from the end: growth P(20, after) − P(10, after) = 1/3 − 2/3, redistribution P(20, after) − P(20, before) = 1/3
    assert growth_redistribution([5, 10, 15], [9, 12, 39], 10, method="datt_ravallion", reference="after")[3:] == (
        pytest.approx((-1 / 3, 1 / 3, 0))
    )
    assert growth_redistribution([5, 10, 15], [9, 12, 39], 10)[3:] == pytest.approx((-1 / 3, 1 / 3, 0))


def test_the_residual_of_datt_and_ravallion_is_what_is_left():
    # line 10.  before 8 8 8 (all poor).  after 6 6 24 (mean 12): two poor.
    # before at 12: none poor → growth −1; after at 8: 4 4 16, two poor → redistribution −1/3; change −1/3; residual +1
    found = growth_redistribution([8, 8, 8], [6, 6, 24], 10, method="datt_ravallion")
    assert found[2:] == pytest.approx((-1 / 3, -1, -1 / 3, 1))
    # Shapley: growth ½(−1 + 0), redistribution ½(−1/3 + 2/3)
    assert growth_redistribution([8, 8, 8], [6, 6, 24], 10)[2:] == pytest.approx((-1 / 3, -1 / 2, 1 / 6, 0))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(MONEY, min_size=1, max_size=15), st.lists(MONEY, min_size=1, max_size=15), MONEY,
    st.sampled_from([0, 1, 2]), st.sampled_from(["shapley", "datt_ravallion"]),
)  # fmt: skip
def test_growth_and_redistribution_add_up(before, after, line, alpha, method):
    found = growth_redistribution(before, after, line, alpha, method=method)
    change = fgt(after, line, alpha) - fgt(before, line, alpha)
    assert found.growth + found.redistribution + found.residual == pytest.approx(change, abs=1e-12)
    same = growth_redistribution(before, np.array(before) * 2, line, alpha)
    assert same.redistribution == pytest.approx(0, abs=1e-9 if alpha else 1)


def test_decompositions_refuse_what_they_cannot_part():
    with pytest.raises(ValueError, match="mean income must be above zero"):
        growth_redistribution([-1, 0], [1, 2], 5)
    with pytest.raises(ValueError, match="shares"):
        growth_incidence_curve([1], [2], [0])
    with pytest.raises(ValueError, match="years"):
        growth_incidence_curve([1], [2], years=0)


def test_the_t_of_a_bridge_counts_clusters():
    found = income_bridge({"y": [1, 2, 3]}, {"y": [2, 2, 6]}).change
    assert (found.high - found) / found.se == pytest.approx(stats.t.ppf(0.975, 2))
