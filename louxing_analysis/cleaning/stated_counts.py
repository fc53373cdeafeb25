"""Counts that labels, titles and names state (海南省（27所）, 共120户, 名单608人.xlsx) ↔ the rows that are listed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.levels import level_of
from louxing_analysis.cleaning.locate import Located, Table
from louxing_analysis.cleaning.quantities import is_serial
from louxing_analysis.cleaning.sheet import Sheet, cell_address, holds
from louxing_analysis.cleaning.verdicts import Check, judge

_THINGS = r"(?:所|家|户|人|名|个|项|村|座|处|条|件|种|本|门|批次|单位|学校|企业|机构|项目)"
_IN_BRACKETS = re.compile(rf"[(（\[【]\s*(?:共|共计|合计|总计|计)?\s*(\d{{1,6}})\s*{_THINGS}\s*[)）\]】]")
_COUNTED = re.compile(rf"(?:共有?|共计|合计|总计|总数为?)\s*(\d{{1,6}})\s*{_THINGS}(?![均年月日以])")
_OF_NAME = re.compile(rf"(?<![\d.第年月])(\d{{1,6}})\s*{_THINGS}\s*[)）]?$")
_NEAR = 0.2  # a title's count may be of another list altogether; one this near is of this one
_NEAR_ROWS = 3


class _Said(NamedTuple):
    number: int
    text: str


def count_in_label(text: str) -> _Said | None:
    """The count that a heading or title states of what it heads: 海南省（27所）, 共120户; None where there is none or several."""
    plain = unicodedata.normalize("NFKC", text)
    found = list(_IN_BRACKETS.finditer(plain)) or list(_COUNTED.finditer(plain))
    return _Said(int(found[0][1]), found[0][0].strip("() ")) if len(found) == 1 else None


def count_in_name(name: str) -> _Said | None:
    """The count at the end of a file's or a sheet's name: 花名册608人, 名单（27所）."""
    plain = unicodedata.normalize("NFKC", name).strip()
    found = _IN_BRACKETS.search(plain) or _OF_NAME.search(plain)
    return _Said(int(found[1]), found[0].strip("() ")) if found else None


def check_counts(sheet: Sheet, located: Located) -> list[Check]:
    """The counts that the headings and titles of a sheet state, against the rows under them; names see `check_name`.

    A heading counts the entries down to the next heading of its level (or a higher one). A title counts those of its
    table, and is compared only where it comes near: it may speak of a longer list.
    """
    found = []
    for table in located.tables:
        entries = entries_of(sheet, table)
        found += _headings(sheet, table, entries)
        found += _titles(sheet, located, table, entries)
    return found


def entries_of(sheet: Sheet, table: Table) -> np.ndarray:
    """Which rows of the sheet begin an entry of a list: data rows, of those with serial numbers the numbered ones."""
    data = np.asarray(table.kinds == "data")
    for column in table.columns:
        if is_serial(column.name):
            numbered = data & holds(sheet.values[:, column.index])
            if 0 < numbered.sum() < data.sum() and _merged_down(sheet, column.index):
                return numbered
    return data


def _merged_down(sheet: Sheet, column: int) -> bool:
    return any(
        merge.first_column <= column <= merge.last_column and merge.last_row > merge.first_row for merge in sheet.merges
    )


def _headings(sheet: Sheet, table: Table, entries: np.ndarray) -> list[Check]:
    sections = np.flatnonzero(table.kinds == "section").tolist()
    order: list[tuple[int, int, int]] = []
    levels = []
    for row in sections:
        column, text = _label(sheet, row)
        level = (column, *level_of(text))
        if level not in order:
            order.append(level)
        levels.append(order.index(level))
    found = []
    for at, row in enumerate(sections):
        column, text = _label(sheet, row)
        said = count_in_label(text)
        if said is None:
            continue
        later = (sections[other] for other in range(at + 1, len(sections)) if levels[other] <= levels[at])
        stop = next(later, table.last_row + 1)
        listed = int(entries[row + 1 : stop].sum())
        if listed:
            found.append(_check(cell_address(row, column), said, listed))
    return found


def _label(sheet: Sheet, row: int) -> tuple[int, str]:
    cells = sheet.values[row].tolist()
    column = next((at for at, cell in enumerate(cells) if isinstance(cell, str)), 0)
    return column, str(cells[column] or "")


def _titles(sheet: Sheet, located: Located, table: Table, entries: np.ndarray) -> list[Check]:
    found = []
    everything = int((located.kinds == "data").sum())
    for row in np.flatnonzero(np.isin(table.kinds, ("title", "footer"))).tolist():
        column, text = _label(sheet, row)
        said = count_in_label(text)
        if said is not None:
            found += _near(cell_address(row, column), said, [int(entries.sum()), everything])
    return found


def check_name(name: str, listed: Sequence[int]) -> list[Check]:
    """The count that the name of a file or sheet states, against the rows read in one sheet or in all of them."""
    said = count_in_name(name)
    return _near("", said, listed) if said is not None and any(listed) else []


def _near(address: str, said: _Said, listed: Sequence[int]) -> list[Check]:
    closest = min(listed, key=lambda count: abs(count - said.number))
    if abs(closest - said.number) > max(_NEAR_ROWS, _NEAR * said.number) or not closest:
        return []
    return [_check(address, said, closest)]


def _check(address: str, said: _Said, listed: int) -> Check:
    because = f"写明 {said.text}，列出 {listed} 行 / says {said.text}, lists {listed} rows"
    return judge(address, "count", float(said.number), float(listed), 0.0, 0.0)._replace(because=because)
