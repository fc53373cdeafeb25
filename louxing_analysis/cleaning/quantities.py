"""What the columns of a table hold, by name, unit and cells: quantities that add up, counts of things, rates, codes."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from louxing_analysis.cleaning.figures import Figures
from louxing_analysis.cleaning.locate import Table

_NOT_ADDED = re.compile(
    r"[人户亩日月年场次村]均|均价|单价|平均|均值|率|比例|占比|比重|百分|指数|系数|密度|倍数|增速|增幅|增长|同比|环比|构成"
    r"|单产|标准|排名|名次|位次|序次|顺序|序号|编号|编码|代码|邮编|区号|年度|年份|时间|日期|电话|证件|号码|年月|届|等级|年龄|得分"
    r"|每[一百千万人户]|上年=100|=100|海拔|经度|纬度|温度|气温|湿度"
    r"|\b(?:rates?|ratio|index|indices|averages?|mean|per|density|growth|percent(?:age)?|proportion|rank|years?|codes?|no\.)\b"
)
_GROWTH_IN_QUANTITY = re.compile(r"增长[量额数人]|增长率以外")
_RATE_UNITS = ("%", "‰", "/", "年", "=100", "倍", "℃", "岁", "位", "名次", "每", "per")
_NOT_MEASURED = re.compile(r"证件|證件|身份证|身份證|编号|編號|号码|號碼|电话|電話|手机|账号|卡号|代码|邮编|区号")
_OF_TIME = re.compile(r"时间|時間|日期|年月|年度|年份|月份|(?:^|/)(?:年|月|日|时|星期|周次)$")
_PARTS_OF_DATE = ("年", "月", "日", "时", "分")
_DATE_HEAD = re.compile(r"^\d{2,4}年?$|日期|年月日")  # 2022年 over 月 and 日
_SERIAL = re.compile(r"^(?:序号|行次|行号|编号|排名|名次|位次|(?:sl\.?|s\.?|sr\.?|serial)?no\.?|序|#|id)$")
_YEARS = (1900, 2100)
_FEWEST_IN_TURN = 5  # numbers that count up one by one before a column is taken for a serial one
_COUNT_UNITS = re.compile(
    r"人|户|戶|个|個|人次|户次|次|头|只|羽|株|棵|台|套|处|口|座|所|间|栋|名|件|份|项|家|村|位|把|辆|艘|张|条|批|期|场|场次"
    r"|persons?|households?|number|units?|sets?"
)
_COUNTED = re.compile(
    r"(?:人数|户数|个数|人口|次数|人次|户次|件数|家数|所数|头数|项目数|名额|单位数|机构数|企业数|村数)"
)


_RATE_ROW = re.compile(
    r"[%‰]|(?:率|比重|占比|指数|系数|密度)(?:\(.*\))?$|^(?:#|其中:?)?(?:人均|户均|平均|每)|\b(?:rates?|percent|per|averages?|ratio|median)\b"
)


def is_rate_row(label: str) -> bool:
    """Whether a row holds rates or averages, by its label: 完成率%, 人均收入, Rate per 100,000."""
    return bool(_RATE_ROW.search(plain_name(label[:60])))


def plain_name(name: str) -> str:
    """A column's name folded for comparison: compatibility forms, lower case, no white space around Chinese."""
    return re.sub(r"(?<![a-z])\s+|\s+(?![a-z])", "", unicodedata.normalize("NFKC", name).lower())


def is_added(name: str, unit: str | None) -> bool:
    """Whether a column's figures can be added up: averages, rates, ranks, codes and dates cannot."""
    plain = plain_name(name)
    if _NOT_ADDED.search(plain) and not _GROWTH_IN_QUANTITY.search(plain):
        return False
    written = plain_name(unit or "")
    return not any(mark in written for mark in _RATE_UNITS)


def is_measured(name: str, unit: str | None) -> bool:
    """Whether a column of digits holds quantities: codes, telephone numbers and points in time are none."""
    plain = unicodedata.normalize("NFKC", name)
    if unit in _PARTS_OF_DATE and (not plain or _DATE_HEAD.search(plain)):
        return False
    return not _NOT_MEASURED.search(plain) and (unit is not None or not _OF_TIME.search(plain))


def is_serial(name: str) -> bool:
    """Whether a column numbers its rows."""
    return bool(_SERIAL.match(plain_name(name).split("/")[-1]))


def is_counted(name: str, unit: str | None) -> bool:
    """Whether a column counts whole things (people, households), which are never rounded."""
    written = plain_name(unit or "").strip("()")
    return bool(_COUNT_UNITS.fullmatch(written)) if written else bool(_COUNTED.search(plain_name(name)))


def is_scaled(unit: str | None) -> bool:
    """Whether a unit is one that figures are rounded to: ten thousands, tonnes, hectares; not one yuan or one person."""
    written = plain_name(unit or "").strip("()")
    return (
        bool(written) and not _COUNT_UNITS.fullmatch(written) and written not in ("元", "月", "天", "日", "年", "yuan")
    )


def figure_places(figures: Figures, table: Table) -> list[int]:
    """Which columns of a table hold mostly numbers, whatever they measure; no codes, no dates, no serial numbers."""
    rows = np.flatnonzero(table.kinds[table.first_row : table.last_row + 1] == "data")
    numbers = figures.numbers[rows]
    good = np.isfinite(numbers) & ~figures.coded[rows]
    held = np.isfinite(numbers) | figures.lacking[rows]
    mostly = (good.sum(axis=0) * 2 > held.sum(axis=0)).tolist()
    return [
        place
        for place, column in enumerate(table.columns)
        if mostly[place]
        and is_measured(column.name, column.unit)
        and not is_serial(column.name)
        and not _counts_up(numbers[:, place])
    ]


def _counts_up(numbers: np.ndarray) -> bool:
    """Whether numbers are 1, 2, 3 … or a run of years, a few slips allowed."""
    known = numbers[np.isfinite(numbers)]
    steps = np.diff(known)
    if len(known) and known[0] not in (0, 1) and not _YEARS[0] <= known[0] <= _YEARS[1]:
        return False
    return len(steps) >= _FEWEST_IN_TURN and bool((steps == 1).mean() >= 0.8)


def has_mixed_units(values: np.ndarray, table: Table) -> bool:
    """Whether a column headed 单位 gives the rows different units: such rows are never added."""
    rows = np.flatnonzero(table.kinds == "data")
    for column in table.columns:
        if plain_name(column.name).split("/")[-1] in ("单位", "计量单位", "單位", "計量單位", "unit"):
            written = {plain_name(str(cell)) for cell in values[rows, column.index].tolist() if cell is not None}
            return len(written) > 1
    return False
