"""An index together with its error, its number of rows and the convention it was computed by."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, eq=False)
class Estimate(float):
    """A number that can be used as a float and carries what is needed to quote it.

    `se` is the standard error, `low` and `high` the ends of the 95 % interval, `n` the rows with a weight above zero,
    `convention` the definition in words. Where there is nothing, `value` is nan and `n` is 0; where there is a value
    but no error can be had (one cluster, one row), `se`, `low` and `high` are nan and `convention` says why.
    Arithmetic and comparison are those of the value; the result of arithmetic is a plain float.
    """

    value: float
    se: float = math.nan
    low: float = math.nan
    high: float = math.nan
    n: int = 0
    convention: str = ""

    def __new__(cls, value: float, *_others: Any, **_named: Any) -> Self:
        """Make the float itself; the dataclass then fills the fields."""
        return super().__new__(cls, value)

    def __str__(self) -> str:
        """Print as the bare number, so that a formatted text never shows the fields by accident."""
        return float.__repr__(self)


def nothing(convention: str, n: int = 0) -> Estimate:
    """Give the estimate of something that is not there: nan, with the reason in `convention`."""
    return Estimate(math.nan, n=n, convention=convention)
