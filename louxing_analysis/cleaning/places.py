"""Written place names become today's townships and villages."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array, blank
from louxing_analysis.reference import Reference, normalise


class Resolved(NamedTuple):
    """Today's names, aligned to the rows, and a reason where a name is not known."""

    township: Array
    village: Array
    township_reason: Array
    village_reason: Array


class Gazetteer:
    """places.csv, spellings.csv and place_changes.csv, with an office's (or the sample's) own rows beside them.

    A township whose villages are listed is closed: an unlisted village there is unknown. Where no village is listed, as
    on the day a real office begins, any name is taken as written.
    """

    def __init__(
        self, reference: Reference, own: pd.DataFrame | None = None, own_changes: pd.DataFrame | None = None
    ) -> None:
        frame = reference.places if own is None else pd.concat([reference.places, own], ignore_index=True)
        # a village that the article names without its township cannot be placed; an office's own list does that
        today = frame[(frame["until"] == "") & (frame["township"] != "")]
        self.townships = {normalise(name): name for name in today["township"].unique()}
        self.townships.update(reference.spelling("township"))
        suffixes = reference.spellings[reference.spellings["vocabulary"] == "place_suffix"]["written"]
        self._suffixes = tuple(sorted((normalise(text) for text in suffixes), key=len, reverse=True))
        listed = today[today["village"] != ""].drop_duplicates(["township", "village"])
        kept = frame[frame["township"] != ""].drop_duplicates(["township", "village"], keep="last")
        changes = reference.place_changes
        if own_changes is not None:
            changes = pd.concat([changes, own_changes], ignore_index=True)
        self.table = _with_former(kept, changes)
        # the few villages that the article names do not close a township; a list of its own does
        counts = listed[listed["confidence"] != "partial"].groupby("township").size()
        self.closed = set(counts.index)
        self._exact: dict[tuple[str, str], tuple[str, str]] = {}
        self._anywhere: dict[str, set[tuple[str, str]]] = {}
        self._base: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for township, village in zip(listed["township"], listed["village"], strict=True):
            self._add(township, village, (township, village))
        self._several: dict[tuple[str, str], str] = {}
        for (old_township, old_village), meant in _todays(changes).items():
            # a dissolved township is read as the one it went into
            for where in dict.fromkeys([old_township, self._township(normalise(old_township)) or old_township]):
                if len(meant) == 1:
                    self._add(where, old_village, next(iter(meant)))
                else:
                    towns = {township for township, _ in meant}
                    self._several[where, normalise(old_village)] = towns.pop() if len(towns) == 1 else ""
        for written, name in reference.spelling("village").items():
            for township, village in zip(listed["township"], listed["village"], strict=True):
                if village == name:
                    self._add(township, written, (township, village))
        self._memory: dict[tuple[object, object], tuple[str | None, str | None, str | None, str | None]] = {}

    def _add(self, township: str, written: str, meant: tuple[str, str]) -> None:
        name = normalise(written)
        self._exact.setdefault((township, name), meant)
        self._anywhere.setdefault(name, set()).add(meant)
        for where in (township, ""):
            self._base.setdefault((where, self.base(name)), set()).add(meant)

    def base(self, name: str) -> str:
        """A place name without 村委会, 社区 and the like."""
        for suffix in self._suffixes:
            if name.endswith(suffix) and len(name) > len(suffix):
                return name[: -len(suffix)]
        return name

    def village_names(self) -> dict[str, str]:
        """Every written village name, for finding one in a title or a sheet name; its township is settled row by row."""
        return {
            name: next(iter({village for _, village in meant})) if len({village for _, village in meant}) == 1 else name
            for name, meant in self._anywhere.items()
        }

    def resolve(self, townships: Array, villages: Array, township: str, village: str) -> Resolved:
        """Row by row, each distinct pair once; blank cells take what title, sheet or file name say."""
        count = len(townships)
        out = [blank(count) for _ in range(4)]
        codes, pairs = pd.factorize(
            pd.Series(list(zip(townships.tolist(), villages.tolist(), strict=True)), dtype=object),
            use_na_sentinel=False,
        )
        found = [self._one(pair[0] or township, pair[1] or village) for pair in pairs]
        for place, array in enumerate(out):
            array[:] = np.array([one[place] for one in found] or [None], dtype=object)[codes] if count else array
        return Resolved(*out)

    def _one(self, township: object, village: object) -> tuple[str | None, str | None, str | None, str | None]:
        key = (township, village)
        if key not in self._memory:
            self._memory[key] = self._look_up(str(township or ""), str(village or ""))
        return self._memory[key]

    def _look_up(self, township: str, village: str) -> tuple[str | None, str | None, str | None, str | None]:
        where = self._township(normalise(township)) if township else ""
        reason = "unknown_place" if township and not where else None
        if not village:
            return where or None, None, reason, None
        name = normalise(village)
        parts = self._split(where, name)
        if parts is not None:
            return parts or where or None, None, reason, "village_split"
        meant = self._village(where, name) or self._after_township(where, name)
        if where and name.startswith(normalise(where)) and len(name) > len(where):
            name = name[len(where) :]
        if meant is not None:
            return meant[0], meant[1], reason, None
        if where and where not in self.closed:
            return where, name, reason, None
        return where or None, None, reason, "unknown_place"

    def _split(self, where: str, name: str) -> str | None:
        """The township of an old village that is several today (empty if these lie in several); None for any other.

        A name that one of the parts kept is that part's: on which side of the boundary a household lives is then as written.
        """
        for written in dict.fromkeys([name, self.base(name)]):
            towns = {
                town
                for (township, old), town in self._several.items()
                if old == written and where in ("", township) and (township, old) not in self._exact
            }
            if towns:
                return towns.pop() if len(towns) == 1 else ""
        return None

    def _village(self, where: str, name: str) -> tuple[str, str] | None:
        """The one village of that name (in that township), else the one of that name without its office; never a guess."""
        shorter = self.base(name)
        for written in dict.fromkeys([name, shorter]):  # 甲村村委会 is 甲村
            exact = {self._exact[where, written]} if (where, written) in self._exact else set()
            named = exact if where else self._anywhere.get(written, set())
            if named:
                return next(iter(named)) if len(named) == 1 else None
        near = self._base.get((where, shorter)) or self._base.get((where, self.base(shorter)), set())
        return next(iter(near)) if len(near) == 1 else None

    def _after_township(self, where: str, name: str) -> tuple[str, str] | None:
        """The village whose township stands before its name in one cell: 娄星区万宝镇东冲村."""
        before = [text for text in self.townships if name.startswith(text) and where in ("", self.townships[text])]
        for text in sorted(before, key=len, reverse=True):
            meant = self._village(self.townships[text], name[len(text) :]) if len(name) > len(text) else None
            if meant is not None:
                return meant
        return None

    def _township(self, name: str) -> str:
        if name in self.townships:
            return self.townships[name]
        base = self.base(name)
        near = {meant for written, meant in self.townships.items() if self.base(written) == base}
        return next(iter(near)) if len(near) == 1 else ""


def _todays(changes: pd.DataFrame) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Every old village and what it is today, followed through later changes; several where it was split.

    A chain that leads back to itself ends where it would begin again.
    """
    steps: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in changes.itertuples(index=False):
        if row.old_village and row.new_village:
            old = (str(row.old_township), str(row.old_village))
            steps.setdefault(old, set()).add((str(row.new_township), str(row.new_village)))
    found = {}
    for old in steps:
        ends: set[tuple[str, str]] = set()
        seen, open_ends = {old}, list(steps[old])
        while open_ends:
            place = open_ends.pop()
            later = steps.get(place, set()) - seen - {place}
            if place == old or place in seen or not later:
                ends.add(place)
            else:
                seen.add(place)
                open_ends.extend(later)
        found[old] = ends
    return found


def _with_former(places: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """places: township village kind code since until source, then the old villages: until when, and what they became."""
    columns = ["township", "village", "kind", "code", "since", "until", "source", "became", "change"]
    today = places.assign(became="", change="")
    old = changes[(changes["old_village"] != "") & (changes["new_village"] != "")]
    former = pd.DataFrame(
        {
            "township": old["old_township"],
            "village": old["old_village"],
            "kind": "village",
            "code": "",
            "since": "",
            "until": old["since"].where(old["since"] != "", "?"),
            "source": old["source"],
            "became": old["new_township"] + old["new_village"],
            "change": old["kind"],
        }
    )
    stays = pd.MultiIndex.from_frame(former[["township", "village"]]).isin(
        pd.MultiIndex.from_frame(today[["township", "village"]])
    )
    return pd.concat([today[columns], former[columns][~stays]], ignore_index=True).astype("str")
