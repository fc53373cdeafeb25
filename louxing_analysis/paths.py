"""Every folder that the project reads or writes."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """The folders of one project; each may be pointed elsewhere by an option of the command."""

    root: Path
    raw: Path
    reference: Path
    processed: Path
    reports: Path
    notebooks: Path

    def moved(self, **folders: Path | str | None) -> Paths:
        """The same paths with some folders elsewhere; None leaves a folder where it is."""
        return replace(self, **{name: Path(folder).resolve() for name, folder in folders.items() if folder is not None})


def root() -> Path:
    """The project's folder: LOUXING_ROOT if set, else the one that holds this package."""
    told = os.environ.get("LOUXING_ROOT")
    return Path(told).resolve() if told else Path(__file__).resolve().parents[1]


def default() -> Paths:
    """The folders as the project lays them out; LOUXING_PROCESSED and LOUXING_REPORTS move what notebooks see."""
    top = root()
    paths = Paths(
        root=top,
        raw=top / "data" / "raw",
        reference=top / "data" / "reference",
        processed=top / "data" / "processed",
        reports=top / "reports",
        notebooks=top / "notebooks",
    )
    return paths.moved(
        processed=os.environ.get("LOUXING_PROCESSED"),
        reports=os.environ.get("LOUXING_REPORTS"),
        reference=os.environ.get("LOUXING_REFERENCE"),
    )
