"""The income accounts as figures per household: level, size, sources, and where each account came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.indicators.measured import Note, Source
from louxing_analysis.indicators.populations import PLACE, described, in_years, weights_of
from louxing_analysis.indicators.ratios import Array, Codes, as_floats, clusters_of, group, nothing
from louxing_analysis.measures.estimate import Estimate

SOURCES = ("wage", "business_net", "property", "transfer")
NOT_EXPLAINED = "not_explained"


class Accounts(NamedTuple):
    """Income accounts of some years.

    `frame` has one row per account, numbered from 0: household_id, period (the year), household_size, the group columns,
    level (yuan per head, as stated, else computed), is_computed and weight; `positions` are its rows in `table`.
    """

    table: pd.DataFrame
    positions: np.ndarray
    frame: pd.DataFrame
    clusters: Codes

    @property
    def known(self) -> np.ndarray:
        """Which accounts have both a level and a weight."""
        return np.asarray(self.frame["level"].notna() & self.frame["weight"].notna())

    def where(self, keep: np.ndarray) -> Accounts:
        """Some of the accounts."""
        frame = self.frame[keep].reset_index(drop=True)
        return Accounts(self.table, self.positions[keep], frame, self.clusters[keep])

    def source(self, by: Sequence[str], keep: np.ndarray | None = None, **keys: Any) -> Source:
        """The accounts (or some of them) as rows behind lines; `keys` adds group columns of one value per kept account."""
        kept = np.flatnonzero(self.known if keep is None else keep)
        own = {name: self.frame[name].take(kept) for name in (*by, "period")}
        return Source("incomes", self.table, self.positions[kept], {**own, **keys})

    def notes(self) -> list[Note]:
        """How many levels were computed because none was stated."""
        count = int(self.frame["is_computed"].to_numpy().sum())
        return [
            Note(
                "level_computed",
                count,
                f"{count} 户·年未填人均纯收入，采用由各项收入计算的数",
                f"{count} household-years state no income per head; the computed one is used",
            )
        ]


def accounts(
    incomes: pd.DataFrame,
    households: pd.DataFrame | None,
    years: Sequence[int] | None,
    by: Sequence[str],
    weights: str,
) -> Accounts:
    """The accounts of some years with what groups and weights need, taken from the register where the account is silent."""
    positions = np.flatnonzero(in_years(incomes["income_year"], years))
    table = incomes.take(positions).reset_index(drop=True)
    offered = set(incomes.columns) | (set(households.columns) if households is not None else set())
    wanted = [*by, *(name for name in (*PLACE, "household_size") if name in offered)]
    frame = described(table, households, wanted, "income_year")
    frame["household_id"], frame["period"] = table["household_id"], table["income_year"]
    stated = as_floats(table["per_capita_net_income"])
    computed = _column(table, "computed_per_capita_net_income")
    frame["is_computed"] = np.isnan(stated) & ~np.isnan(computed)
    frame["level"] = np.where(np.isnan(stated), computed, stated)
    frame["weight"] = weights_of(frame, weights)
    return Accounts(incomes, positions, frame, clusters_of(frame))


def _column(table: pd.DataFrame, name: str) -> Array:
    return as_floats(table[name]) if name in table else np.full(len(table), np.nan)


def sources_of(mine: Accounts) -> dict[str, Array]:
    """Yuan of each source per account (business net of its costs), nan where a cell it needs is missing."""
    table = mine.table.take(mine.positions)
    return {
        "wage": _column(table, "wage_income"),
        "business_net": _column(table, "business_income") - _column(table, "business_expense"),
        "property": _column(table, "property_income"),
        "transfer": _column(table, "transfer_income"),
    }


def told(part: Array) -> Array:
    """A source as far as it is told: what is not told stands in the bar "not explained", so here it adds nothing."""
    return np.where(np.isnan(part), 0.0, part)


def estimated(
    frame: pd.DataFrame,
    by: Sequence[str],
    name: str,
    functions: Mapping[str, Callable[[Array, Array, Codes], Estimate]],
    clusters: Codes,
) -> pd.DataFrame:
    """One line per group and function of (levels, weights, clusters); accounts without level or weight are counted.

    `name` is the column that says which function; the denominator is the sum of weights, the numerator is empty. Inside a
    single village the households are the clusters.
    """
    names = [*by, "period"]
    lines = group(frame, names)
    level, weight = as_floats(frame["level"]), as_floats(frame["weight"])
    known = ~(np.isnan(level) | np.isnan(weight))
    missing = np.bincount(lines.codes[~known], minlength=lines.size)
    order = np.argsort(lines.codes[known], kind="stable")
    ends = np.cumsum(np.bincount(lines.codes[known], minlength=lines.size))
    level, weight, village = level[known][order], weight[known][order], clusters[known][order]
    found: list[dict[str, Any]] = []
    for number, keys in enumerate(lines.keys.to_dict("records")):
        part = slice(ends[number - 1] if number else 0, ends[number])
        cluster = village[part]
        units = cluster if cluster.size and cluster.min() != cluster.max() else np.arange(cluster.size, dtype=np.intp)
        for label, function in functions.items():
            estimate = function(level[part], weight[part], units)
            found.append(
                {
                    **keys,
                    name: label,
                    "denominator": float(weight[part].sum()),
                    "value": float(estimate),
                    "low": estimate.low,
                    "high": estimate.high,
                    "missing": missing[number],
                }
            )
    if not found:
        return pd.concat([nothing(names).assign(**{name: label}) for label in functions], ignore_index=True)
    return pd.DataFrame(found).assign(numerator=np.nan)
