"""How households live, year by year: houses and their repair, water, cooperatives, insurance, the four guarantees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.sample.draws import Array
from louxing_analysis.sample.households import Homes
from louxing_analysis.sample.incomes import Incomes
from louxing_analysis.sample.people import People
from louxing_analysis.sample.places import Places
from louxing_analysis.sample.plan import NEVER, Plan
from louxing_analysis.sample.roll import CARE_LUCK, Roll

GRADES = np.array(["a", "b", "c", "d"], dtype=object)
GRADE_SHARES = (0.30, 0.38, 0.22, 0.10)  # before the first register
REPAIRS = {2016: 0.26, 2017: 0.30, 2018: 0.26, 2019: 0.14, 2020: 0.04}
INSURED = (0.965, 0.982, 0.994, 0.998, 1.0)
WATER_WORKS = {2015: 0.55, 2016: 0.12, 2017: 0.14, 2018: 0.12, 2019: 0.06, 2020: 0.01}
OWN_WATER = 0.45  # households with safe water of their own before the village was connected
COOPERATIVE = (0.10, 0.22, 0.34, 0.45, 0.52)
OUT_OF_SCHOOL = (0.045, 0.030, 0.015, 0.006, 0.0)  # households with children of school age where one was missing


@dataclass(frozen=True)
class Conditions:
    """Matrices of households and years unless said otherwise."""

    grade_before: Array  # per household: A–D before the first register
    repair_year: Array  # per household: when a house of grade C or D was made safe, NEVER where none was needed
    grade: Array
    water: Array
    water_year: Array  # per place: when it was connected
    cooperative: Array
    minimum_living: Array  # per entry of the roll
    insured: Array  # per entry of the roll
    education_met: Array
    medical_met: Array
    housing_met: Array


def build(plan: Plan, places: Places, homes: Homes, people: People, roll: Roll, incomes: Incomes) -> Conditions:
    """All conditions; whatever a guarantee asks for is there for everybody by 2020."""
    generator = plan.generator("conditions")
    count, years = len(homes), np.array(plan.horizon)
    before, repair, grade = _houses(homes, incomes, years, generator)
    place_year = generator.choice(list(WATER_WORKS), size=plan.places, p=list(WATER_WORKS.values()))
    own = generator.random(count) < OWN_WATER
    water = own[:, None] | (place_year[homes.place][:, None] <= years)
    cooperative = generator.random(count)[:, None] < _cooperative(places, homes, roll, plan, generator)
    cooperative &= ~homes.overlooked[:, None]
    insured = people.luck[roll.person, CARE_LUCK] < np.array(INSURED)[roll.year - years[0]]
    pupils = roll.per_household(plan, homes, (roll.age >= 6) & (roll.age <= 15)) > 0
    missing = generator.random((count, len(years))).min(axis=1)[:, None] < np.array(OUT_OF_SCHOOL) / 3.0
    return Conditions(
        grade_before=before,
        repair_year=repair,
        grade=grade,
        water=water,
        water_year=place_year,
        cooperative=cooperative,
        minimum_living=_minimum_living(homes, people, roll),
        insured=insured,
        education_met=~(pupils & missing),
        medical_met=roll.per_household(plan, homes, ~insured) == 0,
        housing_met=np.isin(grade, ["a", "b"]),
    )


def _houses(homes: Homes, incomes: Incomes, years: Array, generator: np.random.Generator) -> tuple[Array, Array, Array]:
    """Grades; an unsafe house is repaired by the year the household leaves poverty (a D house is built anew)."""
    level = generator.choice(4, size=len(homes), p=GRADE_SHARES)
    planned = generator.choice(list(REPAIRS), size=len(homes), p=list(REPAIRS.values()))
    repair = np.where(level >= 2, np.clip(np.minimum(planned, incomes.exit_year), 2014, None), NEVER)
    repair = np.where((level >= 2) & (homes.first_year > 2016), np.maximum(repair, homes.first_year), repair)
    after = np.where(level == 3, 0, np.where(level == 2, 1, level))
    now = np.where(repair[:, None] <= years, after[:, None], level[:, None])
    return GRADES[level], repair, GRADES[now]


def _cooperative(places: Places, homes: Homes, roll: Roll, plan: Plan, generator: np.random.Generator) -> Array:
    """Chance to be in a cooperative: rises over the years, differs by village, seldom without anybody able to work."""
    village = np.exp(0.4 * generator.normal(size=plan.places))[homes.place]
    able = roll.per_household(plan, homes, roll.able) > 0
    base = np.array(COOPERATIVE) * village[:, None] * np.where(places.is_village[homes.place], 1.1, 0.4)[:, None]
    return np.clip(np.where(np.maximum.accumulate(able, axis=1), base * 1.15, base * 0.4), 0, 0.97)


def _minimum_living(homes: Homes, people: People, roll: Roll) -> Array:
    """Who has the minimum living guarantee: most of a household of that kind, a few in others; the head always."""
    covered = (homes.kind[roll.household] == "dibao") | (homes.dibao_year[roll.household] <= roll.year)
    luck = people.luck[roll.person, CARE_LUCK]
    single = (homes.kind[roll.household] == "general") & (luck < 0.03)
    return (covered & ((luck < 0.8) | (roll.relation == "head"))) | single
