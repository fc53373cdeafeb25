"""How much: income per head of the registered, its spread, its inequality and its growth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import Text, card
from louxing_analysis.indicators.income_accounts import Accounts, accounts, estimated
from louxing_analysis.indicators.measured import Measured, assemble
from louxing_analysis.indicators.ratios import Array, Codes, group, nothing, ratio_lines
from louxing_analysis.measures.estimate import Estimate
from louxing_analysis.measures.inequality import gini
from louxing_analysis.measures.linearisation import precision, with_precision
from louxing_analysis.measures.quantiles import quantile, quantile_ratio

PEOPLE = Text(
    '有收入核算户的登记人口（weights="household" 时为户数）',
    'registered people of the households with an account (households when weights="household")',
)
LEVEL = Text(
    "采用填报的人均纯收入，未填时采用计算数并注明户数；两者皆无或缺家庭人口数的户计入缺失",
    "income per head as stated, else as computed (how many is noted); households with neither, or without a size, are "
    "counted as missing",
)
WOODRUFF = Text(
    "Woodruff 区间（村为群，t 分布 95%）", "Woodruff's interval (villages as clusters, 95 % by Student's t)"
)
LINEARISED = Text(
    "线性化标准误（村为群，t 分布 95%）", "linearised standard error (villages as clusters, 95 % by Student's t)"
)

INCOME_PER_HEAD = card(
    "income_per_head",
    Text("人均纯收入", "Net income per head"),
    Text(
        "各户人均纯收入按家庭人口数加权平均：Σ人口×人均纯收入 ÷ Σ人口；收入年度为上年 10 月至当年 9 月",
        "mean of the households' net income per head weighted by household size; the accounting year runs from October "
        "of the year before to September",
    ),
    module="income",
    population="with_income_account",
    denominator=PEOPLE,
    missing_rule=LEVEL,
    unit="yuan",
    tables=("incomes",),
    optional=("households",),
    disclosure="sensitive",
    source="Σ n·y ÷ Σ n; error: Cochran 1977, Sampling Techniques, §6.3",
)
INCOME_MEDIAN = card(
    "income_median",
    Text("人均纯收入中位数", "Median net income per head"),
    Text(
        "按人口加权，累计人口首次达到一半时的人均纯收入；分子留空，分母为人口",
        "the smallest income per head at which the cumulated people reach one half; numerator empty, denominator people",
    ),
    module="income",
    population="with_income_account",
    denominator=PEOPLE,
    missing_rule=LEVEL,
    unit="yuan",
    tables=("incomes",),
    optional=("households",),
    disclosure="sensitive",
    interval=WOODRUFF,
    source="weighted quantile, rule “smallest”; Woodruff 1952, JASA 47",
)
INCOME_DISTRIBUTION = card(
    "income_distribution",
    Text("人均纯收入分布", "Distribution of net income per head"),
    Text(
        "按人口加权的第 10、25、50、75、90 百分位；分子留空，分母为人口",
        "10th, 25th, 50th, 75th and 90th percentile weighted by people; numerator empty, denominator people",
    ),
    module="income",
    population="with_income_account",
    denominator=PEOPLE,
    missing_rule=LEVEL,
    unit="yuan",
    tables=("incomes",),
    optional=("households",),
    disclosure="sensitive",
    interval=WOODRUFF,
    source="weighted quantile, rule “smallest”; Woodruff 1952, JASA 47",
)
INCOME_INEQUALITY = card(
    "income_inequality",
    Text("收入差距（在册户内部）", "Income inequality among the registered"),
    Text(
        "在册户内部的基尼系数（洛伦兹梯形法，按人口加权，保留负收入）和 P90/P10；不是全体居民的差距；分子留空，分母为人口",
        "Gini (Lorenz trapezoid, weighted by people, negative incomes kept) and P90/P10 among the registered, not among "
        "all residents; numerator empty, denominator people",
    ),
    module="income",
    population="with_income_account",
    denominator=PEOPLE,
    missing_rule=LEVEL,
    unit="ratio",
    tables=("incomes",),
    optional=("households",),
    disclosure="sensitive",
    interval=LINEARISED,
    source="Gini 1914; Langel & Tillé 2013, JRSS A 176",
)
INCOME_GROWTH = card(
    "income_growth",
    Text("人均纯收入增长", "Growth of net income per head"),
    Text(
        "名义增长率 = 本年 ÷ 上年 − 1；实际增长率再除以价格指数（上年 = 100，与收入年度同期，无指数则不能说）；"
        "分子为增加额（元），分母为上年人均（元）。建档户因收入低而入册，前几年的增长因均值回归而偏高",
        "nominal: this year ÷ the year before − 1; real: divided by the price index (year before = 100, of the same "
        "accounting year; without it it cannot be told); numerator the rise and denominator the earlier mean, in yuan. "
        "Households are registered because their income was low: growth of the first years overstates",
    ),
    module="income",
    population="with_income_account",
    denominator=Text("上年人均纯收入（元）", "mean income of the year before (yuan)"),
    missing_rule=LEVEL,
    unit="share",
    tables=("incomes",),
    optional=("households",),
    disclosure="sensitive",
    interval=LINEARISED,
    period=Text("年度（终年）", "year (the later one)"),
    facts=("price_index",),
    source="ȳ1 ÷ ȳ0 − 1; real (1 + g) ÷ (P ÷ 100) − 1; delta method",
)
PERCENTILES = {"p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}


def income_per_head(
    *,
    incomes: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
) -> Measured:
    """The mean net income per head of each year, in yuan; numerator yuan, denominator people (or households)."""
    mine = accounts(incomes, households, years, by, weights)
    level, weight = mine.frame["level"].to_numpy(), mine.frame["weight"].to_numpy()
    lines = ratio_lines(
        mine.frame,
        [*by, "period"],
        level * weight,
        np.where(np.isnan(level), np.nan, weight),
        mine.clusters,
        cells=asked(years, by),
    )
    return assemble(INCOME_PER_HEAD, lines, by, [mine.source(by)], mine.notes())


def asked(years: Sequence[int] | None, by: Sequence[str]) -> pd.DataFrame | None:
    """The years that were asked for, so that one without any account has its line of nothing."""
    return None if years is None or by else pd.DataFrame({"period": pd.Series(sorted(years), dtype="Int64")})


def income_median(
    *,
    incomes: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
) -> Measured:
    """The weighted median of net income per head of each year, in yuan."""
    mine = accounts(incomes, households, years, by, weights)
    lines = estimated(mine.frame, by, "quantile", {"p50": _quantile(0.5)}, mine.clusters)
    return assemble(INCOME_MEDIAN, lines, by, [mine.source(by)], mine.notes())


def income_distribution(
    *,
    incomes: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
) -> Measured:
    """The 10th to 90th percentile of net income per head; the group column `quantile` says which."""
    mine = accounts(incomes, households, years, by, weights)
    functions = {name: _quantile(share) for name, share in PERCENTILES.items()}
    lines = estimated(mine.frame, by, "quantile", functions, mine.clusters)
    return assemble(INCOME_DISTRIBUTION, lines, [*by, "quantile"], [mine.source(by)], mine.notes())


def income_inequality(
    *,
    incomes: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
) -> Measured:
    """Gini and P90/P10 of net income per head among the registered; the group column `statistic` says which."""
    mine = accounts(incomes, households, years, by, weights)
    functions = {"gini": lambda y, w, c: gini(y, w, c), "p90_p10": lambda y, w, c: quantile_ratio(y, 0.9, 0.1, w, c)}
    lines = estimated(mine.frame, by, "statistic", functions, mine.clusters)
    return assemble(INCOME_INEQUALITY, lines, [*by, "statistic"], [mine.source(by)], mine.notes())


def _quantile(share: float) -> Any:
    return lambda y, w, c: quantile(y, share, w, c)


def income_growth(
    *,
    incomes: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
    panel: str = "all",
    price_index: dict[int, float] | None = None,
) -> Measured:
    """Growth of the mean from each year to the next that was asked for, nominal and real; group column `growth`.

    `panel="balanced"` compares the same households at both ends of each step. Steps longer than a year give the growth
    over the whole step; the real one needs an index for every year of it.
    """
    mine = accounts(incomes, households, years, by, weights)
    present = sorted(int(year) for year in mine.frame["period"].dropna().unique())
    lines: list[dict[str, Any]] = []
    sources = []
    for step in pairwise(present):
        inside = mine.where(np.isin(mine.frame["period"], step))
        counted = followed(inside, panel)
        lines += _grown(inside, counted, step, by, price_index or {})
        sources.append(inside.source(by, counted, period=np.full(int(counted.sum()), step[1])))
    frame = pd.DataFrame(lines) if lines else nothing([*by, "growth", "period"]).assign(growth="nominal")
    return assemble(INCOME_GROWTH, frame, [*by, "growth"], sources, mine.notes())


def followed(inside: Accounts, panel: str) -> np.ndarray:
    """Which accounts of two years count: all that are known, or those of households known in both."""
    if panel not in ("all", "balanced"):
        raise ValueError(f"panel={panel!r}: all | balanced")
    known = inside.known
    if panel == "all":
        return known
    years = inside.frame["period"].where(known).groupby(inside.frame["household_id"]).transform("nunique")
    return known & (years.to_numpy(dtype=float) == 2)


def _grown(
    inside: Accounts, counted: np.ndarray, step: tuple[int, int], by: Sequence[str], price_index: dict[int, float]
) -> list[dict[str, Any]]:
    """The lines of one step, of every group; `missing` counts the accounts of either year that do not count."""
    lines = group(inside.frame, by)
    households = group(inside.frame, ["household_id"]).codes
    period, level, weight = (inside.frame[name].to_numpy(dtype=float) for name in ("period", "level", "weight"))
    order = np.argsort(lines.codes, kind="stable")
    of_line = np.split(order, np.cumsum(np.bincount(lines.codes, minlength=lines.size))[:-1])
    price = math.prod(price_index.get(year, math.nan) / 100 for year in range(step[0] + 1, step[1] + 1))
    found = []
    for keys, rows in zip(lines.keys.to_dict("records"), of_line, strict=True):
        mine = rows[counted[rows]]
        village = inside.clusters[mine]
        units = village if np.unique(village).size > 1 else households[mine]
        estimate, before, after = _growth(period[mine] == step[1], level[mine], weight[mine], units)
        common = {
            **keys,
            "period": step[1],
            "numerator": after - before,
            "denominator": before,
            "missing": len(rows) - len(mine),
        }
        for name, scale in (("nominal", 1.0), ("real", price)):
            ends = [(1 + figure) / scale - 1 for figure in (float(estimate), estimate.low, estimate.high)]
            found.append({**common, "growth": name, "value": ends[0], "low": ends[1], "high": ends[2]})
    return found


def _growth(later: np.ndarray, level: Array, weight: Array, units: Codes) -> tuple[Estimate, float, float]:
    """Growth between two moments with its delta-method error, and both means; nan where a mean is not there or not above 0."""
    if later.all() or not later.any():
        return Estimate(math.nan), math.nan, math.nan
    before, after = (float(np.average(level[moment], weights=weight[moment])) for moment in (~later, later))
    if not before > 0:
        return Estimate(math.nan), before, after
    scores = np.where(
        later,
        weight * (level - after) / weight[later].sum() / before,
        -weight * (level - before) / weight[~later].sum() * after / before**2,
    )
    return with_precision(after / before - 1, precision(scores, units), level.size, "growth of the mean"), before, after
