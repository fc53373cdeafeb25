"""Several tables on a sheet, one under the other: with and without titles, blank rows, or the same header."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

TITLED = pages(
    "stacked, each with its title",
    """
# two tables, unit lines and notes of their own
T | 表1 各乡镇户数 | < | <
U |  |  | 单位：户
H | 乡镇 | 总户数 | 脱贫户
S | 合计 | {+} | {+}
D8 | {乡} | {k} | {k}
F | 注：数据来自乡镇报送。 |  |
. |
T | 表2 扶贫资金投入 | < | <
U |  |  | 单位：万元
H | 资金类别 | 2017年 | 2018年
D | 中央资金 | {n} | {n}
D | 省级资金 | {n} | {n}
D | 市级资金 | {n} | {n}
D | 区级资金 | {n} | {n}
S | 合计 | {+} | {+}
F | 填表人：{人} |  |
# three small tables of different width
T | 一、人口情况
H | 村民组 | 户数 | 人口
D4 | {村}组 | {k} | {k}
. |
T | 二、土地情况
H | 地类 | 面积（亩）
D | 水田 | {n}
D | 旱地 | {n}
D | 林地 | {n}
. |
T | 三、干部情况
H | 姓名 | 职务 | 电话 | 文化程度
D4 | {人} | {职} | {电} | 高中
# English panels with titles and a source each
T | Table 1. Births
H | Country | 2010 | 2011 | 2012
D7 | {国} | {k} | {k} | {k}
F | Source: Registrar.
. |
. |
T | Table 2. Deaths
H | Country | 2010 | 2011 | 2012
D7 | {国} | {k} | {k} | {k}
F | Source: Registrar.
# the same columns for two years, each with a title
T | 2016年各区居民消费支出 | < | <
U | 单位：元 | < | <
H | 区 | 城镇 | 农村
S | 全 市 | {k} | {k}
D8 | {区} | {k} | {k}
. |
T | 2017年各区居民消费支出 | < | <
U | 单位：元 | < | <
h? | 区 | 城镇 | 农村
S | 全 市 | {k} | {k}
D8 | {区} | {k} | {k}
# no blank row before the second title
T | 表一　在校学生
H | 学校 | 男生 | 女生 | 班级数
D5 | {乡}中心小学 | {k} | {k} | {j}
S | 合计 | {+} | {+} | {+}
T | 表二　教师情况
H | 姓名 | 学校 | 任教学科 | 职称 | 教龄（年）
D6 | {人} | {乡}中心小学 | 语文 | 一级教师 | {j}
""",
)

UNTITLED = pages(
    "stacked, without titles",
    """
# a blank row between
H | 乡镇 | 户数 | 人口
D6 | {乡} | {k} | {k}
. |
H | 项目类别 | 个数 | 投资（万元）
D | 产业 | 12 | 340.5
D | 基础设施 | 20 | 980
D | 公共服务 | 5 | 77.2
# nothing between but the total
H | 品种 | 面积（亩） | 产量（吨）
D5 | {品} | {n} | {n}
S | 合计 | {+} | {+}
H | 合作社名称 | 社员数（人） | 带动户数（户）
D5 | {村}种养合作社 | {k} | {k}
# summary above, list of names under it
T | 脱贫光荣户评选结果 | < | < | <
H | 村 | 推荐户数 | 评选户数 | 公示天数
D5 | {村} | {j} | {j} | 7
S | 合计 | {+} | {+} | 7
. |
H | 序号 | 户主姓名 | 所在村 | 主要事迹
D6 | {1} | {人} | {村} | 发展{项}，带动邻里
# two tables of text parted by two blank rows
H | 岗位 | 姓名 | 联系方式
D5 | {岗} | {人} | {电}
. |
. |
H | 会议时间 | 会议主题 | 记录人
D5 | {日期} | 党员大会 | {人}
""",
)

NOTES_BETWEEN = pages(
    "stacked, notes between",
    """
# signatures close the first table
T | 物资采购清单 | < | < | <
H | 物资名称 | 数量 | 单价（元） | 金额（元）
D6 | {品} | {k} | {p} | {n}
S | 合计 | | | {+}
F | 采购人：{人} | | 验收人：{人} |
. |
T | 物资发放登记 | < | < | <
H | 领取人 | 物资名称 | 数量 | 领取日期
D6 | {人} | {品} | {j} | {日}
F | 发放人：{人} | | |
# long notes with several sentences between
T | 附表1：居民收入
H | 年份 | 城镇居民（元） | 农村居民（元）
D10 | {2008}年 | {k} | {k}
F | 注：1.2013年起实施城乡一体化住户调查，与之前口径不同。
F | 　　2.农村居民收入2012年以前为纯收入。
. |
T | 附表2：居民支出
H | 年份 | 食品 | 衣着 | 居住
D7 | {b2008}年 | {k} | {k} | {k}
F | 资料来源：国家统计局调查队。
""",
)

PAGES = [*TITLED, *UNTITLED, *NOTES_BETWEEN]
