"""The sheet drawn in the terminal: aligned, told in words, harmless, and without numbers of persons."""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console
from rich.style import Style

from louxing_analysis import cli, paths, pipeline, reference
from louxing_analysis.cleaning.drawing import draw_workbook, say
from louxing_analysis.cleaning.drawing_grid import STYLES, draw_grid
from louxing_analysis.cleaning.drawing_plan import LABELS, Fold, folded
from louxing_analysis.cleaning.figures_in_words import sums, unreadable
from louxing_analysis.cleaning.headers import Index
from louxing_analysis.cleaning.in_words import Teller, ranges
from louxing_analysis.cleaning.inspect import inspect_workbook
from louxing_analysis.cleaning.locate import KINDS
from louxing_analysis.cleaning.shown_texts import tidied, without_personal
from louxing_analysis.cleaning.workbook import Sheet, read_workbook
from louxing_analysis.problems import REASONS

INCOMES = """
    title    | 2018年度收入核算表 | < | < | <
    unit     |  |  |  | 单位：元
    header   | 序号 | 户主姓名 | 收入 | <
    header   | ^ | ^ | 工资性收入 | 纯收入
    data     | 1 | 张三 | 12000 | 3
    data     | 2 | 李四 | 8000 | 2
    data     | 3 | 王五 | 300 | 4
    data     | 4 | 赵六 | 4000 | 5
    data     | 5 | 钱七 | 217E | 6
    data     | 6 | 孙八 | 7000 | 1
    data     | 7 | 周九 | 7000 | 1
    total    | 合计 | < | 38300 | 29
    footer   | 填表人：张三 |  |  |
"""


@pytest.fixture(name="index", scope="module")
def index_fixture() -> Index:
    return Index(reference.load())


def drawing(path: Path, index: Index, width: int = 100, **options: object) -> str:
    workbook = read_workbook(path, path.name)
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, highlight=False, markup=False, emoji=False)
    draw_workbook(console, workbook, inspect_workbook(workbook, index.known), index, **options)  # type: ignore[arg-type]
    return out.getvalue()


def grid_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if "│" in line]


def test_every_row_stands_there_with_its_number_and_its_kind_under_the_letters(saved: Callable, index: Index) -> None:
    lines = grid_lines(drawing(saved(INCOMES), index))
    assert re.sub("[^A-Z]", "", lines[0]) == "ABCD"
    kinds = [(int(line.split()[0]), line.split()[1]) for line in lines[1:] if line.split()[0].isdigit()]
    words = ["标题", "单位", "表头", "表头", *["数据"] * 7, "合计", "表尾"]
    assert kinds == list(enumerate(words, start=1))


@pytest.mark.parametrize("width", [30, 60, 80, 120, 200])
def test_bars_stand_under_one_another_and_no_line_is_wider_than_the_terminal(
    saved: Callable, index: Index, width: int
) -> None:
    text = drawing(saved(INCOMES), index, width)
    lines = grid_lines(text)
    places = [[cell_len(line[:at]) for at, letter in enumerate(line) if letter == "│"] for line in lines]
    for mine in places:
        assert set(mine) <= set(places[0])
        assert mine[0] == places[0][0]
    assert all(cell_len(line) <= width for line in lines)


def test_merged_cells_are_drawn_once_over_their_columns(saved: Callable, index: Index) -> None:
    text = drawing(saved(INCOMES), index)
    top = next(line for line in grid_lines(text) if line.split()[0] == "3")
    assert top.count("收入") == 1
    assert top.count("│") == 3  # the group stands over two columns: one bar less
    assert sum("户主姓名" in line for line in grid_lines(text)) == 1


def test_long_runs_of_data_are_folded_and_all_other_rows_are_there() -> None:
    kinds = ["title", "header", *["data"] * 118, "total", *["blank"] * 7, "footer"]
    plan = folded(kinds)
    assert plan == [0, 1, 2, 3, 4, Fold(5, 117), 118, 119, 120, Fold(121, 127), 128]
    assert folded(["data"] * 6) == [0, 1, 2, Fold(3, 3), 4, 5] or folded(["data"] * 6) == list(range(6))
    assert folded(["data"] * 20, kept=[9]) == [0, 1, 2, Fold(3, 8), 9, Fold(10, 17), 18, 19]


def test_no_row_is_lost_or_drawn_twice_by_folding() -> None:
    random = np.random.default_rng(7)
    for _ in range(200):
        kinds = random.choice(["data", "blank", "subtotal", "header"], int(random.integers(1, 3000)), p=[0.6, 0.2, 0.1, 0.1])  # fmt: skip
        kinds = np.repeat(kinds[:300], random.integers(1, 9, len(kinds[:300])))
        kept = sorted(random.choice(len(kinds), min(5, len(kinds)), replace=False).tolist())
        rows: list[int] = []
        for one in folded(kinds.tolist(), kept):
            rows += range(one.first, one.last + 1) if isinstance(one, Fold) else [one]
        assert rows == list(range(len(kinds)))
    assert len(folded(["data", "subtotal"] * 50_000)) <= 601


def test_folded_rows_are_counted_and_a_bad_cell_in_their_midst_is_shown_and_marked(
    saved: Callable, index: Index
) -> None:
    rows = "\n".join(f"data | {number} | 村{number} | {number * 7}" for number in range(1, 41))
    path = saved(f"header | 序号 | 村 | 户数\n{rows.replace('| 140', '| 14O')}")
    text = drawing(path, index)
    assert "!14O" in next(line for line in grid_lines(text) if "村20" in line)
    assert "另有 16 行数据" in text
    assert "! 读不出的单元格" in text
    assert "读不出的单元格 1 个" in text
    assert "C21 「14O」" in text


def test_a_wide_sheet_shows_what_fits_and_says_what_is_left_out(saved: Callable, index: Index) -> None:
    names = " | ".join(f"{month}月用电量（千瓦时）" for month in range(1, 40))
    rows = "\n".join("data | 甲村 | " + " | ".join(str(month * row) for month in range(1, 40)) for row in range(1, 6))
    text = drawing(saved(f"header | 村名 | {names}\n{rows}"), index, 80)
    first = re.search(r"画不下的列：([A-Z]+)–AN（(\d+) 列）", text)
    assert first is not None
    assert len(re.findall("[A-Z]+", grid_lines(text)[0])) + int(first[2]) == 40
    assert "AN 39月用电量（千瓦时）" in text  # told in words all the same


def test_hidden_sheets_rows_and_columns_are_marked(tmp_path: Path, index: Index) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("旧表")
        sheet.write_row(0, 0, ["村", "户数", "人数"])
        for row in range(1, 4):
            sheet.write_row(row, 0, [f"村{row}", row, row * 3])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        book.add_worksheet("x")
        sheet.hide()
        book.worksheets()[1].activate()
    text = drawing(path, index)
    assert "工作表 旧表（隐藏）" in text
    assert "(3) 数据" in text
    assert "(C)" in grid_lines(text)[0]
    assert "(n) 隐藏的行或列" in text
    assert "空表。" in text


def test_in_words_stand_place_title_unit_columns_ledger_sums_and_what_to_do(saved: Callable, index: Index) -> None:
    text = drawing(saved(INCOMES), index, 200)
    assert "第 1–13 行，A–D 列，「2018年度收入核算表」，单位元，表头第 3–4 行，数据 7 行，4 列" in text
    assert "是台账「收入核算表」（incomes）：4 个列名中认识 4 个" in text
    assert "B 户主姓名 → 户主姓名（head_name）" in text
    assert "C 收入/工资性收入 → 工资性收入（wage_income）" in text
    assert "A 序号 ⊘" in text
    assert re.search(r"D12 合计写 29，算得 22，差 7（不符）", text)
    assert "→ 不符的合计：请核对原表。" in text
    assert "C9 「217E」" in text
    english = drawing(saved(INCOMES), index, 200, language="en")
    assert "Rows 1–13, columns A–D" in english
    assert "It is the ledger income accounts (incomes): 4 of 4 names are known" in english
    assert "C 收入/工资性收入 → wage income (wage_income)" in english
    assert "header in rows 3–4, 7 data rows, 4 columns, 1 total row, 1 footer row." in english
    assert "D12 total says 29, the rows make 22: 7 apart (differs)" in english
    said = english.split("Rows 1–13")[1]
    assert not re.search("[「」、。；（）]", said)
    assert not re.search("[\u4e00-\u9fff]", re.sub("“[^”]*”", "", said).split("(differs)")[1])


def test_a_header_nobody_knows_is_marked_and_leads_to_headers_csv(saved: Callable, index: Index) -> None:
    text = drawing(saved(INCOMES.replace("序号", "片区干部意见")), index, 200)
    assert "A 片区干部意见 ?" in text
    assert "4 个列名中认识 3 个" in text
    assert "louxing headers" in text
    unknown = drawing(saved("header | 甲烷 | 乙烯\ndata | 1 | 2\ndata | 3 | 4\ndata | 5 | 6"), index, 200)
    assert "不是已登记的台账；2 个列名中认识 0 个" in unknown


def test_doubt_is_said_with_its_reason(tmp_path: Path, index: Index) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "今天下雨")
        sheet.write("B3", "去杉山镇开会")
    workbook = read_workbook(path, path.name)
    found = inspect_workbook(workbook, index.known)
    assert found["sheets"][0]["confidence"] < 0.6
    why = found["sheets"][0]["why"]
    assert why.startswith("拿不准，因为")
    assert " / not sure, because " in why
    found["sheets"][0]["confidence"] = 0.1
    texts = []
    for language in ("zh", "en"):
        out = io.StringIO()
        draw_workbook(Console(file=out, width=100), workbook, found, index, language=language)
        texts.append(out.getvalue())
    assert "没有把握 0.10" in texts[0]
    assert f"不能确定，因为：{why.removeprefix('拿不准，因为')[:6]}" in texts[0]
    assert "拿不准" not in texts[0]
    assert "去杉山镇开会" in grid_lines(texts[0])[3]  # nothing is cut where there is room
    assert "not sure at all 0.10" in texts[1]
    assert f"Not sure, because {why.split(' / not sure, because ')[1][:9]}" in texts[1]
    assert "not sure, because" not in texts[1]


def test_several_tables_are_told_one_by_one(saved: Callable, index: Index) -> None:
    text = drawing(
        saved("""
        title  | 表一 | < | <
        header | 乡镇 | 户数 | 人数
        data   | 杉山镇 | 10 | 30
        total  | 合计 | 10 | 30
        blank  |  |  |
        title  | 表二 | < | <
        header | 项目类别 | 资金来源 | 金额
        data   | 产业扶贫 | 中央资金 | 100.5
        total  | 合计 |  | 100.5
    """),
        index,
    )
    assert "表 1：第 1–4 行" in text
    assert "表 2：第 6–9 行" in text


def test_a_proved_figure_is_told_as_a_suggestion_with_its_reason() -> None:
    teller = Teller(True, None, tidied)  # type: ignore[arg-type]
    cell = {"cell": "C9", "found": "217E", "suggestion": 2171, "because": "25773 − 23602 = 2171 / the sum lacks 2171"}
    lines, _ = unreadable({"unreadable": [cell]}, {}, teller)
    assert lines[1] == "  C9 「217E」 不是数字，请在原表中更正；应为 2,171，因为 25773 − 23602 = 2171"
    check = {"cell": "D5", "kind": "sum", "stated": 5.0, "computed": 4.0, "difference": 1.0, "verdict": "differs"}
    proved = check | {"suspect": "C5", "suggestion": 2.5, "because": "甲 / b"}
    lines, steps = sums({"checks": [proved], "unreadable": []}, teller)
    assert lines[1] == "  D5 各列之和写 5，算得 4，差 1（不符）；C5 应为 2.5，因为 甲"
    assert steps == []  # nothing is left to look for
    _, steps = sums({"checks": [proved, check | {"cell": "D6"}], "unreadable": []}, teller)
    assert steps == ["不符的合计：请核对原表。"]


def test_a_difference_that_a_proved_cell_accounts_for_is_not_to_be_looked_for() -> None:
    teller = Teller(False, None, tidied)  # type: ignore[arg-type]
    check = {"cell": "C6", "kind": "total", "stated": 9.0, "computed": 4.0, "difference": 5.0, "verdict": "differs"}
    check["because"] = "另有 1 个 / 1 more"
    cell = {"cell": "C4", "found": "S", "suggestion": 5, "because": "甲 / b"}
    lines, steps = sums({"checks": [check], "unreadable": [cell]}, teller)
    assert lines == [
        "Sums and counts stated: 1, of which 1 differs.",
        "  C6 total says 9, the rows make 4: 5 apart (differs); 1 more",
    ]
    assert steps == []
    for other in (cell | {"suggestion": 4}, cell | {"cell": "D4"}, {"cell": "C4", "found": "S"}):
        assert sums({"checks": [check], "unreadable": [other]}, teller)[1]


def test_every_cell_that_cannot_be_read_says_why_and_what_to_do_with_it() -> None:
    cells = [{"cell": f"C{row}", "found": text} for row, text in enumerate(["4.3E+17", "=A9", "#REF!", "二百", ""], 4)]
    reasons = {"C4": "digits_lost", "C5": "not_calculated", "C6": "error_cell"}
    told = [
        unreadable({"unreadable": cells}, reasons, Teller(zh, None, tidied))[0]  # type: ignore[arg-type]
        for zh in (True, False)
    ]
    assert told[0][1:] == [
        "  C4 「4.3E+17」 末位丢失，请把该列设为文本后重新录入",
        "  C5 「=A9」 未计算，请打开后保存一次",
        "  C6 「#REF!」 错误值，请在原表中更正",
        "  C7 「二百」 不是数字，请在原表中更正",
        "  C8 空，请在原表中补填",
    ]
    assert told[1][1:] == [
        "  C4 “4.3E+17” last digits lost; format the column as text and re-enter it",
        "  C5 “=A9” not calculated; open the workbook and save it once",
        "  C6 “#REF!” error value; correct it in the source",
        "  C7 “二百” not a number; correct it in the source",
        "  C8 empty; fill it in in the source",
    ]


def test_the_reasons_of_the_file_itself_reach_the_drawing(tmp_path: Path, index: Index) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["村", "户数"])
        for row in range(1, 8):
            sheet.write_row(row, 0, [f"村{row}", row * 3])
        sheet.write_formula(3, 1, "=A9", None, "#REF!")
        sheet.write_formula(4, 1, "=1+2", None, "")
    text = drawing(path, index)
    assert "B4 「#REF!」 错误值，" in text
    assert "B5 「=1+2」 未计算，" in text


def test_a_damaged_file_is_told_in_one_line(tmp_path: Path, index: Index) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    reason = REASONS["damaged_file"]
    for language, what, step in (("zh", reason.zh, reason.next_zh), ("en", reason.en, reason.next_en)):
        (line,) = drawing(path, index, 40, language=language).splitlines()[1:]
        assert line.startswith("坏.xlsx")
        assert what in line
        assert line.endswith(step)


def test_what_is_odd_is_told_in_one_line_with_its_place(saved: Callable, index: Index) -> None:
    path = saved("""
        header | 地区 | 一 | 二 | 三 | 四
        total  | 全国 | 9111 | 8222 | 9333 | 9444
        data   | 甲省 | 1201 | 1302 | 1403 | 1504
        data   | 乙省 | 1601 | 1702 | 1803 | 1904
        data   | 丙省 | 2001 | 2102 | 2203 | 2304
    """)
    line = drawing(path, index, 40, language="en").splitlines()[1]
    assert line.startswith(f"{path.name} › Sheet1 › A2: the stated sums fit")
    assert line.endswith("(row 2); check it against the workbook")


def test_a_folder_or_a_missing_path_is_2_and_a_file_nobody_can_read_is_3_with_one_line_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOUXING_REFERENCE", str(paths.default().reference))
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "空.csv").write_bytes(b"")
    for path, code, words in (
        (tmp_path, 2, ("请给出一个文件", "name one file")),
        (tmp_path / "没有.xlsx", 2, ("请核对路径", "check the path")),
        (bad, 3, ("坏.xlsx: 文件已损坏", "the file is damaged", "另存为", "save it as .xlsx")),
        (tmp_path / "空.csv", 3, ("请向报送单位重新索取", "ask for it again")),
    ):
        assert cli.main(["inspect", str(path)]) == code
        out, err = capsys.readouterr()
        assert out == ""
        (line,) = err.splitlines()
        assert all(word in line for word in words)
    assert cli.main(["inspect", str(bad), "--json"]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["problems"]
    assert len(err.splitlines()) == 1


def test_notes_alone_are_all_well_and_what_is_structural_is_1(
    saved: Callable, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOUXING_REFERENCE", str(paths.default().reference))
    path = saved(INCOMES)
    found, draw = pipeline.inspect(path, paths.default())
    for severity, code in (("noted", 0), ("structural", 1)):
        odd = {"sheet": "Sheet1", "cell": "", "reason": "no_table", "severity": severity, "detail": ""}
        changed = {**found, "problems": [odd | {"zh": "", "en": ""}]}
        monkeypatch.setattr(pipeline, "inspect", lambda *_, changed=changed, **__: (changed, draw))
        assert cli.main(["inspect", str(path)]) == code
        assert capsys.readouterr().err == ""


def test_the_end_of_a_sentence_does_not_stand_on_a_line_of_its_own() -> None:
    for width in range(12, 40):
        for text in (f"known: {'名' * 9}{'、户' * 5}.", f"“{'村' * 13}” 数据（{'行' * 9}）。", f"{'表' * 16}!?"):
            out = io.StringIO()
            say(Console(file=out, width=width), text)
            lines = out.getvalue().splitlines()
            assert re.sub("[ \n]", "", out.getvalue()) == re.sub(" ", "", text)
            assert not any(re.match("[.。，、）”!?]", line) for line in lines)
            assert not any(re.search("[（“]$", line) for line in lines)


def test_lines_that_go_to_a_file_have_no_blanks_at_their_end(saved: Callable, index: Index) -> None:
    assert all(line == line.rstrip() for line in drawing(saved(INCOMES), index).splitlines())


def test_rows_of_a_form_with_nothing_but_their_numbers_are_told_as_such() -> None:
    values = np.empty((13, 3), dtype=object)
    values[0] = ["序号", "姓名", "金额"]
    values[1:11, 0] = [float(number) for number in range(1, 11)]
    kinds = ["header", *["blank"] * 10]
    told = {zh: draw_grid(Sheet("a", values[:11]), kinds, {}, 60, tidied, zh).lines[-1].plain for zh in (True, False)}
    assert "10 行空行（只有序号）" in told[True]
    assert "10 blank rows (serial numbers only)" in told[False]
    values[10, 1] = "张三"
    values[11, 0] = values[12, 2] = "无"
    some = draw_grid(Sheet("a", values), [*kinds, "blank", "blank"], {}, 60, tidied).lines[-1].plain
    assert "12 行空行（9 行只有序号）" in some
    empty = Sheet("a", np.full((4, 2), None, dtype=object))
    assert "只有序号" not in draw_grid(empty, ["blank"] * 4, {}, 60, tidied).lines[-1].plain


HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;owned\x07",
    "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x9b2J\x9d0;t\x9c",
    "[red]bold[/red]",
    "[link=http://evil.example]here[/link]",
    "[/]:smiley:",
    "\u202egnp.exe\u202c",
    "\u2066a\u2069\u200f",
    "a\rb\nc\td\x0be\x00f\x08\x08",
    "\u200b\u200b\ufeff零宽",
    "\U000e0041\U000e0042",
    "e\u0301家\u0301族👨‍👩‍👧",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("cell", HOSTILE)
@pytest.mark.parametrize("color", [None, "256"])
def test_nothing_in_a_cell_reaches_the_terminal_as_a_command(index: Index, cell: str, color: str | None) -> None:
    values = np.empty((6, 3), dtype=object)
    values[0] = [cell, None, None]
    values[1] = ["村", f"户数{cell}", cell]
    values[2:] = [["甲村", 3.0, cell]]
    values[5] = ["合计", 9.0, cell]
    sheet = Sheet(cell, values, unreadable={(3, 1): ("error_cell", cell)})
    workbook = read_workbook(Path("none"), cell)
    workbook = type(workbook)(Path(f"x{cell.replace(chr(0), '')}.xlsx"), cell, "xlsx", (sheet,), ())
    out = io.StringIO()
    console = Console(file=out, width=90, color_system=color, force_terminal=bool(color), highlight=False)  # type: ignore[arg-type]
    draw_workbook(console, workbook, inspect_workbook(workbook, index.known), index)
    text = re.sub(r"\x1b\[[\d;]*m", "", out.getvalue()) if color else out.getvalue()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]", text)  # fmt: skip
    if cell.startswith(("[", "=")):
        assert cell in text  # what only looks like markup stands there as it was written
    if color:
        assert "\x1b[31m" not in out.getvalue()
        assert "\x1b]" not in out.getvalue()


def test_markup_and_long_texts_do_not_move_the_columns(index: Index) -> None:
    values = np.empty((5, 3), dtype=object)
    values[0] = ["村", "户数", "备注"]
    values[1:] = [["甲村", 3.0, "x" * 1_000_000]]
    values[2, 2] = "[bold]乙[/bold]" * 50
    drawn = draw_grid(Sheet("a", values), ["header", *["data"] * 4], {}, 60, tidied)
    assert {cell_len(line.plain) for line in drawn.lines[1:]} == {cell_len(drawn.lines[1].plain)}
    assert all("…" in line.plain for line in drawn.lines[2:])


PERSONAL = [
    "431302199001010011",
    "13812345678",
    "6222021901012345678",
    13812345678.0,
    "户主\u200b4313021990\u200b01010011",
]


def test_numbers_of_persons_are_masked_in_drawing_and_json_unless_asked_for(tmp_path: Path, index: Index) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("13812345678")
        sheet.write("A1", "联系电话13812345678的表")
        sheet.write_row(1, 0, ["村", "户数13900001111", "备注"])
        for row, cell in enumerate([*PERSONAL, "无"], start=2):
            sheet.write_row(row, 0, ["甲村", row, cell])
        sheet.write(4, 1, "13712345678")
        sheet.write(5, 1, "43130219900101002X户")
    shown = drawing(path, index)
    assert not re.search(r"\d{11}", shown)
    assert "4313021990" not in shown  # nor where something invisible stands between
    assert "[身份证]" in shown
    assert "[电话]" in shown
    assert "[账号]" in shown
    told = drawing(path, index, show_personal=True)
    assert "431302199001010011" in told
    assert "13812345678" in told
    found = inspect_workbook(read_workbook(path, path.name), index.known)
    found["sheets"][0]["unreadable"] = [{"cell": "B6", "found": "43130219900101002X户"}]
    masked = without_personal(found)
    assert not re.search(r"\d{11}", json.dumps([masked["sheets"][0]["columns"], masked["sheets"][0]["unreadable"]]))
    assert masked["sheets"][0]["columns"][1]["name"] == "户数[电话]"
    assert masked["sheets"][0]["unreadable"] == [{"cell": "B6", "found": "[身份证]户"}]
    assert masked["sheets"][0]["rows"] == found["sheets"][0]["rows"]
    assert "13900001111" in found["sheets"][0]["columns"][1]["name"]  # what is masked is a copy


def test_dates_and_whole_numbers_stand_as_a_person_sees_them(index: Index) -> None:
    values = np.empty((3, 3), dtype=object)
    values[0] = ["日期", "户数", "真"]
    values[1:] = [[datetime.datetime(2018, 6, 5), 3.0, True]]
    text = "\n".join(
        line.plain for line in draw_grid(Sheet("a", values), ["header", "data", "data"], {}, 80, tidied).lines
    )
    assert "2018-06-05 │" in text
    assert "   3│" in text


def _contrast(style: str, ground: tuple[int, int, int]) -> float:
    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    colour = Style.parse(style).color
    assert colour is not None
    light, dark = sorted([luminance(tuple(colour.get_truecolor())), luminance(ground)], reverse=True)  # type: ignore[arg-type]
    return (light + 0.05) / (dark + 0.05)


def test_every_kind_has_a_word_and_colours_are_readable_on_dark_and_light_grounds() -> None:
    assert list(LABELS) == list(STYLES) == list(KINDS)
    assert len({label[0] for label in LABELS.values()}) == len(KINDS)
    coloured = {kind: style for kind, style in STYLES.items() if style}
    assert len(set(coloured.values())) == len(coloured)
    for style in coloured.values():
        assert min(_contrast(style, (255, 255, 255)), _contrast(style, (30, 30, 30))) > 3.6
        assert Style.parse(style).color.downgrade(2).number == Color.parse(style.split()[-1]).downgrade(2).number  # type: ignore[union-attr, arg-type]


def test_row_numbers_are_drawn_together() -> None:
    assert ranges([4, 5, 6, 7, 9]) == "4–7, 9"


def test_reasons_in_two_languages_are_told_in_one() -> None:
    zh, en = (Teller(one, None, tidied) for one in (True, False))  # type: ignore[arg-type]
    assert zh.both("表头；数据 3 行 / header; 3 rows") == "表头；数据 3 行"
    assert en.both("甲；乙 / a; b") == "a; b"
    assert zh.both("元 / 人 / yuan / person") == "元 / 人"
    assert en.both("no translation") == "no translation"


def test_the_command_draws_without_colours_where_there_is_no_terminal(
    saved: Callable, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("LOUXING_REFERENCE", str(paths.default().reference))
    assert cli.main(["inspect", str(saved(INCOMES))]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "表头" in out
    assert max(cell_len(line) for line in grid_lines(out)) <= 100
    assert cli.main(["inspect", str(saved(INCOMES)), "--language", "en"]) == 0
    assert "header" in capsys.readouterr().out
    assert cli.main(["inspect", str(saved(INCOMES)), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"file", "problems", "sheets"}


def test_on_a_terminal_there_are_colours_unless_they_are_not_wanted(
    monkeypatch: pytest.MonkeyPatch, saved: Callable, index: Index
) -> None:
    from louxing_analysis.cleaning import drawing as module

    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "90")
    workbook = read_workbook(saved(INCOMES), "a.xlsx")
    found = inspect_workbook(workbook, index.known)
    for no_color, expected in (("", True), ("1", False)):
        out = Terminal()
        monkeypatch.setattr(module.sys, "stdout", out)
        monkeypatch.setenv("NO_COLOR", no_color)
        draw_workbook(module.terminal(), workbook, found, index)
        assert ("\x1b[" in out.getvalue()) is expected
