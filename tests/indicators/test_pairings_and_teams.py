"""Paired cadres, resident teams, agencies: valid on a day, in places that exist."""

import pandas as pd
import pytest

from louxing_analysis.indicators.coverage import (
    agencies_taking_part,
    households_per_cadre,
    paired_cadres,
    pairing_coverage,
    team_coverage,
)

HOUSEHOLDS = """
household_id register_year township village household_size exit_status_code
h1           2019          甲镇     东村    2              not_exited
h2           2019          甲镇     东村    3              not_exited
h3           2019          甲镇     东村    1              exited
h4           2019          乙镇     西村    4              exited
h5           2019          乙镇     西村    5              left_register
"""
# h2's pairing ended in March; h3's has no start; h4's is in a village that is no more
PAIRINGS = """
household_id cadre_id township village unit_name start_date end_date end_date_precision
h1           c1       甲镇     东村    财政局    2017-01-01 . day
h1           c2       甲镇     东村    教育局    2019-06-01 . day
h2           c1       甲镇     东村    财政局    2017-01-01 2019-03-01 month
h3           c1       甲镇     东村    财政局    .          . day
h4           c3       乙镇     旧村    .         2017-01-01 . day
"""
PLACES = pd.DataFrame(
    {
        "township": ["甲镇", "甲镇", "乙镇", "乙镇"],
        "village": ["东村", "南社区", "西村", "旧村"],
        "kind": ["village", "community", "village", "village"],
        "since": [""] * 4,
        "until": ["", "", "", "2018-12-31"],
    }
)
TEAMS = """
township village member_id team_year unit_name is_first_secretary start_date end_date end_date_precision
甲镇     东村    t1        2019      财政局    yes                2019-02-01 2019-11-30 day
甲镇     南社区  t2        .         住建局    no                 2018-03-01 2019-12-01 month
乙镇     旧村    t3        2019      林业局    no                 .          . day
"""


def test_a_household_is_covered_by_a_pairing_that_is_valid_on_the_day(draw) -> None:
    measured = pairing_coverage(
        households=draw("households", HOUSEHOLDS), pairings=draw("pairings", PAIRINGS), places=PLACES, day="2019-03-15"
    )
    line = measured.line()
    # h1 and h2 are paired (a pairing that ends in March ends with March), h4 is not, h3 cannot be told, h5 has left
    assert (line["numerator"], line["denominator"], line["missing"]) == (2, 3, 1)
    assert line["period"] == "2019-03-15"


def test_by_default_the_day_is_the_end_of_each_register_year(draw) -> None:
    measured = pairing_coverage(
        households=draw("households", HOUSEHOLDS), pairings=draw("pairings", PAIRINGS), places=PLACES
    )
    assert measured.line(period="2019")["value"] == 1 / 3
    behind = measured.rows_behind(period="2019")["row_id"].tolist()
    assert behind == ["households-0", "households-1", "households-3", "pairings-0", "pairings-1"]


def test_a_day_before_the_first_register_has_nobody_to_cover(draw) -> None:
    line = pairing_coverage(
        households=draw("households", HOUSEHOLDS), pairings=draw("pairings", PAIRINGS), day="2015-01-01"
    ).line()
    assert line["denominator"] == 0


def test_without_a_list_of_places_every_place_exists(draw) -> None:
    line = pairing_coverage(
        households=draw("households", HOUSEHOLDS), pairings=draw("pairings", PAIRINGS), years=[2019]
    ).line()
    assert line["numerator"] == 2


def test_cadres_are_counted_once(draw) -> None:
    line = paired_cadres(pairings=draw("pairings", PAIRINGS), places=PLACES, day="2019-03-15").line()
    assert (line["value"], line["denominator"], line["missing"]) == (1, 2, 1)


def test_households_per_cadre_mean_most_and_above_the_rule(draw, threshold) -> None:
    pairings = draw(
        "pairings", PAIRINGS + "h6 c1 甲镇 东村 财政局 2017-01-01 . day\nh7 c1 甲镇 东村 财政局 2017-01-01 . day"
    )
    measured = households_per_cadre(pairings=pairings, places=PLACES, threshold=threshold, years=[2019])
    told = measured.frame.set_index("statistic")
    assert told.loc["mean", "value"] == (3 + 1) / 2  # c1 has h1, h6, h7; c2 has h1
    assert told.loc["most", "value"] == 3
    assert (told.loc["share_over_high", "numerator"], told.loc["share_over_high", "denominator"]) == (1, 2)


def test_agencies_are_those_of_pairings_and_teams(draw) -> None:
    line = agencies_taking_part(
        pairings=draw("pairings", PAIRINGS), teams=draw("teams", TEAMS), years=[2019], total=94
    ).line()
    # at the year's end: 财政局 and 教育局 by pairing, 财政局, 住建局 and 林业局 by team; one pairing names no agency
    assert (line["value"], line["denominator"], line["missing"]) == (4, 94, 1)


def test_a_team_covers_its_place_in_the_year_or_on_the_day(draw) -> None:
    teams = draw("teams", TEAMS)
    year = team_coverage(teams=teams, places=PLACES, years=[2019])
    assert year.line()["value"] == 2 / 3
    assert [(note.code, note.rows) for note in year.notes] == [("place_not_in_force", 1)]
    day = team_coverage(teams=teams, places=PLACES, day="2019-12-15")
    assert day.line()["value"] == 1 / 3  # t1 left in November, t2 stays to the end of December


def test_villages_and_communities_add_up(draw) -> None:
    measured = team_coverage(teams=draw("teams", TEAMS), places=PLACES, by=("place_kind",), years=[2019])
    assert measured.frame.set_index("place_kind")["denominator"].to_dict() == {"community": 1, "village": 2}
    assert measured.rows_behind(place_kind="community")["row_id"].tolist() == ["teams-1"]


def test_first_secretaries_may_be_asked_for(draw) -> None:
    assert (
        team_coverage(teams=draw("teams", TEAMS), places=PLACES, years=[2019], first_secretary=True).line()["numerator"]
        == 1
    )


def test_empty_rosters_give_a_line_of_nothing(draw, threshold) -> None:
    for measured in (
        paired_cadres(pairings=draw("pairings")),
        team_coverage(teams=draw("teams"), places=PLACES),
        agencies_taking_part(pairings=draw("pairings"), teams=draw("teams")),
        households_per_cadre(pairings=draw("pairings"), threshold=threshold),
        pairing_coverage(households=draw("households"), pairings=draw("pairings")),
    ):
        assert measured.frame["value"].isna().all()
        assert (measured.frame["denominator"] == 0).all()


def test_nobody_paired_is_zero_and_not_nothing(draw) -> None:
    line = pairing_coverage(households=draw("households", HOUSEHOLDS), pairings=draw("pairings"), years=[2019]).line()
    assert (line["numerator"], line["denominator"], line["value"]) == (0, 4, 0)
    with pytest.raises(ValueError, match="Invalid isoformat"):
        pairing_coverage(households=draw("households", HOUSEHOLDS), pairings=draw("pairings"), day="昨天")
