"""The strongest reader of a table with hidden cells: how far linear programming narrows each of them down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

from louxing_analysis.report.relations import Cells

_BEYOND = 1e12
_SLACK = 1e-6


@dataclass(frozen=True)
class _Unknowns:
    """The hidden cells as unknowns of linear relations: equal · x = fixed, within · x ≤ limit, floor ≤ x."""

    place: dict[int, int]
    equal: csr_matrix
    fixed: np.ndarray
    within: csr_matrix
    limit: np.ndarray
    floor: np.ndarray
    pieces: np.ndarray


def _unknowns(cells: Cells, hidden: np.ndarray) -> _Unknowns:
    place = {int(cell): at for at, cell in enumerate(np.flatnonzero(hidden))}
    equal, fixed = _sums(cells, hidden, place)
    within, limit = _within_base(cells, hidden, place)
    floor = np.where(cells.is_count[hidden], 1.0, -_BEYOND)
    return _Unknowns(place, equal, fixed, within, limit, floor, _pieces(equal, within))


def narrowed(cells: Cells, hidden: np.ndarray, threshold: int) -> list[int]:
    """The hidden counts for which fewer than `threshold` whole numbers remain possible, and hidden sums that are told.

    Every solution found on the way shows values that many cells can take, so that most need no search of their own.
    """
    known = _unknowns(cells, hidden)
    targets = np.flatnonzero(hidden)
    enough = np.where(cells.is_count[targets], threshold - 1, 1)
    low, high = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
    by_hand = _by_hand(known, low, high)
    loose = [int(cell) for cell in targets[by_hand & (np.floor(high + _SLACK) - np.ceil(low - _SLACK) < enough)]]
    for at, cell in enumerate(targets):
        if by_hand[at]:
            continue
        ends = [np.nan, np.nan]
        for side, sign in enumerate((1, -1)):
            if high[at] - low[at] >= enough[at]:
                break
            ends[side], mine, point = _end(known, at, sign)
            if point is not None:
                low[mine], high[mine] = np.minimum(low[mine], point), np.maximum(high[mine], point)
        else:
            if np.floor(ends[1] + _SLACK) - np.ceil(ends[0] - _SLACK) < enough[at]:
                loose.append(int(cell))
    return loose


def _by_hand(known: _Unknowns, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Fill in the ends of unknowns that share one plain sum, or none: exact without any search (most tables are such)."""
    done = np.zeros(len(low), dtype=bool)
    for piece in np.unique(known.pieces):
        mine = np.flatnonzero(known.pieces == piece)
        equal, within = known.equal[:, mine], known.within[:, mine]
        rows, caps = np.flatnonzero(np.diff(equal.indptr)), np.flatnonzero(np.diff(within.indptr))
        plain = len(rows) == 0 or (len(rows) == 1 and len(equal.data) == len(mine) and len(set(equal.data)) == 1)
        if not plain or (np.diff(within.indptr) > 1).any() or (within.data < 0).any():
            continue
        least, most = known.floor[mine], np.full(len(mine), np.inf)
        for cap in caps:
            most[within[cap].indices] = np.minimum(most[within[cap].indices], known.limit[cap])
        if len(rows):
            total = float(known.fixed[rows[0]] / equal.data[0])
            others = np.array([np.delete(most, at).sum() for at in range(len(mine))])
            least, most = np.maximum(least, total - others), np.minimum(most, total - (least.sum() - least))
        low[mine], high[mine], done[mine] = least, most, True
    return done


def possible(cells: Cells, hidden: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The smallest and largest whole number each of these hidden cells can be, for a reader who knows all relations.

    The reader knows every shown cell, every sum, that equal bases are equal, that a count is at most its base, and that
    a hidden count is at least 1 because zeros are shown.
    """
    known = _unknowns(cells, hidden)
    ends = [[_end(known, known.place[int(cell)], sign)[0] for sign in (1, -1)] for cell in targets]
    bounds = np.array(ends, dtype=float).reshape(-1, 2)
    return np.ceil(bounds[:, 0] - _SLACK), np.floor(bounds[:, 1] + _SLACK)


def _end(known: _Unknowns, target: int, sign: int) -> tuple[float, np.ndarray, np.ndarray | None]:
    """The least (sign 1) or greatest (−1) value of one unknown, the unknowns it hangs together with, and where."""
    mine = np.flatnonzero(known.pieces == known.pieces[target])
    rows = np.flatnonzero(np.diff(known.equal[:, mine].indptr))
    caps = np.flatnonzero(np.diff(known.within[:, mine].indptr))
    if not len(rows) and not len(caps):
        return (float(known.floor[target]) if sign == 1 else np.inf), mine, None
    answer = linprog(
        sign * (mine == target).astype(float),
        A_eq=known.equal[rows][:, mine] if len(rows) else None, b_eq=known.fixed[rows] if len(rows) else None,
        A_ub=known.within[caps][:, mine] if len(caps) else None, b_ub=known.limit[caps] if len(caps) else None,
        bounds=np.column_stack([known.floor[mine], np.full(len(mine), np.inf)]), method="highs-ds",
        options={"presolve": False},
    )  # fmt: skip
    if answer.status == 0:
        return float(sign * answer.fun), mine, np.asarray(answer.x)
    return (-np.inf if sign == 1 else np.inf), mine, None


def _pieces(equal: csr_matrix, within: csr_matrix) -> np.ndarray:
    """Which unknowns hang together: only their relations bear on a cell."""
    touched = abs(vstack([equal, within]).tocsr()).sign()
    return np.asarray(connected_components(touched.T @ touched, directed=False)[1])


def _sums(cells: Cells, hidden: np.ndarray, place: dict[int, int]) -> tuple[csr_matrix, np.ndarray]:
    rows, columns, signs, fixed = [], [], [], []
    line = 0
    for relation in cells.sums:
        unknown = [
            (place[cell], sign) for cell, sign in zip(relation.cells, relation.signs, strict=True) if hidden[cell]
        ]
        if not unknown:
            continue
        known = sum(
            sign * cells.truth[c] for c, sign in zip(relation.cells, relation.signs, strict=True) if not hidden[c]
        )
        for at, sign in unknown:
            rows.append(line)
            columns.append(at)
            signs.append(float(sign))
        fixed.append(-float(known))
        line += 1
    for group in np.unique(cells.same[hidden & (cells.same >= 0)]):
        first, *others = [place[int(cell)] for cell in np.flatnonzero(hidden & (cells.same == group))]
        for other in others:
            rows += [line, line]
            columns += [first, other]
            signs += [1.0, -1.0]
            fixed.append(0.0)
            line += 1
    return csr_matrix((signs, (rows, columns)), shape=(line, len(place))), np.array(fixed)


def _within_base(cells: Cells, hidden: np.ndarray, place: dict[int, int]) -> tuple[csr_matrix, np.ndarray]:
    rows, columns, signs, limit = [], [], [], []
    line = 0
    for count, base in zip(*cells.pairs(), strict=True):
        if not cells.is_count[count] or not (hidden[count] or hidden[base]):
            continue
        for cell, sign in ((count, 1.0), (base, -1.0)):
            if hidden[cell]:
                rows.append(line)
                columns.append(place[int(cell)])
                signs.append(sign)
        limit.append(float((0 if hidden[base] else cells.truth[base]) - (0 if hidden[count] else cells.truth[count])))
        line += 1
    return csr_matrix((signs, (rows, columns)), shape=(line, len(place))), np.array(limit)
