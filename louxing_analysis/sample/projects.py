"""Projects and whom they reached: money by source, progress, shares, jobs, orders, land, direct support."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.sample import names
from louxing_analysis.sample.draws import Array, day_in_month, month_start, only, pick, rank_within, with_precision
from louxing_analysis.sample.world import World, keys

PER_YEAR = 120  # at full size
WAN = 10_000  # yuan
TYPES = {
    "industry": 0.48,
    "infrastructure": 0.18,
    "living_conditions": 0.10,
    "public_service": 0.07,
    "employment": 0.06,
    "public_jobs": 0.03,
    "housing": 0.03,
    "education": 0.02,
    "health": 0.02,
    "social_protection": 0.01,
}
WORKS = {
    "industry": "黄牛养殖 湘村黑猪养殖 山羊养殖 油茶种植 黄桃种植 中药材种植 "
    "蔬菜大棚 稻虾综合种养 茶叶加工 土鸡养殖 光伏发电 豆制品加工",
    "infrastructure": "通组公路硬化 机耕道建设 山塘清淤 水渠修复 桥梁改建 电网改造",
    "living_conditions": "安全饮水巩固 厕所改造 垃圾清运 污水处理",
    "public_service": "村卫生室建设 文化活动广场 村级服务平台 太阳能路灯",
    "employment": "扶贫车间建设 就业技能培训",
    "public_jobs": "公益性岗位开发",
    "housing": "危房改造",
    "education": "教学点修缮 助学",
    "health": "健康服务站建设",
    "social_protection": "困难群众兜底保障",
}
AMOUNTS = {  # 万元: usual size
    "industry": 22,
    "infrastructure": 28,
    "living_conditions": 16,
    "public_service": 14,
    "employment": 12,
    "public_jobs": 8,
    "housing": 12,
    "education": 10,
    "health": 10,
    "social_protection": 6,
}
LINKED = {
    "industry": [
        "shares",
        "asset_income",
        "orders",
        "jobs",
        "land_lease",
        "entrusted_raising",
        "entrusted_help",
        "direct",
    ],
    "employment": ["jobs"],
}
MODE_WEIGHTS = (0.26, 0.16, 0.12, 0.10, 0.10, 0.10, 0.06, 0.10)


@dataclass(frozen=True)
class Projects:
    """One entry per project; money in yuan."""

    place: Array
    year: Array
    serial: Array
    kind: Array
    name: Array
    mode: Array  # how people are linked to it, None where they are not
    columns: dict[str, Array]


def build(world: World) -> Projects:
    """About 120 projects a year, and the article's two in its village: a cattle company, and piglets and goats."""
    plan, generator = world.plan, world.plan.generator("projects")
    each = max(6, round(PER_YEAR * plan.places / 204))
    year = np.repeat(plan.horizon, each)
    registered = np.bincount(world.homes.place, minlength=plan.places)
    weights = (world.places.is_village + 0.25) * registered**0.8  # more where more households are registered
    place = generator.choice(plan.places, size=len(year), p=weights / weights.sum())
    kind = pick(generator, list(TYPES), len(year), list(TYPES.values()))
    work = np.array(
        [_work(name, luck) for name, luck in zip(kind, generator.random(len(year)), strict=True)], dtype=object
    )
    linked = np.array([name in LINKED for name in kind])
    mode = np.where(kind == "employment", "jobs", pick(generator, LINKED["industry"], len(year), MODE_WEIGHTS))
    mode = only(linked, mode)
    place, year, kind, work, mode = _story(world, place, year, kind, work, mode)
    order = np.argsort(year, kind="stable")
    place, year, kind, work, mode = (column[order] for column in (place, year, kind, work, mode))
    columns = _money(year, kind, generator) | _progress(world, place, year, kind, mode, generator)
    return Projects(place, year, rank_within(year) + 1, kind, _names(world, place, year, work), mode, columns)


def _work(kind: str, luck: float) -> str:
    options = WORKS[kind].split()
    return options[int(luck * len(options))]


def _story(world: World, *columns: Array) -> tuple[Array, ...]:
    """The projects of the shares village are the article's alone, so that its counts come out exactly."""
    place, year, kind, work, mode = columns
    article = world.plan.article
    village = world.places.number(article.shares_village)
    if village is None:
        return columns
    mode = only(place != village, mode)
    rows = [
        ("industry", "肉牛养殖公司入股分红", "shares"),
        ("industry", "湘村黑猪仔猪直接帮扶", "direct"),
        ("industry", "山羊养殖直接帮扶", "direct"),
    ]
    extra = [np.array(column, dtype=object) for column in zip(*rows, strict=True)]
    more = [np.full(len(rows), village), np.full(len(rows), article.shares_year), *extra]
    return tuple(np.concatenate([old, new]) for old, new in zip((place, year, kind, work, mode), more, strict=True))


def _names(world: World, place: Array, year: Array, work: Array) -> Array:
    """Year, village, work; the second of one name in a village and year is its second phase."""
    village = world.places.texts("village")[place]
    plain = [f"{number}年{name}{what}" for number, name, what in zip(year, village, work, strict=True)]
    codes = np.unique(plain, return_inverse=True)[1]
    phase = np.array(
        ["项目", "（二期）项目", "（三期）项目", "（四期）项目", "（五期）项目", "（六期）项目"], dtype=object
    )
    return np.array(plain, dtype=object) + phase[np.minimum(rank_within(codes), 5)]


def _money(year: Array, kind: Array, generator: np.random.Generator) -> dict[str, Array]:
    """Amounts in whole or tenth 万元; the sources add up to the total."""
    usual = np.array([AMOUNTS[name] for name in kind], dtype=float)
    tenths = np.maximum(np.round(usual * generator.lognormal(0, 0.55, len(year)) * 2) * 5, 5).astype(
        np.int64
    )  # tenths of a 万元
    tenths += np.where(generator.random(len(year)) < 0.12, generator.integers(1, 9, len(year)), 0)
    shares = generator.dirichlet([2.2, 1.6, 0.7, 0.9, 0.35], len(year))
    shares *= generator.random((len(year), 5)) < [0.75, 0.65, 0.35, 0.55, 0.20]
    shares[shares.sum(axis=1) <= 0, 3] = 1.0
    parts = np.floor(tenths[:, None] * shares / shares.sum(axis=1)[:, None] / 5).astype(np.int64) * 5
    parts[np.arange(len(year)), shares.argmax(axis=1)] += tenths - parts.sum(axis=1)
    sources = ("central", "provincial", "city", "county", "self")
    money = {f"amount_{name}": parts[:, at] * (WAN // 10) for at, name in enumerate(sources)}
    return {"amount_total": tenths * (WAN // 10), **money}


def _progress(
    world: World, place: Array, year: Array, kind: Array, mode: Array, generator: np.random.Generator
) -> dict[str, Array]:
    """Dates, status and shares disbursed and done at the end of the project year."""
    count = len(year)
    begun = day_in_month(generator, month_start(year, generator.integers(2, 9, count)))
    late = generator.random(count) < 0.14  # finished in the spring after
    finished = day_in_month(generator, month_start(year, 9 + generator.integers(0, 4, count) + 4 * late))
    draw = generator.random(count)
    status = np.where(generator.random(count) < 0.6, "accepted", "completed").astype(object)
    status = np.where((draw < 0.03) | (late & (year == world.plan.horizon[-1])), "under_way", status)
    status = np.where((draw > 0.985) & ~mode.astype(bool), "stopped", status)
    open_ended = np.isin(status, ["under_way", "stopped"])
    start, start_precision = with_precision(begun, generator.random(count) < 0.7)
    end, end_precision = with_precision(
        np.where(open_ended, np.datetime64("NaT"), finished), generator.random(count) < 0.7
    )
    done = np.select([status == "under_way", status == "stopped"], [generator.uniform(0.3, 0.8, count), 0.2], 1.0)
    paid = np.select([status == "accepted", status == "completed"], [1.0, 0.95], done * 0.9)
    return {
        "done_share": done,
        "paid_share": paid,
        "start_date": start,
        "start_date_precision": start_precision,
        "end_date": end,
        "end_date_precision": end_precision,
        "status_code": status,
        "is_direct_to_household": np.isin(kind, ["housing", "education", "public_jobs", "social_protection"])
        | (mode == "direct"),
        "reach": generator.uniform(0.25, 0.9, count),
    }


def rows(world: World, projects: Projects, reached: tuple[Array, Array]) -> dict[str, Array]:
    """One row per project; `reached`: households and people on its lists of beneficiaries, 0 where it keeps none."""
    generator = world.plan.generator("project people")
    columns, count = dict(projects.columns), len(projects.year)
    total = columns["amount_total"]
    done, paid, reach = columns.pop("done_share"), columns.pop("paid_share"), columns.pop("reach")
    households, persons = reached
    wide, wide_people = _around(world, projects, reach)
    female = generator.random(count) < 0.25
    return {
        **world.location(projects.place),
        "project_code": project_codes(projects),
        "project_year": projects.year,
        "project_name": projects.name,
        "project_type_code": projects.kind,
        **columns,
        "amount_paid": np.round(total * paid / 1000) * 1000,
        "amount_done": np.round(total * done / 1000) * 1000,
        "beneficiary_households": np.where(households > 0, households, wide),
        "beneficiary_people": np.where(households > 0, persons, wide_people),
        "implementer": _implementers(world, projects),
        "owner_name": names.full_names(generator, female, generator.integers(1962, 1990, count)),
        "owner_phone": names.phones(generator, count),
        "project_key": project_keys(projects),
        "year": projects.year,
    }


def _around(world: World, projects: Projects, reach: Array) -> tuple[Array, Array]:
    """Registered households and people of the place that a project without a list is said to serve, by a given share."""
    at, place, homes = world.at(projects.year), projects.place, world.homes
    shape = (world.plan.places, len(world.plan.horizon))
    in_place, people = np.zeros(shape), np.zeros(shape)
    for column, year in enumerate(world.plan.horizon):
        live = homes.active(year)
        in_place[:, column] = np.bincount(homes.place[live], minlength=shape[0])
        size = world.incomes.size[live, column]
        people[:, column] = np.bincount(homes.place[live], weights=size, minlength=shape[0])
    served = np.maximum(1, np.round(in_place[place, at] * reach))
    persons = np.maximum(served, np.round(people[place, at] * served / np.maximum(in_place[place, at], 1)))
    return served.astype(np.int64), persons.astype(np.int64)


def project_codes(projects: Projects) -> Array:
    """The office's number of a project: district letters, year, serial."""
    return np.array(
        [f"LX{year}-{serial:03d}" for year, serial in zip(projects.year, projects.serial, strict=True)], dtype=object
    )


def project_keys(projects: Projects) -> Array:
    """Keys of projects in the truth."""
    return keys("J", np.arange(len(projects.year)))


def _implementers(world: World, projects: Projects) -> Array:
    """The village committee, or a cooperative where people are linked to the project."""
    village = world.places.texts("village")[projects.place]
    community = ~world.places.is_village[projects.place]
    body = np.where(community, "居民委员会", "民委员会").astype(object)
    linked = np.isin(
        projects.mode.astype("U20"), ["shares", "asset_income", "orders", "entrusted_raising", "land_lease"]
    )
    return np.where(linked, village + "农民专业合作社", village + body)
