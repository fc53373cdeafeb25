"""The ways in which a cell is written oddly or wrongly: one table of kinds, each with what a cleaner must make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from louxing_analysis.sample import identity
from louxing_analysis.sample import odd_numbers as numbers
from louxing_analysis.sample import odd_words as words
from louxing_analysis.sample.odd_numbers import Setting
from louxing_analysis.sample.package import Cell

SET_RIGHT, SET_ASIDE, QUARANTINED, NOTED, STRUCTURAL = "set_right", "set_aside", "quarantined", "noted", "structural"


class Kind(NamedTuple):
    """One way to write a cell: for which kinds of column, what is written, what becomes of it."""

    name: str
    columns: tuple[str, ...]
    written: str
    expected: str
    write: Callable[[Any, Setting], Cell]
    precision: str = ""  # of a date that is written more coarsely than it is known
    typed: bool = False  # needs a file that keeps types: not in CSV or HTML


@dataclass
class Defect:
    """One oddly written cell: which record of the column, and what becomes of it."""

    record: int
    kind: str
    written: Cell
    truth: Any
    expected: str


_NUMBERS = ("money", "number")
_COUNTS = ("integer",)
_DATES = ("date",)

KINDS: tuple[Kind, ...] = (
    # numbers
    Kind("thousands_comma", _NUMBERS, "12,345", SET_RIGHT, numbers.grouped),
    Kind("unit_in_cell", _NUMBERS, "1200元, 3.5亩", SET_RIGHT, numbers.with_unit),
    Kind("full_width_digits", (*_NUMBERS, *_COUNTS), "１２００", SET_RIGHT, numbers.wide_digits),
    Kind("number_as_text", (*_NUMBERS, *_COUNTS), "'1200", SET_RIGHT, numbers.as_text, typed=True),
    Kind("spaces_around", _NUMBERS, " 1200 ", SET_RIGHT, numbers.spaced_number),
    Kind("wan_in_cell", ("money",), "1.2万", SET_RIGHT, numbers.in_wan),
    Kind("unit_in_cell", _COUNTS, "3人, 12个月", SET_RIGHT, numbers.people_text),
    Kind("approximate", ("money",), "约3000, 3000左右", NOTED, numbers.about),
    Kind("chinese_numeral", ("money",), "二万", SET_ASIDE, numbers.numeral),
    Kind("expression", ("money",), "2人*2000", SET_ASIDE, numbers.expression),
    Kind("range", ("money",), "3000-4000", SET_ASIDE, numbers.span),
    Kind("error_value", (*_NUMBERS, *_COUNTS), "#N/A as an error cell", SET_ASIDE, numbers.fault, typed=True),
    Kind("error_as_text", (*_NUMBERS, *_COUNTS), "#REF! typed as text", SET_ASIDE, numbers.fault_as_text),
    Kind("never_calculated", ("money",), "=2*500 without a result", SET_ASIDE, numbers.never_calculated, typed=True),
    Kind("date_for_number", _NUMBERS, "2018-6-12 in a column of money", SET_ASIDE, numbers.date_for_number),
    Kind("word_for_number", (*_NUMBERS, *_COUNTS), "见附表", SET_ASIDE, numbers.word_for_number),
    Kind("out_of_range", (*_NUMBERS, *_COUNTS), "15 months, 104 points", SET_ASIDE, numbers.beyond),
    Kind("not_whole", _COUNTS, "3.5 people", SET_ASIDE, numbers.and_a_half),
    # dates
    Kind("other_date_form", _DATES, "2018.6.12 among 2018年6月12日", SET_RIGHT, words.another_form),
    Kind("excel_serial", _DATES, "43263", SET_RIGHT, words.serial, typed=True),
    Kind("date_with_clock", _DATES, "2018/6/12 0:00:00", SET_RIGHT, words.with_clock),
    Kind("half_year", _DATES, "2018年上半年", SET_RIGHT, words.half_year, precision="half"),
    Kind("quarter", _DATES, "2018年第2季度", SET_RIGHT, words.quarter, precision="quarter"),
    Kind("impossible_date", _DATES, "2018-6-31", SET_ASIDE, words.no_such_day),
    Kind("impossible_date", _DATES, "2018年13月2日", SET_ASIDE, words.day_month_swapped),
    Kind("lost_zero", _DATES, "2018.1 as a number", SET_ASIDE, words.lost_zero, typed=True),
    Kind("date_span", _DATES, "2018.3-2018.5", SET_ASIDE, words.date_span),
    Kind("word_for_date", _DATES, "另行通知", SET_ASIDE, words.word_for_date),
    # words
    Kind("other_spelling", ("code",), "缺劳动力 for 缺劳力", SET_RIGHT, words.other_word),
    Kind("spaces_in_word", ("code",), "因 病 ", SET_RIGHT, words.spaced_word),
    Kind("unknown_word", ("code", "codes"), "见档案", SET_ASIDE, words.unknown_word),
    Kind("bare_code", ("code",), "01", SET_ASIDE, words.bare_code),
    Kind("other_yes_no", ("boolean",), "√ among 是", SET_RIGHT, words.other_yes_no),
    Kind("neither_yes_nor_no", ("boolean",), "见档案", SET_ASIDE, words.neither),
    Kind("year_with_word", ("year",), "2018年", SET_RIGHT, words.with_year),
    Kind("slipped_year", ("year",), "20108", SET_ASIDE, words.slipped_year),
    # names and numbers of people
    Kind("space_in_name", ("name",), "张 三", SET_RIGHT, words.spaced_name),
    Kind("trailing_space", ("name", "place"), "张三 ", SET_RIGHT, words.trailing_space),
    Kind("other_place_name", ("place",), "万宝 for 万宝镇, 某某村委会", SET_RIGHT, words.other_place_name),
    Kind(
        "former_village",
        ("place",),
        "上石塘村 for 石塘村, which it was merged into",
        SET_RIGHT,
        words.former_place_name,
    ),
    Kind("lower_case_x", ("id_number",), "…x", SET_RIGHT, words.of_id(identity.lower_case)),
    Kind("spaces_in_id", ("id_number",), "439902 19800101 0012", SET_RIGHT, words.of_id(identity.spaced)),
    Kind("tab_in_id", ("id_number",), "a tab behind it", SET_RIGHT, words.of_id(identity.with_tab), typed=True),
    Kind("apostrophe", ("id_number",), "'4399…", SET_RIGHT, words.of_id(identity.apostrophe)),
    Kind("full_width_digits", ("id_number",), "４３９９…", SET_RIGHT, words.of_id(identity.full_width)),
    Kind("disability_card", ("id_number",), "20 digits", SET_RIGHT, words.of_id(identity.disability_card)),
    Kind("fifteen_digits", ("id_number",), "the number before 1999", SET_RIGHT, words.of_id(identity.fifteen_digits)),
    Kind(
        "wrong_check_digit",
        ("id_number",),
        "a last digit that does not fit",
        SET_ASIDE,
        words.of_id(identity.wrong_mark),
    ),
    Kind("id_too_short", ("id_number",), "17 digits", SET_ASIDE, words.of_id(identity.too_short)),
    Kind("no_such_birthday", ("id_number",), "…0231…", SET_ASIDE, words.of_id(identity.no_such_birthday)),
    Kind("digits_lost", ("id_number",), "4.39902E+17", SET_ASIDE, words.of_id(identity.as_excel_number), typed=True),
    Kind("code_as_number", ("code_text",), "4300012345 as a number", SET_RIGHT, words.code_as_number, typed=True),
)
"""Every kind of odd cell; the kinds of odd rows, totals and sheets are in ROW_KINDS."""

ROW_KINDS: tuple[tuple[str, str, str], ...] = (
    ("no_household", "a row whose code, name and ID number of the household are blank", QUARANTINED),
    ("repeats", "the same row once more, a little further down", QUARANTINED),
    ("duplicate_differs", "the same key once more with another amount; neither row can be trusted", QUARANTINED),
    ("wrong_total", "a stated sum that its rows do not add up to", NOTED),
    ("hidden_rows", "rows that are hidden (level 2)", NOTED),
    ("hidden_sheet", "a sheet that is hidden (level 2)", NOTED),
    ("unknown_header", "an optional column under a header that nobody knows (level 2)", STRUCTURAL),
    ("unknown_layout", "a ledger that the project has never heard of (level 3)", STRUCTURAL),
    ("two_unknown_tables", "two such tables, one below the other (level 3)", STRUCTURAL),
    ("damaged_file", "half a workbook (level 3)", STRUCTURAL),
    ("sheet_without_year", "an account that nowhere says its year (level 3)", STRUCTURAL),
    ("missing_required_column", "an account without any column for the household (level 3)", STRUCTURAL),
)
"""The kinds of what is planted on rows, sums, sheets and files: name, what is written, what is expected."""
