"""What every row of a sheet is: layouts drawn with the kind of each row beside it."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.locate import locate
from louxing_analysis.cleaning.rowkinds import KINDS
from louxing_analysis.cleaning.sheet import Merge, Sheet

KNOWN = frozenset(
    [
        "序号",
        "乡镇",
        "村",
        "行政村",
        "户编号",
        "户主",
        "户主姓名",
        "姓名",
        "人数",
        "家庭人口",
        "户数",
        "人均纯收入",
        "工资性收入",
        "经营性收入",
        "转移性收入",
        "低保金",
        "养老金",
        "备注",
        "单位",
        "职务",
        "是否第一书记",
        "与户主关系",
        "性别",
        "务工时间",
        "项目名称",
        "建设地点",
        "实施单位",
        "总投资",
        "帮扶户数",
        "项目类别",
        "资金来源",
        "金额",
        "走访时间",
        "走访人",
        "走访方式",
        "走访内容",
        "岗位",
        "帮扶人",
        "帮扶单位",
        "帮扶时间",
        "乡村人口数",
    ]
)

# All names and numbers are made up. Kinds on the left; `<` and `^` are merged cells; see conftest.py.
LAYOUTS = {
    "a single header and nothing else": """
        header | 乡镇 | 行政村 | 户编号 | 户主姓名 | 人数 | 人均纯收入
        data   | 杉山镇 | 甲村 | '4301' | 张三 | 3 | 3200
        data   | 杉山镇 | 甲村 | '4302' | 李四 | 2 | 4100.5
        data   | 杉山镇 | 乙村 | '4303' | 王五 | 4 | 2800
    """,
    "title, unit row, three header levels, merged village, subtotals, total and footer": """
        title    | 2018年度建档立卡贫困户收入核算表 | < | < | < | < | < | < | <
        unit     | 填报单位：杉山镇人民政府 |  |  |  |  |  |  | 单位：元
        header   | 序号 | 行政村 | 户主姓名 | 家庭人口 | 收入情况 | < | < | 备注
        header   | ^ | ^ | ^ | ^ | 工资性收入 | 转移性收入 | < | ^
        header   | ^ | ^ | ^ | ^ | ^ | 低保金 | 养老金 | ^
        header   | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
        data     | 1 | 甲村 | 张三 | 3 | 12000 | 1200 | 600 |
        data     | 2 | ^ | 李四 | 2 | 8000 | 0 | 1200 |
        subtotal |  | 小计 |  | 5 | 20000 | 1200 | 1800 |
        data     | 3 | 乙村 | 王五 | 4 | 15000 | 0 | 0 | 外出
        subtotal |  | 小 计 |  | 4 | 15000 | 0 | 0 |
        total    | 合　计 | < | < | 9 | 35000 | 1200 | 1800 |
        footer   | 填表人：赵六 |  |  | 审核人：钱七 |  |  | 填报日期：2018年12月 |
        footer   | 注：本表一式三份。 | < | < | < | < | < | < | <
    """,
    "a table of nothing but text": """
        title  | 驻村帮扶工作队花名册 | < | < | < | < | <
        header | 乡镇 | 村 | 姓名 | 单位 | 职务 | 是否第一书记
        data   | 杉山镇 | 甲村 | 张三 | 区财政局 | 股长 | 是
        data   | 杉山镇 | 甲村 | 李四 | 区财政局 | 科员 | 否
        data   | 杉山镇 | 乙村 | 王五 | 区教育局 | 主任 | 是
        data   | 石井镇 | 丙村 | 赵六 | 区水利局 | 科员 | 否
    """,
    "members under their head, household code only on the first row": """
        title  | 家庭成员表 | < | < | < | < | <
        header | 户编号 | 户主 | 姓名 | 与户主关系 | 性别 | 务工时间（月
        data   | '431302001' | 张三 | 张三 | 户主 | 男 | 3
        data   |  |  | 李氏 | 配偶 | 女 |
        data   |  |  | 张小 | 之子 | 男 | 10
        data   | '431302002' | 王五 | 王五 | 户主 | 男 |
        data   |  |  | 王六 |  |  |
    """,
    "a sign-in grid with dates across": """
        title  | 甲村主题党日签到表 | < | < | < | < | <
        header | 序号 | 姓名 | @2018-01-05 | @2018-02-05 | @2018-03-05 | @2018-04-05
        data   | 1 | 张三 | √ | √ | × | √
        data   | 2 | 李四 | √ | △ | √ | √
        data   | 3 | 王五 |  | √ | √ |
        total  | 合计 | < | 2 | 2 | 2 | 2
    """,
    "days of a month as plain numbers over a grid": """
        title  | 6月考勤表 | < | < | < | < | < | <
        header | 序号 | 姓名 | 日期 | < | < | < | <
        header | ^ | ^ | 1 | 2 | 3 | 4 | 5
        data   | 1 | 张三 | √ | √ | √ | √ | √
        data   | 2 | 李四 | √ | × | √ | √ | √
    """,
    "total at the top, of-which lines, and the row for others is data": """
        title    | 2018年各乡镇脱贫情况统计表 | < | < | <
        unit     | 单位：户、人 |  |  |
        header   | 乡镇 | 户数 | 人数 | 备注
        total    | 总　计 | 30 | 100 |
        of_which | 其中：一般户 | 20 | 70 |
        of_which | # 低保户 | 10 | 30 |
        data     | 杉山镇 | 18 | 60 |
        data     | 合山村 | 7 | 25 |
        data     | 其他 | 5 | 15 |
    """,
    "sections with a heading over the whole width, and headings with their sums": """
        header   | 序号 | 项目名称 | 建设地点 | 实施单位 | 总投资（万元）
        section  | （一）杉山镇 | < | < | < | <
        data     | 1 | 甲村道路硬化 | 甲村 | 区交通局 | 12.5
        data     | 2 | 乙村水池 | 乙村 | 区水利局 | 7.5
        section  | （二）石井镇 | < | < | < | <
        data     | 3 | 丙村光伏 | 丙村 | 区能源办 | 30
        total    |  | 合计 |  |  | 50
    """,
    "header repeated at the top of every printed page": """
        title  | 帮扶责任人花名册 | < | <
        header | 序号 | 姓名 | 帮扶户数
        data   | 1 | 张三 | 3
        data   | 2 | 李四 | 2
        title  | 帮扶责任人花名册 | < | <
        header | 序号 | 姓名 | 帮扶户数
        data   | 3 | 王五 | 1
        header | 序号 | 姓名 | 帮扶户数
        data   | 4 | 赵六 | 5
    """,
    "two tables, one under the other": """
        title  | 表一 户数情况 | < | <
        header | 乡镇 | 户数 | 人数
        data   | 杉山镇 | 10 | 30
        data   | 石井镇 | 12 | 40
        total  | 合计 | 22 | 70
        footer | 填表人：张三 |  |
        blank  |  |  |
        title  | 表二 资金情况 | < | <
        unit   | 单位：万元 |  |
        header | 项目类别 | 资金来源 | 金额
        data   | 产业扶贫 | 中央资金 | 100.5
        data   | 教育扶贫 | 省级资金 | 50
        total  | 合计 |  | 150.5
    """,
    "blank rows inside, numbered lines never filled in, a note at the end": """
        header | 序号 | 姓名 | 金额（元）
        data   | 1 | 张三 | 500
        blank  |  |  |
        data   | 2 | 李四 | 800
        blank  | 3 |  |
        blank  | 4 |  |
        total  | 合计 |  | 1300
        footer | 备注：以上资金已发放到户 |  |
        footer | 二、未发放的另行统计 |  |
    """,
    "groups without merged cells, as a text file has them": """
        header | 序号 | 户主姓名 | 家庭收入 |  |  | 备注
        header |  |  | 工资性收入 | 经营性收入 | 转移性收入 |
        data   | 1 | 张三 | 100 | 200 | 300 |
        data   | 2 | 李四 | 110 | 220 | 330 | 无
    """,
    "names at the bottom of the header, group above": """
        title  | 收入台账 | < | < | < | <
        header |  |  | 家庭收入（元） | < |
        header | 序号 | 户主姓名 | 工资性收入 | 经营性收入 | 备注
        data   | 1 | 张三 | 100 | 200 |
        data   | 2 | 李四 | 110 | 220 | 无
    """,
    "years as numbers under a group": """
        title  | 甲村贫困发生率统计表 | < | < | < | < | <
        title  | 填报单位（盖章）：甲村 |  | 填报时间：2016年 |  |  |
        header | 序号 | 行政村 | 乡村人口数 | 每年脱贫人数 | < | 备注
        header | ^ | ^ | ^ | 2014 | 2015 | ^
        data   | 1 | 甲村 | 1200 | 30 | 45 |
        data   | 2 | 乙村 | 900 | 20 | 25 |
    """,
    "a row of units under the names": """
        header | 村名 | 户数 | 人口 | 面积
        header |  | 户 | 人 | 亩
        data   | 甲村 | 10 | 30 | 55.5
        data   | 乙村 | 12 | 33 | 60
    """,
    "totals by township and a total of totals": """
        header   | 乡镇 | 村 | 户数
        data     | 杉山镇 | 甲村 | 10
        data     | 杉山镇 | 乙村 | 20
        subtotal | 杉山镇合计 |  | 30
        data     | 石井镇 | 丙村 | 5
        subtotal | 石井镇合计 |  | 5
        total    | 全区合计 |  | 35
    """,
    "a place called the whole district in a numbered list is a place": """
        header | 序号 | 实施地点 | 项目名称 | 金额（万元）
        data   | 1 | 全区 | 光伏电站 | 30
        data   | 2 | 甲村 | 道路硬化 | 20
        data   | 3 | 总铺村 | 水池 | 10
        total  | 合计 |  |  | 60
    """,
    "the whole district heads a table of figures": """
        title  | 各乡镇贫困人口 | <
        unit   |  | （人）
        header | 地区 | 2014 | 2015 | 2016
        total  | 全区 | 300 | 200 | 100
        data   | 杉山镇 | 100 | 80 | 40
        data   | 石井镇 | 200 | 120 | 60
        footer | 资料来源：统计公报 |  |  |
    """,
    "a total beside a township merged over its villages": """
        header   | 乡镇 | 村 | 户数 | 人数
        data     | 杉山镇 | 甲村 | 10 | 30
        data     | ^ | 乙村 | 20 | 60
        subtotal | ^ | 合计 | 30 | 90
        data     | 石井镇 | 丙村 | 5 | 15
        subtotal | ^ | 合计 | 5 | 15
        total    | 合计 | < | 35 | 105
    """,
    "a total named after its township in the column before": """
        header   | 乡镇 | 村 | 户数
        data     | 杉山镇 | 甲村 | 10
        data     | 杉山镇 | 乙村 | 20
        subtotal | 杉山镇 | 合计 | 30
        data     | 石井镇 | 丙村 | 5
        subtotal | 石井镇 | 合计 | 5
        total    | 总计 |  | 35
    """,
    "two tables without a row between them": """
        header | 乡镇 | 户数 | 人数
        data   | 杉山镇 | 10 | 30
        total  | 合计 | 10 | 30
        header | 项目类别 | 资金来源 | 金额
        data   | 产业扶贫 | 中央资金 | 100.5
        data   | 教育扶贫 | 省级资金 | 50
    """,
    "a list folded to stand twice beside itself": """
        title  | 贫困户名单 | < | < | < | < | <
        header | 序号 | 户主姓名 | 金额 |  | 序号 | 户主姓名 | 金额
        data   | 1 | 张三 | 500 |  | 4 | 赵六 | 300
        data   | 2 | 李四 | 500 |  | 5 | 钱七 | 300
        data   | 3 | 王五 | 500 |  |  |  |
    """,
    "all text, as a text file has it": """
        title  | '收入台账' |  |  |
        header | '序号' | '户主' | '人数' | '收入'
        data   | '1' | '张三' | '3' | '12.5'
        data   | '2' | '李四' | '2' | '8.25'
        total  | '合计' |  | '5' | '20.75'
    """,
    "names that look like marks are groups under the header": """
        header | 乡镇 | 贫困人口 | < | <
        header | ^ | 合计 | 其中 | <
        header | ^ | ^ | 男 | 女
        data   | 杉山镇 | 30 | 16 | 14
        data   | 石井镇 | 20 | 11 | 9
        total  | 合计 | 50 | 27 | 23
    """,
    "a form's lines above the table without colons": """
        title  | 帮扶台账 |  |  |  |  |
        title  | 填报单位 | 杉山镇 |  | 填报时间 | '2018.6' |
        blank  |  |  |  |  |  |
        header | 序号 | 村 | 户主 | 帮扶人 | 帮扶单位 | 帮扶时间
        data   | 1 | 甲村 | 张三 | 李四 | 区财政局 | '2018.5'
        data   | 2 | 甲村 | 王五 | 赵六 | 区财政局 | '2018.6'
    """,
    "the table starts to the right, the day stands alone at its end": """
        blank  |  |  |  |  |
        title  |  |  | 培训花名册 | < | <
        header |  |  | 序号 | 姓名 | 培训名称
        data   |  |  | 1 | 张三 | 电工
        data   |  |  | 2 | 李四 | 月嫂
        blank  |  |  |  |  |
        footer |  |  |  |  | 2018年12月31日
        footer |  |  | 村委会（盖章） |  |
    """,
    "the amount of the total stands in its label": """
        header | 序号 | 姓名 | 金额（元）
        data   | 1 | 张三 | 500
        data   | 2 | 李四 | 800
        total  | 合计：1300元 | < | <
        footer | （以下空白） |  |
    """,
    "an error value is no of-which line, a village may begin with the word for it": """
        header | 村 | 户数 | 备注
        data   | '#REF!' | 10 | x
        data   | 其中村 | 12 | y
        data   | 合计山村 | 9 | z
    """,
    "village named only on its first row, nothing merged": """
        header | 村 | 户主 | 工种 | 单位
        data   | 甲村 | 张三 | 电工 | 某公司
        data   |  | 李四 | 木工 |
        data   |  | 王五 |  |
        data   | 乙村 | 赵六 | 电工 | 某公司
    """,
    "numbered headings with their sums over the projects they hold": """
        header   | 序号 | 项目名称 | 建设地点 | 实施单位 | 金额
        total    | 合计 |  |  |  | 60
        subtotal | 一、产业扶贫 |  |  |  | 40
        data     | 1 | 光伏 | 甲村 | 区能源办 | 30
        data     | 2 | 养羊 | 乙村 | 区畜牧局 | 10
        subtotal | 二、基础设施 |  |  |  | 20
        data     | 3 | 道路 | 丙村 | 区交通局 | 20
    """,
    "months and days as numbers head a grid": """
        header | 姓名 | 5.6 | 5.13 | 6.12 | 6.18
        data   | 张三 | √ | √ | × | √
        data   | 李四 | √ | √ | √ |
    """,
    "the heading of every township stands in the text column": """
        title   | 公益性岗位人员名单 | < | <
        header  | 村 | 姓名 | 岗位
        section | 杉山镇 |  |
        data    | 甲村 | 张三 | 护林员
        data    | 乙村 | 李四 | 保洁员
        section | 石井镇 |  |
        data    | 丙村 | 王五 | 护路员
    """,
    "an of-which line in the second column, and a note in two cells": """
        header   | 序号 | 类别 | 户数
        data     | 1 | 一般户 | 20
        of_which |  | 其中：外出 | 5
        data     | 2 | 低保户 | 10
        total    | 合计 |  | 30
        footer   | 备注 | 数据截至十二月底 |
    """,
    "a line of two cells right above a wide header": """
        title  | 填报单位 | 杉山镇 |  |  |  |
        header | 序号 | 村 | 户主 | 帮扶人 | 帮扶单位 | 帮扶时间
        data   | 1 | 甲村 | 张三 | 李四 | 区财政局 | '2018.5'
        data   | 2 | 甲村 | 王五 | 赵六 | 区财政局 | '2018.6'
    """,
    "every name and every row merged over two columns": """
        header | 姓名 | < | 岗位 | < | 村
        data   | 张三 | < | 护林员 | < | 甲村
        data   | 李四 | < | 保洁员 | < | 乙村
        data   | 王五 | < | 护林员 | < | 甲村
    """,
    "every column merged over two": """
        header | 姓名 | < | 岗位 | <
        data   | 张三 | < | 护林员 | <
        data   | 李四 | < | 保洁员 | <
    """,
    "years as numbers under a group that is not merged": """
        header | 序号 | 村 | 户主 | 收入 |  |
        header |  |  |  | 2014 | 2015 | 2016
        data   | 1 | 甲村 | 张三 | 107 | 13 | 651
        data   | 2 | 乙村 | 李四 | 485 | 603 | 350
    """,
    "one wide group beside two columns, not merged, columns numbered": """
        title  | 项目台账 |  |  |  |  |  |
        header | 乡镇 | 村 | 基本情况 |  |  |  |
        header |  |  | 带动户 | 明细 |  |  |
        header |  |  |  | 面积 | 户数 | 补助金额 | 人口
        header | 1 | 2 | 3 | 4 | 5 | 6 | 7
        data   | 杉山镇 | 甲村 | 14 | 45.4 | 196 | 1000 | 871
        data   | 杉山镇 | 乙村 | 12 | 5.4 | 96 | 500 | 71
    """,
    "a row that says no more than its village, as other rows do": """
        header | 村 | 备注 | 人口
        data   | 甲村 | 外出 | 30
        data   | 乙村 |  | 40
        data   | 甲村 |  |
        data   | 乙村 | 外出 | 20
    """,
    "a total above all rows and a total of totals under them": """
        header   | 村 | 户数
        total    | 合计 | 30
        data     | 甲村 | 10
        data     | 乙村 | 20
        total    | 总计 | 30
    """,
    "an empty form": """
        title  | 走访记录表 | < | <
        header | 序号 | 走访时间 | 走访人
        blank  | 1 |  |
        blank  | 2 |  |
    """,
    "two tables of text, the second with a title of its own": """
        title  | 第一书记名单 | < | < | <
        header | 乡镇 | 村 | 姓名 | 单位
        data   | 杉山镇 | 甲村 | 张三 | 区财政局
        data   | 杉山镇 | 乙村 | 李四 | 区财政局
        blank  |  |  |  |
        title  | 走访记录 | < | < | <
        header | 走访时间 | 走访人 | 走访方式 | 走访内容
        data   | @2018-06-05 | 张三 | 入户走访 | 了解收入
        data   | @2018-06-07 | 李四 | 电话联系 | 政策宣传
    """,
}


@pytest.mark.parametrize("known", [frozenset(), KNOWN], ids=["without vocabulary", "with vocabulary"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_row_is_what_it_was_drawn_as(layout, known, drawn):
    sheet, kinds = drawn(LAYOUTS[layout])
    assert locate(sheet, known).kinds.tolist() == kinds


def names(sheet, known=frozenset()):
    return [column.name for column in locate(sheet, known).tables[0].columns]


def test_levels_of_a_merged_header_are_joined_and_the_unit_row_is_read(drawn):
    sheet, _ = drawn(LAYOUTS["title, unit row, three header levels, merged village, subtotals, total and footer"])
    located = locate(sheet)
    assert [column.name for column in located.tables[0].columns] == [
        "序号",
        "行政村",
        "户主姓名",
        "家庭人口",
        "收入情况/工资性收入",
        "收入情况/转移性收入/低保金",
        "收入情况/转移性收入/养老金",
        "备注",
    ]
    assert located.tables[0].header_rows == (2, 3, 4, 5)
    assert located.unit == "元"
    assert located.title == "2018年度建档立卡贫困户收入核算表"


def test_a_group_without_merged_cells_reaches_as_far_as_its_columns_have_no_name_of_their_own(drawn):
    sheet, _ = drawn(LAYOUTS["groups without merged cells, as a text file has them"])
    assert names(sheet) == [
        "序号",
        "户主姓名",
        "家庭收入/工资性收入",
        "家庭收入/经营性收入",
        "家庭收入/转移性收入",
        "备注",
    ]


def test_dates_and_days_that_head_a_grid_are_written_out(drawn):
    sheet, _ = drawn(LAYOUTS["a sign-in grid with dates across"])
    assert names(sheet)[2:4] == ["2018-01-05", "2018-02-05"]
    sheet, _ = drawn(LAYOUTS["days of a month as plain numbers over a grid"])
    assert names(sheet)[2:5] == ["日期/1", "日期/2", "日期/3"]


def test_units_come_from_the_header_deepest_level_first_and_from_a_row_of_units(drawn):
    sheet, _ = drawn("""
        header | 村 | 收入（元） | < | 务工时间（月 | 乡（镇） | 面积
        header | ^ | 工资（万元） | 补贴 | ^ | ^ | ^
        header |  |  |  |  |  | 亩
        data   | 甲村 | 3 | 200 | 5 | 杉山镇 | 2
    """)
    assert [column.unit for column in locate(sheet).tables[0].columns] == [None, "万元", "元", "月", None, "亩"]


def test_a_column_of_units_that_all_say_the_same_gives_the_unit(drawn):
    sheet, _ = drawn("""
        header | 指标 | 单位 | 2014 | 2015
        data   | 贫困人口 | 人 | 300 | 200
        data   | 脱贫人口 | 人 | 100 | 90
    """)
    assert locate(sheet).unit == "人"


def test_an_office_named_after_the_word_unit_is_no_unit(drawn):
    sheet, _ = drawn("""
        title  | 填报单位：杉山镇人民政府 |  |
        header | 村 | 户数 | 人数
        data   | 甲村 | 1 | 3
    """)
    assert locate(sheet).unit is None


def test_two_tables_divide_the_rows_of_the_sheet_between_them(drawn):
    sheet, kinds = drawn(LAYOUTS["two tables, one under the other"])
    first, second = locate(sheet).tables
    assert (first.first_row, first.last_row, second.first_row, second.last_row) == (0, 6, 7, 12)
    assert (first.unit, second.unit) == (None, "万元")
    assert second.title == "表二资金情况"
    assert [sum(table.kinds[row] != "" for table in (first, second)) for row in range(len(kinds))] == [1] * len(kinds)


def test_a_list_folded_beside_itself_is_two_tables_with_the_same_columns(drawn):
    sheet, _ = drawn(LAYOUTS["a list folded to stand twice beside itself"])
    first, second = locate(sheet).tables
    assert [column.name for column in first.columns] == [column.name for column in second.columns]
    assert (first.first_column, first.last_column, second.first_column, second.last_column) == (0, 2, 4, 6)


def test_a_folded_list_may_lack_a_column_in_its_second_half(drawn):
    sheet, _ = drawn("""
        header | 序号 | 户主姓名 | 金额 | 备注 |  | 序号 | 户主姓名 | 金额
        data   | 1 | 张三 | 500 | 外出 |  | 3 | 赵六 | 300
        data   | 2 | 李四 | 500 |  |  | 4 | 钱七 | 300
    """)
    assert [[column.name for column in table.columns] for table in locate(sheet).tables] == [
        ["序号", "户主姓名", "金额", "备注"],
        ["序号", "户主姓名", "金额"],
    ]


def test_an_empty_column_inside_a_ledger_does_not_divide_it(drawn):
    sheet, _ = drawn("""
        header | 序号 | 户主姓名 |  | 人数 | 收入
        data   | 1 | 张三 |  | 3 | 100
        data   | 2 | 李四 |  | 2 | 300
    """)
    (table,) = locate(sheet).tables
    assert [column.index for column in table.columns] == [0, 1, 3, 4]


@pytest.mark.parametrize(
    "drawing", ["data | 1 | 2 | 3\n data | 4 | 5 | 6", "title | 填表说明\n title | 一、按户填写。", "blank | "]
)
def test_a_sheet_without_a_header_has_no_table_and_no_confidence(drawing, drawn):
    sheet, kinds = drawn(drawing)
    located = locate(sheet)
    assert located.tables == ()
    assert located.confidence == 0
    assert located.kinds.tolist() == kinds


def test_confidence_is_higher_where_the_vocabulary_knows_the_header(drawn):
    sheet, _ = drawn(LAYOUTS["village named only on its first row, nothing merged"])
    assert locate(sheet, frozenset({"村", "户主", "工种", "单位"})).confidence > locate(sheet).confidence


def test_a_cell_that_cannot_be_read_still_makes_its_row_data():
    values = np.array([["村", "户数"], ["甲村", 3.0], [None, None]], dtype=object)
    sheet = Sheet("x", values, unreadable={(2, 1): ("error_cell", "#REF!")})
    assert locate(sheet).kinds.tolist() == ["header", "data", "data"]


CELLS = st.one_of(
    st.none(),
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 2050),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "合计",
            "小 计",
            "其中：",
            "填表人：张三",
            "单位：万元",
            "序号",
            "姓名",
            "金额（元）",
            "1",
            "√",
            "#REF!",
            "一、项目",
            "备注",
            "注：",
            "（元）",
            "2018年",
            "6.5",
            "全区",
            "甲",
        ]
    ),
)


@st.composite
def sheets(draw):
    height, width = draw(st.integers(0, 12)), draw(st.integers(0, 6))
    values = np.empty((height, width), dtype=object)
    for place in np.ndindex(height, width):
        values[place] = draw(CELLS)
    merges = draw(
        st.lists(st.tuples(st.integers(0, 11), st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)), max_size=4)
    )
    kept = tuple(
        Merge(row, column, min(row + down, height - 1), min(column + right, width - 1))
        for row, column, down, right in merges
        if row < height and column < width
    )
    return Sheet("x", values, kept)


@settings(max_examples=150, deadline=None)
@given(sheets(), st.sampled_from([frozenset(), KNOWN]))
def test_every_row_of_any_sheet_gets_exactly_one_kind_and_tables_do_not_overlap(sheet, known):
    located = locate(sheet, known)
    assert len(located.kinds) == len(sheet.values)
    assert set(located.kinds.tolist()) <= set(KINDS)
    for row, cells in enumerate(sheet.values.tolist()):
        assert located.kinds[row] == "blank" or any(cell is not None for cell in cells)
    assert 0 <= located.confidence <= 1
    blocks = sorted({(table.first_row, table.last_row) for table in located.tables})
    assert all(before[1] < after[0] for before, after in pairwise(blocks))
    for table in located.tables:
        assert table.header_rows
        assert (table.kinds[list(table.header_rows)] == "header").all()
        assert (
            table.kinds[table.first_row : table.last_row + 1].tolist()
            == located.kinds[table.first_row : table.last_row + 1].tolist()
        )


def test_a_large_sheet_is_labelled_in_milliseconds():
    height, width = 3000, 25
    values = np.empty((height, width), dtype=object)
    values[0] = [f"指标{column}" for column in range(width)]
    for column in range(width):
        values[1:, column] = [
            [f"甲村{row % 90}", float(row), f"4313{row:08d}", "健康", f"某{row}"][column % 5]
            for row in range(1, height)
        ]
    values[-1, 0] = "合计"
    sheet = Sheet("x", values)
    spent = []
    for _ in range(3):
        before = time.process_time()
        located = locate(sheet)
        spent.append(time.process_time() - before)
    assert located.kinds[-1] == "total"
    assert min(spent) < 0.1  # about 0.015 on an idle machine
