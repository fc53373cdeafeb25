"""Sum, difference and of-which columns checked row by row, and of-which rows against the row they are part of."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.arithmetic import Relation, computed_of, of_which_owner
from louxing_analysis.cleaning.figures import Figures, as_text
from louxing_analysis.cleaning.proofs import Break, Proof
from louxing_analysis.cleaning.sheet import cell_address
from louxing_analysis.cleaning.verdicts import AGREES, DIFFERS, ROUNDING, Check, granularity, judge, slacks, softened

_ALL_SHOWN = 2000  # rows; of a longer table only what does not agree is listed
_FEWEST, _MOSTLY = 5, 0.9
_MANY_DECIMALS = 4
_TIMES = 10.0  # a part more than this many times its row above is part of another one
_SEVERAL = 3  # columns in which an of-which row is compared before its owner is believed


class RowSums(NamedTuple):
    """Checks of rows, the differences among them with their cells, and what they prove of cells not readable."""

    checks: list[Check]
    breaks: list[Break]
    proofs: list[Proof]


class _Judged(NamedTuple):
    place: int
    relation: Relation
    check: Check


def check_rows(figures: Figures, kinds: np.ndarray, relations: list[Relation], units: np.ndarray) -> RowSums:
    """Every row of a table against the relations of its columns; rows with an empty part say nothing unless they agree."""
    found = RowSums([], [], [])
    rows = np.flatnonzero(np.isin(kinds, ("data", "total", "subtotal", "of_which")))
    judged: list[list[_Judged]] = []
    for relation in relations:
        checks, proofs = _check_relation(figures, rows, relation, units)
        judged.append(checks)
        found.proofs.extend(proofs)
    strange = _strange_rows([one for checks in judged for one in checks])
    for checks in judged:
        kept = [one for one in checks if one.place not in strange]
        for one, check in zip(kept, softened([one.check for one in kept]), strict=True):
            if rows.size <= _ALL_SHOWN or check.verdict != AGREES:
                found.checks.append(check)
            if check.verdict == DIFFERS:
                found.breaks.append(_break(figures, one.place, one.relation, check))
    return found


def _check_relation(
    figures: Figures, rows: np.ndarray, relation: Relation, units: np.ndarray
) -> tuple[list[_Judged], list[Proof]]:
    """The rows of one relation, and what it proves of the cells that cannot be read."""
    columns = [relation.target, *relation.plus, *relation.minus]
    block, lacking = figures.numbers[rows][:, columns], figures.lacking[rows][:, columns]
    decimals = figures.decimals[rows][:, columns]
    known = np.isfinite(block)
    last = 10.0 ** -np.where(known, decimals, 0).max(axis=1).astype(float)  # what the figures of a row are rounded to
    own = np.where(units[columns] > 0, np.maximum(units[columns], last[:, None]), 0.0)
    allowed = slacks((own[:, 1:] ** 2).sum(axis=1), own[:, 1:].sum(axis=1), own[:, 0])
    if _ragged(decimals[known]):
        allowed = np.maximum(allowed, 0.5 * (10.0 ** -decimals.astype(float)).sum(axis=1))
    loose = np.maximum(granularity(block[known], decimals[known]), last) * len(columns) / 2
    checks, proofs = [], []
    for at in np.flatnonzero(known[:, 0] | lacking[:, 0]).tolist():
        place = int(rows[at])
        if lacking[at].any():
            proofs += _prove(figures, place, relation, columns, known[at], lacking[at], float(allowed[at]), units)
            continue
        check = _check(figures, place, relation, columns, known[at], float(allowed[at]), float(loose[at]))
        if check is not None:
            checks.append(_Judged(place, relation, check))
    return checks, proofs


def _strange_rows(checks: list[_Judged]) -> set[int]:
    """Rows that break most of several relations: they hold something else than the rows of the table."""
    asked = Counter(one.place for one in checks)
    broken = Counter(one.place for one in checks if one.check.verdict == DIFFERS)
    return {place for place, times in broken.items() if asked[place] >= _SEVERAL and times * 2 > asked[place]}


def _ragged(decimals: np.ndarray) -> bool:
    """Whether some figures are given to many decimals and others to few: then each is rounded by itself."""
    most = int(decimals.max(initial=0))
    return most >= _MANY_DECIMALS and bool((decimals <= most - 2).mean() >= 0.1)


def _check(
    figures: Figures,
    place: int,
    relation: Relation,
    columns: list[int],
    known: np.ndarray,
    allowed: float,
    loose: float,
) -> Check | None:
    numbers = figures.numbers[place]
    computed = computed_of(numbers, relation)
    if not known[0] or not math.isfinite(computed):
        return None
    parts = numbers[columns[1:]]
    size = float(np.nansum(np.abs(parts)))
    if size == 0 and numbers[relation.target] == 0:
        return None
    address = cell_address(place + figures.first, figures.columns[relation.target])
    check = judge(address, relation.kind, float(numbers[relation.target]), computed, allowed, size, 0, loose)
    return check if known.all() or check.verdict in (AGREES, ROUNDING) else None


def _break(figures: Figures, place: int, relation: Relation, check: Check) -> Break:
    def cells(positions: tuple[int, ...]) -> frozenset[tuple[int, int]]:
        return frozenset((place + figures.first, figures.columns[at]) for at in positions)

    stated = (place + figures.first, figures.columns[relation.target])
    return Break(check, stated, cells(relation.plus), cells(relation.minus))


def _prove(
    figures: Figures,
    place: int,
    relation: Relation,
    columns: list[int],
    known: np.ndarray,
    bad: np.ndarray,
    allowed: float,
    units: np.ndarray,
) -> list[Proof]:
    """The one cell of a row that cannot be read, where all the others are there."""
    if int(bad.sum()) != 1 or int((~known).sum()) != 1:
        return []
    at = columns[int(np.flatnonzero(bad)[0])]
    numbers = np.where(np.arange(len(figures.numbers[place])) == at, np.nan, figures.numbers[place])
    rest = computed_of(numbers, relation) if len(columns) > 2 else 0.0
    rest = 0.0 if math.isnan(rest) else rest
    stated = float(numbers[relation.target])
    value = rest if at == relation.target else stated - rest if at in relation.plus else rest - stated
    known_rows = np.isfinite(figures.numbers[:, at])
    value = round(value, int(figures.decimals[known_rows, at].max(initial=0))) + 0.0
    if at == relation.target:
        because = f"同行各栏 = {as_text(value)} / the columns of the row make {as_text(value)}"
    else:
        high, low = (stated, rest) if at in relation.plus else (rest, stated)
        equation = f"{as_text(high)} − {as_text(low)} = {as_text(value)}"
        because = f"{equation}：同行各栏 / {equation}: the columns of the row"
    return [Proof(place + figures.first, figures.columns[at], value, because, True, allowed, float(units[at]))]


def check_of_which_columns(figures: Figures, kinds: np.ndarray, names: list[str]) -> list[Check]:
    """Rows in which an of-which column (其中：女) says more than the column it is part of, where most rows do not."""
    found = []
    rows = np.flatnonzero(np.isin(kinds, ("data", "total", "subtotal")))
    for at in range(len(names)):
        owner = of_which_owner(names, at)
        if owner is None:
            continue
        part, whole = figures.numbers[rows, at], figures.numbers[rows, owner]
        judged = np.isfinite(part) & np.isfinite(whole) & (whole >= 0) & (part >= 0)
        over = judged & (part > whole * (1 + 1e-9))
        if judged.sum() >= _FEWEST and over.sum() <= (1 - _MOSTLY) * judged.sum():
            for offset in np.flatnonzero(over).tolist():
                address = cell_address(int(rows[offset]) + figures.first, figures.columns[at])
                found.append(judge(address, "of_which", float(part[offset]), float(whole[offset]), 0.0, 0.0))
    return found


def check_of_which_rows(figures: Figures, kinds: np.ndarray, units: np.ndarray) -> list[Check]:
    """Of-which rows against the row above them: no part is more than its whole; parts meant to exhaust it add up.

    Parts exhaust their whole where two or more of them do so in most columns. What is more than its whole is said only
    where most columns show that the row above is the whole; of a single column, where no total stands above.
    """
    found: list[Check] = []
    place = 0
    while place < len(kinds):
        if kinds[place] != "of_which":
            place += 1
            continue
        last = place
        while last + 1 < len(kinds) and kinds[last + 1] == "of_which":
            last += 1
        whole = next((row for row in range(place - 1, -1, -1) if kinds[row] in ("data", "total", "subtotal")), None)
        if whole is not None:
            found += _of_which(figures, kinds, whole, list(range(place, last + 1)), units)
        place = last + 1
    return found


def _of_which(figures: Figures, kinds: np.ndarray, whole: int, parts: list[int], units: np.ndarray) -> list[Check]:
    of_whole, of_parts = figures.numbers[whole], figures.numbers[parts]
    judged = np.isfinite(of_whole) & np.isfinite(of_parts).any(axis=0) & (of_whole > 0)
    judged &= ~(np.nan_to_num(of_parts) < 0).any(axis=0)
    sums = np.nansum(of_parts, axis=0)
    allowed = slacks(len(parts) * units**2, len(parts) * units, units)
    exhausted = judged & (np.abs(sums - of_whole) <= allowed + 1e-9 * np.abs(of_whole))
    asked = int(judged.sum())
    if len(parts) > 1 and asked >= _SEVERAL and exhausted.sum() >= 0.8 * asked:
        return [
            judge(
                cell_address(whole + figures.first, figures.columns[at]),
                "of_which",
                float(of_whole[at]),
                math.fsum(of_parts[np.isfinite(of_parts[:, at]), at].tolist()),
                float(allowed[at]),
                float(sums[at]),
            )
            for at in np.flatnonzero(judged).tolist()
        ]
    with np.errstate(invalid="ignore"):
        over = judged & (of_parts > of_whole * (1 + 1e-9) + allowed) & (of_parts <= _TIMES * of_whole)
    columns = over.any(axis=0)
    sure = columns.sum() * 4 <= asked if asked >= _SEVERAL else kinds[whole] == "data" and "total" not in kinds[:whole]
    if not sure:
        return []
    return [
        judge(
            cell_address(parts[part] + figures.first, figures.columns[at]),
            "of_which",
            float(of_parts[part, at]),
            float(of_whole[at]),
            0.0,
            0.0,
        )
        for part, at in zip(*(axis.tolist() for axis in np.nonzero(over)), strict=True)
    ]
