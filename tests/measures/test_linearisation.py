"""Standard errors of totals, between clusters and within strata."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from louxing_analysis.measures.inequality import (
    atkinson,
    generalized_entropy,
    gini,
    quintile_share_ratio,
)
from louxing_analysis.measures.linearisation import encode, precision
from louxing_analysis.measures.means import mean, ratio
from louxing_analysis.measures.poverty import fgt, sen, sst, watts


def test_without_clusters_the_error_of_a_mean_is_the_textbook_one():
    values = np.array([2.0, 4.0, 4.0, 10.0])
    # deviations −3 −1 −1 5: squares add up to 36; 36 / 3 = 12; 12 / 4 = 3
    found = mean(values)
    assert found == 5
    assert found.se == pytest.approx(math.sqrt(3), abs=1e-12)
    assert found.high == pytest.approx(5 + stats.t.ppf(0.975, 3) * math.sqrt(3), abs=1e-9)


def test_two_clusters_by_hand():
    # values 1 3 | 5 7, mean 4; cluster totals of (y − 4)/4: −1 and +1; their mean is 0; 2/(2−1) · (1 + 1) = 4
    found = mean([1, 3, 5, 7], clusters=["east", "east", "west", "west"])
    assert found.se == pytest.approx(2.0, abs=1e-12)
    assert "2 clusters" in found.convention
    assert "t(1)" in found.convention


def test_strata_take_out_what_lies_between_them():
    # scores (y − 4)/4 = −.75 −.25 | .25 .75; within each stratum ±.25: 2 · (.0625 + .0625) = .25, twice: .5
    found = mean([1, 3, 5, 7], strata=[1, 1, 2, 2])
    assert found.se == pytest.approx(math.sqrt(0.5), abs=1e-12)
    assert "4 rows in 2 strata" in found.convention


def test_one_label_in_two_strata_is_two_clusters():
    scores = np.array([0.1, 0.2, 0.5, -0.3])
    same = precision(scores, np.array([1, 2, 1, 2]), np.array(["a", "a", "b", "b"]))
    other = precision(scores, np.array([1, 2, 3, 4]), np.array(["a", "a", "b", "b"]))
    assert same == other
    assert same.degrees == 2


@pytest.mark.parametrize("design", [{"clusters": [1, 1, 1]}, {"strata": [1, 1, 2]}])
def test_where_there_is_nothing_to_compare_there_is_a_value_and_no_error(design):
    found = mean([1, 2, 6], **design)
    assert found == 3
    assert math.isnan(found.se)
    assert math.isnan(found.low)
    assert "no standard error" in found.convention


def test_the_mean_and_the_ratio_agree_with_the_sandwich_error_of_a_regression():
    # A clustered sandwich of a weighted regression on a constant, times m/(m−1), is the same variance by another way.
    generator = np.random.default_rng(1)
    values, weights, village = generator.normal(size=60), generator.uniform(1, 5, 60), generator.integers(0, 9, 60)
    residual = weights * (values - np.average(values, weights=weights)) / weights.sum()
    by_village = pd.Series(residual).groupby(village).sum()
    expected = math.sqrt((by_village**2).sum() * 9 / 8)
    assert mean(values, weights, village).se == pytest.approx(expected, rel=1e-12)
    assert ratio(values * weights, weights, clusters=village).se == pytest.approx(expected, rel=1e-12)


def test_a_share_at_its_end_has_an_interval_all_the_same():
    found = mean([0] * 20)
    # Newcombe 1998 (single proportion), table I: 0 of 20, method 3: 0 to 0.1611
    assert (found, found.se, found.low) == (0, 0, 0)
    assert found.high == pytest.approx(0.1611, abs=5e-5)
    assert mean([1] * 20, clusters=[1, 2] * 10).low < mean([1] * 20).low


@pytest.mark.parametrize("labels", [
    ["a", "b", "a"], [3, 9, 3], [10**12, 5, 10**12], [True, False, True], [0.5, 1.5, 0.5], pd.Series(["a", "b", "a"]),
    np.array(["2020-01-01", "2021-01-01", "2020-01-01"], dtype="datetime64[s]"),
])  # fmt: skip
def test_labels_of_any_kind_are_numbered(labels):
    codes, count = encode(np.asarray(labels), "clusters")
    assert count == 2
    assert codes[0] == codes[2] != codes[1]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_missing_labels_are_refused_and_counted(missing):
    with pytest.raises(ValueError, match="clusters: 2 of 3 labels are missing"):
        mean([1, 2, 3], clusters=np.array([missing, "a", missing], dtype=object))


def test_a_village_called_nan_is_a_village():
    assert encode(np.array(["nan", "b"], dtype=object), "clusters")[1] == 2


MEASURES = {
    "headcount": lambda y, w, **k: fgt(y, 9, 0, w, **k),
    "gap": lambda y, w, **k: fgt(y, 9, 1, w, **k),
    "watts": lambda y, w, **k: watts(y, 9, w, **k),
    "sen": lambda y, w, **k: sen(y, 9, w, **k),
    "sst": lambda y, w, **k: sst(y, 9, w, **k),
    "gini": lambda y, w, **k: gini(y, w, **k),
    "atkinson(1)": lambda y, w, **k: atkinson(y, 1, w, **k),
    "atkinson(.5)": lambda y, w, **k: atkinson(y, 0.5, w, **k),
    "atkinson(2)": lambda y, w, **k: atkinson(y, 2, w, **k),
    "ge(-1)": lambda y, w, **k: generalized_entropy(y, -1, w, **k),
    "ge(0)": lambda y, w, **k: generalized_entropy(y, 0, w, **k),
    "ge(1)": lambda y, w, **k: generalized_entropy(y, 1, w, **k),
    "ge(2)": lambda y, w, **k: generalized_entropy(y, 2, w, **k),
    "ge(3)": lambda y, w, **k: generalized_entropy(y, 3, w, **k),
}


@pytest.mark.parametrize("name", MEASURES)
def test_the_linearised_error_is_the_jackknife_error(name):
    """The jackknife takes no derivative: leaving out each of 400 rows must tell nearly the same error."""
    measure = MEASURES[name]
    generator = np.random.default_rng(7)
    income, weights = np.round(generator.lognormal(2.3, 0.5, 400), 1), generator.integers(1, 6, 400).astype(float)
    found = measure(income, weights)
    without = np.empty(400)
    for row in range(400):
        left = weights.copy()
        left[row] = 0
        without[row] = float(measure(income, left, standard_error=False))
    jackknife = math.sqrt(399 / 400 * ((without - without.mean()) ** 2).sum())
    assert found.se == pytest.approx(jackknife, rel=0.02)


def test_the_error_of_the_quintile_share_ratio_is_that_of_resampling():
    generator = np.random.default_rng(11)
    income = generator.lognormal(2, 0.6, 2000)
    drawn = [quintile_share_ratio(generator.choice(income, 2000), standard_error=False) for _ in range(300)]
    assert quintile_share_ratio(income).se == pytest.approx(np.std(drawn), rel=0.15)
