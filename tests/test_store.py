"""Clean tables on disk: types kept, bytes repeatable, nothing stale."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from louxing_analysis import store


def _table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "household_id": pd.array(["h_1", None], dtype="str"),
            "household_size": pd.array([3, None], dtype="Int64"),
            "net_income": np.array([18000.5, np.nan]),
            "in_cooperative": pd.array([True, None], dtype="boolean"),
            "visit_date": np.array(["2018-06-05", "NaT"], dtype="datetime64[s]"),
        }
    )


def test_a_table_comes_back_with_its_types_and_its_missing_cells(tmp_path: Path) -> None:
    store.write("visits", _table(), tmp_path)
    back = store.read("visits", tmp_path)
    pd.testing.assert_frame_equal(back, _table())
    assert str(back["visit_date"].dtype) == "datetime64[s]"


def test_an_empty_table_keeps_its_types(tmp_path: Path) -> None:
    store.write("visits", _table().head(0), tmp_path)
    assert dict(store.read("visits", tmp_path).dtypes) == dict(_table().dtypes)


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    first = store.write("visits", _table(), tmp_path / "a").read_bytes()
    shuffled = pd.concat([_table().iloc[[1]], _table().iloc[[0]]]).iloc[[1, 0]]
    assert store.write("visits", shuffled, tmp_path / "b").read_bytes() == first


def test_only_the_wanted_columns_are_read(tmp_path: Path) -> None:
    store.write("visits", _table(), tmp_path)
    assert list(store.read("visits", tmp_path, columns=["net_income"])) == ["net_income"]


def test_a_table_that_no_run_wrote_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(store.NothingProcessed, match=r"visits\.parquet.*louxing clean"):
        store.read("visits", tmp_path)
    with pytest.raises(store.NothingProcessed, match="louxing clean"):
        store.read_run(tmp_path)


def test_the_tables_of_a_folder_are_named_in_order(tmp_path: Path) -> None:
    store.write("visits", _table(), tmp_path)
    store.write("aid", _table(), tmp_path)
    (tmp_path / "old.partial").write_bytes(b"half a table")
    assert store.names(tmp_path) == ["aid", "visits"]


def test_no_half_written_file_is_left_beside_a_table(tmp_path: Path) -> None:
    store.write("visits", _table(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["visits.parquet"]


def test_the_facts_of_a_run_come_back_and_do_not_depend_on_their_order(tmp_path: Path) -> None:
    first = store.write_run({"表": 1, "counts": {"b": 2, "a": 1}}, tmp_path / "a").read_bytes()
    assert store.write_run({"counts": {"a": 1, "b": 2}, "表": 1}, tmp_path / "b").read_bytes() == first
    assert store.read_run(tmp_path / "a") == {"counts": {"a": 1, "b": 2}, "表": 1}
