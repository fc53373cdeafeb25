"""Small ways to draw and to count on arrays, used by every part of the made-up district."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def pick(
    generator: np.random.Generator, options: Sequence[str], size: int, weights: Sequence[float] | None = None
) -> Array:
    """Draw texts with the given weights (need not sum to one); object array of `size`."""
    share = None if weights is None else np.asarray(weights, dtype=float) / np.sum(weights)
    return np.array(options, dtype=object)[generator.choice(len(options), size=size, p=share)]


def rank_within(group: Array) -> Array:
    """The running number (from 0) of every element inside its group, in order of appearance."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(group) else np.array([], dtype=int)
    lengths = np.diff(np.r_[starts, len(group)])
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(starts, lengths)
    return rank


def shared_out(total: int, weights: Array, least: int = 0) -> Array:
    """Whole numbers that add up to `total`, in proportion to the weights (largest remainders), none below `least`."""
    counts = np.full(len(weights), least, dtype=np.int64)
    rest = total - counts.sum()
    if rest < 0:
        raise ValueError("not enough to go round")
    exact = rest * weights / weights.sum()
    counts += np.floor(exact).astype(np.int64)
    largest = np.argsort(-(exact - np.floor(exact)), kind="stable")[: total - counts.sum()]
    counts[largest] += 1
    return counts


def month_start(year: Array | int, month: Array | int) -> Array:
    """The first day of months, as datetime64[D]; months may run past 12 or below 1."""
    count = (np.asarray(year) - 1970) * 12 + np.asarray(month) - 1
    return count.astype("datetime64[M]").astype("datetime64[D]")


def month_length(first: Array) -> Array:
    """The number of days in months given by their first day."""
    following = (first.astype("datetime64[M]") + np.timedelta64(1, "M")).astype("datetime64[D]")
    return (following - first.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)


def day_in_month(generator: np.random.Generator, first: Array, low: int = 1, high: int = 28) -> Array:
    """A random day of each month, between two days of the month, both included."""
    return first + generator.integers(low - 1, high, len(first)).astype("timedelta64[D]")


def with_precision(dates: Array, by_month: Array) -> tuple[Array, Array]:
    """Dates of which some are known to the month only (they become its first day), and the precision of each."""
    known = np.where(by_month, dates.astype("datetime64[M]").astype("datetime64[D]"), dates)
    precision = np.where(by_month, "month", "day").astype(object)
    return known, only(~np.isnat(dates), precision)


def year_of(dates: Array) -> Array:
    """Calendar years of dates."""
    return dates.astype("datetime64[Y]").astype(np.int64) + 1970


def only(keep: Array, values: Array) -> Array:
    """The values where `keep` holds and missing (None) elsewhere, as an object array."""
    result = np.full(keep.shape, None, dtype=object)
    result[keep] = values[keep]
    return result


def joined(parts: Sequence[Array], separator: str = "|") -> Array:
    """Several codes in one cell: the parts of each row that are there, joined in order; None when there is none."""
    result = np.array([None] * len(parts[0]), dtype=object)
    for part in parts:
        there = np.array([value is not None for value in part])
        first = np.array([value is None for value in result])
        result[there & first] = part[there & first]
        more = there & ~first
        result[more] = result[more] + separator + part[more]
    return result
