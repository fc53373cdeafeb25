"""Laws that hold for every index, whatever the numbers."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.measures import concentration, inequality, means, mobility, poverty
from louxing_analysis.measures.estimate import Estimate

INCOME = st.one_of(st.integers(1, 40).map(float), st.floats(0.5, 5000))
SAMPLES = st.lists(
    st.tuples(INCOME, INCOME, st.integers(1, 9).map(float), st.integers(0, 4)), min_size=3, max_size=25
)  # fmt: skip
LINE = 20.0
MEASURES = {
    "mean": lambda y, z, **k: means.mean(y, **k),
    "ratio": lambda y, z, **k: means.ratio(y, z, **k),
    "headcount": lambda y, z, **k: poverty.fgt(y, LINE, 0, **k),
    "gap": lambda y, z, **k: poverty.fgt(y, LINE, 1, **k),
    "severity": lambda y, z, **k: poverty.fgt(y, z, 2, **k),
    "watts": lambda y, z, **k: poverty.watts(y, LINE, **k),
    "sen": lambda y, z, **k: poverty.sen(y, LINE, **k),
    "sst": lambda y, z, **k: poverty.sst(y, LINE, **k),
    "relative line": lambda y, z, **k: poverty.relative_line(y, **k),
    "median gap": lambda y, z, **k: poverty.relative_median_gap(y, LINE, **k),
    "gini": lambda y, z, **k: inequality.gini(y, **k),
    "atkinson": lambda y, z, **k: inequality.atkinson(y, 0.5, **k),
    "theil": lambda y, z, **k: inequality.theil(y, **k),
    "mld": lambda y, z, **k: inequality.mean_log_deviation(y, **k),
    "ge2": lambda y, z, **k: inequality.generalized_entropy(y, 2, **k),
    "quantile": lambda y, z, **k: inequality.quantile(y, 0.3, rule="midpoint", **k),
    "quantile ratio": lambda y, z, **k: inequality.quantile_ratio(y, **k),
    "share ratio": lambda y, z, **k: inequality.quintile_share_ratio(y, **k),
    "concentration": lambda y, z, **k: concentration.concentration_index(y, z, **k),
    "prais": lambda y, z, **k: mobility.prais(y, z, [LINE], **k),
    "shorrocks": lambda y, z, **k: mobility.shorrocks(y, z, [LINE], **k),
    "exit rate": lambda y, z, **k: mobility.poverty_dynamics(y, z, LINE, **k).exit_rate,
}
SCALE_FREE = (
    "gini", "atkinson", "theil", "mld", "ge2", "quantile ratio", "share ratio", "concentration",
)  # fmt: skip

laws = settings(max_examples=12, deadline=None)
each = pytest.mark.parametrize("measure", [pytest.param(MEASURES[name], id=name) for name in MEASURES])


def columns(sample):
    income, other, weights, village = (np.array(column) for column in zip(*sample, strict=True))
    return income, other, {"weights": weights, "clusters": village}


def agree(first: Estimate, second: Estimate) -> None:
    for one, two in ((first, second), (first.se, second.se), (first.low, second.low), (first.high, second.high)):
        assert float(one) == pytest.approx(float(two), rel=1e-6, abs=1e-7, nan_ok=True)


@each
@laws
@given(SAMPLES, st.sampled_from([0.5, 3.0, 1e6]))
def test_all_weights_may_be_scaled(measure, sample, factor):
    income, other, design = columns(sample)
    scaled = design | {"weights": design["weights"] * factor}
    agree(measure(income, other, **design), measure(income, other, **scaled))


@each
@laws
@given(SAMPLES, st.randoms(use_true_random=False))
def test_rows_may_come_in_any_order_and_with_any_index(measure, sample, random):
    income, other, design = columns(sample)
    order = list(range(len(sample)))
    random.shuffle(order)
    shuffled = {name: pd.Series(values[order], index=order) for name, values in design.items()}
    found = measure(pd.Series(income[order], index=order), pd.Series(other[order], index=order), **shuffled)
    agree(measure(income, other, **design), found)


@each
@laws
@given(SAMPLES)
def test_rows_of_weight_zero_are_not_there(measure, sample):
    income, other, design = columns(sample)
    more = {
        "weights": np.append(design["weights"], [0, 0]), "clusters": np.append(design["clusters"], [77, 1]),
    }  # fmt: skip
    found = measure(np.append(income, [-7, 999]), np.append(other, [15, 1e6]), **more)
    expected = measure(income, other, **design)
    agree(expected, found)
    assert expected.n == found.n


@each
@laws
@given(SAMPLES)
def test_a_weight_of_two_is_two_rows(measure, sample):
    income, other, design = columns(sample)
    times = design["weights"].astype(int)
    design_of_copies = {"clusters": np.repeat(design["clusters"], times)}
    found = measure(np.repeat(income, times), np.repeat(other, times), **design_of_copies)
    agree(measure(income, other, **design), found)


@each
@laws
@given(SAMPLES)
def test_the_interval_holds_the_estimate(measure, sample):
    income, other, design = columns(sample)
    for found in (measure(income, other, **design), measure(income, other)):
        if not np.isnan(found.low):
            assert found.low <= found <= found.high
            assert found.se >= 0


@pytest.mark.parametrize("name", SCALE_FREE)
@laws
@given(SAMPLES, st.sampled_from([0.01, 7.0, 1e5]))
def test_inequality_does_not_know_the_unit_of_money(name, sample, factor):
    income, other, design = columns(sample)
    agree(MEASURES[name](income, other, **design), MEASURES[name](income * factor, other * factor, **design))


@laws
@given(SAMPLES)
def test_a_lorenz_curve_rises_bends_upwards_and_holds_the_gini(sample):
    income, _, design = columns(sample)
    curve = inequality.lorenz_curve(income, design["weights"])
    steps = np.diff(curve.income) / np.diff(curve.population)
    assert (np.diff(steps) >= -1e-9).all()
    assert (curve.income <= curve.population + 1e-12).all()
    area = np.trapezoid(curve.income, curve.population)
    assert inequality.gini(income, design["weights"]) == pytest.approx(1 - 2 * area, abs=1e-9)


@laws
@given(SAMPLES)
def test_transition_rows_add_up_to_one_and_dynamics_too(sample):
    before, after, design = columns(sample)
    matrix = mobility.transition_matrix(before, after, [5, LINE, 100], design["weights"])
    started = matrix.counts.sum(axis=1) > 0
    assert matrix.shares[started].sum(axis=1) == pytest.approx(1)
    assert matrix.counts.sum() == len(sample)
    shares = mobility.poverty_dynamics(before, after, LINE, **design)[:4]
    assert sum(float(share) for share in shares) == pytest.approx(1)


@laws
@given(SAMPLES)
def test_poverty_falls_with_alpha_and_gini_stays_within_its_bounds(sample):
    income, _, design = columns(sample)
    levels = [poverty.fgt(income, LINE, alpha, **design) for alpha in (0, 0.5, 1, 2)]
    assert all(deeper <= level + 1e-12 for level, deeper in pairwise(levels))
    assert -1e-12 <= inequality.gini(income, **design) < 1


@laws
@given(SAMPLES)
def test_groups_rise_with_the_values_and_ties_share_one(sample):
    values, _, design = columns(sample)
    group = inequality.quantile_groups(values, 5, design["weights"])
    order = np.argsort(values)
    assert (np.diff(group[order]) >= 0).all()
    assert all(len(set(group[values == value])) == 1 for value in values)
    assert set(group) <= {1, 2, 3, 4, 5}


@laws
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(1, 5)), max_size=30))
def test_patterns_of_programmes_part_the_whole(rows):
    first, second, third, weight = ([row[place] for row in rows] for place in range(4))
    found = concentration.overlap({"a": first, "b": second, "c": third}, weights=weight)
    assert sum(pattern.rows for pattern in found) == len(rows)
    assert sum(pattern.weight for pattern in found) == sum(weight)
    assert any(pattern.programmes == () for pattern in found)
    assert sum(pattern.weight for pattern in found if "a" in pattern.programmes) == pytest.approx(
        sum(w for flag, w in zip(first, weight, strict=True) if flag)
    )
