"""Pages drawn as text: a letter for what the row is, then its cells between bars.

T title, U unit, H header, h header printed again, D data, S total, s subtotal, o of which, x section, F footer, . blank.
`D/s` is data that may be called a subtotal as well, `h?` a repeat that may head a table of its own, `D!` a hidden row,
`D12` twelve such rows. Below a header: `=` the names its columns should have (`||` between tables side by side), `%` the
units of its columns, `$` the unit of its table (both also taken from （万元） and 单位：万元); `?` is not checked. `-` marks hidden columns with an h.

Cells: `<` continues the cell to the left, `^` the cell above (merged), quotes make text of anything, `@2018-06-05` is a
date, digits are a number, `\\n` breaks a line. `{…}` is filled in, see `fills.py`; `{+}` is the sum of all data rows of the column, `{+^}` of
those just above, `{+v}` of those just below. A page begins with a line `# name`. All names and figures are made up.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

import numpy as np

from louxing_analysis.cleaning.sheet import Merge, Sheet
from tests.cleaning.corpus.fills import Filler
from tests.cleaning.corpus.page import UNTOLD, Expected, Page

_KINDS = {
    "T": "title",
    "U": "unit",
    "H": "header",
    "h": "header",
    "D": "data",
    "S": "total",
    "s": "subtotal",
    "o": "of_which",
    "x": "section",
    "F": "footer",
    ".": "blank",
}
_LINE = re.compile(r"^([TUHhDSsoxF.])((?:/[TUHDSsoxF.])*)(\d*)([?!]*)$")
_BRACKETED = re.compile(r"（(万元|亿元|元|人|户|亩|吨|公顷|公里|千瓦|平方公里|%)）$")
_ONE_UNIT = re.compile(r"单位[:：] ?(\w+)$")
_NOTES = ("=", "%", "$", "-")


def pages(layout: str, drawings: str) -> list[Page]:
    """The pages of one layout, each drawn after a line with its name."""
    parts = re.split(r"^\s*# ", drawings, flags=re.MULTILINE)[1:]
    return [_page(layout, *part.split("\n", 1)) for part in parts]


def _page(layout: str, name: str, drawing: str) -> Page:
    fill = Filler(f"{layout} {name}")
    grid: list[list[str]] = []
    marks: list[re.Match[str]] = []
    notes: dict[int, dict[str, str]] = {}
    hidden_columns: frozenset[int] = frozenset()
    for line in drawing.split("\n"):
        if not line.strip():
            continue
        line = line.strip(" ")
        if line[0] in _NOTES:
            mark, rest = line[0], line[1:]
            if mark == "-":
                hidden_columns = frozenset(at for at, cell in enumerate(rest.split("|")) if cell.strip(" "))
            else:
                notes.setdefault(_header_start(marks), {})[mark] = rest
            continue
        mark, _, rest = line.partition("|")
        match = _LINE.match(mark.strip(" "))
        assert match, f"{layout} / {name}: {line}"
        cells = [cell.strip(" ") for cell in rest.split("|")] if rest.strip(" ") else []
        for _ in range(int(match[3] or 1)):
            grid.append([fill(cell).replace("\\n", "\n") for cell in cells])
            marks.append(match)
    kinds = [_KINDS[mark[1]] for mark in marks]
    sheet = _sheet(grid, [mark[1] for mark in marks], name, hidden_columns)
    sheet = Sheet(
        sheet.name,
        sheet.values,
        sheet.merges,
        False,
        frozenset(row for row, mark in enumerate(marks) if "!" in mark[4]),
        hidden_columns,
    )
    either = {
        row: frozenset(_KINDS[letter] for letter in mark[2].split("/")[1:]) for row, mark in enumerate(marks) if mark[2]
    }
    loose = frozenset(row for row, mark in enumerate(marks) if "?" in mark[4])
    tables = tuple(
        _expected(sheet, rows, notes.get(rows[0], {}), kinds) for rows in _headers([mark[1] for mark in marks])
    )
    return Page(layout, name, sheet, tuple(kinds), either, tables, loose)


def _header_start(marks: list[re.Match[str]]) -> int:
    letters = [mark[1] for mark in marks]
    assert letters[-1] == "H", "a note on columns stands below a header"
    return _headers(letters)[-1][0]


def _headers(letters: list[str]) -> list[tuple[int, ...]]:
    text = "".join(letters)
    found = re.finditer(r"H+(?:\.+H+)*", text)
    return [tuple(row for row in range(*match.span()) if text[row] == "H") for match in found]


def _expected(sheet: Sheet, rows: tuple[int, ...], notes: dict[str, str], kinds: list[str]) -> Expected:
    if "=" in notes:
        names = dict(enumerate(cell.strip(" ") for cell in notes["="].replace("||", "|").split("|")))
        side_by_side = notes["="].count("||") + 1
    elif len(rows) == 1:
        below = _data_below(sheet, rows[-1], kinds)
        names = {
            column: "" if cell is None else _written(cell)
            for column, cell in enumerate(sheet.values[rows[0]].tolist())
            if cell is not None or below[column]
        }
        side_by_side = 1
    else:
        names, side_by_side = {}, 0
    if "%" in notes:
        units = {at: cell.strip(" ") for at, cell in enumerate(notes["%"].split("|"))}
    else:
        units = {at: match[1] for at, name in names.items() if len(rows) == 1 and (match := _BRACKETED.search(name))}
    unit = notes["$"].strip(" ") if "$" in notes else _unit_above(sheet, rows[0], kinds)
    return Expected(rows, names, units, unit, side_by_side)


def _unit_above(sheet: Sheet, header: int, kinds: list[str]) -> str:
    """What 单位：… in the unit row above a header says, where it says one unit."""
    row = header - 1
    while row >= 0 and kinds[row] == "blank":
        row -= 1
    cells = sheet.values[row].tolist() if row >= 0 and kinds[row] == "unit" else []
    found = [match[1] for cell in cells if isinstance(cell, str) and (match := _ONE_UNIT.search(cell))]
    return found[0] if len(found) == 1 else UNTOLD


def _data_below(sheet: Sheet, header: int, kinds: list[str]) -> list[bool]:
    rows = [row for row in range(header + 1, len(kinds)) if kinds[row] in ("data", "total")]
    return [any(sheet.values[row, column] is not None for row in rows) for column in range(sheet.values.shape[1])]


def _written(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def _sheet(grid: list[list[str]], letters: list[str], name: str, hidden: frozenset[int]) -> Sheet:
    width = max(map(len, grid))
    grid = [row + [""] * (width - len(row)) for row in grid]
    values = np.empty((len(grid), width), dtype=object)
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            values[row, column] = cell_of(text)
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            if text in ("{+}", "{+^}", "{+v}"):
                values[row, column] = _sum(values[:, column].tolist(), letters, row, text)
    height = len(grid)
    while height and not any(cell is not None for cell in values[height - 1]):
        height -= 1
    assert height == len(grid), f"{name}: an empty row at the end"
    return Sheet(name, values, tuple(merges_of(grid)))


def cell_of(text: str) -> Any:
    """A drawn cell's value."""
    if text in ("", "<", "^"):
        return None
    if text.startswith("'"):
        return text.strip("'")
    if text.startswith("@"):
        return datetime.date.fromisoformat(text[1:])
    try:
        return float(text)
    except ValueError:
        return text


def merges_of(grid: list[list[str]]) -> list[Merge]:
    """The merged ranges that `<` and `^` draw."""
    found = []
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            if text in ("<", "^"):
                continue
            right, down = column, row
            while right + 1 < len(cells) and cells[right + 1] == "<":
                right += 1
            while down + 1 < len(grid) and grid[down + 1][column] == "^":
                down += 1
            if (right, down) != (column, row):
                found.append(Merge(row, column, down, right))
    return found


def _sum(column: list[Any], letters: list[str], row: int, text: str) -> float:
    step = {"{+^}": -1, "{+v}": 1}.get(text, 0)
    if step:
        start = end = row + step
        while 0 <= end < len(letters) and letters[end] in "Dho.":
            end += step
        rows = range(*sorted((start, end))) if step > 0 else range(end + 1, row)
    else:
        first = max((at for at in range(row) if letters[at] == "H"), default=0)
        last = next((at for at in range(first + 1, len(letters)) if letters[at] == "H"), len(letters))
        rows = range(first, last)
    figures = [column[at] for at in rows if letters[at] == "D" and isinstance(column[at], float)]
    return round(sum(figures), 2)
