"""Typed rows of many sheets become one frame a table, whatever columns each sheet had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

NUMBERS = {"number", "money", "share"}
WHOLE = {"integer", "year"}
BESIDE = {"_precision": "text", ":birth": "date", ":sex": "text", ":degree": "text", ":status": "text"}
"""What a cell may say besides its value: a date how fine it is, an ID number birth, sex and the certificate's degree, a
type of household whether it has left poverty."""


Rows = Mapping[str, Any]
"""Typed columns by name, all of one length; `row` and `source_column` are always there."""


class Piece(NamedTuple):
    """The rows of one table on one sheet."""

    workbook: str
    sheet: str
    rows: Rows

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a frame, to look at."""
        return pd.DataFrame(dict(self.rows))


def stack(pieces: Sequence[Piece], columns: pd.DataFrame) -> pd.DataFrame:
    """One frame with every written column of the ledger, its address, and a type per column.

    numbers float64 (missing NaN), whole numbers and years Int64, dates datetime64[s] with `<column>_precision`, booleans
    nullable, texts object with None.
    """
    counts = np.array([len(piece.rows["row"]) for piece in pieces], dtype=int)
    out: dict[str, Any] = {}
    for name, kind in zip(columns["column"], columns["kind"], strict=True):
        if kind == "derived" or not any(name in piece.rows for piece in pieces):
            continue
        out[name] = _column(pieces, name, kind)
        for ending, extra_kind in BESIDE.items():
            extra = f"{name}{ending}"
            if any(extra in piece.rows for piece in pieces):
                out[extra] = _column(pieces, extra, extra_kind)
    for name in ("workbook", "sheet"):
        codes, names = pd.factorize(pd.Series([getattr(piece, name) for piece in pieces], dtype=object))
        out[name] = pd.Categorical.from_codes(np.repeat(codes, counts), names)
    out["row"] = _column(pieces, "row", "integer")
    out["source_column"] = _column(pieces, "source_column", "text")
    return pd.DataFrame(out)


def _column(pieces: Sequence[Piece], name: str, kind: str) -> Any:
    parts = [_part(piece.rows, name, kind) for piece in pieces]
    if not parts:
        return np.empty(0, dtype=_plain(kind))
    joined = np.concatenate(parts)
    if kind in WHOLE:
        return pd.array(joined, dtype="Int64")
    if kind == "boolean":
        missing = np.isnan(joined)
        return pd.arrays.BooleanArray(np.where(missing, 0.0, joined).astype(bool), missing)
    return joined


def _plain(kind: str) -> str:
    """The dtype of a column while it is being joined."""
    if kind == "date":
        return "datetime64[s]"
    return "float64" if kind in NUMBERS | WHOLE | {"boolean"} else "object"


def _part(rows: Rows, name: str, kind: str) -> Any:
    """One sheet's column as a plain array of the kind; missing where the sheet does not have it."""
    dtype = _plain(kind)
    if name not in rows:
        return np.full(
            len(rows["row"]), {"datetime64[s]": "NaT", "float64": np.nan, "object": None}[dtype], dtype=dtype
        )
    values = rows[name]
    if dtype == "float64":
        if isinstance(values, np.ndarray) and values.dtype != object:
            return values.astype("float64", copy=False)
        return pd.to_numeric(pd.Series(values)).to_numpy(dtype="float64", na_value=np.nan)
    if dtype == "datetime64[s]":
        return np.asarray(values, dtype=dtype)
    if isinstance(values, np.ndarray) and values.dtype == object:
        return values
    found = np.asarray(values, dtype=object).copy()
    found[pd.isna(found)] = None
    return found
