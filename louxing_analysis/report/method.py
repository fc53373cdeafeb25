"""docs/method.md from the cards of the indicators: `python -m louxing_analysis.report.method > docs/method.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import files

from louxing_analysis import reference
from louxing_analysis.indicators import registry
from louxing_analysis.indicators.card import POPULATIONS, Card
from louxing_analysis.indicators.populations import POPULATION

HEAD = "templates/method-head.md"

ANALYSES = {
    "income": "收入变化 / Income change",
    "participation": "参与 / Participation",
    "coverage": "帮扶覆盖 / Assistance coverage",
    "quality": "数据质量 / Data quality",
}
"""The modules that cards name, in the order of the page, with their headings."""

FIELDS = {
    "definition": "定义 / definition",
    "unit_of_analysis": "分析单位 / unit of analysis",
    "population": "对象 / population",
    "denominator": "分母 / denominator",
    "period": "时间 / period",
    "missing_rule": "缺失 / missing",
    "interval": "区间 / interval",
}
"""The fields of a card that are in two languages, in the order of the table."""

FACTS = {"threshold": "thresholds.csv", "price_index": "context.csv"}
DISCLOSURE = {"sensitive": "敏感 / sensitive：小数保护 / small counts hidden", "open": "公开 / open"}


def method_markdown() -> str:
    """The whole page: the hand-written head, the populations, one card per indicator; the same text in every run."""
    head = files("louxing_analysis.report").joinpath(HEAD).read_text(encoding="utf-8").strip()
    cards = [registry.card(name) for name in registry.names()]
    return "\n".join([head, "", *_populations(cards), *_contents(cards), *_all_cards(cards)]).rstrip() + "\n"


def _populations(cards: list[Card]) -> Iterator[str]:
    """Every named population and the indicators that are of it."""
    yield from ("## 对象 / Populations", "", "| | 中文 | English | indicators |", "| --- | --- | --- | --- |")
    for name, text in POPULATIONS.items():
        chosen = "population" if name in POPULATION else ""
        mine = ", ".join(
            f"`{card.name}`" + ("*" if card.population != name else "")
            for card in cards
            if card.population == name or chosen in registry.options(card.name)
        )
        yield f"| `{name}` | {_cell(text.zh)} | {_cell(text.en)} | {mine or '—'} |"
    yield from ("", "`*` with the option `population`. 用选项 `population` 指定。", "")


def _contents(cards: list[Card]) -> Iterator[str]:
    yield from ("## 指标 / Indicators", "", f"{len(cards)} indicators. 共 {len(cards)} 个指标。", "")
    for analysis, heading in ANALYSES.items():
        yield f"- {heading}: " + ", ".join(f"`{card.name}`" for card in cards if card.module == analysis)
    yield ""


def _all_cards(cards: list[Card]) -> Iterator[str]:
    for analysis, heading in ANALYSES.items():
        yield from (f"## {heading}", "")
        for card in (card for card in cards if card.module == analysis):
            yield from _card(card)


def _card(card: Card) -> Iterator[str]:
    """One card as a table of two languages, then what has no language."""
    yield from (f"### {card.name_zh} / {card.name_en}", "", f"`{card.name}`", "")
    yield from ("| | 中文 | English |", "| --- | --- | --- |")
    for field, heading in FIELDS.items():
        zh, en = _cell(card.text(field, "zh")), _cell(card.text(field, "en"))
        yield f"| {heading} | {zh} | {en} |"
    yield ""
    unit = " / ".join(dict.fromkeys(reference.load().label("unit", card.unit, one) for one in ("zh", "en")))
    yield f"- 单位 / unit: {unit}"
    yield f"- 所用表 / tables: {_names(card.tables) or '全部台账 / every ledger'}{_optional(card)}"
    if card.facts:
        yield f"- 参考数据 / reference: {_names([FACTS[fact] for fact in card.facts])}"
    if choices := registry.options(card.name):
        yield f"- 选项 / options: {_names(choices)}"
    yield f"- 披露 / disclosure: {DISCLOSURE[card.disclosure]}"
    yield from (f"- 公式来源 / source: {card.source}", "")


def _optional(card: Card) -> str:
    return f"；可缺 / useful, not needed: {_names(card.optional)}" if card.optional else ""


def _names(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    """Text that may stand in a cell of a table."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.buffer.write(method_markdown().encode("utf-8"))  # the same bytes on every system
