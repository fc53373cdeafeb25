"""The true tables of the made-up district as plain Python values, and where the rows of each township and year stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.sample.facts import Facts

Values = np.ndarray[Any, np.dtype[Any]]
KEYS = ("household_key", "person_key", "cadre_key", "member_key", "project_key")


@dataclass(frozen=True)
class Table:
    """One ledger's true rows: object arrays of str, int, float, bool, date or None."""

    columns: Mapping[str, Values]
    size: int
    groups: dict[tuple[str, ...], dict[tuple[Any, ...], Values]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def take(self, name: str, records: Values) -> list[Any]:
        """A column's values at some rows."""
        taken: list[Any] = self.columns[name][records].tolist()
        return taken

    def by(self, *names: str) -> dict[tuple[Any, ...], Values]:
        """Row numbers by the values of some columns, groups in order; grouped once."""
        if names not in self.groups:
            self.groups[names] = _group([self.columns[name] for name in names], self.size)
        return self.groups[names]


def _group(columns: Sequence[Values], size: int) -> dict[tuple[Any, ...], Values]:
    """Value tuple → ascending row numbers."""
    if not size:
        return {}
    codes = np.zeros(size, dtype=np.int64)
    for column in columns:
        part, found = pd.factorize(column, use_na_sentinel=False)
        codes = codes * max(len(found), 1) + part
    order = np.argsort(codes, kind="stable")
    edges = np.flatnonzero(np.diff(codes[order])) + 1
    groups = np.split(order, edges)
    found_groups = {tuple(column[rows[0]] for column in columns): rows for rows in groups}
    return dict(sorted(found_groups.items(), key=lambda item: tuple(str(part) for part in item[0])))


def plain_table(ledger: str, frame: pd.DataFrame, facts: Facts) -> Table:
    """A frame of the district as plain values, with the year and month that workbooks are kept by."""
    columns: dict[str, Values] = {}
    for name in frame.columns:
        kind = facts.columns[ledger, name].kind if (ledger, name) in facts.columns else _kind_of_key(name)
        columns[str(name)] = _plain(frame[name], kind)
    return Table(columns, len(frame))


def _kind_of_key(name: str) -> str:
    return "year" if name == "year" else "text"


def _plain(series: pd.Series, kind: str) -> Values:
    absent = series.isna().to_numpy(dtype=bool)
    if kind in {"money", "number"}:
        values = np.round(series.to_numpy(dtype=np.float64, na_value=np.nan), 6).astype(object)
    elif kind in {"integer", "year"}:
        values = series.astype("Int64").to_numpy(dtype=np.int64, na_value=-1).astype(object)
    elif kind in {"date", "month"}:
        values = pd.to_datetime(series).to_numpy(dtype="datetime64[D]").astype(object)
    elif kind == "boolean":
        values = np.array(
            [None if gone else bool(value) for value, gone in zip(series, absent, strict=True)], dtype=object
        )
    else:
        values = series.astype(object).to_numpy(dtype=object).copy()
    if absent.any():
        values[absent] = None
    return values
