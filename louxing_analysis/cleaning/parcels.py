"""What came of one workbook, packed to be sent between processes and remembered between runs.

What is said of the workbook lies open; the rows of each table stay closed until they are wanted. Equal fingerprints mean
equal rows, so whoever rests on them alone need not look again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.sheets import Cleaned
from louxing_analysis.cleaning.stack import Piece
from louxing_analysis.memory import Memory, fingerprint, pack, unpack

_STRETCH = 4_000  # rows that are packed together: a few are wanted, of a few stretches
_WRITTEN = "written"
_PLACES = ("township", "village")
_MASKED = (pd.arrays.IntegerArray, pd.arrays.BooleanArray)


class Closed(NamedTuple):
    """The rows of one table: how many, fingerprints of all their columns and of those that say who somebody is, places."""

    length: int
    rows: str
    identity: str
    places: frozenset[str]


class Stretch(NamedTuple):
    """Some data rows of one sheet as they are written: `key` finds their cells in `packed`."""

    key: str
    sheet: str
    first: int
    last: int


@dataclass(frozen=True)
class Parcel:
    """One workbook: `said` is everything but its rows, `closed` tells its tables apart, `packed` holds their rows.

    `stretches` are the same rows as they are written, for the few that will be set aside; they too lie in `packed`.
    """

    said: Cleaned
    closed: dict[str, Closed]
    packed: dict[str, bytes]
    stretches: tuple[Stretch, ...]

    @property
    def workbook(self) -> str:
        """The path below the raw folder."""
        return self.said.workbook

    def pieces(self, table: str) -> list[Piece]:
        """The rows of one table, sheet by sheet."""
        found: list[Piece] = unpack(self.packed[table]) if table in self.packed else []
        return found

    def written(self, wanted: dict[str, list[int]]) -> dict[tuple[str, int], list[Any]]:
        """The cells of some rows, by sheet and spreadsheet row, merged cells filled."""
        found: dict[tuple[str, int], list[Any]] = {}
        for stretch in self.stretches:
            rows = [row for row in wanted.get(stretch.sheet, []) if stretch.first <= row <= stretch.last]
            if not rows:
                continue
            numbers, cells = unpack(self.packed[stretch.key])
            at = np.searchsorted(numbers, rows)
            for row, place in zip(rows, at.tolist(), strict=True):
                if place < len(numbers) and numbers[place] == row:
                    found.setdefault((stretch.sheet, row), cells[place].tolist())
        return found


def close(cleaned: Cleaned, identity: dict[str, frozenset[str]]) -> Parcel:
    """Pack what came of a workbook; `identity` names the columns by which each table is linked to others."""
    packed = {table: pack([_plain(piece) for piece in pieces]) for table, pieces in cleaned.tables.items()}
    closed = {
        table: Closed(
            sum(len(piece.rows["row"]) for piece in pieces),
            fingerprint(packed[table]),
            _identity(pieces, identity[table]) if table in identity else "",
            frozenset(place for piece in pieces for name in _PLACES for place in set(piece.rows.get(name, ())))
            - {None},
        )
        for table, pieces in cleaned.tables.items()
    }
    stretches: list[Stretch] = []
    for sheet, rows, cells in cleaned.written:
        for at in range(0, len(rows), _STRETCH):
            some = slice(at, at + _STRETCH)
            stretch = Stretch(f"{_WRITTEN}{len(stretches)}", sheet, int(rows[some][0]), int(rows[some][-1]))
            packed[stretch.key] = pack((rows[some], cells[some]))
            stretches.append(stretch)
    return Parcel(replace(cleaned, tables={}, written=[]), closed, packed, tuple(stretches))


def _plain(piece: Piece) -> Piece:
    """The rows as plain arrays: whole numbers and truth values as float64, as they are stacked."""
    rows = {
        name: values.to_numpy(dtype="float64", na_value=np.nan) if isinstance(values, _MASKED) else values
        for name, values in piece.rows.items()
    }
    return piece._replace(rows=rows)


def _identity(pieces: list[Piece], columns: frozenset[str]) -> str:
    some = [
        (piece.workbook, piece.sheet, {name: piece.rows[name] for name in piece.rows if name in columns})
        for piece in map(_plain, pieces)
    ]
    return fingerprint(pack(some))


def remember(parcel: Parcel, name: str, memory: Memory) -> None:
    """Keep a parcel for a later run; what is said of the workbook comes last, so that it is there only with its rows."""
    for part, packed in parcel.packed.items():
        memory.put_packed(f"{name}-{part}", packed)
    memory.put(name, (parcel.said, parcel.closed, parcel.stretches))


def recall(name: str, memory: Memory) -> Parcel | None:
    """The parcel of an earlier run whose rows stay in the memory until they are wanted; None where one is missing."""
    found: Any = memory.get(name)
    if found is None:
        return None
    said, closed, stretches = found
    names = {part: f"{name}-{part}" for part in (*closed, *(stretch.key for stretch in stretches))}
    memory.use(names.values())
    if not all(map(memory.has, names.values())):
        return None
    return Parcel(said, closed, _Kept(names, memory), stretches)


class _Kept(dict[str, bytes]):
    """The packed rows of a remembered parcel, fetched when they are wanted."""

    def __init__(self, names: dict[str, str], memory: Memory) -> None:
        super().__init__(dict.fromkeys(names, b""))
        self._names, self._memory = names, memory

    def __getitem__(self, table: str) -> bytes:
        packed = self._memory.get_packed(self._names[table])
        if packed is None:
            raise MemoryBroken(table)
        return packed


class MemoryBroken(RuntimeError):
    """Rows that were said to be remembered cannot be had back; the run begins again without its memory."""
