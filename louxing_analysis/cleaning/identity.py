"""Cells that say who somebody is: ID numbers, names, phones, accounts. All of it is personal; none of it is stored."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import (
    BOOLEAN,
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
)

# GB 11643: weights of the first 17 digits, and the check letter for each remainder of their sum by 11.
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECKS = "10X98765432"
_CHECK_BYTES = np.frombuffer(_CHECKS.encode(), dtype=np.uint8)
# Excel keeps 15 digits of a number; the rest turns to 0.
_EXACT_DIGITS = 15

# Letters that stand for the check letter X in ledgers: Latin, multiplication sign, Cyrillic, Greek.
_LETTERS_X = str.maketrans({"×": "X", "х": "X", "Х": "X", "Χ": "X", "χ": "X", "✕": "X", "╳": "X"})
_PLAIN_ID = re.compile(r"[0-9]{17}[0-9X]").fullmatch
# A pupil's number is G and the ID number; a disability certificate is the ID number, kind and degree.
_ID = re.compile(r"G?(?P<body>[0-9]{17}[0-9X]|[0-9]{15})(?P<degree>[0-9]{2})?").fullmatch
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}").fullmatch

_PLAIN_NAME = re.compile(r"[\u4e00-\u9fa5]{2,4}").fullmatch
_NAME_NOTE = re.compile(r"[(\[【〔<](?P<note>[^()\[\]【】〔〕<>]*)[)\]】〕>]")
_NAME_DOTS = re.compile(r"[•‧∙⋅・●]|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")
_NAME_PARTS = re.compile(r"[、，,;；/／\n]+")
# 张三 李四 is two people; 张 三 is one, spaced out to fill the column.
_BETWEEN_NAMES = re.compile(r"(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})")
_LETTER = re.compile(r"[^\W\d_]")
_PLAIN_PHONE = re.compile(r"1[0-9]{10}").fullmatch
_MOBILE = re.compile(r"(?<![0-9])1[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])(?:0[0-9]{2,3}[ -]?)?[2-9][0-9]{6,7}(?![0-9])")
_ACCOUNT = re.compile(r"[0-9]{12,21}").fullmatch


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
    rest = _keep_plain(cells, kinds == TEXT, _PLAIN_ID, values)
    _read_kind(cells, rest, lambda text: _shape(text, tokens), (values, reasons, notes, degree))
    _read_kind(cells, kinds == NUMBER, _shape_of_number, (values, reasons, notes, degree))
    reasons[(kinds != TEXT) & (kinds != NUMBER) & (kinds != EMPTY)] = "id_length"
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


def _keep_plain(cells: Array, where: Array, plain: Callable[[str], object], values: Array) -> Array:
    """Copy the texts that need no cleaning into `values`; the mask of those that do."""
    places = np.flatnonzero(where)
    texts = cells[places]
    fine = np.fromiter((plain(text) is not None for text in texts.tolist()), dtype=bool, count=len(texts))
    values[places[fine]] = texts[fine]
    rest = np.zeros(len(cells), dtype=bool)
    rest[places[~fine]] = True
    return rest


def _read_kind(cells: Array, where: Array, read: Callable[..., tuple[object, ...]], into: tuple[Array, ...]) -> None:
    """Read the cells at `where`, each distinct one once, into the arrays, one field each; changes them in place."""
    if not where.any():
        return
    found, index = distinct(cells[where])
    for array, field in zip(into, zip(*map(read, found), strict=True), strict=True):
        array[where] = objects(field)[index]


def _shape(text: str, missing: frozenset[str]) -> _Shape:
    """The ID number in a text, cleaned; its digits are not verified yet."""
    written = normalise(text)
    if not written or written.casefold() in missing:
        return _Shape(None, None, None, None)
    written = written.upper().translate(_LETTERS_X)
    match = _ID(written)
    if match is None or (match["degree"] and len(match["body"]) == 15):
        reason = "id_digits_lost" if _SCIENTIFIC(written) else "id_length"
        return _Shape(None, reason, None, None)
    body = match["body"]
    if len(body) == 15:
        return _Shape(to_18_digits(body), None, "id_15_digits", None)
    return _Shape(body, None, None, match["degree"])


def _shape_of_number(number: float) -> _Shape:
    """A number cell: only an old 15-digit ID survives as one."""
    if number != number:
        return _Shape(None, None, None, None)
    if abs(number) >= 10**_EXACT_DIGITS:
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
    sex = np.where(digits[:, 16] % 2 == 1, "male", "female").astype(object)
    return births, sex, reasons


def parse_names(cells: Array, *, missing: frozenset[str] = NO_TEXTS) -> Parsed:
    """Personal names for matching: object array; spaces inside Chinese names gone, dots alike, bracket notes split off.

    extra["note"]: what stood in brackets, such as 故 or 户主. Several names in one cell are kept, joined by 、, and
    noted as `several_names`; a name with a replacement mark is noted as `lost_character`. Latin names keep one space.
    """
    kinds = kinds_of(cells)
    tokens = normalised_tokens(missing)
    values, reasons, notes, bracket = (blank(len(cells)) for _ in range(4))
    rest = _keep_plain(cells, kinds == TEXT, lambda text: None if text in tokens else _PLAIN_NAME(text), values)
    _read_kind(cells, rest, lambda text: read_name(text, tokens), (values, reasons, notes, bracket))
    numbers = kinds == NUMBER
    reasons[numbers] = ["not_a_name" if number == number else None for number in cells[numbers].tolist()]
    reasons[(kinds != TEXT) & (kinds != NUMBER) & (kinds != EMPTY)] = "not_a_name"
    return Parsed(values, reasons, notes, {"note": bracket})


def read_name(text: str, missing: frozenset[str] = NO_TEXTS) -> tuple[str | None, str | None, str | None, str | None]:
    """Name, reason, note and bracket note of one text."""
    if normalise(text).casefold() in missing | {""}:
        return None, None, None, None
    parts = [_tidy_name(part) for part in _NAME_PARTS.split(_BETWEEN_NAMES.sub("、", text))]
    names = [name for name, _ in parts if name]
    bracket = "、".join(note for _, note in parts if note) or None
    if not names or not all(_LETTER.search(name) for name in names):
        return None, "not_a_name", None, None
    joined = "、".join(names)
    lost = any(mark in joined for mark in "?\ufffd□■") or any("\ud800" <= letter <= "\uf8ff" for letter in joined)
    return joined, None, "lost_character" if lost else "several_names" if len(names) > 1 else None, bracket


def _tidy_name(text: str) -> tuple[str, str]:
    """One name and what stood in brackets beside it."""
    spaced = " ".join(normalise(word) for word in text.split())
    note = "".join(_NAME_NOTE.findall(spaced)).replace(" ", "")
    name = _NAME_DOTS.sub("·", _NAME_NOTE.sub("", spaced)).strip(" *#。.,:'")
    return (name if name.isascii() else name.replace(" ", "")), note


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
        return (None, None) if normalise(text).casefold() in tokens | {""} else read(text)

    def read_number(number: float) -> tuple[str | None, str | None]:
        return (None, None) if number != number else read(_digits_of(number))

    _read_kind(cells, _keep_plain(cells, kinds == TEXT, plain, values), read_unless_missing, (values, reasons))
    _read_kind(cells, kinds == NUMBER, read_number, (values, reasons))
    reasons[kinds == BOOLEAN] = read("")[1]
    reasons[(kinds > BOOLEAN)] = read("")[1]
    return Parsed(values, reasons, blank(len(cells)))


def _digits_of(number: float) -> str:
    """A number's digits; one of more than 15 is written so that nobody takes it for whole."""
    if abs(number) >= 10**_EXACT_DIGITS:
        return f"{float(number):.14E}"
    return str(int(number)) if number == int(number) else repr(float(number))


def _read_phone(text: str) -> tuple[str | None, str | None]:
    """Every phone number of a text: mobiles first, else landlines."""
    written = " ".join(normalise(word) for word in text.split())
    found = _MOBILE.findall(written) or _LANDLINE.findall(written)
    digits = dict.fromkeys(number.replace(" ", "").replace("-", "") for number in found)
    return ("|".join(digits), None) if digits else (None, "not_a_phone")


def _read_account(text: str) -> tuple[str | None, str | None]:
    """The digits of one account."""
    written = normalise(text).replace("-", "")
    if _SCIENTIFIC(written.upper()):
        return None, "digits_lost"
    return (written, None) if _ACCOUNT(written) else (None, "not_an_account")
