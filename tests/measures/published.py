"""Which tests compare with a published value: the table it stands in, the data set, and how many values of it."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

Test = TypeVar("Test", bound=Callable[..., object])


class Published(NamedTuple):
    """One test against print: where the values stand, on which data they were computed, how many are compared."""

    where: str
    data: str
    values: int


def published(where: str, data: str, values: int = 1) -> Callable[[Test], Test]:
    """Mark a test as one against published values: `where` cites author, year and table (or page, or R package)."""
    if not where or not data or values < 1:
        raise ValueError("a published value needs its table, its data set and a count of at least 1")

    def mark(test: Test) -> Test:
        test.__dict__.setdefault("published", []).append(Published(where, data, values))
        return test

    return mark
