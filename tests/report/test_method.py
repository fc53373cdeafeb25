"""docs/method.md is what the cards say."""

from __future__ import annotations

from louxing_analysis import paths
from louxing_analysis.indicators import registry
from louxing_analysis.report import method

PAGE = paths.default().root / "docs" / "method.md"


def test_the_page_is_what_the_cards_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == method.method_markdown(), (
        "out of date: python -m louxing_analysis.report.method > docs/method.md"
    )


def test_every_indicator_has_one_card_and_every_analysis_a_heading() -> None:
    page = method.method_markdown()
    assert {registry.card(name).module for name in registry.names()} == set(method.ANALYSES)
    for name in registry.names():
        assert page.count(f"\n`{name}`\n") == 1, name


def test_every_fact_that_a_card_takes_is_named_by_its_file() -> None:
    taken = {fact for name in registry.names() for fact in registry.card(name).facts}
    assert taken <= set(method.FACTS)
    assert all((paths.default().reference / file).exists() for file in method.FACTS.values())


def test_a_bar_in_a_text_does_not_end_its_cell() -> None:
    cells = [line for line in method.method_markdown().splitlines() if line.startswith("| 定义")]
    assert len(cells) == len(registry.names())
    assert all(line.replace("\\|", "").count("|") == 4 for line in cells)
