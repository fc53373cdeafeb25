"""The clean tables against what was written: rows, cells, what was set aside, and who is who.

A clean row is found by its address (workbook, sheet, row) and, where one spreadsheet row became several, by the columns
that tell them apart; pseudonyms are compared by whether they fall together as the true persons and households do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from louxing_analysis import store
from other_office.clean_tables import Clean, record_value, same
from other_office.grid import Book, Expected
from other_office.office import expectations

MONEY = re.compile(r"income|expense|^transfer_|^amount")
KINDS = ("title", "unit", "header", "data", "total", "subtotal", "of_which", "section", "footer", "blank")
ROWS_ONLY = {
    "no_household",
    "no_person",
    "repeats",
    "duplicate_differs",
    "required_missing",
    "no_income",
    "nothing_recorded",
}


@dataclass
class Score:
    """Counts, and every disagreement as a line."""

    rows: Counter[str] = field(default_factory=Counter)  # kept, found, quarantined, held_back, invented
    cells: dict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )  # by class: equal wrong lost invented
    aside: Counter[str] = field(default_factory=Counter)  # right, missed, extra
    held: Counter[str] = field(default_factory=Counter)
    sheets: Counter[str] = field(
        default_factory=Counter
    )  # refused as they should be, read as they should be, and neither
    links: dict[str, tuple[float, float]] = field(default_factory=dict)  # precision, recall of pairs
    faults: list[dict[str, object]] = field(default_factory=list)

    def precision_recall(self, which: Counter[str]) -> tuple[float, float]:
        """Of a counter of right, missed and extra."""
        right = which["right"]
        return right / max(1, right + which["extra"]), right / max(1, right + which["missed"])

    def line(self) -> dict[str, object]:
        """One line of a table of scores."""
        whole = sum(self.cells.values(), Counter())
        total = sum(whole.values())
        aside, held = self.precision_recall(self.aside), self.precision_recall(self.held)
        wrong = {kind: count["wrong"] + count["invented"] for kind, count in self.cells.items()}
        return {
            "rows": f"{self.rows['found']}/{self.rows['kept']}",
            "rows_invented": self.rows["invented"],
            "cells_right": round(whole["equal"] / max(1, total), 6),
            "wrong": dict(wrong),
            "lost": whole["lost"],
            "aside_pr": tuple(round(one, 4) for one in aside),
            "held_pr": tuple(round(one, 4) for one in held),
            "sheets": dict(self.sheets),
            "links_f1": {name: round(f1(*pair), 4) for name, pair in self.links.items()},
        }


def f1(precision: float, recall: float) -> float:
    """Harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def kind_of(column: str) -> str:
    """Money, date, code or other."""
    if MONEY.search(column):
        return "money"
    if column.endswith(("_date", "_month")):
        return "date"
    return "code" if column.endswith(("_code", "_codes")) else "other"


def score(books: list[Book], processed: Path) -> Score:
    """Compare everything."""
    result = Score()
    clean = Clean(processed, books)
    met: dict[str, list[tuple[object, object]]] = defaultdict(list)
    registered: dict[str, list[tuple[object, object]]] = defaultdict(list)
    for one in expectations(books):
        record = clean.find(one)
        _score_row(result, one, record, clean)
        if record is None or one.fate != "kept":
            continue
        for column, true in one.values.items():
            _score_cell(result, one, column, true, record_value(record, column))
        for column, true in one.ids.items():
            pseudonym = record_value(record, column)
            met[column].append((true, pseudonym))
            if column == "household_id" and one.table == "households":
                registered["register"].append((true, pseudonym))
    for table, found in clean.tables.items():
        for records in found.values():
            for record in records:
                if (table, int(record["#"])) not in clean.used:  # type: ignore[call-overload]
                    result.rows["invented"] += 1
                    result.faults.append(
                        {
                            "what": "row invented",
                            "table": table,
                            "workbook": record["workbook"],
                            "sheet": record["sheet"],
                            "rows": record["row"],
                            "clean": {k: v for k, v in record.items() if v == v and k not in ("workbook", "sheet")},
                        }
                    )
    _score_asides(result, books, clean)
    _score_sheets(result, books, clean, store.read("sheets", processed))
    for name, pairs in {**met, **registered}.items():
        result.links[name] = pairs_precision_recall(pairs)
        result.faults += [{"what": f"{name} mixed", "true": true, "clean": got} for true, got in _mixed(pairs)]
    return result


def _score_row(result: Score, one: Expected, record: dict[str, object] | None, clean: Clean) -> None:
    fault: dict[str, object] = {"table": one.table, "workbook": one.workbook, "sheet": one.sheet, "rows": min(one.rows)}
    reasons = clean.held(one)
    if one.fate == "kept":
        result.rows["kept"] += 1
        result.rows["found"] += record is not None
        result.held["extra"] += record is None and bool(reasons)
        if record is None:
            result.faults.append(
                {
                    **fault,
                    "what": "row lost",
                    "clean": "; ".join(sorted(set(reasons))) or "gone without a word",
                    "true": one.values,
                }
            )
        return
    result.rows["quarantined"] += 1
    result.held["right" if record is None and reasons else "missed"] += 1
    if record is not None or not reasons:
        result.faults.append(
            {
                **fault,
                "what": f"row not held back ({one.fate})",
                "true": one.values,
                "aside": one.aside,
                "clean": "kept" if record else "gone without a word",
            }
        )


def _score_cell(result: Score, one: Expected, column: str, true: object, clean: object) -> None:
    kind = result.cells[kind_of(column)]
    if true is None and clean is None:
        return
    what = "invented" if true is None else "lost" if clean is None else "equal" if same(true, clean) else "wrong"
    kind[what] += 1
    if what != "equal":
        result.faults.append(
            {
                "what": f"cell {what}",
                "table": one.table,
                "workbook": one.workbook,
                "sheet": one.sheet,
                "rows": min(one.rows),
                "column": column,
                "true": true,
                "clean": clean,
                "aside": one.aside.get(column, ""),
            }
        )


def _score_asides(result: Score, books: list[Book], clean: Clean) -> None:
    wanted: dict[tuple[str, str, str], str] = {}
    for one in expectations(books):
        sheet = "" if one.workbook in clean.single else one.sheet
        for column, cell in one.aside.items():
            wanted[one.workbook, sheet, cell] = f"{one.table}.{column}"
    problems = clean.problems[clean.problems["severity"].isin(["set_aside", "quarantined"])]
    named: dict[tuple[str, str, str], tuple[str, str]] = {}
    for record in problems.to_dict("records"):
        if re.fullmatch(r"[A-Z]+\d+", str(record["cell"])) and record["reason"] not in ROWS_ONLY:
            name, sheet, _ = clean.address({**record, "row": 0})
            named[name, sheet, str(record["cell"])] = (str(record["reason"]), str(record["found"]))
    written = {
        (book.name, "" if book.name in clean.single else sheet.name): sheet for book in books for sheet in book.sheets
    }
    for key in wanted.keys() | named.keys():
        what = "right" if key in wanted and key in named else "missed" if key in wanted else "extra"
        result.aside[what] += 1
        if what != "right":
            sheet_written = written.get(key[:2])
            result.faults.append(
                {
                    "what": f"set aside {what}",
                    "workbook": key[0],
                    "sheet": key[1],
                    "cell": key[2],
                    "true": wanted.get(key, ""),
                    "clean": named.get(key, ""),
                    "aside": _text_at(sheet_written, key[2]),
                }
            )


def _score_sheets(result: Score, books: list[Book], clean: Clean, sheets: pd.DataFrame) -> None:
    """Every sheet is read or refused as it should be, and each of its rows is of the kind it was written as."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    tables: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in sheets.to_dict("records"):
        name, sheet, _ = clean.address({**record, "row": 0})
        found[name, sheet].update({kind: record[kind] for kind in KINDS})
        tables[name, sheet].add(str(record["table"]))
    for book in books:
        for sheet in book.sheets:
            key = (book.name, "" if book.name in clean.single else sheet.name)
            refused = tables[key] <= {""}
            what = (
                "refused"
                if sheet.structural and refused
                else "read"
                if not sheet.structural and not refused
                else "neither"
            )
            planned = Counter({kind: sheet.kinds.count(kind) for kind in KINDS})
            if what == "read" and planned != found[key]:
                what = "rows of another kind"
            result.sheets[what] += 1
            if what not in ("read", "refused"):
                result.faults.append(
                    {
                        "what": f"sheet {what}",
                        "workbook": key[0],
                        "sheet": key[1],
                        "true": dict(planned),
                        "clean": dict(found[key]),
                    }
                )


def _text_at(sheet: object, cell: str) -> str:
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    if sheet is None or found is None:
        return ""
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    rows = sheet.rows  # type: ignore[attr-defined]
    row = rows[int(found[2]) - 1] if int(found[2]) <= len(rows) else []
    return str(row[place - 1]) if place <= len(row) else ""


def pairs_precision_recall(pairs: list[tuple[object, object]]) -> tuple[float, float]:
    """Of all pairs of records: which fall together in truth, and which under the pseudonyms; missing ones stand alone."""

    def together(groups: Counter[object]) -> int:
        return sum(count * (count - 1) // 2 for count in groups.values())

    both = together(Counter((true, clean) for true, clean in pairs if clean is not None))
    claimed = together(Counter(clean for _, clean in pairs if clean is not None))
    true = together(Counter(one for one, _ in pairs))
    return (both / claimed if claimed else 1.0), (both / true if true else 1.0)


def _mixed(pairs: list[tuple[object, object]]) -> list[tuple[object, object]]:
    by_true: dict[object, Counter[object]] = defaultdict(Counter)
    by_clean: dict[object, Counter[object]] = defaultdict(Counter)
    for true, clean in pairs:
        by_true[true][clean] += 1
        by_clean[clean][true] += 1
    split = [(true, dict(got)) for true, got in by_true.items() if len(got) > 1]
    joined = [(dict(true), clean) for clean, true in by_clean.items() if len(true) > 1 and clean is not None]
    return [*split, *joined]
