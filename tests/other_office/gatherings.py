"""Meetings, sign-in grids, inspections, guarantees, check-ups and ratings: dates, months and guarantees stand across."""

from __future__ import annotations

import random
from datetime import date, datetime

from other_office.forms import Cells, fate_of, headers, put, split
from other_office.grid import Book, Cell, Sheet, Written, letter
from other_office.helpers import who
from other_office.mess import Pen
from other_office.truth import PLACES, District


def meetings(rng: random.Random, mess: int) -> list[Book]:
    """The old XML of Excel, a sheet per township; and two villages' tables one under the other on one sheet."""
    book = Book("2019年主题党日及会议统计.xls", "xml2003")
    for township in ("万宝镇", "杉山镇"):
        sheet = book.sheet(township)
        pen = Pen(rng, mess)
        columns = [
            "village",
            "meeting_date",
            "meeting_type_code",
            "expected_count",
            "present_count",
            "excused_count",
            "host_name",
        ]
        sheet.title(f"{township}2019年各村会议到会情况统计表", len(columns))
        sheet.add("header", list(headers(rng, columns, {"excused_count": "请假"})))
        for village in PLACES[township]:
            for month in range(1, 13, 2):
                _meeting_row(sheet, pen, [("village", Written(Cell(village), village))], month, township)
    two = Book("石井镇党员大会到会登记.xlsx", "openpyxl")
    sheet = two.sheet("登记")
    pen = Pen(rng, mess)
    for village in PLACES["石井镇"]:
        if sheet.rows:
            sheet.add("blank", [])
            sheet.add("blank", [])
        columns = ["meeting_date", "meeting_type_code", "expected_count", "present_count", "excused_count"]
        sheet.title(f"石井镇{village}2019年党员会议到会登记表", len(columns))
        sheet.add("header", ["会议时间", "会议类型", "应到人数", "实到人数", "请假"])
        for month in range(1, 13, 3):
            _meeting_row(sheet, pen, [], month, "石井镇", village)
    return [book, two]


def _meeting_row(sheet: Sheet, pen: Pen, lead: Cells, month: int, township: str, village: str = "") -> None:
    rng = pen.rng
    expected = rng.randint(20, 40)
    away = rng.randint(0, 5)
    here = lead[0][1].value if lead else village
    cells: Cells = [
        *lead,
        ("meeting_date", pen.day(date(2019, month, rng.randint(1, 28)))),
        (
            "meeting_type_code",
            pen.code(
                "meeting_type_code", rng.choice(["theme_day", "members_meeting", "committee", "lecture", "villagers"])
            ),
        ),
        ("expected_count", pen.count(expected, "人")),
        ("present_count", pen.count(expected - away - rng.randint(0, 3), "人")),
        ("excused_count", pen.count(away)),
    ]
    if lead:
        cells.append(("host_name", Written(Cell("村支书"), None)))
    put(sheet, "meetings", cells, {}, {"township": township, "village": here})


def attendance(rng: random.Random, mess: int, district: District) -> Book:
    """A grid per village: names down, days across, marks in between; days as text or as date cells."""
    book = Book("2019年支部主题党日签到表.xlsx", "xlsxwriter")
    for township, villages in PLACES.items():
        for village in villages[:2]:
            sheet = book.sheet(village)
            days = [date(2019, month, rng.randint(1, 25)) for month in range(1, 13, 2)]
            way = rng.choice(["cell", "text", "short"])
            shown: list[object] = [
                Cell(date_cell(day), "m/d")
                if way == "cell"
                else f"{day.month}月{day.day}日"
                if way == "short"
                else f"{day.year}.{day.month}.{day.day}"
                for day in days
            ]
            sheet.title(f"{township}{village}2019年支部主题党日签到表", 2 + len(days))
            sheet.add("header", ["序号", "姓名", *shown])
            marks = rng.choice([("√", "×", "请假"), ("✓", "×", "事假"), ("出席", "缺席", "请假")])
            for seq in range(1, 19):
                name = district.people.name("party " + village)
                number = sheet.add("data", [seq, name])
                for place, day in enumerate(days):
                    code = rng.choice(["present"] * 8 + ["absent", "excused"])
                    written = Written(Cell(marks[("present", "absent", "excused").index(code)]), code)
                    if mess and rng.random() < 0.01 * mess:
                        written = Written(Cell("来过"), None, aside="?")
                    sheet.rows[-1].append(written.cell)
                    aside = {"attendance_code": f"{letter(2 + place)}{number}"} if written.aside else {}
                    values = {
                        "township": township,
                        "village": village,
                        "meeting_date": (day, "day"),
                        "attendance_code": code,
                    }
                    fate = "one cell of it" if aside else "kept"
                    sheet.expect("attendance", [number], {"person_id": (village, name)}, values, aside=aside, fate=fate)
    return book


def date_cell(day: date) -> object:
    """A day as Excel holds it."""
    return datetime(day.year, day.month, day.day)


def inspections(rng: random.Random, mess: int) -> Book:
    """A sheet per quarter; the villages of a township merged."""
    book = Book("2019年督查考评情况.xlsx", "openpyxl")
    for quarter in range(1, 5):
        sheet = book.sheet(f"{'一二三四'[quarter - 1]}季度")
        pen = Pen(rng, mess)
        sheet.title(f"2019年第{'一二三四'[quarter - 1]}季度驻村帮扶督查考评情况表", 9)
        sheet.add(
            "header",
            ["序号", "乡镇", "行政村", "督查时间", "督查方式", "得分", "发现问题数", "已解决问题", "整改完成时间"],
        )
        seq = 0
        for township, villages in PLACES.items():
            first = len(sheet.rows) + 1
            for village in villages:
                seq += 1
                found = rng.randint(0, 6)
                month = quarter * 3 - rng.randint(0, 2)
                cells: Cells = [
                    ("seq", Written(Cell(seq), None)),
                    ("township", Written(Cell(township if len(sheet.rows) + 1 == first else None), township)),
                    ("village", Written(Cell(village), village)),
                    ("inspection_month", pen.month(2019, month)),
                    (
                        "method_code",
                        pen.code("method_code", rng.choice(["on_site", "documents", "telephone", "household_visit"])),
                    ),
                    ("score", pen.number(rng.randint(160, 198) / 2)),
                    ("issues_found_count", pen.count(found)),
                    ("issues_rectified_count", pen.count(rng.randint(0, found))),
                    ("rectified_date", pen.day(date(2019, month, 28))),
                ]
                put(sheet, "inspections", cells, {})
            sheet.merge(first, len(sheet.rows), 1)
    return book


GUARANTEES = {
    "education": "义务教育保障",
    "medical": "基本医疗保障",
    "housing": "住房安全保障",
    "water": "饮水安全保障",
}


def safeguards(rng: random.Random, mess: int, district: District) -> list[Book]:
    """A workbook per year; the four guarantees across, a sheet per township."""
    books: list[Book] = []
    for year in (2018, 2020):
        book = Book(f"{year}年两不愁三保障排查表.xlsx", "xlsxwriter")
        for township in PLACES:
            sheet = book.sheet(township)
            pen = Pen(rng, mess)
            pair = rng.choice([("是", "否"), ("达标", "未达标"), ("√", "×"), ("有", "无")])
            ways = (
                ["village", "head_name", "head_id_number"]
                if township == "杉山镇"
                else ["village", "household_code", "head_name"]
            )
            sheet.title(f"{township}{year}年“两不愁三保障”情况核查表", len(ways) + 5)
            sheet.add("header", ["序号", *headers(rng, ways), *GUARANTEES.values()])
            for seq, home in enumerate(district.of(year, township), 1):
                lead = who(pen, home, year, ways)
                number = sheet.add("data", [seq, *(written.cell for _, written in lead)])
                _, aside = split("safeguards", lead, number, 1)
                for place, guarantee in enumerate(GUARANTEES):
                    met = rng.random() < 0.9
                    sheet.rows[-1].append(pen.flag(met, pair).cell)
                    values = {"year": year, "guarantee_code": guarantee, "is_met": met}
                    sheet.expect(
                        "safeguards", [number], {"household_id": home.hid}, values, aside=aside if place == 0 else {}
                    )
        books.append(book)
    return books


def checkups(rng: random.Random, mess: int, district: District) -> Book:
    """One list a year of people in the villages, by name and ID number."""
    book = Book("健康快车体检登记.xlsx", "openpyxl")
    for year in (2019, 2020):
        sheet = book.sheet(f"{year}")
        pen = Pen(rng, mess)
        columns = ["village", "head_name", "name", "id_number", "checkup_date", "phone"]
        sheet.title(f"{year}年“健康快车”进村免费体检登记表", len(columns))
        sheet.add(
            "header", list(headers(rng, columns, {"phone": "联系电话", "id_number": "身份证号码", "name": "姓名"}))
        )
        for home in district.of(year):
            for person, _ in home.roster[year]:
                if rng.random() < 0.25:
                    cells: Cells = [
                        *who(pen, home, year, ["village", "head_name"]),
                        ("name", pen.name(person.name)),
                        ("id_number", pen.id_number(person)),
                        ("checkup_date", pen.day(date(year, rng.randint(4, 11), rng.randint(1, 28)))),
                        ("phone", pen.phone()),
                    ]
                    put(sheet, "checkups", cells, {"person_id": person.pid, "household_id": home.hid})
    return book


def sanitation(rng: random.Random, mess: int, district: District) -> list[Book]:
    """Scores with the months across; grades as a list, villages one under the other."""
    book = Book("石井镇2019年环境卫生评比.xlsx", "xlsxwriter")
    for village in PLACES["石井镇"]:
        sheet = book.sheet(village)
        pen = Pen(rng, mess)
        sheet.title(f"石井镇{village}2019年贫困户环境卫生评比得分表", 14)
        sheet.add("header", ["序号", "户主姓名", *(f"{month}月" for month in range(1, 13))])
        for seq, home in enumerate(district.of(2019, "石井镇", village), 1):
            number = sheet.add("data", [seq, pen.name(home.head(2019).name).cell])
            for month in range(1, 13):
                score = rng.randint(70, 99)
                bad = pen.slip(0.5)
                sheet.rows[-1].append(Cell("未评" if bad else score))
                aside = {"score": f"{letter(1 + month)}{number}"} if bad else {}
                values = {"rating_month": (date(2019, month, 1), "month"), "score": None if bad else float(score)}
                sheet.expect("sanitation", [number], {"household_id": home.hid}, values, aside=aside)
    return [book, _grades(rng, mess, district)]


def _grades(rng: random.Random, mess: int, district: District) -> Book:
    other = Book("万宝镇人居环境评比结果2020.xlsx", "openpyxl")
    sheet = other.sheet("评比")
    pen = Pen(rng, mess)
    for village in PLACES["万宝镇"]:
        if sheet.rows:
            sheet.add("blank", [])
        sheet.title(f"万宝镇{village}2020年6月农户环境卫生评比结果", 5)
        sheet.add("header", ["户编号", "户主姓名", "评比时间", "得分", "等次"])
        for home in district.of(2020, "万宝镇", village):
            score = rng.randint(60, 100)
            grade = "cleanest" if score >= 90 else "clean" if score >= 80 else "ordinary" if score >= 70 else "poor"
            cells: Cells = [
                *who(pen, home, 2020, ["household_code", "head_name"]),
                ("rating_month", pen.month(2020, 6)),
                ("score", pen.number(score)),
                ("rating_code", pen.code("rating_code", grade)),
            ]
            one = put(sheet, "sanitation", cells, {"household_id": home.hid})
            assert one.fate == fate_of("sanitation", one.values, one.aside)
    return other


def write(rng: random.Random, mess: int, district: District) -> list[Book]:
    """All of it."""
    return [
        *meetings(rng, mess),
        attendance(rng, mess, district),
        inspections(rng, mess),
        *safeguards(rng, mess, district),
        checkups(rng, mess, district),
        *sanitation(rng, mess, district),
    ]
