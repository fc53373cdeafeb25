"""Clean tables, written and read back with their types: one Parquet file a table. A run's set is swapped by `table_set`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from louxing_analysis import paths, table_set
from louxing_analysis.private import private_file, private_folder


class NothingProcessed(FileNotFoundError):
    """A clean table was asked for that no run has written."""


def _folder(processed: Path | str | None) -> Path:
    return Path(processed) if processed is not None else paths.default().processed


def write(name: str, frame: pd.DataFrame, processed: Path | str | None = None) -> Path:
    """Write one table; the bytes depend on the rows alone (no index, no time stamp)."""
    folder = private_folder(_folder(processed))
    target = folder / f"{name}.parquet"
    partial = private_file(target.with_suffix(".partial"))
    frame.to_parquet(partial, index=False, compression="zstd")
    os.replace(partial, target)  # a reader never sees half a table
    return target


def read(name: str, processed: Path | str | None = None, columns: list[str] | None = None) -> pd.DataFrame:
    """Read one clean table with its types; raises NothingProcessed when no run has written it."""
    table_set.settle(_folder(processed))
    source = _folder(processed) / f"{name}.parquet"
    if not source.exists():
        raise NothingProcessed(
            f"{source.name}: 尚未清洗出此表，请先运行 louxing clean / no such clean table yet: run louxing clean"
        )
    frame = pd.read_parquet(source, columns=columns)
    # Parquet counts no whole seconds: what was written as seconds comes back as milliseconds
    dates = {name: "datetime64[s]" for name, kind in frame.dtypes.items() if kind == "datetime64[ms]"}
    return frame.astype(dates) if dates else frame


def names(processed: Path | str | None = None) -> list[str]:
    """The tables that stand in the folder, in order."""
    table_set.settle(_folder(processed))
    return sorted(path.stem for path in _folder(processed).glob("*.parquet"))


def write_run(facts: dict[str, Any], processed: Path | str | None = None) -> Path:
    """Write run.json: versions, hashes of the inputs, counts, seconds."""
    target = private_file(private_folder(_folder(processed)) / "run.json")
    target.write_text(json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return target


def read_run(processed: Path | str | None = None) -> dict[str, Any]:
    """What the last run said of itself; raises NothingProcessed when there was none."""
    table_set.settle(_folder(processed))
    source = _folder(processed) / "run.json"
    if not source.exists():
        raise NothingProcessed(
            "run.json: 尚未运行过清洗，请先运行 louxing clean / nothing cleaned yet: run louxing clean"
        )
    facts: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return facts


def earlier_run(processed: Path | str | None = None) -> dict[str, Any]:
    """What the last run said of itself, or nothing where there was none or its account is damaged."""
    try:
        return read_run(processed)
    except (NothingProcessed, ValueError):
        return {}
