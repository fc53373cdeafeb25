"""Project money adds up, the article's village has its 23 households, 26 and 149 people, and help reaches most it is for."""

from __future__ import annotations

import pandas as pd

SOURCES = ["amount_central", "amount_provincial", "amount_city", "amount_county", "amount_self"]


def test_sources_add_up_and_no_more_is_paid_or_done_than_there_is(whole):
    projects = whole.tables["projects"]
    assert (projects[SOURCES].sum(axis=1) == projects["amount_total"]).all()
    assert (projects["amount_paid"] <= projects["amount_total"]).all()
    assert (projects["amount_done"] <= projects["amount_total"]).all()
    assert (projects["amount_total"] % 1000 == 0).all()  # tenths of a 万元
    assert (projects["amount_total"] % 10_000 == 0).mean() > 0.4
    assert projects["amount_total"].min() > 0
    assert projects.groupby("year").size().between(115, 125).all()


def test_projects_are_told_apart_by_code_and_by_year_place_and_name(whole):
    projects = whole.tables["projects"]
    assert projects["project_code"].is_unique
    assert not projects.duplicated(["project_year", "village", "project_name"]).any()


def test_dates_and_status_agree(whole):
    projects = whole.tables["projects"]
    ended = projects["end_date"].notna()
    assert (projects.loc[ended, "end_date"] >= projects.loc[ended, "start_date"]).all()
    assert set(projects.loc[~ended, "status_code"]) <= {"under_way", "stopped"}
    assert projects.loc[ended, "status_code"].isin(["completed", "accepted"]).all()
    assert projects["end_date"].max() <= pd.Timestamp("2020-12-31")
    finished = projects["status_code"].isin(["completed", "accepted"])
    assert (projects.loc[finished, "amount_done"] == projects.loc[finished, "amount_total"]).all()


def test_beneficiaries_belong_to_projects_of_their_year_and_village(whole):
    lists, projects = whole.tables["beneficiaries"], whole.tables["projects"].set_index("project_key")
    mine = projects.loc[lists["project_key"]]
    assert (mine["project_name"].to_numpy() == lists["project_name"].to_numpy()).all()
    assert (mine["project_year"].to_numpy() == lists["project_year"].to_numpy()).all()
    assert (mine["village"].to_numpy() == lists["village"].to_numpy()).all()
    assert lists.groupby("year").size().between(3000, 6000).all()
    assert (lists["amount"] > 0).all()
    counts = lists.groupby("project_key")["household_key"].nunique()
    assert (projects.loc[counts.index, "beneficiary_households"] == counts).all()
    assert (projects["beneficiary_people"] >= projects["beneficiary_households"]).all()


def test_in_the_shares_village_23_households_and_26_people_hold_shares_and_149_people_are_helped_directly(whole, small):
    for made in (whole, small):
        lists = made.tables["beneficiaries"]
        here = lists[lists["village"] == "清桥村"]
        shares, direct = here[here["link_mode_code"] == "shares"], here[here["link_mode_code"] == "direct"]
        assert shares["household_key"].nunique() == 23
        assert shares["person_key"].nunique() == len(shares) == 26
        assert direct["person_key"].nunique() == len(direct) == 149
        assert set(shares["year"]) == set(direct["year"]) == {2019}
        assert set(here["link_mode_code"]) == {"shares", "direct"}


def test_about_ten_thousand_rows_of_help_a_year_of_every_kind(whole):
    aid = whole.tables["aid"]
    assert aid.groupby("year").size().between(8000, 12_000).all()
    kinds = pd.crosstab(aid["year"], aid["aid_kind_code"])
    assert kinds.shape == (5, 9)
    assert kinds["consumption_help"].is_monotonic_increasing
    assert kinds["house_renovation"].loc[2020] < kinds["house_renovation"].loc[2017] / 4


def test_a_few_households_were_never_helped(whole):
    aid, lists, households = whole.tables["aid"], whole.tables["beneficiaries"], whole.tables["households"]
    reached = set(aid["household_key"]) | set(lists["household_key"])
    always = households.groupby("household_key").filter(lambda rows: len(rows) == 5)["household_key"].unique()
    missed = set(always) - reached
    assert 0.005 < len(missed) / len(always) < 0.03


def test_most_of_those_a_kind_is_meant_for_receive_it_and_few_others(whole):
    aid, members = whole.tables["aid"], whole.tables["members"]
    grants = aid[aid["aid_kind_code"] == "education_grant"]
    got = set(zip(grants["person_key"], grants["year"], strict=True))
    pupils = members[members["student_code"].isin(["primary", "junior", "senior", "vocational"])]
    share = pd.Series([pair in got for pair in zip(pupils["person_key"], pupils["year"], strict=True)]).mean()
    assert 0.8 < share < 0.98
    everybody = set(zip(pupils["person_key"], pupils["year"], strict=True))
    others = members[members["student_code"] == "not_student"]
    stray = sum(pair in got for pair in zip(others["person_key"], others["year"], strict=True))
    assert 0 < stray < 0.02 * len(everybody)


def test_an_unsafe_house_of_one_register_is_mostly_renovated_by_the_time_it_is_safe(whole):
    households, aid = whole.tables["households"], whole.tables["aid"]
    unsafe = households[households["house_grade_code"].isin(["c", "d"]) & (households["register_year"] == 2016)]
    safe = households[households["house_grade_code"].isin(["a", "b"])]
    mended = set(unsafe["household_key"]) & set(safe.loc[safe["register_year"] == 2017, "household_key"])
    renovated = aid[(aid["aid_kind_code"] == "house_renovation") & (aid["year"] == 2017)]
    assert 0.85 < len(mended & set(renovated["household_key"])) / len(mended) < 0.98
    leaked = renovated["household_key"].isin(safe.loc[safe["register_year"] == 2016, "household_key"]).mean()
    assert 0 < leaked < 0.05


def test_training_is_finished_before_it_leads_to_work(whole):
    aid = whole.tables["aid"]
    training = aid[aid["aid_kind_code"] == "skills_training"]
    assert training["is_finished"].notna().all()
    assert (training["is_employed"].notna() == training["is_finished"]).all()
    assert aid.loc[aid["aid_kind_code"] != "skills_training", "is_finished"].isna().all()
