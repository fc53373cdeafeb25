"""What is let in, and what is refused with a count."""

import numpy as np
import pandas as pd
import pytest

from louxing_analysis.measures.rows import checked, numbers, require_positive

NAN = float("nan")


def test_missing_values_are_refused_and_counted():
    with pytest.raises(ValueError, match="income: 2 of 4 values are missing"):
        checked(income=[1, NAN, 3, NAN])


def test_infinite_values_are_refused_and_counted():
    with pytest.raises(ValueError, match="income: 1 of 2 values are infinite"):
        checked(income=[1, float("inf")])


def test_a_sum_that_overflows_is_not_taken_for_an_infinite_value():
    assert numbers([1e308, 1e308], "income").size == 2


def test_two_dimensions_are_refused():
    with pytest.raises(ValueError, match="2 dimensions"):
        checked(income=np.ones((2, 2)))


@pytest.mark.parametrize("part", ["weights", "clusters", "strata"])
def test_lengths_must_agree(part):
    given = {"weights": None, "clusters": None, "strata": None} | {part: [1, 2, 3]}
    with pytest.raises(ValueError, match=f"{part} has 3 values, income has 2"):
        checked(*given.values(), income=[1, 2])


def test_negative_and_missing_weights_are_refused_and_counted():
    with pytest.raises(ValueError, match="weights: 1 of 2 are negative"):
        checked([1, -1], income=[1, 2])
    with pytest.raises(ValueError, match="weights: 1 of 2 values are missing"):
        checked([1, NAN], income=[1, 2])


def test_rows_of_weight_zero_are_left_out_with_their_labels():
    rows = checked([2, 0, 1], ["a", "b", "c"], None, income=[10, 20, 30])
    assert rows["income"].tolist() == [10, 30]
    assert rows.clusters.tolist() == ["a", "c"]
    assert (rows.n, rows.total) == (2, 3)


def test_a_series_with_another_index_is_taken_by_position():
    series = pd.Series([1.0, 2.0], index=[7, 3])
    assert checked(pd.Series([1, 0], index=[3, 7]), income=series)["income"].tolist() == [1.0]


def test_a_column_may_be_called_weights():
    assert checked(None, **{"weights": [1, 2]}).n == 2


def test_what_a_logarithm_cannot_take_is_refused_or_counted_out():
    rows = checked(income=[-1, 0, 2])
    with pytest.raises(ValueError, match="income: 2 of 3 values are zero or negative, which Theil cannot take"):
        require_positive(rows, "income", "Theil", "refuse")
    kept, note = require_positive(rows, "income", "Theil", "count_out")
    assert kept["income"].tolist() == [2]
    assert "2 of 3 rows left out" in note
    assert require_positive(rows, "income", "Theil", "count_out", zero_allowed=True)[0].n == 2
    with pytest.raises(ValueError, match="refuse, count_out"):
        require_positive(rows, "income", "Theil", "ignore")
