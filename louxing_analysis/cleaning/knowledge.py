"""The reference rows made ready for cleaning, once per process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from louxing_analysis.cleaning.corrections import Correction, by_sheet
from louxing_analysis.cleaning.headers import Index
from louxing_analysis.cleaning.layout import Units
from louxing_analysis.cleaning.magnitude import Bounds
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
    corrections: Mapping[tuple[str, str], list[Correction]]
    missing: frozenset[str]
    surnames: frozenset[str]
    _spellings: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    _bounds: dict[tuple[str, str, int], Bounds | None] = field(default_factory=dict, repr=False)
    _midpoints: dict[int, bool] = field(default_factory=dict, repr=False)

    def spelling(self, vocabulary: str) -> dict[str, str]:
        """Every written form of a vocabulary and its code, made once."""
        if vocabulary not in self._spellings:
            self._spellings[vocabulary] = self.reference.spelling(vocabulary)
        return self._spellings[vocabulary]

    def bounds(self, ledger: str, column: str, year: int) -> Bounds | None:
        """Between which yuan the median of a column of money lies; None where thresholds.csv does not say."""
        key = (ledger, column, year)
        if key not in self._bounds:
            self._bounds[key] = self._read_bounds(*key)
        return self._bounds[key]

    def _read_bounds(self, ledger: str, column: str, year: int) -> Bounds | None:
        rule = "median_per_head" if "per_capita" in column else f"median_{ledger}_{column}"
        limits = [self.reference.threshold_or(f"{rule}_{end}", year) for end in ("low", "high")]
        slips = [self.reference.threshold_or(f"unit_slip_{part}", year) for part in ("ratio", "spread", "gap", "share")]
        known = [value for value in (*limits, *slips) if value is not None]
        return Bounds(*known) if len(known) == len(Bounds._fields) else None

    def takes_midpoints(self, year: int) -> bool:
        """Whether thresholds.csv asks for the middle of a range such as 3000-4000."""
        if year not in self._midpoints:
            self._midpoints[year] = self.reference.threshold_or("range_midpoint", year) == 1
        return self._midpoints[year]


def prepare(
    reference: Reference, own_places: pd.DataFrame | None = None, own_changes: pd.DataFrame | None = None
) -> Knowledge:
    """Make the reference rows ready for looking up, once per process."""
    index = Index(reference)
    gazetteer = Gazetteer(reference, own_places, own_changes)
    missing = frozenset(reference.spelling("missing"))
    surnames = frozenset(reference.spelling("surname"))
    villages = gazetteer.village_names()
    corrections = by_sheet(reference.corrections)
    return Knowledge(reference, index, Units(index), gazetteer, villages, corrections, missing, surnames)
