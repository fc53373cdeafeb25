"""The styles of a workbook, with those that marked cells and the list need: nothing that is there is changed."""

from __future__ import annotations

import re
from typing import NamedTuple

from louxing_analysis.cleaning.list_sheet import Styles
from louxing_analysis.cleaning.xml_edit import MAIN, STYLES_ORDER, append_to, insert, outline
from louxing_analysis.problems import NOTED, QUARANTINED, SET_ASIDE, SEVERITIES, STRUCTURAL

FILLS = {STRUCTURAL: "FFF4A6A0", QUARANTINED: "FFFFC78A", SET_ASIDE: "FFFFF0A0", NOTED: "FFD6E8F7"}
"""Fills from dark to pale as a problem is loud to quiet, so that a grey print tells them apart too."""

_FONTS = {
    STRUCTURAL: '<b/><u val="double"/>',
    QUARANTINED: "<b/><u/>",
    SET_ASIDE: "<b/>",
    NOTED: "<i/>",
}
_BORDERS = {STRUCTURAL: "thin", QUARANTINED: "thin", SET_ASIDE: "dashed", NOTED: "dotted"}
_EMPTY = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
).encode()


class Added(NamedTuple):
    """The part with more in it, the styles of the list, and the number of the format that marks each severity."""

    data: bytes
    styles: Styles
    marks: dict[str, int]


def with_marks(data: bytes) -> Added:
    """Styles of a workbook (or nothing) with ours added; raises Unreadable where they are not written plainly."""
    data = data if data.strip() else _EMPTY
    prefix = outline(data, "styleSheet").prefix
    data, font = _more(data, "fonts", prefix, [
        '<font><b/><sz val="14"/><color rgb="FF7F0000"/><name val="宋体"/></font>',
        '<font><sz val="10"/><color rgb="FF404040"/><name val="宋体"/></font>',
        '<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="宋体"/></font>',
        '<font><u/><sz val="10"/><color rgb="FF0000C0"/><name val="宋体"/></font>',
        '<font><b/><sz val="10"/><color rgb="FF000000"/><name val="宋体"/></font>',
    ])  # fmt: skip
    colours = ["FF44546A", "FFF2F2F2", *(FILLS[one] for one in SEVERITIES)]
    data, fill = _more(
        data, "fills", prefix, [_fill(f'<fgColor rgb="{one}"/><bgColor indexed="64"/>') for one in colours]
    )
    sides = "".join(
        f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>' for side in ("left", "right", "top", "bottom")
    )
    data, border = _more(data, "borders", prefix, [f"<border>{sides}<diagonal/></border>"])
    wrap = '<alignment vertical="top" wrapText="1"/>'
    data, first = _more(data, "cellXfs", prefix, [
        _xf(font, 0, 0, '<alignment vertical="center"/>'),
        _xf(font + 1, 0, 0, '<alignment vertical="center"/>'),
        _xf(font + 2, fill, border, '<alignment horizontal="center" vertical="center" wrapText="1"/>'),
        _xf(font + 1, 0, border, wrap),
        _xf(font + 3, 0, border, wrap),
        _xf(font + 1, fill + 1, border, wrap, locked=False),
        *(_xf(font + 4, fill + 2 + at, border, wrap) for at in range(len(SEVERITIES))),
    ])  # fmt: skip
    data, mark = _more(data, "dxfs", prefix, [_dxf(one) for one in SEVERITIES])
    title, note, header, text, link, answer = range(first, first + 6)
    styles = Styles(title, note, header, text, link, answer, tuple(range(first + 6, first + 6 + len(SEVERITIES))))
    return Added(data, styles, {one: mark + at for at, one in enumerate(SEVERITIES)})


def _fill(colours: str) -> str:
    return f'<fill><patternFill patternType="solid">{colours}</patternFill></fill>'


def _xf(font: int, fill: int, border: int, alignment: str, locked: bool = True) -> str:
    """A cell style for text: shown as typed, never run as a formula when somebody edits it."""
    free = "" if locked else '<protection locked="0"/>'
    applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
    protected = "" if locked else ' applyProtection="1"'
    return (
        f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" quotePrefix="1" {applied}{protected}>'
        f"{alignment}{free}</xf>"
    )


def _dxf(severity: str) -> str:
    line = _BORDERS[severity]
    sides = "".join(
        f'<{side} style="{line}"><color rgb="FFC00000"/></{side}>' for side in ("left", "right", "top", "bottom")
    )
    colour = FILLS[severity]
    return f'<dxf><font>{_FONTS[severity]}</font>{_fill(f"""<fgColor rgb="{colour}"/><bgColor rgb="{colour}"/>""")}<border>{sides}</border></dxf>'


def _more(data: bytes, name: str, prefix: str, entries: list[str]) -> tuple[bytes, int]:
    """The part with entries more in one of its lists, and the number of the first of them."""
    found = outline(data, "styleSheet")
    content = "".join(entries)
    if prefix:
        content = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", content)
    child = next((one for one in found.children if one.name == name), None)
    if child is None:
        whole = f'<{prefix}{name} count="{len(entries)}">{content}</{prefix}{name}>'
        return insert(data, found, STYLES_ORDER, name, whole.encode()), 0
    there = _count(data[child.begin : child.end], name)
    child = child._replace(attributes={**child.attributes, "count": str(there)})
    return append_to(data, child, prefix, content.encode(), len(entries)), there


_ENTRY = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf", "dxfs": "dxf"}


def _count(element: bytes, name: str) -> int:
    """How many entries a list has, counted: what `count` says is not always so."""
    wanted, depth, found = _ENTRY[name], 0, 0
    for close, tag, empty in re.findall(rb"<(/?)(?:\w+:)?(\w+)\b[^>]*?(/?)>", element):
        if close:
            depth -= 1
            continue
        found += depth == 1 and tag.decode() == wanted
        depth += not empty
    return found
