"""What does not fit the pattern: no header at all, names left out, notes beside the table, very long names, odd endings."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

NO_HEADER = pages(
    "loose ends, no header or part of one",
    """
# rows without any header, as the second page of a list
D14 | {15} | {人} | {村} | {n}
# a title and rows, no header
T | 各村人口
D12 | {村} | {k} | {k}
# the serial column has no name
T | 参训人员名单
H |  | 姓名 | 单位 | 电话
D11 | {1} | {人} | {局} | {电}
# the last column has figures and no name
T | 各村种植面积
H | 村名 | 油茶 | 茶叶 | 药材 |
D11 | {村} | {n} | {n} | {n} | {n}
S | 合计 | {+} | {+} | {+} | {+}
""",
)

BESIDE = pages(
    "loose ends, notes beside and within",
    """
# a note stands to the right of the table
T | 救助资金发放表 |  |  |  |  |
H | 户主 | 人口 | 金额（元） |  |  |
D2 | {人} | {j} | {k} |  |  |
D | {人} | {j} | {k} |  |  | 说明：金额以打卡为准
D9 | {人} | {j} | {k} |  |  |
S | 合计 | {+} | {+} |  |  |
# the province and its count merged down beside the schools
T | 高职院校名单 | < | < | <
H | 省份 | 序号 | 学校名称 | 主管部门
D | 北京市\\n（4所） | 1 | {校} | 北京市
D | ^ | 2 | {校} | 北京市
D | ^ | 3 | {校} | 北京市
D | ^ | 4 | {校} | 北京市
D | 天津市\\n（3所） | 1 | {校} | 天津市
D | ^ | 2 | {校} | 天津市
D | ^ | 3 | {校} | 天津市
# instructions of many sentences in one merged cell above the header
T | 2019年农村危房改造农户档案表 | < | < | <
T | 填表说明：1.户主姓名应与身份证一致。2.危房等级填写C级或D级。3.改造方式填写新建或修缮。4.本表由村委会填写，乡镇审核盖章后报县住建局，一式三份，分别由村、乡、县保存。 | < | < | <
H | 户主姓名 | 危房等级 | 改造方式 | 补助标准（元）
D9 | {人} | D级 | 新建 | {k}
# a section heading and the header printed again under it
T | 普通高等学校名单 | < | <
x/T | 一、本科院校 | < | <
H | 序号 | 学校名称 | 所在地
D6 | {a1} | {校} | {市}
x/T | 二、专科院校 | < | <
h? | 序号 | 学校名称 | 所在地
D6 | {b1} | {校} | {市}
# numbers in the total's row run on, its word stands in the second column
T | 机关经费支出
H | 序号 | 科目 | 金额
D9 | {1} | {类}经费 | {n}
S | {1} | 合计 | {+}
""",
)

LONG_NAMES = pages(
    "loose ends, long and strange names",
    """
# names of columns longer than a line
T | Health and education of the adult population
H | Region | Share of the population aged 25 and over that has completed at least lower secondary education (percent) | Number of hospital beds per 1,000 inhabitants, including private hospitals (2010-2014 average)
D12 | {国} | {p} | {p}
# conditions as names
T | 贫困户收入分组统计 | < | < | < | <
H | 乡镇 | 2500元以下 | 2500-3000元 | 3000-5000元 | 5000元以上
D12 | {乡} | {k} | {k} | {k} | {k}
S | 合计 | {+} | {+} | {+} | {+}
# formulas as names
T | 工资计算表
H | 姓名 | 岗位工资① | 绩效② | 扣款③ | 实发④=①+②-③
D12 | {人} | {k} | {k} | {j} | {k}
S | 合计 | {+} | {+} | {+} | {+}
# years with what they are
T | 财政预算执行
U |  |  |  |  | 单位：万元
H | 科目 | 2017年\\n决算数 | 2018年\\n预算数 | 2018年\\n执行数 | 执行数为\\n预算数的%
S | 支出合计 | {k} | {k} | {k} | {p}
D9 | {业}支出 | {k} | {k} | {k} | {p}
# letters of the alphabet as names of series
T | Air quality, monthly means
U | (micrograms per cubic metre)
H | Month | PM10 | PM2.5 | NO2 | SO2
D | Jan | {p} | {p} | {p} | {p}
D | Feb | {p} | {p} | {p} | {p}
D | Mar | {p} | {p} | {p} | {p}
D | Apr | {p} | {p} | {p} | {p}
D | May | {p} | {p} | {p} | {p}
D | Jun | {p} | {p} | {p} | {p}
""",
)

ENDINGS = pages(
    "loose ends, odd endings",
    """
# growth in the last row, under the total
T | 招生情况
H | 学校 | 2017年 | 2018年
D9 | {乡}中学 | {k} | {k}
S | 合计 | {+} | {+}
D/F/s/S | 比上年增长（%） | 3.2 | 5.1
# 其中 alone in the first column, its items in the second
T | 人口构成
H | 项目 | 分类 | 人数
D/S/s | 户籍人口 | 合计 | 4120
o | 其中： | 男 | 2103
o/D |  | 女 | 2017
D/S/s | 常住人口 | 合计 | 3900
o | 其中： | 男 | 1980
o/D |  | 女 | 1920
# sources and telephone numbers under a row of signatures
T | 小型水库责任人公示
H | 水库名称 | 行政责任人 | 技术责任人 | 巡查责任人
D9 | {村}水库 | {人} | {人} | {人}
. |
F |  |  | 审核：{人} | 制表：{人}
F | 公示单位：区水利局
F | 联系电话：0738-8888888
# a row of dashes closes the table, then the source
T | Road accidents
H | Province | Accidents | Killed | Injured
D9 | {国} | {k} | {k} | {k}
S | Total | {+} | {+} | {+}
F | ----------------
F | Source: Traffic police
""",
)

PAGES = [*NO_HEADER, *BESIDE, *LONG_NAMES, *ENDINGS]
