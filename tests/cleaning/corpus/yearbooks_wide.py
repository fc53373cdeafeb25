"""Yearbook pages over two leaves, units written in many ways, blank corners over years, parts in a column of their own."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

LEAVES = pages(
    "yearbook leaves, stub again at the right or in the middle",
    """
# one table over two leaves: the years stand again where the second leaf begins
T | 2-2 历年国民经济主要指标 | < | < | < | < | <
U |  |  |  |  |  | 单位：亿元
H | 年份 | 生产总值 | 财政收入 | 投资额 | 零售额 | 年份
= 年份 | 生产总值 | 财政收入 | 投资额 | 零售额 | 年份
D14 | {2001} | {n} | {n} | {n} | {n} | {b2001}
# two quite different tables side by side with an empty column between
T | 2018年人口与土地
H | 乡镇 | 户数 | 人口 |  | 地类 | 面积（亩）
D4 | {乡} | {k} | {k} |  | 水田 | {n}
D3 | {乡} | {k} | {k} |  | 旱地 | {n}
D3 | {乡} | {k} | {k} |  |  |
# empty columns between all columns, as typesetters leave them
T | Population by sex
U | (Thousands)
H | Year |  | Total |  | Male |  | Female
= Year |  | Total |  | Male |  | Female
D16 | '{1999}' |  | {k} |  | {k} |  | {k}
# the last column repeats the stub in English
T | 8-9 旅游业基本情况
H | 指 标 | 2008 | 2009 | 2010 | Item
D | 旅游总收入（亿元） | {n} | {n} | {n} | Total Income
D | 国内游客（万人次） | {n} | {n} | {n} | Domestic Visitors
D | 入境游客（人次） | {k} | {k} | {k} | International Visitors
o | #外国人 | {k} | {k} | {k} | Foreigners
D | 星级饭店（个） | {k} | {k} | {k} | Star-rated Hotels
D | 旅行社（个） | {k} | {k} | {k} | Travel Agencies
""",
)

PARTS = pages(
    "yearbook leaves, parts and codes",
    """
# 其中 merged down beside its parts
T | 财政一般预算收入 | < | <
U |  |  | 单位：万元
H | 项目 | < | 金额
S | 总计 | < | {k}
D | 税收收入 | < | {k}
o | 其中 | 增值税 | {k}
o | ^ | 企业所得税 | {k}
o | ^ | 城建税 | {k}
D | 非税收入 | < | {k}
# industry codes before the names
T | 规模以上工业分行业产值
U | 单位：万元
H | 代码 | 行业名称 | 2016年 | 2017年
S |  | 总计 | {+} | {+}
D | '06' | 煤炭开采和洗选业 | {k} | {k}
D | '08' | 黑色金属矿采选业 | {k} | {k}
D | '13' | 农副食品加工业 | {k} | {k}
D | '14' | 食品制造业 | {k} | {k}
D | '17' | 纺织业 | {k} | {k}
D | '26' | 化学原料和化学制品制造业 | {k} | {k}
D | '30' | 非金属矿物制品业 | {k} | {k}
D | '31' | 黑色金属冶炼和压延加工业 | {k} | {k}
# circled footnotes on the labels
T | 邮政电信业务
H | 指标 | 2007年 | 2008年
D | 邮电业务总量①（万元） | {k} | {k}
D | 邮政业务②（万元） | {k} | {k}
D | 电信业务（万元） | {k} | {k}
D | 固定电话用户（户） | {k} | {k}
D | 移动电话用户（户） | {k} | {k}
D | 互联网用户（户） | {k} | {k}
F | ① 按2000年不变价计算。
F | ② 不含邮政储蓄。
# quarters in words as rows under years merged at the left
T | 季度生产总值
H | 年度 | 季度 | 总量（亿元） | 增速（%）
D | 2016年 | 一季度 | {n} | {p}
D | ^ | 二季度 | {n} | {p}
D | ^ | 三季度 | {n} | {p}
D | ^ | 四季度 | {n} | {p}
D | 2017年 | 一季度 | {n} | {p}
D | ^ | 二季度 | {n} | {p}
D | ^ | 三季度 | {n} | {p}
D | ^ | 四季度 | {n} | {p}
""",
)

UNIT_WORDS = pages(
    "yearbook leaves, units in many words",
    """
# brackets around all of it
T | 各区县公路里程
U |  |  |  | （单位：公里）
H | 区县 | 合计 | 高速 | 国道
D12 | {区} | {n} | {n} | {n}
# spaced out
T | 工资总额
U |  |  | 单 位：万 元
H | 行业 | 2007年 | 2008年
D12 | {业} | {n} | {n}
# two units with a mark of enumeration
T | 学校与学生
U |  |  |  | 单位：所、人
H | 区县 | 学校 | 教师 | 学生
S | 全市 | {+} | {+} | {+}
D12 | {区} | {k} | {k} | {k}
# in English and Chinese, in one cell
T | 存款余额
U | 单位：亿元 Unit: 100 million yuan
H | 年份 | 各项存款 | 储蓄存款
D14 | {2003} | {n} | {n}
# nothing but the unit at the right edge
T | 各乡镇财政收入
U |  |  | 万元
H | 乡镇 | 2015年 | 2016年
D10 | {乡} | {n} | {n}
S | 合计 | {+} | {+}
# unit under a date line, date line apart
T | 贫困人口动态调整
T | 2018年11月30日
U |  |  | 单位：户、人
H | 村 | 户数 | 人数
D10 | {村} | {j} | {j}
S | 合计 | {+} | {+}
""",
)

PAGES = [*LEAVES, *PARTS, *UNIT_WORDS]
