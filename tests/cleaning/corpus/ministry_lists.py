"""Lists that ministries publish: universities by province, posts to apply for, division codes, licences."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

UNIVERSITIES = pages(
    "ministry, universities by province",
    """
# sections with stated counts, merged over all columns, numbers running on
T | 全国高等学校名单 | < | < | < | < | < | <
T | （截至2019年6月15日） | < | < | < | < | < | <
H | 序号 | 学校名称 | 学校标识码 | 主管部门 | 所在地 | 办学层次 | 备注
x | 北京市（4所） | < | < | < | < | < | <
D4 | {1} | {校} | '41110{j}{j}{j}{j}{j}' | 教育部 | 北京市 | 本科 |
x | 天津市（3所） | < | < | < | < | < | <
D2 | {1} | {校} | '41120{j}{j}{j}{j}{j}' | 天津市 | 天津市 | 本科 |
D | {1} | 天津云溪职业学院 | '4112{j}{j}{j}{j}{j}{j}' | 天津市 | 天津市 | 专科 | 民办
x | 河北省（6所） | < | < | < | < | < | <
D6 | {1} | {校} | '41130{j}{j}{j}{j}{j}' | 河北省教育厅 | 石城市 | 专科 | 民办
F | 说明：名单未包含港澳台地区高等学校。 | < | < | < | < | < | <
# sections in the first column only, numbers beginning anew, no merged cells
T | 成人高等学校名单 |  |  |  |
H | 序号 | 学校名称 | 主管部门 | 所在地 | 备注
x | 上海市（3所） |  |  |  |
D3 | {a1} | {校} | 上海市教委 | 上海市 |
x | 江苏省（2所） |  |  |  |
D2 | {b1} | {校} | 江苏省 | 望江市 |
x | 浙江省（4所） |  |  |  |
D4 | {c1} | {校} | 浙江省 | 临海市 | 民办
# the province merged down beside its schools
T | 新增本科学校一览表 | < | < | <
H | 省份 | 序号 | 学校名称 | 建校基础
D | 安徽省 | 1 | {校} | 江州师范专科学校
D | ^ | 2 | {校} | 云安教育学院
D | ^ | 3 | {校} | 南屏商业专科学校
D | 福建省 | 4 | {校} | 东平工业学校
D | ^ | 5 | {校} | 西川师范专科学校
D | 江西省 | 6 | {校} | 平阳职工大学
# two sections deep: undergraduate and vocational, provinces under them
T | 附件1 | < | < | <
T | 2018年度普通高等学校备案名单 | < | < | <
H | 序号 | 学校名称 | 地址 | 层次
x | 一、本科院校 | < | < | <
x | 山东省（2所） | < | < | <
D2 | {1} | {校} | {街}{j}号 | 本科
x | 河南省（3所） | < | < | <
D3 | {1} | {校} | {街}{j}号 | 本科
x | 二、高职（专科）院校 | < | < | <
x | 山东省（3所） | < | < | <
D3 | {1} | {校} | {街}{j}号 | 专科
""",
)

POSTS = pages(
    "ministry, posts of text in many columns",
    """
# twenty columns
T | 中央机关及其直属机构2019年度考试录用公务员招考简章 | < | < | < | < | < | < | < | < | < | < | < | < | < | < | < | < | < | < | <
H | 部门代码 | 部门名称 | 用人司局 | 机构性质 | 招考职位 | 职位属性 | 职位分布 | 职位简介 | 职位代码 | 机构层级 | 考试类别 | 招考人数 | 专业 | 学历 | 学位 | 政治面貌 | 基层工作最低年限 | 面试人员比例 | 工作地点 | 备注
D12 | '110{j}{j}{j}' | {省}税务局 | {区}税务局 | 行政机关 | {岗}管理（{j}） | 普通职位 | 县（区）级及以下 | 从事税收征收管理工作 | '30011000{j}{j}{j}' | 县（区）级及以下 | 市（地）以下综合管理类 | {j} | 会计学、财政学 | 本科及以上 | 与最高学历相对应的学位 | 不限 | 无限制 | 3:1 | {市}{区} | 最低服务年限5年
# two header levels with wide groups of conditions
T | 2018年事业单位公开招聘岗位表 | < | < | < | < | < | < | <
H | 序号 | 主管部门 | 招聘单位 | 岗位名称 | 招聘人数 | 招聘条件 | < | <
H | ^ | ^ | ^ | ^ | ^ | 学历 | 专业 | 年龄
= 序号 | 主管部门 | 招聘单位 | 岗位名称 | 招聘人数 | 招聘条件/学历 | 招聘条件/专业 | 招聘条件/年龄
D10 | {1} | {局} | {乡}中心学校 | 教师 | {j} | 本科 | 汉语言文学 | 35周岁以下
S | 合计 |  |  |  | {+} |  |  |
# a note in a long first row, posts numbered by text codes
T | 附件：1.本表所列岗位均面向社会公开招聘；2.报考人员应当符合岗位所列条件，不符合的取消资格。 | < | < | < | <
H | 岗位代码 | 单位 | 岗位 | 人数 | 联系电话
D8 | 'A0{j}{j}' | {局} | {职} | {j} | '0738-{j}{j}{j}{j}{j}{j}{j}'
""",
)

CODES = pages(
    "ministry, division codes",
    """
# two columns, the names indented
T | 2018年中华人民共和国行政区划代码 | <
H | 行政区划代码 | 单位名称
D | '110000' | 北京市
D | '110101' | 　东湖区
D | '110102' | 　西岭区
D | '110105' | 　南山区
D | '120000' | 天津市
D | '120101' | 　北塘区
D | '120102' | 　河口区
D | '130000' | 河北省
D | '130100' | 　石城市
D | '130102' | 　　长乐区
# codes as numbers, no title
H | 代码 | 名称 | 级别
D12 | {k} | {县} | 县级
# counts of divisions by province
T | 全国行政区划统计表 | < | < | < | <
T | （截至2017年12月31日） | < | < | < | <
U |  |  |  |  | 单位：个
H | 省级 | 地级 | < | 县级 | <
H | ^ | 合计 | 地级市 | 合计 | 市辖区
= 省级 | 地级/合计 | 地级/地级市 | 县级/合计 | 县级/市辖区
S | 全国合计 | {+} | {+} | {+} | {+}
D12 | {省} | {j} | {j} | {k} | {j}
D | 台湾省 |  |  |  |
# postcodes and area codes
T | 全国邮政编码区号表
H | 省份 | 城市 | 邮政编码 | 长途区号
D12 | {省} | {市} | '{j}{j}0{j}00' | '07{j}{j}'
""",
)

LICENCES = pages(
    "ministry, licences and pass lists",
    """
# a list in groups by batch
T | 通过认定的高新技术企业名单 | < | < | <
H | 序号 | 企业名称 | 证书编号 | 发证日期
x | 第一批 | < | < | <
D5 | {1} | {市}{人}科技有限公司 | 'GR2018430{j}{j}{j}' | {日}
x | 第二批 | < | < | <
D5 | {1} | {市}{人}机械有限公司 | 'GR2018431{j}{j}{j}' | {日}
# failures of an inspection, dates and batches as text
T | 食品监督抽检不合格产品信息 | < | < | < | < | <
T | （声明：以下信息仅指本次抽检标称的生产企业相关产品的生产日期/批号和所检项目） | < | < | < | < | <
H | 序号 | 标称生产企业名称 | 被抽样单位名称 | 样品名称 | 规格型号 | 生产日期/批号
D8 | {1} | {市}食品有限公司 | {街}超市 | {品} | 500克/袋 | 2018-0{j}-1{j}
# approvals with a footer of office and day
T | 拟获奖项目公示名单
H | 编号 | 项目名称 | 申报单位 | 等级
D7 | '2018-{1}' | {项}技术研究 | {局} | 二等奖
. |
F |  |  | 区科学技术局 |
F |  |  | 2018年12月20日 |
# drugs bought by province, long codes, two English header rows
T | 国家组织药品集中采购中选结果表
H | 序号\\nNo. | 药品名称\\nDrug | 规格包装\\nPack | 生产企业\\nMaker | 价格（元）\\nPrice
D9 | {1} | 阿托伐他汀{j}号片 | {j}0mg*7片 | {市}制药股份有限公司 | {p}
""",
)

PAGES = [*UNIVERSITIES, *POSTS, *CODES, *LICENCES]
