"""Against the lines: strictly below, each line by itself, and only where a document sets it."""

import pytest

from louxing_analysis.indicators.income import near_line_band, poverty_headcount
from louxing_analysis.indicators.registry import card
from louxing_analysis.measures.poverty import fgt

INCOMES = """
household_id income_year village household_size per_capita_net_income
h1           2018        东村    2              2999
h2           2018        东村    3              3000
h3           2018        西村    1              3499
h4           2018        西村    4              9000
h5           2018        北村    .              100
h1           2019        东村    2              3100
h1           2020        东村    2              3999
"""


def test_at_the_line_is_not_below_it(draw, threshold) -> None:
    line = poverty_headcount(incomes=draw("incomes", INCOMES), threshold=threshold).line(
        line="national_line", period=2018
    )
    assert (line["numerator"], line["denominator"], line["missing"]) == (2, 10, 1)
    assert line["value"] == 2 / 10


def test_the_lines_are_kept_apart_and_only_drawn_where_they_are_set(draw, threshold) -> None:
    measured = poverty_headcount(incomes=draw("incomes", INCOMES), threshold=threshold)
    assert measured.frame.groupby("line")["period"].apply(list).to_dict() == {
        "national_line": ["2018", "2019"],
        "exit_line": ["2018", "2019", "2020"],
        "monitoring_line": ["2020"],
    }
    assert measured.line(line="exit_line", period=2018)["numerator"] == 2 + 3 + 1
    assert [(note.code, note.rows) for note in measured.notes] == [("line_not_set", 3)]


def test_the_gap_is_the_mean_distance_and_agrees_with_measures(draw, threshold) -> None:
    line = poverty_headcount(incomes=draw("incomes", INCOMES), threshold=threshold, alpha=1).line(
        line="national_line", period=2018
    )
    assert line["value"] == pytest.approx(2 * (1 / 3000) / 10)
    told = fgt([2999, 3000, 3499, 9000], 3000, 1, weights=[2, 3, 1, 4], clusters=["东", "东", "西", "西"])
    assert [line["value"], line["low"], line["high"]] == pytest.approx([told.value, told.low, told.high])


def test_the_rows_behind_a_line_of_one_year_are_of_that_year(draw, threshold) -> None:
    measured = poverty_headcount(incomes=draw("incomes", INCOMES), threshold=threshold)
    assert measured.rows_behind(line="national_line", period=2019)["row_id"].tolist() == ["incomes-5"]
    assert measured.rows_behind(line="monitoring_line")["row_id"].tolist() == ["incomes-6"]


def test_the_near_band_begins_at_the_line_and_ends_below_its_multiple(draw, threshold) -> None:
    line = near_line_band(incomes=draw("incomes", INCOMES), threshold=threshold).line(line="national_line", period=2018)
    assert line["numerator"] == 3 + 1  # 3000 and 3499 lie in 3000 to 4500


def test_the_card_never_calls_it_the_incidence_of_poverty() -> None:
    words = card("poverty_headcount")
    assert "不是贫困发生率" in words.definition_zh
    assert "贫困发生率" not in words.name_zh


def test_a_depth_below_zero_is_refused(draw, threshold) -> None:
    with pytest.raises(ValueError, match="-1"):
        poverty_headcount(incomes=draw("incomes", INCOMES), threshold=threshold, alpha=-1)
