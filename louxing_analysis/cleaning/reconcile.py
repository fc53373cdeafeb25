"""Stated totals and subtotals ↔ what the rows add up to."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.figures import Figures
from louxing_analysis.cleaning.levels import levels_of
from louxing_analysis.cleaning.locate import Table
from louxing_analysis.cleaning.proofs import Break, Proof, prove_in_column, resembles
from louxing_analysis.cleaning.quantities import has_mixed_units
from louxing_analysis.cleaning.rowkinds import is_bare_mark, mark_of
from louxing_analysis.cleaning.sheet import Sheet, cell_address
from louxing_analysis.cleaning.spans import Body, Choice, Scale, choose
from louxing_analysis.cleaning.verdicts import DIFFERS, Check, granularity, judge, rounding_unit, slack, softened

_FEW = 2  # columns: with no more than these, a total that fits nothing differs; with more, the rows do not add up
_SIGNS = re.compile(r"[\W\d_A-Za-z]*")  # a text that is no label: a unit, a sign, a formula's numbers
_RATIO = (0.1, 10.0)  # a sum that is not between these times its total is no sum of it, but for a power of ten
_POWER_OF_TEN = 0.0005
_ALL = 100.0
_FEWEST_UNLISTED, _UNLISTED = 3, 0.02
_NEAR, _NEAR_COUNT = 0.25, 3.0  # how far a sum may be from a total that was meant to be it: share, or things counted
_ENOUGH_INSIDE = 0.5
_USUAL = 0.8  # of a column's figures that have no more decimals than it is taken to be printed with
_LONG = 5000  # rows; in a longer table the one misread cell is not looked for
_FEWEST_TO_JUDGE = 3  # stated rows of a column, none of which agrees: it holds nothing that adds up


class Sums(NamedTuple):
    """Checks of the stated sums of a table, the differences among them with their cells, cells that they prove, and
    stated rows (of the sheet, from 0) that no reading fits."""

    checks: list[Check]
    breaks: list[Break]
    proofs: list[Proof]
    unfitting: list[int]


class _Stated(NamedTuple):
    place: int
    choice: Choice
    taken: bool  # the reading is believed, or nothing speaks against the plain one


def reconcile(sheet: Sheet, table: Table, kinds: np.ndarray, figures: Figures) -> Sums:
    """Compare every stated total and subtotal of a table with the rows it adds up, in the columns of `figures`.

    `kinds`: those of the table's rows, from its first; rows of other kinds than data are never added.

    A stated cell that is empty or no number is not compared. Of-which rows are parts of other rows and are never
    added. Where the kinds of the rows leave several readings, the one that fits most columns is taken; where none
    fits, the row is one of `unfitting` and has only the checks that agree. A column of which no stated figure agrees
    with anything (a rate that its name does not tell) has no checks. Limit: a sum is looked for among rows that stand
    together.
    """
    marks = [int(place) for name in ("subtotal", "total") for place in np.flatnonzero(kinds == name)]
    found = Sums([], [], [], [])
    if not figures.columns or not marks:
        return found
    body = Body(kinds, figures.numbers, levels_of(sheet.values, table), _scale(figures, table, kinds))
    stated = _weighed(body, marks, has_mixed_units(sheet.values, table))
    agreeing, asked = np.zeros(len(figures.columns), dtype=int), np.zeros(len(figures.columns), dtype=int)
    for one in stated:
        if one.taken:
            agreeing = agreeing + (one.choice.fits & (body.numbers[one.place] != 0))
            asked = asked + one.choice.asked
    added = (asked < _FEWEST_TO_JUDGE) | (agreeing > 0)
    for one in stated:
        checks = []
        for position in np.flatnonzero(one.choice.asked | figures.lacking[one.place]).tolist():
            found.proofs.extend(prove_in_column(sheet.values, figures, body, one.place, one.choice, position))
            asks = one.choice.asked[position] and not _labelled_otherwise(sheet, table, one, figures, position)
            check = _check(figures, body, one, position) if asks else None
            if check and added[position] and _is_meant(check, body, one, position, bool(agreeing[position])):
                checks.append((check, _break(figures, body, one, position, check)))
        unsaid = not one.choice.believed and not any(check.verdict == DIFFERS for check, _ in checks)
        if unsaid and not _averages(body, one):
            found.unfitting.append(one.place + figures.first)
        for check, broken in _without_unlisted(checks, sheet, figures):
            found.checks.append(check)
            found.breaks.append(broken)
    soft = softened(found.checks)
    breaks = [one for one, check in zip(found.breaks, soft, strict=True) if check.verdict == DIFFERS]
    return Sums(soft, breaks, found.proofs, found.unfitting)


def _weighed(body: Body, marks: list[int], mixed: bool) -> list[_Stated]:
    """The stated rows in their order, each with its reading; subtotals are weighed first, so that totals know their rows."""
    stated = []
    for place in marks:
        choice = choose(body, place)
        if choice is None:
            continue
        if choice.believed and body.kinds[place] == "subtotal":
            body.cover(body.rows(choice.reading))
        few = int((choice.asked & (body.numbers[place] != 0)).sum()) <= _FEW
        stated.append(_Stated(place, choice, choice.believed or (few and not mixed)))
    nearest: dict[tuple[str, int, int], _Stated] = {}
    for one in stated:  # of several rows that may mean the same sum and none of which fits, only the nearest does
        if one.taken and not one.choice.believed:
            rival = nearest.setdefault(one.choice.reading, one)
            if _distance(body, one) < _distance(body, rival):
                nearest[one.choice.reading] = one
    return sorted(
        (
            one if one.choice.believed or nearest.get(one.choice.reading) is one else one._replace(taken=False)
            for one in stated
        ),
        key=lambda one: one.place,
    )


def _distance(body: Body, one: _Stated) -> float:
    difference = np.abs(body.total(one.choice.reading) - body.numbers[one.place])[one.choice.asked]
    return float((difference / np.maximum(1.0, np.abs(body.numbers[one.place][one.choice.asked]))).sum())


def _labelled_otherwise(sheet: Sheet, table: Table, one: _Stated, figures: Figures, position: int) -> bool:
    """Whether a figure has a label of its own beside it that is no total (a form of several blocks side by side)."""
    if not position:  # the columns stand in their order
        return False
    before, column = figures.columns[position - 1], figures.columns[position]
    cells = sheet.values[one.place + figures.first, before + 1 : column].tolist()
    label = next((cell for cell in reversed(cells) if isinstance(cell, str) and not _SIGNS.fullmatch(cell)), None)
    return label is not None and not mark_of(label) and not is_bare_mark(label)


def _averages(body: Body, one: _Stated) -> bool:
    """Whether most figures of a stated row lie among those of its rows: a table of rates has no sums."""
    parts = body.numbers[body.rows(one.choice.reading)][:, one.choice.asked]
    if len(parts) < 2:
        return True
    stated = body.numbers[one.place][one.choice.asked]
    low, high = np.nanmin(np.vstack([parts, stated]), axis=0), np.nanmax(np.vstack([parts, stated]), axis=0)
    inside = (stated < high) & (stated >= low) | (stated == 0)
    return bool(inside.mean() >= _ENOUGH_INSIDE)


def _without_unlisted(checks: list[tuple[Check, Break]], sheet: Sheet, figures: Figures) -> list[tuple[Check, Break]]:
    """The checks of a row, unless it differs in several columns only because the table leaves small figures out.

    So it is where every sum that differs is a little more than its rows, and each of their columns has empty cells.
    """
    differing = [broken for check, broken in checks if check.verdict == DIFFERS]
    if len(differing) < _FEWEST_UNLISTED:
        return checks
    for broken in differing:
        check = broken.check
        empty = any(sheet.values[cell] is None for cell in broken.plus)
        if not empty or not 0 < check.difference <= _UNLISTED * abs(check.stated):
            return checks
    return [(check, broken) for check, broken in checks if check.verdict != DIFFERS]


def _break(figures: Figures, body: Body, one: _Stated, position: int, check: Check) -> Break:
    column = figures.columns[position]
    rows = body.rows(one.choice.reading).tolist() if check.verdict == DIFFERS and len(body.kinds) <= _LONG else []
    cells = frozenset((row + figures.first, column) for row in rows)
    return Break(check, (one.place + figures.first, column), cells, frozenset())


def _scale(figures: Figures, table: Table, kinds: np.ndarray) -> Scale:
    """What the columns are rounded to, and what each stated row is: it may be shown with fewer decimals."""
    named = {column.index: column for column in table.columns}
    parts = np.isin(kinds, ("data", "of_which"))
    held = np.where(np.isfinite(figures.numbers), figures.decimals, 0)
    usual_places = [np.sort(held[parts & (figures.numbers[:, at] != 0), at]) for at in range(held.shape[1])]
    inside = np.array([int(places[int(_USUAL * (len(places) - 1))]) if len(places) else 0 for places in usual_places])
    outside = held[~parts].max(axis=0, initial=0)
    units = []
    for at, index in enumerate(figures.columns):
        unit = rounding_unit(
            figures.numbers[parts, at], int(inside[at]), named[index].name, named[index].unit or table.unit
        )
        units.append(1.0 if outside[at] and not inside[at] else unit)
    scale = Scale(np.array(units), np.tile(units, (len(kinds), 1)))
    for row in np.flatnonzero(np.isin(kinds, ("total", "subtotal"))).tolist():
        usual = np.zeros(len(units), dtype=int)
        for places in np.unique(inside):  # a row of 19.9 and 15.53 shows two decimals, one of 19.9 and 15.5 only one
            usual[inside == places] = held[row, inside == places].max()
        scale.stated[row] = np.where(usual == inside, scale.parts, 10.0 ** -usual.astype(float))
    return scale


def _check(figures: Figures, body: Body, one: _Stated, position: int) -> Check | None:
    rows = body.rows(one.choice.reading)
    parts = figures.numbers[rows, position]
    known = np.isfinite(parts)
    if not known.any():
        return None
    stated = float(figures.numbers[one.place, position])
    computed = math.fsum(parts[known].tolist())
    many, unit = int(known.sum()), float(body.scale.parts[position])
    if 0 < unit < 1:  # these rows may be printed with fewer decimals than others of their column
        unit = max(unit, 10.0 ** -float(figures.decimals[rows[known], position].max(initial=0)))
    own = 10.0 ** -float(figures.decimals[one.place, position])
    allowed = slack(np.full(many, unit), float(body.scale.stated[one.place, position]))
    if own >= 100 * unit:  # two zeros at the end are hardly ever left out: it is rounded
        allowed = max(allowed, own / 2)
    loose = granularity(np.append(parts[known], stated), figures.decimals[rows[known], position])
    return judge(
        cell_address(one.place + figures.first, figures.columns[position]),
        str(body.kinds[one.place]),
        stated,
        computed,
        allowed,
        float(np.abs(parts[known]).sum()),
        int(figures.lacking[rows, position].sum()),
        slack(np.full(many, loose), loose),
    )


def _is_meant(check: Check, body: Body, one: _Stated, position: int, agrees_elsewhere: bool) -> bool:
    """Whether a difference is one: not where nothing says that the figure is the sum of these rows at all."""
    if check.verdict != DIFFERS:
        return one.taken or check.stated != 0
    if not one.taken:
        return False
    stated, computed = check.stated, check.computed
    if resembles(stated, computed):
        return True
    parts = body.numbers[body.rows(one.choice.reading), position]
    parts = parts[np.isfinite(parts)]
    if parts.size > 1 and stated == parts[-1]:
        return False  # a balance carried forward
    if stated == _ALL and abs(computed - stated) <= _ALL / 5:
        return False  # shares of a hundred
    if stated and computed and not _RATIO[0] <= abs(computed / stated) <= _RATIO[1]:
        power = math.log10(abs(computed / stated))
        return abs(power - round(power)) < _POWER_OF_TEN
    if (agrees_elsewhere and one.choice.believed) or check.lacking:
        return True
    if parts.size > 1 and float(parts.min()) <= stated <= float(parts.max()):
        return False  # an average, a rate or an index of the whole
    return (one.choice.believed and stated != 0) or abs(check.difference) <= max(_NEAR * abs(stated), _NEAR_COUNT)
