"""Typed rows of all workbooks → linked, checked and pseudonymised tables."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis import reference
from louxing_analysis.cleaning.assemble import Assembled
from louxing_analysis.cleaning.finished import finish, row_ids
from louxing_analysis.cleaning.workbook import Sheet
from tests.cleaning.offices import Office, cleaned, drawn, identity, office, put_together

FATHER, MOTHER, SON, LONE = (
    identity("19650312"),
    identity("19670520", 12),
    identity("19950701", 13),
    identity("19500101", 15),
)
REGISTER = f"""
万宝镇东冲村2018年度贫困人口信息 | < | < | < | < | < | <
户编号 | 户主姓名 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
'4301' | 张三 | 张三 | {FATHER} | 户主 | 3 | 已脱贫
'4301' | 张三 | 李氏 | {MOTHER} | 配偶 | 3 | 已脱贫
'4301' | 张三 | 张小 | {SON} | 之子 | 3 | 已脱贫
'4302' | 王五 | 王五 | {LONE} | 户主 | 2 | 未脱贫
"""


def drawn_together(*drawings: str | Sheet) -> Assembled:
    """The tables that some drawn sheets give, each a workbook of its own."""
    return put_together(*(cleaned(drawing, f"{number}.xlsx") for number, drawing in enumerate(drawings)))


def found(assembled: Assembled) -> list[tuple[str, str, str, str]]:
    return [(one.table, one.cell, one.reason, one.severity) for one in assembled.problems]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with a register, a pairing, visits, incomes of two years, a project and its dividends."""
    place = office(tmp_path_factory.mktemp("office"))
    place.put("户表.xlsx", REGISTER)
    place.put("2019户表.xlsx", REGISTER.replace("2018年度", "2019年度").replace("未脱贫", "已脱贫"))
    place.put(
        "结对.xlsx",
        f"""
    帮扶责任人结对花名册 | < | < | < | <
    户编号 | 帮扶责任人 | 帮扶人身份证号 | 帮扶单位 | 结对时间
    '4301' | 刘一 | {identity("19800101", 21)} | 区财政局 | 2018-01-01
    '4302' | 刘一 | | 区财政局 | 2018年1月
    """,
    )
    place.put(
        "走访.xlsx",
        """
    走访记录 | < | < | <
    户编号 | 走访时间 | 走访方式 | 走访人
    '4301' | 2018-06-05 | 入户走访 | 刘一
    '4302' | 2018-06-05 | 入户走访 |
    """,
    )
    for year, wage in (("2018", 9000), ("2019", 9900)):
        place.put(
            f"收入{year}.xlsx",
            f"""
        {year}年度收入核算表 | < | < | < | < | < | <
        户编号 | 家庭人口数 | 工资性收入 | 生产经营性收入 | 生产经营性支出 | 财产性收入 | 转移性收入 | 家庭纯收入 | 人均纯收入
        '4301' | 3 | {wage} | 3000 | 1000 | 100 | 900 | 12000 | 4000
        '4302' | 2 | 0 | 0 | 0 | 0 | 6000 | 6000 | 3000
        """,
        )
    place.put(
        "项目.xlsx",
        """
    2018年度扶贫项目台账（单位：万元） | < | < | < | <
    乡镇 | 村 | 项目名称 | 项目类型 | 总投资
    万宝镇 | 东冲村 | 光伏电站 | 产业扶贫 | 20.5
    """,
    )
    place.put(
        "分红.xlsx",
        f"""
    2018年产业分红发放表 | < | < | <
    户编号 | 姓名 | 证件号码 | 光伏电站
    '4301' | 张三 | {FATHER} | 500
    '4302' | 王五 | {LONE} | 500
    """,
    )
    assert place.clean().exit_code == 0, place.problems().to_string()
    return place


def test_every_ledger_is_there_with_its_types_even_when_nothing_came(whole: Office) -> None:
    facts = reference.load()
    for ledger in facts.ledgers["ledger"]:
        table = whole.table(ledger)
        stored = facts.columns_of(ledger)
        wanted = list(stored.index[stored["stored"] == "yes"])
        assert [name for name in table.columns if name in wanted] == wanted
        assert {"workbook", "sheet", "row", "source_column", "row_id"} <= set(table.columns)
        for name, kind in zip(stored["column"], stored["kind"], strict=True):
            if name in table and kind in {"integer", "year"}:
                assert str(table[name].dtype) == "Int64", (ledger, name)
            if name in table and kind == "date":
                assert str(table[name].dtype) == "datetime64[s]", (ledger, name)
                assert f"{name}_precision" in table
    assert whole.table("checkups").empty


def test_the_same_household_and_person_have_one_pseudonym_in_every_year_and_ledger(whole: Office) -> None:
    households, members = whole.table("households"), whole.table("members")
    assert households.groupby("household_id")["register_year"].apply(sorted).tolist() == [[2018, 2019]] * 2
    assert members.groupby("person_id").size().tolist() == [2] * 4
    first, second = members.drop_duplicates("household_id")["household_id"]
    for table in ("incomes", "pairings", "visits", "beneficiaries"):
        assert set(whole.table(table)["household_id"]) == {first, second}, table
    assert whole.table("beneficiaries")["person_id"].isin(members["person_id"]).all()


def test_households_are_followed_over_the_years(whole: Office) -> None:
    assert whole.table("household_links").groupby("register_year")["how"].unique().map(list).to_dict() == {
        2018: ["first_year"],
        2019: ["same_code"],
    }


def test_a_cadre_with_a_number_and_the_same_one_without_are_one(whole: Office) -> None:
    assert len(set(whole.table("pairings")["cadre_id"])) == 1


def test_a_visit_has_the_cadre_of_the_pairing(whole: Office) -> None:
    assert whole.table("visits")["cadre_id"].tolist() == [whole.table("pairings")["cadre_id"].iloc[0]] * 2


def test_dividends_lead_to_the_project_they_name(whole: Office) -> None:
    (project,) = whole.table("projects").itertuples()
    assert project.amount_total == 205000.0  # 20.5 × 10,000
    assert set(whole.table("beneficiaries")["project_id"]) == {project.project_id}


def test_income_is_computed_beside_what_is_stated(whole: Office) -> None:
    incomes = whole.table("incomes").sort_values(["income_year", "row"])
    # 9000 + 3000 - 1000 + 100 + 900
    assert incomes["computed_net_income"].tolist() == [12000.0, 6000.0, 12900.0, 6000.0]
    assert incomes["computed_per_capita_net_income"].tolist() == [4000.0, 3000.0, 4300.0, 3000.0]
    assert incomes["net_income"].tolist() == [12000.0, 6000.0, 12000.0, 6000.0]


def test_notes_keep_their_rows_and_name_their_cells(whole: Office) -> None:
    notes = whole.table("problems")
    assert set(notes["severity"]) == {"noted"}
    listed = {(row.workbook, row.cell, row.reason) for row in notes.itertuples()}
    assert ("收入2019.xlsx", "H3", "income_does_not_add_up") in listed  # 12900 computed, 12000 stated, 3 people
    assert ("户表.xlsx", "F6", "size_differs") in listed  # two stated, one member row
    assert not [row for row in listed if row[1] == "F3"]


def test_birth_year_and_sex_come_from_the_number(whole: Office) -> None:
    members = whole.table("members")
    assert members["birth_year"].tolist()[:4] == [1965, 1967, 1995, 1950]
    assert members["sex_code"].tolist()[:4] == ["male", "female", "male", "male"]


def test_a_run_twice_over_the_same_folder_gives_the_same_tables(whole: Office) -> None:
    before = {name: whole.table(name) for name in ("incomes", "members", "problems", "quarantine", "sheets")}
    whole.clean()
    for name, table in before.items():
        pd.testing.assert_frame_equal(whole.table(name), table)


def test_a_row_without_its_household_is_set_aside_with_its_reason() -> None:
    whole = drawn_together(
        REGISTER,
        """
    2018年度收入核算表 | < | <
    户编号 | 工资性收入 | 人均纯收入
    '4301' | 1000 | 4000
    '9999' | 2 | 3000
     | 3 | 3000
    '4302' | 4 |
    """,
    )
    assert whole.tables["incomes"]["row"].tolist() == [3]
    bad = whole.quarantine[whole.quarantine["table"] == "incomes"]
    assert bad[["row", "reasons"]].values.tolist() == [[4, "no_household"], [5, "no_household"], [6, "no_income"]]
    assert {severity for table, _, _, severity in found(whole) if table == "incomes"} == {"quarantined"}


def test_of_agreeing_rows_the_first_is_kept_and_disagreeing_ones_are_all_set_aside() -> None:
    whole = drawn_together(
        REGISTER,
        """
    2018年度收入核算表 | < | <
    户编号 | 工资性收入 | 人均纯收入
    '4301' | 1 | 3000
    '4302' | 2 | 3000
    '4301' | 1 | 3000
    '4302' | 2 | 3100
    """,
    )
    assert whole.tables["incomes"]["row"].tolist() == [3]
    bad = whole.quarantine[whole.quarantine["table"] == "incomes"].sort_values("row")
    assert bad[["row", "reasons"]].values.tolist() == [
        [4, "duplicate_differs"],
        [5, "repeats"],
        [6, "duplicate_differs"],
    ]


def test_the_first_of_two_agreeing_files_is_kept() -> None:
    incomes = "2018年度收入核算表 | < | <\n户编号 | 工资性收入 | 人均纯收入\n'4301' | 1 | 3000"
    whole = drawn_together(REGISTER, incomes, incomes)
    assert whole.tables["incomes"]["workbook"].tolist() == ["1.xlsx"]
    assert whole.quarantine["workbook"].tolist() == ["2.xlsx"]


def test_a_person_with_a_damaged_number_is_followed_by_household_and_name() -> None:
    page = drawn(REGISTER.replace("2018年度", "2019年度").replace(SON, "#439902199507010000"))
    damaged = Sheet(page.name, page.values, page.merges, unreadable={(4, 3): ("digits_lost", "439902199507010000")})
    members = drawn_together(REGISTER, damaged).tables["members"]
    assert members[members["register_year"] == 2019]["person_id"].tolist() == [FATHER, MOTHER, SON, LONE]
    assert members["birth_year"].isna().tolist() == [False] * 6 + [True, False]


def test_a_person_with_a_damaged_number_whom_nothing_tells_apart_is_set_aside() -> None:
    page = drawn(f"""
    2018年家庭成员表 | < | < | <
    户编号 | 姓名 | 证件号码 | 与户主关系
    '4301' | 张三 | {FATHER} | 户主
    '4301' | 张小 | #439902199507010000 | 之子
    """)
    damaged = Sheet(page.name, page.values, page.merges, unreadable={(3, 2): ("digits_lost", "439902199507010000")})
    whole = drawn_together(damaged)
    assert whole.tables["members"]["row"].tolist() == [3]
    assert whole.quarantine[["row", "reasons"]].values.tolist() == [[4, "no_person"]]


def test_a_column_that_no_workbook_has_is_missing_and_not_zero() -> None:
    incomes = "2018年度收入核算表 | < | <\n户编号 | 工资性收入 | 人均纯收入\n'4301' | 1 | 3000"
    table = drawn_together(REGISTER, incomes).tables["incomes"]
    assert table["transfer_pension"].isna().all()
    assert table["computed_net_income"].isna().all()


def test_no_workbook_gives_empty_tables_with_all_their_columns() -> None:
    tables = drawn_together().tables
    assert {len(table) for table in tables.values()} == {0}
    assert "net_income" in tables["incomes"]


def test_plain_keys_never_reach_a_finished_table() -> None:
    facts = reference.load()
    frame = pd.DataFrame(
        {
            "household_id": ["4301"],
            "workbook": pd.Categorical(["a"]),
            "sheet": pd.Categorical(["b"]),
            "row": [3],
            "source_column": [""],
            "household_code": ["4301"],
            "head_name": ["张三"],
        }
    )
    hidden = finish("visits", frame, facts, lambda kind, keys: [f"{kind}:hidden" for _ in keys])
    assert hidden["household_id"].tolist() == ["household:hidden"]
    assert not {"household_code", "head_name"} & set(hidden.columns)


def addresses(rows: list[tuple[str, str, int, str]]) -> pd.DataFrame:
    """Addresses as the stacked tables have them."""
    frame = pd.DataFrame(rows, columns=["workbook", "sheet", "row", "source_column"])
    return frame.astype({"workbook": "category", "sheet": "category", "row": "int64", "source_column": "str"})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["甲.xlsx", "乙.xlsx", "甲.xls"]),
            st.sampled_from(["x", "x.", "东冲村"]),
            st.integers(1, 2**20),
            st.sampled_from(["", "A", "B", "AA"]),
        ),
        unique=True,
        max_size=200,
    )
)
def test_row_ids_of_different_rows_never_collide_and_do_not_depend_on_the_others(
    rows: list[tuple[str, str, int, str]],
) -> None:
    frame = addresses(rows)
    ids = row_ids("incomes", frame)
    assert ids.is_unique
    assert ids.str.fullmatch(r"[0-9a-f]{16}").all()
    if len(frame):
        assert row_ids("incomes", frame.iloc[::-1]).iloc[-1] == ids.iloc[0]
        assert row_ids("incomes", frame.tail(1).reset_index(drop=True)).iloc[0] == ids.iloc[-1]
        assert row_ids("visits", frame).iloc[0] != ids.iloc[0]


def test_a_row_id_is_what_it_was() -> None:
    frame = addresses([("户表.xlsx", "Sheet1", 3, "")])
    assert row_ids("households", frame).tolist() == ["7f688da45000b264"]  # quoted by reports: it must not change


TWICE = f"""
万宝镇{{village}}2018年度贫困人口信息 | < | < | < | < | <
户编号 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
'{{code}}' | 张三 | {FATHER} | 户主 | 2 | 已脱贫
'{{code}}' | 李氏 | {MOTHER} | 配偶 | 2 | {{status}}
"""


def test_a_household_in_the_lists_of_two_villages_that_became_one_is_kept_once() -> None:
    first = TWICE.format(village="东冲村", code="4301", status="已脱贫")
    second = TWICE.format(village="东冲村", code="4977", status="已脱贫")
    whole = drawn_together(first, second)
    assert whole.tables["households"][["workbook", "household_size"]].values.tolist() == [["0.xlsx", 2]]
    assert whole.tables["members"]["workbook"].tolist() == ["0.xlsx"] * 2
    again = [one for one in whole.problems if one.reason == "repeats"]
    assert [(one.table, one.workbook, one.detail) for one in again] == [
        ("households", "1.xlsx", "0.xlsx › Sheet1 › 3"),
        ("members", "1.xlsx", "0.xlsx › Sheet1 › 3"),
        ("members", "1.xlsx", "0.xlsx › Sheet1 › 4"),
    ]


def test_lists_of_two_villages_that_still_are_two_disagree_and_both_rows_are_named() -> None:
    first = TWICE.format(village="东冲村", code="4301", status="已脱贫")
    whole = drawn_together(first, TWICE.format(village="砂罐铺村", code="4977", status="已脱贫"))
    assert whole.tables["households"].empty
    named = [one for one in whole.problems if one.reason == "duplicate_differs" and one.table == "households"]
    assert [(one.workbook, one.detail) for one in named] == [
        ("0.xlsx", "1.xlsx › Sheet1 › 3：村（社区）"),
        ("1.xlsx", "0.xlsx › Sheet1 › 3：村（社区）"),
    ]
    assert whole.links["has_row"].tolist() == [False]  # it is in the register all the same, and nobody left
    assert whole.attrition.empty
