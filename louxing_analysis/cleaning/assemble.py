"""Typed rows of all workbooks → the clean tables: linked, checked, pseudonymised, every row accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import following_notes, household_links, keys, link, validate
from louxing_analysis.cleaning.computed import add_computed
from louxing_analysis.cleaning.stack import Piece, stack
from louxing_analysis.problems import QUARANTINED, REASONS, Problem
from louxing_analysis.reference import Reference

Pseudonymise = Callable[[str, pd.Series], Any]
"""kind (household, person, cadre, member, project) and plain keys → what is stored, aligned, missing kept."""


@dataclass
class Assembled:
    """The clean tables, and what was set aside or noted on the way; `quarantine` has one line per row and table."""

    tables: dict[str, pd.DataFrame]
    quarantine: pd.DataFrame
    links: pd.DataFrame
    attrition: pd.DataFrame
    flows: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)


def assemble(
    pieces: dict[str, list[Piece]],
    reference: Reference,
    pseudonymise: Pseudonymise,
    letters: dict[tuple[str, str, str, str], str],
) -> Assembled:
    """Stack, link, check and pseudonymise all tables.

    `letters`: (workbook, sheet, table, column) → spreadsheet column, for the addresses of problems found here. Tables of
    which no workbook came are there, empty, with their types, so that every analysis can say "nothing recorded".
    """
    frames = {
        ledger: stack(pieces.get(ledger, []), reference.columns_of(ledger)) for ledger in reference.ledgers["ledger"]
    }
    shares = (reference.threshold(name, 2020) for name in ("household_overlap", "household_overlap_likely"))
    register = add_keys(frames, *shares)
    for name, frame in frames.items():
        add_computed(name, frame)
    problems: list[Problem] = []
    rejected: list[pd.DataFrame] = []
    kept: dict[str, pd.DataFrame] = {}
    for name, frame in frames.items():
        good, bad, found = check(name, frame, reference, letters)
        kept[name] = good
        rejected.append(bad)
        problems.extend(found)
    for name, frame in kept.items():
        for finding in [*_notes(name, frame, kept, reference)]:
            problems.extend(_as_problems(name, frame, finding, letters))
    for finding in following_notes.notes(register, frames["households"]):
        problems.extend(_as_problems("households", frames["households"], finding, letters))
    links, lost, flows = _followed(register, frames, kept, pseudonymise)
    tables = {name: finish(name, frame, reference, pseudonymise) for name, frame in kept.items()}
    return Assembled(tables, _quarantine(rejected), links, lost, flows, problems)


def _followed(
    register: link.Register,
    frames: dict[str, pd.DataFrame],
    kept: dict[str, pd.DataFrame],
    pseudonymise: Pseudonymise,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """household_links, attrition and register_flows, with pseudonyms."""
    years = following_notes.years_of_register(register, frames["households"], frames["members"], kept["households"])
    links, lost = household_links.household_links(years), household_links.attrition(years)
    flows = household_links.register_flows(links, lost)
    links = following_notes.stored_links(links, "previous_household_ids", pseudonymise)
    return links, following_notes.stored_links(lost, "successor_household_ids", pseudonymise), flows


def add_keys(frames: dict[str, pd.DataFrame], overlap: float, likely: float) -> link.Register:
    """Households, people, cadres and projects of every row, as plain keys, under the names of the stored columns.

    `overlap`, `likely`: the shares of members in common that make one household of two years, or a note that it may be one.
    """
    register = link.build_register(frames["households"], frames["members"], overlap, likely)
    count = register.rows.households
    households = {
        name: link.household_keys(frame, register)
        for name, frame in frames.items()
        if {"household_code", "head_id_number", "head_name"} & set(frame.columns)
        and name not in {"households", "members"}
    }
    households["households"] = register.of_rows[:count]
    households["members"] = register.of_rows[count:]
    for name, key in households.items():
        frames[name]["household_id"] = key.to_numpy(dtype=object)
    frames["members"]["person_id"] = register.people[count:].to_numpy(dtype=object)
    for name in ("beneficiaries", "aid", "checkups"):
        frames[name]["person_id"] = link.person_keys(frames[name], keys.column(frames[name], "household_id"), register)
    attendance = frames["attendance"]
    number = keys.column(attendance, "id_number")
    named = keys.joined(keys.column(attendance, "village"), keys.column(attendance, "name"))
    attendance["person_id"] = number.where(number.notna(), named)
    pairings, visits, teams = frames["pairings"], frames["visits"], frames["teams"]
    pairings["cadre_id"] = link.cadre_keys(
        *(keys.column(pairings, name) for name in ("cadre_id_number", "cadre_name", "unit_name"))
    )
    teams["member_id"] = link.cadre_keys(
        *(keys.column(teams, name) for name in ("id_number", "member_name", "unit_name"))
    )
    if len(visits):
        visits["cadre_id"] = link.visiting_cadres(
            visits,
            keys.column(visits, "household_id"),
            pairings,
            keys.column(pairings, "household_id"),
            pairings["cadre_id"],
        )
    projects, beneficiaries = frames["projects"], frames["beneficiaries"]
    projects["project_id"] = link.project_keys(projects)
    beneficiaries["project_id"] = link.projects_named(beneficiaries, projects, projects["project_id"])
    return register


def check(
    name: str, frame: pd.DataFrame, reference: Reference, letters: dict[tuple[str, str, str, str], str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Split a table into rows that stand and rows that do not, with a problem for each of the latter."""
    columns = reference.columns_of(name)
    fact = reference.ledgers.set_index("ledger").loc[name]
    findings = validate.missing_required(frame, columns)
    lacking = np.logical_or.reduce([np.zeros(len(frame), dtype=bool), *(finding.rows for finding in findings)])
    standing = frame[~lacking]
    content = [
        column
        for column, kind in zip(columns["column"], columns["kind"], strict=True)
        if column in frame and (kind != "derived" or column.endswith("_id"))
    ]
    again = validate.repeated(
        standing,
        str(fact["key_columns"]).split(),
        content,
        one_row_per_key=fact["one_row_per_key"] == "yes",
        optional=columns.index[columns["required"] != "yes"],
        labels=columns["label_zh"].to_dict(),
    )
    problems = [problem for finding in findings for problem in _as_problems(name, frame, finding, letters)]
    problems += [problem for finding in again for problem in _as_problems(name, standing, finding, letters)]
    reasons = pd.Series("", index=frame.index, dtype=object)
    for finding, of in [*((one, frame) for one in findings), *((one, standing) for one in again)]:
        at = of.index[finding.rows]
        reasons.loc[at] = reasons.loc[at].map(lambda text, why=finding.reason: f"{text};{why}" if text else why)
    bad = reasons != ""
    rejected = frame.loc[bad, ["workbook", "sheet", "row", "source_column"]].assign(table=name, reasons=reasons[bad])
    return frame[~bad], rejected, problems


def _notes(
    name: str, frame: pd.DataFrame, kept: dict[str, pd.DataFrame], reference: Reference
) -> list[validate.Finding]:
    found = []
    try:
        found = list(validate.NOTES[name](frame, reference)) if name in validate.NOTES and len(frame) else []
    except KeyError as error:  # a ledger that came without the columns of a check cannot fail it
        if str(error).strip("'") in set(reference.columns["column"]):
            return []
        raise
    if name == "households" and len(frame) and len(kept["members"]) and "household_size" in frame:
        found.append(validate.size_differs(frame, kept["members"]))
    return [finding for finding in found if finding.rows.any()]


def _as_problems(
    name: str, frame: pd.DataFrame, finding: validate.Finding, letters: dict[tuple[str, str, str, str], str]
) -> list[Problem]:
    some = frame.loc[finding.rows]
    values = some[finding.column] if finding.column in some and not finding.column.endswith("_id") else [""] * len(some)
    severity = (
        QUARANTINED
        if finding.reason in {"required_missing", *validate.MISSING_REASON.values()}
        else REASONS[finding.reason].severity
    )
    out = []
    details = [""] * len(some) if finding.details is None else finding.details[finding.rows]
    for workbook, sheet, row, value, detail in zip(
        some["workbook"], some["sheet"], some["row"], values, details, strict=True
    ):
        letter = letters.get((workbook, sheet, name, finding.column), "")
        found = "" if value is None or value is pd.NA or value != value else str(value)
        out.append(
            Problem(
                name,
                workbook,
                sheet,
                f"{letter}{row}" if letter else f"{row}:{row}",
                finding.column,
                found,
                finding.reason,
                severity,
                str(detail),
            )
        )
    return out


def finish(name: str, frame: pd.DataFrame, reference: Reference, pseudonymise: Pseudonymise) -> pd.DataFrame:
    """The stored columns only, keys as pseudonyms, addresses and row_id at the end."""
    columns = reference.columns_of(name)
    out: dict[str, Any] = {}
    stored = columns[columns["stored"] == "yes"]
    for column, kind in zip(stored["column"], stored["kind"], strict=True):
        if column in {"household_id", "person_id", "cadre_id", "member_id", "project_id"}:
            out[column] = pd.Series(pseudonymise(column.removesuffix("_id"), keys.column(frame, column)), dtype="str")
        elif column in frame:
            out[column] = _stored(frame[column], kind)
        else:
            out[column] = _stored(_nothing(kind, len(frame)), kind)
        if kind == "date":
            precision = frame.get(f"{column}_precision", pd.Series(np.full(len(frame), None, dtype=object)))
            out[f"{column}_precision"] = pd.array(precision.to_numpy(dtype=object), dtype="str")
    out = {column: values.array if isinstance(values, pd.Series) else values for column, values in out.items()}
    for column in ("workbook", "sheet"):
        out[column] = frame[column].array
    out["row"] = frame["row"].array
    out["source_column"] = pd.array(frame["source_column"].to_numpy(dtype=object), dtype="str")
    clean = pd.DataFrame(out)
    clean["row_id"] = row_ids(name, clean)
    for column in ("workbook", "sheet"):
        clean[column] = clean[column].astype("str")
    return clean


def _nothing(kind: str, count: int) -> pd.Series:
    if kind == "date":
        return pd.Series(np.full(count, "NaT", dtype="datetime64[s]"))
    if kind in {"number", "money", "share", "derived"}:
        return pd.Series(np.full(count, np.nan))
    return pd.Series(np.full(count, None, dtype=object))


def _stored(values: pd.Series, kind: str) -> pd.Series:
    """The type a column is stored with."""
    if kind in {"integer", "year"}:
        return values.astype("Int64")
    if kind == "boolean":
        return values.astype("boolean")
    if kind == "date":
        return values.astype("datetime64[s]")
    if kind in {"number", "money", "share"}:
        return values.astype("float64")
    if kind == "derived":
        return values
    return pd.Series(pd.array(values.to_numpy(dtype=object), dtype="str"), index=values.index)


def row_ids(name: str, frame: pd.DataFrame) -> pd.Series:
    """A fingerprint of table, workbook, sheet, row and source column; the same row has the same one in every run.

    blake2b of what does not change within a sheet, plus the row number times an odd constant, modulo 2^64: rows of one
    sheet and column can never collide.
    """
    source, sources = pd.factorize(frame["source_column"].fillna(""))
    books, sheets = frame["workbook"].array, frame["sheet"].array
    combined = (books.codes.astype("int64") * len(sheets.categories) + sheets.codes) * max(len(sources), 1) + source
    codes, places = pd.factorize(combined)
    bases = np.array(
        [_base(name, int(place), books.categories, sheets.categories, sources) for place in places] or [0],
        dtype=np.uint64,
    )
    rows = frame["row"].to_numpy(dtype="uint64") * np.uint64(0x9E3779B97F4A7C15)
    numbers = bases[codes] + rows if len(frame) else np.empty(0, dtype=np.uint64)
    return pd.Series([f"{number:016x}" for number in numbers.tolist()], index=frame.index, dtype="str")


def _base(name: str, place: int, books: Any, sheets: Any, sources: Any) -> int:
    rest, source = divmod(place, len(sources))
    book, sheet = divmod(rest, len(sheets))
    text = keys.SEPARATOR.join((name, books[book], sheets[sheet], sources[source]))
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _quarantine(rejected: list[pd.DataFrame]) -> pd.DataFrame:
    whole = pd.concat(rejected, ignore_index=True)
    return whole[["table", "workbook", "sheet", "row", "source_column", "reasons"]].astype(
        {"table": "str", "workbook": "str", "sheet": "str", "row": "Int64", "source_column": "str", "reasons": "str"}
    )
