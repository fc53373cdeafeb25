"""Drawn pages as one workbook on disk, with their merged ranges, error cells, hidden rows and columns."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import xlsxwriter

from tests.cleaning.corpus.page import Page


def save(pages: Sequence[Page], path: Path) -> Path:
    """Write the pages as sheets P1, P2, …"""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, page in enumerate(pages, start=1):
            written = book.add_worksheet(f"P{number}")
            sheet = page.sheet
            for merge in sheet.merges:
                written.merge_range(merge.first_row, merge.first_column, merge.last_row, merge.last_column, "")
            for (row, column), value in np.ndenumerate(sheet.values):
                if isinstance(value, datetime.date):
                    written.write_datetime(row, column, value, day)
                elif isinstance(value, str):
                    written.write_string(row, column, value)
                elif value is not None:
                    written.write(row, column, value)
            for (row, column), (_, text) in sheet.unreadable.items():
                written.write_formula(row, column, "=NA()", None, text)
            for row in sheet.hidden_rows:
                written.set_row(row, None, None, {"hidden": True})
            for column in sheet.hidden_columns:
                written.set_column(column, column, None, None, {"hidden": True})
    return path
