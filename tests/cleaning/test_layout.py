"""A matched table made ready: units, repeated columns, unknown ones, projects across."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import numpy as np
import pytest

from louxing_analysis import paths, reference
from louxing_analysis.cleaning.headers import Matched, match, mostly_numbers
from louxing_analysis.cleaning.layout import Place, Units, settle
from louxing_analysis.problems import Problem
from tests.cleaning.offices import knowledge


def settled(line: str, rows: list[list[object]], title: str = "") -> tuple[list[Matched], list[Problem]]:
    """The columns that are read of a header drawn in one line over these rows, and what was reported."""
    index = knowledge().index
    values = np.array(rows, dtype=object).reshape(len(rows), -1)
    headers = list(enumerate(part.strip() for part in line.split("|")))
    found = match(headers, title, index, lambda at: mostly_numbers(values[:, at]))
    problems: list[Problem] = []
    place = Place(found.ledger, "台账.xlsx", "Sheet1", problems)
    kept = settle(found, index, lambda at: values[:, at], place, lambda at: f"{'ABCDEFGH'[at]}2")
    return kept, problems


def test_ignored_columns_are_left_out() -> None:
    kept, problems = settled("序号 | 户编号 | 工资性收入 | 人均纯收入 | 备注", [[1, "43", 5, 6, "x"]])
    assert [one.column for one in kept] == ["household_code", "wage_income", "per_capita_net_income"]
    assert problems == []


def test_an_unknown_header_is_left_out_and_named_with_a_row_to_paste() -> None:
    kept, problems = settled("户编号 | 工资性收人 | 工资性收入 | 人均纯收入", [["43", 5, 5, 6]])
    assert len(kept) == 3
    (problem,) = problems
    assert (problem.reason, problem.severity, problem.cell, problem.found) == (
        "unknown_header",
        "structural",
        "B2",
        "工资性收人",
    )
    assert "工资性收人,incomes,wage_income" in problem.detail
    assert "工资性收入" in problem.detail.split("[")[1]  # the nearest known header


@pytest.mark.parametrize("header", ["本年想法（元）", "今后打算", "想法,打算", "2018年想法"])
def test_the_proposed_row_fits_headers_csv_as_it_stands(header: str, tmp_path: Path) -> None:
    _, problems = settled(f"户编号 | 工资性收入 | 人均纯收入 | {header}", [["43", 5, 6, 7]])
    row = problems[0].detail.removeprefix("headers.csv: ").split(" [")[0]
    folder = Path(shutil.copytree(paths.default().reference, tmp_path / "reference"))
    with (folder / "headers.csv").open("a", encoding="utf-8") as handle:
        handle.write(row + "\n")
    facts = reference.load(folder)
    assert len(next(csv.reader(io.StringIO(row)))) == 8
    assert facts.headers.iloc[-1]["ledger"] == "incomes"


def test_a_repeated_optional_header_is_noted_and_the_first_is_read() -> None:
    kept, problems = settled("户编号 | 户主姓名 | 家庭人口数 | 脱贫属性 | 家庭人口数", [["43", "张三", 3, "已脱贫", 4]])
    assert [(one.index, one.column) for one in kept if one.column == "household_size"] == [(2, "household_size")]
    assert [(problem.reason, problem.severity, problem.cell) for problem in problems] == [
        ("repeated_header", "noted", "E2")
    ]


def test_two_columns_that_claim_a_required_one_and_differ_are_structural() -> None:
    _, problems = settled("户编号 | 户主姓名 | 人均纯收入 | 人均纯收入 | 工资性收入", [["43", "张三", 3000, 4000, 5]])
    assert [(problem.reason, problem.severity, problem.cell) for problem in problems] == [
        ("column_claimed_twice", "structural", "D2")
    ]


def test_two_columns_that_claim_a_required_one_and_agree_are_noted() -> None:
    kept, problems = settled(
        "户编号 | 户主姓名 | 人均纯收入 | 人均纯收入 | 工资性收入", [["43", "张三", 3000, 3000, 5]]
    )
    assert [problem.reason for problem in problems] == ["repeated_header"]
    assert sum(one.column == "per_capita_net_income" for one in kept) == 1


def test_the_same_column_under_two_years_is_no_repeat() -> None:
    kept, problems = settled("户编号 | 工资性收入 | 2017年人均纯收入 | 2018年人均纯收入", [["43", 1, 3000, 4000]])
    assert [one.spread for one in kept] == ["", "", "2017", "2018"]
    assert problems == []


def test_unknown_columns_of_numbers_in_a_dividend_table_are_projects() -> None:
    kept, problems = settled(
        "户主姓名 | 身份证号码 | 光伏电站 | 黄桃基地 | 金额",
        [["张三", "x", 500, 300, 800], ["李四", "y", 500, None, 500]],
        "2018年分红发放表",
    )
    assert [(one.index, one.column, one.fixed) for one in kept][2:] == [
        (2, "amount", (("project_name", "光伏电站"),)),
        (3, "amount", (("project_name", "黄桃基地"),)),
    ]
    assert problems == []  # the plain amount is the sum of the row and no project's


def test_the_phase_of_a_project_is_part_of_its_name_and_a_unit_is_not() -> None:
    kept, _ = settled(
        "户主姓名 | 身份证号码 | 光伏电站（二期） | 黄桃基地（万元） | 茶园（三期）（元）",
        [["张三", "x", 5, 3, 8]],
        "产业分红表",
    )
    assert [(one.fixed[0][1], one.unit) for one in kept[2:]] == [
        ("光伏电站（二期）", ""),
        ("黄桃基地", "万元"),
        ("茶园（三期）", "元"),
    ]


def test_unknown_columns_of_words_are_no_projects() -> None:
    kept, problems = settled("户主姓名 | 身份证号码 | 想法 | 金额", [["张三", "x", "种桃", 800]], "2018年分红发放表")
    assert [one.column for one in kept] == ["head_name", "id_number", "amount"]
    assert [problem.reason for problem in problems] == ["unknown_header"]


@pytest.mark.parametrize(
    ("texts", "factor"),
    [
        (("万元",), 10000.0),
        (("元",), 1.0),
        (("", "单位：万元"), 10000.0),
        (("", "金额单位：人民币元"), 1.0),
        (("", "单位：户、人、万元"), 10000.0),
        (("", "", "yuan"), 1.0),
        (("wan_yuan",), 10000.0),
        (("萬元",), 10000.0),
    ],
)
def test_the_first_text_that_names_a_unit_of_money_counts(texts: tuple[str, ...], factor: float) -> None:
    found = Units(knowledge().index).money_factor(*texts)
    assert found is not None
    assert found[0] == factor


def test_a_unit_of_something_else_is_no_unit_of_money() -> None:
    units = Units(knowledge().index)
    assert units.money_factor("亩", "户") is None
    assert units.money_factor("", None) is None
    assert units.factor["亩"] == 1.0
