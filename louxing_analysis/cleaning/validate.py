"""Typed rows → rows we keep and rows set aside with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

MISSING_REASON = {"household_id": "no_household", "person_id": "no_person"}


class Finding(NamedTuple):
    """Rows of one table that something is said of: a mask over the frame, the reason, and the column it is about."""

    rows: np.ndarray
    reason: str
    column: str


def missing_required(frame: pd.DataFrame, columns: pd.DataFrame) -> list[Finding]:
    """Rows that lack a required column; every derived key has its own reason."""
    found = []
    for name in columns.index[columns["required"] == "yes"]:
        lacking = frame[name].isna().to_numpy() if name in frame else np.ones(len(frame), dtype=bool)
        if lacking.any():
            found.append(Finding(lacking, MISSING_REASON.get(name, "required_missing"), str(name)))
    if {"net_income", "per_capita_net_income", "income_year"} <= set(columns.index):
        lacking = np.logical_and.reduce(
            [frame[name].isna().to_numpy() for name in ("net_income", "per_capita_net_income") if name in frame]
        )
        if lacking.any():
            found.append(Finding(lacking, "no_income", "per_capita_net_income"))
    return found


def repeated(
    frame: pd.DataFrame, key: list[str], content: list[str], *, one_row_per_key: bool, optional: Iterable[str] = ()
) -> list[Finding]:
    """Rows whose key stands twice: agreeing repeats after the first, and all rows of a key that disagree.

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
    prints = pd.util.hash_pandas_object(some[whole].astype("str"), index=False)
    differs = prints.groupby(group.to_numpy()).transform("nunique").to_numpy() > 1
    later = group.duplicated().to_numpy()
    found = []
    for mask, reason in ((differs, "duplicate_differs"), (later & ~differs, "repeats")):
        if mask.any():
            rows = np.zeros(len(frame), dtype=bool)
            rows[np.flatnonzero(duplicated)[mask]] = True
            found.append(Finding(rows, reason, by[0]))
    return found
