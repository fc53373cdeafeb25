"""City and county yearbooks with their oddities: spacer rows, links back, stray cells, ranks, growth rows, right-hand titles."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

SPACED_OUT = pages(
    "city yearbook, spacer rows and stray cells",
    """
# an empty row inside the header and one under it
T | 5-1  主要年份职工人数
U |  |  |  | 单位：人
H | 年 份 | 职工人数 |  |
. |  |  |  |
H |  | 国有单位 | 集体单位 | 其他单位
. |  |  |  |
D12 | {2001} | {k} | {k} | {k}
# a link back to the contents beside the title
T | 10-3 分行业用电量 | | | 返回目录
U | 单位：万千瓦时 | | |
H | 行　业 | 2015 | 2016 | 增长（%）
S | 总　计 | {k} | {k} | {p}
D12 | {业} | {k} | {k} | {p}
# the English title at the right of the Chinese one
T | 6-4 城镇居民家庭基本情况 |  |  | Basic Conditions of Urban Households
H | 项 目 | 2010 | 2011 | Item
D | 调查户数（户） | {k} | {k} | Households Surveyed (household)
D | 平均每户人口（人） | {p} | {p} | Average Household Size (person)
D | 平均每户就业人口（人） | {p} | {p} | Employed Persons per Household (person)
D | 人均可支配收入（元） | {k} | {k} | Disposable Income per Capita (yuan)
D | 人均消费支出（元） | {k} | {k} | Consumption per Capita (yuan)
D | 　食品 | {k} | {k} | Food
D | 　衣着 | {k} | {k} | Clothing
D | 　居住 | {k} | {k} | Residence
# page number in the last row and at the top
T | ·126· | 长河统计年鉴
T | 7-5 商品零售价格分类指数
U/T |  |  | 上年=100
H | 项目 | 2011 | 2012
D | 商品零售价格总指数 | {p} | {p}
D9 | {品} | {p} | {p}
F | · 126 ·
# stray spaces in otherwise empty columns, header cells padded
T | 2-8 各街道办事处基本情况
H | 街道名称 | 社区数（个） | 面积（平方公里） |  | 人口（人）
D9 | {街}街道 | {j} | {p} |  | {k}
""",
)

MEASURES = pages(
    "city yearbook, growth rows and ranks",
    """
# growth under every figure
T | 主要经济指标完成情况 | < | < | <
H | 指标名称 | 单位 | 全年 | 增长（%）
D | 地区生产总值 | 亿元 | {n} | {p}
D | 　第一产业 | 亿元 | {n} | {p}
D | 　第二产业 | 亿元 | {n} | {p}
o | 　　其中：工业增加值 | 亿元 | {n} | {p}
D | 　第三产业 | 亿元 | {n} | {p}
D | 规模工业增加值增速 | % | - | {p}
D | 固定资产投资增速 | % | - | {p}
D | 城镇登记失业率 | % | {p} | -
# figures and their ranks side by side
T | 各县（市、区）主要指标及位次 | < | < | < | <
H | 县（市、区） | 生产总值 | < | 财政收入 | <
H | ^ | 总量（亿元） | 位次 | 总量（亿元） | 位次
= 县（市、区） | 生产总值/总量（亿元） | 生产总值/位次 | 财政收入/总量（亿元） | 财政收入/位次
S | 全　市 | {n} | — | {n} | —
D12 | {县} | {n} | {1} | {n} | {b1}
# compared with the year before in a third header row, a percent column
T | 2015年居民消费价格分类指数 | < | < | <
U/T |  |  |  | 以上年价格为100
H | 类　别 | 全市 | 城市 | 农村
D | 居民消费价格总指数 | {p} | {p} | {p}
D | 一、食品 | {p} | {p} | {p}
D | 　1.粮食 | {p} | {p} | {p}
D | 　2.肉禽及其制品 | {p} | {p} | {p}
D | 二、烟酒 | {p} | {p} | {p}
D | 三、衣着 | {p} | {p} | {p}
D | 四、居住 | {p} | {p} | {p}
# years down within districts merged at the left
T | 分区教育经费 | < | < | <
U |  |  |  | 单位：万元
H | 区 | 年份 | 教育经费 | 财政拨款
D | 东湖区 | 2013 | {n} | {n}
D | ^ | 2014 | {n} | {n}
D | ^ | 2015 | {n} | {n}
D | 西岭区 | 2013 | {n} | {n}
D | ^ | 2014 | {n} | {n}
D | ^ | 2015 | {n} | {n}
# from-to columns and a note in the middle of the page between two tables
T | 人口变动情况
H | 地 区 | 出生率(‰) | 死亡率(‰) | 自然增长率(‰)
S/D | 全市平均 | {p} | {p} | {p}
D9 | {区} | {p} | {p} | {p}
""",
)

BULLETINS = pages(
    "city yearbook, monthly bulletins",
    """
# this month, since January, growth, three levels
T | 工业生产月报 | < | < | < | < | <
T | 2018年9月 | < | < | < | < | <
H | 指标 | 本月 | < | 1-本月累计 | < | <
H | ^ | 绝对量 | 增长（%） | 绝对量 | 增长（%） | 上年同期增长（%）
= 指标 | 本月/绝对量 | 本月/增长（%） | 1-本月累计/绝对量 | 1-本月累计/增长（%） | 1-本月累计/上年同期增长（%）
D | 工业总产值（万元） | {k} | {p} | {k} | {p} | {p}
o | 　其中：国有企业 | {k} | {p} | {k} | {p} | {p}
D | 工业销售产值（万元） | {k} | {p} | {k} | {p} | {p}
D | 出口交货值（万元） | {k} | {p} | {k} | {p} | {p}
D | 用电量（万千瓦时） | {k} | {p} | {k} | {p} | {p}
F | 注：增长速度按可比价计算。 | < | < | < | < | <
# districts with total and rank, two columns of text notes
T | 招商引资完成情况通报表
T | 填报日期：2018年10月8日
U | 单位：亿元
H | 单位 | 年度任务 | 完成数 | 完成比例 | 备注
D9 | {乡} | {p} | {p} | {p}% |
S | 合计 | {+} | {+} | 68.2% |
# one page with the table of the month and the table of the quarter
T | 城镇居民收支（一季度） | < | <
U | 单位：元 | < | <
H | 项目 | 本期 | 同比（%）
D | 可支配收入 | {k} | {p}
D | 工资性收入 | {k} | {p}
D | 经营净收入 | {k} | {p}
D | 消费支出 | {k} | {p}
. |
T | 物价指数（三月） | < | <
H | 类别 | 环比 | 同比
D8 | {品} | {p} | {p}
# a long list of towns with a line for every ten and sums by district
T | 土地面积
H | 地 区 | 土地面积（平方公里） | 耕地（公顷）
S | 总计 | {+} | {+}
s | 东湖区合计 | {+v} | {+v}
D4 | {乡} | {n} | {n}
s | 西岭区合计 | {+v} | {+v}
D5 | {乡} | {n} | {n}
s | 南山区合计 | {+v} | {+v}
D3 | {乡} | {n} | {n}
""",
)

PAGES = [*SPACED_OUT, *MEASURES, *BULLETINS]
