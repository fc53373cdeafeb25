"""Families whose header has two to four rows: groups merged or not, bilingual rows, units and column numbers under them."""

from __future__ import annotations

import random
from typing import Any

from tests.cleaning.corpus.page import Page
from tests.cleaning.families import made_up
from tests.cleaning.families.drawing import Drawing, bottom, figure, some, top

_SPLITS = (
    ("男", "女"),
    ("城镇", "乡村"),
    ("2014年", "2015年"),
    ("计划", "实际"),
    ("合计", "其中：省内"),
    ("户数", "人数", "金额"),
    ("上年", "本年", "增减%"),
)


def _groups(rng: random.Random, singles: bool = True) -> list[tuple[str, list[str]]]:
    leaves = list(rng.choice(_SPLITS))
    groups = [(column, leaves) for column in some(rng, made_up.COLUMNS[2:], rng.randint(2, 4))]
    if singles and rng.random() < 0.5:
        groups.append((rng.choice(("备用金", "面积合算", "人均")), []))
    return groups


def _rows(drawing: Drawing, width: int, labels: list[str], total: bool = True) -> None:
    rng = drawing.rng
    form = rng.choice(("float", "whole", "text"))
    where = rng.choice(("first", "last", "none")) if total else "none"
    sums = [rng.choice(made_up.TOTALS), *(figure(rng, form) for _ in range(width - 1))]
    if where == "first":
        drawing.row("total", *sums)
    for label in labels:
        drawing.row("data", label, *(figure(rng, form) for _ in range(width - 1)))
    if where == "last":
        drawing.row("total", *sums)


def two_levels(rng: random.Random, name: str) -> Page:
    """Groups merged over their columns, the stub merged down."""
    drawing = Drawing(rng, "two header levels")
    groups = _groups(rng)
    width = 1 + sum(max(1, len(leaves)) for _, leaves in groups)
    top(drawing, width)
    drawing.tree(rng.choice(("乡镇", "地 区", "单位名称")), groups)
    _rows(drawing, width, some(rng, made_up.PLACES, rng.randint(4, 20)))
    bottom(drawing, width)
    return drawing.page(name)


def two_levels_unmerged(rng: random.Random, name: str) -> Page:
    """The same as it comes out of a text file: nothing merged."""
    drawing = Drawing(rng, "two header levels, nothing merged")
    groups = _groups(rng)
    width = 1 + sum(max(1, len(leaves)) for _, leaves in groups)
    if rng.random() < 0.7:
        drawing.row("title", "各乡镇情况统计")
    drawing.tree("乡镇", groups, merged=False)
    _rows(drawing, width, some(rng, made_up.PLACES, rng.randint(4, 20)))
    return drawing.page(name)


def three_levels(rng: random.Random, name: str) -> Page:
    """序号, names and a tree of three levels, column numbers under it or not."""
    drawing = Drawing(rng, "three header levels")
    people = rng.random() < 0.5
    stubs = ["序号", "村名" if not people else "户主姓名"]
    inner = [(one, ["户数", "人数"]) for one in some(rng, ["低保", "五保", "残疾", "务工"], rng.randint(2, 3))]
    leaf_count = 1 + sum(len(leaves) for _, leaves in inner)
    width = len(stubs) + leaf_count + 1
    top(drawing, width)
    first = len(drawing.rows)
    upper: list[Any] = [*stubs, "基本情况", *[None] * (leaf_count - 1), "备注"]
    middle: list[Any] = [None, None, "合计"]
    lower: list[Any] = [None, None, None]
    names = [*stubs, "基本情况/合计"]
    for group, leaves in inner:
        drawing.merge(first + 1, len(middle), first + 1, len(middle) + len(leaves) - 1)
        middle += [group, *[None] * (len(leaves) - 1)]
        lower += leaves
        names += [f"基本情况/{group}/{leaf}" for leaf in leaves]
    for column in (0, 1, width - 1):
        drawing.merge(first, column, first + 2, column)
    drawing.merge(first, 2, first, width - 2)
    drawing.merge(first + 1, 2, first + 2, 2)
    levels = [upper, middle, lower]
    if rng.random() < 0.4:
        levels.append([float(column) for column in range(1, width + 1)])
    drawing.header(*levels, names=[*names, "备注"])
    labels = some(rng, made_up.PEOPLE if people else made_up.PLACES, rng.randint(4, 18))
    for number, label in enumerate(labels, start=1):
        drawing.row("data", float(number), label, *(float(rng.randint(0, 900)) for _ in range(leaf_count)))
    if rng.random() < 0.6:
        sums = [float(rng.randint(900, 9999)) for _ in range(leaf_count)]
        drawing.row("total", rng.choice(("合计", "合 计")), None, *sums, across=2)
    bottom(drawing, width)
    return drawing.page(name)


def bilingual(rng: random.Random, name: str) -> Page:
    """Chinese names with English ones in the row below, one or two levels."""
    drawing = Drawing(rng, "bilingual header")
    pairs = list(zip(some(rng, made_up.COLUMNS, 6), some(rng, made_up.ENGLISH, 6), strict=False))[: rng.randint(2, 6)]
    width = len(pairs) + 1
    top(drawing, width)
    stub, stub_english = rng.choice((("年 份", "Year"), ("地 区", "Region")))
    drawing.header(
        [stub, *(chinese for chinese, _ in pairs)],
        [stub_english, *(english for _, english in pairs)],
        names=[f"{stub}/{stub_english}", *(f"{chinese}/{english}" for chinese, english in pairs)],
    )
    if stub == "年 份":
        first = rng.randint(1978, 2005)
        for year in range(first, first + rng.randint(5, 18)):
            drawing.row("data", float(year), *(figure(rng, "float") for _ in pairs))
    else:
        _rows(drawing, width, some(rng, made_up.PROVINCES, rng.randint(5, 18)))
    bottom(drawing, width)
    return drawing.page(name)


def units_below(rng: random.Random, name: str) -> Page:
    """A row of units under the names, with or without brackets."""
    drawing = Drawing(rng, "units in a row under the names")
    columns = some(rng, ["户数", "人口", "耕地面积", "粮食产量", "产值", "投资额"], rng.randint(2, 6))
    units = {"户数": "户", "人口": "人", "耕地面积": "亩", "粮食产量": "吨", "产值": "万元", "投资额": "亿元"}
    bracketed = rng.random() < 0.5
    width = len(columns) + 1
    if rng.random() < 0.8:
        drawing.row("title", "农村基本情况", across=width)
    written = [f"（{units[column]}）" if bracketed else units[column] for column in columns]
    drawing.header(["乡 镇", *columns], [None, *written], names=["乡 镇", *columns])
    _rows(drawing, width, some(rng, made_up.PLACES, rng.randint(4, 18)))
    bottom(drawing, width)
    return drawing.page(name)


def numbered_columns(rng: random.Random, name: str) -> Page:
    """甲 乙 1 2 3, or A B 1 2, or 1 2 3 under the names."""
    drawing = Drawing(rng, "rows of column numbers")
    columns = some(rng, made_up.COLUMNS, rng.randint(3, 7))
    width = len(columns) + 2
    top(drawing, width)
    style = rng.choice(("甲乙", "AB", "12", "(1)"))
    figures = range(1, len(columns) + 1)
    if style == "12":
        numbers: list[Any] = [float(number) for number in range(1, width + 1)]
    elif style == "(1)":
        numbers = [f"({number})" for number in range(1, width + 1)]
    else:
        numbers = [*style, *(float(number) for number in figures)]
    stubs = ["指标名称", "代码"]
    drawing.header([*stubs, *columns], numbers, names=[*stubs, *columns])
    for line, place in enumerate(some(rng, made_up.PLACES, rng.randint(4, 15)), start=1):
        drawing.row("data", place, f"{line:02d}", *(figure(rng, "float") for _ in columns))
    if rng.random() < 0.4:
        drawing.row("footer", "单位负责人：", None, "填表人：张三")
    return drawing.page(name)


def english_spanners(rng: random.Random, name: str) -> Page:
    """Spanners over years, the stub head at the bottom row, merged or not, headings without figures."""
    drawing = Drawing(rng, "English spanners")
    spans = some(rng, made_up.ENGLISH, rng.randint(2, 3))
    years = [str(year) for year in range(2012, 2012 + rng.randint(2, 3))]
    width = 1 + len(spans) * len(years)
    top(drawing, width, english=True)
    merged = rng.random() < 0.6
    first = len(drawing.rows)
    upper: list[Any] = [None]
    lower: list[Any] = ["Country"]
    names = ["Country"]
    for span in spans:
        if merged:
            drawing.merge(first, len(upper), first, len(upper) + len(years) - 1)
        upper += [span, *[None] * (len(years) - 1)]
        lower += [float(year) for year in years]
        names += [f"{span}/{year}" for year in years]
    drawing.header(upper, lower, names=names)
    if rng.random() < 0.4:
        drawing.row("total", "Total", *(figure(rng, "whole") for _ in range(width - 1)))
    headings = rng.random() < 0.4
    for position, country in enumerate(some(rng, made_up.COUNTRIES, rng.randint(6, 16))):
        if headings and position % 5 == 0:
            drawing.row("section", ("North", "South", "East", "West")[position // 5])
        drawing.row("data", country, *(figure(rng, "whole") for _ in range(width - 1)))
    bottom(drawing, width, english=True)
    return drawing.page(name)


def subtotals(rng: random.Random, name: str) -> Page:
    """Groups with their subtotal above or below, the group's name merged down or repeated, a total of all."""
    drawing = Drawing(rng, "subtotals by group")
    columns = some(rng, made_up.COLUMNS, rng.randint(2, 5))
    width = len(columns) + 2
    top(drawing, width)
    drawing.header(["乡镇", "村", *columns])
    merged, above = rng.random() < 0.5, rng.random() < 0.4
    total_first = rng.random() < 0.4
    total = [rng.choice(("总计", "总　计", "全区合计")), None, *(figure(rng, "whole") for _ in columns)]
    if total_first:
        drawing.row("total", *total, across=2)
    for place in some(rng, [place for place in made_up.PLACES if place[-1] in "镇乡"], rng.randint(2, 4)):
        start = len(drawing.rows)
        lines = [("data", f"{rng.choice('甲乙丙丁')}{rng.choice('湾冲岭塘')}{at}村") for at in range(rng.randint(2, 6))]
        sub = ("subtotal", rng.choice(made_up.SUBTOTALS))
        for kind, label in [sub, *lines] if above else [*lines, sub]:
            shown = place if not merged or len(drawing.rows) == start else None
            drawing.row(kind, shown, label, *(figure(rng, "whole") for _ in columns))
        if merged:
            drawing.merge(start, 0, len(drawing.rows) - 1, 0)
    if not total_first and rng.random() < 0.8:
        drawing.row("total", *total, across=2)
    bottom(drawing, width)
    return drawing.page(name)


FAMILIES = (
    two_levels,
    two_levels_unmerged,
    three_levels,
    bilingual,
    units_below,
    numbered_columns,
    english_spanners,
    subtotals,
)
