"""Charts of income change: level against the lines, spread, composition, headcount."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from louxing_analysis import reference
from louxing_analysis.charts import page
from louxing_analysis.charts.caption import conclude
from louxing_analysis.charts.marks import HALO, Label, across_grid, end_labels, intervals
from louxing_analysis.charts.numbers import number, percent, period_name, points, with_unit
from louxing_analysis.charts.shown import Shown, crossed, drawable, in_order, periods
from louxing_analysis.charts.theme import (
    ALARM,
    DEEP,
    INK,
    LINES,
    MAIN,
    MARKERS,
    PALETTE,
    PAPER,
    QUIET,
    Look,
    theme,
)  # fmt: skip
from louxing_analysis.charts.words import Words

STACK = (PALETTE[0], PALETTE[1], PALETTE[3], "#9db8a0", PALETTE[4], PALETTE[2])
THINNEST, THIN = 0.005, 0.035
"""Parts below the first are threads and not drawn; those below the second have no room for their number."""
LINE_COLOURS = {"national_line": ALARM, "exit_line": QUIET, "monitoring_line": PALETTE[3]}
"""A line has one colour in every chart; lines nobody foresaw are drawn in the main one."""
LINE_RULES = ("national_line", "exit_line")
"""The lines beside which income per head is drawn; each only for the years in which thresholds.csv gives it a value."""


def income_per_head(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Mean net income per head over the years, with its interval and the poverty lines of the years that have one.

    Takes a Measured without groups: one line a year, yuan.
    """
    with theme(language) as look:
        frame = drawable(measured).sort_values("period")
        figure = page.blank(look, 92)
        axes = figure.subplots()
        at = np.arange(len(frame))
        axes.fill_between(at, frame["low"], frame["high"], color=MAIN, alpha=0.22, linewidth=0)
        axes.plot(at, frame["value"], color=DEEP, marker="o", linewidth=2.2, clip_on=False, zorder=4)
        labels = [_own_label(measured, frame, look), *_poverty_lines(axes, frame, look.words)]
        _values_above(axes, at, frame, look.language)
        _years(axes, frame, look.language)
        axes.set_ylim(0, float(np.nanmax(frame[["value", "high"]].to_numpy())) * 1.12)
        across_grid(axes, look.language)
        end_labels(axes, len(frame) - 1, [label for label in labels if label], share=0.55)
        title = _rise(frame, "income_per_head", look.words)
        return conclude(figure, look, measured, frame, title, made_up, more=look.words.say("income.nominal"))


def _values_above(axes: Axes, at: np.ndarray, frame: pd.DataFrame, language: str) -> None:
    """The values over their points; under them where a poverty line runs just above."""
    room = float(np.nanmax(frame["value"])) * 0.14
    lines = [_line_values(rule, frame["period"]) for rule in LINE_RULES]
    for x, low, high, value in zip(at, frame["low"], frame["high"], frame["value"], strict=True):
        if not np.isfinite(value):
            continue
        under = any(value <= line[x] < value + room for line in lines)
        end = low if under else high
        axes.annotate(number(value, language), (x, end if np.isfinite(end) else value), xytext=(0, -4 if under else 4),
                      textcoords="offset points", size=8, color=DEEP, ha="center", va="top" if under else "bottom",
                      path_effects=HALO)  # fmt: skip


def _own_label(measured: Shown, frame: pd.DataFrame, look: Look) -> Label | None:
    last = frame["value"].iloc[-1]
    return Label(float(last), look.words.of_card(measured.card, "name"), DEEP) if np.isfinite(last) else None


def _poverty_lines(axes: Axes, frame: pd.DataFrame, words: Words) -> list[Label]:
    """Draw each line only where a document gives it; the national one ends in 2019, the exit standard goes on."""
    labels = []
    for number_of, rule in enumerate(LINE_RULES, start=1):
        colour = LINE_COLOURS[rule]
        told = _line_values(rule, frame["period"])
        years = np.flatnonzero(np.isfinite(told))
        if not len(years):
            continue
        axes.plot(years, told[years], color=colour, linestyle=LINES[number_of], linewidth=1.4, zorder=3,
                  marker="_" if len(years) == 1 else "", markersize=16)  # fmt: skip
        last = years[-1]
        text = words.say(f"income.{rule}", value=number(told[last], words.language))
        if last == len(frame) - 1:
            labels.append(Label(float(told[last]), text, colour))
        else:
            axes.annotate(text, (last, told[last]), xytext=(0, -5), textcoords="offset points", size=7.5, color=colour,
                          ha="center", va="top")  # fmt: skip
    return labels


def _line_values(rule: str, years: pd.Series) -> np.ndarray:
    told = []
    for year in years.astype("str"):
        try:
            told.append(reference.load().threshold(rule, int(year[:4])))
        except (reference.NoThreshold, ValueError):
            told.append(np.nan)
    return np.array(told)


def _years(axes: Axes, frame: pd.DataFrame, language: str) -> None:
    years = periods(frame)
    axes.set_xticks(range(len(years)), [f"{year}年" if language == "zh" else year for year in years])
    axes.set_xlim(-0.35, len(years) - 0.8)


def _rise(frame: pd.DataFrame, key: str, words: Words) -> str:
    """From … to …, so much a year: the finding of a series of yuan."""
    told = frame[frame["value"].notna()]
    first, last = told.iloc[0], told.iloc[-1]
    years = int(last["period"][:4]) - int(first["period"][:4])
    if years < 1 or first["value"] <= 0 or last["value"] <= 0:
        return words.say(f"{key}.one", year=last["period"], last=with_unit(last["value"], "yuan", words.language))
    growth = (last["value"] / first["value"]) ** (1 / years) - 1
    direction = "up" if growth >= 0 else "down"
    return words.say(
        f"{key}.{direction}", start=first["period"], end=last["period"],
        first=number(first["value"], words.language), last=with_unit(last["value"], "yuan", words.language),
        rate=percent(abs(growth), words.language), years=years,
    )  # fmt: skip


def income_distribution(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """The 10th to 90th percentile as bands around the median, over the years; takes the group `quantile`."""
    with theme(language) as look:
        frame = drawable(measured)
        wide = crossed(frame, "period", "quantile", "value").sort_index()
        figure = page.blank(look, 90)
        axes = figure.subplots()
        at = np.arange(len(wide))
        for low, high, alpha in (("p10", "p90", 0.18), ("p25", "p75", 0.32)):
            if {low, high} <= set(wide):
                axes.fill_between(at, wide[low], wide[high], color=MAIN, alpha=alpha, linewidth=0)
        labels = []
        for name in [name for name in in_order("quantile", wide) if name in wide]:
            middle = name == "p50"
            axes.plot(
                at, wide[name], color=DEEP, linewidth=2.2 if middle else 0.7, marker="o" if middle else "", zorder=3
            )
            text = f"{look.words.code('quantile', name)} {number(wide[name].iloc[-1], look.language)}"
            labels.append(Label(float(wide[name].iloc[-1]), text, DEEP if middle else INK))
        _years(axes, frame, look.language)
        axes.set_ylim(0, float(np.nanmax(wide.to_numpy())) * 1.08)
        across_grid(axes, look.language)
        end_labels(axes, len(wide) - 1, labels, share=0.55)
        title = _gap_title(wide, look.words)
        return conclude(figure, look, measured, frame, title, made_up, told=False)


def _gap_title(wide: pd.DataFrame, words: Words) -> str:
    ratios = wide["p90"] / wide["p10"]
    way = (
        "narrowed"
        if ratios.iloc[-1] < ratios.iloc[0] - 0.05
        else "widened"
        if ratios.iloc[-1] > ratios.iloc[0] + 0.05
        else "same"
    )
    gaps = wide["p90"] - wide["p10"]
    key = way if len(wide) > 1 else "one"
    return words.say(f"income_distribution.{key}", first=number(ratios.iloc[0], words.language, 1),
                     last=number(ratios.iloc[-1], words.language, 1), gap=number(gaps.iloc[0], words.language),
                     wide=with_unit(gaps.iloc[-1], "yuan", words.language), end=period_name(wide.index[-1], words.language))  # fmt: skip


def income_composition(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """The sources as shares of net income, stacked by year; takes the group `source`, value a share."""
    with theme(language) as look:
        frame = drawable(measured)
        wide = crossed(frame, "period", "source", "value").sort_index()
        told = [name for name in in_order("income_source", wide) if wide[name].abs().max() > 0]
        thin = [name for name in told if wide[name].abs().max() < THINNEST]
        wide = wide[[name for name in told if name not in thin]]
        figure = page.blank(look, 92)
        axes = figure.subplots()
        _stack(axes, wide, look)
        _years(axes, frame, look.language)
        axes.set_xlim(-0.45, len(wide) - 0.55)
        axes.set_yticks([])
        axes.axhline(0, color=INK, linewidth=0.8)
        names = look.words.join([look.words.inside(look.words.code("income_source", name)) for name in thin])
        note = (
            (look.words.say("income_composition.thin", names=names, share=percent(THINNEST, look.language)),)
            if thin
            else ()
        )
        return conclude(figure, look, measured, frame, _biggest(wide, look.words), made_up, notes=note, told=False)


def _stack(axes: Axes, wide: pd.DataFrame, look: Look) -> None:
    """Shares below zero hang below the line: a loss in business is no part of what a household lives on."""
    up, down = np.zeros(len(wide)), np.zeros(len(wide))
    labels = []
    at = np.arange(len(wide))
    for place, name in enumerate(wide):
        share = wide[name].to_numpy(dtype=float)
        bottom = np.where(share >= 0, up, down)
        colour = STACK[place % len(STACK)]
        axes.bar(
            at, share, 0.72, bottom=bottom, color=colour, hatch=("", "///")[place % 2], edgecolor=PAPER, linewidth=0.8
        )
        for x, start, part in zip(at.tolist(), bottom.tolist(), share.tolist(), strict=True):
            if abs(part) >= THIN:
                axes.text(x, start + part / 2, percent(part, look.language), ha="center", va="center", size=7.5, color=INK,
                          bbox={"boxstyle": "round,pad=0.15", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.88})  # fmt: skip
        label = look.words.code("income_source", name)
        label = label if abs(share[-1]) >= THIN else f"{label} {percent(share[-1], look.language)}"
        labels.append(Label(float(bottom[-1] + share[-1] / 2), label, INK))
        up, down = up + np.where(share >= 0, share, 0), down + np.where(share < 0, share, 0)
    axes.set_ylim(float(down.min()) * 1.02, float(up.max()) * 1.01)
    end_labels(axes, len(wide) - 1 + 0.36, labels)


def _biggest(wide: pd.DataFrame, words: Words) -> str:
    name = wide.iloc[-1].idxmax()
    first, last = float(wide[name].iloc[0]), float(wide[name].iloc[-1])
    way = "up" if last > first + 0.0005 else "down" if last < first - 0.0005 else "same"
    if len(wide) == 1:
        way = "one"
    return words.say(
        f"income_composition.{way}", source=words.inside(words.code("income_source", name)), share=percent(last, words.language),
        change=points(abs(round(last, 3) - round(first, 3)), words.language), start=wide.index[0], end=wide.index[-1],
    )  # fmt: skip


def poverty_headcount(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Share below each line over the years; takes the group `line`; lines are never joined over years they lack."""
    with theme(language) as look:
        frame = drawable(measured)
        years = periods(frame)
        figure = page.blank(look, 88)
        axes = figure.subplots()
        top = float(np.nanmax(frame[["value", "high"]].to_numpy()))
        axes.set_ylim(0, top * 1.12)
        _years(axes, frame, look.language)
        labels = [_one_line(axes, frame, years, name, place, look) for place, name in enumerate(_lines_in(frame))]
        across_grid(axes)
        axes.yaxis.set_major_formatter(lambda value, _: percent(value, look.language, 0))
        end_labels(axes, len(years) - 1, labels, share=0.55)
        return conclude(figure, look, measured, frame, _fall(frame, look.words), made_up)


def _lines_in(frame: pd.DataFrame) -> list[str]:
    return in_order("line", frame.loc[frame["value"].notna(), "line"].drop_duplicates())


def _one_line(axes: Axes, frame: pd.DataFrame, years: list[str], name: str, place: int, look: Look) -> Label:
    """Draw one line over the years it was set for; its label says when it ended, if it did."""
    mine = frame[frame["line"] == name].set_index("period").reindex(years)
    at = np.flatnonzero(mine["value"].notna())
    colour = LINE_COLOURS.get(name, DEEP)
    intervals(axes, np.arange(len(years)), mine["low"].to_numpy(), mine["high"].to_numpy(), colour)
    axes.plot(
        at,
        mine["value"].iloc[at],
        color=colour,
        marker=MARKERS[place],
        linestyle=LINES[place],
        markersize=5.5,
        zorder=3,
        clip_on=False,
    )
    last = float(mine["value"].iloc[at[-1]])
    year = years[at[-1]]
    key = "poverty_headcount.ended" if year != years[-1] else "poverty_headcount.now"
    text = look.words.say(key, mark="●■▲◆"[place % 4], line=look.words.code("line", name), year=year,
                          value=percent(last, look.language))  # fmt: skip
    return Label(last, text, colour)


def _fall(frame: pd.DataFrame, words: Words) -> str:
    """The finding for the line with the longest series."""
    told = frame[frame["value"].notna()]
    name = told.groupby("line", sort=False)["period"].nunique().idxmax()
    mine = told[told["line"] == name].sort_values("period")
    first, last = mine.iloc[0], mine.iloc[-1]
    way = "one" if len(mine) == 1 else "down" if last["value"] <= first["value"] else "up"
    return words.say(
        f"poverty_headcount.{way}", line=words.inside(words.code("line", name)), first=percent(first["value"], words.language),
        last=percent(last["value"], words.language), start=first["period"], end=last["period"],
    )  # fmt: skip
