"""Dates, months and spans as the ledgers know them: a date is only as fine as its precision says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.indicators.measured import Note
from louxing_analysis.indicators.populations import in_years
from louxing_analysis.indicators.ratios import Array

MONTHS_OF = {"day": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months a date of each precision covers; a day covers itself."""


def precision_of(frame: pd.DataFrame, column: str) -> np.ndarray:
    """The precision of each date; a table without that column tells days."""
    name = f"{column}_precision"
    if name not in frame:
        return np.full(len(frame), "day", dtype=object)
    return frame[name].to_numpy(dtype=object)


def months_of_dates(frame: pd.DataFrame, column: str) -> Array:
    """Months counted from year 0 (year × 12 + month − 1), nan where the date is missing or tells no month."""
    dates = pd.to_datetime(frame[column])
    fine = np.isin(precision_of(frame, column).astype(str), ("day", "month"))
    number = (dates.dt.year * 12 + dates.dt.month - 1).to_numpy(dtype="float64", na_value=np.nan)
    return np.where(fine, number, np.nan)


def months_of_texts(texts: pd.Series) -> Array:
    """The same for months written YYYY-MM, as the columns of kind `month` are stored."""
    codes, distinct = pd.factorize(texts, use_na_sentinel=True)
    numbers = np.array([month_number(str(text)) for text in distinct] + [np.nan])
    return np.asarray(numbers[codes], dtype=np.float64)


def month_number(text: str) -> float:
    """2019-08 → 2019 × 12 + 7; raises ValueError for what is no month."""
    year, month = text.split("-")[:2]
    if not 1 <= int(month) <= 12:
        raise ValueError(f"{text!r}: YYYY-MM")
    return float(int(year) * 12 + int(month) - 1)


def month_text(number: float) -> str:
    """2019 × 12 + 7 → 2019-08."""
    return f"{int(number) // 12}-{int(number) % 12 + 1:02d}"


def years_of(frame: pd.DataFrame, column: str) -> Array:
    """The year of each date, whatever its precision; nan where it is missing."""
    return np.asarray(pd.to_datetime(frame[column]).dt.year.to_numpy(dtype="float64", na_value=np.nan))


def labelled(months: Array, period: str, between: Sequence[str] | None = None) -> pd.Series:
    """The period each month falls into: its year, itself, or one span; missing where there is no month.

    `between` (two months, both inside) gives one period called like 2019-08..2020-05 and leaves the others missing.
    Raises ValueError for a period that is none of year, month, all.
    """
    if between is not None:
        low, high = month_number(between[0]), month_number(between[1])
        inside = (months >= low) & (months <= high)
        return _named(inside, f"{between[0]}..{between[1]}")
    if period == "year":
        return pd.Series(np.floor(months / 12), dtype="Int64")
    if period == "month":
        distinct, codes = np.unique(months, return_inverse=True)
        names = np.array([None if np.isnan(number) else month_text(number) for number in distinct], dtype=object)
        return pd.Series(names[codes] if len(names) else [], dtype=object)
    if period != "all":
        raise ValueError(f"period={period!r}: year | month | all")
    known = months[~np.isnan(months)]
    name = f"{month_text(known.min())}..{month_text(known.max())}" if known.size else ""
    return _named(~np.isnan(months), name)


def _named(inside: np.ndarray, name: str) -> pd.Series:
    """One name for the rows inside, nothing for the others."""
    names = np.full(len(inside), None, dtype=object)
    names[inside] = name
    return pd.Series(names, dtype=object)


def chosen(months: Array, years: Sequence[int] | None, between: Sequence[str] | None) -> np.ndarray:
    """Which rows are of the years (or the span) asked for; a row without a month is of none (see undated)."""
    known = ~np.isnan(months)
    keep = known & in_years(pd.Series(np.floor(months / 12)), years)
    if between is not None:
        keep &= (months >= month_number(between[0])) & (months <= month_number(between[1]))
    return np.asarray(keep)


def undated(months: Array) -> Note:
    """How many rows tell no month and so stand in no period."""
    count = int(np.isnan(months).sum())
    return Note(
        "no_date",
        count,
        f"{count} 行没有日期（或只到季度、年），不在任何一期",
        f"{count} rows have no date (or one no finer than a quarter) and are in no period",
    )


def first_days(frame: pd.DataFrame, column: str) -> np.ndarray:
    """The first day that a date may mean (datetime64[D]); NaT where it is missing."""
    return pd.to_datetime(frame[column]).to_numpy(dtype="datetime64[D]")


def last_days(frame: pd.DataFrame, column: str) -> np.ndarray:
    """The last day that a date may mean: the end of its month, quarter, half or year; NaT where it is missing."""
    days = first_days(frame, column)
    precision = precision_of(frame, column).astype(str)
    result = days.copy()
    for name, months in MONTHS_OF.items():
        if months:
            mine = precision == name
            ends = days[mine].astype("datetime64[M]") + np.timedelta64(months, "M")
            result[mine] = ends.astype("datetime64[D]") - np.timedelta64(1, "D")
    return result


def in_force(frame: pd.DataFrame, day: Any) -> tuple[np.ndarray, np.ndarray]:
    """Which rows run on a day, and of which that cannot be told because their start is missing.

    `day` is a date or one per row. A row runs from the first day its start may mean to the last its end may mean; without
    an end it is still running.
    """
    on = np.asarray(day, dtype="datetime64[D]")
    start, end = first_days(frame, "start_date"), last_days(frame, "end_date")
    ended = ~np.isnat(end) & (end < on)
    return (start <= on) & ~ended, np.isnat(start) & ~ended


def year_end(year: int) -> date:
    """31 December."""
    return date(year, 12, 31)


def days_asked(day: date | str | None, years: Sequence[int] | None, present: Sequence[int]) -> list[tuple[date, str]]:
    """The days a stock is counted on, and what the period is called: one day, or the ends of years."""
    if day is not None:
        one = date.fromisoformat(str(day)[:10])
        return [(one, one.isoformat())]
    return [(year_end(year), str(year)) for year in (sorted(years) if years is not None else sorted(present))]
