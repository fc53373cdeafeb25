"""Families that differ by how the sheet is laid out: side by side, stacked, on pages, moved, hidden, scanned."""

from __future__ import annotations

import random
from typing import Any

from tests.cleaning.corpus.page import Page
from tests.cleaning.families import made_up
from tests.cleaning.families.drawing import Drawing, bottom, figure, some, top


def side_by_side(rng: random.Random, name: str) -> Page:
    """The same header twice or three times in a row, an empty column between them or not."""
    drawing = Drawing(rng, "side by side")
    header = rng.choice((["姓名", "金额（元）"], ["年份", "产值", "增速（%）"], ["序号", "姓名", "村名", "面积（亩）"]))
    times, gap = rng.choice((2, 2, 3)), rng.random() < 0.5
    between: list[Any] = [None] if gap else []
    width = len(header) * times + (times - 1) * gap
    top(drawing, width)
    cells = [*header, *[cell for _ in range(times - 1) for cell in [*between, *header]]]
    drawing.header(cells, names=[cell or "" for cell in cells], side_by_side=times)
    lines = rng.randint(4, 15)
    people = iter(rng.sample(made_up.PEOPLE * 3, lines * times))
    fill = {
        "姓名": lambda line, part: next(people),
        "年份": lambda line, part: float(1980 + part * lines + line),
        "序号": lambda line, part: float(part * lines + line + 1),
        "村名": lambda line, part: rng.choice(made_up.PLACES),
    }
    short = rng.random() < 0.5
    for line in range(lines):
        row: list[Any] = []
        for part in range(times):
            row += between if part else []
            if short and part == times - 1 and line == lines - 1:
                row += [None] * len(header)
            else:
                row += [
                    fill[column](line, part) if column in fill else round(rng.uniform(1, 900), 1) for column in header
                ]
        drawing.row("data", *row)
    return drawing.page(name)


def _small_table(drawing: Drawing, kind: int) -> int:
    """One of three tables that are nothing like each other; returns its width."""
    rng = drawing.rng
    if kind == 0:
        columns = some(rng, made_up.COLUMNS, rng.randint(2, 4))
        drawing.header(["乡镇", *columns])
        for place in some(rng, made_up.PLACES, rng.randint(3, 9)):
            drawing.row("data", place, *(figure(rng, "whole") for _ in columns))
        if rng.random() < 0.7:
            drawing.row("total", "合计", *(figure(rng, "whole") for _ in columns))
        return len(columns) + 1
    if kind == 1:
        drawing.header(["资金类别", "计划（万元）", "完成（万元）"])
        for source in some(
            rng, ["中央资金", "省级资金", "市级资金", "区级资金", "社会资金", "群众自筹"], rng.randint(3, 6)
        ):
            drawing.row("data", source, figure(rng, "float"), figure(rng, "float"))
        return 3
    drawing.header(["序号", "姓名", "职务", "任职时间"])
    for number, person in enumerate(some(rng, made_up.PEOPLE, rng.randint(3, 9)), start=1):
        drawing.row("data", float(number), person, rng.choice(("主任", "会计", "委员")), f"2018.{rng.randint(1, 12)}")
    return 4


def stacked_with_titles(rng: random.Random, name: str) -> Page:
    """Two or three tables under one another, each with its title, a blank row before it."""
    drawing = Drawing(rng, "stacked with titles")
    kinds = rng.sample(range(3), rng.choice((2, 2, 3)))
    for position, kind in enumerate(kinds):
        if position:
            drawing.blank(rng.randint(1, 2))
        title = f"表{'一二三'[position]}　{rng.choice(('基本情况', '资金情况', '人员名单'))}"
        drawing.row("title", title, across=3 if rng.random() < 0.6 else 0)
        if kind == 0 and rng.random() < 0.4:
            drawing.row("unit", None, None, "单位：个")
        _small_table(drawing, kind)
        if rng.random() < 0.4:
            drawing.row("footer", rng.choice(("注：数据由各乡镇报送。", "填表人：张三")))
    return drawing.page(name)


def stacked_bare(rng: random.Random, name: str) -> Page:
    """Two tables with nothing but blank rows between."""
    drawing = Drawing(rng, "stacked without titles")
    first, second = rng.choice(((0, 1), (0, 2), (1, 2), (2, 0), (1, 0)))
    if rng.random() < 0.5:
        drawing.row("title", "村级情况汇总", across=3)
    _small_table(drawing, first)
    drawing.blank(rng.randint(1, 2))
    _small_table(drawing, second)
    return drawing.page(name)


def printed_pages(rng: random.Random, name: str) -> Page:
    """The header, or title and header, again at the top of every page; page sums or none."""
    drawing = Drawing(rng, "header printed on every page")
    columns = rng.choice((["姓名", "账号", "金额"], ["户主", "面积（亩）", "补贴（元）"]))
    width = 4
    titled, sums = rng.random() < 0.6, rng.random() < 0.4
    number = 0
    for page in range(rng.randint(2, 4)):
        if titled or page == 0:
            drawing.row("title", "补贴资金发放明细表", across=width)
        if page == 0:
            drawing.header(["序号", *columns])
        else:
            drawing.row("header", "序号", *columns)
        for _ in range(rng.randint(5, 12)):
            number += 1
            middle = f"6221{rng.randint(10**11, 10**12 - 1)}" if columns[1] == "账号" else round(rng.uniform(1, 9), 2)
            drawing.row("data", float(number), rng.choice(made_up.PEOPLE), middle, float(rng.randint(50, 900)))
        if sums:
            drawing.row("subtotal", "本页小计", None, None, float(rng.randint(900, 9999)))
    if rng.random() < 0.6:
        drawing.row("total", "总计", None, None, float(rng.randint(9999, 99999)))
    return drawing.page(name)


def continued(rng: random.Random, name: str) -> Page:
    """续表 below, with further columns for the same places."""
    drawing = Drawing(rng, "continued with other columns")
    places = some(rng, made_up.PLACES, rng.randint(5, 12))
    count = rng.randint(2, 4)
    columns = some(rng, made_up.COLUMNS, count * 2)
    for part in range(2):
        if part and rng.random() < 0.5:
            drawing.blank()
        drawing.row(
            "title",
            "各地主要指标" if part == 0 else rng.choice(("续表", "续表1", "各地主要指标（续）")),
            across=count + 1,
        )
        drawing.header(["地 区", *columns[part * count : (part + 1) * count]])
        drawing.row("total", "全　市", *(figure(rng, "whole") for _ in range(count)))
        for place in places:
            drawing.row("data", place, *(figure(rng, "whole") for _ in range(count)))
    bottom(drawing, count + 1)
    return drawing.page(name)


def moved_away(rng: random.Random, name: str) -> Page:
    """A table that begins some columns to the right and some rows down."""
    drawing = Drawing(rng, "not at A1")
    columns = some(rng, made_up.COLUMNS, rng.randint(2, 5))
    width = len(columns) + 1
    drawing.blank(rng.randint(1, 6))
    top(drawing, width)
    drawing.header(["村名", *columns])
    for place in some(rng, made_up.PLACES, rng.randint(4, 18)):
        drawing.row("data", place, *(figure(rng, "float") for _ in columns))
    if rng.random() < 0.5:
        drawing.row("total", "合计", *(figure(rng, "float") for _ in columns))
    bottom(drawing, width)
    return drawing.page(name, right=rng.randint(1, 4))


def below_instructions(rng: random.Random, name: str) -> Page:
    """Lines of instructions, blank rows, then title and table."""
    drawing = Drawing(rng, "below instructions")
    lines = [
        "本表由乡镇填报，一式两份。",
        "请于每月五日前报送。",
        "金额保留两位小数。",
        "如有问题请与民政局联系。",
        "户主姓名须与身份证一致。",
    ]
    drawing.row("title", rng.choice(("填表须知", "关于报送情况的通知", "填报要求")))
    for number, line in enumerate(some(rng, lines, rng.randint(2, 5)), start=1):
        drawing.row("title", f"{number}. {line}", across=rng.choice((0, 4)))
    drawing.blank(rng.randint(0, 2))
    if rng.random() < 0.7:
        drawing.row("title", "救助资金发放表", across=4)
    drawing.header(["户主姓名", "村名", "人口", "金额（元）"])
    for person in some(rng, made_up.PEOPLE, rng.randint(4, 15)):
        drawing.row("data", person, rng.choice(made_up.PLACES), float(rng.randint(1, 7)), float(rng.randint(100, 2000)))
    bottom(drawing, 4)
    return drawing.page(name)


def hidden_rows(rng: random.Random, name: str) -> Page:
    """Some rows are hidden: they are read like the others."""
    drawing = Drawing(rng, "hidden rows")
    columns = some(rng, made_up.COLUMNS, rng.randint(2, 6))
    top(drawing, len(columns) + 1)
    drawing.header(["单位名称", *columns])
    for place in some(rng, made_up.PLACES, rng.randint(6, 20)):
        number = drawing.row("data", place, *(figure(rng, "whole") for _ in columns))
        if rng.random() < 0.2:
            drawing.hidden.add(number)
    bottom(drawing, len(columns) + 1)
    return drawing.page(name)


def scanned(rng: random.Random, name: str) -> Page:
    """Figures as text with noise, words with spaces, a lost corner."""
    drawing = Drawing(rng, "scanned")
    columns = [
        " ".join(column) if rng.random() < 0.6 else column for column in some(rng, made_up.COLUMNS, rng.randint(2, 6))
    ]
    drawing.row("title", "表 三 各 公 社 生 产 情 况")
    corner = rng.choice((None, "公 社", "地 区"))
    drawing.header([corner, *columns])
    noise = rng.uniform(0, 0.12)
    for place in some(rng, made_up.PLACES, rng.randint(7, 20)):
        cells = []
        for _ in columns:
            text = f"{rng.randint(100, 99999):,}"
            if rng.random() < noise:
                text = text.replace("1", "l").replace("0", "O").replace(",", rng.choice((" ", ".", "，")))
            cells.append(text)
        drawing.row("data", place, *cells)
    if rng.random() < 0.4:
        drawing.row("total", "合 计", *(f"{rng.randint(10000, 999999):,}" for _ in columns))
    return drawing.page(name)


def budget_sides(rng: random.Random, name: str) -> Page:
    """Income beside expenditure, each with a numbered item and its amount, both totalled in one row."""
    drawing = Drawing(rng, "income beside expenditure")
    drawing.row("title", "部门收支总表", across=4)
    drawing.row("unit", *([None] * 3 if rng.random() < 0.7 else []), "单位：万元")
    first = len(drawing.rows)
    for column in (0, 2):
        drawing.merge(first, column, first, column + 1)
    drawing.header(
        ["收入", None, "支出", None],
        ["项目", "预算数", "项目", "预算数"],
        names=["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"],
    )
    income = ["财政拨款收入", "事业收入", "经营收入", "其他收入"][: rng.randint(2, 4)]
    spending = ["一般公共服务支出", "教育支出", "卫生健康支出", "农林水支出", "住房保障支出"][: rng.randint(3, 5)]
    for line in range(max(len(income), len(spending))):
        left = [f"{'一二三四五'[line]}、{income[line]}", figure(rng, "float")] if line < len(income) else [None, None]
        right = [f"{'一二三四五'[line]}、{spending[line]}", figure(rng, "float")] if line < len(spending) else []
        drawing.row("data", *left, *right)
    if rng.random() < 0.5:
        sums = ("本年收入合计", figure(rng, "float"), "本年支出合计", figure(rng, "float"))
        drawing.row("subtotal", *sums, either=("total",))
    drawing.row("total", "收入总计", figure(rng, "float"), "支出总计", figure(rng, "float"))
    return drawing.page(name)


def turned(rng: random.Random, name: str) -> Page:
    """What is said of people or villages down, people or villages across."""
    drawing = Drawing(rng, "turned on its side")
    across = some(rng, rng.choice((made_up.PEOPLE, made_up.PLACES)), rng.randint(2, 6))
    top(drawing, len(across) + 1)
    drawing.header([rng.choice(("项目", "指标", "内容")), *across])
    for indicator in some(rng, made_up.INDICATORS, rng.randint(4, 12)):
        drawing.row("data", indicator, *(figure(rng, "whole") for _ in across))
    return drawing.page(name)


def code_list(rng: random.Random, name: str) -> Page:
    """Codes as text or numbers and names, indented by rank."""
    drawing = Drawing(rng, "code list")
    as_text, level = rng.random() < 0.6, rng.random() < 0.5
    width = 2 + level
    if rng.random() < 0.7:
        drawing.row("title", "行政区划代码表", across=width if rng.random() < 0.5 else 0)
    drawing.header(["代码", "名称", *(["级别"] if level else [])])
    code = rng.randint(110000, 650000)
    for place in some(rng, made_up.PLACES, rng.randint(5, 25)):
        code += rng.randint(1, 20)
        indent = rng.choice(("", "　", "　　"))
        drawing.row("data", str(code) if as_text else float(code), indent + place, *(["乡级"] if level else []))
    bottom(drawing, width)
    return drawing.page(name)


FAMILIES = (
    side_by_side,
    stacked_with_titles,
    stacked_bare,
    printed_pages,
    continued,
    moved_away,
    below_instructions,
    hidden_rows,
    scanned,
    budget_sides,
    turned,
    code_list,
)
