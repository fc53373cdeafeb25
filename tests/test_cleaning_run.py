"""A run after a run: only what changed is read, and the tables are those that a run from nothing makes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from louxing_analysis import cli, store, table_set
from louxing_analysis.cleaning import workers
from louxing_analysis.cleaning.sheets import Cleaned
from tests.cleaning.offices import Office, identity, office

FATHER, MOTHER, LONE = identity("19650312"), identity("19670520", 12), identity("19500101", 15)
REGISTER = f"""
万宝镇东冲村{{year}}年度贫困人口信息 | < | < | < | < | < | <
户编号 | 户主姓名 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
'4301' | 张三 | 张三 | {FATHER} | 户主 | {{size}} | 已脱贫
'4301' | 张三 | 李氏 | {MOTHER} | 配偶 | {{size}} | 已脱贫
'4302' | 王五 | 王五 | {LONE} | 户主 | 1 | 已脱贫
"""
INCOMES = """
{year}年度收入核算表 | < | <
户编号 | 工资性收入 | 人均纯收入
'4301' | {wage} | 3000
'4302' | 二万 | 2900
"""
MEETING = """
会议记录 | < | < | < | <
村 | 会议时间 | 会议主题 | 应到人数 | 实到人数
东冲村 | 2018-06-05 | 与{name}谈增收 | 30 | 20
"""
VISITS = """
走访记录 | < | < | <
户主姓名 | 户主证件号码 | 走访时间 | 走访方式
张三 | {father} | {day} | 入户走访
王五 | {lone} | {year}-07-05 | 入户走访
"""


def fill(place: Office, year: int, wage: int = 8000, size: int = 2, day: str = "2018-06-05") -> None:
    """One year of an office: register, incomes and visits."""
    place.put(f"{year}/户表.xlsx", REGISTER.format(year=year, size=size))
    place.put(f"{year}/收入.xlsx", INCOMES.format(year=year, wage=wage))
    place.put(f"{year}/走访.xlsx", VISITS.format(year=year, father=FATHER, lone=LONE, day=day))


@pytest.fixture
def place(tmp_path: Path) -> Office:
    """Two years of an office."""
    made = office(tmp_path, own_reference=True)
    fill(made, 2018)
    fill(made, 2019)
    return made


def tables(place: Office) -> dict[str, bytes]:
    """Every table, byte for byte."""
    folder = place.paths.processed
    names = [name for name in store.names(folder) if name != "mended"]  # what changed since the run before
    return {name: (folder / f"{name}.parquet").read_bytes() for name in names}


def read_in(place: Office) -> int:
    """How many workbooks the run had to open."""
    return int(place.clean().facts["counts"]["workbooks_read"])


def as_from_nothing(place: Office) -> bool:
    """Whether the tables are those of a run that remembers nothing."""
    found = tables(place)
    place.clean(remember=False)
    return found == tables(place)


def test_nothing_is_read_again_when_nothing_has_changed(place: Office) -> None:
    assert read_in(place) == 6
    before = tables(place)
    times = {path.name: path.stat().st_mtime_ns for path in place.paths.processed.glob("incomes.parquet")}
    assert read_in(place) == 0
    assert tables(place) == before
    assert times == {path.name: path.stat().st_mtime_ns for path in place.paths.processed.glob("incomes.parquet")}
    assert as_from_nothing(place)


def test_one_changed_workbook_is_read_alone_and_its_number_arrives(place: Office) -> None:
    place.clean()
    fill(place, 2019, wage=9100)
    assert read_in(place) == 1
    assert place.table("incomes")["wage_income"].dropna().tolist() == [8000, 9100]
    assert as_from_nothing(place)


def test_a_workbook_that_goes_takes_its_rows_along(place: Office) -> None:
    place.clean()
    shutil.rmtree(place.paths.raw / "2019")
    assert read_in(place) == 0
    assert set(place.table("households")["register_year"]) == {2018}
    assert as_from_nothing(place)


def test_a_new_name_is_masked_in_texts_that_were_read_before(place: Office) -> None:
    place.put("会议.xlsx", MEETING.format(name="欧阳小明"))
    place.clean()
    assert place.table("meetings")["topic"].str.contains("欧阳小明").any()  # nobody knows yet that this is a name
    place.put("名单.xlsx", REGISTER.format(year=2020, size=2).replace("王五", "欧阳小明"))
    assert read_in(place) == 1
    assert not place.table("meetings")["topic"].str.contains("欧阳小明").any()
    assert as_from_nothing(place)


def test_a_correction_has_only_its_own_workbook_read_again(place: Office) -> None:
    place.clean()
    place.own_reference("corrections", "2018/收入.xlsx,Sheet1,B3,8000,8800,typed wrong,letter")
    assert read_in(place) == 1
    assert 8800 in place.table("incomes")["wage_income"].tolist()
    assert as_from_nothing(place)


def test_a_new_reference_row_has_everything_read_again(place: Office) -> None:
    place.clean()
    place.own_reference("spellings", "missing,二万,,the office,high")
    assert read_in(place) == 6
    assert place.problems("not_a_number").empty
    assert as_from_nothing(place)


def test_another_key_gives_other_pseudonyms_and_reads_nothing_again(place: Office) -> None:
    place.clean()
    before = place.table("households")["household_id"]
    (place.paths.root / "louxing.key").write_text("another secret that is long enough", encoding="utf-8")
    assert read_in(place) == 0
    after = place.table("households")["household_id"]
    assert not set(before) & set(after)
    assert as_from_nothing(place)


@pytest.mark.parametrize("harm", ["broken", "gone", "rows gone", "key gone"])
def test_a_memory_that_was_harmed_costs_time_and_nothing_else(place: Office, harm: str) -> None:
    place.clean()
    folder = place.paths.processed / ".memory"
    for path in folder.iterdir():
        if harm == "broken":
            path.write_bytes(path.read_bytes()[:-1])
        elif harm == "gone" or (harm == "rows gone" and path.stem.endswith("incomes")):
            path.unlink()
    if harm == "key gone":
        (place.paths.root / "memory.key").unlink()
    fill(place, 2019, wage=9100)
    place.clean()
    assert 9100 in place.table("incomes")["wage_income"].tolist()
    assert as_from_nothing(place)


def test_rows_that_turn_out_to_be_lost_on_the_way_have_everything_read_again(place: Office) -> None:
    place.clean()
    for path in (place.paths.processed / ".memory").glob("book-*-incomes.sealed"):
        path.write_bytes(b"not what was sealed, but there")
    fill(place, 2019, wage=9100)
    place.clean()
    assert as_from_nothing(place)


@pytest.mark.parametrize("harm", ["edited", "gone"])
def test_a_table_that_was_edited_or_deleted_by_hand_is_made_again(place: Office, harm: str) -> None:
    place.clean()
    before = tables(place)
    target = place.paths.processed / "visits.parquet"
    if harm == "gone":
        target.unlink()
    else:
        target.write_bytes(target.read_bytes() + b"x")
    assert read_in(place) == 0
    assert tables(place) == before


def test_the_memory_holds_what_the_tables_of_today_rest_on_and_no_more(place: Office) -> None:
    folder = place.paths.processed / ".memory"
    place.clean()
    first = {path.name for path in folder.iterdir()}
    fill(place, 2019, wage=9100)
    place.clean()
    fill(place, 2019, wage=8000)
    place.clean()
    assert {path.name for path in folder.iterdir()} == first


def test_nothing_personal_can_be_read_in_the_memory(place: Office) -> None:
    place.clean()
    written = b"".join(path.read_bytes() for path in place.paths.processed.rglob("*") if path.is_file())
    for text in ("张三", "王五", FATHER, LONE):
        assert text.encode() not in written


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(
        st.tuples(
            st.sampled_from([2018, 2019, 2020]),
            st.sampled_from([8000, 9100]),
            st.sampled_from([2, 3]),
            st.sampled_from(["2018-06-05", "2018-6-31", "5月"]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_changes_the_tables_are_those_of_a_run_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, int, str]]
) -> None:
    place = office(tmp_path_factory.mktemp("office"))
    for change in changes:
        fill(place, *change)
        place.clean()
    assert as_from_nothing(place)


def test_the_command_can_be_told_to_read_everything_again(place: Office) -> None:
    folders = ["--raw", str(place.paths.raw), "--processed", str(place.paths.processed)]
    for afresh, read in (([], 6), ([], 0), (["--afresh"], 6)):
        cli.main(["clean", *folders, *afresh])
        assert store.read_run(place.paths.processed)["counts"]["workbooks_read"] == read


def test_a_second_run_beside_the_first_is_one_line_and_changes_nothing(
    place: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    place.clean()
    before = tables(place)
    with table_set.alone(place.paths.processed):
        assert cli.main(["clean", "--raw", str(place.paths.raw), "--processed", str(place.paths.processed)]) == 3
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "another run is writing" in error
    assert tables(place) == before


@pytest.mark.skipif(sys.platform != "linux", reason="the reading processes are forked on Linux only")
def test_a_workbook_that_kills_its_reader_is_named_and_takes_no_other_along(
    place: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = workers.clean_workbook

    def deadly(path: Path, name: str, knowledge: workers.Knowledge) -> Cleaned:
        if name == "2018/收入.xlsx":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(path, name, knowledge)

    monkeypatch.setattr(workers, "clean_workbook", deadly)
    assert place.clean(jobs=2).exit_code == 1
    assert place.problems("reader_died")["workbook"].tolist() == ["2018/收入.xlsx"]
    assert set(place.table("incomes")["workbook"]) == {"2019/收入.xlsx"}
    assert len(place.table("households")) == 4


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_run_killed_at_random_moments_leaves_the_last_good_set(place: Office) -> None:
    chance = random.Random(2020)
    wages = [8000, 9100, 9200]
    place.clean()
    good = {8000.0: tables(place)}
    for wage in wages[1:]:
        fill(place, 2019, wage=wage)
        place.clean()
        good[float(wage)] = tables(place)
    for turn in range(10):
        fill(place, 2019, wage=wages[turn % 3])
        command = [sys.executable, "-m", "louxing_analysis.cli", "clean", "--afresh", "--jobs", "2"]
        folders = ["--raw", str(place.paths.raw), "--processed", str(place.paths.processed)]
        environment = os.environ | {"LOUXING_ROOT": str(place.paths.root)}
        with subprocess.Popen(
            [*command, *folders, "--reference", str(place.paths.reference)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as run:
            time.sleep(0.6 + chance.random() * 1.6)
            os.killpg(run.pid, signal.SIGKILL)
        found = tables(place)
        wage = float(store.read("incomes", place.paths.processed)["wage_income"].dropna().iloc[-1])
        assert found == good[wage]


def test_the_record_of_the_run_says_what_became_of_every_ledger(
    place: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    place.put("单价.xlsx", "物品 | 数量 | 单价\n铅笔 | 3 | 1.5\n本子 | 4 | 2.5")
    cli.main(["clean", "--raw", str(place.paths.raw), "--processed", str(place.paths.processed)])
    told = store.read_run(place.paths.processed)["ledgers"]
    notes = int((place.table("problems").query("severity == 'noted'")["table"] == "incomes").sum())
    assert told["incomes"] == {"sheets": 2, "data": 4, "kept": 4, "quarantined": 0, "set_aside": 2, "noted": notes}
    assert told[""] == {"sheets": 1, "data": 2, "kept": 0, "quarantined": 2, "set_aside": 0, "noted": 0}
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines if "incomes" in line] == [["incomes", "2", "4", "4", "0", "2", str(notes)]]
    assert any("未识别" in line for line in lines)


def test_a_correction_whose_workbook_is_written_with_the_other_slash_is_seen_by_the_next_run(place: Office) -> None:
    place.clean()
    place.own_reference("corrections", "2018\\收入.xlsx,Sheet1,B3,8000,8800,typed wrong,letter")
    assert read_in(place) == 1
    assert 8800 in place.table("incomes")["wage_income"].tolist()
    assert as_from_nothing(place)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_after_a_run_folder_and_tables_are_their_owners_only(place: Office) -> None:
    place.paths.processed.mkdir(mode=0o755)
    place.clean()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in place.paths.processed.glob("[!.]*")}
    assert stat.S_IMODE(place.paths.processed.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert {"households.parquet", "run.json"} <= set(modes)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_folder_that_a_group_works_in_keeps_its_group_and_shuts_out_the_rest(place: Office) -> None:
    place.paths.processed.mkdir()
    place.paths.processed.chmod(0o2775)
    place.clean()
    assert stat.S_IMODE(place.paths.processed.stat().st_mode) == 0o2770
    assert stat.S_IMODE((place.paths.processed / "households.parquet").stat().st_mode) == 0o660
