"""The cleaning marked by another made-up office than its own: see tests/other_office.

written by that office              cleaned                         how often
----------------------------------  ------------------------------  -------------------------
a row                               the same row, by its address    every one
1.2万, ２０１８.6, 01本人或户主         12000.0, June 2018, head         99.9 % of the cells
3000-4000, 2018-6-31, an ID of 17   set aside, and nothing else      99 % each way
a household in 2016 and in 2020     the same pseudonym               99 % of the pairs
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from other_office import office, scoring
from other_office.grid import Book

from louxing_analysis import cli, paths

# households whose code or head changes are followed by cleaning.following; the mark goes once that is everywhere
followed = pytest.mark.xfail(
    importlib.util.find_spec("louxing_analysis.cleaning.following") is None,
    reason="households are not yet followed by their members",
    strict=True,
)
SEED, MESS, PER_VILLAGE = 1, 1, 14
LEAST = 0.99


class Marked(NamedTuple):
    books: list[Book]
    processed: Path
    score: scoring.Score
    exit_code: int


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    top = tmp_path_factory.mktemp("other_office")
    books = office.generate(top / "raw", SEED, MESS, PER_VILLAGE)
    facts = office.reference(top / "reference", paths.default().reference)
    words = ["clean", "--raw", top / "raw", "--processed", top / "processed", "--reference", facts, "--jobs", "1"]
    exit_code = cli.main([str(word) for word in words])
    return Marked(books, top / "processed", scoring.score(books, top / "processed"), exit_code)


def of_kind(score: scoring.Score, *what: str) -> list[dict[str, object]]:
    return [fault for fault in score.faults if str(fault["what"]).startswith(what)]


@followed
def test_every_row_that_can_stand_is_found_and_none_is_invented(marked: Marked) -> None:
    rows = marked.score.rows
    assert rows["kept"] > 4000
    assert (rows["found"], rows["invented"]) == (rows["kept"], 0), of_kind(marked.score, "row")[:5]


def test_cells_are_right_and_no_money_date_or_code_is_silently_wrong(marked: Marked) -> None:
    cells = sum(marked.score.cells.values(), Counter())
    assert sum(cells.values()) > 30_000
    assert cells["equal"] / sum(cells.values()) >= 0.999, of_kind(marked.score, "cell")[:5]
    for kind in ("money", "date", "code"):
        assert marked.score.cells[kind]["equal"] > 500
        wrong = marked.score.cells[kind]["wrong"] + marked.score.cells[kind]["invented"]
        assert wrong == 0, of_kind(marked.score, "cell wrong", "cell invented")[:5]


def test_just_the_spoiled_cells_are_set_aside(marked: Marked) -> None:
    assert marked.score.aside["right"] > 100
    precision, recall = marked.score.precision_recall(marked.score.aside)
    assert min(precision, recall) >= LEAST, of_kind(marked.score, "set aside")[:5]


@followed
def test_just_the_rows_that_cannot_stand_are_held_back(marked: Marked) -> None:
    assert marked.score.held["right"] > 10
    precision, recall = marked.score.precision_recall(marked.score.held)
    assert min(precision, recall) >= LEAST, of_kind(marked.score, "row")[:5]


@followed
def test_households_people_and_cadres_are_followed(marked: Marked) -> None:
    for who in ("register", "household_id", "person_id", "cadre_id", "member_id", "project_id"):
        assert scoring.f1(*marked.score.links[who]) >= LEAST, (who, of_kind(marked.score, who)[:5])


def test_sheets_are_read_or_refused_as_they_should_be_and_their_rows_told_apart(marked: Marked) -> None:
    assert marked.score.sheets == {"read": 130, "refused": 2}, of_kind(marked.score, "sheet")[:5]
    assert marked.exit_code == 1


def test_the_examiner_sees_what_is_wrong(marked: Marked) -> None:
    """One amount, one household and one sheet said otherwise: three faults more than before."""
    books = office.expectations(marked.books)
    amount = next(one for one in books if one.table == "incomes" and one.values.get("wage_income"))
    home = next(one for one in books if one.table == "households")
    true, hid = amount.values["wage_income"], home.ids["household_id"]
    amount.values["wage_income"], home.ids["household_id"] = float(true) + 1, -1  # type: ignore[arg-type]
    marked.books[0].sheets[0].kinds[0] = "data"
    try:
        again = scoring.score(marked.books, marked.processed)
    finally:
        amount.values["wage_income"], home.ids["household_id"] = true, hid
        marked.books[0].sheets[0].kinds[0] = "header"
    assert again.cells["money"]["wrong"] == marked.score.cells["money"]["wrong"] + 1
    assert again.sheets["rows of another kind"] == 1
    assert again.links["register"] < marked.score.links["register"]
