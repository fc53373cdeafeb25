"""What is found of rows becomes one problem a row, with its cell and the value that stands there."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.validate import MISSING_REASON, Finding
from louxing_analysis.problems import QUARANTINED, REASONS, Problem
from louxing_analysis.reference import Reference


def _shown(reference: Reference, table: str, column: str) -> Callable[[object], str]:
    """How a value of the column is told to people: a code by its label, a number as it is typed."""
    fact = reference.column_facts(table).get(column)
    if fact is None or not (fact.vocabulary or fact.kind == "boolean"):
        return as_written
    if fact.kind == "boolean":
        return lambda value: reference.label("boolean", "yes" if value else "no")
    return lambda value: "、".join(reference.label(fact.vocabulary, code) for code in str(value).split("|"))


def as_problems(
    name: str,
    frame: pd.DataFrame,
    finding: Finding,
    letters: dict[tuple[str, str, str, str], str],
    reference: Reference,
) -> list[Problem]:
    """One problem a row: its cell, and the value as it was read, a code by its label."""
    some = frame.loc[finding.rows]
    values = some[finding.column] if finding.column in some and not finding.column.endswith("_id") else [""] * len(some)
    shown = _shown(reference, name, finding.column)
    severity = (
        QUARANTINED
        if finding.reason in {"required_missing", *MISSING_REASON.values()}
        else REASONS[finding.reason].severity
    )
    out = []
    details = [""] * len(some) if finding.details is None else finding.details[finding.rows]
    for workbook, sheet, row, value, detail in zip(
        some["workbook"], some["sheet"], some["row"], values, details, strict=True
    ):
        letter = letters.get((workbook, sheet, name, finding.column), "")
        found = "" if value is None or value is pd.NA or value != value else shown(value)
        out.append(
            Problem(
                name,
                workbook,
                sheet,
                f"{letter}{row}" if letter else f"{row}:{row}",
                finding.column,
                found,
                finding.reason,
                severity,
                str(detail),
            )
        )
    return out
