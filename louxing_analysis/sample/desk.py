"""A planned workbook becomes a file: its sheets are composed, dressed and written in their format."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from louxing_analysis.reference import normalise_header
from louxing_analysis.sample.compose import write_sheet
from louxing_analysis.sample.drafts import HeaderOf, Order, PlantedCell
from louxing_analysis.sample.facts import Facts
from louxing_analysis.sample.form import PERSON_LAYOUTS, SPREAD, UNIT_WORDS, Form
from louxing_analysis.sample.offices import MADE_UP, VILLAGE, SheetPlan, WorkbookPlan
from louxing_analysis.sample.package import write_xlsx
from louxing_analysis.sample.pages import Desk
from louxing_analysis.sample.sheets import Look
from louxing_analysis.sample.tables import Table, Values
from louxing_analysis.sample.text_files import write_csv, write_html

_PEOPLE = ("王某", "李某", "张某", "刘某", "陈某")
_WIDE_MODES = ("shares", "asset_income")


@dataclass
class Filed:
    """A written workbook: its hash, its rows of truth by ledger, its planted cells."""

    path: str
    sha256: str
    truth: list[tuple[str, dict[str, list[Any]]]] = field(default_factory=list)
    defects: list[PlantedCell] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)  # rows of truth, where the rows themselves are not kept


def write_workbook(
    plan: WorkbookPlan, raw: Path, tables: Mapping[str, Table], facts: Facts, seed: int, level: int
) -> Filed | None:
    """Write one workbook, None where nothing is to be said; what it holds hangs on the seed and its own path only."""
    rng = Random(f"{seed}|{plan.path}")
    desk = Desk(facts, tables, level, rng, text_only=plan.kind != "xlsx")
    sheets = [
        write_sheet(desk, order, plan.path)
        for sheet in plan.sheets
        for order in _orders(desk, sheet, plan)
        if len(order.records)
    ]
    if not sheets:
        return None
    path = raw / plan.path
    path.parent.mkdir(parents=True, exist_ok=True)
    pages = [sheet.page for sheet in sheets]
    title = plan.sheets[0].title.replace(VILLAGE, "")
    if plan.kind == "csv":
        data = write_csv(path, pages[0])
    elif plan.kind == "html":
        data = write_html(path, pages[0], title)
    else:
        data = write_xlsx(path, pages, title)
    filed = Filed(plan.path, hashlib.sha256(data).hexdigest())
    for sheet in sheets:
        filed.truth += list(sheet.truth.items())
        filed.defects += sheet.defects
    return filed


def _orders(desk: Desk, plan: SheetPlan, workbook: WorkbookPlan) -> Iterator[Order]:
    """The sheets of a plan: one, or one a village."""
    form = plan.form if desk.level or plan.form.ledger == "attendance" else plan.form.plain()
    plan = replace(plan, form=form)
    records = desk.tables[form.ledger].by(*plan.group).get(plan.key, np.array([], dtype=np.int64))
    records = _kept(desk, form, records, plan.keep)
    header_of = _header_of(desk, plan, records) if form.layout == SPREAD else None
    spoken = ("meeting_date",) if form.ledger == "attendance" else ()
    said = (*plan.said, *(name for name in (form.spread_by,) if name and name not in plan.said))
    households = None
    if form.layout in PERSON_LAYOUTS:
        households = desk.tables["households"].by(*plan.group)[plan.key]
    order = Order(
        form, records, Look(plan.name), plan.year, said, households, header_of, spoken, _unknown_header(desk, form)
    )
    if not form.by_village:
        name = "" if workbook.kind != "xlsx" else plan.name
        look = _hide(desk, _dress(desk, plan, name, plan.title), alone=plan.name == workbook.sheets[0].name)
        yield replace(order, records=_by_village(desk, form, records), look=look)
        return
    for number, (village, mine) in enumerate(_villages(desk, form, records)):
        title = plan.title.replace(VILLAGE, village)
        look = _hide(desk, _dress(desk, plan, village, title), alone=number == 0)
        yield replace(order, records=mine, look=look)


def _unknown_header(desk: Desk, form: Form) -> str:
    """From level 2 on, now and then a column of the office's own that headers.csv does not have."""
    if desk.level < 2 or form.layout == SPREAD or desk.rng.random() > 0.08:
        return ""
    strange = [
        text for text in ("网格长意见", "台账流转", "复核标记") if normalise_header(text) not in desk.facts.known
    ]
    return desk.rng.choice(strange) if strange else ""


def _hide(desk: Desk, look: Look, alone: bool) -> Look:
    """From level 2 on some sheets and rows are hidden; a workbook keeps one sheet to be seen."""
    if desk.level < 2 or desk.text_only:
        return look
    luck = desk.rng.random()
    if luck < 0.05 and not alone:
        return replace(look, hidden=True)
    return replace(look, hidden_share=0.03) if luck > 0.95 else look


def _kept(desk: Desk, form: Form, records: Values, keep: str) -> Values:
    """Dividends of whole households fit a sheet with one column a project; all else stands in the long list."""
    if not keep:
        return records
    table = desk.tables[form.ledger]
    modes, people = table.take("link_mode_code", records), table.take("person_key", records)
    wide = np.array(
        [mode in _WIDE_MODES and person is None for mode, person in zip(modes, people, strict=True)], dtype=bool
    )
    return records[wide if keep == "wide" else ~wide]


def _by_village(desk: Desk, form: Form, records: Values) -> Values:
    """Records village by village, villages in the order in which they first come."""
    if "village" not in desk.tables[form.ledger]:
        return records
    return np.concatenate([mine for _, mine in _villages(desk, form, records)]) if len(records) else records


def _villages(desk: Desk, form: Form, records: Values) -> list[tuple[str, Values]]:
    table = desk.tables[form.ledger]
    names = ("township", "village") if "township" in form.columns else ("village",)
    groups: dict[Any, list[int]] = {}
    for record, *where in zip(records.tolist(), *(table.take(name, records) for name in names), strict=True):
        groups.setdefault(tuple(where), []).append(record)
    found = list(groups.items())
    if len(names) > 1:
        order = {township: number for number, township in enumerate(desk.facts.townships)}
        found.sort(key=lambda item: order.get(item[0][0], len(order)))
    return [(where[-1], np.array(mine, dtype=np.int64)) for where, mine in found]


def _header_of(desk: Desk, plan: SheetPlan, records: Values) -> HeaderOf:
    """How the values of the spread column are written as headers on this sheet."""
    form, rng, facts = plan.form, desk.rng, desk.facts
    kind = facts.of(form.ledger, form.spread_by).kind
    if kind == "code":
        vocabulary = facts.of(form.ledger, form.spread_by).vocabulary
        chosen = {}
        for code, label in facts.labels[vocabulary].items():
            others = [
                text for text in facts.fixed.get((form.ledger, f"{form.spread_by}={code}"), ()) if not text[0].isascii()
            ]
            chosen[code] = rng.choice(others) if desk.level and others else label
        return lambda code: chosen[code]
    if kind == "month":
        manner = rng.randrange(3) if desk.level else 1
        return lambda day: (f"{day.month}月", f"{day.year}年{day.month}月", f"{day.year}.{day.month}")[manner]
    if kind == "date":
        manner = rng.randrange(4) if desk.level else 0
        return lambda day: (
            day,
            f"{day.month}月{day.day}日",
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
        )[manner]
    return lambda name: str(name)


def _dress(desk: Desk, plan: SheetPlan, name: str, title: str) -> Look:
    """Title, unit, signatures and sums of a sheet, as this office has them."""
    form, rng, level = plan.form, desk.rng, desk.level
    look = Look(name, title=title, page_footer=MADE_UP, merged_fields=form.household)
    if not level:
        return look
    unit = _unit_note(form)
    with_notes = rng.random() < 0.6
    look = replace(
        look,
        right_note=unit,
        left_note=f"填报单位：{_office(title)}（盖章）" if with_notes else "",
        column_numbers=form.column_numbers,
        header_again_after=form.header_again_after,
        section=form.sections,
        footers=_signatures(rng, plan.year),
    )
    if not form.totals:
        return look
    look = replace(
        look,
        total_word=rng.choice(("合计", "合  计", "总计", "合计")),
        subtotal_word="小计" if form.subtotals else "",
        formulas=not desk.text_only and rng.random() < 0.6,
    )
    wrong = rng.random() < 0.06 * level
    summed = [name for name in form.totals if name in form.columns]
    return replace(look, wrong_total=rng.choice(summed)) if wrong and summed else look


def _unit_note(form: Form) -> str:
    """单位：元, where a sheet has money and its headers do not say the unit themselves."""
    money = any(
        name.endswith(("income", "expense")) or name.startswith("amount") for name in (*form.columns, form.spread_value)
    )
    return f"单位：{UNIT_WORDS[form.unit]}" if money and not form.header_units else ""


def _office(title: str) -> str:
    place = title.split("20")[0] or MADE_UP
    return f"{place}扶贫办" if len(place) < 12 else "扶贫办"


def _signatures(rng: Random, year: int | None) -> tuple[str, ...]:
    """Who filled in and who checked; the names are nobody's."""
    luck = rng.random()
    if luck < 0.25:
        return ()
    who = f"填表人：{rng.choice(_PEOPLE)}（化名）      审核人：{rng.choice(_PEOPLE)}（化名）"
    if year is None or luck < 0.5:
        return (who,)
    day = datetime.date(year, 12, rng.randint(1, 28))
    return (who, f"填报日期：{day.year}年{day.month}月{day.day}日")
