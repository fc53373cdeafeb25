"""What the reference says of columns, headers and spellings, arranged for somebody who writes ledgers by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from louxing_analysis.reference import Reference, load, normalise

# One traditional form each, for writing only; `_traditional` keeps a text that does not come back the same.
_SIMPLIFIED = "户编号证码码与关系乡镇贫属脱业产动状况务质项数时间帮扶驻队长员单访总额资经营财转养补签应实标总计类复组联话党会议题评环卫检验别识识当级"
_TRADITIONAL = "戶編號證碼碼與關係鄉鎮貧屬脫業產動狀況務質項數時間幫扶駐隊長員單訪總額資經營財轉養補簽應實標總計類複組聯話黨會議題評環衛檢驗別識識當級"
_TO_TRADITIONAL = str.maketrans(_SIMPLIFIED, _TRADITIONAL)


class Fact(NamedTuple):
    """One column of one ledger."""

    ledger: str
    name: str
    kind: str
    unit: str
    vocabulary: str
    label: str
    stored: bool
    required: bool  # the row cannot stand where the cell is damaged
    key: bool
    maximum: float | None


@dataclass(frozen=True)
class Facts:
    """Columns, synonyms of headers, spellings of codes; everything comes from data/reference."""

    columns: dict[tuple[str, str], Fact]
    synonyms: dict[tuple[str, str], tuple[str, ...]]
    fixed: dict[tuple[str, str], tuple[str, ...]]
    ignored: dict[str, tuple[str, ...]]
    known: frozenset[str]
    labels: dict[str, dict[str, str]]
    spellings: dict[str, dict[str, tuple[str, ...]]]
    usual: dict[str, dict[str, tuple[str, ...]]]  # of the spellings, those seen in registers elsewhere
    booleans: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    units: dict[str, tuple[str, ...]]
    ledger_labels: dict[str, str]
    one_row_per_key: frozenset[str]  # ledgers of which two rows with one key contradict each other
    title_words: dict[str, tuple[str, ...]]
    townships: tuple[str, ...]
    village_ending: str  # what the label of the kind "village" is called
    place_suffixes: tuple[str, ...]  # what may follow it, such as 委会: endings of place_suffix that begin with it

    def of(self, ledger: str, name: str) -> Fact:
        """The facts of a column; raises KeyError for one that columns.csv does not have."""
        return self.columns[ledger, name]

    def means(self, vocabulary: str, written: str) -> bool:
        """Whether a written form belongs to a vocabulary, in any spelling."""
        return normalise(written) in _normalised(tuple(self.all_written(vocabulary)))

    def pairs(self, fact: Fact) -> list[tuple[str, str]]:
        """Words for yes and no that fit a column: the general ones, and those whose word stands in its label."""
        return [
            pair
            for pair in self.booleans
            if pair[0] in fact.label or pair in (("有", "无"), ("√", "×"), self.booleans[0])
        ]

    def all_written(self, vocabulary: str) -> list[str]:
        """Every written form of a vocabulary."""
        return [written for forms in self.spellings.get(vocabulary, {}).values() for written in forms]


@lru_cache(maxsize=256)
def _normalised(written: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normalise(text) for text in written)


def traditional(text: str) -> str:
    """The text in traditional characters, where it comes back the same; else the text itself."""
    changed = text.translate(_TO_TRADITIONAL)
    return changed if changed != text and normalise(changed) == normalise(text) else text


@lru_cache(maxsize=4)
def read_facts(folder: Path | None = None) -> Facts:
    """The facts of a reference folder (None: the project's own)."""
    reference = load(folder)
    columns = _columns(reference)
    synonyms, fixed, ignored = _headers(reference, columns)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for row in reference.codes.itertuples(index=False):
        labels[str(row.vocabulary)][str(row.code)] = str(row.label_zh)
    spellings = _spellings(reference, labels, {"high", "medium"})
    return Facts(
        columns=columns,
        synonyms=synonyms,
        fixed=fixed,
        ignored=ignored,
        known=frozenset(reference.headers["header"]),
        labels=dict(labels),
        spellings=spellings,
        usual=_spellings(reference, labels, {"high"}),
        booleans=_boolean_pairs(spellings.get("boolean", {})),
        missing=_blanks(reference),
        units=_units(reference),
        ledger_labels=dict(zip(reference.ledgers["ledger"], reference.ledgers["label_zh"], strict=True)),
        one_row_per_key=_one_row_per_key(reference, columns),
        title_words={
            str(ledger): tuple(str(words).split())
            for ledger, words in zip(reference.ledgers["ledger"], reference.ledgers["title_words"], strict=True)
        },
        townships=tuple(reference.townships()),
        village_ending=labels["place_kind"]["village"],
        place_suffixes=_suffixes(spellings, labels["place_kind"]["village"]),
    )


def _one_row_per_key(reference: Reference, columns: dict[tuple[str, str], Fact]) -> frozenset[str]:
    """Where the key holds a date, two rows of one month may be two events; those ledgers are left out."""
    listed = reference.ledgers[reference.ledgers["one_row_per_key"] == "yes"]["ledger"]
    dated = {ledger for (ledger, _), fact in columns.items() if fact.key and fact.kind == "date"}
    return frozenset(str(ledger) for ledger in listed) - dated


def _columns(reference: Reference) -> dict[tuple[str, str], Fact]:
    keys = {
        ledger: set(str(names).split())
        for ledger, names in zip(reference.ledgers["ledger"], reference.ledgers["key_columns"], strict=True)
    }
    found = {}
    for row in reference.columns.itertuples(index=False):
        found[str(row.ledger), str(row.column)] = Fact(
            str(row.ledger),
            str(row.column),
            str(row.kind),
            str(row.unit),
            str(row.vocabulary),
            str(row.label_zh),
            row.stored == "yes",
            row.required == "yes",
            row.column in keys[str(row.ledger)],
            float(str(row.maximum)) if row.maximum else None,
        )
    return found


def _headers(
    reference: Reference, columns: dict[tuple[str, str], Fact]
) -> tuple[dict[tuple[str, str], tuple[str, ...]], dict[tuple[str, str], tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Headers that mean one column in a ledger; those that stand for a code; those that mean nothing there."""
    ledgers = set(reference.ledgers["ledger"])
    meanings: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for row in reference.headers.itertuples(index=False):
        for ledger in ledgers if row.ledger == "*" else [str(row.ledger)]:
            if row.column == "ignored" or (ledger, row.column) in columns:
                meanings[ledger, str(row.header)].add((str(row.column), str(row.unit), str(row.fixed)))
    plain: dict[tuple[str, str], list[str]] = defaultdict(list)
    fixed: dict[tuple[str, str], list[str]] = defaultdict(list)
    ignored: dict[str, list[str]] = defaultdict(list)
    for (ledger, header), means in sorted(meanings.items()):
        if len(means) != 1:
            continue  # nobody could tell which column it is
        column, unit, pinned = next(iter(means))
        if column == "ignored":
            ignored[ledger].append(header)
        elif pinned:
            fixed[ledger, pinned].append(header)
        elif not unit or unit == columns[ledger, column].unit:
            plain[ledger, column].append(header)
    return _tuples(plain), _tuples(fixed), _tuples(ignored)


def _tuples(lists: Mapping[Any, list[str]]) -> dict[Any, tuple[str, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def _spellings(
    reference: Reference, labels: dict[str, dict[str, str]], confidence: set[str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """vocabulary → code → written forms, the label first."""
    found: dict[str, dict[str, list[str]]] = {
        vocabulary: {code: [label] for code, label in codes.items()} for vocabulary, codes in labels.items()
    }
    exits = reference.spelling("type_status")
    for row in reference.spellings.itertuples(index=False):
        if row.vocabulary == "household_type" and exits.get(normalise(row.written)) == "exited":
            continue  # 低保脱贫户 says more than the type: it would be wrong of those who have not left poverty
        forms = found.setdefault(str(row.vocabulary), {}).setdefault(str(row.code), [])
        if row.written not in forms and row.confidence in confidence:
            forms.append(str(row.written))
    return {vocabulary: _tuples(codes) for vocabulary, codes in found.items()}


def _suffixes(spellings: dict[str, dict[str, tuple[str, ...]]], ending: str) -> tuple[str, ...]:
    """What may be written behind a village's name without making it another one."""
    written = [form for forms in spellings.get("place_suffix", {}).values() for form in forms]
    return tuple(form.removeprefix(ending) for form in written if form.startswith(ending) and 1 < len(form) <= 6)


def _blanks(reference: Reference) -> tuple[str, ...]:
    """The usual marks for "nothing": those seen elsewhere that are no word of yes or no, the shortest."""
    labels = set(reference.codes["label_zh"])
    mine = reference.spellings[
        (reference.spellings["vocabulary"] == "missing") & (reference.spellings["confidence"] == "high")
    ]
    return tuple(
        str(text)
        for text in mine["written"]
        if len(text) <= 2 and text not in labels and text.isascii() == (text in "/-")
    )


def _boolean_pairs(forms: dict[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """Ways to write yes and no that belong together: 享受/不享受, 有/无, √/×; the labels come first."""
    yes, no = forms.get("yes", ("是",)), forms.get("no", ("否",))
    pairs = [(yes[0], no[0])]
    pairs += [(one, other) for one in yes for other in no if len(other) > len(one) > 1 and other.endswith(one)]
    pairs += [(one, other) for one, other in (("有", "无"), ("√", "×")) if one in yes and other in no]
    return tuple(dict.fromkeys(pairs))


def _units(reference: Reference) -> dict[str, tuple[str, ...]]:
    """unit → its written forms."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in reference.units.itertuples(index=False):
        found[str(row.unit)].append(str(row.written))
    return _tuples(found)
