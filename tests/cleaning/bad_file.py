"""What a hostile file is: its name, how it is made, and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

CellOf = dict[tuple[int, int], Any]


class Bad(NamedTuple):
    """A file: its name, how it is made, and the reason why it is refused, or the cells of its first sheet."""

    name: str
    made: Callable[[], bytes]
    expected: str | CellOf


def differences(values: np.ndarray, expected: CellOf) -> CellOf:
    """The cells that are not as they should be, with what stands there."""
    inside = {place: place[0] < values.shape[0] and place[1] < values.shape[1] for place in expected}
    found = {place: values[place] if inside[place] else None for place in expected}
    return {place: value for place, value in found.items() if value != expected[place]}


def laughs() -> str:
    """Entities inside entities: a kilobyte that grows to gigabytes."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    return f"<!DOCTYPE x [{entities}]>"
