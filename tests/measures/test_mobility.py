"""Who moved, who left poverty, who fell back."""

import math

import numpy as np
import pytest

from louxing_analysis.measures.mobility import (
    average_movement,
    poverty_dynamics,
    prais,
    shorrocks,
    stock_and_flow,
    transition_matrix,
)

# The 125 people of R's mobilityIndexR (README, relative matrix of incomeMobility, t0 by t5), printed there:
# Prais–Bibby 0.464, average movement 0.64, weighted group mobility 0.58, which with groups of equal size is Shorrocks'.
PEOPLE = np.array([[19, 5, 1, 0, 0], [6, 10, 6, 3, 0], [0, 6, 8, 7, 4], [0, 1, 3, 15, 6], [0, 3, 7, 0, 15]])
BEFORE, AFTER = (np.repeat(index.ravel(), PEOPLE.ravel()) for index in np.indices((5, 5)))
BANDS = [1, 2, 3, 4]


def test_the_printed_indices_of_mobility_index_r():
    assert transition_matrix(BEFORE, AFTER, BANDS).counts.tolist() == PEOPLE.tolist()
    assert prais(BEFORE, AFTER, BANDS) == pytest.approx(0.464)
    assert average_movement(BEFORE, AFTER, BANDS) == pytest.approx(0.64)
    assert shorrocks(BEFORE, AFTER, BANDS) == pytest.approx(0.58)


def test_a_band_holds_its_lower_edge():
    #  before  after   line 3000: at the line is not poor
    #    2999   3000   poor → not poor
    #    3000   2999   not poor → poor
    matrix = transition_matrix([2999, 3000], [3000, 2999], [3000], weights=[3, 1])
    assert matrix.counts.tolist() == [[0, 1], [1, 0]]
    assert matrix.weights.tolist() == [[0, 3], [1, 0]]
    assert matrix.joint.tolist() == [[0, 0.75], [0.25, 0]]
    assert matrix.shares.tolist() == [[0, 1], [1, 0]]


def test_a_band_nobody_started_in_has_no_shares():
    matrix = transition_matrix([1, 1], [1, 9], [5])
    assert matrix.shares[0].tolist() == [0.5, 0.5]
    assert np.isnan(matrix.shares[1]).all()
    found = shorrocks([1, 1], [1, 9], [5])
    assert math.isnan(found)
    assert "1 of 2 bands are empty" in found.convention


def test_without_rows_there_are_counts_of_zero_and_no_shares():
    matrix = transition_matrix([], [], [5])
    assert matrix.counts.tolist() == [[0, 0], [0, 0]]
    assert np.isnan(matrix.joint).all()
    assert prais([], [], [5]).n == shorrocks([], [], [5]).n == 0


def test_shorrocks_at_its_ends():
    assert shorrocks([1, 9], [1, 9], [5]) == 0
    assert shorrocks([1, 1, 9, 9], [1, 9, 1, 9], [5]) == 1
    assert shorrocks([1, 9], [9, 1], [5]) == 2  # k/(k − 1)


def test_the_error_of_shorrocks_is_that_of_two_independent_shares():
    # k = 2: 2 − p₁ − p₂; each p from its own rows: Σ p(1 − p)/n, and n/(n − 1) of the whole
    before, after = np.repeat([1, 9], [40, 60]), np.repeat([1, 9, 9, 1], [30, 10, 45, 15])
    variance = 0.75 * 0.25 / 40 + 0.75 * 0.25 / 60
    assert shorrocks(before, after, [5]).se == pytest.approx(math.sqrt(variance * 100 / 99))


def test_poverty_dynamics_by_hand():
    #  before  after
    #       1      1   stayed
    #       2      8   exited
    #       2      9   exited
    #       9      1   entered
    #       9      5   never (at the line)
    found = poverty_dynamics([1, 2, 2, 9, 9], [1, 8, 9, 1, 5], 5)
    assert [float(share) for share in found[:4]] == pytest.approx([1 / 5, 2 / 5, 1 / 5, 1 / 5])
    assert found.exit_rate == pytest.approx(2 / 3)
    assert found.entry_rate == pytest.approx(1 / 2)
    assert found.counts == (1, 2, 1, 1)


def test_a_line_may_move_and_persons_weigh():
    found = poverty_dynamics([2.7, 2.7], [2.8, 3.1], 2.736, 2.855, weights=[4, 1])
    assert found.exit_rate == pytest.approx(0.2)
    assert math.isnan(found.entry_rate)
    assert "denominator" in found.entry_rate.convention


def test_dynamics_of_nobody():
    found = poverty_dynamics([], [], 5)
    assert found.stayed.n == found.exit_rate.n == 0
    assert found.counts == (0, 0, 0, 0)


def test_the_account_of_a_stock_closes_or_says_by_how_much():
    #         opening identified fallen_back exited left closing
    # 2017        100         10           2     30    1      81
    # 2018         81          0           1     40    0      43   (stated; the flows make 42)
    # 2019         42          0           0     42    0       0   (opens at 42 where 43 was stated)
    account = stock_and_flow([100, 81, 42], [10, 0, 0], [2, 1, 0], [30, 40, 42], [1, 0, 0], [81, 43, 0])
    assert account.closing.tolist() == [81, 42, 0]
    assert account.difference.tolist() == [0, 1, 0]
    assert account.carried[1:].tolist() == [0, -1]
    assert math.isnan(account.carried[0])
    assert account.agrees.tolist() == [True, False, False]
    assert stock_and_flow([10], [0], [0], [2], [0], [9], tolerance=1).agrees.tolist() == [True]


def test_wrong_uses_are_refused():
    with pytest.raises(ValueError, match="rise"):
        transition_matrix([1], [1], [5, 5])
    with pytest.raises(ValueError, match="before: 1 of 2 values are missing"):
        transition_matrix([1, float("nan")], [1, 2], [5])
    with pytest.raises(ValueError, match="exited: 1 of 1 counts are negative"):
        stock_and_flow([1], [0], [0], [-1], [0], [2])
    with pytest.raises(ValueError, match="line"):
        poverty_dynamics([1], [2], 0)
    with pytest.raises(ValueError, match="edge"):
        shorrocks([1], [2], [])
