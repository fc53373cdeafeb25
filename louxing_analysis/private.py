"""Folders and files that nobody but their owner may read: clean tables, quarantine, internal pages.

On POSIX a folder is 0700 and a file 0600. A folder with the set-group-id bit (`chmod g+s`) is one that a group works in:
there the group keeps what the folder gives it, and everybody else is shut out. On Windows the rights of the parent
folder hold and nothing is changed.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OWNER_ONLY, _OWNER_AND_GROUP = 0o700, 0o770


def private_folder(folder: Path) -> Path:
    """Make a folder, or shut one that is there; folders above it are left as they are. Gives the folder back.

    A folder that belongs to somebody else cannot be shut and is used as it is.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    if os.name == "posix":
        _shut(folder, _allowed(folder))
    return folder


def private_file(path: Path) -> Path:
    """Make an empty file, or shut and empty one that is there, before anything is written into it; gives the path back."""
    mode = _allowed(path.parent) & 0o666
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode))
    if os.name == "posix":
        _shut(path, mode, exactly=True)  # the umask may have taken what the group is to have
    return path


def _allowed(folder: Path) -> int:
    """The most that may be given inside a folder."""
    mode = folder.stat().st_mode
    return _OWNER_AND_GROUP & (mode | _OWNER_ONLY) if mode & stat.S_ISGID else _OWNER_ONLY


def _shut(path: Path, most: int, exactly: bool = False) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    wanted = most if exactly else mode & (most | stat.S_ISGID)
    if mode != wanted:
        try:
            path.chmod(wanted)
        except PermissionError:
            return
