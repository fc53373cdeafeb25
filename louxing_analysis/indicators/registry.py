"""Every indicator by its name: the function, its card, and how to feed it from the clean tables."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from louxing_analysis import reference as facts
from louxing_analysis import store
from louxing_analysis.indicators import (
    eligibility,
    help_received,
    income_levels,
    income_movement,
    income_sources,
    meetings,
    money,
    pairings,
    poverty,
    quality,
    safeguards,
    teams,
    village_life,
    visits,
    work,
)
from louxing_analysis.indicators.card import Card
from louxing_analysis.indicators.measured import Measured

Read = Callable[[str], pd.DataFrame]
PRICE_MEASURE = "rural_consumer_price_index"
"""The measure of context.csv by which growth is deflated: previous year = 100, of the income's own accounting year."""


class UnknownIndicator(KeyError):
    """A name that no indicator has."""


class Indicator(NamedTuple):
    """One indicator; the card says which tables it takes, which it can do without, and which facts."""

    function: Callable[..., Measured]
    card: Card


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its name, in the order of the three analyses."""
    modules = (
        income_levels,
        income_sources,
        poverty,
        income_movement,
        meetings,
        visits,
        work,
        village_life,
        help_received,
        pairings,
        teams,
        safeguards,
        eligibility,
        money,
        quality,
    )
    found: dict[str, Indicator] = {}
    for module in modules:
        for words in (value for value in vars(module).values() if isinstance(value, Card)):
            function = getattr(module, words.name, None)
            if function is not None:
                found[words.name] = Indicator(function, words)
    return found


def names() -> list[str]:
    """The names of all indicators."""
    return list(indicators())


def get(name: str) -> Indicator:
    """One indicator by its name; raises UnknownIndicator, naming those there are."""
    found = indicators().get(name)
    if found is None:
        raise UnknownIndicator(f"没有这个指标 / no such indicator: {name}（{'、'.join(names())}）")
    return found


def card(name: str) -> Card:
    """The card of an indicator."""
    return get(name).card


def options(name: str) -> list[str]:
    """The options an indicator takes beside its tables and facts: years, by, weights…"""
    indicator = get(name)
    given = {*indicator.card.tables, *indicator.card.optional, *indicator.card.facts}
    kinds = (inspect.Parameter.KEYWORD_ONLY,)
    return [
        key
        for key, value in inspect.signature(indicator.function).parameters.items()
        if value.kind in kinds and key not in given
    ]


def measure(name: str, read: Read | None = None, reference: facts.Reference | None = None, **choices: Any) -> Measured:
    """Measure one indicator: its tables through `read` (default: store.read), its facts from data/reference.

    `choices` are the indicator's own options. Raises UnknownIndicator, and what `read` raises for a table that is needed;
    one that is only useful is done without where it is not there.
    """
    indicator = get(name)
    reader = read if read is not None else store.read
    tables = {table: reader(table) for table in indicator.card.tables}
    for table in indicator.card.optional:
        if (found := _if_there(reader, table)) is not None:
            tables[table] = found
    if indicator.card.name == "missing_by_column":
        tables = _every_ledger(reader, reference or facts.load())
    known = _facts(indicator.card, reference) if indicator.card.facts else {}
    return indicator.function(**{**tables, **known, **choices})


def _if_there(read: Read, table: str) -> pd.DataFrame | None:
    """A table, or None where no run has written it."""
    try:
        return read(table)
    except store.NothingProcessed:
        return None


def _every_ledger(read: Read, reference: facts.Reference) -> dict[str, pd.DataFrame]:
    found = {table: _if_there(read, table) for table in reference.ledgers["ledger"]}
    return {table: frame for table, frame in found.items() if frame is not None}


def _facts(words: Card, reference: facts.Reference | None) -> dict[str, Any]:
    """What an indicator takes from data/reference: the thresholds as a function, the price index by year."""
    mine = reference if reference is not None else facts.load()
    offered: dict[str, Any] = {"threshold": mine.threshold, "price_index": _price_index(mine)}
    return {name: offered[name] for name in words.facts}


def _price_index(reference: facts.Reference) -> dict[int, float]:
    rows = reference.context[reference.context["measure"] == PRICE_MEASURE]
    return {int(year): float(value) for year, value in zip(rows["year"], rows["value"], strict=True)}
