"""What an indicator is, in words: one card each, in Chinese and English, from which captions and docs/method are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Text(NamedTuple):
    """The same words in both languages."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The words in one language; anything but `en` is Chinese."""
        return self.en if language == "en" else self.zh


POPULATIONS: dict[str, Text] = {
    "ever_registered": Text("历年曾建档立卡户", "households ever on the register"),
    "registered_at_year_end": Text("年末在册建档立卡户（不含注销）", "households on the register at the year's end"),
    "not_yet_exited": Text(
        "年末尚未脱贫户（未脱贫、预脱贫、返贫）", "households that have not exited by the year's end"
    ),
    "eligible_for": Text("按登记信息符合该项条件的户", "households that the register shows to be eligible for it"),
    "with_income_account": Text(
        "当年有收入核算记录的建档立卡户", "registered households with an income account of the year"
    ),
    "checked": Text("当年有核查记录的建档立卡户", "registered households with a check of the year"),
    "able_to_work": Text("年末在册有劳动能力人口", "registered people able to work, at the year's end"),
    "registered_people": Text("年末在册建档立卡人口", "people on the register at the year's end"),
    "expected_at_meetings": Text("会议应到人员", "people expected at the meetings"),
    "paired_at_month_end": Text(
        "月末有效结对（户×帮扶人）", "pairings of household and cadre in force at the month's end"
    ),
    "trained": Text("参加技能培训人次", "enrolments in skills training"),
    "beneficiaries": Text("利益联结表中的受益户（人）", "beneficiaries in the project lists"),
    "places": Text("现行村和社区", "villages and communities in force"),
    "findings": Text("督查发现的问题", "problems found by inspections"),
    "projects": Text("项目台账中的项目", "projects in the project ledger"),
    "cadres": Text("当日有有效结对的帮扶人", "cadres with a pairing in force on the day"),
    "agencies": Text("应参与的帮扶单位", "agencies that are to take part"),
    "rows_of_data": Text("各工作表中的数据行", "data rows of the sheets"),
    "problems": Text("清洗时记录的问题", "problems recorded by cleaning"),
    "cells": Text("干净表中的单元格", "cells of the clean tables"),
    "totals": Text("表中所填的合计", "totals stated on the sheets"),
}
"""Every population that a rate can be of; a rate is always of one of these."""

NOT_FILLED = Text(
    "所需单元格缺失的行不进入分子和分母，计入缺失数，不作填补",
    "rows lacking a cell that is needed stand in neither numerator nor denominator; they are counted as missing, never filled",
)
BY_VILLAGE = Text(
    "合计之比的线性化标准误，以村为群，t 分布 95% 区间；全有或全无时用 Wilson 区间（群数为 n）；只有一个村时，"
    "简单比例用 Wilson 区间，其余以行为群",
    "linearised standard error of a ratio of totals, villages as clusters, 95 % interval by Student's t; Wilson over the "
    "clusters where all or none have it; inside a single village Wilson for simple proportions, else rows as clusters",
)
WILSON = Text("Wilson 95% 区间", "Wilson's 95 % interval")
NO_INTERVAL = Text("全数计数，不给区间", "a full count; no interval")


@dataclass(frozen=True)
class Card:
    """One indicator in words; `disclosure` is `sensitive` (small counts are hidden on the way out) or `open`.

    `population` is a key of POPULATIONS; `tables` are the clean tables it takes, `optional` those it can do without;
    `facts` names what it takes from data/reference.
    """

    name: str
    module: str
    name_zh: str
    name_en: str
    unit_of_analysis_zh: str
    unit_of_analysis_en: str
    population: str
    population_zh: str
    population_en: str
    denominator_zh: str
    denominator_en: str
    period_zh: str
    period_en: str
    missing_rule_zh: str
    missing_rule_en: str
    definition_zh: str
    definition_en: str
    interval_zh: str
    interval_en: str
    source: str
    disclosure: str
    unit: str
    tables: tuple[str, ...]
    optional: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def text(self, field: str, language: str = "zh") -> str:
        """One field in one language: `card.text("definition", "en")`; raises AttributeError for a field no card has."""
        return str(getattr(self, f"{field}_{language}"))


HOUSEHOLD = Text("户", "household")
PERSON = Text("人", "person")
YEAR = Text("年度", "year")


def card(
    name: str,
    title: Text,
    definition: Text,
    *,
    module: str,
    population: str,
    denominator: Text,
    unit: str,
    tables: tuple[str, ...],
    source: str,
    disclosure: str,
    unit_of_analysis: Text = HOUSEHOLD,
    period: Text = YEAR,
    missing_rule: Text = NOT_FILLED,
    interval: Text = BY_VILLAGE,
    optional: tuple[str, ...] = (),
    facts: tuple[str, ...] = (),
) -> Card:
    """Make a card from pairs of words; raises ValueError for an unknown population or disclosure."""
    if population not in POPULATIONS or disclosure not in ("sensitive", "open"):
        raise ValueError(f"{name}: population {population!r}, disclosure {disclosure!r}")
    words = {
        "name": title,
        "unit_of_analysis": unit_of_analysis,
        "population": POPULATIONS[population],
        "denominator": denominator,
        "period": period,
        "missing_rule": missing_rule,
        "definition": definition,
        "interval": interval,
    }
    both = {f"{field}_{language}": text.of(language) for field, text in words.items() for language in ("zh", "en")}
    return Card(
        name=name,
        module=module,
        population=population,
        unit=unit,
        tables=tables,
        optional=optional,
        facts=facts,
        source=source,
        disclosure=disclosure,
        **both,
    )
