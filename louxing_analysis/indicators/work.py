"""Who works and earns: industry projects, cooperatives, labour migration, training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import PERSON, Text, card
from louxing_analysis.indicators.measured import Measured, Note, Source, assemble
from louxing_analysis.indicators.populations import (
    ABLE_TO_WORK,
    NOT_IN_SCHOOL,
    Members,
    Threshold,
    described,
    find,
    in_years,
    is_one_of,
    is_true,
    of_name,
    registered_at_year_end,
    taken,
    weights_of,
)
from louxing_analysis.indicators.ratios import as_floats, clusters_of, ratio_lines

REGISTERED = Text("年末在册建档立卡户", "households on the register at the year's end")
INDUSTRY = "industry"

INDUSTRY_PARTICIPATION = card(
    "industry_participation",
    Text("产业项目参与率", "Participation in industry projects"),
    Text(
        '当年（span="ever" 时为截至当年）在利益联结表中有记录的在册户 ÷ 在册户；所属项目在项目台账中不是产业类的不算，'
        "台账中查不到的照算并注明户次",
        'registered households with a line in the project lists of the year (up to the year with span="ever") ÷ registered '
        "households; lines of projects that the ledger calls other than industry do not count; those of projects not in "
        "the ledger do, and are noted",
    ),
    module="participation",
    population="registered_at_year_end",
    unit="share",
    denominator=REGISTERED,
    tables=("households", "beneficiaries", "projects"),
    disclosure="sensitive",
    missing_rule=Text(
        "按人口加权时缺家庭人口数的户计入缺失", "households without a size are missing when weighted by people"
    ),
    source="ratio of totals",
)
COOPERATIVE_PARTICIPATION = card(
    "cooperative_participation",
    Text("合作社参与率", "Membership of cooperatives"),
    Text(
        "年末在册户中加入合作社的 ÷ 填写了是否加入的",
        "registered households in a cooperative ÷ those for which it is told",
    ),
    module="participation",
    population="registered_at_year_end",
    unit="share",
    tables=("households",),
    denominator=Text("填写了是否加入合作社的在册户", "registered households for which membership is told"),
    disclosure="sensitive",
    missing_rule=Text("未填的户计入缺失", "households for which it is not told are missing"),
    source="ratio of totals",
)
LABOUR_MIGRATION = card(
    "labour_migration",
    Text("务工参与率", "Labour migration"),
    Text(
        "有劳动能力（普通、技能、弱或半劳动力）、非在校、劳动年龄的在册人口中，务工月数达到要求（默认 1 个月）的；"
        "没有月数而有务工地点的算作务工",
        "of the registered people able to work (ordinary, skilled, weak or half), not in school and of working age, those "
        "who worked for at least the months asked for (default 1); without months, a place of work counts as working",
    ),
    module="participation",
    population="able_to_work",
    unit="share",
    tables=("members",),
    optional=("households",),
    facts=("threshold",),
    disclosure="sensitive",
    unit_of_analysis=PERSON,
    denominator=Text(
        "有劳动能力、非在校、劳动年龄的在册人口", "registered people able to work, of working age, not in school"
    ),
    missing_rule=Text(
        '劳动能力、出生年缺失的，务工月数与地点都缺失的，计入缺失（blank="not_working" 时后者视为未务工）',
        "people whose ability or birth year is missing, or both months and place of work, are missing (with "
        'blank="not_working" the latter count as not working)',
    ),
    source="ratio of totals",
)
TRAINING_COMPLETION = card(
    "training_completion",
    Text("培训结业与就业", "Training finished and followed by work"),
    Text(
        "结业人次 ÷ 参训人次；结业后就业人次 ÷ 结业人次",
        "enrolments finished ÷ enrolments; employed afterwards ÷ finished",
    ),
    module="participation",
    population="trained",
    unit="share",
    tables=("aid",),
    disclosure="sensitive",
    unit_of_analysis=Text("人次", "enrolment"),
    denominator=Text("参训（结业）人次", "enrolments (finished ones)"),
    missing_rule=Text("未填是否结业（是否就业）的计入缺失", "enrolments for which it is not told are missing"),
    source="ratio of totals",
)
STEPS = {"finished": "is_finished", "employed": "is_employed"}


def reached(
    members: Members, hit: np.ndarray, by: Sequence[str], weights: str, period: str = "register_year"
) -> tuple[pd.DataFrame, dict[str, pd.Series], np.ndarray]:
    """Share of a population of households with a flag: the lines, the keys of the counted households, and which count."""
    columns = [
        name
        for name in dict.fromkeys((*by, "township", "village", "household_size", period))
        if name in by or name in members.table
    ]
    frame = members.rows(columns)
    frame["period"] = frame[period]
    base = weights_of(frame, weights)
    top = np.where(np.isnan(hit), np.nan, hit * base)
    lines = ratio_lines(frame, [*by, "period"], top, np.where(np.isnan(hit), np.nan, base), clusters_of(frame))
    counted = ~np.isnan(top)
    return lines, {name: frame[name][counted] for name in (*by, "period")}, counted


def industry_participation(
    *,
    households: pd.DataFrame,
    beneficiaries: pd.DataFrame,
    projects: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
    span: str = "year",
    modes: Sequence[str] | None = None,
) -> Measured:
    """Registered households in at least one industry project ÷ registered households; `modes` keeps to some linkages."""
    if span not in ("year", "ever"):
        raise ValueError(f"span={span!r}: year | ever")
    members = registered_at_year_end(households, years)
    kind = taken(projects["project_type_code"], find(beneficiaries, projects, ["project_id"]))
    mine = (kind == INDUSTRY).to_numpy(dtype=bool, na_value=False) | kind.isna().to_numpy()
    if modes is not None:
        mine &= is_one_of(beneficiaries["link_mode_code"], modes)
    lines_of = np.flatnonzero(mine)
    keys = members.rows(["household_id", "register_year"])
    hit, sources = _linked(keys, beneficiaries, lines_of, span)
    lines, own, counted = reached(members, hit, by, weights)
    behind = [Source("households", households, members.positions[counted], own)]
    behind += [
        Source("beneficiaries", beneficiaries, positions, {name: own_of(members, at, name) for name in (*by, "period")})
        for positions, at in sources
    ]
    unknown = int(kind.isna().to_numpy()[lines_of].sum())
    note = Note(
        "project_not_in_ledger",
        unknown,
        f"{unknown} 条受益记录的项目不在项目台账中，按产业项目计",
        f"{unknown} beneficiary lines are of projects not in the ledger; counted as industry",
    )
    return assemble(INDUSTRY_PARTICIPATION, lines, by, behind, [note])


def own_of(members: Members, at: np.ndarray, name: str) -> pd.Series:
    """A group value of the population's rows `at`, for rows of another table that belong to them."""
    column = "register_year" if name == "period" else name
    return members.rows([column])[column].take(at).reset_index(drop=True)


def _linked(
    keys: pd.DataFrame, beneficiaries: pd.DataFrame, lines: np.ndarray, span: str
) -> tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """Which household-years have a line, and the lines with the household-year they stand for."""
    own = beneficiaries[["household_id", "project_year"]].take(lines).reset_index(drop=True)
    own["line"] = lines
    joined = keys.assign(at=np.arange(len(keys))).merge(own, on="household_id", how="inner")
    same = joined["project_year"] == joined["register_year"]
    fits = same if span == "year" else joined["project_year"] <= joined["register_year"]
    joined = joined[fits.to_numpy(dtype=bool, na_value=False)]
    hit = np.zeros(len(keys))
    hit[joined["at"].to_numpy()] = 1.0
    return hit, [(joined["line"].to_numpy(), joined["at"].to_numpy())]


def cooperative_participation(
    *,
    households: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
    population: str = "registered_at_year_end",
) -> Measured:
    """Households in a cooperative ÷ those for which it is told, at each year's end."""
    members = of_name(population, households, years)
    lines, own, counted = reached(members, as_floats(members.rows(["in_cooperative"])["in_cooperative"]), by, weights)
    return assemble(
        COOPERATIVE_PARTICIPATION, lines, by, [Source("households", households, members.positions[counted], own)]
    )


def able_to_work(members: pd.DataFrame, threshold: Threshold) -> np.ndarray:
    """1 for people able to work, of working age and not in school, 0 for others, nan where ability or age is missing.

    Age is the register year less the birth year; the ages are rules working_age_low and working_age_high.
    """
    year = as_floats(members["register_year"])
    age = year - as_floats(members["birth_year"])
    last = int(np.nanmax(year)) if len(members) else 0
    low, high = (threshold(rule, last) if last else np.nan for rule in ("working_age_low", "working_age_high"))
    able = is_one_of(members["labour_code"], ABLE_TO_WORK)
    school = members["student_code"].notna().to_numpy() & ~is_one_of(members["student_code"], (NOT_IN_SCHOOL,))
    no = (members["labour_code"].notna().to_numpy() & ~able) | school | (age < low) | (age > high)
    unknown = ~no & (members["labour_code"].isna().to_numpy() | np.isnan(age))
    return np.where(unknown, np.nan, ~no)


def labour_migration(
    *,
    members: pd.DataFrame,
    threshold: Threshold,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    months: int = 1,
    blank: str = "missing",
) -> Measured:
    """People who worked for at least `months` ÷ people able to work, by register year; by `work_code` too if asked."""
    if blank not in ("missing", "not_working"):
        raise ValueError(f"blank={blank!r}: missing | not_working")
    kept = np.flatnonzero(in_years(members["register_year"], years))
    table = members.take(kept).reset_index(drop=True)
    able = able_to_work(table, threshold)
    worked = as_floats(table["work_months"])
    away = np.where(np.isnan(worked), np.where(table["work_code"].notna(), 1.0, np.nan), worked >= months)
    if blank == "not_working":
        away = np.where(np.isnan(away), 0.0, away)
    places = [
        name for name in ("township", "village") if name in table or (households is not None and name in households)
    ]
    frame = described(table, households, [*by, *places])
    frame["period"] = table["register_year"]
    inside = able != 0
    top = np.where(np.isnan(able), np.nan, away)[inside]
    part = frame[inside].reset_index(drop=True)
    lines = ratio_lines(part, [*by, "period"], top, np.where(np.isnan(top), np.nan, 1.0), clusters_of(part))
    counted = ~np.isnan(top)
    own = {name: part[name][counted] for name in (*by, "period")}
    return assemble(LABOUR_MIGRATION, lines, by, [Source("members", members, kept[inside][counted], own)])


def training_completion(
    *,
    aid: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    kind: str = "skills_training",
) -> Measured:
    """Finished ÷ enrolled, and employed ÷ finished; group column `step` (finished, employed)."""
    kept = np.flatnonzero(is_one_of(aid["aid_kind_code"], (kind,)) & in_years(aid["aid_year"], years))
    table = aid.take(kept).reset_index(drop=True)
    frame = table.assign(period=table["aid_year"])
    found, sources = [], []
    for step, column in STEPS.items():
        inside = np.ones(len(table), dtype=bool) if step == "finished" else is_true(table["is_finished"])
        part, told = frame[inside].reset_index(drop=True), as_floats(table[column])[inside]
        lines = ratio_lines(part, [*by, "period"], told, np.where(np.isnan(told), np.nan, 1.0), clusters_of(part))
        found.append(lines.assign(step=step))
        counted = ~np.isnan(told)
        own = {name: part[name][counted] for name in (*by, "period")}
        sources.append(
            Source("aid", aid, kept[inside][counted], {**own, "step": np.full(int(counted.sum()), step, dtype=object)})
        )
    return assemble(TRAINING_COMPLETION, pd.concat(found, ignore_index=True), [*by, "step"], sources)
