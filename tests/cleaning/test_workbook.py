"""Files of every kind become sheets of cells; what is damaged, locked or hostile is named, and nothing ever raises."""

from __future__ import annotations

import base64
import datetime
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.sheet import Merge
from louxing_analysis.cleaning.workbook import (
    cell_address,
    column_letter,
    filled,
    list_workbooks,
    parse_address,
    read_workbook,
)

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

# Written by LibreOffice: A1:C1 merged, A3:A4 merged, row 4 and column C hidden, B5 #DIV/0!, C4 a long number, 旧表 hidden.
LEGACY = """
c-rk)TWpj?6h8CscKdHB-EE<Q1?!4ZO1rJQt+8zsyR;x;G~5aj(?quIwk&KfDJ6j@x_~4^CD9PW3yC4Zlg3L-
^ub&EVl>g{3lADi3dURTVNukONZ0S2fBx;?b!)n<F%dd{&Rou1&Y3y4ng5H=OUKW=S#g1~(mmv&iL{qI4x9oM*$qFDp>Y%GblOIz=hOcxUDGAY&<*(&0
9fXQ02AQV@?D_I`E-
4ytu%;lgaWjl22c*uLCPoH1dVa7H<LLNGaNV5G*5r_^x1#2A9n$!vw!yaZ2!f8g@6)(&k6xl3Md0C0xSlUi%t+N0W1aF45$Ds11tyJ0;mMs3J3sh1FQh
t4!8rb5>N$LrTJW~ONJoob-H~g%Fw(|nsf4+kfNu6-
d*@9i(F)X0UGg!drb7=BA}CoSU1|EiSEFEmD+@dsA3*Qp`>e+8@g)HX+R0RF8KE(UnBa56rn(~*6E!_M7Td8`3lKPkSlse=6ofXFf{RN(evlU3=|crc8
XGh;?xCC7{`bT`j{>3DH*}`q1H+dkD6O=)fC#WFtv_iv<JOAXg_RY8)^fzk1E~8be8RLLu?>698FZZOX(cj;z6X&y8iyox}KhKF}}0(TRPw{^w9w0d40
iOnHk>56HhlB{w&Te*E!c(<5SuA)zjdE)8K2S!FzM!3v7O>r@@=q{GYS%?n(Sf1C1o5x%4MpQkEt?QkEs%QZ7msO1U^$klrO`bPQ^^nIi^lr>SfAac;M
oY=DOPA-
4PYbHqlgXiS*^qK*@aF2S@AJW`JeWlu`Z(X;}PL6eUP<)}B(f)pG1hZtzmVTGV%j;aXq2vuJ8TVctBNtg&b<{yYmf6{{z!U`p<sfPVq`WAL<-
v(y3^uY}@bq&RU{^;4-t-r^vyl7Y>K;o{(aAT+;+|m*Xh4F>LVbDL2MhG<NTelSgyUlXIr1Z;mX>gph{HcG6KP|>ada!BsKc%uMKbEU&Uw-N0-
4(5m2|hU~C0fbCprAU8o-
ucg%&3+8h>W%4>`}ozEqN8@_w{o6zIBzOUY%L@$JW)3`WbjdFSsHRkO68zwY1oCbZpmnt6eJEjvkW^$+i_eWBO$FA=!~ZE4@Au54RycW%rX&V);ACS+J
(z*Y%*~3zbiBDhJNUfpa-<0gYqTa*n&E-=>y0K9H6|s~jtGpOTvi=T=LhWn@|gS}xr(WEGad`-m-
k;y$_aETM}p^S+hgk+J3UBxLTA{!2i(ux}UoeYB=A-WI%ks@;S8j$8T-
QAPXSRY;YJuR$Ir=awmaSl<abeTMj4Qu~=U^8%>{EX7Hg+A5esAGuN?xsJJ0)q?k?{5h_C1{KLXp2L*xGs@^~j}<kE?iEGg%b8EpBptG-4<^-
TIu}y*HS_vb_rI&N%H*~>s~qa*lQVG2EZ~%xISZMY4w=#1Wi}-#+@M`W)*HfaTFN(Sb=}W*_J`x$!-M+<dq)E64|K;8ftIGaj%Zgbk%-
AY+v2^w&2xFXD9UL3tkOhU!cDGqY5dqrzg*q4+yBZ7Ce^Nb>q|cLC$y4sf3tqyMD)Qtq~AF^^;@S$zjuaoDEjG|^>#7z+auzjmt9Y8IQPks$G=g|dOrM
1C_Mk!`P22w{3lO=|KQcv*0E2`!gcC*mK`$v4qi8F?@RivW$)S0JlY|a_q=v!Xh&>#Uwm+2>Rwrm!VUEyB$`jxU-
~!y|A_u&`H)<5SSKUJR{arBAEv#y6fz%s^X9)y0;P4AP3Q4n<yWumC)z=`A2z-
TJnWejeV5}O%uMF6)8Cl!Q=9M_jLlkpd|S!)|4)tnS7Y7Lw&Atek1r~+-v}+}6`3$*1h3UWVE$<@7X5-e&c7D$YKHzgQ0NvOVxoch@zXqu{ntC_-
{}AU{sPIAJsb
"""


ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="m" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)


def read(path: Path):
    return read_workbook(path, path.name)


def reasons(path: Path) -> list[str]:
    return [problem.reason for problem in read(path).problems]


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def office(tmp_path):
    """A workbook with all that a sheet can hold; its table begins in C4."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("户表")
        sheet.merge_range("C4:E4", "标题")
        sheet.write_row("C5", ["甲村", 12, "1.50"])
        sheet.write_number("F5", 431302199001010011)
        sheet.write_datetime("G5", datetime.datetime(2018, 6, 5), day)
        sheet.write_formula("H5", "=1/0", None, "#DIV/0!")
        sheet.write_formula("I5", '=A1&"<"', None, "")
        sheet.write_string("J5", "　 ")
        sheet.write_boolean("K5", True)
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("D:E", None, None, {"hidden": True})
        book.add_worksheet("空")
        book.add_worksheet("旧").hide()
    return path


def test_row_0_is_the_first_row_of_the_spreadsheet_and_cells_keep_their_types(office):
    sheet = read(office).sheets[0]
    assert sheet.values.shape == (5, 11)
    assert sheet.values[3, 2] == "标题"
    assert sheet.values[4].tolist() == [
        None,
        None,
        "甲村",
        12.0,
        "1.50",
        431302199001010011.0,
        datetime.date(2018, 6, 5),
        None,
        None,
        None,
        True,
    ]
    assert sheet.merges == (Merge(3, 2, 3, 4),)


def test_what_a_reader_would_blank_is_named(office):
    assert read(office).sheets[0].unreadable == {
        (4, 5): ("digits_lost", "4.31302199001010E+17"),
        (4, 7): ("error_cell", "#DIV/0!"),
        (4, 8): ("not_calculated", '=A1&"<"'),
    }


def test_hidden_sheets_rows_and_columns_are_flagged_and_empty_sheets_kept(office):
    first, empty, old = read(office).sheets
    assert (first.hidden, first.hidden_rows, first.hidden_columns) == (False, {4}, {3, 4})
    assert empty.values.shape == (0, 0)
    assert old.hidden


def test_formulas_that_no_program_has_calculated_are_found_and_empty_results_of_text_formulas_are_not(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["=SUM(A2:A3)", 5, "x"])
    book.save(tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx").sheets[0].unreadable == {(0, 0): ("not_calculated", "=SUM(A2:A3)")}
    row = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f t="shared" si="0"/></c><c r="C1"><v>1</v></c></row>'
    assert read(xlsx(tmp_path, f"<sheetData>{row}</sheetData>")).sheets[0].unreadable == {
        (0, 1): ("not_calculated", "=")
    }


def xlsx(folder: Path, inside: str, **parts: str) -> Path:
    """A small package whose one sheet holds this XML."""
    path = folder / "made.xlsx"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    written = {
        "[Content_Types].xml": '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml"/></Types>',
        "_rels/.rels": ROOT.format("xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{relations}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="a" Type="{relations}/worksheet" Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": f"<worksheet {NAMESPACE}>{inside}</worksheet>",
        **parts,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in written.items():
            package.writestr(name, text)
    return path


CORNER = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "inside",
    [
        f"<sheetData>{CORNER}</sheetData>",
        f"<sheetData>{CORNER.replace(chr(34), chr(39))}</sheetData>",
        f"<sheetData>{CORNER.replace('<c r=', '<c  r =')}</sheetData>",
        f'<x:sheetData xmlns:x="y">{CORNER.replace("<", "<x:").replace("<x:/", "</x:")}</x:sheetData>',
        '<sheetData><row r="1048576"><c r="A1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c><c r="XFD1"/></row></sheetData>',
        '<sheetData><row r="1"><c r="ZZZZZZ99999999999"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A999999999"><v>1</v></c></row></sheetData>',
    ],
)
def test_a_small_sheet_that_spans_the_world_is_refused_before_it_can_abort_the_interpreter(inside, tmp_path):
    workbook = read(xlsx(tmp_path, inside))
    assert workbook.sheets == ()
    assert [(problem.reason, problem.sheet, problem.severity) for problem in workbook.problems] == [
        ("hostile_file", "S", "structural")
    ]


def test_a_sheet_of_many_rows_is_no_hostile_sheet(tmp_path):
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="FA{row}"><v>2</v></c></row>' for row in range(1, 12_001)
    )
    assert read(xlsx(tmp_path, f"<sheetData>{rows}</sheetData>")).sheets[0].values.shape == (12_000, 157)


@pytest.mark.parametrize(
    "inside",
    [
        '<sheetData><row r="2" hidden="1"><c r="A2" t="e"><v>#REF!</v></c><c r="B2"><v>5</v></c></row></sheetData>',
        "<sheetData><row r='2' hidden='1'><c t='e' r='A2'><v>#REF!</v></c><c r='B2'><v>5</v></c></row></sheetData>",
        '<sheetData>\n <row r="2" hidden="true">\n  <c r="A2" t="e"><v>#REF!</v></c>\n  <c r="B2"><v>5</v></c>\n </row>\n</sheetData>',
    ],
)
def test_however_its_xml_is_written_a_sheet_reads_the_same(inside, tmp_path):
    sheet = read(xlsx(tmp_path, inside)).sheets[0]
    assert sheet.values.tolist() == [[None, None], [None, 5.0]]
    assert sheet.unreadable == {(1, 0): ("error_cell", "#REF!")}
    assert sheet.hidden_rows == {1}


def test_one_bad_sheet_leaves_the_others_readable(tmp_path):
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("good").write("A1", "x")
        book.add_worksheet("bad").write("A1", "y")
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet2.xml"] = b"<worksheet><sheetData><row r='1'><c r='A1' t='b'><v>x</v>"
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    workbook = read(path)
    assert [sheet.name for sheet in workbook.sheets] == ["good"]
    assert [(problem.reason, problem.sheet) for problem in workbook.problems] == [("damaged_file", "bad")]


def test_bombs_duplicate_parts_and_entities_are_refused(tmp_path):
    bomb = xlsx(tmp_path, "<sheetData/>", **{"xl/media/x.xml": " " * 50_000_000})
    assert reasons(bomb) == ["hostile_file"]
    with zipfile.ZipFile(tmp_path / "twice.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("XL/workbook.xml", "<workbook/>")
    assert reasons(tmp_path / "twice.xlsx") == ["hostile_file"]
    entity = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><worksheet><sheetData/></worksheet>'
    assert reasons(xlsx(tmp_path, "", **{"xl/worksheets/s.xml": entity})) == ["hostile_file"]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/sharedStrings.xml", f'<sst {NAMESPACE} uniqueCount="18446744073709551615"><si><t>x</t></si></sst>'),
        ("xl/sharedStrings.xml", f'<!--<sst><si>--><sst {NAMESPACE} count="9000000000"><si><t>x</t></si></sst>'),
        ("xl/styles.xml", f'<styleSheet {NAMESPACE}><cellXfs count="4000000000"/></styleSheet>'),
        ("xl/worksheets/s.xml", f'<worksheet {NAMESPACE}><sheetData/><mergeCells count="4000000000"/></worksheet>'),
    ],
)
def test_a_part_that_states_more_than_it_holds_is_refused(part, text, tmp_path):
    assert reasons(xlsx(tmp_path, "<sheetData/>", **{part: text})) == ["hostile_file"]


def test_a_text_may_say_anything_of_counts(tmp_path):
    text = f'<sst {NAMESPACE} count="1" uniqueCount="1"><si><t>count="99999999999"</t></si></sst>'
    relation = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
    rels = (
        "<Relationships>"
        + relation.format("a", "worksheet", "worksheets/s.xml")
        + relation.format("b", "sharedStrings", "sharedStrings.xml")
    )
    path = xlsx(
        tmp_path,
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>',
        **{"xl/sharedStrings.xml": text, "xl/_rels/workbook.xml.rels": rels + "</Relationships>"},
    )
    assert read(path).sheets[0].values.tolist() == [['count="99999999999"']]


def test_a_package_that_two_readers_could_read_differently_is_refused(tmp_path):
    """What is checked must be what is opened."""
    other = {
        "other/book.xml": "<workbook/>",
        "_rels/.rels": ROOT.format("xl/workbook.xml").replace(
            "</Relationships>", ROOT.format("other/book.xml").partition(">")[2]
        ),
    }
    assert reasons(xlsx(tmp_path, "<sheetData/>", **other)) == ["hostile_file"]
    twice = f'<workbook {NAMESPACE} xmlns:r="r"><sheets><sheet name="S" r:id="a"/><sheet name="S" r:id="b"/></sheets></workbook>'
    ids = (
        "<Relationships>"
        + "".join(f'<Relationship Id="{one}" Target="worksheets/s.xml"/>' for one in "ab")
        + "</Relationships>"
    )
    assert reasons(xlsx(tmp_path, "<sheetData/>", **{"xl/workbook.xml": twice, "xl/_rels/workbook.xml.rels": ids})) == [
        "hostile_file"
    ]
    ambiguous = '<Relationships><Relationship Id="a" Target="xl/s.xml"/></Relationships>'
    parts = {"xl/_rels/workbook.xml.rels": ambiguous, "xl/xl/s.xml": "<worksheet/>", "xl/s.xml": "<worksheet/>"}
    assert reasons(xlsx(tmp_path, "", **parts)) == ["hostile_file"]


def test_a_directory_that_lies_about_a_size_is_found_out(tmp_path):
    path = xlsx(
        tmp_path,
        "<sheetData/>",
        **{"xl/sharedStrings.xml": f"<sst {NAMESPACE}>" + "<si><t>x</t></si>" * 1000 + "</sst>"},
    )
    data = bytearray(path.read_bytes())
    at = data.rfind(b"xl/sharedStrings.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 40)
    assert reasons(put(path, bytes(data))) == ["damaged_file"]


def test_merged_ranges_are_filled_from_their_first_cell_and_other_values_kept(tmp_path):
    sheet = read(
        xlsx(
            tmp_path,
            '<sheetData><row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
            '<row r="3"><c r="A3"><v>9</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A3"/><mergeCell ref="B3:ZZ900"/></mergeCells>',
        )
    ).sheets[0]
    assert filled(sheet)[:, 0].tolist() == [7.0, 7.0, 9.0]
    assert sheet.values[1, 0] is None
    assert sheet.merges == (Merge(0, 0, 2, 0),)


def test_an_old_xls_gives_merges_hidden_things_error_cells_and_damaged_numbers(tmp_path):
    path = put(tmp_path / "old.et", zlib.decompress(base64.b85decode("".join(LEGACY.split()))))
    workbook = read(path)
    sheet, old = workbook.sheets
    assert workbook.kind == "xls"
    assert sheet.values[1:3].tolist() == [["村", "户数", "识别时间"], ["甲村", 3, datetime.date(2018, 6, 5)]]
    assert sheet.merges == (Merge(0, 0, 0, 2), Merge(2, 0, 3, 0))
    assert (sheet.hidden_rows, sheet.hidden_columns, old.hidden) == ({3}, {2}, True)
    assert {place: reason for place, (reason, _) in sheet.unreadable.items()} == {
        (3, 2): "digits_lost",
        (4, 1): "error_cell",
    }


def test_an_old_xls_whose_cell_stands_at_the_end_of_the_world_is_refused(tmp_path):
    data = bytearray(zlib.decompress(base64.b85decode("".join(LEGACY.split()))))
    number = struct.pack("<HHHH", 0x0203, 14, 3, 1)  # the cell with 2.5, or its compact form
    compact = struct.pack("<HHHH", 0x027E, 10, 3, 1)
    at = max(data.find(number), data.find(compact))
    data[at + 4 : at + 8] = struct.pack("<HH", 65_535, 65_535)
    assert reasons(put(tmp_path / "far.xls", bytes(data))) == ["hostile_file"]


def binary_record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, row: int = 1, column: int = 1) -> Path:
    """A binary workbook: A1 = 村, B1 = #REF!, row 2 hidden with a number in `row`, `column`; A1:A2 merged."""
    cell = struct.pack("<II", 0, 0)
    header = struct.pack("<IIH", 0, 0, 300) + b"\0\0\0" + struct.pack("<I", 0)
    hidden = struct.pack("<IIH", row, 0, 300) + b"\0\x10\0" + struct.pack("<I", 0)
    sheet = b"".join(
        [
            binary_record(129),
            binary_record(148, struct.pack("<IIII", 0, 1, 0, 1)),
            binary_record(145),
            binary_record(0, header),
            binary_record(6, cell + wide("村")),
            binary_record(3, struct.pack("<II", 1, 0) + b"\x17"),
            binary_record(0, hidden),
            binary_record(5, struct.pack("<IId", column, 0, 3.0)),
            binary_record(146),
            binary_record(177, struct.pack("<I", 1)),
            binary_record(176, struct.pack("<IIII", 0, 1, 0, 0)),
            binary_record(178),
            binary_record(130),
        ]
    )
    book = (
        binary_record(131)
        + binary_record(143)
        + binary_record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("甲村"))
    )
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("_rels/.rels", ROOT.format("xl/workbook.bin"))
        package.writestr("xl/workbook.bin", book + binary_record(144) + binary_record(132))
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        package.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_a_binary_workbook_gives_its_merges_hidden_rows_and_error_cells(tmp_path):
    workbook = read(xlsb(tmp_path / "a.xlsb"))
    assert workbook.problems == ()
    (sheet,) = workbook.sheets
    assert workbook.kind == "xlsb"
    assert sheet.name == "甲村"
    assert sheet.values.tolist() == [["村", None], [None, 3.0]]
    assert sheet.unreadable == {(0, 1): ("error_cell", "#REF!")}
    assert sheet.hidden_rows == {1}
    assert sheet.merges == (Merge(0, 0, 1, 0),)
    assert reasons(xlsb(tmp_path / "far.xlsb", 1_048_575, 16_383)) == ["hostile_file"]


def ods(path: Path, rows: str) -> Path:
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "style"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="甲村">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return path


def test_an_open_document_gives_merges_repeats_types_and_hidden_rows(tmp_path):
    text = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="{0}"{1}><text:p>{0}</text:p></table:table-cell>'
    rows = (
        "<table:table-row>"
        + text.format(' table:number-columns-spanned="2"', "标题")
        + "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="2">'
        + text.format("", "甲<text:s/>村")
        + number.format(3, ' table:number-columns-repeated="2"')
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="date" office:date-value="2018-06-05"><text:p>6月</text:p></table:table-cell>'
        '<table:table-cell table:formula="x" office:value-type="string"><text:p>#REF!</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    workbook = read(ods(tmp_path / "a.ods", rows))
    (sheet,) = workbook.sheets
    assert (workbook.kind, sheet.name) == ("ods", "甲村")
    assert sheet.values.tolist() == [
        ["标题", None, None],
        ["甲 村", 3.0, 3.0],
        ["甲 村", 3.0, 3.0],
        [datetime.date(2018, 6, 5), None, None],
    ]
    assert sheet.merges == (Merge(0, 0, 0, 1),)
    assert sheet.hidden_rows == {1, 2}
    assert sheet.unreadable == {(3, 1): ("error_cell", "#REF!")}
    bomb = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1" '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert reasons(ods(tmp_path / "bomb.ods", bomb)) == ["hostile_file"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_is_read_in_any_usual_encoding_and_every_cell_stays_text(encoding, mark, tmp_path):
    lines = [["户主姓名", "证件号码", "金额"], ["张三", '="431302199001010011"', "007"], ["李㙍", "x", ""]]
    text = "\r\n".join(mark.join(line) for line in lines)
    workbook = read(put(tmp_path / "名单.xls", text.encode(encoding)))
    assert workbook.kind == "csv"
    assert workbook.sheets[0].values.tolist() == [
        ["户主姓名", "证件号码", "金额"],
        ["张三", "431302199001010011", "007"],
        ["李㙍", "x", None],
    ]


def test_quotes_commas_and_line_breaks_inside_cells_of_text(tmp_path):
    text = '村,备注\n甲村,"一,二\n三"\n乙村,"=""0430"""\n丙村,="4,30"\n'
    assert read(put(tmp_path / "a.csv", text.encode())).sheets[0].values.tolist() == [
        ["村", "备注"],
        ["甲村", "一,二\n三"],
        ["乙村", "0430"],
        ["丙村", "4,30"],
    ]


def test_a_quote_that_never_closes_swallows_no_row(tmp_path):
    text = '村,备注\n甲村,"没有结束\n乙村,x\n'
    assert read(put(tmp_path / "a.csv", text.encode())).sheets[0].values.tolist() == [
        ["村", "备注"],
        ["甲村", '"没有结束'],
        ["乙村", "x"],
    ]


def test_an_error_value_written_out_as_text_is_an_error_cell(tmp_path):
    sheet = read(put(tmp_path / "a.csv", "村,户数\n甲村,#REF!\n".encode())).sheets[0]
    assert sheet.values.tolist() == [["村", "户数"], ["甲村", None]]
    assert sheet.unreadable == {(1, 1): ("error_cell", "#REF!")}


def test_html_saved_as_xls_keeps_spans_numbers_and_the_tables_order(tmp_path):
    page = """<html xmlns:x="urn:x"><head><meta charset="gb2312"><style>td {color: red}</style></head><body>
        <table><tr><th colspan=2>名单</th></tr><tr><td rowspan=2>甲村</td><td>张&nbsp;三<br>(户主)</td></tr>
        <tr><td x:num="1200">1,200</td></tr></table>
        <table><tr><td>乙村<td>5</table></body></html>"""
    workbook = read(put(tmp_path / "a.xls", page.encode("gbk")))
    (sheet,) = workbook.sheets
    assert workbook.kind == "html"
    assert sheet.values.tolist() == [
        ["名单", None],
        ["甲村", "张\xa0三\n(户主)"],
        [None, 1200.0],
        [None, None],
        ["乙村", "5"],
    ]
    assert sheet.merges == (Merge(0, 0, 0, 1), Merge(1, 0, 2, 0))


def test_excel_2003_xml_is_typed_and_skips_rows_and_columns(tmp_path):
    document = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
        <Worksheet ss:Name="甲村"><Table><Column ss:Index="2" ss:Hidden="1"/>
        <Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">标题</Data></Cell><Cell><Data ss:Type="Number">3.5</Data></Cell></Row>
        <Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">2018-06-05T00:00:00.000</Data></Cell>
        <Cell><Data ss:Type="Error">#N/A</Data></Cell></Row></Table></Worksheet></Workbook>"""
    workbook = read(put(tmp_path / "a.xls", document.encode()))
    (sheet,) = workbook.sheets
    assert workbook.kind == "xml2003"
    assert sheet.values.tolist() == [[None] * 3, ["标题", None, 3.5], [None, datetime.datetime(2018, 6, 5), None]]
    assert sheet.merges == (Merge(1, 0, 1, 1),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {1})
    assert sheet.unreadable == {(2, 2): ("error_cell", "#N/A")}
    entities = document.replace("<Workbook", '<!DOCTYPE x [<!ENTITY e "boom">]><Workbook', 1)
    assert reasons(put(tmp_path / "e.xls", entities.encode())) == ["hostile_file"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (b"\0\0\0", "empty_file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unknown_file"),
        (b"%PDF-1.4\n%abc", "unknown_file"),
        (b"PK\x03\x04 and nothing more", "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "damaged_file"),
        (b"<?xml version='1.0'?><svg/>", "unknown_file"),
    ],
)
def test_what_is_no_spreadsheet_is_one_structural_problem(data, reason, tmp_path):
    workbook = read(put(tmp_path / "a.xlsx", data))
    assert workbook.sheets == ()
    assert [(problem.reason, problem.severity, problem.workbook) for problem in workbook.problems] == [
        (reason, "structural", "a.xlsx")
    ]


def test_a_word_document_and_a_missing_file_are_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert reasons(tmp_path / "a.docx") == ["unknown_file"]
    assert reasons(tmp_path / "gone.xlsx") == ["damaged_file"]


def test_a_workbook_with_a_password_says_so(tmp_path):
    """An encrypted .xlsx is an OLE file with a stream named EncryptedPackage."""

    def entry(name: str, kind: int) -> bytes:
        written = name.encode("utf-16-le") + b"\0\0"
        head = written.ljust(64, b"\0") + struct.pack("<HB", len(written), kind) + b"\1" + b"\xff" * 12
        return head.ljust(116, b"\0") + struct.pack("<III", 0xFFFFFFFE, 0, 0)

    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(76, b"\0") + b"\xff" * 436)
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", head, 44, 1, 0, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<I", head, 48, 1)  # the directory is sector 1, the sector table sector 0
    struct.pack_into("<I", head, 76, 0)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    directory = (entry("Root Entry", 5) + entry("EncryptedPackage", 2)).ljust(512, b"\0")
    assert reasons(put(tmp_path / "a.xlsx", bytes(head) + table + directory)) == ["encrypted_file"]


def test_only_files_that_may_hold_tables_are_listed(tmp_path):
    for name in (
        "b/甲村.xlsx",
        "a.xls",
        "README.md",
        "MADE-UP.csv",
        "MADE-UP-places.csv",
        "~$a.xls",
        "Thumbs.db",
        ".hidden/x.xls",
        ".x.csv",
        "副本.et",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [path.relative_to(tmp_path).as_posix() for path in list_workbooks(tmp_path)] == [
        "a.xls",
        "b/甲村.xlsx",
        "副本.et",
    ]


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
@example(11, 2)
def test_an_address_leads_back_to_its_row_and_column(row, column):
    assert parse_address(cell_address(row, column)) == (row, column)


def test_columns_have_the_letters_of_the_spreadsheet():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert cell_address(11, 2) == "C12"
    with pytest.raises(ValueError, match="not a cell address"):
        parse_address("C0")


SEEDS = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html><table><tr><td>",
    b"<?xml version='1.0'?><Workbook ",
    b"\xff\xfe",
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.binary(max_size=700))
def test_no_bytes_whatever_raise(tmp_path_factory, seed, rest):
    path = put(tmp_path_factory.getbasetemp() / "garbage.xls", seed + rest)
    workbook = read_workbook(path, "garbage.xls")
    assert workbook.sheets or len(workbook.problems) == 1


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=8), st.sampled_from(["xls", "xlsb", "ods", "xlsx"]))
def test_a_workbook_with_some_bytes_changed_never_raises(tmp_path_factory, at, changed, kind):
    folder = tmp_path_factory.getbasetemp()
    made = {
        "xls": lambda: put(folder / "c.xls", zlib.decompress(base64.b85decode("".join(LEGACY.split())))),
        "xlsb": lambda: xlsb(folder / "c.xlsb"),
        "ods": lambda: ods(
            folder / "c.ods",
            "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>",
        ),
        "xlsx": lambda: xlsx(folder, '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'),
    }[kind]()
    data = bytearray(made.read_bytes())
    at %= len(data)
    data[at : at + len(changed)] = changed
    workbook = read(put(made, bytes(data)))
    assert workbook.sheets or workbook.problems
