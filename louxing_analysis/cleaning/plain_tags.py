"""The tags of whole rows of an .xlsx sheet as the usual programs write them: every tag, and every byte between, is looked at.

What is not exactly `<row r="1" …><c r="A1" s="2" t="s"><f>…</f><v>7</v></c></row>` raises Unusual.
"""

from __future__ import annotations

import re

import numpy as np

from louxing_analysis.cleaning.cell_bytes import Unusual

_CELL, ROW, VALUE, FORMULA, _END_FORMULA, _END_VALUE, _END_CELL, _END_ROW = range(1, 9)
EMPTY = 16  # a tag that closes itself
_TAGS = (
    (_CELL, b'<c r="', 0, 0),
    (ROW, b'<row r="', 0, 0),
    (VALUE, b"<v", 2, 3),
    (FORMULA, b"<f", 0, 0),
    (_END_FORMULA, b"</f>", 3, 3),
    (_END_VALUE, b"</v>", 3, 3),
    (_END_CELL, b"</c>", 3, 3),
    (_END_ROW, b"</row>", 5, 5),
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
    """Kinds by the two bytes after `<`; masks and beginnings by kind; lengths by code; what may follow what."""
    kinds = np.zeros(65_536, dtype=np.uint8)
    begins = np.zeros((2, 16), dtype=np.uint64)
    lengths = np.full(32, -1, dtype=np.int64)
    for kind, begin, length, empty in _TAGS:
        begins[:, kind] = (1 << 8 * len(begin)) - 1, int.from_bytes(begin, "little")
        lengths[[kind, kind | EMPTY]] = length or -1, empty or -1
        for second in (begin[2:3] or b">", b" ", b"/") if len(begin) == 2 else (begin[2:3],):
            kinds[begin[1] | second[0] << 8] = kind
    follow = np.zeros(1024, dtype=bool)
    for code, others in _FOLLOW.items():
        follow[[code << 5 | other for other in others]] = True
    return kinds, begins, lengths, follow


_KIND_OF, (_MASKS, _BEGINS), _LENGTHS, _MAY_FOLLOW = _tables()


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
        begins = words[self.opens]
        kinds = _KIND_OF.take((begins >> np.uint64(8)).astype(np.uint16))
        self.codes = kinds | closing.view(np.uint8) << np.uint8(4)
        self._refuse_unusual(start, stop, begins, kinds)
        cell = kinds == _CELL
        self.cells, self.rows = np.flatnonzero(cell), np.flatnonzero(kinds == ROW)
        self.owners = np.cumsum(cell) - 1  # the cell that every tag stands in, as a place in `cells`

    def _refuse_unusual(self, start: int, stop: int, begins: np.ndarray, kinds: np.ndarray) -> None:
        codes = self.codes.astype(np.uint16)
        follow = _MAY_FOLLOW.take(codes[:-1] << np.uint16(5) | codes[1:])
        expected = _LENGTHS.take(codes)
        between = self.opens[1:] - self.closes[:-1]
        between -= 1
        between[(codes[:-1] == VALUE) | (codes[:-1] == FORMULA)] >>= 20  # text may stand there; not less than nothing
        if (
            self.opens[0] != start
            or self.closes[-1] != stop - 1
            or codes[0] not in _ROWS
            or codes[-1] not in (_END_ROW, ROW | EMPTY)
            or (begins & _MASKS.take(kinds) != _BEGINS.take(kinds)).any()
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
