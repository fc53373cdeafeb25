"""Heads whose parts are set apart: the stub's name, groups over a gap, titles side by side, months, years misread."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

APART = pages(
    "heads, parts set apart by blank rows",
    """
# the stub's name stands alone over the years
T | Table 134. Hospital care expenditures by source of payment, 1990 to 2007
. |
T | See notes.
. |
H | Source of payment
H |  | 1990 | 2000 | 2001 | 2002
= Source of payment | 1990 | 2000 | 2001 | 2002
. |
D9 | {类} | {p} | {p} | {p} | {p}
# the stub's name alone under the names, before a blank row
T | Table 807. Organic agriculture: farms and acreage
. |
T | See notes
. |
H |  | Number of farms | Acreage
H | Size of farm
. |
D9 | {类} | {k} | {p}
# a group over a blank row
T | Table 1072. Traffic fatalities by state and highway function class
. |
H |  |  | Speeding-related fatalities
. |
H | State | Fatalities | Total | Interstate | Other roads
= State | Fatalities | ? | ? | ?
. |
D9 | {州} | {k} | {k} | {k} | {k}
# columns numbered (1) (2), typed into a spreadsheet
T | Table 2. Returns with itemized deductions, by size of income
H | Size of income | Number of returns | Amount | Tax
. |
H |  | -1 | -2 | -3
= Size of income | Number of returns | Amount | Tax
D9 | {类} | {k} | {k} | {k}
""",
)

BESIDE = pages(
    "heads, titles side by side",
    """
# each table has its title over its first column
T | 2016年第一学期各村课时安排表 | < | < | 2017年第二学期各村课时安排表 | < | <
H | 村名 | 课时 | 人数 | 村名 | 课时 | 人数
= 村名 | 课时 | 人数 || 村名 | 课时 | 人数
D9 | {村} | {j} | {k} | {村} | {j} | {k}
# income beside outlay are groups, no titles
T | 村级财务公开表 | < | < | < | < | <
H | 收入 | < | < | 支出 | < | <
H | 项目 | 摘要 | 金额 | 项目 | 摘要 | 金额
= 收入/项目 | 收入/摘要 | 收入/金额 | 支出/项目 | 支出/摘要 | 支出/金额
D8 | {项} | 转移支付 | {k} | {品} | 办公费 | {k}
# the name of the form over the stub, a note beside it
T | 通信能力建设月报表 | < | < |  | 本月数填入本列
H | 指标代码 | 指标名称 | 单位 | 2018年02月 | 2018年06月
D9 | 'NM12{j}{j}' | {标} | 个 | {k} | {k}
# the office over the stub, the month at the right
T | 2018年1-12月全区主要经济指标 | < | < | <
T | 区统计局 | < | < | 2019年1月
H | 指标 | 单位 | 总量 | 增速（%）
D7 | {标} | 亿元 | {p} | {p}
""",
)

YEARS = pages(
    "heads, years and months",
    """
# names and years, and the same in English
T | 1-3 国民经济主要指标
H | 指  标 | 单位 | 2010 | 2015 | 2016
H | Item | Unit | 2010 | 2015 | 2016
x | 一、人口 Population |  |  |  |
D4 | {标} | 万元 | {k} | {k} | {k}
x | 二、农业 Agriculture |  |  |  |
D4 | {标} | 万元 | {k} | {k} | {k}
# months as the serial numbers of their days
T | 表3 居民消费价格指数
U |  |  |  | 上年同月=100
H | 项目 | 43101 | 43132 | 43160
D7 | {品} | {p} | {p} | {p}
# one year misread, one with a blank in it
T | 表 1 — 1 分 地 区 人 口
H | 地 区 | '1990' | 'l991' | '19 92' | '1993' | '199E'
D11 | {省} | {noise} | {noise} | {noise} | {noise} | {noise}
# figures written with blanks under years, typed as text in one row
T | Number of live births
H | Year | 2000 | 2001 | 2002
D | Number of live births | '56 742' | '56 189' | '55 555'
D5 | {类} | 173 | 184 | 190
# two figures like years in a row that lacks the third
H | Selected items | Statistics | 2013–14 | 2014–15 | 2015–16
D9 | {类} | no. | {k} | {k} | {k}
. |
D | Excess contributions | no. | 'na' | 1840 | 1981
D5 | {类} | no. | {k} | {k} | {k}
# a row of the region's places that is unknown stands among its like
T | 分国别(地区)劳务合作人数
H | 国别(地区) | Country | 2017 | 2018
S | 合计 | Total | {k} | {k}
D/s | 拉丁美洲 | Latin America | {k} | {k}
D | '  阿根廷' | '  Argentina' | {k} | {k}
D | '  法属圭亚那' | '  French Guyana' |  |
D | '  圭亚那' | '  Guyana' | {k} | {k}
D | '  墨西哥' | '  Mexico' | {k} | {k}
# series without any figure keep their codes
H | Indicator Name | Indicator Code | 1960 | 1961 | 1962
D4 | {类} | 'AG.CON.FERT.ZS' | {p} | {p} | {p}
D | Net official flows, UNFPA | 'DT.NFL.UNFP.CD' |  |  |
D4 | {类} | 'AG.LND.TOTL.K2' | {p} | {p} | {p}
""",
)

PAGES = [*APART, *BESIDE, *YEARS]
