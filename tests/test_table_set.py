"""A set of tables takes the place of the last one at once, whenever the run that makes it is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from louxing_analysis import store, table_set


def write_set(folder: Path, number: int, *names: str, kept: tuple[str, ...] = ()) -> None:
    """A set in which every table and run.json say the same number."""
    with table_set.alone(folder):
        made = table_set.draft(folder)
        for name in names:
            store.write(name, pd.DataFrame({"number": [number]}), made)
        store.write_run({"number": number}, made)
        table_set.commit(folder, made, [f"{name}.parquet" for name in kept])


def numbers(folder: Path) -> dict[str, int]:
    """What every table of the set says."""
    return {name: int(store.read(name, folder)["number"].iloc[0]) for name in store.names(folder)} | {
        "run": store.read_run(folder)["number"]
    }


def everything(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != table_set.LOCK)


def test_a_new_set_replaces_the_last_one_and_no_table_of_that_one_is_left(tmp_path: Path) -> None:
    write_set(tmp_path, 1, "aid", "visits")
    (tmp_path / "README.md").write_text("kept", encoding="utf-8")
    write_set(tmp_path, 2, "aid", "teams")
    assert numbers(tmp_path) == {"aid": 2, "teams": 2, "run": 2}
    assert everything(tmp_path) == ["README.md", "aid.parquet", "run.json", "teams.parquet"]


def test_a_table_that_has_not_changed_may_stay(tmp_path: Path) -> None:
    write_set(tmp_path, 1, "aid", "visits")
    write_set(tmp_path, 2, "visits", kept=("aid",))
    assert numbers(tmp_path) == {"aid": 1, "visits": 2, "run": 2}


def test_a_run_that_fails_leaves_the_last_set_and_the_next_one_clears_up(tmp_path: Path) -> None:
    write_set(tmp_path, 1, "aid")
    with pytest.raises(KeyError, match="households"), table_set.alone(tmp_path):
        _fail_half_way(tmp_path)
    assert numbers(tmp_path) == {"aid": 1, "run": 1}
    with table_set.alone(tmp_path):
        assert everything(tmp_path) == [table_set.HOLDER, "aid.parquet", "run.json"]


def _fail_half_way(folder: Path) -> None:
    made = table_set.draft(folder)
    store.write("aid", pd.DataFrame({"number": [2]}), made)
    raise KeyError("households")


@pytest.mark.parametrize("at", range(1, 9))
def test_a_run_that_dies_at_any_step_leaves_the_last_set_or_the_new_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write_set(tmp_path, 1, "aid", "visits")
    steps = 0

    def dying(step: Callable[..., object]) -> Callable[..., object]:
        def or_not(*arguments: object) -> object:
            nonlocal steps
            steps += 1
            if steps == at:
                raise SystemExit("killed")
            return step(*arguments)

        return or_not

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", dying(os.replace))
        patch.setattr(table_set, "_to_disk", dying(table_set._to_disk))
        with pytest.raises(SystemExit):
            write_set(tmp_path, 2, "aid", "teams")
    found = numbers(tmp_path)
    assert found in ({"aid": 1, "visits": 1, "run": 1}, {"aid": 2, "teams": 2, "run": 2})
    assert (found["run"] == 2) == (
        at > 7
    )  # replace: 2 of store.write; to disk: 3 files and the list; replace: the list


def test_two_runs_at_once_are_refused_in_one_line_that_names_the_first(tmp_path: Path) -> None:
    with (
        table_set.alone(tmp_path),
        pytest.raises(table_set.RunningElsewhere, match=rf"process {os.getpid()}.*wait until it has ended"),
        table_set.alone(tmp_path),
    ):
        pass
    with table_set.alone(tmp_path):  # the lock is free again
        pass


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_table_set import write_set
folder, number = Path(sys.argv[1]), 2
print("begun", flush=True)
while True:
    write_set(folder, number, *(f"t{{one}}" for one in range(12)))
    print("written", number, flush=True)
    number += 1
"""


def test_a_set_is_whole_after_the_process_that_writes_sets_is_killed_at_random_moments(tmp_path: Path) -> None:
    folder = tmp_path / "sets"
    write_set(folder, 1, *(f"t{one}" for one in range(12)))
    script = WRITER.format(tests=str(Path(__file__).parent))
    seen = set()
    for attempt in range(12):
        with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            for _ in range(1 + attempt % 4):  # begun, and up to three sets: however slow the machine, some are whole
                writer.stdout.readline()
            time.sleep(0.003 * attempt)
            writer.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        copy = tmp_path / f"copy{attempt}"
        shutil.copytree(folder, copy)  # what a reader finds, before any later run has cleared up
        found = numbers(copy)
        assert len(found) == 13
        assert len(set(found.values())) == 1
        seen |= set(found.values())
    assert len(seen) > 1
