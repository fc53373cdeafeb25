"""Break sound workbooks by the thousand, read them, and let nothing through: no crash, hang, exception or silent wrong value.

    python -m tests.cleaning.fuzz --count 20000 --seed 1 [--kind xlsx] [--keep FOLDER]

The reading happens in a process of its own, which is watched for time and memory and started again where it ends. Every
mutant can be made again from its number: `--first N --count 1`. Prints the counts by kind of file and outcome.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
import os
import random
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import openpyxl
from python_calamine import CalamineWorkbook

from louxing_analysis.cleaning.inspect import inspect_file
from louxing_analysis.cleaning.workbook import Sheet, Workbook, cell_address, read_workbook
from louxing_analysis.cleaning.xlsx_cells import unescaped
from louxing_analysis.problems import REASONS
from tests.cleaning.fuzz_mutators import MUTATORS
from tests.cleaning.fuzz_seeds import seeds

MOST_SECONDS, MOST_MEGABYTES = 5.0, 512
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA")
BAD = ("exception", "crash", "hang", "memory", "differs")


class Mutant(NamedTuple):
    """A broken file, and how it came about."""

    number: int
    kind: str
    way: str
    data: bytes


def mutant(seed: int, number: int, kind: str = "") -> Mutant:
    """The same file for the same numbers, on every machine."""
    rng = random.Random(f"{seed}:{number}")
    chosen = kind or rng.choice(list(MUTATORS))
    data = rng.choice(seeds()[chosen])
    ways = [rng.choice(MUTATORS[chosen])]
    if rng.random() < 0.1:
        ways.append(rng.choice(MUTATORS[chosen]))
    for way in ways:
        try:
            data = way(rng, data)
        except Exception:  # the second way may find nothing left to break
            break
    return Mutant(number, chosen, ways[0].__name__.removeprefix("change_"), data)


def outcome(one: Mutant, folder: Path) -> tuple[str, str]:
    """What became of a mutant (`cells`, the reason of its refusal, or one of BAD), and what is to be said of it."""
    path = folder / f"mutant.{one.kind}"
    path.write_bytes(one.data)
    try:
        workbook = read_workbook(path, path.name)
        found = inspect_file(path)
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except Exception as error:
        return "exception", f"{type(error).__name__}: {error}"[:300]
    if not workbook.sheets and len(workbook.problems) != 1 and not any(problem.sheet for problem in workbook.problems):
        return "exception", f"{len(workbook.problems)} problems and no sheet"
    if any(problem.reason not in REASONS for problem in workbook.problems):
        return "exception", "an unknown reason"
    if workbook.kind in OTHER_READERS and workbook.sheets and not workbook.problems:
        difference = _apart(lambda: OTHER_READERS[workbook.kind](workbook, one.data))
        if difference:
            return "differs", difference
    if workbook.problems:
        return ("partly " if workbook.sheets else "") + workbook.problems[0].reason, workbook.problems[0].detail
    return "cells", ""


def _apart(compare: Callable[[], str]) -> str:
    """What another reader says, asked in a process of its own, which it may crash; '' where it cannot read the file."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(4)
        said = ""
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            said = compare()
        except BaseException:  # calamine panics
            said = ""
        os.write(into, said.encode("utf-8", "replace")[:4000])
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    os.waitpid(child, 0)
    return said


def differs_from_openpyxl(workbook: Workbook, data: bytes) -> str:
    """The first cell that openpyxl reads otherwise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for sheet in workbook.sheets:
        for row in book[sheet.name].iter_rows():
            for cell in row:
                said = _difference(sheet, cell.row - 1, cell.column - 1, cell.value)
                if said:
                    return said
    return ""


def differs_from_calamine(workbook: Workbook, data: bytes) -> str:
    """The first cell that python-calamine reads otherwise."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in workbook.sheets:
        for row, cells in enumerate(book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)):
            for column, value in enumerate(cells):
                if workbook.kind == "ods" and isinstance(value, str):
                    continue  # it takes what stands outside a text's paragraphs for part of the text
                said = _difference(sheet, row, column, value)
                if said:
                    return said
    return ""


OTHER_READERS = {
    "xlsx": differs_from_openpyxl,
    "xlsb": differs_from_calamine,
    "xls": differs_from_calamine,
    "ods": differs_from_calamine,
}


def _difference(sheet: Sheet, row: int, column: int, other: Any) -> str:
    inside = row < sheet.values.shape[0] and column < sheet.values.shape[1]
    mine = sheet.values[row, column] if inside else None
    if other == datetime.time(0) and isinstance(mine, float) and mine < 0:
        return ""  # calamine's midnight for a negative number with the format of a date
    if (row, column) in sheet.unreadable or _same(mine, other):
        return ""
    return f"{sheet.name[:30]} {cell_address(row, column)}: {str(mine)[:99]!r} ≠ {str(other)[:99]!r}"


def _same(mine: Any, other: Any) -> bool:
    """Whether two readers mean the same: white space around texts, and how a time of day is kept, are left open."""
    mine, other = (
        "".join(unescaped(value).split()) or None if isinstance(value, str) else value for value in (mine, other)
    )
    if mine == other or other is None or (mine is None and other in _ERRORS):
        return True  # what the other reader blanks is its own affair: a value without type, say
    if isinstance(mine, datetime.date) and isinstance(other, int):
        return True  # calamine gives days that .xlsb keeps as whole numbers as numbers
    if isinstance(mine, datetime.date) and isinstance(other, datetime.date):
        return mine.isoformat()[:10] == other.isoformat()[:10]
    return (
        _number(mine) is not None
        and _number(other) is not None
        and bool(np.isclose(_number(mine), _number(other), rtol=1e-9))
    )


def _number(value: Any) -> float | None:
    """A number, date or time as the number that the file keeps for it."""
    if isinstance(value, datetime.timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, datetime.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400 + value.microsecond / 86_400e6
    if isinstance(value, datetime.date):
        moment = (
            value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)
        )
        return (moment - datetime.datetime(1899, 12, 30)).total_seconds() / 86_400
    return float(value) if isinstance(value, (int, float)) else None


def _work(seed: int, first: int, count: int, kind: str) -> None:
    """Read mutants one after the other, saying before and after each how it goes; ends early when memory runs out."""
    said = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")  # what libraries print goes nowhere
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with said, tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            one = mutant(seed, number, kind)
            print(json.dumps(["begins", number, one.kind, one.way]), file=said, flush=True)
            began = time.process_time()
            what, detail = outcome(one, Path(folder))
            seconds = time.process_time() - began
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            if megabytes > MOST_MEGABYTES:
                what, detail = "memory", f"{megabytes:.0f} MB, {what}"
            print(json.dumps(["ends", number, one.kind, one.way, what, detail, seconds]), file=said, flush=True)
            if what == "memory":
                return


def watch(seed: int, first: int, count: int, kind: str = "") -> Iterator[tuple[int, str, str, str, str]]:
    """Number, kind, way, outcome and detail of every mutant; a process that dies or hangs is an outcome too."""
    number, last = first, first + count
    while number < last:
        command = [sys.executable, "-m", "tests.cleaning.fuzz", "--worker", "--seed", str(seed), "--first", str(number)]
        command += ["--count", str(min(last - number, 4000)), "--kind", kind]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"})
        assert child.stdout is not None
        asked, under_way = number, ("", "")
        with selectors.DefaultSelector() as waiting:
            waiting.register(child.stdout, selectors.EVENT_READ)
            hung = False
            while True:
                if not waiting.select(timeout=60 if not under_way[0] else MOST_SECONDS + 8):
                    hung = True
                    child.kill()
                    break
                line = child.stdout.readline()
                if not line:
                    break
                said = json.loads(line)
                if said[0] == "begins":
                    under_way = (said[2], said[3])
                    continue
                _, number, its_kind, way, what, detail, seconds = said
                number, under_way = number + 1, ("", "")
                slow = seconds > MOST_SECONDS and what not in BAD
                yield number - 1, its_kind, way, "hang" if slow else what, f"{seconds:.1f} s" if slow else detail
        child.wait()
        if under_way[0] or hung:
            yield number, *under_way, "hang" if hung else "crash", f"exit code {child.returncode}"
            number += 1
        elif number == asked:
            raise RuntimeError("the fuzzer's own process does not start")


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, default in (("count", 1000), ("seed", 1), ("first", 0)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--kind", default="", choices=["", *MUTATORS])
    options.add_argument("--keep", type=Path, help="a folder for the mutants that came through")
    options.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.worker:
        _work(told.seed, told.first, told.count, told.kind)
        return 0
    counts: dict[str, Counter[str]] = {}
    for number, kind, way, what, detail in watch(told.seed, told.first, told.count, told.kind):
        counts.setdefault(kind, Counter())[what] += 1
        if what in BAD:
            print(
                f"{what}: --seed {told.seed} --first {number} --kind {told.kind or '(any)'} {kind} {way}: {detail}",
                flush=True,
            )
            if told.keep:
                told.keep.mkdir(parents=True, exist_ok=True)
                (told.keep / f"{told.seed}-{number}.{kind}").write_bytes(mutant(told.seed, number, told.kind).data)
    print(
        "| kind | mutants | "
        + " | ".join(outcomes := sorted({what for count in counts.values() for what in count}))
        + " |"
    )
    print("| --- " * (len(outcomes) + 2) + "|")
    for kind, count in sorted(counts.items()):
        print(f"| {kind} | {sum(count.values())} | " + " | ".join(str(count[what]) for what in outcomes) + " |")
    return 1 if any(count[what] for count in counts.values() for what in BAD) else 0


if __name__ == "__main__":
    sys.exit(main())
