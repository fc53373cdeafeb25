"""Tables drawn by hand for rules: the last column says what is to come of each row, worked out on paper.

`breaks`: the rule is broken; `holds`: it was checked and is not; `-`: it cannot be told. An empty cell is missing, ¦ joins several codes. All rows
stand on one sheet unless there is a column `sheet`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from louxing_analysis import reference
from louxing_analysis.cleaning import rules
from louxing_analysis.cleaning.rule_view import View

WORDS = ("breaks", "holds", "-")


def table(ledger: str, drawing: str) -> tuple[pd.DataFrame, list[str]]:
    """The drawn rows with the types that stacked rows have, and the words of the last column if it is `what`."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    head, body = lines[0], lines[1:]
    assert all(len(row) == len(head) for row in body), drawing
    columns = {name: [row[at].replace("¦", "|") or None for row in body] for at, name in enumerate(head)}
    words = [str(word) for word in columns.pop("what", [])]
    assert set(words) <= set(WORDS), words
    kinds = dict(reference.load().columns_of(ledger)["kind"])
    out: dict[str, Any] = {name: _typed(name, cells, kinds) for name, cells in columns.items()}
    count = len(body)
    out["workbook"] = pd.Categorical(["台账.xlsx"] * count)
    out["sheet"] = pd.Categorical(columns.get("sheet", ["Sheet1"] * count))
    out["row"] = pd.array(range(2, count + 2), dtype="Int64")
    return pd.DataFrame(out), words


def _typed(name: str, cells: list[str | None], kinds: dict[str, str]) -> Any:
    kind = kinds.get(name, "")
    if name.endswith(":birth") or kind == "date":
        return pd.Series(pd.to_datetime(cells)).astype("datetime64[s]")
    if kind in {"integer", "year"} or name == "birth_year":
        return pd.array([None if cell is None else int(cell) for cell in cells], dtype="Int64")
    if kind in {"money", "number", "share"} or name.startswith("computed"):
        return pd.Series([float("nan") if cell is None else float(cell) for cell in cells])
    if kind == "boolean":
        return pd.array([None if cell is None else cell == "yes" for cell in cells], dtype="boolean")
    return pd.Series(cells, dtype=object)


def views(tables: dict[str, pd.DataFrame], last_year: int | None = None) -> dict[str, View]:
    """Views of the drawn tables, each beside the others; a ledger that is not drawn has no rows."""
    facts = reference.load()
    made: dict[str, View] = {}

    def beside(name: str) -> View:
        if name not in made:
            empty = pd.DataFrame({"workbook": pd.Categorical([]), "sheet": pd.Categorical([])})
            made[name] = View(name, tables.get(name, empty), facts, beside, last_year)
        return made[name]

    for name in tables:
        beside(name)
    return made


def judged(rule: str, ledger: str, column: str, tables: dict[str, pd.DataFrame], last_year: int | None) -> list[str]:
    """What comes of every row of the ledger."""
    view = views(tables, last_year)[ledger]
    (row,) = [one for one in reference.load().rule_list if one.rule == rule]
    checked, broken, _ = rules.judge(view, row, column)
    return [
        "breaks" if is_broken else "holds" if is_checked else "-"
        for is_checked, is_broken in zip(checked, broken, strict=True)
    ]
