"""docs/rules.md from rules.csv: `python -m louxing_analysis.cleaning.rules_page > docs/rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from louxing_analysis import reference
from louxing_analysis.problems import REASONS
from louxing_analysis.reference import Reference
from louxing_analysis.rule_rows import Rule

HEAD = """\
# 规则 / Rules

What cleaning doubts, and by which rule. This page is written by `python -m louxing_analysis.cleaning.rules_page` from
data/reference/rules.csv and thresholds.csv; a test fails when it is out of date. 本页由程序生成，请勿手改。

A rule only points at a cell: it changes no value, takes no row away and never corrects money. Every finding is a row of
`problems` under the rule's name. `rules_run` says for every rule and column how many rows there were, how many could be
checked, how many lacked a cell or a line that the rule needs, and how many findings were made: a rule whose columns did
not come has 0 checked rows, and "no findings" is never taken for "not checked".
规则只作提示，不改动任何数值；`rules_run` 表写明每条规则检查了多少行、多少行缺少所需的栏目、发现多少处。

Where the check says `given …`, the reason is given while cells or keys are read, and the cell or row is set aside there.
A check in words is asked of every row as it stands; one without is a function of the same name
below `louxing_analysis/cleaning/`. To change a threshold, or the line of the district, edit its row of thresholds.csv; to
leave a rule out, give it an end (`until`). 检查为空的规则见同名函数；改阈值请改 thresholds.csv，停用规则请填 until。
"""


def rules_markdown(facts: Reference | None = None) -> str:
    """The whole page: the same text in every run."""
    facts = facts or reference.load()
    rules = facts.rule_list
    lines = [HEAD, f"{len(rules)} rules. 共 {len(rules)} 条规则。", ""]
    for subject in facts.order("rule_subject"):
        mine = [rule for rule in rules if rule.subject == subject]
        lines += [
            f"## {facts.label('rule_subject', subject)} / {facts.label('rule_subject', subject, 'en')}",
            "",
            "| rule | 说明 | meaning | 对象 / judges | 阈值 / thresholds | check | source |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            *(_line(rule, facts) for rule in mine),
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _line(rule: Rule, facts: Reference) -> str:
    reason = REASONS[rule.given] if rule.given else rule.reason
    said = (rule.sentence_zh or reason.zh, rule.sentence_en or reason.en)
    judges = ", ".join(f"`{ledger}.{column}`" for ledger, column in rule.on)
    time = " – ".join((rule.since, rule.until)) if rule.since or rule.until else ""
    check = f"`{rule.check}`".replace("|", "\\|") if rule.check else ""
    source = "; ".join(filter(None, (rule.source, rule.confidence, time)))
    cells = [f"`{rule.rule}`", *said, judges, "; ".join(_thresholds(rule, facts)), check, source]
    return f"| {' | '.join(cells)} |"


def _thresholds(rule: Rule, facts: Reference) -> Iterator[str]:
    """Each threshold with its values over the years."""
    for name in rule.thresholds:
        mine = facts.thresholds[facts.thresholds["rule"] == name]
        values = [
            value if len(mine) == 1 else f"{since[:4]}: {value}"
            for since, value in zip(mine["since"], mine["value"], strict=True)
        ]
        yield f"`{name}` {', '.join(values)}"


if __name__ == "__main__":
    sys.stdout.buffer.write(rules_markdown().encode("utf-8"))  # the same bytes on every system
