"""The stated sums of a sheet and its cells that cannot be read, in sentences: what is wrong, why, what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from louxing_analysis.cleaning.drawing_plan import LABELS
from louxing_analysis.cleaning.in_words import Teller

_LISTED = 12  # cells listed one by one
_CHECKED = {
    "sum": ("各列之和", "sum of columns"),
    "difference": ("各列之差", "difference of columns"),
    "count": ("行数", "count of rows"),
}
_ONE_VERDICT = re.compile(r"\b1 (agree|differ)\b")
_VERDICTS = {"agrees": ("相符", "agree"), "rounding": ("舍入误差", "differ by rounding"), "differs": ("不符", "differ")}

_UNREADABLE = {
    "digits_lost": (
        ("末位丢失", "last digits lost"),
        ("请把该列设为文本后重新录入", "format the column as text and re-enter it"),
    ),
    "not_calculated": (("未计算", "not calculated"), ("请打开后保存一次", "open the workbook and save it once")),
    "error_cell": (("错误值", "error value"), ("请在原表中更正", "correct it in the source")),
}
_NOT_A_NUMBER = (("不是数字", "not a number"), ("请在原表中更正", "correct it in the source"))
_EMPTY = (("空", "empty"), ("请在原表中补填", "fill it in in the source"))


def sums(found: dict[str, Any], teller: Teller) -> tuple[list[str], list[str]]:
    """How the stated sums of a sheet checked, and those that do not agree."""
    checks, say, pick = found["checks"], teller.say, 0 if teller.zh else 1
    if not checks:
        return [], []
    counts = {verdict: sum(check["verdict"] == verdict for check in checks) for verdict in _VERDICTS}
    told = say("，", ", ").join(f"{count} {_VERDICTS[verdict][pick]}" for verdict, count in counts.items() if count)
    if not teller.zh:
        told = _ONE_VERDICT.sub(r"1 \1s", told)
    lines = [
        say(f"表中所列的和与数 {len(checks)} 处：{told}。", f"Sums and counts stated: {len(checks)}, of which {told}.")
    ]
    differing = [check for check in checks if check["verdict"] != "agrees"]
    lines += listed(
        (
            say(
                f"{check['cell'] or '名称'} {_label(check['kind'], 0)}写 {_figure(check['stated'])}，算得 {_figure(check['computed'])}，"
                f"差 {_figure(check['difference'])}（{_VERDICTS[check['verdict']][0]}）{_suggested(check, teller)}",
                f"{check['cell'] or 'the name'} {_label(check['kind'], 1)} says {_figure(check['stated'])}, the rows make "
                f"{_figure(check['computed'])}: {_figure(check['difference'])} apart ({check['verdict']}){_suggested(check, teller)}",
            )
            for check in sorted(differing, key=lambda check: check["verdict"] != "differs")
        ),
        len(differing),
        teller,
    )
    open_ones = [check for check in differing if check["verdict"] == "differs" and not _accounted_for(check, found)]
    step = say("不符的合计：请核对原表。", "Sums that differ: check them against the workbook.")
    return lines, [step] if open_ones else []


def _accounted_for(check: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether a difference is proved: one cell would mend it, or one of its column that cannot be read makes it up."""
    if check.get("suggestion") is not None:
        return True
    column = check["cell"].rstrip("0123456789")
    near = 1e-6 * max(1.0, abs(check["difference"] or 0.0))
    return any(
        cell.get("suggestion") is not None
        and cell["cell"].rstrip("0123456789") == column
        and check["kind"] in ("total", "subtotal")
        and abs(cell["suggestion"] - (check["difference"] or 0.0)) <= near
        for cell in found["unreadable"]
    )


def _label(kind: str, pick: int) -> str:
    return (_CHECKED.get(kind) or LABELS.get(kind) or (kind, kind))[pick]


def _figure(value: float | None) -> str:
    return "?" if value is None else f"{value:,.10g}"


def _suggested(entry: dict[str, Any], teller: Teller) -> str:
    """The reason that is given, and what a figure must be where arithmetic proves it; it is never put in its place."""
    reason = teller.shown(teller.both(str(entry.get("because", ""))))
    if entry.get("suggestion") is None:
        return teller.say(f"；{reason}", f"; {reason}") if reason else ""
    cell = f"{entry['suspect']} " if entry.get("suspect") else ""
    figure = _figure(entry["suggestion"])
    return teller.say(f"；{cell}应为 {figure}，因为 {reason}", f"; {cell}must be {figure}: {reason}")


def unreadable(found: dict[str, Any], reasons: Mapping[str, str], teller: Teller) -> tuple[list[str], list[str]]:
    """The cells of a sheet that stand where numbers belong and cannot be read; why, and what to do with each.

    `reasons`: the reason codes of the cells of which the file itself holds no readable value.
    """
    cells, say = found["unreadable"], teller.say
    if not cells:
        return [], []
    lines = [say(f"读不出的单元格 {len(cells)} 个：", f"Cells that cannot be read: {len(cells)}:")]
    lines += listed((_bad_cell(cell, reasons.get(cell["cell"], ""), teller) for cell in cells), len(cells), teller)
    step = say(
        "读不出的单元格：若是台账而原表不便改动，可在 data/reference/corrections.csv 中登记更正。",
        "Cells that cannot be read: of a ledger that must stay as it is, add corrections to data/reference/corrections.csv.",
    )
    return lines, [step]


def _bad_cell(cell: dict[str, Any], reason: str, teller: Teller) -> str:
    what, next_step = _UNREADABLE.get(reason, _NOT_A_NUMBER) if cell["found"] else _EMPTY
    told = f"{teller.quoted(cell['found'])} " if cell["found"] else ""
    wrong = teller.say(f"{what[0]}，{next_step[0]}", f"{what[1]}; {next_step[1]}")
    return f"{cell['cell']} {told}{wrong}{_suggested(cell, teller)}"


def listed(lines: Iterable[str], count: int, teller: Teller) -> list[str]:
    """The first lines, indented, and how many more there are."""
    shown = [f"  {line}" for line, _ in zip(lines, range(_LISTED), strict=False)]
    more = count - len(shown)
    return [*shown, f"  … {teller.say(f'另有 {more} 处', f'{more} more')}"] if more > 0 else shown
