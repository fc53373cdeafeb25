"""A folder of workbooks: what is in it, whose it is, and an outcome that depends on the files alone."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pandas as pd
import pytest

from louxing_analysis import paths, reference, store
from louxing_analysis.cleaning.delivery import Means, read_all, receive
from louxing_analysis.memory import Memory
from tests.cleaning.offices import Office, office

INCOMES = """
{}年度收入核算表 | < | <
户编号 | 工资性收入 | 人均纯收入
'4301' | 8000 | 3000
'4302' | 二万 | 2900
"""


def list_as_made_up(raw: Path, *names: str) -> None:
    """The sample's own list of what it wrote."""
    lines = [f"{name},{hashlib.sha256((raw / name).read_bytes()).hexdigest()}" for name in names]
    (raw / "MADE-UP.csv").write_text("\n".join(["file,sha256", *lines]) + "\n", encoding="utf-8")


def test_files_are_listed_by_their_path_below_the_folder_with_their_fingerprints(tmp_path: Path) -> None:
    place = office(tmp_path)
    path = place.put("万宝镇/收入.xlsx", INCOMES.format(2018))
    place.put("~$收入.xlsx", INCOMES.format(2018))
    (place.paths.raw / "README.md").write_text("x", encoding="utf-8")
    delivery = receive(place.paths.raw)
    assert delivery.names == ("万宝镇/收入.xlsx",)
    assert delivery.hashes["万宝镇/收入.xlsx"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (delivery.is_sample, delivery.is_mixed) == (False, False)


def test_an_empty_folder_is_nothing_and_no_sample(tmp_path: Path) -> None:
    place = office(tmp_path)
    delivery = receive(place.paths.raw)
    assert (delivery.names, delivery.is_sample, delivery.is_mixed) == ((), False, False)
    assert place.clean().exit_code == 3


def test_only_listed_and_unchanged_files_are_made_up(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES.format(2017))
    place.put("b.xlsx", INCOMES.format(2018))
    list_as_made_up(place.paths.raw, "a.xlsx", "b.xlsx")
    assert receive(place.paths.raw).is_sample
    place.put("b.xlsx", INCOMES.format(2019))
    changed = receive(place.paths.raw)
    assert changed.made_up == {"a.xlsx"}
    assert (changed.is_sample, changed.is_mixed) == (False, True)


def test_made_up_and_other_workbooks_together_are_cleaned_and_said_to_be_mixed(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES.format(2017))
    list_as_made_up(place.paths.raw, "a.xlsx")
    assert place.clean().exit_code == 0
    assert store.read_run(place.paths.processed)["key"]["origin"] == "sample"
    place.put("b.xlsx", INCOMES.format(2018))
    outcome = place.clean()
    assert outcome.exit_code == 1
    assert (outcome.facts["is_mixed"], outcome.facts["is_sample"]) == (True, False)
    assert outcome.facts["key"]["origin"] == "file"  # real people are never hidden by the published key
    assert len(place.table("incomes")) == 4


def test_the_samples_own_places_count_only_beside_the_sample(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES.format(2018))
    rows = "township,village,kind,code,since,until,source,confidence\n杉山镇,甲村,village,,,,made up,\n"
    (place.paths.raw / "MADE-UP-places.csv").write_text(rows, encoding="utf-8")
    assert receive(place.paths.raw).own_places is None
    list_as_made_up(place.paths.raw, "a.xlsx")
    own = receive(place.paths.raw).own_places
    assert own is not None
    assert own["village"].tolist() == ["甲村"]
    assert receive(place.paths.raw).names == ("a.xlsx",)


def test_a_copied_file_is_named_and_not_read_twice(tmp_path: Path) -> None:
    place = office(tmp_path)
    path = place.put("a.xlsx", INCOMES.format(2018))
    shutil.copy(path, place.paths.raw / "a 副本.xlsx")
    outcome = place.clean()
    assert outcome.exit_code == 1
    (problem,) = place.problems("copied_file").itertuples()
    assert (problem.workbook, problem.detail, problem.severity) == ("a.xlsx", "a 副本.xlsx", "structural")
    assert place.table("incomes")["workbook"].tolist() == ["a 副本.xlsx"] * 2


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Five workbooks of different size."""
    place = office(tmp_path_factory.mktemp("office"))
    for year in range(2016, 2021):
        lines = "".join(f"'43{number}' | {number} | {1000 + number}\n" for number in range(10, 10 + year - 2010))
        place.put(f"{2036 - year}/收入.xlsx", INCOMES.format(year) + lines)
    return place


def test_results_do_not_depend_on_the_number_of_workers(many: Office) -> None:
    many.clean(jobs=1, remember=False)
    tables = {name: many.table(name) for name in store.names(many.paths.processed)}
    many.clean(jobs=2, remember=False)
    assert store.names(many.paths.processed) == sorted(tables)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(many.table(name), table)


def test_results_do_not_depend_on_the_order_in_which_files_are_read(many: Office) -> None:
    delivery = receive(many.paths.raw)
    ahead = read_all(delivery, Means(reference.load(), Memory(None, b""), 1)).parcels
    backwards = type(delivery)(delivery.raw, delivery.names[::-1], delivery.hashes, delivery.made_up, None)
    back = read_all(backwards, Means(reference.load(), Memory(None, b""), 1)).parcels
    assert [one.workbook for one in ahead] == [one.workbook for one in back] == sorted(delivery.names)
    for first, second in zip(ahead, back, strict=True):
        assert first.said.problems == second.said.problems
        assert first.closed == second.closed
        pd.testing.assert_frame_equal(first.pieces("incomes")[0].frame, second.pieces("incomes")[0].frame)


def test_progress_counts_every_workbook_once(many: Office) -> None:
    delivery = receive(many.paths.raw)
    for jobs in (1, 2):
        steps: list[int] = []
        read_all(delivery, Means(reference.load(), Memory(None, b""), jobs, progress=steps.append))
        assert sum(steps) == 5


def test_files_of_one_name_in_different_folders_have_rows_of_their_own(many: Office) -> None:
    many.clean()
    incomes = many.table("incomes")
    assert incomes["workbook"].nunique() == 5
    assert incomes["row_id"].is_unique


def test_a_structural_surprise_in_one_file_leaves_the_others_and_ends_with_one(tmp_path: Path) -> None:
    place = office(tmp_path)
    place.put("a.xlsx", INCOMES.format(2018))
    place.put("b.xlsx", "物品 | 数量 | 单价\n铅笔 | 3 | 1.5\n本子 | 4 | 2.5")
    (place.paths.raw / "c.xlsx").write_bytes(b"PK\x03\x04 no zip at all")
    outcome = place.clean()
    assert outcome.exit_code == 1
    assert len(place.table("incomes")) == 2
    assert set(place.problems()[place.problems()["severity"] == "structural"]["workbook"]) == {"b.xlsx", "c.xlsx"}
    assert outcome.facts["blocking"] == 2


def test_an_unknown_optional_header_ends_with_one_and_does_not_block_publishing(tmp_path: Path) -> None:
    place = office(tmp_path)
    drawing = INCOMES.format(2018).replace("工资性收入", "工资性收入 | 今后打算").replace("8000", "8000 | 种桃")
    place.put("a.xlsx", drawing.replace("二万", "二万 |"))
    outcome = place.clean()
    assert (outcome.exit_code, outcome.facts["structural"], outcome.facts["blocking"]) == (1, 1, 0)
    assert len(place.table("incomes")) == 2


def test_an_unknown_village_is_taken_where_the_list_is_open_and_set_aside_where_it_is_closed(tmp_path: Path) -> None:
    place = office(tmp_path, own_reference=True)
    place.own_reference("places", "石井镇,丙村,village,,,,the office's own list,high")
    place.put(
        "户表.xlsx",
        """
    2018年度贫困户花名册 | < | < | <
    乡镇 | 村 | 户编号 | 脱贫属性
    杉山镇 | 某村 | '4301' | 已脱贫
    石井镇 | 某村 | '4302' | 已脱贫
    石井镇 | 丙村 | '4303' | 已脱贫
    """,
    )
    assert place.clean().exit_code == 0
    households = place.table("households")
    assert households["village"].fillna("").tolist() == ["某村", "", "丙村"]
    assert place.problems()[["cell", "reason", "severity", "found"]].values.tolist() == [
        ["B4", "unknown_place", "set_aside", "某村"]
    ]


def test_the_reference_of_the_project_is_left_as_it_is() -> None:
    assert (paths.default().reference / "corrections.csv").exists()


def test_a_persons_name_in_a_file_or_sheet_name_is_masked_and_the_cell_is_still_found(tmp_path: Path) -> None:
    from louxing_analysis.trace import trace_row

    place = office(tmp_path)
    drawing = """
    2018年度贫困户花名册 | < | < | <
    户编号 | 户主姓名 | 家庭人口数 | 脱贫属性
    '4301' | 欧阳某某 | 3 | 已脱贫
    '4302' | 卢某 | 2 | 未脱贫
    """
    place.put_sheets("石井镇/欧阳某某户档案2018.xlsx", {"卢某": drawing})
    assert place.clean().exit_code == 0
    households = place.table("households")
    assert set(households["workbook"]) == {"石井镇/[姓名]户档案2018.xlsx"}
    assert set(households["sheet"]) == {"[姓名]"}
    assert set(place.table("sheets")["workbook"]) == set(households["workbook"])
    first = households.iloc[0]
    cells = trace_row(place.paths, "households", first["row_id"], "household_size").cells
    assert [(cell.address, cell.written, cell.workbook) for cell in cells] == [
        ("C3", "3", "石井镇/[姓名]户档案2018.xlsx")
    ]
