"""An .xlsx package → its sheets: by the quickest reader that is sure of every byte, and by slower ones where it is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from louxing_analysis.cleaning import ooxml
from louxing_analysis.cleaning.grids import check_text
from louxing_analysis.cleaning.packages import Unreadable, part_bytes
from louxing_analysis.cleaning.plain_sheet import Shared, read_plain
from louxing_analysis.cleaning.sheet import Sheet, build_sheet, grid_of, laid_out
from louxing_analysis.cleaning.sheet_xml import SheetScan, scan_sheet


class Report(NamedTuple):
    """Which sheets are wanted, and what to call with name, reason code and detail for one that cannot be read."""

    only: frozenset[str] | None
    leave_out: Callable[[str, str, str], Any]

    def wants(self, sheet: str) -> bool:
        """Whether the sheet is one of those asked for."""
        return self.only is None or sheet in self.only


def read_xlsx(data: bytes, package: zipfile.ZipFile, main: str, report: Report) -> list[Sheet]:
    """The worksheets in their order, each as `Sheet`; one that cannot be read is reported and left out.

    Three readers: whole columns of bytes for sheets as the usual programs write them, python-calamine for cells of rarer
    types, a parser for XML in unusual forms. Raises Unreadable where the whole workbook cannot be read.
    """
    book = ooxml.prepare(data, package, main)
    for name in sorted(book.lost):
        if report.wants(name):
            report.leave_out(name, "damaged_file", "缺少工作表部件 / the part of the sheet is missing")
    calamine = None if book.listed is not None else _opened(book.for_calamine())
    sheets = []
    for name, hidden in book.listed if book.listed is not None else _listed(calamine):
        if not report.wants(name) or name in book.lost:
            continue
        try:
            part = part_bytes(package, book.parts[name])
            sheet = _plain_sheet(book, name, hidden, part)
            if sheet is None:
                calamine = calamine or _opened(book.for_calamine())
                sheet = _other_sheet(book, calamine, name, hidden, part)
            sheets.append(replace(sheet, since_1904=True) if book.since_1904 else sheet)
        except _NotOpened:
            raise
        except Unreadable as error:
            report.leave_out(name, error.reason, error.detail)
        except KeyError:
            report.leave_out(name, "damaged_file", "缺少工作表部件 / the part of the sheet is missing")
    return sheets


class _NotOpened(Unreadable):
    """The workbook as a whole, not one sheet of it."""


def _plain_sheet(book: ooxml.Ooxml, name: str, hidden: bool, part: bytes) -> Sheet | None:
    if book.texts is None:
        return None
    try:
        shared = Shared(book.texts, book.kinds(), book.since_1904)
    except Unreadable:  # damaged styles: another reader may say what is wrong
        return None
    found = read_plain(part, shared)
    if found is None:
        return None
    check_text(found.characters, len(book.data))
    return build_sheet(name, found.values, found.merges, found.scan, hidden, found.odd)


def _other_sheet(book: ooxml.Ooxml, calamine: Any, name: str, hidden: bool, part: bytes) -> Sheet:
    """A sheet in which something is written otherwise."""
    ooxml.check_texts(book, len(book.data), part)
    found = scan_sheet(part)
    if found.ordinary and not ooxml.has_odd_cells(book, part):
        return _by_calamine(calamine, name, hidden, found)
    grid = book.cells(part)
    return build_sheet(name, grid.rows(), grid.merges, found, hidden)


def _opened(data: bytes) -> Any:
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise _NotOpened("encrypted_file") from error
    except BaseException as error:  # a panic inside the reader is no Exception
        damaged = _as_unreadable(error)
        raise _NotOpened(damaged.reason, damaged.detail) from error


def _listed(book: Any) -> list[tuple[str, bool]]:
    """Names of the worksheets, and whether each is hidden."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _as_unreadable(error: BaseException) -> Unreadable:
    if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
        raise error
    return Unreadable("damaged_file", "工作簿结构损坏 / the structure of the workbook is damaged")


def _by_calamine(book: Any, name: str, hidden: bool, found: SheetScan) -> Sheet:
    try:
        sheet = book.get_sheet_by_name(name)
        rows = _cells_of(sheet)
        merges = sheet.merged_cell_ranges or []
    except BaseException as error:  # see _opened
        raise _as_unreadable(error) from error
    return build_sheet(name, rows, [(*first, *last) for first, last in merges], found, hidden)


def _cells_of(sheet: Any) -> np.ndarray:
    """All cells from A1 on; row by row, so that they are never in memory twice."""
    if sheet.start is None or sheet.end is None:
        return grid_of([])
    return laid_out(sheet.iter_rows(), sheet.end[0] + 1, sheet.width, sheet.start[1])
