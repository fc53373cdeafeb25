"""Every row accounted for, and nothing personal in anything that is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from louxing_analysis import reference, store
from louxing_analysis.cleaning import accounts
from louxing_analysis.cleaning.likely_names import LikelyNames, People
from louxing_analysis.cleaning.sheets import ROW_KINDS
from louxing_analysis.cleaning.workbook import Sheet
from louxing_analysis.problems import Problem
from tests.cleaning.offices import Office, cleaned, drawn, identity, office, put_together

NOBODY = pd.DataFrame({"workbook": [], "sheet": [], "row": []}).astype(
    {"workbook": "str", "sheet": "str", "row": "Int64"}
)

NOBODY_NAMED = People(frozenset(), LikelyNames(reference.load()))


def line(table: str = "incomes", first: int = 1, sheet: str = "Sheet1", **kinds: int) -> dict[str, Any]:
    """One line of the sheets table; the rows in the sheet are the sum of its kinds."""
    counts = {kind: kinds.get(kind, 0) for kind in ROW_KINDS}
    return {
        "workbook": "a.xlsx",
        "sheet": sheet,
        "table": table,
        "first_row": first,
        "rows_in_sheet": sum(counts.values()),
        **counts,
    }


def rows(*numbers: int, sheet: str = "Sheet1", **more: object) -> pd.DataFrame:
    frame = pd.DataFrame({"workbook": "a.xlsx", "sheet": sheet, "row": pd.array(numbers, dtype="Int64")})
    return frame.assign(**more)


def account(lines: list[dict[str, Any]], tables: dict[str, pd.DataFrame], quarantine: pd.DataFrame) -> pd.DataFrame:
    return accounts.account(lines, [accounts.rows_by_sheet(table) for table in tables.values()], quarantine)


def test_a_data_row_is_kept_or_quarantined() -> None:
    frame = account([line(title=1, header=1, data=4, total=1)], {"incomes": rows(3, 4, 6)}, rows(5))
    assert frame[["data", "kept", "quarantined"]].values.tolist() == [[4, 3, 1]]
    assert accounts.conservation_problems(frame) == []


def test_a_row_that_feeds_two_tables_is_kept_if_one_clean_row_came_of_it() -> None:
    frame = account([line("members", header=1, data=2)], {"members": rows(2, 3), "households": rows(2)}, rows(3))
    assert frame[["kept", "quarantined"]].values.tolist() == [[2, 0]]


def test_a_row_of_a_grid_counts_once_however_many_clean_rows_came_of_it() -> None:
    frame = account([line("attendance", header=1, data=2)], {"attendance": rows(2, 2, 2, 3)}, rows(3, 3))
    assert frame[["kept", "quarantined"]].values.tolist() == [[2, 0]]


def test_two_tables_of_one_sheet_have_a_line_each() -> None:
    lines = [line(header=1, data=2), line("visits", first=4, header=1, data=2)]
    frame = account(lines, {"incomes": rows(2, 3), "visits": rows(5)}, rows(6))
    assert frame[["kept", "quarantined"]].values.tolist() == [[2, 0], [1, 1]]


def test_all_data_rows_of_a_sheet_that_was_set_aside_are_quarantined() -> None:
    frame = account([line("", title=1, data=7)], {}, NOBODY)
    assert frame[["kept", "quarantined"]].values.tolist() == [[0, 7]]
    assert accounts.conservation_problems(frame) == []


def test_no_sheet_is_no_line() -> None:
    assert account([], {"incomes": rows()}, NOBODY).empty


@pytest.mark.parametrize("spoil", ["lost", "kind", "invented"])
def test_rows_that_are_not_conserved_are_a_structural_surprise(spoil: str) -> None:
    told, kept = line(header=1, data=3), rows(2, 3, 4)
    if spoil == "lost":
        kept = rows(2, 4)
    if spoil == "kind":
        told["rows_in_sheet"] += 1
    if spoil == "invented":
        kept = rows(1, 2, 3, 4)  # the header came out as data too
    (problem,) = accounts.conservation_problems(account([told], {"incomes": kept}, NOBODY))
    assert (problem.reason, problem.severity, problem.workbook, problem.sheet) == (
        "rows_not_conserved",
        "structural",
        "a.xlsx",
        "Sheet1",
    )


FATHER, MOTHER = identity("19650312"), identity("19670520", 12)
PEOPLE = ["张三丰", "欧阳修平", "李四光", "王小毛"]
PHONE, ACCOUNT = "13907381234", "6228480402564890018"
PERSONAL = [*PEOPLE, FATHER, MOTHER, PHONE, ACCOUNT, "八组38号门牌"]

REGISTER = f"""
万宝镇东冲村2018年度建档立卡贫困户花名册 | < | < | < | < | < | < | < | <
户编号 | 户主姓名 | 户主证件号码 | 家庭人口数 | 脱贫属性 | 主要致贫原因 | 联系电话 | 一卡通账号 | 家庭住址
'4301' | {PEOPLE[0]} | {FATHER} | 3 | 已脱贫 | 因病 | {PHONE} | {ACCOUNT} | 八组38号门牌
'4302' | {PEOPLE[1]} | {MOTHER} | 2 | {PEOPLE[2]} | {PHONE} | {PHONE} | {ACCOUNT} | 八组38号门牌
'4302' | {PEOPLE[1]} | {MOTHER} | 4 | 未脱贫 | 因残 | {PHONE} | {ACCOUNT} | 八组38号门牌
 | {PEOPLE[2]} | {FATHER}9 | 3 | 已脱贫 | 因病 | {PEOPLE[3]} | 没有 | 八组38号门牌
"""


def stored_text(place: Office) -> str:
    """Everything that a run left behind, as one text."""
    texts = [(place.paths.processed / "run.json").read_text(encoding="utf-8")]
    for name in store.names(place.paths.processed):
        frame = place.table(name)
        texts += [str(cell) for column in frame.columns for cell in frame[column].dropna().unique()]
    return "\n".join(texts)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A register with personal data where they do not belong."""
    place = office(tmp_path_factory.mktemp("office"))
    place.put("户表.xlsx", REGISTER)
    place.clean()
    return place


def test_nothing_personal_stands_in_any_stored_table(spoiled: Office) -> None:
    text = stored_text(spoiled)
    assert [secret for secret in PERSONAL if secret in text] == []


def test_what_a_bad_cell_said_is_masked_by_its_column_and_by_its_content(spoiled: Office) -> None:
    found = {row.cell: row.found for row in spoiled.problems().itertuples()}
    assert found["C6"] == "[身份证]"  # a personal column
    assert found["E4"] == "[姓名]"  # a name known from a personal column, in one that is not
    assert found["F4"] == "[电话]"


def test_a_quarantined_row_keeps_its_own_text_with_personal_columns_masked(spoiled: Office) -> None:
    quarantine = spoiled.table("quarantine").set_index("row")
    assert quarantine.loc[5, "reasons"] == "duplicate_differs"
    assert json.loads(quarantine.loc[5, "text"]) == {
        "户编号": "[文字]",
        "户主姓名": "[姓名]",
        "户主证件号码": "[身份证]",
        "家庭人口数": "4",
        "脱贫属性": "未脱贫",
        "主要致贫原因": "因残",
        "联系电话": "[电话]",
        "一卡通账号": "[账号]",
        "家庭住址": "[文字]",
    }


def test_a_column_nobody_knows_is_personal_until_a_row_says_otherwise(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put(
        "户表.xlsx",
        """
    万宝镇东冲村2018年度贫困户花名册 | < | < | <
    户编号 | 户主姓名 | 脱贫属性 | 知情人
    '4301' | 张三丰 | 已脱贫 | 不知名者
     | | 已脱贫 | 不知名者
    """,
    )
    assert place.clean().exit_code == 1
    (text,) = place.table("quarantine")["text"]
    assert json.loads(text)["D"] == accounts.UNREGISTERED
    assert "不知名者" not in stored_text(place)


def test_free_text_is_masked_by_content(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("户表.xlsx", REGISTER)
    place.put(
        "会议.xlsx",
        f"""
    2018年主题党日会议统计表 | < | < | < | <
    村 | 会议时间 | 应到人数 | 实到人数 | 议题
    万宝镇东冲村 | 2018-06-05 | 20 | 18 | {PEOPLE[0]}（{PHONE}）的低保，证号{FATHER}
    """,
    )
    place.clean()
    text = stored_text(place)
    assert [secret for secret in PERSONAL if secret in text] == []


def test_a_list_without_any_header_gives_nobody_away(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put(
        "名单.xlsx",
        f"{PEOPLE[0]} | {FATHER} | {PHONE}\n{PEOPLE[1]} | {MOTHER} | {PHONE}\n{PEOPLE[2]} | {MOTHER} | {PHONE}",
    )
    assert place.clean().exit_code == 3
    text = stored_text(place)
    assert [secret for secret in PERSONAL if secret in text] == []


def test_of_two_tables_on_one_sheet_each_row_is_masked_by_the_headers_over_it(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put(
        "收入.xlsx",
        """
    2018年度收入核算表 | < | < | <
    户编号 | 户主姓名 | 人均纯收入 | 工资性收入
    '4301' | 犇骉淼 | 二万 | 9000
    '4302' | 垚垚垚 | 3000 | 8000
     | |
    2019年度收入核算表 | < | <
    户编号 | 人均纯收入 | 工资性收入
    '4301' | 3500 | 1.2
    '4302' | 3600 | 1.3
    """,
    )
    place.clean()
    (text,) = place.table("quarantine")["text"]
    assert json.loads(text) == {"户编号": "[文字]", "户主姓名": "[姓名]", "人均纯收入": "二万", "工资性收入": "9000"}


def test_problems_are_sorted_and_said_once() -> None:
    problem = Problem("incomes", "b.xlsx", "Sheet1", "C3", "wage_income", "二万", "not_a_number", "set_aside", "")
    frame = accounts.masked_problems(
        [problem, problem._replace(workbook="a.xlsx"), problem], reference.load(), NOBODY_NAMED
    )
    assert frame["workbook"].tolist() == ["a.xlsx", "b.xlsx"]
    assert frame["found"].tolist() == ["二万", "二万"]


def test_a_personal_column_of_the_ledger_that_is_fed_too_is_masked() -> None:
    problem = Problem(
        "members", "a.xlsx", "Sheet1", "C3", "bank_account", "甲乙丙", "not_an_account", "set_aside", "甲乙丙"
    )
    frame = accounts.masked_problems([problem], reference.load(), NOBODY_NAMED)
    assert frame[["found", "detail"]].values.tolist() == [["[账号]", ""]]


# Names of three characters that are no words of any vocabulary, so that a leak can be told from a coincidence.
_names = st.text(st.sampled_from("犇骉淼焱垚鑫"), min_size=3, max_size=3)
_garbage = st.sampled_from(
    ["", "", "？", "无", "二万", "2018-02-30", "合计", "小计", "-", "1,2,3", "#N/A", "=1+1", "张某某等3人", "  "]
)
_row = st.fixed_dictionaries(
    {
        "code": st.one_of(st.integers(4301, 4306).map(str), _garbage),
        "name": st.one_of(_names, _garbage),
        "number": st.one_of(st.integers(1, 400).map(lambda serial: identity("19700101", serial)), _garbage),
        "size": st.one_of(st.integers(0, 25), _garbage),
        "status": st.one_of(st.sampled_from(["已脱贫", "未脱贫"]), _garbage, _names),
        "phone": st.one_of(st.integers(13900000000, 13900009999), _garbage),
        "group": st.one_of(st.just("一组"), _garbage),
    }
)


def filled_in(people: list[dict[str, Any]]) -> Sheet:
    """A register with these people, each cell in its column."""
    page = drawn("""
    2018年度建档立卡贫困户花名册 | < | < | < | < | < | <
    户编号 | 户主姓名 | 户主证件号码 | 家庭人口数 | 脱贫属性 | 联系电话 | 村民小组
    """)
    fields = ("code", "name", "number", "size", "status", "phone", "group")
    body = np.array([[row[field] for field in fields] for row in people], dtype=object)
    body[body == ""] = None
    return Sheet("Sheet1", np.vstack([page.values, body]), page.merges)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_row, min_size=1, max_size=12))
def test_whatever_stands_in_the_rows_all_are_accounted_for_and_nobody_is_given_away(
    people: list[dict[str, Any]],
) -> None:
    facts, page = reference.load(), filled_in(people)
    result = cleaned(page, "户表.xlsx")
    whole = put_together(result)
    sheets = account(result.sheets, whole.tables, whole.quarantine)
    assert (sheets["rows_in_sheet"] == sheets[list(ROW_KINDS)].sum(axis=1)).all()
    assert (sheets["data"] == sheets["kept"] + sheets["quarantined"]).all()
    assert accounts.conservation_problems(sheets) == []
    assert sheets["rows_in_sheet"].sum() == len(page.values)
    names = frozenset(result.names)
    problems = accounts.masked_problems([*result.problems, *whole.problems], facts, People(names, LikelyNames(facts)))
    assert set(problems.loc[problems["severity"] == "set_aside", "cell"].str.fullmatch(r"[A-G]\d+")) <= {True}
    ids = ["household_id", "person_id", "cadre_id", "member_id", "project_id"]
    known = People(names, LikelyNames(facts))
    tables = [accounts.masked_texts(table, facts.columns_of(name), known) for name, table in whole.tables.items()]
    assert all(table["row_id"].is_unique for table in tables)
    kept = [table.drop(columns=ids, errors="ignore") for table in tables]  # plain here; pseudonyms in a real run
    text = "\n".join(frame.to_csv() for frame in [problems, sheets, *kept] if len(frame))
    secrets = names | {row["number"] for row in people if len(str(row["number"])) == 18}
    secrets |= {str(row["phone"]) for row in people if isinstance(row["phone"], int)}
    assert [secret for secret in sorted(secrets) if secret in text] == []


def test_a_row_dropped_between_reading_and_accounting_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = accounts.account

    def careless(sheets: Any, kept: list[accounts.RowsBySheet], quarantine: pd.DataFrame) -> pd.DataFrame:
        return real(sheets, [{place: rows[1:] for place, rows in table.items()} for table in kept], quarantine)

    place = office(tmp_path)
    place.put(
        "户表.xlsx",
        """
    万宝镇东冲村2018年度贫困户花名册 | < | <
    户编号 | 户主姓名 | 脱贫属性
    '4301' | 张三 | 已脱贫
    '4302' | 李四 | 已脱贫
    """,
    )
    assert place.clean().exit_code == 0
    monkeypatch.setattr(accounts, "account", careless)
    assert place.clean().exit_code == 1
    assert place.problems("rows_not_conserved")[["workbook", "sheet", "severity"]].values.tolist() == [
        ["户表.xlsx", "Sheet1", "structural"]
    ]
