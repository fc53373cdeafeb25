"""Text cells → numbers, dates with precision, codes, ids: one reader for each kind of column in columns.csv."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from louxing_analysis.cleaning import amounts, dates, identity, names, phones, texts, vocabulary
from louxing_analysis.cleaning.cells import NO_TEXTS, Array, Parsed

__all__ = ["KINDS", "Options", "Parsed", "parse"]


class Options(NamedTuple):
    """What is known of a column beside its cells; each kind of column uses what concerns it."""

    missing: frozenset[str] = NO_TEXTS  # texts that mean that nothing was stated
    unit_factor: float = 1.0  # what one in the header's unit is worth in the column's base unit
    suffixes: Mapping[str, float] = amounts.NO_SUFFIXES  # units that cells may carry themselves
    midpoint: bool = False  # a plain range counts as its middle, noted
    minimum: float | None = None
    maximum: float | None = None
    spellings: Mapping[str, str] = vocabulary.NO_SPELLINGS  # written word → code
    surnames: frozenset[str] = NO_TEXTS  # those of two signs
    lost_digits: Array | None = None  # where the reader saw a number of more than 15 digits
    epoch_1904: bool = False
    earliest: datetime.date = dates.EARLIEST
    latest: datetime.date | None = None
    year: int | None = None  # told by title, sheet or file name
    typed_text: bool = True  # False for CSV, whose texts were numbers once


def parse(kind: str, cells: Array, **options: Any) -> Parsed:
    """Read the cells (1-D object array) of one column of this kind; `options` are the fields of Options.

    Raises ValueError for a kind nobody knows and TypeError for an option nobody knows; never for what a cell holds.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of column: {kind!r}; known: {', '.join(sorted(KINDS))}")
    return KINDS[kind](cells, Options(**options))


def _number(cells: Array, options: Options) -> Parsed:
    return amounts.parse_numbers(
        cells,
        unit_factor=options.unit_factor,
        minimum=options.minimum,
        maximum=options.maximum,
        suffixes=options.suffixes,
        missing=options.missing,
        midpoint=options.midpoint,
    )


def _integer(cells: Array, options: Options) -> Parsed:
    return amounts.parse_numbers(
        cells,
        unit_factor=options.unit_factor,
        integer=True,
        minimum=options.minimum,
        maximum=options.maximum,
        suffixes=options.suffixes,
        missing=options.missing,
        midpoint=options.midpoint,
    )


def _share(cells: Array, options: Options) -> Parsed:
    return amounts.parse_shares(
        cells,
        unit_factor=options.unit_factor,
        minimum=options.minimum,
        maximum=options.maximum,
        missing=options.missing,
    )


def _date_options(options: Options) -> dict[str, Any]:
    return {
        "epoch_1904": options.epoch_1904,
        "missing": options.missing,
        "earliest": options.earliest,
        "latest": options.latest,
        "typed_text": options.typed_text,
    }


def _date(cells: Array, options: Options) -> Parsed:
    return dates.parse_dates(cells, year=options.year, **_date_options(options))


def _date_range(cells: Array, options: Options) -> Parsed:
    return dates.parse_date_ranges(cells, year=options.year, **_date_options(options))


def _month(cells: Array, options: Options) -> Parsed:
    return dates.parse_months(cells, year=options.year, **_date_options(options))


def _year(cells: Array, options: Options) -> Parsed:
    return dates.parse_years(cells, **_date_options(options))


def _boolean(cells: Array, options: Options) -> Parsed:
    return vocabulary.parse_booleans(cells, spellings=options.spellings, missing=options.missing)


def _code(cells: Array, options: Options) -> Parsed:
    return vocabulary.parse_codes(cells, spellings=options.spellings, missing=options.missing)


def _codes(cells: Array, options: Options) -> Parsed:
    return vocabulary.parse_codes(cells, spellings=options.spellings, missing=options.missing, multiple=True)


def _text(cells: Array, options: Options) -> Parsed:
    return texts.parse_text(cells, lost_digits=options.lost_digits, missing=options.missing)


def _place(cells: Array, options: Options) -> Parsed:
    return texts.parse_places(cells, missing=options.missing)


def _name(cells: Array, options: Options) -> Parsed:
    return names.parse_names(cells, missing=options.missing, surnames=options.surnames)


def _phone(cells: Array, options: Options) -> Parsed:
    return phones.parse_phones(cells, missing=options.missing)


def _account(cells: Array, options: Options) -> Parsed:
    return phones.parse_accounts(cells, lost_digits=options.lost_digits, missing=options.missing)


def _id_number(cells: Array, options: Options) -> Parsed:
    return identity.parse_id_numbers(
        cells, lost_digits=options.lost_digits, missing=options.missing, latest=options.latest
    )


KINDS: Mapping[str, Callable[[Array, Options], Parsed]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "money": _number,
    "share": _share,
    "date": _date,
    "date_range": _date_range,
    "month": _month,
    "year": _year,
    "boolean": _boolean,
    "code": _code,
    "codes": _codes,
    "id_number": _id_number,
    "name": _name,
    "phone": _phone,
    "account": _account,
    "place": _place,
}
"""The readers by the kind that columns.csv gives a column."""
