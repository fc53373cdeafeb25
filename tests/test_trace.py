"""A number back to its cells: file › sheet › cell, the text as written, and personal cells hidden unless asked for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from louxing_analysis import cli, raw_cells
from louxing_analysis.row_cells import Cell
from louxing_analysis.trace import Choice, NotFound, trace, trace_exhibit, trace_row
from tests.cleaning.offices import Office, identity, office, write

FATHER, MOTHER = identity("19650312"), identity("19670520", 12)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with a person-level register, an income account and a spread-out safeguard sheet."""
    made = office(tmp_path_factory.mktemp("office"))
    made.put(
        "户表.xlsx",
        f"""
    万宝镇东冲村2018年度贫困人口信息 | < | < | < | < | < | <
    户编号 | 户主姓名 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
    '4301' | 张三 | 张三 | {FATHER} | 户主 | 2 | 已脱贫
    ^ | ^ | 李氏 | {MOTHER} | 配偶 | ^ | ^
    """,
    )
    made.put(
        "收入.xlsx",
        """
    2018年度收入核算表 | < | <
    户编号 | 工资性收入（万元） | 人均纯收入
    '4301' | 0.9 | 3000
    """,
    )
    made.put(
        "保障.xlsx",
        """
    2018年两不愁三保障核查表 | < | < | <
    户编号 | 义务教育 | 住房安全 | 饮水安全
    '4301' | 是 | 否 | 达标
    """,
    )
    assert made.clean().exit_code == 0, made.problems().to_string()
    return made


def cells(place: Office, table: str, at: int = 0, column: str = "", show_personal: bool = False) -> list[Cell]:
    row_id = place.table(table)["row_id"].iloc[at]
    return trace_row(place.paths, table, row_id, column, choice=Choice(show_personal)).cells


def test_a_value_leads_to_its_cell_and_the_text_that_stands_there(place: Office) -> None:
    (cell,) = cells(place, "incomes", column="wage_income")
    assert (cell.workbook, cell.sheet, cell.address, cell.written, cell.value) == (
        "收入.xlsx",
        "Sheet1",
        "B3",
        "0.9",
        "9000",
    )
    assert (cell.unit, cell.factor) == ("万元", 10000)
    assert cell.line() == "收入.xlsx › Sheet1 › B3 「0.9」 工资性收入 ×10000（万元） → 9000"


def test_a_whole_number_is_shown_as_it_was_typed(place: Office) -> None:
    (cell,) = cells(place, "incomes", column="per_capita_net_income")
    assert cell.written == "3000"


def test_labels_come_in_the_language_asked_for(place: Office) -> None:
    row_id = place.table("incomes")["row_id"].iloc[0]
    (cell,) = trace_row(place.paths, "incomes", row_id, "wage_income", choice=Choice(language="en")).cells
    assert cell.label == "wage income"


def test_what_the_title_said_is_told_with_where_it_was_said(place: Office) -> None:
    told = {cell.origin: cell for cell in cells(place, "incomes")}
    assert (told["title"].written, told["title"].address) == ("2018年度收入核算表", "A1")
    assert (told["title"].column, told["title"].value) == ("income_year", "2018")


def test_a_spread_row_leads_to_its_own_column_only(place: Office) -> None:
    table = place.table("safeguards")
    for at, (letter, written) in enumerate([("B", "是"), ("C", "否"), ("D", "达标")]):
        assert table["source_column"].iloc[at] == letter
        assert [(cell.address, cell.written) for cell in cells(place, "safeguards", at, "is_met")] == [
            (f"{letter}3", written)
        ]


def test_a_household_of_a_person_level_sheet_leads_to_the_row_of_its_head(place: Office) -> None:
    (cell,) = cells(place, "households", column="household_size")
    assert (cell.address, cell.written, cell.label) == ("F3", "2", "家庭人口数")


def test_a_merged_cell_is_shown_in_every_row_it_covers(place: Office) -> None:
    told = {cell.column: cell for cell in cells(place, "members", 1, show_personal=True)}
    code = told["household_code"]
    assert (code.address, code.written, code.origin) == ("A3", "4301", "merged")


def test_personal_cells_are_hidden_unless_asked_for(place: Office) -> None:
    hidden = {cell.column: cell.written for cell in cells(place, "members")}
    assert (hidden["name"], hidden["id_number"], hidden["relation_code"]) == ("[姓名]", "[身份证]", "户主")
    shown = {cell.column: cell.written for cell in cells(place, "members", show_personal=True)}
    assert (shown["name"], shown["id_number"]) == ("张三", FATHER)


def test_without_the_workbook_the_address_is_told_and_the_text_is_empty(place: Office, tmp_path: Path) -> None:
    away = place.paths.moved(raw=tmp_path)
    found = trace_row(away, "incomes", place.table("incomes")["row_id"].iloc[0], "wage_income")
    assert [(cell.address, cell.written) for cell in found.cells] == [("B3", "")]
    assert [note.split("，")[0] for note in found.notes] == ["收入.xlsx: 原始文件不在 data/raw 中"]


def test_what_is_not_there_is_named(place: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no_such_table.*incomes"):
        trace_row(place.paths, "no_such_table", "0" * 16)
    with pytest.raises(NotFound, match="ffff"):
        trace_row(place.paths, "incomes", "ffff")
    with pytest.raises(NotFound, match=r"incomes\.no_such_column.*wage_income"):
        cells(place, "incomes", column="no_such_column")
    with pytest.raises(NotFound, match="no_such_exhibit"):
        trace_exhibit(place.paths, "no_such_exhibit", {})


def test_a_damaged_raw_workbook_gives_no_text_and_raises_nothing(place: Office, tmp_path: Path) -> None:
    shutil.copytree(place.paths.raw, tmp_path / "raw")
    (tmp_path / "raw" / "收入.xlsx").write_bytes(b"PK\x03\x04 this is no zip")
    away = place.paths.moved(raw=tmp_path / "raw")
    found = trace_row(away, "incomes", place.table("incomes")["row_id"].iloc[0], "wage_income")
    assert found.cells[0].written == ""
    assert [note.split(" / ")[0] for note in found.notes] == ["收入.xlsx: 原始文件现在无法读取"]


def test_a_workbook_that_was_changed_since_is_said_to_be_and_one_that_was_renamed_is_found(
    place: Office, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(place.paths.raw, raw)
    (raw / "收入.xlsx").rename(raw / "收入（新）.xlsx")
    row_id = place.table("incomes")["row_id"].iloc[0]
    moved = trace_row(place.paths.moved(raw=raw), "incomes", row_id, "wage_income")
    assert moved.cells[0].written == "0.9"
    assert moved.notes[0].endswith("found by its contents → 收入（新）.xlsx")
    drawing = "2018年度收入核算表 | < | <\n户编号 | 工资性收入（万元） | 人均纯收入\n'4301' | 1.9 | 3000"
    write(raw / "收入.xlsx", {"Sheet1": drawing})
    changed = trace_row(place.paths.moved(raw=raw), "incomes", row_id, "wage_income")
    assert changed.cells[0].written == "1.9"
    assert "was changed after cleaning" in changed.notes[0]


def test_a_row_is_found_by_what_it_says(place: Office) -> None:
    household = place.table("incomes")["household_id"].iloc[0]
    found = trace(place.paths, "incomes", [f"household_id={household}", "income_year=2018", "wage_income"])
    assert [cell.address for cell in found.cells] == ["B3"]
    with pytest.raises(NotFound, match=r"incomes.*no such row"):
        trace(place.paths, "incomes", [f"household_id={household}", "income_year=2019"])
    with pytest.raises(NotFound, match=r"colour.*household_id"):
        trace(place.paths, "incomes", ["colour=red"])


def test_what_stands_in_no_cell_leads_to_the_cells_it_is_made_of(place: Office) -> None:
    assert [cell.column for cell in cells(place, "members", column="birth_year")] == ["id_number"]
    assert [cell.address for cell in cells(place, "incomes", column="household_id")] == ["A3"]


def test_a_spread_row_leads_to_the_header_that_says_what_it_is_about(place: Office) -> None:
    (cell,) = cells(place, "safeguards", 1, "guarantee_code")
    assert (cell.address, cell.written, cell.value, cell.origin) == ("C2", "住房安全", "housing", "header")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two tables of one ledger under one another, a correction, blank cells of a household, a name in a code column."""
    made = office(tmp_path_factory.mktemp("odd"), own_reference=True)
    made.own_reference("corrections", "两表.xlsx,Sheet1,B3,9000,8000,typing error,test")
    made.put(
        "两表.xlsx",
        """
    2018年度收入核算表 | < | <
    户编号 | 工资性收入 | 人均纯收入
    '4301' | 9000 | 3000
    '4302' | 二百万 | 2900
     | |
    2019年度收入核算表（单位：万元） | < | <
    户编号 | 人均纯收入 | 工资性收入
    '4301' | 0.35 | 1.2
    '4302' | 0.31 | 1.1
    """,
    )
    register = f"""
    万宝镇东冲村2018年度贫困人口信息 | < | < | < | < | < | < | <
    户编号 | 户主姓名 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性 | 文化程度
    '4301' | 张三丰 | 张三丰 | {FATHER} | 户主 | 2 | 已脱贫 | 小学
     | | 李氏芳 | {MOTHER} | 配偶 | | | 问李氏芳{MOTHER}
    '4302' | 李四光 | 李四光 | {identity("19701105")} | 户主 | 1 | 未脱贫 | 初中
    """
    made.put_sheets("万宝镇/2018年/张三丰家.xlsx", {"想法": "物品 | 数量\n铅笔 | 3\n本子 | 4", "张三丰": register})
    made.clean()
    return made


def of_year(place: Office, year: int, row: int, column: str) -> Cell:
    incomes = place.table("incomes")
    mine = incomes[(incomes["income_year"] == year) & (incomes["row"] == row)]
    (cell,) = trace_row(place.paths, "incomes", mine["row_id"].iloc[0], column).cells
    return cell


def test_of_two_tables_on_one_sheet_each_row_leads_into_its_own(odd: Office) -> None:
    first, second = of_year(odd, 2018, 3, "per_capita_net_income"), of_year(odd, 2019, 8, "per_capita_net_income")
    assert (first.address, first.written, first.value, first.factor) == ("C3", "3000", "3000", 1)
    assert (second.address, second.written, second.value, second.factor) == ("B8", "0.35", "3500", 10000)
    year = of_year(odd, 2019, 8, "income_year")
    assert (year.address, year.origin) == ("A6", "title")


def test_a_corrected_cell_shows_what_it_says_and_what_was_used(odd: Office) -> None:
    cell = of_year(odd, 2018, 3, "wage_income")
    assert (cell.written, cell.corrected, cell.value, cell.origin) == ("9000", "8000", "8000", "correction")


def test_a_finding_of_a_row_names_no_cell_of_the_other_table_on_its_sheet(odd: Office) -> None:
    assert odd.problems("exited_below_line")["cell"].tolist() == ["3:3"]  # 3000 < 3535; the column is C above, B below


def test_a_cell_that_was_set_aside_says_why(odd: Office) -> None:
    cell = of_year(odd, 2018, 4, "wage_income")
    assert (cell.written, cell.value) == ("二百万", "")
    assert cell.problem


def test_a_blank_cell_of_a_household_leads_to_the_cell_above_that_says_it(odd: Office) -> None:
    told = {cell.column: (cell.address, cell.origin) for cell in cells(odd, "members", 1, "household_id")}
    assert told == {"household_code": ("A3", "above"), "head_name": ("B3", "above")}
    (size,) = cells(odd, "households", 0, "household_size")
    assert (size.address, size.written) == ("F3", "2")


def test_personal_texts_are_hidden_by_their_content_too(odd: Office) -> None:
    told = {cell.column: cell.written for cell in cells(odd, "members", 1)}
    assert told["education_code"] == "问[姓名][身份证]"


def test_a_masked_file_and_sheet_are_found_again_and_named_only_when_asked(odd: Office) -> None:
    (hidden,) = cells(odd, "members", 0, "relation_code")
    assert (hidden.workbook, hidden.sheet, hidden.written) == ("万宝镇/2018年/[姓名]家.xlsx", "[姓名]", "户主")
    assert hidden.workbook_now == ""
    (shown,) = cells(odd, "members", 0, "relation_code", show_personal=True)
    assert shown.line().startswith("万宝镇/2018年/张三丰家.xlsx › 张三丰 › E3 「户主」")


def test_only_the_sheet_that_is_asked_for_is_read(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = raw_cells.read_workbook

    def watched(path: Path, name: str, only: frozenset[str] | None = None) -> object:
        asked.append((name, only))
        return real(path, name, only)

    monkeypatch.setattr(raw_cells, "read_workbook", watched)
    cells(place, "incomes")
    assert asked == [("收入.xlsx", frozenset({"Sheet1"}))]


def test_a_claim_leads_to_its_verdict_its_rows_and_their_cells(tmp_path: Path) -> None:
    made = office(tmp_path, own_reference=True)
    row = "safe_water_here,本村饮水安全,water here,safeguards_met,guarantee_code=water,2018,complete,1,share,test"
    made.own_reference("claims", row, row.replace("safe_water_here", "none_there").replace("2018", "2011"))
    made.own_reference("claims", row.replace("safe_water_here", "of_a_dream").replace("safeguards_met", "happiness"))
    made.put(
        "保障.xlsx",
        """
    2018年两不愁三保障核查表 | < | < | <
    户编号 | 义务教育 | 住房安全 | 饮水安全
    '4301' | 是 | 否 | 达标
    '4302' | 是 | 是 | 否
    """,
    )
    made.clean()
    found = trace(made.paths, "safe_water_here", [])
    assert "→ 0.5: 不一致 / differs" in found.what  # one of two households
    assert sorted(cell.address for cell in found.cells if cell.column == "is_met") == ["D3", "D4"]
    assert "无法判断" in trace(made.paths, "none_there", []).what
    with pytest.raises(NotFound, match=r"happiness.*no such indicator"):
        trace(made.paths, "of_a_dream", [])


def test_programs_get_the_same_as_json(place: Office, capsys: pytest.CaptureFixture[str]) -> None:
    row_id = place.table("incomes")["row_id"].iloc[0]
    where = ["--raw", str(place.paths.raw), "--processed", str(place.paths.processed)]
    assert cli.main(["trace", "incomes", row_id, "wage_income", "--json", *where]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["rows_shown"], told["notes"]) == (1, 1, [])
    assert (told["cells"][0]["address"], told["cells"][0]["factor"]) == ("B3", 10000)
    assert told["behind"][0]["row_id"] == row_id
    assert cli.main(["trace", "incomes", row_id, "--rows", "-1", *where]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
