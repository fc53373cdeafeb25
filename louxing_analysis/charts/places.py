"""Charts of places side by side: dots with intervals, then and now, and what the first and the last of them are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from louxing_analysis.charts import page
from louxing_analysis.charts.caption import conclude
from louxing_analysis.charts.marks import down_grid, intervals, key
from louxing_analysis.charts.numbers import number, percent, period_name
from louxing_analysis.charts.shown import Shown, crossed, drawable, hidden, latest, parts, periods, place_column
from louxing_analysis.charts.theme import DEEP, FAINT, INK, MAIN, PLAIN, QUIET, Look, theme
from louxing_analysis.charts.words import Words

MOST_PLACES = 40
ROW_MM = 5.4


def places_dots(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Every township (or village) with its rate and interval in the last period, ordered; the pooled rate as a line.

    Intervals, not ranks: where they overlap the order says little, and the note under the chart says so.
    """
    with theme(language) as look:
        frame = drawable(measured)
        place = place_column(measured) or measured.groups[0]
        mine = _ordered(latest(frame), place)
        figure = page.blank(look, 34 + ROW_MM * len(mine))
        axes = figure.subplots()
        rows = np.arange(len(mine))
        _rate_axis(axes, mine, look)
        intervals(axes, rows, mine["low"].to_numpy(), mine["high"].to_numpy(), MAIN, across=True)
        told = mine["value"].notna().to_numpy()
        axes.plot(mine["value"][told], rows[told], "o", color=DEEP, markersize=5.5, zorder=4, clip_on=False)
        _names_and_numbers(axes, mine, place, look)
        pooled = _pooled(mine)
        _pooled_line(axes, pooled, look)
        down_grid(axes)
        return conclude(figure, look, measured, mine, _first_and_last(measured, mine, place, pooled, look.words), made_up,
                        notes=(look.words.say("places.overlap"),))  # fmt: skip


def _ordered(frame: pd.DataFrame, place: str) -> pd.DataFrame:
    """Highest first, hidden ones last; at most 40 places, the ends of a longer list."""
    frame = parts(frame, place)
    mine = frame.sort_values(["value", place], ascending=[False, True], na_position="last", kind="stable").reset_index(
        drop=True
    )
    if len(mine) <= MOST_PLACES:
        return mine
    half = MOST_PLACES // 2
    return pd.concat([mine.head(half), mine.tail(half)]).reset_index(drop=True)


def _rate_axis(axes: Axes, frame: pd.DataFrame, look: Look) -> None:
    """From 0 where the rates use that room; a dot may start elsewhere, a bar never."""
    ends = frame[["value", "low", "high"]].to_numpy()
    least, most = float(np.nanmin(ends)), float(np.nanmax(ends))
    left = 0.0 if least < 0.3 or most - least > 0.6 * most else np.floor(least * 10) / 10
    axes.set_xlim(left, min(1.0, most + 0.03) if most <= 1 else most * 1.05)
    axes.xaxis.set_major_formatter(lambda value, _: percent(value, look.language, 0))


def _names_and_numbers(axes: Axes, frame: pd.DataFrame, place: str, look: Look) -> None:
    """Names at the left; at the right the rate and what it is a rate of."""
    axes.set_yticks(range(len(frame)), [look.words.place(name) for name in frame[place]], size=8)
    axes.set_ylim(-0.7, len(frame) - 0.3)
    masked = hidden(frame)
    for row, (value, base, cover) in enumerate(zip(frame["value"], frame["denominator"], masked, strict=True)):
        text = look.words.say("page.hidden_mark") if cover else percent(value, look.language)
        key(axes, 1.10, 0, text, INK, 7.5, ha="right", va="center")
        axes.texts[-1].set_transform(axes.get_yaxis_transform())
        axes.texts[-1].set_y(row)
        if np.isfinite(base):
            axes.text(1.20, row, number(base, look.language), transform=axes.get_yaxis_transform(), size=7, color=QUIET,
                      ha="right", va="center")  # fmt: skip
    for x, name in ((1.10, "page.rate"), (1.20, "page.n")):
        axes.text(x, -0.75, look.words.say(name), transform=axes.get_yaxis_transform(), size=6.8, color=QUIET,
                  ha="right", va="bottom")  # fmt: skip


def _pooled(frame: pd.DataFrame) -> float:
    told = frame[frame["numerator"].notna() & frame["denominator"].notna()]
    base = float(told["denominator"].sum())
    return float(told["numerator"].sum()) / base if base and len(told) == len(frame) else float("nan")


def _pooled_line(axes: Axes, pooled: float, look: Look) -> None:
    if not np.isfinite(pooled):
        return
    axes.axvline(pooled, color=QUIET, linewidth=1, linestyle=(0, (4, 2)), zorder=1)
    text = look.words.say("places.pooled", value=percent(pooled, look.language))
    axes.annotate(text, (pooled, 0), xycoords=("data", "axes fraction"), xytext=(0, -14), textcoords="offset points",
                  size=7, color=QUIET, ha="center", va="top", annotation_clip=False)  # fmt: skip


def _first_and_last(measured: Shown, frame: pd.DataFrame, place: str, pooled: float, words: Words) -> str:
    told = frame[frame["value"].notna()]
    name = words.of_card(measured.card, "name")
    first, last = told.iloc[0], told.iloc[-1]
    least, most = percent(last["value"], words.language), percent(first["value"], words.language)
    year = period_name(frame["period"].iloc[0], words.language)
    if least == most:
        return words.say("places.same", name=name, value=most, year=year)
    return words.say("places.range", name=name, year=year, least=least, most=most, worst=words.place(last[place]),
                     best=words.place(first[place]), pooled=percent(pooled, words.language))  # fmt: skip


def places_then_and_now(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Each township's rate in the first and in the last period, joined by a line; ordered by where they stand now."""
    with theme(language) as look:
        frame = drawable(measured)
        place = place_column(measured) or measured.groups[0]
        frame = parts(frame, place)
        told = [
            period
            for period in periods(frame)
            if frame.loc[frame["period"].astype("str") == period, "value"].notna().any()
        ]
        if len(told) < 2:  # one period has no then
            return places_dots(measured, language, made_up)
        ends = (told[0], told[-1])
        wide = crossed(frame, place, "period", "value")[list(dict.fromkeys(ends))]
        wide = wide.sort_values(ends[1], ascending=False, na_position="last")
        figure = page.blank(look, 36 + ROW_MM * len(wide))
        axes = figure.subplots()
        _dumbbells(axes, wide, ends, look)
        down_grid(axes)
        title = _risen(measured, wide, ends, look.words)
        shown = frame[frame["period"].astype("str").isin(ends)]
        return conclude(figure, look, measured, shown, title, made_up, told=False)


def _dumbbells(axes: Axes, wide: pd.DataFrame, ends: tuple[str, str], look: Look) -> None:
    rows = np.arange(len(wide))
    then, now = wide[ends[0]].to_numpy(dtype=float), wide[ends[1]].to_numpy(dtype=float)
    axes.hlines(rows, then, now, color=FAINT, linewidth=3.2, zorder=1)
    axes.plot(
        then,
        rows,
        "o",
        color="#ffffff",
        markeredgecolor=QUIET,
        markeredgewidth=1.2,
        markersize=5.5,
        zorder=3,
        clip_on=False,
    )
    axes.plot(now, rows, "o", color=DEEP, markersize=6.5, zorder=4, clip_on=False)
    reach = max(float(np.nanmax(wide.to_numpy())), 0.05)  # where nobody takes part anywhere there is still an axis
    axes.set_xlim(-0.025 * reach, min(1.0, reach * 1.12) if reach <= 1 else reach * 1.12)
    axes.set_ylim(-0.9, len(wide) - 0.3)
    axes.xaxis.set_major_formatter(lambda value, _: percent(value, look.language, 0))
    axes.set_yticks(rows, [look.words.place(name) for name in wide.index], size=8)
    for row, (a, b) in enumerate(zip(then, now, strict=True)):
        for x, value, size, colour in ((1.10, b, 7.5, DEEP), (1.20, a, 7, QUIET)):
            text = percent(value, look.language) if np.isfinite(value) else look.words.say("page.hidden_mark")
            axes.text(
                x, row, text, transform=axes.get_yaxis_transform(), size=size, ha="right", va="center", color=colour
            )
    for x, period, colour, mark in ((1.10, ends[1], DEEP, "●"), (1.20, ends[0], QUIET, "○")):
        axes.text(x, -0.8, f"{mark}{period[:7]}", transform=axes.get_yaxis_transform(), size=7, color=colour, ha="right",
                  va="bottom")  # fmt: skip


def _risen(measured: Shown, wide: pd.DataFrame, ends: tuple[str, str], words: Words) -> str:
    both = wide.dropna()
    up = int((both[ends[1]] > both[ends[0]]).sum())
    if up == len(both):
        return words.say("places.all_risen", name=words.of_card(measured.card, "name"), all=up,
                         start=period_name(ends[0], words.language), end=period_name(ends[1], words.language))  # fmt: skip
    return words.say("places.risen", name=words.of_card(measured.card, "name"), up=up, all=len(both),
                     start=period_name(ends[0], words.language), end=period_name(ends[1], words.language))  # fmt: skip


def places_count(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Covered and not covered places (or households) of each township as one bar each; bases differ and are shown."""
    with theme(language) as look:
        place = place_column(measured) or measured.groups[0]
        frame = parts(latest(drawable(measured)), place)
        mine = frame.sort_values(["denominator", place], ascending=[False, True], kind="stable").reset_index(drop=True)
        figure = page.blank(look, 34 + ROW_MM * len(mine))
        axes = figure.subplots()
        rows = np.arange(len(mine))
        axes.barh(rows, mine["denominator"], 0.62, color=PLAIN, hatch="////", edgecolor="#ffffff", linewidth=0)
        axes.barh(rows, mine["numerator"], 0.62, color=MAIN)
        for row, line in mine.iterrows():
            text = look.words.say(
                "page.k_of_n", k=number(line["numerator"], look.language), n=number(line["denominator"], look.language)
            )
            if not hidden(mine)[row]:
                axes.annotate(f"{text}  {percent(line['value'], look.language)}", (line["denominator"], row), xytext=(4, 0),
                              textcoords="offset points", size=7.5, va="center")  # fmt: skip
        axes.set_yticks(rows, [look.words.place(name) for name in mine[place]], size=8)
        axes.set_xlim(0, float(mine["denominator"].max()) * 1.02)
        axes.set_xticks([])
        axes.set_ylim(-0.6, len(mine) - 0.4)
        down_grid(axes)
        axes.grid(visible=False)
        return conclude(figure, look, measured, mine, _covered(measured, mine, look.words), made_up, told=False)


def _covered(measured: Shown, frame: pd.DataFrame, words: Words) -> str:
    k, n = float(frame["numerator"].sum()), float(frame["denominator"].sum())
    if frame[["numerator", "denominator"]].isna().any(axis=None) or not n:
        return words.say("places.plain", name=words.of_card(measured.card, "name"))
    key_of = "places.all" if k == n else "places.some"
    return words.say(key_of, name=words.of_card(measured.card, "name"), k=number(k, words.language), n=number(n, words.language),
                     share=percent(k / n, words.language), rest=number(n - k, words.language),
                     year=period_name(frame["period"].iloc[0], words.language))  # fmt: skip
