"""Offices' own sheets of old and new villages (新旧村对照表) → rows as place_changes.csv has them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.row_keys import column
from louxing_analysis.cleaning.stack import Piece
from louxing_analysis.reference import Reference, normalise

LEDGER = "village_changes"
COLUMNS = ["old_township", "old_village", "new_township", "new_village", "kind", "since", "source", "confidence"]


def changes_of(pieces: Iterable[Piece]) -> pd.DataFrame:
    """old_township old_village new_township new_village kind since source confidence, each change once, sorted.

    A township that a row does not say is that of its other side, else that of the sheet. Rows of a village that stayed as it
    was are no change. `kind` where none is written: merge where several villages became one, split where one became several,
    else rename. `source` is the file.
    """
    frames = [_of_piece(piece) for piece in pieces]
    frames = [frame for frame in frames if len(frame)]
    if not frames:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    frame = pd.concat(frames, ignore_index=True).drop_duplicates(COLUMNS[:4])
    old, new = ["old_township", "old_village"], ["new_township", "new_village"]
    parts = frame.groupby(old)["new_village"].transform("size")
    joined = frame.groupby(new)["old_village"].transform("size")
    told = np.where(parts > 1, "split", np.where(joined > 1, "merge", "rename"))
    frame["kind"] = frame["kind"].where(frame["kind"] != "", told)
    moved = (frame["old_township"] != frame["new_township"]) | (frame["old_village"] != frame["new_village"])
    # a village that stays beside its parts is one of them; one that others join is no change
    frame = frame[moved | (parts > 1)]
    return frame[COLUMNS].sort_values(COLUMNS[:4], ignore_index=True).astype("str")


def _of_piece(piece: Piece) -> pd.DataFrame:
    frame = piece.frame

    def texts(name: str) -> pd.Series:
        return column(frame, name).map(lambda text: normalise(text) if isinstance(text, str) else "")

    old, new, here = texts("old_township"), texts("new_township"), texts("township")
    new = new.where(new != "", here).where(lambda town: town != "", old)
    days = pd.to_datetime(frame["change_date"]) if "change_date" in frame else pd.Series(pd.NaT, index=frame.index)
    out = pd.DataFrame(
        {
            "old_township": old.where(old != "", new),
            "old_village": texts("old_village"),
            "new_township": new,
            "new_village": texts("new_village"),
            "kind": texts("change_kind_code"),
            "since": days.dt.strftime("%Y-%m-%d").fillna(""),
            "source": piece.workbook,
            "confidence": "office",
        }
    )
    return out[(out["old_village"] != "") & (out["new_village"] != "")]


def named_like_one(names: Iterable[str], reference: Reference) -> list[str]:
    """The files whose names say that they hold such a sheet: read first, so that nothing has to be read twice."""
    facts = reference.ledgers.set_index("ledger").loc[LEDGER]
    words = [normalise(word) for word in str(facts["title_words"]).split()]
    return [name for name in names if any(word in normalise(name) for word in words)]
