"""Small files of every kind, written byte by byte, so that a test can write what no office program would; and read back."""

from __future__ import annotations

import base64
import io
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

from louxing_analysis.cleaning.workbook import Workbook, read_workbook

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORNER = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="m" '
    f'Type="{RELATION}/officeDocument" Target="{{}}"/></Relationships>'
)

# Written by LibreOffice: A1:C1 merged, A3:A4 merged, row 4 and column C hidden, B5 #DIV/0!, C4 a long number, 旧表 hidden.
_LEGACY = """
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


def old_xls() -> bytes:
    """A workbook of Excel 97, as LibreOffice writes it; see above for what stands in it."""
    return zlib.decompress(base64.b85decode("".join(_LEGACY.split())))


def put(path: Path, data: bytes) -> Path:
    """Write a file; returns its path."""
    path.write_bytes(data)
    return path


def read(path: Path) -> Workbook:
    """Read a file under its own name."""
    return read_workbook(path, path.name)


def reasons(path: Path) -> list[str]:
    """Why the file or its sheets cannot be read."""
    return [problem.reason for problem in read(path).problems]


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    return zipped(list(parts.items()))


def zipped(parts: list[tuple[str, str | bytes]]) -> bytes:
    """A zip file of these members, in which a name may stand twice; the same bytes on every day."""
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as target:
        warnings.simplefilter("ignore")  # a name given twice
        for name, text in parts:
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            target.writestr(member, text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def xlsx_parts(inside: str, **parts: str | bytes) -> dict[str, str | bytes]:
    """The parts of an .xlsx file whose one sheet holds this XML."""
    return {
        "[Content_Types].xml": '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml"/></Types>',
        "_rels/.rels": ROOT.format("xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{RELATION}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="a" Type="{RELATION}/worksheet" Target="worksheets/s.xml"/>'
        f'<Relationship Id="t" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="f" Type="{RELATION}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/s.xml": f"<worksheet {NAMESPACE}>{inside}</worksheet>",
        **parts,
    }


def xlsx(inside: str, **parts: str | bytes) -> bytes:
    """An .xlsx file whose one sheet holds this XML; `parts` come on top or in place of its own."""
    return package(xlsx_parts(inside, **parts))


def rows_xlsx(rows: str, **parts: str | bytes) -> bytes:
    """An .xlsx file whose one sheet holds these rows."""
    return xlsx(f"<sheetData>{rows}</sheetData>", **parts)


def shared(*texts: str) -> dict[str, str | bytes]:
    """The table of shared strings, as a part; texts may be written with tags of their own."""
    items = "".join(f"<si>{text if text.startswith('<') else f'<t>{text}</t>'}</si>" for text in texts)
    return {"xl/sharedStrings.xml": f"<sst {NAMESPACE}>{items}</sst>"}


def styles(formats: dict[int, str], cells: list[int]) -> dict[str, str | bytes]:
    """Number formats by their number, and the format of every cell style, as a part."""
    codes = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in formats.items())
    named = f"<numFmts>{codes}</numFmts>" if codes else ""
    used = "".join(f'<xf numFmtId="{number}"/>' for number in cells)
    return {"xl/styles.xml": f"<styleSheet {NAMESPACE}>{named}<cellXfs>{used}</cellXfs></styleSheet>"}


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an .xlsb part."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    size = b""
    while length > 0x7F:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return head + size + bytes([length]) + body


def wide(text: str) -> bytes:
    """A text as .xlsb writes it."""
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def xlsb(
    row: int = 1, column: int = 1, cells: bytes = b"", parts: dict[str, bytes] | None = None, flags: int = 0
) -> bytes:
    """A binary workbook: A1 = 村, B1 = #REF!, row 2 hidden with a number in `row`, `column`; A1:A2 merged; then `cells`."""
    cell = struct.pack("<II", 0, 0)
    header = struct.pack("<IIH", 0, 0, 300) + b"\0\0\0" + struct.pack("<I", 0)
    hidden = struct.pack("<IIH", row, 0, 300) + b"\0\x10\0" + struct.pack("<I", 0)
    sheet = b"".join(
        [
            record(129),
            record(148, struct.pack("<IIII", 0, 1, 0, 1)),
            record(145),
            record(0, header),
            record(6, cell + wide("村")),
            record(3, struct.pack("<II", 1, 0) + b"\x17"),
            record(0, hidden),
            record(5, struct.pack("<IId", column, 0, 3.0)),
            cells,
            record(146),
            record(177, struct.pack("<I", 1)),
            record(176, struct.pack("<IIII", 0, 1, 0, 0)),
            record(178),
            record(130),
        ]
    )
    properties = record(153, struct.pack("<II", flags, 0) + wide(""))
    book = record(131) + properties + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("甲村"))
    rels = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION}/{name}" Target="{target}"/>'
        for number, (name, target) in enumerate(
            [("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")],
            1,
        )
    )
    return package(
        {
            "_rels/.rels": ROOT.format("xl/workbook.bin"),
            "xl/workbook.bin": book + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": f"<Relationships>{rels}</Relationships>",
            "xl/worksheets/sheet1.bin": sheet,
            **(parts or {}),
        }
    )


def ods(rows: str, before: str = "", table: str = "") -> bytes:
    """An OpenDocument spreadsheet of one table with these rows."""
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "style"))
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content {names}>{before}<office:body><office:spreadsheet>"
            f'<table:table table:name="甲村" {table}>{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        }
    )


def xml2003(rows: str, options: str = "", encoding: str = "utf-8") -> bytes:
    """An Excel-2003-XML document of one worksheet with these rows."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="甲村"><Table>{rows}</Table>{options}</Worksheet></Workbook>'
    ).encode(encoding)


def biff(kind: int, body: bytes = b"") -> bytes:
    """One record of an .xls stream."""
    return struct.pack("<HH", kind, len(body)) + body


def short_text(text: str) -> bytes:
    """A text after its length in one byte, as .xls writes the names of sheets."""
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def long_text(text: str) -> bytes:
    """A text after its length in two bytes."""
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def xls(
    cells: bytes,
    book: bytes = b"",
    version: int = 0x0600,
    names: tuple[tuple[bytes, int], ...] = ((short_text("甲村"), 0),),
) -> bytes:
    """An .xls file: records of the workbook, then one sheet with these cells for every name and state."""
    start, end = biff(0x0809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0)), biff(0x000A)
    sheet = biff(0x0809, struct.pack("<HHHHII", version, 0x10, 0, 0, 0, 0)) + cells + end
    listed = sum(len(biff(0x0085, b"\0" * 6 + name)) for name, _ in names)
    first = len(start) + len(book) + listed + len(end)
    bound = b"".join(
        biff(0x0085, struct.pack("<IBB", first + number * len(sheet), state, 0) + name)
        for number, (name, state) in enumerate(names)
    )
    return ole({"Workbook" if version == 0x0600 else "Book": start + book + bound + end + sheet * len(names)})


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file with these streams, each long enough to need no small sectors."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    sectors = [b""]  # the directory comes first
    chain = [0xFFFFFFFE]
    starts = []
    for data in padded.values():
        starts.append(len(sectors))
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        chain += [len(sectors) + number + 1 for number in range(len(pieces) - 1)] + [0xFFFFFFFE]
        sectors += pieces
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 0xFFFFFFFF, 1)]
    for number, (name, data) in enumerate(padded.items()):
        following = number + 2 if number + 2 <= len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, 2, starts[number], len(data), following, 0xFFFFFFFF))
    sectors[0] = b"".join(entries).ljust(512, b"\0")
    tables = -(-len(sectors) // 127)  # those of the table itself are in it too
    first = len(sectors)
    words = chain + [0xFFFFFFFD] * tables
    table = struct.pack(f"<{len(words)}I", *words).ljust(512 * tables, b"\xff")
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(76, b"\0") + b"\xff" * 436)
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", head, 44, tables, 0, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into(f"<{tables}I", head, 76, *range(first, first + tables))
    return bytes(head) + b"".join(sectors) + table


def _entry(name: str, kind: int, start: int, size: int, right: int, child: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, right, child)
    return head.ljust(116, b"\0") + struct.pack("<III", start, size, 0)
