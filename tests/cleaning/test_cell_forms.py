"""Every line of docs/cell-forms.md, read by its parser, and whole workbooks of them cleaned."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from louxing_analysis import paths
from louxing_analysis.cleaning.values import parse
from tests.cleaning.offices import knowledge, office

PAGE = (paths.default().root / "docs" / "cell-forms.md").read_text(encoding="utf-8")


class Form(NamedTuple):
    """One line of the page."""

    kind: str
    written: str
    value: str
    reason: str
    note: str
    suggestion: str


def forms() -> list[Form]:
    found = []
    kind = ""
    for line in PAGE.splitlines():
        if line.startswith("<!-- kind: "):
            kind = line.removeprefix("<!-- kind: ").removesuffix(" -->")
        elif line.startswith("| ") and not re.match(r"\| (?:written|---)", line):
            written, *rest = [part.strip().strip("`") for part in line.strip("|").split("|")]
            found.append(Form(kind, "" if written == "∅" else written, *rest))
    return found


FORMS = forms()


def options(kind: str) -> dict[str, Any]:
    known = knowledge()
    base, _, vocabulary = kind.partition(":")
    told: dict[str, Any] = {"missing": known.missing}
    if base == "money":
        told["suffixes"] = known.units.suffixes("yuan", frozenset({"year", "household"}))
    if base == "integer":
        told["suffixes"] = known.units.suffixes("person")
    if base in {"code", "codes", "boolean"}:
        told["spellings"] = known.spelling(vocabulary or "boolean")
    if base == "name":
        told["surnames"] = known.surnames
    return told


def shown(value: object) -> str:
    if value is None or str(value) in {"nan", "<NA>", "NaT"}:
        return ""
    if isinstance(value, np.datetime64):
        return str(value)[:10]
    return f"{value:.10g}" if isinstance(value, float | np.floating) else str(value)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.kind} {form.written}")
def test_a_cell_becomes_what_the_page_says(form: Form) -> None:
    cells = np.array([form.written], dtype=object)
    parsed = parse(form.kind.partition(":")[0], cells, **options(form.kind))
    precision = parsed.extra.get("precision", [None])[0]
    value = shown(parsed.values[0]) + (f" ({precision})" if precision else "")
    suggestion = parsed.extra.get("suggestion", [None])[0]
    found = (value.replace("|", "+"), parsed.reasons[0] or "", parsed.notes[0] or "", suggestion or "")
    assert found == (form.value, form.reason, form.note, form.suggestion)


WHOLE = [
    # kind, workbook, ledger, column, and its table: title, headers, what stands beside the cell
    (
        "money",
        "incomes",
        "net_income",
        "2018年收入核算表",
        "户编号 | 家庭纯收入（元） | 工资性收入（元） | 人均纯收入（元）",
        "2000 | 3000",
    ),
    ("date", "pairings", "start_date", "结对帮扶花名册", "户编号 | 结对时间 | 帮扶责任人 | 帮扶单位", "赵云 | 财政局"),
    ("boolean", "households", "in_cooperative", "2018年贫困户信息", "户编号 | 是否加入合作社 | 脱贫属性", "已脱贫"),
]


@pytest.mark.parametrize(("kind", "ledger", "column", "title", "headers", "beside"), WHOLE)
def test_a_workbook_of_all_forms_is_cleaned_cell_by_cell_as_the_page_says(
    tmp_path: Path, kind: str, ledger: str, column: str, title: str, headers: str, beside: str
) -> None:
    # nobody was paired in 1945
    mine = [form for form in FORMS if form.kind == kind and not form.value.startswith("194")]
    rows = "\n".join(f"'4301{at:04d}' | '{form.written}' | {beside}" for at, form in enumerate(mine))
    own = office(tmp_path)
    own.put("台账.xlsx", f"{title} | < | <\n{headers}\n{rows}")
    own.clean()
    table = own.table(ledger).set_index("row")[column]
    problems = own.problems()
    for row, form in enumerate(mine, start=3):
        here = problems[(problems["cell"] == f"B{row}") & (problems["column"] == column)]
        assert (
            shown(table[row].to_datetime64() if kind == "date" and form.value else table[row])
            == form.value.partition(" (")[0]
        ), form
        assert sorted(here["reason"]) == sorted(filter(None, (form.reason, form.note))), form
        assert not here["found"].ne(form.written.strip()).any(), form
