"""Which rows of a table a stated total or subtotal adds up: the reading of the rows that fits most of its columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.verdicts import slacks

_MOST_STARTS = 40  # earlier marks looked back to
_LONGEST_RUN = 400  # rows of a run beside a stated row
_MOST_ROWS = 300  # rows among which sums that no word marks are looked for
_ENOUGH = 0.5  # of its columns that a reading has to fit
_CLEARLY = 0.8
_FEWEST_DIGITS = 5.0  # that have to agree before a sum is believed that no word marks


class Scale(NamedTuple):
    """What the columns are rounded to: the parts, and each row's own figures where it states a sum; 0 is exact."""

    parts: np.ndarray
    stated: np.ndarray


class Reading(NamedTuple):
    """Rows of one kind (`of`: data, subtotal, outer, leaves, or a level) from `begin` up to but not with `end`."""

    of: str
    begin: int
    end: int


class Choice(NamedTuple):
    """The reading taken for a stated row: where its columns fit, which were asked, and whether it is believed.

    `plain` tells the reading that office tables use when nothing speaks for another one.
    """

    reading: Reading
    fits: np.ndarray
    asked: np.ndarray
    believed: bool
    plain: bool


class Body:
    """The rows of a table: their kinds, their figures (NaN where none) and levels, ready to be added up.

    Rows count from the table's first. `levels` tells rows apart that stand farther in, or are numbered otherwise.
    """

    def __init__(self, kinds: np.ndarray, numbers: np.ndarray, levels: np.ndarray, scale: Scale) -> None:
        self.kinds, self.numbers, self.levels, self.scale = kinds, numbers, levels, scale
        self._known = np.nan_to_num(numbers)
        self._masks = {"data": kinds == "data", "subtotal": kinds == "subtotal"}
        self._sums: dict[str, np.ndarray] = {}
        self._tallies: dict[str, np.ndarray] = {}
        self._unmarked: list[tuple[int, Reading]] | None = None
        self.covered = np.zeros(len(kinds), dtype=bool)  # data rows that a subtotal is known to add up

    def mask(self, of: str) -> np.ndarray:
        """Which rows belong to a kind of reading."""
        if of not in self._masks:
            if of == "outer":
                self._masks[of] = self._masks["subtotal"] | (self._masks["data"] & ~self.covered)
            elif of == "leaves":
                self._masks[of] = self._masks["data"].copy()
                self._masks[of][[place for place, _ in self.unmarked_sums()]] = False
            else:
                self._masks[of] = self._masks["data"] & (self.levels == int(of))
        return self._masks[of]

    def cover(self, rows: np.ndarray) -> None:
        """Remember that a subtotal adds these rows up."""
        self.covered[rows] = True
        for known in (self._masks, self._sums, self._tallies):
            known.pop("outer", None)

    def rows(self, reading: Reading) -> np.ndarray:
        """The rows that a reading adds up."""
        return np.flatnonzero(self.mask(reading.of)[reading.begin : reading.end]) + reading.begin

    def count(self, reading: Reading) -> int:
        """How many rows a reading adds up."""
        tally = self._tally(reading.of)
        return int(tally[reading.end] - tally[reading.begin])

    def total(self, reading: Reading) -> np.ndarray:
        """What they add up to, column by column."""
        sums = self.running(reading.of)
        return np.asarray(sums[reading.end] - sums[reading.begin])

    def running(self, of: str) -> np.ndarray:
        """Running sums of the rows of one kind, with a row of zeros before the first."""
        if of not in self._sums:
            rows = np.where(self.mask(of)[:, None], self._known, 0.0)
            self._sums[of] = np.vstack([np.zeros(rows.shape[1]), np.cumsum(rows, axis=0)])
        return self._sums[of]

    def unmarked_sums(self) -> list[tuple[int, Reading]]:
        """Data rows that are the sum of a run of rows right under or over them, in clearly most columns; with that run."""
        if self._unmarked is None:
            self._unmarked = _find_unmarked(self)
        return self._unmarked

    def digits(self, place: int) -> np.ndarray:
        """How many digits each figure of a row has: what it takes to hit it by chance."""
        fraction = (np.nan_to_num(self.numbers) % 1 != 0).any(axis=0)
        unit = np.where(self.scale.parts > 0, self.scale.parts, np.where(fraction, 0.01, 1.0))
        return np.asarray(np.log10(1 + np.abs(np.nan_to_num(self.numbers[place])) / unit))

    def _tally(self, of: str) -> np.ndarray:
        if of not in self._tallies:
            self._tallies[of] = np.concatenate([[0], np.cumsum(self.mask(of))])
        return self._tallies[of]

    def fits(self, place: int, sums: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Where sums (one line a candidate) are no farther from a row's figures than rounding can bring them."""
        stated, unit, own = self.numbers[place], self.scale.parts, self.scale.stated[place]
        many = np.atleast_1d(counts)[:, None]
        slack = slacks(many * unit**2, many * unit, own) + 1e-9 * np.maximum(1.0, np.abs(stated))
        with np.errstate(invalid="ignore"):
            return np.asarray(np.abs(np.atleast_2d(sums) - stated) <= slack)


def choose(body: Body, place: int, marked_only: bool = False) -> Choice | None:
    """The reading that fits most columns of a stated row, the likeliest of equals; None where it has no rows at all.

    First what the kinds of the rows suggest (nothing else where `marked_only`), then rows of one level, then any run of rows beside it (if what agrees is
    no chance), then the rows without those that are sums themselves.
    """
    likely = [reading for reading in readings(body.kinds, place) if body.count(reading)]
    if not likely:
        return None
    asked = np.isfinite(body.numbers[place])
    if not asked.any():
        return None
    weighed = asked & (body.numbers[place] != 0)
    best = _best(body, place, likely, weighed if weighed.any() else asked)
    if best[1] < _CLEARLY and not marked_only:
        for more in (_by_level(body, likely), _runs(body, place, weighed), _leaves(body, likely)):
            found = _best(body, place, more, weighed if weighed.any() else asked) if more else best
            if found[1] > max(best[1], _ENOUGH - 1e-9):
                best = found
    believed = best[1] >= _ENOUGH
    reading = best[0] if believed else likely[0]
    fits = body.fits(place, body.total(reading), np.array(body.count(reading)))[0] & asked
    return Choice(reading, fits, asked, believed, reading == likely[0])


def _best(body: Body, place: int, candidates: list[Reading], weighed: np.ndarray) -> tuple[Reading, float]:
    """The candidate that fits the largest share of the columns, and that share; the first of equals."""
    sums = np.array([body.total(reading) for reading in candidates])
    counts = np.array([body.count(reading) for reading in candidates])
    shares = body.fits(place, sums, counts)[:, weighed].mean(axis=1)
    at = int(np.argmax(shares))
    return candidates[at], float(shares[at])


def readings(kinds: np.ndarray, place: int) -> list[Reading]:
    """What a stated row may add up by the kinds of the rows around it, the likeliest first."""
    spans = _spans(kinds, place)
    found = [Reading("data", *span) for span in spans]
    for of in ("subtotal", "outer"):
        found += [
            Reading(of, begin, end)
            for begin, end in spans
            if (kinds[begin:end] == "subtotal").sum() >= 1 + (begin <= place < end and kinds[place] == "subtotal")
        ]
    return found


def _spans(kinds: np.ndarray, place: int) -> list[tuple[int, int]]:
    total = kinds[place] == "total"
    own = np.flatnonzero(kinds == "total" if total else np.isin(kinds, ("total", "subtotal", "section", "header")))
    before, after = own[own < place], own[own > place]
    until = int(after[0]) if after.size else len(kinds)
    above = [(int(start) + 1, place) for start in before[::-1][:_MOST_STARTS]] + [(0, place)]
    everything, below = (0, len(kinds)), (place + 1, until)
    if total:
        several = int((kinds == "total").sum()) > 1
        rows_above = bool((kinds[:place] == "data").any())
        spans = [*above, below, everything] if several and rows_above else [everything, *above, below]
        if several and not rows_above:
            spans = [below, everything, *above]
        return spans + _parts_of_page(kinds, place)
    totals = after[kinds[after] == "total"]
    whole = (place + 1, int(totals[0]) if totals.size else len(kinds))
    heads = not (kinds[: int(np.flatnonzero(kinds == "subtotal")[0])] == "data").any()  # no rows above the first one
    return [below, whole, *above] if heads else [*above, below, whole]


def _parts_of_page(kinds: np.ndarray, place: int) -> list[tuple[int, int]]:
    """From heading to heading: each may divide the whole in its own way (by sex, by age)."""
    marks = np.flatnonzero(np.isin(kinds, ("section", "total"))).tolist()
    ends = [*marks[1:], len(kinds)]
    return [(mark + 1, end) for mark, end in zip(marks, ends, strict=True) if end - mark > 2][:_MOST_STARTS]


def _by_level(body: Body, likely: list[Reading]) -> list[Reading]:
    """The same spans, but only the rows on the level of their first data row."""
    found = []
    for _, begin, end in likely:
        data = np.flatnonzero(body.mask("data")[begin:end])
        if data.size:
            level = str(int(body.levels[begin + data[0]]))
            reading = Reading(level, begin, end)
            if 2 <= body.count(reading) < data.size:
                found.append(reading)
    return found


def _runs(body: Body, place: int, weighed: np.ndarray) -> list[Reading]:
    """Runs of data rows that begin under a stated row or end above it and agree to more digits than chance would."""
    below = np.arange(place + 1, min(place + _LONGEST_RUN, len(body.kinds)))
    above = np.arange(max(0, place - _LONGEST_RUN), place)
    spans = [(place + 1, int(end) + 1) for end in below[body.mask("data")[below]]][1:]
    spans += [(int(begin), place) for begin in above[body.mask("data")[above]]][:-1]
    return _telling(body, place, [Reading("data", *span) for span in spans], weighed)


def _telling(body: Body, place: int, candidates: list[Reading], weighed: np.ndarray) -> list[Reading]:
    if not candidates or not weighed.any():
        return []
    sums = np.array([body.total(reading) for reading in candidates])
    counts = np.array([body.count(reading) for reading in candidates])
    fits = body.fits(place, sums, counts) & weighed
    digits = fits @ body.digits(place) - np.log10(len(candidates))
    return [reading for reading, enough in zip(candidates, digits >= _FEWEST_DIGITS, strict=True) if enough]


def _leaves(body: Body, likely: list[Reading]) -> list[Reading]:
    """The same spans without the rows that are sums of others though no word says so (市区 over its districts)."""
    if int(body.mask("data").sum()) > _MOST_ROWS or not body.unmarked_sums():
        return []
    return [Reading("leaves", begin, end) for of, begin, end in likely if of == "data"]


def _find_unmarked(body: Body) -> list[tuple[int, Reading]]:
    rows = np.flatnonzero(body.mask("data"))
    if not 3 <= rows.size <= _MOST_ROWS:
        return []
    running = body.running("data")
    found = []
    for at, place in enumerate(rows.tolist()):
        stated = body.numbers[place]
        weighed = np.isfinite(stated) & (stated != 0)
        if not weighed.any():
            continue
        digits = body.digits(place)
        if float(digits[weighed].sum()) < _FEWEST_DIGITS:
            continue
        ends, begins = rows[at + 2 :] + 1, rows[: max(at - 1, 0)][::-1]
        sums = np.vstack([running[ends] - running[place + 1], running[place] - running[begins]])
        counts = np.concatenate([np.arange(2, 2 + ends.size), np.arange(2, 2 + begins.size)])
        if not counts.size:
            continue
        fits = body.fits(place, sums, counts) & weighed
        shares = fits.sum(axis=1) / weighed.sum()
        good = np.flatnonzero((shares >= _CLEARLY) & (fits @ digits - np.log10(counts.size) >= _FEWEST_DIGITS))
        if good.size:
            one = int(good[np.argmax(shares[good])])
            span = (place + 1, int(ends[one])) if one < ends.size else (int(begins[one - ends.size]), place)
            found.append((place, Reading("data", *span)))
    return found
