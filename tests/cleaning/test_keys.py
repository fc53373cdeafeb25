"""The key of the pseudonyms: made once, never written over, missed when it is gone, told apart when it is another."""

from __future__ import annotations

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from louxing_analysis import cli, store
from louxing_analysis.cleaning import keys
from louxing_analysis.cleaning.keys import SAMPLE_KEY, BadKey, Key, LostKey, load_key, make_key, told
from tests.cleaning.offices import Office, office

PHRASE = "a key of the statistics office"
OTHER = "another key of that office"

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere than in the mode")


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOUXING_KEY", raising=False)


def fingerprint(phrase: str) -> str:
    return Key(phrase.encode(), "file").fingerprint


@posix_only
def test_a_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = load_key(tmp_path)
    assert first.origin == "file"
    assert len(first.secret) == 64
    assert load_key(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["louxing.key"]
    assert stat.S_IMODE((tmp_path / "louxing.key").stat().st_mode) == 0o600


def test_two_projects_have_two_keys(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert load_key(tmp_path / "one").secret != load_key(tmp_path / "two").secret


def test_the_environment_comes_before_the_file_and_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOUXING_KEY", PHRASE)
    assert load_key(tmp_path) == Key(PHRASE.encode(), "environment")
    assert list(tmp_path.iterdir()) == []


def test_made_up_data_use_the_published_key_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOUXING_KEY", PHRASE)
    assert load_key(tmp_path, sample_only=True) is SAMPLE_KEY
    assert list(tmp_path.iterdir()) == []


def test_a_key_never_shows_itself() -> None:
    key = Key(b"the secret of the office", "file")
    assert "secret of" not in repr(key)
    assert len(key.fingerprint) == 8
    assert key.fingerprint != SAMPLE_KEY.fingerprint


def _load(folder: str, start: object, found: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    found.put(load_key(Path(folder)).secret)  # type: ignore[attr-defined]


@pytest.mark.parametrize("links", [True, False])
def test_processes_that_start_at_once_have_one_key(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:

        def no_links(*_: object) -> None:
            raise PermissionError("this drive knows no links")

        monkeypatch.setattr(os, "link", no_links)
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("the drive without links is made by changing this process before it forks")
    context = multiprocessing.get_context("fork")
    start, found = context.Event(), context.Queue()
    workers = [context.Process(target=_load, args=(str(tmp_path), start, found)) for _ in range(6)]
    for worker in workers:
        worker.start()
    start.set()
    secrets = {found.get(timeout=20) for _ in workers}
    for worker in workers:
        worker.join()
    assert secrets == {(tmp_path / "louxing.key").read_text(encoding="utf-8").strip().encode()}
    assert [path.name for path in tmp_path.iterdir()] == ["louxing.key"]


def test_a_key_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "louxing.key").write_text(PHRASE, encoding="utf-8")
    assert make_key(tmp_path) is False
    assert (tmp_path / "louxing.key").read_text(encoding="utf-8") == PHRASE


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (b"hunan-2020\n", "密钥不足 16 个字符"),
        (b"hunanhunan", "fewer than 16"),
        (b"1111111111111111111", "密钥过于简单"),
        (f"{PHRASE}\n{OTHER}".encode(), "密钥不是一行文字"),
        (PHRASE.encode("utf-16"), "UTF-8"),
        (b"\x00\x01" * 12, "密钥不是一行文字"),
        (b"0123456789" * 1000, "密钥不是一行文字"),
    ],
)
def test_a_file_that_holds_no_key_is_refused_in_one_line_that_does_not_show_it(
    tmp_path: Path, written: bytes, why: str
) -> None:
    (tmp_path / "louxing.key").write_bytes(written)
    with pytest.raises(BadKey, match=why) as said:
        load_key(tmp_path)
    assert "louxing.key" in str(said.value)
    assert "hunan" not in str(said.value)
    assert "\n" not in str(said.value)


def test_an_empty_file_is_waited_for_and_then_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_PATIENCE", 0.1)
    (tmp_path / "louxing.key").touch()
    with pytest.raises(BadKey, match="密钥不足 16 个字符"):
        load_key(tmp_path)


def test_a_short_key_of_the_environment_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOUXING_KEY", "short")
    with pytest.raises(BadKey, match="LOUXING_KEY"):
        load_key(tmp_path)


def test_a_copy_that_an_editor_saved_is_the_same_key(tmp_path: Path) -> None:
    (tmp_path / "louxing.key").write_bytes(b"\xef\xbb\xbf" + PHRASE.encode() + b"\r\n")
    assert load_key(tmp_path).secret == PHRASE.encode()


@posix_only
def test_a_key_that_everybody_could_read_is_shut_and_that_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "louxing.key"
    path.write_text(PHRASE, encoding="utf-8")
    path.chmod(0o644)
    (note,) = load_key(tmp_path).notes
    assert "644" in note
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert load_key(tmp_path).notes == ()


FILE_BEFORE = {"origin": "file", "fingerprint": "aaaa1111"}


def test_a_key_that_is_gone_is_missed_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(LostKey, match=r"louxing\.key.*aaaa1111.*louxing key --new") as said:
        load_key(tmp_path, earlier=FILE_BEFORE)
    assert "\n" not in str(said.value)
    assert list(tmp_path.iterdir()) == []


def test_a_run_on_the_sample_does_not_make_the_own_key_forgotten(tmp_path: Path) -> None:
    facts = told(SAMPLE_KEY, FILE_BEFORE)
    assert (facts["origin"], facts["before"]) == ("sample", FILE_BEFORE)
    with pytest.raises(LostKey, match="aaaa1111"):
        load_key(tmp_path, earlier=facts)
    load_key(tmp_path, earlier=told(SAMPLE_KEY, None))  # a run on the sample alone had no key to lose
    assert (tmp_path / "louxing.key").exists()


def test_another_key_than_last_time_is_said_with_both_fingerprints(tmp_path: Path) -> None:
    (tmp_path / "louxing.key").write_text(PHRASE, encoding="utf-8")
    (tmp_path / "louxing.key").chmod(0o600)
    key = load_key(tmp_path, earlier=FILE_BEFORE)
    (note,) = key.notes
    assert f"aaaa1111 → {fingerprint(PHRASE)}" in note
    assert told(key, FILE_BEFORE)["before"] == FILE_BEFORE
    same = {"origin": "environment", "fingerprint": fingerprint(PHRASE)}
    assert load_key(tmp_path, earlier=same).notes == ()
    assert "before" not in told(key, same)


def test_of_two_keys_at_hand_the_one_that_counts_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "louxing.key").write_text(OTHER, encoding="utf-8")
    monkeypatch.setenv("LOUXING_KEY", PHRASE)
    (note,) = load_key(tmp_path).notes
    assert note.startswith("LOUXING_KEY 优先")
    (tmp_path / "louxing.key").write_text(PHRASE, encoding="utf-8")
    assert load_key(tmp_path).notes == ()


REGISTER = """
万宝镇东冲村2018年度建档立卡贫困户花名册 | < | < | < | <
户编号 | 户主姓名 | 家庭人口数 | 脱贫属性 | 主要致贫原因
'4301' | 张三丰 | 3 | 已脱贫 | 因病
"""


@pytest.fixture
def cleaned(tmp_path: Path) -> Office:
    place = office(tmp_path)
    place.put("户表.xlsx", REGISTER)
    place.clean()
    return place


def told_by_run(place: Office) -> dict[str, object]:
    found: dict[str, object] = store.read_run(place.paths.processed)["key"]
    return found


def test_a_run_without_the_key_of_the_last_one_stops_and_leaves_the_tables(cleaned: Office) -> None:
    before = told_by_run(cleaned)["fingerprint"]
    (cleaned.paths.root / "louxing.key").unlink()
    with pytest.raises(LostKey):
        cleaned.clean()
    assert len(cleaned.table("households")) == 1
    assert make_key(cleaned.paths.root)
    again = cleaned.clean().facts["key"]
    assert again["before"]["fingerprint"] == before
    assert len(again["notes"]) == 1
    assert cleaned.clean().facts["key"]["notes"] == []


def test_what_is_to_be_said_of_the_key_stands_in_run_json_and_on_the_console(
    cleaned: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOUXING_KEY", OTHER)
    monkeypatch.setenv("LOUXING_ROOT", str(cleaned.paths.root))
    where = ["--raw", str(cleaned.paths.raw), "--processed", str(cleaned.paths.processed)]
    assert cli.main(["clean", *where, "--reference", str(cleaned.paths.reference), "--jobs", "1"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert told_by_run(cleaned)["notes"] == said
    assert len(said) == 2  # another key than last time, and another one than in the file


def test_the_command_tells_the_key_makes_one_and_writes_over_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOUXING_ROOT", str(tmp_path))
    assert cli.main(["key"]) == 0
    assert "尚无密钥" in capsys.readouterr().out
    assert cli.main(["key", "--new"]) == 0
    said = capsys.readouterr().out
    assert f"file {load_key(tmp_path).fingerprint}" in said
    assert load_key(tmp_path).secret.decode() not in said
    assert cli.main(["key", "--new"]) == 2
    assert "已有密钥" in capsys.readouterr().err
    store.write_run({"key": FILE_BEFORE}, tmp_path / "data" / "processed")
    (tmp_path / "louxing.key").unlink()
    assert cli.main(["key"]) == 3
    assert "aaaa1111" in capsys.readouterr().err
