"""One written date, read: which period it names and how long that period is; never a day that was not written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from louxing_analysis.cleaning.date_texts import tidy

OPEN_ENDED = frozenset({"长期", "长期有效", "至今", "今", "现在", "目前", "持续", "永久"})
"""Words for "no end": grammar rather than vocabulary, so they stand here; a caller may pass others."""

# Serials outside of this are more likely some other number: 1954-10-03 to 2064-04-08.
FIRST_SERIAL, LAST_SERIAL = 20000, 60000
# '18.6' is 2018 and '65.3' is 1965: no ledger of the programme reaches beyond this year.
_LAST_TWO_DIGIT = 2035
_LONGEST = 40


_YEAR_PART = r"(?P<year>\d{4}|\d{2}(?=年))"
# Both marks alike, else 2018.6-8 (June to August) would be a day.
_DAY = re.compile(
    r"(?P<year>\d{4}|\d{2})(?P<mark>[年./,、。_–—-])(?P<month>\d{1,2})(?:月|(?P=mark))(?P<day>\d{1,2})[日号]?\.?"
).fullmatch
_MONTH = re.compile(
    r"(?P<year>\d{4}|\d{2})(?P<mark>年度?|[./-])(?P<month>\d{1,2})(?:月份?)?(?P<rough>上旬|中旬|下旬|初|中|底|末)?\.?"
).fullmatch
_COMPACT = re.compile(r"(?P<year>(?:19|20|21)\d{2})(?P<month>\d{2})(?P<day>\d{2})?").fullmatch
_YEAR = re.compile(_YEAR_PART + r"(?:年度|年)?(?P<rough>年?[初中底末])?").fullmatch
_QUARTER = re.compile(_YEAR_PART + r"(?:年度|年|-)?(?:第?(?P<number>[1-4])季度?|Q(?P<letter>[1-4]))", re.I).fullmatch
_HALF = re.compile(_YEAR_PART + r"(?:年度|年)?(?P<which>[上下])半年").fullmatch
_WITHOUT_YEAR = re.compile(r"\d{1,2}月(?:份|\d{1,2}[日号]?|[上中下]旬|[初中底末])?|第?[1-4]季度?|[上下]半年").fullmatch
_BARE_MONTH = re.compile(r"\d{1,2}").fullmatch
# 180612 and 650312: a year of two digits, or a number that is no date at all.
_SIX_DIGITS = re.compile(r"(?!19|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])").fullmatch
# 20186 is more likely June 2018 without its mark than the serial number of a day in 1955.
_LOST_MARK = re.compile(r"20[0-4]\d[1-9]").fullmatch
_DAY_FIRST = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}").fullmatch
_ROUGHLY = re.compile(r"^(?:大约|大概|约)|(?:左右|前后|许)$")
_FROM_ON = re.compile(r"^(?:自|从)|(?:起|开始|以来|以前|之前|以后|之后|前|后|-)$")
_SEVERAL = re.compile(r"或者?|[、;；,，和及]")
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})(?P<mark>[./-])(?P<day>\d{1,2})[日号]?").fullmatch
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?").fullmatch
_ZERO_MAYBE_LOST = re.compile(r"(?:\d{4}|\d{2})\.1").fullmatch
_NUMBER_DATE = re.compile(r"(?:\d{4}|\d{2})\.\d{1,2}").fullmatch


class Context(NamedTuple):
    """What is known of the whole column.

    epoch_1904: serials count from 1904 (old Mac workbooks). year: the year its title tells, for cells such as 6月12日.
    typed_text: text was typed as text; False for CSV, where 2018.10 may have lost its zero on the way.
    months: a bare 1–12 is a month of `year`. month_days: 6.12 is the twelfth of June of `year`. open_ended: words for "no end".
    """

    epoch_1904: bool = False
    year: int | None = None
    typed_text: bool = True
    months: bool = False
    month_days: bool = False
    open_ended: frozenset[str] = OPEN_ENDED


class Period(NamedTuple):
    """A written date: its first day, how long it is, why it is set aside, what is odd about it.

    first_day may be there beside a reason (2018.1 is surely of 2018); who reads days must look at the reason first.
    """

    first_day: datetime.date | None
    precision: str | None = None
    reason: str | None = None
    note: str | None = None


NOTHING = Period(None)
_NOT_A_DATE = Period(None, None, "not_a_date")


@lru_cache(maxsize=65536)
def read_text(text: str, context: Context) -> Period:
    """One text as a date; what cannot be read has a reason, an empty text has none."""
    if len(text) > 4 * _LONGEST:
        return _NOT_A_DATE
    written = tidy(text)
    if not written:
        return NOTHING
    if written in context.open_ended:
        return Period(None, None, None, "open_ended")
    if len(written) > _LONGEST:
        return _NOT_A_DATE
    if not context.typed_text and _ZERO_MAYBE_LOST(written):
        return _lost_zero(written)
    found = _read_forms(written, context)
    if found is not None:
        return found
    if _WITHOUT_YEAR(written) or (context.months and _BARE_MONTH(written)):
        return _in_year(written, context)
    return _read_odd(written, context)


def _read_odd(written: str, context: Context) -> Period:
    """What is no plain date: about a date, two ways to write one, several, a span, or nothing of the kind."""
    roughly = _ROUGHLY.sub("", written)
    if roughly != written and (found := _read_forms(roughly, context)):
        return found._replace(note=found.note if found.reason else "rough_date")
    if _SIX_DIGITS(written) or _DAY_FIRST(written):
        return Period(None, None, "ambiguous_date")
    if read_span(written, context) or _read_forms(_FROM_ON.sub("", written), context):
        return Period(None, None, "date_range")
    parts = [_read_forms(part, context) for part in _SEVERAL.split(written) if part]
    if len(parts) < 2 or any(part is None for part in parts):
        return _NOT_A_DATE
    return parts[0] or _NOT_A_DATE if len(set(parts)) == 1 else Period(None, None, "several_dates")


@lru_cache(maxsize=65536)
def read_number(number: float, context: Context) -> Period:
    """One number as a date: a serial, 20180612, 201806, 2018, or 2018.6; NaN is empty."""
    if number != number:
        return NOTHING
    if abs(number) > 1e9:
        return _NOT_A_DATE
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return _serial(repr(number).removesuffix(".0"), context)
    if number == int(number):
        return _read_whole(int(number), context)
    written = repr(float(number))
    if not _NUMBER_DATE(written):
        return _NOT_A_DATE
    if _ZERO_MAYBE_LOST(written):
        return _lost_zero(written)
    return _read_forms(written, context) or _NOT_A_DATE


def _read_whole(number: int, context: Context) -> Period:
    """2018, 201806, 20180612; and 1–12 where months are asked for."""
    if context.months and 1 <= number <= 12:
        return _in_year(str(number), context)
    written = str(number)
    if number < 1000 or len(written) not in (4, 6, 8):
        return _NOT_A_DATE
    return _read_forms(written, context) or _read_odd(written, context)


def _read_forms(written: str, context: Context) -> Period | None:
    """The forms that name their year; None where the text has none of them."""
    if context.month_days and _MONTH_DAY(written):
        return _month_day(written, context)
    for form, read in _FORMS:
        match = form(written)
        if match:
            return read(match)
    if _SERIAL(written) and FIRST_SERIAL <= float(written) <= LAST_SERIAL:
        return _serial(written, context)
    return None


def _month_day(written: str, context: Context) -> Period:
    """6.12 in a column of months and days."""
    if context.year is None:
        return Period(None, None, "year_missing")
    match = _MONTH_DAY(written)
    found = _read_forms(f"{context.year}年{match['month']}月{match['day']}日", context) if match else None
    return found._replace(note="year_from_title") if found and not found.reason else found or _NOT_A_DATE


def are_month_days(texts: Iterable[str]) -> bool:
    """Whether the texts a.b of a column are months and days: no a is above 12, and some b is (6.25 is no June 2006)."""
    pairs = [(int(match["month"]), int(match["day"])) for text in texts if (match := _MONTH_DAY(text.strip()))]
    return all(1 <= first <= 12 for first, _ in pairs) and any(12 < second <= 31 for _, second in pairs)


def _serial(written: str, context: Context) -> Period:
    """The day that a serial number stands for; one that is also a year and a month of one digit is in doubt."""
    if _LOST_MARK(written):
        return Period(None, None, "ambiguous_date")
    origin = datetime.date(1904, 1, 1) if context.epoch_1904 else datetime.date(1899, 12, 30)
    return Period(origin + datetime.timedelta(days=int(float(written))), "day")


def _lost_zero(written: str) -> Period:
    """2018.1 from a number: January, or October whose zero is gone; only the year is sure."""
    year, note = _full_year(written.partition(".")[0])
    if year % 100 <= 12 and note:
        return Period(None, None, "ambiguous_date")
    return Period(datetime.date(year, 1, 1), "month", "ambiguous_october")


def _in_year(written: str, context: Context) -> Period:
    """A date without a year, in the year that the title told; without one it cannot be placed."""
    if context.year is None:
        return Period(None, None, "year_missing")
    found = _read_forms(f"{context.year}年{written}", context)
    return found._replace(note=found.note or "year_from_title") if found else _NOT_A_DATE


def _full_year(written: str) -> tuple[int, str | None]:
    """The year, and a note where two digits were written."""
    if len(written) == 4:
        return int(written), None
    year = 2000 + int(written)
    return (year if year <= _LAST_TWO_DIGIT else year - 100), "two_digit_year"


def _period(match: re.Match[str], precision: str, month: int = 1, day: int = 1, rough: str | None = None) -> Period:
    year, note = _full_year(match["year"])
    try:
        first_day = datetime.date(year, month, day)
    except ValueError:
        return Period(None, None, "impossible_date")
    return Period(first_day, precision, None, "rough_date" if rough else note)


def _order_unclear(match: re.Match[str]) -> bool:
    """06/12/18 or 12.6: what leads may be a month, as Excel's own short forms have it; 年 makes it plain."""
    return len(match["year"]) == 2 and not match["mark"].startswith("年") and int(match["year"]) <= 12


def _read_day(match: re.Match[str]) -> Period:
    if len(match["year"]) == 2 and match["mark"] not in "年./-":
        return _NOT_A_DATE  # 18、6、12 may be three numbers
    if _order_unclear(match):
        return Period(None, None, "ambiguous_date")
    return _period(match, "day", int(match["month"]), int(match["day"]))


def _read_month(match: re.Match[str]) -> Period:
    if _order_unclear(match):
        return Period(None, None, "ambiguous_date")
    return _period(match, "month", int(match["month"]), rough=match["rough"])


def _read_compact(match: re.Match[str]) -> Period:
    return _period(match, "day" if match["day"] else "month", int(match["month"]), int(match["day"] or 1))


def _read_year(match: re.Match[str]) -> Period:
    return _period(match, "year", rough=match["rough"])


def _read_quarter(match: re.Match[str]) -> Period:
    return _period(match, "quarter", 3 * int(match["number"] or match["letter"]) - 2)


def _read_half(match: re.Match[str]) -> Period:
    return _period(match, "half", 1 if match["which"] == "上" else 7)


_FORMS: tuple[tuple[Callable[[str], re.Match[str] | None], Callable[[re.Match[str]], Period]], ...] = (
    (_DAY, _read_day),
    (_COMPACT, _read_compact),
    (_MONTH, _read_month),
    (_YEAR, _read_year),
    (_QUARTER, _read_quarter),
    (_HALF, _read_half),
)

# What may stand between the two ends of a span; a hyphen only where it can be told from the hyphens inside.
_BETWEEN = re.compile(r"至|到|~|—+|–|−|--")
_END_MONTH = re.compile(r"\d{1,2}月?份?").fullmatch
_END_DAY = re.compile(r"\d{1,2}[日号]?").fullmatch
_END_MONTH_DAY = re.compile(r"(\d{1,2})[月./-](\d{1,2})[日号]?").fullmatch


def read_span(written: str, context: Context) -> tuple[Period, Period] | None:
    """Both ends of a tidied text such as 2018.6-2019.5 or 2016年3月至今; None where it is no span."""
    for left, right in _splits(written):
        start = _read_forms(left, context) or (_in_year(left, context) if _WITHOUT_YEAR(left) else None)
        if start is None or start.first_day is None:
            continue
        if right in context.open_ended:
            return start, Period(None, None, None, "open_ended")
        end = _read_end(right, start, context)
        if end is not None and end.first_day is not None:
            return start, end
    return None


def _splits(written: str) -> list[tuple[str, str]]:
    """The ways to cut a text in two, the plainest first."""
    mark = _BETWEEN.search(written)
    if mark:
        return [(written[: mark.start()].rstrip("-"), written[mark.end() :].lstrip("-"))]
    hyphens = [place for place, letter in enumerate(written) if letter == "-"]
    if len(hyphens) % 2 == 0:
        # 2018-6-1至… is handled above; 2018-6-8 with an even number of hyphens is a day or nothing.
        return []
    middle = hyphens[len(hyphens) // 2]
    return [(written[:middle], written[middle + 1 :])]


def _read_end(right: str, start: Period, context: Context) -> Period | None:
    """The second end; what it leaves out (year, month) is taken from the first."""
    first = start.first_day
    if first is None:
        return None
    if start.precision == "day" and _END_DAY(right):
        right = f"{first.year}年{first.month}月{right}"
    elif start.precision == "month" and _END_MONTH(right):
        right = f"{first.year}年{right}"
    elif start.precision == "day" and (end := _END_MONTH_DAY(right)):
        right = f"{first.year}年{end[1]}月{end[2]}日"
    return _read_forms(right, context) or (_in_year(right, context) if _WITHOUT_YEAR(right) else None)
