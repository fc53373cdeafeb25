"""What each command of `louxing` does; heavy imports stay inside, so that `louxing --help` is instant."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from louxing_analysis import cluster, paths
from louxing_analysis.console import print_score, say_cleaned
from louxing_analysis.safe_text import printable

ALL_WELL, FINISHED_WITH_SURPRISES, WRONG_USE, NOTHING_DONE = 0, 1, 2, 3


def run(options: argparse.Namespace) -> int:
    """Run the command; what the user did wrong, or a file refused, is one line on stderr."""
    from louxing_analysis.cleaning.private_folder import RefusedFolder
    from louxing_analysis.cleaning.pseudonyms import BadKey
    from louxing_analysis.execute import NotebookFailed
    from louxing_analysis.pipeline import PublishingRefused
    from louxing_analysis.reference import BadReference
    from louxing_analysis.store import NothingProcessed
    from louxing_analysis.trace import NotFound

    handlers: dict[str, Callable[[argparse.Namespace, paths.Paths], int]] = {
        "sample": _sample,
        "clean": _clean,
        "inspect": _inspect,
        "report": _report,
        "run": _run,
        "score": _score,
        "trace": _trace,
        "headers": _headers,
        "key": _key,
    }
    try:
        return handlers[options.command](options, _paths(options))
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - stays open until the process ends
        return ALL_WELL
    except PublishingRefused as error:
        return _fail(error, FINISHED_WITH_SURPRISES)
    except (NotFound, RefusedFolder, ValueOfOption) as error:
        return _fail(error, WRONG_USE)
    except (BadReference, BadKey, NothingProcessed, NotebookFailed, OSError) as error:
        return _fail(error, NOTHING_DONE)
    except Exception as error:
        if os.environ.get("LOUXING_DEBUG") == "1":
            raise
        return _fail(_internal(error), NOTHING_DONE)


class ValueOfOption(ValueError):
    """An option has a value that cannot be used."""


def _fail(error: BaseException, code: int) -> int:
    print(printable(" ".join(str(error).split())), file=sys.stderr)
    return code


def _internal(error: Exception) -> RuntimeError:
    """A fault of ours, in one line: where it happened, without what stood in the data."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "louxing_analysis" in frame.filename]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return RuntimeError(
        f"程序内部错误 / a fault of the program: {type(error).__name__} ({where})；请报告；LOUXING_DEBUG=1 显示详情 / please "
        "report it; LOUXING_DEBUG=1 shows the whole"
    )


def _paths(options: argparse.Namespace) -> paths.Paths:
    told = {name: getattr(options, name, None) for name in ("raw", "processed", "reference", "reports")}
    return paths.default().moved(**told)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar on a terminal, and silence elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def step(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield step


def _years(text: str) -> tuple[int, ...]:
    first, _, last = text.partition("-")
    if not first.isdigit() or not (last or first).isdigit() or int(last or first) < int(first):
        raise ValueOfOption(f"--years {text}: 请写成 2016-2020 / write it as 2016-2020")
    return tuple(range(int(first), int(last or first) + 1))


def _district(options: argparse.Namespace) -> dict[str, Any]:
    """What the made-up district shall be like."""
    plain = {name: getattr(options, name) for name in ("seed", "places", "households", "mess")}
    return plain | {"years": _years(options.years)}


def _sample(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import pipeline

    if options.remove:
        removed, changed = pipeline.remove_sample(where)
        print(f"已删除 {len(removed)} 个示例文件 / removed {len(removed)} files of the sample")
        for path in changed:
            print(f"{path.name}: 已被改动，未删除 / was changed by hand and is left where it is", file=sys.stderr)
        return FINISHED_WITH_SURPRISES if changed else ALL_WELL
    with _progress() as progress:
        made = pipeline.make_sample(
            where,
            truth=options.truth,
            **_district(options),
            jobs=options.jobs,
            progress=progress,
        )
    print(made)
    return ALL_WELL


def _clean(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import pipeline

    with cluster.connected(options.cluster) as executor, _progress() as progress:
        outcome = pipeline.clean(
            where,
            jobs=options.jobs,
            progress=progress,
            executor=executor,
            remember=not options.afresh,
            marked=options.marked,
        )
    say_cleaned(outcome)
    return outcome.exit_code


def _inspect(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import pipeline
    from louxing_analysis.cleaning.drawing import problem_lines
    from louxing_analysis.problems import STRUCTURAL

    if os.path.isdir(options.file):
        raise ValueOfOption(f"{options.file}: 这是文件夹，请给出一个文件 / this is a folder; name one file")
    if not os.path.isfile(options.file):
        raise ValueOfOption(f"{options.file}: 没有这个文件，请核对路径 / no such file; check the path")
    found, draw = pipeline.inspect(options.file, where, show_personal=options.show_personal)
    nothing_read = bool(found["problems"]) and not found["sheets"]
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif not nothing_read:
        draw(options.language)
    if nothing_read:
        print("\n".join(problem_lines(options.file.name, found, show_personal=options.show_personal)), file=sys.stderr)
        return NOTHING_DONE
    loud = any(problem["severity"] == STRUCTURAL for problem in found["problems"])
    return FINISHED_WITH_SURPRISES if loud else ALL_WELL


def _report(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import pipeline

    with _progress() as progress:
        page = pipeline.publish(
            where, language=options.language, allow_incomplete=options.allow_incomplete, progress=progress
        )
    print(page)
    return ALL_WELL


def _run(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import pipeline

    with cluster.connected(options.cluster) as executor, _progress() as progress:
        result = pipeline.run(
            where,
            jobs=options.jobs,
            executor=executor,
            remember=not options.afresh,
            marked=options.marked,
            language=options.language,
            allow_incomplete=options.allow_incomplete,
            sample=_district(options),
            progress=progress,
        )
    for line in result.before:
        print(line)
    say_cleaned(result.outcome)
    for line in result.lines:
        print(line)
    for line in result.warnings:
        print(line, file=sys.stderr)
    return int(result.exit_code)


def _score(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import pipeline
    from louxing_analysis.score import score

    if options.truth is not None:
        try:
            return print_score(score(options.truth, where.processed))
        except FileNotFoundError as error:
            raise ValueOfOption(str(error)) from error
    with tempfile.TemporaryDirectory(prefix="louxing-score-") as folder, _progress() as progress:
        there = where.moved(raw=Path(folder) / "raw", processed=Path(folder) / "processed")
        pipeline.make_sample(
            there, mess=options.mess, truth=Path(folder) / "truth", jobs=options.jobs, progress=progress
        )
        pipeline.clean(there, jobs=options.jobs, progress=progress)
        return print_score(score(Path(folder) / "truth", there.processed))


def _trace(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import trace

    if options.rows < 0:
        raise ValueOfOption(f"--rows {options.rows}: 须为 0 或正数 / 0 or more")
    choice = trace.Choice(options.show_personal, options.language, options.rows, options.column or "")
    found = trace.trace(where, options.what, options.rest, choice)
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
        return ALL_WELL
    for note in found.notes:
        print(printable(note), file=sys.stderr)
    if found.what:
        print(printable(found.what))
    if len(found.behind) != 1:
        print(
            f"{len(found.behind)} 行，列出前 {found.shown} 行 / {len(found.behind)} rows, the cells of the first {found.shown}"
        )
    for cell in found.cells:
        print(printable(cell.line()))
    return ALL_WELL


def _headers(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import store
    from louxing_analysis.cleaning.layout import SPELLINGS, proposal

    problems = store.read("problems", where.processed)
    if options.words:
        details = problems.loc[problems["detail"].str.startswith(SPELLINGS), "detail"].drop_duplicates()
        print("vocabulary,written,code,source,confidence")
    else:
        unknown = problems[problems["reason"] == "unknown_header"]
        details = unknown.drop_duplicates(["table", "found"])["detail"]
        print("header,ledger,column,unit,fixed,why,source,confidence")
    for detail in details:
        row, nearest = proposal(detail)
        print(printable(row))
        if nearest:
            print(printable(nearest), file=sys.stderr)
    return ALL_WELL


def _key(options: argparse.Namespace, where: paths.Paths) -> int:
    from louxing_analysis import store
    from louxing_analysis.cleaning import keys

    if options.new:
        if not keys.make_key(where.root):
            raise ValueOfOption(f"{keys.FILE}: 已有密钥，未改动 / there is a key already; it was left as it is")
        print(f"{keys.FILE}: 已生成，请备份 / made; keep a copy of it")
    earlier = store.earlier_run(where.processed).get("key")
    if keys.is_at_hand(where.root):
        key = keys.load_key(where.root, earlier=earlier)
        print(f"{key.origin} {key.fingerprint}")
        for note in key.notes:
            print(note, file=sys.stderr)
        return ALL_WELL
    keys.refuse_if_lost(earlier)
    print(
        f"尚无密钥，首次清洗自己的台账时生成 {keys.FILE} / no key yet: {keys.FILE} is made when own ledgers are first cleaned"
    )
    return ALL_WELL
