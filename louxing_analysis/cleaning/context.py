"""What a sheet says outside its table: year, month, place and kind of help, from title, sheet name and file name."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import NamedTuple

from louxing_analysis.reference import ColumnFact, normalise

_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)")
_YEAR_IN_RUN = re.compile(r"(?<!\d)(20[0-3]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?(?!\d)")
# a span such as 1-6月 names no one month
_MONTH = re.compile(r"(?:(20[0-3]\d)[年.\-/]?|(?<![\d\-~—–至到、.]))(1[0-2]|0?[1-9])月(?![\d日])")

# 石马村, 新桥社区 at the very beginning, or behind the township: 各村 and 贫困村 are no names
_VILLAGE = re.compile(r"([\u4e00-\u9fff]{1,5}?(?:村|社区))(?!民|组|级|干|办|寨|庄|集体)")
_NO_VILLAGE = re.compile(
    r"(?:各|全|本|该|农|乡|我|帮扶|驻|入|贫困|行政|自然|联系|示范|重点|合并|个|和|与|及)(?:村|社区)$|^(?:村|社区)"
)


class Said(NamedTuple):
    """One fact said outside the table, and where: title, sheet, file or nowhere."""

    value: str
    origin: str


class Context(NamedTuple):
    """What title, sheet name and file name say, each from the nearest place that says it."""

    year: Said
    month: Said
    township: Said
    village: Said
    title: str

    @property
    def outside(self) -> frozenset[str]:
        """The columns that a table need not have, being said for all its rows."""
        return frozenset(name for name in ("township", "village") if getattr(self, name).value)


NOTHING = Said("", "")


def year_in(text: str) -> str:
    """The first calendar year that a text names, else nothing."""
    found = _YEAR.search(text) or _YEAR_IN_RUN.search(text)
    return found.group(1) if found else ""


def month_in(text: str) -> str:
    """The month that a text names as YYYY-MM (or MM where it names no year), else nothing."""
    found = _MONTH.search(text)
    if not found:
        return ""
    month = f"{int(found.group(2)):02d}"
    year = found.group(1) or year_in(text)
    return f"{year}-{month}" if year else month


def words(texts: dict[str, str], vocabulary: dict[str, str]) -> Said:
    """The longest written form of a vocabulary that stands in title, sheet name or file name, and what it means."""
    for origin, text in texts.items():
        hits = [written for written in vocabulary if written and written in text]
        if hits:
            return Said(vocabulary[max(hits, key=len)], origin)
    return NOTHING


def _without(text: str, villages: dict[str, str]) -> str:
    hits = [written for written in villages if written in text]
    for written in sorted(hits, key=len, reverse=True):
        text = text.replace(written, " ")
    return text


def _named_village(texts: dict[str, str], townships: dict[str, str]) -> Said:
    """A village that stands in no list, named by the sheet or at the beginning of the title.

    Offices that have not listed their villages yet name them there all the same; the gazetteer still has its say.
    """
    for origin, text in texts.items():
        before = sorted((name for name in townships if name and name in text), key=len, reverse=True)
        rest = text.split(before[0], 1)[1] if before else text
        found = _VILLAGE.match(rest.lstrip("镇乡"))
        if found and not _NO_VILLAGE.search(found.group(1)):
            return Said(found.group(1), origin)
    return NOTHING


def read_context(title: str, sheet: str, workbook: str, townships: dict[str, str], villages: dict[str, str]) -> Context:
    """Title before sheet name before file name; `townships` and `villages` map written names to today's."""
    texts = {"title": normalise(title), "sheet": normalise(sheet), "file": normalise(workbook)}
    year = month = NOTHING
    for origin, text in texts.items():
        year = year if year.value else Said(year_in(text), origin)
        month = month if month.value else Said(month_in(text), origin)
    nearest = {"sheet": texts["sheet"], "title": texts["title"]}
    village = words(nearest, villages)
    if not village.value:
        village = _named_village(nearest, townships)
    # 双江村 of another township is not 双江乡
    beside = {origin: _without(text, villages) for origin, text in texts.items()}
    return Context(
        year=year if year.value else NOTHING,
        month=month if month.value else NOTHING,
        township=words(beside, townships),
        village=village,
        title=title,
    )


def said_outside(
    facts: Mapping[str, ColumnFact],
    there: Container[str],
    context: Context,
    sheet: str,
    workbook: str,
    spelling: Callable[[str], dict[str, str]],
) -> Iterator[tuple[str, Said]]:
    """What title, sheet and file name say of columns of a ledger that the table does not have (`there` are those it has)."""
    year = next((name for name, fact in facts.items() if fact.kind == "year"), "")
    if year and year not in there and context.year.value:
        yield year, context.year
    if "inspection_month" in facts and "inspection_month" not in there and context.month.value:
        yield "inspection_month", context.month
    texts = {"title": normalise(context.title), "sheet": normalise(sheet), "file": normalise(workbook)}
    for name, fact in facts.items():
        if fact.said_outside and name not in there:
            said = words(texts, spelling(fact.vocabulary))
            if said != NOTHING:
                yield name, said
