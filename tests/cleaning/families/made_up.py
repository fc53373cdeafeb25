"""The words that made-up sheets are filled with, and the forms of their figures."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


PLACES = [f"{first}{last}" for first in "东西南北上下大小新老青白石金云花" for last in ("山镇", "河乡", "塘村", "坪村")]
PROVINCES = _words("北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东")
PEOPLE = [f"{family}{given}" for family in "张李王赵钱孙周吴郑冯陈" for given in ("三", "国庆", "小梅", "建华", "玉兰")]
INDICATORS = _words(
    "年末总人口 生产总值 第一产业增加值 工业总产值 固定资产投资额 财政收入 财政支出 粮食产量 油料产量 用电量 在校学生数 "
    "卫生机构床位 公路里程 邮电业务总量 居民储蓄存款 社会消费品零售额 建筑业产值 旅客运输量"
)
COLUMNS = _words(
    "户数 人口 耕地面积 粮食产量 产值 收入 支出 投资额 企业数 学生数 教师数 床位数 从业人员 工资总额 生产总值"
)
ENGLISH = _words(
    "Population Households Births Deaths Employment Unemployed Income Expenditure Exports Imports Output Area Yield"
)
COUNTRIES = _words(
    "Albania Bulgaria Croatia Denmark Estonia Finland Greece Hungary Ireland Latvia Malta Norway Poland Romania "
    "Serbia Slovenia Sweden Turkey Ukraine"
)
TOTALS = ("合计", "合 计", "合　计", "总计", "总　计", "全市合计", "全区合计", "全　市", "全区")
SUBTOTALS = ("小计", "小 计", "小　计")
FOOTERS = (
    "注：本表按当年价格计算。",
    "资料来源：市统计局",
    "数据来源：统计年鉴",
    "填表人：张三",
    "备注：含开发区数据。",
    "说明：本表数据为快报数。",
)
TITLES = ("各乡镇基本情况统计表", "主要经济指标", "农业生产情况", "财政收支情况表", "人口与就业", "教育事业发展情况")
FORMS = ("float", "whole", "share", "text", "plain text", "percent text")
