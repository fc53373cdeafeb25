"""Control charts against the textbook, and run rules one pattern at a time."""

import math

import numpy as np
import pytest

from louxing_analysis.measures.control_charts import (
    NELSON,
    RULES,
    WESTERN_ELECTRIC,
    c_chart,
    laney_p_chart,
    p_chart,
    run_signals,
    u_chart,
)

# NIST/SEMATECH e-Handbook §6.3.3.2 (wafers) and Montgomery 2009, table 7.1 (cans): 30 samples of 50.
DEFECTIVE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]


def test_the_chart_of_the_textbook():
    chart = p_chart(DEFECTIVE, [50] * 30, rules=("beyond_limits",))
    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    assert chart.low[0] == pytest.approx(0.0524, abs=5e-5)
    assert chart.high[0] == pytest.approx(0.4102, abs=5e-5)
    assert [signal.point + 1 for signal in chart.signals] == [15, 23]


def test_limits_frozen_on_the_samples_in_control():
    # Montgomery: without samples 15 and 23 the centre is 0.2150, limits 0.0407 and 0.3893; sample 21 is then beyond.
    baseline = ~np.isin(np.arange(1, 31), [15, 23])
    chart = p_chart(DEFECTIVE, [50] * 30, baseline, rules=("beyond_limits",))
    assert chart.centre == pytest.approx(0.2150, abs=5e-5)
    assert (chart.low[0], chart.high[0]) == pytest.approx((0.0407, 0.3893), abs=5e-5)
    assert [signal.point + 1 for signal in chart.signals] == [15, 21, 23]


def test_every_point_has_the_limits_of_its_own_denominator():
    chart = p_chart([5, 80], [10, 160])
    assert chart.centre == 0.5
    assert chart.high == pytest.approx([0.5 + 3 * 0.5 / math.sqrt(10), 0.5 + 3 * 0.5 / math.sqrt(160)])
    assert p_chart([1], [10], target=0.02).low.tolist() == [0]


def test_a_month_without_a_record_is_no_zero_and_breaks_a_run():
    whole = p_chart([6] * 9, [10] * 9, target=0.5)
    assert [signal.rule for signal in whole.signals] == ["eight_on_one_side"] * 2
    broken = p_chart([6, 6, 6, 6, 0, 6, 6, 6, 6], [10, 10, 10, 10, 0, 10, 10, 10, 10], target=0.5)
    assert broken.signals == ()
    assert math.isnan(broken.rate[4])
    assert math.isnan(broken.high[4])
    assert not broken.baseline[4]


def test_a_centre_of_one_leaves_no_room_for_chance():
    chart = p_chart([10, 10, 9], [10, 10, 10], baseline=[True, True, False])
    assert (chart.low.tolist(), chart.high.tolist()) == ([1, 1, 1], [1, 1, 1])
    assert [signal.point for signal in chart.signals if signal.rule == "beyond_limits"] == [2]


def test_events_per_unit_have_the_limits_of_their_own_base():
    #  events    12   3   9      rate  6  3  3
    #  units      2   1   3      centre 24/6 = 4
    chart = u_chart([12, 3, 9], [2, 1, 3], rules=("beyond_limits",))
    assert chart.centre == 4
    assert chart.high == pytest.approx([4 + 6 / math.sqrt(2), 4 + 6, 4 + 6 / math.sqrt(3)])
    assert chart.low == pytest.approx([0, 0, 4 - 6 / math.sqrt(3)])
    assert chart.z == pytest.approx([2 / math.sqrt(4 / 2), -1 / 2, -1 / math.sqrt(4 / 3)])


def test_a_count_chart_is_a_unit_chart_over_a_base_of_one():
    counts = [16, 25, 36, 23]
    plain, over_one = c_chart(counts), u_chart(counts, [1] * 4)
    assert plain.centre == 25
    assert (plain.low[0], plain.high[0]) == (10, 40)
    assert plain.z.tolist() == over_one.z.tolist() == [-1.8, 0, 2.2, -0.4]


def test_counts_may_pass_one_per_unit_but_never_stand_over_nothing():
    assert u_chart([30], [10], target=2).z == pytest.approx([1 / math.sqrt(0.2)])
    assert math.isnan(u_chart([3, 0], [1, 0]).rate[1])
    with pytest.raises(ValueError, match="no count over a base of zero"):
        u_chart([3, 1], [1, 0])
    with pytest.raises(ValueError, match="target=-1"):
        c_chart([3, 1], target=-1)


def test_laneys_unit_chart_takes_the_scatter_between_neighbours():
    # rates 60, 40, 60, 40 a unit: centre 50, sigma √50, z ±10/√50; moving range 20/√50
    chart = u_chart([60, 40, 60, 40], [1] * 4, laney=True)
    assert chart.sigma_z == pytest.approx(20 / math.sqrt(50) / 1.128)
    assert chart.high[0] == pytest.approx(50 + 3 * 20 / 1.128)


PATTERNS = {
    "beyond_limits": ([0, 3.1], [0, 3.0]),
    "two_of_three": ([2.1, 0, 2.2], [2.1, 0, -2.2]),
    "four_of_five": ([1.1, 1.2, 0, 1.3, 1.1], [1.1, 1.2, 0, -1.3, 1.1]),
    "eight_on_one_side": ([0.1] * 8, [0.1] * 7 + [0]),
    "nine_on_one_side": ([-0.1] * 9, [-0.1] * 8 + [0.1]),
    "six_rising_or_falling": ([0, 1, 2, 3, 4, 5], [0, 1, 2, 2, 4, 5]),
    "fourteen_alternating": ([0, 1] * 7, [0, 1] * 6 + [1, 0]),
    "fifteen_near_centre": ([0.5, -0.5, 0.2] * 5, [0.5, -0.5, 0.2] * 4 + [0.5, -0.5, 1.0]),
    "eight_off_centre": ([1.5, -1.5] * 4, [1.5] * 8),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_speaks_of_its_pattern_and_not_of_the_next_one(name):
    pattern, near = PATTERNS[name]
    found = run_signals(pattern, (name,))
    assert [(signal.rule, signal.point) for signal in found] == [(name, len(pattern) - 1)]
    assert (found[0].first, found[0].en, found[0].zh) == (
        len(pattern) - RULES[name].points, RULES[name].en, RULES[name].zh,
    )  # fmt: skip
    assert run_signals([-value for value in pattern], (name,))
    assert run_signals(near, (name,)) == ()
    assert run_signals([*pattern[:-1], math.nan], (name,)) == ()


def test_a_pattern_speaks_only_at_a_point_that_takes_part_in_it():
    assert [signal.point for signal in run_signals([2.1, 2.2, 0], ("two_of_three",))] == []
    assert [signal.point for signal in run_signals([0, 2.1, 2.2, 0], ("two_of_three",))] == [2]


def test_a_point_without_a_record_inside_a_pattern_silences_it():
    assert run_signals([2.1, math.nan, 2.2], ("two_of_three",)) == ()
    assert run_signals([1.1, 1.2, math.nan, 1.3, 1.1], ("four_of_five",)) == ()


def test_the_rule_sets_are_made_of_known_rules():
    assert set(WESTERN_ELECTRIC) | set(NELSON) == set(RULES)
    assert run_signals([], NELSON) == ()


def test_laney_widens_the_limits_by_the_scatter_between_neighbours():
    # centre ½, base 10000, σ = .005; shares .48 .52 .48 .52: z = −4 4 −4 4; moving ranges 8; σz = 8/1.128
    count, base = [4800, 5200, 4800, 5200], [10_000] * 4
    assert len(p_chart(count, base, rules=("beyond_limits",)).signals) == 4
    chart = laney_p_chart(count, base, rules=("beyond_limits",))
    assert chart.sigma_z == pytest.approx(8 / 1.128)
    assert chart.high[0] == pytest.approx(0.5 + 3 * 0.005 * 8 / 1.128)
    assert chart.signals == ()


def test_wrong_uses_are_refused():
    for refused, says in (
        (lambda: p_chart([3], [2]), "0 ≤ count ≤ base"),
        (lambda: p_chart([1], [2], rules=("astrology",)), "astrology"),
        (lambda: p_chart([0], [0]), "baseline holds no point"),
        (lambda: p_chart([1], [2], baseline=[True, False]), "one flag per point"),
        (lambda: p_chart([1], [2], target=2), "target"),
        (lambda: laney_p_chart([1], [2]), "two points"),
        (lambda: laney_p_chart([1, 1], [2, 2]), "do not differ"),
        (lambda: p_chart([math.nan], [2]), "missing"),
    ):
        with pytest.raises(ValueError, match=says):
            refused()
