"""What reading, locating and naming a ledger costs beside the bare reading of the same file, in one run.

    python benchmarks/reading.py [--rows N ...] [--books N] [--repeat N] [--quick]

Writes ledgers of 40 columns and a folder of small workbooks into a temporary folder, checks that our cells are
python-calamine's, and prints a table for docs/benchmarks.md. Every measurement has a process of its own: processor seconds
count from after its imports, peak memory counts all. Steps take turns `--repeat` times and the least of each counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ledgers import ERRORS_EVERY, HEADERS, UNCALCULATED_EVERY, Ledger

SMALL_ROWS, SLOW_FROM = 60, 10_000
BARE, LOCATE, NAME, SLOW = (
    "python-calamine `to_python()`",
    "read and locate",
    "read, locate and name",
    "openpyxl, read-only",
)


def files_in(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path]


def bare() -> Callable[[Path], Any]:
    """What python-calamine does alone."""
    from python_calamine import CalamineWorkbook

    def step(path: Path) -> Any:
        book = CalamineWorkbook.from_path(str(path))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    return step


def ours(naming: bool = True) -> Callable[[Path], Any]:
    """Cells, what every row is, and, if asked for, what every column is called in the clean tables."""
    from louxing_analysis import paths, reference
    from louxing_analysis.cleaning.headers import Index, match
    from louxing_analysis.cleaning.locate import Table, locate
    from louxing_analysis.cleaning.workbook import read_workbook

    index = Index(reference.load(paths.default().reference))

    def named(table: Table) -> Any:
        return match([(column.index, column.name) for column in table.columns], table.title, index)

    def step(path: Path) -> Any:
        found = []
        for sheet in read_workbook(path, path.name).sheets:
            located = locate(sheet, index.known)
            found.append((sheet, located, [named(table) for table in located.tables] if naming else []))
        return found

    return step


def slow() -> Callable[[Path], Any]:
    """What openpyxl does alone; shown beside, never used on large sheets."""
    import openpyxl

    def step(path: Path) -> Any:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return [list(sheet.iter_rows(values_only=True)) for sheet in book]

    return step


MAKERS = {BARE: bare, LOCATE: lambda: ours(naming=False), NAME: ours, SLOW: slow}


def used() -> tuple[float, float]:
    """Processor seconds and peak megabytes of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)


def prepare(path: Path, rows: int, books: int) -> None:
    """Write and check in a process of its own: a child's peak memory begins with its parent's."""
    command = [sys.executable, __file__, "--write", str(path), "--rows", str(rows), "--books", str(books)]
    subprocess.run(command, check=True)


def prepare_here(path: Path, rows: int, books: int) -> None:
    """One ledger, or a folder of many."""
    if not books:
        Ledger(rows, rows).write(path)
        check(path, rows)
        return
    path.mkdir()
    for number in range(books):
        Ledger(rows, number).write(path / f"{number}.xlsx")
    check(path / "0.xlsx", rows)


def measure_here(step: str, path: Path) -> None:
    """One measurement, in a process that does nothing else."""
    work = MAKERS[step]()
    begin, start = used()
    for one in files_in(path):
        work(one)
    seconds, peak = used()
    print(json.dumps([seconds - begin, peak, start]))


def check(path: Path, rows: int) -> None:
    """Our cells are python-calamine's where it has any, what it would blank is found, and every row is what it is."""
    import numpy as np
    from python_calamine import CalamineWorkbook

    (found,) = ours()(path)
    sheet, located, (match,) = found
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    grid = np.empty((len(theirs), len(theirs[0])), dtype=object)
    grid[:] = theirs
    grid[grid == ""] = None
    assert sheet.values.shape == grid.shape
    blanked = {place for place, (reason, _) in sheet.unreadable.items() if reason in ("error_cell", "not_calculated")}
    differs = set(zip(*(at.tolist() for at in np.nonzero(sheet.values != grid)), strict=True))
    assert differs <= blanked, sorted(differs - blanked)[:5]
    records = range(2, rows + 2)
    errors = {(row, 25) for row in records if row % ERRORS_EVERY == 0}
    assert blanked == errors | {(row, 26) for row in records if row % UNCALCULATED_EVERY == 0}
    kinds = ["title", "header", *["data"] * rows, "total", "footer"]
    assert located.kinds.tolist() == kinds, "rows"
    assert match.ledger, match.missing


class Measured(NamedTuple):
    """The least of some runs: processor seconds, peak megabytes, and the megabytes before the first file."""

    seconds: float
    peak: float
    start: float


def measure(path: Path, steps: list[str], repeat: int) -> dict[str, Measured]:
    """Steps in turn, so that whatever else the machine does falls on all."""
    runs: dict[str, list[list[float]]] = {step: [] for step in steps}
    for _ in range(repeat):
        for step in steps:
            command = [sys.executable, __file__, "--step", step, "--path", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            runs[step].append(json.loads(done.stdout))
    return {step: Measured(*map(min, zip(*results, strict=True))) for step, results in runs.items()}


def report(name: str, cells: int, measured: dict[str, Measured]) -> Iterator[str]:
    """Lines of the table."""
    base = measured[BARE]
    for step, one in measured.items():
        yield (
            f"| {name} | {step} | {one.seconds:.2f} | {one.seconds / cells * 1e6:.2f} | {one.seconds / base.seconds:.2f} | "
            f"{one.peak:.0f} | {one.peak / base.peak:.2f} | {one.peak - one.start:.0f} | "
            f"{(one.peak - one.start) / max(base.peak - base.start, 1):.2f} |"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--books", type=int, default=200)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--quick", action="store_true", help="1,000 and 10,000 rows, 40 workbooks, once")
    options.add_argument("--step", choices=MAKERS, help=argparse.SUPPRESS)
    options.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.write:
        prepare_here(told.write, told.rows[0], told.books)
        return
    if told.step:
        measure_here(told.step, told.path)
        return
    sizes, books, repeat = ([1_000, 10_000], 40, 1) if told.quick else (told.rows, told.books, told.repeat)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    print("| ledger | step | processor s | µs a cell | × bare | peak MB | × bare | MB above start | × bare |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(prefix="louxing-benchmark-") as folder:
        for rows in sizes:
            path = Path(folder) / f"{rows}.xlsx"
            prepare(path, rows, 0)
            steps = [BARE, NAME, SLOW] if rows <= SLOW_FROM else [BARE, NAME]
            for line in report(f"{rows:,} rows", rows * len(HEADERS), measure(path, steps, repeat)):
                print(line, flush=True)
            path.unlink()
        small = Path(folder) / "small"
        prepare(small, SMALL_ROWS, books)
        cells = books * SMALL_ROWS * len(HEADERS)
        for line in report(f"{books} workbooks of {SMALL_ROWS} rows", cells, measure(small, list(MAKERS), repeat)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
