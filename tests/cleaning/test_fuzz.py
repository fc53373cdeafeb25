"""The fuzzer finds what it is meant to find, and a small run of it finds nothing."""

from __future__ import annotations

import random

import numpy as np
import pytest

from louxing_analysis.cleaning.workbook import read_workbook
from tests.cleaning import fuzz, fuzz_mutators
from tests.cleaning.fuzz_seeds import seeds


@pytest.mark.parametrize("kind", list(fuzz_mutators.MUTATORS))
def test_broken_workbooks_of_every_kind_give_cells_or_a_reason(kind, tmp_path):
    for number in range(40):
        one = fuzz.mutant(0, number, kind)
        what, detail = fuzz.outcome(one, tmp_path)
        assert what not in fuzz.BAD, f"--seed 0 --first {number} --count 1 --kind {kind}: {what} {detail}"


@pytest.mark.parametrize("kind", list(fuzz_mutators.MUTATORS))
def test_what_the_fuzzer_breaks_is_sound_before(kind, tmp_path):
    for data in seeds()[kind]:
        assert fuzz.outcome(fuzz.Mutant(0, kind, "", data), tmp_path) == ("cells", "")


def test_a_mutant_is_the_same_every_time_and_no_sound_file():
    ones = [fuzz.mutant(3, number) for number in range(40)]
    assert ones == [fuzz.mutant(3, number) for number in range(40)]
    assert sum(one.data in seeds()[one.kind] for one in ones) < 10


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods"])
def test_a_cell_that_is_read_wrong_is_told_by_another_reader(kind, tmp_path):
    data = seeds()[kind][0]
    path = tmp_path / "a"
    path.write_bytes(data)
    workbook = read_workbook(path, "a")
    assert fuzz.OTHER_READERS[kind](workbook, data) == ""
    place = next(place for place, value in np.ndenumerate(workbook.sheets[0].values) if isinstance(value, float))
    workbook.sheets[0].values[place] += 1
    assert "≠" in fuzz.OTHER_READERS[kind](workbook, data)


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
