"""Every hostile file through the real commands, each in a process of its own, with the time and memory it took.

    make limits, or python -m tests.cleaning.check_limits [--command inspect|clean] [--only WORD]

Prints a line per file and exits with 1 where one takes more than 5 seconds of the processor or 512 MB, ends by a signal
or by a fault of ours, or says nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

MOST_SECONDS, MOST_MEGABYTES = 5.0, 512


class Outcome(NamedTuple):
    """How a command ended: its exit code (negative for a signal), seconds of processor, peak memory, and what it said."""

    code: int
    seconds: float
    megabytes: float
    out: str
    err: str


def run(arguments: list[str], limit: float = 60.0) -> Outcome:
    """Run `louxing` with these arguments, and kill it when it takes far too long."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-m", "louxing_analysis.cli", *arguments], stdout=out, stderr=err)
        while True:
            ended, status, used = os.wait4(child.pid, os.WNOHANG)
            if ended:
                break
            if time.perf_counter() - began > limit:
                child.kill()
            time.sleep(0.01)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said = out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")
        return Outcome(child.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, *said)


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--command", choices=("inspect", "clean"), default="inspect")
    options.add_argument("--only", default="")
    options.add_argument("--write", type=Path, metavar="FOLDER", help="only write the files, each with its name here")
    told = options.parse_args()
    if told.write:
        write_all(told.write)
        return 0
    files = bad = 0
    most_seconds = most_megabytes = 0.0
    with tempfile.TemporaryDirectory() as folder:
        # made in another process: what this one ever held would count as the memory of its children
        write = [sys.executable, "-m", "tests.cleaning.check_limits", "--write", folder]
        made = subprocess.run(write, check=True, capture_output=True, encoding="utf-8").stdout
        for line in made.splitlines():
            path, called = Path(line.partition("\t")[0]), line.partition("\t")[2]
            files += 1
            if told.only not in called:
                continue
            if told.command == "inspect":
                outcome = run(["inspect", str(path), "--json"])
            else:
                outcome = run(
                    [
                        "clean",
                        "--raw",
                        str(path.parent),
                        "--processed",
                        f"{folder}/{path.parent.name}-out",
                        "--jobs",
                        "1",
                    ]
                )
            said = _said(told.command, outcome)
            well = (
                outcome.code in (0, 1, 3)  # 3: nothing at all could be read or kept
                and outcome.seconds <= MOST_SECONDS
                and outcome.megabytes <= MOST_MEGABYTES
            )
            well &= bool(said) and not any(word in outcome.err for word in ("Traceback", "程序内部错误"))
            bad += not well
            most_seconds, most_megabytes = max(most_seconds, outcome.seconds), max(most_megabytes, outcome.megabytes)
            print(
                f"{'ok ' if well else 'BAD'} {outcome.seconds:5.1f} s {outcome.megabytes:4.0f} MB  {outcome.code:3d}  {called}: {said[:150]}",
                flush=True,
            )
    print(f"{files} files, {bad} bad, at most {most_seconds:.1f} s and {most_megabytes:.0f} MB")
    return 1 if bad else 0


def write_all(folder: Path) -> None:
    """Every file, each in a folder of its own."""
    from tests.cleaning.hostile import ALL

    for number, (called, bad) in enumerate(ALL.items()):
        path = folder / f"{number:03d}" / bad.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bad.made())
        print(f"{path}\t{called}")


def _said(command: str, outcome: Outcome) -> str:
    if command == "clean":
        return (outcome.err or outcome.out).strip().replace("\n", " ¶ ")
    try:
        found = json.loads(outcome.out)
    except ValueError:
        return ""
    problems = [f"{one['reason']} ({one['detail']})" for one in found["problems"]]
    return "; ".join(problems) or f"{len(found['sheets'])} sheets"


if __name__ == "__main__":
    sys.exit(main())
