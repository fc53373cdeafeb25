"""Which kinds of help come together, as an UpSet chart with those who have none."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from louxing_analysis.charts import page
from louxing_analysis.charts.caption import conclude
from louxing_analysis.charts.coverage import span
from louxing_analysis.charts.marks import bare
from louxing_analysis.charts.numbers import number, percent, with_unit
from louxing_analysis.charts.shown import (
    NothingToDraw,
    Shown,
    drawable,
    in_order,
    latest,
)
from louxing_analysis.charts.theme import (
    ALARM,
    DEEP,
    FAINT,
    INK,
    MAIN,
    Look,
    theme,
)  # fmt: skip
from louxing_analysis.charts.words import Words

NONE = "none"
MOST_PATTERNS = 14


def kinds_overlap(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Which kinds come together: one column a pattern (most frequent first, those with nothing always shown), with dots."""
    with theme(language) as look:
        frame = latest(drawable(measured))
        frame = frame.assign(pattern=[NONE if pd.isna(text) or text == "" else str(text) for text in frame["pattern"]])
        told = frame[frame["numerator"].notna() & (frame["numerator"] > 0)].sort_values(
            ["numerator", "pattern"], ascending=[False, True]
        )
        if (told["pattern"] == NONE).all():
            raise NothingToDraw(f"{measured.card.name}: 没有任何帮扶记录 / no help is recorded")
        top = told.head(MOST_PATTERNS)
        if NONE in set(told["pattern"]) and NONE not in set(top["pattern"]):
            top = pd.concat([top.iloc[:-1], told[told["pattern"] == NONE]])
        kinds = in_order("aid_kind", [name for text in frame["pattern"] if text != NONE for name in text.split("|")])
        figure = page.blank(look, 66 + 5.2 * len(kinds))
        bars, dots = figure.subplots(2, 1, sharex=True, height_ratios=[1.0, 0.14 * len(kinds) + 0.1])
        _pattern_bars(bars, top, look)
        _pattern_dots(dots, top, kinds, look)
        rest = len(frame) - len(top)
        note = (look.words.say("kinds_overlap.rest", count=rest),) if rest else ()
        return conclude(
            figure,
            look,
            measured,
            frame,
            _commonest(top, frame, look.words),
            made_up,
            unit="household",
            more=span(measured, look.words),
            notes=note,
            told=False,
        )


def _pattern_bars(axes: Axes, top: pd.DataFrame, look: Look) -> None:
    at = np.arange(len(top))
    colours = [ALARM if pattern == NONE else MAIN for pattern in top["pattern"]]
    axes.bar(at, top["numerator"], 0.66, color=colours)
    for x, count, share in zip(at, top["numerator"], top["value"], strict=True):
        axes.annotate(f"{number(count, look.language)}\n{percent(share, look.language)}", (x, count), xytext=(0, 3), size=7,
                      textcoords="offset points", ha="center", va="bottom", linespacing=1.15)  # fmt: skip
    axes.set_ylim(0, float(top["numerator"].max()) * 1.25)
    axes.set_yticks([])
    bare(axes)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.tick_params(labelbottom=False)


def _pattern_dots(axes: Axes, top: pd.DataFrame, kinds: list[str], look: Look) -> None:
    rows = [*kinds, NONE]
    for row in range(0, len(rows), 2):
        axes.axhspan(row - 0.5, row + 0.5, color="#f3f5f7", linewidth=0, zorder=0)
    for x, pattern in enumerate(top["pattern"]):
        mine = [rows.index(name) for name in pattern.split("|")]
        axes.plot([x] * len(rows), range(len(rows)), "o", color=FAINT, markersize=3.5, zorder=1)
        colour = ALARM if pattern == NONE else DEEP
        axes.plot([x, x], [min(mine), max(mine)], color=colour, linewidth=1.6, zorder=2)
        axes.plot([x] * len(mine), mine, "D" if pattern == NONE else "o", color=colour, markersize=6, zorder=3)
    axes.set_yticks(
        range(len(rows)), [look.words.kind(name) if name != NONE else look.words.say("kinds.none") for name in rows]
    )
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(-0.6, len(top) - 0.4)
    axes.set_xticks([])
    bare(axes)


def _commonest(top: pd.DataFrame, frame: pd.DataFrame, words: Words) -> str:
    helped = top[top["pattern"] != NONE]
    none = frame.loc[frame["pattern"] == NONE, "numerator"]
    key = "kinds_overlap.with_none" if len(none) and np.isfinite(none.iloc[0]) else "kinds_overlap.plain"
    kinds = helped["pattern"].iloc[0].split("|")
    joined = (words.say("page.plus")).join(words.inside(words.kind(name)) for name in kinds)
    return words.say(key, pattern=joined, count=with_unit(helped["numerator"].iloc[0], "household", words.language),
                     share=percent(helped["value"].iloc[0], words.language),
                     none=with_unit(none.iloc[0] if len(none) else float("nan"), "household", words.language))  # fmt: skip
