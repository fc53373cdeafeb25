"""A small made-up district, written, cleaned and published once for all tests that look at the whole."""

from __future__ import annotations

import pytest
from small_office import HOUSEHOLDS, PLACES, Office, folders

from louxing_analysis import pipeline


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The small district, cleaned; nobody may change its folders."""
    top = tmp_path_factory.mktemp("office")
    where = folders(top)
    pipeline.make_sample(where, places=PLACES, households=HOUSEHOLDS, truth=top / "truth", jobs=2)
    return Office(where, top / "truth", pipeline.clean(where, jobs=2))
