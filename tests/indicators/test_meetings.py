"""Attendance: pooled, by phase, on the same people."""

import numpy as np
import pytest

from louxing_analysis.indicators.participation import attendance_same_people, meeting_attendance

MEETINGS = """
township village meeting_date meeting_date_precision meeting_type_code expected_count present_count excused_count
万宝镇   儒阶冲村 2019-06-05 day theme_day 40 15 5
万宝镇   儒阶冲村 2019-07-05 day theme_day 20 5 .
万宝镇   儒阶冲村 2019-08-05 day lecture 40 40 0
双江乡   新庄村   2019-08-01 month theme_day 10 12 0
双江乡   新庄村   2019-09-05 day theme_day . 8 0
双江乡   新庄村   2019-01-01 year theme_day 10 8 0
"""
SIGNED = """
township village meeting_date person_id attendance_code
万宝镇   儒阶冲村 2019-06-05 p1 present
万宝镇   儒阶冲村 2019-07-05 p1 absent
万宝镇   儒阶冲村 2019-08-05 p1 present
万宝镇   儒阶冲村 2019-06-05 p2 excused
万宝镇   儒阶冲村 2019-08-05 p2 present
万宝镇   儒阶冲村 2019-09-05 p2 .
万宝镇   儒阶冲村 2019-06-05 p3 present
万宝镇   儒阶冲村 2019-08-05 p4 present
"""
SPANS = {"before": ("2019-01", "2019-07"), "after": ("2019-08", "2020-05")}


def test_attendance_is_pooled_over_meetings(draw) -> None:
    line = meeting_attendance(meetings=draw("meetings", MEETINGS), by=("village",)).line(village="儒阶冲村")
    assert line["value"] == (15 + 5 + 40) / (40 + 20 + 40)
    assert line["period"] == "2019"


def test_more_present_than_expected_is_kept_and_no_interval_cuts_it(draw) -> None:
    line = meeting_attendance(meetings=draw("meetings", MEETINGS), period="month").line(period="2019-08")
    assert line["value"] == (40 + 12) / (40 + 10)


def test_what_lacks_a_count_is_missing_and_what_lacks_a_month_is_noted(draw) -> None:
    measured = meeting_attendance(meetings=draw("meetings", MEETINGS), by=("village",))
    assert measured.line(village="新庄村")["missing"] == 1
    assert [(note.code, note.rows) for note in measured.notes] == [("no_date", 1)]


def test_excused_people_may_be_left_out_of_the_base(draw) -> None:
    measured = meeting_attendance(meetings=draw("meetings", MEETINGS), basis="excused_adjusted", by=("village",))
    line = measured.line(village="儒阶冲村")
    assert line["value"] == (15 + 40) / (35 + 40)
    assert line["missing"] == 1  # one meeting does not say how many were excused


def test_the_mean_of_meetings_counts_each_meeting_once(draw) -> None:
    line = meeting_attendance(meetings=draw("meetings", MEETINGS), basis="mean_of_meetings", by=("village",)).line(
        village="儒阶冲村"
    )
    assert line["value"] == pytest.approx((15 / 40 + 5 / 20 + 40 / 40) / 3)


def test_a_span_between_two_months_is_one_period(draw) -> None:
    measured = meeting_attendance(
        meetings=draw("meetings", MEETINGS), between=("2019-01", "2019-07"), by=("township", "village")
    )
    line = measured.line(village="儒阶冲村")
    assert (line["period"], line["value"]) == ("2019-01..2019-07", 20 / 60)
    assert measured.rows_behind(village="儒阶冲村")["row_id"].tolist() == ["meetings-0", "meetings-1"]


def test_some_kinds_of_meeting_only(draw) -> None:
    line = meeting_attendance(meetings=draw("meetings", MEETINGS), kinds=["lecture"]).line()
    assert line["denominator"] == 40


def test_villages_add_up_to_the_district(draw) -> None:
    meetings = draw("meetings", MEETINGS)
    parts, whole = (meeting_attendance(meetings=meetings, by=by).frame for by in (("township", "village"), ()))
    for name in ("numerator", "denominator", "missing"):
        assert parts[name].sum() == whole[name].sum()


def test_the_same_people_are_those_listed_in_both_spans(draw) -> None:
    measured = attendance_same_people(attendance=draw("attendance", SIGNED), **SPANS)
    before, after = measured.line(phase="before"), measured.line(phase="after")
    assert (before["numerator"], before["denominator"]) == (1, 3)  # p1 twice, p2 excused
    assert (after["numerator"], after["denominator"], after["missing"]) == (2, 2, 1)
    assert before["period"] == "2019-01..2019-07"
    assert [(note.code, note.rows) for note in measured.notes] == [("one_span_only", 2)]
    assert measured.rows_behind(phase="after")["row_id"].tolist() == ["attendance-2", "attendance-4"]


def test_everybody_may_be_counted_beside_them(draw) -> None:
    measured = attendance_same_people(attendance=draw("attendance", SIGNED), people="all", **SPANS)
    assert measured.line(phase="before")["numerator"] == 2
    assert measured.line(phase="after")["denominator"] == 3


def test_without_spans_the_months_are_cut_in_the_middle(draw) -> None:
    measured = attendance_same_people(attendance=draw("attendance", SIGNED))
    assert measured.frame["period"].tolist() == ["2019-06..2019-07", "2019-08..2019-09"]


def test_no_meetings_give_a_line_of_nothing(draw) -> None:
    line = meeting_attendance(meetings=draw("meetings")).line()
    assert line["denominator"] == 0
    assert np.isnan(line["value"])


def test_an_unknown_basis_or_period_is_refused(draw) -> None:
    with pytest.raises(ValueError, match="guess"):
        meeting_attendance(meetings=draw("meetings", MEETINGS), basis="guess")
    with pytest.raises(ValueError, match="week"):
        meeting_attendance(meetings=draw("meetings", MEETINGS), period="week")
