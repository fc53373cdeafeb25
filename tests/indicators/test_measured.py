"""The frame that every indicator returns, and the way back to its rows."""

import numpy as np
import pandas as pd
import pytest

from louxing_analysis.indicators.card import Text, card
from louxing_analysis.indicators.coverage import help_by_kind
from louxing_analysis.indicators.income import income_per_head
from louxing_analysis.indicators.measured import BEHIND

INCOMES = """
household_id income_year township village household_size per_capita_net_income
h1           2018        甲镇     东村    2              3000
h1           2019        甲镇     东村    2              4000
h2           2018        乙镇     西村    3              2000
h2           2019        乙镇     西村    3              .
h3           2019        .        .       1              5000
"""


def test_the_columns_are_always_the_same(draw) -> None:
    measured = income_per_head(incomes=draw("incomes", INCOMES), by=("township",))
    assert list(measured.frame) == [
        "indicator",
        "township",
        "period",
        "numerator",
        "denominator",
        "value",
        "low",
        "high",
        "unit",
        "missing",
    ]
    assert measured.groups == ("township",)
    assert set(measured.frame["indicator"]) == {"income_per_head"}
    assert measured.frame["period"].dtype == "str"


def test_rows_behind_gives_exactly_the_rows_of_the_line(draw) -> None:
    measured = income_per_head(incomes=draw("incomes", INCOMES), by=("township",))
    behind = measured.rows_behind(township="甲镇", period=2018)
    assert tuple(behind.columns) == BEHIND
    assert behind["row_id"].tolist() == ["incomes-0"]
    assert behind["row"].tolist() == [5]


def test_a_row_that_was_missing_is_behind_no_line(draw) -> None:
    measured = income_per_head(incomes=draw("incomes", INCOMES))
    assert measured.rows_behind(period="2019")["row_id"].tolist() == ["incomes-1", "incomes-4"]
    assert measured.line(period="2019")["missing"] == 1


def test_a_missing_group_is_found_by_none(draw) -> None:
    measured = income_per_head(incomes=draw("incomes", INCOMES), by=("township",))
    assert measured.rows_behind(township=None)["row_id"].tolist() == ["incomes-4"]
    assert measured.select(township=np.nan).frame["value"].tolist() == [5000]


def test_selecting_keeps_the_rows_of_what_was_selected(draw) -> None:
    chosen = income_per_head(incomes=draw("incomes", INCOMES), by=("township",)).select(township="甲镇")
    assert len(chosen.frame) == 2
    assert chosen.rows_behind()["row_id"].tolist() == ["incomes-0", "incomes-1"]


def test_an_unknown_group_is_named(draw) -> None:
    measured = income_per_head(incomes=draw("incomes", INCOMES))
    with pytest.raises(KeyError, match="village"):
        measured.rows_behind(village="东村")
    with pytest.raises(KeyError, match="2030"):
        measured.line(period="2030")


def test_the_display_has_words_for_codes_and_columns(draw) -> None:
    households = draw(
        "households", "household_id register_year township household_size exit_status_code\nh1 2018 . 2 exited"
    )
    aid = draw("aid", "household_id aid_year aid_kind_code\nh1 2018 medical_aid")
    measured = help_by_kind(households=households, aid=aid, by=("township",))
    zh, en = measured.to_display("zh"), measured.to_display("en")
    assert list(zh)[:4] == ["指标", "乡镇（街道）", "帮扶类别", "时期"]
    assert zh.iloc[0].tolist()[:3] == ["各类帮扶覆盖率", "未填", "医疗救助"]
    assert en.iloc[0].tolist()[:3] == ["Households reached, by kind of help", "Not stated", "Medical aid"]
    assert list(en)[4:7] == ["Numerator", "Denominator", "Value"]


def test_a_card_refuses_a_population_that_has_no_name() -> None:
    with pytest.raises(ValueError, match="everybody"):
        card(
            "x",
            Text("x", "x"),
            Text("x", "x"),
            module="income",
            population="everybody",
            denominator=Text("x", "x"),
            unit="share",
            tables=(),
            source="",
            disclosure="open",
        )


def test_an_empty_table_gives_one_line_of_nothing(draw) -> None:
    frame = income_per_head(incomes=draw("incomes"), by=("township",)).frame
    assert len(frame) == 1
    assert frame.loc[0, "denominator"] == 0
    assert pd.isna(frame.loc[0, "value"])
    assert frame.loc[0, "period"] == ""
