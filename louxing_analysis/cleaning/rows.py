"""The data rows of one table become typed rows of its ledger; each bad cell is named with its address."""

from __future__ import annotations

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import as_written
from louxing_analysis.cleaning.framing import Framer
from louxing_analysis.cleaning.knowledge import Knowledge
from louxing_analysis.cleaning.layout import Place
from louxing_analysis.cleaning.reader import Reader
from louxing_analysis.cleaning.stack import Rows
from louxing_analysis.cleaning.table import TypedTable
from louxing_analysis.cleaning.validate import EITHER_INCOME
from louxing_analysis.cleaning.values import parse
from louxing_analysis.cleaning.workbook import cell_address

DECEASED = "deceased"  # of the vocabulary health: one real dictionary keeps deaths there


def type_table(table: TypedTable, place: Place, knowledge: Knowledge) -> dict[str, Rows]:
    """Typed frames by ledger, one row per data row and spread key; empty where the sheet has to be set aside."""
    feeds = [table.ledger]
    other = knowledge.index.feeds[table.ledger]
    named = {one.column for one in table.columns}
    # a sheet of members that only names the household is no register of households
    if other and all(group & named for group in knowledge.index.needs[other]):
        feeds.append(other)
    kinds = {ledger: knowledge.reference.column_facts(ledger) for ledger in feeds}
    reader = Reader(table, place, knowledge, kinds)
    # a list of people may state the size of their household: that is no column of a person, and no register either
    base = [one for one in table.columns if not one.spread and any(one.column in facts for facts in kinds.values())]
    reader.fill_blocks(base)
    for one in base:
        reader.read(one, reader.base)
    reader.name_heads()
    if not _stands(reader):
        return {}
    _count_the_dead(reader)
    framer = Framer(reader)
    frames = {}
    for ledger in feeds:
        frame = framer.frame(ledger)
        if frame is None:
            return {}
        frames[ledger] = frame
    if len(feeds) > 1:
        frames[feeds[1]] = _one_per_household(frames[feeds[1]], frames[feeds[0]])
    return frames


def _stands(reader: Reader) -> bool:
    """False where no row of a sheet could stand: of an income account, both incomes were stopped for their unit."""
    if "income_year" not in reader.kinds[reader.table.ledger]:
        return True
    written = {one.column for one in reader.table.columns} & set(EITHER_INCOME)
    return not (written and written <= reader.stopped)


def _count_the_dead(reader: Reader) -> None:
    """张三（故） is dead: said of the name, and counted so where no health is stated (what is stated there stands)."""
    remarks = reader.remarks.get("name")
    if "members" not in reader.kinds or remarks is None or not remarks.astype(bool).any():
        return
    spelling = reader.knowledge.spelling("health")
    dead = np.asarray(parse("code", remarks, spellings=spelling).values == DECEASED)
    if not dead.any():
        return
    name = next(one for one in reader.table.columns if one.column == "name")
    cells = reader.cells(name)
    for at in np.flatnonzero(dead).tolist():
        where = cell_address(int(reader.table.rows[at]), name.index)
        reader.place.report("deceased_in_name", where, "name", as_written(cells[at]))
    health = np.array(reader.base.get("health_codes", np.full(len(dead), None, dtype=object)), dtype=object)
    health[dead & ~health.astype(bool)] = DECEASED
    reader.base["health_codes"] = health


def _one_per_household(households: Rows, members: Rows) -> Rows:
    """The first row of each run of one household: there the register's household cells stand in every layout."""
    count = len(households["row"])
    key = pd.Series(np.full(count, None, dtype=object))
    for name in ("household_code", "head_id_number", "head_name"):
        if name in households:
            key = key.where(key.notna(), pd.Series(households[name], dtype=object))
    relation = pd.Series(members.get("relation_code", np.full(count, None, dtype=object)), dtype=object)
    starts = ((key != key.shift()) & key.notna()) | (key.isna() & relation.eq("head"))
    keep = starts.to_numpy(dtype=bool)
    return {name: values[keep] for name, values in households.items()}
