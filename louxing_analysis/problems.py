"""One thing that is wrong in one place, and the sentence that says it in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from louxing_analysis import rule_rows
from louxing_analysis.cell_reasons import REASONS_OF_CELLS
from louxing_analysis.reasons import NOTED, QUARANTINED, REASONS_OF_SHEETS, SET_ASIDE, STRUCTURAL, Reason

__all__ = [
    "FOOTNOTED",
    "NOTED",
    "QUARANTINED",
    "REASONS",
    "SET_ASIDE",
    "SEVERITIES",
    "STRUCTURAL",
    "Problem",
    "Reason",
    "sentence",
    "severity_of",
]

SEVERITIES = (STRUCTURAL, QUARANTINED, SET_ASIDE, NOTED)

FOOTNOTED = frozenset({"unknown_header"})
"""Structural surprises that become a footnote of the report; all others stop publishing."""


class Problem(NamedTuple):
    """One thing that is wrong in one place; all fields are text, `cell` is like C12 or empty for a whole sheet."""

    table: str
    workbook: str
    sheet: str
    cell: str
    column: str
    found: str
    reason: str
    severity: str
    detail: str = ""


class _Reasons(Mapping[str, Reason]):
    """Reasons written here, and the rules of rules.csv: those of every folder that was loaded, else the project's own."""

    _written: Mapping[str, Reason] = {**REASONS_OF_SHEETS, **REASONS_OF_CELLS}

    def __getitem__(self, name: str) -> Reason:
        return self._written[name] if name in self._written else self._rules()[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._written
        yield from self._rules()

    def __len__(self) -> int:
        return len(self._written) + len(self._rules())

    @staticmethod
    def _rules() -> Mapping[str, Reason]:
        if not rule_rows.SPOKEN:
            from louxing_analysis import reference  # heavy, and most who name a reason name none of a rule

            reference.load()
        return rule_rows.SPOKEN


REASONS: Mapping[str, Reason] = _Reasons()


def severity_of(reason: str) -> str:
    """How loud a reason is by default."""
    return REASONS[reason].severity


def sentence(problem: Problem, language: str = "zh") -> str:
    """One line: file › sheet › cell, the text as written, what is wrong, what to do next; `both` says it in both."""
    reason = REASONS[problem.reason]
    place = " › ".join(part for part in (problem.workbook, problem.sheet, problem.cell) if part)
    found = f" 「{problem.found}」" if problem.found else ""
    detail = f" ({problem.detail})" if problem.detail else ""
    if language == "both":
        return f"{place}{found}: {reason.zh} / {reason.en}{detail}; {reason.next_zh} / {reason.next_en}"
    if language == "en":
        return f"{place}{found}: {reason.en}{detail}; {reason.next_en}"
    return f"{place}{found}：{reason.zh}{detail}；{reason.next_zh}"
