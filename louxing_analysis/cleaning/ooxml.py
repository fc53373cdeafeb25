"""An .xlsx package → what must be known before a reader opens it: sheets and their parts, styles it would misread, texts."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from louxing_analysis.cleaning.grids import MOST_SWELLING, MOST_TEXT, Grid, check_text
from louxing_analysis.cleaning.number_formats import DATE, PLAIN, kinds_of
from louxing_analysis.cleaning.packages import (
    Unreadable,
    check_counts,
    elements,
    has_part,
    part_bytes,
    relations,
    walk_xml,
    with_part,
)
from louxing_analysis.cleaning.plain_texts import Texts, plain_texts
from louxing_analysis.cleaning.xlsx_cells import cells_of, shared_texts

_BEGIN_OF_TEXT = re.compile(rb"<(?:\w+:)?si(?:\s(?:[^>]*[^>/])?)?>")
_END_OF_TEXT = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
_REFERENCE = re.compile(rb"<v>([0-9]{1,9})</v>")
_FEW = 20
_STATES = {"visible", "hidden", "veryHidden"}
# formats that a reader who knows no Chinese takes for numbers: built-in ones without a code, weekdays, years of an era
_OFTEN_MISREAD = re.compile(
    rb'numFmtId="(?:2[7-9]|3[0-6]|5[0-8])"|formatCode="[^"]*(?:a{3}|(?<![a-zA-Z0#?.])e(?![a-zA-Z+-]))'
)
_NO_STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


@dataclass(frozen=True)
class Ooxml:
    """A checked package: the part of every sheet, what the sheets share, and how to read them."""

    data: bytes
    package: zipfile.ZipFile
    parts: dict[str, str]
    listed: (
        list[tuple[str, bool]] | None
    )  # worksheets in their order and whether they are hidden; None if that is not sure
    shared: bytes
    texts: Texts | None  # None where only a parser can take them apart
    styles: bytes
    styles_part: str
    since_1904: bool
    lost: frozenset[str]  # sheets that are listed but have no part

    def kinds(self) -> Sequence[str]:
        """Whether each cell style shows dates, spans of time or neither."""
        return _kinds(self.styles) if self.styles.strip() else ()

    def cells(self, part: bytes) -> Grid:
        """A sheet's cells, read by a parser."""
        texts = shared_texts(self.shared) if self.shared.strip() else []
        return cells_of(part, texts, self.kinds(), self.since_1904)

    def for_calamine(self) -> bytes:
        """The package with styles exchanged that would be misread."""
        if not has_part(self.package, self.styles_part):
            return self.data
        better = _better_styles(self.styles)
        return with_part(self.data, self.styles_part, better) if better else self.data


def prepare(data: bytes, package: zipfile.ZipFile, main: str) -> Ooxml:
    """Check what a reader takes on trust; raises Unreadable.

    Of the parts that all sheets share it opens two, by the names they have beside the workbook's own part.
    """
    targets = relations(package, main)
    folder = posixpath.dirname(main)
    texts, styles = posixpath.join(folder, "sharedStrings.xml"), posixpath.join(folder, "styles.xml")
    parts, listed, lost, since_1904 = _sheets(package, main, targets)
    contents = {part: part_bytes(package, part) for part in (texts, styles) if has_part(package, part)}
    for part in contents:
        check_counts(contents[part])
    shared, own = contents.get(texts, b""), contents.get(styles, b"")
    plain = plain_texts(shared)
    if plain is None and _are_nested(shared):
        raise Unreadable("damaged_file", "共享文字相互嵌套 / shared texts stand inside one another")
    return Ooxml(data, package, parts, listed, shared, plain, own, styles, since_1904, lost)


def _sheets(
    package: zipfile.ZipFile, main: str, targets: Mapping[str, str]
) -> tuple[dict[str, str], list[tuple[str, bool]] | None, frozenset[str], bool]:
    """Sheet name → the part that holds it; worksheets and whether they are hidden; sheets without a part; whether days
    are counted from 1904."""
    found: dict[str, str] = {}
    lost: set[str] = set()
    since_1904 = False
    states: list[str] = []
    for element, attributes in elements(part_bytes(package, main), ("workbookPr", "sheet")):
        if element == "workbookPr":
            since_1904 = attributes.get("date1904") in ("1", "true")
            continue
        name, part = attributes.get("name", ""), targets.get(attributes.get("id", ""), "")
        if name in found or name in lost:
            raise Unreadable("hostile_file", "工作表重名 / two sheets of one name")
        if part and has_part(package, part):
            found[name] = part
            states.append(attributes.get("state", "visible"))
        else:
            lost.add(name)
    usual = found and main == "xl/workbook.xml" and not lost and _STATES.issuperset(states)
    listed = [(name, state != "visible") for name, state in zip(found, states, strict=True)]
    return found, listed if usual and all(map(_is_worksheet, found.values())) else None, frozenset(lost), since_1904


def _is_worksheet(part: str) -> bool:
    return part.startswith("xl/worksheets/")


def _better_styles(data: bytes) -> bytes:
    """Styles that say no more than which cells are dates, where the file's own would be misread; else nothing."""
    if not data.strip():
        return _NO_STYLES
    if not _OFTEN_MISREAD.search(data):
        return b""
    kinds = _kinds(data)
    written = "".join(f'<xf numFmtId="{0 if kind == PLAIN else 14 if kind == DATE else 46}"/>' for kind in kinds)
    head, tail = _NO_STYLES[:-2].decode(), "</styleSheet>"
    return f"{head}><cellXfs>{written}</cellXfs>{tail}".encode()


@lru_cache(maxsize=16)
def _kinds(data: bytes) -> tuple[str, ...]:
    """Whether each cell style shows dates, spans of time or neither."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside: list[str] = []

    def start(element: str, given: dict[str, str]) -> None:
        inside.append(element)
        number = given.get("numFmtId", "0")
        if element == "numFmt" and number.isdecimal():
            codes[int(number)] = given.get("formatCode", "")
        elif element == "xf" and "cellXfs" in inside:
            numbers.append(int(number) if number.isdecimal() else 0)

    walk_xml(data, start, lambda _: inside.pop())
    return tuple(kinds_of(numbers, codes))


def _are_nested(shared: bytes) -> bool:
    """Whether a shared text begins before the one before it has ended: readers join the two, and count wrongly."""
    pieces = _BEGIN_OF_TEXT.split(shared)[1:]
    return any(b"si>" not in piece and not _END_OF_TEXT.search(piece) for piece in pieces)


def _lengths(shared: bytes) -> list[int]:
    """About how many characters each shared text has, never too few by more than its tags are long."""
    usual = b":si" not in shared and b"<si/" not in shared and b"<si " not in shared and b"</si " not in shared
    if not usual:
        return [len(piece) for piece in _END_OF_TEXT.split(shared)[:-1]]
    data = np.frombuffer(shared + b"    ", dtype=np.uint8)
    closes = np.ones(len(shared), dtype=bool)
    for offset, letter in enumerate(b"</si"):
        closes &= data[offset : offset + len(shared)] == letter
    lengths: list[int] = np.diff(np.flatnonzero(closes), prepend=0).tolist()
    return lengths


def check_texts(book: Ooxml, size: int, sheet: bytes) -> None:
    """Refuse a sheet that shows far more text than the file holds: a long text kept once and used thousands of times."""
    most = max(MOST_TEXT, MOST_SWELLING * size)
    if len(book.shared) * (len(sheet) // 16) <= most:
        return
    lengths = _lengths(book.shared)
    longest = max(lengths, default=0)
    if longest * (len(sheet) // 16) <= most:  # a cell takes sixteen bytes at least
        return
    cells = sheet.count(b'"s"') + sheet.count(b"'s'")
    if longest * cells <= most:
        return
    long = [number for number, length in enumerate(lengths) if length * cells * 2 > most]
    if len(long) <= _FEW:
        total = sum(lengths[number] * sheet.count(b">%d<" % number) for number in long)
    else:
        used = Counter(map(int, _REFERENCE.findall(sheet)))
        total = sum(lengths[number] * used[number] for number in long)
    check_text(total, size)


def has_odd_cells(book: Ooxml, sheet: bytes) -> bool:
    """Whether a fast reader would misread a cell of an ordinary sheet.

    It takes a negative number with the format of a date for midnight. (That it takes a shared text referred to by -1 or
    1.5 for the first one, and the second of two values for the only one, is why scan_sheet calls no such sheet ordinary.)
    """
    if sheet.find(b'"><v>-') < 0 or not book.styles.strip():
        return False
    dates = [number for number, kind in enumerate(_kinds(book.styles)) if kind == DATE]
    return any(sheet.find(b's="%d"%s><v>-' % (number, kind)) >= 0 for number in dates for kind in (b"", b' t="n"'))
