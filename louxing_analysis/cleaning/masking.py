"""Free text → the same text without ID numbers, phones, accounts and known names, wherever they stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import TEXT, Array, distinct, kinds_of, objects

ID_NUMBER, PHONE, ACCOUNT, NAME = "[身份证]", "[电话]", "[账号]", "[姓名]"

# \d takes full-width digits too. Nothing else in a ledger has 15 digits in a row.
_NUMBERS = re.compile(
    r"(?P<spaced>(?<!\d)[1-9]\d{5}[\s-]*(?:19|20)\d{2}[\s-]*(?:0[1-9]|1[0-2])[\s-]*[0-3]\d[\s-]*\d{3}[\s-]*[\dXxＸｘ×хХ](?!\d))"
    r"|(?P<groups>(?<!\d)[3-9]\d{3}(?:[\s-]\d{4}){3}(?:[\s-]?\d{1,3})?(?!\d))"
    r"|(?P<run>(?<!\d)\d{15,}[XxＸｘ×хХ]?)"
    r"|(?P<rounded>(?<!\d)\d\.\d{8,}[eE]\+?(?:1[4-9]|20)(?!\d))"
    r"|(?P<phone>(?<!\d)(?:(?:00|[+＋])?86[\s-]*)?1[3-9]\d[\s.-]?\d{4}[\s.-]?\d{4}\d?(?!\d)"
    r"|(?<!\d)[(（]?0\d{2,3}[)）]?[\s-]*\d{7,8}(?!\d))"
)
_ANY_NUMBER = re.compile(r"\d{3}").search
_ID_LENGTHS = (15, 18, 20)
_ID_INSIDE_DECIMALS = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|62").match
_SPACE = re.compile(r"\s").search
_SHORTEST_NAME = 2


class _Names(NamedTuple):
    """Known names, ready to be found: which letters begin one, and how long those that begin so are."""

    known: frozenset[str]
    lengths: dict[str, tuple[int, ...]]
    begins: re.Pattern[str] | None


@lru_cache(maxsize=4)
def _index(names: frozenset[str]) -> _Names:
    lengths: dict[str, set[int]] = {}
    known = frozenset(name for name in names if len(name) >= _SHORTEST_NAME)
    for name in known:
        lengths.setdefault(name[0], set()).add(len(name))
    longest_first = {letter: tuple(sorted(found, reverse=True)) for letter, found in lengths.items()}
    begins = re.compile("[" + "".join(map(re.escape, sorted(lengths))) + "]") if lengths else None
    return _Names(known, longest_first, begins)


def mask_text(texts: Array | Iterable[object], names: frozenset[str] = frozenset()) -> Array:
    """The texts with what is personal in them replaced by [身份证] [电话] [账号] [姓名]; object array.

    What is no text stays as it is. Numbers: 15, 18 and 20 digits in a row (or 17 and X), in groups or as Excel rounds
    them, also broken over lines; any other run of 15 digits or more is an account; phones of 11 digits (one too many
    is still one) and landlines. Names: each of `names`
    (two characters or more) wherever it stands, the longest first, also with spaces inside. An ordinary word that is
    somebody's name is masked too: leave it out of `names` where that matters. Give the same frozenset each time: it is
    indexed once. 10,000 texts against 23,000 names: under a tenth of a second.
    """
    cells = texts if isinstance(texts, np.ndarray) and texts.dtype == object else objects(texts)
    where = kinds_of(cells) == TEXT
    masked = cells.copy()
    if where.any():
        found, index = distinct(cells[where])
        known = _index(names)
        masked[where] = objects(_mask(text, known) for text in found)[index]
    return masked


def _mask(text: str, names: _Names) -> str:
    if _ANY_NUMBER(text):
        text = _NUMBERS.sub(_mask_number, text)
    if names.begins is None or not names.begins.search(text):
        return text
    return _mask_spaced(text, names) if _SPACE(text) else "".join(_pieces(text, names))


def _mask_number(match: re.Match[str]) -> str:
    """The mark for one number; a long row of decimals stays unless an ID may have been run into a list number."""
    kind, found = match.lastgroup, match[0]
    if kind == "phone":
        return PHONE
    if kind in {"rounded", "spaced"}:
        return ID_NUMBER
    digits = re.sub(r"[\s-]", "", found)
    before = match.string[max(match.start() - 2, 0) : match.start()]
    if kind == "run" and re.fullmatch(r"\d\.", before) and not _ID_INSIDE_DECIMALS(digits):
        return found
    return ID_NUMBER if len(digits) in _ID_LENGTHS else ACCOUNT


def _spans(text: str, names: _Names) -> Iterable[tuple[int, int]]:
    """Where names stand, from left to right, the longest at each place, none overlapping."""
    if names.begins is None:
        return
    done = 0
    for hit in names.begins.finditer(text):
        start = hit.start()
        if start < done:
            continue
        for length in names.lengths[hit[0]]:
            piece = text[start : start + length]
            if piece in names.known:
                done = start + len(piece)
                yield start, done
                break


def _pieces(text: str, names: _Names) -> Iterable[str]:
    done = 0
    for start, end in _spans(text, names):
        yield text[done:start]
        yield NAME
        done = end
    yield text[done:]


def _mask_spaced(text: str, names: _Names) -> str:
    """As without spaces, and names that were spaced out (张 三); names that hold a space of their own first."""
    text = "".join(_pieces(text, names))
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    out, done = [], 0
    for start, end in _spans("".join(text[place] for place in places), names):
        first, last = places[start], places[end - 1] + 1
        out += [text[done:first], NAME]
        done = last
    return "".join([*out, text[done:]])
