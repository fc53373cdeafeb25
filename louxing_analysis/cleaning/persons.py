"""People of the register over the years: by ID number, else by what stands for it where the number is damaged in a year."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from louxing_analysis.cleaning.register_rows import RegisterRows
from louxing_analysis.cleaning.row_keys import joined, number_of, unambiguous

UNNUMBERED = "?"  # before what stands for a person whose number is read in no year


def across_households(rows: RegisterRows) -> pd.Series:
    """What stands for the person of every row whatever household it is in, None where nothing does.

    The ID number; where it is damaged, that of the same person code and name, then that of the only person of this name
    and full birth date in the village, unless that one stands in the register of this year with a number of its own; then
    village, name and full birth date themselves, where only one row of a year has them.
    """
    key = rows.id_number.copy()
    missing = key.isna() & rows.name.notna()
    if not missing.any():
        return key
    among = rows.name.isin(rows.name[missing].unique())
    here = joined(rows.village[among], rows.name[among], rows.birth_days(among))
    by_code = joined(rows.person_code[among], rows.name[among])
    number, open_rows = rows.id_number[among], missing[among]
    found = by_code[open_rows].map(unambiguous(by_code, number)).astype(object)
    by_day = here[open_rows].map(unambiguous(here, number)).astype(object)
    found = found.where(found.notna(), by_day)
    found = found.where(~_stands_that_year(rows, found), None)
    found = found.where(found.notna(), _alone(here[open_rows], rows))
    key[found.index] = found.where(found.notna(), None)
    return key


def _stands_that_year(rows: RegisterRows, found: pd.Series) -> pd.Series:
    """Whether the number found for a row stands on a member's row of the same year already."""
    year = rows.year.astype(object).where(rows.year.notna(), None)
    among = rows.id_number.isin(found.dropna().unique()) & rows.is_member
    stands = pd.Index(joined(rows.id_number[among], year[among]).dropna().unique())
    is_member = pd.Series(rows.is_member, index=rows.id_number.index)[found.index]
    return joined(found, year[found.index]).isin(stands) & is_member


def _alone(here: pd.Series, rows: RegisterRows) -> pd.Series:
    """Village, name and birth date as a key, where no two member rows of a year have them."""
    year = rows.year[here.index].astype(object)
    member = pd.Series(rows.is_member, index=rows.name.index)[here.index]
    at = joined(here, year.where(year.notna(), None)).where(member, None)
    twice = here[at.notna() & at.duplicated(keep=False)]
    return here.where(~here.isin(twice.unique()) & here.notna() & member, None).map(
        lambda text: None if text is None else f"{UNNUMBERED}{text}"
    )


def in_households(rows: RegisterRows, household: pd.Series, across: pd.Series) -> pd.Series:
    """The person of every member row: by ID number, by household and name, by what `across_households` found, else alone.

    In the household the year of birth tells two of one name apart (one register has the day, another only the month); a
    name alone is enough where the row says no birth and only one person of the household has it. Rows whose number is
    read in no year are joined by household, name and year of birth, by person code and name, and by village, name and
    day of birth.
    """
    key = rows.id_number.where(rows.is_member, None)
    missing = key.isna() & rows.is_member & rows.name.notna()
    if not missing.any():
        return key
    among = rows.name.isin(rows.name[missing].unique()) & rows.is_member
    birth = rows.birth_years(among)
    born = joined(household[among], rows.name[among], birth)
    named = joined(household[among], rows.name[among])
    number, open_rows = rows.id_number[among], missing[among]
    found = born[open_rows].map(unambiguous(born, number)).astype(object)
    by_name = named[open_rows].map(unambiguous(named, number)).astype(object)
    found = found.where(found.notna(), by_name.where(birth[found.index].isna(), None))
    beyond = across[found.index]
    numbered = beyond.notna() & ~beyond.astype(str).str.startswith(UNNUMBERED)
    found = found.where(found.notna(), beyond.where(numbered, None))
    left = found.index[found.isna()]
    if len(left):
        codes = joined(rows.person_code[left], rows.name[left])
        found[left] = _joined_up(born[left], codes, beyond[left])
    key[found.index] = found.where(found.notna(), None)
    return key


def _joined_up(born: pd.Series, codes: pd.Series, across: pd.Series) -> pd.Series:
    """Rows that share any of the three keys are one person, known by the first of its keys in the order of texts."""
    texts = pd.concat([born, codes, across], ignore_index=True)
    thing, names = number_of(texts)
    row = np.tile(np.arange(len(born)), 3)
    there = thing >= 0
    size = len(born) + len(names)
    edges = coo_array((np.ones(there.sum()), (row[there], len(born) + thing[there])), shape=(size, size))
    group = connected_components(edges, directed=False)[1]
    own = group[: len(born)]
    found = np.full(len(born), None, dtype=object)
    for keys in (codes, born):  # last the household's own key: it is the one that other ledgers can name
        code, texts_of = number_of(keys)
        first = np.full(own.max() + 1, len(texts_of))
        np.minimum.at(first, own[code >= 0], code[code >= 0])
        known = first[own] < len(texts_of)
        found[known] = texts_of[first[own[known]]]
    return pd.Series(found, index=born.index, dtype=object)
