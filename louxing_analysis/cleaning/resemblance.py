"""Sheets that hold the figures of another one, and sheets that hold another table than their name says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from louxing_analysis.cleaning.portraits import Portrait, same_kind, without_years, years_in, years_of_title
from louxing_analysis.cleaning.quantities import plain_name
from louxing_analysis.cleaning.sheet import cell_address

_FEWEST_EQUAL, _FEWEST_DISTINCT, _MOSTLY = 12, 8, 0.8
_ROUND = {100.0, 1000.0, 10000.0}
_PLACE = re.compile(r"(?:街道办事处|街道|乡|镇|村|社区|区|县|市)$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_OTHERS = 2  # sheets that keep a rule before another is said to break it


class Note(NamedTuple):
    """Something odd about a sheet: where, which reason of problems.py, and the facts in words."""

    sheet: str
    cell: str
    reason: str
    detail: str


def copied_sheets(sheets: Sequence[Portrait]) -> list[Note]:
    """Sheets with the figures of an earlier one in the same places: at least 12 that say something, and 80 % of all.

    Figures of a year that both sheets name beside them (a series that goes on) are the same by right, and so are those
    of one table in two languages.
    """
    first: dict[tuple[int, int, float], int] = {}
    found = []
    for number, sheet in enumerate(sheets):
        telling = {place: value for place, value in sheet.figures.items() if _tells(value)}
        likely = Counter(
            first[key] for place, value in telling.items() if (key := (*place, value)) in first and first[key] < number
        )
        for other, _ in likely.most_common(3):
            earlier = sheets[other]
            equal, all_of = _shared(sheet, earlier)
            if (
                len(equal) >= max(_FEWEST_EQUAL, _MOSTLY * all_of)
                and len(set(equal)) >= _FEWEST_DISTINCT
                and not _translated(sheet, earlier)
            ):
                detail = (
                    f"「{earlier.name}」：{all_of} 个数中 {len(equal)} 个相同 / "
                    f"{len(equal)} of {all_of} figures are those of {earlier.name}"
                )
                found.append(Note(sheet.name, "", "copied_sheet", detail))
                break
        for place, value in telling.items():
            first.setdefault((*place, value), number)
    return found


def _tells(value: float) -> bool:
    """Whether two sheets hardly hold this figure in one place by chance: no small count, no year, no round figure."""
    whole = value == int(value)
    return not (whole and (abs(value) < 20 or 1900 <= value <= 2100)) and value not in _ROUND


def _shared(left: Portrait, right: Portrait) -> tuple[list[float], int]:
    """Equal figures in the same places, and how many telling figures the fuller sheet has."""
    mine = {place: value for place, value in left.figures.items() if _tells(value)}
    other = {place: value for place, value in right.figures.items() if _tells(value)}
    series = {place for place in mine.keys() & other.keys() if _same_year(left, right, place)}
    equal = [mine[place] for place in mine.keys() & other.keys() if place not in series and mine[place] == other[place]]
    return equal, max(len(mine), len(other)) - len(series)


def _same_year(left: Portrait, right: Portrait, place: tuple[int, int]) -> bool:
    """Whether both sheets name one and the same year beside a figure, in its column's name or its row's label."""
    row, column = place
    nothing: set[int] = set()
    return bool(
        left.column_years.get(column, nothing) & right.column_years.get(column, nothing)
        or left.label_years.get(row, nothing) & right.label_years.get(row, nothing)
    )


def _translated(left: Portrait, right: Portrait) -> bool:
    """Whether one sheet is in Chinese and the other is not."""
    return len({bool(_CHINESE.search("".join(one.labels.values()))) for one in (left, right)}) > 1


def wrong_tables(sheets: Sequence[Portrait]) -> list[Note]:
    """Sheets whose title, rows or header belong to another sheet than their name says, where the others keep to theirs."""
    return [*_wrong_years(sheets), *_wrong_places(sheets), *_wrong_headers(sheets)]


def _wrong_years(sheets: Sequence[Portrait]) -> list[Note]:
    """Sheet 2018 whose title says 2017, where other sheets' titles say the year of their name."""
    dated = [(one, years_in(one.name), years_of_title(one.title)) for one in sheets]
    dated = [(one, name, title) for one, name, title in dated if name and title]
    right = [one for one, name, title in dated if name & title]
    if len(right) < _FEWEST_OTHERS:
        return []
    return [
        Note(
            one.name,
            "",
            "wrong_table",
            f"表名 {_listed(name, '、')}，标题 {_listed(title, '、')} / "
            f"the sheet's name says {_listed(name, ', ')}, its title {_listed(title, ', ')}",
        )
        for one, name, title in dated
        if not name & title
    ]


def _listed(years: set[int], comma: str) -> str:
    return comma.join(str(year) for year in sorted(years))


def _core(name: str) -> str:
    plain = re.sub(r"[\d\s()_.-]+", "", plain_name(name))
    return _PLACE.sub("", plain) if len(_PLACE.sub("", plain)) >= 2 else plain


def _wrong_places(sheets: Sequence[Portrait]) -> list[Note]:
    """The sheet of one township whose title or rows name the township of another sheet."""
    cores = {one.name: _core(one.name) for one in sheets}
    places = {core for core in cores.values() if len(core) >= 2 and _CHINESE.search(core)}
    found = []
    for part in ("title", "rows"):
        says = {one.name: _places_said(one, part, places) for one in sheets}
        right = sum(cores[name] in said for name, said in says.items())
        for one in sheets:
            others = says[one.name] - {cores[one.name]}
            if cores[one.name] in places and others and cores[one.name] not in says[one.name]:
                if right < max(_FEWEST_OTHERS, len(sheets) / 2) or len(others) > 1:
                    continue
                other = min(others)
                where = ("标题", "title") if part == "title" else ("各行", "rows")
                detail = (
                    f"表名 {one.name}，{where[0]} {other} / the sheet's name says {one.name}, its {where[1]} {other}"
                )
                found.append(Note(one.name, "", "wrong_table", detail))
    return list({note.sheet: note for note in found}.values())


def _places_said(one: Portrait, part: str, places: set[str]) -> set[str]:
    """Which of the places that sheets are named after a title names, or a column of the rows says throughout."""
    if part == "title":
        return {place for place in places if place in one.title}
    said: set[str] = set()
    table = one.table
    rows = [
        row
        for row in range(table.first_row, min(table.last_row + 1, table.first_row + 400))
        if table.kinds[row] == "data"
    ]
    for column in table.columns[:6]:
        cells = {
            plain_name(str(cell)) for cell in one.sheet.values[rows, column.index].tolist() if isinstance(cell, str)
        }
        if len(cells) == 1:
            said |= {place for place in places if place in next(iter(cells))}
    return said


def _wrong_headers(sheets: Sequence[Portrait]) -> list[Note]:
    """One sheet of a series (2016, 2017, …) with the columns of another table, where all the others have the same."""
    series: dict[str, list[Portrait]] = {}
    for one in sheets:
        if years_in(one.name):
            series.setdefault(without_years(one.name), []).append(one)
    found = []
    for family in series.values():
        if len(family) <= _FEWEST_OTHERS + 1:
            continue
        for one in family:
            others = [other for other in family if other is not one]
            alike = all(same_kind(others[0], other) for other in others[1:])
            titles = {without_years(other.title) for other in family}
            if alike and len(titles) > 1 and len(one.heads & others[0].heads) < 0.3 * len(one.heads | others[0].heads):
                cell = cell_address(one.table.header_rows[0], one.table.first_column) if one.table.header_rows else ""
                detail = f"表头与「{others[0].name}」等 {len(others)} 张表不同 / its header is not that of the {len(others)} other sheets"
                found.append(Note(one.name, cell, "wrong_table", detail))
    return found
