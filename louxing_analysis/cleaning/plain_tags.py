"""The tags of whole rows of an .xlsx sheet as the usual programs write them: every tag, and every byte between, is looked at.

What is not exactly `<row r="1" …><c r="A1" s="2" t="s"><f>…</f><v>7</v></c></row>` raises Unusual.
"""

from __future__ import annotations

import re

import numpy as np

from louxing_analysis.cleaning.cell_bytes import Unusual
from louxing_analysis.cleaning.number_bytes import LOW_BYTES

_CELL, ROW, VALUE, FORMULA, _END_FORMULA, _END_VALUE, _END_CELL, _END_ROW = range(1, 9)
EMPTY = 16  # a tag that closes itself
_TAGS = (  # kind, the two bytes after <, and how far > is from < in the tag and in one that closes itself, where that is sure
    (_CELL, (b"c ",), 0, 0),
    (ROW, (b"ro",), 0, 0),
    (VALUE, (b"v>", b"v/"), 2, 3),
    (FORMULA, (b"f>", b"f ", b"f/"), 0, 0),
    (_END_FORMULA, (b"/f",), 3, 3),
    (_END_VALUE, (b"/v",), 3, 3),
    (_END_CELL, (b"/c",), 3, 3),
    (_END_ROW, (b"/r",), 5, 5),
)
_CELL_WORD, _END_WORD = (
    (np.uint64(int.from_bytes(word, "little")), LOW_BYTES[len(word)]) for word in (b'<c r="', b"</row>")
)
_CELLS, _ROWS = (_CELL, _CELL | EMPTY), (ROW, ROW | EMPTY)
_VALUES, _FORMULAS = (VALUE, VALUE | EMPTY), (FORMULA, FORMULA | EMPTY)
_FOLLOW = {
    ROW: (*_CELLS, _END_ROW),
    ROW | EMPTY: _ROWS,
    _CELL: (*_VALUES, *_FORMULAS, _END_CELL),
    _CELL | EMPTY: (*_CELLS, _END_ROW),
    VALUE: (_END_VALUE,),
    VALUE | EMPTY: (_END_CELL,),
    FORMULA: (_END_FORMULA,),
    FORMULA | EMPTY: (*_VALUES, _END_CELL),
    _END_FORMULA: (*_VALUES, _END_CELL),
    _END_VALUE: (_END_CELL,),
    _END_CELL: (*_CELLS, _END_ROW),
    _END_ROW: _ROWS,
}
_ATTRIBUTE = rb'(?:\s+(?!r=)[A-Za-z_][\w:.-]*="[^<>"&]*")*\s*/?>'
_ROW_TAG = re.compile(rb'<row r="([1-9][0-9]{0,6})"(' + _ATTRIBUTE + rb")")
_FORMULA_TAG = re.compile(rb"<f" + _ATTRIBUTE)
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')


def _tables() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Kinds by the two bytes after `<`; lengths by code, -1 where any will do; what may follow what; what holds text."""
    kinds, lengths = np.zeros(65_536, dtype=np.uint8), np.full(32, -1, dtype=np.int64)
    for kind, starts, length, empty in _TAGS:
        lengths[[kind, kind | EMPTY]] = length or -1, empty or -1
        for start in starts:
            kinds[start[0] | start[1] << 8] = kind
    follow, holds_text = np.zeros(1024, dtype=bool), np.zeros(32, dtype=bool)
    for code, others in _FOLLOW.items():
        follow[[code << 5 | other for other in others]] = True
    holds_text[[VALUE, FORMULA]] = True
    return kinds, lengths, follow, holds_text


_KIND_OF, _LENGTHS, _MAY_FOLLOW, _HOLDS_TEXT = _tables()


class Tags:
    """Tags by where they open and close, and what each is; `cells` and `rows` are numbers of tags."""

    def __init__(self, data: bytes, words: np.ndarray, start: int, stop: int) -> None:
        text = np.frombuffer(data, dtype=np.uint8, count=stop - start, offset=start)
        self.opens, self.closes = np.flatnonzero(text == ord("<")), np.flatnonzero(text == ord(">"))
        if not self.opens.size or self.opens.size != self.closes.size:
            raise Unusual
        closing = text.take(self.closes - 1, mode="clip") == ord("/")
        self.opens += start
        self.closes += start
        seconds = text.take(self.opens + (1 - start)).astype(np.uint16)
        kinds = _KIND_OF.take(
            seconds | text.take(self.opens + (2 - start), mode="clip").astype(np.uint16) << np.uint16(8)
        )
        self.codes = kinds | closing.view(np.uint8) << np.uint8(4)
        self._refuse_unusual(start, stop)
        cell = kinds == _CELL
        self.cells, self.rows = np.flatnonzero(cell), np.flatnonzero(kinds == ROW)
        self.owners = np.cumsum(cell) - 1  # the cell that every tag stands in, as a place in `cells`
        ends = np.flatnonzero(kinds == _END_ROW)
        for some, word, mask in ((self.cells, *_CELL_WORD), (ends, *_END_WORD)):
            if (words[self.opens.take(some)] & mask != word).any():
                raise Unusual

    def _refuse_unusual(self, start: int, stop: int) -> None:
        codes = self.codes.astype(np.uint16)
        follow = _MAY_FOLLOW.take(codes[:-1] << np.uint16(5) | codes[1:])
        expected = _LENGTHS.take(codes)
        between = self.opens[1:] - self.closes[:-1]
        between -= 1
        between[_HOLDS_TEXT.take(codes[:-1])] >>= 20  # text may stand there; not less than nothing
        if (
            self.opens[0] != start
            or self.closes[-1] != stop - 1
            or codes[0] not in _ROWS
            or codes[-1] not in (_END_ROW, ROW | EMPTY)
            or not follow.all()
            or between.any()
            or ((self.closes - self.opens != expected) & (expected > 0)).any()
        ):
            raise Unusual

    def row_numbers(self, data: bytes, last: int, hidden: set[int]) -> list[bytes]:
        """The rows' own numbers, each higher than the one before, as they are written; notes those that are hidden."""
        written = []
        for row in self.opens.take(self.rows).tolist():
            tag = _ROW_TAG.match(data, row)
            if tag is None or int(tag[1]) <= last:
                raise Unusual
            last = int(tag[1])
            written.append(tag[1])
            if b"hidden" in tag[2] and _HIDDEN.search(tag[2]):
                hidden.add(last - 1)
        return written

    def formulas(self, data: bytes) -> np.ndarray:
        """Numbers of the tags that open formulas; raises where one has attributes that no program writes."""
        found = np.flatnonzero(self.codes & np.uint8(15) == FORMULA)
        if found.size:
            opens, closes = self.opens.take(found), self.closes.take(found)
            long = np.flatnonzero(closes - opens > 2)
            tags = {data[opens[at] : closes[at] + 1] for at in long.tolist()}
            if not all(map(_FORMULA_TAG.fullmatch, tags)):
                raise Unusual
        return found
