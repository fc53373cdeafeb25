"""The cleaning half of the run: workbooks → typed rows → clean tables, with every row and problem accounted for."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from louxing_analysis import __version__, reference, store, table_set
from louxing_analysis.cleaning import accounts, gathered, keys, mended, private_folder, rules, tables
from louxing_analysis.cleaning.delivery import (
    Delivery,
    Means,
    Received,
    code_fingerprint,
    read_all,
    receive,
    reference_fingerprint,
)
from louxing_analysis.cleaning.keys import Key
from louxing_analysis.cleaning.likely_names import People
from louxing_analysis.cleaning.marked import write_marked
from louxing_analysis.cleaning.parcels import MemoryBroken, Parcel
from louxing_analysis.cleaning.places import Gazetteer
from louxing_analysis.cleaning.sheets import Cleaned
from louxing_analysis.memory import Memory, fingerprint, own_key
from louxing_analysis.paths import Paths
from louxing_analysis.problems import FOOTNOTED, STRUCTURAL, Problem

ALL_WELL, FINISHED_WITH_SURPRISES, WRONG_USE, NOTHING_DONE = 0, 1, 2, 3
MEMORY, MEMORY_KEY = ".memory", "memory.key"

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Outcome:
    """What a cleaning run came to."""

    exit_code: int
    facts: dict[str, Any]
    problems: pd.DataFrame
    lines: tuple[str, ...] = ()


def usual_jobs() -> int:
    """As many processes as there are processors to run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def clean(
    paths: Paths,
    jobs: int | None = None,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
    remember: bool = True,
    marked: Path | None = None,
) -> Outcome:
    """Clean every workbook below `paths.raw` into `paths.processed`; one run at a time, and all tables at once.

    What has not changed since the last run is not read or made again, unless `remember` is False. `executor`: any
    executor of `concurrent.futures` to read the workbooks with, instead of `jobs` processes. The tables do not depend on
    any of the three. `marked`: a folder for marked copies. Raises table_set.RunningElsewhere, private_folder.RefusedFolder.
    """
    copies = private_folder.check(marked, paths) if marked else None
    with table_set.alone(paths.processed):
        draft = table_set.draft(paths.processed)
        delivery = receive(paths.raw)
        earlier = store.earlier_run(paths.processed).get("key")
        key = (
            keys.load_key(paths.root, sample_only=delivery.is_sample, earlier=earlier)
            if delivery.names
            else keys.SAMPLE_KEY
        )
        run = _Run(paths, delivery, key, draft, jobs or usual_jobs(), executor, progress)
        run.told_of_key, run.copies = keys.told(key, earlier), copies
        try:
            outcome = run.clean(_memory(paths) if remember else Memory(None, b""))
        except MemoryBroken:
            outcome = run.clean(Memory(None, b""))
        table_set.commit(paths.processed, draft, (f"{name}.parquet" for name in run.standing))
        if run.memory.folder is not None:
            run.memory.forget_unused()
        return outcome


def _memory(paths: Paths) -> Memory:
    """What the last run into this folder remembered; nothing where it cannot be kept."""
    try:
        return Memory(paths.processed / MEMORY, own_key(paths.root / MEMORY_KEY))
    except OSError:
        return Memory(None, b"")


class _Run:
    """One run over one delivery, into a draft folder."""

    def __init__(
        self,
        paths: Paths,
        delivery: Delivery,
        key: Key,
        draft: Path,
        jobs: int,
        executor: Executor | None,
        progress: Progress | None,
    ) -> None:
        self.paths, self.delivery, self.key, self.draft = paths, delivery, key, draft
        self.jobs, self.executor, self.progress = jobs, executor, progress
        self.facts = reference.load(paths.reference)
        self.standing: frozenset[str] = frozenset()
        self.told_of_key: dict[str, Any] = {}
        self.copies: Path | None = None

    def clean(self, memory: Memory) -> Outcome:
        """Read, assemble and write everything; what stands already is in `standing`."""
        started = time.perf_counter()
        self.memory, facts, delivery = memory, self.facts, self.delivery
        steps = self._steps("clean", len(delivery.names))
        received = read_all(delivery, Means(facts, memory, self.jobs, self.executor, steps))
        self.delivery = delivery = received.delivery
        read_seconds = time.perf_counter() - started
        said = [parcel.said for parcel in received.parcels]
        people = gathered.people(said, facts)
        safe = accounts.safe_names(gathered.written_names(said), people)
        about = tables.Circumstances(facts, self._common(), gathered.pseudonymiser(self.key), people, safe)
        making = tables.Tables(received, gathered.letters(said, facts), about, memory, self.paths.processed, self.draft)
        made = making.make(self.jobs)
        self.standing = frozenset(making.standing)
        quarantine = gathered.with_rows_without_values(tables.rejected_rows(made), said)
        sheets = accounts.account(
            [line for one in said for line in one.sheets], [one.kept for one in made.values()], quarantine
        )
        problems = [problem for one in said for problem in one.problems] + list(received.copies)
        problems += [problem for one in made.values() for problem in one.problems]
        problems += accounts.conservation_problems(sheets) + gathered.idle_corrections(said, facts)
        frame = accounts.masked_problems(problems, facts, people)
        rules_run = rules.record((run for one in made.values() for run in one.rule_runs), problems, facts)
        store.write("rules_run", rules_run, self.draft)
        quarantine = self._with_texts(quarantine, received.parcels, people)
        layouts = gathered.layouts(said, people)
        lines = self._marked(problems, quarantine, sheets, said)
        lines += self._mended(frame, sheets, layouts, said, safe, people)
        self._store(sheets, frame, quarantine, layouts, said, safe)
        seconds = {"reading": round(read_seconds, 2), "cleaning": round(time.perf_counter() - started, 2)}
        run = _facts(received, delivery, safe, self.told_of_key, made, sheets, frame, seconds)
        store.write_run(run, self.draft)
        return Outcome(_exit_code(run), run, accounts.safely_named(frame, safe), lines)

    def _steps(self, what: str, total: int) -> Callable[[int], None]:
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            if self.progress:
                self.progress(what, done, total)

        return step

    def _common(self) -> str:
        rows = reference_fingerprint(self.paths.reference, self.delivery)
        return fingerprint(code_fingerprint(), rows, self.key.fingerprint)

    def _with_texts(self, quarantine: pd.DataFrame, parcels: Sequence[Parcel], people: People) -> pd.DataFrame:
        """The quarantined rows' own text."""
        headers = gathered.written_headers([parcel.said for parcel in parcels], self.facts)
        by_name = {parcel.workbook: parcel for parcel in parcels}
        texts: dict[tuple[str, str, int], str] = {}
        for (name, sheet), rows in accounts.rows_by_sheet(quarantine).items():
            written = by_name[name].written({sheet: rows.tolist()})
            found = accounts.row_texts(written, headers.get(name, {}))
            texts.update({(name, *place): text for place, text in found.items()})
        places = zip(quarantine["workbook"], quarantine["sheet"], quarantine["row"], strict=True)
        cells = [texts.get((workbook, sheet, int(row)), "{}") for workbook, sheet, row in places]
        return quarantine.assign(text=pd.array(accounts.masked_row_texts(cells, people), dtype="str"))

    def _marked(
        self, problems: list[Problem], quarantine: pd.DataFrame, sheets: pd.DataFrame, said: Sequence[Cleaned]
    ) -> tuple[str, ...]:
        """Copies of the workbooks with problems, for the offices that sent them; in lines for the console."""
        if not self.copies:
            return ()
        layouts = [line for one in said for line in one.layouts]
        return write_marked(
            self.copies, self.paths.raw, problems, quarantine, sheets, layouts, self.facts, self.jobs, self.progress
        )

    def _mended(
        self,
        problems: pd.DataFrame,
        sheets: pd.DataFrame,
        layouts: pd.DataFrame,
        said: Sequence[Cleaned],
        safe: dict[str, str],
        people: People,
    ) -> tuple[str, ...]:
        """Store what became of the problems of workbooks that came back; in lines for the console."""
        before = mended.earlier(self.paths.processed)
        told, held, laid = (accounts.safely_named(frame, safe) for frame in (problems, sheets, layouts))
        now = mended.Run(
            told, held, laid, {safe.get(name, name): digest for name, digest in self.delivery.hashes.items()}
        )
        originals = accounts.safe_names([one.copy_of for one in said], people)
        copies = {
            safe.get(one.workbook, one.workbook): originals.get(one.copy_of, one.copy_of) for one in said if one.copy_of
        }
        table = mended.compare(before, now, copies)
        store.write("mended", table, self.draft)
        return mended.lines(table, before, now, copies)

    def _store(
        self,
        sheets: pd.DataFrame,
        problems: pd.DataFrame,
        quarantine: pd.DataFrame,
        layouts: pd.DataFrame,
        said: Sequence[Cleaned],
        safe: dict[str, str],
    ) -> None:
        totals = pd.DataFrame([line for one in said for line in one.totals], columns=TOTAL_COLUMNS)
        for name, frame in {
            "sheets": sheets,
            "problems": problems,
            "quarantine": quarantine,
            "layouts": layouts,
            "totals": totals,
            "places": Gazetteer(self.facts, self.delivery.own_places, self.delivery.own_changes).table,
        }.items():
            store.write(name, accounts.safely_named(frame, safe), self.draft)


TOTAL_COLUMNS = [
    "workbook", "sheet", "table", "column", "cell", "kind", "stated", "computed", "difference", "cells_missing", "verdict"
]  # fmt: skip


def _exit_code(run: dict[str, Any]) -> int:
    if not run["counts"]["clean_rows"]:
        return NOTHING_DONE
    return FINISHED_WITH_SURPRISES if run["structural"] or run["is_mixed"] else ALL_WELL


def _facts(
    received: Received,
    delivery: Delivery,
    safe: dict[str, str],
    key: dict[str, Any],
    made: dict[str, tables.Made],
    sheets: pd.DataFrame,
    problems: pd.DataFrame,
    seconds: dict[str, float],
) -> dict[str, Any]:
    structural = problems[problems["severity"] == STRUCTURAL]
    blocking = structural[~structural["reason"].isin(FOOTNOTED)]
    return {
        "versions": {"louxing_analysis": __version__, "python": platform.python_version(), "pandas": pd.__version__},
        "inputs": {safe.get(name, name): digest for name, digest in delivery.hashes.items()},
        "is_sample": delivery.is_sample,
        "is_mixed": delivery.is_mixed,
        "key": key,
        "tables": {name: one.rows for name, one in made.items()},
        "counts": {
            "workbooks": len(delivery.names),
            "workbooks_read": received.read,
            "sheets": len(sheets),
            "data_rows": int(sheets["data"].sum()),
            "kept_rows": int(sheets["kept"].sum()),
            "quarantined_rows": int(sheets["quarantined"].sum()),
            "clean_rows": sum(one.rows for one in made.values()),
            "problems": {
                str(name): int(count) for name, count in problems["severity"].value_counts().sort_index().items()
            },
        },
        "ledgers": _by_ledger(sheets, problems),
        "structural": len(structural),
        "blocking": len(blocking),
        "seconds": seconds,
    }


def _by_ledger(sheets: pd.DataFrame, problems: pd.DataFrame) -> dict[str, dict[str, int]]:
    """What became of every ledger: sheets, data rows, kept, quarantined, cells set aside, notes; "" is what was not known."""
    rows = sheets.groupby("table")[["data", "kept", "quarantined"]].sum().assign(sheets=sheets["table"].value_counts())
    cells = pd.crosstab(problems["table"], problems["severity"])
    whole = rows.join(cells.reindex(columns=["set_aside", "noted"], fill_value=0)).fillna(0).astype(int)
    return {str(name): {str(key): int(value) for key, value in line.items()} for name, line in whole.iterrows()}
