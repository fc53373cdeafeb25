"""Text from somebody's workbook, made safe for where it goes: a terminal, a CSV cell, the XML of a spreadsheet."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable
from typing import Any

# control characters, halves of characters, what turns the direction of writing or takes no room, tags
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # what a spreadsheet may run, and what such a text becomes here
_ESCAPED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
# no XML can hold them, no CSV should
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HALVES = re.compile("[\ud800-\udfff]")


def printable(text: str, one_line: bool = True) -> str:
    """Text that does nothing to a terminal: escape sequences and changes of direction stand there as visible signs.

    Line breaks become spaces, unless `one_line` is false, where line feeds stay.
    """
    if not _INVISIBLE.search(text):
        return text
    if one_line:
        return _INVISIBLE.sub(_sign, _BREAKS.sub(" ", text))
    return "\n".join(printable(line) for line in text.split("\n"))


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def visible(text: str) -> str:
    """The text without what nobody sees: with it, two texts that look alike are not the same."""
    return _INVISIBLE.sub("", text)


def whole(text: str) -> str:
    """The text without halves of characters, which no encoding can write; each becomes U+FFFD."""
    return _HALVES.sub("\ufffd", text)


def csv_cell(value: Any) -> Any:
    """A cell as it is written to a CSV file: a text is made safe with `csv_text`; numbers stay numbers, -5 too."""
    return csv_text(value) if isinstance(value, str) else value


def csv_text(text: str) -> str:
    """A text as it is written to a CSV file: what a spreadsheet would run as a formula gets an apostrophe before it.

    `from_csv_text` takes the apostrophe away again. Lines end in line feeds, for a carriage return alone is not quoted
    by every writer and would begin a new row; control characters and halves of characters become U+FFFD.
    """
    text = _UNWRITABLE.sub("\ufffd", f"'{text}" if _FORMULA.match(text) else text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def csv_line(texts: Iterable[str]) -> str:
    """Texts as one line of a CSV file, without its end."""
    written = io.StringIO()
    csv.writer(written).writerow([csv_text(text) for text in texts])
    return written.getvalue().removesuffix("\r\n")


def from_csv_text(text: str) -> str:
    """What was given to `csv_text`, from what it wrote."""
    return text[1:] if _ESCAPED.match(text) else text


def spreadsheet_xml(text: str) -> str:
    """Text as it stands in the XML of a workbook: escaped, what XML cannot hold as Excel writes it (_x0007_)."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_" if match[0] < "\x80" else "\ufffd", text)
    return text.replace("\n", "&#10;").replace("\r", "_x000D_")


def html_cell(text: str, attributes: str = "") -> str:
    """A cell of an HTML table that a spreadsheet opens: what it would run as a formula is marked as text."""
    as_text = " style='mso-number-format:\"\\@\"'" if _FORMULA.match(text) and not _is_number(text) else ""
    return f"<td{attributes}{as_text}>{html.escape(_UNWRITABLE.sub(chr(0xFFFD), text))}</td>"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
