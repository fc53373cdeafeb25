"""Written headers → canonical columns, units, years and the ledger."""

from __future__ import annotations

import pytest

from louxing_analysis.cleaning.headers import Index, Match, match, mostly_numbers, take_apart
from tests.cleaning.offices import knowledge


@pytest.fixture(scope="module")
def index() -> Index:
    return knowledge().index


def matched(line: str, index: Index, title: str = "") -> Match:
    """What a header drawn in one line is taken for."""
    return match(list(enumerate(part.strip() for part in line.split("|"))), title, index)


def columns(found: Match) -> list[str]:
    return [one.column for one in found.columns]


@pytest.mark.parametrize(
    ("header", "last", "unit", "year"),
    [
        ("人均纯收入", "人均纯收入", "", ""),
        ("人均纯收入（元）", "人均纯收入", "元", ""),
        ("务工时间（月", "务工时间", "月", ""),  # the bracket was never closed
        ("2017人均纯收入", "人均纯收入", "", "2017"),
        ("2017年度人均纯收入（元）", "人均纯收入", "元", "2017"),
        ("人均纯收入2017", "人均纯收入", "", "2017"),
        ("A22主要致贫原因(单选)", "主要致贫原因", "", ""),
        ("B92-1姓名", "姓名", "", ""),
        ("*姓名", "姓名", "", ""),
        ("1.姓名", "姓名", "", ""),
        ("（1）姓名", "姓名", "", ""),
        ("戶主姓名", "户主姓名", "", ""),
        ("项目资金/中央资金（万元）", "中央资金", "万元", ""),
        ("项目资金（万元）/中央资金", "中央资金", "万元", ""),  # the unit of the group counts for its columns
        ("2018-06-05", "2018-06-05", "", ""),  # a day of a grid, no year
        ("2018年6月", "2018年6月", "", ""),
        ("AAC001", "AAC001", "", ""),
    ],
)
def test_a_header_is_taken_apart(header: str, last: str, unit: str, year: str) -> None:
    written = take_apart(header)
    assert (written.last, written.unit, written.year) == (last, unit, year)


def test_a_year_above_or_in_brackets_is_the_year_of_the_column() -> None:
    for header in (
        "2018年/人均纯收入",
        "2018年度/人均纯收入",
        "2018/人均纯收入",
        "人均纯收入（2018年）",
        "人均纯收入(2018)",
    ):
        written = take_apart(header)
        assert (written.last, written.year) == ("人均纯收入", "2018"), header


def test_the_whole_joined_name_is_looked_up_before_its_last_level() -> None:
    assert take_apart("收入情况（元）/转移性收入/低保金").keys == (
        "收入情况(元)/转移性收入/低保金",
        "收入情况/转移性收入/低保金",
        "转移性收入/低保金",
        "低保金",
    )


def test_the_ledger_is_told_by_its_columns(index: Index) -> None:
    found = matched("序号 | 户编号 | 户主姓名 | 工资性收入 | 转移性收入 | 人均纯收入", index)
    assert found.ledger == "incomes"
    assert columns(found) == [
        "ignored",
        "household_code",
        "head_name",
        "wage_income",
        "transfer_income",
        "per_capita_net_income",
    ]


@pytest.mark.parametrize(
    ("line", "title", "ledger"),
    [
        ("户编号 | 户主姓名 | 贫困户属性 | 脱贫属性", "", "households"),
        ("户编号 | 姓名 | 证件号码 | 与户主关系 | 性别 | 贫困户属性", "", "members"),
        ("户主姓名 | 帮扶责任人 | 帮扶单位 | 结对时间", "", "pairings"),
        ("村 | 姓名 | 派出单位 | 是否第一书记 | 驻村天数", "驻村帮扶工作队花名册", "teams"),
        ("户主姓名 | 走访时间 | 走访方式 | 走访人", "", "visits"),
        ("项目名称 | 项目类型 | 总投资 | 中央资金 | 项目状态", "", "projects"),
        ("户主姓名 | 利益联结方式 | 项目名称 | 金额", "分红发放表", "beneficiaries"),
        ("户主姓名 | 金额 | 发放时间", "2018年雨露计划补助发放表", "aid"),
        ("村 | 会议时间 | 应到人数 | 实到人数", "", "meetings"),
        ("姓名 | 2018-01-05 | 2018-02-05", "主题党日签到表", "attendance"),
        ("村 | 督查月份 | 督查方式 | 得分", "", "inspections"),
        ("户主姓名 | 义务教育 | 基本医疗 | 住房安全 | 饮水安全", "", "safeguards"),
        ("姓名 | 证件号码 | 体检时间", "", "checkups"),
        ("户主姓名 | 1月 | 2月 | 3月", "2019年环境卫生评比表", "sanitation"),
    ],
)
def test_each_ledger_is_known_by_a_usual_header(line: str, title: str, ledger: str, index: Index) -> None:
    assert matched(line, index, title).ledger == ledger


def test_words_of_the_title_settle_what_the_columns_leave_open(index: Index) -> None:
    line = "户主姓名 | 身份证号码 | 金额"
    assert matched(line, index, "2018年小额信贷发放表").ledger == "aid"
    assert matched(line, index, "2018年产业分红发放表").ledger == "beneficiaries"


def test_an_unknown_optional_header_leaves_the_ledger_as_it_is(index: Index) -> None:
    found = matched("户编号 | 工资性收入 | 人均纯收入 | 今年想法", index)
    assert found.ledger == "incomes"
    assert columns(found)[-1] == ""


def test_a_missing_required_column_names_the_nearest_ledger_and_what_it_lacks(index: Index) -> None:
    found = matched("户编号 | 户主姓名 | 工资性收入 | 转移性收入", index)
    assert found.ledger == ""
    assert found.nearest == "incomes"
    assert found.missing == ("net_income/per_capita_net_income",)


def test_headers_of_something_else_are_no_ledger(index: Index) -> None:
    assert matched("物品 | 数量 | 单价", index).ledger == ""
    assert matched("", index) == Match("", (), (), 0.0)


def test_years_in_headers_spread_the_column(index: Index) -> None:
    found = matched("户编号 | 2017年工资性收入 | 2017年人均纯收入 | 2018年工资性收入 | 2018年人均纯收入", index)
    assert [one.spread for one in found.columns] == ["", "2017", "2017", "2018", "2018"]
    assert found.columns[3].fixed == (("year", "2018"),)


def test_safeguards_spread_by_what_their_headers_stand_for(index: Index) -> None:
    found = matched("户主姓名 | 义务教育 | 饮水安全", index)
    assert [one.fixed for one in found.columns] == [
        (),
        (("guarantee_code", "education"),),
        (("guarantee_code", "water"),),
    ]
    assert columns(found)[1:] == ["is_met", "is_met"]


def test_a_date_that_came_with_its_time_is_still_a_meeting(index: Index) -> None:
    found = matched("姓名 | 2018-01-05 00:00:00 | 2018年2月5日 | 3月5日 | 备注", index, "签到表")
    assert [one.fixed for one in found.columns] == [
        (),
        (("meeting_date", "2018-01-05"),),
        (("meeting_date", "2018年2月5日"),),
        (("meeting_date", "3月5日"),),
        (),
    ]


def test_the_units_of_headers_are_kept_and_a_header_that_fixes_its_unit_wins(index: Index) -> None:
    found = matched("项目名称 | 项目类型 | 总投资（万元） | 中央资金(元)", index)
    assert [one.unit for one in found.columns] == ["", "", "万元", "元"]


def test_a_person_level_export_has_the_columns_of_the_household_too(index: Index) -> None:
    found = matched("户编号 | 姓名 | 与户主关系 | 家庭人口数 | 脱贫属性", index)
    assert found.ledger == "members"
    assert columns(found)[3:] == ["household_size", "exit_status_code"]
    assert found.also == ("households",)


def test_the_nearest_known_header_is_suggested(index: Index) -> None:
    assert index.suggestion("incomes", take_apart("工资性收人")) == "工资性收入"
    assert index.suggestion("incomes", take_apart("zzz")) == ""


def test_the_label_of_a_column_is_a_header_of_it_even_without_a_row(index: Index) -> None:
    for ledger in index.by_ledger:
        for row in index.reference.columns_of(ledger).itertuples():
            if row.kind != "derived":
                found = index.look_up(ledger, take_apart(row.label_zh))
                assert found is not None, (ledger, row.column)


def test_months_under_a_year_are_months_of_that_year(index: Index) -> None:
    found = matched("户主姓名 | 2019年/12月 | 2020年/1月 | 2020年/2020年2月", index, "环境卫生评比表")
    assert [one.spread for one in found.columns[1:]] == ["2019年12月", "2020年1月", "2020年2月"]


def test_an_outer_group_adds_nothing_to_what_the_inner_one_says(index: Index) -> None:
    header = "户编号 | 家庭收入/工资性收入 | 家庭收入/转移性收入/低保金 | 家庭收入/转移性收入/小计 | 人均纯收入"
    assert columns(matched(header, index))[3] == "transfer_income"


def test_what_the_title_says_needs_no_column(index: Index) -> None:
    header = [(0, "会议时间"), (1, "会议类型"), (2, "应到人数"), (3, "实到人数")]
    assert match(header, "", index).missing == ("village",)
    assert match(header, "", index, outside=frozenset({"village"})).ledger == "meetings"


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [(["400元", "1,200", "约800"], True), ([300, None, "1.2万"], True), (["3组", "2人", "张三"], False), ([], False)],
)
def test_amounts_with_their_unit_are_numbers(cells: list[object], numbers: bool) -> None:
    assert mostly_numbers(cells) is numbers
