"""The look of every chart: one font, one width, colours and marks that survive red-blind eyes and a photocopier."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager

from louxing_analysis.charts.fonts import COMMON, common_part
from louxing_analysis.charts.words import Words

WIDTH_MM = 156.0  # the text width of a GB/T 9704 page
MM = 1 / 25.4

# petroff6 stays apart in all three simulations of colour blindness (measured ΔE ≥ 25); tab10 does not.
PALETTE = ("#5790fc", "#f89c20", "#e42536", "#964a8b", "#9c9ca1", "#7a21dd")
MARKERS = ("o", "s", "^", "D", "v", "P")
LINES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)), (0, (3, 1)), (0, (8, 2)))
HATCHES = ("", "////", "....", "\\\\\\\\", "xxxx", "||||")
ORDERED = "Blues"  # one hue: its lightness alone carries the order, for every eye and on a photocopy

INK, QUIET, FAINT, PAPER = "#1f2328", "#5d646c", "#d5d9de", "#ffffff"
MAIN, CONTRAST, ALARM, PLAIN = PALETTE[0], PALETTE[1], PALETTE[2], "#b9bec5"
STAMP = "#b3121d"
DEEP = "#1c4fb8"  # text in the main colour: contrast 7.0 on white

_FALLBACKS = (
    "Microsoft YaHei", "SimHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Source Han Sans SC",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip


class NoChineseFont(UserWarning):
    """Said once, when no font with Chinese characters can be found and labels turn English."""


@dataclass(frozen=True)
class Look:
    """What a chart needs to know of the theme it is drawn in."""

    language: str
    words: Words
    family: str


def font_file() -> Path | None:
    """Noto Sans SC out of the zhplot wheel, which is found and never imported (importing it changes rcParams)."""
    found = importlib.util.find_spec("zhplot")
    folders = list(found.submodule_search_locations or []) if found else []
    for folder in folders:
        for path in sorted((Path(folder) / "fonts").glob("NotoSansSC*.ttf")):
            return path
    return None


@cache
def chinese_family() -> str | None:
    """The family name of a font with Chinese characters, registered with matplotlib; None where there is none."""
    path = font_file()
    if path is not None:
        for each in (path, common_part(path)):
            font_manager.fontManager.addfont(str(each))
        return str(font_manager.FontProperties(fname=str(path)).get_name())
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in _FALLBACKS if name in installed), None)


@cache
def _note_once() -> None:
    warnings.warn(
        "没有找到中文字体，图中文字改用英文 / no font with Chinese characters was found; charts are labelled in English: "
        "pip install zhplot==1.0.0",
        NoChineseFont,
        stacklevel=4,
    )


def families(family: str) -> list[str]:
    """The font's common part before the whole of it: a rare village character is still found, at the price of the rest."""
    return [COMMON, family] if font_file() is not None else [family]


def settings(family: str) -> Any:
    """The rcParams of the theme; lengths in points."""
    return {
        "font.family": families(family), "font.size": 8.0, "axes.unicode_minus": True, "text.color": INK,
        "figure.facecolor": PAPER, "savefig.facecolor": PAPER, "figure.dpi": 150, "savefig.dpi": 300,
        "axes.facecolor": PAPER, "axes.edgecolor": QUIET, "axes.linewidth": 0.6, "axes.labelcolor": INK,
        "axes.labelsize": 8.0, "axes.titlesize": 8.5, "axes.titlelocation": "left", "axes.axisbelow": True,
        "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
        "axes.prop_cycle": cycler(color=list(PALETTE)),
        "axes.grid": False, "grid.color": FAINT, "grid.linewidth": 0.5,
        "xtick.color": QUIET, "ytick.color": QUIET, "xtick.labelcolor": INK, "ytick.labelcolor": INK,
        "xtick.labelsize": 7.5, "ytick.labelsize": 7.5, "xtick.major.size": 2.5, "ytick.major.size": 0,
        "xtick.major.width": 0.6, "lines.linewidth": 1.8, "lines.markersize": 4.5, "hatch.linewidth": 0.5,
        "patch.linewidth": 0.6, "legend.frameon": False, "legend.fontsize": 7.5,
        # text as shapes shows anywhere; TrueType in PDF keeps the text searchable and the file small
        "svg.fonttype": "path", "svg.hashsalt": "louxing", "pdf.fonttype": 42, "pdf.compression": 6,
        "path.simplify": False, "text.hinting": "no_hinting",
    }  # fmt: skip


@contextmanager
def theme(language: str = "zh") -> Iterator[Look]:
    """Draw inside this; nothing outside it changes. Without a Chinese font the look says `en` whatever was asked."""
    family = chinese_family()
    if family is None and language == "zh":
        _note_once()
    drawn = language if family is not None else "en"
    with mpl.rc_context(settings(family or "DejaVu Sans")):
        yield Look(language=drawn, words=Words(drawn), family=family or "DejaVu Sans")


def text_on(colour: tuple[float, float, float, float] | str) -> str:
    """Black or white, whichever reads better on that colour (relative luminance, WCAG 2)."""
    red, green, blue, _ = mpl.colors.to_rgba(colour)
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else PAPER
