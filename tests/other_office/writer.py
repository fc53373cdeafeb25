"""Sheets become files: xlsx by two libraries, text in three encodings, a web page and old XML named .xls, OpenDocument."""

from __future__ import annotations

import html
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

from other_office.grid import Book, Cell, Sheet


def text_of(cell: Cell) -> str:
    """What a text file shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.year}/{value.month}/{value.day}"
    return str(value)


def write(book: Book, folder: Path) -> None:
    """Write the book in its form."""
    path = folder / book.name
    if book.form in ("gb18030", "utf-8-sig", "utf-16"):
        _text(book, path)
    else:
        {"xlsxwriter": _by_xlsxwriter, "openpyxl": _by_openpyxl, "html": _html, "xml2003": _xml, "ods": _ods}[
            book.form
        ](book, path)


def _text(book: Book, path: Path) -> None:
    mark = "\t" if book.form == "utf-16" else ","
    lines: list[str] = []
    for row in book.sheets[0].rows:
        cells = [text_of(cell) for cell in row]
        quoted = ['"' + text.replace('"', '""') + '"' if mark in text or "\n" in text else text for text in cells]
        lines.append(mark.join(quoted))
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(book.form))


def _by_xlsxwriter(book: Book, path: Path) -> None:
    with xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    ) as workbook:
        plain = workbook.add_format({})
        for sheet in book.sheets:
            page = workbook.add_worksheet(sheet.name)
            for first, left, last, right in sheet.merges:
                page.merge_range(first, left, last, right, "")
            for row, cells in enumerate(sheet.rows):
                for place, cell in enumerate(cells):
                    shown = workbook.add_format({"num_format": cell.shown}) if cell.shown else plain
                    _one_by_xlsxwriter(page, row, place, cell, shown)
            for row in sheet.hidden:
                page.set_row(row - 1, None, None, {"hidden": True})


def _one_by_xlsxwriter(page: object, row: int, place: int, cell: Cell, shown: object) -> None:
    if cell.error:
        page.write_formula(row, place, "=1/0" if "DIV" in cell.error else "=A1", shown, cell.error)  # type: ignore[attr-defined]
    elif cell.formula:
        page.write_formula(row, place, cell.formula, shown, "")  # type: ignore[attr-defined]
    elif isinstance(cell.value, datetime):
        page.write_datetime(row, place, cell.value, shown)  # type: ignore[attr-defined]
    elif isinstance(cell.value, str) and cell.value:
        page.write_string(row, place, cell.value, shown)  # type: ignore[attr-defined]
    elif isinstance(cell.value, int | float):
        page.write_number(row, place, cell.value, shown)  # type: ignore[attr-defined]


def _by_openpyxl(book: Book, path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets:
        page = workbook.create_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows, 1):
            for place, cell in enumerate(cells, 1):
                target = page.cell(row, place)
                if cell.error:
                    target.value, target.data_type = cell.error, "e"
                elif cell.formula:
                    target.value = cell.formula
                elif cell.value not in (None, ""):
                    target.value = cell.value
                    if isinstance(cell.value, str):
                        target.data_type = "s"
                if cell.shown:
                    target.number_format = cell.shown
        page.sheet_state = "hidden" if sheet.is_hidden else "visible"
        for first, left, last, right in sheet.merges:
            page.merge_cells(f"{get_column_letter(left + 1)}{first + 1}:{get_column_letter(right + 1)}{last + 1}")
        for row in sheet.hidden:
            page.row_dimensions[row].hidden = True
    workbook.save(path)


def _html(book: Book, path: Path) -> None:
    rows = [
        "<tr>" + "".join(f"<td>{html.escape(text_of(cell))}</td>" for cell in row) + "</tr>"
        for row in book.sheets[0].rows
    ]
    page = f"<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'></head><body><table border=1>{''.join(rows)}</table></body></html>"
    path.write_bytes(page.encode("gb18030"))


def _xml(book: Book, path: Path) -> None:
    parts = [
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
    ]
    for sheet in book.sheets:
        spans = {(first, left): (last - first, right - left) for first, left, last, right in sheet.merges}
        parts.append(f'<Worksheet ss:Name="{html.escape(sheet.name)}"><Table>')
        for row, cells in enumerate(sheet.rows):
            parts.append(
                "<Row>"
                + "".join(_xml_cell(cell, spans.get((row, place))) for place, cell in enumerate(cells))
                + "</Row>"
            )
        parts.append("</Table></Worksheet>")
    path.write_text("".join([*parts, "</Workbook>"]), encoding="utf-8")


def _xml_cell(cell: Cell, span: tuple[int, int] | None) -> str:
    across = f' ss:MergeDown="{span[0]}" ss:MergeAcross="{span[1]}"' if span else ""
    value = cell.value
    if cell.error:
        return f'<Cell{across} ss:Formula="=1/0"><Data ss:Type="Error">{cell.error}</Data></Cell>'
    if cell.formula:
        return f'<Cell{across} ss:Formula="{html.escape(cell.formula)}"></Cell>'
    if isinstance(value, datetime):
        return f'<Cell{across}><Data ss:Type="DateTime">{value:%Y-%m-%dT00:00:00.000}</Data></Cell>'
    if isinstance(value, int | float):
        return f'<Cell{across}><Data ss:Type="Number">{value}</Data></Cell>'
    return (
        f'<Cell{across}><Data ss:Type="String">{html.escape(str(value))}</Data></Cell>' if value else f"<Cell{across}/>"
    )


ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def _ods(book: Book, path: Path) -> None:
    tables = "".join(_ods_table(sheet) for sheet in book.sheets)
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS} office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'
    manifest = '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)


def _ods_table(sheet: Sheet) -> str:
    width = max(len(row) for row in sheet.rows)
    spans = {(first, left): (last - first + 1, right - left + 1) for first, left, last, right in sheet.merges}
    covered = {
        (row, place)
        for first, left, last, right in sheet.merges
        for row in range(first, last + 1)
        for place in range(left, right + 1)
    } - spans.keys()
    rows: list[str] = []
    for row, cells in enumerate(sheet.rows):
        full = [*cells, *[Cell()] * (width - len(cells))]
        rows.append(
            "<table:table-row>"
            + "".join(
                "<table:covered-table-cell/>" if (row, n) in covered else _ods_cell(cell, spans.get((row, n)))
                for n, cell in enumerate(full)
            )
            + "</table:table-row>"
        )
    return f'<table:table table:name="{html.escape(sheet.name)}"><table:table-column table:number-columns-repeated="{width}"/>{"".join(rows)}</table:table>'


def _ods_cell(cell: Cell, span: tuple[int, int] | None) -> str:
    across = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    value = cell.error or cell.value
    if value in (None, ""):
        return f"<table:table-cell{across}/>"
    if isinstance(value, date):
        return f'<table:table-cell{across} office:value-type="date" office:date-value="{value:%Y-%m-%d}"><text:p>{value:%Y-%m-%d}</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell{across} office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell{across} office:value-type="string"><text:p>{html.escape(str(value))}</text:p></table:table-cell>'
