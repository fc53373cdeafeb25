"""Invented names and numbers: they look like the real ones and can hit nobody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from louxing_analysis.sample.draws import Array, rank_within

SURNAMES = [
    "刘",
    "李",
    "王",
    "陈",
    "张",
    "彭",
    "谢",
    "肖",
    "曾",
    "邓",
    "周",
    "黄",
    "罗",
    "胡",
    "吴",
    "朱",
    "杨",
    "龙",
    "贺",
    "谭",
    "梁",
    "颜",
    "曹",
    "戴",
    "郭",
    "何",
    "蒋",
    "康",
    "邱",
    "唐",
    "袁",
    "聂",
    "姜",
    "廖",
    "伍",
    "段",
    "成",
    "欧阳",
    "付",
    "毛",
    "金",
    "钟",
    "孙",
    "赵",
    "高",
    "徐",
    "林",
    "苏",
    "卢",
    "汤",
    "石",
    "童",
    "易",
    "阳",
    "申",
    "尹",
    "游",
    "潘",
    "熊",
    "方",
    "宋",
    "夏",
    "田",
    "文",
    "左",
    "魏",
    "冯",
    "于",
    "吕",
    "丁",
    "余",
    "叶",
    "程",
    "沈",
]
MALE_OLD = "国建志德明文光正金福生华新武林春云启松长永忠良胜"
MALE_YOUNG = "俊杰浩宇轩帆博涛鹏飞磊伟超凯旭阳晨睿哲航毅峰健辉"
FEMALE_OLD = "秀桂玉英兰珍梅香菊莲凤翠春冬爱美月珠云娥连满淑清"
FEMALE_YOUNG = "婷雅欣怡梦琪雨萱思佳颖丹莉慧敏静芳娟霞艳璐瑶妍倩"
OLD_BEFORE = 1980  # names of those born earlier come from the older characters
ONE_CHARACTER_SHARE = 0.22

REGION = 439902  # exists nowhere in GB/T 2260, so that no number can be a real person's
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])  # GB 11643-1999
CHECK_DIGITS = np.array(list("10X98765432"))


@dataclass(frozen=True)
class Range:
    """A block of serial numbers of one birthday, so that groups of people drawn apart never share an ID number."""

    first: int
    pairs: int  # one odd (male) and one even (female) number each


HOUSEHOLD_PEOPLE = Range(0, 300)
CADRES = Range(600, 75)
TEAM_MEMBERS = Range(750, 50)
PARTY_MEMBERS = Range(850, 75)


def surnames(generator: np.random.Generator, size: int) -> Array:
    """Surnames, the common ones more often."""
    weights = 1.0 / (np.arange(len(SURNAMES)) + 4.0)
    return np.array(SURNAMES)[generator.choice(len(SURNAMES), size=size, p=weights / weights.sum())]


def given_names(generator: np.random.Generator, female: Array, born: Array) -> Array:
    """Given names of one or two characters, fitting sex and generation; `born` are years."""
    size = len(female)
    pools = np.array([list(text) for text in (MALE_OLD, MALE_YOUNG, FEMALE_OLD, FEMALE_YOUNG)])
    pool = 2 * female.astype(int) + (born >= OLD_BEFORE)
    first = generator.integers(0, pools.shape[1], size)
    second = (first + generator.integers(1, pools.shape[1], size)) % pools.shape[1]
    short = generator.random(size) < ONE_CHARACTER_SHARE
    return np.strings.add(pools[pool, first], np.where(short, "", pools[pool, second]))


def full_names(generator: np.random.Generator, female: Array, born: Array) -> Array:
    """Surname and given name, as an object array of texts."""
    family = surnames(generator, len(female))
    return np.strings.add(family, given_names(generator, female, born)).astype(object)


def distinct_names(generator: np.random.Generator, female: Array, born: Array, within: Array) -> Array:
    """Full names of which no two are the same within one agency: rosters without numbers tell people apart by both."""
    name = full_names(generator, female, born)
    while True:
        again = pd.DataFrame({"within": within, "name": name}).duplicated().to_numpy()
        if not again.any():
            return name
        name[again] = full_names(generator, female[again], born[again])


def check_digit(first17: Array) -> Array:
    """The 18th character (GB 11643-1999) to 17 digits given as int64."""
    powers = 10 ** np.arange(16, -1, -1, dtype=np.int64)
    digits = first17[:, None] // powers % 10
    return CHECK_DIGITS[(digits @ WEIGHTS) % 11]


def id_numbers(generator: np.random.Generator, birth: Array, female: Array, block: Range) -> Array:
    """ID numbers of 18 characters, all different: no region's code, birth date, odd serial for men, check digit.

    Raises ValueError when more people share a birthday than the block has numbers.
    """
    day = birth.astype("datetime64[D]")
    written = np.strings.replace(day.astype("U10"), "-", "").astype(np.int64)
    group = written * 2 + female
    rank = rank_within(group)
    if len(rank) and rank.max() >= block.pairs:
        raise ValueError("too many people born on one day")
    start = generator.integers(0, block.pairs, 4096)[
        group % 4096
    ]  # one start for a birthday, so that serials never meet
    serial = block.first + 2 * ((start + rank) % block.pairs) + np.where(female, 0, 1)
    first17 = REGION * 10**11 + written * 1000 + serial
    return np.strings.add(first17.astype("U17"), check_digit(first17)).astype(object)


def disability_certificates(generator: np.random.Generator, numbers: Array) -> Array:
    """The 20-digit form: the ID number, one digit for the kind (1–7), one for the level (1–4)."""
    kind = generator.integers(1, 8, len(numbers)).astype("U1")
    level = generator.integers(1, 5, len(numbers)).astype("U1")
    return np.strings.add(np.strings.add(numbers.astype("U18"), kind), level).astype(object)


def phones(generator: np.random.Generator, size: int) -> Array:
    """Mobile numbers of 11 digits on 100…, a prefix that no operator has."""
    return (10_000_000_000 + generator.permutation(10**6)[:size] * 97 + 13).astype("U11").astype(object)


def accounts(generator: np.random.Generator, size: int) -> Array:
    """Bank accounts of 19 digits on 99…, a prefix that no bank has."""
    tail = generator.permutation(10**6)[:size].astype(np.int64) * 7_919_003 + 41
    return np.strings.add("99", np.strings.zfill(tail.astype("U17"), 17)).astype(object)
