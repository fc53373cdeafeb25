"""Columns written oddly: what stands in the cell, what a perfect reader makes of it, and that nothing else changes."""

from __future__ import annotations

import datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis.sample import identity
from louxing_analysis.sample.facts import Fact, read_facts, traditional
from louxing_analysis.sample.mess import KINDS, SET_ASIDE, SET_RIGHT
from louxing_analysis.sample.planting import Care, Shares, plant
from louxing_analysis.sample.spelling import Manner, amount, choose_manner, first_day, write_column

FACTS = read_facts()
MONEY = FACTS.of("incomes", "wage_income")
DATE = FACTS.of("pairings", "end_date")
CODE = FACTS.of("households", "cause_main_code")
ID = FACTS.of("members", "id_number")
PERSON = "43990219800101" + "001" + identity.check_mark("43990219800101001")


def column_of(fact: Fact, values: list[object], manner: Manner | None = None):  # type: ignore[no-untyped-def]
    words = Manner(words=dict(FACTS.labels.get(fact.vocabulary, {})), form="dash" if fact.kind == "date" else "plain")
    return write_column(fact, manner or words, values)


def test_yuan_in_a_sheet_of_ten_thousands_lose_nothing() -> None:
    # 12,345.67 元 is 1.234567 万元
    assert amount(12345.67, 10000.0) == 1.234567
    assert write_column(MONEY, Manner(factor=10000.0), [12345.67, None, 0.0]).cells == [1.234567, None, 0]


@given(st.integers(min_value=0, max_value=10**9))
def test_any_amount_to_the_fen_comes_back_from_ten_thousands(fen: int) -> None:
    yuan = fen / 100
    assert round(amount(yuan, 10000.0) * 10000, 2) == yuan


def test_a_date_known_to_the_month_is_never_written_with_a_day() -> None:
    days = [datetime.date(2018, 6, 1), datetime.date(2018, 6, 12), None]
    column = write_column(DATE, Manner(form="chinese"), days, ["month", "day", None])
    assert column.cells == ["2018年6月", "2018年6月12日", None]
    assert column.precision == ["month", "day", None]
    assert column.truth == [datetime.date(2018, 6, 1), datetime.date(2018, 6, 12), None]


def test_a_column_of_months_makes_first_days_of_its_truth() -> None:
    column = write_column(DATE, Manner(form="month_dots"), [datetime.date(2018, 10, 17)])
    assert (column.cells, column.truth, column.precision) == (["2018.10"], [datetime.date(2018, 10, 1)], ["month"])


def test_date_cells_that_are_all_first_days_become_text() -> None:
    days = [datetime.date(2018, month, 1) for month in (3, 4, 5)]
    assert write_column(DATE, Manner(form="cell"), days).cells == ["2018-03-01", "2018-04-01", "2018-05-01"]


def test_a_half_year_begins_in_january_or_july() -> None:
    assert first_day(datetime.date(2018, 9, 30), "half") == datetime.date(2018, 7, 1)
    assert first_day(datetime.date(2018, 9, 30), "quarter") == datetime.date(2018, 7, 1)


def test_several_codes_in_one_cell_are_a_set() -> None:
    fact = FACTS.of("members", "health_codes")
    column = column_of(fact, ["chronic|disabled", "", None])
    assert column.cells == ["长期慢性病,残疾", None, None]
    assert column.truth == ["chronic|disabled", None, None]


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (identity.lower_case, None),
        (identity.spaced, f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}"),
        (identity.fifteen_digits, PERSON[:6] + PERSON[8:17]),
        (identity.with_tab, PERSON + "\t"),
    ],
)
def test_an_id_number_can_be_written_so_that_it_is_still_the_same(change, written) -> None:  # type: ignore[no-untyped-def]
    assert change(PERSON, Random(1)) == (written if not (written is None and PERSON.endswith("X")) else PERSON.lower())


def test_broken_id_numbers_are_broken() -> None:
    assert not identity.is_plain(str(identity.wrong_mark(PERSON, Random(1))))
    assert len(str(identity.too_short(PERSON, Random(1)))) == 17
    assert identity.as_excel_number("4" * 18, Random(1)) == 444444444444444000.0
    wrong_day = identity.no_such_birthday(PERSON, Random(1))
    assert wrong_day is not None
    assert wrong_day[10:14] == "0231"
    assert identity.is_plain(wrong_day)  # only the birthday is impossible


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        (MONEY, [float(1000 * number + 37) for number in range(1, 300)]),
        (DATE, [datetime.date(2018, 1 + number % 12, 2 + number % 26) for number in range(300)]),
        (CODE, list(FACTS.labels["cause"]) * 23),
        (ID, [PERSON] * 300),
    ],
)
def test_a_wrong_cell_has_no_truth_and_an_odd_one_keeps_it(fact: Fact, values: list[object]) -> None:
    column = column_of(fact, values)
    plain = column_of(fact, values)
    found = plant(column, FACTS, Shares(0.2, 0.2), Care(), Random(3), text_only=False)
    planted = {defect.record: defect for defect in found}
    assert {defect.expected for defect in found} >= {SET_RIGHT, SET_ASIDE}
    for record in range(len(values)):
        if record not in planted:
            assert (column.cells[record], column.truth[record]) == (plain.cells[record], plain.truth[record])
        elif planted[record].expected == SET_ASIDE:
            assert column.truth[record] is None
        elif column.precision is None or column.precision[record] == "day":
            assert column.truth[record] == plain.truth[record]


def test_a_wrong_cell_in_a_required_column_takes_the_row_along() -> None:
    column = column_of(DATE, [datetime.date(2019, 5, 6)] * 50)
    found = plant(column, FACTS, Shares(0.0, 0.5), Care(stands=True), Random(3), text_only=False)
    assert found
    assert {defect.expected for defect in found} == {"quarantined"}


def test_nothing_is_planted_where_nothing_stands() -> None:
    column = column_of(MONEY, [None] * 100)
    assert plant(column, FACTS, Shares(0.5, 0.5), Care(), Random(3), text_only=False) == []


def test_a_file_without_types_gets_no_error_cells_and_no_typed_numbers() -> None:
    column = column_of(MONEY, [5000.0] * 400)
    plant(column, FACTS, Shares(0.5, 0.5), Care(), Random(3), text_only=True)
    assert {type(cell) for cell in column.cells} <= {str, int, float}
    assert not {"error_value", "never_calculated", "number_as_text"} & {
        defect.kind
        for defect in plant(
            column_of(MONEY, [5000.0] * 400), FACTS, Shares(0.5, 0.5), Care(), Random(3), text_only=True
        )
    }


def test_the_words_of_wrong_cells_mean_nothing_in_any_vocabulary() -> None:
    for code in FACTS.labels["cause"]:
        column = column_of(CODE, [code] * 80)
        for defect in plant(column, FACTS, Shares(0.0, 1.0), Care(), Random(4), text_only=False):
            assert not FACTS.means("cause", str(defect.written))
            assert not FACTS.means("missing", str(defect.written))


def test_level_0_writes_labels_and_date_cells() -> None:
    assert choose_manner(DATE, FACTS, 0, Random(1), 1.0, False).form == "cell"
    assert choose_manner(CODE, FACTS, 0, Random(1), 1.0, False).words["illness"] == FACTS.labels["cause"]["illness"]


def test_every_kind_says_what_it_writes() -> None:
    assert all(kind.written and kind.columns and kind.name for kind in KINDS)


def test_a_traditional_header_comes_back_simplified() -> None:
    assert traditional("户主姓名") != "户主姓名"
    assert traditional("abc") == "abc"
