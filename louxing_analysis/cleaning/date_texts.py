"""The text of a date made plain: no time of day, no weekday, Chinese numerals as digits."""

from __future__ import annotations

import re

from louxing_analysis.cleaning.cells import normalise

_CLOCK = re.compile(
    r"[T\s]*(?:上午|下午)?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*(?:[AP]M)?(?:Z|[+-]\d{2}:?\d{2})?$", re.I
)
_GAP = re.compile(r"(?<=\d)\s+(?=\d)")
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?$")
# 二0一八, 二O一八: who cannot find 〇 types what looks like it.
_HAN_NUMBER = re.compile(r"[〇○零一二三四五六七八九十](?:[〇○零一二三四五六七八九十0oO])*(?=[年月日号季]|$)")
_HAN_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零0oO", 0)


def tidy(text: str) -> str:
    """The text normalised, without time of day and weekday, Chinese numerals before 年月日季 as digits."""
    text = text.strip().replace("：", ":")
    text = _CLOCK.sub("", text) if ":" in text else text
    # 2018 6 is no serial number.
    text = normalise(_GAP.sub(".", text))
    text = _WEEKDAY.sub("", text).removesuffix("上午").removesuffix("下午")
    return _HAN_NUMBER.sub(lambda found: _han_number(found[0]), text)


def _han_number(written: str) -> str:
    """二〇一八 → 2018, 十二 → 12, 二十一 → 21."""
    if "十" not in written:
        return "".join(str(_HAN_DIGITS[digit]) for digit in written)
    tens, _, ones = written.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return written
    return str(10 * _HAN_DIGITS.get(tens, 1) + _HAN_DIGITS.get(ones, 0))
