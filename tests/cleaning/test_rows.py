"""The data rows of one sheet → typed rows of its ledger, with every bad cell named by its address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from louxing_analysis import cli, reference
from louxing_analysis.cleaning.workbook import Sheet, read_workbook
from tests.cleaning.offices import cleaned, drawn, identity, office, said, typed

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


def test_a_name_that_says_dead_counts_as_dead_where_no_health_is_stated() -> None:
    drawing = f"""
    2018年家庭成员表 | < | < | < | <
    户编号 | 姓名 | 证件号码 | 与户主关系 | 健康状况
    '4301' | 张三（故） | {FATHER} | 户主 |
    '4301' | 李氏 | {MOTHER} | 配偶 | 健康
    '4301' | 张小已死亡 | {SON} | 之子 | 残疾
    '4302' | 王五（户主） | {LONE} | 户主 |
    """
    members = typed(drawing, "members")
    assert members["name"].tolist() == ["张三", "李氏", "张小", "王五"]
    assert members["health_codes"].fillna("").tolist() == ["deceased", "healthy", "disabled", ""]
    assert said(cleaned(drawing)) == [
        ("B3", "deceased_in_name", "张三（故）"),
        ("B5", "deceased_in_name", "张小已死亡"),
    ]
    without = "\n".join(line.rpartition("|")[0] for line in drawing.strip().splitlines())
    assert typed(without, "members")["health_codes"].fillna("").tolist() == ["deceased", "", "deceased", ""]


def test_dates_after_the_year_of_the_table_are_noted_and_impossible_years_set_aside() -> None:
    drawing = """
    2018年走访记录 | < | <
    户编号 | 走访方式 | 走访时间
    '4301' | 入户走访 | 2018.6.12
    '4301' | 入户走访 | 2019.1.5
    '4301' | 入户走访 | 2020.1.5
    '4301' | 入户走访 | 3018.6.12
    '4301' | 入户走访 | 1988.6.12
    """
    assert said(cleaned(drawing)) == [
        ("C6", "implausible_date", "3018.6.12"),
        ("C7", "implausible_date", "1988.6.12"),
        ("C5", "date_after_year", "2020.1.5"),
    ]
    assert [str(day)[:10] for day in typed(drawing, "visits")["visit_date"]] == [
        "2018-06-12", "2019-01-05", "2020-01-05", "NaT", "NaT",
    ]  # fmt: skip


def test_months_of_a_csv_file_may_have_lost_a_zero_and_serials_of_a_1904_workbook_are_later() -> None:
    drawing = """
    2018年走访记录 | < | <
    户编号 | 走访方式 | 走访时间
    '4301' | 入户走访 | '2018.1'
    '4301' | 入户走访 | 41801
    """
    page = drawn(drawing)
    assert [reason for _, reason, _ in said(cleaned(page))] == []
    assert [str(day)[:10] for day in typed(page, "visits")["visit_date"]] == ["2018-01-01", "2014-06-11"]
    assert said(cleaned(replace(page, typed_text=False))) == [("C3", "ambiguous_october", "2018.1")]
    later = typed(replace(page, since_1904=True), "visits")
    assert str(later["visit_date"][1])[:10] == "2018-06-12"  # 41801 + 1462 = 43263


def test_a_range_counts_as_its_middle_only_where_the_thresholds_say_so(tmp_path: Path) -> None:
    drawing = """
    2018年收入核算表 | < | <
    户编号 | 工资性收入（元） | 人均纯收入（元）
    '4301' | 3000-4000 | 3500
    """
    own = office(tmp_path, own_reference=True)
    own.put("收入.xlsx", drawing)
    own.clean()
    assert own.table("incomes")["wage_income"].isna().all()
    assert own.problems("range")["found"].tolist() == ["3000-4000"]
    own.own_reference("thresholds", "range_midpoint,2018-01-01,,1,switch,本局会议纪要,the office's own decision,high")
    reference._load.cache_clear()
    own.clean()
    assert own.table("incomes")["wage_income"].tolist() == [3500.0]
    assert own.problems("midpoint")["severity"].tolist() == ["noted"]


def test_an_unknown_word_comes_with_a_row_for_the_spellings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = office(tmp_path)
    own.put(
        "户表.xlsx",
        """
    2018年贫困户信息 | < | < | <
    户编号 | 户主姓名 | 主要致贫原因 | 是否加入合作社
    '4301' | 张三 | 缺劳动立 | ○
    '4302' | 李四 | 因病 | 是
    """,
    )
    own.clean()
    row = "spellings.csv: cause,缺劳动立,labour,户表.xlsx,low"
    assert own.problems("unknown_code")["detail"].str.startswith(row).tolist() == [True]
    assert cli.main(["headers", "--words", "--processed", str(own.paths.processed)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "vocabulary,written,code,source,confidence",
        "cause,缺劳动立,labour,户表.xlsx,low",
        "boolean,○,?,户表.xlsx,low",
    ]


def test_a_csv_file_says_that_its_texts_were_numbers_and_a_1904_workbook_when_its_days_begin(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("户编号,走访时间\n4301,2018.1\n", encoding="utf-8")
    assert [sheet.typed_text for sheet in read_workbook(tmp_path / "a.csv", "a.csv").sheets] == [False]
    for since_1904 in (False, True):
        path = tmp_path / f"{since_1904}.xlsx"
        with xlsxwriter.Workbook(str(path), {"date_1904": since_1904}) as book:
            book.add_worksheet().write_row(0, 0, ["走访时间", 41801])
        (sheet,) = read_workbook(path, path.name).sheets
        assert (sheet.typed_text, sheet.since_1904) == (True, since_1904)


def test_where_nothing_else_names_the_household_the_heads_own_line_does() -> None:
    """No code, no column for the head's number; 01本人或户主 is the head, and 王五 heads though his son is listed first."""
    sheet = f"""
    2018年度贫困人口信息 | < | < | < | <
    户主姓名 | 姓名 | 证件号码 | 与户主关系 | 脱贫属性
    张三 | 张三 | {FATHER} | 01本人或户主 | 已脱贫
     | 李氏 | {MOTHER} | 配偶 |
    王五 | 王小 | {SON} | 之子 | 未脱贫
     | 王五 | {LONE} | 01本人或户主 |
    """
    assert typed(sheet, "members")["head_id_number"].tolist() == [FATHER, FATHER, LONE, LONE]
    households = typed(sheet, "households")
    assert households[["head_name", "head_id_number", "row"]].values.tolist() == [
        ["张三", FATHER, 3],
        ["王五", LONE, 5],
    ]


def test_a_heads_unreadable_number_names_no_household() -> None:
    sheet = f"""
    2018年度贫困人口信息 | < | < | < | <
    户主姓名 | 姓名 | 证件号码 | 与户主关系 | 脱贫属性
    张三 | 张三 | {FATHER[:17]} | 户主 | 已脱贫
     | 李氏 | {MOTHER} | 配偶 |
    """
    assert typed(sheet, "members")["head_id_number"].isna().all()


@pytest.mark.parametrize("below", ["", "^"], ids=["blank below", "merged down"])
def test_a_bad_cell_that_holds_for_a_block_is_named_once(below: str) -> None:
    sheet = f"""
    2018年度贫困人口信息 | < | < | < | < | <
    户编号 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
    '4301' | 张三 | {FATHER} | 户主 | 若干 | 已脱贫
    {below} | 李氏 | {MOTHER} | 配偶 | {below} | {below}
    {below} | 张小 | {SON} | 之子 | {below} | {below}
    """
    assert [(one.cell, one.reason) for one in cleaned(sheet).problems] == [("E3", "not_a_number")]


def test_a_list_of_members_may_say_the_households_size_and_is_no_register_for_it() -> None:
    sheet = f"""
    2018年度贫困人口信息 | < | < | < | <
    户编号 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数
    '4301' | 张三 | {FATHER} | 户主 | 3
    """
    assert list(cleaned(sheet).tables) == ["members"]


def test_a_register_holds_no_rows_of_the_years_in_its_headers() -> None:
    """A register of 2021 says of 2019 what a head earned, not who was registered or exited then."""
    sheet = """
    2021年贫困户基本情况表 | < | < | < | <
    户编号 | 家庭人口数 | 脱贫属性 | 2019人均纯收入 | 2020人均纯收入
    '4301' | 3 | 已脱贫 | 5000 | 5600
    """
    households = typed(sheet, "households")
    assert households[["household_code", "register_year", "household_size"]].values.tolist() == [["4301", 2021, 3]]
    assert "per_capita_net_income" not in households
    assert [(one.cell, one.reason) for one in cleaned(sheet).problems] == [("D3", "other_year"), ("E3", "other_year")]


def test_a_day_long_after_everything_here_is_no_date() -> None:
    sheet = """
    2018年产业奖补发放表 | < | <
    户编号 | 补助金额（元） | 发放时间
    '4301' | 500 | 2018.6.12
    '4302' | 500 | 2081.6.12
    """
    assert typed(sheet, "aid")["aid_date"].notna().tolist() == [True, False]
    assert [(one.cell, one.reason) for one in cleaned(sheet).problems] == [("C4", "implausible_date")]


def test_incomes_without_their_sources_are_incomes_too() -> None:
    sheet = """
    万宝镇贫困户历年收入统计表 | < | < | < | <
    户编号 | 2017年 | < | 2018年 | <
    ^ | 家庭人口数 | 家庭纯收入 | 家庭人口数 | 家庭纯收入
    '4301' | 3 | 9000 | 4 | 14000
    """
    rows = typed(sheet, "incomes")[["income_year", "household_size", "net_income"]]
    assert rows.values.tolist() == [[2017, 3, 9000.0], [2018, 4, 14000.0]]


def test_two_cadres_in_one_cell_are_said() -> None:
    sheet = """
    2018年结对帮扶花名册 | < | < | <
    户编号 | 户主姓名 | 帮扶责任人 | 帮扶单位
    '4301' | 张三 | 彭甲志、谢乙明 | 区水利局
    """
    assert [(one.cell, one.reason) for one in cleaned(sheet).problems] == [("C3", "several_names")]
