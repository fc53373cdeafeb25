"""Who lived in which household in which year, and how they were: schooling, health, ability to work, work away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from louxing_analysis.sample.draws import Array, only
from louxing_analysis.sample.households import Homes
from louxing_analysis.sample.people import People, age_on
from louxing_analysis.sample.plan import Plan

RELATION_ORDER = [
    "head",
    "spouse",
    "son",
    "daughter",
    "daughter_in_law",
    "son_in_law",
    "grandson",
    "granddaughter",
    "father",
    "mother",
    "husbands_father",
    "husbands_mother",
    "wifes_father",
    "wifes_mother",
    "sibling",
    "other",
]
AGES = (0, 20, 40, 60, 75, 90)
CHRONIC, SERIOUS = (0.01, 0.04, 0.13, 0.33, 0.50, 0.55), (0.004, 0.012, 0.035, 0.06, 0.07, 0.07)
DISABLED = (0.02, 0.06, 0.10, 0.11, 0.12, 0.12)
# Fixed draws of a person, by what hangs on them.
CHRONIC_LUCK, SERIOUS_LUCK, DISABLED_LUCK, SCHOOL_LUCK, LABOUR_LUCK, WORK_LUCK, PLACE_LUCK, CARE_LUCK = range(8)
WORKING = {"ordinary": 0.62, "skilled": 0.82, "weak": 0.12}  # share working away in the first year
MORE_WORKING = 0.055  # a year
WORK_PLACES = ("in_township", "in_county", "in_province", "out_of_province")


@dataclass(frozen=True)
class Roll:
    """One entry per person and register year, in the order of years, households and relations."""

    year: Array
    person: Array
    household: Array
    relation: Array
    age: Array  # on 31 December
    student: Array  # student_code
    education: Array  # education_code, None for those in school
    chronic: Array
    serious: Array
    disabled: Array
    labour: Array  # labour_code
    work_place: Array  # work_code, None for those not away
    months: Array  # worked away, 0 for none

    def __len__(self) -> int:
        """Persons times register years."""
        return len(self.year)

    @property
    def able(self) -> Array:
        """Whole or half ability to work."""
        return np.isin(self.labour, ["ordinary", "skilled", "weak"])

    def per_household(self, plan: Plan, homes: Homes, weight: Array | None = None) -> Array:
        """Counts (or sums of a weight) per household and year of the horizon; a matrix."""
        years = len(plan.horizon)
        cell = self.household * years + (self.year - plan.horizon[0])
        values = None if weight is None else weight.astype(float)
        return np.bincount(cell, weights=values, minlength=len(homes) * years).reshape(len(homes), years)


def build(plan: Plan, homes: Homes, people: People) -> Roll:
    """Everybody in the register, year by year; a person struck off with the household still stands in that year."""
    parts = [_present(homes, people, year) for year in plan.horizon]
    year = np.repeat(plan.horizon, [len(person) for person, _, _ in parts])
    person, household, relation = (np.concatenate(column) for column in zip(*parts, strict=True))
    rank = {name: number for number, name in enumerate(RELATION_ORDER)}
    place_in_family = np.select([relation == name for name in rank], list(rank.values()), len(rank))
    order = np.lexsort((people.birth[person], place_in_family, household, year))
    return _described(year[order], person[order], household[order], relation[order], people)


def _present(homes: Homes, people: People, year: int) -> tuple[Array, Array, Array]:
    changed = people.change_year <= year
    household = np.where(changed, people.later_household, people.household)
    relation = np.where(changed, people.later_relation, people.relation)
    here = (people.joined <= year) & (year <= people.last) & homes.listed(year)[household]
    return np.flatnonzero(here), household[here], relation[here]


def _described(year: Array, person: Array, household: Array, relation: Array, people: People) -> Roll:
    birth, luck = people.birth[person], people.luck[person]
    age, school_age = np.zeros(len(year), dtype=np.int64), np.zeros(len(year), dtype=np.int64)
    for number in np.unique(year):
        now = year == number
        age[now] = age_on(birth[now], np.datetime64(f"{number}-12-31"))
        school_age[now] = age_on(birth[now], np.datetime64(f"{number}-08-31"))  # who starts school in September
    student = _student(school_age, luck[:, SCHOOL_LUCK])
    chronic = luck[:, CHRONIC_LUCK] < np.interp(age, AGES, CHRONIC)
    serious = luck[:, SERIOUS_LUCK] < np.interp(age, AGES, SERIOUS)
    disabled = luck[:, DISABLED_LUCK] < np.interp(age, AGES, DISABLED)
    labour = _labour(age, student, chronic, serious | disabled, luck[:, LABOUR_LUCK])
    work_place, months = _work(year, age, labour, luck, household)
    education = only(student == "not_student", _education(age, luck[:, SCHOOL_LUCK]))
    return Roll(
        year,
        person,
        household,
        relation,
        age,
        student,
        education,
        chronic,
        serious,
        disabled,
        labour,
        work_place,
        months,
    )


def _student(age: Array, luck: Array) -> Array:
    """School by age on 31 August; after nine years by one fixed draw: senior or vocational, then college or none."""
    upper = np.where(luck < 0.52, "senior", np.where(luck < 0.90, "vocational", "not_student"))
    high = np.where(luck < 0.30, "university", np.where(luck < 0.48, "higher_vocational", "not_student"))
    stages = [
        (age < 3, "not_student"),
        (age <= 5, "preschool"),
        (age <= 11, "primary"),
        (age <= 14, "junior"),
        (age <= 17, upper),
        (age <= 21, high),
    ]
    stage_of = [np.broadcast_to(np.asarray(what), age.shape) for _, what in stages]
    return np.select([when for when, _ in stages], stage_of, "not_student")


def _education(age: Array, luck: Array) -> Array:
    """What those out of school attained: less the older they are; the draw is the one that schooling hung on."""
    young = np.where(luck < 0.48, "college", np.where(luck < 0.90, "senior", "junior"))
    middle = np.where(
        luck < 0.05, "college", np.where(luck < 0.20, "senior", np.where(luck < 0.68, "junior", "primary"))
    )
    old = np.where(luck < 0.12, "junior", np.where(luck < 0.72, "primary", "illiterate"))
    return np.select([age < 7, age < 28, age < 55], [np.full(age.shape, "preschool"), young, middle], old)


def _labour(age: Array, student: Array, chronic: Array, heavy: Array, luck: Array) -> Array:
    """Ability to work from age and health; children and students have none."""
    fit = np.where(luck < 0.14, "skilled", "ordinary")
    heavy_case = np.where(luck < 0.55, "weak", "lost")
    grown = np.where(heavy, heavy_case, np.where(chronic & (luck < 0.7), "weak", fit))
    aged = np.where(heavy, "lost", np.where((luck < 0.45) & (age < 75), "weak", "none"))
    school = (age < 16) | ((student != "not_student") & (age < 23))
    return np.select([school, age < 60], [np.full(age.shape, "none"), grown], aged)


def _work(year: Array, age: Array, labour: Array, luck: Array, household: Array) -> tuple[Array, Array]:
    """Where and for how many months they work away: more of them every year, and fewer months in 2020."""
    base = np.select([labour == name for name in WORKING], list(WORKING.values()), 0.0)
    share = np.where(
        base > 0, base + MORE_WORKING * (year - year.min(initial=9999)) * np.where(labour == "weak", 0.7, 1.0), 0.0
    )
    share = np.where((age < 18) | (age > 68), 0.0, share)
    away = luck[:, WORK_LUCK] < share
    far = np.clip(luck[:, PLACE_LUCK] - np.where(labour == "weak", 0.45, 0.0) - (age > 50) * 0.15, 0, 0.999)
    place = np.array(WORK_PLACES, dtype=object)[np.searchsorted([0.22, 0.42, 0.60], far, side="right")]
    wobble = (luck[:, WORK_LUCK] * 9973 + year * 0.618 + household * 0.017) % 1.0  # differs by year, not by run
    months = np.clip(np.round(6.0 + 3.5 * far + 3.5 * wobble - 1.5 * (year == 2020)), 1, 12).astype(np.int64)
    months = np.where(labour == "weak", np.minimum(months, 8), months)
    return only(away, place), np.where(away, months, 0)
