"""What makes a household hard to follow in the registers: codes given anew, households that join, households that come back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.sample.draws import Array, rank_within
from louxing_analysis.sample.households import Homes, old_codes
from louxing_analysis.sample.people import People
from louxing_analysis.sample.places import Places, former_villages
from louxing_analysis.sample.plan import NEVER, Plan

JOINING_SHARE = 1 / 150  # old people on their own who are taken into another household of the village (合户)
BACK_SHARE = 0.2  # of those struck off in 2017 and 2018: registered again two years later
HOME_OF_PARENTS = ("father", "mother", "husbands_father", "husbands_mother", "wifes_father", "wifes_mother")


def homes_with_changes(plan: Plan, places: Places, homes: Homes, transfers: pd.DataFrame) -> Homes:
    """The households with old codes in the townships that came from other counties, and those that come back.

    `transfers`: rows of place_changes.csv of the kind transfer.
    """
    years = pd.to_datetime(transfers["since"]).dt.year
    since = dict(zip(transfers["new_township"], years, strict=True))
    moved = np.array([since.get(name, 0) for name in places.texts("township")])[homes.place]
    generator = plan.generator("changes.back")
    gone = np.flatnonzero(homes.leave_year <= plan.horizon[-1] - 2)
    back = np.sort(generator.permutation(gone)[: round(len(gone) * BACK_SHARE + 0.49)])
    back_year = homes.back_year.copy()
    back_year[back] = homes.leave_year[back] + 2
    return replace(homes, old_code=old_codes(homes), code_since=moved, back_year=back_year)


def joined_households(plan: Plan, places: Places, homes: Homes, people: People) -> tuple[Homes, People]:
    """Old people who live alone go over to a younger household of their village; their own ends with the year before."""
    generator = plan.generator("changes.joined")
    named = (places.number(name) for name in (plan.article.shares_village, plan.article.workshop_village))
    story = [number for number in named if number is not None]
    free = (homes.leave_year == NEVER) & (homes.first_year == plan.horizon[0]) & ~np.isin(homes.place, story)
    free &= (rank_within(homes.place) > 0) & (np.arange(len(homes)) != homes.workshop)
    members = np.bincount(people.household, minlength=len(homes))
    with_parents = np.zeros(len(homes), dtype=bool)
    with_parents[people.household[np.isin(people.relation, HOME_OF_PARENTS)]] = True
    is_child = np.zeros(len(homes), dtype=bool)
    is_child[homes.parent[homes.parent >= 0]] = True
    alone = np.flatnonzero(free & homes.elder.astype(bool) & (members == 1))
    hosts = np.flatnonzero(
        free & ~homes.elder.astype(bool) & ~with_parents & ~is_child & (members >= 3) & (homes.parent < 0)
    )
    wanted = max(round(len(homes) * JOINING_SHARE), 1)
    born = np.zeros(len(homes), dtype=np.int64)
    head = people.relation == "head"
    born[people.household[head]] = people.birth[head].astype("datetime64[Y]").astype(np.int64) + 1970
    pairs = _pairs(homes, born, generator.permutation(alone), generator.permutation(hosts), wanted)
    guest, host = pairs.T
    year = generator.integers(plan.horizon[0] + 2, plan.horizon[-1] + 1, len(guest))
    ends, into = homes.end_year.copy(), homes.joined.copy()
    ends[guest], into[guest] = year, host
    return replace(homes, end_year=ends, joined=into), _moved_in(people, homes, guest, host, year)


def _pairs(homes: Homes, born: Array, alone: Array, hosts: Array, wanted: int) -> Array:
    """Guest and host of one place, a generation apart, each once."""
    by_place: dict[int, list[int]] = {}
    for host in hosts.tolist():
        by_place.setdefault(int(homes.place[host]), []).append(host)
    found = []
    for guest in alone.tolist():
        near = by_place.get(int(homes.place[guest]), [])
        fitting = [host for host in near if 18 <= born[host] - born[guest] <= 42]
        if fitting:
            near.remove(fitting[0])
            found.append((guest, fitting[0]))
    return np.array(found[:wanted], dtype=np.int64).reshape(-1, 2)


def _moved_in(people: People, homes: Homes, guest: Array, host: Array, year: Array) -> People:
    """The guest is a parent of the man of the house."""
    changes: dict[str, Any] = {
        name: getattr(people, name).copy() for name in ("change_year", "later_household", "later_relation")
    }
    later = changes["later_relation"].astype(object)
    for one, other, when in zip(guest.tolist(), host.tolist(), year.tolist(), strict=True):
        who = np.flatnonzero(people.household == one)
        changes["change_year"][who], changes["later_household"][who] = when, other
        parent = np.where(people.female[who], "mother", "father")
        later[who] = np.where(homes.female_head[other], np.char.add("husbands_", parent), parent)
    changes["later_relation"] = later.astype(str)
    return replace(people, **changes)


def village_changes(places: Places) -> dict[str, Array]:
    """One row per made-up old village: what it was merged into in 2016, as a district's own list has it."""
    frame = places.frame[places.frame["made_up"].to_numpy(dtype=bool)]
    rows = [
        (town, old, town, village, "merge", np.datetime64("2016-03-01") + len(rest) * 7 % 90, 2016)
        for town, village in zip(frame["township"], frame["village"], strict=True)
        for rest in [former_villages(village)]
        for old in rest
    ]
    names = ("old_township", "old_village", "new_township", "new_village", "change_kind_code", "change_date", "year")
    table = np.array(rows, dtype=object).reshape(-1, len(names)).T
    columns = dict(zip(names, table, strict=True))
    return {
        **columns,
        "township": np.full(len(rows), None, dtype=object),
        "change_date": columns["change_date"].astype("datetime64[D]"),
    }
