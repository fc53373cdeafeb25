"""Whether a row could head a table: cells of text, dates, years or running numbers, as wide as what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from louxing_analysis.cleaning.rowkinds import is_meta, is_numeral, mark_of
from louxing_analysis.cleaning.shapes import shape, squeezed
from louxing_analysis.cleaning.view import LONGEST, View

BELOW = 30  # rows below a header that show what its columns hold
_NUMERALS = re.compile(r"\d+|[一二三四五六七八九十]+")

_HEADING_WORD = re.compile(
    r"(?:名称|姓名|名单|序号|编号|代码|单位|部门|职务|岗位|电话|负责人|责任人|联系人|成员|时间|日期|地点|地址|金额|数量|备注|情况|内容|类别|类型|性别|"
    r"年龄|人数|户数|面积|项目|品名|规格|标准|方式|原因|结果|措施|说明|户主|乡镇|学历|专业|签名|签字|盖章|号码|证号|住址|民族|文化程度|政治面貌|状况|关系|意见|理由|年月|账号|帐号|开户行|籍贯|职称|邮编|邮箱|"
    r"传真|网址|省份|层次|用途|主题|时限|期限|任务|进度|目标|总额|余额|比例|合计|来源|事迹|人员?)(?:[(（].*)?$"
)


def is_heading_word(text: str) -> bool:
    """Whether a text ends as column names of office tables do: 专班名称, 负责人, 成员."""
    return len(text) <= 16 and bool(_HEADING_WORD.search(squeezed(text)))


def is_wide_text(view: View, row: int, last: int) -> bool:
    """Whether a row could be a header: two cells or more, all header-like, as wide as half of what follows."""
    cells = [value for value in view.values[row].tolist() if value is not None]
    if len(cells) < 2 or not _all_header_like(cells):
        return False
    if sum(isinstance(cell, str) and is_meta(cell) for cell in cells) * 2 >= len(cells):
        return False
    if mark_of(str(cells[0])) in ("total", "topmost", "part", "of_which", "footer"):
        return False
    if isinstance(cells[0], str) and is_numeral(cells[0]) and not (isinstance(cells[1], str) and is_numeral(cells[1])):
        return False  # 三 | 公安: a group of a numbered list
    if _is_of_series(view, row, last) or is_form_line(view, row, last):
        return False
    return _cover(view, row, last) * 2 >= _usual_width(view, row + 1, last)


def is_form_line(view: View, row: int, last: int) -> bool:
    """Whether a row is a line of a form still to be filled in: every cell a name with an empty place beside it (姓名 |  | 性别
    |  ), and the next line is of the same kind, or the place is merged cells."""
    places = _empty_places(view, row)
    if len(places) < 2:
        return False
    if any(merge.first_column in places for merge in view.spans(row) if not view.held[row, merge.first_column]):
        return True
    below = next((other for other in range(row + 1, last + 1) if view.counts[other]), None)
    if below is None or view.held[below, places].sum() * 2 >= len(places):
        return False
    words = [cell for cell in view.values[below].tolist() if cell is not None]
    return bool(_empty_places(view, below)) and sum(is_heading_word(str(cell)) for cell in words) * 2 >= len(words)


def is_form(view: View, first: int, last: int) -> bool:
    """Whether most lines are a name and one place merged up to the sheet's edge: a form of names and values."""
    lines = [row for row in range(first, min(first + BELOW, last + 1)) if view.counts[row]]
    return sum(has_place(view, row) for row in lines) * 2 >= max(len(lines), 6)


def has_place(view: View, row: int) -> bool:
    """Whether a row is a name and a place to be filled in, merged up to the last column."""
    column = int(np.argmax(view.held[row]))
    ends = {merge.first_column: merge.last_column for merge in view.spans(row)}
    place = ends.get(column, column) + 1
    wide = ends.get(place, place) - place > ends.get(column, column) - column
    return 1 <= view.counts[row] <= 2 and wide and ends[place] == view.values.shape[1] - 1


def _empty_places(view: View, row: int) -> list[int]:
    """The empty columns right of each cell of a row; none at all if a cell has no such place."""
    ends = {merge.first_column: merge.last_column for merge in view.spans(row)}
    places = [ends.get(column, column) + 1 for column in np.flatnonzero(view.held[row]).tolist()]
    width = view.values.shape[1]
    return places if all(place < width and not view.held[row, place] for place in places) else []


def _is_of_series(view: View, row: int, last: int) -> bool:
    """Whether the rows below, or those above, are as this one: 第一节 | 08:00-8:45 over 第二节 | 08:55-9:40 in every cell;
    such a list has no header."""
    held = np.flatnonzero(view.held[row])
    mine = [_pattern(cell) for cell in view.values[row, held].tolist()]
    if "" in mine:
        return False
    return any(
        0 <= at and at + 1 <= last and all(
            view.counts[other] == held.size and [_pattern(cell) for cell in view.values[other, held].tolist()] == mine
            for other in (at, at + 1)
        )
        for at in (row + 1, row - 2)
    )


def _pattern(cell: Any) -> str:
    """A text with 9 for its numerals; '' for one without any, and for all that is no text."""
    found = _NUMERALS.sub("9", squeezed(cell)) if isinstance(cell, str) else ""
    return found if "9" in found else ""


def _cover(view: View, row: int, last: int) -> int:
    """How many columns a row names or groups: its cells, what they are merged over, and where nothing is merged the
    cells below its empty ones, provided that the row below leaves the first column to this one."""
    across = sum(merge.last_column - merge.first_column for merge in view.spans(row))
    if not across and row < last:
        here, below = view.held[row], view.held[row + 1]
        if below.any() and np.argmax(below) > np.argmax(here):
            across = int((below & ~here).sum())
    return int(view.counts[row]) + across


def _usual_width(view: View, first: int, last: int) -> float:
    """How many cells the rows that follow have, up to the next blank row."""
    counts = view.counts[first : min(first + BELOW, last + 1)]
    blank = np.flatnonzero(counts == 0)
    if blank.size and blank[0] > 0:
        counts = counts[: blank[0]]
    counts = counts[counts > 0]
    return float(np.median(counts)) if counts.size else 0.0


def _all_header_like(cells: Sequence[Any]) -> bool:
    """Text, dates, years, and runs of rising numbers (days of a month) may head columns; other numbers may not."""
    numbers = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if any(isinstance(cell, bool) for cell in cells):
        return False
    dates = len(cells) - len(numbers) - len(texts)
    if len(texts) + dates < min(2, len(cells)) and not numbers:
        return False
    if len(numbers) == len(cells) and _are_days(numbers):
        return True
    if numbers and not (_are_years(numbers) or _rise(numbers)):
        return False
    if not texts:
        return False
    shapes = [shape(text) for text in texts]
    codes = [text for text, kind in zip(texts, shapes, strict=True) if kind in "cmn"]
    if codes and not all(is_year_text(code) for code in codes) and not _rise([_plain(code) for code in codes]):
        return False
    return all(len(text) <= LONGEST and "。" not in text for text in texts) and any(kind == "t" for kind in shapes)


def _plain(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def is_year_text(text: str) -> bool:
    """Whether a text is a year: 2014, 2014年, 2014年度."""
    return bool(re.match(r"^(?:19|20)\d\d(?:年度?)?$", squeezed(text)))


def _are_years(numbers: Sequence[float]) -> bool:
    return all(1990 <= number <= 2050 and number == int(number) for number in numbers) and len(set(numbers)) == len(
        numbers
    )


def _are_days(numbers: Sequence[float]) -> bool:
    """Days of a month that follow each other, over a month's end as well; five or more: a grid whose corner is empty."""
    steps = [(low, high) for low, high in pairwise(numbers)]
    return len(numbers) > 4 and all(high == low + 1 or (high == 1 and low in (28, 29, 30, 31)) for low, high in steps)


def _rise(numbers: Sequence[float]) -> bool:
    """At least three steadily rising numbers (days, months, years over a view), or months and days such as 6.5, 6.12."""
    if len(numbers) < 3 or not numbers[-1] <= 2050:
        return False
    if all(low < high for low, high in pairwise(numbers)):
        return True
    dated = [divmod(round(number * 100), 100) for number in numbers if 1 <= number < 13]
    return (
        len(dated) == len(numbers) == len(set(numbers))
        and all(low[0] <= high[0] for low, high in pairwise(dated))
        and not any(number == int(number) for number in numbers)
    )
