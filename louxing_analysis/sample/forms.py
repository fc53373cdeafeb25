"""The forms that the offices of the made-up district use, ledger by ledger; a township keeps to one of them for years."""

from __future__ import annotations

from louxing_analysis.sample.form import HEAD_ONLY, MERGED, REPEATED, SPREAD, Form

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

_MONEY = ("amount_total", "amount_central", "amount_provincial", "amount_city", "amount_county", "amount_self")
PROJECTS = (
    Form(
        "projects",
        (
            "project_code",
            "township",
            "village",
            "project_name",
            "project_type_code",
            *_MONEY,
            "amount_paid",
            "amount_done",
            "is_direct_to_household",
            "start_date",
            "end_date",
            "status_code",
            "beneficiary_households",
            "beneficiary_people",
            "implementer",
            "owner_name",
            "owner_phone",
        ),
        unit="wan_yuan",
        totals=(*_MONEY, "amount_paid", "amount_done", "beneficiary_households", "beneficiary_people"),
        groups=(("项目资金（万元）", _MONEY),),
        column_numbers=True,
    ),
    Form(
        "projects",
        (
            "project_code",
            "township",
            "village",
            "project_name",
            "project_type_code",
            "implementer",
            *_MONEY,
            "amount_paid",
            "amount_done",
            "is_direct_to_household",
            "start_date",
            "end_date",
            "status_code",
            "beneficiary_households",
            "beneficiary_people",
        ),
        unit="wan_yuan",
        header_units=True,
        groups=(("项目资金", _MONEY), ("实施情况", ("start_date", "end_date", "status_code"))),
        subtotals=False,
        units={"amount_paid": "yuan"},
    ),
)

BENEFICIARIES = (
    Form(
        "beneficiaries",
        (
            "township",
            "village",
            *_HOME_ID,
            "project_name",
            "link_mode_code",
            "name",
            "id_number",
            "bank_account",
            "amount",
            "paid_date",
        ),
        totals=("amount",),
    ),
    Form(
        "beneficiaries",
        ("village", *_HOME, "name", "id_number", "project_name", "link_mode_code", "amount", "paid_date"),
        sections=True,
        totals=("amount",),
        header_units=True,
    ),
)
DIVIDENDS_WIDE = Form(
    "beneficiaries",
    ("village", *_HOME_ID),
    SPREAD,
    spread_value="amount",
    spread_by="project_name",
    totals=("amount",),
    remark=True,
)

AID = {
    "education_grant": Form(
        "aid", ("township", "village", *_HOME, "name", "id_number", "item", "amount", "aid_date"), totals=("amount",)
    ),
    "microcredit": Form(
        "aid", ("township", "village", *_HOME_ID, "amount", "aid_date", "months"), unit="wan_yuan", totals=("amount",)
    ),
    "public_welfare_job": Form(
        "aid",
        ("township", "village", *_HOME, "name", "id_number", "item", "months", "amount", "aid_date"),
        groups=(("户信息", _HOME), ("岗位信息", ("name", "id_number", "item", "months", "amount", "aid_date"))),
        header_again_after=60,
    ),
    "skills_training": Form(
        "aid", ("township", "village", *_HOME, "name", "id_number", "item", "aid_date", "is_finished", "is_employed")
    ),
    "house_renovation": Form(
        "aid", ("township", "village", *_HOME_ID, "item", "amount", "aid_date"), unit="wan_yuan", header_units=True
    ),
    "goods": Form("aid", ("township", "village", *_HOME, "item", "aid_date", "amount"), merged_village=True),
    "industry_support": Form(
        "aid", ("township", "village", *_HOME_ID, "item", "amount", "aid_date", "bank_account"), totals=("amount",)
    ),
    "medical_aid": Form("aid", ("township", "village", *_HOME, "name", "id_number", "amount", "aid_date"), kind="html"),
    "consumption_help": Form("aid", ("township", "village", *_HOME, "item", "amount", "aid_date")),
}
AID_OTHER = Form("aid", ("township", "village", *_HOME, "name", "id_number", "item", "amount", "aid_date", "months"))

MEETINGS = (
    Form(
        "meetings",
        (
            "village",
            "meeting_date",
            "meeting_type_code",
            "topic",
            "expected_count",
            "present_count",
            "excused_count",
            "absent_count",
            "host_name",
            "recorder_name",
        ),
        merged_village=True,
    ),
    Form(
        "meetings",
        ("village", "meeting_type_code", "meeting_date", "expected_count", "present_count", "excused_count"),
        totals=("expected_count", "present_count", "excused_count"),
        groups=(("到会情况（人）", ("expected_count", "present_count", "excused_count")),),
    ),
)

ATTENDANCE = (
    Form("attendance", ("name",), SPREAD, spread_value="attendance_code", spread_by="meeting_date", by_village=True),
    Form(
        "attendance",
        ("name", "id_number"),
        SPREAD,
        spread_value="attendance_code",
        spread_by="meeting_date",
        by_village=True,
        spread_group="会议时间",
        remark=True,
    ),
)

INSPECTIONS = (
    Form(
        "inspections",
        (
            "township",
            "village",
            "inspection_month",
            "method_code",
            "score",
            "issues_found_count",
            "issues_rectified_count",
            "rectified_date",
            "issue_text",
        ),
    ),
    Form(
        "inspections",
        (
            "township",
            "village",
            "method_code",
            "issues_found_count",
            "issues_rectified_count",
            "rectified_date",
            "score",
            "inspector_name",
        ),
        totals=("issues_found_count", "issues_rectified_count"),
    ),
)

SAFEGUARDS = (
    Form("safeguards", ("village", *_HOME_ID), SPREAD, spread_value="is_met", spread_by="guarantee_code"),
    Form(
        "safeguards",
        ("village", *_HOME),
        SPREAD,
        spread_value="is_met",
        spread_by="guarantee_code",
        remark=True,
        merged_village=True,
    ),
)

CHECKUPS = (
    Form("checkups", ("village", *_HOME, "name", "id_number", "checkup_date"), sequence=False),
    Form("checkups", ("village", *_HOME, "name", "id_number", "checkup_date", "phone"), by_village=True),
)

SANITATION = (
    Form("sanitation", ("village", *_HOME), SPREAD, spread_value="score", spread_by="rating_month"),
    Form(
        "sanitation",
        ("village", *_HOME),
        SPREAD,
        spread_value="rating_code",
        spread_by="rating_month",
        merged_village=True,
    ),
)
