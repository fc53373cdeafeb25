"""Ranks in which ties share one rank."""

import numpy as np
import pytest

from louxing_analysis.measures.ranks import rank_product, ranking


def test_ties_share_the_middle_of_what_they_cover():
    #   key  share  cumulated to the middle
    #     1    0.2   0.1
    #     5    0.3   0.2 + (0.3 + 0.1)/2 = 0.4
    #     5    0.1   0.4
    #     9    0.4   0.8
    ranked = ranking(np.array([5.0, 9.0, 1.0, 5.0]))
    share = np.array([0.3, 0.4, 0.2, 0.1])
    assert ranked.middle(share) == pytest.approx([0.4, 0.8, 0.1, 0.4])
    assert ranked.at_ends(share) == pytest.approx([0.2, 0.6, 1.0])


def test_the_influence_values_of_a_rank_product_add_up_to_nothing():
    amounts, key, share = np.array([1.0, 4, 2, 2]), np.array([3.0, 1, 1, 2]), np.array([0.1, 0.2, 0.3, 0.4])
    product, influence = rank_product(amounts, key, share)
    # ranks: keys 1 1 share .25; 2: .5 + .2 = .7; 3: .95
    assert product == pytest.approx(0.1 * 1 * 0.95 + 0.2 * 4 * 0.25 + 0.3 * 2 * 0.25 + 0.4 * 2 * 0.7)
    assert np.dot(share, influence()) == pytest.approx(0)
