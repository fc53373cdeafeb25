"""Registers: people fit their households, their numbers fit the people, and nobody is not exited in the end."""

from __future__ import annotations

import numpy as np
import pandas as pd

ORDER = [
    "illness",
    "disability",
    "schooling",
    "disaster",
    "land",
    "water",
    "skills",
    "labour",
    "capital",
    "transport",
    "motivation",
    "housing",
    "other",
]


def right_check_digit(number: str) -> bool:
    """GB 11643-1999, worked the other way round than the package does: ISO 7064 MOD 11-2."""
    total = 0
    for character in number:
        total = (total * 2 + (10 if character == "X" else int(character))) % 11
    return total == 1


def test_check_digits_are_right_and_the_known_example_of_the_standard_passes():
    assert right_check_digit("11010519491231002X")  # the example printed in GB 11643-1999
    assert not right_check_digit("110105194912310021")


def test_id_numbers_fit_the_person_and_no_two_people_share_one(whole):
    members = whole.tables["members"].dropna(subset=["id_number"])
    first18 = members["id_number"].str[:18]
    assert set(members["id_number"].str.len()) == {18, 20}
    assert (first18.str[:6] == "439902").all()
    assert (first18.str[6:14] == members["birth_date"].dt.strftime("%Y%m%d")).all()
    male = first18.str[16].astype(int) % 2 == 1
    assert (male == (members["sex_code"] == "male")).all()
    assert all(right_check_digit(number) for number in first18.unique())
    assert members.assign(number=first18).groupby("number")["person_key"].nunique().max() == 1
    assert members.assign(number=first18).groupby("person_key")["number"].nunique().max() == 1


def test_certificates_of_twenty_digits_belong_to_disabled_people_only(whole):
    members = whole.tables["members"].dropna(subset=["id_number"])
    long = members[members["id_number"].str.len() == 20]
    assert len(long) > 500
    assert long["health_codes"].str.contains("disabled").all()
    assert long["id_number"].str[18].isin(list("1234567")).all()
    assert long["id_number"].str[19].isin(list("1234")).all()


def test_id_numbers_of_all_kinds_of_people_never_meet(whole):
    people = set(whole.tables["members"]["id_number"].dropna().str[:18])
    cadres = set(whole.tables["pairings"]["cadre_id_number"])
    team = set(whole.tables["teams"]["id_number"])
    party = set(whole.tables["attendance"]["id_number"])
    assert len(people) + len(cadres) + len(team) + len(party) == len(people | cadres | team | party)


def test_numbers_can_hit_nobody_and_household_codes_do_not_look_like_id_numbers(whole):
    households = whole.tables["households"]
    assert households["phone"].str.fullmatch("100[0-9]{8}").all()
    assert households["bank_account"].str.fullmatch("99[0-9]{17}").all()
    assert households["household_code"].str.fullmatch("4399[0-9]{8}").all()
    one_each = households.groupby("household_key")["household_code"].nunique()
    assert one_each.max() == 2
    renumbered = households[households["household_key"].isin(one_each.index[one_each == 2])]
    assert set(renumbered["township"]) == {"水洞底镇", "蛇形山镇"}  # they came from other counties in 2017
    written = households[["household_key", "household_code"]].drop_duplicates()
    assert written["household_code"].is_unique
    before = renumbered[renumbered["register_year"] == 2016]
    assert before.groupby("household_key").size().eq(1).all()
    assert len(written) == households["household_key"].nunique() + len(before)


def test_names_are_made_of_plain_chinese_characters(whole):
    for ledger, column in [
        ("members", "name"),
        ("pairings", "cadre_name"),
        ("teams", "member_name"),
        ("attendance", "name"),
    ]:
        assert whole.tables[ledger][column].str.fullmatch("[\u4e00-\u9fff]{2,4}").all(), ledger


def test_household_size_is_the_number_of_members_and_everyone_has_one_head(whole):
    households, members = whole.tables["households"], whole.tables["members"]
    key = ["household_key", "register_year"]
    is_head = members["relation_code"] == "head"
    rows = members.assign(is_head=is_head).groupby(key).agg(size=("name", "size"), heads=("is_head", "sum"))
    beside = households.set_index(key).join(rows)
    assert (beside["size"] == beside["household_size"]).all()
    assert (beside["heads"] == 1).all()
    heads = members[members["relation_code"] == "head"].set_index(key)
    assert (heads["name"] == heads["head_name"]).all()
    assert (heads["id_number"].str[:18] == heads["head_id_number"]).all()
    spouses = members[members["relation_code"] == "spouse"].groupby(key).size()
    assert spouses.max() == 1


def test_sex_and_age_fit_the_relation(whole):
    members = whole.tables["members"]
    age = members["register_year"].astype(int) - members["birth_date"].dt.year
    assert age.between(0, 99).all()
    sex = members.groupby("relation_code")["sex_code"].agg(set)
    for relation in ("son", "grandson", "father", "husbands_father"):
        assert sex[relation] == {"male"}
    for relation in ("daughter", "granddaughter", "daughter_in_law", "mother", "husbands_mother"):
        assert sex[relation] == {"female"}
    key = ["household_key", "register_year"]
    heads = members[members["relation_code"] == "head"].set_index(key)
    for relation, least, most in [("son", 15, 60), ("mother", -45, -15), ("grandson", 30, 90), ("spouse", -12, 12)]:
        others = members[members["relation_code"] == relation].set_index(key)
        older = others["birth_date"].dt.year - heads["birth_date"].dt.year.loc[others.index]
        assert older.between(least, most).all(), relation
    couples = members[members["relation_code"].isin(["head", "spouse"])].groupby(key)["sex_code"]
    assert (couples.nunique() == couples.size()).all()


def test_schooling_and_education_exclude_each_other_and_children_do_not_work(whole):
    members = whole.tables["members"]
    age = members["register_year"].astype(int) - members["birth_date"].dt.year
    assert (members["education_code"].isna() == (members["student_code"] != "not_student")).all()
    assert members.loc[age < 16, "labour_code"].eq("none").all()
    assert members.loc[members["work_code"].notna(), "work_months"].between(1, 12).all()
    assert members.loc[members["work_code"].isna(), "work_months"].fillna(0).eq(0).all()
    assert not (
        members["health_codes"].str.contains("healthy") & members["health_codes"].str.contains("|", regex=False)
    ).any()


def test_people_are_born_marry_and_die_and_some_households_divide(whole):
    members = whole.tables["members"]
    span = members.groupby("person_key")["register_year"].agg(["min", "max"])
    assert (span["min"] > 2016).sum() > 200
    assert (span["max"] < 2020).sum() > 500
    homes = members.groupby("person_key")["household_key"].nunique()
    assert 80 < (homes == 2).sum() < 400  # they went over to a household that was founded, or to their children
    assert homes.max() == 2
    heads = members[members["relation_code"] == "head"].groupby("household_key")["person_key"].nunique()
    assert 50 < (heads > 1).sum() < 400


def test_the_register_changes_as_it_is_told(whole):
    households = whole.tables["households"]
    status = pd.crosstab(households["register_year"], households["exit_status_code"])
    assert status.loc[2020, ["not_exited", "pre_exit", "fallen_back"]].sum() == 0
    assert (status["not_exited"].diff().dropna() < 0).all()
    assert 0 < status["fallen_back"].sum() < 60
    assert 0 < status["pre_exit"].sum() < 400
    assert status.loc[2017, "left_register"] == status["left_register"].max()
    entered = households.groupby("household_key")["register_year"].min()
    assert (entered == 2017).sum() > 300
    exited = households["exit_status_code"] == "exited"
    assert (households.loc[exited, "exit_year"] <= households.loc[exited, "register_year"]).all()
    assert (
        households.loc[households["exit_status_code"].isin(["not_exited", "pre_exit", "fallen_back"]), "exit_year"]
        .isna()
        .all()
    )
    last = households.groupby("household_key").tail(1)
    struck = households[households["exit_status_code"] == "left_register"]
    back = struck[~struck.index.isin(last.index)]
    assert 0.08 < len(back) / len(struck) < 0.2
    next_years = households.merge(
        back[["household_key", "register_year"]], on="household_key", suffixes=("", "_struck")
    )
    later = next_years[next_years["register_year"] > next_years["register_year_struck"]]
    assert (
        (later.groupby("household_key")["register_year"].min() - back.set_index("household_key")["register_year"])
        .eq(2)
        .all()
    )


def test_some_old_people_join_another_household_which_ends_their_own(whole):
    households, members = whole.tables["households"], whole.tables["members"]
    last = households.groupby("household_key").tail(1)
    ended = last[(last["register_year"] < 2020) & (last["exit_status_code"] != "left_register")]
    assert 20 < len(ended) < 80
    alone = members[members["household_key"].isin(ended["household_key"])]
    assert alone.groupby("household_key")["person_key"].nunique().eq(1).all()
    homes = members[members["person_key"].isin(alone["person_key"])].sort_values("register_year")
    assert homes.groupby("person_key")["household_key"].nunique().eq(2).all()
    assert set(homes.groupby("person_key")["relation_code"].last()) <= {
        "father",
        "mother",
        "husbands_father",
        "husbands_mother",
    }


def test_causes_fit_the_members_and_illness_leads_with_about_two_in_five(whole):
    households = whole.tables["households"]
    share = households[households["register_year"] == 2020]["cause_main_code"].value_counts(normalize=True)
    assert share.index[0] == "illness"
    assert 0.35 < share["illness"] < 0.45
    others = households["causes_other_codes"].dropna().str.split("|")
    assert others.str.len().max() == 2
    assert all(ORDER.index(pair[0]) < ORDER.index(pair[1]) for pair in others[others.str.len() == 2])
    repeated = [
        main in other for main, other in zip(households.loc[others.index, "cause_main_code"], others, strict=True)
    ]
    assert not any(repeated)


def test_houses_are_repaired_water_comes_to_all_and_cooperatives_grow(whole):
    households = whole.tables["households"]
    by_year = households.groupby("register_year")
    unsafe = by_year["house_grade_code"].agg(lambda grades: grades.isin(["c", "d"]).mean())
    assert unsafe[2016] > 0.12
    assert unsafe[2020] == 0
    water = by_year["has_safe_water"].mean()
    assert water.is_monotonic_increasing
    assert water[2016] < 0.9
    assert water[2020] == 1
    assert by_year["in_cooperative"].mean().is_monotonic_increasing


def test_villages_are_of_unequal_size(whole):
    households = whole.tables["households"]
    size = households[households["register_year"] == 2020].groupby("village").size()
    assert len(size) == 204
    assert size.max() > 3 * size.median()
    assert np.percentile(size, 10) < 0.5 * size.median()
