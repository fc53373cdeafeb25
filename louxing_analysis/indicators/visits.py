"""Who was called on: visits made against visits required."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import Text, card
from louxing_analysis.indicators.measured import Measured, Note, Source, assemble
from louxing_analysis.indicators.moments import first_days, labelled, last_days, months_of_dates, undated
from louxing_analysis.indicators.populations import PLACE, Threshold, described, find, in_years, is_among, is_one_of
from louxing_analysis.indicators.ratios import Array, clusters_of, group, ratio_lines

VISIT_COMPLETION = card(
    "visit_completion",
    Text("走访完成率", "Visits made against visits required"),
    Text(
        "当月走访次数达到要求的结对（户×帮扶人）·月 ÷ 月末有效的结对·月；没有写明走访人的走访算给该户所有结对；"
        "全村当月没有任何走访记录的，视为没有台账，计入缺失而不算未走访",
        "pair-months with the required number of visits ÷ months of pairings (household × cadre) in force at the month's "
        "end; a visit without a visitor counts for every pairing of the household; a month for which the whole village has "
        "no visit on record is missing, not unvisited",
    ),
    module="participation",
    population="paired_at_month_end",
    unit="share",
    tables=("visits", "pairings"),
    optional=("households",),
    facts=("threshold",),
    disclosure="open",
    unit_of_analysis=Text("结对·月", "pairing and month"),
    denominator=Text("月末有效的结对·月", "months of pairings in force"),
    period=Text("年度或月", "year or month"),
    missing_rule=Text(
        "村当月没有走访台账、结对没有开始时间的结对·月计入缺失",
        "pair-months without a visit ledger of the village, and pairings without a start, are missing",
    ),
    source="ratio of totals; Cochran 1977, §6.3",
)


def visit_completion(
    *,
    visits: pd.DataFrame,
    pairings: pd.DataFrame,
    threshold: Threshold,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    period: str = "year",
    required: float | None = None,
    modes: Sequence[str] | None = None,
    unrecorded: str = "missing",
) -> Measured:
    """Pair-months with enough visits ÷ pair-months in force; the months are those from the first visit to the last.

    `required` visits a month (default: rule visits_required_per_month of the last year); `modes` keeps to some kinds of
    visit; `unrecorded="not_made"` counts months without any visit in the whole village as not visited.
    """
    if unrecorded not in ("missing", "not_made"):
        raise ValueError(f"unrecorded={unrecorded!r}: missing | not_made")
    months = months_of_dates(visits, "visit_date")
    kept = ~np.isnan(months) & in_years(pd.Series(np.floor(months / 12)), years)
    if modes is not None:
        kept &= is_one_of(visits["visit_mode_code"], modes)
    made = np.flatnonzero(kept)
    needed = required
    if needed is None:
        needed = threshold("visits_required_per_month", int(months[made].max() // 12)) if made.size else 1.0
    pairs = _pair_months(pairings, months[made])
    place = described(pairings, households, [*by, *_places(pairings, households)])
    frame = place.take(pairs["pairing"].to_numpy()).reset_index(drop=True)
    frame["period"] = labelled(pairs["month"].to_numpy(dtype=float), period)
    counts = _visits_of(pairs, pairings, visits.take(made), months[made])
    known = pairs["told"].to_numpy()
    village = clusters_of(place)
    if unrecorded == "missing":
        known = known & _recorded(pairs, village, counts)
    base = np.where(known, 1.0, np.nan)
    lines = ratio_lines(
        frame, [*by, "period"], np.where(known, counts >= needed, np.nan), base, village[pairs["pairing"].to_numpy()]
    )
    sources = _behind(pairings, visits, pairs[known], frame[known], made, by, months, period)
    return assemble(VISIT_COMPLETION, lines, by, sources, [undated(months), _unpaired(visits.take(made), pairings)])


def _places(pairings: pd.DataFrame, households: pd.DataFrame | None) -> list[str]:
    offered = set(pairings.columns) | (set(households.columns) if households is not None else set())
    return [name for name in PLACE if name in offered]


def _pair_months(pairings: pd.DataFrame, months: Array) -> pd.DataFrame:
    """One row per pairing and month in which it runs at the month's end: pairing (position), month, told (start known)."""
    if not months.size or not len(pairings):
        return pd.DataFrame(
            {"pairing": pd.Series(dtype="int64"), "month": pd.Series(dtype="float64"), "told": pd.Series(dtype="bool")}
        )
    first, last = int(months.min()), int(months.max())
    start, end = first_days(pairings, "start_date"), last_days(pairings, "end_date")
    begins = start.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    # a pairing that ends before a month's last day does not run at its end
    ends = (end + np.timedelta64(1, "D")).astype("datetime64[M]").astype(np.int64) + 1970 * 12 - 1
    low = np.where(np.isnat(start), first, np.maximum(begins, first))
    high = np.where(np.isnat(end), last, np.minimum(ends, last))
    length = np.maximum(high - low + 1, 0).astype(np.intp)
    pairing = np.repeat(np.arange(len(pairings)), length)
    inside = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    month = (np.repeat(low, length) + inside).astype(np.float64)
    return pd.DataFrame({"pairing": pairing, "month": month, "told": ~np.isnat(start)[pairing]})


def _visits_of(pairs: pd.DataFrame, pairings: pd.DataFrame, visits: pd.DataFrame, months: Array) -> Array:
    """How many visits each pair-month has: those of its own cadre and those without a visitor."""
    where = pairs["pairing"].to_numpy()
    wanted = pd.DataFrame(
        {
            "household_id": pairings["household_id"].take(where).array,
            "month": pairs["month"].to_numpy(),
            "cadre_id": pairings["cadre_id"].take(where).array,
        }
    )
    seen = pd.DataFrame(
        {"household_id": visits["household_id"].array, "month": months, "cadre_id": visits["cadre_id"].array}
    )
    named, anybody = seen[seen["cadre_id"].notna()], seen[seen["cadre_id"].isna()]
    return _counted(wanted, named, ["household_id", "month", "cadre_id"]) + _counted(
        wanted, anybody, ["household_id", "month"]
    )


def _counted(wanted: pd.DataFrame, seen: pd.DataFrame, on: list[str]) -> Array:
    if not len(seen):
        return np.zeros(len(wanted))
    groups = group(seen, on)
    counts = np.append(np.bincount(groups.codes, minlength=groups.size), 0)
    return counts[find(wanted, groups.keys, on)].astype(np.float64)


def _recorded(pairs: pd.DataFrame, village: np.ndarray, counts: Array) -> np.ndarray:
    """Whether anybody of the pair's village was visited in the month."""
    keys = pd.DataFrame({"village": village[pairs["pairing"].to_numpy()], "month": pairs["month"].to_numpy()})
    groups = group(keys, ["village", "month"])
    return np.bincount(groups.codes, counts, groups.size)[groups.codes] > 0 if len(keys) else np.zeros(0, dtype=bool)


def _unpaired(visits: pd.DataFrame, pairings: pd.DataFrame) -> Note:
    count = int((~is_among(visits["household_id"], pairings["household_id"])).sum())
    return Note(
        "visit_without_pairing",
        count,
        f"{count} 次走访的户没有结对记录",
        f"{count} visits are to households without a pairing",
    )


def _behind(
    pairings: pd.DataFrame,
    visits: pd.DataFrame,
    pairs: pd.DataFrame,
    frame: pd.DataFrame,
    made: np.ndarray,
    by: Sequence[str],
    months: Array,
    period: str,
) -> list[Source]:
    """The pairings of the counted pair-months, and the visits to their households."""
    keys = {name: frame[name].reset_index(drop=True) for name in (*by, "period")}
    of_pairings = Source("pairings", pairings, pairs["pairing"].to_numpy(), keys)
    where = find(visits.take(made), pairings, ["household_id"])
    paired = where >= 0
    first = pd.DataFrame({"pairing": pairs["pairing"].to_numpy()}).drop_duplicates()
    at = np.full(len(pairings), -1)
    at[first["pairing"]] = first.index
    place = at[where[paired]]
    shown = place >= 0
    mine = made[paired][shown]
    own = {name: keys[name].take(place[shown]).reset_index(drop=True) for name in by}
    own["period"] = labelled(months[mine], period)
    return [of_pairings, Source("visits", visits, mine, own)]
