"""Words of a vocabulary, yes or no, and text: mapped by their text, never by a bare code."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.cells import normalise
from louxing_analysis.cleaning.texts import parse_places, parse_text
from louxing_analysis.cleaning.values import KINDS, parse
from louxing_analysis.cleaning.vocabulary import parse_booleans, parse_codes
from louxing_analysis.problems import REASONS

CAUSES = {
    "因病(大病)": "serious_illness",
    "因病": "illness",
    "因残": "disability",
    "因学": "schooling",
    "缺劳力": "labour",
    "缺劳动力": "labour",
    "无": "none",
}
YES_NO = {"是": "yes", "否": "no", "√": "yes", "1": "yes", "0": "no", "无": "no"}
MISSING = frozenset({"无", "-", "不详"})


def column(*cells: object) -> np.ndarray:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("因病", "illness"),
        (" 因 病\n", "illness"),
        ("1.因病", "illness"),
        ("01因病", "illness"),
        ("（1）因病", "illness"),
        ("①因病", "illness"),
        ("3、因学", "schooling"),
        ("2.因病（大病）", "serious_illness"),
        ("因病(慢性)", "illness"),
        ("因残(二级)", "disability"),
        ("缺勞動力", "labour"),
        ("因病。", "illness"),
        ("因病、因病", "illness"),
        ("无", "none"),  # a word here, so not missing
    ],
)
def test_a_word_is_found_however_it_is_dressed(cell: str, code: str) -> None:
    parsed = parse_codes(column(cell), spellings=CAUSES, missing=MISSING)
    assert (parsed.values[0], parsed.reasons[0]) == (code, None)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1", "bare_code"),
        ("02", "bare_code"),
        (1, "bare_code"),
        (1.0, "bare_code"),
        ("因病、因残", "several_codes"),
        ("因病、怪病", "unknown_code"),
        ("懒", "unknown_code"),
        (True, "unknown_code"),
        (datetime.date(2018, 6, 1), "unknown_code"),
    ],
)
def test_what_is_no_word_of_the_vocabulary_is_set_aside(cell: object, reason: str) -> None:
    parsed = parse_codes(column(cell), spellings=CAUSES, missing=MISSING)
    assert (parsed.values[0], parsed.reasons[0]) == (None, reason)


def test_a_bare_code_counts_where_the_reference_spells_it() -> None:
    assert parse_codes(column("1", 1, "2"), spellings={"1": "one"}).values.tolist() == ["one", "one", None]


def test_an_unknown_word_comes_with_the_nearest_known_one() -> None:
    parsed = parse_codes(column("缺劳动", "完全不同的话"), spellings=CAUSES)
    assert parsed.extra["suggestion"].tolist() == ["缺劳动力", None]


def test_several_words_become_sorted_codes_and_an_unknown_one_among_them_is_left_out_and_noted() -> None:
    spellings = {"健康": "healthy", "残疾": "disabled", "长期慢性病": "chronic"}
    cells = column("残疾,长期慢性病", "长期慢性病、残疾", "残疾 残疾", "健康", "残疾;怪病", "残疾;无", "不详", None)
    parsed = parse_codes(cells, spellings=spellings, missing=MISSING, multiple=True)
    both = "chronic|disabled"
    assert parsed.values.tolist() == [both, both, "disabled", "healthy", "disabled", "disabled", None, None]
    assert parsed.reasons.tolist() == [None] * 8
    assert parsed.notes.tolist() == [None] * 4 + ["part_unknown"] + [None] * 3
    assert parsed.extra["unknown"].tolist() == [None] * 4 + ["怪病"] + [None] * 3


def test_several_words_of_which_none_is_known_are_set_aside() -> None:
    parsed = parse_codes(column("怪病、急病"), spellings=CAUSES, multiple=True)
    assert (parsed.values[0], parsed.reasons[0], parsed.notes[0]) == (None, "unknown_code", None)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("因病因残", "disability|illness"),
        ("因病和因残", "disability|illness"),
        ("因病及因残，因学", "disability|illness|schooling"),
        ("1因病2因残", "disability|illness"),
        ("①因病②因残", "disability|illness"),
        ("1.因病 2.因残", "disability|illness"),
        ("因病因懒", None),  # half of it is no word: nothing is guessed
        ("因", None),
    ],
)
def test_words_put_together_are_told_apart_where_all_of_them_are_known(cell: str, codes: str | None) -> None:
    parsed = parse_codes(column(cell), spellings=CAUSES, missing=MISSING, multiple=True)
    assert parsed.values[0] == codes
    assert parsed.reasons[0] == (None if codes else "unknown_code")


def test_words_of_one_sign_are_not_picked_out_of_others() -> None:
    parsed = parse_codes(column("病残", "病、残"), spellings={"病": "ill", "残": "disabled"}, multiple=True)
    assert parsed.values.tolist() == [None, "disabled|ill"]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("□是☑否", False),
        ("☑是□否", True),
        ("√是 □否", True),
        ("是√", True),
        ("√√", True),
        ("是□否☑", None),  # the boxes may belong to the words before or behind them
        ("是/否", None),
        ("○", None),
        ("●", None),
        ("▲", None),
        ("△", None),
    ],
)
def test_ticked_boxes_say_yes_or_no_and_marks_that_differ_between_offices_say_nothing(
    cell: str, answer: bool | None
) -> None:
    parsed = parse_booleans(column(cell), spellings=YES_NO, missing=MISSING)
    assert (None if parsed.values.isna()[0] else bool(parsed.values[0])) is answer
    assert parsed.reasons[0] == (None if answer is not None else "not_a_boolean")


@pytest.mark.parametrize("cell", ["2018年因病", "2018年度因病", "一、因病", "（一）因病", "無"])
def test_a_year_or_a_chinese_number_before_a_word_is_no_part_of_it(cell: str) -> None:
    parsed = parse_codes(column(cell), spellings={"因病": "illness"}, missing=MISSING)
    assert (parsed.values[0], parsed.reasons[0]) == (None if cell == "無" else "illness", None)


@given(st.lists(st.sampled_from(["因病、因残", "因学", "怪病", "无", "1", "", "因病因残", "缺勞力"]), max_size=8))
@settings(max_examples=100, deadline=None)
def test_a_cell_is_read_the_same_alone_and_among_others(cells: list[str]) -> None:
    together = parse_codes(column(*cells), spellings=CAUSES, missing=MISSING, multiple=True)
    alone = [parse_codes(column(cell), spellings=CAUSES, missing=MISSING, multiple=True) for cell in cells]
    for name in ("values", "reasons", "notes"):
        assert getattr(together, name).tolist() == [getattr(one, name)[0] for one in alone]


def test_yes_and_no_in_words_marks_numbers_and_booleans() -> None:
    cells = column("是", "否", "√", 1, 0.0, True, False, "无")
    parsed = parse_booleans(cells, spellings=YES_NO, missing=MISSING)
    assert parsed.values.tolist() == [True, False, True, True, False, True, False, False]
    assert parsed.reasons.tolist() == [None] * 8


def test_an_empty_cell_is_never_no_and_another_word_is_neither() -> None:
    parsed = parse_booleans(
        column(None, "", "-", "大概", 2, datetime.date(2018, 6, 1)), spellings=YES_NO, missing=MISSING
    )
    assert parsed.values.isna().all()
    assert str(parsed.values.dtype) == "boolean"
    assert parsed.reasons.tolist() == [None] * 3 + ["not_a_boolean"] * 3


def test_text_is_trimmed_and_otherwise_left_as_written() -> None:
    cells = column("  清桥村，\n 养殖（二期） ", 3.0, 2018, datetime.datetime(2018, 6, 12), "无", "", None, "\ud800坏")
    parsed = parse_text(cells, missing=MISSING)
    assert parsed.values.tolist() == ["清桥村， 养殖（二期）", "3", "2018", "2018-06-12", None, None, None, "\ufffd坏"]
    assert parsed.notes.tolist() == [None] * 7 + ["lost_character"]


def test_a_code_that_excel_kept_as_a_number_of_16_digits_is_set_aside() -> None:
    parsed = parse_text(column(4313020010010001.0, 431302001.0))
    assert parsed.values.tolist() == [None, "431302001"]
    assert parsed.reasons.tolist() == ["digits_lost", None]


def test_a_place_is_compared_without_spaces_and_width() -> None:
    assert parse_places(column("清 桥\u3000村", "（ＡＢ）", " ", None)).values.tolist() == [
        "清桥村",
        "(AB)",
        None,
        None,
    ]


def test_every_kind_of_column_has_a_reader_and_an_unknown_one_is_refused() -> None:
    kinds = (
        "text integer number money share date date_range month year boolean code codes "
        "id_number name phone account place"
    )
    assert set(KINDS) == set(kinds.split())
    with pytest.raises(ValueError, match="unknown kind of column: 'colour'"):
        parse("colour", column())
    with pytest.raises(TypeError, match="colour"):
        parse("text", column(), colour=1)


def test_the_readers_get_the_options_that_concern_them() -> None:
    money = parse(
        "money", column("1.2", "300元", "无"), unit_factor=10000.0, suffixes={"元": 1.0}, missing=MISSING, maximum=12000
    )
    assert money.values[:2].tolist() == [12000.0, 300.0]
    assert parse("integer", column("3人"), suffixes={"人": 1.0}).values.tolist() == [3]
    assert parse("month", column("6月"), year=2018).values.tolist() == ["2018-06"]
    assert parse("date", column("2018.1"), typed_text=False).reasons.tolist() == ["ambiguous_october"]
    assert parse("year", column("2030"), latest=datetime.date(2020, 12, 31)).reasons.tolist() == ["implausible_date"]
    assert parse("codes", column("因残,因病"), spellings=CAUSES).values.tolist() == ["disability|illness"]
    assert parse("id_number", column("431302196505121236"), lost_digits=np.array([True])).reasons.tolist() == [
        "id_digits_lost"
    ]


CELLS = st.one_of(
    st.text(max_size=16),
    st.text(alphabet="因病残学无是否√01.、,;()（） \n", max_size=8),
    st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.none(),
)  # fmt: skip


@given(st.lists(CELLS, max_size=8), st.sampled_from(sorted(KINDS)))
@settings(max_examples=600, deadline=None)
def test_no_kind_of_column_raises_or_loses_a_cell(cells: list[object], kind: str) -> None:
    array = column(*cells)
    before = array.copy()
    parsed = parse(kind, array, spellings=YES_NO if kind == "boolean" else CAUSES)
    assert len(parsed.values) == len(parsed.reasons) == len(parsed.notes) == len(cells)
    assert all(one is other for one, other in zip(array, before, strict=True))
    for cell, value, reason, note in zip(cells, parsed.values, parsed.reasons, parsed.notes, strict=True):
        absent = value is None or (str(value) in {"nan", "NaT", "<NA>"} and not isinstance(value, str))
        empty = cell is None or cell != cell or (isinstance(cell, str) and not normalise(cell))
        listed = isinstance(cell, str) and kind == "codes" and not normalise(cell).strip("、,;")
        assert absent == (reason is not None or empty or note == "open_ended") or listed
        assert reason is None or reason in REASONS
        assert note is None or note in REASONS
