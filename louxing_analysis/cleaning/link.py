"""Rows of many workbooks become households, people, cadres and projects that are followed over the years.

Every key here is still the plain code, number or name; `pseudonyms` turns it into what is stored.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

SEPARATOR = "\x1f"  # stands in no cell that the readers let through


IDENTITY: dict[str, frozenset[str]] = {
    "households": frozenset(
        {"workbook", "sheet", "row", "source_column", "register_year", "township", "village", "household_code"}
        | {"head_name", "head_id_number", "head_id_number:birth"}
    ),
    "members": frozenset(
        {"workbook", "sheet", "row", "source_column", "register_year", "township", "village", "household_code"}
        | {"head_name", "head_id_number", "head_id_number:birth"}
        | {"name", "id_number", "id_number:birth", "birth_date", "birth_date_precision", "relation_code"}
    ),
}
"""The columns of the register by which households and people are told apart, and nothing else is."""


def column(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column as text with missing as None, or nothing but None where the table does not have it."""
    if name not in frame:
        return pd.Series(np.full(len(frame), None, dtype=object), index=frame.index, dtype=object)
    return frame[name].astype(object).where(frame[name].notna(), None)


def joined(*parts: pd.Series) -> pd.Series:
    """The parts as one key; None where any part is missing."""
    whole = np.logical_and.reduce([part.notna().to_numpy() for part in parts])
    out = np.full(len(parts[0]), None, dtype=object)
    lists = [part.to_numpy(dtype=object)[whole] for part in parts]
    out[whole] = [SEPARATOR.join(map(str, row)) for row in zip(*lists, strict=True)]
    return pd.Series(out, index=parts[0].index, dtype=object)


def unambiguous(keys: pd.Series, values: pd.Series) -> dict[object, object]:
    """Keys that lead to one value only, over all rows that have both."""
    pairs = pd.DataFrame({"key": keys.to_numpy(dtype=object), "value": values.to_numpy(dtype=object)})
    pairs = pairs[pairs["key"].notna() & pairs["value"].notna()].drop_duplicates()
    single = pairs.drop_duplicates("key", keep=False)
    return dict(zip(single["key"], single["value"], strict=True))


@dataclass(frozen=True)
class Register:
    """How the households and people of the register may be named elsewhere."""

    codes: frozenset[object]
    by_head_id: dict[object, object]
    by_member_id: dict[object, object]
    by_head_name: dict[object, object]
    person_by_birth: dict[object, object]
    person_by_name: dict[object, object]
    empty: bool
    last_year: int | None = None  # the last year that any register of households or members describes


def build_register(households: pd.DataFrame, members: pd.DataFrame) -> Register:
    """Look-ups from every way of naming a household or a person to its key; ambiguous names lead nowhere."""
    code, member_code = column(households, "household_code"), column(members, "household_code")
    head_id = column(households, "head_id_number")
    codes = frozenset(code.dropna()) | frozenset(member_code.dropna())
    is_head = column(members, "relation_code").eq("head")
    member_id = column(members, "id_number")
    by_head_id = unambiguous(pd.concat([head_id, member_id[is_head]]), pd.concat([code, member_code[is_head]]))
    by_member_id = unambiguous(member_id, member_code)
    place_and_name = joined(column(households, "village"), column(households, "head_name"))
    key = _from_register(households, codes, by_head_id, {}, {}, empty=not codes)
    by_head_name = unambiguous(place_and_name, key)
    member_key = _from_register(members, codes, by_head_id, by_member_id, by_head_name, empty=not codes)
    name = column(members, "name")
    person_by_birth = unambiguous(joined(member_key, name, birth_years(members)), member_id)
    person_by_name = unambiguous(joined(member_key, name), member_id)
    return Register(
        codes,
        by_head_id,
        by_member_id,
        by_head_name,
        person_by_birth,
        person_by_name,
        empty=not codes and not by_head_id,
        last_year=_last_year(households, members),
    )


def _last_year(*frames: pd.DataFrame) -> int | None:
    years = [
        int(year) for frame in frames if "register_year" in frame for year in frame["register_year"].dropna().unique()
    ]
    return max(years, default=None)


def _from_register(
    frame: pd.DataFrame,
    codes: frozenset[object],
    by_head_id: dict[object, object],
    by_member_id: dict[object, object],
    by_head_name: dict[object, object],
    *,
    empty: bool,
) -> pd.Series:
    code = column(frame, "household_code")
    key = code.where(code.isin(codes) | empty, None)
    ways = (
        (lambda rows: column(rows, "head_id_number"), by_head_id),
        (lambda rows: column(rows, "id_number"), by_member_id),
        (lambda rows: joined(column(rows, "village"), column(rows, "head_name")), by_head_name),
    )
    for named, known in ways:
        open_rows = key.isna()
        if known and open_rows.any():
            key = key.copy()
            key[open_rows] = named(frame[open_rows]).map(known).astype(object)
    if empty or "register_year" in frame:  # a register without codes is keyed by its heads
        head = column(frame, "head_id_number")
        key = key.where(key.notna(), head.map(lambda number: f"id:{number}" if number else None))
    return key.astype(object).where(key.notna(), None)


def household_keys(frame: pd.DataFrame, register: Register) -> pd.Series:
    """The household of every row: by code, by head's ID number, by a member's, by place and head's name; else None."""
    return _from_register(
        frame, register.codes, register.by_head_id, register.by_member_id, register.by_head_name, empty=register.empty
    )


def birth_years(frame: pd.DataFrame) -> pd.Series:
    """The year of birth as text: of the ID number, else of the date of birth; None where neither is known."""
    days = column(frame, "birth_date")
    inside = column(frame, "id_number:birth")
    days = inside.where(inside.notna(), days)
    return days.map(lambda day: None if day is None or day is pd.NaT else str(day)[:4]).astype(object)


def person_keys(frame: pd.DataFrame, household: pd.Series, register: Register) -> pd.Series:
    """The person of every row: by ID number, else by household and name where only one person has it, else None.

    Register rows whose number is unreadable in every year are keyed by household, name and year of birth (one register
    has the day, another only the month).
    """
    key = column(frame, "id_number")
    missing = key.isna()
    if not missing.any():
        return key
    some, there = frame[missing], household[missing]
    name = column(some, "name")
    # two brothers may bear one name: the year of birth tells them apart
    birth = birth_years(some)
    born = joined(there, name, birth)
    found = born.map(register.person_by_birth).astype(object)
    by_name = joined(there, name).map(register.person_by_name).astype(object)
    found = found.where(found.notna(), by_name.where(birth.isna(), None))
    if "relation_code" in frame:
        found = found.where(found.notna(), born)
    key = key.copy()
    key[missing] = found.where(found.notna(), None)
    return key


def cadre_keys(numbers: pd.Series, names: pd.Series, units: pd.Series) -> pd.Series:
    """A cadre is known by ID number, else by name and agency; a number known for name and agency is used for both."""
    named = joined(names, units)
    known = unambiguous(named, numbers)
    key = numbers.where(numbers.notna(), named.map(known).astype(object))
    return key.where(key.notna(), named).astype(object)


def visiting_cadres(
    visits: pd.DataFrame, household: pd.Series, pairings: pd.DataFrame, paired: pd.Series, cadre: pd.Series
) -> pd.Series:
    """The cadre of a visit: the household's paired cadre of that name, else its only paired cadre on that day."""
    named = unambiguous(joined(paired, column(pairings, "cadre_name")), cadre)
    found = joined(household, column(visits, "cadre_name")).map(named).astype(object)
    spans = pd.DataFrame(
        {"household": paired, "cadre": cadre, "start": pairings.get("start_date"), "end": pairings.get("end_date")}
    )
    open_rows = pd.DataFrame({"household": household, "day": visits["visit_date"], "at": np.arange(len(visits))})[
        found.isna().to_numpy()
    ]
    pairs = open_rows.merge(spans, on="household", how="inner")
    live = pairs[
        (pairs["start"].isna() | (pairs["start"] <= pairs["day"]))
        & (pairs["end"].isna() | (pairs["end"] >= pairs["day"]))
    ]
    single = live.drop_duplicates(["at", "cadre"]).drop_duplicates("at", keep=False)
    out = found.to_numpy(dtype=object).copy()
    out[single["at"].to_numpy()] = single["cadre"].to_numpy(dtype=object)
    return pd.Series(out, index=visits.index, dtype=object).where(pd.notna(out), None)


def project_keys(frame: pd.DataFrame) -> pd.Series:
    """A project's own code, else a fingerprint of year, name and township."""
    code = column(frame, "project_code")
    parts = joined(column(frame, "project_year"), column(frame, "project_name"), column(frame, "township").fillna(""))
    return code.where(code.notna(), parts.map(_fingerprint)).astype(object)


def projects_named(frame: pd.DataFrame, projects: pd.DataFrame, keys: pd.Series) -> pd.Series:
    """The project that a row names: by year, name and township, then by year and name, else its own fingerprint."""
    found = pd.Series(np.full(len(frame), None, dtype=object), index=frame.index, dtype=object)
    for by in (
        ["project_year", "project_name", "village"],
        ["project_year", "project_name", "township"],
        ["project_year", "project_name"],
    ):
        known = unambiguous(joined(*(column(projects, name) for name in by)), keys)
        found = found.where(found.notna(), joined(*(column(frame, name) for name in by)).map(known).astype(object))
    return found.where(found.notna(), project_keys(frame)).astype(object)


def _fingerprint(text: object) -> object:
    return None if text is None else "x" + hashlib.blake2b(str(text).encode(), digest_size=7).hexdigest()


def follow_households(households: pd.DataFrame) -> pd.DataFrame:
    """household_links: how each household of a year was followed from the year before, and how sure that is."""
    frame = (
        households[["household_id", "register_year"]].drop_duplicates().sort_values(["household_id", "register_year"])
    )
    before = frame.groupby("household_id")["register_year"].shift()
    first = int(frame["register_year"].min()) if len(frame) else 0
    how = np.where(before.notna(), "same_key", np.where(frame["register_year"] == first, "first_year", "entered"))
    gap = (frame["register_year"] - before).to_numpy(dtype=float, na_value=np.nan)
    return frame.assign(
        previous_year=before.astype("Int64"),
        how=pd.Series(how, index=frame.index, dtype="str"),
        certainty=np.where(np.isnan(gap), np.nan, np.where(gap > 1, 0.9, 1.0)),
    ).reset_index(drop=True)
