"""The reference rows made ready for cleaning, once per process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from louxing_analysis.cleaning.headers import Index
from louxing_analysis.cleaning.layout import Units
from louxing_analysis.cleaning.places import Gazetteer
from louxing_analysis.reference import Reference


@dataclass(frozen=True)
class Knowledge:
    """What every worker needs to know: the reference rows made ready."""

    reference: Reference
    index: Index
    units: Units
    gazetteer: Gazetteer
    villages: dict[str, str]
    corrections: Mapping[tuple[str, str], list[tuple[str, str, str]]]
    missing: frozenset[str]
    _spellings: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)

    def spelling(self, vocabulary: str) -> dict[str, str]:
        """Every written form of a vocabulary and its code, made once."""
        if vocabulary not in self._spellings:
            self._spellings[vocabulary] = self.reference.spelling(vocabulary)
        return self._spellings[vocabulary]


def prepare(
    reference: Reference, own_places: pd.DataFrame | None = None, own_changes: pd.DataFrame | None = None
) -> Knowledge:
    """Make the reference rows ready for looking up, once per process."""
    index = Index(reference)
    gazetteer = Gazetteer(reference, own_places, own_changes)
    corrections: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in reference.corrections.itertuples(index=False):
        corrections.setdefault((str(row.workbook), str(row.sheet)), []).append(
            (str(row.cell), str(row.says), str(row.use))
        )
    missing = frozenset(reference.spelling("missing"))
    return Knowledge(reference, index, Units(index), gazetteer, gazetteer.village_names(), corrections, missing)
