"""A report as one HTML file: accessible, readable on a telephone, printable, with its own font, asking nobody for anything."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from louxing_analysis.charts import fonts, theme
from louxing_analysis.charts.words import Words
from louxing_analysis.report.model import Model, Paragraph, Picture, Table, check
from louxing_analysis.safe_text import whole

FONT_NAME = "Louxing"
_TAGS = re.compile(r"<svg.*?</svg>|<[^>]+>", re.DOTALL)
_ALWAYS = "0123456789%,.−—·…（）()“”：；、。，*●○▲■◆"


def write_html(model: Model, path: Path | str) -> Path:
    """Write the report; the bytes depend on the model alone. Raises NumberWithoutTable for a sentence without its table."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(whole(to_html(model)), encoding="utf-8", newline="\n")
    return target


def to_html(model: Model) -> str:
    """The page as text."""
    check(model)
    environment = Environment(
        loader=PackageLoader("louxing_analysis.report"), autoescape=select_autoescape(["j2", "html"]), trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    words = Words(model.language)
    tests = {"paragraph": Paragraph, "table": Table, "picture": Picture}
    for name, kind in tests.items():
        environment.tests[name] = lambda block, kind=kind: isinstance(block, kind)
    environment.filters["in_css"] = in_css
    template = environment.get_template("report.html.j2")
    numbers = _numbered(model)
    drawings = {block.name: inline(block) for block in model.blocks() if isinstance(block, Picture)}
    page = template.render(model=model, say=words.say, numbers=numbers, drawings=drawings, font="")
    font = font_for(_TAGS.sub(" ", page) + _ALWAYS)
    return template.render(model=model, say=words.say, numbers=numbers, drawings=drawings, font=font)


def _numbered(model: Model) -> dict[str, int]:
    """Tables and figures counted separately, in the order in which they stand."""
    numbers: dict[str, int] = {}
    for kind in (Table, Picture):
        mine = [block.name for block in model.blocks() if isinstance(block, kind)]
        numbers.update({f"{kind.__name__}:{name}": place for place, name in enumerate(mine, start=1)})
    return numbers


def inline(picture: Picture) -> str:
    """The drawing ready to stand inside a page: no header, no fixed size, its own ids, its alternative text."""
    svg = picture.svg[picture.svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    name = re.sub(r"[^a-z0-9-]", "-", picture.name)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\1{name}-", svg)
    label = _escaped(picture.alternative)
    return svg.replace("<svg", f'<svg role="img" focusable="false" aria-label="{label}"', 1)


def in_css(text: str) -> Markup:
    """A text as the inside of a quoted CSS string: what could end the string or the style is written by its number."""
    return Markup("".join(f"\\{ord(letter):x} " if letter in "\"'\\<>&\n" else letter for letter in text))


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
    )


def font_for(text: str) -> str:
    """The characters of this page out of Noto Sans SC, as a woff in base64; empty where the font is not to be had."""
    path = theme.font_file()
    if path is None:
        return ""
    wanted = sorted({ord(character) for character in text if character.isprintable()})
    if set(wanted) <= set(fonts.common_characters()):
        path = fonts.common_part(path)  # a second faster, and all that most pages need
    from fontTools import subset  # a second of imports that a report without a font need not pay

    options = subset.Options(
        flavor="woff", layout_features=["kern", "palt", "vert"], name_IDs=[0, 1, 2, 13], notdef_outline=True, hinting=False,
        drop_tables=["DSIG", "GPOS", "GSUB"], recalc_timestamp=False,
    )  # fmt: skip
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    memory = io.BytesIO()
    subset.save_font(font, memory, options)
    return base64.b64encode(memory.getvalue()).decode("ascii")
