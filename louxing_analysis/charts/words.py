"""Words of charts and reports: labels from data/reference, layout words from wording.csv, in one language at a time."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from louxing_analysis import reference
from louxing_analysis.indicators.labels import VOCABULARIES

LANGUAGES = ("zh", "en")


class NoWording(KeyError):
    """A sentence or layout word was asked for that no row of the wording table gives."""


@cache
def table(path: Path) -> dict[str, dict[str, str]]:
    """One wording table (key, zh, en) by language and key."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}


_BRACKETED_OPTION = re.compile(r"\s*[（(][^（()）]*=\"[^（()）]*[)）]")
_OPTION_CLAUSE = re.compile(r"[；;。,，]?[^；;。.]*=\"[^；;。.]*(?=[；;。.]|$)")


def without_options(text: str) -> str:
    """A card's text without its brackets and clauses about options."""
    return _OPTION_CLAUSE.sub("", _BRACKETED_OPTION.sub("", text)).strip("；;。,， ")


@dataclass(frozen=True)
class Words:
    """Everything that is written on a page, in one language."""

    language: str
    path: Path = Path(__file__).parent / "wording.csv"

    def say(self, key: str, **values: object) -> str:
        """The sentence of that key with its blanks filled; raises NoWording for a key nobody wrote."""
        try:
            return table(self.path)[self.language][key].format(**values)
        except KeyError as missing:
            raise NoWording(f"{self.path.name}: {key}: {missing}") from missing

    def has(self, key: str) -> bool:
        """Whether the table has that key."""
        return key in table(self.path)[self.language]

    def code(self, vocabulary: str, code: object) -> str:
        """The label of a code; the code itself where no vocabulary knows it."""
        return reference.load().label(vocabulary, code, self.language)

    def any_code(self, code: object, *vocabularies: str) -> str:
        """The label from the first vocabulary that knows the code, else the code as words."""
        for vocabulary in vocabularies:
            label = self.code(vocabulary, code)
            if label != str(code):
                return label
        return str(code)

    def group(self, column: str, code: object) -> str:
        """The label of a value of a group column, by the vocabularies that indicators name for it."""
        return self.any_code(code, *VOCABULARIES.get(column, (column.removesuffix("_code"),)))

    def kind(self, code: object) -> str:
        """A kind of help, or a guarantee where eligibility is asked for one."""
        return self.any_code(code, "aid_kind", "help_kind", "guarantee")

    def place(self, name: object) -> str:
        """A township or village; English pages use the romanised name where codes.csv gives one."""
        return self.code("township", name)

    def of_card(self, card: object, field: str) -> str:
        """A text of an indicator's card: `field_zh` or `field_en`, else the field itself, else nothing.

        What a card says for choosers of options (`weights="household"`) is of no use under a chart and left out.
        """
        for name in (f"{field}_{self.language}", field):
            text = getattr(card, name, None)
            if text is not None:
                return without_options(str(text))
        return ""

    def inside(self, text: str) -> str:
        """A label inside a sentence: English ones lose their capital, unless they are an abbreviation."""
        return text[:1].lower() + text[1:] if self.language == "en" and text[1:2].islower() else text

    def join(self, parts: list[str]) -> str:
        """Several things in one row, with the language's own comma."""
        return ("、" if self.language == "zh" else ", ").join(parts)
