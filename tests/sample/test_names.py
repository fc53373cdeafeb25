"""Invented names can be printed and told apart; serial numbers of one birthday run out with an error, never twice."""

from __future__ import annotations

import importlib.metadata
from io import BytesIO

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from louxing_analysis.sample import beneficiaries, names, places, projects


def font_file():
    for entry in importlib.metadata.files("zhplot") or []:
        if entry.name.lower().endswith((".ttf", ".otf")):
            return entry.locate()
    raise AssertionError("zhplot holds no font")


def test_every_character_that_names_are_made_of_is_in_the_font():
    letters = names.MALE_OLD + names.MALE_YOUNG + names.FEMALE_OLD + names.FEMALE_YOUNG + "".join(names.SURNAMES)
    letters += places.FIRST + places.SECOND + "".join(places.BUREAUS + places.CENTRES + places.OFFICES + places.UNIONS)
    letters += "".join("".join(works.split()) for works in projects.WORKS.values())
    with open(font_file(), "rb") as handle:
        known = TTFont(BytesIO(handle.read()), fontNumber=0, lazy=True).getBestCmap()
    assert [letter for letter in letters if ord(letter) not in known] == []
    assert all(ord(letter) <= 0xFFFF for letter in letters)


def test_the_check_digit_of_the_standards_example():
    assert names.check_digit(np.array([11010519491231002])) == ["X"]


def test_an_id_number_says_birthday_and_sex():
    generator = np.random.default_rng(1)
    birth = np.array(["1966-03-05", "1999-12-31"], dtype="datetime64[D]")
    man, woman = names.id_numbers(generator, birth, np.array([False, True]), names.CADRES)
    assert man[:14] == "43990219660305"
    assert int(man[16]) % 2 == 1
    assert 600 <= int(woman[14:17]) <= 749
    assert int(woman[16]) % 2 == 0


def test_more_people_on_one_birthday_than_numbers_is_an_error():
    birth = np.full(60, np.datetime64("1970-01-01"))
    with pytest.raises(ValueError, match="one day"):
        names.id_numbers(np.random.default_rng(1), birth, np.zeros(60, dtype=bool), names.TEAM_MEMBERS)
    fifty = names.id_numbers(np.random.default_rng(1), birth[:50], np.zeros(50, dtype=bool), names.TEAM_MEMBERS)
    assert len(set(fifty)) == 50


def test_modes_of_linkage_have_an_amount_each():
    assert set(beneficiaries.AMOUNTS) == {mode for modes in projects.LINKED.values() for mode in modes}
