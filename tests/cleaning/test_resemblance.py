"""Copied sheets, sheets that hold another table than they are named for, and units that change."""

from __future__ import annotations

import numpy as np
import pytest
import xlsxwriter

from louxing_analysis.cleaning.inspect import inspect_file

VILLAGES = ["甲村", "乙村", "丙村", "丁村", "戊村", "己村", "庚村", "辛村"]


def write(path, sheets):
    """sheets: name → rows of cells, the first of them the title."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
    return path


def notes(path, **options):
    return [
        (problem["sheet"], problem["reason"], problem["detail"])
        for problem in inspect_file(path, **options)["problems"]
    ]


def table(title, seed, header=("村", "户数", "纯收入", "支出"), factor=1.0, unit=""):
    numbers = np.random.default_rng(seed).integers(200, 9000, (len(VILLAGES), 3))
    rows = [
        [village, *(float(number) * factor for number in line)] for village, line in zip(VILLAGES, numbers, strict=True)
    ]
    return [[title], *([[unit]] if unit else []), list(header), *rows]


def test_two_years_with_the_same_figures_are_noted_on_the_later_sheet(tmp_path):
    sheets = {
        "2018": table("2018年各村收入", 1),
        "2019": table("2019年各村收入", 2),
        "2020": table("2020年各村收入", 1),
    }
    sheets["2020"][4][2] += 1  # one figure was changed
    ((sheet, reason, detail),) = notes(write(tmp_path / "a.xlsx", sheets))
    assert (sheet, reason) == ("2020", "copied_sheet")
    assert "2018" in detail
    assert "24" in detail


def test_a_series_that_goes_on_is_no_copy(tmp_path):
    def series(title, years):
        numbers = np.random.default_rng(7).integers(200, 9000, (len(VILLAGES), 9))
        return [
            [title],
            ["村", *(f"{year}年" for year in years)],
            *[[village, *map(float, line[: len(years)])] for village, line in zip(VILLAGES, numbers, strict=True)],
        ]

    sheets = {"2018": series("至2018年", range(2011, 2019)), "2019": series("至2019年", range(2011, 2020))}
    assert notes(write(tmp_path / "a.xlsx", sheets)) == []


def test_small_counts_in_the_same_places_are_no_copy(tmp_path):
    rows = [[village, 1.0, 2.0, 3.0] for village in VILLAGES]
    sheets = {year: [[f"{year}年"], ["村", "组数", "户数", "人数"], *rows] for year in ("2018", "2019")}
    assert notes(write(tmp_path / "a.xlsx", sheets)) == []


def test_a_sheet_whose_title_says_another_year_than_its_name_is_noted(tmp_path):
    sheets = {str(year): table(f"{year}年各村收入", year) for year in (2016, 2017, 2018)}
    sheets["2018"][0] = ["2017年各村收入"]
    assert [(sheet, reason) for sheet, reason, _ in notes(write(tmp_path / "a.xlsx", sheets))] == [
        ("2018", "wrong_table")
    ]


def test_a_yearbook_that_tells_of_the_year_before_is_right(tmp_path):
    sheets = {str(year): table(f"{year - 1}年各村收入", year) for year in (2016, 2017, 2018)}
    assert notes(write(tmp_path / "a.xlsx", sheets)) == []


def test_the_sheet_of_one_township_with_the_rows_of_another_is_noted(tmp_path):
    def of(place, seed, rows_of=None):
        rows = table(f"{place}收入", seed)
        header, data = rows[1], rows[2:]
        return [rows[0], ["乡镇", *header], *[[rows_of or place, *line] for line in data]]

    sheets = {place: of(place, at) for at, place in enumerate(["杉山镇", "石井镇", "万宝镇", "双江乡"])}
    sheets["万宝镇"] = of("万宝镇", 9, rows_of="石井镇")
    ((sheet, reason, detail),) = notes(write(tmp_path / "a.xlsx", sheets))
    assert (sheet, reason) == ("万宝镇", "wrong_table")
    assert "石井" in detail


def test_the_title_of_another_township_is_noted(tmp_path):
    sheets = {place: table(f"{place}收入", at) for at, place in enumerate(["杉山镇", "石井镇", "万宝镇", "双江乡"])}
    sheets["万宝镇"][0] = ["杉山镇收入"]
    assert [(sheet, reason) for sheet, reason, _ in notes(write(tmp_path / "a.xlsx", sheets))] == [
        ("万宝镇", "wrong_table")
    ]


def test_one_year_with_the_columns_of_another_table_is_noted(tmp_path):
    sheets = {str(year): table(f"{year}年各村收入", year) for year in (2015, 2016, 2017, 2018)}
    sheets["2017"] = table("2017年各村农业", 5, header=("行政村", "播种面积", "粮食产量", "肥料"))
    assert [(sheet, reason) for sheet, reason, _ in notes(write(tmp_path / "a.xlsx", sheets))] == [
        ("2017", "wrong_table")
    ]


def test_a_unit_that_changes_between_years_is_noted(tmp_path):
    sheets = {
        "2018": table("2018年各村收入", 1, unit="单位：元"),
        "2019": table("2019年各村收入", 2, unit="单位：元"),
        "2020": table("2020年各村收入", 3, unit="单位：万元", factor=1e-4),
    }
    ((sheet, reason, detail),) = notes(write(tmp_path / "a.xlsx", sheets))
    assert (sheet, reason) == ("2020", "unit_changes")
    assert "元 → 「2020」万元" in detail


@pytest.mark.parametrize(("factor", "noted"), [(1e-4, ["figures_jump"]), (1.1, [])])
def test_figures_that_jump_by_a_power_of_ten_without_a_word_are_noted(factor, noted, tmp_path):
    sheets = {"2018": table("2018年各村收入", 1), "2019": table("2019年各村收入", 1, factor=factor * 1.04)}
    assert [reason for _, reason, _ in notes(write(tmp_path / "a.xlsx", sheets))] == noted


def test_a_year_of_a_series_in_another_unit_is_noted(tmp_path):
    numbers = np.random.default_rng(3).integers(2000, 9000, len(VILLAGES)).astype(float)
    rows = [[village, one, one * 1.05, one * 1.1e-4] for village, one in zip(VILLAGES, numbers, strict=True)]
    sheets = {"收入": [["各村收入"], ["村", "2016年", "2017年", "2018年"], *rows]}
    ((_, reason, detail),) = notes(write(tmp_path / "a.xlsx", sheets))
    assert reason == "figures_jump"
    assert "2017 → 2018" in detail


def test_income_per_head_in_an_impossible_unit_is_noted_where_limits_are_given(tmp_path):
    rows = [[village, 9000.0 + at] for at, village in enumerate(VILLAGES)]
    path = write(tmp_path / "a.xlsx", {"收入": [["各村收入"], ["村", "人均纯收入（万元）"], *rows]})
    assert notes(path) == []
    ((_, reason, detail),) = notes(path, per_head=(50.0, 1_000_000.0))
    assert reason == "unit_doubtful"
    assert "元" in detail
