"""Text that is opened as a spreadsheet → grids: CSV and tab text; and what kind of text a file is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from louxing_analysis.cleaning.encodings import decode
from louxing_analysis.cleaning.grids import Grid
from louxing_analysis.cleaning.packages import Unreadable, check_area
from louxing_analysis.safe_text import from_csv_text

_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
_MOST_CONTROL = 200  # one control character in so many is a slip; more is no text
_WRAPPED = re.compile(r'^="(.*)"$', re.DOTALL)
_WRAPPED_FIELD = re.compile(r'(?:(?<=[,;\t\n])|^)="([^"\n]*)"(?=[,;\t\r\n]|$)', re.MULTILINE)
_SEPARATOR = re.compile(r"sep=(.)\r?\n")
_MAIL = re.compile(r"(?:mime-version|content-type|from|date|subject|message-id|x-[\w-]+):[^\n]*\n", re.IGNORECASE)
_DELIMITERS = ",\t;|"
_MOST_LINES = 20  # lines that one quoted cell may run over


def kind_of(data: bytes) -> str:
    """html, mht, xml2003 or csv; raises Unreadable where the bytes are no text."""
    head = decode(data[:4096], whole=False) if len(data) > 4096 else decode(data)
    opening = head.lstrip("\ufeff \t\r\n").lower()
    if opening.startswith("<?xml") or opening.startswith("<workbook"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in opening:
            return "xml2003"
        if "<html" not in opening and "<table" not in opening:
            raise Unreadable("unknown_file", "XML 不是表格 / XML that is no spreadsheet")
    if opening.startswith("<") and re.search(r"<(html|table|meta|head|body|!doctype html)\b", opening):
        return "html"
    if _MAIL.match(opening) and "content-type:" in opening and "multipart/related" in opening:
        return "mht"
    _refuse_binary(head)
    if head.startswith(("%PDF", "{\\rtf", "MIME-Version")):
        raise Unreadable("unknown_file", "PDF、RTF 或邮件，不是表格 / PDF, RTF or mail, no spreadsheet")
    return "csv"


def _refuse_binary(text: str) -> None:
    if "\0" in text:
        raise Unreadable("unknown_file", "含有空字节 / holds NUL bytes")
    if len(_CONTROL.findall(text)) > 1 + len(text) // _MOST_CONTROL:
        raise Unreadable("unknown_file", "控制字符过多 / too many control characters")


def read_csv(data: bytes) -> list[Grid]:
    """Comma, tab, semicolon or bar separated text as one grid named '' ; every cell is text as written.

    `="430…"` (written to keep Excel from rounding a number) is unwrapped, and a mark that keeps a text from being run as
    a formula is taken off. Where a quote never closes it is taken as an ordinary character, so that it swallows no row.
    """
    text = decode(data)
    _refuse_binary(text)
    stated = _SEPARATOR.match(text)  # Excel's own hint; it shows no such row
    if stated:
        text = text[stated.end() :]
    delimiter = stated[1] if stated else _delimiter(text)
    if '="' in text:
        text = _WRAPPED_FIELD.sub(r'"\1"', text)
    table = _cut(text, delimiter)
    if "'" in text:  # written so that a spreadsheet does not run it as a formula
        table = [[from_csv_text(cell) for cell in row] for row in table]
    check_area(len(table), max(map(len, table), default=0), sum(map(len, table)))
    if '="' in text or '=""' in text:
        table = [[_unwrapped(cell) for cell in row] for row in table]
    return [Grid("", table=table)]


def _cut(text: str, delimiter: str) -> list[list[str]]:
    """Rows of cells; line by line where the quotes do not balance, or where a quoted cell swallows what look like rows."""
    longest = csv.field_size_limit(len(text) + 1)
    try:
        try:
            table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            return _line_by_line(text, delimiter)
        if '"' in text and any("\n" in cell and delimiter in cell for row in table for cell in row):
            width = Counter(map(len, table)).most_common(1)[0][0]
            if any(_swallows(row, delimiter, width) for row in table):
                return _line_by_line(text, delimiter)
        return table
    finally:
        csv.field_size_limit(longest)


def _swallows(row: list[str], delimiter: str, width: int) -> bool:
    """Whether a cell holds lines that are rows of the table by their separators; in narrow tables it takes several."""
    enough = max(1, 5 - width)
    for cell in row:
        inner = [line.count(delimiter) == width - 1 for line in cell.split("\n")[1:-1] if line.strip()]
        if width > 1 and len(inner) >= enough and all(inner):
            return True
    return False


def _line_by_line(text: str, delimiter: str) -> list[list[str]]:
    """Every row on its own; a quote that closes within some lines holds them together, any other is a character."""
    lines = re.split(r"\r\n|\r|\n", text)
    if not lines[-1]:
        lines.pop()
    width = Counter(1 + line.count(delimiter) for line in lines if line).most_common(1)[0][0] if any(lines) else 1
    odd = [line.count('"') % 2 for line in lines] + [1]
    table: list[list[str]] = []
    at = 0
    while at < len(lines):
        end = at + 1 if not odd[at] else min(odd.index(1, at + 1) + 1, len(lines))
        row = _one_row(lines[at:end], delimiter) if end - at <= _MOST_LINES else None
        if row is None or (end - at > 1 and _swallows(row, delimiter, width)):
            row, end = lines[at].split(delimiter), at + 1
        table.append(row)
        at = end
    return table


def _one_row(lines: list[str], delimiter: str) -> list[str] | None:
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else [] if not rows else None


def _unwrapped(cell: str) -> str:
    match = _WRAPPED.match(cell)
    return match[1].replace('""', '"') if match else cell


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines into several parts most often; a tie goes to the one with more parts."""
    lines = [line for line in text[:20_000].splitlines()[:60] if line.strip()]
    counts = {mark: [line.count(mark) for line in lines] for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (sum(count > 0 for count in counts[mark]), sum(counts[mark])))
