"""Rules on a household's members: head and spouse, size, schooling by age, and whether they bear out the cause given."""

from __future__ import annotations

import numpy as np

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.rule_view import Verdict, View, picked, verdict
from louxing_analysis.rule_rows import Rule

IN_SCHOOL = ("primary", "junior", "senior", "vocational", "higher_vocational", "university")
SICK = ("chronic", "serious")
AUGUST_31 = 831


def ages(view: View) -> Array:
    """The age that a person reaches in the row's year."""
    return view.year - view.numbers("birth_year")


def alive(members: View) -> Array:
    """Rows of the living: some registers write a death as a kind of health."""
    return ~members.has_code("health_codes", "deceased")


def _listed(view: View) -> tuple[Array, Array, Array]:
    """Of each row: its household and year, how many rows these have, and whether all of them say their relation."""
    slots = view.slots(view)
    rows = view.counts(np.ones(len(view), dtype=bool), view)
    told = view.counts(view.known("relation_code"), view)
    return slots, rows, (slots >= 0) & (rows == told)


def _first(view: View, rows: Array) -> Array:
    """The first of these rows in each household and year."""
    places = np.flatnonzero(rows)
    first = np.zeros(len(view), dtype=bool)
    first[places[np.unique(view.slots(view)[places], return_index=True)[1]]] = True
    return first


def no_head(view: View, rule: Rule, column: str) -> Verdict:
    """Nobody of the household is its head, though all relations are told: its first row."""
    _, _, told = _listed(view)
    heads = view.counts(view.is_one_of(column, "head"), view)
    lacking = told & (heads == 0)
    return verdict(told, _first(view, lacking) if lacking.any() else lacking)


def _again(view: View, column: str, code: str) -> Verdict:
    slots = view.slots(view)
    known = view.known(column) & (slots >= 0)
    mine = known & view.is_one_of(column, code)
    return verdict(known, mine & ~_first(view, mine) if mine.any() else mine)


def several_heads(view: View, rule: Rule, column: str) -> Verdict:
    """A second head of the household in one year."""
    return _again(view, column, "head")


def several_spouses(view: View, rule: Rule, column: str) -> Verdict:
    """A second spouse of the head in one year."""
    return _again(view, column, "spouse")


def size_differs(view: View, rule: Rule, column: str) -> Verdict:
    """Household size as stated against the member rows of the same year; the deceased are not counted."""
    members = view.beside("members")
    there = members.counts(np.ones(len(members), dtype=bool), view)
    counted = members.counts(alive(members), view)
    living = np.where(there > 0, counted, np.nan)
    size = view.numbers(column)
    return verdict(~np.isnan(size) & (counted > 0), size != living)


def child_out_of_school(view: View, rule: Rule, column: str) -> Verdict:
    """Of compulsory school age, healthy, and not in school.

    Six by the end of August of the year, as the law has it; where only the year of birth is known, six the year before.
    """
    low, high = view.threshold("school_age_low"), view.threshold("dropout_age_high")
    age = ages(view)
    late = _born_after_august(view)
    old_enough = np.where(late, age > low, age >= low)
    known = ~np.isnan(age) & view.known("student_code") & view.known("health_codes") & ~np.isnan(low + high)
    healthy = view.is_one_of("health_codes", "healthy")
    out = view.is_one_of(column, "not_student")
    return verdict(known, old_enough & (age <= high) & healthy & out)


def _born_after_august(view: View) -> Array:
    """Born in September or later, or on a day that is not known: not yet at school in the year of the sixth birthday."""
    days = np.full(len(view), "NaT", dtype="datetime64[D]")
    for name in ("id_number:birth", "birth_date"):
        if view.has(name):
            told = view.frame[name].to_numpy(dtype="datetime64[D]")
            if name == "birth_date" and view.has("birth_date_precision"):
                told = np.where(
                    view.where_text("birth_date_precision", lambda text: text in ("day", "month")), told, days
                )
            days = np.where(np.isnat(days), told, days)
    month = (days.astype("datetime64[M]").astype("int64") % 12) + 1
    day = (days - days.astype("datetime64[M]")).astype("int64") + 1
    return np.isnat(days) | (month * 100 + day > AUGUST_31)


def student_old(view: View, rule: Rule, column: str) -> Verdict:
    """Still in school at an age at which hardly anybody is."""
    age, old = ages(view), view.threshold("student_age_high")
    known = ~np.isnan(age) & ~np.isnan(old) & view.known(column)
    return verdict(known, (age >= old) & view.is_one_of(column, "preschool", *IN_SCHOOL))


def able_age_without_labour(view: View, rule: Rule, column: str) -> Verdict:
    """Of an age to work, in no school, and said to have no ability to work at all (not to have lost it)."""
    age, low, high = ages(view), view.threshold("labour_age_low"), view.threshold("labour_age_high")
    known = ~np.isnan(age + low + high) & view.known(column)
    pupil = view.is_one_of("student_code", "preschool", *IN_SCHOOL)
    return verdict(known, (age >= low) & (age <= high) & view.is_one_of(column, "none") & ~pupil)


def old_without_pension(view: View, rule: Rule, column: str) -> Verdict:
    """Of pension age and in neither of the two pension insurances."""
    age, old = ages(view), view.threshold("pension_age")
    known = ~np.isnan(age) & ~np.isnan(old) & view.known(column)
    insured = (view.numbers(column) == 1) | (view.numbers("has_employee_pension") == 1)
    return verdict(known, (age >= old) & ~insured)


def _without(view: View, column: str, cause: str, bearing: Array, told: Array) -> Verdict:
    """Households of this main cause with nobody who bears it out, in this or any earlier year of the register.

    The cause is that of the time when the household was identified: a pupil who has left school since bears it out.
    """
    members = view.beside("members")
    some = members.counts_until(bearing, view) > 0
    known = view.known(column) & (members.counts(told, view) > 0)
    return verdict(known, view.is_one_of(column, cause) & ~some)


def cause_illness_without_sick(view: View, rule: Rule, column: str) -> Verdict:
    """Poor through illness, and nobody is or was chronically or seriously ill."""
    members = view.beside("members")
    told = members.known("health_codes")
    return _without(view, column, "illness", members.has_code("health_codes", *SICK, "deceased"), told)


def cause_disability_without_disabled(view: View, rule: Rule, column: str) -> Verdict:
    """Poor through disability, and nobody is or was disabled."""
    members = view.beside("members")
    told = members.known("health_codes")
    return _without(view, column, "disability", members.has_code("health_codes", "disabled", "deceased"), told)


def cause_schooling_without_student(view: View, rule: Rule, column: str) -> Verdict:
    """Poor through schooling, and nobody is or was in school."""
    members = view.beside("members")
    told = members.on_sheet("student_code")
    return _without(view, column, "schooling", members.is_one_of("student_code", "preschool", *IN_SCHOOL), told)


def cause_labour_with_workers(view: View, rule: Rule, column: str) -> Verdict:
    """Said to lack hands, with as many able workers as a checker would call enough."""
    members = view.beside("members")
    able = members.counts(members.is_one_of("labour_code", "ordinary", "skilled") & alive(members), view)
    told = members.counts(members.known("labour_code"), view) > 0
    enough = view.threshold("workers_enough")
    known = view.known(column) & told & ~np.isnan(enough)
    return verdict(known, view.is_one_of(column, "labour") & (able >= enough))


def causes_many(view: View, rule: Rule, column: str) -> Verdict:
    """More other causes than the form allows."""
    places, distinct = view.coded(column)
    count = np.append([text.count("|") + 1 for text in distinct.tolist()], 0)[places]
    most = view.threshold("causes_other_high")
    return verdict(view.known(column) & ~np.isnan(most), count > most)


def cause_repeated(view: View, rule: Rule, column: str) -> Verdict:
    """The main cause named again among the other ones."""
    others, texts = view.coded(column)
    mains, codes = view.coded("cause_main_code")
    again = np.zeros((len(texts) + 1, len(codes) + 1), dtype=bool)
    for row, text in enumerate(texts.tolist()):
        again[row, :-1] = np.isin(codes, text.split("|"))
    return verdict((others >= 0) & (mains >= 0), again[others, mains])


def own_or_beside(view: View, column: str, other: str) -> Array:
    """A number of the row itself, else of the other table's row of the same household and year."""
    own = view.numbers(column)
    beside = view.beside(other)
    if not beside.has(column):
        return own
    return np.where(np.isnan(own), picked(beside.numbers(column), view.first_of(beside)), own)


JUDGES = {
    judge.__name__: judge
    for judge in (
        no_head,
        several_heads,
        several_spouses,
        size_differs,
        child_out_of_school,
        student_old,
        able_age_without_labour,
        old_without_pension,
        cause_illness_without_sick,
        cause_disability_without_disabled,
        cause_schooling_without_student,
        cause_labour_with_workers,
        causes_many,
        cause_repeated,
    )
}
