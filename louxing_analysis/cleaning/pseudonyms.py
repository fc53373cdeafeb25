"""Names and numbers → keyed pseudonyms; nothing personal leaves this folder."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from louxing_analysis.cleaning.cells import EMPTY, Array, blank, distinct, kinds_of, objects
from louxing_analysis.cleaning.masking import mask_text

__all__ = ["SAMPLE_KEY", "BadKey", "Key", "load_key", "mask_text", "pseudonym"]

VARIABLE = "LOUXING_KEY"
FILE = "louxing.key"
PREFIXES = {"household": "h_", "person": "p_", "cadre": "c_", "project": "j_"}
"""The kinds of thing that get a pseudonym. One number under two kinds gives two pseudonyms that nobody can join."""

_SHORTEST = 16
_DIGITS = 16  # 64 bits: among a million households two share a pseudonym once in 37 million districts


class BadKey(ValueError):
    """The key cannot be used; the message says where it came from and what to do."""


@dataclass(frozen=True)
class Key:
    """The secret behind the pseudonyms, and where it came from: environment, file or sample."""

    secret: bytes = field(repr=False)
    origin: str

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that tell two keys apart and give neither away."""
        return hmac.digest(self.secret, b"fingerprint", "sha256").hex()[:8]


SAMPLE_KEY = Key(b"louxing_analysis: published key for made-up data only", "sample")
"""Hides nothing, and need not: the sample's people do not exist, and its outputs are the same everywhere."""


def load_key(root: Path, *, sample_only: bool = False) -> Key:
    """The key of a run: the published one if all data are made up, else LOUXING_KEY, else `root`/louxing.key.

    The file is made on first use, readable by its owner only. Whoever loses it can no longer join old pseudonyms to new
    ones; whoever has it can find out whom a pseudonym stands for. Raises BadKey for a key shorter than 16 characters.
    """
    if sample_only:
        return SAMPLE_KEY
    told = os.environ.get(VARIABLE, "").strip()
    if told:
        return Key(_checked(told, VARIABLE), "environment")
    path = root / FILE
    if not path.exists():
        _make(path)
    return Key(_checked(path.read_text(encoding="utf-8", errors="replace").strip(), str(path.name)), "file")


def _checked(text: str, where: str) -> bytes:
    """The key's bytes if there are enough of them; the message never shows the key."""
    if len(text) < _SHORTEST:
        raise BadKey(
            f"{where}: 密钥不足 {_SHORTEST} 个字符；请改用更长的密钥，或删去它以便自动生成 / "
            f"the key has fewer than {_SHORTEST} characters; use a longer one, or take it away and one will be made"
        )
    return text.encode("utf-8")


def _make(path: Path) -> None:
    """A new random key, made in one step: a run beside this one finds a whole key or makes its own and loses."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.key")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write(secrets.token_hex(32) + "\n")
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:
        # Some network drives know no links; there the file is moved.
        fresh.replace(path)
        return
    finally:
        fresh.unlink(missing_ok=True)


def pseudonym(key: Key, kind: str, texts: Array) -> Array:
    """Prefix and 16 hexadecimal digits of HMAC-SHA256 for each text; object array, missing stays None.

    kind: household, person, cadre or project. The same text under the same key and kind is always the same pseudonym:
    clean it first (18-digit ID, name without spaces). A number counts as its text. Raises ValueError for another kind.
    """
    if kind not in PREFIXES:
        raise ValueError(f"no pseudonyms for {kind!r}; known: {', '.join(PREFIXES)}")
    cells = np.asarray(texts, dtype=object)
    there = kinds_of(cells) != EMPTY
    written = objects(str(text) if text == text else None for text in cells[there])
    hidden = blank(len(cells))
    if there.any():
        found, index = distinct(written)
        hidden[there] = objects(None if text is None else _hidden(key, kind, text) for text in found)[index]
    return hidden


def _hidden(key: Key, kind: str, text: str) -> str:
    message = f"{kind}\x1f{text}".encode("utf-8", "surrogatepass")
    return PREFIXES[kind] + hmac.digest(key.secret, message, "sha256").hex()[:_DIGITS]
