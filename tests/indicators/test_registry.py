"""Every indicator by its name, with a card that says all there is to say, in both languages."""

import dataclasses
import inspect

import pandas as pd
import pytest

from louxing_analysis import reference, store
from louxing_analysis.indicators import coverage, income, participation, quality, registry
from louxing_analysis.indicators.labels import VOCABULARIES

MODULES = {"income": income, "participation": participation, "coverage": coverage, "quality": quality}
COLUMNS = ["period", "numerator", "denominator", "value", "low", "high", "unit", "missing"]


@pytest.fixture
def read(draw):
    """Every clean table, empty."""
    others = {
        "sheets": ["table", "workbook", "sheet", "data", "kept", "quarantined"],
        "problems": ["table", "workbook", "sheet", "cell", "column", "reason", "severity"],
        "totals": ["table", "workbook", "sheet", "verdict"],
        "places": ["township", "village", "kind", "since", "until"],
    }

    def table(name: str) -> pd.DataFrame:
        return pd.DataFrame(columns=others[name], dtype="str") if name in others else draw(name)

    return table


def test_every_promised_name_is_there() -> None:
    promised = [
        "income_per_head",
        "income_median",
        "income_distribution",
        "income_composition",
        "income_bridge",
        "income_growth",
        "poverty_headcount",
        "near_line_band",
        "transfer_dependence",
        "income_transition",
        "stock_and_flow",
        "income_inequality",
        "meeting_attendance",
        "attendance_same_people",
        "visit_completion",
        "industry_participation",
        "cooperative_participation",
        "labour_migration",
        "training_completion",
        "sanitation_rated",
        "inspection_rectified",
        "inspection_months",
        "help_coverage",
        "help_by_kind",
        "kinds_per_household",
        "kinds_overlap",
        "pairing_coverage",
        "paired_cadres",
        "team_coverage",
        "agencies_taking_part",
        "households_per_cadre",
        "safeguards_met",
        "eligibility_receipt",
        "project_money",
        "beneficiaries_by_mode",
        "checkup_coverage",
        "rows_by_fate",
        "problems_by_reason",
        "missing_by_column",
        "totals_agreement",
    ]
    assert sorted(registry.names()) == sorted(promised)


@pytest.mark.parametrize("name", registry.names())
def test_an_indicator_stands_in_the_module_of_its_card(name: str) -> None:
    assert getattr(MODULES[registry.card(name).module], name) is registry.get(name).function


@pytest.mark.parametrize("name", registry.names())
def test_a_card_names_exactly_the_tables_its_function_takes(name: str) -> None:
    words, parameters = registry.card(name), inspect.signature(registry.get(name).function).parameters
    tables = {*reference.load().ledgers["ledger"], "sheets", "problems", "totals", "places"}
    assert {*words.tables, *words.optional} == {key for key in parameters if key in tables and key != ""} - {""}
    assert all(parameters[table].default is None for table in words.optional)


@pytest.mark.parametrize("name", registry.names())
def test_a_card_is_written_in_both_languages(name: str) -> None:
    for field, text in dataclasses.asdict(registry.card(name)).items():
        if field.endswith("_zh"):
            assert any("一" <= letter <= "鿿" for letter in text), field
        if field.endswith("_en"):
            assert text.strip(), field
            assert not any("一" <= letter <= "鿿" for letter in text), field


@pytest.mark.parametrize("name", registry.names())
def test_on_empty_tables_an_indicator_says_nothing_and_does_not_fail(name: str, read) -> None:
    measured = registry.measure(name, read=read)
    assert list(measured.frame) == ["indicator", *measured.groups, *COLUMNS]
    assert len(measured.frame) >= 1
    assert measured.frame["value"].isna().all()
    assert (measured.frame["denominator"].fillna(0) == 0).all()
    assert measured.rows_behind().empty
    assert len(measured.to_display("zh")) == len(measured.to_display("en")) == len(measured.frame)


def test_groups_without_a_column_of_their_own_have_a_heading_and_labels() -> None:
    facts = reference.load()
    for group, vocabularies in VOCABULARIES.items():
        named = [
            facts.label(vocabulary, group, "zh") != group
            for vocabulary in ["measured", *(f"column:{ledger}" for ledger in facts.ledgers["ledger"])]
        ]
        assert any(named), group
        assert any(facts.order(vocabulary) or vocabulary == "ledger" for vocabulary in vocabularies), group


def test_a_table_that_is_only_useful_is_done_without(draw) -> None:
    incomes = draw("incomes", "household_id income_year household_size per_capita_net_income\nh1 2018 2 3000")

    def read(name: str) -> pd.DataFrame:
        if name != "incomes":
            raise store.NothingProcessed(name)
        return incomes

    assert registry.measure("income_per_head", read=read, years=[2018]).line()["value"] == 3000
    with pytest.raises(store.NothingProcessed, match="visits"):
        registry.measure("visit_completion", read=read)


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(registry.UnknownIndicator, match="income_per_head"):
        registry.get("happiness")


def test_the_options_are_those_beside_tables_and_facts() -> None:
    assert registry.options("poverty_headcount") == ["years", "by", "weights", "lines", "alpha"]
