"""The truth of the sample as Parquet files: one a ledger, and one of all planted cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis import store
from louxing_analysis.reference import Reference
from louxing_analysis.sample.desk import Filed
from louxing_analysis.sample.drafts import PlantedCell
from louxing_analysis.sample.tables import KEYS

_ADDRESS = ("workbook", "sheet", "row", "source_column")
_COMPUTED = ("computed_net_income", "computed_per_capita_net_income")


def write(folder: Path, filed: Sequence[Filed], defects: Sequence[PlantedCell], reference: Reference) -> dict[str, int]:
    """Write <ledger>.parquet and defects.parquet; gives the rows of truth by ledger."""
    rows = {}
    for ledger in reference.ledgers["ledger"]:
        frame = _table(ledger, filed, reference)
        store.write(ledger, frame, folder)
        rows[str(ledger)] = len(frame)
    listed = pd.DataFrame(list(defects), columns=list(PlantedCell._fields), dtype="str")
    store.write("defects", listed, folder)
    return rows


def _table(ledger: str, filed: Sequence[Filed], reference: Reference) -> pd.DataFrame:
    """All rows of one ledger: its stored columns with their types, the keys, the addresses."""
    pieces = [piece for one in filed for name, piece in one.truth if name == ledger]
    counts = [len(piece["row"]) for piece in pieces]
    columns = reference.columns_of(ledger)
    stored = columns[(columns["stored"] == "yes")]
    frame: dict[str, Any] = {}
    for name, kind in zip(stored["column"], stored["kind"], strict=True):
        if kind == "derived" and name != "birth_year":
            continue
        frame[name] = _column(pieces, counts, name, "integer" if kind == "derived" else kind)
        if kind == "date":
            frame[f"{name}_precision"] = _column(pieces, counts, f"{name}_precision", "text")
    for name in KEYS:
        if any(name in piece for piece in pieces):
            frame[name] = _column(pieces, counts, name, "text")
    for name in _ADDRESS:
        frame[name] = _column(pieces, counts, name, "integer" if name == "row" else "text")
    made = pd.DataFrame(frame)
    return _with_computed(made) if ledger == "incomes" else made


def _column(pieces: Sequence[dict[str, list[Any]]], counts: Sequence[int], name: str, kind: str) -> Any:
    values: list[Any] = []
    for piece, count in zip(pieces, counts, strict=True):
        values += piece[name] if name in piece else [None] * count
    if kind in {"integer", "year"}:
        return pd.array(values, dtype="Int64")
    if kind in {"money", "number"}:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if kind == "boolean":
        return pd.array(values, dtype="boolean")
    if kind == "date":
        return (
            np.array(values, dtype="datetime64[D]").astype("datetime64[s]")
            if values
            else np.array([], dtype="datetime64[s]")
        )
    return pd.array(values, dtype="str")


def _with_computed(frame: pd.DataFrame) -> pd.DataFrame:
    """What the sources add up to, missing where a part is missing, and per head of the household as stated."""
    net = (
        frame["wage_income"]
        + frame["business_income"]
        - frame["business_expense"]
        + frame["property_income"]
        + frame["transfer_income"]
    ).round(6)
    size = frame["household_size"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    computed = dict(zip(_COMPUTED, (net, net.where(net.notna(), frame["net_income"]) / size), strict=True))
    at = frame.columns.get_loc("household_key")
    return pd.concat([frame.iloc[:, :at], pd.DataFrame(computed), frame.iloc[:, at:]], axis=1)
