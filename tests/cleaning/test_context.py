"""Year, month, place and kind of help from title, sheet name and file name."""

from __future__ import annotations

import pytest

from louxing_analysis.cleaning.context import NOTHING, Said, month_in, read_context, words, year_in
from tests.cleaning.offices import knowledge

TOWNSHIPS = knowledge().gazetteer.townships
VILLAGES = {"东冲村": "东冲村", "白晃村": "白晃村"}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018年度建档立卡贫困户收入核算表", "2018"),
        ("杉山镇2018年", "2018"),
        ("户表201806.xlsx", "2018"),  # year and month in one run
        ("户表20181231.xlsx", "2018"),  # the day of an export
        ("收入台账", ""),
        ("第三批120180元", ""),  # a number is no year
        ("1998年", ""),
        ("439902196503120011", ""),
    ],
)
def test_a_year_is_found_where_one_is_named(text: str, year: str) -> None:
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2019年6月督查情况", "2019-06"),
        ("2019.11月督查", "2019-11"),
        ("2019年度督查情况（6月）", "2019-06"),
        ("6月督查", "06"),
        ("督查情况", ""),
        ("2019年6月5日", ""),  # a day
        ("13月", ""),
    ],
)
def test_a_month_is_found_where_one_is_named(text: str, month: str) -> None:
    assert month_in(text) == month


def test_the_longest_word_of_the_nearest_text_counts() -> None:
    vocabulary = {"培训": "skills_training", "雨露计划": "education_grant", "雨露计划培训": "skills_training"}
    assert words({"title": "", "sheet": "雨露计划培训", "file": "雨露计划"}, vocabulary) == Said(
        "skills_training", "sheet"
    )
    assert words({"title": "雨露计划发放表", "file": "培训"}, vocabulary) == Said("education_grant", "title")
    assert words({"title": "名册"}, vocabulary) == NOTHING


def test_the_title_comes_before_the_sheet_and_the_sheet_before_the_file() -> None:
    said = read_context("2018年度收入表", "2017年", "万宝镇/2016年收入.xlsx", TOWNSHIPS, VILLAGES)
    assert said.year == Said("2018", "title")
    assert said.township == Said("万宝镇", "file")
    assert read_context("收入表", "2017年", "2016年收入.xlsx", TOWNSHIPS, VILLAGES).year == Said("2017", "sheet")
    assert read_context("收入表", "Sheet1", "2016年收入.xlsx", TOWNSHIPS, VILLAGES).year == Said("2016", "file")


def test_a_sheet_named_after_a_village_places_its_rows_and_a_file_does_not() -> None:
    assert read_context("2018年收入表", "东冲村", "白晃村.xlsx", TOWNSHIPS, VILLAGES).village == Said("东冲村", "sheet")
    assert read_context("白晃村2018年收入表", "Sheet1", "x.xlsx", TOWNSHIPS, VILLAGES).village == Said(
        "白晃村", "title"
    )
    assert read_context("2018年收入表", "Sheet1", "白晃村.xlsx", TOWNSHIPS, VILLAGES).village == NOTHING


def test_an_old_or_short_name_of_a_township_is_known() -> None:
    said = read_context("万寶鎮2018年度收入表", "Sheet1", "x.xlsx", TOWNSHIPS, {})
    assert said.township == Said("万宝镇", "title")


def test_a_village_that_is_called_like_a_township_is_no_township() -> None:
    villages = {"双江村": "双江村"}
    said = read_context("石井镇2018年收入表", "双江村", "x.xlsx", TOWNSHIPS, villages)
    assert (said.township, said.village) == (Said("石井镇", "title"), Said("双江村", "sheet"))
    assert read_context("双江村2018年收入表", "Sheet1", "x.xlsx", TOWNSHIPS, villages).township == NOTHING


def test_nothing_said_is_nothing_found() -> None:
    said = read_context("", "Sheet1", "a.xlsx", TOWNSHIPS, VILLAGES)
    assert (said.year, said.month, said.township, said.village) == (NOTHING, NOTHING, NOTHING, NOTHING)


@pytest.mark.parametrize(
    ("title", "sheet", "village"),
    [
        ("石井镇石马村2019年党员会议到会登记表", "登记", Said("石马村", "title")),
        ("石马村贫困户2018年收入核算表", "Sheet1", Said("石马村", "title")),
        ("2018年收入核算表", "新桥社区", Said("新桥社区", "sheet")),
        ("石井镇各村2019年会议统计表", "Sheet1", NOTHING),
        ("石井镇贫困村2019年项目表", "Sheet1", NOTHING),
        ("2019年驻村工作队花名册", "Sheet1", NOTHING),
        ("村民代表会议签到表", "Sheet1", NOTHING),
    ],
)
def test_a_village_in_no_list_is_known_by_where_it_stands(title: str, sheet: str, village: Said) -> None:
    assert read_context(title, sheet, "x.xlsx", TOWNSHIPS, {}).village == village
