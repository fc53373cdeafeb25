"""Tables drawn in text: a header line, then one line per row; `.` is a missing cell; typed as columns.csv says."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from louxing_analysis import reference

Draw = Callable[..., pd.DataFrame]
TYPES = {"integer": "Int64", "year": "Int64", "boolean": "boolean", "number": "float64", "money": "float64"}


def typed(column: pd.Series, kind: str) -> pd.Series:
    """A column of text as clean tables store it."""
    told = column.where(column != ".")
    if kind == "boolean":
        return told.map({"yes": True, "no": False}).astype("boolean")
    if kind == "date":
        return pd.to_datetime(told).astype("datetime64[s]")
    if kind in TYPES:
        return pd.to_numeric(told).astype(TYPES[kind])
    return told.astype("str")


def draw_table(ledger: str, text: str = "") -> pd.DataFrame:
    """One clean table with every stored column of the ledger, each row with its own address."""
    lines = [line.split() for line in text.strip().splitlines() if line.strip()]
    head, rows = (lines[0], lines[1:]) if lines else ([], [])
    drawn = pd.DataFrame(rows, columns=head, dtype="str")
    columns = reference.load().columns_of(ledger)
    frame = pd.DataFrame(index=range(len(drawn)))
    for name, kind in zip(columns["column"], columns["kind"], strict=True):
        if columns.loc[name, "stored"] == "no":
            continue
        if kind == "derived" and columns.loc[name, "unit"]:
            kind = "year" if columns.loc[name, "unit"] == "year" else "money"
        empty = pd.Series(["."] * len(drawn), dtype="str")
        frame[name] = typed(drawn.get(name, empty), kind)
        if kind == "date":
            finer = drawn.get(f"{name}_precision", pd.Series(["day"] * len(drawn), dtype="str"))
            frame[f"{name}_precision"] = finer.where(frame[name].notna())
    unknown = set(head) - set(frame)
    assert not unknown, f"no such columns of {ledger}: {unknown}"
    return frame.assign(
        workbook=f"{ledger}.xlsx",
        sheet="Sheet1",
        row=pd.array(range(5, 5 + len(drawn)), dtype="Int64"),
        source_column="",
        row_id=[f"{ledger}-{number}" for number in range(len(drawn))],
    )


@pytest.fixture
def draw() -> Draw:
    """`draw("incomes", '''household_id income_year … ''')` gives the clean table."""
    return draw_table


@pytest.fixture
def threshold() -> Callable[[str, object], float]:
    """A few rules with round numbers, none of them outside these years."""

    def value(rule: str, on: object) -> float:
        year = int(str(on)[:4])
        rules = {
            "national_line": {2018: 3000.0, 2019: 3200.0},
            "exit_line": {2018: 3500.0, 2019: 4000.0, 2020: 4000.0},
            "monitoring_line": {2020: 6000.0},
        }
        always = {
            "near_line_factor": 1.5,
            "transfer_dependence": 0.5,
            "transfer_dependence_high": 0.8,
            "visits_required_per_month": 1.0,
            "working_age_low": 16.0,
            "working_age_high": 59.0,
            "school_age_low": 6.0,
            "school_age_high": 15.0,
            "households_per_cadre_high": 2.0,
        }
        if rule in always:
            return always[rule]
        if year not in rules.get(rule, {}):
            raise reference.NoThreshold(rule)
        return rules[rule][year]

    return value
