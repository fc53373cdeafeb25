"""How long cleaning takes beside the bare reading of the same files, in one run on a made-up district.

    python benchmarks/cleaning.py [--places N] [--households N] [--jobs N] [--repeat N]

Prints a table for docs/benchmarks.md. Processor seconds count all processes and are the figure to compare; wall seconds
depend on what else the machine does. Each step runs `--repeat` times and the fastest run counts.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from louxing_analysis import paths, pipeline, reference, store
from louxing_analysis.cleaning.headers import Index
from louxing_analysis.cleaning.locate import locate
from louxing_analysis.cleaning.workbook import list_workbooks, read_workbook


class Measure(NamedTuple):
    """Seconds of one step, and what it went through."""

    step: str
    processor: float
    wall: float
    rows: int


def without_text_files(raw: Path) -> list[Path]:
    """The files that python-calamine opens; the others (CSV, HTML) are deleted, so that every step has the same ones."""
    kept = []
    for path in list_workbooks(raw):
        try:
            CalamineWorkbook.from_path(str(path))
            kept.append(path)
        except CalamineError:
            path.unlink()
    return kept


def bare_reading(files: list[Path]) -> int:
    """Every sheet of every file; the rows that python-calamine gives."""
    rows = 0
    for path in files:
        book = CalamineWorkbook.from_path(str(path))
        rows += sum(len(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names)
    return rows


def reading_and_locating(files: list[Path], known: frozenset[str]) -> int:
    """Every sheet of every file as cells, with what each row is; rows up to the last that holds a value."""
    sheets = (sheet for path in files for sheet in read_workbook(path, path.name).sheets)
    return sum(len(locate(sheet, known).kinds) for sheet in sheets if sheet.values.size)


def cleaning(where: paths.Paths, jobs: int) -> int:
    """Workbooks to clean tables; rows of the sheets it accounted for."""
    pipeline.clean(where, jobs=jobs)
    return int(store.read("sheets", where.processed)["rows_in_sheet"].sum())


def processor_seconds() -> float:
    """Of this process and of those it has waited for."""
    return sum(os.times()[:4])


def measure(step: str, work: Callable[[], int], repeat: int) -> Measure:
    """The fastest of some runs, by processor seconds."""
    runs = []
    for _ in range(repeat):
        wall, processor = time.perf_counter(), processor_seconds()
        rows = work()
        runs.append(Measure(step, processor_seconds() - processor, time.perf_counter() - wall, rows))
    return min(runs, key=lambda run: run.processor)


def report(measures: list[Measure], files: list[Path]) -> str:
    """The table, and the machine and files it was measured on."""
    size = sum(path.stat().st_size for path in files) / 1e6
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    lines = [
        f"{machine}; {len(files)} files, {size:.1f} MB",
        "",
        "| step | processor s | wall s | rows | ratio to bare reading |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for one in measures:
        ratio = one.processor / measures[0].processor
        lines.append(f"| {one.step} | {one.processor:.2f} | {one.wall:.2f} | {one.rows:,} | {ratio:.1f} |")
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("places", 204), ("households", 7600), ("jobs", pipeline.usual_jobs()), ("repeat", 1)):
        options.add_argument(f"--{name}", type=int, default=default)
    told = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="louxing-benchmark-") as folder:
        where = paths.default().moved(raw=Path(folder) / "raw", processed=Path(folder) / "processed")
        pipeline.make_sample(where, places=told.places, households=told.households, jobs=told.jobs)
        files = without_text_files(where.raw)
        known = Index(reference.load(where.reference)).known
        steps: list[tuple[str, Callable[[], int]]] = [
            ("python-calamine alone, one process", lambda: bare_reading(files)),
            ("our reading and locating, one process", lambda: reading_and_locating(files, known)),
            (f"whole cleaning, {told.jobs} processes", lambda: cleaning(where, told.jobs)),
        ]
        print(report([measure(name, work, told.repeat) for name, work in steps], files))


if __name__ == "__main__":
    main()
