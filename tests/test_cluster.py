"""Any executor may read the workbooks, a cluster of machines among them; the tables are the same, byte for byte."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from louxing_analysis import cli, reference, store
from louxing_analysis.cleaning import workers
from louxing_analysis.cleaning.delivery import receive
from louxing_analysis.cluster import NoCluster, connected
from tests.cleaning.offices import Office, office

REGISTER = """
万宝镇东冲村{year}年度贫困户花名册 | < | <
户编号 | 户主姓名 | 脱贫属性
'4301' | 张三 | 已脱贫
'430{year}' | 李四 | 已脱贫
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Twelve workbooks, one of them broken: two batches."""
    place = office(tmp_path_factory.mktemp("office"))
    for year in range(2010, 2021):
        place.put(f"{year}/户表.xlsx", REGISTER.format(year=year))
    (place.paths.raw / "坏.xlsx").write_bytes(b"PK\x03\x04 no zip at all")
    return place


def tables(place: Office) -> dict[str, bytes]:
    return {
        name: (place.paths.processed / f"{name}.parquet").read_bytes() for name in store.names(place.paths.processed)
    }


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster of two workers on this machine."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_of_two_workers_gives_the_same_tables(many: Office, address: str) -> None:
    alone = many.clean(remember=False)
    expected = tables(many)
    with connected(address) as executor:
        outcome = many.clean(remember=False, executor=executor)
    assert tables(many) == expected
    assert outcome.exit_code == alone.exit_code == 1
    assert outcome.facts["counts"] == alone.facts["counts"]


def test_the_command_takes_the_address_of_a_cluster(many: Office, address: str) -> None:
    folders = ["--raw", str(many.paths.raw), "--processed", str(many.paths.root / "other")]
    assert cli.main(["clean", *folders, "--cluster", address]) == 1
    assert len(store.read("households", many.paths.root / "other")) == 22


def test_a_cluster_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("louxing_analysis.cluster._PATIENCE", "300ms")
    with pytest.raises(NoCluster, match="check the address"), connected("tcp://127.0.0.1:9"):
        pass


def test_without_an_address_there_is_no_executor() -> None:
    with connected(None) as executor:
        assert executor is None


def test_workers_that_do_not_see_the_files_are_sent_their_bytes(many: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = receive(many.paths.raw)
    setting = workers.Setting("test", reference.load(), None)
    works = [workers.Work(str(delivery.raw / name), name, delivery.hashes[name]) for name in delivery.names]

    def read(executor: Executor) -> dict[str, object]:
        return {one.workbook: (one.closed, one.said.problems) for one in workers.read_with(executor, setting, works)}

    with ThreadPoolExecutor(2) as executor:
        seen = read(executor)
        monkeypatch.setattr(workers, "_is_there", lambda work: False)
        assert read(executor) == seen
    assert set(seen) == set(delivery.names)


def test_a_worker_that_sees_another_file_under_the_same_name_does_not_read_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"another file")
    work = workers.Work(str(path), "a.xlsx", "0" * 64)

    setting = workers.Setting("test", reference.load(), None)
    assert workers.read_batch(pickle.dumps(setting), [work]) == [work]
