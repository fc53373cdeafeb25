"""Sheets each made for one trap: a second list of the same households, a sheet that must be refused, odd headers."""

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


def second_list(district: District) -> Book:
    """The register of 石马村 for 2019 sent once more as a short list: one household differs, the others agree.

    Repeats that agree in all that both say are held back as repeats and the register's row stays; where they differ,
    nobody can tell which is right, and both rows are held back.
    """
    book = Book("重报-石马村2019年贫困户花名册.csv", "utf-8-sig")
    sheet = book.sheet("Sheet1")
    sheet.add("header", ["户编号", "户主姓名", "家庭人口数", "贫困户属性", "脱贫年度", "年度"])
    labels = {"general": "一般贫困户", "dibao": "低保贫困户", "tekun": "五保贫困户"}
    for place, home in enumerate(district.of(2019, "石井镇", "石马村")[:8]):
        facts = home.facts[2019]
        kind = str(facts["household_type_code"])
        if place == 5:
            kind = "dibao" if kind != "dibao" else "general"
        cells: Cells = [
            *who(Pen(random.Random(1), 0, True), home, 2019, ["household_code", "head_name"]),
            ("household_size", _said(facts["household_size"], str(facts["household_size"]))),
            ("household_type_code", _said(kind, labels[kind])),
            ("exit_year", _said(facts["exit_year"], str(facts["exit_year"] or ""))),
            ("register_year", _said(2019, "2019")),
        ]
        one = put(sheet, "households", cells, {"household_id": home.hid})
        one.fate = "differs" if place == 5 else "repeats"
        one.ids["differs"] = place == 5
    return book


def odd_headers(rng: random.Random, district: District) -> Book:
    """Traditional characters, blanks and line breaks, required marks, numbers before the name, a row of column numbers."""
    book = Book("杉山鎮2017年兩不愁三保障核查.xlsx", "openpyxl")
    sheet = book.sheet("Sheet1")
    sheet.title("杉山镇2017年两不愁三保障核查表", 8)
    sheet.add(
        "header",
        [
            "序 号",
            "行政\n村",
            "*戶主姓名",
            "3.戶主證件號碼",
            "（4）义务教育\n保障",
            "基本醫療保障",
            "住 房 安 全 保 障",
            "飲水安全保障",
            "備註",
        ],
    )
    sheet.add("header", ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"])
    for seq, home in enumerate(district.of(2017, "杉山镇"), 1):
        lead = who(Pen(rng, 0), home, 2017, ["village", "head_name", "head_id_number"])
        number = sheet.add("data", [seq, *(written.cell for _, written in lead)])
        for guarantee in ("education", "medical", "housing", "water"):
            met = rng.random() < 0.9
            sheet.rows[-1].append(Cell("达标" if met else "不达标"))
            sheet.expect(
                "safeguards",
                [number],
                {"household_id": home.hid},
                {"year": 2017, "guarantee_code": guarantee, "is_met": met},
            )
        sheet.rows[-1].append(Cell(rng.choice(["", "外出", ""])))
    sheet.add("footer", ["填表人：", None, None, "審核人：", None, "填報時間：2017年12月"])
    return book


def refused(district: District) -> Book:
    """A log of visits without any date cannot be read as one; an unknown column does not keep the others from being read."""
    book = Book("2018年走访情况（万宝）.xlsx", "xlsxwriter")
    sheet = book.sheet("缺日期")
    sheet.structural = "required column missing"
    sheet.title("万宝镇2018年干部走访记录", 4)
    sheet.add("header", ["户编号", "户主姓名", "帮扶干部", "走访方式"])
    for home in district.of(2018, "万宝镇")[:12]:
        sheet.add("data", [home.code[2018], home.head(2018).name, "彭某某", "入户走访"])
    good = book.sheet("有日期")
    good.title("万宝镇2018年干部走访记录", 6)
    good.add("header", ["户编号", "户主姓名", "帮扶干部", "走访时间", "走访方式", "备注栏甲"])
    for home in district.of(2018, "万宝镇")[:12]:
        cells: Cells = [
            *who(Pen(random.Random(2), 0), home, 2018, ["household_code", "head_name"]),
            ("cadre_name", Written(Cell("彭某某"), None)),
            ("visit_date", _said((date(2018, 3, home.hid % 27 + 1), "day"), f"2018.3.{home.hid % 27 + 1}")),
            ("visit_mode_code", _said("visit", "入户走访")),
            ("备注栏甲", Written(Cell("甲"), None)),
        ]
        put(good, "visits", cells, {"household_id": home.hid})
    return book


def side_by_side(district: District) -> Book:
    """Two villages' ratings beside one another on one sheet, an empty column between."""
    book = Book("石井镇2018年卫生评比（并排）.xlsx", "openpyxl")
    sheet = book.sheet("评比")
    left = district.of(2018, "石井镇", "石马村")[:15]
    right = district.of(2018, "石井镇", "石马村")[15:]
    header = ["户编号", "户主姓名", "评比时间", "得分"]
    sheet.title("石井镇石马村2018年5月环境卫生评比表", 9)
    sheet.add("header", [*header, None, *header])
    for place in range(max(len(left), len(right))):
        row: list[object] = []
        for start, homes in ((0, left), (5, right)):
            if place < len(homes):
                home = homes[place]
                row += [home.code[2018], home.head(2018).name, "2018年5月", 60 + (home.hid * 7) % 40]
            else:
                row += [None] * 4
            row += [None] if start == 0 else []
        number = sheet.add("data", row)
        for begins, homes in (("", left), ("F", right)):
            if place < len(homes):
                home = homes[place]
                one = sheet.expect(
                    "sanitation",
                    [number],
                    {"household_id": home.hid},
                    {"rating_month": (date(2018, 5, 1), "month"), "score": float(60 + (home.hid * 7) % 40)},
                )
                one.column = begins
    return book


def page_breaks(rng: random.Random, district: District) -> Book:
    """A printed list: 续表 and the header again on each page, 本页小计 below each, 总 计 at the very end."""
    book = Book("万宝镇2016年收入核算（打印稿）.xlsx", "xlsxwriter")
    sheet = book.sheet("打印")
    names = [
        "户编号",
        "户主",
        "家庭人口",
        "工资性收入",
        "生产经营性收入",
        "生产经营性支出",
        "财产性收入",
        "转移性收入",
        "年纯收入",
    ]
    columns = [
        "household_size",
        "wage_income",
        "business_income",
        "business_expense",
        "property_income",
        "transfer_income",
        "net_income",
    ]
    homes = list(district.of(2016, "万宝镇", "枫坪村"))
    whole = [0.0] * len(columns)
    for page in range(0, len(homes), 10):
        sheet.title("万宝镇枫坪村2021年度贫困户收入核算表" + ("（续表）" if page else ""), len(names))
        sheet.add("unit", ["单位：元"])
        sheet.add("header", list(names))
        sums = [0.0] * len(columns)
        for home in homes[page : page + 10]:
            figures = [home.income[2016][column] for column in columns]
            cells: Cells = [
                *who(Pen(rng, 0), home, 2016, ["household_code", "head_name"]),
                *((column, _said(value)) for column, value in zip(columns, figures, strict=True)),
            ]
            put(sheet, "incomes", cells, {"household_id": home.hid}, {"income_year": 2021})
            sums = [a + b for a, b in zip(sums, figures, strict=True)]
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
        sheet.add("subtotal", ["本页小计", None, *sums])
    sheet.add("total", ["总  计", None, *whole])
    return book


def years_in_headers(rng: random.Random, district: District) -> Book:
    """A register of households that carries two earlier years' incomes per head beside its own."""
    book = Book("双坝村贫困户基本情况2021.xlsx", "openpyxl")
    sheet = book.sheet("Sheet1")
    sheet.title("石井镇双坝村2021年贫困户基本情况表", 7)
    sheet.add(
        "header",
        ["户编号", "户主姓名", "家庭人口数", "贫困户属性", "脱贫属性", "2011人均纯收入", "2012人均纯收入（元）"],
    )
    labels = {"general": "一般贫困户", "dibao": "低保贫困户", "tekun": "五保贫困户"}
    for home in district.of(2020, "石井镇", "双坝村"):
        kind = str(home.facts[2020]["household_type_code"])
        amounts = [rng.randint(1500, 2600) for _ in range(2)]
        number = sheet.add(
            "data", [home.code[2020], home.head(2020).name, len(home.roster[2020]), labels[kind], "已脱贫", *amounts]
        )
        values = {
            "register_year": 2021,
            "household_size": len(home.roster[2020]),
            "household_type_code": kind,
            "exit_status_code": "exited",
        }
        one = sheet.expect("households", [number], {"household_id": home.hid}, values)
        one.values["register_year"] = 2021
    return book


def deaths(district: District) -> Book:
    """A member recorded as dead where health stands, and remarks behind names."""
    book = Book("石井镇井塘村2021年人口信息.xlsx", "xlsxwriter")
    sheet = book.sheet("2021年")
    sheet.title("石井镇井塘村2021年建档立卡贫困人口信息表", 6)
    sheet.add("header", ["户编号", "户主姓名", "姓名", "证件号码", "与户主关系", "健康状况"])
    for home in district.of(2020, "石井镇", "井塘村"):
        for place, (person, role) in enumerate(home.roster[2020]):
            _death_row(sheet, home, place, person, role)
    return book


def _death_row(sheet: Sheet, home: Household, place: int, person, role: str) -> None:  # type: ignore[no-untyped-def]
    labels = {
        "head": "户主",
        "spouse": "配偶",
        "son": "之子",
        "daughter": "之女",
        "daughter_in_law": "之儿媳",
        "grandson": "之孙子",
        "granddaughter": "之孙女",
        "father": "之父",
        "mother": "之母",
        "grandmother": "之祖母",
        "husbands_mother": "之婆婆",
        "wifes_mother": "之岳母",
        "sibling": "之兄弟姐妹",
        "other": "其他",
    }
    dead = place == 1 and home.hid % 3 == 0
    name = person.name + ("（故）" if dead else "(户主)" if place == 0 and home.hid % 4 == 0 else "")
    number = sheet.add(
        "data",
        [home.code[2020], home.head(2020).name, name, person.id_number, labels[role], "05死亡" if dead else "健康"],
    )
    values = {
        "register_year": 2021,
        "relation_code": role,
        "health_codes": frozenset(["deceased" if dead else "healthy"]),
    }
    sheet.expect("members", [number], {"person_id": person.pid, "household_id": home.hid}, values)


def write(rng: random.Random, district: District) -> list[Book]:
    """All traps of shape."""
    return [
        second_list(district),
        odd_headers(rng, district),
        refused(district),
        side_by_side(district),
        page_breaks(rng, district),
        years_in_headers(rng, district),
        deaths(district),
    ]
