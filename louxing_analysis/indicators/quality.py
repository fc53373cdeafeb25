"""How good the material is: rows kept, problems by reason, cells missing, totals that agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import NO_INTERVAL, Text, card
from louxing_analysis.indicators.measured import ADDRESS, Measured, Source, assemble
from louxing_analysis.indicators.ratios import as_floats, completed, group, nothing, ratio_lines

RUN = Text("一次清洗", "one run of cleaning")
FULL = Text("没有缺失：每行都有去向", "nothing is missing: every row has a fate")

ROWS_BY_FATE = card(
    "rows_by_fate",
    Text("数据行的去向", "What became of the data rows"),
    Text(
        "留用、隔离的数据行 ÷ 数据行；两者之和应等于数据行（行数守恒）",
        "data rows kept and quarantined ÷ data rows; together they are all data rows (conservation of rows)",
    ),
    module="quality",
    population="rows_of_data",
    unit="share",
    tables=("sheets",),
    disclosure="open",
    period=RUN,
    unit_of_analysis=Text("行", "row"),
    denominator=Text("数据行", "data rows"),
    interval=NO_INTERVAL,
    missing_rule=FULL,
    source="conservation of rows",
)
PROBLEMS_BY_REASON = card(
    "problems_by_reason",
    Text("问题及原因", "Problems by reason"),
    Text("各原因的问题数；分母为全部问题数", "number of problems of each reason; the denominator is all problems"),
    module="quality",
    population="problems",
    unit="item",
    tables=("problems",),
    disclosure="open",
    period=RUN,
    unit_of_analysis=Text("问题", "problem"),
    denominator=Text("全部问题", "all problems"),
    interval=NO_INTERVAL,
    missing_rule=Text("没有缺失", "nothing is missing"),
    source="count",
)
MISSING_BY_COLUMN = card(
    "missing_by_column",
    Text("各字段缺失率", "Missing cells by column"),
    Text(
        "干净表中该字段为空的行 ÷ 该表的行（分母），不论原因：原表为空、没有该列或被置空",
        "rows of the clean table without a value in the column ÷ rows of the table, whatever the reason: blank in the "
        "workbook, no such column, or set aside",
    ),
    module="quality",
    population="cells",
    unit="share",
    tables=(),
    disclosure="open",
    period=RUN,
    unit_of_analysis=Text("单元格", "cell"),
    denominator=Text("该表的行", "rows of the table"),
    interval=NO_INTERVAL,
    missing_rule=Text("缺失即所测之物", "what is missing is what is measured"),
    source="count",
)
TOTALS_AGREEMENT = card(
    "totals_agreement",
    Text("合计核对", "Stated totals against their rows"),
    Text(
        "所填合计与各行之和相符、因四舍五入而有小差、不符的 ÷ 全部核对过的合计",
        "stated totals that agree with the sum of their rows, differ by rounding, or differ ÷ all totals checked",
    ),
    module="quality",
    population="totals",
    unit="share",
    tables=("totals",),
    disclosure="open",
    period=RUN,
    unit_of_analysis=Text("合计", "total"),
    denominator=Text("核对过的合计", "totals checked"),
    interval=NO_INTERVAL,
    missing_rule=Text("没有判定的合计计入缺失", "totals without a verdict are missing"),
    source="count",
)
FATES = ("kept", "quarantined")
NOT_COLUMNS = frozenset({*ADDRESS, "source_column"})


def rows_by_fate(*, sheets: pd.DataFrame, by: Sequence[str] = ("table",)) -> Measured:
    """Data rows kept and quarantined ÷ data rows; group column `fate`; `by` may be table, workbook, sheet or none."""
    base = as_floats(sheets["data"])
    frame = sheets[[*by]].reset_index(drop=True).assign(period="")
    found = [_counted(frame, by, as_floats(sheets[fate]), base).assign(fate=fate) for fate in FATES]
    keys = {name: frame[name] for name in by}
    source = Source("sheets", sheets, np.arange(len(sheets)), keys)
    return assemble(ROWS_BY_FATE, pd.concat(found, ignore_index=True), [*by, "fate"], [source])


def _counted(frame: pd.DataFrame, by: Sequence[str], top: np.ndarray, base: np.ndarray) -> pd.DataFrame:
    """A full count has no interval."""
    lines = ratio_lines(frame, [*by, "period"], top, base, np.arange(len(frame)), counts=False)
    return lines.assign(low=np.nan, high=np.nan, period="")


def problems_by_reason(*, problems: pd.DataFrame, by: Sequence[str] = ()) -> Measured:
    """Problems of each severity and reason; group columns `severity`, `reason`; `by` may be table, workbook or column."""
    names = [*by, "severity", "reason"]
    frame = problems[names].reset_index(drop=True)
    groups, every = group(frame, names), group(frame, by)
    counts = np.bincount(groups.codes, minlength=groups.size).astype(float)
    lines = groups.keys.assign(numerator=counts, value=counts, period="", missing=0)
    if len(lines):
        _, first = np.unique(groups.codes, return_index=True)
        lines["denominator"] = np.bincount(every.codes, minlength=every.size)[every.codes[first]].astype(float)
    lines = completed(
        lines.sort_values([*by, "numerator"], ascending=[True] * len(by) + [False], kind="stable"), names, None
    )
    source = Source("problems", _with_rows(problems), np.arange(len(problems)), {name: frame[name] for name in names})
    return assemble(PROBLEMS_BY_REASON, lines.assign(period=""), names, [source])


def _with_rows(problems: pd.DataFrame) -> pd.DataFrame:
    """Problems with the spreadsheet row of their cell (none for a whole sheet)."""
    rows = problems["cell"].astype("str").str.extract(r"(\d+)$", expand=False)
    return problems.assign(row=pd.to_numeric(rows).astype("Int64"))


def missing_by_column(**tables: pd.DataFrame) -> Measured:
    """Rows without a value, for each stored column of each table given by name; group columns `table`, `column`."""
    found: list[dict[str, object]] = []
    sources: list[Source] = []
    for name, table in tables.items():
        for column in [
            column for column in table.columns if column not in NOT_COLUMNS and not column.endswith("_precision")
        ]:
            absent = table[column].isna().to_numpy(dtype=bool)
            count, base = int(absent.sum()), len(table)
            found.append(
                {
                    "table": name,
                    "column": column,
                    "numerator": count,
                    "denominator": base,
                    "missing": 0,
                    "value": count / base if base else np.nan,
                    "period": "",
                }
            )
            sources.append(_absent(name, table, column, absent))
    lines = pd.DataFrame(found) if found else nothing(["table", "column", "period"])
    return assemble(MISSING_BY_COLUMN, lines, ["table", "column"], sources)


def _absent(name: str, table: pd.DataFrame, column: str, absent: np.ndarray) -> Source:
    positions = np.flatnonzero(absent)
    keys: Mapping[str, np.ndarray] = {
        "table": np.full(len(positions), name, dtype=object),
        "column": np.full(len(positions), column, dtype=object),
    }
    return Source(name, table, positions, keys)


def totals_agreement(*, totals: pd.DataFrame, by: Sequence[str] = ()) -> Measured:
    """Stated totals by verdict ÷ totals checked; group column `verdict`; `by` may be table, workbook or kind."""
    verdict = totals["verdict"].reset_index(drop=True)
    frame = totals[[*by]].reset_index(drop=True).assign(period="")
    known = verdict.notna().to_numpy()
    base = np.where(known, 1.0, np.nan)
    names = sorted(verdict[known].unique()) or ["agrees"]
    found = [_counted(frame, by, np.where(known, verdict == name, np.nan), base).assign(verdict=name) for name in names]
    keys = {name: frame[name][known] for name in by} | {"verdict": verdict[known]}
    return assemble(
        TOTALS_AGREEMENT,
        pd.concat(found, ignore_index=True),
        [*by, "verdict"],
        [Source("totals", totals, np.flatnonzero(known), keys)],
    )
