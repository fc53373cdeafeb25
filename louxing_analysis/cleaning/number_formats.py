"""Which number formats show a date or a span of time, and the date that a serial number stands for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

PLAIN, DATE, SPAN = "", "date", "span"

# 27–36 and 50–58 are dates wherever Excel or WPS speaks Chinese, Japanese or Korean (31 is 2018年6月5日, 57 is 2018年6月);
# they are stored by number alone, so no format code tells
EAST_ASIAN = frozenset({*range(27, 37), *range(50, 59)})
_DATES = frozenset({*range(14, 23), 45, 47}) | EAST_ASIAN
_SPAN = 46
_QUIET = re.compile(r'"[^"]*"?|[\\_*].?|\[(?!(?:h+|m+|s+)\])[^\]]*\]|General', re.IGNORECASE | re.DOTALL)
_SPANS = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_MARKS = re.compile(r"[ymdhs]|a{3,}|(?<![A-Za-z0#?.])e+(?=[年/. -]|$)", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_LAST = 2_958_465  # 9999-12-31


def kind_of_format(number: int, code: str | None) -> str:
    """Whether cells of a format are dates, spans of time or neither: by its code, else by its built-in number."""
    if code is None:
        return SPAN if number == _SPAN else DATE if number in _DATES else PLAIN
    first = _QUIET.sub("", code).partition(";")[0]
    return SPAN if _SPANS.search(first) else DATE if _MARKS.search(first) else PLAIN


def kinds_of(styles: list[int], codes: Mapping[int, str]) -> list[str]:
    """The kind of every cell style, from the number of its format and the codes that the file states."""
    return [kind_of_format(number, codes.get(number)) for number in styles]


def from_serial(value: float, kind: str, since_1904: bool) -> Any:
    """A date, a date with its time, a time of day or a span of time; the number itself where it stands for none.

    Serial numbers before 1 March 1900 count a day that never was, as every spreadsheet does.
    """
    if kind == SPAN:
        return datetime.timedelta(days=value) if abs(value) < _LAST else value
    if kind != DATE or not 0 <= value <= _LAST + 0.999_999:
        return value
    days, part = divmod(round(value * 86_400_000), 86_400_000)
    if days == 0 and part and not since_1904:
        return (_EPOCH + datetime.timedelta(milliseconds=part)).time()
    if days == 0 and not since_1904:
        return value
    shift = 0 if since_1904 or days >= 60 else 1
    try:
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + datetime.timedelta(days + shift, milliseconds=part)
    except OverflowError:
        return value
    return moment if part else moment.date()
