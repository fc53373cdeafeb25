"""Measured of a made-up district with the shapes of the real indicators: 13 townships, five years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

YEARS = ("2016", "2017", "2018", "2019", "2020")
MONTHS = tuple(f"{year}-{month:02d}" for year in (2018, 2019, 2020) for month in range(1, 13))
TOWNSHIPS = (
    "乐坪街道", "花山街道", "黄泥塘街道", "长青街道", "大科街道", "涟滨街道", "大埠桥街道", "杉山镇", "万宝镇", "石井镇",
    "水洞底镇", "蛇形山镇", "双江乡",
)  # fmt: skip
KINDS = (
    "education_grant", "microcredit", "public_welfare_job", "skills_training", "house_renovation", "goods",
    "industry_support", "medical_aid", "consumption_help",
)  # fmt: skip


@dataclass(frozen=True)
class Card:
    """The fields of a real card that charts and exhibits read."""

    name: str
    name_zh: str
    name_en: str
    unit: str = "share"
    disclosure: str = "open"
    population_zh: str = "年末在册建档立卡户（不含注销）"
    population_en: str = "households on the register at the year's end"
    denominator_zh: str = "在册户数"
    denominator_en: str = "registered households"
    definition_zh: str = "有该项的户数 ÷ 在册户数"
    definition_en: str = "households with it ÷ registered households"
    interval_zh: str = "线性化标准误，以村为群"
    interval_en: str = "linearised standard error, villages as clusters"
    missing_rule_zh: str = "缺失不作填补"
    missing_rule_en: str = "missing is never filled"
    source: str = "ratio of totals"
    module: str = "coverage"
    tables: tuple[str, ...] = ("households", "aid")


@dataclass(frozen=True)
class Measured:
    """A Measured without rows behind it."""

    card: Card
    frame: pd.DataFrame
    groups: tuple[str, ...]
    notes: tuple[Any, ...] = ()

    def rows_behind(self, **_group: Any) -> pd.DataFrame:
        """Three rows, whatever is asked."""
        return pd.DataFrame({"table": "incomes", "workbook": ["甲.xlsx", "甲.xlsx", "乙.xlsx"], "sheet": "Sheet1",
                             "row": [3, 4, 5], "row_id": ["a", "b", "c"]})  # fmt: skip


def measured(card: Card, lines: list[dict[str, Any]], *groups: str) -> Measured:
    """Lines (groups, period, figures) as a Measured; a rate without an interval gets Wilson's."""
    frame = pd.DataFrame(lines)
    for name in ("numerator", "denominator", "value", "low", "high"):
        frame[name] = frame[name].astype("float64") if name in frame else np.nan
    if card.unit == "share" and frame["value"].isna().all():
        frame["value"] = frame["numerator"] / frame["denominator"].where(frame["denominator"] > 0)
    frame["unit"] = frame.get("unit", card.unit)
    frame["missing"] = frame.get("missing", 0)
    frame.insert(0, "indicator", card.name)
    frame["period"] = frame["period"].astype("str")
    order = ["indicator", *groups, "period", "numerator", "denominator", "value", "low", "high", "unit", "missing"]
    return Measured(card, frame[order], groups)


def rated(line: dict[str, Any], k: float, n: float, spread: float = 1.6) -> dict[str, Any]:
    """A line with a rate and an interval somewhat wider than a binomial one."""
    p = k / n
    reach = spread * 1.96 * np.sqrt(max(p * (1 - p), 0.5 / n) / n)
    return {**line, "numerator": k, "denominator": n, "value": p, "low": max(p - reach, 0), "high": min(p + reach, 1)}


def income_per_head() -> Measured:
    """Rising from 2,760 to 9,840 yuan."""
    card = Card("income_per_head", "人均纯收入", "Net income per head", "yuan", "sensitive", "当年有收入核算记录的建档立卡户",
                "registered households with an income account of the year", "有收入核算户的登记人口",
                "registered people of the households with an account", tables=("incomes",), module="income")  # fmt: skip
    lines = [
        {
            "period": year,
            "numerator": value * base,
            "denominator": base,
            "value": value,
            "low": value * 0.972,
            "high": value * 1.028,
            "missing": gone,
        }
        for year, value, base, gone in zip(
            YEARS, (2760, 4210, 5930, 7880, 9840), (16210, 16480, 16402, 16377, 16291), (41, 22, 18, 9, 12), strict=True
        )
    ]
    return measured(card, lines)


def income_distribution() -> Measured:
    """Percentiles that come closer together."""
    card = Card(
        "income_distribution",
        "人均纯收入分布",
        "Distribution of net income per head",
        "yuan",
        "sensitive",
        tables=("incomes",),
    )
    shape = {"p10": 0.45, "p25": 0.7, "p50": 0.93, "p75": 1.22, "p90": 1.6}
    lines = [
        {"period": year, "quantile": name, "denominator": 16000, "value": mean * (share + (1 - share) * 0.08 * at)}
        for at, (year, mean) in enumerate(zip(YEARS, (2760, 4210, 5930, 7880, 9840), strict=True))
        for name, share in shape.items()
    ]
    return measured(card, lines, "quantile")


def income_composition() -> Measured:
    """Wages grow, transfers shrink, a small part is not explained."""
    card = Card("income_composition", "收入构成", "Composition of income", "share", "sensitive", "当年有收入核算记录的建档立卡户",
                "registered households with an income account of the year", "纯收入总额（元）", "total net income (yuan)", tables=("incomes",))  # fmt: skip
    shares = {"wage": (0.38, 0.42, 0.47, 0.51, 0.55), "business": (0.22, 0.21, 0.2, 0.19, 0.17), "property": (0.01, 0.015, 0.02, 0.03, 0.04),
              "transfer": (0.37, 0.34, 0.295, 0.255, 0.225), "not_explained": (0.02, 0.015, 0.015, 0.015, 0.015)}  # fmt: skip
    lines = [
        {"period": year, "source": name, "numerator": share * 4.5e7, "denominator": 4.5e7, "value": share}
        for name, row in shares.items()
        for year, share in zip(YEARS, row, strict=True)
    ]
    return measured(card, lines, "source")


def income_bridge() -> Measured:
    """From 2,760 to 9,840 yuan, one part falling."""
    card = Card("income_bridge", "收入变化来源分解", "Bridge of income per head", "yuan", "sensitive", "当年有收入核算记录的建档立卡户",
                "registered households with an income account of the year", "登记人口", "registered people", tables=("incomes",))  # fmt: skip
    parts = {
        "start": 2760,
        "wage": 4360,
        "business": 1065,
        "property": 366,
        "transfer": 1403,
        "not_explained": -114,
        "end": 9840,
        "change": 7080,
    }
    lines = [
        {"period": "2016-2020", "part": part, "denominator": 16291, "numerator": value * 16291, "value": value,
         "low": value - 160 if part not in ("start", "end") else np.nan, "high": value + 160 if part not in ("start", "end") else np.nan}
        for part, value in parts.items()
    ]  # fmt: skip
    return measured(card, lines, "part")


def poverty_headcount() -> Measured:
    """National line to 2019, exit line to 2020, monitoring line in 2020 only."""
    card = Card("poverty_headcount", "在册人口中收入低于标准线的比重", "Share of the registered below the line", "share", "sensitive",
                "当年有收入核算记录的建档立卡户", "registered households with an income account of the year", "登记人口", "registered people",
                tables=("incomes",))  # fmt: skip
    series = {
        "national_line": (0.58, 0.31, 0.12, 0.021),
        "exit_line": (0.63, 0.36, 0.16, 0.046, 0.004),
        "monitoring_line": (None,) * 4 + (0.031,),
    }
    lines = [
        rated({"period": year, "line": name}, share * 16000, 16000, 3.0)
        for name, row in series.items()
        for year, share in zip(YEARS, row, strict=False)
        if share is not None
    ]
    return measured(card, lines, "line")


BANDS = ("below_1", "1_to_1.5", "1.5_to_2", "2_to_3", "3_or_more")


def income_transition() -> Measured:
    """Most move upwards."""
    card = Card("income_transition", "收入分组迁移", "Transition between income bands", "share", "sensitive", "当年有收入核算记录的建档立卡户",
                "registered households with an income account of the year", "起年处于该组且终年可追踪的人口",
                "people of that band in the first year who can be followed to the last", tables=("incomes",))  # fmt: skip
    rows = (
        (22, 310, 1620, 3410, 1480),
        (9, 120, 640, 1710, 1330),
        (3, 41, 220, 760, 880),
        (1, 12, 60, 330, 690),
        (0, 3, 18, 90, 410),
    )
    lines = [
        rated({"period": "2016-2020", "from_band": one, "to_band": two}, count, sum(row))
        for one, row in zip(BANDS, rows, strict=True)
        for two, count in zip(BANDS, row, strict=True)
    ]
    return measured(card, lines, "from_band", "to_band")


def stock_and_flow() -> Measured:
    """From 4,120 poor households to none."""
    card = Card("stock_and_flow", "贫困户存量与流量", "Stock and flow of poor households", "household", "sensitive", "年末尚未脱贫户",
                "households that have not exited by the year's end", "年初未脱贫户", "poor households at the opening", tables=("households",))  # fmt: skip
    opening, lines = 4120, []
    for year, new, back, out, left in (
        ("2017", 212, 14, 1310, 47),
        ("2018", 88, 9, 1490, 35),
        ("2019", 31, 6, 1330, 28),
        ("2020", 0, 7, 225, 12),
    ):
        closing = opening + new + back - out - left
        flows = {"opening": opening, "identified": new, "fallen_back": back, "entered": 0, "other_in": 0, "exited": out, "left_register": left,
                 "other_out": 0, "closing": closing, "difference": 0}  # fmt: skip
        lines += [
            {"period": year, "flow": flow, "numerator": count, "denominator": opening, "value": count}
            for flow, count in flows.items()
        ]
        opening = closing
    return measured(card, lines, "flow")


def attendance_card() -> Card:
    """Attendance is open."""
    return Card("meeting_attendance", "到会率", "Attendance of meetings", "share", "open", "会议应到人员", "people expected at the meetings",
                "应到人次", "people expected, summed over meetings", tables=("meetings",), module="participation")  # fmt: skip


def attendance_of_village() -> Measured:
    """Below 40 % to July 2019, above 85 % from August on; two odd months."""
    draw = np.random.default_rng(7)
    lines = []
    for month in MONTHS:
        n = int(draw.integers(38, 62))
        p = 0.37 if month < "2019-08" else 0.88
        k = int(draw.binomial(n, 0.72 if month == "2018-07" else p))
        lines.append(rated({"township": "万宝镇", "village": "儒阶冲村", "period": month}, k, n))
    return measured(attendance_card(), lines, "township", "village")


def attendance_by_township(periods: tuple[str, ...] = ("2020",)) -> Measured:
    """One line a township and period."""
    draw = np.random.default_rng(11)
    lines = []
    for place, township in enumerate(TOWNSHIPS):
        for at, period in enumerate(periods):
            n = int(draw.integers(400, 4200)) // (12 if len(period) > 4 else 1) + 30
            p = min(0.97, 0.52 + 0.03 * (place % 9) + 0.25 * at / max(len(periods) - 1, 1))
            lines.append(rated({"township": township, "period": period}, int(draw.binomial(n, p)), n))
    return measured(attendance_card(), lines, "township")


def industry_participation() -> Measured:
    """First and last year by township; one township without the first."""
    card = Card(
        "industry_participation",
        "产业参与率",
        "Households in industry projects",
        tables=("households", "beneficiaries"),
    )
    draw = np.random.default_rng(3)
    lines = []
    for place, township in enumerate(TOWNSHIPS):
        n = int(draw.integers(90, 620))
        for year, p in zip(YEARS, np.linspace(0.12 + 0.015 * place, 0.86 - 0.03 * ((place * 5) % 13), 5), strict=True):
            if not (place == 4 and year == "2016"):
                lines.append(rated({"township": township, "period": year}, int(n * p), n))
    return measured(card, lines, "township")


def inspections() -> Measured:
    """Problems found and rectified by month."""
    card = Card("inspection_rectified", "督查问题整改率", "Problems rectified", "share", "open", "督查发现的问题", "problems found by inspections",
                "发现问题数", "problems found", tables=("inspections",))  # fmt: skip
    draw = np.random.default_rng(5)
    lines = []
    for at, month in enumerate(MONTHS):
        n = int(draw.integers(60, 190))
        lines.append(rated({"period": month}, int(n * (0.99 if at < 30 else 0.99 - 0.07 * (at - 29))), n))
    return measured(card, lines)


def help_by_kind(sensitive: bool = True) -> Measured:
    """Kind of help by township, some small counts."""
    card = Card(
        "help_by_kind",
        "帮扶覆盖率（按类别）",
        "Households helped, by kind",
        "share",
        "sensitive" if sensitive else "open",
    )
    draw = np.random.default_rng(2)
    lines = []
    for township in TOWNSHIPS:
        n = int(draw.integers(40, 620))
        for kind, p in zip(KINDS, (0.31, 0.12, 0.09, 0.35, 0.14, 0.88, 0.63, 0.22, 0.03), strict=True):
            k = int(draw.binomial(n, min(0.99, p * draw.uniform(0.6, 1.3))))
            lines.append(rated({"township": township, "aid_kind_code": kind, "period": "2020"}, k, n))
    return measured(card, lines, "township", "aid_kind_code")


def kinds_per_household() -> Measured:
    """0, 1, 2, 3 or more, five years."""
    card = Card("kinds_per_household", "每户帮扶措施种数", "Kinds of help per household", "share", "sensitive")
    lines = []
    for at, year in enumerate(YEARS):
        shares = np.array([0.21 - 0.045 * at, 0.34 - 0.05 * at, 0.27 + 0.02 * at, 0.18 + 0.075 * at])
        counts = np.round(shares / shares.sum() * 5100)
        lines += [
            rated({"period": year, "kinds": name}, k, counts.sum())
            for name, k in zip(("0", "1", "2", "3_or_more"), counts, strict=True)
        ]
    return measured(card, lines, "kinds")


def kinds_overlap() -> Measured:
    """Patterns of kinds, joined by a bar; empty means none."""
    card = Card("kinds_overlap", "帮扶措施组合", "Combinations of kinds of help", "share", "sensitive")
    draw = np.random.default_rng(4)
    counts: dict[str, int] = {}
    for _ in range(2400):
        mine = [
            kind
            for kind, p in zip(KINDS, (0.31, 0.12, 0.09, 0.3, 0.1, 0.8, 0.6, 0.22, 0.03), strict=True)
            if draw.random() < p
        ]
        counts["|".join(mine) or "none"] = counts.get("|".join(mine) or "none", 0) + 1
    lines = [rated({"period": "2020", "pattern": name}, k, 2400) for name, k in sorted(counts.items())]
    return measured(card, lines, "pattern")


def team_coverage() -> Measured:
    """204 places, a few without a team."""
    card = Card("team_coverage", "驻村工作队覆盖率", "Places with a resident team", "share", "open", "现行村和社区", "villages and communities in force",
                "村（社区）数", "places", tables=("teams",))  # fmt: skip
    sizes = (14, 12, 11, 9, 13, 16, 10, 22, 28, 19, 24, 17, 9)
    lines = [
        rated({"township": t, "period": "2020"}, n - (2 if t in ("石井镇", "蛇形山镇") else 0), n)
        for t, n in zip(TOWNSHIPS, sizes, strict=True)
    ]
    return measured(card, lines, "township")


def safeguards() -> Measured:
    """Four guarantees, 2016 to 2020."""
    card = Card("safeguards_met", "两不愁三保障达标率", "Guarantees met", "share", "sensitive", "当年有核查记录的建档立卡户",
                "registered households with a check of the year", "核查户数", "households checked", tables=("safeguards",))  # fmt: skip
    ends = {"education": (0.971, 0.999), "medical": (0.94, 0.998), "housing": (0.81, 0.992), "water": (0.86, 1.0)}
    lines = [
        rated({"period": year, "guarantee_code": code}, round(share * 5000), 5000)
        for code, (first, last) in ends.items()
        for year, share in zip(YEARS, np.linspace(first, last, 5) ** 1.0, strict=True)
    ]
    return measured(card, lines, "guarantee_code")


def eligibility() -> Measured:
    """Covered, missed, not eligible but receiving."""
    card = Card("eligibility_receipt", "应享尽享情况", "Eligible and receiving", "household", "sensitive", "按登记信息符合该项条件的户",
                "households that the register shows to be eligible for it", "符合条件的户", "eligible households")  # fmt: skip
    table = {"education_grant": (612, 47, 18), "house_renovation": (388, 9, 31), "medical_aid": (871, 142, 66), "skills_training": (1203, 655, 112),
             "public_welfare_job": (264, 301, 25), "microcredit": (402, 530, 44)}  # fmt: skip
    lines = [
        {"period": "2020", "kind": kind, "outcome": outcome, "numerator": k, "denominator": row[0] + row[1], "value": k}
        for kind, row in table.items()
        for outcome, k in zip(("covered", "missed", "not_eligible"), row, strict=True)
    ]
    return measured(card, lines, "kind", "outcome")


def project_money() -> Measured:
    """Three stages of the money of nine types."""
    card = Card("project_money", "项目资金", "Project money", "yuan", "open", "项目台账中的项目", "projects in the project ledger", "项目数", "projects",
                tables=("projects",))  # fmt: skip
    types = (
        "industry",
        "infrastructure",
        "housing",
        "relocation",
        "education",
        "living_conditions",
        "health",
        "public_service",
        "finance",
    )
    lines = [
        {
            "period": year,
            "project_type_code": name,
            "stage": stage,
            "numerator": amount * share,
            "denominator": 12,
            "value": amount * share,
        }
        for year in YEARS
        for name, amount in zip(types, (5.2e6, 4.4e6, 2.3e6, 1.9e6, 9e5, 7e5, 4.1e5, 2.2e5, 8e4), strict=True)
        for stage, share in (
            ("allocated", 1.0),
            ("disbursed", 0.87 - 0.02 * len(name) % 0.3),
            ("finished", 0.8 - 0.01 * len(name)),
        )
    ]
    return measured(card, lines, "project_type_code", "stage")


def rows_by_fate() -> Measured:
    """Kept and quarantined rows by ledger."""
    card = Card("rows_by_fate", "数据行去向", "What became of the rows", "row", "open", "各工作表中的数据行", "data rows of the sheets", "数据行", "data rows",
                tables=("households", "incomes"))  # fmt: skip
    counts = {"households": (25510, 83), "members": (81240, 612), "incomes": (25008, 240), "pairings": (9120, 44), "visits": (402110, 3100),
              "projects": (1840, 12), "beneficiaries": (30110, 480), "aid": (61200, 900), "meetings": (7340, 15), "inspections": (7344, 8)}  # fmt: skip
    lines = [
        rated({"period": "", "table": table, "fate": fate}, k, sum(row))
        for table, row in counts.items()
        for fate, k in zip(("kept", "quarantined"), row, strict=True)
    ]
    return measured(card, lines, "table", "fate")


def problems_by_reason() -> Measured:
    """Reasons as problems.py names them."""
    card = Card("problems_by_reason", "问题原因", "Problems by reason", "item", "open", "清洗时记录的问题", "problems recorded by cleaning", "问题", "problems",
                tables=("problems",))  # fmt: skip
    counts = {"not_a_number": 812, "impossible_date": 640, "id_check_digit": 1904, "unknown_code": 377, "repeats": 1221, "income_jump": 402,
              "total_differs": 58, "ambiguous_october": 211, "unknown_place": 93, "digits_lost": 530, "unknown_header": 14,
              "household_not_in_register": 166}  # fmt: skip
    lines = [rated({"period": "", "reason": reason}, k, sum(counts.values())) for reason, k in counts.items()]
    return measured(card, lines, "reason")


def missing_by_column() -> Measured:
    """Empty cells by column."""
    card = Card("missing_by_column", "缺失", "Missing by column", "share", "open", "干净表中的单元格", "cells of the clean tables", "单元格", "cells",
                tables=("households", "incomes"))  # fmt: skip
    columns = {("households", "farm_area_mu"): 0.41, ("households", "house_grade_code"): 0.12, ("households", "village_group"): 0.33,
               ("incomes", "property_income"): 0.08, ("incomes", "transfer_other"): 0.57, ("visits", "visit_mode_code"): 0.02,
               ("members", "work_months"): 0.29, ("members", "education_code"): 0.05, ("aid", "aid_date"): 0.22, ("aid", "amount"): 0.03,
               ("households", "household_size"): 0.0, ("incomes", "net_income"): 0.0}  # fmt: skip
    lines = [rated({"period": "", "table": t, "column": c}, round(25000 * p), 25000) for (t, c), p in columns.items()]
    return measured(card, lines, "table", "column")
