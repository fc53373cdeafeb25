"""What a cell is like: a number, a date, a mark, a code or a word; and text without its white space."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache
from typing import Any

_NUMBER_TEXT = re.compile(
    r"^[(\[]?\s?[-+−–]?\s?[￥¥$£€]?\s?(?:\d{1,3}(?:[ ,'’]\d{3})+|\d[\d,]*|\.\d+)(?:\.\d*)?\s*(?:%|‰|万|千|元|亿)?[)\]]?"
    r"\s?(?:[*†‡#]|\(\d\)|\\\d|[rpe])?$"
)
_DATE_TEXT = re.compile(
    r"^(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月](?:\d{1,2}日?)?)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$"
    r"|^\d{2}[-/年]\d{1,2}(?:[-/月](?:\d{1,2}日?)?)?$|^\d{1,2}[月/-]\d{1,2}日?$|^\d{1,2}月份?$"
)
_LONGEST_NUMBER = 1.3e10  # from here to 2e10 whole numbers are telephone numbers, from 1e14 on codes
_MOST_KNOWN = 32_768
_TELEPHONE = re.compile(r"^1[3-9]\d{9}$|^\d{12,}[\dXx]?$|^0\d{2,}$")
_NUMERALS = re.compile(r"\d+|[一二三四五六七八九十]+")
_MISREAD = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "·": ".", "。": ".", "，": ","})
_CODE_TEXT = re.compile(r"^[A-Za-z]{0,3}\d{5,}[\dA-Za-z-]*$")
_MARK_TEXT = re.compile(
    r"^[√✓✔×✗✘xX○●△▲☆★◎□■/\\—–-]{1,3}$|^[.…·:*~'`|,;_^-]{1,6}$|^\((?:NA|N/A|X|Z|D|S|B|-|\.{2,3})\)$|^(?:NA|N/A|n\.?a\.?|n/a|n\.?p\.?|无|暂无|不详|未统计|未上报|缺)$"
    r"|^#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NULL!|NUM!)$|^=.+"
)


def squeezed(text: object) -> str:
    """Text with compatibility forms folded and all white space taken out (合 计 and 合　计 are 合计)."""
    return _squeezed(str(text))


@lru_cache(maxsize=65536)
def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=65536)
def is_number(text: str) -> bool:
    """Whether a text is a number as written: 1,200, 18 080, (3.5), 12%."""
    return bool(_NUMBER_TEXT.match(unicodedata.normalize("NFKC", text).strip()))


def numerals_apart(cell: object) -> str:
    """A text with 9 for its numerals (第一节 and 第二节 are 第9节); '' for one without any, and for all that is no text."""
    found = _NUMERALS.sub("9", squeezed(cell)) if isinstance(cell, str) else ""
    return found if "9" in found else ""


def shape(value: Any) -> str:
    """A cell's shape: '' nothing, n number (also written), d date, m mark, c code, t other text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "t" if "\u3400" <= value[:1] <= "\u9fff" and len(value) > 3 else _text_shape(value)
    if isinstance(value, (int, float)):
        return "c" if (_LONGEST_NUMBER <= value < 2e10 or 1e14 <= value < 1e18) and value == int(value) else "n"
    return "d" if isinstance(value, (datetime.date, datetime.time)) else "t"


class _Known(dict[str, str]):
    """Text → shape, worked out once for every text; begun anew when there are too many."""

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = self[text] = shape(text)
        return found


_TEXTS = _Known()
_CLASSES = {datetime.date: "d", datetime.datetime: "d", datetime.time: "d"}


def shapes_of(cells: list[Any]) -> list[str]:
    """The shapes of the cells of a row; see `shape`."""
    return [
        ""
        if cell is None
        else _TEXTS[cell]
        if (kind := cell.__class__) is str
        else "n"
        if kind is float and cell < _LONGEST_NUMBER
        else _CLASSES.get(kind) or shape(cell)
        for cell in cells
    ]


@lru_cache(maxsize=65536)
def _text_shape(value: str) -> str:
    text = unicodedata.normalize("NFKC", value).strip()
    if text.endswith(")") and "(" not in text:
        return "t"  # 4) is no number
    for pattern, name in (
        (_MARK_TEXT, "m"),
        (_TELEPHONE, "c"),
        (_DATE_TEXT, "d"),
        (_NUMBER_TEXT, "n"),
        (_CODE_TEXT, "c"),
    ):
        if pattern.match(text):
            return name
    return "n" if _is_misread_number(text) else "t"


def _is_misread_number(text: str) -> bool:
    """Whether a text is a number as a scanner misreads one: l0.80, 8.2O, 15·50, 1 9 5 2."""
    if len(text) > 14 or not any("0" <= sign <= "9" for sign in text):
        return False
    plain = mended("".join(text.split()))
    return plain != text and bool(_NUMBER_TEXT.match(plain))


def mended(text: str) -> str:
    """A text with the letters and signs that a scanner sees in figures (l O ·) read as figures again."""
    return text.translate(_MISREAD)
