"""Poverty indices against printed and hand-worked values."""

import math

import numpy as np
import pytest

from louxing_analysis.measures.inequality import gini
from louxing_analysis.measures.poverty import (
    fgt,
    poverty_gap_total,
    relative_line,
    relative_median_gap,
    sen,
    sst,
    watts,
)

# Haughton & Khandker 2009, Handbook on Poverty and Inequality, tables 4.2 and 4.3: four people, line 125.
FOUR = [100, 110, 150, 160]


def test_the_handbooks_four_people():
    assert fgt(FOUR, 125, 0) == 0.5
    assert fgt(FOUR, 125, 1) == pytest.approx(0.08)  # table 4.2: (0.20 + 0.12) / 4
    assert fgt(FOUR, 125, 2) == pytest.approx((0.04 + 0.0144) / 4)  # table 4.3
    assert watts(FOUR, 125) == pytest.approx((math.log(125 / 100) + math.log(125 / 110)) / 4)


def test_who_earns_exactly_the_line_is_not_poor():
    assert fgt([2999.99, 3000, 3000.01], 3000) == pytest.approx(1 / 3)


def test_zero_and_negative_incomes_count_with_their_whole_gap():
    # gaps (10 − 0)/10 = 1 and (10 + 5)/10 = 1.5
    assert fgt([0, -5, 20, 30], 10, 1) == pytest.approx((1 + 1.5) / 4)


def test_alpha_between_zero_and_one():
    assert fgt([75, 200], 100, 0.5) == pytest.approx(math.sqrt(0.25) / 2)


def test_persons_weigh():
    #  income  persons
    #      50        4   poor
    #     150        1
    assert fgt([50, 150], 100, 0, weights=[4, 1]) == pytest.approx(0.8)
    assert fgt([50, 150], 100, 1, weights=[4, 1]) == pytest.approx(0.4)


def test_each_row_may_have_its_own_line_and_loses_it_with_its_weight():
    assert fgt([50, 50, 50], [40, 60, 60], weights=[1, 1, 0]) == 0.5
    assert watts([50, 50, -1], [40, 100, 9], not_positive="count_out") == pytest.approx(math.log(2) / 2)


def test_a_headcount_of_nobody_and_of_everybody():
    nobody, everybody = fgt([5, 6, 7], 3), fgt([5, 6, 7], 9)
    assert (nobody, everybody) == (0, 1)
    assert nobody.low == 0 < nobody.high < 1
    assert 0 < everybody.low < everybody.high == 1


def test_watts_refuses_or_counts_out_what_has_no_logarithm():
    with pytest.raises(ValueError, match="income: 2 of 4 values are zero or negative"):
        watts([0, -1, 50, 200], 100)
    found = watts([0, -1, 50, 200], 100, not_positive="count_out")
    assert found == pytest.approx(math.log(2) / 2)
    assert "2 of 4 rows left out" in found.convention


def test_sen_by_hand():
    # Poor: 100 and 110 of four, line 125. H = 1/2; I = (0.20 + 0.12)/2 = 0.16;
    # Gini of (100, 110) = 10 / (2 · 210) = 1/42. S = H·(I + (1 − I)·G) = 0.5 · (0.16 + 0.84/42) = 0.09
    assert sen(FOUR, 125) == pytest.approx(0.09)


def test_who_earns_exactly_the_line_is_not_among_the_poor_of_sen_nor_of_the_median_gap():
    assert sen([100, 110, 125, 160], 125) == pytest.approx(0.09)
    assert relative_median_gap([40, 60, 100, 100], 100) == pytest.approx(1 - 40 / 100)


def test_an_estimated_line_can_be_used_as_it_is():
    # median 30, line 18: one of five below
    assert fgt([10, 20, 30, 40, 50], relative_line([10, 20, 30, 40, 50])) == 0.2


def test_sst_by_hand():
    # (1/n²) Σ (2n − 2i + 1)·gap_i, i from the poorest: (7·0.20 + 5·0.12) / 16 = 0.125
    assert sst(FOUR, 125) == pytest.approx(0.125)


def test_sst_is_headcount_times_gap_times_one_plus_the_gini_of_the_gaps():
    # Haughton & Khandker 2009, equation 4.9
    income = np.array([30, 80, 80, 120, 95, 200.0])
    gaps = np.maximum(100 - income, 0)
    assert sst(income, 100) == pytest.approx(fgt(income, 100, 1) * (1 + gini(gaps)))


def test_sen_and_sst_of_equal_poor_are_the_gap():
    assert sen([50, 50, 150], 100) == pytest.approx(fgt([50, 50, 150], 100, 1))
    assert sen([150, 160], 100) == sst([150, 160], 100) == 0


def test_the_total_gap_is_money():
    # 3 persons short of 20 and 2 short of 5: 3·20 + 2·5
    found = poverty_gap_total([80, 95, 130], 100, weights=[3, 2, 9])
    assert found == 70
    assert found.low <= 70 <= found.high


def test_a_relative_line_is_a_share_of_the_median():
    found = relative_line([10, 20, 30, 40, 50])
    assert found == pytest.approx(0.6 * 30)
    assert relative_line([10, 20, 30, 40], rule="midpoint") == pytest.approx(0.6 * 25)
    assert relative_line([10, 20, 30, 40], 0.5, 0.75) == pytest.approx(15)
    assert found.low <= found <= found.high


def test_the_median_gap_is_that_of_the_poor():
    assert relative_median_gap([40, 60, 90, 500], 100) == pytest.approx(1 - 60 / 100)
    assert relative_median_gap([40, 60, 90, 500], 100).n == 3
    assert math.isnan(relative_median_gap([500], 100))


@pytest.mark.parametrize("index", [fgt, watts, sen, sst, poverty_gap_total, relative_median_gap])
def test_without_rows_every_index_is_nan_of_none(index):
    found = index([], 100)
    assert math.isnan(found)
    assert found.n == 0


@pytest.mark.parametrize("index", [fgt, watts, sen, sst, poverty_gap_total, relative_median_gap])
@pytest.mark.parametrize("line", [0, -1, float("nan"), float("inf")])
def test_a_line_must_be_a_number_above_zero(index, line):
    with pytest.raises(ValueError, match="line must be a number above zero"):
        index([1, 2], line)


def test_other_wrong_uses_are_refused():
    with pytest.raises(ValueError, match="alpha"):
        fgt([1], 2, -1)
    with pytest.raises(ValueError, match="one line"):
        sen([1, 2], [3, 4])
    with pytest.raises(ValueError, match="share"):
        relative_line([1, 2], 0)
    with pytest.raises(ValueError, match="smallest, midpoint"):
        relative_median_gap([1, 2], 3, rule="nearest")
