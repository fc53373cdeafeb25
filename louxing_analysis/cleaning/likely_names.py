"""Names of people whom no personal column names: told by a surname and by what stands beside it.

A name written in a title (填表人：张三丰), as a header, as the name of a sheet, or in a column of codes was never read as a
name. It is masked where it looks like one: a surname and one or two more characters that begin no word of the ledgers.
What is masked without need can still be read in the workbook, at its address; a name let through cannot be taken back.
The rows of name_marks.csv say which surnames, words and marks there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from louxing_analysis.cleaning.cells import Array, objects
from louxing_analysis.cleaning.masking import NAME, mask_text
from louxing_analysis.reference import Reference, simplified

_HAN = "\u4e00-\u9fff"
_SHORT, _LONGEST_TOKEN = 2, 4
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两几余元亩斤角分人户")


class LikelyNames:
    """Finds what looks like a Chinese name, and leaves what is a word of the reference rows."""

    def __init__(self, reference: Reference) -> None:
        rows = reference.name_marks
        marks = {kind: set(part["written"]) for kind, part in rows.groupby("kind")}
        words = _words(reference) | marks["word"]
        self._words = frozenset(words)
        self._beginnings = frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))
        self._last = frozenset(marks["last"])
        surname = _either(marks["surname"])
        self._name = re.compile(f"(?P<surname>{surname})[{_HAN}]{{1,2}}")
        self._token = re.compile(f"(?<![{_HAN}])(?P<name>[{_HAN}]{{2,{_LONGEST_TOKEN}}})(?![{_HAN}])")
        self._spaced = re.compile(f"(?<![{_HAN}])(?P<name>(?:{surname})(?:[ \u3000]+[{_HAN}]){{1,2}})(?![{_HAN}])")
        name = f"(?:{surname})[ \u3000]*[{_HAN}](?:[ \u3000]*[{_HAN}])?"
        before = _either(marks["before"])
        self._cued = re.compile(
            f"(?:{before})(?:[(（][^()（）]{{1,6}}[)）])?(?:\\s*[:：]\\s*(?P<name>{name})(?![{_HAN}])"
            f"|(?:\\s*[:：]\\s*|\\s+)(?P<first>(?:{surname})[{_HAN}]{{1,2}}))"
        )
        self._titled = re.compile(f"(?P<name>(?:{surname})[{_HAN}]{{1,2}}?)(?={_either(marks['after'])})")
        self._at_home = re.compile(f"(?<![{_HAN}])(?P<name>(?:{surname})[{_HAN}]{{1,2}}?)(?={_either(marks['home'])})")

    def is_name(self, text: str) -> bool:
        """Whether a text that stands alone looks like a name and like nothing else."""
        found = self._name.fullmatch(text)
        if not found or text in self._words or text[:2] in self._beginnings or text[-1] in self._last:
            return False
        return not set(text) <= _NUMERALS

    def in_sentences(self, texts: Iterable[object]) -> Array:
        """Free texts with the names masked that a mark points at: 填表人：张三丰, 慰问李四光同志; what is no text stays."""
        return objects(self._masked(text, False) if isinstance(text, str) else text for text in texts)

    def in_labels(self, texts: Iterable[object]) -> Array:
        """Headers, codes, titles, names of files: those marks, 张三丰家, and words alone that look like a name."""
        return objects(self._masked(text, True) if isinstance(text, str) else text for text in texts)

    def in_places(self, texts: Iterable[object]) -> Array:
        """What stands where a village belongs: 石井 alone is more likely a village than a person, 王小明 is not."""
        return objects(
            NAME if isinstance(text, str) and len(text) > _SHORT and self.is_name(simplified(text)) else text
            for text in texts
        )

    @lru_cache(maxsize=65536)  # noqa: B019 - one for each set of reference rows, which live as long as the process
    def _masked(self, text: str, is_label: bool) -> str:
        if text.isascii():
            return text
        out, done = [], 0
        for start, end in sorted(self._spans(simplified(text), is_label)):
            if start >= done:
                out += [text[done:start], NAME]
                done = end
        return "".join([*out, text[done:]])

    def _spans(self, text: str, is_label: bool) -> Iterator[tuple[int, int]]:
        """Where names stand in a text; some of the places may overlap."""
        for found in self._cued.finditer(text):
            yield found.span("name" if found["name"] else "first")
        for pattern in (self._titled, *((self._at_home, self._spaced, self._token) if is_label else ())):
            for found in pattern.finditer(text):
                if self.is_name(re.sub(r"\s", "", found["name"])):
                    yield found.span("name")


class People(NamedTuple):
    """Who must not be told: the names and codes that stood in personal columns, and what looks like a name besides."""

    names: frozenset[str]
    likely: LikelyNames

    def masked_sentences(self, texts: Array) -> Array:
        """Free texts without numbers, known names and names that a mark points at."""
        return self.likely.in_sentences(mask_text(texts, self.names))

    def masked_labels(self, texts: Array | Iterable[object]) -> Array:
        """Headers, codes and titles without numbers, known names and words that look like names."""
        return self.likely.in_labels(mask_text(texts, self.names))

    def masked_places(self, texts: Array | Iterable[object]) -> Array:
        """What stands where a place belongs, without numbers, known names and what looks like a name of three."""
        return self.likely.in_places(mask_text(texts, self.names))


def _either(texts: Iterable[str]) -> str:
    """A pattern for any of the texts, the longest first."""
    return "(?:" + "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text))) + ")"


def _words(reference: Reference) -> set[str]:
    """Every Chinese word that the reference rows know: headers, labels, spellings, units, ledgers, places."""
    found = {
        *reference.headers["header"],
        *reference.columns["label_zh"],
        *reference.codes["label_zh"],
        *reference.spellings["written"],
        *reference.ledgers["label_zh"],
        *reference.ledgers["title_words"],
        *reference.units["written"],
        *reference.places["township"],
        *reference.places["village"],
    }
    return {part for text in found for part in re.findall(f"[{_HAN}]+", text)}
