"""Marks that several charts share: direct labels that keep apart, intervals, wrapped words, grids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import ScalarFormatter

from louxing_analysis.charts.numbers import number
from louxing_analysis.charts.theme import INK, PAPER, QUIET

HALO = (withStroke(linewidth=2.2, foreground=PAPER),)
"""Keeps a number readable where a grid line runs behind it."""


class Label(NamedTuple):
    """A direct label: where it would stand, what it says, its colour."""

    at: float
    text: str
    colour: str = INK


def spread(positions: Sequence[float], gap: float, low: float = -np.inf, high: float = np.inf) -> list[float]:
    """Positions moved as little as possible so that neighbours are at least `gap` apart; order is kept.

    Where they fit they stay between `low` and `high`.
    """
    order = np.argsort(np.asarray(positions, dtype=float), kind="stable")
    blocks: list[tuple[float, int]] = []  # centre of a run of labels, how many
    for at in order:
        centre, many = float(positions[at]), 1
        while blocks and blocks[-1][0] + (blocks[-1][1] + many) / 2 * gap > centre + 1e-12:
            before, others = blocks.pop()
            # the run's wanted centre is the mean of what its labels want, were they already side by side
            centre = (before * others + centre * many) / (others + many)
            many += others
        blocks.append((centre, many))
    placed = np.array([centre + (number - (many - 1) / 2) * gap for centre, many in blocks for number in range(many)])
    steps = np.arange(len(placed)) * gap
    placed = np.maximum(placed, low + steps)
    placed = np.minimum(placed, high - steps[::-1])
    moved = np.empty(len(placed))
    moved[order] = placed
    return [float(position) for position in moved]


def gap_of(axes: Axes, size: float, lines: int = 1, share: float = 0.62) -> float:
    """The height of a label in the data units of the y axis, the axes taking up that share of the figure."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    low, high = axes.get_ylim()
    return abs(high - low) * size * 1.25 * lines / (figure.get_figheight() * 72 * share)


def end_labels(axes: Axes, x: float, labels: Sequence[Label], size: float = 7.5, share: float = 0.62) -> None:
    """Name each line at its right end, moved apart where they would run over one another; y limits must be set."""
    lines = max((label.text.count("\n") + 1 for label in labels), default=1)
    placed = spread([label.at for label in labels], gap_of(axes, size, lines, share), *sorted(axes.get_ylim()))
    for label, y in zip(labels, placed, strict=True):
        axes.annotate(label.text, (x, y), xytext=(9, 0), textcoords="offset points", size=size, color=label.colour,
                      va="center", ha="left", annotation_clip=False)  # fmt: skip


def intervals(axes: Axes, x: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str, across: bool = False) -> None:
    """Thin lines from low to high; nothing where there is no interval."""
    told = np.isfinite(low) & np.isfinite(high)
    draw = axes.hlines if across else axes.vlines
    draw(x[told], low[told], high[told], color=colour, linewidth=1.1, zorder=2, capstyle="butt")


def wrapped(text: str, most: int) -> str:
    """A label broken into lines of about `most` characters: English between words and after hyphens, Chinese evenly."""
    if len(text) <= most:
        return text
    if text.isascii():
        lines = [""]
        for word in re.findall(r"(?:\b\w-)?[^\s-]+-?", text):  # e-commerce stays whole
            joint = "" if not lines[-1] or lines[-1].endswith("-") else " "
            if lines[-1] and len(lines[-1]) + len(joint) + len(word) > most:
                lines.append(word)
            else:
                lines[-1] += joint + word
        return "\n".join(lines)
    size = -(-len(text) // -(-len(text) // most))
    lines = [text[at : at + size] for at in range(0, len(text), size)]
    for at in range(1, len(lines)):
        if lines[at][0] in "，。；：、）":  # such a sign never starts a line
            lines[at - 1], lines[at] = lines[at - 1] + lines[at][0], lines[at][1:]
    return "\n".join(line for line in lines if line)


def across_grid(axes: Axes, language: str = "zh") -> None:
    """Quiet horizontal lines instead of a y axis; its numbers printed as all others, unless a chart sets its own."""
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0)
    if isinstance(axes.yaxis.get_major_formatter(), ScalarFormatter):
        axes.yaxis.set_major_formatter(lambda value, _: number(value, language))


def down_grid(axes: Axes) -> None:
    """Quiet vertical lines for charts that are read from left to right; rows from the top."""
    axes.grid(axis="x")
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.invert_yaxis()


def bare(axes: Axes) -> None:
    """No frame and no ticks: the marks carry their own numbers."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)


def key(axes: Axes, x: float, y: float, text: str, colour: str = QUIET, size: float = 7.0, **options: object) -> None:
    """A small note on the chart, in axes coordinates."""
    axes.text(x, y, text, transform=axes.transAxes, size=size, color=colour, **options)  # type: ignore[arg-type]
