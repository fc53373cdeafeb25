"""The facts of data/reference, loaded once and checked: ledgers, columns, headers, codes, places, thresholds, claims."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from louxing_analysis import paths, rule_rows
from louxing_analysis.safe_text import from_csv_text, whole

FILES: dict[str, tuple[str, ...]] = {
    "ledgers": (
        "ledger",
        "label_zh",
        "label_en",
        "row_is_zh",
        "row_is_en",
        "key_columns",
        "needs",
        "title_words",
        "also_feeds",
        "one_row_per_key",
        "source",
    ),
    "columns": (
        "ledger",
        "column",
        "kind",
        "unit",
        "required",
        "vocabulary",
        "personal",
        "stored",
        "label_zh",
        "label_en",
        "definition",
        "minimum",
        "maximum",
        "additive",
        "said_outside",
        "source",
    ),
    "headers": ("header", "ledger", "column", "unit", "fixed", "why", "source", "confidence"),
    "codes": ("vocabulary", "code", "label_zh", "label_en", "order", "source", "confidence"),
    "spellings": ("vocabulary", "written", "code", "source", "confidence"),
    "units": ("written", "unit", "factor", "quantity", "per", "source"),
    "places": ("township", "village", "kind", "code", "since", "until", "source", "confidence"),
    "place_changes": (
        "old_township",
        "old_village",
        "new_township",
        "new_village",
        "kind",
        "since",
        "source",
        "confidence",
    ),
    "thresholds": ("rule", "since", "until", "value", "unit", "document", "source", "confidence"),
    "corrections": ("workbook", "sheet", "cell", "says", "use", "because", "source"),
    "claims": (
        "claim",
        "sentence_zh",
        "sentence_en",
        "indicator",
        "filter",
        "period",
        "comparison",
        "stated",
        "unit",
        "source",
    ),
    "context": ("place", "year", "measure", "value", "unit", "source", "confidence"),
    "rules": (
        "rule",
        "subject",
        "on",
        "needs",
        "thresholds",
        "check",
        "severity",
        "sentence_zh",
        "sentence_en",
        "since",
        "until",
        "source",
        "confidence",
    ),
    "name_marks": ("written", "kind", "source"),
}
"""Each file of data/reference and the fields it must have."""


class BadReference(ValueError):
    """A row of data/reference that cannot be used; the message names file and row."""


class NoThreshold(KeyError):
    """A rule was asked for a day on which no document gave it a value."""


_ADDRESS = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}")
_SPACES = re.compile(r"[\s\u3000\xa0\ufeff\u200b-\u200f]+")


@lru_cache(maxsize=65536)
def _simplify(text: str) -> str:
    return text if text.isascii() else str(_converter().convert(text))


@cache
def _converter() -> Any:
    import opencc  # heavy, and needed only where something is compared with a vocabulary

    return opencc.OpenCC("t2s")


def normalise(text: object) -> str:
    """A written header or word of a vocabulary as it is compared: NFKC, simplified, no spaces (never for names)."""
    return _normalise(str(text))


@lru_cache(maxsize=65536)
def _normalise(text: str) -> str:
    return _simplify(_SPACES.sub("", unicodedata.normalize("NFKC", whole(text))))


def simplified(text: str) -> str:
    """The same characters in simplified writing, one for one; the text itself where that cannot be."""
    found = _simplify(whole(text))
    return found if len(found) == len(text) else text


def normalise_header(text: object) -> str:
    """A written header as headers.csv keeps it: normalised, Latin letters as written."""
    return _normalise(str(text))


class ColumnFact(NamedTuple):
    """What columns.csv says of one column, as plain values."""

    column: str
    kind: str
    unit: str
    required: bool
    vocabulary: str
    personal: bool
    stored: bool
    minimum: float | None
    maximum: float | None
    additive: bool
    said_outside: bool


@dataclass(frozen=True)
class Reference:
    """All facts, as frames of text, with the look-ups that everybody needs."""

    folder: Path
    ledgers: pd.DataFrame
    columns: pd.DataFrame
    headers: pd.DataFrame
    codes: pd.DataFrame
    spellings: pd.DataFrame
    units: pd.DataFrame
    places: pd.DataFrame
    place_changes: pd.DataFrame
    thresholds: pd.DataFrame
    corrections: pd.DataFrame
    claims: pd.DataFrame
    context: pd.DataFrame
    rules: pd.DataFrame
    name_marks: pd.DataFrame
    _labels: dict[tuple[str, str, str], str] = field(repr=False, default_factory=dict)
    _facts: dict[str, dict[str, ColumnFact]] = field(repr=False, default_factory=dict)

    @cached_property
    def rule_list(self) -> tuple[rule_rows.Rule, ...]:
        """The rules as plain values, in the order of rules.csv."""
        return rule_rows.read_rules(self.rules)

    def label(self, vocabulary: str, code: object, language: str = "zh") -> str:
        """The label of a code; `column:<ledger>` as vocabulary gives a column's label; an unknown code is itself."""
        return self._labels.get((vocabulary, str(code), language), str(code))

    def order(self, vocabulary: str) -> list[str]:
        """The codes of a vocabulary in their own order."""
        mine = self.codes[self.codes["vocabulary"] == vocabulary]
        return list(mine.assign(order=mine["order"].astype(int)).sort_values("order")["code"])

    def spelling(self, vocabulary: str) -> dict[str, str]:
        """Every written form of a vocabulary (normalised) and the code it means; the labels count as written forms."""
        mine = self.codes[self.codes["vocabulary"] == vocabulary]
        found = {normalise(label): code for label, code in zip(mine["label_zh"], mine["code"], strict=True)}
        also = self.spellings[self.spellings["vocabulary"] == vocabulary]
        found.update(zip((normalise(text) for text in also["written"]), also["code"], strict=True))
        return found

    def threshold(self, rule: str, on: date | str | int) -> float:
        """The value a rule had on a day (or at the end of a year); raises NoThreshold where no document gives one."""
        day = f"{on}-12-31" if isinstance(on, int) else str(on)
        live = [
            value for since, until, value in self._values.get(rule, ()) if since <= day and (not until or until >= day)
        ]
        if not live:
            raise NoThreshold(f"thresholds.csv: {rule} 在 {day} 没有取值 / has no value on {day}")
        return live[-1]

    @cached_property
    def _values(self) -> dict[str, list[tuple[str, str, float]]]:
        """rule → (since, until, value), the earliest first."""
        values: dict[str, list[tuple[str, str, float]]] = {}
        rows = self.thresholds.sort_values("since", kind="stable")[["rule", "since", "until", "value"]]
        for rule, since, until, value in rows.itertuples(index=False):
            values.setdefault(rule, []).append((since, until, float(value)))
        return values

    def threshold_or(self, rule: str, on: date | str | int, otherwise: float | None = None) -> float | None:
        """The value a rule had on a day, or what is given where no document has one."""
        try:
            return self.threshold(rule, on)
        except NoThreshold:
            return otherwise

    def columns_of(self, ledger: str) -> pd.DataFrame:
        """The columns of a ledger, indexed by name, in their order."""
        return self.columns[self.columns["ledger"] == ledger].set_index("column", drop=False)

    def column_facts(self, ledger: str) -> dict[str, ColumnFact]:
        """The columns of a ledger as plain values, by name, in their order; made once."""
        if ledger not in self._facts:
            self._facts[ledger] = {
                str(row.column): _fact(row) for row in self.columns_of(ledger).itertuples(index=False)
            }
        return self._facts[ledger]

    def townships(self) -> list[str]:
        """Today's township units, in the order of their codes."""
        mine = self.places[(self.places["village"] == "") & (self.places["until"] == "")]
        return list(mine.sort_values("code")["township"])


def _fact(row: Any) -> ColumnFact:
    return ColumnFact(
        column=str(row.column),
        kind=str(row.kind),
        unit=str(row.unit),
        required=row.required == "yes",
        vocabulary=str(row.vocabulary),
        personal=row.personal == "yes",
        stored=row.stored == "yes",
        minimum=float(row.minimum) if row.minimum else None,
        maximum=float(row.maximum) if row.maximum else None,
        additive=row.additive == "yes",
        said_outside=row.said_outside == "yes",
    )


def load(folder: Path | str | None = None) -> Reference:
    """Load and check data/reference; raises BadReference naming the file and row that cannot be used."""
    where = Path(folder) if folder is not None else paths.default().reference
    return _load(str(where), _state(where))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file does: a notebook that stays open sees the row that was added meanwhile."""
    stats = [(path.name, path.stat()) for path in sorted(folder.glob("*.csv"))]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=4)
def _load(folder: str, state: tuple[tuple[str, int, int], ...]) -> Reference:
    frames = {name: _read(Path(folder) / f"{name}.csv", fields) for name, fields in FILES.items()}
    labels: dict[tuple[str, str, str], str] = {}
    for vocabulary, code, zh, en in frames["codes"][["vocabulary", "code", "label_zh", "label_en"]].itertuples(
        index=False
    ):
        labels[vocabulary, code, "zh"], labels[vocabulary, code, "en"] = zh, en
    for ledger, column, zh, en in frames["columns"][["ledger", "column", "label_zh", "label_en"]].itertuples(
        index=False
    ):
        labels[f"column:{ledger}", column, "zh"], labels[f"column:{ledger}", column, "en"] = zh, en
    for ledger, zh, en in frames["ledgers"][["ledger", "label_zh", "label_en"]].itertuples(index=False):
        labels["ledger", ledger, "zh"], labels["ledger", ledger, "en"] = zh, en
    reference = Reference(folder=Path(folder), _labels=labels, **frames)
    _check(reference)
    _check_rules(reference, set(zip(reference.columns["ledger"], reference.columns["column"], strict=True)))
    rule_rows.speak(reference.rule_list)
    return reference


def _read(path: Path, fields: tuple[str, ...]) -> pd.DataFrame:
    """One file as text; extra fields are kept, a missing one is an error."""
    if not path.exists():
        raise BadReference(f"{path.name}: 缺少参考数据文件 / the reference file is missing")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = [[from_csv_text(cell) for cell in row] for row in csv.reader(handle)]
    head = rows[0] if rows else []
    absent = [name for name in fields if name not in head]
    if absent:
        raise BadReference(f"{path.name}: 缺少列 / lacks the columns {absent}")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(head):
            raise BadReference(
                f"{path.name} › {number}: 有 {len(row)} 列，应为 {len(head)} 列 / has {len(row)} fields, not {len(head)}"
            )
    return pd.DataFrame(rows[1:], columns=head, dtype="str")


def _check(reference: Reference) -> None:
    """What the rows say of one another must hold."""
    known = set(zip(reference.columns["ledger"], reference.columns["column"], strict=True))
    ledgers = set(reference.ledgers["ledger"])
    for number, (header, ledger, column) in enumerate(
        reference.headers[["header", "ledger", "column"]].itertuples(index=False), start=2
    ):
        fits = column == "ignored" or (
            any((name, column) in known for name in ledgers) if ledger == "*" else (ledger, column) in known
        )
        if not fits:
            raise BadReference(f"headers.csv › {number} 「{header}」: 没有这一列 / no such column: {ledger}.{column}")
    for number, cell in enumerate(reference.corrections["cell"], start=2):
        if not _ADDRESS.fullmatch(str(cell).strip()):
            raise BadReference(
                f"corrections.csv › {number} 「{cell}」: 不是单元格地址，应写成 H6 / not the address of a cell, such as H6"
            )
    vocabularies = set(reference.codes["vocabulary"])
    for ledger, column, vocabulary in reference.columns[["ledger", "column", "vocabulary"]].itertuples(index=False):
        if vocabulary and vocabulary not in vocabularies | {"township", "village"}:
            raise BadReference(f"columns.csv: {ledger}.{column}: 没有这个词表 / no such vocabulary: {vocabulary}")


def _check_rules(reference: Reference, columns: set[tuple[str, str]]) -> None:
    try:
        wrong = list(rule_rows.complaints(reference.rule_list, columns, set(reference.thresholds["rule"])))
    except ValueError as error:
        wrong = [f"{error}: 应写作 / must be ledger.column"]
    if wrong:
        raise BadReference(f"rules.csv › {wrong[0]}")
