"""Household registers with their members, by three offices with three habits.

万宝镇 exports from the system: a line per member, everything repeated. 石井镇 keeps a workbook per village with a sheet per
year, members under their head, the household's cells blank below him. 杉山镇 keeps a workbook per year with a sheet per
village, no household code at all, the household's cells merged down.
"""

from __future__ import annotations

import random

from other_office.forms import Cells, headers, split
from other_office.grid import Book, Cell, Sheet, Written
from other_office.mess import Pen
from other_office.people import Person
from other_office.truth import PLACES, YEARS, District, Household
from other_office.words import HEADERS

EXPORT = [
    "county", "township", "village", "village_group", "household_code", "person_code", "name", "id_number",
    "household_size", "relation_code", "民族", "education_code", "student_code", "health_codes", "labour_code",
    "work_code", "work_months", "参加大病医疗", "exit_status_code", "exit_year", "household_type_code",
    "cause_main_code", "危房户", "has_safe_water", "饮水困难", "per_capita_net_income", "phone", "helper_phone",
]  # fmt: skip
HOUSEHOLD_CELLS = [
    "village_group", "household_code", "head_name", "household_size", "household_type_code", "exit_status_code",
    "exit_year", "cause_main_code", "causes_other_codes", "identified_year", "per_capita_net_income", "in_cooperative",
    "house_grade_code", "has_safe_water", "farm_area_mu",
]  # fmt: skip
MEMBER_CELLS = [
    "name", "sex_code", "id_number", "relation_code", "education_code", "student_code", "health_codes", "labour_code",
    "work_months", "is_minimum_living", "is_insured",
]  # fmt: skip


def household_cell(pen: Pen, column: str, home: Household, year: int) -> Written:
    """One cell of the household's part of a form."""
    facts = home.facts[year]
    if column == "county":
        return Written(Cell("娄星区"), None)
    if column == "township":
        return Written(Cell(home.township), home.township)
    if column == "village":
        return Written(Cell(home.village_then(year)), home.village)
    if column == "village_group":
        return Written(Cell(f"{home.group}组"), None)
    if column == "household_code":
        return Written(Cell(home.code[year]), None)
    if column == "head_name":
        return pen.name(home.head(year).name)
    if column in ("exit_year", "identified_year"):
        return pen.year(facts[column])  # type: ignore[arg-type]
    if column == "causes_other_codes":
        return pen.codes(column, facts[column], "cause")  # type: ignore[arg-type]
    if column == "cause_main_code":
        return pen.code(column, facts[column], "cause")  # type: ignore[arg-type]
    if column in ("in_cooperative", "has_safe_water"):
        return pen.flag(bool(facts[column]))
    if column == "per_capita_net_income":
        return pen.money(facts[column])  # type: ignore[arg-type]
    if column == "farm_area_mu":
        return pen.number(facts[column])  # type: ignore[arg-type]
    if column == "household_size":
        return pen.count(facts[column], "人")  # type: ignore[arg-type]
    return pen.code(column, facts[column])  # type: ignore[arg-type]


def member_cell(pen: Pen, column: str, person: Person, year: int) -> Written:
    """One cell of a member's part of a form."""
    facts = person.facts[year]
    if column == "name":
        return pen.name(person.name)
    if column == "id_number":
        return pen.id_number(person)
    if column == "health_codes":
        return pen.codes(column, facts[column], "health")  # type: ignore[arg-type]
    if column == "work_months":
        return pen.count(facts[column])  # type: ignore[arg-type]
    if column in ("is_minimum_living", "is_insured"):
        return pen.flag(bool(facts[column]))
    return pen.code(column, facts[column])  # type: ignore[arg-type]


def _expect_member(
    sheet: Sheet, number: int, cells: Cells, start: int, home: Household, person: Person, year: int
) -> None:
    values, aside = split("members", cells, number, start)
    values["register_year"] = year
    if "id_number" not in aside:
        values["birth_year"] = person.born.year
    sheet.expect("members", [number], {"person_id": person.pid, "household_id": home.hid}, values, aside=aside)


def _expect_household(
    sheet: Sheet, rows: list[int], values: dict[str, object], aside: dict[str, str], home: Household, year: int
) -> None:
    values = {"register_year": year, "township": home.township, "village": home.village, **values}
    sheet.expect("households", rows, {"household_id": home.hid}, values, aside=aside)


def export(rng: random.Random, mess: int, district: District, year: int, township: str) -> Book:
    """A line per member with the household repeated, as the system exports it; the year stands in the file's name."""
    book = Book(
        f"{year}年{township}建档立卡贫困人口信息导出.{'csv' if year == 2017 else 'xlsx'}",
        "gb18030" if year == 2017 else "openpyxl",
    )
    sheet = book.sheet("Sheet1")
    pen = Pen(rng, mess, text_only=book.form == "gb18030")
    calm = Pen(rng, 0, text_only=book.form == "gb18030")  # what is repeated is the same in every line
    own = {column: column for column in EXPORT if column not in HEADERS} | {
        "exit_status_code": "脱贫属性",
        "village_group": "自然村",
    }
    sheet.add("header", list(headers(rng, EXPORT, own)))
    for home in district.of(year, township):
        fixed = {
            column: household_cell(calm, column, home, year)
            for column in EXPORT
            if column in HOUSEHOLD_CELLS or column in ("county", "township", "village")
        }
        rows: list[int] = []
        for place, (person, _) in enumerate(home.roster[year]):
            cells: Cells = []
            for column in EXPORT:
                if column in fixed:
                    cells.append((column, fixed[column]))
                elif column == "person_code":
                    cells.append((column, Written(Cell(home.code[year] + f"{place + 1:02d}"), None)))
                elif column in ("phone", "helper_phone"):
                    cells.append((column, pen.phone()))
                elif column in own and column not in HEADERS:
                    cells.append(
                        (column, Written(Cell(rng.choice({"民族": ["汉族", "汉"]}.get(column, ["是", "否"]))), None))
                    )
                else:
                    cells.append((column, member_cell(pen, column, person, year)))
            number = sheet.add("data", [written.cell for _, written in cells])
            rows.append(number)
            _expect_member(sheet, number, cells, 0, home, person, year)
        values, _ = split("households", [(column, fixed[column]) for column in EXPORT if column in fixed], rows[0])
        _expect_household(sheet, rows, values, {}, home, year)
    if year == 2017:  # the export's own way against scientific notation
        for cells_of_row in sheet.rows[1:]:
            for place in (4, 5, 7):
                cells_of_row[place] = (
                    Cell(f'="{cells_of_row[place].value}"') if cells_of_row[place].value else cells_of_row[place]
                )
    return book


def _block(sheet: Sheet, pen: Pen, home: Household, year: int, columns: list[str], seq: int, merged: bool) -> None:
    """A household's lines: its own cells in the first one alone, or merged down."""
    roster = home.roster[year]
    own: Cells = [(column, household_cell(pen, column, home, year)) for column in columns]
    first = len(sheet.rows) + 1
    lead = 1 + len(columns)
    rows: list[int] = []
    for place, (person, _) in enumerate(roster):
        cells: Cells = [(column, member_cell(pen, column, person, year)) for column in MEMBER_CELLS]
        left = [Cell(seq), *(written.cell for _, written in own)] if place == 0 else [Cell()] * lead
        number = sheet.add("data", [*left, *(written.cell for _, written in cells)])
        rows.append(number)
        _expect_member(sheet, number, cells, lead, home, person, year)
    if merged:
        for place in range(lead):
            sheet.merge(first, first + len(roster) - 1, place)
    values, aside = split("households", own, first, 1)
    _expect_household(sheet, rows, values, aside, home, year)


def _ending(sheet: Sheet, rng: random.Random, width: int) -> None:
    sheet.title("注：本表由村委会填写，一式三份。", width, "footer")
    sheet.add(
        "footer",
        ["填表人：彭某", None, None, "审核人：谢某", None, None, f"填报时间：20{rng.randint(17, 20)}年12月20日"],
    )


def by_village(rng: random.Random, mess: int, district: District, village: str) -> Book:
    """石井镇: a workbook per village, a sheet per year, members under their head with blanks."""
    book = Book(f"石井镇{village}贫困户档案.xlsx", "xlsxwriter")
    columns = HOUSEHOLD_CELLS
    names = ["序号", *headers(rng, columns), *headers(rng, MEMBER_CELLS)]
    for year in YEARS:
        sheet = book.sheet(f"{year}年")
        pen = Pen(rng, mess)
        sheet.title(f"{village}{year}年建档立卡贫困户基本信息表", len(names))
        sheet.add("unit", ["单位：元、人、亩"])
        sheet.add("header", list(names))
        for seq, home in enumerate(district.of(year, "石井镇", village), 1):
            if seq == 13 and mess:  # the printed page begins anew
                sheet.add("header", list(names))
            _block(sheet, pen, home, year, columns, seq, merged=False)
        _ending(sheet, rng, len(names))
        if mess:
            sheet.hidden.add(len(sheet.rows) // 2)
    return book


def by_year(rng: random.Random, mess: int, district: District, year: int) -> Book:
    """杉山镇: a workbook per year, a sheet per village; two header rows, cells merged down, no household code."""
    book = Book(f"杉山镇户表{year}.xlsx", "xlsxwriter")
    columns = [column for column in HOUSEHOLD_CELLS if column != "household_code"]
    own, theirs = headers(rng, columns), headers(rng, MEMBER_CELLS)
    for village in PLACES["杉山镇"]:
        homes = district.of(year, "杉山镇", village)
        then = homes[0].village_then(year) if homes else village
        sheet = book.sheet(then)
        pen = Pen(rng, mess)
        width = 1 + len(columns) + len(MEMBER_CELLS)
        sheet.title(f"杉山镇{then}贫困户花名册（{year}年度）", width)
        top = sheet.add(
            "header",
            ["序号", "家庭情况", *[None] * (len(columns) - 1), "家庭成员情况", *[None] * (len(MEMBER_CELLS) - 1)],
        )
        sheet.add("header", [None, *own, *theirs])
        sheet.merges += [
            (top - 1, 0, top, 0),
            (top - 1, 1, top - 1, len(columns)),
            (top - 1, len(columns) + 1, top - 1, width - 1),
        ]
        people = 0
        for seq, home in enumerate(homes, 1):
            _block(sheet, pen, home, year, columns, seq, merged=True)
            people += len(home.roster[year])
        sheet.add("total", ["合  计", None, f"{len(homes)}户", people])
        _ending(sheet, rng, width)
    return book


def summary(district: District) -> Book:
    """Sheets that are no ledger: how to fill in, and the table of merged villages."""
    book = Book("填表须知及村名对照.xlsx", "xlsxwriter")
    sheet = book.sheet("说明")
    sheet.structural = "no table"
    for text in ("填表说明", "一、本表以户为单位填写。", "二、请勿改动表头。"):
        sheet.add("title", [text])
    return book


def write(rng: random.Random, mess: int, district: District) -> list[Book]:
    """All registers."""
    books = [export(rng, mess, district, year, "万宝镇") for year in YEARS]
    books += [by_village(rng, mess, district, village) for village in PLACES["石井镇"]]
    books += [by_year(rng, mess, district, year) for year in YEARS]
    return [*books, summary(district)]
