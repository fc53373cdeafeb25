"""Every hostile or damaged file gives the right cells or one clear message, and nothing raises."""

from __future__ import annotations

import json

import pytest

from louxing_analysis.cleaning.inspect import inspect_file
from louxing_analysis.cleaning.workbook import read_workbook
from louxing_analysis.problems import REASONS, sentence
from tests.cleaning.bad_file import differences
from tests.cleaning.hostile import ALL


@pytest.mark.parametrize("called", ALL)
def test_a_hostile_file_gives_the_right_cells_or_one_clear_message(called, tmp_path):
    bad = ALL[called]
    path = tmp_path / bad.name
    path.write_bytes(bad.made())
    workbook = read_workbook(path, path.name)
    if isinstance(bad.expected, str):
        assert (workbook.sheets, [problem.reason for problem in workbook.problems]) == ((), [bad.expected])
        for language in ("zh", "en", "both"):
            assert len(sentence(workbook.problems[0], language).splitlines()) == 1
    else:
        assert workbook.problems == ()
        assert differences(workbook.sheets[0].values, bad.expected) == {}


@pytest.mark.parametrize(
    "called", [called for called, bad in ALL.items() if "million" not in called and "16,384" not in called]
)
def test_inspecting_a_hostile_file_gives_plain_data_that_can_be_written(called, tmp_path):
    bad = ALL[called]
    path = tmp_path / bad.name
    path.write_bytes(bad.made())
    found = inspect_file(path)
    assert json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8")) == found
    assert all(problem["reason"] in REASONS for problem in found["problems"])
