"""What the made-up district has to be: its size, its years, and the figures of the article that must come out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np

NEVER = 9999  # a year that does not come


@dataclass(frozen=True)
class Article:
    """The figures of the article of 2020-06-16 that the made-up district reproduces."""

    villages: int = 144
    communities: int = 60
    agencies: int = 94
    cadres: int = 3008
    attendance_village: str = "儒阶冲村"
    attendance_turn: str = "2019-08"
    attendance_members: int = 46
    attendance_before: float = 0.40
    attendance_after: float = 0.95
    shares_village: str = "清桥村"
    shares_year: int = 2019
    shares_households: int = 23
    shares_people: int = 26
    direct_people: int = 149
    workshop_village: str = "新庄村"
    workshop_size: int = 7
    grid_township: str = "万宝镇"
    checkups_from: str = "2020-04"
    sanitation_from: str = "2019-07"


@dataclass(frozen=True)
class Plan:
    """How large, which years, which seed; `horizon` is always lived through, `years` are the ones handed out."""

    seed: int = 2020
    places: int = 204
    households: int = 7600
    years: tuple[int, ...] = (2016, 2017, 2018, 2019, 2020)
    horizon: tuple[int, ...] = (2016, 2017, 2018, 2019, 2020)
    article: Article = field(default_factory=Article)

    def __post_init__(self) -> None:
        """Refuse what cannot be made up: a year outside the horizon, fewer households than places."""
        strange = sorted(set(self.years) - set(self.horizon))
        if strange or not self.years:
            raise ValueError(
                f"年份须在 {self.horizon[0]}—{self.horizon[-1]} 之内 / years outside the horizon: {strange}"
            )
        if self.places < 1 or self.households < 3 * self.places:
            raise ValueError("每个村（社区）至少要有三户 / at least one place, and three households to a place")

    def generator(self, part: str) -> np.random.Generator:
        """The random numbers of one part; other parts do not disturb them."""
        return np.random.default_rng(np.random.SeedSequence([self.seed, zlib.crc32(part.encode("utf-8"))]))

    @property
    def whole(self) -> bool:
        """Whether this is the district at its full size, where the article's totals hold exactly."""
        full = self.article.villages + self.article.communities
        return self.places == full and self.households >= 2 * self.article.cadres

    @property
    def cadres(self) -> int:
        """Paired cadres: the article's number at full size, else in proportion to the households."""
        if self.whole:
            return self.article.cadres
        return max(self.places, round(self.article.cadres * self.households / 7600))

    @property
    def agencies(self) -> int:
        """Agencies: the article's number as soon as there are cadres enough to go round."""
        return min(self.article.agencies, self.cadres)
