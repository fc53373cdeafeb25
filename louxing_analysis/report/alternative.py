"""Alternative text: what a chart says, for who cannot see it, computed from the same numbers."""

from __future__ import annotations

import pandas as pd

from louxing_analysis.charts.numbers import number, percent, period_name, with_unit
from louxing_analysis.charts.shown import Shown, drawable, hidden
from louxing_analysis.charts.words import Words
from louxing_analysis.report.labels import label_of

ALL_LINES = 12


def of(shown: Shown, title: str, words: Words) -> str:
    """The finding, then every number where they are few, else the highest and the lowest of the last period."""
    frame = drawable(shown)
    told = frame[frame["value"].notna()]
    lines = told if len(told) <= ALL_LINES else _ends(told)
    key = "alternative.all" if len(told) <= ALL_LINES else "alternative.ends"
    texts = [line_text(line, shown, words) for _, line in lines.iterrows()]
    parts = [
        words.say("alternative.chart", title=title),
        words.say(key, lines=words.say("page.stop").join(texts), count=len(told)),
        words.say("alternative.hidden", count=int(hidden(frame).sum())) if hidden(frame).any() else "",
    ]
    return words.say("page.gap").join(part for part in parts if part) + words.say("page.gap").strip()


def _ends(told: pd.DataFrame) -> pd.DataFrame:
    last = told[told["period"].astype("str") == max(told["period"].astype("str"))]
    ordered = last.sort_values("value", ascending=False, kind="stable")
    return pd.concat([ordered.head(3), ordered.tail(3)]) if len(ordered) > 6 else ordered


def line_text(line: pd.Series, shown: Shown, words: Words) -> str:
    """One line of a frame in words: its groups, its period, its number."""
    groups = [label_of(name, line[name], shown, words) for name in shown.groups]
    if line["period"]:
        groups.append(period_name(line["period"], words.language))
    return f"{' '.join(groups)} {value_text(line, words)}".strip()


def value_text(line: pd.Series, words: Words) -> str:
    """The number with its unit: 38.4%, 8123 元."""
    unit = str(line["unit"])
    if unit == "share":
        return percent(float(line["value"]), words.language)
    if unit == "ratio":
        return number(float(line["value"]), words.language, 3)
    return with_unit(float(line["value"]), unit, words.language)
