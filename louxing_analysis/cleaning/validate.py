"""Typed rows → rows we keep and rows set aside with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

MISSING_REASON = {"household_id": "no_household", "person_id": "no_person"}

EITHER_INCOME = ("net_income", "per_capita_net_income")
"""An income account needs one of these."""


class Finding(NamedTuple):
    """Rows of one table that something is said of: a mask over the frame, the reason, and the column it is about.

    `details`: a text for every row of the frame, where there is more to say.
    """

    rows: np.ndarray
    reason: str
    column: str
    details: np.ndarray | None = None


def missing_required(frame: pd.DataFrame, columns: pd.DataFrame) -> list[Finding]:
    """Rows that lack a required column; every derived key has its own reason."""
    found = []
    for name in columns.index[columns["required"] == "yes"]:
        lacking = frame[name].isna().to_numpy() if name in frame else np.ones(len(frame), dtype=bool)
        if lacking.any():
            found.append(Finding(lacking, MISSING_REASON.get(name, "required_missing"), str(name)))
    if {*EITHER_INCOME, "income_year"} <= set(columns.index):
        lacking = np.logical_and.reduce([frame[name].isna().to_numpy() for name in EITHER_INCOME if name in frame])
        if lacking.any():
            found.append(Finding(lacking, "no_income", "per_capita_net_income"))
    return found


def repeated(
    frame: pd.DataFrame, key: list[str], content: list[str], *, one_row_per_key: bool, optional: Iterable[str] = ()
) -> list[Finding]:
    """Rows whose key stands twice: agreeing repeats but the fullest (else the first), and all rows of a key that disagree.

    Where a ledger may hold several rows of one key (two visits on one day), or a part of the key is missing or known to
    the month only, just rows that agree in everything repeat. `frame` is in the order of files, sheets and rows;
    `optional` parts of the key may be missing (help for the household as a whole names no person).
    """
    key = [name for name in key if name in frame]
    optional = set(optional)
    whole = [name for name in dict.fromkeys([*key, *content]) if name in frame]
    found: list[Finding] = []
    strict = np.zeros(len(frame), dtype=bool)
    if one_row_per_key:
        dates = {name for name in key if f"{name}_precision" in frame}
        strict = frame[[name for name in key if name not in optional - dates]].notna().all(axis=1).to_numpy(dtype=bool)
        for precision in (frame[f"{name}_precision"] for name in key if f"{name}_precision" in frame):
            strict = strict & (precision == "day").to_numpy(dtype=bool)
    for rows, by in ((strict, key), (~strict, whole)):
        found.extend(_repeated_among(frame, rows, by, whole))
    return found


def _repeated_among(frame: pd.DataFrame, candidates: np.ndarray, by: list[str], whole: list[str]) -> list[Finding]:
    duplicated = np.zeros(len(frame), dtype=bool)
    duplicated[candidates] = frame.loc[candidates, by].duplicated(keep=False).to_numpy()
    if not duplicated.any():
        return []
    some = frame.loc[duplicated]
    group = some.groupby(by, sort=False, dropna=False, observed=True).ngroup()
    number = group.to_numpy()
    content = [name for name in whole if name not in by]
    differs = _disagreeing(frame, duplicated, content, number) if content else np.zeros(len(some), dtype=bool)
    said = some[whole].notna().sum(axis=1).to_numpy()
    fullest = np.lexsort(
        (np.arange(len(some)), -said, number)
    )  # of agreeing rows the one that says most, else the first
    kept = np.zeros(len(some), dtype=bool)
    kept[fullest[np.unique(number[fullest], return_index=True)[1]]] = True
    later = ~kept
    found = []
    for mask, reason in ((differs, "duplicate_differs"), (later & ~differs, "repeats")):
        if mask.any():
            rows = np.zeros(len(frame), dtype=bool)
            rows[np.flatnonzero(duplicated)[mask]] = True
            found.append(Finding(rows, reason, by[0]))
    return found


def _disagreeing(frame: pd.DataFrame, rows: np.ndarray, content: list[str], group: np.ndarray) -> np.ndarray:
    """Of the duplicated rows those whose group has two contents in one column.

    A blank cell beside a stated one is another content; a column that a whole sheet leaves out says nothing, so that a
    short list sent beside the register does not disagree with it.
    """
    some = frame.loc[rows, content].astype("str").where(frame.loc[rows, content].notna())
    sheets = [name for name in ("workbook", "sheet") if name in frame]
    if sheets:
        there = frame[content].notna().groupby([frame[name] for name in sheets], sort=False, observed=True)
        some = some.where(some.notna() | ~there.transform("any").loc[rows], "")
    else:
        some = some.fillna("")
    return (some.groupby(group).transform("nunique") > 1).any(axis=1).to_numpy(dtype=bool)
