"""Every way to be wrong has a sentence in two languages, and every reason that the code gives is one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import louxing_analysis
from louxing_analysis.problems import REASONS, SEVERITIES, Problem, sentence, severity_of

_GIVEN = re.compile(r"""(?:\.report\(|Finding\([^,]+,\s*|Unreadable\(|REASONS\[)\s*["']([a-z_0-9]+)["']""")


@pytest.mark.parametrize("code", sorted(REASONS))
def test_a_reason_says_what_is_wrong_and_what_to_do_next_in_both_languages(code: str) -> None:
    reason = REASONS[code]
    assert reason.severity in SEVERITIES
    assert severity_of(code) == reason.severity
    for text in (reason.zh, reason.next_zh):
        assert re.search(r"[\u4e00-\u9fff]", text)
    for text in (reason.en, reason.next_en):
        assert re.match(r"[A-Za-z#]", text)


@pytest.mark.parametrize("code", sorted(REASONS))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_problem_is_one_line_with_place_text_and_next_step(code: str, language: str) -> None:
    line = sentence(
        Problem("incomes", "收入.xlsx", "东冲村", "E4", "wage_income", "二万", code, "set_aside", "x"), language
    )
    assert "\n" not in line
    assert line.startswith("收入.xlsx › 东冲村 › E4 「二万」")
    assert line.endswith(REASONS[code].next_zh if language == "zh" else REASONS[code].next_en)


def test_a_problem_of_a_whole_file_names_the_file_alone() -> None:
    line = sentence(Problem("", "坏.xlsx", "", "", "", "", "damaged_file", "structural"), "en")
    assert line.startswith("坏.xlsx")
    assert "›" not in line
    assert "the file is damaged" in line


def test_what_is_no_spreadsheet_or_is_empty_is_not_sent_back_to_a_spreadsheet_program() -> None:
    for code, zh, en in (
        ("unknown_file", "表格文件", "the table itself"),
        ("empty_file", "重新索取", "ask for it again"),
    ):
        reason = REASONS[code]
        assert zh in reason.next_zh
        assert en in reason.next_en
        assert "另存为" not in reason.next_zh


def test_every_reason_that_the_code_gives_is_listed() -> None:
    given = set()
    for path in (Path(louxing_analysis.__file__).parent / "cleaning").glob("*.py"):
        given |= set(_GIVEN.findall(path.read_text(encoding="utf-8")))
    assert len(given) > 15
    assert given <= set(REASONS)
