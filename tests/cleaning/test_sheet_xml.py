"""A sheet's XML searched as bytes says the same as an XML parser, or nothing; and it is searched where it is ordinary."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.packages import Unreadable
from louxing_analysis.cleaning.sheet_bytes import search
from louxing_analysis.cleaning.sheet_xml import parse_sheet, scan_sheet

TEXTS = [
    "村",
    "0",
    "1.5",
    "",
    " ",
    "\n",
    "#REF!",
    "#N/A",
    "a&amp;b",
    "&#32;",
    "&#x6751;",
    'x t="e" y',
    ' hidden="1"',
    "&lt;c r=",
]
FORMULAS = ["A1+B1", "", "IF(A1=&quot;x&quot;,1,2)", "IF(A1 ='x y'!B2, 1, 2)", "A1&lt;5", "A1&#10;+1", "A1>5", 't="e"']
NUMBERS = ["0", "1.5", "-3", "431302199001010011", "1.0000000000000002E-5", "0.30000000000000004", "7e5", ""]
TYPES = ["", ' t="n"', ' t="s"', ' t="str"', ' t="e"', ' t="b"', ' t="inlineStr"', " t='e'", ' t = "e"', ' t="&#101;"', '\tt="e"', ' x:t="e"']  # fmt: skip
USUAL_TYPES = TYPES[:7]


def cell_xml(draw, address: str, types: list[str]) -> str:
    """One cell as some program might write it."""
    style, kind = draw(st.sampled_from(["", ' s="3"'])), draw(st.sampled_from(types))
    attributes = draw(st.sampled_from([style + kind, kind + style]))
    if draw(st.integers(0, 5)) == 0:
        return f'<c r="{address}"{attributes}/>'
    formula = draw(
        st.sampled_from(
            ["", "", "", "<f>{}</f>", '<f t="shared" ref="A1:B2" si="0">{}</f>', '<f t="shared" si="0"/>', "<f/>"]
        )
    ).format(draw(st.sampled_from(FORMULAS)))
    numeric = types is USUAL_TYPES and kind not in (' t="str"', ' t="e"', ' t="inlineStr"')
    text = draw(st.sampled_from(["0", "12"] if numeric and "s" in kind else NUMBERS if numeric else TEXTS))
    if types is USUAL_TYPES and kind == ' t="inlineStr"':  # never with a formula
        return f'<c r="{address}"{attributes}><is><t>{text}</t></is></c>'
    value = draw(
        st.sampled_from(
            [f"<v>{text}</v>"] * 4
            + ["", "<v/>", "<v></v>", f'<v xml:space="preserve">{text}</v>']
            + ([] if types is USUAL_TYPES else [f"<is><t>{text}</t></is>"])
        )
    )
    gap = draw(st.sampled_from(["", "", "", "\n "]))
    return f'<c r="{address}"{attributes}>{gap}{formula}{value}{gap}</c>'


@st.composite
def sheets(draw, types: list[str] = TYPES) -> str:
    rows = []
    number = 0
    for _ in range(draw(st.integers(0, 5))):
        number += draw(st.integers(1, 3) | st.sampled_from([97, 9_990]))
        letters = draw(
            st.lists(st.sampled_from(["A", "B", "Z", "AA", "AZ", "EZ", "ZZ", "AAA"]), max_size=4, unique=True)
        )
        if types is USUAL_TYPES:
            letters.sort(key=lambda letter: (len(letter), letter))
        cells = "".join(cell_xml(draw, f"{letter}{number}", types) for letter in letters)
        about = draw(st.sampled_from(["", ' spans="1:40"', ' hidden="1"', ' ht="12" hidden="true"', ' hidden="0"']))
        rows.append(f'<row r="{number}"{about}>{cells}</row>' if cells else f'<row r="{number}"{about}/>')
    head = draw(
        st.sampled_from(
            [
                "",
                '<dimension ref="A1"/>',
                '<cols><col min="2" max="4" hidden="1"/><col min="9" max="9"/></cols>',
                "<cols><col hidden='1' max='3' min='3' /></cols>",
            ]
        )
    )
    between = draw(st.sampled_from(["", "", "\n"]))
    return f'<?xml version="1.0"?><worksheet xmlns="m" xmlns:x="y">{head}<sheetData>{between.join(rows)}</sheetData><mergeCells/></worksheet>'


def outcome(read, data: bytes):
    """What was found, or why the sheet was refused."""
    try:
        found = read(data)
    except Unreadable as error:
        return error.reason
    return found.unreadable, found.hidden_rows, found.hidden_columns


def searched(text: str):
    data = text.encode()
    return search(data, data.find(b"<sheetData>") + 11, data.rfind(b"</sheetData>"))


@settings(max_examples=200, deadline=None)
@given(sheets())
def test_however_a_sheet_is_written_searching_it_says_what_parsing_it_says(text):
    data = text.encode()
    assert outcome(scan_sheet, data) == outcome(parse_sheet, data)


@settings(max_examples=100, deadline=None)
@given(sheets(USUAL_TYPES))
def test_what_the_usual_programs_write_is_searched_and_not_parsed(text):
    assert ("<row" not in text) or searched(text) is not None


QUIRKS = {
    "a prefix": lambda text: text.replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
    "single quotes": lambda text: text.replace('"', "'"),
    "space around =": lambda text: text.replace(' t="', ' t = "'),
    "another order": lambda text: text.replace('<c r="A2" t="e"', '<c t="e" r="A2"'),
    "a comment": lambda text: text.replace("<v>", "<!-- <v>1</v> --><v>"),
    "character data": lambda text: text.replace("<v>#REF!</v>", "<v><![CDATA[#REF!]]></v>"),
    "a line for every element": lambda text: text.replace("><", ">\n<"),
    "tabs": lambda text: text.replace(" ", "\t").replace("version\t", "version ").replace("<?xml\t", "<?xml "),
    "no addresses": lambda text: text.replace(' r="A2"', "").replace(' r="B2"', "").replace(' r="2"', ' r="2" '),
    "> in an attribute": lambda text: text.replace(' t="e"', ' x=">" t="e"').replace(" hidden", ' x=">" hidden'),
    "an entity": lambda text: text.replace('t="e"', 't="&#101;"'),
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_a_sheet_written_in_an_unusual_way_keeps_its_error_cells_and_formulas(quirk):
    text = QUIRKS[quirk](
        '<?xml version="1.0"?><worksheet xmlns="m" xmlns:x="m"><sheetData><row r="2" hidden="1"><c r="A2" t="e"><v>#REF!</v></c>'
        '<c r="B2"><f>A1+1</f></c></row></sheetData></worksheet>'
    )
    found = scan_sheet(text.encode())
    assert found.unreadable == {(1, 0): ("error_cell", "#REF!"), (1, 1): ("not_calculated", "=A1+1")}
    assert found.hidden_rows == {1}


@pytest.mark.parametrize(
    ("cell", "is_usual"),
    [
        ("><v>123456789012345678901234567890.5</v>", True),
        ("><v>-1.5E+20</v>", True),
        ("><v></v>", True),
        (' t="str"><f>A1</f><v>一、1,200</v>', True),
        ("><v>1,200</v>", False),
        ("><v>12345678/9</v>", False),
        ("><v>1234567890123456,7</v>", False),
        ("><v>nan</v>", False),
        ("><v> 5</v>", False),
        (' t="s"><v>x</v>', False),
        (' t="s"><v>-1</v>', False),
        (' t="s"><v>1.5</v>', False),
        (' t="s" s="2"><v>1.5</v>', False),
        (' t="s" s="2"><v>1</v></c><c r="C1"><v>1.5</v>', True),
        ("><v>1</v><is><t>x</t></is>", False),
        (' t="b"><v>TRUE</v>', False),
        ("><v>1</v><v>2</v>", False),
        ('><v>1</v></c><c r="B1"><v>2</v>', False),
        ('><v>1</v></c><c r="A1"><v>2</v>', False),
        ('><v>1</v></c></row><row r="1"><c r="C1"><v>2</v>', False),
        ('><v>1</v></c></row><row r="2"><c r="A2"><v>2</v>', True),
        ('><v xml:space="preserve">村</v>', False),
    ],
)
def test_values_that_are_no_numbers_or_stand_twice_are_left_to_the_parser(cell, is_usual):
    text = f'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"{cell}</c></row></sheetData></worksheet>'
    assert (searched(text) is not None) == is_usual


PIECES = [b'"', b"'", b" ", b"=", b"<", b">", b"/", b"&", b"<c>", b"<v>", b"</v>", b"</c>", b' t="e"', b"e", b"\t", b"<f>", b"</f>", b"9", b"A", b"<!--", b"<row", b"</row>", b' r="A1"', b"\0", b"<x:c", b' hidden="1"']  # fmt: skip


def damaged(data: bytes, luck: random.Random) -> bytes:
    """The bytes with a few pieces put in, taken out or moved."""
    for _ in range(luck.randint(1, 3)):
        at = luck.randrange(len(data))
        piece = (
            luck.choice(PIECES)
            if luck.random() < 0.7
            else data[(start := luck.randrange(len(data))) : start + luck.randint(1, 30)]
        )
        data = data[:at] + piece + data[at + luck.choice([0, 0, 1, len(piece)]) :]
    return data


@settings(max_examples=150, deadline=None)
@given(sheets(), st.integers(0, 2**32))
@example('<worksheet><sheetData><row r="1"><c r="A1"><f>x</f></c></row></sheetData></worksheet>', 0)
def test_of_damaged_xml_the_search_says_nothing_that_a_parser_denies(text, seed):
    data = damaged(text.encode(), random.Random(seed))
    parsed = outcome(parse_sheet, data)
    assert outcome(scan_sheet, data) in (parsed, "damaged_file", "hostile_file") or parsed == "damaged_file"


@pytest.mark.parametrize("rows", [1_000, 15_000])
def test_a_sheet_of_several_stretches_is_searched_to_its_end(rows):
    """Longer than what is looked at in one go: nothing at the seams is lost."""
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" s="1"><v>{row}</v></c><c r="AB{row}" t="s"><v>7</v></c>'
        f'<c r="AC{row}"><f>A{row}*2</f>{"" if row % 500 == 0 else "<v>4</v>"}</c>'
        f'<c r="AD{row}" t="{"e" if row % 700 == 0 else "n"}"><v>1</v></c><c r="AE{row}"/></row>'
        for row in range(1, rows + 1)
    )
    text = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    found = searched(text)
    assert found is not None
    assert (found.rows, found.columns, found.cells) == (rows, 31, rows * 5)
    assert sorted(found.unreadable) == sorted(
        [(row - 1, 28) for row in range(500, rows + 1, 500)] + [(row - 1, 29) for row in range(700, rows + 1, 700)]
    )


def test_rows_that_stand_before_the_rows_are_found_too():
    far = '<x:sheetData xmlns:x="m"><x:row r="1"><x:c r="A1"/><x:c r="XFD1048576"/></x:row></x:sheetData>'
    text = f'<worksheet>{far}<sheetData><row r="1"><c r="A1"/></row></sheetData></worksheet>'
    assert outcome(scan_sheet, text.encode()) == "hostile_file"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"/><c r="XFD1048576"/></row>',
        '<row r="1"><c r="A1"/></row><row r="1048576"><c r="A1048576"/></row><row r="3"><c r="XFD3"/></row>',
        '<row r="1"><c r="A10"/></row>',
        '<row r="10"><c r="A1"/></row>',
        '<c r="A1"/><row r="1"/>',
        '<row r="0"><c r="A0"/></row>',
        '<row r="1"><c r="a1"/></row>',
        '<row r="1"><c r="AB1"/><c r="!1"/></row>',
        '<row r="1"><c r="AB1"/><c r="AÉ1"/></row>',
        '<row r="1"><c r="AAAA1"/></row>',
        '<row r="12345678"><c r="A12345678"/></row>',
        '<row r="1"><c r="A1"/></row><row r="2',
        '<row r="1"><v>x</v></row>',
        '<row r="1"><v>x</v><c r="A1"/></row>',
    ],
)
def test_references_that_do_not_fit_are_left_to_the_parser_or_refused(rows):
    text = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    assert outcome(scan_sheet, text.encode()) == outcome(parse_sheet, text.encode())
