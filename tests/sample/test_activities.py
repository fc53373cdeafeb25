"""Meetings count right, the article's village turns in August 2019, and sign-in sheets agree with the counts."""

from __future__ import annotations

import pandas as pd


def test_present_excused_and_absent_add_up_to_those_expected(whole):
    meetings = whole.tables["meetings"]
    total = meetings["present_count"] + meetings["excused_count"] + meetings["absent_count"]
    assert (total == meetings["expected_count"]).all()
    counts = meetings[["present_count", "excused_count", "absent_count"]]
    assert (counts >= 0).all(axis=None)
    assert meetings["expected_count"].between(15, 60).all()


def test_every_place_has_a_theme_day_every_month_and_members_meet_every_quarter(whole):
    meetings = whole.tables["meetings"]
    theme = meetings[meetings["meeting_type_code"] == "theme_day"]
    per_month = theme.groupby(["village", theme["meeting_date"].dt.to_period("M")]).size()
    assert len(per_month) == 204 * 60
    assert per_month.max() == 1
    members = meetings[meetings["meeting_type_code"] == "members_meeting"]
    per_quarter = members.groupby(["village", members["meeting_date"].dt.to_period("Q")]).size()
    assert len(per_quarter) == 204 * 20
    assert (meetings["meeting_type_code"] == "representatives").sum() > 100


def test_attendance_in_the_articles_village_is_below_40_percent_and_then_above_95(whole, small):
    for made in (whole, small):
        meetings = made.tables["meetings"]
        here = meetings[(meetings["village"] == "儒阶冲村") & (meetings["meeting_type_code"] != "representatives")]
        share = here["present_count"] / here["expected_count"]
        before = here["meeting_date"] < "2019-08-01"
        assert (share[before] < 0.40).all()
        assert (share[~before] >= 0.95).all()
        assert share[~before].min() < 1  # near-complete, not always complete


def test_other_villages_are_in_between_and_differ(whole):
    meetings = whole.tables["meetings"]
    theme = meetings[(meetings["meeting_type_code"] == "theme_day") & (meetings["village"] != "儒阶冲村")]
    sums = theme.groupby("village")[["present_count", "expected_count"]].sum()
    share = sums["present_count"] / sums["expected_count"]
    assert 0.7 < share.mean() < 0.85
    assert share.std() > 0.06
    by_year = theme.groupby("year")[["present_count", "expected_count"]].sum()
    assert (by_year["present_count"] / by_year["expected_count"]).is_monotonic_increasing


def test_sign_in_sheets_agree_with_the_counts_of_the_meetings(whole):
    attendance, meetings = whole.tables["attendance"], whole.tables["meetings"]
    key = ["village", "meeting_date"]
    sheets = pd.crosstab([attendance["village"], attendance["meeting_date"]], attendance["attendance_code"])
    theme = meetings[meetings["meeting_type_code"] == "theme_day"].set_index(key).loc[sheets.index]
    assert (sheets["present"].to_numpy() == theme["present_count"].to_numpy()).all()
    assert (sheets["excused"].to_numpy() == theme["excused_count"].to_numpy()).all()
    assert (sheets["absent"].to_numpy() == theme["absent_count"].to_numpy()).all()


def test_sign_in_sheets_are_kept_everywhere_in_2019_and_in_one_township_before_and_after(whole):
    attendance = whole.tables["attendance"]
    assert attendance.loc[attendance["year"] == 2019, "village"].nunique() == 204
    assert set(attendance.loc[attendance["year"] != 2019, "township"]) == {"万宝镇"}
    assert set(attendance["year"]) == {2018, 2019, 2020}


def test_people_on_a_sheet_have_names_of_their_own_and_come_or_stay_away_lastingly(whole):
    attendance = whole.tables["attendance"]
    names = attendance.drop_duplicates(["village", "person_key"])
    assert not names.duplicated(["village", "name"]).any()
    one_year = attendance[(attendance["year"] == 2019) & (attendance["village"] != "儒阶冲村")]
    came = one_year["attendance_code"].eq("present").groupby(one_year["person_key"]).mean()
    assert came.std() > 0.16  # twelve throws of one coin of 0.79 would give 0.12
    assert not set(attendance["id_number"]) & set(whole.tables["members"]["id_number"].dropna())


def test_inspections_go_round_every_month_and_rectify_no_more_than_they_find(whole):
    inspections = whole.tables["inspections"]
    assert inspections["inspection_month"].nunique() == 60
    assert inspections.groupby(["village", "year"])["inspection_month"].nunique().eq(4).all()
    assert (inspections["issues_rectified_count"] <= inspections["issues_found_count"]).all()
    assert (inspections["rectified_date"].notna() == (inspections["issues_rectified_count"] > 0)).all()
    assert inspections["rectified_date"].max() <= pd.Timestamp("2020-12-31")
    assert set(inspections["method_code"]) == {"on_site", "documents", "telephone", "household_visit"}
    assert inspections["score"].between(55, 100).all()
    found = inspections.groupby("year")["issues_found_count"].mean()
    assert found.is_monotonic_decreasing


def test_all_guarantees_are_met_by_2020_and_agree_with_the_register(whole):
    safeguards, households = whole.tables["safeguards"], whole.tables["households"]
    for code in ("education", "medical", "housing", "water"):
        met = safeguards[safeguards["guarantee_code"] == code].groupby("year")["is_met"].mean()
        assert met.is_monotonic_increasing
        assert met[2016] < 0.99
        assert met[2020] == 1
    register = households.set_index(["household_key", "register_year"])
    water = safeguards[safeguards["guarantee_code"] == "water"].set_index(["household_key", "year"])["is_met"]
    assert (register.loc[water.index, "has_safe_water"].to_numpy() == water.to_numpy()).all()
    housing = safeguards[safeguards["guarantee_code"] == "housing"].set_index(["household_key", "year"])["is_met"]
    safe = register.loc[housing.index, "house_grade_code"].isin(["a", "b"])
    assert (safe.to_numpy() == housing.to_numpy()).all()


def test_check_ups_reach_three_in_five_from_april_2020(whole):
    checkups, members = whole.tables["checkups"], whole.tables["members"]
    assert checkups["checkup_date"].min() >= pd.Timestamp("2020-04-01")
    registered = members[members["register_year"] == 2020]
    assert 0.57 < len(checkups) / len(registered) < 0.64
    assert checkups["person_key"].is_unique
    assert set(checkups["person_key"]) <= set(registered["person_key"])


def test_houses_are_rated_every_month_from_july_2019_by_their_score(whole):
    sanitation = whole.tables["sanitation"]
    assert sanitation["rating_month"].nunique() == 18
    assert sanitation["rating_month"].min() == pd.Timestamp("2019-07-01")
    assert sanitation.groupby("rating_month").size().between(5500, 7200).all()
    band = pd.cut(
        sanitation["score"], [0, 70, 85, 95, 101], right=False, labels=["poor", "ordinary", "clean", "cleanest"]
    )
    assert (band.astype("str") == sanitation["rating_code"]).all()
    assert sanitation.groupby("rating_month")["score"].mean().is_monotonic_increasing
