"""A grid of cells as the bytes of an .xlsx file, fast and the same every time.

The sample has millions of cells. A general writer spends about four microseconds on each (XlsxWriter 3.3, measured);
writing whole columns of a sheet at once costs a tenth of that. Only what office ledgers need is here: shared texts,
numbers, dates, error cells, formulas with and without a cached value, merges, widths, hidden sheets and rows.
Source of the layout: ECMA-376, parts 1 and 2.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from louxing_analysis.safe_text import spreadsheet_xml
from louxing_analysis.sample.styles import CONTENT_TYPE, STYLES, style_for

_EPOCH = datetime.date(1899, 12, 30)
_MADE = (2020, 12, 31, 0, 0, 0)  # one instant for all parts: the bytes must not depend on the day they were made
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Fault(NamedTuple):
    """An error value such as #N/A."""

    code: str


class Formula(NamedTuple):
    """A formula; value None stands for one that was never calculated."""

    text: str
    value: float | None


Cell = str | int | float | bool | datetime.date | Fault | Formula | None


class Loose(NamedTuple):
    """A cell outside the data rows: 0-based row and column, the value and the name of its style."""

    row: int
    column: int
    value: Cell
    style: str


class Merge(NamedTuple):
    """A merged range, 0-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Page:
    """One sheet: the data rows column by column, and everything around them."""

    name: str
    rows: Sequence[int]  # 0-based sheet row of each data row, ascending
    columns: Sequence[Sequence[Cell]]  # one list a column, each as long as rows
    styles: Sequence[str]  # style name of each column
    loose: Sequence[Loose] = ()
    merges: Sequence[Merge] = ()
    widths: Sequence[float] = ()
    frozen_rows: int = 0
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    heights: Mapping[int, float] = field(default_factory=dict)  # of rows higher than usual
    footer: str = ""


@dataclass
class _Texts:
    """The shared texts of a workbook, numbered as they come."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))

    def xml(self) -> str:
        items = "".join(f'<si><t xml:space="preserve">{spreadsheet_xml(text)}</t></si>' for text in self.numbers)
        return f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(self.numbers)}">{items}</sst>'


def column_letter(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """0-based row and column → C12."""
    return f"{column_letter(column)}{row + 1}"


def serial(day: datetime.date) -> int:
    """The number Excel keeps for a day."""
    return (day - _EPOCH).days


def _odd_cell(where: str, value: Cell, style: int, texts: _Texts) -> str:
    """The cells that are neither text nor a plain number."""
    if isinstance(value, bool):
        return f'<c r="{where}" s="{style}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, datetime.date):
        return f'<c r="{where}" s="{style_for("date")}"><v>{serial(value)}</v></c>'
    if isinstance(value, Fault):
        return f'<c r="{where}" s="{style}" t="e"><v>{value.code}</v></c>'
    if isinstance(value, Formula):
        cached = "" if value.value is None else f"<v>{value.value!r}</v>"
        return f'<c r="{where}" s="{style}"><f>{spreadsheet_xml(value.text)}</f>{cached}</c>'
    raise TypeError(f"no cell can hold {value!r}")


def _cells(column: Sequence[Cell], letter: str, rows: Sequence[int], style: int, texts: _Texts) -> list[str]:
    """The cells of one column as XML; an empty cell keeps its frame."""
    number = texts.number
    empty = f'" s="{style}"/>'
    tail = f'" s="{style}" t="s"><v>'
    plain = f'" s="{style}"><v>'
    start = f'<c r="{letter}'
    made = []
    for row, value in zip(rows, column, strict=True):
        kind = type(value)
        if kind is str:
            made.append(f"{start}{row + 1}{tail}{number(value)}</v></c>")  # type: ignore[arg-type]
        elif value is None:
            made.append(f"{start}{row + 1}{empty}")
        elif kind is float or kind is int:
            made.append(f"{start}{row + 1}{plain}{value!r}</v></c>")
        else:
            made.append(_odd_cell(f"{letter}{row + 1}", value, style, texts))
    return made


def _sheet_rows(page: Page, texts: _Texts) -> str:
    """All rows of a sheet, in order."""
    parts = [
        _cells(column, column_letter(index), page.rows, style_for(style), texts)
        for index, (column, style) in enumerate(zip(page.columns, page.styles, strict=True))
    ]
    body = (
        {row: "".join(cells) for row, cells in zip(page.rows, zip(*parts, strict=True), strict=True)} if parts else {}
    )
    around: dict[int, list[tuple[int, str]]] = {}
    for cell in page.loose:
        xml = _cells([cell.value], column_letter(cell.column), [cell.row], style_for(cell.style), texts)[0]
        around.setdefault(cell.row, []).append((cell.column, xml))
    for row, cells in around.items():
        body[row] = "".join(xml for _, xml in sorted(cells))
    about = {row: f' ht="{height:g}" customHeight="1"' for row, height in page.heights.items()}
    about.update((row, ' hidden="1"') for row in page.hidden_rows)
    return "".join(f'<row r="{row + 1}"{about.get(row, "")}>{body[row]}</row>' for row in sorted(body))


def _sheet(page: Page, texts: _Texts, first: bool) -> str:
    rows = _sheet_rows(page, texts)
    widths = "".join(
        f'<col min="{index}" max="{index}" width="{width:g}" customWidth="1"/>'
        for index, width in enumerate(page.widths, start=1)
    )
    frozen = ""
    if page.frozen_rows:
        frozen = f'<pane ySplit="{page.frozen_rows}" topLeftCell="A{page.frozen_rows + 1}" state="frozen" activePane="bottomLeft"/>'
    merges = "".join(
        f'<mergeCell ref="{address(merge.first_row, merge.first_column)}:{address(merge.last_row, merge.last_column)}"/>'
        for merge in page.merges
    )
    return "".join(
        (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            _view(first, frozen),
            '<sheetFormatPr defaultRowHeight="14.25"/>',
            f"<cols>{widths}</cols>" if widths else "",
            f"<sheetData>{rows}</sheetData>",
            f'<mergeCells count="{len(page.merges)}">{merges}</mergeCells>' if merges else "",
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
            f"<headerFooter><oddFooter>&amp;C{spreadsheet_xml(page.footer)}</oddFooter></headerFooter>"
            if page.footer
            else "",
            "</worksheet>",
        )
    )


def _view(first: bool, frozen: str) -> str:
    selected = 'tabSelected="1" ' if first else ""
    return f'<sheetViews><sheetView {selected}workbookViewId="0">{frozen}</sheetView></sheetViews>'


def _workbook(pages: Sequence[Page]) -> str:
    sheets = "".join(
        f'<sheet name="{spreadsheet_xml(page.name)}" sheetId="{number}"{_state(page)} r:id="rId{number}"/>'
        for number, page in enumerate(pages, start=1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews><workbookView/></bookViews><sheets>{sheets}</sheets></workbook>'


def _state(page: Page) -> str:
    return ' state="hidden"' if page.hidden else ""


def _relations(pages: Sequence[Page]) -> str:
    kinds = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(pages) + 1)]
    kinds += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def _content_types(pages: Sequence[Page]) -> str:
    parts = [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, len(pages) + 1)]
    parts += [("/xl/styles.xml", "styles"), ("/xl/sharedStrings.xml", "sharedStrings")]
    items = "".join(f'<Override PartName="{part}" ContentType="{CONTENT_TYPE}.{kind}+xml"/>' for part, kind in parts)
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT_TYPE}.sheet.main+xml"/>{items}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{spreadsheet_xml(title)}</dc:title>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2020-12-31T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


_ROOT = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)


def xlsx_bytes(pages: Sequence[Page], title: str) -> bytes:
    """The file's bytes; they depend on the pages and the title alone."""
    texts = _Texts()
    sheets = [_sheet(page, texts, first=number == 0) for number, page in enumerate(pages)]
    parts = {
        "[Content_Types].xml": _content_types(pages),
        "_rels/.rels": _ROOT,
        "docProps/core.xml": _core(title),
        "xl/workbook.xml": _workbook(pages),
        "xl/_rels/workbook.xml.rels": _relations(pages),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": texts.xml(),
    }
    parts.update({f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=_MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, text.encode("utf-8"))
    return buffer.getvalue()


def write_xlsx(path: Path, pages: Sequence[Page], title: str) -> bytes:
    """Write the workbook and give back its bytes."""
    data = xlsx_bytes(pages, title)
    path.write_bytes(data)
    return data
