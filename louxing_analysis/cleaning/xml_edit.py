"""Parts of a package changed where they need to be, byte by byte: all else stays as the office's program wrote it."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from louxing_analysis.cleaning.packages import Unreadable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

WORKSHEET_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
)
STYLES_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)


class Child(NamedTuple):
    """An element right below the root: its name without prefix, its attributes, and where it begins and ends."""

    name: str
    attributes: dict[str, str]
    begin: int
    end: int


class Outline(NamedTuple):
    """A document's root prefix (with its colon, or nothing) and what stands right below the root."""

    prefix: str
    children: list[Child]
    close: int  # where the root's end tag begins


_SHEET_DATA = re.compile(
    rb"(<(?:\w+:)?sheetData\b[^>]*[^/>]>|<(?:\w+:)?sheetData>)(.*)(?=</(?:\w+:)?sheetData\s*>)", re.DOTALL
)


def outline(data: bytes, root: str, namespace: str = MAIN) -> Outline:
    """The outline of a part, without looking into its rows; raises Unreadable for what is not written plainly."""
    if not data.lstrip(b"\xef\xbb\xbf").startswith(b"<") or b"<!" in data[:4096]:
        raise Unreadable("damaged_file", "非常规 XML / unusual XML")
    rows = _SHEET_DATA.search(data)
    skipped = len(rows[2]) if rows else 0
    from_here = rows.end(1) if rows else len(data)
    seen = data[:from_here] + data[from_here + skipped :]
    depth, children, prefix, open_children = 0, [], "", []
    closing = -1
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True

    def offset() -> int:
        at = int(parser.CurrentByteIndex)
        return at + skipped if at >= from_here else at

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, prefix
        parts = name.split(" ")
        if depth == 0:
            if parts[0] != namespace or parts[1] != root:
                raise Unreadable("damaged_file", f"根元素异常 / an unusual root: {name[:80]}")
            prefix = f"{parts[2]}:" if len(parts) > 2 and parts[2] else ""
        elif depth == 1:
            plain = {key.split(" ")[1] if " " in key else key: value for key, value in attributes.items()}
            open_children.append((parts[1] if len(parts) > 1 else parts[0], plain, offset()))
        depth += 1

    def end(name: str) -> None:
        nonlocal depth, closing
        depth -= 1
        if depth == 1:
            child, attributes, begin = open_children.pop()
            first = data.index(b">", begin)
            stop = first if data[first - 1 : first] == b"/" else data.index(b">", offset())
            children.append(Child(child, attributes, begin, stop + 1))
        elif depth == 0:
            closing = offset()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(seen, True)
    except expat.ExpatError as error:
        raise Unreadable("damaged_file", "XML 损坏 / the XML is damaged") from error
    if not data[closing:].startswith(b"</"):
        raise Unreadable("damaged_file", "空的部件 / an empty part")
    return Outline(prefix, children, closing)


def insert(data: bytes, found: Outline, order: tuple[str, ...], name: str, content: bytes) -> bytes:
    """The part with an element more, at the place that the schema's order gives it."""
    rank = {one: at for at, one in enumerate(order)}
    for child in found.children:
        if rank.get(child.name, -1) > rank[name]:
            return data[: child.begin] + content + data[child.begin :]
    return data[: found.close] + content + data[found.close :]


def without(data: bytes, spans: list[tuple[int, int]]) -> bytes:
    """The bytes without some stretches of them."""
    for begin, end in sorted(spans, reverse=True):
        data = data[:begin] + data[end:]
    return data


def append_to(data: bytes, child: Child, prefix: str, content: bytes, count: int) -> bytes:
    """The part with more inside one of its elements, whose `count` grows with it."""
    element = data[child.begin : child.end]
    head_end = element.index(b">") + 1
    head, tag = element[:head_end], f"{prefix}{child.name}".encode()
    if head.endswith(b"/>"):
        head, body = head[:-2].rstrip() + b">", b""
        close = b"</" + tag + b">"
    else:
        at = element.rindex(b"</")
        body, close = element[head_end:at], element[at:]
    total = int(child.attributes.get("count", "0") or 0) + count
    if re.search(rb'\scount\s*=\s*["\']\d*["\']', head):
        head = re.sub(rb'(\scount\s*=\s*["\'])\d*(["\'])', rb"\g<1>%d\2" % total, head)
    return data[: child.begin] + head + body + content + close + data[child.end :]


def relation_id(data: bytes, identity: str) -> str:
    """The attribute that names a relation, under the prefix that the part has for it: programs look for it as r:id."""
    root = re.search(rb"<[A-Za-z_][^>]*>", data)  # the XML declaration begins with a question mark
    known = re.search(
        rb"\sxmlns:(\w+)\s*=\s*[\"']" + re.escape(RELATIONS.encode()) + rb"[\"']", root[0] if root else b""
    )
    return f'{known[1].decode()}:id="{identity}"' if known else f'xmlns:r="{RELATIONS}" r:id="{identity}"'


def add_last(data: bytes, root: str, content: bytes) -> bytes:
    """A list such as [Content_Types].xml or a .rels part, with entries more at its end."""
    close = re.search(rb"</(?:\w+:)?%s\s*>\s*$" % root.encode(), data)
    if close:
        return data[: close.start()] + content + data[close.start() :]
    empty = re.search(rb"(<((?:\w+:)?%s)\b[^>]*?)/>\s*$" % root.encode(), data)
    if empty is None:
        raise Unreadable("damaged_file", "部件清单异常 / an unusual list of parts")
    return data[: empty.start()] + empty[1] + b">" + content + b"</" + empty[2] + b">"
