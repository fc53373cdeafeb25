"""Rows of many workbooks become households, people, cadres and projects that are followed over the years.

Every key here is still the plain code, number or name; `pseudonyms` turns it into what is stored.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.following import Followed, Nodes, follow
from louxing_analysis.cleaning.persons import across_households, in_households
from louxing_analysis.cleaning.register_rows import (
    BY_HEAD,
    RegisterRows,
    birth_years,
    nodes_of,
    register_rows,
    units,
)
from louxing_analysis.cleaning.row_keys import SEPARATOR, Names, column, joined, unambiguous

IDENTITY: dict[str, frozenset[str]] = {
    "households": frozenset(
        {"workbook", "sheet", "row", "register_year", "township", "village", "household_code", "head_name"}
        | {"head_id_number"}
    ),
    "members": frozenset(
        {"workbook", "sheet", "row", "register_year", "township", "village", "household_code", "head_name"}
        | {"head_id_number", "person_code", "name", "id_number", "id_number:birth", "relation_code"}
        | {"birth_date", "birth_date_precision"}
    ),
}
"""The columns of the register by which households and people are told apart: no other is looked at."""


class Found(NamedTuple):
    """What following the households came to, in plain arrays: all of a Register that takes long to find out."""

    of_rows: Array
    people: Array
    node: Array
    nodes: Nodes
    followed: Followed
    keys: Array


@dataclass(frozen=True)
class Register:
    """How the households and people of the register may be named elsewhere; a household is a key of all its years.

    `of_rows`: the household of every row of `households`, then of `members`; `people`: the person of those rows;
    `node`: their household-year in `nodes` (−1: none); `keys`: the key of every household of `followed`, by its number.
    """

    codes: Names
    by_head_id: Names
    by_member_id: Names
    by_head_name: Names
    empty: bool
    rows: RegisterRows
    of_rows: pd.Series
    people: pd.Series
    node: Array
    nodes: Nodes
    followed: Followed
    keys: Array

    @property
    def last_year(self) -> int | None:
        """The last year that any register of households or members describes."""
        years = _years(self.rows).dropna()
        return int(years.max()) if len(years) else None

    @property
    def found(self) -> Found:
        """What need not be found out again for the same rows."""
        whole = self.of_rows.to_numpy(dtype=object), self.people.to_numpy(dtype=object)
        return Found(*whole, self.node, self.nodes, self.followed, self.keys)


def build_register(
    households: pd.DataFrame,
    members: pd.DataFrame,
    overlap: float = 0.5,
    likely: float = 0.3,
    known: Found | None = None,
) -> Register:
    """Households followed over the years, and look-ups from every way of naming one; ambiguous names lead nowhere.

    `overlap`, `likely`: household_overlap and household_overlap_likely of thresholds.csv. `known`: what came of the same
    rows and thresholds before.
    """
    rows = register_rows(households, members)
    if known is not None:
        ways = _ways(rows, _of_nodes(known.node, known.followed, known.keys))
        full, people = (pd.Series(one, dtype=object) for one in (known.of_rows, known.people))
        return Register(*ways, not ways[0] and not ways[1], rows, full, people, *known[2:])
    unit = units(rows)
    across = across_households(rows)
    nodes, node, unit_names = nodes_of(rows, unit, across)
    followed = follow(nodes, overlap, likely)
    keys = household_names(nodes, followed, unit_names)
    key = _of_nodes(node, followed, keys)
    ways = _ways(rows, key)
    full = key.copy()
    open_rows = key.isna()  # rows of the register that name no household of their own year
    if open_rows.any():
        year = _years(rows)
        places = joined(rows.village[open_rows], rows.head_name[open_rows])
        for names, named in zip(ways, (rows.code, rows.head_id, rows.id_number, places), strict=True):
            left = full.index[full.isna()]
            full[left] = names.find(named[left], year[left])
    people = in_households(rows, full, across)
    return Register(*ways, not ways[0] and not ways[1], rows, full, people, node, nodes, followed, keys)


def _of_nodes(node: Array, followed: Followed, keys: Array) -> pd.Series:
    """The household of every row that stands for a household-year, None for the others."""
    key = pd.Series(np.full(len(node), None, dtype=object), dtype=object)
    key[node >= 0] = keys[followed.household[node[node >= 0]]]
    return key


def _years(rows: RegisterRows) -> pd.Series:
    return rows.year.astype(object).where(rows.year.notna(), None)


def _ways(rows: RegisterRows, key: pd.Series) -> tuple[Names, Names, Names, Names]:
    """The ways of naming a household: code, head's number, a member's number, place and head's name."""
    year = _years(rows)
    return (
        Names(lambda: rows.code, year, key),
        Names(lambda: rows.head_id, year, key),
        Names(lambda: rows.id_number.where(rows.is_member, None), year, key),
        Names(lambda: joined(rows.village, rows.head_name), year, key),
    )


def household_names(nodes: Nodes, followed: Followed, unit_names: Array) -> Array:
    """The key of every household: its first code, else its head's number; a code that was given out anew gets its year."""
    names = unit_names[nodes.code] if len(nodes) else np.empty(0, dtype=object)
    by_head = np.array([str(name).startswith(BY_HEAD) for name in names], dtype=bool)
    order = np.lexsort((nodes.year, by_head, followed.household))
    first = order[np.unique(followed.household[order], return_index=True)[1]]
    keys = names[first]
    again = pd.Series(keys).duplicated().to_numpy()  # households are numbered by year: the earlier one keeps the code
    keys[again] = [f"{key}{SEPARATOR}{year}" for key, year in zip(keys[again], nodes.year[first[again]], strict=True)]
    return keys


def household_keys(frame: pd.DataFrame, register: Register) -> pd.Series:
    """The household of every row: by code, by head's ID number, by a member's, by place and head's name; else None.

    A name that meant different households over the years means that of the row's own year. Where no register came, codes
    and heads' numbers are taken as they are.
    """
    code, head = column(frame, "household_code"), column(frame, "head_id_number")
    if register.empty:
        found = code.where(code.notna(), head.map(lambda number: f"{BY_HEAD}{number}" if number else None))
        return found.astype(object).where(found.notna(), None)
    year = years_of(frame)
    key = register.codes.find(code, year)
    ways = (
        (lambda rows: column(rows, "head_id_number"), register.by_head_id),
        (lambda rows: column(rows, "id_number"), register.by_member_id),
        (lambda rows: joined(column(rows, "village"), column(rows, "head_name")), register.by_head_name),
    )
    for named, known in ways:
        open_rows = key.isna()
        if open_rows.any():
            key = key.copy()
            key[open_rows] = known.find(named(frame[open_rows]), year[open_rows])
    return key.astype(object).where(key.notna(), None)


YEARS = ("register_year", "income_year", "year", "project_year")
DATES = ("visit_date", "aid_date", "paid_date", "checkup_date", "rating_month")
"""The columns that say of which year a row is, whatever its ledger; the first that the ledger has.

Not start_date: a pairing that began in 2016 stands in the list of 2019 under the codes of 2019.
"""


def years_of(frame: pd.DataFrame) -> pd.Series:
    """The year each row is of, None where it says none."""
    for name in YEARS:
        if name in frame:
            return column(frame, name)
    for name in DATES:
        if name in frame:
            years = pd.to_datetime(frame[name]).dt.year
            return years.astype("Int64").astype(object).where(years.notna(), None)
    return column(frame, "year")


def person_keys(frame: pd.DataFrame, household: pd.Series, register: Register) -> pd.Series:
    """The person of every row: by ID number, else by household and name where only one person has it, else None."""
    key = column(frame, "id_number")
    missing = key.isna()
    if not missing.any():
        return key
    some, there = frame[missing], household[missing]
    name = column(some, "name")
    birth = birth_years(some)  # two brothers may bear one name: the year of birth tells them apart
    rows = register.rows
    among = rows.name.isin(name.unique()) & rows.is_member
    households, people = register.of_rows[among], register.people[among]
    by_birth = unambiguous(joined(households, rows.name[among], rows.birth_years(among)), people)
    found = joined(there, name, birth).map(by_birth).astype(object)
    by_name = joined(there, name).map(unambiguous(joined(households, rows.name[among]), people)).astype(object)
    found = found.where(found.notna(), by_name.where(birth.isna(), None))
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
