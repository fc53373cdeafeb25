"""Rules on policies: what a household is said to be against what it receives, and against whether it has left poverty."""

from __future__ import annotations

import numpy as np

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.rule_households import IN_SCHOOL, SICK, ages, alive
from louxing_analysis.cleaning.rule_view import Verdict, View, picked, verdict
from louxing_analysis.rule_rows import Rule

EXITED, POOR = ("exited",), ("not_exited", "fallen_back")


def register_codes(view: View, column: str, *codes: str) -> tuple[Array, Array]:
    """Where the register tells the column for a row's household and year, and where it is one of the codes."""
    register = view if view.name == "households" else view.beside("households")
    at = np.arange(len(view)) if register is view else view.first_of(register)
    known = picked(register.known(column), at, False).astype(bool)
    return known, picked(register.is_one_of(column, *codes), at, False).astype(bool)


def line(view: View) -> Array:
    """The exit line of each row's year: that of the province or district, else another county's; NaN without either."""
    own = view.threshold("exit_line")
    return np.where(np.isnan(own), view.threshold("exit_line_elsewhere"), own)


def minimum_living_without_allowance(view: View, rule: Rule, column: str) -> Verdict:
    """A household under the minimum living guarantee without an allowance in its account."""
    known, is_kind = register_codes(view, "household_type_code", "dibao")
    nothing = ~(view.numbers(column) > 0)
    return verdict(known & view.on_sheet(column), is_kind & nothing)


def destitute_with_minimum_living(view: View, rule: Rule, column: str) -> Verdict:
    """A household with destitute support that also gets the minimum living allowance: one excludes the other."""
    known, is_kind = register_codes(view, "household_type_code", "tekun")
    return verdict(known & view.known(column), is_kind & (view.numbers(column) > 0))


def type_differs_from_status(view: View, rule: Rule, column: str) -> Verdict:
    """The type as written says that the household has left poverty, and its status that it has not, or the reverse.

    Registers up to 2017 go on saying 一般贫困户 after the exit: that counts only on sheets that write 脱贫户 elsewhere.
    """
    said = f"{column}:status"
    left, stayed = view.is_one_of(said, "exited"), view.is_one_of(said, "not_exited")
    tells = view.where_sheet(left)
    known = view.known("exit_status_code") & (left | (stayed & tells))
    exited, poor = view.is_one_of("exit_status_code", *EXITED), view.is_one_of("exit_status_code", *POOR)
    return verdict(known, (left & poor) | (stayed & exited))


def general_above_line(view: View, rule: Rule, column: str) -> Verdict:
    """A general household, not exited and above the line, in which nobody is ill, disabled or in school."""
    members = view.beside("members")
    burden = members.has_code("health_codes", *SICK, "disabled") | members.is_one_of("student_code", *IN_SCHOOL)
    told = members.counts(members.known("health_codes"), view) > 0
    income, least = view.numbers(column), line(view)
    known = view.known("household_type_code") & view.known("exit_status_code") & ~np.isnan(income + least) & told
    general = view.is_one_of("household_type_code", "general") & view.is_one_of("exit_status_code", "not_exited")
    return verdict(known, general & (income > least) & (members.counts(burden, view) == 0))


def exited_below_line(view: View, rule: Rule, column: str) -> Verdict:
    """Has left poverty, and its income per head is below the line of the year."""
    told, exited = register_codes(view, "exit_status_code", *EXITED)
    income, least = view.numbers(column), line(view)
    return verdict(told & ~np.isnan(income + least), exited & (income < least))


def poor_with_high_income(view: View, rule: Rule, column: str) -> Verdict:
    """Not exited, with an income per head that no poor household has."""
    told, poor = register_codes(view, "exit_status_code", *POOR)
    income, most = view.numbers(column), view.threshold("poor_income_high")
    return verdict(told & ~np.isnan(income + most), poor & (income > most))


def _working(view: View) -> tuple[Array, Array]:
    """Where the register tells months of work for a row's household and year, and how many members have some."""
    members = view.beside("members")
    told = members.counts(members.on_sheet("work_months"), view) > 0
    return told, members.counts(members.numbers("work_months") > 0, view)


def wage_without_months(view: View, rule: Rule, column: str) -> Verdict:
    """Wages in the account, and no member has worked any month or been away for work."""
    told, working = _working(view)
    members = view.beside("members")
    away = members.counts(members.known("work_code"), view)
    return verdict(told & view.known(column), (view.numbers(column) > 0) & (working == 0) & (away == 0))


def months_without_wage(view: View, rule: Rule, column: str) -> Verdict:
    """Months of work in the register, and no wages in the account."""
    told, working = _working(view)
    return verdict(told & view.on_sheet(column), (working > 0) & ~(view.numbers(column) > 0))


def old_without_pension_income(view: View, rule: Rule, column: str) -> Verdict:
    """Somebody had reached pension age before the year, and the account has no pension."""
    members = view.beside("members")
    old = (ages(members) > members.threshold("pension_age")) & alive(members)
    told = members.counts(members.known("birth_year"), view) > 0
    return verdict(told & view.on_sheet(column), (members.counts(old, view) > 0) & ~(view.numbers(column) > 0))


JUDGES = {
    judge.__name__: judge
    for judge in (
        minimum_living_without_allowance,
        destitute_with_minimum_living,
        type_differs_from_status,
        general_above_line,
        exited_below_line,
        poor_with_high_income,
        wage_without_months,
        months_without_wage,
        old_without_pension_income,
    )
}
