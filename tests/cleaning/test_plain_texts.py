"""Shared texts taken apart without a parser are the texts that the parser finds, or None."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis.cleaning.plain_texts import plain_texts
from louxing_analysis.cleaning.xlsx_cells import shared_texts

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="u" count="9" uniqueCount="9">'
ITEMS = [
    "<t>村</t>",
    "<t> 前后 </t>",
    '<t xml:space="preserve"> 前后 </t>',
    "<t>甲\n乙</t>",
    '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
    '<t>户主</t><phoneticPr fontId="1" type="noConversion"/>',
    "<r><rPr><b/></rPr><t>粗</t></r><r><t xml:space='preserve'> 通 </t></r>",
    "<t>&lt;A&amp;B&gt;&quot;&apos;</t>",
    "<t>&#20013;&#x56FD;</t>",
    "<t>_x000D_a_x005F_x0041_</t>",
    "<t/>",
    "",
    "<t>5 > 3</t>",
]


def table(items: list[str], head: str = HEAD) -> bytes:
    return (head + "".join(f"<si>{item}</si>" for item in items) + "</sst>").encode()


@given(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=8))
def test_texts_in_all_their_forms_are_what_a_parser_finds(items):
    found = plain_texts(table(items))
    assert found is not None
    assert found.values.tolist() == [text if text.strip() else None for text in shared_texts(table(items))]


@pytest.mark.parametrize(
    "data",
    [
        table(["<t>a</t>"]).replace(b"</si>", b"</si >"),
        table(["<t>a</t>", "<t>b</t>"]).replace(b"</si><si>", b"</si><si/><si>"),
        table(["<t>a<si><t>b</t></si></t>"]),
        table(["<t>a</t><x:si><t>b</t></x:si>"]),
        table(["<t>a"]),
        table(["<t>&unknown;</t>"]),
        table(["<t><![CDATA[a]]></t>"]),
        table(["<t>a\x07</t>"]),
        table(["<t>a</t>"]).replace(b"a", "村".encode("gb18030")),
        table(["<t>a</t>"], HEAD.replace("UTF-8", "GBK")),
        table(["<t>a</t>"], HEAD.replace('encoding="UTF-8"', 'encoding="UTF-8" encoding="UTF-8"')),
        table(["<t>a</t>"]).replace(b"</sst>", b"<si><t>b</t></sst>"),
        table(["<t>a</t>"]) + b"<more/>",
    ],
)
def test_a_table_in_which_a_byte_is_out_of_place_is_left_to_the_parser(data):
    assert plain_texts(data) is None


def test_error_values_are_marked_and_blank_texts_are_nothing():
    found = plain_texts(table(["<t>#REF!</t>", "<t>\u3000</t>", "<t>甲</t>", "<t>#1房</t>"]))
    assert found is not None
    assert found.values.tolist() == ["#REF!", None, "甲", "#1房"]
    assert found.is_odd is not None
    assert found.is_odd.tolist() == [True, False, False, True]
