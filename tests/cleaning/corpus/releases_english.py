"""Statistical releases in English: spanners over stub heads, bracketed units, footnotes with slashes, indented stubs."""

from __future__ import annotations

from tests.cleaning.corpus.notation import pages

PLAIN = pages(
    "English, one header row",
    """
# total first, states below
T | Table 14. State Population
U | [In thousands]
. |
H | State | 1990 | 2000 | 2010
S | United States, total | {k} | {k} | {k}
D16 | {州} | {k} | {k} | {k}
F | Source: Census Bureau.
# indented stubs under headings without figures
T | Table 2. Household spending
U | (Dollars per year)
H | Item | All households | Owners | Renters
S | Total | {k} | {k} | {k}
x | Goods |  |  |
D3 | '  {类}' | {k} | {k} | {k}
x | Services |  |  |
D4 | '  {类}' | {k} | {k} | {k}
F | Note: Items may not add to totals because of rounding.
F | Source: Survey of households, 2012.
# countries with footnote marks, n.a. in cells
T | Annex Table 3. Current account balances
U | (Percent of GDP)
H | Country | 2008 | 2009 | 2010 | 2011
D | Albania 1/ | {p} | {p} | {p} | n.a.
D5 | {国} 2/ | {p} | {p} | {p} | {p}
D5 | {国} | {p} | {p} | {p} | n.a.
F | 1/ Fiscal year ends in March.
F | 2/ Excludes official transfers.
F | Sources: National authorities; and staff estimates.
# a list of text with dates
T | Register of approved projects
H | Project ID | Title | Country | Approval date | Status
D9 | P1{j}{j}{j}{j}{j} | Rural roads phase {j} | {国} | {日} | Active
# of-which rows with figures
T | Table 5. External trade by commodity
U | Million US dollars
H | Commodity group | Exports | Imports | Balance
S | Total | {n} | {n} | {n}
D | Agricultural products | {n} | {n} | {n}
o | of which: food | {n} | {n} | {n}
D | Fuels and mining products | {n} | {n} | {n}
o | of which: fuels | {n} | {n} | {n}
D | Manufactures | {n} | {n} | {n}
D | Other | {n} | {n} | {n}
F | Source: Customs administration.
""",
)

SPANNERS = pages(
    "English, spanners over the header",
    """
# stub head at the bottom row, two spanners
T | Table B-3. Employed persons by industry | < | < | < | <
U | [Numbers in thousands] | < | < | < | <
H |  | Men | < | Women | <
H | Industry | 2014 | 2015 | 2014 | 2015
= Industry | Men/2014 | Men/2015 | Women/2014 | Women/2015
S | Total | {k} | {k} | {k} | {k}
D12 | Industry group {1} | {k} | {k} | {k} | {k}
F | NOTE: Beginning in January 2015, data reflect revised population controls.
# stub head merged down, three levels
T | Table 1. Marital status of the population 15 years and over | < | < | < | < | < | <
U | (Numbers in thousands) | < | < | < | < | < | <
H | Age | Total | Married | < | < | Not married | <
H | ^ | ^ | Total | Spouse present | < | Widowed | Divorced
H | ^ | ^ | ^ | Number | Percent | ^ | ^
= Age | Total | Married/Total | Married/Spouse present/Number | Married/Spouse present/Percent | Not married/Widowed | Not married/Divorced
S/D | All ages | {k} | {k} | {k} | {p} | {k} | {k}
D | 15 to 19 years | {k} | {k} | {k} | {p} | {k} | {k}
D | 20 to 24 years | {k} | {k} | {k} | {p} | {k} | {k}
D | 25 to 34 years | {k} | {k} | {k} | {p} | {k} | {k}
D | 35 to 44 years | {k} | {k} | {k} | {p} | {k} | {k}
D | 45 to 54 years | {k} | {k} | {k} | {p} | {k} | {k}
D | 55 to 64 years | {k} | {k} | {k} | {p} | {k} | {k}
D | 65 years and over | {k} | {k} | {k} | {p} | {k} | {k}
# spanner without merged cells, blank row before the rows
T | Table 7. Government finance
T | General government, 2010-2012
U | In millions of euros
H |  | Revenue |  | Expenditure |
H | Country | 2011 | 2012 | 2011 | 2012
= Country | Revenue/2011 | Revenue/2012 | Expenditure/2011 | Expenditure/2012
. |
D13 | {国} | {n} | {n} | {n} | {n}
. |
F | Source: Eurostat.
# header words broken over three rows
T | Table 12. Farms and land in farms
H |  |  | Average | Land
H |  | Number | size | in farms
H | State | of farms | (acres) | (1,000 acres)
= State | Number/of farms | Average/size/(acres) | Land/in farms/(1,000 acres)
D14 | {州} | {k} | {k} | {k}
F | 1 acre = 0.405 hectare.
# sections of the stub by race, total repeated in every section
T | Table A-2. Employment status by sex and age | < | < | < | <
U | [Numbers in thousands] | < | < | < | <
H | Employment status, sex, and age | Not seasonally adjusted | < | Seasonally adjusted | <
H | ^ | Feb.\\n2015 | Feb.\\n2016 | Feb.\\n2015 | Feb.\\n2016
= Employment status, sex, and age | Not seasonally adjusted/Feb. 2015 | Not seasonally adjusted/Feb. 2016 | Seasonally adjusted/Feb. 2015 | Seasonally adjusted/Feb. 2016
x | WHITE |  |  |  |
D | Civilian labor force | {k} | {k} | {k} | {k}
D | '  Participation rate' | {p} | {p} | {p} | {p}
D | '  Unemployed' | {k} | {k} | {k} | {k}
x | BLACK OR AFRICAN AMERICAN |  |  |  |
D | Civilian labor force | {k} | {k} | {k} | {k}
D | '  Participation rate' | {p} | {p} | {p} | {p}
D | '  Unemployed' | {k} | {k} | {k} | {k}
F | NOTE: Estimates for the above race groups will not sum to totals. | < | < | < | <
""",
)

NOTED = pages(
    "English, long notes and contact lines",
    """
# contact lines and a release date above
T | National Accounts, Quarterly Estimates
T | Release date: 30 May 2014
T | Contact: national.accounts@example.org
. |
T | Table 1. Gross domestic product by activity
U/T | Current prices, millions
H | Activity | Q1 2013 | Q2 2013 | Q3 2013 | Q4 2013
D9 | Activity {1} | {n} | {n} | {n} | {n}
S/D | Gross domestic product | {n} | {n} | {n} | {n}
. |
F | Estimates are subject to revision.
F | © Statistics Office
# months down, years across, annual average at the end
T | Consumer price index, all items
U/T | (1982-84=100)
H | Month | 2013 | 2014 | 2015 | 2016
D | January | {p} | {p} | {p} | {p}
D | February | {p} | {p} | {p} | {p}
D | March | {p} | {p} | {p} | {p}
D | April | {p} | {p} | {p} | {p}
D | May | {p} | {p} | {p} | {p}
D | June | {p} | {p} | {p} | {p}
D | July | {p} | {p} | {p} | {p}
D | August | {p} | {p} | {p} | {p}
D/S/s | Annual average | {p} | {p} | {p} | {p}
# a unit for every series in a row under the header
T | Key indicators
H | Year | Population | GDP | Inflation | Unemployment
H |  | (million) | (billion) | (%) | (%)
= Year | Population | GDP | Inflation | Unemployment
D17 | {2000} | {p} | {n} | {p} | {p}
F | Source: Central bank
""",
)
PAGES = [*PLAIN, *SPANNERS, *NOTED]
