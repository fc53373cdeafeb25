"""Stated totals and subtotals against what the rows add up to."""

from __future__ import annotations

import pytest

from tests.cleaning.offices import cleaned


def verdicts(drawing: str) -> list[tuple[str, str, float, float, str]]:
    """(cell, kind, stated, computed, verdict) of every stated sum of money or people."""
    return [
        (line["cell"], line["kind"], line["stated"], line["computed"], line["verdict"])
        for line in cleaned(drawing).totals
    ]


INCOMES = """
2018年度收入核算表 | < | < | <
户编号 | 户主姓名 | 工资性收入 | 家庭纯收入
'4301' | 张三 | 12000 | 15000
'4302' | 李四 | 8000 | 9000
合计 | | {} | {}
"""


def test_a_total_that_is_the_sum_of_its_rows_agrees() -> None:
    assert verdicts(INCOMES.format(20000, 24000)) == [
        ("C5", "total", 20000.0, 12000 + 8000, "agrees"),
        ("D5", "total", 24000.0, 15000 + 9000, "agrees"),
    ]


def test_a_total_that_differs_is_noted_at_its_cell_with_both_numbers() -> None:
    result = cleaned(INCOMES.format(20500, 24000))
    line = result.totals[0]
    assert (line["stated"], line["computed"], line["difference"], line["verdict"]) == (
        20500.0,
        20000.0,
        500.0,
        "differs",
    )
    (problem,) = [one for one in result.problems if one.reason == "total_differs"]
    assert (problem.cell, problem.severity, problem.found, problem.detail) == ("C5", "noted", "20500", "20000")


def test_a_total_left_blank_says_nothing() -> None:
    assert [line[0] for line in verdicts(INCOMES.format("", 24000))] == ["D5"]


def test_a_total_in_ten_thousands_may_be_rounded_to_its_last_digit() -> None:
    drawing = """
    2018年度扶贫项目台账（单位：万元） | < | < | <
    项目名称 | 项目类型 | 总投资 | 中央资金
    道路硬化 | 村基础设施 | 12.34 | 10.04
    黄桃基地 | 产业扶贫 | 7.52 | 5.03
    合计 | | 19.9 | 15.5
    """
    lines = {line["cell"]: line for line in cleaned(drawing).totals}
    # 12.34 + 7.52 = 19.86, rounded to 19.9: off by 400 yuan of at most 500; 15.5 - 15.07 is no rounding
    assert lines["C5"]["difference"] == pytest.approx(199000 - 198600)
    assert lines["C5"]["verdict"] == "rounding"
    assert lines["D5"]["verdict"] == "differs"


def test_a_cell_that_was_set_aside_is_counted_beside_the_sum() -> None:
    drawing = INCOMES.format(20000, 24000).replace("| 8000 |", "| 二万五 |")
    line = cleaned(drawing).totals[0]
    assert (line["computed"], line["cells_missing"], line["verdict"]) == (12000.0, 1, "differs")


def test_subtotals_are_of_their_own_group_and_the_total_is_of_all() -> None:
    drawing = """
    2018年度收入核算表 | < | < | < | <
    行政村 | 户编号 | 户主姓名 | 工资性收入 | 家庭纯收入
    甲村 | '4301' | 张三 | 100 | 1000
    甲村 | '4302' | 李四 | 200 | 2000
    | | 小计 | 300 | 3000
    乙村 | '4303' | 王五 | 50 | 500
    | | 小计 | 60 | 500
    合计 | | | 350 | 3500
    """
    assert [(cell, kind, computed, verdict) for cell, kind, _, computed, verdict in verdicts(drawing)] == [
        ("D5", "subtotal", 300.0, "agrees"),
        ("D7", "subtotal", 50.0, "differs"),
        ("D8", "total", 350.0, "agrees"),
        ("E5", "subtotal", 3000.0, "agrees"),
        ("E7", "subtotal", 500.0, "agrees"),
        ("E8", "total", 3500.0, "agrees"),
    ]


def test_a_subtotal_over_its_group_is_compared_with_what_follows() -> None:
    drawing = """
    2018年度收入核算表 | < | < | < | <
    行政村 | 户编号 | 户主姓名 | 工资性收入 | 家庭纯收入
    甲村小计 | | | 300 | 3000
    甲村 | '4301' | 张三 | 100 | 1000
    甲村 | '4302' | 李四 | 200 | 2000
    乙村小计 | | | 50 | 500
    乙村 | '4303' | 王五 | 50 | 500
    """
    assert {verdict for *_, verdict in verdicts(drawing)} == {"agrees"}


def test_a_per_head_figure_is_never_added_up() -> None:
    drawing = """
    2018年度收入核算表 | < | < | <
    户编号 | 户主姓名 | 工资性收入 | 人均纯收入
    '4301' | 张三 | 100 | 3000
    '4302' | 李四 | 200 | 4000
    合计 | | 300 | 3500
    """
    assert [line["column"] for line in cleaned(drawing).totals] == ["wage_income"]


def test_a_household_figure_repeated_on_every_member_counts_once() -> None:
    drawing = """
    2018年家庭成员表 | < | < | < | <
    户编号 | 姓名 | 与户主关系 | 家庭人口数 | 脱贫属性
    '4301' | 张三 | 户主 | 2 | 已脱贫
    '4301' | 李氏 | 配偶 | 2 | 已脱贫
    '4302' | 王五 | 户主 | 1 | 已脱贫
    合计 | | | 3 |
    """
    assert verdicts(drawing) == [("D6", "total", 3.0, 2.0 + 1.0, "agrees")]


def test_total_rows_are_no_data() -> None:
    (line,) = cleaned(INCOMES.format(20000, 24000)).sheets
    assert (line["data"], line["total"], line["header"], line["title"], line["rows_in_sheet"]) == (2, 1, 1, 1, 5)
