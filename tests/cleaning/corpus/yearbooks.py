"""City yearbooks: bilingual titles and headers, units at the right edge, the whole city before its districts."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

YEARS_DOWN = pages(
    "yearbook, years down",
    """
# population since 1978, bilingual header in two rows
T | 3-1 历年人口数 |  |  |  |
T | Population over the Years |  |  |  |
U |  |  |  |  | 单位：万人
H | 年 份 | 年末总户数 | 年末总人口 | 男 | 女
H | Year | Households | Total Population | Male | Female
= 年份/Year | 年末总户数/Households | 年末总人口/Total Population | 男/Male | 女/Female
$ 万人
D22 | {1998} | {n} | {n} | {n} | {n}
F | 注：2010年为人口普查数。 |  |  |  |
# years as text, groups merged above
T | 5-2 固定资产投资 | < | < | < | <
T | Investment in Fixed Assets | < | < | < | <
U |  |  |  | (万元) (10 000 yuan) | <
H | 年份 | 投资总额 | 按构成分 | < | <
H | ^ | ^ | 建筑安装工程 | 设备购置 | 其他费用
= 年份 | 投资总额 | 按构成分/建筑安装工程 | 按构成分/设备购置 | 按构成分/其他费用
D14 | {y2004}年 | {k} | {k} | {k} | {k}
F | 资料来源：市统计局 | < | < | < | <
# groups of years parted by blank lines
T | 9-3 社会消费品零售总额
U |  |  |  | 单位：亿元
H | 年份 | 零售总额 | 批发业 | 零售业
. |
D5 | {2000} | {n} | {n} | {n}
. |
D5 | {2000} | {n} | {n} | {n}
. |
D5 | {2000} | {n} | {n} | {n}
. |
F | 注：1.本表按当年价格计算。
F | 　　2.2008年起口径有调整。
# growth rates under a second header level, years as text in quotes
T | 2-4 地区生产总值及指数 | < | < | < | < | <
H | 年份\\nYear | 绝对数（亿元） | < | < | 指数（上年=100） | <
H | ^ | 生产总值 | 第一产业 | 第二产业 | 生产总值 | 第一产业
= 年份Year | 绝对数（亿元）/生产总值 | 绝对数（亿元）/第一产业 | 绝对数（亿元）/第二产业 | 指数（上年=100）/生产总值 | 指数（上年=100）/第一产业
D16 | '{2005}' | {n} | {n} | {n} | {p} | {p}
F | Note: Data in this table are calculated at current prices. |  |  |  |  |
# selected years, five-year plans as rows
T | 各时期基本建设投资
U | 单位：亿元
H | 时 期 | 投资额 | 新增固定资产 | 交付使用率(%)
D | “六五”时期 | 12.5 | 9.8 | 78.4
D | “七五”时期 | 36.8 | 28.1 | 76.3
D | “八五”时期 | 102.4 | 80.9 | 79
D8 | {1996} | {n} | {n} | {p}
""",
)

YEARS_ACROSS = pages(
    "yearbook, indicators down",
    """
# main indicators with parts behind 其中 and #
T | 1-5 国民经济主要指标 | < | < | < | <
T | Main Indicators of National Economy | < | < | < | <
H | 指　　标 | 2012 | 2013 | 2014 | 2015
D | 地区生产总值（亿元） | {n} | {n} | {n} | {n}
D | 　第一产业 | {n} | {n} | {n} | {n}
D | 　第二产业 | {n} | {n} | {n} | {n}
o | 　　#工业 | {n} | {n} | {n} | {n}
D | 　第三产业 | {n} | {n} | {n} | {n}
D | 社会消费品零售总额（亿元） | {n} | {n} | {n} | {n}
o | 　其中：限额以上 | {n} | {n} | {n} | {n}
D6 | {标}（亿元） | {n} | {n} | {n} | {n}
F | 注：本表绝对数按当年价格计算。 | < | < | < | <
# sections without figures
T | 1-2 社会经济基本情况
H | 项 目 | 单位 | 2010 | 2011 | 2012
x | 一、人口与就业 |  |  |  |
D | 年末总人口 | 万人 | {n} | {n} | {n}
D | 年末就业人员 | 万人 | {n} | {n} | {n}
x | 二、国民经济核算 |  |  |  |
D | 生产总值 | 亿元 | {n} | {n} | {n}
D | 人均生产总值 | 元 | {k} | {k} | {k}
x | 三、农业 |  |  |  |
D | 粮食产量 | 万吨 | {n} | {n} | {n}
D | 油料产量 | 万吨 | {n} | {n} | {n}
D | 水产品产量 | 万吨 | {n} | {n} | {n}
F | 资料来源：《长河统计年鉴2013》
# units glued to the labels, years as text
T | 主要年份社会经济指标
H | 指标 | 2000年 | 2005年 | 2010年 | 2015年 | 2016年
D | 常住人口万人 | {n} | {n} | {n} | {n} | {n}
D | 生产总值亿元 | {n} | {n} | {n} | {n} | {n}
D | 财政收入亿元 | {n} | {n} | {n} | {n} | {n}
D | 粮食产量万吨 | {n} | {n} | {n} | {n} | {n}
D | 用电量亿千瓦时 | {n} | {n} | {n} | {n} | {n}
D | 人均可支配收入元 | {k} | {k} | {k} | {k} | {k}
D | 床位数张 | {k} | {k} | {k} | {k} | {k}
# English names in a column of their own, growth beside
T | 6-1 能源消费总量 | < | < | < | < | <
U |  |  |  |  |  | 单位：万吨标准煤
H | 指 标 | Item | 2007 | 2008 | 2008年为\\n2007年% |
D | 能源消费总量 | Total Energy Consumption | {n} | {n} | {p} |
D | 　原煤 | Raw Coal | {n} | {n} | {p} |
D | 　焦炭 | Coke | {n} | {n} | {p} |
D | 　汽油 | Gasoline | {n} | {n} | {p} |
D | 　柴油 | Diesel Oil | {n} | {n} | {p} |
D | 　天然气 | Natural Gas | {n} | {n} | {p} |
D | 　其他 | Others | {n} | {n} | {p} |
# total first, industries under it, parts by ownership after blank lines
T | 4-6 城镇单位就业人员平均工资
U | 单位：元
H | 行　业 | 平均工资 | < | 增长(%)
H | ^ | 2014 | 2015 | ^
= 行业 | 平均工资/2014 | 平均工资/2015 | 增长(%)
S | 总　计 | {k} | {k} | {p}
. |
D12 | {业} | {k} | {k} | {p}
. |
x | 按登记注册类型分 |  |  |
D | 国有单位 | {k} | {k} | {p}
D | 集体单位 | {k} | {k} | {p}
D | 其他单位 | {k} | {k} | {p}
# missing values as dots and dashes
T | 13-2 城市公用事业
H | 指 标 | 单位 | 2005 | 2010 | 2011 | 2012
D | 自来水厂数 | 个 | 3 | 4 | 4 | …
D | 供水管道长度 | 公里 | {k} | {k} | … | {k}
D | 全年供水总量 | 万吨 | {k} | {k} | {k} | {k}
o | #居民生活用水 | 万吨 | … | {k} | {k} | {k}
D | 煤气家庭用量 | 万立方米 | {k} | - | - | -
D | 公共汽车 | 辆 | {k} | {k} | {k} | {k}
D | 轨道交通长度 | 公里 | - | - | - | {n}
F | 注：“…”表示数据不足本表最小单位数；“-”表示无该项数据。
""",
)

DISTRICTS = pages(
    "yearbook, districts down",
    """
# the whole city first, urban districts as one row of data
T | 2-10 各区、县生产总值（2015年） | < | < | <
T | Gross Regional Product by District and County (2015) | < | < | <
U |  |  |  | 单位：亿元
H | 地 区 | 生产总值 | 第二产业 | 第三产业
S | 全　　市 | {n} | {n} | {n}
D | 市　　区 | {n} | {n} | {n}
D9 | {区} | {n} | {n} | {n}
D4 | {县} | {n} | {n} | {n}
F | 注：市区不含开发区。 | < | < | <
# three levels, bilingual
T | 20-3 各区县教育情况
T | Education by District
H | 区　县 | 学校数（所） | < | < | 在校学生（人） | < | <
H | ^ | 合计 | 其中 | < | 合计 | 其中 | <
H | ^ | ^ | 普通中学 | 小学 | ^ | 普通中学 | 小学
H | District | Total | Secondary | Primary | Total | Secondary | Primary
= 区县/District | 学校数（所）/合计/Total | 学校数（所）/其中/普通中学/Secondary | 学校数（所）/其中/小学/Primary | 在校学生（人）/合计/Total | 在校学生（人）/其中/普通中学/Secondary | 在校学生（人）/其中/小学/Primary
S | 全市 Total | {+} | {+} | {+} | {+} | {+} | {+}
D14 | {区} | {k} | {k} | {k} | {k} | {k} | {k}
# total in the middle of the page: districts, then counties under their own subtotals
T | 各区县粮食播种面积
U |  |  |  | 单位：公顷
H | 区　县 | 2013 | 2014 | 2015
S | 全市合计 | {+} | {+} | {+}
s | 市区小计 | {+v} | {+v} | {+v}
D6 | 　{区} | {k} | {k} | {k}
s | 县小计 | {+v} | {+v} | {+v}
D5 | 　{县} | {k} | {k} | {k}
# English names of the districts in the last column
T | 3-6 各区县户籍人口 | < | < | < | <
U | 单位：人 |  |  |  | Unit: person
H | 区 县 | 总人口 | 城镇人口 | 乡村人口 | District
S | 全市总计 | {k} | {k} | {k} | Total
D | 东湖区 | {k} | {k} | {k} | Donghu
D | 西岭区 | {k} | {k} | {k} | Xiling
D | 南山区 | {k} | {k} | {k} | Nanshan
D | 北塘区 | {k} | {k} | {k} | Beitang
D | 安平县 | {k} | {k} | {k} | Anping
D | 不分地区 | {k} | {k} | {k} | Others
# a unit for every column in a row under the names
T | 各县（市、区）主要农产品产量（2019年） | < | < | < | <
H | 县（市、区） | 粮食 | 油料 | 蔬菜 | 生猪出栏
H |  | 吨 | 吨 | 吨 | 头
= 县（市、区） | 粮食 | 油料 | 蔬菜 | 生猪出栏
% ? | 吨 | 吨 | 吨 | 头
S | 合　计 | {+} | {+} | {+} | {+}
D11 | {县} | {k} | {k} | {k} | {k}
D | 其　他 | {k} | {k} | {k} | {k}
""",
)

TWO_UP = pages(
    "yearbook, the same table twice side by side",
    """
# years in two halves
T | 2-7 历年生产总值 | < | < | < | < | <
U |  |  |  |  |  | 单位：亿元
H | 年 份 | 生产总值 | 人均（元） | 年 份 | 生产总值 | 人均（元）
= 年份 | 生产总值 | 人均（元） || 年份 | 生产总值 | 人均（元）
D12 | {1990} | {n} | {k} | {y2002} | {n} | {k}
F | 注：按当年价格计算。 |  |  |  |  |
# streets and their people with an empty column between
T | 各街道（镇）人口 | < | < | < | < | < | <
H | 街道（镇） | 户数（户） | 人口（人） |  | 街道（镇） | 户数（户） | 人口（人）
= 街道（镇） | 户数（户） | 人口（人） | || 街道（镇） | 户数（户） | 人口（人）
D9 | {乡} | {k} | {k} |  | {乡} | {k} | {k}
D | 花桥镇 | {k} | {k} |  |  |  |
# a list of donors three times beside itself
T | 爱心捐款公示 | < | < | < | < | <
H | 姓名 | 金额（元） | 姓名 | 金额（元） | 姓名 | 金额（元）
= 姓名 | 金额（元） || 姓名 | 金额（元） || 姓名 | 金额（元）
D10 | {人} | {k} | {人} | {k} | {人} | {k}
D | {人} | {k} | {人} | {k} |  |
F | 以上捐款由村委会统一管理，特此公示。 | < | < | < | < | <
""",
)

CONTINUED = pages(
    "yearbook, continued tables",
    """
# the same columns, 续表 above the header printed again
T | 7-2 各区县城乡居民收入 | < | < | <
U |  |  |  | 单位：元
H | 区 县 | 2013 | 2014 | 2015
S | 全 市 | {k} | {k} | {k}
D10 | {区} | {k} | {k} | {k}
T | 7-2 续表 | < | < | <
U |  |  |  | 单位：元
h? | 区 县 | 2013 | 2014 | 2015
D6 | {县} | {k} | {k} | {k}
F | 注：2013年起为新口径。 | < | < | <
# other columns under 续表1 and 续表2
T | 8-1 规模以上工业企业主要指标 | < | < | <
H | 区　县 | 企业单位数（个） | 工业总产值（万元） | 资产总计（万元）
S | 全　市 | {k} | {k} | {k}
D8 | {区} | {k} | {k} | {k}
. |
T | 续表1 | < | < | <
H | 区　县 | 流动资产（万元） | 负债合计（万元） | 营业收入（万元）
S | 全　市 | {k} | {k} | {k}
D8 | {区} | {k} | {k} | {k}
. |
T | 续表2 | < | < | <
H | 区　县 | 利润总额（万元） | 税金总额（万元） | 平均用工人数（人）
S | 全　市 | {k} | {k} | {k}
D8 | {区} | {k} | {k} | {k}
# two header levels, continued twice with the same title and Continued at the edge
T | 11-4 各省市进出口总额 | < | < | < | <
U |  |  |  |  | 单位：万美元
H | 地 区 | 出口总额 | < | 进口总额 | <
H | ^ | 2014 | 2015 | 2014 | 2015
= 地区 | 出口总额/2014 | 出口总额/2015 | 进口总额/2014 | 进口总额/2015
S | 全 国 | {k} | {k} | {k} | {k}
D12 | {省} | {k} | {k} | {k} | {k}
. |
T | 11-4 续表 continued | < | < | < | <
U |  |  |  |  | 单位：万美元
h? | 地 区 | 出口总额 | < | 进口总额 | <
h? | ^ | 2014 | 2015 | 2014 | 2015
D12 | {省} | {k} | {k} | {k} | {k}
""",
)

PAGES = [*YEARS_DOWN, *YEARS_ACROSS, *DISTRICTS, *TWO_UP, *CONTINUED]
