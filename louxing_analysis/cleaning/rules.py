"""The rules of rules.csv run over one table: findings, and for every rule on how many rows it could look at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import (
    rule_dates,
    rule_households,
    rule_identity,
    rule_income,
    rule_monitoring,
    rule_policy,
    rule_projects,
)
from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.rule_view import Address, Verdict, View
from louxing_analysis.cleaning.rule_words import ask
from louxing_analysis.cleaning.validate import Finding
from louxing_analysis.problems import SET_ASIDE, Problem
from louxing_analysis.reference import Reference
from louxing_analysis.rule_rows import Rule

Judge = Callable[[View, Rule, str], Verdict]
"""The view of a table, the rule's row and the column it judges → which rows were checked, and which break it."""

JUDGES: dict[str, Judge] = {
    **rule_identity.JUDGES,
    **rule_households.JUDGES,
    **rule_policy.JUDGES,
    **rule_income.JUDGES,
    **rule_monitoring.JUDGES,
    **rule_projects.JUDGES,
    **rule_dates.JUDGES,
}
"""The rules that are more than conditions on one row, by their names in rules.csv."""

_ROW = re.compile("[0-9]+$")

RUN_COLUMNS = ["rule", "table", "column", "rows", "checked", "lacking", "not_in_force", "findings"]


@dataclass(frozen=True)
class RuleRun:
    """One rule on one table: of its rows so many were checked, lacked a cell (or line) it needs, lay outside its time."""

    rule: str
    table: str
    column: str
    rows: int
    checked: int
    lacking: int
    not_in_force: int
    findings: int


def run(view: View, whole: pd.DataFrame | None = None) -> tuple[list[Finding], list[RuleRun]]:
    """All rules of one table; `whole`: the table with the rows that do not stand, for reasons given earlier."""
    findings, runs = [], []
    for rule in view.reference.rule_list:
        for table, column in rule.on:
            if table != view.name:
                continue
            if rule.given:
                runs.append(_given(rule, table, column, view.frame if whole is None else whole))
                continue
            checked, broken, in_force = judge(view, rule, column)
            count = int(checked.sum())
            lacking = int((in_force & ~checked).sum())
            out = len(view) - count - lacking
            runs.append(RuleRun(rule.rule, table, column, len(view), count, lacking, out, int(broken.sum())))
            if broken.any():
                findings.append(Finding(broken, rule.rule, column))
    return findings, runs


def judge(view: View, rule: Rule, column: str) -> tuple[Array, Array, Array]:
    """Checked, broken and in force; a rule does not run where the tables lack a column that it needs."""
    in_force = _in_force(view, rule, column)
    nothing = np.zeros(len(view), dtype=bool)
    if not len(view) or not _can_run(view, rule):
        return nothing, nothing, in_force
    judged = JUDGES[rule.rule](view, rule, column) if not rule.check else ask(view, rule.check)
    return judged.checked & in_force, judged.broken & in_force, in_force


def _can_run(view: View, rule: Rule) -> bool:
    """Are the columns there? Of a check with alternatives only the judged column has to be."""
    own = rule.own_needs() if not rule.check else ()
    if not all(view.has(name) for name in own):
        return False
    return all(view.beside(table).has(name) for table, name in rule.needs_of_others())


def _in_force(view: View, rule: Rule, column: str) -> Array:
    """Rows of the rule's time: by the date that it judges, else by the end of the row's year."""
    rows = np.ones(len(view), dtype=bool)
    if not rule.since and not rule.until:
        return rows
    if view.has(column) and view.frame[column].dtype.kind == "M":
        days = view.numbers(column)
    else:
        days = _last_days(view.year)
    if rule.since:
        rows &= ~(days < _day(rule.since))
    if rule.until:
        rows &= ~(days > _day(rule.until))
    return rows


def _day(text: str) -> int:
    return int(np.datetime64(text, "D").astype("int64"))


def _last_days(years: Array) -> Array:
    """The last day of each year as days since 1970; NaN where the year is not known."""
    following = (np.nan_to_num(years, nan=1970.0) + 1 - 1970).astype("int64").astype("datetime64[Y]")
    return np.where(np.isnan(years), np.nan, following.astype("datetime64[D]").astype("int64") - 1.0)


def _given(rule: Rule, table: str, column: str, whole: pd.DataFrame) -> RuleRun:
    """A rule whose findings were made before; see `record`, which counts them."""
    known = int(whole[column].notna().sum()) if column in whole else 0
    return RuleRun(rule.rule, table, column, len(whole), known, len(whole) - known, 0, 0)


def record(runs: Iterable[RuleRun], problems: Sequence[Problem], reference: Reference) -> pd.DataFrame:
    """The table rules_run: every rule in the order of rules.csv; `problems` hold what was given while reading.

    A cell that was set aside is empty in the table, and was looked at all the same.
    """
    feeders: dict[str, list[str]] = {}
    for ledger, feeds in zip(reference.ledgers["ledger"], reference.ledgers["also_feeds"], strict=True):
        feeders.setdefault(feeds, []).append(ledger)
    given: dict[tuple[str, str, str], int] = {}
    aside: dict[tuple[str, str], int] = {}
    for one in problems:
        given[one.table, one.column, one.reason] = given.get((one.table, one.column, one.reason), 0) + 1
        if one.severity == SET_ASIDE:
            aside[one.table, one.column] = aside.get((one.table, one.column), 0) + 1
    order = {rule.rule: (at, rule.given) for at, rule in enumerate(reference.rule_list)}
    counted = [_counted(run, order[run.rule][1], feeders, given, aside) for run in runs]
    tables = {ledger: at for at, ledger in enumerate(reference.ledgers["ledger"])}
    counted.sort(key=lambda run: (order[run.rule][0], tables[run.table], run.column))
    frame = pd.DataFrame([[getattr(run, name) for name in RUN_COLUMNS] for run in counted], columns=RUN_COLUMNS)
    return frame.astype({name: "str" if name in RUN_COLUMNS[:3] else "Int64" for name in RUN_COLUMNS})


def _counted(
    run: RuleRun,
    reason: str,
    feeders: dict[str, list[str]],
    given: dict[tuple[str, str, str], int],
    aside: dict[tuple[str, str], int],
) -> RuleRun:
    if not reason:
        return run
    tables = [run.table, *feeders.get(run.table, [])]
    found = sum(given.get((table, run.column, reason), 0) for table in tables)
    empty = min(sum(aside.get((table, run.column), 0) for table in tables), run.lacking)
    return replace(run, checked=run.checked + empty, lacking=run.lacking - empty, findings=found)


def unreadable_cells(problems: Iterable[Problem], reference: Reference) -> dict[str, dict[str, set[Address]]]:
    """table → column → the cells that hold something which was set aside; a sheet of members also tells of households."""
    feeds = dict(zip(reference.ledgers["ledger"], reference.ledgers["also_feeds"], strict=True))
    cells: dict[str, dict[str, set[Address]]] = {}
    for one in problems:
        row = _ROW.search(one.cell)
        if one.severity == SET_ASIDE and row is not None:
            for table in filter(None, (one.table, feeds.get(one.table, ""))):
                place = (one.workbook, one.sheet, int(row.group()))
                cells.setdefault(table, {}).setdefault(one.column, set()).add(place)
    return cells
