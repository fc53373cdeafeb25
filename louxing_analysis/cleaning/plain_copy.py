"""Sheets of any kind of file → a fresh .xlsx with what we read: values, merged ranges, widths; no formats, no formulas."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import xlsxwriter

from louxing_analysis.cleaning.sheet import Sheet
from louxing_analysis.safe_text import whole

MOST_ROWS, MOST_COLUMNS, MOST_SIGNS = 1_048_576, 16_384, 32_767
_WIDEST, _NARROWEST, _LOOKED_AT = 40, 6, 500
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_DIGITS = re.compile(r"[-+]?\d[\d,]*\.?\d*")


def sheet_names(names: Sequence[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Names as a spreadsheet takes them: 31 signs, none of []:*?/\\, no two alike; where one fits it stays."""
    used = {name.casefold() for name in taken}
    out: dict[str, str] = {}
    for name in names:
        base = _NOT_IN_NAMES.sub("_", whole(name)).strip("'")[:31] or "Sheet1"
        fit, number = base, 1
        while fit.casefold() in used:
            number += 1
            fit = f"{base[: 31 - len(str(number)) - 2]}({number})"
        used.add(fit.casefold())
        out[name] = fit
    return out


def fits(sheets: Iterable[Sheet], most_cells: int) -> bool:
    """Whether a spreadsheet can hold the sheets, and they are few enough cells to write anew."""
    shapes = [sheet.values.shape for sheet in sheets]
    return (
        all(rows <= MOST_ROWS and columns <= MOST_COLUMNS for rows, columns in shapes)
        and sum(rows * columns for rows, columns in shapes) <= most_cells
    )


def plain_copy(sheets: Sequence[Sheet], names: Mapping[str, str]) -> bytes:
    """The bytes of the copy; the same sheets give the same bytes. An error cell shows its error as text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1), "author": "louxing"})
        formats = {
            "text": book.add_format({"num_format": "@", "quote_prefix": True}),
            "lines": book.add_format({"text_wrap": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "time": book.add_format({"num_format": "hh:mm:ss"}),
            "long": book.add_format({"num_format": "0"}),
            "merge": book.add_format({"align": "center", "valign": "vcenter"}),
        }
        for sheet in sheets:
            page = book.add_worksheet(names[sheet.name])
            _write(page, sheet, formats)
        if not sheets:
            book.add_worksheet("说明")
    return out.getvalue()


def _write(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    for merge in sheet.merges:
        if not _overlaps(page, merge):
            page.merge_range(
                merge.first_row, merge.first_column, merge.last_row, merge.last_column, "", formats["merge"]
            )
    nothing: Any = None
    for row, column in np.argwhere(sheet.values != nothing).tolist():
        _cell(page, row, column, sheet.values[row, column], formats)
    for (row, column), (reason, text) in sheet.unreadable.items():
        if reason != "digits_lost":
            page.write_string(row, column, whole(text)[:MOST_SIGNS], formats["text"])
    for column, width in enumerate(_widths(sheet.values)):
        hidden = {"hidden": True} if column in sheet.hidden_columns else {}
        page.set_column(column, column, width, None, hidden)
    for row in sheet.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})


def _overlaps(page: Any, merge: Any) -> bool:
    """Whether a range lies over one that was merged before: no spreadsheet program takes both."""
    cells = {
        (row, column)
        for row in range(merge.first_row, merge.last_row + 1)
        for column in range(merge.first_column, merge.last_column + 1)
    }
    done = page.__dict__.setdefault("louxing_merged", set())
    if cells & done:
        return True
    done |= cells
    return False


def _cell(page: Any, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(value, str):
        as_text = value[:1] in "=+-@\t'＝＋－＠" or _DIGITS.fullmatch(value)
        page.write_string(
            row,
            column,
            whole(value)[:MOST_SIGNS],
            formats["text"] if as_text else formats["lines"] if "\n" in value else None,
        )
    elif isinstance(value, bool | np.bool_):
        page.write_boolean(row, column, bool(value))
    elif isinstance(value, int | float | np.number):
        number = float(value)
        page.write_number(row, column, number, formats["long"] if abs(number) >= 1e11 else None)
    elif isinstance(value, datetime.datetime):
        whole_day = value.time() == datetime.time()
        _moment(page, row, column, value, formats["day" if whole_day else "moment"], formats["text"])
    elif isinstance(value, datetime.date):
        _moment(page, row, column, value, formats["day"], formats["text"])
    elif isinstance(value, datetime.time):
        page.write_datetime(row, column, value, formats["time"])
    else:
        page.write_string(row, column, str(value)[:MOST_SIGNS], formats["text"])


def _moment(page: Any, row: int, column: int, value: Any, style: Any, text: Any) -> None:
    """A date; one before 1900 has no number in a spreadsheet and is written as text."""
    if value.year < 1900:
        page.write_string(row, column, value.isoformat(), text)
    else:
        page.write_datetime(row, column, value, style)


def _widths(values: np.ndarray) -> list[float]:
    """A width for every column: the widest of its first cells without those that run on over their neighbours."""
    widths: list[float] = []
    for at in range(values.shape[1]):
        lengths = sorted(_width(value) for value in values[:_LOOKED_AT, at].tolist() if value is not None)
        usual = lengths[int(len(lengths) * 0.9) - (len(lengths) > 9)] if lengths else 0
        widths.append(float(min(max(usual + 2, _NARROWEST), _WIDEST)))
    return widths


def _width(value: Any) -> int:
    text = (
        value
        if isinstance(value, str)
        else "2020-01-01"
        if isinstance(value, datetime.date)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
    return max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in text.split("\n"))
