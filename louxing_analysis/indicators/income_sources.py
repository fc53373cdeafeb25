"""Where it comes from: composition of income, the bridge from one year to another, dependence on transfers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import Text, card
from louxing_analysis.indicators.income_accounts import NOT_EXPLAINED, SOURCES, Accounts, accounts, sources_of, told
from louxing_analysis.indicators.income_levels import LINEARISED, PEOPLE, asked, followed
from louxing_analysis.indicators.measured import Measured, assemble
from louxing_analysis.indicators.populations import Threshold, size_of
from louxing_analysis.indicators.ratios import group, nothing, ratio_lines
from louxing_analysis.measures.decomposition import income_bridge as bridge_of
from louxing_analysis.measures.estimate import Estimate

PARTS = Text(
    "总额为人均纯收入×人口；某项来源未填的，不作填补，其数额留在“未说明”中，并在该来源计入缺失户数；"
    "没有人均纯收入或人口数的户计入缺失",
    "the total is income per head × household size; a source that is not told is not filled: its money stays in “not "
    "explained” and the household counts as missing for that source; households without level or size are missing altogether",
)
INCOME_COMPOSITION = card(
    "income_composition",
    Text("收入构成", "Composition of income"),
    Text(
        "各来源占纯收入总额的比重；经营净收入 = 生产经营性收入 − 生产经营性支出；各项与填报数之差列为“未说明”，各条合计为 1。"
        'per="head" 时为人均元数',
        "share of each source in total net income; business is net of costs; what the sources do not account for of the "
        'stated figure is its own bar, so that the bars add up to 1. With per="head": yuan per head',
    ),
    module="income",
    population="with_income_account",
    denominator=Text('纯收入总额（元）；per="head" 时为人口', 'total net income (yuan); people with per="head"'),
    missing_rule=PARTS,
    unit="share",
    tables=("incomes",),
    optional=("households",),
    disclosure="sensitive",
    source="Σ Y_k ÷ Σ Y",
)
INCOME_BRIDGE = card(
    "income_bridge",
    Text("收入变化来源分解", "Bridge of income per head"),
    Text(
        "由起年人均纯收入到终年人均纯收入，各来源人均数的变化：起 + 工资 + 经营净 + 财产 + 转移 + 未说明 = 终；"
        "家庭人口变化的影响含在各项之中；分母为终年（起点为起年）人口，分子为相应总额",
        "from the mean of the first year to that of the last by the change of each source per head: start + wage + net "
        "business + property + transfer + not explained = end; changes of household size are inside the parts; the "
        "denominator is the people of the last year (of the first for the start), the numerator the money at that base",
    ),
    module="income",
    population="with_income_account",
    denominator=PEOPLE,
    missing_rule=PARTS,
    unit="yuan",
    tables=("incomes",),
    optional=("households",),
    disclosure="sensitive",
    interval=LINEARISED,
    period=Text("起年—终年", "first to last year"),
    source="Δȳ = Σ Δȳ_k",
)
TRANSFER_DEPENDENCE = card(
    "transfer_dependence",
    Text("转移性收入依赖", "Dependence on transfers"),
    Text(
        "转移性收入占纯收入超过一半、超过八成的户中人口所占比重；纯收入不为正而有转移性收入的也算",
        "share of people in households whose transfers are more than half, more than four fifths of net income; a household "
        "of no positive net income that has transfers counts as well",
    ),
    module="income",
    population="with_income_account",
    denominator=PEOPLE,
    unit="share",
    tables=("incomes",),
    optional=("households",),
    facts=("threshold",),
    disclosure="sensitive",
    source="1(transfer ÷ net income > s)",
    missing_rule=Text(
        "缺转移性收入、人均纯收入或人口数的户计入缺失",
        "households lacking transfers, income per head or size are missing",
    ),
)


def income_composition(
    *,
    incomes: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
    per: str = "income",
) -> Measured:
    """What part of net income each source is (`per="income"`), or its yuan per head; the group column is `source`.

    Totals need the size of the household whatever the weights; `weights="household"` gives yuan per household.
    """
    if per not in ("income", "head"):
        raise ValueError(f"per={per!r}: income | head")
    mine = accounts(incomes, households, years, by, weights)
    total, parts = _money(mine)
    base = total if per == "income" else np.where(np.isnan(total), np.nan, mine.frame["weight"])
    found = []
    for name, part in parts.items():
        lines = ratio_lines(
            mine.frame,
            [*by, "period"],
            np.where(np.isnan(total), np.nan, told(part)),
            base,
            mine.clusters,
            cells=asked(years, by),
            counts=False,
        )
        lacking = _count(mine, [*by, "period"], np.isnan(part) & ~np.isnan(base), lines)
        found.append(lines.assign(source=name, missing=lines["missing"] + lacking))
    lines = pd.concat(found, ignore_index=True)
    unit = "share" if per == "income" else "yuan"
    return assemble(INCOME_COMPOSITION, lines, [*by, "source"], [mine.source(by, ~np.isnan(base))], mine.notes(), unit)


def _money(mine: Accounts) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Net income of each account, and its sources with what they leave unexplained."""
    total = mine.frame["level"].to_numpy() * size_of(mine.frame)
    parts = sources_of(mine)
    rest = total - sum(told(part) for part in parts.values())
    return total, {**parts, NOT_EXPLAINED: rest}


def _count(mine: Accounts, names: list[str], flags: np.ndarray, lines: pd.DataFrame) -> np.ndarray:
    """How many accounts of each line have the flag; the lines are those of the same grouping, in the same order."""
    if not len(mine.frame):
        return np.zeros(len(lines), dtype=int)
    groups = group(mine.frame, names)
    counts = groups.keys.assign(lacking=np.bincount(groups.codes, flags, groups.size))
    found = lines[names].merge(counts, on=names, how="left")["lacking"]
    return found.where(found.notna(), 0).to_numpy(dtype=int)


def income_bridge(
    *,
    incomes: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: tuple[int, int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
    panel: str = "all",
) -> Measured:
    """From the mean of the first year to that of the last, source by source, in yuan per head; group column `part`.

    `years` are the two ends (default: first and last year there are); `panel="balanced"` keeps to households known in both.
    """
    mine = accounts(incomes, households, years, by, weights)
    present = mine.frame["period"].dropna()
    ends = (min(years), max(years)) if years else (present.min(), present.max()) if len(present) else (0, 0)
    inside = mine.where(np.isin(mine.frame["period"], ends))
    counted = followed(inside, panel) & ~np.isnan(_money(inside)[0])
    groups = group(inside.frame, by)
    period = f"{ends[0]}-{ends[1]}" if ends[0] != ends[1] else ""
    lines: list[dict[str, Any]] = []
    for number, keys in enumerate(groups.keys.to_dict("records")):
        lines += _bridged(
            inside.where(groups.codes == number), counted[groups.codes == number], ends, {**keys, "period": period}
        )
    frame = pd.DataFrame(lines) if lines else nothing([*by, "part", "period"]).assign(part="start")
    source = inside.source(by, counted, period=np.full(int(counted.sum()), period))
    return assemble(INCOME_BRIDGE, frame, [*by, "part"], [source], mine.notes())


def _bridged(
    inside: Accounts, counted: np.ndarray, ends: tuple[int, int], keys: dict[Any, Any]
) -> list[dict[str, Any]]:
    """The bars of one group: start, the sources, what is not explained, end."""
    at = [counted & (inside.frame["period"].to_numpy(dtype=float) == year) for year in ends]
    lacking = int((~counted).sum())
    total, parts = _money(inside)
    names = (*SOURCES, NOT_EXPLAINED)
    unknown = {name: int((np.isnan(parts[name]) & counted).sum()) for name in names}
    if ends[0] == ends[1] or not all(moment.any() for moment in at):
        return [
            {**keys, "part": part, "numerator": np.nan, "denominator": 0.0, "value": np.nan, "missing": lacking}
            for part in ("start", *names, "end")
        ]
    size, weight = size_of(inside.frame), inside.frame["weight"].to_numpy()
    heads = {name: told(parts[name]) / size for name in SOURCES}
    cluster = (
        inside.clusters if np.unique(inside.clusters[counted]).size > 1 else group(inside.frame, ["household_id"]).codes
    )
    bridge = bridge_of(
        {name: head[at[0]] for name, head in heads.items()},
        {name: head[at[1]] for name, head in heads.items()},
        weights=weight[at[0]],
        weights_after=weight[at[1]],
        clusters=cluster[at[0]],
        clusters_after=cluster[at[1]],
        paired=False,
        total_before=(total / size)[at[0]],
        total_after=(total / size)[at[1]],
    )
    bars: dict[str, Estimate] = {
        "start": Estimate(bridge.before),
        **dict(zip(SOURCES, bridge.contributions, strict=True)),
        NOT_EXPLAINED: bridge.unexplained,
        "end": Estimate(bridge.after),
    }
    base = {part: float(weight[at[0] if part == "start" else at[1]].sum()) for part in bars}
    return [
        {
            **keys,
            "part": part,
            "numerator": float(bar) * base[part],
            "denominator": base[part],
            "value": float(bar),
            "low": bar.low,
            "high": bar.high,
            "missing": lacking + unknown.get(part, 0),
        }
        for part, bar in bars.items()
    ]


def transfer_dependence(
    *,
    incomes: pd.DataFrame,
    threshold: Threshold,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
    rules: Sequence[str] = ("transfer_dependence", "transfer_dependence_high"),
) -> Measured:
    """Share of people whose household's transfers pass a share of its net income; group column `share_over`.

    The shares are those of the rules in thresholds.csv at the last year.
    """
    mine = accounts(incomes, households, years, by, weights)
    last = int(mine.frame["period"].max()) if len(mine.frame) else 0
    total, parts = _money(mine)
    known = ~(np.isnan(total) | np.isnan(parts["transfer"]))
    weight = np.where(known, mine.frame["weight"], np.nan)
    found = []
    for rule in rules:
        share = threshold(rule, last) if last else np.nan
        over = (parts["transfer"] > share * total) & (parts["transfer"] > 0)
        lines = ratio_lines(
            mine.frame,
            [*by, "period"],
            np.where(known, over * weight, np.nan),
            weight,
            mine.clusters,
            cells=asked(years, by),
        )
        found.append(lines.assign(share_over=rule))
    lines = pd.concat(found, ignore_index=True)
    return assemble(
        TRANSFER_DEPENDENCE, lines, [*by, "share_over"], [mine.source(by, known & mine.known)], mine.notes()
    )
