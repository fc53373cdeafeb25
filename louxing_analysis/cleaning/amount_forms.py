"""One written amount, read: its number, whether it brought its own unit, or why it is no number."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from louxing_analysis import reference
from louxing_analysis.cleaning.cells import NO_TEXTS, normalise

# A longer text is a remark, not an amount; it also keeps the patterns below away from whole pages.
_LONGEST = 80
_POWERS = {"": 0, "百": 2, "千": 3, "万": 4, "亿": 8, "百万": 6, "千万": 7, "百亿": 10, "千亿": 11, "万亿": 12}
_SMALL_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_DASHES = str.maketrans(dict.fromkeys("−‐‑‒–﹣", "-"))
# 1,200圆 is what a bank's form has for 元; nothing else makes them one word.
_YUAN = str.maketrans("圆", "元")

_AMOUNT = re.compile(
    r"(?P<rough>大约|约为|约|将近|接近|近|大概|大致|差不多|估计|估|≈|~)?(?P<sign>[+-]|负)?¥?(?P<late_sign>[+-]?)"
    r"(?P<digits>(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?P<exponent>e[+-]?[0-9]{1,3})?"
    r"(?P<rest>[^0-9]*)"
).fullmatch
_REST = re.compile(
    r"(?P<some>[余多]?)(?P<power>[百千万亿]{0,2})(?P<more>[余多]?)(?P<unit>.*?)(?P<rough>左右|上下|\((?:大约|约|估计|估)\))?整?",
    re.DOTALL,
).fullmatch
_IN_BRACKETS = re.compile(r"\(([^()]+)\)").fullmatch

_DATE_LIKE = re.compile(r"[0-9]{4}(?:年|([-/.])[0-9]{1,2}\1[0-9])|[0-9]{1,2}月[0-9]{1,2}日?").match
_EXPRESSION = re.compile(r"[0-9)][^0-9]{0,6}?[*×x÷+/][^0-9]{0,3}?[0-9(]").search
_RANGE = re.compile(r"[^0-9]{0,4}[0-9.,]+[^0-9]{0,6}(?:[-~—–至到]|或)[^0-9]{0,4}[0-9.,]+[^0-9]*").fullmatch
_PLAIN_RANGE = re.compile(
    r"(?P<low>[0-9][0-9.,]*)(?P<first>[^0-9.,~—至到-]*)(?:-|~|—+|至|到)(?P<high>[0-9][0-9.,]*)(?P<unit>[^0-9]*)(?<!左右)"
).fullmatch
_BOUND = re.compile(
    r"以上|以下|以内|之内|不足|超过|不到|不少于|不超过|大于|小于|高于|低于|多于|少于|至少|至多|最多|最少|[<>≤≥]|[0-9]\+$"
).search
_GROUPING = re.compile(r"[^0-9]{0,4}(?P<digits>[0-9]+(?:,[0-9]+)+)(?:\.[0-9]+)?[^0-9]*").fullmatch
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+").fullmatch
# Two lines of one cell must not become one number; nobody here groups thousands by spaces.
_TWO_NUMBERS = re.compile(r"\d\s+\d").search
_NUMBER_AND_WORD = re.compile(r"[0-9.,]+\(?(?:[%‰]|[^\W\d_])").match
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)?").findall
_SQUARE = re.compile(r"(?<=[0-9])m[23](?![0-9])")
# 元/月, 元/亩: what a month or a mu is worth is not what the row is worth.
_RATE = re.compile(r"[^0-9]*[0-9.,]+[^0-9/]{0,4}/[^0-9/]{1,4}(?:/[^0-9]{1,4})?").fullmatch
_EACH_BEFORE = re.compile(r"每([年月天日次人户亩])(?=.*[0-9])(.*)", re.DOTALL).fullmatch
_PER_CENT_OF = re.compile(r"百分之([0-9.]+)").fullmatch
_EACH_BEHIND = re.compile(r"(?<=元)每(?=[年月天日次人户亩]$)")
_ERRORS = frozenset({"#ref!", "#div/0!", "#n/a", "#value!", "#name?", "#null!", "#num!"})


class Units(NamedTuple):
    """What one of each written unit is worth, and the units that hold a digit with the sign that stands for them."""

    worth: Mapping[str, Decimal]
    with_digits: tuple[tuple[str, str], ...]


# One distinct text, read: value, whether it brought its own unit, reason, note.
Read = tuple[float, bool, str | None, str | None]
_MISSING: Read = (math.nan, False, None, None)


def read_amount(text: str, units: Units, missing: frozenset[str] = NO_TEXTS) -> Read:
    """One text as an amount; `units` (of `units_of`) and `missing` are normalised already."""
    written = plain(text)
    if not written or written in missing:
        return _MISSING
    if len(written) > _LONGEST or any(letter.isdigit() and not letter.isdecimal() for letter in text):
        # ②1200 and 30² must not become 21200 and 302.
        return (math.nan, False, "not_a_number", None)
    if _TWO_NUMBERS(text):
        return (math.nan, False, "several_numbers", None)
    written = _with_small_digits(written, units)
    bracketed = _IN_BRACKETS(written)
    match = _AMOUNT(bracketed.group(1) if bracketed else written)
    rest = _REST(match["rest"]) if match else None
    if match is None or rest is None:
        return (math.nan, False, _why_not(written), None)
    worth = _worth(rest["power"], rest["unit"], units.worth)
    if worth is None:
        return (math.nan, False, _why_not(written), None)
    number = Decimal(match["digits"].replace(",", "") + (match["exponent"] or ""))
    if bracketed or {"-", "负"} & {match["sign"], match["late_sign"]}:
        number = -number
    value = float(number * worth)
    if math.isinf(value):
        return (math.nan, False, "not_a_number", None)
    rough = match["rough"] or rest["some"] or rest["more"] or rest["rough"]
    note = "approximate" if rough else "negative_in_brackets" if bracketed else None
    return (value, bool(rest["power"] or rest["unit"]), None, note)


def plain(text: str) -> str:
    """A text as amounts are compared: simplified (萬 is 万), one kind of dash, lower case, 每年3000元 as 3000元/年."""
    written = normalise(text).casefold()
    if written.isascii():
        return written
    written = reference.normalise(written).translate(_DASHES).translate(_YUAN)
    each, share = _EACH_BEFORE(written), _PER_CENT_OF(written)
    if share:
        return f"{share[1]}%"
    return f"{each[2]}/{each[1]}" if each else _EACH_BEHIND.sub("/", written)


def read_midpoint(text: str, units: Units, missing: frozenset[str] = NO_TEXTS) -> Read:
    """One text as an amount, a plain range (3000-4000, 3-4万) as its midpoint, noted; for who has asked for that."""
    read = read_amount(text, units, missing)
    ends = _PLAIN_RANGE(plain(text)) if read[2] == "range" else None
    if ends is None or ends["first"] not in ("", ends["unit"]):
        return read
    low, high = (read_amount(f"{ends[end]}{ends['unit']}", units) for end in ("low", "high"))
    if low[2] or high[2] or low[0] >= high[0] or _both_years(low[0], high[0]):
        return read
    return (float((Decimal(repr(low[0])) + Decimal(repr(high[0]))) / 2), low[1], None, "midpoint")


def _both_years(low: float, high: float) -> bool:
    """2018-2019 is a span of time that strayed into the column."""
    return 1949 <= low <= high <= 2050


@lru_cache(maxsize=64)
def units_of(suffixes: tuple[tuple[str, float], ...]) -> Units:
    """Units normalised; in ㎡, which NFKC makes m2, the digit becomes a small one that counts for nothing."""
    written = {normalise(suffix).casefold(): decimal_of(worth) for suffix, worth in suffixes}
    signs = {unit: unit.translate(_SMALL_DIGITS) for unit in written}
    worth = {signs[unit]: amount for unit, amount in written.items()}
    return Units(worth, tuple((unit, sign) for unit, sign in signs.items() if unit != sign))


def _with_small_digits(written: str, units: Units) -> str:
    """The text with a unit at its end that holds a digit put the way `units_of` keeps it."""
    for unit, sign in units.with_digits:
        if written.endswith(unit):
            return written.removesuffix(unit) + sign
    return written


def _worth(power: str, unit: str, units: Mapping[str, Decimal]) -> Decimal | None:
    """What one of the written unit is worth; None where the unit is not known here."""
    unit = unit.removeprefix("(").removesuffix(")")
    whole = units.get(power + unit)
    if whole is not None:
        return whole
    inner = units.get(unit) if unit else Decimal(1)
    if inner is None or power not in _POWERS:
        return None
    return inner.scaleb(_POWERS[power])


def _why_not(written: str) -> str:
    """Which way a normalised text fails to be one number."""
    count = len(_NUMBERS(_SQUARE.sub("", written)))
    if _DATE_LIKE(written):
        return "date_in_number"
    if written in _ERRORS:
        return "error_cell"
    if _RATE(written):
        return "rate_not_amount"
    if written.startswith("=") or _EXPRESSION(written):
        return "expression"
    if count and (_BOUND(written) or _RANGE(written)):
        return "range"
    grouping = _GROUPING(written)
    if grouping and not _GROUPED(grouping["digits"]):
        return "bad_grouping"
    if count > 1:
        return "several_numbers"
    return "unknown_cell_unit" if _NUMBER_AND_WORD(written) else "not_a_number"


@lru_cache(maxsize=1024)
def decimal_of(number: float) -> Decimal:
    """The number as it is written, not as binary keeps it."""
    return Decimal(repr(float(number)))
