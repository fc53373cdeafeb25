"""Typed rows of all workbooks → the clean tables: linked, checked, pseudonymised, every row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import following_notes, household_links, link, row_keys, rules, validate
from louxing_analysis.cleaning.computed import add_computed
from louxing_analysis.cleaning.findings import as_problems
from louxing_analysis.cleaning.finished import Pseudonymise, finish
from louxing_analysis.cleaning.rule_view import Address, View
from louxing_analysis.cleaning.stack import Piece, stack
from louxing_analysis.problems import Problem
from louxing_analysis.reference import Reference


@dataclass
class Assembled:
    """The clean tables, and what was set aside or noted on the way; `quarantine` has one line per row and table."""

    tables: dict[str, pd.DataFrame]
    quarantine: pd.DataFrame
    links: pd.DataFrame
    attrition: pd.DataFrame
    flows: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    rules_run: pd.DataFrame = field(default_factory=pd.DataFrame)


class Assembly:
    """The rows of all workbooks on their way to clean tables: every step of every table once, and only when wanted.

    `pieces`: table → its rows, sheet by sheet, in the order of workbooks. `letters`: (workbook, sheet, table, column) →
    spreadsheet column, for the addresses of problems found here. `unreadable`: table → column → cells that were set aside.
    `known`: what following the same register came to.
    """

    def __init__(
        self,
        pieces: Callable[[str], list[Piece]],
        reference: Reference,
        letters: dict[tuple[str, str, str, str], str],
        unreadable: Mapping[str, Mapping[str, Collection[Address]]],
    ) -> None:
        self._pieces, self.reference, self.letters, self._unreadable = pieces, reference, letters, unreadable
        self.known: link.Found | None = None
        self._stacked: dict[str, pd.DataFrame] = {}
        self._keyed: dict[str, pd.DataFrame] = {}
        self._checked: dict[str, tuple[pd.DataFrame, pd.DataFrame, list[Problem]]] = {}
        self._views: dict[str, View] = {}
        self._register: link.Register | None = None

    def stacked(self, name: str) -> pd.DataFrame:
        """All rows of a table as they were read."""
        if name not in self._stacked:
            self._stacked[name] = stack(self._pieces(name), self.reference.columns_of(name))
        return self._stacked[name]

    @property
    def register(self) -> link.Register:
        """The households and people of the register over the years; it rests on columns of link.IDENTITY only."""
        if self._register is None:
            households, members = (_identity_only(self.stacked(name), name) for name in REGISTER)
            overlap, likely = (self.reference.threshold(name, 2020) for name in OVERLAPS)
            self._register = link.build_register(households, members, overlap, likely, self.known)
        return self._register

    def keyed(self, name: str) -> pd.DataFrame:
        """The same with the keys of households, people, cadres and projects, and with what follows from other columns."""
        if name not in self._keyed:
            frame = self.stacked(name).copy(deep=False)
            add_keys(name, frame, self)
            add_computed(name, frame)
            self._keyed[name] = frame
        return self._keyed[name]

    def checked(self, name: str) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
        """Rows that stand, rows that do not, and why."""
        if name not in self._checked:
            self._checked[name] = check(name, self.keyed(name), self.reference, self.letters)
        return self._checked[name]

    def kept(self, name: str) -> pd.DataFrame:
        """The rows that stand."""
        return self.checked(name)[0]

    def view(self, name: str) -> View:
        """The rows that stand, as rules see them."""
        if name not in self._views:
            aside = self._unreadable.get(name, {})
            self._views[name] = View(name, self.kept(name), self.reference, self.view, self.register.last_year, aside)
        return self._views[name]

    def ruled(self, name: str) -> tuple[list[Problem], list[rules.RuleRun]]:
        """What is odd but possible among the rows that stand, and which rules looked at how many of them."""
        findings, runs = rules.run(self.view(name), self.keyed(name))
        frame = self.kept(name)
        problems = [
            problem
            for finding in findings
            for problem in as_problems(name, frame, finding, self.letters, self.reference)
        ]
        if name == "households":
            whole = self.keyed(name)
            for finding in following_notes.notes(self.register, whole):
                problems.extend(as_problems(name, whole, finding, self.letters, self.reference))
        return problems, runs

    def followed(self, pseudonymise: Pseudonymise) -> dict[str, pd.DataFrame]:
        """household_links, attrition and register_flows, with pseudonyms."""
        frames = (self.keyed("households"), self.keyed("members"), self.kept("households"))
        years = following_notes.years_of_register(self.register, *frames)
        links, lost = household_links.household_links(years), household_links.attrition(years)
        flows = household_links.register_flows(links, lost)
        return {
            "household_links": following_notes.stored_links(links, "previous_household_ids", pseudonymise),
            "attrition": following_notes.stored_links(lost, "successor_household_ids", pseudonymise),
            "register_flows": flows,
        }


REGISTER = ("households", "members")
FOLLOWED = ("household_links", "attrition", "register_flows")
OVERLAPS = ("household_overlap", "household_overlap_likely")
NEEDS: dict[str, tuple[str, ...]] = {
    "visits": ("pairings",),
    "beneficiaries": ("projects",),
}
"""The other tables whose rows (not only their households and people) the keys of a table rest on."""


def needs_of(name: str, reference: Reference) -> tuple[str, ...]:
    """The other tables whose rows a table, its keys and what rules say of it rest on."""
    judged = (rule for rule in reference.rule_list if any(table == name for table, _ in rule.on))
    others = {table for rule in judged for table, _ in rule.needs_of_others()} - {name}
    return tuple(sorted({*NEEDS.get(name, ()), *others}))


_NAMED_BY_REGISTER = {"household_code", "head_id_number", "head_name"}


def _identity_only(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[[column for column in frame if column in link.IDENTITY[name]]]


def assemble(
    pieces: dict[str, list[Piece]],
    reference: Reference,
    pseudonymise: Pseudonymise,
    letters: dict[tuple[str, str, str, str], str],
    read: Sequence[Problem] = (),
) -> Assembled:
    """Stack, link, check and pseudonymise all tables.

    `read`: the problems of the cells as they were read. Tables of which no workbook came are there, empty, with their types, so that every analysis can say "nothing
    recorded".
    """
    unreadable = rules.unreadable_cells(read, reference)
    assembly = Assembly(lambda name: pieces.get(name, []), reference, letters, unreadable)
    names = list(reference.ledgers["ledger"])
    problems = [problem for name in names for problem in assembly.checked(name)[2]]
    ruled = [assembly.ruled(name) for name in names]
    problems += [problem for found, _ in ruled for problem in found]
    rules_run = rules.record([run for _, runs in ruled for run in runs], [*read, *problems], reference)
    tables = {name: finish(name, assembly.kept(name), reference, pseudonymise) for name in names}
    rejected = quarantine_of([assembly.checked(name)[1] for name in names])
    links, lost, flows = assembly.followed(pseudonymise).values()
    return Assembled(tables, rejected, links, lost, flows, problems, rules_run)


def add_keys(name: str, frame: pd.DataFrame, assembly: Assembly) -> None:
    """Households, people, cadres and projects of every row, as plain keys, under the names of the stored columns."""
    if name in REGISTER:
        register = assembly.register
        count = register.rows.households
        mine = slice(0, count) if name == "households" else slice(count, None)
        frame["household_id"] = register.of_rows[mine].to_numpy(dtype=object)
        if name == "members":
            frame["person_id"] = register.people[mine].to_numpy(dtype=object)
    elif set(frame.columns) & _NAMED_BY_REGISTER:
        frame["household_id"] = link.household_keys(frame, assembly.register)
    if name in ("beneficiaries", "aid", "checkups"):
        household = row_keys.column(frame, "household_id")
        frame["person_id"] = link.person_keys(frame, household, assembly.register)
    if name == "attendance":
        number = row_keys.column(frame, "id_number")
        named = row_keys.joined(row_keys.column(frame, "village"), row_keys.column(frame, "name"))
        frame["person_id"] = number.where(number.notna(), named)
    if name == "pairings":
        frame["cadre_id"] = link.cadre_keys(
            *(row_keys.column(frame, one) for one in ("cadre_id_number", "cadre_name", "unit_name"))
        )
    if name == "teams":
        frame["member_id"] = link.cadre_keys(
            *(row_keys.column(frame, one) for one in ("id_number", "member_name", "unit_name"))
        )
    if name == "visits" and len(frame):
        pairings = assembly.keyed("pairings")
        frame["cadre_id"] = link.visiting_cadres(
            frame,
            row_keys.column(frame, "household_id"),
            pairings,
            row_keys.column(pairings, "household_id"),
            pairings["cadre_id"],
        )
    if name == "projects":
        frame["project_id"] = link.project_keys(frame)
    if name == "beneficiaries":
        projects = assembly.keyed("projects")
        frame["project_id"] = link.projects_named(frame, projects, projects["project_id"])


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
    problems = [problem for finding in findings for problem in as_problems(name, frame, finding, letters, reference)]
    problems += [problem for finding in again for problem in as_problems(name, standing, finding, letters, reference)]
    reasons = pd.Series("", index=frame.index, dtype=object)
    for finding, of in [*((one, frame) for one in findings), *((one, standing) for one in again)]:
        at = of.index[finding.rows]
        reasons.loc[at] = reasons.loc[at].map(lambda text, why=finding.reason: f"{text};{why}" if text else why)
    bad = reasons != ""
    rejected = frame.loc[bad, ["workbook", "sheet", "row", "source_column"]].assign(table=name, reasons=reasons[bad])
    return frame[~bad], rejected, problems


def quarantine_of(rejected: list[pd.DataFrame]) -> pd.DataFrame:
    """One line per row that was set aside and table."""
    whole = pd.concat(rejected, ignore_index=True)
    return whole[["table", "workbook", "sheet", "row", "source_column", "reasons"]].astype(
        {"table": "str", "workbook": "str", "sheet": "str", "row": "Int64", "source_column": "str", "reasons": "str"}
    )
