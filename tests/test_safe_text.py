"""Text that a spreadsheet, a terminal or a reader of XML would take for something else; and each place that writes."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import louxing_analysis
from louxing_analysis import cli, paths, reference, safe_text
from louxing_analysis.cleaning.workbook import read_workbook
from louxing_analysis.report.exhibit import _write_csv
from louxing_analysis.sample import remove, text_files
from louxing_analysis.sample.package import Page, write_xlsx
from louxing_analysis.sample.writer import _write_places

FORMULAS = [
    "=1+1",
    "+1-1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "'=1",
    "''=1",
    "=cmd|'/C calc'!A0",
    "-",
]
HARMLESS = ["", "甲村", "'甲", "a=b", "1-3月", " =1", "'"]
UNWRITABLE = ["a\x00b", "\x1b[31m", "a\ud800b", "\udcb2\udce2", "\ufffe", "\x07"]


def runs(text: str) -> bool:
    """Whether a spreadsheet would take a cell of a CSV file for a formula."""
    return bool(re.match("[=+\\-@\t\r\n＝＋－＠]", text))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_run_is_written_behind_an_apostrophe_and_read_back(text: str) -> None:
    assert not runs(safe_text.csv_text(text))
    assert safe_text.from_csv_text(safe_text.csv_text(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_would_not_run_stays_as_it_is(text: str) -> None:
    assert safe_text.csv_text(text) == text == safe_text.from_csv_text(text)


@given(st.text(alphabet="'=+-@\t\n＝a1 ", max_size=6))
def test_every_text_comes_back_and_none_runs(text: str) -> None:
    written = safe_text.csv_text(text)
    assert not runs(written)
    assert safe_text.from_csv_text(written) == text


def test_a_line_end_of_any_kind_stays_inside_its_cell() -> None:
    texts = ["a\r=1", "\r=1", "a\r\nb", "c"]
    line = safe_text.csv_line(texts)
    assert next(csv.reader(io.StringIO(line, newline=""))) == ["a\n=1", "'\n=1", "a\nb", "c"]


def test_numbers_stay_numbers() -> None:
    assert [safe_text.csv_cell(value) for value in (-5, -5.5, None, True)] == [-5, -5.5, None, True]
    assert safe_text.csv_cell("-5") == "'-5"


@given(st.text(max_size=20), st.booleans())
def test_printable_text_is_one_line_that_does_nothing(text: str, one_line: bool) -> None:
    shown = safe_text.printable(text, one_line)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert "\n" not in shown or not one_line
    assert safe_text.printable(shown, one_line) == shown


def test_control_characters_are_seen_and_chinese_stays() -> None:
    assert safe_text.printable("甲\x1b[31m乙\n丙 ｆ（元）…é") == "甲␛[31m乙 丙 ｆ（元）…é"
    assert safe_text.printable("甲\n乙\r", one_line=False) == "甲\n乙 "


# one test for each place that writes a spreadsheet or a CSV file


def own_rows(path: Path) -> list[list[Any]]:
    """A file as our own reader reads it."""
    workbook = read_workbook(path, path.name)
    assert not workbook.problems
    return workbook.sheets[0].values.tolist()


def written_cells(path: Path, encoding: str) -> list[str]:
    """The cells of a CSV file as a spreadsheet gets them."""
    return [cell for row in csv.reader(io.StringIO(path.read_text(encoding), newline="")) for cell in row]


def test_the_table_of_an_exhibit(tmp_path: Path) -> None:
    texts = [*FORMULAS, "甲村", *UNWRITABLE]
    frame = pd.DataFrame({"place": pd.Series(texts, dtype=object), "value": [-5.5 - at for at in range(len(texts))]})
    frame["=name"] = pd.Categorical(texts[: len(FORMULAS)] + ["甲村"] * (len(texts) - len(FORMULAS)))
    target = tmp_path / "a.csv"
    _write_csv(SimpleNamespace(frame=frame), target, "")  # type: ignore[arg-type]
    cells = written_cells(target, "utf-8-sig")
    assert [cell for cell in cells if runs(cell)] == [str(-5.5 - at) for at in range(len(texts))]  # numbers alone
    rows = own_rows(target)
    assert rows[0] == ["place", "value", "=name"]
    assert [row[0] for row in rows[1 : len(FORMULAS) + 1]] == FORMULAS
    assert [row[0] for row in rows[-len(UNWRITABLE) :]] == [re.sub("[\x00-\x1f\ud800-\udfff\ufffe]", "\ufffd", text) for text in UNWRITABLE]  # fmt: skip


def page(texts: list[str]) -> Page:
    return Page('=a"&<b>', range(1, len(texts) + 1), [texts, [-5.5] * len(texts)], ["text", "number"], [])


def test_the_csv_files_of_the_sample(tmp_path: Path) -> None:
    texts = ["村", *FORMULAS, *UNWRITABLE]
    text_files.write_csv(tmp_path / "a.csv", page(texts))
    cells = written_cells(tmp_path / "a.csv", "gb18030")
    assert {cell for cell in cells if runs(cell)} == {"-5.5"}
    assert [row[0] for row in own_rows(tmp_path / "a.csv")][1 : len(FORMULAS) + 2] == texts[: len(FORMULAS) + 1]


def test_the_html_files_of_the_sample_mark_such_cells_as_text(tmp_path: Path) -> None:
    texts = ["村", *FORMULAS, "<b>&amp;", *UNWRITABLE]
    text_files.write_html(tmp_path / "a.xls", page(texts), "题\x00")
    written = (tmp_path / "a.xls").read_bytes().decode()
    for attributes, text in re.findall(r"<td([^>]*)>([^<]*)</td>", written):
        marked = 'mso-number-format:"\\@"' in attributes
        assert marked is (bool(re.match("'*[=+\\-@\t\r\n＝＋－＠]", html.unescape(text))) and text != "-5.5")
    assert [row[0] for row in own_rows(tmp_path / "a.xls")][1:6] == ["村", "=1+1", "+1-1", "-1+1", "@SUM(A1)"]
    assert "<b>" not in written


def test_the_workbooks_of_the_sample_hold_texts_as_texts(tmp_path: Path) -> None:
    texts = ["村", *FORMULAS, "a_x0041_b", "甲\n乙", "丙\r\n丁", "\r=1", *UNWRITABLE]
    write_xlsx(tmp_path / "a.xlsx", [page(texts)], "题")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.title == '=a"&<b>'
    assert {cell.data_type for cell in sheet["A"][1:]} == {"s"}
    read = [row[0] for row in own_rows(tmp_path / "a.xlsx")][1:]
    assert read == [re.sub("[\ud800-\udfff\ufffe]", "\ufffd", text) for text in texts]


def test_the_lists_of_the_sample(tmp_path: Path) -> None:
    remove.write_list(tmp_path, {"=a.xlsx": "1", "-b/c.xlsx": "2", "d.xlsx": "3"})
    assert not [cell for cell in written_cells(tmp_path / remove.LIST, "utf-8") if runs(cell)]
    assert remove.made_up_files(tmp_path) == {"-b/c.xlsx": "2", "=a.xlsx": "1", "d.xlsx": "3"}
    places = pd.DataFrame({name: ["=x"] for name in ("township", "village", "kind", "code", "since", "until", "source", "confidence")})  # fmt: skip
    _write_places(tmp_path, places)
    assert not [cell for cell in written_cells(tmp_path / remove.PLACES, "utf-8") if runs(cell)]


def test_a_proposed_header_can_be_pasted_whatever_it_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, processed, facts = tmp_path / "raw", tmp_path / "processed", tmp_path / "reference"
    raw.mkdir()
    headers = ["户编码", "户主姓名", "纯收入", "工资性收入", "=1+1", '"甲",乙', "-其它事项"]
    with (raw / "=2018年收入核算 [1].csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(headers)
        writer.writerows([[f"4399{row:08d}", "张三", 4000 + row, 3000, "x", "y", "z"] for row in range(6)])
    shutil.copytree(paths.default().reference, facts)
    options = ["--raw", str(raw), "--processed", str(processed), "--reference", str(facts), "--jobs", "1"]
    cli.main(["clean", *options])
    capsys.readouterr()
    assert cli.main(["headers", "--processed", str(processed)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert not [cell for row in csv.reader(lines) for cell in row if runs(cell)]
    with (facts / "headers.csv").open("a", encoding="utf-8") as handle:
        handle.write("\n".join(lines[1:]) + "\n")
    pasted = reference.load(shutil.copytree(facts, tmp_path / "pasted")).headers.tail(3)
    assert list(pasted["header"]) == ["=1+1", '"甲",乙', "-其它事项"]
    assert set(pasted["source"]) == {"=2018年收入核算 [1].csv"}
    cli.main(["clean", *options[:-4], "--reference", str(tmp_path / "pasted"), "--jobs", "1"])
    assert "不认识的表头" not in capsys.readouterr().err


def test_a_file_whose_name_is_no_unicode_is_named_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("收入表.csv".encode("gb18030"), "收入表.csv".encode()):
        try:
            Path(str(raw).encode().decode() + "/" + name.decode("utf-8", "surrogateescape")).write_text(
                "村,户数\n甲村,3\n"
            )
        except OSError:
            pytest.skip("this system writes only names in Unicode")
    assert cli.main(["clean", "--raw", str(raw), "--processed", str(tmp_path / "processed"), "--jobs", "1"]) == 3
    said = capsys.readouterr().err
    assert "收入表.csv (?): 文件名的编码不对" in said
    assert "收入表.csv: " in said or "收入表.csv › " in said
    assert cli.main(["inspect", str(next(path for path in raw.iterdir() if "收" not in path.name))]) in (0, 1)


def test_who_writes_csv_or_xlsx_makes_it_safe() -> None:
    root = Path(louxing_analysis.__file__).parent
    writers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(
            r"csv\.writer|DictWriter|\.to_csv|\.to_excel|xlsxwriter|openpyxl\.Workbook", path.read_text("utf-8")
        )
    }
    unsafe = {name for name in writers if "safe_text" not in (root / name).read_text("utf-8")} - {"safe_text.py"}
    assert not unsafe
    assert len(writers) >= 5
