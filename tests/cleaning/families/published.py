"""Families after what is published: yearbooks with English beside Chinese, lists by province, budgets by code, ledgers."""

from __future__ import annotations

import random
from typing import Any

from tests.cleaning.corpus.page import Page
from tests.cleaning.families import made_up
from tests.cleaning.families.drawing import Drawing, bottom, figure, some, top


def yearbook_with_english(rng: random.Random, name: str) -> Page:
    """Title and unit in two languages, three header rows (group, name, English), a label column at either end."""
    drawing = Drawing(rng, "yearbook in two languages")
    groups = [
        (group, some(rng, ["总数", "新增", "注销", "年末数"], 2))
        for group in some(rng, made_up.COLUMNS, rng.randint(1, 3))
    ]
    leaves = [(group, leaf) for group, mine in groups for leaf in mine]
    last = rng.random() < 0.3
    width = 1 + len(leaves) + last
    drawing.row(
        "title", f"{rng.randint(1, 20)}-{rng.randint(1, 30)} {rng.choice(('各省情况', '分地区情况'))}", across=width
    )
    drawing.row("title", "Statistics by Region", across=width)
    if rng.random() < 0.7:
        drawing.row("unit", *[None] * (width - 1), rng.choice(("单位：万人", "单位:亿元", "(万元)")))
    first = len(drawing.rows)
    upper: list[Any] = ["地　区"]
    middle: list[Any] = [None]
    for group, mine in groups:
        drawing.merge(first, len(upper), first, len(upper) + len(mine) - 1)
        upper += [group, *[None] * (len(mine) - 1)]
        middle += mine
    english: list[Any] = ["Region", *some(rng, made_up.ENGLISH, len(leaves))]
    drawing.merge(first, 0, first + 1, 0)
    names = ["地　区/Region"]
    names += [f"{group}/{leaf}/{word}" for (group, leaf), word in zip(leaves, english[1:], strict=True)]
    if last:
        upper.append("Region")
        drawing.merge(first, width - 1, first + 2, width - 1)
        names.append("Region")
    drawing.header(upper, middle, english, names=names)
    lines = [("total", rng.choice(("全　国", "合　计", "全国")))]
    lines += [("data", province) for province in some(rng, made_up.PROVINCES, rng.randint(6, 19))]
    for kind, label in lines:
        tail = ["Total" if kind == "total" else f"Province {rng.randint(1, 30)}"] if last else []
        drawing.row(kind, label, *(figure(rng, "float") for _ in leaves), *tail)
    bottom(drawing, width)
    return drawing.page(name)


def by_province(rng: random.Random, name: str) -> Page:
    """A list in sections with stated counts, merged or not, numbers running on or beginning anew."""
    drawing = Drawing(rng, "list by province")
    merged, anew = rng.random() < 0.6, rng.random() < 0.5
    columns = some(rng, ["主管部门", "所在地", "办学层次", "标识码"], rng.randint(2, 4))
    width = 2 + len(columns)
    drawing.row("title", "全国高等学校名单", across=width)
    if rng.random() < 0.5:
        drawing.row("title", "（截至2019年6月15日）", across=width)
    drawing.header(["序号", "学校名称", *columns])
    number = 0
    for province in some(rng, made_up.PROVINCES, rng.randint(2, 6)):
        count = rng.randint(2, 8)
        drawing.row("section", f"{province}（{count}所）", across=width if merged else 0)
        number = 0 if anew else number
        for _ in range(count):
            number += 1
            cells = {
                "主管部门": rng.choice(("教育部", f"{province}教育厅")),
                "所在地": rng.choice(("石城市", "江州市", "平阳市")),
                "办学层次": rng.choice(("本科", "专科")),
                "标识码": f"41{rng.randint(10**8, 10**9 - 1)}",
            }
            school = f"{rng.choice(made_up.PLACES)[:2]}{rng.choice(('师范', '理工', '医科', '财经'))}{rng.choice(('大学', '学院'))}"
            drawing.row("data", float(number), school, *(cells[column] for column in columns))
    if rng.random() < 0.3:
        drawing.row("footer", "说明：名单未包含军事院校。", across=width)
    return drawing.page(name)


def functional_codes(rng: random.Random, name: str) -> Page:
    """Expenditure by code: codes as text, names indented by rank, the total first or last, columns numbered or not."""
    drawing = Drawing(rng, "expenditure by code")
    drawing.row("title", "一般公共预算支出表", across=5)
    drawing.row("unit", *[None] * rng.choice((0, 4)), "单位：万元")
    levels: list[list[Any]] = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    numbers = rng.random() < 0.4
    first = len(drawing.rows)
    if numbers:
        levels.append(["栏次", None, 1.0, 2.0, 3.0])
        drawing.merge(first + 1, 0, first + 1, 1)
    drawing.header(*levels, names=["科目编码", "科目名称", "合计", "基本支出", "项目支出"])
    where = rng.choice(("first", "last"))
    total = [None, rng.choice(("合计", "合 计", "总计")), *(figure(rng, "float") for _ in range(3))]
    if where == "first":
        drawing.row("total", *total)
    for group in range(201, 201 + rng.randint(2, 5)):
        drawing.row("data", str(group), "一般公共服务支出", *(figure(rng, "float") for _ in range(3)))
        for part in range(1, rng.randint(2, 4)):
            code = f"{group}{part:02d}"
            drawing.row("data", code, "　财政事务", *(figure(rng, "float") for _ in range(3)))
            drawing.row("data", f"{code}01", "　　行政运行", *(figure(rng, "float") for _ in range(2)), None)
    if where == "last":
        drawing.row("total", *total)
    return drawing.page(name)


def households(rng: random.Random, name: str) -> Page:
    """Members of households, the household's cells merged down, repeated or only in its first row."""
    drawing = Drawing(rng, "members of households")
    width = 6
    top(drawing, width)
    drawing.header(["户编号", "户主", "姓名", "与户主关系", "性别", "出生日期"])
    style = rng.choice(("merged", "repeated", "first"))
    for house in range(rng.randint(4, 9)):
        head = rng.choice(made_up.PEOPLE)
        start = len(drawing.rows)
        members = ["户主", *some(rng, ["配偶", "之子", "之女", "之母"], rng.randint(0, 4))]
        for position, relation in enumerate(members):
            shown = [f"4399020{house:04d}", head] if style == "repeated" or position == 0 else [None, None]
            person = head if position == 0 else rng.choice(made_up.PEOPLE)
            born = f"{rng.randint(1940, 2015)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
            drawing.row("data", *shown, person, relation, rng.choice("男女"), born)
        if style == "merged":
            for column in (0, 1):
                drawing.merge(start, column, len(drawing.rows) - 1, column)
    return drawing.page(name)


def project_groups(rng: random.Random, name: str) -> Page:
    """Projects under headings merged over the table, or under headings with their sums; the total first or last."""
    drawing = Drawing(rng, "projects in groups")
    width = 5
    top(drawing, width)
    drawing.header(["序号", "项目名称", "建设地点", "责任单位", "投资（万元）"])
    with_sums, first = rng.random() < 0.5, rng.random() < 0.4
    total = [None, rng.choice(("合计", "合 计", "总计")), None, None, figure(rng, "float")]
    if first:
        drawing.row("total", *total)
    number = 0
    for group, kind in zip(
        "一二三四", some(rng, ["产业发展", "基础设施", "教育扶贫", "危房改造"], rng.randint(2, 4)), strict=False
    ):
        if with_sums:
            drawing.row("subtotal", f"{group}、{kind}", None, None, None, figure(rng, "float"))
        else:
            drawing.row("section", f"{group}、{kind}", across=width)
        for _ in range(rng.randint(2, 6)):
            number += 1
            project = f"{rng.choice(made_up.PLACES)}{rng.choice(('道路硬化', '水池', '光伏电站', '蔬菜大棚'))}"
            office = rng.choice(("区交通局", "区水利局", "区能源办"))
            drawing.row("data", float(number), project, rng.choice(made_up.PLACES), office, figure(rng, "float"))
    if not first:
        drawing.row("total", *total)
    bottom(drawing, width)
    return drawing.page(name)


def months_across(rng: random.Random, name: str) -> Page:
    """A column for every month: 1月 or 1, under a group or not, a sum at the right and at the bottom."""
    drawing = Drawing(rng, "months across")
    plain, grouped = rng.random() < 0.5, rng.random() < 0.4
    months: list[Any] = [float(month) if plain else f"{month}月" for month in range(1, 13)]
    written = [str(int(month)) if plain else month for month in months]
    width = 14
    top(drawing, width)
    if grouped:
        first = len(drawing.rows)
        drawing.merge(first, 0, first + 1, 0)
        drawing.merge(first, 1, first, 12)
        drawing.merge(first, 13, first + 1, 13)
        drawing.header(
            ["乡镇", "月份", *[None] * 11, "全年"],
            [None, *months, None],
            names=["乡镇", *(f"月份/{month}" for month in written), "全年"],
        )
    else:
        drawing.header(["乡镇", *months, "全年"], names=["乡镇", *written, "全年"])
    for place in some(rng, made_up.PLACES, rng.randint(4, 14)):
        drawing.row("data", place, *(figure(rng, "float") for _ in range(13)))
    if rng.random() < 0.5:
        drawing.row("total", rng.choice(("合计", "合 计")), *(figure(rng, "float") for _ in range(13)))
    bottom(drawing, width)
    return drawing.page(name)


def one_row(rng: random.Random, name: str) -> Page:
    """A header and one or two rows of figures."""
    drawing = Drawing(rng, "one or two rows")
    columns = some(rng, made_up.COLUMNS, rng.randint(3, 8))
    label = rng.random() < 0.7
    top(drawing, len(columns) + label)
    drawing.header([*(["村名"] if label else []), *columns])
    for place in some(rng, made_up.PLACES, rng.randint(1, 2)):
        drawing.row("data", *([place] if label else []), *(figure(rng, "whole") for _ in columns))
    return drawing.page(name)


def labels_beside(rng: random.Random, name: str) -> Page:
    """Indicators in groups: the group's name merged down at the left, a column of units, years across."""
    drawing = Drawing(rng, "groups of indicators at the left")
    first = rng.randint(2008, 2016)
    years = [f"{year}年" for year in range(first, first + rng.randint(2, 4))]
    width = 3 + len(years)
    top(drawing, width)
    drawing.header(["类别", "指标", "单位", *years])
    indicators = iter(some(rng, made_up.INDICATORS, 18))
    for group in some(rng, ["经济", "社会", "民生", "生态"], rng.randint(2, 4)):
        start = len(drawing.rows)
        for line in range(rng.randint(1, 4)):
            unit = rng.choice(("万元", "人", "吨", "%"))
            drawing.row(
                "data", group if line == 0 else None, next(indicators), unit, *(figure(rng, "float") for _ in years)
            )
        drawing.merge(start, 0, len(drawing.rows) - 1, 0)
    bottom(drawing, width)
    return drawing.page(name)


def english_words_broken(rng: random.Random, name: str) -> Page:
    """English column names broken over two or three rows, bottom-aligned; a unit line above."""
    drawing = Drawing(rng, "English names broken over rows")
    words = [
        ("Number", "of farms"),
        ("Average", "size", "(acres)"),
        ("Land", "in farms"),
        ("Value", "added"),
        ("Sales",),
    ]
    chosen = rng.sample(words, rng.randint(2, 5))
    depth = max(2, *(len(one) for one in chosen))
    width = 1 + len(chosen)
    drawing.row("title", f"Table {rng.randint(1, 40)}. Farms by state")
    if rng.random() < 0.5:
        drawing.row("unit", "(In thousands)")
    levels: list[list[Any]] = []
    for level in range(depth):
        cells: list[Any] = ["State" if level == depth - 1 else None]
        cells += [one[level - depth + len(one)] if level >= depth - len(one) else None for one in chosen]
        levels.append(cells)
    drawing.header(*levels, names=["State", *("/".join(one) for one in chosen)])
    for state in range(rng.randint(5, 18)):
        drawing.row(
            "data", f"State {chr(65 + state)}{rng.choice(('', ' 1/'))}", *(figure(rng, "whole") for _ in chosen)
        )
    bottom(drawing, width, english=True)
    return drawing.page(name)


FAMILIES = (
    yearbook_with_english,
    by_province,
    functional_codes,
    households,
    project_groups,
    months_across,
    one_row,
    labels_beside,
    english_words_broken,
)
