"""Places and agencies of the made-up district: real townships, the article's villages, invented ones for the rest."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from louxing_analysis.sample.draws import Array, shared_out
from louxing_analysis.sample.plan import Plan

FIRST = "石龙青竹柏枫杨桐桃梅金银双高平新大枣樟荷莲白桂太永长上中泉松茶芦官仙凤洪石柳"
SECOND = "塘冲坪湾桥岭溪坳坝冈井田山湖铺屋江洲畔塅"
STREET = "街道"
VILLAGE, COMMUNITY = "village", "community"
MADE_UP_SOURCE = "made-up district / 合成示例数据"

# Words for agencies that every district has; numbers and staff are invented.
BUREAUS = [
    "财政",
    "教育",
    "民政",
    "农业农村",
    "水利",
    "交通运输",
    "卫生健康",
    "人力资源和社会保障",
    "住房和城乡建设",
    "自然资源",
    "林业",
    "商务",
    "审计",
    "统计",
    "司法",
    "应急管理",
    "市场监督管理",
    "文化旅游",
    "医疗保障",
    "退役军人事务",
    "科技和工业信息化",
    "城市管理",
    "行政审批服务",
    "信访",
    "畜牧水产",
    "粮食和储备",
    "档案",
    "机关事务",
    "生态环境",
    "发展和改革",
    "体育",
    "公路建设养护",
    "农机",
    "移民",
    "招商",
    "能源",
]
CENTRES = [
    "就业服务",
    "疾病预防控制",
    "社会保险服务",
    "城乡居民养老",
    "不动产登记",
    "项目建设",
    "公共资源交易",
    "政务服务",
    "动物疫病预防",
    "农村经营服务",
    "水库管理",
    "环境卫生服务",
    "融媒体",
    "价格认证",
    "投资评审",
    "国库集中支付",
    "节能监察",
    "妇幼保健计生",
    "园林绿化",
    "救助管理",
]
OFFICES = [
    "区委",
    "区人大",
    "区政府",
    "区政协",
    "区纪委",
    "区委组织部",
    "区委宣传部",
    "区委统战部",
    "区委政法委",
    "区委编制",
    "区委巡察",
    "区委机要",
    "区委老干部",
]
UNIONS = [
    "总工会",
    "共青团区委",
    "妇女联合会",
    "残疾人联合会",
    "科学技术协会",
    "文学艺术界联合会",
    "工商业联合会",
    "归国华侨联合会",
    "红十字会",
    "计划生育协会",
    "区委党校",
    "区人民法院",
    "区人民检察院",
    "供销合作社联合社",
    "区人民医院",
    "区中医医院",
    "第一中学",
    "第二中学",
    "职业中专学校",
    "特殊教育学校",
    "区图书馆",
    "区文化馆",
    "区融资担保公司",
    "城市建设投资公司",
    "水务公司",
]


@dataclass(frozen=True)
class Places:
    """Every place, one row each, and what the other parts ask of it."""

    frame: pd.DataFrame  # township village kind code since until source confidence made_up
    agencies: Array  # names
    agency_of: Array  # place, the agency that leads its help (a number)

    def number(self, village: str) -> int | None:
        """The number of the place of that name, or None where it does not stand in a scaled-down district."""
        found = np.flatnonzero((self.frame["village"] == village).to_numpy())
        return int(found[0]) if len(found) else None

    @property
    def is_village(self) -> Array:
        """True for villages, False for communities."""
        return (self.frame["kind"] == VILLAGE).to_numpy().copy()

    def texts(self, column: str) -> Array:
        """One column as an object array of texts, to be taken from by number."""
        return self.frame[column].to_numpy(dtype=object)


def build(plan: Plan, known: pd.DataFrame) -> Places:
    """Places of the reference (townships; the article's villages), and invented ones up to the plan's number."""
    generator = plan.generator("places")
    listed = known[(known["village"] == "") & (known["until"] == "")].sort_values("code")
    townships = list(listed["township"])
    if not townships:
        raise ValueError("places.csv: 没有乡镇（街道） / no townships")
    article = _article_places(plan, known, townships, generator)
    wanted = _kinds_wanted(plan, article)
    invented = _invented(plan, wanted, townships, set(known["village"]) | set(article["village"]), generator)
    frame = pd.concat([article, invented], ignore_index=True).head(plan.places)
    rank = {township: number for number, township in enumerate(townships)}
    order = np.lexsort((frame["kind"] == COMMUNITY, frame["township"].map(rank)))
    frame = frame.iloc[order].reset_index(drop=True)
    agencies = _agency_names(plan.agencies)
    return Places(frame, agencies, generator.permutation(plan.places) % plan.agencies)


def _article_places(
    plan: Plan, known: pd.DataFrame, townships: list[str], generator: np.random.Generator
) -> pd.DataFrame:
    """The villages that stand in places.csv; one without a known township gets a made-up one outside the town."""
    mine = known[(known["village"] != "") & (known["until"] == "")].reset_index(drop=True)
    country = [name for name in townships if not name.endswith(STREET)] or townships
    guess = np.array(country, dtype=object)[generator.integers(0, len(country), len(mine))]
    unknown = ~mine["township"].isin(townships)
    frame = mine[["village", "kind", "code", "since", "until", "source", "confidence"]].copy()
    frame.insert(0, "township", np.where(unknown, guess, mine["township"].to_numpy(dtype=object)))
    frame["made_up"] = unknown.to_numpy()
    frame.loc[unknown, ["source", "confidence"]] = [MADE_UP_SOURCE, "low"]
    first = [plan.article.attendance_village, plan.article.shares_village, plan.article.workshop_village]
    return frame.iloc[np.argsort(~frame["village"].isin(first), kind="stable")]  # a very small district keeps these


def _kinds_wanted(plan: Plan, article: pd.DataFrame) -> dict[str, int]:
    """How many invented places of each kind are needed, in the article's proportion of villages to communities."""
    full = plan.article.villages + plan.article.communities
    villages = max(round(plan.places * plan.article.villages / full), int((article["kind"] == VILLAGE).sum()))
    communities = max(plan.places - villages, 0)
    have = article["kind"].value_counts()
    return {
        VILLAGE: max(villages - int(have.get(VILLAGE, 0)), 0),
        COMMUNITY: max(communities - int(have.get(COMMUNITY, 0)), 0),
    }


def _invented(
    plan: Plan, wanted: dict[str, int], townships: list[str], taken: set[str], generator: np.random.Generator
) -> pd.DataFrame:
    """Villages mostly in the country, communities mostly in the town, every township with some; names used once."""
    street = np.array([name.endswith(STREET) for name in townships])
    weights = {VILLAGE: np.where(street, 0.35, 1.6), COMMUNITY: np.where(street, 1.6, 0.35)}
    stems = [a + b for a in dict.fromkeys(FIRST) for b in SECOND]
    stems = [stems[number] for number in generator.permutation(len(stems))]
    free = [stem for stem in stems if f"{stem}村" not in taken and f"{stem}社区" not in taken]
    rows: list[tuple[str, str, str]] = []
    for kind, ending in ((COMMUNITY, "社区"), (VILLAGE, "村")):
        spread = weights[kind] * generator.uniform(0.7, 1.3, len(townships))
        least = 1 if wanted[kind] >= len(townships) else 0
        for township, count in zip(townships, shared_out(wanted[kind], spread, least), strict=True):
            rows.extend((township, free.pop() + ending, kind) for _ in range(count))
    frame = pd.DataFrame(rows, columns=["township", "village", "kind"])
    return frame.assign(code="", since="", until="", source=MADE_UP_SOURCE, confidence="low", made_up=True)


def _agency_names(count: int) -> Array:
    """Names of agencies, the important ones first."""
    named = [f"{name}办公室" if len(name) < 4 else name for name in OFFICES]
    named += [f"区{name}局" for name in BUREAUS] + list(UNIONS) + [f"区{name}中心" for name in CENTRES]
    if count > len(named):
        raise ValueError("more agencies than names for them")
    return np.array(named[:count], dtype=object)


def former_villages(village: str) -> tuple[str, ...]:
    """The old villages that a made-up village was merged from in 2016; none for five in six, and none for a real one."""
    stem, mark = village[:-1], zlib.crc32(village.encode("utf-8"))
    if mark % 6 or not village.endswith("村") or len(stem) != 2 or stem[0] not in FIRST or stem[1] not in SECOND:
        return ()
    return tuple(f"{part}{stem}村" for part in ("上", "下", "里")[: 2 + mark // 6 % 2])
