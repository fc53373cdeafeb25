"""Two runs over a workbook that came back mended → which of its problems are gone, which remain, which are new."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pandas as pd

from louxing_analysis import store

GONE, REMAINING, NEW, UNSEEN = "gone", "remaining", "new", "unseen"
"""`unseen`: the sheet or column was read last time and is not now, so nobody can tell whether the cell was mended."""

COLUMNS = ("workbook", "sheet", "cell", "column", "found", "reason", "severity", "status")
SHOWN = 20
_NEEDED = ("table", "workbook", "sheet", "cell", "column", "found", "reason", "severity")


class Run(NamedTuple):
    """What one run stored: its problems (masked), sheets and layouts, and the fingerprint of every workbook."""

    problems: pd.DataFrame
    sheets: pd.DataFrame
    layouts: pd.DataFrame
    inputs: Mapping[str, str]


def earlier(processed: Path) -> Run | None:
    """The run whose tables stand in the folder; None where there is none, or one that cannot be compared with."""
    try:
        run = Run(
            store.read("problems", processed),
            store.read("sheets", processed),
            store.read("layouts", processed),
            store.read_run(processed)["inputs"],
        )
    except (OSError, KeyError, ValueError):  # no run yet, or one that broke off
        return None
    wanted = (
        (run.problems, _NEEDED),
        (run.sheets, ("workbook", "sheet", "table", "data")),
        (run.layouts, ("workbook", "sheet", "column")),
    )
    return run if all(set(names) <= set(frame) for frame, names in wanted) else None


def compare(before: Run | None, now: Run, copies: Mapping[str, str]) -> pd.DataFrame:
    """One row per problem of every workbook whose bytes changed since the run before; columns are COLUMNS.

    `copies`: workbook → the one it is a marked copy of, as its list says. A cell is the one of this run; of what is
    gone or unseen, that of the run before.
    """
    rows: list[tuple[str, ...]] = []
    if before is not None:
        for workbook, old in pairs(before.inputs, now.inputs, copies).items():
            rows.extend(_of_workbook(workbook, old, before, now))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype("str")


def pairs(before: Mapping[str, str], now: Mapping[str, str], copies: Mapping[str, str]) -> dict[str, str]:
    """Workbook of this run → the one it was, for those whose bytes changed.

    The same name; else the one that its list names; else the only one gone that had its name but for the ending, since
    an .xls goes out as a marked .xlsx.
    """
    gone: dict[str, list[str]] = {}
    for name in sorted(set(before) - set(now)):
        gone.setdefault(_bare(name), []).append(name)
    found: dict[str, str] = {}
    for name, digest in sorted(now.items()):
        old = name if name in before else copies.get(name, "")
        if old not in before or (old != name and old in now):
            alike = gone.get(_bare(name), []) if name not in before else []
            old = alike[0] if len(alike) == 1 else ""
        if old and before[old] != digest:
            found[name] = old
    return found


def _bare(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(""))


def _of_workbook(workbook: str, old: str, before: Run, now: Run) -> list[tuple[str, ...]]:
    olds, news = _problems(before, old), _problems(now, workbook)
    names = _renamed(before, now, old, workbook)
    matched: dict[int, int] = {}
    for key in _KEYS:
        _match(olds, news, matched, key, names)
    known = set(matched.values())
    out: list[tuple[str, ...]] = [
        (workbook, *problem[:6], REMAINING if at in known else NEW) for at, problem in enumerate(news)
    ]
    for at, problem in enumerate(olds):
        if at not in matched:
            lost = _is_unseen(problem, names.get(problem.sheet, problem.sheet), old, workbook, before, now)
            out.append((workbook, *problem[:6], UNSEEN if lost else GONE))
    return out


class _Found(NamedTuple):
    sheet: str
    cell: str
    column: str
    found: str
    reason: str
    severity: str
    table: str


def _problems(run: Run, workbook: str) -> list[_Found]:
    mine = run.problems[run.problems["workbook"] == workbook]
    return [_Found(*map(str, row)) for row in mine[list(_Found._fields)].itertuples(index=False)]


Key = Callable[[_Found, str], Hashable]

# the very cell; the same text elsewhere, for rows inserted above shift it; the same cell with another text that is wrong
# too; the same text on another sheet
_KEYS: tuple[Key, ...] = (
    lambda one, sheet: (sheet, one.cell, one.reason, one.column, one.found),
    lambda one, sheet: (sheet, one.reason, one.column, one.found),
    lambda one, sheet: (sheet, one.cell, one.reason, one.column),
    lambda one, sheet: (one.reason, one.column, one.found),
)


def _match(olds: list[_Found], news: list[_Found], matched: dict[int, int], key: Key, names: Mapping[str, str]) -> None:
    """Pair off what no earlier key has paired, in the order of the sheet; changes `matched`."""
    taken = set(matched.values())
    free: dict[Hashable, list[int]] = {}
    for at, one in reversed(list(enumerate(news))):
        if at not in taken:
            free.setdefault(key(one, one.sheet), []).append(at)
    for at, one in enumerate(olds):
        waiting = free.get(key(one, names.get(one.sheet, one.sheet))) if at not in matched else None
        if waiting:
            matched[at] = waiting.pop()


def _renamed(before: Run, now: Run, old: str, workbook: str) -> dict[str, str]:
    """Sheets that have another name now: the only one gone and the only one new that were taken for the same ledger."""
    was, is_now = _sheets(before, old), _sheets(now, workbook)
    gone, come = set(was) - set(is_now), set(is_now) - set(was)
    out = {}
    for sheet in gone:
        alike = [name for name in gone if was[name] == was[sheet]]
        new = [name for name in come if is_now[name] == was[sheet]]
        if len(alike) == len(new) == 1:
            out[sheet] = new[0]
    return out


def _sheets(run: Run, workbook: str) -> dict[str, frozenset[str]]:
    """The sheets of a workbook and the ledgers they were taken for; none of a sheet set aside."""
    mine = run.sheets[run.sheets["workbook"] == workbook]
    return {str(name): frozenset(rows["table"]) - {""} for name, rows in mine.groupby("sheet")}


def _is_unseen(problem: _Found, sheet: str, old: str, workbook: str, before: Run, now: Run) -> bool:
    """Whether the cell was looked at last time and is not now: its sheet or its column is not read any more."""
    if not problem.cell or not _sheets(before, old).get(problem.sheet):
        return False
    if not _sheets(now, workbook).get(sheet):
        return True
    was = _has_column(before.layouts, old, problem.sheet, problem.column)
    return was and not _has_column(now.layouts, workbook, sheet, problem.column)


def _has_column(layouts: pd.DataFrame, workbook: str, sheet: str, column: str) -> bool:
    here = (layouts["workbook"] == workbook) & (layouts["sheet"] == sheet) & (layouts["column"] == column)
    return bool(here.any())


def lines(table: pd.DataFrame, before: Run | None, now: Run, copies: Mapping[str, str]) -> tuple[str, ...]:
    """What became of the problems, one line for each workbook that came back, and of its rows, should some be gone."""
    if before is None:
        return ()
    back = pairs(before.inputs, now.inputs, copies)
    out = []
    for workbook, old in list(back.items())[:SHOWN]:
        count = table.loc[table["workbook"] == workbook, "status"].value_counts().to_dict()
        was, is_now = _rows(before, old), _rows(now, workbook)
        out.append(
            f"  {workbook}: {_counted(count)}{'' if was == is_now else f'；数据行 / data rows {was} → {is_now}'}"
        )
    if len(back) > SHOWN:
        out.append(f"  … 另有 {len(back) - SHOWN} 个工作簿 / more workbooks in data/processed/mended.parquet")
    if out:
        total = table["status"].value_counts().to_dict()
        out.insert(0, f"{len(back)} 个工作簿有改动 / {len(back)} workbooks changed: {_counted(total)}")
    return tuple(out)


def _rows(run: Run, workbook: str) -> int:
    return int(run.sheets.loc[run.sheets["workbook"] == workbook, "data"].sum())


def _counted(count: Mapping[Any, int]) -> str:
    gone, left, new, unseen = (int(count.get(one, 0)) for one in (GONE, REMAINING, NEW, UNSEEN))
    more = f"，{unseen} 处看不到（表或列未读取）/ {unseen} cannot be seen: sheet or column not read" if unseen else ""
    return f"问题消除 {gone}，仍在 {left}，新增 {new} / {gone} gone, {left} remain, {new} new{more}"
