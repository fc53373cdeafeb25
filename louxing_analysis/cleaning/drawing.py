"""What the locator makes of a workbook, for people: every sheet drawn in the terminal, and what it means in words."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from louxing_analysis.cleaning.drawing_grid import draw_grid
from louxing_analysis.cleaning.figures_in_words import sums, unreadable
from louxing_analysis.cleaning.headers import Index
from louxing_analysis.cleaning.in_words import Teller, Told, confidence, half_of, is_doubtful, many, tell_table, why
from louxing_analysis.cleaning.sheet import Sheet, cell_address, column_letter, parse_address
from louxing_analysis.cleaning.shown_texts import tidied
from louxing_analysis.cleaning.workbook import Workbook
from louxing_analysis.problems import Problem, sentence
from louxing_analysis.safe_text import printable

_OPEN, _CLOSE = (
    "[（「『《【“(\\[]",
    "[，。；：、）」』》】”？！,.;:!?)\\]]",
)  # no line ends, and no line begins with these
_WORDS = re.compile(rf"^\s+|{_OPEN}*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+){_CLOSE}*\s*|\s+")
_STACKS = 6  # columns of short texts side by side
_PLAIN_WIDTH = 100  # cells of a line where there is no terminal


def terminal() -> Console:
    """Where a drawing goes: a terminal as wide as it is, else lines of 100 cells without colours."""
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit() else _PLAIN_WIDTH
    plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR")
    return Console(width=width, color_system=None if plain else "auto", highlight=False, markup=False, emoji=False)


def draw_workbook(
    console: Console,
    workbook: Workbook,
    found: dict[str, Any],
    index: Index,
    *,
    language: str = "zh",
    show_personal: bool = False,
) -> None:
    """Print every sheet of a workbook that has been read, with what `inspect_workbook` found on it."""
    teller = Teller(language == "zh", index, lambda texts: tidied(texts, show_personal))
    _print(console, Text(printable(found["file"]), "bold"))
    for line in problem_lines(workbook.name, found, language, show_personal=show_personal):
        _print(console, Text(line, "bold #d75f00"))
    if not found["sheets"] and not found["problems"]:
        say(console, teller.say("没有工作表", "no sheets"))
    for sheet, told in zip(workbook.sheets, found["sheets"], strict=True):
        _print(console, Text())
        _draw_sheet(console, sheet, told, workbook.name, teller)


def problem_lines(
    workbook: str, found: dict[str, Any], language: str = "both", *, show_personal: bool = False
) -> list[str]:
    """What is wrong with a file, each in one line: file › sheet › cell, what is wrong, what to do; `both` in both languages."""
    lines = []
    for one in found["problems"]:
        detail = one["detail"] if language == "both" else half_of(one["detail"], language == "zh")
        sheet, detail = tidied([one["sheet"], detail], show_personal)
        problem = Problem("", workbook, sheet, one["cell"], "", "", one["reason"], one["severity"], detail)
        lines.append(printable(sentence(problem, language)))
    return lines


def _draw_sheet(console: Console, sheet: Sheet, found: dict[str, Any], workbook: str, teller: Teller) -> None:
    rows, columns = sheet.values.shape
    hidden = teller.say("（隐藏）", " (hidden)") if sheet.hidden else ""
    heading = Text(f"{teller.say('工作表', 'Sheet')} {teller.shown(sheet.name or '1')}{hidden}", "bold underline")
    size = teller.say(f"{rows:,} 行 × {columns:,} 列", f"{many(rows, 'row')} × {many(columns, 'column')}")
    heading.append(f"  {size}  {confidence(found, teller)}", "not underline")
    _print(console, heading)
    if not rows:
        say(console, teller.say("空表。", "It is empty."))
        return
    say(console, why(found, teller), "bold #d75f00" if is_doubtful(found) else "")
    _draw_cells(console, sheet, found, teller)
    told = [tell_table(table, sheet, workbook, teller) for table in found.get("tables", [found]) if table["columns"]]
    reasons = {cell_address(*place): reason for place, (reason, _) in sheet.unreadable.items()}
    _tell(console, told, found, reasons, teller)


def _draw_cells(console: Console, sheet: Sheet, found: dict[str, Any], teller: Teller) -> None:
    kinds = np.full(len(sheet.values), "blank", dtype=object)
    for kind, rows in found["rows"].items():
        kinds[np.array(rows, dtype=int) - 1] = kind
    bad = {parse_address(cell["cell"]): cell["found"] for cell in found["unreadable"]}
    bad |= {place: text for place, (_, text) in sheet.unreadable.items()}
    plain = console.legacy_windows or not console.encoding.lower().startswith("utf")
    drawn = draw_grid(sheet, kinds.tolist(), bad, console.width, teller.tidy, teller.zh, "|" if plain else "│")
    for line in drawn.lines:
        _print(console, line)
    if drawn.left_out:
        first, last = drawn.left_out
        place = column_letter(first) + (f"–{column_letter(last)}" if last > first else "")
        count = last - first + 1
        left = teller.say(f"画不下的列：{place}（{count:,} 列）", f"Columns left out: {place} ({count:,})")
        say(console, left, "italic")
    marks = {
        "!": teller.say("! 读不出的单元格", "! cannot be read"),
        "()": teller.say("(n) 隐藏的行或列", "(n) hidden row or column"),
    }
    if drawn.marks:
        say(console, "  ".join(text for mark, text in marks.items() if mark in drawn.marks), "italic")


def _tell(
    console: Console, tables: Sequence[Told], found: dict[str, Any], reasons: Mapping[str, str], teller: Teller
) -> None:
    """The tables in words, the cells that cannot be read, and what to do next."""
    _print(console, Text())
    for number, told in enumerate(tables, start=1):
        name = teller.say(f"表 {number}：", f"Table {number}: ") if len(tables) > 1 else ""
        say(console, f"{name}{told.sentence}")
        for line in _in_columns(told.columns, console.width - 2):
            say(console, f"  {line}")
        for line in told.further:
            say(console, line)
    steps: list[str] = []
    for lines, mend in (sums(found, teller), unreadable(found, reasons, teller)):
        steps += mend
        for line in lines:
            say(console, line)
    steps += dict.fromkeys(step for told in tables for step in told.steps)
    if is_doubtful(found):
        rows = teller.say("请核对各行的类别；两张表之间留一空行、表头写在数据之上，就容易认对。", "Check the kinds of the rows: an empty row between tables and a header above its data help.")  # fmt: skip
        steps.insert(0, rows)
    for step in steps:
        say(console, f"→ {step}")


def _in_columns(items: Sequence[str], width: int) -> list[str]:
    """Short texts side by side, in as many columns as fit, read from top to bottom."""
    if not items:
        return []
    for count in range(min(_STACKS, len(items)), 0, -1):
        height = -(-len(items) // count)
        stacks = [items[first : first + height] for first in range(0, len(items), height)]
        sizes = [max(map(cell_len, stack)) + 2 for stack in stacks]
        if sum(sizes) - 2 <= width or count == 1:
            break
    lines = []
    for at in range(height):
        cells = [(stack[at], size) for stack, size in zip(stacks, sizes, strict=True) if at < len(stack)]
        lines.append("".join(cell + " " * (size - cell_len(cell)) for cell, size in cells).rstrip())
    return lines


def say(console: Console, text: str, style: str = "") -> None:
    """A sentence in as many lines as it takes; Chinese is broken between any two characters, words are not."""
    line = ""
    for word in _WORDS.findall(text):
        if line.strip() and cell_len(line + word.rstrip()) > console.width:
            _print(console, Text(line.rstrip(), style))
            line = ""
        line += word
    _print(console, Text(line, style))


def _print(console: Console, text: Text) -> None:
    """A line as it is: no markup, no emoji codes, no highlighting, never wrapped; for a file, nothing blank at its end."""
    if not console.is_terminal:
        text = text.copy()
        text.rstrip()
    console.print(text, no_wrap=True, overflow="ignore", crop=False)
