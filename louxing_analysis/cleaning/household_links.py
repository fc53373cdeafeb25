"""household_links, attrition and register_flows: who stayed, who left, who came, and how that is known."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.following import EVIDENCE, OLDER, TIED, Followed, Nodes

HALF = 0.5  # of a household's members: fewer do not make another household its successor or its origin

FIRST_YEAR, FIRST_OF_TOWNSHIP, ENTERED = "first_year", "first_of_township", "entered"
SPLIT, MERGE, RE_REGISTERED = "split", "merge", "re_registered"
MOVED_MEMBERS = "members"  # what speaks for a split: the people themselves


@dataclass(frozen=True)
class Years:
    """The household-years with what the register says of them; `keys`: the key of each household.

    `township` and `village`: texts or None; `struck_off`: the register says that the household left it; `deceased`: it says
    so of every member; `kept`: `households` has its row.
    """

    nodes: Nodes
    followed: Followed
    keys: Array
    township: Array
    village: Array
    struck_off: Array
    deceased: Array
    kept: Array

    @cached_property
    def years(self) -> Array:
        """The register years of the delivery, in order."""
        return np.unique(self.nodes.year)

    @cached_property
    def step(self) -> Array:
        """The place of each node's year among the register years."""
        return np.searchsorted(self.years, self.nodes.year)

    @cached_property
    def after(self) -> Array:
        """The node by which each node is continued, −1 for none."""
        after = np.full(len(self.nodes), -1)
        later = np.flatnonzero(self.followed.before >= 0)
        after[self.followed.before[later]] = later
        return after

    @cached_property
    def came(self) -> Array:
        """Townships (as `towns` counts them) × register years: whether any register of that year came."""
        came = np.zeros((self.towns.max(initial=-1) + 1, len(self.years)), dtype=bool)
        came[self.towns, self.step] = True
        return came

    @cached_property
    def towns(self) -> Array:
        """Each node's township as a number; households without one are a township of their own."""
        return np.unique(pd.Series(self.township, dtype=object).fillna("").to_numpy(dtype=str), return_inverse=True)[1]

    def came_between(self, node: Array, first: Array, last: Array) -> Array:
        """Whether the register of the node's township came in a year after step `first` and before step `last`."""
        sums = np.cumsum(np.pad(self.came, ((0, 0), (1, 0))), axis=1)
        town = self.towns[node]
        return (sums[town, last] - sums[town, first + 1]) > 0


@dataclass(frozen=True)
class _Moved:
    """Nodes and nodes of the register year before with members in common, not of one household."""

    node: Array
    earlier: Array
    common: Array
    of_node: Array  # share of the later household's members
    of_earlier: Array  # share of the earlier household's members


def _moved(data: Years) -> _Moved:
    nodes, followed = data.nodes, data.followed
    node, earlier, common = followed.shared.T
    other = (followed.before[node] != earlier) & (data.step[earlier] == data.step[node] - 1)
    node, earlier, common = node[other], earlier[other], common[other]
    return _Moved(node, earlier, common, common / nodes.size[node], common / nodes.size[earlier])


def _splits(data: Years, moved: _Moved) -> Array:
    """Which of the moves found a household: half of its people, or its head, come from one that goes on or broke up."""
    count = max(len(data.nodes), 1)
    head = np.zeros(len(moved.node), dtype=bool)
    persons, heads = data.nodes.persons, data.nodes.head_persons
    width = int(max(persons.thing.max(initial=0), heads.thing.max(initial=0))) + 1
    at, lead = _each(heads.node, heads.thing, moved.node)
    head[at[np.isin(moved.earlier[at] * width + lead, persons.node * width + persons.thing)]] = True
    found = (data.followed.before[moved.node] < 0) & ((moved.of_node >= HALF) | head)
    goes_on = data.after[moved.earlier]
    goes_on = (goes_on >= 0) & (data.step[goes_on] == data.step[moved.node])
    parts = np.bincount(moved.earlier[found], minlength=count)[moved.earlier]
    return found & (goes_on | (parts > 1))


def _each(node: Array, thing: Array, wanted: Array) -> tuple[Array, Array]:
    """For every wanted node: its place and each of its things (`node` ascending)."""
    first = np.searchsorted(node, wanted, side="left")
    times = np.searchsorted(node, wanted, side="right") - first
    place = np.repeat(first - np.cumsum(times) + times, times) + np.arange(times.sum())
    return np.repeat(np.arange(len(wanted)), times), thing[place]


def _merges(data: Years, moved: _Moved) -> Array:
    """Which of the moves end a household: half of its people are now in one that went on before."""
    ended = (data.after[moved.earlier] < 0) | (data.step[data.after[moved.earlier]] > data.step[moved.node])
    return ended & (data.followed.before[moved.node] >= 0) & (moved.of_earlier >= HALF)


def household_links(data: Years) -> pd.DataFrame:
    """How each household of a year was followed from the year before, and how sure that is.

    household_id register_year previous_year how certainty evidence previous_household_ids common_members common_share
    has_row. `how`: same_code, same_head, member_overlap (`evidence` says the same); merge (another household joined it),
    re_registered (a register without it lies between); split (a part of a household that another part continues, or that
    broke up); first_year (of the delivery), first_of_township, entered. `common_share`: members in common of all members of
    both years. `has_row`: False where the household's row is in quarantine or only its members were named.
    """
    nodes, followed = data.nodes, data.followed
    count, before = len(nodes), followed.before
    moved = _moved(data)
    split, merge = _splits(data, moved), _merges(data, moved)
    linked = before >= 0
    names = np.array([*(name for name, _ in EVIDENCE), None], dtype=object)
    how, evidence = names[followed.evidence], names[followed.evidence]
    certainty = np.array([*(sure for _, sure in EVIDENCE), np.nan])[followed.evidence]
    gap = np.where(linked, nodes.year - nodes.year[before], 0)
    certainty = np.where(gap > 1, certainty * OLDER, certainty)
    certainty[followed.tied] = TIED
    origin, shared = before.copy(), followed.common.copy()
    best = np.lexsort((moved.earlier, -moved.common))[::-1]
    best = best[split[best]]  # the best is written last
    part = moved.node[best]
    origin[part], shared[part] = moved.earlier[best], moved.common[best]
    certainty[part] = np.round(moved.of_node[best], 2)
    evidence[part], how[part] = MOVED_MEMBERS, SPLIT
    away = np.flatnonzero(linked & (data.step - data.step[before] > 1))
    away = away[data.came_between(away, data.step[before[away]], data.step[away])]
    how[away] = RE_REGISTERED
    joined = moved.node[merge]
    how[joined[how[joined] != RE_REGISTERED]] = MERGE
    fresh = origin < 0
    first_of_town = data.step == np.argmax(data.came[data.towns], axis=1) if count else np.zeros(0, dtype=bool)
    how[fresh] = np.where(data.step[fresh] == 0, FIRST_YEAR, np.where(first_of_town[fresh], FIRST_OF_TOWNSHIP, ENTERED))
    told = (origin >= 0) & nodes.listed & nodes.listed[origin]
    whole = np.maximum(nodes.size + nodes.size[origin] - shared, 1)
    frame = pd.DataFrame(
        {
            "household_id": data.keys[followed.household],
            "register_year": pd.array(nodes.year, dtype="Int64"),
            "previous_year": pd.array(np.where(origin >= 0, nodes.year[origin], -1), dtype="Int64"),
            "how": pd.array(how, dtype="str"),
            "certainty": np.round(certainty, 3),
            "evidence": pd.array(evidence, dtype="str"),
            "previous_household_ids": _previous(data, origin, moved, merge),
            "common_members": pd.array(np.where(told, shared, -1), dtype="Int64"),
            "common_share": np.where(told, np.round(shared / whole, 4), np.nan),
            "has_row": data.kept,
        }
    )
    for name in ("previous_year", "common_members"):
        frame[name] = frame[name].where(frame[name] >= 0)
    return frame


def _previous(data: Years, origin: Array, moved: _Moved, merge: Array) -> Array:
    """The earlier households of every node, as tuples: the one it continues or came of, then those that joined it."""
    own = data.keys[data.followed.household[origin]]
    out = np.empty(len(origin), dtype=object)
    out[:] = [(key,) if known else () for key, known in zip(own, origin >= 0, strict=True)]
    order = np.argsort(moved.earlier[merge], kind="stable")
    pairs = zip(moved.node[merge][order], moved.earlier[merge][order], strict=True)
    for node, earlier in pairs:
        out[node] = (*out[node], data.keys[data.followed.household[earlier]])
    return out


def attrition(data: Years) -> pd.DataFrame:
    """One row per household and register year after which it is missing from the next register.

    household_id last_year left_year reason_code successor_household_ids returned_year township village. `left_year`: the
    next register year of the delivery. Reasons, the first that holds: merged (half of its members are in one other household),
    split_up (in several), deceased (all its members), exited_register (the register says so), register_missing (no register
    of its township came), unknown. `returned_year`: where it was registered again.
    """
    nodes, followed = data.nodes, data.followed
    last = len(data.years) - 1
    gone = (data.after < 0) | (data.step[data.after] > data.step + 1)
    left = np.flatnonzero(gone & (data.step < last))
    moved = _moved(data)
    most = np.zeros(len(nodes))
    np.maximum.at(most, moved.earlier, moved.of_earlier)
    together = np.bincount(moved.earlier, moved.of_earlier, minlength=len(nodes))
    missing = ~data.came[data.towns[left], data.step[left] + 1]
    conditions = [most[left] >= HALF, together[left] >= HALF, data.deceased[left], data.struck_off[left], missing]
    reason = np.select(conditions, ["merged", "split_up", "deceased", "exited_register", "register_missing"], "unknown")
    successors = np.empty(len(nodes), dtype=object)
    successors[:] = [()] * len(nodes)
    for node, earlier in zip(moved.node, moved.earlier, strict=True):
        successors[earlier] = (*successors[earlier], data.keys[followed.household[node]])
    back = data.after[left]
    return pd.DataFrame(
        {
            "household_id": data.keys[followed.household[left]],
            "last_year": pd.array(nodes.year[left], dtype="Int64"),
            "left_year": pd.array(data.years[data.step[left] + 1] if len(left) else [], dtype="Int64"),
            "reason_code": pd.array(reason.astype(object), dtype="str"),
            "successor_household_ids": np.where(
                np.isin(reason, ["merged", "split_up"]), successors[left], _nobody(len(left))
            ),
            "returned_year": pd.Series(pd.array(nodes.year[back], dtype="Int64")).where(pd.Series(back >= 0)),
            "township": pd.array(data.township[left], dtype="str"),
            "village": pd.array(data.village[left], dtype="str"),
        }
    )


def _nobody(count: int) -> Array:
    out = np.empty(count, dtype=object)
    out[:] = [()] * count
    return out


def register_flows(links: pd.DataFrame, attrition: pd.DataFrame) -> pd.DataFrame:
    """One row per step from one register year to the next, whose counts add up.

    from_year to_year at_start stayed left at_end entered split re_registered register_returned first_of_township, with
    at_start = stayed + left and at_end = stayed + all that came. `register_returned`: the household was followed, but the
    register of its township of the year between did not come.
    """
    years = np.sort(links["register_year"].unique().to_numpy(dtype=np.int64))
    rows = []
    for first, last in itertools.pairwise(years):
        now = links[links["register_year"] == last]
        continued = ~now["how"].isin([ENTERED, SPLIT, FIRST_OF_TOWNSHIP, FIRST_YEAR])
        adjacent = now["previous_year"].eq(first).fillna(False)
        back = now["how"].eq(RE_REGISTERED)
        rows.append(
            {
                "from_year": first,
                "to_year": last,
                "at_start": int((links["register_year"] == first).sum()),
                "stayed": int((continued & adjacent).sum()),
                "left": int((attrition["last_year"] == first).sum()),
                "at_end": len(now),
                "entered": int(now["how"].eq(ENTERED).sum()),
                "split": int(now["how"].eq(SPLIT).sum()),
                "re_registered": int((back & ~adjacent).sum()),
                "register_returned": int((continued & ~adjacent & ~back).sum()),
                "first_of_township": int(now["how"].eq(FIRST_OF_TOWNSHIP).sum()),
            }
        )
    columns = ["from_year", "to_year", "at_start", "stayed", "left", "at_end", "entered", "split", "re_registered"]
    columns += ["register_returned", "first_of_township"]
    return pd.DataFrame(rows, columns=columns).astype("Int64")
