"""Composition, bridge and dependence: the parts add up, and what is not told is said."""

import pytest

from louxing_analysis.indicators.income import income_bridge, income_composition, income_per_head, transfer_dependence

# h2 does not tell its property income in 2018: 200 yuan of its income are not explained
INCOMES = """
household_id income_year township village household_size per_capita_net_income wage_income business_income business_expense property_income transfer_income
h1           2018        甲镇     东村    2              3000                  4000        2000            1000             0               1000
h2           2018        甲镇     西村    4              1500                  1800        0               0                .               4000
h1           2019        甲镇     东村    2              5000                  8000        2000            1000             0               1000
h2           2019        甲镇     西村    4              2000                  4000        0               0                0               4000
h3           2019        乙镇     北村    2              .                     9000        .               .                .               .
"""


def test_shares_are_of_net_income_and_business_is_net_of_costs(draw) -> None:
    measured = income_composition(incomes=draw("incomes", INCOMES), years=[2018])
    shares = measured.frame.set_index("source")["value"]
    assert shares.to_dict() == pytest.approx(
        {
            "wage": 5800 / 12000,
            "business_net": 1000 / 12000,
            "property": 0.0,
            "transfer": 5000 / 12000,
            "not_explained": 200 / 12000,
        }
    )
    assert shares.sum() == pytest.approx(1)


def test_a_source_that_is_not_told_is_counted_and_stays_unexplained(draw) -> None:
    missing = income_composition(incomes=draw("incomes", INCOMES), years=[2018]).frame.set_index("source")["missing"]
    assert missing.to_dict() == {"wage": 0, "business_net": 0, "property": 1, "transfer": 0, "not_explained": 0}


def test_a_household_without_a_level_is_missing_altogether(draw) -> None:
    measured = income_composition(incomes=draw("incomes", INCOMES), years=[2019])
    assert set(measured.frame["missing"]) == {1}
    assert set(measured.frame["denominator"]) == {10000 + 8000}


def test_per_head_the_bars_add_up_to_income_per_head(draw) -> None:
    incomes = draw("incomes", INCOMES)
    bars = income_composition(incomes=incomes, per="head").frame.groupby("period")["value"].sum()
    levels = income_per_head(incomes=incomes).frame.set_index("period")["value"]
    assert bars.to_dict() == pytest.approx(levels.to_dict())


def test_the_bridge_leads_from_the_first_mean_to_the_last(draw) -> None:
    measured = income_bridge(incomes=draw("incomes", INCOMES))
    bars = measured.frame.set_index("part")["value"]
    assert bars["start"] == pytest.approx(12000 / 6)
    assert bars["end"] == pytest.approx(18000 / 6)
    assert bars["wage"] == pytest.approx(12000 / 6 - 5800 / 6)
    assert bars["not_explained"] == pytest.approx(0 - 200 / 6)
    assert bars.drop("end").sum() == pytest.approx(bars["end"])
    assert set(measured.frame["period"]) == {"2018-2019"}


def test_every_bar_is_money_over_people(draw) -> None:
    frame = income_bridge(incomes=draw("incomes", INCOMES)).frame
    assert (frame["numerator"] / frame["denominator"]).tolist() == pytest.approx(frame["value"].tolist())


def test_a_group_that_was_not_there_in_the_first_year_has_no_bridge(draw) -> None:
    incomes = draw("incomes", INCOMES + "h4 2019 丙镇 南村 1 800 800 0 0 0 0")
    frame = income_bridge(incomes=incomes, by=("township",)).select(township="丙镇").frame
    assert frame["value"].isna().all()
    assert (frame["denominator"] == 0).all()


def test_dependence_is_more_than_the_share_and_not_the_share_itself(draw, threshold) -> None:
    # transfers of h2 are 4000 of 6000 in 2018 and exactly half of its income in 2019
    measured = transfer_dependence(incomes=draw("incomes", INCOMES), threshold=threshold)
    assert measured.line(period=2018, share_over="transfer_dependence")["value"] == 4 / 6
    assert measured.line(period=2019, share_over="transfer_dependence")["value"] == 0
    assert measured.line(period=2018, share_over="transfer_dependence_high")["value"] == 0
    assert measured.line(period=2019, share_over="transfer_dependence")["missing"] == 1


@pytest.mark.parametrize("measure", [income_composition, income_bridge])
def test_empty_accounts_give_lines_of_nothing(draw, measure) -> None:
    frame = measure(incomes=draw("incomes")).frame
    assert frame["value"].isna().all()
    assert (frame["denominator"] == 0).all()
