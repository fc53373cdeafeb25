"""All ledgers are there with their columns and types, the same seed gives the same, and years do not hang on each other."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from louxing_analysis import reference
from louxing_analysis.sample import district

KEY = {
    "household_id": "household_key",
    "person_id": "person_key",
    "cadre_id": "cadre_key",
    "member_id": "member_key",
    "project_id": "project_key",
}
TYPES = {
    "year": "Int64",
    "integer": "Int64",
    "money": "float64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "month": "datetime64[us]",
}


def fingerprint(made: district.District) -> str:
    whole = hashlib.sha256()
    for name, frame in [*sorted(made.tables.items()), ("places", made.places)]:
        whole.update(name.encode())
        whole.update(pd.util.hash_pandas_object(frame).to_numpy().tobytes())
    return whole.hexdigest()


def test_every_ledger_has_its_written_columns_in_order_with_their_types(whole):
    facts = reference.load()
    assert list(whole.tables) == list(facts.ledgers["ledger"])
    for ledger, frame in whole.tables.items():
        columns = facts.columns_of(ledger)
        written = columns[columns["kind"] != "derived"]
        there = [name for name in frame.columns if name in set(written["column"])]
        assert there == list(written["column"]), ledger
        for name, kind in zip(written["column"], written["kind"], strict=True):
            assert str(frame[name].dtype) == TYPES.get(kind, "str"), (ledger, name)
        for name in written.loc[written["kind"].isin(["date", "month"]), "column"]:
            assert frame[name].notna().equals(frame[f"{name}_precision"].notna())


def test_every_code_stands_in_its_vocabulary(whole):
    facts = reference.load()
    for ledger, frame in whole.tables.items():
        columns = facts.columns_of(ledger)
        for name, vocabulary in columns.loc[
            columns["kind"].isin(["code", "codes"]), ["column", "vocabulary"]
        ].to_numpy():
            used = {code for text in frame[name].dropna().unique() for code in text.split("|")}
            assert used <= set(facts.order(vocabulary)), (ledger, name)


def test_no_two_rows_have_the_same_key_and_required_cells_are_filled(whole):
    facts = reference.load()
    for ledger, key in zip(facts.ledgers["ledger"], facts.ledgers["key_columns"], strict=True):
        frame = whole.tables[ledger]
        assert not frame.duplicated([KEY.get(name, name) for name in key.split()]).any(), ledger
        columns = facts.columns_of(ledger)
        for name in columns.loc[(columns["required"] == "yes") & (columns["kind"] != "derived"), "column"]:
            assert frame[name].notna().all(), (ledger, name)


def test_every_row_stands_in_a_place_of_the_district(whole):
    known = set(whole.places["township"] + whole.places["village"])
    for ledger, frame in whole.tables.items():
        new = "new_" if ledger == "village_changes" else ""
        assert set((frame[f"{new}township"] + frame[f"{new}village"]).unique()) <= known, ledger


def test_the_old_villages_are_nobodys_village_today(whole):
    changes = whole.tables["village_changes"]
    assert 20 < changes["new_village"].nunique() < 40  # one village in six
    assert changes.groupby("new_village").size().between(2, 3).all()
    assert not set(changes["old_village"]) & set(whole.places["village"])
    assert not set(changes["new_village"]) & set(whole.places.loc[~whole.places["made_up"], "village"])


def test_the_district_has_the_size_that_was_published(whole):
    assert len(whole.places) == 204
    assert whole.places["kind"].value_counts().to_dict() == {"village": 144, "community": 60}
    assert whole.places["township"].nunique() == 13
    assert whole.places["village"].is_unique
    assert len(set(whole.agencies)) == 94
    assert whole.tables["households"]["household_key"].nunique() == 7600
    assert 22_300 <= whole.tables["members"]["person_key"].nunique() <= 23_700


def test_places_of_the_article_are_kept_and_made_up_ones_are_said_to_be(whole, small):
    listed = reference.load().places
    named = listed[(listed["village"] != "") & (listed["until"] == "")]
    for made in (whole, small):
        assert set(named["village"]) <= set(made.places["village"])
    real = whole.places[~whole.places["made_up"]]
    assert set(real["village"]) == set(named.loc[named["township"] != "", "village"])


def test_the_same_seed_gives_the_same_frames_and_another_seed_others(small):
    again = district.build(seed=5, places=20, households=700)
    other = district.build(seed=6, places=20, households=700)
    assert fingerprint(again) == fingerprint(small)
    assert fingerprint(other) != fingerprint(small)


def test_fewer_years_give_the_same_rows_of_those_years(small):
    part = district.build(seed=5, places=20, households=700, years=(2018, 2019))
    for ledger, frame in part.tables.items():
        if ledger == "pairings":  # one roster, kept up to the last year
            assert set(frame["year"]) == {2019}
            continue
        wanted = small.tables[ledger]
        wanted = wanted[wanted["year"].isin([2018, 2019])].reset_index(drop=True)
        pd.testing.assert_frame_equal(frame, wanted)


def test_what_cannot_be_made_up_is_refused():
    with pytest.raises(ValueError, match="2021"):
        district.build(years=(2020, 2021))
    with pytest.raises(ValueError, match="three households"):
        district.build(places=10, households=20)


@pytest.mark.parametrize(("places", "households"), [(1, 30), (3, 9), (7, 60)])
def test_a_very_small_district_still_has_all_ledgers(places, households):
    made = district.build(seed=1, places=places, households=households)
    assert len(made.places) == places
    assert all(
        len(frame)
        for name, frame in made.tables.items()
        if name not in ("attendance", "beneficiaries", "village_changes", "monitoring")
    )
