"""What a form is: the columns an office puts on a sheet, in which order, and how the sheet is built."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

PLAIN, REPEATED, HEAD_ONLY, MERGED, SPREAD = "plain", "repeated", "head_only", "merged", "spread"


@dataclass(frozen=True)
class Form:
    """One office's form of one ledger; names are canonical, headers are chosen when it is written."""

    ledger: str
    columns: tuple[str, ...]
    layout: str = PLAIN
    household: tuple[str, ...] = ()  # of person-level sheets: the columns that belong to the household
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()  # upper header → the columns under it
    totals: tuple[str, ...] = ()
    sequence: bool = True
    by_village: bool = False
    merged_village: bool = False
    subtotals: bool = False
    sections: bool = False
    unit: str = "yuan"
    units: dict[str, str] = field(default_factory=dict)  # columns in another unit than the sheet's
    header_units: bool = False  # the unit stands in every header of money instead of above the table
    header_year: tuple[str, ...] = ()
    spread_value: str = ""  # the column that is spread out,
    spread_by: str = ""  # and the one whose values are the headers
    spread_group: str = ""
    column_numbers: bool = False
    header_again_after: int = 0
    kind: str = "xlsx"  # xlsx, csv or html
    remark: bool = False
    theme: str = ""  # what the form is about, where a ledger is kept on a form for each kind of help

    def plain(self) -> Form:
        """The same columns on a sheet without any peculiarity: one header row, everything in yuan."""
        return replace(
            self,
            groups=(),
            unit="yuan",
            units={},
            header_units=False,
            header_year=(),
            by_village=False,
            merged_village=False,
            column_numbers=False,
            header_again_after=0,
            remark=False,
        )


FACTORS = {"yuan": 1.0, "wan_yuan": 10000.0}
UNIT_WORDS = {"yuan": "元", "wan_yuan": "万元"}
PERSON_LAYOUTS = (REPEATED, HEAD_ONLY, MERGED)
HOUSEHOLD_NAMES = ("household_code", "head_name", "head_id_number")

# Parts of headers that belong on the form of one kind of help only.
THEMES = {
    "学": "education_grant",
    "受助": "education_grant",
    "资助": "education_grant",
    "补助": "education_grant",
    "贷": "microcredit",
    "岗": "public_welfare_job",
    "培训": "skills_training",
    "改造": "house_renovation",
    "慰问": "goods",
    "物": "goods",
    "奖补": "industry_support",
    "救助": "medical_aid",
    "医": "medical_aid",
    "采购": "consumption_help",
    "销售": "consumption_help",
    "产品": "consumption_help",
    "品名": "consumption_help",
}
