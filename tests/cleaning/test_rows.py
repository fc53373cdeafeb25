"""The data rows of one sheet → typed rows of its ledger, with every bad cell named by its address."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from louxing_analysis.cleaning.workbook import Sheet
from tests.cleaning.offices import cleaned, drawn, identity, said, typed

FATHER, MOTHER, SON, LONE = (
    identity("19650312"),
    identity("19670520", 12),
    identity("19950701", 13),
    identity("19500101", 15),
)

REPEATED = f"""
2018年度贫困人口信息 | < | < | < | < | < | <
户编号 | 户主姓名 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
'4301' | 张三 | 张三 | {FATHER} | 户主 | 3 | 已脱贫
'4301' | 张三 | 李氏 | {MOTHER} | 配偶 | 3 | 已脱贫
'4301' | 张三 | 张小 | {SON} | 之子 | 3 | 已脱贫
'4302' | 王五 | 王五 | {LONE} | 户主 | 1 | 未脱贫
"""
HEAD_ROW_ONLY = f"""
2018年度贫困人口信息 | < | < | < | < | < | <
户编号 | 户主姓名 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
'4301' | 张三 | 张三 | {FATHER} | 户主 | 3 | 已脱贫
 | | 李氏 | {MOTHER} | 配偶 | |
 | | 张小 | {SON} | 之子 | |
'4302' | 王五 | 王五 | {LONE} | 户主 | 1 | 未脱贫
"""
MERGED_DOWN = f"""
2018年度贫困人口信息 | < | < | < | < | < | <
户编号 | 户主姓名 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
'4301' | 张三 | 张三 | {FATHER} | 户主 | 3 | 已脱贫
^ | ^ | 李氏 | {MOTHER} | 配偶 | ^ | ^
^ | ^ | 张小 | {SON} | 之子 | ^ | ^
'4302' | 王五 | 王五 | {LONE} | 户主 | 1 | 未脱贫
"""


@pytest.mark.parametrize(
    "layout", [REPEATED, HEAD_ROW_ONLY, MERGED_DOWN], ids=["repeated", "head row only", "merged down"]
)
def test_three_layouts_of_a_person_level_export_give_the_same_households_and_members(layout: str) -> None:
    members, households = typed(layout, "members"), typed(layout, "households")
    assert members[["household_code", "name", "relation_code", "row"]].values.tolist() == [
        ["4301", "张三", "head", 3],
        ["4301", "李氏", "spouse", 4],
        ["4301", "张小", "son", 5],
        ["4302", "王五", "head", 6],
    ]
    assert members["id_number"].tolist() == [FATHER, MOTHER, SON, LONE]
    assert set(members["register_year"]) == {2018}
    assert households[["household_code", "household_size", "exit_status_code", "row"]].values.tolist() == [
        ["4301", 3, "exited", 3],
        ["4302", 1, "not_exited", 6],
    ]


def test_a_household_without_a_code_begins_at_its_head() -> None:
    drawing = f"""
    2018年度贫困人口信息 | < | < | < | < | <
    户主姓名 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
    张三 | 张三 | {FATHER} | 户主 | 2 | 已脱贫
     | 李氏 | {MOTHER} | 配偶 | |
    王五 | 王五 | {LONE} | 户主 | 1 | 未脱贫
    """
    assert typed(drawing, "members")["head_name"].tolist() == ["张三", "张三", "王五"]
    assert typed(drawing, "households")[["head_name", "household_size", "row"]].values.tolist() == [
        ["张三", 2, 3],
        ["王五", 1, 5],
    ]


def test_a_sheet_of_members_that_says_nothing_of_the_household_is_no_register_of_households() -> None:
    drawing = f"""
    2018年家庭成员表 | < | < | <
    户编号 | 姓名 | 证件号码 | 与户主关系
    '4301' | 张三 | {FATHER} | 户主
    """
    assert set(cleaned(drawing).tables) == {"members"}


def test_title_unit_row_and_two_rows_of_merged_headers_are_read_as_one_table() -> None:
    drawing = """
    万宝镇2018年度贫困户收入核算表 | < | < | < | < | <
    填报单位：万宝镇 | | | | 单位：元 |
    村 | 户主姓名 | 家庭收入 | < | < | 人均纯收入
    ^ | ^ | 工资性收入 | 转移性收入 | < | ^
    ^ | ^ | ^ | 低保金 | 养老金 | ^
    东冲村 | 张三 | 12000 | 1200 | 600 | 4600
    ^ | 李四 | 8,000 | ０ | 1200元 | 3000
    合计 | < | 20000 | 1200 | 1800 |
    """
    rows = typed(drawing, "incomes")
    assert rows[["township", "village", "head_name", "income_year"]].values.tolist() == [
        ["万宝镇", "东冲村", "张三", 2018],
        ["万宝镇", "东冲村", "李四", 2018],
    ]
    assert rows[
        ["wage_income", "transfer_minimum_living", "transfer_pension", "per_capita_net_income"]
    ].values.tolist() == [[12000.0, 1200.0, 600.0, 4600.0], [8000.0, 0.0, 1200.0, 3000.0]]
    assert rows["row"].tolist() == [6, 7]


@pytest.mark.parametrize(
    ("note", "header", "cell", "yuan"),
    [
        ("", "总投资", "12", 12.0),  # the ledger's own unit
        ("单位：万元", "总投资", "12.5", 125000.0),
        ("", "总投资（万元）", "12.5", 125000.0),
        ("单位：万元", "总投资（元）", "1250", 1250.0),  # the header is nearer than the note
        ("单位：万元", "总投资", "1250元", 1250.0),  # the cell is nearest
        ("", "总投资（元）", "1.2万", 12000.0),
        ("", "总投资（元）", "1.2万元", 12000.0),
    ],
)
def test_the_unit_nearest_to_the_cell_counts(note: str, header: str, cell: str, yuan: float) -> None:
    drawing = f"""
    2018年度扶贫项目台账 | < | < | <
    {note} | | |
    项目名称 | 项目类型 | {header} | 备注
    道路硬化 | 村基础设施 | {cell} |
    黄桃基地 | 产业扶贫 | {cell} |
    """
    assert typed(drawing, "projects")["amount_total"].tolist() == [yuan, yuan]


def test_years_in_headers_become_rows_with_the_column_they_came_from() -> None:
    drawing = """
    贫困户收入情况表 | < | < | < | <
    户编号 | 2017年工资性收入 | 2017人均纯收入 | 2018年工资性收入 | 2018人均纯收入
    '4301' | 8000 | 3000 | 9000 | 3600
    '4302' | 7000 | 2900 | |
    """
    rows = typed(drawing, "incomes")
    assert rows[
        ["household_code", "income_year", "wage_income", "per_capita_net_income", "row", "source_column"]
    ].values.tolist() == [
        ["4301", 2017, 8000.0, 3000.0, 3, "B"],
        ["4302", 2017, 7000.0, 2900.0, 4, "B"],
        ["4301", 2018, 9000.0, 3600.0, 3, "D"],
    ]


def test_years_over_groups_of_columns_become_rows_too() -> None:
    drawing = """
    贫困户收入情况表 | < | < | < | <
    户编号 | 2017年 | < | 2018年 | <
    ^ | 工资性收入 | 人均纯收入 | 工资性收入 | 人均纯收入
    '4301' | 8000 | 3000 | 9000 | 3600
    '4302' | 7000 | 2900 | 7500 | 3100
    """
    rows = typed(drawing, "incomes").sort_values(["household_code", "income_year"])
    assert rows[["household_code", "income_year", "per_capita_net_income"]].values.tolist() == [
        ["4301", 2017, 3000.0],
        ["4301", 2018, 3600.0],
        ["4302", 2017, 2900.0],
        ["4302", 2018, 3100.0],
    ]


def test_the_four_safeguards_of_a_row_are_four_rows() -> None:
    drawing = """
    2019年两不愁三保障核查表 | < | < | < | <
    户编号 | 义务教育 | 基本医疗 | 住房安全 | 饮水安全
    '4301' | 是 | 是 | 否 | √
    '4302' | 是 | | 是 | 达标
    """
    rows = typed(drawing, "safeguards").sort_values(["row", "source_column"])
    assert rows[["household_code", "guarantee_code", "is_met", "source_column"]].values.tolist() == [
        ["4301", "education", True, "B"],
        ["4301", "medical", True, "C"],
        ["4301", "housing", False, "D"],
        ["4301", "water", True, "E"],
        ["4302", "education", True, "B"],
        ["4302", "housing", True, "D"],
        ["4302", "water", True, "E"],
    ]
    assert set(rows["year"]) == {2019}


def test_a_sign_in_grid_becomes_one_row_per_person_and_meeting() -> None:
    drawing = """
    万宝镇儒阶冲村2019年主题党日签到表 | < | < | < | <
    序号 | 姓名 | @2019-08-05 | 2019年9月5日 | 10月5日
    1 | 张三 | √ | × | 请假
    2 | 李四 | | √ | 到
    """
    rows = typed(drawing, "attendance").sort_values(["row", "source_column"])
    assert rows[["village", "name", "attendance_code", "source_column"]].values.tolist() == [
        ["儒阶冲村", "张三", "present", "C"],
        ["儒阶冲村", "张三", "absent", "D"],
        ["儒阶冲村", "张三", "excused", "E"],
        ["儒阶冲村", "李四", "present", "D"],
        ["儒阶冲村", "李四", "present", "E"],
    ]
    assert [str(day)[:10] for day in rows["meeting_date"]] == [
        "2019-08-05",
        "2019-09-05",
        "2019-10-05",
        "2019-09-05",
        "2019-10-05",
    ]


def test_months_across_become_rows_and_hold_scores_or_grades() -> None:
    scores = """
    2019年环境卫生评比表 | < | <
    户编号 | 1月 | 2月
    '4301' | 90 | 85.5
    """
    rows = typed(scores, "sanitation")
    assert rows[["score", "source_column"]].values.tolist() == [[90.0, "B"], [85.5, "C"]]
    assert [str(month) for month in rows["rating_month"]] == ["2019-01", "2019-02"]
    grades = typed(scores.replace("90", "最清洁").replace("85.5", "清洁"), "sanitation")
    assert grades["rating_code"].tolist() == ["cleanest", "clean"]


def test_a_wide_dividend_list_becomes_one_row_per_project() -> None:
    drawing = """
    2018年产业分红发放表 | < | < | < | <
    户编号 | 户主姓名 | 光伏电站 | 黄桃基地 | 合计金额
    '4301' | 张三 | 500 | 300 | 800
    '4302' | 李四 | 500 | | 500
    """
    rows = typed(drawing, "beneficiaries").sort_values(["row", "source_column"])
    assert rows[["household_code", "project_name", "amount", "source_column"]].values.tolist() == [
        ["4301", "光伏电站", 500.0, "C"],
        ["4301", "黄桃基地", 300.0, "D"],
        ["4302", "光伏电站", 500.0, "C"],
    ]


def test_the_kind_of_help_comes_from_the_title_where_no_column_says_it() -> None:
    drawing = """
    2018年小额信贷发放表 | < | <
    户编号 | 户主姓名 | 金额
    '4301' | 张三 | 50000
    """
    assert typed(drawing, "aid")[["aid_kind_code", "aid_year", "amount"]].values.tolist() == [
        ["microcredit", 2018, 50000.0]
    ]


def test_the_village_comes_from_the_name_of_the_sheet() -> None:
    drawing = """
    2018年度收入核算表 | < | <
    户主姓名 | 工资性收入 | 人均纯收入
    张三 | 8000 | 3000
    """
    rows = typed(drawing, "incomes", sheet="东冲村")
    assert rows[["township", "village"]].values.tolist() == [["万宝镇", "东冲村"]]
    assert typed(drawing, "incomes", workbook="双江乡2018.xlsx", sheet="Sheet1")["township"].tolist() == ["双江乡"]


BAD = """
2018年度收入核算表 | < | < | <
户编号 | 家庭人口数 | 工资性收入 | 人均纯收入
'4301' | 3 | 二万 | 3000
'4302' | 3.5 | 3000-5000 | 2900
'4303' | 25 | 无 | 1e4
'4304' | / | 100+200 | —
"""


def test_a_bad_cell_is_missing_and_named_with_its_address_and_its_text() -> None:
    result = cleaned(BAD)
    assert said(result) == [
        ("B4", "not_an_integer", "3.5"),
        ("B5", "out_of_range", "25"),
        ("C3", "not_a_number", "二万"),
        ("C4", "range", "3000-5000"),
        ("C6", "expression", "100+200"),
    ]
    assert {problem.severity for problem in result.problems} == {"set_aside"}
    assert {problem.column for problem in result.problems} == {"household_size", "wage_income"}
    rows = typed(BAD, "incomes")
    assert rows["household_size"].astype(object).where(rows["household_size"].notna(), None).tolist() == [
        3,
        None,
        None,
        None,
    ]
    assert rows["wage_income"].isna().tolist() == [True] * 4
    assert rows["per_capita_net_income"].fillna(-1).tolist() == [3000.0, 2900.0, 10000.0, -1]


def test_an_error_value_and_a_formula_never_calculated_are_named_by_what_they_are() -> None:
    page = drawn("""
    2018年度收入核算表 | < | <
    户编号 | 工资性收入 | 人均纯收入
    '4301' | | 3000
    '4302' | | 2900
    """)
    unreadable = {(2, 1): ("error_cell", "#REF!"), (3, 1): ("not_calculated", "=B3*2")}
    result = cleaned(Sheet(page.name, page.values, page.merges, unreadable=unreadable))
    assert said(result) == [("B3", "error_cell", "#REF!"), ("B4", "not_calculated", "=B3*2")]


def test_an_id_number_that_excel_damaged_is_set_aside_and_is_no_key() -> None:
    page = drawn(f"""
    2018年家庭成员表 | < | < | <
    户编号 | 姓名 | 证件号码 | 与户主关系
    '4301' | 张三 | #439902196503120000 | 户主
    '4301' | 李氏 | {MOTHER} | 配偶
    """)
    damaged = Sheet(page.name, page.values, page.merges, unreadable={(2, 2): ("digits_lost", "439902196503120000")})
    result = cleaned(damaged)
    assert said(result) == [("C3", "id_digits_lost", "439902196503120000")]
    members = result.tables["members"][0].frame
    assert members["id_number"].isna().tolist() == [True, False]


def test_a_wrong_check_digit_is_set_aside() -> None:
    wrong = FATHER[:-1] + ("1" if FATHER[-1] != "1" else "2")
    result = cleaned(REPEATED.replace(FATHER, wrong))
    assert said(result) == [("D3", "id_check_digit", wrong)]


def test_an_unknown_word_of_a_vocabulary_is_set_aside() -> None:
    result = cleaned(REPEATED.replace("| 未脱贫", "| 快脱贫了"))
    assert said(result) == [("G6", "unknown_code", "快脱贫了")]


def test_personal_columns_that_are_not_needed_are_never_read() -> None:
    drawing = """
    2018年建档立卡贫困户花名册 | < | < | < | <
    户编号 | 户主姓名 | 脱贫属性 | 联系电话 | 一卡通账号
    '4301' | 张三 | 已脱贫 | 13900000001 | 不是账号
    """
    result = cleaned(drawing)
    assert result.problems == []
    columns = set(result.tables["households"][0].frame.columns)
    assert "bank_account" not in columns
    assert "phone" in columns  # rules look for one number in two households; it is never stored
    assert "张三" in result.names


def test_blank_tokens_are_missing_and_no_problem() -> None:
    drawing = """
    2018年度收入核算表 | < | < | <
    户编号 | 家庭人口数 | 工资性收入 | 人均纯收入
    '4301' | - | — | 3000
    '4302' | 无 | / | 2900
    """
    assert said(cleaned(drawing)) == []
    assert typed(drawing, "incomes")["wage_income"].isna().tolist() == [True, True]


def test_a_month_without_a_day_keeps_its_precision() -> None:
    drawing = """
    走访记录 | < | < | <
    户编号 | 走访时间 | 走访方式 | 走访人
    '4301' | 2018年6月 | 入户走访 | 刘一
    '4301' | 2018-06-05 | 电话联系 | 刘一
    '4301' | 2018-02-30 | 电话联系 | 刘一
    """
    rows = typed(drawing, "visits")
    assert rows["visit_date_precision"].tolist()[:2] == ["month", "day"]
    assert rows["visit_date"].isna().tolist() == [False, False, True]
    assert ("B5", "impossible_date", "2018-02-30") in said(cleaned(drawing))


def test_a_year_beside_the_household_is_the_rows_own_and_the_title_yields() -> None:
    drawing = """
    2019年收入核算表 | < | < | <
    户编号 | 年度 | 工资性收入 | 人均纯收入
    '4301' | 2017 | 1 | 3000
    '4301' | 2018年 | 1 | 3100
    """
    assert typed(drawing, "incomes")["income_year"].tolist() == [2017, 2018]


def test_a_list_folded_to_fit_the_page_gives_rows_that_can_be_told_apart() -> None:
    drawing = """
    2018年户表 | < | < | < | < | < | <
    户编号 | 户主姓名 | 脱贫属性 | | 户编号 | 户主姓名 | 脱贫属性
    '4301' | 张三 | 已脱贫 | | '4303' | 王五 | 未脱贫
    '4302' | 李四 | 已脱贫 | | '4304' | 赵六 | 未脱贫
    """
    rows = typed(drawing, "households")
    assert sorted(rows["household_code"]) == ["4301", "4302", "4303", "4304"]
    assert not rows[["row", "source_column"]].duplicated().any()


def test_no_cell_is_invented_where_nothing_is_written() -> None:
    drawing = """
    2018年度收入核算表 | < | < | <
    户编号 | 家庭人口数 | 工资性收入 | 人均纯收入
    '4301' | | | 3000
    """
    rows = typed(drawing, "incomes")
    assert rows[["household_size", "wage_income"]].isna().all(axis=None)
    assert isinstance(rows, pd.DataFrame)
    assert np.isclose(rows["per_capita_net_income"].iloc[0], 3000)


def test_an_amount_without_a_year_beside_several_years_is_of_the_year_of_the_title_alone() -> None:
    incomes = typed(
        """
    2018年收入核算表 | < | < | < | <
    户编号 | 人口数 | 工资性收入 | 2017人均纯收入 | 2018人均纯收入
    '4301' | 2 | 6000 | 2500 | 3000
    """,
        "incomes",
    )
    found = incomes.sort_values("income_year")[["income_year", "wage_income", "per_capita_net_income"]]
    assert found.astype(object).where(found.notna(), None).values.tolist() == [
        [2017, None, 2500.0],
        [2018, 6000.0, 3000.0],
    ]


def test_a_bracket_that_is_no_unit_is_a_note() -> None:
    sheet = """
    2018年收入核算表 | < | < | <
    户编号 | 工资性收入（含打工） | 人均纯收入（元） | 转移性收入
    '4301' | 6000 | 3000 | 0
    """
    assert typed(sheet, "incomes")["wage_income"].tolist() == [6000.0]
    assert said(cleaned(sheet)) == []


@pytest.mark.parametrize(
    ("unit", "incomes", "kept"), [("元", "0.35", 0), ("元", "3500", 6), ("万元", "3500", 0), ("万元", "0.35", 6)]
)
def test_a_unit_that_cannot_be_stops_the_sheet_and_nothing_is_multiplied_away(
    unit: str, incomes: str, kept: int
) -> None:
    rows = "\n".join(f"'430{number}' | 6000 | {incomes}" for number in range(6))
    result = cleaned(f"2018年收入核算表 | < | <\n户编号 | 工资性收入（元） | 人均纯收入（{unit}）\n{rows}")
    assert sum(len(piece.frame) for piece in result.tables.get("incomes", [])) == kept
    assert [reason for _, reason, _ in said(result)] == ([] if kept else ["implausible_unit"])
    assert [line["table"] for line in result.sheets] == ["incomes" if kept else ""]
