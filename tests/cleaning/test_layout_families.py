"""Thousands of made-up sheets in nearly fifty layouts: kinds divide the rows, headers and data are right, laws hold."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import pytest

from louxing_analysis.cleaning.inspect import inspect_workbook
from louxing_analysis.cleaning.locate import KINDS, locate
from louxing_analysis.cleaning.workbook import Workbook, read_workbook
from tests.cleaning.corpus import laws, workbooks
from tests.cleaning.corpus.page import Page, wrong_rows, wrong_tables
from tests.cleaning.layout_families import FAMILIES, cases
from tests.cleaning.offices import knowledge

CASES = 100
WITH_WORDS = 30  # cases read with the vocabulary as well
FEW = 5  # cases for what takes longer: files, JSON, laws
ALLOWED = CASES // 100  # 99 of 100 must be right

every_family = pytest.mark.parametrize("family", FAMILIES)


@cache
def drawn(family: str) -> list[Page]:
    return list(cases(family, CASES))


@cache
def faults(family: str, known: bool) -> list[tuple[list[str], list[str], list[str]]]:
    """For every case: wrong header and data rows, wrong rows of any kind, wrong tables."""
    words = knowledge().index.known if known else frozenset()
    told = []
    for page in drawn(family)[: WITH_WORDS if known else CASES]:
        located = locate(page.sheet, words)
        told.append(
            (wrong_rows(page, located, ("header", "data")), wrong_rows(page, located), wrong_tables(page, located))
        )
    return told


def wrong(family: str, which: int) -> list[str]:
    return [f"case {number}: {case[which]}" for number, case in enumerate(faults(family, False)) if case[which]]


def test_there_are_many_families_and_thousands_of_cases():
    assert len(FAMILIES) >= 24
    assert len(FAMILIES) * CASES >= 3000


@every_family
def test_headers_and_data_rows_are_right_in_99_of_100_sheets(family):
    assert len(told := wrong(family, 0)) <= ALLOWED, told


@every_family
def test_rows_of_every_kind_are_right_in_99_of_100_sheets(family):
    assert len(told := wrong(family, 1)) <= ALLOWED, told


@every_family
def test_tables_have_their_headers_and_column_names_in_99_of_100_sheets(family):
    assert len(told := wrong(family, 2)) <= ALLOWED, told


@every_family
def test_with_the_vocabulary_no_sheet_is_read_worse(family):
    worse = [
        f"case {number}: {with_words}"
        for number, (without, with_words) in enumerate(zip(faults(family, False), faults(family, True), strict=False))
        if len(with_words[1]) > len(without[1]) or len(with_words[2]) > len(without[2])
    ]
    assert worse == []


def divided(told: dict, height: int) -> None:
    """Every row of a sheet's JSON is in exactly one list, and of that kind in every table that has it."""
    assert sorted(told["rows"]) == sorted(KINDS)
    assert sorted(row for rows in told["rows"].values() for row in rows) == list(range(1, height + 1))
    for table in told.get("tables", []):
        mine = {(row, kind) for kind, rows in table["rows"].items() for row in rows}
        assert len({row for row, _ in mine}) == len(mine)
        assert mine <= {(row, kind) for kind, rows in told["rows"].items() for row in rows}


@every_family
def test_the_json_puts_every_row_in_exactly_one_list(family):
    pages = drawn(family)[:FEW]
    found = inspect_workbook(Workbook(Path("x.xlsx"), "x.xlsx", "xlsx", tuple(page.sheet for page in pages), ()))
    for page, told in zip(pages, json.loads(json.dumps(found))["sheets"], strict=True):
        divided(told, len(page.kinds))


@every_family
def test_a_written_file_is_read_as_the_drawn_sheet(family, tmp_path):
    pages = drawn(family)[:FEW]
    path = workbooks.save(pages, tmp_path / "pages.xlsx")
    for page, sheet in zip(pages, read_workbook(path, path.name).sheets, strict=True):
        assert laws.reading(locate(sheet)) == laws.reading(locate(page.sheet)), page.name
        assert sheet.hidden_rows == page.sheet.hidden_rows


@every_family
def test_moving_titling_noting_and_scaling_change_nothing_else(family):
    for number, page in enumerate(drawn(family)[:FEW]):
        before = laws.reading(locate(page.sheet))
        draw = random.Random(number)
        down, right = draw.randint(0, 5), draw.randint(0, 4)
        assert laws.reading(locate(laws.moved(page.sheet, down, right)), down, right) == before, page.name
        assert laws.reading(locate(laws.titled(page.sheet)), 1) == before, page.name
        after = laws.reading(locate(laws.noted(page.sheet)))
        assert (after["kinds"], after["tables"]) == ([*before["kinds"], "footer"], before["tables"]), page.name
        rows = [row for row, kind in enumerate(page.kinds) if kind in ("data", "total", "subtotal", "of_which")]
        assert laws.reading(locate(laws.scaled(page.sheet, rows))) == before, page.name


def test_the_check_of_divided_rows_can_fail():
    told = {"rows": {kind: [] for kind in KINDS}}
    told["rows"]["data"] = [1, 2]
    divided(told, 2)
    with pytest.raises(AssertionError):
        divided({"rows": {**told["rows"], "total": [2]}}, 2)
    with pytest.raises(AssertionError):
        divided(told, 3)
    divided({**told, "tables": [{"rows": {"data": [1]}}, {"rows": {"data": [1, 2]}}]}, 2)
    for rows in ({"total": [1]}, {"data": [1], "header": [1]}, {"data": [3]}):
        with pytest.raises(AssertionError):
            divided({**told, "tables": [{"rows": {"data": [1]}}, {"rows": rows}]}, 2)
