"""What was given: projects, dividends, and six lists of help, each under its own title and headers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from other_office.forms import Cells, headers, put, split
from other_office.grid import Book, Cell, Sheet, Written
from other_office.helpers import who
from other_office.mess import Pen
from other_office.people import Person
from other_office.truth import PLACES, District, Household

Amounts = dict[str, int]


@dataclass(frozen=True)
class Project:
    """A project of a year and a village."""

    name: str
    year: int
    township: str
    village: str


KINDS = [("水渠维修", "infrastructure"), ("黄桃种植基地", "industry"), ("村组道路硬化", "infrastructure"), ("卫生室建设", "public_service"), ("山羊养殖", "industry"), ("人饮工程", "living_conditions")]
PARTS = ["amount_central", "amount_provincial", "amount_city", "amount_county", "amount_self"]


def projects(rng: random.Random, mess: int) -> list[Book]:
    """A workbook per year in 万元: money under three header rows, the total before the rows, townships as section lines."""
    books: list[Book] = []
    for year in (2017, 2018, 2019, 2020):
        book = Book(f"娄星区{year}年扶贫项目实施情况表.xlsx", "xlsxwriter")
        sheet = book.sheet("项目台账")
        pen = Pen(rng, mess)
        width = 17
        sheet.title(f"娄星区{year}年度财政专项扶贫资金项目台账", width)
        sheet.add("unit", [*[None] * (width - 2), "单位：万元"])
        lead = ["序号", rng.choice(["乡镇", "所属乡镇"]), rng.choice(["行政村", "村", "村名"]), "项目名称", rng.choice(["项目类别", "项目类型"])]
        tail = ["开工时间", "竣工时间", rng.choice(["项目状态", "完成状态"]), "受益贫困户（户）", "受益贫困人口（人）", rng.choice(["实施单位", "实施主体"])]
        one = sheet.add("header", [*lead, "资金来源", *[None] * 5, *tail])
        sheet.add("header", [*[None] * 5, rng.choice(["投资合计", "项目总投资"]), "其中", *[None] * 4, *[None] * 6])
        sheet.add("header", [*[None] * 6, "中央资金", "省级资金", "市级资金（万元）" if mess else "市级资金", "县级资金", "自筹资金", *[None] * 6])
        sheet.merges += [(one - 1, place, one + 1, place) for place in (0, 1, 2, 3, 4, 11, 12, 13, 14, 15, 16)]
        sheet.merges += [(one - 1, 5, one - 1, 10), (one, 5, one + 1, 5), (one, 6, one, 10)]
        total_row = sheet.add("total", ["合计"])
        whole = [0.0] * 6
        seq = 0
        for township, villages in PLACES.items():
            for village in villages:
                for name, kind in rng.sample(KINDS, 2):
                    seq += 1
                    amounts = {part: rng.randint(0, 40) * 5000 for part in PARTS}
                    whole = [a + b for a, b in zip(whole, [sum(amounts.values()), *amounts.values()], strict=True)]
                    _project_row(sheet, pen, seq, Project(village[:-1] + name, year, township, village), kind, amounts)
        sheet.rows[total_row - 1] = [Cell("合计"), *[Cell()] * 4, *(Cell(round(value / 10000, 4)) for value in whole)]
        books.append(book)
    return books


def _project_row(sheet: Sheet, pen: Pen, seq: int, project: Project, kind: str, amounts: Amounts) -> None:
    rng = pen.rng
    status = rng.choice(["under_way", "completed", "accepted"])
    month = rng.randint(2, 6)
    cells: Cells = [
        ("seq", Written(Cell(seq), None)),
        ("township", Written(Cell(project.township), project.township)),
        ("village", Written(Cell(project.village), project.village)),
        ("project_name", Written(Cell(project.name), project.name)),
        ("project_type_code", pen.code("project_type_code", kind)),
        ("amount_total", pen.money(sum(amounts.values()), 10000.0)),
        *((part, pen.money(amounts[part], 10000.0)) for part in PARTS),
        ("start_date", pen.month(project.year, month)),
        ("end_date", pen.month(project.year, month + rng.randint(2, 6))),
        ("status_code", pen.code("status_code", status)),
        ("beneficiary_households", pen.count(rng.randint(5, 40), "户")),
        ("beneficiary_people", pen.count(rng.randint(41, 120), "人")),
        ("implementer", Written(Cell(f"{project.village[:-1]}村委会"), f"{project.village[:-1]}村委会")),
    ]
    put(sheet, "projects", cells, {"project_id": project}, {"project_year": project.year})


def wide_dividends(rng: random.Random, mess: int, district: District) -> Book:
    """石井镇 2018: a project per column, the sum at the end."""
    book = Book("石井镇2018年产业扶贫项目收益分红表.xlsx", "openpyxl")
    sheet = book.sheet("分红")
    pen = Pen(rng, mess)
    columns = ["农机", "食用菌", "果蔬发酵", "光伏"]
    sheet.title("石井镇2018年产业扶贫项目收益分红发放表", 5 + len(columns))
    sheet.add("unit", ["单位：元"])
    sheet.add("header", ["村名", "户主", "身份证号", "家庭人口数", *columns, "合计收益数"])
    for home in district.of(2018, "石井镇"):
        parts = {column: rng.randint(2, 9) * 100 for column in columns if rng.random() < 0.5}
        number_of_head = pen.id_number(home.head(2018))
        lead: list[object] = [Cell(home.village), pen.name(home.head(2018).name).cell, number_of_head.cell, len(home.roster[2018])]
        written = [pen.money(parts[column]) if column in parts else Written(Cell(), None) for column in columns]
        number = sheet.add("data", [*lead, *(one.cell for one in written), sum(parts.values())])
        for place, column in enumerate(columns):
            if column not in parts:
                continue
            values, aside = split("beneficiaries", [("amount", written[place])], number, 4 + place)
            if number_of_head.aside:
                aside["head_id_number"] = f"C{number}"
            values.update({"project_name": column, "project_year": 2018})
            sheet.expect("beneficiaries", [number], {"household_id": home.hid, "project_id": column}, values, aside=aside)
        if not parts:
            aside = {"head_id_number": f"C{number}"} if number_of_head.aside else {}
            sheet.expect("beneficiaries", [number], {"household_id": home.hid}, {}, aside=aside, fate="quarantined")
    return book


def long_dividends(rng: random.Random, mess: int, district: District) -> Book:
    """万宝镇 2019: the bank's pay-out list."""
    book = Book("万宝镇富民贷分红发放清册2019.csv", "gb18030")
    sheet = book.sheet("Sheet1")
    pen = Pen(rng, mess, text_only=True)
    sheet.add("header", ["乡镇", "行政村", "户主姓名", "户主身份证号码", "家庭人口", "贫困属性", "脱贫年度", "2017家庭总收入", "2017人均纯收入", "账户名", "一卡通账号", "开户行", "项目名称", "利益联结方式", "发放金额", "发放时间"])
    for home in district.of(2019, "万宝镇"):
        head = home.head(2019)
        facts = home.facts[2019]
        cells: Cells = [
            *who(pen, home, 2019, ["township", "village", "head_name", "head_id_number"]),
            ("家庭人口", Written(Cell(str(facts["household_size"])), None)),
            ("贫困属性", Written(pen.code("household_type_code", str(facts["household_type_code"])).cell, None)),
            ("脱贫年度", Written(Cell(str(facts["exit_year"] or "")), None)),
            ("总收入", Written(Cell(str(rng.randint(20000, 40000))), None)),
            ("人均", Written(Cell(str(rng.randint(4000, 9000))), None)),
            ("账户名", Written(Cell(head.name), None)),
            ("账号", Written(Cell(f"62{rng.randrange(10**16):016d}"), None)),
            ("开户行", Written(Cell("农商银行"), None)),
            ("project_name", Written(Cell("富民贷分红"), "富民贷分红")),
            ("link_mode_code", pen.code("link_mode_code", rng.choice(["shares", "asset_income"]))),
            ("amount", pen.money(rng.randint(5, 30) * 100)),
            ("paid_date", pen.month(2019, rng.randint(6, 12))),
        ]
        put(sheet, "beneficiaries", cells, {"household_id": home.hid, "project_id": "富民贷分红"}, {"project_year": 2019})
    return book


AidRow = tuple[Household, Person, Cells]


def _aid_sheet(sheet: Sheet, title: str, header: list[str], rows: list[AidRow], kind: str, year: int) -> None:
    sheet.title(title, len(header))
    sheet.add("header", list(header))
    for home, person, cells in rows:
        ids: dict[str, object] = {"household_id": home.hid}
        if any(column == "id_number" for column, _ in cells):
            ids["person_id"] = person.pid
        put(sheet, "aid", cells, ids, {"aid_kind_code": kind, "aid_year": year})


def _chosen(rng: random.Random, district: District, year: int, share: float, want: str) -> list[tuple[Household, Person]]:
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
            cells: Cells = [*who(pen, home, year, ["township", "village", "head_name", "head_id_number"]), ("amount", pen.money(rng.choice([2, 3, 5]) * 10000, 10000.0)), ("期限", Written(Cell("3年"), None)), ("aid_date", pen.day(date(year, rng.randint(1, 12), rng.randint(1, 28))))]
            rows.append((home, home.head(year), cells))
    _aid_sheet(sheet, f"{year}年扶贫小额信贷发放台账", ["乡", "村", "户主", "户主身份证号", "贷款金额（万元）", "期限", "放款日期"], rows, "microcredit", year)


def _students(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home, person in _chosen(rng, district, year, 0.4, "student_code"):
        cells: Cells = [*who(pen, home, year, ["village", "head_name"]), ("name", pen.name(person.name)), ("id_number", pen.id_number(person)), ("学校", Written(Cell("娄底一中"), None)), ("学段", Written(Cell("高中"), None)), ("amount", pen.money(1500)), ("aid_date", pen.month(year, rng.choice([4, 10])))]
        rows.append((home, person, cells))
    _aid_sheet(sheet, f"{year}年雨露计划补助发放表", ["行政村", "户主姓名", "姓名", "身份证号码", "学校", "学段", "金额（元）", "发放时间"], rows, "education_grant", year)


def _training(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home, person in _chosen(rng, district, year, 0.2, "labour_code"):
        cells: Cells = [*who(pen, home, year, ["village", "head_name"]), ("name", pen.name(person.name)), ("id_number", pen.id_number(person)), ("item", Written(Cell("家政服务"), None)), ("aid_date", pen.day(date(year, rng.randint(3, 11), rng.randint(1, 28)))), ("is_finished", pen.flag(rng.random() < 0.9, ("是", "否"))), ("is_employed", pen.flag(rng.random() < 0.5, ("是", "否")))]
        rows.append((home, person, cells))
    _aid_sheet(sheet, f"{year}年贫困劳动力技能培训花名册", ["村", "户主姓名", "姓名", "证件号码", "培训名称", "培训时间", "是否结业", "培训后就业情况"], rows, "skills_training", year)


def _jobs(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home, person in _chosen(rng, district, year, 0.08, "labour_code"):
        cells: Cells = [*who(pen, home, year, ["village", "head_name"]), ("name", pen.name(person.name)), ("id_number", pen.id_number(person)), ("岗位", Written(Cell(rng.choice(["护林员", "保洁员"])), None)), ("months", pen.count(rng.choice([6, 12]))), ("amount", pen.money(rng.choice([6000, 9600])))]
        rows.append((home, person, cells))
    _aid_sheet(sheet, f"{year}年公益性岗位人员名册", ["村", "户主姓名", "姓名", "证件号码", "公益性岗位类型", "公益性岗位(月数)", "发放金额（元）"], rows, "public_welfare_job", year)


def _houses(sheet: Sheet, rng: random.Random, pen: Pen, district: District, year: int) -> None:
    rows: list[AidRow] = []
    for home in district.of(year):
        if home.facts[year]["house_grade_code"] in ("c", "d") and rng.random() < 0.4:
            cells: Cells = [*who(pen, home, year, ["township", "village", "head_name", "head_id_number"]), ("等级", Written(Cell("D级"), None)), ("方式", Written(Cell("修缮加固"), None)), ("amount", pen.money(rng.choice([15000, 35000])))]
            rows.append((home, home.head(year), cells))
    _aid_sheet(sheet, f"{year}年农村危房改造补助资金发放花名册", ["乡镇", "行政村", "户主姓名", "户主身份证号", "危房等级", "改造方式", "实际补助资金"], rows, "house_renovation", year)


def write(rng: random.Random, mess: int, district: District) -> list[Book]:
    """All of it."""
    return [*projects(rng, mess), wide_dividends(rng, mess, district), long_dividends(rng, mess, district), *aid(rng, mess, district)]
