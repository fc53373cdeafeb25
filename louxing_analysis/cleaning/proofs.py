"""What a damaged figure must have been, where the arithmetic of its column or row leaves exactly one value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from louxing_analysis.cleaning.figures import Figures, as_text
from louxing_analysis.cleaning.sheet import cell_address
from louxing_analysis.cleaning.spans import Body, Choice
from louxing_analysis.cleaning.verdicts import Check, slack

_MISREAD = str.maketrans("OoQDlI|i!ZzSsBgqb", "00001111122558996")
_NEARLY_ALL = 0.9
_LARGEST = 1e15
_MOST_STEPS = 20
_ENOUGH_FOR_EMPTY = 2  # other columns that must agree before an empty cell is said to be missing a figure


class Proof(NamedTuple):
    """A value that arithmetic leaves for a cell (row and column of the sheet), and whether other figures bear it out.

    Where figures are rounded to `step`, the value is known only to within `slack`.
    """

    row: int
    column: int
    value: float
    because: str
    supported: bool
    slack: float = 0.0
    step: float = 1.0


class Break(NamedTuple):
    """A difference: stated − computed, the cell that states, and those that were added and subtracted."""

    check: Check
    stated: tuple[int, int]
    plus: frozenset[tuple[int, int]]
    minus: frozenset[tuple[int, int]]


def resembles(found: str | float, value: float) -> bool:
    """Whether what is written may be the value with a sign misread, lost or added: 217E and 2171, 2577 and 25773."""
    wanted = as_text(value)
    if isinstance(found, str):
        written = _folded(found)
        return bool(written) and _distance(written, wanted) <= (1 if len(wanted) < 5 else 2) < len(wanted)
    written = as_text(float(found))
    return min(len(written), len(wanted)) >= 3 and _distance(written, wanted) == 1


def _folded(text: str) -> str:
    """A text with the signs that are taken for digits put as those."""
    return "".join(text.split()).replace(",", "").translate(_MISREAD)


def _distance(left: str, right: str) -> int:
    """How many signs have to be changed, left out or put in to make one text of the other."""
    if abs(len(left) - len(right)) > 2 or len(left) > 24:
        return 99
    line = list(range(len(right) + 1))
    for row, sign in enumerate(left, 1):
        before, line[0] = line[0], row
        for at, other in enumerate(right, 1):
            before, line[at] = line[at], min(line[at] + 1, line[at - 1] + 1, before + (sign != other))
    return line[-1]


def prove_in_column(
    values: np.ndarray, figures: Figures, body: Body, place: int, choice: Choice, position: int
) -> list[Proof]:
    """The one cell of a column that cannot be read, from the sum that a row states and the other rows it adds up.

    An empty cell is proved only where other columns bear the reading out and all else of the row is there.
    """
    rows = body.rows(choice.reading)
    unit = float(body.scale.parts[position])
    loose = slack(np.full(len(rows), unit), float(body.scale.stated[place, position]))
    parts = figures.numbers[rows, position]
    stated = float(figures.numbers[place, position])
    bad = np.flatnonzero(figures.lacking[rows, position])
    column = figures.columns[position]
    others = int(choice.fits.sum()) - int(choice.fits[position])
    asked = int(choice.asked.sum()) - int(choice.asked[position])
    if figures.lacking[place, position]:
        if bad.size or not np.isfinite(parts).any():
            return []
        value = _exact(math.fsum(parts[np.isfinite(parts)].tolist()), figures, position)
        because = f"各行之和 = {as_text(value)} / the sum of the rows = {as_text(value)}"
        return [Proof(place + figures.first, column, value, because, choice.believed and others > 0, loose, unit)]
    if not math.isfinite(stated) or bad.size > 1 or (not bad.size and choice.fits[position]):
        return []
    blank = rows[~np.isfinite(parts) & ~figures.lacking[rows, position]].tolist()
    empty = np.isin(rows, [row for row in blank if values[row + figures.first, column] is None])
    supported = choice.believed and others > 0
    if not bad.size:
        bad = np.flatnonzero(empty)
        if bad.size != 1 or others < max(_ENOUGH_FOR_EMPTY, _NEARLY_ALL * asked) or choice.fits[position]:
            return []
        row = figures.numbers[rows[bad[0]]]
        if not choice.believed or int((~np.isfinite(row)).sum()) > 1:
            return []
        empty[bad] = False
    missing = int(rows[bad[0]])
    if supported and empty.any():
        supported = False  # more than one cell may hold what is missing
    rest = math.fsum(parts[np.isfinite(parts)].tolist())
    value = _exact(stated - rest, figures, position)
    if (value < 0 <= float(np.nanmin(np.append(parts, 0)))) or abs(value) > _LARGEST:
        return []
    equation = f"{as_text(stated)} − {as_text(rest)} = {as_text(value)}"
    because = f"{equation}：合计减去其余各行 / {equation}: the stated sum less the other rows"
    return [Proof(missing + figures.first, column, value, because, supported, loose, unit)]


def _exact(value: float, figures: Figures, position: int) -> float:
    """The value to the most decimals that its column is printed with."""
    known = np.isfinite(figures.numbers[:, position])
    return round(value, int(figures.decimals[known, position].max(initial=0))) + 0.0


def settled(proofs: Iterable[Proof], texts: dict[tuple[int, int], str]) -> dict[tuple[int, int], Proof]:
    """The proofs to show: one a cell, where all that prove it leave the same value and something bears it out.

    What bears a proof out: the text resembles the value, or row and column say the same of one that is not zero; of a
    cell without a text (an error value, nothing at all) that other columns or rows agree with the same reading.
    """
    by_cell: dict[tuple[int, int], list[Proof]] = {}
    for proof in proofs:
        by_cell.setdefault((proof.row, proof.column), []).append(proof)
    found = {}
    for cell, mine in by_cell.items():
        best = min(mine, key=lambda one: one.slack)
        value = best.value
        if any(abs(one.value - value) > one.slack + best.slack + 1e-6 * max(1.0, abs(value)) for one in mine):
            continue
        text = texts.get(cell, "")
        if best.slack >= best.step > 0:
            nearest = _nearest(text, best)
            if nearest is not None:
                because = _joined([best.because], "（舍入误差以内）", " (within rounding)")
                found[cell] = best._replace(value=nearest, because=because)
            continue
        twice = value != 0 and len({one.because for one in mine}) > 1
        if resembles(text, value) if text and not twice else twice or any(one.supported for one in mine):
            found[cell] = best._replace(because=_joined([one.because for one in mine]))
    return found


def _joined(reasons: Iterable[str], zh: str = "", en: str = "") -> str:
    """Reasons (Chinese / English) as one in the same form, each half with what is said after it."""
    halves = [reason.partition(" / ") for reason in dict.fromkeys(reasons)]
    chinese, english = "；".join(half[0] for half in halves), "; ".join(half[2] for half in halves)
    return f"{chinese}{zh} / {english}{en}"


def _nearest(text: str, proof: Proof) -> float | None:
    """The one value within rounding of a proof that the text resembles most; None where several do, or none."""
    most = min(int(proof.slack / proof.step), _MOST_STEPS)
    values = [round(proof.value + step * proof.step, 6) + 0.0 for step in range(-most, most + 1)]
    likely = [value for value in values if text and resembles(text, value)]
    apart = {value: _distance(_folded(text), as_text(value)) for value in likely}
    closest = [value for value in likely if apart[value] == min(apart.values())]
    return closest[0] if len(closest) == 1 else None


def suspects(breaks: Sequence[Break], numbers: dict[tuple[int, int], float]) -> dict[str, Check]:
    """Checks that differ (by the address that states) with the one cell that, read otherwise, would mend row and column.

    `numbers` holds the figures of the cells that the breaks name.
    """
    by_cell: dict[tuple[int, int], list[tuple[Break, float]]] = {}
    for one in breaks:
        for cell in (one.stated, *one.plus, *one.minus):
            if cell in numbers:
                shift = one.check.difference if cell in one.plus else -one.check.difference
                by_cell.setdefault(cell, []).append((one, round(numbers[cell] + shift, 9)))
    found: dict[str, Check] = {}
    for cell, wanted in by_cell.items():
        across = {one.check.kind in ("sum", "difference") for one, _ in wanted}
        if len(across) < 2 or len({value for _, value in wanted}) != 1:
            continue
        value, address = wanted[0][1], cell_address(*cell)
        because = (
            f"{address} 若为 {as_text(value)}（现为 {as_text(numbers[cell])}），行与列都相符 / "
            f"with {as_text(value)} in {address} instead of {as_text(numbers[cell])}, row and column both add up"
        )
        for one, _ in wanted:
            key = f"{one.check.kind} {one.check.cell}"
            if key not in found:
                found[key] = one.check._replace(suspect=address, suggestion=value, because=because)
    return found
