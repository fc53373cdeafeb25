"""The same sheets as files without types: comma-separated text in GB 18030, and HTML that a system calls .xls."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from pathlib import Path

from louxing_analysis.safe_text import csv_text, html_cell
from louxing_analysis.sample.package import Cell, Fault, Formula, Page

Write = Callable[[str], str]


def _text(cell: Cell, write: Write) -> str:
    """A cell of a file without types; `write` is how the file writes a text, which is not what it does with a number."""
    if cell is None:
        return ""
    if isinstance(cell, Fault):
        return cell.code
    if isinstance(cell, Formula):
        return "" if cell.value is None else str(cell.value)
    return write(cell) if isinstance(cell, str) else str(cell)


def grid_of(page: Page, write: Write = str) -> list[list[str]]:
    """All cells of a page as text, row by row from the first; texts as `write` writes them."""
    width = max([len(page.columns), *(cell.column + 1 for cell in page.loose)])
    height = max([*(row + 1 for row in page.rows), *(cell.row + 1 for cell in page.loose)], default=0)
    grid = [[""] * width for _ in range(height)]
    for index, column in enumerate(page.columns):
        for row, cell in zip(page.rows, column, strict=True):
            grid[row][index] = _text(cell, write)
    for loose in page.loose:
        grid[loose.row][loose.column] = _text(loose.value, write)
    return grid


def write_csv(path: Path, page: Page) -> bytes:
    """Comma-separated text as an old Chinese Windows writes it; long digits wrapped so that Excel leaves them alone."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in grid_of(page, csv_text):
        writer.writerow([f'="{cell}"' if len(cell) >= 12 and cell.isdigit() else cell for cell in row])
    data = buffer.getvalue().encode("gb18030")
    path.write_bytes(data)
    return data


def write_html(path: Path, page: Page, title: str) -> bytes:
    """An HTML table, as systems export it under the name of a workbook."""
    wide = {merge.first_row: merge.last_column for merge in page.merges if merge.first_column == 0}
    lines = []
    for number, row in enumerate(grid_of(page)):
        if number in wide:
            across = f' colspan="{wide[number] + 1}"'
            lines.append(f"<tr>{html_cell(row[0], across)}</tr>")
        else:
            lines.append("<tr>" + "".join(map(html_cell, row)) + "</tr>")
    text = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f'<title>{html.escape(title)}</title></head><body><table border="1">\n'
        + "\n".join(lines)
        + "\n</table></body></html>\n"
    )
    data = text.encode("utf-8")
    path.write_bytes(data)
    return data
