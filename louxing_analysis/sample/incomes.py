"""Household incomes 2016–2020 as one panel, when each household left poverty, and the income accounts.

Income per head is a household's own level + a slowly changing part (first-order autoregressive) + a passing shock, in
logarithms. Households were registered because their income was low just then, so that much of the first years' rise is
regression to the mean. Source of the form: Lillard & Willis 1978 (permanent, autoregressive, transitory).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from louxing_analysis.sample.draws import Array
from louxing_analysis.sample.households import Homes
from louxing_analysis.sample.plan import NEVER, Plan
from louxing_analysis.sample.roll import Roll

FEN = 100  # amounts are whole fen inside, so that sums are exact
PARTS = ("minimum_living", "pension", "ecology", "farming", "family_planning", "other")


@dataclass(frozen=True)
class IncomeStory:
    """How incomes go: yuan per head and year, shares, spreads of logarithms."""

    mean_per_head: tuple[float, ...] = (3350.0, 4700.0, 6600.0, 8750.0, 10700.0)
    own_level: float = 0.20
    persistence: float = 0.70
    innovation: float = 0.13
    passing: float = 0.15
    low_when_registered: float = 0.22
    worker_effect: float = 0.10  # per month worked away and head
    exit_chance: tuple[float, ...] = (0.40, 0.42, 0.55, 0.85, 1.0)
    early_exits: float = 0.10  # left poverty in 2014–15
    fallen_back: int = 36
    bunching: float = 0.05  # how far above the line those stand who were lifted over it
    workshop: tuple[float, ...] = (2780.0, 4150.0, 6320.0, 9180.0, 12460.0)


@dataclass(frozen=True)
class Draws:
    """All random numbers of the panel, drawn once, so that the means can be met by shifting and nothing else moves."""

    log_income: Array  # household × year
    exit_luck: Array
    early: Array
    back_year: Array  # year of falling back, NEVER for nearly all
    back_depth: Array
    lift: Array
    parts: Array  # household × 8 fixed draws
    changes: Array  # household × year × 4 draws


@dataclass(frozen=True)
class Incomes:
    """One entry per household and year (matrices), amounts in fen; `exit_year` NEVER for those struck off poor."""

    wage: Array
    business: Array
    expense: Array
    property_: Array
    transfer: Array
    parts: dict[str, Array]
    size: Array
    exit_year: Array
    back_year: Array

    @property
    def net(self) -> Array:
        """Net income: wage + business − expense + property + transfer."""
        return self.wage + self.business - self.expense + self.property_ + self.transfer

    @property
    def per_head(self) -> Array:
        """Net income per head in yuan, rounded to the fen; nan where nobody is registered."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.round(np.where(self.size > 0, self.net / FEN / self.size, np.nan), 2)


def build(plan: Plan, homes: Homes, roll: Roll, lines: Array, story: IncomeStory | None = None) -> Incomes:
    """The panel; `lines` is the exit line of each year of the horizon in yuan. Means per head are met by shifting."""
    story = story or IncomeStory()
    family = _family(plan, homes, roll)
    draws = _draws(plan, homes, family, story)
    active = np.column_stack([homes.active(year) for year in plan.horizon])
    shift = np.log(story.mean_per_head)
    for _ in range(6):
        incomes = _accounts(plan, homes, family, draws, shift, lines, story)
        people = np.where(active, incomes.size, 0)
        mean = np.where(active, incomes.net, 0).sum(axis=0) / FEN / people.sum(axis=0)
        shift = shift + np.log(story.mean_per_head / mean)
    return incomes


@dataclass(frozen=True)
class Family:
    """What a household's income hangs on, per year (matrices)."""

    size: Array
    months: Array
    able: Array
    old: Array
    disabled: Array


def _family(plan: Plan, homes: Homes, roll: Roll) -> Family:
    count = roll.per_household
    return Family(
        size=count(plan, homes).astype(np.int64),
        months=count(plan, homes, roll.months),
        able=count(plan, homes, roll.able),
        old=count(plan, homes, roll.age >= 60),
        disabled=count(plan, homes, roll.disabled),
    )


def _draws(plan: Plan, homes: Homes, family: Family, story: IncomeStory) -> Draws:
    generator = plan.generator("incomes")
    count, years = family.size.shape
    own = story.own_level * generator.normal(size=(count, 1))
    slow = np.zeros((count, years))
    slow[:, 0] = story.innovation / np.sqrt(1 - story.persistence**2) * generator.normal(size=count)
    for at in range(1, years):
        slow[:, at] = story.persistence * slow[:, at - 1] + story.innovation * generator.normal(size=count)
    passing = story.passing * generator.normal(size=(count, years))
    entry = np.maximum(homes.first_year, homes.identified_year) - plan.horizon[0]
    low = story.low_when_registered * np.abs(generator.normal(size=count))
    entered = np.flatnonzero(entry <= years - 1)
    passing[entered, np.clip(entry[entered], 0, None)] -= low[entered]
    village = 0.07 * generator.normal(size=int(homes.place.max()) + 1)[homes.place][:, None]
    back = np.full(count, NEVER)
    able = np.flatnonzero(
        (homes.leave_year == NEVER) & (homes.first_year == plan.horizon[0]) & (homes.identified_year <= 2015)
    )
    able = able[able != homes.workshop]
    fallen = generator.permutation(able)[: round(story.fallen_back * count / 7600)]
    back[fallen] = generator.integers(2017, 2020, len(fallen))
    return Draws(
        log_income=own + slow + passing + village,
        exit_luck=generator.random((count, years)),
        early=generator.random((count,)),
        back_year=back,
        back_depth=generator.uniform(0.62, 0.95, (count,)),
        lift=generator.exponential(1.0, (count, years)),
        parts=generator.random((count, 8)),
        changes=generator.random((count, years, 4)),
    )


def _accounts(
    plan: Plan, homes: Homes, family: Family, draws: Draws, shift: Array, lines: Array, story: IncomeStory
) -> Incomes:
    """Incomes at a given shift of the logarithms: sources, then who leaves poverty when, then lifting above the line."""
    work = story.worker_effect * np.minimum(family.months / np.maximum(family.size, 1), 6.0)
    log_income = draws.log_income + work - work.mean() - 0.04 * (family.size - 3)
    level = np.exp(np.clip(log_income, -1.6, 1.3) + shift)
    if homes.workshop >= 0:
        level[homes.workshop] = story.workshop
    incomes = _sources(plan, homes, family, draws, level)
    exits = _exit_years(plan, homes, incomes.per_head, lines, draws, story)
    incomes = replace(incomes, exit_year=exits, back_year=draws.back_year)
    return _over_the_line(plan, homes, family, incomes, draws, lines, story)


def _sources(plan: Plan, homes: Homes, family: Family, draws: Draws, level: Array) -> Incomes:
    """Split the income of a household into its sources: transfers by rule, the rest into wages and own business."""
    parts = _transfers(plan, homes, family, draws)
    transfer = np.sum(list(parts.values()), axis=0)
    years = np.arange(len(plan.horizon))
    owns = draws.parts[:, 5, None] < 0.45 + 0.09 * years
    rent = np.where(owns, np.round((150 + 900 * draws.parts[:, 6, None] ** 2) * (1 + 0.12 * years) / 10) * 10 * FEN, 0)
    rest = np.maximum(level * family.size * FEN - transfer - rent, 0.04 * level * family.size * FEN)
    wage, business = _earned(homes, family, draws, rest)
    aged = (family.able == 0) | (family.months + homes.farm_mu[:, None] <= 0)
    kept = np.where(aged, np.minimum(business, 40_000 * family.size), business)  # fen; the frail till a garden only
    parts["other"] = parts["other"] + np.round((business - kept) / FEN) * FEN  # what children send their parents
    business = kept
    share = 0.18 + 0.22 * draws.changes[:, :, 1]
    loss = (draws.changes[:, :, 2] < 0.012) & (family.months > 4)
    net = np.where(loss, -business * 0.3, business)
    gross = np.round(np.where(loss, business, business / (1 - share)) / (10 * FEN)) * 10 * FEN
    expense = np.maximum(np.round((gross - net) / FEN) * FEN, 0)
    whole = {name: value.astype(np.int64) for name, value in parts.items()}
    none = np.full(len(homes), NEVER)
    total = np.sum(list(whole.values()), axis=0)
    cash = {
        "wage": wage.astype(np.int64),
        "business": gross.astype(np.int64),
        "expense": expense.astype(np.int64),
        "property_": rent.astype(np.int64),
    }
    return Incomes(**cash, transfer=total, parts=whole, size=family.size, exit_year=none, back_year=none)


def _earned(homes: Homes, family: Family, draws: Draws, rest: Array) -> tuple[Array, Array]:
    """Wages by the months worked away, against the land; wages are told in round hundreds or tens mostly."""
    land = 1.5 + 1.2 * homes.farm_mu[:, None] + 3.0 * draws.parts[:, 7, None]
    share = np.where(family.months > 0, family.months / (family.months + land), 0.0)
    if homes.workshop >= 0:
        share[homes.workshop] = 0.12
    exact = rest * share
    told = np.select([draws.changes[:, :, 0] < 0.6, draws.changes[:, :, 0] < 0.85], [100 * FEN, 10 * FEN], FEN)
    wage = np.round(exact / told) * told
    return wage, np.maximum(rest - wage, 0)


def _transfers(plan: Plan, homes: Homes, family: Family, draws: Draws) -> dict[str, Array]:
    """The parts of the transfers in fen: minimum living, pension, ecology, farming, family planning, other."""
    years = np.arange(len(plan.horizon))
    luck, size = draws.parts, family.size
    dibao = (homes.kind == "dibao")[:, None] | (homes.dibao_year[:, None] <= np.array(plan.horizon))
    covered = np.maximum(np.round(size * (0.45 + 0.55 * luck[:, :1])), 1)
    minimum = np.where(dibao, covered * np.round((85 + 22 * years) * (0.8 + 0.5 * luck[:, 1:2])) * 12, 0)
    pension = family.old * (np.array([95, 100, 110, 113, 118]) * 12)[: len(years)]
    cents = luck[:, 4, None] < 0.14  # paid by the hundredth of a mu, so with fen
    mu = homes.farm_mu[:, None] + np.where(cents, np.round(luck[:, 2:3] * 0.9, 2), 0)
    farming = np.where(mu > 0, np.where(cents, np.round(mu * 105.4, 2), np.round(mu * 105)), 0)
    ecology = np.where(luck[:, 2:3] < 0.35, np.where(cents, np.round(mu * 14.85, 2), np.round(mu * 15)), 0)
    planning = np.where((luck[:, 3:4] < 0.05) & (family.old > 0), 960 + 0 * years, 0)
    allowance = family.disabled * np.array([50, 55, 60, 65, 70])[: len(years)] * 12
    keep = np.where((homes.kind == "tekun")[:, None], np.array([3350, 3700, 4200, 4800, 5600])[: len(years)], 0) * size
    found = dict(zip(PARTS, (minimum, pension, ecology, farming, planning, allowance + keep), strict=True))
    return {name: np.round(np.where(size > 0, value, 0) * FEN) for name, value in found.items()}


def _exit_years(plan: Plan, homes: Homes, per_head: Array, lines: Array, draws: Draws, story: IncomeStory) -> Array:
    """The year a household left poverty: once income passed the line, with some delay; all by the last year."""
    exit_year = np.full(len(homes), NEVER)
    early = (draws.early < story.early_exits) & (homes.identified_year <= 2014)
    exit_year[early] = np.where(draws.early[early] < 0.35 * story.early_exits, 2014, 2015)
    for at, year in enumerate(plan.horizon):
        fallen = homes.active(year) & (draws.back_year > year) & (draws.back_year <= year + 2)
        may = homes.active(year) & (exit_year == NEVER) & (homes.identified_year < year)
        above = (np.nan_to_num(per_head[:, at]) > lines[at]) & (draws.exit_luck[:, at] < story.exit_chance[at])
        leaves = may & (above | fallen)
        if year == plan.horizon[-1]:
            leaves = homes.active(year) & (exit_year == NEVER)
        exit_year[leaves] = year
    if homes.workshop >= 0:
        exit_year[homes.workshop] = 2018
    return exit_year


def _over_the_line(
    plan: Plan, homes: Homes, family: Family, incomes: Incomes, draws: Draws, lines: Array, story: IncomeStory
) -> Incomes:
    """Those out of poverty stand above the line (many just above it); those who fell back stand below, for a year."""
    years = np.array(plan.horizon)
    out = (incomes.exit_year[:, None] <= years) & (incomes.back_year[:, None] != years)
    least = np.ceil(lines * (1.004 + story.bunching * draws.lift)) * FEN * family.size
    missing = np.where(out & (family.size > 0), np.maximum(least - incomes.net, 0), 0).astype(np.int64)
    to_wage, to_business = family.months > 0, (family.months <= 0) & (family.able > 0)
    wage = incomes.wage + np.where(to_wage, -(-missing // (100 * FEN)) * 100 * FEN, 0)
    business = incomes.business + np.where(to_business, -(-missing // (10 * FEN)) * 10 * FEN, 0)
    parts = dict(incomes.parts)
    parts["other"] = parts["other"] + np.where(~to_wage & ~to_business, -(-missing // FEN) * FEN, 0)
    raised = replace(incomes, wage=wage, business=business, parts=parts, transfer=np.sum(list(parts.values()), axis=0))
    return _fallen(raised, years, lines, draws, family)


def _fallen(incomes: Incomes, years: Array, lines: Array, draws: Draws, family: Family) -> Incomes:
    """A year below the line: work and sales break away by as much as is needed, transfers stay."""
    now = incomes.back_year[:, None] == years
    target = np.round(draws.back_depth[:, None] * lines * family.size) * FEN
    excess = np.where(now, np.maximum(incomes.net - target, 0), 0).astype(np.int64)
    from_wage = np.minimum(excess, incomes.wage)
    more = excess - from_wage
    from_business = np.where(more > 0, np.minimum(more, incomes.business), 0)
    parts = dict(incomes.parts)
    parts["other"] = parts["other"] - np.minimum(more - from_business, parts["other"])
    return replace(
        incomes,
        wage=incomes.wage - from_wage,
        business=incomes.business - from_business,
        parts=parts,
        transfer=np.sum(list(parts.values()), axis=0),
    )
