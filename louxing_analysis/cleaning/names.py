"""Cells that hold names of persons: made comparable, the remarks beside them split off. None of them is stored."""

from __future__ import annotations

import re

from louxing_analysis.cleaning.cells import (
    EMPTY,
    NO_TEXTS,
    NUMBER,
    TEXT,
    Array,
    Parsed,
    blank,
    is_missing,
    keep_plain,
    kinds_of,
    normalise,
    normalised_tokens,
    read_kind,
)

_PLAIN_NAME = re.compile(r"[\u4e00-\u9fa5]{2,4}").fullmatch
_NAME_NOTE = re.compile(r"[(\[【〔<](?P<note>[^()\[\]【】〔〕<>]*)[)\]】〕>]")
_NAME_DOTS = re.compile(r"[•‧∙⋅・●]|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")
_NAME_PARTS = re.compile(r"[、，,;；/／\n]+")
# 张三 李四 is two people; 张 三 is one, spaced out to fill the column.
_BETWEEN_NAMES = re.compile(r"(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})")
# 1.张三 and 户主：张三 say more than the name; a telephone number glued to a name is no part of it.
_NAME_BEFORE = re.compile(r"^(?:[(]?[0-9]{1,3}[).、．]|(?:户主|姓名|本人)[:：])")
_NUMBER_BEHIND = re.compile(r"[0-9*]{7,}$")
_DECEASED = re.compile(r"(?<=[\u4e00-\u9fff]{2})-?(?P<note>已死亡|已故|死亡|已去世|去世)$")
_OPEN_BRACKET = re.compile(r"[(\[【〔<)\]】〕>]")
_LETTER = re.compile(r"[^\W\d_]")


def parse_names(cells: Array, *, missing: frozenset[str] = NO_TEXTS, surnames: frozenset[str] = NO_TEXTS) -> Parsed:
    """Personal names for matching: object array; spaces inside Chinese names gone, dots alike, bracket notes split off.

    extra["note"]: what stood in brackets, such as 故 or 户主. Several names in one cell are kept, joined by 、, and
    noted as `several_names`, unless the first is one of the `surnames` of two signs; a name with a replacement mark is noted as `lost_character`. Latin names keep one space.
    """
    kinds = kinds_of(cells)
    tokens = normalised_tokens(missing)
    values, reasons, notes, bracket = (blank(len(cells)) for _ in range(4))
    rest = keep_plain(cells, kinds == TEXT, _PLAIN_NAME, values, tokens)
    read_kind(cells, rest, lambda text: read_name(text, tokens, surnames), (values, reasons, notes, bracket))
    numbers = kinds == NUMBER
    reasons[numbers] = ["not_a_name" if number == number else None for number in cells[numbers].tolist()]
    reasons[(kinds != TEXT) & (kinds != NUMBER) & (kinds != EMPTY)] = "not_a_name"
    return Parsed(values, reasons, notes, {"note": bracket})


def _one_with_two_surnames(text: str, surnames: frozenset[str]) -> bool:
    """欧阳 娜娜 is one person, whose surname has two signs."""
    words = text.split()
    return len(words) == 2 and words[0] in surnames


def read_name(
    text: str, missing: frozenset[str] = NO_TEXTS, surnames: frozenset[str] = NO_TEXTS
) -> tuple[str | None, str | None, str | None, str | None]:
    """Name, reason, note and bracket note of one text."""
    if not normalise(text) or is_missing(text, missing):
        return None, None, None, None
    apart = text if _one_with_two_surnames(text, surnames) else _BETWEEN_NAMES.sub("、", text)
    parts = [_tidy_name(part) for part in _NAME_PARTS.split(_NAME_BEFORE.sub("", apart.strip()))]
    names = [name for name, _ in parts if name]
    bracket = "、".join(note for _, note in parts if note) or None
    if not names or not all(_LETTER.search(name) for name in names):
        return None, "not_a_name", None, None
    joined = "、".join(names)
    lost = any(mark in joined for mark in "?\ufffd□■") or any("\ud800" <= letter <= "\uf8ff" for letter in joined)
    return joined, None, "lost_character" if lost else "several_names" if len(names) > 1 else None, bracket


def _tidy_name(text: str) -> tuple[str, str]:
    """One name and what stood in brackets beside it."""
    spaced = _NAME_BEFORE.sub("", " ".join(normalise(word) for word in text.split()))
    note = "".join(_NAME_NOTE.findall(spaced)).replace(" ", "")
    name = _OPEN_BRACKET.sub("", _NAME_NOTE.sub("", spaced))
    name = _NUMBER_BEHIND.sub("", name).strip(" *#。.,:'")
    deceased = _DECEASED.search(name)
    if deceased:
        name, note = name[: deceased.start()], note or deceased["note"]
    name = _NAME_DOTS.sub("·", name)
    return (name if name.isascii() else name.replace(" ", "")), note
