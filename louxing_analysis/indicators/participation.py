"""Participation: every indicator of it under one name."""

from louxing_analysis.indicators.meetings import attendance_same_people, meeting_attendance
from louxing_analysis.indicators.village_life import inspection_months, inspection_rectified, sanitation_rated
from louxing_analysis.indicators.visits import visit_completion
from louxing_analysis.indicators.work import (
    cooperative_participation,
    industry_participation,
    labour_migration,
    training_completion,
)

__all__ = [
    "attendance_same_people",
    "cooperative_participation",
    "industry_participation",
    "inspection_months",
    "inspection_rectified",
    "labour_migration",
    "meeting_attendance",
    "sanitation_rated",
    "training_completion",
    "visit_completion",
]
