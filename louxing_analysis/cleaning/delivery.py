"""A folder of workbooks → typed rows, read in parallel; the outcome does not depend on order or number of workers."""

from __future__ import annotations

import csv
import hashlib
import os
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from louxing_analysis.cleaning.copies import copied_in_delivery
from louxing_analysis.cleaning.corrections import by_sheet
from louxing_analysis.cleaning.crosswalk import LEDGER, changes_of, named_like_one
from louxing_analysis.cleaning.parcels import Parcel, close, recall, remember
from louxing_analysis.cleaning.returned import beside_original
from louxing_analysis.cleaning.sheets import Cleaned
from louxing_analysis.cleaning.workbook import list_workbooks
from louxing_analysis.cleaning.workers import Setting, Work, read_beside, read_with
from louxing_analysis.memory import Memory, fingerprint
from louxing_analysis.problems import REASONS, Problem
from louxing_analysis.reference import Reference
from louxing_analysis.safe_text import from_csv_text, whole

MADE_UP = "MADE-UP.csv"
MADE_UP_PLACES = "MADE-UP-places.csv"

_BESIDE_THE_CELLS = ("claims.csv", "context.csv", "corrections.csv")
"""Reference rows that no reading rests on, or (corrections) just that of the workbook they name."""
_LIBRARIES = ("pandas", "numpy", "pyarrow", "python-calamine", "opencc", "msoffcrypto-tool")
"""Libraries whose versions may change what is read or how it is stored."""


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


@cache
def code_fingerprint() -> str:
    """What the outcome of reading rests on besides files and reference rows: this package's code and its libraries."""
    package = Path(__file__).resolve().parents[1]
    sources = sorted([*package.glob("*.py"), *(package / "cleaning").glob("*.py")])
    versions = [platform.python_version(), *(version(name) for name in _LIBRARIES)]
    return fingerprint(*(source.read_bytes() for source in sources), *versions)


def reference_fingerprint(folder: Path, delivery: Delivery) -> str:
    """The reference rows that cells are read by, and what the delivery itself says of places."""
    files = [path for path in sorted(folder.glob("*.csv")) if path.name not in _BESIDE_THE_CELLS]
    own = ["" if frame is None else frame.to_csv() for frame in (delivery.own_places, delivery.own_changes)]
    return fingerprint(*(part for path in files for part in (path.name, path.read_bytes())), own)


@dataclass(frozen=True)
class Received:
    """What came of the workbooks, in the order of their names; `read` counts those that had to be opened.

    `delivery` knows what the offices' own sheets say of old villages.
    """

    delivery: Delivery
    parcels: tuple[Parcel, ...]
    copies: tuple[Problem, ...]
    read: int


class Means(NamedTuple):
    """What reading is done with."""

    reference: Reference
    memory: Memory
    jobs: int
    executor: Executor | None = None
    progress: Callable[[int], None] | None = None


def read_all(delivery: Delivery, means: Means) -> Received:
    """Clean every workbook that no earlier run has: in `jobs` processes, or with the executor if there is one.

    Files named like a sheet of old and new villages are read first. If another file turns out to hold one, all are read
    once more: an old name may stand in any of them.
    """
    todo, parcels = _sorted_out(delivery)
    known = delivery
    first = named_like_one(todo, means.reference)
    if first:
        known = _with_changes(known, _parcels(known, means._replace(jobs=1, executor=None, progress=None), first)[0])
    found, read = _parcels(known, means, todo)
    again = _with_changes(known, found)
    if again is not known:
        known = again
        found, read = _parcels(known, means._replace(progress=None), todo)
    if means.progress:
        means.progress(len(parcels))
    parcels = sorted([*parcels, *found], key=lambda parcel: parcel.workbook)
    copies = {one.workbook: one.said.copy_of for one in parcels if one.said.copy_of}
    beside = {name for name, of in copies.items() if beside_original(name, of, delivery.names)}
    parcels = [
        _set_aside(one.workbook, "marked_copy_beside", copies[one.workbook]) if one.workbook in beside else one
        for one in parcels
    ]
    alike = copied_in_delivery(one for parcel in parcels for one in parcel.said.prints)
    return Received(known, tuple(parcels), tuple(alike), read)


def _with_changes(delivery: Delivery, parcels: list[Parcel]) -> Delivery:
    """The delivery with the changes of villages that its sheets tell; the same one if they tell nothing new."""
    ordered = sorted(parcels, key=lambda parcel: parcel.workbook)
    found = changes_of(piece for parcel in ordered for piece in parcel.pieces(LEDGER))
    known = delivery.own_changes
    if found.equals(known) or (found.empty and known is None):
        return delivery
    return replace(delivery, own_changes=found)


def _parcels(delivery: Delivery, means: Means, names: list[str]) -> tuple[list[Parcel], int]:
    """What came of the files: remembered, or read now; and how many were read."""
    entries = _remembered_names(delivery, means.reference, names)
    recalled = {name: known for name in names if (known := recall(entries[name], means.memory)) is not None}
    if means.progress:
        means.progress(len(recalled))
    todo = [name for name in names if name not in recalled]
    rows = fingerprint(reference_fingerprint(means.reference.folder, delivery), means.reference.corrections.to_csv())
    setting = Setting(rows, means.reference, delivery.own_places, delivery.own_changes)
    parcels = list(recalled.values())
    for parcel in _read(delivery, setting, todo, means.jobs, means.executor):
        remember(parcel, entries[parcel.workbook], means.memory)
        parcels.append(parcel)
        if means.progress:
            means.progress(1)
    return parcels, len(todo)


def _sorted_out(delivery: Delivery) -> tuple[list[str], list[Parcel]]:
    """The names of the files to read, and what is to be said of those that cannot or need not be."""
    first: dict[str, str] = {}
    todo, unread = [], []
    for name in delivery.names:
        if not (delivery.raw / name).exists():
            unread.append(_set_aside(name, "misnamed_file", ""))
        elif first.setdefault(delivery.hashes[name], name) == name:
            todo.append(name)
        else:
            unread.append(_set_aside(name, "copied_file", first[delivery.hashes[name]]))
    return todo, unread


def _set_aside(name: str, reason: str, detail: str) -> Parcel:
    problem = Problem("", name, "", "", "", "", reason, REASONS[reason].severity, detail)
    return close(Cleaned(name, problems=[problem]), {})


def _remembered_names(delivery: Delivery, reference: Reference, names: list[str]) -> dict[str, str]:
    """The name in memory of each file: its bytes, its own name, the code, the reference rows and its corrections."""
    common = fingerprint(code_fingerprint(), reference_fingerprint(reference.folder, delivery))
    corrections: dict[str, list[object]] = {}
    for (workbook, sheet), wanted in sorted(by_sheet(reference.corrections).items()):
        corrections.setdefault(workbook, []).append((sheet, wanted))
    return {
        name: "book-" + fingerprint(common, name, delivery.hashes[name], corrections.get(name, [])) for name in names
    }


def _read(
    delivery: Delivery, setting: Setting, names: list[str], jobs: int, executor: Executor | None
) -> Iterator[Parcel]:
    # the largest files first, so that no worker is left alone with one at the end
    order = sorted(names, key=lambda name: -(delivery.raw / name).stat().st_size)
    works = [Work(str(delivery.raw / name), name, delivery.hashes[name]) for name in order]
    return read_beside(setting, works, max(1, jobs)) if executor is None else read_with(executor, setting, works)
