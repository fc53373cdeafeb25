"""A row of a form: cells under their columns, and what must come of them."""

from __future__ import annotations

import random

from other_office.grid import Expected, Sheet, Written, letter
from other_office.words import HEADERS

# columns of the clean tables that hold what a cell says (design, section 4); pseudonyms are compared apart
STORED: dict[str, set[str]] = {
    "households": {
        "township", "village", "register_year", "household_size", "household_type_code", "exit_status_code", "exit_year",
        "cause_main_code", "causes_other_codes", "identified_year", "per_capita_net_income", "in_cooperative",
        "house_grade_code", "has_safe_water", "farm_area_mu",
    },
    "members": {
        "register_year", "relation_code", "sex_code", "birth_year", "education_code", "student_code", "health_codes",
        "labour_code", "work_code", "work_months", "is_minimum_living", "is_insured",
    },
    "incomes": {
        "income_year", "household_size", "wage_income", "business_income", "business_expense", "property_income",
        "transfer_income", "transfer_minimum_living", "transfer_pension", "transfer_ecology", "net_income",
        "per_capita_net_income",
    },
    "pairings": {"unit_name", "cadre_post", "start_date", "end_date"},
    "teams": {
        "township", "village", "team_year", "unit_name", "is_first_secretary", "is_leader", "start_date", "end_date",
        "days_in_village",
    },
    "visits": {"visit_date", "visit_mode_code"},
    "projects": {
        "township", "village", "project_year", "project_name", "project_type_code", "amount_total", "amount_central",
        "amount_provincial", "amount_city", "amount_county", "amount_self", "amount_paid", "is_direct_to_household",
        "start_date", "end_date", "status_code", "beneficiary_households", "beneficiary_people", "implementer",
    },
    "beneficiaries": {"project_name", "project_year", "link_mode_code", "amount", "paid_date"},
    "aid": {"aid_kind_code", "aid_year", "amount", "aid_date", "months", "is_finished", "is_employed"},
    "meetings": {
        "township", "village", "meeting_date", "meeting_type_code", "expected_count", "present_count", "excused_count",
        "absent_count", "topic",
    },
    "attendance": {"township", "village", "meeting_date", "attendance_code"},
    "inspections": {
        "township", "village", "inspection_month", "method_code", "score", "issues_found_count",
        "issues_rectified_count", "rectified_date",
    },
    "safeguards": {"year", "guarantee_code", "is_met"},
    "checkups": {"checkup_date"},
    "sanitation": {"rating_month", "score", "rating_code"},
}  # fmt: skip
# without these the row cannot stand
REQUIRED = {
    "visits": {"visit_date"},
    "meetings": {"meeting_date"},
    "attendance": {"meeting_date", "attendance_code"},
    "inspections": {"inspection_month"},
    "checkups": {"checkup_date"},
    "sanitation": {"rating_month"},
    "households": {"register_year"},
    "members": {"register_year"},
    "incomes": {"income_year"},
    "projects": {"project_year", "project_name"},
}
NO_NOISE = ("name", "id_number")  # what is compared by identity

Cells = list[tuple[str, Written]]


def headers(rng: random.Random, columns: list[str], own: dict[str, str] | None = None) -> list[str]:
    """One variant for every column, no two the same; `own` are headers of this form alone."""
    chosen: list[str] = []
    for column in columns:
        if own and column in own:
            chosen.append(own[column])
            continue
        left = [text for text in HEADERS[column] if text not in chosen]
        chosen.append(rng.choice(left))
    return chosen


def fate_of(table: str, values: dict[str, object], aside: dict[str, str]) -> str:
    """Kept, unless a cell without which the row cannot stand was spoiled."""
    if REQUIRED.get(table, set()) & aside.keys():
        return "quarantined"
    if table == "incomes" and values.get("net_income") is None and values.get("per_capita_net_income") is None:
        return "quarantined"
    return "kept"


def split(table: str, cells: Cells, number: int, start: int = 0) -> tuple[dict[str, object], dict[str, str]]:
    """The values a clean row must hold, and the cells that must be set aside."""
    values = {column: written.value for column, written in cells if column in STORED[table]}
    aside = {
        column: f"{letter(start + place)}{number}" for place, (column, written) in enumerate(cells) if written.aside
    }
    return values, aside


def put(
    sheet: Sheet, table: str, cells: Cells, ids: dict[str, object], said: dict[str, object] | None = None
) -> Expected:
    """Write one row of one table; `said` is what title, sheet or file name say for it."""
    number = sheet.add("data", [written.cell for _, written in cells])
    values, aside = split(table, cells, number)
    values = {**(said or {}), **values}
    return sheet.expect(table, [number], ids, values, aside=aside, fate=fate_of(table, values, aside))
