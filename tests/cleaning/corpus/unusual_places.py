"""Tables that begin far from A1, below long instructions, with hidden rows and columns, very small or turned on their side."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

OFFSET = pages(
    "places, not at A1",
    """
# from column C, row 5
. |
. |
. |
. |
T |  |  | 各村水利设施统计 | < | <
H |  |  | 村名 | 山塘（口） | 水渠（公里）
=  |  | 村名 | 山塘（口） | 水渠（公里）
D9 |  |  | {村} | {j} | {p}
S |  |  | 合计 | {+} | {+}
F |  |  | 填表人：{人} |  |
# one empty column at the left, unit above the last column
. |
T |  | 工业用电量 | < | <
U |  |  |  | 单位：万千瓦时
H |  | 行业 | 本月 | 累计
=  | 行业 | 本月 | 累计
D12 |  | {业} | {n} | {n}
# an empty column inside the table
T | 企业登记信息 |  |  |  |
H | 企业名称 | 法定代表人 |  | 注册资本（万元） | 成立日期
= 企业名称 | 法定代表人 | | 注册资本（万元） | 成立日期
D9 | {市}{人}商贸有限公司 | {人} |  | {k} | {日}
# names merged over two columns each
T | 村干部基本情况 | < | < | < | <
H | 姓名 | < | 职务 | < | 任职年限
D7 | {人} | < | 村{职} | < | {j}
""",
)

INSTRUCTIONS = pages(
    "places, below long instructions",
    """
# the header only in row 12
T | 关于填报2018年度危房改造计划的说明 | < | < | <
. |
T | 1. 本表由乡镇人民政府填报，一式三份。 | < | < | <
T | 2. 房屋等级按照住建部门鉴定结果填写C级或者D级。 | < | < | <
T | 3. 补助金额以元为计量口径。 | < | < | <
T | 4. 建设方式分为原址翻建、异地新建、修缮加固。 | < | < | <
T | 5. 请于6月30日前报区住建局。 | < | < | <
. |
T | 2018年度农村危房改造计划表 | < | < | <
T | 填报单位：{乡} |  | 填报日期：2018.6.20 |
. |
H | 户主姓名 | 村组 | 房屋等级 | 补助金额（元）
D9 | {人} | {村}{j}组 | D级 | {k}
# a letter to the reader, then the table
T | 各位户主：
T | 根据上级文件精神，现将本村2019年度生态补偿资金分配方案公示如下。
T | 如有异议，请在公示期内向村委会反映。
. |
H | 户主 | 林地面积（亩） | 补偿标准（元/亩） | 补偿金额（元）
D10 | {人} | {p} | 14.5 | {n}
S | 合计 | {+} |  | {+}
F | {村}村民委员会
F | 2019年3月5日
# key words and their meaning in front of the table
T | Variable notes
T | pop: resident population at year end; gdp: at current prices
T | Missing values are left blank.
. |
. |
H | year | pop | gdp | cpi
D15 | {2001} | {n} | {n} | {p}
""",
)

HIDDEN = pages(
    "places, hidden rows and columns",
    """
# two hidden rows among the data
T | 低保户名单
H | 村 | 户主 | 人口 | 月补差（元）
D4 | {村} | {人} | {j} | {k}
D2! | {村} | {人} | {j} | {k}
D4 | {村} | {人} | {j} | {k}
# hidden column of codes
T | 学校名录
H | 学校 | 代码 | 校长 | 学生数
- | h | |
D9 | {乡}中学 | {码} | {人} | {k}
# a hidden title and a hidden note
T! | 内部资料
T | 2018年信贷投放表
H | 银行 | 笔数 | 金额（万元）
D8 | {区}农商行 | {k} | {n}
F! | 注：含展期。
# hidden total and hidden repeat of the header
T | 药品库存
H | 药品 | 数量（盒） | 单价（元）
D5 | {品}素 | {k} | {p}
h! | 药品 | 数量（盒） | 单价（元）
D5 | {品}素 | {k} | {p}
S! | 合计 | {+} |
""",
)

TINY = pages(
    "places, very small tables",
    """
# one row of data
T | 办公经费支出 | < | <
H | 办公费 | 差旅费 | 会议费
D | 1200 | 350.5 | 800
# one row of data with labels
H | 村 | 户数 | 人口 | 备注
D | 甲村 | 120 | 466 | 含搬迁户
# one column of numbers beside the years
T | 历年出生人口
H | 年份 | 人数
D15 | {2001} | {k}
# two rows, two columns, a total
H | 姓名 | 金额
D | 张三 | 500
D | 李四 | 300
S | 合计 | 800
# a wide table with one row
T | 基本情况 | < | < | < | < | < | < | <
H | 总户数 | 总人口 | 劳动力 | 耕地（亩） | 林地（亩） | 党员（人） | 低保户 | 五保户
D | 412 | 1530 | 820 | 1100.5 | 5600 | 43 | 21 | 6
""",
)

TEXT_ONLY = pages(
    "places, nothing but text",
    """
# figures as text, no merged cells
T | 收入台账
H | 序号 | 户主 | 人口 | 收入
D10 | '{1}' | {人} | '{j}' | '{p}'
S | 合计 |  | '30' | '512.8'
# duties in words
T | 领导分工
H | 姓名 | 职务 | 分管工作
D | 张三 | 书记 | 主持全面工作
D | 李四 | 镇长 | 主持政府工作，分管财政
D | 王五 | 副书记 | 分管党建、扶贫工作
D | 赵六 | 副镇长 | 分管农业、水利工作
D | 钱七 | 武装部长 | 分管武装、应急工作
# policies and who is responsible
T | 任务分解表 | < | < | <
H | 序号 | 工作任务 | 牵头单位 | 完成时限
D8 | {1} | 推进{项}工作 | {局} | 2018年12月底
# names and villages only
H | 户主 | 村名
D12 | {人} | {村}
""",
)

TURNED = pages(
    "places, turned on the side",
    """
# people across, what is said of them down
T | 家庭情况对照
H | 项目 | 张三 | 李四 | 王五
D | 家庭人口 | 3 | 2 | 5
D | 年纯收入 | 21000 | 9800 | 30500
D | 住房面积 | 120 | 80 | 150
D | 劳动力 | 2 | 1 | 3
D | 低保人数 | 0 | 2 | 1
# villages across with units in a column
T | 村情一览表 | < | < | < | <
H | 指标 | 单位 | 甲村 | 上湾村 | 石塘村
D | 户数 | 户 | {k} | {k} | {k}
D | 人口 | 人 | {k} | {k} | {k}
D | 耕地 | 亩 | {n} | {n} | {n}
D | 党员 | 人 | {k} | {k} | {k}
D | 村集体收入 | 万元 | {p} | {p} | {p}
# groups down the left side merged, years across
T | 综合指标对比 | < | < | <
H | 类别 | 指标 | 2017年 | 2018年
D | 经济 | 生产总值 | {n} | {n}
D | ^ | 财政收入 | {n} | {n}
D | ^ | 固定资产投资 | {n} | {n}
D | 社会 | 在校学生 | {n} | {n}
D | ^ | 卫生技术人员 | {n} | {n}
D | 民生 | 居民收入 | {n} | {n}
D | ^ | 低保标准 | {n} | {n}
""",
)

PAGES = [*OFFSET, *INSTRUCTIONS, *HIDDEN, *TINY, *TEXT_ONLY, *TURNED]
