"""What villages do together: sanitation ratings, inspections held, problems put right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import BY_VILLAGE, Text, card
from louxing_analysis.indicators.geography import places_on
from louxing_analysis.indicators.measured import Measured, Note, Source, assemble
from louxing_analysis.indicators.moments import chosen, labelled, months_of_texts, undated, year_end
from louxing_analysis.indicators.populations import find, registered_at_year_end, weights_of
from louxing_analysis.indicators.ratios import Array, as_floats, clusters_of, ratio_lines

SANITATION_RATED = card(
    "sanitation_rated",
    Text("环境卫生参评率", "Households taking part in the sanitation rating"),
    Text(
        '当年（period="month" 时为当月）至少有一次评比记录的在册户 ÷ 年末在册户；grade 给定时为得到该等次的户 ÷ 参评户',
        'registered households with a rating in the year (the month with period="month") ÷ households on the register at '
        "the year's end; with a grade given, those that reached it ÷ those rated",
    ),
    module="participation",
    population="registered_at_year_end",
    unit="share",
    tables=("households", "sanitation"),
    denominator=Text("年末在册户（grade 给定时为参评户）", "registered households (those rated, with a grade given)"),
    period=Text("年度或月", "year or month"),
    disclosure="open",
    source="ratio of totals",
)
INSPECTION_RECTIFIED = card(
    "inspection_rectified",
    Text("问题整改率", "Problems put right"),
    Text("Σ已整改问题数 ÷ Σ发现问题数，按督查月份", "Σ problems rectified ÷ Σ problems found, by month of inspection"),
    module="participation",
    population="findings",
    unit="share",
    tables=("inspections",),
    disclosure="open",
    unit_of_analysis=Text("问题", "problem"),
    denominator=Text("发现问题数", "problems found"),
    period=Text("年度、月或一段时间", "year, month or span"),
    missing_rule=Text("缺发现数或整改数的督查计入缺失", "inspections lacking either count are missing"),
    source="ratio of totals; Cochran 1977, §6.3",
)
INSPECTION_MONTHS = card(
    "inspection_months",
    Text("按月督查率", "Months with an inspection"),
    Text(
        '有督查记录的月份 ÷ 应督查的月份，按分组（不分组时为全区）计，组内有一处被督查即算；each="place" 时逐村（社区）计，'
        "为有督查的村·月 ÷ 现行村（社区）×月数。月份从全区第一次督查算到最后一次",
        "months with an inspection ÷ months due, for each group (the district without groups): one place inspected is enough; "
        'with each="place" place by place: place-months with an inspection ÷ places in force × months. The months run '
        "from the first inspection of the whole district to the last",
    ),
    module="participation",
    population="places",
    unit="share",
    tables=("inspections", "places"),
    disclosure="open",
    unit_of_analysis=Text('月（each="place" 时为村·月）', 'month (place and month with each="place")'),
    denominator=Text("应督查的月份（村·月）", "months (place-months) due"),
    period=Text("年度或月", "year or month"),
    interval=BY_VILLAGE,
    source="ratio of totals",
    missing_rule=Text("督查对象不在现行地名中的另注", "inspections of places not in force are noted"),
)


def sanitation_rated(
    *,
    households: pd.DataFrame,
    sanitation: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    period: str = "year",
    weights: str = "household",
    grade: str | None = None,
) -> Measured:
    """Registered households with a rating ÷ registered households, by year or month."""
    months = months_of_texts(sanitation["rating_month"])
    kept = np.flatnonzero(chosen(months, years, None))
    rated = pd.DataFrame(
        {
            "household_id": sanitation["household_id"].take(kept).array,
            "register_year": np.floor(months[kept] / 12).astype(int),
            "month": months[kept],
        }
    )
    rated["top"] = (sanitation["rating_code"].take(kept) == grade).to_numpy(dtype=float, na_value=0) if grade else 1.0
    rated["position"] = kept
    members = registered_at_year_end(households, sorted(set(rated["register_year"])))
    frame = _due(
        members.rows([*by, "household_id", "register_year", "household_size", *_places(households)]), rated, period
    )
    keys = ["household_id", "register_year"] + (["month"] if period == "month" else [])
    rated = rated.assign(at=find(rated, frame, keys))
    inside = rated[rated["at"] >= 0]
    seen, top = np.zeros(len(frame)), np.zeros(len(frame))
    seen[inside["at"]] = 1.0
    top[inside["at"][inside["top"] == 1.0]] = 1.0
    base = weights_of(frame, weights) * (seen if grade else 1.0)
    frame["period"] = labelled(frame["month"].to_numpy(dtype=float), period)
    lines = ratio_lines(frame, [*by, "period"], top * base, base, clusters_of(frame))
    outside = int((rated["at"] < 0).sum())
    own = {name: frame[name].take(inside["at"]).reset_index(drop=True) for name in (*by, "period")}
    every = {name: frame[name] for name in (*by, "period")}
    positions = members.positions[
        find(frame, members.rows(["household_id", "register_year"]), ["household_id", "register_year"])
    ]
    sources = [
        Source("households", households, positions, every),
        Source("sanitation", sanitation, inside["position"].to_numpy(), own),
    ]
    note = Note(
        "rated_not_registered",
        outside,
        f"{outside} 条评比记录的户年末不在册，未计",
        f"{outside} ratings are of households not on the register at the year's end; not counted",
    )
    return assemble(SANITATION_RATED, lines, by, sources, [undated(months), note])


def _places(households: pd.DataFrame) -> list[str]:
    return [name for name in ("township", "village") if name in households]


def _due(members: pd.DataFrame, rated: pd.DataFrame, period: str) -> pd.DataFrame:
    """The household-years that could be rated, once a year or once for each month from the first rating to the last."""
    members = members.loc[:, ~members.columns.duplicated()].assign(month=members["register_year"].astype(float) * 12)
    if period != "month" or not len(rated):
        return members
    month = np.arange(rated["month"].min(), rated["month"].max() + 1)
    months = pd.DataFrame({"register_year": np.floor(month / 12).astype(int), "month": month})
    return members.drop(columns="month").merge(months, on="register_year", how="inner").reset_index(drop=True)


def inspection_rectified(
    *,
    inspections: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    period: str = "year",
    between: Sequence[str] | None = None,
) -> Measured:
    """Problems rectified ÷ problems found, pooled over the inspections of a period."""
    months = months_of_texts(inspections["inspection_month"])
    kept = np.flatnonzero(chosen(months, years, between))
    frame = inspections.take(kept).reset_index(drop=True).assign(period=labelled(months[kept], period, between))
    base, top = (as_floats(frame[name]) for name in ("issues_found_count", "issues_rectified_count"))
    top = np.where(base == 0, 0.0, top)  # nothing found leaves nothing to rectify, whatever the cell beside it says
    lines = ratio_lines(frame, [*by, "period"], top, base, clusters_of(frame), trials=True)
    counted = ~np.isnan(top + base)
    own = {name: frame[name][counted] for name in (*by, "period")}
    return assemble(
        INSPECTION_RECTIFIED, lines, by, [Source("inspections", inspections, kept[counted], own)], [undated(months)]
    )


def inspection_months(
    *,
    inspections: pd.DataFrame,
    places: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    period: str = "year",
    each: str = "group",
) -> Measured:
    """Months with an inspection ÷ months due, group by group, or place by place with `each="place"`.

    Groups are columns of places (township, village, place_kind). Raises ValueError for another `each`.
    """
    if each not in ("group", "place"):
        raise ValueError(f"each={each!r}: group | place")
    months = months_of_texts(inspections["inspection_month"])
    kept = np.flatnonzero(chosen(months, years, None))
    due = _place_months(places, months[kept])
    frame = inspections[["township", "village"]].take(kept).reset_index(drop=True).assign(month=months[kept])
    at = find(frame, due, ["township", "village", "month"])
    hit = np.zeros(len(due))
    hit[at[at >= 0]] = 1.0
    due["period"] = labelled(due["month"].to_numpy(dtype=float), period)
    counted = due.assign(hit=hit)
    if each == "group":
        counted = counted.groupby([*by, "period", "month"], dropna=False, as_index=False)["hit"].max()
    clusters = clusters_of(counted) if each == "place" else np.zeros(len(counted), dtype=np.intp)
    lines = ratio_lines(counted, [*by, "period"], counted["hit"], np.ones(len(counted)), clusters)
    outside = int((at < 0).sum())
    note = Note(
        "place_not_in_force",
        outside,
        f"{outside} 条督查的对象不是现行村（社区），未计",
        f"{outside} inspections are of places not in force; not counted",
    )
    own = {name: due[name].take(at[at >= 0]).reset_index(drop=True) for name in (*by, "period")}
    return assemble(
        INSPECTION_MONTHS, lines, by, [Source("inspections", inspections, kept[at >= 0], own)], [undated(months), note]
    )


def _place_months(places: pd.DataFrame, months: Array) -> pd.DataFrame:
    """Every place in force at the year's end, for each month between the first and the last."""
    due = np.arange(months.min(), months.max() + 1) if months.size else np.zeros(0)
    there = {year: places_on(places, year_end(year)) for year in sorted({int(month // 12) for month in due})}
    found = [there[int(month // 12)].assign(month=month) for month in due]
    if found:
        return pd.concat(found, ignore_index=True)
    return pd.DataFrame({"township": [], "village": [], "place_kind": [], "month": []}).astype(
        {"township": "str", "village": "str", "place_kind": "str", "month": "float64"}
    )
