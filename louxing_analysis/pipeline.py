"""The order of the whole run: workbooks → clean tables → notebooks → report."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from louxing_analysis import reference, store
from louxing_analysis.cleaning.delivery import receive
from louxing_analysis.cleaning.headers import Index
from louxing_analysis.cleaning_run import (
    FINISHED_WITH_SURPRISES,
    NOTHING_DONE,
    Outcome,
    Progress,
    clean,
    usual_jobs,
)
from louxing_analysis.paths import Paths
from louxing_analysis.private import private_folder
from louxing_analysis.report.permission import ALLOW, PublishingRefused, footnotes, refusal

__all__ = [
    "Outcome",
    "PublishingRefused",
    "RunResult",
    "clean",
    "inspect",
    "make_sample",
    "publish",
    "remove_sample",
    "run",
]

QUALITY = ("10-", "20-")
"""The notebooks that run even when publishing refuses: what arrived, and how good it is."""


@dataclass(frozen=True)
class RunResult:
    """What `louxing run` came to, in lines for the console."""

    outcome: Outcome
    exit_code: int
    before: tuple[str, ...]
    lines: tuple[str, ...]
    warnings: tuple[str, ...]


def make_sample(
    where: Paths,
    *,
    truth: Path | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> str:
    """Write the made-up district into `where.raw`; a line saying what was written."""
    from louxing_analysis.sample import writer

    del progress
    started = time.perf_counter()
    report = writer.write_sample(
        where.raw, truth=truth, jobs=jobs or usual_jobs(), reference=where.reference, **options
    )
    return f"{report.line()}（{time.perf_counter() - started:.1f} s）"


def remove_sample(where: Paths) -> tuple[list[Path], list[Path]]:
    """Delete exactly what the sample's list names; files changed by hand are left and returned second."""
    from louxing_analysis.sample import remove

    removed = remove.remove_sample(where.raw)
    return list(removed.deleted), list(removed.changed)


def inspect(path: Path, where: Paths, *, show_personal: bool = False) -> tuple[dict[str, Any], Callable[[str], None]]:
    """What the locator made of any workbook: the JSON of the contract, and what draws it for people."""
    from louxing_analysis.cleaning.inspect import inspect_workbook
    from louxing_analysis.cleaning.shown_texts import without_personal
    from louxing_analysis.cleaning.workbook import read_workbook

    facts = reference.load(where.reference)
    index = Index(facts)
    workbook = read_workbook(path, path.name)
    per_head = facts.threshold("median_per_head_low", 2020), facts.threshold("median_per_head_high", 2020)
    found = inspect_workbook(workbook, index.known, per_head)

    def draw(language: str) -> None:
        from louxing_analysis.cleaning.drawing import draw_workbook, terminal

        draw_workbook(terminal(), workbook, found, index, language=language, show_personal=show_personal)

    return found if show_personal else without_personal(found), draw


def publish(
    where: Paths, *, language: str = "zh", allow_incomplete: bool = False, progress: Progress | None = None
) -> Path:
    """Write the report and its exhibits; raises PublishingRefused."""
    from louxing_analysis.report.district import ITEMS, write_district_report

    facts = store.read_run(where.processed)
    why = refusal(facts, allow_incomplete=allow_incomplete)
    if why:
        raise PublishingRefused(why)
    count = 0

    def step(name: str) -> None:
        nonlocal count
        count += 1
        if progress:
            progress("report", count, len(ITEMS))

    return write_district_report(
        where.reports,
        read=cache(partial(store.read, processed=where.processed)),  # each table once
        language=language,
        made_up=facts["is_sample"],
        footnotes=footnotes(language, where.processed),
        progress=step,
    )


def run(
    where: Paths,
    *,
    jobs: int | None = None,
    marked: Path | None = None,
    language: str = "zh",
    allow_incomplete: bool = False,
    sample: dict[str, Any] | None = None,
    progress: Progress | None = None,
    **cleaning: Any,
) -> RunResult:
    """Sample if data/raw holds no workbook, clean (`cleaning`: options of `clean`), notebooks, report.

    Notebooks and report run side by side: they only read the clean tables, and write to different folders.
    """
    before: list[str] = []
    if not receive(where.raw).names:
        before.append(make_sample(where, jobs=jobs, progress=progress, **(sample or {})))
    outcome = clean(where, jobs=jobs, progress=progress, marked=marked, **cleaning)
    if outcome.exit_code == NOTHING_DONE:
        return RunResult(outcome, NOTHING_DONE, tuple(before), (), ())
    why = refusal(outcome.facts, allow_incomplete=allow_incomplete)
    # imported before there are two threads: matplotlib looks for a half-imported IPython and trips over it
    import IPython  # noqa: F401
    import nbclient  # noqa: F401

    started = time.perf_counter()
    with ThreadPoolExecutor(1) as beside:
        notebooks = beside.submit(_notebooks, where, outcome.facts, language, allow_incomplete, bool(why), progress)
        page = None if why else publish(where, language=language, allow_incomplete=allow_incomplete, progress=progress)
        count, broken = notebooks.result()
    line = (
        f"{count} 个笔记本 / notebooks → {_shown(where.reports / 'internal', where)}"
        + (f"；报告 / report → {_shown(page, where)}" if page else "")
        + f"（{time.perf_counter() - started:.1f} s）"
    )
    warnings = tuple(filter(None, (why, broken)))
    return RunResult(
        outcome, FINISHED_WITH_SURPRISES if warnings else outcome.exit_code, tuple(before), (line,), warnings
    )


def _shown(path: Path, where: Paths) -> str:
    """A path as a person in the project's folder would type it."""
    return path.relative_to(where.root).as_posix() if path.is_relative_to(where.root) else str(path)


def _notebooks(
    where: Paths,
    facts: dict[str, Any],
    language: str,
    allow_incomplete: bool,
    only_quality: bool,
    progress: Progress | None,
) -> tuple[int, str]:
    """How many notebooks were written, and which failed, in one line."""
    from louxing_analysis.execute import NotebookFailed, run_notebooks

    books = [path for path in sorted(where.notebooks.glob("[0-9][0-9]-*.ipynb"))
             if not only_quality or path.name.startswith(QUALITY)]  # fmt: skip
    done = 0

    def step(name: str) -> None:
        nonlocal done
        done += 1
        if progress:
            progress("notebooks", done, len(books))

    stamp = "内部资料 / internal" + (" · 合成示例数据 / made-up sample data" if facts["is_sample"] else "")
    internal = private_folder(where.reports / "internal")  # before the notebooks draw their exhibits into it
    environment = {
        "LOUXING_PROCESSED": str(where.processed),
        "LOUXING_REPORTS": str(internal),  # what a notebook run by this command publishes, the report publishes
        "LOUXING_REFERENCE": str(where.reference),
        ALLOW: "1" if allow_incomplete else "0",
    }
    try:
        run_notebooks(books, internal, {"LANGUAGE": language}, environment, where.root, stamp, step)
    except NotebookFailed as error:
        return done, str(error)
    return done, ""
