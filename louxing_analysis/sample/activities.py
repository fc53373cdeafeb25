"""Meetings and who came to them: theme days, meetings of members, of representatives; sign-in by person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.sample import names
from louxing_analysis.sample.draws import Array, pick, rank_within
from louxing_analysis.sample.world import World, keys

LEAST, MOST = 15, 60  # party members expected at a theme day
GRID_YEARS_EVERYWHERE = (2019,)
GRID_YEARS_OF_ONE = (2018, 2020)  # sign-in sheets of these years were kept in one township only
TOPICS = (
    "学习党的十九大精神",
    "脱贫攻坚政策学习",
    "人居环境整治志愿服务",
    "走访慰问贫困户",
    "交纳党费、重温入党誓词",
    "讨论产业发展",
    "党风廉政学习",
    "森林防火工作部署",
    "发展党员大会预备",
    "结对帮扶情况通报",
    "扶贫项目公示讨论",
    "“不忘初心、牢记使命”主题教育",
)
REPRESENTATIVES = ("村级财务公开", "低保评议", "产业项目表决", "人居环境村规民约修订", "集体经济收益分配")


@dataclass(frozen=True)
class Meetings:
    """One entry per meeting; counts add up: expected = present + excused + absent."""

    place: Array
    day: Array
    kind: Array
    expected: Array
    present: Array
    excused: Array
    topic: Array


@dataclass(frozen=True)
class Party:
    """The party members of every place, `MOST` numbers to a place, of which the first are on the list."""

    listed: Array  # place × year of the horizon: how many are on the list
    name: Array
    id_number: Array
    zeal: Array  # who comes and who stays away, the same over the years


def party(world: World) -> Party:
    """Lists of party members, 15 to 60 in a place, growing or shrinking by a few over the years."""
    plan, generator = world.plan, world.plan.generator("party")
    first = np.clip(np.round(generator.lognormal(np.log(21), 0.32, plan.places)), LEAST, MOST - 6)
    village = world.places.number(plan.article.attendance_village)
    if village is not None:
        first[village] = plan.article.attendance_members
    steps = generator.choice([-1, 0, 0, 1], size=(plan.places, len(plan.horizon)))
    steps[:, 0] = 0
    listed = np.clip(first[:, None] + np.cumsum(steps, axis=1), LEAST, MOST).astype(np.int64)
    count = plan.places * MOST
    female = generator.random(count) < 0.24
    birth = np.datetime64("1938-01-01") + generator.integers(0, 58 * 365, count).astype("timedelta64[D]")
    taken = (np.arange(MOST) < listed.max(axis=1)[:, None]).ravel()
    name, number = np.full(count, "", dtype=object), np.full(count, "", dtype=object)
    name[taken] = _unlike(np.flatnonzero(taken) // MOST, female[taken], birth[taken], generator)
    number[taken] = names.id_numbers(generator, birth[taken], female[taken], names.PARTY_MEMBERS)
    return Party(listed, name, number, generator.normal(size=count))


def _unlike(place: Array, female: Array, birth: Array, generator: np.random.Generator) -> Array:
    """Names, no two alike in one place, since a sign-in sheet tells its people apart by name."""
    born = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    name = names.full_names(generator, female, born)
    for _ in range(20):
        seen = np.unique(np.char.add(place.astype("U4"), name.astype("U5")), return_index=True)[1]
        again = np.setdiff1d(np.arange(len(name)), seen)
        if not len(again):
            break
        name[again] = names.full_names(generator, female[again], born[again])
    return name


def meetings(world: World, members: Party) -> Meetings:
    """Theme days every month, members every quarter, villagers' representatives now and then."""
    generator = world.plan.generator("meetings")
    theme = _theme_days(world, members, generator)
    quarter = _quarterly(world, members, generator)
    people = _representatives(world, generator)
    columns = [np.concatenate(column) for column in zip(theme, quarter, people, strict=True)]
    order = np.lexsort((columns[1], columns[0]))
    place, day, kind, expected, present, excused = (column[order] for column in columns)
    topic = np.where(
        kind == "representatives", pick(generator, REPRESENTATIVES, len(kind)), pick(generator, TOPICS, len(kind))
    )
    return Meetings(place, day, kind, expected, present, excused, topic)


def _share_present(world: World, place: Array, month: Array, generator: np.random.Generator) -> Array:
    """The share expected to come: each village its own, drifting up, lower at harvest and New Year."""
    level, drift = generator.normal(1.25, 0.55, world.plan.places), generator.normal(0.012, 0.008, world.plan.places)
    season = np.array([-0.25, -0.45, 0.0, 0.1, 0.05, 0.0, -0.15, 0.0, 0.05, -0.15, 0.0, 0.1])[month % 12]
    return 1 / (1 + np.exp(-(level[place] + drift[place] * (month - (2018 - 1970) * 12) + season)))


def _counts(expected: Array, share: Array, generator: np.random.Generator) -> tuple[Array, Array]:
    present = np.minimum(generator.binomial(expected, share), expected)
    return present, generator.binomial(expected - present, 0.55)


def _theme_days(world: World, members: Party, generator: np.random.Generator) -> tuple[Array, ...]:
    plan, article = world.plan, world.plan.article
    months = (plan.horizon[0] - 1970) * 12 + np.arange(12 * len(plan.horizon))
    place, month = np.repeat(np.arange(plan.places), len(months)), np.tile(months, plan.places)
    fixed = generator.integers(3, 26, plan.places)[place]  # every village has its own day of the month
    moved = np.where(generator.random(len(place)) < 0.25, generator.integers(-2, 3, len(place)), 0)
    day = month.astype("datetime64[M]").astype("datetime64[D]") + (fixed + moved - 1).astype("timedelta64[D]")
    expected = members.listed[place, month // 12 + 1970 - plan.horizon[0]]
    present, excused = _counts(expected, _share_present(world, place, month, generator), generator)
    village = world.places.number(article.attendance_village)
    if village is not None:
        here = place == village
        turned = month >= np.datetime64(article.attendance_turn, "M").astype(np.int64)
        most_before = np.ceil(expected * article.attendance_before) - 1
        low = np.clip(generator.binomial(expected, article.attendance_before - 0.08), 3, most_before)
        most_away = np.floor(expected * (1 - article.attendance_after))
        high = expected - np.minimum(generator.binomial(2, 0.3, len(place)), most_away)
        present = np.where(here, np.where(turned, high, low), present).astype(np.int64)
        excused = np.where(here, generator.binomial(expected - present, 0.35), excused)
    return place, day, np.full(len(place), "theme_day", dtype=object), expected, present, excused


def _quarterly(world: World, members: Party, generator: np.random.Generator) -> tuple[Array, ...]:
    """Meetings of all members, in the last month of a quarter, better attended than theme days."""
    plan, article = world.plan, world.plan.article
    quarters = (plan.horizon[0] - 1970) * 12 + 2 + 3 * np.arange(4 * len(plan.horizon))
    place, month = np.repeat(np.arange(plan.places), len(quarters)), np.tile(quarters, plan.places)
    day = month.astype("datetime64[M]").astype("datetime64[D]") + generator.integers(25, 29, len(place)).astype(
        "timedelta64[D]"
    )
    expected = members.listed[place, month // 12 + 1970 - plan.horizon[0]]
    share = np.clip(_share_present(world, place, month, generator) + 0.06, 0, 0.985)
    village = world.places.number(article.attendance_village)
    turned = month >= np.datetime64(article.attendance_turn, "M").astype(np.int64)
    share = np.where(
        place == (-1 if village is None else village), np.where(turned, 1.0, article.attendance_before - 0.12), share
    )
    present, excused = _counts(expected, share, generator)
    most = np.where(
        (place == (-1 if village is None else village)) & ~turned,
        np.ceil(expected * article.attendance_before) - 1,
        expected,
    )
    present = np.minimum(present, most).astype(np.int64)
    return (
        place,
        day,
        np.full(len(place), "members_meeting", dtype=object),
        expected,
        present,
        np.minimum(excused, expected - present),
    )


def _representatives(world: World, generator: np.random.Generator) -> tuple[Array, ...]:
    """Villagers' representatives, once a year in four villages of ten."""
    plan = world.plan
    place, at = np.nonzero(
        (generator.random((plan.places, len(plan.horizon))) < 0.4) & world.places.is_village[:, None]
    )
    month = (plan.horizon[0] + at - 1970) * 12 + generator.integers(0, 12, len(place))
    day = month.astype("datetime64[M]").astype("datetime64[D]") + generator.integers(0, 24, len(place)).astype(
        "timedelta64[D]"
    )
    expected = generator.integers(20, 46, plan.places)[place]
    present, excused = _counts(expected, generator.uniform(0.68, 0.97, len(place)), generator)
    village = world.places.number(plan.article.attendance_village)
    if village is not None:  # where few come to one meeting, few come to another
        turned = day.astype("datetime64[M]") >= np.datetime64(plan.article.attendance_turn, "M")
        most = np.ceil(expected * plan.article.attendance_before) - 1
        present = np.where((place == village) & ~turned, np.minimum(present, most), present).astype(np.int64)
    return place, day, np.full(len(place), "representatives", dtype=object), expected, present, excused


def meeting_rows(world: World, members: Party, held: Meetings) -> dict[str, Array]:
    """One row per meeting; the first on the list chairs, another writes."""
    base = held.place * MOST
    writer = 1 + rank_within(held.place) // 12 % 4
    return {
        **world.location(held.place),
        "meeting_date": held.day,
        "meeting_type_code": held.kind,
        "expected_count": held.expected,
        "present_count": held.present,
        "excused_count": held.excused,
        "absent_count": held.expected - held.present - held.excused,
        "host_name": members.name[base],
        "recorder_name": members.name[base + writer],
        "topic": held.topic,
        "year": held.day.astype("datetime64[Y]").astype(np.int64) + 1970,
    }


def attendance_rows(world: World, members: Party, held: Meetings) -> dict[str, Array]:
    """One row per theme day and listed person, where sign-in sheets were kept; they add up to the meetings' counts."""
    plan, generator = world.plan, world.plan.generator("attendance")
    year = held.day.astype("datetime64[Y]").astype(np.int64) + 1970
    one = world.places.texts("township")[held.place] == plan.article.grid_township
    kept = np.isin(year, GRID_YEARS_EVERYWHERE) | (np.isin(year, GRID_YEARS_OF_ONE) & one)
    chosen = np.flatnonzero(kept & (held.kind == "theme_day"))
    meeting = np.repeat(chosen, held.expected[chosen])
    person = held.place[meeting] * MOST + rank_within(meeting)
    score = members.zeal[person] * 1.2 + generator.gumbel(size=len(person))
    order = np.lexsort((-score, meeting))
    rank = np.empty(len(meeting), dtype=np.int64)
    rank[order] = rank_within(meeting[order])
    came, excused = held.present[meeting], held.present[meeting] + held.excused[meeting]
    code = np.where(rank < came, "present", np.where(rank < excused, "excused", "absent")).astype(object)
    return {
        **world.location(held.place[meeting]),
        "meeting_date": held.day[meeting],
        "name": members.name[person],
        "id_number": members.id_number[person],
        "attendance_code": code,
        "person_key": keys("M", person),
        "year": year[meeting],
    }
