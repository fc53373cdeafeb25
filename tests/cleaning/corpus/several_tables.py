"""More sheets with several tables: forms under lists, matrices of text under figures, panels in two languages."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

MIXED = pages(
    "several tables, of different kinds",
    """
# figures first, then a list of text with a title of its own
T | 一、资金拨付情况 | < | < | <
H | 批次 | 金额（万元） | 户数（户） | 拨付日期
D | 第一批 | {p} | {k} | {日}
D | 第二批 | {p} | {k} | {日}
D | 第三批 | {p} | {k} | {日}
S | 合计 | {+} | {+} |
. |
T | 二、责任人名单 | < | < | <
H | 乡镇 | 责任人 | 职务 | 联系电话
D8 | {乡} | {人} | {职} | {电}
# text first, then a statement of figures
T | 驻村工作队名单 | < | <
H | 姓名 | 单位 | 职务
D7 | {人} | {局} | {职}
. |
. |
T | 帮扶成效统计 | < | <
U |  |  | 单位：万元
H | 项目 | 2017年 | 2018年
D6 | {项} | {p} | {p}
S | 合计 | {+} | {+}
# an English release with a second panel of other columns
T | Table 1. Output by sector
U | (In millions)
H | Sector | 2011 | 2012 | 2013
D9 | Sector {1} | {n} | {n} | {n}
S | Total | {+} | {+} | {+}
. |
. |
T | Table 2. Labor force
U | (In thousands)
H | Year | Employed | Unemployed | Rate
D9 | {2005} | {k} | {k} | {p}
. |
F | Source: Statistics bureau.
# three lists of names under numbered titles without blank rows
T | （一）领导小组
H | 职务 | 姓名 | 单位
D | 组长 | {人} | {局}
D3 | 成员 | {人} | {局}
T | （二）工作专班
H | 专班名称 | 负责人 | 成员
D4 | {项}专班 | {人} | {人}、{人}
# rows of a yearbook page: two small tables over the same years
T | 2-11 邮政业务 |  |
H | 年份 | 函件（万件） | 包裹（万件）
D9 | {2008} | {n} | {n}
. |
T | 2-12 电信业务 |  |
H | 年份 | 固定电话（万户） | 移动电话（万户）
D9 | {b2008} | {n} | {n}
F | 资料来源：市邮政局、市通信管理办公室
# two tables with headers of two levels each
T | 附表一：收入 | < | < | < | <
H | 村 | 种植业 | < | 养殖业 | <
H | ^ | 户数 | 金额 | 户数 | 金额
= 村 | 种植业/户数 | 种植业/金额 | 养殖业/户数 | 养殖业/金额
D8 | {村} | {j} | {k} | {j} | {k}
S | 合计 | {+} | {+} | {+} | {+}
. |
T | 附表二：支出 | < | < | < | <
H | 村 | 生产 | < | 生活 | <
H | ^ | 种苗 | 饲料 | 教育 | 医疗
= 村 | 生产/种苗 | 生产/饲料 | 生活/教育 | 生活/医疗
D8 | {村} | {k} | {k} | {k} | {k}
S | 合计 | {+} | {+} | {+} | {+}
F | 制表人：{人} | < | < | < | <
""",
)

BESIDE = pages(
    "several tables, side by side",
    """
# two different ledgers with an empty column between, header in one row
T | 人员与车辆
H | 姓名 | 职务 | 电话 |  | 车牌 | 司机
= 姓名 | 职务 | 电话 | || 车牌 | 司机
D6 | {人} | {职} | {电} |  | '湘K{j}{j}{j}{j}{j}' | {人}
D2 | {人} | {职} | {电} |  |  |
# folded with years, three times, header of two rows
T | 历年人口 | < | < | < | < | <
H | 年份 | 总人口 | 年份 | 总人口 | 年份 | 总人口
H |  | （万人） |  | （万人） |  | （万人）
= 年份 | 总人口 || 年份 | 总人口 || 年份 | 总人口
D12 | {1970} | {n} | {b1982} | {n} | {c1994} | {n}
# a price list folded in two with an empty column and a note
T | 收费项目公示 | < | < | < | < | < | <
H | 项目 | 单位 | 价格（元） |  | 项目 | 单位 | 价格（元）
= 项目 | 单位 | 价格（元） | || 项目 | 单位 | 价格（元）
D9 | {项} | 次 | {p} |  | {类} | 次 | {p}
F | 监督电话：12358 | < | < | < | < | < | <
""",
)

PAGES = [*MIXED, *BESIDE]
