"""Rules on money and meetings: a project's sources against its total, those counted against those expected."""

from __future__ import annotations

import numpy as np

from louxing_analysis.cleaning.rule_view import Verdict, View, verdict
from louxing_analysis.rule_rows import Rule

PUBLIC = ("amount_central", "amount_provincial", "amount_city", "amount_county")
QUORUM = "quorum_"


def sources_exceed_total(view: View, rule: Rule, column: str) -> Verdict:
    """The sources come to more than the total; own contributions are left out, since some totals leave them out.

    The reverse says nothing: a ledger may have sources without a column of their own.
    """
    parts = np.stack([view.numbers(name) for name in PUBLIC])
    whole, rounding = view.numbers(column), view.threshold("project_rounding")
    known = ~np.isnan(parts).all(axis=0) & ~np.isnan(whole + rounding)
    return verdict(known, np.nansum(parts, axis=0) > whole + rounding)


def meeting_counts_differ(view: View, rule: Rule, column: str) -> Verdict:
    """Present, excused and absent do not come to those expected; all four are stated."""
    counted = sum(view.numbers(name) for name in ("present_count", "excused_count", "absent_count"))
    expected = view.numbers(column)
    return verdict(~np.isnan(expected + counted), expected != counted)


def below_quorum(view: View, rule: Rule, column: str) -> Verdict:
    """Too few for a decision: the share that the rule of this kind of meeting asks for, in the year of the meeting.

    More than half of the members of a branch; two thirds of the villagers' representatives.
    """
    kinds, codes = view.coded("meeting_type_code")
    share = np.full(len(view), np.nan)
    above = np.zeros(len(view), dtype=bool)
    for place, code in enumerate(codes.tolist()):
        if f"{QUORUM}{code}" in rule.thresholds:
            share = np.where(kinds == place, view.threshold(f"{QUORUM}{code}"), share)
            above |= (kinds == place) & (code == "members_meeting")
    present, expected = view.numbers(column), view.numbers("expected_count")
    needed = share * expected
    few = np.where(above, present <= needed, present < np.ceil(needed - 0.01))
    return verdict(~np.isnan(needed + present) & (expected > 0), few)


JUDGES = {judge.__name__: judge for judge in (sources_exceed_total, meeting_counts_differ, below_quorum)}
