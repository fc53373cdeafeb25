"""Comments on cells as an .xlsx package keeps them: the texts in one part, and the boxes they are shown in in another."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

from louxing_analysis.cleaning.packages import Unreadable
from louxing_analysis.cleaning.sheet import cell_address, parse_address
from louxing_analysis.cleaning.xml_edit import MAIN
from louxing_analysis.safe_text import spreadsheet_xml

AUTHOR = "louxing 标注"
SIGN = "〔标注〕"
"""Begins what we say in a comment, so that it is known again: LibreOffice forgets the authors of comments."""

MOST_CHARACTERS = 2_000  # a box that no screen shows helps nobody; the list has the whole text
_COMMENT = re.compile(rb"<(\w+:)?comment\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?comment\s*>)", re.DOTALL)
_AUTHOR = re.compile(rb"<(?:\w+:)?author\s*/>|<(?:\w+:)?author\b[^>]*>(.*?)</(?:\w+:)?author\s*>", re.DOTALL)
_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape\s*>", re.DOTALL)
_REF = re.compile(rb'\bref\s*=\s*["\']([A-Za-z]+\d+)["\']')
_WHO = re.compile(rb'\bauthorId\s*=\s*["\'](\d+)["\']')

_VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


class Comments(NamedTuple):
    """The two parts of one sheet's comments."""

    texts: bytes
    boxes: bytes


def with_comments(old: Comments, said: Mapping[tuple[int, int], str]) -> Comments:
    """The comments of a sheet with ours at these cells (row, column from 0); `old` may be empty bytes.

    Where the office has a comment of its own, ours is added below it. What an earlier marked copy said is taken away
    first. Raises Unreadable where the old parts are not written plainly.
    """
    old = without_ours(old)
    texts = (
        old.texts
        or (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
            "<authors></authors><commentList></commentList></comments>"
        ).encode()
    )
    boxes = old.boxes or _VML % b",".join(b"%d" % at for at in range(1, len(said) // 1024 + 2))
    prefix, author, texts = _with_author(texts)
    theirs = {_where(match[2]) for match in _COMMENT.finditer(texts)}
    new = {cell_address(*place): text for place, text in said.items()}
    texts = _COMMENT.sub(lambda match: _below(match, new, prefix), texts)
    added = {address: text for address, text in new.items() if address not in theirs}
    written = "".join(
        f'<{prefix}comment ref="{address}" authorId="{author}"><{prefix}text>{_run(SIGN + text, prefix)}</{prefix}text></{prefix}comment>'
        for address, text in added.items()
    )
    texts = _before(texts, rb"</(?:\w+:)?commentList\s*>", written.encode())
    return Comments(texts, _with_boxes(boxes, added))


def without_ours(old: Comments) -> Comments:
    """The comments without those that an earlier marked copy added."""
    if not old.texts:
        return old
    names = [html.unescape((match[1] or b"").decode("utf-8", "replace")) for match in _AUTHOR.finditer(old.texts)]
    ours = {at for at, name in enumerate(names) if name == AUTHOR}
    gone: set[tuple[int, int]] = set()

    def keep(match: re.Match[bytes]) -> bytes:
        who = _WHO.search(match[2])
        if (who and int(who[1]) in ours) or _text_of(match[3] or b"").startswith(SIGN):
            gone.add(parse_address(_where(match[2])))
            return b""
        return _without_what_was_added(match[0])

    texts = _COMMENT.sub(keep, old.texts)
    boxes = _SHAPE.sub(lambda match: b"" if _cell_of(match[0]) in gone else match[0], old.boxes)
    return Comments(texts, boxes)


def _without_what_was_added(comment: bytes) -> bytes:
    """A comment of the office's own without ours below it, which stands last: in a run of its own, or, saved by another
    program, in the same run or in many.
    """
    at = comment.find(SIGN.encode())
    end = re.search(rb"</(?:\w+:)?text\s*>", comment)
    if at < 0 or end is None:
        return comment
    kept = re.sub(rb"(?:\s|&#10;|&#xA;|_x000D_)+$", b"", comment[:at])
    inside = [
        tag
        for tag in (b"t", b"r")
        if len(re.findall(rb"<(?:\w+:)?%s[\s>]" % tag, kept)) > len(re.findall(rb"</(?:\w+:)?%s>" % tag, kept))
    ]
    prefix = re.match(rb"<(\w+:)?", comment)
    mark = (prefix[1] or b"") if prefix else b""
    return kept + b"".join(b"</" + mark + tag + b">" for tag in inside) + comment[end.start() :]


def _text_of(element: bytes) -> str:
    """What stands in a comment or a run of it, without the space around."""
    texts = re.findall(rb"<(?:\w+:)?t(?:\s[^>]*)?>(.*?)</(?:\w+:)?t>", element, re.DOTALL)
    return html.unescape(b"".join(texts).decode("utf-8", "replace")).strip()


def _where(attributes: bytes) -> str:
    found = _REF.search(attributes)
    if found is None:
        raise Unreadable("damaged_file", "批注异常 / an unusual comment")
    return found[1].decode().upper()


def _cell_of(shape: bytes) -> tuple[int, int] | None:
    row, column = re.search(rb"<x:Row>\s*(\d+)", shape), re.search(rb"<x:Column>\s*(\d+)", shape)
    return (int(row[1]), int(column[1])) if row and column else None


def _with_author(texts: bytes) -> tuple[str, int, bytes]:
    """The prefix of the part's elements, our number among its authors, and the part with us among them."""
    texts = re.sub(rb"<((?:\w+:)?authors)\s*/>", rb"<\1></\1>", texts)
    texts = re.sub(rb"<((?:\w+:)?commentList)\s*/>", rb"<\1></\1>", texts)
    root = re.search(rb"<(\w+:)?comments\b", texts)
    if root is None:
        raise Unreadable("damaged_file", "批注异常 / unusual comments")
    prefix = (root[1] or b"").decode()
    names = [html.unescape((match[1] or b"").decode("utf-8", "replace")) for match in _AUTHOR.finditer(texts)]
    if AUTHOR in names:
        return prefix, names.index(AUTHOR), texts
    new = f"<{prefix}author>{AUTHOR}</{prefix}author>".encode()
    return prefix, len(names), _before(texts, rb"</(?:\w+:)?authors\s*>", new)


def _before(data: bytes, close: bytes, content: bytes) -> bytes:
    found = re.search(close, data)
    if found is None:
        raise Unreadable("damaged_file", "批注异常 / unusual comments")
    return data[: found.start()] + content + data[found.start() :]


def _below(match: re.Match[bytes], new: Mapping[str, str], prefix: str) -> bytes:
    """A comment of the office's own, with ours below."""
    text = new.get(_where(match[2]))
    if text is None:
        return match[0]
    return _before(match[0], rb"</(?:\w+:)?text\s*>", _run(f"\n{SIGN}{text}", prefix).encode())


def _run(text: str, prefix: str) -> str:
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS] + "……"
    properties = (
        f'<{prefix}rPr><{prefix}sz val="9"/><{prefix}color indexed="81"/><{prefix}rFont val="宋体"/></{prefix}rPr>'
    )
    return f'<{prefix}r>{properties}<{prefix}t xml:space="preserve">{spreadsheet_xml(text)}</{prefix}t></{prefix}r>'


def _with_boxes(boxes: bytes, added: Mapping[str, str]) -> bytes:
    ids = [int(found) for found in re.findall(rb"_x0000_s(\d+)", boxes)]
    first = max(ids, default=1024) + 1
    content = b"" if b"_x0000_t202" in boxes else _SHAPE_TYPE
    content += b"".join(
        _box(first + at, *parse_address(address), text) for at, (address, text) in enumerate(added.items())
    )
    close = boxes.rfind(b"</xml>")
    if close < 0:
        raise Unreadable("damaged_file", "批注框异常 / unusual boxes of comments")
    return boxes[:close] + content + boxes[close:]


def _box(number: int, row: int, column: int, text: str) -> bytes:
    """One hidden box, right of its cell, as high as its text needs."""
    lines = sum(1 + sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) // 44 for line in text.split("\n"))
    rows = min(max(4, lines + 1), 28)
    top, up = max(row - 1, 0), 2
    anchor = f"{column + 1}, 15, {top}, {up}, {column + 5}, 31, {top + rows}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
        f'width:240pt;height:{rows * 14}pt;z-index:{number - 1023};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    ).encode()
