"""An Estimate is a number first."""

import copy
import json
import math
import pickle

import numpy as np
import pytest

from louxing_analysis.measures.estimate import Estimate, nothing

HALF = Estimate(0.5, se=0.1, low=0.3, high=0.7, n=10, convention="made up")


def test_arithmetic_comparison_and_format_are_those_of_the_value():
    assert HALF + 1 == 1.5
    assert type(HALF + 1) is float
    assert HALF > 0.4
    assert HALF == 0.5
    assert f"{HALF:.1%}" == "50.0%"
    assert str(HALF) == "0.5"
    assert math.sqrt(HALF) == math.sqrt(0.5)
    assert json.dumps(HALF) == "0.5"
    assert {HALF: "found"}[0.5] == "found"


def test_an_array_of_estimates_is_an_array_of_floats():
    assert np.array([HALF, HALF]).dtype == np.float64


def test_it_cannot_be_changed():
    with pytest.raises(AttributeError):
        HALF.value = 1.0


@pytest.mark.parametrize("again", [copy.deepcopy, lambda estimate: pickle.loads(pickle.dumps(estimate))])
def test_a_copy_carries_its_error_along(again):
    twin = again(HALF)
    assert (twin, twin.se, twin.n, twin.convention) == (0.5, 0.1, 10, "made up")


def test_nothing_is_nan_of_no_rows():
    assert math.isnan(nothing("no rows"))
    assert nothing("no rows").n == 0
    assert nothing("no rows").convention == "no rows"
