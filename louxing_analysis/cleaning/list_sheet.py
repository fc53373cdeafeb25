"""The sheet 问题清单 of a marked copy: written, recognised when it comes back, and what the office wrote into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.marks import LABELS, Line, row_of
from louxing_analysis.cleaning.sheet import Sheet
from louxing_analysis.cleaning.xml_edit import MAIN
from louxing_analysis.problems import SEVERITIES
from louxing_analysis.safe_text import spreadsheet_xml

NAME = "问题清单"
TITLE = "问题清单（louxing 标注副本）/ List of problems (marked copy)"
ORIGINAL = "原文件 / original："
HEADERS = (
    "序号\nNo.",
    "工作表\nsheet",
    "单元格\ncell",
    "列\ncolumn",
    "所写内容\nas written",
    "问题\nwhat is wrong",
    "怎么办\nwhat to do",
    "程度\nseverity",
    "更正为／处理\nmended to / done",
)
WIDTHS = (6, 14, 9, 18, 20, 34, 30, 14, 22)
MOST_LINES = 20_000
_HEADER_ROW = 6  # rows above it: title, original, how the copy was made, what to do, the legend
ANSWER = len(HEADERS) - 1


class Styles(NamedTuple):
    """Numbers of cell styles in the workbook that the sheet goes into."""

    title: int
    note: int
    header: int
    text: int
    link: int
    answer: int
    by_severity: tuple[int, ...]


class Answer(NamedTuple):
    """What an office wrote beside one line of the list."""

    sheet: str
    cell: str
    found: str
    answer: str


def page(
    lines: Sequence[Line], original: str, kind: str, how: tuple[str, str], styles: Styles, names: dict[str, str]
) -> bytes:
    """The sheet's XML: what it is, how the copy was made, and every line with a link to its cell.

    `names`: sheet as it was sent → sheet of this copy. All texts are text, whatever sign they begin with.
    """
    rows = [
        _row(1, [(TITLE, styles.title)], height=24),
        _row(2, [(f"{ORIGINAL}{original}", styles.note), *[("", styles.note)] * 4, (f"类型 / kind：{kind}", styles.note)]),
        _row(3, [(f"{how[0]} / {how[1]}", styles.note)]),
        _row(4, [("请直接在各工作表中更正（标色、带批注的单元格），保存后原名寄回；也可在最后一列写明处理意见。 / Mend the marked cells in "
                  "their sheets, save and send back under the same name; the last column is for remarks.", styles.note)]),
        _row(5, [("图例 / legend：", styles.note), *((" / ".join(LABELS[one]), style) for one, style in zip(SEVERITIES, styles.by_severity, strict=True))], at=(0, 3, 4, 5, 6), height=30),
        _row(_HEADER_ROW, [(text, styles.header) for text in HEADERS], height=32),
    ]  # fmt: skip
    links = []
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        row = _HEADER_ROW + number
        rows.append(_line(row, number, line._replace(sheet=names.get(line.sheet, line.sheet)), styles))
        target = target_of(line)
        if line.sheet in names:
            quoted = names[line.sheet].replace("'", "''")
            place = spreadsheet_xml(f"'{quoted}'!{target}")
            links.append(f'<hyperlink ref="C{row}" location="{place}" display="{target}"/>')
    last = _HEADER_ROW + min(len(lines), MOST_LINES)
    if len(lines) > MOST_LINES:
        rows.append(
            _row(
                last + 1,
                [(f"另有 {len(lines) - MOST_LINES} 条未列出 / and {len(lines) - MOST_LINES} more", styles.note)],
            )
        )
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{wide}" customWidth="1"/>' for at, wide in enumerate(WIDTHS, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="{_HEADER_ROW}" topLeftCell="A{_HEADER_ROW + 1}" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="A{_HEADER_ROW}:I{max(last, _HEADER_ROW)}"/>'
        f'<mergeCells count="4"><mergeCell ref="A1:I1"/><mergeCell ref="A2:E2"/><mergeCell ref="A3:I3"/><mergeCell ref="A4:I4"/></mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def target_of(line: Line) -> str:
    """Where the link of a line leads: its cell, the first of its row, or the first of the sheet."""
    row = row_of(line.cell)
    if not row:
        return "A1"
    return f"A{row}" if line.cell[0].isdigit() else line.cell.split(":")[0]


def _line(row: int, number: int, line: Line, styles: Styles) -> str:
    zh, en = LABELS[line.severity]
    more = f"\n（本列另有 {line.more} 处 / and {line.more} more）" if line.more else ""
    texts = [
        (line.sheet, styles.text),
        (_shown(line.cell), styles.link),
        (line.column, styles.text),
        (line.found, styles.text),
        (f"{line.what[0]}{more}\n{line.what[1]}", styles.text),
        (f"{line.next[0]}\n{line.next[1]}", styles.text),
        (f"{zh}\n{en}", styles.by_severity[SEVERITIES.index(line.severity)]),
        ("", styles.answer),
    ]
    cells = f'<c r="A{row}" s="{styles.text}"><v>{number}</v></c>' + "".join(
        _cell(at, row, text, style) for at, (text, style) in enumerate(texts, start=1)
    )
    needed = max(_height(text, WIDTHS[at]) for at, (text, _) in enumerate(texts, start=1))
    return f'<row r="{row}" ht="{min(needed * 14 + 4, 200)}" customHeight="1">{cells}</row>'


def _shown(cell: str) -> str:
    return "整张表" if not cell else f"第 {row_of(cell)} 行" if cell[0].isdigit() else cell


def _height(text: str, width: int) -> int:
    """How many lines a text takes in a column so many half-width signs wide."""
    return sum(
        1 + int(sum(2 if ord(sign) > 0x2E7F else 1.1 for sign in line) / (width - 1)) for line in text.split("\n")
    )


def _row(row: int, cells: Sequence[tuple[str, int]], at: Sequence[int] = (), height: int = 18) -> str:
    places = at or range(len(cells))
    written = "".join(_cell(place, row, text, style) for place, (text, style) in zip(places, cells, strict=True))
    return f'<row r="{row}" ht="{height}" customHeight="1">{written}</row>'


def _cell(at: int, row: int, text: str, style: int) -> str:
    address = f"{'ABCDEFGHI'[at]}{row}"
    if not text:
        return f'<c r="{address}" s="{style}"/>'
    return (
        f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{spreadsheet_xml(text)}</t></is></c>'
    )


def is_list(sheet: Sheet) -> bool:
    """Whether a sheet is the list of a marked copy of ours."""
    return sheet.values.size > 0 and sheet.values[0, 0] == TITLE


def original_of(sheet: Sheet) -> str:
    """The name of the workbook that the copy was made of, as the list says; nothing where it was wiped out."""
    for row in sheet.values[:_HEADER_ROW]:
        for value in row:
            if isinstance(value, str) and value.startswith(ORIGINAL):
                return value.removeprefix(ORIGINAL)
    return ""


def answers(sheet: Sheet) -> list[Answer]:
    """What the office wrote into the last column, by the cell it speaks of."""
    values = sheet.values
    if values.shape[1] <= ANSWER:
        return []
    rows = np.flatnonzero(values[_HEADER_ROW:, ANSWER] != np.array(None)) + _HEADER_ROW
    return [
        Answer(*(as_written(values[row, at]) for at in (1, 2, 4, ANSWER)))
        for row in rows.tolist()
        if as_written(values[row, 2])[:1].isalpha() and as_written(values[row, 2]).isascii()
    ]
