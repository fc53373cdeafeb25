"""The clean tables of a run, each made again only where something that it rests on has changed.

A table rests on its own rows, on the households and people of the register, on other tables as `assemble.needs_of` says, on
reference rows and code, on the key of the pseudonyms and, where it holds free text, on the names that are masked in it.
All of that is one fingerprint. If an earlier run made the table under the same one and its file still stands, it stays.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis import store
from louxing_analysis.cleaning import accounts, link
from louxing_analysis.cleaning.assemble import FOLLOWED, REGISTER, Assembly, needs_of
from louxing_analysis.cleaning.delivery import Received
from louxing_analysis.cleaning.finished import Pseudonymise, finish
from louxing_analysis.cleaning.likely_names import People
from louxing_analysis.cleaning.parcels import Parcel
from louxing_analysis.cleaning.rules import RuleRun, unreadable_cells
from louxing_analysis.cleaning.stack import Piece
from louxing_analysis.memory import Memory, fingerprint
from louxing_analysis.problems import Problem
from louxing_analysis.reference import Reference

Letters = dict[tuple[str, str, str, str], str]
_MANY = 4  # so many tables are made side by side


@dataclass(frozen=True)
class Made:
    """What is to be known of a clean table without opening it: problems and addresses with names as they are written."""

    rows: int
    digest: str
    rejected: dict[str, Any]
    problems: list[Problem]
    kept: accounts.RowsBySheet
    rule_runs: list[RuleRun]


@dataclass(frozen=True)
class Circumstances:
    """Whatever besides the workbooks decides what the tables look like."""

    reference: Reference
    common: str  # code, reference rows and key, as one fingerprint
    pseudonymise: Pseudonymise
    people: People
    safe: dict[str, str]


class Tables:
    """Makes the tables of one run into `draft`, or lets those of the last run in `processed` stand."""

    def __init__(
        self, received: Received, letters: Letters, about: Circumstances, memory: Memory, processed: Path, draft: Path
    ) -> None:
        self._parcels, self._about, self._memory = received.parcels, about, memory
        self._processed, self._draft = processed, draft
        self._letters = letters
        self._by_table: dict[str, list[Parcel]] = {}
        for parcel in received.parcels:
            for table in parcel.closed:
                self._by_table.setdefault(table, []).append(parcel)
        read = (problem for parcel in received.parcels for problem in parcel.said.problems)
        self._unreadable = unreadable_cells(read, about.reference)
        self._assembly = Assembly(self._pieces, about.reference, letters, self._unreadable)
        self.standing: set[str] = set()

    def make(self, jobs: int = 1) -> dict[str, Made]:
        """Every clean table, and how households were followed; in `jobs` processes where many tables have to be made."""
        names = list(self._about.reference.ledgers["ledger"])
        entries = {name: f"table-{self._fingerprint(name)}" for name in names}
        made: dict[str, Made] = {}
        for name, entry in entries.items():
            known = self._memory.get(entry)
            if isinstance(known, Made) and self._stands(name, known.digest):
                made[name] = known
        self.standing.update(made)
        missing = [name for name in names if name not in made]
        if missing:
            self._recall_register()
        for name, one in self._make_all(missing, jobs):
            self._memory.put(entries[name], one)
            made[name] = one
        self._follow()
        return {name: made[name] for name in names}

    def _make_all(self, names: list[str], jobs: int) -> Iterator[tuple[str, Made]]:
        sizes = {name: sum(one.closed[name].length for one in self._by_table.get(name, [])) for name in names}
        if jobs == 1 or sys.platform != "linux" or len(names) < _MANY:
            yield from ((name, self._make(name)) for name in names)
            return
        order = sorted(names, key=lambda name: -sizes[name])
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(self,)) as pool:
            yield from zip(order, pool.map(_make_one, order), strict=True)

    def _make(self, name: str) -> Made:
        kept, rejected, problems = self._assembly.checked(name)
        odd, runs = self._assembly.ruled(name)
        clean = finish(name, kept, self._about.reference, self._about.pseudonymise)
        clean = accounts.masked_texts(clean, self._about.reference.columns_of(name), self._about.people)
        digest = self._write(name, clean)
        return Made(len(clean), digest, _columns(rejected), problems + odd, accounts.rows_by_sheet(kept), runs)

    def _follow(self) -> None:
        """How the households were followed: three tables that rest on the register alone."""
        rows = [self._rows_fingerprints[name] for name in REGISTER]
        entry = f"followed-{fingerprint(self._about.common, rows, sorted(self._about.safe.items()))}"
        known = self._memory.get(entry)
        if isinstance(known, list) and all(self._stands(*one) for one in zip(FOLLOWED, known, strict=True)):
            self.standing.update(FOLLOWED)
            return
        self._recall_register()
        frames = self._assembly.followed(self._about.pseudonymise)
        self._memory.put(entry, [self._write(name, frames[name]) for name in FOLLOWED])

    def _write(self, name: str, frame: pd.DataFrame) -> str:
        path = store.write(name, accounts.safely_named(frame, self._about.safe), self._draft)
        return _digest(path)

    def _stands(self, name: str, digest: str) -> bool:
        path = self._processed / f"{name}.parquet"
        return path.exists() and _digest(path) == digest

    def _pieces(self, table: str) -> list[Piece]:
        return [piece for parcel in self._by_table.get(table, []) for piece in parcel.pieces(table)]

    def _fingerprint(self, name: str) -> str:
        about = self._about
        columns = about.reference.columns_of(name)
        stored = columns["kind"][columns["stored"] == "yes"]
        return fingerprint(
            name,
            about.common,
            self._register_fingerprint,
            [self._rows_fingerprints[one] for one in (name, *needs_of(name, about.reference))],
            self._names_fingerprint if stored.eq("text").any() else self._named_places(name),
            sorted(about.safe.items()),
        )

    def _named_places(self, name: str) -> list[str]:
        """Texts that stand where a place belongs and are somebody's name: they are masked there."""
        places = {place for one in self._by_table.get(name, []) for place in one.closed[name].places}
        return sorted(places & self._about.people.names)

    @cached_property
    def _names_fingerprint(self) -> str:
        return fingerprint(sorted(self._about.people.names))

    @cached_property
    def _rows_fingerprints(self) -> dict[str, str]:
        """What tells the rows of each table, their columns' letters and their unreadable cells."""
        letters: dict[str, list[Any]] = {}
        for item in self._letters.items():
            letters.setdefault(item[0][2], []).append(item)
        found = {}
        for name in self._about.reference.ledgers["ledger"]:
            rows = [(one.workbook, one.closed[name].rows) for one in self._by_table.get(name, [])]
            aside = sorted((column, sorted(cells)) for column, cells in self._unreadable.get(name, {}).items())
            found[name] = fingerprint(rows, letters.get(name, []), aside)
        return found

    @cached_property
    def _register_fingerprint(self) -> str:
        return fingerprint(
            self._about.common,
            [
                (table, one.workbook, one.closed[table].identity)
                for table in REGISTER
                for one in self._by_table.get(table, [])
            ],
        )

    def _recall_register(self) -> None:
        """The register is needed for any table: what following it came to is remembered, or found and remembered."""
        if self._assembly.known is not None:
            return
        entry = f"register-{self._register_fingerprint}"
        known = self._memory.get(entry)
        if not isinstance(known, link.Found):
            known = self._assembly.register.found
            self._memory.put(entry, known)
        self._assembly.known = known


_tables: Tables | None = None  # of a process that makes some of them


def _begin(mine: Tables) -> None:
    global _tables
    _tables = mine
    gc.disable()  # columns are plain values without circles


def _make_one(name: str) -> Made:
    assert _tables is not None
    return _tables._make(name)


def _columns(rejected: pd.DataFrame) -> dict[str, Any]:
    return {
        name: rejected[name].to_numpy(dtype="int64" if name == "row" else object)
        for name in ("table", "workbook", "sheet", "row", "source_column", "reasons")
    }


def rejected_rows(made: dict[str, Made]) -> pd.DataFrame:
    """One line per row that was set aside and table, over all tables."""
    names = ("table", "workbook", "sheet", "row", "source_column", "reasons")
    whole = {name: np.concatenate([one.rejected[name] for one in made.values()]) for name in names}
    return pd.DataFrame(whole).astype({name: "Int64" if name == "row" else "str" for name in names})


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
