"""Written place names → today's townships and villages."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from louxing_analysis import paths, reference
from louxing_analysis.cleaning.places import Gazetteer

OWN = pd.DataFrame(
    [
        ("杉山镇", "甲村", "village"),
        ("杉山镇", "乙社区", "community"),
        ("石井镇", "甲村", "village"),
        ("石井镇", "丙村", "village"),
    ],
    columns=["township", "village", "kind"],
).assign(code="", since="", until="", source="made up", confidence="")


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return Gazetteer(reference.load(), OWN)


def one(gazetteer: Gazetteer, township: str | None, village: str | None, *said: str) -> tuple[object, ...]:
    """What one row resolves to: township, village and the two reasons."""
    cells = [np.array([cell], dtype=object) for cell in (township, village)]
    found = gazetteer.resolve(*cells, *(said or ("", "")))
    return tuple(array[0] for array in found)


def test_names_as_they_stand_today_are_themselves(known: Gazetteer) -> None:
    assert one(known, "杉山镇", "甲村") == ("杉山镇", "甲村", None, None)


@pytest.mark.parametrize("written", ["甲村村委会", "甲村村民委员会", "杉山镇甲村", "甲"])
def test_a_village_is_known_without_its_office_or_with_its_township_before_it(known: Gazetteer, written: str) -> None:
    assert one(known, "杉山镇", written) == ("杉山镇", "甲村", None, None)


@pytest.mark.parametrize("written", ["杉山镇甲村", "娄星区杉山镇甲村", "杉山甲村", "杉山镇甲村村委会"])
def test_a_village_cell_may_bring_its_township_along(known: Gazetteer, written: str) -> None:
    assert one(known, None, written) == ("杉山镇", "甲村", None, None)
    assert one(known, "杉山镇", written) == ("杉山镇", "甲村", None, None)


@pytest.mark.parametrize("written", ["杉山镇人民政府", "杉山", "杉山鎮"])
def test_a_township_is_known_by_its_office_or_its_short_name(known: Gazetteer, written: str) -> None:
    assert one(known, written, "甲村")[:2] == ("杉山镇", "甲村")


def test_a_village_name_of_two_townships_goes_where_its_row_says(known: Gazetteer) -> None:
    assert one(known, "石井镇", "甲村")[:2] == ("石井镇", "甲村")


def test_a_village_name_of_one_township_brings_its_township(known: Gazetteer) -> None:
    assert one(known, None, "丙村") == ("石井镇", "丙村", None, None)


def test_a_village_name_of_two_townships_alone_is_not_guessed(known: Gazetteer) -> None:
    township, village, _, reason = one(known, None, "甲村")
    assert (township, village, reason) == (None, None, "unknown_place")


def test_blank_cells_take_what_title_or_sheet_name_say(known: Gazetteer) -> None:
    assert one(known, None, None, "石井镇", "丙村") == ("石井镇", "丙村", None, None)
    assert one(known, "杉山镇", None, "石井镇", "") == ("杉山镇", None, None, None)


def test_an_unknown_village_of_a_township_whose_list_is_complete_is_set_aside(known: Gazetteer) -> None:
    assert one(known, "杉山镇", "丁村") == ("杉山镇", None, None, "unknown_place")


def test_any_village_of_a_township_without_a_list_is_taken_as_written(known: Gazetteer) -> None:
    assert one(known, "双江乡", "丁村") == ("双江乡", "丁村", None, None)  # one village of it stands in the article


def test_an_unknown_township_is_named_and_its_village_not_guessed(known: Gazetteer) -> None:
    assert one(known, "某某镇", "丁村") == (None, None, "unknown_place", "unknown_place")


def test_nothing_written_is_nothing_wrong(known: Gazetteer) -> None:
    assert one(known, None, None) == (None, None, None, None)


def test_no_row_gives_no_row(known: Gazetteer) -> None:
    empty = np.empty(0, dtype=object)
    assert [len(array) for array in known.resolve(empty, empty, "", "")] == [0, 0, 0, 0]


def test_a_merged_village_and_a_dissolved_township_are_todays(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(paths.default().reference, tmp_path / "reference"))
    with (folder / "places.csv").open("a", encoding="utf-8") as handle:
        handle.write("杉山镇,新村,village,,,,me,\n")
    with (folder / "place_changes.csv").open("a", encoding="utf-8") as handle:
        handle.write(
            "杉山镇,老村,杉山镇,新村,merge,2016-05-01,me,high\n茶园镇,旧村,万宝镇,东冲村,merge,2015-11-30,me,high\n"
        )
    gazetteer = Gazetteer(reference.load(folder))
    assert one(gazetteer, "杉山镇", "老村") == ("杉山镇", "新村", None, None)
    assert one(gazetteer, "茶园镇", "旧村")[:2] == ("万宝镇", "东冲村")


def test_a_township_that_was_dissolved_into_one_other_is_that_one_today() -> None:
    assert one(Gazetteer(reference.load()), "茶园镇", None)[0] == "万宝镇"
