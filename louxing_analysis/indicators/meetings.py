"""Who came: attendance of meetings, by the counts of the meetings and by the people on the sign-in sheets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import PERSON, Text, card
from louxing_analysis.indicators.measured import Measured, Note, Source, assemble
from louxing_analysis.indicators.moments import chosen, labelled, month_text, months_of_dates, undated
from louxing_analysis.indicators.populations import PLACE, is_one_of
from louxing_analysis.indicators.ratios import Array, as_floats, clusters_of, group, ratio_lines

MEETING = Text("会议", "meeting")
PERIOD = Text("年度、月或一段时间", "year, month or span")

MEETING_ATTENDANCE = card(
    "meeting_attendance",
    Text("到会率", "Attendance of meetings"),
    Text(
        'Σ实到 ÷ Σ应到（合并计算）；basis="excused_adjusted" 时应到减去请假；basis="mean_of_meetings" 时为各次会议到会率的'
        "平均。没有记录的会议是缺失，不是全到；实到多于应到的照算并已在问题清单中注明",
        'Σ present ÷ Σ expected, pooled; with basis="excused_adjusted" expected less excused; with '
        'basis="mean_of_meetings" the mean of the meetings\' own rates. Meetings without a record are missing, not '
        "complete; more present than expected is kept as stated (and noted by cleaning)",
    ),
    module="participation",
    population="expected_at_meetings",
    unit="share",
    tables=("meetings",),
    disclosure="open",
    denominator=Text("应到人次", "people expected, summed over meetings"),
    unit_of_analysis=MEETING,
    period=PERIOD,
    missing_rule=Text(
        "缺应到、实到（或请假）的会议计入缺失，没有日期的另注",
        "meetings lacking expected or present (or excused) are missing; those without a date are noted",
    ),
    source="ratio of totals; Cochran 1977, §6.3",
)
ATTENDANCE_SAME_PEOPLE = card(
    "attendance_same_people",
    Text("同一批人的到会率", "Attendance of the same people"),
    Text(
        '签到表上前后两段时间都在名单中的人：出席人次 ÷ 应到人次（出席、缺席、请假）；people="all" 时为各段全部名单',
        "of the people listed in both spans on the sign-in sheets: times present ÷ times expected (present, absent or "
        'excused); with people="all" of everybody listed in each',
    ),
    module="participation",
    population="expected_at_meetings",
    unit="share",
    tables=("attendance",),
    disclosure="open",
    denominator=Text("应到人次", "times people were expected"),
    unit_of_analysis=PERSON,
    period=Text("前后两段", "the two spans"),
    missing_rule=Text(
        "签到符号或日期缺失的计入缺失；只在一段名单中的人另注",
        "marks without a meaning or a date are missing; people listed in one span only are noted",
    ),
    interval=Text(
        "线性化标准误，村为群（只有一个村时以人为群），t 分布 95%；全到或全缺时为 Wilson",
        "linearised standard error, villages as clusters (people inside a single village), 95 % by Student's t; "
        "Wilson where all or none came",
    ),
    source="ratio of totals; Cochran 1977, §6.3",
)
BASES = ("as_counted", "excused_adjusted", "mean_of_meetings")


def meeting_attendance(
    *,
    meetings: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    period: str = "year",
    between: Sequence[str] | None = None,
    basis: str = "as_counted",
    kinds: Sequence[str] | None = None,
) -> Measured:
    """Present ÷ expected, pooled over the meetings of a period; `kinds` keeps to some kinds of meeting.

    Raises ValueError for a basis or period that is not known.
    """
    if basis not in BASES:
        raise ValueError(f"basis={basis!r}: {' | '.join(BASES)}")
    months = months_of_dates(meetings, "meeting_date")
    keep = chosen(months, years, between)
    if kinds is not None:
        keep &= is_one_of(meetings["meeting_type_code"], kinds)
    positions = np.flatnonzero(keep)
    frame = meetings[[name for name in dict.fromkeys((*by, *PLACE)) if name in meetings]].take(positions)
    frame = frame.reset_index(drop=True).assign(period=labelled(months[positions], period, between))
    expected, present, excused = (
        as_floats(meetings[name])[positions] for name in ("expected_count", "present_count", "excused_count")
    )
    base = expected - excused if basis == "excused_adjusted" else expected
    if basis == "mean_of_meetings":
        with np.errstate(invalid="ignore", divide="ignore"):
            present, base = np.where(base > 0, present / base, np.nan), np.where(base > 0, 1.0, np.nan)
    lines = ratio_lines(frame, [*by, "period"], present, base, clusters_of(frame), trials=True)
    counted = np.flatnonzero(~np.isnan(present + base))
    keys = {name: frame[name].take(counted) for name in (*by, "period")}
    return assemble(
        MEETING_ATTENDANCE, lines, by, [Source("meetings", meetings, positions[counted], keys)], [undated(months)]
    )


def attendance_same_people(
    *,
    attendance: pd.DataFrame,
    before: Sequence[str] | None = None,
    after: Sequence[str] | None = None,
    by: Sequence[str] = (),
    people: str = "same",
) -> Measured:
    """Times present ÷ times expected before and after, of the people listed in both; group column `phase`.

    `before` and `after` are pairs of months, both inside: ("2019-01", "2019-07"); by default the months from the first
    sign-in to the last are cut in the middle.
    """
    if people not in ("same", "all"):
        raise ValueError(f"people={people!r}: same | all")
    months = months_of_dates(attendance, "meeting_date")
    halves = _halves(months)
    spans = {"before": before or halves[0], "after": after or halves[1]}
    named = {phase: labelled(months, "all", span).to_numpy(dtype=object) for phase, span in spans.items()}
    phase = np.select([pd.notna(named["before"]), pd.notna(named["after"])], ["before", "after"], default="")
    positions = np.flatnonzero(phase != "")
    wanted = [name for name in dict.fromkeys((*by, *PLACE, "person_id")) if name in attendance]
    frame = attendance[wanted].take(positions).reset_index(drop=True)
    frame["phase"] = phase[positions].astype(object)
    frame["period"] = np.where(phase == "before", named["before"], named["after"])[positions]
    code = attendance["attendance_code"].take(positions).reset_index(drop=True)
    known = code.notna().to_numpy()
    both = frame["phase"].where(known).groupby(frame["person_id"]).transform("nunique").to_numpy(dtype=float) == 2
    kept = np.flatnonzero(both | ~known if people == "same" else np.ones(len(frame), dtype=bool))
    part, marks = frame.take(kept).reset_index(drop=True), code.take(kept)
    base = np.where(marks.notna(), 1.0, np.nan)
    village = clusters_of(part)
    units = village if np.unique(village).size > 1 and "village" not in by else group(part, ["person_id"]).codes
    lines = ratio_lines(part, [*by, "phase", "period"], np.where(marks.isna(), np.nan, marks == "present"), base, units)
    lines = lines.sort_values([*by, "phase"], ascending=[True] * len(by) + [False], kind="stable")
    counted = np.flatnonzero(~np.isnan(base))
    keys = {name: part[name].take(counted) for name in (*by, "phase", "period")}
    alone = int(frame["person_id"][known & ~both].nunique()) if people == "same" else 0
    note = Note(
        "one_span_only",
        alone,
        f"{alone} 人只在一段名单中，未计",
        f"{alone} people are listed in one span only and left out",
    )
    source = Source("attendance", attendance, positions[kept[counted]], keys)
    return assemble(ATTENDANCE_SAME_PEOPLE, lines, [*by, "phase"], [source], [note, undated(months)])


def _halves(months: Array) -> tuple[tuple[str, str], tuple[str, str]]:
    """The months from the first to the last, cut in the middle."""
    known = months[~np.isnan(months)]
    if not known.size:
        return ("0001-01", "0001-01"), ("0001-02", "0001-02")
    first, last = known.min(), known.max()
    middle = (first + last) // 2
    return (month_text(first), month_text(middle)), (month_text(middle + 1), month_text(max(last, middle + 1)))
