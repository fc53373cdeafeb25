"""Scanned and retyped tables out of archives: county gazetteers, old statistics, damaged and broken rows."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

GAZETTEERS = pages(
    "archive, county gazetteers",
    """
# years in era style of writing, header spaced out
T | 清河县1949—1965年人口统计表
U |  |  |  | 单位：户、人
H | 年    度 | 总 户 数 | 总 人 口 | 其中：农业人口
D16 | {1949} | {noise} | {noise} | {noise}
# folded to two halves of years
T | 历年粮食总产量表 | < | < | < | < | <
H | 年 度 | 面积（亩） | 总产（万斤） | 年 度 | 面积（亩） | 总产（万斤）
= 年度 | 面积（亩） | 总产（万斤） || 年度 | 面积（亩） | 总产（万斤）
D13 | {1949} | {noise} | {noise} | {b1962} | {noise} | {noise}
# officers of the county: text with terms of office
T | 历任县长名录
H | 姓 名 | 籍 贯 | 任 职 时 间 | 备 注
D9 | {人} | {县} | 195{j}年{j}月—196{j}年{j}月 |
D | {人} | {县} | 1966年5月— | 代理
# communes with brigades, subtotal after every commune as text
T | 人民公社基本情况 （一九六二年）
H | 公 社 | 大 队 | 户 数 | 人 口
D3 | 城关 | {村} | '{j}{j}{j}' | '1,{j}{j}{j}'
s | 城关 | 小 计 | '1,5{j}{j}' | '6,0{j}{j}'
D3 | 双江 | {村} | '{j}{j}{j}' | '1,{j}{j}{j}'
s | 双江 | 小 计 | '1,2{j}{j}' | '5,0{j}{j}'
S | 全县总计 |  | '2,9{j}{j}' | '11,1{j}{j}'
""",
)

DAMAGED = pages(
    "archive, damaged in scanning",
    """
# a label broken over two rows, the figures in the second
T | 财政收支决算
H | 科 目 | 一九五七年 | 一九五八年
D2 | {业} | {noise} | {noise}
D/x | 城市维护和 |  |
D | 建设支出 | {noise} | {noise}
D3 | {业} | {noise} | {noise}
D/x | 支援农村生产 |  |
D | 支出 | {noise} | {noise}
D3 | {业} | {noise} | {noise}
S | 合 计 | {noise} | {noise}
# a row of dirt under the header and one at the page's foot
T | 商业机构网点
H | 行业 | 机构（个） | 人员（人） | 资金（元）
D/F/x/T/. | . | ~ |  | *
D12 | {业} | {noise} | {noise} | {noise}
D/F/x/T/. |  | ■ | , |
# question marks and blanks for cells that could not be read
T | 各乡文教卫生
H | 乡 别 | 小 学 | 学 生 | 医 生
D4 | {乡} | {j} | {noise} | {j}
D | 黄沙乡 | ？ | '1，203' | ？
D4 | {乡} | {j} | {noise} | {j}
D | 白田乡 | {j} | □□3 | {j}
D2 | {乡} | {j} | {noise} | {j}
# header words in two rows by accident of the scan
T | 水 利 设 施
H | 公 | 山 塘 | 水 库 | 灌溉面积
H | 社 | （口） | （座） | （亩）
D12 | {乡} | {noise} | {j} | {noise}
""",
)

FOREIGN = pages(
    "archive, bilingual customs and missions",
    """
# ports down, years across, in Haikwan taels
T | Revenue of the ports
U/T | (Hk. Tls.)
H | Port | 1901 | 1902 | 1903
D9 | {国} Port | {t} | {t} | {t}
S | Total | '9,331,203' | '9,401,224' | '9,991,020'
# three languages of header
T | 貿易統計 Trade
H | 年次 | 輸出 | 輸入 | 合計
H | Year | Exports | Imports | Total
= 年次/Year | 輸出/Exports | 輸入/Imports | 合計/Total
D14 | {1905} | {noise} | {noise} | {noise}
# traditional characters, total first
T | 各縣戶口統計
H | 縣 別 | 戶 數 | 男 | 女
S | 總　計 | '1,034,221' | '2,203,114' | '1,998,201'
D13 | {县} | {noise} | {noise} | {noise}
F | 資料來源：省政府統計室
""",
)

PAGES = [*GAZETTEERS, *DAMAGED, *FOREIGN]
