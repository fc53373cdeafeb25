"""Everything the ledgers are written from, and the columns that nearly every ledger begins with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from louxing_analysis.reference import Reference
from louxing_analysis.sample.conditions import Conditions
from louxing_analysis.sample.draws import Array
from louxing_analysis.sample.households import Homes
from louxing_analysis.sample.incomes import Incomes
from louxing_analysis.sample.people import People
from louxing_analysis.sample.places import Places
from louxing_analysis.sample.plan import Plan
from louxing_analysis.sample.roll import Roll

KEYS = ("household_key", "person_key", "cadre_key", "member_key", "project_key", "year")


@dataclass(frozen=True)
class World:
    """The made-up district before anything is written down."""

    plan: Plan
    places: Places
    homes: Homes
    people: People
    roll: Roll
    incomes: Incomes
    conditions: Conditions

    def at(self, year: Array | int) -> Array:
        """The column of a year in the matrices of households and years."""
        return np.asarray(year) - self.plan.horizon[0]

    @property
    def heads(self) -> Array:
        """The person at the head of each household in each year of the horizon (−1: not in the register)."""
        heads = np.full((len(self.homes), len(self.plan.horizon)), -1)
        is_head = self.roll.relation == "head"
        heads[self.roll.household[is_head], self.at(self.roll.year[is_head])] = self.roll.person[is_head]
        return heads

    def active_pairs(self) -> tuple[Array, Array]:
        """Households registered at the end of each year: (household, year), by year and household."""
        found = [np.flatnonzero(self.homes.active(year)) for year in self.plan.horizon]
        return np.concatenate(found), np.repeat(self.plan.horizon, [len(part) for part in found])

    def active_roll(self) -> Array:
        """Which entries of the roll are of households registered at the end of that year."""
        homes, household = self.homes, self.roll.household
        back = homes.back_year[household] <= self.roll.year
        return (self.roll.year < homes.leave_year[household]) | back

    def identity(self, heads: Array, household: Array, year: Array) -> dict[str, Array]:
        """Code, head, place and key of households as they stood in a year."""
        head = heads[household, self.at(year)]
        place = self.homes.place[household]
        return {
            "household_code": self.homes.written_code(household, year),
            "head_name": self.people.name[head],
            "head_id_number": self.people.id_number[head],
            **self.location(place),
            "household_key": keys("H", household),
        }

    def location(self, place: Array) -> dict[str, Array]:
        """Township and village of places given by number."""
        return {"township": self.places.texts("township")[place], "village": self.places.texts("village")[place]}


def keys(letter: str, numbers: Array) -> Array:
    """Keys of entities in the truth, such as H00017; a number below 0 has none."""
    if not len(numbers):
        return np.array([], dtype=object)
    width = 5
    table = np.array([f"{letter}{number:0{width}d}" for number in range(int(numbers.max()) + 1)] + [None], dtype=object)
    return table[np.where(numbers < 0, len(table) - 1, numbers)]


def typed(ledger: str, columns: dict[str, Array], reference: Reference) -> pd.DataFrame:
    """A ledger's frame: its written columns in the order of columns.csv, each with its type, then keys and year.

    Columns that no office here keeps are empty. Raises KeyError when a required one is, ValueError when one is there that
    the ledger does not have.
    """
    listed = reference.columns_of(ledger)
    written = listed[listed["kind"] != "derived"]
    frame: dict[str, pd.Series] = {}
    count = len(next(iter(columns.values())))
    for name, kind, required in zip(written["column"], written["kind"], written["required"], strict=True):
        kept = name in columns or (count and required == "yes")
        frame[name] = _series(columns[name] if kept else np.full(count, None, dtype=object), kind)
        if kind in ("date", "month"):
            precision = columns.get(
                f"{name}_precision", np.full(len(frame[name]), "month" if kind == "month" else "day")
            )
            frame[f"{name}_precision"] = _series(precision, "text").where(frame[name].notna())
    for key in KEYS:
        if key in columns:
            frame[key] = _series(columns[key], "year" if key == "year" else "text")
    strange = set(columns) - set(frame)
    if strange:
        raise ValueError(f"{ledger}: {sorted(strange)}")
    return pd.DataFrame(frame)


def _series(values: Array, kind: str) -> pd.Series:
    if kind in ("year", "integer"):
        return pd.Series(pd.array(values, dtype="Int64"))
    if kind in ("money", "number"):
        return pd.Series(np.asarray(values, dtype=float))
    if kind == "boolean":
        return pd.Series(pd.array(values, dtype="boolean"))
    if kind in ("date", "month"):
        return pd.Series(np.asarray(values, dtype="datetime64[D]").astype("datetime64[us]"))
    return pd.Series(np.asarray(values, dtype=object), dtype="str")
