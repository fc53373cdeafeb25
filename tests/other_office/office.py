"""The whole delivery of a seed: files in a folder, and what must come of every row of them."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from other_office import (
    accounts,
    forms_of_cells,
    gatherings,
    grants,
    helpers,
    lists,
    projects,
    registers,
    traps,
    truth,
    writer,
)
from other_office.grid import Book, Expected


def generate(folder: Path, seed: int, mess: int, per_village: int = 24) -> list[Book]:
    """Write the delivery; the books, with their expectations."""
    district = truth.make(seed, per_village)
    rng = random.Random(seed * 1000 + mess)
    pairs = helpers.pair_up(district)
    books = [
        *registers.write(rng, mess, district),
        *accounts.write(rng, mess, district),
        *helpers.pairings(rng, mess, district, pairs),
        *helpers.teams(rng, mess, district),
        *helpers.visits(rng, mess, district, pairs),
        *projects.write(rng, mess, district),
        *grants.aid(rng, mess, district),
        *gatherings.write(rng, mess, district),
        *([*traps.write(rng, district), *forms_of_cells.write(district), *lists.write(rng, district)] if mess else []),
    ]
    for book in books:
        for one in (one for sheet in book.sheets for one in sheet.expected):
            one.workbook = book.name
    settle(books)
    folder.mkdir(parents=True, exist_ok=True)
    for book in books:
        writer.write(book, folder)
    return books


def settle(books: list[Book]) -> None:
    """What only the whole delivery decides: who can be known in spite of a spoiled number, and which rows stand twice."""
    everything = expectations(books)
    # the system's exports tell people by a code of their own, too
    known = {
        one.ids["person_id"]
        for one in everything
        if one.table == "members" and ("id_number" not in one.aside or "信息导出" in one.workbook)
    }
    for one in everything:
        if one.table == "members" and "id_number" in one.aside and one.ids["person_id"] not in known:
            one.fate = "quarantined"  # no birth date is written anywhere, so nothing but the number tells people apart
    for one in [one for one in everything if one.ids.pop("differs", False)]:
        for other in everything:
            same = other.table == one.table and other.ids["household_id"] == one.ids["household_id"]
            if same and other.values["register_year"] == one.values["register_year"]:
                other.fate = "differs"
    # a cell that had to be set aside does not agree with one that says something
    for one in [one for one in everything if one.table == "households" and one.fate == "repeats"]:
        for other in everything:
            twin = (
                other.table == one.table and other is not one and other.ids["household_id"] == one.ids["household_id"]
            )
            if (
                twin
                and other.values["register_year"] == one.values["register_year"]
                and other.aside.keys() & one.values.keys()
            ):
                one.fate = other.fate = "differs"


def expectations(books: list[Book]) -> list[Expected]:
    """All that is expected, in the order of writing."""
    return [one for book in books for sheet in book.sheets for one in sheet.expected]


def reference(folder: Path, source: Path) -> Path:
    """The project's reference with this office's crosswalk of villages, as an office would add it."""
    shutil.copytree(source, folder, dirs_exist_ok=True)
    changes = folder / "place_changes.csv"
    rows = changes.read_text(encoding="utf-8-sig").splitlines()
    for new, names, last, kind in truth.CHANGES:
        township = next(town for town, villages in truth.PLACES.items() if new in villages)
        rows += [
            f"{township},{old},{township},{new},{kind},{last + 1}-01-01,made up for the test,high" for old in names
        ]
    changes.write_text("\n".join(rows) + "\n", encoding="utf-8")
    places = folder / "places.csv"
    rows = places.read_text(encoding="utf-8-sig").splitlines()
    for township, villages in truth.PLACES.items():
        kinds = [("community" if name.endswith("社区") else "village", name) for name in villages]
        rows += [f"{township},{name},{kind},,,,made up for the test,high" for kind, name in kinds]
    places.write_text("\n".join([rows[0], *sorted(rows[1:])]) + "\n", encoding="utf-8")
    return folder
