"""What a text that is no number seems to say: something to type instead, never something that is used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from louxing_analysis.cleaning.amount_forms import Units, plain, read_amount

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS |= {digit: value for value, digit in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERAL = re.compile(f"(?P<number>[{''.join(_DIGITS)}{''.join(_TENS)}万亿]+)(?P<unit>[^0-9]{{0,4}}?)整?").fullmatch
_COMPOUND = re.compile(r"(?:[0-9]+[亿万千百])+[0-9]*(?P<unit>[^0-9]{0,4}?)整?").fullmatch
_PART = re.compile(r"([0-9]+)([亿万千百]?)").findall
_WORTH = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}

_LOOKALIKE = str.maketrans({"o": "0", "l": "1", "i": "1"})
_LOOKALIKE_ONLY = re.compile(r"(?=[^0-9]*[0-9])[0-9oli.,]+").fullmatch
_MINUS = re.compile(r"[▲△](?P<before>[0-9.,]+)|(?P<behind>[0-9.,]+)-").fullmatch
_SPACED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+").fullmatch
_TEN_THOUSAND = re.compile(r"([0-9.]+)w").fullmatch
_REMARK = re.compile(r"(?:\([^()0-9]*\)|\[[^\[\]0-9]*\]|[.。,，、;；!！?？*#])+$")
# 低保1200元 says 1200元; 欠, 负 and the like turn the sense round.
_WORD_BEFORE = re.compile(
    r"(?:(?![欠负亏减扣约])[\u4e00-\u9fff]){1,8}:?(?P<amount>[0-9][0-9,]*(?:\.[0-9]+)?[^0-9]{0,8})"
).fullmatch


def hint(text: str, units: Units, reason: str) -> str | None:
    """A text that would be read, for one that was set aside for a reason; None where nothing is plain enough.

    Ranges, bounds, expressions, dates and prices have no hint: which figure is meant is for the office to say.
    """
    if len(text) > 40 or reason not in {"not_a_number", "several_numbers", "unknown_cell_unit", "bad_grouping"}:
        return None
    written = plain(text)
    found = (guess for guess in _guesses(text.strip(), written, units) if read_amount(guess, units)[2] is None)
    return next(found, None)


def _guesses(text: str, written: str, units: Units) -> Iterator[str]:
    numeral = _NUMERAL(written)
    if numeral:
        value = numeral_value(numeral["number"])
        if value is not None:
            yield _with_unit(value, numeral["number"], numeral["unit"], units)
    compound = _COMPOUND(written)
    if compound:
        yield _with_unit(_compound_value(written), written, compound["unit"], units)
    minus = _MINUS(written)
    if minus:
        yield f"-{minus['before'] or minus['behind']}"
    if _SPACED(text):
        yield "".join(text.split())
    power = _TEN_THOUSAND(written)
    if power:
        yield f"{power[1]}万"
    if _LOOKALIKE_ONLY(written):
        yield written.translate(_LOOKALIKE)
    bare = _REMARK.sub("", written)
    if bare != written:
        yield bare
    word = _WORD_BEFORE(bare)
    if word:
        yield word["amount"]


def _with_unit(value: int, number: str, unit: str, units: Units) -> str:
    """The value with its unit; one that was written in 千, 万 or 亿 is in yuan whatever the header says."""
    scaled = any(mark in number for mark in "百千万亿佰仟")
    return f"{value}{unit or ('元' if scaled and '元' in units.worth else '')}"


def numeral_value(written: str) -> int | None:
    """二万 → 20000, 三千五百 → 3500, 三千五 → 3500, 一万二 → 12000; None for digits in no such order."""
    if not set(written) & (_TENS.keys() | _MYRIADS.keys()):
        return int("".join(str(_DIGITS[mark]) for mark in written))
    total = section = 0
    digit: int | None = None
    last = 0  # the power that the last mark stood for; 三千五 goes on with the next lower one
    for mark in written:
        if mark in _DIGITS:
            if digit:
                return None
            digit, last = _DIGITS[mark], last if _DIGITS[mark] else 0
        elif mark in _TENS:
            section += (1 if digit is None else digit) * _TENS[mark]
            digit, last = None, _TENS[mark]
        else:
            if section + (digit or 0) == 0:
                return None
            total, section = (total + section + (digit or 0)) * _MYRIADS[mark], 0
            digit, last = None, _MYRIADS[mark]
    rest = 0 if digit is None else digit * (last // 10 if last >= 100 else 1)
    return total + section + rest


def _compound_value(written: str) -> int:
    """3万5千 → 35000; 3万5 → 35000."""
    total, last = 0, 0
    for digits, power in _PART(written):
        worth = _WORTH.get(power, last // 10 if len(digits) == 1 and last >= 100 else 1)
        total += int(digits) * worth
        last = worth
    return total
