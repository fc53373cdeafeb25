"""Columns that are the sum or the difference of others, and their rows."""

from __future__ import annotations

import numpy as np
import pytest

from louxing_analysis.cleaning.arithmetic import Relation, find_relations
from louxing_analysis.cleaning.checking import check_table
from louxing_analysis.cleaning.figures import Figures, read_table
from louxing_analysis.cleaning.locate import Column, locate


def relations(names: list[str], *rows: list[float], units: float = 0.0) -> list[Relation]:
    numbers = np.array(rows, dtype=float)
    nothing = np.zeros(numbers.shape, dtype=bool)
    figures = Figures(0, tuple(range(len(names))), numbers, nothing, nothing, np.zeros(numbers.shape, dtype=np.int8))
    columns = [Column(at, name, None) for at, name in enumerate(names)]
    return find_relations(figures, np.array(["data"] * len(rows)), columns, np.full(len(names), units))


def test_a_total_beside_its_parts_is_found_by_name_from_three_rows():
    assert relations(["人口/合计", "人口/男", "人口/女"], [30, 16, 14], [51, 26, 25], [9, 4, 5]) == [
        Relation("sum", 0, (1, 2))
    ]


def test_without_a_name_it_takes_more_rows_and_more_digits():
    few = [[3, 1, 2], [5, 3, 2], [9, 4, 5]]
    assert relations(["甲", "乙", "丙"], *few) == []
    many = [[1000 + 37 * at, 400 + 11 * at, 600 + 26 * at] for at in range(8)]
    assert relations(["生产总值", "第一产业", "其他产业"], *many) == [Relation("sum", 0, (1, 2))]


def test_income_less_expenditure_is_a_difference_and_not_a_sum():
    rows = [[900 + 17 * at, 500 + 9 * at, 400 + 8 * at] for at in range(6)]
    assert relations(["收入", "支出", "结余"], *rows) == [Relation("difference", 2, (0,), (1,))]


def test_this_year_less_last_year_is_found_in_either_order():
    rows = [[700 + 3 * at**2, 900 + 5 * at**2, 200 + 2 * at**2] for at in range(6)]
    assert relations(["2019年", "2020年", "增减"], *rows) == [Relation("difference", 2, (1,), (0,))]


def test_groups_with_the_same_columns_add_up_column_by_column():
    names = ["合计/户数", "合计/人数", "一般户/户数", "一般户/人数", "低保户/户数", "低保户/人数"]
    rows = [[a + b, 3 * a + 2 * b + 1, a, 3 * a, b, 2 * b + 1] for a, b in ((10, 3), (22, 9), (15, 4), (31, 8))]
    assert relations(names, *rows) == [Relation("sum", 0, (2, 4)), Relation("sum", 1, (3, 5))]


def test_a_sum_of_sums_leaves_their_parts_out():
    names = ["总计", "城镇小计", "男", "女", "乡村小计", "男", "女"]
    parts = [(11, 12, 23, 35), (21, 25, 31, 37), (51, 62, 63, 65), (15, 12, 43, 75)]
    rows = [[a + b + c + d, a + b, a, b, c + d, c, d] for a, b, c, d in parts]
    assert Relation("sum", 0, (1, 4)) in relations(names, *rows)


@pytest.mark.parametrize("share", [0.5, 0.7])
def test_a_relation_that_many_rows_break_is_none(share):
    rows = [[100 + 3 * at + (7 + at if at < 10 * (1 - share) else 0), 60 + at, 40 + 2 * at] for at in range(10)]
    assert relations(["合计", "男", "女"], *rows) == []


def test_zeros_prove_nothing():
    assert relations(["合计", "男", "女"], *[[5.0 + at, 5.0 + at, 0.0] for at in range(8)]) == []


def checks(sheet):
    (table,) = locate(sheet).tables
    found = check_table(sheet, table, read_table(sheet, table))
    return [(one.cell, one.kind, one.stated, one.computed, one.verdict) for one in found.checks]


def test_the_rows_that_break_a_relation_are_shown(drawn):
    sheet, _ = drawn("""
        header | 村 | 合计 | 男 | 女
        data   | 甲村 | 30 | 16 | 14
        data   | 乙村 | 51 | 26 | 25
        data   | 丙村 | 90 | 41 | 50
        data   | 丁村 | 77 | 40 | 37
        data   | 戊村 | 62 | 30 | 32
    """)
    assert [one for one in checks(sheet) if one[-1] == "differs"] == [("B4", "sum", 90, 41 + 50, "differs")]
    assert len(checks(sheet)) == 5


def test_parts_rounded_to_a_decimal_may_miss_their_sum_by_one(drawn):
    sheet, _ = drawn("""
        header | 村 | 合计（万元） | 种植（万元） | 养殖（万元）
        data   | 甲村 | 30.2 | 16.1 | 14.1
        data   | 乙村 | 51.5 | 26.3 | 25.2
        data   | 丙村 | 90.1 | 40.1 | 49.9
        data   | 丁村 | 77.4 | 40.2 | 37.2
        data   | 戊村 | 62.9 | 30.4 | 31.5
        data   | 己村 | 12.7 | 5.2 | 7.5
    """)
    verdicts = {cell: verdict for cell, *_, verdict in checks(sheet)}
    assert (verdicts["B4"], verdicts["B6"], verdicts["B2"]) == ("rounding", "differs", "agrees")


def test_a_row_of_rates_is_not_held_to_the_sum_of_its_columns(drawn):
    sheet, _ = drawn("""
        header | 月份 | 合计 | 一车间 | 二车间
        data   | 一月 | 208 | 120 | 88
        data   | 二月 | 218 | 118 | 100
        data   | 三月 | 212 | 121 | 91
        data   | 四月 | 231 | 130 | 101
        data   | 五月 | 199 | 102 | 97
        data   | 完成率% | 97 | 96 | 98
    """)
    assert {verdict for *_, verdict in checks(sheet)} == {"agrees"}


def test_of_which_lines_must_not_exceed_the_line_above_them(drawn):
    sheet, _ = drawn("""
        header   | 类别 | 户数
        data     | 一般户 | 20
        of_which | 其中：外出 | 25
        data     | 低保户 | 10
        of_which | 其中：外出 | 5
        total    | 合计 | 30
    """)
    assert [one for one in checks(sheet) if one[1] == "of_which"] == [("B3", "of_which", 25, 20, "differs")]


def test_of_which_lines_that_exhaust_their_whole_add_up(drawn):
    sheet, _ = drawn("""
        header   | 指标 | 2018 | 2019 | 2020
        data     | 总人口 | 100 | 110 | 121
        of_which | 其中：男 | 52 | 57 | 62
        of_which | 其中：女 | 48 | 53 | 58
        data     | 面积 | 7 | 7 | 7
    """)
    # 2018 and 2019 add up; 62 + 58 is 120: two of three columns are not clearly most
    assert [one for one in checks(sheet) if one[1] == "of_which"] == []
    sheet, _ = drawn("""
        header   | 指标 | 2016 | 2017 | 2018 | 2019 | 2020
        data     | 总人口 | 90 | 95 | 100 | 110 | 121
        of_which | 其中：男 | 50 | 50 | 52 | 57 | 62
        of_which | 其中：女 | 40 | 45 | 48 | 53 | 58
        data     | 面积 | 7 | 7 | 7 | 7 | 7
    """)
    found = [one for one in checks(sheet) if one[1] == "of_which"]
    assert found[-1] == ("F2", "of_which", 121, 62 + 58, "differs")
    assert [verdict for *_, verdict in found[:-1]] == ["agrees"] * 4


def test_an_of_which_column_must_not_exceed_the_column_before_it(drawn):
    rows = "\n".join(f"data | 村{at} | {30 + at} | {12 + at}" for at in range(12))
    sheet, _ = drawn(f"header | 村 | 人数 | 其中：女\n{rows}\ndata | 末村 | 30 | 31")
    assert checks(sheet) == [("C14", "of_which", 31, 30, "differs")]
