"""Made-up people: names and numbers that keep the rules of real ones and belong to nobody."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from other_office.words import GIVEN, SURNAMES

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_digit(first_17: str) -> str:
    """GB 11643-1999."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


@dataclass
class Person:
    """Somebody on the register; `pid` is known to the truth alone."""

    pid: int
    name: str
    sex: str
    born: date
    id_number: str
    education: str
    health: tuple[str, ...]
    facts: dict[int, dict[str, object]] = field(default_factory=dict)  # by year


class People:
    """Hands out persons whose ID numbers are distinct, and whose names are distinct within a village."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.count = 0
        self.numbers: set[str] = set()
        self.names: dict[str, set[str]] = {}

    def name(self, village: str, surname: str | None = None) -> str:
        """A name that nobody else has in that village."""
        taken = self.names.setdefault(village, set())
        while True:
            given = "".join(self.rng.sample(GIVEN, self.rng.choice([1, 2, 2, 2])))
            name = (surname or self.rng.choice(SURNAMES)) + given
            if name not in taken:
                taken.add(name)
                return name

    def number(self, born: date, sex: str) -> str:
        """An 18-digit number of the district."""
        while True:
            tail = self.rng.randrange(1, 499) * 2 + (1 if sex == "male" else 0)
            first = f"431302{born:%Y%m%d}{tail % 1000:03d}"
            number = first + check_digit(first)
            if number not in self.numbers and "99999" not in number:
                self.numbers.add(number)
                return number

    def person(self, village: str, age: int, sex: str, year: int, surname: str | None = None) -> Person:
        """Somebody of that age at the end of `year`."""
        rng = self.rng
        self.count += 1
        born = date(year - age, 1, 1) + timedelta(days=rng.randrange(365))
        if age < 7:
            education = "preschool"
        elif age > 65:
            education = rng.choice(["illiterate", "primary"])
        else:
            education = rng.choice(["primary", "junior", "junior", "senior", "college"])
        health: tuple[str, ...] = ("healthy",)
        if age > 40 and rng.random() < 0.45:
            health = rng.choice([("chronic",), ("disabled",), ("disabled", "chronic"), ("serious",)])
        number = self.number(born, sex)
        return Person(self.count, self.name(village, surname), sex, born, number, education, health)
