"""Whom the projects reached: dividends, land rents, orders, wages and direct support, household by household."""

from __future__ import annotations

import numpy as np

from louxing_analysis.sample.draws import Array, day_in_month, month_start, only, with_precision
from louxing_analysis.sample.projects import Projects, project_keys
from louxing_analysis.sample.world import World, keys

AMOUNTS = {  # yuan: usual size, and what it is rounded to
    "shares": (450, 10),
    "asset_income": (380, 10),
    "orders": (1300, 10),
    "jobs": (4200, 100),
    "land_lease": (520, 1),
    "entrusted_raising": (900, 50),
    "entrusted_help": (600, 50),
    "direct": (1000, 100),
}
BY_PERSON = ("jobs", "direct")
USUAL_COUNT = 85  # people or households on a list; no more than there are in the place and around it


def rows(world: World, heads: Array, projects: Projects) -> tuple[dict[str, Array], tuple[Array, Array]]:
    """The lists of beneficiaries, and beside them households and people reached by each project."""
    generator = world.plan.generator("beneficiaries")
    parts = [_listed(world, projects, int(number), generator) for number in np.flatnonzero(projects.mode.astype(bool))]
    project, household, person = (np.concatenate(column) for column in zip(*parts, strict=True))
    mode, year = projects.mode[project].astype("U20"), projects.year[project]
    usual = np.array([AMOUNTS[name][0] for name in mode])
    step = np.array([AMOUNTS[name][1] for name in mode])
    amount = np.maximum(np.round(usual * generator.lognormal(0, 0.45, len(mode)) / step), 1) * step
    same = np.isin(mode, ["shares", "asset_income"]) & (generator.random(len(projects.year))[project] < 0.6)
    amount = np.where(
        same, (usual * generator.uniform(0.5, 1.8, len(projects.year))[project] / 10).round() * 10, amount
    )
    paid = day_in_month(generator, month_start(projects.year, generator.integers(9, 13, len(projects.year))))[project]
    paid, precision = with_precision(paid, (generator.random(len(projects.year)) < 0.4)[project])
    recipient = np.where(person >= 0, person, heads[household, world.at(year)])
    columns = {
        **world.identity(heads, household, year),
        "project_name": projects.name[project],
        "project_year": year,
        "name": only(person >= 0, world.people.name[person]),
        "id_number": only(person >= 0, world.people.id_number[person]),
        "bank_account": world.homes.account[household],
        "link_mode_code": mode.astype(object),
        "amount": amount,
        "paid_date": paid,
        "paid_date_precision": precision,
        "person_key": keys("P", person),
        "project_key": project_keys(projects)[project],
        "year": year,
    }
    return columns, _reached(len(projects.year), project, household, recipient, world, year)


def _reached(
    count: int, project: Array, household: Array, recipient: Array, world: World, year: Array
) -> tuple[Array, Array]:
    """Households and people on each project's list: the persons named, else everybody in the households."""
    pair = np.unique(np.column_stack([project, household]), axis=0)
    homes = np.bincount(pair[:, 0], minlength=count)
    size = world.incomes.size[pair[:, 1], world.at(_of_project(project, year, count)[pair[:, 0]])]
    everybody = np.bincount(pair[:, 0], weights=size, minlength=count).astype(np.int64)
    named = np.bincount(np.unique(np.column_stack([project, recipient]), axis=0)[:, 0], minlength=count)
    return homes, np.where(named > homes, named, everybody)


def _of_project(project: Array, year: Array, count: int) -> Array:
    years = np.zeros(count, dtype=np.int64) + int(year.min())
    years[project] = year
    return years


def _listed(
    world: World, projects: Projects, number: int, generator: np.random.Generator
) -> tuple[Array, Array, Array]:
    """The list of one project: its number, households, and persons (−1 where a household is named as a whole)."""
    article, place, year, mode = (
        world.plan.article,
        projects.place[number],
        projects.year[number],
        projects.mode[number],
    )
    home = (world.homes.place == place) & world.homes.active(year) & ~world.homes.overlooked
    if place == world.places.number(article.shares_village):
        household, person = _story(world, home, projects, number, generator)
    elif mode in BY_PERSON:
        household, person = _able(world, home, year)
        chosen = np.sort(generator.permutation(len(person))[: _count(len(person), generator)])
        household, person = household[chosen], person[chosen]
    else:
        able = np.flatnonzero(home)
        household = np.sort(generator.permutation(able)[: _count(len(able), generator)])
        person = np.full(len(household), -1)
    return np.full(len(household), number), household, person


def _count(most: int, generator: np.random.Generator) -> int:
    """How many a list names: most of a small village, a part of a large one."""
    return int(min(most * generator.uniform(0.6, 1.0) + 0.999, USUAL_COUNT * generator.uniform(0.8, 1.6)))


def _able(world: World, home: Array, year: int) -> tuple[Array, Array]:
    """People able to work in the households given, those with whole ability first; (household, person)."""
    roll = world.roll
    now = np.flatnonzero((roll.year == year) & home[roll.household] & (roll.age >= 16))
    whole = np.isin(roll.labour[now], ["ordinary", "skilled"])
    order = np.lexsort((roll.age[now] > 75, ~roll.able[now], ~whole))
    return roll.household[now][order], roll.person[now][order]


def _story(
    world: World, home: Array, projects: Projects, number: int, generator: np.random.Generator
) -> tuple[Array, Array]:
    """The article's village: 26 people of 23 households hold shares; 149 able people are helped directly, once each."""
    article = world.plan.article
    household, person = _able(world, home, int(projects.year[number]))
    if projects.mode[number] == "shares":
        # The households with two able people come first, then one person each of the others.
        first = np.unique(household, return_index=True)[1]
        rest = np.setdiff1d(np.arange(len(household)), first)
        rest = rest[np.unique(household[rest], return_index=True)[1]]
        double = rest[: article.shares_people - article.shares_households]
        single = first[~np.isin(household[first], household[double])]
        pairs = first[np.isin(household[first], household[double])]
        chosen = np.sort(np.concatenate([double, pairs, single[: article.shares_households - len(double)]]))
    else:
        both = np.flatnonzero((projects.mode == "direct") & (projects.place == projects.place[number]))
        chosen = np.arange(min(article.direct_people, len(person)))
        chosen = chosen[chosen % len(both) == int(np.flatnonzero(both == number)[0])]
    return household[chosen], person[chosen]
