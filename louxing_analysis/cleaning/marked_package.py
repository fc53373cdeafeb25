"""An .xlsx package → the same with comments, marks and the list in it; every other part keeps its bytes.

Cells are not touched: a mark is a conditional format that always holds, so that styles, formulas and the values that
were calculated stay, and a marked copy that comes back can be freed of its marks.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from louxing_analysis.cleaning.cell_comments import Comments, with_comments, without_ours
from louxing_analysis.cleaning.list_sheet import Styles
from louxing_analysis.cleaning.marked_styles import with_marks
from louxing_analysis.cleaning.package_parts import Package
from louxing_analysis.cleaning.packages import Unreadable, has_part, relations, walk_xml
from louxing_analysis.cleaning.sheet import cell_address
from louxing_analysis.cleaning.xml_edit import (
    WORKSHEET_ORDER,
    insert,
    outline,
    relation_id,
    without,
)
from louxing_analysis.problems import SEVERITIES
from louxing_analysis.safe_text import spreadsheet_xml

Said = Mapping[tuple[int, int], tuple[str, str]]
"""(row, column) → (severity, text)."""

OURS = 'N("louxing")=0'
"""The condition of our marks: always true, and known again."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_SHEET_TYPE = f"{_OFFICE}.spreadsheetml.worksheet+xml"


class Request(NamedTuple):
    """What shall be added: what is said at the cells of each sheet, the list's name, and what draws the list."""

    said: Mapping[str, Said]
    list_name: str
    old_lists: frozenset[str]
    draw: Callable[[Styles], bytes]


def marked(data: bytes, wanted: Request) -> bytes:
    """The package with everything that is wanted in it; raises Unreadable where it is built too unusually for that."""
    package = Package(data)
    if not package.main or any(part.is_dir() for part in package.zip.infolist()):
        raise Unreadable("damaged_file", "非常规压缩包 / an unusual package")
    _plain_workbook(package)
    styles_part = _styles_part(package)
    added = with_marks(package.read(styles_part))
    package.changed[styles_part] = added.data
    sheets = _sheets(package)
    for name, part in sheets.items():
        if name not in wanted.old_lists:
            _mark_sheet(package, part, wanted.said.get(name, {}), added.marks)
    _drop_lists(package, [sheets[name] for name in wanted.old_lists if name in sheets])
    _add_list(package, wanted.list_name, wanted.draw(added.styles))
    return package.written()


def _plain_workbook(package: Package) -> None:
    """Macros are left behind and a template becomes a workbook, since the copy is an .xlsx."""
    types = package.read("[Content_Types].xml")
    head = rb'(PartName\s*=\s*"/%s"\s+ContentType\s*=\s*")[^"]*"' % re.escape(package.main.encode())
    kind = f"{_OFFICE}.spreadsheetml.sheet.main+xml".encode()
    changed = re.sub(head, rb'\g<1>%s"' % kind, types)
    for target in package.targets.values():
        if posixpath.basename(target).lower() == "vbaproject.bin" and package.has(target):
            package.removed |= {target, package.rels_of(target)}
            changed = re.sub(rb'<(?:\w+:)?Override\b[^>]*"/%s"[^>]*/>' % re.escape(target.encode()), b"", changed)
            rels = package.rels_of(package.main)
            package.changed[rels] = re.sub(
                rb"<(?:\w+:)?Relationship\b[^>]*/vbaProject\"[^>]*/>", b"", package.read(rels)
            )
    if changed != types:
        package.changed["[Content_Types].xml"] = changed


def _styles_part(package: Package) -> str:
    part = posixpath.join(posixpath.dirname(package.main), "styles.xml")
    if not package.has(part):
        package.relate(package.main, "styles", part)
        package.declare(part, f"{_OFFICE}.spreadsheetml.styles+xml")
    return part


def _sheets(package: Package) -> dict[str, str]:
    """Sheet name → part, for worksheets."""
    found: dict[str, str] = {}
    content = package.read(package.main)
    main = outline(content, "workbook")
    listed = next((child for child in main.children if child.name == "sheets"), None)
    if listed is None:
        raise Unreadable("damaged_file", "没有工作表 / no sheets")

    def start(element: str, attributes: dict[str, str]) -> None:
        part = package.targets.get(attributes.get("id", ""), "")
        if element == "sheet" and "worksheets/" in part and package.has(part):
            found[attributes["name"]] = part

    walk_xml(content, start)
    return found


def _mark_sheet(package: Package, part: str, said: Said, formats: Mapping[str, int]) -> None:
    data = package.read(part)
    targets = dict(relations(package.zip, part)) if has_part(package.zip, package.rels_of(part)) else {}
    old_comments = package.related(part, "comments")
    if not said and not old_comments and OURS.encode() not in data.replace(b"&quot;", b'"'):
        package.changed[part] = _unselected(data)
        return
    found = outline(data, "worksheet")
    spans = [
        (child.begin, child.end)
        for child in found.children
        if child.name == "conditionalFormatting"
        and OURS.encode() in data[child.begin : child.end].replace(b"&quot;", b'"')
    ]
    if spans:
        data = without(data, spans)
        found = outline(data, "worksheet")
    if said:
        data = insert(data, found, WORKSHEET_ORDER, "conditionalFormatting", _marks(said, formats, data, found.prefix))
        found = outline(data, "worksheet")
    legacy = next((child for child in found.children if child.name == "legacyDrawing"), None)
    boxes_part = targets.get(
        next(iter(v for k, v in (legacy.attributes if legacy else {}).items() if k == "id"), ""), ""
    )
    data = _with_comments(package, part, data, said, old_comments, boxes_part)
    package.changed[part] = _unselected(data)


def _with_comments(package: Package, part: str, data: bytes, said: Said, texts_part: str, boxes_part: str) -> bytes:
    old = Comments(package.read(texts_part) if texts_part else b"", package.read(boxes_part) if boxes_part else b"")
    texts = {place: text for place, (_, text) in said.items()}
    new = with_comments(old, texts) if texts else without_ours(old)
    folder = posixpath.dirname(posixpath.dirname(part))
    if not texts_part and texts:
        texts_part = package.free(posixpath.join(folder, "comments{}.xml"))
        package.relate(part, "comments", texts_part)
        package.declare(texts_part, f"{_OFFICE}.spreadsheetml.comments+xml")
    if not boxes_part and texts:
        boxes_part = package.free(posixpath.join(folder, "drawings", "vmlDrawing{}.vml"))
        identity = package.relate(part, "vmlDrawing", boxes_part)
        package.declare_ending("vml", f"{_OFFICE}.vmlDrawing")
        found = outline(data, "worksheet")
        element = f"<{found.prefix}legacyDrawing {relation_id(data, identity)}/>"
        data = insert(data, found, WORKSHEET_ORDER, "legacyDrawing", element.encode())
    if texts_part:
        package.changed[texts_part] = new.texts
    if boxes_part:
        package.changed[boxes_part] = new.boxes
    return data


def _marks(said: Said, formats: Mapping[str, int], data: bytes, prefix: str) -> bytes:
    """Conditional formats that always hold, one for each severity."""
    first = max([int(found) for found in re.findall(rb'\spriority="(\d{1,9})"', data)], default=0) + 1
    out = []
    for number, severity in enumerate(SEVERITIES):
        cells = " ".join(cell_address(*place) for place, (loud, _) in said.items() if loud == severity)
        if cells:
            out.append(
                f'<{prefix}conditionalFormatting sqref="{cells}"><{prefix}cfRule type="expression" dxfId="{formats[severity]}" '
                f'priority="{first + number}"><{prefix}formula>{spreadsheet_xml(OURS)}</{prefix}formula></{prefix}cfRule></{prefix}conditionalFormatting>'
            )
    return "".join(out).encode()


def _unselected(data: bytes) -> bytes:
    """The sheet not chosen: with two sheets chosen, what is typed into one is typed into both."""
    head = data[:20_000]
    return re.sub(rb'(<(?:\w+:)?sheetView\b[^>]*?)\stabSelected="(?:1|true)"', rb"\1", head) + data[20_000:]


def _drop_lists(package: Package, parts: list[str]) -> None:
    """The list of an earlier round taken out.

    Names that belong to one sheet count sheets from the first: a list that was moved from the end is not taken out.
    """
    listed = list(_sheets(package).values())
    main = package.read(package.main)
    if parts and b"localSheetId" in main and parts != listed[-len(parts) :]:
        raise Unreadable("damaged_file", "清单不在最后 / the list was moved from the end")
    for at in range(len(listed) - len(parts), len(listed) if parts else 0):
        main = re.sub(
            rb'<(\w+:)?definedName\b[^>]*\blocalSheetId="%d"[^>]*>[^<]*</(?:\w+:)?definedName>' % at, b"", main
        )
    package.changed[package.main] = re.sub(rb"<(\w+:)?definedNames\s*>\s*</(?:\w+:)?definedNames>", b"", main)
    rels, types = package.rels_of(package.main), "[Content_Types].xml"
    for part in parts:
        ids = [identity for identity, target in package.targets.items() if target == part]
        for identity in ids:
            mark = re.escape(identity.encode())
            package.changed[rels] = re.sub(
                rb'<(?:\w+:)?Relationship\b[^>]*\bId="%s"[^>]*/>' % mark, b"", package.read(rels)
            )
            package.changed[package.main] = re.sub(
                rb'<(?:\w+:)?sheet\b[^>]*:id="%s"[^>]*?(?:/>|></(?:\w+:)?sheet>)' % mark,
                b"",
                package.read(package.main),
            )
        package.changed[types] = re.sub(
            rb'<(?:\w+:)?Override\b[^>]*"/%s"[^>]*/>' % re.escape(part.encode()), b"", package.read(types)
        )
        package.removed |= {part, package.rels_of(part)}


def _add_list(package: Package, name: str, content: bytes) -> None:
    """The list as the last sheet, and the one that is shown first."""
    folder = posixpath.join(posixpath.dirname(package.main), "worksheets")
    part = package.free(posixpath.join(folder, "sheet_list{}.xml"))
    package.changed[part] = content
    package.declare(part, _SHEET_TYPE)
    identity = package.relate(package.main, "worksheet", part)
    main = package.read(package.main)
    found = outline(main, "workbook")
    sheets = next(child for child in found.children if child.name == "sheets")
    element = main[sheets.begin : sheets.end]
    number = max([int(one) for one in re.findall(rb'\bsheetId="(\d{1,6})"', element)], default=0) + 1
    entry = f'<{found.prefix}sheet name="{spreadsheet_xml(name)}" sheetId="{number}" {relation_id(main, identity)}/>'
    at = sheets.begin + element.rindex(b"</")
    main = main[:at] + entry.encode() + main[at:]
    shown = len(re.findall(rb"<(?:\w+:)?sheet\b", element))
    main = re.sub(rb'(<(?:\w+:)?workbookView\b[^>]*?)\s(?:activeTab|firstSheet)="\d+"', rb"\1", main)
    main = re.sub(rb'(<(?:\w+:)?workbookView\b[^>]*?)\s(?:activeTab|firstSheet)="\d+"', rb"\1", main)
    main = re.sub(rb"(<(?:\w+:)?workbookView\b)", rb'\1 activeTab="%d"' % shown, main)
    package.changed[package.main] = main
