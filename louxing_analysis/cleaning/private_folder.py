"""The folder of marked copies: private, never where it would be read, published or committed; ours are known again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from louxing_analysis import private
from louxing_analysis.paths import Paths

LISTED = ".louxing-marked.json"
"""Which files the last run wrote here and what they were: only those are replaced or taken away."""


class RefusedFolder(ValueError):
    """Marked copies must not go there; the message says why and where they may."""


@dataclass
class Written:
    """What became of the copies: written or as they were, left because somebody changed them, taken away."""

    written: list[str] = field(default_factory=list)
    changed_by_hand: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def check(folder: Path, where: Paths) -> Path:
    """The folder if copies may be written there; raises RefusedFolder in one line. Nothing is made or changed."""
    top = folder.resolve()
    for kept, why_zh, why_en in (
        (where.raw, "下次运行会当作报送的台账读入", "the next run would read them as a delivery"),
        (where.processed, "那里不存放个人信息", "nothing personal lives there"),
        (where.reports, "那里的内容会对外发布", "what is there gets published"),
        (where.reference, "那里的内容会提交入库", "what is there is committed"),
    ):
        if top == kept.resolve() or kept.resolve() in top.parents:
            raise RefusedFolder(
                _line(folder, f"标注副本含个人信息，{why_zh}", f"marked copies are personal, and {why_en}")
            )
    if top.exists() and not top.is_dir():
        raise RefusedFolder(_line(folder, "不是文件夹", "is no folder"))
    if top.exists() and any(top.iterdir()) and not (top / LISTED).exists():
        raise RefusedFolder(_line(folder, "文件夹里已有别的文件", "the folder holds other files"))
    if _would_be_committed(top):
        raise RefusedFolder(
            _line(folder, "在 git 工作区内且未被忽略，可能被提交", "inside a git work tree and not ignored")
        )
    return top


def _line(folder: Path, zh: str, en: str) -> str:
    return f"--marked {folder}: {zh}；请另指定一个空文件夹，例如 data/marked / {en}; name an empty folder, such as data/marked"


def _would_be_committed(top: Path) -> bool:
    """Whether git would take the folder's files; without git to ask, every work tree would."""
    if not any((parent / ".git").exists() for parent in (top, *top.parents)):
        return False
    git = shutil.which("git")
    there = next(parent for parent in (top, *top.parents) if parent.is_dir())
    if git is None:
        return True
    asked = subprocess.run(
        [git, "-C", str(there), "check-ignore", "-q", str(top / "any.xlsx")], capture_output=True, check=False
    )
    return asked.returncode != 0


def prepare(top: Path) -> dict[str, str]:
    """Make the folder, or make it private; what the last run wrote there: file → hash."""
    listed = private.private_folder(top) / LISTED
    if not listed.exists():
        _put(listed, b"{}")
        return {}
    found = json.loads(listed.read_text(encoding="utf-8"))
    return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}


def is_ours(top: Path, name: str, before: Mapping[str, str]) -> bool:
    """Whether a file may be written over: it is not there, or is as we left it."""
    path = top / name
    return not path.exists() or digest_of(path) == before.get(name)


def digest_of(path: Path) -> str:
    """A file's fingerprint."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def put(top: Path, name: str, content: bytes) -> str:
    """Write one copy, readable by its owner alone; its fingerprint."""
    path = top / name
    for parent in reversed([one for one in path.parents if top in one.parents]):
        private.private_folder(parent)
    if top not in path.parent.resolve().parents and path.parent.resolve() != top:
        raise RefusedFolder(_line(path.parent, "链接指向文件夹之外", "a link leads out of the folder"))
    _put(path, content)
    return hashlib.sha256(content).hexdigest()


def _put(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial"[-200:])
    partial.unlink(missing_ok=True)
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(content)
    os.replace(partial, path)


def finish(top: Path, before: Mapping[str, str], now: Mapping[str, str], result: Written) -> None:
    """Take away copies of an earlier run that have nothing to say any more, and write down which are ours."""
    kept = dict(now)
    for name in sorted(set(before) - set(now) - set(result.changed_by_hand)):
        path = top / name
        if path.exists() and digest_of(path) != before[name]:
            result.changed_by_hand.append(name)
        elif path.exists():
            path.unlink()
            result.removed.append(name)
            for parent in path.parents:
                if parent == top or any(parent.iterdir()):
                    break
                parent.rmdir()
    kept |= {name: before[name] for name in result.changed_by_hand if name in before}
    _put(top / LISTED, (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
