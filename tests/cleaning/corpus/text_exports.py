"""Sheets saved as text and opened again: nothing is merged any more, groups stand over their first column only."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

GROUPS = pages(
    "text export, groups without merged cells",
    """
# income beside expenditure
T | 部门收支总表 |  |  |
U |  |  |  | 单位：万元
H | 收　　入 |  | 支　　出 |
H | 项目 | 预算数 | 项目 | 预算数
= 收入/项目 | 收入/预算数 | 支出/项目 | 支出/预算数
D | 一、财政拨款收入 | {n} | 一、一般公共服务支出 | {n}
D | 二、事业收入 | {n} | 二、教育支出 | {n}
D | 三、其他收入 | {n} | 三、卫生健康支出 | {n}
S | 收入总计 | {n} | 支出总计 | {n}
# three code columns under one word
T | 一般公共预算支出表 |  |  |  |  |
U |  |  |  |  |  | 单位：万元
H | 功能科目编码 |  |  | 科目名称 | 本年预算 |
H | 类 | 款 | 项 |  | 基本支出 | 项目支出
= 功能科目编码/类 | 功能科目编码/款 | 功能科目编码/项 | 科目名称 | 本年预算/基本支出 | 本年预算/项目支出
S |  |  |  | 合计 | {n} | {n}
D | '201' |  |  | 一般公共服务支出 | {n} | {n}
D | '201' | '06' |  | 财政事务 | {n} | {n}
D | '201' | '06' | '01' | 行政运行 | {n} |
D | '208' |  |  | 社会保障和就业支出 | {n} |
D | '208' | '05' |  | 行政事业单位离退休 | {n} |
# sex under two places, stub on the first row
T | 分城乡人口
H | 地区 | 城镇 |  | 乡村 |
H |  | 男 | 女 | 男 | 女
= 地区 | 城镇/男 | 城镇/女 | 乡村/男 | 乡村/女
S | 全国 | {k} | {k} | {k} | {k}
D12 | {省} | {k} | {k} | {k} | {k}
# groups in an empty form, signatures
T | 留守老人登记表 |  |  |  |
H | 老人信息 |  |  | 子女信息 |
H | 姓名 | 年龄 | 住址 | 姓名 | 电话
= 老人信息/姓名 | 老人信息/年龄 | 老人信息/住址 | 子女信息/姓名 | 子女信息/电话
D9 | {人} | 7{j} | {村} | {人} | {电}
# three levels without merged cells
T | 残疾人补贴登记 |  |  |  |  |  |
H | 序号 | 基本情况 |  |  |  | 补贴 |
H |  | 姓名 | 性别 | 残疾证 |  | 生活 | 护理
H |  |  |  | 类别 | 等级 |  |
= 序号 | 基本情况/姓名 | 基本情况/性别 | 基本情况/残疾证/类别 | 基本情况/残疾证/等级 | 补贴/生活 | 补贴/护理
D10 | {1} | {人} | {别} | 肢体 | 二级 | 60 | 60
# months of two years, figures as text
T | 用水量 |  |  |  |  |
H | 泵站 | 2017年 |  | 2018年 |  | 合计
H |  | 上半年 | 下半年 | 上半年 | 下半年 |
= 泵站 | 2017年/上半年 | 2017年/下半年 | 2018年/上半年 | 2018年/下半年 | 合计
D9 | {街}泵站 | '{n}' | '{n}' | '{n}' | '{n}' | '{n}'
# a spanner over the last columns only, stub heads in the bottom row
T | Prices and changes
H |  |  |  | Percent change |
H | Item | 2014 | 2015 | Year | Month
= Item | 2014 | 2015 | Percent change/Year | Percent change/Month
D12 | {类} | {p} | {p} | {p} | {p}
""",
)

PLAIN = pages(
    "text export, lines and lists",
    """
# title, date and unit each in the first column
T | 杉山镇低保发放情况
T | 2018年10月
U | 单位：元
H | 村 | 户数 | 人数 | 金额
D9 | {村} | '{j}' | '{j}' | '{k}'
S | 合计 | '62' | '140' | '55210'
# sections in the first column, total last, all text
T | 项目清单
H | 序号 | 项目 | 地点 | 投资
x | 一、产业 |  |  |
D4 | '{1}' | {项} | {村} | '{p}'
x | 二、基建 |  |  |
D3 | '{1}' | {项} | {村} | '{p}'
S | 合计 |  |  | '301.5'
# the village only in its first row, subtotals in the second column
H | 村 | 户主 | 面积 | 补贴
D | 甲村 | {人} | '{p}' | '{n}'
D2 |  | {人} | '{p}' | '{n}'
s |  | 小计 | '12.1' | '320.5'
D | 上湾村 | {人} | '{p}' | '{n}'
D3 |  | {人} | '{p}' | '{n}'
s |  | 小计 | '15.8' | '411.0'
S | 合计 |  | '27.9' | '731.5'
# header with units, notes with commas at the end
T | 村级光伏电站收益
H | 电站 | 装机（千瓦） | 发电量（千瓦时） | 收益（元）
D9 | {村}电站 | '60' | '{k}' | '{n}'
F | 注：收益为税后金额，含补贴。
F | 填表人：{人}
""",
)

PAGES = [*GROUPS, *PLAIN]
