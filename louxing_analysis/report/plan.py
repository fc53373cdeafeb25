"""What stands in the district's report, in the order in which offices write it: one row an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from louxing_analysis.charts import change, coverage, income, money, months, overlap, places, quality
from louxing_analysis.report.exhibit import Draw

SECTIONS = ("basics", "income", "participation", "coverage", "quality", "methods")
PLACE = "<place>"
"""Stands for the finest place worth a row: townships in a district, villages in a township."""


class Item(NamedTuple):
    """One indicator of the report: how it is measured, drawn and tabled, and what is said about it.

    `table` is `long`, `rows × columns` (two group columns crossed) or empty; `say` names the kind of sentence.
    """

    section: str
    name: str
    indicator: str
    draw: Draw | None
    table: str = "long"
    say: str = ""
    choices: Mapping[str, Any] = MappingProxyType({})
    totals: bool = False


def _by(*names: str, **others: Any) -> Mapping[str, Any]:
    return MappingProxyType({"by": names, **others})


ITEMS: tuple[Item, ...] = (
    Item("basics", "teams", "team_coverage", places.places_count, "", choices=_by(PLACE)),
    Item("basics", "pairing", "pairing_coverage", None, say="series"),
    Item("income", "income-per-head", "income_per_head", income.income_per_head, say="series"),
    Item("income", "income-growth", "income_growth", None, "period × growth"),
    Item("income", "income-composition", "income_composition", income.income_composition, "period × source", "largest"),
    Item("income", "income-bridge", "income_bridge", change.income_bridge),
    Item("income", "income-distribution", "income_distribution", income.income_distribution, "period × quantile"),
    Item("income", "poverty-headcount", "poverty_headcount", income.poverty_headcount, "period × line"),
    Item("income", "income-transition", "income_transition", change.income_transition, "from_band × to_band"),
    Item("income", "stock-and-flow", "stock_and_flow", change.stock_and_flow, "period × flow"),
    Item("participation", "meeting-attendance", "meeting_attendance", places.places_dots, "", choices=_by(PLACE)),
    Item("participation", "meeting-attendance-years", "meeting_attendance", None, say="series"),
    Item(
        "participation",
        "meeting-attendance-months",
        "meeting_attendance",
        months.months_panels,
        "",
        choices=_by(PLACE, period="month"),
    ),
    Item("participation", "visit-completion", "visit_completion", places.places_dots, "", choices=_by(PLACE)),
    Item("participation", "visit-completion-years", "visit_completion", None, say="series"),
    Item(
        "participation",
        "industry-participation",
        "industry_participation",
        places.places_then_and_now,
        "",
        choices=_by(PLACE),
        totals=True,
    ),
    Item("participation", "industry-participation-years", "industry_participation", None, say="series"),
    Item("participation", "labour-migration", "labour_migration", None, say="series"),
    Item("participation", "training", "training_completion", None, "period × step"),
    Item("participation", "sanitation", "sanitation_rated", None, say="series"),
    Item(
        "participation",
        "inspections",
        "inspection_rectified",
        months.found_and_rectified,
        "",
        choices=_by(period="month"),
    ),
    Item("participation", "inspections-years", "inspection_rectified", None, say="series"),
    Item("coverage", "help-coverage", "help_coverage", None, say="series"),
    Item(
        "coverage",
        "help-by-kind",
        "help_by_kind",
        coverage.coverage_matrix,
        f"{PLACE} × aid_kind_code",
        choices=_by(PLACE),
        totals=True,
    ),
    Item("coverage", "kinds-per-household", "kinds_per_household", coverage.kinds_bar, "period × kinds", "largest"),
    Item("coverage", "kinds-overlap", "kinds_overlap", overlap.kinds_overlap, ""),
    Item("coverage", "eligibility", "eligibility_receipt", coverage.eligible_and_receiving, ""),
    Item("coverage", "safeguards", "safeguards_met", coverage.safeguards_met, "period × guarantee_code"),
    Item("coverage", "checkups", "checkup_coverage", None, say="series"),
    Item("coverage", "project-money", "project_money", money.project_money, "", choices=_by("project_type_code")),
    Item("coverage", "project-money-years", "project_money", None, "period × stage"),
    Item("quality", "rows-by-fate", "rows_by_fate", quality.rows_by_fate, "table × fate"),
    Item("quality", "problems-by-reason", "problems_by_reason", quality.problems_by_reason),
    Item("quality", "missing-by-column", "missing_by_column", quality.missing_by_column, ""),
    Item("quality", "totals-agreement", "totals_agreement", None),
)

OVERVIEW = (
    ("help_coverage", "denominator", "overview.households"),
    ("income_per_head", "denominator", "overview.people"),
    ("team_coverage", "denominator", "overview.places"),
    ("team_coverage", "numerator", "overview.places_with_team"),
    ("paired_cadres", "value", "overview.cadres"),
    ("agencies_taking_part", "value", "overview.agencies"),
)
"""Columns of the first table: an indicator measured over the whole, a figure of it, a heading."""
