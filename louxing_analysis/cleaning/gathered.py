"""What the workbooks of a delivery said, gathered over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from louxing_analysis import reference
from louxing_analysis.cleaning import accounts, layout_lines
from louxing_analysis.cleaning.corrections import by_sheet, without_home
from louxing_analysis.cleaning.keys import Key
from louxing_analysis.cleaning.likely_names import LikelyNames, People
from louxing_analysis.cleaning.pseudonyms import pseudonym
from louxing_analysis.cleaning.sheets import Cleaned
from louxing_analysis.problems import Problem


def idle_corrections(results: Sequence[Cleaned], facts: reference.Reference) -> list[Problem]:
    """Corrections of a sheet that is not there: what they were written for has changed."""
    there = {(line["workbook"], line["sheet"]) for result in results for line in result.sheets}
    return without_home(by_sheet(facts.corrections), there)


def letters(results: Sequence[Cleaned], facts: reference.Reference) -> dict[tuple[str, str, str, str], str]:
    """(workbook, sheet, table, column) → letter, for columns that stand under one letter on the sheet.

    Two tables of one ledger under one another may have them in another order: no letter is better than a wrong one.

    A list of members holds the columns of its households too, and is addressed for both.
    """
    feeds = dict(zip(facts.ledgers["ledger"], facts.ledgers["also_feeds"], strict=True))
    letters: dict[tuple[str, str, str, str], str] = {}
    for line in (line for result in results for line in result.layouts):
        if line["origin"] == "column" and not line["spread"]:
            for table in filter(None, (line["table"], feeds[line["table"]])):
                key = line["workbook"], line["sheet"], table, line["column"]
                if letters.setdefault(key, line["letter"]) != line["letter"]:
                    letters[key] = ""
    return letters


def pseudonymiser(key: Key) -> Callable[[str, pd.Series], Any]:
    """What turns plain keys of a kind into what is stored."""
    kinds = {"household": "household", "person": "person", "cadre": "cadre", "member": "cadre"}

    def hide(kind: str, keys: pd.Series) -> Any:
        values = keys.to_numpy(dtype=object)
        return pseudonym(key, kinds[kind], values) if kind in kinds else values

    return hide


def people(results: Sequence[Cleaned], facts: reference.Reference) -> People:
    """Every name that stood in a personal column, without those that are also words of places or vocabularies."""
    words = (
        set(facts.places["township"])
        | set(facts.places["village"])
        | set(facts.codes["label_zh"])
        | set(facts.spellings["written"])
    )
    return People(frozenset(name for result in results for name in result.names) - words, LikelyNames(facts))


def with_rows_without_values(quarantine: pd.DataFrame, results: Sequence[Cleaned]) -> pd.DataFrame:
    """Rows of grids under which nothing at all was recorded are named too."""
    rows = [line for result in results for line in result.empty_rows]
    extra = pd.DataFrame(rows, columns=["table", "workbook", "sheet", "row"]).assign(
        source_column="", reasons="nothing_recorded"
    )
    both = pd.concat([quarantine, extra.astype(dict(quarantine.dtypes))], ignore_index=True)
    return both.sort_values(["workbook", "sheet", "row", "table"], kind="stable", ignore_index=True)


def written_headers(
    said: Sequence[Cleaned], facts: reference.Reference
) -> dict[str, dict[tuple[str, str], list[accounts.Headed]]]:
    """workbook → (sheet, letter) → the columns that stand there, with the masks of those that are personal."""
    masks = accounts.column_masks(facts)
    feeds = dict(zip(facts.ledgers["ledger"], facts.ledgers["also_feeds"], strict=True))
    headers: dict[str, dict[tuple[str, str], list[accounts.Headed]]] = {}
    for line in (line for one in said for line in one.layouts if line["origin"] == "column"):
        mask = masks.get((line["table"], line["column"])) or masks.get((feeds[line["table"]], line["column"]), "")
        headed = accounts.Headed(line["first_row"], line["last_row"], line["header"], mask)
        headers.setdefault(line["workbook"], {}).setdefault((line["sheet"], line["letter"]), []).append(headed)
    return headers


def layouts(results: Sequence[Cleaned], people: People) -> pd.DataFrame:
    """Which spreadsheet column each canonical column is, sheet by sheet."""
    frame = pd.DataFrame([line for result in results for line in result.layouts], columns=layout_lines.COLUMNS)
    return accounts.masked_headers(frame, people)


def written_names(results: Sequence[Cleaned]) -> set[str]:
    """Every workbook and sheet name of the delivery."""
    return {str(line[name]) for result in results for line in result.sheets for name in ("workbook", "sheet")} | {
        result.workbook for result in results
    }
