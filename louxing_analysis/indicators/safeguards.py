"""What is secured: the guarantees met, and the people who had a health check."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import PERSON, Text, card
from louxing_analysis.indicators.measured import Measured, Note, Source, assemble
from louxing_analysis.indicators.moments import years_of
from louxing_analysis.indicators.populations import PLACE, described, find, in_years, weights_of
from louxing_analysis.indicators.ratios import as_floats, clusters_of, group, ratio_lines

GUARANTEES = ("education", "medical", "housing", "water")
ALL_FOUR = "all_four"

SAFEGUARDS_MET = card(
    "safeguards_met",
    Text("“三保障”和饮水安全达标率", "Guarantees met"),
    Text(
        "核查达标的户 ÷ 有核查结论的户，分项；all_four 为四项都有结论且都达标的户 ÷ 能判断的户（任一项不达标即为未达标）",
        "households that meet the guarantee ÷ households with a finding, each guarantee by itself; all_four: households "
        "that meet all four ÷ those for which it can be told (one that is not met is enough for no)",
    ),
    module="coverage",
    population="checked",
    unit="share",
    tables=("safeguards",),
    optional=("households",),
    disclosure="sensitive",
    denominator=Text(
        '有核查结论的户（weights="person" 时为人口）', 'households with a finding (people when weights="person")'
    ),
    missing_rule=Text(
        "没有结论的核查计入缺失；没有核查记录的户不在其中",
        "checks without a finding are missing; households without a check are not in it",
    ),
    source="ratio of totals",
)
CHECKUP_COVERAGE = card(
    "checkup_coverage",
    Text("健康体检覆盖率", "Registered people with a health check"),
    Text(
        "当年至少体检一次的在册人口 ÷ 年末在册人口（家庭成员表）",
        "registered people with at least one check-up in the year ÷ people on the register at the year's end",
    ),
    module="coverage",
    population="registered_people",
    unit="share",
    tables=("members", "checkups"),
    optional=("households",),
    disclosure="sensitive",
    unit_of_analysis=PERSON,
    denominator=Text("年末在册人口", "people on the register at the year's end"),
    missing_rule=Text(
        "没有日期的体检记录另注；没有体检记录的人算作未体检",
        "check-ups without a date are noted; people without a check-up count as not checked",
    ),
    source="ratio of totals",
)


def safeguards_met(
    *,
    safeguards: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
) -> Measured:
    """Households that meet each guarantee ÷ households with a finding; group column `guarantee_code` (also all_four)."""
    kept = np.flatnonzero(in_years(safeguards["year"], years))
    table = safeguards.take(kept).reset_index(drop=True)
    offered = set(table.columns) | (set(households.columns) if households is not None else set())
    wanted = [name for name in dict.fromkeys((*by, *PLACE, "household_size")) if name in by or name in offered]
    frame = described(table, households, wanted, "year")
    frame["household_id"], frame["period"] = table["household_id"], table["year"]
    frame["guarantee_code"], frame["met"] = table["guarantee_code"], as_floats(table["is_met"])
    every, of_row = _all_four(frame)
    long = pd.concat([frame, every], ignore_index=True)
    base = np.where(long["met"].isna(), np.nan, weights_of(long, weights))
    lines = ratio_lines(long, [*by, "guarantee_code", "period"], long["met"] * base, base, clusters_of(long))
    counted = ~np.isnan(base)
    own = {name: frame[name][counted[: len(frame)]] for name in (*by, "guarantee_code", "period")}
    sources = [Source("safeguards", safeguards, kept[counted[: len(frame)]], own)]
    known = counted[len(frame) :][of_row]
    together = {name: frame[name][known] for name in (*by, "period")}
    together["guarantee_code"] = np.full(int(known.sum()), ALL_FOUR, dtype=object)
    sources.append(Source("safeguards", safeguards, kept[known], together))
    return assemble(SAFEGUARDS_MET, lines, [*by, "guarantee_code"], sources)


def _all_four(frame: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """One row per household and year: all four met, one not met, or it cannot be told; and which row each check is of."""
    groups = group(frame, ["household_id", "period"])
    four = frame["guarantee_code"].isin(GUARANTEES).to_numpy()
    met = frame["met"].to_numpy(dtype=float)
    failed = np.bincount(groups.codes, four & (met == 0), groups.size) > 0
    yes = frame[four & (met == 1)]
    kinds = yes.groupby(groups.codes[yes.index])["guarantee_code"].nunique().reindex(range(groups.size), fill_value=0)
    _, first = np.unique(groups.codes, return_index=True)
    every = frame.take(first).reset_index(drop=True).assign(guarantee_code=ALL_FOUR)
    every["met"] = np.where(failed, 0.0, np.where(kinds.to_numpy() == len(GUARANTEES), 1.0, np.nan))
    return every, groups.codes


def checkup_coverage(
    *,
    members: pd.DataFrame,
    checkups: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
) -> Measured:
    """Registered people with a check-up in the year ÷ registered people; years without any check-up have no line."""
    year = years_of(checkups, "checkup_date")
    done = np.flatnonzero(~np.isnan(year) & in_years(pd.Series(year), years))
    held = sorted({int(one) for one in year[done]}) if years is None else sorted(years)
    kept = np.flatnonzero(in_years(members["register_year"], held))
    table = members.take(kept).reset_index(drop=True)
    places = [name for name in PLACE if name in table or (households is not None and name in households)]
    frame = described(table, households, [*by, *places])
    frame["period"], frame["person_id"] = table["register_year"], table["person_id"]
    visits = pd.DataFrame({"person_id": checkups["person_id"].take(done).array, "period": year[done].astype(int)})
    at = find(visits, frame, ["person_id", "period"])
    hit = np.zeros(len(frame))
    hit[at[at >= 0]] = 1.0
    lines = ratio_lines(frame, [*by, "period"], hit, np.ones(len(frame)), clusters_of(frame))
    own = {name: frame[name] for name in (*by, "period")}
    seen = {name: frame[name].take(at[at >= 0]).array for name in (*by, "period")}
    sources = [Source("members", members, kept, own), Source("checkups", checkups, done[at >= 0], seen)]
    outside, undated = int((at < 0).sum()), int(np.isnan(year).sum())
    notes = [
        Note(
            "checked_not_registered",
            outside,
            f"{outside} 条体检记录的人当年不在册，未计",
            f"{outside} check-ups are of people not on the register of the year; not counted",
        ),
        Note("no_date", undated, f"{undated} 条体检记录没有日期", f"{undated} check-ups have no date"),
    ]
    return assemble(CHECKUP_COVERAGE, lines, by, sources, notes)
