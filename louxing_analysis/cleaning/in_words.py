"""What `inspect_file` found on a sheet, in sentences: its tables, columns, sums, bad cells, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from louxing_analysis.cleaning.context import read_context
from louxing_analysis.cleaning.drawing_plan import LABELS
from louxing_analysis.cleaning.headers import IGNORED, UNKNOWN, Index, Match, Matched, match, mostly_numbers, take_apart
from louxing_analysis.cleaning.sheet import Sheet, parse_address

_SEVERAL_OF_ONE = re.compile(r"\b1 ((?:data )?(?:row|table))s\b")
_SURE = ((0.85, "有把握", "sure"), (0.6, "大致有把握", "fairly sure"), (0.35, "把握不大", "not sure"))
_DOUBTFUL = 0.6  # below this, the reason is said first
_NAMED = 120  # columns named of one table


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
        return half_of(text, self.zh)

    def quoted(self, text: object) -> str:
        """A text of the workbook between the quotation marks of the language."""
        return self.say(f"「{self.shown(text)}」", f"“{self.shown(text)}”")

    def column(self, ledger: str, columns: str) -> str:
        """A column of a ledger (or several to choose from, a/b) as people call it, with its code in brackets."""
        codes = columns.split("/")
        known = self.index.reference
        labels = [known.label(f"column:{ledger}", code, "zh" if self.zh else "en") for code in codes]
        said = [
            code if label == code else self.say(f"{label}（{code}）", f"{label} ({code})")
            for code, label in zip(codes, labels, strict=True)
        ]
        return self.say("或", " or ").join(said)


def half_of(text: str, zh: bool) -> str:
    """The Chinese or the English half of a text that says the same in both (Chinese / English)."""
    parts = text.split(" / ")
    middle = len(parts) // 2
    return text if len(parts) % 2 else " / ".join(parts[:middle] if zh else parts[middle:])


def many(count: int, noun: str) -> str:
    """A number and its noun in English, one or several."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


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
    if not teller.zh:
        reason = _SEVERAL_OF_ONE.sub(r"1 \1", reason)
    if not is_doubtful(found):
        return reason
    bare = reason.removeprefix("拿不准，因为").removeprefix("not sure, because ")
    return teller.say(f"不能确定，因为：{bare}", f"Not sure, because {bare}")


def tell_table(table: dict[str, Any], sheet: Sheet, workbook: str, teller: Teller) -> Told:
    """A table of a sheet, as `inspect_file` found it, in words."""
    say = teller.say
    title = _title(table, sheet)
    matched = _match(table, sheet, f"{title} {sheet.name} {workbook}", teller.index)
    means = {one.index: _means(one, matched.ledger, teller) for one in matched.columns} if matched.ledger else {}
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
    span = range(taken[0], taken[-1] + 1)
    letters = [column["letter"] for column in table["columns"]]
    named = sum(1 for column in table["columns"] if column["name"])
    place = say(
        f"第 {ranges(span)} 行，{letters[0]}–{letters[-1]} 列",
        f"{'Row' if len(span) == 1 else 'Rows'} {ranges(span)}, "
        f"{'column ' + letters[0] if len(letters) == 1 else f'columns {letters[0]}–{letters[-1]}'}",
    )
    parts = [
        place,
        teller.quoted(title) if title else "",
        say("单位", "unit ") + teller.shown(table["unit"]) if table["unit"] else "",
        say(f"表头第 {ranges(table['header_rows'])} 行", _header(table["header_rows"])),
        say(f"数据 {len(rows['data'])} 行", many(len(rows["data"]), "data row")),
        say(f"{named} 列", many(named, "column")),
        *[
            say(
                f"「{LABELS[kind][0]}」{len(rows[kind])} 行",
                many(len(rows[kind]), f"{LABELS[kind][1]} row"),
            )
            for kind in ("total", "subtotal", "of_which", "section", "footer")
            if rows[kind]
        ],
    ]
    return say("，", ", ").join(part for part in parts if part) + say("。", ".")


def _header(rows: Sequence[int]) -> str:
    return f"header in {'row' if len(rows) == 1 else 'rows'} {ranges(rows)}"


def _title(table: dict[str, Any], sheet: Sheet) -> str:
    for row in table["rows"]["title"][:1]:
        return next((" ".join(str(cell).split()) for cell in sheet.values[row - 1] if cell is not None), "")
    return ""


def _match(table: dict[str, Any], sheet: Sheet, outside: str, index: Index) -> Match:
    """What the columns would be in cleaning."""
    rows = [row - 1 for row in table["rows"]["data"]]
    headers = [(_index(column), column["name"]) for column in table["columns"]]
    said = read_context(outside, sheet.name, "", index.reference.spelling("township"), {}).outside
    return match(headers, outside, index, lambda at: mostly_numbers(sheet.values[rows, at]), said)


def _index(column: dict[str, Any]) -> int:
    return parse_address(f"{column['letter']}1")[1]


def _means(one: Matched, ledger: str, teller: Teller) -> str:
    if one.column in (UNKNOWN, IGNORED):
        return " ⊘" if one.column == IGNORED else " ?"
    return f" → {teller.column(ledger, one.column)}"


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
            f"It is the ledger {label} ({matched.ledger}): {_known(len(names) - len(unknown), len(names))} "
            "(→ its column, ⊘ not read, ? unknown).",
        )
        step = say(
            "不认识的列名：放入 data/raw、运行 louxing clean，再把 louxing headers 给出的行登记到 data/reference/headers.csv。",
            "Unknown names: put the file into data/raw, run louxing clean, and add the rows that louxing headers gives "
            "to data/reference/headers.csv.",
        )
        return [line], [step] if unknown else []
    known = [name for name in names if any(key in teller.index.known for key in take_apart(name).keys)]
    told = say(f"不是已登记的台账；{len(names)} 个列名中认识 {len(known)} 个", f"No ledger that is known; {_known(len(known), len(names))}")  # fmt: skip
    if known:
        told += say("：", ": ") + say("、", ", ").join(teller.tidy(known))
    if known and matched.nearest:
        label = labels.label("ledger", matched.nearest, language)
        lacks = say("、", ", ").join(teller.column(matched.nearest, columns) for columns in matched.missing)
        told += say(f"；最近的是「{label}」，缺 {lacks}", f"; the nearest is {label}, which lacks {lacks}")
    step = say(
        "如果是台账，请在 data/reference/headers.csv 登记它的列名；louxing clean 不会读不认识的表。",
        "If it is a ledger, add its names to data/reference/headers.csv; louxing clean does not read a sheet it does not know.",
    )
    return [told + say("。", ".")], [step]


def _known(count: int, of: int) -> str:
    return f"{count} of {many(of, 'name')} {'is' if count == 1 else 'are'} known"


def ranges(rows: Sequence[int]) -> str:
    """Row numbers with runs drawn together: 4–7, 9."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
