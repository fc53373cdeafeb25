"""The rows of rules.csv as plain values: what each rule is about, what it needs, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from louxing_analysis.reasons import LOOK, NOTED, SET_ASIDE, Reason

GIVEN = "given"
"""`given <reason>` in the field check: the reason is given before the rules run, while cells or keys are read."""

LOUDEST = (NOTED, SET_ASIDE)
"""A rule doubts a value; it stops no sheet and takes no row away."""


class Rule(NamedTuple):
    """One rule: `on` are the (ledger, column) it judges, `needs` what else it looks at, as column or ledger.column."""

    rule: str
    subject: str
    on: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    thresholds: tuple[str, ...]
    check: str
    severity: str
    sentence_zh: str
    sentence_en: str
    since: str
    until: str
    source: str
    confidence: str

    @property
    def given(self) -> str:
        """The reason that is given for this rule while cells or keys are read; empty where the rule is run."""
        word, _, reason = self.check.partition(" ")
        return reason if word == GIVEN else ""

    @property
    def reason(self) -> Reason:
        """How a finding is spoken of."""
        return Reason(self.severity, self.sentence_zh, self.sentence_en, *LOOK)

    def own_needs(self) -> tuple[str, ...]:
        """The columns it needs of the ledger it judges."""
        return tuple(name for name in self.needs if "." not in name)

    def needs_of_others(self) -> tuple[tuple[str, str], ...]:
        """(ledger, column) of other ledgers that it needs."""
        parts = (name.partition(".") for name in self.needs if "." in name)
        return tuple((ledger, column) for ledger, _, column in parts)


SPOKEN: dict[str, Reason] = {}
"""What the rules of every reference folder say that this process has loaded; problems speaks of them by this."""


def read_rules(frame: pd.DataFrame) -> tuple[Rule, ...]:
    """The rows of rules.csv in their order; raises ValueError for a target that is no ledger.column."""
    return tuple(_rule({str(name): str(text) for name, text in row.items()}) for row in frame.to_dict("records"))


def _rule(row: Mapping[str, str]) -> Rule:
    lists = {name: tuple(row[name].split()) for name in ("on", "needs", "thresholds")}
    if not lists["on"] or not all(target.count(".") == 1 for target in lists["on"]):
        raise ValueError(f"{row['rule']}: on = {row['on']!r}")
    on = tuple((target.split(".")[0], target.split(".")[1]) for target in lists["on"])
    rest = {name: row[name] for name in Rule._fields if name not in lists}
    return Rule(on=on, needs=lists["needs"], thresholds=lists["thresholds"], **rest)


def complaints(rules: tuple[Rule, ...], columns: set[tuple[str, str]], thresholds: set[str]) -> Iterator[str]:
    """What cannot be right in the rows, each told with the rule and the word; `columns`: every (ledger, column)."""
    seen: set[str] = set()
    for rule in rules:
        own = [(ledger, name) for ledger, _ in rule.on for name in rule.own_needs()]
        for ledger, name in (*rule.on, *own, *rule.needs_of_others()):
            if (ledger, name) not in columns:
                yield f"{rule.rule} 「{ledger}.{name}」: 没有这一列 / no such column"
        for name in rule.thresholds:
            if name not in thresholds:
                yield f"{rule.rule} 「{name}」: thresholds.csv 中没有 / not in thresholds.csv"
        if rule.severity not in LOUDEST:
            yield f"{rule.rule} 「{rule.severity}」: 只能是 / must be {' | '.join(LOUDEST)}"
        if not rule.given and not (rule.sentence_zh and rule.sentence_en):
            yield f"{rule.rule}: 没有说明文字 / has no sentence"
        if rule.rule in seen:
            yield f"{rule.rule}: 出现两次 / stands twice"
        seen.add(rule.rule)


def speak(rules: tuple[Rule, ...]) -> None:
    """Let problems speak of these rules too."""
    SPOKEN.update({rule.rule: rule.reason for rule in rules if not rule.given})
