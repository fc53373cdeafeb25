"""Cells that hold a date, a month, a year or a span of time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import (
    BOOLEAN,
    MOMENT,
    NO_TEXTS,
    NUMBER,
    OTHER,
    TEXT,
    Array,
    Parsed,
    blank,
    distinct,
    is_missing,
    kinds_of,
    normalised_tokens,
    objects,
)
from louxing_analysis.cleaning.date_forms import (
    NOTHING,
    OPEN_ENDED,
    Context,
    Period,
    are_month_days,
    read_number,
    read_span,
    read_text,
)
from louxing_analysis.cleaning.date_texts import tidy

EARLIEST = datetime.date(1900, 1, 1)
"""Nobody in the ledgers was born, and nothing in them happened, before this day."""

_UNIX_EPOCH = datetime.date(1970, 1, 1).toordinal()
# Three different dates that all fall on the first of a month by chance: once in 27,000.
_ENOUGH_FIRSTS = 3


def parse_dates(
    cells: Array,
    *,
    epoch_1904: bool = False,
    missing: frozenset[str] = NO_TEXTS,
    earliest: datetime.date = EARLIEST,
    latest: datetime.date | None = None,
    year: int | None = None,
    typed_text: bool = True,
    open_ended: frozenset[str] = OPEN_ENDED,
) -> Parsed:
    """Dates out of cells: datetime64[s], the first day of the period that is written.

    extra["precision"]: day month quarter half year, None beside a missing date. A day is never invented: Excel turns
    a typed 2018-6 into the first of June, so a column whose date cells (three different ones at least) all fall on
    first days is read as months. `year`: told by the title, for cells such as 6月12日. `typed_text`: False for CSV,
    where 2018.1 may be October. A column of texts such as 6.12 and 6.25 holds months and days of `year`. Outside of earliest…latest: set aside as implausible. Never raises.
    """
    context = Context(epoch_1904, year, typed_text, open_ended=open_ended)
    days, precision, reasons, notes = _read_cells(cells, context, missing)
    _keep_plausible(days, reasons, earliest, latest)
    return _finished(days, precision, reasons, notes)


def parse_months(
    cells: Array,
    *,
    epoch_1904: bool = False,
    missing: frozenset[str] = NO_TEXTS,
    earliest: datetime.date = EARLIEST,
    latest: datetime.date | None = None,
    year: int | None = None,
    typed_text: bool = True,
) -> Parsed:
    """Months out of cells: object array of YYYY-MM; what names no month (a year, a quarter) is set aside."""
    context = Context(epoch_1904, year, typed_text, True)
    days, precision, reasons, notes = _read_cells(cells, context, missing)
    _keep_plausible(days, reasons, earliest, latest)
    known = ~np.isnat(days) & ~reasons.astype(bool)
    coarse = known & ~np.isin(precision.astype(str), ("day", "month"))
    reasons[coarse] = "month_missing"
    known &= ~coarse
    values = blank(len(cells))
    values[known] = np.datetime_as_string(days[known].astype("datetime64[M]")).astype(object)
    notes[reasons.astype(bool)] = None
    return Parsed(values, reasons, notes)


def parse_years(
    cells: Array,
    *,
    epoch_1904: bool = False,
    missing: frozenset[str] = NO_TEXTS,
    earliest: datetime.date = EARLIEST,
    latest: datetime.date | None = None,
    typed_text: bool = True,
) -> Parsed:
    """Years out of cells: Int64; a finer date gives its year (2018.1 too: the month is in doubt, the year is not)."""
    context = Context(epoch_1904, None, typed_text)
    days, _, reasons, notes = _read_cells(cells, context, missing)
    reasons[reasons == "ambiguous_october"] = None
    reasons[reasons == "not_a_date"] = "not_a_year"
    _keep_plausible(days, reasons, earliest, latest)
    absent = np.isnat(days) | reasons.astype(bool)
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    notes[reasons.astype(bool)] = None
    return Parsed(pd.arrays.IntegerArray(np.where(absent, 0, years), absent), reasons, notes)


def parse_date_ranges(
    cells: Array,
    *,
    epoch_1904: bool = False,
    missing: frozenset[str] = NO_TEXTS,
    earliest: datetime.date = EARLIEST,
    latest: datetime.date | None = None,
    year: int | None = None,
    typed_text: bool = True,
    open_ended: frozenset[str] = OPEN_ENDED,
) -> Parsed:
    """Spans such as 2018.6-2019.5 or 2016年3月至今: values are the starts, as `parse_dates` gives them.

    extra: precision, end (datetime64[s], NaT where open or where the cell holds one date), end_precision. A span whose
    end is before its start, or implausible, is set aside as a whole.
    """
    context = Context(epoch_1904, year, typed_text, open_ended=open_ended)
    days, precision, reasons, notes = _read_cells(cells, context, missing)
    ends, end_precision = np.full(len(cells), "NaT", dtype="datetime64[D]"), blank(len(cells))
    spans = reasons == "date_range"
    if spans.any():
        found, index = distinct(cells[spans])
        both = [read_span(tidy(text), context) or (NOTHING, NOTHING) for text in found]
        days[spans], precision[spans] = (part[index] for part in _columns(start for start, _ in both)[:2])
        ends[spans], end_precision[spans] = (part[index] for part in _columns(end for _, end in both)[:2])
        notes[spans] = objects(end.note or start.note for start, end in both)[index]
        reasons[spans] = None
    reasons[ends < days] = "date_range"
    _keep_plausible(days, reasons, earliest, latest)
    _keep_plausible(ends, reasons, earliest, None)
    ends[reasons.astype(bool)] = np.datetime64("NaT")
    end_precision[np.isnat(ends)] = None
    parsed = _finished(days, precision, reasons, notes)
    extra = {**parsed.extra, "end": ends.astype("datetime64[s]"), "end_precision": end_precision}
    return parsed._replace(extra=extra)


def _read_cells(cells: Array, context: Context, missing: frozenset[str]) -> tuple[Array, Array, Array, Array]:
    """First days (datetime64[D]), precisions, reasons, notes; a day may stand beside a reason."""
    kinds = kinds_of(cells)
    days = np.full(len(cells), "NaT", dtype="datetime64[D]")
    precision, reasons, notes = blank(len(cells)), blank(len(cells)), blank(len(cells))
    moments = kinds == MOMENT
    if moments.any():
        days[moments] = _days_of(cells[moments])
        precision[moments] = _moment_precision(days[moments])
    tokens = normalised_tokens(missing)
    if are_month_days(pd.unique(cells[kinds == TEXT])):
        context = context._replace(month_days=True)

    def read_unless_missing(text: str, context: Context) -> Period:
        return NOTHING if is_missing(text, tokens) else read_text(text, context)

    readers: tuple[tuple[int, Callable[[Any, Context], Period]], ...] = (
        (TEXT, read_unless_missing),
        (NUMBER, read_number),
    )
    for kind, read in readers:
        where = kinds == kind
        if where.any():
            found, index = distinct(cells[where])
            columns = _columns(read(cell, context) for cell in found)
            days[where], precision[where], reasons[where], notes[where] = (part[index] for part in columns)
    reasons[(kinds == BOOLEAN) | (kinds == OTHER)] = "not_a_date"
    return days, precision, reasons, notes


def _columns(periods: Iterable[Period]) -> tuple[Array, Array, Array, Array]:
    """Periods as four arrays."""
    read = list(periods)
    days = np.array([period.first_day for period in read], dtype="datetime64[D]")
    return days, objects(p.precision for p in read), objects(p.reason for p in read), objects(p.note for p in read)


def _days_of(moments: Array) -> Array:
    """Date and datetime cells as datetime64[D]."""
    ordinals = np.fromiter(map(datetime.date.toordinal, moments.tolist()), dtype=np.int64, count=len(moments))
    return (ordinals - _UNIX_EPOCH).astype("datetime64[D]")


def _moment_precision(days: Array) -> str:
    """Months, where every date cell of the column falls on the first of one."""
    firsts = days == days.astype("datetime64[M]").astype("datetime64[D]")
    return "month" if firsts.all() and len(np.unique(days)) >= _ENOUGH_FIRSTS else "day"


def _keep_plausible(days: Array, reasons: Array, earliest: datetime.date, latest: datetime.date | None) -> None:
    """Name what lies outside of the stated limits; changes `reasons` in place."""
    outside = days < np.datetime64(earliest)
    if latest is not None:
        outside |= days > np.datetime64(latest)
    reasons[outside & ~reasons.astype(bool)] = "implausible_date"


def _finished(days: Array, precision: Array, reasons: Array, notes: Array) -> Parsed:
    """A cell with a reason keeps neither day nor precision nor note."""
    aside = reasons.astype(bool)
    days[aside] = np.datetime64("NaT")
    precision[np.isnat(days)] = None
    notes[aside] = None
    return Parsed(days.astype("datetime64[s]"), reasons, notes, {"precision": precision})
