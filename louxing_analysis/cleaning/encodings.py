"""Bytes of a text file → text: UTF-8, UTF-16 or GB 18030, with or without a byte-order mark, and never two at once."""

from __future__ import annotations

import codecs
import re

from louxing_analysis.cleaning.packages import Unreadable

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHINESE = re.compile("[\u4e00-\u9fff]")
_TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTERS = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152-\u017e"
_NO_ACCENT = re.compile(rf"(?<![A-Za-z])[^\x00-\x7f]|[^\x00-\x7f{_LETTERS}]|[^\x00-\x7f](?![a-z])")
_AMBIGUOUS = "编码不明，可能是国标码或西文，请另存为 UTF-8 / GB 18030 or a Western encoding; save it as UTF-8"


def decode(data: bytes, whole: bool = True, named: str = "") -> str:
    """Text of bytes, nothing replaced but halves of characters; raises Unreadable where no encoding fits, or two do.

    `whole=False` allows the last character to be cut in two; `named` is what a page says of itself. UTF-8 is tried first,
    for Chinese in GB 18030 is never valid UTF-8 for more than a few characters. Usual Chinese characters are two bytes
    beyond ASCII in GB 18030; where such bytes only ever stand alone, the text is Western if they are accents inside words,
    and if not, nobody can tell.
    """
    marked = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), "")
    encodings = [marked] if marked else [_utf16(data), "utf-8", _known(named), "gb18030"]
    for encoding in filter(None, encodings):
        text = _decoded(data, encoding, whole)
        if text is None:
            continue
        if encoding == "gb18030" and whole:
            _refuse_mixed(data)
            return text if _TWO_HIGH.search(data) else _western(data)
        return text
    if whole and not marked.startswith("utf-16"):
        _refuse_mixed(data)
    raise Unreadable("unknown_file", "编码无法识别 / no known encoding of text")


def _decoded(data: bytes, encoding: str, whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, whole)
    except (UnicodeError, LookupError):
        pass
    if not encoding.startswith("utf"):
        return None
    try:  # halves of characters that are written as two: joined, or shown as lost
        text = codecs.getincrementaldecoder(encoding)("surrogatepass").decode(data, whole)
    except (UnicodeError, LookupError):
        return None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _western(data: bytes) -> str:
    """Text in Windows-1252, where every character beyond ASCII is a letter within a Latin word; else Unreadable."""
    text = _decoded(data, "cp1252", whole=True)
    if text is None or _NO_ACCENT.search(text):
        raise Unreadable("unknown_file", _AMBIGUOUS)
    return text


def _known(named: str) -> str:
    """The name where it is that of an encoding of text; a page may say anything, base64 too."""
    try:
        b"a".decode(named or "utf-8")
    except UnicodeDecodeError:  # an encoding, though not this one
        return named
    except (LookupError, ValueError):
        return ""
    return named


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: digits, commas and line ends leave a zero in every other byte, and only there."""
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) < 2 or min(even, odd):
        return ""
    return "utf-16-be" if even else "utf-16-le"


def _refuse_mixed(data: bytes) -> None:
    """Raise Unreadable where some lines are UTF-8 and others are not: read as one they would come out as other words."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if not _HIGH.search(line):
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeError:
            continue
        if len(_CHINESE.findall(text)) > 1:
            raise Unreadable(
                "damaged_file",
                f"编码混杂：第 {number} 行是 UTF-8，别处不是 / mixed encodings: line {number} is UTF-8, others are not",
            )
