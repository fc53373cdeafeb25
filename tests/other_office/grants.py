"""Lists of help to households and people: loans, grants, training, jobs, houses; each under its own title and headers."""

from __future__ import annotations

import random
from datetime import date

from other_office.forms import Cells, put
from other_office.grid import Book, Cell, Sheet, Written
from other_office.helpers import who
from other_office.mess import Pen
from other_office.people import Person
from other_office.truth import District, Household

AidRow = tuple[Household, Person, Cells]


def _aid_sheet(sheet: Sheet, title: str, header: list[str], rows: list[AidRow], kind: str, year: int) -> None:
    sheet.title(title, len(header))
    sheet.add("header", list(header))
    for home, person, cells in rows:
        ids: dict[str, object] = {"household_id": home.hid}
        if any(column == "id_number" for column, _ in cells):
            ids["person_id"] = person.pid
        put(sheet, "aid", cells, ids, {"aid_kind_code": kind, "aid_year": year})


def _chosen(
    rng: random.Random, district: District, year: int, share: float, want: str
) -> list[tuple[Household, Person]]:
    found: list[tuple[Household, Person]] = []
    for home in district.of(year):
        people = [p for p, _ in home.roster[year] if p.facts[year][want] not in (None, "none", "lost", "preschool")]
        if people and rng.random() < share:
            found.append((home, people[-1]))
    return found


def aid(rng: random.Random, mess: int, district: District) -> list[Book]:
    """Six lists, one sheet each, of 2018 and 2019."""
    books: list[Book] = []
    for year in (2018, 2019):
        book = Book(f"{year}年各类帮扶措施台账.xlsx", "xlsxwriter" if year == 2018 else "openpyxl")
        _loans(book.sheet("小额信贷"), rng, Pen(rng, mess), district, year)
        _students(book.sheet("雨露计划"), rng, Pen(rng, mess), district, year)
        _training(book.sheet("技能培训"), rng, Pen(rng, mess), district, year)
        _jobs(book.sheet("公益性岗位"), rng, Pen(rng, mess), district, year)
        _houses(book.sheet("危房改造"), rng, Pen(rng, mess), district, year)
        books.append(book)
    return books


def _loans(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home in district.of(year):
        if rng.random() < 0.15:
            cells: Cells = [
                *who(pen, home, year, ["township", "village", "head_name", "head_id_number"]),
                ("amount", pen.money(rng.choice([2, 3, 5]) * 10000, 10000.0)),
                ("期限", Written(Cell("3年"), None)),
                ("aid_date", pen.day(date(year, rng.randint(1, 12), rng.randint(1, 28)))),
            ]
            rows.append((home, home.head(year), cells))
    _aid_sheet(
        sheet,
        f"{year}年扶贫小额信贷发放台账",
        ["乡", "村", "户主", "户主身份证号", "贷款金额（万元）", "期限", "放款日期"],
        rows,
        "microcredit",
        year,
    )


def _students(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home, person in _chosen(rng, district, year, 0.4, "student_code"):
        cells: Cells = [
            *who(pen, home, year, ["village", "head_name"]),
            ("name", pen.name(person.name)),
            ("id_number", pen.id_number(person)),
            ("学校", Written(Cell("娄底一中"), None)),
            ("学段", Written(Cell("高中"), None)),
            ("amount", pen.money(1500)),
            ("aid_date", pen.month(year, rng.choice([4, 10]))),
        ]
        rows.append((home, person, cells))
    _aid_sheet(
        sheet,
        f"{year}年雨露计划补助发放表",
        ["行政村", "户主姓名", "姓名", "身份证号码", "学校", "学段", "金额（元）", "发放时间"],
        rows,
        "education_grant",
        year,
    )


def _training(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home, person in _chosen(rng, district, year, 0.2, "labour_code"):
        cells: Cells = [
            *who(pen, home, year, ["village", "head_name"]),
            ("name", pen.name(person.name)),
            ("id_number", pen.id_number(person)),
            ("item", Written(Cell("家政服务"), None)),
            ("aid_date", pen.day(date(year, rng.randint(3, 11), rng.randint(1, 28)))),
            ("is_finished", pen.flag(rng.random() < 0.9, ("是", "否"))),
            ("is_employed", pen.flag(rng.random() < 0.5, ("是", "否"))),
        ]
        rows.append((home, person, cells))
    _aid_sheet(
        sheet,
        f"{year}年贫困劳动力技能培训花名册",
        ["村", "户主姓名", "姓名", "证件号码", "培训名称", "培训时间", "是否结业", "培训后就业情况"],
        rows,
        "skills_training",
        year,
    )


def _jobs(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home, person in _chosen(rng, district, year, 0.08, "labour_code"):
        cells: Cells = [
            *who(pen, home, year, ["village", "head_name"]),
            ("name", pen.name(person.name)),
            ("id_number", pen.id_number(person)),
            ("岗位", Written(Cell(rng.choice(["护林员", "保洁员"])), None)),
            ("months", pen.count(rng.choice([6, 12]))),
            ("amount", pen.money(rng.choice([6000, 9600]))),
        ]
        rows.append((home, person, cells))
    _aid_sheet(
        sheet,
        f"{year}年公益性岗位人员名册",
        ["村", "户主姓名", "姓名", "证件号码", "公益性岗位类型", "公益性岗位(月数)", "发放金额（元）"],
        rows,
        "public_welfare_job",
        year,
    )


def _houses(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home in district.of(year):
        if home.facts[year]["house_grade_code"] in ("c", "d") and rng.random() < 0.4:
            cells: Cells = [
                *who(pen, home, year, ["township", "village", "head_name", "head_id_number"]),
                ("等级", Written(Cell("D级"), None)),
                ("方式", Written(Cell("修缮加固"), None)),
                ("amount", pen.money(rng.choice([15000, 35000]))),
            ]
            rows.append((home, home.head(year), cells))
    _aid_sheet(
        sheet,
        f"{year}年农村危房改造补助资金发放花名册",
        ["乡镇", "行政村", "户主姓名", "户主身份证号", "危房等级", "改造方式", "实际补助资金"],
        rows,
        "house_renovation",
        year,
    )
