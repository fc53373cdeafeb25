"""The register of every year: households, members, and the income accounts beside it."""

from __future__ import annotations

import numpy as np

from louxing_analysis.sample import names
from louxing_analysis.sample.draws import Array, joined, only, year_of
from louxing_analysis.sample.incomes import FEN, PARTS
from louxing_analysis.sample.roll import CARE_LUCK
from louxing_analysis.sample.world import World, keys

CAUSES = [
    "illness",
    "disability",
    "schooling",
    "disaster",
    "land",
    "water",
    "skills",
    "labour",
    "capital",
    "transport",
    "motivation",
    "housing",
    "other",
]
CERTIFICATE_SHARE = 0.30  # disabled persons whose certificate's number stands in the column of ID numbers
PRE_EXIT_SHARE = 0.04


def households(world: World, heads: Array, helper: tuple[Array, Array]) -> dict[str, Array]:
    """One row per household and register year, those struck off in it included; `helper`: matrices of name and phone."""
    plan, homes, incomes, state = world.plan, world.homes, world.incomes, world.conditions
    found = [np.flatnonzero(homes.listed(year)) for year in plan.horizon]
    home, year = np.concatenate(found), np.repeat(plan.horizon, [len(part) for part in found])
    at = world.at(year)
    main, others = _causes(world)
    status, exit_year = _status(world, home, year)
    return {
        **world.identity(heads, home, year),
        "register_year": year,
        "village_group": np.array([f"{number}组" for number in range(30)], dtype=object)[homes.group[home]],
        "household_size": incomes.size[home, at],
        "household_type_code": _kind(world, home, year),
        "exit_status_code": status,
        "exit_year": exit_year,
        "cause_main_code": main[home],
        "causes_other_codes": others[home],
        "identified_year": homes.identified_year[home],
        "per_capita_net_income": np.where(status == "left_register", np.nan, incomes.per_head[home, at]),
        "in_cooperative": state.cooperative[home, at],
        "house_grade_code": state.grade[home, at],
        "has_safe_water": state.water[home, at],
        "farm_area_mu": homes.farm_mu[home],
        "phone": homes.phone[home],
        "address": _addresses(world)[home],
        "bank_account": homes.account[home],
        "helper_name": helper[0][home, at],
        "helper_phone": helper[1][home, at],
        "year": year,
    }


def _addresses(world: World) -> Array:
    homes, place = world.homes, world.location(world.homes.place)
    rows = zip(place["township"], place["village"], homes.group, homes.door, strict=True)
    return np.array([f"{town}{village}{group}组{door}号" for town, village, group, door in rows], dtype=object)


def _kind(world: World, home: Array, year: Array) -> Array:
    """The household's type; a general household may come under the minimum living guarantee later."""
    kind = world.homes.kind[home]
    return np.where((kind == "general") & (world.homes.dibao_year[home] <= year), "dibao", kind)


def _status(world: World, home: Array, year: Array) -> tuple[Array, Array]:
    """Exit status at the end of the year, and the exit year then valid (a household that fell back exits anew)."""
    exit_year, back = world.incomes.exit_year[home], world.incomes.back_year[home]
    valid = np.where(year > back, back + 1, exit_year)
    expected = world.plan.generator("register").random(len(world.homes))[home] < PRE_EXIT_SHARE
    status = np.where(valid <= year, "exited", np.where(expected & (valid == year + 1), "pre_exit", "not_exited"))
    status = np.where(year == back, "fallen_back", status)
    status = np.where(year == world.homes.leave_year[home], "left_register", status).astype(object)
    known = (valid <= year) & (status != "fallen_back")
    return status, only(known, valid.astype(object))


def _cause_weights(world: World) -> Array:
    """Weights of causes (household × cause) that fit the members: the sick, the disabled, pupils, hands to work."""
    plan, homes, roll = world.plan, world.homes, world.roll
    first = np.clip(world.at(homes.first_year), 0, None)

    def ever(mask: Array) -> Array:
        return roll.per_household(plan, homes, mask)[np.arange(len(homes)), first]

    student = ever(np.isin(roll.student, ["senior", "vocational", "higher_vocational", "university"]))
    able, size = ever(roll.able), ever(roll.age >= 0)
    base = np.ones(len(homes))
    weights = {
        "illness": np.where(ever(roll.serious) > 0, 14.0, np.where(ever(roll.chronic) > 0, 6.0, 0.05)),
        "disability": np.where(ever(roll.disabled) > 0, 3.2, 0.02),
        "schooling": np.where(student > 0, 1.9, 0.01),
        "disaster": base * 0.06,
        "land": base * 0.10,
        "water": base * 0.01,
        "skills": np.where(able >= 1, 1.0, 0.10),
        "labour": np.where(able / np.maximum(size, 1) < 0.34, 1.7, 0.04),
        "capital": np.where(able >= 1, 0.45, 0.05),
        "transport": base * 0.06,
        "motivation": np.where(able >= 1, 0.08, 0.01),
        "housing": np.where(np.isin(world.conditions.grade_before, ["c", "d"]), 0.25, 0.01),
        "other": base * 0.03,
    }
    return np.column_stack([weights[code] for code in CAUSES])


def _causes(world: World) -> tuple[Array, Array]:
    """The main cause and up to two others of each household, drawn by weight without repeating."""
    generator, weights = world.plan.generator("causes"), _cause_weights(world)
    order = np.argsort(-np.log(weights) - generator.gumbel(size=weights.shape), axis=1)
    count = generator.choice([0, 1, 2], size=len(order), p=[0.45, 0.35, 0.20])
    pair = np.where((count == 2)[:, None], np.sort(order[:, 1:3], axis=1), order[:, 1:3])  # in the vocabulary's order
    codes = np.array(CAUSES, dtype=object)
    others = joined([only(count >= 1, codes[pair[:, 0]]), only(count == 2, codes[pair[:, 1]])])
    return codes[order[:, 0]], others


def members(world: World, heads: Array) -> dict[str, Array]:
    """One row per person and register year, household by household, the head first."""
    roll, people, state = world.roll, world.people, world.conditions
    person, year = roll.person, roll.year
    away = roll.months > 0
    able = np.isin(roll.labour, ["ordinary", "skilled", "weak"])
    return {
        **world.identity(heads, roll.household, year),
        "register_year": year,
        "person_code": _person_codes(world, person, year),
        "name": people.name[person],
        "id_number": _written_numbers(world),
        "birth_date": people.birth[person],
        "relation_code": roll.relation.astype(object),
        "sex_code": np.where(people.female[person], "female", "male"),
        "education_code": roll.education,
        "student_code": roll.student,
        "health_codes": _health(world),
        "labour_code": roll.labour,
        "work_code": roll.work_place,
        "work_months": only(able | away, roll.months.astype(object)),
        "is_minimum_living": state.minimum_living,
        "is_insured": state.insured,
        "phone": only(roll.relation == "head", world.homes.phone[roll.household]),
        "person_key": keys("P", person),
        "year": year,
    }


def _written_numbers(world: World) -> Array:
    """The number in the members' list: the ID number, some certificates' numbers, none yet for some of the newborn."""
    roll, people, generator = world.roll, world.people, world.plan.generator("members")
    certificate = names.disability_certificates(generator, people.id_number)
    by_certificate = roll.disabled & (people.luck[roll.person, CARE_LUCK] < CERTIFICATE_SHARE)
    number = np.where(by_certificate, certificate[roll.person], people.id_number[roll.person])
    newborn = year_of(people.birth[roll.person]) == roll.year
    return only(~newborn | (generator.random(len(roll)) >= 0.25), number)


def _person_codes(world: World, person: Array, year: Array) -> Array:
    """The code of the first household and two digits; it stays with a person who moves to another household."""
    home = world.people.household
    order = np.argsort(home, kind="stable")
    serial = np.empty(len(home), dtype=np.int64)
    ordered = home[order]
    serial[order] = np.arange(len(home)) - np.searchsorted(ordered, ordered)
    codes = world.homes.written_code(home[person], year)
    return np.array([f"{code}{at + 1:02d}" for code, at in zip(codes, serial[person], strict=True)], dtype=object)


def _health(world: World) -> Array:
    """Health as the register lists it: several values in the vocabulary's order, or healthy."""
    roll = world.roll
    words = [f"{a}{b}{c}".strip("|") for a in ("", "chronic|") for b in ("", "serious|") for c in ("", "disabled")]
    table = np.array(["healthy", *words[1:]], dtype=object)
    return table[4 * roll.chronic.astype(int) + 2 * roll.serious.astype(int) + roll.disabled.astype(int)]


def incomes(world: World, heads: Array) -> dict[str, Array]:
    """One row per household and income year, for those registered at the end of the year; yuan, exact to the fen."""
    home, year = world.active_pairs()
    at, account = world.at(year), world.incomes
    months = world.roll.per_household(world.plan, world.homes, world.roll.months).astype(np.int64)[home, at]
    wage = account.wage[home, at] / FEN
    told = world.plan.generator("explanations").random(len(home)) < 0.3
    each = np.round(wage / np.maximum(months, 1)).astype(np.int64)
    text = [
        f"务工{count}个月×{amount}元" if count and said else None
        for count, amount, said in zip(months, each, told, strict=True)
    ]
    return {
        **world.identity(heads, home, year),
        "income_year": year,
        "household_size": account.size[home, at],
        "wage_income": wage,
        "business_income": account.business[home, at] / FEN,
        "business_expense": account.expense[home, at] / FEN,
        "property_income": account.property_[home, at] / FEN,
        "transfer_income": account.transfer[home, at] / FEN,
        **{f"transfer_{part}": account.parts[part][home, at] / FEN for part in PARTS},
        "net_income": account.net[home, at] / FEN,
        "per_capita_net_income": account.per_head[home, at],
        "explanation": np.array(text, dtype=object),
        "year": year,
    }
