"""What was looked at: inspections of places, guarantees of households, health of people, cleanliness of houses."""

from __future__ import annotations

import numpy as np

from louxing_analysis.sample import names
from louxing_analysis.sample.draws import Array, only, pick, with_precision, year_of
from louxing_analysis.sample.world import World, keys

METHODS = {"on_site": 0.34, "documents": 0.28, "household_visit": 0.26, "telephone": 0.12}
ISSUES = (
    "一户一档资料不齐",
    "帮扶手册填写不规范",
    "公示内容未及时更新",
    "个别户人居环境较差",
    "走访记录缺少签字",
    "项目进度偏慢",
    "政策知晓率不高",
    "工作队考勤登记不全",
)
ROTATION = 3  # each place is inspected every third month
INSPECTORS = 16
GUARANTEES = ("education", "medical", "housing", "water")
CHECKUP_SHARE = 0.60
CHECKUP_LAST_MONTH = "2020-11"
RATINGS = ((95.0, "cleanest"), (85.0, "clean"), (70.0, "ordinary"), (0.0, "poor"))


def inspections(world: World) -> dict[str, Array]:
    """Monthly inspections of a third of the places in turn: method, score, problems found and rectified."""
    plan, generator = world.plan, world.plan.generator("inspections")
    month, place, method = _inspected(world, generator)
    age = (month - month.min()) / (12 * len(plan.horizon))
    level = generator.normal(0, 2.5, plan.places)[place]
    found = generator.poisson(np.clip(3.4 - 2.2 * age - 0.12 * level, 0.2, None))
    noise = generator.normal(0, 1.5, len(place))
    score = np.clip(np.round(2 * (96.5 - 1.6 * found + 0.8 * level + noise)) / 2, 55, 100)
    rectified, known, precision = _rectified(world, month, found, age, generator)
    female = generator.random(INSPECTORS) < 0.3
    staff = names.full_names(generator, female, generator.integers(1965, 1990, INSPECTORS))
    return {
        **world.location(place),
        "inspection_month": month.astype("datetime64[M]").astype("datetime64[D]"),
        "method_code": method,
        "score": score,
        "issues_found_count": found,
        "issues_rectified_count": rectified,
        "rectified_date": known,
        "rectified_date_precision": precision,
        "issue_text": only(found > 0, pick(generator, ISSUES, len(place))),
        "inspector_name": staff[generator.integers(0, INSPECTORS, len(place))],
        "year": month // 12 + 1970,
    }


def _inspected(world: World, generator: np.random.Generator) -> tuple[Array, Array, Array]:
    """Which place in which month (counted from 1970) by which method; one in five is looked at in two ways."""
    plan = world.plan
    months = (plan.horizon[0] - 1970) * 12 + np.arange(12 * len(plan.horizon))
    turn = generator.permutation(plan.places) % min(ROTATION, plan.places)
    at, place = np.nonzero(months[:, None] % min(ROTATION, plan.places) == turn)
    second = generator.random(len(place)) < 0.22
    month, place = np.repeat(months[at], 1 + second), np.repeat(place, 1 + second)
    first = np.r_[True, (month[1:] != month[:-1]) | (place[1:] != place[:-1])]
    method = pick(generator, list(METHODS), len(place), list(METHODS.values()))
    before = np.r_[[""], method[:-1]]
    method = np.where(~first & (method == before), np.where(method == "documents", "on_site", "documents"), method)
    return month, place, method


def _rectified(
    world: World, month: Array, found: Array, age: Array, generator: np.random.Generator
) -> tuple[Array, Array, Array]:
    """How many of the problems were rectified by the end of the last year, the date, and its precision."""
    start = month.astype("datetime64[M]").astype("datetime64[D]") + generator.integers(18, 30, len(month))
    day = start + generator.gamma(3.0, 6.0, len(month)).astype(np.int64)
    in_time = day <= np.datetime64(f"{world.plan.horizon[-1]}-12-31")
    rectified = np.where(in_time, generator.binomial(found, np.clip(0.86 + 0.12 * age, 0, 0.99)), 0)
    date = np.where(rectified > 0, day, np.datetime64("NaT"))
    return rectified, *with_precision(date, generator.random(len(month)) < 0.15)


def safeguards(world: World, heads: Array) -> dict[str, Array]:
    """One row per household, year and guarantee; all met by 2020, and as the registers of houses and water have it."""
    home, year = world.active_pairs()
    state, at = world.conditions, world.at(year)
    met = np.column_stack(
        [matrix[home, at] for matrix in (state.education_met, state.medical_met, state.housing_met, state.water)]
    )
    home, year = np.repeat(home, len(GUARANTEES)), np.repeat(year, len(GUARANTEES))
    columns = world.identity(heads, home, year)
    return columns | {
        "year": year,
        "guarantee_code": np.tile(np.array(GUARANTEES, dtype=object), len(at)),
        "is_met": met.ravel(),
    }


def checkups(world: World, heads: Array) -> dict[str, Array]:
    """Free check-ups from April 2020, village by village on one or two days; more of the old than of the young."""
    plan, roll, generator = world.plan, world.roll, world.plan.generator("checkups")
    first, last = (
        np.datetime64(text, "M").astype(np.int64) for text in (plan.article.checkups_from, CHECKUP_LAST_MONTH)
    )
    chance = CHECKUP_SHARE * np.interp(roll.age, [0, 15, 25, 40, 60, 80], [0.95, 1.05, 0.75, 0.9, 1.2, 1.15])
    now = (roll.year == plan.horizon[-1]) & world.active_roll()
    found = np.flatnonzero(now & (generator.random(len(roll)) < np.clip(chance, 0, 0.97)))
    month = generator.integers(first, last + 1, plan.places)
    begun = month.astype("datetime64[M]").astype("datetime64[D]") + generator.integers(2, 25, plan.places).astype(
        "timedelta64[D]"
    )
    place = world.homes.place[roll.household[found]]
    day = begun[place] + (generator.random(len(found)) < 0.3).astype("timedelta64[D]")
    person, household = roll.person[found], roll.household[found]
    return world.identity(heads, household, roll.year[found]) | {
        "name": world.people.name[person],
        "id_number": world.people.id_number[person],
        "checkup_date": day,
        "phone": only(roll.relation[found] == "head", world.homes.phone[household]),
        "person_key": keys("P", person),
        "year": year_of(day),
    }


def sanitation(world: World, heads: Array) -> dict[str, Array]:
    """Monthly ratings of houses from July 2019: most households, cleaner over time, grades by the score."""
    plan, generator = world.plan, world.plan.generator("sanitation")
    first = np.datetime64(plan.article.sanitation_from, "M").astype(np.int64)
    last = np.datetime64(f"{plan.horizon[-1]}-12", "M").astype(np.int64)
    level = generator.normal(84, 5.5, len(world.homes)) + generator.normal(0, 3.0, plan.places)[world.homes.place]
    takes_part = np.clip(generator.beta(9, 1.2, plan.places), 0.4, 1.0)[world.homes.place]
    parts = []
    for month in range(int(first), int(last) + 1):
        live = np.flatnonzero(world.homes.active(month // 12 + 1970))
        live = live[generator.random(len(live)) < takes_part[live]]
        score = level[live] + 0.35 * (month - first) + generator.normal(0, 3.0, len(live))
        parts.append((live, np.full(len(live), month), np.clip(np.round(2 * score) / 2, 45, 100)))
    home, months, score = (np.concatenate(column) for column in zip(*parts, strict=True))
    rating = np.select(
        [score >= least for least, _ in RATINGS],
        [np.full(len(score), name, dtype=object) for _, name in RATINGS],
        "poor",
    )
    year = months // 12 + 1970
    return world.identity(heads, home, year) | {
        "rating_month": months.astype("datetime64[M]").astype("datetime64[D]"),
        "score": score,
        "rating_code": rating,
        "year": year,
    }
