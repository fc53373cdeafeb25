"""The made-up district written out as several hundred messy workbooks, beside the truth of every row and cell."""

from __future__ import annotations

import csv
import multiprocessing
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from louxing_analysis.reference import load
from louxing_analysis.safe_text import csv_cell
from louxing_analysis.sample import district, remove, truth_tables
from louxing_analysis.sample.desk import Filed, write_workbook
from louxing_analysis.sample.facts import Facts, read_facts
from louxing_analysis.sample.offices import Offices, WorkbookPlan, plan_workbooks
from louxing_analysis.sample.surprises import plant_surprises
from louxing_analysis.sample.tables import Table, plain_table

PLACE_FIELDS = ("township", "village", "kind", "code", "since", "until", "source", "confidence")


class SampleInTheWay(FileExistsError):
    """A workbook of somebody's own stands where the sample would write."""


@dataclass(frozen=True)
class SampleReport:
    """What was written: workbooks and rows of truth by ledger, and planted cells by what is expected of them."""

    files: tuple[str, ...]
    rows: Mapping[str, int]
    defects: Mapping[str, int]

    def line(self) -> str:
        """What was written, in one line."""
        rows, cells = sum(self.rows.values()), sum(self.defects.values())
        return (
            f"已写出合成示例数据：{len(self.files)} 个文件，{rows} 行，其中有意写乱 {cells} 处 / "
            f"made-up sample written: {len(self.files)} files, {rows} rows, {cells} cells written oddly on purpose"
        )


@dataclass(frozen=True)
class _Work:
    """What every worker needs; handed over once."""

    raw: Path
    tables: Mapping[str, Table]
    facts: Facts
    seed: int
    mess: int
    keep_truth: bool


_work: _Work | None = None


def write_sample(
    raw: Path,
    *,
    seed: int = 2020,
    places: int = 204,
    households: int = 7600,
    years: Sequence[int] = (2016, 2017, 2018, 2019, 2020),
    mess: int = 1,
    truth: Path | None = None,
    jobs: int = 2,
    reference: Path | None = None,
) -> SampleReport:
    """Write the sample below `raw`, and what a perfect cleaning of it gives below `truth`.

    mess: 0 none, 1 an ordinary office (nothing structural), 2 twice as much, headers nobody knows, hidden sheets and rows,
    3 also whole unknown layouts and a damaged file. The same arguments give the same bytes, whatever `jobs` is. An
    earlier sample in `raw` is removed first. Raises ValueError for sizes that cannot be, SampleInTheWay rather than
    overwrite a file that the sample did not write.
    """
    facts = read_facts(reference)
    made = district.build(seed, places, households, tuple(years), load(reference))
    tables = {ledger: plain_table(ledger, frame, facts) for ledger, frame in made.tables.items()}
    plans = plan_workbooks(Offices(facts, tables, seed, mess))
    _make_room(raw, plans)
    # written aside first: an interrupted run leaves nothing in the folder that would pass for an office's own file
    aside = remove.fresh_folder(raw)
    work = _Work(aside, tables, facts, seed, mess, truth is not None)
    filed = [one for one in _write_all(work, plans, jobs) if one is not None]
    strange = plant_surprises(aside, filed, facts, seed, mess)
    files = {
        **{one.path: one.sha256 for one in filed},
        **strange.files,
        remove.PLACES: _write_places(aside, made.places),
    }
    remove.write_list(raw, files)  # before the files: what is listed and not there is no harm
    remove.settle(aside, raw, files)
    defects = [*(cell for one in filed for cell in one.defects), *strange.defects]
    rows = truth_tables.write(truth, filed, defects, load(reference)) if truth is not None else _counts(filed)
    return SampleReport(tuple(sorted(files)), rows, dict(sorted(Counter(cell.expected for cell in defects).items())))


def _make_room(raw: Path, plans: Sequence[WorkbookPlan]) -> None:
    raw.mkdir(parents=True, exist_ok=True)
    remove.remove_sample(raw)
    for plan in plans:
        if (raw / plan.path).exists():
            raise SampleInTheWay(
                f"{plan.path}: 不是示例文件，未覆盖；请移开后再试 / not written by the sample, so not overwritten: move it away first"
            )


def _write_all(work: _Work, plans: Sequence[WorkbookPlan], jobs: int) -> Iterator[Filed | None]:
    """All workbooks in the order of the plans; large ones are begun first so that no worker is left waiting."""
    if jobs <= 1 or len(plans) < 2:
        _receive(work)
        yield from map(_write_one, plans)
        return
    # a forked worker has the tables already; elsewhere they are sent to each worker once
    method = "fork" if sys.platform == "linux" else "spawn"
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(method), initializer=_receive, initargs=(work,))
    with pool:
        yield from pool.map(_write_one, plans, chunksize=4)


def _receive(work: _Work) -> None:
    global _work  # a worker's only state: set once, when it starts
    _work = work


def _write_one(plan: WorkbookPlan) -> Filed | None:
    assert _work is not None
    filed = write_workbook(plan, _work.raw, _work.tables, _work.facts, _work.seed, _work.mess)
    if filed is not None and not _work.keep_truth:
        filed.counts = {ledger: 0 for ledger, _ in filed.truth}
        for ledger, rows in filed.truth:
            filed.counts[ledger] += len(rows["row"])
        filed.truth = []
    return filed


def _counts(filed: Sequence[Filed]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for one in filed:
        for ledger, count in one.counts.items():
            rows[ledger] = rows.get(ledger, 0) + count
    return dict(sorted(rows.items()))


def _write_places(raw: Path, places: pd.DataFrame) -> str:
    """The made-up villages as rows of the form of places.csv; gives the file's hash."""
    mine = places[places["made_up"]] if "made_up" in places else places
    target = raw / remove.PLACES
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(PLACE_FIELDS)
        writer.writerows(map(csv_cell, row) for row in mine[list(PLACE_FIELDS)].fillna("").itertuples(index=False))
    return remove.hash_of(target)
