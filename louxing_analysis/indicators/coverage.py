"""Coverage of the assistance: every indicator of it under one name."""

from louxing_analysis.indicators.eligibility import eligibility_receipt
from louxing_analysis.indicators.help_received import help_by_kind, help_coverage, kinds_overlap, kinds_per_household
from louxing_analysis.indicators.money import beneficiaries_by_mode, project_money
from louxing_analysis.indicators.pairings import households_per_cadre, paired_cadres, pairing_coverage
from louxing_analysis.indicators.safeguards import checkup_coverage, safeguards_met
from louxing_analysis.indicators.teams import agencies_taking_part, team_coverage

__all__ = [
    "agencies_taking_part",
    "beneficiaries_by_mode",
    "checkup_coverage",
    "eligibility_receipt",
    "help_by_kind",
    "help_coverage",
    "households_per_cadre",
    "kinds_overlap",
    "kinds_per_household",
    "paired_cadres",
    "pairing_coverage",
    "project_money",
    "safeguards_met",
    "team_coverage",
]
