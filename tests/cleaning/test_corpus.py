"""Sheets drawn after what such offices publish, each row with its truth beside it: all of them read right."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from louxing_analysis.cleaning.inspect import inspect_file
from louxing_analysis.cleaning.locate import KINDS, Located, locate
from louxing_analysis.cleaning.workbook import read_workbook
from tests.cleaning.corpus import (
    archives,
    blank_forms,
    budget_tables,
    census_tables,
    daily_records,
    heads_set_apart,
    household_books,
    household_ledgers,
    laws,
    lines_of_forms,
    lists_and_accounts,
    loose_ends,
    ministry_lists,
    releases_agencies,
    releases_english,
    releases_older,
    relief_forms,
    scanned,
    several_tables,
    stacked,
    statistical_forms,
    text_exports,
    unusual_places,
    workbooks,
    yearbooks,
    yearbooks_city,
    yearbooks_national,
    yearbooks_wide,
)
from tests.cleaning.corpus.notation import pages
from tests.cleaning.corpus.page import Page, cut_short, wrong_rows, wrong_tables
from tests.cleaning.offices import knowledge

MODULES = (
    archives,
    blank_forms,
    budget_tables,
    census_tables,
    daily_records,
    heads_set_apart,
    household_books,
    household_ledgers,
    lines_of_forms,
    lists_and_accounts,
    loose_ends,
    ministry_lists,
    releases_agencies,
    releases_english,
    releases_older,
    relief_forms,
    scanned,
    several_tables,
    stacked,
    statistical_forms,
    text_exports,
    unusual_places,
    yearbooks,
    yearbooks_city,
    yearbooks_national,
    yearbooks_wide,
)
PAGES: list[Page] = [page for module in MODULES for page in module.PAGES]

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
both_ways = pytest.mark.parametrize("known", [False, True], ids=["without vocabulary", "with vocabulary"])


@cache
def _read(title: str, known: bool) -> Located:
    page = next(page for page in PAGES if page.title == title)
    return locate(page.sheet, knowledge().index.known if known else frozenset())


def read(page: Page, known: bool = False) -> Located:
    return _read(page.title, known)


def test_the_corpus_has_more_than_a_hundred_sheets_in_many_layouts():
    assert len({page.title for page in PAGES}) == len(PAGES) >= 130
    assert len({page.layout for page in PAGES}) >= 30


@both_ways
@every_page
def test_headers_and_data_rows_are_right_and_so_is_every_other_row(page, known):
    assert wrong_rows(page, read(page, known), ("header", "data")) == []
    assert wrong_rows(page, read(page, known)) == []


@both_ways
@every_page
def test_tables_have_the_headers_names_and_units_drawn(page, known):
    assert wrong_tables(page, read(page, known)) == []


def test_with_the_vocabulary_no_page_that_is_cut_short_is_read_worse():
    known = knowledge().index.known
    cut = [page for page in map(cut_short, PAGES) if page.kinds]
    without = {page.title: len(wrong_rows(page, locate(page.sheet))) for page in cut}
    with_words = {page.title: len(wrong_rows(page, locate(page.sheet, known))) for page in cut}
    assert sum(map(bool, without.values())) > 5  # else there is nothing to be read worse
    assert [title for title in without if with_words[title] > without[title]] == []


@every_page
def test_empty_rows_above_and_empty_columns_at_the_left_move_everything_and_change_nothing(page):
    down, right = 3, 2
    after = laws.reading(locate(laws.moved(page.sheet, down, right)), down, right)
    assert after == laws.reading(read(page))


@every_page
def test_one_more_title_changes_nothing_else(page):
    located = locate(laws.titled(page.sheet))
    assert located.kinds[0] == "title"
    assert laws.reading(located, down=1) == laws.reading(read(page))


@every_page
def test_one_more_note_at_the_end_changes_nothing_else(page):
    located = laws.reading(locate(laws.noted(page.sheet)))
    before = laws.reading(read(page))
    assert located["kinds"] == [*before["kinds"], "footer"]
    assert located["tables"] == before["tables"]


@every_page
def test_figures_ten_times_as_large_change_nothing(page):
    rows = [row for row, kind in enumerate(page.kinds) if kind in ("data", "total", "subtotal", "of_which")]
    assert laws.reading(locate(laws.scaled(page.sheet, rows))) == laws.reading(read(page))


@every_page
def test_figures_written_as_text_leave_every_row_what_it_is(page):
    assert wrong_rows(page, locate(laws.as_text(page.sheet))) == wrong_rows(page, read(page))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_pages_come_back_from_a_file_as_they_were_drawn_and_every_row_is_in_one_list(module, tmp_path):
    path = workbooks.save(module.PAGES, tmp_path / "pages.xlsx")
    workbook = read_workbook(path, path.name)
    found = json.loads(json.dumps(inspect_file(path), ensure_ascii=False))
    for page, sheet, told in zip(module.PAGES, workbook.sheets, found["sheets"], strict=True):
        assert np.array_equal(sheet.values, page.sheet.values), page.title
        assert set(sheet.merges) == set(page.sheet.merges), page.title
        assert (sheet.hidden_rows, sheet.hidden_columns) == (page.sheet.hidden_rows, page.sheet.hidden_columns)
        listed = [(row, kind) for kind in KINDS for row in told["rows"][kind]]
        assert sorted(row for row, _ in listed) == list(range(1, len(page.kinds) + 1)), page.title
        kinds = [kind for _, kind in sorted(listed)]
        assert kinds == read(page).kinds.tolist(), page.title


def test_a_wrong_reading_of_a_page_is_told():
    (page,) = pages(
        "self-test",
        """
# total, unit and two tables side by side
U |  |  |  | 单位：元
H | 姓名 | 金额 | 姓名 | 金额
= 姓名 | 金额 || 姓名 | 金额
D3 | {人} | {1} | {人} | 12.5
S | 合计 | {+} | 合计 | {+}
""",
    )
    located = locate(page.sheet)
    assert page.sheet.values[-1].tolist() == ["合计", 6.0, "合计", 37.5]
    assert (wrong_rows(page, located), wrong_tables(page, located)) == ([], [])
    kinds = located.kinds.copy()
    kinds[-1] = "data"
    assert len(wrong_rows(page, replace(located, kinds=kinds), ("header", "data"))) == 1
    assert "2 tables side by side" in wrong_tables(page, replace(located, tables=located.tables[:1]))[0]
    unit = tuple(replace(table, unit="万元") for table in located.tables)
    assert "unit 元" in wrong_tables(page, replace(located, tables=unit))[0]
