"""Protected numbers as printed tables: one line a row, or two groups crossed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from louxing_analysis import reference
from louxing_analysis.charts.numbers import NOTHING, money, number, percent, period_name
from louxing_analysis.charts.shown import Shown, crossed, hidden, in_order
from louxing_analysis.charts.words import Words
from louxing_analysis.indicators.labels import VOCABULARIES
from louxing_analysis.report.alternative import value_text
from louxing_analysis.report.labels import heading_of, label_of
from louxing_analysis.report.model import Table

MOST_ROWS = 60


def long_table(name: str, title: str, shown: Shown, words: Words, *, counts: bool = True) -> Table:
    """One line a row: groups, period, count, base, value and interval; hidden numbers are a star."""
    frame = shown.frame.reset_index(drop=True)
    masked = hidden(frame)
    stubs = [*shown.groups, *(["period"] if frame["period"].astype("str").ne("").any() else [])]
    figures = [column for column in ("numerator", "denominator") if counts and frame[column].notna().any()]
    has_interval = bool(frame["low"].notna().any())
    headings = [heading_of(column, shown, words) for column in (*stubs, *figures)] + [_value_heading(frame, words)]
    headings += [words.say("table.interval")] if has_interval else []
    rows = []
    for at, line in frame.head(MOST_ROWS).iterrows():
        cover = bool(masked[at])
        row = [_stub(column, line, shown, words) for column in stubs]
        row += [_figure(float(line[column]), str(line["unit"]), column, words, cover) for column in figures]
        row.append(_or_star(value_text(line, words), float(line["value"]), words, cover))
        if has_interval:
            row.append(_interval(line, words))
        rows.append(tuple(row))
    rest = len(frame) - len(rows)
    note = words.say("table.rest", count=number(rest, words.language)) if rest > 0 else ""
    return Table(name, title, tuple(headings), tuple(rows), len(stubs), note)


def _value_heading(frame: pd.DataFrame, words: Words) -> str:
    return words.say("page.rate") if (frame["unit"] == "share").all() else words.say("table.value")


def _stub(column: str, line: pd.Series, shown: Shown, words: Words) -> str:
    if column == "period":
        return period_name(line["period"], words.language)
    return label_of(column, line[column], shown, words, line.get("table"))


def _or_star(text: str, value: float, words: Words, cover: bool) -> str:
    return text if np.isfinite(value) else words.say("page.hidden_mark") if cover else NOTHING


def _figure(value: float, unit: str, column: str, words: Words, cover: bool) -> str:
    """Counts as they are; sums of money in the unit they are read in."""
    text = money(value, words.language) if unit == "yuan" and column == "numerator" else number(value, words.language)
    return _or_star(text, value, words, cover)


def _interval(line: pd.Series, words: Words) -> str:
    if not np.isfinite(line["low"]) or not np.isfinite(line["high"]):
        return NOTHING
    ends = [value_text(line.to_frame().T.assign(value=line[end]).iloc[0], words) for end in ("low", "high")]
    return words.say("table.from_to", low=ends[0], high=ends[1])


def cross_table(
    name: str, title: str, shown: Shown, words: Words, rows: str, columns: str, values: str = "value"
) -> Table:
    """Two groups crossed, one figure a cell; hidden cells are a star, cells that do not exist a dash."""
    frame = shown.frame.reset_index(drop=True)
    wide = crossed(frame.assign(**{values: frame[values].astype("float64")}), rows, columns, values)
    masked = crossed(frame.assign(hidden=hidden(frame)), rows, columns, "hidden")
    across, down = (_ordered(axis, wide.columns if axis == columns else wide.index) for axis in (columns, rows))
    unit = str(frame["unit"].iloc[0])
    printed = []
    for place in down:
        line = [_axis_label(rows, place, shown, words)]
        for kind in across:
            cover = bool(masked.loc[place, kind]) if pd.notna(masked.loc[place, kind]) else False
            value = float(wide.loc[place, kind])
            text = (
                percent(value, words.language) if unit == "share" and values == "value" else _plain(value, unit, words)
            )
            line.append(_or_star(text, value, words, cover))
        printed.append(tuple(line))
    headings = (heading_of(rows, shown, words), *(_axis_label(columns, kind, shown, words) for kind in across))
    return Table(name, title, headings, tuple(printed))


def _ordered(axis: str, values: pd.Index) -> list[object]:
    if axis == "period":
        return sorted(values)
    vocabulary = VOCABULARIES.get(axis, (axis,))[0]
    if axis == "table":
        ledgers = reference.load().ledgers["ledger"].tolist()
        return sorted(values, key=lambda name: ledgers.index(name) if name in ledgers else len(ledgers))
    order = {code: place for place, code in enumerate(in_order(vocabulary, [str(value) for value in values]))}
    return sorted(values, key=lambda value: order[str(value)])


def _axis_label(axis: str, value: object, shown: Shown, words: Words) -> str:
    return period_name(value, words.language) if axis == "period" else label_of(axis, value, shown, words)


def _plain(value: float, unit: str, words: Words) -> str:
    return money(value, words.language) if unit == "yuan" and abs(value) >= 1e5 else number(value, words.language)
