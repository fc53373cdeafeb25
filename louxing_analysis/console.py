"""What the commands print of a cleaning run and of a score."""

from __future__ import annotations

import sys
from typing import Any

from louxing_analysis.safe_text import printable

ALL_WELL, FINISHED_WITH_SURPRISES = 0, 1
WIDE = 120  # characters of the table of ledgers
SHOWN = 40  # problems listed on the console; the table `problems` has them all


def say_cleaned(outcome: Any) -> None:
    """What was cleaned, what is to be said of the key, and every structural surprise, each in one line."""
    from louxing_analysis.problems import STRUCTURAL, Problem, sentence

    for note in outcome.facts["key"]["notes"]:
        print(note, file=sys.stderr)
    counts, seconds = outcome.facts["counts"], outcome.facts["seconds"]
    if not counts["workbooks"]:
        print(
            "data/raw 中没有工作簿：请放入台账，或运行 louxing sample / no workbook in data/raw: put ledgers there, or run louxing sample",
            file=sys.stderr,
        )
        return
    print(
        f"{counts['workbooks']} 个工作簿，{counts['sheets']} 张表，{counts['data_rows']} 行：保留 {counts['kept_rows']}，隔离 {counts['quarantined_rows']}"
        f"（{seconds['cleaning']:.1f} 秒）/ {counts['workbooks']} workbooks, {counts['sheets']} sheets, {counts['data_rows']} rows: "
        f"{counts['kept_rows']} kept, {counts['quarantined_rows']} quarantined ({seconds['cleaning']:.1f} s)"
    )
    _say_ledgers(outcome.facts["ledgers"])
    structural = outcome.problems[outcome.problems["severity"] == STRUCTURAL]
    # one header that nobody knows may stand on a hundred sheets; it is one row to add
    alike = structural["reason"].where(structural["reason"] == "unknown_header", structural.index.astype(str))
    groups = structural.groupby([alike, "table", "found"], sort=False)
    for _, group in list(groups)[:SHOWN]:
        problem = Problem(*group.iloc[0])
        more = f" (另有 {len(group) - 1} 处 / and in {len(group) - 1} more places)" if len(group) > 1 else ""
        print(f"{printable(sentence(problem, 'both'))}{more}", file=sys.stderr)
    if len(groups) > SHOWN:
        print(f"… {len(groups) - SHOWN} 条未列出 / more in data/processed/problems.parquet", file=sys.stderr)
    for line in outcome.lines:
        print(printable(line))


def _say_ledgers(ledgers: dict[str, dict[str, int]]) -> None:
    """What became of each ledger, on one screen."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("台账 / ledger")
    heads = {"sheets": "表 sheets", "data": "行 rows", "kept": "保留 kept", "quarantined": "隔离 quarantined",
             "set_aside": "单元格未采用 cells set aside", "noted": "提示 notes"}  # fmt: skip
    for head in heads.values():
        table.add_column(head, justify="right")
    for name, line in ledgers.items():
        table.add_row(name or "未识别 / not known", *(f"{line[key]:,}" for key in heads))
    Console(width=WIDE, highlight=False).print(table)


def print_score(result: Any) -> int:
    """The tables of a score; every fault on stderr, and the exit code."""
    print("| table | rows | found | cells | equal | wrong | lost | invented | keys mixed |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in result.cells.itertuples():
        print(
            f"| {row.table} | {row.rows:,} | {row.rows_found:,} | {row.cells:,} | {row.equal:,} | {row.wrong} | {row.lost} | {row.invented} | {row.keys_mixed} |"
        )
    print("\n| followed over the years | pairs | linked | right | precision | recall | F1 |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in result.links.itertuples():
        print(
            f"| {row.table} | {row.pairs:,} | {row.linked:,} | {row.right:,} | {row.precision:.4f} | {row.recall:.4f} | {row.f1:.4f} |"
        )
    print("\n| planted defect | expected | planted | handled |\n| --- | --- | ---: | ---: |")
    for row in result.defects.itertuples():
        print(f"| {row.kind} | {row.expected} | {row.planted:,} | {row.handled:,} |")
    for fault in result.faults.head(SHOWN).itertuples():
        place = f"{fault.workbook} › {fault.sheet} › {fault.cell} {fault.table}.{fault.column}"
        print(printable(f"{place}: {fault.what}: {fault.true!r} ≠ {fault.clean!r}"), file=sys.stderr)
    if len(result.faults) > SHOWN:
        print(f"… {len(result.faults) - SHOWN} more", file=sys.stderr)
    return ALL_WELL if result.is_perfect else FINISHED_WITH_SURPRISES
