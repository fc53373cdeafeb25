"""Charts of the data themselves: what became of every row, which problems, which columns have gaps."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from louxing_analysis import problems, reference
from louxing_analysis.charts import page
from louxing_analysis.charts.caption import conclude
from louxing_analysis.charts.marks import bare, wrapped
from louxing_analysis.charts.numbers import number, percent, with_unit
from louxing_analysis.charts.shown import Shown, drawable, in_order
from louxing_analysis.charts.theme import ALARM, CONTRAST, DEEP, INK, MAIN, PAPER, PLAIN, Look, theme
from louxing_analysis.charts.words import Words

MOST_BARS = 20
COLUMNS = (36, 62, 98)
"""Where the columns of numbers beside the bars end, in points."""


def rows_by_fate(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Of the data rows of each ledger: kept, quarantined; takes the groups `table` and `fate`, rows."""
    with theme(language) as look:
        frame = drawable(measured)
        wide = frame.pivot_table(index="table", columns="fate", values="numerator", aggfunc="sum", min_count=1)
        wide = wide[in_order("fate", wide)]
        wide = wide.loc[in_order("ledger", wide.index)]
        ledgers = reference.load().ledgers["ledger"].tolist()
        wide = wide.loc[sorted(wide.index, key=lambda name: ledgers.index(name) if name in ledgers else len(ledgers))]
        figure = page.blank(look, 44 + 6 * len(wide))
        axes = figure.subplots()
        _fates(axes, wide, look)
        return conclude(figure, look, measured, frame, _kept(wide, look.words), made_up, unit="row",
                        notes=(look.words.say("rows_by_fate.note"),) if "attendance" in wide.index else (), told=False)  # fmt: skip


def _fates(axes: Axes, wide: pd.DataFrame, look: Look) -> None:
    rows = np.arange(len(wide))
    total = wide.sum(axis=1)
    left = np.zeros(len(wide))
    looks = {"kept": (MAIN, ""), "quarantined": (ALARM, "////"), "set_aside": (CONTRAST, "....")}
    for name in wide:
        share = (wide[name] / total).fillna(0).to_numpy(dtype=float)
        colour, hatch = looks.get(str(name), (PLAIN, ""))
        axes.barh(
            rows,
            share,
            0.66,
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor=PAPER,
            linewidth=0,
            label=look.words.code("fate", name),
        )
        left = left + share
    kept = (wide["kept"] / total if "kept" in wide else total * 0).to_numpy(dtype=float)
    for row, (all_rows, share) in enumerate(zip(total, kept, strict=True)):
        gone = number(round(all_rows * (1 - share)), look.language)
        for x, text in zip(
            COLUMNS, (percent(share, look.language), gone, number(all_rows, look.language)), strict=True
        ):
            _beside(axes, x, row, text, va="center", size=7.5)
    for x, name in zip(COLUMNS, ("quality.kept", "quality.gone", "quality.rows"), strict=True):
        _beside(axes, x, -0.75, wrapped(look.words.say(name), 6), va="bottom", size=7)
    axes.set_yticks(rows, [wrapped(look.words.code("ledger", name), 24) for name in wide.index], size=8)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(wide) - 0.5, -0.7)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda value, _: percent(value, look.language, 0))
    bare(axes)
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.06), ncols=len(wide.columns), handlelength=1.3)


def _beside(axes: Axes, points: float, row: float, text: str, *, va: str, size: float) -> None:
    """A number in a column at the right of the bars, its end so many points from them whatever their width."""
    axes.annotate(text, (1, row), xycoords=axes.get_yaxis_transform(), xytext=(points, 0), textcoords="offset points",
                  ha="right", va=va, size=size, annotation_clip=False)  # fmt: skip


def _kept(wide: pd.DataFrame, words: Words) -> str:
    total = float(wide.sum(axis=None))
    kept = float(wide["kept"].sum()) if "kept" in wide else 0.0
    return words.say("rows_by_fate.title", total=with_unit(total, "row", words.language), share=percent(kept / total, words.language, 2),
                     rest=with_unit(total - kept, "row", words.language))  # fmt: skip


def problems_by_reason(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """How often each reason was given, the most frequent first; takes the group `reason`, loudness by colour and hatch."""
    with theme(language) as look:
        frame = drawable(measured)
        count = frame.groupby("reason")["numerator"].sum().sort_values(ascending=False, kind="stable")
        top = count.head(MOST_BARS)
        figure = page.blank(look, 42 + 5.6 * len(top))
        axes = figure.subplots()
        rows = np.arange(len(top))
        seen: dict[str, BarContainer] = {}
        for row, (reason, value) in enumerate(top.items()):
            severity = problems.REASONS[str(reason)].severity if reason in problems.REASONS else problems.NOTED
            colour, hatch = _LOUDNESS[severity]
            bar = axes.barh(row, value, 0.66, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=0)
            seen.setdefault(severity, bar)
            axes.annotate(
                number(float(value), look.language),
                (float(value), row),
                xytext=(4, 0),
                textcoords="offset points",
                size=7.5,
                va="center",
            )
        axes.set_yticks(rows, [_reason(str(reason), look) for reason in top.index], size=7.5)
        axes.set_ylim(len(top) - 0.4, -0.6)
        axes.set_xticks([])
        axes.set_xlim(0, float(top.max()) * 1.1)
        bare(axes)
        names = [look.words.say(f"severity.{name}") for name in problems.SEVERITIES if name in seen]
        axes.legend(
            [seen[name] for name in problems.SEVERITIES if name in seen], names, loc="lower right", handlelength=1.3
        )
        return conclude(
            figure,
            look,
            measured,
            frame.assign(denominator=np.nan),
            _commonest(count, look),
            made_up,
            unit="item",
            told=False,
        )


_LOUDNESS = {
    problems.STRUCTURAL: (INK, ""), problems.QUARANTINED: (ALARM, "////"), problems.SET_ASIDE: (CONTRAST, "...."),
    problems.NOTED: (PLAIN, ""),
}  # fmt: skip


def _reason(reason: str, look: Look) -> str:
    known = problems.REASONS.get(reason)
    text = reason if known is None else known.zh if look.language == "zh" else known.en
    return wrapped(text, 20 if look.language == "zh" else 34)


def _commonest(count: pd.Series, look: Look) -> str:
    share = float(count.iloc[0] / count.sum())
    return look.words.say("problems_by_reason.title", total=number(float(count.sum()), look.language), kinds=len(count),
                          reason=_reason(str(count.index[0]), look).replace("\n", " " if look.language == "en" else ""),
                          share=percent(share, look.language))  # fmt: skip


def missing_by_column(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """The columns with the largest share of empty cells; takes the groups `table` and `column`."""
    with theme(language) as look:
        frame = drawable(measured)
        sums = frame.groupby(["table", "column"])[["numerator", "denominator"]].sum()
        sums = sums.assign(value=sums["numerator"] / sums["denominator"]).sort_values(
            "value", ascending=False, kind="stable"
        )
        top = sums[sums["value"] > 0].head(MOST_BARS)
        figure = page.blank(look, 40 + 5.4 * len(top))
        axes = figure.subplots()
        rows = np.arange(len(top))
        axes.barh(rows, 1, 0.62, color="#eef0f3")
        axes.barh(rows, top["value"], 0.62, color=DEEP)
        for row, line in enumerate(top.itertuples()):
            text = look.words.say(
                "page.k_of_n", k=number(line.numerator, look.language), n=number(line.denominator, look.language)
            )
            axes.text(
                1.02,
                row,
                f"{percent(line.value, look.language)}  {text}",
                transform=axes.get_yaxis_transform(),
                size=7.2,
                va="center",
            )
        axes.set_yticks(rows, [_column(table, column, look) for table, column in top.index], size=7.5)
        axes.set_xlim(0, 1)
        axes.set_ylim(len(top) - 0.4, -0.6)
        axes.set_xticks([0, 0.5, 1])
        axes.xaxis.set_major_formatter(lambda value, _: percent(value, look.language, 0))
        bare(axes)
        notes = (look.words.say("missing_by_column.source"), look.words.say("missing_by_column.note"))
        return conclude(figure, look, measured, frame.assign(denominator=np.nan), _gaps(sums, look), made_up, notes=notes,
                        told=False)  # fmt: skip


def _column(table: str, column: str, look: Look) -> str:
    separator = "：" if look.language == "zh" else ": "
    return f"{look.words.code('ledger', table)}{separator}{look.words.code(f'column:{table}', column)}"


def _gaps(sums: pd.DataFrame, look: Look) -> str:
    table, column = sums.index[0]
    if sums["value"].iloc[0] == 0:
        return look.words.say("missing_by_column.none", columns=len(sums))
    return look.words.say("missing_by_column.title", columns=len(sums), full=int((sums["value"] == 0).sum()),
                          worst=_column(table, column, look), share=percent(float(sums["value"].iloc[0]), look.language))  # fmt: skip
