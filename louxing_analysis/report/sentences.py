"""Sentences about a table: what they state is taken from its cells, as printed there."""

from __future__ import annotations

import numpy as np

from louxing_analysis.charts.shown import Shown
from louxing_analysis.charts.words import Words
from louxing_analysis.report.labels import label_of
from louxing_analysis.report.model import Sentence, Table


def about(kind: str, table: Table, shown: Shown, words: Words) -> list[Sentence]:
    """The sentences of one kind: `series` from first to last, `largest` part of the last row; none for no kind."""
    if kind == "series":
        return _series(table, shown, words)
    if kind == "largest":
        return _largest(table, shown, words)
    return []


def _series(table: Table, shown: Shown, words: Words) -> list[Sentence]:
    """From the first period to the last; says only the last where there is one, nothing where either is hidden."""
    frame = shown.frame.reset_index(drop=True).head(len(table.rows))
    told = np.flatnonzero(frame["value"].notna())
    if not len(told):
        return []
    name = words.of_card(shown.card, "name")
    at = next(
        (
            place
            for place, heading in enumerate(table.headings)
            if heading in (words.say("page.rate"), words.say("table.value"))
        ),
        None,
    )
    if at is None:
        return []
    first, last = int(told[0]), int(told[-1])
    start, end, early, late = table.cell(first, 0), table.cell(last, 0), table.cell(first, at), table.cell(last, at)
    if first == last:
        return [Sentence(words.say("sentence.one", name=words.inside(name), end=end, last=late), (end, late), (name,))]
    rise = frame["value"].iloc[last] - frame["value"].iloc[first]
    way = "same" if early.text == late.text else "up" if rise > 0 else "down"
    text = words.say(f"sentence.{way}", name=_capital(name), start=start, end=end, first=early, last=late)
    return [Sentence(text, (start, end, early, late), (name,))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _largest(table: Table, shown: Shown, words: Words) -> list[Sentence]:
    """The part that is largest in the last row that tells all its parts."""
    frame = shown.frame
    column = next(name for name in shown.groups)
    last = max(frame["period"].astype("str"))
    mine = frame[frame["period"].astype("str") == last]
    if mine["value"].isna().any() or mine.empty:
        return []
    best = mine.loc[mine["value"].astype("float64").idxmax(), column]
    label = label_of(column, best, shown, words)
    if label not in table.headings:
        return []
    end, cell = table.cell(-1, 0), table.cell(-1, table.headings.index(label))
    text = words.say(
        "sentence.largest",
        end=end,
        part=words.inside(label),
        share=cell,
        name=words.inside(words.of_card(shown.card, "name")),
    )
    return [Sentence(text, (end, cell), (label, words.of_card(shown.card, "name")))]


def overview(table: Table, words: Words) -> list[Sentence]:
    """The state at the end of the last year in which the register is told."""
    headings = {
        words.say(f"overview.{name}"): name
        for name in ("households", "people", "places", "places_with_team", "cadres", "agencies")
    }
    column = next(
        (place for place, heading in enumerate(table.headings) if headings.get(heading) == "households"), None
    )
    if column is None:
        return []
    told = [
        row for row in range(len(table.rows)) if table.rows[row][column] not in ("—", words.say("page.hidden_mark"))
    ]
    if not told:
        return []
    year, count = table.cell(told[-1], 0), table.cell(told[-1], column)
    return [Sentence(words.say("sentence.register", year=year, count=count), (year, count))]
