"""Help received: grants, loans, posts, training, houses, goods, support of production, medical help, sales.

Each kind has people or households it is meant for; most of those get it, some are missed, and a few others get it too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.sample.draws import Array, day_in_month, month_start, only, pick, with_precision
from louxing_analysis.sample.world import World, keys

GRANTS = {
    "preschool": 500,
    "primary": 500,
    "junior": 625,
    "senior": 1000,
    "vocational": 1500,
    "higher_vocational": 1500,
    "university": 2000,
}
COURSES = ("养殖技术", "种植技术", "家政服务", "电焊", "中式烹饪", "电子商务", "缝纫", "挖掘机操作")
GOODS = ("棉被", "大米和食用油", "床", "衣柜", "饭桌", "湘村黑猪仔猪两头", "冰箱", "鸡苗", "化肥", "春节慰问品")
GOODS_WORTH = (150, 200, 500, 600, 300, 1200, 1500, 200, 240, 300)
POSTS = ("保洁员", "护林员", "护路员", "水管员", "农家书屋管理员")
SALES = ("土鸡蛋代销", "腊肉代销", "红薯粉代销", "蔬菜采购", "山羊采购")
SUPPORT = ("养猪奖补", "养羊奖补", "养鸡奖补", "油茶奖补", "蔬菜奖补", "黄牛奖补")
WORKSHOP_SALES = "豆腐电商代销"


@dataclass(frozen=True)
class Received:
    """Rows of one kind of help; −1 for a person where a household as a whole received it, nan for no amount."""

    kind: str
    household: Array
    person: Array
    year: Array
    amount: Array
    month: Array
    months: Array | None = None
    finished: Array | None = None
    employed: Array | None = None
    item: Array | None = None


def rows(world: World, heads: Array) -> dict[str, Array]:
    """All help of all years, by year, kind and household; nothing for the households that nobody ever reached."""
    generator = world.plan.generator("aid")
    makers = (_grants, _credits, _posts, _training, _houses, _goods, _support, _medical, _sales)
    parts = [make(world, generator) for make in makers]
    kind = np.repeat([part.kind for part in parts], [len(part.household) for part in parts]).astype(object)
    household, person, year, amount, month = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("household", "person", "year", "amount", "month")
    )
    optional = {
        name: np.concatenate([_or_none(getattr(part, name), len(part.household)) for part in parts])
        for name in ("months", "finished", "employed", "item")
    }
    day = day_in_month(generator, month_start(year, month))
    date, precision = with_precision(day, generator.random(len(day)) < 0.35)
    kept = np.flatnonzero(~world.homes.overlooked[household] & (year < world.homes.leave_year[household]))
    kept = kept[np.lexsort((person[kept], household[kept], kind[kept], year[kept]))]
    columns = {
        "aid_kind_code": kind,
        "aid_year": year,
        "amount": amount,
        "aid_date": date,
        "aid_date_precision": precision,
        "months": optional["months"],
        "is_finished": optional["finished"],
        "is_employed": optional["employed"],
        "item": optional["item"],
        "year": year,
        "person_key": keys("P", person),
        "name": only(person >= 0, world.people.name[person]),
        "id_number": only(person >= 0, world.people.id_number[person]),
        "bank_account": world.homes.account[household],
    }
    return world.identity(heads, household[kept], year[kept]) | {name: value[kept] for name, value in columns.items()}


def _or_none(values: Array | None, count: int) -> Array:
    return np.full(count, None, dtype=object) if values is None else values.astype(object)


def _drawn(
    world: World, generator: np.random.Generator, meant: Array, share: float, strays: Array, stray: float
) -> Array:
    """Entries of the roll that receive: most of those meant, few others; villages differ in how many they miss."""
    village = np.clip(generator.normal(0, 0.06, world.plan.places), -0.2, 0.06)[world.homes.place[world.roll.household]]
    chance = np.where(meant, share + village, np.where(strays, stray, 0.0))
    return np.flatnonzero((generator.random(len(meant)) < chance) & world.active_roll())


def _of_households(
    world: World, generator: np.random.Generator, meant: Array, share: float, stray: float
) -> tuple[Array, Array]:
    """The same for households: `meant` is a matrix of households and years; gives households and years."""
    active = np.column_stack([world.homes.active(year) for year in world.plan.horizon])
    village = np.clip(generator.normal(0, 0.06, world.plan.places), -0.2, 0.06)[world.homes.place][:, None]
    home, at = np.nonzero((generator.random(meant.shape) < np.where(meant, share + village, stray)) & active)
    return home, at + world.plan.horizon[0]


def _grants(world: World, generator: np.random.Generator) -> Received:
    """Education grants of a term to pupils and students; pupils of primary school were reached less at first."""
    roll = world.roll
    student = roll.student != "not_student"
    late = (roll.student == "preschool") & (roll.year < 2018)
    found = _drawn(world, generator, student & ~late, 0.93, ~student & (roll.age >= 16) & (roll.age <= 22), 0.015)
    terms = np.repeat(found, np.where(generator.random(len(found)) < 0.18, 2, 1))
    second = np.r_[False, terms[1:] == terms[:-1]]
    amount = np.array([GRANTS.get(stage, 1000) for stage in roll.student[terms]], dtype=float)
    month = np.where(second, generator.integers(9, 13, len(terms)), generator.integers(3, 7, len(terms)))
    text = np.where(second, "秋季学期", "春季学期").astype(object)
    return Received(
        "education_grant", roll.household[terms], roll.person[terms], roll.year[terms], amount, month, item=text
    )


def _credits(world: World, generator: np.random.Generator) -> Received:
    """Microcredit to households with hands to work, of 10,000 to 50,000 yuan for one to three years."""
    able = world.roll.per_household(world.plan, world.homes, np.isin(world.roll.labour, ["ordinary", "skilled"])) > 0
    home, year = _of_households(world, generator, able, 0.055, 0.003)
    amount = generator.choice([10_000, 20_000, 30_000, 50_000], size=len(home), p=[0.2, 0.3, 0.2, 0.3]).astype(float)
    months = generator.choice([12, 24, 36], size=len(home), p=[0.3, 0.3, 0.4])
    return Received(
        "microcredit", home, np.full(len(home), -1), year, amount, generator.integers(2, 13, len(home)), months
    )


def _posts(world: World, generator: np.random.Generator) -> Received:
    """Public-welfare jobs for people of weak ability who do not work away; more of them every year."""
    roll = world.roll
    meant = (roll.labour == "weak") & (roll.months == 0)
    strays = (roll.labour == "ordinary") & (roll.months == 0)
    steady = world.people.luck[roll.person, 7] < 0.14 + 0.07 * (roll.year - 2016)  # the same people over the years
    found = _drawn(world, generator, meant & steady, 0.92, strays, 0.02)
    months = generator.choice([3, 6, 8, 10, 12], size=len(found), p=[0.06, 0.14, 0.1, 0.15, 0.55])
    pay = generator.choice([300, 400, 500, 600, 800], size=len(found), p=[0.2, 0.25, 0.3, 0.15, 0.1])
    return Received(
        "public_welfare_job",
        roll.household[found],
        roll.person[found],
        roll.year[found],
        months * pay * 1.0,
        np.full(len(found), 12),
        months,
        item=pick(generator, POSTS, len(found), [0.5, 0.2, 0.1, 0.1, 0.1]),
    )


def _training(world: World, generator: np.random.Generator) -> Received:
    """Skills training for people of ordinary ability of working age; most finish, six in ten then find work."""
    roll = world.roll
    meant = (roll.labour == "ordinary") & (roll.age >= 16) & (roll.age <= 59)
    found = _drawn(world, generator, meant, 0.13, roll.able & ~meant, 0.012)
    count = len(found)
    finished = generator.random(count) < 0.91
    employed = only(finished, (generator.random(count) < 0.58).astype(object))
    amount = np.where(generator.random(count) < 0.5, generator.choice([400.0, 600.0, 800.0, 1200.0], count), np.nan)
    return Received(
        "skills_training",
        roll.household[found],
        roll.person[found],
        roll.year[found],
        amount,
        generator.integers(3, 12, count),
        None,
        finished,
        employed,
        pick(generator, COURSES, count),
    )


def _houses(world: World, generator: np.random.Generator) -> Received:
    """House renovation in the year an unsafe house was made safe; a few safe houses are renovated as well."""
    state = world.conditions
    meant = state.repair_year[:, None] == np.array(world.plan.horizon)
    home, year = _of_households(world, generator, meant, 0.95, 0.002)
    grade = state.grade_before[home]
    anew = (grade == "d") & (year == state.repair_year[home])
    amount = np.where(
        anew,
        generator.choice([30_000.0, 35_000.0, 40_000.0], len(home)),
        generator.choice([8_000.0, 10_000.0, 15_000.0], len(home)),
    )
    item = np.where(anew, "拆除重建", "维修加固").astype(object)
    return Received(
        "house_renovation", home, np.full(len(home), -1), year, amount, generator.integers(5, 13, len(home)), item=item
    )


def _goods(world: World, generator: np.random.Generator) -> Received:
    """Goods brought by cadres and teams: no condition but to be registered; many without a stated worth."""
    everybody = np.ones((len(world.homes), len(world.plan.horizon)), dtype=bool)
    home, year = _of_households(world, generator, everybody, 0.34, 0.0)
    thing = generator.choice(len(GOODS), size=len(home), p=np.array([8, 24, 5, 4, 4, 10, 3, 14, 12, 16]) / 100)
    worth = np.where(generator.random(len(home)) < 0.6, np.array(GOODS_WORTH, dtype=float)[thing], np.nan)
    month = np.where(thing == len(GOODS) - 1, 1, generator.integers(2, 13, len(home)))
    return Received(
        "goods", home, np.full(len(home), -1), year, worth, month, item=np.array(GOODS, dtype=object)[thing]
    )


def _support(world: World, generator: np.random.Generator) -> Received:
    """Support of production for households that work their own land."""
    able = world.roll.per_household(world.plan, world.homes, world.roll.able) > 0
    meant = able & (world.homes.farm_mu > 0.5)[:, None]
    home, year = _of_households(world, generator, meant, 0.24, 0.012)
    amount = np.round(np.clip(generator.lognormal(7.0, 0.5, len(home)), 200, 6000) / 100) * 100
    item = pick(generator, SUPPORT, len(home))
    return Received(
        "industry_support", home, np.full(len(home), -1), year, amount, generator.integers(6, 13, len(home)), item=item
    )


def _medical(world: World, generator: np.random.Generator) -> Received:
    """Medical aid to the seriously ill, and to some of the chronically ill."""
    roll = world.roll
    found = _drawn(world, generator, roll.serious, 0.72, roll.chronic, 0.05)
    scale = np.where(roll.serious[found], 7.9, 6.6)
    amount = np.round(np.clip(generator.lognormal(scale, 0.8), 100, 60_000), 2)
    amount = np.where(generator.random(len(found)) < 0.6, np.round(amount), amount)
    return Received(
        "medical_aid",
        roll.household[found],
        roll.person[found],
        roll.year[found],
        amount,
        generator.integers(1, 13, len(found)),
    )


def _sales(world: World, generator: np.random.Generator) -> Received:
    """Sales through agencies and on line, rising; the workshop's tofu in every year from 2018."""
    seller = np.nan_to_num(world.incomes.business) > 300_000  # fen: households that have something to sell
    rise = np.array([0.01, 0.02, 0.045, 0.09, 0.15])
    active = generator.random(seller.shape) < rise[: seller.shape[1]] * 2.2
    home, year = _of_households(world, generator, seller & active, 0.94, 0.001)
    amount = np.round(np.clip(generator.lognormal(6.6, 0.7, len(home)), 50, 20_000))
    item = pick(generator, SALES, len(home))
    month = generator.integers(1, 13, len(home))
    if world.homes.workshop >= 0:
        others = home != world.homes.workshop
        extra = np.arange(2018, 2021)
        home = np.r_[home[others], np.full(3, world.homes.workshop)]
        year, amount = np.r_[year[others], extra], np.r_[amount[others], [6_800.0, 14_500.0, 23_600.0]]
        item, month = np.r_[item[others], np.full(3, WORKSHOP_SALES, dtype=object)], np.r_[month[others], [11, 11, 10]]
    return Received("consumption_help", home, np.full(len(home), -1), year, amount, month, item=item)
