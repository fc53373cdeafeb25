"""Numbers written oddly or wrongly: each function gives what would stand in the cell, None where it does not fit."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from louxing_analysis.sample.facts import Fact, Facts
from louxing_analysis.sample.package import Cell, Fault, Formula
from louxing_analysis.sample.spelling import Manner, as_number, number_text


class Setting(NamedTuple):
    """What a way of writing may look at besides the value."""

    fact: Fact
    manner: Manner
    facts: Facts
    rng: Random
    text_only: bool


def as_shown(value: float, setting: Setting) -> int | float:
    """The number as this sheet shows it."""
    factor = setting.manner.factor
    return as_number(value if factor == 1.0 else round(value / factor, 6))


def grouped(value: float, setting: Setting) -> Cell:
    """With a comma between thousands."""
    shown = as_shown(value, setting)
    return f"{shown:,}" if shown >= 1000 else None


def with_unit(value: float, setting: Setting) -> Cell:
    """With its unit glued on."""
    unit = "wan_yuan" if setting.manner.factor == 10000 else setting.fact.unit
    return glued(as_shown(value, setting), unit, setting)


def glued(shown: float, unit: str, setting: Setting) -> Cell:
    """A number and the shortest usual word for its unit."""
    forms = [
        form
        for form in setting.facts.units.get(unit, ())
        if form.endswith("元") == (setting.fact.kind == "money") and not form.isascii()
    ]
    return f"{shown}{min(forms, key=len)}" if forms else None


def wide_digits(value: float, setting: Setting) -> Cell:
    """In full-width digits."""
    return "".join(chr(ord(mark) + 0xFEE0) if mark.isdigit() else mark for mark in str(as_shown(value, setting)))


def as_text(value: float, setting: Setting) -> Cell:
    """As text, the way a form filled in elsewhere comes back."""
    return str(as_shown(value, setting))


def spaced_number(value: float, setting: Setting) -> Cell:
    """With spaces around it."""
    return f" {as_shown(value, setting)} "


def in_wan(value: float, setting: Setting) -> Cell:
    """Yuan as so many 万, where nothing is lost by it."""
    plain = setting.manner.factor == 1.0 and value >= 10000 and value % 100 == 0
    return f"{number_text(value / 10000)}万" if plain else None


def about(value: float, setting: Setting) -> Cell:
    """As a rough figure."""
    shown = as_shown(value, setting)
    return (f"约{shown}" if setting.rng.random() < 0.5 else f"{shown}左右") if value > 0 else None


def numeral(value: float, setting: Setting) -> Cell:
    """As a Chinese numeral, as people say it."""
    return setting.rng.choice("一二三四五六七八九") + setting.rng.choice("千万") if value >= 1000 else None


def expression(value: float, setting: Setting) -> Cell:
    """As the sum somebody did in their head."""
    return f"{setting.rng.randint(2, 5)}人*{setting.rng.choice((600, 1200, 2000, 2400))}"


def span(value: float, setting: Setting) -> Cell:
    """As a span."""
    low = max(1, int(as_shown(value, setting)) // 1000 * 1000)
    return f"{low}-{low + 1000}"


def fault(value: Any, setting: Setting) -> Cell:
    """As an error value of a formula."""
    return Fault(setting.rng.choice(("#N/A", "#REF!", "#VALUE!", "#DIV/0!")))


def fault_as_text(value: Any, setting: Setting) -> Cell:
    """As the text of an error value, pasted from elsewhere."""
    return setting.rng.choice(("#REF!", "#VALUE!"))


def never_calculated(value: Any, setting: Setting) -> Cell:
    """As a formula that no program ever calculated."""
    return Formula(f"{setting.rng.randint(2, 6)}*{setting.rng.choice((500, 1200))}", None)


def date_for_number(value: Any, setting: Setting) -> Cell:
    """As a date that slipped into the column."""
    return f"201{setting.rng.randint(6, 9)}-{setting.rng.randint(1, 12)}-{setting.rng.randint(1, 28)}"


def word_for_number(value: Any, setting: Setting) -> Cell:
    """As a remark instead of a number."""
    return no_token(("见附表", "待核算", "同上年"), setting)


def no_token(words: tuple[str, ...], setting: Setting, vocabulary: str = "") -> Cell:
    """One of some words that neither means "nothing" nor belongs to the vocabulary."""
    strange = [
        word
        for word in words
        if not setting.facts.means("missing", word) and not (vocabulary and setting.facts.means(vocabulary, word))
    ]
    return setting.rng.choice(strange) if strange else None


def beyond(value: float, setting: Setting) -> Cell:
    """Above what the column can hold."""
    limit = setting.fact.maximum
    return None if limit is None else int(limit) + setting.rng.randint(1, 9)


def people_text(value: int, setting: Setting) -> Cell:
    """With the word for people, months or days."""
    return glued(value, setting.fact.unit, setting)


def and_a_half(value: int, setting: Setting) -> Cell:
    """With half a person."""
    return value + 0.5
