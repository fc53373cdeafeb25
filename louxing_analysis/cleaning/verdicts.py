"""One stated figure against a computed one: agrees, no farther apart than rounding makes it, or differs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.quantities import is_counted, is_scaled

AGREES, ROUNDING, DIFFERS = "agrees", "rounding", "differs"
_LARGE = 1000.0  # whole numbers of this size and no stated unit are money that was rounded; smaller ones are counts
_FEWEST_MULTIPLES, _LARGEST = 3, 1e15
_SPREAD = 3 / math.sqrt(12)  # three standard deviations of the error that rounding to one unit makes


class Check(NamedTuple):
    """One stated figure against ours: address, kind, both numbers, stated − computed, and the verdict.

    Kinds: total, subtotal, of_which, sum (of columns), difference (of columns), count (of rows). `lacking` counts cells
    that hold something which is no number: what they say is not in `computed`. `suggestion` is what the figure in the
    cell `suspect` would have to be for row and column to add up, and `because` says so in words. `loose`: what rounding
    can make where the source rounds more than it shows (to fives, to hundreds, each figure by itself).
    """

    cell: str
    kind: str
    stated: float
    computed: float
    difference: float
    verdict: str
    lacking: int = 0
    suspect: str = ""
    suggestion: float | None = None
    because: str = ""
    loose: float = 0.0


def rounding_unit(numbers: np.ndarray, decimals: int, name: str, unit: str | None) -> float:
    """What the figures of a column are rounded to: its last printed decimal; 0 where they count whole things."""
    if decimals:
        return float(10.0**-decimals)
    if is_counted(name, unit):
        return 0.0
    known = np.abs(numbers[np.isfinite(numbers)])
    return 1.0 if is_scaled(unit) or (known.size and float(np.median(known)) >= _LARGE) else 0.0


def slack(units: np.ndarray, own: float) -> float:
    """How far rounding can bring a sum of figures, each rounded to its unit, from one that is rounded to `own`."""
    return float(slacks((units**2).sum(), units.sum(), own))


def slacks(squares: np.ndarray, units: np.ndarray, own: np.ndarray | float) -> np.ndarray:
    """The same for many sums at once: of each the units' squares and the units added up, and what it is rounded to."""
    return np.asarray(np.minimum(_SPREAD * np.sqrt(squares + own**2), (units + own) / 2) * (1 + 1e-9))


def judge(
    cell: str,
    kind: str,
    stated: float,
    computed: float,
    allowed: float,
    size: float,
    lacking: int = 0,
    loose: float = 0.0,
) -> Check:
    """The check of one cell; `size` is the sum of what was added, without signs: binary residue grows with it."""
    difference = stated - computed
    if abs(difference) <= 1e-9 * max(1.0, abs(stated), size):
        return Check(cell, kind, stated, round(computed, 9), 0.0, AGREES, lacking)
    verdict = ROUNDING if abs(difference) <= allowed else DIFFERS
    return Check(cell, kind, stated, round(computed, 9), round(difference, 9), verdict, lacking, loose=loose)


def softened(checks: Sequence[Check]) -> list[Check]:
    """The same checks, small differences called rounding where a table has so many of them that its source rounds so.

    Small are those within `loose`; many are three and a twentieth of all (two, where they are a quarter). A table that
    is rounded in a fifth of its checks is given three times as much.
    """
    often = sum(check.verdict == ROUNDING for check in checks) * 5 >= len(checks)
    wide = 3.0 if often else 1.0
    small = [check.verdict == DIFFERS and abs(check.difference) <= wide * check.loose * (1 + 1e-9) for check in checks]
    count = sum(small)
    many = (count >= 3 and count * 20 >= len(checks)) or (count == 2 and count * 4 >= len(checks) and len(checks) > 3)
    if not many and not often:
        return list(checks)
    return [check._replace(verdict=ROUNDING) if one else check for check, one in zip(checks, small, strict=True)]


def granularity(numbers: np.ndarray, decimals: np.ndarray) -> float:
    """What figures may be rounded to at the least: their last decimal, or what all of them are multiples of (5, 100)."""
    last = float(10.0 ** -float(decimals.max(initial=0)))
    known = np.abs(numbers[np.isfinite(numbers) & (numbers != 0)])
    if last < 1 or known.size < _FEWEST_MULTIPLES or known.max() > _LARGEST or (known % 1 != 0).any():
        return last
    return max(last, float(np.gcd.reduce(known.astype(np.int64))))
