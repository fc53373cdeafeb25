"""The data rows of one table become typed rows of its ledger; each bad cell is named with its address."""

from __future__ import annotations

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.framing import Framer
from louxing_analysis.cleaning.knowledge import Knowledge
from louxing_analysis.cleaning.layout import Place
from louxing_analysis.cleaning.reader import Reader
from louxing_analysis.cleaning.stack import Rows
from louxing_analysis.cleaning.table import TypedTable
from louxing_analysis.cleaning.workbook import cell_address

ENOUGH = 5  # fewer incomes say nothing of a unit


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
    # 家庭人口数 on a list of members that is no register of households has no table to go to
    base = [one for one in table.columns if not one.spread and any(one.column in facts for facts in kinds.values())]
    reader.fill_blocks(base)
    for one in base:
        reader.read(one, reader.base)
    reader.name_heads()
    if not _is_plausible(reader):
        return {}
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


def _is_plausible(reader: Reader) -> bool:
    """False where half of a sheet's incomes per head are impossible in the stated unit; it is never multiplied away."""
    values = reader.base.get("per_capita_net_income")
    facts = reader.knowledge.reference
    if values is None:
        return True
    known = values[values > 0]
    if len(known) < ENOUGH:
        return True
    low, high = facts.threshold("median_per_head_low", 2020), facts.threshold("median_per_head_high", 2020)
    middle = float(np.median(known))
    if low <= middle <= high:
        return True
    column = next(one for one in reader.table.columns if one.column == "per_capita_net_income")
    cell = cell_address(int(reader.table.rows[0]), column.index)
    reader.place.report("implausible_unit", cell, column.column, column.written, f"{middle:.6g} yuan?")
    return False


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
