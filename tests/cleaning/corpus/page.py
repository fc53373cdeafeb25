"""A drawn sheet with its truth beside every row, and how a reading of it is compared with that truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from louxing_analysis.cleaning.locate import KINDS, Located
from louxing_analysis.cleaning.sheet import Sheet, cell_address

UNTOLD = "?"  # a name or a unit that is not checked


@dataclass(frozen=True)
class Expected:
    """One header and what is under it: column (from 0) → name and → unit where they are told, and how many tables it
    heads side by side (0: not told)."""

    header_rows: tuple[int, ...]
    names: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    unit: str = UNTOLD
    side_by_side: int = 0


@dataclass(frozen=True)
class Page:
    """A sheet of a layout: the likeliest kind of every row, rows that may be of another kind too, and its tables.

    `loose` are header rows that may be a repeat of the table before or head a table of their own.
    """

    layout: str
    name: str
    sheet: Sheet
    kinds: tuple[str, ...]
    either: Mapping[int, frozenset[str]] = field(default_factory=dict)
    tables: tuple[Expected, ...] = ()
    loose: frozenset[int] = frozenset()

    @property
    def title(self) -> str:
        """The page's name in a test report."""
        return f"{self.layout} / {self.name}"


def cut_short(page: Page) -> Page:
    """The page with the first of its data rows alone and no merged ranges: too little to be read right every time."""
    first = page.kinds.index("data") if "data" in page.kinds else -1
    rows = [row for row, kind in enumerate(page.kinds) if kind != "data" or row == first]
    return replace(
        page,
        sheet=Sheet(page.sheet.name, page.sheet.values[rows]),
        kinds=tuple(page.kinds[row] for row in rows),
        either={at: page.either[row] for at, row in enumerate(rows) if row in page.either},
        tables=(),
    )


def wrong_rows(page: Page, located: Located, kinds: tuple[str, ...] = KINDS) -> list[str]:
    """Rows whose kind is wrong, of those where the drawn or the found kind is one of `kinds`; in words."""
    found = located.kinds.tolist()
    if len(found) != len(page.kinds):
        return [f"{len(page.kinds)} rows drawn, {len(found)} found"]
    told = []
    for row, (drawn, read) in enumerate(zip(page.kinds, found, strict=True)):
        if read != drawn and read not in page.either.get(row, ()) and (drawn in kinds or read in kinds):
            told.append(f"row {row + 1} {_shown(page.sheet, row)}: {drawn}, read as {read}")
    return told


def wrong_tables(page: Page, located: Located) -> list[str]:
    """Headers, column names and units that are not as drawn; in words."""
    drawn_headers = {table.header_rows for table in page.tables}
    found_headers = list(dict.fromkeys(table.header_rows for table in located.tables))
    told = [
        f"a table with header rows {_from_1(rows)}, drawn {sorted(map(_from_1, drawn_headers))}"
        for rows in found_headers
        if rows not in drawn_headers and not set(rows) <= page.loose
    ]
    for expected in page.tables:
        mine = [table for table in located.tables if table.header_rows == expected.header_rows]
        if not mine:
            told.append(f"no table with header rows {_from_1(expected.header_rows)}, read {found_headers}")
            continue
        if expected.side_by_side and len(mine) != expected.side_by_side:
            told.append(f"{expected.side_by_side} tables side by side drawn, {len(mine)} found")
        names = {column.index: _plain(column.name) for table in mine for column in table.columns}
        units = {column.index: column.unit or "" for table in mine for column in table.columns}
        for index, name in expected.names.items():
            if name != UNTOLD and names.get(index, "") != _plain(name):
                told.append(f"column {cell_address(0, index)[:-1]}: {_plain(name)}, read {names.get(index, '')}")
        for index, unit in expected.units.items():
            if unit != UNTOLD and units.get(index, "") != unit:
                told.append(f"unit of {cell_address(0, index)[:-1]}: {unit or 'none'}, read {units.get(index, '')}")
        if expected.unit != UNTOLD and any((table.unit or "") != expected.unit for table in mine):
            told.append(f"unit {expected.unit or 'none'}, read {[table.unit for table in mine]}")
    return told


def _plain(name: str) -> str:
    return "".join(name.split())


def _from_1(rows: tuple[int, ...]) -> list[int]:
    return [row + 1 for row in rows]


def _shown(sheet: Sheet, row: int) -> str:
    cells = ["" if cell is None else str(cell) for cell in sheet.values[row].tolist()]
    return "|".join(cells)[:90]
