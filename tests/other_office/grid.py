"""A sheet as rows of cells, each row with its kind, and beside it what the cleaning has to make of every row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """What is written: a value, how it is shown, and whether a formula never calculated or in error stands there."""

    value: object = None
    shown: str = ""  # a number format
    formula: str = ""  # written without a cached value
    error: str = ""  # #REF! and the like


class Written(NamedTuple):
    """A value as an office wrote it, and what should become of it."""

    cell: Cell
    value: object  # what the clean table should hold; None: missing
    aside: str = ""  # the cell must be named in `problems`, for something like this
    damaged: str = ""  # said in the list of plants


@dataclass
class Expected:
    """One clean row, or one row that must be quarantined."""

    table: str
    sheet: str
    rows: frozenset[int]  # the clean row's own row number is one of these
    ids: dict[str, object]  # pseudonym column → who it really is
    values: dict[str, object]
    aside: dict[str, str] = field(default_factory=dict)  # column → cell
    fate: str = "kept"  # kept, or the reason of the quarantine (any reason of the names joined by |)
    column: str | None = None  # the letter that tells two tables beside one another apart
    workbook: str = ""


@dataclass
class Sheet:
    """Rows of cells from row 1 on."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # first row, first column, last row, last column; from 0
    hidden: set[int] = field(default_factory=set)
    expected: list[Expected] = field(default_factory=list)
    structural: str = ""  # the sheet must be set aside whole and named
    is_hidden: bool = False
    widths: int = 12

    def add(self, kind: str, values: list[object]) -> int:
        """Append a row; its spreadsheet number."""
        self.rows.append([value if isinstance(value, Cell) else Cell(value) for value in values])
        self.kinds.append(kind)
        return len(self.rows)

    def title(self, text: str, width: int, kind: str = "title") -> int:
        """A line merged across the table."""
        number = self.add(kind, [text])
        if width > 1:
            self.merges.append((number - 1, 0, number - 1, width - 1))
        return number

    def merge(self, first: int, last: int, place: int) -> None:
        """Join the cells of a column from one row to another (spreadsheet numbers)."""
        if last > first:
            self.merges.append((first - 1, place, last - 1, place))

    def expect(
        self, table: str, rows: list[int], ids: dict[str, object], values: dict[str, object], **more: object
    ) -> Expected:
        """Say what must come of these rows."""
        one = Expected(table, self.name, frozenset(rows), ids, values, **more)  # type: ignore[arg-type]
        self.expected.append(one)
        return one


@dataclass
class Book:
    """A file of sheets; `form` is how it is written."""

    name: str
    form: str
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet:
        """A new sheet."""
        self.sheets.append(Sheet(name))
        return self.sheets[-1]


def letter(place: int) -> str:
    """A column's letter, from 0."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
