"""The only way out: protect, draw, caption, write; one exhibit is seven files of one name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from louxing_analysis import paths
from louxing_analysis.charts import page
from louxing_analysis.charts.caption import span, subtitle
from louxing_analysis.charts.shown import Shown, drawable, place_column
from louxing_analysis.charts.words import Words
from louxing_analysis.report import alternative, permission
from louxing_analysis.report.disclosure import SENSITIVE, protect, smallest
from louxing_analysis.safe_text import csv_cell, whole

Draw = Callable[..., Figure]

KINDS = ("svg", "pdf", "png")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


class BadName(ValueError):
    """A name that cannot be the name of files on every system."""


@dataclass(frozen=True)
class Exhibit:
    """A published chart: the protected numbers, the figure, its words, and where they were written."""

    name: str
    language: str
    made_up: bool
    measured: Shown
    figure: Figure
    title: str
    subject: str
    caption: str
    short: str
    alternative: str
    files: Mapping[str, Path]

    def svg(self) -> str:
        """The drawing as text, as it was written."""
        return self.files["svg"].read_text(encoding="utf-8")

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        """How a notebook shows it: the picture, and its alternative text for who cannot see it."""
        return {"image/png": self.files["png"].read_bytes(), "text/plain": f"{self.alternative}"}


def exhibit(
    name: str, measured: Shown, draw: Draw, *, language: str = "zh", reports: Path | str | None = None, made_up: bool | None = None,
    options: Mapping[str, Any] | None = None, totals: Sequence[Shown] = (), footnotes: Sequence[str] | None = None, threshold: int | None = None,
) -> Exhibit:  # fmt: skip
    """Publish one indicator as reports/exhibits/<name>.{svg,pdf,png,csv,txt,json}; the bytes depend on the numbers alone.

    Small counts of sensitive indicators are hidden first; what is drawn and written has never seen them. `options` are
    the choices the indicator was measured with (kept in the json, so that a number can be followed back); `totals` are
    coarser tables of the same indicator that are published too; `footnotes` say what the data lack. Where
    `made_up` is not told, the last run tells it, and the footnotes, and whether anything may be published at all.
    Raises BadName, PublishingRefused, and what drawing raises: NothingToDraw, MissingGlyph.
    """
    if not _NAME.fullmatch(name):
        raise BadName(f"{name!r}: 只用小写字母、数字、- 和 _ / lower-case letters, digits, - and _ only")
    if made_up is None:
        made_up = bool(permission.require()["is_sample"])
        footnotes = permission.footnotes(language) if footnotes is None else footnotes
    footnotes = footnotes or ()
    least = threshold if threshold is not None else smallest(_last_day(measured))
    shown = protect(measured, least, totals)
    figure = draw(shown, language=language, made_up=made_up)
    words = Words(language)
    text = caption(shown, words, made_up=made_up, footnotes=footnotes)
    folder = (Path(reports) if reports is not None else paths.default().reports) / "exhibits"
    folder.mkdir(parents=True, exist_ok=True)
    files = {kind: folder / f"{name}.{kind}" for kind in (*KINDS, "csv", "txt", "json")}
    for kind in KINDS:
        page.save(figure, files[kind])
    title = str(figure.get_label())
    told = alternative.of(shown, title, words)
    _write_csv(shown, files["csv"], words.say("page.made_up") if made_up else "")
    files["txt"].write_text(whole(f"{told}\n\n{text}\n"), encoding="utf-8", newline="\n")
    short = caption(shown, words, made_up=made_up, footnotes=footnotes, short=True)
    subject = _subject(shown, words)
    done = Exhibit(name, language, made_up, shown, figure, title, subject, text, short, told, files)
    _write_index(done, options or {}, least)
    return done


def _subject(shown: Shown, words: Words) -> str:
    """What is shown, and by what: two pictures of one indicator must not have one name."""
    name = words.of_card(shown.card, "name")
    periods = shown.frame["period"].astype("str")
    if len(periods) and periods.str.fullmatch(r"\d{4}-\d{2}").all():
        return words.say("subject.month", name=name)
    place = place_column(shown)
    return words.say("subject.place", name=name, place=words.say(f"subject.{place}")) if place else name


def _last_day(measured: Shown) -> str:
    """The end of the last period, the day whose rules hold; today's rule where the periods tell no year."""
    years = [
        match.group()
        for match in (re.search(r"(19|20)\d\d$|^(19|20)\d\d", str(p)) for p in measured.frame["period"])
        if match
    ]
    return f"{max(years)}-12-31" if years else "9999-12-31"


def caption(shown: Shown, words: Words, *, made_up: bool, footnotes: Sequence[str] = (), short: bool = False) -> str:
    """What, of whom, by which definition, how uncertain, what is missing, from which workbooks, for which time.

    The short one leaves to the report's table of methods what holds for the indicator wherever it stands.
    """
    frame = drawable(shown)
    books = workbooks(shown)
    hidden = int(frame["hidden"].sum()) if "hidden" in frame else 0
    missing = int(frame["missing"].fillna(0).sum())
    parts = [
        words.say("page.made_up") if made_up else "",
        *([] if short else _definitions(shown, words, bool(frame["low"].notna().any()))),
        words.say("page.missing", count=missing) if missing else "",
        words.say("caption.hidden", count=hidden) if hidden else "",
        *[
            words.say("caption.note", count=note.rows, text=getattr(note, words.language))
            for note in getattr(shown, "notes", ())
        ],
        words.say("caption.workbooks", count=len(books)) if books else "",
        words.say("page.as_of", period=span(frame, words)) if span(frame, words) else "",
        *footnotes,
    ]
    stop = words.say("page.gap")
    return stop.join(part.rstrip("。. ") for part in parts if part) + stop.strip()


def _definitions(shown: Shown, words: Words, has_interval: bool) -> list[str]:
    fields = ("definition", "denominator", *(["interval"] if has_interval else []), "missing_rule")
    told = [words.say(f"caption.{field}", text=words.of_card(shown.card, field)) for field in fields]
    return [subtitle(shown, words), *told]


def workbooks(shown: Shown) -> list[str]:
    """The workbooks behind an indicator, by name; masked by cleaning where a name would tell a person."""
    found: set[str] = set()
    sources = getattr(shown, "sources", ())
    tables = {source.table: source.rows for source in sources}
    if len(sources) > len(tables) * 3:  # an indicator with a source per column: whole tables say the same in a moment
        return sorted(
            {book for rows in tables.values() if "workbook" in rows for book in rows["workbook"].dropna().unique()}
        )
    for source in sources:
        if "workbook" in source.rows:
            found.update(source.rows["workbook"].take(source.positions).dropna().unique())
    return sorted(found)


def _write_csv(shown: Shown, path: Path, stamp: str) -> None:
    """The shown numbers; hidden ones are empty and marked. No text in it is run as a formula by a spreadsheet."""
    frame = shown.frame.copy()
    for name in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[name]):
            frame[name] = [csv_cell(cell) for cell in frame[name]]
    frame.columns = [csv_cell(name) for name in frame.columns]
    if stamp:
        frame = frame.assign(made_up=stamp)
    path.write_text(frame.to_csv(index=False, lineterminator="\n"), encoding="utf-8-sig", newline="")


def _write_index(done: Exhibit, options: Mapping[str, Any], threshold: int) -> None:
    card = done.measured.card
    index = {
        "exhibit": done.name, "indicator": card.name, "module": getattr(card, "module", ""), "options": dict(options),
        "groups": list(done.measured.groups), "language": done.language, "made_up": done.made_up,
        "disclosure": getattr(card, "disclosure", SENSITIVE), "smallest_publishable_count": threshold,
        "title": done.title, "caption": done.caption, "tables": list(getattr(card, "tables", ())),
        "workbooks": workbooks(done.measured), "files": sorted(path.name for path in done.files.values()),
    }  # fmt: skip
    text = json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True, default=list)
    done.files["json"].write_text(whole(f"{text}\n"), encoding="utf-8", newline="\n")
