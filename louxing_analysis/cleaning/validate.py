"""Typed rows → rows we keep and rows set aside with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


IDENTIFYING = {
    "household_id": ("household_code", "head_name", "head_id_number"),
    "person_id": ("person_code", "name", "id_number"),
}
"""What a key was found from: it has done its work, and two spellings of it are no disagreement."""

_NAMED = 3  # addresses of other rows that a detail names


def repeated(
    frame: pd.DataFrame,
    key: list[str],
    content: list[str],
    *,
    one_row_per_key: bool,
    optional: Iterable[str] = (),
    labels: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Rows whose key stands twice: agreeing repeats but one, and all rows of a key that disagree; neither is chosen silently.

    Two rows agree if every column that both their sheets fill says the same in both: a list that lacks a column says
    nothing of it, a blank cell in a column does. Of agreeing repeats the fullest is kept, of equally full ones the first.
    Where a ledger may hold several rows of one key (two visits on one day), or a part of the key is missing or known to
    the month only, just rows that agree in everything repeat. `frame` is in the order of files, sheets and rows;
    `optional` parts of the key may be missing (help for the household as a whole names no person). The details name the
    other rows and, by `labels`, the columns that differ.
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
    told = {name for part in whole for name in IDENTIFYING.get(part, ())}
    compared = [name for name in whole if name not in told]
    for rows, by, columns in ((strict, key, compared), (~strict, whole, whole)):
        found.extend(_repeated_among(frame, rows, by, columns, labels or {}))
    return found


def _repeated_among(
    frame: pd.DataFrame, candidates: np.ndarray, by: list[str], whole: list[str], labels: Mapping[str, str]
) -> list[Finding]:
    duplicated = np.zeros(len(frame), dtype=bool)
    duplicated[candidates] = frame.loc[candidates, by].duplicated(keep=False).to_numpy()
    if not duplicated.any():
        return []
    at = np.flatnonzero(duplicated)
    group = frame.iloc[at].groupby(by, sort=False, dropna=False, observed=True).ngroup().to_numpy()
    differing = _differing(frame, at, group, [name for name in whole if name not in by])
    differs = np.logical_or.reduce([np.zeros(len(at), dtype=bool), *differing.values()])
    fullness = frame.iloc[at][whole].notna().sum(axis=1).to_numpy()
    order = np.lexsort((at, -fullness, group))
    later = np.ones(len(at), dtype=bool)
    later[order[np.unique(group[order], return_index=True)[1]]] = False
    found = []
    for mask, reason in ((differs, "duplicate_differs"), (later & ~differs, "repeats")):
        if mask.any():
            rows = np.zeros(len(frame), dtype=bool)
            rows[at[mask]] = True
            columns = differing if reason == "duplicate_differs" else {}
            found.append(Finding(rows, reason, by[0], _other_rows(frame, at, group, mask, columns, labels)))
    return found


def _differing(frame: pd.DataFrame, at: np.ndarray, group: np.ndarray, columns: list[str]) -> dict[str, np.ndarray]:
    """For each column the rows (of those at `at`) whose group disagrees in it, leaving out sheets that do not fill it."""
    sheet = np.zeros(len(frame), dtype=np.int64)
    for name in ("workbook", "sheet"):
        if name in frame:
            sheet = pd.factorize(sheet * (1 + len(frame)) + pd.factorize(frame[name])[0])[0]
    several = len(np.unique(sheet[at])) > 1
    out = {}
    for name in columns:
        values = pd.factorize(frame[name].iloc[at].astype("str"), use_na_sentinel=False)[0]
        if several:
            filled = np.bincount(sheet, frame[name].notna())[sheet[at]] > 0
        else:
            filled = np.ones(len(at), dtype=bool)
        low, high = np.full(group.max() + 1, len(at)), np.full(group.max() + 1, -1)
        np.minimum.at(low, group[filled], values[filled])
        np.maximum.at(high, group[filled], values[filled])
        rows = (high > low)[group]
        if rows.any():
            out[name] = rows
    return out


def _other_rows(
    frame: pd.DataFrame,
    at: np.ndarray,
    group: np.ndarray,
    wanted: np.ndarray,
    differing: Mapping[str, np.ndarray],
    labels: Mapping[str, str],
) -> np.ndarray:
    """For every wanted row: where the others of its group stand, and in which columns they differ."""
    details = np.full(len(frame), "", dtype=object)
    if not {"workbook", "sheet", "row"} <= set(frame.columns):
        return details
    parts = (frame[name].iloc[at].astype("str") for name in ("workbook", "sheet", "row"))
    addresses = [" › ".join(one) for one in zip(*parts, strict=True)]
    mates: dict[int, list[int]] = {}
    for place, number in enumerate(group.tolist()):
        mates.setdefault(number, []).append(place)
    for place in np.flatnonzero(wanted).tolist():
        others = [addresses[one] for one in mates[int(group[place])] if one != place]
        more = f" +{len(others) - _NAMED}" if len(others) > _NAMED else ""
        unlike = "、".join(labels.get(name, name) for name, rows in differing.items() if rows[place])
        details[at[place]] = "；".join(others[:_NAMED]) + more + (f"：{unlike}" if unlike else "")
    return details
