"""Income accounts by three offices: years across, groups of sources under three header rows, villages stacked with subtotals."""

from __future__ import annotations

import random

from other_office.forms import Cells, fate_of, headers, split
from other_office.grid import Book, Cell, Sheet, Written
from other_office.mess import Pen
from other_office.truth import PLACES, YEARS, District, Household

SOURCES = [
    "wage_income", "business_income", "property_income", "transfer_minimum_living", "transfer_pension",
    "transfer_ecology", "transfer_income", "business_expense", "net_income", "per_capita_net_income",
]  # fmt: skip


def _cells(pen: Pen, columns: list[str], home: Household, year: int, per: float = 1.0) -> Cells:
    income = home.income[year]
    cells: Cells = []
    for column in columns:
        if column == "household_size":
            cells.append((column, pen.count(income[column], "人")))
        else:
            cells.append(
                (column, pen.money(income[column], 1.0 if column == "per_capita_net_income" and per != 1.0 else per))
            )
    return cells


def years_across(rng: random.Random, mess: int, district: District, township: str) -> Book:
    """万宝镇: one wide sheet; the years stand over three columns each."""
    book = Book(f"{township}贫困户历年收入对比表.xlsx", "openpyxl")
    sheet = book.sheet("收入")
    pen = Pen(rng, mess)
    width = 4 + 3 * len(YEARS)
    sheet.title(f"{township}建档立卡贫困户2016—2020年收入情况统计表", width)
    sheet.add("unit", [*[None] * (width - 2), "单位：元"])
    code, head = rng.choice(["户编号", "贫困户编号"]), rng.choice(["户主姓名", "户主"])
    inner = ["家庭人口数", rng.choice(["家庭纯收入", "年纯收入"]), rng.choice(["人均纯收入", "家庭人均纯收入"])]
    top: list[object] = ["序号", "行政村", code, head]
    for year in YEARS:
        top += [f"{year}年", None, None]
    first = sheet.add("header", top)
    sheet.add("header", [None, None, None, None, *inner * len(YEARS)])
    sheet.merges += [(first - 1, place, first, place) for place in range(4)]
    sheet.merges += [(first - 1, 4 + 3 * n, first - 1, 6 + 3 * n) for n in range(len(YEARS))]
    seq = 0
    for village in PLACES[township]:
        homes = [home for home in district.households if home.village == village]
        rows = [len(sheet.rows) + 1, len(sheet.rows) + len(homes)]
        for home in homes:
            seq += 1
            _wide_row(sheet, pen, home, seq, village)
        sheet.merge(rows[0], rows[1], 1)
    return book


def _wide_row(sheet: Sheet, pen: Pen, home: Household, seq: int, village: str) -> None:
    last = max(home.roster)
    lead = [Cell(seq), Cell(village), Cell(home.code[last]), pen.name(home.head(last).name).cell]
    blocks: list[tuple[int, Cells]] = []
    for year in YEARS:
        columns = ["household_size", "net_income", "per_capita_net_income"]
        blank: Cells = [(column, Written(Cell(), None)) for column in columns]
        blocks.append((year, _cells(pen, columns, home, year) if year in home.income else blank))
    number = sheet.add("data", lead + [written.cell for _, cells in blocks for _, written in cells])
    for place, (year, cells) in enumerate(blocks):
        if year not in home.income:
            continue
        values, aside = split("incomes", cells, number, 4 + 3 * place)
        values["income_year"] = year
        fate = fate_of("incomes", values, aside)
        sheet.expect(
            "incomes",
            [number],
            {"household_id": home.hid},
            values,
            aside=aside,
            fate="kept" if fate == "kept" else "one year of it",
        )


def by_village(rng: random.Random, mess: int, district: District, year: int) -> Book:
    """石井镇: a workbook per year, a sheet per village, three header rows; in 万元 in 2018; the total on top."""
    in_wan = year == 2018
    book = Book(f"石井镇{year}年度收入核算.xlsx", "xlsxwriter")
    for village in PLACES["石井镇"]:
        sheet = book.sheet(village)
        pen = Pen(rng, mess)
        per = 10000.0 if in_wan else 1.0
        width = 5 + len(SOURCES)
        sheet.title(f"{village}贫困户{year}年家庭收入核算表", width)
        sheet.add("unit", [f"填报单位（盖章）：{village}", *[None] * 6, "单位：万元" if in_wan else "单位：元"])
        own = {"per_capita_net_income": "人均纯收入（元）", "transfer_income": "小计"}
        # 工资性收入（元） over figures in 万元 would be a lie, not a habit
        income = headers(rng, SOURCES, own | ({"wage_income": "工资性收入"} if in_wan else {}))
        code, head, size = headers(rng, ["household_code", "head_name", "household_size"])
        one = sheet.add(
            "header", ["序号", "组别", code, head, size, "家庭收入", *[None] * 6, income[7], income[8], income[9]]
        )
        sheet.add("header", [*[None] * 5, *income[:3], "转移性收入", None, None, None, None, None, None])
        sheet.add("header", [*[None] * 8, *income[3:7], None, None, None])
        sheet.merges += [(one - 1, place, one + 1, place) for place in (0, 1, 2, 3, 4, 12, 13, 14)]
        sheet.merges += [
            (one - 1, 5, one - 1, 11),
            (one, 8, one, 11),
            *((one, place, one + 1, place) for place in (5, 6, 7)),
        ]
        homes = district.of(year, "石井镇", village)
        sums = [sum(home.income[year][column] for home in homes) / per for column in SOURCES[:-1]]
        people = sum(home.income[year]["household_size"] for home in homes)
        sheet.add("total", ["合计", None, None, None, people, *(round(value, 4) for value in sums), None])
        for seq, home in enumerate(homes, 1):
            cells = _cells(pen, ["household_size", *SOURCES], home, year, per)
            lead = [Cell(seq), Cell(f"{home.group}组"), Cell(home.code[year]), pen.name(home.head(year).name).cell]
            number = sheet.add("data", [*lead, *(written.cell for _, written in cells)])
            values, aside = split("incomes", cells, number, 4)
            values["income_year"] = year
            sheet.expect(
                "incomes",
                [number],
                {"household_id": home.hid},
                values,
                aside=aside,
                fate=fate_of("incomes", values, aside),
            )
        sheet.add("footer", ["说明：收入核算期为上年10月1日至当年9月30日。"])
    return book


def stacked(rng: random.Random, mess: int, district: District) -> Book:
    """杉山镇: a sheet per year, all villages in it, the village merged down, a subtotal behind each; by the head's ID number."""
    book = Book("杉山镇2016-2020收入台账.xlsx", "xlsxwriter")
    columns = [
        "household_size",
        "wage_income",
        "business_income",
        "business_expense",
        "property_income",
        "transfer_income",
        "net_income",
        "per_capita_net_income",
    ]
    for year in YEARS:
        sheet = book.sheet(str(year))
        pen = Pen(rng, mess)
        sheet.title(f"{year}年收入台账", 4 + len(columns))
        names = headers(rng, columns)
        sheet.add(
            "header",
            [
                rng.choice(["行政村", "村名"]),
                "序号",
                rng.choice(["户主姓名", "户主"]),
                rng.choice(["户主证件号码", "户主身份证号"]),
                *names,
            ],
        )
        whole = [0.0] * (len(columns) - 1)
        for village in PLACES["杉山镇"]:
            homes = district.of(year, "杉山镇", village)
            first = len(sheet.rows) + 1
            for seq, home in enumerate(homes, 1):
                number_of_head = pen.id_number(home.head(year))
                cells = _cells(pen, columns, home, year)
                lead = [
                    Cell(home.village_then(year) if seq == 1 else None),
                    Cell(seq),
                    pen.name(home.head(year).name).cell,
                    number_of_head.cell,
                ]
                number = sheet.add("data", [*lead, *(written.cell for _, written in cells)])
                values, aside = split("incomes", cells, number, 4)
                if number_of_head.aside:
                    aside["head_id_number"] = f"D{number}"
                values["income_year"] = year
                sheet.expect(
                    "incomes",
                    [number],
                    {"household_id": home.hid},
                    values,
                    aside=aside,
                    fate=fate_of("incomes", values, aside),
                )
            sheet.merge(first, first + len(homes) - 1, 0)
            sums = [float(sum(home.income[year][column] for home in homes)) for column in columns[:-1]]
            whole = [a + b for a, b in zip(whole, sums, strict=True)]
            sheet.add("subtotal", ["小计", None, f"{len(homes)}户", None, *sums, None])
        sheet.add("total", ["总计", None, None, None, *whole, None])
    return book


def write(rng: random.Random, mess: int, district: District) -> list[Book]:
    """All income accounts."""
    return [
        years_across(rng, mess, district, "万宝镇"),
        *(by_village(rng, mess, district, year) for year in YEARS),
        stacked(rng, mess, district),
    ]
