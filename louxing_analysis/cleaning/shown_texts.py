"""Texts of cells as they may be shown: on a terminal, and in what `louxing inspect --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from louxing_analysis.cleaning.masking import mask_text
from louxing_analysis.safe_text import printable, visible

_LONGEST = 400  # characters of a cell that may be shown; the widest line is shorter


def tidied(texts: Sequence[str], show_personal: bool = False) -> list[str]:
    """Texts of cells as they may stand on a terminal: in one line, harmless, and without numbers of persons."""
    cut = [text[:_LONGEST] for text in texts]
    if show_personal:
        return [printable(text) for text in cut]
    bare = [visible(text) for text in cut]
    masked = mask_text(bare).tolist()
    return [
        printable(text) if same == before else printable(same)
        for text, before, same in zip(cut, bare, masked, strict=True)
    ]


def without_personal(found: dict[str, Any]) -> dict[str, Any]:
    """What `inspect_file` found, with numbers of persons masked in the texts of cells: headers and unreadable cells."""
    return {**found, "sheets": [_masked_sheet(sheet) for sheet in found["sheets"]]}


def _masked_sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    masked = {
        **sheet,
        "columns": [{**column, "name": _masked(column["name"])} for column in sheet["columns"]],
        "unreadable": [{**cell, "found": _masked(cell["found"])} for cell in sheet["unreadable"]],
    }
    return masked | ({"tables": [_masked_sheet(table) for table in sheet["tables"]]} if "tables" in sheet else {})


def _masked(text: Any) -> Any:
    return mask_text([text]).tolist()[0]
