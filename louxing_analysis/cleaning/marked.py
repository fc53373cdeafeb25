"""Marked copies: every workbook with something wrong in it, written out for the office that sent it to mend."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import private_folder
from louxing_analysis.cleaning.list_sheet import NAME, Styles, is_list, original_of, page
from louxing_analysis.cleaning.marked_package import Request, marked
from louxing_analysis.cleaning.marks import Marks, comments, gather
from louxing_analysis.cleaning.packages import open_package
from louxing_analysis.cleaning.plain_copy import fits, plain_copy, sheet_names
from louxing_analysis.cleaning.sheet import Sheet
from louxing_analysis.cleaning.workbook import Workbook, read_workbook
from louxing_analysis.problems import Problem
from louxing_analysis.reference import Reference

MOST_INFLATED = (
    400_000_000  # bytes of a package that is changed in memory; 100,000 rows of 40 columns take about 150 MB
)
MOST_CELLS = 3_000_000  # cells of a copy written anew, about a minute's work
MOST_MARKS = 5_000  # comments on one sheet; beyond them the list alone speaks
_TABLES = frozenset(
    [
        ".xlsx",
        ".xlsm",
        ".xltx",
        ".xltm",
        ".xls",
        ".xlt",
        ".xlsb",
        ".et",
        ".ett",
        ".ods",
        ".csv",
        ".tsv",
        ".txt",
        ".htm",
        ".html",
        ".mht",
        ".mhtml",
        ".xml",
    ]
)
_KEPT = (
    "原文件加上批注和底色，格式与公式未动",
    "the workbook as sent, with comments and colours; formats and formulas untouched",
)
_ANEW = (
    "按读到的内容重新写出，只有数值、合并单元格和列宽",
    "written anew from what was read: values, merged cells and widths",
)
_LIST_ONLY = (
    "原文件过大，这里只有清单，请在原文件中更正",
    "too large to copy: this is the list alone; mend the workbook itself",
)


class Task(NamedTuple):
    """One workbook to copy."""

    source: str
    workbook: str
    marks: Marks


class Copy(NamedTuple):
    """One copy's bytes, and whether it is the workbook as sent."""

    content: bytes
    is_original: bool


def write_marked(
    folder: Path,
    raw: Path,
    problems: Iterable[Problem],
    quarantine: pd.DataFrame,
    sheets: pd.DataFrame,
    layouts: Sequence[Mapping[str, Any]],
    facts: Reference,
    jobs: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[str, ...]:
    """Write the marked copies of a delivery below `folder` (checked before); what was done, in lines for the console.

    Problems and names are unmasked: a copy holds the office's own data and goes back to it.
    """
    found = gather(problems, quarantine, sheets, layouts, facts)
    tasks = [
        Task(str(raw / workbook), workbook, marks)
        for workbook, marks in sorted(found.items())
        if (raw / workbook).is_file() and (marks.lines or marks.rows)
    ]
    before = private_folder.prepare(folder)
    targets = targets_of([task.workbook for task in tasks])
    result, now, anew, done = private_folder.Written(), {}, 0, 0
    for task, copy in zip(tasks, _copies(tasks, jobs), strict=True):
        done += 1
        if progress:
            progress("marked", done, len(tasks))
        name = targets[task.workbook]
        if not private_folder.is_ours(folder, name, before):
            result.changed_by_hand.append(name)
            continue
        now[name] = private_folder.put(folder, name, copy.content)
        result.written.append(name)
        anew += not copy.is_original
    private_folder.finish(folder, before, now, result)
    return _lines(folder, result, anew)


def _lines(folder: Path, result: private_folder.Written, anew: int) -> tuple[str, ...]:
    count, kept = len(result.written), len(result.written) - anew
    lines = [
        f"{count} 个标注副本 → {folder}（{kept} 个保留原格式，{anew} 个重新写出；含个人信息，仅供退回报送单位，勿外传）/ {count} marked copies: {kept} keep "
        f"their formats, {anew} written anew; personal, for the offices that sent them only"
    ]
    if result.changed_by_hand:
        names = "、".join(result.changed_by_hand[:5]) + ("……" if len(result.changed_by_hand) > 5 else "")
        lines.append(
            f"{len(result.changed_by_hand)} 个副本已被人改动，未覆盖；请移走后重跑 / changed by somebody, not written over; move them away "
            f"and run again: {names}"
        )
    if result.removed:
        lines.append(f"{len(result.removed)} 个副本已无问题，已删除 / copies with nothing wrong any more, removed")
    return tuple(lines)


def targets_of(workbooks: Sequence[str]) -> dict[str, str]:
    """Workbook → the copy's path: the same name as .xlsx; two that would be the same keep their kind in the name."""
    out: dict[str, str] = {}
    taken: set[str] = set()
    for workbook in sorted(workbooks, key=lambda name: (not name.lower().endswith(".xlsx"), name)):
        path = PurePosixPath(workbook)
        known = path.suffix.lower() in _TABLES
        target = str(path.with_suffix(".xlsx")) if known else f"{workbook}.xlsx"
        if target.casefold() in taken:
            target = f"{workbook}.xlsx"
        taken.add(target.casefold())
        out[workbook] = target
    return out


def _copies(tasks: Sequence[Task], jobs: int) -> Iterable[Copy]:
    if jobs == 1 or len(tasks) < 4:
        yield from map(copy_of, tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(copy_of, tasks, chunksize=4)


def copy_of(task: Task) -> Copy:
    """One marked copy: the workbook as sent where it can be changed in place, else written anew, else the list alone."""
    workbook = read_workbook(Path(task.source), task.workbook)
    if workbook.kind == "xlsx":
        try:
            data = Path(task.source).read_bytes()
            if sum(part.file_size for part in open_package(data).infolist()) <= MOST_INFLATED:
                content = marked(data, _request(task, workbook, _KEPT, {one.name: one.name for one in workbook.sheets}))
                if says_the_same(content, workbook):
                    return Copy(content, True)
        except Exception as error:  # whatever is unusual in a part that was never opened: written anew below
            if isinstance(error, MemoryError):
                raise
    sheets = [sheet for sheet in workbook.sheets if not is_list(sheet)]
    small = fits(sheets, MOST_CELLS)
    names = sheet_names([sheet.name for sheet in sheets], taken=(NAME,)) if small else {}
    plain = plain_copy(sheets if small else [], names)
    return Copy(marked(plain, _request(task, workbook, _ANEW if small else _LIST_ONLY, names)), False)


def _request(task: Task, workbook: Workbook, how: tuple[str, str], names: Mapping[str, str]) -> Request:
    said = {}
    for sheet in workbook.sheets:
        if sheet.name in names and not is_list(sheet):
            places = comments(task.marks, sheet.name, sheet.values, sheet.merges)
            said[names[sheet.name]] = dict(list(places.items())[:MOST_MARKS])
    old = frozenset(sheet.name for sheet in workbook.sheets if is_list(sheet))
    original = next((original_of(sheet) for sheet in workbook.sheets if is_list(sheet)), "") or task.workbook
    taken = [name for name in names.values() if name not in old]
    name = sheet_names([NAME], taken)[NAME]

    def draw(styles: Styles) -> bytes:
        return page(task.marks.lines, original, workbook.kind, how, styles, dict(names))

    return Request(said, name, old & set(names), draw)


def says_the_same(content: bytes, workbook: Workbook) -> bool:
    """Whether a copy, read again, holds what the workbook holds, cell by cell: no mark may change a value."""
    with TemporaryDirectory(prefix="louxing-marked-") as folder:  # made for its owner alone
        path = Path(folder) / "copy.xlsx"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(content)
        again = read_workbook(path, workbook.name)
    mine = [sheet for sheet in again.sheets if not is_list(sheet)]
    theirs = [sheet for sheet in workbook.sheets if not is_list(sheet)]
    return (
        len(mine) == len(theirs)
        and len(again.problems) == len(workbook.problems)
        and all(map(_alike, mine, theirs))
        and any(is_list(sheet) for sheet in again.sheets)
    )


def _alike(mine: Sheet, theirs: Sheet) -> bool:
    return (
        mine.name == theirs.name
        and mine.merges == theirs.merges
        and mine.values.shape == theirs.values.shape
        and bool(np.all(mine.values == theirs.values))
        and dict(mine.unreadable) == dict(theirs.unreadable)
    )
