"""Income change: every indicator of it under one name."""

from louxing_analysis.indicators.income_levels import (
    income_distribution,
    income_growth,
    income_inequality,
    income_median,
    income_per_head,
)
from louxing_analysis.indicators.income_movement import income_transition, stock_and_flow
from louxing_analysis.indicators.income_sources import income_bridge, income_composition, transfer_dependence
from louxing_analysis.indicators.poverty import near_line_band, poverty_headcount

__all__ = [
    "income_bridge",
    "income_composition",
    "income_distribution",
    "income_growth",
    "income_inequality",
    "income_median",
    "income_per_head",
    "income_transition",
    "near_line_band",
    "poverty_headcount",
    "stock_and_flow",
    "transfer_dependence",
]
