"""An HTML page → its tags and texts one by one, in time that grows with its length, however it is broken.

The standard library's parser takes minutes for some hundred kilobytes of tags that never close.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_NAME = re.compile(r"</?([A-Za-z][^\s>/]*)")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_AFTER = re.compile(r"[\s/]*")
_RAW = ("script", "style", "textarea", "title")  # nothing in them is a tag


class Token(NamedTuple):
    """A tag that opens (`name`), one that closes (`/name`), or a text (name '')."""

    name: str
    text: str = ""
    given: dict[str, str] = {}  # noqa: RUF012 - never changed


def tokens(page: str) -> Iterator[Token]:
    """Tags and texts in order; comments and declarations are left out, and so is a tag that the page's end cuts off."""
    at, size = 0, len(page)
    while at < size:
        opens = page.find("<", at)
        if opens < 0:
            opens = size
        if opens > at:
            yield Token("", html.unescape(page[at:opens]))
        at = opens
        name = _NAME.match(page, at)
        if at >= size:
            return
        if name is not None:
            token, at = _tag(page, name)
            if token is None:
                return
            yield token
            if token.name in _RAW:
                end = re.compile(f"</{token.name}", re.IGNORECASE).search(page, at)
                at = end.start() if end else size
        elif page.startswith(("<!", "<?", "</"), at):
            closing = "-->" if page.startswith("<!--", at) else ">"
            end_of = page.find(closing, at + 2)
            if end_of < 0:
                return
            at = end_of + len(closing)
        else:
            yield Token("", "<")
            at += 1


def _tag(page: str, name: re.Match[str]) -> tuple[Token | None, int]:
    """The tag whose name stands here, and where it ends; none where the page ends first."""
    at = name.end()
    given: dict[str, str] = {}
    while True:
        at = _AFTER.match(page, at).end()  # type: ignore[union-attr]
        if at >= len(page):
            return None, at
        if page[at] == ">":
            closing = "/" if page[name.start() + 1] == "/" else ""
            return Token(closing + name[1].lower(), "", given), at + 1
        found = _ATTRIBUTE.match(page, at)
        if found is None:  # a sign that no attribute begins with
            at += 1
            continue
        value = next((part for part in found.groups()[1:] if part is not None), "")
        given.setdefault(found[1].lower(), html.unescape(value))
        at = found.end()
