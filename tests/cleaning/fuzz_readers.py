"""Other readers of the same files: the first cell that one of them reads otherwise than we do, in words.

What nobody can read has an expectation of its own, for there both readers may say nothing: error values and formulas
without a result, where the other reader tells them, and numbers with more digits than a spreadsheet keeps.
"""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from typing import Any

import numpy as np
import openpyxl
from python_calamine import CalamineWorkbook

from louxing_analysis.cleaning.workbook import Sheet, Workbook, cell_address
from louxing_analysis.cleaning.xlsx_cells import shared_texts, unescaped

_LONGEST = 1e15  # from here on a number has more digits than a spreadsheet keeps


def differs_from_openpyxl(workbook: Workbook, data: bytes) -> str:
    """The first cell that openpyxl reads otherwise, or that has a formula without a result and is not told as such."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        wordings = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in workbook.sheets:
        for row in book[sheet.name].iter_rows():
            for cell in row:
                said = _difference(sheet, cell.row - 1, cell.column - 1, cell.value)
                if said:
                    return said
                formula = wordings[sheet.name].cell(cell.row, cell.column)
                empty = cell.value is None and cell.data_type == "n"  # an empty text is a result
                if formula.data_type == "f" and empty and _nothing(sheet, cell.row - 1, cell.column - 1):
                    return f"{sheet.name[:30]} {cell.coordinate}: not told as not calculated: {str(formula.value)[:99]}"
    return ""


def differs_from_calamine(workbook: Workbook, data: bytes) -> str:
    """The first cell that python-calamine reads otherwise."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    first = _first_text(data) if workbook.kind == "xlsx" else None
    for sheet in workbook.sheets:
        for row, cells in enumerate(book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)):
            for column, value in enumerate(cells):
                if workbook.kind == "ods" and isinstance(value, str):
                    continue  # it takes what stands outside a text's paragraphs for part of the text
                if first is not None and value == first:
                    continue  # what it takes for the text meant by a reference that it does not understand
                said = _difference(sheet, row, column, value)
                if said:
                    return said
    return ""


def _first_text(data: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = "xl/sharedStrings.xml"
        return next(iter(shared_texts(package.read(part))), None) if part in package.namelist() else None


def differs_from_either(workbook: Workbook, data: bytes) -> str:
    """The first cell that openpyxl reads otherwise, or python-calamine, where openpyxl refuses the whole file."""
    try:
        return differs_from_openpyxl(workbook, data)
    except Exception:
        return differs_from_calamine(workbook, data)


def _value(sheet: Sheet, row: int, column: int) -> Any:
    inside = row < sheet.values.shape[0] and column < sheet.values.shape[1]
    return sheet.values[row, column] if inside else None


def _nothing(sheet: Sheet, row: int, column: int) -> bool:
    return _value(sheet, row, column) is None and (row, column) not in sheet.unreadable


def _difference(sheet: Sheet, row: int, column: int, other: Any) -> str:
    mine = _value(sheet, row, column)
    if other == datetime.time(0) and isinstance(mine, float) and mine < 0:
        return ""  # calamine's midnight for a negative number with the format of a date
    if (row, column) in sheet.unreadable:
        return ""
    if isinstance(other, (int, float)) and abs(other) >= _LONGEST:
        return f"{sheet.name[:30]} {cell_address(row, column)}: not told as having lost digits: {other!r}"
    if _same(mine, other):
        return ""
    return f"{sheet.name[:30]} {cell_address(row, column)}: {str(mine)[:99]!r} ≠ {str(other)[:99]!r}"


def _same(mine: Any, other: Any) -> bool:
    """Whether two readers mean the same: white space around texts, and how a time of day is kept, are left open."""
    mine, other = (
        "".join(unescaped(value).split()) or None if isinstance(value, str) else value for value in (mine, other)
    )
    if mine == other or other is None:
        return True  # what the other reader blanks is its own affair: a value without type, say
    if other == "#VALUE!" and isinstance(mine, float):
        return True  # openpyxl's word for a number beyond all dates in a cell with the format of a date
    if isinstance(mine, datetime.date) and isinstance(other, int):
        return True  # calamine gives days that .xlsb keeps as whole numbers as numbers
    if isinstance(mine, datetime.date) and isinstance(other, datetime.date):
        return mine.isoformat()[:10] == other.isoformat()[:10]
    return (
        _number(mine) is not None
        and _number(other) is not None
        and bool(np.isclose(_number(mine), _number(other), rtol=1e-9))
    )


def _number(value: Any) -> float | None:
    """A number, date or time as the number that the file keeps for it."""
    if isinstance(value, datetime.timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, datetime.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400 + value.microsecond / 86_400e6
    if isinstance(value, datetime.date):
        moment = (
            value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)
        )
        return (moment - datetime.datetime(1899, 12, 30)).total_seconds() / 86_400
    return float(value) if isinstance(value, (int, float)) else None


OTHER_READERS = {
    "xlsx": differs_from_either,
    "xlsb": differs_from_calamine,
    "xls": differs_from_calamine,
    "ods": differs_from_calamine,
}
