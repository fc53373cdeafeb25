"""Every rule of rules.csv against tables drawn by hand, and what all rules have to keep to."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis import paths, pipeline, reference, store
from louxing_analysis.cleaning import rules, rules_page
from louxing_analysis.cleaning.rule_policy import line
from louxing_analysis.cleaning.rule_words import BadCheck, ask, named, read_check
from louxing_analysis.problems import NOTED, REASONS, SET_ASIDE, Problem
from louxing_analysis.reasons import REASONS_OF_SHEETS
from tests.cleaning.offices import cleaned, identity, put_together
from tests.cleaning.rule_cases import CASES, Case
from tests.cleaning.rule_tables import judged, table, views
from tests.small_office import folders

RULES = {rule.rule: rule for rule in reference.load().rule_list}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_says_of_every_drawn_row_what_was_worked_out_by_hand(case: Case) -> None:
    ledger, column = case.target.split(".")
    frame, words = table(ledger, case.drawing)
    tables = {ledger: frame, **{name: table(name, drawing)[0] for name, drawing in case.beside.items()}}
    assert judged(case.rule, ledger, column, tables, case.last_year) == words


def test_every_rule_that_is_run_has_a_drawn_table_with_a_breach_an_innocent_row_and_one_that_cannot_be_told() -> None:
    assert {case.rule for case in CASES} == {name for name, rule in RULES.items() if not rule.given}
    for case in CASES:
        words = table(case.target.split(".")[0], case.drawing)[1]
        assert set(words) == {"breaks", "holds", "-"}, case.rule
        assert tuple(case.target.split(".")) in RULES[case.rule].on


def test_every_rule_is_either_given_declared_or_a_function_and_every_function_is_a_rule() -> None:
    functions = {name for name, rule in RULES.items() if not rule.check}
    assert functions == set(rules.JUDGES)
    for name, rule in RULES.items():
        if rule.given:
            assert rule.given in REASONS, name
        elif rule.check:
            assert read_check(rule.check)


def test_a_declared_rule_names_the_columns_and_thresholds_that_its_check_looks_at() -> None:
    for rule in RULES.values():
        if rule.check and not rule.given:
            columns, thresholds = named(rule.check)
            assert columns == set(rule.needs), rule.rule
            assert thresholds == set(rule.thresholds), rule.rule


def test_the_codes_of_declared_rules_stand_in_the_vocabulary_of_their_column() -> None:
    facts = reference.load()
    for rule in RULES.values():
        for condition in (
            (one for part in read_check(rule.check) for one in part) if rule.check and not rule.given else ()
        ):
            if condition.asked in ("is", "has"):
                for ledger, _ in rule.on:
                    about = facts.column_facts(ledger)[condition.column]
                    known = {"yes", "no"} if about.kind == "boolean" else set(facts.order(about.vocabulary))
                    assert set(condition.against.split("|")) <= known, rule.rule


def test_the_rules_of_a_rule_stand_in_order_with_a_subject_and_a_severity_that_stops_nothing() -> None:
    assert list(RULES) == sorted(RULES)
    assert {rule.subject for rule in RULES.values()} == set(reference.load().order("rule_subject"))
    assert {rule.severity for rule in RULES.values() if not rule.given} == {NOTED}
    assert {rule.severity for rule in RULES.values()} <= {NOTED, SET_ASIDE}


def test_no_rule_says_what_a_reason_of_the_program_says_already() -> None:
    assert not {name for name, rule in RULES.items() if not rule.given} & set(REASONS_OF_SHEETS)
    for name, rule in RULES.items():
        if not rule.given:
            assert (REASONS[name].zh, REASONS[name].en) == (rule.sentence_zh, rule.sentence_en)


def test_the_lines_of_another_county_are_used_only_where_no_other_line_is_known() -> None:
    facts = reference.load()
    elsewhere = facts.thresholds[facts.thresholds["rule"] == "exit_line_elsewhere"]
    assert set(elsewhere["confidence"]) == {"low"}
    frame, _ = table("households", "register_year | per_capita_net_income\n2017 | 1")
    view = views({"households": frame})["households"]
    assert line(view).tolist() == [3335.0]  # and not 3100
    gone = facts.thresholds[facts.thresholds["rule"] != "exit_line"]
    view.reference = with_thresholds(facts, gone)
    view._thresholds.clear()
    assert line(view).tolist() == [3100.0]


def with_thresholds(facts: reference.Reference, thresholds: pd.DataFrame) -> reference.Reference:
    """The same facts with other thresholds."""
    return dataclasses.replace(facts, thresholds=thresholds)


def test_a_rule_does_not_run_where_a_column_it_needs_did_not_come_and_says_so() -> None:
    frame, _ = table("incomes", "household_id | income_year | wage_income\na | 2018 | 50\nb | 2018 |")
    findings, runs = rules.run(views({"incomes": frame})["incomes"])
    told = {run.rule: run for run in runs}
    assert [(one.reason, np.flatnonzero(one.rows).tolist()) for one in findings] == [
        ("wage_income_missing", [1]),
        ("wage_income_tiny", [0]),
    ]
    assert (told["wage_income_tiny"].checked, told["wage_income_tiny"].lacking) == (1, 1)
    for name in ("wage_without_months", "both_allowances", "exited_below_line", "per_head_low"):
        assert (told[name].checked, told[name].lacking, told[name].findings) == (0, 2, 0), name
    assert len(told) == len({rule for rule in RULES.values() if any(ledger == "incomes" for ledger, _ in rule.on)})


def test_rows_outside_the_time_of_a_rule_are_neither_checked_nor_lacking() -> None:
    frame, _ = table("monitoring", "register_year | per_capita_net_income\n2022 | 30000\n2023 | 30000\n2023 |")
    runs = {run.rule: run for run in rules.run(views({"monitoring": frame})["monitoring"])[1]}
    high = runs["monitored_with_high_income"]
    assert (high.rows, high.checked, high.lacking, high.not_in_force, high.findings) == (3, 1, 1, 1, 1)


def test_a_rule_that_has_ended_is_not_asked_of_later_rows(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(paths.default().reference, tmp_path / "reference"))
    path = folder / "rules.csv"
    old = "farm_area_mu >= @farm_area_high,noted,"
    lines = [
        line if old not in line else line.replace(",,,rule of", ",2017-01-01,2018-12-31,rule of")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    frame, _ = table("households", "register_year | farm_area_mu\n2016 | 50\n2017 | 50\n2018 | 50\n2019 | 50")
    view = views({"households": frame})["households"]
    view.reference = reference.load(folder)
    (farm,) = [one for one in view.reference.rule_list if one.rule == "farm_area_large"]
    checked, broken, in_force = rules.judge(view, farm, "farm_area_mu")
    assert checked.tolist() == broken.tolist() == in_force.tolist() == [False, True, True, False]


def test_a_rule_that_is_given_while_reading_counts_what_was_set_aside_as_checked() -> None:
    whole, _ = table("members", "id_number | name\n1 | a\n2 | b\n | c")
    view = views({"members": whole})["members"]
    _, runs = rules.run(view, whole)
    wrong = Problem("members", "台账.xlsx", "Sheet1", "B4", "id_number", "43…", "id_check_digit", SET_ASIDE)
    frame = rules.record(runs, [wrong], reference.load()).set_index(["rule", "table"])
    told = frame.loc[("id_check_digit", "members")]
    assert (told["rows"], told["checked"], told["lacking"], told["findings"]) == (3, 3, 0, 1)
    assert frame.loc[("id_length", "members"), "findings"] == 0


@pytest.mark.parametrize("check", ["", "size", "size >", "size >= 3 4", "size like 3"])
def test_a_check_that_cannot_be_read_is_named(check: str) -> None:
    with pytest.raises(BadCheck, match=r"rules\.csv"):
        read_check(check)


def test_a_row_of_rules_that_names_what_does_not_exist_is_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(paths.default().reference, tmp_path / "reference"))
    path = folder / "rules.csv"
    good = path.read_text(encoding="utf-8")
    for old, new, told in (
        (",households.farm_area_mu,", ",households.no_such,", "no_such"),
        ("@farm_area_high,noted", "@farm_area_high,structural", "structural"),
        (",farm_area_high,farm", ",no_such_line,farm", "no_such_line"),
        (",households.farm_area_mu,", ",farm_area_mu,", "ledger.column"),
    ):
        path.write_text(good.replace(old, new, 1), encoding="utf-8")
        assert path.read_text(encoding="utf-8") != good, old
        with pytest.raises(reference.BadReference, match=rf"rules\.csv.*{told}"):
            reference.load(folder)


def test_a_rule_of_ones_own_is_a_row_and_is_spoken_of(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(paths.default().reference, tmp_path / "reference"))
    with (folder / "rules.csv").open("a", encoding="utf-8") as handle:
        handle.write(
            "zero_farm,land_house,households.farm_area_mu,farm_area_mu,,farm_area_mu = 0,noted,"
            "没有耕地,no farm land,,,the office,medium\n"
        )
    facts = reference.load(folder)
    assert REASONS["zero_farm"].zh == "没有耕地"
    frame, _ = table("households", "farm_area_mu\n0\n1")
    view = views({"households": frame})["households"]
    view.reference = facts
    assert ask(view, facts.rule_list[-1].check).broken.tolist() == [True, False]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(2016, 2019), st.booleans()), max_size=25),
    st.lists(st.tuples(st.integers(0, 5), st.integers(2016, 2019)), max_size=10),
)
def test_members_are_counted_by_household_and_year(
    members: list[tuple[int, int, bool]], rows: list[tuple[int, int]]
) -> None:
    heads = "household_id | register_year\n"
    one, _ = table("members", heads + "\n".join(f"h{key} | {year}" for key, year, _ in members))
    two, _ = table("households", heads + "\n".join(f"h{key} | {year}" for key, year in rows))
    if not members:
        return
    made = views({"members": one, "households": two})
    some = np.array([chosen for _, _, chosen in members], dtype=bool)
    counted = made["members"].counts(some, made["households"]).tolist()
    until = made["members"].counts_until(some, made["households"]).tolist()
    assert counted == [sum(m[2] and m[:2] == row for m in members) for row in rows]
    known = {key for key, _, _ in members}
    assert until == [
        sum(m[2] and m[0] == key and m[1] <= year for m in members) if key in known else 0 for key, year in rows
    ]


def test_findings_stand_among_the_problems_with_their_cells_and_no_value_is_changed() -> None:
    son = identity("19950701", 13)
    register = f"""
    万宝镇东冲村2018年度贫困人口信息 | < | < | < | < | < | < | < | < | <
    户编号 | 户主姓名 | 姓名 | 性别 | 证件号码 | 与户主关系 | 家庭人口数 | 耕地面积 | 脱贫属性 | 联系电话
    '4301' | 张三 | 张三 | 男 | {identity("19650312")} | 户主 | 2 | 12 | 未脱贫 | 8311111
    '4301' | 张三 | 张小 | 女 | {son} | 之子 | 2 | 12 | 未脱贫 |
    """
    whole = put_together(cleaned(register, "户表.xlsx"))
    found = {(one.reason, one.cell, one.found) for one in whole.problems if one.severity == NOTED}
    assert found == {
        ("farm_area_large", "H3", "12"),
        ("phone_not_mobile", "J3", "8311111"),
        ("relation_sex_differs", "F4", "之子"),
        ("sex_differs_from_id", "D4", "女"),
    }
    assert whole.tables["members"]["sex_code"].tolist() == ["male", "female"]
    assert whole.tables["households"]["farm_area_mu"].tolist() == [12.0]
    run = whole.rules_run.set_index(["rule", "table"])
    assert (run["rows"] == run["checked"] + run["lacking"] + run["not_in_force"]).all()
    assert (run["findings"] <= run["checked"]).all()
    assert run.loc[("farm_area_large", "households"), "findings"] == 1
    assert run.loc[("forest_area_large", "households"), "checked"] == 0


def test_a_cell_that_could_not_be_read_is_not_called_left_out() -> None:
    accounts = """
    2018年度收入核算表 | < | < | < | <
    户编号 | 家庭人口数 | 工资性收入 | 财产性收入 | 人均纯收入
    '4301' | 2 | 很多 | 200 | 4000
    '4302' | 2 | | 200 | 4000
    '4303' | 2 | 5000 | | 4000
    """
    whole = put_together(cleaned(accounts))
    assert [(one.reason, one.cell) for one in whole.problems] == [
        ("property_income_missing", "D5"),
        ("wage_income_missing", "C4"),
    ]
    run = whole.rules_run.set_index("rule")
    assert run.loc["wage_income_missing", ["checked", "lacking", "findings"]].tolist() == [2, 1, 1]


def test_a_type_of_household_says_whether_it_has_left_poverty_and_a_certificate_its_degree() -> None:
    card, certificate = identity("19650312"), identity("19670520", 12) + "43"
    whole = put_together(
        cleaned(
            f"""
    万宝镇东冲村2018年度贫困人口信息 | < | < | < | < | < | <
    户编号 | 姓名 | 证件类型 | 证件号码 | 与户主关系 | 贫困户属性 | 脱贫属性
    '4301' | 张三 | 残疾人证 | {card} | 户主 | 低保脱贫户 | 未脱贫
    '4302' | 李四 | 残疾人证 | {certificate} | 户主 | 一般贫困户 | 未脱贫
    """
        )
    )
    found = {(one.reason, one.cell) for one in whole.problems}
    assert found == {("id_kind_differs", "C3"), ("type_differs_from_status", "F3")}
    assert whole.tables["households"]["household_type_code"].tolist() == ["dibao", "general"]


def test_a_list_of_monitored_households_is_a_ledger_of_its_own() -> None:
    whole = put_together(
        cleaned(
            """
    2022年度防返贫监测对象台账 | < | < | < | < | < | <
    户编号 | 户主姓名 | 监测对象类别 | 识别监测时间 | 风险是否已消除 | 风险消除时间 | 人均纯收入
    '4301' | 张三 | 边缘易致贫户 | '202201' | 是 | '202205' | 7000
    '4302' | 李四 | 脱贫不稳定户 | '202201' | 否 | | 7100
    """
        )
    )
    table_ = whole.tables["monitoring"]
    assert table_["monitor_category_code"].tolist() == ["marginal", "unstable"]
    assert [(one.reason, one.cell) for one in whole.problems] == [("removed_too_soon", "F3")]


def test_a_district_without_planted_mess_breaks_few_rules_and_none_louder_than_a_note(tmp_path: Path) -> None:
    where = folders(tmp_path)
    pipeline.make_sample(where, places=20, households=150, mess=0, truth=tmp_path / "truth", jobs=1)
    pipeline.clean(where, jobs=1)
    problems = store.read("problems", where.processed)
    assert set(problems["severity"]) == {NOTED}
    run = store.read("rules_run", where.processed)
    assert (run["rows"] == run["checked"] + run["lacking"] + run["not_in_force"]).all()
    asked = run[run["checked"] > 0]
    assert asked["rule"].nunique() > 60
    assert (asked["findings"] <= 0.06 * asked["checked"] + 1).all()
    counted = problems["reason"].value_counts()
    assert asked.groupby("rule")["findings"].sum().loc[counted.index].tolist() == counted.tolist()


def test_the_page_is_what_the_rows_say() -> None:
    page = paths.default().root / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == rules_page.rules_markdown(), (
        "out of date: python -m louxing_analysis.cleaning.rules_page > docs/rules.md"
    )
    for name in RULES:
        assert f"\n| `{name}` | " in page.read_text(encoding="utf-8")
