"""Columns as keys: several parts as one, keys that lead to one value only, keys as whole numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array

SEPARATOR = "\x1f"  # stands in no cell that the readers let through


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
    """What each name leads to, where it leads to one thing only, in all years or at least in the year of the row."""

    def __init__(self, keys: pd.Series, years: pd.Series, values: pd.Series) -> None:
        pairs = _pairs(keys, values)
        several = pairs["key"].duplicated(keep=False)
        self._always = dict(zip(pairs["key"][~several], pairs["value"][~several], strict=True))
        self._several = frozenset(pairs["key"][several])
        among = keys.isin(self._several)
        self._in_year = unambiguous(joined(keys[among], years[among]), values[among]) if self._several else {}

    def __len__(self) -> int:
        """Names that lead somewhere."""
        return len(self._always) + len(self._in_year)

    def find(self, keys: pd.Series, years: pd.Series | None = None) -> pd.Series:
        """What each key leads to, None where it leads nowhere or, without a year, to several."""
        found = keys.map(self._always).astype(object)
        found = found.where(found.notna(), None)
        if self._several and years is not None:
            open_rows = found.isna() & keys.isin(self._several)
            if open_rows.any():
                found[open_rows] = joined(keys[open_rows], years[open_rows]).map(self._in_year).astype(object)
        return found.where(found.notna(), None)
