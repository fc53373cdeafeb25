"""Columns as keys: several parts as one, keys that lead to one value only, keys as whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array

SEPARATOR = "\x1f"  # stands in no cell that the readers let through


def column(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column as objects with missing as None, or nothing but None where the table does not have it."""
    if name not in frame:
        return pd.Series(np.full(len(frame), None, dtype=object), index=frame.index, dtype=object)
    if frame[name].dtype == object:  # as `stack` gives it
        return frame[name]
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
    single = _pairs(keys, values).drop_duplicates("key", keep=False)
    return dict(zip(single["key"], single["value"], strict=True))


def _pairs(keys: pd.Series, values: pd.Series) -> pd.DataFrame:
    pairs = pd.DataFrame({"key": keys.to_numpy(dtype=object), "value": values.to_numpy(dtype=object)})
    return pairs[pairs["key"].notna() & pairs["value"].notna()].drop_duplicates()


def number_of(texts: pd.Series) -> tuple[Array, Array]:
    """Each text as its number in the order of all of them (−1: missing), and the texts; rows in any order give the same."""
    codes, found = pd.factorize(texts.to_numpy(dtype=object))
    order = np.argsort(np.array([str(text) for text in found], dtype=object), kind="stable")
    rank = np.empty(len(found) + 1, dtype=np.int64)
    rank[order], rank[-1] = np.arange(len(found)), -1
    return rank[codes], np.asarray(found, dtype=object)[order]


class Names:
    """What each name leads to, where it leads to one thing only, in all years or at least in the year of the row.

    `keys` is asked for when it is needed, and only the names that are looked for are gone through: most rows of a delivery
    name their household by its code.
    """

    def __init__(self, keys: Callable[[], pd.Series], years: pd.Series, values: pd.Series) -> None:
        self._make, self._years, self._values = keys, years, values

    @cached_property
    def _keys(self) -> pd.Series:
        return self._make()

    def __bool__(self) -> bool:
        """Whether any name leads anywhere."""
        return bool((self._keys.notna() & self._values.notna()).any())

    def find(self, keys: pd.Series, years: pd.Series | None = None) -> pd.Series:
        """What each key leads to, None where it leads nowhere or, without a year, to several."""
        wanted = keys.dropna().unique()
        if not len(wanted):
            return pd.Series(np.full(len(keys), None, dtype=object), index=keys.index, dtype=object)
        among = self._keys.isin(wanted)
        pairs = _pairs(self._keys[among], self._values[among])
        several = pairs["key"].duplicated(keep=False)
        found = keys.map(dict(zip(pairs["key"][~several], pairs["value"][~several], strict=True))).astype(object)
        if several.any() and years is not None:
            open_rows = keys.isin(pairs["key"][several])
            among = self._keys.isin(pairs["key"][several])
            in_year = unambiguous(joined(self._keys[among], self._years[among]), self._values[among])
            found[open_rows] = joined(keys[open_rows], years[open_rows]).map(in_year).astype(object)
        return found.where(found.notna(), None)
