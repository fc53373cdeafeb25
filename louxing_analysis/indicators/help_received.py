"""Whom the assistance reached: any help, each kind, how many kinds, which together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from louxing_analysis.indicators.card import Text, card
from louxing_analysis.indicators.classes import class_lines
from louxing_analysis.indicators.measured import Measured, assemble
from louxing_analysis.indicators.populations import weights_of
from louxing_analysis.indicators.ratios import clusters_of, ratio_lines
from louxing_analysis.indicators.received import (
    LINKED,
    Receipt,
    counted,
    kind_column,
    lines_of,
    outside,
    receipt,
    sources_of,
    weighted,
)

HOUSEHOLDS = Text(
    '统计对象户数（weights="person" 时为人口）', 'households of the population (people when weights="person")'
)
NO_SIZE = Text(
    "按人口加权时缺家庭人口数的户计入缺失；没有帮扶记录的户算作未受帮扶，不是缺失",
    "households without a size are missing when weighted by people; a household without a line of help counts as "
    "not helped, not as missing",
)
POPULATION_SAID = Text(
    '帮扶默认按截至当年累计计算。统计对象默认为年末在册户，span="ever"（默认）指截至当年曾受帮扶，span="year" 指当年；population="ever_registered" 时'
    "为历年曾建档户，只有一期",
    'help is by default counted up to the year. The population is by default the households on the register at the year\'s end, helped up to the year with span="ever" '
    '(the default) or in the year with span="year"; with population="ever_registered" those ever registered, one period',
)
HELP_COVERAGE = card(
    "help_coverage",
    Text("帮扶覆盖率", "Households reached by assistance"),
    Text(
        "至少有一条帮扶记录（帮扶措施台账或利益联结表）的户 ÷ 统计对象户。" + POPULATION_SAID.zh,
        "households with at least one line of help (aid ledgers or project beneficiaries) ÷ households; "
        + POPULATION_SAID.en,
    ),
    module="coverage",
    population="registered_at_year_end",
    denominator=HOUSEHOLDS,
    unit="share",
    disclosure="sensitive",
    tables=("households", "aid"),
    optional=("beneficiaries",),
    missing_rule=NO_SIZE,
    source="National poverty-alleviation census, communiqué no. 3 (ever benefited ÷ registered)",
)
HELP_BY_KIND = card(
    "help_by_kind",
    Text("各类帮扶覆盖率", "Households reached, by kind of help"),
    Text(
        "得到该类帮扶的户 ÷ 统计对象户；一户可有几类，各类不能相加。" + POPULATION_SAID.zh,
        "households with that kind of help ÷ households; a household may have several kinds, which do not add up; "
        + POPULATION_SAID.en,
    ),
    module="coverage",
    population="registered_at_year_end",
    denominator=HOUSEHOLDS,
    unit="share",
    disclosure="sensitive",
    tables=("households", "aid"),
    optional=("beneficiaries",),
    missing_rule=NO_SIZE,
    source="National poverty-alleviation census, communiqué no. 3",
)
KINDS_PER_HOUSEHOLD = card(
    "kinds_per_household",
    Text("每户帮扶类数", "Kinds of help per household"),
    Text(
        "得到 0、1、2、3 类及以上帮扶的户 ÷ 统计对象户，合计为 1。" + POPULATION_SAID.zh,
        "households with 0, 1, 2, 3 or more kinds of help ÷ households; they add up to 1; " + POPULATION_SAID.en,
    ),
    module="coverage",
    population="registered_at_year_end",
    denominator=HOUSEHOLDS,
    unit="share",
    disclosure="sensitive",
    tables=("households", "aid"),
    optional=("beneficiaries",),
    missing_rule=NO_SIZE,
    source="count of kinds",
)
KINDS_OVERLAP = card(
    "kinds_overlap",
    Text("帮扶类别组合", "Kinds of help received together"),
    Text(
        "恰好得到该组合（以竖线相连，none 为无任何帮扶）的户 ÷ 统计对象户，合计为 1。" + POPULATION_SAID.zh,
        "households with exactly this combination (joined by a bar; none: no help at all) ÷ households; they add up to 1; "
        + POPULATION_SAID.en,
    ),
    module="coverage",
    population="registered_at_year_end",
    denominator=HOUSEHOLDS,
    unit="share",
    disclosure="sensitive",
    tables=("households", "aid"),
    optional=("beneficiaries",),
    missing_rule=NO_SIZE,
    source="UpSet: exact patterns",
)
MANY = 3


def help_coverage(
    *,
    households: pd.DataFrame,
    aid: pd.DataFrame,
    beneficiaries: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
    population: str = "registered_at_year_end",
    span: str = "ever",
) -> Measured:
    """Households with at least one line of help ÷ households of the population."""
    mine = receipt(households, lines_of(aid, beneficiaries), population, span, years, by)
    base = weights_of(mine.keys, weights)
    lines = ratio_lines(
        mine.keys, [*by, "period"], weighted(base, np.asarray(mine.has.any(axis=1))), base, clusters_of(mine.keys)
    )
    return assemble(
        HELP_COVERAGE,
        lines,
        by,
        sources_of(mine, by, kept=~np.isnan(base)),
        [counted(mine, span), outside(mine, households)],
    )


def help_by_kind(
    *,
    households: pd.DataFrame,
    aid: pd.DataFrame,
    beneficiaries: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
    population: str = "registered_at_year_end",
    span: str = "ever",
    kinds: Sequence[str] | None = None,
) -> Measured:
    """Households with each kind of help ÷ households of the population; group column `aid_kind_code`.

    `kinds` names the kinds to have lines for (default: those in the ledgers); one that nobody received has zeros.
    """
    mine = receipt(households, lines_of(aid, beneficiaries), population, span, years, by)
    base, clusters = weights_of(mine.keys, weights), clusters_of(mine.keys)
    found = [
        ratio_lines(mine.keys, [*by, "period"], weighted(base, kind_column(mine, kind)), base, clusters).assign(
            aid_kind_code=kind
        )
        for kind in (kinds or sorted(mine.kinds) or [LINKED])
    ]
    lines = pd.concat(found, ignore_index=True)
    sources = sources_of(mine, by, kept=~np.isnan(base), kind="aid_kind_code")
    return assemble(
        HELP_BY_KIND, lines, [*by, "aid_kind_code"], sources, [counted(mine, span), outside(mine, households)]
    )


def kinds_per_household(
    *,
    households: pd.DataFrame,
    aid: pd.DataFrame,
    beneficiaries: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
    population: str = "registered_at_year_end",
    span: str = "ever",
) -> Measured:
    """Households with 0, 1, 2, 3 or more kinds of help; group column `kinds` ("0", "1", "2", "3_or_more")."""
    mine = receipt(households, lines_of(aid, beneficiaries), population, span, years, by)
    number = mine.has.sum(axis=1)
    names = np.array([*map(str, range(MANY)), f"{MANY}_or_more"], dtype=object)
    own = names[np.minimum(number, MANY)]
    lines = _shares(mine, by, weights, own, list(names), "kinds")
    sources = sources_of(mine, by, {"kinds": own}, ~np.isnan(weights_of(mine.keys, weights)))
    return assemble(
        KINDS_PER_HOUSEHOLD, lines, [*by, "kinds"], sources, [counted(mine, span), outside(mine, households)]
    )


def kinds_overlap(
    *,
    households: pd.DataFrame,
    aid: pd.DataFrame,
    beneficiaries: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
    by: Sequence[str] = (),
    weights: str = "household",
    population: str = "registered_at_year_end",
    span: str = "ever",
    kinds: Sequence[str] | None = None,
) -> Measured:
    """Households by the exact set of kinds they received; group column `pattern`, kinds joined by a bar, or `none`.

    `kinds` looks at some kinds only. The commonest patterns come first; those that no household of a line's group has are
    left out, but `none` always has its line.
    """
    mine = receipt(households, lines_of(aid, beneficiaries), population, span, years, by)
    chosen = [kind for kind in sorted(mine.kinds) if kinds is None or kind in kinds]
    code = sum(
        (kind_column(mine, kind).astype(np.int64) << place for place, kind in enumerate(chosen)),
        start=np.zeros(len(mine.keys), dtype=np.int64),
    )
    distinct, inverse, counts = np.unique(code, return_inverse=True, return_counts=True)
    names = np.array(
        [
            "|".join(kind for place, kind in enumerate(chosen) if number >> place & 1) or "none"
            for number in distinct.tolist()
        ]
        or ["none"],
        dtype=object,
    )
    own = names[inverse] if len(inverse) else np.array([], dtype=object)
    order = [str(names[place]) for place in np.argsort(-counts, kind="stable")]
    lines = _shares(mine, by, weights, own, order if "none" in order else [*order, "none"], "pattern")
    lines = lines[(lines["numerator"] > 0) | (lines["pattern"] == "none")]
    sources = sources_of(mine, by, {"pattern": own}, ~np.isnan(weights_of(mine.keys, weights)))
    return assemble(KINDS_OVERLAP, lines, [*by, "pattern"], sources, [counted(mine, span), outside(mine, households)])


def _shares(
    mine: Receipt, by: Sequence[str], weights: str, own: np.ndarray, names: Sequence[str], column: str
) -> pd.DataFrame:
    """The share of households in each class of one classification."""
    base = weights_of(mine.keys, weights)
    return class_lines(mine.keys, [*by, "period"], column, own, names, base, clusters_of(mine.keys))
