"""Income accounts add up to the fen, their means are the nation's, and the panel behaves like one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from louxing_analysis import reference
from louxing_analysis.sample.incomes import PARTS


def panel(made):
    return made.tables["incomes"].pivot_table(
        index="household_key", columns="income_year", values="per_capita_net_income"
    )


def fen(values):
    return np.round(values * 100).astype("int64")


def test_sources_add_up_to_the_net_income_and_parts_to_the_transfers(whole):
    incomes = whole.tables["incomes"]
    net = (
        fen(incomes["wage_income"])
        + fen(incomes["business_income"])
        - fen(incomes["business_expense"])
        + fen(incomes["property_income"])
        + fen(incomes["transfer_income"])
    )
    assert (net == fen(incomes["net_income"])).all()
    parts = sum(fen(incomes[f"transfer_{part}"]) for part in PARTS)
    assert (parts == fen(incomes["transfer_income"])).all()
    per_head = (incomes["net_income"] / incomes["household_size"].astype(float)).round(2)
    assert (per_head == incomes["per_capita_net_income"]).all()
    amounts = incomes[["wage_income", "business_income", "business_expense", "property_income", "transfer_income"]]
    assert (amounts >= 0).all(axis=None)
    cents = fen(incomes["net_income"]) % 100 != 0
    assert 0.05 < cents.mean() < 0.3  # most amounts are whole yuan


def test_means_per_head_of_people_go_from_about_3350_to_about_10700(whole):
    incomes = whole.tables["incomes"]
    mean = incomes.groupby("income_year").apply(lambda rows: rows["net_income"].sum() / rows["household_size"].sum())
    wanted = pd.Series({2016: 3350.0, 2017: 4700.0, 2018: 6600.0, 2019: 8750.0, 2020: 10700.0})
    assert (mean / wanted - 1).abs().max() < 0.005
    assert 3000 < mean[2016] < 3500


def test_the_register_states_the_income_of_the_account(whole):
    register = whole.tables["households"].set_index(["household_key", "register_year"])["per_capita_net_income"]
    accounts = whole.tables["incomes"].set_index(["household_key", "income_year"])["per_capita_net_income"]
    assert register.loc[accounts.index].to_numpy().tolist() == accounts.tolist()
    assert register.drop(accounts.index).isna().all()  # those struck off have no account


def test_wages_and_months_away_go_together(whole):
    months = whole.tables["members"].groupby(["household_key", "register_year"])["work_months"].sum()
    incomes = whole.tables["incomes"].set_index(["household_key", "income_year"])
    away = months.loc[incomes.index] > 0
    assert (incomes.loc[~away, "wage_income"] == 0).all()
    assert (incomes.loc[away, "wage_income"] > 0).mean() > 0.98


def test_minimum_living_money_goes_to_households_of_that_kind(whole):
    kind = whole.tables["households"].set_index(["household_key", "register_year"])["household_type_code"]
    incomes = whole.tables["incomes"].set_index(["household_key", "income_year"])
    with_money = incomes["transfer_minimum_living"] > 0
    assert (kind.loc[incomes.index][with_money] == "dibao").mean() > 0.99
    assert with_money[kind.loc[incomes.index] == "dibao"].mean() > 0.99


def test_those_out_of_poverty_stand_above_the_line_and_those_fallen_back_below(whole):
    facts = reference.load()
    line = {year: facts.threshold("exit_line", year) for year in range(2016, 2021)}
    households = whole.tables["households"]
    above = households["per_capita_net_income"] > households["register_year"].map(line)
    assert above[households["exit_status_code"] == "exited"].all()
    assert not above[households["exit_status_code"] == "fallen_back"].any()
    assert above[households["register_year"] == 2020].sum() == whole.tables["incomes"]["income_year"].eq(2020).sum()
    exits = households.loc[households["register_year"] == 2020, "exit_year"].value_counts(normalize=True)
    assert exits[[2016, 2017, 2018, 2019]].min() > 0.08


def test_incomes_differ_lastingly_and_the_poorest_rise_fastest(whole):
    logs = np.log(panel(whole).dropna())
    correlation = logs.corr()
    assert 0.6 < correlation.loc[2018, 2019] < 0.9
    assert correlation.loc[2016, 2020] < correlation.loc[2016, 2017]
    growth = (logs[2017] - logs[2016]).groupby(pd.qcut(logs[2016], 5, labels=False)).mean()
    assert growth.is_monotonic_decreasing  # regression to the mean
    assert growth[0] - growth[4] > 0.15


def test_transfers_give_way_to_wages(whole):
    totals = whole.tables["incomes"].groupby("income_year")[["wage_income", "transfer_income", "net_income"]].sum()
    wages = totals["wage_income"] / totals["net_income"]
    transfers = totals["transfer_income"] / totals["net_income"]
    assert wages[2020] - wages[2016] > 0.05
    assert transfers[2016] - transfers[2020] > 0.05


def test_incomes_bunch_just_above_the_line_and_wages_are_told_in_round_hundreds(whole):
    incomes = whole.tables["incomes"]
    line = reference.load().threshold("exit_line", 2018)
    ratio = incomes.loc[incomes["income_year"] == 2018, "per_capita_net_income"] / line
    assert ratio.between(1.0, 1.1).sum() > 1.5 * ratio.between(0.9, 1.0).sum()
    wages = incomes.loc[incomes["wage_income"] > 0, "wage_income"]
    assert (wages % 100 == 0).mean() > 0.5


def test_the_family_with_the_tofu_workshop_has_seven_members_help_with_sales_and_more_every_year(whole):
    aid, incomes = whole.tables["aid"], whole.tables["incomes"]
    sales = aid[(aid["aid_kind_code"] == "consumption_help") & aid["item"].fillna("").str.contains("豆腐电商")]
    assert len(set(sales["household_key"])) == 1
    assert set(sales["village"]) == {"新庄村"}
    assert sales["aid_year"].tolist() == [2018, 2019, 2020]
    own = incomes[incomes["household_key"] == sales["household_key"].iloc[0]].sort_values("income_year")
    assert own["household_size"].tolist() == [7] * 5
    assert own["per_capita_net_income"].is_monotonic_increasing
    business = own["business_income"] - own["business_expense"]
    assert (business > own["wage_income"])[own["income_year"] >= 2018].all()
