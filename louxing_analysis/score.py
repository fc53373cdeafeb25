"""How well cleaning found the truth of a made-up district: every kept cell, and every planted defect."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis import reference, store

ADDRESS = ["workbook", "sheet", "row", "source_column"]
KEYS = {
    "household_key": "household_id",
    "person_key": "person_id",
    "cadre_key": "cadre_id",
    "member_key": "member_id",
    "project_key": "project_id",
}
TOLERANCE = 1e-6  # yuan: what a sum of floats may be off by


class Score(NamedTuple):
    """Four tables: cells by table, defects by kind, every single thing that went wrong, and how well things were followed."""

    cells: pd.DataFrame
    defects: pd.DataFrame
    faults: pd.DataFrame
    links: pd.DataFrame

    @property
    def is_perfect(self) -> bool:
        """Nothing wrong, nothing lost, every defect handled as planted."""
        return self.faults.empty


def score(truth: Path, processed: Path | None = None, reference_folder: Path | None = None) -> Score:
    """Compare the clean tables with the truth the sample wrote; raises FileNotFoundError where there is none."""
    facts = reference.load(reference_folder)
    if not (truth / "defects.parquet").exists():
        raise FileNotFoundError(f"{truth}: 这里没有示例数据的真值 / no truth of a sample here")
    lines, faults = [], []
    clean: dict[str, pd.DataFrame] = {}
    true: dict[str, pd.DataFrame] = {}
    for table in facts.ledgers["ledger"]:
        if not (truth / f"{table}.parquet").exists():
            continue
        true[table] = _addressed(pd.read_parquet(truth / f"{table}.parquet"))
        clean[table] = _addressed(store.read(table, processed))
        line, found = _score_table(table, clean[table], true[table], facts)
        lines.append(line)
        faults.extend(found)
    defects = pd.read_parquet(truth / "defects.parquet")
    handled = _handled(defects, clean, true, processed)
    missed = defects[~handled]
    faults.extend(
        {
            "table": row.table,
            "workbook": row.workbook,
            "sheet": row.sheet,
            "cell": row.cell,
            "column": row.column,
            "what": f"defect {row.kind}: expected {row.expected}",
            "true": str(row.truth),
            "clean": str(row.written),
        }
        for row in missed.itertuples()
    )
    summary = (
        defects.assign(handled=handled).groupby(["kind", "expected"], as_index=False)["handled"].agg(["size", "sum"])
    )
    summary = summary.rename(columns={"size": "planted", "sum": "handled"})
    columns = ["table", "workbook", "sheet", "cell", "column", "what", "true", "clean"]
    links = [score_links(table, clean[table], true[table]) for table in FOLLOWED if table in true]
    return Score(pd.DataFrame(lines), summary, pd.DataFrame(faults, columns=columns), pd.DataFrame(links))


FOLLOWED = {"households": ("household_key", "household_id"), "members": ("person_key", "person_id")}
"""What is followed over the register years, and the columns that say who it is."""


def score_links(table: str, clean: pd.DataFrame, true: pd.DataFrame) -> dict[str, Any]:
    """Precision, recall and F1 of pairs of rows that are the same household (person) in one year and the next it stands in.

    Rows that are not in the clean table are pairs that were missed.
    """
    key, stored = FOLLOWED[table]
    wanted, found = _followed_pairs(true, key), _followed_pairs(clean, stored)
    right = len(wanted.merge(found, how="inner"))
    precision = right / len(found) if len(found) else float(not len(wanted))
    recall = right / len(wanted) if len(wanted) else 1.0
    both = precision + recall
    return {
        "table": table,
        "pairs": len(wanted),
        "linked": len(found),
        "right": right,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / both if both else 0.0,
    }


def _followed_pairs(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """Address of a row and address of the same one's row of the next year it stands in."""
    rows = frame.loc[frame[key].notna() & frame["register_year"].notna(), [*ADDRESS, key, "register_year"]]
    rows = rows.reset_index(drop=True).sort_values([key, "register_year", *ADDRESS], kind="stable")
    same = (rows[key].eq(rows[key].shift()) & rows["register_year"].gt(rows["register_year"].shift())).to_numpy(
        dtype=bool, na_value=False
    )
    before = rows[ADDRESS].shift().rename(columns={name: f"{name}_before" for name in ADDRESS})
    pairs = pd.concat([rows[ADDRESS], before], axis=1)[same]
    return pairs.astype({"row": "int64", "row_before": "int64"})


def _addressed(frame: pd.DataFrame) -> pd.DataFrame:
    """Indexed by the address, missing source columns as empty text."""
    frame = frame.assign(source_column=frame["source_column"].astype(object).where(frame["source_column"].notna(), ""))
    for name in ("workbook", "sheet", "source_column"):
        frame[name] = frame[name].astype(object)
    return frame.assign(row=frame["row"].astype("int64")).set_index(ADDRESS, drop=False)


def _score_table(
    table: str, clean: pd.DataFrame, true: pd.DataFrame, facts: reference.Reference
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    both = true.index.intersection(clean.index)
    faults = [_fault(table, at, "", "row not in the clean table", "", "") for at in true.index.difference(clean.index)]
    faults += [_fault(table, at, "", "row not in the truth", "", "") for at in clean.index.difference(true.index)]
    mine, theirs = clean.loc[both], true.loc[both]
    compared = wrong = lost = invented = 0
    columns = facts.columns_of(table)
    names = [
        name
        for name in theirs.columns
        if name in mine.columns and name not in {*ADDRESS, "row_id", *KEYS, *KEYS.values()}
    ]
    for name in names:
        if name in columns.index and columns.loc[name, "stored"] != "yes":
            continue
        same, there_true, there_clean = _compare(theirs[name], mine[name])
        compared += int((there_true | there_clean).sum())
        for what, mask in (
            ("wrong", there_true & there_clean & ~same),
            ("lost", there_true & ~there_clean),
            ("invented", ~there_true & there_clean),
        ):
            count = int(mask.sum())
            wrong, lost, invented = (
                wrong + count * (what == "wrong"),
                lost + count * (what == "lost"),
                invented + count * (what == "invented"),
            )
            faults += [
                _fault(table, both[at], name, what, theirs[name].iloc[at], mine[name].iloc[at])
                for at in np.flatnonzero(mask)[:200]
            ]
    mixed = sum(_mixed(theirs[key], mine[stored]) for key, stored in KEYS.items() if key in theirs and stored in mine)
    if mixed:
        faults.append(_fault(table, ("", "", 0, ""), "", f"{mixed} keys do not correspond one to one", "", ""))
    line = {
        "table": table,
        "rows": len(true),
        "rows_found": len(both),
        "cells": compared,
        "equal": compared - wrong - lost - invented,
        "wrong": wrong,
        "lost": lost,
        "invented": invented,
        "keys_mixed": mixed,
    }
    return line, faults


def _fault(table: str, at: Any, column: str, what: str, true: object, clean: object) -> dict[str, Any]:
    return {
        "table": table,
        "workbook": at[0],
        "sheet": at[1],
        "cell": f"{at[3]}{at[2]}",
        "column": column,
        "what": what,
        "true": str(true),
        "clean": str(clean),
    }


def _compare(true: pd.Series, clean: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    there_true, there_clean = true.notna().to_numpy(), clean.notna().to_numpy()
    both = there_true & there_clean
    same = np.zeros(len(true), dtype=bool)
    left, right = true.to_numpy(dtype=object)[both], clean.to_numpy(dtype=object)[both]
    if pd.api.types.is_datetime64_any_dtype(clean):
        same[both] = pd.to_datetime(left).to_numpy("datetime64[s]") == pd.to_datetime(right).to_numpy("datetime64[s]")
    elif pd.api.types.is_numeric_dtype(clean) and not pd.api.types.is_bool_dtype(clean):
        same[both] = np.abs(left.astype(float) - right.astype(float)) <= TOLERANCE
    elif pd.api.types.is_bool_dtype(clean):
        same[both] = left.astype(bool) == right.astype(bool)
    else:
        same[both] = [_unordered(one) == _unordered(other) for one, other in zip(left, right, strict=True)]
    return same, there_true, there_clean


def _unordered(text: object) -> str:
    """Several codes in one cell are a set."""
    written = str(text)
    return "|".join(sorted(written.split("|"))) if "|" in written else written


def _mixed(keys: pd.Series, stored: pd.Series) -> int:
    """How many true keys have several pseudonyms, or pseudonyms several keys; none lost."""
    pairs = pd.DataFrame({"key": keys.to_numpy(dtype=object), "stored": stored.to_numpy(dtype=object)})
    lost = int((pairs["key"].notna() & pairs["stored"].isna()).sum())
    pairs = pairs.dropna().drop_duplicates()
    return lost + int(pairs["key"].duplicated().sum()) + int(pairs["stored"].duplicated().sum())


def _handled(
    defects: pd.DataFrame, clean: dict[str, pd.DataFrame], true: dict[str, pd.DataFrame], processed: Path | None
) -> np.ndarray:
    """For every planted defect: did cleaning do with it what was expected?"""
    problems, quarantine = store.read("problems", processed), store.read("quarantine", processed)
    named = {
        (row.workbook, row.sheet, row.cell)
        for row in problems[problems["severity"].isin(["set_aside", "quarantined"])].itertuples()
    }
    noted = {
        (row.workbook, row.sheet, _row_of(row.cell)) for row in problems[problems["severity"] == "noted"].itertuples()
    }
    structural = {row.workbook for row in problems[problems["severity"] == "structural"].itertuples()}
    rows = {(row.workbook, row.sheet, int(row.row)) for row in quarantine.itertuples()}
    values = {table: _lookup(table, clean[table], defects) for table in clean}
    truths = {table: _lookup(table, true[table], defects) for table in true}
    out = []
    for at, row in enumerate(defects.itertuples()):
        place = (row.workbook, row.sheet, _row_of(row.cell))
        if row.expected == "set_right":
            out.append(_same(truths.get(row.table, {}).get(at, ()), values.get(row.table, {}).get(at, ())))
        elif row.expected == "set_aside":
            found = values.get(row.table, {}).get(at, ())
            out.append((row.workbook, row.sheet, row.cell) in named and all(pd.isna(value) for value in found))
        elif row.expected == "quarantined":
            out.append(place in rows)
        elif row.expected == "noted":
            out.append(place in noted)
        else:
            out.append(row.workbook in structural)
    return np.array(out, dtype=bool)


def _row_of(cell: str) -> int:
    found = re.search(r"\d+", cell)
    return int(found.group()) if found else 0


def _lookup(table: str, frame: pd.DataFrame, defects: pd.DataFrame) -> dict[int, tuple[Any, ...]]:
    """For each defect of the table: the values its column has in the rows that came of its row (and letter, in grids)."""
    mine = defects.reset_index(drop=True)
    mine = mine[(mine["table"] == table) & mine["expected"].isin(["set_right", "set_aside"])]
    rows = pd.DataFrame(
        {
            "at": mine.index,
            "workbook": mine["workbook"].astype(object),
            "sheet": mine["sheet"].astype(object),
            "row": mine["cell"].map(_row_of).astype("int64"),
            "letter": mine["cell"].str.extract(r"^([A-Z]*)", expand=False),
            "column": mine["column"],
        }
    )
    joined = rows.merge(
        frame.reset_index(drop=True), on=["workbook", "sheet", "row"], how="inner", suffixes=("_defect", "")
    )
    out: dict[int, tuple[Any, ...]] = {int(at): () for at in mine.index}
    spread = set(frame["source_column"].unique()) - {""}
    for record in joined.to_dict("records"):
        if record["source_column"] and record["letter"] in spread and record["source_column"] != record["letter"]:
            continue
        column = KEYS.get(record["column"], record["column"])
        if column in record:
            out[record["at"]] = (*out[record["at"]], record[column])
    return out


def _same(true: tuple[Any, ...], clean: tuple[Any, ...]) -> bool:
    if len(true) != len(clean):
        return False
    for left, right in zip(true, clean, strict=True):
        if pd.isna(left) and pd.isna(right):
            continue
        if pd.isna(left) or pd.isna(right):
            return False
        if isinstance(left, float | int) and isinstance(right, float | int):
            if abs(float(left) - float(right)) > TOLERANCE:
                return False
        elif left != right and str(left) != str(right):
            return False
    return True
