"""What an earlier run found out, so that it need not be found out again: values by name, sealed, in one folder.

An entry may hold names and numbers of people, before pseudonyms: it is encrypted and authenticated (AES-256-GCM) under a
random key of the memory's own, kept elsewhere (`memory.key` in the project's folder), and is worth nothing without it. An
entry that is broken, forged or sealed with another key is no entry. Nothing but plain values, arrays and records of this
package comes out of one, whatever was put in (see `_ALLOWED`): a folder received from elsewhere can run no code.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE, _KEY = 12, 32
_SUFFIX = ".sealed"
_ALLOWED = {
    "builtins": {"set", "frozenset", "slice", "complex", "bytearray"},
    "collections": {"OrderedDict"},
    "datetime": {"date", "datetime", "timedelta"},
    "numpy": {"ndarray", "dtype"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
    "numpy._core.numeric": {"_frombuffer"},
    "numpy.core.multiarray": {"_reconstruct", "scalar"},
    "numpy.core.numeric": {"_frombuffer"},
}
_OURS = "louxing_analysis."


class _Careful(pickle.Unpickler):
    """Reads plain values, arrays and records; refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that may stand in an entry; raises UnpicklingError."""
        if name in _ALLOWED.get(module, ()):
            return super().find_class(module, name)
        if module.startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and (issubclass(found, tuple) or hasattr(found, "__dataclass_fields__")):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def pack(value: Any) -> bytes:
    """A value as bytes, compressed; the same value built in the same way gives the same bytes."""
    plain = pickle.dumps(value, protocol=5)
    return len(plain).to_bytes(8, "big") + pa.compress(plain, codec="zstd", asbytes=True)


def unpack(packed: bytes) -> Any:
    """The value of `pack`; raises ValueError for anything else."""
    try:
        plain = pa.decompress(packed[8:], int.from_bytes(packed[:8], "big"), codec="zstd", asbytes=True)
        return _Careful(io.BytesIO(plain)).load()
    except (
        pickle.UnpicklingError,
        pa.ArrowInvalid,
        OSError,
        EOFError,
        AttributeError,
        ImportError,
        TypeError,
    ) as error:
        raise ValueError(str(error)) from error


class Memory:
    """Sealed values in a folder; a memory without a folder remembers within this run only."""

    def __init__(self, folder: Path | None, secret: bytes) -> None:
        self.folder = folder
        self._seal = AESGCM(hashlib.sha256(b"louxing: memory of earlier runs" + secret).digest())
        self._used: set[str] = set()
        self._here: dict[str, bytes] = {}
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def get(self, name: str) -> Any | None:
        """The value of that name, or None."""
        packed = self.get_packed(name)
        if packed is None:
            return None
        try:
            return unpack(packed)
        except ValueError:  # written by another version of a library
            return None

    def get_packed(self, name: str) -> bytes | None:
        """The value of that name as `pack` made it, or None."""
        self._used.add(name)
        if self.folder is None:
            return self._here.get(name)
        try:
            sealed = self._path(name).read_bytes()
            return self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
        except (OSError, InvalidTag, ValueError):
            return None

    def has(self, name: str) -> bool:
        """Whether there is an entry; it may still turn out to be broken."""
        return name in self._here if self.folder is None else self._path(name).exists()

    def put(self, name: str, value: Any) -> None:
        """Remember a value of plain types, arrays and records of this package."""
        self.put_packed(name, pack(value))

    def put_packed(self, name: str, packed: bytes) -> None:
        """Remember what `pack` made."""
        self._used.add(name)
        if self.folder is None:
            self._here[name] = packed
            return
        nonce = secrets.token_bytes(_NONCE)
        partial = self._path(name).with_suffix(f".{secrets.token_hex(4)}.partial")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(nonce + self._seal.encrypt(nonce, packed, name.encode()))
        os.replace(partial, self._path(name))

    def use(self, names: Iterable[str]) -> None:
        """Entries that this run rests on although it did not look into them."""
        self._used.update(names)

    def forget_unused(self) -> None:
        """Take away what this run did not use: the memory holds what the tables of today came from, and no more."""
        if self.folder is None:
            return
        wanted = {self._path(name).name for name in self._used}
        for path in self.folder.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{name}{_SUFFIX}"


def fingerprint(*parts: object) -> str:
    """One name for all of the parts: 32 hexadecimal digits; parts are bytes, texts, numbers, or lists of them."""
    made = hashlib.sha256()
    for part in parts:
        plain = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        made.update(len(plain).to_bytes(8, "big") + plain)
    return made.hexdigest()[:32]


def own_key(path: Path) -> bytes:
    """The memory's key, made on first use and readable by its owner only; who deletes it begins anew and loses no result."""
    try:
        known = path.read_bytes()
        if len(known) == _KEY:
            return known
    except OSError:
        pass
    fresh = path.with_name(f"{path.stem}-{secrets.token_hex(4)}.key")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(secrets.token_bytes(_KEY))
    os.replace(fresh, path)
    return path.read_bytes()
