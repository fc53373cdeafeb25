"""What all layouts of a sheet have in common: what it is to hold, what was planted, and the truth with its addresses."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from louxing_analysis.sample.form import Form
from louxing_analysis.sample.mess import NOTED, QUARANTINED, STRUCTURAL, Defect
from louxing_analysis.sample.package import Cell, Fault, Formula, Page, address
from louxing_analysis.sample.pages import Desk, Part, blocks_of
from louxing_analysis.sample.sheets import Block, Field, Laid, Look
from louxing_analysis.sample.tables import KEYS, Values

HeaderOf = Callable[[Any], Cell]


@dataclass(frozen=True)
class Order:
    """What one sheet is to hold: the form, the records of its ledger, what stands around them, what is said outside."""

    form: Form
    records: Values
    look: Look
    year: int | None = None
    said: tuple[str, ...] = ()  # columns that title, sheet or file name tell
    households: Values | None = None  # of person-level sheets
    header_of: HeaderOf | None = None  # of spread sheets: the header of a value
    precision_said: tuple[str, ...] = ()
    unknown_header: str = ""


class PlantedCell(NamedTuple):
    """One line of the list of defects, all text but the row's own address parts."""

    workbook: str
    sheet: str
    cell: str
    table: str
    column: str
    kind: str
    written: str
    truth: str
    expected: str


@dataclass
class Written:
    """A sheet, its truth by ledger (column → values), and what was planted on it."""

    page: Page
    truth: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    defects: list[PlantedCell] = field(default_factory=list)


def as_text(value: Any) -> str:
    """A cell or a true value as text, as it would be read back."""
    if value is None:
        return ""
    if isinstance(value, Fault):
        return value.code
    if isinstance(value, Formula):
        return f"={value.text}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


@dataclass
class Draft:
    """What the ways of writing a sheet have in common while it is being written."""

    desk: Desk
    order: Order
    workbook: str
    defects: list[PlantedCell] = field(default_factory=list)

    def plant(self, ledger: str, cell: str, column: str, defect: Defect) -> None:
        """Write one planted cell down."""
        self.defects.append(
            PlantedCell(
                self.workbook,
                self.order.look.name,
                cell,
                ledger,
                column,
                defect.kind,
                as_text(defect.written),
                as_text(defect.truth),
                defect.expected,
            )
        )

    def list_part(self, part: Part, where: Callable[[str, int], str]) -> None:
        """The planted cells of a part; of a row that falls away only what makes it fall."""
        for name, found in part.defects.items():
            for defect in found:
                if defect.record not in part.dropped or defect.expected == QUARANTINED:
                    self.plant(part.ledger, where(name, defect.record), name, defect)


def villages_of(desk: Desk, ledger: str, records: Values) -> list[Any]:
    """The village of each record."""
    table = desk.tables[ledger]
    return table.take("village", records) if "village" in table else [""] * len(records)


def blocks_for(look: Look, form: Form, labels: Sequence[Any]) -> list[Block]:
    """Blocks by village where the form breaks there, else one block of all rows."""
    if look.subtotal_word or look.section or form.merged_village:
        return blocks_of(labels)
    return [Block(0, len(labels), "")]


def arranged(sheet: Draft, fields: dict[str, Field], count: int, own_numbers: list[Cell] | None = None) -> list[Field]:
    """The fields in the form's order, with the running number before, groups over them, remarks behind."""
    form, desk = sheet.order.form, sheet.desk
    groups = {name: label for label, names in form.groups for name in names}
    arranged = [fields[name] for name in (*form.household, *form.columns) if name in fields]
    if form.household:
        arranged = [fields[name] for name in _interleaved(form) if name in fields]
    for one in arranged:
        one.group = groups.get(one.name, "")
        one.runs = form.merged_village and one.name == "village"
    if form.sequence:
        numbers: list[Cell] = own_numbers if own_numbers is not None else list(range(1, count + 1))
        arranged.insert(0, Field("sequence", "序号", numbers, style="number", width=5.0))
    if form.remark:
        arranged.append(Field("remark", "备注", [None] * count, width=10.0))
    if sheet.order.unknown_header:
        cells: list[Cell] = [desk.rng.choice(("已核", "见附件", None)) for _ in range(count)]
        arranged.append(Field("unknown", sheet.order.unknown_header, cells, width=12.0))
    return arranged


def _interleaved(form: Form) -> list[str]:
    """The household's place and code first, then the person, then what is known of the household."""
    front = [
        name
        for name in form.household
        if name in {"township", "village", "village_group", "household_code", "head_name", "household_size"}
    ]
    return [*front, *form.columns, *(name for name in form.household if name not in front)]


def list_sheet_defects(sheet: Draft, laid: Laid) -> None:
    """Wrong totals, hidden sheets and rows, headers nobody knows."""
    ledger = sheet.order.form.ledger
    if laid.wrong_total:
        row, column, written, right = laid.wrong_total
        name = next(name for name, index in laid.positions.items() if index == column)
        sheet.plant(ledger, address(row, column), name.split(":")[0], Defect(0, "wrong_total", written, right, NOTED))
    if sheet.order.look.hidden:
        sheet.plant(ledger, "", "", Defect(0, "hidden_sheet", None, None, NOTED))
    if laid.page.hidden_rows:
        sheet.plant(ledger, "", "", Defect(0, "hidden_rows", None, None, NOTED))
    if "unknown" in laid.positions:
        cell = address(laid.header_row, laid.positions["unknown"])
        sheet.plant(ledger, cell, "", Defect(0, "unknown_header", sheet.order.unknown_header, None, STRUCTURAL))


def truth_of(sheet: Draft, part: Part, kept: list[int], rows: list[int], source: list[str]) -> dict[str, list[Any]]:
    """What a perfect reader gets of the kept records: written columns, what is said outside, keys and addresses."""
    table, order = sheet.desk.tables[part.ledger], sheet.order
    records = part.records[kept] if kept else part.records[:0]
    truth: dict[str, list[Any]] = {}
    for name, column in part.columns.items():
        if column.fact.stored:
            truth[name] = [column.truth[record] for record in kept]
            if column.precision is not None and column.fact.kind == "date":
                truth[f"{name}_precision"] = [column.precision[record] for record in kept]
    for name in ("township", "village", *order.said):
        if name in table:
            values = table.take(name, records)
            truth[name] = [
                value.strftime("%Y-%m") if sheet.desk.facts.of(part.ledger, name).kind == "month" and value else value
                for value in values
            ]
    for name in order.precision_said:
        truth[f"{name}_precision"] = ["day"] * len(kept)
    if part.ledger == "members":
        _derive_members(part, table.take("sex_code", records), truth, kept)
    for name in KEYS:
        if name in table:
            truth[name] = table.take(name, records)
    truth["workbook"] = [sheet.workbook] * len(kept)
    truth["sheet"] = [order.look.name] * len(kept)
    truth["row"] = list(rows)
    truth["source_column"] = list(source)
    return truth


def _derive_members(part: Part, sexes: list[Any], truth: dict[str, list[Any]], kept: list[int]) -> None:
    """Birth year and sex, from the ID number where it can be read, else from their own columns."""
    numbers = part.columns["id_number"].truth if "id_number" in part.columns else [None] * len(part.records)
    births = part.columns["birth_date"].truth if "birth_date" in part.columns else [None] * len(part.records)
    truth["birth_year"] = [_birth_year(numbers[record], births[record]) for record in kept]
    if "sex_code" not in part.columns:
        truth["sex_code"] = [sex if numbers[record] else None for record, sex in zip(kept, sexes, strict=True)]


def _birth_year(number: str | None, birth: datetime.date | None) -> int | None:
    if number:
        return int(number[6:10])
    return birth.year if birth else None
