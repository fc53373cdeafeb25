"""Charts by month: one village against its own limits, many places side by side, problems found and put right."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from louxing_analysis.charts import page
from louxing_analysis.charts.caption import conclude
from louxing_analysis.charts.marks import across_grid
from louxing_analysis.charts.numbers import number, percent, period_name, points, short_month
from louxing_analysis.charts.shown import Shown, drawable, parts, periods, place_column
from louxing_analysis.charts.theme import ALARM, DEEP, FAINT, INK, MAIN, PLAIN, QUIET, Look, theme
from louxing_analysis.charts.words import Words

SIGMAS = 3.0  # Shewhart's limits
MOST_PANELS = 16


def months_p_chart(measured: Shown, language: str = "zh", made_up: bool = False, change: str | None = None) -> Figure:
    """One place's monthly rate inside three-sigma limits; the limits follow each month's own base.

    `change` is the month from which things were different: the months before and from it have their own centre and limits,
    and the chart says how far apart they are. Takes a Measured without groups, or of one place; months as periods.
    """
    with theme(language) as look:
        frame = _one_place(measured)
        figure = page.blank(look, 88)
        axes = figure.subplots()
        at = np.arange(len(frame))
        months = frame["period"].astype("str")
        split = int((months < change).sum()) if change else 0
        sides = [slice(0, split), slice(split, len(frame))] if 0 < split < len(frame) else [slice(0, len(frame))]
        centres = [_limits(axes, frame.iloc[side], at[side], look) for side in sides]
        _points(axes, frame, at, sides, centres)
        if len(sides) == 2:
            _mark_change(axes, split, str(change), look)
        _month_axis(axes, list(months), look.language)
        axes.set_ylim(0, 1.02)
        axes.yaxis.set_major_formatter(lambda value, _: percent(value, look.language, 0))
        across_grid(axes)
        title = _before_after(measured, frame, sides, centres, change, look.words)
        return conclude(
            figure, look, measured, frame, title, made_up, notes=(look.words.say("months.limits"),), told=False
        )


def _one_place(measured: Shown) -> pd.DataFrame:
    frame = drawable(measured)
    for name in measured.groups:
        if len(frame[name].drop_duplicates()) > 1:
            raise ValueError(f"{name}: 只画一个地方或类别 / one place or kind is drawn; use select first")
    return frame.sort_values("period").reset_index(drop=True)


def _centre(frame: pd.DataFrame) -> float:
    told = frame[frame["numerator"].notna() & (frame["denominator"] > 0)]
    base = float(told["denominator"].sum())
    return float(told["numerator"].sum()) / base if base else float("nan")


def _limits(axes: Axes, frame: pd.DataFrame, at: np.ndarray, look: Look) -> float:
    """Centre line and limits of one stretch of months: p ± 3 √(p(1−p)/n), cut at 0 and 1."""
    centre = _centre(frame)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = SIGMAS * np.sqrt(centre * (1 - centre) / frame["denominator"].to_numpy(dtype=float))
    edge = np.concatenate([at - 0.5, [at[-1] + 0.5]])
    low, high = np.clip(centre - reach, 0, 1), np.clip(centre + reach, 0, 1)
    axes.fill_between(
        edge, np.append(low, low[-1]), np.append(high, high[-1]), step="post", color=FAINT, alpha=0.55, linewidth=0
    )
    axes.hlines(centre, edge[0], edge[-1], color=QUIET, linewidth=1)
    under = float(np.nanmin(low)) > 0.1  # the words stand outside the band, where no month's point can be
    axes.annotate(look.words.say("months.centre", value=percent(centre, look.language)),
                  (edge[0], float(np.nanmin(low)) if under else float(np.nanmax(high))), size=7.5, color=QUIET,
                  xytext=(3, -3 if under else 3), textcoords="offset points", va="top" if under else "bottom")  # fmt: skip
    return centre


def _points(axes: Axes, frame: pd.DataFrame, at: np.ndarray, sides: list[slice], centres: list[float]) -> None:
    value = frame["value"].to_numpy(dtype=float)
    axes.plot(at, value, color=DEEP, linewidth=1.1, marker="o", markersize=3.6, zorder=3)
    outside = np.zeros(len(frame), dtype=bool)
    for side, centre in zip(sides, centres, strict=True):
        reach = SIGMAS * np.sqrt(centre * (1 - centre) / frame["denominator"].to_numpy(dtype=float)[side])
        outside[side] = np.abs(value[side] - centre) > reach + 1e-9
    axes.plot(at[outside], value[outside], "D", color=ALARM, markersize=6, zorder=4)


def _mark_change(axes: Axes, split: int, change: str, look: Look) -> None:
    axes.axvline(split - 0.5, color=INK, linewidth=0.9, linestyle=(0, (3, 2)))
    text = look.words.say("months.change", month=period_name(change, look.language))
    axes.annotate(text, (split - 0.5, 1.0), xycoords=("data", "axes fraction"), xytext=(-4, 0), textcoords="offset points",
                  size=7.5, ha="right", va="top")  # fmt: skip


def _month_axis(axes: Axes, months: list[str], language: str) -> None:
    """Every third month named, the year under each January and under the first month."""
    step = 1 if len(months) <= 12 else 3 if len(months) <= 40 else 6
    ticks, names, last_year = [], [], ""
    for at, month in enumerate(months):
        if at != 0 and (int(month[5:7]) - 1) % step:
            continue
        if (
            at == 0
            and step > 1
            and (int(month[5:7]) - 1) % step
            and len(months) > 1
            and (int(months[1][5:7]) - 1) % step == 0
        ):
            continue
        year = month[:4]
        name = short_month(month, language)
        names.append(f"{name}\n{year}" if year != last_year else name)
        last_year = year
        ticks.append(at)
    axes.set_xticks(ticks, names)
    axes.set_xlim(-0.7, len(months) - 0.3)


def _before_after(
    measured: Shown, frame: pd.DataFrame, sides: list[slice], centres: list[float], change: str | None, words: Words
) -> str:
    name = words.of_card(measured.card, "name")
    place = place_column(measured)
    where = words.say("months.where", place=words.place(frame[place].iloc[0])) if place else ""
    name = words.inside(name) if where else name
    if len(sides) == 2:
        way = "up" if centres[1] >= centres[0] else "down"
        return words.say(f"months.{way}", name=name, where=where, first=percent(centres[0], words.language),
                         last=percent(centres[1], words.language), month=period_name(change, words.language))  # fmt: skip
    return words.say("months.level", name=name, where=where, value=percent(centres[0], words.language),
                     start=period_name(frame["period"].iloc[0], words.language),
                     end=period_name(frame["period"].iloc[-1], words.language))  # fmt: skip


def months_panels(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """One small panel per township (at most 16), the same scales, the district's pooled rate in grey behind each."""
    with theme(language) as look:
        place = place_column(measured) or measured.groups[0]
        frame = parts(drawable(measured), place)
        names = list(frame.groupby(place)["denominator"].sum().sort_values(ascending=False, kind="stable").index)[
            :MOST_PANELS
        ]
        columns = 5 if len(names) > 8 else 4 if len(names) > 6 else 3
        lines = -(-len(names) // columns)
        figure = page.blank(look, 34 + 27 * lines)
        grid = figure.subplots(lines, columns, sharex=True, sharey=True, squeeze=False)
        months = periods(frame)
        sums = frame.groupby("period")[["numerator", "denominator"]].sum(min_count=1).reindex(months)
        pooled = sums["numerator"] / sums["denominator"]
        for axes, name in zip(grid.ravel(), names, strict=False):
            _panel(
                axes, frame[frame[place] == name].set_index("period").reindex(months), pooled, look.words.place(name)
            )
        for axes in grid.ravel()[len(names) :]:
            axes.set_axis_off()
        _panel_axes(grid, months, len(names), _floor(frame), look)
        title = _panels_title(measured, frame, place, pooled, look.words)
        return conclude(
            figure, look, measured, frame, title, made_up, notes=(look.words.say("months.grey"),), told=False
        )


def _panel(axes: Axes, mine: pd.DataFrame, pooled: pd.Series, name: str) -> None:
    at = np.arange(len(mine))
    axes.plot(at, pooled, color=PLAIN, linewidth=1.1)
    axes.fill_between(
        at, mine["low"].to_numpy(dtype=float), mine["high"].to_numpy(dtype=float), color=MAIN, alpha=0.2, linewidth=0
    )
    axes.plot(at, mine["value"], color=DEEP, linewidth=1.5)
    axes.set_title(name, size=8, pad=2)
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0)


def _floor(frame: pd.DataFrame) -> float:
    """Where the panels begin: at nothing, unless no month comes near it; lines, unlike bars, need no zero."""
    least = float(np.nanmin(frame[["value", "low"]].to_numpy()))
    return 0.4 if least >= 0.4 else 0.0


def _panel_axes(grid: np.ndarray, months: list[str], many: int, low: float, look: Look) -> None:
    januaries = [at for at, month in enumerate(months) if month[5:7] in ("01", "")]
    ticks = januaries if len(januaries) > 1 else [0, len(months) - 1]
    ticks = ticks[::2] if len(ticks) > 3 else ticks
    names = [months[at][:4] if len(januaries) > 1 else months[at] for at in ticks]
    columns = grid.shape[1]
    for number_of, axes in enumerate(grid.ravel()[:many]):
        axes.set_xticks(ticks, names)
        for tick in axes.xaxis.get_major_ticks()[:1]:  # inside its panel, clear of the one before
            tick.label1.set_horizontalalignment("left")
        axes.set_ylim(low, 1)
        axes.set_yticks([low, (1 + low) / 2, 1.0])
        axes.yaxis.set_major_formatter(lambda value, _: percent(value, look.language, 0))
        axes.tick_params(labelbottom=number_of + columns >= many, labelsize=7)
        if number_of // columns < grid.shape[0] - 1:
            for label in axes.get_xticklabels():
                label.set_in_layout(False)  # it stands in the empty place below, which is no reason to push rows apart


def _panels_title(measured: Shown, frame: pd.DataFrame, place: str, pooled: pd.Series, words: Words) -> str:
    """First and last twelve months (or halves) of all together."""
    size = min(12, max(1, len(pooled) // 2))
    sums = frame.groupby("period")[["numerator", "denominator"]].sum(min_count=1)
    first, last = sums.head(size).sum(), sums.tail(size).sum()
    one, two = float(first["numerator"] / first["denominator"]), float(last["numerator"] / last["denominator"])
    way = "up" if two >= one else "down"
    return words.say(f"months.panels_{way}", name=words.of_card(measured.card, "name"), first=percent(one, words.language),
                     last=percent(two, words.language), change=points(abs(round(two, 3) - round(one, 3)), words.language),
                     size=size)  # fmt: skip


def found_and_rectified(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Problems found each month, and how many of them are put right; numerator rectified, denominator found."""
    with theme(language) as look:
        frame = (
            drawable(measured)
            .groupby("period", as_index=False)[["numerator", "denominator", "missing"]]
            .sum(min_count=1)
        )
        frame = frame.assign(value=frame["numerator"] / frame["denominator"], low=np.nan, high=np.nan)
        figure = page.blank(look, 84)
        axes = figure.subplots()
        at = np.arange(len(frame))
        axes.bar(at, frame["denominator"], 0.82, color="#ffffff", edgecolor=ALARM, hatch="////", linewidth=0.7)
        axes.bar(at, frame["numerator"], 0.82, color=MAIN, edgecolor=MAIN, linewidth=0.7)
        _month_axis(axes, [str(month) for month in frame["period"]], look.language)
        axes.set_ylim(0, float(frame["denominator"].max()) * 1.16)
        across_grid(axes, look.language)
        _two_names(axes, frame, look)
        return conclude(figure, look, measured, frame, _rectified(frame, look.words), made_up, unit="item", told=False)


def _two_names(axes: Axes, frame: pd.DataFrame, look: Look) -> None:
    from matplotlib.patches import Patch

    keys = [
        Patch(facecolor=MAIN, edgecolor=MAIN),
        Patch(facecolor="#ffffff", edgecolor=ALARM, hatch="////", linewidth=0.7),
    ]
    names = [look.words.say("months.rectified"), look.words.say("months.open")]
    axes.legend(keys, names, loc="lower left", bbox_to_anchor=(0, 0.97), ncols=2, handlelength=1.4, borderaxespad=0)


def _rectified(frame: pd.DataFrame, words: Words) -> str:
    found, done = float(frame["denominator"].sum()), float(frame["numerator"].sum())
    return words.say("months.rectified_share", found=number(found, words.language), done=number(done, words.language),
                     share=percent(done / found if found else float("nan"), words.language), rest=number(found - done, words.language),
                     start=period_name(frame["period"].iloc[0], words.language),
                     end=period_name(frame["period"].iloc[-1], words.language))  # fmt: skip
