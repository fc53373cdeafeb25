"""One line per way of writing an amount, a day, an ID number or a village; what must come of it stands beside it."""

from __future__ import annotations

from datetime import date

from other_office.forms import Cells, put
from other_office.grid import Book, Cell, Written
from other_office.truth import District

# as written → yuan, or None with what is wrong
AMOUNTS: list[tuple[object, float | None, str]] = [
    (1200, 1200.0, ""), ("1200", 1200.0, ""), ("1,200", 1200.0, ""), ("１２００", 1200.0, ""), ("1200元", 1200.0, ""),
    ("1200.00元", 1200.0, ""), ("￥1,200.50", 1200.5, ""), ("1.2万", 12000.0, ""), ("3千", 3000.0, ""), ("1.5万元", 15000.0, ""),
    ("0", 0.0, ""), (0, 0.0, ""), ("约3000", 3000.0, ""), ("3000左右", 3000.0, ""), (" 3000 ", 3000.0, ""),
    ("3000-4000", None, "range"), ("3000～4000", None, "range"), ("2人*2000", None, "expression"), ("2000+500", None, "expression"),
    ("2×1500", None, "expression"), ("二万", None, "words"), ("一千五百", None, "words"), ("1200；1300", None, "two"), ("12,00", None, "grouping"),
    ("", None, ""), ("/", None, ""), ("—", None, ""), ("无", None, ""), ("3000元/月", None, "a rate"), ("化肥2包", None, "no money"),
]  # fmt: skip
Day = tuple[date, str] | None
DAYS: list[tuple[object, Day, str]] = [
    ("2018.6.12", (date(2018, 6, 12), "day"), ""), ("2018年6月12日", (date(2018, 6, 12), "day"), ""), ("20180612", (date(2018, 6, 12), "day"), ""),
    (20180612, (date(2018, 6, 12), "day"), ""), (43263, (date(2018, 6, 12), "day"), ""), ("2018/6/12 0:00:00", (date(2018, 6, 12), "day"), ""),
    ("2018-06-12", (date(2018, 6, 12), "day"), ""), ("2018.06.12", (date(2018, 6, 12), "day"), ""), ("18.6.12", (date(2018, 6, 12), "day"), ""),
    ("２０１８年６月１２日", (date(2018, 6, 12), "day"), ""), ("2018年6月12号", (date(2018, 6, 12), "day"), ""), ("6月12日", (date(2018, 6, 12), "day"), ""),
    ("2018年6月", (date(2018, 6, 1), "month"), ""), ("2018.6", (date(2018, 6, 1), "month"), ""), ("201806", (date(2018, 6, 1), "month"), ""),
    (201806, (date(2018, 6, 1), "month"), ""), ("2018.10", (date(2018, 10, 1), "month"), ""), ("2018年6月中旬", (date(2018, 6, 1), "month"), ""),
    ("2018年底", (date(2018, 1, 1), "year"), ""), ("2018年上半年", (date(2018, 1, 1), "half"), ""), ("2018年第三季度", (date(2018, 7, 1), "quarter"), ""),
    (2018.1, None, "january or october"), ("2018-6-31", None, "impossible"), ("2018.13.1", None, "impossible"), ("2018.2.29", None, "impossible"),
    ("2018.6-2018.9", None, "span"), ("2018.6.12、2018.7.3", None, "two days"), ("已发", None, "no date"), ("2081.6.12", None, "future"),
    ("", None, ""), ("不详", None, ""), ("二〇一八年六月十二日", (date(2018, 6, 12), "day"), ""),
]  # fmt: skip


def amounts_and_days(district: District) -> Book:
    """Grants of one kind: the household is named by its code, the amount and the day are written in every way there is."""
    book = Book("2018年产业奖补发放明细.xlsx", "openpyxl")
    sheet = book.sheet("奖补")
    sheet.title("2018年到户产业奖补资金发放明细表", 4)
    sheet.add("header", ["户编号", "户主姓名", "补助金额（元）", "发放时间"])
    homes = [*district.of(2018, "石井镇"), *district.of(2018, "万宝镇", "枫坪村")]
    for place in range(max(len(AMOUNTS), len(DAYS))):
        amount, value, bad = AMOUNTS[place % len(AMOUNTS)]
        day, when, spoiled = DAYS[place % len(DAYS)]
        cells: Cells = [
            ("household_code", Written(Cell(homes[place].code[2018]), None)),
            ("head_name", Written(Cell(homes[place].head(2018).name), None)),
            ("amount", Written(Cell(amount), value, aside=bad)),
            ("aid_date", Written(Cell(day), when, aside=spoiled)),
        ]
        put(
            sheet,
            "aid",
            cells,
            {"household_id": homes[place].hid},
            {"aid_kind_code": "industry_support", "aid_year": 2018},
        )
    return book


def identities(district: District) -> Book:
    """Check-ups of people whose ID number is written in every way; the household is not named."""
    book = Book("万宝镇2018年体检名单.xlsx", "xlsxwriter")
    sheet = book.sheet("体检")
    sheet.title("万宝镇2018年健康体检登记表", 3)
    sheet.add("header", ["姓名", "身份证号码", "体检时间"])
    ways = [
        lambda text: text, lambda text: text.lower(), lambda text: f" {text[:6]} {text[6:14]} {text[14:]}", lambda text: text + "\t",
        lambda text: "'" + text, lambda text: text.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")), lambda text: text.replace("X", "х"),
        lambda text: text + "42", lambda text: text[:6] + "\n" + text[6:], lambda text: "G" + text,
    ]  # fmt: skip
    people = [one for home in district.of(2018, "万宝镇") for one, _ in home.roster[2018]]
    with_x = [one for one in people if one.id_number.endswith("X")]
    chosen = [with_x[0] if place in (1, 6) and with_x else people[place * 3] for place in range(len(ways))]
    for place, (way, person) in enumerate(zip(ways, chosen, strict=True)):
        cells: Cells = [
            ("name", Written(Cell(person.name), None)),
            ("id_number", Written(Cell(way(person.id_number)), None)),
            ("checkup_date", Written(Cell(f"2018年5月{place + 1}日"), (date(2018, 5, place + 1), "day"))),
        ]
        put(sheet, "checkups", cells, {"person_id": person.pid})
    return book


def villages(district: District) -> Book:
    """One household per way of writing its village; a village that nobody knows is set aside."""
    book = Book("万宝镇2021年危房改造补助.xlsx", "openpyxl")
    sheet = book.sheet("危改")
    sheet.title("2021年农村危房改造补助资金发放表", 4)
    sheet.add("header", ["行政村", "户主姓名", "户主身份证号", "补助金额"])
    ways = ["{}", "{}委会", "万宝镇{}", "娄星区万宝镇{}", " {} ", "{}村民委员会", "{}居委会"]
    village = max(("青石村", "枫坪村", "柳溪村"), key=lambda name: len(district.of(2020, "万宝镇", name)))
    homes = district.of(2020, "万宝镇", village)
    for way, home in zip(ways, homes[:-1], strict=False):
        _village_row(sheet, home, way.format(village[:-1] if way == "{}村民委员会" else village), village)
    _village_row(sheet, homes[-1], "无名村", None)
    return book


def _village_row(sheet, home, written: str, village: str | None) -> None:  # type: ignore[no-untyped-def]
    person = home.head(2020)
    cells: Cells = [
        ("village", Written(Cell(written), village, aside="" if village else "unknown")),
        ("head_name", Written(Cell(person.name), None)),
        ("head_id_number", Written(Cell(person.id_number), None)),
        ("amount", Written(Cell(14000), 14000.0)),
    ]
    one = put(sheet, "aid", cells, {"household_id": home.hid}, {"aid_kind_code": "house_renovation", "aid_year": 2021})
    one.values["village"] = village


def write(district: District) -> list[Book]:
    """All lists of ways of writing."""
    return [amounts_and_days(district), identities(district), villages(district)]
