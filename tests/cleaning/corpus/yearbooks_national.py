"""National and provincial yearbooks: long bilingual headers, blank rows for the eye, footnotes with letters, codes."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

LONG_HEADERS = pages(
    "national yearbook, long bilingual headers",
    """
# five header rows, nothing merged, blank rows between the five-year groups
T | 3-1  人口数及构成
T | Population and Its Composition
. |
U | 单位：万人 |  |  |  |  | (10 000 persons)
H | 年  份 | 总人口 | 按性别分 |  |  |
H |  | (年末) | 男 |  | 女 |
H |  | Total | Male |  | Female |
H |  | Population | 人口数 | 比重(%) | 人口数 | 比重(%)
H | Year | (year-end) | Population | Proportion | Population | Proportion
. |
D5 | {1978} | {k} | {k} | {p} | {k} | {p}
. |
D5 | {1978} | {k} | {k} | {p} | {k} | {p}
. |
D5 | {1978} | {k} | {k} | {p} | {k} | {p}
. |
F | a) 1981年及以前人口数据为户籍统计数。
F | a) Data before 1981 are from household registrations.
# regions in groups, names in two languages in one cell
T | 4-2  分地区就业人员 (2012年底)
T | Employment by Region (End of 2012)
U | 单位：万人 |  |  | (10 000 persons)
H | 地   区 | 合计 | 城镇 | 乡村
H | Region | Total | Urban | Rural
= 地区/Region | 合计/Total | 城镇/Urban | 乡村/Rural
. |
S | 全   国 National Total | {n} | {n} | {n}
. |
D | 北   京 Beijing | {n} | {n} | {n}
D | 天   津 Tianjin | {n} | {n} | {n}
D | 河   北 Hebei | {n} | {n} | {n}
D | 山   西 Shanxi | {n} | {n} | {n}
. |
D | 辽   宁 Liaoning | {n} | {n} | {n}
D | 吉   林 Jilin | {n} | {n} | {n}
D | 黑龙江 Heilongjiang | {n} | {n} | {n}
# group headers with # columns
T | 3-3 常住人口（1998-2014年） | < | < | < | < | <
T | PERMANENT POPULATION (1998-2014) | < | < | < | < | <
U |  |  |  |  | 单位：万人 | <
H | 年 份\\nYear | 常住人口\\nPermanent Population | #常住外来人口\\nMigrants | 按性别分 By Gender | < | 出生率(‰)\\nBirth Rate
H | ^ | ^ | ^ | 男性 Male | 女性 Female | ^
= 年份Year | 常住人口PermanentPopulation | #常住外来人口Migrants | 按性别分ByGender/男性Male | 按性别分ByGender/女性Female | 出生率(‰)BirthRate
D17 | {1998} | {n} | {n} | {n} | {n} | {p}
F | 注：2010年数据为第六次全国人口普查推算数，其余年份数据为人口抽样调查推算数。 | < | < | < | < | <
F | Note: The data of 2010 are estimated from the Sixth National Population Census. | < | < | < | < | <
# a unit line in both languages, missing cells, two label columns
T | 12-9 主要农产品产量
T | Output of Major Farm Products
U | 单位：万吨 |  |  |  |  | (10 000 tons)
H | 项  目 | Item | 2005 | 2010 | 2011 | 2012
D | 粮食 | Grain | {n} | {n} | {n} | {n}
D |   谷物 |   Cereal | {n} | {n} | {n} | {n}
o | 　　#稻谷 | Rice | {n} | {n} | {n} | {n}
D | 　　小麦 | Wheat | {n} | {n} | {n} | {n}
D | 　　玉米 | Corn | {n} | {n} | {n} | {n}
D |   豆类 |   Beans | {n} | {n} | {n} |
D | 油料 | Oil-bearing Crops | {n} | {n} | {n} | {n}
o | 　#花生 | Peanuts | {n} | {n} | {n} | {n}
D | 棉花 | Cotton | {n} | {n} | {n} | {n}
""",
)

INDICES = pages(
    "national yearbook, indices and comparisons",
    """
# index base in the header, total last column
T | 2-5  国内生产总值指数
T | Indices of Gross Domestic Product
U/T | 上年=100 |  |  |  |
H | 年  份 | 国民总收入 | 国内生产总值 | 第一产业 | 第二产业
. |
D12 | {1990} | {p} | {p} | {p} | {p}
F | 注：本表按不变价格计算。
# city against province and nation
T | 1-9 长河市主要指标占全省比重（2010年）
H | 指　　标 | 单 位 | 全 省 | 长河市 | 占全省%
D | 土地面积 | 平方公里 | {k} | {k} | {p}
D | 年末常住人口 | 万人 | {n} | {n} | {p}
D | 生产总值 | 亿元 | {n} | {n} | {p}
o | #第三产业 | 亿元 | {n} | {n} | {p}
D | 财政总收入 | 亿元 | {n} | {n} | {p}
D | 进出口总额 | 亿美元 | {n} | {n} | {p}
o | #出口 | 亿美元 | {n} | {n} | {p}
D | 旅客运输量 | 万人次 | {n} | {n} | {p}
# plan periods: averages of growth in rows beside single years
T | 1-4 国民经济和社会发展平均增长速度 | < | < | <
U | 单位：% | < | < | <
H | 指　标 | 1979-2015年 | 1991-2015年 | 2001-2015年
D | 年末总人口 | {p} | {p} | {p}
D | 生产总值 | {p} | {p} | {p}
D | 　第一产业 | {p} | {p} | {p}
D | 　第二产业 | {p} | {p} | {p}
D | 　第三产业 | {p} | {p} | {p}
D | 人均生产总值 | {p} | {p} | {p}
D | 社会消费品零售总额 | {p} | {p} | {p}
F | 注：生产总值按可比价格计算。 | < | < | <
# cities down with codes, long numbers, two units
T | 25-1 地级以上城市行政区划
T | （2013年）
H | 城 市 | 行政区域面积\\n（平方公里） | 建成区面积\\n（平方公里） | 人口密度\\n（人/平方公里）
S | 合　计 | {+} | {+} | {+}
D14 | {市} | {n} | {n} | {k}
""",
)

ENTERPRISES = pages(
    "national yearbook, enterprises by many cuts",
    """
# total and its cuts, each cut a heading without figures
T | 14-1 规模以上工业企业主要经济指标（2014年） | < | < | <
U |  |  |  | 单位：亿元
H | 项　目 | 企业单位数（个） | 资产总计 | 主营业务收入
S | 总　计 | {k} | {n} | {n}
o | #国有控股企业 | {k} | {n} | {n}
x | 按登记注册类型分 |  |  |
D | 　内资企业 | {k} | {n} | {n}
D | 　　国有企业 | {k} | {n} | {n}
D | 　　集体企业 | {k} | {n} | {n}
D | 　港、澳、台商投资企业 | {k} | {n} | {n}
D | 　外商投资企业 | {k} | {n} | {n}
x | 按企业规模分 |  |  |
D | 　大型企业 | {k} | {n} | {n}
D | 　中型企业 | {k} | {n} | {n}
D | 　小型企业 | {k} | {n} | {n}
x | 按行业分 |  |  |
D6 | 　{业} | {k} | {n} | {n}
# columns of the continued table start at the second name, the stub not repeated
T | 13-4 建筑业企业生产情况 | < | < | <
H | 年 份 | 企业个数 | 从业人数 | 总产值
H |  | （个） | （万人） | （亿元）
= 年份 | 企业个数 | 从业人数 | 总产值
D9 | {2005} | {k} | {n} | {n}
T | 13-4 续表 | < | < | <
H | 年 份 | 房屋施工面积 | 房屋竣工面积 | 利润总额
H |  | （万平方米） | （万平方米） | （亿元）
= 年份 | 房屋施工面积 | 房屋竣工面积 | 利润总额
D9 | {b2005} | {n} | {n} | {n}
# the same stub twice in one row with different columns
T | 历年进出口贸易 | < | < | < | <
U | 单位：亿美元 | < | < | < | <
H | 年份 | 进出口总额 | 出口 | 进口 | 差额
D15 | {2001} | {n} | {n} | {n} | -{j}
""",
)

PAGES = [*LONG_HEADERS, *INDICES, *ENTERPRISES]
