"""Relief and registration forms of civil affairs offices, filled and half filled, with opinions and seals under them."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

RELIEF = pages(
    "relief, rolls and summaries",
    """
# opinions and seals under an empty roll
T | 受灾群众冬春生活救助申请花名册 | < | < | < | < | < | <
T | {乡}（盖章） |  |  |  |  | 年　月　日 |
H | 序号 | 户主姓名 | 家庭人口（人） | 身份证号码 | 住址 | 申请救助类型 | 本人签字
.12 | {1} |  |  |  |  |  |
F | 村（居）委会意见： | < | < | 乡镇意见： | < | < | <
F | 注：救助类型填写口粮、衣被、取暖、其他。 | < | < | < | < | < | <
# counted by kind of relief, two header rows, column numbers, one township filled
T | 冬春救助资金分配表 | < | < | < | < | < | <
U |  |  |  |  |  | 单位：人、万元 |
H | 乡镇 | 需救助人口 | 救助方式 | < | < | 分配资金 | 备注
H | ^ | ^ | 口粮 | 衣被 | 取暖 | ^ | ^
H | 甲 | 1 | 2 | 3 | 4 | 5 | 6
= 乡镇 | 需救助人口 | 救助方式/口粮 | 救助方式/衣被 | 救助方式/取暖 | 分配资金 | 备注
S | 合计 | {+} | {+} | {+} | {+} | {+} |
D9 | {乡} | {k} | {k} | {k} | {k} | {p} |
F | 民政局局长：{人} |  | 救灾股股长：{人} |  | 制表：{人} |  |
# disasters: houses and crops, filled by village, empty villages left
T | 农村房屋受灾情况核定表 | < | < | < | < | <
T | 填表单位：{乡}民政办 | < | < | 填表时间：2018年7月15日 | < | <
H | 村名 | 户主 | 倒塌（间） | 严重损坏（间） | 一般损坏（间） | 核定意见
D | 甲村 | {人} | 2 |  | 1 | 属实
D | 上湾村 | {人} |  | 3 |  | 属实
D | 石塘村 | {人} | 1 |  |  | 属实
D | 新屋村 | {人} |  |  | 4 | 属实
S | 合计 |  | 3 | 3 | 5 |
# monthly allowance rolls with bank accounts as text
T | 2019年5月城市低保金发放花名册
U |  |  |  |  |  | 单位：元
H | 序号 | 低保证号 | 户主姓名 | 保障人数 | 月保障金 | 银行账号
D12 | {1} | {编} | {人} | {j} | {k} | '6217{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}{j}'
S | 合计 |  |  | {+} | {+} |
F | 制表人：{人} |  | 复核人：{人} |  | 分管领导：{人} |
""",
)

REGISTERS = pages(
    "relief, registers with fields by group",
    """
# four header rows: title row in the header's first level
T | 困难残疾人生活补贴和重度残疾人护理补贴登记表 | < | < | < | < | < | < | <
H | 序号 | 残疾人基本情况 | < | < | < | 补贴情况 | < | 备注
H | ^ | 姓名 | 性别 | 残疾证 | < | 生活补贴 | 护理补贴 | ^
H | ^ | ^ | ^ | 类别 | 等级 | ^ | ^ | ^
H | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
= 序号 | 残疾人基本情况/姓名 | 残疾人基本情况/性别 | 残疾人基本情况/残疾证/类别 | 残疾人基本情况/残疾证/等级 | 补贴情况/生活补贴 | 补贴情况/护理补贴 | 备注
D11 | {1} | {人} | {别} | 肢体 | 二级 | 60 | 60 |
# answers as ticks under yes and no
T | 住房安全鉴定登记 | < | < | < | <
H | 户主 | 是否危房 | < | 鉴定等级 | 鉴定时间
H | ^ | 是 | 否 | ^ | ^
= 户主 | 是否危房/是 | 是否危房/否 | 鉴定等级 | 鉴定时间
D | 张三 | √ |  | C | {日}
D | 李四 |  | √ | A | {日}
D | 王五 |  | √ | B | {日}
D | 赵六 | √ |  | D | {日}
D | 钱七 |  | √ | A | {日}
# a form printed for three months, filled for one
T | 留守儿童走访记录 | < | < | < | <
H | 月份 | 走访日期 | 儿童姓名 | 监护人 | 走访情况
D3 | 4月 | {日} | {人} | {人} | 生活正常
D/.2 | 5月 |  |  |  |
D/.2 | 6月 |  |  |  |
# empty form with two header rows and no numbers, signatures in the last row
T | 农村留守老人信息采集表 | < | < | < | <
H | 老人信息 | < | < | 子女信息 | <
H | 姓名 | 年龄 | 健康状况 | 姓名 | 务工地
= 老人信息/姓名 | 老人信息/年龄 | 老人信息/健康状况 | 子女信息/姓名 | 子女信息/务工地
.8 |  |  |  |  |
F | 采集人签字： |  |  | 采集日期： |
""",
)

PAGES = [*RELIEF, *REGISTERS]
