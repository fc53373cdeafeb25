"""The sound workbooks that the fuzzer breaks: every kind of file, with all that a sheet can hold."""

from __future__ import annotations

import datetime
import io
import re
import struct
import zipfile
from functools import cache

import openpyxl
import xlsxwriter

from tests.cleaning import made_files as make

Seed = tuple[str, bytes]
_PAGE = """<html xmlns:x="urn:x"><head><meta charset="{}"><style>td {{color: red}}</style></head><body><table>
<col width=9><col style='display:none'><tr><th colspan=2>名单</th></tr><tr style='display:none'><td rowspan=2>甲村</td>
<td>张&nbsp;三<br>(户主)</td></tr><tr><td x:num="1200">1,200</td><td x:num="43256">2018年6月5日</td></tr></table>
<!-- 注 --><table><tr><td>乙村<td>5</table></body></html>"""


def _office(rows: int) -> bytes:
    """A ledger with formulas, dates, rich text, merges, hidden rows and columns, error cells and several sheets."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        day, bold = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}), book.add_format({"bold": True})
        sheet = book.add_worksheet("户表")
        sheet.merge_range("A1:F1", "2018年度户表")
        sheet.write_row(1, 0, ["村", "姓名", "收入", "识别时间", "合计", "备注"])
        for row in range(2, rows):
            sheet.write_row(row, 0, [f"{row % 3}村", f"张{row}", row * 10.25])
            sheet.write_datetime(row, 3, datetime.datetime(2018, 1, 1) + datetime.timedelta(row), day)
            sheet.write_formula(row, 4, f"=C{row + 1}*2", None, row * 20.5)
            sheet.write_formula(row, 5, f'=A{row + 1}&"x"', None, f"{row}x")
        sheet.write_formula(rows, 2, f"=SUM(C3:C{rows})", None, "#REF!")
        sheet.write_rich_string(rows, 0, "合", bold, "计", " 全部")
        sheet.write_boolean(rows, 3, True)
        sheet.write_number(rows, 5, 431302199001010011)
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("D:E", None, None, {"hidden": True})
        book.add_worksheet("旧").hide()
        other = book.add_worksheet("二")
        book.set_properties({"created": datetime.datetime(2020, 1, 1)})
        other.write_column("B2", ["<&>\"'", "  空 格 ", "a\nb", "007", "=1+1"])
    return written.getvalue()


def _openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 12):
        sheet.append([f"{row}村", row, row / 3, datetime.date(2018, 6, row), "=SUM(B1:B2)"])
    sheet.merge_cells("A2:A4")
    book.properties.created = book.properties.modified = datetime.datetime(2020, 1, 1)
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    modified = re.compile(rb"<dcterms:modified[^<]*</dcterms:modified>")
    return make.package({name: modified.sub(b"", data) for name, data in parts.items()})


def _by_hand() -> bytes:
    """Written as few programs do: texts in the cells, no references, prefixes."""
    rows = "".join(
        f'<x:row><x:c t="inlineStr"><x:is><x:t>{row}村</x:t></x:is></x:c><x:c><x:v>{row}</x:v></x:c></x:row>'
        for row in range(9)
    )
    part = (
        f'<x:worksheet xmlns:x="{make.NAMESPACE.split(chr(34))[1]}"><x:sheetData>{rows}</x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A2:A3"/></x:mergeCells></x:worksheet>'
    )
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{spreadsheet}.{kind}+xml"/>'
        for name, kind in (("workbook", "sheet.main"), ("worksheets/s", "worksheet"))
    )
    kinds = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>'
    return make.xlsx("", **{"[Content_Types].xml": kinds, "xl/worksheets/s.xml": part})


def _xls() -> bytes:
    table = make.biff(0x00FC, struct.pack("<II", 2, 2) + make.long_text("村") + make.long_text("甲村"))
    formats = make.biff(0x041E, struct.pack("<H", 176) + make.long_text('yyyy"年"m"月"'))
    styles = b"".join(make.biff(0x00E0, struct.pack("<HH16x", 0, number)) for number in (0, 14, 31, 176, 46))
    cells = b"".join(
        [
            make.biff(0x0200, struct.pack("<IIHHH", 0, 9, 0, 5, 0)),
            make.biff(0x0208, struct.pack("<HHHHHHH2x", 3, 0, 5, 255, 0, 0, 0x20)),
            *(make.biff(0x00FD, struct.pack("<HHHI", row, 0, 0, row % 2)) for row in range(6)),
            *(make.biff(0x027E, struct.pack("<HHHI", row, 1, 2, (43256 + row) << 2 | 2)) for row in range(6)),
            make.biff(0x00BD, struct.pack("<HH", 6, 0) + struct.pack("<HI", 0, 10 << 2 | 2) * 3 + struct.pack("<H", 2)),
            make.biff(0x0006, struct.pack("<HHHdHIH", 7, 1, 0, 2.5, 0, 0, 3) + b"\x1e\1\0"),
            make.biff(
                0x0006,
                struct.pack("<HHH", 7, 2, 0) + b"\0\0\0\0\0\0\xff\xff" + struct.pack("<HIH", 0, 0, 3) + b"\x1e\1\0",
            ),
            make.biff(0x0207, make.long_text("文本")),
            make.biff(0x0205, struct.pack("<HHHBB", 8, 1, 0, 23, 1)),
            make.biff(0x00E5, struct.pack("<H4H", 1, 0, 1, 0, 0)),
        ]
    )
    names = ((make.short_text("甲村"), 0), (make.short_text("旧"), 1))
    return make.xls(cells, table + formats + styles, names=names)


def _xlsb() -> bytes:
    xfs = b"".join(make.record(47, struct.pack("<HH12x", 0xFFFF, number)) for number in (0, 14, 31))
    parts = {
        "xl/sharedStrings.bin": make.record(159, struct.pack("<II", 2, 2))
        + b"".join(make.record(19, b"\0" + make.wide(text)) for text in ("户数", "甲村"))
        + make.record(160),
        "xl/styles.bin": make.record(278)
        + make.record(617, struct.pack("<I", 3))
        + xfs
        + make.record(618)
        + make.record(279),
    }
    cells = b"".join(
        [
            make.record(7, struct.pack("<III", 2, 0, 1)),
            make.record(2, struct.pack("<III", 3, 2, 43256 << 2 | 2)),
            make.record(8, struct.pack("<II", 4, 0) + make.wide("文本") + b"\0" * 10),
            make.record(10, struct.pack("<IIB", 5, 0, 1) + b"\0" * 10),
        ]
    )
    return make.xlsb(cells=cells, parts=parts)


def _ods() -> bytes:
    cell = '<table:table-cell office:value-type="{}" {}>{}</table:table-cell>'
    text = cell.format("string", "{}", "<text:p>{}</text:p>")
    rows = "".join(
        "<table:table-row>"
        + text.format("", f"{row}村")
        + cell.format("float", f'office:value="{row}"', f"<text:p>{row}</text:p>")
        + cell.format("date", 'office:date-value="2018-06-05"', "<text:p>6月</text:p>")
        + "</table:table-row>"
        for row in range(8)
    )
    return make.ods(
        "<table:table-row>"
        + text.format('table:number-columns-spanned="2"', "标题")
        + "<table:covered-table-cell/></table:table-row>"
        + rows
        + '<table:table-row table:visibility="collapse" table:number-rows-repeated="3">'
        + text.format('table:number-columns-repeated="2"', "甲<text:s text:c='3'/>村")
        + "</table:table-row><table:table-row><table:table-cell table:formula='of:=1/0' office:value-type='string'>"
        "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
    )


def _xml2003(encoding: str) -> bytes:
    rows = "".join(
        f'<Row><Cell><Data ss:Type="String">{row}村</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">{row}.5</Data></Cell></Row>'
        for row in range(8)
    )
    return make.xml2003(
        '<Column ss:Index="2" ss:Hidden="1"/><Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">标题</Data></Cell></Row>'
        + rows
        + '<Row ss:Hidden="1"><Cell ss:Formula="=A1"/><Cell><Data ss:Type="DateTime">2018-06-05T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>',
        encoding=encoding,
    )


def mht(*pages: tuple[str, str]) -> bytes:
    """A workbook saved as a web page in one file, with these sheets: name and table."""
    listed = "".join(
        f'<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource HRef="a.files/sheet{at:03d}.htm"/></x:ExcelWorksheet>'
        for at, (name, _) in enumerate(pages, 1)
    )
    parts = [("a.htm", f"<html><xml><x:ExcelWorkbook>{listed}</x:ExcelWorkbook></xml></html>")]
    parts += [(f"a.files/sheet{at:03d}.htm", page) for at, (_, page) in enumerate(pages, 1)]
    written = [
        "MIME-Version: 1.0",
        "X-Document-Type: Workbook",
        'Content-Type: multipart/related; boundary="----=_Next"',
        "",
    ]
    for place, page in parts:
        body = page.encode().replace(b"=", b"=3D").decode()
        quoted = "".join(
            letter if ord(letter) < 128 else "".join(f"={byte:02X}" for byte in letter.encode()) for letter in body
        )
        written += [
            "------=_Next",
            f"Content-Location: file:///C:/{place}",
            "Content-Transfer-Encoding: quoted-printable",
            'Content-Type: text/html; charset="utf-8"',
            "",
            quoted,
            "",
        ]
    return "\r\n".join([*written, "------=_Next--", ""]).encode("ascii")


@cache
def seeds() -> dict[str, tuple[bytes, ...]]:
    """Sound files by kind."""
    text = "村,户数,备注\n" + "".join(f'{row}村,{row},"注,{row}"\n' for row in range(9)) + '乙村,="007",\'=1\n'
    office = _office(12)
    return {
        "xlsx": (office, _openpyxl(), _by_hand()),
        "xlsm": (office,),
        "xlsb": (_xlsb(),),
        "xls": (make.old_xls(), _xls()),
        "ods": (_ods(),),
        "csv": (
            text.encode(),
            text.encode("gb18030"),
            text.encode("utf-16"),
            text.replace(",", "\t").encode("utf-8-sig"),
        ),
        "html": (_PAGE.format("utf-8").encode(), _PAGE.format("gb2312").encode("gb18030")),
        "xml2003": (_xml2003("utf-8"), _xml2003("utf-16")),
        "mht": (mht(("甲村", "<table><tr><td>村<td x:num='3'>3</table>"), ("乙", "<table><tr><td>乙村</table>")),),
    }
