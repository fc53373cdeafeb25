"""Odd and wrong cells planted in a column that was written properly, and a line for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from louxing_analysis.sample.facts import Facts
from louxing_analysis.sample.mess import KINDS, QUARANTINED, SET_ASIDE, SET_RIGHT, Defect, Kind
from louxing_analysis.sample.odd_numbers import Setting
from louxing_analysis.sample.spelling import Column, first_day


@dataclass(frozen=True)
class Shares:
    """How much of a column is written oddly, and how much wrongly."""

    odd: float
    wrong: float

    @classmethod
    def of(cls, level: int) -> Shares:
        """Level 1 is an ordinary office; 2 and 3 are twice as careless."""
        return cls(0.0, 0.0) if not level else cls(0.008, 0.003) if level == 1 else cls(0.016, 0.006)


@dataclass(frozen=True)
class Care:
    """What must not happen to a column of this sheet."""

    odd: bool = True  # may hold cells written oddly
    wrong: bool = True  # may hold cells that cannot be read
    coarse: bool = True  # may hold dates coarser than the column's
    stands: bool = False  # a wrong cell takes the row along
    spared: frozenset[int] = frozenset()  # records whose cell must stay readable


def plant(column: Column, facts: Facts, shares: Shares, care: Care, rng: Random, text_only: bool) -> list[Defect]:
    """Write some cells of a column oddly; changes its cells, truth and precision, and says which."""
    kind = "code_text" if column.fact.name.endswith("_code") and column.fact.kind == "text" else column.fact.kind
    setting = Setting(column.fact, column.manner, facts, rng, text_only)
    defects: list[Defect] = []
    touched: set[int] = set()
    for wrong, share in ((False, shares.odd if care.odd else 0.0), (True, shares.wrong if care.wrong else 0.0)):
        ways = _ways(kind, wrong, care, text_only)
        count = int(len(column.values) * share + rng.random()) if ways and share else 0
        for record in sorted(rng.sample(range(len(column.values)), min(count, len(column.values)))):
            if record not in touched and record not in care.spared and column.values[record] is not None:
                defect = _write_oddly(column, record, rng.choice(ways), setting, care)
                if defect is not None:
                    touched.add(record)
                    defects.append(defect)
    return defects


def _ways(kind: str, wrong: bool, care: Care, text_only: bool) -> list[Kind]:
    return [
        way
        for way in KINDS
        if kind in way.columns
        and (way.expected == SET_ASIDE) == wrong
        and not (text_only and way.typed)
        and not (way.precision and not care.coarse)
    ]


def _write_oddly(column: Column, record: int, way: Kind, setting: Setting, care: Care) -> Defect | None:
    """Write one cell in one way; None where the way does not fit the value."""
    value = column.values[record]
    if column.precision is not None and way.expected == SET_RIGHT and column.precision[record] != "day":
        return None  # what is known to the month gets no day
    written = way.write(value, setting)
    if written is None or (written == column.cells[record] and type(written) is type(column.cells[record])):
        return None
    column.cells[record] = written
    expected = way.expected
    if way.expected == SET_ASIDE:
        column.truth[record] = None
        if column.precision is not None:
            column.precision[record] = None
        expected = QUARANTINED if care.stands else SET_ASIDE
    elif way.precision and column.precision is not None:
        column.truth[record] = first_day(value, way.precision)
        column.precision[record] = way.precision
    return Defect(record, way.name, written, value, expected)
