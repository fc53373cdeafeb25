"""Families with one header row: places, years, indicators, lists of people, forms, matrices of text."""

from __future__ import annotations

import random
from typing import Any

from tests.cleaning.corpus.page import Page
from tests.cleaning.families import made_up
from tests.cleaning.families.drawing import Drawing, bottom, figure, some, top


def places_down(rng: random.Random, name: str) -> Page:
    """Places × figures, a total first or last or none, 其他 as data."""
    drawing = Drawing(rng, "places down")
    columns = some(rng, made_up.COLUMNS, rng.randint(2, 8))
    if rng.random() < 0.4:
        columns = [f"{column}（{rng.choice(('万元', '人', '吨', '公顷'))}）" for column in columns]
    width, form = len(columns) + 1, rng.choice(made_up.FORMS)
    top(drawing, width)
    drawing.header([rng.choice(("地区", "地 区", "乡镇", "区　县", "单位名称")), *columns])
    where = rng.choice(("first", "last", "none"))
    total = [rng.choice(made_up.TOTALS), *(figure(rng, form) for _ in columns)]
    if where == "first":
        drawing.row("total", *total)
    for place in some(rng, made_up.PLACES, rng.randint(4, 25)):
        drawing.row("data", place, *(figure(rng, form) for _ in columns))
    if rng.random() < 0.3:
        drawing.row("data", rng.choice(("其他", "其  他", "不分地区")), *(figure(rng, form) for _ in columns))
    if where == "last":
        drawing.row("total", *total)
    bottom(drawing, width)
    return drawing.page(name)


def years_down(rng: random.Random, name: str) -> Page:
    """Years × figures; years as numbers, as text, with 年; the years in groups parted by blank rows."""
    drawing = Drawing(rng, "years down")
    columns = some(rng, made_up.COLUMNS, rng.randint(1, 7))
    width, form = len(columns) + 1, rng.choice(made_up.FORMS)
    top(drawing, width)
    drawing.header([rng.choice(("年份", "年 份", "年度", "Year", "时间")), *columns])
    first, years, written = rng.randint(1949, 2010), rng.randint(4, 20), rng.choice(("number", "text", "年"))
    for year in range(first, first + years):
        if year > first and (year - first) % 5 == 0 and width > 2 and rng.random() < 0.2:
            drawing.blank()
        label = {"number": float(year), "text": str(year), "年": f"{year}年"}[written]
        drawing.row("data", label, *(figure(rng, form) for _ in columns))
    bottom(drawing, width)
    return drawing.page(name)


def indicators_down(rng: random.Random, name: str) -> Page:
    """Indicators × years, with a unit column, of-which rows, indents, and headings without figures."""
    drawing = Drawing(rng, "indicators down")
    first = rng.randint(1998, 2015)
    as_text = rng.random() < 0.5
    years: list[Any] = [f"{year}年" if as_text else float(year) for year in range(first, first + rng.randint(2, 6))]
    has_units, form = rng.random() < 0.5, rng.choice(made_up.FORMS[:3])
    units = ["单位"] if has_units else []
    width = 1 + len(units) + len(years)
    top(drawing, width)
    shown = [year if as_text else str(int(year)) for year in years]
    stub = rng.choice(("指标", "指　标", "项 目", "指标名称"))
    drawing.header([stub, *units, *years], names=[stub, *units, *shown])
    headings = rng.random() < 0.4
    for position, indicator in enumerate(some(rng, made_up.INDICATORS, rng.randint(6, 16))):
        if headings and position % 4 == 0:
            drawing.row("section", f"{'一二三四五'[position // 4]}、{rng.choice(('人口', '经济', '农业', '社会'))}情况")
        unit = [rng.choice(("万元", "人", "吨", "个"))] if has_units else []
        drawing.row("data", rng.choice(("", "　", "  ")) + indicator, *unit, *(figure(rng, form) for _ in years))
        if rng.random() < 0.25:
            part = rng.choice(("其中：城镇", "#工业", "# 农业", "　其中: 女性", "其中：国有"))
            drawing.row("of_which", part, *unit, *(figure(rng, form) for _ in years))
    bottom(drawing, width)
    return drawing.page(name)


def roster(rng: random.Random, name: str) -> Page:
    """People by number: text in nearly all columns, sections over the table, a count at the end."""
    drawing = Drawing(rng, "roster")
    chosen = some(rng, ["性别", "村组", "职务", "联系电话", "备注", "身份证号", "住址"], rng.randint(2, 6))
    fill = {
        "性别": lambda: rng.choice("男女"),
        "村组": lambda: rng.choice(made_up.PLACES),
        "职务": lambda: rng.choice(("主任", "科员", "会计")),
        "联系电话": lambda: f"1380000{rng.randint(1000, 9999)}",
        "备注": lambda: rng.choice((None, None, None, "外出")),
        "身份证号": lambda: f"439902{rng.randint(19500101, 20011231)}{rng.randint(1000, 9999)}",
        "住址": lambda: f"{rng.choice(made_up.PLACES)}{rng.randint(1, 9)}组",
    }
    width = len(chosen) + 2
    top(drawing, width)
    drawing.header(["序号", "姓名", *chosen])
    sections = rng.random() < 0.3
    number = 0
    for _ in range(rng.randint(2, 4) if sections else 1):
        if sections:
            drawing.row("section", f"{rng.choice(made_up.PLACES)}（{rng.randint(3, 9)}人）", across=width)
            number = number if rng.random() < 0.5 else 0
        for person in some(rng, made_up.PEOPLE, rng.randint(4, 14)):
            number += 1
            drawing.row("data", float(number), person, *(fill[column]() for column in chosen))
    bottom(drawing, width)
    return drawing.page(name)


def empty_form(rng: random.Random, name: str) -> Page:
    """A form with numbered lines, some filled, a row of column numbers, signatures under it."""
    drawing = Drawing(rng, "empty form")
    columns = some(
        rng, ["户主姓名", "家庭住址", "人口数", "救助原因", "救助金额（元）", "联系电话", "备注"], rng.randint(3, 6)
    )
    width = len(columns) + 1
    drawing.row("title", rng.choice(("临时救助花名册", "受灾人员登记表", "农户信息采集表")), across=width)
    if rng.random() < 0.5:
        drawing.row("title", "填报单位（盖章）：", *[None] * (width - 2), "填报时间：　年　月　日")
    header: list[list[object]] = [["序号", *columns]]
    if rng.random() < 0.4:
        header.append([float(column + 1) for column in range(width)])
    drawing.header(*header, names=["序号", *columns])
    filled = rng.choice((0, 0, 1, 3))
    for line in range(1, rng.randint(6, 20)):
        if line <= filled:
            cells: list[Any] = []
            for column in columns:
                if column in ("人口数", "救助金额（元）"):
                    cells.append(float(rng.randint(1, 9)))
                else:
                    cells.append(rng.choice(made_up.PEOPLE) if "姓名" in column else f"第{line}项")
            drawing.row("data", float(line), *cells)
        else:
            drawing.row("blank", float(line))
    if rng.random() < 0.8:
        drawing.row("footer", "填表人：", *[None] * (width - 2), "审核人：")
    return drawing.page(name)


def english_release(rng: random.Random, name: str) -> Page:
    """A release in English: total first or last, indented stubs, notes and a source."""
    drawing = Drawing(rng, "English release")
    columns = some(rng, made_up.ENGLISH, rng.randint(2, 6)) if rng.random() < 0.5 else None
    heads: list[object] = list(columns) if columns else [float(year) for year in range(2010, 2010 + rng.randint(2, 6))]
    width, form = len(heads) + 1, rng.choice(("float", "whole", "share", "text"))
    top(drawing, width, english=True)
    stub = rng.choice(("Country", "Region", "Item", "State"))
    shown = columns or [str(2010 + at) for at in range(len(heads))]
    drawing.header([stub, *heads], names=[stub, *shown])
    if rng.random() < 0.4:
        drawing.row(
            "total", rng.choice(("Total", "TOTAL", "All countries, total")), *(figure(rng, form) for _ in heads)
        )
    for country in some(rng, made_up.COUNTRIES, rng.randint(5, 18)):
        label = rng.choice(("", "", "  ")) + country + rng.choice(("", "", "", " 1/"))
        drawing.row("data", label, *(figure(rng, form) for _ in heads))
        if rng.random() < 0.06:
            drawing.row("of_which", "  of which: urban", *(figure(rng, form) for _ in heads))
    bottom(drawing, width, english=True)
    return drawing.page(name)


def text_matrix(rng: random.Random, name: str) -> Page:
    """Work divided among offices: nothing but text, a serial column or none."""
    drawing = Drawing(rng, "text matrix")
    columns = some(rng, ["工作任务", "牵头单位", "责任人", "配合单位", "完成时限", "主要措施"], rng.randint(3, 5))
    serial = rng.random() < 0.6
    width = len(columns) + serial
    drawing.row("title", rng.choice(("任务分解表", "责任清单", "问题整改台账")), across=width)
    drawing.header([*(["序号"] if serial else []), *columns])
    for line in range(1, rng.randint(5, 18)):
        cells = {
            "工作任务": f"推进{rng.choice(made_up.INDICATORS)}有关工作",
            "牵头单位": rng.choice(("财政局", "水利局", "民政局")),
            "责任人": rng.choice(made_up.PEOPLE),
            "配合单位": f"{rng.choice(made_up.PLACES)}、各村",
            "完成时限": f"2018年{rng.randint(1, 12)}月底",
            "主要措施": rng.choice(("加强督查，按月通报。", "建立台账", "压实责任，限期销号")),
        }
        drawing.row("data", *([float(line)] if serial else []), *(cells[column] for column in columns))
    bottom(drawing, width)
    return drawing.page(name)


def attendance(rng: random.Random, name: str) -> Page:
    """People × days as numbers or as text, marks in the cells, a count at the right."""
    drawing = Drawing(rng, "attendance")
    days = rng.choice((10, 15, 28, 30, 31))
    as_text = rng.random() < 0.3
    heads = [f"{day}日" if as_text else float(day) for day in range(1, days + 1)]
    counted = rng.random() < 0.5
    width = days + 2 + counted
    drawing.row("title", f"{rng.randint(1, 12)}月考勤表", across=width)
    tail = ["出勤天数"] if counted else []
    names = ["序号", "姓名", *(head if isinstance(head, str) else str(int(head)) for head in heads), *tail]
    drawing.header(["序号", "姓名", *heads, *tail], names=names)
    for number, person in enumerate(some(rng, made_up.PEOPLE, rng.randint(3, 14)), start=1):
        marks = [rng.choice(("√", "√", "√", "×", None)) for _ in heads]
        drawing.row("data", float(number), person, *marks, *([float(marks.count("√"))] if counted else []))
    if rng.random() < 0.5:
        drawing.row("footer", "注：√为出勤，×为缺勤。", across=width if rng.random() < 0.5 else 0)
    return drawing.page(name)


FAMILIES = (
    places_down,
    years_down,
    indicators_down,
    roster,
    empty_form,
    english_release,
    text_matrix,
    attendance,
)
