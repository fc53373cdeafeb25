"""Rows that stand → the table as it is stored: its columns and types, keys as pseudonyms, addresses and row_id."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import row_keys
from louxing_analysis.reference import Reference

Pseudonymise = Callable[[str, pd.Series], Any]
"""kind (household, person, cadre, member, project) and plain keys → what is stored, aligned, missing kept."""


def finish(name: str, frame: pd.DataFrame, reference: Reference, pseudonymise: Pseudonymise) -> pd.DataFrame:
    """The stored columns only, keys as pseudonyms, addresses and row_id at the end."""
    columns = reference.columns_of(name)
    out: dict[str, Any] = {}
    stored = columns[columns["stored"] == "yes"]
    for column, kind in zip(stored["column"], stored["kind"], strict=True):
        if column in {"household_id", "person_id", "cadre_id", "member_id", "project_id"}:
            out[column] = pd.Series(
                pseudonymise(column.removesuffix("_id"), row_keys.column(frame, column)), dtype="str"
            )
        elif column in frame:
            out[column] = _stored(frame[column], kind)
        else:
            out[column] = _stored(_nothing(kind, len(frame)), kind)
        if kind == "date":
            precision = frame.get(f"{column}_precision", pd.Series(np.full(len(frame), None, dtype=object)))
            out[f"{column}_precision"] = pd.array(precision.to_numpy(dtype=object), dtype="str")
    out = {column: values.array if isinstance(values, pd.Series) else values for column, values in out.items()}
    for column in ("workbook", "sheet"):
        out[column] = frame[column].array
    out["row"] = frame["row"].array
    out["source_column"] = pd.array(frame["source_column"].to_numpy(dtype=object), dtype="str")
    clean = pd.DataFrame(out)
    clean["row_id"] = row_ids(name, clean)
    for column in ("workbook", "sheet"):
        clean[column] = clean[column].astype("str")
    return clean


def _nothing(kind: str, count: int) -> pd.Series:
    if kind == "date":
        return pd.Series(np.full(count, "NaT", dtype="datetime64[s]"))
    if kind in {"number", "money", "share", "derived"}:
        return pd.Series(np.full(count, np.nan))
    return pd.Series(np.full(count, None, dtype=object))


def _stored(values: pd.Series, kind: str) -> pd.Series:
    """The type a column is stored with."""
    if kind in {"integer", "year"}:
        return values.astype("Int64")
    if kind == "boolean":
        return values.astype("boolean")
    if kind == "date":
        return values.astype("datetime64[s]")
    if kind in {"number", "money", "share"}:
        return values.astype("float64")
    if kind == "derived":
        return values
    return pd.Series(pd.array(values.to_numpy(dtype=object), dtype="str"), index=values.index)


def row_ids(name: str, frame: pd.DataFrame) -> pd.Series:
    """A fingerprint of table, workbook, sheet, row and source column; the same row has the same one in every run.

    blake2b of what does not change within a sheet, plus the row number times an odd constant, modulo 2^64: rows of one
    sheet and column can never collide.
    """
    source, sources = pd.factorize(frame["source_column"].fillna(""))
    books, sheets = frame["workbook"].array, frame["sheet"].array
    combined = (books.codes.astype("int64") * len(sheets.categories) + sheets.codes) * max(len(sources), 1) + source
    codes, places = pd.factorize(combined)
    bases = np.array(
        [_base(name, int(place), books.categories, sheets.categories, sources) for place in places] or [0],
        dtype=np.uint64,
    )
    rows = frame["row"].to_numpy(dtype="uint64") * np.uint64(0x9E3779B97F4A7C15)
    numbers = bases[codes] + rows if len(frame) else np.empty(0, dtype=np.uint64)
    return pd.Series([f"{number:016x}" for number in numbers.tolist()], index=frame.index, dtype="str")


def _base(name: str, place: int, books: Any, sheets: Any, sources: Any) -> int:
    rest, source = divmod(place, len(sources))
    book, sheet = divmod(rest, len(sheets))
    text = row_keys.SEPARATOR.join((name, books[book], sheets[sheet], sources[source]))
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
