"""The forms in which the offices of the made-up district keep projects, help, meetings and checks."""

from __future__ import annotations

from louxing_analysis.sample.form import SPREAD, Form

_HOME = ("household_code", "head_name")
_HOME_ID = ("household_code", "head_name", "head_id_number")

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

VILLAGE_CHANGES = Form(
    "village_changes",
    ("old_township", "old_village", "new_township", "new_village", "change_kind_code", "change_date"),
)
