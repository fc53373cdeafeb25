"""What an .xlsx package may not do: bombs, lies about sizes, two readings of one file; and however written, it reads the same."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from louxing_analysis.cleaning.packages import Unreadable, open_package, part_bytes
from tests.cleaning import made_files as make
from tests.cleaning.made_files import put, read, reasons


def made(folder: Path, inside: str, **parts: str) -> Path:
    return put(folder / "made.xlsx", make.xlsx(inside, **parts))


@pytest.mark.parametrize(
    "inside",
    [
        f"<sheetData>{make.CORNER}</sheetData>",
        f"<sheetData>{make.CORNER.replace(chr(34), chr(39))}</sheetData>",
        f"<sheetData>{make.CORNER.replace('<c r=', '<c  r =')}</sheetData>",
        f'<x:sheetData xmlns:x="y">{make.CORNER.replace("<", "<x:").replace("<x:/", "</x:")}</x:sheetData>',
        '<sheetData><row r="1048576"><c r="A1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c><c r="XFD1"/></row></sheetData>',
        '<sheetData><row r="1"><c r="ZZZZZZ99999999999"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A999999999"><v>1</v></c></row></sheetData>',
    ],
)
def test_a_small_sheet_that_spans_the_world_is_refused_before_it_can_abort_the_interpreter(inside, tmp_path):
    workbook = read(made(tmp_path, inside))
    assert workbook.sheets == ()
    assert [(problem.reason, problem.sheet, problem.severity) for problem in workbook.problems] == [
        ("hostile_file", "S", "structural")
    ]


def test_a_sheet_of_many_rows_is_no_hostile_sheet(tmp_path):
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="FA{row}"><v>2</v></c></row>' for row in range(1, 12_001)
    )
    assert read(made(tmp_path, f"<sheetData>{rows}</sheetData>")).sheets[0].values.shape == (12_000, 157)


@pytest.mark.parametrize(
    "inside",
    [
        '<sheetData><row r="2" hidden="1"><c r="A2" t="e"><v>#REF!</v></c><c r="B2"><v>5</v></c></row></sheetData>',
        "<sheetData><row r='2' hidden='1'><c t='e' r='A2'><v>#REF!</v></c><c r='B2'><v>5</v></c></row></sheetData>",
        '<sheetData>\n <row r="2" hidden="true">\n  <c r="A2" t="e"><v>#REF!</v></c>\n  <c r="B2"><v>5</v></c>\n </row>\n</sheetData>',
    ],
)
def test_however_its_xml_is_written_a_sheet_reads_the_same(inside, tmp_path):
    sheet = read(made(tmp_path, inside)).sheets[0]
    assert sheet.values.tolist() == [[None, None], [None, 5.0]]
    assert sheet.unreadable == {(1, 0): ("error_cell", "#REF!")}
    assert sheet.hidden_rows == {1}


def test_bombs_duplicate_parts_and_entities_are_refused(tmp_path):
    bomb = made(tmp_path, "<sheetData/>", **{"xl/media/x.xml": " " * 50_000_000})
    assert reasons(bomb) == ["hostile_file"]
    with zipfile.ZipFile(tmp_path / "twice.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("XL/workbook.xml", "<workbook/>")
    assert reasons(tmp_path / "twice.xlsx") == ["hostile_file"]
    entity = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><worksheet><sheetData/></worksheet>'
    assert reasons(made(tmp_path, "", **{"xl/worksheets/s.xml": entity})) == ["hostile_file"]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/sharedStrings.xml", f'<sst {make.NAMESPACE} uniqueCount="18446744073709551615"><si><t>x</t></si></sst>'),
        ("xl/sharedStrings.xml", f'<!--<sst><si>--><sst {make.NAMESPACE} count="9000000000"><si><t>x</t></si></sst>'),
        ("xl/styles.xml", f'<styleSheet {make.NAMESPACE}><cellXfs count="4000000000"/></styleSheet>'),
        (
            "xl/worksheets/s.xml",
            f'<worksheet {make.NAMESPACE}><sheetData/><mergeCells count="4000000000"/></worksheet>',
        ),
    ],
)
def test_a_part_that_states_more_than_it_holds_is_refused(part, text, tmp_path):
    assert reasons(made(tmp_path, "<sheetData/>", **{part: text})) == ["hostile_file"]


def test_a_text_may_say_anything_of_counts(tmp_path):
    text = f'<sst {make.NAMESPACE} count="1" uniqueCount="1"><si><t>count="99999999999"</t></si></sst>'
    relation = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
    rels = (
        "<Relationships>"
        + relation.format("a", "worksheet", "worksheets/s.xml")
        + relation.format("b", "sharedStrings", "sharedStrings.xml")
    )
    path = made(
        tmp_path,
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>',
        **{"xl/sharedStrings.xml": text, "xl/_rels/workbook.xml.rels": rels + "</Relationships>"},
    )
    assert read(path).sheets[0].values.tolist() == [['count="99999999999"']]


def test_a_package_that_two_readers_could_read_differently_is_refused(tmp_path):
    """What is checked must be what is opened."""
    other = {
        "other/book.xml": "<workbook/>",
        "_rels/.rels": make.ROOT.format("xl/workbook.xml").replace(
            "</Relationships>", make.ROOT.format("other/book.xml").partition(">")[2]
        ),
    }
    assert reasons(made(tmp_path, "<sheetData/>", **other)) == ["hostile_file"]
    twice = f'<workbook {make.NAMESPACE} xmlns:r="r"><sheets><sheet name="S" r:id="a"/><sheet name="S" r:id="b"/></sheets></workbook>'
    ids = (
        "<Relationships>"
        + "".join(f'<Relationship Id="{one}" Target="worksheets/s.xml"/>' for one in "ab")
        + "</Relationships>"
    )
    assert reasons(made(tmp_path, "<sheetData/>", **{"xl/workbook.xml": twice, "xl/_rels/workbook.xml.rels": ids})) == [
        "hostile_file"
    ]
    ambiguous = '<Relationships><Relationship Id="a" Target="xl/s.xml"/></Relationships>'
    parts = {"xl/_rels/workbook.xml.rels": ambiguous, "xl/xl/s.xml": "<worksheet/>", "xl/s.xml": "<worksheet/>"}
    assert reasons(made(tmp_path, "", **parts)) == ["hostile_file"]


def test_a_directory_that_lies_about_a_size_is_found_out(tmp_path):
    path = made(
        tmp_path,
        "<sheetData/>",
        **{"xl/sharedStrings.xml": f"<sst {make.NAMESPACE}>" + "<si><t>x</t></si>" * 1000 + "</sst>"},
    )
    data = bytearray(path.read_bytes())
    at = data.rfind(b"xl/sharedStrings.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 40)
    assert reasons(put(path, bytes(data))) == ["damaged_file"]


def test_shared_texts_inside_one_another_are_refused_and_empty_ones_are_not(tmp_path):
    row = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'

    def written(texts):
        head = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        return put(tmp_path / "a.xlsx", make.rows_xlsx(row, **{"xl/sharedStrings.xml": f"{head}{texts}</sst>"}))

    for sound in ("<si /><si><t>村</t></si>", "<si/><si ><t>村</t></si >", "<si><t/></si><si><r><t>村</t></r></si>"):
        assert read(written(sound)).sheets[0].values.tolist() == [["村"]]
    assert reasons(written("<si><t>合</t><si><t>张</t></si></si><si><t>7</t></si>")) == ["damaged_file"]


@pytest.mark.parametrize(("field", "change"), [(16, 1), (19, 255), (24, 255)])
@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_part_whose_checksum_or_size_is_another_is_damaged(field, change, way):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", way) as package:
        package.writestr("a.xml", "<a>甲</a>" * 9)
    sound = written.getvalue()
    assert part_bytes(open_package(sound), "a.xml").decode() == "<a>甲</a>" * 9
    at = sound.rfind(b"PK\1\2") + field  # in the directory: the checksum, its last byte, the size when unpacked
    bad = sound[:at] + bytes([(sound[at] + change) % 256]) + sound[at + 1 :]
    with pytest.raises(Unreadable, match="damaged_file"):
        part_bytes(open_package(bad), "a.xml")


def test_a_part_under_another_name_than_the_directory_says_is_damaged():
    sound = make.package({"a.xml": "<a/>"})
    with pytest.raises(Unreadable, match="damaged_file"):
        part_bytes(open_package(sound.replace(b"a.xml", b"b.xml", 1)), "a.xml")
