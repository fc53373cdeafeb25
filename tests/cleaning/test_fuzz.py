"""The fuzzer finds what it is meant to find, and a small run of it finds nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from louxing_analysis.cleaning.workbook import Workbook, read_workbook
from tests.cleaning import fuzz, fuzz_mutators, fuzz_readers
from tests.cleaning.fuzz_seeds import seeds


def _read(folder: Path, data: bytes) -> Workbook:
    path = folder / "a"
    path.write_bytes(data)
    return read_workbook(path, "a")


@pytest.mark.parametrize("kind", list(fuzz_mutators.MUTATORS))
def test_broken_workbooks_of_every_kind_give_cells_or_a_reason(kind, tmp_path):
    for number in range(40):
        one = fuzz.mutant(0, number, kind)
        what, detail = fuzz.outcome(one, tmp_path)
        assert what not in fuzz.BAD, f"--seed 0 --first {number} --count 1 --kind {kind}: {what} {detail}"


@pytest.mark.parametrize("kind", list(fuzz_mutators.MUTATORS))
def test_what_the_fuzzer_breaks_is_sound_before_and_compared_where_there_is_another_reader(kind, tmp_path):
    expected = "compared" if kind in ("xlsx", "xlsm", "xlsb", "xls", "ods") else "cells"
    for data in seeds()[kind]:
        assert fuzz.outcome(fuzz.Mutant(0, kind, "", data), tmp_path) == (expected, "")


def test_openpyxl_itself_reads_every_sound_xlsx_file(tmp_path):
    for data in seeds()["xlsx"]:
        assert fuzz_readers.differs_from_openpyxl(_read(tmp_path, data), data) == ""


@pytest.mark.parametrize("failing", [ValueError, KeyboardInterrupt])
def test_a_file_that_no_other_reader_takes_is_told_as_not_compared(failing, tmp_path, monkeypatch):
    def fails(workbook: Workbook, data: bytes) -> str:
        raise failing

    monkeypatch.setitem(fuzz_readers.OTHER_READERS, "xls", fails)
    assert fuzz.outcome(fuzz.Mutant(0, "xls", "", seeds()["xls"][0]), tmp_path) == ("not compared", "")


def test_a_mutant_is_the_same_every_time_and_no_sound_file():
    ones = [fuzz.mutant(3, number) for number in range(40)]
    assert ones == [fuzz.mutant(3, number) for number in range(40)]
    assert sum(one.data in seeds()[one.kind] for one in ones) < 10


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods"])
def test_a_cell_that_is_read_wrong_is_told_by_another_reader(kind, tmp_path):
    data = seeds()[kind][0]
    workbook = _read(tmp_path, data)
    assert fuzz_readers.OTHER_READERS[kind](workbook, data) == ""
    place = next(place for place, value in np.ndenumerate(workbook.sheets[0].values) if isinstance(value, float))
    workbook.sheets[0].values[place] += 1
    assert "≠" in fuzz_readers.OTHER_READERS[kind](workbook, data)


@pytest.mark.parametrize(
    ("kind", "number", "reason", "told"),
    [
        ("xlsx", 0, "error_cell", "'None' ≠ '#REF!'"),
        ("xlsx", 0, "digits_lost", "not told as having lost digits"),
        ("xlsx", 1, "not_calculated", "not told as not calculated: =SUM(B1:B2)"),
        ("xls", 0, "digits_lost", "not told as having lost digits"),
    ],
)
def test_a_cell_that_nobody_can_read_and_that_is_not_told_is_a_difference(kind, number, reason, told, tmp_path):
    data = seeds()[kind][number]
    workbook = _read(tmp_path, data)
    assert fuzz_readers.OTHER_READERS[kind](workbook, data) == ""
    kept = {place: said for place, said in workbook.sheets[0].unreadable.items() if said[0] != reason}
    assert len(kept) < len(workbook.sheets[0].unreadable)
    sheets = (replace(workbook.sheets[0], unreadable=kept), *workbook.sheets[1:])
    assert told in fuzz_readers.OTHER_READERS[kind](replace(workbook, sheets=sheets), data)


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("xlsb", 0, {(0, 1): ("error_cell", "#REF!")}),
        ("xls", 0, {(4, 1): ("error_cell", "#DIV/0!"), (3, 2): ("digits_lost", "4.31302199001010E+17")}),
        ("xls", 1, {(8, 1): ("error_cell", "#REF!")}),
        ("ods", 0, {(12, 0): ("error_cell", "#DIV/0!")}),
        ("xml2003", 0, {(10, 0): ("not_calculated", "=A1"), (10, 2): ("error_cell", "#N/A")}),
    ],
)
def test_cells_that_the_other_reader_leaves_empty_are_told_in_the_sound_files(kind, number, expected, tmp_path):
    assert _read(tmp_path, seeds()[kind][number]).sheets[0].unreadable == expected


def test_a_process_that_reads_mutants_is_watched_and_says_how_each_went():
    found = list(fuzz.watch(seed=0, first=5, count=6, kind="csv"))
    assert [number for number, *_ in found] == list(range(5, 11))
    assert all(kind == "csv" and what not in fuzz.BAD for _, kind, _, what, _ in found)


def test_mutators_change_what_they_say():
    rng = random.Random(1)
    for mutators in fuzz_mutators.MUTATORS.values():
        for mutator in mutators:
            assert mutator.__doc__
    assert any(b"<!" in fuzz_mutators.change_xml(rng, seeds()["xml2003"][0]) for _ in range(200))
