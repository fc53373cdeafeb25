"""Numbers read eight bytes at a time are the numbers that Python reads one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis.cleaning.number_bytes import NoNumber, floats, whole_numbers, words_of

DIGITS = st.text("0123456789", min_size=1, max_size=18)
NUMBERS = st.one_of(
    DIGITS,
    st.builds("{}.{}".format, DIGITS, st.text("0123456789", max_size=12)),
    st.builds(".{}".format, DIGITS),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.builds("{}E{}".format, DIGITS, st.integers(-20, 20)),
)


def placed(texts: list[str]) -> tuple[bytes, np.ndarray, np.ndarray]:
    """Texts beside one another, with letters around them, and where each begins and ends."""
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    starts = 24 + np.cumsum(lengths + 3) - lengths - 3
    return ("x" * 24 + "".join(text + "</v" for text in texts) + "y" * 24).encode(), starts, starts + lengths


@given(st.lists(NUMBERS, max_size=20))
def test_every_number_is_what_python_makes_of_its_text(texts):
    data, starts, stops = placed(texts)
    assert floats(data, words_of(data), starts, stops).tolist() == [float(text) for text in texts]


@pytest.mark.parametrize(
    "text", ["", ".", "1.2.3", "1..", "12345678.1.2", "1e", "-", "1,5", "0x10", "1_000", " 1", "nan", "12345678:"]
)
def test_what_is_no_number_is_refused_and_nothing_is_made_of_it(text):
    data, starts, stops = placed(["1.5", text])
    with pytest.raises(NoNumber):
        floats(data, words_of(data), starts, stops)


def test_a_reference_is_one_to_eight_digits():
    data, starts, stops = placed(["0", "7", "00000012", "99999999"])
    assert whole_numbers(words_of(data), starts, stops).tolist() == [0, 7, 12, 99_999_999]
    for text in ("", "123456789", "-1", "1.0", "1 "):
        data, starts, stops = placed(["5", text])
        with pytest.raises(NoNumber):
            whole_numbers(words_of(data), starts, stops)
