"""Who helps: pairings, resident teams, visits."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from other_office.forms import Cells, headers, put
from other_office.grid import Book, Cell, Written
from other_office.mess import Pen
from other_office.people import People
from other_office.truth import PLACES, District, Household
from other_office.words import UNITS

AS_OF = 2019


@dataclass(frozen=True)
class Cadre:
    """A paired cadre, known by name and unit."""

    name: str
    unit: str
    post: str


def cadres(rng: random.Random, people: People, count: int) -> list[Cadre]:
    """Cadres whose names are distinct among cadres."""
    return [
        Cadre(people.name("cadres"), rng.choice(UNITS), rng.choice(["科员", "副局长", "股长", "主任"]))
        for _ in range(count)
    ]


def who(pen: Pen, home: Household, year: int, ways: list[str]) -> Cells:
    """The household, as this form names it."""
    cells: Cells = []
    for way in ways:
        if way == "household_code":
            cells.append((way, Written(Cell(home.code[year]), None)))
        elif way == "head_name":
            cells.append((way, pen.name(home.head(year).name)))
        elif way == "head_id_number":
            cells.append((way, pen.id_number(home.head(year))))
        elif way == "village":
            cells.append((way, Written(Cell(home.village_then(year)), home.village)))
        elif way == "township":
            cells.append((way, Written(Cell(home.township), home.township)))
    return cells


def pair_up(district: District) -> dict[int, list[tuple[Cadre, tuple[int, int], tuple[int, int] | None]]]:
    """By household: one cadre since 2016, or two, one after the other."""
    rng = district.rng
    staff = cadres(rng, district.people, 60)
    pairs: dict[int, list[tuple[Cadre, tuple[int, int], tuple[int, int] | None]]] = {}
    for home in district.of(AS_OF):
        one, two = rng.sample(staff, 2)
        since = (rng.choice([2016, 2017]), rng.randint(1, 12))
        until = (2018, rng.randint(2, 11))
        if rng.random() < 0.15:
            pairs[home.hid] = [(one, since, until), (two, (2018, 12), None)]
        else:
            pairs[home.hid] = [(one, since, None)]
    return pairs


def pairings(rng: random.Random, mess: int, district: District, pairs: dict) -> list[Book]:  # type: ignore[type-arg]
    """One book by code; one text file by head and village; one grouped by cadre with his cells merged down."""
    books: list[Book] = []
    for township, form, name in (
        ("万宝镇", "xlsxwriter", "结对帮扶花名册（万宝）.xlsx"),
        ("石井镇", "utf-16", "石井镇结对帮扶情况.txt"),
    ):
        book = Book(name, form)
        sheet = book.sheet("Sheet1" if form != "xlsxwriter" else "花名册")
        pen = Pen(rng, mess, text_only=form != "xlsxwriter")
        ways = (
            ["household_code", "head_name"]
            if township == "万宝镇"
            else ["township", "village", "head_name", "head_id_number"]
        )
        columns = [*ways, "cadre_name", "unit_name", "cadre_post", "cadre_phone", "start_date", "end_date"]
        if form == "xlsxwriter":
            sheet.title(f"{township}结对帮扶责任人花名册", len(columns))
        sheet.add("header", list(headers(rng, columns)))
        for home in district.of(AS_OF, township):
            for cadre, since, until in pairs[home.hid]:
                put(
                    sheet,
                    "pairings",
                    [*who(pen, home, AS_OF, ways), *_pair_cells(pen, cadre, since, until)],
                    {"household_id": home.hid, "cadre_id": cadre},
                )
        books.append(book)
    book = Book("杉山镇干部帮扶联系户一览表.xlsx", "openpyxl")
    sheet = book.sheet("一览表")
    pen = Pen(rng, mess)
    sheet.title("杉山镇干部结对帮扶贫困户一览表", 8)
    names = headers(
        rng,
        ["cadre_name", "unit_name", "cadre_post", "village", "head_name", "start_date", "end_date"],
        {"head_name": "被帮扶户"},
    )
    sheet.add("header", ["序号", *names])
    by_cadre: dict[Cadre, list[tuple[Household, tuple[int, int], tuple[int, int] | None]]] = {}
    for home in district.of(AS_OF, "杉山镇"):
        for cadre, since, until in pairs[home.hid]:
            by_cadre.setdefault(cadre, []).append((home, since, until))
    for seq, (cadre, homes) in enumerate(by_cadre.items(), 1):
        first = len(sheet.rows) + 1
        for place, (home, since, until) in enumerate(homes):
            lead = _pair_cells(pen, cadre, since, until)
            cells = [*lead[:3], *who(pen, home, AS_OF, ["village", "head_name"]), *lead[4:]]
            shown: Cells = [("seq", Written(Cell(seq), None)), *cells]
            if place:
                shown = [
                    (column, Written(Cell(), written.value) if n < 4 else written)
                    for n, (column, written) in enumerate(shown)
                ]
            put(sheet, "pairings", shown, {"household_id": home.hid, "cadre_id": cadre})
        for place in range(4):
            sheet.merge(first, first + len(homes) - 1, place)
    return [*books, book]


def _pair_cells(pen: Pen, cadre: Cadre, since: tuple[int, int], until: tuple[int, int] | None) -> Cells:
    end = pen.month(*until) if until else Written(Cell(pen.rng.choice(["", "至今", ""])), None)
    return [
        ("cadre_name", Written(Cell(cadre.name), cadre.name)),
        ("unit_name", Written(Cell(cadre.unit), cadre.unit)),
        ("cadre_post", Written(Cell(cadre.post), cadre.post)),
        ("cadre_phone", pen.phone()),
        ("start_date", pen.month(*since)),
        ("end_date", end),
    ]


def teams(rng: random.Random, mess: int, district: District) -> list[Book]:
    """A workbook per year in OpenDocument; three members per village, the village merged down."""
    books: list[Book] = []
    staff = {
        village: [Cadre(district.people.name("teams"), rng.choice(UNITS), "") for _ in range(3)]
        for villages in PLACES.values()
        for village in villages
    }
    for year in (2018, 2019, 2020):
        book = Book(f"{year}年驻村帮扶工作队花名册.ods", "ods")
        sheet = book.sheet("队员")
        pen = Pen(rng, mess)
        own = {
            "member_name": "队员姓名",
            "is_first_secretary": "是否第一书记",
            "is_leader": "是否队长",
            "start_date": rng.choice(["驻村时间", "驻村开始时间", "驻村起始时间"]),
            "days_in_village": rng.choice(["驻村天数", "在村天数"]),
            "unit_name": rng.choice(["单位", "选派单位", "派出单位"]),
        }
        columns = [
            "township",
            "village",
            "member_name",
            "unit_name",
            "is_first_secretary",
            "is_leader",
            "start_date",
            "days_in_village",
        ]
        sheet.title(f"{year}年驻村帮扶工作队队员花名册", len(columns))
        sheet.add("header", list(headers(rng, columns, own)))
        for township, villages in PLACES.items():
            top = len(sheet.rows) + 1
            for village in villages:
                first = len(sheet.rows) + 1
                for place, member in enumerate(staff[village]):
                    start = date(2018, rng.randint(1, 5), rng.randint(1, 28))
                    cells: Cells = [
                        ("township", Written(Cell(township if len(sheet.rows) + 1 == top else None), township)),
                        ("village", Written(Cell(village if place == 0 else None), village)),
                        ("member_name", Written(Cell(member.name), member.name)),
                        ("unit_name", Written(Cell(member.unit), member.unit)),
                        ("is_first_secretary", pen.flag(place == 0)),
                        ("is_leader", pen.flag(place == 0)),
                        ("start_date", pen.day(start)),
                        ("days_in_village", pen.count(rng.randint(200, 280), "天")),
                    ]
                    put(sheet, "teams", cells, {"member_id": member}, {"team_year": year})
                sheet.merge(first, first + 2, 1)
            sheet.merge(top, len(sheet.rows), 0)
        books.append(book)
    return books


def visits(rng: random.Random, mess: int, district: District, pairs: dict) -> list[Book]:  # type: ignore[type-arg]
    """A web page saved as .xls; a sheet per village by the head's name; a text file by the head's ID number."""
    books: list[Book] = []
    plans = [
        ("万宝镇", "html", "万宝镇2019年走访记录.xls", ["village", "household_code", "head_name"]),
        ("杉山镇", "utf-8-sig", "杉山镇入户走访登记表2019.csv", ["village", "head_name", "head_id_number"]),
    ]
    for township, form, name, ways in plans:
        book = Book(name, form)
        sheet = book.sheet("Sheet1")
        _visit_sheet(sheet, rng, Pen(rng, mess, text_only=True), district.of(AS_OF, township), pairs, ways)
        books.append(book)
    book = Book("石井镇2019年干部走访贫困户台账.xlsx", "xlsxwriter")
    for village in PLACES["石井镇"]:
        sheet = book.sheet(village)
        sheet.title(f"石井镇{village}结对帮扶干部走访台账（2019年）", 5)
        _visit_sheet(sheet, rng, Pen(rng, mess), district.of(AS_OF, "石井镇", village), pairs, ["head_name"])
    return [*books, book]


def _visit_sheet(sheet, rng: random.Random, pen: Pen, homes: list[Household], pairs: dict, ways: list[str]) -> None:  # type: ignore[no-untyped-def, type-arg]
    columns = [*ways, "visit_date", "cadre_name", "visit_mode_code", "content"]
    sheet.add("header", list(headers(rng, columns)))
    modes = ["visit", "visit", "telephone", "wechat", "policy", "goods"]
    for home in homes:
        cadre = pairs[home.hid][-1][0]
        for month in sorted(rng.sample(range(1, 13), 3)):
            cells: Cells = [
                *who(pen, home, AS_OF, ways),
                ("visit_date", pen.day(date(AS_OF, month, rng.randint(1, 28)))),
                ("cadre_name", Written(Cell(cadre.name), cadre.name)),
                ("visit_mode_code", pen.code("visit_mode_code", rng.choice(modes))),
                (
                    "content",
                    Written(Cell(rng.choice(["了解家庭情况，宣传政策。", "送化肥2包", "看望老人，问身体情况"])), None),
                ),
            ]
            put(sheet, "visits", cells, {"household_id": home.hid, "cadre_id": cadre})
