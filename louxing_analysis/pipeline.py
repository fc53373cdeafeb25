"""The order of the whole run: workbooks → clean tables → notebooks → report."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from louxing_analysis import reference, store
from louxing_analysis.cleaning.delivery import receive
from louxing_analysis.cleaning.headers import Index
from louxing_analysis.cleaning_run import (
    FINISHED_WITH_SURPRISES,
    FOOTNOTED,
    NOTHING_DONE,
    Outcome,
    Progress,
    clean,
    usual_jobs,
)
from louxing_analysis.paths import Paths

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


class PublishingRefused(RuntimeError):
    """Nothing may leave the office as things stand; the message says why and what clears the way."""


@dataclass(frozen=True)
class RunResult:
    """What `louxing run` came to, in lines for the console."""

    outcome: Outcome
    exit_code: int
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


def inspect(path: Path, where: Paths) -> tuple[dict[str, Any], str]:
    """What the locator made of any workbook: the JSON of the contract, and the same for people."""
    from louxing_analysis.cleaning.inspect import describe, inspect_file

    known = Index(reference.load(where.reference)).known
    found = inspect_file(path, known)
    return found, describe(found)


def refusal(facts: dict[str, Any], *, allow_incomplete: bool) -> str:
    """Why nothing may be published, or nothing."""
    if facts["is_mixed"]:
        return (
            "data/raw 中既有示例文件又有其他台账，不予发布；请先运行 louxing sample --remove / made-up and other workbooks stand together in "
            "data/raw: nothing is published; run louxing sample --remove first"
        )
    if facts["blocking"] and not allow_incomplete:
        return (
            f"有 {facts['blocking']} 个结构性问题，不予发布；请处理后重跑，或加 --allow-incomplete（每页注明缺什么） / {facts['blocking']} structural "
            "surprises: nothing is published; mend them and run again, or add --allow-incomplete, which says on every page what is missing"
        )
    return ""


def footnotes(where: Paths) -> list[tuple[str, str]]:
    """What every page has to say of the data it stands on, in Chinese and English: columns not read, sheets set aside."""
    problems = store.read("problems", where.processed)
    structural = problems[problems["severity"] == "structural"]
    notes = []
    unread = structural[structural["reason"].isin(FOOTNOTED)]
    if len(unread):
        heads = "、".join(sorted(set(unread["found"]))[:6])
        notes.append(
            (
                f"有 {len(unread)} 列表头未登记，未读取：{heads}",
                f"{len(unread)} columns with unknown headers were not read: {heads}",
            )
        )
    lost = structural[~structural["reason"].isin(FOOTNOTED)]
    if len(lost):
        names = sorted({" › ".join(filter(None, pair)) for pair in zip(lost["workbook"], lost["sheet"], strict=True)})
        shown = "；".join(names[:8]) + (" …" if len(names) > 8 else "")
        notes.append((f"数据不完整，未包括：{shown}", f"Incomplete data; left out: {shown}"))
    return notes


def publish(
    where: Paths, *, language: str = "zh", allow_incomplete: bool = False, progress: Progress | None = None
) -> Path:
    """Write the report and its exhibits; raises PublishingRefused."""
    from louxing_analysis.report.district import write_district_report

    facts = store.read_run(where.processed)
    why = refusal(facts, allow_incomplete=allow_incomplete)
    if why:
        raise PublishingRefused(why)
    return write_district_report(
        where.reports,
        read=lambda name: store.read(name, where.processed),
        language=language,
        made_up=facts["is_sample"],
        footnotes=[pair[0 if language == "zh" else 1] for pair in footnotes(where)],
    )


def run(
    where: Paths,
    *,
    jobs: int | None = None,
    language: str = "zh",
    allow_incomplete: bool = False,
    sample: dict[str, Any] | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Sample if data/raw holds no workbook, clean, notebooks, report."""
    lines: list[str] = []
    if not receive(where.raw).names:
        lines.append(make_sample(where, jobs=jobs, progress=progress, **(sample or {})))
    outcome = clean(where, jobs=jobs, progress=progress)
    if outcome.exit_code == NOTHING_DONE:
        return RunResult(outcome, NOTHING_DONE, tuple(lines), ())
    why = refusal(outcome.facts, allow_incomplete=allow_incomplete)
    started = time.perf_counter()
    count = _notebooks(where, outcome.facts, language, only_quality=bool(why), progress=progress)
    lines.append(f"{count} 个笔记本 / notebooks → reports/internal（{time.perf_counter() - started:.1f} s）")
    if why:
        return RunResult(outcome, FINISHED_WITH_SURPRISES, tuple(lines), (why,))
    started = time.perf_counter()
    page = publish(where, language=language, allow_incomplete=allow_incomplete, progress=progress)
    lines.append(f"{page}（{time.perf_counter() - started:.1f} s）")
    return RunResult(outcome, outcome.exit_code, tuple(lines), ())


def _notebooks(
    where: Paths, facts: dict[str, Any], language: str, *, only_quality: bool, progress: Progress | None
) -> int:
    from louxing_analysis.execute import run_notebooks

    books = [
        path
        for path in sorted(where.notebooks.glob("[0-9][0-9]-*.ipynb"))
        if not only_quality or path.name.startswith(QUALITY)
    ]
    done = 0

    def step(name: str) -> None:
        nonlocal done
        done += 1
        if progress:
            progress("notebooks", done, len(books))

    stamp = "内部资料 / internal" + (" · 合成示例数据 / made-up sample data" if facts["is_sample"] else "")
    environment = {
        "LOUXING_PROCESSED": str(where.processed),
        "LOUXING_REPORTS": str(where.reports),
        "LOUXING_REFERENCE": str(where.reference),
    }
    run_notebooks(books, where.reports / "internal", {"LANGUAGE": language}, environment, where.root, stamp, step)
    return len(books)
