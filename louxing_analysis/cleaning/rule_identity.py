"""Rules on who somebody is: ID numbers against sex, birth date and name, numbers and telephones that several share."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.rule_view import FIRST_YEAR, YEARS, Verdict, View, verdict
from louxing_analysis.reference import normalise
from louxing_analysis.rule_rows import Rule

_LOST = "?\ufffd□■"  # what stands in place of a character that was lost
_MOBILE = re.compile("1[0-9]{10}").fullmatch
_CERTIFICATE = "disability_certificate"


def birth_differs_from_id(view: View, rule: Rule, column: str) -> Verdict:
    """The birth date as written against the one inside the ID number, as finely as it was written."""
    written, inside = (view.frame[name].to_numpy(dtype="datetime64[D]") for name in (column, "id_number:birth"))
    known = ~np.isnat(written) & ~np.isnat(inside)
    coarse = view.where_text(f"{column}_precision", lambda text: text == "month")
    year_only = view.where_text(f"{column}_precision", lambda text: text in ("quarter", "half", "year"))
    months = written.astype("datetime64[M]") != inside.astype("datetime64[M]")
    years = written.astype("datetime64[Y]") != inside.astype("datetime64[Y]")
    return verdict(known, np.where(year_only, years, np.where(coarse, months, written != inside)))


def sex_differs_from_id(view: View, rule: Rule, column: str) -> Verdict:
    """The sex as written against the 17th digit of the ID number: odd is male."""
    known = view.known(column) & view.known("id_number:sex")
    male, inside = view.is_one_of(column, "male"), view.is_one_of("id_number:sex", "male")
    return verdict(known, male != inside)


def id_kind_differs(view: View, rule: Rule, column: str) -> Verdict:
    """A certificate of disability has 20 digits, an identity card 18."""
    known = view.known(column) & view.known("id_number")
    long = view.known("id_number:degree")
    certificate, card = view.is_one_of(column, _CERTIFICATE), view.is_one_of(column, "resident_card")
    return verdict(known & (certificate | card), certificate != long)


def id_two_names(view: View, rule: Rule, column: str) -> Verdict:
    """One ID number under several names: the rows with another name than most rows of the number have.

    Where as many rows have one name as another, the earliest is taken for right. A name with a lost character says
    nothing; traditional characters and spaces make no other name.
    """
    names, distinct = view.coded(column)
    alike = pd.factorize(np.array([normalise(name) for name in distinct], dtype=object))[0]
    lost = view.where_text(column, lambda name: any(mark in name for mark in _LOST))
    people = view.coded("id_number")[0]
    known = (names >= 0) & (people >= 0) & ~lost
    rows = np.flatnonzero(known)
    pair = people[rows].astype("int64") * (len(distinct) + 1) + alike[names[rows]]
    kinds, first, of, count = np.unique(pair, return_index=True, return_inverse=True, return_counts=True)
    person = kinds // (len(distinct) + 1)
    order = np.lexsort((first, -count, person))
    best = np.zeros(len(kinds), dtype=bool)
    best[order[np.append(True, person[order][1:] != person[order][:-1])[: len(order)]]] = True
    broken = np.zeros(len(view), dtype=bool)
    broken[rows] = ~best[of]
    return verdict(known, broken)


def shared(view: View, column: str, owner: str, by_year: bool) -> Verdict:
    """One number under two owners (in one year): all its rows."""
    numbers, owners = view.coded(column)[0], view.coded(owner)[0]
    known = (numbers >= 0) & (owners >= 0)
    when = np.nan_to_num(view.year, nan=FIRST_YEAR).astype("int64") - FIRST_YEAR if by_year else 0
    group = pd.factorize(numbers.astype("int64") * YEARS + when)[0]
    low = np.full(group.max(initial=-1) + 1, np.iinfo("int64").max)
    high = np.full(len(low), -1)
    np.minimum.at(low, group[known], owners[known])
    np.maximum.at(high, group[known], owners[known])
    return verdict(known, high[group] > low[group] if len(group) else known)


def head_id_shared(view: View, rule: Rule, column: str) -> Verdict:
    """One head's ID number under two household codes in one year."""
    return shared(view, column, "household_code", by_year=True)


def phone_shared(view: View, rule: Rule, column: str) -> Verdict:
    """One telephone in two households in one year."""
    return shared(view, column, "household_id", by_year=True)


def cadre_phone_shared(view: View, rule: Rule, column: str) -> Verdict:
    """One telephone of two cadres."""
    return shared(view, column, "cadre_id", by_year=False)


def phone_not_mobile(view: View, rule: Rule, column: str) -> Verdict:
    """No number of the cell has 11 digits with 1 in front: a landline or a short number."""
    broken = view.where_text(column, lambda text: not any(_MOBILE(part) for part in text.split("|")))
    return verdict(view.known(column), broken)


JUDGES = {
    "birth_differs_from_id": birth_differs_from_id,
    "sex_differs_from_id": sex_differs_from_id,
    "id_kind_differs": id_kind_differs,
    "id_two_names": id_two_names,
    "head_id_shared": head_id_shared,
    "phone_shared": phone_shared,
    "cadre_phone_shared": cadre_phone_shared,
    "phone_not_mobile": phone_not_mobile,
}
