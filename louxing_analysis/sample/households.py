"""The registered households: where they live, when they entered and left the register, of what kind they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from louxing_analysis.sample import names
from louxing_analysis.sample.draws import Array, rank_within, shared_out
from louxing_analysis.sample.places import Places
from louxing_analysis.sample.plan import NEVER, Plan

SPLIT_SHARE = 1 / 120  # households that come of a division of another one (分户)
SHARES_VILLAGE_HOUSEHOLDS = 120  # room for everybody whom the article says was helped in that village
LATER_YEARS, LATER_SHARES = (2017, 2018, 2019), (0.055, 0.010, 0.005)  # 2017: re-registration
LEAVING_YEARS, LEAVING_SHARES = (2017, 2018, 2019, 2020), (0.034, 0.009, 0.007, 0.006)
CODE_REGION = "4399"  # no county's number
ELSEWHERE = 500  # added to the number of a place in the codes of another county

# Households as they were first written down: relations in the register's order, how common, which stage of life.
TEMPLATES: tuple[tuple[str, float, str], ...] = (
    ("head", 0.155, "elder"),
    ("head", 0.030, "middle"),
    ("head spouse", 0.140, "elder"),
    ("head mother", 0.035, "middle"),
    ("head son", 0.035, "middle"),
    ("head sibling", 0.010, "middle"),
    ("head grandson", 0.020, "elder"),
    ("head spouse son", 0.110, "middle"),
    ("head spouse daughter", 0.060, "middle"),
    ("head mother son", 0.030, "middle"),
    ("head spouse grandson", 0.020, "elder"),
    ("head spouse son daughter", 0.100, "middle"),
    ("head spouse son son", 0.035, "middle"),
    ("head spouse mother son", 0.060, "middle"),
    ("head spouse mother son daughter", 0.045, "middle"),
    ("head spouse son daughter_in_law grandson", 0.035, "elder"),
    ("head spouse father mother daughter", 0.010, "middle"),
    ("head spouse son daughter_in_law grandson granddaughter", 0.032, "elder"),
    ("head spouse father mother son daughter", 0.013, "middle"),
    ("head spouse mother son daughter_in_law grandson granddaughter", 0.010, "elder"),
)
WORKSHOP_TEMPLATE = len(TEMPLATES) - 1  # the family of seven


@dataclass(frozen=True)
class Homes:
    """One entry per household ever registered; arrays of equal length, `NEVER` for a year that does not come."""

    place: Array
    group: Array  # number of the village group
    code: Array
    template: Array  # −1 for a household that came of a division
    elder: Array  # stage of life of the head
    female_head: Array
    first_year: Array  # first register year in which it stands
    leave_year: Array  # register year in which it is struck off
    identified_year: Array
    parent: Array  # the household it came of, −1 if none
    kind: Array  # household_type_code when first written down
    dibao_year: Array  # year from which a general household has the minimum living guarantee
    farm_mu: Array
    phone: Array
    account: Array
    door: Array  # house number
    overlooked: Array  # never reached by any help
    old_code: Array  # before the township came from another county
    code_since: Array  # first year of `code`; 0 where there is no other
    back_year: Array  # registered again from this year on
    end_year: Array  # first year in which it is part of another household
    joined: Array  # that household, −1 if none
    workshop: int  # the household with the tofu workshop, −1 where the district is too small to have one

    def __len__(self) -> int:
        """Households ever registered."""
        return len(self.place)

    def listed(self, year: int) -> Array:
        """Households with a row in the register of that year (those struck off in it included)."""
        here = (year <= self.leave_year) | (self.back_year <= year)
        return (self.first_year <= year) & here & (year < self.end_year)

    def active(self, year: int) -> Array:
        """Households registered at the end of that year."""
        here = (year < self.leave_year) | (self.back_year <= year)
        return (self.first_year <= year) & here & (year < self.end_year)

    @property
    def stays(self) -> Array:
        """Households that neither leave the register nor join another."""
        return (self.leave_year == NEVER) & (self.end_year == NEVER)

    def written_code(self, household: Array, year: Array) -> Array:
        """The codes of households as they stood in a year."""
        return np.where(year < self.code_since[household], self.old_code[household], self.code[household])


def build(plan: Plan, places: Places) -> Homes:
    """Households of unequal villages, mostly small and old, in the order of their places."""
    generator = plan.generator("households")
    splits = round(plan.households * SPLIT_SHARE)
    count = plan.households - splits
    place = np.repeat(np.arange(plan.places), _per_place(plan, places, count, generator))
    template = generator.choice(len(TEMPLATES), size=count, p=_template_weights())
    workshop = _workshop(plan, places, place, template)
    elder = np.array([stage == "elder" for _, _, stage in TEMPLATES])[template]
    alone = np.array([" " not in text for text, _, _ in TEMPLATES])[template]
    first_year, leave_year = _register_years(count, alone & elder, generator)
    for years, value in ((first_year, plan.horizon[0]), (leave_year, NEVER)):
        years[workshop if workshop >= 0 else slice(0, 0)] = value
    homes = _described(plan, places, place, generator)
    homes = replace(
        homes,
        template=template,
        elder=elder,
        first_year=first_year,
        leave_year=leave_year,
        workshop=workshop,
        female_head=generator.random(count) < np.where(alone, 0.22, 0.08),
        identified_year=_identified(first_year, generator),
        kind=_kinds(template, alone & elder, generator),
    )
    homes = _keep_story_households(plan, places, homes)
    return _with_codes(_divided(homes, splits, plan, generator))


def _template_weights() -> Array:
    weights = np.array([weight for _, weight, _ in TEMPLATES])
    return weights / weights.sum()


def _per_place(plan: Plan, places: Places, count: int, generator: np.random.Generator) -> Array:
    """Households in each place: a few large villages, many small ones, communities smaller still."""
    weights = generator.gamma(2.4, 1.0, plan.places) * np.where(places.is_village, 1.0, 0.3)
    counts = shared_out(count, weights, least=2)
    story = places.number(plan.article.shares_village)
    if story is not None and count >= 3 * SHARES_VILLAGE_HOUSEHOLDS and plan.places > 1:
        others = np.arange(plan.places) != story
        counts[others] = shared_out(count - SHARES_VILLAGE_HOUSEHOLDS, weights[others], least=2)
        counts[story] = SHARES_VILLAGE_HOUSEHOLDS
    return counts


def _workshop(plan: Plan, places: Places, place: Array, template: Array) -> int:
    """The first household of the workshop's village becomes the family of seven (changes `template`)."""
    village = places.number(plan.article.workshop_village)
    if village is None:
        return -1
    household = int(np.flatnonzero(place == village)[0])
    template[household] = WORKSHOP_TEMPLATE
    return household


def _register_years(count: int, frail: Array, generator: np.random.Generator) -> tuple[Array, Array]:
    """First and last register year; old people who live alone leave the register more often (they die)."""
    first = generator.choice([2016, *LATER_YEARS], size=count, p=[1 - sum(LATER_SHARES), *LATER_SHARES])
    draw = generator.random(count) / np.where(frail, 2.5, 0.75)
    leave = np.array([*LEAVING_YEARS, NEVER])[np.searchsorted(np.cumsum(LEAVING_SHARES), draw)]
    return first, np.where(leave > first, leave, NEVER)


def _identified(first_year: Array, generator: np.random.Generator) -> Array:
    """The year of identification: 2014 for most, 2015–16 for those the review added, else when they entered."""
    early = generator.choice([2014, 2015, 2016], size=len(first_year), p=[0.76, 0.12, 0.12])
    return np.where(first_year > 2016, first_year, early)


def _kinds(template: Array, old_and_alone: Array, generator: np.random.Generator) -> Array:
    """Destitute support for many of the old who live alone, else general or minimum living."""
    draw = generator.random(len(template))
    kind = np.where(draw < 0.30, "dibao", "general").astype(object)
    kind[old_and_alone & (draw < 0.62)] = "tekun"
    return kind


def _described(plan: Plan, places: Places, place: Array, generator: np.random.Generator) -> Homes:
    """What does not hang on the family: groups, land, doors, phones, accounts, and who is overlooked."""
    count = len(place)
    groups = generator.integers(4, 16, plan.places)[place]
    village = places.is_village[place]
    mu = np.round(generator.gamma(2.5, 0.9, count) * np.where(village, 1.0, 0.35), 1)
    none = np.zeros(count, dtype=np.int64)
    return Homes(
        place=place,
        group=1 + (generator.random(count) * groups).astype(np.int64),
        code=none,
        template=none,
        elder=none,
        female_head=none,
        first_year=none,
        leave_year=none,
        identified_year=none,
        parent=none - 1,
        kind=none,
        dibao_year=np.where(generator.random(count) < 0.03, generator.integers(2017, 2020, count), NEVER),
        farm_mu=np.where(generator.random(count) < np.where(village, 0.03, 0.4), 0.0, mu),
        phone=names.phones(generator, count),
        account=names.accounts(generator, count),
        door=generator.integers(1, 400, count),
        overlooked=generator.random(count) < 0.012,
        old_code=none,
        code_since=none,
        back_year=none + NEVER,
        end_year=none + NEVER,
        joined=none - 1,
        workshop=-1,
    )


def _keep_story_households(plan: Plan, places: Places, homes: Homes) -> Homes:
    """The article's villages, and the first household of every place, stay over the years; nobody there is overlooked."""
    story = [places.number(name) for name in (plan.article.shares_village, plan.article.workshop_village)]
    kept = np.isin(homes.place, [number for number in story if number is not None]) | (rank_within(homes.place) == 0)
    return replace(
        homes,
        leave_year=np.where(kept, NEVER, homes.leave_year),
        first_year=np.where(kept, 2016, homes.first_year),
        identified_year=np.where(kept, np.minimum(homes.identified_year, 2016), homes.identified_year),
        overlooked=homes.overlooked & ~kept,
    )


def _divided(homes: Homes, splits: int, plan: Plan, generator: np.random.Generator) -> Homes:
    """Add the households that young couples found when they leave a three-generation family (none: none are added)."""
    young = np.array(["daughter_in_law grandson" in text for text, _, _ in TEMPLATES])[homes.template]
    able = np.flatnonzero(young & (homes.leave_year == NEVER) & (np.arange(len(homes)) != homes.workshop))
    parent = np.sort(generator.permutation(able)[:splits])
    extra: dict[str, Any] = {
        name: np.concatenate([value, value[parent]])
        for name, value in vars(homes).items()
        if isinstance(value, np.ndarray)
    }
    new = np.arange(len(homes), len(homes) + len(parent))
    extra["template"][new], extra["parent"][new], extra["elder"][new] = -1, parent, False
    extra["female_head"][new], extra["kind"][new] = False, "general"
    extra["first_year"][new] = np.maximum(homes.first_year[parent] + 1, generator.integers(2017, 2021, len(parent)))
    extra["farm_mu"][new] = np.round(homes.farm_mu[parent] / 2, 1)
    extra["phone"] = names.phones(generator, len(extra["place"]))
    extra["account"] = names.accounts(generator, len(extra["place"]))
    extra["door"][new] = generator.integers(400, 500, len(parent))
    return replace(homes, **extra)


def _with_codes(homes: Homes) -> Homes:
    """Household codes: 12 digits, no county's number, the place, a serial in it."""
    serial = rank_within(homes.place) + 1
    code = [f"{CODE_REGION}{place + 1:03d}{number:05d}" for place, number in zip(homes.place, serial, strict=True)]
    return replace(homes, code=np.array(code, dtype=object))


def old_codes(homes: Homes) -> Array:
    """The codes that another county gave: its own number, and the households of a place in another order."""
    serial = rank_within(homes.place)
    last = np.bincount(homes.place)[homes.place]
    places = homes.place + ELSEWHERE + 1
    code = [f"{CODE_REGION}{place:03d}{number:05d}" for place, number in zip(places, last - serial, strict=True)]
    return np.array(code, dtype=object)
