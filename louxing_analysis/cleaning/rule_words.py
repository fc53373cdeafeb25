"""Rules that are rows and nothing else: what stands in the field `check` of rules.csv is read and asked of every row.

    check       = conditions { "or" conditions }
    conditions  = condition { "and" condition }
    condition   = column ("<" | "<=" | ">" | ">=" | "=" | "!=") (number | @threshold | column)
                | column "is" codes | column "has" codes | column "missing" | column "present"
    codes       = code { "|" code }          (yes and no for a truth value)

A row is checked if every cell and threshold of at least one of the alternatives is known; a finding is made of known ones
alone. `missing` and `present` are known on sheets where the column says something in some row.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.rule_view import Verdict, View, verdict

_COMPARE: dict[str, Callable[[Array, Array], Array]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_ALONE = ("missing", "present")
_TRUTH = {"yes": 1.0, "no": 0.0}


class BadCheck(ValueError):
    """A check that cannot be read; the message names it and the word."""


class Condition(NamedTuple):
    """One condition: a column, what is asked of it, and what it is compared with."""

    column: str
    asked: str
    against: str

    def names(self) -> Iterator[str]:
        """The columns and @thresholds that it looks at."""
        yield self.column
        if self.asked in _COMPARE and not _is_number(self.against):
            yield self.against


@lru_cache(maxsize=512)
def read_check(check: str) -> tuple[tuple[Condition, ...], ...]:
    """The alternatives of a check, each its conditions; raises BadCheck."""
    return tuple(
        tuple(_condition(part.split(), check) for part in alternative.split(" and "))
        for alternative in check.split(" or ")
    )


def _condition(words: list[str], check: str) -> Condition:
    if len(words) == 2 and words[1] in _ALONE:
        return Condition(words[0], words[1], "")
    if len(words) == 3 and words[1] in {*_COMPARE, "is", "has"}:
        return Condition(words[0], words[1], words[2])
    raise BadCheck(f"rules.csv: 无法读懂的条件 / a condition that cannot be read: {' '.join(words)!r} ({check!r})")


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def named(check: str) -> tuple[set[str], set[str]]:
    """The columns and the thresholds that a check names."""
    words = {name for part in read_check(check) for condition in part for name in condition.names()}
    return {name for name in words if not name.startswith("@")}, {name[1:] for name in words if name.startswith("@")}


def ask(view: View, check: str) -> Verdict:
    """Ask the check of every row."""
    checked = np.zeros(len(view), dtype=bool)
    broken = np.zeros(len(view), dtype=bool)
    for conditions in read_check(check):
        known = np.ones(len(view), dtype=bool)
        true = np.ones(len(view), dtype=bool)
        for condition in conditions:
            told, holds = _asked(view, condition)
            known &= told
            true &= holds
        checked |= known
        broken |= known & true
    return verdict(checked, broken)


def _asked(view: View, condition: Condition) -> tuple[Array, Array]:
    """Where the condition can be told, and where it holds."""
    column, asked, against = condition
    if asked in _ALONE:
        known = view.known(column)
        return view.on_sheet(column), known if asked == "present" else ~known
    if asked in _COMPARE:
        left, right = view.numbers(column), _operand(view, against)
        return ~np.isnan(left) & ~np.isnan(right), _COMPARE[asked](left, right)
    codes = against.split("|")
    if set(codes) <= set(_TRUTH):
        return view.known(column), np.isin(view.numbers(column), [_TRUTH[code] for code in codes])
    holds = view.is_one_of(column, *codes) if asked == "is" else view.has_code(column, *codes)
    return view.known(column), holds


def _operand(view: View, against: str) -> Array:
    if _is_number(against):
        return np.full(len(view), float(against))
    return view.threshold(against[1:]) if against.startswith("@") else view.numbers(against)
