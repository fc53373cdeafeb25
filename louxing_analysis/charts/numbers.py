"""Numbers as an office prints them: yuan, ten thousand yuan, per cent, percentage points."""

from __future__ import annotations

import math
from collections.abc import Callable

NOTHING = "—"

_UNITS = {
    "yuan": ("元", "yuan"),
    "wan_yuan": ("万元", "10,000 yuan"),
    "household": ("户", "households"),
    "person": ("人", "people"),
    "place": ("个村（社区）", "places"),
    "meeting": ("次会议", "meetings"),
    "visit": ("次", "visits"),
    "cadre": ("人", "cadres"),
    "item": ("个", "items"),
    "row": ("行", "rows"),
    "cell": ("格", "cells"),
    "project": ("个项目", "projects"),
    "share": ("%", "%"),
    "month": ("个月", "months"),
    "day": ("天", "days"),
    "point": ("分", "points"),
    "total": ("个合计", "totals"),
    "agency": ("个单位", "agencies"),
    "pair": ("对", "pairs"),
}


def unit_name(unit: str, language: str) -> str:
    """The unit as printed beside a number; a unit nobody listed is printed as it is."""
    plain = unit.removesuffix("s") if unit not in _UNITS else unit
    return _UNITS.get(plain, (unit, unit))[0 if language == "zh" else 1]


def _grouped(value: float, digits: int, language: str) -> str:
    """Digits rounded half away from zero; official Chinese prints no thousands separator below five digits."""
    rounded = half_up(value, digits)
    text = f"{abs(rounded):,.{digits}f}"
    if language == "zh" and abs(rounded) < 10000:
        text = text.replace(",", "")
    return f"−{text}" if rounded < 0 else text


def half_up(value: float, digits: int = 0) -> float:
    """Round half away from zero, as offices do by hand (Python's own rounding goes to the even digit)."""
    scale = 10.0**digits
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9), value) / scale


def number(value: float, language: str = "zh", digits: int = 0) -> str:
    """A plain number; a dash where there is nothing."""
    return NOTHING if value is None or not math.isfinite(value) else _grouped(value, digits, language)


def percent(share: float, language: str = "zh", digits: int = 1) -> str:
    """A share (0 to 1) as per cent: 0.384 → 38.4%; one more digit before a little becomes nothing or almost becomes all."""
    if not math.isfinite(share):
        return NOTHING
    rounded = half_up(share * 100, digits)
    if (rounded == 0 and share != 0) or (rounded == 100 and share < 1):
        digits += 1
    return f"{_grouped(share * 100, digits, language)}%"


def points(difference: float, language: str = "zh", digits: int = 1) -> str:
    """A difference of two shares in percentage points: 0.032 → 3.2个百分点."""
    word = "个百分点" if language == "zh" else " percentage points"
    return f"{number(difference * 100, language, digits)}{word}"


def with_unit(value: float, unit: str, language: str = "zh", digits: int | None = None) -> str:
    """A number with its unit: 8123 元, 38.4%, 12.5万元 → 12.5 万元."""
    if unit == "share":
        return percent(value, language, 1 if digits is None else digits)
    return f"{number(value, language, digits or 0)}{'' if language == 'zh' else ' '}{unit_name(unit, language)}"


def money(value: float, language: str = "zh") -> str:
    """Yuan in the unit it is read in, three or four digits: 元, 万元, 亿元; yuan, million yuan."""
    if not math.isfinite(value):
        return NOTHING
    steps = ((1e8, 1e8, "亿元"), (1e4, 1e4, "万元"), (0, 1, "元")) if language == "zh" else (
        (1e6, 1e6, " million yuan"), (0, 1, " yuan"))  # fmt: skip
    size, name = next((size, name) for least, size, name in steps if abs(value) >= least)
    amount = value / size
    digits = 0 if size == 1 or abs(amount) >= 1000 else 1 if abs(amount) >= 10 else 2
    return f"{_grouped(amount, digits, language)}{name}"


def printer(unit: str, language: str) -> Callable[[float], str]:
    """The function that prints a value of this unit without the unit's name, per cent signs kept."""
    if unit == "share":
        return lambda value: percent(value, language)
    if unit in {"point", "ratio"}:
        return lambda value: number(value, language, 2)
    return lambda value: number(value, language)


def short_month(period: str, language: str) -> str:
    """2019-08 → 8月 / Aug; other periods as they are."""
    parts = str(period).split("-")
    if len(parts) < 2 or not parts[1].isdigit():
        return str(period)
    month = int(parts[1])
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{month}月" if language == "zh" else names[month - 1]


def period_name(period: object, language: str) -> str:
    """2019 → 2019年, 2019-08 → 2019年8月, 2016-2020 → 2016—2020年; in English months by name."""
    parts = str(period).split("-")
    if not parts[0].isdigit():
        return str(period)
    if len(parts) == 2 and len(parts[1]) == 4:
        return f"{parts[0]}—{parts[1]}年" if language == "zh" else f"{parts[0]}–{parts[1]}"
    if len(parts) == 1:
        return f"{parts[0]}年" if language == "zh" else parts[0]
    if language == "zh":
        day = f"{int(parts[2])}日" if len(parts) > 2 else ""
        return f"{parts[0]}年{int(parts[1])}月{day}"
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{short_month(str(period), 'en')} {parts[0]}"
