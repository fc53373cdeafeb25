"""What the pages name exists: links, files, folders, commands and their options, indicators and tables."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from louxing_analysis import cli, paths, problems, reference

ROOT = paths.default().root
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [page for page in PAGES if page.exists()]
MADE_BY_RUNS = ("reports", "data/raw", "data/processed", "data/marked", ".venv")
"""What stands here comes from running the project, so it need not be there when the pages are checked."""

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(
    r"(?<![\w/.…-])((?:louxing_analysis|data|docs|tests|benchmarks|notebooks|reports|\.ci)/[\w./-]*\w|[a-z]\w*\.(?:py|csv))"
)
COMMAND = re.compile(r"^(?:\$ |\.venv/bin/)?louxing( [^\n#]*)?$|`(?:\.venv/bin/)?louxing ([^`\n]*)`", re.MULTILINE)


def texts() -> list[tuple[Path, str]]:
    return [(page, page.read_text(encoding="utf-8")) for page in PAGES]


def missing_links(page: Path, text: str) -> list[str]:
    """Relative links that lead nowhere; pages on the net are not looked up."""
    targets = [link.partition("#")[0] for link in LINK.findall(text) if "://" not in link]
    return [target for target in targets if target and not (page.parent / target).exists()]


def missing_files(text: str) -> list[str]:
    """Named files that are not there; a bare name such as headers.csv may stand in any folder of the project."""
    bare = {
        path.name for top in ("louxing_analysis", "data/reference", "benchmarks") for path in (ROOT / top).rglob("*.*")
    }
    found = []
    for name in FILE.findall(LINK.sub("", text)):
        if name.startswith(MADE_BY_RUNS):
            continue
        if name not in bare if "/" not in name else not any((ROOT / f"{name}{end}").exists() for end in ("", ".py")):
            found.append(name)
    return found


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = cli.parser()._subparsers._group_actions  # type: ignore[union-attr]
    return dict(actions[0].choices)  # type: ignore[arg-type]


def wrong_commands(text: str) -> list[str]:
    """Commands that there are not, and options that a command does not have."""
    known, wrong = commands(), []
    for match in COMMAND.finditer(text):
        words = (match.group(1) or match.group(2) or "").replace("[", " ").replace("]", " ").split()
        if not words or words[0] in ("…", "COMMAND") or words[0].startswith("--help"):
            continue
        options = (
            {name for action in known[words[0]]._actions for name in action.option_strings}
            if words[0] in known
            else set()
        )
        if words[0] not in known or any(word not in options for word in words if word.startswith("--")):
            wrong.append(" ".join(["louxing", *words]))
    return wrong


@pytest.mark.parametrize(("page", "text"), texts(), ids=lambda value: value.name if isinstance(value, Path) else "")
def test_every_relative_link_leads_somewhere(page: Path, text: str) -> None:
    assert missing_links(page, text) == []


@pytest.mark.parametrize(("page", "text"), texts(), ids=lambda value: value.name if isinstance(value, Path) else "")
def test_every_file_that_a_page_names_is_there(page: Path, text: str) -> None:
    assert missing_files(text) == []


@pytest.mark.parametrize(("page", "text"), texts(), ids=lambda value: value.name if isinstance(value, Path) else "")
def test_every_command_and_option_that_a_page_names_exists(page: Path, text: str) -> None:
    assert wrong_commands(text) == []


def test_wrong_names_would_be_found() -> None:
    text = "[here](nowhere.md) `louxing clean --loud` `louxing dance`\nsee louxing_analysis/dance.py and steps.csv\nlouxing run --fast\n"
    assert missing_links(ROOT / "README.md", text) == ["nowhere.md"]
    assert missing_files(text) == ["louxing_analysis/dance.py", "steps.csv"]
    assert wrong_commands(text) == ["louxing clean --loud", "louxing dance", "louxing run --fast"]


def test_the_glossary_lists_every_ledger() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = reference.load().ledgers
    for name, label in zip(rows["ledger"], rows["label_zh"], strict=True):
        assert f"| `{name}` | {label} |" in page, name


def test_the_reasons_and_thresholds_that_pages_name_exist() -> None:
    rules = set(reference.load().thresholds["rule"])
    words = {
        word
        for name in ("own-ledgers", "assumptions", "privacy")
        for word in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8"))
    }
    assert {"unknown_place", "correction_stale", "unknown_code"} <= words & set(problems.REASONS)
    assert {"visits_required_per_month", "smallest_publishable_count"} <= words & rules
