"""Rows of the register, each with the household of its year as written there, and the people they name.

The *unit* of a row is its household's code, else its head's ID number: what tells the households of one year apart, not
yet what follows one over the years.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.following import Nodes, Pairs, pairs
from louxing_analysis.cleaning.row_keys import SEPARATOR, column, joined, number_of, unambiguous

BY_HEAD = "id:"  # before the number that stands for a household without a code
YEAR = "register_year"


class RegisterRows(NamedTuple):
    """The rows of `households` above those of `members`: one entry each, None where a cell says nothing."""

    households: int  # how many of the rows are of `households`
    year: pd.Series  # Int64
    code: pd.Series
    township: pd.Series
    village: pd.Series
    name: pd.Series  # of the person of the row: in `households` the head
    id_number: pd.Series
    birth: Array  # datetime64[D]; of the ID number, else of a date of birth
    birth_is_day: Array  # not only the month or year
    person_code: pd.Series
    head_name: pd.Series
    head_id: pd.Series
    is_head: Array

    @property
    def is_member(self) -> Array:
        """Rows of `members`."""
        return np.arange(len(self.year)) >= self.households

    def birth_years(self, which: pd.Series) -> pd.Series:
        """The year of birth of some rows as text, None where it is not known."""
        return texts_of(self.birth[which.to_numpy()], "datetime64[Y]", which.index[which])

    def birth_days(self, which: pd.Series) -> pd.Series:
        """The day of birth of some rows as text, None where it is not known to the day."""
        mask = which.to_numpy()
        days = np.where(self.birth_is_day[mask], self.birth[mask], np.datetime64("NaT", "D"))
        return texts_of(days, "datetime64[D]", which.index[which])


def register_rows(households: pd.DataFrame, members: pd.DataFrame) -> RegisterRows:
    """Both tables as one, with what tells households and people."""

    def both(name: str, own: str = "") -> pd.Series:
        parts = [column(households, own or name), column(members, name)]
        return pd.Series(np.concatenate([part.to_numpy(dtype=object) for part in parts]), dtype=object)

    is_head = np.concatenate([np.ones(len(households), dtype=bool), column(members, "relation_code").eq("head")])
    head_name, head_id = both("head_name"), both("head_id_number")
    name, number = both("name", "head_name"), both("id_number", "head_id_number")
    born, is_day = births(members)
    nobody = np.full(len(households), np.datetime64("NaT", "D"))
    return RegisterRows(
        len(households),
        pd.Series(pd.array(both(YEAR), dtype="Int64")),
        both("household_code"),
        both("township"),
        both("village"),
        name,
        number,
        np.concatenate([nobody, born]),
        np.concatenate([np.zeros(len(households), dtype=bool), is_day]),
        both("person_code", "-"),
        head_name.where(head_name.notna() | ~is_head, name),
        head_id.where(head_id.notna() | ~is_head, number),
        is_head.astype(bool),
    )


def births(frame: pd.DataFrame) -> tuple[Array, Array]:
    """Births as days, of the ID number, else of the date of birth; and whether they are known to the day."""
    inside, written = (_days(frame, name) for name in ("id_number:birth", "birth_date"))
    is_day = ~np.isnat(inside)
    if "birth_date_precision" in frame:
        is_day |= frame["birth_date_precision"].eq("day").to_numpy(dtype=bool)
    else:
        is_day |= ~np.isnat(written)
    return np.where(np.isnat(inside), written, inside), is_day


def _days(frame: pd.DataFrame, name: str) -> Array:
    if name not in frame:
        return np.full(len(frame), np.datetime64("NaT", "D"))
    return pd.to_datetime(frame[name]).to_numpy("datetime64[D]")


def texts_of(days: Array, unit: str, index: pd.Index) -> pd.Series:
    """Days as texts of a unit, None for none."""
    out = days.astype(unit).astype(str).astype(object)
    out[np.isnat(days)] = None
    return pd.Series(out, index=index, dtype=object)


def birth_years(frame: pd.DataFrame) -> pd.Series:
    """The year of birth as text: of the ID number, else of the date of birth; None where neither is known."""
    return texts_of(births(frame)[0], "datetime64[Y]", frame.index)


def units(rows: RegisterRows) -> pd.Series:
    """The household of every row within its year: its code, else the code that head, person or place and name have there.

    A row without any code is the household of its head's number. A household that stands twice in one year, under two
    codes and one head's number, is one unit: the same people cannot be registered twice.
    """
    year = rows.year.astype(object).where(rows.year.notna(), None)
    unit = rows.code.copy()
    if unit.notna().all():
        return _twins_as_one(rows, unit, year)
    place = joined(rows.village, rows.head_name)
    for named in (rows.head_id, rows.id_number, place):
        unit = _filled(unit, named, year)
    stands = pd.Index(joined(year, rows.code).dropna().unique())
    for named in (rows.head_id, rows.id_number, place):  # of other years, where that household stands in this year too
        open_rows = unit.isna() & named.notna()
        if open_rows.any():
            wanted = named[open_rows]
            among = named.isin(wanted.unique())
            found = wanted.map(unambiguous(named[among], rows.code[among])).astype(object)
            there = joined(year[open_rows], found).isin(stands)
            unit[open_rows] = found.where(there, None)
    by_head = rows.head_id.map(lambda number: f"{BY_HEAD}{number}" if number else None)
    unit = unit.where(unit.notna(), by_head)
    return _twins_as_one(rows, unit, year)


def _filled(unit: pd.Series, named: pd.Series, year: pd.Series) -> pd.Series:
    """Rows without a unit take that of the rows of their year which name the same, if these have only one."""
    open_rows = unit.isna() & named.notna()
    if not open_rows.any():
        return unit
    among = named.isin(named[open_rows].unique())
    key = joined(named[among], year[among])
    found = key[open_rows[among]].map(unambiguous(key, unit[among])).astype(object)
    unit = unit.copy()
    unit[found.index] = found.where(found.notna(), None)
    return unit


def _twins_as_one(rows: RegisterRows, unit: pd.Series, year: pd.Series) -> pd.Series:
    """Units of one year with one head's number become the first of them in the order of their names.

    Only if both name the same people, or one of them names nobody but the head: a number typed for the wrong head must not
    join two families.
    """
    known = (unit.notna() & rows.head_id.notna() & rows.is_head & rows.year.notna()).to_numpy(dtype=bool)
    numbers = pd.DataFrame({"unit": pd.factorize(unit[known])[0], "head": pd.factorize(rows.head_id[known])[0]})
    numbers["year"] = rows.year[known].to_numpy(dtype=np.int64)
    numbers = numbers.drop_duplicates()
    at = np.flatnonzero(known)[numbers.index[numbers.duplicated(["head", "year"], keep=False)]]
    heads = pd.DataFrame({"unit": unit[at], "head": rows.head_id[at], "year": year[at]})
    if heads.empty:
        return unit
    key = joined(year, unit)
    some = key.isin(joined(heads["year"], heads["unit"])) & rows.is_member & rows.id_number.notna()
    people = rows.id_number[some].groupby(key[some]).agg(frozenset).to_dict()
    meant: dict[str, object] = {}
    for (_, when), mine in heads.groupby(["head", "year"], sort=True):
        first, *others = sorted(mine["unit"].unique(), key=str)
        one = people.get(f"{when}{SEPARATOR}{first}", frozenset())
        for other in others:
            two = people.get(f"{when}{SEPARATOR}{other}", frozenset())
            if len(one) < 2 or len(two) < 2 or 2 * len(one & two) >= len(one | two):
                meant[f"{when}{SEPARATOR}{other}"] = first
    renamed = key.map(meant).astype(object)
    return renamed.where(renamed.notna(), unit).astype(object)


def nodes_of(rows: RegisterRows, unit: pd.Series, person: pd.Series) -> tuple[Nodes, Array, Array]:
    """The household-years; for every row its node (−1: none); and the units by number, as `Nodes.code` counts them.

    `person`: what stands for the person of each row over the years, None where nothing does.
    """
    unit_code, unit_names = number_of(unit)
    year = rows.year.to_numpy(dtype=np.int64, na_value=-1)
    known = (unit_code >= 0) & (year >= 0)
    width = max(len(unit_names), 1)
    keys, inverse = np.unique(year[known] * width + unit_code[known], return_inverse=True)
    node = np.full(len(year), -1)
    node[known] = inverse
    count = len(keys)
    persons, names, heads = (number_of(one)[0] for one in (person, rows.name, rows.head_id))
    listed = np.zeros(count, dtype=bool)
    listed[node[known & rows.is_member & rows.name.notna().to_numpy()]] = True
    village = np.full(count, -1)
    village_code = number_of(rows.village)[0]
    placed = known & (village_code >= 0)
    order = np.argsort(-village_code[placed], kind="stable")  # of two, the first in the order of names
    village[node[placed][order]] = village_code[placed][order]
    people = _pairs(node, persons, known)
    named = _pairs(node, np.where(persons < 0, names, -1), known & rows.is_member)
    size = np.bincount(people.node, minlength=count) + np.bincount(named.node, minlength=count)
    return (
        Nodes(
            keys // width,
            keys % width,
            village,
            size,
            listed,
            people,
            _pairs(node, heads, known),
            _pairs(node, names, known),
            _pairs(node, persons, known & rows.is_head),
        ),
        node,
        unit_names,
    )


def _pairs(node: Array, thing: Array, which: Array) -> Pairs:
    return pairs(node[which], thing[which])
