"""One cell of an ordinary .xlsx sheet, as it stands in the bytes: what a reader would blank, and what is no number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import unescape

Place = tuple[int, int]

CELL, _ERROR = b'<c r="', b't="e"'
ATTRIBUTES = rb'((?:[^<>"]|"[^<>"]*")*?)'
_ELEMENT = re.compile(
    rb"""<c\ r="([A-Z]{1,3})([0-9]{1,7})" %(attributes)s (?: /> | > \s*
    (?: (<f) %(attributes)s (?: /> | > ([^<]*) </f> ) )? \s*
    (?: (<v) %(attributes)s (?: /> | > ([^<]*) </v> ) )? \s* </c> )"""
    % {b"attributes": ATTRIBUTES},
    re.VERBOSE,
)
_TYPE = re.compile(rb'\st="([^"]*)"')
_NUMBER = re.compile(rb"<v(?: [^<>]*)?(?:/>|>[-0-9.+eE]*</v>)")
_REFERENCE = re.compile(rb"<v(?: [^<>]*)?(?:/>|>[0-9]*</v>)")
_CHARACTER = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")


class Unusual(Exception):
    """Something is written otherwise than the usual programs write it."""


def refuse_odd_value(data: bytes, cell: int, value: int) -> None:
    """Raise for what should be a number and is none: readers differ in what they make of it."""
    kind = (found := _TYPE.search(data, cell, data.find(b">", cell))) and found[1]
    if kind in (b"str", b"e", b"d"):
        return
    if not (_REFERENCE if kind == b"s" else _NUMBER).match(data, value):
        raise Unusual


def error_cells(data: bytes, begin: int, end: int) -> Iterator[int]:
    """Where cells of type e open."""
    at = data.find(_ERROR, begin, end)
    while at >= 0:
        start = data.rfind(b"<", begin, at)
        if data.startswith(CELL, start):
            if data.find(b">", start, at) >= 0 or data[at - 1] not in b" \t\r\n":
                raise Unusual
            yield start
        at = data.find(_ERROR, at + len(_ERROR), end)


def judge(data: bytes, at: int, unreadable: dict[Place, tuple[str, str]]) -> None:
    """Note an error cell, or a formula without a stored result; an empty result of a text formula is a result."""
    match = _ELEMENT.match(data, at)
    if match is None:
        raise Unusual
    letters, digits, attributes, formula, _, wording, value, _, text = match.groups()
    place = (int(digits) - 1, column_number(letters.decode()))
    kind = (found := _TYPE.search(attributes)) and found[1]
    if kind == b"e":
        unreadable[place] = ("error_cell", _text(text))
    elif formula and not _text(text).strip() and not (kind == b"str" and value):
        unreadable[place] = ("not_calculated", "=" + _text(wording))


def _text(written: bytes | None) -> str:
    """The text of an element: entities resolved and line ends made one, as a parser does."""
    text = (written or b"").decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if "&#" in text:
        text = _CHARACTER.sub(lambda match: _character(match[1], match[2]), text)
    return unescape(text, {"&quot;": '"', "&apos;": "'"}) if "&" in text else text


def _character(hexadecimal: str | None, decimal: str | None) -> str:
    number = int(hexadecimal, 16) if hexadecimal else int(decimal or "0")
    if number > 0x10FFFF:
        raise Unusual
    return chr(number)


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
