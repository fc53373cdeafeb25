"""Who stands by each household: paired cadres, and how many households each has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import NO_INTERVAL, WILSON, Text, card
from louxing_analysis.indicators.geography import in_place, places_on, told
from louxing_analysis.indicators.measured import Measured, Source, assemble
from louxing_analysis.indicators.moments import days_asked, first_days, in_force
from louxing_analysis.indicators.populations import Threshold, registered_at_year_end, weights_of
from louxing_analysis.indicators.ratios import as_floats, clusters_of, group, nothing, ratio_lines
from louxing_analysis.indicators.received import pairs_of

VALID = Text(
    "有效结对：当日在起止时间之内、帮扶人可识别、所在村（社区）现行存在",
    "a valid pairing runs on the day, has a cadre who can be told, and a place that is in force",
)
DAY = Text("某日（默认各年年末）", "a day (by default each year's end)")
PAIRING_COVERAGE = card(
    "pairing_coverage",
    Text("结对帮扶覆盖率", "Households with a paired cadre"),
    Text(
        "当日至少有一条有效结对的在册户 ÷ 在册户（取当日所在年度的户表，没有则取此前最近一年）。" + VALID.zh,
        "registered households with at least one valid pairing on the day ÷ registered households (register of the day's "
        "year, else the latest before); " + VALID.en,
    ),
    module="coverage",
    population="registered_at_year_end",
    unit="share",
    tables=("households", "pairings"),
    optional=("places",),
    disclosure="open",
    period=DAY,
    source="ratio of totals",
    denominator=Text("在册户", "registered households"),
    missing_rule=Text(
        "只有起始时间缺失的结对、不能判断是否有效的户计入缺失",
        "households whose only pairings lack a start, so that it cannot be told, are missing",
    ),
)
PAIRED_CADRES = card(
    "paired_cadres",
    Text("结对帮扶干部人数", "Number of paired cadres"),
    Text(
        "当日有有效结对的不同帮扶人数；分母为有效结对数。" + VALID.zh,
        "different cadres with a valid pairing on the day; the denominator is the number of valid pairings; "
        + VALID.en,
    ),
    module="coverage",
    population="cadres",
    unit="cadre",
    tables=("pairings",),
    optional=("households", "places"),
    disclosure="open",
    period=DAY,
    source="distinct count",
    interval=NO_INTERVAL,
    unit_of_analysis=Text("帮扶人", "cadre"),
    denominator=Text("有效结对", "valid pairings"),
    missing_rule=Text("缺起始时间或帮扶人的结对计入缺失", "pairings without a start or a cadre are missing"),
)
HOUSEHOLDS_PER_CADRE = card(
    "households_per_cadre",
    Text("每名帮扶人结对户数", "Households per paired cadre"),
    Text(
        "有效结对户数 ÷ 帮扶人数（均值）、最多户数、超过规定户数的帮扶人比重；分组按帮扶人的单位或第一户的地点",
        "paired households ÷ cadres (mean), the most of any cadre, and the share of cadres above the rule; grouped by the "
        "cadre's agency or the place of the first household",
    ),
    module="coverage",
    population="cadres",
    unit="household",
    tables=("pairings",),
    optional=("households", "places"),
    facts=("threshold",),
    disclosure="open",
    period=DAY,
    source="mean and maximum per cadre",
    interval=WILSON,
    unit_of_analysis=Text("帮扶人", "cadre"),
    denominator=Text("帮扶人", "cadres"),
    missing_rule=Text("缺起始时间或帮扶人的结对计入缺失", "pairings without a start or a cadre are missing"),
)


def valid_pairings(pairings: pd.DataFrame, places: pd.DataFrame | None, day: date) -> tuple[np.ndarray, np.ndarray]:
    """Which pairings are valid on a day, and of which that cannot be told because start or cadre is missing."""
    runs, unknown = in_force(pairings, day)
    cadre = pairings["cadre_id"].notna().to_numpy()
    exists = np.ones(len(pairings), dtype=bool)
    if places is not None and len(places):
        exists = (in_place(pairings, places_on(places, day)) >= 0) | ~told(pairings["village"])
    return runs & cadre & exists, (unknown | (runs & ~cadre)) & exists


def pairing_coverage(
    *,
    households: pd.DataFrame,
    pairings: pd.DataFrame,
    places: pd.DataFrame | None = None,
    day: date | str | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
) -> Measured:
    """Registered households with a valid pairing on a day (default: each year's end) ÷ registered households."""
    present = sorted(int(year) for year in households["register_year"].dropna().unique())
    found, sources = [], []
    for on, label in days_asked(day, years, present):
        register = max((year for year in present if year <= on.year), default=None)
        members = registered_at_year_end(households, [register] if register is not None else [])
        columns = [name for name in (*by, "township", "village", "household_size") if name in by or name in households]
        keys = members.rows([*columns, "household_id"]).assign(period=label)
        valid, unknown = valid_pairings(pairings, places, on)
        at, line = pairs_of(keys["household_id"], pairings["household_id"])
        hit = np.zeros(len(keys))
        hit[at[unknown[line]]] = np.nan
        hit[at[valid[line]]] = 1.0
        base = np.where(np.isnan(hit), np.nan, weights_of(keys, weights))
        found.append(
            ratio_lines(
                keys,
                [*by, "period"],
                hit * base,
                base,
                clusters_of(keys),
                cells=None if by else pd.DataFrame({"period": [label]}),
            )
        )
        counted, paired = ~np.isnan(base), valid[line]
        own = {name: keys[name] for name in (*by, "period")}
        sources.append(
            Source("households", households, members.positions[counted], {k: v[counted] for k, v in own.items()})
        )
        sources.append(
            Source("pairings", pairings, line[paired], {k: v.take(at[paired]).array for k, v in own.items()})
        )
    lines = pd.concat(found, ignore_index=True) if found else nothing([*by, "period"])
    return assemble(PAIRING_COVERAGE, lines, by, sources)


def paired_cadres(
    *,
    pairings: pd.DataFrame,
    households: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    day: date | str | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
) -> Measured:
    """How many different cadres have a valid pairing on a day (default: the end of each register year).

    A cadre in two groups counts in each.
    """
    found, sources = [], []
    for on, label in days_asked(day, years, known_years(pairings, households)):
        valid, unknown = valid_pairings(pairings, places, on)
        frame = pairings[[*by, "cadre_id"]].assign(period=label)
        groups = group(frame, [*by, "period"])
        mine = np.flatnonzero(valid)
        counts = (
            frame["cadre_id"].take(mine).groupby(groups.codes[mine]).nunique().reindex(range(groups.size), fill_value=0)
        )
        lines = groups.keys.assign(
            numerator=counts.to_numpy(dtype=float),
            value=counts.to_numpy(dtype=float),
            denominator=np.bincount(groups.codes, valid, groups.size),
            missing=np.bincount(groups.codes, unknown, groups.size).astype(int),
        )
        found.append(lines)
        sources.append(Source("pairings", pairings, mine, {name: frame[name].take(mine) for name in (*by, "period")}))
    lines = pd.concat(found, ignore_index=True) if found else nothing([*by, "period"])
    return assemble(PAIRED_CADRES, lines if len(lines) else nothing([*by, "period"]), by, sources)


def known_years(pairings: pd.DataFrame, households: pd.DataFrame | None) -> list[int]:
    """The register years; without a register the years in which a pairing starts or ends, and those between."""
    if households is not None:
        return sorted(int(year) for year in households["register_year"].dropna().unique())
    starts, ends = (
        first_days(pairings, name).astype("datetime64[Y]").astype(float) + 1970 for name in ("start_date", "end_date")
    )
    known = np.concatenate([starts, ends])
    known = known[~np.isnan(known) & (known > 0)]
    return list(range(int(known.min()), int(known.max()) + 1)) if known.size else []


def households_per_cadre(
    *,
    pairings: pd.DataFrame,
    threshold: Threshold,
    households: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    day: date | str | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    high: float | None = None,
) -> Measured:
    """Households per cadre on a day: mean, most, and share of cadres above `high`; group column `statistic`.

    `high` default: rule households_per_cadre_high.
    """
    found, sources = [], []
    for on, label in days_asked(day, years, known_years(pairings, households)):
        limit = high if high is not None else threshold("households_per_cadre_high", on.isoformat())
        valid, _unknown = valid_pairings(pairings, places, on)
        mine = np.flatnonzero(valid)
        rows = pairings[[*by, "cadre_id", "household_id"]].take(mine)
        per = rows.groupby("cadre_id", sort=True).agg(
            **{name: (name, "first") for name in by}, n=("household_id", "nunique")
        )
        per = per.reset_index().assign(period=label)
        found += _per_cadre(per, by, limit)
        of_cadre = per.set_index("cadre_id")
        own = {name: of_cadre[name].reindex(rows["cadre_id"]).array for name in (*by, "period")}
        sources.append(Source("pairings", pairings, mine, own))
    if not found:
        found = [nothing([*by, "period"]).assign(statistic="mean", unit="household")]
    return assemble(HOUSEHOLDS_PER_CADRE, pd.concat(found, ignore_index=True), [*by, "statistic"], sources)


def _per_cadre(per: pd.DataFrame, by: Sequence[str], limit: float) -> list[pd.DataFrame]:
    """Mean, most and share above the limit, of cadres with their number of households."""
    names, one = [*by, "period"], np.zeros(len(per), dtype=np.intp)
    count = as_floats(per["n"])
    mean = ratio_lines(per, names, count, np.ones(len(per)), one, counts=False)
    over = ratio_lines(per, names, (count > limit).astype(float), np.ones(len(per)), one)
    most = mean.assign(numerator=np.nan, low=np.nan, high=np.nan)
    if len(per):
        groups = group(per, names)
        top = np.full(groups.size, -np.inf)
        np.maximum.at(top, groups.codes, count)
        most["value"] = top
    return [
        mean.assign(statistic="mean", unit="household"),
        most.assign(statistic="most", unit="household"),
        over.assign(statistic="share_over_high", unit="share"),
    ]
