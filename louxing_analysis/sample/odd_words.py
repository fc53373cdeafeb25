"""Dates, words, names and ID numbers written oddly or wrongly: what would stand in the cell, None where it does not fit."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from random import Random
from typing import Any

from louxing_analysis.sample.odd_numbers import Setting, no_token
from louxing_analysis.sample.package import Cell
from louxing_analysis.sample.places import former_villages
from louxing_analysis.sample.spelling import COARSE_FORMS, DAY_FORMS


def another_form(value: datetime.date, setting: Setting) -> Cell:
    """In another form than the rest of the column."""
    # three date cells that are all first days would be read as months
    no_cell = setting.text_only or value.day == 1
    forms = [name for name in DAY_FORMS if name != setting.manner.form and not (name == "cell" and no_cell)]
    return DAY_FORMS[setting.rng.choice(forms)](value)


def serial(value: datetime.date, setting: Setting) -> Cell:
    """As the number that Excel keeps for it."""
    return (value - datetime.date(1899, 12, 30)).days


def with_clock(value: datetime.date, setting: Setting) -> Cell:
    """With the time that an export adds."""
    return f"{value.year}/{value.month}/{value.day} 0:00:00"


def half_year(value: datetime.date, setting: Setting) -> Cell:
    """As a half-year."""
    return COARSE_FORMS["half_year"][1](value)


def quarter(value: datetime.date, setting: Setting) -> Cell:
    """As a quarter."""
    return COARSE_FORMS["quarter"][1](value)


def no_such_day(value: datetime.date, setting: Setting) -> Cell:
    """On a day that the month does not have."""
    month, day = setting.rng.choice(((2, 30), (4, 31), (6, 31), (9, 31), (11, 31)))
    return f"{value.year}-{month}-{day}"


def lost_zero(value: datetime.date, setting: Setting) -> Cell:
    """As a number that may have been October."""
    return float(f"{value.year}.1")


def date_span(value: datetime.date, setting: Setting) -> Cell:
    """As a span of time."""
    return f"{value.year}.{min(value.month, 9)}-{value.year}.{min(value.month, 9) + 2}"


def word_for_date(value: datetime.date, setting: Setting) -> Cell:
    """As a remark instead of a date."""
    return no_token(("日期不记得", "见登记本", "另行通知"), setting)


def day_month_swapped(value: datetime.date, setting: Setting) -> Cell:
    """In a thirteenth month."""
    return f"{value.year}年13月{value.day}日"


def other_word(value: str, setting: Setting) -> Cell:
    """As another word for the same."""
    forms = setting.facts.spellings[setting.fact.vocabulary].get(value, ())
    others = [form for form in forms if form != setting.manner.words.get(value)]
    return setting.rng.choice(others) if others else None


def spaced_word(value: str, setting: Setting) -> Cell:
    """With spaces inside and behind."""
    written = setting.manner.words[value]
    return f"{written[0]} {written[1:]} " if len(written) > 1 else None


def unknown_word(value: str, setting: Setting) -> Cell:
    """As a word that the vocabulary does not have."""
    return no_token(("见档案", "情况特殊", "再议"), setting, setting.fact.vocabulary)


def bare_code(value: str, setting: Setting) -> Cell:
    """As some system's code."""
    code = f"0{setting.rng.randint(1, 9)}"
    known = setting.facts.means(setting.fact.vocabulary, code) or setting.facts.means("missing", code)
    return None if known else code


def other_yes_no(value: bool, setting: Setting) -> Cell:
    """As another pair of words for yes and no."""
    pairs = [pair for pair in setting.facts.pairs(setting.fact) if pair != setting.manner.yes_no]
    return setting.rng.choice(pairs)[0 if value else 1] if pairs else None


def neither(value: bool, setting: Setting) -> Cell:
    """As neither yes nor no."""
    return no_token(("见档案", "情况特殊", "再议"), setting, "boolean")


def with_year(value: int, setting: Setting) -> Cell:
    """With or without the word for year."""
    return f"{value}年" if setting.manner.form == "plain" else str(value)


def slipped_year(value: int, setting: Setting) -> Cell:
    """With one digit too many."""
    return f"{str(value)[:3]}0{str(value)[3:]}"


def spaced_name(value: str, setting: Setting) -> Cell:
    """With a gap between the characters."""
    gap = setting.rng.choice((" ", "\u3000", "  "))
    return f"{value[0]}{gap}{value[1:]}" if len(value) in (2, 3) else None


def trailing_space(value: str, setting: Setting) -> Cell:
    """With a space behind."""
    return f"{value} "


def other_place_name(value: str, setting: Setting) -> Cell:
    """By a shorter or fuller name of the same place."""
    vocabulary = setting.facts.spellings.get(setting.fact.vocabulary or setting.fact.name, {})
    others = [form for form in vocabulary.get(value, ()) if form != value and len(form) <= 9]
    if (
        not others
        and setting.fact.name == "village"
        and setting.facts.place_suffixes
        and value.endswith(setting.facts.village_ending)
    ):
        others = [value + suffix for suffix in setting.facts.place_suffixes]
    return setting.rng.choice(others) if others else None


def former_place_name(value: str, setting: Setting) -> Cell:
    """By the name of a village that was merged into it."""
    former = former_villages(value) if setting.fact.name == "village" else ()
    return setting.rng.choice(former) if former else None


def code_as_number(value: str, setting: Setting) -> Cell:
    """Typed as a number."""
    return int(value) if value.isdigit() and not value.startswith("0") and len(value) <= 15 else None


def of_id(change: Callable[[str, Random], Cell]) -> Callable[[Any, Setting], Cell]:
    """One of the ways of writing an ID number."""
    return lambda value, setting: change(str(value), setting.rng)
