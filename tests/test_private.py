"""What is for the office only cannot be read by anybody else on the machine."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pandas as pd
import pytest

from louxing_analysis import store
from louxing_analysis.private import private_file, private_folder
from louxing_analysis.report.notebook_page import write_notebook

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere than in the mode")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _open_umask() -> object:
    """As careless an office as can be: what is not shut is open to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_clean_tables_and_the_account_of_the_run_are_for_their_owner_only(tmp_path: Path) -> None:
    processed = tmp_path / "data" / "processed"
    store.write("visits", pd.DataFrame({"row": [1]}), processed)
    store.write_run({"seed": 1}, processed)
    assert mode(processed) == 0o700
    assert {path.name: mode(path) for path in processed.iterdir()} == {"visits.parquet": 0o600, "run.json": 0o600}
    assert mode(tmp_path / "data") == 0o777  # folders above are not ours to shut


def test_a_table_is_shut_before_anything_is_written_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(pd.DataFrame, "to_parquet", lambda frame, path, **_: seen.append(mode(path)))
    store.write("visits", pd.DataFrame({"row": [1]}), tmp_path / "processed")
    assert seen == [0o600]


def test_an_open_folder_of_an_earlier_run_is_shut(tmp_path: Path) -> None:
    processed = tmp_path / "processed"
    processed.mkdir(mode=0o755)
    (processed / "run.json").write_text("{}", encoding="utf-8")
    store.write_run({"seed": 1}, processed)
    assert (mode(processed), mode(processed / "run.json")) == (0o700, 0o600)


def test_a_folder_that_a_group_works_in_stays_open_to_the_group(tmp_path: Path) -> None:
    processed = tmp_path / "processed"
    processed.mkdir()
    processed.chmod(0o2775)
    store.write("visits", pd.DataFrame({"row": [1]}), processed)
    assert mode(processed) == 0o2770
    assert mode(processed / "visits.parquet") == 0o660


def test_internal_pages_are_shut_and_the_folder_of_published_ones_is_not(tmp_path: Path) -> None:
    page = write_notebook("10-what", [], tmp_path / "reports" / "internal", "内部资料 / internal")
    assert (mode(page.parent), mode(page)) == (0o700, 0o600)
    assert mode(tmp_path / "reports") == 0o777


def test_what_stood_in_a_file_is_gone_once_it_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("earlier", encoding="utf-8")
    assert private_file(path).read_bytes() == b""


def test_a_folder_that_cannot_be_shut_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theirs").mkdir(mode=0o777)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    assert private_folder(tmp_path / "theirs").is_dir()
