"""Projects and the dividends paid out of them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from other_office.forms import Cells, put, split
from other_office.grid import Book, Cell, Sheet, Written
from other_office.helpers import who
from other_office.mess import Pen
from other_office.truth import PLACES, District

Amounts = dict[str, int]


@dataclass(frozen=True)
class Project:
    """A project of a year and a village."""

    name: str
    year: int
    township: str
    village: str


KINDS = [
    ("水渠维修", "infrastructure"),
    ("黄桃种植基地", "industry"),
    ("村组道路硬化", "infrastructure"),
    ("卫生室建设", "public_service"),
    ("山羊养殖", "industry"),
    ("人饮工程", "living_conditions"),
]
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
        lead = [
            "序号",
            rng.choice(["乡镇", "所属乡镇"]),
            rng.choice(["行政村", "村", "村名"]),
            "项目名称",
            rng.choice(["项目类别", "项目类型"]),
        ]
        tail = [
            "开工时间",
            "竣工时间",
            rng.choice(["项目状态", "完成状态"]),
            "受益贫困户（户）",
            "受益贫困人口（人）",
            rng.choice(["实施单位", "实施主体"]),
        ]
        one = sheet.add("header", [*lead, "资金来源", *[None] * 5, *tail])
        sheet.add("header", [*[None] * 5, rng.choice(["投资合计", "项目总投资"]), "其中", *[None] * 4, *[None] * 6])
        sheet.add(
            "header",
            [
                *[None] * 6,
                "中央资金",
                "省级资金",
                "市级资金（万元）" if mess else "市级资金",
                "县级资金",
                "自筹资金",
                *[None] * 6,
            ],
        )
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
        lead: list[object] = [
            Cell(home.village),
            pen.name(home.head(2018).name).cell,
            number_of_head.cell,
            len(home.roster[2018]),
        ]
        written = [pen.money(parts[column]) if column in parts else Written(Cell(), None) for column in columns]
        number = sheet.add("data", [*lead, *(one.cell for one in written), sum(parts.values())])
        for place, column in enumerate(columns):
            if column not in parts:
                continue
            values, aside = split("beneficiaries", [("amount", written[place])], number, 4 + place)
            if number_of_head.aside:
                aside["head_id_number"] = f"C{number}"
            values.update({"project_name": column, "project_year": 2018})
            sheet.expect(
                "beneficiaries", [number], {"household_id": home.hid, "project_id": column}, values, aside=aside
            )
        if not parts:
            aside = {"head_id_number": f"C{number}"} if number_of_head.aside else {}
            sheet.expect("beneficiaries", [number], {"household_id": home.hid}, {}, aside=aside, fate="quarantined")
    return book


def long_dividends(rng: random.Random, mess: int, district: District) -> Book:
    """万宝镇 2019: the bank's pay-out list."""
    book = Book("万宝镇富民贷分红发放清册2019.csv", "gb18030")
    sheet = book.sheet("Sheet1")
    pen = Pen(rng, mess, text_only=True)
    sheet.add(
        "header",
        [
            "乡镇",
            "行政村",
            "户主姓名",
            "户主身份证号码",
            "家庭人口",
            "贫困属性",
            "脱贫年度",
            "2017家庭总收入",
            "2017人均纯收入",
            "账户名",
            "一卡通账号",
            "开户行",
            "项目名称",
            "利益联结方式",
            "发放金额",
            "发放时间",
        ],
    )
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
        put(
            sheet,
            "beneficiaries",
            cells,
            {"household_id": home.hid, "project_id": "富民贷分红"},
            {"project_year": 2019},
        )
    return book


def write(rng: random.Random, mess: int, district: District) -> list[Book]:
    """All of it."""
    return [
        *projects(rng, mess),
        wide_dividends(rng, mess, district),
        long_dividends(rng, mess, district),
    ]
