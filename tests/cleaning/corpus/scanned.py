"""Tables that went through optical character recognition: spaced words, figures as text, noise, broken rows."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

SPACED = pages(
    "scanned, words and figures with spaces",
    """
# header words split by spaces, figures as text
T | 表 3 一 5 各 县 市 人 口
U |  |  |  | 单位： 人
H | 县 市 | 总 户 数 | 总 人 口 | 非 农 业 人 口
S | 合 计 | '412,344' | '1,502 331' | '230,118'
D14 | {县} | {noise} | {noise} | {noise}
# damaged cells among figures as text
T | 第 二 表 工 农 业 总 产 值
H | 年 份 | 总 产 值 | 工 业 | 农 业
D5 | {1971} | {noise} | {noise} | {noise}
D | 1976 | '4l,332' | {noise} | {noise}
D | 1977 | {noise} | '217E' | {noise}
D | 1978 | {noise} | {noise} | '3O5.2'
D5 | {b1979} | {noise} | {noise} | {noise}
# whole-width digits, units under the names
T | 粮 食 产 量
H | 地 区 | 面 积 | 亩 产 | 总 产
H |  | 万亩 | 公斤 | 万吨
= 地区 | 面积 | 亩产 | 总产
% ? | 万亩 | 公斤 | 万吨
S | 全 省 | '１２３．４' | '３２１' | '３９．６'
D10 | {县} | '{j}{j}．{j}' | '２{j}{j}' | '{j}．{j}'
""",
)

CORNERS = pages(
    "scanned, missing corner and broken header",
    """
# the corner over the labels is lost
T | 附表一 历年财政收支
H |  | 财政收入 | 财政支出 | 收支差额
D14 | {1980}年 | {noise} | {noise} | {noise}
# the title ran into its page number, the header has two rows without merges
T | — 87 —
T | 各行业职工人数
H | 行业 | 职工人数 |  | 工资总额
H |  | 年末 | 平均 |
= 行业 | 职工人数/年末 | 职工人数/平均 | 工资总额
D13 | {业} | {noise} | {noise} | {noise}
# a stub of dots and the total at the end
T | 各公社耕地面积
H | 公社 | 耕地 | 水田 | 旱地
D | 上湾…… | '1,203' | '880' | '323'
D | 石塘…… | '2,011' | '1,204' | '807'
D | 新屋…… | '1,889' | '1,0Z3' | '866'
D | 大田…… | '998' | '402' | '596'
D | 高坪…… | '1,403' | '903' | '500'
S | 总 计 | '7,504' | '4,412' | '3,092'
""",
)

BROKEN = pages(
    "scanned, page headings among the rows",
    """
# title and header again at the top of every page
T | 一九五二年土地改革成果统计 |  |  |
H | 区 乡 | 户数 | 分得土地（亩） | 分得耕牛（头）
D11 | {乡} | {noise} | {noise} | {noise}
T | 一九五二年土地改革成果统计 |  |  |
h | 区 乡 | 户数 | 分得土地（亩） | 分得耕牛（头）
D3 | {乡} | {noise} | {noise} | {noise}
D8 | {村} | {noise} | {noise} | {noise}
S | 总 计 | '9,933' | '120,441' | '2,003'
# everything shifted one column right by a stray rule
T |  | 表十一 卫生机构
H |  | 年度 | 医院 | 卫生所 | 床位 | 医生
D12 |  | {1962} | {noise} | {noise} | {noise} | {noise}
F |  | （根据档案资料整理）
# a table of prices whose groups stand in a row of their own
T | 市场零售物价 |  |  |
U |  |  |  | 单位：元
H | 品 名 | 单 位 | 上 年 | 本 年
x | 粮 食 类 |  |  |
D4 | {品} | 斤 | '0.1{j}' | '0.1{j}'
x | 副 食 类 |  |  |
D7 | {品} | 斤 | '0.{j}{j}' | '0.{j}{j}'
# English tables of the thirties
T | TABLE XVII. FOREIGN TRADE OF CHINA
U | (Value in thousand Haikwan Taels)
H | Year | Imports | Exports | Total
D14 | '{1912}' | {t} | {t} | {t}
F | Source: Customs returns.
""",
)

PAGES = [*SPACED, *CORNERS, *BROKEN]
