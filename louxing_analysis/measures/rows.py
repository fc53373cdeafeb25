"""Columns of numbers with their weights, clusters and strata, checked once on the way in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.generic]


@dataclass(frozen=True)
class Rows:
    """Checked columns, all of one length, without the rows that weigh nothing.

    `weights` are as given (1 where none were); `total` is their sum; `clusters` and `strata` are labels as given.
    """

    columns: dict[str, Array]
    weights: Array
    total: float
    clusters: Labels | None
    strata: Labels | None

    def __getitem__(self, name: str) -> Array:
        """Give one column by its name."""
        return self.columns[name]

    @property
    def n(self) -> int:
        """Count the rows that weigh something."""
        return int(self.weights.size)

    @property
    def share(self) -> Array:
        """Give each row's share of the total weight."""
        return self.weights / self.total

    def mean(self, values: Array) -> float:
        """Give the weighted mean of one value per row."""
        return float(np.dot(self.weights, values)) / self.total

    def where(self, keep: NDArray[np.bool_]) -> Rows:
        """Keep some of the rows, with their weights and labels."""
        weights = self.weights[keep]
        return Rows(
            {name: column[keep] for name, column in self.columns.items()},
            weights,
            float(weights.sum()),
            None if self.clusters is None else self.clusters[keep],
            None if self.strata is None else self.strata[keep],
        )


def numbers(values: ArrayLike, name: str) -> Array:
    """Give `values` as a 1-D float array; ValueError (naming how many) if some are missing or endless."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, it has {array.ndim} dimensions")
    # One sum tells whether anything is NaN or infinite; only then is it worth a second pass to count them.
    with np.errstate(over="ignore", invalid="ignore"):
        total = array.sum()
    if not np.isfinite(total):
        missing, endless = int(np.isnan(array).sum()), int(np.isinf(array).sum())
        if missing:
            raise ValueError(f"{name}: {missing} of {array.size} values are missing (NaN); leave them out and say so")
        if endless:
            raise ValueError(f"{name}: {endless} of {array.size} values are infinite")
    return array


def checked(
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    /,
    **columns: ArrayLike,
) -> Rows:
    """Check columns, weights (≥ 0, finite) and labels, and leave out the rows of weight zero.

    Raises ValueError for missing values (how many), two-dimensional input, lengths that differ or negative weights.
    """
    arrays = {name: numbers(values, name) for name, values in columns.items()}
    first, length = next((name, array.size) for name, array in arrays.items())
    for name, array in arrays.items():
        _same_length(name, array.size, first, length)
    weight = np.ones(length) if weights is None else numbers(weights, "weights")
    _same_length("weights", weight.size, first, length)
    labels = [_labels(given, name, first, length) for given, name in ((clusters, "clusters"), (strata, "strata"))]
    lowest = float(weight.min()) if length else 1.0
    if lowest < 0:
        raise ValueError(f"weights: {int((weight < 0).sum())} of {length} are negative")
    rows = Rows(arrays, weight, float(weight.sum()), labels[0], labels[1])
    return rows.where(weight > 0) if lowest == 0 else rows


def require_positive(rows: Rows, name: str, measure: str, choice: str, zero_allowed: bool = False) -> tuple[Rows, str]:
    """Refuse, or count out, values that a logarithm or a power cannot take; give the rows and a note for the
    convention.

    `choice` is "refuse" (ValueError saying how many) or "count_out" (they are left out and counted in the note).
    """
    one_of(choice, "not_positive", ("refuse", "count_out"))
    good = rows[name] >= 0 if zero_allowed else rows[name] > 0
    bad = rows.n - int(np.count_nonzero(good))
    if not bad:
        return rows, ""
    kind = "negative" if zero_allowed else "zero or negative"
    if choice == "refuse":
        raise ValueError(f"{name}: {bad} of {rows.n} values are {kind}, which {measure} cannot take")
    return rows.where(good), f"; {bad} of {rows.n} rows left out because {kind}"


def one_of(given: str, name: str, allowed: tuple[str, ...]) -> str:
    """Give the option back if it is one of those allowed; ValueError with the list if not."""
    if given not in allowed:
        raise ValueError(f"{name}={given!r} is not known; it is one of {', '.join(allowed)}")
    return given


def _labels(given: ArrayLike | None, name: str, first: str, length: int) -> Labels | None:
    if given is None:
        return None
    array = np.asarray(given)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, it has {array.ndim} dimensions")
    _same_length(name, array.size, first, length)
    return array


def _same_length(name: str, length: int, first: str, expected: int) -> None:
    if length != expected:
        raise ValueError(f"{name} has {length} values, {first} has {expected}")
