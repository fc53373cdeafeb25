"""Dates out of cells: the period that is written, never a day that is not."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.cells import normalise
from louxing_analysis.cleaning.dates import parse_date_ranges, parse_dates, parse_months, parse_years
from louxing_analysis.problems import REASONS

MISSING = frozenset({"无", "/", "-"})


def column(*cells: object) -> np.ndarray:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


READ = [
    # cell                      first day      precision  note
    ("2018.6", "2018-06-01", "month", None),
    ("2018.06", "2018-06-01", "month", None),
    ("2018.10", "2018-10-01", "month", None),
    ("2018.1", "2018-01-01", "month", None),  # typed as text, so it says what it says
    (2018.6, "2018-06-01", "month", None),
    (2018.01, "2018-01-01", "month", None),
    (2018.12, "2018-12-01", "month", None),
    ("2018年6月", "2018-06-01", "month", None),
    ("2018年6月份", "2018-06-01", "month", None),
    ("2018-06", "2018-06-01", "month", None),
    ("201806", "2018-06-01", "month", None),
    ("2018 6", "2018-06-01", "month", None),  # 20186 would be a serial number of 1955
    (201806, "2018-06-01", "month", None),
    ("２０１８年６月", "2018-06-01", "month", None),
    ("2018年6月12日", "2018-06-12", "day", None),
    ("2018年6月12号", "2018-06-12", "day", None),
    ("2018.6月12日", "2018-06-12", "day", None),
    ("2018-6-12", "2018-06-12", "day", None),
    ("2018/6/12 0:00:00", "2018-06-12", "day", None),
    ("2018-06-12T08:30:00Z", "2018-06-12", "day", None),
    ("2018年6月12日 上午8：30", "2018-06-12", "day", None),
    ("2018年6月12日星期二", "2018-06-12", "day", None),
    ("二〇一八年六月十二日", "2018-06-12", "day", None),
    ("2018年十二月三十一日", "2018-12-31", "day", None),
    ("20180612", "2018-06-12", "day", None),
    (20180612, "2018-06-12", "day", None),
    (43263, "2018-06-12", "day", None),
    (43263.75, "2018-06-12", "day", None),
    ("43263", "2018-06-12", "day", None),
    (datetime.datetime(2018, 6, 12, 8, 30), "2018-06-12", "day", None),
    (datetime.date(2018, 6, 12), "2018-06-12", "day", None),
    ("2018", "2018-01-01", "year", None),
    (2018, "2018-01-01", "year", None),
    ("2018年度", "2018-01-01", "year", None),
    ("2018年底", "2018-01-01", "year", "rough_date"),
    ("2018年上半年", "2018-01-01", "half", None),
    ("2018下半年", "2018-07-01", "half", None),
    ("2018年第三季度", "2018-07-01", "quarter", None),
    ("2018年2季度", "2018-04-01", "quarter", None),
    ("2018Q4", "2018-10-01", "quarter", None),
    ("2018年6月中旬", "2018-06-01", "month", "rough_date"),
    ("18.6", "2018-06-01", "month", "two_digit_year"),
    (18.6, "2018-06-01", "month", "two_digit_year"),
    ("12年6月", "2012-06-01", "month", "two_digit_year"),
    ("65.3.8", "1965-03-08", "day", "two_digit_year"),
    ("45/6/12", "1945-06-12", "day", "two_digit_year"),
    ("2018，6，12", "2018-06-12", "day", None),
    ("2018、6、12", "2018-06-12", "day", None),
    ("2018。6。12", "2018-06-12", "day", None),
    ("2018–06–12", "2018-06-12", "day", None),
    ("2018—6—12", "2018-06-12", "day", None),
    ("二〇一八年六月", "2018-06-01", "month", None),
    ("二0一八年六月", "2018-06-01", "month", None),
    ("二O一八年六月", "2018-06-01", "month", None),
    ("二〇一八", "2018-01-01", "year", None),
    ("2014-03 或 2014-3", "2014-03-01", "month", None),  # the same month twice
    ("约2018年", "2018-01-01", "year", "rough_date"),
    ("2018年6月左右", "2018-06-01", "month", "rough_date"),
]


@pytest.mark.parametrize(("cell", "day", "precision", "note"), READ)
def test_a_date_is_the_period_that_is_written(cell: object, day: str, precision: str, note: str | None) -> None:
    parsed = parse_dates(column(cell))
    assert str(parsed.values[0])[:10] == day
    assert (parsed.extra["precision"][0], parsed.reasons[0], parsed.notes[0]) == (precision, None, note)


SET_ASIDE = [
    (2018.1, "ambiguous_october"),
    (18.1, "ambiguous_october"),
    ("2018-6-31", "impossible_date"),
    ("2018年2月29日", "impossible_date"),
    ("2018.13", "impossible_date"),
    ("0000-00-00", "impossible_date"),
    ("1899.6", "implausible_date"),
    (1014, "implausible_date"),
    ("20186", "ambiguous_date"),  # June 2018 without its mark, or a day in 1955
    (20186, "ambiguous_date"),
    ("180612", "ambiguous_date"),
    (650312, "ambiguous_date"),
    ("6/12/2018", "ambiguous_date"),
    ("2018.6、2019.6", "several_dates"),
    ("2018/6/12;2018/7/1", "several_dates"),
    ("18、6、12", "not_a_date"),
    ("2018年6月起", "date_range"),
    ("自2018年6月", "date_range"),
    ("2018年6月12日前", "date_range"),
    ("2018.6.12-2018.6.15", "date_range"),
    ("2013-2015", "date_range"),
    ("2018.6-2019.5", "date_range"),
    ("2018.6-8", "date_range"),
    ("2018年6-8月", "date_range"),
    ("2016年3月至今", "date_range"),
    ("12.6", "ambiguous_date"),
    ("06/12/18", "ambiguous_date"),
    ("上半年", "year_missing"),
    ("6月12日", "year_missing"),
    ("不记得", "not_a_date"),
    ("6.12", "not_a_date"),
    (61000, "not_a_date"),
    (19999, "not_a_date"),
    (3.5, "not_a_date"),
    (-5, "not_a_date"),
    (1e300, "not_a_date"),
    (True, "not_a_date"),
    (datetime.time(8, 30), "not_a_date"),
]


@pytest.mark.parametrize(("cell", "reason"), SET_ASIDE)
def test_what_is_not_one_sure_date_is_set_aside_with_its_reason(cell: object, reason: str) -> None:
    parsed = parse_dates(column(cell))
    assert np.isnat(parsed.values[0])
    assert (parsed.reasons[0], parsed.extra["precision"][0]) == (reason, None)
    assert reason in REASONS


@pytest.mark.parametrize("cell", [None, "", "\u3000", "无", "／", float("nan")])
def test_nothing_stated_is_missing_without_a_reason(cell: object) -> None:
    parsed = parse_dates(column(cell), missing=MISSING)
    assert np.isnat(parsed.values[0])
    assert (parsed.reasons[0], parsed.notes[0]) == (None, None)


@pytest.mark.parametrize("cell", ["长期", "至今"])
def test_an_open_end_is_missing_and_noted(cell: str) -> None:
    parsed = parse_dates(column(cell))
    assert np.isnat(parsed.values[0])
    assert (parsed.reasons[0], parsed.notes[0]) == (None, "open_ended")


def test_2018_1_is_in_doubt_in_text_too_where_the_text_was_a_number_once() -> None:
    parsed = parse_dates(column("2018.1", "2018.10", "2018.01"), typed_text=False)
    assert parsed.reasons.tolist() == ["ambiguous_october", None, None]


def test_serials_of_old_mac_workbooks_count_from_1904() -> None:
    # 43263 - 1462 is the same day there
    assert str(parse_dates(column(41801), epoch_1904=True).values[0])[:10] == "2018-06-12"


def test_a_date_after_the_latest_possible_day_is_implausible() -> None:
    parsed = parse_dates(column("2020-12-31", "2021-01-01", 2021), latest=datetime.date(2020, 12, 31))
    assert parsed.reasons.tolist() == [None, "implausible_date", "implausible_date"]


def test_the_year_of_the_title_completes_a_month_and_day() -> None:
    parsed = parse_dates(column("6月12日", "上半年", "2017年5月"), year=2018)
    assert [str(day)[:10] for day in parsed.values] == ["2018-06-12", "2018-01-01", "2017-05-01"]
    assert parsed.notes.tolist() == ["year_from_title", "year_from_title", None]


def test_months_and_days_without_a_year_are_told_by_the_whole_column() -> None:
    # 6.25 can be no month of 2006, so 6.12 is the twelfth of June too
    parsed = parse_dates(column("6.12", "6.25", "12.1", "2018.7.3"), year=2018)
    assert [str(day)[:10] for day in parsed.values] == ["2018-06-12", "2018-06-25", "2018-12-01", "2018-07-03"]
    assert parsed.notes.tolist() == ["year_from_title"] * 3 + [None]
    assert parse_dates(column("6.12", "6.25")).reasons.tolist() == ["year_missing"] * 2
    assert parse_dates(column("12.6", "18.6"), year=2018).reasons.tolist() == ["ambiguous_date", None]


def test_nothing_in_traditional_characters_is_nothing() -> None:
    assert parse_dates(column("無"), missing=MISSING).reasons.tolist() == [None]


def test_a_column_whose_date_cells_all_fall_on_first_days_holds_months() -> None:
    firsts = [datetime.datetime(2018, month, 1) for month in (3, 6, 9)]
    assert parse_dates(column(*firsts)).extra["precision"].tolist() == ["month"] * 3
    with_a_day = parse_dates(column(*firsts, datetime.datetime(2018, 9, 12)))
    assert with_a_day.extra["precision"].tolist() == ["day"] * 4
    assert parse_dates(column(*firsts[:2])).extra["precision"].tolist() == ["day"] * 2


SPANS = [
    # cell                   start         precision  end           precision  note
    ("2018.6-2019.5", "2018-06-01", "month", "2019-05-01", "month", None),
    ("2018-6-1-2018-6-30", "2018-06-01", "day", "2018-06-30", "day", None),
    ("2018.6.1—8.30", "2018-06-01", "day", "2018-08-30", "day", None),
    ("2018年6月1日至30日", "2018-06-01", "day", "2018-06-30", "day", None),
    ("2018年6-8月", "2018-06-01", "month", "2018-08-01", "month", None),
    ("2013-2015", "2013-01-01", "year", "2015-01-01", "year", None),
    ("2016年3月至今", "2016-03-01", "month", "NaT", None, "open_ended"),
    ("2016.3-长期", "2016-03-01", "month", "NaT", None, "open_ended"),
    ("2018.6", "2018-06-01", "month", "NaT", None, None),
]


@pytest.mark.parametrize(("cell", "start", "precision", "end", "end_precision", "note"), SPANS)
def test_a_span_has_both_its_ends(
    cell: str, start: str, precision: str, end: str, end_precision: str | None, note: str | None
) -> None:
    parsed = parse_date_ranges(column(cell))
    assert (str(parsed.values[0])[:10], str(parsed.extra["end"][0])[:10]) == (start, end)
    assert (parsed.extra["precision"][0], parsed.extra["end_precision"][0]) == (precision, end_precision)
    assert (parsed.reasons[0], parsed.notes[0]) == (None, note)


def test_a_span_that_ends_before_it_starts_is_set_aside_whole() -> None:
    parsed = parse_date_ranges(column("2019.5-2018.6"))
    assert parsed.reasons[0] == "date_range"
    assert np.isnat(parsed.values[0])
    assert np.isnat(parsed.extra["end"][0])


def test_months_are_text_and_a_period_without_a_month_is_set_aside() -> None:
    parsed = parse_months(
        column("2018年6月", "2018.6.12", datetime.date(2018, 3, 4), "2018", "二季度", 2018.1, None), year=2018
    )
    assert parsed.values.tolist() == ["2018-06", "2018-06", "2018-03", None, None, None, None]
    assert parsed.reasons.tolist() == [None, None, None, "month_missing", "month_missing", "ambiguous_october", None]


def test_a_bare_month_needs_the_year_of_the_title() -> None:
    cells = column("6月", 6, "6", "13")
    assert parse_months(cells, year=2018).values.tolist() == ["2018-06", "2018-06", "2018-06", None]
    assert parse_months(cells).reasons.tolist() == ["year_missing"] * 4


def test_years_come_out_of_every_form_and_even_out_of_a_lost_october() -> None:
    cells = column(
        "2018", "2018年", 2018.0, 2018.1, "18年", "2018.6.12", datetime.date(2018, 3, 4), 18, "x", "2017-2018", None
    )
    parsed = parse_years(cells)
    assert str(parsed.values.dtype) == "Int64"
    assert parsed.values[:7].tolist() == [2018] * 7
    assert parsed.values[7:].isna().all()
    assert parsed.reasons[7:].tolist() == ["not_a_year", "not_a_year", "date_range", None]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
@settings(max_examples=150, deadline=None)
def test_every_common_way_to_write_a_day_gives_that_day(day: datetime.date) -> None:
    ways = [
        day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day.year}/{day.month}/{day.day} 0:00:00",
        f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), day,
        datetime.datetime.combine(day, datetime.time(23, 59)),
    ]  # fmt: skip
    parsed = parse_dates(column(*ways))
    assert [str(value)[:10] for value in parsed.values] == [day.isoformat()] * len(ways)
    assert parsed.extra["precision"].tolist() == ["day"] * len(ways)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2035, 12, 31)), st.data())
@settings(max_examples=150, deadline=None)
def test_every_period_is_read_back_with_the_precision_it_was_written_with(
    day: datetime.date, data: st.DataObject
) -> None:
    year, month = day.year, day.month
    half, quarter = ("上", "下")[month > 6], (month + 2) // 3
    forms = [
        (f"{year}年{month}月{day.day}日", "day"), (f"{year}，{month}，{day.day}", "day"), (f"{day:%Y%m%d}", "day"),
        (f"{year}.{month}", "month"), (f"{year}年{month}月", "month"), (f"{year}-{month:02d}", "month"), (f"{year}{month:02d}", "month"),
        (f"{year}年{month}月中旬", "month"), (f"{year}年第{quarter}季度", "quarter"), (f"{year}Q{quarter}", "quarter"),
        (f"{year}年{half}半年", "half"), (f"{year}", "year"), (f"{year}年底", "year"),
    ]  # fmt: skip
    mixed = data.draw(st.permutations(forms))
    parsed = parse_dates(column(*[text for text, _ in mixed]))
    assert parsed.extra["precision"].tolist() == [precision for _, precision in mixed]
    first = {
        "day": day, "month": day.replace(day=1), "quarter": datetime.date(year, 3 * quarter - 2, 1),
        "half": datetime.date(year, 1 if half == "上" else 7, 1), "year": datetime.date(year, 1, 1),
    }  # fmt: skip
    assert [str(value)[:10] for value in parsed.values] == [first[precision].isoformat() for _, precision in mixed]
    alone = [parse_dates(column(text)).values[0] for text, _ in mixed]
    assert all(one == value for one, value in zip(alone, parsed.values, strict=True))


CELLS = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789年月日号季度上下半至到~—-./:T底初一二十〇 ", max_size=14),
    st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
)  # fmt: skip


@given(st.lists(CELLS, max_size=8), st.sampled_from([None, 2018]), st.booleans())
@settings(max_examples=400, deadline=None)
def test_no_cell_raises_and_each_has_a_value_or_a_reason_but_not_both(
    cells: list[object], year: int | None, typed: bool
) -> None:
    array = column(*cells)
    for parsed in (
        parse_dates(array, year=year, typed_text=typed),
        parse_months(array, year=year, typed_text=typed),
        parse_years(array, typed_text=typed),
        parse_date_ranges(array, year=year, typed_text=typed),
    ):
        for cell, value, reason, note in zip(cells, parsed.values, parsed.reasons, parsed.notes, strict=True):
            absent = value is None or str(value) in {"NaT", "<NA>"}
            empty = cell != cell or (isinstance(cell, str) and not normalise(cell)) or note == "open_ended"
            assert absent == (reason is not None or empty) or note == "open_ended"
            assert reason is None or reason in REASONS
