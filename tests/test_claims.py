"""Published sentences measured again: which line of which indicator each is about, and what it comes to."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from louxing_analysis import claims, reference, store
from louxing_analysis.claims import CANNOT_TELL, DIFFERS, HOLDS, Claim, UnknownClaim, check, choices
from louxing_analysis.indicators import registry
from louxing_analysis.reference import Reference

MEETINGS = pd.DataFrame(
    {
        "township": ["万宝镇"] * 4,
        "village": ["东冲村", "东冲村", "东冲村", "松屋村"],
        "meeting_date": pd.to_datetime(["2019-02-01", "2019-05-01", "2019-09-01", "2019-02-01"]).astype("datetime64[s]"),
        "meeting_type_code": ["theme_day"] * 4,
        "expected_count": pd.array([20, 30, 20, 10], dtype="Int64"),
        "present_count": pd.array([5, 10, 20, 10], dtype="Int64"),
        "excused_count": pd.array([0, 0, 0, 0], dtype="Int64"),
        "workbook": ["会议.xlsx"] * 4, "sheet": ["Sheet1"] * 4, "row": [3, 4, 5, 6], "row_id": list("abcd"),
    }
)  # fmt: skip


def read(table: str) -> pd.DataFrame:
    if table != "meetings":
        raise store.NothingProcessed(table)
    return MEETINGS


def facts(**row: str) -> Reference:
    """The project's facts with one claim."""
    usual = {
        "claim": "mine", "sentence_zh": "到会率", "sentence_en": "attendance", "indicator": "meeting_attendance",
        "filter": "township=万宝镇;village=东冲村", "period": "2019-01..2019-07", "comparison": "below", "stated": "0.4",
        "unit": "share", "source": "test",
    }  # fmt: skip
    return dataclasses.replace(reference.load(), claims=pd.DataFrame([{**usual, **row}], dtype="str"))


def test_a_claim_of_a_span_and_a_village_is_measured_on_their_rows_alone() -> None:
    found = check("mine", read, facts())
    assert found.found == pytest.approx((5 + 10) / (20 + 30))
    assert found.verdict == HOLDS
    assert found.rows_behind()["row_id"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("comparison", "stated", "verdict"),
    [
        ("below", "0.3", DIFFERS), ("at_least", "0.3", HOLDS), ("at_least", "0.31", DIFFERS), ("equals", "0.3", HOLDS),
        ("complete", "1", DIFFERS),
    ],
)  # fmt: skip
def test_what_is_stated_is_compared_as_the_row_says(comparison: str, stated: str, verdict: str) -> None:
    assert check("mine", read, facts(comparison=comparison, stated=stated)).verdict == verdict  # 15 of 50


def test_a_claim_of_a_count_takes_the_count_of_a_share() -> None:
    found = check("mine", read, facts(unit="person", comparison="equals", stated="15"))
    assert (found.found, found.verdict) == (15, HOLDS)


def test_a_place_or_time_that_the_ledgers_do_not_have_cannot_be_told_and_has_no_rows() -> None:
    for row in ({"filter": "village=别处村"}, {"period": "2015"}):
        found = check("mine", read, facts(**row))
        assert (found.verdict, found.line) == (CANNOT_TELL, None)
        assert found.why
        assert found.rows_behind().empty


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"indicator": "happiness"}, "happiness.*no such indicator yet"),
        ({"stated": "许多"}, "许多.*is not a number"),
        ({"comparison": "about"}, "about.*below"),
        ({"filter": "东冲村"}, "东冲村.*column=value"),
        ({"filter": "guarantee_code=water"}, "guarantee_code.*no such groups"),
    ],
)
def test_a_row_that_cannot_be_measured_is_named_in_one_line(row: dict[str, str], why: str) -> None:
    with pytest.raises(UnknownClaim, match=why) as said:
        check("mine", read, facts(**row))
    assert "\n" not in str(said.value)


def test_a_claim_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownClaim, match=r"yours.*mine"):
        check("yours", read, facts())


def test_two_spans_of_one_sentence_are_before_and_after() -> None:
    known = claims.claims(reference.load())
    before, after = ("2019-01", "2019-07"), ("2019-08", "2020-05")
    for name in ("rujiechong_same_people_before", "rujiechong_same_people_after"):
        assert choices(known[name], known) == {"before": before, "after": after, "by": ("township", "village")}
    alone: dict[str, Claim] = {"rujiechong_same_people_before": known["rujiechong_same_people_before"]}
    with pytest.raises(UnknownClaim, match="needs a span before"):
        choices(alone["rujiechong_same_people_before"], alone)


def test_every_claim_of_the_project_names_an_indicator_and_options_that_it_has() -> None:
    known = claims.claims(reference.load())
    for claim in known.values():
        assert set(choices(claim, known)) <= set(registry.options(claim.indicator))
