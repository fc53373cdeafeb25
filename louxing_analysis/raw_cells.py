"""Cells of the raw workbooks behind clean rows: found again by name or fingerprint, only the sheets that are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.workbook import Merge, Sheet, cell_address, filled, list_workbooks, read_workbook
from louxing_analysis.reference import normalise

GONE, CHANGED, UNREADABLE, MOVED = "gone", "changed", "unreadable", "moved"
SENTENCES = {
    GONE: "原始文件不在 data/raw 中，看不到原文 / the workbook is not in data/raw; the texts cannot be shown",
    CHANGED: "原始文件在清洗后已改动，下列原文可能不是当时读到的；请重新清洗 / the workbook was changed after cleaning; "
    "the texts below may not be those that were read: clean again",
    UNREADABLE: "原始文件现在无法读取 / the workbook cannot be read now",
    MOVED: "原始文件已改名或移动，按内容找到 / the workbook was renamed or moved; found by its contents",
}


class Written(NamedTuple):
    """What stands in a cell, where it was written, and how it came from there: itself, merged, above."""

    text: str
    address: str
    how: str


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it stands in the file."""

    workbook: str
    sheet: Sheet

    @cached_property
    def values(self) -> np.ndarray:
        """The cells with merged ranges filled."""
        return filled(self.sheet)

    def cell(self, row: int, column: int) -> Written:
        """A cell by row and column from 0; of a merged range, what its first cell says."""
        address = cell_address(row, column)
        if row >= self.values.shape[0] or column >= self.values.shape[1]:
            return Written("", address, "")
        told = self.sheet.unreadable.get((row, column))
        text = told[1] if told else self._text(row, column)
        if text and not told and self.sheet.values[row, column] is None:
            merge = next(one for one in self.sheet.merges if _covers(one, row, column))
            return Written(text, cell_address(merge.first_row, merge.first_column), "merged")
        return Written(text, address, "")

    def above(self, row: int, column: int, first: int) -> Written:
        """The nearest cell with a text over a blank one, not over row `first`: where a household's first row says it."""
        for one in range(row - 1, first - 1, -1):
            found = self.cell(one, column)
            if found.text.strip():
                return found._replace(how="above")
        return Written("", cell_address(row, column), "")

    def column(self, column: int, first: int) -> set[str]:
        """The distinct texts of a column from row `first` on."""
        if column >= self.values.shape[1]:
            return set()
        return {as_written(cell).strip() for cell in self.values[first:, column] if cell is not None}

    def saying(self, value: str, before: int) -> Written:
        """The first cell in the rows over `before` whose text holds a value: a title that says the year."""
        for row in range(min(before, len(self.sheet.values))):
            for column in np.flatnonzero(self.sheet.values[row] != np.array(None)):
                text = self._text(row, int(column))
                if value in normalise(text):
                    return Written(text, cell_address(row, int(column)), "")
        return Written("", "", "")

    def _text(self, row: int, column: int) -> str:
        cell = self.values[row, column]
        return "" if cell is None else as_written(cell)


class RawFolder:
    """The raw workbooks, each opened once; `hashes` are those of run.json, by stored name."""

    def __init__(self, raw: Path, hashes: Mapping[str, str]) -> None:
        self.raw, self.hashes = raw, hashes
        self.found: dict[str, tuple[Path | None, str]] = {}
        self.sheets: dict[tuple[str, str, int], RawSheet | None] = {}

    def state(self, workbook: str) -> str:
        """Empty where the workbook is the one that was cleaned, else gone, changed, unreadable or moved."""
        return self._locate(workbook)[1]

    def path(self, workbook: str) -> Path | None:
        """Where a workbook is now."""
        return self._locate(workbook)[0]

    def sheet(self, workbook: str, name: str, number: int) -> RawSheet | None:
        """One sheet by its stored name; where that is masked or not there, the one in its place. None if it is gone."""
        if (workbook, name, number) not in self.sheets:
            self.sheets[workbook, name, number] = self._read(workbook, name, number)
        return self.sheets[workbook, name, number]

    def _read(self, workbook: str, name: str, number: int) -> RawSheet | None:
        path, _ = self._locate(workbook)
        if path is None:
            return None
        is_masked = "[" in name
        found = [] if is_masked else list(read_workbook(path, workbook, only=frozenset({name})).sheets)
        if not found:
            every = read_workbook(path, workbook).sheets
            found = list(every[number : number + 1]) if is_masked else []
            if not every:
                self.found[workbook] = (path, UNREADABLE)
        return RawSheet(path.relative_to(self.raw).as_posix(), found[0]) if found else None

    def _locate(self, workbook: str) -> tuple[Path | None, str]:
        if workbook not in self.found:
            self.found[workbook] = self._search(workbook)
        return self.found[workbook]

    def _search(self, workbook: str) -> tuple[Path | None, str]:
        path, wanted = self.raw / workbook, self.hashes.get(workbook, "")
        if path.is_file():
            return path, "" if not wanted or _fingerprint(path) == wanted else CHANGED
        same = next((one for one in list_workbooks(self.raw) if _fingerprint(one) == wanted), None) if wanted else None
        return (None, GONE) if same is None else (same, "" if "[" in workbook else MOVED)


def _covers(merge: Merge, row: int, column: int) -> bool:
    return bool(merge.first_row <= row <= merge.last_row and merge.first_column <= column <= merge.last_column)


def _fingerprint(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
