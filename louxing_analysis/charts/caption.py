"""What stands around every chart, from the indicator's card: subtitle, source line, and the stamp of made-up data."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from louxing_analysis.charts import page
from louxing_analysis.charts.numbers import money, number, period_name, unit_name
from louxing_analysis.charts.shown import Shown, hidden
from louxing_analysis.charts.theme import Look
from louxing_analysis.charts.words import Words


def subtitle(measured: Shown, words: Words, *, unit: str | None = None, more: str = "") -> str:
    """What is measured, of whom, in which unit."""
    named = unit_name(unit or str(measured.card.unit), words.language)
    text = words.say(
        "page.subtitle", name=_capital(words.of_card(measured.card, "name")),
        population=words.of_card(measured.card, "population"), unit=named,
    )  # fmt: skip
    return f"{text}{words.say('page.stop')}{more}" if more else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def base(measured: Shown, frame: pd.DataFrame, words: Words) -> str:
    """How many stand behind the numbers shown: one base, or the smallest and the largest."""
    told = frame["denominator"].dropna() if "denominator" in frame else pd.Series(dtype=float)
    if told.empty:
        return ""
    name = words.of_card(measured.card, "denominator")
    bare = name.removesuffix("（元）").removesuffix("(yuan)").strip()
    show = number if bare == name else money  # sums of money are read in ten thousands or millions
    least, most = (show(float(value), words.language) for value in (told.min(), told.max()))
    name = bare
    key = "page.base" if least == most else "page.bases"
    return words.say(key, name=name, least=least, most=most)


def source(measured: Shown, words: Words) -> str:
    """The ledgers behind an indicator, by their names."""
    tables = [_table(table, words) for table in getattr(measured.card, "tables", ())]
    return words.say("page.source", tables=words.join(tables)) if tables else ""


def _table(table: str, words: Words) -> str:
    """The name of a ledger, or of one of the lists that cleaning keeps beside the ledgers."""
    return words.say(f"table.{table}") if words.has(f"table.{table}") else words.code("ledger", table)


def span(frame: pd.DataFrame, words: Words) -> str:
    """The periods of the frame, first to last."""
    told = sorted(period for period in frame["period"].astype("str").unique() if period)
    if not told or told[0] == told[-1]:
        return period_name(told[0], words.language) if told else ""
    return words.say("page.span", start=period_name(told[0], words.language), end=period_name(told[-1], words.language))


def footer(
    measured: Shown, frame: pd.DataFrame, words: Words, *, notes: tuple[str, ...] = (), told: bool = True
) -> str:
    """Source, base, missing, hidden, interval, as of: one paragraph."""
    missing = int(frame["missing"].fillna(0).sum()) if "missing" in frame else 0
    has_interval = told and bool(frame["low"].notna().any()) if "low" in frame else False
    time = span(frame, words)
    parts = [
        source(measured, words),
        base(measured, frame, words),
        words.say("page.missing", count=number(missing, words.language)) if missing else "",
        words.say("page.interval") if has_interval else "",
        words.say("page.hidden") if hidden(frame).any() else "",
        *notes,
        words.say("page.as_of", period=time) if time else "",
    ]
    return words.say("page.gap").join(part for part in parts if part)


def conclude(
    figure: Figure, look: Look, measured: Shown, frame: pd.DataFrame, title: str, made_up: bool,
    *, unit: str | None = None, more: str = "", notes: tuple[str, ...] = (), told: bool = True,
) -> Figure:  # fmt: skip
    """Put title, subtitle, source line and stamp on a drawn chart; `told`: the chart shows intervals."""
    stamp = look.words.say("page.made_up") if made_up else ""
    below = footer(measured, frame, look.words, notes=notes, told=told)
    return page.finish(figure, title, subtitle(measured, look.words, unit=unit, more=more), below, stamp)
