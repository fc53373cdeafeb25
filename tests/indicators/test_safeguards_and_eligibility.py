"""Guarantees met, check-ups, and eligibility set against receipt."""

import numpy as np
import pytest

from louxing_analysis.indicators.coverage import checkup_coverage, eligibility_receipt, safeguards_met
from louxing_analysis.indicators.eligibility import eligible_for

HOUSEHOLDS = """
household_id register_year township village household_size exit_status_code house_grade_code
h1           2018          甲镇     东村    2              not_exited       c
h1           2019          甲镇     东村    2              exited           a
h2           2019          甲镇     东村    3              exited           .
h3           2019          乙镇     西村    4              exited           b
h4           2019          乙镇     西村    5              exited           a
"""
SAFEGUARDS = """
household_id year township village guarantee_code is_met
h1           2019 甲镇     东村    education      yes
h1           2019 甲镇     东村    medical        yes
h1           2019 甲镇     东村    housing        yes
h1           2019 甲镇     东村    water          yes
h2           2019 甲镇     东村    education      yes
h2           2019 甲镇     东村    water          no
h3           2019 .        .       education      .
h3           2019 .        .       water          yes
"""
MEMBERS = """
household_id person_id register_year birth_year labour_code student_code health_codes
h1           a         2019          1980       weak        not_student  healthy
h1           b         2019          2010       none        primary      healthy
h2           c         2019          1985       ordinary    not_student  disabled|chronic
h3           d         2019          1990       .           .            .
h3           e         2019          2018       none        not_student  healthy
"""
AID = """
household_id aid_year aid_kind_code
h1           2018     house_renovation
h1           2019     public_welfare_job
h1           2019     education_grant
h2           2019     education_grant
h4           2019     medical_aid
h2           2018     medical_aid
"""


def test_each_guarantee_is_out_of_the_households_with_a_finding(draw) -> None:
    measured = safeguards_met(safeguards=draw("safeguards", SAFEGUARDS))
    water, school = measured.line(guarantee_code="water"), measured.line(guarantee_code="education")
    assert (water["numerator"], water["denominator"], water["missing"]) == (2, 3, 0)
    assert (school["numerator"], school["denominator"], school["missing"]) == (2, 2, 1)


def test_all_four_fails_by_one_and_is_unknown_without_all(draw) -> None:
    line = safeguards_met(safeguards=draw("safeguards", SAFEGUARDS)).line(guarantee_code="all_four")
    assert (line["numerator"], line["denominator"], line["missing"]) == (1, 2, 1)


def test_people_are_counted_by_the_size_in_the_register(draw) -> None:
    measured = safeguards_met(
        safeguards=draw("safeguards", SAFEGUARDS),
        households=draw("households", HOUSEHOLDS),
        weights="person",
        by=("township",),
    )
    line = measured.line(guarantee_code="water", township="乙镇")
    assert (line["numerator"], line["denominator"]) == (4, 4)
    assert measured.rows_behind(guarantee_code="water", township="甲镇")["row_id"].tolist() == [
        "safeguards-3",
        "safeguards-5",
    ]


def test_the_checks_of_a_household_are_behind_all_four(draw) -> None:
    measured = safeguards_met(safeguards=draw("safeguards", SAFEGUARDS))
    assert len(measured.rows_behind(guarantee_code="all_four")) == 4 + 2


def test_a_person_is_checked_once_a_year_however_often(draw) -> None:
    checkups = draw(
        "checkups",
        """
        person_id checkup_date checkup_date_precision
        a         2019-04-02   day
        a         2019-05-02   day
        c         2019-01-01   year
        z         2019-04-02   day
        b         .            day
    """,
    )
    measured = checkup_coverage(
        members=draw("members", MEMBERS), checkups=checkups, households=draw("households", HOUSEHOLDS), by=("township",)
    )
    assert measured.line(township="甲镇")["value"] == 2 / 3
    assert measured.line(township="乙镇")["value"] == 0
    assert {note.code: note.rows for note in measured.notes} == {"checked_not_registered": 1, "no_date": 1}
    assert measured.rows_behind(township="甲镇")["row_id"].tolist()[3:] == ["checkups-0", "checkups-1", "checkups-2"]


def flags(draw, threshold, kind: str) -> list[float]:
    return eligible_for(kind, draw("households", HOUSEHOLDS), draw("members", MEMBERS), threshold, [2019]).tolist()


def test_eligibility_is_read_off_the_register_and_unknown_is_unknown(draw, threshold) -> None:
    unknown = np.nan
    # the households are h1, h2, h3, h4; h4 has no members on the roll
    assert flags(draw, threshold, "education_grant") == pytest.approx([1, 0, unknown, unknown], nan_ok=True)
    assert flags(draw, threshold, "public_welfare_job") == pytest.approx([1, 0, unknown, unknown], nan_ok=True)
    assert flags(draw, threshold, "medical_aid") == pytest.approx([0, 1, unknown, unknown], nan_ok=True)
    assert flags(draw, threshold, "skills_training") == pytest.approx([1, 1, unknown, unknown], nan_ok=True)
    assert flags(draw, threshold, "education") == pytest.approx([1, 0, 0, unknown], nan_ok=True)
    assert flags(draw, threshold, "house_renovation") == pytest.approx([1, unknown, 0, 0], nan_ok=True)
    assert flags(draw, threshold, "water") == [1, 1, 1, 1]


def test_a_kind_without_a_rule_is_refused(draw, threshold) -> None:
    with pytest.raises(ValueError, match="goods"):
        flags(draw, threshold, "goods")


@pytest.fixture
def measured(draw, threshold):
    return eligibility_receipt(
        households=draw("households", HOUSEHOLDS),
        members=draw("members", MEMBERS),
        aid=draw("aid", AID),
        safeguards=draw("safeguards", SAFEGUARDS),
        threshold=threshold,
        years=[2019],
    )


def test_covered_and_missed_are_of_the_eligible_and_leakage_of_those_reached(measured) -> None:
    covered = measured.line(kind="education_grant", outcome="covered")
    assert (covered["numerator"], covered["denominator"], covered["missing"]) == (1, 1, 2)
    leaked = measured.line(kind="education_grant", outcome="not_eligible")
    assert (leaked["numerator"], leaked["denominator"]) == (1, 2)  # h2 has nobody in school
    missed = measured.line(kind="medical_aid", outcome="missed")
    assert (missed["numerator"], missed["denominator"]) == (1, 1)  # h2 was helped in 2018, not in 2019


def test_a_house_renovated_before_counts_for_the_grade_it_had_before(measured) -> None:
    line = measured.line(kind="house_renovation", outcome="covered")
    assert (line["numerator"], line["denominator"]) == (1, 1)


def test_a_guarantee_is_reached_when_it_is_met(measured) -> None:
    line = measured.line(kind="water", outcome="missed")
    assert (line["numerator"], line["denominator"], line["missing"]) == (1, 3, 1)


def test_the_missed_households_are_listed_by_their_rows(measured) -> None:
    assert measured.rows_behind(kind="medical_aid", outcome="missed")["row_id"].tolist() == ["households-2"]
    assert measured.rows_behind(kind="education_grant", outcome="covered")["row_id"].tolist() == [
        "households-1",
        "aid-2",
    ]


def test_covered_and_missed_add_up_to_the_eligible(measured) -> None:
    frame = measured.frame
    both = (
        frame[frame["outcome"] != "not_eligible"]
        .groupby("kind")
        .agg(n=("numerator", "sum"), base=("denominator", "max"))
    )
    assert (both["n"] == both["base"]).all()


def test_empty_tables_give_lines_of_nothing(draw, threshold) -> None:
    for told in (
        safeguards_met(safeguards=draw("safeguards")),
        checkup_coverage(members=draw("members", MEMBERS), checkups=draw("checkups")),
        eligibility_receipt(
            households=draw("households"), members=draw("members"), aid=draw("aid"), threshold=threshold
        ),
    ):
        assert told.frame["value"].isna().all()
        assert (told.frame["denominator"] == 0).all()
