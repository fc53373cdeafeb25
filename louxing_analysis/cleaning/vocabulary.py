"""Cells that hold a word of a vocabulary, or yes or no."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from louxing_analysis import reference
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
    normalise,
    normalised_tokens,
    objects,
    whole_number_text,
)

# value, reason, note, the nearest known word, the word that is not known
Read = tuple[str | None, str | None, str | None, str | None, str | None]
_MISSING: Read = (None, None, None, None, None)
NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})
YES_OR_NO: Mapping[str, bool] = MappingProxyType({"yes": True, "no": False})
"""The codes of the vocabulary `boolean` and what they mean."""
YES_NO_WORDS = frozenset("是否有无已未")
"""The words of one sign that may stand beside a mark in one cell."""

# Looking for the nearest word costs a millisecond; a column of nothing but unknown words is not worth more.
_MOST_SUGGESTIONS = 50
_LONGEST_SUGGESTED = 30
_NEAR = 0.5

_BARE_CODE = re.compile(r"[(]?[0-9]{1,3}[).、]?(?:\.0)?").fullmatch
# 1.因病, 01因病, (1)因病, 1、因病; A.因病
_ENUMERATION = re.compile(
    r"(?:[(]?[0-9]{1,2}[)]?[.、,:_-]?|[(]?[A-Za-z][).、]|[(]?[一二三四五六七八九十]{1,2}[)、.])(?=[^0-9.、])"
).match
# 2018年脱贫 says when beside what.
_YEAR_BEFORE = re.compile(r"(?:19|20)[0-9]{2}年(?:度|底|末)?(?=.)").match
# What may stand between the words of one cell beside the usual separators: 长期慢性病和残疾, 1因病2因残.
_BETWEEN_WORDS = re.compile(r"(?:以及|和|与|及|并|[、,;/|&+.。:\s]|[(]?[0-9]{1,2}[).、]?)+").match
_SHORTEST_PART = 2
_MOST_PARTS = 12
# □是☑否: an empty box, a ticked box, and the word behind each.
_BOXES = re.compile(r"(?P<box>[□☐○■☑☒√✓✔])(?P<word>[^□☐○■☑☒√✓✔\s、,;/]+)").findall
_TICKED = frozenset("■☑☒√✓✔")
_EMPTY_BOXES = frozenset("□☐○")
_SEPARATORS = re.compile(r"[、,;/|&+\n]+|\s+")
_BRACKET_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FULL_WIDTH = str.maketrans("，；／｜＆＋", ",;/|&+")
_TRAILING = " .。,、;:"


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
        year = _YEAR_BEFORE(bare)
        if year:
            yield bare[year.end() :]
        without_note = _BRACKET_NOTE.sub("", bare).strip(_TRAILING)
        if without_note:
            yield without_note

    def split(self, text: str) -> list[str]:
        """The words of a text that is nothing but known words put together (因病因残); empty where it is not."""
        written = reference.normalise(normalise(text)).casefold().strip(_TRAILING)
        longest = max(map(len, self.folded), default=0)
        parts: list[str] = []
        at = 0
        while at < len(written) and len(parts) < _MOST_PARTS:
            between = _BETWEEN_WORDS(written, at)
            if between:
                at = between.end()
                continue
            ends = range(min(len(written), at + longest), at, -1)
            end = next((end for end in ends if self._may_stand(written, at, end)), at)
            if end == at:
                return []
            parts.append(written[at:end])
            at = end
        return parts if at >= len(written) else []

    def _may_stand(self, written: str, at: int, end: int) -> bool:
        """Marks of one sign count beside words (是√); words of one sign do not, they stand inside too many others."""
        word = written[at:end]
        return word in self.folded and (end - at >= _SHORTEST_PART or not word.isalnum() or word in YES_NO_WORDS)

    def is_missing(self, text: str) -> bool:
        """Nothing, or a token for nothing."""
        written = normalise(text).casefold()
        if not written or written in self.missing:
            return True
        return not written.isascii() and reference.normalise(written) in self.missing

    def unknown(self, text: str) -> Read:
        """Why a text has no code, and the nearest word that has one."""
        written = normalise(text)
        if _BARE_CODE(written):
            return None, "bare_code", None, None, None
        nearest: list[str] = []
        if self.suggested < _MOST_SUGGESTIONS and len(written) <= _LONGEST_SUGGESTED:
            self.suggested += 1
            nearest = difflib.get_close_matches(written.casefold(), self.folded, n=1, cutoff=_NEAR)
        return (
            None,
            "unknown_code",
            None,
            nearest[0] if nearest else None,
            reference.normalise(written).strip(_TRAILING),
        )


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
    Words put together without a mark (因病因残) are told apart where they are nothing but known words. Where several
    are wanted, an unknown one among them is left out and noted as `part_unknown`. extra["suggestion"]: the nearest known word of unknown texts (of the
    first 50 different ones); extra["unknown"]: the word itself.
    """
    words = _Words(spellings, missing)
    read = _read_many if multiple else _read_one
    return _parse_words(cells, lambda text: read(text, words))


def _parse_words(cells: Array, read_one: Callable[[str], Read]) -> Parsed:
    """Each distinct cell read once, numbers and booleans as the text a person would type."""
    kinds = kinds_of(cells)
    values, reasons, notes, suggestions, unknown = (blank(len(cells)) for _ in range(5))

    def as_text(cell: object) -> str:
        return cell if isinstance(cell, str) else "" if cell != cell else whole_number_text(cell)  # type: ignore[arg-type]

    for kind in (TEXT, NUMBER):
        where = kinds == kind
        if where.any():
            found, index = distinct(cells[where])
            columns = zip(*(read_one(as_text(cell)) for cell in found), strict=True)
            for array, column in zip((values, reasons, notes, suggestions, unknown), columns, strict=True):
                array[where] = objects(column)[index]
    reasons[(kinds == MOMENT) | (kinds == OTHER) | (kinds == BOOLEAN)] = "unknown_code"
    return Parsed(values, reasons, notes, {"suggestion": suggestions, "unknown": unknown})


def _read_one(text: str, words: _Words) -> Read:
    """One code out of one text."""
    code = words.find(text)
    if code is not None:
        return code, None, None, None, None
    if words.is_missing(text):
        return _MISSING
    ticked = _ticked(text)
    parts = ticked or _parts(text, words)
    codes = {words.find(part) for part in parts}
    if None in codes or (len(parts) < 2 and not ticked):
        codes = {words.find(part) for part in words.split(text)}
    if codes and None not in codes:
        only = codes.pop()
        return (None, "several_codes", None, None, None) if codes else (only, None, None, None, None)
    return words.unknown(text)


def _ticked(text: str) -> list[str]:
    """The words behind the ticked boxes of □是☑否; nothing where a text has no empty box beside a ticked one."""
    boxes = _BOXES(normalise(text)) if set(text) & _EMPTY_BOXES else []
    if not {box for box, _ in boxes} & _EMPTY_BOXES or normalise(text)[0] not in _TICKED | _EMPTY_BOXES:
        return []
    return [word for box, word in boxes if box in _TICKED]


def _read_many(text: str, words: _Words) -> Read:
    """All codes of one text, sorted; an unknown word among known ones is left out, and the cell noted."""
    code = words.find(text)
    if code is not None:
        return code, None, None, None, None
    if words.is_missing(text):
        return _MISSING
    codes: set[str] = set()
    strange: Read | None = None
    for part in _parts(text, words):
        found = words.find(part)
        several = [found] if found is not None else [words.find(word) for word in words.split(part)]
        codes.update(code for code in several if code is not None)
        if not several or None in several:
            strange = strange or words.unknown(part)
    if strange is not None and not codes:
        return strange
    joined = "|".join(sorted(codes)) or None
    return (joined, None, "part_unknown", *strange[3:]) if strange is not None else (joined, None, None, None, None)


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
