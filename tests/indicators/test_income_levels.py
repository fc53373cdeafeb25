"""Income per head, its spread and its growth, on tables small enough to work out by hand."""

import numpy as np
import pytest

from louxing_analysis.indicators.income import (
    income_distribution,
    income_growth,
    income_inequality,
    income_median,
    income_per_head,
)
from louxing_analysis.measures.means import ratio

# h2 states no level in 2019 but one was computed; h3 has no size, h4 neither a stated nor a computed level
INCOMES = """
household_id income_year township village household_size per_capita_net_income computed_per_capita_net_income
h1           2018        甲镇     东村    2              3000                  2900
h2           2018        甲镇     西村    4              1500                  .
h3           2018        乙镇     北村    .              9000                  .
h4           2018        乙镇     北村    3              .                     .
h1           2019        甲镇     东村    2              6000                  .
h2           2019        甲镇     西村    4              .                     3000
"""


def test_the_mean_is_weighted_by_people(draw) -> None:
    measured = income_per_head(incomes=draw("incomes", INCOMES))
    line = measured.line(period=2018)
    assert line["value"] == (2 * 3000 + 4 * 1500) / (2 + 4)
    assert line["denominator"] == 6
    assert line["missing"] == 2


def test_by_household_each_household_counts_once_and_needs_no_size(draw) -> None:
    line = income_per_head(incomes=draw("incomes", INCOMES), weights="household").line(period=2018)
    assert line["value"] == (3000 + 1500 + 9000) / 3
    assert line["missing"] == 1


def test_the_computed_level_stands_in_where_none_is_stated_and_is_counted(draw) -> None:
    measured = income_per_head(incomes=draw("incomes", INCOMES), years=[2019])
    assert measured.line()["value"] == (2 * 6000 + 4 * 3000) / 6
    assert [(note.code, note.rows) for note in measured.notes] == [("level_computed", 1)]


def test_the_size_comes_from_the_register_where_the_account_is_silent(draw) -> None:
    households = draw("households", "household_id register_year household_size\nh3 2018 5")
    line = income_per_head(incomes=draw("incomes", INCOMES), households=households).line(period=2018)
    assert line["value"] == (2 * 3000 + 4 * 1500 + 5 * 9000) / 11


def test_groups_may_be_columns_of_the_register(draw) -> None:
    households = draw("households", "household_id register_year household_type_code\nh1 2018 dibao\nh2 2018 general")
    measured = income_per_head(
        incomes=draw("incomes", INCOMES), households=households, by=("household_type_code",), years=[2018]
    )
    assert measured.line(household_type_code="dibao")["value"] == 3000


def test_the_interval_is_that_of_the_ratio_with_villages_as_clusters(draw) -> None:
    line = income_per_head(incomes=draw("incomes", INCOMES), years=[2018]).line()
    told = ratio([6000, 6000], [2, 4], clusters=[0, 1])
    assert [line["low"], line["high"]] == pytest.approx([told.low, told.high])


def test_a_year_that_was_asked_for_and_is_not_there_has_its_line_of_nothing(draw) -> None:
    line = income_per_head(incomes=draw("incomes", INCOMES), years=[2018, 2025]).line(period=2025)
    assert line["denominator"] == 0
    assert np.isnan(line["value"])


def test_groups_add_up_to_the_total(draw) -> None:
    incomes = draw("incomes", INCOMES)
    parts, whole = (income_per_head(incomes=incomes, by=by).frame for by in (("township",), ()))
    for name in ("numerator", "denominator", "missing"):
        assert parts.groupby("period")[name].sum().tolist() == whole[name].tolist()


def test_a_group_in_which_nothing_is_known_has_no_value(draw) -> None:
    line = income_per_head(incomes=draw("incomes", INCOMES), by=("township",)).line(township="乙镇", period=2018)
    assert (line["denominator"], line["missing"]) == (0, 2)
    assert np.isnan(line["value"])


def test_another_weight_is_refused(draw) -> None:
    with pytest.raises(ValueError, match="yuan"):
        income_per_head(incomes=draw("incomes", INCOMES), weights="yuan")


def test_the_median_is_where_half_the_people_are_reached(draw) -> None:
    line = income_median(incomes=draw("incomes", INCOMES)).line(period=2018)
    assert line["value"] == 1500  # four of six people live at 1500
    assert line["denominator"] == 6


def test_the_distribution_has_a_line_for_each_percentile(draw) -> None:
    measured = income_distribution(incomes=draw("incomes", INCOMES), years=[2018])
    assert measured.frame["quantile"].tolist() == ["p10", "p25", "p50", "p75", "p90"]
    assert measured.line(quantile="p75")["value"] == 3000


def test_gini_of_two_groups_of_people_by_hand(draw) -> None:
    # 4 people at 1500 hold half of the income, 2 people at 3000 the other half: the Lorenz line passes (2/3, 1/2)
    measured = income_inequality(incomes=draw("incomes", INCOMES), years=[2018])
    assert measured.line(statistic="gini")["value"] == pytest.approx(1 - (2 / 3 * 0.5 + 1 / 3 * (0.5 + 1)))
    assert measured.line(statistic="p90_p10")["value"] == 3000 / 1500


def test_growth_is_this_mean_over_the_last_and_keeps_both(draw) -> None:
    line = income_growth(incomes=draw("incomes", INCOMES)).line(growth="nominal")
    assert line["value"] == pytest.approx(4000 / 2000 - 1)
    assert line["numerator"] == pytest.approx(4000 - 2000)
    assert line["denominator"] == pytest.approx(2000)
    assert line["period"] == "2019"
    assert line["missing"] == 2


def test_the_error_of_growth_is_what_a_small_change_of_a_village_moves(draw) -> None:
    incomes = draw(
        "incomes",
        """
        household_id income_year village household_size per_capita_net_income
        h1           2018        东村    2              3000
        h1           2019        东村    3              4500
        h2           2018        西村    4              1500
        h2           2019        西村    4              2500
        h3           2018        北村    1              2200
        h3           2019        北村    2              2100
    """,
    )
    line = income_growth(incomes=incomes).line(growth="nominal")
    before, after = np.array([[2, 3000], [4, 1500], [1, 2200]]), np.array([[3, 4500], [4, 2500], [2, 2100]])

    def growth(village_weights: np.ndarray) -> float:
        means = [np.average(year[:, 1], weights=year[:, 0] * village_weights) for year in (before, after)]
        return means[1] / means[0] - 1

    step = 1e-6
    moved = np.array([(growth(np.ones(3) + step * np.eye(3)[k]) - growth(np.ones(3))) / step for k in range(3)])
    error = np.sqrt(3 / 2 * (moved**2).sum())
    reach = error * 4.302652729911275  # Student's t with 2 degrees of freedom, 97.5 %
    assert [line["low"], line["high"]] == pytest.approx(
        [growth(np.ones(3)) - reach, growth(np.ones(3)) + reach], rel=1e-4
    )


def test_real_growth_is_deflated_and_without_an_index_it_cannot_be_told(draw) -> None:
    incomes = draw("incomes", INCOMES)
    assert income_growth(incomes=incomes, price_index={2019: 102.5}).line(growth="real")["value"] == pytest.approx(
        2 / 1.025 - 1
    )
    assert np.isnan(income_growth(incomes=incomes).line(growth="real")["value"])


def test_the_balanced_panel_keeps_to_the_same_households(draw) -> None:
    incomes = draw("incomes", INCOMES + "h5 2019 甲镇 东村 1 90000 .")
    measured = income_growth(incomes=incomes, panel="balanced")
    assert measured.line(growth="nominal")["value"] == pytest.approx(4000 / 2000 - 1)
    assert "incomes-6" not in set(measured.rows_behind()["row_id"])
