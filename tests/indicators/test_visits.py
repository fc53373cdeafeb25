"""Visits made against visits required, pair by pair and month by month."""

import pytest

from louxing_analysis.indicators.participation import visit_completion

PAIRINGS = """
household_id cadre_id township village start_date end_date end_date_precision
h1           c1       甲镇     东村    2018-12-01 . day
h2           c2       甲镇     东村    2019-02-10 2019-02-01 month
h3           c3       乙镇     西村    2018-01-01 . day
h4           c4       甲镇     东村    .          . day
"""
# h1 is visited by its cadre in January, by somebody else in February, by nobody named in March
VISITS = """
household_id cadre_id visit_date visit_date_precision visit_mode_code
h1           c1       2019-01-10 day visit
h1           c9       2019-02-10 day visit
h1           .        2019-03-10 day telephone
h2           c2       2019-02-11 day visit
h9           c1       2019-02-11 day visit
h3           c3       2019-01-01 year visit
"""


def test_each_pair_month_in_force_is_due_and_those_with_a_visit_are_done(draw, threshold) -> None:
    measured = visit_completion(visits=draw("visits", VISITS), pairings=draw("pairings", PAIRINGS), threshold=threshold)
    line = measured.line(period=2019)
    # due: h1 in January, February, March and h2 in February (it ends at the end of February); done: h1 January, March, h2
    assert (line["numerator"], line["denominator"]) == (3, 4)
    # h3: its village has no visit on record in three months; h4: no start in three months
    assert line["missing"] == 3 + 3
    assert {note.code: note.rows for note in measured.notes} == {"no_date": 1, "visit_without_pairing": 1}


def test_by_month_the_months_add_up_to_the_year(draw, threshold) -> None:
    visits, pairings = draw("visits", VISITS), draw("pairings", PAIRINGS)
    months = visit_completion(visits=visits, pairings=pairings, threshold=threshold, period="month", by=("village",))
    assert months.frame["denominator"].sum() == 4
    assert months.line(period="2019-02", village="东村")["value"] == 1 / 2
    assert months.line(period="2019-02", village="西村")["missing"] == 1


def test_villages_without_a_ledger_may_count_as_unvisited(draw, threshold) -> None:
    line = visit_completion(
        visits=draw("visits", VISITS), pairings=draw("pairings", PAIRINGS), threshold=threshold, unrecorded="not_made"
    ).line()
    assert (line["numerator"], line["denominator"], line["missing"]) == (3, 4 + 3, 3)


def test_only_some_kinds_of_visit_may_count_and_more_may_be_required(draw, threshold) -> None:
    visits, pairings = draw("visits", VISITS), draw("pairings", PAIRINGS)
    home = visit_completion(visits=visits, pairings=pairings, threshold=threshold, modes=["visit"], by=("village",))
    assert (home.line(village="东村")["numerator"], home.line(village="东村")["denominator"]) == (
        2,
        3,
    )  # March falls out: only a call
    twice = visit_completion(visits=visits, pairings=pairings, threshold=threshold, required=2)
    assert twice.line()["value"] == 0


def test_the_pairings_and_their_visits_are_behind(draw, threshold) -> None:
    measured = visit_completion(visits=draw("visits", VISITS), pairings=draw("pairings", PAIRINGS), threshold=threshold)
    behind = measured.rows_behind(period=2019)
    assert behind["row_id"].tolist() == ["pairings-0", "pairings-1", "visits-0", "visits-1", "visits-2", "visits-3"]


def test_without_visits_there_is_a_line_of_nothing(draw, threshold) -> None:
    line = visit_completion(visits=draw("visits"), pairings=draw("pairings", PAIRINGS), threshold=threshold).line()
    assert line["denominator"] == 0


def test_another_word_for_unrecorded_is_refused(draw, threshold) -> None:
    with pytest.raises(ValueError, match="zero"):
        visit_completion(visits=draw("visits"), pairings=draw("pairings"), threshold=threshold, unrecorded="zero")
