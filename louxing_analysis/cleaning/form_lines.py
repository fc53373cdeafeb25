"""Forms of names and places to fill in, which look like headers; and the words that name columns in office tables."""

from __future__ import annotations

import re

import numpy as np

from louxing_analysis.cleaning.shapes import squeezed
from louxing_analysis.cleaning.view import View

_LINES = 30  # lines of a sheet that show whether it is a form
_HEADING_WORD = re.compile(
    r"(?:名称|姓名|名单|序号|编号|代码|单位|部门|职务|岗位|电话|负责人|责任人|联系人|成员|时间|日期|地点|地址|金额|数量|备注|情况|内容|类别|类型|性别|"
    r"年龄|人数|户数|面积|项目|品名|规格|标准|方式|原因|结果|措施|说明|户主|乡镇|学历|专业|签名|签字|盖章|号码|证号|住址|民族|文化程度|政治面貌|状况|关系|意见|理由|年月|账号|帐号|开户行|籍贯|职称|邮编|邮箱|"
    r"传真|网址|省份|层次|用途|主题|时限|期限|任务|进度|目标|总额|余额|比例|合计|来源|事迹|人员?)(?:[(（].*)?$"
)


def is_heading_word(text: str) -> bool:
    """Whether a text ends as column names of office tables do: 专班名称, 负责人, 成员."""
    return len(text) <= 16 and bool(_HEADING_WORD.search(squeezed(text)))


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
    lines = [row for row in range(first, min(first + _LINES, last + 1)) if view.counts[row]]
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
