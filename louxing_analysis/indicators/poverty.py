"""Against a line: how many of the registered are below it, how far, and how many stand just above."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from louxing_analysis import reference
from louxing_analysis.indicators.card import Text, card
from louxing_analysis.indicators.income_accounts import Accounts, accounts
from louxing_analysis.indicators.income_levels import LEVEL, PEOPLE
from louxing_analysis.indicators.measured import Measured, Note, Source, assemble
from louxing_analysis.indicators.populations import Threshold
from louxing_analysis.indicators.ratios import nothing, ratio_lines
from louxing_analysis.reference import NoThreshold

LINES = ("national_line", "exit_line", "monitoring_line")

POVERTY_HEADCOUNT = card(
    "poverty_headcount",
    Text("在册人口中收入低于标准线的比重", "Share of the registered below the line"),
    Text(
        "有收入核算的在册人口中，人均纯收入低于（不含等于）标准线的比重；alpha=1 为差距、2 为强度。分母只是在册人口，不是当地农村人口，"
        "因此不是贫困发生率。国家标准、退出标准、监测线分开计算，某年没有文件规定的线不计算",
        "share of the registered people with an account whose net income per head is below (not at) the line; alpha 1 is the "
        "gap, 2 the severity. The base is the registered, not the rural population: this is not the poverty incidence. "
        "National, exit and monitoring line are kept apart; where no document sets a line for a year nothing is computed",
    ),
    module="income",
    population="with_income_account",
    denominator=PEOPLE,
    missing_rule=LEVEL,
    unit="share",
    tables=("incomes",),
    optional=("households",),
    facts=("threshold",),
    disclosure="sensitive",
    source="Foster, Greer, Thorbecke 1984, Econometrica 52(3)",
)
NEAR_LINE_BAND = card(
    "near_line_band",
    Text("略高于标准线的在册人口比重", "Share of the registered just above the line"),
    Text(
        "人均纯收入不低于标准线但低于其一定倍数的在册人口比重",
        "share of the registered people whose net income per head is at the line or above it, but below a multiple of it",
    ),
    module="income",
    population="with_income_account",
    denominator=PEOPLE,
    missing_rule=LEVEL,
    unit="share",
    tables=("incomes",),
    optional=("households",),
    facts=("threshold",),
    disclosure="sensitive",
    source="1(z ≤ y < c·z)",
)


def line_of(threshold: Threshold, rule: str, year: int) -> float | None:
    """The line in a year, None where no document sets one."""
    try:
        return threshold(rule, year)
    except NoThreshold:
        return None


def poverty_headcount(
    *,
    incomes: pd.DataFrame,
    threshold: Threshold,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
    lines: Sequence[str] = LINES,
    alpha: float = 0,
) -> Measured:
    """The registered below each line, by year; group column `line`. Years for which a line is not set have no line here.

    `alpha` 0 is the headcount, 1 the poverty gap, 2 the severity. Raises ValueError for alpha below 0.
    """
    if not alpha >= 0:
        raise ValueError(f"alpha={alpha}")

    def depth(level: np.ndarray, line: np.ndarray) -> np.ndarray:
        return np.where(level < line, 1.0 if alpha == 0 else np.maximum(1 - level / line, 0) ** alpha, 0.0)

    mine = accounts(incomes, households, years, by, weights)
    return _against(mine, POVERTY_HEADCOUNT, by, lines, threshold, depth)


def near_line_band(
    *,
    incomes: pd.DataFrame,
    threshold: Threshold,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "person",
    lines: Sequence[str] = ("national_line", "exit_line"),
    factor: float | None = None,
) -> Measured:
    """The registered at the line or above it but below `factor` times it; `factor` default: rule near_line_factor."""

    def near(level: np.ndarray, line: np.ndarray) -> np.ndarray:
        return np.asarray((level >= line) & (level < times * line), dtype=float)

    mine = accounts(incomes, households, years, by, weights)
    last = int(mine.frame["period"].max()) if len(mine.frame) else 0
    times = factor if factor is not None else (threshold("near_line_factor", last) if last else np.nan)
    return _against(mine, NEAR_LINE_BAND, by, lines, threshold, near)


def _against(mine: Accounts, words, by: Sequence[str], rules: Sequence[str], threshold: Threshold, score) -> Measured:  # type: ignore[no-untyped-def]
    """Weighted mean of a score of (level, line) for each line and each year that has one."""
    level, weight = mine.frame["level"].to_numpy(), mine.frame["weight"].to_numpy()
    period = mine.frame["period"].to_numpy(dtype=float, na_value=np.nan)
    found, sources, without = [], [], []
    for rule in rules:
        years = sorted(int(year) for year in np.unique(period[~np.isnan(period)]))
        values = {year: line_of(threshold, rule, year) for year in years}
        without += [(rule, year) for year in years if values[year] is None]
        set_years = np.isin(period, [year for year in years if values[year] is not None])
        if not set_years.any():
            continue
        line = np.array([values.get(int(year)) or np.nan for year in period[set_years]], dtype=float)
        base = np.where(np.isnan(level), np.nan, weight)[set_years]
        figures = ratio_lines(
            mine.frame[set_years].reset_index(drop=True),
            [*by, "period"],
            score(level[set_years], line) * base,
            base,
            mine.clusters[set_years],
        )
        found.append(figures.assign(line=rule))
        sources.append(_of_rule(mine, by, set_years & mine.known, rule))
    lines = pd.concat(found, ignore_index=True) if found else nothing([*by, "line", "period"])
    gap = Note(
        "line_not_set",
        len(without),
        f"没有文件规定的标准线，未计算：{_lines_told(without, 'zh')}",
        f"no document sets these lines, nothing computed: {_lines_told(without, 'en')}",
    )
    return assemble(words, lines, [*by, "line"], sources, [*mine.notes(), gap])


def _lines_told(without: Sequence[tuple[str, int]], language: str) -> str:
    """Lines by their names, each with the years for which no document sets it."""
    years: dict[str, list[str]] = {}
    for rule, year in without:
        years.setdefault(rule, []).append(str(year))
    names = {rule: reference.load().label("line", rule, language) for rule in years}
    comma, opening, closing = ("、", "（", "）") if language == "zh" else (", ", " (", ")")
    return comma.join(f"{names[rule]}{opening}{comma.join(told)}{closing}" for rule, told in years.items())


def _of_rule(mine: Accounts, by: Sequence[str], keep: np.ndarray, rule: str) -> Source:
    return mine.source(by, keep, line=np.full(int(keep.sum()), rule, dtype=object))
