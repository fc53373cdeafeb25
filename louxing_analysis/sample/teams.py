"""Resident teams in villages and mass-work groups in communities: two or three people in every place, every year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.sample import names
from louxing_analysis.sample.draws import Array, day_in_month, month_start, pick, year_of
from louxing_analysis.sample.world import World, keys

POSTS = ("科员", "一级主任科员", "三级主任科员", "四级主任科员", "一级科员", "副科级干部", "办公室副主任", "工程师")
TURNOVER = 0.24  # a year, seat by seat
THIRD_SEAT = 0.62  # places with three people


@dataclass(frozen=True)
class Terms:
    """One entry per seat and year: who sat there, from when to when."""

    place: Array
    seat: Array
    year: Array
    member: Array
    start: Array
    end: Array  # NaT while it runs


def rows(world: World) -> dict[str, Array]:
    """One row per member and year, the term of that year; every place has a full team every year from spring 2016."""
    generator = world.plan.generator("teams")
    terms = _terms(world, generator)
    count = int(terms.member.max()) + 1
    female = generator.random(count) < 0.28
    birth = np.datetime64("1963-01-01") + generator.integers(0, 31 * 365, count).astype("timedelta64[D]")
    name = names.full_names(generator, female, year_of(birth))
    number, phone = names.id_numbers(generator, birth, female, names.TEAM_MEMBERS), names.phones(generator, count)
    post = pick(generator, POSTS, count)
    village = world.places.is_village[terms.place]
    second = generator.random(world.plan.places)[terms.place] < 0.15  # where another than the first secretary leads
    return {
        **world.location(terms.place),
        "member_name": name[terms.member],
        "id_number": number[terms.member],
        "phone": phone[terms.member],
        "team_year": terms.year,
        "team_kind_code": np.where(village, "resident_team", "mass_work_group"),
        "unit_name": _units(world, terms),
        "member_post": post[terms.member],
        "is_first_secretary": village & (terms.seat == 0),
        "is_leader": terms.seat == (village & second).astype(int),
        "start_date": terms.start,
        "end_date": terms.end,
        "days_in_village": _days(world, terms, village, generator),
        "member_key": keys("T", terms.member),
        "year": terms.year,
    }


def _terms(world: World, generator: np.random.Generator) -> Terms:
    """Seats by places and years; a seat changes hands at New Year, the first secretary's never with another's."""
    plan = world.plan
    years = np.array(plan.horizon)
    seats = 2 + (generator.random(plan.places) < THIRD_SEAT)
    place = np.repeat(np.arange(plan.places), seats)
    seat = np.concatenate([np.arange(number) for number in seats])
    change = generator.random((len(place), len(years))) < TURNOVER
    change[:, 0] = True
    change[:, 1:] &= (seat == 0)[:, None] == (years[1:] % 2 == 0)
    member = np.cumsum(change.ravel()).reshape(change.shape) - 1
    first_day = month_start(years, np.ones(len(years), dtype=np.int64))
    begun = day_in_month(generator, np.full(len(place), np.datetime64("2016-03-01")), 1, 25)
    start = np.broadcast_to(first_day, change.shape).copy()
    start[:, 0] = begun
    end = np.broadcast_to(first_day + 365 + (years % 4 == 0) - 1, change.shape).copy()
    end[:, -1] = np.datetime64("NaT")
    order = np.lexsort((np.repeat(seat, len(years)), np.repeat(place, len(years)), np.tile(years, len(place))))
    flat = [np.repeat(place, len(years)), np.repeat(seat, len(years)), np.tile(years, len(place))]
    flat += [member.ravel(), start.ravel(), end.ravel()]
    return Terms(*(column[order] for column in flat))


def _units(world: World, terms: Terms) -> Array:
    """The leading agency sends the first; every second of the others comes from the agency next to it."""
    agencies = world.places.agencies
    shift = np.where((terms.seat > 0) & (terms.member % 2 == 0), 1, 0)
    return agencies[(world.places.agency_of[terms.place] + shift) % len(agencies)]


def _days(world: World, terms: Terms, village: Array, generator: np.random.Generator) -> Array:
    """Days in the village in the year: about twenty a month in villages, fewer in communities and in 2016."""
    months = np.where(terms.year == 2016, 9.5, 12.0)
    place = generator.normal(0, 1.3, world.plan.places)[terms.place]
    monthly = np.where(village, 20.4, 11.5) + place + generator.normal(0, 1.2, len(place)) + 0.3 * (terms.year - 2016)
    return np.clip(np.round(monthly * months), 40, 330).astype(np.int64)
