"""Published sentences (claims.csv) measured again: the indicator, the line that a claim is about, and what it comes to."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from louxing_analysis.indicators import registry
from louxing_analysis.indicators.measured import Measured, NoLine
from louxing_analysis.reference import Reference

HOLDS, DIFFERS, CANNOT_TELL = "holds", "differs", "cannot be told"
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "equals": lambda found, stated: math.isclose(found, stated, rel_tol=1e-9),
    "complete": lambda found, stated: math.isclose(found, stated, rel_tol=1e-9),
    "at_least": lambda found, stated: found >= stated,
    "below": lambda found, stated: found < stated,
}


class UnknownClaim(LookupError):
    """There is no such claim, or its row cannot be measured; the message says why in one line."""


class Claim(NamedTuple):
    """One row of claims.csv with its filter taken apart."""

    name: str
    sentence_zh: str
    sentence_en: str
    indicator: str
    filter: dict[str, str]
    period: str
    comparison: str
    stated: float
    unit: str
    source: str

    def sentence(self, language: str) -> str:
        """The published sentence."""
        return self.sentence_en if language == "en" else self.sentence_zh


class Checked(NamedTuple):
    """A claim measured: the line it is about (`group` and figures), what was found, and whether it holds.

    `found` is NaN and `line` None where the ledgers do not tell; `why` then says what is lacking.
    """

    claim: Claim
    measured: Measured | None
    group: dict[str, str]
    line: pd.Series | None
    found: float
    verdict: str
    why: str = ""

    def rows_behind(self) -> pd.DataFrame:
        """The clean rows behind the line: table, workbook, sheet, row, row_id; none where there is no line."""
        if self.measured is None or self.line is None:
            return pd.DataFrame(columns=["table", "workbook", "sheet", "row", "row_id"])
        return self.measured.rows_behind(**self.group)


def claims(reference: Reference) -> dict[str, Claim]:
    """All claims by name; raises UnknownClaim for a row whose stated value or comparison cannot be used."""
    return {row["claim"]: _claim(row) for row in reference.claims.to_dict("records")}


def _claim(row: dict[Any, Any]) -> Claim:
    parts = [part.split("=", 1) for part in row["filter"].split(";") if part]
    try:
        stated = float(row["stated"])
    except ValueError as error:
        raise UnknownClaim(f"claims.csv › {row['claim']} 「{row['stated']}」: 不是数字 / is not a number") from error
    if row["comparison"] not in COMPARISONS or any(len(part) != 2 for part in parts):
        known = " ".join(COMPARISONS)
        raise UnknownClaim(
            f"claims.csv › {row['claim']} 「{row['comparison']}」「{row['filter']}」: 比较方式须为 / the comparison is one of "
            f"{known}; 筛选写作 / the filter is written column=value;column=value"
        )
    return Claim(
        row["claim"], row["sentence_zh"], row["sentence_en"], row["indicator"], dict(map(tuple, parts)), row["period"],
        row["comparison"], stated, row["unit"], row["source"],
    )  # fmt: skip


def check(name: str, read: registry.Read, reference: Reference) -> Checked:
    """Measure one claim from the clean tables (through `read`); raises UnknownClaim."""
    known = claims(reference)
    if name not in known:
        raise UnknownClaim(f"{name}: claims.csv 中没有这一条 / no such claim; {', '.join(known)}")
    claim = known[name]
    if claim.indicator not in registry.indicators():
        raise UnknownClaim(
            f"claims.csv › {name} 「{claim.indicator}」: 尚无此指标，不能核对 / there is no such indicator yet; it cannot be checked"
        )
    measured = registry.measure(claim.indicator, read=read, reference=reference, **choices(claim, known))
    return judge(claim, measured)


def choices(claim: Claim, known: dict[str, Claim]) -> dict[str, Any]:
    """The options of the indicator that a claim needs: its years or span, and a group for each column of its filter.

    Two spans of one indicator and filter are before and after: each is measured on the people of both.
    """
    offered = registry.options(claim.indicator)
    found: dict[str, Any] = {}
    first, _, last = claim.period.partition("..")
    if last and {"before", "after"} <= set(offered):
        spans = sorted(
            {one.period for one in known.values() if (one.indicator, one.filter) == (claim.indicator, claim.filter)}
        )
        if len(spans) != 2:
            raise UnknownClaim(
                f"claims.csv › {claim.name} 「{claim.period}」: 须有前后两段 / needs a span before and one after; 现有 / there are {len(spans)}"
            )
        found = {name: tuple(span.split("..")) for name, span in zip(("before", "after"), spans, strict=True)}
    elif last and "between" in offered:
        found = {"between": (first, last), "period": "all"}
    elif claim.period.isdigit() and "years" in offered:
        found = {"years": [int(claim.period)]}
    if "by" in offered:
        found["by"] = tuple(name for name in claim.filter if not name.endswith("_code"))
    return found


def judge(claim: Claim, measured: Measured) -> Checked:
    """The line of a claim in what was measured, and whether it holds."""
    group = {**claim.filter, "period": claim.period}
    unknown = sorted(set(group) - {*measured.groups, "period"})
    if unknown:
        raise UnknownClaim(
            f"claims.csv › {claim.name} 「{';'.join(unknown)}」: 指标不能按此筛选 / the indicator has no such groups; "
            f"{' '.join(measured.groups)}"
        )
    if "counted" in measured.groups:  # households and people are lines of their own
        of_unit = measured.frame.loc[measured.frame["unit"] == claim.unit, "counted"]
        group["counted"] = str(of_unit.iloc[0]) if len(of_unit) else claim.unit
    try:
        line = measured.line(**group)
    except NoLine as error:
        return Checked(claim, measured, group, None, math.nan, CANNOT_TELL, str(error))
    found = float(line["numerator"] if line["unit"] == "share" != claim.unit else line["value"])
    if math.isnan(found):
        return Checked(claim, measured, group, line, found, CANNOT_TELL, "无数值 / no value")
    verdict = HOLDS if COMPARISONS[claim.comparison](found, claim.stated) else DIFFERS
    return Checked(claim, measured, group, line, found, verdict)
