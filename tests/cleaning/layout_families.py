"""All families of made-up layouts: each makes any number of sheets that know their own truth."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.cleaning.corpus.page import Page
from tests.cleaning.families import arranged, awkward, combined, grouped, plain, published
from tests.cleaning.families.drawing import Family

FAMILIES: dict[str, Family] = {
    family.__name__: family
    for family in (
        *plain.FAMILIES,
        *grouped.FAMILIES,
        *arranged.FAMILIES,
        *published.FAMILIES,
        *awkward.FAMILIES,
        *combined.FAMILIES,
    )
}


def cases(family: str, count: int) -> Sequence[Page]:
    """The first so many sheets of a family; the same ones every time."""
    return [FAMILIES[family](random.Random(f"{family} {number}"), f"case {number}") for number in range(count)]
