"""Text files: encodings, separators, quotes; every cell is text as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis.cleaning.encodings import decode
from louxing_analysis.cleaning.packages import Unreadable
from louxing_analysis.cleaning.workbook import read_workbook


def table(folder: Path, data: bytes | str, name: str = "a.csv") -> list[list]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    workbook = read_workbook(path, name)
    assert (workbook.kind, workbook.problems) == ("csv", ())
    return workbook.sheets[0].values.tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_text_is_read_in_any_usual_encoding_and_every_cell_stays_text(encoding, mark, tmp_path):
    lines = [["户主姓名", "证件号码", "金额"], ["张三", '="431302199001010011"', "007"], ["李㙍", "x", ""]]
    text = "\r\n".join(mark.join(line) for line in lines)
    assert table(tmp_path, text.encode(encoding), "名单.xls") == [
        ["户主姓名", "证件号码", "金额"],
        ["张三", "431302199001010011", "007"],
        ["李㙍", "x", None],
    ]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_what_is_written_in_utf_8_is_read_back(text):
    assert decode(text.encode("utf-8-sig")) == text


@given(st.text(st.sampled_from("甲乙丙丁娄星区贫困户，。0123456789abc,\n"), min_size=1))
def test_chinese_in_gb_18030_is_read_back(text):
    header = "户数\n"  # of a single word nobody can tell: 贫 alone is a letter in UTF-8
    assert decode((header + text).encode("gb18030")) == header + text


def test_lines_of_two_encodings_are_damage_and_the_line_is_named(tmp_path):
    for data in (
        "村,户数\n".encode("gb18030") + "甲村,3\n".encode(),
        "甲村,3\n".encode() + "乙村,4\n".encode("gb18030"),
    ):
        with pytest.raises(Unreadable, match="UTF-8") as error:
            decode(data)
        assert error.value.reason == "damaged_file"
        assert "2" in error.value.detail or "1" in error.value.detail


def test_one_word_that_happens_to_be_utf_8_makes_no_mixture():
    assert decode("联通,3\n甲村的户数,4\n".encode("gb18030")) == "联通,3\n甲村的户数,4\n"


@pytest.mark.parametrize("named", ["utf-<b>8", "x", "base64", "\udcff", "utf-7", "rot13"])
def test_an_encoding_that_is_none_is_passed_over(named):
    assert decode("甲村,3".encode("gb18030"), named=named) == "甲村,3"


def test_accents_inside_latin_words_are_western_text():
    assert decode("Région,Année\nIle,2019\n".encode("cp1252")) == "Région,Année\nIle,2019\n"


@pytest.mark.parametrize(
    "text", ["镕,3\n", "name,households\n喆,3\n王,4\n", "丂\n", "A镕\n", "A镕\n朱x,3\n", "name\nx,镕\n"]
)
def test_rare_characters_in_gb_18030_never_come_out_as_western_letters(text):
    try:
        found = decode(text.encode("gb18030"))
    except Unreadable:
        found = ""
    assert found in (text, "")


@pytest.mark.parametrize("data", [b"\x81@,3\n", "镕,3\n".encode("gb18030"), "Côte,§a\n".encode("cp1252")])
def test_text_that_may_be_chinese_or_western_is_refused(data):
    with pytest.raises(Unreadable, match="GB 18030") as error:
        decode(data)
    assert error.value.reason == "unknown_file"


def test_halves_of_characters_are_joined_or_shown_as_lost():
    assert decode("甲".encode() + b"\xed\xa0\xbd\xed\xb8\x80" + b"\xed\xa0\xbd") == "甲😀\ufffd"


def test_quotes_commas_and_line_breaks_inside_cells_of_text(tmp_path):
    text = '村,备注\n甲村,"一,二\n三"\n乙村,"=""0430"""\n丙村,="4,30"\n'
    assert table(tmp_path, text) == [["村", "备注"], ["甲村", "一,二\n三"], ["乙村", "0430"], ["丙村", "4,30"]]


def test_a_quote_that_never_closes_swallows_no_row_and_spoils_no_other(tmp_path):
    text = '村,户数,备注\n甲村,1,"没有结束\n乙村,2,"一,二"\n丙村,3,"三\n四"\n丁村,4,x\n'
    assert table(tmp_path, text) == [
        ["村", "户数", "备注"],
        ["甲村", "1", '"没有结束'],
        ["乙村", "2", "一,二"],
        ["丙村", "3", "三\n四"],
        ["丁村", "4", "x"],
    ]


def test_a_quote_that_closes_rows_later_swallows_none_of_them(tmp_path):
    text = "村,户数,备注,电话\n" + '甲村,1,"x,\n' + "乙村,2,y,3\n" * 3 + '丙村,3,",4\n'
    assert [row[0] for row in table(tmp_path, text)] == ["村", "甲村", "乙村", "乙村", "乙村", "丙村"]


def test_a_long_note_with_commas_of_its_own_stays_one_cell(tmp_path):
    note = "第一行，\n第二行,有逗号\n第三行"
    assert table(tmp_path, f'村,户数,备注,电话\n甲村,1,"{note}",3\n') == [
        ["村", "户数", "备注", "电话"],
        ["甲村", "1", note, "3"],
    ]


def test_an_error_value_written_out_as_text_is_an_error_cell(tmp_path):
    (tmp_path / "a.csv").write_bytes("村,户数\n甲村,#REF!\n".encode())
    sheet = read_workbook(tmp_path / "a.csv", "a.csv").sheets[0]
    assert sheet.values.tolist() == [["村", "户数"], ["甲村", None]]
    assert sheet.unreadable == {(1, 1): ("error_cell", "#REF!")}


def test_the_hint_for_excel_is_no_row(tmp_path):
    assert table(tmp_path, "sep=;\n村;户数,人\n甲村;3\n") == [["村", "户数,人"], ["甲村", "3"]]


def test_one_control_character_is_a_slip_and_many_are_no_text(tmp_path):
    assert table(tmp_path, "村\x0b,户\x07数\n甲村,3\n")[0] == ["村\x0b", "户\x07数"]
    (tmp_path / "b.csv").write_bytes(bytes(range(1, 32)) * 9)
    assert [problem.reason for problem in read_workbook(tmp_path / "b.csv", "b.csv").problems] == ["unknown_file"]
