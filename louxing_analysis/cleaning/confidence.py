"""How sure the reading of a sheet is, and why, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from louxing_analysis.cleaning.header_rows import Header
from louxing_analysis.cleaning.view import View

UNSURE = 0.7  # below this the reason says why it is not sure
_SURE = 0.97
_NOTHING = "没有找到表头：没有一行文字与其下各行有别 / no header: no row of text differs from the rows under it"

# What makes a reading less sure, with how many such readings of public tables were right, against 0.97 of all others.
_DOUBTS: dict[str, tuple[float, str, str]] = {
    "words": (
        0.8,
        "表头只凭文字判断，其下没有数字列",
        "its header was told by its words alone, no column of figures is under it",
    ),
    "contrast": (0.8, "表头与其下各行的文字相差不大", "its header differs little from the rows under it"),
    "covered": (0.75, "有数字列没有列名", "some columns of figures have no name"),
    "unnamed": (0.65, "几列有内容而无列名", "several columns hold something and have no name"),
    "above": (0.7, "表头之上还有几行多格文字", "several rows of more than one cell stand above the header"),
    "tables": (0.85, "一张表里有三个以上表格", "the sheet holds three tables or more"),
    "serial": (0.9, "只有序号列有数字", "only the serial numbers are figures"),
    "empty": (0.8, "表头下没有数据", "no data under the header"),
    "loose": (0.8, "有数据行与其他行格式不同", "some rows of data are unlike the others"),
}

_ANSWERED = frozenset({"words", "contrast", "serial", "tables", "loose"})  # doubts that known names answer


def confidence_of(view: View, headers: Sequence[Header], tables: Sequence[Any], kinds: np.ndarray) -> tuple[float, str]:
    """How sure the reading is, from 0 to 1, and the reason in Chinese and English; 'not sure, because' below 0.7."""
    if not headers:
        return 0.0, f"拿不准，因为{_NOTHING.split(' / ')[0]} / not sure, because {_NOTHING.split(' / ')[1]}"
    doubts = _doubts(view, headers, tables, kinds)
    worst = min(headers, key=lambda header: header.score)
    answered = _ANSWERED if view.known and worst.vocabulary >= 0.5 and "empty" not in doubts else frozenset()
    left = [doubt for doubt in doubts if doubt not in answered]
    score = _SURE
    for doubt in left:
        score *= _DOUBTS[doubt][0]
    if view.known and not left:
        score += (1 - score) * worst.vocabulary * 0.5
    zh, en = _described(worst, tables, kinds, bool(view.known))
    if left:
        because_zh = "；".join(_DOUBTS[doubt][1] for doubt in left)
        because_en = "; ".join(_DOUBTS[doubt][2] for doubt in left)
        if score < UNSURE:
            zh, en = f"拿不准，因为{because_zh}；{zh}", f"not sure, because {because_en}; {en}"
        else:
            zh, en = f"{zh}；{because_zh}", f"{en}; {because_en}"
    return round(score, 3), f"{zh} / {en}"


def _doubts(view: View, headers: Sequence[Header], tables: Sequence[Any], kinds: np.ndarray) -> list[str]:
    first = headers[0]
    found = []
    data = np.flatnonzero(kinds == "data")
    if not all(header.by_figures for header in headers):
        found.append("words")
        if min(header.contrast for header in headers if not header.by_figures) < 0.4:
            found.append("contrast")
    elif min(header.contrast for header in headers) < 0.99:
        found.append("covered")
    elif first.serial_only:
        found.append("serial")
    if sum(not column.name for table in tables for column in table.columns) > 1:
        found.append("unnamed")
    if int((view.counts[: first.rows[0]] > 1).sum()) > 2:
        found.append("above")
    if len(tables) > 2:
        found.append("tables")
    if not data.size:
        found.append("empty")
    elif _loose(view, data):
        found.append("loose")
    return found


def _loose(view: View, data: np.ndarray) -> bool:
    """Whether more than a tenth of the first data rows have less than a third of the usual cells."""
    counts = np.sort(view.counts[data[:200]])
    return bool((counts * 3 < counts[counts.size // 2]).sum() * 10 > counts.size)


def _described(worst: Header, tables: Sequence[Any], kinds: np.ndarray, has_vocabulary: bool) -> tuple[str, str]:
    data = int((kinds == "data").sum())
    rows = "、".join(str(row + 1) for row in worst.rows)
    numbers = ", ".join(str(row + 1) for row in worst.rows)
    if worst.by_figures:
        zh = f"第 {rows} 行为表头，其下是数字，{worst.contrast:.0%} 的数字列有列名"
        en = f"header in row {numbers} over figures, {worst.contrast:.0%} of whose columns it names"
    else:
        zh = f"第 {rows} 行为表头，与其下各行的差别 {worst.contrast:.2f}"
        en = f"header in row {numbers}, differs from the rows under it by {worst.contrast:.2f}"
    if has_vocabulary:
        zh, en = f"{zh}，{worst.vocabulary:.0%} 的列名已知", f"{en}, {worst.vocabulary:.0%} of its names known"
    return f"{zh}；数据 {data} 行，表 {len(tables)} 个", f"{en}; data rows: {data}, tables: {len(tables)}"
