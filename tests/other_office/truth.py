"""A small district and its five years: villages, households, members and incomes, all made up."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from other_office.people import People, Person

YEARS = (2016, 2017, 2018, 2019, 2020)
PLACES = {
    "万宝镇": ["青石村", "竹塘村", "枫坪村", "柳溪村"],
    "石井镇": ["石马村", "井塘村", "双坝村"],
    "杉山镇": ["杉木村", "云盘村", "长冲村", "新桥社区"],
}
# (new village, old names, last year of the old names, kind): two villages made one, one renamed
CHANGES = [("竹塘村", ("竹山村", "塘湾村"), 2017, "merge"), ("云盘村", ("云盘岭村",), 2016, "rename")]


@dataclass
class Household:
    """One household over the years; `hid` is known to the truth alone."""

    hid: int
    township: str
    village: str
    old_village: str
    group: int
    code: dict[int, str] = field(default_factory=dict)
    roster: dict[int, list[tuple[Person, str]]] = field(default_factory=dict)
    facts: dict[int, dict[str, object]] = field(default_factory=dict)
    income: dict[int, dict[str, int]] = field(default_factory=dict)

    def head(self, year: int) -> Person:
        """The head of that year's roster."""
        return self.roster[year][0][0]

    def village_then(self, year: int) -> str:
        """The village as it was called that year."""
        for new, _, last, _ in CHANGES:
            if new == self.village and year <= last:
                return self.old_village
        return self.village


@dataclass
class District:
    """All that is true."""

    rng: random.Random
    people: People
    households: list[Household]

    def of(self, year: int, township: str = "", village: str = "") -> list[Household]:
        """The households on the register at the end of a year."""
        return [
            home
            for home in self.households
            if year in home.roster and township in ("", home.township) and village in ("", home.village)
        ]


def person_facts(rng: random.Random, person: Person, relation: str, year: int) -> dict[str, object]:
    """What the register says of a person in a year; education and schooling exclude one another."""
    age = year - person.born.year
    student = None
    if 3 <= age < 23 and relation not in ("head", "spouse", "daughter_in_law"):
        steps = [(6, "preschool"), (12, "primary"), (15, "junior"), (18, "senior"), (23, "university")]
        student = next(code for top, code in steps if age < top)
        if age >= 15:
            student = rng.choice([student, "vocational" if age < 18 else None])
    sick = person.health != ("healthy",)
    labour = "none" if age < 16 or age > 70 else "weak" if sick or age > 60 else rng.choice(["ordinary", "skilled"])
    away = labour in ("ordinary", "skilled") and student is None and rng.random() < 0.6
    return {
        "relation_code": relation,
        "sex_code": person.sex,
        "birth_year": person.born.year,
        "education_code": None if student else person.education,
        "student_code": student,
        "health_codes": frozenset(person.health),
        "labour_code": labour,
        "work_code": rng.choice(["in_township", "in_county", "in_province", "out_of_province"]) if away else None,
        "work_months": rng.randint(3, 11) if away else None,
        "is_minimum_living": rng.random() < 0.2,
        "is_insured": rng.random() < 0.97,
    }


def _first_roster(people: People, place: str, year: int) -> list[tuple[Person, str]]:
    rng = people.rng
    age = rng.randint(34, 68)
    head = people.person(place, age, "male" if rng.random() < 0.85 else "female", year)
    surname = head.name[0]
    roster = [(head, "head")]
    if rng.random() < 0.75:
        roster.append(
            (people.person(place, age - rng.randint(0, 4), "female" if head.sex == "male" else "male", year), "spouse")
        )
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3])):
        sex = rng.choice(["male", "female"])
        child = people.person(place, max(1, age - rng.randint(22, 30)), sex, year, surname)
        roster.append((child, "son" if sex == "male" else "daughter"))
    if rng.random() < 0.2 and age < 55:
        roster.append((people.person(place, age + 25, "female", year), "mother"))
    return roster


def _headed_by(heir: tuple[Person, str], rest: list[tuple[Person, str]]) -> list[tuple[Person, str]]:
    """The household under its new head; what the others are to him or her."""
    person, was = heir
    if was == "spouse":
        of_heir = {"mother": "husbands_mother" if person.sex == "female" else "wifes_mother"}
    else:
        of_heir = {
            "spouse": "mother", "son": "sibling", "daughter": "sibling", "mother": "grandmother",
            "daughter_in_law": "spouse" if was == "son" else "other", "grandson": "son", "granddaughter": "daughter",
        }  # fmt: skip
    kept = [
        (one, "father" if was != "spouse" and role == "spouse" and one.sex == "male" else of_heir.get(role, role))
        for one, role in rest
    ]
    return [(person, "head"), *kept]


def _next_roster(
    people: People, home: Household, roster: list[tuple[Person, str]], year: int
) -> list[tuple[Person, str]]:
    """A year on: births, brides, deaths; where the head dies, the spouse or the eldest child heads the household."""
    rng = people.rng
    after = list(roster)
    head = after[0][0]
    if len(after) > 1 and rng.random() < (0.03 if year - head.born.year < 60 else 0.08):
        heirs = [one for one in after[1:] if year - one[0].born.year >= 18 and one[1] in ("spouse", "son", "daughter")]
        if heirs:
            after = _headed_by(heirs[0], [one for one in after[1:] if one[0] is not heirs[0][0]])
    sons = [one for one in after if one[1] == "son" and year - one[0].born.year >= 23]
    if sons and rng.random() < 0.1 and not any(role == "daughter_in_law" for _, role in after):
        after.append((people.person(home.old_village, year - sons[0][0].born.year, "female", year), "daughter_in_law"))
    if any(role == "daughter_in_law" for _, role in after) and rng.random() < 0.3:
        sex = rng.choice(["male", "female"])
        after.append((people.person(home.old_village, 0, sex, year), "grandson" if sex == "male" else "granddaughter"))
    return after


def _income(rng: random.Random, size: int, level: float, year: int) -> dict[str, int]:
    grown = level * 1.13 ** (year - 2016)
    wage = int(grown * rng.uniform(0.4, 0.7)) * size
    business = int(grown * rng.uniform(0.2, 0.5)) * size
    expense = int(business * rng.uniform(0.2, 0.4))
    property_income = rng.choice([0, 0, rng.randint(120, 900)])
    parts = {
        "transfer_minimum_living": rng.choice([0, 0, rng.randint(12, 40) * 100]),
        "transfer_pension": rng.choice([0, 1236, 2472]),
        "transfer_ecology": rng.randint(0, 300),
    }
    transfer = sum(parts.values())
    net = wage + business - expense + property_income + transfer
    return {
        "household_size": size,
        "wage_income": wage,
        "business_income": business,
        "business_expense": expense,
        "property_income": property_income,
        "transfer_income": transfer,
        **parts,
        "net_income": net,
        "per_capita_net_income": round(net / size),
    }


def _fill_year(rng: random.Random, home: Household, year: int, level: float, constant: dict[str, object]) -> None:
    roster = home.roster[year]
    home.income[year] = _income(rng, len(roster), level, year)
    exit_year = constant["exit_year"]
    exited = isinstance(exit_year, int) and exit_year <= year
    home.facts[year] = {
        **{name: value for name, value in constant.items() if name != "exit_year"},
        "exit_status_code": "exited" if exited else "not_exited",
        "exit_year": exit_year if exited else None,
        "household_size": len(roster),
        "per_capita_net_income": home.income[year]["per_capita_net_income"],
        "has_safe_water": year >= 2018 or rng.random() < 0.8,
        "house_grade_code": constant["house_grade_code"] if year < 2019 else "a",
    }
    for person, relation in roster:
        person.facts[year] = person_facts(rng, person, relation, year)


def _household(people: People, hid: int, township: str, village: str) -> Household:
    rng = people.rng
    old = next((rng.choice(names) for new, names, _, _ in CHANGES if new == village), village)
    home = Household(hid, township, village, old, rng.randint(1, 9))
    code = f"{rng.randrange(31, 99)}{hid:04d}{rng.randrange(10000):04d}"
    first = rng.choice([2016] * 8 + [2017, 2018])
    last = max(first, rng.choice([2020] * 12 + [2017, 2018, 2019]))
    level = rng.uniform(2200, 4500)
    cause, second = rng.sample(["illness", "disability", "schooling", "labour", "skills", "capital", "disaster"], 2)
    constant: dict[str, object] = {
        "household_type_code": rng.choice(["general", "general", "dibao", "tekun"]),
        "cause_main_code": cause,
        "causes_other_codes": frozenset([second]) if rng.random() < 0.5 else None,
        "exit_year": rng.choice([2016, 2017, 2018, 2019, 2020]),
        "identified_year": first if first > 2016 else rng.choice([2014, 2015, 2016]),
        "in_cooperative": rng.random() < 0.4,
        "house_grade_code": rng.choice(["a", "b", "c", "d"]),
        "farm_area_mu": round(rng.uniform(0.5, 6.5), 1),
    }
    roster = _first_roster(people, old, first)
    for year in range(first, last + 1):
        if year > first:
            roster = _next_roster(people, home, roster, year)
        home.roster[year] = roster
        # after a merger some households were given new codes by the system
        changed = village == "竹塘村" and year >= 2018 and hid % 3 == 0
        home.code[year] = f"99{hid:04d}{hid * 7 % 10000:04d}" if changed else code
        _fill_year(rng, home, year, level, constant)
    return home


def make(seed: int, per_village: int = 24) -> District:
    """The district of a seed; townships, villages and years are always the same."""
    rng = random.Random(seed)
    people = People(rng)
    households: list[Household] = []
    for township, villages in PLACES.items():
        for village in villages:
            for _ in range(per_village + rng.randint(-3, 3)):
                households.append(_household(people, len(households) + 1, township, village))
    return District(rng, people, households)
