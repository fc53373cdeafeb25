"""Sanitation ratings, inspections held, problems put right."""

import pandas as pd
import pytest

from louxing_analysis.indicators.participation import inspection_months, inspection_rectified, sanitation_rated

HOUSEHOLDS = """
household_id register_year township village household_size exit_status_code
h1           2020          甲镇     东村    2              exited
h2           2020          甲镇     东村    3              exited
h3           2020          乙镇     西村    4              left_register
"""
RATINGS = """
household_id rating_month rating_code
h1           2020-03      cleanest
h1           2020-05      clean
h2           2020-05      .
h3           2020-05      clean
"""
PLACES = pd.DataFrame(
    {
        "township": ["甲镇", "甲镇", "乙镇", "", "丙镇"],
        "village": ["东村", "南社区", "西村", "东村", "旧村"],
        "kind": ["village", "community", "village", "village", "village"],
        "since": ["", "", "", "", ""],
        "until": ["", "", "", "", "2017-06-30"],
    }
)
INSPECTIONS = """
township village inspection_month issues_found_count issues_rectified_count
甲镇     东村    2019-11          4                  3
甲镇     东村    2019-12          0                  .
甲镇     南社区  2019-12          2                  .
乙镇     西村    2020-01          1                  1
丁镇     无村    2020-01          1                  0
"""


def test_households_rated_in_the_year_are_of_those_registered(draw) -> None:
    measured = sanitation_rated(households=draw("households", HOUSEHOLDS), sanitation=draw("sanitation", RATINGS))
    line = measured.line(period=2020)
    assert (line["numerator"], line["denominator"]) == (2, 2)
    assert [(note.code, note.rows) for note in measured.notes] == [("rated_not_registered", 1)]


def test_by_month_each_month_between_the_first_and_the_last_has_a_line(draw) -> None:
    measured = sanitation_rated(
        households=draw("households", HOUSEHOLDS), sanitation=draw("sanitation", RATINGS), period="month"
    )
    assert measured.frame.set_index("period")["value"].to_dict() == {"2020-03": 0.5, "2020-04": 0.0, "2020-05": 1.0}
    assert measured.rows_behind(period="2020-03")["row_id"].tolist() == ["households-0", "households-1", "sanitation-0"]


def test_a_grade_is_out_of_those_rated(draw) -> None:
    line = sanitation_rated(
        households=draw("households", HOUSEHOLDS),
        sanitation=draw("sanitation", RATINGS),
        grade="cleanest",
        weights="person",
    ).line()
    assert (line["numerator"], line["denominator"]) == (2, 5)


def test_problems_are_pooled_and_none_found_leaves_none_to_rectify(draw) -> None:
    measured = inspection_rectified(inspections=draw("inspections", INSPECTIONS))
    line = measured.line(period=2019)
    assert (line["numerator"], line["denominator"], line["missing"]) == (3, 4, 1)
    assert measured.rows_behind(period=2019)["row_id"].tolist() == ["inspections-0", "inspections-1"]


def test_a_month_counts_when_one_place_was_inspected(draw) -> None:
    inspections = draw("inspections", INSPECTIONS)
    measured = inspection_months(inspections=inspections, places=PLACES)
    assert measured.line(period=2019)["value"] == 2 / 2
    towns = inspection_months(inspections=inspections, places=PLACES, by=("township",))
    assert towns.line(township="乙镇", period=2019)["value"] == 0 / 2
    assert towns.rows_behind(township="甲镇")["row_id"].tolist() == ["inspections-0", "inspections-1", "inspections-2"]


def test_every_place_in_force_is_due_every_month(draw) -> None:
    measured = inspection_months(inspections=draw("inspections", INSPECTIONS), places=PLACES, each="place")
    assert measured.line(period=2019)["value"] == 3 / (3 * 2)
    assert measured.line(period=2020)["value"] == 1 / 3
    assert {note.code: note.rows for note in measured.notes} == {"place_not_in_force": 1}


def test_places_are_told_apart_by_kind_and_add_up(draw) -> None:
    measured = inspection_months(
        inspections=draw("inspections", INSPECTIONS), places=PLACES, by=("place_kind",), each="place"
    )
    assert measured.line(place_kind="community", period=2019)["value"] == 1 / 2
    assert measured.frame["denominator"].sum() == 3 * 3


def test_another_unit_is_refused(draw) -> None:
    with pytest.raises(ValueError, match="cadre"):
        inspection_months(inspections=draw("inspections"), places=PLACES, each="cadre")


def test_without_inspections_nothing_was_due(draw) -> None:
    assert inspection_months(inspections=draw("inspections"), places=PLACES).line()["denominator"] == 0
    assert inspection_rectified(inspections=draw("inspections")).line()["denominator"] == 0
