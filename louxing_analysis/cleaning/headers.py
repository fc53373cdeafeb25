"""Written headers become canonical columns, with their units and years; the ledger is told by its columns."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from louxing_analysis.reference import Reference, normalise, normalise_header

IGNORED = "ignored"
UNKNOWN = ""

_NOTES = re.compile(r"\((?:单选|多选|必填|可多选|选填)\)")
_PREFIX = re.compile(
    r"^(?:\*|[A-Z]\d{1,3}(?:-\d+)?(?=[\u4e00-\u9fff])|\(?\d{1,2}\)?[.、](?=[\u4e00-\u9fff])|\(\d{1,2}\))"
)
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]?")
_YEAR_PART = re.compile(r"(?<!\d)(20[0-3]\d)(?:年度|年)?(?!\d)")
_DATE_LIKE = re.compile(
    r"^(?:20\d\d[年.\-/])?(?:0?[1-9]|1[0-2])[月.\-/](?:0?[1-9]|[12]\d|3[01])日?(?:00:00:00)?$|^20\d{6}$"
)
_FIGURE = re.compile(r"^[约￥¥]?\d[\d,]*(?:\.\d+)?(?:[万千百]?元|[万千百]|左右)?$")
_MONTH_LIKE = re.compile(r"^(?:20\d\d[年.\-/])?(?:0?[1-9]|1[0-2])月(?:份)?$|^20\d\d[.\-/](?:0?[1-9]|1[0-2])$")


class Written(NamedTuple):
    """A header taken apart: the ways to look it up, in order, with the unit and the year written into it."""

    keys: tuple[str, ...]
    unit: str
    year: str
    last: str
    parents: str


# 人均纯收入（元/人） is one level: what stands in brackets is its unit.
_BETWEEN_LEVELS = re.compile(r"/(?![^()（）]*[)）])")


@lru_cache(maxsize=65536)  # a sheet has up to 16,384 columns, and each name is looked at more than once
def take_apart(header: str) -> Written:
    """`项目资金/中央资金（万元）` → keys (项目资金/中央资金, 中央资金), unit 万元; raises nothing."""
    levels = [normalise_header(level) for level in _BETWEEN_LEVELS.split(header)]
    levels = [level for level in levels if level] or [""]
    unit = year = ""
    cleaned: list[str] = []
    for level in levels:
        level, level_unit, level_year = _strip(level)
        alone = _YEAR_PART.fullmatch(level) if len(levels) > 1 else None
        if alone:  # a year over, or under, a group of columns
            level, level_year = "", alone.group(1)
        unit, year = level_unit or unit, level_year or year
        cleaned.append(level)
    joined = "/".join(part for part in cleaned if part)
    last = next((part for part in reversed(cleaned) if part), "")
    written = "/".join(levels)
    parts = [part for part in cleaned if part]
    # 家庭收入/转移性收入/小计 is looked up as 转移性收入/小计 too: an outer group adds nothing to what the inner one says
    inner = ["/".join(parts[start:]) for start in range(1, len(parts) - 1)]
    keys = tuple(dict.fromkeys(key for key in (written, joined, *inner, levels[-1], last) if key))
    return Written(keys, unit, year, last, "/".join(part for part in cleaned[:-1] if part))


def _strip(level: str) -> tuple[str, str, str]:
    """One level without notes, prefix, bracketed unit and year."""
    level = _PREFIX.sub("", _NOTES.sub("", level)) or level
    unit = ""
    for found in _BRACKET.finditer(level):
        unit = found.group(1)
    bracketed = _YEAR_PART.fullmatch(unit)
    if bracketed and _BRACKET.sub("", level):  # 人均纯收入(2018年)
        return _BRACKET.sub("", level), "", bracketed.group(1)
    if unit and len(unit) <= 6 and not unit.isdigit():
        level = _BRACKET.sub("", level) or level
    else:
        unit = ""
    found_year = _YEAR_PART.search(level)
    if found_year and not _DATE_LIKE.match(level) and not _MONTH_LIKE.match(level):
        rest = level.replace(found_year.group(0), "", 1)
        if rest:
            return rest, unit, found_year.group(1)
    return level, unit, ""


@dataclass(frozen=True)
class Matched:
    """One spreadsheet column and what it is taken for."""

    index: int
    written: str
    column: str  # canonical name, `ignored`, or empty when nobody knows it
    unit: str = ""
    spread: str = ""  # columns with the same spread key make one clean row of their own
    fixed: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Match:
    """What a table's headers say: the ledger and its columns, or why none fits."""

    ledger: str
    columns: tuple[Matched, ...]
    missing: tuple[str, ...] = ()
    score: float = 0.0
    nearest: str = ""
    also: tuple[str, ...] = field(default=())


class Index:
    """headers.csv made ready for looking up; one per reference."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.by_ledger: dict[str, dict[str, tuple[str, str, str, str]]] = {}
        own = {ledger: set(reference.columns_of(ledger)["column"]) for ledger in reference.ledgers["ledger"]}
        for row in reference.headers.itertuples(index=False):
            fact = (str(row.column), str(row.unit), str(row.fixed), str(row.why))
            ledgers = own if row.ledger == "*" else [row.ledger]
            for ledger in ledgers:
                if row.column == IGNORED or row.column in own[ledger]:
                    mine = self.by_ledger.setdefault(ledger, {})
                    if row.ledger != "*" or row.header not in mine:
                        mine[str(row.header)] = fact
        for ledger in own:
            labels = reference.columns_of(ledger)
            mine = self.by_ledger.setdefault(ledger, {})
            for column, label, kind in zip(labels["column"], labels["label_zh"], labels["kind"], strict=True):
                if kind != "derived":
                    mine.setdefault(normalise_header(label), (str(column), "", "", ""))
        self.feeds = dict(zip(reference.ledgers["ledger"], reference.ledgers["also_feeds"], strict=True))
        for ledger, other in self.feeds.items():
            if other:  # a person-level export carries the household's columns too
                self.by_ledger[ledger] = {**self.by_ledger[other], **self.by_ledger[ledger]}
        self.needs = {
            ledger: [set(group.split("/")) for group in needs.split(";")]
            for ledger, needs in zip(reference.ledgers["ledger"], reference.ledgers["needs"], strict=True)
        }
        self.words = {
            ledger: [normalise(word) for word in words.split()]
            for ledger, words in zip(reference.ledgers["ledger"], reference.ledgers["title_words"], strict=True)
        }
        for ledger, vocabulary in reference.columns.loc[
            reference.columns["said_outside"] == "yes", ["ledger", "vocabulary"]
        ].itertuples(index=False):
            # a title that names a kind of help, or of meeting, names the ledger
            self.words[str(ledger)] += [word for word in reference.spelling(str(vocabulary)) if len(word) > 1]
        self.units = frozenset(normalise(text) for text in reference.units["written"])
        units = reference.units
        self.money = frozenset(normalise(text) for text in units.loc[units["quantity"] == "money", "written"])
        self.known = frozenset(header for mine in self.by_ledger.values() for header in mine)

    def look_up(self, ledger: str, written: Written) -> tuple[str, str, str, str] | None:
        """What a header means in a ledger: the whole joined name first, then its last level."""
        mine = self.by_ledger[ledger]
        for key in written.keys:
            if key in mine:
                return mine[key]
        return None

    def suggestion(self, ledger: str, written: Written) -> str:
        """The nearest known header of the ledger, or nothing."""
        near = difflib.get_close_matches(written.last, self.by_ledger[ledger], n=1, cutoff=0.6)
        return near[0] if near else ""


def match(
    headers: Iterable[tuple[int, str]],
    title: str,
    index: Index,
    is_numeric: Callable[[int], bool] = lambda at: False,
    outside: frozenset[str] = frozenset(),
) -> Match:
    """The ledger whose needs are met by the most columns; title words break ties.

    `headers`: (spreadsheet column from 0, written header with levels joined by `/`); `is_numeric(column)` tells whether
    its cells are mostly numbers: in a dividend list that names no project, such unknown columns are the projects;
    `outside`: columns that title, sheet or file name say for every row (a village's own list of meetings has no column
    for the village). Where no ledger's needs are met the answer names the nearest ledger and what it lacks, and `ledger`
    is empty.
    """
    taken = [(position, header, take_apart(header)) for position, header in headers if header]
    best = nearest = Match("", ())
    for ledger in index.by_ledger:
        candidate = _match_ledger(ledger, taken, normalise(title), index, is_numeric, outside)
        if not candidate.missing and candidate.score > best.score:
            best = candidate
        if candidate.score > nearest.score:
            nearest = candidate
    if best.ledger:
        return best
    return Match("", nearest.columns, nearest.missing, nearest.score, nearest=nearest.ledger)


def _match_ledger(
    ledger: str,
    taken: list[tuple[int, str, Written]],
    title: str,
    index: Index,
    is_numeric: Callable[[int], bool],
    outside: frozenset[str],
) -> Match:
    columns: list[Matched] = []
    for position, header, written in taken:
        fact = index.look_up(ledger, written)
        if fact is None:
            columns.append(_spread_by_name(ledger, position, header, written, index))
            continue
        column, unit, fixed, why = fact
        pairs = tuple((part.split("=")[0], part.split("=")[1]) for part in fixed.split(";") if part)
        spread = fixed or (f"{written.year}" if written.year and column != IGNORED else "")
        if written.year and column != IGNORED:
            pairs = (*pairs, ("year", written.year))
        columns.append(Matched(position, header, column, unit or written.unit, spread, pairs, why))
    # any account of money has columns of numbers: only what calls itself a dividend list has projects across
    if ledger == "beneficiaries" and any(word in title for word in index.words[ledger]):
        columns = _projects_as_columns(columns, is_numeric, index.units)
    named = {one.column for one in columns} - {IGNORED, UNKNOWN}
    named |= _spread_names(ledger, columns)
    missing = tuple("/".join(sorted(group)) for group in index.needs[ledger] if not group & (named | outside))
    words = sum(1 for word in index.words[ledger] if word in title)
    known = sum(1 for one in columns if one.column == IGNORED)
    score = len(named) + 0.25 * known + 3.0 * min(words, 1) + 0.5 * max(words - 1, 0) - 2.0 * len(missing)
    return Match(ledger, tuple(columns), missing, score, also=tuple(filter(None, [index.feeds[ledger]])))


def _spread_by_name(ledger: str, position: int, header: str, written: Written, index: Index) -> Matched:
    """A header that is itself a date or a month spreads a grid: each such column is a meeting, or a month."""
    if ledger not in ("attendance", "sanitation"):
        return Matched(position, header, UNKNOWN, written.unit)
    # a cell that holds a real date is written out with its time
    levels = [normalise(re.sub(r"[T ]?00:00:00$", "", level.strip())) for level in _BETWEEN_LEVELS.split(header)]
    if ledger == "attendance" and _DATE_LIKE.match(levels[-1]):
        day = _dated(levels[-1], written.year)
        return Matched(position, header, "attendance_code", spread=day, fixed=(("meeting_date", day),))
    month = next((level for level in levels if _MONTH_LIKE.match(level)), "")
    if ledger == "sanitation" and month:
        below = [index.by_ledger[ledger].get(level, ("score", "", "", ""))[0] for level in levels if level != month]
        column = below[-1] if below and below[-1] in {"score", "rating_code"} else "score"
        month = _dated(month, written.year)
        return Matched(position, header, column, spread=month, fixed=(("rating_month", month),))
    return Matched(position, header, UNKNOWN, written.unit)


def _dated(text: str, year: str) -> str:
    """A day or month with the year that stands over it, where it has none of its own."""
    if not year or text.startswith("20"):
        return text
    return f"{year}年{text}" if "月" in text else f"{year}-{text}"


def _spread_names(ledger: str, columns: list[Matched]) -> set[str]:
    return {name for one in columns for name, _ in one.fixed if name != "year"}


def _projects_as_columns(
    columns: list[Matched], is_numeric: Callable[[int], bool], units: frozenset[str]
) -> list[Matched]:
    """In a dividend list that names no project, the unknown columns of numbers are the projects."""
    if {"project_name", "link_mode_code"} & {one.column for one in columns}:
        return columns
    spread = []
    for one in columns:
        if one.column == UNKNOWN and is_numeric(one.index):
            name = "".join(_BETWEEN_LEVELS.split(one.written)[-1].split())
            unit = one.unit if one.unit in units else ""  # 光伏电站（二期）（元）: a phase is no unit
            name = re.sub(r"[(（\[【][^(（\[【]*$", "", name) if unit else name
            one = Matched(one.index, one.written, "amount", unit, name, (("project_name", name),))
        spread.append(one)
    if not any(one.spread for one in spread):
        return columns
    # beside projects, a plain amount is the sum of the row, not a project's
    return [
        one if one.spread or one.column != "amount" else Matched(one.index, one.written, IGNORED, why="row total")
        for one in spread
    ]


def mostly_numbers(cells: Iterable[object]) -> bool:
    """At least half of what is written in a column is numbers, with or without 元, 万 or 约 about them."""
    filled = [cell for cell in cells if cell is not None]
    numbers = sum(1 for cell in filled if isinstance(cell, int | float) or _FIGURE.match(normalise(cell)))
    return bool(filled) and numbers >= 0.5 * len(filled)
