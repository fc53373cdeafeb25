"""The key behind the pseudonyms: where it is, how it is made, and what a lost or another one means."""

from __future__ import annotations

import hmac
import os
import secrets
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

VARIABLE = "LOUXING_KEY"
FILE = "louxing.key"
SAMPLE, ENVIRONMENT, IN_FILE = "sample", "environment", "file"

_SHORTEST, _LONGEST = 16, 4096
_FEWEST_LETTERS = 6  # of different kinds: sixteen times the same letter is no secret
_PATIENCE = 2.0  # seconds that another process may take to write sixty-five bytes


class BadKey(ValueError):
    """The key cannot be used; the message says where it came from and what to do, and never shows it."""


class LostKey(BadKey):
    """An earlier run had a key that is no longer there; a new one is made only when told so."""


@dataclass(frozen=True)
class Key:
    """The secret behind the pseudonyms, where it came from (environment, file, sample), and what to say of it."""

    secret: bytes = field(repr=False)
    origin: str
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that tell two keys apart and give neither away."""
        return hmac.digest(self.secret, b"fingerprint", "sha256").hex()[:8]


SAMPLE_KEY = Key(b"louxing_analysis: published key for made-up data only", SAMPLE)
"""Hides nothing, and need not: the sample's people do not exist, and its outputs are the same everywhere."""


def load_key(root: Path, *, sample_only: bool = False, earlier: Mapping[str, Any] | None = None) -> Key:
    """The key of a run: the published one if all data are made up, else LOUXING_KEY, else `root`/louxing.key.

    `earlier` is what the last run said of its key (`key` of run.json). A first run makes the file, readable by its owner
    only. Raises LostKey where an earlier run had a key and none is there now, BadKey for one that cannot be used. Another
    key than the earlier one, and a file that others could read, are said in `notes`.
    """
    if sample_only:
        return SAMPLE_KEY
    before = own(earlier)
    told = os.environ.get(VARIABLE, "").strip()
    path = root / FILE
    if told:
        key = Key(_checked(told, VARIABLE), ENVIRONMENT)
        return replace(key, notes=(*_changed(key, before), *_beside(key, path)))
    if not path.exists():
        refuse_if_lost(earlier)
        make_key(root)
    key = Key(_read(path), IN_FILE)
    return replace(key, notes=(*_changed(key, before), *_closed(path)))


def told(key: Key, earlier: Mapping[str, Any] | None) -> dict[str, Any]:
    """What run.json says of the key: origin and fingerprint, those of the office's own key before it, and the notes.

    A run on the sample does not make the office's own key forgotten.
    """
    before = own(earlier)
    facts: dict[str, Any] = {"origin": key.origin, "fingerprint": key.fingerprint, "notes": list(key.notes)}
    if before and before["fingerprint"] != key.fingerprint:
        facts["before"] = before
    return facts


def own(earlier: Mapping[str, Any] | None) -> dict[str, str]:
    """Origin and fingerprint of the last key that was the office's own; empty where there was none."""
    found: Any = earlier or {}
    if found.get("origin") == SAMPLE:
        found = found.get("before") or {}
    return {name: str(found[name]) for name in ("origin", "fingerprint")} if "fingerprint" in found else {}


def is_at_hand(root: Path) -> bool:
    """Whether there is a key of the office's own, in the environment or in the file."""
    return bool(os.environ.get(VARIABLE, "").strip()) or (root / FILE).exists()


def refuse_if_lost(earlier: Mapping[str, Any] | None) -> None:
    """Raise LostKey if an earlier run had a key of the office's own; for when none is at hand."""
    if before := own(earlier):
        raise LostKey(_lost(before))


def make_key(root: Path) -> bool:
    """Make `root`/louxing.key with a new random key, whole from the first moment; False where there is one already.

    Of two processes at once one makes it and the other finds it. Nothing is ever written over.
    """
    path = root / FILE
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.key")
    text = secrets.token_hex(32) + "\n"
    _write_new(fresh, text)
    try:
        os.link(fresh, path)
    except FileExistsError:
        return False
    except OSError:  # some drives know no links; there the file is opened only if it is not there
        return _write_new(path, text)
    finally:
        fresh.unlink(missing_ok=True)
    return True


def _write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet, for its owner only, down to the disk; False where it is there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return True


def _read(path: Path) -> bytes:
    """The key of the file; one that another process is just writing is waited for."""
    until = time.monotonic() + _PATIENCE
    while not (data := path.read_bytes()[: _LONGEST + 1]) and time.monotonic() < until:
        time.sleep(0.02)
    try:
        text = data.decode("utf-8-sig").strip()  # a copy saved by an editor may begin with a mark and end in CRLF
    except UnicodeDecodeError as error:
        raise BadKey(_unusable(FILE, "不是一行 UTF-8 文字", "is not a line of UTF-8 text")) from error
    return _checked(text, FILE)


def _checked(text: str, where: str) -> bytes:
    """The key's bytes if it can be one; the message never shows the key."""
    if len(text) < _SHORTEST:
        raise BadKey(_unusable(where, f"密钥不足 {_SHORTEST} 个字符", f"the key has fewer than {_SHORTEST} characters"))
    if len(text) > _LONGEST or len(text.splitlines()) > 1 or not text.isprintable():
        raise BadKey(_unusable(where, "密钥不是一行文字", "the key is not one line of text"))
    if len(set(text)) < _FEWEST_LETTERS:
        raise BadKey(_unusable(where, "密钥过于简单", "the key is too simple"))
    return text.encode("utf-8")


def _unusable(where: str, zh: str, en: str) -> str:
    return (
        f"{where}: {zh}；请恢复备份的密钥，或移走它后运行 louxing key --new / "
        f"{en}; put the key back from its copy, or move it away and run louxing key --new"
    )


def _lost(before: Mapping[str, str]) -> str:
    where = VARIABLE if before["origin"] == ENVIRONMENT else FILE
    return (
        f"{where}: 上次运行所用的密钥（{before['fingerprint']}）不在了；请从备份恢复 {FILE} 或设置 {VARIABLE}；若确已丢失，"
        f"运行 louxing key --new 后再清洗，新的化名与以前的结果不能再连接 / the key of the last run ({before['fingerprint']}) is gone; "
        f"put {FILE} back from its copy or set {VARIABLE}; if it is lost, run louxing key --new and clean again: new pseudonyms "
        "cannot be joined to earlier results"
    )


def _changed(key: Key, before: Mapping[str, str]) -> tuple[str, ...]:
    if not before or before["fingerprint"] == key.fingerprint:
        return ()
    return (
        f"密钥与上次运行不同（{before['fingerprint']} → {key.fingerprint}）：以前的结果不能与这次的连接，须重新清洗各年数据 / the key is not "
        f"that of the last run ({before['fingerprint']} → {key.fingerprint}): earlier results cannot be joined to these; clean all years again",
    )


def _beside(key: Key, path: Path) -> tuple[str, ...]:
    """Two keys at hand that differ: which one counts."""
    try:
        same = not path.exists() or _read(path) == key.secret
    except BadKey:
        same = False
    if same:
        return ()
    return (f"{VARIABLE} 优先，{FILE} 中的另一密钥未使用 / {VARIABLE} counts; the other key in {FILE} is not used",)


def _closed(path: Path) -> tuple[str, ...]:
    """Shut a key file that everybody could read, and say so. Windows keeps rights elsewhere than in the mode."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "nt" or not mode & stat.S_IRWXO:
        return ()
    try:
        path.chmod(mode & ~stat.S_IRWXO)
    except OSError:
        done_zh, done_en = "请改为仅本人可读", "make it readable by you only"
    else:
        done_zh, done_en = "已改为他人不可读", "it no longer can"
    return (
        f"{FILE} 曾可被任何人读取（{mode:o}），{done_zh}；若可能已被复制，请更换密钥 / {FILE} could be read by everybody ({mode:o}); "
        f"{done_en}; if it may have been copied, change the key",
    )
