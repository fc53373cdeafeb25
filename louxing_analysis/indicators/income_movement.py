"""Who moved: between income bands, and into and out of registered poverty."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import HOUSEHOLD, NO_INTERVAL, Text, card
from louxing_analysis.indicators.classes import class_lines
from louxing_analysis.indicators.income_accounts import Accounts, accounts
from louxing_analysis.indicators.measured import Measured, Note, Source, assemble
from louxing_analysis.indicators.populations import (
    LEFT,
    STILL_POOR,
    Threshold,
    described,
    find,
    is_among,
    is_one_of,
    taken,
    weights_of,
)
from louxing_analysis.indicators.poverty import line_of
from louxing_analysis.indicators.ratios import completed, group, nothing
from louxing_analysis.measures.mobility import stock_and_flow as checked_flow

MULTIPLES = (1.0, 1.5, 2.0, 3.0)

INCOME_TRANSITION = card(
    "income_transition",
    Text("收入分组迁移", "Transition between income bands"),
    Text(
        "起年处于某收入组的人口中，终年处于各收入组的比重；分组为当年标准线的倍数（1、1.5、2、3 倍）或元；"
        "只用两年都有核算的户，人口取起年",
        "of the people in a band in the first year, the share in each band in the last; bands are multiples of each year's "
        "line (1, 1.5, 2, 3) or yuan; households with an account in both years, people as of the first",
    ),
    module="income",
    population="with_income_account",
    denominator=Text(
        "起年处于该组且终年可追踪的人口", "people of that band in the first year who can be followed to the last"
    ),
    missing_rule=Text(
        "终年没有收入核算的户计入该起年组的缺失（每行同数）；起年没有收入水平的户另注",
        "households without an account in the last year are missing in their band (the same on each of its "
        "lines); those without a level in the first year are noted",
    ),
    unit="share",
    tables=("incomes",),
    optional=("households",),
    facts=("threshold",),
    disclosure="sensitive",
    period=Text("起年—终年", "first to last year"),
    source="row shares of the transition matrix",
)
STOCK_AND_FLOW = card(
    "stock_and_flow",
    Text("贫困户存量与流量", "Stock and flow of poor households"),
    Text(
        "年初未脱贫户 + 新识别 + 返贫 − 脱贫 − 注销 = 年末未脱贫户，按户表脱贫属性逐户比对；不能由这几项说明的（重新入册、"
        "去向不明、属性缺失）单列，“差额”为年末数与等式之差；分母为年初存量",
        "poor at the opening + identified + fallen back − exited − left the register = poor at the closing, household by "
        "household from the exit status; what these do not explain (back on the register, vanished, status missing) stands "
        "on lines of its own and “difference” is the closing minus the equation; the denominator is the opening stock",
    ),
    module="income",
    population="not_yet_exited",
    denominator=Text("年初未脱贫户", "poor households at the opening"),
    missing_rule=Text("脱贫属性缺失的户·年计入缺失", "household-years without an exit status are counted as missing"),
    unit="household",
    tables=("households",),
    disclosure="sensitive",
    interval=NO_INTERVAL,
    unit_of_analysis=HOUSEHOLD,
    period=Text("年度（终年）", "year (the later one)"),
    source="accounting identity",
)
FLOWS = (
    "opening",
    "identified",
    "fallen_back",
    "entered",
    "other_in",
    "exited",
    "left_register",
    "other_out",
    "closing",
    "difference",
)


def band_names(edges: Sequence[float]) -> list[str]:
    """The codes of the bands between rising edges: below_1, 1_to_1.5, …, 3_or_more."""
    inner = [f"{low:g}_to_{high:g}" for low, high in pairwise(edges)]
    return [f"below_{edges[0]:g}", *inner, f"{edges[-1]:g}_or_more"]


def income_transition(
    *,
    incomes: pd.DataFrame,
    threshold: Threshold,
    households: pd.DataFrame | None = None,
    years: tuple[int, int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
    line: str = "exit_line",
    edges: Sequence[float] = MULTIPLES,
    edges_in: str = "line",
) -> Measured:
    """Where the people of each band were some years later; group columns `from_band`, `to_band`.

    `edges` are multiples of the line of each year (`edges_in="line"`) or yuan (`edges_in="yuan"`); a level at an edge
    belongs above it. Where the line of either year is not set every value is nan. Raises ValueError for another unit.
    """
    if edges_in not in ("line", "yuan"):
        raise ValueError(f"edges_in={edges_in!r}: line | yuan")
    mine = accounts(incomes, households, years, by, weights)
    known_years = mine.frame["period"].dropna()
    ends = (min(years), max(years)) if years else (known_years.min(), known_years.max()) if len(known_years) else (0, 0)
    scale = [1.0 if edges_in == "yuan" else (line_of(threshold, line, int(year)) if year else None) for year in ends]
    start, end = (mine.where(mine.frame["period"].to_numpy(dtype=float) == year) for year in ends)
    names = band_names(edges)
    bands = [_banded(moment, edges, names, unit) for moment, unit in ((start, scale[0]), (end, scale[1]))]
    later = find(start.frame, end.frame, ["household_id"])
    frame = start.frame.assign(
        from_band=bands[0],
        to_band=taken(pd.Series(bands[1], dtype=object), later).to_numpy(),
        period=f"{ends[0]}-{ends[1]}",
    )
    return _transition(start, end, frame, later, by, names)


def _banded(moment: Accounts, edges: Sequence[float], names: list[str], unit: float | None) -> np.ndarray:
    """The band of each account, missing where its level or the line is."""
    level = moment.frame["level"].to_numpy()
    codes = np.searchsorted(np.asarray(edges) * (unit or 1.0), level, side="right")
    found = np.array(names, dtype=object)[codes]
    found[np.isnan(level) | (unit is None)] = None
    return found


def _transition(
    start: Accounts, end: Accounts, frame: pd.DataFrame, later: np.ndarray, by: Sequence[str], names: list[str]
) -> Measured:
    placed = frame["from_band"].notna().to_numpy()
    followed = placed & frame["to_band"].notna().to_numpy() & frame["weight"].notna().to_numpy()
    known = frame[placed].reset_index(drop=True)
    base = np.where(followed, frame["weight"], np.nan)[placed]
    to_band = np.where(known["to_band"].isna(), names[0], known["to_band"])  # not counted: its weight is missing
    groups, keys = [*by, "from_band", "to_band"], [*by, "from_band", "period"]
    lines = class_lines(known, keys, "to_band", to_band, names, base, start.clusters[placed])
    lines = completed(lines, [*keys, "to_band"], _cells(known, by, names))
    rank = {name: place for place, name in enumerate(names)}
    lines = lines.sort_values(
        groups,
        key=lambda column: column.map(rank) if column.name in ("from_band", "to_band") else column,
        kind="stable",
    )
    kept = np.flatnonzero(followed)
    own = {name: frame[name].take(kept).reset_index(drop=True) for name in (*groups, "period")}
    sources = [
        Source("incomes", start.table, start.positions[kept], own),
        Source("incomes", end.table, end.positions[later[kept]], own),
    ]
    lost = int((~placed).sum())
    note = Note(
        "no_band_at_start",
        lost,
        f"{lost} 户起年没有收入水平或标准线",
        f"{lost} households have no level or line in the first year",
    )
    return assemble(INCOME_TRANSITION, lines, groups, sources, [*start.notes(), note])


def _cells(known: pd.DataFrame, by: Sequence[str], names: list[str]) -> pd.DataFrame | None:
    """Every band of every group, so that an empty band has its line of zeros."""
    if not len(known):
        return None
    bands = pd.DataFrame({"from_band": names}).merge(pd.DataFrame({"to_band": names}), how="cross")
    return known[[*by, "period"]].drop_duplicates().merge(bands, how="cross")


class _Step(NamedTuple):
    """Households of two register years side by side; positions are −1 where a household is not in that year."""

    before: np.ndarray
    after: np.ndarray
    seen_earlier: np.ndarray


def stock_and_flow(
    *,
    households: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
) -> Measured:
    """The stock of poor households and what changed it, from each register year to the next; group column `flow`.

    `weights="person"` counts people; the difference then also holds births, deaths and moves inside staying households.
    """
    present = sorted(int(year) for year in households["register_year"].dropna().unique())
    present = [year for year in present if years is None or year in set(years)]
    lines, sources = [], []
    for earlier, later in pairwise(present):
        step = _step(households, earlier, later)
        found, source = _flows(households, step, later, by, weights)
        lines.append(found)
        sources += source
    empty = pd.concat([nothing([*by, "period"]).assign(flow=flow) for flow in FLOWS], ignore_index=True)
    frame = pd.concat(lines, ignore_index=True) if lines else empty
    unit = "person" if weights == "person" else "household"
    return assemble(STOCK_AND_FLOW, frame, [*by, "flow"], sources, (), unit)


def _step(households: pd.DataFrame, earlier: int, later: int) -> _Step:
    year = households["register_year"].to_numpy(dtype=float, na_value=np.nan)
    ids = households["household_id"]
    sides = [
        pd.DataFrame({"household_id": ids[year == moment], name: np.flatnonzero(year == moment)})
        for moment, name in ((earlier, "before"), (later, "after"))
    ]
    both = sides[0].merge(sides[1], on="household_id", how="outer")
    seen = is_among(both["household_id"], ids[year < later])
    before, after = (both[name].to_numpy(dtype=float, na_value=-1).astype(np.intp) for name in ("before", "after"))
    return _Step(before, after, seen)


def _states(households: pd.DataFrame, positions: np.ndarray) -> dict[str, np.ndarray]:
    """Poor, exited, left, unclear or absent, as flags."""
    code = taken(households["exit_status_code"], positions)
    there = positions >= 0
    return {
        "poor": is_one_of(code, STILL_POOR),
        "exited": is_one_of(code, ("exited",)),
        "left": is_one_of(code, (LEFT,)),
        "unclear": there & code.isna().to_numpy(),
        "absent": ~there,
    }


def _flows(
    households: pd.DataFrame, step: _Step, later: int, by: Sequence[str], weights: str
) -> tuple[pd.DataFrame, list[Source]]:
    old, new = _states(households, step.before), _states(households, step.after)
    flags = {
        "opening": old["poor"],
        "identified": new["poor"] & old["absent"] & ~step.seen_earlier,
        "fallen_back": new["poor"] & old["exited"],
        "exited": old["poor"] & new["exited"],
        "left_register": old["poor"] & new["left"],
        "entered": new["poor"] & (old["left"] | (old["absent"] & step.seen_earlier)),
        "other_in": new["poor"] & old["unclear"],
        "other_out": old["poor"] & (new["absent"] | new["unclear"]),
        "closing": new["poor"],
    }
    current = np.where(step.after >= 0, step.after, step.before)
    frame = described(households.take(current).reset_index(drop=True), None, by)
    groups = group(frame.assign(period=later), [*by, "period"])
    at = {name: step.before if name == "opening" else current for name in flags}
    amounts = {name: _added(households, at[name], flag, weights, groups) for name, flag in flags.items()}
    check = checked_flow(
        opening=amounts["opening"],
        identified=amounts["identified"],
        exited=amounts["exited"],
        fallen_back=amounts["fallen_back"],
        left=amounts["left_register"],
        closing=amounts["closing"],
    )
    amounts["difference"] = check.difference
    unclear = np.bincount(groups.codes, old["unclear"] | new["unclear"], groups.size)
    lines = [
        groups.keys.assign(
            flow=name,
            numerator=amounts[name],
            value=amounts[name],
            denominator=amounts["opening"],
            missing=unclear.astype(int),
        )
        for name in FLOWS
    ]
    sources = [_behind(households, at[name], flag, frame, by, name, later) for name, flag in flags.items()]
    return pd.concat(lines, ignore_index=True), sources


def _added(households: pd.DataFrame, positions: np.ndarray, flag: np.ndarray, weights: str, groups: Any) -> np.ndarray:
    """The households (or their people, as far as the size is known) with a flag, by group."""
    mine = np.flatnonzero(flag)
    weight = weights_of(households.take(positions[mine]), weights) if weights == "person" else np.ones(mine.size)
    return np.bincount(groups.codes[mine], np.where(np.isnan(weight), 0.0, weight), groups.size)


def _behind(
    households: pd.DataFrame,
    positions: np.ndarray,
    flag: np.ndarray,
    frame: pd.DataFrame,
    by: Sequence[str],
    name: str,
    later: int,
) -> Source:
    mine = np.flatnonzero(flag)
    keys: dict[str, Any] = {column: frame[column].take(mine) for column in by}
    keys |= {"flow": np.full(mine.size, name, dtype=object), "period": np.full(mine.size, later)}
    return Source("households", households, positions[mine], keys)
