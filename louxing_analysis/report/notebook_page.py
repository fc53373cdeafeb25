"""An executed notebook as one HTML page for people inside the office: no script, no request, alt texts, a stamp."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from louxing_analysis.private import private_file, private_folder
from louxing_analysis.report.html import font_for
from louxing_analysis.safe_text import whole

_TAGS = re.compile(r"<[^>]+>")


def write_notebook(name: str, cells: Sequence[Any], folder: Path, stamp: str) -> Path:
    """Write the cells of an executed notebook as `<name>.html` into `folder`, for its owner only; the bytes depend on the cells alone."""
    private_folder(folder)
    environment = Environment(
        loader=PackageLoader("louxing_analysis.report"), autoescape=select_autoescape(["j2", "html"])
    )
    blocks = list(_blocks(cells))
    title = next(
        (_TAGS.sub("", block["html"]).strip().splitlines()[0] for block in blocks if block["kind"] == "prose"), name
    )
    text = stamp + "代码 / code" + "".join(_TAGS.sub(" ", block["html"]) for block in blocks)
    page = environment.get_template("notebook.html.j2").render(
        title=title, name=name, blocks=blocks, stamp=stamp, font=font_for(html.unescape(text))
    )
    target = private_file(folder / f"{name}.html")
    target.write_text(whole(page), encoding="utf-8")
    return target


def _blocks(cells: Sequence[Any]) -> Iterable[dict[str, str]]:
    """Prose, code and outputs in order; each figure takes its alternative text from its output, else from the prose above."""
    import mistune

    prose = ""
    for cell in cells:
        if cell.cell_type == "markdown":
            rendered = str(mistune.html(cell.source))
            prose = _TAGS.sub("", rendered).strip().split("\n")[0]
            yield {"kind": "prose", "html": rendered}
            continue
        yield {"kind": "code", "html": f"<pre><code>{html.escape(cell.source)}</code></pre>"}
        for output in cell.get("outputs", []):
            rendered = _output(output, prose)
            if rendered:
                yield {"kind": "output", "html": rendered}


def _output(output: Any, prose: str) -> str:
    if output.output_type == "stream":
        return f"<pre>{html.escape(output.text)}</pre>"
    if output.output_type == "error":
        return f'<p class="cannot">不能得出 / cannot be told: {html.escape(output.evalue)}</p>'
    data = output.get("data", {})
    if "text/html" in data:
        return f'<div class="wide" tabindex="0">{data["text/html"]}</div>'
    if "image/svg+xml" in data:
        return f'<figure role="img" aria-label="{html.escape(_said(data, prose))}">{data["image/svg+xml"]}</figure>'
    if "image/png" in data:
        return f'<img alt="{html.escape(_said(data, prose))}" src="data:image/png;base64,{data["image/png"].strip()}">'
    if "text/markdown" in data:
        import mistune

        return str(mistune.html(data["text/markdown"]))
    return f"<pre>{html.escape(data['text/plain'])}</pre>" if "text/plain" in data else ""


def _said(data: Any, prose: str) -> str:
    """The text of a picture for who cannot see it: its own, else the prose above."""
    own = " ".join(str(data.get("text/plain", "")).split())
    return prose if not own or own.startswith("<") else own
