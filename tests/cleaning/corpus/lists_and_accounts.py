"""Lists with few words and accounts with many: assets, contracts, textbooks, votes, loans, vehicles, water meters."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

ASSETS = pages(
    "accounts, assets and contracts",
    """
# fixed assets with dates and codes
T | 村集体固定资产登记表 | < | < | < | < | <
T | 单位名称：{村}经济合作社 | < | < | < | < | <
H | 资产编号 | 资产名称 | 数量 | 单位 | 原值（元） | 购置时间
D10 | 'GD00{1}' | {项} | {j} | 处 | {k} | 201{j}.{j}
S | 合计 |  |  |  | {+} |
F | 单位负责人： |  | 财务负责人： |  | 制表人： |
# contracts with terms in words
T | 集体资源发包合同台账
H | 合同编号 | 承包人 | 资源名称 | 承包期限 | 年承包费（元） | 缴费情况
D9 | 2018-0{1} | {人} | {村}鱼塘 | 2015年至2025年 | {k} | 已缴清
# loans and their repayment in two groups
T | 小额信贷发放与回收台账 | < | < | < | < | < | <
H | 姓名 | 贷款 | < | < | 还款 | < | 逾期
H | ^ | 日期 | 金额（元） | 期限（月） | 日期 | 金额（元） | ^
= 姓名 | 贷款/日期 | 贷款/金额（元） | 贷款/期限（月） | 还款/日期 | 还款/金额（元） | 逾期
D12 | {人} | {日} | {k} | 36 | {日} | {k} | 否
# water meters: last and this reading
T | 自来水抄表记录
H | 户主 | 上月读数 | 本月读数 | 用水量（吨） | 水费（元）
D14 | {人} | {k} | {k} | {j} | {p}
S | 合计 |  |  | {+} | {+}
""",
)

CHOICES = pages(
    "accounts, votes and marks",
    """
# votes counted, names down
T | 村民代表推选得票统计
H | 姓名 | 赞成 | 反对 | 弃权
D9 | {人} | {j}{j} | {j} | {j}
F | 监票人：{人}　计票人：{人}
# marks by subject with an average and a rank
T | 期末考试成绩表 | < | < | < | < | <
H | 学号 | 姓名 | 语文 | 数学 | 英语 | 总分
D14 | '20180{j}{j}' | {人} | {j}{j} | {j}{j} | {j}{j} | 2{j}{j}
D/S/s/F | 平均分 |  | 81.2 | 77.9 | 80.5 | 239.6
# scoring by item, full marks in the header's second row
T | 考核评分表 | < | < | < | <
H | 村名 | 党建 | 产业 | 环境 | 得分
H |  | 30分 | 40分 | 30分 | 100分
D11 | {村} | 2{j} | 3{j} | 2{j} | 8{j}
# yes and no by condition as numbers 1 and 0
H | 户编号 | 有车 | 有房 | 有商铺 | 是否剔除
D12 | {编} | 1 | 0 | 0 | 0
""",
)

SUPPLIES = pages(
    "accounts, supplies and textbooks",
    """
# ordered by grade, grades merged down, sum for every grade
T | 教材征订单 | < | < | < | <
H | 年级 | 书名 | 单价（元） | 册数 | 金额（元）
D | 一年级 | 语文 | {p} | {k} | {n}
D | ^ | 数学 | {p} | {k} | {n}
D | ^ | 音乐 | {p} | {k} | {n}
s | 小计 | < |  | {+^} | {+^}
D | 二年级 | 语文 | {p} | {k} | {n}
D | ^ | 数学 | {p} | {k} | {n}
s | 小计 | < |  | {+^} | {+^}
S | 合计 | < |  | {+} | {+}
F | 订书单位（盖章）：{乡}中心小学 | < | < | < | <
# in and out and left
T | 防疫物资出入库登记
H | 日期 | 物资 | 入库 | 出库 | 结存 | 经手人
D12 | {日期} | {品} | {k} |  | {k} | {人}
# a quotation with quantities, a total in words and seals
T | 报价单 | < | < | < | <
T | 致：{乡}人民政府 | < | < | < | <
H | 序号 | 品名 | 数量 | 单价（元） | 金额（元）
D7 | {1} | {品} | {j} | {p} | {n}
S | 合计 |  |  |  | {+}
F | 报价单位（盖章）：{街}商行 | < | < | < | <
F | 2018年11月12日 | < | < | < | <
# trees by kind and age, numbers in brackets
T | 古树名木登记
H | 编号 | 树种 | 树龄（年） | 胸径（厘米） | 位置
D9 | {1} | 樟树 | {j}00 | {j}{j} | {村}{j}组
""",
)

PAGES = [*ASSETS, *CHOICES, *SUPPLIES]
