"""A table drawn as a heat map: numbers in the cells, colour only as a help."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes

from louxing_analysis.charts.marks import bare, wrapped
from louxing_analysis.charts.numbers import percent
from louxing_analysis.charts.theme import FAINT, ORDERED, PAPER, QUIET, Look, text_on


def heat(
    axes: Axes, wide: pd.DataFrame, look: Look, rows: list[str], columns: list[str], *,
    masked: pd.DataFrame | None = None, top: float = 1.0, digits: int = 0, most: int | None = None,
) -> None:  # fmt: skip
    """Draw shares as cells, the first row at the top; `masked` marks hidden cells, which are hatched, not white."""
    ramp = colormaps[ORDERED]  # dark is more, as readers of maps expect
    for row, line in enumerate(wide.to_numpy(dtype=float)):
        for column, value in enumerate(line):
            covered = masked is not None and bool(masked.iloc[row, column])
            colour = ramp(0.04 + 0.56 * min(max(value / top, 0.0), 1.0)) if np.isfinite(value) else PAPER
            axes.bar(column, 1, 1, bottom=row - 0.5, facecolor=colour, edgecolor=FAINT if covered else PAPER, linewidth=1,
                     hatch="////" if covered else "")  # fmt: skip
            if np.isfinite(value):
                axes.text(
                    column,
                    row,
                    percent(value, look.language, digits),
                    ha="center",
                    va="center",
                    size=7,
                    color=text_on(colour),
                )
            elif not covered:
                axes.text(column, row, "—", ha="center", va="center", size=7, color=QUIET)
    size = most or (4 if look.language == "zh" else 9)
    axes.set_xticks(range(wide.shape[1]), [wrapped(name, size) for name in columns])
    axes.set_yticks(range(wide.shape[0]), rows)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.5, wide.shape[1] - 0.5)
    axes.set_ylim(wide.shape[0] - 0.5, -0.5)
    bare(axes)
