"""From workbooks to clean tables: beside the bare reading of the same file, and again after one workbook has changed.

    python benchmarks/tables.py [--rows N ...] [--repeat N] [--places N] [--households N]

Writes sound ledgers of 40 columns (people of a village register, the head first) and a made-up district into temporary
folders. Every measurement has a process of its own; processor and wall seconds count from after its imports, and the
processor seconds are those of all its processes.
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
import time
from pathlib import Path
from typing import Any, NamedTuple

from ledgers import Ledger

BARE, TABLES = "python-calamine `to_python()`", "file to Parquet, one process"


class Cost(NamedTuple):
    """Processor and wall seconds, peak megabytes of the largest process, rows, and workbooks read."""

    processor: float
    wall: float
    peak: float
    rows: int
    read: int


def bare(raw: Path) -> tuple[int, int]:
    """Every sheet of the only file; its rows."""
    from python_calamine import CalamineWorkbook

    (path,) = raw.iterdir()
    book = CalamineWorkbook.from_path(str(path))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names), 1


def tables(raw: Path, jobs: int) -> tuple[int, int]:
    """The whole cleaning, remembering for the next run; rows of the sheets, and how many workbooks had to be read."""
    from louxing_analysis import paths, pipeline

    where = paths.default().moved(raw=raw, processed=raw.parent / "processed")
    counts = pipeline.clean(where, jobs=jobs).facts["counts"]
    return int(counts["data_rows"]), int(counts["workbooks_read"])


def imports() -> None:
    """What is needed whatever there is to do."""
    import pyarrow.parquet  # noqa: F401
    import python_calamine  # noqa: F401

    import louxing_analysis.pipeline  # noqa: F401


def measure_here(step: str, raw: Path, jobs: int) -> None:
    """One measurement, in a process that does nothing else."""
    imports()
    wall, begin = time.perf_counter(), sum(os.times()[:4])
    rows, read = bare(raw) if step == BARE else tables(raw, jobs)
    cost = sum(os.times()[:4]) - begin, time.perf_counter() - wall
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(kind).ru_maxrss for kind in kinds) / (1e6 if sys.platform == "darwin" else 1024)
    print(json.dumps([*cost, peak, rows, read]))


def measure(step: str, raw: Path, jobs: int = 1) -> Cost:
    """One measurement in a process of its own."""
    command = [sys.executable, __file__, "--step", step, "--path", str(raw), "--jobs", str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def ledger(rows: int, repeat: int) -> None:
    """One ledger, bare and ours in turn; the least of each counts."""
    with tempfile.TemporaryDirectory(prefix="louxing-benchmark-") as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        Ledger(rows, rows, sound=True).write(raw / "2018年花名册.xlsx")
        costs: dict[str, list[Cost]] = {BARE: [], TABLES: []}
        for _ in range(repeat):
            for step, mine in costs.items():
                forget(raw)
                mine.append(measure(step, raw))
        base = min(costs[BARE])
        for step, mine in costs.items():
            one = min(mine)
            print(
                f"| {rows:,} rows | {step} | {one.processor:.2f} | {one.processor / rows * 1e6:.0f} | "
                f"{one.processor / base.processor:.2f} | {one.peak:.0f} |",
                flush=True,
            )


def forget(raw: Path) -> None:
    """Take away what an earlier run made and remembered."""
    import shutil

    shutil.rmtree(raw.parent / "processed", ignore_errors=True)


def district(places: int, households: int, jobs: int) -> None:
    """A made-up district: from nothing, again, and after one number of one workbook of each ledger has changed."""
    from louxing_analysis import paths, pipeline, store

    with tempfile.TemporaryDirectory(prefix="louxing-benchmark-") as folder:
        where = paths.default().moved(raw=Path(folder) / "raw", processed=Path(folder) / "processed")
        pipeline.make_sample(where, places=places, households=households, jobs=jobs)
        show("from nothing", measure(TABLES, where.raw, jobs))
        show("again, nothing changed", measure(TABLES, where.raw, jobs))
        sheets = store.read("sheets", where.processed)
        for table, mine in sheets[(sheets["table"] != "") & sheets["workbook"].str.endswith(".xlsx")].groupby("table"):
            name = mine.sort_values("data")["workbook"].iloc[len(mine) // 2]
            before = change(where.raw, name)
            show(f"again, one workbook of {table} changed", measure(TABLES, where.raw, jobs))
            for path, content in before.items():
                path.write_bytes(content)
            measure(TABLES, where.raw, jobs)


def show(what: str, cost: Cost) -> None:
    print(f"| {what} | {cost.read} | {cost.wall:.2f} | {cost.processor:.2f} | {cost.peak:.0f} |", flush=True)


def change(raw: Path, name: str) -> dict[Path, bytes]:
    """One more in one number of a workbook, and the list of made-up files put right; what was there before."""
    import csv
    import hashlib

    import openpyxl

    path, listed = raw / name, raw / "MADE-UP.csv"
    before = {path: path.read_bytes(), listed: listed.read_bytes()}
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=4) for cell in row]
    numbers = [cell for cell in cells if type(cell.value) in (int, float) and 20 < cell.value < 20_000]
    if numbers:
        numbers[len(numbers) // 2].value += 1
    book.save(path)
    with listed.open(encoding="utf-8", newline="") as handle:
        lines: list[dict[str, Any]] = list(csv.DictReader(handle))
    for line in lines:
        if line["file"].lstrip("'") == name:
            line["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    with listed.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    return before


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000])
    for name, default in (("repeat", 2), ("places", 204), ("households", 7600), ("jobs", os.cpu_count() or 1)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--step", help=argparse.SUPPRESS)
    options.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.step:
        measure_here(told.step, told.path, told.jobs)
        return
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    print("| ledger | step | processor s | µs a row | × bare | peak MB |\n| --- | --- | ---: | ---: | ---: | ---: |")
    for rows in told.rows:
        ledger(rows, told.repeat)
    if told.places:
        print("\n| district | workbooks read | wall s | processor s | peak MB |\n| --- | ---: | ---: | ---: | ---: |")
        district(told.places, told.households, told.jobs)


if __name__ == "__main__":
    main()
