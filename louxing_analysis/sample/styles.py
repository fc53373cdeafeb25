"""The looks of the sample's cells: the styles part of every workbook, and the number of each named style."""

from __future__ import annotations

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

# name: (font, border, number format, horizontal alignment, wrap)
_LOOKS = {
    "plain": (0, 0, 0, "", 0),
    "title": (2, 0, 0, "center", 0),
    "aside": (0, 0, 0, "", 0),
    "unit": (0, 0, 0, "right", 0),
    "header": (1, 1, 0, "center", 1),
    "text": (0, 1, 49, "", 0),
    "number": (0, 1, 0, "", 0),
    "money": (0, 1, 2, "", 0),
    "date": (0, 1, 164, "center", 0),
    "centre": (0, 1, 0, "center", 0),
    "total": (1, 1, 0, "", 0),
    "footer": (0, 0, 0, "", 0),
}
_NUMBERS = {name: number for number, name in enumerate(_LOOKS)}


def style_for(name: str) -> int:
    """The number of a named style in the styles part."""
    return _NUMBERS[name]


def _look(font: int, border: int, number_format: int, horizontal: str, wrap: int) -> str:
    across = f' horizontal="{horizontal}"' if horizontal else ""
    wrapped = ' wrapText="1"' if wrap else ""
    return (
        f'<xf numFmtId="{number_format}" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center"{across}{wrapped}/></xf>'
    )


def _font(size: int, bold: bool) -> str:
    return f'<font>{"<b/>" if bold else ""}<sz val="{size}"/><name val="宋体"/><charset val="134"/></font>'


def _edge(name: str) -> str:
    return f'<{name} style="thin"><color auto="1"/></{name}>'


STYLES = "".join(
    (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts>',
        f'<fonts count="3">{_font(11, False)}{_font(11, True)}{_font(16, True)}</fonts>',
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>',
        f"<border>{_edge('left')}{_edge('right')}{_edge('top')}{_edge('bottom')}<diagonal/></border></borders>",
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
        f'<cellXfs count="{len(_LOOKS)}">{"".join(_look(*look) for look in _LOOKS.values())}</cellXfs>',
        '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    )
)
