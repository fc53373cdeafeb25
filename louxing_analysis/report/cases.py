"""Villages that published sentences speak of: each gets its own picture or table, so that a reader can look."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from louxing_analysis import reference
from louxing_analysis.charts.months import months_p_chart
from louxing_analysis.report.exhibit import Draw

BY_VILLAGE = ("township", "village")


class Case(NamedTuple):
    """One indicator of one village: where it stands in the report, how it is measured, and what is drawn or tabled."""

    section: str
    name: str
    indicator: str
    where: Mapping[str, str]
    choices: Mapping[str, object]
    draw: Draw | None
    table: str


def cases() -> tuple[Case, ...]:
    """The cases of claims.csv: attendance before and after as a chart of months, beneficiaries by mode as a table."""
    claims = reference.load().claims
    found: dict[tuple[str, str], Case] = {}
    for indicator, make in (("meeting_attendance", _attendance), ("beneficiaries_by_mode", _beneficiaries)):
        mine = claims[(claims["indicator"] == indicator).to_numpy(dtype=bool)]
        wanted = [_where(text) for text in mine["filter"].fillna("").astype("str")]
        for village in dict.fromkeys(where.get("village", "") for where in wanted):
            if village:
                rows = mine[[where.get("village") == village for where in wanted]]
                found[indicator, village] = make(rows, next(w for w in wanted if w.get("village") == village))
    return tuple(found.values())


def _where(text: str) -> dict[str, str]:
    """township=…;village=…;link_mode_code=… → its places."""
    pairs = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    return {name: pairs[name] for name in BY_VILLAGE if name in pairs}


def _name(rows: pd.DataFrame, indicator: str) -> str:
    """Claims are named after their village, in letters that can stand in a file name."""
    return f"{str(rows['claim'].iloc[0]).split('_')[0]}-{indicator.replace('_', '-')}"


def _attendance(rows: pd.DataFrame, where: dict[str, str]) -> Case:
    """Months before and from the later claim's first month have their own centre and limits."""
    starts = sorted(str(period).split("..")[0] for period in rows["period"])
    change = starts[-1] if len(starts) > 1 else None
    choices = MappingProxyType({"by": list(BY_VILLAGE), "period": "month"})
    return Case(
        "participation",
        _name(rows, "meeting_attendance"),
        "meeting_attendance",
        where,
        choices,
        partial(months_p_chart, change=change),
        "",
    )


def _beneficiaries(rows: pd.DataFrame, where: dict[str, str]) -> Case:
    choices = MappingProxyType({"by": list(BY_VILLAGE), "years": [int(str(rows["period"].iloc[0])[:4])]})
    name = _name(rows, "beneficiaries_by_mode")
    return Case("coverage", name, "beneficiaries_by_mode", where, choices, None, "link_mode_code × counted")
