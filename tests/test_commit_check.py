"""What must not be committed is refused: data, keys, outputs of notebooks, numbers that look like a person's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from louxing_analysis import commit_check, paths
from louxing_analysis.commit_check import MadeUp, check, kind_of, known_made_up
from tests.cleaning.offices import identity

ROOT = paths.default().root
HERE = "a/b.py"
ID = identity("19650312").replace("439902", "430102")  # of a region that exists; its check digit is of another number


def real_looking(birth: str = "19650312", serial: int = 11) -> str:
    """An ID number of a region that exists, with a right check digit: put together here, so that no file holds it."""
    body = f"430102{birth}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


PHONE = "138" + "1234" + "5678"
ACCOUNT = "622848" + "0402564890018"


def whats(path: str, text: str | bytes, *made_up: MadeUp) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    return [f"{one.line} {one.what.split(' ')[0]}" for one in check(path, content, made_up)]


@pytest.mark.parametrize(
    ("digits", "what"),
    [
        (real_looking(), "身份证号"),
        (real_looking() + "43", "身份证号"),  # of a disability certificate
        ("430102" + "650312" + "123", "身份证号"),
        (PHONE, "手机号"),
        ("86" + PHONE, "手机号"),
        (ACCOUNT, "银行账号"),
        # what is none
        (ID, ""),  # wrong check digit
        (real_looking("19651341"), ""),  # no such day
        (real_looking("20991231"), ""),  # not yet
        ("99" + real_looking()[2:], ""),  # no such province
        ("12812345678", ""),
        (ACCOUNT[:-1] + "9", ""),  # wrong check digit
        ("20180612123456", ""),
    ],
)
def test_a_number_is_told_by_its_shape_its_date_and_its_check_digit(digits: str, what: str) -> None:
    assert kind_of(digits).split(" ")[0] == what


@pytest.mark.parametrize(
    "written",
    [
        f"张三 {real_looking()}",
        f"x = '{real_looking()}'  # {ID}",
        real_looking()[:6] + " " + real_looking()[6:14] + "-" + real_looking()[14:],
        real_looking()[:6] + " " + real_looking()[6:10] + " " + real_looking()[10:14] + " " + real_looking()[14:],
        "".join(chr(ord(digit) + 0xFEE0) for digit in real_looking()),  # full-width
        f"2016 {PHONE}",
        f"+86 {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}",
        f"{PHONE}.0",  # as a spreadsheet program writes it
        " ".join([ACCOUNT[:4], ACCOUNT[4:8], ACCOUNT[8:12], ACCOUNT[12:16], ACCOUNT[16:]]),
    ],
)
def test_a_number_is_found_however_it_is_written_and_never_printed(written: str) -> None:
    (found,) = check(HERE, f"first line\n{written}\n".encode())
    assert (found.path, found.line) == (HERE, 2)
    assert len(str(found).splitlines()) == 1
    assert not any(number in str(found) for number in (real_looking(), PHONE, ACCOUNT))


@pytest.mark.parametrize(
    "written",
    [
        "2016 2017 2018 2019 2020",
        "sha256 13812345678abcdef0123456789 a13812345678",
        "0.13812345678 3.1381234567812",
        "431302001001",
        "1381234567 138123456789",
    ],
)
def test_other_long_numbers_are_left_alone(written: str) -> None:
    assert whats(HERE, written) == []


def test_an_invented_number_is_let_through_where_it_is_listed_and_nowhere_else() -> None:
    listed = known_made_up(f"path,pattern,why\ntests/*,{PHONE[:3]}*,digits in sequence\n*,430102*,\n".encode())
    assert whats("tests/a.py", PHONE, *listed) == []
    assert whats("docs/a.md", PHONE, *listed) == ["1 像手机号"]
    assert whats("tests/a.py", real_looking(), *listed) == [
        "1 像身份证号"
    ]  # a row that does not say why counts for nothing


@pytest.mark.parametrize(
    "path",
    [
        "data/raw/万宝镇/花名册.txt", "data/processed/incomes.parquet", "reports/index.html", "reports/internal/10.html",
        "louxing.key", "backup/louxing.key.abcd.key", "tests/花名册.xlsx", "a.XLS", "a.et", "a.ods", "a.csv", "docs/a.tsv",
        "data/reference/people.xlsx",
    ],
)  # fmt: skip
def test_data_and_keys_are_refused_by_where_and_what_they_are(path: str) -> None:
    assert len(whats(path, "a,b\n1,2\n")) == 1


@pytest.mark.parametrize(
    "path", ["data/raw/README.md", "data/processed/README.md", "reports/README.md", "a/reports.py"]
)
def test_the_readme_of_a_folder_of_data_is_let_through(path: str) -> None:
    assert whats(path, "# What belongs here") == []


def test_rows_of_the_reference_are_let_through_and_searched() -> None:
    assert whats("data/reference/codes.csv", "a,b\n") == []
    assert whats("data/reference/corrections.csv", f"a,b\nx,{real_looking()}\n") == ["2 像身份证号"]


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"])
def test_a_workbook_under_another_name_is_known_by_its_first_bytes(start: bytes) -> None:
    assert whats("docs/picture.png", start + b"\0" * 20) == ["0 数据表"]
    assert whats("docs/picture.png", b"\x89PNG\r\n\x1a\n\0\0" + PHONE.encode()) == []


def test_a_notebook_with_outputs_is_refused_cell_by_cell() -> None:
    empty = {"cell_type": "code", "outputs": [], "execution_count": None, "source": []}
    full = {**empty, "outputs": [{"output_type": "stream", "text": "张三"}]}
    counted = {**empty, "execution_count": 3}
    book = json.dumps({"cells": [{"cell_type": "markdown"}, empty, full, counted]})
    assert whats("notebooks/a.ipynb", book) == ["0 第", "0 第"]
    assert whats("notebooks/a.ipynb", json.dumps({"cells": [empty]})) == []
    assert whats("notebooks/a.ipynb", "{") == ["0 不是笔记本"]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own with the hook and the check in it."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    shutil.copytree(ROOT / ".githooks", tmp_path / ".githooks")
    (tmp_path / "louxing_analysis").mkdir()
    for name in ("__init__.py", "commit_check.py"):
        shutil.copy(ROOT / "louxing_analysis" / name, tmp_path / "louxing_analysis" / name)
    monkeypatch.chdir(tmp_path)
    for told in (["init", "-q"], ["config", "user.email", "a@b.c"], ["config", "user.name", "a"]):
        subprocess.run(["git", *told], check=True)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def commit(clone: Path) -> subprocess.CompletedProcess[str]:
    subprocess.run(["git", "add", "-A"], check=True)
    return subprocess.run(["git", "commit", "-qm", "a"], capture_output=True, text=True, encoding="utf-8", check=False)


def test_git_refuses_the_commit_and_says_file_line_and_what_to_do(clone: Path) -> None:
    assert commit_check.main(["--install"]) == 0
    (clone / "备注.md").write_text(f"第一行\n联系人 {PHONE}\n", encoding="utf-8")
    refused = commit(clone)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[0].startswith("备注.md:2: 像手机号")
    assert PHONE not in refused.stderr
    (clone / "备注.md").write_text("第一行\n", encoding="utf-8")
    assert commit(clone).returncode == 0


def test_what_is_staged_counts_and_not_what_stands_on_the_disk(clone: Path) -> None:
    (clone / "a.md").write_text(PHONE, encoding="utf-8")
    subprocess.run(["git", "add", "-A"], check=True)
    (clone / "a.md").write_text("taken out, but not staged", encoding="utf-8")
    assert commit_check.main([]) == 1
    subprocess.run(["git", "rm", "-qf", "--cached", "a.md"], check=True)
    assert commit_check.main([]) == 0


def test_another_hook_of_the_office_is_left_where_it_is(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "config", "core.hooksPath", "elsewhere"], check=True)
    assert commit_check.main(["--install"]) == 0
    assert "elsewhere" in capsys.readouterr().err
    told = subprocess.run(["git", "config", "core.hooksPath"], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "elsewhere"


def test_outside_of_git_that_is_said_and_setting_up_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_check.main(["--install"]) == 0
    assert capsys.readouterr().err == ""
    assert commit_check.main([]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_repository_itself_passes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    if subprocess.run(["git", "rev-parse", "--show-toplevel"], capture_output=True, check=False).returncode:
        pytest.skip("not a git work tree: nothing is tracked here")
    assert commit_check.main(["--all"]) == 0, capsys.readouterr().err
