"""What a run remembers: given back as it was, closed to everybody else, and never a way in."""

from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis import memory
from louxing_analysis.memory import Memory, fingerprint, own_key, pack, unpack
from louxing_analysis.problems import Problem

KEY = b"0123456789abcdef0123456789abcdef"
VALUE = {
    "names": {"张三", "李四"},
    "rows": np.array(["张三", None], dtype=object),
    "days": np.array(["2018-06-05", "NaT"], dtype="datetime64[s]"),
    "problems": [Problem("aid", "a.xlsx", "S", "A1", "", "二万", "not_a_number", "set_aside", "")],
}


def same(one: Any, other: Any) -> None:
    assert one["names"] == other["names"]
    assert one["problems"] == other["problems"]
    np.testing.assert_array_equal(one["rows"], other["rows"])
    np.testing.assert_array_equal(one["days"], other["days"])


@pytest.mark.parametrize("kept", [True, False])
def test_a_value_comes_back_as_it_was(tmp_path: Path, kept: bool) -> None:
    mine = Memory(tmp_path / "m" if kept else None, KEY)
    assert (mine.get("one"), mine.has("one")) == (None, False)
    mine.put("one", VALUE)
    same(mine.get("one"), VALUE)
    if kept:
        same(Memory(tmp_path / "m", KEY).get("one"), VALUE)


def test_nothing_can_be_read_without_the_key_nor_under_another_name(tmp_path: Path) -> None:
    Memory(tmp_path, KEY).put("one", VALUE)
    assert Memory(tmp_path, KEY[::-1]).get("one") is None
    (tmp_path / "one.sealed").rename(tmp_path / "two.sealed")
    assert Memory(tmp_path, KEY).get("two") is None
    assert "张三".encode() not in (tmp_path / "two.sealed").read_bytes()
    assert pack("张三")[8:20] not in (tmp_path / "two.sealed").read_bytes()


@given(at=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_an_entry_with_any_byte_changed_or_cut_is_no_entry(
    tmp_path_factory: pytest.TempPathFactory, at: int, flip: int
) -> None:
    folder = tmp_path_factory.mktemp("memory")
    Memory(folder, KEY).put("one", [1, 2, 3])
    sealed = bytearray((folder / "one.sealed").read_bytes())
    whole = bytes(sealed)
    sealed[at % len(sealed)] ^= flip
    (folder / "one.sealed").write_bytes(sealed)
    assert Memory(folder, KEY).get("one") is None
    (folder / "one.sealed").write_bytes(whole[: at % len(whole)])
    assert Memory(folder, KEY).get("one") is None


class Trap:
    """What a forged entry would hold."""

    def __reduce__(self) -> Any:
        return os.system, ("echo sprung",)


@pytest.mark.parametrize("value", [Trap(), os.system, memory.pack, Path("x")])
def test_an_entry_can_run_no_code_whoever_sealed_it(tmp_path: Path, value: object, capfd: Any) -> None:
    mine = Memory(tmp_path, KEY)
    mine.put("one", value)
    assert mine.get("one") is None
    with pytest.raises(ValueError, match=r"\w"):
        unpack(pack(value))
    assert "sprung" not in capfd.readouterr().out
    assert pickle.dumps(value)


def test_what_a_run_did_not_use_is_forgotten(tmp_path: Path) -> None:
    first = Memory(tmp_path, KEY)
    for name in ("read", "written", "rested_on", "idle"):
        first.put(name, 1)
    (tmp_path / "x.0123.partial").write_bytes(b"of a killed run")
    second = Memory(tmp_path, KEY)
    second.get("read")
    second.put("written", 2)
    second.use(["rested_on"])
    second.forget_unused()
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["read", "rested_on", "written"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_the_owner_may_read_folder_entries_and_key(tmp_path: Path) -> None:
    Memory(tmp_path / "m", KEY).put("one", 1)
    key = own_key(tmp_path / "memory.key")
    modes = [
        stat.S_IMODE(path.stat().st_mode)
        for path in (tmp_path / "m", tmp_path / "m/one.sealed", tmp_path / "memory.key")
    ]
    assert modes == [0o700, 0o600, 0o600]
    assert (len(key), own_key(tmp_path / "memory.key")) == (32, key)


def test_a_broken_key_is_replaced_because_nothing_but_time_is_lost(tmp_path: Path) -> None:
    (tmp_path / "memory.key").write_bytes(b"short")
    assert len(own_key(tmp_path / "memory.key")) == 32
    assert [path.name for path in tmp_path.iterdir()] == ["memory.key"]


def test_fingerprints_tell_parts_apart_however_they_are_cut() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint(b"ab") != fingerprint("ab")
    assert fingerprint(["a", 1]) == fingerprint(["a", 1])
    assert len(fingerprint()) == 32
