"""Household-years → one household over the years: codes, heads, members in common; splits, merges, gaps, attrition."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning import following_notes, household_links, link
from tests.cleaning.test_link import frame


class Story(NamedTuple):
    """What became of a drawn register."""

    register: link.Register
    links: pd.DataFrame
    attrition: pd.DataFrame
    flows: pd.DataFrame

    def how(self, columns: str = "household_id register_year how") -> list[list[object]]:
        rows = self.links.sort_values(["register_year", "household_id"])[columns.split()]
        return rows.astype(object).where(rows.notna(), None).values.tolist()

    def who(self) -> list[object]:
        """The household of each drawn member row."""
        return self.register.of_rows.iloc[self.register.rows.households :].tolist()

    def noted(self) -> dict[str, list[int]]:
        found = following_notes.notes(self.register, self.register_rows())
        return {one.reason: np.flatnonzero(one.rows).tolist() for one in found}

    def register_rows(self) -> pd.DataFrame:
        count = self.register.rows.households
        return pd.DataFrame({"workbook": ["a.xlsx"] * count, "sheet": ["S"] * count, "row": range(1, count + 1)})


def households_of(members: pd.DataFrame) -> pd.DataFrame:
    """One row per household and year, from its head's row."""
    heads = members[members["relation_code"] == "head"]
    return pd.DataFrame(
        {
            "household_code": heads["household_code"],
            "head_name": heads["name"],
            "head_id_number": heads["id_number"],
            "village": heads["village"],
            "township": heads["township"],
            "register_year": heads["register_year"],
            "exit_status_code": heads["exit_status_code"],
        }
    ).reset_index(drop=True)


def told(drawing: str, households: pd.DataFrame | None = None) -> Story:
    """A register drawn as `year code people`: the first of the people is the head; ID numbers are `#` and the name.

    A name in brackets has no readable number; `!` behind the year: the register says that the household left.
    """
    rows = []
    for line in drawing.strip().splitlines():
        year, code, *people = line.split()
        struck, year = year.endswith("!"), year.rstrip("!")
        for at, person in enumerate(people):
            name = person.strip("()")
            rows.append(
                {
                    "household_code": None if code == "-" else code.split("@")[0],
                    "name": name,
                    "id_number": None if person.startswith("(") else f"#{name}",
                    "birth_date": pd.Timestamp(1950 + sum(map(ord, name)) % 50, 3, 1),
                    "relation_code": "head" if at == 0 else "son",
                    "register_year": int(year),
                    "village": "甲村",
                    "township": code.split("@")[1] if "@" in code else "杉山镇",
                    "exit_status_code": "left_register" if struck else "not_exited",
                    "health_codes": "healthy",
                }
            )
    members = pd.DataFrame(rows)
    if members.empty:
        members = frame(
            "household_code | name | id_number | relation_code | register_year | village | township | exit_status_code"
        )
    members["register_year"] = members["register_year"].astype("Int64")
    return story(households_of(members) if households is None else households, members)


def story(households: pd.DataFrame, members: pd.DataFrame) -> Story:
    register = link.build_register(households, members)
    years = following_notes.years_of_register(register, households, members, households)
    links, lost = household_links.household_links(years), household_links.attrition(years)
    return Story(register, links, lost, household_links.register_flows(links, lost))


def test_a_household_keeps_its_identity_under_its_code_whoever_is_born_or_dies() -> None:
    found = told("""
    2016 c1 A B
    2017 c1 A B E
    2018 c1 B E
    """)
    assert found.how("household_id register_year previous_year how certainty common_share") == [
        ["c1", 2016, None, "first_year", None, None],
        ["c1", 2017, 2016, "same_code", 1.0, round(2 / 3, 4)],
        ["c1", 2018, 2017, "same_code", 1.0, round(2 / 3, 4)],
    ]


def test_a_new_code_under_the_same_head_is_the_same_household() -> None:
    found = told("2016 c1 A B\n2017 d1 A B\n2018 d1 A")
    assert found.how("household_id register_year how certainty") == [
        ["c1", 2016, "first_year", None],
        ["c1", 2017, "same_head", 0.95],
        ["c1", 2018, "same_code", 1.0],
    ]


def test_a_new_code_under_a_new_head_is_the_same_household_if_half_of_all_members_are_the_same() -> None:
    found = told("2016 c1 A B C\n2017 d1 B C")  # 2 of 3
    assert found.how("household_id how evidence common_members common_share")[1] == [
        "c1",
        "member_overlap",
        "member_overlap",
        2,
        round(2 / 3, 4),
    ]


def test_too_few_members_in_common_are_kept_apart_and_noted() -> None:
    found = told("2016 c1 A B C\n2017 d1 C B E F")  # 2 of 5 is 0.4
    assert [row[0] for row in found.how()] == ["c1", "d1"]
    assert found.how("how")[1] == ["entered"]
    assert found.noted() == {"household_link_likely": [1]}


def test_one_person_in_common_is_not_even_noted() -> None:
    found = told("2016 c1 A B C\n2017 d1 E C F G")  # 1 of 6
    assert found.how("how")[1] == ["entered"]
    assert found.noted() == {}


def test_codes_that_were_all_given_out_anew_do_not_mix_the_families() -> None:
    found = told("2016 c1 A B\n2016 c2 E F\n2017 c2 A B\n2017 c1 E F")
    assert found.who() == ["c1", "c1", "c2", "c2", "c1", "c1", "c2", "c2"]
    assert set(found.links.query("register_year == 2017")["how"]) == {"same_head"}


def test_a_code_given_to_another_family_is_another_household_and_is_noted() -> None:
    found = told("2016 c1 A B\n2017 c1 E F")
    first, second = dict.fromkeys(found.who())
    assert first == "c1"
    assert second != "c1"
    assert found.noted() == {"household_code_reused": [1]}
    assert found.attrition["reason_code"].tolist() == ["unknown"]


def test_a_reused_code_means_in_other_ledgers_the_household_of_the_rows_own_year() -> None:
    register = told("2016 c1 A B\n2017 c1 E F").register
    rows = frame("household_code | income_year\nc1 | 2016\nc1 | 2017\nc1 | 2015")
    found = link.household_keys(rows, register).tolist()
    assert found[0] == "c1"
    assert found[1] not in ("c1", None)
    assert found[2] is None  # which of the two it was before anybody was registered is not guessed


def test_a_code_of_before_and_of_after_leads_to_the_one_household() -> None:
    register = told("2016 c1 A B\n2017 d1 A B").register
    rows = frame(
        "household_code | head_id_number | visit_date\nc1 | | 2019-05-01\nd1 | | 2016-05-01\n | #A | 2016-05-01"
    )
    assert link.household_keys(rows, register).tolist() == ["c1"] * 3


def test_of_a_divided_household_the_part_with_the_code_goes_on_and_the_other_is_a_split() -> None:
    found = told("2016 c1 A B C E\n2017 c1 A B\n2017 c2 C E G")
    assert found.how("household_id how previous_year previous_household_ids certainty")[1:] == [
        ["c1", "same_code", 2016, ("c1",), 1.0],
        ["c2", "split", 2016, ("c1",), 0.67],  # two of its three came from c1
    ]
    assert found.attrition.empty


def test_where_no_part_keeps_code_or_head_the_largest_part_goes_on() -> None:
    three = told("2016 c1 A B C E F\n2017 d1 B E F\n2017 d2 C G")  # 3 of 5, and 1 of 6
    assert three.how("household_id how evidence")[1:] == [
        ["c1", "member_overlap", "member_overlap"],
        ["d2", "split", "members"],
    ]


def test_a_household_that_breaks_up_into_small_parts_ends() -> None:
    found = told("2016 c1 A B C E F\n2017 d1 B C\n2017 d2 E F")  # 2 of 5 each
    assert found.how("household_id how")[1:] == [["d1", "split"], ["d2", "split"]]
    assert found.attrition[["household_id", "reason_code", "successor_household_ids"]].values.tolist() == [
        ["c1", "split_up", ("d1", "d2")]
    ]


def test_two_equal_claims_are_a_tie_that_is_broken_the_same_way_every_time_and_noted() -> None:
    parts = told("2016 c1 A B C E\n2017 d2 C E\n2017 d1 B A")  # 2 of 4 each; neither under the old head
    assert parts.how("household_id how certainty")[1:] == [["c1", "member_overlap", 0.5], ["d2", "split", 1.0]]
    assert parts.noted() == {"household_link_tied": [2]}  # d1, the first in the order of codes
    both = told("2016 c1 A B\n2016 c2 C E\n2017 d1 B C E A")
    assert both.how("household_id how certainty")[2] == ["c1", "merge", 0.5]
    assert both.noted() == {"household_link_tied": [2]}


def test_a_household_that_joins_another_ends_as_merged() -> None:
    found = told("2016 c1 A B\n2016 c2 M\n2017 c1 A B M")
    assert found.how("household_id how evidence previous_household_ids")[2] == [
        "c1",
        "merge",
        "same_code",
        ("c1", "c2"),
    ]
    assert found.attrition[["household_id", "last_year", "left_year", "reason_code"]].values.tolist() == [
        ["c2", 2016, 2017, "merged"]
    ]


def test_a_daughter_who_marries_out_takes_no_household_along() -> None:
    found = told("2016 c1 A B C\n2017 c1 A B\n2017 c2 H C K")  # one of three, not the head
    assert found.how("household_id how")[1:] == [["c1", "same_code"], ["c2", "entered"]]


def test_a_son_who_founds_a_household_with_a_wife_from_elsewhere_is_a_split() -> None:
    found = told("2016 c1 A B C\n2017 c1 A B\n2017 c2 C H K")
    assert found.how("household_id how certainty")[2] == ["c2", "split", 0.33]


def test_a_household_that_was_struck_off_and_comes_back_is_the_same_one() -> None:
    found = told("2016 c0 Z\n2016 c1 A B\n2017 c0 Z\n2017! c1 A B\n2018 c0 Z\n2019 c0 Z\n2019 d1 B A")
    assert found.how("household_id register_year previous_year how evidence certainty")[-1] == [
        "c1",
        2019,
        2017,
        "re_registered",
        "member_overlap",
        0.81,  # 0.9 for members in common, 0.9 for the year between
    ]
    assert found.attrition[["household_id", "reason_code", "returned_year"]].values.tolist() == [
        ["c1", "exited_register", 2019]
    ]


def test_a_year_that_was_not_delivered_at_all_is_no_gap() -> None:
    found = told("2016 c1 A B\n2018 c1 A B")
    assert found.how("previous_year how certainty")[1] == [2016, "same_code", 0.9]
    assert found.attrition.empty


def test_a_township_whose_register_of_a_year_is_missing_neither_loses_nor_gains_households() -> None:
    found = told("2016 c1@杉山镇 A\n2016 c2@石井镇 B\n2017 c1@杉山镇 A\n2018 c1@杉山镇 A\n2018 c2@石井镇 B")
    assert found.how("household_id how previous_year")[-1] == ["c2", "same_code", 2016]
    assert found.attrition["reason_code"].tolist() == ["register_missing"]
    assert found.flows[["register_returned", "re_registered", "entered"]].values.tolist() == [[0, 0, 0], [1, 0, 0]]


def test_a_township_that_comes_later_brings_its_households_along() -> None:
    found = told("2016 c1@杉山镇 A\n2017 c1@杉山镇 A\n2017 c2@石井镇 B\n2018 c2@石井镇 B\n2018 c3@石井镇 C")
    assert found.how("household_id how")[2] == ["c2", "first_of_township"]
    assert found.how("household_id how")[-1] == ["c3", "entered"]


def test_a_damaged_code_in_one_year_is_bridged_by_the_head() -> None:
    found = told("2016 c1 A B\n2017 - A B\n2018 c1 A B")
    assert [row[0] for row in found.how()] == ["c1"] * 3


def test_damaged_numbers_are_replaced_by_names_under_the_same_code() -> None:
    found = told("2016 c1 A B\n2017 c1 (A) (B)")
    assert found.how("household_id how")[1] == ["c1", "same_code"]
    assert found.register.people.iloc[found.register.rows.households :].tolist() == ["#A", "#B", "#A", "#B"]


def test_who_moves_to_a_divided_household_in_the_year_of_a_damaged_number_stays_one_person() -> None:
    found = told("2016 c1 A B C\n2017 c1 A B\n2017 c2 (C) H")
    people = found.register.people.iloc[found.register.rows.households :].tolist()
    assert people == ["#A", "#B", "#C", "#A", "#B", "#C", "#H"]
    assert found.how("household_id how")[2] == ["c2", "split"]


def test_two_of_one_name_and_birth_date_in_a_village_are_not_taken_for_one() -> None:
    members = frame("""
    household_code | name | id_number | relation_code | register_year | village | birth_date
    c1             | 张三 | #1        | head          | 2016          | 甲村    | 1980-01-01
    c1             | 张三 | #1        | head          | 2017          | 甲村    | 1980-01-01
    c2             | 张三 |           | head          | 2017          | 甲村    | 1980-01-01
    """)
    found = story(frame("household_code | head_name | head_id_number | village | register_year"), members)
    assert found.register.people.tolist()[0] == found.register.people.tolist()[1] == "#1"
    assert found.register.people.tolist()[2] not in ("#1", None)


def test_a_household_that_stands_twice_in_a_year_under_two_codes_is_one() -> None:
    found = told("2016 c1 A B\n2016 c2 A B\n2017 c2 A B")
    assert set(found.who()) == {"c1"}


def test_a_heads_number_typed_for_another_family_joins_nobody() -> None:
    households = frame("""
    household_code | head_name | head_id_number | village | register_year
    c1             | A         | #A             | 甲村    | 2016
    c2             | E         | #A             | 甲村    | 2016
    """)
    members = frame("""
    household_code | name | id_number | relation_code | register_year | village
    c1             | A    | #A        | head          | 2016          | 甲村
    c1             | B    | #B        | son           | 2016          | 甲村
    c2             | E    | #E        | head          | 2016          | 甲村
    c2             | F    | #F        | son           | 2016          | 甲村
    """)
    assert story(households, members).who() == ["c1", "c1", "c2", "c2"]


def test_a_household_all_of_whose_members_died_is_gone_for_that_reason() -> None:
    members = frame("""
    household_code | name | id_number | relation_code | register_year | village | township | health_codes
    c1             | A    | #A        | head          | 2016          | 甲村    | 杉山镇   | deceased
    c2             | B    | #B        | head          | 2016          | 甲村    | 杉山镇   | healthy
    c3             | E    | #E        | head          | 2017          | 甲村    | 杉山镇   | healthy
    """)
    found = story(frame("household_code | head_name | head_id_number | village | register_year"), members)
    assert found.attrition[["household_id", "reason_code"]].values.tolist() == [["c1", "deceased"], ["c2", "unknown"]]


def test_heads_who_differ_under_one_code_are_one_household_if_nothing_else_is_known_and_the_village_is_the_same() -> (
    None
):
    heads = """
    household_code | head_name | head_id_number | village | register_year
    c1             | A         | #A             | 甲村    | 2016
    c1             | B         | #B             | {}      | 2017
    """
    nobody = frame("household_code | name | id_number | relation_code | register_year")
    assert story(frame(heads.format("甲村")), nobody).how("household_id certainty")[1] == ["c1", 0.8]
    assert story(frame(heads.format("乙村")), nobody).how("household_id")[1] != ["c1"]


def test_nobody_is_followed_where_nobody_is_registered() -> None:
    empty = frame("household_code | head_name | head_id_number | village | register_year")
    found = story(empty, frame("household_code | name | id_number | relation_code | register_year"))
    assert found.links.empty
    assert found.attrition.empty
    assert found.flows.empty


PEOPLE = st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=4, unique=True)
REGISTERS = st.lists(st.dictionaries(st.sampled_from(["c1", "c2", "c3"]), PEOPLE, max_size=3), min_size=1, max_size=4)


def drawing_of(register: list[dict[str, list[str]]]) -> list[str]:
    return [
        f"{2016 + at} {code} {' '.join(people)}" for at, year in enumerate(register) for code, people in year.items()
    ]


@settings(max_examples=150, deadline=None)
@given(REGISTERS, st.randoms(use_true_random=False))
def test_counts_add_up_and_the_order_of_rows_does_not_matter(register: list[dict[str, list[str]]], rng: object) -> None:
    lines = drawing_of(register)
    found = told("\n".join(lines))
    flows = found.flows
    assert (flows["at_start"] == flows["stayed"] + flows["left"]).all()
    came = ["stayed", "entered", "split", "re_registered", "register_returned", "first_of_township"]
    assert (flows["at_end"] == flows[came].sum(axis=1)).all()
    assert not found.links.duplicated(["household_id", "register_year"]).any()
    shuffled = list(lines)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told("\n".join(shuffled)).how("household_id register_year how certainty") == found.how(
        "household_id register_year how certainty"
    )
