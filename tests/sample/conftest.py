"""The made-up district at its full size, made once for all tests of this folder, and a small one."""

from __future__ import annotations

import pytest

from louxing_analysis.sample import district


@pytest.fixture(scope="session")
def whole() -> district.District:
    """The default district."""
    return district.build()


@pytest.fixture(scope="session")
def small() -> district.District:
    """Twenty places with the article's among them."""
    return district.build(seed=5, places=20, households=700)
