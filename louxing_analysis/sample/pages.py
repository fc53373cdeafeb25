"""One sheet of a form, written: records become rows, some of them odd, and the truth of each keeps its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

import numpy as np

from louxing_analysis.sample.facts import Fact, Facts, traditional
from louxing_analysis.sample.form import FACTORS, HOUSEHOLD_NAMES, PERSON_LAYOUTS, THEMES, UNIT_WORDS, Form
from louxing_analysis.sample.mess import QUARANTINED, SET_ASIDE, Defect
from louxing_analysis.sample.package import Cell
from louxing_analysis.sample.planting import Care, Shares, plant
from louxing_analysis.sample.sheets import Block, Field
from louxing_analysis.sample.spelling import MONTH_FORMS, Column, Manner, choose_manner, write_column
from louxing_analysis.sample.tables import Table, Values


class Desk(NamedTuple):
    """Where one workbook is written: the facts, the true tables, how careless the writer is."""

    facts: Facts
    tables: Mapping[str, Table]
    level: int
    rng: Random
    text_only: bool


@dataclass
class Part:
    """The written columns of one ledger's records on a sheet."""

    ledger: str
    records: Values
    columns: dict[str, Column] = field(default_factory=dict)
    defects: dict[str, list[Defect]] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)


def write_part(desk: Desk, form: Form, ledger: str, records: Values, names: Sequence[str]) -> Part:
    """Every named column of some records of a ledger, in one manner each, with its share of mess."""
    table, part = desk.tables[ledger], Part(ledger, records)
    damaged: set[int] = set()  # records without a readable ID number: their birth date has to do
    for name in _ids_first(names):
        fact = desk.facts.of(ledger, name)
        factor = FACTORS[form.units.get(name, form.unit)] if fact.kind == "money" else 1.0
        manner = choose_manner(fact, desk.facts, desk.level, desk.rng, factor, desk.text_only)
        if manner.blank is not None and (fact.vocabulary and desk.facts.means(fact.vocabulary, manner.blank)):
            manner = replace(manner, blank=None)
        values = table.take(name, records)
        known_to = (
            table.take(f"{name}_precision", records) if fact.kind == "date" and f"{name}_precision" in table else None
        )
        column = write_column(fact, _unique(manner, fact, part, values, table), values, known_to)
        found = plant(
            column,
            desk.facts,
            Shares.of(desk.level),
            _care(form, column, names, frozenset(damaged)),
            desk.rng,
            desk.text_only,
        )
        part.columns[name] = column
        part.defects[name] = found
        part.dropped |= {defect.record for defect in found if defect.expected == QUARANTINED}
        if fact.kind == "id_number":
            damaged |= {defect.record for defect in found if defect.expected == SET_ASIDE}
            damaged |= {record for record, number in enumerate(values) if number is None}
    if ledger == "incomes":
        _drop_without_income(part)
    return part


def _ids_first(names: Sequence[str]) -> list[str]:
    """ID numbers before the birth dates that stand in for them."""
    return sorted(names, key=lambda name: not name.endswith("id_number"))


def _unique(manner: Manner, fact: Fact, part: Part, values: list[Any], table: Table) -> Manner:
    """Months instead of days only where two records do not become one by it."""
    if manner.form not in MONTH_FORMS or fact.kind != "date" or not fact.key:
        return manner
    owners = [
        table.take(name, part.records)
        for name in ("household_key", "member_key", "person_key", "village")
        if name in table
    ]
    seen = list(zip(*owners, (value and (value.year, value.month) for value in values), strict=True))
    return manner if len(set(seen)) == len(seen) else replace(manner, form="dash")


def _care(form: Form, column: Column, names: Sequence[str], damaged: frozenset[int]) -> Care:
    """A column whose sum is stated, or without which nobody knows whom the row is about, holds no wrong cells."""
    fact = column.fact
    wrong = fact.name not in form.totals and fact.name not in {
        "sex_code",
        "guarantee_code",
        "aid_kind_code",
        "project_name",
    }
    if fact.ledger == "pairings" and fact.kind == "date":
        wrong = (
            False  # without its dates nobody can tell whether a pairing was in force: the article's counts hang on them
        )
    if fact.kind == "id_number":
        known = "household_code" in (*names, *form.household) and ("name" in names or fact.name == "head_id_number")
        wrong = known and not fact.name.startswith("cadre") and fact.ledger != "teams"
    spared = damaged if fact.name == "birth_date" else frozenset()
    if fact.name == "exit_status_code":  # that a household is gone is the one status its pairing depends on
        spared = frozenset(record for record, value in enumerate(column.values) if value == "left_register")
    merged = form.merged_village and fact.name == "village"  # of merged cells only the first is seen
    return Care(
        odd=not merged,
        wrong=wrong,
        coarse=not fact.key and fact.name != "birth_date",
        stands=fact.required,
        spared=spared,
    )


def _drop_without_income(part: Part) -> None:
    """An account that has lost both its figures cannot stand."""
    if not {"net_income", "per_capita_net_income"} <= set(part.columns):
        return
    net, per_head = part.columns["net_income"].truth, part.columns["per_capita_net_income"].truth
    lost = {record for record in range(len(net)) if net[record] is None and per_head[record] is None}
    for name in ("net_income", "per_capita_net_income"):
        for defect in part.defects[name]:
            defect.expected = QUARANTINED if defect.record in lost else defect.expected
    part.dropped |= lost


@dataclass
class RowPlan:
    """Which record each row of the sheet shows, and what was done to whole rows."""

    order: list[int]
    copies: dict[int, str] = field(default_factory=dict)  # row → repeats or duplicate_differs
    changed: dict[tuple[int, str], Cell] = field(default_factory=dict)
    defects: list[tuple[int, str, Defect]] = field(default_factory=list)  # row, column, defect


def plan_rows(desk: Desk, form: Form, part: Part, count: int) -> RowPlan:
    """Records in order, with some rows written twice or without their household."""
    plan = RowPlan(list(range(count)))
    careless = desk.level and not form.totals and count >= 20
    if not careless or part.ledger not in desk.tables or "household_code" not in part.columns:
        return plan
    spoiled = {defect.record for found in part.defects.values() for defect in found} | part.dropped
    clean = [record for record in range(count) if record not in spoiled]
    times = desk.level if desk.level < 3 else 2
    chosen = desk.rng.sample(clean, min(len(clean), 3 * times))
    for number, record in enumerate(chosen):
        if number % 3 == 0 and not {"name", "id_number", "cadre_name"} & set(part.columns):
            _without_household(plan, part, record)
        elif number % 3 == 1 and desk.rng.random() < 0.7:
            _twice(plan, part, record, "", desk)
        elif number % 3 == 2 and part.ledger in desk.facts.one_row_per_key and desk.rng.random() < 0.5:
            _twice(plan, part, record, _differing(part, record), desk)
    return plan


def _without_household(plan: RowPlan, part: Part, record: int) -> None:
    """Nobody wrote down whose row this is."""
    row = plan.order.index(record)
    for name in HOUSEHOLD_NAMES:
        if name in part.columns:
            plan.changed[row, name] = None
    truth = part.columns["household_code"].values[record]
    plan.defects.append((row, "household_code", Defect(record, "no_household", None, truth, QUARANTINED)))
    part.dropped.add(record)


def _differing(part: Part, record: int) -> str:
    """A column in which a second row about the same thing can differ."""
    names = ("amount", "wage_income", "score", "household_size", "expected_count")
    return next((name for name in names if name in part.columns and part.columns[name].values[record] is not None), "-")


def _twice(plan: RowPlan, part: Part, record: int, differing: str, desk: Desk) -> None:
    """The same row once more, a little further down; where it differs nobody knows which is right."""
    if differing == "-":
        return
    first = plan.order.index(record)
    place = min(len(plan.order), first + desk.rng.randint(1, 15))
    plan.order.insert(place, record)
    _shift(plan, place)
    plan.copies[place] = "duplicate_differs" if differing else "repeats"
    code = part.columns["household_code"]
    if not differing:
        plan.defects.append(
            (place, "household_code", Defect(record, "repeats", code.cells[record], code.values[record], QUARANTINED))
        )
        return
    column = part.columns[differing]
    written = column.cells[record]
    plan.changed[place, differing] = round(written + 300, 6) if isinstance(written, int | float) else f"1{written}"
    for row in (first, place):
        cell = plan.changed.get((row, differing), written)
        defect = Defect(record, "duplicate_differs", cell, column.values[record], QUARANTINED)
        plan.defects.append((row, differing, defect))
    part.dropped.add(record)


def _shift(plan: RowPlan, place: int) -> None:
    """Rows at and below a new one move down."""
    plan.copies = {row + (row >= place): kind for row, kind in plan.copies.items()}
    plan.changed = {(row + (row >= place), name): cell for (row, name), cell in plan.changed.items()}
    plan.defects = [(row + (row >= place), name, defect) for row, name, defect in plan.defects]


def header_for(desk: Desk, form: Form, fact: Fact, year: int | None) -> str:
    """A header as this office writes it: the label, or another one that headers.csv knows, with year and unit."""
    text = fact.label
    if desk.level:
        text = desk.rng.choice([fact.label, *_synonyms(desk, form, fact)])
    if year is not None and fact.name in form.header_year:
        text = f"{year}{text}"
    if fact.kind == "money" and (form.header_units or form.units):
        unit = UNIT_WORDS[form.units.get(fact.name, form.unit)]
        text = f"{text}（{unit}）" if desk.rng.random() < 0.6 else f"{text}({unit})"
    if not desk.level:
        return text
    luck = desk.rng.random()
    if luck < 0.05:
        return traditional(text)
    if luck < 0.09 and len(text) > 4:
        return f"{text[:2]}\n{text[2:]}"
    if luck < 0.12 and len(text) < 4:
        return "  ".join(text)
    return f"*{text}" if luck < 0.13 else text


def _synonyms(desk: Desk, form: Form, fact: Fact) -> list[str]:
    """Other headers for a column that nobody can mistake on this sheet; codes of systems are left to systems."""
    found = []
    for header in desk.facts.synonyms.get((fact.ledger, fact.name), ()):
        if header[0].isascii() or "/" in header or len(header) > 14:
            continue
        if form.theme and any(part in header and theme != form.theme for part, theme in THEMES.items()):
            continue
        if form.layout in PERSON_LAYOUTS and fact.ledger == "households":
            means = [
                name
                for (ledger, name), headers in desk.facts.synonyms.items()
                if ledger == "members" and header in headers
            ]
            if (means and means != [fact.name]) or header in desk.facts.ignored.get("members", ()):
                continue
        found.append(header)
    return found


def fields_of(desk: Desk, form: Form, part: Part, plan: RowPlan, year: int | None) -> dict[str, Field]:
    """A sheet's fields from a part's columns, a cell for every row."""
    fields = {}
    for name, column in part.columns.items():
        cells = [column.cells[record] for record in plan.order]
        sums = None
        if name in form.totals:
            sums = [column.values[record] for record in plan.order]
        fields[name] = Field(
            name,
            header_for(desk, form, column.fact, year),
            cells,
            style=_style(column),
            width=_width(column.fact),
            sums=sums,
            factor=column.manner.factor,
        )
    for (row, name), cell in plan.changed.items():
        fields[name].cells[row] = cell
    return fields


def _style(column: Column) -> str:
    kind = column.fact.kind
    if kind in {"money", "number", "integer", "year"}:
        return "number"
    return "centre" if kind in {"code", "boolean", "date", "month"} else "text"


def _width(fact: Fact) -> float:
    widths = {
        "id_number": 20.0,
        "account": 21.0,
        "phone": 13.0,
        "money": 11.0,
        "date": 12.0,
        "integer": 7.0,
        "boolean": 7.0,
    }
    if fact.name in {"project_name", "unit_name", "content", "topic", "item", "address", "implementer"}:
        return 24.0
    return 15.0 if fact.name == "household_code" else widths.get(fact.kind, 10.0)


def blocks_of(labels: Sequence[Any]) -> list[Block]:
    """Runs of equal labels, as blocks."""
    if not labels:
        return [Block(0, 0, "")]
    codes = np.array([str(label) for label in labels], dtype=object)
    edges = [0, *(np.flatnonzero(codes[1:] != codes[:-1]) + 1).tolist(), len(labels)]
    return [Block(first, last, str(labels[first])) for first, last in pairwise(edges)]
