"""Families of sheets on which two made-up sheets stand one below the other."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from louxing_analysis.cleaning.sheet import Merge, Sheet
from tests.cleaning.corpus.page import Page
from tests.cleaning.families import grouped, plain
from tests.cleaning.families.drawing import Family

_FIGURES: tuple[Family, ...] = (
    plain.places_down,
    plain.years_down,
    plain.indicators_down,
    grouped.two_levels,
    grouped.subtotals,
)
_TEXT: tuple[Family, ...] = (plain.roster, plain.text_matrix)


def _titled(rng: random.Random, family: Family) -> Page:
    """A sheet of the family that begins with a title."""
    while True:
        page = family(rng, "part")
        if page.kinds[0] == "title":
            return page


def _below(first: Page, second: Page, gap: int, layout: str, name: str) -> Page:
    """The second sheet under the first, with so many empty rows between."""
    start = len(first.kinds) + gap
    above, under = first.sheet.values, second.sheet.values
    values = np.full((start + len(under), max(above.shape[1], under.shape[1])), None, dtype=object)
    values[: len(above), : above.shape[1]] = above
    values[start:, : under.shape[1]] = under
    merges = [
        Merge(merge.first_row + start, merge.first_column, merge.last_row + start, merge.last_column)
        for merge in second.sheet.merges
    ]
    tables = [
        replace(table, header_rows=tuple(row + start for row in table.header_rows), names={}) for table in second.tables
    ]
    return Page(
        layout,
        name,
        Sheet(name, values, (*first.sheet.merges, *merges)),
        (*first.kinds, *["blank"] * gap, *second.kinds),
        {**first.either, **{row + start: kinds for row, kinds in second.either.items()}},
        (*(replace(table, names={}) for table in first.tables), *tables),
    )


def figures_below_figures(rng: random.Random, name: str) -> Page:
    """Two titled tables of figures."""
    first, second = _titled(rng, rng.choice(_FIGURES)), _titled(rng, rng.choice(_FIGURES))
    return _below(first, second, rng.randint(1, 3), "figures below figures", name)


def text_below_figures(rng: random.Random, name: str) -> Page:
    """A titled list of people or tasks under a titled table of figures."""
    first, second = _titled(rng, rng.choice(_FIGURES)), _titled(rng, rng.choice(_TEXT))
    return _below(first, second, rng.randint(1, 3), "text below figures", name)


def figures_below_text(rng: random.Random, name: str) -> Page:
    """A titled table of figures under a titled list of people or tasks."""
    first, second = _titled(rng, rng.choice(_TEXT)), _titled(rng, rng.choice(_FIGURES))
    return _below(first, second, rng.randint(1, 3), "figures below text", name)


FAMILIES = (figures_below_figures, text_below_figures, figures_below_text)
