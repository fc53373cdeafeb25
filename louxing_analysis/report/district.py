"""The report of a district, a township or a village: measured, protected, drawn, tabled and told in one pass."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from louxing_analysis import store
from louxing_analysis.charts.numbers import number, period_name
from louxing_analysis.charts.shown import NothingToDraw, Shown, latest
from louxing_analysis.charts.words import Words
from louxing_analysis.indicators import registry
from louxing_analysis.report import sentences
from louxing_analysis.report.cases import Case, cases
from louxing_analysis.report.disclosure import CannotProtect, protect, smallest
from louxing_analysis.report.exhibit import exhibit
from louxing_analysis.report.html import write_html
from louxing_analysis.report.model import Block, Model, Paragraph, Picture, Section, Sentence, Table, check
from louxing_analysis.report.plan import ITEMS, OVERVIEW, PLACE, SECTIONS, Item
from louxing_analysis.report.tables import cross_table, long_table

Read = Callable[[str], pd.DataFrame]


@dataclass
class _Making:
    """What is known while a report is made; measured results are kept, because sections share them."""

    read: Read
    words: Words
    made_up: bool
    reports: Path | None
    footnotes: tuple[str, ...]
    place: str
    kept: dict[str, Shown] = field(default_factory=dict)
    absent: list[tuple[str, str]] = field(default_factory=list)
    used: list[str] = field(default_factory=list)

    def named(self, choices: Mapping[str, Any]) -> dict[str, Any]:
        """The choices of an item; `<place>` in them is the place of this report."""
        by = [self.place if name == PLACE else name for name in choices.get("by", ())]
        return {**choices, "by": by} if by else {name: value for name, value in choices.items() if name != "by"}

    def measure(self, indicator: str, choices: Mapping[str, Any]) -> Shown:
        """An indicator with its choices, measured once."""
        named = self.named(choices)
        key = f"{indicator} {sorted(named.items())}"
        if key not in self.kept:
            self.kept[key] = registry.measure(indicator, self.read, **named)
        if indicator not in self.used:
            self.used.append(indicator)
        return self.kept[key]


def of_place(read: Read, township: str | None = None, village: str | None = None) -> Read:
    """The same tables with the rows of one township or village only; tables without places are whole."""

    def narrowed(table: str) -> pd.DataFrame:
        frame = read(table)
        for column, wanted in (("township", township), ("village", village)):
            if wanted and column in frame:
                frame = frame[(frame[column] == wanted).to_numpy(dtype=bool, na_value=False)].reset_index(drop=True)
        return frame

    return narrowed


def district_report(
    read: Read | None = None, language: str = "zh", made_up: bool = False, footnotes: Sequence[str] = (), *,
    reports: Path | str | None = None, township: str | None = None, village: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> Model:  # fmt: skip
    """Measure and publish every item of the plan and give back the report; its exhibits are written on the way.

    `footnotes` say what the data lack and stand on every page. With `township` or `village` only its rows count.
    An indicator whose table no run has written, or that has no value, is named in the last section, never left out
    quietly. Raises what exhibits raise.
    """
    narrowed = of_place(read or store.read, township, village)
    words = Words(language)
    place = "village" if township or village else "township"
    making = _Making(narrowed, words, made_up, Path(reports) if reports else None, tuple(footnotes), place)
    blocks: dict[str, list[Block]] = {section: [] for section in SECTIONS}
    blocks["basics"] += _overview(making)
    for item in ITEMS:
        if progress is not None:
            progress(item.name)
        blocks[item.section] += _attempt(making, item)
    for case in cases():
        if progress is not None:
            progress(case.name)
        blocks[case.section] += _case(making, case, whole=not (township or village))
    blocks["methods"] += _methods(making)
    sections = tuple(Section(words.say(f"section.{name}"), tuple(blocks[name])) for name in SECTIONS if blocks[name])
    where = words.place(village or township) if village or township else words.say("report.district")
    return check(Model(
        title=words.say("report.title", place=where), language=language, sections=sections, subtitle=words.say("report.subtitle"),
        stamp=words.say("page.made_up") if made_up else "", footnotes=tuple(footnotes),
    ))  # fmt: skip


def write_district_report(reports: Path | str, *, language: str = "zh", **options: Any) -> Path:
    """Make the report with the options of district_report and write it as reports/index.html; gives back its path."""
    model = district_report(language=language, reports=reports, **options)
    return write_html(model, Path(reports) / "index.html")


def _attempt(making: _Making, item: Item) -> list[Block]:
    """The blocks of one item; what cannot be told is remembered with its reason."""
    try:
        return _blocks(making, item)
    except (store.NothingProcessed, NothingToDraw, CannotProtect) as why:
        making.absent.append((registry.card(item.indicator).text("name", making.words.language), str(why.args[0])))
        return []


def _blocks(making: _Making, item: Item) -> list[Block]:
    measured = making.measure(item.indicator, item.choices)
    if measured.frame["value"].isna().all():
        raise NothingToDraw(making.words.say("report.no_value"))
    totals = (
        (making.measure(item.indicator, {k: v for k, v in item.choices.items() if k != "by"}),) if item.totals else ()
    )
    blocks: list[Block] = []
    if item.draw is not None:
        done = exhibit(item.name, measured, item.draw, language=making.words.language, reports=making.reports, totals=totals,
                       made_up=making.made_up, options=making.named(item.choices), footnotes=making.footnotes)  # fmt: skip
        shown = done.measured
        blocks.append(
            Picture(
                item.name, done.title, done.subject, done.short, done.alternative, done.svg(), done.files["png"].name
            )
        )
    else:
        shown = protect(measured, smallest("9999-12-31"), totals)
    table = _table(making, item, shown)
    if table is not None:
        told = sentences.about(item.say, table, shown, making.words)
        blocks = [*([Paragraph(tuple(told))] if told else []), *blocks, table]
    return blocks


def _case(making: _Making, case: Case, whole: bool) -> list[Block]:
    """The picture or table of a village that claims.csv speaks of; in the report of another place it is no matter."""
    words = making.words
    where = words.place(case.where["village"])
    try:
        measured: Any = making.measure(case.indicator, case.choices)
        measured = measured.select(**case.where)
        if measured.frame["value"].isna().all():
            raise NothingToDraw(words.say("report.no_value"))
        if case.draw is not None:
            done = exhibit(case.name, measured, case.draw, language=words.language, reports=making.reports,
                           made_up=making.made_up, options=dict(case.choices), footnotes=making.footnotes)  # fmt: skip
            subject = words.say("subject.where", name=done.subject, place=where)
            return [
                Picture(
                    case.name, done.title, subject, done.short, done.alternative, done.svg(), done.files["png"].name
                )
            ]
        shown = protect(measured, smallest(f"{max(measured.frame['period'].astype('str'))[:4]}-12-31"))
    except (store.NothingProcessed, NothingToDraw, CannotProtect) as why:
        if whole:
            name = words.say(
                "subject.where", name=registry.card(case.indicator).text("name", words.language), place=where
            )
            making.absent.append((name, str(why.args[0])))
        return []
    rows, columns = case.table.split(" × ")
    year = period_name(max(shown.frame["period"].astype("str")), words.language)
    title = words.say("subject.year", name=shown.card.text("name", words.language), place=where, year=year)
    return [cross_table(case.name, title, _of_last_period(shown), words, rows, columns)]


def _table(making: _Making, item: Item, shown: Shown) -> Table | None:
    title = shown.card.text("name", making.words.language)
    if not item.table:
        return None
    if item.table == "long":
        return long_table(item.name, title, shown, making.words)
    rows, columns = (making.place if name == PLACE else name for name in item.table.split(" × "))
    if "period" not in (rows, columns) and len(shown.frame["period"].drop_duplicates()) > 1:
        shown = _of_last_period(shown)
    values = "numerator" if (rows, columns) == ("table", "fate") else "value"
    return cross_table(item.name, title, shown, making.words, rows, columns, values)


def _of_last_period(shown: Shown) -> Shown:
    return dataclasses.replace(shown, frame=latest(shown.frame).reset_index(drop=True))  # type: ignore[type-var]


def _overview(making: _Making) -> list[Block]:
    """Households, people, places, cadres, agencies: one row a year, each figure over the whole."""
    words = making.words
    columns: list[tuple[str, dict[str, float]]] = []
    for indicator, figure, heading in OVERVIEW:
        try:
            shown = protect(making.measure(indicator, {}), smallest("9999-12-31"))
        except store.NothingProcessed as why:
            making.absent.append((registry.card(indicator).text("name", words.language), str(why.args[0])))
            continue
        periods = shown.frame["period"].astype("str").str[:4]
        columns.append((words.say(heading), dict(zip(periods, shown.frame[figure].astype("float64"), strict=True))))
    years = sorted({year for _, figures in columns for year in figures if year})
    if not years:
        return []
    rows = tuple(
        (
            period_name(year, words.language),
            *(number(figures.get(year, float("nan")), words.language) for _, figures in columns),
        )
        for year in years
    )
    table = Table(
        "overview",
        words.say("overview.title"),
        (words.say("table.year"), *(name for name, _ in columns)),
        rows,
        1,
        words.say("overview.note"),
    )
    told = sentences.overview(table, words)
    return [*([Paragraph(tuple(told))] if told else []), table]


def _methods(making: _Making) -> list[Block]:
    """Every indicator of the report by its definition and its base; then what could not be told, and why."""
    words = making.words
    fields = ("name", "definition", "population", "denominator", "missing_rule")
    cards = [registry.card(name) for name in making.used]
    rows = tuple(tuple(words.of_card(card, name) for name in fields) for card in cards)
    blocks: list[Block] = [Paragraph((Sentence(words.say("methods.text")), Sentence(words.say("methods.caution"))))]
    blocks.append(
        Table(
            "methods",
            words.say("methods.table"),
            tuple(words.say(f"methods.{name}") for name in fields),
            rows,
            len(fields),
        )
    )
    if making.absent:
        absent = tuple(dict.fromkeys(making.absent))
        headings = (words.say("methods.name"), words.say("methods.why"))
        blocks.append(Table("not-told", words.say("methods.absent"), headings, absent, 2))
    return blocks
