"""The shared texts of an .xlsx workbook as the usual programs write them, taken apart without an XML parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import unescape

import numpy as np

from louxing_analysis.cleaning.cell_bytes import Unusual
from louxing_analysis.cleaning.grids import MOST_TEXT
from louxing_analysis.cleaning.packages import Unreadable, is_utf8
from louxing_analysis.cleaning.sheet import is_odd_text
from louxing_analysis.cleaning.xlsx_cells import shared_texts, unescaped

_HEAD = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*(?:<\?xml\s+version=(?:"1.0"|'1.0')(?:\s+encoding=(?:"[\w-]+"|'[\w-]+'))?"""
    rb"""(?:\s+standalone=(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>)?\s*<sst[^<>]*>\s*"""
)
_TAIL = re.compile(rb"\s*</sst>\s*")
_CONTROLS = bytes(set(range(32)) - {9, 10})
_BETWEEN = "</t></si><si><t>"
_EDGES = [edge for blank in " \t\n" for edge in (f"<t>{blank}", f"{blank}</t>")]  # taken away by every reader
_PHONETIC = re.compile(r"<phoneticPr(?: [A-Za-z]+=\"\w*\")*\s*/>")
_KEPT = re.compile(r'<t(?: xml:space="(preserve)")?>([^<]*)</t>')
_STRANGE = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_BLANK = " \t\n"
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Texts:
    """Texts by their number: None for one that is blank; `is_odd` (if any is) marks those to be looked at once more."""

    values: np.ndarray
    is_odd: np.ndarray | None
    size: int  # of the whole table, in bytes

    @cached_property
    def _lengths(self) -> np.ndarray:
        return np.array([len(text or "") for text in self.values.tolist()], dtype=np.int64)

    def characters_of(self, numbers: np.ndarray) -> int:
        """How many characters these texts have together, or the most they can have where that is not many."""
        most = self.size * numbers.size
        return most if most <= MOST_TEXT else int(self._lengths.take(numbers).sum())


def plain_text(written: str) -> str:
    """A text as it stands between two tags, its entities resolved; raises Unusual where only a parser can tell."""
    if _NO_TEXT.search(written) or ("&" in written and _STRANGE.search(written)):
        raise Unusual
    return unescaped(unescape(written, _QUOTES) if "&" in written else written)


def plain_texts(shared: bytes) -> Texts | None:
    """The table of shared texts; None where only a parser can tell."""
    if not shared:
        return _judged([], 0)
    begin, end = shared.find(b"<si>"), shared.rfind(b"</si>")
    if (
        begin < 0
        or not is_utf8(shared)
        or not _HEAD.fullmatch(shared, 0, begin)
        or not _TAIL.fullmatch(shared, end + 5)
    ):
        return None
    texts = shared[begin + 4 : end]
    if len(texts.translate(None, _CONTROLS)) < len(texts):
        return None
    try:
        written = texts.decode()
    except UnicodeDecodeError:
        return None
    if "\ufffe" in written or "\uffff" in written:
        return None
    if "<phoneticPr" in written:  # how Excel in Chinese marks nearly every text
        written = _PHONETIC.sub("", written)
    found = _taken_apart(written)
    return found if found is None else _judged(found, len(shared))


def _taken_apart(written: str) -> list[str] | None:
    """Texts of what stands between the first <si> and the last </si>."""
    texts = written[3:-4].split(_BETWEEN)
    alike = written.count("<") == 4 * len(texts) - 2 and written.startswith("<t>") and written.endswith("</t>")
    if not alike or any(edge in written for edge in _EDGES) or ("&" in written and _STRANGE.search(written)):
        return _one_by_one(written.split("</si><si>"))
    if "&" in written:
        texts = [unescape(text, _QUOTES) if "&" in text else text for text in texts]
    return [unescaped(text) for text in texts] if "_x" in written else texts


def _one_by_one(items: list[str]) -> list[str] | None:
    """The same where some texts are written in another way; those are given to the parser, all at once."""
    texts: list[str] = []
    odd: list[int] = []
    for number, item in enumerate(items):
        match = _KEPT.fullmatch(item)
        if match is None or "&" in item or "_x" in item:
            odd.append(number)
            texts.append("")
        else:
            texts.append(match[2] if match[1] else match[2].strip(_BLANK))
    parts = "".join(f"<si>{items[number]}</si>" for number in odd)
    if parts.count("<si") != len(odd) or "<!" in parts or "<?" in parts:
        return None
    try:
        read = shared_texts(f"<sst>{parts}</sst>".encode())
    except Unreadable:
        return None
    if len(read) != len(odd):
        return None
    for number, text in zip(odd, read, strict=True):
        texts[number] = text
    return texts


def _judged(texts: list[str], size: int) -> Texts:
    """Texts that are blank become nothing; what else is not kept as it comes is told apart."""
    values = np.empty(len(texts), dtype=object)
    values[:] = texts
    odd = [number for number, text in enumerate(texts) if is_odd_text(text)]
    blank = [number for number in odd if not texts[number].strip()]
    values[blank] = None
    is_odd = None
    if len(odd) > len(blank):
        is_odd = np.zeros(len(texts), dtype=bool)
        is_odd[odd] = True
        is_odd[blank] = False
    return Texts(values, is_odd, size)
