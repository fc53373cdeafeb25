"""Cells that hold a word of a vocabulary, yes or no, or free text."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from louxing_analysis import reference
from louxing_analysis.cleaning.cells import (
    BOOLEAN,
    EMPTY,
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
    normalise,
    normalised_tokens,
    objects,
    whole_number_text,
)

# value, reason, note, suggestion
Read = tuple[str | None, str | None, str | None, str | None]
_MISSING: Read = (None, None, None, None)
NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})
YES_OR_NO: Mapping[str, bool] = MappingProxyType({"yes": True, "no": False})
"""The codes of the vocabulary `boolean` and what they mean."""

# Looking for the nearest word costs a millisecond; a column of nothing but unknown words is not worth more.
_MOST_SUGGESTIONS = 50
_LONGEST_SUGGESTED = 30
_NEAR = 0.5

_BARE_CODE = re.compile(r"[(]?[0-9]{1,3}[).、]?(?:\.0)?").fullmatch
# 1.因病, 01因病, (1)因病, 1、因病; A.因病
_ENUMERATION = re.compile(r"(?:[(]?[0-9]{1,2}[)]?[.、,:_-]?|[(]?[A-Za-z][).、])(?=[^0-9.、])").match
_SEPARATORS = re.compile(r"[、,;/|&+\n]+|\s+")
_BRACKET_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FULL_WIDTH = str.maketrans("，；／｜＆＋", ",;/|&+")
_TRAILING = " .。,、;:"
_ROUNDED = 10**15
_TIDY = re.compile("[^\\s\ud800-\udfff]+").fullmatch
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Words:
    """One vocabulary, looked up from the text as written to ever more of it taken away."""

    def __init__(self, spellings: Mapping[str, str], missing: frozenset[str]) -> None:
        self.spellings = spellings
        self.missing = normalised_tokens(missing)
        self.suggested = 0
        self._folded: dict[str, str] | None = None

    @property
    def folded(self) -> dict[str, str]:
        """The spellings normalised and in lower case; made when a text is not found as it stands."""
        if self._folded is None:
            self._folded = {reference.normalise(word).casefold(): code for word, code in self.spellings.items()}
        return self._folded

    def find(self, text: str) -> str | None:
        """The code of one written word, or None."""
        if text in self.spellings:
            return self.spellings[text]
        for form in self._forms(text):
            if form in self.folded:
                return self.folded[form]
        return None

    def _forms(self, text: str) -> Iterator[str]:
        """The word normalised; without its leading number; without a note in brackets."""
        whole = reference.normalise(normalise(text)).casefold().strip(_TRAILING)
        yield whole
        match = _ENUMERATION(whole)
        bare = whole[match.end() :] if match else whole
        yield bare
        without_note = _BRACKET_NOTE.sub("", bare).strip(_TRAILING)
        if without_note:
            yield without_note

    def is_missing(self, text: str) -> bool:
        """Nothing, or a token for nothing."""
        written = normalise(text).casefold()
        return not written or written in self.missing

    def unknown(self, text: str) -> Read:
        """Why a text has no code, and the nearest word that has one."""
        written = normalise(text)
        if _BARE_CODE(written):
            return None, "bare_code", None, None
        nearest: list[str] = []
        if self.suggested < _MOST_SUGGESTIONS and len(written) <= _LONGEST_SUGGESTED:
            self.suggested += 1
            nearest = difflib.get_close_matches(written.casefold(), self.folded, n=1, cutoff=_NEAR)
        return None, "unknown_code", None, nearest[0] if nearest else None


def parse_codes(
    cells: Array,
    *,
    spellings: Mapping[str, str] = NO_SPELLINGS,
    missing: frozenset[str] = NO_TEXTS,
    multiple: bool = False,
) -> Parsed:
    """Codes of a vocabulary: object array; where `multiple`, several codes sorted and joined by |.

    spellings: written word → code. A word is looked for as written, then normalised (NFKC, simplified characters, no
    spaces), then without a leading number (1.因病) and without a note in brackets. A spelling comes before a missing
    token: 无 may be a word here. A bare code is refused unless it is a spelling, because systems differ in their codes.
    One unknown word sets the whole cell aside. extra["suggestion"]: the nearest known word of unknown texts (of the
    first 50 different ones).
    """
    words = _Words(spellings, missing)
    read = _read_many if multiple else _read_one
    return _parse_words(cells, lambda text: read(text, words))


def _parse_words(cells: Array, read_one: Callable[[str], Read]) -> Parsed:
    """Each distinct cell read once, numbers and booleans as the text a person would type."""
    kinds = kinds_of(cells)
    values, reasons, notes, suggestions = (blank(len(cells)) for _ in range(4))

    def as_text(cell: object) -> str:
        return cell if isinstance(cell, str) else "" if cell != cell else whole_number_text(cell)  # type: ignore[arg-type]

    for kind in (TEXT, NUMBER):
        where = kinds == kind
        if where.any():
            found, index = distinct(cells[where])
            columns = zip(*(read_one(as_text(cell)) for cell in found), strict=True)
            for array, column in zip((values, reasons, notes, suggestions), columns, strict=True):
                array[where] = objects(column)[index]
    reasons[(kinds == MOMENT) | (kinds == OTHER) | (kinds == BOOLEAN)] = "unknown_code"
    return Parsed(values, reasons, notes, {"suggestion": suggestions})


def _read_one(text: str, words: _Words) -> Read:
    """One code out of one text."""
    code = words.find(text)
    if code is not None:
        return code, None, None, None
    if words.is_missing(text):
        return _MISSING
    parts = _parts(text, words)
    codes = {words.find(part) for part in parts}
    if len(parts) > 1 and None not in codes:
        only = codes.pop()
        return (None, "several_codes", None, None) if codes else (only, None, None, None)
    return words.unknown(text)


def _read_many(text: str, words: _Words) -> Read:
    """All codes of one text, sorted."""
    code = words.find(text)
    if code is not None:
        return code, None, None, None
    if words.is_missing(text):
        return _MISSING
    codes: set[str] = set()
    for part in _parts(text, words):
        found = words.find(part)
        if found is None:
            return words.unknown(part)
        codes.add(found)
    return ("|".join(sorted(codes)) if codes else None), None, None, None


def _parts(text: str, words: _Words) -> list[str]:
    """The words of a text that lists several, without those that mean nothing."""
    pieces = _SEPARATORS.split(text.translate(_FULL_WIDTH))
    return [piece for piece in pieces if words.find(piece) is not None or not words.is_missing(piece)]


def parse_booleans(
    cells: Array, *, spellings: Mapping[str, str] = NO_SPELLINGS, missing: frozenset[str] = NO_TEXTS
) -> Parsed:
    """Yes or no: pandas boolean array. `spellings`: written word → yes or no, with marks such as √ and 1.

    A spelling comes before a missing token: 否 and 无 mean no here where they are listed. An empty cell is missing,
    never no. Boolean cells are taken as they are.
    """
    parsed = parse_codes(cells, spellings=spellings, missing=missing)
    flags = np.zeros(len(cells), dtype=bool)
    known = np.zeros(len(cells), dtype=bool)
    for code, flag in YES_OR_NO.items():
        where = np.asarray(parsed.values == code)
        flags[where], known[where] = flag, True
    reasons = parsed.reasons
    reasons[reasons.astype(bool) | (parsed.values.astype(bool) & ~known)] = "not_a_boolean"
    themselves = kinds_of(cells) == BOOLEAN
    flags[themselves] = cells[themselves].astype(bool)
    known[themselves] = True
    reasons[themselves] = None
    return Parsed(pd.arrays.BooleanArray(flags, ~known), reasons, parsed.notes, parsed.extra)


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
