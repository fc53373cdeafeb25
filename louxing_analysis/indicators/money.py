"""What it cost and whom it was for: project money by stage, beneficiaries by mode of linkage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import HOUSEHOLD, NO_INTERVAL, Text, card
from louxing_analysis.indicators.measured import Measured, Source, assemble
from louxing_analysis.indicators.populations import described, in_years, is_true
from louxing_analysis.indicators.ratios import as_floats, group, nothing, ratio_lines

PROJECT_MONEY = card(
    "project_money",
    Text("项目资金", "Project money"),
    Text(
        "按阶段的项目资金合计（元）：安排（总投资）、拨付、完成、直接到户（注明直接补助到户的项目的总投资）；"
        'per="share" 时为占同一批项目总投资的比重。一个项目可列多村，资金按项目计，不分摊',
        "project money (yuan) by stage: allocated (total amount), disbursed, finished, direct to households (total amount "
        'of the projects marked so); with per="share" as a share of the total amount of the same projects. Money is '
        "counted by project and never spread over the villages that one project lists",
    ),
    module="coverage",
    population="projects",
    unit="yuan",
    tables=("projects",),
    disclosure="open",
    unit_of_analysis=Text("项目", "project"),
    interval=NO_INTERVAL,
    source="sums",
    denominator=Text("同一批项目的总投资（元）", "total amount of the same projects (yuan)"),
    missing_rule=Text(
        "缺总投资或该阶段金额的项目计入缺失", "projects lacking the total or the stage's amount are missing"
    ),
)
BENEFICIARIES_BY_MODE = card(
    "beneficiaries_by_mode",
    Text("各联结方式受益户数和人数", "Beneficiaries by mode of linkage"),
    Text(
        "利益联结表中该方式的不同户数、不同人数；分母为该年全部受益户（人）；一户可有几种方式，不能相加",
        "different households and different people in the project lists with that mode; the denominator is all "
        "beneficiary households (people) of the year; a household may have several modes, which do not add up",
    ),
    module="coverage",
    population="beneficiaries",
    unit="household",
    tables=("beneficiaries",),
    optional=("households",),
    disclosure="sensitive",
    unit_of_analysis=HOUSEHOLD,
    interval=NO_INTERVAL,
    source="distinct counts",
    denominator=Text("全部受益户（人）", "all beneficiary households (people)"),
    missing_rule=Text(
        "没有写明受益人的行不计入人数，计入缺失", "lines that name no person are missing from the count of people"
    ),
)
STAGES = {"allocated": "amount_total", "disbursed": "amount_paid", "finished": "amount_done", "direct": "amount_total"}
COUNTED = {"households": ("household_id", "household"), "people": ("person_id", "person")}


def project_money(
    *,
    projects: pd.DataFrame,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    per: str = "money",
) -> Measured:
    """Project money by stage, in yuan (`per="money"`) or as a share of the total (`per="share"`); group column `stage`.

    Numerator and denominator are over the projects for which both are told. Raises ValueError for another `per`.
    """
    if per not in ("money", "share"):
        raise ValueError(f"per={per!r}: money | share")
    kept = np.flatnonzero(in_years(projects["project_year"], years))
    frame = projects.take(kept).reset_index(drop=True)
    frame["period"] = frame["project_year"]
    total = as_floats(frame["amount_total"])
    found, sources = [], []
    for stage, column in STAGES.items():
        amount = as_floats(frame[column])
        if stage == "direct":
            told = frame["is_direct_to_household"].notna().to_numpy()
            amount = np.where(told, np.where(is_true(frame["is_direct_to_household"]), amount, 0.0), np.nan)
        lines = ratio_lines(frame, [*by, "period"], amount, total, np.arange(len(frame)), counts=False)
        if per == "money":
            lines = lines.assign(
                value=np.where(lines["denominator"] > 0, lines["numerator"], np.nan), low=np.nan, high=np.nan
            )
        found.append(lines.assign(stage=stage))
        counted = ~np.isnan(amount + total)
        own = {name: frame[name][counted] for name in (*by, "period")}
        sources.append(
            Source(
                "projects", projects, kept[counted], {**own, "stage": np.full(int(counted.sum()), stage, dtype=object)}
            )
        )
    lines = pd.concat(found, ignore_index=True)
    return assemble(PROJECT_MONEY, lines, [*by, "stage"], sources, (), "yuan" if per == "money" else "share")


def beneficiaries_by_mode(
    *,
    beneficiaries: pd.DataFrame,
    households: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
) -> Measured:
    """Different households and people by mode of linkage; group columns `link_mode_code`, `counted` (households, people)."""
    kept = np.flatnonzero(in_years(beneficiaries["project_year"], years))
    table = beneficiaries.take(kept).reset_index(drop=True)
    frame = described(table, households, by, "project_year")
    frame["link_mode_code"], frame["period"] = table["link_mode_code"], table["project_year"]
    groups = [*by, "link_mode_code", "counted"]
    own = {name: frame[name] for name in (*by, "link_mode_code", "period")}
    found = []
    for counted, (column, unit) in COUNTED.items():
        modes, every = group(frame, [*by, "link_mode_code", "period"]), group(frame, [*by, "period"])
        numerator = _distinct(table[column], modes.codes, modes.size)
        base = _distinct(table[column], every.codes, every.size)
        _, first = np.unique(modes.codes, return_index=True)
        lacking = np.bincount(modes.codes, table[column].isna(), modes.size).astype(int)
        found.append(
            modes.keys.assign(
                counted=counted,
                unit=unit,
                numerator=numerator,
                value=numerator,
                denominator=base[every.codes[first]],
                missing=lacking,
            )
        )
    lines = pd.concat(found, ignore_index=True)
    if not len(lines):
        lines = pd.concat(
            [
                nothing([*by, "link_mode_code", "period"]).assign(counted=counted, unit=unit)
                for counted, (_, unit) in COUNTED.items()
            ],
            ignore_index=True,
        )
    return assemble(BENEFICIARIES_BY_MODE, lines, groups, [Source("beneficiaries", beneficiaries, kept, own)])


def _distinct(ids: pd.Series, codes: np.ndarray, count: int) -> np.ndarray:
    """How many different ids each group has; missing ids are none."""
    return ids.groupby(codes).nunique().reindex(range(count), fill_value=0).to_numpy(dtype=float)
