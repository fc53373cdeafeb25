"""Rules on the monitoring against falling back: how soon help came and the risk was called gone, and the income's band."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.rule_view import Verdict, View, verdict
from louxing_analysis.reference import normalise
from louxing_analysis.rule_rows import Rule

_BAND = re.compile(
    r"(?P<low>[0-9]+(?:\.[0-9]+)?)元?(?:以上)?(?:-|~|—|至|到)(?P<high>[0-9]+(?:\.[0-9]+)?)元?(?:以下|以内)?"
)
_SIDE = re.compile(r"(?P<edge>[0-9]+(?:\.[0-9]+)?)元?(?:\(?含\)?)?(?P<side>以上|及以上|以下|及以下|以内)")


def months_between(view: View, first: str, last: str) -> Array:
    """Whole calendar months from one date to another; NaN where either is missing or known to the year only."""
    months = []
    for name in (first, last):
        dates = view.frame[name].to_numpy(dtype="datetime64[M]")
        fine = view.where_text(f"{name}_precision", lambda text: text in ("day", "month"))
        fine |= ~view.known(f"{name}_precision")
        months.append(np.where(np.isnat(dates) | ~fine, np.nan, dates.astype("int64").astype("float64")))
    gap: Array = months[1] - months[0]
    return gap


def removed_too_soon(view: View, rule: Rule, column: str) -> Verdict:
    """The risk was called gone fewer months after the household was taken in than the rule asks for."""
    gap, least = months_between(view, "monitored_date", column), view.threshold("monitoring_months")
    return verdict(~np.isnan(gap + least), gap < least)


def measures_late(view: View, rule: Rule, column: str) -> Verdict:
    """Help was entered later than the rule asks for, or before the household was taken in."""
    gap, most = months_between(view, "monitored_date", column), view.threshold("measures_months")
    return verdict(~np.isnan(gap + most), (gap > most) | (gap < 0))


@lru_cache(maxsize=4096)
def read_band(text: str) -> tuple[float, float] | None:
    """A band of income such as 6000-8000元 or 10000元以上, both ends; None where it cannot be read."""
    written = normalise(text).replace(",", "").replace("~", "-")
    if match := _BAND.fullmatch(written):
        return float(match["low"]), float(match["high"])
    if match := _SIDE.fullmatch(written):
        edge = float(match["edge"])
        return (edge, np.inf) if match["side"].endswith("上") else (-np.inf, edge)
    return None


def income_outside_band(view: View, rule: Rule, column: str) -> Verdict:
    """The income per head lies outside the band that the same row names."""
    places, distinct = view.coded("income_band")
    bands = [read_band(text) or (np.nan, np.nan) for text in distinct.tolist()]
    low, high = np.array([*bands, (np.nan, np.nan)]).T
    income = view.numbers(column)
    low, high = low[places], high[places]
    return verdict(~np.isnan(income) & ~np.isnan(low), (income < low) | (income > high))


JUDGES = {judge.__name__: judge for judge in (removed_too_soon, measures_late, income_outside_band)}
