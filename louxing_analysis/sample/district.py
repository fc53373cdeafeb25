"""The truth of the made-up district: places, agencies and all fifteen ledgers, from one seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from louxing_analysis import reference
from louxing_analysis.sample import (
    activities,
    aid,
    beneficiaries,
    changes,
    checks,
    conditions,
    helping,
    households,
    incomes,
    people,
    places,
    projects,
    register,
    roll,
    teams,
)
from louxing_analysis.sample.draws import Array
from louxing_analysis.sample.plan import Plan
from louxing_analysis.sample.world import World, typed


@dataclass(frozen=True)
class District:
    """A made-up district: what a perfect office would have written down.

    `places`: township village kind code since until source confidence made_up. `agencies`: names. `tables`: ledger →
    the written columns with true values, then household_key, person_key, cadre_key, member_key, project_key where they
    apply, and year: the year of the workbook the row belongs into. `plan`: sizes, years and the article's figures.
    """

    plan: Plan
    places: pd.DataFrame
    agencies: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]


def build(
    seed: int = 2020,
    places: int = 204,
    households: int = 7600,
    years: tuple[int, ...] = (2016, 2017, 2018, 2019, 2020),
    facts: reference.Reference | None = None,
) -> District:
    """Make the district up; the same arguments give the same frames. `facts`: the reference (default: data/reference).

    Lives through 2016–2020 whatever years are asked for, so that a year's rows do not hang on the choice of years.
    Raises ValueError for years outside 2016–2020 or fewer than three households to a place.
    """
    plan = Plan(seed, places, households, tuple(sorted(set(years))))
    facts = facts or reference.load()
    world = live(plan, facts)
    columns = _written(world)
    tables = {ledger: typed(ledger, columns[ledger], facts) for ledger in facts.ledgers["ledger"]}
    wanted = {name: frame[frame["year"].isin(plan.years)].reset_index(drop=True) for name, frame in tables.items()}
    return District(plan, world.places.frame, tuple(world.places.agencies), wanted)


def live(plan: Plan, facts: reference.Reference) -> World:
    """Places, families, incomes and conditions over the whole horizon, before anything is written down."""
    where = places.build(plan, facts.places)
    transfers = facts.place_changes[facts.place_changes["kind"] == "transfer"]
    homes = changes.homes_with_changes(plan, where, households.build(plan, where), transfers)
    homes, folk = changes.joined_households(plan, where, homes, people.build(plan, homes))
    lists = roll.build(plan, homes, folk)
    lines = np.array([facts.threshold("exit_line", year) for year in plan.horizon])
    money = incomes.build(plan, homes, lists, lines)
    state = conditions.build(plan, where, homes, folk, lists, money)
    return World(plan, where, homes, folk, lists, money, state)


def _written(world: World) -> dict[str, dict[str, Array]]:
    """The columns of all sixteen ledgers; of the monitoring, which began at the end of these years, there are no rows."""
    heads = world.heads
    staff = helping.cadres(world)
    pairs = helping.pairings(world, staff)
    work = projects.build(world)
    lists, reached = beneficiaries.rows(world, heads, work)
    members = activities.party(world)
    held = activities.meetings(world, members)
    return {
        "households": register.households(world, heads, helping.helper_of(world, staff, pairs)),
        "members": register.members(world, heads),
        "incomes": register.incomes(world, heads),
        "pairings": helping.pairing_rows(world, heads, staff, pairs),
        "teams": teams.rows(world),
        "visits": helping.visits(world, heads, staff, pairs),
        "projects": projects.rows(world, work, reached),
        "beneficiaries": lists,
        "aid": aid.rows(world, heads),
        "meetings": activities.meeting_rows(world, members, held),
        "attendance": activities.attendance_rows(world, members, held),
        "inspections": checks.inspections(world),
        "safeguards": checks.safeguards(world, heads),
        "checkups": checks.checkups(world, heads),
        "sanitation": checks.sanitation(world, heads),
        "village_changes": changes.village_changes(world.places),
        "monitoring": {"year": np.empty(0, dtype=np.int64)},
    }
