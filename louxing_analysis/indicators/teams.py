"""Who stands by each place: resident teams, and the agencies that send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import NO_INTERVAL, WILSON, Text, card
from louxing_analysis.indicators.geography import in_place, places_on, told
from louxing_analysis.indicators.measured import Measured, Note, Source, assemble
from louxing_analysis.indicators.moments import days_asked, first_days, in_force, last_days
from louxing_analysis.indicators.pairings import DAY, known_years, valid_pairings
from louxing_analysis.indicators.populations import is_true
from louxing_analysis.indicators.ratios import as_floats, nothing, ratio_lines

AGENCIES_TAKING_PART = card(
    "agencies_taking_part",
    Text("参与帮扶单位数", "Agencies taking part"),
    Text(
        "当年有在岗驻村队员或年末有有效结对的不同单位数；给定单位总数时分母为总数，否则留空",
        "different agencies with a team member in the year or a valid pairing at its end; the denominator is the number of "
        "agencies when it is given, else empty",
    ),
    module="coverage",
    population="agencies",
    unit="agency",
    tables=("pairings", "teams"),
    optional=("households",),
    disclosure="open",
    period=DAY,
    source="distinct count",
    interval=NO_INTERVAL,
    unit_of_analysis=Text("单位", "agency"),
    denominator=Text("单位总数（如给定）", "number of agencies, if given"),
    missing_rule=Text("缺单位名称的结对和队员计入缺失", "pairings and members without an agency are missing"),
)
TEAM_COVERAGE = card(
    "team_coverage",
    Text("驻村帮扶覆盖率", "Places with a resident team"),
    Text(
        "有驻村帮扶工作队或群众工作组的村（社区）÷ 现行村（社区）；按年时为当年名册中有或起止时间与当年相交，按日时为当日在岗",
        "villages and communities with a resident team or mass-work group ÷ those in force; by year: on the year's roster or "
        "with dates that meet the year; on a day: in post on it",
    ),
    module="coverage",
    population="places",
    unit="share",
    tables=("teams", "places"),
    disclosure="open",
    period=Text("年度或某日", "year or day"),
    source="ratio of totals",
    interval=WILSON,
    unit_of_analysis=Text("村（社区）", "village or community"),
    denominator=Text("现行村（社区）", "places in force"),
    missing_rule=Text("地点不在现行地名中的队员另注", "team members of places not in force are noted"),
)


def agencies_taking_part(
    *,
    pairings: pd.DataFrame,
    teams: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    total: int | None = None,
) -> Measured:
    """How many different agencies pair cadres or send team members, by year; value and numerator are the count."""
    present = sorted(
        set(known_years(pairings, households)) | {int(year) for year in teams["team_year"].dropna().unique()}
    )
    found, sources = [], []
    for on, label in days_asked(None, years, present):
        paired, posted = valid_pairings(pairings, None, on)[0], in_post(teams, on.year)
        rows = [
            (name, table, np.flatnonzero(mine & told(table["unit_name"])))
            for name, table, mine in (("pairings", pairings, paired), ("teams", teams, posted))
        ]
        names = pd.concat([table["unit_name"].take(at) for _, table, at in rows], ignore_index=True)
        lacking = int((paired & ~told(pairings["unit_name"])).sum() + (posted & ~told(teams["unit_name"])).sum())
        found.append(
            {
                "period": label,
                "numerator": float(names.nunique()),
                "value": float(names.nunique()),
                "denominator": float(total) if total is not None else np.nan,
                "missing": lacking,
            }
        )
        sources += [
            Source(name, table, at, {"period": np.full(len(at), label, dtype=object)}) for name, table, at in rows
        ]
    lines = pd.DataFrame(found) if found else nothing(["period"])
    return assemble(AGENCIES_TAKING_PART, lines, (), sources)


def in_post(teams: pd.DataFrame, year: int) -> np.ndarray:
    """Which team members are on a year's roster, or have dates that meet the year."""
    start, end = first_days(teams, "start_date"), last_days(teams, "end_date")
    first, last = np.datetime64(f"{year}-01-01", "D"), np.datetime64(f"{year}-12-31", "D")
    meets = (start <= last) & (np.isnat(end) | (end >= first))
    listed = as_floats(teams["team_year"])
    return np.where(np.isnan(listed), meets, listed == year).astype(bool)


def team_coverage(
    *,
    teams: pd.DataFrame,
    places: pd.DataFrame,
    day: date | str | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    first_secretary: bool = False,
) -> Measured:
    """Places with a team ÷ places in force; groups are columns of places (township, village, place_kind).

    `first_secretary` asks for a first secretary instead of any member.
    """
    present = sorted({int(year) for year in teams["team_year"].dropna().unique()})
    found, sources, outside = [], [], 0
    for on, label in days_asked(day, years, present):
        there = places_on(places, on).assign(period=label)
        posted = in_force(teams, on)[0] if day is not None else in_post(teams, on.year)
        mine = (
            np.flatnonzero(posted & is_true(teams["is_first_secretary"])) if first_secretary else np.flatnonzero(posted)
        )
        at = in_place(teams.take(mine), there)
        hit = np.zeros(len(there))
        hit[at[at >= 0]] = 1.0
        outside += int((at < 0).sum())
        one = np.zeros(len(there), dtype=np.intp)  # places are counted one by one: no clusters
        found.append(ratio_lines(there, [*by, "period"], hit, np.ones(len(there)), one))
        own = {name: there[name].take(at[at >= 0]).array for name in (*by, "period")}
        sources.append(Source("teams", teams, mine[at >= 0], own))
    lines = pd.concat(found, ignore_index=True) if found else nothing([*by, "period"])
    note = Note(
        "place_not_in_force",
        outside,
        f"{outside} 条队员记录的地点不是现行村（社区），未计",
        f"{outside} team members are of places not in force; not counted",
    )
    return assemble(TEAM_COVERAGE, lines, by, sources, [note])
