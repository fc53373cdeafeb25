"""Members listed under their head → where each household begins, and what its members take from its first row."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from louxing_analysis.cleaning.blocks import block_starts, written
from tests.cleaning.offices import cleaned, identity, put_together

IDS = [identity(f"19{50 + at}0101", 11 + at) for at in range(9)]


def starts(drawing: str) -> list[int]:
    """Rows (from 0) that begin a household; drawn as `code | head's name | relation | size`."""
    lines = [[part.strip() for part in line.split("|")] for line in drawing.strip().splitlines()]
    code, name, relation, size = (written(np.array(column, dtype=object)) for column in zip(*lines, strict=True))
    heads = (relation == "户主").to_numpy(dtype=bool)
    return np.flatnonzero(block_starts(heads, code, name, [size])).tolist()


def test_a_code_on_the_first_row_holds_for_the_blank_rows_below_it() -> None:
    assert starts("1 | | 户主 | \n | | 之子 | \n2 | | 户主 | \n3 | | 户主 |") == [0, 2, 3]


def test_a_head_that_does_not_stand_first_belongs_to_the_block_it_stands_in() -> None:
    assert starts("1 | | 配偶 | \n | | 户主 | \n | | 之子 | \n2 | | 户主 |") == [0, 3]


def test_a_code_on_the_first_row_is_enough_where_no_relation_is_written() -> None:
    assert starts("1 | | | \n | | | \n2 | | | \n | | |") == [0, 2]


def test_a_second_head_without_a_code_is_a_household_of_its_own() -> None:
    assert starts("1 | | 户主 | \n | | 配偶 | \n | | 户主 | \n | | 之子 | \n2 | | 户主 |") == [0, 2, 4]


def test_two_heads_under_one_repeated_code_are_one_household() -> None:
    assert starts("1 | | 户主 | \n1 | | 户主 | \n1 | | 之子 |") == [0]


def test_a_code_repeated_on_top_of_a_new_page_goes_on() -> None:
    assert starts("1 | | 户主 | \n | | 配偶 | \n1 | | 之子 | \n | | 之女 |") == [0]


def test_without_codes_the_heads_name_marks_the_blocks_and_two_of_one_name_are_two() -> None:
    assert starts(" | 张三 | 配偶 | \n | | 户主 | \n | 李四 | 户主 | \n | 李四 | 之子 |") == [0, 2]
    assert starts(" | 张三 | 户主 | \n | 张三 | 配偶 | \n | 张三 | 户主 |") == [0, 2]


def test_without_codes_and_names_a_column_written_once_a_household_marks_the_blocks() -> None:
    assert starts(" | | 配偶 | 2\n | | 户主 | \n | | 户主 | 2\n | | 之子 |") == [0, 2]


def test_without_any_of_them_every_head_begins_a_household() -> None:
    assert starts(" | | 户主 | \n | | 配偶 | \n | | 户主 |") == [0, 2]


def test_rows_above_the_first_code_begin_with_their_heads() -> None:
    assert starts(" | | 户主 | \n | | 配偶 | \n1 | | 户主 |") == [0, 2]


def test_no_rows_no_households() -> None:
    nothing = pd.Series([], dtype=object)
    assert block_starts(np.empty(0, dtype=bool), nothing, None, [nothing]).tolist() == []


LAYOUTS = {
    "blank": ("'4301'", "", ""),
    "repeated": ("'4301'", "'4301'", "'4301'"),
    "merged": ("'4301'", "^", "^"),
}


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_three_ways_to_write_the_household_of_a_member_give_the_same_tables(layout: str) -> None:
    first, second, third = LAYOUTS[layout]
    size = {"blank": ("3", "", ""), "repeated": ("3", "3", "3"), "merged": ("3", "^", "^")}[layout]
    tables = put_together(
        cleaned(
            f"""
    万宝镇东冲村2018年度贫困人口信息 | < | < | < | < | <
    户编号 | 姓名 | 证件号码 | 与户主关系 | 家庭人口数 | 脱贫属性
    {first} | 李氏 | {IDS[0]} | 配偶 | {size[0]} | 已脱贫
    {second} | 张三 | {IDS[1]} | 户主 | {size[1]} | {"^" if layout == "merged" else ""}
    {third} | 张小 | {IDS[2]} | 之子 | {size[2]} | {"^" if layout == "merged" else ""}
    '4302' | 王五 | {IDS[3]} | 户主 | 1 | 未脱贫
    """,
            "1.xlsx",
        )
    ).tables
    members, households = tables["members"], tables["households"]
    assert (members["household_id"] == members["household_id"].iloc[0]).tolist() == [True, True, True, False]
    assert households[["household_size", "exit_status_code"]].values.tolist() == [[3, "exited"], [1, "not_exited"]]
    assert households["row"].tolist() == [3, 6]
