"""Labels of the groups of an indicator: codes.csv by the vocabulary of the column, places, ledgers, columns, reasons."""

from __future__ import annotations

import pandas as pd

from louxing_analysis import problems
from louxing_analysis.charts.shown import Shown
from louxing_analysis.charts.words import Words
from louxing_analysis.indicators.labels import VOCABULARIES


def label_of(column: str, value: object, shown: Shown, words: Words, table: object = None) -> str:
    """How a group value is read; a missing one is "not stated"."""
    if value is None or value is pd.NA or value != value:
        return words.say("report.not_stated")
    if column == "reason" and value in problems.REASONS:
        reason = problems.REASONS[str(value)]
        return reason.zh if words.language == "zh" else reason.en
    if column == "severity":
        return words.say(f"severity.{value}") if words.has(f"severity.{value}") else str(value)
    if column == "column" and table is not None:
        return words.code(f"column:{table}", value)
    vocabularies = VOCABULARIES.get(column, (column.removesuffix("_code"), "aid_kind", "help_kind", "guarantee"))
    joiner = words.say("page.plus")
    return joiner.join(words.any_code(part, *vocabularies) for part in str(value).split("|"))


def heading_of(column: str, shown: Shown, words: Words) -> str:
    """The heading of a column of a frame: the vocabulary `measured`, else the label in one of the indicator's ledgers."""
    card = shown.card
    tables = (*getattr(card, "tables", ()), *getattr(card, "optional", ()))
    return words.any_code(column, "measured", *(f"column:{table}" for table in tables))
