"""Every row accounted for: kept or quarantined, sheet by sheet; and what was set aside, masked before it leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.likely_names import People
from louxing_analysis.cleaning.masking import mask_text
from louxing_analysis.cleaning.sheets import ROW_KINDS, UNREGISTERED
from louxing_analysis.cleaning.workbook import column_letter
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


RowsBySheet = dict[tuple[str, str], np.ndarray]
"""(workbook, sheet) → spreadsheet rows, ascending, each once."""


def rows_by_sheet(frame: pd.DataFrame) -> RowsBySheet:
    """The rows of every sheet that a table or quarantine holds something of."""
    if not len(frame):
        return {}
    book, books = pd.factorize(frame["workbook"])
    sheet, sheets = pd.factorize(frame["sheet"])
    place = book * len(sheets) + sheet
    rows = frame["row"].to_numpy(dtype="int64")
    order = np.lexsort((rows, place))
    place, rows = place[order], rows[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (place[1:] != place[:-1]) | (rows[1:] != rows[:-1])
    place, rows = place[first], rows[first]
    begins = np.flatnonzero(np.diff(place, prepend=-1))
    keys = [(str(books[one // len(sheets)]), str(sheets[one % len(sheets)])) for one in place[begins].tolist()]
    return dict(zip(keys, np.split(rows, begins[1:]), strict=True))


def account(sheets: Sequence[dict[str, Any]], kept: Sequence[RowsBySheet], quarantine: pd.DataFrame) -> pd.DataFrame:
    """The sheets table with `kept` and `quarantined`; a sheet set aside whole has all its data rows quarantined.

    A row is kept if at least one clean row came of it, in any table; else it is quarantined if it stands there.
    """
    frame = pd.DataFrame(list(sheets), columns=SHEET_COLUMNS)
    standing: RowsBySheet = {}
    for table in kept:
        for place, rows in table.items():
            standing[place] = np.union1d(standing[place], rows) if place in standing else rows
    nothing = np.empty(0, dtype="int64")
    lost = {
        place: np.setdiff1d(rows, standing.get(place, nothing)) for place, rows in rows_by_sheet(quarantine).items()
    }
    frame["kept"] = _count_within(frame, standing)
    frame["quarantined"] = np.where(frame["table"] == "", frame["data"], _count_within(frame, lost))
    return frame.astype(dict.fromkeys(("workbook", "sheet", "table"), "str"))


def _count_within(frame: pd.DataFrame, rows: RowsBySheet) -> np.ndarray:
    """How many of the rows lie in each line's stretch of its sheet."""
    counts = []
    for workbook, sheet, first, count in zip(
        frame["workbook"], frame["sheet"], frame["first_row"], frame["rows_in_sheet"], strict=True
    ):
        mine = rows.get((workbook, sheet), np.empty(0, dtype="int64"))
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


class Headed(NamedTuple):
    """One spreadsheet column of one table: the rows the table goes over (from 1), its header, its mask or nothing."""

    first_row: int
    last_row: int
    header: str
    mask: str


def row_texts(
    written: dict[tuple[str, int], list[Any]], headers: dict[tuple[str, str], list[Headed]]
) -> dict[tuple[str, int], str]:
    """Rows' own text as JSON, personal columns masked by what they are.

    `written`: (sheet, spreadsheet row) → its cells. `headers`: (sheet, letter) → the tables' columns that stand there, one
    under another. A cell under none of them is in a column that is not registered.
    """
    out: dict[tuple[str, int], str] = {}
    for (sheet, row), values in written.items():
        cells = {}
        for at, cell in enumerate(values):
            if cell is None:
                continue
            letter = column_letter(at)
            over = (one for one in headers.get((sheet, letter), ()) if one.first_row <= row <= one.last_row)
            found = next(over, Headed(0, 0, letter, UNREGISTERED))
            cells[found.header] = found.mask or as_written(cell)
        out[sheet, row] = json.dumps(cells, ensure_ascii=False)
    return out


def safe_names(written: Iterable[str], people: People) -> dict[str, str]:
    """Workbook and sheet names that hold a person's name or number, and what is stored instead; two never become one.

    Known names of two characters count only where they stand alone: 石井 in 石井镇 is no person.
    """
    long = frozenset(name for name in people.names if len(name) > SHORT_NAME)
    short = people.names - long
    out: dict[str, str] = {}
    taken: set[str] = set()
    for text in sorted(set(written)):
        masked = str(mask_text([text], long)[0])
        masked = _CJK_RUN.sub(lambda run: MASKS["name"] if run.group() in short else run.group(), masked)
        masked = str(people.likely.in_labels([masked])[0])
        if masked == text:
            continue
        safe, number = masked, 1
        while safe in taken:
            number += 1
            safe = f"{masked} ({number})"
        taken.add(safe)
        out[text] = safe
    return out


def safely_named(frame: pd.DataFrame, safe: dict[str, str]) -> pd.DataFrame:
    """Workbook and sheet names without persons' names; nearly always there are none."""
    if not safe or "workbook" not in frame:
        return frame
    return frame.assign(**{name: frame[name].replace(safe) for name in ("workbook", "sheet")})


def column_masks(reference: Reference) -> dict[tuple[str, str], str]:
    """(table, column) → the mask of a personal column."""
    personal = reference.columns[reference.columns["personal"] == "yes"]
    return {
        (ledger, column): MASKS.get(kind, MASKS["text"])
        for ledger, column, kind in zip(personal["ledger"], personal["column"], personal["kind"], strict=True)
    }


def masked_texts(table: pd.DataFrame, columns: pd.DataFrame, people: People) -> pd.DataFrame:
    """A clean table whose free texts (`columns`: its rows of columns.csv) name no person and no number of one.

    A topic names the people that were talked about, and a cell that slipped by a column may hold a phone. Where a place
    belongs only a number, or a known name of three characters or more that is all of the cell, is taken out: a place
    that is masked is lost to every table by village.
    """
    texts = [
        name for name in columns.index[(columns["kind"] == "text") & (columns["stored"] == "yes")] if name in table
    ]
    masked = {
        name: pd.array(people.masked_sentences(table[name].to_numpy(dtype=object)), dtype="str") for name in texts
    }
    for name in columns.index[(columns["kind"] == "place") & (columns["stored"] == "yes")]:
        if name in table:
            cells = table[name].to_numpy(dtype=object)
            there = [cell for cell in pd.unique(cells) if isinstance(cell, str)]
            safe = dict(zip(there, mask_text(there), strict=True))
            safe |= {cell: MASKS["name"] for cell in there if len(cell) > SHORT_NAME and cell in people.names}
            if any(cell != shown for cell, shown in safe.items()):
                masked[name] = pd.array([safe.get(cell) for cell in cells], dtype="str")
    return table.assign(**masked)


def masked_problems(problems: Iterable[Problem], reference: Reference, people: People) -> pd.DataFrame:
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
    places = reference.columns.loc[reference.columns["kind"] == "place", "column"]
    of_place = frame["column"].isin(set(places)).to_numpy()
    found = np.where(of_place, people.masked_places(found), people.masked_labels(found))
    found = np.where(personal, np.array(by_column, dtype=object), found)
    detail = people.masked_labels(frame["detail"].to_numpy(dtype=object))
    frame["found"] = pd.array(found, dtype="str")
    own_words = frame["reason"].isin(OWN_WORDS).to_numpy()
    frame["detail"] = pd.array(np.where(personal & ~own_words, "", detail), dtype="str")
    order = ["workbook", "sheet", "table", "cell", "reason"]
    return frame.drop_duplicates().sort_values(order, kind="stable", ignore_index=True)


def masked_headers(layouts: pd.DataFrame, people: People) -> pd.DataFrame:
    """The layouts table with no person in its headers: a sign-in sheet may have one over each column."""
    return layouts.assign(
        **{
            name: pd.array(people.masked_labels(layouts[name].to_numpy(dtype=object)), dtype="str")
            for name in ("header", "spread")
        }
    )


def masked_row_texts(texts: Iterable[str], people: People) -> list[str]:
    """The JSON of quarantined rows with headers and cells masked by content, each as it was written."""
    rows: list[dict[str, str]] = [json.loads(text) for text in texts]
    safe = iter(people.masked_labels([text for cells in rows for pair in cells.items() for text in pair]).tolist())
    out = []
    for cells in rows:
        masked: dict[str, str] = {}
        for header, cell in islice(zip(safe, safe, strict=True), len(cells)):
            while header in masked:
                header += " "
            masked[header] = cell
        out.append(json.dumps(masked, ensure_ascii=False))
    return out
