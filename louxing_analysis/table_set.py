"""The tables of a run take the place of the last run's all at once; a run that is killed leaves the last good set.

A run writes into a folder of its own (`.next-…`). What makes the new set the valid one is a single rename, of the list of
its tables to `.commit`; then the tables are moved into place. A run killed before that rename leaves the old set, one
killed after it leaves the list, and whoever comes next, reader or run, finishes the move.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from louxing_analysis.private import private_folder

COMMIT, LOCK, HOLDER = ".commit", ".lock", ".running"
_NEXT = ".next-"
_PATIENCE = 10.0  # seconds that a reader waits for a living run to move its tables into place; it takes milliseconds


class RunningElsewhere(OSError):
    """Another run is writing into the same folder."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for one run; the lock dies with the process that holds it. Raises RunningElsewhere.

    Known limit: on network drives that know no locks two runs on two machines do not see each other.
    """
    lock = FileLock(private_folder(folder) / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunningElsewhere(
            f"{folder.name}: 另一个 louxing 正在写这个文件夹{_holder(folder)}，请等它结束 / another run is writing into this "
            "folder; wait until it has ended"
        ) from None
    try:
        (folder / HOLDER).write_text(json.dumps({"process": os.getpid(), "since": time.strftime("%H:%M:%S")}))
        settle_alone(folder)
        for left in folder.glob(f"{_NEXT}*"):  # what a killed run had not finished
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    """Who holds the folder, as far as it is known."""
    try:
        told = json.loads((folder / HOLDER).read_text())
        return f"（process {int(told['process'])}, {told['since']}）"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def draft(folder: Path) -> Path:
    """A new folder inside, for the tables of one run; call it within `alone`."""
    path = private_folder(folder / f"{_NEXT}{secrets.token_hex(4)}")
    path.chmod(stat.S_IMODE(folder.stat().st_mode))  # a group that works in the folder keeps what is moved there
    return path


def commit(folder: Path, made: Path, kept: Iterable[str]) -> None:
    """Make the files of the draft `made`, and those of the last set named in `kept`, the set; all others go."""
    fresh = sorted(path.name for path in made.iterdir())
    for name in fresh:
        _to_disk(made / name)
    listed = made / COMMIT
    listed.write_text(json.dumps({"draft": made.name, "fresh": fresh, "kept": sorted(kept)}), encoding="utf-8")
    _to_disk(listed)
    os.replace(listed, folder / COMMIT)
    settle_alone(folder)


def settle(folder: Path) -> None:
    """Finish the move of a set that was made valid, for a reader; does nothing nearly always."""
    until = time.monotonic() + _PATIENCE
    while (folder / COMMIT).exists():
        try:
            with FileLock(folder / LOCK, timeout=0):
                settle_alone(folder)
        except Timeout:  # the run that made it is moving its tables at this moment
            if time.monotonic() > until:
                raise RunningElsewhere(
                    f"{folder.name}: 表正在更换{_holder(folder)}，请稍后再试 / the tables are being replaced; try again shortly"
                ) from None
            time.sleep(0.005)


def settle_alone(folder: Path) -> None:
    """Move the tables of a set that was made valid into place, for whoever holds the lock; may be repeated."""
    try:
        told = json.loads((folder / COMMIT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    made = folder / str(told["draft"])
    valid = {*told["fresh"], *told["kept"]}
    for name in told["fresh"]:
        if (made / name).exists():
            os.replace(made / name, folder / name)
    for path in [*folder.glob("*.parquet"), folder / "run.json"]:
        if path.name not in valid:
            path.unlink(missing_ok=True)
    (folder / COMMIT).unlink()
    shutil.rmtree(made, ignore_errors=True)


def _to_disk(path: Path) -> None:
    """What a name points to after a power cut is what was written."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
