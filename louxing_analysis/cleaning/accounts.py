"""Every row accounted for: kept or quarantined, sheet by sheet; and what was set aside, masked before it leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.masking import mask_text
from louxing_analysis.cleaning.sheets import ROW_KINDS, UNREGISTERED
from louxing_analysis.cleaning.workbook import column_letter, filled, read_workbook
from louxing_analysis.problems import REASONS, Problem
from louxing_analysis.reference import Reference

MASKS = {
    "name": "[姓名]",
    "id_number": "[身份证]",
    "phone": "[电话]",
    "account": "[账号]",
    "date": "[日期]",
    "text": "[文字]",
}
"""What stands in place of the text of a personal column, by the kind of the column."""

SHORT_NAME = 2
OWN_WORDS = frozenset({"corrected", "correction_unreadable"})
"""Reasons whose detail is what the district wrote in corrections.csv, not what stood in the cell."""

_CJK_RUN = re.compile("[\u4e00-\u9fff]+")

SHEET_COLUMNS = ["workbook", "sheet", "table", "first_row", "rows_in_sheet", *ROW_KINDS]


def account(
    sheets: Sequence[dict[str, Any]], tables: dict[str, pd.DataFrame], quarantine: pd.DataFrame
) -> pd.DataFrame:
    """The sheets table with `kept` and `quarantined`; a sheet set aside whole has all its data rows quarantined.

    A row is kept if at least one clean row came of it, in any table; else it is quarantined if it stands there.
    """
    frame = pd.DataFrame(list(sheets), columns=SHEET_COLUMNS)
    addresses = ["workbook", "sheet", "row"]
    kept = (
        pd.concat([table[addresses] for table in tables.values()]).drop_duplicates()
        if tables
        else pd.DataFrame(columns=addresses)
    )
    lost = quarantine[addresses].drop_duplicates()
    lost = lost.merge(kept, on=addresses, how="left", indicator=True)
    lost = lost[lost["_merge"] == "left_only"]
    frame["kept"] = _count_within(frame, kept)
    frame["quarantined"] = np.where(frame["table"] == "", frame["data"], _count_within(frame, lost))
    return frame.astype(dict.fromkeys(("workbook", "sheet", "table"), "str"))


def _count_within(frame: pd.DataFrame, rows: pd.DataFrame) -> np.ndarray:
    """How many of the rows lie in each line's stretch of its sheet."""
    by_sheet = {
        key: np.sort(group.to_numpy(dtype="int64"))
        for key, group in rows.groupby(["workbook", "sheet"], observed=True)["row"]
    }
    counts = []
    for workbook, sheet, first, count in zip(
        frame["workbook"], frame["sheet"], frame["first_row"], frame["rows_in_sheet"], strict=True
    ):
        mine = by_sheet.get((workbook, sheet), np.empty(0, dtype="int64"))
        counts.append(int(np.searchsorted(mine, first + count) - np.searchsorted(mine, first)))
    return np.array(counts, dtype="int64")


def conservation_problems(sheets: pd.DataFrame) -> list[Problem]:
    """Sheets for which rows in the sheet ≠ sum over kinds, or data ≠ kept + quarantined: structural surprises."""
    total = sheets[list(ROW_KINDS)].sum(axis=1)
    broken = (sheets["rows_in_sheet"] != total) | (sheets["data"] != sheets["kept"] + sheets["quarantined"])
    reason = REASONS["rows_not_conserved"]
    return [
        Problem(
            row.table,
            row.workbook,
            row.sheet,
            "",
            "",
            "",
            "rows_not_conserved",
            reason.severity,
            f"{row.rows_in_sheet} = {int(total[row.Index])}? {row.data} = {row.kept} + {row.quarantined}?",
        )
        for row in sheets[broken].itertuples()
    ]


def row_texts(
    path: Path, name: str, wanted: dict[str, list[int]], headers: dict[tuple[str, str], tuple[str, str]]
) -> dict[tuple[str, int], str]:
    """The quarantined rows' own text as JSON, personal columns masked by what they are.

    `headers`: (sheet, letter) → (written header, mask or empty). A column that is not there is not registered.
    """
    out: dict[tuple[str, int], str] = {}
    for sheet in read_workbook(path, name, only=frozenset(wanted)).sheets:
        values = filled(sheet) if wanted.get(sheet.name) else sheet.values
        for row in wanted.get(sheet.name, []):
            cells = {}
            for at, cell in enumerate(values[row - 1]):
                if cell is None:
                    continue
                letter = column_letter(at)
                header, mask = headers.get((sheet.name, letter), (letter, UNREGISTERED))
                cells[header] = mask or as_written(cell)
            out[sheet.name, row] = json.dumps(cells, ensure_ascii=False)
    return out


def safe_names(written: Iterable[str], names: frozenset[str]) -> dict[str, str]:
    """Workbook and sheet names that hold a person's name or number, and what is stored instead; two never become one.

    Names of two characters count only where they stand alone: 石井 in 石井镇 is no person.
    """
    long = frozenset(name for name in names if len(name) > SHORT_NAME)
    short = names - long
    out: dict[str, str] = {}
    taken: set[str] = set()
    for text in sorted(set(written)):
        masked = str(mask_text([text], long)[0])
        masked = _CJK_RUN.sub(lambda run: MASKS["name"] if run.group() in short else run.group(), masked)
        if masked == text:
            continue
        safe, number = masked, 1
        while safe in taken:
            number += 1
            safe = f"{masked} ({number})"
        taken.add(safe)
        out[text] = safe
    return out


def column_masks(reference: Reference) -> dict[tuple[str, str], str]:
    """(table, column) → the mask of a personal column."""
    personal = reference.columns[reference.columns["personal"] == "yes"]
    return {
        (ledger, column): MASKS.get(kind, MASKS["text"])
        for ledger, column, kind in zip(personal["ledger"], personal["column"], personal["kind"], strict=True)
    }


def masked_texts(table: pd.DataFrame, columns: pd.DataFrame, names: frozenset[str]) -> pd.DataFrame:
    """A clean table whose free texts (`columns`: its rows of columns.csv) name no person and no number of one.

    A topic names the people that were talked about, and a cell that slipped by a column may hold a phone.
    """
    texts = [
        name for name in columns.index[(columns["kind"] == "text") & (columns["stored"] == "yes")] if name in table
    ]
    masked = {name: pd.array(mask_text(table[name].to_numpy(dtype=object), names), dtype="str") for name in texts}
    return table.assign(**masked)


def masked_problems(problems: Iterable[Problem], reference: Reference, names: frozenset[str]) -> pd.DataFrame:
    """The problems table: `found` and `detail` masked by column and by content."""
    frame = pd.DataFrame(list(problems), columns=list(Problem._fields)).astype("str")
    masks = column_masks(reference)
    feeds = dict(zip(reference.ledgers["ledger"], reference.ledgers["also_feeds"], strict=True))
    by_column = [
        masks.get((table, column)) or masks.get((feeds.get(table, ""), column), "")
        for table, column in zip(frame["table"], frame["column"], strict=True)
    ]
    found = frame["found"].to_numpy(dtype=object)
    personal = np.array([bool(mask) and bool(text) for mask, text in zip(by_column, found, strict=True)], dtype=bool)
    found = np.where(personal, np.array(by_column, dtype=object), mask_text(found, names))
    frame["found"] = pd.array(found, dtype="str")
    frame["detail"] = pd.array(
        np.where(
            personal & ~frame["reason"].isin(OWN_WORDS), "", mask_text(frame["detail"].to_numpy(dtype=object), names)
        ),
        dtype="str",
    )
    order = ["workbook", "sheet", "table", "cell", "reason"]
    return frame.drop_duplicates().sort_values(order, kind="stable", ignore_index=True)
