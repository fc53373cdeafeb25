"""What must not be committed: workbooks, clean tables, keys, notebooks with outputs, numbers that look like a person's.

Run by .githooks/pre-commit on what is staged (`python -m louxing_analysis.commit_check`), with `--all` on every tracked
file, with `--install` to let git call it. Reads the staged contents, not the files on disk; standard library only, so
that it runs at once and before anything is installed. Made-up numbers are known by rows of .githooks/made-up.csv.
Knows no names: a list of people without numbers is not noticed.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import NamedTuple

HOOKS = ".githooks"
MADE_UP = ".githooks/made-up.csv"
TABLES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ett", ".ods", ".csv", ".tsv", ".parquet", ".feather", ".dbf", ".mdb",
          ".accdb", ".sav", ".dta"}  # fmt: skip
KEPT = {"data/raw", "data/processed", "reports"}
"""Folders of which only the README is in the repository."""

_MAGIC = {
    b"PK\x03\x04": "zip 或工作簿 / a zip or workbook",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "旧式工作簿或文档 / an old workbook or document",
    b"PAR1": "Parquet",
    b"SQLite format 3\0": "SQLite",
}
_PROVINCES = {
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83,
}  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = re.compile(
    r"(?<![0-9A-Za-z.])(?:(?:[+]|00)?86[ -]?)?(?:"
    r"[0-9]{6}[ -][0-9]{8}[ -][0-9]{3}[0-9Xx]|[0-9]{6}(?:[ -][0-9]{4}){2}[ -][0-9]{3}[0-9Xx]"
    r"|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?|1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}|[0-9]{11,20}[Xx]?"
    r")(?![0-9A-Za-z])(?!\.[0-9]*[1-9])"
)
_ENOUGH = re.compile(rb"[0-9\xef](?:[ -]?[0-9\xef\xbc\x90-\x99]){9}")

_ID, _PHONE, _ACCOUNT = "身份证号 / an ID number", "手机号 / a mobile phone", "银行账号 / a bank account"


class Finding(NamedTuple):
    """One thing that must not be committed; `line` is 0 for a whole file."""

    path: str
    line: int
    what: str
    todo: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what}; {self.todo}"


class MadeUp(NamedTuple):
    """One row of made-up.csv: numbers that match a pattern (digits, ? one, * any) in files that match one are invented.

    The pattern `table` says that the file itself is a table of words, not of data.
    """

    path: str
    pattern: str


def check(path: str, content: bytes, made_up: Sequence[MadeUp] = ()) -> Iterator[Finding]:
    """Everything that is wrong with one file of the repository; `path` with forward slashes."""
    found = list(_by_path(path))
    if not found:
        found = list(_by_kind(path, content, made_up))
    yield from found


def _by_path(path: str) -> Iterator[Finding]:
    parts = PurePosixPath(path)
    away = f"请撤出 / take it out: git restore --staged {path}"
    if parts.suffix.lower() == ".key":
        yield Finding(path, 0, "密钥 / a key", f"{away}；若已提交过须更换 / if it was ever committed, change it")
    elif str(parts.parent).startswith(tuple(KEPT)) and not (str(parts.parent) in KEPT and parts.name == "README.md"):
        yield Finding(path, 0, "收到或生成的数据 / data received or made", away)


def _by_kind(path: str, content: bytes, made_up: Sequence[MadeUp]) -> Iterator[Finding]:
    suffix = PurePosixPath(path).suffix.lower()
    is_reference = path.startswith("data/reference/") and suffix == ".csv"
    away = f"请撤出 / take it out: git restore --staged {path}"
    magic = next((name for start, name in _MAGIC.items() if content.startswith(start)), "")
    is_words = path == MADE_UP or any(one.pattern == "table" and fnmatch(path, one.path) for one in made_up)
    if (suffix in TABLES and not is_reference and not is_words) or magic:
        todo = f"{away}；测试用的表请在测试中生成 / tables for tests are made by the tests"
        yield Finding(path, 0, f"数据表 / a table of data ({magic or suffix})", todo)
        return
    if b"\0" in content[:8192]:
        return  # a picture
    if suffix == ".ipynb":
        yield from _outputs(path, content)
    yield from _numbers(path, content, made_up)


def _outputs(path: str, content: bytes) -> Iterator[Finding]:
    try:
        cells = json.loads(content)["cells"]
    except (ValueError, KeyError, TypeError):
        yield Finding(path, 0, "不是笔记本 / is no notebook", "请核对文件 / look at the file")
        return
    for number, cell in enumerate(cells, start=1):
        if cell.get("outputs") or cell.get("execution_count") is not None:
            todo = "请清除输出再提交 / clear the outputs: jupyter nbconvert --clear-output --inplace"
            yield Finding(path, 0, f"第 {number} 个单元有输出 / cell {number} holds output", f"{todo} {path}")


def _numbers(path: str, content: bytes, made_up: Sequence[MadeUp]) -> Iterator[Finding]:
    if path == MADE_UP or not _ENOUGH.search(content):
        return
    allowed = [one.pattern for one in made_up if fnmatch(path, one.path)]
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        if len(line) < 10:
            continue
        for found in _DIGITS.finditer(unicodedata.normalize("NFKC", line)):
            digits = re.sub(r"[^0-9Xx]", "", found[0]).upper()
            kind = kind_of(digits)
            digits = digits[-11:] if kind == _PHONE else digits
            if kind and not any(fnmatch(digits, pattern) for pattern in allowed):
                shown = f"{digits[:3]}…{digits[-2:]}"
                todo = f"请改用虚构号码；确为虚构则登记到 {MADE_UP} / use an invented one, or list it there if it is"
                yield Finding(path, number, f"像{kind} ({shown})", todo)


def kind_of(digits: str) -> str:
    """What a run of digits looks like: an ID number, a mobile phone, a bank account, or nothing."""
    if (len(digits) == 18 and _is_id(digits)) or (len(digits) == 20 and _is_id(digits[:18])):
        return _ID
    if len(digits) == 15 and digits.isdigit() and int(digits[:2]) in _PROVINCES and _is_day(f"19{digits[6:12]}"):
        return _ID
    if re.fullmatch(r"(?:00)?(?:86)?1[3-9][0-9]{9}", digits):
        return _PHONE
    if len(digits) in (16, 19) and digits.isdigit() and digits[0] in "3456" and _luhn(digits):
        return _ACCOUNT
    return ""


def _is_id(digits: str) -> bool:
    body = digits[:17]
    if not body.isdigit() or int(digits[:2]) not in _PROVINCES or not _is_day(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17]


def _is_day(text: str) -> bool:
    try:
        day = datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return 1900 <= day.year <= datetime.date.today().year


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def staged(every: bool) -> Iterator[tuple[str, bytes]]:
    """Path and staged content of the files that are to be committed, or of every tracked file."""
    listing = ["ls-files", "-z"] if every else ["diff", "--cached", "--name-only", "--diff-filter=ACMR", "-z"]
    paths = [path for path in _git(*listing).decode("utf-8", "surrogateescape").split("\0") if path]
    asked = "".join(f":{path}\n" for path in paths if "\n" not in path).encode("utf-8", "surrogateescape")
    told = _git("cat-file", "--batch", input=asked)
    at = 0
    for path in (path for path in paths if "\n" not in path):
        end = told.index(b"\n", at)
        header = told[at:end].split(b" ")
        if header[-1] == b"missing":  # a submodule has no content here
            at = end + 1
            continue
        size = int(header[-1])
        yield path, told[end + 1 : end + 1 + size]
        at = end + size + 2
    yield from ((path, b"") for path in paths if "\n" in path)


def known_made_up(content: bytes) -> list[MadeUp]:
    """The rows of made-up.csv; every row says why."""
    rows = csv.DictReader(content.decode("utf-8-sig").splitlines())
    return [MadeUp(row["path"], row["pattern"]) for row in rows if row["why"].strip()]


def _git(*arguments: str, input: bytes | None = None) -> bytes:
    return subprocess.run(["git", *arguments], input=input, stdout=subprocess.PIPE, check=True).stdout


def _made_up() -> list[MadeUp]:
    """The list as it is staged, else none."""
    found = subprocess.run(
        ["git", "show", f":{MADE_UP}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    return known_made_up(found.stdout) if found.returncode == 0 else []


def install() -> str:
    """Let git call the check before every commit; a line that says what was done, empty outside a git work tree."""
    inside = subprocess.run(["git", "rev-parse", "--is-inside-work-tree"], capture_output=True, check=False)
    if inside.returncode:
        return ""
    there = (
        subprocess.run(["git", "config", "core.hooksPath"], capture_output=True, check=False).stdout.decode().strip()
    )
    if there and there != HOOKS:
        return (
            f"core.hooksPath = {there}，未改动；请在其中的 pre-commit 里调用 python -m louxing_analysis.commit_check / left as "
            "it is; call that from its pre-commit"
        )
    _git("config", "core.hooksPath", HOOKS)
    return "" if there else "提交前检查已启用 / commits are checked for personal data from now on"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what must not be committed, one line each; 1 if there is anything."""
    told = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        if told == ["--install"]:
            _say([install()])
            return 0
        if told not in ([], ["--all"]):
            _say(["python -m louxing_analysis.commit_check [--all | --install]"])
            return 2
        made_up = _made_up()
        found = [str(one) for path, content in staged(bool(told)) for one in check(path, content, made_up)]
    except (subprocess.CalledProcessError, FileNotFoundError):
        _say(["不在 git 工作区中，或没有 git，未检查 / no git work tree here, or no git: nothing was checked"])
        return 3
    _say(found)
    return 1 if found else 0


def _say(lines: Iterable[str]) -> None:
    for line in filter(None, lines):
        print("".join(letter if letter.isprintable() else "�" for letter in line), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
