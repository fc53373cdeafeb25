"""Which workbooks the offices of the district keep: townships by year, the district's own offices by kind and month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from louxing_analysis.sample import forms, work_forms
from louxing_analysis.sample.facts import Facts
from louxing_analysis.sample.form import Form
from louxing_analysis.sample.tables import Table

DISTRICT = "全区"
VILLAGE = "{village}"  # where a title names the village of its sheet
MADE_UP = "合成示例数据"


@dataclass(frozen=True)
class SheetPlan:
    """One sheet (or, where the form has one per village, several): which records, and what the title says."""

    form: Form
    group: tuple[str, ...]  # columns that pick the records,
    key: tuple[Any, ...]  # and their values
    name: str
    title: str
    year: int | None = None
    said: tuple[str, ...] = ()
    keep: str = ""  # wide: dividends that one column a project can show; long: all the others


@dataclass(frozen=True)
class WorkbookPlan:
    """One file: its path below the raw folder, and its sheets."""

    path: str
    sheets: tuple[SheetPlan, ...]
    kind: str = "xlsx"


@dataclass(frozen=True)
class Offices:
    """What the plans are drawn from."""

    facts: Facts
    tables: Mapping[str, Table]
    seed: int
    level: int

    def pick(self, choices: tuple[Form, ...], *about: object) -> Form:
        """An office's form: one for years, until it gets a new one in 2018."""
        if not self.level:
            return choices[0]
        return choices[Random(f"{self.seed}|form|{about}").randrange(len(choices))]

    def word(self, ledger: str, *about: object) -> str:
        """What an office calls a ledger in titles and file names."""
        words = [self.facts.ledger_labels[ledger]]
        if self.level:
            words += [
                word if word[-1] in "表册账库" else f"{word}表"
                for word in self.facts.title_words[ledger]
                if len(word) > 2
            ]
        return Random(f"{self.seed}|word|{ledger}|{about}").choice(words)

    def keys(self, ledger: str, *names: str) -> list[tuple[Any, ...]]:
        """The groups that a ledger has rows for."""
        return list(self.tables[ledger].by(*names))


def _era(year: int) -> str:
    return "old" if year < 2018 else "new"


def _titled(place: str, when: str, word: str) -> str:
    return f"{place}{when}{word}（{MADE_UP}）"


def _suffix(kind: str) -> str:
    return {"xlsx": "xlsx", "csv": "csv", "html": "xls"}[kind]


def _yearly(
    offices: Offices, ledger: str, choices: tuple[Form, ...], said: tuple[str, ...] = ()
) -> Iterator[WorkbookPlan]:
    """One workbook a township and year."""
    for township, year in offices.keys(ledger, "township", "year"):
        form = offices.pick(choices, ledger, township, _era(year))
        word = (
            offices.word(ledger, township, _era(year)) if ledger != "checkups" else offices.facts.ledger_labels[ledger]
        )
        plan = SheetPlan(
            form, ("township", "year"), (township, year), "Sheet1", _titled(township, f"{year}年度", word), year, said
        )
        yield WorkbookPlan(f"{township}/{year}年{township}{word}.{_suffix(form.kind)}", (plan,), form.kind)


def _members(offices: Offices) -> Iterator[WorkbookPlan]:
    """Person-level exports; one township in eight keeps households and members on two sheets."""
    for township, year in offices.keys("members", "township", "year"):
        draw = Random(f"{offices.seed}|register|{township}|{_era(year)}").random()
        key, group, said = (township, year), ("township", "year"), ("register_year",)
        word = offices.word("members", township, _era(year))
        path = f"{township}/{year}年{township}{word}.xlsx"
        if offices.level and draw < 0.12:
            households = _titled(township, f"{year}年", "建档立卡贫困户信息表")
            yield WorkbookPlan(
                path,
                (
                    SheetPlan(forms.HOUSEHOLD_SHEET, group, key, "户信息", households, year, said),
                    SheetPlan(
                        forms.MEMBER_SHEET,
                        group,
                        key,
                        "成员信息",
                        _titled(township, f"{year}年", "家庭成员表"),
                        year,
                        said,
                    ),
                ),
            )
            continue
        form = offices.pick(forms.MEMBERS, "members", township, _era(year))
        yield WorkbookPlan(
            path, (SheetPlan(form, group, key, "Sheet1", _titled(township, f"{year}年度", word), year, said),)
        )


def _pairings(offices: Offices) -> Iterator[WorkbookPlan]:
    for (township,) in offices.keys("pairings", "township"):
        form = offices.pick(forms.PAIRINGS, "pairings", township)
        plan = SheetPlan(form, ("township",), (township,), "花名册", _titled(township, "", "结对帮扶花名册"))
        yield WorkbookPlan(f"{township}/{township}结对帮扶花名册.xlsx", (plan,))


def _by_year(offices: Offices, ledger: str, choices: tuple[Form, ...], said: tuple[str, ...]) -> Iterator[WorkbookPlan]:
    """One workbook a year for the whole district."""
    for (year,) in offices.keys(ledger, "year"):
        form = offices.pick(choices, ledger, year)
        word = offices.facts.ledger_labels[ledger]
        plan = SheetPlan(form, ("year",), (year,), "Sheet1", _titled("娄星区", f"{year}年", word), year, said)
        yield WorkbookPlan(f"{DISTRICT}/{year}年娄星区{word}.xlsx", (plan,))


def _beneficiaries(offices: Offices) -> Iterator[WorkbookPlan]:
    """Payout lists, and in some townships dividends with one column a project."""
    group = ("township", "year")
    for township, year in offices.keys("beneficiaries", *group):
        wide = Random(f"{offices.seed}|wide|{township}").random() < 0.4
        form = offices.pick(work_forms.BENEFICIARIES, "beneficiaries", township, _era(year))
        said = ("project_year",)
        plan = SheetPlan(
            form,
            group,
            (township, year),
            "发放表",
            _titled(township, f"{year}年", "利益联结与分红表"),
            year,
            said,
            keep="long" if wide else "",
        )
        yield WorkbookPlan(f"{township}/{year}年{township}利益联结与分红表.xlsx", (plan,))
        if wide:
            title = _titled(township, f"{year}年", "产业项目收益分红表")
            plan = SheetPlan(work_forms.DIVIDENDS_WIDE, group, (township, year), "分红", title, year, said, keep="wide")
            yield WorkbookPlan(f"{township}/{year}年{township}产业项目收益分红表.xlsx", (plan,))


def _aid(offices: Offices) -> Iterator[WorkbookPlan]:
    """One workbook a kind of help and year for the whole district."""
    for kind, year in offices.keys("aid", "aid_kind_code", "year"):
        form = replace(work_forms.AID.get(kind, work_forms.AID_OTHER), theme=kind)
        word = f"{offices.facts.labels['aid_kind'].get(kind, kind)}台账"
        file_kind = form.kind if offices.level else "xlsx"
        said = ("aid_year", "aid_kind_code")
        plan = SheetPlan(
            form, ("aid_kind_code", "year"), (kind, year), "Sheet1", _titled("娄星区", f"{year}年", word), year, said
        )
        yield WorkbookPlan(f"{DISTRICT}/帮扶措施/{year}年娄星区{word}.{_suffix(file_kind)}", (plan,), file_kind)


def _meetings(offices: Offices) -> Iterator[WorkbookPlan]:
    """A workbook a year, or one workbook with a sheet for every year."""
    years: dict[str, list[int]] = {}
    for township, year in offices.keys("meetings", "township", "year"):
        years.setdefault(township, []).append(year)
    for township, mine in years.items():
        form = offices.pick(work_forms.MEETINGS, "meetings", township)
        word = "会议统计表"
        plans = tuple(
            SheetPlan(
                form, ("township", "year"), (township, year), f"{year}年", _titled(township, f"{year}年", word), year
            )
            for year in mine
        )
        if offices.level and Random(f"{offices.seed}|meetings|{township}").random() < 0.5:
            yield WorkbookPlan(f"{township}/{township}{word}.xlsx", plans)
        else:
            yield from (WorkbookPlan(f"{township}/{plan.year}年{township}{word}.xlsx", (plan,)) for plan in plans)


def _attendance(offices: Offices) -> Iterator[WorkbookPlan]:
    for township, year in offices.keys("attendance", "township", "year"):
        form = offices.pick(work_forms.ATTENDANCE, "attendance", township)
        plan = SheetPlan(
            form,
            ("township", "year"),
            (township, year),
            "签到",
            _titled(f"{township}{VILLAGE}", f"{year}年", "主题党日签到表"),
            year,
        )
        yield WorkbookPlan(f"{township}/{year}年{township}主题党日签到表.xlsx", (plan,))


def _inspections(offices: Offices) -> Iterator[WorkbookPlan]:
    for (month,) in offices.keys("inspections", "inspection_month"):
        form = offices.pick(work_forms.INSPECTIONS, "inspections", month.year)
        said = () if "inspection_month" in form.columns else ("inspection_month",)
        title = _titled("娄星区", f"{month.year}年{month.month}月", "督查考评表")
        plan = SheetPlan(form, ("inspection_month",), (month,), f"{month.month}月", title, month.year, said)
        yield WorkbookPlan(f"{DISTRICT}/督查/{month.year}年{month.month:02d}月督查考评表.xlsx", (plan,))


def _safeguards(offices: Offices) -> Iterator[WorkbookPlan]:
    """One workbook a township, one sheet a year."""
    years: dict[str, list[int]] = {}
    for township, year in offices.keys("safeguards", "township", "year"):
        years.setdefault(township, []).append(year)
    for township, mine in years.items():
        form, word = offices.pick(work_forms.SAFEGUARDS, "safeguards", township), "两不愁三保障核查表"
        plans = tuple(
            SheetPlan(
                form,
                ("township", "year"),
                (township, year),
                str(year),
                _titled(township, f"{year}年", word),
                year,
                ("year", "guarantee_code"),
            )
            for year in mine
        )
        yield WorkbookPlan(f"{township}/{township}{word}.xlsx", plans)


def _sanitation(offices: Offices) -> Iterator[WorkbookPlan]:
    for township, year in offices.keys("sanitation", "township", "year"):
        form = offices.pick(work_forms.SANITATION, "sanitation", township)
        title = _titled(township, f"{year}年", "环境卫生评比表")
        plan = SheetPlan(form, ("township", "year"), (township, year), "评比", title, year, ("rating_month",))
        yield WorkbookPlan(f"{township}/{year}年{township}环境卫生评比表.xlsx", (plan,))


def _village_changes(offices: Offices) -> Iterator[WorkbookPlan]:
    """The district's one list of old and new villages."""
    for (year,) in offices.keys("village_changes", "year"):
        word = offices.facts.ledger_labels["village_changes"]
        plan = SheetPlan(work_forms.VILLAGE_CHANGES, ("year",), (year,), "Sheet1", _titled("娄星区", "", word))
        yield WorkbookPlan(f"{DISTRICT}/娄星区{word}.xlsx", (plan,))


_LEDGERS: tuple[Callable[[Offices], Iterator[WorkbookPlan]], ...] = (
    _members,
    lambda offices: _yearly(offices, "incomes", forms.INCOMES, ("income_year",)),
    _pairings,
    lambda offices: _by_year(offices, "teams", forms.TEAMS, ("team_year",)),
    lambda offices: _yearly(offices, "visits", forms.VISITS),
    lambda offices: _by_year(offices, "projects", work_forms.PROJECTS, ("project_year",)),
    _beneficiaries,
    _aid,
    _meetings,
    _attendance,
    _inspections,
    _safeguards,
    lambda offices: _yearly(offices, "checkups", work_forms.CHECKUPS),
    _sanitation,
    _village_changes,
)


def plan_workbooks(offices: Offices) -> list[WorkbookPlan]:
    """All workbooks, in the order of their paths; no two have one path."""
    plans = [plan for ledger in _LEDGERS for plan in ledger(offices)]
    return sorted(plans, key=lambda plan: plan.path)
