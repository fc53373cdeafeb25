"""What cells of unknown tables say as figures."""

from __future__ import annotations

import math

import numpy as np
import pytest

from louxing_analysis.cleaning.figures import as_text, needed_decimals, read_column, read_table, says_nothing
from louxing_analysis.cleaning.locate import locate
from louxing_analysis.cleaning.quantities import figure_places, is_added, is_counted, is_measured, is_rate_row


def read(cell, unit=None):
    cells = np.empty(1, dtype=object)
    cells[0] = cell
    numbers, lacking, coded, decimals = read_column(cells, unit)
    return float(numbers[0]), bool(lacking[0]), bool(coded[0]), int(decimals[0])


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [
        ("12.30", 12.3, 2),  # the zero was printed
        ("1,234.5", 1234.5, 1),
        ("１２.３", 12.3, 1),
        ("12 345", 12345.0, 0),  # thousands set apart
        ("1\u00a0231", 1231.0, 0),
        ("123①", 123.0, 0),
        ("12.3*", 12.3, 1),
        ("20.9 P", 20.9, 1),
        ("(12)", -12.0, 0),
        ("12.5%", 12.5, 1),
        ("3人", 3.0, 0),
    ],
)
def test_a_figure_with_marks_around_it_is_a_figure(text, number, decimals):
    assert read(text) == (number, False, False, decimals)


@pytest.mark.parametrize("text", ["217E", "1O3", "5 63", "l2", "23.4.5", "85E91", "1,23", "二百", "3000-4000", True])
def test_what_cannot_be_read_as_written_is_no_figure(text):
    number, lacking, _, _ = read(text)
    assert math.isnan(number)
    assert lacking


@pytest.mark.parametrize("text", ["-", "—", "——", "…", "......", "无", "/", "N/A", "(*)", "不适用"])
def test_what_says_that_nothing_was_stated_is_neither_figure_nor_text(text):
    assert says_nothing(text)
    assert read(text)[1] is False


def test_a_cell_with_its_own_unit_is_turned_into_that_of_its_column():
    assert read("1200元", "万元")[0] == 1200 / 10_000
    assert read("1.5万", "万元")[0] == 1.5
    assert read("3人", "人")[0] == 3


def test_codes_are_told_from_figures():
    assert read("007")[2]
    assert read("431302199001010011")[2]
    assert read(431302199001010011)[2]
    assert not read("0.5")[2]


def test_binary_residue_has_no_decimals():
    assert needed_decimals(np.array([0.1 + 0.2, 12.0, 1 / 3, np.nan])).tolist() == [1, 0, 6, 0]


def test_numbers_are_written_as_people_write_them():
    assert [as_text(number) for number in (2171.0, 12.5, 0.1 + 0.2, -0.0)] == ["2171", "12.5", "0.3", "0"]


def test_columns_of_figures_are_those_of_numbers_but_not_of_codes_dates_and_serial_numbers(drawn):
    sheet, _ = drawn("""
        header | 序号 | 村 | 户数 | 编号 | 行次 | 年份 | 备注
        data   | 1 | 甲 | 10 | 7001 | 11 | 2011 | 有
        data   | 2 | 乙 | 12 | 7003 | 12 | 2012 | 3
        data   | 3 | 丙 | 9 | 7009 | 13 | 2013 | 无
        data   | 4 | 丁 | 30 | 7010 | 14 | 2014 | 好
        data   | 5 | 戊 | 7 | 7012 | 15 | 2015 | 好
        data   | 6 | 己 | 8 | 7020 | 16 | 2016 | 好
    """)
    (table,) = locate(sheet).tables
    assert [table.columns[at].name for at in figure_places(read_table(sheet, table), table)] == ["户数"]


@pytest.mark.parametrize(
    "name",
    ["人均纯收入（元）", "脱贫率", "户均面积", "比上年增长", "价格指数（上年=100）", "Population density", "平均气温"],
)
def test_averages_rates_and_indices_are_not_added(name):
    assert not is_added(name, None)


def test_quantities_are_added_also_where_a_rate_could_be_meant_by_the_name():
    assert is_added("增长额", None)
    assert is_added("专业技术人员", "人")
    assert not is_added("收入", "元/人")


def test_days_and_months_of_a_date_in_several_columns_are_not_measured():
    assert not is_measured("2022年", "日")
    assert is_measured("务工时间", "月")


def test_people_are_counted_and_money_is_not():
    assert is_counted("年末人口/男", None)
    assert is_counted("合计", "户")
    assert not is_counted("人口", "万人")
    assert not is_counted("金额", "元")


def test_rows_of_rates_are_told_by_their_labels():
    assert is_rate_row("完成率%")
    assert is_rate_row("人均收入")
    assert not is_rate_row("提高入住率项目")
