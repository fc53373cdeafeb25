"""Household books and village ledgers in other hands: text dates, several header styles, group sums, odd endings."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

BOOKS = pages(
    "household books",
    """
# header in traditional characters, places under other words
T | 貧困戶幫扶臺賬
H | 編號 | 戶主姓名 | 鄉鎮 | 村 | 幫扶人
D12 | {1} | {人} | {乡} | {村} | {人}
# no title, header with many line breaks
H | 序\\n号 | 户主\\n姓名 | 家庭\\n人口 | 致贫\\n原因 | 帮扶\\n措施
D12 | {1} | {人} | {j} | {病} | 产业帮扶
# ID numbers long, phones, villages only where they change
H | 村 | 姓名 | 身份证号 | 电话 | 银行卡号
D | 甲村 | {人} | {证} | {电} | '62170{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}'
D3 |  | {人} | {证} | {电} | '62170{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}'
D | 上湾村 | {人} | {证} | {电} | '62170{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}'
D4 |  | {人} | {证} | {电} | '62170{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}'
# years beside one another under a group of incomes, ends with an average
T | 脱贫户收入对比表 | < | < | < | < | <
H | 户主 | 人口 | 人均纯收入（元） | < | < | 备注
H | ^ | ^ | 2016 | 2017 | 2018 | ^
= 户主 | 人口 | 人均纯收入（元）/2016 | 人均纯收入（元）/2017 | 人均纯收入（元）/2018 | 备注
D11 | {人} | {j} | {k} | {k} | {k} |
S | 合计 | {+} | | | |
D/S/s/F | 户均 | 3.2 | {n} | {n} | {n} |
# the same person twice, blank separators between households
T | 家庭成员
H | 户号 | 姓名 | 关系 | 年龄 | 劳动能力
D | '001' | 张三 | 户主 | 52 | 普通
D | '001' | 李氏 | 配偶 | 50 | 普通
. |
D | '002' | 王五 | 户主 | 70 | 无
. |
D | '003' | 赵六 | 户主 | 44 | 技能
D | '003' | 钱氏 | 配偶 | 43 | 普通
D | '003' | 赵小 | 之子 | 15 | 无
# a ledger that ends in three lines of remarks by hand
T | 扶贫羊发放登记 | < | < | <
H | 户主 | 只数 | 单价 | 签字
D9 | {人} | {j} | 850 |
S | 合计 | {+} |  |
. |
F | 以上情况属实。
F | 村委会（盖章）
F | 2017年4月9日
""",
)

DIVIDENDS = pages(
    "household books, dividends and projects across",
    """
# one column a project, forty places of money
T | 2019年产业分红明细 | < | < | < | < | < | < | <
U |  |  |  |  |  |  |  | 单位：元
H | 户编号 | 户主姓名 | 光伏 | 油茶 | 黄牛 | 茶叶 | 委托帮扶 | 合计
D14 | {编} | {人} | {k} |  | {k} |  | {k} | {k}
S | 合计 |  | {+} |  | {+} |  | {+} | {+}
# amounts by company and cooperative, two levels, projects numbered
T | 委托帮扶收益 | < | < | < | < | <
H | 村 | 第一批 | < | 第二批 | < | 合计
H | ^ | 户数 | 金额 | 户数 | 金额 | ^
= 村 | 第一批/户数 | 第一批/金额 | 第二批/户数 | 第二批/金额 | 合计
D12 | {村} | {j} | {k} | {j} | {k} | {k}
S | 合计 | {+} | {+} | {+} | {+} | {+}
# teams and their members with posts
T | 驻村工作队一览表 | < | < | < | <
H | 派出单位 | 驻点村 | 队长 | 队员 | 联系电话
D11 | {局} | {村} | {人} | {人}、{人} | {电}
# pairing list sorted by office with counts behind names
T | 党员干部结对帮扶汇总
H | 单位 | 结对干部数（人） | 结对户数（户） | 备注
S | 合计 | {+} | {+} |
x | 区直单位 |  |  |
D5 | {局} | {j} | {k} |
x | 乡镇 |  |  |
D5 | {乡} | {j} | {k} |
# sums written before the groups of villages in the same column as the villages
T | 厕所改造任务分解
H | 序号 | 单位 | 任务数（座） | 完成数（座）
S |  | 全区合计 | {+} | {+}
s | 一 | 杉山镇小计 | {+v} | {+v}
D3 | {a1} | {村} | {k} | {k}
s | 二 | 石井镇小计 | {+v} | {+v}
D4 | {b1} | {村} | {k} | {k}
""",
)

PAGES = [*BOOKS, *DIVIDENDS]
