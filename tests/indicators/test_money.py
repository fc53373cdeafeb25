"""Project money by stage, beneficiaries by mode."""

import numpy as np
import pytest

from louxing_analysis.indicators.coverage import beneficiaries_by_mode, project_money

PROJECTS = """
project_id project_year project_type_code amount_total amount_paid amount_done is_direct_to_household
p1         2018         industry          100000       60000       50000       yes
p2         2018         industry          300000       .           300000      no
p3         2018         housing           .            5000        5000        yes
p4         2018         industry          7000         7000        7000        .
"""
BENEFICIARIES = """
project_id household_id person_id project_year township village link_mode_code
p1         h1           a         2020         甲镇     清桥村  shares
p1         h1           b         2020         甲镇     清桥村  shares
p1         h2           .         2020         甲镇     清桥村  shares
p2         h1           a         2020         .        .       direct
"""


def test_money_is_summed_over_the_projects_that_tell_both(draw) -> None:
    told = project_money(projects=draw("projects", PROJECTS)).frame.set_index("stage")
    assert told["value"].to_dict() == {"allocated": 407000, "disbursed": 67000, "finished": 357000, "direct": 100000}
    assert told["denominator"].to_dict() == {
        "allocated": 407000,
        "disbursed": 107000,
        "finished": 407000,
        "direct": 400000,
    }
    assert told["missing"].to_dict() == {"allocated": 1, "disbursed": 2, "finished": 1, "direct": 2}
    assert set(told["unit"]) == {"yuan"}


def test_as_a_share_it_is_of_the_same_projects(draw) -> None:
    measured = project_money(projects=draw("projects", PROJECTS), per="share")
    assert measured.line(stage="disbursed")["value"] == 67000 / 107000
    assert measured.line(stage="finished")["value"] == 357000 / 407000
    assert measured.rows_behind(stage="disbursed")["row_id"].tolist() == ["projects-0", "projects-3"]


def test_a_type_of_which_no_total_is_known_has_no_sum(draw) -> None:
    line = project_money(projects=draw("projects", PROJECTS), by=("project_type_code",)).line(
        project_type_code="housing", stage="finished"
    )
    assert line["missing"] == 1
    assert np.isnan(line["value"])


def test_households_and_people_are_counted_once(draw) -> None:
    measured = beneficiaries_by_mode(beneficiaries=draw("beneficiaries", BENEFICIARIES), by=("village",))
    households = measured.line(village="清桥村", link_mode_code="shares", counted="households")
    people = measured.line(village="清桥村", link_mode_code="shares", counted="people")
    assert (households["value"], households["unit"]) == (2, "household")
    assert (people["value"], people["unit"], people["missing"]) == (2, "person", 1)


def test_a_line_without_a_place_takes_that_of_its_household(draw) -> None:
    households = draw("households", "household_id register_year village\nh1 2019 清桥村")
    measured = beneficiaries_by_mode(
        beneficiaries=draw("beneficiaries", BENEFICIARIES), households=households, by=("village",)
    )
    line = measured.line(village="清桥村", link_mode_code="direct", counted="people")
    assert (line["value"], line["denominator"]) == (1, 2)
    assert measured.rows_behind(link_mode_code="direct")["row_id"].tolist() == ["beneficiaries-3"]


def test_modes_do_not_add_up_because_a_household_may_have_several(draw) -> None:
    frame = beneficiaries_by_mode(beneficiaries=draw("beneficiaries", BENEFICIARIES)).select(counted="households").frame
    assert frame["numerator"].sum() == 3
    assert set(frame["denominator"]) == {2}


def test_empty_ledgers_give_lines_of_nothing(draw) -> None:
    for measured in (
        project_money(projects=draw("projects")),
        beneficiaries_by_mode(beneficiaries=draw("beneficiaries")),
    ):
        assert measured.frame["value"].isna().all()
        assert (measured.frame["denominator"] == 0).all()


def test_another_measure_of_money_is_refused(draw) -> None:
    with pytest.raises(ValueError, match="euro"):
        project_money(projects=draw("projects"), per="euro")
