"""Rules on income accounts: sums against their parts, what is said per head against what is said in all, leaps."""

from __future__ import annotations

import numpy as np

from louxing_analysis.cleaning.rule_view import Verdict, View, verdict
from louxing_analysis.rule_rows import Rule

TRANSFERS = ("minimum_living", "destitute", "pension", "ecology", "farming", "family_planning", "other")
EXACT = 1e-6  # yuan: what a sum of floats may be off by


def _rounding(view: View) -> np.ndarray:
    """What a household's figures may be off by, yuan: so much a head, one head where the size is not stated."""
    size = view.numbers("household_size")
    return view.threshold("income_rounding_per_head") * np.where(np.isnan(size), 1.0, size) + EXACT


def income_does_not_add_up(view: View, rule: Rule, column: str) -> Verdict:
    """Net income as stated against wage + business − expense + property + transfer."""
    gap, most = np.abs(view.numbers(column) - view.numbers("computed_net_income")), _rounding(view)
    return verdict(~np.isnan(gap + most), gap > most)


def per_head_differs(view: View, rule: Rule, column: str) -> Verdict:
    """Income per head times the household's size against the net income, all as stated."""
    gap = np.abs(view.numbers(column) * view.numbers("household_size") - view.numbers("net_income"))
    most = _rounding(view)
    return verdict(~np.isnan(gap + most), gap > most)


def transfers_exceed_sum(view: View, rule: Rule, column: str) -> Verdict:
    """The kinds of transfer income that are stated come to more than all of it."""
    parts = np.stack([view.numbers(f"transfer_{name}") for name in TRANSFERS])
    whole, most = view.numbers(column), _rounding(view)
    known = ~np.isnan(parts).all(axis=0) & ~np.isnan(whole + most)
    return verdict(known, np.nansum(parts, axis=0) > whole + most)


def income_jump(view: View, rule: Rule, column: str) -> Verdict:
    """So many times the household's income per head of the year before, or that part of it."""
    level = view.numbers(column)
    level = np.where(level > 0, level, np.nan)
    household, year, ratio = view.coded("household_id")[0], view.year, view.threshold("income_jump_ratio")
    order = np.lexsort((year, household))
    before = np.roll(order, 1)
    follows = (household[order] == household[before]) & (household[order] >= 0) & (year[order] - year[before] == 1)
    if len(follows):
        follows[0] = False
    change = np.full(len(view), np.nan)
    change[order] = np.where(follows, level[order] / level[before], np.nan)
    return verdict(~np.isnan(change + ratio), (change >= ratio) | (change <= 1 / ratio))


JUDGES = {
    judge.__name__: judge for judge in (income_does_not_add_up, per_head_differs, transfers_exceed_sum, income_jump)
}
