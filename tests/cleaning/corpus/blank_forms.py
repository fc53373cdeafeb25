"""Forms sent out to be filled in: numbered lines, rows of column numbers, places for signatures; empty or half filled."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

EMPTY = pages(
    "forms, nothing filled in",
    """
# roster with numbered lines
T | 脱贫户外出务工人员花名册 | < | < | < | < | <
T | 填报单位（盖章）： |  |  |  | 填报时间：    年  月  日 |
H | 序号 | 姓名 | 性别 | 身份证号码 | 务工地点 | 联系电话
.15 | {1} |  |  |  |  |
F | 填报人： |  | 审核人： |  | 联系电话： |
# three header levels and a row of column numbers
T | 临时救助申请审批汇总表 | < | < | < | < | < | <
U | 乡镇（盖章）： |  |  |  |  |  | 单位：元
H | 序号 | 申请人 | < | < | 家庭情况 | < | 救助金额
H | ^ | 姓名 | 性别 | 住址 | 人口 | 月收入 | ^
H | 1 | 2 | 3 | 4 | 5 | 6 | 7
= 序号 | 申请人/姓名 | 申请人/性别 | 申请人/住址 | 家庭情况/人口 | 家庭情况/月收入 | 救助金额
.10 | {1} |  |  |  |  |  |
F | 民政办负责人： |  |  | 经办人： |  |  |
F | 注：本表一式两份，乡镇、区民政局各存一份。 | < | < | < | < | < | <
# letters for the text columns, numbers for the figures
T | 农村低保对象家庭收入核查表 | < | < | < | < | <
H | 姓名 | 住址 | 工资性收入 | 经营净收入 | 财产净收入 | 转移净收入
H | 甲 | 乙 | 1 | 2 | 3 | 4
= 姓名 | 住址 | 工资性收入 | 经营净收入 | 财产净收入 | 转移净收入
.9 |  |  |  |  |  |
F | 单位负责人： |  | 填表人： |  | 填表日期： |
# collection form, instructions under it, the total line ready
T | 附件2 | < | < | < | <
T | 农户小额信贷需求采集表 | < | < | < | <
H | 序号 | 户主姓名 | 需求金额（万元） | 用途 | 农户签字
.8 | {1} |  |  |  |
S | 合计 |  |  |  |
F | 填表说明：1.按户填写。 | < | < | < | <
F | 2.用途填写种植、养殖、加工等。 | < | < | < | <
# a template without any line under its header
T | 义务教育阶段学生资助名册 | < | < | <
H | 学校 | 年级 | 姓名 | 资助金额（元）
# numbered as text
T | 残疾人基本状况登记名册 | < | < | <
H | 编号 | 姓名 | 残疾证号 | 等级
.6 | '{1}' |  |  |
""",
)

HALF_FILLED = pages(
    "forms, half filled in",
    """
# three households of ten
T | 危房改造申请花名册 | < | < | < | <
T | 填报单位：{乡}人民政府 |  |  |  |
H | 序号 | 户主姓名 | 住址 | 家庭人口 | 房屋等级
D3 | {1} | {人} | {村}{j}组 | {j} | D级
.7 | {1} |  |  |  |
F | 填表人：{人} |  | 审核人：{人} |  |
# one line filled, column numbers above
T | 特困人员供养情况统计表 | < | < | < | < | <
H | 乡镇 | 集中供养 | < | 分散供养 | < | 备注
H | ^ | 人数 | 金额（元） | 人数 | 金额（元） | ^
H | 甲 | 1 | 2 | 3 | 4 | 5
= 乡镇 | 集中供养/人数 | 集中供养/金额（元） | 分散供养/人数 | 分散供养/金额（元） | 备注
D | 杉山镇 | 12 | 7200 | 33 | 9900 |
. |  |  |  |  |  |
. |  |  |  |  |  |
S | 合计 | 12 | 7200 | 33 | 9900 |
F | 单位负责人： | < | < | 填表人：{人} | < | <
# an example line in the form
T | 返乡创业人员摸底表 | < | < | < | < | <
H | 序号 | 姓名 | 性别 | 出生年月 | 创业项目 | 投资额（万元）
D | 例 | 张三 | 男 | '1980.05' | 养殖 | 20
D2 | {1} | {人} | {别} | '197{j}.0{j}' | {项} | {j}
.6 | {1} |  |  |  |  |
# filled below, the first lines passed over
T | 防汛值班安排表
H | 日期 | 带班领导 | 值班人员 | 电话
D6 | 6月{21}日 | {人} | {人}、{人} | {电}
D/.3 | 6月{21}日 | | |
F | 注：值班人员手机24小时开机。
""",
)

PAGES = [*EMPTY, *HALF_FILLED]
