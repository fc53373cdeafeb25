"""Offices' own sheets of old and new villages → changes that the whole run knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from louxing_analysis import reference
from louxing_analysis.cleaning.crosswalk import COLUMNS, changes_of, named_like_one
from louxing_analysis.cleaning.places import Gazetteer
from louxing_analysis.cleaning.stack import Piece
from tests.cleaning.offices import Office, office
from tests.cleaning.test_places import OWN, one


def piece(drawing: str) -> Piece:
    """A sheet drawn as old township | old village | new township | new village | kind."""
    lines = [[part.strip() or None for part in line.split("|")] for line in drawing.strip().splitlines()]
    columns = zip(*lines, strict=True)
    names = ("old_township", "old_village", "new_township", "new_village", "change_kind_code")
    rows = {name: np.array(cells, dtype=object) for name, cells in zip(names, columns, strict=True)}
    return Piece(
        "对照表.xlsx", "S", {**rows, "row": np.arange(len(lines)), "source_column": np.array([""] * len(lines))}
    )


def changes(drawing: str) -> pd.DataFrame:
    return changes_of([piece(drawing)])


def gazetteer(drawing: str) -> Gazetteer:
    return Gazetteer(reference.load(), OWN, changes(drawing))


def test_the_kind_of_a_change_is_told_by_the_other_rows_where_none_is_written() -> None:
    found = changes("""
    杉山镇 | 老一村 | 杉山镇 | 甲村 |
    杉山镇 | 老二村 | 杉山镇 | 甲村 |
    杉山镇 | 大村   | 石井镇 | 丙村 |
    杉山镇 | 大村   | 石井镇 | 甲村 |
    石井镇 | 旧村   | 石井镇 | 新村 |
    石井镇 | 远村   | 杉山镇 | 远村 | transfer
    石井镇 | 丙村   | 石井镇 | 丙村 |
    """)
    kinds = dict(zip(found["old_village"], found["kind"], strict=True))
    assert kinds == {"老一村": "merge", "老二村": "merge", "大村": "split", "旧村": "rename", "远村": "transfer"}
    assert list(found.columns) == COLUMNS


def test_a_township_that_is_not_written_is_that_of_the_other_side() -> None:
    found = changes(" | 老村 | 杉山镇 | 甲村 |\n石井镇 | 旧村 | | 丙村 |")
    assert found[["old_township", "old_village", "new_township"]].values.tolist() == [
        ["杉山镇", "老村", "杉山镇"],
        ["石井镇", "旧村", "石井镇"],
    ]


def test_no_sheet_no_changes() -> None:
    assert changes_of([]).empty


def test_an_old_village_is_read_as_todays_through_all_later_changes() -> None:
    known = gazetteer("杉山镇 | 老村 | 杉山镇 | 中村 |\n杉山镇 | 中村 | 杉山镇 | 甲村 |")
    assert one(known, "杉山镇", "老村") == ("杉山镇", "甲村", None, None)
    assert one(known, "杉山镇", "中村村委会") == ("杉山镇", "甲村", None, None)


def test_a_village_that_was_split_is_kept_on_its_township_and_noted() -> None:
    known = gazetteer("杉山镇 | 大村 | 杉山镇 | 甲村 |\n杉山镇 | 大村 | 杉山镇 | 乙社区 |")
    assert one(known, "杉山镇", "大村") == ("杉山镇", None, None, "village_split")
    assert one(known, None, "大村") == ("杉山镇", None, None, "village_split")


def test_a_village_split_between_two_townships_stays_where_its_row_says() -> None:
    known = gazetteer("杉山镇 | 大村 | 杉山镇 | 甲村 |\n杉山镇 | 大村 | 石井镇 | 丙村 |")
    assert one(known, "杉山镇", "大村") == ("杉山镇", None, None, "village_split")
    assert one(known, None, "大村") == (None, None, None, "village_split")


def test_the_part_that_kept_the_name_is_meant_by_it() -> None:
    known = gazetteer("杉山镇 | 甲村 | 杉山镇 | 甲村 |\n杉山镇 | 甲村 | 杉山镇 | 新村 |")
    assert one(known, "杉山镇", "甲村") == ("杉山镇", "甲村", None, None)


def test_two_lists_that_disagree_are_not_chosen_between() -> None:
    both = changes_of([piece("杉山镇 | 老村 | 杉山镇 | 甲村 |"), piece("杉山镇 | 老村 | 杉山镇 | 乙社区 |")])
    assert one(Gazetteer(reference.load(), OWN, both), "杉山镇", "老村")[3] == "village_split"


def test_a_circle_of_changes_ends() -> None:
    known = gazetteer("杉山镇 | 东村 | 杉山镇 | 西村 |\n杉山镇 | 西村 | 杉山镇 | 东村 |")
    assert one(known, "杉山镇", "东村")[0] == "杉山镇"


def test_places_list_the_old_villages_with_what_they_became() -> None:
    table = gazetteer("杉山镇 | 老村 | 杉山镇 | 甲村 |").table
    old = table[table["village"] == "老村"]
    assert old[["until", "became", "change", "source"]].values.tolist() == [
        ["?", "杉山镇甲村", "rename", "对照表.xlsx"]
    ]
    assert (table.loc[table["village"] == "甲村", "until"] == "").all()


def test_files_named_like_such_a_sheet_are_known() -> None:
    names = ["2018/收入.xlsx", "万宝镇新旧村对照表.xls", "并村情况.xlsx"]
    assert named_like_one(names, reference.load()) == names[1:]


CROSSWALK = """
万宝镇新旧村对照表 | < | < | <
原村名 | 现村名 | 合并时间 | 备注
上塘村 | 东冲村 | 2016年5月 |
下塘村 | 东冲村 | 2016年5月 |
"""
REGISTER = """
2016年度贫困户信息 | < | < | < | < | <
乡镇 | 村 | 户编号 | 户主姓名 | 脱贫属性 | 家庭人口数
万宝镇 | 上塘村 | '4301' | 张三 | 未脱贫 | 3
万宝镇 | 东冲村 | '4302' | 李四 | 未脱贫 | 2
"""


@pytest.mark.parametrize("name", ["新旧村对照表.xlsx", "附件2.xlsx"])  # the second is only known by what stands in it
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_list_of_old_villages_in_the_delivery_is_used_for_all_of_it(tmp_path: Path, name: str, jobs: int) -> None:
    place: Office = office(tmp_path)
    place.put("2016户表.xlsx", REGISTER)
    place.put(name, CROSSWALK)
    for number in range(3):  # enough files for several workers
        place.put(f"另{number}.xlsx", REGISTER.replace("2016", f"201{7 + number}"))
    outcome = place.clean(jobs)
    assert outcome.exit_code == 0, place.problems().to_string()
    assert set(place.table("households")["village"]) == {"东冲村"}
    listed = place.table("village_changes")
    assert listed[["old_village", "new_village", "change_date_precision"]].values.tolist() == [
        ["上塘村", "东冲村", "month"],
        ["下塘村", "东冲村", "month"],
    ]
    places = place.table("places")
    assert places.loc[places["village"] == "上塘村", "became"].tolist() == ["万宝镇东冲村"]
    sheets = place.table("sheets")
    assert (sheets["data"] == sheets["kept"] + sheets["quarantined"]).all()
