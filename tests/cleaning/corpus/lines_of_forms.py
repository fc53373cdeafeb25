"""Lines of forms around tables, rows not yet filled in, grids of days, and lists that have no header."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

FORMS = pages(
    "forms, names and places to fill in",
    """
# lines of names and values, merged alike, over the columns of the form
T | 表格名称 | < | 帮扶措施登记表 | < | < | <
T | 表格编号 | < | 民政-07 | < | < | <
T | 填报乡镇 | < | 杉山镇 | < | < | <
H | 序号 | 措施名称 | < | 受益户 | 受益人口 | 金额（元）
D9 | {1} | {项} | < | {人} | {j} | {k}
# a blank form with a table of the family in it
T | 临时救助审批表 | < | < | < | < | <
T | 户主姓名 |  | 性别 |  | 出生年月 |
T | 住址 |  | < | < | 联系电话 |
H | 家庭成员 | 姓名 | 关系 | 年龄 | 职业 | 月收入
.4 | ^ |  |  |  |  |
F/D/x | 申请原因 |  | < | < | < | <
F/D/x | 乡镇意见 |  | < | < | < | <
# an example's row above the lines
T | 人居环境问题台账
H | 序号 | 乡镇 | 村 | 问题描述 | 整改措施 | 责任人
D | 例 | 云台镇 | 茶坪村 | 河道边垃圾堆积 | 清理并设置警示牌 | 王某
D2 | {1} | {乡} | {村} | 污水直排 | 纳入管网 | {人}
.4 | {b3} |  |  |  |  |
. | …… |  |  |  |  |
F | 备注：问题描述应写明地点。 |  |  |  |  |
# townships printed beside empty cells, the total under them
T | 冬春生活困难情况统计表 | < | < | < | <
H | 乡镇 | 需口粮救助 | < | 需衣被救助 | <
H | ^ | 户数 | 人数 | 户数 | 人数
D | 杉山镇 |  |  |  |
D | 万宝镇 |  |  |  |
D | 石井镇 |  |  |  |
D | 双江乡 |  |  |  |
S | 合计 |  |  |  |
F | 填表人： |  |  | 审核人： |
# a blank list with opinions, another with the office and day under it
T | 受灾人员救助申请审批表 | < | < | < | <
H | 序号 | 户主姓名 | 家庭人口 | 救助金额（元） | 签字
.9 |  |  |  |  |
F | 村委会意见： |  |  | 乡镇意见： |
# the office and the day at the right, nothing filled in
T | 慈善救助对象公示名单
H | 姓名 | 家庭住址 | 救助原因 | 救助金额
.5 |
F |  |  |  | 杉山镇人民政府
F |  |  |  | 年   月   日
# letters and codes number the columns
T | 自然灾害情况统计表 | < | < | < | < | <
H | 地区 | 受灾人口（人） | 紧急转移（人） | 农作物（公顷） | < | 倒塌房屋（间）
H | ^ | ^ | ^ | 受灾面积 | 绝收面积 | ^
H | 甲 | A01 | A02 | A03 | A04 | A05
S | 合计 |  |  |  |  |
.6 |  |  |  |  |  |
F | 单位负责人： |  | 填表人： |  |  | 联系电话：
# names and days under the places for signatures
T | 物资采购申请单 | < | < | <
H | 名称 | 规格 | 数量 | 用途
D5 | {品} | 500克 | {j} | 慰问
F | 申请人： | 审核人： | 批准人： | 采购人：
F | {人} | {人} | {人} | {人}
""",
)

GRIDS = pages(
    "forms, grids of days and hours",
    """
# days run over the month's end, the corner is empty
H |  | 29 | 30 | 1 | 2 | 3 | 4
D5 | {村} | {人} |  | {人} | {人} |  | {人}
D4 | {村} |  | {人} |  | {人} | {人} |
# a timetable over a list of the courses
H | 节次 | 星期一 | 星期二 | 星期三 | 星期四 | 星期五
D | 1 8:00 |  | 油茶栽培 |  | 养蜂 |
D | 2 8:50 |  |  |  |  |
D | 3 9:40 | 电商 |  |  |  | 护理
D | 4 10:40 |  | 养蜂 |  |  |
D | 5 14:00 |  |  | 电商 |  |
. |
H | 序号 | 课程名称 | 课时 | 教师
D6 | {1} | {项} | {j} | {人}
# attendance before anybody has come: names alone beside the office
T | 驻村工作队考勤表 | < | < | < | < | < | <
H | 序号 | 单位 | 姓名 |  | < |  | <
H | ^ | ^ | ^ | 上午 | 下午 | 上午 | 下午
= 序号 | 单位 | 姓名 | 上午 | 下午 | 上午 | 下午
D |  | 区财政局 | 张三 |  |  |  |
D |  | ^ | 李四 |  |  |  |
D |  | ^ | 王五 |  |  |  |
D |  | 区水利局 | 赵六 |  |  |  |
D |  | ^ | 钱七 |  |  |  |
# tasks by day, week under week
H | 任务 | @2018-09-03 | @2018-09-04 | @2018-09-05 | 备注
D | 入户走访登记 | 下发通知 |  | 入户 |
D | 危房鉴定 |  | 鉴定 |  |
D | 安全饮水排查 |  |  |  |
. |
H | 任务 | @2018-09-10 | @2018-09-11 | @2018-09-12 | 备注
D | 入户走访登记 | 入户 | 汇总 |  |
D | 危房鉴定 |  |  | 公示 |
""",
)

LINES = pages(
    "forms, further lines of a row",
    """
# room and hour under each course, merged names beside them
T | 培训安排表 | < | < | < | < | <
H | 序号 | 课程 | 课时 | 人数 | 安排 | 周一
D | 1 | 养蜂 | 12 | 40 | 节次 | 3-4
D | ^ | ^ | ^ | ^ | 地点 | 村部
D | 2 | 油茶 | 24 | 35 | 节次 |
D | ^ | ^ | ^ | ^ | 地点 |
D | 3 | 护理 | 18 | 50 | 节次 | 5-6
D | ^ | ^ | ^ | ^ | 地点 | 镇中学
# steps of one case in the last columns
H | 编号 | 状态 | 户主 | 金额 | 处理人 | 处理时间 | 结果
D4 | {1} | 已办 | {人} | {k} | {人} | @2020-03-05 | 提交
D |  |  |  |  | {人} | @2020-03-06 | 通过
D2 | {b5} | 已办 | {人} | {k} | {人} | @2020-03-07 | 提交
D |  |  |  |  | {人} | @2020-03-08 | 退回
# fees under a fee, numbered groups of one word
T | 收费目录清单 | < | < | < | <
H | 序号 | 部门 | 收费项目 | 资金管理 | 依据
x | 一 | 教育 |  |  |
D |  | 1 | 保教费、住宿费 | 缴入地方财政专户 | 教财〔2003〕4号
D |  | 2 | 普通高中学费 | 缴入地方财政专户 | 教财〔1996〕101号
D |  |  | （1）学费 |  |
D |  |  | （2）住宿费 |  |
x | 二 | 公安 |  |  |
D |  | 3 | 证照费 | 缴入国库 | 价费字〔1992〕240号
D |  | 4 | 签证费 | 缴入国库 | 计价格〔2003〕392号
# addresses to be looked up: one cell a row at the end
H | 类别 | 名称 | 地址
D6 | 镇卫生院 | {乡}卫生院 | {街}{j}号
D | 镇卫生院 |  |
D | 福利院 |  |
D | 福利院 |  |
# nothing under the header but how to pay
T | 结算单 | < | < | < | <
H | 序号 | 项目 | 数量（个） | 单价（元） | 备注
F | 付款信息： | < | < | < | <
F | 开户行：农村商业银行杉山支行 | < | < | < | <
F | 账号：8201 2550 0000 0012 | < | < | < | <
""",
)

PAGES = [*FORMS, *GRIDS, *LINES]
