"""A number back to its cells: file › sheet › cell, the text as written, and personal cells hidden unless asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from louxing_analysis.trace import Cell, NotFound, trace_exhibit, trace_row
from tests.cleaning.offices import Office, identity, office

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


def cells(place: Office, table: str, at: int = 0, column: str = "", **options: bool) -> list[Cell]:
    return trace_row(place.paths, table, place.table(table)["row_id"].iloc[at], column, **options)


def test_a_value_leads_to_its_cell_and_the_text_that_stands_there(place: Office) -> None:
    (cell,) = cells(place, "incomes", column="wage_income")
    assert (cell.workbook, cell.sheet, cell.address, cell.written, cell.value) == (
        "收入.xlsx",
        "Sheet1",
        "B3",
        "0.9",
        "9000.0",
    )
    assert cell.line() == "收入.xlsx › Sheet1 › B3 「0.9」 工资性收入 → 9000.0"


def test_a_whole_number_is_shown_as_it_was_typed(place: Office) -> None:
    (cell,) = cells(place, "incomes", column="per_capita_net_income")
    assert cell.written == "3000"


def test_labels_come_in_the_language_asked_for(place: Office) -> None:
    (cell,) = trace_row(place.paths, "incomes", place.table("incomes")["row_id"].iloc[0], "wage_income", language="en")
    assert cell.label == "wage income"


def test_what_the_title_said_is_told_with_where_it_was_said(place: Office) -> None:
    told = {cell.origin: cell for cell in cells(place, "incomes")}
    assert (told["title"].written, told["title"].address) == ("2018", "")


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
    assert (told["household_code"].address, told["household_code"].written) == ("A4", "4301")


def test_personal_cells_are_hidden_unless_asked_for(place: Office) -> None:
    hidden = {cell.column: cell.written for cell in cells(place, "members")}
    assert (hidden["name"], hidden["id_number"], hidden["relation_code"]) == ("[姓名]", "[身份证]", "户主")
    shown = {cell.column: cell.written for cell in cells(place, "members", show_personal=True)}
    assert (shown["name"], shown["id_number"]) == ("张三", FATHER)


def test_without_the_workbook_the_address_is_told_and_the_text_is_empty(place: Office, tmp_path: Path) -> None:
    away = place.paths.moved(raw=tmp_path)
    (cell,) = trace_row(away, "incomes", place.table("incomes")["row_id"].iloc[0], "wage_income")
    assert (cell.address, cell.written) == ("B3", "")


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
    (tmp_path / "raw" / "收入.xlsx").write_bytes(b"broken")
    (cell,) = trace_row(
        place.paths.moved(raw=tmp_path / "raw"), "incomes", place.table("incomes")["row_id"].iloc[0], "wage_income"
    )
    assert cell.written == ""
