"""Typed rows → rows we keep, rows set aside with their reasons, and notes on what is odd but possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.reference import Reference

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


def note_meetings(frame: pd.DataFrame, reference: Reference) -> Iterable[Finding]:
    """More present than expected: observers signed too."""
    yield Finding(
        (frame["present_count"] > frame["expected_count"]).fillna(False).to_numpy(dtype=bool),
        "present_exceeds_expected",
        "present_count",
    )


def note_spans(frame: pd.DataFrame, reference: Reference) -> Iterable[Finding]:
    """Ends before it starts; both known to the day or month."""
    yield Finding((frame["end_date"] < frame["start_date"]).to_numpy(dtype=bool), "end_before_start", "end_date")


def note_incomes(frame: pd.DataFrame, reference: Reference) -> Iterable[Finding]:
    """Sources that do not add up to what is stated, and incomes ten times last year's or a tenth of them."""
    rounding = reference.threshold("income_rounding_per_head", 2020) * frame["household_size"].astype("Float64").fillna(
        1.0
    )
    off = (frame["net_income"] - frame["computed_net_income"]).abs() > rounding.to_numpy(dtype=float)
    yield Finding(off.to_numpy(dtype=bool), "income_does_not_add_up", "net_income")
    ratio = reference.threshold("income_jump_ratio", 2020)
    level = frame["per_capita_net_income"].where(frame["per_capita_net_income"] > 0)
    order = frame.assign(level=level).sort_values(["household_id", "income_year"], kind="stable")
    same = order["household_id"].eq(order["household_id"].shift()) & (
        order["income_year"] - order["income_year"].shift() == 1
    )
    change = (order["level"] / order["level"].shift()).where(same.fillna(False).to_numpy(dtype=bool))
    jump = ((change >= ratio) | (change <= 1 / ratio)).reindex(frame.index)
    yield Finding(jump.to_numpy(dtype=bool), "income_jump", "per_capita_net_income")


def note_before_birth(frame: pd.DataFrame, reference: Reference) -> Iterable[Finding]:
    """Help or a check-up dated before the person's birth, as the ID number has it: one of the two is a slip."""
    if "id_number:birth" in frame:
        for column in ("checkup_date", "aid_date", "paid_date"):
            if column in frame:
                early = (frame[column] < frame["id_number:birth"]).to_numpy(dtype=bool)
                yield Finding(early, "before_birth", column)


NOTES: dict[str, Callable[[pd.DataFrame, Reference], Iterable[Finding]]] = {
    "meetings": note_meetings,
    "pairings": note_spans,
    "teams": note_spans,
    "projects": note_spans,
    "incomes": note_incomes,
    "aid": note_before_birth,
    "beneficiaries": note_before_birth,
    "checkups": note_before_birth,
}
"""The checks of each table that keep the row and say what is odd."""


def size_differs(households: pd.DataFrame, members: pd.DataFrame) -> Finding:
    """Household size as stated against the member rows of the same year (deceased members not counted)."""
    alive = np.ones(len(members), dtype=bool)
    if "health_codes" in members:
        alive = ~members["health_codes"].astype(object).map(lambda codes: "deceased" in str(codes)).to_numpy(dtype=bool)
    rows = members[alive].groupby(["household_id", "register_year"]).size()
    counted = pd.MultiIndex.from_frame(households[["household_id", "register_year"]]).map(rows.to_dict())
    stated = households["household_size"].to_numpy(dtype=float, na_value=np.nan)
    counted = np.asarray(counted, dtype=float)
    return Finding(~np.isnan(stated) & ~np.isnan(counted) & (stated != counted), "size_differs", "household_size")
