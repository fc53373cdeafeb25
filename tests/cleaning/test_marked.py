"""Marked copies: what is wrong stands at its cell and in a list, and everything else stays as it was sent."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from louxing_analysis.cleaning import marked as marked_module
from louxing_analysis.cleaning import private_folder
from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.list_sheet import TITLE, is_list
from louxing_analysis.cleaning.marked import Task, copy_of, says_the_same, targets_of
from louxing_analysis.cleaning.marked_package import OURS
from louxing_analysis.cleaning.marks import FOLDED, Line, comments, folded, for_the_office
from louxing_analysis.cleaning.marks import Marks as MarksOf
from louxing_analysis.cleaning.plain_copy import plain_copy, sheet_names
from louxing_analysis.cleaning.sheet import Merge, Sheet
from louxing_analysis.cleaning.workbook import read_workbook
from louxing_analysis.pipeline import clean
from louxing_analysis.problems import REASONS
from tests.cleaning import hostile
from tests.cleaning.fuzz_seeds import seeds
from tests.cleaning.offices import Office, drawn, office

INCOMES = """
2018年度收入核算表 | < | < | <
户编号 | 户主姓名 | 工资性收入 | 人均纯收入
'4301' | 卢某某 | 8000 | 3000
'4302' | 欧阳某某 | 二万 | 2900
 | 王某某 | 5000 | 2800
"""


def run(place: Office, folder: Path) -> tuple[str, ...]:
    return clean(place.paths, jobs=1, marked=folder).lines


def copy(folder: Path, name: str = "a.xlsx") -> openpyxl.Workbook:
    return openpyxl.load_workbook(folder / name)


def said_at(book: openpyxl.Workbook, sheet: str = "Sheet1") -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in book[sheet].iter_rows() for cell in row if cell.comment}


def listed(book: openpyxl.Workbook) -> list[list[str]]:
    """The lines of the list: sheet, cell, column, text as written, what is wrong (Chinese), severity (Chinese)."""
    rows = [[str(cell or "") for cell in row] for row in book["问题清单"].iter_rows(min_row=7, values_only=True)]
    return [
        [row[1], row[2].split("\n")[0], row[3], row[4], row[5].split("\n")[0], row[7].split("\n")[0]] for row in rows
    ]


def marked_cells(book: openpyxl.Workbook, sheet: str = "Sheet1") -> dict[str, str]:
    """Cell → fill, by our conditional formats."""
    found = {}
    for area in book[sheet].conditional_formatting:
        for rule in area.rules:
            assert rule.formula == [OURS]
            for cells in area.sqref.ranges:
                found[cells.coord] = rule.dxf.fill.bgColor.rgb
    return found


def test_a_bad_cell_and_a_row_not_used_are_marked_and_listed(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES)
    (line,) = run(place, tmp_path / "out")
    assert line.startswith("1 个标注副本")
    book = copy(tmp_path / "out")
    said = said_at(book)
    assert set(said) == {"C4", "B5"}  # the first cell of row 5 that holds something
    assert "不是数字 / " not in said["C4"]
    assert all(
        part in said["C4"]
        for part in ("该格未采用", "不是数字", "所写：二万", "请在原表中更正该单元格", "not a number")
    )
    assert "csv" not in said["C4"]
    assert "无法对应到建档立卡户" in said["B5"]
    assert marked_cells(book) == {"C4": "FFFFF0A0", "B5": "FFFFC78A"}
    assert listed(book) == [
        ["Sheet1", "第 5 行", "", "", "无法对应到建档立卡户", "整行未采用"],
        ["Sheet1", "C4", "工资性收入", "二万", "不是数字（疑为 / perhaps: 20000元）", "该格未采用"],
    ]
    page = book["问题清单"]
    assert [page["C7"].hyperlink.location, page["C8"].hyperlink.location] == ["'Sheet1'!A5", "'Sheet1'!C4"]
    assert page["A1"].value == TITLE
    assert page["A2"].value == "原文件 / original：a.xlsx"
    assert book.active.title == "问题清单"
    # two sheets chosen at once would take every key twice
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["问题清单"]


def test_a_workbook_with_nothing_wrong_gets_no_copy(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES.replace("二万", "20000").replace("\n | 王", "\n'4303' | 王"))
    run(place, tmp_path / "out")
    assert not (tmp_path / "out" / "a.xlsx").exists()


def fancy(path: Path) -> None:
    """A workbook with what a mere copy of values would lose."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Sheet1")
        bold = book.add_format({"bold": True, "bg_color": "#00FF00", "num_format": "0.00"})
        for row, cells in enumerate(drawn(INCOMES).values):
            for column, cell in enumerate(cells):
                if cell is not None:
                    page.write(row, column, cell, bold)
        page.write_formula("D3", "=1500*2", bold, 3000)
        page.set_column("B:B", 33)
        page.write_comment("C4", "村里已核", {"author": "老李"})
        page.write_comment("A3", "先看这里", {"author": "老李"})
        page.conditional_format("D3:D5", {"type": "cell", "criteria": ">", "value": 1, "format": bold})
        page.data_validation("C3:C5", {"validate": "any", "input_message": "元"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$D$3:$D$5"})
        page.insert_chart("F2", chart)
        page.set_footer("&P")
        page.autofilter("A2:D5")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_formats_formulas_charts_and_the_offices_own_comments_stay(tmp_path: Path) -> None:
    place = office(tmp_path)
    fancy(place.paths.raw / "a.xlsx")
    assert "1 个保留原格式" in run(place, tmp_path / "out")[0]
    before, after = parts(place.paths.raw / "a.xlsx"), parts(tmp_path / "out" / "a.xlsx")
    for name in ("xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/sharedStrings.xml"):
        assert after[name] == before[name]
    rows = [data[data.index(b"<sheetData>") : data.index(b"</sheetData>")] for data in
            (before["xl/worksheets/sheet1.xml"], after["xl/worksheets/sheet1.xml"])]  # fmt: skip
    assert rows[0] == rows[1]  # no cell was touched: styles, formulas and what they came to
    assert b"<f>1500*2</f><v>3000</v>" in rows[1]
    said = said_at(copy(tmp_path / "out"))
    assert said["A3"] == "先看这里"
    assert said["C4"].startswith("村里已核\n〔标注〕【该格未采用")
    assert after["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 3  # A3 and C4 were there, B5 is new


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    place = office(tmp_path)
    fancy(place.paths.raw / "a.xlsx")
    run(place, tmp_path / "one")
    run(place, tmp_path / "two")
    assert (tmp_path / "one" / "a.xlsx").read_bytes() == (tmp_path / "two" / "a.xlsx").read_bytes()


def test_a_copy_that_is_marked_again_loses_the_marks_of_the_round_before(tmp_path: Path) -> None:
    place = office(tmp_path)
    fancy(place.paths.raw / "a.xlsx")
    run(place, tmp_path / "out")
    book = copy(tmp_path / "out")
    book["Sheet1"]["C4"].value = 20000  # mended; the row without a household is not
    book["Sheet1"]["D3"].value = 3000  # openpyxl saves formulas without what they came to
    book.save(place.paths.raw / "a.xlsx")
    run(place, tmp_path / "again")
    book = copy(tmp_path / "again")
    assert book.sheetnames == ["Sheet1", "问题清单"]
    said = said_at(book)
    assert (said["A3"], said["C4"].strip()) == ("先看这里", "村里已核")
    assert "无法对应到建档立卡户" in said["B5"]
    assert [line[1] for line in listed(book)] == ["第 5 行"]
    ours = [
        area.sqref for area in book["Sheet1"].conditional_formatting for rule in area.rules if rule.formula == [OURS]
    ]
    assert [str(one) for one in ours] == ["B5"]
    names = [name for name in parts(tmp_path / "again" / "a.xlsx") if "comment" in name and name.endswith(".xml")]
    assert len(names) == 1


def test_another_kind_of_file_is_written_anew_as_xlsx_with_all_its_values(tmp_path: Path) -> None:
    place = office(tmp_path)
    text = (
        "2018年度收入核算表,,,\n户编号,户主姓名,工资性收入,人均纯收入\n4301,卢某某,8000,3000\n004302,=1+1,二万,2900\n"
    )
    (place.paths.raw / "a.csv").write_text(text, encoding="utf-8")
    assert "1 个重新写出" in run(place, tmp_path / "out")[0]
    book = copy(tmp_path / "out")
    assert book.sheetnames == ["Sheet1", "问题清单"]
    assert "不是数字" in said_at(book)["C4"]
    assert listed(book)[-1][:2] == ["Sheet1", "C4"]
    cell = book["Sheet1"]["B4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert book["Sheet1"]["A4"].value == "004302"
    assert "原文件 / original：a.csv" in book["问题清单"]["A2"].value
    assert "csv" in book["问题清单"]["F2"].value


@pytest.mark.parametrize("text", ["=1+1", "+八六", "-无", "@村", "\t=1", "=cmd|' /C calc'!A0"])
def test_a_text_that_could_run_is_text_in_the_list(tmp_path: Path, text: str) -> None:
    place = office(tmp_path)
    sheet = drawn(INCOMES)
    sheet.values[3, 2] = text
    place.put("a.xlsx", sheet)
    run(place, tmp_path / "out")
    book = copy(tmp_path / "out")
    cells = [row[4] for row in book["问题清单"].iter_rows(min_row=7) if row[2].value == "C4"]
    assert [(cell.data_type, cell.quotePrefix, cell.value.strip()) for cell in cells] == [("s", True, text.strip())]


def test_a_file_that_cannot_be_changed_in_place_is_written_anew(tmp_path: Path) -> None:
    place = office(tmp_path)
    path = place.put("a.xlsx", INCOMES)
    content = parts(path)
    content["xl/styles.xml"] = content["xl/styles.xml"].replace(b"<fonts", b"<!--x--><fonts", 1)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)
    assert "1 个重新写出" in run(place, tmp_path / "out")[0]
    assert set(said_at(copy(tmp_path / "out"))) == {"C4", "B5"}


def test_a_copy_that_says_something_else_is_not_taken_for_the_same(tmp_path: Path) -> None:
    place = office(tmp_path)
    path = place.put("a.xlsx", INCOMES)
    run(place, tmp_path / "out")
    original = read_workbook(path, "a.xlsx")
    content = (tmp_path / "out" / "a.xlsx").read_bytes()
    assert says_the_same(content, original)
    original.sheets[0].values[3, 3] = 2901
    assert not says_the_same(content, original)
    assert not says_the_same(path.read_bytes(), read_workbook(path, "a.xlsx"))  # a copy without a list is none


def test_a_copy_that_would_say_something_else_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = office(tmp_path)
    path = place.put("a.xlsx", INCOMES)
    wrong = place.put("b.xlsx", INCOMES.replace("二万", "三万")).read_bytes()
    whole = marked_module.marked
    monkeypatch.setattr(
        marked_module, "marked", lambda data, wanted: whole(wrong if data == path.read_bytes() else data, wanted)
    )
    made = copy_of(Task(str(path), "a.xlsx", MarksOf([line("C4")])))
    assert not made.is_original
    assert openpyxl.load_workbook(io.BytesIO(made.content))["Sheet1"]["C4"].value == "二万"


def test_a_sheet_with_nothing_wrong_that_was_open_is_not_chosen_beside_the_list(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put_sheets("a.xlsx", {"说明": "说明 | 无\n1 | 2", "Sheet1": INCOMES})
    run(place, tmp_path / "out")
    assert [sheet.title for sheet in copy(tmp_path / "out") if sheet.sheet_view.tabSelected] == ["问题清单"]


def test_macros_are_left_behind_and_the_copy_opens_as_an_xlsx(tmp_path: Path) -> None:
    place = office(tmp_path)
    path = place.put("a.xlsm", INCOMES)
    content = parts(path)
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = content["[Content_Types].xml"].replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    override = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    content["[Content_Types].xml"] = types.replace(b"</Types>", override)
    relation = b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    rels = "xl/_rels/workbook.xml.rels"
    content[rels] = content[rels].replace(b"</Relationships>", relation + b"</Relationships>")
    content["xl/vbaProject.bin"] = b"macro"
    with zipfile.ZipFile(path, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)
    assert "1 个保留原格式" in run(place, tmp_path / "out")[0]
    after = parts(tmp_path / "out" / "a.xlsx")
    assert "xl/vbaProject.bin" not in after
    assert b"vbaProject" not in after["[Content_Types].xml"] + after[rels]
    assert main in after["[Content_Types].xml"]


def test_a_plain_copy_read_again_holds_what_was_read() -> None:
    sheet = drawn(
        """
    表 | < | '007' | =1
    1.5 | @2018-06-05 | #439902196503120011 | ^
    """
    )
    content = plain_copy([sheet], {"Sheet1": "Sheet1"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = [list(row) for row in book["Sheet1"].iter_rows(values_only=True)]
    assert values[0] == ["表", None, "007", "=1"]
    assert (values[1][0], values[1][1].date().isoformat()) == (1.5, "2018-06-05")
    assert sorted(str(area) for area in book["Sheet1"].merged_cells.ranges) == ["A1:B1", "D1:D2"]


@pytest.mark.parametrize(("kind", "number", "data"), [(kind, at, data) for kind, all_of in sorted(seeds().items())
                                                       for at, data in enumerate(all_of)])  # fmt: skip
def test_every_kind_of_file_is_copied_with_its_list_and_again_when_it_comes_back(
    tmp_path: Path, kind: str, number: int, data: bytes
) -> None:
    path = tmp_path / f"{number}.bin"
    path.write_bytes(data)
    book = read_workbook(path, "a")
    lines = [line("A1", sheet=sheet.name) for sheet in book.sheets]
    first = copy_of(Task(str(path), "a", MarksOf(lines)))
    assert first.is_original is (book.kind == "xlsx")
    for _ in range(2):
        path.write_bytes(first.content)
        again = read_workbook(path, "a")
        assert [is_list(sheet) for sheet in again.sheets] == [False] * len(book.sheets) + [True]
        for mine, theirs in zip(again.sheets, book.sheets, strict=False):
            assert written(mine) == written(theirs)
        if book.kind == "xlsx":
            assert says_the_same(first.content, book)
        first = copy_of(Task(str(path), "a", MarksOf(lines)))
        assert first.is_original


@pytest.mark.parametrize("name", ["the strict form of the standard", "cells without references", "macros", "no styles",
                                  "links to other files", "300 sheets", "sheets named like formulas"])  # fmt: skip
def test_a_workbook_built_oddly_gets_a_copy_all_the_same(tmp_path: Path, name: str) -> None:
    bad = next(found[name] for found in vars(hostile).values() if isinstance(found, dict) and name in found)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bad[1]())
    book = read_workbook(path, "a")
    made = copy_of(Task(str(path), "a", MarksOf([line("A1", sheet=book.sheets[0].name)])))
    (tmp_path / "copy.xlsx").write_bytes(made.content)
    assert is_list(read_workbook(tmp_path / "copy.xlsx", "a").sheets[-1])
    assert says_the_same(made.content, book) or not made.is_original


def test_sheet_names_are_made_to_fit_and_never_alike() -> None:
    long = "二〇一八年度建档立卡贫困户家庭收入核算汇总表（石井镇甲村第一村民小组）"
    assert sheet_names(["", "a/b", "A_B", long, "问题清单"], taken=["问题清单"]) == {
        "": "Sheet1",
        "a/b": "a_b",
        "A_B": "A_B(2)",
        long: long[:31],
        "问题清单": "问题清单(2)",
    }


def written(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Every cell as the person who typed it sees it, those that cannot be read too."""
    held = {(row, at): as_written(cell) for (row, at), cell in np.ndenumerate(sheet.values) if cell is not None}
    return held | {place: text for place, (_, text) in sheet.unreadable.items()}


def line(cell: str, reason: str = "two_digit_year", severity: str = "noted", sheet: str = "Sheet1") -> Line:
    return Line(sheet, cell, "", "", ("甲", "a"), ("乙", "b"), severity, reason)


def test_several_problems_of_one_cell_are_one_comment_the_loudest_first_and_merged_cells_speak_at_their_corner() -> (
    None
):
    values = np.full((5, 3), "x", dtype=object)
    marks = MarksOf([line("B4"), line("B3", "not_a_number", "set_aside"), line("9:9"), line("", "hidden_sheet")])
    ((place, (severity, text)),) = comments(marks, "Sheet1", values, [Merge(2, 1, 3, 1)]).items()
    assert (place, severity) == ((2, 1), "set_aside")
    assert text.index("该格未采用") < text.index("请核对")
    assert "B4：" in text  # whose text it is, where the mark stands at another cell


def test_a_note_all_down_a_column_is_said_once_and_counted_and_a_bad_cell_never_is() -> None:
    many = [line(f"C{row}") for row in range(3, 3 + FOLDED + 1)]
    assert [(one.cell, one.more) for one in folded(many)] == [("C3", FOLDED)]
    assert len(folded(many[:FOLDED])) == FOLDED
    loud = [one._replace(severity="set_aside") for one in many]
    assert len(folded(loud)) == FOLDED + 1


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_no_office_is_told_of_reference_rows_commands_or_our_folders(reason: str) -> None:
    zh, en = for_the_office(REASONS[reason].next_zh, REASONS[reason].next_en)
    assert zh
    assert en
    assert not any(mark in zh + en for mark in (".csv", "louxing", "data/raw"))


def test_two_workbooks_of_one_name_keep_their_kinds_apart() -> None:
    assert targets_of(["2018/a.xls", "2018/a.xlsx", "b.csv", "收入.2018", "A.CSV"]) == {
        "2018/a.xls": "2018/a.xls.xlsx",
        "2018/a.xlsx": "2018/a.xlsx",
        "b.csv": "b.xlsx",
        "收入.2018": "收入.2018.xlsx",
        "A.CSV": "A.xlsx",
    }


# --- the folder -------------------------------------------------------------------------------------------------------


def test_folder_and_copies_are_for_their_owner_alone(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("石井镇/甲村/a.xlsx", INCOMES)
    old = os.umask(0)
    try:
        run(place, tmp_path / "out")
    finally:
        os.umask(old)
    for path in [tmp_path / "out", *(tmp_path / "out").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("inside", ["raw", "processed/x", "reports", "reference/y/z"])
def test_copies_never_go_where_they_would_be_read_published_or_committed(tmp_path: Path, inside: str) -> None:
    place = office(tmp_path, own_reference=True)
    place.put("a.xlsx", INCOMES)
    with pytest.raises(private_folder.RefusedFolder, match="--marked"):
        run(place, tmp_path / inside)
    assert not (place.paths.processed / "run.json").exists()  # refused before anything is done


def test_a_folder_with_other_files_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    place = office(tmp_path)
    (tmp_path / "home").mkdir(mode=0o755)
    (tmp_path / "home" / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(private_folder.RefusedFolder):
        private_folder.check(tmp_path / "home", place.paths)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o755


def test_a_git_work_tree_is_refused_unless_it_ignores_the_folder(tmp_path: Path) -> None:
    place = office(tmp_path / "office")
    tree = tmp_path / "tree"
    tree.mkdir()
    os.system(f"git -C '{tree}' init -q")
    (tree / ".gitignore").write_text("data/marked/\n", encoding="utf-8")
    with pytest.raises(private_folder.RefusedFolder, match="git"):
        private_folder.check(tree / "data" / "copies", place.paths)
    assert private_folder.check(tree / "data" / "marked", place.paths) == tree / "data" / "marked"


def test_a_copy_that_somebody_changed_is_not_written_over_and_one_with_nothing_to_say_is_taken_away(
    tmp_path: Path,
) -> None:
    place = office(tmp_path)
    out = tmp_path / "out"
    for name in ("a.xlsx", "b/b.xlsx"):
        place.put(name, INCOMES.replace("2018", "2017" if name == "a.xlsx" else "2018"))
    run(place, out)
    (out / "a.xlsx").write_bytes(b"somebody's work")
    place.put("b/b.xlsx", INCOMES.replace("二万", "20000").replace("\n | 王", "\n'4303' | 王"))
    lines = run(place, out)
    assert (out / "a.xlsx").read_bytes() == b"somebody's work"
    assert not (out / "b").exists()
    assert any("1 个副本已被人改动" in one and "a.xlsx" in one for one in lines)
    assert any("1 个副本已无问题" in one for one in lines)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    top = tmp_path / "out"
    private_folder.prepare(top)
    (top / "镇").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(private_folder.RefusedFolder):
        private_folder.put(top, "镇/a.xlsx", b"x")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_office_comment_without_ours_is_kept_in_a_sheet_with_nothing_to_say(tmp_path: Path) -> None:
    place = office(tmp_path)
    path = place.put_sheets("a.xlsx", {"Sheet1": INCOMES, "说明": "说明 | 无\n1 | 2"})
    book = openpyxl.load_workbook(path)
    book["说明"]["A1"].comment = Comment("请看", "老李")
    book.save(path)
    run(place, tmp_path / "out")
    assert said_at(copy(tmp_path / "out"), "说明")["A1"].startswith("请看")
