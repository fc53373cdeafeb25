"""Workers on other machines: a dask.distributed cluster as an executor that reads workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

_PATIENCE = "20s"


class NoCluster(OSError):
    """The cluster cannot be used; the message says why and what to do."""


@contextmanager
def connected(address: str | None) -> Iterator[Executor | None]:
    """An executor on the cluster whose scheduler listens at `address` (tcp://host:8786); None without an address.

    The workers need this package in the same version, not the files: what they do not see is sent to them, names and
    numbers of people included, so use machines and a network that the office trusts. Raises NoCluster.
    """
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise NoCluster(
            "--cluster: 未安装 distributed，请运行 pip install 'louxing_analysis[cluster]' / distributed is not installed: "
            "pip install 'louxing_analysis[cluster]'"
        ) from error
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(
            f"--cluster {address}: 连接不上调度器，请核对地址 / cannot reach the scheduler; check the address"
        ) from error
    try:
        with client.get_executor(pure=False) as executor:
            yield executor
    finally:
        client.close()
