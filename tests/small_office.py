"""The folders of a small made-up office that tests look at as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from louxing_analysis import paths, pipeline
from louxing_analysis.paths import Paths

PLACES, HOUSEHOLDS = 20, 150


@dataclass(frozen=True)
class Office:
    """The folders of one delivery, its truth, and what cleaning it came to."""

    where: Paths
    truth: Path
    outcome: pipeline.Outcome


def folders(top: Path) -> Paths:
    """Folders of an office of its own; the reference rows and notebooks are the project's."""
    return paths.default().moved(raw=top / "raw", processed=top / "processed", reports=top / "reports")
