"""The counts of a table as cells, and what a reader knows of them: totals, equal bases, counts within their bases."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from louxing_analysis.charts.shown import is_total

MONEY_UNITS = frozenset({"yuan", "wan_yuan"})
_STATED = {"opening": 1, "identified": 1, "fallen_back": 1, "exited": -1, "left_register": -1, "closing": -1}
FLOWS = ({**_STATED, "difference": 1}, {**_STATED, "entered": 1, "other_in": 1, "other_out": -1})
"""Stock and flow, opening + in − out = closing: with what is left as a difference, and with every flow by name."""
DIFFERENCES = frozenset({"difference", "change"})
"""Codes of lines that may be below zero: no counts, but they give counts away."""


@dataclass(frozen=True)
class Sum:
    """A sum that holds in the table and that its reader knows: Σ signs × cells = 0."""

    cells: tuple[int, ...]
    signs: tuple[int, ...]


@dataclass(frozen=True)
class Cells:
    """Every count and base of a frame: cell numbers per line (−1: none), their true values, and what ties them."""

    truth: np.ndarray  # by cell
    is_count: np.ndarray  # by cell: a number of people, households… (money is hidden with its base, not for itself)
    is_margin: np.ndarray  # by cell: stands in a line that is a total
    same: np.ndarray  # by cell: bases known to be one and the same number share a group, else −1
    count_of: np.ndarray  # by line
    base_of: np.ndarray  # by line
    sums: tuple[Sum, ...]
    fixed: np.ndarray  # by cell: told elsewhere, so that it can be hidden no more

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """The cells of count and base of the lines that have both."""
        both = (self.count_of >= 0) & (self.base_of >= 0)
        return self.count_of[both], self.base_of[both]

    def bases_of(self, cell: int) -> list[int]:
        """The bases over which this count stands."""
        return [int(base) for base in self.base_of[self.count_of == cell] if base >= 0]


def read_cells(frame: pd.DataFrame, groups: tuple[str, ...], own_lines: int | None = None) -> Cells:
    """Number the cells of a frame and find the relations that hold among them; lines after the own are told elsewhere."""
    lines = len(frame)
    count = _numbers(frame, "numerator")
    base = _numbers(frame, "denominator")
    if np.isnan(count).all() and np.isnan(base).all():
        count = _numbers(frame, "value")
    truth = np.concatenate([count, base])
    known = ~np.isnan(truth)
    number = np.where(known, np.cumsum(known) - 1, -1)
    is_money = (
        frame["unit"].astype("str").isin(MONEY_UNITS).to_numpy() if "unit" in frame else np.zeros(lines, dtype=bool)
    )
    signed = frame[list(groups)].isin(DIFFERENCES).any(axis=1).to_numpy() if groups else np.zeros(lines, dtype=bool)
    counts = np.concatenate([~is_money & ~signed & _whole(count), _whole(base)])
    margin = np.zeros(lines, dtype=bool)
    for group in groups:
        margin |= is_total(frame[group]).to_numpy()
    keys = frame[[*groups, "period"]].astype("str").reset_index(drop=True)
    for group in groups:
        keys.loc[is_total(frame[group]).to_numpy(), group] = ""
    count_of, base_of = number[:lines], number[lines:]
    sums = [*_sums(keys, groups, count, count_of), *_sums(keys, groups, base, base_of)]
    sums += _parts_of_base(keys, groups, count, base, count_of, base_of) + _flows(
        keys, groups, count, base, count_of, base_of
    )
    elsewhere = np.arange(lines) >= (lines if own_lines is None else own_lines)
    return Cells(
        truth[known], counts[known], np.concatenate([margin, margin])[known],
        _same(keys, groups, base, base_of, int(known.sum())), count_of, base_of, tuple(sums),
        np.concatenate([elsewhere, elsewhere])[known],
    )  # fmt: skip


def _numbers(frame: pd.DataFrame, name: str) -> np.ndarray:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return np.asarray(frame[name].astype("float64").to_numpy(), dtype=float).copy()


def _whole(numbers: np.ndarray) -> np.ndarray:
    return np.asarray(np.isfinite(numbers) & (numbers == np.round(np.nan_to_num(numbers))))


def _adds_up(parts: np.ndarray, total: float) -> bool:
    return bool(abs(parts.sum() - total) <= 1e-6 * max(1.0, abs(total)))


def _sums(keys: pd.DataFrame, groups: tuple[str, ...], number: np.ndarray, cell_of: np.ndarray) -> list[Sum]:
    """Total lines that are the sum of their parts, over every set of groups; kept only where the numbers say so.

    Kinds of help are not exclusive, so that their total is no sum: the numbers decide, as they do for the reader.
    """
    found = []
    sets = [members for size in range(1, len(groups) + 1) for members in combinations(groups, size)]
    for over in sets:
        others = [name for name in keys.columns if name not in over]
        is_whole = (keys[list(over)] == "").all(axis=1).to_numpy()
        is_part = (keys[list(over)] != "").all(axis=1).to_numpy()
        for at in keys.groupby(others, sort=False).indices.values():
            at = at[cell_of[at] >= 0]
            wholes, pieces = at[is_whole[at]], at[is_part[at]]
            if len(wholes) == 1 and len(pieces) and _adds_up(number[pieces], number[wholes[0]]):
                cells = (*cell_of[pieces], cell_of[wholes[0]])
                found.append(Sum(tuple(map(int, cells)), (*[1] * len(pieces), -1)))
    return found


def _parts_of_base(
    keys: pd.DataFrame,
    groups: tuple[str, ...],
    count: np.ndarray,
    base: np.ndarray,
    count_of: np.ndarray,
    base_of: np.ndarray,
) -> list[Sum]:
    """Shares of one whole: counts that add up to the base they have in common (0, 1, 2, 3 or more kinds of help)."""
    found = []
    for group in groups:
        others = [name for name in keys.columns if name != group]
        is_part = (keys[group] != "").to_numpy()
        for at in keys.groupby(others, sort=False).indices.values():
            at = at[is_part[at] & (count_of[at] >= 0) & (base_of[at] >= 0)]
            for common in np.unique(base[at]):  # covered and missed share the eligible; beside them stand the others
                mine = at[base[at] == common]
                if len(mine) > 1 and _adds_up(count[mine], float(common)):
                    cells = (*count_of[mine], base_of[mine[0]])
                    found.append(Sum(tuple(map(int, cells)), (*[1] * len(mine), -1)))
    return found


def _flows(
    keys: pd.DataFrame,
    groups: tuple[str, ...],
    count: np.ndarray,
    base: np.ndarray,
    count_of: np.ndarray,
    base_of: np.ndarray,
) -> list[Sum]:
    """Opening + in − out = closing, and each year's closing is the next year's opening where it is so."""
    found = []
    for group in groups:
        if "closing" not in set(keys[group]):
            continue
        others = [name for name in keys.columns if name != group]
        for identity in FLOWS:
            signs = keys[group].map(identity).to_numpy(dtype=float)
            for at in keys.groupby(others, sort=False).indices.values():
                at = at[np.isfinite(signs[at]) & (count_of[at] >= 0)]
                if len(at) > 1 and abs((signs[at] * count[at]).sum()) < 1e-6:
                    found.append(Sum(tuple(map(int, count_of[at])), tuple(int(sign) for sign in signs[at])))
        found += _carried(keys, group, count, count_of)
        found += _opening_is_base((keys[group] == "opening").to_numpy(), count, base, count_of, base_of)
    return found


def _opening_is_base(
    is_opening: np.ndarray, count: np.ndarray, base: np.ndarray, count_of: np.ndarray, base_of: np.ndarray
) -> list[Sum]:
    """The base of every flow is the opening stock, so that a base that is shown tells an opening that is not."""
    lines = np.flatnonzero(is_opening & (count_of >= 0) & (base_of >= 0) & (count == base))
    return [Sum((int(count_of[line]), int(base_of[line])), (1, -1)) for line in lines]


def _carried(keys: pd.DataFrame, group: str, count: np.ndarray, count_of: np.ndarray) -> list[Sum]:
    others = [name for name in keys.columns if name not in (group, "period")]
    years = pd.to_numeric(keys["period"].str[:4])
    at_key = {(kind, year, *rest): line for line, (kind, year, *rest) in enumerate(
        zip(keys[group], years, *(keys[name] for name in others), strict=True))}  # fmt: skip
    found = []
    for (kind, year, *rest), line in at_key.items():
        later = at_key.get(("opening", year + 1, *rest)) if kind == "closing" else None
        if later is not None and count[line] == count[later] and count_of[line] >= 0 and count_of[later] >= 0:
            found.append(Sum((int(count_of[line]), int(count_of[later])), (1, -1)))
    return found


def _same(keys: pd.DataFrame, groups: tuple[str, ...], base: np.ndarray, base_of: np.ndarray, cells: int) -> np.ndarray:
    """Groups of bases that are one number told many times (the households of a township, beside each kind of help)."""
    same = np.full(cells, -1)
    told = np.flatnonzero(base_of >= 0)
    across = [group for group in groups if _one_base(keys, groups, group, base, told)]
    if not across:
        return same
    others = [name for name in keys.columns if name not in across]
    for number, (_, at) in enumerate(keys.iloc[told].groupby(others, sort=False).indices.items()):
        same[base_of[told[at]]] = number
    return same


def _one_base(keys: pd.DataFrame, groups: tuple[str, ...], group: str, base: np.ndarray, told: np.ndarray) -> bool:
    others = [name for name in keys.columns if name != group]
    grouped = (
        pd.Series(base[told]).groupby([keys[name].iloc[told].to_numpy() for name in others]).agg(["nunique", "size"])
    )
    return bool((grouped["nunique"] == 1).all() and (grouped["size"] > 1).any())
