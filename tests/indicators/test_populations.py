"""Whom a rate is of."""

import numpy as np
import pytest

from louxing_analysis.indicators.populations import (
    NotThere,
    described,
    ever_registered,
    find,
    is_among,
    not_yet_exited,
    of_name,
    registered_at_year_end,
    size_of,
)

HOUSEHOLDS = """
household_id register_year township household_size exit_status_code
h1           2018          甲镇     2              not_exited
h1           2019          甲镇     3              exited
h2           2018          乙镇     4              pre_exit
h2           2019          乙镇     4              left_register
h3           2019          乙镇     0              fallen_back
h4           2019          乙镇     1              .
"""


def ids(members) -> list[str]:
    return [
        f"{one.household_id}-{one.register_year}"
        for one in members.rows(["household_id", "register_year"]).itertuples()
    ]


def test_the_year_end_register_leaves_out_those_that_left_and_keeps_a_missing_status(draw) -> None:
    households = draw("households", HOUSEHOLDS)
    assert ids(registered_at_year_end(households, [2019])) == ["h1-2019", "h3-2019", "h4-2019"]


def test_not_yet_exited_are_those_still_poor_expected_to_exit_or_fallen_back(draw) -> None:
    assert ids(not_yet_exited(draw("households", HOUSEHOLDS))) == ["h1-2018", "h2-2018", "h3-2019"]


def test_ever_registered_is_each_household_once_by_its_latest_row_even_if_it_left(draw) -> None:
    assert ids(ever_registered(draw("households", HOUSEHOLDS))) == ["h1-2019", "h2-2019", "h3-2019", "h4-2019"]
    assert ids(ever_registered(draw("households", HOUSEHOLDS), [2018])) == ["h1-2018", "h2-2018"]


def test_a_population_without_a_name_is_refused(draw) -> None:
    with pytest.raises(ValueError, match="everybody"):
        of_name("everybody", draw("households", HOUSEHOLDS), None)


def test_a_household_of_nobody_has_no_size(draw) -> None:
    assert np.isnan(size_of(draw("households", HOUSEHOLDS))[4])


def test_a_row_is_described_by_itself_then_by_the_register_of_its_year_then_by_the_latest(draw) -> None:
    households = draw("households", HOUSEHOLDS)
    incomes = draw(
        "incomes",
        """
        household_id income_year township household_size
        h1           2018        .        .
        h1           2020        .        9
        h9           2018        .        .
    """,
    )
    told = described(incomes, households, ["township", "household_size", "exit_status_code"], "income_year")
    assert told["household_size"].tolist()[:2] == [2, 9]
    assert told["township"].tolist()[:2] == ["甲镇", "甲镇"]
    assert told["exit_status_code"].tolist()[:2] == ["not_exited", "exited"]
    assert told.iloc[2].isna().all()


def test_a_column_nobody_has_is_named(draw) -> None:
    with pytest.raises(NotThere, match="colour"):
        described(draw("incomes"), None, ["colour"])


def test_finding_takes_the_first_match_and_says_where_there_is_none(draw) -> None:
    households = draw("households", HOUSEHOLDS)
    keys = draw("incomes", "household_id income_year\nh2 2019\nh7 2019").rename(
        columns={"income_year": "register_year"}
    )
    assert find(keys, households, ["household_id", "register_year"]).tolist() == [3, -1]


def test_a_missing_id_is_among_nobody(draw) -> None:
    ids_of = draw("incomes", "household_id\nh1\n.\nh8")["household_id"]
    assert is_among(ids_of, draw("households", HOUSEHOLDS)["household_id"]).tolist() == [True, False, False]
