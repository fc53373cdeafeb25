"""A folder of workbooks → typed rows, read in parallel; the outcome does not depend on order or number of workers."""

from __future__ import annotations

import csv
import gc
import hashlib
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from louxing_analysis.cleaning.copies import copied_in_delivery
from louxing_analysis.cleaning.crosswalk import LEDGER, changes_of, named_like_one
from louxing_analysis.cleaning.knowledge import Knowledge, prepare
from louxing_analysis.cleaning.sheets import Cleaned, clean_workbook
from louxing_analysis.cleaning.workbook import list_workbooks
from louxing_analysis.problems import REASONS, Problem
from louxing_analysis.reference import load
from louxing_analysis.safe_text import from_csv_text, whole

MADE_UP = "MADE-UP.csv"
MADE_UP_PLACES = "MADE-UP-places.csv"

_knowledge: Knowledge | None = None  # one per worker process


@dataclass(frozen=True)
class Delivery:
    """The files of a raw folder: names below it, fingerprints, and which of them the sample says are made up."""

    raw: Path
    names: tuple[str, ...]
    hashes: dict[str, str]
    made_up: frozenset[str]
    own_places: pd.DataFrame | None
    own_changes: pd.DataFrame | None = None  # of villages, from the offices' own sheets

    @property
    def is_sample(self) -> bool:
        """Nothing but the sample's own workbooks."""
        return bool(self.names) and set(self.names) <= self.made_up

    @property
    def is_mixed(self) -> bool:
        """Made-up and other workbooks together: cleaned, but never published."""
        return bool(self.made_up & set(self.names)) and not self.is_sample


def receive(raw: Path) -> Delivery:
    """List and fingerprint the workbooks of a folder; a listed made-up file that was changed no longer counts as one."""
    paths = [path for path in list_workbooks(raw) if path.name not in {MADE_UP, MADE_UP_PLACES}]
    names = tuple(_name(path, raw) for path in paths)
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in zip(names, paths, strict=True)}
    listed = raw / MADE_UP
    stated: dict[str, str] = {}
    if listed.exists():
        with listed.open(encoding="utf-8", newline="") as handle:
            stated = {from_csv_text(row["file"]): row["sha256"] for row in csv.DictReader(handle)}
    made_up = frozenset(name for name in names if stated.get(name) == hashes[name])
    places = raw / MADE_UP_PLACES
    own = pd.read_csv(places, dtype="str", keep_default_na=False) if places.exists() and made_up else None
    return Delivery(raw, names, hashes, made_up, None if own is None else own.map(from_csv_text))


def _name(path: Path, raw: Path) -> str:
    """The path below `raw`; where its bytes are no Unicode, as an old Chinese system would have written it."""
    name = path.relative_to(raw).as_posix()
    if whole(name) == name:
        return name
    name = os.fsencode(name).decode("gb18030", "backslashreplace")
    while (raw / name).exists():  # never the name of another file
        name = f"{name} (?)"
    return name


def read_all(
    delivery: Delivery, reference_folder: Path, jobs: int, progress: Callable[[int], None] | None = None
) -> list[Cleaned]:
    """Clean every workbook, in `jobs` processes; results come back in the order of the names."""
    first: dict[str, str] = {}
    todo, unread = [], []
    for name in delivery.names:
        if not (delivery.raw / name).exists():
            unread.append(_set_aside(name, "misnamed_file", ""))
        elif first.setdefault(delivery.hashes[name], name) == name:
            todo.append(name)
        else:
            unread.append(_set_aside(name, "copied_file", first[delivery.hashes[name]]))
    results = _read(delivery, reference_folder, todo, max(1, jobs), progress)
    by_name = {cleaned.workbook: cleaned for cleaned in results}
    for problem in copied_in_delivery(one for cleaned in results for one in cleaned.prints):
        by_name[problem.workbook].problems.append(problem)
    return sorted([*results, *unread], key=lambda cleaned: cleaned.workbook)


def _read(
    delivery: Delivery, reference_folder: Path, names: list[str], jobs: int, progress: Callable[[int], None] | None
) -> list[Cleaned]:
    """Clean the workbooks, knowing what the offices' own sheets say of old villages.

    Files named like such a sheet are read first. If another file turns out to hold one, all are read once more: an old name
    may stand in any of them.
    """
    first = named_like_one(names, load(reference_folder))
    known = _with_changes(delivery, list(_run(delivery, reference_folder, first, 1, None))) if first else delivery
    results = list(_run(known, reference_folder, names, jobs, progress))
    again = _with_changes(known, results)
    return results if again is known else list(_run(again, reference_folder, names, jobs, None))


def _with_changes(delivery: Delivery, results: list[Cleaned]) -> Delivery:
    """The delivery with the changes of villages that its sheets tell; the same one if they tell nothing new."""
    found = changes_of(piece for result in results for piece in result.tables.get(LEDGER, []))
    known = delivery.own_changes
    if found.equals(known) or (found.empty and known is None):
        return delivery
    return replace(delivery, own_changes=found)


def _set_aside(name: str, reason: str, detail: str) -> Cleaned:
    problem = Problem("", name, "", "", "", "", reason, REASONS[reason].severity, detail)
    return Cleaned(name, problems=[problem])


def _run(
    delivery: Delivery, reference_folder: Path, names: Sequence[str], jobs: int, progress: Callable[[int], None] | None
) -> Iterator[Cleaned]:
    start = (str(reference_folder), delivery.own_places, delivery.own_changes)
    if jobs == 1 or len(names) < 4:
        _begin(*start)
        for name in names:
            yield _clean((str(delivery.raw / name), name))
            if progress:
                progress(1)
        return
    # the largest files first, so that no worker is left alone with one at the end
    order = sorted(names, key=lambda name: -(delivery.raw / name).stat().st_size)
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_worker, initargs=start) as pool:
        work = [(str(delivery.raw / name), name) for name in order]
        for cleaned in pool.map(_clean, work, chunksize=4):
            yield cleaned
            if progress:
                progress(1)


def _begin_worker(reference_folder: str, own_places: pd.DataFrame | None, own_changes: pd.DataFrame | None) -> None:
    gc.disable()  # cells are plain values without circles; looking for some among millions costs a tenth of the time
    _begin(reference_folder, own_places, own_changes)


def _begin(reference_folder: str, own_places: pd.DataFrame | None, own_changes: pd.DataFrame | None) -> None:
    global _knowledge
    _knowledge = prepare(load(reference_folder), own_places, own_changes)


def _clean(work: tuple[str, str]) -> Cleaned:
    assert _knowledge is not None
    return clean_workbook(Path(work[0]), work[1], _knowledge)
