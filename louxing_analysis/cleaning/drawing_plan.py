"""Which rows of a sheet are drawn, and which are only counted; and what the kinds of rows are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

LABELS = {
    "title": ("标题", "title"),
    "unit": ("单位", "unit"),
    "header": ("表头", "header"),
    "data": ("数据", "data"),
    "total": ("合计", "total"),
    "subtotal": ("小计", "subtotal"),
    "of_which": ("其中", "of which"),
    "section": ("分段", "section"),
    "footer": ("表尾", "footer"),
    "blank": ("空行", "blank"),
}
"""The kinds of rows, in Chinese and English."""

_HEAD, _TAIL = 3, 2  # data rows shown of a long run
_MOST_ROWS = 600  # rows drawn of one sheet


class Fold(NamedTuple):
    """Rows that are not drawn; both ends belong to it, counted from 0."""

    first: int
    last: int


def folded(kinds: Sequence[str], kept: Sequence[int] = ()) -> list[int | Fold]:
    """Row numbers from 0, with long runs of data and of blanks folded, and the middle of an endless sheet.

    Rows that are `kept` stand there in the middle of a run too.
    """
    plan: list[int | Fold] = []
    first = 0
    while first < len(kinds):
        last = first
        while last + 1 < len(kinds) and kinds[last + 1] == kinds[first]:
            last += 1
        head, tail = {"data": (_HEAD, _TAIL), "blank": (0, 0)}.get(kinds[first], (last, last))
        if last - first > head + tail:
            plan += range(first, first + head)
            plan += _gap(first + head, last - tail, kept)
            plan += range(last - tail + 1, last + 1)
        else:
            plan += range(first, last + 1)
        first = last + 1
    if len(plan) > _MOST_ROWS:
        begin, end = plan[_MOST_ROWS * 3 // 4], plan[-(_MOST_ROWS // 4)]
        middle = Fold(
            begin.first if isinstance(begin, Fold) else begin, (end.first if isinstance(end, Fold) else end) - 1
        )
        plan = [*plan[: _MOST_ROWS * 3 // 4], middle, *plan[-(_MOST_ROWS // 4) :]]
    return plan


def _gap(first: int, last: int, kept: Sequence[int]) -> list[int | Fold]:
    """A fold, or several with the rows between them that are kept."""
    shown = [row for row in kept if first <= row <= last]
    gap: list[int | Fold] = []
    for before, row in zip([first - 1, *shown], [*shown, last + 1], strict=True):
        if row - before > 1:
            gap.append(Fold(before + 1, row - 1) if row - before > 2 else before + 1)
        if row <= last:
            gap.append(row)
    return gap


def fold_text(
    fold: Fold, kinds: Sequence[str], bad: Mapping[tuple[int, int], str], zh: bool, numbered: Container[int] = ()
) -> str:
    """What stands in the place of folded rows; of blank ones, those `numbered` hold a serial number and nothing else."""
    counts = Counter(kinds[fold.first : fold.last + 1])
    serials = sum(kinds[row] == "blank" and row in numbered for row in range(fold.first, fold.last + 1))
    only = "" if serials == counts["blank"] else f"{serials:,} 行" if zh else f"{serials:,} with "
    broken = len({row for row, _ in bad if fold.first <= row <= fold.last})
    if zh:
        note = f"（{only}只有序号）" if serials else ""
        parts = "、".join(
            f"{count:,} 行{LABELS[kind][0]}{note if kind == 'blank' else ''}" for kind, count in counts.items()
        )
        return f"… {'' if set(counts) == {'blank'} else '另有 '}{parts}{f'，{broken} 行有读不出的单元格' if broken else ''} …"
    note = f" ({only}serial numbers only)" if serials else ""
    parts = ", ".join(
        f"{count:,} {'' if kind == 'blank' else 'more '}{LABELS[kind][1]} row{'s' * (count > 1)}"
        f"{note if kind == 'blank' else ''}"
        for kind, count in counts.items()
    )
    return f"… {parts}{f', {broken} with unreadable cells' if broken else ''} …"
