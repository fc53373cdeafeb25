"""Cells that hold telephone numbers and bank accounts: read as their digits. None of them is stored."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from louxing_analysis.cleaning.cells import (
    BOOLEAN,
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

_PLAIN_PHONE = re.compile(r"1[0-9]{10}").fullmatch
_MOBILE = re.compile(r"(?<![0-9])(?:\+?0?86[ -]?)?(1[0-9]{2}[ .-]?[0-9]{4}[ .-]?[0-9]{4})(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9-])(?:[(]?0[0-9]{2,3}[)]?[ -]?)?[2-9][0-9]{6,7}(?![0-9])")
_PHONE_DASHES = str.maketrans(dict.fromkeys("—–−‐", "-"))
_PHONE_MARKS = str.maketrans(dict.fromkeys(" -.()"))
_ACCOUNT = re.compile(r"[0-9]{12,21}").fullmatch


def parse_phones(cells: Array, *, missing: frozenset[str] = NO_TEXTS) -> Parsed:
    """Telephone numbers: object array of digits, several joined by |; numbers stored as floats lose their .0."""
    return _parse_digits(cells, missing, _PLAIN_PHONE, _read_phone)


def parse_accounts(cells: Array, *, lost_digits: Array | None = None, missing: frozenset[str] = NO_TEXTS) -> Parsed:
    """Bank accounts: object array of digits; one that Excel has rounded is set aside."""
    parsed = _parse_digits(cells, missing, _ACCOUNT, _read_account)
    if lost_digits is not None:
        lost = np.asarray(lost_digits, dtype=bool) & (kinds_of(cells) != EMPTY)
        parsed.values[lost], parsed.reasons[lost] = None, "digits_lost"
    return parsed


def _parse_digits(
    cells: Array,
    missing: frozenset[str],
    plain: Callable[[str], object],
    read: Callable[[str], tuple[str | None, str | None]],
) -> Parsed:
    """Phones and accounts: texts and numbers, read as their digits."""
    kinds = kinds_of(cells)
    tokens = normalised_tokens(missing)
    values, reasons = blank(len(cells)), blank(len(cells))

    def read_unless_missing(text: str) -> tuple[str | None, str | None]:
        return (None, None) if not normalise(text) or is_missing(text, tokens) else read(text)

    def read_number(number: float) -> tuple[str | None, str | None]:
        return (None, None) if number != number else read(_digits_of(number))

    read_kind(cells, keep_plain(cells, kinds == TEXT, plain, values), read_unless_missing, (values, reasons))
    read_kind(cells, kinds == NUMBER, read_number, (values, reasons))
    reasons[kinds == BOOLEAN] = read("")[1]
    reasons[(kinds > BOOLEAN)] = read("")[1]
    return Parsed(values, reasons, blank(len(cells)))


def _digits_of(number: float) -> str:
    """A number's digits; one of more than 15 is written so that nobody takes it for whole."""
    if abs(number) >= 10**EXACT_DIGITS:
        return f"{float(number):.14E}"
    return str(int(number)) if number == int(number) else repr(float(number))


def _read_phone(text: str) -> tuple[str | None, str | None]:
    """Every phone number of a text: mobiles first, else landlines."""
    written = " ".join(normalise(word) for word in text.split()).translate(_PHONE_DASHES)
    if is_scientific(written.upper()):
        return None, "digits_lost"
    found = _MOBILE.findall(written) + _LANDLINE.findall(_MOBILE.sub("、", written))
    digits = dict.fromkeys(number.translate(_PHONE_MARKS) for number in found)
    return ("|".join(digits), None) if digits else (None, "not_a_phone")


def _read_account(text: str) -> tuple[str | None, str | None]:
    """The digits of one account."""
    written = normalise(text).replace("-", "").removesuffix(".0")
    if is_scientific(written.upper()):
        return None, "digits_lost"
    return (written, None) if _ACCOUNT(written) else (None, "not_an_account")
