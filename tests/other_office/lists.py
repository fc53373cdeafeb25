"""More sheets of one trap each: units said in a title, two ledgers on one sheet, a hidden copy, years in a column of their own."""

from __future__ import annotations

import random
from datetime import date

from other_office.forms import Cells, put
from other_office.grid import Book, Cell, Sheet, Written
from other_office.helpers import who
from other_office.mess import Pen
from other_office.truth import District, Household


def _said(value: object, shown: object = None) -> Written:
    return Written(Cell(value if shown is None else shown), value)


def _named(home: Household, year: int, ways: list[str]) -> Cells:
    return who(Pen(random.Random(3), 0), home, year, ways)


def thousands(district: District) -> Book:
    """Incomes of an earlier year in 千元, said behind the title; quarters beside the whole year, which alone counts."""
    book = Book("枫坪村收入.xlsx", "xlsxwriter")
    sheet = book.sheet("Sheet1")
    sheet.title("万宝镇枫坪村2014年贫困户收入统计表（单位：千元）", 9)
    sheet.add(
        "header", ["户编号", "户主姓名", "人口数", "1-3月", "4-6月", "7-9月", "10-12月", "年纯收入", "人均纯收入（元）"]
    )
    for home in district.of(2016, "万宝镇", "枫坪村"):
        quarters = [(home.hid * 37 + part * 11) % 900 / 100 + 1 for part in range(4)]
        net = round(sum(quarters) * 1000)
        size = len(home.roster[2016])
        cells: Cells = [
            *_named(home, 2016, ["household_code", "head_name"]),
            ("household_size", _said(size)),
            *(("季度", Written(Cell(round(part, 2)), None)) for part in quarters),
            ("net_income", _said(float(net), round(net / 1000, 3))),
            ("per_capita_net_income", _said(float(round(net / size)), round(net / size))),
        ]
        put(sheet, "incomes", cells, {"household_id": home.hid}, {"income_year": 2014})
    return book


def years_in_rows(district: District) -> Book:
    """A household's years under one another; the year in a column, written in three ways; household and name merged down."""
    book = Book("柳溪村2012-2013年收入.xlsx", "openpyxl")
    sheet = book.sheet("收入")
    sheet.title("万宝镇柳溪村贫困户2012-2013年收入台账", 5)
    sheet.add("header", ["户编号", "户主", "年份", "家庭人口", "家庭纯收入"])
    for home in district.of(2016, "万宝镇", "柳溪村"):
        first = len(sheet.rows) + 1
        for year, shown in ((2012, "2012年度"), (2013, "2013" if home.hid % 2 else 2013)):
            lead = _named(home, 2016, ["household_code", "head_name"])
            if year == 2013:
                lead = [(column, Written(Cell(), one.value)) for column, one in lead]
            net = float(6000 + home.hid * 10 + year)
            cells: Cells = [
                *lead,
                ("income_year", _said(year, shown)),
                ("household_size", _said(3)),
                ("net_income", _said(net)),
            ]
            put(sheet, "incomes", cells, {"household_id": home.hid})
        sheet.merge(first, first + 1, 0)
        sheet.merge(first, first + 1, 1)
    return book


def two_ledgers(rng: random.Random) -> Book:
    """Meetings above, inspections below, on one sheet, each with its own title and header."""
    book = Book("枫坪村2018年工作台账.xlsx", "xlsxwriter")
    sheet = book.sheet("工作")
    sheet.title("万宝镇枫坪村2018年党员会议到会情况表", 4)
    sheet.add("header", ["会议时间", "会议类型", "应到人数", "实到人数"])
    place = {"township": "万宝镇", "village": "枫坪村"}
    for month in range(1, 7):
        cells: Cells = [
            ("meeting_date", _said((date(2018, month, 5), "day"), f"2018年{month}月5日")),
            ("meeting_type_code", _said("members_meeting", "党员大会")),
            ("expected_count", _said(30)),
            ("present_count", _said(rng.randint(10, 30))),
        ]
        put(sheet, "meetings", cells, {}, place)
    sheet.add("blank", [])
    sheet.title("万宝镇枫坪村2018年督查考评情况表", 4)
    sheet.add("header", ["督查时间", "督查方式", "得分", "发现问题数"])
    for month in range(1, 7):
        cells = [
            ("inspection_month", _said((date(2018, month, 1), "month"), f"2018.{month}")),
            ("method_code", _said("on_site", "现场查看")),
            ("score", _said(float(80 + month))),
            ("issues_found_count", _said(month)),
        ]
        put(sheet, "inspections", cells, {}, place)
    return book


def village_in_file(district: District) -> Book:
    """A log of visits whose village stands in the file's name alone, which places no rows: no household can be told."""
    book = Book("双坝村2017年帮扶走访记录.xlsx", "openpyxl")
    sheet = book.sheet("Sheet1")
    sheet.title("2017年帮扶走访记录表", 3)
    sheet.add("header", ["户主姓名", "走访日期", "帮扶方式"])
    for home in district.of(2017, "石井镇", "双坝村"):
        cells: Cells = [
            *_named(home, 2017, ["head_name"]),
            ("visit_date", _said((date(2017, 9, home.hid % 28 + 1), "day"), f"9月{home.hid % 28 + 1}日")),
            ("visit_mode_code", _said("goods", "物资帮扶")),
        ]
        put(sheet, "visits", cells, {"household_id": home.hid}).fate = "quarantined"
    return book


def hidden_copy(district: District) -> Book:
    """A list of grants and a hidden sheet that holds the same lines once more: each line counts once."""
    book = Book("2017年慰问金发放.xlsx", "openpyxl")
    homes = district.of(2017, "石井镇", "井塘村")
    for name in ("慰问", "慰问（旧）"):
        sheet = book.sheet(name)
        sheet.is_hidden = name != "慰问"
        _grants(sheet, homes, "repeats" if sheet.is_hidden else "kept")
    return book


def _grants(sheet: Sheet, homes: list[Household], fate: str) -> None:
    sheet.title("石井镇井塘村2017年春节走访慰问金发放表", 4)
    sheet.add("header", ["户编号", "户主姓名", "慰问金（元）", "发放时间"])
    for home in homes:
        cells: Cells = [
            *_named(home, 2017, ["household_code", "head_name"]),
            ("amount", _said(float(200 + home.hid % 5 * 100), 200 + home.hid % 5 * 100)),
            ("aid_date", _said((date(2017, 1, 20), "day"), "2017-01-20")),
        ]
        put(sheet, "aid", cells, {"household_id": home.hid}, {"aid_kind_code": "goods", "aid_year": 2017}).fate = fate


def several_cadres(district: District) -> Book:
    """Two paired cadres in one cell: the row stands, and what stands there is no third person's name."""
    book = Book("石马村2021年结对帮扶.xlsx", "xlsxwriter")
    sheet = book.sheet("结对")
    sheet.title("石井镇石马村2021年结对帮扶责任人花名册", 4)
    sheet.add("header", ["户编号", "户主姓名", "帮扶责任人", "帮扶单位", "结对时间"])
    for place, home in enumerate(district.of(2020, "石井镇", "石马村")[:6]):
        cells: Cells = [
            *_named(home, 2020, ["household_code", "head_name"]),
            ("cadre_name", Written(Cell(["彭甲志、谢乙明", "彭甲志"][place % 2]), None)),
            ("unit_name", _said("区水利局")),
            ("start_date", _said((date(2021, 1, 1), "month"), "2021年1月")),
        ]
        put(sheet, "pairings", cells, {"household_id": home.hid})
    return book


def write(rng: random.Random, district: District) -> list[Book]:
    """All of them."""
    return [
        thousands(district),
        years_in_rows(district),
        two_ledgers(rng),
        village_in_file(district),
        hidden_copy(district),
        several_cadres(district),
    ]
