"""Charts of project money: what was allocated, disbursed and done, by type of project."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from louxing_analysis.charts import page
from louxing_analysis.charts.caption import conclude
from louxing_analysis.charts.marks import down_grid, wrapped
from louxing_analysis.charts.numbers import money, percent, period_name
from louxing_analysis.charts.shown import Shown, drawable, parts, periods
from louxing_analysis.charts.theme import INK, MAIN, Look, theme
from louxing_analysis.charts.words import Words

STAGES = ("allocated", "disbursed", "finished")
MOST_TYPES = 14
UNSTATED = "unstated"
"""Projects whose type nobody wrote: their money is spent as well."""


def project_money(measured: Shown, language: str = "zh", made_up: bool = False) -> Figure:
    """Allocated money of each type of project, with what was disbursed inside it and what was finished as a mark.

    Takes the groups `project_type_code` and `stage`; numerator yuan; all periods are added up.
    """
    with theme(language) as look:
        frame = parts(drawable(measured), "project_type_code")
        frame = frame.assign(
            project_type_code=frame["project_type_code"]
            .astype(object)
            .where(frame["project_type_code"].notna(), UNSTATED)
        )
        money_of = "numerator" if frame["unit"].iloc[0] == "share" else "value"
        wide = frame.pivot_table(
            index="project_type_code", columns="stage", values=money_of, aggfunc="sum", min_count=1
        )
        wide = wide.reindex(columns=STAGES).sort_values("allocated", ascending=False, kind="stable").head(MOST_TYPES)
        figure = page.blank(look, 40 + 7 * len(wide))
        axes = figure.subplots()
        _bullets(axes, wide, look)
        return conclude(figure, look, measured, frame.assign(denominator=np.nan), _largest(wide, frame, look.words), made_up,
                        unit=look.words.say("money.unit"), told=False)  # fmt: skip


def _bullets(axes: Axes, wide: pd.DataFrame, look: Look) -> None:
    rows = np.arange(len(wide))
    axes.barh(rows, wide["allocated"], 0.7, color="#dfe3e8")
    axes.barh(rows, wide["disbursed"], 0.4, color=MAIN)
    axes.plot(wide["finished"], rows, "|", color=INK, markersize=13, markeredgewidth=2)
    for row, (allocated, disbursed) in enumerate(zip(wide["allocated"], wide["disbursed"], strict=True)):
        share = percent(disbursed / allocated, look.language) if allocated else "—"
        reach = np.nanmax([allocated, disbursed, wide["finished"].iloc[row]])
        axes.annotate(look.words.say("money.row", amount=money(allocated, look.language), share=share), (reach, row), xytext=(6, 0),
                      textcoords="offset points", size=7.5, va="center")  # fmt: skip
    names = [wrapped(_type(str(name), look.words), 9 if look.language == "zh" else 22) for name in wide.index]
    axes.set_yticks(rows, names, size=8)
    axes.set_xlim(0, float(wide.max(axis=None)) * 1.02)
    axes.set_ylim(-0.6, len(wide) - 0.4)
    down_grid(axes)
    axes.grid(visible=False)  # every bar has its number; lines would run through the words
    axes.set_xticks([])
    _legend(axes, look)


def _type(code: str, words: Words) -> str:
    return words.say("report.not_stated") if code == UNSTATED else words.code("project_type", code)


def _legend(axes: Axes, look: Look) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    keys = [
        Patch(facecolor="#dfe3e8"),
        Patch(facecolor=MAIN),
        Line2D([], [], color=INK, marker="|", linestyle="", markersize=10, markeredgewidth=2),
    ]
    names = [look.words.code("money_stage", stage) for stage in STAGES]
    axes.legend(keys, names, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, handlelength=1.3, borderaxespad=0.2)


def _largest(wide: pd.DataFrame, frame: pd.DataFrame, words: Words) -> str:
    total = wide["allocated"].sum()
    paid = wide["disbursed"].sum()
    years = periods(frame)
    return words.say("money.title", total=money(total, words.language), type=words.inside(_type(str(wide.index[0]), words)),
                     share=percent(wide["allocated"].iloc[0] / total, words.language), paid=percent(paid / total, words.language),
                     years=period_name(years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}", words.language))  # fmt: skip
