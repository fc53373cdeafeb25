"""Who somebody is: ID numbers against an independent check digit, names and phones as they are really written."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.cells import normalise
from louxing_analysis.cleaning.identity import parse_id_numbers
from louxing_analysis.cleaning.names import parse_names
from louxing_analysis.cleaning.phones import parse_accounts, parse_phones
from louxing_analysis.problems import REASONS

MISSING = frozenset({"无", "/", "暂无"})


def column(*cells: object) -> np.ndarray:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def with_check(body: str) -> str:
    """ISO 7064 MOD 11-2 by its recurrence, digit by digit: no weights, so independent of the package."""
    rest = 0
    for digit in body:
        rest = (rest + int(digit)) * 2 % 11
    check = (12 - rest) % 11
    return body + ("X" if check == 10 else str(check))


# 43130219650512123? : (12 - rest) % 11 by hand is 6, see test_the_check_digit_by_hand
MAN = "431302196505121236"


def test_the_check_digit_by_hand() -> None:
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    digits = [4, 3, 1, 3, 0, 2, 1, 9, 6, 5, 0, 5, 1, 2, 1, 2, 3]
    total = 28 + 27 + 10 + 15 + 0 + 8 + 2 + 9 + 36 + 15 + 0 + 45 + 10 + 10 + 8 + 8 + 6
    assert total == sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) == 237
    # 237 = 21 * 11 + 6, and the seventh of 1 0 X 9 8 7 6 5 4 3 2 is 6
    assert MAN[-1] == "10X98765432"[6] == "6"
    assert with_check(MAN[:17]) == MAN


CLEANED = [
    (MAN, None, None),
    (f" {MAN[:6]}\t{MAN[6:]}\n", None, None),
    (f"'{MAN}", None, None),
    (f'="{MAN}"', None, None),
    ("４３１３０２１９６５０５１２１２３６", None, None),
    (f"G{MAN}", None, None),
    (f"{MAN}43", None, "43"),
    (f"{MAN}43B1", None, "43"),  # a certificate issued anew
    (f"‘{MAN}", None, None),
    (f"{MAN}。", None, None),
    (f"{MAN[:6]}-{MAN[6:14]}-{MAN[14:]}", None, None),
    ("431302650512123", "id_15_digits", None),
    (431302650512123.0, "id_15_digits", None),
]


@pytest.mark.parametrize(("cell", "note", "degree"), CLEANED)
def test_every_way_to_write_one_id_number_gives_its_18_characters(
    cell: object, note: str | None, degree: str | None
) -> None:
    parsed = parse_id_numbers(column(cell))
    assert (parsed.values[0], parsed.reasons[0], parsed.notes[0], parsed.extra["degree"][0]) == (
        MAN,
        None,
        note,
        degree,
    )
    assert str(parsed.extra["birth_date"][0])[:10] == "1965-05-12"
    assert parsed.extra["sex"][0] == "male"


@pytest.mark.parametrize("letter", ["X", "x", "Ｘ", "×", "х", "Х"])
def test_every_letter_that_passes_for_x_is_x(letter: str) -> None:
    # 43130219700101002? ends in X: found by the recurrence, not by the package
    bodies = (f"43130219700101{number:03d}" for number in range(1000))
    body = next(body for body in bodies if with_check(body).endswith("X"))
    parsed = parse_id_numbers(column(body + letter))
    assert (parsed.values[0], parsed.reasons[0]) == (body + "X", None)


SET_ASIDE = [
    ("43130219650512123", "id_length"),
    ("4313021965051212366", "id_length"),
    ("431302********1236", "id_masked"),
    ("军字第001号", "id_other_document"),
    ("H12345678", "id_other_document"),
    (True, "id_is_text"),
    (datetime.datetime(2018, 6, 12), "id_is_text"),
    ("张三", "id_is_text"),
    ("未办", "id_is_text"),
    (MAN.replace("0", "O", 1), "id_letters"),
    (MAN.replace("1", "l", 1), "id_letters"),
    (f"{MAN}、431302197001010028", "id_several"),
    (f"{MAN}\n431302197001010028", "id_several"),
    (f"张三{MAN}", "id_with_text"),
    (f"{MAN}（母亲）", "id_with_text"),  # a child's row with the mother's number
    ("111111111111111111", "id_fabricated"),
    ("123456789012345678", "id_fabricated"),
    ("431302196505121235", "id_check_digit"),
    (with_check("43130219651312123"), "id_birth_date"),
    (with_check("43130219650230123"), "id_birth_date"),
    (with_check("43130218650512123"), "id_birth_date"),
    (with_check("43130219650599999"), "id_fabricated"),
    (float(MAN), "id_digits_lost"),
    (int(MAN), "id_digits_lost"),
    ("4.31302E+17", "id_digits_lost"),
    ("431302196505121000", "id_digits_lost"),
]


@pytest.mark.parametrize(("cell", "reason"), SET_ASIDE)
def test_an_id_number_that_cannot_be_trusted_is_set_aside_with_its_reason(cell: object, reason: str) -> None:
    parsed = parse_id_numbers(column(cell))
    assert (parsed.values[0], parsed.reasons[0], parsed.extra["sex"][0]) == (None, reason, None)
    assert np.isnat(parsed.extra["birth_date"][0])


def test_a_number_that_the_reader_saw_rounded_is_no_key_even_if_its_check_digit_fits() -> None:
    parsed = parse_id_numbers(column(MAN, MAN, None), lost_digits=np.array([False, True, True]))
    assert parsed.values.tolist() == [MAN, None, None]
    assert parsed.reasons.tolist() == [None, "id_digits_lost", None]


def test_somebody_born_after_the_last_possible_day_has_a_wrong_id_number() -> None:
    number = with_check("43130220200615001")
    cells = column(number)
    assert parse_id_numbers(cells, latest=datetime.date(2020, 12, 31)).reasons[0] is None
    assert parse_id_numbers(cells, latest=datetime.date(2019, 12, 31)).reasons[0] == "id_birth_date"


def test_no_id_number_is_missing_without_a_reason() -> None:
    parsed = parse_id_numbers(column(None, "", "无", float("nan")), missing=MISSING)
    assert parsed.values.tolist() == [None] * 4
    assert parsed.reasons.tolist() == [None] * 4


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2020, 12, 31)), st.integers(1, 999), st.data())
@settings(max_examples=200, deadline=None)
def test_the_check_digit_agrees_with_the_recurrence_and_every_wrong_one_is_caught(
    born: datetime.date, order: int, data: st.DataObject
) -> None:
    number = with_check(f"431302{born:%Y%m%d}{order:03d}")
    parsed = parse_id_numbers(column(number))
    if "99999" in number:
        assert parsed.reasons[0] == "id_fabricated"
        return
    assert (parsed.values[0], parsed.reasons[0]) == (number, None)
    assert str(parsed.extra["birth_date"][0])[:10] == born.isoformat()
    assert parsed.extra["sex"][0] == ("male" if order % 2 else "female")
    wrong = number[:17] + data.draw(st.sampled_from(sorted(set("0123456789X") - {number[17]})))
    assert parse_id_numbers(column(wrong)).values[0] is None
    if 1900 <= born.year < 2000 and "99999" not in number[:6] + number[8:17]:
        assert parse_id_numbers(column(number[:6] + number[8:17])).values[0] == number


NAMES = [
    # cell                 name           note              in brackets
    ("张三", "张三", None, None),
    ("张 三", "张三", None, None),
    ("张\u3000三", "张三", None, None),
    ("欧阳娜娜", "欧阳娜娜", None, None),
    ("张三(故)", "张三", None, "故"),
    ("张三（户主）", "张三", None, "户主"),
    ("张三*", "张三", None, None),
    ("张三已死亡", "张三", None, "已死亡"),
    ("张三-死亡", "张三", None, "死亡"),
    ("1.张三", "张三", None, None),
    ("户主：张三", "张三", None, None),
    ("张三13812345678", "张三", None, None),
    ("张三2", "张三2", None, None),  # told apart from another one of the same name
    ("张三（", "张三", None, None),
    ("买买提•艾力", "买买提·艾力", None, None),
    ("买买提.艾力", "买买提·艾力", None, None),
    ("John  Smith", "John Smith", None, None),
    ("张三、李四", "张三、李四", "several_names", None),
    ("张三 李四", "张三、李四", "several_names", None),
    ("张三\n李四(组长)", "张三、李四", "several_names", "组长"),
    ("李?明", "李?明", "lost_character", None),
    ("李\ue123明", "李\ue123明", "lost_character", None),
]


@pytest.mark.parametrize(("cell", "name", "note", "bracket"), NAMES)
def test_a_name_is_made_comparable_and_its_remark_split_off(
    cell: str, name: str, note: str | None, bracket: str | None
) -> None:
    parsed = parse_names(column(cell))
    assert (parsed.values[0], parsed.reasons[0], parsed.notes[0], parsed.extra["note"][0]) == (
        name,
        None,
        note,
        bracket,
    )


def test_a_surname_of_two_signs_set_apart_is_no_second_person() -> None:
    parsed = parse_names(column("欧阳 娜娜", "张三 李四"), surnames=frozenset({"欧阳"}))
    assert parsed.values.tolist() == ["欧阳娜娜", "张三、李四"]
    assert parsed.notes.tolist() == [None, "several_names"]


def test_what_holds_no_letter_is_no_name() -> None:
    parsed = parse_names(column("123", 5, True, "()", "无", "暂无", "", None), missing=MISSING)
    assert parsed.values.tolist() == [None] * 8
    assert parsed.reasons.tolist() == ["not_a_name"] * 4 + [None] * 4


def test_phones_are_found_wherever_they_stand() -> None:
    cells = column("13812345678", 13812345678.0, "138 1234 5678、13912345678", "0738-8312345", "家里没有", "无", True)
    parsed = parse_phones(cells, missing=MISSING)
    assert parsed.values.tolist() == [
        "13812345678", "13812345678", "13812345678|13912345678", "07388312345", None, None, None
    ]  # fmt: skip
    assert parsed.reasons.tolist() == [None] * 4 + ["not_a_phone", None, "not_a_phone"]


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("+86 13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("138.1234.5678", "13812345678"),
        ("(0738)8312345", "07388312345"),
        ("0738—8312345", "07388312345"),
        ("手机13812345678座机8312345", "13812345678|8312345"),
    ],
)
def test_every_number_of_a_cell_is_found_with_its_area_code(cell: str, digits: str) -> None:
    assert parse_phones(column(cell)).values.tolist() == [digits]


def test_a_phone_that_excel_has_cut_is_lost() -> None:
    assert parse_phones(column("1.38E+10")).reasons.tolist() == ["digits_lost"]


def test_an_account_that_excel_has_rounded_is_set_aside() -> None:
    cells = column("6217 0012 3456 7890 123", 6.21700123456789e18, "6217001", "6.217E+18", "810000123456", None)
    parsed = parse_accounts(cells, lost_digits=np.array([False, False, False, False, True, True]))
    assert parsed.values.tolist() == ["6217001234567890123", None, None, None, None, None]
    assert parsed.reasons.tolist() == [None, "digits_lost", "not_an_account", "digits_lost", "digits_lost", None]


CELLS = st.one_of(
    st.text(max_size=24),
    st.text(alphabet="0123456789Xx×GE.+ ", max_size=22),
    st.integers(), st.floats(), st.booleans(), st.dates(), st.times(),
)  # fmt: skip


@given(st.lists(CELLS, max_size=8))
@settings(max_examples=300, deadline=None)
def test_no_cell_raises_and_each_has_a_value_or_a_reason_but_not_both(cells: list[object]) -> None:
    array = column(*cells)
    for parse in (parse_id_numbers, parse_names, parse_phones, parse_accounts):
        parsed = parse(array)
        for cell, value, reason in zip(cells, parsed.values, parsed.reasons, strict=True):
            empty = cell != cell or (isinstance(cell, str) and not normalise(cell))
            assert (value is None) == (reason is not None or empty)
            assert reason is None or reason in REASONS
