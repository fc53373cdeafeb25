"""Made-up ledgers of 40 columns as large as asked for, written row by row, to measure reading with."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

HEADERS = [
    header
    for line in (
        "序号 乡镇 村 组 户编号 户主姓名 证件号码 家庭人口 姓名 与户主关系",
        "性别 民族 出生日期 文化程度 在校生状况 健康状况 劳动技能 务工区域 务工时间（月） 是否参加医疗保险",
        "脱贫属性 主要致贫原因 其他致贫原因 识别时间 脱贫年度 人均纯收入（元） 工资性收入 生产经营性收入 财产性收入 转移性收入",
        "低保金 养老金 耕地面积（亩） 林地面积（亩） 住房面积（平方米） 危房户 饮水是否安全 帮扶责任人 联系电话 备注",
    )
    for header in line.split()
]
ERRORS_EVERY, FORMULAS_EVERY, UNCALCULATED_EVERY = 997, 7, 4_999  # rows


def records(count: int, luck: Random) -> Iterator[list[Any]]:
    """Made-up people in households of four, the head first; the region code 439902 exists nowhere."""
    household: list[Any] = []
    for number in range(count):
        if number % SIZE == 0:
            household = household_cells(number // SIZE, luck)
        name, born, sex, identity = person(luck)
        if number % SIZE == 0:
            household[HEAD_NAME] = name
        cells = household.copy()
        cells[0], cells[ID_NUMBER], cells[NAME], cells[BORN] = number + 1, identity, name, born
        cells[RELATION], cells[SEX] = ("户主", "配偶", "之子", "之女")[number % SIZE], sex
        for column, choices in OF_A_PERSON.items():
            cells[column] = luck.choice(choices)
        cells[PHONE] = f"139{luck.randrange(10**8):08d}"
        cells[NOTE] = None if number % 20 else f"备注{number}"
        yield cells


SIZE = 4
HEAD_NAME, ID_NUMBER, NAME, RELATION, SEX, BORN, PHONE, NOTE = 5, 6, 8, 9, 10, 12, 38, 39
OF_A_PERSON: dict[int, tuple[Any, ...]] = {
    13: ("小学", "初中", "高中", "文盲或半文盲"),
    14: (None, "非在校生", "小学"),
    15: ("健康", "长期慢性病", "残疾"),
    16: ("普通劳动力", "技能劳动力", "无劳动力"),
    17: (None, "省内县外", "乡镇内"),
    18: (None, 6, 10, 11),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def person(luck: Random) -> tuple[str, datetime.date, str, str]:
    """Name, day of birth, sex and a number whose check digit is right."""
    name = luck.choice("王李张刘陈杨黄赵") + luck.choice("伟芳娜敏静丽强磊") + luck.choice("洋勇艳杰娟涛")
    born = datetime.date(1940, 1, 1) + datetime.timedelta(luck.randrange(28_000))
    serial = luck.randrange(1_000)
    body = f"439902{born:%Y%m%d}{serial:03d}"
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
    return name, born, "男" if serial % 2 else "女", body + check


def household_cells(number: int, luck: Random) -> list[Any]:
    """The cells that all people of a household share, in their places."""
    is_out = luck.random() < 0.6
    return [
        None,
        ("杉山镇", "万宝镇", "石井镇", "双江乡")[number // 12 % 4],
        f"{'杉茶双石小大百'[number // 3 % 7]}{'山园江井碧科亭'[number // 21 % 7]}村",
        f"{number % 9 + 1}组",
        f"439902{number:08d}",
        None,
        None,
        SIZE,
        *[None] * 3,
        "汉族",
        *[None] * 7,
        "是",
        "已脱贫" if is_out else "未脱贫",
        luck.choice(("因病", "因残", "缺技术")),
        luck.choice((None, None, "缺资金")),
        datetime.date(2014, 1, 1) + datetime.timedelta(luck.randrange(1_000)),
        luck.choice((2016, 2017, 2018)) if is_out else None,
        *(round(luck.uniform(100, 20_000), 2) for _ in range(5)),
        luck.choice((None, 3_600)),
        luck.choice((None, 1_236)),
        round(luck.uniform(0, 9), 1),
        round(luck.uniform(0, 9), 1),
        luck.randint(60, 200),
        "否",
        "是",
        "王伟洋",
        None,
        None,
    ]


class Ledger:
    """One workbook as XML, written row by row; texts are shared, as office programs keep them.

    `sound`: without error cells and formulas.
    """

    def __init__(self, rows: int, seed: int, *, sound: bool = False) -> None:
        from louxing_analysis.sample.package import Page, address, serial, xlsx_bytes
        from louxing_analysis.sample.styles import style_for

        self.rows, self.luck, self.texts, self.sound = rows, Random(seed), dict[str, int](), sound
        self.address, self.serial = address, serial
        self.day = style_for("date")
        self.skeleton = xlsx_bytes([Page("花名册", [], [], [])], "")

    def cell(self, row: int, column: int, value: Any) -> str:
        where = self.address(row, column)
        if value is None:
            return f'<c r="{where}" s="1"/>'
        if isinstance(value, str):
            return f'<c r="{where}" s="1" t="s"><v>{self.texts.setdefault(value, len(self.texts))}</v></c>'
        if isinstance(value, datetime.date):
            return f'<c r="{where}" s="{self.day}"><v>{self.serial(value)}</v></c>'
        if self.sound:
            return f'<c r="{where}" s="1"><v>{value}</v></c>'
        if column == 25 and row % ERRORS_EVERY == 0:
            return f'<c r="{where}" s="1" t="e"><v>#N/A</v></c>'
        if column == 26 and row % UNCALCULATED_EVERY == 0:
            return f'<c r="{where}" s="1"><f>Z{row + 1}*12</f></c>'
        if column == 26 and row % FORMULAS_EVERY == 0:
            return f'<c r="{where}" s="1"><f>Z{row + 1}*12</f><v>{value}</v></c>'
        return f'<c r="{where}" s="1"><v>{value}</v></c>'

    def lines(self) -> Iterator[str]:
        """The rows: title, header, records, total, footer."""
        last = self.rows + 2
        top = [(0, ["2018年贫困人口花名册"]), (1, HEADERS)]
        body = enumerate(records(self.rows, self.luck), start=2)
        bottom = [(last, ["合计", *[None] * 6, self.rows]), (last + 1, ["填表人：王某"])]
        for source in (top, body, bottom):
            for row, values in source:
                cells = (self.cell(row, column, value) for column, value in enumerate(values))
                yield f'<row r="{row + 1}">{"".join(cells)}</row>'

    def write(self, path: Path) -> None:
        with (
            zipfile.ZipFile(io.BytesIO(self.skeleton)) as old,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            sheet, shared = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
            for name in old.namelist():
                if name not in (sheet, shared):
                    new.writestr(name, old.read(name))
            head, _, tail = old.read(sheet).partition(b"<sheetData></sheetData>")
            with new.open(sheet, "w", force_zip64=True) as part:
                part.write(head + b"<sheetData>")
                for line in self.lines():
                    part.write(line.encode())
                part.write(b"</sheetData>" + tail)
            head, _, tail = old.read(shared).partition(b"</sst>")
            items = "".join(f"<si><t>{text}</t></si>" for text in self.texts)
            new.writestr(shared, head + items.encode() + b"</sst>" + tail)
