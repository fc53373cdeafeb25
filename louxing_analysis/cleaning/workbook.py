"""A file of any spreadsheet kind → sheets of cells: values, merges, what is hidden, and the cells nobody can read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from louxing_analysis.cleaning import binary_xml, old_binary, open_document, text_tables, web_tables, xml2003
from louxing_analysis.cleaning.grids import Grid
from louxing_analysis.cleaning.packages import (
    Unreadable,
    check_counts,
    has_part,
    main_part,
    open_package,
    part_bytes,
    relations,
    walk_xml,
)
from louxing_analysis.cleaning.sheet import (
    Merge,
    Sheet,
    build_sheet,
    cell_address,
    column_letter,
    filled,
    parse_address,
)
from louxing_analysis.cleaning.sheet_xml import SheetScan, scan_sheet
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
        kind = kind_of(data)
        report = Report(only, lambda sheet, reason, detail: problems.append(_problem(name, sheet, reason, detail)))
        sheets = _READERS[kind](data, report)
    except Unreadable as error:
        return Workbook(path, name, kind, (), (_problem(name, "", error.reason, error.detail),))
    return Workbook(path, name, kind, tuple(sheets), tuple(problems))


def _problem(workbook: str, sheet: str, reason: str, detail: str) -> Problem:
    return Problem("", workbook, sheet, "", "", "", reason, severity_of(reason), detail)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable("hostile_file", f"{path.stat().st_size} 字节 / bytes")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable("damaged_file", error.strerror or type(error).__name__) from error
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty_file")
    return data


def kind_of(data: bytes) -> str:
    """xlsx, xlsb, ods, xls, html, xml2003 or csv, from the bytes alone; raises Unreadable for anything else."""
    if data.startswith(_OLE):
        return old_binary.kind_of(data)
    if data.startswith(b"PK"):
        return _kind_of_package(data)
    return text_tables.kind_of(data)


def _kind_of_package(data: bytes) -> str:
    package = open_package(data)
    main = main_part(package)
    if main.endswith(".bin"):
        return "xlsb"
    if (
        main
        and has_part(package, "[Content_Types].xml")
        and b"spreadsheetml" in part_bytes(package, "[Content_Types].xml")
    ):
        return "xlsx"
    if has_part(package, "mimetype") and b"opendocument.spreadsheet" in part_bytes(package, "mimetype"):
        return "ods"
    if any(part.filename.lower().startswith("xl/") for part in package.infolist()):
        raise Unreadable("damaged_file", "没有工作簿部件 / no workbook part")
    raise Unreadable("unknown_file", "zip")


class Report(NamedTuple):
    """Which sheets are wanted, and what to call with name, reason code and detail for one that cannot be read."""

    only: frozenset[str] | None
    leave_out: Callable[[str, str, str], Any]

    def wants(self, sheet: str) -> bool:
        """Whether the sheet is one of those asked for."""
        return self.only is None or sheet in self.only


def _read_xlsx(data: bytes, report: Report) -> list[Sheet]:
    package = open_package(data)
    parts = _sheet_parts(package, main_part(package))
    shared = {*relations(package, main_part(package)).values(), "xl/sharedStrings.xml", "xl/styles.xml"}
    for part in sorted(shared - set(parts.values())):
        if part.endswith(".xml") and has_part(package, part):
            check_counts(part_bytes(package, part))
    return _read_with_calamine(data, lambda sheet: scan_sheet(part_bytes(package, parts[sheet])), report)


def _sheet_parts(package: Any, part: str) -> dict[str, str]:
    """Sheet name → the part that holds it."""
    targets = relations(package, part)
    found: dict[str, str] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "sheet" and attributes.get("id", "") in targets:
            if attributes.get("name", "") in found:
                raise Unreadable("hostile_file", "工作表重名 / two sheets of one name")
            found[attributes.get("name", "")] = targets[attributes["id"]]

    walk_xml(part_bytes(package, part), start)
    return found


def _read_xlsb(data: bytes, report: Report) -> list[Sheet]:
    package = open_package(data)
    scans = binary_xml.scan_sheets(package, main_part(package))
    return _read_with_calamine(data, lambda sheet: scans[sheet], report)


def _read_xls(data: bytes, report: Report) -> list[Sheet]:
    scans = old_binary.scan_sheets(data)
    return _read_with_calamine(data, lambda sheet: scans[sheet], report)


def _read_with_calamine(data: bytes, scan: Callable[[str], SheetScan], report: Report) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed = [
            (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and report.wants(sheet.name)
        ]
    except PasswordError as error:
        raise Unreadable("encrypted_file") from error
    except BaseException as error:  # a panic inside the reader is no Exception
        raise _as_unreadable(error) from error
    sheets = []
    for name, hidden in listed:
        try:
            found = scan(name)
            sheets.append(_read_sheet(book, name, hidden, found))
        except Unreadable as error:
            report.leave_out(name, error.reason, error.detail)
        except KeyError:
            report.leave_out(name, "damaged_file", "缺少工作表部件 / the part of the sheet is missing")
    return sheets


def _as_unreadable(error: BaseException) -> Unreadable:
    if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
        raise error
    detail = (
        str(error).splitlines()[0][:80] if isinstance(error, CalamineError) and str(error) else type(error).__name__
    )
    return Unreadable("damaged_file", detail)


def _read_sheet(book: CalamineWorkbook, name: str, hidden: bool, found: SheetScan) -> Sheet:
    try:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False) if sheet.end is not None else []
        merges = sheet.merged_cell_ranges if found.merges is None else None
    except BaseException as error:  # see _read_with_calamine
        raise _as_unreadable(error) from error
    ranges = found.merges or [] if merges is None else [(*first, *last) for first, last in merges]
    return build_sheet(name, rows, ranges, found, hidden or found.hidden)


def _read_grids(grids: Iterable[Grid]) -> list[Sheet]:
    return [build_sheet(grid.name, grid.rows(), grid.merges, grid.scan, grid.scan.hidden) for grid in grids]


_READERS: dict[str, Callable[[bytes, Report], list[Sheet]]] = {
    "xlsx": _read_xlsx,
    "xlsb": _read_xlsb,
    "xls": _read_xls,
    "ods": lambda data, _: _read_grids(open_document.read(data)),
    "html": lambda data, _: _read_grids(web_tables.read_html(data)),
    "xml2003": lambda data, _: _read_grids(xml2003.read_xml2003(data)),
    "csv": lambda data, _: _read_grids(text_tables.read_csv(data)),
}
