"""A number back to its cells: from a clean row, a line of an exhibit or a claim to file › sheet › cell, as written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from louxing_analysis import claims, reference, store
from louxing_analysis.indicators import registry
from louxing_analysis.indicators.measured import NoLine, matches
from louxing_analysis.paths import Paths
from louxing_analysis.raw_cells import SENTENCES, RawFolder
from louxing_analysis.row_cells import Accounts, Cell, RowReader

ROWS = 20  # rows whose cells are shown; all are counted


class NotFound(LookupError):
    """There is no such table, row, column, group, exhibit or claim; the message says which and what there is."""


class Traced(NamedTuple):
    """What a number was followed to.

    `what`: said in one line (zh / en), empty for a row; `behind`: every clean row (table, workbook, sheet, row, row_id);
    `cells`: those of the first rows; `notes`: what is to be said of raw workbooks that changed or are gone.
    """

    what: str
    behind: pd.DataFrame
    cells: list[Cell]
    notes: list[str]

    @property
    def shown(self) -> int:
        """How many rows have their cells here."""
        return len({cell.row_id for cell in self.cells})

    def as_dict(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "what": self.what,
            "rows": len(self.behind),
            "rows_shown": self.shown,
            "notes": self.notes,
            "behind": json.loads(self.behind.to_json(orient="records", force_ascii=False)),
            "cells": [cell._asdict() for cell in self.cells],
        }


@dataclass(frozen=True)
class Choice:
    """How the cells are to be shown: personal ones or masked, in which language, of how many rows, of which column."""

    show_personal: bool = False
    language: str = "zh"
    rows: int = ROWS
    column: str = ""


USUAL = Choice()


def trace(paths: Paths, what: str, rest: list[str], choice: Choice = USUAL) -> Traced:
    """TABLE ROW_ID [COLUMN] | TABLE KEY=VALUE … | EXHIBIT [GROUP=VALUE …] | CLAIM; raises NotFound."""
    facts = reference.load(paths.reference)
    given = dict(one.split("=", 1) for one in rest if "=" in one)
    plain = [one for one in rest if "=" not in one]
    if what in set(facts.ledgers["ledger"]):
        if plain and not given and len(plain) <= 2:
            return trace_row(paths, what, *plain, choice=choice)
        if given and len(plain) <= 1:
            chosen = Choice(choice.show_personal, choice.language, choice.rows, *(plain or [choice.column]))
            return trace_key(paths, what, given, chosen)
        raise NotFound("louxing trace TABLE ROW_ID [COLUMN] | TABLE KEY=VALUE … [COLUMN]")
    if plain:
        raise NotFound("louxing trace EXHIBIT [GROUP=VALUE …] | CLAIM")
    if what in set(facts.claims["claim"]) and not given:
        return trace_claim(paths, what, choice)
    return trace_exhibit(paths, what, given, choice)


def trace_row(paths: Paths, table: str, row_id: str, column: str = "", *, choice: Choice = USUAL) -> Traced:
    """The cells behind one clean row, or behind one column of it; raises NotFound."""
    frame = _table(paths, table)
    rows = frame[frame["row_id"] == row_id]
    if rows.empty:
        raise NotFound(f"{table} › {row_id}: 没有这一行 / no such row")
    one = Choice(choice.show_personal, choice.language, choice.rows, column or choice.column)
    return _traced(paths, "", _behind(table, rows), one)


def trace_key(paths: Paths, table: str, key: Mapping[str, str], choice: Choice = USUAL) -> Traced:
    """The cells behind the rows that say so: household_id=… income_year=2018; raises NotFound."""
    frame = _table(paths, table)
    unknown = [name for name in key if name not in frame]
    if unknown:
        raise NotFound(f"{table}: 没有这些列 / no such columns: {', '.join(unknown)}；{', '.join(frame.columns)}")
    keep = pd.Series(True, index=frame.index)
    for name, value in key.items():
        keep &= matches(frame[name], value)
    if not keep.any():
        raise NotFound(
            f"{table} › {' '.join(f'{name}={value}' for name, value in key.items())}: 没有这样的行 / no such row"
        )
    return _traced(paths, "", _behind(table, frame[keep]), choice)


def trace_exhibit(paths: Paths, name: str, group: Mapping[str, str], choice: Choice = USUAL) -> Traced:
    """All clean rows behind a line of an exhibit, and the cells of the first of them; raises NotFound."""
    told = paths.reports / "exhibits" / f"{name}.json"
    if not told.exists():
        known = ", ".join(sorted(path.stem for path in told.parent.glob("*.json")))
        raise NotFound(f"{name}: 没有这张图表、数据表或核对条目 / no such exhibit, table or claim; {known}")
    facts = json.loads(told.read_text(encoding="utf-8"))
    measured = registry.measure(facts["indicator"], read=_reader(paths), **facts.get("options", {}))
    try:
        chosen = measured.select(**group)
        behind = measured.rows_behind(**group)
    except (KeyError, NoLine) as error:
        raise NotFound(str(error.args[0])) from error
    if chosen.frame.empty:
        there = "；".join(f"{one}: {', '.join(_values(measured.frame[one]))}" for one in (*measured.groups, "period"))
        raise NotFound(f"{name}: 没有这一行 / no such line; {there}")
    return _traced(paths, f"{name}: {_figures(chosen.frame)}", behind, choice)


def trace_claim(paths: Paths, name: str, choice: Choice = USUAL) -> Traced:
    """What a published sentence comes to in the ledgers, the rows behind it and the cells of the first; raises NotFound."""
    try:
        checked = claims.check(name, _reader(paths), reference.load(paths.reference))
    except claims.UnknownClaim as error:
        raise NotFound(str(error)) from error
    claim = checked.claim
    told = "；".join(f"{key}={value}" for key, value in checked.group.items())
    found = checked.why or f"{checked.found:g}"
    what = (
        f"{claim.sentence(choice.language)} 「{claim.comparison} {claim.stated:g}」 {claim.indicator}（{told}）→ {found}: "
        f"{_VERDICTS[checked.verdict]}"
    )
    return _traced(paths, what, checked.rows_behind(), choice)


_VERDICTS = {
    claims.HOLDS: "成立 / holds",
    claims.DIFFERS: "不一致 / differs",
    claims.CANNOT_TELL: "无法判断 / cannot be told",
}


def _figures(frame: pd.DataFrame) -> str:
    """The one line's figures, or how many lines there are."""
    if len(frame) != 1:
        return f"{len(frame)} 条 / lines"
    line = frame.iloc[0]
    parts = [f"{name} {line[name]:g}" for name in ("value", "numerator", "denominator") if pd.notna(line[name])]
    return f"{', '.join(parts)} {line['unit']}"


def _values(values: pd.Series) -> list[str]:
    return [str(value) for value in values.drop_duplicates().head(12)]


def _reader(paths: Paths) -> Callable[[str], pd.DataFrame]:
    return lambda table: store.read(table, paths.processed)


def _behind(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    behind = rows[["workbook", "sheet", "row", "row_id"]].reset_index(drop=True)
    behind.insert(0, "table", table)
    return behind


def _traced(paths: Paths, what: str, behind: pd.DataFrame, choice: Choice) -> Traced:
    raw = RawFolder(paths.raw, store.read_run(paths.processed).get("inputs", {}))
    cells = list(_cells(paths, raw, behind.head(choice.rows), choice))
    books = dict.fromkeys(cell.workbook for cell in cells)
    shown = {cell.workbook: cell.workbook_now or cell.workbook for cell in cells}
    notes = [
        f"{shown[book]}: {SENTENCES[state]}" + (f" → {cell_now}" if (cell_now := _now(raw, book, state)) else "")
        for book in books
        if (state := raw.state(book))
    ]
    return Traced(what, behind, cells, notes)


def _now(raw: RawFolder, workbook: str, state: str) -> str:
    path = raw.path(workbook)
    return path.relative_to(raw.raw).as_posix() if state == "moved" and path else ""


def _cells(paths: Paths, raw: RawFolder, behind: pd.DataFrame, choice: Choice) -> Iterator[Cell]:
    facts = reference.load(paths.reference)
    accounts = Accounts(store.read("layouts", paths.processed), store.read("problems", paths.processed))
    for name, rows in behind.groupby("table", sort=False):
        table = str(name)
        frame = _table(paths, table)
        reader = RowReader(table, facts, accounts, raw, choice.show_personal, choice.language)
        for record in frame[frame["row_id"].isin(rows["row_id"])].to_dict("records"):
            found = list(reader.cells(record, choice.column))
            if choice.column and not found:
                known = ", ".join(reader.columns(record))
                raise NotFound(f"{table}.{choice.column}: 该行没有这一列 / the row has no such column; {known}")
            yield from found


def _table(paths: Paths, table: str) -> pd.DataFrame:
    try:
        return store.read(table, paths.processed)
    except store.NothingProcessed as error:
        raise NotFound(f"{table}: 没有这张表 / no such table; {', '.join(store.names(paths.processed))}") from error
