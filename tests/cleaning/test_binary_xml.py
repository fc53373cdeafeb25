"""Binary workbooks (.xlsb): cells, formats, hidden rows and merges."""

from __future__ import annotations

import datetime
import struct
from pathlib import Path

from louxing_analysis.cleaning.sheet import Merge
from louxing_analysis.cleaning.workbook import read_workbook
from tests.cleaning import made_files as make


def read(folder: Path, data: bytes):
    path = folder / "a.xlsb"
    path.write_bytes(data)
    return read_workbook(path, path.name)


def test_a_binary_workbook_gives_its_merges_hidden_rows_and_error_cells(tmp_path):
    workbook = read(tmp_path, make.xlsb())
    assert (workbook.kind, workbook.problems) == ("xlsb", ())
    (sheet,) = workbook.sheets
    assert sheet.name == "甲村"
    assert sheet.values.tolist() == [["村", None], [None, 3.0]]
    assert sheet.unreadable == {(0, 1): ("error_cell", "#REF!")}
    assert (sheet.hidden_rows, sheet.merges) == ({1}, (Merge(0, 0, 1, 0),))


def test_every_kind_of_cell_is_read_and_whole_days_are_dates(tmp_path):
    """Excel keeps whole numbers, days among them, in four bytes."""
    styles = b"".join(make.record(47, struct.pack("<HH12x", 0, number)) for number in (0, 57, 176))
    parts = {
        "xl/sharedStrings.bin": make.record(19, b"\0" + make.wide("户"))
        + make.record(19, b"\1" + make.wide("甲村") + b"runs"),
        "xl/styles.bin": make.record(44, struct.pack("<H", 176) + make.wide("yyyy.mm"))
        + make.record(47, struct.pack("<HH12x", 0, 14))
        + make.record(617)
        + styles
        + make.record(618),
    }
    day = 43256 << 2 | 2
    cells = b"".join(
        [
            make.record(7, struct.pack("<III", 2, 0, 1)),
            make.record(2, struct.pack("<III", 3, 1, day)),
            make.record(2, struct.pack("<III", 4, 2, day)),
            make.record(2, struct.pack("<III", 5, 0, day)),
            make.record(4, struct.pack("<IIB", 6, 0, 1)),
            make.record(8, struct.pack("<II", 7, 0) + make.wide("文本") + b"\0" * 9),
            make.record(62, struct.pack("<IIB", 8, 0, 1) + make.wide("粗体") + b"runs"),
            make.record(17, struct.pack("<I", 0) + make.wide("紧邻")),
            make.record(11, struct.pack("<IIB", 10, 0, 42) + b"\0" * 9),
        ]
    )
    date = datetime.date(2018, 6, 5)
    (sheet,) = read(tmp_path, make.xlsb(cells=cells, parts=parts)).sheets
    assert sheet.values[1].tolist() == [None, 3.0, "甲村", date, date, 43256.0, True, "文本", "粗体", "紧邻", None]
    assert sheet.unreadable[1, 10] == ("error_cell", "#N/A")
    (early,) = read(tmp_path, make.xlsb(cells=cells, parts=parts, flags=1)).sheets
    assert early.values[1, 3] == datetime.date(2022, 6, 6)


def test_a_sheet_whose_records_break_off_is_damage(tmp_path):
    data = make.xlsb(cells=make.record(0, struct.pack("<I", 5)))
    assert [problem.reason for problem in read(tmp_path, data).problems] == ["damaged_file"]
