"""The people of the registered households: relations, ages, sexes that fit each other, and how families change."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from louxing_analysis.sample import names
from louxing_analysis.sample.draws import Array
from louxing_analysis.sample.households import TEMPLATES, Homes
from louxing_analysis.sample.plan import NEVER, Plan

ORIGIN = np.datetime64("2016-01-01", "D")  # ages of the founders are told on this day
DAYS = 365.25
FEMALE_RELATIONS = [
    "daughter",
    "daughter_in_law",
    "granddaughter",
    "daughters_daughter",
    "mother",
    "wifes_mother",
    "husbands_mother",
    "grandmother",
]
PARENTS = ["father", "mother", "husbands_father", "husbands_mother"]
FAMILY_NAME = ["son", "daughter", "grandson", "granddaughter"]  # who carries the surname of the man of the house

# What a relation becomes when the spouse takes the head's place: (a wife after her husband, a husband after his wife).
AFTER_HEAD = {
    "spouse": ("head", "head"),
    "father": ("husbands_father", "wifes_father"),
    "mother": ("husbands_mother", "wifes_mother"),
    "wifes_father": ("father", "wifes_father"),
    "wifes_mother": ("mother", "wifes_mother"),
    "husbands_father": ("husbands_father", "father"),
    "husbands_mother": ("husbands_mother", "mother"),
    "sibling": ("other", "other"),
}
IN_NEW_HOUSEHOLD = {"son": "head", "daughter_in_law": "spouse", "grandson": "son", "granddaughter": "daughter"}


@dataclass(frozen=True)
class People:
    """One entry per person ever registered; arrays of equal length."""

    household: Array  # the household at first
    relation: Array  # relation to the head at first
    order: Array  # first, second … of the same relation
    birth: Array  # datetime64[D]
    female: Array
    joined: Array  # first year in the household (0: a founder)
    last: Array  # last year in the register, NEVER if none
    change_year: Array  # from this year on another household or another relation
    later_household: Array
    later_relation: Array
    name: Array
    id_number: Array  # 18 characters
    luck: Array  # person × 8 fixed draws from (0, 1): health, schooling, work … hang on them in every year

    def __len__(self) -> int:
        """People ever registered."""
        return len(self.household)


def build(plan: Plan, homes: Homes) -> People:
    """Founders, then births and brides, then deaths, marriages out, new heads and divisions, then names."""
    generator = plan.generator("people")
    people = _founders(homes, generator)
    people = _joined(people, _births(people, homes, generator), _brides(people, generator))
    people = _deaths(people, plan, generator)
    people = _divisions(people, homes)
    people = _new_heads(people, homes, generator)
    return _named(people, homes, plan)


def _founders(homes: Homes, generator: np.random.Generator) -> People:
    """Everybody as first written down; ages hang on the head's."""
    own = np.flatnonzero(homes.template >= 0)
    words = [text.split() for text, _, _ in TEMPLATES]
    lengths = np.array([len(relations) for relations in words])[homes.template[own]]
    household = np.repeat(own, lengths)
    slot = np.arange(len(household)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    table = np.array([relations + [""] * (8 - len(relations)) for relations in words])
    nth = np.array(
        [
            [relations[:at].count(relation) for at, relation in enumerate(relations)] + [0] * (8 - len(relations))
            for relations in words
        ]
    )
    relation = table[homes.template[household], slot]
    order = nth[homes.template[household], slot]
    relation = _in_laws(relation, homes.female_head[household], generator)
    female = _sexes(relation, homes.female_head[household], generator)
    return People(
        household=household,
        relation=relation,
        order=order,
        birth=_births_of(household, relation, order, homes, generator),
        female=female,
        joined=np.zeros(len(household), dtype=np.int64),
        last=np.full(len(household), NEVER),
        change_year=np.full(len(household), NEVER),
        later_household=household.copy(),
        later_relation=relation.copy(),
        name=np.array([""] * len(household), dtype=object),
        id_number=np.array([""] * len(household), dtype=object),
        luck=generator.random((len(household), 8)),
    )


def _in_laws(relation: Array, female_head: Array, generator: np.random.Generator) -> Array:
    """A married woman at the head lives with her husband's parents, seldom with her own."""
    theirs = female_head & (generator.random(len(relation)) < 0.9)
    relation = np.where(theirs & (relation == "father"), "husbands_father", relation)
    return np.where(theirs & (relation == "mother"), "husbands_mother", relation)


def _sexes(relation: Array, female_head: Array, generator: np.random.Generator) -> Array:
    """Sex as the relation says; a spouse is of the other sex than the head; siblings are mostly brothers."""
    female = np.isin(relation, FEMALE_RELATIONS)
    female = np.where(relation == "head", female_head, female)
    female = np.where(relation == "spouse", ~female_head.astype(bool), female)
    return np.where(relation == "sibling", generator.random(len(relation)) < 0.25, female).astype(bool)


def _births_of(household: Array, relation: Array, order: Array, homes: Homes, generator: np.random.Generator) -> Array:
    """Birth dates from the head's age and the usual distance of generations."""
    size, count = len(household), len(homes)
    old = np.clip(generator.normal(67, 7, count), 56, 88)
    old[household[np.isin(relation, PARENTS)]] = 60.0  # whoever is old and has a mother in the house is not very old
    head = np.where(homes.elder, old, np.clip(generator.normal(43, 7, count), 27, 60))
    first_child = generator.uniform(22, 30, count)[household]
    grandchild = first_child + generator.uniform(21, 27, count)[household]
    parent = generator.uniform(22, 30, size)
    noise = generator.normal(0, 1.6, size)
    later = order * generator.uniform(1.6, 4.0, size)
    younger = {
        "head": np.zeros(size),
        "spouse": np.where(homes.female_head[household], -1.5, 1.5) + noise,
        "son": first_child + later,
        "daughter": first_child + later + 1.5,
        "daughter_in_law": first_child + 1.2 + noise,
        "grandson": grandchild + later,
        "granddaughter": grandchild + later + 2.0,
        "sibling": 4 * noise,
    }
    older = np.isin(relation, PARENTS)
    gap = np.select(
        [relation == name for name in younger], list(younger.values()), default=np.where(older, -parent, 0.0)
    )
    age = head[household] - gap
    age = np.where(age < 0.1, generator.uniform(0.1, 3.5, size), age)  # a child later than the usual distance
    return ORIGIN - np.round(age * DAYS).astype("timedelta64[D]")


def age_on(birth: Array, day: np.datetime64) -> Array:
    """Completed years of life on a day (may be negative before the birth)."""
    born, now = birth.astype("datetime64[M]"), day.astype("datetime64[M]")
    not_yet = (birth - born).astype(np.int64) > (day - now.astype("datetime64[D]")).astype(np.int64)
    return (now.astype(np.int64) - born.astype(np.int64) - not_yet) // 12


def _births(people: People, homes: Homes, generator: np.random.Generator) -> People:
    """Babies of 2016–2020 in about one young family in five; the workshop's family stays seven."""
    age = age_on(people.birth, ORIGIN)
    mother = people.female & np.isin(people.relation, ["spouse", "daughter_in_law"]) & (age >= 20) & (age <= 39)
    mother &= (generator.random(len(people)) < 0.22) & (people.household != homes.workshop)
    of = np.flatnonzero(mother)
    girl = generator.random(len(of)) < 0.48
    generation = people.relation[of] == "spouse"
    relation = np.where(generation, np.where(girl, "daughter", "son"), np.where(girl, "granddaughter", "grandson"))
    birth = ORIGIN + generator.integers(0, 1796, len(of)).astype("timedelta64[D]")
    return _new(people, of, relation, girl, birth, birth.astype("datetime64[Y]").astype(np.int64) + 1970, 6, generator)


def _brides(people: People, generator: np.random.Generator) -> People:
    """Young wives of grown sons in families without a daughter-in-law, one in eight over the years."""
    age = age_on(people.birth, ORIGIN)
    full = np.unique(people.household[people.relation == "daughter_in_law"])
    groom = (people.relation == "son") & (people.order == 0) & (age >= 20) & (age <= 33)
    groom &= ~np.isin(people.household, full) & (generator.random(len(people)) < 0.13)
    of = np.flatnonzero(groom)
    birth = people.birth[of] + np.round(generator.normal(300, 500, len(of))).astype("timedelta64[D]")
    relation = np.full(len(of), "daughter_in_law")
    return _new(
        people, of, relation, np.ones(len(of), dtype=bool), birth, generator.integers(2017, 2021, len(of)), 0, generator
    )


def _new(
    people: People,
    of: Array,
    relation: Array,
    female: Array,
    birth: Array,
    joined: Array,
    order: int,
    generator: np.random.Generator,
) -> People:
    """People who come into the household of somebody (`of`: numbers of persons) in the year `joined`."""
    count, household = len(of), people.household[of]
    return People(
        household=household,
        relation=relation,
        order=np.full(count, order),
        birth=birth,
        female=female,
        joined=joined,
        last=np.full(count, NEVER),
        change_year=np.full(count, NEVER),
        later_household=household.copy(),
        later_relation=relation.copy(),
        name=np.array([""] * count, dtype=object),
        id_number=np.array([""] * count, dtype=object),
        luck=generator.random((count, 8)),
    )


def _joined(*parts: People) -> People:
    """Several groups of people as one."""
    return People(
        **{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(People)}
    )


def _deaths(people: People, plan: Plan, generator: np.random.Generator) -> People:
    """Deaths by age, and daughters who marry out; heads are replaced elsewhere, so that no household stays empty."""
    age = age_on(people.birth, ORIGIN)
    hazard = np.interp(age, [0, 45, 60, 75, 90], [0.0005, 0.002, 0.008, 0.035, 0.11])
    leaves = (people.relation == "daughter") & (age >= 19) & (age <= 30)
    hazard = np.where(leaves, 0.05, hazard)
    wait = np.floor(np.log(generator.random(len(people))) / np.log1p(-hazard)).astype(np.int64)
    last = plan.horizon[0] + wait
    goes = (people.relation != "head") & (last < plan.horizon[-1])
    return replace(people, last=np.where(goes, last, NEVER))


def _divisions(people: People, homes: Homes) -> People:
    """The young couple and its children go over to the household they found; everybody stays in some register."""
    child_of = np.full(len(homes), -1)
    founded = np.flatnonzero(homes.parent >= 0)
    child_of[homes.parent[founded]] = founded
    target = child_of[people.household]
    moves = (target >= 0) & np.isin(people.relation, list(IN_NEW_HOUSEHOLD))
    become = np.select([people.relation == old for old in IN_NEW_HOUSEHOLD], list(IN_NEW_HOUSEHOLD.values()), "other")
    founder = moves & np.isin(become, ["head", "spouse"])
    return replace(
        people,
        later_household=np.where(moves, target, people.later_household),
        later_relation=np.where(moves, become, people.later_relation),
        change_year=np.where(moves, homes.first_year[target], people.change_year),
        last=np.where(founder | (homes.workshop == people.household), NEVER, people.last),
    )


def _new_heads(people: People, homes: Homes, generator: np.random.Generator) -> People:
    """Where an old head dies, the spouse takes the place, and everybody's relation is told anew."""
    count = len(homes)
    spouse_stays = np.zeros(count, dtype=bool)
    spouse_stays[people.household[(people.relation == "spouse") & (people.last == NEVER)]] = True
    divided = np.zeros(count, dtype=bool)
    divided[homes.parent[homes.parent >= 0]] = True
    dies = spouse_stays & ~divided & homes.elder.astype(bool) & (np.arange(count) != homes.workshop)
    dies &= (generator.random(count) < 0.09) & (homes.leave_year == NEVER) & (homes.first_year == 2016)
    year = np.where(dies, generator.integers(2017, 2021, count), NEVER)
    mine, column = year[people.household], homes.female_head[people.household].astype(int)
    become = np.select(
        [people.relation == old for old in AFTER_HEAD],
        [np.where(column == 0, wife, husband) for wife, husband in AFTER_HEAD.values()],
        people.relation,
    )
    head = people.relation == "head"
    return replace(
        people,
        last=np.where(head & (mine < NEVER), mine - 1, people.last),
        change_year=np.where(mine < NEVER, mine, people.change_year),
        later_relation=np.where((mine < NEVER) & ~head, become, people.later_relation),
    )


def _named(people: People, homes: Homes, plan: Plan) -> People:
    """Names (children have the surname of the man of the house) and ID numbers."""
    generator = plan.generator("people.names")
    year = people.birth.astype("datetime64[Y]").astype(np.int64) + 1970
    family = names.surnames(generator, len(homes))[people.household]
    own = names.surnames(generator, len(people))
    man = np.where(homes.female_head[people.household], "spouse", "head")
    father = np.where(homes.female_head[people.household], "husbands_father", "father")
    carries = np.isin(people.relation, FAMILY_NAME) | (people.relation == man) | (people.relation == father)
    carries |= (people.relation == "sibling") & ~homes.female_head[people.household].astype(bool)
    given = names.given_names(generator, people.female, year)
    name = np.strings.add(np.where(carries, family, own), given).astype(object)
    number = names.id_numbers(generator, people.birth, people.female, names.HOUSEHOLD_PEOPLE)
    return replace(people, name=name, id_number=number)
