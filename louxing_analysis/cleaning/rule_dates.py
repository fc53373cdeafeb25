"""Rules on the order of dates: nothing ends before it begins, and nothing happens after the last year that is told of."""

from __future__ import annotations

import numpy as np

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.rule_view import Verdict, View, verdict
from louxing_analysis.rule_rows import Rule

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def last_days(view: View, column: str) -> Array:
    """The last day that each date may mean, as days since 1970: 2018年5月 may be the 31st. NaN where missing."""
    days = view.numbers(column)
    if not view.has(f"{column}_precision"):
        return days
    firsts = view.frame[column].to_numpy(dtype="datetime64[M]")
    for precision, months in _MONTHS.items():
        coarse = view.where_text(f"{column}_precision", precision.__eq__)
        if coarse.any():
            ends = (firsts + months).astype("datetime64[D]").astype("int64") - 1
            days = np.where(coarse & ~np.isnan(days), ends, days)
    return days


def end_before_start(view: View, rule: Rule, column: str) -> Verdict:
    """The last day that the end may mean lies before the first that the start may mean."""
    start, end = view.numbers("start_date"), last_days(view, column)
    return verdict(~np.isnan(start + end), end < start)


def after_last_year(view: View, rule: Rule, column: str) -> Verdict:
    """A date after the last year of the register in this delivery: of a day that was still to come."""
    days = view.numbers(column)
    if view.last_year is None:
        return verdict(np.zeros(len(view), dtype=bool), np.zeros(len(view), dtype=bool))
    end = np.datetime64(f"{view.last_year}-12-31", "D").astype("int64")
    return verdict(~np.isnan(days), days > end)


def before_birth(view: View, rule: Rule, column: str) -> Verdict:
    """The last day that the date may mean lies before the birth date inside the ID number: one of the two is a slip."""
    born, day = view.numbers("id_number:birth"), last_days(view, column)
    return verdict(~np.isnan(born + day), day < born)


def rectified_before_inspection(view: View, rule: Rule, column: str) -> Verdict:
    """Put right before the month of the inspection that found it."""
    places, distinct = view.coded("inspection_month")
    firsts = np.array([*distinct.tolist(), "NaT"], dtype="datetime64[M]").astype("datetime64[D]")[places]
    found = np.where(np.isnat(firsts), np.nan, firsts.astype("int64").astype("float64"))
    done = last_days(view, column)
    return verdict(~np.isnan(found + done), done < found)


JUDGES = {
    judge.__name__: judge for judge in (end_before_start, after_last_year, before_birth, rectified_before_inspection)
}
