"""Numbers written as digits in the bytes of a file → floats and whole numbers, eight digits at once."""

from __future__ import annotations

import re

import numpy as np

ONES = np.uint64(0x0101010101010101)
LOW_BYTES = np.array([(1 << 8 * length) - 1 for length in range(9)], dtype=np.uint64)
_LOW_BITS, _HIGH_BITS, _ZEROS = np.uint64(0x7F) * ONES, np.uint64(0x80) * ONES, np.uint64(ord("0")) * ONES
_POINTS = np.uint64(ord(".")) * ONES
_POWERS = np.array([10.0**power for power in range(9)])
_NUMBER = re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST = 15  # digits that a float holds exactly


class NoNumber(ValueError):
    """What stands there is no number as programs write them."""


def words_of(data: bytes) -> np.ndarray:
    """Eight bytes from every place on as one number, the first byte lowest."""
    return np.ndarray((max(len(data) - 7, 0),), dtype="<u8", buffer=data, strides=(1,))


def made_of(words: np.ndarray, beside: str) -> np.ndarray:
    """Whether all eight bytes of a word are digits or one of the others; each byte's answer stands in its highest bit."""
    low = words & _LOW_BITS
    digit = low + np.uint64(0x80 - ord("0")) * ONES & ~(low + np.uint64(0x7F - ord("9")) * ONES)
    odd = ~digit
    for letter in beside:
        different = words ^ np.uint64(ord(letter)) * ONES
        odd &= (different & _LOW_BITS) + _LOW_BITS | different
    return np.asarray((words | odd) & _HIGH_BITS == 0, dtype=bool)


def _last_eight(words: np.ndarray, stops: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The eight bytes that end at every stop, with zeros in place of what is not the number's own."""
    own = ~LOW_BYTES.take(8 - lengths, mode="clip")
    return words[stops - 8] & own | _ZEROS & ~own


def _value(digits: np.ndarray) -> np.ndarray:
    """Eight digits as a number: pairs of neighbours are joined, then pairs of pairs, then the two halves."""
    pairs = (digits & np.uint64(0x0F) * ONES) * np.uint64(2561) >> np.uint64(8)
    fours = (pairs & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601) >> np.uint64(16)
    return (fours & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001) >> np.uint64(32)


def whole_numbers(words: np.ndarray, starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Numbers of one to eight digits and nothing else; raises NoNumber."""
    lengths = stops - starts
    if not lengths.size:
        return lengths
    digits = _last_eight(words, stops, lengths)
    if lengths.min() < 1 or lengths.max() > 8 or not made_of(digits, "").all():
        raise NoNumber
    return _value(digits).astype(np.int64)


def floats(data: bytes, words: np.ndarray, starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Numbers as `float` reads them; raises NoNumber for what is none.

    Up to fifteen digits with up to seven behind a point are a whole number divided by a power of ten, which is exact; the
    others (signs, exponents, more digits) are read one by one.
    """
    lengths = stops - starts
    digits = _last_eight(words, stops, lengths)
    point = digits ^ _POINTS
    point = ~((point & _LOW_BITS) + _LOW_BITS | point) & _HIGH_BITS  # the highest bit of every byte that is a point
    behind = np.bitwise_count(~(point | point - np.uint64(1))) >> 3  # bytes above the first point
    before = (point >> np.uint64(7)) - np.uint64(1)  # bytes below it; all of them where there is none
    dotted = point != 0
    joined = (
        (digits & before) << np.uint64(8)
        | digits & ~(before | before << np.uint64(8) | np.uint64(0xFF))
        | np.uint64(ord("0"))
    )
    digits = np.where(dotted, joined, digits)
    found = _value(digits).astype(np.float64)
    plain = made_of(digits, "") & (lengths > dotted)
    long = np.flatnonzero(plain & (lengths > 8))
    if long.size:
        plain[long], more = _with_more(words, stops[long] - 8, lengths[long], dotted[long])
        found[long] += more
    found /= _POWERS.take(np.where(dotted, behind, 0))
    for at in np.flatnonzero(~plain).tolist():
        found[at] = _float(data[starts[at] : stops[at]])
    return found


def _with_more(
    words: np.ndarray, stops: np.ndarray, lengths: np.ndarray, dotted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Whether the bytes before the last eight are digits, not too many, and what they add to the number."""
    digits = _last_eight(words, stops, lengths - 8)
    weight = np.where(dotted, 1e7, 1e8)
    return made_of(digits, "") & (lengths - dotted <= _LONGEST), _value(digits).astype(np.float64) * weight


def _float(written: bytes) -> float:
    if not _NUMBER.fullmatch(written):
        raise NoNumber
    return float(written)
