"""Text that is opened as a spreadsheet → grids: CSV and tab text; and what kind of text a file is."""

from __future__ import annotations

import codecs
import csv
import io
import re

from louxing_analysis.cleaning.grids import Grid
from louxing_analysis.cleaning.packages import Unreadable, check_area

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
_WRAPPED = re.compile(r'^="(.*)"$', re.DOTALL)
_WRAPPED_FIELD = re.compile(r'(?:(?<=[,;\t\n])|^)="([^"\n]*)"(?=[,;\t\r\n]|$)', re.MULTILINE)
_DELIMITERS = ",\t;|"


def kind_of(data: bytes) -> str:
    """html, xml2003 or csv; raises Unreadable where the bytes are no text."""
    head = decode(data[:4096], whole=False) if len(data) > 4096 else decode(data)
    opening = head.lstrip("\ufeff \t\r\n").lower()
    if opening.startswith("<?xml") or opening.startswith("<workbook"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in opening:
            return "xml2003"
        if "<html" not in opening and "<table" not in opening:
            raise Unreadable("unknown_file", "XML")
    if opening.startswith("<") and re.search(r"<(html|table|meta|head|body|!doctype html)\b", opening):
        return "html"
    if _CONTROL.search(head) or head.startswith(("%PDF", "{\\rtf", "MIME-Version")):
        raise Unreadable("unknown_file")
    return "csv"


def decode(data: bytes, whole: bool = True, named: str = "") -> str:
    """Text of bytes: the byte-order mark, else UTF-8, else GB 18030, both strictly; raises Unreadable for neither.

    `whole=False` allows the last character to be cut in two. Latin letters in GB 18030 are the same bytes as in UTF-8,
    so UTF-8 is tried first: Chinese in GB 18030 is never valid UTF-8 for more than a few characters.
    """
    candidates = ["utf-16"] if data.startswith(_UTF16) else ["utf-8-sig", named, "gb18030"]
    for encoding in filter(None, candidates):
        try:
            return codecs.getincrementaldecoder(encoding)("strict").decode(data, whole)
        except (UnicodeError, LookupError):
            continue
    raise Unreadable("unknown_file")


def read_csv(data: bytes) -> list[Grid]:
    """Comma, tab, semicolon or bar separated text as one grid named '' ; every cell is text as written.

    `="430…"` (written to keep Excel from rounding a number) is unwrapped. Where quotes do not balance, quotes are taken
    as ordinary characters, so that no row is swallowed by an open quote.
    """
    text = decode(data)
    if _CONTROL.search(text):
        raise Unreadable("unknown_file")
    delimiter = _delimiter(text)
    if '="' in text:
        text = _WRAPPED_FIELD.sub(r'"\1"', text)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        table = [line.split(delimiter) for line in text.splitlines()]
    check_area(len(table), max(map(len, table), default=0), sum(map(len, table)))
    if '="' in text or '=""' in text:
        table = [[_unwrapped(cell) for cell in row] for row in table]
    return [Grid("", table=table)]


def _unwrapped(cell: str) -> str:
    match = _WRAPPED.match(cell)
    return match[1].replace('""', '"') if match else cell


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines into several parts most often; a tie goes to the one with more parts."""
    lines = [line for line in text[:20_000].splitlines()[:60] if line.strip()]
    counts = {mark: [line.count(mark) for line in lines] for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (sum(count > 0 for count in counts[mark]), sum(counts[mark])))
