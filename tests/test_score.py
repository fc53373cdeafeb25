"""A tiny truth and a tiny clean set, by hand: what is equal, wrong, lost, invented, and which defects were handled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from louxing_analysis import store
from louxing_analysis.score import ADDRESS, Score, score, score_links

AT = {"workbook": "a.xlsx", "sheet": "Sheet1", "source_column": ""}
DEFECT = ["workbook", "sheet", "cell", "table", "column", "kind", "written", "truth", "expected"]


def incomes(*lines: tuple[int, str | None, float | None, float | None], key: str) -> pd.DataFrame:
    """Rows of (row, household, wage, net income)."""
    return pd.DataFrame(
        [
            {key: household, "income_year": 2018, "wage_income": wage, "net_income": net, **AT, "row": row}
            for row, household, wage, net in lines
        ]
    ).astype({"wage_income": float, "net_income": float, key: "str"})


def scored(
    folder: Path,
    clean: pd.DataFrame,
    true: pd.DataFrame,
    defects: list[tuple[Any, ...]] = (),  # type: ignore[assignment]
    problems: list[tuple[Any, ...]] = (),
    quarantine: list[int] = (),
) -> Score:  # type: ignore[assignment]
    """The score of one table of incomes."""
    truth, processed = folder / "truth", folder / "processed"
    truth.mkdir()
    true.to_parquet(truth / "incomes.parquet")
    pd.DataFrame(list(defects), columns=DEFECT).astype("str").to_parquet(truth / "defects.parquet")
    store.write("incomes", clean.assign(row_id=[f"{row:016x}" for row in clean["row"]]), processed)
    told = [
        ("incomes", "a.xlsx", "Sheet1", cell, column, "", reason, severity, "")
        for cell, column, reason, severity in problems
    ]
    fields = ["table", "workbook", "sheet", "cell", "column", "found", "reason", "severity", "detail"]
    store.write("problems", pd.DataFrame(told, columns=fields).astype("str"), processed)
    lost = pd.DataFrame({"table": "incomes", "workbook": "a.xlsx", "sheet": "Sheet1", "row": list(quarantine)})
    store.write("quarantine", lost, processed)
    return score(truth, processed)


TRUE = incomes((3, "k1", 8000, 12000), (4, "k2", None, 9000), (5, "k1", 1, 2), key="household_key")
SAME = incomes((3, "h1", 8000, 12000), (4, "h2", None, 9000), (5, "h1", 1, 2), key="household_id")


def test_a_clean_table_that_says_what_is_true_is_perfect(tmp_path: Path) -> None:
    result = scored(tmp_path, SAME, TRUE)
    assert result.is_perfect
    (line,) = result.cells.to_dict("records")
    # 3 years + 2 wages + 3 net incomes are stated somewhere
    assert line == {
        "table": "incomes",
        "rows": 3,
        "rows_found": 3,
        "cells": 8,
        "equal": 8,
        "wrong": 0,
        "lost": 0,
        "invented": 0,
        "keys_mixed": 0,
    }


def test_wrong_lost_and_invented_cells_are_told_apart(tmp_path: Path) -> None:
    clean = incomes((3, "h1", 8000.5, 12000), (4, "h2", 7, 9000), (5, "h1", 1, None), key="household_id")
    result = scored(tmp_path, clean, TRUE)
    (line,) = result.cells.to_dict("records")
    assert (line["wrong"], line["lost"], line["invented"], line["cells"], line["equal"]) == (1, 1, 1, 9, 6)
    assert result.faults[["cell", "column", "what"]].values.tolist() == [
        ["3", "wage_income", "wrong"],
        ["4", "wage_income", "invented"],
        ["5", "net_income", "lost"],
    ]


def test_rows_that_are_not_in_both_are_named(tmp_path: Path) -> None:
    clean = incomes((3, "h1", 8000, 12000), (4, "h2", None, 9000), (9, "h1", 1, 2), key="household_id")
    result = scored(tmp_path, clean, TRUE)
    assert sorted(result.faults[["cell", "what"]].values.tolist()) == [
        ["5", "row not in the clean table"],
        ["9", "row not in the truth"],
    ]
    assert result.cells["rows_found"].tolist() == [2]


@pytest.mark.parametrize(
    ("keys", "mixed"),
    [
        (("h1", "h2", "h3"), 1),  # one household became two
        (("h1", "h1", "h1"), 1),  # two became one
        (("h1", None, "h1"), 1),  # one was lost
        (("x", "y", "x"), 0),  # what they are called does not matter
    ],
)
def test_keys_must_correspond_one_to_one(keys: tuple[str | None, ...], mixed: int, tmp_path: Path) -> None:
    clean = incomes((3, keys[0], 8000, 12000), (4, keys[1], None, 9000), (5, keys[2], 1, 2), key="household_id")
    result = scored(tmp_path, clean, TRUE)
    assert result.cells["keys_mixed"].tolist() == [mixed]
    assert result.is_perfect == (mixed == 0)


def defect(cell: str, expected: str, column: str = "wage_income") -> tuple[str, ...]:
    return ("a.xlsx", "Sheet1", cell, "incomes", column, "some mess", "as written", "", expected)


@pytest.mark.parametrize(
    ("planted", "problems", "quarantine", "handled"),
    [
        (defect("B3", "set_right"), [], [], True),
        (defect("B4", "set_aside"), [("B4", "wage_income", "not_a_number", "set_aside")], [], True),
        (defect("B4", "set_aside"), [], [], False),  # missing, and nobody said why
        (
            defect("B3", "set_aside"),
            [("B3", "wage_income", "not_a_number", "set_aside")],
            [],
            False,
        ),  # named, and used all the same
        (defect("B9", "quarantined"), [], [9], True),
        (defect("B9", "quarantined"), [], [], False),
        (defect("C5", "noted", "net_income"), [("C5", "net_income", "income_jump", "noted")], [], True),
        (defect("C5", "noted", "net_income"), [], [], False),
        (defect("", "structural", ""), [("", "", "no_table", "structural")], [], True),
        (defect("", "structural", ""), [], [], False),
    ],
)
def test_each_planted_defect_must_be_handled_as_it_should_be(
    planted: tuple[str, ...], problems: list[tuple[str, ...]], quarantine: list[int], handled: bool, tmp_path: Path
) -> None:
    result = scored(tmp_path, SAME, TRUE, [planted], problems, quarantine)
    assert result.defects[["planted", "handled"]].values.tolist() == [[1, int(handled)]]
    assert result.is_perfect is handled


def test_a_value_that_should_have_been_set_right_and_was_not_is_a_fault(tmp_path: Path) -> None:
    clean = incomes((3, "h1", 0.8, 12000), (4, "h2", None, 9000), (5, "h1", 1, 2), key="household_id")
    result = scored(tmp_path, clean, TRUE, [defect("B3", "set_right")])
    assert result.defects["handled"].tolist() == [0]


def test_without_a_truth_there_is_no_score(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no truth"):
        score(tmp_path)


def followed(*rows: tuple[int, str, int], key: str) -> pd.DataFrame:
    """Rows of (row, household, register year)."""
    frame = pd.DataFrame([{key: who, "register_year": year, **AT, "row": row} for row, who, year in rows])
    return frame.set_index(ADDRESS, drop=False)


def test_a_link_that_is_missed_costs_recall_and_a_wrong_one_precision() -> None:
    true = followed(
        (1, "k1", 2016), (2, "k1", 2017), (3, "k1", 2019), (4, "k2", 2017), (5, "k3", 2016), key="household_key"
    )
    clean = followed(
        (1, "h1", 2016), (2, "h1", 2017), (3, "h9", 2019), (4, "h5", 2017), (5, "h5", 2016), key="household_id"
    )
    found = score_links("households", clean, true)
    # true pairs: 1–2 and 2–3 (the gap counts); found: 1–2 and, wrongly, 5–4
    assert (found["pairs"], found["linked"], found["right"]) == (2, 2, 1)
    assert (found["precision"], found["recall"], found["f1"]) == (0.5, 0.5, 0.5)


def test_a_row_that_is_not_in_the_clean_table_is_a_missed_link() -> None:
    true = followed((1, "k1", 2016), (2, "k1", 2017), key="household_key")
    found = score_links("households", followed((1, "h1", 2016), key="household_id"), true)
    assert (found["linked"], found["precision"], found["recall"], found["f1"]) == (0, 0.0, 0.0, 0.0)


def test_where_nobody_is_to_be_followed_nothing_is_missed() -> None:
    found = score_links(
        "households", followed((1, "h", 2016), key="household_id"), followed((1, "k", 2016), key="household_key")
    )
    assert (found["precision"], found["recall"]) == (1.0, 1.0)
