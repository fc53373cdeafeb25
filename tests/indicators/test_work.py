"""Industry, cooperatives, labour migration and training."""

import numpy as np
import pytest

from louxing_analysis.indicators.participation import (
    cooperative_participation,
    industry_participation,
    labour_migration,
    training_completion,
)

HOUSEHOLDS = """
household_id register_year township village household_size exit_status_code in_cooperative
h1           2018          甲镇     东村    2              not_exited       yes
h1           2019          甲镇     东村    2              exited           yes
h2           2018          甲镇     西村    3              not_exited       no
h2           2019          甲镇     西村    3              exited           .
h3           2019          乙镇     北村    .              not_exited       no
h4           2019          乙镇     北村    9              left_register    yes
"""
PROJECTS = """
project_id project_year project_type_code
p1         2018         industry
p2         2018         infrastructure
"""
BENEFICIARIES = """
project_id household_id project_year link_mode_code
p1         h1           2018         shares
p2         h2           2018         direct
p9         h3           2019         direct
p1         h4           2019         shares
"""


def test_industry_participation_is_of_the_year_and_of_industry_projects(draw) -> None:
    measured = industry_participation(
        households=draw("households", HOUSEHOLDS),
        projects=draw("projects", PROJECTS),
        beneficiaries=draw("beneficiaries", BENEFICIARIES),
    )
    assert measured.line(period=2018)["value"] == 1 / 2  # h2 benefits from a road
    assert measured.line(period=2019)["value"] == 1 / 3  # h3, by a project that is in no ledger; h4 has left
    assert [(note.code, note.rows) for note in measured.notes] == [("project_not_in_ledger", 1)]
    assert measured.rows_behind(period=2018)["row_id"].tolist() == ["households-0", "households-2", "beneficiaries-0"]


def test_ever_means_up_to_the_year(draw) -> None:
    line = industry_participation(
        households=draw("households", HOUSEHOLDS),
        projects=draw("projects", PROJECTS),
        beneficiaries=draw("beneficiaries", BENEFICIARIES),
        span="ever",
    ).line(period=2019)
    assert line["value"] == 2 / 3


def test_by_people_a_household_without_a_size_is_missing(draw) -> None:
    line = industry_participation(
        households=draw("households", HOUSEHOLDS),
        projects=draw("projects", PROJECTS),
        beneficiaries=draw("beneficiaries", BENEFICIARIES),
        weights="person",
        modes=["shares"],
        span="ever",
    ).line(period=2019)
    assert (line["numerator"], line["denominator"], line["missing"]) == (2, 5, 1)


def test_cooperatives_are_out_of_those_that_say(draw) -> None:
    line = cooperative_participation(households=draw("households", HOUSEHOLDS)).line(period=2019)
    assert (line["numerator"], line["denominator"], line["missing"]) == (1, 2, 1)


MEMBERS = """
household_id person_id register_year birth_year labour_code student_code work_code       work_months
h1           a         2018          1980       ordinary    not_student  out_of_province 10
h1           b         2018          1959       skilled     not_student  .               0
h1           c         2018          1985       weak        .            in_county       .
h1           d         2018          1990       ordinary    not_student  .               .
h1           e         2018          2001       ordinary    senior       .               12
h1           f         2018          1950       ordinary    not_student  .               12
h1           g         2018          1980       lost        .            .               .
h1           h         2018          .          ordinary    not_student  .               5
h1           i         2018          .          none        .            .               .
"""


def test_labour_migration_is_of_people_able_to_work_of_age_and_not_in_school(draw, threshold) -> None:
    line = labour_migration(members=draw("members", MEMBERS), threshold=threshold).line()
    # a and c worked, b (59 years old) did not; d does not say; h has no age; e is in school, f too old, g and i not able
    assert (line["numerator"], line["denominator"], line["missing"]) == (2, 3, 2)


def test_more_months_may_be_asked_for_and_a_blank_may_mean_no(draw, threshold) -> None:
    half_year = labour_migration(members=draw("members", MEMBERS), threshold=threshold, months=6).line()
    assert half_year["numerator"] == 2  # c tells the place only
    assert labour_migration(members=draw("members", MEMBERS), threshold=threshold, months=10).line()["numerator"] == 2
    assert labour_migration(members=draw("members", MEMBERS), threshold=threshold, months=11).line()["numerator"] == 1
    blank = labour_migration(members=draw("members", MEMBERS), threshold=threshold, blank="not_working").line()
    assert (blank["numerator"], blank["denominator"], blank["missing"]) == (2, 4, 1)


def test_members_take_their_village_from_the_register(draw, threshold) -> None:
    measured = labour_migration(
        members=draw("members", MEMBERS),
        households=draw("households", HOUSEHOLDS),
        threshold=threshold,
        by=("village",),
    )
    assert measured.frame["village"].tolist() == ["东村"]
    assert measured.rows_behind(village="东村")["row_id"].tolist() == ["members-0", "members-1", "members-2"]


AID = """
household_id aid_year aid_kind_code   is_finished is_employed
h1           2018     skills_training yes         yes
h1           2018     skills_training yes         .
h2           2018     skills_training no          .
h2           2018     skills_training .           .
h2           2018     microcredit     yes         yes
"""


def test_training_finished_and_employed_have_their_own_bases(draw) -> None:
    measured = training_completion(aid=draw("aid", AID))
    finished, employed = measured.line(step="finished"), measured.line(step="employed")
    assert (finished["numerator"], finished["denominator"], finished["missing"]) == (2, 3, 1)
    assert (employed["numerator"], employed["denominator"], employed["missing"]) == (1, 1, 1)
    assert measured.rows_behind(step="employed")["row_id"].tolist() == ["aid-0"]


def test_empty_tables_give_a_line_of_nothing(draw, threshold) -> None:
    for measured in (
        labour_migration(members=draw("members"), threshold=threshold),
        training_completion(aid=draw("aid")),
        cooperative_participation(households=draw("households")),
    ):
        assert (measured.frame["denominator"] == 0).all()
        assert np.isnan(measured.frame["value"]).all()


def test_words_that_are_not_options_are_refused(draw, threshold) -> None:
    with pytest.raises(ValueError, match="week"):
        industry_participation(
            households=draw("households"), projects=draw("projects"), beneficiaries=draw("beneficiaries"), span="week"
        )
    with pytest.raises(ValueError, match="zero"):
        labour_migration(members=draw("members"), threshold=threshold, blank="zero")
