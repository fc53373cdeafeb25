"""Who should have been reached and who was: eligibility set against receipt, for each kind of help and each guarantee."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import Text, card
from louxing_analysis.indicators.measured import Measured, Source, assemble
from louxing_analysis.indicators.populations import (
    ABLE_TO_WORK,
    NOT_IN_SCHOOL,
    Threshold,
    find,
    is_one_of,
    registered_at_year_end,
    weights_of,
)
from louxing_analysis.indicators.ratios import Array, Codes, as_floats, clusters_of, group, ratio_lines
from louxing_analysis.indicators.received import Receipt, kind_column, lines_of, receipt
from louxing_analysis.indicators.safeguards import GUARANTEES

ELIGIBILITY_RECEIPT = card(
    "eligibility_receipt",
    Text("应享与实享", "Eligible and reached"),
    Text(
        "covered：符合条件且得到的户 ÷ 符合条件的户；missed：符合条件而没有得到的户 ÷ 符合条件的户；not_eligible：得到而按登记信息"
        "不符合条件的户 ÷ 得到的户。条件：教育资助—有在校生；公益性岗位—有弱或半劳动力；技能培训、产业奖补、小额信贷—有劳动年龄的劳动力；"
        "危房改造—当年或以前住房为 C、D 级；医疗救助—有慢性病、大病或残疾成员；义务教育保障—有适龄儿童；其他保障—全部在册户。"
        "危房改造、技能培训、小额信贷看截至当年，其余看当年；保障以核查达标为得到",
        "covered: eligible and reached ÷ eligible; missed: eligible and not reached ÷ eligible; not_eligible: reached though the "
        "register does not show it eligible ÷ reached. Eligible for education grants: somebody in school; public-welfare "
        "jobs: somebody with weak or half ability to work; training, industry support and microcredit: somebody of working "
        "age able to work; house renovation: a house of grade C or D in the year or before; medical aid: somebody "
        "chronically or seriously ill or disabled; the education guarantee: a child of school age; other guarantees: all. "
        "Renovation, training and microcredit count up to the year, the others in it; a guarantee is reached when met",
    ),
    module="coverage",
    population="eligible_for",
    unit="share",
    tables=("households", "members", "aid"),
    optional=("safeguards",),
    facts=("threshold",),
    disclosure="sensitive",
    denominator=Text(
        "符合条件的户（不符合条件而享受的，为得到的户）",
        "eligible households (for those reached without being eligible: households reached)",
    ),
    missing_rule=Text(
        "按登记信息不能判断是否符合条件的户（保障：没有核查结论的户）计入缺失",
        "households for which eligibility cannot be told from the register (guarantees: without a finding) are missing",
    ),
    source="coverage, under-coverage and leakage as in the World Bank's ASPIRE",
)
ILL = ("chronic", "serious", "disabled")
DANGEROUS = ("c", "d")


class Ages(NamedTuple):
    """Working age and school age, both ends inside, by thresholds.csv."""

    working: tuple[float, float]
    school: tuple[float, float]


class Rule(NamedTuple):
    """Which members make a household eligible (1, 0 or nan for each); `cumulative`: help up to the year counts."""

    flag: Callable[[pd.DataFrame, Ages], Array]
    cumulative: bool = False


def _known(codes: pd.Series, yes: np.ndarray) -> Array:
    """1 or 0 where there is a code, nan where there is none."""
    return np.where(codes.isna(), np.nan, yes)


def _age(members: pd.DataFrame) -> Array:
    return as_floats(members["register_year"]) - as_floats(members["birth_year"])


def _in_school(members: pd.DataFrame, _ages: Ages) -> Array:
    return _known(members["student_code"], ~is_one_of(members["student_code"], (NOT_IN_SCHOOL,)))


def _weak(members: pd.DataFrame, _ages: Ages) -> Array:
    return _known(members["labour_code"], is_one_of(members["labour_code"], ("weak",)))


def _worker(members: pd.DataFrame, ages: Ages) -> Array:
    age, able = _age(members), _known(members["labour_code"], is_one_of(members["labour_code"], ABLE_TO_WORK))
    of_age = np.where(np.isnan(age), np.nan, (age >= ages.working[0]) & (age <= ages.working[1]))
    return _both(able, of_age)


def _both(one: Array, other: Array) -> Array:
    """And, where either no is enough for no."""
    return np.where((one == 0) | (other == 0), 0.0, one * other)


def _ill(members: pd.DataFrame, _ages: Ages) -> Array:
    codes, distinct = pd.factorize(members["health_codes"], use_na_sentinel=True)
    yes = np.array([bool(set(str(text).split("|")) & set(ILL)) for text in distinct] + [False])
    return np.where(codes < 0, np.nan, yes[codes])


def _of_school_age(members: pd.DataFrame, ages: Ages) -> Array:
    age = _age(members)
    return np.where(np.isnan(age), np.nan, (age >= ages.school[0]) & (age <= ages.school[1]))


MEMBER_RULES: dict[str, Rule] = {
    "education_grant": Rule(_in_school),
    "public_welfare_job": Rule(_weak),
    "skills_training": Rule(_worker, cumulative=True),
    "industry_support": Rule(_worker),
    "microcredit": Rule(_worker, cumulative=True),
    "medical_aid": Rule(_ill),
    "education": Rule(_of_school_age),
}
KINDS = (
    "education_grant",
    "public_welfare_job",
    "skills_training",
    "industry_support",
    "microcredit",
    "medical_aid",
    "house_renovation",
)
OUTCOMES = ("covered", "missed", "not_eligible")


def eligible_for(
    kind: str,
    households: pd.DataFrame,
    members: pd.DataFrame,
    threshold: Threshold,
    years: Sequence[int] | None = None,
) -> pd.Series:
    """For each household on the register at a year's end: 1 eligible, 0 not, nan where it cannot be told.

    Indexed like `registered_at_year_end(households, years)`. Raises ValueError for a kind without a rule.
    """
    population = registered_at_year_end(households, years)
    keys = population.rows(["household_id", "register_year"])
    return pd.Series(_eligible(kind, keys, households, _roll(keys, members), _ages(threshold, keys)))


def _ages(threshold: Threshold, keys: pd.DataFrame) -> Ages:
    last = int(keys["register_year"].max()) if len(keys) else 0
    rules = ("working_age_low", "working_age_high", "school_age_low", "school_age_high")
    low, high, young, old = (threshold(rule, last) if last else np.nan for rule in rules)
    return Ages((low, high), (young, old))


class _Roll(NamedTuple):
    """The members, and for each household-year of a population its number among theirs (one past the last: none)."""

    members: pd.DataFrame
    codes: Codes
    size: int
    of_household: Codes


def _roll(keys: pd.DataFrame, members: pd.DataFrame) -> _Roll:
    groups = group(members, ["household_id", "register_year"])
    if not len(groups.keys):
        return _Roll(members, groups.codes, 0, np.zeros(len(keys), dtype=np.intp))
    at = find(keys, groups.keys, ["household_id", "register_year"])
    return _Roll(members, groups.codes, groups.size, np.where(at < 0, groups.size, at).astype(np.intp))


def _eligible(kind: str, keys: pd.DataFrame, households: pd.DataFrame, roll: _Roll, ages: Ages) -> Array:
    if kind in GUARANTEES and kind != "education":
        return np.ones(len(keys))
    if kind == "house_renovation":
        return _ever_dangerous(keys, households)
    if kind not in MEMBER_RULES:
        raise ValueError(f"没有这一类的条件 / no rule of eligibility for: {kind}")
    return _any_member(roll, MEMBER_RULES[kind].flag(roll.members, ages))


def _any_member(roll: _Roll, flag: Array) -> Array:
    """1 where one member has the flag, nan where none has it and one is not known (or no member is), else 0."""
    yes = np.bincount(roll.codes, flag == 1, roll.size) > 0
    unknown = np.bincount(roll.codes, np.isnan(flag), roll.size) > 0
    of_household = np.append(np.where(yes, 1.0, np.where(unknown, np.nan, 0.0)), np.nan)
    return np.asarray(of_household[roll.of_household], dtype=np.float64)


def _ever_dangerous(keys: pd.DataFrame, households: pd.DataFrame) -> Array:
    """Grade C or D in the year or an earlier one; not known where no grade up to the year is."""
    grades = households[["household_id", "register_year", "house_grade_code"]].sort_values(
        "register_year", kind="stable"
    )
    known = grades["house_grade_code"].notna()
    bad = pd.Series(is_one_of(grades["house_grade_code"], DANGEROUS), index=grades.index)
    grades["bad"] = bad.groupby(grades["household_id"]).cummax()
    grades["known"] = known.groupby(grades["household_id"]).cummax()
    at = find(keys, grades, ["household_id", "register_year"])
    flags = np.where(grades["known"], grades["bad"].astype(float), np.nan)
    return flags[at] if len(flags) else np.full(len(keys), np.nan)


def eligibility_receipt(
    *,
    households: pd.DataFrame,
    members: pd.DataFrame,
    aid: pd.DataFrame,
    threshold: Threshold,
    safeguards: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
    kinds: Sequence[str] | None = None,
) -> Measured:
    """Covered, missed and not eligible, for each kind; group columns `kind`, `outcome`.

    `rows_behind(kind=…, outcome="missed")` lists the register rows of the households that were missed.
    """
    spans = {
        span: _span(receipt(households, lines_of(aid, None), "registered_at_year_end", span, years, by), by, weights)
        for span in ("year", "ever")
    }
    everybody = spans["year"].received.keys  # the population is the same in both spans
    ages, roll = _ages(threshold, everybody), _roll(everybody, members)
    wanted = list(kinds) if kinds is not None else [*KINDS, *(GUARANTEES if safeguards is not None else ())]
    found, sources = [], []
    for kind in wanted:
        cumulative = kind == "house_renovation" or (kind in MEMBER_RULES and MEMBER_RULES[kind].cumulative)
        mine = spans["ever" if cumulative else "year"]
        received = mine.received
        able = _eligible(kind, received.keys, households, roll, ages)
        got = _met(received, safeguards, kind) if kind in GUARANTEES else kind_column(received, kind).astype(float)
        for outcome, inside, flag, known in _outcomes(able, got, mine.weight):
            lines = _line(mine, inside, flag, known, [*by, "period"])
            found.append(lines.assign(kind=kind, outcome=outcome))
            sources += _behind(mine, flag & known, kind, outcome)
    groups = [*by, "kind", "outcome"]
    return assemble(ELIGIBILITY_RECEIPT, pd.concat(found, ignore_index=True), groups, sources)


class _Span(NamedTuple):
    """Receipt in one span, with what every kind needs of it: weights, clusters, lines, group columns, kind of each line."""

    received: Receipt
    weight: Array
    clusters: Codes
    cells: pd.DataFrame
    columns: dict[str, np.ndarray]
    line_kinds: np.ndarray


def _span(received: Receipt, by: Sequence[str], weights: str) -> _Span:
    names = [*by, "period"]
    columns = {name: received.keys[name].to_numpy(dtype=object) for name in names}
    line_kinds = received.lines.frame["kind"].to_numpy(dtype=object)[received.line]
    return _Span(
        received,
        weights_of(received.keys, weights),
        clusters_of(received.keys),
        received.keys[names].drop_duplicates(),
        columns,
        line_kinds,
    )


def _met(mine: Receipt, safeguards: pd.DataFrame | None, guarantee: str) -> Array:
    """Whether the household's check of the year found the guarantee met; nan without a finding."""
    if safeguards is None:
        return np.full(len(mine.keys), np.nan)
    checks = safeguards[(safeguards["guarantee_code"] == guarantee).to_numpy(dtype=bool, na_value=False)]
    at = find(mine.keys, checks, ["household_id", "register_year"], ["household_id", "year"])
    return np.append(as_floats(checks["is_met"]), np.nan)[at]


def _outcomes(able: Array, got: Array, weight: Array) -> Iterator[tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
    """For each outcome: whom it is a share of, who has it, and for whom both can be told."""
    known = ~np.isnan(able + got + weight)
    yield "covered", able == 1, (able == 1) & (got == 1), known
    yield "missed", able == 1, (able == 1) & (got == 0), known
    yield "not_eligible", got == 1, (able == 0) & (got == 1), known


def _line(mine: _Span, inside: np.ndarray, flag: np.ndarray, known: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    part = np.flatnonzero((inside & known) | ~known)
    base = np.where(known, mine.weight, np.nan)[part]
    frame = mine.received.keys.take(part).reset_index(drop=True)
    return ratio_lines(frame, names, flag[part] * base, base, mine.clusters[part], cells=mine.cells)


def _behind(mine: _Span, flag: np.ndarray, kind: str, outcome: str) -> list[Source]:
    """The register rows of the households of an outcome, and the lines of help of that kind they have."""
    received = mine.received
    lines = np.flatnonzero((mine.line_kinds == kind) & flag[received.owner])
    tables = {
        "households": (received.members.table, received.members.positions[flag], np.flatnonzero(flag)),
        "aid": (
            received.lines.aid,
            received.lines.frame["position"].to_numpy()[received.line[lines]],
            received.owner[lines],
        ),
    }
    found = []
    for name, (table, positions, owner) in tables.items():
        keys = {column: values[owner] for column, values in mine.columns.items()}
        keys["kind"] = np.full(len(owner), kind, dtype=object)
        keys["outcome"] = np.full(len(owner), outcome, dtype=object)
        found.append(Source(name, table, positions, keys))
    return found
