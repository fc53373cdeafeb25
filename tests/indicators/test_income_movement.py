"""Who moved between bands, and who came into and out of registered poverty."""

import numpy as np
import pytest

from louxing_analysis.indicators.income import income_transition, stock_and_flow

# lines of 3500 (2018) and 4000 (2019)
INCOMES = """
household_id income_year village household_size per_capita_net_income
h1           2018        东村    2              3499
h1           2019        东村    5              8000
h2           2018        西村    4              3000
h2           2019        西村    4              3999
h3           2018        西村    1              3500
h3           2019        西村    1              4000
h4           2018        北村    3              2000
h5           2018        北村    3              .
h5           2019        北村    3              9000
"""
HOUSEHOLDS = """
household_id register_year township household_size exit_status_code
stays        2018          甲镇     1              not_exited
stays        2019          甲镇     2              pre_exit
exits        2018          甲镇     2              pre_exit
exits        2019          甲镇     2              exited
leaves       2018          甲镇     3              not_exited
leaves       2019          甲镇     3              left_register
vanishes     2018          乙镇     4              not_exited
falls        2018          乙镇     5              exited
falls        2019          乙镇     5              fallen_back
new          2019          乙镇     6              not_exited
back         2017          乙镇     7              exited
back         2019          乙镇     7              not_exited
blank        2018          乙镇     8              .
blank        2019          乙镇     8              not_exited
"""


def test_people_are_counted_as_of_the_first_year_by_the_line_of_each_year(draw, threshold) -> None:
    measured = income_transition(incomes=draw("incomes", INCOMES), threshold=threshold)
    moved = measured.line(from_band="below_1", to_band="2_to_3")  # h1: 3499 < 3500, then 8000 = 2 × 4000
    assert (moved["numerator"], moved["denominator"], moved["value"]) == (2, 6, 2 / 6)
    stayed = measured.line(from_band="below_1", to_band="below_1")
    assert (stayed["numerator"], stayed["denominator"]) == (4, 6)
    assert measured.line(from_band="1_to_1.5", to_band="1_to_1.5")["value"] == 1  # h3: at the line is not below


def test_those_who_cannot_be_followed_are_missing_in_their_band(draw, threshold) -> None:
    measured = income_transition(incomes=draw("incomes", INCOMES), threshold=threshold)
    assert set(measured.select(from_band="below_1").frame["missing"]) == {1}
    assert [(note.code, note.rows) for note in measured.notes] == [("no_band_at_start", 1)]


def test_every_row_adds_up_to_one_and_an_empty_band_to_nothing(draw, threshold) -> None:
    frame = income_transition(incomes=draw("incomes", INCOMES), threshold=threshold).frame
    assert len(frame) == 25
    assert frame[frame["from_band"] == "below_1"]["value"].sum() == pytest.approx(1)
    assert frame[frame["from_band"] == "3_or_more"]["value"].isna().all()


def test_both_accounts_of_a_household_are_behind_its_cell(draw, threshold) -> None:
    measured = income_transition(incomes=draw("incomes", INCOMES), threshold=threshold)
    assert measured.rows_behind(from_band="below_1", to_band="2_to_3")["row_id"].tolist() == ["incomes-0", "incomes-1"]


def test_bands_in_yuan_need_no_line(draw, threshold) -> None:
    measured = income_transition(
        incomes=draw("incomes", INCOMES), threshold=threshold, edges=(4000,), edges_in="yuan", weights="household"
    )
    assert measured.line(from_band="below_4000", to_band="4000_or_more")["value"] == pytest.approx(2 / 3)


def test_without_a_line_nothing_is_banded(draw, threshold) -> None:
    frame = income_transition(incomes=draw("incomes", INCOMES), threshold=threshold, line="monitoring_line").frame
    assert frame["value"].isna().all()


def test_the_stock_changes_by_what_the_register_says(draw) -> None:
    measured = stock_and_flow(households=draw("households", HOUSEHOLDS), years=[2018, 2019])
    told = measured.frame.set_index("flow")["value"].to_dict()
    assert told == {
        "opening": 4,
        "identified": 1,
        "fallen_back": 1,
        "entered": 1,
        "other_in": 1,
        "exited": 1,
        "left_register": 1,
        "other_out": 1,
        "closing": 5,
        "difference": 5 - (4 + 1 + 1 - 1 - 1),
    }


def test_what_stays_unexplained_is_the_difference(draw) -> None:
    told = (
        stock_and_flow(households=draw("households", HOUSEHOLDS)).select(period=2019).frame.set_index("flow")["value"]
    )
    assert told["difference"] == told["entered"] + told["other_in"] - told["other_out"]
    assert set(stock_and_flow(households=draw("households", HOUSEHOLDS), years=[2018, 2019]).frame["missing"]) == {1}


def test_each_flow_leads_back_to_its_households(draw) -> None:
    measured = stock_and_flow(households=draw("households", HOUSEHOLDS))
    assert measured.rows_behind(flow="exited", period=2019)["row_id"].tolist() == ["households-3"]
    assert measured.rows_behind(flow="other_out", period=2019)["row_id"].tolist() == ["households-6"]
    assert measured.rows_behind(flow="identified", period=2019)["row_id"].tolist() == ["households-9"]
    assert measured.rows_behind(flow="entered")["row_id"].tolist() == ["households-11"]


def test_townships_add_up_to_the_district(draw) -> None:
    households = draw("households", HOUSEHOLDS)
    parts, whole = (stock_and_flow(households=households, by=by).frame for by in (("township",), ()))
    together = parts.groupby(["period", "flow"])["value"].sum()
    assert together.to_dict() == whole.set_index(["period", "flow"])["value"].to_dict()


def test_people_may_be_counted_instead(draw) -> None:
    told = stock_and_flow(households=draw("households", HOUSEHOLDS), weights="person").select(period=2019).frame
    told = told.set_index("flow")
    assert told.loc["opening", "value"] == 1 + 2 + 3 + 4
    assert told.loc["closing", "value"] == 2 + 5 + 6 + 7 + 8
    assert set(told["unit"]) == {"person"}


def test_one_register_year_has_no_flow(draw) -> None:
    frame = stock_and_flow(households=draw("households", HOUSEHOLDS), years=[2018]).frame
    assert frame["value"].isna().all()
    assert np.array_equal(frame["denominator"], np.zeros(len(frame)))
