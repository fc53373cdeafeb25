"""What `inspect_file` found on a sheet, in sentences: its tables, columns, sums, bad cells, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from louxing_analysis.cleaning.drawing_plan import LABELS
from louxing_analysis.cleaning.headers import IGNORED, UNKNOWN, Index, Match, Matched, match, mostly_numbers, take_apart
from louxing_analysis.cleaning.sheet import Sheet, parse_address

_SURE = ((0.85, "有把握", "sure"), (0.6, "大致有把握", "fairly sure"), (0.35, "把握不大", "not sure"))
_DOUBTFUL = 0.6  # below this, the reason is said first
_NAMED = 120  # columns named of one table
_LISTED = 12  # cells listed one by one
_CHECKED = {
    "sum": ("各列之和", "sum of columns"),
    "difference": ("各列之差", "difference of columns"),
    "count": ("行数", "count of rows"),
}
_VERDICTS = {"agrees": ("相符", "agree"), "rounding": ("舍入误差", "differ by rounding"), "differs": ("不符", "differ")}


@dataclass(frozen=True)
class Teller:
    """How to speak: the language, the headers that are known, and what makes a text of a cell safe to show."""

    zh: bool
    index: Index
    tidy: Callable[[Sequence[str]], list[str]]

    def say(self, chinese: str, english: str) -> str:
        """One of the two."""
        return chinese if self.zh else english

    def shown(self, text: object) -> str:
        """A text of the workbook, safe to show."""
        return self.tidy([str(text)])[0]

    def both(self, text: str) -> str:
        """Of a text in both languages (Chinese / English) the half to be told."""
        parts = [text] if text.count(" / ") == 1 else text.split("；")
        halves = [part.split(" / ") for part in parts]
        if any(len(half) != 2 for half in halves):
            return text
        return "；".join(half[0 if self.zh else 1] for half in halves)


class Told(NamedTuple):
    """One table in words: a sentence, its columns as short texts, and further sentences."""

    sentence: str
    columns: list[str]
    further: list[str]
    steps: list[str]


def confidence(found: dict[str, Any], teller: Teller) -> str:
    """How sure the reading of a sheet is, in words and as a number."""
    value = found["confidence"]
    words = next(((zh, en) for least, zh, en in _SURE if value >= least), ("没有把握", "not sure at all"))
    return f"{teller.say(*words)} {value:.2f}"


def is_doubtful(found: dict[str, Any]) -> bool:
    """Whether the reading should be looked at before it is believed."""
    return bool(found["confidence"] < _DOUBTFUL)


def why(found: dict[str, Any], teller: Teller) -> str:
    """The reason of the confidence; of a doubtful sheet as the reason of the doubt."""
    reason = teller.shown(teller.both(found["why"]))
    return teller.say(f"不能确定，因为：{reason}", f"Not sure, because {reason}") if is_doubtful(found) else reason


def tell_table(table: dict[str, Any], sheet: Sheet, workbook: str, teller: Teller) -> Told:
    """A table of a sheet, as `inspect_file` found it, in words."""
    say = teller.say
    title = _title(table, sheet)
    matched = _match(table, sheet, f"{title} {sheet.name} {workbook}", teller.index)
    means = {one.index: _means(one) for one in matched.columns} if matched.ledger else {}
    columns = [
        f"{column['letter']} {teller.shown(column['name'] or '—')}"
        f"{f' [{teller.shown(unit)}]' if (unit := column['unit']) and unit not in column['name'] else ''}"
        f"{means.get(_index(column), '')}"
        for column in table["columns"][:_NAMED]
    ]
    if len(table["columns"]) > _NAMED:
        columns.append(f"… {len(table['columns']) - _NAMED:,}")
    further, steps = _vocabulary(table, matched, teller)
    if not table["rows"]["data"]:
        further.append(say("没有数据行。", "There are no data rows."))
    if any(not column["name"] for column in table["columns"]):
        nameless = ", ".join(column["letter"] for column in table["columns"] if not column["name"])
        further.append(say(f"没有列名：{nameless}。", f"Columns without a name: {nameless}."))
    return Told(_where(table, title, teller), columns, further, steps)


def _where(table: dict[str, Any], title: str, teller: Teller) -> str:
    say, rows = teller.say, table["rows"]
    taken = sorted(row for kind, found in rows.items() if kind != "blank" for row in found)
    letters = [column["letter"] for column in table["columns"]]
    named = sum(1 for column in table["columns"] if column["name"])
    place = say(
        f"第 {taken[0]}–{taken[-1]} 行，{letters[0]}–{letters[-1]} 列",
        f"Rows {taken[0]}–{taken[-1]}, columns {letters[0]}–{letters[-1]}",
    )
    parts = [
        place,
        f"「{teller.shown(title)}」" if title else "",
        say("单位", "unit ") + teller.shown(table["unit"]) if table["unit"] else "",
        say(f"表头第 {ranges(table['header_rows'])} 行", f"header in row {ranges(table['header_rows'])}"),
        say(f"数据 {len(rows['data'])} 行", f"{len(rows['data'])} data rows"),
        say(f"{named} 列", f"{named} columns"),
        *[
            say(
                f"「{LABELS[kind][0]}」{len(rows[kind])} 行",
                f"{len(rows[kind])} {LABELS[kind][1]} row{'s' * (len(rows[kind]) > 1)}",
            )
            for kind in ("total", "subtotal", "of_which", "section", "footer")
            if rows[kind]
        ],
    ]
    return say("，", ", ").join(part for part in parts if part) + say("。", ".")


def _title(table: dict[str, Any], sheet: Sheet) -> str:
    for row in table["rows"]["title"][:1]:
        return next((" ".join(str(cell).split()) for cell in sheet.values[row - 1] if cell is not None), "")
    return ""


def _match(table: dict[str, Any], sheet: Sheet, outside: str, index: Index) -> Match:
    """What the columns would be in cleaning."""
    rows = [row - 1 for row in table["rows"]["data"]]
    headers = [(_index(column), column["name"]) for column in table["columns"]]
    return match(headers, outside, index, lambda at: mostly_numbers(sheet.values[rows, at]))


def _index(column: dict[str, Any]) -> int:
    return parse_address(f"{column['letter']}1")[1]


def _means(one: Matched) -> str:
    return f" → {one.column}" if one.column not in (UNKNOWN, IGNORED) else " ⊘" if one.column == IGNORED else " ?"


def _vocabulary(table: dict[str, Any], matched: Match, teller: Teller) -> tuple[list[str], list[str]]:
    """Which ledger it would be and which headers nobody knows; and what to do about them."""
    say, labels = teller.say, teller.index.reference
    language = "zh" if teller.zh else "en"
    names = [column["name"] for column in table["columns"] if column["name"]]
    if matched.ledger:
        label = labels.label("ledger", matched.ledger, language)
        unknown = [one.written for one in matched.columns if one.column == UNKNOWN]
        line = say(
            f"是台账「{label}」（{matched.ledger}）：{len(names)} 个列名中认识 {len(names) - len(unknown)} 个（→ 字段，⊘ 不读，? 不认识）。",
            f"It is the ledger {label} ({matched.ledger}): {len(names) - len(unknown)} of {len(names)} names are known "
            "(→ its column, ⊘ not read, ? unknown).",
        )
        step = say(
            "不认识的列名：放入 data/raw、运行 louxing clean，再把 louxing headers 给出的行登记到 data/reference/headers.csv。",
            "Unknown names: put the file into data/raw, run louxing clean, and add the rows that louxing headers gives "
            "to data/reference/headers.csv.",
        )
        return [line], [step] if unknown else []
    known = [name for name in names if any(key in teller.index.known for key in take_apart(name).keys)]
    told = say(f"不是已登记的台账；{len(names)} 个列名中认识 {len(known)} 个", f"No ledger that is known; {len(known)} of {len(names)} names are known")  # fmt: skip
    if known:
        told += say("：", ": ") + "、".join(teller.tidy(known))
    if known and matched.nearest:
        label = labels.label("ledger", matched.nearest, language)
        lacks = ", ".join(matched.missing)
        told += say(f"；最近的是「{label}」，缺 {lacks}", f"; the nearest is {label}, which lacks {lacks}")
    step = say(
        "如果是台账，请在 data/reference/headers.csv 登记它的列名；louxing clean 不会读不认识的表。",
        "If it is a ledger, add its names to data/reference/headers.csv; louxing clean does not read a sheet it does not know.",
    )
    return [told + say("。", ".")], [step]


def sums(found: dict[str, Any], teller: Teller) -> tuple[list[str], list[str]]:
    """How the stated sums of a sheet checked, and those that do not agree."""
    checks, say, pick = found["checks"], teller.say, 0 if teller.zh else 1
    if not checks:
        return [], []
    counts = {verdict: sum(check["verdict"] == verdict for check in checks) for verdict in _VERDICTS}
    told = say("，", ", ").join(f"{count} {_VERDICTS[verdict][pick]}" for verdict, count in counts.items() if count)
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
    step = say("不符的合计：请核对原表。", "Sums that differ: check them against the workbook.")
    return lines, [step] if counts["differs"] else []


def _label(kind: str, pick: int) -> str:
    return (_CHECKED.get(kind) or LABELS.get(kind) or (kind, kind))[pick]


def _figure(value: float | None) -> str:
    return "?" if value is None else f"{value:,.10g}"


def _suggested(entry: dict[str, Any], teller: Teller) -> str:
    """What a figure must be where the arithmetic of the sheet proves it; it is never put in its place."""
    if entry.get("suggestion") is None:
        return ""
    cell = f"{entry['suspect']} " if entry.get("suspect") else ""
    reason = teller.shown(teller.both(str(entry.get("because", ""))))
    figure = _figure(entry["suggestion"])
    return teller.say(f"；{cell}应为 {figure}，因为 {reason}", f"; {cell}must be {figure}: {reason}")


def unreadable(found: dict[str, Any], teller: Teller) -> tuple[list[str], list[str]]:
    """The cells of a sheet that stand where numbers belong and cannot be read."""
    cells, say = found["unreadable"], teller.say
    if not cells:
        return [], []
    lines = [say(f"读不出的单元格 {len(cells)} 个：", f"Cells that cannot be read: {len(cells)}:")]
    lines += listed(
        (f"{cell['cell']} 「{teller.shown(cell['found'])}」{_suggested(cell, teller)}" for cell in cells),
        len(cells),
        teller,
    )
    step = say(
        "读不出的单元格：请在原表中更正，或在 data/reference/corrections.csv 中登记更正。",
        "Unreadable cells: mend them in the workbook, or add rows to data/reference/corrections.csv.",
    )
    return lines, [step]


def listed(lines: Iterable[str], count: int, teller: Teller) -> list[str]:
    """The first lines, indented, and how many more there are."""
    shown = [f"  {line}" for line, _ in zip(lines, range(_LISTED), strict=False)]
    more = count - len(shown)
    return [*shown, f"  … {teller.say(f'另有 {more} 处', f'{more} more')}"] if more > 0 else shown


def ranges(rows: Sequence[int]) -> str:
    """Row numbers with runs drawn together: 4–7, 9."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
