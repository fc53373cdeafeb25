"""A number back to its cells: from a clean row, or a line of an exhibit, to file › sheet › cell with the text as written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from louxing_analysis import reference, store
from louxing_analysis.cleaning.accounts import column_masks
from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.workbook import filled, list_workbooks, read_workbook
from louxing_analysis.indicators import registry
from louxing_analysis.paths import Paths


class NotFound(LookupError):
    """There is no such table, row, column or exhibit; the message says which and what there is."""


class Cell(NamedTuple):
    """One cell behind a number; `written` is empty where the raw workbook is not at hand."""

    table: str
    column: str
    label: str
    workbook: str
    sheet: str
    address: str
    written: str
    value: str
    origin: str  # column, title, sheet or file: where the value was said

    def line(self, language: str = "zh") -> str:
        """file › sheet › cell 「text as written」 → value."""
        place = " › ".join(part for part in (self.workbook, self.sheet, self.address) if part)
        return f"{place} 「{self.written}」 {self.label} → {self.value}"


def trace_row(
    paths: Paths, table: str, row_id: str, column: str = "", *, show_personal: bool = False, language: str = "zh"
) -> list[Cell]:
    """The cells behind one clean row, or behind one column of it; raises NotFound."""
    frame = _table(paths, table)
    rows = frame[frame["row_id"] == row_id]
    if rows.empty:
        raise NotFound(f"{table} › {row_id}: 没有这一行 / no such row")
    return list(_cells(paths, table, rows, column, show_personal, language))


def trace_exhibit(
    paths: Paths,
    name: str,
    group: dict[str, str],
    *,
    show_personal: bool = False,
    language: str = "zh",
    limit: int = 20,
) -> tuple[pd.DataFrame, list[Cell]]:
    """All clean rows behind a line of an exhibit, and the cells of the first `limit` of them; raises NotFound."""
    told = paths.reports / "exhibits" / f"{name}.json"
    if not told.exists():
        known = ", ".join(sorted(path.stem for path in told.parent.glob("*.json")))
        raise NotFound(f"{name}: 没有这张图表 / no such exhibit; {known}")
    facts = json.loads(told.read_text(encoding="utf-8"))
    measured = registry.measure(
        facts["indicator"], read=lambda wanted: store.read(wanted, paths.processed), **facts.get("options", {})
    )
    try:
        behind = measured.rows_behind(**group)
    except KeyError as error:
        raise NotFound(str(error.args[0])) from error
    cells: list[Cell] = []
    for table, rows in behind.head(limit).groupby("table", sort=False):
        frame = _table(paths, str(table))
        cells.extend(
            _cells(paths, str(table), frame[frame["row_id"].isin(rows["row_id"])], "", show_personal, language)
        )
    return behind, cells


def _table(paths: Paths, table: str) -> pd.DataFrame:
    try:
        return store.read(table, paths.processed)
    except store.NothingProcessed as error:
        raise NotFound(f"{table}: 没有这张表 / no such table; {', '.join(store.names(paths.processed))}") from error


def _cells(
    paths: Paths, table: str, rows: pd.DataFrame, column: str, show_personal: bool, language: str
) -> Iterable[Cell]:
    facts = reference.load(paths.reference)
    layouts = store.read("layouts", paths.processed)
    written = _reader(paths.raw)
    masks = {} if show_personal else column_masks(facts)
    feeding = {table, *facts.ledgers.loc[facts.ledgers["also_feeds"] == table, "ledger"]}
    for record in rows.to_dict("records"):
        mine = layouts[
            (layouts["workbook"] == record["workbook"])
            & (layouts["sheet"] == record["sheet"])
            & layouts["table"].isin(feeding)
        ]
        found = False
        for line in mine.to_dict("records"):
            if not _concerns(line, column, record):
                continue
            found = True
            address = f"{line['letter']}{record['row']}" if line["letter"] else ""
            mask = masks.get((table, line["column"])) or masks.get((line["table"], line["column"]), "")
            text = mask or (
                written(record["workbook"], record["sheet"], line["letter"], record["row"])
                if address
                else line["header"]
            )
            label = facts.label(f"column:{table}", line["column"], language)
            label = (
                label if label != line["column"] else facts.label(f"column:{line['table']}", line["column"], language)
            )
            value = (
                "" if line["column"] not in record or pd.isna(record[line["column"]]) else str(record[line["column"]])
            )
            yield Cell(
                table, line["column"], label, record["workbook"], record["sheet"], address, text, value, line["origin"]
            )
        if column and not found:
            raise NotFound(
                f"{table}.{column}: 该行没有这一列 / the row has no such column; {', '.join(sorted(set(mine['column'])))}"
            )


def _concerns(line: dict[str, Any], column: str, record: dict[str, Any]) -> bool:
    if column and line["column"] != column:
        return False
    return not line["spread"] or line["letter"] == record["source_column"] or not record["source_column"]


def _reader(raw: Path) -> Callable[[str, str, str, int], str]:
    """Reads cells of raw workbooks, each workbook once; nothing where the file is not there."""
    sheets: dict[str, dict[str, Any]] = {}

    def read(workbook: str, sheet: str, letter: str, row: int) -> str:
        if workbook not in sheets:
            path = _found(raw, workbook)
            opened = read_workbook(path, workbook).sheets if path else ()
            sheets[workbook] = {one.name: (filled(one), one.unreadable) for one in opened}
        name = next((one for one in sheets[workbook] if _is_written(one, sheet)), sheet)
        values, unreadable = sheets[workbook].get(name, (None, {}))
        at = _column_index(letter)
        if values is None or row > values.shape[0] or at >= values.shape[1]:
            return ""
        told = unreadable.get((row - 1, at))
        cell = values[row - 1, at]
        return told[1] if told else ("" if cell is None else as_written(cell))

    return read


def _is_written(name: str, stored: str) -> bool:
    """Whether a stored name, in which persons' names are masked, is this one."""
    return re.fullmatch(re.sub(r"\\\[[^\]]+\\\]", ".+", re.escape(stored)), name) is not None


def _found(raw: Path, stored: str) -> Path | None:
    """The raw workbook of a stored name; where a person's name is masked in it, the only one that fits."""
    if (raw / stored).exists():
        return raw / stored
    fitting = [path for path in list_workbooks(raw) if _is_written(path.relative_to(raw).as_posix(), stored)]
    return fitting[0] if len(fitting) == 1 else None


def _column_index(letter: str) -> int:
    number = 0
    for character in letter:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1
