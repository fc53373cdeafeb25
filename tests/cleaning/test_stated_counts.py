"""Counts stated in labels, titles and names against the rows listed."""

from __future__ import annotations

import pytest

from louxing_analysis.cleaning.locate import locate
from louxing_analysis.cleaning.stated_counts import check_counts, check_name, count_in_label, count_in_name


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("海南省（27所）", 27),
        ("一、本科院校（共 12 所）", 12),
        ("公示名单，共120户", 120),
        ("杉山镇[36人]", 36),
        ("50人以上企业名单", None),
        ("前100强", None),
        ("2018年度（12个月）收入", None),
        ("共23户26人、共计49项", None),  # which of them is listed?
    ],
)
def test_what_a_label_counts(text, count):
    said = count_in_label(text)
    assert (said.number if said else None) == count


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("花名册608人", 608),
        ("名单（27所）", 27),
        ("2018年", None),
        ("第3批", None),
        ("考录统计2015", None),
        ("1.5万户", None),
    ],
)
def test_what_a_name_counts(name, count):
    said = count_in_name(name)
    assert (said.number if said else None) == count


SCHOOLS = """
    title   | 高等学校名单（共6所） | < | <
    header  | 序号 | 学校名称 | 主管部门
    section | 北京市（2所） | < | <
    data    | 1 | 甲大学 | 教育部
    data    | 2 | 乙大学 | 教育部
    section | 海南省（3所） | < | <
    data    | 3 | 丙大学 | 海南省
    data    | 4 | 丁大学 | 海南省
    data    | 5 | 戊大学 | 海南省
    data    | 6 | 己大学 | 海南省
"""


def lines(sheet):
    return [
        (check.cell, check.stated, check.computed, check.difference, check.verdict)
        for check in check_counts(sheet, locate(sheet))
        if check.kind == "count"
    ]


def test_a_heading_that_counts_its_rows_wrongly_is_told(drawn):
    assert lines(drawn(SCHOOLS)[0]) == [
        ("A3", 2, 2, 0, "agrees"),
        ("A6", 3, 4, 3 - 4, "differs"),
        ("A1", 6, 2 + 4, 0, "agrees"),
    ]


def test_a_heading_of_a_higher_level_counts_the_rows_of_those_under_it(drawn):
    sheet, _ = drawn("""
        header  | 序号 | 学校名称 | 主管部门
        section | 一、北京市（3所） | < | <
        section | （一）本科（2所） | < | <
        data    | 1 | 甲大学 | 教育部
        data    | 2 | 乙大学 | 教育部
        section | （二）专科（1所） | < | <
        data    | 3 | 丙学院 | 教育部
        section | 二、天津市（1所） | < | <
        data    | 4 | 丁大学 | 教育部
    """)
    assert [(cell, stated, computed) for cell, stated, computed, *_ in lines(sheet)] == [
        ("A2", 3, 2 + 1),
        ("A3", 2, 2),
        ("A6", 1, 1),
        ("A8", 1, 1),
    ]


def test_a_title_may_speak_of_a_longer_list_than_the_sheet_has(drawn):
    assert [line for line in lines(drawn(SCHOOLS.replace("共6所", "共2000所"))[0]) if line[0] == "A1"] == []


def test_names_are_compared_with_the_sheet_or_with_all_of_them_whichever_is_nearer():
    assert [check.verdict for check in check_name("名单608人", [600, 8, 608])] == ["agrees"]
    (check,) = check_name("名单608人", [606])
    assert (check.cell, check.stated, check.computed, check.verdict) == ("", 608, 606, "differs")
    assert "608人" in check.because
    assert check_name("名单608人", [20]) == []
    assert check_name("名单", [20]) == []
