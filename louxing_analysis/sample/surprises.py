"""What no cleaner can read, planted at mess level 3: whole unknown layouts, a damaged file, a ledger without its year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from louxing_analysis.sample.desk import Filed
from louxing_analysis.sample.drafts import PlantedCell
from louxing_analysis.sample.facts import Facts
from louxing_analysis.sample.mess import STRUCTURAL
from louxing_analysis.sample.offices import DISTRICT, MADE_UP
from louxing_analysis.sample.package import Cell, xlsx_bytes
from louxing_analysis.sample.remove import hash_of
from louxing_analysis.sample.sheets import Block, Field, Look, lay_out

FOLDER = f"{DISTRICT}/待整理"


@dataclass
class Surprises:
    """The files written here, with their hashes, and a line for each."""

    files: dict[str, str] = field(default_factory=dict)
    defects: list[PlantedCell] = field(default_factory=list)


def plant_surprises(raw: Path, filed: Sequence[Filed], facts: Facts, seed: int, mess: int) -> Surprises:
    """Write the files that have to be set aside whole; below level 3 there are none."""
    found = Surprises()
    if mess < 3:
        return found
    rng = Random(f"{seed}|surprises")
    for name, (kind, table, make) in _FILES.items():
        path = raw / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make(facts, rng))
        file = f"{FOLDER}/{name}"
        found.files[file] = hash_of(path)
        sheet = "" if kind == "damaged_file" else "Sheet1"
        found.defects.append(PlantedCell(file, sheet, "", table, "", kind, "", "", STRUCTURAL))
    return found


def _sheet(title: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A plain sheet with a title and one header row."""
    columns = [Field(str(index), header, [row[index] for row in rows]) for index, header in enumerate(headers)]
    laid = lay_out(columns, Look("Sheet1", title=title, page_footer=MADE_UP), [Block(0, len(rows), "")], len(rows))
    return xlsx_bytes([laid.page], title)


def _unknown_layout(facts: Facts, rng: Random) -> bytes:
    """A ledger of something that the project has never heard of."""
    rows = [
        [
            f"水库{number}",
            rng.randint(3, 40),
            rng.choice(("良好", "渗漏")),
            f"K{rng.randint(1, 9)}+{rng.randint(100, 999)}",
        ]
        for number in range(1, 25)
    ]
    return _sheet(f"山塘水库巡查登记（{MADE_UP}）", ["山塘名称", "库容（万方）", "坝体情况", "桩号"], rows)


def _damaged(facts: Facts, rng: Random) -> bytes:
    """A workbook of which a broken connection left the first half."""
    whole = _unknown_layout(facts, rng)
    return whole[: len(whole) // 2]


def _income_rows(rng: Random) -> list[list[Cell]]:
    return [
        [
            f"4399000{number:05d}",
            f"户主{number}",
            rng.randint(1, 6),
            rng.randint(3000, 20000),
            rng.randint(0, 5000),
            rng.randint(0, 900),
            rng.randint(0, 300),
            rng.randint(500, 6000),
            rng.randint(9000, 30000),
            rng.randint(3000, 9000),
        ]
        for number in range(1, 21)
    ]


def _labels(facts: Facts, *names: str) -> list[str]:
    return [facts.of("incomes", name).label for name in names]


_ACCOUNT = (
    "household_code",
    "head_name",
    "household_size",
    "wage_income",
    "business_income",
    "business_expense",
    "property_income",
    "transfer_income",
    "net_income",
    "per_capita_net_income",
)


def _without_year(facts: Facts, rng: Random) -> bytes:
    """An income account that nowhere says its year."""
    return _sheet(f"收入核算表（{MADE_UP}）", _labels(facts, *_ACCOUNT), _income_rows(rng))


def _without_household(facts: Facts, rng: Random) -> bytes:
    """An income account of nobody: code and name were cut off."""
    rows = [row[2:] for row in _income_rows(rng)]
    return _sheet(f"2018年度收入核算表（{MADE_UP}）", _labels(facts, *_ACCOUNT[2:]), rows)


def _two_tables(facts: Facts, rng: Random) -> bytes:
    """Two tables one below the other, neither of them a ledger."""
    columns = [
        Field(str(index), header, [rng.randint(1, 90) for _ in range(8)])
        for index, header in enumerate(("坡度", "桩距", "方量"))
    ]
    upper = lay_out(columns, Look("Sheet1", title=f"土方测量（{MADE_UP}）"), [Block(0, 8, "")], 8).page
    below = max(upper.rows) + 3
    lower = [cell._replace(row=cell.row + below) for cell in upper.loose]
    again = [Field(one.name, one.header, list(one.cells)) for one in columns]
    rows = [*upper.rows, *(row + below for row in upper.rows)]
    page = type(upper)(
        name="Sheet1",
        rows=rows,
        columns=[[*one.cells, *one.cells] for one in again],
        styles=upper.styles,
        loose=[*upper.loose, *lower],
        footer=MADE_UP,
    )
    return xlsx_bytes([page], "土方测量")


_FILES: dict[str, tuple[str, str, Callable[[Facts, Random], bytes]]] = {
    "山塘水库巡查登记.xlsx": ("unknown_layout", "", _unknown_layout),
    "损坏的文件.xlsx": ("damaged_file", "", _damaged),
    "收入核算表（未注年度）.xlsx": ("sheet_without_year", "incomes", _without_year),
    "2018年收入核算表（缺户信息）.xlsx": ("missing_required_column", "incomes", _without_household),
    "土方测量.xlsx": ("two_unknown_tables", "", _two_tables),
}
"""File name → kind, nearest ledger, and how it is made."""
