"""Help received, from the ledgers of aid and of project beneficiaries, set beside a population of households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.indicators.measured import Note, Source
from louxing_analysis.indicators.populations import Members, is_among, of_name
from louxing_analysis.indicators.ratios import Array, Codes

LINKED = "industry_link"
SPANS = ("year", "ever")


class Lines(NamedTuple):
    """Help as lines of one or two ledgers: household_id, year, kind, table and position in that table, one row a line."""

    frame: pd.DataFrame
    aid: pd.DataFrame
    beneficiaries: pd.DataFrame | None


class Receipt(NamedTuple):
    """Which household-years of a population received which kinds, and by which lines.

    `has` is household-years × kinds; `owner` and `line` pair a household-year with each line that counts for it.
    """

    members: Members
    keys: pd.DataFrame
    kinds: list[str]
    has: np.ndarray
    owner: np.ndarray
    line: np.ndarray
    lines: Lines


def lines_of(aid: pd.DataFrame, beneficiaries: pd.DataFrame | None) -> Lines:
    """Every line of help; a line of a project's beneficiaries is of the kind industry_link."""
    found = [
        pd.DataFrame(
            {
                "household_id": aid["household_id"].array,
                "year": aid["aid_year"].to_numpy(dtype=float, na_value=np.nan),
                "kind": aid["aid_kind_code"].to_numpy(dtype=object),
                "table": "aid",
                "position": np.arange(len(aid)),
            }
        )
    ]
    if beneficiaries is not None:
        found.append(
            pd.DataFrame(
                {
                    "household_id": beneficiaries["household_id"].array,
                    "year": beneficiaries["project_year"].to_numpy(dtype=float, na_value=np.nan),
                    "kind": LINKED,
                    "table": "beneficiaries",
                    "position": np.arange(len(beneficiaries)),
                }
            )
        )
    return Lines(pd.concat(found, ignore_index=True), aid, beneficiaries)


def pairs_of(ids: pd.Series, others: pd.Series) -> tuple[Codes, Codes]:
    """Every pair of positions at which the two series hold the same id."""
    codes, _ = pd.factorize(pd.concat([ids, others], ignore_index=True), use_na_sentinel=True)
    left, right = codes[: len(ids)], codes[len(ids) :]
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    low, high = np.searchsorted(ordered, left, "left"), np.searchsorted(ordered, left, "right")
    count = np.where(left >= 0, high - low, 0)
    at = np.repeat(np.arange(len(ids)), count)
    inside = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return at, order[np.repeat(low, count) + inside]


def receipt(
    households: pd.DataFrame, lines: Lines, population: str, span: str, years: Sequence[int] | None, by: Sequence[str]
) -> Receipt:
    """Set the lines beside a population; `span` says whether help of the year counts, or all up to the year.

    For ever_registered there is one period from the first register year to the last, and all help up to its end counts.
    """
    if span not in SPANS:
        raise ValueError(f"span={span!r}: year | ever")
    members = of_name(population, households, years)
    columns = [
        name
        for name in (*by, "township", "village", "household_size", "household_id", "register_year")
        if name in by or name in households
    ]
    keys = members.rows(columns)
    year = keys["register_year"].to_numpy(dtype=float, na_value=np.nan)
    keys["period"] = keys["register_year"]
    if population == "ever_registered" and len(keys):
        asked = households["register_year"] if years is None else pd.Series(list(years))
        first, last = int(asked.min()), int(asked.max())
        keys["period"], year, span = (
            (f"{first}-{last}" if first != last else str(first)),
            np.full(len(keys), last),
            "ever",
        )
    at, line = pairs_of(keys["household_id"], lines.frame["household_id"])
    of_line = lines.frame["year"].to_numpy()[line]
    fits = of_line == year[at] if span == "year" else of_line <= year[at]
    at, line = at[fits], line[fits]
    kind_codes, kinds = pd.factorize(lines.frame["kind"].to_numpy(dtype=object), use_na_sentinel=True)
    has = np.zeros((len(keys), len(kinds)), dtype=bool)
    known = kind_codes[line] >= 0
    has[at[known], kind_codes[line[known]]] = True
    return Receipt(members, keys, [str(kind) for kind in kinds], has, at, line, lines)


def kind_column(received: Receipt, kind: str) -> np.ndarray:
    """Which household-years received a kind; none where the ledgers hold no line of it."""
    if kind in received.kinds:
        return np.asarray(received.has[:, received.kinds.index(kind)])
    return np.zeros(len(received.keys), dtype=bool)


def sources_of(
    received: Receipt,
    groups: Sequence[str],
    own: dict[str, np.ndarray] | None = None,
    kept: np.ndarray | None = None,
    kind: str | None = None,
    line_keys: dict[str, np.ndarray] | None = None,
) -> list[Source]:
    """The households of the population and the lines of help that count for them, as rows behind.

    `own` gives group columns by household-year (a pattern, a number of kinds), `line_keys` by line; `kept` leaves out
    household-years that could not be counted, `kind` names the group column of the line's own kind.
    """
    keep = np.ones(len(received.keys), dtype=bool) if kept is None else kept
    columns = {name: received.keys[name].to_numpy(dtype=object) for name in (*groups, "period")} | (own or {})
    found = [
        Source(
            "households",
            received.members.table,
            received.members.positions[keep],
            {name: values[keep] for name, values in columns.items()},
        )
    ]
    counted = keep[received.owner]
    at, line = received.owner[counted], received.line[counted]
    tables = received.lines.frame["table"].to_numpy(dtype=object)[line]
    positions = received.lines.frame["position"].to_numpy()[line]
    every = {name: values[at] for name, values in columns.items()}
    every |= {name: values[received.line[counted]] for name, values in (line_keys or {}).items()}
    if kind is not None:
        every[kind] = received.lines.frame["kind"].to_numpy(dtype=object)[line]
    for name, table in (("aid", received.lines.aid), ("beneficiaries", received.lines.beneficiaries)):
        mine = tables == name
        if table is not None:
            found.append(
                Source(name, table, positions[mine], {column: values[mine] for column, values in every.items()})
            )
    return found


def counted(received: Receipt, span: str) -> Note:
    """Whether help of earlier years counts too, which changes every share; the lines that count."""
    count = len(received.line)
    if span == "ever" or "-" in str(received.keys["period"].max() if len(received.keys) else ""):
        return Note(
            "counted_ever",
            count,
            "截至当年累计，历年受过帮扶即算",
            "cumulative: help of earlier years counts",
        )
    return Note("counted_year", count, "只算当年的帮扶", "help of the year only")


def outside(received: Receipt, households: pd.DataFrame) -> Note:
    """How many lines of help are of households that stand in no register."""
    count = int((~is_among(received.lines.frame["household_id"], households["household_id"])).sum())
    return Note(
        "helped_not_registered",
        count,
        f"{count} 条帮扶记录的户不在户表中，未计",
        f"{count} lines of help are of households in no register; not counted",
    )


def weighted(base: Array, flag: np.ndarray) -> Array:
    """The flag with its weight; missing where the weight is."""
    return np.where(np.isnan(base), np.nan, flag * base)
