"""Cells that hold free text, codes that are no vocabulary, and names of places."""

from __future__ import annotations

import datetime
import re

import numpy as np

from louxing_analysis.cleaning.cells import (
    EMPTY,
    NO_TEXTS,
    NUMBER,
    TEXT,
    Array,
    Parsed,
    blank,
    distinct,
    kinds_of,
    normalise,
    normalised_tokens,
    objects,
    whole_number_text,
)

_ROUNDED = 10**15
_TIDY = re.compile("[^\\s\ud800-\udfff]+").fullmatch
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_text(cells: Array, *, lost_digits: Array | None = None, missing: frozenset[str] = NO_TEXTS) -> Parsed:
    """Text as written, ends trimmed, runs of white space one space: object array; 3.0 is 3, a date is 2018-06-12.

    A number of more than 15 digits (a code that nobody typed as text) has lost the rest of them and is set aside.
    Half a surrogate pair, which no file format can hold, becomes U+FFFD and is noted as `lost_character`.
    """
    kinds = kinds_of(cells)
    tokens = normalised_tokens(missing)
    values, reasons, notes = blank(len(cells)), blank(len(cells)), blank(len(cells))
    texts = kinds == TEXT
    if texts.any():
        found, index = distinct(cells[texts])
        longest = 2 * max(map(len, tokens), default=0)
        values[texts] = objects(
            text if len(text) > longest and _TIDY(text) else _tidy_text(text, tokens) for text in found
        )[index]
        halves = [place for place, text in enumerate(found) if not text.isascii() and _SURROGATE.search(text)]
        notes[np.flatnonzero(texts)[np.isin(index, halves)]] = "lost_character"
    numbers = kinds == NUMBER
    if numbers.any():
        found, index = distinct(cells[numbers])
        values[numbers] = objects(None if number != number else whole_number_text(number) for number in found)[index]
        reasons[numbers] = objects("digits_lost" if abs(number) >= _ROUNDED else None for number in found)[index]
    if lost_digits is not None:
        reasons[np.asarray(lost_digits, dtype=bool) & (kinds != EMPTY)] = "digits_lost"
    for place in np.flatnonzero(kinds > NUMBER).tolist():
        values[place] = _written(cells[place])
    values[reasons.astype(bool)] = None
    return Parsed(values, reasons, notes)


def parse_places(cells: Array, *, missing: frozenset[str] = NO_TEXTS) -> Parsed:
    """Names of places for matching: object array; NFKC, no spaces; characters stay traditional where they are."""
    parsed = parse_text(cells, missing=missing)
    found, index = distinct(parsed.values)
    values = objects(None if text is None else normalise(text) or None for text in found)[index]
    return parsed._replace(values=values)


def _tidy_text(text: str, missing: frozenset[str]) -> str | None:
    """One text trimmed; None where it means that nothing was stated."""
    tidy = " ".join(text.split())
    if not tidy or normalise(tidy).casefold() in missing | {""}:
        return None
    return _SURROGATE.sub("\ufffd", tidy)


def _written(cell: object) -> str:
    """A cell that is neither text nor number, as a person would type it."""
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)
