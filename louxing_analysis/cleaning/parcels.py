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

_MASKED = (pd.arrays.IntegerArray, pd.arrays.BooleanArray)


class Closed(NamedTuple):
    """The rows of one table: how many, and fingerprints of all their columns and of those that say who somebody is."""

    length: int
    rows: str
    identity: str


@dataclass(frozen=True)
class Parcel:
    """One workbook: `said` is everything but its rows, `closed` tells its tables apart, `packed` holds their rows."""

    said: Cleaned
    closed: dict[str, Closed]
    packed: dict[str, bytes]

    @property
    def workbook(self) -> str:
        """The path below the raw folder."""
        return self.said.workbook

    def pieces(self, table: str) -> list[Piece]:
        """The rows of one table, sheet by sheet."""
        found: list[Piece] = unpack(self.packed[table]) if table in self.packed else []
        return found


def close(cleaned: Cleaned, identity: dict[str, frozenset[str]]) -> Parcel:
    """Pack what came of a workbook; `identity` names the columns by which each table is linked to others."""
    packed = {table: pack([_plain(piece) for piece in pieces]) for table, pieces in cleaned.tables.items()}
    closed = {
        table: Closed(
            sum(len(piece.rows["row"]) for piece in pieces),
            fingerprint(packed[table]),
            _identity(pieces, identity[table]) if table in identity else "",
        )
        for table, pieces in cleaned.tables.items()
    }
    return Parcel(replace(cleaned, tables={}), closed, packed)


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
    for table, packed in parcel.packed.items():
        memory.put_packed(f"{name}-{table}", packed)
    memory.put(name, (parcel.said, parcel.closed))


def recall(name: str, memory: Memory) -> Parcel | None:
    """The parcel of an earlier run whose rows stay in the memory until they are wanted; None where one is missing."""
    found: Any = memory.get(name)
    if found is None:
        return None
    said, closed = found
    names = {table: f"{name}-{table}" for table in closed}
    memory.use(names.values())
    if not all(map(memory.has, names.values())):
        return None
    return Parcel(said, closed, _Kept(names, memory))


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
