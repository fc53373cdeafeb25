"""An HTML page saved as `.xls`, as old systems export it → one grid; a web page in one file (.mht) → one for every sheet."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any

from louxing_analysis.cleaning.encodings import decode
from louxing_analysis.cleaning.grids import Grid, as_number
from louxing_analysis.cleaning.html_tokens import Token, tokens
from louxing_analysis.cleaning.number_formats import DATE, from_serial
from louxing_analysis.cleaning.packages import Unreadable

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_DATE_SHOWN, _TIME_SHOWN = re.compile(r"\d[-/]\d|\d[年月]|[A-Z][a-z]{2}-\d|\d-[A-Z]"), re.compile(r"\d[:时]\d")
_DAYS = range(10_000, 80_000)  # 1927 to 2119; a smaller number shown as 12月 counts months
_SINCE_1904 = re.compile(r"<x:Date1904\s*/>", re.IGNORECASE)
_NAMED_SHEET = re.compile(
    r"<x:ExcelWorksheet>\s*<x:Name>([^<]*)</x:Name>\s*<x:WorksheetSource\s+HRef=[\"']([^\"']*)[\"']", re.IGNORECASE
)
_HIDDEN_SHEET = re.compile(r"<x:Visible>\s*Sheet\w*Hidden", re.IGNORECASE)
_SPACES, _LINES = re.compile(r"[ \t\r\n]+"), re.compile(r" *\n[ \n]*")
_COLUMNS, _MOST_PLACES = 16_384, 5_000_000


class _Tables:
    """Every table of a page, one below the other with a blank row between; tables inside tables stand by themselves."""

    def __init__(self, since_1904: bool) -> None:
        self.grid = Grid("")
        self.since_1904 = since_1904
        self.next_row = 0
        self.stack: list[_Table] = []
        self.skipping = ""

    def take(self, token: Token) -> None:
        """Go on with the next tag or text."""
        if token.name.startswith("/"):
            self._close(token.name[1:])
        elif token.name:
            self._open(token.name, token.given)
        elif self.stack and not self.skipping:
            self.stack[-1].add(_SPACES.sub(" ", token.text))

    def _open(self, tag: str, given: Mapping[str, str]) -> None:
        shown = not _NOT_SHOWN.search(given.get("style", ""))
        if tag in ("style", "script", "xml", "head"):
            self.skipping = self.skipping or tag
        elif tag == "table":
            self.stack.append(_Table(self.since_1904))
        elif self.stack and tag == "tr":
            self.stack[-1].start_row(shown)
        elif self.stack and tag == "col":
            self.stack[-1].start_column(min(_span(given.get("span")), _COLUMNS), shown)
        elif self.stack and tag in ("td", "th"):
            self.stack[-1].start_cell(given)
        elif self.stack and tag in ("br", "p", "div"):
            self.stack[-1].add("\n")

    def _close(self, tag: str) -> None:
        if tag == self.skipping or tag == "body":
            self.skipping = ""
        elif self.stack and tag in ("td", "th", "tr"):
            self.stack[-1].end_cell()
        elif self.stack and tag == "table":
            self.close_table()

    def close_table(self) -> None:
        """Put the innermost table below what is there already."""
        table = self.stack.pop()
        table.end_cell()
        for (row, column), value in table.cells.items():
            self.grid.put(self.next_row + row, column, value)
        for row, column, height, width in table.spans:
            self.grid.merge(self.next_row + row, column, height, width)
        for row, column in table.uncalculated:
            self.grid.scan.unreadable[self.next_row + row, column] = ("not_calculated", "=")
        self.grid.scan.hidden_rows.update(self.next_row + row for row in table.hidden_rows)
        if not self.next_row:
            self.grid.scan.hidden_columns |= table.hidden_columns
        self.next_row += table.row + 2 if table.cells else 0


class _Table:
    """One HTML table being read."""

    def __init__(self, since_1904: bool) -> None:
        self.since_1904 = since_1904
        self.row = self.column = -1
        self.columns = 0
        self.cells: dict[tuple[int, int], Any] = {}
        self.spans: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.uncalculated: list[tuple[int, int]] = []
        self.taken: dict[int, int] = {}  # column → the last row that a range from above reaches
        self.widths = 0
        self.text: list[str] | None = None
        self.given: Mapping[str, str] = {}

    def start_row(self, shown: bool) -> None:
        self.end_cell()
        self.row, self.column = self.row + 1, -1
        if not shown:
            self.hidden_rows.add(self.row)

    def start_column(self, count: int, shown: bool) -> None:
        if not shown:
            self.hidden_columns.update(range(self.columns, self.columns + count))
        self.columns += count

    def start_cell(self, given: Mapping[str, str]) -> None:
        self.end_cell()
        self.row = max(self.row, 0)
        self.column += 1
        while self.taken.get(self.column, -1) >= self.row:
            self.column += 1
        height, width = _span(given.get("rowspan")), _span(given.get("colspan"))
        if height > 1 or width > 1:
            self.spans.append((self.row, self.column, height, width))
            self.widths += width
            if self.widths > _MOST_PLACES or self.column >= _COLUMNS:
                raise Unreadable("hostile_file", "合并区域过大 / merged ranges without end")
            self.taken.update(dict.fromkeys(range(self.column, self.column + width), self.row + height - 1))
        self.text, self.given = [], given

    def add(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end_cell(self) -> None:
        if self.text is None:
            return
        shown = _LINES.sub("\n", "".join(self.text)).strip(" \n")
        number = as_number(self.given.get("x:num", ""))
        value: Any = shown
        if isinstance(number, float):
            value = from_serial(number, DATE, self.since_1904) if _is_date(number, shown) else number
        if value != "":
            self.cells[self.row, self.column] = value
        elif self.given.get("x:fmla") and "x:str" not in self.given:
            self.uncalculated.append((self.row, self.column))
        self.text = None


def _is_date(number: float, shown: str) -> bool:
    return bool(_TIME_SHOWN.search(shown) or (abs(number) < 1e9 and int(number) in _DAYS and _DATE_SHOWN.search(shown)))


def _span(written: str | None) -> int:
    digits = (written or "").strip()
    return min(max(int(digits), 1), 20_000) if digits.isdecimal() and len(digits) < 7 else 1


def read_html(data: bytes) -> list[Grid]:
    """The tables of an HTML page as one grid; cells are text as written, or the number that Excel left beside it."""
    return [_tables(_page(data, ""))]


def _page(data: bytes, charset: str) -> str:
    named = _CHARSET.search(data[:4096])
    return decode(data, named=named[1].decode() if named else charset)


def _tables(page: str) -> Grid:
    tables = _Tables(bool(_SINCE_1904.search(page)))
    for token in tokens(page):
        tables.take(token)
    while tables.stack:
        tables.close_table()
    return tables.grid


def read_mht(data: bytes) -> list[Grid]:
    """The sheets of a workbook saved as a web page in one file; names and what is hidden come from its pages."""
    pages = {name: _page(body, charset) for name, charset, body in _parts(data)}
    if not pages:
        raise Unreadable("damaged_file", "MHT 中没有网页 / no page in the archive")
    names: dict[str, str] = {}
    hidden: set[str] = set()
    for page in pages.values():
        for sheet in page.split("</x:ExcelWorksheet>"):
            for name, target in _NAMED_SHEET.findall(sheet):
                names[_last(target)] = html.unescape(name)
                if _HIDDEN_SHEET.search(sheet):
                    hidden.add(_last(target))
    grids: list[Grid] = []
    for place, page in pages.items():
        if (names and place not in names) or (len(pages) > 1 and "<table" not in page.lower()):
            continue
        grid = _tables(page)
        grid.name = names.get(place, "" if not grids else str(len(grids) + 1))
        grid.scan.hidden = place in hidden or bool(_HIDDEN_SHEET.search(page) and place in names)
        grids.append(grid)
    if not grids or len({grid.name for grid in grids}) < len(grids):
        raise Unreadable("damaged_file", "MHT 工作表缺失或重名 / sheets that are missing or share a name")
    if names and len(grids) < len(names):
        raise Unreadable(
            "damaged_file",
            f"MHT 缺少 {len(names) - len(grids)} 个工作表 / {len(names) - len(grids)} sheets are missing",
        )
    return grids


def _last(target: str) -> str:
    return target.replace("\\", "/").rpartition("/")[2].lower()


def _parts(data: bytes) -> list[tuple[str, str, bytes]]:
    """Name, character set and bytes of every HTML page of the archive."""
    head, body = _head(data)
    boundary = head.get_boundary()
    if boundary is None:
        return [("", head.get_content_charset() or "", _unpacked(head, body))]
    mark = b"--" + boundary.encode("ascii", "replace")
    pieces = re.split(rb"(?:^|\r?\n)" + re.escape(mark) + rb"(?=--|[ \t]*\r?\n)", body)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise Unreadable("damaged_file", "MHT 不完整 / the archive breaks off")
    found = []
    for piece in pieces[1:-1]:
        part, content = _head(piece.lstrip(b" \t").removeprefix(b"\r").removeprefix(b"\n"))
        if part.get_content_type() == "text/html":
            found.append(
                (
                    _last(str(part.get("Content-Location", ""))),
                    part.get_content_charset() or "",
                    _unpacked(part, content),
                )
            )
    return found


def _head(data: bytes) -> tuple[Message, bytes]:
    end = re.search(rb"\r?\n\r?\n", data[:100_000])
    if end is None:
        raise Unreadable("damaged_file", "MHT 部件没有正文 / a part of the archive has no body")
    return BytesHeaderParser().parsebytes(data[: end.end()]), data[end.end() :]


def _unpacked(head: Message, body: bytes) -> bytes:
    head.set_payload(body.decode("latin-1"))
    unpacked = head.get_payload(decode=True)
    return unpacked if isinstance(unpacked, bytes) else body
