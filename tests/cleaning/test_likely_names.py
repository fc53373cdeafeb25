"""Names that no personal column names: found by a surname and what stands beside it, and words left as they are."""

from __future__ import annotations

import pytest

from louxing_analysis import reference
from louxing_analysis.cleaning.likely_names import LikelyNames, People

LIKELY = LikelyNames(reference.load())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("填表人：赵小曼", "填表人：[姓名]"),
        ("填表人(签字)： 张 三", "填表人(签字)： [姓名]"),
        ("审核人 钱大同 联系电话", "审核人 [姓名] 联系电话"),
        ("花名册填表人：邓丽丽电话", "花名册填表人：[姓名]电话"),
        ("联系人:欧阳修平", "联系人:[姓名]"),
        ("慰问李四光同志和何大嘴老人", "慰问[姓名]同志和[姓名]老人"),
        ("张三丰书记主持", "[姓名]书记主持"),
        # what must stay
        ("李书记主持", "李书记主持"),
        ("关爱老人", "关爱老人"),
        ("负责人：村主任", "负责人：村主任"),
        ("讨论贫困户名单，安排2020年计划", "讨论贫困户名单，安排2020年计划"),
        ("hello", "hello"),
    ],
)
def test_a_name_in_a_sentence_is_told_by_the_mark_beside_it(text: str, masked: str) -> None:
    assert LIKELY.in_sentences([text]).tolist() == [masked]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("朱八戒", "[姓名]"),
        ("吴 建 民", "[姓名]"),
        ("劉備備", "[姓名]"),
        ("特别一、谢广坤", "特别一、[姓名]"),
        ("headers.csv: 牛魔王,meetings,ignored", "headers.csv: [姓名],meetings,ignored"),
        ("万宝镇2018/孙悟成家.xlsx", "万宝镇2018/[姓名]家.xlsx"),
        ("吴建民户收入", "[姓名]户收入"),
        # what must stay
        ("姓 名", "姓 名"),
        ("户 主", "户 主"),
        ("金额", "金额"),
        ("马铃薯", "马铃薯"),
        ("高中", "高中"),
        ("金額（元）", "金額（元）"),
        ("二万", "二万"),
        ("万二", "万二"),
        ("万宝镇/石井镇/高灯村.xlsx", "万宝镇/石井镇/高灯村.xlsx"),
        ("温室户数", "温室户数"),
        ("特色标识", "特色标识"),
    ],
)
def test_a_name_that_stands_alone_is_masked_and_a_word_of_the_ledgers_is_not(text: str, masked: str) -> None:
    assert LIKELY.in_labels([text]).tolist() == [masked]


def test_where_a_village_belongs_two_characters_are_a_village_and_three_a_name() -> None:
    assert LIKELY.in_places(["石井", "高灯", "郭靖安", None]).tolist() == ["石井", "高灯", "[姓名]", None]


def test_no_header_label_or_spelling_of_the_reference_rows_is_taken_for_a_name() -> None:
    facts = reference.load()
    written = [*facts.headers["header"], *facts.codes["label_zh"], *facts.columns["label_zh"]]
    written += [*facts.spellings["written"], *facts.ledgers["label_zh"], *facts.places["township"]]
    assert [text for text, masked in zip(written, LIKELY.in_labels(written), strict=True) if text != masked] == []


def test_what_is_known_and_what_is_likely_are_masked_together() -> None:
    people = People(frozenset({"犇骉"}), LIKELY)
    assert people.masked_sentences(["犇骉，联系人：巴金山 13907381234"]).tolist() == ["[姓名]，联系人：[姓名] [电话]"]
    assert people.masked_labels(["犇骉的卡", "郭靖安", 5]).tolist() == ["[姓名]的卡", "[姓名]", 5]
