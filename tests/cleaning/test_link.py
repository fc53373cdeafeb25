"""Rows of many workbooks → the same household, person, cadre and project over the years."""

from __future__ import annotations

import pandas as pd

from louxing_analysis.cleaning import link
from louxing_analysis.cleaning import row_keys as plain_keys


def frame(text: str, **dates: str) -> pd.DataFrame:
    """A table drawn with bars; an empty cell is missing, a column of `dates` is turned into days."""
    lines = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    table = pd.DataFrame([[cell or None for cell in line] for line in lines[1:]], columns=lines[0], dtype=object)
    for name in table.columns:
        if name.endswith("_date"):
            table[name] = pd.to_datetime(table[name])
        if name.endswith("_year"):
            table[name] = table[name].astype(float).astype("Int64")
    return table


HOUSEHOLDS = frame("""
household_code | head_id_number | head_name | village | register_year
4301           | ID-A           | 张三      | 甲村    | 2018
4302           | ID-B           | 李四      | 甲村    | 2018
4303           | ID-C           | 李四      | 乙村    | 2018
4304           | ID-D           | 王五      | 甲村    | 2018
4305           | ID-E           | 王五      | 甲村    | 2018
""")
MEMBERS = frame("""
household_code | id_number | name | relation_code | register_year
4301           | ID-A      | 张三 | head          | 2018
4301           | ID-A2     | 张小 | son           | 2018
4302           | ID-B      | 李四 | head          | 2018
4302           |           | 李小 | son           | 2018
4304           | ID-D2     | 王小 | son           | 2018
4304           | ID-D3     | 王小 | daughter      | 2018
""")
REGISTER = link.build_register(HOUSEHOLDS, MEMBERS)


def plain(found: pd.Series) -> list[object]:
    """The keys with missing as None, however it is written."""
    return [None if pd.isna(key) else key for key in found]


def keys(text: str) -> list[object]:
    return link.household_keys(frame(text), REGISTER).tolist()


def test_a_household_is_known_by_code_by_its_heads_number_by_a_members_number_and_by_place_and_name() -> None:
    assert keys("""
    household_code | head_id_number | id_number | village | head_name
    4301           |                |           |         |
                   | ID-B           |           |         |
                   |                | ID-A2     |         |
                   |                |           | 乙村    | 李四
    """) == ["4301", "4302", "4301", "4303"]


def test_a_name_that_two_households_of_a_village_have_leads_nowhere() -> None:
    assert keys("village | head_name\n甲村 | 王五\n甲村 | 张三\n丙村 | 张三") == [None, "4301", None]


def test_a_code_that_stands_in_no_register_is_no_household() -> None:
    assert keys("household_code | head_id_number\n9999 |\n9999 | ID-A") == [None, "4301"]


def test_without_a_register_codes_are_taken_as_they_are() -> None:
    nobody = link.build_register(HOUSEHOLDS.head(0), MEMBERS.head(0))
    rows = frame("household_code | head_id_number\n9999 |\n | ID-A\n |")
    assert link.household_keys(rows, nobody).tolist() == ["9999", "id:ID-A", None]


def test_a_register_without_codes_is_keyed_by_its_heads() -> None:
    households = HOUSEHOLDS.drop(columns="household_code")
    members = MEMBERS.drop(columns="household_code").assign(
        head_id_number=["ID-A", "ID-A", "ID-B", "ID-B", "ID-D", "ID-D"]
    )
    register = link.build_register(households, members)
    assert link.household_keys(households, register).tolist()[:2] == ["id:ID-A", "id:ID-B"]
    assert link.household_keys(members, register).tolist()[:3] == ["id:ID-A", "id:ID-A", "id:ID-B"]
    visits = frame("village | head_name | head_id_number\n甲村 | 张三 |\n | | ID-B")
    assert link.household_keys(visits, register).tolist() == ["id:ID-A", "id:ID-B"]


def test_a_person_is_known_by_number_else_by_household_and_name_if_only_one_has_it() -> None:
    rows = frame("""
    household_code | id_number | name
    4301           | ID-A2     | 写错
    4301           |           | 张小
    4304           |           | 王小
    4301           |           | 没有
    """)
    found = link.person_keys(rows, link.household_keys(rows, REGISTER), REGISTER)
    assert plain(found) == ["ID-A2", "ID-A2", None, None]


def test_a_register_row_with_a_damaged_number_takes_the_number_of_another_year() -> None:
    members = pd.concat(
        [
            MEMBERS,
            frame("""
    household_code | id_number | name | relation_code | register_year
    4301           |           | 张小 | son           | 2019
    """),
        ],
        ignore_index=True,
    )
    register = link.build_register(HOUSEHOLDS, members)
    found = link.person_keys(members, link.household_keys(members, register), register)
    assert found.iloc[-1] == "ID-A2"


def test_brothers_of_one_name_are_told_apart_by_their_year_of_birth() -> None:
    members = frame("""
    household_code | id_number | name | relation_code | birth_date
    4301           | ID-1      | 王小 | son           | 1990-03-01
    4301           | ID-2      | 王小 | son           | 1995-03-01
    """)
    register = link.build_register(HOUSEHOLDS, members)
    rows = frame(
        "household_code | name | birth_date\n4301 | 王小 | 1995-01-01\n4301 | 王小 | 1999-01-01\n4301 | 王小 |"
    )
    assert plain(link.person_keys(rows, link.household_keys(rows, register), register)) == ["ID-2", None, None]


def test_a_register_row_without_any_number_is_followed_by_household_name_and_year_of_birth() -> None:
    members = frame("""
    household_code | name | relation_code | birth_date | register_year
    4302           | 李小 | son           | 2005-03-01 | 2018
    4302           | 李小 | son           | 2005-03-01 | 2019
    4302           | 李大 | son           |            | 2019
    """)
    register = link.build_register(HOUSEHOLDS, members)
    one = "\x1f".join(["4302", "李小", "2005"])
    assert plain(register.people[len(HOUSEHOLDS) :]) == [one, one, None]
    rows = frame("household_code | name\n4302 | 李小")  # another ledger that only names the child
    assert plain(link.person_keys(rows, link.household_keys(rows, register), register)) == [one]


def test_a_person_code_with_its_name_stands_for_a_number_that_is_damaged() -> None:
    members = frame("""
    household_code | name | id_number | relation_code | person_code | register_year
    4302           | 李小 | ID-S      | son           | 430203      | 2018
    4309           | 李小 |           | head          | 430203      | 2019
    4309           | 李老 |           | son           | 430203      | 2019
    """)
    register = link.build_register(HOUSEHOLDS, members)
    found = plain(register.people[len(HOUSEHOLDS) :])
    assert found[:2] == ["ID-S", "ID-S"]
    assert found[2] not in ("ID-S", None)  # the code of another name


def test_a_cadre_is_known_by_number_else_by_name_and_unit() -> None:
    rows = frame("""
    number | name | unit
    C-1    | 刘一 | 财政局
           | 刘一 | 财政局
           | 刘一 | 水利局
           | 刘一 |
    """)
    assert link.cadre_keys(rows["number"], rows["name"], rows["unit"]).tolist() == [
        "C-1",
        "C-1",
        "\x1f".join(["刘一", "水利局"]),
        None,
    ]


PAIRINGS = frame("""
household | cadre_name | start_date | end_date
4301      | 刘一       | 2018-01-01 | 2018-12-31
4301      | 陈二       | 2019-01-01 |
4302      | 刘一       |            |
4302      | 陈二       |            |
""")


def visiting(text: str) -> list[object]:
    visits = frame(text)
    return link.visiting_cadres(
        visits, visits["household"], PAIRINGS, PAIRINGS["household"], "c:" + PAIRINGS["cadre_name"]
    ).tolist()


def test_a_visits_cadre_is_the_paired_one_of_that_name_else_the_only_one_of_that_day() -> None:
    assert visiting("""
    household | cadre_name | visit_date
    4301      | 陈二       | 2018-06-01
    4301      |            | 2018-06-01
    4301      |            | 2019-06-01
    4301      | 某人       | 2019-06-01
    """) == ["c:陈二", "c:刘一", "c:陈二", "c:陈二"]


def test_a_visit_that_two_cadres_may_have_made_has_none() -> None:
    assert visiting("household | cadre_name | visit_date\n4302 | | 2018-06-01\n4302 | 刘一 | 2018-06-01") == [
        None,
        "c:刘一",
    ]


def test_a_visit_to_a_household_without_a_pairing_or_before_it_has_no_cadre() -> None:
    assert (
        visiting("household | cadre_name | visit_date\n4399 | 刘一 | 2018-06-01\n4301 | | 2017-06-01\n4301 | |")
        == [None] * 3
    )


PROJECTS = frame("""
project_code | project_name | project_year | township | village
P-1          | 道路硬化     | 2018         | 杉山镇   | 甲村
P-2          | 道路硬化     | 2018         | 杉山镇   | 乙村
             | 黄桃基地     | 2018         | 石井镇   | 丙村
""")


def test_a_project_is_its_code_else_a_fingerprint_that_stays_the_same() -> None:
    first, second = link.project_keys(PROJECTS), link.project_keys(PROJECTS.iloc[[2]])
    assert first.tolist()[:2] == ["P-1", "P-2"]
    assert first.iloc[2] == second.iloc[0]
    assert "黄桃" not in first.iloc[2]


def test_a_row_that_names_a_project_finds_it_by_village_then_township_then_year() -> None:
    rows = frame("""
    project_name | project_year | township | village
    道路硬化     | 2018         | 杉山镇   | 乙村
    黄桃基地     | 2018         |          |
    道路硬化     | 2018         | 杉山镇   |
    黄桃基地     | 2019         | 石井镇   |
    """)
    known = link.project_keys(PROJECTS)
    found = link.projects_named(rows, PROJECTS, known)
    assert found.tolist()[:2] == ["P-2", known.iloc[2]]
    assert found.iloc[2] not in {"P-1", "P-2"}  # two projects of that name in the township: neither is guessed
    assert found.iloc[3] not in set(known)  # another year is another project


def test_parts_of_a_key_do_not_run_into_each_other() -> None:
    first = plain_keys.joined(pd.Series(["甲村1"], dtype=object), pd.Series(["2"], dtype=object))
    second = plain_keys.joined(pd.Series(["甲村"], dtype=object), pd.Series(["12"], dtype=object))
    assert first.iloc[0] != second.iloc[0]
