"""A file of any spreadsheet kind → sheets of cells: values, merges, what is hidden, and the cells nobody can read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from louxing_analysis.cleaning import (
    binary_xml,
    old_binary,
    ole_container,
    open_document,
    text_tables,
    web_tables,
    xml2003,
)
from louxing_analysis.cleaning.grids import Grid, check_text
from louxing_analysis.cleaning.locked import unlock
from louxing_analysis.cleaning.packages import Unreadable, has_part, main_part, open_package, part_bytes
from louxing_analysis.cleaning.sheet import (
    Merge,
    Sheet,
    build_sheet,
    cell_address,
    column_letter,
    filled,
    parse_address,
)
from louxing_analysis.cleaning.xlsx import Report, read_xlsx
from louxing_analysis.problems import Problem, severity_of

__all__ = [
    "Merge",
    "Sheet",
    "Workbook",
    "cell_address",
    "column_letter",
    "filled",
    "list_workbooks",
    "parse_address",
    "read_workbook",
]

MOST_BYTES = 1_000_000_000
_SKIPPED = {"readme.md", "made-up.csv", "made-up-places.csv", "thumbs.db", "desktop.ini"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Workbook:
    """One file: `name` is its path below the raw folder, with forward slashes; `kind` comes from its first bytes."""

    path: Path
    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...]


def list_workbooks(raw: Path) -> list[Path]:
    """The files below a folder that should hold tables, sorted; temporary, hidden and our own files are left out."""
    found = []
    for path in raw.rglob("*"):
        parts = path.relative_to(raw).parts
        if any(part.startswith((".", "~$")) for part in parts) or path.name.lower() in _SKIPPED or not path.is_file():
            continue
        found.append(path)
    return sorted(found)


def read_workbook(path: Path, name: str, only: frozenset[str] | None = None) -> Workbook:
    """Read a file of any kind; never raises for bad content. `only` names the sheets that are wanted, else all.

    A file that cannot be read has no sheets and one structural problem; a sheet that cannot be read is left out and
    has one structural problem of its own.
    """
    kind = "unknown"
    problems: list[Problem] = []
    try:
        data = _bytes_of(path)
        report = Report(only, lambda sheet, reason, detail: problems.append(_problem(name, sheet, reason, detail)))
        for locked in (True, False):
            try:
                recognised = _recognise(data)
                kind = recognised.kind
                sheets = _sheets_of(data, recognised, report)
                break
            except Unreadable as error:
                opened = unlock(data, MOST_BYTES) if locked and error.reason == "encrypted_file" else None
                if opened is None:
                    raise
                data = opened
        if not sheets and not problems and only is None:
            raise Unreadable("damaged_file", "没有工作表 / no sheets")
    except Unreadable as error:
        return Workbook(path, name, kind, (), (_problem(name, "", error.reason, error.detail),))
    return Workbook(path, name, kind, tuple(sheets), tuple(problems))


def _sheets_of(data: bytes, recognised: Recognised, report: Report) -> list[Sheet]:
    if recognised.package is not None:
        return read_xlsx(data, recognised.package, recognised.main, report)
    return _READERS[recognised.kind](data, report)


def _problem(workbook: str, sheet: str, reason: str, detail: str) -> Problem:
    return Problem("", workbook, sheet, "", "", "", reason, severity_of(reason), detail)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable("hostile_file", f"{path.stat().st_size} 字节 / {path.stat().st_size} bytes")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable("damaged_file", _why_not_opened(error)) from error
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty_file")
    return data


def _why_not_opened(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "无权读取 / no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "文件不存在 / no such file"
    if isinstance(error, IsADirectoryError):
        return "是文件夹，不是文件 / a folder, not a file"
    return "文件无法打开 / the file cannot be opened"


class Recognised(NamedTuple):
    """The kind of a file: xlsx, xlsb, ods, xls, html, mht, xml2003 or csv; of an .xlsx also what was opened to tell."""

    kind: str
    package: zipfile.ZipFile | None = None
    main: str = ""


def _recognise(data: bytes) -> Recognised:
    """By the bytes alone; raises Unreadable for what is no spreadsheet."""
    if data.startswith(_OLE):
        return Recognised(ole_container.kind_of(data))
    if not data.startswith(b"PK"):
        return Recognised(text_tables.kind_of(data))
    package = open_package(data)
    main = main_part(package)
    if main.endswith(".bin"):
        return Recognised("xlsb")
    if (
        main
        and has_part(package, "[Content_Types].xml")
        and b"spreadsheetml" in part_bytes(package, "[Content_Types].xml")
    ):
        return Recognised("xlsx", package, main)
    if has_part(package, "mimetype") and b"opendocument.spreadsheet" in part_bytes(package, "mimetype"):
        return Recognised("ods")
    if any(part.filename.lower().startswith("xl/") for part in package.infolist()):
        raise Unreadable("damaged_file", "没有工作簿部件 / no workbook part")
    raise Unreadable("unknown_file", "压缩包中没有工作簿 / a zip package without a workbook")


def _read_grids(
    read: Callable[[bytes], Iterable[Grid]], typed_text: bool = True
) -> Callable[[bytes, Report], list[Sheet]]:
    """A reader of grids as one of sheets: a sheet that cannot be is left out."""

    def sheets(data: bytes, report: Report) -> list[Sheet]:
        found = []
        for grid in read(data):
            if not report.wants(grid.name):
                continue
            try:
                rows = grid.rows()
                check_text(sum(len(cell) for row in rows for cell in row if isinstance(cell, str)), len(data))
                sheet = build_sheet(grid.name, rows, grid.merges, grid.scan, grid.scan.hidden)
                found.append(sheet if typed_text else replace(sheet, typed_text=False))
            except Unreadable as error:
                report.leave_out(grid.name, error.reason, error.detail)
        return found

    return sheets


_READERS: dict[str, Callable[[bytes, Report], list[Sheet]]] = {
    "xlsb": _read_grids(binary_xml.read),
    "xls": _read_grids(old_binary.read),
    "ods": _read_grids(open_document.read),
    "html": _read_grids(web_tables.read_html),
    "mht": _read_grids(web_tables.read_mht),
    "xml2003": _read_grids(xml2003.read_xml2003),
    "csv": _read_grids(text_tables.read_csv, typed_text=False),
}
