"""Stated totals against the sums of the rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.checking import check_table
from louxing_analysis.cleaning.figures import read_table
from louxing_analysis.cleaning.locate import locate
from louxing_analysis.cleaning.quantities import is_added
from louxing_analysis.cleaning.sheet import Sheet


def checks(sheet):
    located = locate(sheet)
    return [check for table in located.tables for check in check_table(sheet, table, read_table(sheet, table)).checks]


def lines(sheet):
    return [(check.cell, check.kind, check.stated, check.computed, check.verdict) for check in checks(sheet)]


def test_subtotals_add_the_rows_since_the_last_one_and_the_total_adds_all_rows(drawn):
    sheet, _ = drawn("""
        header   | 村 | 户数
        data     | 甲村 | 10
        data     | 乙村 | 20
        subtotal | 小计 | 30
        data     | 丙村 | 5
        subtotal | 小计 | 6
        total    | 合计 | 35
    """)
    assert lines(sheet) == [
        ("B4", "subtotal", 30, 10 + 20, "agrees"),
        ("B6", "subtotal", 6, 5, "differs"),
        ("B7", "total", 35, 10 + 20 + 5, "agrees"),
    ]
    assert [check.difference for check in checks(sheet)] == [0, 6 - 5, 0]


def test_two_levels_of_subtotals_are_told_apart_by_what_they_agree_with(drawn):
    sheet, _ = drawn("""
        header   | 乡镇 | 村 | 户数 | 人数
        data     | 杉山镇 | 甲村 | 10 | 31
        data     |  | 甲村 | 1 | 2
        subtotal |  | 甲村小计 | 11 | 33
        data     |  | 乙村 | 20 | 60
        subtotal |  | 乙村小计 | 20 | 60
        subtotal | 杉山镇小计 |  | 31 | 93
        data     | 石井镇 | 丙村 | 4 | 9
        subtotal |  | 丙村小计 | 4 | 9
        subtotal | 石井镇小计 |  | 4 | 9
        total    | 总计 |  | 35 | 102
    """)
    assert {check.verdict for check in checks(sheet)} == {"agrees"}
    assert len(checks(sheet)) == 2 * 6


def test_a_total_may_stand_above_its_rows_and_a_heading_may_carry_the_sum_of_the_rows_under_it(drawn):
    sheet, _ = drawn("""
        header   | 序号 | 项目名称 | 建设地点 | 实施单位 | 金额
        total    | 合计 |  |  |  | 60
        subtotal | 一、产业扶贫 |  |  |  | 40
        data     | 1 | 光伏 | 甲村 | 区能源办 | 30
        data     | 2 | 养羊 | 乙村 | 区畜牧局 | 10
        subtotal | 二、基础设施 |  |  |  | 21
        data     | 3 | 道路 | 丙村 | 区交通局 | 20
    """)
    assert lines(sheet) == [
        ("E2", "total", 60, 60, "agrees"),
        ("E3", "subtotal", 40, 40, "agrees"),
        ("E6", "subtotal", 21, 20, "differs"),
    ]


def test_of_which_lines_are_parts_and_are_never_added(drawn):
    sheet, _ = drawn("""
        header   | 类别 | 户数
        data     | 一般户 | 20
        of_which | 其中：外出 | 5
        data     | 低保户 | 10
        total    | 合计 | 30
    """)
    assert lines(sheet) == [("B5", "total", 30, 20 + 10, "agrees")]


def test_the_totals_of_several_pages_add_their_own_rows(drawn):
    sheet, _ = drawn("""
        header | 姓名 | 金额
        data   | 张三 | 10
        data   | 李四 | 20
        total  | 合计 | 30
        data   | 王五 | 5
        total  | 合计 | 5
    """)
    assert {check.verdict for check in checks(sheet)} == {"agrees"}


def total_of(drawn, parts, stated):
    rows = "\n".join(f"data | 村{at} | {part}" for at, part in enumerate(parts))
    sheet, _ = drawn(f"header | 村 | 金额\n{rows}\ntotal | 合计 | {stated}")
    (check,) = checks(sheet)
    return check.verdict


@pytest.mark.parametrize(
    ("parts", "stated", "verdict"),
    [
        ([0.1, 0.2, 0.3], 0.6, "agrees"),  # 0.6000000000000001 to a computer
        ([1.24, 1.24, 1.24], 3.7, "rounding"),  # 3.72 shown with one decimal
        ([1.24, 1.24, 1.24], 3.73, "rounding"),  # each part was rounded to two decimals
        ([1.24, 1.24, 1.24], 3.9, "differs"),
        ([10, 20, 30], 61, "differs"),  # households are counted, not rounded
        ([15000, 8000, 12000], 35001, "rounding"),  # yuan were rounded
        ([15000, 8000, 12000], 35100, "differs"),
    ],
)
def test_what_rounding_can_explain_and_what_it_cannot(parts, stated, verdict, drawn):
    assert total_of(drawn, parts, stated) == verdict


def test_cells_that_are_no_numbers_are_counted_as_lacking(drawn):
    sheet, _ = drawn("""
        header | 姓名 | 金额
        data   | 张三 | 10
        data   | 李四 | 二十
        data   | 王五 | 5
        data   | 赵六 |
        total  | 合计 | 35
    """)
    (check,) = checks(sheet)
    assert (check.computed, check.lacking, check.verdict) == (10 + 5, 1, "differs")


def test_numbers_written_as_text_are_added(drawn):
    sheet, _ = drawn("""
        header | '姓名' | '金额'
        data   | '张三' | '1,200'
        data   | '李四' | '300.5'
        total  | '合计' | '1500.5'
    """)
    assert lines(sheet) == [("B4", "total", 1500.5, 1200 + 300.5, "agrees")]


def test_a_cell_with_a_unit_of_its_own_is_added_in_the_unit_of_its_column(drawn):
    sheet, _ = drawn("""
        header | 项目 | 金额（万元） | 户数
        data   | 道路 | 12 | 3户
        data   | 水池 | 5000元 | 4
        data   | 光伏 | 1.5万 | 5户
        total  | 合计 | 14 | 12
    """)
    assert lines(sheet) == [("B5", "total", 14, 12 + 0.5 + 1.5, "agrees"), ("C5", "total", 12, 3 + 4 + 5, "agrees")]


@pytest.mark.parametrize("name", ["人均纯收入（元）", "脱贫率", "序号", "联系电话", "脱贫年度", "单价"])
def test_averages_rates_and_codes_are_not_added(name):
    assert not is_added(name, None)
    assert is_added("收入", "元")
    assert not is_added("收入", "元/人")


def test_a_table_without_totals_or_without_rows_has_nothing_to_check(drawn):
    assert checks(drawn("header | 村 | 户数\ndata | 甲村 | 1\ndata | 乙村 | 1")[0]) == []
    assert checks(drawn("header | 村 | 户数\ntotal | 合计 | 1")[0]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=2, max_size=12))
def test_a_true_total_always_agrees_and_one_more_household_never_does(parts):
    for more, verdict in ((0, {"agrees"}), (1, {"differs", "rounding"})):
        rows = [
            ["村", "负责人", "户数"],
            *[[f"村{at}", "张三", float(part)] for at, part in enumerate(parts)],
            ["合计", None, float(sum(parts) + more)],
        ]
        (check,) = checks(Sheet("x", np.array(rows, dtype=object)))
        assert check.verdict in verdict
        assert check.difference == more
