"""Charts of whom the assistance reached: kinds by township, how many kinds, which together, eligible and receiving."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from louxing_analysis.charts import page
from louxing_analysis.charts.caption import conclude
from louxing_analysis.charts.heat import heat
from louxing_analysis.charts.marks import HALO, Label, across_grid, bare, end_labels, intervals, spread, wrapped
from louxing_analysis.charts.numbers import number, percent, period_name, with_unit
from louxing_analysis.charts.shown import (
    Shown,
    crossed,
    drawable,
    hidden,
    in_order,
    latest,
    parts,
    periods,
    place_column,
)
from louxing_analysis.charts.theme import (
    ALARM,
    CONTRAST,
    DEEP,
    INK,
    LINES,
    MAIN,
    MARKERS,
    PALETTE,
    PAPER,
    Look,
    theme,
)  # fmt: skip
from louxing_analysis.charts.words import Words
from louxing_analysis.indicators.safeguards import GUARANTEES

KIND = ("aid_kind_code", "kind")


def _kind(measured: Shown) -> str:
    return next(name for name in KIND if name in measured.groups)


def span(measured: Shown, words: Words) -> str:
    """Whether help of earlier years counts, as the indicator notes it; nothing where it does not say."""
    told = [note for note in getattr(measured, "notes", ()) if note.code in ("counted_ever", "counted_year")]
    return str(getattr(told[0], words.language)) if told else ""


def coverage_matrix(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Share of each township's households with each kind of help in the last period; hidden cells are hatched."""
    with theme(language) as look:
        kind = _kind(measured)
        place = place_column(measured) or measured.groups[0]
        frame = parts(latest(drawable(measured)), place, kind)
        kinds = in_order("aid_kind", frame[kind])
        places = list(dict.fromkeys(in_order("township", frame[place])))
        wide = crossed(frame, place, kind, "value").reindex(index=places, columns=kinds)
        masked = crossed(frame.assign(hidden=hidden(frame)), place, kind, "hidden")
        masked = masked.reindex(index=places, columns=kinds).fillna(False).astype(bool)
        bases = frame.groupby(place)["denominator"].max().reindex(places)
        figure = page.blank(look, 44 + 5.6 * len(places))
        axes = figure.subplots()
        rows = [look.words.say("page.of_n", name=look.words.place(name), n=number(base, look.language))
                for name, base in zip(places, bases, strict=True)]  # fmt: skip
        heat(axes, wide, look, rows, [look.words.kind(name) for name in kinds], masked=masked,
             top=max(0.2, float(np.nanmax(wide.to_numpy()))))  # fmt: skip
        return conclude(figure, look, measured, frame, _thinnest(frame, kind, look.words), made_up,
                        more=span(measured, look.words), told=False)  # fmt: skip


def _thinnest(frame: pd.DataFrame, kind: str, words: Words) -> str:
    """The kind that reaches most and the one that reaches fewest, over all townships that may be told."""
    sums = frame.groupby(kind)[["numerator", "denominator"]].agg(lambda column: column.sum(skipna=False))
    rates = (sums["numerator"] / sums["denominator"]).sort_values(kind="stable")
    if (
        rates.isna().any()
    ):  # where cells are hidden the district's rates are not known here; all kinds are compared alike
        rates = frame.groupby(kind)["value"].median().dropna().sort_values(kind="stable")
        key = "coverage_matrix.medians"
    else:
        key = "coverage_matrix.rates"
    return words.say(key, most=words.inside(words.kind(rates.index[-1])), high=percent(rates.iloc[-1], words.language),
                     least=words.inside(words.kind(rates.index[0])), low=percent(rates.iloc[0], words.language))  # fmt: skip


def kinds_bar(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """How many households have no, one, two, three or more kinds of help, by year; takes the group `kinds`."""
    with theme(language) as look:
        frame = drawable(measured)
        order = in_order("kinds", sorted(frame["kinds"].astype("str")))
        wide = crossed(frame, "period", "kinds", "value").sort_index()[order]
        figure = page.blank(look, 42 + 9 * len(wide))
        axes = figure.subplots()
        rows = np.arange(len(wide))
        left = np.zeros(len(wide))
        names: list[Label] = []
        colours = [ALARM, *[("#bcd2fd", "#8db5fd", MAIN, DEEP)[at % 4] for at in range(len(order) - 1)]]
        for place, name in enumerate(order):
            share = wide[name].to_numpy(dtype=float)
            axes.barh(
                rows,
                share,
                0.72,
                left=left,
                color=colours[place],
                hatch="////" if place == 0 else "",
                edgecolor=PAPER,
                linewidth=1,
            )
            _inside(axes, left, share, look, beside=place == 0)
            if np.isfinite(share[0]) and np.nanmax(share) > 0:
                names.append(Label(float(left[0] + share[0] / 2), look.words.code("kinds", name)))
            left = left + np.nan_to_num(share)
        for label, x in zip(names, spread([label.at for label in names], 0.13, 0.03, 0.95), strict=True):
            axes.text(x, -0.52, label.text, ha="center", va="bottom", size=7.5)
        bases = frame.groupby("period")["denominator"].max().reindex(wide.index)
        years = [look.words.say("page.of_n", name=period_name(period, look.language), n=number(base, look.language))
                 for period, base in zip(wide.index, bases, strict=True)]  # fmt: skip
        axes.set_yticks(rows, years)
        axes.set_xlim(0, 1)
        axes.tick_params(axis="y", pad=28)  # room for the few without help, whose bar is too short for its number
        axes.set_ylim(-0.95, len(wide) - 0.5)
        axes.set_xticks([])
        axes.invert_yaxis()
        bare(axes)
        return conclude(figure, look, measured, frame, _nothing_and_much(wide, look.words), made_up,
                        more=span(measured, look.words), told=False)  # fmt: skip


def _inside(axes: Axes, left: np.ndarray, share: np.ndarray, look: Look, beside: bool) -> None:
    """The share in its bar where there is room; `beside`: else before it, for those with no help, who matter most when few."""
    room = 0.05
    for row, (start, part) in enumerate(zip(left.tolist(), share.tolist(), strict=True)):
        if not np.isfinite(part):
            continue
        if part >= room:
            axes.text(start + part / 2, row, percent(part, look.language), ha="center", va="center", size=7.5, color=INK,
                      bbox={"boxstyle": "round,pad=0.15", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.85})  # fmt: skip
        elif beside:
            axes.text(-0.006, row, percent(part, look.language), ha="right", va="center", size=7.5, color=ALARM)
        elif part >= 0.038:
            axes.text(
                start + part / 2, row, percent(part, look.language), ha="center", va="center", size=6.5, color=INK
            )


def _nothing_and_much(wide: pd.DataFrame, words: Words) -> str:
    last = wide.iloc[-1]
    return words.say("kinds_bar.last", year=period_name(wide.index[-1], words.language),
                     none=percent(float(last.iloc[0]), words.language), much=percent(float(last.iloc[-1]), words.language),
                     name=words.inside(words.code("kinds", wide.columns[-1])))  # fmt: skip


def eligible_and_receiving(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Of those eligible for each kind: who receives it, who is missed; beside them who receives without being eligible."""
    with theme(language) as look:
        frame = latest(drawable(measured))
        kind = _kind(measured)
        wide = crossed(frame, kind, "outcome", "numerator")
        wide = wide.reindex(in_order("aid_kind", wide.index))
        figure = page.blank(look, 46 + 9.5 * len(wide))
        rows = np.arange(len(wide))
        covered, missed, beside = (
            wide[name].to_numpy(dtype=float, copy=True) if name in wide else np.zeros(len(wide)) for name in OUTCOMES
        )
        masked = crossed(frame.assign(hidden=hidden(frame)), kind, "outcome", "hidden").reindex(wide.index)
        covers = (
            masked.get("not_eligible", pd.Series(False, index=wide.index)).fillna(False).to_numpy(dtype=bool, copy=True)
        )
        # a guarantee met where nobody needs it (no child of school age) is a finding, not help gone astray
        beside[wide.index.isin(GUARANTEES)] = np.nan
        covers &= ~wide.index.isin(GUARANTEES)
        reach = float(np.nanmax(np.nan_to_num(covered) + np.nan_to_num(missed)))
        # the same length is the same number on both sides, so that the sides are as wide as their bars and words need
        widths = (
            reach * (1.75 if look.language == "zh" else 2.0),
            max(float(np.nanmax(np.nan_to_num(beside))) * 1.3, reach * 0.45),
        )
        eligible, others = figure.subplots(1, 2, sharey=True, width_ratios=widths)
        eligible.barh(rows, covered, 0.6, color=MAIN)
        eligible.barh(
            rows, np.where(missed > 0, missed, np.nan), 0.6, left=np.nan_to_num(covered), color=PAPER, edgecolor=ALARM,
            hatch="////", linewidth=0.8,
        )  # fmt: skip
        others.barh(rows, beside, 0.6, color=CONTRAST, hatch="....", edgecolor=PAPER, linewidth=0)
        eligible.set_xlim(0, widths[0])
        others.set_xlim(0, widths[1])
        _outcome_numbers((eligible, others), rows, covered, missed, look)
        for row, (other, cover) in enumerate(zip(beside, covers, strict=True)):
            text = look.words.say("page.hidden_mark") if cover else number(other, look.language)
            others.annotate(
                text, (np.nan_to_num(other), row), xytext=(4, 0), textcoords="offset points", size=7.5, va="center"
            )
        eligible.set_yticks(
            rows, [wrapped(look.words.kind(name), 9 if look.language == "zh" else 20) for name in wide.index], size=8
        )
        for axes in (eligible, others):
            axes.set_xticks([])
            bare(axes)
        eligible.set_ylim(len(wide) - 0.5, -0.95)
        return conclude(figure, look, measured, frame, _missed(wide, look.words), made_up,
                        unit="household", notes=(look.words.say("eligibility.note"),), told=False)  # fmt: skip


OUTCOMES = ("covered", "missed", "not_eligible")
"""Codes of the vocabulary `outcome`: eligible and receiving, eligible and not receiving, receiving and not eligible."""


def _outcome_numbers(
    sides: tuple[Axes, Axes], rows: np.ndarray, covered: np.ndarray, missed: np.ndarray, look: Look
) -> None:
    for row, yes, no in zip(rows, covered, missed, strict=True):
        text = look.words.say("eligibility.row", covered=_or_mark(yes, look), missed=_or_mark(no, look),
                              share=percent(yes / (yes + no), look.language) if yes + no else "—")  # fmt: skip
        end = float(np.nansum([yes, no]))
        sides[0].annotate(text, (end, row), xytext=(4, 0), textcoords="offset points", size=7.5, va="center")
    for axes, name, colour in zip(
        sides, ("eligibility.eligible", "eligibility.beside"), (DEEP, "#8a5200"), strict=True
    ):
        axes.text(0, -0.55, look.words.say(name), size=7.5, va="bottom", color=colour)


def _or_mark(value: float, look: Look) -> str:
    return number(value, look.language) if np.isfinite(value) else look.words.say("page.hidden_mark")


def _missed(wide: pd.DataFrame, words: Words) -> str:
    told = wide.dropna(subset=[name for name in ("covered", "missed") if name in wide])
    missed = told["missed"] if "missed" in told else pd.Series(0.0, index=told.index)
    if told.empty:
        return words.say("eligibility.plain")
    worst = missed.idxmax()
    share = missed[worst] / (missed[worst] + told["covered"][worst])
    if missed[worst] == 0:
        return words.say("eligibility.all")
    return words.say("eligibility.worst", kind=words.kind(worst), missed=with_unit(missed[worst], "household", words.language),
                     share=percent(share, words.language))  # fmt: skip


def safeguards_met(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """The guarantees over the years, each a line to its own label; the axis starts where the lowest interval does."""
    with theme(language) as look:
        frame = drawable(measured)
        years = periods(frame)
        codes = in_order("guarantee", parts(frame, "guarantee_code")["guarantee_code"])
        figure = page.blank(look, 88)
        axes = figure.subplots()
        lowest = float(np.nanmin(frame[["value", "low"]].to_numpy()))
        axes.set_ylim(np.floor(lowest * 20) / 20 if lowest > 0.4 else 0, 1.004)
        labels = []
        for place, code in enumerate(codes):
            mine = frame[frame["guarantee_code"] == code].set_index("period").reindex(years)
            colour = (DEEP, "#b25f00", ALARM, PALETTE[3], PALETTE[5])[place % 5]
            shift = (place - (len(codes) - 1) / 2) * 0.05
            at = np.arange(len(years)) + shift
            intervals(axes, at, mine["low"].to_numpy(), mine["high"].to_numpy(), colour)
            axes.plot(
                at, mine["value"], color=colour, marker=MARKERS[place % 6], linestyle=LINES[place % 6], clip_on=False
            )
            cover = mine["hidden"].eq(True) if "hidden" in mine else hidden(mine)
            _hidden_between(axes, at, mine["value"], cover, colour, look)
            last = float(mine["value"].iloc[-1])
            labels.append(
                Label(last, f"{look.words.group('guarantee_code', code)} {percent(last, look.language)}", colour)
            )
        axes.set_xticks(range(len(years)), [f"{year}年" if look.language == "zh" else year for year in years])
        axes.set_xlim(-0.3, len(years) - 0.8)
        axes.yaxis.set_major_formatter(lambda value, _: percent(value, look.language, 0))
        across_grid(axes)
        end_labels(axes, len(years) - 0.88, [label for label in labels if np.isfinite(label.at)], share=0.55)
        return conclude(figure, look, measured, frame, _weakest(frame, years, look.words), made_up)


def _hidden_between(axes: Axes, at: np.ndarray, values: pd.Series, cover: pd.Series, colour: str, look: Look) -> None:
    """A star where a year is not shown, as high as its neighbours' line would run."""
    told = values.notna().to_numpy()
    for place in np.flatnonzero(cover.to_numpy() & ~told):
        if told.any():
            height = float(np.interp(at[place], at[told], values[told].astype("float64")))
            axes.annotate(look.words.say("page.hidden_mark"), (at[place], height), ha="center", va="center", size=11,
                          color=colour, path_effects=HALO, zorder=5)  # fmt: skip


def _weakest(frame: pd.DataFrame, years: list[str], words: Words) -> str:
    last = frame[(frame["period"] == years[-1]) & frame["value"].notna()].sort_values(
        ["value", "guarantee_code"], kind="stable"
    )
    worst = last.iloc[0]
    if worst["value"] >= 1:
        return words.say("safeguards.all", year=period_name(years[-1], words.language))
    lacking = worst["denominator"] - worst["numerator"]
    return words.say("safeguards.weakest", year=period_name(years[-1], words.language), name=words.group("guarantee_code", worst["guarantee_code"]),
                     share=percent(worst["value"], words.language), lacking=number(lacking, words.language))  # fmt: skip
