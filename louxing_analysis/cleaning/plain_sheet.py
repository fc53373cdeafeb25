"""An .xlsx sheet as the usual programs write it → its cells, by whole columns of bytes and without an XML parser.

Nothing is taken on trust: a sheet in which a single byte is not where it should be is left to slower readers, whole.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from louxing_analysis.cleaning.cell_bytes import Place, Unusual, column_number, judge
from louxing_analysis.cleaning.number_bytes import NoNumber, floats, whole_numbers, words_of
from louxing_analysis.cleaning.number_formats import PLAIN, from_serial
from louxing_analysis.cleaning.packages import Unreadable, check_area, is_utf8, walk_xml
from louxing_analysis.cleaning.plain_cells import ERROR, NUMBER, SHARED, TEXT, TRUTH, Cells, cells_of
from louxing_analysis.cleaning.plain_tags import EMPTY, VALUE, Tags
from louxing_analysis.cleaning.plain_texts import Texts, plain_text
from louxing_analysis.cleaning.sheet import SHAKY_FROM, is_odd_text
from louxing_analysis.cleaning.sheet_bytes import chunks
from louxing_analysis.cleaning.sheet_xml import SheetScan, rows_of

_MARGIN = 24  # bytes that must stand before the first cell and behind the last, for they are looked at eight at a time
_NO_ROWS = b"<sheetData/>"
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")


class Shared(NamedTuple):
    """What the sheets of a workbook share: texts, what each style shows, and when days begin."""

    texts: Texts
    kinds: Sequence[str]
    since_1904: bool


class PlainSheet(NamedTuple):
    """Cells, merged ranges, what a reader would blank and what is hidden; the odd cells; and how much shared text it shows."""

    values: np.ndarray
    merges: list[tuple[int, int, int, int]]
    scan: SheetScan
    odd: list[Place]
    characters: int


class _Found(NamedTuple):
    """The cells of some rows that hold something, how many places there are beside, and which are odd."""

    rows: np.ndarray
    columns: np.ndarray
    objects: np.ndarray
    odd: np.ndarray


def read_plain(data: bytes, shared: Shared) -> PlainSheet | None:
    """The sheet, or None where only another reader can tell; raises Unreadable for a size that cannot be."""
    if _NO_ROWS in data:
        data = data.replace(_NO_ROWS, b"<sheetData></sheetData>")
    rows = rows_of(data)
    if rows is None or not is_utf8(data) or rows.begin < _MARGIN or len(data) - rows.end < _MARGIN:
        return None
    try:
        reading = _Reading(data, shared)
        for start, stop in chunks(data, rows.begin, rows.end):
            reading.read(start, stop)
        reading.note_errors()
        scan, merges = _around(data[: rows.begin], data[rows.end :], reading.scan)
    except (Unusual, NoNumber, Unreadable):
        return None
    check_area(reading.height, reading.width, reading.count)
    return reading.sheet(scan, merges)


class _Reading:
    """Reads stretches of whole rows one after the other."""

    def __init__(self, data: bytes, shared: Shared) -> None:
        self.data, self.words, self.shared = data, words_of(data), shared
        self.is_date = np.array([kind != PLAIN for kind in shared.kinds] or [False])
        self.found: list[_Found] = []
        self.scan = SheetScan(ordinary=True)
        self.errors: list[int] = []
        self.last = self.height = self.width = self.count = self.characters = 0

    def read(self, start: int, stop: int) -> None:
        """Take in the cells of some rows."""
        tags = Tags(self.data, self.words, start, stop)
        numbers = tags.row_numbers(self.data, self.last, self.scan.hidden_rows)
        self.last = int(numbers[-1])
        cells = cells_of(self.data, self.words, tags, numbers)
        if not cells.rows.size:
            return
        self.count += cells.rows.size
        self.height, self.width = int(cells.rows[-1]) + 1, max(self.width, int(cells.columns.max()) + 1)
        self._note_formulas(tags)
        self.errors += tags.opens.take(tags.cells.compress(cells.types == ERROR)).tolist()
        empty = cells.types.take(tags.owners.compress(tags.codes == VALUE | EMPTY))
        if ((empty != NUMBER) & (empty != TEXT)).any():
            raise Unusual
        self.found.append(self._values(tags, cells))

    def _note_formulas(self, tags: Tags) -> None:
        """Formulas behind which no value stands."""
        formulas = tags.formulas(self.data)
        after = formulas + 1 + (tags.codes.take(formulas) & np.uint8(EMPTY) == 0)
        for at in tags.opens.take(
            tags.cells.take(tags.owners.take(formulas[tags.codes.take(after) != VALUE]))
        ).tolist():
            judge(self.data, at, self.scan.unreadable)

    def note_errors(self) -> None:
        """Cells that hold an error value."""
        for at in self.errors:
            judge(self.data, at, self.scan.unreadable)

    def _values(self, tags: Tags, cells: Cells) -> _Found:
        values = np.flatnonzero(tags.codes == VALUE)
        starts, stops, owners = tags.closes.take(values) + 1, tags.opens.take(values + 1), tags.owners.take(values)
        types = cells.types.take(owners)
        objects, odd = np.empty(values.size, dtype=object), np.zeros(values.size, dtype=bool)
        at = np.flatnonzero(types == SHARED)
        objects[at], odd[at] = self._shared(starts.take(at), stops.take(at))
        at = np.flatnonzero(types == NUMBER)
        objects[at], odd[at] = self._numbers(starts.take(at), stops.take(at), cells.styles.take(owners.take(at)))
        for place in np.flatnonzero((types == TEXT) | (types == TRUTH)).tolist():
            written = self.data[starts[place] : stops[place]]
            value = _truth(written) if types[place] == TRUTH else _text(written)
            objects[place], odd[place] = value, isinstance(value, str) and is_odd_text(value)
        return _Found(cells.rows.take(owners), cells.columns.take(owners), objects, odd)

    def _shared(self, starts: np.ndarray, stops: np.ndarray) -> tuple[np.ndarray, Any]:
        texts = self.shared.texts
        meant = whole_numbers(self.words, starts, stops)
        if not meant.size:
            return np.empty(0, dtype=object), False
        if int(meant.max()) >= texts.values.size:
            raise Unusual
        self.characters += texts.characters_of(meant)
        return texts.values.take(meant), texts.is_odd.take(meant) if texts.is_odd is not None else False

    def _numbers(self, starts: np.ndarray, stops: np.ndarray, styles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if (
            styles.size and int(styles.max()) >= self.is_date.size
        ):  # styles of another file, or none: dates would be lost
            raise Unusual
        numbers = floats(self.data, self.words, starts, stops)
        odd = ~(np.abs(numbers) < SHAKY_FROM)
        objects = numbers.astype(object)
        dates = np.flatnonzero(self.is_date.take(styles))
        for place, style in zip(dates.tolist(), styles.take(dates).tolist(), strict=True):
            value = objects[place] = _date(objects[place], self.shared.kinds[style], self.shared.since_1904)
            odd[place] = isinstance(value, datetime.timedelta) or (odd[place] and isinstance(value, float))
        return objects, odd

    def sheet(self, scan: SheetScan, merges: list[tuple[int, int, int, int]]) -> PlainSheet:
        """All that was taken in, laid out."""
        values = np.empty((self.height, self.width), dtype=object)  # of nothing
        cells = values.reshape(-1)
        places: list[Place] = []
        for found in self.found:
            cells[found.rows.astype(np.int64) * self.width + found.columns] = found.objects
            at = np.flatnonzero(found.odd)
            places += zip(found.rows.take(at).tolist(), found.columns.take(at).tolist(), strict=True)
        return PlainSheet(values, merges, scan, places, self.characters)


_date = lru_cache(maxsize=16384)(from_serial)


def _truth(written: bytes) -> bool:
    if written not in (b"0", b"1"):
        raise Unusual
    return written == b"1"


def _text(written: bytes) -> str | None:
    try:
        return plain_text(written.decode()) or None
    except UnicodeDecodeError as error:
        raise Unusual from error


def _around(head: bytes, tail: bytes, scan: SheetScan) -> tuple[SheetScan, list[tuple[int, int, int, int]]]:
    """Hidden columns and merged ranges, from what stands before and behind the rows, read as one document."""
    merges: list[tuple[int, int, int, int]] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name in ("mergeCell", "dimension"):
            match = _RANGE.fullmatch(given.get("ref", ""))
            if match is None:
                raise Unusual
            if match[3] and name == "mergeCell":
                first, last = ((int(match[at + 1]) - 1, column_number(match[at])) for at in (1, 3))
                merges.append((*first, *last))
        elif name == "col" and "hidden" in given:
            scan.hide_columns(given)

    walk_xml(head + tail, start)
    return scan, merges
