"""Whom a rate is of: the named populations, as rows of the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.indicators.ratios import Array, as_floats

Threshold = Callable[[str, Any], float]
"""Gives the value a rule had in a year or on a day: `reference.load().threshold`."""

STILL_POOR = ("not_exited", "pre_exit", "fallen_back")
LEFT = "left_register"
NOT_IN_SCHOOL = "not_student"
ABLE_TO_WORK = ("ordinary", "skilled", "weak")
PLACE = ("township", "village")


class NotThere(KeyError):
    """A column was asked for that neither the table nor the register has."""


class Members(NamedTuple):
    """Rows of a table that belong to a population: the table itself, and their positions in it."""

    table: pd.DataFrame
    positions: np.ndarray

    def rows(self, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of these rows, numbered from 0."""
        lacking = [name for name in columns if name not in self.table]
        if lacking:
            raise NotThere(f"没有这些列 / no such columns: {', '.join(lacking)}")
        return self.table[list(dict.fromkeys(columns))].take(self.positions).reset_index(drop=True)


def in_years(values: pd.Series, years: Sequence[int] | None) -> np.ndarray:
    """Which rows are of one of the years; all of them where no years are named."""
    return np.ones(len(values), dtype=bool) if years is None else values.isin(list(years)).to_numpy(dtype=bool)


def is_one_of(codes: pd.Series, wanted: Sequence[str]) -> np.ndarray:
    """Which codes are among the wanted; a missing code is not."""
    return codes.isin(list(wanted)).to_numpy(dtype=bool)


def is_among(ids: pd.Series, others: pd.Series) -> np.ndarray:
    """Which ids stand among the others; a missing id does not."""
    codes, _ = pd.factorize(pd.concat([ids, others], ignore_index=True), use_na_sentinel=True)
    mine, there = codes[: len(ids)], codes[len(ids) :]
    listed = np.zeros(int(codes.max(initial=-1)) + 2, dtype=bool)
    listed[there] = True
    listed[-1] = False  # what is missing has the code −1
    return listed[mine]


def is_true(flags: pd.Series) -> np.ndarray:
    """Which flags say yes; a missing flag does not."""
    return as_floats(flags) == 1.0


def registered_at_year_end(households: pd.DataFrame, years: Sequence[int] | None = None) -> Members:
    """Household-years on the register at the year's end: all but those that left it; a missing status stays in."""
    keep = in_years(households["register_year"], years) & ~is_one_of(households["exit_status_code"], (LEFT,))
    return Members(households, np.flatnonzero(keep))


def not_yet_exited(households: pd.DataFrame, years: Sequence[int] | None = None) -> Members:
    """Household-years that have not exited: not exited, expected to exit, or fallen back; a missing status is left out."""
    keep = in_years(households["register_year"], years) & is_one_of(households["exit_status_code"], STILL_POOR)
    return Members(households, np.flatnonzero(keep))


def ever_registered(households: pd.DataFrame, years: Sequence[int] | None = None) -> Members:
    """One row per household ever on the register in these years, its latest; those that left the register included."""
    mine = np.flatnonzero(in_years(households["register_year"], years))
    keys = households[["household_id", "register_year"]].take(mine).reset_index(drop=True)
    last = keys.sort_values("register_year", kind="stable").drop_duplicates("household_id", keep="last")
    return Members(households, np.sort(mine[last.index.to_numpy()]))


POPULATION: dict[str, Callable[[pd.DataFrame, Sequence[int] | None], Members]] = {
    "ever_registered": ever_registered,
    "registered_at_year_end": registered_at_year_end,
    "not_yet_exited": not_yet_exited,
}


def of_name(name: str, households: pd.DataFrame, years: Sequence[int] | None) -> Members:
    """A population of households by its name; raises ValueError for a name that is none."""
    if name not in POPULATION:
        raise ValueError(f"没有这个统计对象 / no such population: {name} ({', '.join(POPULATION)})")
    return POPULATION[name](households, years)


def size_of(frame: pd.DataFrame) -> Array:
    """Household size as a weight; a size below one cannot be and is missing."""
    size = as_floats(frame["household_size"])
    return np.where(size >= 1, size, np.nan)


def weights_of(frame: pd.DataFrame, weights: str) -> Array:
    """One per household, or the household's size; raises ValueError for another word."""
    if weights not in ("person", "household"):
        raise ValueError(f"weights={weights!r}: person | household")
    return size_of(frame) if weights == "person" else np.ones(len(frame))


def find(keys: pd.DataFrame, table: pd.DataFrame, on: Sequence[str], also: Sequence[str] = ()) -> np.ndarray:
    """For each row of `keys` the position of its first match in `table`, −1 where there is none.

    `on` names the key columns of `keys`, `also` those of the table where they are called otherwise.
    """
    names = list(also) or list(on)
    right = table[names].set_axis(list(on), axis=1).reset_index(drop=True)
    right["position"] = np.arange(len(right))
    right = right.drop_duplicates(list(on))
    found = keys[list(on)].reset_index(drop=True).merge(right, on=list(on), how="left")["position"]
    return found.to_numpy(dtype="float64", na_value=-1).astype(np.intp)


def taken(values: pd.Series, positions: np.ndarray) -> pd.Series:
    """Values at positions, missing where the position is −1."""
    picked = (
        values.take(np.maximum(positions, 0)) if len(values) else pd.Series([None] * len(positions), dtype=values.dtype)
    )
    return picked.reset_index(drop=True).where(positions >= 0)


def described(
    frame: pd.DataFrame, households: pd.DataFrame | None, columns: Sequence[str], year: str = "register_year"
) -> pd.DataFrame:
    """The named columns for each row: its own, and where it has none that of its household in the register of the year.

    A household without a register row of that year is described by its latest. Raises NotThere for a column nobody has.
    """
    result = pd.DataFrame(index=range(len(frame)))
    lent = households is not None and "household_id" in frame
    places: tuple[np.ndarray, np.ndarray] | None = None
    for name in dict.fromkeys(columns):
        own = frame[name].reset_index(drop=True) if name in frame else None
        if own is None and not (lent and households is not None and name in households):
            raise NotThere(f"没有这一列 / no such column: {name}")
        if lent and households is not None and name in households and (own is None or own.isna().any()):
            places = places if places is not None else _register_rows(frame, households, year)
            own = _filled_from_register(own, households[name], places)
        result[name] = own
    return result


def _register_rows(frame: pd.DataFrame, households: pd.DataFrame, year: str) -> tuple[np.ndarray, np.ndarray]:
    latest = ever_registered(households)
    of_latest = find(frame, latest.rows(["household_id"]), ["household_id"])
    fallback = np.where(of_latest >= 0, latest.positions[np.maximum(of_latest, 0)] if len(latest.positions) else -1, -1)
    if year not in frame:
        return fallback, fallback
    return find(frame, households, ["household_id", year], ["household_id", "register_year"]), fallback


def _filled_from_register(
    own: pd.Series | None, register: pd.Series, places: tuple[np.ndarray, np.ndarray]
) -> pd.Series:
    """The row's own word first, then the register of its year, then the household's latest."""
    found = taken(register, places[0])
    found = found.where(found.notna(), taken(register, places[1]))
    return found if own is None else own.where(own.notna(), found)
