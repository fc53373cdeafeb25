"""Reporting forms of the statistical system: form number and validity at the right, codes by row, letters by column."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

REPORTS = pages(
    "statistical form, indicators with codes",
    """
# empty report, lettered columns, signatures in one row
T | 社会救助情况 | < | < | <
T |  |  | 表　　号：民统1表 |
T |  |  | 制定机关：民政部 |
T | 综合机关名称： |  | 有效期至：2019年1月 |
H | 指标名称 | 计量单位 | 代码 | 数量
H | 甲 | 乙 | 丙 | 1
= 指标名称 | 计量单位 | 代码 | 数量
D/x | 一、城市低保 | — | — | —
D | 　城市低保户数 | 户 | '01' |
D | 　城市低保人数 | 人 | '02' |
o | 　　其中：女性 | 人 | '03' |
D/x | 二、农村低保 | — | — | —
D | 　农村低保户数 | 户 | '04' |
D | 　农村低保人数 | 人 | '05' |
F | 单位负责人： |  | 填表人： | 报出日期：　年　月　日
# filled report, this period and since January
T | 农业生产情况表 | < | < | < | <
T |  |  |  | 表号：A301表 |
T | 填报单位：{县}统计局 |  | 2018年三季度 | 文号：国统字（2017）2号 |
H | 指标名称 | 代码 | 计量单位 | 本期 | 上年同期
H | 甲 | 乙 | 丙 | 1 | 2
= 指标名称 | 代码 | 计量单位 | 本期 | 上年同期
D | 粮食播种面积 | '01' | 公顷 | {k} | {k}
D | 粮食总产量 | '02' | 吨 | {k} | {k}
D | 生猪存栏 | '03' | 头 | {k} | {k}
D | 生猪出栏 | '04' | 头 | {k} | {k}
D | 家禽出栏 | '05' | 只 | {k} | {k}
D | 禽蛋产量 | '06' | 吨 | {k} | {k}
F | 单位负责人：{人} |  | 统计负责人：{人} |  | 填表人：{人}
F | 说明：本表由县级统计局报送。 |  |  |  |
# things handed out, printed down the left, nothing filled in yet
T | 救灾物资需求统计表 | < | < | <
H | 物资名称 | 单位 | 需求数量 | 备注
D/. | 帐篷 | 顶 |  |
D/. | 棉被 | 床 |  |
D/. | 棉衣 | 件 |  |
D/. | 折叠床 | 张 |  |
D/. | 方便面 | 箱 |  |
S | 合计 |  |  |
F | 填报人： |  | 联系电话： |
# units of a county by group of indicators, columns numbered with a formula
T | 收支余情况表 | < | < | < | <
U |  |  |  |  | 单位：元
H | 村名 | 年初余额 | 本年收入 | 本年支出 | 年末余额
H | 甲 | 1 | 2 | 3 | 4=1+2-3
= 村名 | 年初余额 | 本年收入 | 本年支出 | 年末余额
D12 | {村} | {n} | {n} | {n} | {n}
S | 合计 | {+} | {+} | {+} | {+}
# a large sheet of conditions: two header rows, letters and numbers, some cells crossed out
T | 基层组织情况年报 | < | < | < | < | <
T |  |  |  |  | 制定机关：组织部 |
H | 项目 | 行号 | 合计 | 村 | < | 社区
H | ^ | ^ | ^ | 小计 | 其中：贫困村 | ^
H | 甲 | 乙 | 1 | 2 | 3 | 4
= 项目 | 行号 | 合计 | 村/小计 | 村/其中：贫困村 | 社区
D | 基层党组织数 | 1 | {k} | {k} | {k} | {k}
D | 党员数 | 2 | {k} | {k} | {k} | {k}
o | 其中：女党员 | 3 | {k} | {k} | {k} | {k}
D | 第一书记 | 4 | {k} | {k} | {k} | ——
D | 村级活动场所 | 5 | {k} | {k} | {k} | {k}
""",
)

LINES_ABOVE = pages(
    "statistical form, many lines above the header",
    """
# number, unit and date in one row without colons
T | 附件3 |  |  |
T | 耕地撂荒情况摸底表 |  |  |
T | {乡}人民政府（盖章） |  |  | 2021年3月15日
H | 村名 | 撂荒面积（亩） | 复耕面积（亩） | 原因
D11 | {村} | {p} | {p} | 外出务工
S | 合计 | {+} | {+} |
# the document's number, the date, the note with the star, then the list
T | 附件：
T | 民办非企业单位年检结果公告名单
T | （共12家）
T | 注：带*号的为首次参检。
. |
H | 序号 | 单位名称 | 统一社会信用代码 | 年检结论
D9 | {1} | {街}幼儿园 | '52431302MJ{j}{j}{j}{j}{j}X' | 合格
D3 | {1} | *{街}养老院 | '52431302MJ{j}{j}{j}{j}{j}Y' | 基本合格
# table number in a row of its own, title in the middle column
T | 表3-2 |  |  |
T |  | 各乡镇卫生院床位 |  |
U |  |  |  | 单位：张
H | 乡镇 | 卫生院 | 床位 | 执业医师
D11 | {乡} | {乡}卫生院 | {k} | {j}
# title spread letter by letter over the columns
T | 统 | 计 | 年 | 报
H | 村名 | 户数 | 人口 | 劳动力
D12 | {村} | {k} | {k} | {k}
S | 合计 | {+} | {+} | {+}
""",
)

PAGES = [*REPORTS, *LINES_ABOVE]
