"""Census and survey tables: age groups and years as headers, crossed groups, diagonals and blank corners, units anywhere."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

CENSUS = pages(
    "census, crossed groups",
    """
# sex under place under total, four header rows with column numbers
T | 1-3 各地区分城乡、性别的人口 | < | < | < | < | < | <
U | 单位：人 | < | < | < | < | < | <
H | 地区 | 合计 | < | 城镇 | < | 乡村 | <
H | ^ | 男 | 女 | 男 | 女 | 男 | 女
H | 甲 | 1 | 2 | 3 | 4 | 5 | 6
= 地区 | 合计/男 | 合计/女 | 城镇/男 | 城镇/女 | 乡村/男 | 乡村/女
S | 全　国 | {+} | {+} | {+} | {+} | {+} | {+}
D15 | {省} | {k} | {k} | {k} | {k} | {k} | {k}
# ages down, single years under five-year groups
T | 分年龄、性别的人口
U |  |  | 单位：人
H | 年龄 | 合计 | 男 | 女
S | 总 计 | {k} | {k} | {k}
s/D | 0-4岁 | {k} | {k} | {k}
D | 　0 | {k} | {k} | {k}
D | 　1 | {k} | {k} | {k}
D | 　2 | {k} | {k} | {k}
D | 　3 | {k} | {k} | {k}
D | 　4 | {k} | {k} | {k}
s/D | 5-9岁 | {k} | {k} | {k}
D | 　5 | {k} | {k} | {k}
D | 　6 | {k} | {k} | {k}
D | 　7 | {k} | {k} | {k}
# age groups across as text
T | 各乡镇分年龄组人口 | < | < | < | < | < | <
H | 乡镇 | 0-4 | 5-9 | 10-14 | 15-59 | 60-64 | 65+
D10 | {乡} | {k} | {k} | {k} | {k} | {k} | {k}
S | 合计 | {+} | {+} | {+} | {+} | {+} | {+}
# education by industry, the same labels in every section
T | 分行业、受教育程度的就业人口 | < | < | <
H | 行业 | 小学 | 初中 | 高中及以上
x | 城　镇 | < | < | <
D6 | {业} | {k} | {k} | {k}
x | 乡　村 | < | < | <
D6 | {业} | {k} | {k} | {k}
# English under Chinese in the same cell, bracketed units
T | 2-1 户数和人口 Households and Population
H | 地 区\\nRegion | 户数（户）\\nHouseholds (household) | 人口数（人）\\nPopulation (person) | 平均每户人口（人/户）\\nAverage (person/household)
S | 全国 National Total | {k} | {k} | {p}
D10 | {省} | {k} | {k} | {p}
""",
)

CORNERS = pages(
    "census, diagonal and blank corners",
    """
# a diagonal written with a backslash
T | 各项指标分年统计
H | 指标\\年份 | 2014 | 2015 | 2016 | 2017
D9 | {标} | {n} | {n} | {n} | {n}
# a diagonal in two lines of one cell
T | 分乡镇产业统计 | < | < | <
H | 　　　产业\\n乡镇 | 油茶（亩） | 黄牛（头） | 光伏（千瓦）
D10 | {乡} | {k} | {k} | {k}
S | 合　计 | {+} | {+} | {+}
# blank corner, years across, no title
H |  | 2012年 | 2013年 | 2014年
D10 | {标} | {n} | {n} | {n}
# blank corner under spanners
T | 职业病报告情况
H |  | 新发病例 | < | 累计 | <
H |  | 2016 | 2017 | 2016 | 2017
=  | 新发病例/2016 | 新发病例/2017 | 累计/2016 | 累计/2017
D11 | {业} | {k} | {k} | {k} | {k}
""",
)

NUMERIC_HEADERS = pages(
    "census, headers of numbers alone",
    """
# eleven years across
T | 主要年份粮食产量 | < | < | < | < | < | < | < | < | < | < | <
U |  |  |  |  |  |  |  |  |  |  |  | 单位：吨
H | 县名 | 2010 | 2011 | 2012 | 2013 | 2014 | 2015 | 2016 | 2017 | 2018 | 2019 | 2020
S | 全市 | {k} | {k} | {k} | {k} | {k} | {k} | {k} | {k} | {k} | {k} | {k}
D9 | {县} | {k} | {k} | {k} | {k} | {k} | {k} | {k} | {k} | {k} | {k} | {k}
# a stub-less corner and years, years falling
H |  | 2019 | 2018 | 2017 | 2016
D9 | {标} | {n} | {n} | {n} | {n}
# months of a year as numbers
T | 2018年各月降水量
U | 毫米
H | 站名 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 全年
D9 | {乡} | {p} | {p} | {p} | {p} | {p} | {p} | {p} | {p} | {p} | {p} | {p} | {p} | {n}
# two years only, values that look like years
T | 村民人均纯收入（元）
H | 村名 | 2014 | 2015
D | 甲村 | 2015 | 2210
D | 上湾村 | 1998 | 2030
D | 石塘村 | 2302 | 2466
D | 新屋村 | 1874 | 2009
D | 大田村 | 2001 | 2112
# years with marks of estimates
T | Population projections
H | Country | 2010 | 2015 | 2020e | 2025e
D12 | {国} | {n} | {n} | {n} | {n}
# dates of the days across
T | 每日新增用水量
H | 泵站 | @2018-07-01 | @2018-07-02 | @2018-07-03 | @2018-07-04
D8 | {街}泵站 | {n} | {n} | {n} | {n}
""",
)

UNITS = pages(
    "census, units in their places",
    """
# a unit column for every row
T | 2018年农村基本情况
H | 指　标 | 计量单位 | 数　量
D | 乡镇个数 | 个 | 14
D | 村民委员会 | 个 | 144
D | 乡村户数 | 户 | {k}
D | 乡村人口 | 人 | {k}
o | 其中：男性 | 人 | {k}
D | 耕地面积 | 公顷 | {n}
D | 农业机械总动力 | 千瓦 | {k}
D | 化肥施用量 | 吨 | {n}
# units in brackets in a row of their own under the names
T | 农作物生产情况
H | 作物 | 播种面积 | 单产 | 总产量
H |  | （公顷） | （公斤/公顷） | （吨）
= 作物 | 播种面积 | 单产 | 总产量
% ? | 公顷 | 公斤/公顷 | 吨
D | 稻谷 | {n} | {n} | {n}
D | 小麦 | {n} | {n} | {n}
D | 玉米 | {n} | {n} | {n}
D | 大豆 | {n} | {n} | {n}
D | 薯类 | {n} | {n} | {n}
D | 油料 | {n} | {n} | {n}
# unit beside the date under the title
T | 固定资产投资完成情况 | < | < | <
U | 2018年1-9月 |  |  | 单位：万元
H | 县区 | 计划投资 | 本月完成 | 累计完成
S | 全市 | {+} | {+} | {+}
D9 | {区} | {k} | {k} | {k}
# unit line above the title's second line, sections with units of their own
T | 主要工业产品产量
H | 产品名称 | 2017年 | 2018年 | 增长（%）
D | 原煤（万吨） | {n} | {n} | {p}
D | 发电量（亿千瓦时） | {n} | {n} | {p}
D | 水泥（万吨） | {n} | {n} | {p}
o | #散装水泥 | {n} | {n} | {p}
D | 钢材（万吨） | {n} | {n} | {p}
D | 机制纸（吨） | {n} | {n} | {p}
""",
)

PAGES = [*CENSUS, *CORNERS, *NUMERIC_HEADERS, *UNITS]
