"""Which formats show dates, and the date that a serial number stands for."""

from __future__ import annotations

import datetime

import openpyxl.utils.datetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis.cleaning.number_formats import DATE, PLAIN, SPAN, from_serial, kind_of_format


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", DATE),
        ('yyyy"年"m"月"d"日";@', DATE),
        ("[$-804]yyyy年m月", DATE),
        ("[$-F800]dddd, mmmm dd, yyyy", DATE),
        ('e"年"', DATE),
        ("[$-404]e/m/d", DATE),
        ("aaaa", DATE),
        ("mm:ss.0", DATE),
        ("[h]:mm:ss", SPAN),
        ("[mm]:ss", SPAN),
        ("General", PLAIN),
        ('General"天"', PLAIN),
        ("G/通用格式", PLAIN),
        ("0.00E+00", PLAIN),
        ("##0.0E-0", PLAIN),
        ('#,##0_);[Red](#,##0)"days"', PLAIN),
        ("[DBNum2][$-804]General", PLAIN),
        ("0\\d", PLAIN),
        ("0*y", PLAIN),
        ('0!.0,"万"', PLAIN),
        ("Geneÿal", PLAIN),
        ("", PLAIN),
    ],
)
def test_a_format_shows_dates_by_its_first_section_without_words_and_colours(code, kind):
    assert kind_of_format(200, code) == kind


def test_built_in_formats_go_by_their_number_unless_the_file_says_otherwise():
    assert [kind_of_format(number, None) for number in (0, 14, 27, 31, 46, 49, 50, 57, 58, 59)] == [
        *(PLAIN, DATE, DATE, DATE, SPAN, PLAIN, DATE, DATE, DATE, PLAIN)
    ]
    assert kind_of_format(31, "0.0") == PLAIN


@given(st.floats(61, 80_000), st.booleans())
def test_serial_numbers_stand_for_the_dates_that_another_library_finds(value, since_1904):
    epoch = openpyxl.utils.datetime.MAC_EPOCH if since_1904 else openpyxl.utils.datetime.WINDOWS_EPOCH
    other = openpyxl.utils.datetime.from_excel(value, epoch)
    mine = from_serial(value, DATE, since_1904)
    whole = mine if isinstance(mine, datetime.datetime) else datetime.datetime(mine.year, mine.month, mine.day)
    assert abs(whole - other) <= datetime.timedelta(seconds=1)


def test_days_before_march_1900_times_of_day_and_numbers_that_are_no_dates():
    assert from_serial(1, DATE, False) == datetime.date(1900, 1, 1)
    assert from_serial(59, DATE, False) == datetime.date(1900, 2, 28)
    assert from_serial(61, DATE, False) == datetime.date(1900, 3, 1)
    assert from_serial(0.75, DATE, False) == datetime.time(18)
    assert from_serial(0, DATE, True) == datetime.date(1904, 1, 1)
    assert from_serial(1.5, SPAN, False) == datetime.timedelta(days=1.5)
    for value in (0.0, -1.0, 1e9, 2_958_466.0, float("nan"), float("inf")):
        result = from_serial(value, DATE, False)
        assert result is value or result == value
    assert from_serial(5.0, PLAIN, False) == 5.0
