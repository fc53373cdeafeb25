"""Households of one register year ↔ those of the years before: code, head, members in common; never a guess.

A household-year is a *node*. Year by year every node looks for the one household that it continues, among all households at
the latest year in which each of them stood in a register. What speaks for a pair is told by `EVIDENCE`, best first; at each
step a household is continued by one node at most, and a node continues one household at most. All of it is on whole
numbers and does not depend on the order in which the rows came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import Array

SAME_CODE, SAME_HEAD, MEMBER_OVERLAP = "same_code", "same_head", "member_overlap"

EVIDENCE = (
    (SAME_CODE, 1.0),  # and the same head or a member in common
    (SAME_CODE, 0.95),  # and a name in common, where ID numbers are damaged
    (SAME_HEAD, 0.95),  # under another code
    (MEMBER_OVERLAP, 0.9),  # under another code and another head
    (SAME_CODE, 0.8),  # and nothing else known of one of the two, or only the heads, who differ
)
"""What speaks for a pair, and how sure that is, best first."""

TIED = 0.5  # two households have the same claim: one is taken, and it is said
OLDER = 0.9  # of certainty, where a year lies between


class Pairs(NamedTuple):
    """Nodes and what belongs to them (a person, a name), both as whole numbers; sorted, each pair once."""

    node: Array
    thing: Array


@dataclass(frozen=True)
class Nodes:
    """The household-years: one entry each, in the order of years and keys; `persons` are ID numbers or what stands for one.

    `code` and `village` are −1 where not known; `size` counts the members however little is known of them; `listed` says
    that the members are named, not only the head; `heads` are ID numbers, `head_persons` the same people among `persons`.
    """

    year: Array
    code: Array
    village: Array
    size: Array
    listed: Array
    persons: Pairs
    heads: Pairs
    names: Pairs
    head_persons: Pairs

    def __len__(self) -> int:
        """Household-years."""
        return len(self.year)


@dataclass(frozen=True)
class Followed:
    """For every node: its household (a number), the node before it (−1: none), what spoke for it (−1), tied with others.

    `reused`: node and earlier node of the same code with nobody in common. `likely`: node and earlier node with too few
    people in common to be called one household. `shared`: nodes and earlier nodes with people in common, and how many.
    """

    household: Array
    before: Array
    evidence: Array
    tied: Array
    common: Array
    reused: Array
    likely: Array
    shared: Array


def pairs(node: Array, thing: Array) -> Pairs:
    """Node and thing, each pair once; things below 0 are not known and are left out."""
    known = thing >= 0
    width = int(thing.max(initial=0)) + 1
    both = np.unique(node[known].astype(np.int64) * width + thing[known])
    return Pairs(both // width, both % width)


class _Candidates(NamedTuple):
    """Pairs of a node of this year and an earlier one, with what speaks for and against them."""

    node: Array
    earlier: Array
    common: Array
    same_code: Array
    same_head: Array

    def take(self, which: Array) -> _Candidates:
        return _Candidates(*(part[which] for part in self))


def follow(nodes: Nodes, overlap: float, likely: float) -> Followed:
    """Every node's household; `overlap`, `likely`: shares of all members in common (Jaccard) to be one, to be noted."""
    count = len(nodes)
    household, before = np.full(count, -1), np.full(count, -1)
    evidence, tied, common = np.full(count, -1), np.zeros(count, dtype=bool), np.zeros(count, dtype=int)
    latest = np.zeros(count, dtype=bool)  # the last node of each household so far
    found: dict[str, list[Array]] = {"reused": [], "likely": [], "shared": []}
    known = 0
    for year in np.unique(nodes.year):
        now = nodes.year == year
        candidates = _candidates(nodes, now, latest)
        level = _levels(nodes, candidates, overlap)
        chosen, ties = _match(nodes, candidates, level)
        mine, theirs = candidates.node[chosen], candidates.earlier[chosen]
        household[mine], before[mine] = household[theirs], theirs
        evidence[mine], tied[mine], common[mine] = level[chosen], ties, candidates.common[chosen]
        fresh = np.flatnonzero(now & (household < 0))
        household[fresh] = known + np.arange(len(fresh))
        known += len(fresh)
        for name, some in _unused(nodes, candidates, before, likely).items():
            found[name].append(some)
        latest[theirs] = False
        latest |= now
    none = np.empty((0, 3), dtype=np.int64)
    return Followed(
        household, before, evidence, tied, common, *(np.concatenate([none, *found[name]]) for name in found)
    )


def _candidates(nodes: Nodes, now: Array, latest: Array) -> _Candidates:
    """All pairs of a node of this year and the last one of a household that share a code, a head or a member."""
    count = max(len(nodes), 1)
    shared, common = _shared(nodes.persons, now, latest, count)
    heads, _ = _shared(nodes.heads, now, latest, count)
    codes = _same_codes(nodes, now, latest, count)
    both = np.unique(np.concatenate([shared, heads, codes]))
    counts = np.zeros(len(both), dtype=np.int64)
    counts[np.searchsorted(both, shared)] = common
    return _Candidates(
        both // count, both % count, counts, np.isin(both, codes, assume_unique=True), np.isin(both, heads)
    )


def _shared(table: Pairs, now: Array, latest: Array, count: int) -> tuple[Array, Array]:
    """Pairs (as one number) of nodes with things in common, and how many."""
    left, right = now[table.node], latest[table.node]
    mine, theirs = table.node[left], table.node[right]
    order = np.argsort(table.thing[right], kind="stable")
    things = table.thing[right][order]
    first = np.searchsorted(things, table.thing[left], side="left")
    times = np.searchsorted(things, table.thing[left], side="right") - first
    at = np.repeat(first - np.cumsum(times) + times, times) + np.arange(times.sum())
    return np.unique(np.repeat(mine, times) * count + theirs[order[at]], return_counts=True)


def _same_codes(nodes: Nodes, now: Array, latest: Array, count: int) -> Array:
    """Pairs of one code; of two households that bore it, the one that bore it last."""
    bearer = np.full(int(nodes.code.max(initial=0)) + 1, -1)
    earlier = np.flatnonzero(latest & (nodes.code >= 0))
    bearer[nodes.code[earlier]] = earlier  # in the order of years: the last one stays
    mine = np.flatnonzero(now & (nodes.code >= 0))
    theirs = bearer[nodes.code[mine]]
    return np.unique(mine[theirs >= 0] * count + theirs[theirs >= 0])


def _levels(nodes: Nodes, some: _Candidates, overlap: float) -> Array:
    """The place in EVIDENCE of every pair; −1 where nothing makes the two one household."""
    level = np.full(len(some.node), -1)
    weak = some.same_code & (some.common == 0) & ~some.same_head
    named = np.zeros(len(weak), dtype=bool)
    named[weak] = _name_in_common(nodes, some.node[weak], some.earlier[weak])
    both_listed = nodes.listed[some.node] & nodes.listed[some.earlier]
    village, earlier = nodes.village[some.node], nodes.village[some.earlier]
    elsewhere = (village >= 0) & (earlier >= 0) & (village != earlier)
    level[weak & ~named & ~both_listed & ~elsewhere] = 4
    level[(_jaccard(nodes, some) >= overlap) & (some.common > 0)] = 3
    level[some.same_head] = 2
    level[weak & named] = 1
    level[some.same_code & ~weak] = 0
    return level


def _jaccard(nodes: Nodes, some: _Candidates) -> Array:
    whole = nodes.size[some.node] + nodes.size[some.earlier] - some.common
    return some.common / np.maximum(whole, 1)


def _name_in_common(nodes: Nodes, node: Array, earlier: Array) -> Array:
    """Whether anybody of one name stands in both households."""
    at = np.arange(len(node))
    width = int(nodes.names.thing.max(initial=0)) + 1

    def of(which: Array) -> Array:
        first = np.searchsorted(nodes.names.node, which, side="left")
        times = np.searchsorted(nodes.names.node, which, side="right") - first
        place = np.repeat(first - np.cumsum(times) + times, times) + np.arange(times.sum())
        return np.repeat(at, times) * width + nodes.names.thing[place]

    return np.isin(at, np.intersect1d(of(node), of(earlier)) // width)


def _match(nodes: Nodes, some: _Candidates, level: Array) -> tuple[Array, Array]:
    """The pairs taken, level by level, and which of them were taken from among equals.

    A pair that nobody contests is taken at once; of contested ones, that with the larger share in common, then more
    people in common, the later year, the smaller numbers: the same choice in every run.
    """
    count = len(nodes)
    free_node, free_earlier = np.ones(count, dtype=bool), np.ones(count, dtype=bool)
    jaccard = _jaccard(nodes, some)
    chosen: list[int] = []
    ties: list[bool] = []
    for step in range(len(EVIDENCE)):
        at = np.flatnonzero((level == step) & free_node[some.node] & free_earlier[some.earlier])
        alone = (np.bincount(some.node[at], minlength=count)[some.node[at]] == 1) & (
            np.bincount(some.earlier[at], minlength=count)[some.earlier[at]] == 1
        )
        chosen += at[alone].tolist()
        ties += [False] * int(alone.sum())
        taken, equal = _contested(nodes, some.take(at[~alone]), jaccard[at[~alone]])
        chosen += at[~alone][taken].tolist()
        ties += equal
        free_node[some.node[chosen]] = False
        free_earlier[some.earlier[chosen]] = False
    return np.array(chosen, dtype=np.int64), np.array(ties, dtype=bool)


def _contested(nodes: Nodes, some: _Candidates, jaccard: Array) -> tuple[list[int], list[bool]]:
    """Pairs that share an end with another: the best first, and whether another was as good."""
    year = nodes.year[some.earlier]
    claim = list(zip(jaccard.tolist(), some.common.tolist(), year.tolist(), strict=True))
    order = np.lexsort((some.earlier, some.node, -year, -some.common, -jaccard)).tolist()
    node, earlier = some.node.tolist(), some.earlier.tolist()
    rivals: dict[tuple[str, int], list[int]] = {}
    for at in order:
        rivals.setdefault(("node", node[at]), []).append(at)
        rivals.setdefault(("earlier", earlier[at]), []).append(at)
    gone: set[int] = set()
    taken, ties = [], []
    for at in order:
        if at in gone:
            continue
        others = [one for one in (*rivals["node", node[at]], *rivals["earlier", earlier[at]]) if one != at]
        taken.append(at)
        ties.append(any(one not in gone and claim[one] == claim[at] for one in others))
        gone.update(others)
        gone.add(at)
    return taken, ties


def _unused(nodes: Nodes, some: _Candidates, before: Array, likely: float) -> dict[str, Array]:
    """What was seen and not taken: reused codes, likely pairs of two open ends, and all that share members."""
    taken = before[some.node] == some.earlier
    continued = np.isin(some.earlier, before[some.node])
    reused = some.same_code & ~taken & (some.common == 0) & ~some.same_head
    is_likely = (before[some.node] < 0) & ~continued & (some.common > 0) & (_jaccard(nodes, some) >= likely)
    rows = np.column_stack([some.node, some.earlier, some.common])
    return {"reused": rows[reused], "likely": rows[is_likely], "shared": rows[some.common > 0]}
