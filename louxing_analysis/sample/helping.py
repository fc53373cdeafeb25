"""Who helps whom: cadres and their pairings, resident teams, visits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.sample import names
from louxing_analysis.sample.draws import (
    Array,
    day_in_month,
    month_start,
    only,
    pick,
    rank_within,
    shared_out,
    with_precision,
    year_of,
)
from louxing_analysis.sample.plan import NEVER
from louxing_analysis.sample.world import World, keys

POSTS = (
    "科员",
    "四级主任科员",
    "二级主任科员",
    "一级科员",
    "办公室主任",
    "股长",
    "副科级干部",
    "工会主席",
    "副局长",
    "局长",
    "会计",
    "教师",
    "医师",
)
POST_WEIGHTS = (22, 10, 8, 12, 8, 14, 6, 4, 5, 3, 4, 6, 4)
CHANGED_SHARE = 0.18  # households whose cadre changed once
BY_MONTH_SHARE = 0.35  # pairings dated by the month only
VISIT_YEARS = (2019, 2020)
MODES = {
    "visit": 0.55,
    "telephone": 0.14,
    "wechat": 0.08,
    "policy": 0.08,
    "goods": 0.04,
    "employment": 0.03,
    "medical": 0.02,
    "schooling": 0.02,
    "money": 0.015,
    "housing": 0.01,
    "counselling": 0.01,
    "other": 0.005,
}
CONTENT = {
    "visit": "入户了解生产生活情况",
    "telephone": "电话了解近况",
    "wechat": "微信联系，了解孩子学习情况",
    "policy": "宣讲扶贫政策",
    "goods": "送米、油等生活物资",
    "employment": "推荐就业岗位",
    "medical": "协助办理医疗报销",
    "schooling": "送书本，了解上学情况",
    "money": "送慰问金",
    "housing": "查看住房情况",
    "counselling": "谈心，鼓劲",
    "other": "其他帮扶",
}


@dataclass(frozen=True)
class Cadres:
    """The paired cadres, one entry each; every one has at least one household."""

    place: Array
    agency: Array
    name: Array
    id_number: Array
    phone: Array
    post: Array


@dataclass(frozen=True)
class Pairings:
    """Household, cadre and period; `end` NaT while it runs. Every household has exactly one running at any time."""

    household: Array
    cadre: Array
    start: Array
    end: Array
    by_month: Array

    def on(self, day: np.datetime64, households: int) -> Array:
        """The cadre of each household on a day, −1 for none."""
        found = np.full(households, -1)
        live = (self.start <= day) & (np.isnat(self.end) | (self.end >= day))
        found[self.household[live]] = self.cadre[live]
        return found


def cadres(world: World) -> Cadres:
    """Cadres shared out over the places in proportion to their households, from the agencies that lead there."""
    plan, generator = world.plan, world.plan.generator("cadres")
    households = np.bincount(world.homes.place[world.homes.stays], minlength=plan.places)
    each = _at_most(shared_out(plan.cadres, households.astype(float), least=1), households)
    place = np.repeat(np.arange(plan.places), each)
    agency = _agencies(world, place)
    count = len(place)
    female = generator.random(count) < 0.36
    birth = np.datetime64("1962-01-01") + generator.integers(0, 33 * 365, count).astype("timedelta64[D]")
    return Cadres(
        place=place,
        agency=agency,
        name=names.distinct_names(generator, female, year_of(birth), agency),
        id_number=names.id_numbers(generator, birth, female, names.CADRES),
        phone=names.phones(generator, count),
        post=pick(generator, POSTS, count, POST_WEIGHTS),
    )


def _at_most(each: Array, most: Array) -> Array:
    """Move what is above the most of a place to places with room."""
    each = each.copy()
    while (each > most).any():
        over = int(np.maximum(each - most, 0).sum())
        each = np.minimum(each, most)
        roomy = np.argsort(-(most - each), kind="stable")[:over]
        each[roomy] += 1
    return each


def _agencies(world: World, place: Array) -> Array:
    """The leading agency of a place, or in turn all the agencies that a small district must share among few places."""
    plan = world.plan
    turn = rank_within(place)
    shares = -(-plan.agencies // plan.places)  # agencies to a place
    leading = world.places.agency_of[place]
    return (leading + (turn % shares) * plan.places) % plan.agencies


def pairings(world: World, staff: Cadres) -> Pairings:
    """Each household's cadre, in a share of them after an earlier one of the same place."""
    homes, generator = world.homes, world.plan.generator("pairings")
    count = len(homes)
    final = _final_cadres(world, staff, generator)
    start = _starts(world, generator)
    gone = np.where(homes.back_year < NEVER, NEVER, homes.leave_year)  # whoever comes back keeps the cadre
    end = np.where(gone < NEVER, month_start(np.minimum(gone, 2100), 11) + 14, np.datetime64("NaT"))
    end = np.where(homes.end_year < NEVER, month_start(np.minimum(homes.end_year, 2100), 1) - 1, end)
    pool = np.bincount(staff.place, minlength=world.plan.places)[homes.place]
    first_of = np.searchsorted(staff.place, np.arange(world.plan.places))[homes.place]
    step = 1 + (generator.random(count) * np.maximum(pool - 1, 1)).astype(np.int64)
    earlier = first_of + (final - first_of + step) % pool
    switch = month_start(generator.integers(2017, 2020, count), generator.integers(2, 12, count)) - np.timedelta64(
        1, "D"
    )
    changed = (generator.random(count) < CHANGED_SHARE) & (pool > 1) & (switch > start + 200)
    changed &= np.isnat(end) | (switch < end - 60)
    before = np.flatnonzero(changed)
    household = np.concatenate([before, np.arange(count)])
    order = np.argsort(household, kind="stable")
    starts = np.concatenate([start[before], np.where(changed, switch + 1, start)])
    ends = np.concatenate([switch[before], end])
    by_month = np.concatenate(
        [generator.random(len(before)) < BY_MONTH_SHARE, generator.random(count) < BY_MONTH_SHARE]
    )
    chosen = np.concatenate([earlier[before], final])
    return Pairings(household[order], chosen[order], starts[order], ends[order], by_month[order])


def _final_cadres(world: World, staff: Cadres, generator: np.random.Generator) -> Array:
    """The last cadre of every household: every cadre of a place first gets one that stays registered."""
    homes = world.homes
    order = np.lexsort((generator.random(len(homes)), ~homes.stays, homes.place))
    turn = np.empty(len(homes), dtype=np.int64)
    turn[order] = rank_within(homes.place[order])
    pool = np.bincount(staff.place, minlength=world.plan.places)[homes.place]
    first_of = np.searchsorted(staff.place, np.arange(world.plan.places))[homes.place]
    more = (generator.random(len(homes)) ** 1.6 * pool).astype(
        np.int64
    )  # beyond one each, some are given more than others
    return first_of + np.where(turn < pool, turn, more)


def _starts(world: World, generator: np.random.Generator) -> Array:
    """The spring of 2016 for those then registered, else that of the year in which a household entered the register."""
    first = world.homes.first_year
    month = generator.integers(1, 5, len(first))
    return day_in_month(generator, month_start(first, month))


def pairing_rows(world: World, heads: Array, staff: Cadres, pairs: Pairings) -> dict[str, Array]:
    """One row per household, cadre and period, in the roster kept up to the last year handed out."""
    first, last = np.datetime64(f"{min(world.plan.years)}-01-01"), np.datetime64(f"{max(world.plan.years)}-12-31")
    kept = np.flatnonzero((pairs.start <= last) & (np.isnat(pairs.end) | (pairs.end >= first)))
    home, cadre = pairs.household[kept], pairs.cadre[kept]
    end = np.where(pairs.end[kept] > last, np.datetime64("NaT"), pairs.end[kept])
    start, start_precision = with_precision(pairs.start[kept], pairs.by_month[kept])
    end, end_precision = with_precision(end, pairs.by_month[kept])
    gone = np.where(world.homes.back_year < NEVER, NEVER, np.minimum(world.homes.leave_year, world.homes.end_year))
    year = np.clip(gone[home] - 1, None, max(world.plan.horizon))
    return {
        **world.identity(heads, home, year),
        "cadre_name": staff.name[cadre],
        "cadre_id_number": staff.id_number[cadre],
        "cadre_phone": staff.phone[cadre],
        "cadre_post": staff.post[cadre],
        "unit_name": world.places.agencies[staff.agency[cadre]],
        "start_date": start,
        "start_date_precision": start_precision,
        "end_date": end,
        "end_date_precision": end_precision,
        "cadre_key": keys("C", cadre),
        "year": np.full(len(kept), max(world.plan.years)),
    }


def helper_of(world: World, staff: Cadres, pairs: Pairings) -> tuple[Array, Array]:
    """Name and phone of each household's cadre at the end of each year (just before it was struck off); matrices."""
    columns = []
    for year in world.plan.horizon:
        day = np.datetime64(f"{year}-12-31")
        columns.append(np.where(world.homes.leave_year == year, -1, pairs.on(day, len(world.homes))))
    cadre = np.column_stack(columns)
    return only(cadre >= 0, staff.name[cadre]), only(cadre >= 0, staff.phone[cadre])


def visits(world: World, heads: Array, staff: Cadres, pairs: Pairings) -> dict[str, Array]:
    """Visits of 2019 and 2020, roughly monthly; villages differ; by telephone in the first months of 2020."""
    plan, homes, generator = world.plan, world.homes, world.plan.generator("visits")
    village = generator.beta(8.0, 9.0, plan.places)
    diligence = np.clip(generator.normal(0, 0.10, len(homes)), -0.25, 0.25)
    parts: list[Array] = []
    for number in range(12 * len(VISIT_YEARS)):
        year, month = VISIT_YEARS[number // 12], number % 12 + 1
        live = np.flatnonzero(homes.active(year))
        chance = np.clip(village[homes.place[live]] + diligence[live] + 0.005 * number - 0.04, 0.03, 0.97)
        times = (generator.random(len(live)) < chance).astype(int)
        times += (times > 0) & (generator.random(len(live)) < 0.05)
        home = np.repeat(live, times)
        parts.append(np.column_stack([home, np.full(len(home), (year - 1970) * 12 + month - 1)]))
    home, month = np.concatenate(parts).T
    date = day_in_month(generator, month.astype("datetime64[M]").astype("datetime64[D]"))
    mode = _modes(month, generator)
    return _visit_rows(world, heads, staff, pairs, home, date, mode, generator)


def _modes(month: Array, generator: np.random.Generator) -> Array:
    """Modes of contact; from February to April 2020 nobody came to the door."""
    mode = pick(generator, list(MODES), len(month), list(MODES.values()))
    closed = (month >= (2020 - 1970) * 12 + 1) & (month <= (2020 - 1970) * 12 + 3)
    remote = pick(generator, ["telephone", "wechat", "policy", "goods"], len(month), [0.60, 0.25, 0.10, 0.05])
    return np.where(closed, remote, mode)


def _visit_rows(
    world: World,
    heads: Array,
    staff: Cadres,
    pairs: Pairings,
    home: Array,
    date: Array,
    mode: Array,
    generator: np.random.Generator,
) -> dict[str, Array]:
    """The visitor is the household's cadre of that day; one visit of a kind to a household on a day."""
    codes = {name: number for number, name in enumerate(MODES)}
    kind = np.array([codes[name] for name in mode])
    same = home * 10**7 + date.astype(np.int64) * 100 + kind
    kept = np.unique(same, return_index=True)[1]
    place = world.homes.place[home[kept]]
    kept = kept[np.lexsort((home[kept], date[kept], place))]
    home, date, mode = home[kept], date[kept], mode[kept]
    cadre = np.full(len(home), -1)
    for day in np.unique(date):
        now = date == day
        cadre[now] = pairs.on(day, len(world.homes))[home[now]]
    known = cadre >= 0  # a household that entered later was visited from its pairing on
    home, date, mode, cadre = home[known], date[known], mode[known], cadre[known]
    text = np.array([CONTENT[name] for name in mode], dtype=object)
    return {
        **world.identity(heads, home, year_of(date)),
        "cadre_name": staff.name[cadre],
        "visit_date": date,
        "visit_mode_code": mode,
        "content": only(generator.random(len(home)) < 0.7, text),
        "cadre_key": keys("C", cadre),
        "year": year_of(date),
    }
