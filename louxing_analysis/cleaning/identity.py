"""Cells that hold ID numbers. They are personal, and none of them is stored."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import (
    EMPTY,
    EXACT_DIGITS,
    NO_TEXTS,
    NUMBER,
    TEXT,
    Array,
    Parsed,
    blank,
    is_missing,
    is_scientific,
    keep_plain,
    kinds_of,
    normalise,
    normalised_tokens,
    read_kind,
)

# GB 11643: weights of the first 17 digits, and the check letter for each remainder of their sum by 11.
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECKS = "10X98765432"
_CHECK_BYTES = np.frombuffer(_CHECKS.encode(), dtype=np.uint8)

# Letters that stand for the check letter X in ledgers: Latin, multiplication sign, Cyrillic, Greek.
_LETTERS_X = str.maketrans({"×": "X", "х": "X", "Х": "X", "Χ": "X", "χ": "X", "✕": "X", "╳": "X"})
_PLAIN_ID = re.compile(r"[0-9]{17}[0-9X]").fullmatch
# A pupil's number is G and the ID number; a disability certificate is the ID number, kind and degree.
# B1 behind it counts the times that the certificate was issued anew.
_ID = re.compile(r"G?(?P<body>[0-9]{17}[0-9X]|[0-9]{15})(?:(?P<degree>[0-9]{2})(?:B[0-9])?)?").fullmatch
_ID_EDGES = ".。,，;；:、'‘’“”\"`"
_ID_HYPHENS = str.maketrans(dict.fromkeys("-‐‑‒–—−"))
_ID_LETTERS = str.maketrans({"O": "0", "L": "1", "I": "1"})
_ID_INSIDE = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9X](?:[0-9]{2})?|[0-9]{15})(?![0-9X])")


class _Shape(NamedTuple):
    """One distinct text as an ID number before its digits are checked."""

    number: str | None
    reason: str | None
    note: str | None
    degree: str | None


def parse_id_numbers(
    cells: Array,
    *,
    lost_digits: Array | None = None,
    missing: frozenset[str] = NO_TEXTS,
    latest: datetime.date | None = None,
) -> Parsed:
    """ID numbers: object array of the 18 characters.

    15-digit ones are converted, of 20-digit ones (disability certificates) the first 18 are kept. lost_digits: where
    the reader knows that a number was rounded. extra: birth_date (datetime64[s]), sex (male/female), degree (the last
    two digits of a disability certificate: kind and degree). Check digit and birth date are verified (GB 11643);
    region codes are not, because old ones stay valid. A number that Excel has rounded is set aside for good: its
    digits cannot be had back.
    """
    kinds = kinds_of(cells)
    tokens = normalised_tokens(missing)
    values, reasons, notes, degree = (blank(len(cells)) for _ in range(4))
    rest = keep_plain(cells, kinds == TEXT, _PLAIN_ID, values)
    read_kind(cells, rest, lambda text: _shape(text, tokens), (values, reasons, notes, degree))
    read_kind(cells, kinds == NUMBER, _shape_of_number, (values, reasons, notes, degree))
    reasons[(kinds != TEXT) & (kinds != NUMBER) & (kinds != EMPTY)] = "id_is_text"
    if lost_digits is not None:
        reasons[np.asarray(lost_digits, dtype=bool) & (kinds != EMPTY)] = "id_digits_lost"
    births = np.full(len(cells), "NaT", dtype="datetime64[D]")
    sex = blank(len(cells))
    whole = values.astype(bool) & ~reasons.astype(bool)
    if whole.any():
        births[whole], sex[whole], reasons[whole] = _verify(values[whole], latest)
    aside = reasons.astype(bool)
    births[aside] = np.datetime64("NaT")
    for array in (values, notes, degree, sex):
        array[aside] = None
    extra = {"birth_date": births.astype("datetime64[s]"), "sex": sex, "degree": degree}
    return Parsed(values, reasons, notes, extra)


def _shape(text: str, missing: frozenset[str]) -> _Shape:
    """The ID number in a text, cleaned; its digits are not verified yet."""
    written = normalise(text)
    if not written or is_missing(text, missing):
        return _Shape(None, None, None, None)
    if len(_ID_INSIDE.findall(text.upper())) > 1:
        return _Shape(None, "id_several", None, None)  # two lines of one cell
    written = written.upper().translate(_LETTERS_X)
    bare = written.strip(_ID_EDGES).translate(_ID_HYPHENS)
    match = _ID(bare)
    if match is None or (match["degree"] and len(match["body"]) == 15):
        return _Shape(None, _why_no_id(written, bare), None, None)
    body = match["body"]
    if len(body) == 15:
        return _Shape(to_18_digits(body), None, "id_15_digits", None)
    return _Shape(body, None, None, match["degree"])


def _why_no_id(written: str, bare: str) -> str:
    """Which way a text fails to be one ID number; what is wrong is said, never mended."""
    if is_scientific(written):
        return "id_digits_lost"
    digits = _ID(bare.translate(_ID_LETTERS))
    if digits and digits[0] != bare and not (digits["degree"] and len(digits["body"]) == 15):
        return "id_letters"
    inside = len(set(_ID_INSIDE.findall(written)))
    if inside > 1:
        return "id_several"
    if inside == 1:
        return "id_with_text"
    if "*" in written:
        return "id_masked"
    if not any(letter.isdigit() for letter in written):
        return "id_is_text"
    return "id_length" if bare.replace("X", "").isdigit() else "id_other_document"


def _shape_of_number(number: float) -> _Shape:
    """A number cell: only an old 15-digit ID survives as one."""
    if number != number:
        return _Shape(None, None, None, None)
    if abs(number) >= 10**EXACT_DIGITS:
        return _Shape(None, "id_digits_lost", None, None)
    return _shape(str(int(number)) if number == int(number) else repr(float(number)), NO_TEXTS)


def to_18_digits(old: str) -> str:
    """A 15-digit ID number in today's form: century 19 put in, check digit added."""
    body = old[:6] + "19" + old[6:]
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The check letter of 17 digits (GB 11643)."""
    return _CHECKS[sum(int(digit) * int(weight) for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def _verify(numbers: Array, latest: datetime.date | None) -> tuple[Array, Array, Array]:
    """Birth dates, sexes, and reasons of 18-character ID numbers, all at once."""
    letters = np.frombuffer("".join(numbers.tolist()).encode("ascii"), dtype=np.uint8).reshape(-1, 18)
    digits = letters[:, :17].astype(np.int64) - ord("0")
    reasons = blank(len(numbers))
    checks = _CHECK_BYTES[digits @ _WEIGHTS % 11]
    reasons[checks != letters[:, 17]] = "id_check_digit"
    year = digits[:, 6:10] @ np.array([1000, 100, 10, 1])
    month, day = digits[:, 10:12] @ np.array([10, 1]), digits[:, 12:14] @ np.array([10, 1])
    firsts = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    births = firsts.astype("datetime64[D]") + (day - 1)
    wrong = (month < 1) | (month > 12) | (day < 1) | (births.astype("datetime64[M]") != firsts) | (year < 1900)
    if latest is not None:
        wrong |= births > np.datetime64(latest)
    reasons[wrong] = "id_birth_date"
    # A rounded number that was then stored as text ends in zeros and fails its check.
    zeros = (digits[:, 15:17] == 0).all(axis=1) & (letters[:, 17] == ord("0"))
    reasons[zeros & (checks != letters[:, 17])] = "id_digits_lost"
    nines = letters == ord("9")
    reasons[np.logical_and.reduce([nines[:, first : first + 14] for first in range(5)]).any(axis=1)] = "id_fabricated"
    run = (np.diff(digits[:, :8], axis=1) == 1).all(axis=1)  # 12345678
    reasons[run | (digits == digits[:, :1]).all(axis=1)] = "id_fabricated"
    sex = np.where(digits[:, 16] % 2 == 1, "male", "female").astype(object)
    return births, sex, reasons
