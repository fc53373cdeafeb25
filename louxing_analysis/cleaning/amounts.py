"""Cells that hold a number: plain, with marks and units around it, or as a share."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.amount_forms import decimal_of, read_amount, read_midpoint, units_of
from louxing_analysis.cleaning.amount_hints import hint
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
    kinds_of,
    normalised_tokens,
    set_aside,
)

NO_SUFFIXES: Mapping[str, float] = MappingProxyType({})
PER_CENT: Mapping[str, float] = MappingProxyType({"%": 0.01, "‰": 0.001})

# Beyond this a float64 no longer tells neighbouring whole numbers apart.
_LARGEST_EXACT = 2**53
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?").fullmatch


def parse_numbers(
    cells: Array,
    *,
    unit_factor: float = 1.0,
    integer: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    suffixes: Mapping[str, float] = NO_SUFFIXES,
    missing: frozenset[str] = NO_TEXTS,
    midpoint: bool = False,
) -> Parsed:
    """Numbers out of cells, in the column's base unit.

    unit_factor: what one in the column's header unit is worth (万元: 10000). A cell that says 万, 千 or one of the
    `suffixes` (unit as written → worth) carries its own unit, and that wins. `missing`: texts that mean nothing was
    stated; zero is never one of them unless listed. Values: float64, or Int64 where `integer`.
    extra["own_unit"]: True where the cell carried its unit; extra["suggestion"]: what a text set aside seems to say.
    Never raises. Chinese numerals, ranges, bounds, expressions and several numbers in one cell are set aside, never
    worked out; `midpoint`: of a plain range take the middle after all, and note it.
    """
    values, reasons, notes, own, suggestions = _read_cells(cells, suffixes, missing, midpoint)
    values[~own] = _scaled(values[~own], unit_factor)
    _keep_within(values, reasons, minimum, maximum)
    extra = {"own_unit": own, "suggestion": suggestions}
    if not integer:
        return Parsed(values, reasons, _notes_of_kept(notes, reasons), extra)
    return Parsed(_whole(values, reasons), reasons, _notes_of_kept(notes, reasons), extra)


def parse_shares(
    cells: Array,
    *,
    unit_factor: float = 1.0,
    minimum: float | None = None,
    maximum: float | None = None,
    missing: frozenset[str] = NO_TEXTS,
) -> Parsed:
    """Shares out of 97.5%, 97.5 and 0.975: float64, 1.0 is all.

    unit_factor 0.01: the header says %, every bare number is a percentage. 1.0: the header says nothing; a bare number
    above 1 is a percentage, and so is none below if no cell of the column is above 1. In a column that mixes both, a
    bare number of (0, 1] is a fraction if it lies between the column's plain shares, else set aside as ambiguous.
    """
    values, reasons, notes, own, suggestions = _read_cells(cells, PER_CENT, missing)
    bare = ~own & np.isfinite(values)
    if unit_factor != 1.0:
        values[bare] = _scaled(values[bare], unit_factor)
    else:
        _read_bare_shares(values, reasons, bare)
    _keep_within(values, reasons, minimum, maximum)
    return Parsed(values, reasons, _notes_of_kept(notes, reasons), {"own_unit": own, "suggestion": suggestions})


def _read_bare_shares(values: Array, reasons: Array, bare: Array) -> None:
    """Bare numbers of a column whose header names no unit; changes values and reasons in place."""
    with np.errstate(invalid="ignore"):
        percentages = bare & (np.abs(values) > 1)
        unclear = bare & (values > 0) & (values <= 1)
    if not percentages.any():
        return
    values[percentages] = _scaled(values[percentages], 0.01)
    plain = values[np.isfinite(values) & ~unclear & (values != 0)]
    outside = unclear & ~((values >= plain.min()) & (values <= plain.max()))
    set_aside(values, reasons, outside, "ambiguous_share")


def _read_cells(
    cells: Array, suffixes: Mapping[str, float], missing: frozenset[str], midpoint: bool = False
) -> tuple[Array, Array, Array, Array, Array]:
    """Values as written (not yet scaled), reasons, notes, where a cell carried its own unit, and suggestions."""
    kinds = kinds_of(cells)
    values = np.full(len(cells), np.nan)
    reasons, notes, suggestions = blank(len(cells)), blank(len(cells)), blank(len(cells))
    own = np.zeros(len(cells), dtype=bool)
    numbers = kinds == NUMBER
    if numbers.any():
        values[numbers] = _as_floats(cells[numbers])
    texts = kinds == TEXT
    if texts.any():
        read = _read_texts(cells[texts], suffixes, missing, midpoint)
        for array, part in zip((values, own, reasons, notes, suggestions), read, strict=True):
            array[texts] = part
    # Some systems write 0 or -1 for "not filled in"; where that is so, it is listed.
    unset = [float(token) for token in missing if _PLAIN(token)]
    if unset:
        values[np.isin(values, unset) & ~own] = np.nan
    reasons[(kinds == BOOLEAN) | (kinds == OTHER)] = "not_a_number"
    reasons[kinds == MOMENT] = "date_in_number"
    return values, reasons, notes, own, suggestions


def _as_floats(numbers: Array) -> Array:
    """Whole numbers too long for a float come out infinite."""
    try:
        return numbers.astype(np.float64)
    except OverflowError:
        return np.array([math.inf if abs(n) > 1e308 else float(n) for n in numbers.tolist()])


def _read_texts(
    texts: Array, suffixes: Mapping[str, float], missing: frozenset[str], midpoint: bool
) -> tuple[Array, Array, Array, Array, Array]:
    """Value, own unit, reason, note, suggestion of each text; the plain ones are read first because nearly all are plain."""
    found, index = distinct(texts)
    values = np.array([float(text) if _PLAIN(text) else np.nan for text in found])
    own, reasons, notes = np.zeros(len(found), dtype=bool), blank(len(found)), blank(len(found))
    suggestions = blank(len(found))
    others = np.flatnonzero(np.isnan(values)).tolist()
    if others:
        tokens = normalised_tokens(missing)
        units = units_of(tuple(suffixes.items()))
        read = read_midpoint if midpoint else read_amount
        for place in others:
            values[place], own[place], reason, notes[place] = read(found[place], units, tokens)
            if reason:
                reasons[place], suggestions[place] = reason, hint(found[place], units, reason)
    return values[index], own[index], reasons[index], notes[index], suggestions[index]


def _scaled(values: Array, factor: float) -> Array:
    """values × factor without binary residue: 1.1 × 10000 is 11000."""
    if factor == 1.0:
        return values
    with np.errstate(over="ignore"):
        product = values * factor
    odd = np.isfinite(product) & (product != np.rint(product))
    if odd.any():
        found, index = distinct(values[odd].astype(object))
        worth = decimal_of(factor)
        product[odd] = np.array([float(Decimal(repr(number)) * worth) for number in found])[index]
    return product


def _keep_within(values: Array, reasons: Array, minimum: float | None, maximum: float | None) -> None:
    """Set aside what lies outside the stated limits, or beyond what a float holds; changes both arrays in place."""
    set_aside(values, reasons, np.isinf(values), "not_a_number")
    with np.errstate(invalid="ignore"):
        if minimum is not None:
            set_aside(values, reasons, values < minimum, "out_of_range")
        if maximum is not None:
            set_aside(values, reasons, values > maximum, "out_of_range")


def _whole(values: Array, reasons: Array) -> pd.arrays.IntegerArray:
    """Int64 values; a fraction is set aside, and so is a number too large to be exact."""
    with np.errstate(invalid="ignore"):
        set_aside(values, reasons, np.abs(values) > _LARGEST_EXACT, "out_of_range")
    set_aside(values, reasons, np.isfinite(values) & (values != np.rint(values)), "not_an_integer")
    absent = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(absent, 0, values).astype(np.int64), absent)


def _notes_of_kept(notes: Array, reasons: Array) -> Array:
    """A note goes with a value: a cell set aside has a reason instead."""
    notes[reasons.astype(bool)] = None
    return notes
