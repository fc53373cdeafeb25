"""The forms in which the offices of the made-up district keep people, incomes and helpers; a township keeps to one of them for years."""

from __future__ import annotations

from louxing_analysis.sample.form import HEAD_ONLY, MERGED, REPEATED, Form

_HOME = ("household_code", "head_name")
_HOME_ID = ("household_code", "head_name", "head_id_number")
_REGISTER = ("household_size", "household_type_code", "exit_status_code", "exit_year", "cause_main_code")
_LIVING = ("per_capita_net_income", "in_cooperative", "house_grade_code", "has_safe_water")
_PERSON = ("name", "id_number", "birth_date", "relation_code")
_STATE = (
    "education_code",
    "student_code",
    "health_codes",
    "labour_code",
    "work_code",
    "work_months",
    "is_minimum_living",
    "is_insured",
)

MEMBERS = (
    Form("members", (*_PERSON, *_STATE), REPEATED, ("village", "household_code", *_REGISTER, *_LIVING), sequence=False),
    Form(
        "members",
        (*_PERSON, "sex_code", *_STATE),
        HEAD_ONLY,
        (
            "village",
            "village_group",
            "household_code",
            "identified_year",
            *_REGISTER,
            "causes_other_codes",
            *_LIVING,
            "farm_area_mu",
            "phone",
        ),
        remark=True,
    ),
    Form(
        "members",
        (*_PERSON, "sex_code", *_STATE),
        MERGED,
        ("township", "village", "household_code", *_REGISTER, "causes_other_codes", *_LIVING, "farm_area_mu"),
        groups=(("家庭成员情况", (*_PERSON, "sex_code", *_STATE)),),
    ),
    Form(
        "members",
        ("person_code", *_PERSON, "sex_code", *_STATE),
        HEAD_ONLY,
        ("village", "village_group", "household_code", *_REGISTER, *_LIVING, "identified_year", "helper_name"),
        groups=(("家庭成员情况", ("person_code", *_PERSON, "sex_code", *_STATE)),),
    ),
)

# One office keeps households and members on two sheets of one workbook.
HOUSEHOLD_SHEET = Form(
    "households",
    (
        "village",
        "village_group",
        *_HOME_ID,
        "identified_year",
        *_REGISTER,
        "causes_other_codes",
        *_LIVING,
        "farm_area_mu",
        "address",
    ),
)
MEMBER_SHEET = Form("members", ("village", "household_code", *_PERSON, "sex_code", *_STATE))

_SOURCES = ("wage_income", "business_income", "business_expense", "property_income", "transfer_income")
_TRANSFERS = (
    "transfer_minimum_living",
    "transfer_pension",
    "transfer_ecology",
    "transfer_farming",
    "transfer_family_planning",
    "transfer_other",
)
_RESULT = ("net_income", "per_capita_net_income")
_SUMS = (*_SOURCES, "net_income")

INCOMES = (
    Form(
        "incomes",
        ("village", *_HOME, "household_size", *_SOURCES, *_TRANSFERS, *_RESULT),
        totals=(*_SUMS, "household_size"),
        groups=(("转移性收入构成", _TRANSFERS),),
        merged_village=True,
    ),
    Form("incomes", (*_HOME_ID, "household_size", *_SOURCES, *_RESULT), by_village=True, totals=_SUMS, remark=True),
    Form(
        "incomes",
        ("township", "village", *_HOME, "household_size", *_SOURCES, *_TRANSFERS, *_RESULT),
        header_year=_RESULT,
        header_units=True,
    ),
    Form(
        "incomes",
        ("village", *_HOME_ID, "household_size", *_SOURCES, "transfer_minimum_living", "transfer_pension", *_RESULT),
        subtotals=True,
        totals=_SUMS,
    ),
    Form(
        "incomes",
        ("village", *_HOME, "household_size", *_SOURCES, *_RESULT, "explanation"),
        unit="wan_yuan",
        units={"per_capita_net_income": "yuan"},
    ),
)

PAIRINGS = (
    Form(
        "pairings",
        ("village", *_HOME, "cadre_name", "cadre_phone", "cadre_post", "unit_name", "start_date", "end_date"),
        merged_village=True,
    ),
    Form(
        "pairings",
        (*_HOME_ID, "cadre_name", "cadre_id_number", "unit_name", "cadre_post", "start_date", "end_date"),
        by_village=True,
    ),
    Form(
        "pairings",
        ("township", "village", *_HOME, "cadre_name", "unit_name", "start_date", "end_date"),
        groups=(("贫困户", _HOME), ("帮扶责任人", ("cadre_name", "unit_name", "start_date", "end_date"))),
        remark=True,
    ),
)

TEAMS = (
    Form(
        "teams",
        (
            "township",
            "village",
            "team_kind_code",
            "member_name",
            "id_number",
            "phone",
            "unit_name",
            "member_post",
            "is_first_secretary",
            "is_leader",
            "start_date",
            "end_date",
            "days_in_village",
        ),
        merged_village=True,
    ),
    Form(
        "teams",
        (
            "township",
            "village",
            "team_kind_code",
            "member_name",
            "id_number",
            "unit_name",
            "member_post",
            "is_first_secretary",
            "is_leader",
            "start_date",
            "end_date",
            "days_in_village",
        ),
        remark=True,
    ),
)

VISITS = (
    Form("visits", ("village", *_HOME, "cadre_name", "visit_date", "visit_mode_code"), sequence=False),
    Form("visits", ("village", *_HOME, "visit_date", "cadre_name", "visit_mode_code"), by_village=True, sequence=False),
    Form("visits", ("village", *_HOME, "cadre_name", "visit_date", "visit_mode_code", "content"), kind="csv"),
)
