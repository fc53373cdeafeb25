"""Names and numbers → keyed pseudonyms; nothing personal leaves this folder."""

from __future__ import annotations

import hmac

import numpy as np

from louxing_analysis.cleaning.cells import EMPTY, Array, blank, distinct, kinds_of, objects
from louxing_analysis.cleaning.keys import SAMPLE_KEY, BadKey, Key, LostKey, load_key
from louxing_analysis.cleaning.masking import mask_text

__all__ = ["SAMPLE_KEY", "BadKey", "Key", "LostKey", "load_key", "mask_text", "pseudonym"]

PREFIXES = {"household": "h_", "person": "p_", "cadre": "c_", "project": "j_"}
"""The kinds of thing that get a pseudonym. One number under two kinds gives two pseudonyms that nobody can join."""

_DIGITS = 16  # 64 bits: among a million households two share a pseudonym once in 37 million districts


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
