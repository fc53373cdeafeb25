"""Taking the sample away again: exactly the files that MADE-UP.csv lists, and none that somebody has changed."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from louxing_analysis.safe_text import csv_text, from_csv_text

ASIDE = ".made-up-partial"  # hidden, so never taken for a delivery
LIST = "MADE-UP.csv"
PLACES = "MADE-UP-places.csv"


class Removed(NamedTuple):
    """What was deleted, and what was left because it is not as the sample wrote it."""

    deleted: list[Path]
    changed: list[Path]


def made_up_files(raw: Path) -> dict[str, str]:
    """The sample's files below `raw` and their SHA-256; empty where there is no list."""
    source = raw / LIST
    if not source.exists():
        return {}
    with source.open(encoding="utf-8", newline="") as handle:
        return {from_csv_text(row["file"]): row["sha256"] for row in csv.DictReader(handle)}


def hash_of(path: Path) -> str:
    """A file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unchanged(path: Path, sha256: str) -> bool:
    """Whether a file is still what the sample wrote."""
    return path.is_file() and hash_of(path) == sha256


def fresh_folder(raw: Path) -> Path:
    """An empty hidden folder below `raw` to write into; what an interrupted run left there is thrown away."""
    shutil.rmtree(raw / ASIDE, ignore_errors=True)
    (raw / ASIDE).mkdir(parents=True)
    return raw / ASIDE


def settle(aside: Path, raw: Path, files: Iterable[str]) -> None:
    """Move the written files to where they belong, and take the hidden folder away."""
    for name in files:
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(aside / name, raw / name)
    shutil.rmtree(aside)


def write_list(raw: Path, files: dict[str, str]) -> Path:
    """Write MADE-UP.csv, sorted by file."""
    target = raw / LIST
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["file", "sha256"])
        writer.writerows((csv_text(name), sha256) for name, sha256 in sorted(files.items()))
    return target


def remove_sample(raw: Path) -> Removed:
    """Delete what the list names and nobody has touched; keep and name the rest; the list goes last."""
    deleted, changed = [], []
    for name, sha256 in made_up_files(raw).items():
        path = raw / name
        inside = path.resolve().is_relative_to(raw.resolve())  # a list edited by hand must not reach outside
        if inside and unchanged(path, sha256):
            path.unlink()
            deleted.append(path)
        elif path.exists():
            changed.append(path)
    if (raw / LIST).exists():
        (raw / LIST).unlink()
        deleted.append(raw / LIST)
    _drop_empty_folders(raw, deleted)
    return Removed(deleted, changed)


def _drop_empty_folders(raw: Path, deleted: list[Path]) -> None:
    folders = {parent for path in deleted for parent in path.parents if parent != raw and raw in parent.parents}
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
