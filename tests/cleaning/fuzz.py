"""Break sound workbooks by the thousand, read them, and let nothing through: no crash, hang, exception or silent wrong value.

    python -m tests.cleaning.fuzz --count 20000 --seed 1 [--kind xlsx] [--keep FOLDER]

The reading happens in a process of its own, which is watched for time and memory and started again where it ends. Every
mutant can be made again from its number: `--first N --count 1`. Prints the counts by kind of file and outcome: `compared`
and `not compared` are files of which all was read, the latter those that the other reader of their kind cannot read;
`cells` are files of kinds that have no other reader.
"""

from __future__ import annotations

import argparse
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
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from louxing_analysis.cleaning.inspect import inspect_file
from louxing_analysis.cleaning.workbook import read_workbook
from louxing_analysis.problems import REASONS
from tests.cleaning.fuzz_mutators import MUTATORS
from tests.cleaning.fuzz_readers import OTHER_READERS
from tests.cleaning.fuzz_seeds import seeds

MOST_SECONDS, MOST_MEGABYTES = 5.0, 512
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
    """What became of a mutant (all read, the reason of its refusal, or one of BAD), and what is to be said of it."""
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
    all_read = "cells"
    if workbook.kind in OTHER_READERS and workbook.sheets:
        difference = _apart(lambda: OTHER_READERS[workbook.kind](workbook, one.data))
        if difference:
            return "differs", difference
        all_read = "not compared" if difference is None else "compared"
    if workbook.problems:
        return ("partly " if workbook.sheets else "") + workbook.problems[0].reason, workbook.problems[0].detail
    return all_read, ""


def _apart(compare: Callable[[], str]) -> str | None:
    """What another reader says, asked in a process of its own, which it may crash; None where it cannot read the file."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(4)
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.write(into, ("=" + compare()).encode("utf-8", "replace")[:4000])
        finally:  # calamine panics
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    os.waitpid(child, 0)
    return said[1:] if said else None


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
            megabytes = _most_megabytes()
            if megabytes > MOST_MEGABYTES:
                what, detail = "memory", f"{megabytes:.0f} MB, {what}"
            print(json.dumps(["ends", number, one.kind, one.way, what, detail, seconds]), file=said, flush=True)
            if what == "memory":
                return


def _most_megabytes() -> float:
    """The most memory this process has held; what it was started from counts in getrusage, and not here."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return float(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024


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
