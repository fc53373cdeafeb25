"""One chart on the page: the finding above, what is measured under it, the source below; and its bytes."""

from __future__ import annotations

import re
import warnings
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from louxing_analysis.charts import theme
from louxing_analysis.charts.theme import INK, MM, QUIET, STAMP, WIDTH_MM, Look

TITLE_PT, SUBTITLE_PT, FOOTER_PT = 11.5, 8.5, 6.8
_MARGIN_MM = 1.5
_LEADING = 1.32
# what may not be torn apart: words and numbers with their unit, and punctuation from what it belongs to
_TOKEN = re.compile(
    r"[（「“《]*(?:[A-Za-z0-9.,%'’()+\-–−/=<>&;:*]+[年月日元户人个万%]?|.)[，。；：、）！？」”》%]*|\s+"
)


class MissingGlyph(ValueError):
    """A character that the font does not have; the chart would show a box."""


def height(content_mm: float) -> tuple[float, float]:
    """The figure's size in inches for a chart of that height."""
    return WIDTH_MM * MM, content_mm * MM


def blank(look: Look, height_mm: float) -> Figure:
    """An empty figure of the publication width, drawn without pyplot so that nothing global is touched."""
    figure = Figure(figsize=height(height_mm), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def lines_of(figure: Figure, text: str, size: float, width_mm: float | None = None) -> list[str]:
    """The text broken into lines that fit; Chinese anywhere but before its punctuation, English between words."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    font = FontProperties(size=size)
    # two per cent of room, because letters are a little wider or narrower at another resolution
    limit = (width_mm or WIDTH_MM - 2 * _MARGIN_MM) * MM * figure.dpi * 0.98
    lines, line = [], ""
    for paragraph in text.split("\n"):
        for token in _TOKEN.findall(paragraph):
            wide, _, _ = renderer.get_text_width_height_descent((line + token).rstrip(), font, False)
            if line and wide > limit:
                lines.append(line.rstrip())
                line = token.lstrip()
            else:
                line += token
        lines.append(line.rstrip())
        line = ""
    return [line for line in lines if line]


def _block(figure: Figure, lines: list[str], size: float, top_mm: float, colour: str) -> float:
    """Write lines downwards from the top edge; give back where the block ends, in mm from the top."""
    tall = figure.get_figheight() / MM
    for line in lines:
        figure.text(_MARGIN_MM / WIDTH_MM, 1 - top_mm / tall, line, size=size, color=colour, va="top", ha="left")
        top_mm += size * _LEADING / 72 / MM
    return top_mm


def finish(figure: Figure, title: str, subtitle: str, footer: str, stamp: str = "") -> Figure:
    """Set the texts, give the chart the room between them, and hold everything where it now stands."""
    tall = figure.get_figheight() / MM
    top = _block(figure, lines_of(figure, title, TITLE_PT), TITLE_PT, _MARGIN_MM, INK)
    top = _block(figure, lines_of(figure, subtitle, SUBTITLE_PT), SUBTITLE_PT, top + 0.6, QUIET) + 2.5
    foot = lines_of(figure, footer, FOOTER_PT)
    step = FOOTER_PT * _LEADING / 72 / MM
    stamps = lines_of(figure, stamp, FOOTER_PT) if stamp else []
    bottom = _MARGIN_MM + step * (len(foot) + len(stamps))
    _block(figure, foot, FOOTER_PT, _block(figure, stamps, FOOTER_PT, tall - bottom, STAMP), QUIET)
    engine = figure.get_layout_engine()
    side = _MARGIN_MM / WIDTH_MM
    room = (side, (bottom + 2) / tall, 1 - 2 * side, 1 - (top + bottom + 2) / tall)
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=room, w_pad=0.02, h_pad=0.02)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    figure.set_label(title)  # whoever writes about the figure takes its finding from here
    return figure


def _texts(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Every text that is really drawn; tick labels beyond the limits of their axis exist without being drawn."""
    figure.draw_without_rendering()
    never = {id(text) for axes in figure.axes for text in _not_drawn(axes)}
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text) and id(text) not in never]
    return [(text, text.get_window_extent()) for text in texts if text.get_visible() and text.get_text().strip()]


def _not_drawn(axes: Axes) -> list[Text]:
    if not axes.axison or not axes.get_visible():
        return [text for text in axes.findobj(Text) if isinstance(text, Text)]
    found = []
    for axis in (axes.xaxis, axes.yaxis):
        drawn = {id(tick) for tick in axis._update_ticks()}  # type: ignore[union-attr]
        ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        found += [label for tick in ticks if id(tick) not in drawn for label in (tick.label1, tick.label2)]
    return found


def faults(figure: Figure) -> list[str]:
    """Texts that run over one another or over the edge of the page, in words; none on a chart fit to print."""
    texts = _texts(figure)
    page = figure.bbox
    found = [
        f"cut off: {text.get_text()!r}"
        for text, box in texts
        if box.x0 < page.x0 - 0.5 or box.y0 < page.y0 - 0.5 or box.x1 > page.x1 + 0.5 or box.y1 > page.y1 + 0.5
    ]
    for (one, first), (two, second) in combinations(texts, 2):
        shared = Bbox.intersection(first, second)
        if shared is not None and shared.width > 1.5 and shared.height > 2.5:
            found.append(f"overlap: {one.get_text()!r} and {two.get_text()!r}")
    return found


def save(figure: Figure, path: Path | str) -> Path:
    """Write the figure as SVG, PDF or PNG, the same bytes for the same figure.

    Raises MissingGlyph where the font lacks a character (matplotlib itself only warns and draws a box).
    """
    target = Path(path)
    kind = target.suffix.lstrip(".")
    nothing = {
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
        "png": {"Software": None},
    }
    if kind not in nothing:
        raise ValueError(f"{target.name}: 只写 svg、pdf、png / only svg, pdf and png are written")
    with mpl.rc_context(theme.settings(theme.chinese_family() or "DejaVu Sans")), warnings.catch_warnings():
        warnings.filterwarnings("error", message=r"Glyph \d+ .*missing from", category=UserWarning)
        try:
            figure.savefig(target, format=kind, metadata=nothing[kind])
        except UserWarning as gone:
            target.unlink(missing_ok=True)
            raise MissingGlyph(f"{target.name}: 字体缺字 / the font lacks a character: {gone}") from gone
    return target
