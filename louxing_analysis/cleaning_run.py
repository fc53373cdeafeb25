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
from louxing_analysis.cleaning import accounts, keys, layout_lines, rules, tables
from louxing_analysis.cleaning.delivery import (
    Delivery,
    Received,
    code_fingerprint,
    read_all,
    receive,
    reference_fingerprint,
)
from louxing_analysis.cleaning.keys import Key
from louxing_analysis.cleaning.likely_names import LikelyNames, People
from louxing_analysis.cleaning.parcels import MemoryBroken, Parcel
from louxing_analysis.cleaning.places import Gazetteer
from louxing_analysis.cleaning.pseudonyms import pseudonym
from louxing_analysis.cleaning.sheets import Cleaned
from louxing_analysis.memory import Memory, fingerprint, own_key
from louxing_analysis.paths import Paths
from louxing_analysis.problems import FOOTNOTED, REASONS, STRUCTURAL, Problem

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
) -> Outcome:
    """Clean every workbook below `paths.raw` into `paths.processed`; one run at a time, and all tables at once.

    What has not changed since the last run is not read or made again, unless `remember` is False. `executor`: any
    executor of `concurrent.futures` to read the workbooks with, instead of `jobs` processes. The tables do not depend on
    any of the three. Raises table_set.RunningElsewhere.
    """
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
        run.told_of_key = keys.told(key, earlier)
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

    def clean(self, memory: Memory) -> Outcome:
        """Read, assemble and write everything; what stands already is in `standing`."""
        started = time.perf_counter()
        self.memory, facts, delivery = memory, self.facts, self.delivery
        received = read_all(
            delivery, facts, memory, self.jobs, self.executor, self._steps("clean", len(delivery.names))
        )
        read_seconds = time.perf_counter() - started
        said = [parcel.said for parcel in received.parcels]
        people = _people(said, facts)
        safe = accounts.safe_names(_written_names(said), people)
        about = tables.Circumstances(facts, self._common(), _pseudonymiser(self.key), people, safe)
        making = tables.Tables(received, _letters(said, facts), about, memory, self.paths.processed, self.draft)
        made = making.make(self.jobs)
        self.standing = frozenset(making.standing)
        quarantine = _with_rows_without_values(tables.rejected_rows(made), said)
        sheets = accounts.account(
            [line for one in said for line in one.sheets], [one.kept for one in made.values()], quarantine
        )
        problems = [problem for one in said for problem in one.problems] + list(received.copies)
        problems += [problem for one in made.values() for problem in one.problems]
        problems += accounts.conservation_problems(sheets) + _idle_corrections(said, facts)
        frame = accounts.masked_problems(problems, facts, people)
        rules_run = rules.record((run for one in made.values() for run in one.rule_runs), problems, facts)
        store.write("rules_run", rules_run, self.draft)
        quarantine = self._with_texts(quarantine, received.parcels, people)
        self._store(sheets, frame, quarantine, _layouts(said, people), said, safe)
        seconds = {"reading": round(read_seconds, 2), "cleaning": round(time.perf_counter() - started, 2)}
        run = _facts(received, delivery, safe, self.told_of_key, made, sheets, frame, seconds)
        store.write_run(run, self.draft)
        return Outcome(_exit_code(run), run, accounts.safely_named(frame, safe))

    def _steps(self, what: str, total: int) -> Callable[[int], None]:
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            if self.progress:
                self.progress(what, done, total)

        return step

    def _common(self) -> str:
        own = self.delivery.own_places
        return fingerprint(code_fingerprint(), reference_fingerprint(self.paths.reference, own), self.key.fingerprint)

    def _with_texts(self, quarantine: pd.DataFrame, parcels: Sequence[Parcel], people: People) -> pd.DataFrame:
        """The quarantined rows' own text."""
        headers = _written_headers([parcel.said for parcel in parcels], self.facts)
        by_name = {parcel.workbook: parcel for parcel in parcels}
        texts: dict[tuple[str, str, int], str] = {}
        for (name, sheet), rows in accounts.rows_by_sheet(quarantine).items():
            written = by_name[name].written({sheet: rows.tolist()})
            found = accounts.row_texts(written, headers.get(name, {}))
            texts.update({(name, *place): text for place, text in found.items()})
        places = zip(quarantine["workbook"], quarantine["sheet"], quarantine["row"], strict=True)
        cells = [texts.get((workbook, sheet, int(row)), "{}") for workbook, sheet, row in places]
        return quarantine.assign(text=pd.array(accounts.masked_row_texts(cells, people), dtype="str"))

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
            "places": Gazetteer(self.facts, self.delivery.own_places).table,
        }.items():
            store.write(name, accounts.safely_named(frame, safe), self.draft)


TOTAL_COLUMNS = [
    "workbook", "sheet", "table", "column", "cell", "kind", "stated", "computed", "difference", "cells_missing", "verdict"
]  # fmt: skip


def _idle_corrections(results: Sequence[Cleaned], facts: reference.Reference) -> list[Problem]:
    """Corrections of a sheet that is not there: what they were written for has changed."""
    there = {(line["workbook"], line["sheet"]) for result in results for line in result.sheets}
    severity = REASONS["correction_stale"].severity
    return [
        Problem(
            "",
            str(row.workbook),
            str(row.sheet),
            str(row.cell),
            "",
            "",
            "correction_stale",
            severity,
            "corrections.csv",
        )
        for row in facts.corrections.itertuples(index=False)
        if (row.workbook, row.sheet) not in there
    ]


def _exit_code(run: dict[str, Any]) -> int:
    if not run["counts"]["clean_rows"]:
        return NOTHING_DONE
    return FINISHED_WITH_SURPRISES if run["structural"] or run["is_mixed"] else ALL_WELL


def _letters(results: Sequence[Cleaned], facts: reference.Reference) -> dict[tuple[str, str, str, str], str]:
    """(workbook, sheet, table, column) → letter, for columns that stand under one letter on the sheet.

    Two tables of one ledger under one another may have them in another order: no letter is better than a wrong one. A list of members holds the columns of its households too, and is addressed for both.
    """
    feeds = dict(zip(facts.ledgers["ledger"], facts.ledgers["also_feeds"], strict=True))
    letters: dict[tuple[str, str, str, str], str] = {}
    for line in (line for result in results for line in result.layouts):
        if line["origin"] == "column" and not line["spread"]:
            for table in filter(None, (line["table"], feeds[line["table"]])):
                key = line["workbook"], line["sheet"], table, line["column"]
                if letters.setdefault(key, line["letter"]) != line["letter"]:
                    letters[key] = ""
    return letters


def _pseudonymiser(key: Key) -> Callable[[str, pd.Series], Any]:
    kinds = {"household": "household", "person": "person", "cadre": "cadre", "member": "cadre"}

    def hide(kind: str, keys: pd.Series) -> Any:
        values = keys.to_numpy(dtype=object)
        return pseudonym(key, kinds[kind], values) if kind in kinds else values

    return hide


def _people(results: Sequence[Cleaned], facts: reference.Reference) -> People:
    """Every name that stood in a personal column, without those that are also words of places or vocabularies."""
    words = (
        set(facts.places["township"])
        | set(facts.places["village"])
        | set(facts.codes["label_zh"])
        | set(facts.spellings["written"])
    )
    return People(frozenset(name for result in results for name in result.names) - words, LikelyNames(facts))


def _with_rows_without_values(quarantine: pd.DataFrame, results: list[Cleaned]) -> pd.DataFrame:
    """Rows of grids under which nothing at all was recorded are named too."""
    rows = [line for result in results for line in result.empty_rows]
    extra = pd.DataFrame(rows, columns=["table", "workbook", "sheet", "row"]).assign(
        source_column="", reasons="nothing_recorded"
    )
    both = pd.concat([quarantine, extra.astype(dict(quarantine.dtypes))], ignore_index=True)
    return both.sort_values(["workbook", "sheet", "row", "table"], kind="stable", ignore_index=True)


def _written_headers(
    said: Sequence[Cleaned], facts: reference.Reference
) -> dict[str, dict[tuple[str, str], list[accounts.Headed]]]:
    """workbook → (sheet, letter) → the columns that stand there, with the masks of those that are personal."""
    masks = accounts.column_masks(facts)
    feeds = dict(zip(facts.ledgers["ledger"], facts.ledgers["also_feeds"], strict=True))
    headers: dict[str, dict[tuple[str, str], list[accounts.Headed]]] = {}
    for line in (line for one in said for line in one.layouts if line["origin"] == "column"):
        mask = masks.get((line["table"], line["column"])) or masks.get((feeds[line["table"]], line["column"]), "")
        headed = accounts.Headed(line["first_row"], line["last_row"], line["header"], mask)
        headers.setdefault(line["workbook"], {}).setdefault((line["sheet"], line["letter"]), []).append(headed)
    return headers


def _layouts(results: Sequence[Cleaned], people: People) -> pd.DataFrame:
    """Which spreadsheet column each canonical column is, sheet by sheet."""
    frame = pd.DataFrame([line for result in results for line in result.layouts], columns=layout_lines.COLUMNS)
    return accounts.masked_headers(frame, people)


def _written_names(results: Sequence[Cleaned]) -> set[str]:
    """Every workbook and sheet name of the delivery."""
    return {str(line[name]) for result in results for line in result.sheets for name in ("workbook", "sheet")} | {
        result.workbook for result in results
    }


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
        "structural": len(structural),
        "blocking": len(blocking),
        "seconds": seconds,
    }
