"""Small offices drawn by hand: sheets as lines of cells between bars, written as workbooks and cleaned.

`<` continues the cell to the left and `^` the cell above (merged), an empty cell is empty, a cell in single quotes is text
whatever it looks like, `@2018-06-05` is a date, `#439902196503120011` is a number however long; digits of more than eleven
places are text otherwise. All names and numbers are made up; the region code 439902 exists nowhere.
"""

from __future__ import annotations

import datetime
import shutil
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from louxing_analysis import paths, pipeline, reference, store
from louxing_analysis.cleaning import sheets
from louxing_analysis.cleaning.assemble import Assembled, assemble
from louxing_analysis.cleaning.knowledge import Knowledge, prepare
from louxing_analysis.cleaning.stack import Piece
from louxing_analysis.cleaning.workbook import Merge, Sheet

SECRET = "a secret that is long enough for a test"


def identity(birth: str, serial: int = 11) -> str:
    """An ID number of 18 digits with a right check digit: region 439902, birth date, serial (odd: male)."""
    body = f"439902{birth}{serial:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def drawn(drawing: str, name: str = "Sheet1") -> Sheet:
    """The drawing as the reader would give it."""
    grid = [[part.strip() for part in line.split("|")] for line in drawing.strip("\n").splitlines() if line.strip()]
    width = max(map(len, grid))
    grid = [row + [""] * (width - len(row)) for row in grid]
    values = np.empty((len(grid), width), dtype=object)
    merges = []
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            values[row, column] = _cell(text)
            right = column
            while text not in ("<", "^") and right + 1 < width and grid[row][right + 1] == "<":
                right += 1
            down = row
            while text not in ("<", "^") and down + 1 < len(grid) and grid[down + 1][column] == "^":
                down += 1
            if (right, down) != (column, row):
                merges.append(Merge(row, column, down, right))
    return Sheet(name, values, tuple(merges))


def _cell(text: str) -> Any:
    if text in ("", "<", "^"):
        return None
    if text.startswith("'"):
        return text.strip("'")
    if text.startswith("@"):
        return datetime.datetime.fromisoformat(text[1:])
    if text.startswith("#"):
        return float(text[1:])
    if len(text) > 11 and text.isdigit():
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def write(path: Path, drawings: dict[str, str | Sheet]) -> Path:
    """One workbook with the drawn sheets, merges and all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime.datetime(2020, 1, 1)})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, drawing in drawings.items():
            sheet = drawing if isinstance(drawing, Sheet) else drawn(drawing, name)
            page = book.add_worksheet(name)
            for merge in sheet.merges:
                page.merge_range(merge.first_row, merge.first_column, merge.last_row, merge.last_column, "")
            for (row, column), value in np.ndenumerate(sheet.values):
                if isinstance(value, datetime.datetime):
                    page.write_datetime(row, column, value, day)
                elif isinstance(value, str):
                    page.write_string(row, column, value)
                elif value is not None:
                    page.write(row, column, value)
    return path


@dataclass(frozen=True)
class Office:
    """A project folder with workbooks of its own."""

    paths: paths.Paths

    def put(self, name: str, drawing: str | Sheet | None = None, **named: str | Sheet) -> Path:
        """Write one workbook below data/raw; `drawing` is its only sheet, or give sheets by name."""
        return write(self.paths.raw / name, {"Sheet1": drawing} if drawing is not None else named)

    def put_sheets(self, name: str, drawings: dict[str, str | Sheet]) -> Path:
        """Write one workbook whose sheets have names that are no words of Python."""
        return write(self.paths.raw / name, drawings)

    def clean(self, jobs: int = 1, *, remember: bool = True, executor: Executor | None = None) -> pipeline.Outcome:
        """Clean the whole folder."""
        return pipeline.clean(self.paths, jobs=jobs, remember=remember, executor=executor)

    def table(self, name: str) -> pd.DataFrame:
        """A stored table."""
        return store.read(name, self.paths.processed)

    def problems(self, reason: str = "") -> pd.DataFrame:
        """The problems, or those of one reason."""
        frame = self.table("problems")
        return frame[frame["reason"] == reason] if reason else frame

    def own_reference(self, name: str, *rows: str) -> None:
        """A reference folder of this office's own, with rows added to one of its files."""
        if self.paths.reference == paths.default().reference:
            raise AssertionError("make the office with own_reference=True")
        with (self.paths.reference / f"{name}.csv").open("a", encoding="utf-8") as handle:
            handle.writelines(f"{row}\n" for row in rows)


def office(folder: Path, *, own_reference: bool = False) -> Office:
    """An empty office below a folder; its key is made on first use."""
    known = paths.default()
    facts = known.reference
    if own_reference:
        facts = folder / "reference"
        shutil.copytree(known.reference, facts)
    where = paths.Paths(folder, folder / "raw", facts, folder / "processed", folder / "reports", known.notebooks)
    where.raw.mkdir(parents=True, exist_ok=True)
    (folder / "louxing.key").write_text(SECRET, encoding="utf-8")
    return Office(where)


@cache
def knowledge() -> Knowledge:
    """The project's own reference rows, made ready once."""
    return prepare(reference.load())


def cleaned(drawing: str | Sheet, workbook: str = "台账.xlsx", sheet: str = "Sheet1") -> sheets.Cleaned:
    """One drawn sheet, located, matched and typed, without a file."""
    result = sheets.Cleaned(workbook)
    page = drawing if isinstance(drawing, Sheet) else drawn(drawing, sheet)
    sheets.clean_sheet(page, workbook, knowledge(), result)
    return result


def typed(drawing: str | Sheet, table: str, workbook: str = "台账.xlsx", sheet: str = "Sheet1") -> pd.DataFrame:
    """The typed rows of one table that a drawn sheet gives."""
    return pd.concat([piece.frame for piece in cleaned(drawing, workbook, sheet).tables[table]], ignore_index=True)


def put_together(*results: sheets.Cleaned) -> Assembled:
    """The tables that some typed sheets give; keys stay plain."""
    pieces: dict[str, list[Piece]] = {}
    letters: dict[tuple[str, str, str, str], str] = {}
    read = [problem for result in results for problem in result.problems]
    known = reference.load().ledgers
    feeds = dict(zip(known["ledger"], known["also_feeds"], strict=True))
    for result in results:
        for table, mine in result.tables.items():
            pieces.setdefault(table, []).extend(mine)
        for line in result.layouts:
            for table in filter(None, (line["table"], feeds[line["table"]])):
                letters[line["workbook"], line["sheet"], table, line["column"]] = line["letter"]
    return assemble(pieces, reference.load(), lambda kind, keys: keys.to_numpy(dtype=object), letters, read)


def said(result: sheets.Cleaned) -> list[tuple[str, str, str]]:
    """(cell, reason, text as written) of every problem, in order."""
    return [(problem.cell, problem.reason, problem.found) for problem in result.problems]
