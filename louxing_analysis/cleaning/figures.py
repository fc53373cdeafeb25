"""Columns of figures in a table that no ledger describes: which they are, and what their cells say."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np

from louxing_analysis.cleaning.amounts import parse_numbers
from louxing_analysis.cleaning.locate import Table
from louxing_analysis.cleaning.sheet import holds

# What a cell may say after its number: 3人, 12.5亩, 1200元. Each is worth one of itself; money is worth its yuan.
_COUNTED = [
    "人",
    "户",
    "个",
    "亩",
    "公顷",
    "平方米",
    "平方公里",
    "立方米",
    "公里",
    "米",
    "月",
    "个月",
    "天",
    "日",
    "年",
    "岁",
    "次",
    "人次",
    "户次",
    "分",
    "斤",
    "公斤",
    "吨",
    "头",
    "只",
    "羽",
    "株",
    "棵",
    "千瓦",
    "度",
    "台",
    "套",
    "处",
    "口",
    "座",
    "所",
    "间",
    "栋",
    "名",
    "件",
    "份",
    "项",
    "家",
    "村",
    "小时",
]
_SCALES = {
    "十": 10.0,
    "百": 100.0,
    "千": 1000.0,
    "万": 10_000.0,
    "百万": 1_000_000.0,
    "千万": 10_000_000.0,
    "亿": 100_000_000.0,
}
_SUFFIXES = {
    **dict.fromkeys(_COUNTED, 1.0),
    "元": 1.0,
    "块": 1.0,
    **{f"{scale}元": worth for scale, worth in _SCALES.items()},
}
_SCALED = re.compile(r"^(十|百万|千万|百|千|万|亿)")


def read_figures(cells: np.ndarray, unit: str | None) -> tuple[np.ndarray, np.ndarray]:
    """Figures in the unit of their column (NaN where there is none), and where a cell holds something that is none.

    A cell that carries its own unit is turned into the column's: 1200元 in a column of 万元 is 0.12.
    """
    if cells.dtype != object:
        return np.asarray(cells, dtype=float), np.zeros(len(cells), dtype=bool)
    parsed = parse_numbers(cells, suffixes=_SUFFIXES)
    values = np.asarray(parsed.values, dtype=float)
    scaled = _SCALED.match(unit or "")
    if scaled:
        own = np.asarray(parsed.extra["own_unit"], dtype=bool)
        values[own] = np.round(values[own] / _SCALES[scaled[1]], 9)
    return values, parsed.reasons.astype(bool)


_NOT_ADDED = (
    "人均",
    "户均",
    "均价",
    "单价",
    "平均",
    "率",
    "比例",
    "占比",
    "比重",
    "百分",
    "标准",
    "序号",
    "编号",
    "年度",
    "年份",
    "时间",
    "日期",
    "排名",
    "名次",
    "电话",
    "证件",
    "号码",
    "年月",
    "届",
    "等级",
    "年龄",
    "得分",
    "利率",
)


def is_added(name: str, unit: str | None) -> bool:
    """Whether a column's figures can be added up: averages, rates, ranks, codes and dates cannot."""
    plain = unicodedata.normalize("NFKC", name)
    return not any(word in plain for word in _NOT_ADDED) and not any(
        mark in (unit or "") for mark in ("%", "‰", "/", "年")
    )


_NOT_MEASURED = re.compile(r"证件|證件|身份证|身份證|编号|編號|号码|號碼|电话|電話|手机|账号|卡号|代码")
_OF_TIME = re.compile(r"时间|時間|日期|年月|年度|年份|月份")


def is_measured(name: str, unit: str | None) -> bool:
    """Whether a column of digits holds quantities: codes, telephone numbers and points in time are none."""
    plain = unicodedata.normalize("NFKC", name)
    return not _NOT_MEASURED.search(plain) and (unit is not None or not _OF_TIME.search(plain))


def numeric_columns(values: np.ndarray, table: Table) -> list[int]:
    """Columns of a table whose data cells are mostly numbers and may be added up."""
    rows = np.flatnonzero(table.kinds == "data")
    found = []
    for column in table.columns:
        cells = values[rows, column.index]
        held = holds(cells)
        count = int(held.sum())
        if count and is_added(column.name, column.unit) and numbers_among(cells[held]) * 2 > count:
            found.append(column.index)
    return found


def numbers_among(cells: np.ndarray) -> int:
    """How many cells hold an ordinary number; long digit strings are codes."""

    def ordinary(cell: Any) -> bool:
        if isinstance(cell, str):
            return len(cell) < 12 and not (cell.startswith("0") and cell.isdecimal() and len(cell) > 1)
        return not isinstance(cell, bool) and abs(cell) < 1e11 if isinstance(cell, (int, float)) else False

    kept = np.array([cell if ordinary(cell) else None for cell in cells.tolist()], dtype=object)
    return int(np.isfinite(np.asarray(read_figures(kept, None)[0], dtype=float)).sum())
