"""True values as an office would write them: one manner for a whole column, chosen once and kept to."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from louxing_analysis.sample.facts import Fact, Facts
from louxing_analysis.sample.package import Cell

DAY_FORMS: dict[str, Callable[[datetime.date], Cell]] = {
    "cell": lambda day: day,
    "dash": lambda day: day.isoformat(),
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "digits": lambda day: day.strftime("%Y%m%d"),
}
"""Ways to write a day; none of them loses anything."""

MONTH_FORMS: dict[str, Callable[[datetime.date], Cell]] = {
    "month_dots": lambda day: f"{day.year}.{day.month}",
    "month_chinese": lambda day: f"{day.year}年{day.month}月",
    "month_dash": lambda day: day.strftime("%Y-%m"),
    "month_digits": lambda day: day.strftime("%Y%m"),
}
"""Ways to write a month as text; the day, if there was one, is gone."""

COARSE_FORMS: dict[str, tuple[str, Callable[[datetime.date], str]]] = {
    "half_year": ("half", lambda day: f"{day.year}年{'上' if day.month <= 6 else '下'}半年"),
    "quarter": ("quarter", lambda day: f"{day.year}年第{(day.month + 2) // 3}季度"),
}
"""Ways to write a longer period: name → precision and text."""


@dataclass(frozen=True)
class Manner:
    """How one column of one sheet is written."""

    form: str = "plain"
    factor: float = 1.0  # what one written unit of money is worth in yuan
    words: dict[str, str] = field(default_factory=dict)  # code → written
    yes_no: tuple[str, str] = ("是", "否")
    joint: str = ","
    blank: str | None = None  # how nothing is written


@dataclass
class Column:
    """A column being written: cells as they will stand, and what a perfect reader gets from each."""

    fact: Fact
    manner: Manner
    values: list[Any]  # the true values
    cells: list[Cell]
    truth: list[Any]
    precision: list[str | None] | None = None


def first_day(day: datetime.date, precision: str) -> datetime.date:
    """The first day of the period that a date of this precision names."""
    if precision == "month":
        return day.replace(day=1)
    if precision == "quarter":
        return datetime.date(day.year, 3 * ((day.month + 2) // 3) - 2, 1)
    if precision == "half":
        return datetime.date(day.year, 1 if day.month <= 6 else 7, 1)
    return day


def choose_manner(fact: Fact, facts: Facts, level: int, rng: Random, factor: float, text_only: bool) -> Manner:
    """One manner for a column; at level 0 always the plainest. `text_only`: CSV and HTML keep no types."""
    blank = None
    if level and fact.kind != "boolean" and rng.random() < 0.35 and facts.missing:
        blank = rng.choice(facts.missing)
    if fact.kind in {"date", "month"}:
        return Manner(form=_date_form(fact, level, rng, text_only), blank=blank)
    if fact.kind == "money":
        form = "text" if text_only or (level and rng.random() < 0.05) else "plain"
        return Manner(form=form, factor=factor, blank=blank)
    if fact.kind in {"code", "codes"}:
        return Manner(words=_words(fact, facts, level, rng), joint=rng.choice(",，、|;") if level else ",", blank=blank)
    if fact.kind == "boolean":
        pair = rng.choice(facts.pairs(fact)) if level else facts.booleans[0]
        return Manner(yes_no=pair)
    if fact.kind == "year":
        return Manner(form=rng.choice(("plain", "plain", "year_word")) if level else "plain", blank=blank)
    return Manner(form="text" if text_only else "plain", blank=blank)


def _date_form(fact: Fact, level: int, rng: Random, text_only: bool) -> str:
    if fact.kind == "month":
        return rng.choice(("month_chinese", "month_dash", "month_digits")) if level else "month_dash"
    forms = list(DAY_FORMS)
    if level and fact.name in {"start_date", "end_date"}:
        forms = ["month_chinese", "month_dash", "month_digits", "month_dots", "dots", "cell"]
    if text_only:  # without types 2018.10 may have lost its zero, and nobody can say that it has not
        forms = [name for name in forms if name != "cell" and not name.endswith("dots")]
    return rng.choice(forms) if level else ("dash" if text_only else "cell")


def _words(fact: Fact, facts: Facts, level: int, rng: Random) -> dict[str, str]:
    """code → written form: the labels, and now and then another spelling kept to all down the column."""
    words = dict(facts.labels[fact.vocabulary])
    usual = facts.usual[fact.vocabulary]
    if level and fact.kind == "code" and fact.vocabulary == "attendance" and rng.random() < 0.8:
        return {code: next((form for form in usual[code] if _is_mark(form)), label) for code, label in words.items()}
    if level and rng.random() < 0.3:
        for code in words:
            if len(usual.get(code, ())) > 1 and rng.random() < 0.4:
                words[code] = rng.choice(usual[code])
    return words


def _is_mark(form: str) -> bool:
    """√ and the like: one sign that is neither a letter nor a digit."""
    return len(form) == 1 and not form.isalnum()


def as_number(value: float) -> int | float:
    """A number as a person types it: 3.0 is 3."""
    return int(value) if value == int(value) else value


def number_text(value: float) -> str:
    """The same as text."""
    return str(as_number(value))


def amount(value: float, factor: float) -> int | float:
    """Yuan as written in a sheet's unit; six decimals keep 万元 exact to the fen."""
    return as_number(value if factor == 1.0 else round(value / factor, 6))


def write_column(
    fact: Fact, manner: Manner, values: Sequence[Any], known_to: Sequence[str | None] | None = None
) -> Column:
    """All cells of a column in its manner, with what a perfect reader makes of them.

    `known_to`: of dates, how closely each is known (day or month); what is not known is not written.
    """
    values = list(values)
    write = _WRITERS.get(fact.kind, _write_plain)
    column = Column(fact, manner, values, [], values.copy(), None if known_to is None else list(known_to))
    column.cells = write(column)
    if manner.blank is not None:
        column.cells = [manner.blank if cell is None else cell for cell in column.cells]
    return column


def _write_money(column: Column) -> list[Cell]:
    factor = column.manner.factor
    written = [None if value is None else amount(value, factor) for value in column.values]
    return (
        [None if value is None else str(value) for value in written] if column.manner.form == "text" else list(written)
    )


def _write_number(column: Column) -> list[Cell]:
    if column.manner.form == "text":
        return [None if value is None else number_text(value) for value in column.values]
    return [None if value is None else as_number(value) for value in column.values]


_MONTH_FOR_DAY = {
    "cell": "month_dash",
    "dash": "month_dash",
    "slash": "month_dash",
    "dots": "month_dots",
    "chinese": "month_chinese",
    "digits": "month_digits",
}


def _write_date(column: Column) -> list[Cell]:
    """Dates in one form, those known to the month as months.

    A column whose date cells are all first days would be read as months, so it becomes text.
    """
    form = column.manner.form
    known = column.precision or ["day"] * len(column.values)
    days = {
        value
        for value, precision in zip(column.values, known, strict=True)
        if value is not None and precision != "month"
    }
    if form == "cell" and days and all(value.day == 1 for value in days):
        form = "dash"
    month_form = form if form in MONTH_FORMS else _MONTH_FOR_DAY[form]
    write_month = MONTH_FORMS[month_form]
    write_day = write_month if form in MONTH_FORMS else DAY_FORMS[form]
    by_month = form in MONTH_FORMS
    memory = {
        (value, precision): write_month(value) if precision == "month" else write_day(value)
        for value, precision in set(zip(column.values, known, strict=True))
        if value is not None
    }
    cells = [memory.get(pair) for pair in zip(column.values, known, strict=True)]
    column.precision = [
        None if value is None else "month" if by_month or precision == "month" else "day"
        for value, precision in zip(column.values, known, strict=True)
    ]
    column.truth = [
        value.replace(day=1) if precision == "month" else value
        for value, precision in zip(column.values, column.precision, strict=True)
    ]
    return cells


def _write_month(column: Column) -> list[Cell]:
    column.truth = [None if value is None else value.strftime("%Y-%m") for value in column.values]
    write = MONTH_FORMS[column.manner.form]
    memory = {value: write(value) for value in set(column.values) if value is not None}
    return [None if value is None else memory[value] for value in column.values]


def _write_year(column: Column) -> list[Cell]:
    if column.manner.form == "year_word":
        return [None if value is None else f"{value}年" for value in column.values]
    return list(column.values)


def _write_code(column: Column) -> list[Cell]:
    words = column.manner.words
    return [None if value is None else words[value] for value in column.values]


def _write_codes(column: Column) -> list[Cell]:
    words, joint = column.manner.words, column.manner.joint
    memory: dict[Any, Cell] = {None: None, "": None}
    for value in set(column.values) - set(memory):
        memory[value] = joint.join(words[code] for code in value.split("|"))
    column.truth = [
        "|".join(sorted(value.split("|"))) if value else None for value in column.values
    ]  # a set has no order
    return [memory[value] for value in column.values]


def _write_boolean(column: Column) -> list[Cell]:
    yes, no = column.manner.yes_no
    return [None if value is None else (yes if value else no) for value in column.values]


def _write_plain(column: Column) -> list[Cell]:
    return list(column.values)


_WRITERS: dict[str, Callable[[Column], list[Cell]]] = {
    "money": _write_money,
    "number": _write_number,
    "integer": _write_number,
    "date": _write_date,
    "month": _write_month,
    "year": _write_year,
    "code": _write_code,
    "codes": _write_codes,
    "boolean": _write_boolean,
}


def last_day(year: int, month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(year, month)[1]
