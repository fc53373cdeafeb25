"""The `louxing` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

EPILOG = """退出码 / exit codes: 0 一切正常 all well · 1 已完成，但有结构性问题 finished, with structural surprises ·
2 用法错误 wrong use · 3 无法进行 nothing could be done"""


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(
        prog="louxing",
        description="台账 → 干净的表 → 图表与报告 / ledgers → clean tables → charts and a report",
        epilog=EPILOG,
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text)

    def folders(one: argparse.ArgumentParser, *names: str) -> None:
        for name in names:
            one.add_argument(f"--{name}", metavar="DIR", type=Path)

    def sample_options(one: argparse.ArgumentParser) -> None:
        one.add_argument("--seed", type=int, default=2020, metavar="N")
        one.add_argument("--places", type=int, default=204, metavar="N")
        one.add_argument("--households", type=int, default=7600, metavar="N")
        one.add_argument("--years", default="2016-2020", metavar="FIRST-LAST")
        one.add_argument("--mess", type=int, default=1, choices=(0, 1, 2, 3), metavar="LEVEL")

    def cleaning_options(one: argparse.ArgumentParser) -> None:
        folders(one, "raw", "processed", "reference")
        one.add_argument("--jobs", type=int, metavar="N", help="同时读取的进程数 / processes that read side by side")
        one.add_argument(
            "--cluster", metavar="ADDRESS", help="dask.distributed 调度器 / of its scheduler: tcp://host:8786"
        )
        one.add_argument("--afresh", action="store_true", help="全部重读 / read everything again")
        one.add_argument(
            "--marked", metavar="DIR", type=Path, help="退回各单位的标注副本 / marked copies for the offices"
        )

    def report_options(one: argparse.ArgumentParser) -> None:
        folders(one, "reports")
        one.add_argument("--language", choices=("zh", "en"), default="zh")
        one.add_argument("--allow-incomplete", action="store_true")

    sample = command("sample", "写出一个虚构的区 / write a made-up district")
    folders(sample, "raw", "truth")
    sample_options(sample)
    sample.add_argument("--jobs", type=int, metavar="N")
    sample.add_argument("--remove", action="store_true", help="只删除示例文件 / delete exactly the sample's files")
    clean = command("clean", "清洗 data/raw / clean data/raw")
    cleaning_options(clean)
    inspect = command("inspect", "看一个文件被认成什么 / what a file is taken for")
    inspect.add_argument("file", metavar="FILE", type=Path, help="一个表格文件 / one workbook or table")
    inspect.add_argument("--json", action="store_true", help="给程序读 / for programs")
    inspect.add_argument("--language", choices=("zh", "en"), default="zh")
    inspect.add_argument("--show-personal", action="store_true")
    report = command("report", "写报告 / write the report")
    folders(report, "processed", "reference")
    report_options(report)
    run = command("run", "全部 / all of it: sample if there is nothing, clean, notebooks, report")
    cleaning_options(run)
    report_options(run)
    sample_options(run)
    score = command("score", "与示例真值比较 / the clean tables against a sample's truth")
    score.add_argument(
        "truth", type=Path, nargs="?", help="缺省时现做一个示例 / without it a sample is made for the purpose"
    )
    folders(score, "processed")
    score.add_argument("--jobs", type=int, metavar="N")
    score.add_argument("--mess", type=int, default=1, choices=(0, 1, 2, 3), metavar="LEVEL")
    trace = command("trace", "从数字回到单元格 / from a number back to its cells")
    trace.add_argument("what", metavar="TABLE|EXHIBIT|CLAIM")
    trace.add_argument("rest", nargs="*", metavar="ROW_ID [COLUMN] | KEY=VALUE | GROUP=VALUE")
    folders(trace, "raw", "processed", "reference", "reports")
    trace.add_argument("--column", metavar="NAME", help="只看这一列 / the cells of this column only")
    trace.add_argument(
        "--rows", type=int, default=20, metavar="N", help="列出多少行的单元格 / rows whose cells are shown"
    )
    trace.add_argument("--json", action="store_true", help="给程序读 / for programs")
    trace.add_argument("--language", choices=("zh", "en"), default="zh")
    trace.add_argument("--show-personal", action="store_true")
    headers = command("headers", "尚未登记的表头 / headers nobody knows yet, ready to paste")
    folders(headers, "processed")
    headers.add_argument(
        "--words", action="store_true", help="不认识的词，供登记到 spellings.csv / words for spellings.csv instead"
    )
    key = command("key", "化名的密钥 / the key behind the pseudonyms: where it comes from, and its fingerprint")
    key.add_argument("--new", action="store_true", help="没有密钥时生成一个 / make one where there is none")
    folders(key, "processed")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Errors are one line, never a traceback."""
    options = parser().parse_args(arguments)
    if options.command is None:
        parser().print_help()
        return 2
    from louxing_analysis import commands

    for stream in (sys.stdout, sys.stderr):  # a Windows console may still speak another encoding
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return commands.run(options)


if __name__ == "__main__":
    sys.exit(main())
