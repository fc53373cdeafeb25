"""Numbers out of cells: what is read, what is set aside and why, and that nothing is lost on the way."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.amount_forms import read_amount, units_of
from louxing_analysis.cleaning.amount_hints import numeral_value
from louxing_analysis.cleaning.amounts import parse_numbers, parse_shares
from louxing_analysis.problems import REASONS

MONEY = {"元": 1.0, "元/年": 1.0, "万元": 10000.0}
COUNTS = {"人": 1.0, "户": 1.0, "亩": 1.0, "㎡": 1.0}
MISSING = frozenset({"无", "-", "/", "—", "N/A", "null", "不详"})


def column(*cells: object) -> np.ndarray:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


READ = [
    # cell               header unit  value     note
    (1200, 1.0, 1200.0, None),
    (1200.5, 1.0, 1200.5, None),
    ("1200", 1.0, 1200.0, None),
    ("0", 1.0, 0.0, None),
    (0, 1.0, 0.0, None),
    ("-35.5", 1.0, -35.5, None),
    ("−35.5", 1.0, -35.5, None),  # the minus sign of a word processor
    ("１２００", 1.0, 1200.0, None),
    ("1,200", 1.0, 1200.0, None),
    ("1，200.50", 1.0, 1200.5, None),
    ("12,345,678", 1.0, 12345678.0, None),
    (" 1200\t元\n", 1.0, 1200.0, None),
    ("\u200b1200\ufeff", 1.0, 1200.0, None),
    ('="1200"', 1.0, 1200.0, None),
    ("'1200", 1.0, 1200.0, None),
    ("1200元", 1.0, 1200.0, None),
    ("1200元整", 1.0, 1200.0, None),
    ("1200（元）", 1.0, 1200.0, None),
    ("3000元/年", 1.0, 3000.0, None),
    ("3人", 1.0, 3.0, None),
    ("120㎡", 1.0, 120.0, None),
    ("￥1,200", 1.0, 1200.0, None),
    ("-¥1,200", 1.0, -1200.0, None),
    ("1.2万", 1.0, 12000.0, None),  # 1.2 * 10000 in binary would do; 1.1 and 2.3 would not
    ("1.1万", 1.0, 11000.0, None),
    ("2.3千", 1.0, 2300.0, None),
    ("5百万元", 1.0, 5000000.0, None),
    ("1.5亿", 1.0, 150000000.0, None),
    ("约3000", 1.0, 3000.0, "approximate"),
    ("3000元左右", 1.0, 3000.0, "approximate"),
    ("3000多元", 1.0, 3000.0, "approximate"),
    ("10余万元", 1.0, 100000.0, "approximate"),
    ("(1,200)", 1.0, -1200.0, "negative_in_brackets"),
    ("(-1200)", 1.0, -1200.0, "negative_in_brackets"),
    ("1.2E+05", 1.0, 120000.0, None),
    ("1200萬元", 1.0, 12000000.0, None),  # traditional characters
    ("3億", 1.0, 300000000.0, None),
    ("3000元每年", 1.0, 3000.0, None),
    ("每年3000元", 1.0, 3000.0, None),
    ("负1200", 1.0, -1200.0, None),
    ("近3000", 1.0, 3000.0, "approximate"),
    ("将近3000", 1.0, 3000.0, "approximate"),
    ("大概3000元", 1.0, 3000.0, "approximate"),
    ("3000（估）", 1.0, 3000.0, "approximate"),
    # the header says 万元
    (1.2, 10000.0, 12000.0, None),
    (1.1, 10000.0, 11000.0, None),
    (2.3456, 10000.0, 23456.0, None),
    (0.123456, 10000.0, 1234.56, None),
    ("1.1", 10000.0, 11000.0, None),
    ("约1.1", 10000.0, 11000.0, "approximate"),
    # a cell that brings its own unit wins over the header
    ("1.2万元", 10000.0, 12000.0, None),
    ("1.2万", 10000.0, 12000.0, None),
    ("3000元", 10000.0, 3000.0, None),
]


@pytest.mark.parametrize(("cell", "factor", "value", "note"), READ)
def test_a_number_is_read_exactly_as_it_is_meant(cell: object, factor: float, value: float, note: str | None) -> None:
    parsed = parse_numbers(column(cell), unit_factor=factor, suffixes=MONEY | COUNTS, missing=MISSING)
    assert (parsed.values[0], parsed.reasons[0], parsed.notes[0]) == (value, None, note)


SET_ASIDE = [
    ("二万", "not_a_number"),
    ("三千五", "not_a_number"),
    ("见附件", "not_a_number"),
    ("12.", "not_a_number"),
    (True, "not_a_number"),
    (datetime.time(8, 30), "not_a_number"),
    (float("inf"), "not_a_number"),
    (10**400, "not_a_number"),
    ("②1200", "not_a_number"),
    ("30²", "not_a_number"),
    ("1" + "0" * 500, "not_a_number"),
    ("▲1200", "not_a_number"),
    ("#N/A", "error_cell"),
    ("3000元/月", "rate_not_amount"),
    ("每月300元", "rate_not_amount"),
    ("600元/亩", "rate_not_amount"),
    ("1/2", "expression"),
    ("1,2", "bad_grouping"),
    ("1,20", "bad_grouping"),
    ("1200,300", "bad_grouping"),
    ("0,123", "bad_grouping"),
    ("1,200,30", "bad_grouping"),
    ("3000-4000", "range"),
    ("3000～4000元", "range"),
    ("3千到4千", "range"),
    ("3000以上", "range"),
    ("不足3000", "range"),
    ("大于3000", "range"),
    ("3000+", "range"),
    (">3000", "range"),
    ("2人*2000", "expression"),
    ("2人×12月×2000", "expression"),
    ("1000+200", "expression"),
    ("=A1+B1", "expression"),
    ("种植3000,养殖2000", "several_numbers"),
    ("3万5千", "several_numbers"),
    ("1200\n1500", "several_numbers"),
    ("１２ ３００", "several_numbers"),
    ("300斤", "unknown_cell_unit"),
    ("12%", "unknown_cell_unit"),
    ("2018-06-12", "date_in_number"),
    ("2018年", "date_in_number"),
    ("6月12日", "date_in_number"),
    (datetime.datetime(2018, 6, 12), "date_in_number"),
    (datetime.date(2018, 6, 12), "date_in_number"),
]


@pytest.mark.parametrize(("cell", "reason"), SET_ASIDE)
def test_what_is_not_one_number_is_set_aside_with_its_reason(cell: object, reason: str) -> None:
    parsed = parse_numbers(column(cell), suffixes=MONEY, missing=MISSING)
    assert (math.isnan(parsed.values[0]), parsed.reasons[0], parsed.notes[0]) == (True, reason, None)
    assert reason in REASONS


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "\u3000", float("nan"), "无", "－", "—", "／", "n/a", "NULL", " null "]
)
def test_nothing_stated_is_missing_without_a_reason(cell: object) -> None:
    parsed = parse_numbers(column(cell), missing=MISSING)
    assert math.isnan(parsed.values[0])
    assert parsed.reasons[0] is None


HINTS = [
    ("二万", "20000元"),
    ("三千五百", "3500元"),
    ("三千五", "3500元"),
    ("一万二", "12000元"),
    ("壹佰", "100元"),
    ("壹万贰仟元整", "12000元"),
    ("贰拾叁万零伍佰元", "230500元"),
    ("十", "10"),
    ("〇", "0"),
    ("1千2百", "1200元"),
    ("3万5", "35000元"),
    ("3万5千元", "35000元"),
    ("1200-", "-1200"),
    ("△1200", "-1200"),
    ("1O0", "100"),
    ("l200", "1200"),
    ("1 200", "1200"),
    ("1200.", "1200"),
    ("1.2w", "1.2万"),
    ("1200元（含低保）", "1200元"),
    ("低保1200元", "1200元"),
    ("$1200", None),
    ("欠1200元", None),
    ("1.2k", None),
    ("300斤", None),
    ("3000-4000", None),
    ("2人*2000", None),
    ("见附件", None),
    ("十几", None),
]


@pytest.mark.parametrize(("cell", "hint"), HINTS)
def test_what_a_text_seems_to_say_is_suggested_and_never_used(cell: str, hint: str | None) -> None:
    parsed = parse_numbers(column(cell), suffixes=MONEY)
    assert math.isnan(parsed.values[0])
    assert (parsed.extra["suggestion"][0], parsed.reasons[0] is None) == (hint, False)
    if hint is not None:
        assert parse_numbers(column(hint), suffixes=MONEY).reasons[0] is None


def test_a_hint_means_the_same_under_a_header_in_ten_thousands() -> None:
    # 二万 under 万元 is 20000 yuan, not 20000 万元
    parsed = parse_numbers(column("二万"), unit_factor=10000.0, suffixes=MONEY)
    hint = parsed.extra["suggestion"][0]
    assert parse_numbers(column(hint), unit_factor=10000.0, suffixes=MONEY).values.tolist() == [20000.0]


@pytest.mark.parametrize(
    ("cell", "middle"),
    [
        ("3000-4000", 3500.0),
        ("3000～4000元", 3500.0),
        ("3000至4000", 3500.0),
        ("3-4万", 35000.0),
        ("3万-4万元", None),  # the two ends do not say the same unit
        ("2018-2019", None),  # years that strayed in
        ("4000-3000", None),
        ("3000以上", None),
    ],
)
def test_the_middle_of_a_range_is_taken_only_by_who_asks_for_it(cell: str, middle: float | None) -> None:
    assert parse_numbers(column(cell), suffixes=MONEY).reasons[0] == "range"
    asked = parse_numbers(column(cell), suffixes=MONEY, midpoint=True)
    if middle is None:
        assert (math.isnan(asked.values[0]), asked.reasons[0]) == (True, "range")
    else:
        assert (asked.values[0], asked.reasons[0], asked.notes[0]) == (middle, None, "midpoint")


def test_zero_is_missing_only_where_the_reference_lists_it() -> None:
    cells = column(0, "0", -1, "5")
    assert parse_numbers(cells).values.tolist() == [0, 0, -1, 5]
    unset = parse_numbers(cells, missing=frozenset({"0", "-1"}))
    assert np.isnan(unset.values).tolist() == [True, True, True, False]
    assert unset.reasons.tolist() == [None] * 4


def test_whole_numbers_are_int64_and_a_fraction_is_set_aside() -> None:
    parsed = parse_numbers(column(3, "4人", 2.5, "1.5", None, 2**60), integer=True, suffixes=COUNTS)
    assert str(parsed.values.dtype) == "Int64"
    assert parsed.values.isna().tolist() == [False, False, True, True, True, True]
    assert parsed.values[:2].tolist() == [3, 4]
    assert parsed.reasons.tolist() == [None, None, "not_an_integer", "not_an_integer", None, "out_of_range"]


def test_limits_are_inclusive_and_hold_in_the_base_unit() -> None:
    parsed = parse_numbers(column(0, 12, 13, -1, "1.2千"), minimum=0, maximum=12)
    assert parsed.reasons.tolist() == [None, None, "out_of_range", "out_of_range", "out_of_range"]
    assert np.isnan(parsed.values).tolist() == [False, False, True, True, True]


def test_a_column_of_no_cells_is_a_column_of_no_values() -> None:
    assert len(parse_numbers(column()).values) == 0
    assert len(parse_numbers(column(), integer=True).values) == 0


def test_a_share_is_the_same_in_its_three_forms() -> None:
    parsed = parse_shares(column("97.5%", 97.5, 0.975, "９７.５％", "5‰", 88, None))
    assert parsed.values[:6].tolist() == [0.975, 0.975, 0.975, 0.975, 0.005, 0.88]
    assert parsed.reasons.tolist() == [None] * 7


def test_the_form_of_bare_shares_is_settled_by_the_whole_column() -> None:
    # 0.5 alone is a half; beside 97.5 and 88 it may be half a percent, and between 0.4 % and 97.5 % it is plain
    assert parse_shares(column(0.5)).values.tolist() == [0.5]
    assert parse_shares(column(0.5, 97.5, 88)).reasons.tolist() == ["ambiguous_share", None, None]
    assert parse_shares(column(0.5, 97.5, "0.4%")).values.tolist() == [0.5, 0.975, 0.004]


def test_a_share_in_words_is_read_and_a_fraction_is_not_worked_out() -> None:
    parsed = parse_shares(column("百分之97.5", "12/15", "95%以上"))
    assert parsed.values[0] == 0.975
    assert parsed.reasons.tolist() == [None, "expression", "range"]


def test_bare_fractions_stay_fractions_where_no_cell_is_above_one() -> None:
    assert parse_shares(column(0.4, "0.975", 1, 0)).values.tolist() == [0.4, 0.975, 1.0, 0.0]


def test_a_percent_header_makes_every_bare_number_a_percentage() -> None:
    # a poverty rate of 0.98 % beside one of 2.3 %
    assert parse_shares(column(0.98, 2.3, "1.5%"), unit_factor=0.01).values.tolist() == [0.0098, 0.023, 0.015]


def test_a_bare_number_that_may_be_fraction_or_percentage_is_set_aside() -> None:
    # without a header unit, 0.98 beside 2.3 and 1.5 may be 98 % or 0.98 %
    parsed = parse_shares(column(0.98, 2.3, 1.5))
    assert parsed.reasons.tolist() == ["ambiguous_share", None, None]
    assert parsed.values[1:].tolist() == [0.023, 0.015]


@given(st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)))
@settings(max_examples=300, deadline=None)
def test_a_number_written_as_text_reads_back_as_itself(number: float) -> None:
    parsed = parse_numbers(column(str(number), number))
    assert parsed.values.tolist() == [float(number)] * 2
    assert parsed.reasons.tolist() == [None, None]


@given(st.decimals(0, 10**7, places=4))
@settings(max_examples=200, deadline=None)
def test_ten_thousands_have_no_binary_residue(number: object) -> None:
    whole = float(int(str(number).replace(".", "")))  # four places, so ten thousand times the number is whole
    assert parse_numbers(column(f"{number}万", float(str(number))), unit_factor=10000.0).values.tolist() == [
        whole,
        whole,
    ]


@given(st.integers(0, 10**9), st.data())
@settings(max_examples=300, deadline=None)
def test_a_number_in_any_usual_form_is_the_same_number(number: int, data: st.DataObject) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    forms = [
        str(number), f"{number:,}", f"{number:,}".replace(",", "，"), str(number).translate(wide), f"{number}元", f"¥{number:,}",
        f" {number}\u3000", f"{number}.00", f"约{number}", f"{number}元左右", f"{number / 10000:.4f}万", f"={chr(34)}{number}{chr(34)}",
        f"{number}元/年", f"每年{number}元", float(number), number,
    ]  # fmt: skip
    mixed = data.draw(st.permutations(forms))
    together = parse_numbers(column(*mixed), suffixes=MONEY)
    assert together.values.tolist() == [float(number)] * len(forms)
    alone = [parse_numbers(column(form), suffixes=MONEY) for form in mixed]
    assert [one.values[0] for one in alone] == together.values.tolist()
    assert [one.notes[0] for one in alone] == together.notes.tolist()


@given(st.integers(1, 99_999_999))
@settings(max_examples=300, deadline=None)
def test_a_chinese_numeral_says_the_number_it_was_written_for(number: int) -> None:
    assert numeral_value(in_words(number)) == number


def in_words(number: int) -> str:
    """A number below 10^8 in Chinese, by thousands: 10500 is 一万零五百."""
    digits = "零一二三四五六七八九"

    def below_ten_thousand(rest: int) -> str:
        parts = [(rest // power % 10, sign) for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, ""))]
        text = "".join(digits[digit] + sign if digit else "零" for digit, sign in parts)
        while "零零" in text:
            text = text.replace("零零", "零")
        return text.strip("零")

    high, low = divmod(number, 10_000)
    if not high:
        return below_ten_thousand(low)
    return below_ten_thousand(high) + "万" + ("零" if 0 < low < 1000 else "") + below_ten_thousand(low)


@given(st.text(alphabet="0123456789万千百亿元约左右-~—,.，()（）%*×/=+ OlW▲年月每人亩二三零壹", max_size=14))
@settings(max_examples=400, deadline=None)
def test_a_hint_can_always_be_read_and_stands_only_beside_a_reason(text: str) -> None:
    parsed = parse_numbers(column(text), suffixes=MONEY)
    hint = parsed.extra["suggestion"][0]
    assert hint is None or (
        parsed.reasons[0] is not None and read_amount(hint, units_of(tuple(MONEY.items())))[2] is None
    )


CELLS = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789０１二三千万亿元人约左右-~—,.，()（）%*×/=+ eE¥②²", max_size=12),
    st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
)  # fmt: skip


@given(st.lists(CELLS, max_size=8))
@settings(max_examples=400, deadline=None)
def test_no_cell_raises_and_each_has_a_value_or_a_reason_but_not_both(cells: list[object]) -> None:
    for parsed in (
        parse_numbers(column(*cells), suffixes=MONEY | COUNTS),
        parse_numbers(column(*cells), integer=True, unit_factor=10000.0),
        parse_shares(column(*cells)),
    ):
        for cell, value, reason in zip(cells, parsed.values, parsed.reasons, strict=True):
            absent = str(value) in {"nan", "<NA>"}
            empty = cell != cell or (isinstance(cell, str) and not _visible(cell))
            assert absent == (reason is not None or empty)
            assert reason is None or reason in REASONS


def _visible(text: str) -> bool:
    """Anything but space, invisible characters, and the quotation mark that keeps digits text in Excel."""
    from louxing_analysis.cleaning.cells import normalise

    return bool(normalise(text))
