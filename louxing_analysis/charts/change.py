"""Charts of who moved: the bridge from year to year, the transition matrix, stock and flow of poor households."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from louxing_analysis.charts import page
from louxing_analysis.charts.caption import conclude
from louxing_analysis.charts.heat import heat
from louxing_analysis.charts.marks import bare, intervals, wrapped
from louxing_analysis.charts.numbers import number, percent, period_name, with_unit
from louxing_analysis.charts.shown import NothingToDraw, Shown, crossed, drawable, hidden, in_order, periods
from louxing_analysis.charts.theme import ALARM, HATCHES, INK, MAIN, PALETTE, PAPER, PLAIN, QUIET, Look, theme
from louxing_analysis.charts.words import Words

ENDS = ("start", "end")
"""The two levels of a bridge; every other part is a step between them."""
INFLOWS, OUTFLOWS = ("identified", "fallen_back", "entered", "other_in"), ("exited", "left_register", "other_out")


def income_bridge(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """From one year's income per head to another's, step by step; takes the group `part`, yuan, of one pair of years."""
    with theme(language) as look:
        frame = drawable(measured)
        frame = frame[frame["period"].astype("str") == periods(frame)[-1]].set_index("part")
        parts = in_order("bridge_part", frame.index)
        steps = [part for part in parts if part not in (*ENDS, "change") and np.isfinite(frame["value"][part])]
        figure = page.blank(look, 96)
        axes = figure.subplots()
        level = _waterfall(axes, frame, steps, look)
        names = [ENDS[0], *steps, ENDS[1]]
        labels = [wrapped(look.words.code("bridge_part", name), 5 if look.language == "zh" else 12) for name in names]
        labels = _years_for_ends(labels, str(frame["period"].iloc[0]), look.language)
        axes.set_xticks(range(len(names)), labels, size=7.5)
        axes.set_yticks([])
        bare(axes)
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.set_ylim(min(0.0, min(level) * 1.1), max(level) * 1.14)
        return conclude(figure, look, measured, frame.reset_index(), _why(frame, steps, look.words), made_up)


def _years_for_ends(labels: list[str], period: str, language: str) -> list[str]:
    """The two levels are called by their years, where the period tells them: 2016-2020."""
    years = period.split("-")
    if len(years) != 2:
        return labels
    first, last = (period_name(year, language) for year in years)
    return [first, *labels[1:-1], last]


def _waterfall(axes: Axes, frame: pd.DataFrame, steps: list[str], look: Look) -> list[float]:
    """Bars from zero for the two levels, floating ones for the steps; connected, numbered, with their intervals."""
    value = frame["value"]
    level = [float(value[ENDS[0]])]
    _bar(axes, 0, 0, level[0], PLAIN, number(level[0], look.language), "")
    for at, part in enumerate(steps, start=1):
        change = float(value[part])
        rising = change >= 0
        text = f"{'+' if rising else ''}{number(change, look.language)}"
        _bar(axes, at, level[-1], change, MAIN if rising else ALARM, text, "" if rising else HATCHES[1])
        low, high = (level[-1] + float(frame[name][part]) for name in ("low", "high"))
        intervals(axes, np.array([at + 0.24]), np.array([low]), np.array([high]), INK)
        axes.plot([at - 1 - 0.33, at + 0.33], [level[-1], level[-1]], color=QUIET, linewidth=0.6, zorder=1)
        level.append(level[-1] + change)
    end = float(value[ENDS[1]])
    axes.plot([len(steps) - 0.33, len(steps) + 1.33], [end, end], color=QUIET, linewidth=0.6, zorder=1)
    _bar(axes, len(steps) + 1, 0, end, PLAIN, number(end, look.language), "")
    return [*level, end, *(_top(frame, part, at) for part, at in zip(steps, level, strict=False))]


def _top(frame: pd.DataFrame, part: str, level: float) -> float:
    high = float(frame["high"][part])
    return level + (high if np.isfinite(high) else float(frame["value"][part]))


def _bar(axes: Axes, at: float, bottom: float, change: float, colour: str, text: str, hatch: str) -> None:
    axes.bar(at, change, 0.66, bottom=bottom, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=0, zorder=2)
    axes.annotate(text, (at - 0.04, max(bottom, bottom + change)), xytext=(0, 3), textcoords="offset points", ha="center",
                  va="bottom", size=8, color=INK)  # fmt: skip


def _why(frame: pd.DataFrame, steps: list[str], words: Words) -> str:
    start, end = float(frame["value"][ENDS[0]]), float(frame["value"][ENDS[1]])
    name = max(steps, key=lambda part: float(frame["value"][part]) * (1 if end >= start else -1))
    share = float(frame["value"][name]) / (end - start) if end != start else float("nan")
    key = "income_bridge.up" if end >= start else "income_bridge.down"
    ends = str(frame["period"].iloc[0])
    return words.say(
        key, years=period_name(ends, words.language), change=with_unit(abs(end - start), "yuan", words.language), part=words.inside(words.code("bridge_part", name)),
        amount=with_unit(abs(float(frame["value"][name])), "yuan", words.language), share=percent(share, words.language, 0),
    )  # fmt: skip


def income_transition(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Where the households of each income band stood later; takes the groups `from_band`, `to_band`, shares of a row."""
    with theme(language) as look:
        frame = drawable(measured)
        frame = frame[frame["period"].astype("str") == periods(frame)[-1]]
        ends = str(frame["period"].iloc[0]).split("-")
        if len(ends) == 2 and ends[0] == ends[1]:
            raise NothingToDraw("只有一年，看不出变动 / one year only: nobody can be followed")
        bands = in_order("income_band", [*frame["from_band"], *frame["to_band"]])
        wide = crossed(frame, "from_band", "to_band", "value").reindex(index=bands, columns=bands)
        bases = frame.groupby("from_band")["denominator"].max().reindex(bands)
        figure = page.blank(look, 100)
        axes = figure.subplots()
        labels = [look.words.code("income_band", band) for band in bands]
        rows = [
            look.words.say("page.of_n", name=label, n=number(base, look.language))
            for label, base in zip(labels, bases, strict=True)
        ]
        heat(axes, wide, look, rows, labels, most=8 if look.language == "zh" else 16)
        for at in range(len(bands)):
            axes.add_patch(_frame(at))
        first, last = _years_of(str(frame["period"].iloc[0]), look)
        axes.set_xlabel(f"{last} →", loc="left", color=QUIET)
        axes.xaxis.set_label_position("top")
        axes.annotate(f"{first} ↓", (0, 1), xycoords="axes fraction", xytext=(-8, 4), size=8,
                      textcoords="offset points", ha="right", va="bottom", color=QUIET)  # fmt: skip
        return conclude(
            figure, look, measured, frame, _moved(frame, bands, look.words), made_up, unit="share", told=False
        )


def _years_of(period: str, look: Look) -> tuple[str, str]:
    """What rows and columns are: bands of the first and of the last year, by the years where the period tells them."""
    years = period.split("-")
    if len(years) != 2:
        return look.words.say("income_transition.from"), look.words.say("income_transition.to")
    first, last = (look.words.say("income_transition.band", year=period_name(year, look.language)) for year in years)
    return first, last


def _frame(at: int) -> Rectangle:
    """The border of a cell of the diagonal: who stayed in the band."""
    return Rectangle((at - 0.5, at - 0.5), 1, 1, fill=False, edgecolor=INK, linewidth=1.2, zorder=4)


def _moved(frame: pd.DataFrame, bands: list[str], words: Words) -> str:
    """How many moved up and down, out of those whose band is shown at both ends."""
    rank = {band: at for at, band in enumerate(bands)}
    move = frame["to_band"].map(rank) - frame["from_band"].map(rank)
    count = frame["numerator"]
    everyone = count.sum()
    if frame["numerator"].isna().any() or not everyone:
        return words.say("income_transition.plain")
    return words.say("income_transition.moved", years=period_name(frame["period"].iloc[0], words.language), up=percent(count[move > 0].sum() / everyone, words.language),
                     down=percent(count[move < 0].sum() / everyone, words.language))  # fmt: skip


def stock_and_flow(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Poor households at each year's end, and who came and who left; takes the group `flow`, households a year."""
    with theme(language) as look:
        frame = drawable(measured)
        wide = crossed(frame, "period", "flow", "value").sort_index()
        cover = crossed(frame.assign(hidden=hidden(frame)), "period", "flow", "hidden").sort_index()
        cover = cover.fillna(False).astype(bool)
        figure = page.blank(look, 116)
        stock, flow = figure.subplots(2, 1, sharex=True, height_ratios=[1.0, 1.15])
        _stocks(stock, wide, cover, look)
        _flows(flow, wide, cover, look)
        names = [f"{year}年" if look.language == "zh" else year for year in wide.index]
        flow.set_xticks(range(len(wide)), names)
        flow.tick_params(axis="x", labelbottom=True)
        title = _left_over(wide, look.words)
        return conclude(figure, look, measured, frame, title, made_up, told=False)


def _stocks(axes: Axes, wide: pd.DataFrame, cover: pd.DataFrame, look: Look) -> None:
    closing = wide["closing"].to_numpy(dtype=float)
    axes.bar(range(len(wide)), closing, 0.5, color=PLAIN)
    for at, value in enumerate(closing):
        text = look.words.say("page.hidden_mark") if cover["closing"].iloc[at] else number(value, look.language)
        axes.annotate(text, (at, np.nan_to_num(value)), xytext=(0, 3), textcoords="offset points",
                      ha="center", va="bottom", size=8)  # fmt: skip
    axes.set_ylim(0, float(np.nanmax(closing)) * 1.15)
    axes.set_title(look.words.say("stock_and_flow.stock"), color=QUIET)
    bare(axes)
    axes.set_yticks([])
    axes.tick_params(labelbottom=False)
    axes.axhline(0, color=INK, linewidth=0.8)


def _flows(axes: Axes, wide: pd.DataFrame, cover: pd.DataFrame, look: Look) -> None:
    """Who came above the line, who left below it; each colour has its own hatch and its name at the side."""
    kinds = [(name, 1) for name in INFLOWS] + [(name, -1) for name in OUTFLOWS]
    shown = [(name, sign) for name, sign in kinds if name in wide and (cover[name].any() or (wide[name] != 0).any())]
    colours = dict(
        zip(
            ("identified", "fallen_back", "exited", "left_register"), (MAIN, ALARM, PALETTE[1], PALETTE[3]), strict=True
        )
    )
    wide_bar = 0.8 / max(len(shown), 1)
    for place, (name, sign) in enumerate(shown):
        at = np.arange(len(wide)) + (place - (len(shown) - 1) / 2) * wide_bar
        value = sign * wide[name].to_numpy(dtype=float)
        label = look.words.code("flow", name)
        axes.bar(
            at,
            value,
            wide_bar * 0.92,
            color=colours.get(name, PLAIN),
            hatch=HATCHES[place % len(HATCHES)],
            edgecolor=PAPER,
            linewidth=0,
            label=label,
        )
        for x, y, covered in zip(at, value, cover[name], strict=True):
            if np.isfinite(y) or covered:
                text = look.words.say("page.hidden_mark") if covered else number(abs(y), look.language)
                axes.annotate(text, (x, 0 if covered else y), xytext=(0, 2 if sign > 0 else -2), size=7,
                              textcoords="offset points", ha="center", va="bottom" if sign > 0 else "top")  # fmt: skip
    reach = float(np.nanmax(wide[[name for name, _ in shown]].abs().to_numpy())) if shown else 1.0
    up = max((float(wide[name].max()) for name, sign in shown if sign > 0), default=0.0)
    axes.set_ylim(-reach * 1.25, max(up * 1.25, reach * 0.3))
    axes.set_title(look.words.say("stock_and_flow.flow"), color=QUIET)
    bare(axes)
    axes.set_yticks([])
    axes.axhline(0, color=INK, linewidth=0.8)
    columns = (
        len(shown) if len(shown) <= 4 else -(-len(shown) // 2)
    )  # a row of six English names is wider than the page
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.16), ncols=columns, handlelength=1.3, columnspacing=1.4)


def _left_over(wide: pd.DataFrame, words: Words) -> str:
    first = (
        wide["opening"].iloc[0]
        if "opening" in wide and np.isfinite(wide["opening"].iloc[0])
        else wide["closing"].iloc[0]
    )
    last = wide["closing"].iloc[-1]
    if not np.isfinite(last) or not np.isfinite(first):
        return words.say("stock_and_flow.plain", end=wide.index[-1])
    return words.say("stock_and_flow.fell" if last <= first else "stock_and_flow.rose", first=number(first, words.language),
                     last=number(last, words.language), start=wide.index[0], end=wide.index[-1])  # fmt: skip
