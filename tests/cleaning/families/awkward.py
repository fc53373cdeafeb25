"""Families that are awkward to read: gaps, error cells, text all over, very long or wide, spacer rows, four header levels."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from tests.cleaning.corpus.page import Page
from tests.cleaning.families import made_up
from tests.cleaning.families.drawing import Drawing, bottom, figure, some, top


def gaps(rng: random.Random, name: str) -> Page:
    """Up to a third of the figures missing, or a dash, dots or 无 in their place."""
    drawing = Drawing(rng, "gaps among the figures")
    columns = some(rng, made_up.COLUMNS, rng.randint(4, 8))
    top(drawing, len(columns) + 1)
    drawing.header(["乡镇", *columns])
    missing = rng.choice((None, "-", "—", "…", "无", "n.a."))
    for place in some(rng, made_up.PLACES, rng.randint(6, 20)):
        cells = [missing if rng.random() < 0.33 else figure(rng, "whole") for _ in columns]
        cells[rng.randrange(len(cells))] = figure(rng, "whole")
        drawing.row("data", place, *cells)
    if rng.random() < 0.5:
        drawing.row("total", rng.choice(made_up.TOTALS), *(figure(rng, "whole") for _ in columns))
    bottom(drawing, len(columns) + 1)
    return drawing.page(name)


def error_cells(rng: random.Random, name: str) -> Page:
    """Some figures are error values, kept beside the sheet as cells that cannot be read."""
    drawing = Drawing(rng, "error cells")
    columns = some(rng, made_up.COLUMNS, rng.randint(2, 5))
    top(drawing, len(columns) + 1)
    drawing.header(["村名", *columns])
    start = len(drawing.rows)
    for place in some(rng, made_up.PLACES, rng.randint(5, 15)):
        drawing.row("data", place, *(figure(rng, "float") for _ in columns))
    stop = len(drawing.rows)
    drawing.row("total", "合计", *(figure(rng, "float") for _ in columns))
    page = drawing.page(name)
    values = page.sheet.values.copy()
    unreadable = {}
    for _ in range(rng.randint(1, 6)):
        cell = rng.randrange(start, stop), rng.randint(1, len(columns))
        unreadable[cell] = ("error_cell", rng.choice(("#REF!", "#DIV/0!", "#N/A", "#VALUE!")))
        values[cell] = None
    return replace(page, sheet=replace(page.sheet, values=values, unreadable=unreadable))


def text_file(rng: random.Random, name: str) -> Page:
    """As a CSV file gives it: every cell text, nothing merged, title and notes in the first column."""
    drawing = Drawing(rng, "text file")
    columns = some(rng, made_up.COLUMNS, rng.randint(2, 6))
    if rng.random() < 0.6:
        drawing.row("title", rng.choice(("收入台账", "2018年村情统计", "户情登记")))
    drawing.header(["序号", "村名", *columns])
    for number, place in enumerate(some(rng, made_up.PLACES, rng.randint(4, 20)), start=1):
        drawing.row("data", str(number), place, *(str(figure(rng, "float")) for _ in columns))
    if rng.random() < 0.5:
        drawing.row("total", "合计", None, *(str(figure(rng, "float")) for _ in columns))
    if rng.random() < 0.4:
        drawing.row("footer", rng.choice(("注：数据截至年底。", "填表人：张三")))
    return drawing.page(name)


def long_list(rng: random.Random, name: str) -> Page:
    """Hundreds of rows, sums by village or none, the total far below."""
    drawing = Drawing(rng, "long list")
    drawing.row("title", "耕地地力保护补贴发放清册", across=5)
    drawing.header(["序号", "村名", "户主姓名", "面积（亩）", "金额（元）"])
    sums, number = rng.random() < 0.5, 0
    for village in some(rng, made_up.PLACES, rng.randint(3, 8)):
        for _ in range(rng.randint(8, 40)):
            number += 1
            drawing.row(
                "data", float(number), village, rng.choice(made_up.PEOPLE), figure(rng, "share"), figure(rng, "float")
            )
        if sums:
            drawing.row("subtotal", None, "小计", None, figure(rng, "float"), figure(rng, "float"))
    drawing.row("total", None, "总计" if sums else "合计", None, figure(rng, "float"), figure(rng, "float"))
    return drawing.page(name)


def very_wide(rng: random.Random, name: str) -> Page:
    """Forty to ninety columns under groups of months or years."""
    drawing = Drawing(rng, "very wide")
    leaves = [f"{month}月" for month in range(1, 13)] if rng.random() < 0.5 else ["计划", "完成", "完成率%"]
    groups = [(indicator, leaves) for indicator in some(rng, made_up.INDICATORS, 4 if len(leaves) == 12 else 15)]
    width = 1 + len(groups) * len(leaves)
    drawing.row("title", "分月指标汇总", across=width)
    drawing.tree("乡镇", groups)
    for place in some(rng, made_up.PLACES, rng.randint(4, 9)):
        drawing.row("data", place, *(figure(rng, "float") for _ in range(width - 1)))
    drawing.row("total", "合计", *(figure(rng, "float") for _ in range(width - 1)))
    return drawing.page(name)


def spacer_rows(rng: random.Random, name: str) -> Page:
    """Empty rows between title, unit, header and rows, and between groups of rows, for the eye."""
    drawing = Drawing(rng, "spacer rows")
    columns = some(rng, made_up.COLUMNS, rng.randint(2, 6))
    drawing.row("title", "各县主要指标")
    drawing.blank(rng.randint(0, 2))
    if rng.random() < 0.6:
        drawing.row("unit", *[None] * len(columns), "单位：万元")
        drawing.blank(rng.randint(0, 1))
    drawing.header(["地 区", *columns])
    drawing.blank(rng.randint(0, 1))
    drawing.row("total", "全　市", *(figure(rng, "float") for _ in columns))
    drawing.blank(rng.randint(0, 1))
    every = rng.randint(3, 6)
    for position, place in enumerate(some(rng, made_up.PLACES, rng.randint(8, 20))):
        if position and position % every == 0:
            drawing.blank()
        drawing.row("data", place, *(figure(rng, "float") for _ in columns))
    drawing.blank(rng.randint(0, 2))
    drawing.row("footer", "注：本表按当年价格计算。")
    return drawing.page(name)


def four_levels(rng: random.Random, name: str) -> Page:
    """A pyramid of merged headers, four rows deep, over figures by village."""
    drawing = Drawing(rng, "four header levels")
    width = 10
    top(drawing, width)
    first = len(drawing.rows)
    levels: list[list[Any]] = [
        ["序号", "村名", "收入情况", *[None] * 6, "备注"],
        [None, None, "总收入", "生产经营性", None, None, "转移性", None, None, None],
        [None, None, None, "合计", "其中", None, "合计", "其中", None, None],
        [None, None, None, None, "种植业", "养殖业", None, "低保金", "养老金", None],
    ]
    for top_row, left, bottom_row, right in (
        (0, 0, 3, 0),
        (0, 1, 3, 1),
        (0, 2, 0, 8),
        (0, 9, 3, 9),
        (1, 2, 3, 2),
        (1, 3, 1, 5),
        (1, 6, 1, 8),
        (2, 3, 3, 3),
        (2, 4, 2, 5),
        (2, 6, 3, 6),
        (2, 7, 2, 8),
    ):
        drawing.merge(first + top_row, left, first + bottom_row, right)
    if rng.random() < 0.4:
        levels.append([float(column + 1) for column in range(width)])
    names = ["序号", "村名", "收入情况/总收入"]
    for group, parts in (("生产经营性", ("种植业", "养殖业")), ("转移性", ("低保金", "养老金"))):
        names += [f"收入情况/{group}/合计", *(f"收入情况/{group}/其中/{part}" for part in parts)]
    drawing.header(*levels, names=[*names, "备注"])
    for number, place in enumerate(some(rng, made_up.PLACES, rng.randint(4, 16)), start=1):
        drawing.row("data", float(number), place, *(figure(rng, "whole") for _ in range(7)))
    if rng.random() < 0.6:
        drawing.row("total", "合计", None, *(figure(rng, "whole") for _ in range(7)), across=2)
    bottom(drawing, width)
    return drawing.page(name)


def english_panels(rng: random.Random, name: str) -> Page:
    """Panels under headings in capitals, each with the same stubs; figures as text with commas or numbers."""
    drawing = Drawing(rng, "English panels")
    years = [float(year) for year in range(2008, 2008 + rng.randint(3, 6))]
    top(drawing, len(years) + 1, english=True)
    drawing.header(["Country", *years], names=["Country", *(str(int(year)) for year in years)])
    form = rng.choice(("float", "whole", "text"))
    countries = some(rng, made_up.COUNTRIES, rng.randint(3, 7))
    for panel in some(rng, ["BIRTHS", "DEATHS", "MARRIAGES", "Men", "Women", "Rural areas"], rng.randint(2, 3)):
        drawing.row("section", panel)
        for country in countries:
            drawing.row("data", rng.choice(("", "  ")) + country, *(figure(rng, form) for _ in years))
    bottom(drawing, len(years) + 1, english=True)
    return drawing.page(name)


def figures_like_years(rng: random.Random, name: str) -> Page:
    """All figures lie between 1960 and 2040, under names or under years."""
    drawing = Drawing(rng, "figures that look like years")
    first = rng.randint(2000, 2014)
    count = rng.randint(2, 5)
    heads: list[Any] = [float(year) for year in range(first, first + count)] if rng.random() < 0.5 else []
    columns = [str(int(head)) for head in heads] or some(rng, made_up.COLUMNS, count)
    top(drawing, count + 1)
    drawing.header(["村名", *(heads or columns)], names=["村名", *columns])
    lines = [("data", place) for place in some(rng, made_up.PLACES, rng.randint(4, 15))]
    if rng.random() < 0.5:
        lines.insert(rng.choice((0, len(lines))), ("total", rng.choice(made_up.TOTALS)))
    for kind, label in lines:
        drawing.row(kind, label, *(float(rng.randint(1960, 2040)) for _ in range(count)))
    bottom(drawing, count + 1)
    return drawing.page(name)


def no_header(rng: random.Random, name: str) -> Page:
    """The second page of a list: rows of people, or of places and figures, without any header."""
    drawing = Drawing(rng, "no header")
    if rng.random() < 0.4:
        drawing.row("title", rng.choice(("补贴发放清册", "各村人口", "人员名单")))
    people, start = rng.random() < 0.5, rng.randint(1, 60)
    for number in range(start, start + rng.randint(6, 20)):
        if people:
            drawing.row(
                "data", float(number), rng.choice(made_up.PEOPLE), rng.choice(made_up.PLACES), figure(rng, "float")
            )
        else:
            drawing.row("data", rng.choice(made_up.PLACES), *(figure(rng, "whole") for _ in range(3)))
    return drawing.page(name)


FAMILIES = (
    figures_like_years,
    no_header,
    gaps,
    error_cells,
    text_file,
    long_list,
    very_wide,
    spacer_rows,
    four_levels,
    english_panels,
)
