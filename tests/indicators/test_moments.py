"""Dates are only as fine as their precision says."""

import numpy as np
import pandas as pd
import pytest

from louxing_analysis.indicators.moments import (
    in_force,
    last_days,
    month_number,
    month_text,
    months_of_dates,
    months_of_texts,
)

DATES = pd.DataFrame(
    {
        "start_date": pd.to_datetime(["2019-02-01", "2019-02-01", "2019-01-01", "2019-07-01", "2019-01-01", None]),
        "start_date_precision": ["day", "month", "quarter", "half", "year", None],
    }
)


def test_the_last_day_a_date_may_mean_is_the_end_of_what_it_covers() -> None:
    told = last_days(DATES, "start_date").astype(str).tolist()
    assert told == ["2019-02-01", "2019-02-28", "2019-03-31", "2019-12-31", "2019-12-31", "NaT"]


def test_a_quarter_or_a_year_tells_no_month() -> None:
    months = months_of_dates(DATES, "start_date")
    assert months[:2].tolist() == [2019 * 12 + 1, 2019 * 12 + 1]
    assert np.isnan(months[2:]).all()


def test_months_are_numbered_and_written_back() -> None:
    assert month_text(month_number("2019-12")) == "2019-12"
    assert month_number("2020-01") == month_number("2019-12") + 1
    assert np.isnan(months_of_texts(pd.Series(["2019-08", None]))[1])
    with pytest.raises(ValueError, match="2019-13"):
        month_number("2019-13")


def test_what_runs_on_a_day_begins_by_it_and_has_not_ended_before_it() -> None:
    frame = pd.DataFrame(
        {
            "start_date": pd.to_datetime(["2018-01-01", "2018-01-01", "2019-07-01", None]),
            "end_date": pd.to_datetime([None, "2019-06-01", None, None]),
            "end_date_precision": [None, "month", None, None],
        }
    )
    for day, running in (("2019-06-30", [True, True, False, False]), ("2019-07-01", [True, False, True, False])):
        runs, unknown = in_force(frame, day)
        assert runs.tolist() == running
        assert unknown.tolist() == [False, False, False, True]
