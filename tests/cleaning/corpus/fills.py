"""What is written into the places `{…}` of a drawn page: running numbers, figures, names, years; the same every time."""

from __future__ import annotations

import random
import re
import zlib
from itertools import count

_WORDS = {
    "区": "东湖区 西岭区 南山区 北塘区 河口区 新城区 青云区 白塔区 石桥区 金水区 玉泉区 长乐区 平川区 云溪区 安阳区 文昌区",
    "县": "安平县 永清县 临江县 太和县 青田县 宁远县 双江县 龙泉县 清河县 昌宁县 武平县 上林县 丰城县 德化县 三河县 怀宁县",
    "市": "长河市 临海市 江州市 东平市 云安市 西川市 平阳市 石城市 望江市 南屏市 北安市 金山市 青州市 新河市 白水市",
    "省": "北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省",
    "村": "甲村 上湾村 石塘村 新屋村 大田村 白羊村 高坪村 栗山村 桃林村 竹山村 月塘村 枫树村 老屋村 双井村 横岭村 下河村",
    "乡": "杉山镇 石井镇 双江乡 万宝镇 茶园镇 花山镇 水洞镇 黄泥乡 大科街道 蛇形镇 桥头河镇 白马镇 龙塘镇 三塘铺镇",
    "人": "张三 李四 王五 赵六 钱七 孙八 周九 吴十 郑一民 冯立春 陈建国 褚卫东 蒋小梅 沈长根 韩新华 杨玉兰 朱秋生 秦腊梅 许正清 何石生",
    "校": "江州大学 东平工业大学 云安师范大学 西川医科大学 平阳农业大学 石城理工学院 望江财经大学 南屏职业技术学院 北安学院 金山交通大学 青州外国语学院 新河政法大学 白水体育学院 长河艺术学院 临海海洋大学 华原科技大学",
    "业": "农林牧渔业 采矿业 制造业 电力热力生产和供应业 建筑业 批发和零售业 交通运输仓储和邮政业 住宿和餐饮业 信息传输和软件业 金融业 房地产业 租赁和商务服务业 教育 卫生和社会工作 文化体育和娱乐业 公共管理和社会保障",
    "品": "面粉 粳米 鸡蛋 猪肉后腿 牛肉 羊肉 鲫鱼 草鱼 豆油 菜籽油 大白菜 黄瓜 西红柿 土豆 苹果 香蕉 白糖 食盐",
    "局": "区财政局 区教育局 区水利局 区交通局 区农业农村局 区民政局 区卫健局 区林业局 区住建局 区审计局 区统计局 区司法局 区人社局 区医保局",
    "标": "地区生产总值 固定资产投资 社会消费品零售总额 进出口总额 财政收入 财政支出 年末常住人口 城镇就业人数 居民可支配收入 用电量 粮食产量 客运量 货运量 邮电业务总量 存款余额 贷款余额",
    "岗": "护林员 保洁员 护路员 水管员 巡河员",
    "职": "主任 股长 科员 副科长 一级主任科员 办事员",
    "州": "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas",
    "国": "Albania|Bulgaria|Croatia|Denmark|Estonia|Finland|Greece|Hungary|Ireland|Latvia|Malta|Norway|Poland|Romania|Serbia|Slovenia",
    "项": "道路硬化 光伏电站 人饮工程 油茶基地 蔬菜大棚 村级活动室 危房改造 水渠维修 黄牛养殖 路灯安装 垃圾中转站 村卫生室",
    "类": "Food|Clothing|Housing|Fuel and light|Household goods|Transport|Recreation|Education|Health|Personal care|Tobacco|Communication",
    "户主": "户主 配偶 之子 之女 之母",
    "别": "男 女",
    "民": "汉族 苗族 土家族 侗族 瑶族",
    "否": "是 否",
    "病": "因病 因残 因学 缺劳力 缺技术 缺资金",
    "街": "人民路 解放街 湘江路 建设北路 文化巷 车站路 新民街 团结路",
}
_RUNNING = ("区", "县", "市", "省", "村", "校", "业", "品", "标", "州", "国", "项", "类", "乡", "局", "人", "街")


class Filler:
    """Fills the places of one page; words that name rows run through their list, others are drawn at random."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(zlib.crc32(seed.encode()))
        self._counters: dict[str, count[int]] = {}

    def __call__(self, cell: str) -> str:
        """The cell with its places filled."""
        return re.sub(r"\{([^{}+]+)\}", lambda match: self._place(match[1]), cell)

    def _next(self, name: str, start: int = 0) -> int:
        return next(self._counters.setdefault(name, count(start)))

    def _place(self, name: str) -> str:
        if name in _WORDS:
            words = _WORDS[name].split("|") if "|" in _WORDS[name] else _WORDS[name].split()
            if name not in _RUNNING:
                return self._random.choice(words)
            position = self._next(name)
            return words[position % len(words)] + ("" if position < len(words) else str(position // len(words) + 1))
        if (match := re.fullmatch(r"([a-z]?)(\d+)", name)) is not None:  # {1} runs from 1, {y2008} is a year
            return str(self._next(name, int(match[2])))
        return self._figure(name)

    def _figure(self, name: str) -> str:
        draw = self._random
        if name == "n":
            return str(round(draw.uniform(10, 9000), draw.choice([0, 1, 2])))
        if name == "k":
            return str(draw.randint(100, 99999))
        if name == "j":
            return str(draw.randint(1, 9))
        if name == "p":
            return str(round(draw.uniform(0.1, 99), 1))
        if name == "t":
            return f"'{draw.randint(1000, 9999999):,}'"
        if name == "noise":
            return "'" + draw.choice(["{:,}", "{}", "{} ", "{}.", "{:,}.0"]).format(draw.randint(100, 99999)) + "'"
        if name == "n?":
            return draw.choice(["", "…", "-", str(draw.randint(1, 999)), str(draw.randint(1, 999))])
        if name == "√":
            return draw.choice(["√", "√", "×", "△", ""])
        if name == "√?":
            return draw.choice(["√", ""])
        if name == "日":
            return f"@2018-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        if name == "日期":
            return f"2018.{draw.randint(1, 12)}.{draw.randint(1, 28)}"
        if name == "码":
            return f"'{draw.randint(110000, 659999)}'"
        if name == "编":
            return f"'43990200{draw.randint(1000, 9999)}'"
        if name == "证":
            return f"'439902{draw.randint(1950, 2001)}0312{draw.randint(1000, 9999)}'"
        if name == "电":
            return f"'1380000{draw.randint(1000, 9999)}'"
        raise KeyError(name)
