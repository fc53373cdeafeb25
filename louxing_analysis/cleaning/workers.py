"""Where workbooks are read: in this process, in several of this machine, or by any executor, on other machines too."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import pickle
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from louxing_analysis.cleaning import link
from louxing_analysis.cleaning.knowledge import Knowledge, prepare
from louxing_analysis.cleaning.parcels import Parcel, close
from louxing_analysis.cleaning.sheets import Cleaned, clean_workbook
from louxing_analysis.problems import Problem, severity_of
from louxing_analysis.reference import Reference

_BATCH = 8
_FEW = 4  # for fewer workbooks than these no process is started

_prepared: dict[str, Knowledge] = {}  # one per process


class Work(NamedTuple):
    """One workbook to be read: where it should lie, its name and fingerprint, and its bytes if they must be sent."""

    path: str
    name: str
    digest: str
    data: bytes | None = None


class Setting(NamedTuple):
    """What every worker must know, under a name of its own."""

    name: str
    reference: Reference
    own_places: pd.DataFrame | None
    own_changes: pd.DataFrame | None = None


def read_here(setting: Setting, works: Sequence[Work]) -> Iterator[Parcel]:
    """Read one workbook after another in this process."""
    for work in works:
        yield _read(setting, work)


def read_beside(setting: Setting, works: Sequence[Work], jobs: int) -> Iterator[Parcel]:
    """Read in `jobs` processes of this machine, in any order; one that dies takes no other workbook along."""
    if jobs == 1 or len(works) < _FEW:
        yield from read_here(setting, works)
        return
    done: set[str] = set()
    try:
        with _pool(setting, jobs) as pool:
            futures = [pool.submit(_read_one, work) for work in works]
            for future in as_completed(futures):
                parcel = future.result()
                done.add(parcel.workbook)
                yield parcel
    except BrokenExecutor:
        for work in works:
            if work.name not in done:
                yield _read_apart(setting, work)


def _pool(setting: Setting, jobs: int) -> ProcessPoolExecutor:
    fork = sys.platform == "linux"
    if fork:
        _knowledge(setting)  # made once, and inherited by every process
    context = multiprocessing.get_context("fork" if fork else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(setting,))


def _read_apart(setting: Setting, work: Work) -> Parcel:
    """Read a workbook in a process of its own; if that one dies, it is this workbook that kills."""
    try:
        with _pool(setting, 1) as pool:
            return pool.submit(_read_one, work).result()
    except BrokenExecutor:
        reason = "reader_died"
        return close(
            Cleaned(work.name, problems=[Problem("", work.name, "", "", "", "", reason, severity_of(reason), "")]), {}
        )


def read_with(executor: Executor, setting: Setting, works: Sequence[Work]) -> Iterator[Parcel]:
    """Read with any executor, in batches, in any order.

    Workers that do not see the same files (or see others under the same names) are sent the bytes.
    """
    packed = pickle.dumps(setting, protocol=5)
    batches = [tuple(works[at : at + _BATCH]) for at in range(0, len(works), _BATCH)]
    waiting: set[Future[list[Parcel | Work]]] = {executor.submit(read_batch, packed, batch) for batch in batches}
    while waiting:
        future = next(as_completed(waiting))
        waiting.remove(future)
        unseen = []
        for outcome in future.result():
            if isinstance(outcome, Parcel):
                yield outcome
            else:
                unseen.append(outcome._replace(data=Path(outcome.path).read_bytes()))
        if unseen:
            waiting.add(executor.submit(read_batch, packed, tuple(unseen)))


def read_batch(packed: bytes, works: Sequence[Work]) -> list[Parcel | Work]:
    """Some workbooks on a worker; those that it cannot see come back as they are."""
    setting: Setting = pickle.loads(packed)
    return [_read(setting, work) if work.data is not None or _is_there(work) else work for work in works]


def _is_there(work: Work) -> bool:
    try:
        return hashlib.sha256(Path(work.path).read_bytes()).hexdigest() == work.digest
    except OSError:
        return False


def _read(setting: Setting, work: Work) -> Parcel:
    knowledge = _knowledge(setting)
    if work.data is None:
        return close(clean_workbook(Path(work.path), work.name, knowledge), link.IDENTITY)
    with tempfile.TemporaryDirectory(prefix="louxing-") as folder:
        path = Path(folder) / Path(work.path).name
        path.write_bytes(work.data)
        return close(clean_workbook(path, work.name, knowledge), link.IDENTITY)


def _knowledge(setting: Setting) -> Knowledge:
    if setting.name not in _prepared:
        _prepared.clear()
        _prepared[setting.name] = prepare(setting.reference, setting.own_places, setting.own_changes)
    return _prepared[setting.name]


_setting: Setting | None = None  # of a process of a pool


def _begin(setting: Setting) -> None:
    global _setting
    _setting = setting
    gc.disable()  # cells are plain values without circles; looking for some among millions costs a tenth of the time


def _read_one(work: Work) -> Parcel:
    assert _setting is not None
    return _read(_setting, work)
