"""Every household has a cadre at any time, 3,008 of them from 94 agencies; every place has its team."""

from __future__ import annotations

import pandas as pd


def test_exactly_3008_cadres_of_94_agencies_all_of_them_at_work(whole):
    pairings = whole.tables["pairings"]
    assert pairings["cadre_key"].nunique() == 3008
    assert pairings["cadre_id_number"].nunique() == 3008
    assert set(pairings["unit_name"]) == set(whole.agencies)
    day = pd.Timestamp("2020-06-16")
    live = pairings[(pairings["start_date"] <= day) & (pairings["end_date"].isna() | (pairings["end_date"] >= day))]
    assert live["cadre_key"].nunique() == 3008
    load = live.groupby("cadre_key").size()
    assert load.median() <= 3
    assert 5 <= load.max() <= 15


def test_every_household_has_exactly_one_cadre_on_any_day(whole):
    pairings, households = whole.tables["pairings"], whole.tables["households"]
    exact = pairings[(pairings["start_date_precision"] == "day") & (pairings["end_date_precision"] != "month")]
    later = exact.sort_values(["household_key", "start_date"])
    same = later["household_key"] == later["household_key"].shift()
    assert (later["start_date"] - later["end_date"].shift())[same].eq(pd.Timedelta(days=1)).all()
    for year in range(2016, 2021):
        for text in (f"{year}-06-16", f"{year}-12-31"):
            day = pd.Timestamp(text)
            end = pairings["end_date"]
            month_end = end.where(pairings["end_date_precision"] != "month", end + pd.offsets.MonthEnd(1))
            live = pairings[(pairings["start_date"] <= day) & (month_end.isna() | (month_end >= day))]
            assert live["household_key"].is_unique
            listed = households[
                (households["register_year"] == year) & (households["exit_status_code"] != "left_register")
            ]
            assert set(listed["household_key"]) <= set(live["household_key"]), day


def test_some_households_changed_their_cadre(whole):
    periods = whole.tables["pairings"].groupby("household_key").size()
    assert periods.max() == 2
    assert 0.1 < (periods == 2).mean() < 0.25


def test_the_register_names_the_cadre_of_the_years_end(whole):
    pairings = whole.tables["pairings"]
    running = pairings[pairings["end_date"].isna()].set_index("household_key")["cadre_name"]
    households = whole.tables["households"]
    last = households[(households["register_year"] == 2020) & (households["exit_status_code"] != "left_register")]
    assert (last["helper_name"].to_numpy() == running.loc[last["household_key"]].to_numpy()).all()


def test_every_place_has_a_team_every_year_with_a_first_secretary_in_villages(whole):
    teams = whole.tables["teams"]
    size = teams.groupby(["team_year", "village"]).size()
    assert size.groupby("team_year").size().tolist() == [204] * 5
    assert set(size) == {2, 3}
    kind = teams.drop_duplicates("village").groupby("team_kind_code").size().to_dict()
    assert kind == {"mass_work_group": 60, "resident_team": 144}
    first = teams.groupby(["team_year", "village"])["is_first_secretary"].sum()
    villages = set(whole.places.loc[whole.places["kind"] == "village", "village"])
    assert all(count == (village in villages) for (_, village), count in first.items())
    assert teams.groupby(["team_year", "village"])["is_leader"].sum().eq(1).all()
    assert set(teams["unit_name"]) == set(whole.agencies)
    assert teams["days_in_village"].between(40, 330).all()


def test_every_place_has_a_team_on_every_day_from_april_2016(whole):
    teams = whole.tables["teams"]
    for day in pd.to_datetime(["2016-04-01", "2017-01-01", "2018-07-01", "2019-12-31", "2020-01-01", "2020-06-16"]):
        live = teams[(teams["start_date"] <= day) & (teams["end_date"].isna() | (teams["end_date"] >= day))]
        assert live["village"].nunique() == 204


def test_visits_are_paid_by_the_cadre_of_the_day_and_villages_differ(whole):
    visits, pairings = whole.tables["visits"], whole.tables["pairings"]
    assert 80_000 < len(visits) < 100_000
    assert set(visits["year"]) == {2019, 2020}
    both = visits.reset_index().merge(pairings, on=["household_key", "cadre_key"], suffixes=("", "_paired"))
    end = both["end_date"].where(both["end_date_precision"] != "month", both["end_date"] + pd.offsets.MonthEnd(1))
    covered = (both["start_date"] <= both["visit_date"]) & (end.isna() | (end >= both["visit_date"]))
    assert set(both.loc[covered, "index"]) == set(visits.index)
    month = visits["visit_date"].dt.to_period("M")
    done = visits.groupby([month, "household_key"]).size().groupby("visit_date").size()
    assert (done / 7100).between(0.35, 0.75).all()
    rate = visits.groupby("village").size() / visits.groupby("village")["household_key"].nunique() / 24
    assert rate.std() > 0.08


def test_nobody_came_to_the_door_from_february_to_april_2020(whole):
    visits = whole.tables["visits"]
    closed = visits["visit_date"].between("2020-02-01", "2020-04-30")
    assert (visits.loc[closed, "visit_mode_code"] != "visit").all()
    assert (visits.loc[~closed, "visit_mode_code"] == "visit").mean() > 0.5
