"""The cleaning half of the run: workbooks → typed rows → clean tables, with every row and problem accounted for."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis import __version__, reference, store
from louxing_analysis.cleaning import accounts
from louxing_analysis.cleaning.assemble import Assembled, assemble
from louxing_analysis.cleaning.crosswalk import LEDGER, changes_of
from louxing_analysis.cleaning.delivery import Delivery, read_all, receive
from louxing_analysis.cleaning.places import Gazetteer
from louxing_analysis.cleaning.pseudonyms import Key, load_key, pseudonym
from louxing_analysis.cleaning.sheets import Cleaned
from louxing_analysis.cleaning.stack import Piece
from louxing_analysis.paths import Paths
from louxing_analysis.problems import FOOTNOTED, REASONS, STRUCTURAL, Problem

ALL_WELL, FINISHED_WITH_SURPRISES, WRONG_USE, NOTHING_DONE = 0, 1, 2, 3

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


def clean(paths: Paths, jobs: int | None = None, progress: Progress | None = None) -> Outcome:
    """Clean every workbook below `paths.raw` into `paths.processed`."""
    started = time.perf_counter()
    facts = reference.load(paths.reference)
    delivery = receive(paths.raw)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress("clean", done, len(delivery.names))

    results = read_all(delivery, paths.reference, jobs or usual_jobs(), step)
    read_seconds = time.perf_counter() - started
    key = load_key(paths.root, sample_only=delivery.is_sample)
    assembled = assemble(_pieces(results), facts, _pseudonymiser(key), _letters(results, facts))
    names = _names(results, facts)
    for table in assembled.tables:
        assembled.tables[table] = accounts.masked_texts(assembled.tables[table], facts.columns_of(table), names)
    quarantine = _with_rows_without_values(assembled.quarantine, results)
    sheets = accounts.account([line for result in results for line in result.sheets], assembled.tables, quarantine)
    problems = [problem for result in results for problem in result.problems]
    problems += assembled.problems + accounts.conservation_problems(sheets) + _idle_corrections(results, facts)
    frame = accounts.masked_problems(problems, facts, names)
    quarantine = _with_texts(quarantine, delivery, results, facts, names, jobs or usual_jobs())
    safe = accounts.safe_names(_written_names(results), names)
    _store(paths.processed, assembled, sheets, frame, quarantine, results, delivery, facts, safe)
    run = _facts(delivery, safe, key, assembled, sheets, frame, read_seconds, time.perf_counter() - started)
    store.write_run(run, paths.processed)
    return Outcome(_exit_code(run), run, _safely_named(frame, safe))


def _idle_corrections(results: list[Cleaned], facts: reference.Reference) -> list[Problem]:
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


def _pieces(results: list[Cleaned]) -> dict[str, list[Piece]]:
    pieces: dict[str, list[Piece]] = {}
    for result in results:
        for table, mine in result.tables.items():
            pieces.setdefault(table, []).extend(mine)
    return pieces


def _letters(results: list[Cleaned], facts: reference.Reference) -> dict[tuple[str, str, str, str], str]:
    """(workbook, sheet, table, column) → letter, for columns that stand on the sheet once.

    A list of members holds the columns of its households too, and is addressed for both.
    """
    feeds = dict(zip(facts.ledgers["ledger"], facts.ledgers["also_feeds"], strict=True))
    letters: dict[tuple[str, str, str, str], str] = {}
    for line in (line for result in results for line in result.layouts):
        if line["origin"] == "column" and not line["spread"]:
            for table in filter(None, (line["table"], feeds[line["table"]])):
                letters[line["workbook"], line["sheet"], table, line["column"]] = line["letter"]
    return letters


def _pseudonymiser(key: Key) -> Callable[[str, pd.Series], Any]:
    kinds = {"household": "household", "person": "person", "cadre": "cadre", "member": "cadre"}

    def hide(kind: str, keys: pd.Series) -> Any:
        values = keys.to_numpy(dtype=object)
        return pseudonym(key, kinds[kind], values) if kind in kinds else values

    return hide


def _names(results: list[Cleaned], facts: reference.Reference) -> frozenset[str]:
    """Every name that stood in a personal column, without those that are also words of places or vocabularies."""
    words = (
        set(facts.places["township"])
        | set(facts.places["village"])
        | set(facts.codes["label_zh"])
        | set(facts.spellings["written"])
    )
    return frozenset(name for result in results for name in result.names) - words


def _with_rows_without_values(quarantine: pd.DataFrame, results: list[Cleaned]) -> pd.DataFrame:
    """Rows of grids under which nothing at all was recorded are named too."""
    rows = [line for result in results for line in result.empty_rows]
    extra = pd.DataFrame(rows, columns=["table", "workbook", "sheet", "row"]).assign(
        source_column="", reasons="nothing_recorded"
    )
    both = pd.concat([quarantine, extra.astype(dict(quarantine.dtypes))], ignore_index=True)
    return both.sort_values(["workbook", "sheet", "row", "table"], kind="stable", ignore_index=True)


def _with_texts(
    quarantine: pd.DataFrame,
    delivery: Delivery,
    results: list[Cleaned],
    facts: reference.Reference,
    names: frozenset[str],
    jobs: int,
) -> pd.DataFrame:
    """The quarantined rows' own text; their workbooks are read once more, since few rows are worth carrying along."""
    masks = accounts.column_masks(facts)
    feeds = dict(zip(facts.ledgers["ledger"], facts.ledgers["also_feeds"], strict=True))
    headers: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    for line in (line for result in results for line in result.layouts if line["letter"]):
        mask = masks.get((line["table"], line["column"])) or masks.get((feeds[line["table"]], line["column"]), "")
        headers.setdefault(line["workbook"], {})[line["sheet"], line["letter"]] = (line["header"], mask)
    work = []
    for workbook, rows in quarantine.groupby("workbook"):
        wanted = {sheet: sorted(set(part["row"])) for sheet, part in rows.groupby("sheet")}
        work.append((delivery.raw / str(workbook), str(workbook), wanted, headers.get(str(workbook), {})))
    texts: dict[tuple[str, str, int], str] = {}
    with ProcessPoolExecutor(jobs) as pool:
        for (_, workbook, _, _), found in zip(
            work, pool.map(accounts.row_texts, *zip(*work, strict=True), chunksize=8) if work else (), strict=True
        ):
            texts.update({(workbook, sheet, row): text for (sheet, row), text in found.items()})
    keys = zip(quarantine["workbook"], quarantine["sheet"], quarantine["row"], strict=True)
    cells = np.array([texts.get((workbook, sheet, int(row)), "{}") for workbook, sheet, row in keys], dtype=object)
    return quarantine.assign(text=pd.array(accounts.mask_text(cells, names), dtype="str"))


def _store(
    processed: Path,
    assembled: Assembled,
    sheets: pd.DataFrame,
    problems: pd.DataFrame,
    quarantine: pd.DataFrame,
    results: list[Cleaned],
    delivery: Delivery,
    facts: reference.Reference,
    safe: dict[str, str],
) -> None:
    store.clear(processed)
    for name, table in assembled.tables.items():
        store.write(name, _safely_named(table, safe), processed)
    layouts = pd.DataFrame(
        [line for result in results for line in result.layouts],
        columns=["workbook", "sheet", "table", "column", "letter", "header", "unit", "spread", "header_row", "origin"],
    )
    totals = pd.DataFrame(
        [line for result in results for line in result.totals],
        columns=[
            "workbook",
            "sheet",
            "table",
            "column",
            "cell",
            "kind",
            "stated",
            "computed",
            "difference",
            "cells_missing",
            "verdict",
        ],
    )
    for name, frame in {
        "sheets": sheets,
        "problems": problems,
        "quarantine": quarantine,
        "layouts": layouts,
        "totals": totals,
        "places": Gazetteer(facts, delivery.own_places, changes_of(_pieces(results).get(LEDGER, []))).table,
        "household_links": assembled.links,
        "attrition": assembled.attrition,
        "register_flows": assembled.flows,
    }.items():
        store.write(name, _safely_named(frame, safe), processed)


def _safely_named(frame: pd.DataFrame, safe: dict[str, str]) -> pd.DataFrame:
    """Workbook and sheet names without persons' names; nearly always there are none."""
    if not safe or "workbook" not in frame:
        return frame
    return frame.assign(**{name: frame[name].replace(safe) for name in ("workbook", "sheet")})


def _written_names(results: list[Cleaned]) -> set[str]:
    """Every workbook and sheet name of the delivery."""
    return {str(line[name]) for result in results for line in result.sheets for name in ("workbook", "sheet")} | {
        result.workbook for result in results
    }


def _facts(
    delivery: Delivery,
    safe: dict[str, str],
    key: Key,
    assembled: Assembled,
    sheets: pd.DataFrame,
    problems: pd.DataFrame,
    read_seconds: float,
    seconds: float,
) -> dict[str, Any]:
    structural = problems[problems["severity"] == STRUCTURAL]
    blocking = structural[~structural["reason"].isin(FOOTNOTED)]
    return {
        "versions": {"louxing_analysis": __version__, "python": platform.python_version(), "pandas": pd.__version__},
        "inputs": {safe.get(name, name): digest for name, digest in delivery.hashes.items()},
        "is_sample": delivery.is_sample,
        "is_mixed": delivery.is_mixed,
        "key": {"origin": key.origin, "fingerprint": key.fingerprint},
        "tables": {name: len(frame) for name, frame in assembled.tables.items()},
        "counts": {
            "workbooks": len(delivery.names),
            "sheets": len(sheets),
            "data_rows": int(sheets["data"].sum()),
            "kept_rows": int(sheets["kept"].sum()),
            "quarantined_rows": int(sheets["quarantined"].sum()),
            "clean_rows": sum(len(frame) for frame in assembled.tables.values()),
            "problems": {
                str(name): int(count) for name, count in problems["severity"].value_counts().sort_index().items()
            },
        },
        "structural": len(structural),
        "blocking": len(blocking),
        "seconds": {"reading": round(read_seconds, 2), "cleaning": round(seconds, 2)},
    }
