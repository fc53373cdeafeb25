"""Old workbooks (.xls .et): cells, formats, formulas, what is hidden; read from the records themselves."""

from __future__ import annotations

import datetime
import struct
from pathlib import Path

import pytest

from louxing_analysis.cleaning.sheet import Merge, Sheet
from louxing_analysis.cleaning.workbook import read_workbook
from tests.cleaning import made_files as make


def read(folder: Path, data: bytes, name: str = "a.xls"):
    path = folder / name
    path.write_bytes(data)
    return read_workbook(path, name)


def sheet_of(folder: Path, cells: bytes, book: bytes = b"", **options) -> Sheet:
    workbook = read(folder, make.xls(cells, book, **options))
    assert workbook.problems == ()
    return workbook.sheets[0]


def styles(*formats: int, codes: dict[int, str] | None = None) -> bytes:
    written = b"".join(
        make.biff(0x041E, struct.pack("<H", number) + make.long_text(code)) for number, code in (codes or {}).items()
    )
    return written + b"".join(make.biff(0x00E0, struct.pack("<HH16x", 0, number)) for number in formats)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return make.biff(0x0203, struct.pack("<HHHd", row, column, style, value))


def rk(row: int, column: int, packed: int, style: int = 0) -> bytes:
    return make.biff(0x027E, struct.pack("<HHHI", row, column, style, packed))


def formula(row: int, column: int, result: bytes, tokens: bytes = b"\x1e\1\0", flags: int = 0) -> bytes:
    body = struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", flags, 0, len(tokens)) + tokens
    return make.biff(0x0006, body)


def test_an_old_xls_gives_merges_hidden_things_error_cells_and_damaged_numbers(tmp_path):
    workbook = read(tmp_path, make.old_xls(), "old.et")
    sheet, old = workbook.sheets
    assert (workbook.kind, sheet.name, old.name) == ("xls", "户表", "旧表")
    assert sheet.values[1:3].tolist() == [["村", "户数", "识别时间"], ["甲村", 3, datetime.date(2018, 6, 5)]]
    assert sheet.merges == (Merge(0, 0, 0, 2), Merge(2, 0, 3, 0))
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.hidden, old.hidden) == ({3}, {2}, False, True)
    assert sheet.unreadable == {(3, 2): ("digits_lost", "4.31302199001010E+17"), (4, 1): ("error_cell", "#DIV/0!")}


def test_numbers_are_packed_in_four_ways(tmp_path):
    half = struct.unpack("<Q", struct.pack("<d", 0.5))[0] >> 32
    several = (
        struct.pack("<HH", 1, 0)
        + struct.pack("<HI", 0, 7 << 2 | 2)
        + struct.pack("<HI", 0, half)
        + struct.pack("<H", 1)
    )
    cells = rk(0, 0, 12345 << 2 | 3) + rk(0, 1, (-5 & 0x3FFFFFFF) << 2 | 2) + make.biff(0x00BD, several)
    assert sheet_of(tmp_path, cells).values.tolist() == [[123.45, -5.0], [7.0, 0.5]]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (14, datetime.date(2018, 6, 5)),
        (31, datetime.date(2018, 6, 5)),
        (57, datetime.date(2018, 6, 5)),
        (22, datetime.date(2018, 6, 5)),
        (0, 43256.0),
        (2, 43256.0),
        ('yyyy"年"m"月"d"日"', datetime.date(2018, 6, 5)),
        ("[$-804]yyyy/m;@", datetime.date(2018, 6, 5)),
        ('0"元/月"', 43256.0),
        ("[h]:mm", 43256.0),
    ],
)
def test_a_date_is_one_by_its_format_and_the_built_in_chinese_ones_are_dates(code, shown, tmp_path):
    book = styles(0, 176, codes={176: code}) if isinstance(code, str) else styles(0, code)
    assert sheet_of(tmp_path, number(0, 0, 43256, 1), book).values.tolist() == [[shown]]


def test_days_may_be_counted_from_1904(tmp_path):
    book = make.biff(0x0022, b"\1\0") + styles(0, 14)
    assert sheet_of(tmp_path, number(0, 0, 43256 - 1462, 1), book).values.tolist() == [[datetime.date(2018, 6, 5)]]


def test_texts_that_run_over_several_records_are_read_whole(tmp_path):
    """The first byte of each further record says anew whether characters take one byte or two."""
    first = struct.pack("<II", 2, 2) + struct.pack("<HB", 4, 1) + "甲村".encode("utf-16-le")
    second = b"\0" + b"ab" + struct.pack("<HBH", 1, 9, 1) + "户".encode("utf-16-le") + b"run "
    book = make.biff(0x00FC, first) + make.biff(0x003C, second)
    cells = b"".join(make.biff(0x00FD, struct.pack("<HHHI", 0, column, 0, column)) for column in range(2))
    assert sheet_of(tmp_path, cells, book).values.tolist() == [["甲村ab", "户"]]


def test_results_of_formulas_are_kept_and_those_never_worked_out_are_named(tmp_path):
    total, add, text = b"\x25\0\0\1\0\0\xc0\0\xc0\x19\x10\0\0", b"\x44\0\0\0\xc0\x44\1\0\0\xc0\3", b"\x17\2\0ab"
    empty = b"\3\0\0\0\0\0\xff\xff"
    cells = b"".join(
        [
            formula(0, 0, struct.pack("<d", 2.5)),
            formula(0, 1, b"\0\0\0\0\0\0\xff\xff") + make.biff(0x0207, make.long_text("文本")),
            formula(0, 2, b"\1\0\1\0\0\0\xff\xff"),
            formula(0, 3, b"\2\0\x17\0\0\0\xff\xff"),
            formula(1, 0, empty, text),
            formula(1, 1, empty, total),
            formula(1, 2, empty, add),
            formula(1, 3, struct.pack("<d", 0), add, flags=2),
            formula(2, 0, struct.pack("<d", 0), add),
        ]
    )
    sheet = sheet_of(tmp_path, cells)
    assert sheet.values.tolist() == [[2.5, "文本", True, None], [None] * 4, [0.0, None, None, None]]
    assert sheet.unreadable == {
        (0, 3): ("error_cell", "#REF!"),
        (1, 1): ("not_calculated", "="),
        (1, 2): ("not_calculated", "="),
        (1, 3): ("not_calculated", "="),
    }


def test_excel_95_writes_bytes_in_the_code_page_of_the_machine(tmp_path):
    name = "甲村".encode("gbk")
    cells = make.biff(0x0204, struct.pack("<HHHH", 0, 0, 0, 4) + "户数".encode("gbk"))
    for page in (make.biff(0x0042, struct.pack("<H", 936)), b""):
        workbook = read(tmp_path, make.xls(cells, page, 0x0500, names=((bytes([len(name)]) + name, 0),)))
        assert (workbook.sheets[0].name, workbook.sheets[0].values.tolist()) == ("甲村", [["户数"]])


def test_cells_of_a_chart_drawn_on_the_sheet_are_none_of_it(tmp_path):
    chart = make.biff(0x0809, struct.pack("<HHII", 0x0600, 0x20, 0, 0)) + number(9, 9, 1.0) + make.biff(0x000A)
    assert sheet_of(tmp_path, chart + number(0, 0, 5.0)).values.tolist() == [[5.0]]


def test_sheets_are_hidden_by_their_state_and_a_workbook_inside_the_workbook_is_not_read(tmp_path):
    data = make.xls(
        number(0, 0, 1.0), names=((make.short_text("甲"), 0), (make.short_text("乙"), 1), (make.short_text("丙"), 2))
    )
    assert [sheet.hidden for sheet in read(tmp_path, data).sheets] == [False, True, True]


@pytest.mark.parametrize(
    "cells",
    [
        make.biff(0x0203, b"\0\0\0\0"),
        make.biff(0x0207, make.long_text("没有公式")),
        number(0, 0, 1.0)[:-3],
        make.biff(0x0204, struct.pack("<HHHHB", 0, 0, 0, 99, 1) + b"ab"),
    ],
)
def test_records_that_break_off_or_contradict_each_other_are_damage(cells, tmp_path):
    workbook = read(tmp_path, make.xls(cells))
    assert (workbook.sheets, [problem.reason for problem in workbook.problems]) == ((), ["damaged_file"])
